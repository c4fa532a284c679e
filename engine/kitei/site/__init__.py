"""Public pages from the rules: what each provision says, of whom, since when, with examples that were run.

`pages` says what a page is, `registry` which builders make them, `writing` how they become HTML, `staleness` which
paragraphs of a built site the law has moved under. Deliberately not here: any value that the engine did not compute.
"""

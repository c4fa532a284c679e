"""All keywords of the language in both skins, as the table that ends the chapter on Japanese keywords.

Comes in: the tables of `keywords`. Goes out: Markdown, the same bytes each time. Deliberately not here: what a keyword does.
"""

from __future__ import annotations

from kitei_dsl.keywords import KEYWORDS, PHRASES

#: What a phrase's word depends on, as the grammar calls it, and as a reader does.
_FOLLOWING = {
    "DATE": "a day",
    "JA": "a text",
    "EN": "a text",
    "NAME": "a name",
    "STRING": "a text",
    "ADDRESS": "an address",
}


def keywords_table() -> str:
    """Return the table: phrases first, then single words, each in the order of its English spelling."""
    phrases = sorted((" ".join(p.words), p.twin, p.before) for p in PHRASES)
    rows = [f"| `{english}`{_before(before)} | `{twin}` |" for english, twin, before in phrases]
    rows += [f"| `{english}` | `{twin}` |" for english, twin in sorted(KEYWORDS.items())]
    return "\n".join(["| English | Japanese |", "| --- | --- |", *rows]) + "\n"


def _before(terminals: frozenset[str]) -> str:
    told = sorted({_FOLLOWING[t] for t in terminals if t in _FOLLOWING})
    return f" before {' or '.join(told)}" if told else ""


if __name__ == "__main__":
    print(keywords_table(), end="")

"""Every diagnostic explained: for `kitei check --explain`, and as the page `docs/diagnostics.md`.

Comes in: the tables of codes and of examples. Goes out: text in one language, or Markdown in both. The message shown is
that which the wrong example gets, so it is never made up. A test keeps the page current.
"""

from __future__ import annotations

import re
from functools import cache

from kitei_dsl.codes import CODES
from kitei_dsl.codes_ja import JAPANESE, SEVERITIES
from kitei_dsl.diagnostics import Diagnostic, escape
from kitei_dsl.japanese import in_language
from kitei_dsl.mistakes import EXAMPLES, TEXT, VOCABULARY
from kitei_dsl.parse import parse
from kitei_dsl.pipeline import check_all
from kitei_dsl.skin import as_japanese
from kitei_dsl.source import Source
from kitei_dsl.spelling import declared

_HEAD = """# Diagnostics

This page is made from the tables of the language by `python -m kitei_dsl.diagnostics_page > docs/diagnostics.md`.
`kitei check --explain SLUG` prints the same on a terminal, in the reader's language.
Each wrong example gets its diagnostic and each mended one does not; both are checked when the project is tested.

The examples stand on this vocabulary:

```text
{vocabulary}```

Examples that need an official text are compared with this invented one, as if in force from 2024-04-01:

```text
{text}```
"""


def provoked(slug: str, lang: str = "en") -> Diagnostic | None:
    """Return the diagnostic that the wrong example of a slug gets, or None where it needs a file or an official text."""
    sources = [Source("vocabulary.kitei", VOCABULARY), Source("example.kitei", example_in(slug, lang)[0])]
    return next((d for d in check_all(sources)[1] if d.slug == slug), None)


@cache
def example_in(slug: str, lang: str) -> tuple[str, str]:
    """Return the wrong and the mended example with the keywords and names of a language.

    In Japanese it is left in English where the mistake is one of English words only, or of other files.
    """
    example = EXAMPLES[slug]
    if lang == "en" or example.shown is not None:
        return example.wrong, example.mended
    names = declared([parse(Source("vocabulary.kitei", VOCABULARY))[0]])
    wrong, mended = (as_japanese(text, names) for text in (example.wrong, example.mended))
    if example.text is None:
        vocabulary = Source("vocabulary.kitei", VOCABULARY)
        told = [
            {d.slug for d in check_all([vocabulary, Source("example.kitei", text)])[1]}
            for text in (example.wrong, wrong, mended)
        ]
        if slug in told[0] and (slug not in told[1] or slug in told[2]):
            return example.wrong, example.mended
    return wrong, mended


def _sentences(slug: str, lang: str, skin: str) -> tuple[str, str, str]:
    """Return message, help and why: as the example in a skin gets them, else with … for what a case would fill in."""
    code = JAPANESE[slug] if lang == "ja" else CODES[slug]
    found = provoked(slug, skin)
    if found is None:
        blank = re.compile(r"\{\w+\}")
        return blank.sub("…", code.message), blank.sub("…", code.help), code.why
    told = in_language(found, lang)
    return told.message, told.help, code.why


def explained(slug: str, lang: str) -> str:
    """Return the explanation of a slug for a terminal."""
    message, advice, why = _sentences(slug, lang, lang)
    example = EXAMPLES[slug]
    ja = lang == "ja"
    severity = CODES[slug].severity
    wrong, mended = example_in(slug, lang)
    wrong = example.shown[not ja] if example.shown else escape(wrong)
    parts = [
        f"{slug}（{SEVERITIES[severity]}）" if ja else f"{slug} ({severity})",
        f"内容：{message}" if ja else f"what: {message}",
        f"理由：{why}" if ja else f"why: {why}",
        *([f"対処：{advice}" if ja else f"what to do: {advice}"] if advice else []),
        f"{_before(severity, ja)}{'：' if ja else ':'}\n{_indented(wrong)}",
        f"{_after(severity, ja)}{'：' if ja else ':'}\n{_indented(mended)}",
    ]
    return "\n\n".join(parts) + "\n"


def _before(severity: str, ja: bool) -> str:
    """Head the first example: a note is no mistake."""
    if severity == "note":
        return "この参考が出る例" if ja else "an example that gets this note"
    return "誤った例" if ja else "a wrong example"


def _after(severity: str, ja: bool) -> str:
    if severity == "note":
        return "出ない例" if ja else "one that does not"
    return "直した例" if ja else "the mended one"


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" if line else "" for line in text.rstrip("\n").split("\n"))


def diagnostics_page() -> str:
    """Return the whole page, in the order of the tables."""
    parts = [_HEAD.format(vocabulary=VOCABULARY, text=TEXT)]
    for slug, code in CODES.items():
        example = EXAMPLES[slug]
        english, japanese = (_sentences(slug, lang, "en") for lang in ("en", "ja"))
        parts.append(f"## {slug}\n\n{SEVERITIES[code.severity]} / {code.severity}\n")
        for message, advice, why in (japanese, english):
            parts.append(
                "\n".join([f"* {_cell(message)}", *([f"* {_cell(advice)}"] if advice else []), f"* {_cell(why)}", ""])
            )
        for head, text, shown in (
            (f"{_before(code.severity, True)} / {_before(code.severity, False)}", example.wrong, example.shown),
            (f"{_after(code.severity, True)} / {_after(code.severity, False)}", example.mended, None),
        ):
            body = "\n".join(shown) if shown else escape(text).rstrip("\n")
            parts.append(f"{head}:\n\n```text\n{body}\n```\n")
    return "\n".join(parts)


def _cell(text: str) -> str:
    """Escape what Markdown would read outside backquotes."""
    pieces = re.split(r"(`[^`]*`)", text)
    return "".join(p if p.startswith("`") else re.sub(r"([*_<>\[\]])", r"\\\1", p) for p in pieces)


if __name__ == "__main__":
    print(diagnostics_page(), end="")

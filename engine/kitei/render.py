"""An answer as a page a lawyer reads: the explanation, put in words and in order, in Japanese or English.

Comes in: an answer and its program. Goes out: text (or the answer's own canonical JSON). The order is fixed: what law and
days, what is supposed, conclusions, deadlines, sanctions, what is open, grounds, notes, the end. Sentences come from one
template per language over the tree of `explain`; citations, days and numbers are the same in both. Deliberately not here:
any value (`explain` reads them from the answer) and how a page is laid out (`document`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kitei import wording
from kitei.apart import listed
from kitei.cited import with_provisions
from kitei.document import Block, Document, as_text, days_once
from kitei.explain import Conclusion, Explanation, explain
from kitei.one_page import OnePage
from kitei.page import Page
from kitei.wording import Lang
from kitei.world import Program
from kitei_dsl.diagnostics import json_text

DEPTHS = (1, 2, 3)
FORMATS = ("text", "md", "html", "json")
WIDTH = 88


def render(
    answer: Mapping[str, Any],
    program: Program,
    *,
    lang: Lang = "ja",
    format: str = "text",
    depth: int = 1,
    width: int = WIDTH,
) -> str:
    """Render an answer of `kitei.answer`. Depth 1 is the page a client is sent, 2 adds the decisive path, 3 every step."""
    if format == "json":
        apart = listed(explain(answer, program))
        return json_text({**answer, "data": {**answer["data"], "apart": apart}}) + "\n"
    return written(document(answer, program, lang=lang, depth=depth), format, width)


def written(page: Document, format: str, width: int = WIDTH) -> str:
    """Write a page in a format: plain text, Markdown or one HTML file."""
    match format:
        case "text":
            return as_text(page, width)
        case "md":
            from kitei.markdown import as_markdown

            return as_markdown(page)
        case "html":
            from kitei.html import as_html

            return as_html(page)
        case _:
            raise ValueError(f"no format is called {format!r}; there are {', '.join(FORMATS)}")


def document(answer: Mapping[str, Any], program: Program, *, lang: Lang = "ja", depth: int = 1) -> Document:
    """Return the page of an answer as blocks, for any writer."""
    if lang not in wording.LANGS:
        raise ValueError(f"no language is called {lang!r}; there are {', '.join(wording.LANGS)}")
    if depth not in DEPTHS:
        raise ValueError(f"depth is one of {DEPTHS}, not {depth}")
    explanation = explain(answer, program)
    page = _page(depth)(answer, program, explanation, lang)
    return with_provisions(days_once(Document(lang, tuple(page.blocks()))), explanation, answer)


def _page(depth: int) -> type[OnePage | Page]:
    """Return the page of a depth; that of the decisive path is read only where it is asked for."""
    if depth == 2:
        from kitei.path_page import PathPage

        return PathPage
    return OnePage if depth == 1 else Page


def lead(
    answer: Mapping[str, Any], program: Program, explanation: Explanation, lang: Lang, shown: Iterable[Conclusion]
) -> Iterator[Block]:
    """Give what every page about an answer says under its title: law and days, world, facts, what is assumed; and what
    kinds of matter it contains, by the conclusions it shows."""
    page = Page(answer, program, explanation, lang)
    page.shown = tuple(shown)
    _, *blocks = page.head()
    return iter(blocks)


def ending(answer: Mapping[str, Any], program: Program, explanation: Explanation, lang: Lang) -> Iterator[Block]:
    """Give what every page about an answer ends with: the rules used, and what the page is not."""
    yield from Page(answer, program, explanation, lang).footing()

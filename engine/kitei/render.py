"""An answer as a page a lawyer reads: the explanation, put in words and in order, in Japanese or English.

Comes in: an answer and its program. Goes out: text (or the answer's own canonical JSON). The order is fixed: what law and
days, what is supposed, conclusions, deadlines, sanctions, what is open, grounds, notes, the end. Sentences come from one
template per language over the tree of `explain`; citations, days and numbers are the same in both. Deliberately not here:
any value (`explain` reads them from the answer) and how a page is laid out (`document`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kitei import wording
from kitei.document import Document, as_text
from kitei.explain import explain
from kitei.one_page import OnePage
from kitei.page import Page
from kitei.path_page import PathPage
from kitei.wording import Lang
from kitei.world import Program

DEPTHS = (1, 2, 3)
_PAGES = {1: OnePage, 2: PathPage, 3: Page}
FORMATS = ("text", "json")
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
        return json.dumps(answer, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    if format != "text":
        raise ValueError(f"no format is called {format!r}; there are {', '.join(FORMATS)}")
    return as_text(document(answer, program, lang=lang, depth=depth), width)


def document(answer: Mapping[str, Any], program: Program, *, lang: Lang = "ja", depth: int = 1) -> Document:
    """Return the page of an answer as blocks, for any writer."""
    if lang not in wording.LANGS:
        raise ValueError(f"no language is called {lang!r}; there are {', '.join(wording.LANGS)}")
    if depth not in DEPTHS:
        raise ValueError(f"depth is one of {DEPTHS}, not {depth}")
    page = _PAGES[depth](answer, program, explain(answer, program), lang)
    return Document(lang, tuple(page.blocks()))

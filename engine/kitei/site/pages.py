"""A public page as a record of blocks: nothing of HTML, nothing of where it is written.

Comes in: sentences as lines of runs. Goes out: `Page`s, whose every paragraph knows what it came from (`of`: keys of
`origins`), so that a reader can follow it and a check can say when it has become stale. Deliberately not here: how a
page is laid out (`writing`), which pages there are (`registry`).

Runs are those of `kitei.document`: `cite` (an address), `day`, `number`; and here also `page` (the path of another page),
`out` (an address on the web) and `official` (words of the official text, which stay in Japanese).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from kitei.document import Line
from kitei.wording import Lang
from kitei_dsl.frozen import Frozen


class Said(Frozen):
    """A sentence or an item of a list, with what stands below it.

    `id` is stable: it names the rule and the part, never a position, so that two builds can be compared. `of` are the keys
    of what the sentence was made from; empty for words that are the site's own. `kind`: empty, `ours` (a plain statement),
    `proviso` (what defeats the item above it), `ended` (what did, and can no more), `free` (nothing there is to check), `note`,
    `folded` (what stands below an item is shown when it is opened; its own line leads nowhere).
    """

    line: Line
    id: str = ""
    of: tuple[str, ...] = ()
    below: tuple[Said, ...] = ()
    kind: str = ""


class Paragraph(Frozen):
    said: Said


class Listing(Frozen):
    """A list. `kind`: plain, check (a checklist of conditions) or steps."""

    items: tuple[Said, ...]
    kind: str = "plain"


class Row(Frozen):
    """A row of a table; the first cell heads it."""

    cells: tuple[Line, ...]
    id: str = ""
    of: tuple[str, ...] = ()


class Table(Frozen):
    caption: Line
    heads: tuple[Line, ...]
    rows: tuple[Row, ...]


class Terms(Frozen):
    """Pairs of a name and what is said of it."""

    pairs: tuple[tuple[Line, Said], ...]


class Drawing(Frozen):
    """A drawing (SVG, already escaped by who drew it) with all it says in words, one line each, two spaces a level."""

    svg: str
    text: str
    caption: Line
    id: str
    of: tuple[str, ...]


class Aside(Frozen):
    """Something said beside the page: a box. `parts` stand next to each other where there is room."""

    heading: Line
    id: str
    lead: tuple[Said, ...]
    parts: tuple[tuple[Line, tuple[Said, ...]], ...]


class Finder(Frozen):
    """The box one searches with; its script says `found` ({} how many), `most` ({m} are shown), `some` (no page has all words, these
    have some) or `none`."""

    label: Line
    hint: Line
    found: Line
    most: Line
    some: Line
    none: Line


class Section(Frozen):
    """A heading with what stands under it. `standing` says in which state the law under it is, for its outline; one that is
    `folded` shows its heading, and the rest when it is opened."""

    heading: Line
    id: str
    blocks: tuple[Block, ...]
    standing: str = ""
    folded: bool = False


Block: TypeAlias = Paragraph | Listing | Table | Terms | Drawing | Aside | Finder | Section


class Page(Frozen):
    """One page in one language.

    `path` is the same in every language (`provision/psa-63_2`), without language and ending. `summary` is one sentence for
    search engines. `head` is what every page says first: whom it concerns, the day, the status, the grade. `about` is what
    schema.org calls it, as JSON-ready data. `trail` are the pages above it. `of` is what the title came from.
    """

    kind: str
    path: str
    lang: Lang
    title: Line
    summary: str
    head: Terms
    blocks: tuple[Block, ...]
    trail: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    about: Mapping[str, Any] | None = None

    @property
    def file(self) -> str:
        """Return the path of the page's file below the folder of the site."""
        return f"{self.lang}/{self.path}.html"


def statements(blocks: tuple[Block, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the id and the origins of everything on a page that came from a rule, in order."""
    for block in blocks:
        match block:
            case Paragraph():
                yield from _said(block.said)
            case Listing():
                for item in block.items:
                    yield from _said(item)
            case Table():
                yield from ((row.id, row.of) for row in block.rows if row.of)
            case Terms():
                for _, said in block.pairs:
                    yield from _said(said)
            case Drawing():
                yield block.id, block.of
            case Aside():
                for said in (*block.lead, *(s for _, part in block.parts for s in part)):
                    yield from _said(said)
            case Section():
                yield from statements(block.blocks)


def _said(said: Said) -> Iterator[tuple[str, tuple[str, ...]]]:
    if said.of:
        yield said.id, said.of
    for below in said.below:
        yield from _said(below)


def lines(blocks: tuple[Block, ...]) -> Iterator[Line]:
    """Give every line on a page, headings too."""
    for block in blocks:
        match block:
            case Paragraph():
                yield from _lines(block.said)
            case Listing():
                for item in block.items:
                    yield from _lines(item)
            case Table():
                yield block.caption
                yield from block.heads
                yield from (cell for row in block.rows for cell in row.cells)
            case Terms():
                for name, said in block.pairs:
                    yield name
                    yield from _lines(said)
            case Drawing():
                yield block.caption
            case Aside():
                yield block.heading
                for said in block.lead:
                    yield from _lines(said)
                for name, part in block.parts:
                    yield name
                    for said in part:
                        yield from _lines(said)
            case Section():
                yield block.heading
                yield from lines(block.blocks)


def _lines(said: Said) -> Iterator[Line]:
    yield said.line
    for below in said.below:
        yield from _lines(below)

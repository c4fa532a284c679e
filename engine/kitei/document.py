"""A page as blocks, and how it is written as plain text.

Comes in: sentences in which citations, days and numbers are marked. Goes out: a `Document` of headings, paragraphs and
nested lists, whose runs still know what they are, so that a writer may link a citation and a test may compare two
languages; and text wrapped by display width. Writers for other formats (`markdown`, `html`) read the same blocks. A list
may carry the same content as a table, for a writer that can draw one. No colours, no control codes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from kitei_dsl.diagnostics import escape
from kitei_dsl.diagnostics import width as columns
from kitei_dsl.frozen import Frozen, replace

#: Characters no cleaned name can hold, so a name can never pretend to be a mark.
_OPEN, _SEPARATE, _CLOSE = "\x02", "\x1f", "\x03"
_MARKED = re.compile(f"{_OPEN}([a-z]+){_SEPARATE}([^{_SEPARATE}]*){_SEPARATE}([^{_CLOSE}]*){_CLOSE}")
#: No line begins with one of these, nor ends with one of those.
_NOT_FIRST = frozenset("、。，．・：；）」』】〕］｝〉》,.:;)]}!?！？ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々＝％円")
_NOT_LAST = frozenset("（「『【〔［｛〈《([{")
_ATOM = re.compile(r"\s+|[^\s]")


class Run(Frozen):
    """A piece of a line. `kind`: empty, cite, day, number or entry; `ref` the address, the ISO day, the exact number, the
    number of an entry of the page."""

    text: str
    kind: str = ""
    ref: str = ""


Line: TypeAlias = tuple[Run, ...]


class Heading(Frozen):
    level: int
    line: Line


class Paragraph(Frozen):
    line: Line


class Entry(Frozen):
    """An item of a list with what stands below it."""

    line: Line
    entries: tuple[Entry, ...] = ()


#: What stands in one cell of a table: lines below each other.
Cell: TypeAlias = tuple[Line, ...]


class Table(Frozen):
    """What the entries of a list say, in columns. The first cell of a row heads it; every row has a cell per head."""

    caption: Line
    heads: tuple[Line, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Listing(Frozen):
    """A list; `table`: the same content in columns, for a writer that can draw them."""

    entries: tuple[Entry, ...]
    table: Table | None = None


class Provision(Frozen):
    """What can be said of a place a page cites: how it prints, its heading, since when it is so, our plain statement.

    `lang` is the language of `plain` and `heading` where it is not the page's: a statement not yet translated.
    """

    ref: str
    cite: str
    heading: str = ""
    plain: str = ""
    interval: Line = ()
    lang: str = ""


Block: TypeAlias = Heading | Paragraph | Listing


class Document(Frozen):
    """A page in one language; `provisions` is what is known of the places it cites, for a writer that can link them."""

    lang: str
    blocks: tuple[Block, ...]
    provisions: tuple[Provision, ...] = ()

    @property
    def title(self) -> str:
        """Return the text of the first heading."""
        return next((plain(b.line) for b in self.blocks if isinstance(b, Heading)), "")

    def lines(self) -> Iterator[Line]:
        """Give every line, in order."""
        for block in self.blocks:
            if isinstance(block, Listing):
                yield from _entry_lines(block.entries)
            else:
                yield block.line

    def cells(self) -> Iterator[Line]:
        """Give every line of the tables, caption and heads first."""
        for block in self.blocks:
            if isinstance(block, Listing) and block.table is not None:
                yield from (block.table.caption, *block.table.heads)
                yield from (line for row in block.table.rows for cell in row for line in cell)

    def marks(self, kind: str) -> set[str]:
        """Return what is cited (`cite`), dated (`day`) or counted (`number`) on the page."""
        return {run.ref for line in self.lines() for run in line if run.kind == kind}


_ISO = re.compile(r"（\d{4}-\d\d-\d\d(?:・(.曜日))?）$")


def days_once(page: Document) -> Document:
    """Return a Japanese page that gives a day's ISO form at its first mention only; another page as it is.

    A table says again what its list says: what was said before the list is all that counts as said before its table.
    """
    if page.lang != "ja":
        return page
    met: set[str] = set()
    blocks: list[Block] = []
    for block in page.blocks:
        if not isinstance(block, Listing):
            blocks.append(replace(block, line=_once(block.line, met)))
            continue
        before = set(met)
        entries = tuple(_entry_once(e, met) for e in block.entries)
        table = block.table
        if table is not None:
            rows = tuple(tuple(tuple(_once(line, before) for line in cell) for cell in row) for row in table.rows)
            table = replace(table, rows=rows)
        blocks.append(Listing(entries, table))
    return replace(page, blocks=tuple(blocks))


def _entry_once(entry: Entry, met: set[str]) -> Entry:
    return Entry(_once(entry.line, met), tuple(_entry_once(e, met) for e in entry.entries))


def _once(line: Line, met: set[str]) -> Line:
    """Return a line with the days not met before in full; takes in those it meets."""
    runs = []
    for run in line:
        if run.kind == "day" and run.ref in met:
            run = replace(run, text=_ISO.sub(lambda m: f"（{m[1]}）" if m[1] else "", run.text))
        elif run.kind == "day":
            met.add(run.ref)
        runs.append(run)
    return tuple(runs)


def _entry_lines(entries: Iterable[Entry]) -> Iterator[Line]:
    for entry in entries:
        yield entry.line
        yield from _entry_lines(entry.entries)


def mark(kind: str, ref: str, text: str) -> str:
    """Mark a piece of a sentence as a citation, a day or a number."""
    return f"{_OPEN}{kind}{_SEPARATE}{ref}{_SEPARATE}{text}{_CLOSE}"


def line_of(sentence: str) -> Line:
    """Split a sentence into its runs; whatever control character is left is shown, not printed."""
    found, start = [], 0
    for m in _MARKED.finditer(sentence):
        found += [Run(escape(sentence[start : m.start()])), Run(escape(m[3]), m[1], m[2])]
        start = m.end()
    return tuple(run for run in (*found, Run(escape(sentence[start:]))) if run.text)


def plain(line: Line) -> str:
    """Return a line's text."""
    return "".join(run.text for run in line)


# --------------------------------------------------------------------------- text


def as_text(document: Document, width: int) -> str:
    """Write a document as text of at most so many columns (a single longer word stands alone on its line)."""
    out: list[str] = []
    bullet = "・" if document.lang == "ja" else "- "
    for block in document.blocks:
        match block:
            case Heading():
                title = wrap(plain(block.line), width, "", "")
                out += ["", *title]
                if block.level == 1:
                    out += ["=" * min(width, max(map(columns, title))), ""]
            case Paragraph():
                out += wrap(plain(block.line), width, "", "")
            case Listing():
                out += _listing(block.entries, width, bullet, 0)
    text = "\n".join(out).strip("\n")
    return re.sub(r"\n{3,}", "\n\n", text) + "\n"


def _listing(entries: Iterable[Entry], width: int, bullet: str, depth: int) -> Iterator[str]:
    indent = "  " * min(depth, 20)
    for entry in entries:
        yield from wrap(plain(entry.line), width, indent + bullet, indent + "  ")
        yield from _listing(entry.entries, width, bullet, depth + 1)


def wrap(text: str, width: int, first: str, rest: str) -> list[str]:
    """Wrap by display width: at spaces, and between wide characters where Japanese composition allows."""
    lines, line, used = [], first, columns(first)
    bare = True
    for atom in _atoms(text):
        size = columns(atom)
        if not bare and used + columns(atom.rstrip()) > width:
            lines.append(line.rstrip())
            line, used, bare = rest, columns(rest), True
            atom = atom.lstrip()
            size = columns(atom)
        line, used = line + atom, used + size
        bare = bare and not atom.strip()
    return [*lines, line.rstrip()]


def _atoms(text: str) -> list[str]:
    """Split a text where a line may end; what must not stand first is joined to what precedes it."""
    atoms: list[str] = []
    for piece in _ATOM.findall(text):
        if atoms and _sticks(atoms[-1][-1], piece[0]):
            atoms[-1] += piece
        else:
            atoms.append(piece)
    return atoms


def _sticks(left: str, right: str) -> bool:
    if right.isspace() or right in _NOT_FIRST or left in _NOT_LAST:
        return True
    if left.isspace():
        return False
    return not _wide(left) and not _wide(right)


def _wide(c: str) -> bool:
    return unicodedata.east_asian_width(c) in "WF"

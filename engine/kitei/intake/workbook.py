"""XLSX forms to nodes: cells are read, nothing is computed, opened or followed.

Comes in: the bytes of a workbook and the program whose form it is. Goes out: the tree of nodes, the cell each line number
stands for, and what is wrong. The archive is measured and searched before anything parses it: parts, sizes, entity
declarations, merged cells. What Excel may have changed silently (a number of more than fifteen digits, a fraction kept in
binary) is refused. Deliberately not here: what an answer means; that is read as in YAML.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from kitei.intake import layout
from kitei.intake.node import Node
from kitei.intake.problems import Bad, Field, Near, Problem, nearest
from kitei_dsl.core import Attribute, Program, Role, Wording
from kitei_dsl.frozen import Frozen, Struct, field

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_MOST_PARTS, _MOST_BYTES, _MOST_CELLS = 500, 32_000_000, 300_000
_MACROS = re.compile(r"vbaProject|macrosheets/|dialogsheets/", re.IGNORECASE)
_XML = re.compile(r"\.(xml|rels|vml)$", re.IGNORECASE)
_SHEET = re.compile(rb"<(?:\w+:)?worksheet[\s>]")
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["']([^"']*)""")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Z0-9:$]+)""")
_ROW = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br\s*=\s*["'](\d+)""")
_FAR = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']([A-Z]{3,}\d+)""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_REF = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']([A-Z]+\d+)""")
_HIDDEN = re.compile(rb"""<(?:\w+:)?row\s(?=[^>]*?\bhidden\s*=\s*["'](?:1|true))[^>]*?\br\s*=\s*["'](\d+)""")
_HIDDEN_COLUMN = re.compile(rb"""<(?:\w+:)?col\s[^>]*?\bhidden\s*=\s*["'](?:1|true)""")
_Row = dict[str, "Cell"]


class Cell(Frozen):
    """The text of a cell and the number that stands for its place."""

    text: str
    line: int


class _Seen(Frozen):
    """What was seen in a part before it was parsed: merged cells, and rows and columns that are hidden."""

    merged: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()


class _Sheet(Struct):
    """One sheet as rows of cells by column key, with its title."""

    title: str
    rows: list[_Row] = field(default_factory=list)


def take_workbook(data: bytes, file: str, program: Program) -> tuple[Node, dict[int, str], list[Problem]]:
    """Read a form. Raises Bad where the workbook cannot be read at all."""
    reader = _Reading(file, program)
    seen = reader.archive(data)
    book = _opened(data)
    try:
        root = reader.book(book, seen)
    finally:
        book.close()
    return root, reader.cells, reader.problems


def _opened(data: bytes) -> Workbook:
    try:
        import openpyxl
    except ImportError:
        raise Bad(1, "no-openpyxl") from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False, data_only=False)
    except Exception as error:
        # whatever a broken part makes the library raise, to the reader it is a broken workbook
        raise Bad(1, "not-workbook", detail=type(error).__name__) from None


class _Reading:
    def __init__(self, file: str, program: Program) -> None:
        self.file, self.program = file, program
        self.problems: list[Problem] = []
        self.cells: dict[int, str] = {}
        self.attributes: dict[str, dict[str, Attribute | Role]] = {k.name: {} for k in program.kinds}
        for a in program.attributes:
            self.attributes[a.kind] |= {n: a for n in (a.name, a.alias) if n}
        for r in program.roles:
            self.attributes[r.of_kind] |= {n: r for n in (r.name, r.alias) if n}
        self.kinds = {n: k for k in program.kinds for n in (k.name, k.alias) if n}
        self.titles = {title: kind for lang in ("ja", "en") for kind, title in
                       layout.sheet_titles(program, "en" if lang == "en" else "ja").items()}  # fmt: skip

    def place(self, cell: str) -> int:
        """Give the number that stands for a cell in nodes."""
        self.cells[len(self.cells) + 1] = cell
        return len(self.cells)

    def problem(self, line: int, slug: str, about: Attribute | Role | None = None, *, warning: bool = False,
                **fields: Field) -> None:  # fmt: skip
        label, cites = (Wording(), ()) if about is None else (about.label, getattr(about, "cites", ()))
        severity = "warning" if warning else "error"
        self.problems.append(Problem(self.file, line, slug, fields, label, cites, self.cells.get(line, ""), severity))

    # ------------------------------------------------------------------ the archive
    def archive(self, data: bytes) -> dict[str, _Seen]:
        """Measure and search the parts before they are parsed; return what was seen in each sheet's part."""
        seen: dict[str, _Seen] = {}
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                parts = archive.infolist()
                names = [p.filename for p in parts]
                size = sum(p.file_size for p in parts)
                if len(parts) > _MOST_PARTS or size > _MOST_BYTES:
                    what = Wording(
                        f"部品 {len(parts)} 個、展開して {size} バイト", f"{len(parts)} parts, {size} bytes unpacked"
                    )
                    raise Bad(1, "workbook-size", what=what)
                if len(set(names)) != len(names) or any(p.flag_bits & 1 for p in parts):
                    raise Bad(1, "not-workbook", detail="zip")
                if any(_MACROS.search(n) for n in names):
                    raise Bad(1, "macros")
                for part in parts:
                    content = archive.read(part)
                    if _XML.search(part.filename):
                        seen[part.filename] = self.part(part.filename, content)
        except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise Bad(1, "not-workbook", detail=type(error).__name__) from None
        except RuntimeError as error:
            # an unknown compression or a password
            raise Bad(1, "not-workbook", detail=type(error).__name__) from None
        if any(n.lower().startswith("xl/externallinks/") for n in names):
            self.problem(0, "external-links", warning=True)
        return seen

    def part(self, name: str, data: bytes) -> _Seen:
        """Refuse a part that could unfold or hide; return what is to be said of it."""
        declared = _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf")[:300])
        if (
            b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"\x00" in data
            or (declared and declared[1].lower() not in (b"utf-8", b"us-ascii"))
        ):  # fmt: skip
            raise Bad(1, "unsafe-xml", part=name[:80])
        if b"macroEnabled" in data:
            raise Bad(1, "macros")
        if not _SHEET.search(data):
            return _Seen()
        rows = [int(r) for r in _ROW.findall(data) if r]
        refs = _REF.findall(data)
        if max([0, *rows]) > layout.MAX_ROWS or len(_CELL.findall(data)) > _MOST_CELLS:
            raise Bad(
                1, "workbook-size", what=Wording(f"{name[:80]}：{max(rows)} 行", f"{name[:80]}: {max(rows)} rows")
            )
        if far := _FAR.search(data):
            raise Bad(1, "workbook-size", what=f"{name[:80]}: {far[1].decode()}")
        if rows != sorted(set(rows)) or len(set(refs)) != len(refs):
            raise Bad(1, "not-workbook", detail=f"{name[:80]}: rows out of order")
        hidden = [r.decode() for r in _HIDDEN.findall(data)][:20] + ["…"] * bool(_HIDDEN_COLUMN.search(data))
        return _Seen(tuple(m.decode() for m in _MERGED.findall(data)[:20]), tuple(hidden))

    # ------------------------------------------------------------------ the book
    def book(self, book: Workbook, parts: Mapping[str, _Seen]) -> Node:
        fixed = {t: sheet for sheet in (layout.GUIDE, layout.CASE, layout.LIST, layout.CHOICES)
                 for t in (*sheet, layout.titled(sheet, None))}  # fmt: skip
        start = self.place(book.sheetnames[0][:40] if book.sheetnames else "")
        root: list[tuple[Node, Node]] = []
        listed: dict[str, tuple[str, list[tuple[Node, Node]], int]] = {}
        waiting: list[tuple[str, _Sheet]] = []
        seen: set[str] = set()
        for sheet in book.worksheets:
            title = sheet.title
            part = parts.get(str(getattr(sheet, "_worksheet_path", "")).lstrip("/"), _Seen())
            if part.merged:
                at = self.place(f"{title}!{part.merged[0].partition(':')[0]}")
                self.problem(at, "merged", cells=", ".join(part.merged))
            if part.hidden and sheet.sheet_state == "visible":
                self.problem(self.place(f"{title}!A1"), "hidden-rows", warning=True, rows=", ".join(part.hidden))
            if sheet.sheet_state != "visible":
                self.problem(self.place(f"{title}!A1"), "hidden-sheet", sheet=title)
            elif title in fixed:
                seen.add(fixed[title][1])
                if fixed[title] == layout.CASE:
                    root += self.case(self.table(sheet, layout.CASE_COLUMNS))
                elif fixed[title] == layout.LIST:
                    self.entities(self.table(sheet, layout.LIST_COLUMNS), listed)
            elif title in self.titles:
                waiting.append((self.titles[title], self.table(sheet, layout.COLUMNS)))
            else:
                near = nearest(title, [*fixed, *self.titles])
                self.problem(self.place(f"{title}!A1"), "unknown-sheet", sheet=title[:40], near=near)
        if layout.LIST[1] not in seen:
            raise Bad(1, "missing-sheet", sheet=layout.titled(layout.LIST, None))
        for kind, table in waiting:
            self.facts(kind, table, listed)
        entities = tuple((self.text(id, line), Node(line, "mapping", pairs=tuple(pairs)))
                         for id, (_, pairs, line) in listed.items())  # fmt: skip
        root.append((self.text("entities", start), Node(start, "mapping", pairs=entities)))
        return Node(start, "mapping", pairs=tuple(root))

    def text(self, text: str, line: int) -> Node:
        return Node(line, "text", text)

    def table(self, sheet: Any, columns: Mapping[str, tuple[str, str]]) -> _Sheet:
        """Read a sheet as rows under the headings of row 1."""
        found = _Sheet(sheet.title)
        keys: dict[int, str] = {}
        spellings = layout.spellings(dict(columns))
        try:
            for number, row in enumerate(sheet.iter_rows(max_row=layout.MAX_ROWS, max_col=702), 1):
                cells = [(n, c) for n, c in enumerate(row) if c.value is not None]
                if number == 1:
                    keys = self.headings(sheet.title, cells, spellings, columns)
                else:
                    self.row(found, cells, keys)
        except Bad:
            raise
        except Exception as error:
            # a broken sheet makes the library raise anything at all
            raise Bad(1, "not-workbook", detail=f"{sheet.title[:40]}: {type(error).__name__}") from None
        return found

    def headings(self, title: str, cells: list[tuple[int, Any]], spellings: Mapping[str, str],
                 columns: Mapping[str, tuple[str, str]]) -> dict[int, str]:  # fmt: skip
        keys: dict[int, str] = {}
        for n, cell in cells:
            text = " ".join(str(cell.value).split())
            if not text:
                continue
            line = self.place(f"{title}!{cell.coordinate}")
            if text not in spellings:
                self.problem(line, "unknown-column", name=text[:40], near=nearest(text, list(spellings)))
                keys[n] = ""
            elif spellings[text] in keys.values():
                self.problem(line, "column-twice", name=text)
                keys[n] = ""
            else:
                keys[n] = spellings[text]
        for key, pair in columns.items():
            if key not in keys.values() and key not in layout.SAID:
                self.problem(self.place(f"{title}!A1"), "missing-column", name=layout.both(pair))
        return keys

    def row(self, sheet: _Sheet, cells: list[tuple[int, Any]], keys: Mapping[int, str]) -> None:
        row: _Row = {}
        for n, cell in cells:
            key = keys.get(n)
            if key == "" or key in layout.SAID:
                continue
            line = self.place(f"{sheet.title}!{cell.coordinate}")
            text = self.cell(cell, line)
            if text is None or not text.strip():
                continue
            if key is None:
                self.problem(line, "beyond-columns", text=text[:40])
            else:
                row[key] = Cell(text, line)
        if row:
            sheet.rows.append(row)

    def cell(self, cell: Any, line: int) -> str | None:
        """The text of a cell as it would be written, or None where it is refused."""
        value = cell.value
        if cell.data_type == "f":
            self.problem(line, "formula")
        elif cell.data_type == "e":
            self.problem(line, "cell-error", text=str(value)[:20])
        elif isinstance(value, bool):
            return "true" if value else "false"
        elif isinstance(value, int | float):
            # a float exists only here, where Excel made one; it leaves as the whole number it is, or not at all
            if value == value and abs(value) <= layout.MOST_EXACT and value == int(value):
                return str(int(value))
            self.problem(line, "inexact-cell", text=str(value)[:40])
        elif isinstance(value, datetime):
            if value.time() == time(0):
                return value.date().isoformat()
            self.problem(line, "time-cell", text=value.isoformat(" "))
        elif isinstance(value, date):
            return value.isoformat()
        elif isinstance(value, str):
            return value
        else:
            self.problem(line, "time-cell", text=str(value)[:40])
        return None

    # ------------------------------------------------------------------ the sheets
    def case(self, sheet: _Sheet) -> Iterator[tuple[Node, Node]]:
        rows = layout.spellings(layout.CASE_ROWS)
        made_for: list[tuple[Node, Node]] = []
        for row in sheet.rows:
            item, answer = row.get("item"), row.get("answer")
            if answer is None:
                continue
            if item is None:
                self.problem(answer.line, "no-item")
            elif item.text.strip() not in rows:
                near = nearest(item.text.strip(), list(rows))
                what = Wording(f"シート「{sheet.title}」", f"sheet `{sheet.title}`")
                known = ", ".join(layout.both(p) for p in layout.CASE_ROWS.values())
                self.problem(item.line, "unknown-field", name=item.text[:80], what=what, known=known, near=near)
            else:
                key = rows[item.text.strip()]
                if key in layout.MADE_FOR:
                    names = [n for n in re.split(r"[,、，;；\s]+", answer.text.strip()) if n]
                    listed = Node(answer.line, "list", items=tuple(self.text(n, answer.line) for n in names))
                    one = self.text(answer.text.strip(), answer.line)
                    made_for.append((self.text(key, item.line), listed if key == "goals" else one))
                    continue
                text = answer.text.strip() if key in ("as_of", "subject") else answer.text
                yield self.text(key, item.line), self.text(text, answer.line)
        if made_for:
            line = made_for[0][0].line
            yield self.text("made_for", line), Node(line, "mapping", pairs=tuple(made_for))

    def entities(self, sheet: _Sheet, listed: dict[str, tuple[str, list[tuple[Node, Node]], int]]) -> None:
        for row in sheet.rows:
            if "id" not in row:
                self.problem(next(iter(row.values())).line, "no-row-entity")
                continue
            id, line = row["id"].text.strip(), row["id"].line
            if id in listed:
                first = Wording(self.cells[listed[id][2]], self.cells[listed[id][2]])
                self.problem(line, "given-twice", name=id[:80], first=first)
                continue
            pairs: list[tuple[Node, Node]] = []
            kind = ""
            if "kind" in row:
                text = row["kind"].text.strip()
                kind = self.kinds[text].name if text in self.kinds else ""
                pairs.append((self.text("kind", row["kind"].line), self.text(text, row["kind"].line)))
            names = tuple((self.text(k, row[k].line), Node(row[k].line, "text", row[k].text, True))
                          for k in ("ja", "en") if k in row)  # fmt: skip
            if names:
                pairs.append((self.text("name", line), Node(line, "mapping", pairs=names)))
            listed[id] = (kind, pairs, line)

    def facts(self, kind: str, sheet: _Sheet, listed: dict[str, tuple[str, list[tuple[Node, Node]], int]]) -> None:
        answers: dict[tuple[str, str], list[Node]] = {}
        keys: dict[tuple[str, str], Node] = {}
        for row in sheet.rows:
            told = [c for k, c in row.items() if k not in ("id", "item")]
            if not told:
                continue
            if "id" not in row or "item" not in row:
                self.problem(told[0].line, "no-row-entity" if "id" not in row else "no-item")
                continue
            id, item = row["id"].text.strip(), row["item"].text.strip()
            if id not in listed:
                self.problem(row["id"].line, "row-unlisted", name=id[:80], sheet=layout.titled(layout.LIST, None),
                             near=self.near_id(id, kind, listed))  # fmt: skip
                continue
            if listed[id][0] not in (kind, ""):
                actual, wanted = self.kind_words(listed[id][0]), self.kind_words(kind)
                self.problem(row["id"].line, "row-kind", name=id, actual=actual, kind=wanted)
                continue
            about = self.attributes[kind].get(item)
            # an item the vocabulary does not know is left to the reader of facts, which says what is near
            name = item if about is None else about.name
            node = self.members(row, about) if isinstance(about, Role) else self.stated(row, item, about)
            if node is not None:
                keys.setdefault((id, name), self.text(item, row["item"].line))
                answers.setdefault((id, name), []).append(node)
        for (id, name), nodes in answers.items():
            about = self.attributes[kind].get(name)
            if isinstance(about, Role) and len(nodes) > 1:
                first = self.cells[nodes[0].line]
                self.problem(nodes[1].line, "given-twice", about, name=name, first=Wording(first, first))
            node = nodes[0] if isinstance(about, Role) else Node(nodes[0].line, "list", items=tuple(nodes))
            listed[id][1].append((keys[(id, name)], node))

    def near_id(self, id: str, kind: str, listed: Mapping[str, tuple[str, list[tuple[Node, Node]], int]]) -> Near:
        return nearest(id, [i for i, (k, _, _) in listed.items() if k == kind])

    def kind_words(self, name: str) -> Wording:
        kind = self.kinds[name]
        return Wording(f"「{kind.alias or kind.label.ja or kind.name}」", f"`{kind.name}`")

    def stated(self, row: _Row, item: str, about: Attribute | Role | None) -> Node | None:
        """A row of a fact as the mapping it is in YAML."""
        if "complete" in row:
            self.problem(row["complete"].line, "not-for-fact", about, name=item[:80])
        if "answer" not in row:
            rest = [c for k, c in row.items() if k not in ("id", "item", "complete")]
            if rest:
                self.problem(rest[0].line, "unanswered", about, name=item[:80])
            return None
        pairs = []
        for key in layout.COLUMNS:
            if key in ("id", "item", "complete") or key not in row:
                continue
            text, line, quoted = row[key].text, row[key].line, False
            if key == "answer":
                text = text.strip()
                if isinstance(about, Attribute) and about.type == "truth":
                    text = layout.TRUTHS.get(text.casefold(), text)
            elif key == "corrects":
                text = self.truth(row[key], about)
            elif key in layout.DAYS:
                text = text.strip()
            else:
                quoted = True
            pairs.append((self.text("value" if key == "answer" else key, line), Node(line, "text", text, quoted)))
        return Node(row["answer"].line, "mapping", pairs=tuple(pairs))

    def members(self, row: _Row, role: Role) -> Node | None:
        """A row of a list as the mapping it is in YAML."""
        for key, cell in row.items():
            if key not in ("id", "item", "answer", "complete"):
                self.problem(cell.line, "not-for-role", role, name=role.name)
        if "answer" not in row and "complete" not in row:
            return None
        complete = self.truth(row["complete"], role) if "complete" in row else "false"
        if "answer" not in row and complete != "true":
            return None
        line = row["answer"].line if "answer" in row else row["complete"].line
        ids = re.split(r"[,、，;；\s]+", row["answer"].text.strip()) if "answer" in row else []
        if ids and (set(ids) <= {*layout.NONE, "unknown", "不明"}):
            ids = []
        items = tuple(self.text(id, line) for id in ids if id)
        return Node(line, "mapping", pairs=(
            (self.text("members", line), Node(line, "list", items=items)),
            (self.text("complete", line), self.text(complete, line)),
        ))  # fmt: skip

    def truth(self, cell: Cell, about: Attribute | Role | None) -> str:
        text = layout.TRUTHS.get(cell.text.strip().casefold(), "")
        if not text:
            self.problem(cell.line, "yes-or-no", about, text=cell.text[:40])
        return text or "false"

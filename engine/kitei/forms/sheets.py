"""Writes the XLSX form: a sheet for each kind of entity, with its questions, and columns for the answers.

Comes in: a program, kinds, and the facts already known if there are any. Goes out: the bytes of a workbook, the same for the
same input. Answers are text cells, so that Excel changes none; days are date cells; nothing is written as a formula.
What is written here is read back by `kitei.intake.workbook`; the layout both know is `kitei.intake.layout`.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from kitei.facts import Facts, MadeFor, Record
from kitei.forms.questions import Question, questions, sides, values_of
from kitei.intake import layout
from kitei.intake.layout import both, spelled, titled
from kitei.values import write
from kitei.wording import Lang, Pair
from kitei.world import Program
from kitei_dsl.core import Enumeration, Wording
from kitei_dsl.typesystem import parse_type

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = {
    "id": 16, "item": 24, "question": 52, "type": 16, "choices": 34, "evidence": 12, "cite": 26, "answer": 26, "complete": 14,
    "from": 14, "to": 14, "source": 36, "assessor": 18, "reason": 30, "note": 30, "recorded": 14, "corrects": 14,
    "kind": 20, "ja": 34, "en": 34,
}  # fmt: skip
_FILL, _HEAD = "FFF8E1", "DDE6F0"
#: Excel has no day before this one.
_FIRST_DAY = date(1900, 3, 1)

_STEPS: tuple[Pair, ...] = (
    ("黄色の欄に答えを書いてください。空欄は「分からない」という意味で、「いいえ」や「0」の意味ではありません。",
     "Write in the yellow cells. An empty cell means that it is not known, never no or zero."),
    ("シート「一覧」に、会社、事業年度、事案などを一行ずつ挙げ、短い呼び名を付けてください。ないものの行は消してください。",
     "On the sheet List, list each firm, fiscal year, incident and so on in one row, with a short id. Delete the rows of what there is not."),
    ("同じ種類のものが幾つもあるときは、その種類のシートで行をまとめて写し、呼び名だけを変えてください。",
     "Where there are several of a kind, copy the rows of that sheet and change the id only."),
    ("期間によって答えが違うときは、行を写し、「から」と「まで」を書いてください（「まで」の日は含みません。）。",
     "Where the answer differs over time, copy the row and give `from` and `until` (the day of `until` is not included)."),
    ("一覧の質問には、呼び名を「、」で区切って書き、それで全部なら「これで全部か」に「はい」と書いてください。",
     "To a question that asks for a list, give ids separated by commas, and say yes under `is the list complete?` if that is all."),
    ("なければ「なし」と書けるのは、そう書いてある質問だけです。", "`none` may be written only where the form says so."),
    ("区別が「評価」の質問には、評価した者と理由も書いてください。", "For questions of the class evaluation, give the assessor and the reason too."),
    ("額や数は文字として書かれます（500000001、500,000,001円、5億1円）。数式は読みません。セルを結合しないでください。",
     "Amounts are kept as text (500000001, 500,000,001円, 5億1円). Formulas are not read. Do not merge cells."),
    ("見出し（1行目）、シート名、「項目」の欄は変えないでください。", "Leave the headings (row 1), the names of the sheets and the column `item` as they are."),
    ("この様式は法令の語彙から作られたもので、法的助言ではありません。", "This form is made from the vocabulary of the law; it is not legal advice."),
)  # fmt: skip


class NoCell(ValueError):
    """A text that no cell can hold: too long, or with characters a workbook has not; the message names the cell."""


#: Characters that XML has not, or that come back as others.
_UNHELD = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def write_form(program: Program, wanted: Mapping[str, int], lang: Lang | None, *,
               matter: frozenset[str] | None = None, facts: Facts | None = None,
               made_for: MadeFor | None = None) -> bytes:  # fmt: skip
    """Return the workbook of a form for so many entities of each kind, or filled with facts. Raises ImportError, NoCell.

    `made_for` is written into it; else what the facts were made for.
    """
    import openpyxl

    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    _Form(program, lang, matter, facts, book, made_for).write(wanted)
    book.properties.creator, book.properties.title = "kitei", "kitei facts form"
    buffer = io.BytesIO()
    book.save(buffer)
    return _same_bytes(buffer.getvalue())


def _same_bytes(data: bytes) -> bytes:
    """Rewrite the archive without the hour it was made in."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in sorted(old.infolist(), key=lambda p: (p.filename != "[Content_Types].xml", p.filename)):
            content = old.read(part)
            if part.filename == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2000-01-01T00:00:00Z", content)
            info = zipfile.ZipInfo(part.filename, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(info, content)
    return out.getvalue()


class _Form:
    def __init__(
        self, program: Program, lang: Lang | None, matter: frozenset[str] | None, facts: Facts | None, book: object,
        made_for: MadeFor | None = None,
    ) -> None:  # fmt: skip
        from openpyxl.workbook import Workbook

        assert isinstance(book, Workbook)
        self.program, self.lang, self.matter, self.facts, self.book = program, lang, matter, facts, book
        self.made_for = made_for or (facts.made_for if facts else MadeFor())
        self.titles = layout.sheet_titles(program.core, lang)
        #: cells of the sheet of choices that hold the values of each list
        self.choices: dict[str, str] = {}

    def write(self, wanted: Mapping[str, int]) -> None:
        entities = self.entities(wanted)
        kinds = [k for k in self.program.kinds if k in entities.values()]
        self.guide()
        case = self.sheet(titled(layout.CASE, self.lang), layout.CASE_COLUMNS)
        listed = self.sheet(titled(layout.LIST, self.lang), layout.LIST_COLUMNS)
        sheets = {kind: self.sheet(self.titles[kind], layout.COLUMNS) for kind in kinds}
        self.lists(kinds)
        self.case(case, entities)
        self.listing(listed, entities)
        for kind, sheet in sheets.items():
            self.facts_of(kind, sheet, [id for id, k in entities.items() if k == kind])

    def entities(self, wanted: Mapping[str, int]) -> dict[str, str]:
        if self.facts is not None and self.facts.kinds:
            found = dict(self.facts.kinds)
        else:
            found = {}
        for kind, count in wanted.items():
            n, have = 0, sum(k == kind for k in found.values())
            while have < count:
                n += 1
                id = entity_id(self.program, kind, n, self.lang)
                if id not in found:
                    found[id], have = kind, have + 1
        return found

    # ------------------------------------------------------------------ cells
    def sheet(self, title: str, columns: Mapping[str, Pair]) -> Worksheet:
        from openpyxl.styles import Alignment, Font, PatternFill
        from openpyxl.utils import get_column_letter

        sheet: Worksheet = self.book.create_sheet(title)
        for n, (key, pair) in enumerate(columns.items(), 1):
            cell = self.put(sheet, 1, n, spelled(pair, self.lang))
            cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=_HEAD)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            sheet.column_dimensions[get_column_letter(n)].width = _WIDTHS[key]
        sheet.freeze_panes = "C2" if len(columns) > 4 else "A2"
        return sheet

    def put(self, sheet: Worksheet, row: int, column: int, text: str, *, answer: bool = False) -> Cell:
        """Write a text as text: whatever it begins with, it is no formula."""
        from openpyxl.styles import Alignment, PatternFill

        cell = sheet.cell(row, column)
        if text:
            if len(text) > layout.MAX_TEXT or _UNHELD.search(text):
                raise NoCell(f"{sheet.title}!{cell.coordinate}")
            cell.value = text
            cell.data_type = "s"
        cell.number_format = "@"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if answer:
            cell.fill = PatternFill("solid", fgColor=_FILL)
        return cell  # type: ignore[return-value]

    def put_day(self, sheet: Worksheet, row: int, column: int, text: str) -> None:
        """Write a day as a date cell, where Excel has that day; a word (`none`) stays a word."""
        cell = self.put(sheet, row, column, text, answer=True)
        cell.number_format = "yyyy-mm-dd"
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) and date.fromisoformat(text) >= _FIRST_DAY:
            cell.value = date.fromisoformat(text)
            cell.number_format = "yyyy-mm-dd"

    def said(self, words: Wording) -> str:
        ja, en = words.ja or words.en, words.en or words.ja
        return "\n".join(dict.fromkeys((ja, en))) if self.lang is None else ja if self.lang == "ja" else en

    def word(self, pair: Pair) -> str:
        return pair[1] if self.lang == "en" else pair[0]

    def drop_down(self, sheet: Worksheet, cell: Cell, formula: str) -> None:
        from openpyxl.worksheet.datavalidation import DataValidation

        found = next((v for v in sheet.data_validations.dataValidation if v.formula1 == formula), None)
        if found is None:
            found = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=True)
            found.error = " / ".join(("選択肢から選んでください。", "Choose one of the list."))
            sheet.add_data_validation(found)
        found.add(cell)

    # ------------------------------------------------------------------ the sheets that are not about one kind
    def guide(self) -> None:
        from openpyxl.styles import Font

        sheet = self.book.create_sheet(titled(layout.GUIDE, self.lang))
        sheet.column_dimensions["A"].width = 6
        sheet.column_dimensions["B"].width = 110
        heading = ("事実の記入票（kitei）", "Facts form (kitei)")
        self.put(sheet, 1, 2, both(heading) if self.lang is None else self.word(heading)).font = Font(
            bold=True, size=14
        )
        for n, step in enumerate(_STEPS, 1):
            self.put(sheet, n + 2, 1, str(n))
            self.put(sheet, n + 2, 2, self.said(Wording(*step)))

    def lists(self, kinds: Iterable[str]) -> None:
        """Write the sheet of choices: each list of values with its labels, in the columns that drop-downs refer to."""
        from openpyxl.utils import get_column_letter

        title = titled(layout.CHOICES, self.lang)
        sheet = self.book.create_sheet(title)
        column = 1
        named = {q.attribute.type for k in kinds for q in self.asked(k) if q.attribute}
        rows: list[tuple[str, str, list[str], list[str]]] = []
        names = [k.name if self.lang == "en" else k.alias or k.name for k in self.program.core.kinds]
        rows.append(("kind", self.said(Wording(*layout.LIST_COLUMNS["kind"])), names,
                     [self.said(k.label) for k in self.program.core.kinds]))  # fmt: skip
        for e in self.program.core.enumerations:
            if f"enum:{e.name}" in named:
                rows.append((f"enum:{e.name}", self.said(e.label), self.values(e), [self.said(w) for w in e.labels]))
        for key, heading, values, labels in rows:
            self.put(sheet, 1, column, heading)
            for n, (value, label) in enumerate(zip(values, labels, strict=True), 2):
                self.put(sheet, n, column, value)
                self.put(sheet, n, column + 1, label)
            letter = get_column_letter(column)
            sheet.column_dimensions[letter].width = 24
            sheet.column_dimensions[get_column_letter(column + 1)].width = 44
            quoted = title.replace("'", "''")
            self.choices[key] = f"'{quoted}'!${letter}$2:${letter}${len(values) + 1}"
            column += 2

    def values(self, listed: Enumeration) -> list[str]:
        optional = any(a.optional and a.type == f"enum:{listed.name}" for a in self.program.core.attributes)
        return [*values_of(listed, self.lang), *[self.word(layout.NONE)] * optional]

    def case(self, sheet: Worksheet, entities: Mapping[str, str]) -> None:
        about = {} if self.facts is None else dict(self.facts.about)
        if self.facts is not None:
            about |= {
                "subject": self.facts.subject or "",
                "as_of": self.facts.as_of.isoformat() if self.facts.as_of else "",
            }
        about |= {"goals": "、".join(self.made_for.goals), "world": self.made_for.world}
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 90
        for n, (key, pair) in enumerate(layout.CASE_ROWS.items(), 2):
            self.put(sheet, n, 1, spelled(pair, self.lang))
            text = about.get(key, "")
            if key == "as_of":
                self.put_day(sheet, n, 2, text)
            else:
                self.put(sheet, n, 2, text, answer=True)

    def listing(self, sheet: Worksheet, entities: Mapping[str, str]) -> None:
        for n, (id, kind) in enumerate(entities.items(), 2):
            record = self.program.kinds[kind]
            name = Wording() if self.facts is None else self.facts.names.get(id, Wording())
            self.put(sheet, n, 1, id, answer=True)
            cell = self.put(sheet, n, 2, record.name if self.lang == "en" else record.alias or record.name, answer=True)
            self.drop_down(sheet, cell, self.choices["kind"])
            self.put(sheet, n, 3, name.ja, answer=True)
            self.put(sheet, n, 4, name.en, answer=True)

    # ------------------------------------------------------------------ the sheet of a kind
    def asked(self, kind: str) -> list[Question]:
        """The questions of a kind: those that matter, each relation from the side it is asked from."""
        return [q for q in questions(self.program, kind, self.matter) if q.role is None or sides(self.program, q.role)]

    def facts_of(self, kind: str, sheet: Worksheet, ids: Iterable[str]) -> None:
        row = 2
        asked = self.asked(kind)
        every = questions(self.program, kind)
        for id in ids:
            for q in every:
                rows = self.answers(id, q)
                if q in asked or rows:
                    for answers in rows or [{}]:
                        self.row(sheet, row, id, q, answers)
                        row += 1

    def answers(self, id: str, q: Question) -> list[dict[str, str]]:
        """What the facts say already, one mapping of columns to texts for each row."""
        if self.facts is None:
            return []
        if q.role is None:
            assert q.attribute is not None
            return [self.stated(q, r) for r in self.facts.records.get((id, q.name), ())]
        members = self.facts.members.get((id, q.name))
        if members is None or (not q.role.many and members.ids):
            # the one at the other end of a relation is told from the side of many
            told = members is not None and sides(self.program, q.role)
            return [{"answer": "、".join(members.ids)}] if told and members is not None else []
        if not sides(self.program, q.role) and not members.complete and not self.reordered(id, q):
            return []
        complete = self.word(layout.YES) if members.complete else ""
        return [{"answer": "、".join(members.ids), "complete": complete}]

    def reordered(self, id: str, q: Question) -> bool:
        """Say whether the order of these members would be lost if they were told from the other side alone."""
        assert self.facts is not None and q.role is not None
        told = [other for other in self.facts.kinds if id in self._ids(other, q.role.inverse)]
        return tuple(told) != self._ids(id, q.name)

    def _ids(self, id: str, role: str) -> tuple[str, ...]:
        assert self.facts is not None
        members = self.facts.members.get((id, role))
        return () if members is None else members.ids

    def stated(self, q: Question, r: Record) -> dict[str, str]:
        assert q.attribute is not None
        found = {"answer": self.word(layout.NONE) if r.value is None else write(r.value), **dict(r.said)}
        t = parse_type(q.attribute.type)
        if isinstance(r.value, bool):
            found["answer"] = self.word(layout.YES if r.value else layout.NO)
        elif t.name == "enum" and r.value is not None:
            listed = next(e for e in self.program.core.enumerations if e.name == t.of)
            found["answer"] = list(values_of(listed, self.lang))[listed.values.index(str(r.value))]
        for key, day in (("from", r.start), ("to", r.end), ("recorded", r.recorded)):
            if day is not None:
                found[key] = day.isoformat()
        if r.corrects:
            found["corrects"] = self.word(layout.YES)
        return found

    def row(self, sheet: Worksheet, row: int, id: str, q: Question, answers: Mapping[str, str]) -> None:
        said = {
            "id": id, "item": q.called(self.lang), "question": self.said(q.question if q.asked else q.label), "type": self.said(q.type),
            "choices": self.said(q.choices), "evidence": self.said(q.evidence), "cite": self.said(q.cite),
        }  # fmt: skip
        yes_no = [self.word(layout.YES), self.word(layout.NO)] if self.lang else [*layout.YES, *layout.NO]
        t = parse_type(q.attribute.type) if q.attribute else None
        for n, key in enumerate(layout.COLUMNS, 1):
            if key in said:
                self.put(sheet, row, n, said[key])
                continue
            if not _asks(key, q):
                self.put(sheet, row, n, "")
                continue
            text = answers.get(key, "")
            if key in layout.DAYS or (key == "answer" and t is not None and t.name == "date"):
                self.put_day(sheet, row, n, text)
                continue
            cell = self.put(sheet, row, n, text, answer=True)
            if key in ("complete", "corrects") or (
                key == "answer" and t is not None and t.name == "truth" and q.attribute
            ):
                self.drop_down(sheet, cell, f'"{",".join(yes_no)}"')
            elif key == "answer" and q.attribute is not None and q.attribute.type in self.choices:
                self.drop_down(sheet, cell, self.choices[q.attribute.type])


def _asks(column: str, q: Question) -> bool:
    """Say whether a column is to be filled in for a question."""
    if q.role is not None:
        return column == "answer" or (column == "complete" and q.role.many)
    return column != "complete"


def entity_id(program: Program, kind: str, n: int, lang: Lang | None) -> str:
    """A name for the n-th entity of a kind, as one writes it in a language."""
    record = program.kinds[kind]
    if lang != "en" and record.alias:
        return f"{record.alias}{n}"
    return f"{re.sub('(?<=[a-z0-9])(?=[A-Z])', '_', record.name).lower()}_{n}"

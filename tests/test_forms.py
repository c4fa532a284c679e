"""The Excel form: what is written in it is read back exactly, cell by cell; what Excel may have changed is refused."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from kitei.cli import kitei
from kitei.facts import MadeFor, as_json
from kitei.facts_read import errors, read_facts, untouched
from kitei.forms.sheets import write_form
from kitei.intake import take_in
from kitei.intake.as_yaml import as_yaml
from kitei.intake.problems import Problem
from kitei.ruleset import load
from kitei.wording import Lang
from kitei.world import Program
from kitei_dsl.codec import digest
from kitei_dsl.frozen import replace
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source
from typed import typed

ROOT = Path(__file__).resolve().parent.parent
DMM = ROOT / "statutes/jp/examples/dmm.facts.yaml"
LAW = """
instrument t type act title ja "試験法" en "Test Act" end
enumeration Colour value red (赤) value blue end
kind Firm (取引業者) label ja "取引業者" en "firm" end
kind Branch (支店) end
kind Partner end
attribute money (金額) of Firm is yen label ja "資本の額" en "capital" question ja "資本の額は。" en "What is the capital?" cite t/5/1 end
attribute share (割合) of Firm is rate between 0 and 1 end
attribute coins of Firm is quantity end
attribute count of Firm is number end
attribute day (設立日) of Firm is date if any end
attribute fair (公正) of Firm is truth evaluation end
attribute colour (色) of Firm is Colour end
attribute seat of Firm is Branch end
attribute floor (階) of Branch is number end
relation owns role branch (支店一覧) many Branch question ja "支店を挙げてください。" en "List the branches." role owner one Firm end
relation deals role partner many Partner role dealt_with many Firm end
"""
LANGS: list[Lang | None] = ["ja", "en", None]


@pytest.fixture(scope="module")
def law() -> Program:
    return compiled()


def compiled() -> Program:
    core, found = compile_sources([Source("t.kitei", LAW)])
    assert not [d for d in found if d.severity == "error"], [d.message for d in found]
    return Program(core, digest(core))


FULL = """
title: 件名 title
as_of: 2024-05-31
subject: kou
note: 注
sources: 出典
entities:
  kou:
    kind: Firm
    name: {ja: 甲社, en: Company A}
    money:
      - {value: 12345678901234567, to: 2024-04-01, source: =HYPERLINK("x")}
      - {value: 1, from: 2024-04-01, recorded: 2024-06-01}
      - {value: 2, from: 2024-04-01, recorded: 2024-07-01, corrects: true, reason: 訂正}
    share: 1/3
    coins: 0.000000000000000001 ETH
    count: 7
    day: none
    fair: {value: false, assessor: 甲弁護士, reason: "複数の\\n理由", note: 注}
    colour: red
    seat: b2
    branch: {members: [b2, b1], complete: true}
    partner: [p2, p1]
  b1: {kind: Branch, floor: -3}
  b2: {kind: Branch, name: 乙支店}
  p1: {kind: Partner, dealt_with: {members: [kou], complete: true}}
  p2: {kind: Partner}
  nobody: {kind: Firm, day: 1899-12-31, branch: {members: [], complete: true}}
"""


def read_clean(data: bytes, law: Program, name: str = "f.xlsx") -> str:
    facts, problems = read_facts(data, name, law.core)
    assert [] == [p.say("en") for p in problems]
    return as_json(facts)


@pytest.mark.parametrize("lang", LANGS)
def test_facts_to_form_to_facts(law: Program, lang: Lang | None) -> None:
    """Every type, period, source, evaluation, correction, list and absence comes back as it was."""
    facts, problems = read_facts(FULL.encode(), "f.yaml", law.core)
    data = write_form(law, {}, lang, facts=facts)

    assert [] == problems
    assert as_json(facts) == read_clean(data, law)
    assert data == write_form(law, {}, lang, facts=facts)


def test_the_example_of_the_collected_law_goes_through_the_form() -> None:
    """The outflow of 2024, with all its sources and notes, is the same from YAML and from the form."""
    corpus = load(ROOT / "statutes/jp")[0]
    facts, _ = read_facts(DMM.read_bytes(), DMM.name, corpus.core)

    assert as_json(facts) == read_clean(write_form(corpus, {}, None, facts=facts), corpus)


def as_yaml_reads(data: bytes, program: Program) -> str:
    """Return the facts of a workbook as the YAML file written from it is read."""
    return read_clean(as_yaml(take_in(data, "f.xlsx", program.core).root).encode(), program, "f.yaml")


@pytest.mark.parametrize("lang", LANGS)
def test_a_form_written_as_yaml_is_the_same_facts(law: Program, lang: Lang | None) -> None:
    """What an interview saves of a form: every type, period, source, evaluation, correction, list and absence."""
    facts, _ = read_facts(FULL.encode(), "f.yaml", law.core)

    assert as_json(facts) == as_yaml_reads(write_form(law, {}, lang, facts=facts), law)


def test_the_example_written_as_yaml_is_the_same_facts() -> None:
    corpus = load(ROOT / "statutes/jp")[0]
    facts, _ = read_facts(DMM.read_bytes(), DMM.name, corpus.core)

    assert as_json(facts) == as_yaml_reads(write_form(corpus, {}, None, facts=facts), corpus)


_TEXT = st.text(
    st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff"),
    max_size=20,
)
_DAYS = st.dates(date(1000, 1, 1), date(9999, 12, 31))


@st.composite
def cases(draw: st.DrawFn) -> str:
    """Random facts of the test law, as JSON text (so that any text can be written)."""
    import json

    branches = [f"b{n}" for n in range(draw(st.integers(0, 3)))]
    entities: dict[str, Any] = {b: {"kind": "Branch"} for b in branches}
    for b in branches:
        if draw(st.booleans()):
            entities[b]["floor"] = draw(st.integers(-(10**20), 10**20))
    firm: dict[str, Any] = {"kind": "Firm"}
    values: dict[str, st.SearchStrategy[Any]] = {
        "money": st.integers(0, 10**25), "share": st.fractions(0, 1).map(str), "count": st.integers(-5, 10**18),
        "coins": st.decimals(0, 10**9, places=8).map(lambda d: f"{d:f} BTC"), "day": _DAYS.map(str) | st.just("none"),
        "fair": st.booleans(), "colour": st.sampled_from(["red", "blue"]),
    }  # fmt: skip
    for name, of in values.items():
        if draw(st.booleans()):
            remarks = st.fixed_dictionaries({}, optional=dict.fromkeys(("source", "assessor", "reason", "note"), _TEXT))
            cut = draw(_DAYS)
            first = {"value": draw(of), "to": str(cut), **draw(remarks)}
            firm[name] = [first, {"value": draw(of), "from": str(cut)}] if draw(st.booleans()) else draw(of)
    firm["name"] = {"ja": draw(_TEXT), "en": draw(_TEXT)}
    if branches:
        firm["branch"] = {"members": draw(st.permutations(branches)), "complete": draw(st.booleans())}
    entities["kou"] = firm
    return json.dumps({"title": draw(_TEXT), "entities": entities}, ensure_ascii=False)


@settings(max_examples=25, deadline=None)
@given(cases(), st.sampled_from(LANGS))
def test_any_facts_go_through_the_form(text: str, lang: Lang | None) -> None:
    """Facts, form, facts: nothing is lost, added or changed."""
    law = _COMPILED
    facts, problems = read_facts(text.encode(), "f.json", law.core)

    assert [] == problems
    assert as_json(facts) == read_clean(write_form(law, {}, lang, facts=facts), law)


_COMPILED = compiled()

# --------------------------------------------------------------------------- what a form shows


def sheet_of(data: bytes, title: str) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))[title]


def test_a_form_asks_in_both_languages_with_type_choices_and_citation(law: Program) -> None:
    """The row of a fact: question, type and unit, what may be written, class, citation; a text cell for the answer."""
    book = openpyxl.load_workbook(io.BytesIO(write_form(law, {"Firm": 1, "Branch": 2}, None)))
    sheet = book["取引業者"]
    rows = {row[1].value: row for row in sheet.iter_rows(min_row=2)}
    money, fair = rows["金額"], rows["公正"]
    listed = {v.formula1 for v in sheet.data_validations.dataValidation}

    assert ["説明 Instructions", "案件 Case", "一覧 List", "取引業者", "支店", "選択肢 Choices"] == book.sheetnames
    assert "資本の額は。\nWhat is the capital?" == money[2].value
    assert "円の額\nyen" == money[3].value
    assert "事実\nfact" == money[5].value
    assert "評価\nevaluation" == fair[5].value
    assert "@" == money[7].number_format
    assert "yyyy-mm-dd" == rows["設立日"][7].number_format
    assert {'"はい,yes,いいえ,no"', "'選択肢 Choices'!$C$2:$C$3"} == listed
    assert ["赤", "blue"] == [c.value for c in book["選択肢 Choices"]["C"][1:3]]
    assert ["取引業者1", "支店1", "支店2"] == [c.value for c in book["一覧 List"]["A"][1:4]]


def test_a_blank_form_says_nothing(law: Program) -> None:
    """The form as it is made is valid and tells no fact."""
    facts, problems = read_facts(write_form(law, {"Firm": 1, "Partner": 1}, "en"), "f.xlsx", law.core)

    assert [] == problems
    assert {"firm_1": "Firm", "partner_1": "Partner"} == facts.kinds
    assert {} == facts.records
    assert {} == facts.members
    blank = untouched(facts, law.core)
    assert blank is not None
    assert blank.say("en").startswith(
        "f.xlsx: warning: nothing has been filled in yet; write in the yellow cells under `answer` on the sheet `Firm`"
    )
    assert "空欄は「分からない」として扱い" in blank.say("ja")


def test_a_form_carries_what_it_was_made_for(law: Program) -> None:
    """Written on the sheet of the case, read back as in YAML, and kept when the form is made anew from the facts."""
    made_for = MadeFor(("reserve", "小規模"), "bill")
    facts, problems = read_facts(write_form(law, {"Firm": 1}, None, made_for=made_for), "f.xlsx", law.core)
    again, _ = read_facts(write_form(law, {}, "en", facts=facts), "f.xlsx", law.core)

    assert [] == problems
    assert made_for == facts.made_for == again.made_for


# --------------------------------------------------------------------------- filling in, with mistakes

Change = Callable[[Any], None]


def filled(law: Program, change: Change) -> tuple[Any, list[Problem]]:
    """Fill in a form with openpyxl, as Excel would save it, and read it."""
    book = openpyxl.load_workbook(io.BytesIO(write_form(law, {"Firm": 1, "Branch": 2}, "ja")))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return read_facts(out.getvalue(), "f.xlsx", law.core)


def put(row: int, column: int, value: object, sheet: str = "取引業者", **more: object) -> Change:
    def change(book: Any) -> None:
        cell = book[sheet].cell(row, column)
        cell.value = value
        for name, what in more.items():
            setattr(cell, name, what)

    return change


# rows of the sheet: 2 money, 3 share, 4 coins, 5 count, 6 day, 7 fair, 8 colour, 9 seat, 10 branch, 11 partner
ANSWER = 8


@pytest.mark.parametrize(
    ("row", "value", "name", "expected"),
    [
        (2, "5億1円", "money", Fraction(500_000_001)),
        (2, 500000001, "money", Fraction(500_000_001)),
        # Excel keeps whole numbers as floats too; fifteen digits are exact
        (2, 999999999999999.0, "money", Fraction(999_999_999_999_999)),
        (2, "12345678901234567", "money", Fraction(12345678901234567)),
        (3, "5%", "share", Fraction(1, 20)),
        (6, date(2024, 5, 31), "day", date(2024, 5, 31)),
        (6, datetime(2024, 5, 31), "day", date(2024, 5, 31)),
        (6, "2024-05-31", "day", date(2024, 5, 31)),
        (6, "なし", "day", None),
        (7, "はい", "fair", True),
        (7, "no", "fair", False),
        (7, True, "fair", True),
        (8, "赤", "colour", "red"),
    ],
)
def test_answers_are_read_as_excel_keeps_them(
    law: Program, row: int, value: object, name: str, expected: object
) -> None:
    """Text, whole numbers, days and truth cells are the answers they show."""
    facts, problems = filled(law, put(row, ANSWER, value))

    assert [] == [p.say("en") for p in problems]
    assert expected == facts.records[("取引業者1", name)][0].value


def merge(book: Any) -> None:
    book["取引業者"].merge_cells("H2:H3")


def hide(book: Any) -> None:
    book["支店"].sheet_state = "veryHidden"


def rename(book: Any) -> None:
    book["支店"].title = "支店２"


def twice(book: Any) -> None:
    book["取引業者"].cell(1, 9).value = "答え"


def no_list(book: Any) -> None:
    del book["一覧"]


@pytest.mark.parametrize(
    ("change", "slug", "cell", "words"),
    [
        (put(2, ANSWER, 0.5), "inexact-cell", "取引業者!H2", "format the cell as text"),
        (put(2, ANSWER, 9007199254740993), "inexact-cell", "取引業者!H2", "15 digits"),
        # 1e15 has sixteen digits: Excel would have kept fifteen of those typed
        (put(2, ANSWER, 10**15), "inexact-cell", "取引業者!H2", "15 digits"),
        (put(2, ANSWER, 1.2345678901234568e16), "inexact-cell", "取引業者!H2", "15 digits"),
        (put(2, ANSWER, "=1+1"), "formula", "取引業者!H2", "paste the value"),
        (put(2, ANSWER, "#N/A", data_type="e"), "cell-error", "取引業者!H2", "#N/A"),
        (put(2, ANSWER, "約一億円"), "inexact", "取引業者!H2", "not an exact number"),
        (put(6, ANSWER, datetime(2024, 5, 31, 13, 26)), "time-cell", "取引業者!H6", "time of day"),
        (put(6, ANSWER, "5/31/2024"), "day-or-none", "取引業者!H6", "YYYY-MM-DD"),
        (put(7, ANSWER, "多分"), "truth", "取引業者!H7", "true or false"),
        (put(8, ANSWER, "青い"), "not-listed", "取引業者!H8", "red, blue"),
        (put(10, ANSWER, "支店３"), "no-entity", "取引業者!H10", "no entity is called `支店３`"),
        (put(10, 9, "多分"), "yes-or-no", "取引業者!I10", "yes or no"),
        (put(2, 9, "はい"), "not-for-fact", "取引業者!I2", "no list"),
        (put(10, 12, "登記"), "not-for-role", "取引業者!L10", "not for lists"),
        (put(2, 12, "登記簿"), "unanswered", "取引業者!L2", "no answer"),
        (put(2, 2, "金額等"), "", "", ""),
        (put(20, ANSWER, "1"), "no-row-entity", "取引業者!H20", "which entity"),
        (put(2, 1, "取引業者9"), "", "", ""),
        (put(1, 18, "備考"), "unknown-column", "取引業者!R1", "not of the form"),
        (put(2, 30, "memo"), "beyond-columns", "取引業者!AD2", "without a heading"),
        (put(1, 8, "答"), "unknown-column", "取引業者!H1", "did you mean"),
        (twice, "column-twice", "取引業者!I1", "there twice"),
        (merge, "merged", "取引業者!H2", "H2:H3"),
        (hide, "hidden-sheet", "支店!A1", "hidden"),
        (rename, "unknown-sheet", "支店２!A1", "did you mean"),
        (no_list, "missing-sheet", "", "kitei facts form"),
        (put(2, 2, "取引", "一覧"), "unknown-kind", "一覧!B2", "no kind of entity"),
        (put(3, 1, "取引業者1", "一覧"), "given-twice", "一覧!A3", "一覧!A2"),
        (put(2, 2, "2024年5月31日", "案件"), "", "", ""),
        (put(3, 2, "5月31日", "案件"), "no-day", "案件!B3", "YYYY-MM-DD"),
    ],
)  # fmt: skip
def test_mistakes_are_told_with_their_cell(law: Program, change: Change, slug: str, cell: str, words: str) -> None:
    """Each mistake names sheet and cell and says what to do; a row without an answer is no mistake."""
    _, problems = filled(law, change)
    found = [p for p in problems if p.slug == slug]

    if not slug:
        assert [] == problems
        return
    assert found, [str(p) for p in problems]
    assert [cell] == [p.cell for p in found]
    assert words in found[0].words("en")
    assert f"f.xlsx:{cell or 1}: " in found[0].say("ja")


def test_a_wrong_row_names_what_is_near(law: Program) -> None:
    """An answer under an id or an item that is not there is an error with the nearest valid name and its label."""

    def change(book: Any) -> None:
        put(2, ANSWER, "1")(book)
        put(2, 2, "金額等")(book)
        put(3, ANSWER, "5%")(book)
        put(3, 1, "取引業者9")(book)
        put(2, ANSWER, "1", "支店")(book)
        put(2, 1, "取引業者1", "支店")(book)

    _, problems = filled(law, change)

    assert {
        "取引業者!B2": "`金額等` は「取引業者」について述べる事実ではありません。`金額`（資本の額）ではありませんか。",
        "取引業者!A3": "`取引業者9` はシート「一覧 List」に挙げられていません。`取引業者1`ではありませんか。そこに足すか、呼び名を直してください。",
        "支店!A2": "`取引業者1` は「取引業者」です。このシートは「支店」のものです。",
    } == {p.cell: p.words("ja") for p in problems}


def test_rows_may_be_added_and_an_entity_copied(law: Program) -> None:
    """A second period is another row; a second firm is the same rows under another id."""

    def change(book: Any) -> None:
        for n, (id, answer, start, end) in enumerate(
            [
                ("取引業者1", "1", None, date(2024, 4, 1)),
                ("取引業者1", "2", date(2024, 4, 1), None),
                ("乙", "3", None, None),
            ],
            20,
        ):
            for column, value in {1: id, 2: "money", 8: answer, 10: start, 11: end}.items():
                put(n, column, value)(book)
        put(9, 1, "乙", "一覧")(book)
        put(9, 2, "Firm", "一覧")(book)

    facts, problems = filled(law, change)

    assert [] == problems
    assert [(Fraction(1), None, date(2024, 4, 1)), (Fraction(2), date(2024, 4, 1), None)] == [
        (r.value, r.start, r.end) for r in facts.records[("取引業者1", "money")]
    ]
    assert Fraction(3) == facts.records[("乙", "money")][0].value


def test_hidden_rows_are_read_and_said(law: Program) -> None:
    """A filter may hide rows; what they say is read, and the reader is told."""

    def change(book: Any) -> None:
        put(2, ANSWER, "1")(book)
        book["取引業者"].row_dimensions[2].hidden = True

    facts, problems = filled(law, change)

    assert ["hidden-rows"] == [p.slug for p in problems]
    assert [] == errors(problems)
    assert Fraction(1) == facts.records[("取引業者1", "money")][0].value


# --------------------------------------------------------------------------- hostile workbooks


def altered(data: bytes, change: Callable[[str, bytes], bytes], **added: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, change(part.filename, old.read(part)))
        for name, content in added.items():
            new.writestr(name, content)
    return out.getvalue()


def in_sheets(old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    def change(name: str, content: bytes) -> bytes:
        return content.replace(old, new, 1) if "worksheets/" in name else content

    return change


def same(name: str, content: bytes) -> bytes:
    return content


BOMB = b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 100 + b'"><!ENTITY b "' + b"&a;" * 100 + b'">]>'


@pytest.mark.parametrize(
    ("change", "added", "slug"),
    [
        (in_sheets(b"<worksheet", BOMB + b"<worksheet"), {}, "unsafe-xml"),
        (lambda n, c: c.decode().encode("utf-16") if n == "xl/workbook.xml" else c, {}, "unsafe-xml"),
        (lambda n, c: b"<?xml version='1.0' encoding='cp037'?>" + c if n == "xl/workbook.xml" else c, {}, "unsafe-xml"),
        (same, {"xl/vbaProject.bin": b"x"}, "macros"),
        (same, {"xl/bomb.xml": b"<a/>" + b" " * 33_000_000}, "workbook-size"),
        (same, {f"xl/{n}.bin": b"" for n in range(600)}, "workbook-size"),
        (in_sheets(b'<row r="1"', b'<row r="1048576"'), {}, "workbook-size"),
        (in_sheets(b'<c r="A1"', b'<c r="XFD1"'), {}, "workbook-size"),
        (in_sheets(b'<row r="2"', b'<row r="1"'), {}, "not-workbook"),
        (in_sheets(b'<c r="B1"', b'<c r="A1"'), {}, "not-workbook"),
        (
            in_sheets(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFC1048576"/></mergeCells>'),
            {},
            "merged",
        ),
        (in_sheets(b"</sheetData>", b"</sheetDat"), {}, "not-workbook"),
        (lambda n, c: b"" if n == "xl/workbook.xml" else c, {}, "not-workbook"),
        (same, {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}, "external-links"),
    ],
)
def test_hostile_workbooks_are_refused_before_they_unfold(
    law: Program, change: Callable[[str, bytes], bytes], added: dict[str, bytes], slug: str
) -> None:
    """Bombs, entities, macros, far cells and broken parts: one clear problem, no fault, nothing opened."""
    plain = write_form(law, {"Firm": 1}, "ja")
    data = altered(plain, change, **added)
    _, problems = read_facts(data, "f.xlsx", law.core)

    assert data != altered(plain, same)
    assert slug in [p.slug for p in problems]
    assert all(p.words("ja") and p.words("en") for p in problems)


@pytest.mark.parametrize("cut", [4, 100, 3000, -30])
def test_half_a_workbook_is_no_fault(law: Program, cut: int) -> None:
    """A file cut off in the middle is a broken workbook."""
    data = write_form(law, {"Firm": 1}, "ja")
    _, problems = read_facts(data[:cut], "f.xlsx", law.core)

    assert ["not-workbook"] == [p.slug for p in problems]


def test_nothing_is_written_as_a_formula(law: Program) -> None:
    """A source that begins with an equals sign is shown, never computed."""
    facts, _ = read_facts(FULL.encode(), "f.yaml", law.core)
    with zipfile.ZipFile(io.BytesIO(write_form(law, {}, "ja", facts=facts))) as archive:
        sheets = [archive.read(n) for n in archive.namelist() if "worksheets/" in n]

    assert sheets
    assert not [s for s in sheets if re.search(rb"<f[ >]", s)]


def test_two_kinds_named_alike_for_excel_have_two_sheets() -> None:
    """Names longer than a sheet's title may be, that begin alike, are told apart in the form and when read back."""
    long = "Very_long_name_of_a_kind_of_thing_"
    law = f'instrument t type act title en "T" end\nkind {long}a end\nkind {long}b end\n' + "".join(
        f"attribute x{n} of {long}{n} is number end\n" for n in "ab"
    )
    core, found = compile_sources([Source("t.kitei", law)])
    program = Program(core, "x")
    text = f"entities:\n  p: {{kind: {long}a, xa: 1}}\n  q: {{kind: {long}b, xb: 2}}\n"
    facts, problems = read_facts(text.encode(), "f.yaml", core)

    assert [] == problems, found
    assert as_json(facts) == read_clean(write_form(program, {}, "en", facts=facts), program)
    assert as_json(facts) == as_yaml_reads(write_form(program, {}, "en", facts=facts), program)


# --------------------------------------------------------------------------- commands


def test_form_then_run_then_replay(tmp_path: Path) -> None:
    """An answer from the form is the answer from the YAML file, and replay accepts it with the form."""
    form, answer = tmp_path / "dmm.xlsx", tmp_path / "a.json"
    run = CliRunner()
    asked = ["--on", "2024-05-31", "--goal", "submit_annual_report"]
    made = run.invoke(kitei, ["facts", "form", "--from", str(DMM), "--out", str(form)])
    left, right = (run.invoke(kitei, ["run", str(f), *asked, "--lang", "ja"]) for f in (DMM, form))
    answer.write_text(run.invoke(kitei, ["run", str(form), *asked, "--format", "json"]).stdout, encoding="utf-8")
    replayed = run.invoke(kitei, ["replay", str(answer), "--facts", str(form)])

    assert 0 == made.exit_code, made.stderr
    assert 0 == left.exit_code == right.exit_code, right.stderr
    digest = re.compile(r"sha256:[0-9a-f]{64}|dmm\.facts\.yaml|dmm\.xlsx")
    assert digest.sub("", left.stdout) == digest.sub("", right.stdout)
    assert "accepted" in replayed.stderr, replayed.stdout


def test_a_mistake_in_a_form_is_told_with_its_cell_and_nothing_is_answered(tmp_path: Path) -> None:
    """`kitei run FORM.xlsx` names file, sheet and cell, the legal name and its citation, in the reader's language."""
    form = tmp_path / "f.xlsx"
    CliRunner().invoke(kitei, ["facts", "form", "Operator", "--out", str(form), "--lang", "ja"])
    book = openpyxl.load_workbook(form)
    row = next(r for r in book["事業者"].iter_rows(min_row=2) if r[1].value == "交換業の登録")
    row[7].value = "多分"
    book.save(form)
    done = CliRunner().invoke(kitei, ["run", str(form), "--on", "2024-05-31", "--lang", "ja"])

    assert 3 == done.exit_code
    assert (
        f"f.xlsx:事業者!{row[7].coordinate}: `交換業の登録` は「はい」（true）又は「いいえ」（false）です"
        in done.stderr
    )
    assert "資金決済法第63条の2）" in done.stderr
    assert "" == done.stdout


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["facts", "form", "--out", "x.xlsx"], 2, "name kinds"),
        (["facts", "form", "Operator", "--out", "x.csv"], 2, "must end in .xlsx"),
        (["facts", "form", "Operator", "--out", "no/where/x.xlsx"], 2, "x.xlsx"),
        (["facts", "form", "Oprator", "--out", "x.xlsx"], 2, "Operator (事業者 / firm)"),
        (["facts", "form", "Operator=0", "--out", "x.xlsx"], 2, "KIND=N"),
        (["facts", "new", "Operator", "--goal", "nothing"], 2, "no norm or term"),
        (["facts", "new", "Operator", "--world", "enacte"], 2, "did you mean `enacted`"),
        (["facts", "check", "nothing.yaml"], 3, "nothing.yaml"),
    ],
)
def test_wrong_use_is_told(tmp_path: Path, args: list[str], code: int, words: str) -> None:
    """Wrong use says what is wrong and changes nothing."""
    done = typed(["kitei", *args], tmp_path, "en")

    assert code == done.returncode, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert [] == list(tmp_path.iterdir())


def test_without_openpyxl_the_extra_is_named(law: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the library is absent, reading and writing name the extra in one sentence."""
    data = write_form(law, {"Firm": 1}, "ja")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    _, problems = read_facts(data, "f.xlsx", law.core)
    made = CliRunner().invoke(kitei, ["facts", "form", "Operator", "--out", "x.xlsx"])

    assert ["no-openpyxl"] == [p.slug for p in problems]
    assert 2 == made.exit_code
    assert "kitei[xlsx]" in made.stderr


def test_what_no_cell_holds_is_told(law: Program) -> None:
    """A text longer than a cell is refused with its cell, not cut."""
    facts, _ = read_facts(("entities:\n  kou: {kind: Firm, name: " + "x" * 32_768 + "}\n").encode(), "f.yaml", law.core)
    with pytest.raises(ValueError, match="一覧!C2"):
        write_form(law, {}, "ja", facts=facts)

    assert "kou" in replace(facts, file="").kinds

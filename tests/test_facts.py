"""Facts are read exactly or refused with file, line and what to do; nothing in them is executed or multiplied."""

from datetime import date
from fractions import Fraction

import pytest

from kitei.facts import Facts
from kitei.facts_read import read_facts
from kitei.intake import Problem
from kitei_dsl.core import Program
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source

LAW = """
instrument t type act title ja "試験法" en "Test Act" end
enumeration Colour value red (赤) value blue end
kind Firm (会社) end
kind Branch end
attribute money (金額) of Firm is yen label ja "金額" en "amount" end
attribute share of Firm is rate between 0 and 1 end
attribute coins of Firm is quantity end
attribute count of Firm is number end
attribute day of Firm is date if any end
attribute big of Firm is truth end
attribute colour of Firm is Colour end
relation owns role branch many Branch role owner one Firm end
term derived of Firm is yen end
"""


@pytest.fixture(scope="module")
def program() -> Program:
    compiled, found = compile_sources([Source("t.kitei", LAW)])
    assert not found
    return compiled


def one(program: Program, line: str) -> tuple[Facts, list[Problem]]:
    return read_facts(f"entities:\n  kou:\n    kind: Firm\n    {line}\n".encode(), "f.yaml", program)


@pytest.mark.parametrize(
    ("line", "name", "expected"),
    [
        ("money: 12,345,678,901,234,567", "money", Fraction(12345678901234567)),
        ("金額: 100円", "money", Fraction(100)),
        ("金額: 95億円", "money", Fraction(9_500_000_000)),
        ("金額: 5億1円", "money", Fraction(500_000_001)),
        ("金額: 1兆2,000億3万4円", "money", Fraction(1_200_000_030_004)),
        ("金額: 0.5億円", "money", Fraction(50_000_000)),
        ("share: 5%", "share", Fraction(1, 20)),
        ("share: 0.05", "share", Fraction(1, 20)),
        ("count: 9007199254740993", "count", Fraction(9007199254740993)),
        ("colour: 赤", "colour", "red"),
        ("big: false", "big", False),
    ],
)
def test_values_are_exact(program: Program, line: str, name: str, expected: object) -> None:
    """Amounts beyond floating point, both spellings and rates are read as they are."""
    facts, problems = one(program, line)

    assert [] == problems
    assert expected == facts.records[("kou", name)][0].value


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("monye: 1", "did you mean `money`"),
        ("derived: 1", "derived by the law"),
        ("money: 1.5", "whole yen"),
        ("money: 1e6", "not an exact number"),
        ("money: 億円", "5億1円"),
        ("money: .nan", "not an exact number"),
        ("money: ", "no value"),
        ("money: null", "no value"),
        ("money: none", "cannot be absent"),
        ("money: [1, 2]", "two values on one day"),
        ("money: {value: 1, vlaue: 2}", "unknown field `vlaue`"),
        ("money: {value: 1, from: 2024-02-30}", "is no day"),
        ("money: {value: 1, from: 2024-03-01, to: 2024-02-01}", "must come after"),
        ("share: 150%", "not more than 1"),
        ("coins: 5", "an amount and its asset"),
        ("day: 2024-02-30", "no day of the calendar"),
        ("big: maybe", "true or false"),
        ("colour: green", "not one of red, blue"),
        ("branch: [nobody]", "no entity is called `nobody`"),
        ("money: &a 1", "anchors and aliases"),
        ("money: !!python/object/apply:os.system ['true']", "tags"),
        ("money: " + "9" * 3_000, "not an exact number"),
        ("money: " + "9" * 100_000, "a text has more than 40000 characters"),
        ('name: "\\u202e{{7*7}}"', ""),
    ],
)
def test_what_is_wrong_is_told_with_its_line(program: Program, line: str, words: str) -> None:
    """Each mistake names file and line and says what to do; hostile text is only text."""
    _, problems = one(program, line)

    if not words:
        assert [] == problems
        return
    assert problems
    assert any(words in p.message for p in problems)
    assert all(p.file == "f.yaml" and p.line >= 1 for p in problems)
    assert all("\u202e" not in str(p) and len(str(p)) < 600 for p in problems)


@pytest.mark.parametrize(
    "text",
    [
        b"", b"\xff\xfe", b"[", b"- a", b"a: 1\na: 2", b"entities: {}", b"entities:\n  kou: 3", b"entities:\n  kou: {kind: Nothing}",
        b"entities:\n  kou: {kind: Firm}\n  kou: {kind: Firm}", b"{" * 100_000, b"a: " * 50_000, b"- " * 5_000 + b"x",
        b"x: &a [1]\ny: *a", b"--- 1\n--- 2", b"entities:\n  'k o u': {kind: Firm}", b"\x00", b"schema: kitei/facts@9\nentities: {kou: {kind: Firm}}",
    ],
)  # fmt: skip
def test_unreadable_facts_are_refused_at_once(program: Program, text: bytes) -> None:
    """No input gives a traceback; every refusal has a line."""
    _, problems = read_facts(text, "f.yaml", program)

    assert problems
    assert all(p.line >= 1 for p in problems)


def test_json_is_read_by_the_same_reader(program: Program) -> None:
    """Facts may be JSON: the same values, the same refusals."""
    facts, problems = read_facts(
        b'{"entities": {"kou": {"kind": "Firm", "money": 100, "big": true}}}', "f.json", program
    )

    assert [] == problems
    assert Fraction(100) == facts.records[("kou", "money")][0].value


def test_a_relation_is_read_from_either_side(program: Program) -> None:
    """What one side says the other knows; two sides that disagree are refused."""
    good = b"entities:\n  kou: {kind: Firm, branch: {members: [b], complete: true}}\n  b: {kind: Branch}\n"
    bad = b"entities:\n  kou: {kind: Firm, branch: [b]}\n  otsu: {kind: Firm, branch: [b]}\n  b: {kind: Branch}\n"
    facts, problems = read_facts(good, "f.yaml", program)
    _, refused = read_facts(bad, "f.yaml", program)

    assert [] == problems
    assert ("kou",) == facts.members[("b", "owner")].ids
    assert refused


# --------------------------------------------------------------------------- as people write


@pytest.mark.parametrize(
    "written",
    ["2025-06-30", "2025/6/30", "2025.6.30", "2025年6月30日", "令和7年6月30日", "２０２５／６／３０", "令和７年６月３０日", "R7.6.30"],
)  # fmt: skip
def test_a_day_may_be_written_in_any_form_everywhere(program: Program, written: str) -> None:
    """The same day in a fact, in `as_of`, for an option and in an interview."""
    from kitei.cli.asking import read_day as option
    from kitei.replies import read_day as reply

    text = f"as_of: {written}\nentities:\n  kou: {{kind: Firm, day: {written}}}\n"
    facts, problems = read_facts(text.encode(), "f.yaml", program)

    assert [] == [str(p) for p in problems]
    assert date(2025, 6, 30) == facts.as_of == facts.records["kou", "day"][0].value
    assert "2025-06-30" == option(written, "--on") == reply(written)


@pytest.mark.parametrize(
    "written", ["6/30/2025", "30.6.2025", "25-06-30", "2025-06-31", "令和7年6月31日", "6月30日", "平成37年6月30日"]
)
def test_a_day_that_could_be_another_or_none_is_refused(program: Program, written: str) -> None:
    _, problems = read_facts(f"entities:\n  kou: {{kind: Firm, day: {written}}}\n".encode(), "f.yaml", program)

    assert 1 == len(problems)


@pytest.mark.parametrize(
    ("written", "value"),
    [("はい", True), ("いいえ", False), ("True", True), ("FALSE", False), ("yes", True), ("No", False), ("true", True)],
)
def test_a_truth_may_be_written_as_yaml_or_people_do(program: Program, written: str, value: bool) -> None:
    facts, problems = read_facts(f"entities:\n  kou: {{kind: Firm, big: {written}}}\n".encode(), "f.yaml", program)

    assert [] == problems
    assert value is facts.records["kou", "big"][0].value


@pytest.mark.parametrize(
    ("written", "value"),
    [("五億円", 500_000_000), ("¥500000000", 500_000_000), ("￥５００００００００", 500_000_000), ('"¥500,000,000"', 500_000_000),
     ("五億一円", 500_000_001), ("二千三百万円", 23_000_000)],
)  # fmt: skip
def test_yen_may_be_written_with_its_sign_or_in_kanji(program: Program, written: str, value: int) -> None:
    facts, problems = read_facts(f"entities:\n  kou: {{kind: Firm, money: {written}}}\n".encode(), "f.yaml", program)

    assert [] == problems
    assert value == facts.records["kou", "money"][0].value


def test_what_is_meant_is_told(program: Program) -> None:
    """A list called `all`, a day not filed, and a kind that is none: each is told how it is written."""
    text = "entities:\n  kou:\n    kind: Firm\n    branch: 全部\n    day: 未提出\n  otsu: {kind: Company}\n"
    _, problems = read_facts(text.encode(), "f.yaml", program)
    ja, en = [p.words("ja") for p in problems], [p.words("en") for p in problems]

    assert ["role-everything", "day-or-none", "unknown-kind"] == [p.slug for p in problems]
    assert "{members: [呼び名, …], complete: true}" in ja[0] and "{members: [id, …], complete: true}" in en[0]
    assert "「なし」と書いてください" in ja[1] and "write `none`" in en[1]
    assert "kinds: Firm, Branch" in en[2] and "種類は" in ja[2]

"""Facts come in as YAML, JSON or text of another encoding: the same reader, the same values, the same errors in two languages."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kitei.facts import Facts, as_json
from kitei.facts_read import errors, read_facts
from kitei.intake.problems import MESSAGES, Problem
from kitei.ruleset import load
from kitei.values import Quantity
from kitei_dsl.core import Program
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source

ROOT = Path(__file__).resolve().parent.parent
LAW = """
instrument t type act title ja "試験法" en "Test Act" end
enumeration Colour value red (赤) value blue end
kind Firm (会社) end
kind Branch (支店) end
attribute money (金額) of Firm is yen label ja "資本の額" en "capital" cite t/5/1 end
attribute share (割合) of Firm is rate between 0 and 1 end
attribute coins of Firm is quantity end
attribute day (設立日) of Firm is date if any end
attribute big of Firm is truth end
attribute colour (色) of Firm is Colour end
attribute floor of Branch is number end
relation owns role branch (支店一覧) many Branch role owner one Firm end
"""


@pytest.fixture(scope="module")
def program() -> Program:
    compiled, found = compile_sources([Source("t.kitei", LAW)])
    assert not [d for d in found if d.severity == "error"], found
    return compiled


def slugs(problems: list[Problem]) -> list[str]:
    return [p.slug for p in problems]


def one(program: Program, line: str) -> tuple[Facts, list[Problem]]:
    return read_facts(f"entities:\n  kou:\n    kind: Firm\n    {line}\n".encode(), "f.yaml", program)


# --------------------------------------------------------------------------- JSON


def json_of(inner: str) -> bytes:
    return f'{{"entities": {{"kou": {{"kind": "Firm",\n{inner}}}}}}}'.encode()


@pytest.mark.parametrize(
    ("inner", "name", "expected"),
    [
        # 2**53 + 1 and a share of thirty digits: a float would lose their last digits
        ('"money": 9007199254740993', "money", Fraction(9007199254740993)),
        ('"share": 0.100000000000000000000000000001', "share", Fraction(10**29 + 1, 10**30)),
        ('"money": "5億1円"', "money", Fraction(500_000_001)),
        ('"coins": "4502.9 BTC"', "coins", Quantity(Fraction(45029, 10), "BTC")),
        ('"big": true', "big", True),
        ('"\\u8272": "\\u8d64"', "colour", "red"),
        ('"day": "none"', "day", None),
        ('\t"money"\t:\t7', "money", Fraction(7)),
        ('"money": {"value": 1, "source": "a \\"b\\" \\u0040"}', "money", Fraction(1)),
    ],
)
def test_json_values_are_exact(program: Program, inner: str, name: str, expected: object) -> None:
    """A number in JSON is the digits it is written with."""
    facts, problems = read_facts(json_of(inner), "f.json", program)

    assert [] == problems
    assert expected == facts.records[("kou", name)][0].value


@pytest.mark.parametrize(
    ("inner", "slug", "line"),
    [
        ('"money": 1,\n"money": 1', "given-twice", 3),
        ('"money": 1,\n"金額": 1', "given-twice", 3),
        ('"money": NaN', "json-nan", 2),
        ('"money": -Infinity', "json-nan", 2),
        ('"money": 1e6', "inexact", 2),
        ('"money": 01', "json-number", 2),
        ('"money": 1_000', "json-number", 2),
        ('"money": .5', "json-expected", 2),
        ('"money": 1,', "json-expected", 2),
        ('"money": [1,]', "json-expected", 2),
        ('"money": {"value": 1}]', "json-expected", 2),
        ("money: 1", "json-expected", 2),
        ('"money": "\n"', "json-string", 2),
        ('"name": "\\ud800"', "surrogate", 2),
        ('"name": "\\x41"', "json-string", 2),
        ('"money": null', "no-value", 2),
        ('"money": yes', "json-expected", 2),
        ('"money": 1 # remark', "json-expected", 2),
        ('\n\n"monye": 1', "not-a-fact", 4),
    ],
)
def test_json_is_refused_with_its_line(program: Program, inner: str, slug: str, line: int) -> None:
    """What is not JSON, or is not exact, is told once with its line."""
    _, problems = read_facts(json_of(inner), "f.json", program)

    assert [(slug, line)] == [(p.slug, p.line) for p in problems]


@pytest.mark.parametrize(
    "text", [b"", b"  ", b"[", b"{", b'{"a"', b'{"a":', b"1 2", b'"a', b"{]", b"}", b"[" * 100_000, b"nul", b"-"]
)
def test_no_json_is_a_fault(program: Program, text: bytes) -> None:
    """Broken JSON is a problem with a line."""
    _, problems = read_facts(text, "f.json", program)

    assert 1 == len(problems)
    assert problems[0].line >= 1


def test_the_form_is_chosen_by_name_and_content(program: Program) -> None:
    """`.json` is JSON, `.yaml` is YAML, and a file that says neither is read as what it begins with."""
    flow = b"{entities: {kou: {kind: Firm, money: 1}}} # remark\n"
    as_yaml, as_text, as_strict = (read_facts(flow, name, program) for name in ("f.yaml", "f", "f.json"))
    tabbed = b'{"entities":\n\t{"kou": {"kind": "Firm", "money": 1}}}'

    assert [] == as_yaml[1] == as_text[1]
    assert ["json-expected"] == slugs(as_strict[1])
    # YAML allows no tab there; JSON does
    assert [] == read_facts(tabbed, "f", program)[1]
    assert as_json(as_yaml[0]) == as_json(read_facts(tabbed, "f.json", program)[0])


def test_yaml_and_json_of_one_content_are_equal(program: Program) -> None:
    """The form makes no difference to what was read."""
    yaml = "as_of: 2024-05-31\nsubject: kou\nentities:\n  kou: {kind: 会社, name: 甲社, 金額: 1億円, branch: {members: [b], complete: true}}\n  b: {kind: Branch}\n"
    json = '{"as_of": "2024-05-31", "subject": "kou", "entities": {"kou": {"kind": "Firm", "name": {"ja": "甲社", "en": "甲社"}, "money": 100000000, "branch": {"members": ["b"], "complete": true}}, "b": {"kind": "支店"}}}'
    left, right = read_facts(yaml.encode(), "f.yaml", program), read_facts(json.encode(), "f.json", program)

    assert [] == left[1] == right[1]
    assert as_json(left[0]) == as_json(right[0])


# --------------------------------------------------------------------------- encodings

JAPANESE = "entities:\n  kou:\n    kind: 会社\n    name: 甲社\n    金額: 5億1円\n"


@pytest.mark.parametrize(
    ("encoding", "warned"),
    [("utf-8", []), ("utf-8-sig", []), ("cp932", ["was-cp932"]), ("utf-16", ["was-utf16"]), ("utf-16-be", ["nul"])],
)
def test_encodings(program: Program, encoding: str, warned: list[str]) -> None:
    """UTF-8 is read, what Japanese machines also write is read with a warning, what has no mark is refused."""
    facts, problems = read_facts(JAPANESE.encode(encoding), "f.yaml", program)

    assert warned == slugs(problems)
    if encoding != "utf-16-be":
        assert [] == errors(problems)
        assert Fraction(500_000_001) == facts.records[("kou", "money")][0].value
        assert "甲社" == facts.names["kou"].ja
    if encoding == "cp932":
        assert "iconv -f CP932 -t UTF-8 f.yaml" in problems[0].say("ja")
        assert problems[0].say("en").startswith("f.yaml:1: warning: read as Shift_JIS")


@pytest.mark.parametrize(
    ("data", "slug", "line"),
    [
        (JAPANESE.encode() + "  # 支店\n".encode("cp932"), "mixed-text", 6),
        (JAPANESE.encode() + b"# \xff\xfe\xfd\n", "mixed-text", 6),
        (b"a: b\nc: \xff\xff\n", "not-text", 2),
        (JAPANESE.encode("euc-jp"), "not-text", 3),
        (JAPANESE.encode("utf-32"), "utf-32", 1),
        (b"\xff\xfea", "not-text", 1),
        (b"entities:\n  a\x00b: 1\n", "nul", 2),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "not-facts", 1),
        (b"%PDF-1.7\n", "not-facts", 1),
    ],
)
def test_no_encoding_is_guessed(program: Program, data: bytes, slug: str, line: int) -> None:
    """Mixed and unknown bytes are refused with the line they stand on."""
    _, problems = read_facts(data, "f.yaml", program)

    assert [(slug, line)] == [(p.slug, p.line) for p in problems]


# --------------------------------------------------------------------------- what is said


def test_every_message_says_the_same_in_both_languages() -> None:
    """Both languages of a message have the same blanks, save the name of a kind that Japanese leaves out."""
    blanks = {
        slug: [{name for _, name, _, _ in Formatter().parse(text) if name} for text in pair]
        for slug, pair in MESSAGES.items()
    }

    assert {} == {s: b for s, b in blanks.items() if b[0] ^ b[1] - {"kind"} and b[0] - b[1] | (b[1] - b[0] - {"kind"})}
    assert all(re.search("[぀-ヿ]", ja) and not re.search("[぀-ヿ]", en) for ja, en in MESSAGES.values())


def test_every_message_is_said_somewhere() -> None:
    """No message waits for a mistake that nothing finds, and no mistake lacks its message."""
    code = "".join(
        p.read_text(encoding="utf-8") for p in (ROOT / "engine/kitei").rglob("*.py") if p.name != "problems.py"
    )
    said = set(re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)*)"', code))
    raised = set(re.findall(r'(?:Bad|problem)\([^"\n()\[\]{}]*"([a-z0-9-]+)"', code))

    assert set() == set(MESSAGES) - said
    assert set() == raised - set(MESSAGES)


def test_a_problem_names_the_law_in_the_readers_language(program: Program) -> None:
    """Place, what is wrong, what to do, the legal name and its citation: in Japanese and in English."""
    _, problems = one(program, "money: 約一億円")
    cite = {"t/5/1": "試験法第5条第1項"}

    assert (
        "f.yaml:4: `money` は円の額です。`約一億円` は正確な数として読めません。例えば 500000001、500,000,001円、¥500,000,001 又は 5億1円 と書いてください。"
        "（資本の額、試験法第5条第1項）" == problems[0].say("ja", lambda a: cite[a])
    )
    assert (
        "f.yaml:4: `money` is yen: `約一億円` is not an exact number; write 500000001, 500,000,001円, ¥500,000,001 or 5億1円 (capital)"
        == problems[0].say("en")
    )


def test_several_mistakes_are_all_told_once_each(program: Program) -> None:
    """The mistakes in the order of the file, also what a wrong kind, surely meant as `Firm`, says; what follows from one of them is not told again."""
    text = """subject: otsu
entities:
  kou: {kind: Firm, monye: 1, share: 150%, branch: [b, c, b2]}
  otsu: {kind: Frim}
  b: {kind: Branch, money: 3, owner: otsu}
  b2: {kind: Branch, floor: 1.5, floor: 2}
"""
    _, problems = read_facts(text.encode(), "f.yaml", program)

    assert [
        (3, "not-a-fact"), (3, "too-high"), (3, "no-entity"), (4, "unknown-kind"), (5, "other-kind"), (5, "disagree"), (6, "given-twice"), (6, "whole"),
    ] == [(p.line, p.slug) for p in problems]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "near"),
    [
        ("ｍｏｎｅｙ: 1", "`money`"),
        ("Money: 1", "`money`"),
        ("colour: ＲＥＤ", "`red`"),
        ("branch: [ｋｏｕ]", ""),
        ("設立日付: 2024-01-01", "`設立日`"),
    ],
)
def test_what_differs_in_width_only_is_near(program: Program, line: str, near: str) -> None:
    """A name in full-width letters is not taken for the name, but the name is offered."""
    _, problems = one(program, line)

    assert 1 == len(problems)
    assert near in problems[0].words("en")
    assert near in problems[0].words("ja")


def test_entities_that_look_alike_are_refused(program: Program) -> None:
    """Two ids that differ only in width, or in how a voiced kana is composed, would be taken for one another."""
    wide = "entities:\n  kou: {kind: Firm}\n  ｋｏｕ: {kind: Firm}\n"
    composed = "entities:\n  か\u3099: {kind: Firm}\n"

    assert [("look-alike", 3)] == [(p.slug, p.line) for p in read_facts(wide.encode(), "f.yaml", program)[1]]
    assert ["look-alike"] == slugs(read_facts(composed.encode(), "f.yaml", program)[1])


@pytest.mark.parametrize(("word", "value"), [("none", None), ("なし", None)])
def test_absence_is_said_in_either_language(program: Program, word: str, value: object) -> None:
    """The questions say 「なし」, so it may be written."""
    facts, problems = one(program, f"day: {word}")

    assert [] == problems
    assert value == facts.records[("kou", "day")][0].value


@pytest.mark.parametrize(
    "line",
    ["money: unknown", "money: 不明", "branch: unknown", "money: {value: unknown, source: 調査中}", "money: [unknown]"],
)
def test_what_is_said_to_be_unknown_is_left_out(program: Program, line: str) -> None:
    """`unknown` is the same as not writing the line."""
    facts, problems = one(program, line)

    assert [] == problems
    assert {} == facts.records
    assert {} == facts.members


def test_full_width_digits_are_digits(program: Program) -> None:
    """５億１円 is what 5億1円 is."""
    facts, problems = one(program, "money: ５億１，０００円")

    assert [] == problems
    assert Fraction(500_001_000) == facts.records[("kou", "money")][0].value


def test_the_command_says_it_in_the_language_asked_for(tmp_path: Path) -> None:
    """`--lang` decides, with the citation of the fact."""
    from click.testing import CliRunner

    from kitei.cli import kitei

    file = tmp_path / "f.yaml"
    file.write_text(
        "as_of: 2024-05-31\nentities:\n  kou:\n    kind: 事業者\n    交換業の登録: 多分\n", encoding="utf-8"
    )
    ja, en = (CliRunner().invoke(kitei, ["run", str(file), "--lang", lang]) for lang in ("ja", "en"))

    assert 3 == ja.exit_code == en.exit_code
    assert "f.yaml:5: `交換業の登録` は「はい」（true）又は「いいえ」（false）です" in ja.stderr
    assert "資金決済法第63条の2" in ja.stderr
    assert "誤りが 1 件" in ja.stderr
    assert "is true or false (yes or no), not `多分`" in en.stderr
    assert "PSA art. 63-2" in en.stderr


def test_a_warning_does_not_stop_an_answer(tmp_path: Path) -> None:
    """Facts in Shift_JIS are answered, and standard error says how to convert them."""
    from click.testing import CliRunner

    from kitei.cli import kitei

    text = (ROOT / "statutes/jp/examples/dmm.facts.yaml").read_text(encoding="utf-8")
    plain, sjis = tmp_path / "u.yaml", tmp_path / "s.yaml"
    plain.write_text("entities:\n  kou: {kind: 事業者}\n", encoding="utf-8")
    sjis.write_text("entities:\n  kou: {kind: 事業者}\n", encoding="cp932")
    args = ["--on", "2024-05-31", "--goal", "submit_annual_report", "--lang", "ja"]
    left, right = (CliRunner().invoke(kitei, ["run", str(f), *args]) for f in (plain, sjis))

    assert text
    assert 0 == left.exit_code == right.exit_code
    assert "" == left.stderr
    assert "s.yaml:1: 注意：Shift_JIS（CP932）として読みました。" in right.stderr
    assert left.stdout.replace("u.yaml", "s.yaml").splitlines()[:3] == right.stdout.splitlines()[:3]


def test_the_collected_law_has_no_two_spellings_of_one_name() -> None:
    """A sheet, a column and a template name a thing once: no kind's names differ in width only."""
    program, _ = load(ROOT / "statutes/jp")
    names = [n for k in program.core.kinds for n in (k.name, k.alias) if n]

    assert len(names) == len(set(names))


_PIECES = st.sampled_from(
    [
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        '"',
        "\\",
        "\n",
        " ",
        "-",
        "entities",
        '"entities"',
        "kind",
        "Firm",
        "money",
        "1",
        "なし",
        "&a",
        "*a",
        "\t",
        "\x07",
        "e5",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.binary(max_size=40), st.lists(_PIECES, max_size=25).map(lambda p: "".join(p).encode())),
    st.sampled_from(["f.json", "f.yaml", "f", "f.xlsx"]),
)
def test_no_bytes_are_a_fault(data: bytes, name: str) -> None:
    """Whatever the bytes are, they are facts or a problem that says itself in both languages."""
    _, problems = read_facts(data, name, _PROGRAM)

    assert problems
    assert all(p.say("ja") and p.say("en") for p in problems)


_PROGRAM = compile_sources([Source("t.kitei", LAW)])[0]

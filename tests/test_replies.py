"""What a person types is read exactly, in both languages, or refused."""

from fractions import Fraction

import pytest

from kitei.facts_read import read_facts
from kitei.replies import BadReply, command, is_not_done, read_choices, read_day, read_names, read_value
from kitei_dsl.core import Attribute, Program, Wording
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source

LAW = """instrument t type act title en "Test Act" end
enumeration Hue value red (赤) label ja "赤" en "red" value dark_blue (紺) label ja "紺" en "dark blue" end
kind Firm end
attribute money of Firm is yen end
attribute share of Firm is rate between 0 and 1 end
attribute coins of Firm is quantity end
attribute keys of Firm is number between 0 and 9 end
attribute day of Firm is date if any end
attribute big of Firm is truth end
attribute hue of Firm is Hue end
"""


@pytest.fixture(scope="module")
def program() -> Program:
    compiled, found = compile_sources([Source("t.kitei", LAW)])
    assert not found
    return compiled


def attribute(program: Program, name: str) -> Attribute:
    return next(a for a in program.attributes if a.name == name)


@pytest.mark.parametrize(
    ("name", "typed", "expected"),
    [
        ("money", "5億円", Fraction(500_000_000)),
        ("money", "５億１円", Fraction(500_000_001)),
        ("money", "500,000,001", Fraction(500_000_001)),
        ("money", "JPY 4.5 billion", Fraction(4_500_000_000)),
        ("money", "¥1,000", Fraction(1000)),
        ("share", "3.5%", Fraction(35, 1000)),
        ("share", "３．５％", Fraction(35, 1000)),
        ("share", "1/20", Fraction(1, 20)),
        ("share", "5 パーセント", Fraction(1, 20)),
        ("keys", "３個", Fraction(3)),
        ("big", "はい。", True),
        ("big", "Ｎｏ", False),
        ("hue", "赤", "red"),
        ("hue", "2", "dark_blue"),
        ("hue", "dark", "dark_blue"),
        ("day", "令和6年5月31日", "2024-05-31"),
        ("day", "平成元年1月8日", "1989-01-08"),
        ("day", "2024/5/31", "2024-05-31"),
        ("day", "なし", None),
        ("day", "未提出", None),
        ("day", "まだ提出していません。", None),
        ("day", "Not yet", None),
        ("big", "していません", False),
        ("coins", "4,502.9btc", "4502.9 BTC"),
    ],
)
def test_answers_are_exact(program: Program, name: str, typed: str, expected: object) -> None:
    """The value is what the facts reader reads from the spelling recorded."""
    spelled = read_value(typed, attribute(program, name), program)
    facts, problems = read_facts(f"entities:\n  e:\n    kind: Firm\n    {name}: {spelled}\n".encode(), "f", program)
    value = facts.records[("e", name)][0].value

    assert [] == problems
    if name == "coins":
        assert expected == spelled
    else:
        assert expected == (str(value) if name == "day" and value else value)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("money", "5"[:0] + "five"), ("money", "0.5円"), ("money", "1e6"), ("money", "なし"), ("money", "0.1 thousandth"),
        ("share", "5"), ("share", "150%"), ("share", "about 5%"), ("keys", "10"), ("keys", "-1"), ("keys", "2.5"),
        ("big", "たぶん"), ("big", "1"), ("hue", "3"), ("hue", "re, d"), ("day", "2024-02-30"), ("day", "昭和元年1月1日"),
        ("day", "明日"), ("coins", "5"), ("coins", "BTC"), ("big", "x" * 100_000), ("big", "\x1b[31myes\u202e"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_both_languages(program: Program, name: str, typed: str) -> None:
    with pytest.raises(BadReply) as refused:
        read_value(typed, attribute(program, name), program)
    words = refused.value.words

    assert words.ja
    assert words.en
    assert len(words.en) < 300
    assert "\x1b" not in words.ja + words.en
    assert "\u202e" not in words.ja + words.en


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("わからない", ("unknown", None)), (" Unknown ", ("unknown", None)), ("後で", ("skip", None)), ("戻る", ("back", None)),
        ("なぜ？", ("why", None)), ("変更 ３", ("change", 3)), ("review 12", ("change", 12)), ("？", ("help", None)), ("ｑ", ("quit", None)),
        ("はい", None), ("甲社", None), ("change", None),
    ],
)  # fmt: skip
def test_commands_are_known_in_both_languages(typed: str, expected: object) -> None:
    assert expected == command(typed)


def test_names_choices_and_days() -> None:
    choices = (("a", Wording("甲", "alpha")), ("b", Wording("乙", "alps")))

    assert ("BTC", "イーサ・クラシック") == read_names("BTC、「イーサ・クラシック」, BTC")
    assert ("b", "a") == read_choices("2、甲", choices, many=True)
    assert ("a", "b") == read_choices("全部", choices, many=True)
    assert "2026-11-22" == read_day("２０２６年１１月２２日")
    for text in ("al", "3", "", "-1", "1 2"):
        with pytest.raises(BadReply):
            read_choices(text, choices, many=False)


def test_a_month_is_no_day_and_is_said_to_be_a_month(program: Program) -> None:
    for typed, shown in (("2024-05", "2024-05"), ("２０２４年５月", "2024年5月"), ("令和6年5月", "令和6年5月")):
        with pytest.raises(BadReply) as refused:
            read_value(typed, attribute(program, "day"), program)
        with pytest.raises(BadReply) as asked:
            read_day(typed)

        assert refused.value.words == asked.value.words
        assert (
            refused.value.words.ja
            == f"「{shown}」には日がありません。日まで答えてください（例 2026-11-22、令和8年11月22日）。"
        )


def test_words_within_a_name_choose_it_and_several_are_listed_with_their_numbers() -> None:
    choices = (
        ("r1", Wording("年次の報告書の提出", "annual report")),
        ("r2", Wording("四半期の報告書の提出", "quarterly report")),
    )

    assert ("r2",) == read_choices("四半期", choices, many=True)
    assert ("r1",) == read_choices("report annual", choices, many=True)
    with pytest.raises(BadReply) as refused:
        read_choices("報告書", choices, many=True)
    assert "1. 年次の報告書の提出、2. 四半期の報告書の提出" in refused.value.words.ja
    assert "fits 2: 1. annual report; 2. quarterly report" in refused.value.words.en


@pytest.mark.parametrize("typed", ["未提出", "まだです", "していません", "not filed", "Not yet reported"])
def test_what_says_that_an_act_is_not_done(typed: str) -> None:
    assert is_not_done(typed)


@pytest.mark.parametrize("typed", ["未来株式会社", "2024-05", "甲社", "nothing else", "提出した"])
def test_what_does_not_say_so(typed: str) -> None:
    assert not is_not_done(typed)

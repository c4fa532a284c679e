"""Every diagnostic exists in both languages, with the same fields, and no English is left in the Japanese."""

import doctest
import re
import string
from pathlib import Path

import pytest

from kitei.cases import read_cases
from kitei_dsl import japanese as japanese_module
from kitei_dsl import keywords
from kitei_dsl.codes import CODES
from kitei_dsl.codes_ja import JAPANESE, SEVERITIES
from kitei_dsl.diagnostics import Diagnostic, near, render
from kitei_dsl.japanese import in_language, phrase
from kitei_dsl.parse import parse
from kitei_dsl.pipeline import check_all
from kitei_dsl.source import Source

ROOT = Path(__file__).resolve().parent.parent
PAGES = [*sorted((ROOT / "tests").rglob("*.md")), *sorted((ROOT / "docs/language").glob("*.md"))]


def fields(*templates: str) -> set[str]:
    """Return the fields of templates; one that is told in each language (`cited_ja`, `cited_en`) is one field."""
    names = (name for template in templates for _, name, _, _ in string.Formatter().parse(template) if name)
    return {name.removesuffix("_ja").removesuffix("_en") for name in names}


@pytest.mark.parametrize("slug", sorted({*CODES, *JAPANESE}))
def test_every_code_is_in_both_languages_with_the_same_fields(slug: str) -> None:
    """Neither language tells of what the other is silent about."""
    english, japanese = CODES[slug], JAPANESE[slug]

    assert fields(english.message) == fields(japanese.message)
    assert fields(english.help) == fields(japanese.help)
    assert bool(english.help) == bool(japanese.help)
    assert english.why and japanese.why
    assert english.severity in SEVERITIES
    assert re.search(r"[ぁ-んァ-ヶ一-龠]", japanese.message + japanese.why)


def found_on(page: Path) -> list[Diagnostic]:
    """Return every diagnostic the laws of a page get."""
    found: list[Diagnostic] = []
    for case in read_cases(page):
        if case.law:
            found += check_all([Source(f"{n}.kitei", fence.text) for n, fence in enumerate(case.law)])[1]
    return list(dict.fromkeys(found))


#: Words that are no English left over: names of languages and forms, keywords quoted in a list.
_NO_ENGLISH = re.compile(
    r"`[^`]*`|「[^」]*」|[a-z]\w*[/@#.:]\S*|(?<![A-Za-z])(?:UTF|YYYY-MM-DD|ID|[A-E]|BTC|main|proviso|s[12]|lead|i[N4]"
    r"|every|some|number|sum|any|all|earliest|latest|and|or|days|months|then|else|after|counting|many)(?![A-Za-z])"
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_english_is_left_in_japanese(page: Path) -> None:
    """Outside backquotes and names there is no English sentence."""
    for d in found_on(page):
        told = in_language(d, "ja")
        written = {
            value for name, value in d.fields if name in japanese_module._AS_WRITTEN or name in ("kind", "targets")
        }
        written |= {value for name, value in d.fields if d.slug == "wrong-kind" and name in ("expected", "found")}
        # An example situation is made of facts: `name = value`, `name is true`.
        situation = dict(d.fields).get("example", "")
        written |= {f for part in situation.split(", ") for f in re.findall(r"^.+?(?= (?:[<>=]|is) )", part)}
        for text in (told.message, told.help):
            for value in sorted(written, key=len, reverse=True):
                text = text.replace(value, "")
            left = re.findall(r"[A-Za-z]{2,}", _NO_ENGLISH.sub("", text))

            assert not left, (d.slug, told.message, told.help)


@pytest.mark.parametrize(
    ("english", "japanese"),
    [
        ("did you mean `fee`?", "`fee`のことではありませんか"),
        ("declare it with `term`", "`term`で宣言してください"),
        ("declare the attribute", "属性を宣言してください"),
        ("it has: a, b", "ここにあるのは：a、b"),
        ("two amounts or days of one type", "同じ型の二つの量又は日付"),
        ("list:Loan", "`Loan`の一覧"),
        ("enum:Way", "区分`Way`の値"),
        ("yen and rate", "金額と率"),
        ("only forward periods move off a holiday; drop `rolled for`", "休日で順延するのは将来に向かう期間だけです。`rolled for`を除いてください"),
        ("brackets around the part that begins with `if`", "`if`で始まる部分を囲む括弧"),
        ("a unit such as days or months, `end`", "単位（days、monthsなど）、`end`"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_a_pass_puts_into_a_message_is_told_in_japanese(english: str, japanese: str) -> None:
    assert japanese == phrase(english)


def test_names_are_never_translated() -> None:
    """A thing of the drafter called like a word of a message stays as it is."""
    assert "did you mean `rate` or `yen`?" != phrase("did you mean `rate` or `yen`?")
    assert "`rate`又は`yen`のことではありませんか" == phrase("did you mean `rate` or `yen`?")

    law = "kind Firm end\nattribute a of Firm is truth end\nterm number of Firm is truth end\nterm number of Firm is truth end\n"
    told = [in_language(d, "ja") for d in check_all([Source("t.kitei", law)])[1] if d.slug == "declared-twice"]

    assert ["`number`が二度宣言されています"] == [d.message for d in told]


def test_the_words_around_a_message_are_japanese_too() -> None:
    """Severity, place and advice."""
    (d,) = parse(Source("t.kitei", "kind a label ja 「甲」 end"))[1]
    lines = render(in_language(d, "ja"), lang="ja").split("\n")

    assert "誤り[unexpected-word]: ここに`「`を書くことはできません" == lines[0]
    assert '   = 対処：ここに書けるもの：半角の記号`"`' == lines[-1]
    assert render(d) == render(in_language(d, "en"), lang="en")


@pytest.mark.parametrize(
    ("written", "known", "nearest"),
    [
        ("手数科", ["手数料", "資産"], "手数料"),
        ("低リスク管里", ["低リスク管理", "手数料"], "低リスク管理"),
        ("資算", ["資産", "手数料"], "資産"),
        ("psa/63_11/20", ["psa/63_11/2", "fiea/2"], "psa/63_11/2"),
        ("t/1#rate_dew", ["t/1#rate_due", "t/2#x"], "t/1#rate_due"),
    ],
)
def test_near_names_are_found_in_japanese_and_in_addresses(written: str, known: list[str], nearest: str) -> None:
    assert f"did you mean `{nearest}`?" == near(written, known)


LAW = """
instrument t type act title ja "積立法" en "Reserve Act" end
instrument o type ordinance title ja "施行令" en "Order" end
kind Firm (会社) end
attribute assets (預り資産) of Firm is yen end
term fee (手数料) of Firm is yen end
provision t/1 in force from 2024-04-01 grade A
  slot fee_rate of Firm is rate required for ordinance end
  define fee of Firm named high is {value} end
end
provision t/2 in force from 2024-04-01 grade A
  define fee of Firm is 2 yen proviso to {target} end
end
provision o/1 in force from 2024-04-01 grade A
  fill t/1 {slot} of Firm is 5% end
end
"""


@pytest.mark.parametrize(
    ("change", "guess"),
    [
        ({"value": "預かり資産"}, "`預り資産`"),
        ({"target": "t/11"}, "`t/1`"),
        ({"target": "t/1#hihg"}, "`t/1#high`"),
        ({"slot": "fee_rat"}, "`fee_rate`"),
    ],
)
def test_a_slip_in_an_alias_an_address_a_slot_or_a_label_is_guessed(change: dict[str, str], guess: str) -> None:
    fill = {"value": "1 yen", "target": "t/1", "slot": "fee_rate", **change}
    found = [d for d in check_all([Source("t.kitei", LAW.format(**fill))])[1] if d.severity == "error"]

    assert found
    assert guess in found[0].help
    assert guess in in_language(found[0], "ja").help


def test_examples_in_docstrings() -> None:
    assert 0 == doctest.testmod(japanese_module).failed
    assert 0 == doctest.testmod(keywords).failed

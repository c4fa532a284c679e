"""What a drafter writes in the words of law and what is told to write instead; worked out by hand."""

from __future__ import annotations

import pytest

from kitei_dsl.diagnostics import Diagnostic
from kitei_dsl.japanese import in_language
from kitei_dsl.meant import legal
from kitei_dsl.pipeline import check_all
from kitei_dsl.source import Source

LAW = """instrument t type act title ja "試験法" en "Test Act" end
kind Firm (会社) end
attribute held (預り高) of Firm is yen end
attribute cold of Firm is truth end
attribute told_on of Firm is date if any end
term fee of Firm is yen end
term big of Firm is truth end
norm report of Firm end
provision t/1 in force from 2024-04-01 grade A
  define fee of Firm
    when held > 1,000,000,000 yen
    is 5% * held
  end
end
provision t/2 in force from 2024-04-01 grade A
  define fee of Firm when cold is 1 yen notwithstanding t/1 end
  duty report of Firm do told_on by 3 months after 2024-04-01 end
end
"""


def found(old: str, new: str) -> list[Diagnostic]:
    assert old in LAW
    _, told = check_all([Source("t.kitei", LAW.replace(old, new, 1))])
    return [d for d in told if d.severity != "note"]


@pytest.mark.parametrize(
    ("old", "new", "written"),
    [
        ("t/1 in force from 2024-04-01", "t/1 in force from 令和6年4月1日", "`2024-04-01`"),
        ("t/1 in force from 2024-04-01", "t/1 in force from 2024年4月1日", "`2024-04-01`"),
        ("t/1 in force from 2024-04-01", "t/1 in force from ２０２４-04-01", "`2024-04-01`"),
        ("t/1 in force from 2024-04-01", "t/1 in force from 2024/4/1", "`2024-04-01`"),
        ("1,000,000,000 yen", "1,000,000,000", "`1,000,000,000 yen`"),
        ("1,000,000,000 yen", "1000000000", "`1,000,000,000 yen`"),
        ("1,000,000,000 yen", "1000 million yen", "`1,000,000,000 yen`"),
        ("1,000,000,000 yen", "十億円", "`10億円` (1,000,000,000 yen)"),
        ("1,000,000,000 yen", "三千万円", "`3000万円` (30,000,000 yen)"),
        ("5% *", "百分の五 *", "`5%`"),
        ("5% *", "千分の二十五 *", "`2.5%`"),
        ("by 3 months", "by three months", "`3 months`"),
        ("by 3 months after", "by 14 after", "`14 days after …`"),
        ("    when held", "    if held", "`when`"),
        ("    when held", "    とき held", "`場合`"),
        ("provision t/2 in force", "provision t/附則/2 in force", "`t/suppl/2`"),
        ("provision t/2 in force", "provision t/2/ただし書 in force", "`t/2/proviso`"),
        (" grade A\n  define fee of Firm\n", "\n  define fee of Firm\n", "`grade A`"),
        ("of Firm is yen end\nattribute cold", "of Firm is 円 end\nattribute cold", "`金額`"),
        ("attribute cold of Firm is truth", "attribute cold of Firm is boolean", "`truth`"),
    ],
)
def test_what_to_write_is_told_in_both_languages(old: str, new: str, written: str) -> None:
    """One mistake, told once, with the words to write."""
    (d,) = found(old, new)
    ja = in_language(d, "ja")

    assert written in d.message + d.help
    assert written.partition(" (")[0] in ja.message + ja.help
    assert "））" not in ja.help


def test_a_missing_end_is_told_once_with_its_line() -> None:
    """The block that begins on line 10 ends after line 12, before the `end` of its provision."""
    (d,) = found("    is 5% * held\n  end\nend", "    is 5% * held\nend")

    assert "`end` after line 13" in d.help and "line 10" in d.help
    assert "13行の後" in in_language(d, "ja").help


def test_comments_between_do_not_move_the_place_of_the_end() -> None:
    (d,) = found("    is 5% * held\n  end\nend", "    is 5% * held\nend\n\n# 第二条\n# second\n")

    assert "`end` after line 13" in d.help


def test_what_cites_a_provision_with_a_mistake_is_not_told_besides() -> None:
    """The proviso's target could not be read; that it is missing is no second mistake."""
    told = found("  define fee of Firm\n    when", "  define fe of Firm\n    when")

    assert [d.slug for d in told] == ["unknown-name"]


def test_no_cases_are_compared_beside_a_mistake() -> None:
    """What could not be read would seem to overlap or to leave a gap."""
    cases = "cases\n case i1: when held > 十億円\n is 1 yen\n case i2: when held <= 10億円\n is 2 yen\n end\n"
    told = found("    when held > 1,000,000,000 yen\n    is 5% * held\n", cases)

    assert [d.slug for d in told] == ["unknown-name"]


def test_two_texts_of_one_article_may_be_two_articles() -> None:
    told = {d.slug: d.help for d in found("provision t/2 in", "provision t/1 in")}

    assert "if it is another article, correct its number" in told["overlapping-versions"]


@pytest.mark.parametrize("text", ["令和" + "9" * 5000, "十" * 5000 + "円", "1" + ",111" * 2000])
def test_no_length_is_too_much(text: str) -> None:
    """Absurd numbers are refused like any word."""
    assert found("1,000,000,000 yen", text)


@pytest.mark.parametrize(
    ("old", "new", "english", "japanese"),
    [
        ("is 5% * held\n", "is 5% * held ただし cold\n", "`proviso to t/5/main`, as a line of the exception", "例外を書いた独立の規定（t/5/proviso）の中の行として"),
        ("when held > 1,000,000,000 yen", "when 次の各号のいずれかに該当するとき item i1: cold end", "`any of item i1: … end`", "条件を示す予約語の後に"),
        ("when held > 1,000,000,000 yen", "when 次に掲げる要件の全て item i1: cold end", "`all of item i1: … end`", "条件を示す予約語の後に"),
        ("when held > 1,000,000,000 yen", "when cold 及び cold", "`and`", "`and`"),
        ("when held > 1,000,000,000 yen", "when cold 若しくは cold", "`or`", "`or`"),
        ("when held > 1,000,000,000 yen", "when held 以上 5 yen", "`>=`", "`>=`"),
        ("when held > 1,000,000,000 yen", "when coldでない", "write `not cold`", "`not cold`と書いてください"),
        ("duty report of Firm do told_on by 3 months after 2024-04-01 end", "会社は、報告しなければならない", "`duty N of Firm do … end`, as a block of its own", "規定の中の独立したまとまりとして"),
        ("duty report of Firm do told_on by 3 months after 2024-04-01 end", "Firm must report", "`duty N of Firm", "独立したまとまり"),
        ("duty report of Firm do told_on by 3 months after 2024-04-01 end", "会社は報告をしてはならない", "`prohibition N of Firm", "独立したまとまり"),
        ("duty report of Firm do told_on by 3 months after 2024-04-01 end", "報告することができる", "of an authority, `power N of Firm", "当局については`power N of Firm"),
        ("duty report of Firm do told_on by 3 months after 2024-04-01 end", "適用しない t/1", "`block t/5 of Firm", "独立したまとまり"),
        ("notwithstanding t/1", "の規定にかかわらず t/1", "`notwithstanding t/5`", "定義又は規範の中の行として"),
        ("by 3 months after 2024-04-01", "by 3 months 以内", "`by 14 days after …`", "義務の中の行として"),
    ],
)  # fmt: skip
def test_words_of_law_that_are_no_keyword_are_told_with_their_keyword_and_place(
    old: str, new: str, english: str, japanese: str
) -> None:
    """What is written first in the words of law; told in the words of the file, in the reader's language."""
    d = found(old, new)[0]

    assert english in d.help
    assert japanese in in_language(d, "ja").help


@pytest.mark.parametrize(
    ("word", "keyword"),
    [("及び", "`かつ`"), ("または", "`又は`"), ("しなければならない", "`義務 "), ("してはならない", "`禁止 "), ("できる", "`請求権 "), ("推定する", "`推定 "), ("とき", "`場合`")],
)  # fmt: skip
def test_a_file_in_japanese_is_told_japanese_keywords(word: str, keyword: str) -> None:
    said = legal(word, japanese=True)

    assert said is not None and said.startswith(keyword)
    assert legal("預り高", japanese=True) is None

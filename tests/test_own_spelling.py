"""Findings about a file with Japanese keywords speak its names and keywords; worked out by hand."""

from __future__ import annotations

import pytest

from kitei_dsl.diagnostics import Diagnostic
from kitei_dsl.japanese import in_language
from kitei_dsl.meant import amount, within
from kitei_dsl.pipeline import check_all
from kitei_dsl.source import Source

VOCABULARY = """instrument t type act title ja "試験法" en "Test Act" end
kind Firm (会社) end
kind BookYear (年度) end
attribute held (預り高) of BookYear is yen end
attribute closing (末日) of BookYear is date end
attribute told_on (通知日) of BookYear is date if any end
relation books role years (年度一覧) many BookYear role owner (持主) one Firm end
norm tell (通知) of Firm end
"""
LAW = """規定 t/1 施行日 2024-04-01 確度 A
  義務 通知 対象 会社
    各 年度一覧 呼称 年 適用基準日 末日 対象 年
    場合 預り高 対象 年 > 5億円
    実施 通知日 対象 年
    期限 14 日 翌日起算 末日 対象 年
  終わり
終わり
"""


def found(old: str, new: str) -> list[Diagnostic]:
    assert old in LAW
    _, told = check_all([Source("v.kitei", VOCABULARY), Source("t.kitei", LAW.replace(old, new, 1))])
    return [d for d in told if d.severity != "note"]


def both(d: Diagnostic) -> tuple[str, str]:
    ja, en = in_language(d, "ja"), in_language(d, "en")
    return f"{ja.message} {ja.help}", f"{en.message} {en.help}"


def test_the_law_is_without_mistake() -> None:
    assert [] == found("規定", "規定")


def test_kinds_and_norms_are_named_as_the_file_names_them() -> None:
    (d,) = found(
        "終わり\n終わり", "終わり\n終わり\n規定 t/2 施行日 2024-04-01 確度 A\n  適用除外 t/1 対象 年度 終わり\n終わり"
    )
    ja, en = both(d)

    assert "exception-for-each" == d.slug
    assert all(word in ja and word in en for word in ("年度", "会社", "`通知`", "`定義 … 対象 年度 とは … 終わり`"))
    assert not any(word in ja + en for word in ("BookYear", "Firm", "tell", "`define"))


def test_a_name_written_in_english_stays_so() -> None:
    (d,) = found("期限 14 日 翌日起算 末日 対象 年", "期限 held 対象 年")

    assert "wrong-type" == d.slug
    (e,) = found("> 5億円", "> held 対象 年 + closing 対象 年")
    assert "預り高" not in " ".join(both(e))


def test_a_missing_grade_is_told_in_the_words_of_the_file() -> None:
    (d,) = found(" 確度 A", "")
    ja, en = both(d)

    assert "`確度 A`" in ja and "`確度 A`" in en and "grade" not in ja


@pytest.mark.parametrize(
    ("old", "new", "written"),
    [
        ("5億円", "一〇億円", "`10億円`"),
        ("5億円", "五億円", "`5億円`"),
        ("期限 14 日 翌日起算 末日 対象 年", "期限 十四日以内", "`14 日 翌日起算 …`"),
        ("期限 14 日 翌日起算", "期限 十四日以内", "`14 日 翌日起算 …`"),
        ("期限 14 日 翌日起算", "期限 14日以内", "`14 日 翌日起算 …`"),
        ("期限 14 日 翌日起算", "期限 三月以内に", "`3 箇月 翌日起算 …`"),
    ],
)
def test_amounts_and_periods_of_the_law_are_told_as_the_language_writes_them(old: str, new: str, written: str) -> None:
    (d,) = found(old, new)

    assert all(written in told for told in both(d))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("一〇億円", "`10億円` (1,000,000,000 yen)"),
        ("二億五千万円", "`25000万円` (250,000,000 yen)"),
        ("一二三円", "`123 yen`"),
        ("二五〇万円", "`250万円` (2,500,000 yen)"),
        ("億円", None),
        ("万億円", None),
    ],
)
def test_groups_of_digits_and_units(text: str, written: str | None) -> None:
    assert written == amount(text)


def test_a_period_that_counts_nothing_is_none() -> None:
    assert (None, None, None) == (within("日以内", True), within("以内", True), within("十四日", True))


def test_a_surplus_end_is_told_with_the_block_it_closed() -> None:
    """The provision begins on line 1; a second 終わり on line 8 closes it, and line 9 has nothing to close."""
    (d,) = found("  終わり\n終わり", "  終わり\n  終わり\n終わり")
    ja, en = both(d)

    assert ("surplus-end", 8) == (d.slug, d.span.line if d.span else 0)
    assert "1行で始まるまとまりは、8行の`終わり`で既に閉じられています" in ja and "8行の`終わり`を除いてください" in ja
    assert "line 1 is closed by the `終わり` of line 8" in en and "takes no" not in en


def test_a_saving_takes_no_end() -> None:
    (d,) = found("  義務 通知", "  なお従前の例による t/2\n  終わり\n  義務 通知")
    ja, en = both(d)

    assert ("surplus-end", 3) == (d.slug, d.span.line if d.span else 0)
    assert "（`なお従前の例による`に`終わり`は要りません）" in ja and "`なお従前の例による` takes no `終わり`" in en


def test_an_end_at_its_place_leaves_the_next_one_over() -> None:
    """Line 8 closes the provision where it should; the 終わり of line 9 is the one too many."""
    (d,) = found("  終わり\n終わり", "  終わり\n終わり\n終わり")

    assert ("surplus-end", 9) == (d.slug, d.span.line if d.span else 0)

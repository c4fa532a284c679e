"""Words of near meaning lead to the keyword; what stands in quotation marks is no word of law. Worked out by hand."""

from __future__ import annotations

import pytest

from kitei_dsl.diagnostics import Diagnostic
from kitei_dsl.japanese import in_language
from kitei_dsl.keywords import KEYWORDS
from kitei_dsl.near_meaning import _NEAR
from kitei_dsl.pipeline import check_all
from kitei_dsl.source import Source

LAW = """法令 t
  種別 法律
  題名 和文 "試験法" 英文 "Test Act"
終わり
種類 Firm (会社) 終わり
属性 told_on (通知日) 対象 会社 は 日付 あれば 終わり
属性 big (大会社) 対象 会社 は 真偽 終わり
規範 tell (通知) 対象 会社 終わり
規定 t/1 施行日 2024-04-01 確度 A
  見出し 和文 "通知" 英文 "Telling"
  平文 和文 "ただし、この限りでない。会社は、14日以内に通知しなければならない。" 英文 "A firm must tell."
  義務 通知 対象 会社
    場合 大会社
    実施 通知日
    期限 14 日 翌日起算 2024-04-01
  終わり
終わり
"""
ENGLISH_LAW = """instrument t type act title ja "試験法" en "Test Act" end
kind Firm end
attribute told_on of Firm is date if any end
attribute big of Firm is truth end
norm tell of Firm end
provision t/1 in force from 2024-04-01 grade A
  plain ja "通知する。" en "A firm must tell; provided that it may not."
  duty tell of Firm
    when big
    do told_on
    by 14 days after 2024-04-01
  end
end
"""


def found(law: str, old: str, new: str) -> list[Diagnostic]:
    assert old in law
    _, told = check_all([Source("t.kitei", law.replace(old, new, 1))])
    return [d for d in told if d.severity != "note"]


def test_the_laws_are_without_mistake() -> None:
    assert ([], []) == (found(LAW, "法令", "法令"), found(ENGLISH_LAW, "kind", "kind"))


@pytest.mark.parametrize(
    ("law", "old", "new", "keyword"),
    [
        (LAW, "  平文", "  要約", "平文"),
        (LAW, "  平文", "  要旨", "平文"),
        (LAW, "  見出し", "  標題", "見出し"),
        (LAW, "英文 \"Telling\"", "英語 \"Telling\"", "英文"),
        (LAW, "    場合", "    条件", "場合"),
        (LAW, "    実施", "    行為", "実施"),
        (LAW, "    期限", "    締切", "期限"),
        (ENGLISH_LAW, "  plain", "  summary", "plain"),
        (ENGLISH_LAW, "    when", "    condition", "when"),
        (ENGLISH_LAW, "    by", "    deadline", "by"),
    ],
)  # fmt: skip
def test_a_word_of_near_meaning_leads_to_the_keyword_and_nothing_else_is_told(
    law: str, old: str, new: str, keyword: str
) -> None:
    """One mistake, one message: the words in quotation marks on the same line are the drafter's own."""
    (d,) = found(law, old, new)

    assert new.split()[0] in d.message
    assert f"expected `{keyword}`" == d.help
    assert f"ここに書けるもの：`{keyword}`" in in_language(d, "ja").help


def test_words_of_law_in_quotation_marks_and_comments_are_not_told() -> None:
    """`何か` is near to no keyword; ただし and しなければならない stand in quotation marks, and in a comment."""
    (d,) = found(LAW, "  平文", "  何か")
    (e,) = found(LAW, "  平文 和文", "  何か # ただし\n 平文 和文")

    assert "何か" in d.message and "何か" in e.message


def test_words_of_law_outside_them_are_still_told() -> None:
    d = found(LAW, "  義務 通知", '  "甲" ただし 義務 通知')[0]

    assert "`ただし書 t/5/main`" in d.help


def test_no_keyword_is_near_to_itself() -> None:
    for keyword, words in _NEAR.items():
        assert not {keyword, KEYWORDS[keyword]} & set(words.split())

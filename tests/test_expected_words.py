"""A case may say a status in the words a page prints, or a part of them, and days of the Japanese era."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kitei.cli import kitei
from kitei.expected import statuses

#: The report of the year to 31 March 2024 is due on 30 June 2024 (three months; nothing moves it here).
LAW = """```kitei
instrument t type act title ja "試験法" en "Test Act" end
kind Firm (会社) label ja "会社" en "firm" end
kind Year (年度) label ja "年度" en "year" end
attribute kept (保存) of Firm is truth label ja "保存" en "kept" end
attribute ended (末日) of Year is date label ja "末日" en "last day" end
attribute filed (提出日) of Year is date if any label ja "提出日" en "day filed" end
relation years role year (年度一覧) many Year label ja "年度" en "years" role firm (業者) one Firm end
norm report (報告義務) of Firm label ja "報告" en "report" end
norm keep (保存義務) of Firm label ja "保存" en "keeping" end
provision t/1 in force from 2020-01-01 grade A
  duty report of Firm for each year as y anchored at ended of y do filed of y by 3 months after ended of y end
  duty keep of Firm keep kept end
end
world current end
```
```facts
entities:
  kou: {kind: Firm, kept: false, year: {members: [y], complete: true}}
  y: {kind: Year, ended: 2024-03-31, filed: %s}
```
"""


def run(tmp_path: Path, filed: str, options: str, line: str, lang: str = "ja") -> str:
    (tmp_path / "p.md").write_text(f"# A\n\n{LAW % filed}```expect {options}\n{line}\n```\n", encoding="utf-8")
    return CliRunner().invoke(kitei, ["test", str(tmp_path / "p.md"), "--lang", lang]).output


@pytest.mark.parametrize(
    ("filed", "line"),
    [
        ("none", "報告義務 of kou for y: 期限経過"),
        ("none", "report of kou for y：期限経過・与えられた事実を前提とすれば未履行、期限 令和6年6月30日"),
        ("2024-06-28", "報告義務 of kou for y: 履行済み、履行 令和6年6月28日、期限 2024/6/30"),
        ("2024-07-02", "報告義務 of kou for y: 義務がある（遅れて履行）"),
        ("unknown", "報告義務 of kou for y: 判断できない"),
        ("none", "保存義務 of kou: 適合しない"),
    ],
)
def test_words_of_the_page_are_expectations(tmp_path: Path, filed: str, line: str) -> None:
    assert "合格 1、不合格 0" in run(tmp_path, filed, "on 令和6年7月10日", line)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("報告義務 of kou for y: 履行済み", "実際の結果　：義務がある（期限経過・与えられた事実を前提とすれば未履行）"),
        ("保存義務 of kou: 適合する", "与えられた事実を前提とすれば、適合しない"),
        ("報告義務 of kou for y: 期限経過、期限 令和6年7月1日", "期限：2024-06-30"),
        ("報告義務 of kou for y: 義務がある", "`義務がある`だけでは状態が一つに決まりません"),
        ("報告義務 of kou for y: 違反", "`違反`という状態はありません"),
    ],
)
def test_what_did_not_come_out_fails(tmp_path: Path, line: str, said: str) -> None:
    told = run(tmp_path, "none", "on 2024-07-10", line)

    assert "合格 0、不合格 1" in told
    assert said in told.replace("\n", "")


def test_a_part_of_words_stands_only_for_the_whole_of_a_part() -> None:
    """適合 is the beginning of two; 適用されない is said of norms not in force, disapplied and not applicable."""
    assert [] == statuses("適合", "prohibition")
    assert ["satisfied"] == statuses("適合する", "prohibition")
    assert ["not-applicable", "disapplied", "not-in-force"] == sorted(
        statuses("適用されない", "duty"), key=["not-applicable", "disapplied", "not-in-force"].index
    )
    assert ["disapplied"] == statuses("適用されない（適用除外）", "duty")
    assert ["not-in-force"] == statuses("施行前", "power")
    assert ["available"] == statuses("当局の裁量", "power")


BILL = """```kitei
instrument b type bill title ja "試験法案" en "Test Bill" end
norm insure (付保義務) of Firm label ja "付保" en "insurance" end
provision b/1 in force from 2025-01-01 grade A
  duty insure of Firm keep kept end
end
world counted suppose b in force from 2025-01-01 end
```
"""


@pytest.mark.parametrize(
    ("options", "line", "passed"),
    [
        ("on 2026-01-01", "付保義務 of kou: not-in-force", True),
        ("on 2026-01-01", "付保義務 of kou: 施行前", True),
        ("on 2026-01-01", "付保義務 of kou: not-applicable", False),
        ("on 2026-01-01", "付保義務 of otsu: not-in-force", False),
        ("on 2026-01-01", "付保義務 of y: not-in-force", False),
        ("on 2026-01-01 world counted", "付保義務 of kou: not-in-force", False),
        ("on 2026-01-01 world counted", "付保義務 of kou: not-satisfied", True),
    ],
)
def test_a_norm_of_a_bill_is_not_in_force_where_the_bill_does_not_count(
    tmp_path: Path, options: str, line: str, passed: bool
) -> None:
    """kou keeps nothing. In current law no text imposes the duty; supposed in force, it does, and is not satisfied."""
    page = f"# A\n\n{BILL}{LAW % 'none'}```expect {options}\n{line}\n```\n"
    (tmp_path / "p.md").write_text(page, encoding="utf-8")
    told = CliRunner().invoke(kitei, ["test", str(tmp_path / "p.md"), "--lang", "ja"]).output.replace("\n", "")

    assert ("合格 1、不合格 0" if passed else "合格 0、不合格 1") in told
    assert ("と述べるなら`not-in-force`と書く（`b`は" in told) == (line.endswith("not-applicable"))
    assert ("`world counted`を付けて尋ねる" in told) == (line.endswith("not-applicable"))

"""`kitei run --of`: what concerns one entity alone, and that the rest is left off is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kitei.cli import kitei
from typed import typed

LAW = """
instrument t type act title ja "試験法" en "Test Act" short ja "試験法" en "Test Act" grade A end
kind Firm label ja "会社" en "firm" end
kind Year label ja "年度" en "year" end
attribute kept of Firm is truth label ja "保存" en "kept" question ja "保存したか。" en "Kept?" end
attribute ended of Year is date label ja "末日" en "last day" end
attribute filed of Year is date if any label ja "提出日" en "day filed" question ja "いつ提出したか。" en "When filed?" end
relation years role year many Year label ja "年度" en "years" role firm one Firm end
norm report of Firm label ja "報告の義務" en "duty to report" end
norm keep of Firm label ja "保存の義務" en "duty to keep" end
provision t/1 in force from 2020-01-01 grade A
  duty report of Firm for each year as y anchored at ended of y do filed of y by 3 months after ended of y end
  duty keep of Firm keep kept end
end
world current end
"""
FACTS = """
as_of: 2024-07-10
entities:
  kou: {kind: Firm, name: 甲社, year: {members: [y1, y2], complete: true}}
  otsu: {kind: Firm, name: 乙社, kept: true, year: {members: [], complete: true}}
  y1: {kind: Year, name: 一期, ended: 2023-03-31}
  y2: {kind: Year, name: 二期, ended: 2024-03-31, filed: 2024-06-01}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "law.kitei").write_text(LAW, encoding="utf-8")
    (tmp_path / "f.yaml").write_text(FACTS, encoding="utf-8")
    return tmp_path


def run(folder: Path, *more: str, lang: str = "ja") -> str:
    words = ["run", str(folder / "f.yaml"), "--statutes", str(folder / "law.kitei"), "--lang", lang, *more]
    return CliRunner().invoke(kitei, words).output


def concluded(text: str) -> str:
    """The conclusions and what is open, without the facts named elsewhere."""
    return text.partition("1. 結論")[2].partition("5. 根拠条文")[0]


def test_of_a_firm_all_its_instances_stand(folder: Path) -> None:
    text = run(folder, "--of", "甲社")

    assert "この頁に示すのは甲社に関するものだけである" in text
    assert "一期" in concluded(text) and "二期" in concluded(text) and "保存の義務" in concluded(text)
    assert "乙社" not in concluded(text)


def test_of_a_year_only_its_own_instance_and_its_own_question(folder: Path) -> None:
    text = run(folder, "--of", "y1")

    assert "一期" in concluded(text) and "いつ提出したか。" in concluded(text)
    assert "二期" not in concluded(text) and "保存" not in concluded(text)


def test_without_it_everything_stands_and_nothing_is_said(folder: Path) -> None:
    text = run(folder)

    assert "この頁に示すのは" not in text
    assert all(name in text for name in ("甲社", "乙社", "一期", "二期"))
    assert "Only what concerns 乙社 is shown" in " ".join(run(folder, "--of", "otsu", lang="en").split())


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("--of heisha", "--of：事実に `heisha` という者・物はありません"),
        ("--of kou --format json", "--of は人の読む頁を絞るものです"),
    ],
)
def test_wrong_use(folder: Path, more: str, said: str) -> None:
    done = typed(f"kitei run f.yaml --statutes law.kitei {more}", folder, "ja")

    assert 2 == done.returncode
    assert said in done.stderr

"""A draft of one's own beside the law: read together, told apart, and refused in words where it cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from typed import Printed, typed

ROOT = Path(__file__).resolve().parent.parent
LAW = """
instrument t type act title ja "会社法令" en "Firms Act" short ja "会社法令" en "FA" end
kind Firm (会社) label ja "会社" en "firm" end
attribute large of Firm is truth label ja "大規模" en "being large" question ja "大規模ですか。" en "Is it large?" end
norm report of Firm label ja "報告の義務" en "duty to report" end
provision t/1 in force from 2020-01-01 grade A duty report of Firm keep large end end
world current label ja "現行法" en "law in force" end
"""
BILL = """
instrument b type bill title ja "監査法案" en "Audit Bill" short ja "監査法案" en "AB" end
norm audit of Firm label ja "監査の義務" en "duty to be audited" end
attribute audited of Firm is truth label ja "監査" en "audit" end
provision b/1 in force from 2024-01-01 grade A duty audit of Firm when large keep audited end end
world bill label ja "法案" en "the bill" suppose b in force from 2024-01-01 end
"""
FACTS = "entities:\n  f: {kind: Firm, large: true, audited: false}\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KITEI_CACHE", str(tmp_path / "cache"))
    for name, text in (("law/t.kitei", LAW), ("mine/b.kitei", BILL), ("f.yaml", FACTS)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def kitei(place: Path, *arguments: str) -> Printed:
    return typed(["kitei", *arguments], place, "en")


def test_an_answer_is_from_the_law_and_the_bill(place: Path) -> None:
    """The bill's duty is about the law's firms; in the world of the law in force it is a proposal and no duty."""
    asked = ("run", "f.yaml", "--on", "2024-06-01", "--statutes", "law")
    both = kitei(place, *asked, "--bill", "mine", "--world", "bill").stdout
    assert "Duty to be audited" in both
    assert "Duty to report" in both
    assert "would not be satisfied" in both
    assert "Duty to be audited" not in kitei(place, *asked, "--bill", "mine").stdout
    assert "Duty to be audited" not in kitei(place, *asked).stdout
    assert "no world is called `bill`" in kitei(place, *asked, "--world", "bill").stderr
    read = kitei(place, "read", "b/1", "--statutes", "law", "--bill", "mine/b.kitei").stdout
    assert '"being large" is so' in read


def test_a_bill_is_checked_with_the_law_and_each_file_is_named_as_typed(place: Path) -> None:
    alone = kitei(place, "check", "mine")
    assert alone.returncode == 1
    assert "no kind of entity is called `Firm`" in alone.stdout
    assert "to check both together: kitei check --bill mine" in alone.stderr
    done = kitei(place, "check", "law", "--bill", "mine")
    assert (done.returncode, done.stderr.splitlines()[0]) == (0, "2 files, 2 provision versions, 2 norms: 0 errors, 0 warnings, 1 note (to see them, add --notes)")  # fmt: skip
    (place / "mine/b.kitei").write_text(BILL.replace("when large", "when larg"), encoding="utf-8")
    assert "file=mine/b.kitei,line=5" in kitei(place, "check", "law", "--bill", "mine", "--format", "github").stdout
    (place / "law/t.kitei").write_text(LAW.replace("keep large", "keep larg"), encoding="utf-8")
    assert "file=law/t.kitei,line=6" in kitei(place, "check", "law", "--bill", "mine", "--format", "github").stdout


def test_a_kept_check_of_the_law_is_not_taken_for_one_with_a_bill(place: Path) -> None:
    assert "1 file, 1 provision version" in kitei(place, "check", "law").stderr
    assert "2 files, 2 provision versions" in kitei(place, "check", "law", "--bill", "mine").stderr
    assert "1 file, 1 provision version" in kitei(place, "check", "law").stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("check", "law", "--bill", "nowhere"), 3, "no bill at nowhere"),
        (("check", "law", "--bill", "empty"), 3, "no .kitei file below empty"),
        (("check", "empty"), 3, "no .kitei file below empty"),
        (("run", "f.yaml", "--on", "2024-06-01", "--statutes", "law", "--bill", "nowhere"), 3, "no bill at nowhere"),
        (("run", "f.yaml", "--on", "2024-06-01", "--statutes", "law.json", "--bill", "mine"), 3, "law.json is a compiled core"),
        (("check", "law", "--bill", "mine", "--bill", "mine/b.kitei"), 1, "declared twice"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_with_the_law_is_said(
    place: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    (place / "empty").mkdir()
    (place / "law.json").write_text("{}")
    done = kitei(place, *arguments)
    assert done.returncode == code
    assert words in done.stdout + done.stderr


def test_a_saving_of_a_norm_that_is_new_is_noticed(place: Path) -> None:
    """No text of the bill's duty ends, so nothing former goes on; with an earlier text that ends there is one."""
    saving = (
        "provision b/suppl/1 in force from 2024-01-01 grade A former text continues for b/1 of Firm when large end\n"
    )
    (place / "mine/b.kitei").write_text(BILL + saving, encoding="utf-8")
    assert (
        "warning[nothing-former]: no encoded text of b/1 ends" in kitei(place, "check", "law", "--bill", "mine").stdout
    )
    former = "provision b/1 in force from 2020-01-01 until 2024-01-01 grade A duty audit of Firm keep audited end end\n"
    (place / "mine/b.kitei").write_text(BILL + saving + former, encoding="utf-8")
    assert kitei(place, "check", "law", "--bill", "mine").stdout == ""


@pytest.mark.parametrize(
    ("on", "found"),
    [
        ("2024-06-01", "no sanction or disposition is in the text of the day that governs, for [1]. Encoded texts: AB art. 3 [bill] (in force from 2025-01-01)"),
        ("2025-06-01", "under AB art. 3 [bill]"),
    ],
)  # fmt: skip
def test_a_penalty_that_is_to_come_is_not_said_to_be_missing(place: Path, on: str, found: str) -> None:
    """The bill's penalty starts a year after its duty."""
    penalty = "provision b/3 in force from 2025-01-01 grade A sanction criminal for b/1 fine up to 100 yen end end\n"
    (place / "mine/b.kitei").write_text(BILL + penalty, encoding="utf-8")
    asked = ("run", "f.yaml", "--on", on, "--statutes", "law", "--bill", "mine", "--world", "bill", "--goal", "audit")
    text = " ".join(line.strip() for line in kitei(place, *asked).stdout.splitlines())
    assert found in text
    assert "in the encoded body" not in text

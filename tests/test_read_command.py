"""`kitei read`: several places at once, lists and ranges, what applies by force of another, and what is not encoded."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kitei.cli import kitei

LAW = """
instrument t type act title ja "読取試験法" en "Reading Test Act" short ja "読取法" en "Reading Act" end
commencement t/later promulgated 2025-01-01 latest 2031-01-01 grade A cite t/99 label ja "改正法の施行の日" en "the day the amending act commences" end
kind Firm (会社) label ja "会社" en "firm" end
kind Agent (代理業者) label ja "代理業者" en "agent" end
attribute kept of Firm is truth label ja "保管" en "keeping" end
attribute agent_kept of Agent is truth label ja "代理の保管" en "keeping by the agent" end
norm keep of Firm label ja "保管の義務" en "duty to keep" end
norm agent_keep of Agent label ja "代理業者の保管の義務" en "agent's duty to keep" end
norm tell of Firm label ja "通知の義務" en "duty to tell" end
provision t/3/1 in force from 2020-01-01 grade A heading ja "保管" en "Keeping" plain ja "会社は、保管する。" en "A firm keeps."
  duty keep of Firm keep kept end
end
provision t/3/2 in force from 2022-01-01 grade A heading ja "通知" en "Telling" plain ja "会社は、通知する。" en "A firm tells."
  duty tell of Firm keep kept end
end
provision t/4 in force from 2020-01-01 grade A heading ja "甲" en "Four" end
provision t/5 in force from 2020-01-01 until t/later promulgated 2025-01-01 grade A heading ja "乙" en "Five" end
provision t/9 in force from 2020-01-01 grade A heading ja "準用" en "Applied"
  apply t/3/1
    replace Firm with Agent
    replace keep with agent_keep
    replace kept with agent_kept
    replace ja "会社" with "代理業者"
    replace en "A firm" with "An agent"
  end
end
"""


@pytest.fixture
def law(tmp_path: Path) -> str:
    (tmp_path / "t.kitei").write_text(LAW, encoding="utf-8")
    return str(tmp_path)


def read(law: str, *args: str, lang: str = "en") -> Result:
    return CliRunner().invoke(kitei, ["read", *args, "--statutes", law, "--lang", lang], standalone_mode=False)


def places(result: Result) -> list[str]:
    return [line for line in result.stdout.splitlines() if line and not line.startswith(" ")]


THREE_ONE, THREE_TWO, FOUR, FIVE = (
    "Reading Act art. 3(1) (Keeping)", "Reading Act art. 3(2) (Telling)", "Reading Act art. 4 (Four)", "Reading Act art. 5 (Five)",
)  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        (["t/4"], [FOUR]),
        (["t/5", "t/4"], [FIVE, FOUR]),
        (["読取法第3条第2項", "Reading Act art. 5"], [THREE_TWO, FIVE]),
        (["読取法第三条第一項及び第二項"], [THREE_ONE, THREE_TWO]),
        (["読取法第三条から第五条まで"], [THREE_ONE, THREE_TWO, FOUR, FIVE]),
        (["Reading Act arts. 4 to 5"], [FOUR, FIVE]),
        (["t/3", "t/3/1"], [THREE_ONE, THREE_TWO]),
        (["読取法第3条第1項", "同条第2項"], [THREE_ONE, THREE_TWO]),
        (["第4条", "--within", "t/9"], [FOUR]),
        (["t/3", "--on", "2021-01-01"], [THREE_ONE]),
    ],
)
def test_each_place_is_shown_once_in_the_order_asked(law: str, asked: list[str], shown: list[str]) -> None:
    result = read(law, *asked)

    assert 0 == result.return_value, result.stderr
    assert shown == places(result)


def test_what_is_applied_by_force_of_another_is_read_alone(law: str) -> None:
    """Only the text made there, in its own words; the place it comes from is not shown."""
    result = read(law, "t/3/1 via t/9")
    ja = read(law, "t/3/1 via t/9", lang="ja")

    assert (0, 0) == (result.return_value, ja.return_value)
    assert "An agent keeps." in result.stdout and "A firm keeps." not in result.stdout
    assert "代理業者は、保管する。" in ja.stdout


def test_what_is_not_encoded_is_named_and_the_rest_shown(law: str) -> None:
    result, ja = read(law, "t/4", "t/7", "t/8"), read(law, "t/7", "--on", "2024-01-01", lang="ja")

    assert (1, 1) == (result.return_value, ja.return_value)
    assert [FOUR] == places(result)
    assert ["nothing is encoded at Reading Act art. 7", "nothing is encoded at Reading Act art. 8"] == (
        result.stderr.splitlines()
    )
    assert "2024-01-01現在、読取法第7条の規定は収録されていません。\n" == ja.stderr


def test_a_commencement_without_a_day_is_named(law: str) -> None:
    assert "until the day the amending act commences (that day excluded)" in read(law, "t/5").stdout
    assert "改正法の施行の日まで（その日を含まない）" in read(law, "t/5", lang="ja").stdout


def test_what_cannot_be_read_is_refused_in_the_readers_language(law: str) -> None:
    en, ja = read(law, "第4条"), read(law, "前々条", lang="ja")

    assert 3 == en.return_value and "--within" in en.stderr
    assert 3 == ja.return_value and "" == ja.stdout


def test_what_can_be_read_is_shown_before_what_cannot(law: str) -> None:
    """The bad citation decides the exit code; 同条 after it does not reach back over it to article 4."""
    for asked in (["t/4", "t/main"], ["t/main", "t/4"]):
        result = read(law, *asked)
        assert (3, [FOUR]) == (result.return_value, places(result))
        assert "`t/main`" in result.stderr
    pointing = read(law, "t/3/1", "前々条", "同条第2項", lang="ja")

    assert 3 == pointing.return_value and pointing.stdout.startswith("読取法第3条第1項")
    assert "読取法第3条第2項" not in pointing.stdout and 2 == pointing.stderr.count("kitei: ")


def test_what_is_not_encoded_and_what_cannot_be_read_are_both_told(law: str) -> None:
    result = read(law, "t/4", "t/7", "t/main")

    assert (3, [FOUR]) == (result.return_value, places(result))
    assert "nothing is encoded at Reading Act art. 7" in result.stderr and "`t/main`" in result.stderr


DRAFT = (
    LAW
    + """
instrument b type bill title ja "試験法案" en "Test Bill" short ja "試験案" en "Test Bill" egov "000000000000B01" end
commencement b/main latest 2031-01-01 grade A cite b/suppl/1 label ja "政令で定める日" en "the day fixed by Cabinet Order" end
provision b/1 in force from 2027-04-01 grade A heading ja "定め" en "Rule" end
provision b/2 in force from b/main grade A heading ja "後の定め" en "Later rule" end
provision b/7 in force from b/main grade A heading ja "ない定め" en "Rule without words" end
instrument e type act title ja "公布試験法" en "Promulgated Test Act" egov "000000000000E01" end
commencement e/main promulgated 2025-01-01 latest 2031-01-01 grade A cite e/suppl/1 label ja "施行の日" en "the day it commences" end
provision e/1 in force from 2024-04-01 grade A heading ja "公布" en "Promulgated" end
provision e/2 in force from e/main grade A heading ja "未定" en "Day open" end
provision e/3 in force from 2020-01-01 until 2021-01-01 grade A heading ja "旧" en "Former" end
"""
)


@pytest.fixture
def draft(tmp_path: Path) -> str:
    (tmp_path / "b.kitei").write_text(DRAFT, encoding="utf-8")
    texts = tmp_path / "texts"
    texts.mkdir()
    words = "# 試験法\n\n**第一条**　会社は、定める。\n\n**第二条**　会社は、後に定める。\n"
    # The draft of a day before it would be in force: it is the draft nonetheless.
    (texts / "000000000000B01_20260101_draft.md").write_text(words, encoding="utf-8")
    (texts / "000000000000E01_20250101_draft.md").write_text(words, encoding="utf-8")
    return str(tmp_path)


@pytest.mark.parametrize(
    ("place", "ja", "en"),
    [
        ("b/1", "案の本文（2026-01-01の案）：会社は、定める。", "Text of the draft (of 2026-01-01): 会社は、定める。"),
        (
            "b/2",
            "案の本文（2026-01-01の案）：会社は、後に定める。",
            "Text of the draft (of 2026-01-01): 会社は、後に定める。",
        ),
        ("b/7", "2026-01-01の文書に、この番地の文言がない", "The text of 2026-01-01 has no words at this place"),
        (
            "e/1",
            "公布された条文（2025-01-01現在）：会社は、定める。",
            "Official text (as of 2025-01-01): 会社は、定める。",
        ),
        ("e/2", "施行の日が定まっておらず、", "The day of commencement is not fixed"),
        ("e/3", "この版が効力を有する間の日付の文書がない", "no text of a day on which this version is in force"),
        ("t/4", "この法令の宣言に法令ID", "The instrument declares no e-Gov law id"),
    ],
)
def test_a_text_is_called_what_it_is_and_none_says_why(draft: str, place: str, ja: str, en: str) -> None:
    for lang, said in (("ja", ja), ("en", en)):
        shown = read(draft, place, "--texts", str(Path(draft) / "texts"), lang=lang).stdout
        assert said in shown
        assert ("公布された条文" in shown or "Official text" in shown) == (place == "e/1")
        assert said not in read(draft, place, lang=lang).stdout

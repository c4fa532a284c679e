"""A state reached after the due day, by a fact that begins on a day: the answer rests on that fact and gives its day."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from kitei.cli import kitei

LAW = """
instrument t type act title ja "試験法" en "Test Act" end
kind Firm (会社) label ja "会社" en "firm" end
attribute put_by of Firm is yen label ja "積立額" en "amount put by" end
norm reserve of Firm label ja "積立て" en "putting by" end
provision t/1 in force from 2026-01-01 grade A
  duty reserve of Firm achieve put_by >= 500 yen by 2026-06-30 end
end
"""


def asked(folder: Path, put_by: str, *options: str) -> str:
    """Return an answer on 1 August 2026, a month after the due day, as one line."""
    (folder / "t.kitei").write_text(LAW, encoding="utf-8")
    (folder / "f.yaml").write_text(f"entities:\n  k: {{kind: Firm, put_by: {put_by}}}\n", encoding="utf-8")
    args = ["run", str(folder / "f.yaml"), "--on", "2026-08-01", "--statutes", str(folder), *options]
    output = CliRunner().invoke(kitei, args, catch_exceptions=False).output
    return output if "json" in options else re.sub(r"\n +", "" if "ja" in options else " ", output)


LATE = "[{value: 100, to: 2026-07-02}, {value: 500, from: 2026-07-02}]"


def test_a_fact_that_a_step_saw_is_not_called_unseen(tmp_path: Path) -> None:
    """Under the due day the second amount was still to come; under the day asked it is there and decides."""
    data = json.loads(asked(tmp_path, LATE, "--format", "json"))["data"]

    assert "performed-late" == data["norms"][0]["instances"][0]["status"]
    assert [] == data["not_seen"]
    assert "見ていない" not in asked(tmp_path, LATE, "--lang", "ja")


def test_another_statement_of_the_same_fact_may_still_lie_ahead(tmp_path: Path) -> None:
    later = LATE.replace("from: 2026-07-02}]", "from: 2026-07-02, to: 2026-09-01}, {value: 700, from: 2026-09-01}]")
    data = json.loads(asked(tmp_path, later, "--format", "json"))["data"]

    assert [{"item": "k.put_by", "dated": "2026-09-01"}] == data["not_seen"]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_performance_gives_the_day_of_the_facts_it_rests_on(tmp_path: Path, lang: str) -> None:
    told, undated = asked(tmp_path, LATE, "--lang", lang), asked(tmp_path, "500", "--lang", lang)

    if lang == "ja":
        assert (
            "履行：あり（令和8年7月2日（2026-07-02）からの事実による。その日に初めて達したかは示されていない）。"
            in told
        )
        assert "履行：あり（日は示されていない）。" in undated
    else:
        assert (
            "Performance: yes (by facts from 2026-07-02 on; whether it was first reached that day is not given)."
            in told
        )
        assert "Performance: yes (day not given)." in undated


def test_the_separate_checker_agrees(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(asked(tmp_path, LATE, "--format", "json"), encoding="utf-8")
    args = ["replay", str(tmp_path / "a.json"), "--facts", str(tmp_path / "f.yaml"), "--statutes", str(tmp_path)]

    assert 0 == CliRunner().invoke(kitei, args, catch_exceptions=False).exit_code

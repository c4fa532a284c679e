"""A commencement within a time counted from the promulgation: a day once there is one, open before; and written back as it stood."""

from __future__ import annotations

import pytest

from kitei.answer import Ask
from kitei.world import BadAssumption, Program, Regime
from kitei_dsl.core import Assumption
from kitei_dsl.format import format_file
from kitei_dsl.parse import parse
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source

LAW = """
instrument t type act status {status} title ja "法" en "Act" end
commencement t/main{promulgated} latest {length} counting promulgated end
world current end
"""


def law(length: str = "1 year", promulgated: str = " promulgated 2026-07-23") -> Program:
    status = "enacted" if promulgated else "drafted"
    core, found = compile_sources(
        [Source("t.kitei", LAW.format(promulgated=promulgated, length=length, status=status))]
    )
    assert [] == [d.message for d in found if d.severity == "error"]
    return Program(core, "")


@pytest.mark.parametrize(
    ("promulgated", "length", "latest"),
    [
        ("2026-07-23", "1 year", "2027-07-22"),  # Act 64 of 2026
        ("2025-06-13", "1 year", "2026-06-12"),
        ("2026-08-31", "6 months", "2027-02-28"),  # no 31 February: the last day of the month
        ("2024-03-01", "6 months", "2024-08-31"),
        ("2026-07-23", "20 days", "2026-08-11"),  # the day itself is the first
        ("2024-02-29", "2 years", "2026-02-28"),
    ],
)
def test_the_last_day_is_counted_with_the_day_of_promulgation(promulgated: str, length: str, latest: str) -> None:
    assert latest == law(length, f" promulgated {promulgated}").commencements["t/main"].latest


def test_before_promulgation_it_is_open() -> None:
    assert law(promulgated="").commencements["t/main"].latest is None


def test_a_day_past_it_is_refused() -> None:
    program = law()
    world = program.worlds["current"]
    Regime(program, world, (Assumption("t/main", "2027-07-22", "test"),))

    with pytest.raises(BadAssumption, match="2027-07-22"):
        Regime(program, world, (Assumption("t/main", "2027-07-23", "test"),))
    assert Ask("2027-07-22").on


@pytest.mark.parametrize("length", ["1 year", "6 months", "20 days"])
def test_it_is_written_back_as_it_stood(length: str) -> None:
    text = LAW.format(promulgated="", length=length, status="drafted")
    tree, found = parse(Source("t.kitei", text))

    assert [] == found
    assert f"commencement t/main latest {length} counting promulgated" in format_file(tree)


def test_in_japanese_keywords_too() -> None:
    text = '法令 t 種別 法律 題名 和文 "法" 英文 "Act" 終わり\n施行期日 t/main 公布日 2026-07-23 最後 1 年 当日起算 公布日 終わり\n'
    core, found = compile_sources([Source("t.kitei", text)])

    assert [] == [d.message for d in found if d.severity == "error"]
    assert ["2027-07-22"] == [c.latest for c in core.commencements]

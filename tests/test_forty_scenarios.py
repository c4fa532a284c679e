"""docs/scenarios.md names a case for each of the forty scenarios, and the cases exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kitei.cases import read_cases

ROOT = Path(__file__).resolve().parent.parent
ROWS = re.findall(
    r"^\| (\d+) \| (.+?) \| (.+?) \| (.*?) \|$", (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8"), re.M
)


def test_there_are_forty() -> None:
    """Each scenario once, in order."""
    assert [str(n) for n in range(1, 41)] == [row[0] for row in ROWS]


@pytest.mark.parametrize(("number", "said", "cases", "left"), ROWS, ids=[row[0] for row in ROWS])
def test_the_cases_named_exist(number: str, said: str, cases: str, left: str) -> None:
    """A case is a file and a heading; every row has one."""
    named = re.findall(r"`([\w/.-]+\.md)`: ([^;]+)", cases)

    assert named, (number, said, left)
    for file, title in named:
        assert title.strip() in {case.title for case in read_cases(ROOT / "statutes" / "jp" / file)}, (file, title)

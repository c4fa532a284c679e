"""Every case in the documentation and beside the statutes holds, and its derivation is accepted by replay."""

from pathlib import Path

import pytest

from kitei.cases import Case, read_cases, run_case
from kitei.ruleset import load
from kitei.world import Program

ROOT = Path(__file__).resolve().parent.parent
FILES = [
    ROOT / "README.md",
    ROOT / "docs" / "tutorial-drafter.md",
    ROOT / "docs" / "tutorial-drafter.ja.md",
    *sorted((ROOT / "docs" / "language").glob("*.md")),
    *sorted((ROOT / "tests" / "diagnostics").glob("*.md")),
    *sorted((ROOT / "tests" / "language").glob("*.md")),
    *sorted((ROOT / "statutes").rglob("scenarios*.md")),
]
CASES = [(path, case) for path in FILES for case in read_cases(path, path.relative_to(ROOT).as_posix())]


@pytest.fixture(scope="session")
def corpus() -> Program:
    return load(ROOT / "statutes" / "jp")[0]


@pytest.mark.parametrize(("path", "case"), CASES, ids=[f"{p.parent.name}/{c.title}@{c.line}" for p, c in CASES])
def test_case_holds(path: Path, case: Case, corpus: Program) -> None:
    """What the heading claims comes out."""
    failures = run_case(case, path.parent, corpus)

    assert not failures, "\n".join(map(str, failures))


def test_every_file_has_cases() -> None:
    """No file that should hold cases is empty or misread."""
    empty = [path.name for path in FILES if not read_cases(path)]

    assert [] == empty

"""The questions of docs/questions.md are complete, each with a command that runs, and are worded as answers may be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from test_docs import CONSOLES, consoles

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "questions.md"
QUESTIONS = re.findall(r"^## (\d+)\. (.*?)$\n(.*?)(?=^## |\Z)", PAGE.read_text(encoding="utf-8"), re.M | re.S)


def test_there_are_thirty_five() -> None:
    """Each question once, in order."""
    assert [str(n) for n in range(1, 36)] == [number for number, _, _ in QUESTIONS]


@pytest.mark.parametrize(("number", "title", "body"), QUESTIONS, ids=[n for n, _, _ in QUESTIONS])
def test_each_question_has_its_parts_and_a_command(number: str, title: str, body: str, tmp_path: Path) -> None:
    """Question, answer, grade and open point in both languages, and commands with what they print."""
    for part in ("答え", "Answer", "等級", "Grade", "定まっていないこと", "Undetermined"):
        assert 1 == len(re.findall(rf"^- {part}: \S", body, re.M)), part
    assert re.search(r"[ぁ-ん]", title) and re.search(r"^[A-Z][^\n]*\?", body.strip())

    page = tmp_path / "page.md"
    page.write_text(body, encoding="utf-8")
    commands = list(consoles(page))
    assert commands and all(any(line.strip() not in ("", "…") for line in shown) for _, shown in commands)
    assert {command for command, _ in commands} <= {command for place, command, _ in CONSOLES if place == PAGE}


@pytest.mark.parametrize(
    "word", ["規制はない", "義務はない", "違法である", "there is no rule", "is illegal", "no regulation"]
)
def test_no_answer_says_what_the_law_of_a_part_cannot(word: str) -> None:
    """What is not encoded is not denied; nothing is condemned."""
    assert word not in PAGE.read_text(encoding="utf-8")

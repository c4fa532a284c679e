"""Answers are what the published schema says, and the same bytes every time."""

import json
from pathlib import Path

import jsonschema
import pytest

from kitei.answer import Ask, answer
from kitei.cases import ask_of, case_facts, compile_case, read_cases
from kitei.facts_read import read_facts
from kitei.ruleset import load
from kitei.world import Program

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = json.loads((ROOT / "docs/schema/run.schema.json").read_text(encoding="utf-8"))
DMM = ROOT / "statutes/jp/examples/dmm.facts.yaml"


@pytest.fixture(scope="module")
def corpus() -> Program:
    return load(ROOT / "statutes/jp")[0]


@pytest.mark.parametrize(("world", "text"), [("current", None), ("enacted", "2027-06-01")])
def test_the_corpus_answer_fits_the_schema_and_is_stable(corpus: Program, world: str, text: str | None) -> None:
    """An answer about the outflow of 2024 is valid, and asked twice it is the same bytes."""
    ask = Ask("2024-05-31", text, "2026-11-22", world)
    facts, problems = read_facts(DMM.read_bytes(), DMM.name, corpus.core)
    first, second = (json.dumps(answer(corpus, facts, ask), ensure_ascii=False, sort_keys=True) for _ in range(2))

    assert not problems
    assert first == second
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(first))


def test_every_puzzle_answer_fits_the_schema() -> None:
    """Gaps, clashes, readings, presumptions and lapses are in the schema too."""
    path = ROOT / "docs/language/puzzles.md"
    validator = jsonschema.Draft202012Validator(SCHEMA)
    seen = 0
    for case in read_cases(path):
        program, _ = compile_case(case)
        assert program is not None
        facts, _ = case_facts(case, path.parent, program)
        for fence in case.expects:
            ask = ask_of(fence.options, facts)
            names = (*program.norm_names, *(t for t in program.terms if program.resolves[t].candidates))
            data = answer(program, facts, Ask(ask.on, ask.text_on, ask.known_on, ask.world, ask.assumes, names))
            validator.validate(json.loads(json.dumps(data)))
            seen += 1

    assert seen > 30

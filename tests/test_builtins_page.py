"""The page of built-ins is current, its types are those the language checks, and its examples hold."""

from pathlib import Path

import pytest

from kitei.answer import Ask, answer
from kitei.facts_read import read_facts
from kitei.world import Program
from kitei_dsl.builtins_page import ROWS, builtins_page
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.signatures import SIGNATURES, result
from kitei_dsl.source import Source
from kitei_dsl.typesystem import Type, parse_type

ROOT = Path(__file__).resolve().parent.parent

LAW = """
instrument t type act title ja "試験法" en "Test Act" end
kind Firm (会社) end
attribute told_on of Firm is date if any end
term holds of Firm is truth end
provision t/1 in force from 2020-01-01 grade A
  slot rebate of Firm is yen optional for ordinance end
  define holds of Firm is {example} end
end
world current end
"""
FACTS = "entities:\n  kou: {kind: Firm, told_on: 2024-01-01}\n"


def test_every_operator_is_on_the_page() -> None:
    assert list(SIGNATURES) == list(ROWS)


def test_the_page_is_current() -> None:
    assert builtins_page() == (ROOT / "docs/builtins.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("op", [op for op in ROWS if op not in ("has", "filled")])
def test_the_types_are_those_of_the_language(op: str) -> None:
    """The typing shown is accepted, with the result shown, and a truth in place of an amount is refused."""
    row = ROWS[op]

    assert parse_type(row.result) == result(op, [parse_type(t) for t in row.operands])
    if row.operands and row.operands[0] != "truth" and op not in ("=", "!="):
        assert isinstance(result(op, [Type("truth"), *[parse_type(t) for t in row.operands[1:]]]), str)


@pytest.mark.parametrize("op", sorted(ROWS))
def test_the_example_holds(op: str) -> None:
    """Each example is a condition, compiled and answered; it names its operator."""
    program, found = compile_sources([Source("t.kitei", LAW.format(example=ROWS[op].example))])
    assert [] == [d.message for d in found if d.severity == "error"]
    law = Program(program, "")
    facts, problems = read_facts(FACTS.encode(), "f.yaml", program)
    assert not problems
    (term,) = answer(law, facts, Ask("2024-06-01", goals=("holds",)))["data"]["terms"]

    assert ("true", True) == (
        term["value"],
        op.partition(".")[0].replace("negate", "-").replace("_days", "") in ROWS[op].example,
    )

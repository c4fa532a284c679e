"""The gate before any timing: the engine and plain Python say the same of every firm, in state, value and what is open."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from bench.population import Firm, facts_text, population
from bench.reference import GOALS, decide, decide_open
from kitei.answer import Ask, answer
from kitei.evaluate import Evaluator
from kitei.facts import Facts
from kitei.facts_read import read_facts
from kitei.instance import Query
from kitei.replay import replay
from kitei.ruleset import load
from kitei.values import Entity, Result
from kitei.world import Program, Regime

LAW = Path(__file__).with_name("exchange.kitei")
FIRM = Entity("Firm", "kou")


def law() -> Program:
    """The law of the problem, compiled."""
    return load(LAW)[0]


def read(program: Program, firm: Firm) -> Facts:
    """A firm as facts, read as a client's file is read."""
    facts, problems = read_facts(facts_text(firm), "firm.json", program.core)
    if problems:
        raise AssertionError("\n".join(map(str, problems)))
    return facts


def evaluated(regime: Regime, facts: Facts, on: str) -> list[Result]:
    """One decision of the reference evaluator: every goal, as of one day, and nothing built from it."""
    evaluator = Evaluator(regime, facts)
    context = evaluator.context(Query(on, on, on, False).context())
    return [evaluator.result(evaluator.goal(goal, FIRM, context)) for goal in GOALS]


def asked(program: Program, facts: Facts, on: str) -> dict[str, Any]:
    """One decision as an answer with its derivation, what would settle it not asked."""
    return answer(program, facts, Ask(on, goals=GOALS, settle=False))


def plain(r: Result) -> object:
    """A result as the plain reference writes it: the value, or the items that leave it open."""
    if r.state == "open":
        return frozenset(f"{c.kind} {c.item}" for c in r.causes)
    if isinstance(r.value, Fraction) and r.value.denominator == 1:
        return int(r.value)
    return r.value if r.known else r.state


def differences(program: Program, count: int, *, missing_percent: int) -> Iterator[str]:
    """Give each thing on which they differ, over so many firms; every tenth answer is also replayed."""
    regime = Regime(program, program.worlds["current"])
    for n, firm in enumerate(population(count, missing_percent=missing_percent)):
        on, facts = firm["on"].isoformat(), read(program, firm)
        expected = decide_open(firm)
        if not missing_percent and decide(firm) != expected:
            yield f"firm {n}: the two readings in plain Python differ"
        for goal, result in zip(GOALS, evaluated(regime, facts, on), strict=True):
            found = plain(result)
            if type(found) is not type(expected[goal]) or found != expected[goal]:
                yield f"firm {n} on {on}: {goal} is {found}, expected {expected[goal]}"
        if n % 10 == 0:
            yield from (
                f"firm {n}: {r}" for r in replay(asked(program, facts, on), program.core, program.digest, facts)
            )

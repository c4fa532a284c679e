"""When a conclusion that is open counts as settled: what `settle` asks of an evaluation that supposes a fact known.

Each goal goes over every combination of readings and says whether all are settled, and what still leaves one open.
A conclusion that is open for want of a result, and for nothing else, is settled so: no fact would change that.
"""

from __future__ import annotations

from kitei.evaluate import Evaluator
from kitei.instance import Query
from kitei.register import Make, combinations
from kitei.settle import Goal
from kitei.values import Cause, Entity, Result
from kitei_dsl.frozen import replace


def status_goal(query: Query, make: Make, readings: tuple[tuple[str, str], ...]) -> Goal:
    def goal(evaluator: Evaluator) -> tuple[bool, frozenset[Cause]]:
        found = combinations(evaluator, query, lambda c: make(evaluator, replace(c, readings=c.readings or readings)))
        causes = frozenset[Cause]().union(*(i.causes for _, i in found))
        return all(i.status != "undetermined" or no_result(i.causes) for _, i in found), causes

    return goal


def part_goal(query: Query, make: Make, readings: tuple[tuple[str, str], ...], part: str) -> Goal:
    def goal(evaluator: Evaluator) -> tuple[bool, frozenset[Cause]]:
        found = combinations(evaluator, query, lambda c: make(evaluator, replace(c, readings=c.readings or readings)))
        steps = [i.steps[part] for _, i in found if part in i.steps]
        results = [evaluator.result(s) for s in steps]
        return all(is_settled(r) for r in results), frozenset[Cause]().union(*(r.causes for r in results))

    return goal


def term_goal(query: Query, key: str, entity: Entity, readings: tuple[tuple[str, str], ...]) -> Goal:
    def goal(evaluator: Evaluator) -> tuple[bool, frozenset[Cause]]:
        found = combinations(evaluator, query, lambda c: evaluator.goal(key, entity, evaluator.context(c)))
        results = [evaluator.result(s) for _, s in found]
        return all(is_settled(r) for r in results), frozenset[Cause]().union(
            *(_goal_causes(evaluator, s) for _, s in found)
        )

    return goal


def _goal_causes(evaluator: Evaluator, step: int) -> frozenset[Cause]:
    """A goal's own possible gap or clash settles it; only what it rests on can still hinder."""
    return evaluator.result(step).causes


def no_result(causes: frozenset[Cause]) -> bool:
    """Say whether nothing but the want of a result leaves it open: then it is settled so."""
    return bool(causes) and all(c.kind == "undefined" for c in causes)


def is_settled(r: Result) -> bool:
    return r.state != "open" or no_result(r.causes)

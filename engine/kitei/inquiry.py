"""Why a fact is asked: the path from a goal down to the words of law that read the fact.

Comes in: an evaluator that has evaluated a goal, its open root causes, and the item asked. Goes out: the clauses on the
shortest path through the derivation, from the goal's own down to the one that reads the item, and the days as of
which it is read. Nothing is evaluated here. Deliberately not here: any wording.
"""

from __future__ import annotations

from collections.abc import Iterator

from kitei.evaluate import Evaluator
from kitei.trace import Step
from kitei_dsl.frozen import Frozen


class Reason(Frozen):
    """`path`: ids of the clauses (and norms) from the goal's own to the one that reads the item; `days` in ISO form."""

    path: tuple[str, ...]
    days: tuple[str, ...]


def reason(evaluator: Evaluator, item: str) -> Reason:
    """Return why an item is read, by what an evaluator has evaluated; empty where it has not read it."""
    steps = evaluator.steps
    leaves = [s for s in steps if _waits(s, item) and not any(_waits(steps[i], item) for i in s.inputs)]
    if not leaves:
        return Reason((), ())
    days = dict.fromkeys(sorted(evaluator.contexts[s.context].at for s in leaves))
    above: dict[int, list[int]] = {}
    for s in steps:
        for i in s.inputs:
            above.setdefault(i, []).append(s.id)
    return Reason(tuple(_path(evaluator, leaves[0].id, above)), tuple(days))


def _waits(step: Step, item: str) -> bool:
    return any(c.item == item for c in step.result.causes)


def _path(evaluator: Evaluator, leaf: int, above: dict[int, list[int]]) -> Iterator[str]:
    """Give the clauses from the top of the derivation down to a step, each once, by the shortest way."""
    came: dict[int, int | None] = {leaf: None}
    waiting = [leaf]
    top = leaf
    while waiting:
        top = waiting.pop(0)
        if top not in above:
            break
        for parent in above[top]:
            if parent not in came:
                came[parent] = top
                waiting.append(parent)
    met: dict[str, None] = {}
    at: int | None = top
    while at is not None:
        owner = evaluator.steps[at].node.partition("|")[0]
        if owner in evaluator.program.clauses:
            met[owner] = None
        at = came[at]
    return iter(met)

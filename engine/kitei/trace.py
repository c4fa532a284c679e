"""What evaluation leaves behind: a derivation that `replay` can check and `explain` can read.

A derivation is a list of steps, each after the steps it rests on. Steps are JSON-ready through
`as_data`/`from_data`; `docs/derivation.md` and the published schema describe them. Nothing here computes a value.

The shapes (every step): `id` (its place in the list), `node` (where in the core: `clause-id|part.path`, or
`resolve|key`, or a part of a norm `norm-id|due`), `kind` (the core kind's name, lower case), `context` (index into
the derivation's contexts), `scope` (names bound here: name to entity id), `inputs` (step ids, in text order),
`result`, and `certificate` (per kind):

* literal, parameter, bind: none. parameter: `{"version": id}`; gap when none is in force.
* fact: `{"records": n}`, how many records of the facts hold there.
* use: the one input is the resolve step.
* call: for periods `{"period": {...PeriodResult fields...}}`; otherwise none.
* if: inputs condition, then, otherwise.
* fold: `{"members": [entity ids], "complete": bool, "where": [step|null per member], "body": [step|null per member]}`,
  and `"undated": [entity ids]` where it is open whether these events are there yet.
* at: inputs: the day step, then the body step in the moved context (absent where the day is not known).
* slot: the one input is the resolve step of its fillings, absent where it has none.
* unencoded: none.
* resolve: `{"candidates": [{"clause", "condition": step|null, "has": "true|false|open", "stands": …,
  "displaced": …, "live": …, "outcome": step|null}], "closing": clause-id|null, "closing_outcome": step|null,
  "presumed": clause-id|null, or `conflict` where presumptions contradict each other}` with **all** clauses selected in this context.
"""

from __future__ import annotations

from typing import Any

from kitei.values import Cause, Result, sort_of, write
from kitei_dsl.frozen import Frozen, field


class Context(Frozen):
    """Where a step is evaluated. Dates in ISO form; `readings` the choices made; `pinned` whether *text* is pinned;
    `presumptions` whether presumptions apply; `kept` the versions that stay in force here past their end
    (なおその効力を有する), in order."""

    at: str
    text: str
    known: str
    pinned: bool
    readings: tuple[tuple[str, str], ...] = ()
    presumptions: bool = True
    kept: tuple[str, ...] = ()


class Step(Frozen):
    """One step of a derivation."""

    id: int
    node: str
    kind: str
    context: int
    scope: tuple[tuple[str, str], ...]
    inputs: tuple[int, ...]
    result: Result
    certificate: dict[str, Any] = field(default_factory=dict)


def result_data(result: Result) -> dict[str, Any]:
    """Return a result as JSON-ready data: `state`, and `value` with its `sort`, `values`, `causes` or `possible_clash` where set."""
    data: dict[str, Any] = {"state": result.state}
    if result.value is not None:
        data["value"] = write(result.value)
        data["sort"] = sort_of(result.value)
    if result.values:
        data["values"] = [write(v) for v in result.values]
    if result.causes:
        data["causes"] = [{"kind": c.kind, "item": c.item} for c in ordered(result.causes)]
    if result.possible_clash:
        data["possible_clash"] = True
    return data


def ordered(causes: frozenset[Cause]) -> list[Cause]:
    """Sort causes by kind, then item, so the same result is written the same way."""
    return sorted(causes)

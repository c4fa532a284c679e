"""The register of norms: each norm's instances, whether it applies, what is due, whether it is done.

Comes in: an `Evaluator`'s regime and facts, and the query. Goes out: `Row`s with their `Instance`s, each pointing to
the steps it rests on. The table of statuses is semantics section 5. An anchor moves *text* (unless pinned) and the day
on which `applies`, `due` and `content` read facts; `performed` and a state to be kept read them at the query's *at*.
Deliberately not here: wording.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import product
from typing import TypeVar

from kitei.evaluate import ChoiceNeeded, Evaluator
from kitei.instance import Instance, Judge, Query, instances_of
from kitei.trace import Context
from kitei.values import Cause, Result
from kitei_dsl import core
from kitei_dsl.frozen import Struct, field, replace

T = TypeVar("T")

MAX_COMBINATIONS = 64


class Row(Struct):
    """One norm (a name at an address) for one bearer."""

    key: str
    name: str
    modality: str
    bearer: str
    norm: core.Norm
    instances: list[Instance] = field(default_factory=list)


def register(evaluator: Evaluator, query: Query, wanted: Callable[[core.Norm], bool]) -> list[Row]:
    """Return the rows of every norm any version of which takes part, for every entity that can bear it, in the law's order."""
    rows = []
    for key, versions in evaluator.program.norms.items():
        present = [n for n in versions if wanted(n) and visible(evaluator, n, query)]
        if not present:
            continue
        for bearer in evaluator.facts.of_kind(present[0].kind):
            row = Row(key, present[-1].name, present[-1].modality, bearer, present[-1])
            for make in units(evaluator, query, key, present, bearer):
                row.instances.append(by_readings(evaluator, query, make))
            if row.instances:
                rows.append(row)
    return rows


def visible(evaluator: Evaluator, norm: core.Norm, query: Query) -> bool:
    """Say whether a version of a norm takes part in the world at all and is promulgated by *known*."""
    interval = evaluator.regime.intervals[norm.version]
    known = date.fromisoformat(query.known)
    instrument = evaluator.program.instruments[norm.address.partition("/")[0]]
    if instrument.status != "enacted" and interval.start is None:
        return False
    taking_part = interval.start is not None or ("/" in evaluator.program.versions[norm.version].start)
    excluded = instrument.id in evaluator.regime.world.without or (
        bool(evaluator.regime.world.only) and instrument.id not in evaluator.regime.world.only
    )
    return taking_part and not excluded and interval.promulgated <= known


Make = Callable[[Evaluator, Context], Instance]


def units(evaluator: Evaluator, query: Query, key: str, versions: list[core.Norm], bearer: str) -> Iterator[Make]:
    """Give one maker per instance: a function from an evaluator and a context to the instance."""
    seen: set[str | None] = set()
    for norm in versions:
        for entity in instances_of(evaluator, query, norm, bearer):
            if entity not in seen:
                seen.add(entity)
                yield _maker(query, key, versions, bearer, entity)


def unit(
    evaluator: Evaluator, query: Query, key: str, versions: list[core.Norm], bearer: str, entity: str | None
) -> Make | None:
    """Return the maker of one instance, or None where the lists as they are do not name it."""
    if any(entity in instances_of(evaluator, query, norm, bearer) for norm in versions):
        return _maker(query, key, versions, bearer, entity)
    return None


def _maker(query: Query, key: str, versions: list[core.Norm], bearer: str, entity: str | None) -> Make:
    def make(evaluator: Evaluator, context: Context) -> Instance:
        return Judge(evaluator, query, context, key, versions, bearer, entity).instance()

    return make


def by_readings(evaluator: Evaluator, query: Query, make: Make) -> Instance:
    """Evaluate an instance once per combination of the choice points it meets; join what comes of it."""
    found = combinations(evaluator, query, lambda context: make(evaluator, context))
    instances = []
    for choices, instance in found:
        instance.readings = choices
        _mark(evaluator, query, choices, instance, make)
        instances.append(instance)
    if len(instances) == 1:
        return instances[0]
    statuses = {i.status for i in instances}
    first = instances[0]
    if any(i.due_if != first.due_if for i in instances):
        first = replace(first, due_if=None, steps={k: v for k, v in first.steps.items() if k != "due"})
    joined = replace(
        first, alternatives=instances, readings=(), presumed=any(i.presumed for i in instances),
        unproved=tuple(dict.fromkeys(p for i in instances for p in i.unproved)),
        would_change=frozenset[Cause]().union(*(i.would_change for i in instances)),
    )  # fmt: skip
    if len(statuses) == 1:
        return differing(evaluator, joined)
    if "undetermined" in statuses:
        causes = frozenset[Cause]().union(*(i.causes for i in instances))
        settled = statuses - {"undetermined"}
        return replace(
            joined, status="contested" if len(settled) > 1 else "undetermined", causes=causes, due=None, performed=None
        )
    return replace(joined, status="contested", due=None, performed=None)


def differing(evaluator: Evaluator, joined: Instance) -> Instance:
    """Where all readings give one status but another day or amount, those parts are contested and stand open."""
    first, *others = joined.alternatives

    def content(i: Instance) -> Result | None:
        return evaluator.result(i.steps["content"]) if "content" in i.steps else None

    parts = {"due": (i.due != first.due for i in others), "content": (content(i) != content(first) for i in others)}
    contested = tuple(name for name, different in parts.items() if any(different))
    steps = {k: v for k, v in joined.steps.items() if k not in contested}
    due = None if "due" in contested else joined.due
    return replace(joined, contested=contested, due=due, steps=steps)


class TooManyReadings(Exception):
    """More combinations of readings than can be shown side by side; names the choice points."""


def combinations(
    evaluator: Evaluator, query: Query, run: Callable[[Context], T]
) -> list[tuple[tuple[tuple[str, str], ...], T]]:
    """Run once per combination of the readings met; the first run without any choice finds them one by one."""
    points: list[str] = []
    while True:
        choices = [evaluator.program.readings[p].choices for p in points]
        try:
            count = 1
            for c in choices:
                count *= len(c)
            if count > MAX_COMBINATIONS:
                raise TooManyReadings(
                    f"more than {MAX_COMBINATIONS} combinations of readings would stand side by side ({', '.join(points)}); "
                    "ask for single norms or terms"
                )
            results = []
            for chosen in product(*choices):
                pairs = tuple(sorted(zip(points, chosen, strict=True)))
                results.append((pairs, run(query.context(pairs))))
            return results
        except ChoiceNeeded as needed:
            points.append(needed.reading)


def _mark(
    evaluator: Evaluator, query: Query, choices: tuple[tuple[str, str], ...], instance: Instance, make: Make
) -> None:
    """Mark an instance that would be open or different with every presumption and uncontested defence treated as open."""
    presumed, parties = marks_used(evaluator, instance.steps.values())
    if not presumed and not parties:
        return
    without = make(evaluator, query.context(choices, presumptions=False))
    if without.status != instance.status:
        instance.presumed, instance.unproved, instance.would_change = presumed, parties, without.causes


def marks_used(evaluator: Evaluator, roots: object) -> tuple[bool, tuple[str, ...]]:
    """Return whether a presumption was applied below the roots, and who bears the burden of the defences not contested."""
    certificates = [evaluator.steps[s].certificate for s in reachable(evaluator, roots)]
    presumed = any(c.get("presumed") not in (None, "conflict") for c in certificates)
    parties = dict.fromkeys(c["uncontested"] for c in certificates if "uncontested" in c)
    return presumed, tuple(parties)


def reachable(evaluator: Evaluator, roots: object) -> list[int]:
    """Return the steps the roots rest on, roots included, in order."""
    waiting = [r for r in roots if r is not None]  # type: ignore[attr-defined]
    found: set[int] = set()
    while waiting:
        step = waiting.pop()
        if step not in found:
            found.add(step)
            waiting += evaluator.steps[step].inputs
    return sorted(found)

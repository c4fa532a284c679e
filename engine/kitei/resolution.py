"""Rules 1-9 of semantics section 2 on three-valued conditions: which clauses stand, are displaced, are live, and
what comes of it. Comes in: the clauses a context selects, each with the result of its condition; then the
outcomes of those that may be live. Goes out: standing of each clause, and the term's result. Linear and cautious on
purpose: it never enumerates. Deliberately not here: reading expressions (`evaluate`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from kitei.values import FALSE, GAP, TRUE, Cause, Quantity, Result, Value, opened, same, value, write
from kitei_dsl.core import Clause


def kleene_not(r: Result) -> Result:
    return FALSE if r.true else TRUE if r.false else r


def kleene_and(results: Iterable[Result]) -> Result:
    """Strong Kleene: a false operand decides and absorbs the causes of the others."""
    return _kleene(results, deciding=False)


def kleene_or(results: Iterable[Result]) -> Result:
    """Strong Kleene: a true operand decides and absorbs the causes of the others."""
    return _kleene(results, deciding=True)


def _kleene(results: Iterable[Result], *, deciding: bool) -> Result:
    causes: frozenset[Cause] = frozenset()
    for r in results:
        if r.known and r.value is deciding:
            return value(deciding)
        causes |= r.causes
    return opened(causes) if causes else value(not deciding)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one clause fares: each a truth result (true, false or open with causes)."""

    has: Result
    stands: Result
    displaced: Result
    live: Result


class Relations:
    """The selected clauses and the relations among them."""

    def __init__(self, clauses: Iterable[Clause], conditions: Mapping[str, Result]) -> None:
        self.clauses = {c.id: c for c in clauses}
        self.conditions = conditions
        self._has: dict[str, Result] = {}
        self._stands: dict[str, Result] = {}
        self._blockers: dict[str, list[str]] = {}
        self._overriders: dict[str, list[str]] = {}
        for c in self.clauses.values():
            for t in c.blocks:
                self._blockers.setdefault(t, []).append(c.id)
            for t in (*c.proviso_to, *c.notwithstanding, *(() if not c.yields_to else ())):
                self._overriders.setdefault(t, []).append(c.id)

    def has(self, id: str) -> Result:
        """Rule 2: its own condition and, for a proviso, that some target has its condition in this same sense."""
        if id not in self._has:
            clause = self.clauses[id]
            result = self.conditions[id]
            if clause.proviso_to:
                targets = [t for t in clause.proviso_to if t in self.clauses and t != id]
                result = kleene_and([result, kleene_or([self.has(t) for t in targets])])
            self._has[id] = result
        return self._has[id]

    def stands(self, id: str) -> Result:
        """Rule 4: it has its condition and no blocker of it stands."""
        if id not in self._stands:
            blocked = kleene_or([self.stands(b) for b in self._blockers.get(id, ())])
            self._stands[id] = kleene_and([self.has(id), kleene_not(blocked)])
        return self._stands[id]

    def displaced(self, id: str) -> Result:
        """Rule 5: one that overrides it, or to which it yields, stands; being displaced does not stop that."""
        defeaters = [*self._overriders.get(id, ()), *(t for t in self.clauses[id].yields_to if t in self.clauses)]
        return kleene_or([self.stands(d) for d in defeaters])

    def standing(self, id: str) -> Standing:
        stands, displaced = self.stands(id), self.displaced(id)
        return Standing(self.has(id), stands, displaced, kleene_and([stands, kleene_not(displaced)]))

    def exclude(self, left: str, right: str) -> bool:
        """Say whether one of two clauses displaces the other wherever it stands, so that they never clash."""
        for a, b in ((left, right), (right, left)):
            clause = self.clauses[a]
            if b in clause.proviso_to or b in clause.notwithstanding or (b in self.clauses[b].yields_to and a in self.clauses[b].yields_to):
                return True
            if a in self.clauses[b].yields_to:
                return True
        return False


@dataclass(frozen=True, slots=True)
class Resolved:
    """The result of a Resolve and whether a gap or a clash cannot be excluded."""

    result: Result
    possible_gap: bool


def resolve_definitions(
    live: Mapping[str, Result],
    surely_stands: bool,
    outcomes: Mapping[str, Result],
    closing: Result | None,
    relations: Relations,
    item: str,
) -> Resolved:
    """Rules 7 and 9: combine the outcomes of the definitions (not adders, not blockers).

    `live`: liveness of each definition; `outcomes`: of those possibly live; `closing`: the closing's outcome or None.
    `item` names the term and subject, for the causes of what is downstream.
    """
    sure = [i for i, r in live.items() if r.true]
    possible = [i for i, r in live.items() if not r.false]
    known = _distinct(o.value for i in sure if (o := outcomes[i]).known and o.value is not None)
    if len(known) > 1:
        return Resolved(Result("clash", values=tuple(sorted(known, key=write))), False)
    silent = not surely_stands
    candidates = [as_operand(outcomes[i], item) for i in possible]
    if silent:
        candidates.append(GAP if closing is None else as_operand(closing, item))
    if all(same(c, candidates[0]) for c in candidates):
        return Resolved(candidates[0], False)
    if len(candidates) == 1 and candidates[0].state == "gap":
        return Resolved(GAP, False)
    causes: frozenset[Cause] = frozenset()
    for i in possible:
        causes |= live[i].causes | as_operand(outcomes[i], item).causes
    if silent and closing is not None:
        causes |= as_operand(closing, item).causes
    clash = _may_clash(possible, outcomes, relations)
    return Resolved(opened(causes, possible_clash=clash), silent and closing is None)


def as_operand(r: Result, item: str) -> Result:
    """Turn what only stands alone into what downstream sees: a gap or clash is open with that cause; absence is undefined."""
    if r.state == "gap":
        return opened(frozenset({Cause("gap", item)}))
    if r.state == "clash":
        return opened(frozenset({Cause("clash", item)}))
    if r.state == "absent":
        return opened(frozenset({Cause("undefined", item)}))
    return r


def _may_clash(possible: list[str], outcomes: Mapping[str, Result], relations: Relations) -> bool:
    for n, left in enumerate(possible):
        for right in possible[n + 1 :]:
            if not same(outcomes[left], outcomes[right]) and not relations.exclude(left, right):
                return True
    return False


def _distinct(values: Iterable[Value]) -> list[Value]:
    found: list[Value] = []
    for v in values:
        if v not in found:
            found.append(v)
    return found


def combine(how: str, base: Result, adders: list[tuple[Result, Result]], item: str) -> Result:
    """Rule 8: add to the base. Each adder is (liveness, outcome). Strict in the base; an adder whose liveness is open
    counts unless the total is the same with and without it."""
    if base.state in ("gap", "clash"):
        return base
    causes: frozenset[Cause] = base.causes
    total = base
    for live, raw in adders:
        outcome = as_operand(raw, item)
        if live.false:
            continue
        with_it = _add(how, total, outcome)
        if live.true:
            total = with_it
            causes |= frozenset() if outcome.known else outcome.causes
        elif not (total.known and same(with_it, total)):
            causes |= live.causes | (frozenset() if outcome.known else outcome.causes)
            total = opened(causes)
    if not base.known:
        return opened(causes)
    if total.known:
        return total
    return opened(causes)


def _add(how: str, left: Result, right: Result) -> Result:
    if how == "any":
        return kleene_or([left, right])
    if how == "all":
        return kleene_and([left, right])
    if not (left.known and right.known):
        return opened(left.causes | right.causes)
    a, b = left.value, right.value
    if isinstance(a, Quantity) and isinstance(b, Quantity):
        if a.asset != b.asset:
            return opened(frozenset({Cause("undefined", f"{a.asset} + {b.asset}")}))
        return value(Quantity(a.amount + b.amount, a.asset))
    if isinstance(a, Fraction) and isinstance(b, Fraction) and how == "sum":
        return value(a + b)
    pick: Callable[[date, date], date] = min if how == "earliest" else max
    assert isinstance(a, date) and isinstance(b, date)
    return value(pick(a, b))

"""Rules 1-9 of semantics section 2 on three-valued conditions: which clauses stand, are displaced, are live, and
what comes of it. Comes in: the clauses a context selects, each with the result of its condition; then the
outcomes of those that may be live. Goes out: standing of each clause, and the term's result. Linear and cautious on
purpose: it never enumerates. Deliberately not here: reading expressions (`evaluate`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction

from kitei.values import FALSE, GAP, TRUE, Cause, Quantity, Result, Value, countable, opened, same, value, write
from kitei_dsl.core import Clause, Split
from kitei_dsl.frozen import Frozen

#: Causes for which a condition is open but surely true or false.
_YET_TO_BE_KNOWN = frozenset({"fact", "any", "list", "slot", "unencoded", "unverified"})


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
    clash = False
    for r in results:
        if r.known and r.value is deciding:
            return value(deciding)
        causes |= r.causes
        clash = clash or r.possible_clash
    return opened(causes, possible_clash=clash) if causes else value(not deciding)


class Standing(Frozen):
    """How one clause fares: each a truth result (true, false or open with causes)."""

    has: Result
    stands: Result
    displaced: Result
    live: Result


class Relations:
    """The selected clauses and the relations among them."""

    def __init__(
        self, clauses: Iterable[Clause], conditions: Mapping[str, Result], splits: Mapping[str, Split]
    ) -> None:
        self.clauses = {c.id: c for c in clauses}
        self.splits = splits
        self.conditions = conditions
        self._has: dict[str, Result] = {}
        self._stands: dict[str, Result] = {}
        self._blockers: dict[str, list[str]] = {}
        self._overriders: dict[str, list[str]] = {}
        for c in self.clauses.values():
            for t in c.blocks:
                self._blockers.setdefault(t, []).append(c.id)
            for t in (*c.proviso_to, *c.notwithstanding):
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
        return kleene_or([self.stands(d) for d in self.defeaters(id)])

    def standing(self, id: str) -> Standing:
        stands, displaced = self.stands(id), self.displaced(id)
        return Standing(self.has(id), stands, displaced, kleene_and([stands, kleene_not(displaced)]))

    def defeaters(self, id: str) -> list[str]:
        """Return what displaces a clause where it stands: what overrides it, and what it yields to."""
        return [*self._overriders.get(id, ()), *(t for t in self.clauses[id].yields_to if t in self.clauses)]

    def exclude(self, left: str, right: str) -> bool:
        """Say whether one of two clauses displaces the other wherever it stands, so that they never clash."""
        if left in self.defeaters(right) or right in self.defeaters(left):
            return True
        split = self.clauses[left].split
        return bool(split) and split == self.clauses[right].split and self.splits[split].disjoint

    def speaks(self, definitions: Iterable[str]) -> bool:
        """Say whether some definition is surely live in the end: one surely stands, and all that may displace it, or
        displace that in turn, are definitions of the same term, so that the last of them that stands is live."""
        own = set(definitions)
        if any(self.stands(d).true and self._only_own(d, own) for d in own):
            return True
        splits = dict.fromkeys(s for d in self.clauses if d in own and (s := self.clauses[d].split))
        return any(self._split_stands(self.splits[s], own) for s in splits)

    def _split_stands(self, split: Split, own: set[str]) -> bool:
        """Say whether some case of a 区分に応じ surely stands: the cases are exhaustive, and whichever it is, nothing
        blocks it. A condition without a result (an undefined amount) is neither true nor false; then it is not sure."""
        if not split.exhaustive or not all(c in own for c in split.clauses):
            return False
        possible = [c for c in split.clauses if not self.conditions[c].false]
        resultless = {cause.kind for c in possible for cause in self.conditions[c].causes} - _YET_TO_BE_KNOWN
        return not resultless and all(
            not self.clauses[c].proviso_to
            and all(self.stands(b).false for b in self._blockers.get(c, ()))
            and self._only_own(c, own)
            for c in possible
        )

    def _only_own(self, id: str, own: set[str]) -> bool:
        possible = [d for d in self.defeaters(id) if not self.stands(d).false]
        return all(d in own and self._only_own(d, own) for d in possible)


class Resolved(Frozen):
    """The result of a Resolve, whether a gap cannot be excluded, and whether a clash of its own outcomes cannot."""

    result: Result
    possible_gap: bool
    may_clash: bool = False


def resolve_definitions(
    live: Mapping[str, Result],
    speaks: bool,
    outcomes: Mapping[str, Result],
    closing: Result | None,
    relations: Relations,
    item: str,
) -> Resolved:
    """Rules 7 and 9: combine the outcomes of the definitions (not adders, not blockers).

    `speaks`: the closing (or gap) is excluded, see `Relations.speaks` and decision 011.

    `live`: liveness of each definition; `outcomes`: of those possibly live; `closing`: the closing's outcome or None.
    `item` names the term and subject, for the causes of what is downstream.
    """
    sure = [i for i, r in live.items() if r.true]
    possible = [i for i, r in live.items() if not r.false]
    known = _distinct(o.value for i in sure if (o := outcomes[i]).known and o.value is not None)
    if len(known) > 1:
        return Resolved(Result("clash", values=tuple(sorted(known, key=write))), False)
    silent = not speaks
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
    below = _marked([*candidates, *(live[i] for i in possible)])
    return Resolved(opened(causes, possible_clash=clash or below), silent and closing is None, clash)


def as_operand(r: Result, item: str) -> Result:
    """Turn what only stands alone into what downstream sees: a gap or clash is open with that cause; absence is undefined."""
    if r.state == "gap":
        return opened(frozenset({Cause("gap", item)}))
    if r.state == "clash":
        return opened(frozenset({Cause("clash", item)}))
    if r.state == "absent":
        return opened(frozenset({Cause("undefined", item)}))
    return r


def _marked(results: Iterable[Result]) -> bool:
    """Say whether a clash is possible in what something rests on: the mark goes on upwards with the causes."""
    return any(r.possible_clash for r in results)


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
    sure = [as_operand(o, item) for live, o in adders if live.true]
    doubtful = [(live, as_operand(o, item)) for live, o in adders if live.state == "open"]
    total = base
    for outcome in sure:
        total = _add(how, total, outcome)
    counting = [pair for pair in doubtful if not (total.known and same(_add(how, total, pair[1]), total))]
    causes = frozenset[Cause]() if total.known else total.causes
    causes = causes.union(*(live.causes | outcome.causes for live, outcome in counting))
    clash = _marked([base, *(r for pair in counting for r in pair)])
    if not base.known:
        causes = base.causes.union(causes, *(o.causes for o in sure))
        return opened(causes, possible_clash=clash or _marked(sure))
    return opened(causes, possible_clash=clash or (not total.known and _marked(sure))) if causes else total


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
        return _counted(Quantity(a.amount + b.amount, a.asset), a.asset)
    if isinstance(a, Fraction) and isinstance(b, Fraction) and how == "sum":
        return _counted(a + b, "")
    pick: Callable[[date, date], date] = min if how == "earliest" else max
    assert isinstance(a, date) and isinstance(b, date)
    return value(pick(a, b))


def _counted(total: Value, asset: str) -> Result:
    """Return a sum; one with more digits than the law counts with is undefined."""
    found = countable(total)
    return opened(frozenset({Cause("undefined", asset)})) if found is None else value(found)


def deem(base: Result, deemings: list[tuple[Result, Result]], item: str) -> Result:
    """Let deemings, each (condition, outcome), beat a resolved result; with a condition open each is an `if`."""
    sure = [o for holds, o in deemings if holds.true]
    doubtful = [(holds, o) for holds, o in deemings if holds.state == "open"]
    values = _distinct(o.value for o in sure if o.value is not None)
    if len(values) > 1:
        return Result("clash", values=tuple(sorted(values, key=write)))
    first = sure[0] if sure else base if not doubtful else as_operand(base, item)
    rest = [*sure[1:], *(o for _, o in doubtful)]
    if all(same(first, o) for o in rest):
        return first
    causes = frozenset[Cause]().union(first.causes, *(o.causes for o in rest), *(h.causes for h, _ in doubtful))
    marked = _marked([first, *rest, *(holds for holds, _ in doubtful)])
    return opened(causes, possible_clash=bool(sure) or marked)

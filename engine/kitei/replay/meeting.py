"""How clauses meet: rules 1-9 of semantics section 2, read again from the text.

Comes in: the clauses selected for a key with what their conditions come to; then their outcomes. Goes out: whether
each has its condition, stands, is displaced, is live; and what the term comes to. Never enumerates. Deliberately
not here: which clauses are selected (`law`), expressions and presumptions (`rules`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from itertools import combinations

from kitei.replay.arithmetic import conjunction, disjunction, extreme, gathered, negation, total
from kitei.values import FALSE, GAP, TRUE, Cause, Result, opened, same, value, write
from kitei_dsl.core import Clause, Split


def word(r: Result) -> str:
    """Return a three-valued result as certificates write it."""
    return "open" if not r.known else "true" if r == TRUE else "false"


class Meeting:
    """The clauses that one context selects for one key."""

    def __init__(
        self, clauses: list[Clause], conditions: Mapping[str, Result], candidates: tuple[str, ...],
        splits: Mapping[str, Split],
    ) -> None:  # fmt: skip
        self.splits = splits
        self.clauses = {c.id: c for c in clauses}
        self.conditions = conditions
        #: rule 9 cannot exclude that its own outcomes clash
        self.may_clash = False
        #: clauses of this very term; the others only stand or fall with them
        self.own = [c.id for c in clauses if c.id in candidates]
        self.definitions = [i for i in self.own if self.clauses[i].role != "add"]
        self.adders = [i for i in self.own if self.clauses[i].role == "add"]
        # The relations have no circle (a compiled program was checked for it), so these end.
        self.has: Callable[[str], Result] = cache(self._has)
        self.stands: Callable[[str], Result] = cache(self._stands)
        self.displaced: Callable[[str], Result] = cache(self._displaced)
        self.answers: Callable[[str], bool] = cache(self._answers)

    def _has(self, id: str) -> Result:
        """Rule 2: its own condition and, for a proviso, that of some target, blocked or displaced or not."""
        clause = self.clauses[id]
        if not clause.proviso_to:
            return self.conditions[id]
        targets = disjunction(self.has(t) for t in clause.proviso_to if t != id and t in self.clauses)
        return conjunction([self.conditions[id], targets])

    def _stands(self, id: str) -> Result:
        """Rules 3 and 4: it has its condition and no blocker of it stands."""
        blocked = disjunction(self.stands(b) for b, c in self.clauses.items() if id in c.blocks)
        return conjunction([self.has(id), negation(blocked)])

    def defeaters(self, id: str) -> list[str]:
        """Return those that override a clause and those it yields to."""
        over = [o for o, c in self.clauses.items() if id in c.proviso_to or id in c.notwithstanding]
        return [*over, *(t for t in self.clauses[id].yields_to if t in self.clauses)]

    def _displaced(self, id: str) -> Result:
        """Rule 5: one of them stands, displaced itself or not."""
        return disjunction(self.stands(d) for d in self.defeaters(id))

    def live(self, id: str) -> Result:
        """Rule 6."""
        return conjunction([self.stands(id), negation(self.displaced(id))])

    def _answers(self, id: str) -> bool:
        """Say whether, where a definition stands, some definition of the term surely is live: it, or what displaces it.

        What displaces it may be of another term, or add to this one; then nothing of the term may be left (decision 011).
        """
        standing = [d for d in self.defeaters(id) if self.stands(d) != FALSE]
        return all(d in self.definitions and self.answers(d) for d in standing)

    def excludes(self, left: str, right: str) -> bool:
        """Say whether one of two displaces the other wherever it stands, so that they are never both live."""
        of = self.splits.get(self.clauses[left].split)
        if of is not None and of.disjoint and right in of.clauses:
            return True
        return left in self.defeaters(right) or right in self.defeaters(left)

    def splits_speak(self) -> bool:
        """Say whether some case of an exhaustive 区分に応じ surely stands: none that may hold is a proviso, may be blocked,
        or has a condition that can have no result."""

        def free(id: str) -> bool:
            clause, condition = self.clauses[id], self.conditions[id]
            blocked = any(id in c.blocks and self.stands(b) != FALSE for b, c in self.clauses.items())
            undecidable = {c.kind for c in condition.causes} & {"undefined", "gap", "clash"}
            return not blocked and not undecidable and not clause.proviso_to and self.answers(id)

        return any(
            split.exhaustive
            and all(id in self.definitions for id in split.clauses)
            and all(free(id) for id in split.clauses if self.conditions[id] != FALSE)
            for split in self.splits.values()
        )

    # ------------------------------------------------------------------ rules 7 to 9
    def result(
        self, seen: Mapping[str, Result], raw: Mapping[str, Result], closing: Result | None, how: str | None
    ) -> Result:
        """Return what the term comes to. `seen`: the outcomes of what may be live, as operands; `raw`: as they are."""
        base = self.base(seen, raw, closing)
        adders = [(self.live(i), seen[i]) for i in self.adders if i in seen]
        if not self.adders or how is None or base.state in ("gap", "clash"):
            return base
        return added(how, base, adders)

    def base(self, seen: Mapping[str, Result], raw: Mapping[str, Result], closing: Result | None) -> Result:
        """Rules 7 and 9: what the definitions and the closing come to."""
        possible = [i for i in self.definitions if self.live(i) != FALSE]
        values = [seen[i].value for i in possible if self.live(i) == TRUE and seen[i].known]
        distinct = [v for n, v in enumerate(values) if v is not None and v not in values[:n]]
        if len(distinct) > 1:
            return Result("clash", values=tuple(sorted(distinct, key=write)))
        outcomes = [seen[i] for i in possible]
        speaks = any(self.stands(i) == TRUE and self.answers(i) for i in self.definitions)
        if not speaks and not self.splits_speak():
            if not possible and closing is None:
                return GAP
            outcomes.append(GAP if closing is None else closing)
        if all(same(o, outcomes[0]) for o in outcomes):
            return outcomes[0]
        self.may_clash = any(not same(raw[a], raw[b]) and not self.excludes(a, b) for a, b in combinations(possible, 2))
        resting = [*outcomes, *(self.live(i) for i in possible)]
        return opened(gathered(resting), possible_clash=self.may_clash or any(r.possible_clash for r in resting))


def added(how: str, base: Result, adders: list[tuple[Result, Result]]) -> Result:
    """Rule 8: combine a base with its adders (liveness, outcome); the order of adders does not matter.

    An adder that may be live counts unless the total is the same with and without it; an open base stays open.
    """
    surely = [outcome for live, outcome in adders if live == TRUE]
    sure = _joined(how, [base, *surely])
    perhaps = [(live, outcome) for live, outcome in adders if not live.known]
    counting = [pair for pair in perhaps if not (sure.known and same(_joined(how, [sure, pair[1]]), sure))]
    if base.known and sure.known and not counting:
        return sure
    unsure = [] if base.known and sure.known else surely
    resting = [base, *unsure, *(r for pair in counting for r in pair)]
    return opened(gathered([*resting, sure]), possible_clash=any(r.possible_clash for r in resting))


def _joined(how: str, results: list[Result]) -> Result:
    if how in ("any", "all"):
        return disjunction(results) if how == "any" else conjunction(results)
    causes = gathered(results)
    if causes:
        return opened(causes)
    values = [r.value for r in results]
    found = (
        total(values[1:], values[0]) if how == "sum" and values[0] is not None else extreme(how == "earliest", values)
    )
    if found is None:
        assets = " + ".join(dict.fromkeys(write(v).partition(" ")[2] for v in values if v is not None))
        return opened(frozenset({Cause("undefined", assets)}))
    return value(found)

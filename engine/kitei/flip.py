"""What would have to be otherwise: the smallest changes of the facts that change a conclusion.

Comes in: a regime, facts, a query, and a norm of one bearer (and instance) or a term of one subject. Goes out: for each
question ("what would make it apply?"), every change of the least number of facts that does. Changes are tried by
growing number, each evaluated by the ordinary evaluator over the changed facts, so what is found is so, and that nothing
smaller does is shown by having tried it. A fact that is not read cannot matter, so only facts read so far are changed: a
set of changes that works has an order in which each is read once those before it are made.
Truths and listed values are tried in full; of amounts and days the boundaries met in comparisons, at, below and above.
A change that only takes something out of a list, or moves a day to where a text of the law begins or ends, tells a lawyer
little: the smallest of that sort are given aside, and the search goes on to the smallest that changes what is so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction

from kitei.changed_facts import Change, changed
from kitei.evaluate import Evaluator
from kitei.facts import Facts, Members
from kitei.instance import Instance, Query
from kitei.measures import Differences, around, difference, measure, origin, roots, spelled
from kitei.moving import expressions
from kitei.register import combinations, reachable, unit, visible
from kitei.values import Entity, Quantity, write
from kitei.world import Regime
from kitei_dsl import core
from kitei_dsl.frozen import Frozen, Struct
from kitei_dsl.typesystem import CALENDARS, parse_type

#: Evaluations spent on one question before it is called not settled, and facts changed at once.
BUDGET = 2000
MOST = 3
#: Statuses under which a norm does not apply.
ABSENT = ("not-in-force", "not-applicable", "disapplied", "lapsed", "not-available", "does-not-arise")
_COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
_NUMERIC = ("yen", "number", "rate", "quantity", "date")
#: How often a boundary is looked for along the slope found so far.
_ROUNDS = 3


class Outcome(Frozen):
    """What is concluded. Of a norm: `presence` applies, does-not-apply or open, and its status; of a term: its state and value."""

    presence: str
    status: str
    due: str | None = None


class Aside(Frozen):
    """The smallest changes that only take something out of a list, or move a day out of the time of the law's text.

    None of fewer facts does either. `total` were found; `changes` are the first.
    """

    size: int
    total: int
    changes: tuple[tuple[tuple[Change, ...], Outcome], ...]


class Flip(Frozen):
    """The answer to one question. `verdict`: found, never (nothing tried does), bound (of evaluations) or size (of changes).

    `size`: of the changes found, or the last tried. `tried`: how many combinations of each smaller size were tried in
    full; none does but those of `aside`. `partly`: how many of this size, where the bound cut it short. `total` changes
    were found; `changes` are the first. What is found aside never makes the verdict.
    """

    goal: str
    verdict: str
    size: int
    tried: tuple[tuple[int, int], ...]
    partly: int | None
    total: int
    changes: tuple[tuple[tuple[Change, ...], Outcome], ...]
    aside: Aside | None = None


class Flips(Frozen):
    """What is concluded now, what would change it, the given facts never looked at, and what could not be tried."""

    now: Outcome
    flips: tuple[Flip, ...]
    unread: tuple[str, ...]
    not_tried: tuple[str, ...]


class Goal(Frozen):
    """What is asked about: a norm (`norm` its key, with bearer and instance) or a term (`term` its key, with subject)."""

    norm: str = ""
    term: str = ""
    of: str = ""
    instance: str | None = None


Assignment = tuple[Change, ...]


class _Run(Struct):
    """One evaluation: what came of it, which items it read in order (`deciding`: for whether a norm applies), how far apart
    the sides of comparisons were."""

    outcome: Outcome
    read: tuple[str, ...]
    deciding: tuple[str, ...]
    apart: Differences
    assets: tuple[str, ...]


class _Spent(Exception):
    pass


def flips(
    regime: Regime, facts: Facts, query: Query, goal: Goal, *, budget: int = BUDGET, most: int = MOST, listed: int = 10
) -> Flips:
    """Search for the smallest changes that change a conclusion."""
    return _Search(regime, facts, query, goal, budget).flips(most, listed)


class _Search:
    def __init__(self, regime: Regime, facts: Facts, query: Query, goal: Goal, budget: int) -> None:
        self.regime, self.program, self.facts, self.query, self.goal = regime, regime.program, facts, query, goal
        self.budget, self.spent = budget, 0
        self.known: dict[frozenset[Change], _Run] = {}
        self.comparisons: set[str] = set()
        #: what the facts and the lists read at each place of the core are called
        self.attributes: dict[str, str] = {}
        for place, expr in expressions(self.program.core):
            if isinstance(expr, core.Call) and expr.op in _COMPARISONS:
                self.comparisons.add(place)
            elif isinstance(expr, core.Fact):
                self.attributes[place] = expr.attribute
            elif isinstance(expr, core.Fold):
                self.attributes[place] = expr.members.attribute
        self.seen: dict[str, None] = {}
        self.untried: dict[str, None] = {}
        self.roots: dict[str, set[Fraction]] = {}
        #: the day facts are read on: that of the instance, else the day asked
        self.day = date.fromisoformat(query.at)

    # ------------------------------------------------------------------ the search
    def flips(self, most: int, listed: int) -> Flips:
        base = self.run(())
        found = tuple(
            self.flip(goal, base.outcome, most, listed) for goal in (self.goals(base.outcome) if most else ())
        )
        given = [f"{i}.{a}" for i, a in self.facts.records]
        return Flips(base.outcome, found, tuple(i for i in given if i not in self.seen), tuple(self.untried))

    def flip(self, goal: str, now: Outcome, most: int, listed: int) -> Flip:
        """Answer one question, by growing number of facts changed."""
        self.spent = 0
        counts: list[tuple[int, int]] = []
        frontier: list[Assignment] = [()]
        aside: Aside | None = None
        for size in range(1, most + 1):
            level: dict[frozenset[Change], Assignment] = {}
            cut = False
            try:
                for assignment in self.extended(frontier, goal, removing=aside is None):
                    level.setdefault(frozenset(assignment), assignment)
            except _Spent:
                cut = True
            partly = len(level) if cut else None
            hits = [(a, then) for k, a in level.items() if self.reached(goal, now, then := self.known[k].outcome)]
            nearest = self.told(hits)
            told, idle = [h for h in nearest if not self.idle(*h)], [h for h in nearest if self.idle(*h)]
            if idle and aside is None:
                aside = Aside(size, len(idle), tuple(idle[:listed]))
            if told:
                return Flip(goal, "found", size, tuple(counts), partly, len(told), tuple(told[:listed]), aside)
            if cut:
                return Flip(goal, "bound", size, tuple(counts), partly, 0, (), aside)
            if not level:
                return Flip(goal, "never", size - 1, tuple(counts), None, 0, (), aside)
            counts.append((size, len(level)))
            # What contains an idle change is idle, and the smallest of that sort are known once one is found.
            frontier = [a for a in level.values() if aside is None or not (any(map(_removing, a)) or self.of_old(a))]
        return Flip(goal, "size", most, tuple(counts), None, 0, (), aside)

    def extended(self, frontier: Iterable[Assignment], goal: str, *, removing: bool) -> Iterator[Assignment]:
        """Give every assignment of one change more, in the order in which items are read; `removing`: out of lists too."""
        for assignment in frontier:
            made = {c.item for c in assignment}
            run = self.known[frozenset(assignment)]
            for item in run.deciding if goal in ("applies", "does-not-apply") else run.read:
                if item not in made:
                    for change in self.changes(item, assignment):
                        if _removing(change) and not removing:
                            continue
                        extended = (*assignment, change)
                        self.run(extended)
                        yield extended

    def goals(self, now: Outcome) -> tuple[str, ...]:
        """Return the questions asked of what is concluded now."""
        if self.goal.norm:
            return {"applies": ("does-not-apply", "status"), "does-not-apply": ("applies",)}.get(
                now.presence, ("applies", "does-not-apply")
            )
        if self.program.terms[self.goal.term.partition("@")[0]].type != "truth":
            return ("value",)
        return {"true": ("false",), "false": ("true",)}.get(now.status, ("true", "false"))

    def reached(self, goal: str, now: Outcome, then: Outcome) -> bool:
        match goal:
            case "applies" | "does-not-apply":
                return then.presence == goal
            case "status":
                return then.presence == "applies" and then.status not in (now.status, "undetermined", "contested")
            case "value":
                return then.presence == "value" and then.status != now.status
            case _:
                return then.presence == "value" and then.status == goal

    def told(self, hits: list[tuple[Assignment, Outcome]]) -> list[tuple[Assignment, Outcome]]:
        """Return what is told of the changes found: of amounts and days of one item only that nearest to what there is
        (where nothing is known: nearest to the boundary)."""
        groups: dict[tuple[object, ...], list[tuple[Assignment, Outcome]]] = {}
        for a, outcome in hits:
            ordered = tuple(sorted(a, key=lambda c: c.item))
            key = tuple((c.item, c.sort, None if self.measured(c) else c.after) for c in ordered)
            groups.setdefault((key, outcome.presence, outcome.status), []).append((ordered, outcome))
        told = [
            min(found, key=lambda hit: (self.idle(*hit), [self.distance(c) for c in hit[0]]))
            for found in groups.values()
        ]
        # What nobody has said yet can still come to light; what was said otherwise would have to be wrong.
        return sorted(told, key=lambda h: (any(map(_removing, h[0])), any(c.before is not None for c in h[0])))

    def idle(self, changes: Assignment, then: Outcome) -> bool:
        """Say whether changes tell little: they take something out of a list, or move a day out of the law's time."""
        return any(map(_removing, changes)) or then.status == "not-in-force" or self.of_old(changes)

    def of_old(self, changes: Assignment) -> bool:
        """Say whether a day is moved to where a text of the norm begins or ends, or the day before."""
        ends = {d for n in self.program.norms.get(self.goal.norm, ()) for i in [self.regime.intervals[n.version]]
                for d in (i.start, i.end) if d is not None}  # fmt: skip
        days = {day.isoformat() for end in ends for day in (end, end - timedelta(days=1))}
        return any(c.after in days for c in changes)

    def measured(self, c: Change) -> bool:
        attribute = self.program.attributes.get(c.item.partition(".")[2])
        if attribute is None or self.listed(attribute, self.facts) is not None:
            return False
        return c.sort == "value" and c.after is not None and attribute.type.partition(":")[0] in _NUMERIC

    def distance(self, c: Change) -> tuple[Fraction, Fraction]:
        if not self.measured(c) or c.after is None:
            return Fraction(0), Fraction(0)
        attribute = self.program.attributes[c.item.partition(".")[2]]
        after = measure(attribute, c.after)
        if c.before not in (None, "none"):
            return abs(after - measure(attribute, str(c.before))), after
        return min((abs(after - r) for r in self.roots.get(c.item, ())), default=Fraction(0)), after

    # ------------------------------------------------------------------ one evaluation
    def run(self, assignment: Assignment) -> _Run:
        key = frozenset(assignment)
        if key not in self.known:
            if self.spent >= self.budget:
                raise _Spent
            self.spent += 1
            evaluator = Evaluator(self.regime, changed(self.facts, assignment, self.program))
            outcome, roots, performed = self.outcome(evaluator)
            read = tuple(self.items(evaluator, evaluator.sight.read))
            of_roots = None if roots is None else self.read_by(evaluator, roots)
            deciding = read if of_roots is None else tuple(i for i in read if i in of_roots)
            self.seen.update(dict.fromkeys(read))
            apart, assets = self.apart(evaluator, outcome.due, performed)
            self.known[key] = _Run(outcome, read, deciding, apart, assets)
        return self.known[key]

    def outcome(self, evaluator: Evaluator) -> tuple[Outcome, list[int] | None, str | None]:
        """Return what is concluded, the steps on which it rests whether a norm applies (None: on any), and the day of performance."""
        if self.goal.term:
            return self.term(evaluator), None, None
        versions = [n for n in self.program.norms[self.goal.norm] if visible(evaluator, n, self.query)]
        for n in versions:
            if n.instances is not None:
                evaluator.sight.read[f"{self.goal.of}.{n.instances.members.attribute}"] = None
        make = unit(evaluator, self.query, self.goal.norm, versions, self.goal.of, self.goal.instance)
        if make is None:
            return Outcome("does-not-apply", "not-listed"), None, None
        found = [i for _, i in combinations(evaluator, self.query, lambda c: make(evaluator, c))]
        presences = {_presence(evaluator, i) for i in found}
        statuses = {i.status for i in found}
        days = {i.due.isoformat() if i.due else None for i in found}
        settled = statuses - {"undetermined"}
        joined = statuses.pop() if len(statuses) == 1 else "contested" if len(settled) > 1 else "undetermined"
        # Whether a repealed norm has lapsed rests on its performance too.
        may_lapse = any(self.regime.intervals[n.version].end is not None for n in versions)
        parts = ("anchor", "applies", "saving")
        roots = None if may_lapse else [i.steps[p] for i in found for p in parts if p in i.steps]
        presence = presences.pop() if len(presences) == 1 else "open"
        if not self.known and found[0].anchor is not None:
            self.day = date.fromisoformat(found[0].anchor)
        return Outcome(presence, joined, days.pop() if len(days) == 1 else None), roots, found[0].performed

    def read_by(self, evaluator: Evaluator, roots: list[int]) -> set[str]:
        """Return the items that the steps below some roots read, and the list that names the instance."""
        found: dict[str, None] = {}
        for n in self.program.norms[self.goal.norm]:
            if n.instances is not None:
                found[f"{self.goal.of}.{n.instances.members.attribute}"] = None
        for id in reachable(evaluator, roots):
            s = evaluator.steps[id]
            if s.kind in ("fact", "fold"):
                of = evaluator.result(s.inputs[0]).value
                if isinstance(of, Entity):
                    found[f"{of.id}.{self.attributes[s.node]}"] = None
        return set(self.items(evaluator, found))

    def term(self, evaluator: Evaluator) -> Outcome:
        entity = self.facts.entity(self.goal.of)
        found = combinations(
            evaluator, self.query, lambda c: evaluator.goal(self.goal.term, entity, evaluator.context(c))
        )
        results = {evaluator.result(s) for _, s in found}
        if len(results) > 1:
            return Outcome("open", "contested" if all(r.known for r in results) else "undetermined")
        result = results.pop()
        return Outcome(result.state, result.state if result.value is None else write(result.value))

    def items(self, evaluator: Evaluator, read: Iterable[str]) -> Iterator[str]:
        """Give the facts among the items read, in order, and the days on which listed events became visible."""
        found: dict[str, None] = {}
        for item in read:
            id, _, name = item.partition(".")
            if id not in self.facts.kinds or "#" in item or "|" in item:
                continue  # a slot, or a passage not read: no fact
            found[item] = None
            role = self.program.roles.get(name)
            dated_by = self.program.kinds[role.kind].dated_by if role else None
            for member in evaluator.facts.members.get((id, name), Members((), False)).ids if dated_by else ():
                found[f"{member}.{dated_by}"] = None
        yield from found

    def apart(
        self, evaluator: Evaluator, due: str | None, performed: str | None
    ) -> tuple[Differences, tuple[str, ...]]:
        """Return how far apart the sides of every comparison are, and the assets met; a due day is compared with the day asked
        and with that of performance."""
        found: Differences = {}
        assets: dict[str, None] = {}
        for s in evaluator.steps:
            if s.kind == "call" and s.node in self.comparisons:
                left, right = (evaluator.result(i) for i in s.inputs)
                for side in (left, right):
                    if isinstance(side.value, Quantity):
                        assets[side.value.asset] = None
                if (between := difference(left, right)) is not None:
                    found[s.node, s.scope, evaluator.contexts[s.context]] = between
        days = {"at": self.query.at, "performed": performed if performed not in (None, "yes", "no") else None}
        for name, day in days.items():
            if due is not None and day is not None:
                found["due", name] = Fraction((date.fromisoformat(due) - date.fromisoformat(day)).days)
        return found, tuple(a for a in assets if a != "*")

    # ------------------------------------------------------------------ what a fact may be changed to
    def changes(self, item: str, assignment: Assignment) -> Iterator[Change]:
        """Give the changes of one fact that are tried, the same every time."""
        id, _, name = item.partition(".")
        role = self.program.roles.get(name)
        facts = changed(self.facts, assignment, self.program)
        if role is not None:
            yield from self.of_list(item, role, facts)
            return
        attribute = self.program.attributes[name]
        before, steady = self.before(facts, id, name)
        make = _changing(item, before, attribute.evidence, None if steady else self.day.isoformat())
        if attribute.optional and before != "none":
            yield make(None)
        values = self.listed(attribute, facts)
        if values is None and attribute.type.partition(":")[0] in _NUMERIC:
            yield from self.measures(item, attribute, assignment, before, make)
        elif values is None:
            self.untried[item] = None
        else:
            # What is so on one day only may matter on another: then that it be so throughout is a change too.
            yield from (make(v) for v in values if v != before or not steady)

    def before(self, facts: Facts, id: str, name: str) -> tuple[str | None, bool]:
        """Return what the facts say now, as of the day facts are read on, and whether they say so of every day."""
        at, known = self.day, date.fromisoformat(self.query.known)
        records = [r for r in facts.records.get((id, name), ()) if r.recorded is None or r.recorded <= known]
        steady = not any(r.start or r.end for r in records)
        holding = [r for r in records if (r.start is None or r.start <= at) and (r.end is None or at < r.end)]
        if not holding:
            return None, steady
        latest = max(holding, key=lambda r: r.recorded or date.min)
        return ("none" if latest.value is None else write(latest.value)), steady

    def listed(self, attribute: core.Attribute, facts: Facts) -> list[str] | None:
        """Return all values of a type that has few, else None."""
        t = parse_type(attribute.type)
        match t.name:
            case "truth":
                return ["true", "false"]
            case "enum":
                return list(next(e.values for e in self.program.core.enumerations if e.name == t.of))
            case "entity":
                return list(facts.of_kind(str(t.of)))
            case "calendar":
                return list(CALENDARS)
        if t.name == "number" and attribute.low is not None and attribute.high is not None:
            low, high = int(attribute.low), int(attribute.high)
            if high - low < 8:
                return [str(n) for n in range(low, high + 1)]
        return None

    def of_list(self, item: str, role: core.Role, facts: Facts) -> Iterator[Change]:
        id, _, name = item.partition(".")
        listed = facts.members.get((id, name), Members((), False))
        if not role.many:
            now = listed.ids[0] if listed.ids else None
            yield from (Change(item, "value", now, i) for i in facts.of_kind(role.kind) if i != now)
            return
        yield Change(item, "complete", "true" if listed.complete else "false", "false" if listed.complete else "true")
        yield from (Change(item, "without", None, i) for i in listed.ids)

    # ------------------------------------------------------------------ amounts and days
    def measures(
        self, item: str, attribute: core.Attribute, assignment: Assignment, before: str | None, make: Callable[[str | None], Change]
    ) -> Iterator[Change]:  # fmt: skip
        """Give the boundaries of an amount or a day: where the sides of a comparison that depends on it meet, just below, and
        just above, found along the slope of their difference; what is not known takes one value at least."""
        asset = self.asset(before, assignment) if attribute.type == "quantity" else None
        if attribute.type == "quantity" and asset is None:
            self.untried[item] = None
            return
        yielded: dict[str, None] = {}

        def give(n: Fraction) -> Iterator[Change]:
            text = spelled(attribute, n, asset)
            if text is not None and text != before and text not in yielded:
                yielded[text] = None
                yield make(text)

        known = before not in (None, "none")
        start = measure(attribute, str(before)) if known else origin(attribute, self.query.at)
        if not known:
            yield from give(start)
        probed: dict[Fraction, Differences] = {}
        if known:
            probed[start] = self.known[frozenset(assignment)].apart
        step = Fraction(1, 100) if attribute.type == "rate" else Fraction(1)
        waiting = [start, start + step if spelled(attribute, start + step, asset) is not None else start - step]
        wanted = self.goal.term and self.goals(self.known[frozenset()].outcome) == ("value",)
        for _ in range(_ROUNDS):
            for n in waiting:
                text = spelled(attribute, n, asset)
                if text is not None and n not in probed:
                    probed[n] = self.run((*assignment, make(text))).apart
                    if wanted:
                        yield from give(n)
            near = [n for r in roots(probed) for n in around(attribute, r, before)]
            self.roots.setdefault(item, set()).update(roots(probed))
            waiting = [n for n in near if n not in probed]
            for n in near:
                yield from give(n)
            if not waiting:
                break
        if attribute.type == "date":
            due = self.known[frozenset(assignment)].outcome.due
            if due is not None:  # a day of performance is late just after it
                root = Fraction(date.fromisoformat(due).toordinal())
                self.roots.setdefault(item, set()).add(root)
                for n in (root, root + 1):
                    yield from give(n)
            for day in self.days():
                yield from give(Fraction(day.toordinal()))

    def days(self) -> Iterator[date]:
        """Give days that matter without a comparison: the day asked, and those on which a text of the norm begins or ends."""
        at = date.fromisoformat(self.query.at)
        yield from (at, at + timedelta(days=1), at - timedelta(days=1))
        for n in self.program.norms.get(self.goal.norm, ()):
            interval = self.regime.intervals[n.version]
            for day in filter(None, (interval.start, interval.end)):
                yield from (day, day - timedelta(days=1))

    def asset(self, before: str | None, assignment: Assignment) -> str | None:
        if before not in (None, "none"):
            return str(before).partition(" ")[2] or None
        given = (r.value.asset for rs in self.facts.records.values() for r in rs if isinstance(r.value, Quantity))
        return next(iter(self.known[frozenset(assignment)].assets), None) or next(given, None)


def _changing(item: str, before: str | None, evidence: str, day: str | None) -> Callable[[str | None], Change]:
    return lambda after: Change(item, "value", before, after, evidence, day)


def _removing(c: Change) -> bool:
    """Say whether a change takes a thing out of a list, or unsays that a list is complete."""
    return c.sort == "without" or (c.sort == "complete" and c.after == "false")


def _presence(evaluator: Evaluator, i: Instance) -> str:
    if i.status in ABSENT:
        return "does-not-apply"
    applies = i.steps.get("applies")
    return "applies" if applies is not None and evaluator.result(applies).true else "open"

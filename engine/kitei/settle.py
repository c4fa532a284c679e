"""What would settle an answer: which unknown items, and whether any, some or no values of them do.

Comes in: a goal (a function from an evaluator to a verdict) and the facts. Goes out: a `Settlement`. The same
evaluator is asked again with items overridden: by a value, or by *any* (open with the cause `any`: it will be known).
If nothing but *any* is left open, any values settle it; truths and enumerations are split, so the answer is exact on
them. Items are dropped from the last in text order, so what is left is needed. Nothing here evaluates law.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Any

from kitei.evaluate import Evaluator, Scope
from kitei.facts import Facts
from kitei.values import FALSE, TRUE, Cause, Entity, Quantity, Result, Value, opened, value
from kitei.world import Regime
from kitei_dsl import core
from kitei_dsl.frozen import Frozen
from kitei_dsl.typesystem import parse_type

#: A goal says, of an evaluator, whether the answer is settled and why not: (settled, causes).
Goal = Callable[[Evaluator], tuple[bool, frozenset[Cause]]]

#: Evaluations spent on one question before it is called undecided.
BUDGET = 400
LISTED_BUDGET = 40
GROUPS = ("facts", "evaluations", "acts", "texts")
#: Kinds that cost less to evaluate than to remember.
_SLIGHT = (core.Literal, core.Parameter, core.Fact, core.Bind)

Items = tuple[str, ...]
#: How each of some items is supposed, by number; None: not supposed at all.
Supposed = tuple[int | None, ...]


class Settlement(Frozen):
    """`verdict`: will, may, cannot (be settled by facts). `items` in text order; `groups` names each item's group."""

    verdict: str
    items: tuple[str, ...]
    groups: tuple[str, ...]

    #: every item that any evaluation of the question read: while none of them changes, neither does this
    read: frozenset[str] = frozenset()

    @property
    def ask_next(self) -> str | None:
        return self.items[0] if self.items else None


class Supposing(Evaluator):
    """Evaluates under one supposition after another; what a supposition does not touch is not evaluated twice.

    A step is kept with the items read on the way to it. It is used again where each of them is supposed as it was then,
    for nothing else tells two suppositions apart. The steps stay, whatever was supposed when they were made.
    """

    def __init__(self, regime: Regime, facts: Facts) -> None:
        super().__init__(regime, facts)
        #: what was evaluated -> the items read on the way, in order -> how they were supposed -> the step
        self._kept: dict[tuple[Any, ...], dict[Items, dict[Supposed, int]]] = {}
        self._numbers: dict[tuple[str, Result], int] = {}
        self._supposed: dict[str, int] = {}
        self.suppose({})

    @cached_property
    def passages(self) -> dict[str, str]:
        """The type of the value each passage not read stands for, by its place in the core."""
        return dict(_passages(self.program.core))

    def suppose(self, overrides: Mapping[str, Result]) -> None:
        """Suppose that these items read as given, and no others; `read` starts anew."""
        # What nothing reads switches the evaluator to asking what would settle, even with nothing supposed.
        self.overrides = self.sight.overrides = {"": TRUE, **overrides}
        self._supposed = {i: self._numbers.setdefault((i, r), len(self._numbers)) for i, r in overrides.items()}
        self.sight.read = {}

    def evaluate(self, expr: core.Expr, node: str, scope: Scope, context: int) -> int:
        if isinstance(expr, _SLIGHT):
            return super().evaluate(expr, node, scope, context)
        key = (expr, node, tuple(scope.items()), context)
        return self._once(key, lambda: Evaluator.evaluate(self, expr, node, scope, context))

    def resolve(self, key: str, subject: Entity | None, instance: tuple[str, str] | None, context: int,
                slot: core.SlotDeclaration | None = None) -> int:  # fmt: skip
        # The memo of the evaluator itself knows one supposition only.
        self._memo.pop((key, subject, instance, context), None)
        return self._once(
            (key, subject, instance, context), lambda: Evaluator.resolve(self, key, subject, instance, context, slot)
        )

    def _once(self, key: tuple[Any, ...], evaluate: Callable[[], int]) -> int:
        """Return the step kept for a key under the present supposition, or evaluate and keep it."""
        variants = self._kept.setdefault(key, {})
        for items, steps in variants.items():
            step = steps.get(tuple(map(self._supposed.get, items)))
            if step is not None:
                self.sight.read.update(dict.fromkeys(items))
                return step
        outer, self.sight.read = self.sight.read, {}
        try:
            step = evaluate()
            items = tuple(self.sight.read)
            variants.setdefault(items, {})[tuple(map(self._supposed.get, items))] = step
            return step
        finally:
            outer.update(self.sight.read)
            self.sight.read = outer


class _Spent(Exception):
    pass


def settle(
    regime: Regime,
    facts: Facts,
    goal: Goal,
    on: date,
    given_up: Callable[[str, str], bool] | None = None,
    effort: int | None = None,
    asking: Supposing | None = None,
) -> Settlement:
    """Return what would settle the goal, which must be open as it stands; `on` is the day as of which it is asked.

    `given_up` says, of an item and its group, that nobody will give it: such items stay open whatever comes, and the
    verdict is about the others alone. `effort`: steps of evaluation spent, beyond finding the items, before the weaker
    claim *may* is made of all of them. `asking`: the evaluator to ask with, of the same regime and facts; what it found
    for one goal helps with the next.
    """
    asking = asking or Supposing(regime, facts)
    return _Settler(regime, facts, goal, on, given_up or (lambda item, group: False), effort, asking).settlement()


def _passages(program: core.Program) -> Iterator[tuple[str, str]]:
    parts: list[tuple[str, core.Expr | None]] = []
    for c in program.clauses:
        parts += [(f"{c.id}|condition", c.condition), (f"{c.id}|outcome", c.outcome)]
    for n in program.norms:
        parts += [(f"{n.id}|{name}", getattr(n, name)) for name in ("done", "done_on", "due", "content")]
    for path, part in parts:
        if part is not None:
            yield from (
                (p, e.type) for p, e in core.walk(part, path) if isinstance(e, core.Unencoded) and e.type != "anything"
            )


class _Settler:
    def __init__(
        self,
        regime: Regime,
        facts: Facts,
        goal: Goal,
        on: date,
        given_up: Callable[[str, str], bool],
        effort: int | None,
        asking: Supposing,
    ) -> None:
        self.regime, self.facts, self.goal, self.on = regime, facts, goal, on
        self.given_up, self.effort, self.asking = given_up, effort, asking
        #: steps of evaluation spent since the items were found
        self.steps, self.found = 0, False
        self.program = regime.program
        self.spent, self.budget = 0, BUDGET
        self.known: dict[tuple[tuple[str, Result], ...], tuple[bool, frozenset[Cause]]] = {}
        self.order: dict[str, None] = {}

    def run(self, overrides: Mapping[str, Result]) -> tuple[bool, frozenset[Cause]]:
        key = tuple(sorted(overrides.items(), key=lambda pair: pair[0]))
        if key not in self.known:
            self.spent += 1
            if self.spent > self.budget or self.exhausted():
                raise _Spent
            before = len(self.asking.steps)
            self.asking.suppose(overrides)
            self.known[key] = self.goal(self.asking)
            self.order.update(self.asking.sight.read)
            self.steps += len(self.asking.steps) - before
        return self.known[key]

    def exhausted(self) -> bool:
        return self.effort is not None and self.found and self.steps > self.effort

    def settlement(self) -> Settlement:
        items, listed = self.items()
        self.found, self.steps = True, 0
        if listed:
            # A list that is not complete can settle, but rarely surely: what it takes to show that is bounded lower.
            self.budget = self.spent + LISTED_BUDGET
        try:
            if items and self.sufficient(items, {}):
                for item in reversed(items):
                    fewer = [i for i in items if i != item]
                    if fewer and self.sufficient(fewer, {}):
                        items = fewer
                return self.made("will", items)
            found = listed or any(self.settles(assignment) for assignment in self.assignments(items))
        except _Spent:
            found = True
        return self.made("may" if found else "cannot", items)

    def made(self, verdict: str, items: list[str]) -> Settlement:
        return Settlement(verdict, tuple(items), tuple(self.group(i) for i in items), frozenset(self.order))

    def items(self) -> tuple[list[str], bool]:
        """Return the unknown items that matter, in text order, and whether an incomplete list matters too."""
        found: dict[str, None] = {}
        listed = False
        while True:
            overrides = {i: self.any(i) for i in found}
            _, causes = self.run(overrides)
            wanted = [c for c in causes if c.kind in ("fact", "slot", "unverified", "list")]
            wanted = [c for c in wanted if not self.given_up(c.item, self.group(c.item))]
            listed = listed or any(c.kind == "list" for c in wanted)
            new = [c.item for c in wanted if c.item not in found]
            if not new:
                break
            found.update(dict.fromkeys(sorted(new)))
        order = {item: n for n, item in enumerate(self.order)}
        return sorted(found, key=lambda i: (order.get(i, len(order)), i)), listed

    def any(self, item: str) -> Result:
        return opened(frozenset({Cause("any", item)}))

    def settled(self, overrides: Mapping[str, Result]) -> bool:
        done, causes = self.run(overrides)
        return done or (bool(causes) and all(c.kind in ("any", "undefined") for c in causes))

    def sufficient(self, items: list[str], fixed: dict[str, Result]) -> bool:
        """Say whether any values of the items settle the goal, the others staying open; splits truths and lists of values."""
        overrides = {i: fixed.get(i) or self.any(i) for i in items}
        if self.settled(overrides):
            return True
        _, causes = self.run(overrides)
        left = [i for i in items if i not in fixed and self.domain(i)]
        if not any(c.kind == "any" for c in causes) or not left:
            return False
        return all(self.sufficient(items, {**fixed, left[0]: v}) for v in self.domain(left[0]) or ())

    def settles(self, assignment: Mapping[str, Result]) -> bool:
        done, _ = self.run(assignment)
        return done

    def domain(self, item: str) -> list[Result] | None:
        """Return all values an item can take where they are few, else None."""
        type_text = self.type_of(item)
        if type_text is None:
            return None
        t = parse_type(type_text)
        if t.name == "truth":
            return [TRUE, FALSE]
        if t.name == "enum":
            enumeration = next(e for e in self.program.core.enumerations if e.name == t.of)
            return [value(v) for v in enumeration.values]
        attribute = self.attribute(item)
        if t.name == "number" and attribute and attribute.low is not None and attribute.high is not None:
            low, high = int(attribute.low), int(attribute.high)
            if high - low < 8:
                return [value(Fraction(n)) for n in range(low, high + 1)]
        return None

    def samples(self, item: str) -> list[Result]:
        """Return values to try: all of them where few, else those around the amounts the law names."""
        domain = self.domain(item)
        if domain is not None:
            return domain
        t = parse_type(self.type_of(item) or "anything")
        if t.name in ("yen", "rate", "number"):
            return [value(Fraction(n)) for n in (0, 1, 10**9)]
        if t.name == "entity":
            return [value(Entity(str(t.of), i)) for i in self.facts.of_kind(str(t.of))][:2]
        if t.name == "date":
            return [value(d) for d in self.days()]
        if t.name == "quantity":
            return [value(Quantity(Fraction(n), "BTC")) for n in (0, 1)]
        return []

    def days(self) -> Iterator[Value]:
        """Give days to try: around the day asked, and far from it both ways."""
        yield from (self.on + timedelta(days=n) for n in (0, -1, 365, -365, 9999, -9999))

    def assignments(self, items: list[str]) -> Iterator[dict[str, Result]]:
        """Give assignments of sample values, depth first; the caller's budget ends it."""

        def extend(n: int, chosen: dict[str, Result]) -> Iterator[dict[str, Result]]:
            if n == len(items):
                yield dict(chosen)
                return
            samples = self.samples(items[n])
            if not samples:
                yield from extend(n + 1, chosen)
            for v in samples:
                yield from extend(n + 1, {**chosen, items[n]: v})

        yield from extend(0, {})

    # ------------------------------------------------------------------ what an item is
    def attribute(self, item: str) -> core.Attribute | None:
        return self.program.attributes.get(item.partition(".")[2])

    def type_of(self, item: str) -> str | None:
        if "#" in item and "|" not in item:
            slot = next((s for s in self.program.slots.values() if f"{s.address}#{s.name}" == item), None)
            return slot.type if slot else None
        if "|" in item:
            return self.asking.passages.get(item)
        name = item.partition(".")[2]
        if name in self.program.roles:
            role = self.program.roles[name]
            return None if role.many else f"entity:{role.kind}"
        attribute = self.attribute(item)
        return attribute.type if attribute else None

    def group(self, item: str) -> str:
        if "/" in item:  # a slot, a passage not read, a commencement
            return "texts"
        attribute = self.attribute(item)
        return {"evaluation": "evaluations", "act": "acts"}.get(attribute.evidence, "facts") if attribute else "facts"

"""Days that move with the day asked, and the day on which something first turns because of them.

Comes in: an evaluator that has answered about a day. Goes out: the days that stay where they are, and `Turns`: everything
the evaluation decided by a value counted from the day asked (five years before it, the days gone by since), each a
function of the day asked. As long as each gives what it gave, a later day is decided in the same way; so the next day to
ask is the first on which one gives something else. It is sought exactly: a range of days is left out only where the
bounds of both sides (periods never run backwards) show that nothing in it turns, else it is halved, down to single days.
Deliberately not here: asking (`changes`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations
from typing import Any

from kitei import meanings
from kitei.evaluate import Evaluator
from kitei.instance import Query
from kitei.trace import Step
from kitei.values import ANY_ASSET, Quantity, Result, Value
from kitei.world import Program
from kitei_dsl import core
from kitei_dsl.frozen import Frozen
from kitei_dsl.timeline import Span as Period

#: A value as a function of the day asked: ASKED, ("is", value), or (operator, *functions).
Moving = tuple[Any, ...]
ASKED: Moving = ("asked",)
#: Moves in a way not followed here (what several provisions add up to): then the next day is asked.
UNKNOWN: Moving = ("unknown",)

#: What is decided by a moving value: ("compare", operator, left, right), ("defined", f), ("value", f), ("place", f, days).
Guard = tuple[Any, ...]

_DAY = timedelta(days=1)
_COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
_TRUTHS = ("and", "or", "not", "has", "filled", "proved")
#: Periods and places in the calendar: of a later day never earlier.
_MONOTONE = (
    "after", "counting", "before", "clear_before", "elapsed_after", "elapsed_counting", "day_of_next_month", "last_day_of_month",
)  # fmt: skip
#: So far "for ever" is looked ahead: beyond, periods leave the calendar of dates.
FAR = date(9000, 1, 1)


class Turns(Frozen):
    """What the evaluation of one day decided by moving values: each guard with the places in the core that it decides.

    `fixed`: the days met that do not move. `daily`: it may be otherwise on the very next day.
    """

    guards: dict[Guard, tuple[str, ...]]
    fixed: frozenset[date]
    daily: bool


def expressions(program: core.Program) -> Iterator[tuple[str, core.Expr]]:
    """Give every expression of the core with the name of its place, as steps name it."""
    parts: list[tuple[str, core.Expr | None]] = []
    for c in program.clauses:
        parts += [(f"{c.id}|condition", c.condition), (f"{c.id}|outcome", c.outcome)]
    for n in program.norms:
        parts += [(f"{n.id}|{name}", getattr(n, name)) for name in ("done", "done_on", "due", "content")]
        parts += [(f"{n.id}|{name}", n.done) for name in ("done_when_due", "done_when_repealed")]
        parts += [(f"{n.id}|anchor", n.anchor)]
    parts += [(f"{s.id}|condition", s.condition) for s in program.savings]
    for path, part in parts:
        if part is not None:
            yield from core.walk(part, path)


class Places:
    """What the expressions of a program are, by their place as steps name it."""

    def __init__(self, program: Program) -> None:
        self.calls: dict[str, str] = {}
        self.folds: dict[str, core.Fold] = {}
        #: what of a context a step gives: `at` (the day facts are read on), `text`, or both
        self.gives: dict[str, tuple[str, ...]] = {}
        for place, expr in expressions(program.core):
            if isinstance(expr, core.Call):
                self.calls[place] = expr.op
            elif isinstance(expr, core.Fold):
                self.folds[place] = expr
            elif isinstance(expr, core.At):
                self.gives[f"{place}.{'day' if expr.day is not None else 'text'}"] = (
                    "at" if expr.day is not None else "text",
                )
        for n in program.core.norms:
            self.gives[f"{n.id}|anchor"] = ("at", "text")
            self.gives[f"{n.id}|due"] = ("at",)


def turns(evaluator: Evaluator, query: Query, places: Places, facts_days: tuple[date, ...], law_days: tuple[date, ...]) -> Turns:  # fmt: skip
    """Return what an evaluation decided by moving values. `facts_days`, `law_days`: when facts or texts begin and end."""
    return _Reader(evaluator, query, places, facts_days, law_days).turns()


class _Reader:
    def __init__(self, evaluator: Evaluator, query: Query, places: Places, facts: tuple[date, ...], law: tuple[date, ...]) -> None:  # fmt: skip
        self.e, self.query, self.places = evaluator, query, places
        self.facts_days, self.law_days = facts, law
        self.moving: dict[int, Moving] = {}
        #: by what of a context and by day: the functions that gave it
        self.given: dict[tuple[str, str], dict[Moving, None]] = {("at", query.at): {ASKED: None}}
        if not query.pinned:
            self.given["text", query.text] = {ASKED: None}
        self.guards: dict[Guard, dict[str, None]] = {}
        #: the moving values among those that clash in a step
        self.clashing: dict[int, list[Moving]] = {}
        self.daily = False

    def turns(self) -> Turns:
        for s in self.e.steps:
            if s.result.state == "clash":
                self.clashing[s.id] = [
                    f for i in s.inputs for f in self.clashing.get(i, [self.moving[i]] if i in self.moving else [])
                ]
            found = self.function(s)
            if found is not None and found[0] != "is":
                self.moving[s.id] = found
            self.note(s)
        for (what, _), givers in self.given.items():
            moving = [g for g in givers if g[0] != "is"]
            # A day that is given twice, once moving: what is read there may part on the next day.
            self.daily = self.daily or (bool(moving) and len(givers) > 1)
            for giver in moving:
                if giver not in (ASKED, UNKNOWN):
                    self.guard(("place", giver, self.facts_days if what == "at" else self.law_days), "")
        fixed = (s.result.value for s in self.e.steps if s.id not in self.moving and isinstance(s.result.value, date))
        self.daily = self.daily or UNKNOWN in self.moving.values()
        return Turns({g: tuple(n) for g, n in self.guards.items()}, frozenset(fixed), self.daily)

    def giver(self, iso: str) -> Moving:
        """Return the function that gave a context its day, the moving one where there are several."""
        given = self.given.get(("at", iso), {})
        return next((g for g in given if g[0] != "is"), ("is", date.fromisoformat(iso)))

    def guard(self, guard: Guard, node: str) -> None:
        self.guards.setdefault(guard, {})[node] = None

    # ------------------------------------------------------------------ one step
    def of(self, step: int) -> Moving | None:
        """Return the value of a step as a function; None where it is not known or no amount or day."""
        if step in self.moving:
            return self.moving[step]
        value = self.e.result(step).value
        return None if value is None else ("is", value)

    def note(self, s: Step) -> None:
        """Take in what a step means for contexts, for a norm, and for what the answer shows."""
        owner, _, part = s.node.partition("|")
        if isinstance(s.result.value, date):
            for what in self.places.gives.get(s.node, ()):
                day = self.given.setdefault((what, s.result.value.isoformat()), {})
                day[self.moving.get(s.id, ("is", s.result.value))] = None
        shown = part in ("due", "done", "done_on", "content") or owner == "goal"
        for f in self.clashing.get(s.id, ()) if shown else ():
            self.guard(("value", f), s.node)
        if s.id not in self.moving or self.moving[s.id] == UNKNOWN:
            return
        if shown:
            self.guard(("value", self.moving[s.id]), s.node)
        if part in ("due", "done", "done_on") and isinstance(s.result.value, date):
            for op in ("<", "<="):
                self.guard(("compare", op, self.moving[s.id], ASKED), s.node)

    def function(self, s: Step) -> Moving | None:
        """Return the value of a step as a function of the day asked, where it moves, noting what it decides."""
        match s.kind:
            case "call":
                return self.call(s)
            case "fold":
                return self.fold(s)
            case "at":
                return self.moving.get(s.inputs[1]) if len(s.inputs) > 1 else None
            case "if" | "use" | "resolve" | "slot":
                return self.chosen(s)
            case _:
                return None

    def call(self, s: Step) -> Moving | None:
        op = self.places.calls[s.node]
        if op == "reference_day":
            return self.giver(self.e.contexts[s.context].at)
        args = [self.of(i) for i in s.inputs]
        if op in _TRUTHS or None in args or not any(i in self.moving for i in s.inputs):
            return None
        if UNKNOWN in args:
            return UNKNOWN
        function: Moving = (op, *args)
        if op in _COMPARISONS:
            self.guard(("compare", *function), s.node)
            return None
        self.guard(("defined", function), s.node)
        return function if s.result.known else None

    def fold(self, s: Step) -> Moving | None:
        expr = self.places.folds[s.node]
        bodies = [b for b in s.certificate.get("body", ()) if b is not None]
        if expr.quantifier not in ("sum", "least", "greatest") or not any(b in self.moving for b in bodies):
            return None
        where = s.certificate["where"]
        taken = [self.of(b) for b, w in zip(s.certificate["body"], where, strict=True)
                 if b is not None and (w is None or not self.e.result(w).false)]  # fmt: skip
        if not s.result.known:
            # An open fold stays open while its parts do; one without a result though all are known is not followed.
            self.daily = self.daily or all(c.kind == "undefined" for c in s.result.causes)
            return None
        if s.certificate.get("undated") or None in taken or UNKNOWN in taken:
            return UNKNOWN
        if expr.quantifier != "sum":
            return (expr.quantifier, *taken)
        zero = Quantity(Fraction(0), ANY_ASSET) if expr.type == "quantity" else Fraction(0)
        return ("total", ("is", zero), *taken)

    def chosen(self, s: Step) -> Moving | None:
        """Return the function of what a step takes over from one of several; which, may turn where two are, or cease to
        be, the same."""
        parts = [(i, f) for i in s.inputs if _measured(self.e.result(i)) and (f := self.of(i)) is not None]
        if not any(i in self.moving for i, _ in parts):
            return None
        for (i, f), (j, g) in combinations(parts, 2):
            if f != g and (i in self.moving or j in self.moving):
                if UNKNOWN in (f, g):
                    self.daily = True
                else:
                    self.guard(("compare", "=", f, g), s.node)
        if not s.result.known:
            return None
        taken = [f for i, f in parts if self.e.result(i).value == s.result.value]
        if not taken:
            return UNKNOWN if _measured(s.result) else None
        return next((f for f in taken if f[0] != "is"), None)


def _measured(result: Result) -> bool:
    return isinstance(result.value, date | Fraction | Quantity | Period)


# --------------------------------------------------------------------------- when it turns


class Tide:
    """Moving values by day asked, and the first day on which a guard turns. Keeps what it has computed."""

    def __init__(self) -> None:
        self._values: dict[tuple[Moving, date], Value | None] = {}

    def value(self, f: Moving, day: date) -> Value | None:
        """Return a moving value on a day asked; None where it is undefined."""
        if f == ASKED:
            return day
        if f[0] == "is":
            return f[1]  # type: ignore[no-any-return]
        key = (f, day)
        if key not in self._values:
            args = [self.value(a, day) for a in f[1:]]
            known = [a for a in args if a is not None]
            if len(known) < len(args):
                self._values[key] = None
            elif f[0] == "total":
                self._values[key] = meanings.total(known[1:], known[0])
            else:
                self._values[key] = meanings.apply(f[0], known)[0]
        return self._values[key]

    def outcome(self, guard: Guard, day: date) -> object:
        """Return what a guard gives on a day asked."""
        match guard:
            case ("compare", op, left, right):
                return self.value((op, left, right), day)
            case ("defined", f):
                return self.value(f, day) is not None
            case ("value", f):
                return self.value(f, day)
            case (_, f, days):
                at = self.value(f, day)
                return bisect_right(days, at) if isinstance(at, date) else None
        raise AssertionError("a guard is one of four")

    def first(self, turns: Turns, asked: date, last: date) -> date | None:
        """Return the first day after the one asked, up to a last, on which something it decided turns."""
        if asked >= last:
            return None
        if turns.daily:
            return asked + _DAY
        end, found = last, None
        for guard in turns.guards:
            turn = self._first(guard, self.outcome(guard, asked), asked + _DAY, end)
            if turn is not None:
                found, end = turn, turn - _DAY
            if asked >= end:
                break
        return found

    def settled(self, turns: Turns, asked: date, start: date) -> bool:
        """Say whether from a day on nothing that was decided turns any more."""
        return not turns.daily and all(self.steady(g, self.outcome(g, asked), start, FAR) for g in turns.guards)

    def turned(self, turns: Turns, asked: date, day: date) -> Iterator[str]:
        """Give the places of the core at which a comparison comes out otherwise on a day than on the day asked."""
        for guard, nodes in turns.guards.items():
            if guard[0] in ("compare", "defined") and self.outcome(guard, asked) != self.outcome(guard, day):
                yield from nodes

    def _first(self, guard: Guard, now: object, low: date, high: date) -> date | None:
        if low > high:
            return None
        if low == high:
            return low if self.outcome(guard, low) != now else None
        if self.steady(guard, now, low, high):
            return None
        middle = low + (high - low) // 2
        found = self._first(guard, now, low, middle)
        return found if found is not None else self._first(guard, now, middle + _DAY, high)

    def steady(self, guard: Guard, now: object, low: date, high: date) -> bool:
        """Say whether a guard surely gives the same on every day of a range. A comparison may leave to the guards of its
        sides on which days these are undefined."""
        match guard:
            case ("compare", op, left, right):
                a, b = self.bounds(left, low, high), self.bounds(right, low, high)
                return now is not None and a is not None and b is not None and _compared(op, a, b) is now
            case ("defined", f):
                return now is True and self.total(f, low, high)
            case ("value", f):
                a = self.bounds(f, low, high)
                return a is not None and a[0] == a[1] == now
            case (_, f, days):
                a = self.bounds(f, low, high)
                return a is not None and all(bisect_right(days, x) == now for x in a)
        raise AssertionError("a guard is one of four")

    def bounds(self, f: Moving, low: date, high: date) -> tuple[Any, Any] | None:
        """Return between which days or numbers a moving value lies, where it is defined; None where it cannot be told."""
        if f == ASKED:
            return low, high
        if f[0] == "is":
            return (f[1], f[1]) if isinstance(f[1], date | Fraction) else None
        op = f[0].partition(".")[0]
        inner = [self.bounds(a, low, high) for a in f[1:] if not (a[0] == "is" and isinstance(a[1], Period))]
        if None in inner:
            return None
        sides = [x for x in inner if x is not None]
        match op:
            case "days_between":
                (a, b), (c, d) = sides
                return Fraction((c - b).days), Fraction((d - a).days)
            case "-" if len(sides) == 2:
                (a, b), (c, d) = sides
                return a - d, b - c
            case "*" | "/":
                (a, b), (c, d) = sides
                if op == "/" and (c != d or c == 0):
                    return None
                ends = [x * y if op == "*" else x / y for x in (a, b) for y in (c, d)]
                return min(ends), max(ends)
            case "year_of" | "+" | "least" | "greatest":
                ends = [meanings.apply(op, [s[n] for s in sides])[0] for n in (0, 1)]
                return None if None in ends else (ends[0], ends[1])
        if op not in _MONOTONE or len([a for a in f[1:] if a[0] != "is"]) != 1:
            return None
        # Periods: the one operand that moves is the day; the others are as written.
        ends = [meanings.apply(f[0], self.as_written(f[1:], side))[0] for side in zip(*sides, strict=True)]
        return None if None in ends else (ends[0], ends[1])

    def as_written(self, args: tuple[Moving, ...], sides: tuple[Any, ...]) -> list[Value]:
        """Return operands with a period where it is written, and the given bounds in place of the others."""
        rest = iter(sides)
        return [a[1] if a[0] == "is" and isinstance(a[1], Period) else next(rest) for a in args]

    def total(self, f: Moving, low: date, high: date) -> bool:
        """Say whether a value is surely defined on every day of a range."""
        if f == ASKED or f[0] == "is":
            return True
        span = f[1][1] if len(f) > 1 and f[1][0] == "is" else None
        calendar = isinstance(span, Period) and span.unit != "business_days"
        by_days = isinstance(span, Period) and span.unit in ("days", "weeks")
        op, always = f[0], ("days_between", "year_of", "last_day_of_month", "least", "greatest", "+", "-", "*")
        whole = (
            op in always
            or (op == "/" and f[2][0] == "is")
            or (op in ("after", "counting", "after.none", "counting.none", "elapsed_after", "elapsed_counting") and calendar)
            or (op in ("before", "clear_before") and by_days)
        )  # fmt: skip
        return (
            whole
            and all(self.total(a, low, high) for a in f[1:])
            and all(self.value(f, d) is not None for d in (low, high))
        )


def _compared(op: str, a: tuple[Any, Any], b: tuple[Any, Any]) -> bool | None:
    """Return how a comparison comes out wherever its sides lie within their bounds; None where that depends."""
    match op:
        case "<":
            return True if a[1] < b[0] else False if a[0] >= b[1] else None
        case "<=":
            return True if a[1] <= b[0] else False if a[0] > b[1] else None
        case ">":
            return _compared("<", b, a)
        case ">=":
            return _compared("<=", b, a)
        case "=":
            return False if a[1] < b[0] or b[1] < a[0] else True if a == b and a[0] == a[1] else None
        case _:
            same = _compared("=", a, b)
            return None if same is None else not same

"""次の各号に掲げる区分に応じ: one statement with cases becomes one clause a case, and the cases are compared.

Comes in: a definition or filling as read; later the clauses made of it. Goes out: one statement a case; and for each
split whether its cases are disjoint and exhaustive, with a finding that shows a situation where they are not.
The comparison is exact about what it knows (truths, enumerations, amounts and days against written limits) and takes
everything else as independent, so *shown* is never said too soon. Deliberately not here: evaluation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property, partial
from itertools import combinations, product
from math import prod
from typing import TypeAlias

from kitei_dsl import core, syntax
from kitei_dsl.codec import canonical
from kitei_dsl.frozen import Frozen, Struct, field, replace

#: More situations than this are not gone through.
_LIMIT = 20_000


def cases_of(
    node: syntax.Definition | syntax.Fill,
) -> Iterator[tuple[str, syntax.Definition | syntax.Fill]]:
    """Give each case of a statement as a statement of its own, with the name of its item; without cases, itself."""
    cases = next((line for line in node.lines if isinstance(line, syntax.Cases)), None)
    if cases is None:
        yield "", node
        return
    rest = [line for line in node.lines if line is not cases and not isinstance(line, syntax.Condition)]
    shared = [line for line in node.lines if isinstance(line, syntax.Condition)]
    written = [c.condition for c in cases.cases if c.condition is not None]
    for case in cases.cases:
        own = case.condition or _otherwise(case, written)
        whole = _both(shared[0], own) if shared else own
        outcome = replace(case.outcome, marks=(*cases.marks, *case.outcome.marks))
        yield case.name.text, replace(node, span=case.span, lines=(whole, outcome, *shared[1:], *rest))


def _otherwise(case: syntax.Case, others: list[syntax.Condition]) -> syntax.Condition:
    """The last case holds where no other does."""
    if not others:
        return syntax.Condition(case.span, syntax.Literal(case.span, "truth", "true"), ())
    exprs = tuple(c.expr for c in others)
    any_other = exprs[0] if len(exprs) == 1 else syntax.Disjunction(case.span, exprs)
    return syntax.Condition(case.span, syntax.Negation(case.span, any_other), ())


def _both(shared: syntax.Condition, own: syntax.Condition) -> syntax.Condition:
    return syntax.Condition(
        own.span, syntax.Conjunction(own.span, (shared.expr, own.expr)), (*shared.marks, *own.marks)
    )


# --------------------------------------------------------------------------- comparing cases


class Finding(Frozen):
    """What is wrong with a split: `slug` and fields of its message, and the clause it is told at."""

    slug: str
    clause: core.Clause
    fields: Mapping[str, str]


def compare(
    clauses: tuple[core.Clause, ...], enumerations: tuple[core.Enumeration, ...]
) -> tuple[tuple[core.Split, ...], list[Finding]]:
    """Return every split with what is shown of it, and the findings."""
    groups: dict[str, list[core.Clause]] = {}
    for clause in clauses:
        if clause.split:
            groups.setdefault(clause.split, []).append(clause)
    closed = {c.resolves for c in clauses if c.role == "close"}
    values = {e.name: e.values for e in enumerations}
    splits, found = [], []
    for id, members in groups.items():
        conditions = [c.condition or _ALWAYS for c in members]
        shared = _shared(conditions)
        situations = Situations([*conditions, shared], values)
        overlaps = list(_overlaps(situations, members))
        gap = situations.first(lambda holds: not any(holds[:-1])) if situations.few else None
        within = situations.first(lambda holds: not any(holds[:-1]) and holds[-1]) if situations.few else None
        found += overlaps
        if within is not None and members[0].resolves not in closed:
            gap = within
            fields = {"name": _called(members[0]), "example": gap}
            found.append(Finding("split-leaves-gap", members[0], fields))
        splits.append(core.Split(id, tuple(c.id for c in members), situations.few and not overlaps,
                                 situations.few and gap is None))  # fmt: skip
    return tuple(splits), found


def _shared(conditions: list[core.Expr]) -> core.Expr:
    """Return the condition written beside the cases, which all of them begin with; true where there is none."""
    first = [c.args[0] for c in conditions if isinstance(c, core.Call) and c.op == "and"]
    same = len(first) == len(conditions) > 1 and len({canonical(c) for c in first}) == 1
    return first[0] if same else _ALWAYS


def _overlaps(situations: Situations, members: list[core.Clause]) -> Iterator[Finding]:
    for one, other in combinations(range(len(members)), 2) if situations.few else ():
        example = situations.first(partial(_both_hold, one, other))
        if example is not None:
            names = {"one": _case(members[one]), "other": _case(members[other])}
            yield Finding(
                "split-overlaps", members[other], {**names, "name": _called(members[one]), "example": example}
            )


def _both_hold(one: int, other: int, holds: tuple[bool, ...]) -> bool:
    return holds[one] and holds[other]


def _case(clause: core.Clause) -> str:
    return clause.id.rpartition(".")[2]


def _called(clause: core.Clause) -> str:
    return (clause.resolves or "").removeprefix("fill:").partition("@")[0]


_ALWAYS = core.Literal("truth", "true")
_Point: TypeAlias = "Fraction | int"
#: What an operator asks of where a value lies against a limit: below, on it, above it.
_ASKS = {"<": (-1,), "<=": (-1, 0), "=": (0,), "!=": (-1, 1), ">=": (0, 1), ">": (1,)}
_MIRRORED = {"<": ">", "<=": ">=", "=": "=", "!=": "!=", ">=": "<=", ">": "<"}


class _Axis(Struct):
    """One thing the conditions ask about. A truth has no limits and no values; an enumeration its values; an amount or
    day its written limits, in order; two computed amounts one limit, the other amount."""

    name: str
    whole: bool = False
    values: tuple[str, ...] = ()
    limits: list[_Point] = field(default_factory=list)
    spelled: dict[_Point, str] = field(default_factory=dict)

    def regions(self) -> list[object]:
        """Return the situations to tell apart: truths, values, or (index of the limit, -1 below it, 0 on it, 1 above all)."""
        if self.values:
            return list(self.values)
        if not self.limits:
            return [True, False]
        found: list[object] = []
        for n, limit in enumerate(self.limits):
            # Between two neighbouring whole numbers, or days, lies nothing.
            if not (self.whole and n and limit - self.limits[n - 1] <= 1):
                found.append((n, -1))
            found.append((n, 0))
        return [*found, (len(self.limits), -1)]

    def told(self, region: object) -> str:
        if isinstance(region, bool):
            return f"{self.name} is {'true' if region else 'false'}"
        if isinstance(region, str):
            return f"{self.name} = {region}"
        assert isinstance(region, tuple)
        n, side = region
        if n == len(self.limits):
            return f"{self.name} > {self.spelled[self.limits[-1]]}"
        return f"{self.name} {'=' if side == 0 else '<'} {self.spelled[self.limits[n]]}"


class Situations:
    """All situations that a few conditions can tell apart."""

    def __init__(self, conditions: list[core.Expr], values: Mapping[str, tuple[str, ...]]) -> None:
        self.conditions, self.enumerations = conditions, values
        self.axes: dict[str, _Axis] = {}
        for condition in conditions:
            self.collect(condition)
        for axis in self.axes.values():
            axis.limits.sort()
        self.regions = {key: axis.regions() for key, axis in self.axes.items()}
        #: whether there are few enough to go through
        self.few = prod(len(r) for r in self.regions.values()) <= _LIMIT

    def collect(self, expr: core.Expr) -> None:
        if isinstance(expr, core.Call) and expr.op in ("and", "or", "not"):
            for operand in expr.args:
                self.collect(operand)
        elif not isinstance(expr, core.Literal):
            asked = self.asked(expr)
            axis = self.axes.setdefault(asked.key, _Axis(asked.name, asked.whole, asked.values))
            if asked.limit is not None and asked.limit not in axis.limits:
                axis.limits.append(asked.limit)
                axis.spelled[asked.limit] = asked.spelled

    def asked(self, expr: core.Expr) -> _Asked:
        """Return what a condition asks: about which axis, and where it must lie."""
        if isinstance(expr, core.Call) and expr.op in _ASKS:
            left, right = expr.args
            op = expr.op
            if isinstance(left, core.Literal):
                left, right, op = right, left, _MIRRORED[op]
            if isinstance(right, core.Literal):
                sort, _, of = right.type.partition(":")
                if sort == "enum" and op in ("=", "!="):
                    return _Asked(
                        canonical(left), _name(left), op, values=self.enumerations.get(of, ()), value=right.value
                    )
                limit = _point(right)
                if limit is not None:
                    whole = sort == "date" or (sort in ("number", "yen") and isinstance(left, core.Fact))
                    return _Asked(canonical(left), _name(left), op, whole, limit=limit, spelled=_spelled(right))
            elif canonical(right) < canonical(left):
                left, right, op = right, left, _MIRRORED[op]
            key = f"{canonical(left)} ? {canonical(right)}"
            return _Asked(key, _name(left), op, limit=0, spelled=_name(right))
        return _Asked(canonical(expr), _name(expr), "")

    def first(self, wanted: Callable[[tuple[bool, ...]], bool], occurring: bool = False) -> str | None:
        """Return the first situation in which the conditions hold as wanted, told in words, or None.

        `occurring`: none in which an amount is below zero, which may be no amount of anything.
        """
        for situation, holds in self.table:
            if wanted(holds) and not (occurring and self.below_zero(situation)):
                told = [axis.told(region) for axis, region in zip(self.axes.values(), situation, strict=True)]
                return ", ".join(told) or "always"
        return None

    def below_zero(self, situation: tuple[object, ...]) -> bool:
        """Say whether an amount of a situation is below its lowest limit, which is zero or less."""
        pairs = zip(self.axes.values(), situation, strict=True)
        return any(region == (0, -1) and axis.limits and axis.limits[0] <= 0 for axis, region in pairs)

    @cached_property
    def table(self) -> list[tuple[tuple[object, ...], tuple[bool, ...]]]:
        """Every situation, and which conditions hold in it."""
        readers = [self.reader(c) for c in self.conditions]
        return [(s, tuple(holds(s) for holds in readers)) for s in product(*self.regions.values())]

    def reader(self, expr: core.Expr) -> Callable[[tuple[object, ...]], bool]:
        """Return what tells whether a condition holds in a situation."""
        if isinstance(expr, core.Call) and expr.op in ("and", "or"):
            operands = [self.reader(o) for o in expr.args]
            if expr.op == "and":
                return lambda situation: all(holds(situation) for holds in operands)
            return lambda situation: any(holds(situation) for holds in operands)
        if isinstance(expr, core.Call) and expr.op == "not":
            denied = self.reader(expr.args[0])
            return lambda situation: not denied(situation)
        if isinstance(expr, core.Literal):
            always = expr.value == "true"
            return lambda situation: always
        asked = self.asked(expr)
        axis = list(self.axes).index(asked.key)
        agrees = {region: self.lies(region, asked) for region in self.regions[asked.key]}
        return lambda situation: agrees[situation[axis]]

    def lies(self, region: object, asked: _Asked) -> bool:
        """Tell whether a region of an axis is where a comparison wants it."""
        if asked.value:
            return (region == asked.value) == (asked.op == "=")
        if asked.limit is None:
            return region is True
        assert isinstance(region, tuple)
        n, side = region
        place = self.axes[asked.key].limits.index(asked.limit)
        where = -1 if n < place or (n == place and side < 0) else 0 if n == place else 1
        return where in _ASKS[asked.op]


class _Asked(Frozen):
    """One comparison or truth: its axis, and the limit or value it is held against."""

    key: str
    name: str
    op: str
    whole: bool = False
    values: tuple[str, ...] = ()
    value: str = ""
    limit: _Point | None = None
    spelled: str = ""


def _spelled(literal: core.Literal) -> str:
    """Return a written limit as a drafter would write it."""
    if literal.type == "yen":
        return f"{int(literal.value):,} yen"
    if literal.type == "rate" and (Fraction(literal.value) * 100).denominator == 1:
        return f"{Fraction(literal.value) * 100}%"
    return literal.value


def _point(literal: core.Literal) -> _Point | None:
    """Return where a written limit lies; None for what has no order here (quantities are of many assets)."""
    if literal.type == "date":
        return date.fromisoformat(literal.value).toordinal() if "/" not in literal.value else None
    return Fraction(literal.value) if literal.type in ("yen", "number", "rate") else None


def _name(expr: core.Expr) -> str:
    """Return how a finding calls a part of a condition."""
    match expr:
        case core.Fact():
            return expr.attribute
        case core.Use():
            return expr.resolves.partition("@")[0]
        case core.Call() if expr.args:
            return f"{expr.op} of {_name(expr.args[0])}"
        case core.Slot():
            return expr.slot.rpartition("#")[2]
        case core.Parameter():
            return expr.name.rpartition("#")[2]
        case _:
            return type(expr).__name__.lower()

"""Definitions that can both apply and say different things, with nothing that says which gives way.

Comes in: a program without mistakes. Goes out: one warning a pair, with a situation in which both are live, worked out by the
rules by which definitions meet. A pair is told only where that is proven: every condition that bears on it asks about facts of
the subject, held against written values, so that each situation can occur; both stand in texts in force on one day, in one world;
and their outcomes are written differently. What cannot be proven is left to the answer, which says clash where it meets one.
Deliberately not here: the cases of one 区分に応じ (`split`), norms, adders, deemings.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations

from kitei_dsl import core
from kitei_dsl.codec import canonical
from kitei_dsl.diagnostics import Diagnostic, diagnostic
from kitei_dsl.graph import Checker
from kitei_dsl.source import Source
from kitei_dsl.split import Situations

_ALWAYS = core.Literal("truth", "true")
_COMPARED = ("<", "<=", "=", "!=", ">=", ">")
#: Clauses beyond which the definitions of a term are not compared pair by pair.
_MOST = 60


def check_clashes(program: core.Program, sources: dict[str, Source]) -> list[Diagnostic]:
    """Return a warning for each pair of definitions of one term that are shown to apply together."""
    return list(_Pairs(program, sources).found())


class _Pairs(Checker):
    def __init__(self, program: core.Program, sources: dict[str, Source]) -> None:
        super().__init__(program, sources)
        self.attributes = {a.name: a for a in program.attributes}
        self.values = {e.name: e.values for e in program.enumerations}
        self.candidates = {r.key: r.candidates for r in program.resolves}

    def found(self) -> Iterator[Diagnostic]:
        for resolve in self.program.resolves:
            if resolve.key.startswith(("norm:", "slot:", "fill:")):
                continue
            stated = [c for i in resolve.candidates if self.states(c := self.clauses[i])][:_MOST]
            for one, other in combinations(stated, 2):
                if self.meet(one, other) and (example := self.example(one, other)) is not None:
                    yield self.told(one, other, example)

    def states(self, clause: core.Clause) -> bool:
        """Say whether a clause gives the term a value of its own, written where it stands."""
        return clause.role == "define" and clause.outcome is not None and not clause.applied and not _unread(clause)

    def meet(self, one: core.Clause, other: core.Clause) -> bool:
        """Say whether two definitions say different things at one time, in one reading, and are no cases of one list."""
        if canonical(one.outcome) == canonical(other.outcome) or one.kind != other.kind:
            return False
        if one.split and one.split == other.split:
            return False
        if one.reading is not None and one.reading == other.reading and one.choice != other.choice:
            return False
        return one.version == other.version or self.overlap(one.version, other.version) is not None

    def told(self, one: core.Clause, other: core.Clause, example: str) -> Diagnostic:
        first, second = sorted((one, other), key=lambda c: self.at(c.place))
        span = self.span(first.place)
        related = () if span is None else ((span, "the other definition"),)
        name = (first.resolves or "").partition("@")[0]
        names = [
            c.address if one.address != other.address else f"{c.address}#{c.id.rpartition('#')[2]}"
            for c in (first, second)
        ]
        return diagnostic("may-clash", self.span(second.place), law=second.address, related=related, name=name,
                          one=names[0], other=names[1], example=example)  # fmt: skip

    def at(self, place: str) -> tuple[str, int, int]:
        name, line, column = place.rsplit(":", 2)
        return name, int(line), int(column)

    # ------------------------------------------------------------------ the situation
    def example(self, one: core.Clause, other: core.Clause) -> str | None:
        """Return a situation in which both are live, in words, or None where none is shown."""
        bearing = self.bearing(one, other)
        if not all(self.plain(c) for c in bearing):
            return None
        conditions = [_of_self(self.written_out(c), c.variable) for c in bearing]
        situations = Situations(conditions, self.values)
        if not situations.few:
            return None
        place = {c.id: n for n, c in enumerate(bearing)}
        return situations.first(lambda holds: self.both_live(one.id, other.id, place, holds), occurring=True)

    def bearing(self, *clauses: core.Clause) -> list[core.Clause]:
        """Return some clauses with every clause that bears on whether they are live, each once."""
        found = {c.id: c for c in clauses}
        waiting = list(found)
        while waiting:
            c = self.clauses[waiting.pop()]
            for id in (*self.defeaters.get(c.id, ()), *c.yields_to, *c.proviso_to):
                if id not in found:
                    found[id] = self.clauses[id]
                    waiting.append(id)
        return list(found.values())

    def plain(self, clause: core.Clause) -> bool:
        """Say whether a condition asks only about facts of the subject, freely given, held against written values."""
        if clause.applied or clause.reading is not None or clause.kind is None:
            return clause.condition is None and not clause.applied and clause.reading is None
        return all(self.free(asked, clause.variable) for asked in _asked(self.written_out(clause)))

    def written_out(self, clause: core.Clause) -> core.Expr:
        """Return a condition with each term that has a single definition, in force with it, in place of its name."""
        return self.expanded(clause.condition or _ALWAYS, clause, 8)

    def expanded(self, expr: core.Expr, clause: core.Clause, depth: int) -> core.Expr:
        if isinstance(expr, core.Call) and expr.op in ("and", "or", "not"):
            return core.Call(expr.op, tuple(self.expanded(a, clause, depth) for a in expr.args))
        if (
            not isinstance(expr, core.Use)
            or not isinstance(expr.subject, core.Bind)
            or expr.subject.name != clause.variable
            or not depth
        ):
            return expr
        stated = [self.clauses[i] for i in self.candidates.get(expr.resolves, ())]
        if len(stated) != 1 or not self.defines_alone(stated[0], clause):
            return expr
        return _called(
            self.expanded(stated[0].condition or _ALWAYS, stated[0], depth - 1), stated[0].variable, clause.variable
        )

    def defines_alone(self, definition: core.Clause, user: core.Clause) -> bool:
        """Say whether a definition says, whenever another clause is in force, what a term is: alone and without condition."""
        alone = (
            definition.role == "define"
            and definition.closing
            and canonical(definition.outcome) == canonical(_ALWAYS)
            and not definition.applied
        )
        here, there = self.version[user.version], self.version[definition.version]
        lasting = there.end is None and (
            ("/" not in here.start + there.start and there.start <= here.start) or here.start == there.start
        )
        return (
            alone
            and lasting
            and definition.reading is None
            and not self.defeaters.get(definition.id)
            and not definition.yields_to
        )

    def free(self, asked: core.Expr, subject: str) -> bool:
        if isinstance(asked, core.Call):
            left, right = asked.args
            fact, value = (right, left) if isinstance(left, core.Literal) else (left, right)
            return isinstance(value, core.Literal) and "/" not in value.value and self.own(fact, subject)
        return self.own(asked, subject)

    def own(self, fact: core.Expr, subject: str) -> bool:
        """Say whether a fact is one of the subject's that may have any value of its type."""
        if not isinstance(fact, core.Fact) or not isinstance(fact.subject, core.Bind) or fact.subject.name != subject:
            return False
        attribute = self.attributes.get(fact.attribute)
        return attribute is not None and not attribute.optional and attribute.low is None and attribute.high is None

    def both_live(self, one: str, other: str, place: dict[str, int], holds: tuple[bool, ...]) -> bool:
        """Say whether two clauses are both live where these conditions hold (the rules of how definitions meet)."""

        @cache
        def has(id: str) -> bool:
            c = self.clauses[id]
            targets = [t for t in c.proviso_to if t != id]
            return holds[place[id]] and (not c.proviso_to or any(has(t) for t in targets))

        @cache
        def stands(id: str) -> bool:
            return has(id) and not any(id in self.clauses[b].blocks and stands(b) for b in self.defeaters.get(id, ()))

        def live(id: str) -> bool:
            c = self.clauses[id]
            over = [
                d
                for d in self.defeaters.get(id, ())
                if id in (*self.clauses[d].proviso_to, *self.clauses[d].notwithstanding)
            ]
            return stands(id) and not any(map(stands, (*over, *c.yields_to)))

        return live(one) and live(other)


def _unread(clause: core.Clause) -> bool:
    return (
        any(isinstance(e, core.Unencoded) for e in (x for _, x in core.walk(clause.outcome, "")))
        if clause.outcome
        else True
    )


def _of_self(condition: core.Expr, subject: str) -> core.Expr:
    """Return a condition of facts of the subject with the subject by one name, whatever each clause calls it."""
    if isinstance(condition, core.Call):
        return core.Call(condition.op, tuple(_of_self(a, subject) for a in condition.args))
    if isinstance(condition, core.Fact):
        return core.Fact(condition.attribute, core.Bind("self"))
    return condition


def _called(expr: core.Expr, variable: str, other: str) -> core.Expr:
    """Return a condition with its subject called by another name."""
    if isinstance(expr, core.Call):
        return core.Call(expr.op, tuple(_called(a, variable, other) for a in expr.args))
    if isinstance(expr, core.Fact):
        return core.Fact(expr.attribute, _called(expr.subject, variable, other))
    return core.Bind(other) if isinstance(expr, core.Bind) and expr.name == variable else expr


def _asked(condition: core.Expr) -> Iterator[core.Expr]:
    """Give the comparisons and truths a condition is made of."""
    if isinstance(condition, core.Call) and condition.op in ("and", "or", "not"):
        for operand in condition.args:
            yield from _asked(operand)
    elif not isinstance(condition, core.Literal):
        if isinstance(condition, core.Call) and condition.op not in _COMPARED:
            yield core.Literal("truth", "unknown")  # no fact: cannot be shown
        else:
            yield condition

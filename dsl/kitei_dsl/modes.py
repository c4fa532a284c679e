"""Norms that leave open in which modes of a legal status they bind: a note of a full check.

Comes in: a compiled program. Goes out: for each norm, the statuses of its bearer, defined in the same instrument, that
nothing reads on the way to whether it applies and what it asks. A norm of another law speaks of other persons and is left alone, and so
is what only lets somebody act. Deliberately not here: which modes ought to bind.
"""

from __future__ import annotations

from collections.abc import Iterator

from kitei_dsl import core
from kitei_dsl.expand import NONE

#: What binds somebody; a permission or a power is not something that a mode of a status is bound by.
_BINDING = ("duty", "prohibition", "must_contain", "effort")


def unbound(program: core.Program) -> Iterator[tuple[core.Norm, str, tuple[str, ...]]]:
    """Give each norm that reads no mode of a status of its bearer, with the status and its modes."""
    modes = {f"enum:{e.name}": e.values[1:] for e in program.enumerations if e.values[:1] == (NONE,)}
    statuses = [t for t in program.terms if t.type in modes and t.type == f"enum:{t.name}_mode"]
    reading = _Reading(program)
    for norm in program.norms:
        for term in statuses:
            if norm.modality not in _BINDING or term.kind != norm.kind:
                continue
            home = {
                c.address.partition("/")[0]
                for c in program.clauses
                if c.resolves is not None and c.resolves.partition("@")[0] == term.name and c.role == "define"
            }
            read = {term.name, *(a.name for a in program.attributes if a.type == term.type)}
            if norm.address.partition("/")[0] in home and not read & reading.of(norm):
                yield norm, term.name, modes[term.type]


class _Reading:
    """Which terms and attributes are read on the way to whether a norm applies, and to the act or state it is about."""

    def __init__(self, program: core.Program) -> None:
        self.clauses = {c.id: c for c in program.clauses}
        self.resolves = {r.key: r.candidates for r in program.resolves}
        self.against: dict[str, list[core.Clause]] = {}
        for c in program.clauses:
            for target in (*c.blocks, *c.proviso_to, *c.notwithstanding):
                self.against.setdefault(target, []).append(c)

    def of(self, norm: core.Norm) -> set[str]:
        found: set[str] = set()
        waiting = [self.clauses[norm.id]]
        seen: set[str] = set()
        self.read(norm.done, found, waiting)
        while waiting:
            clause = waiting.pop()
            if clause.id in seen:
                continue
            seen.add(clause.id)
            waiting += self.against.get(clause.id, ())
            waiting += [self.clauses[i] for i in clause.yields_to]
            # Of another norm only whether it applies is read, of a definition what it says too.
            self.read(clause.condition, found, waiting)
            self.read(None if clause.role == "norm" else clause.outcome, found, waiting)
        return found

    def read(self, part: core.Expr | None, found: set[str], waiting: list[core.Clause]) -> None:
        """Add what a part reads, and the clauses of the terms it uses to those waiting."""
        for _, expr in core.walk(part, "") if part is not None else ():
            if isinstance(expr, core.Fact):
                found.add(expr.attribute)
            elif isinstance(expr, core.Use):
                found.add(expr.resolves.partition("@")[0])
                waiting += [self.clauses[i] for i in self.resolves.get(expr.resolves, ())]

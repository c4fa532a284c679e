"""Which facts can matter for a goal: what the law that counts in a world reads on the way to it, whatever the facts are.

Comes in: a program, a world and names or labels of norms or terms. Goes out: names of attributes and roles. What is left out here is
read by no provision that counts, so no answer about the goal can turn on it; what is kept may still turn out not to matter.
Deliberately not here: any evaluation.
"""

from __future__ import annotations

from collections.abc import Iterable

from kitei.goals import named
from kitei.instance import takes_in
from kitei.world import Program, Regime
from kitei_dsl import core


def matters(program: Program, goals: Iterable[str], world: str) -> frozenset[str]:
    """Return the names of the attributes and roles that can matter for norms and terms, by their names, labels or (norms) keys.
    Raises UnknownGoal."""
    search = _Search(program, Regime(program, program.worlds[world]))
    for goal in goals:
        search.goal(goal)
    return frozenset(search.found)


class _Search:
    def __init__(self, program: Program, regime: Regime) -> None:
        self.program = program
        self.found: dict[str, None] = {}
        self.seen: set[str] = set()
        #: versions that can be in force at all in this world
        self.counting = {id for id, interval in regime.intervals.items() if interval.start is not None}
        self.dated_by = {k.name: k.dated_by for k in program.core.kinds if k.dated_by}

    def goal(self, name: str) -> None:
        if name in self.program.norms:
            for norm in self.program.norms[name]:
                self.norm(norm)
            return
        name = named(self.program, name)
        norms = {s: n.name for n in self.program.norm_names.values() for s in (n.name, n.alias) if s}
        terms = {s: t.name for t in self.program.terms.values() for s in (t.name, t.alias) if s}
        plain = name.partition("@")[0]
        if name in norms:
            for norm in self.program.core.norms:
                if norm.name == norms[name]:
                    self.norm(norm)
        else:
            for key in self.program.keys.get(terms[plain], []):
                self.resolve(key)

    def norm(self, norm: core.Norm) -> None:
        savings = [
            s
            for s in self.program.core.savings
            if s.version in self.counting and any(takes_in(t, norm) for t in s.targets)
        ]
        if norm.version not in self.counting and not savings:
            return
        self.resolve(norm.applies)
        parts = [norm.done, norm.done_on, norm.due, norm.content, *(s.condition for s in savings)]
        if norm.instances is not None:
            parts.append(norm.instances.members)
        parts.append(norm.anchor)
        for part in parts:
            self.expression(part)

    def resolve(self, key: str) -> None:
        if key in self.seen or key not in self.program.resolves:
            return
        self.seen.add(key)
        for id in self.program.influences(key):
            clause = self.program.clauses[id]
            if clause.version in self.counting:
                self.expression(clause.condition)
                self.expression(clause.outcome)

    def expression(self, expression: core.Expr | None) -> None:
        if expression is None:
            return
        for _, part in core.walk(expression, ""):
            if isinstance(part, core.Fact):
                self.fact(part.attribute)
            elif isinstance(part, core.Use):
                self.resolve(part.resolves)
            elif isinstance(part, core.Slot):
                self.resolve(f"slot:{part.slot}")
            elif isinstance(part, core.Resolve):
                self.resolve(part.key)

    def fact(self, name: str) -> None:
        self.found[name] = None
        role = self.program.roles.get(name)
        if role is not None:
            # a relation may be told from either side, and an event counts from its day
            self.found[role.inverse] = None
            if day := self.dated_by.get(role.kind):
                self.found[day] = None

"""What may follow from a breach where no penalty is collected: the supervisory powers collected over the same persons.

Comes in: the law as it stands. Goes out: for a norm, the powers in force that reach whom it binds. A power reaches
them where it concerns the same kind, its conditions name a defined status that the norm's conditions name (an exchange provider,
an intermediary), and it stands in the same law, or in the one that law is made under. Deliberately not here: words; whether a
power may be used in a case, which its own conditions say.
"""

from __future__ import annotations

from functools import cached_property

from kitei.site.standing import Law
from kitei_dsl import core


class Supervision:
    """The powers of the authorities over whom norms bind."""

    def __init__(self, law: Law) -> None:
        self.law, self.program = law, law.program

    def over(self, norm: core.Norm) -> list[core.Norm]:
        """Return the powers in force that reach whom a norm binds, in the law's order."""
        whom, own = self.statuses(norm), norm.address.partition("/")[0]
        laws = {own, *self.above.get(own, ())}
        near = [p for p in self.powers if p.kind == norm.kind and p.address.partition("/")[0] in laws]
        found = [p for p in near if whom & self.statuses(p)]
        return sorted(found, key=lambda p: self.law.order.get(p.address, 0))

    @cached_property
    def powers(self) -> list[core.Norm]:
        """Return the powers that are in force."""
        return [n for n in self.program.core.norms if n.modality == "power" and self.law.state(n.version) == "in_force"]

    @cached_property
    def above(self) -> dict[str, set[str]]:
        """Return, by law, the laws whose delegations it fills."""
        found: dict[str, set[str]] = {}
        for c in self.program.core.clauses:
            if c.role == "fill" and c.resolves:
                upper = c.resolves.removeprefix("fill:").partition("/")[0]
                found.setdefault(c.address.partition("/")[0], set()).add(upper)
        return found

    def statuses(self, norm: core.Norm) -> set[str]:
        """Return the defined words that the conditions of a norm name."""
        if norm.id not in self._statuses:
            clauses = [c for c in self._clauses.get(norm.version, ()) if c.resolves == norm.applies]
            parts = [p for c in clauses if c.condition is not None for _, p in core.walk(c.condition, "")]
            self._statuses[norm.id] = {p.resolves.partition("@")[0] for p in parts if isinstance(p, core.Use)}
        return self._statuses[norm.id]

    @cached_property
    def _statuses(self) -> dict[str, set[str]]:
        return {}

    @cached_property
    def _clauses(self) -> dict[str, list[core.Clause]]:
        found: dict[str, list[core.Clause]] = {}
        for c in self.program.core.clauses:
            if c.role == "norm":
                found.setdefault(c.version, []).append(c)
        return found

"""Two worlds side by side: which norms stand in one and not in the other, and in what those that stand in both differ.

Comes in: a program, two worlds, a day, what is known. Goes out: `Compared`. A norm is the same in both by its name, wherever it
stands; it differs where another version of it stands there, where other sanctions are for it, or where what it rests on
(definitions, numbers, delegated rules, what is left out) is another. No facts: what firms would owe is asked of `answer`.
Deliberately not here: words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property

from kitei.instance import sanctions_for
from kitei.world import Program, Regime
from kitei_dsl import core
from kitei_dsl.frozen import Frozen


class Held(Frozen):
    """A norm as it stands in one world: with the clauses that impose it, the sanctions for it, and what it rests on by key of
    what is resolved (a term, a slot) or by number: the clauses or versions in force."""

    norm: core.Norm
    clauses: tuple[core.Clause, ...]
    defeats: tuple[core.Clause, ...]
    sanctions: tuple[core.Sanction, ...]
    rests: Mapping[str, tuple[str, ...]]


class Pair(Frozen):
    """A norm that stands in both worlds and differs. `rests`: keys of what it rests on that is another."""

    name: str
    first: tuple[Held, ...]
    second: tuple[Held, ...]
    rests: tuple[str, ...]


class Compared(Frozen):
    """What two worlds have of norms: only the first, only the second, both but differing, both alike (how many)."""

    first: tuple[Held, ...]
    second: tuple[Held, ...]
    differing: tuple[Pair, ...]
    alike: int

    @property
    def names(self) -> frozenset[str]:
        """Return the names of the norms that are not alike."""
        return frozenset([h.norm.name for h in (*self.first, *self.second)] + [p.name for p in self.differing])


class WorldLaw:
    """The norms of one world on one day, as known on another."""

    def __init__(self, program: Program, world: core.World, on: date, known: date) -> None:
        self.program, self.world, self.on, self.known = program, world, on, known
        self.regime = Regime(program, world)

    def counts(self, version: str) -> bool:
        """Say whether a version is in force in this world."""
        return self.regime.in_force(version, self.on, self.known)

    @cached_property
    def norms(self) -> dict[str, tuple[Held, ...]]:
        """Return the norms that stand, by name, in the law's order."""
        found: dict[str, list[Held]] = {}
        norms = sorted(self.program.core.norms, key=lambda n: self.program.order[n.version])
        for norm in (n for n in norms if self.counts(n.version)):
            found.setdefault(norm.name, []).append(self._held(norm))
        return {name: tuple(of) for name, of in found.items()}

    def _held(self, norm: core.Norm) -> Held:
        imposed = [self.program.clauses[c] for c in self._candidates(norm.applies)]
        own = tuple(c for c in imposed if c.role == "norm")
        sanctions = tuple(s for s in sanctions_for(self.program, norm) if self.counts(s.version))
        return Held(norm, own, tuple(self._defeats(own)), sanctions, self._rests(norm))

    def _defeats(self, clauses: tuple[core.Clause, ...]) -> Iterator[core.Clause]:
        """Give what defeats clauses here: provisos, overriding clauses, what blocks them."""
        for c in clauses:
            ids = (*self.program.overriders.get(c.id, ()), *self.program.blockers.get(c.id, ()))
            yield from (self.program.clauses[id] for id in ids if self.counts(self.program.clauses[id].version))

    def _candidates(self, key: str) -> tuple[str, ...]:
        resolve = self.program.resolves.get(key)
        candidates = resolve.candidates if resolve is not None else ()
        return tuple(
            c for c in candidates if c in self.program.clauses and self.counts(self.program.clauses[c].version)
        )

    def _rests(self, norm: core.Norm) -> dict[str, tuple[str, ...]]:
        """Return what a norm rests on, by key, however far down."""
        found: dict[str, tuple[str, ...]] = {}
        instances = norm.instances
        waiting = [norm.anchor, norm.done, norm.done_on, norm.due, norm.content]
        waiting += [instances.members] if instances is not None else []
        keys = [norm.applies]
        while keys or waiting:
            while waiting:
                expr = waiting.pop()
                for _, part in core.walk(expr, "") if expr is not None else ():
                    match part:
                        case core.Use():
                            keys.append(part.resolves)
                        case core.Slot():
                            keys.append(f"slot:{part.slot}")
                        case core.Parameter():
                            found[f"number:{part.name}"] = self._number(part.name)
            key = keys.pop() if keys else ""
            if key and key not in found:
                found[key] = self._candidates(key)
                for clause in (self.program.clauses[c] for c in found[key]):
                    waiting += [clause.condition, clause.outcome]
                    for other in self._defeats((clause,)):
                        keys += [other.resolves] if other.resolves else []
                        waiting += [other.condition, other.outcome]
        return found

    def _number(self, name: str) -> tuple[str, ...]:
        return tuple(p.version for p in self.program.core.parameters if p.name == name and self.counts(p.version))


def compared(first: WorldLaw, second: WorldLaw) -> Compared:
    """Compare two worlds on the same day. Norms come in the law's order."""
    one, two = first.norms, second.norms
    differing, alike = [], 0
    for name in (n for n in one if n in two):
        pair = _pair(name, one[name], two[name])
        if pair is None:
            alike += 1
        else:
            differing.append(pair)
    return Compared(
        tuple(h for name, of in one.items() if name not in two for h in of),
        tuple(h for name, of in two.items() if name not in one for h in of),
        tuple(differing),
        alike,
    )


def _pair(name: str, one: tuple[Held, ...], two: tuple[Held, ...]) -> Pair | None:
    """Return a norm that differs between two worlds, or None where it is alike in both."""
    rests: dict[str, None] = {}
    others = {h.norm.id: h for h in two}
    for held in one:
        other = others.get(held.norm.id)
        if other is not None:
            keys = [*held.rests, *(k for k in other.rests if k not in held.rests)]
            rests |= {k: None for k in keys if held.rests.get(k) != other.rests.get(k)}
    same = [h.norm.id for h in one] == [h.norm.id for h in two]
    penalties = [{s.id for h in of for s in h.sanctions} for of in (one, two)]
    if same and not rests and penalties[0] == penalties[1]:
        return None
    return Pair(name, one, two, tuple(rests))

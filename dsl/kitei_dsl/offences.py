"""One offence recorded twice: two sanctions of one kind, at one place and on one person, that take in the same norm.

Comes in: a program without mistakes. Goes out: one warning a pair. A page shows every sanction that applies; the same one
twice reads as two. Of different kinds (刑罰 and 過料), of different persons, at different places, or in texts never in force
together they are different sanctions. Deliberately not here: whether the places named hold norms (`places`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations

from kitei_dsl import core
from kitei_dsl.citation import parse
from kitei_dsl.declare import split_target
from kitei_dsl.diagnostics import Diagnostic, diagnostic
from kitei_dsl.graph import Checker
from kitei_dsl.source import Source


def check_offences(program: core.Program, sources: dict[str, Source]) -> list[Diagnostic]:
    """Return a warning for each pair of sanctions that record one offence twice."""
    return list(_Pairs(program, sources).found())


class _Pairs(Checker):
    def __init__(self, program: core.Program, sources: dict[str, Source]) -> None:
        super().__init__(program, sources)
        self._taken_in: dict[str, list[core.Norm]] = {}

    def found(self) -> Iterator[Diagnostic]:
        at: dict[tuple[str, str], list[core.Sanction]] = {}
        for s in self.program.sanctions:
            at.setdefault((s.address, s.kind), []).append(s)
        for there in at.values():
            for one, other in combinations(there, 2):
                twice = self.twice(one, other)
                if twice:
                    yield self.told(one, other, twice)

    def twice(self, one: core.Sanction, other: core.Sanction) -> str:
        """Return the norm that two sanctions at one place both take in, or nothing where they are different sanctions."""
        if one.whose.ja and other.whose.ja and one.whose != other.whose:
            return ""
        if one.version != other.version and self.overlap(one.version, other.version) is None:
            return ""
        theirs = {n.id for n in self.taken_in(other)}
        taken = next((n for n in self.taken_in(one) if n.id in theirs), None)
        return f"{taken.address}#{taken.id.rpartition('#')[2]}" if taken else ""

    def taken_in(self, sanction: core.Sanction) -> list[core.Norm]:
        """Return the norms a sanction takes in; each sanction of a place is compared with every other there."""
        if sanction.id not in self._taken_in:
            self._taken_in[sanction.id] = [n for n in self.program.norms if _takes_in(sanction, n)]
        return self._taken_in[sanction.id]

    def told(self, one: core.Sanction, other: core.Sanction, norm: str) -> Diagnostic:
        span = self.span(one.place)
        related = () if span is None else ((span, "the other sanction"),)
        return diagnostic("offence-twice", self.span(other.place), law=other.address, related=related,
                          address=other.address, norm=norm)  # fmt: skip


#: The same targets are compared with every norm.
_split = cache(split_target)


def _takes_in(sanction: core.Sanction, norm: core.Norm) -> bool:
    """Say whether a sanction takes in a norm: all at or below a target's address, with its version and label where it has them."""
    for target in sanction.targets:
        address, version, label = _split(target)
        if version and norm.version.partition("~")[0].partition("@")[2] != version:
            continue
        if label and norm.id.partition("#")[2] != label:
            continue
        if parse(address).covers(parse(norm.address)):
            return True
    return False

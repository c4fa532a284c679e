"""What the pages that compare worlds are made of: the worlds on one day, and each profile answered in each of them.

Comes in: the law as it stands on the day of the site, its guides. Goes out: `Beside`, or None where there are not two worlds to
compare. All worlds are compared on one day: the first on which everything any of them supposes or assumes has begun.
Deliberately not here: words of a page (`comparison`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import Any

from kitei.answer import Ask, answer
from kitei.changes import result_of
from kitei.facts_read import read_facts
from kitei.site.examples import Example, versions_of
from kitei.site.guides import NAME, Guides
from kitei.site.kept import Came, Kept
from kitei.site.origins import short
from kitei.site.standing import Law
from kitei.world import Program
from kitei.worlds_compared import Compared, WorldLaw, compared
from kitei_dsl import core
from kitei_dsl.codec import canonical, digest_text
from kitei_dsl.frozen import Frozen


class Beside(Frozen):
    """Worlds to compare: `on` the day, `pairs` what each two of them have of norms, `answers` what each profile comes to in each
    world, by the ids of both (empty where something promulgated later than known would take part)."""

    on: str
    worlds: tuple[WorldLaw, ...]
    pairs: Mapping[tuple[str, str], Compared]
    answers: Mapping[tuple[str, str], Example]


def worlds_beside(law: Law, guides: Guides, kept: Kept) -> tuple[Beside | None, dict[str, Came]]:
    """Compare every two worlds that are known on the day; return also what is to be kept."""
    program = law.program
    shown = [w for w in program.core.worlds if _known(law, w)]
    if len(shown) < 2:
        return None, {}
    days = [law.as_of, *(day for w in shown for day in _days(program, w))]
    on = date.fromisoformat(max(days))
    known = max(on, date.fromisoformat(law.known_on))
    worlds = tuple(_OfSite(law, w, on, known) for w in shown)
    pairs = {(a.world.name, b.world.name): compared(a, b) for a, b in combinations(worlds, 2)}
    came: dict[str, Came] = {}
    answers = {}
    hidden = any(
        law.known_on < v.promulgated <= on.isoformat() and law.state(v.id) == "" for v in program.core.versions
    )
    names = tuple(sorted(frozenset[str]().union(*(c.names for c in pairs.values()))))
    for profile in guides.profiles if names and not hidden else ():
        facts, _ = read_facts(profile.facts.encode(), NAME, program.core)
        for w in shown:
            one = _One(program, facts, Ask(on.isoformat(), None, known.isoformat(), w.name, goals=names, settle=False))
            key = Kept.key("beside", profile.id, profile.facts, w.name, on.isoformat(), known.isoformat(), *names)
            found = kept.came.get(key) or one.came(profile.digest)
            came[key] = found
            id = f"answer:{profile.id}@{w.name}@{on}"
            answers[profile.id, w.name] = Example(id, profile.id, facts, names, found.versions, found.digest, found.blocks, one.answered)  # fmt: skip
    return Beside(on.isoformat(), worlds, pairs, answers), came


class _OfSite(WorldLaw):
    """A world of which only what is known on the day of the site counts."""

    def __init__(self, law: Law, world: core.World, on: date, known: date) -> None:
        super().__init__(law.program, world, on, known)
        self.law = law

    def counts(self, version: str) -> bool:
        return bool(self.law.state(version)) and super().counts(version)


class _One:
    """A profile in one world: answered at most once."""

    def __init__(self, program: Program, facts: Any, ask: Ask) -> None:
        self.program, self.facts, self.ask = program, facts, ask
        self.result: Mapping[str, Any] | None = None

    def answered(self) -> Mapping[str, Any]:
        if self.result is None:
            self.result = answer(self.program, self.facts, self.ask)
        return self.result

    def came(self, profile: str) -> Came:
        result = self.answered()
        versions = versions_of(self.program, result)
        rules = [[v, self.program.versions[v].digest] for v in versions]
        return Came(
            versions,
            short(canonical([profile, self.ask.world, self.ask.on, digest_text(repr(result_of(result))), rules])),
        )


def _known(law: Law, world: core.World) -> bool:
    """Say whether all that a world supposes or assumes is known on the day."""
    commencements = law.program.commencements
    supposed = {i for i, _ in world.supposes}
    known = {s.version.address.partition("/")[0] for s in law.standings.values()}
    assumed = [commencements[a.target] for a in world.assumes if a.target in commencements]
    return supposed <= known and all(c.promulgated <= law.known_on for c in assumed)


def _days(program: Program, world: core.World) -> Iterator[str]:
    """Give the days on which what a world supposes or assumes begins."""
    yield from (day for _, day in world.supposes)
    yield from (a.value for a in world.assumes if a.target in program.commencements)

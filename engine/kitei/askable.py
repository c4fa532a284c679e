"""What could be asked instead, said where an answer concludes nothing: terms by name, and worlds that count a bill.

Comes in: a program and an answer. Goes out: instruments that are no law yet and that the world of the answer does not suppose in
force, with the worlds that do; and the terms the law in force defines. Deliberately not here: any wording, any value.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kitei.world import Program
from kitei_dsl import core
from kitei_dsl.frozen import Frozen

#: Terms named on a page; more are found in the page of facts or by reading the law.
MOST = 20


class NoLawYet(Frozen):
    """An instrument that counts only where it is supposed in force; `worlds` suppose it; `begins` its first day, if it says one."""

    instrument: core.Instrument
    worlds: tuple[core.World, ...]
    begins: str | None


def no_law_yet(program: Program, answer: Mapping[str, Any]) -> list[NoLawYet]:
    """Return the instruments not enacted on which alone what was asked stands; of a question about everything that concludes
    nothing, all of them."""
    aside = _aside(program, answer)
    records: list[core.Term | core.NormName] = [*program.terms.values(), *program.norm_names.values()]
    names = {r.alias: r.name for r in records if r.alias}
    goals = {names.get(name, name) for name in (g.partition("@")[0] for g in answer["data"]["goals"])}
    if goals:
        stated = [_instruments(program, goal) for goal in sorted(goals)]
        wanted = set().union(*(s for s in stated if s and s <= aside))
    elif answer["data"]["norms"] or answer["data"]["terms"]:
        return []
    else:
        wanted = aside
    return _told(program, wanted)


def norm_of_no_law_yet(program: Program, answer: Mapping[str, Any], name: str) -> list[NoLawYet]:
    """Return the instruments not enacted that alone impose a norm, none of which the world of an answer supposes in force:
    in that world no text of the norm is in force on any day."""
    stated = _instruments(program, name) if name in program.norm_names else set()
    return _told(program, stated) if stated and stated <= _aside(program, answer) else []


def _aside(program: Program, answer: Mapping[str, Any]) -> set[str]:
    """Return the instruments not enacted that the world of an answer does not suppose in force."""
    world = program.worlds.get(answer["world"])
    supposed = {i for i, _ in world.supposes} if world else set()
    return {i.id for i in program.instruments.values() if i.status != "enacted" and i.id not in supposed}


def _told(program: Program, wanted: set[str]) -> list[NoLawYet]:
    return [
        NoLawYet(i, tuple(w for w in program.worlds.values() if any(s == i.id for s, _ in w.supposes)), _begins(program, i.id))
        for i in program.instruments.values()
        if i.id in wanted
    ]  # fmt: skip


def terms(program: Program, answer: Mapping[str, Any]) -> list[core.Term]:
    """Return the terms that some version of an instrument that counts defines, in the order of their declaration; none where
    something was asked or concluded."""
    if answer["data"]["goals"] or answer["data"]["norms"] or answer["data"]["terms"]:
        return []
    aside = {n.instrument.id for n in no_law_yet(program, answer)}
    return [t for t in program.terms.values() if _instruments(program, t.name) - aside][:MOST]


def _instruments(program: Program, name: str) -> set[str]:
    """Return the instruments that define a term or impose a norm."""
    clauses = [c for key in program.keys.get(name, ()) for c in program.resolves[key].candidates]
    addresses = [program.clauses[c].address for c in clauses]
    addresses += [n.address for n in program.core.norms if n.name == name]
    return {a.partition("/")[0] for a in addresses}


def _begins(program: Program, instrument: str) -> str | None:
    starts = [v.start for v in program.core.versions if v.address.partition("/")[0] == instrument]
    return min((s for s in starts if "/" not in s), default=None)

"""Commencements that are promulgated and have no day yet: what a page must say of them.

Comes in: a program and an answer. Goes out: each commencement with its bounds, whether the day asked lies past the last
day the act allows, and the worlds in which a day is assumed for it. Deliberately not here: what an answer is under such
a world (that is asked by its name).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kitei.world import Program
from kitei_dsl import core
from kitei_dsl.frozen import Frozen


class Unfixed(Frozen):
    """A commencement without a day. `overdue`: the day asked is later than the last day the act allows."""

    commencement: core.Commencement
    overdue: bool
    worlds: tuple[core.World, ...]


def unfixed(
    program: Program, answer: Mapping[str, Any], norms: Iterable[str], places: Iterable[str] = ()
) -> list[Unfixed]:
    """Return the commencements without a day at which a version of some norms (Resolve keys), or of what stands at some
    places, begins or ends, in the law's order; those of drafts, and those not promulgated by the day known, are none."""
    context, fixed = answer["context"], days_fixed(program, answer)
    versions = [program.versions[n.version] for key in dict.fromkeys(norms) for n in program.norms.get(key, ())]
    versions += [v for place in places for v in program.by_address.get(place, ())]
    ends = {day for v in versions for day in (v.start, v.end) if day}
    return [
        Unfixed(c, c.latest is not None and c.latest < context["text"], worlds_with_a_day(program, c.id))
        for c in program.commencements.values()
        if c.id in ends and c.id not in fixed
        and c.promulgated and c.promulgated <= min(context["known"], context["text"])
    ]  # fmt: skip


def days_fixed(program: Program, answer: Mapping[str, Any]) -> dict[str, str]:
    """Return the day of each commencement that an answer has fixed: by an assumption, else by what its world supposes."""
    world = program.worlds.get(answer.get("world", ""))
    supposed = dict(world.supposes) if world else {}
    days = {id: supposed[i] for id in program.commencements if (i := id.partition("/")[0]) in supposed}
    return days | {a["target"]: a["value"] for a in answer["assumptions"] if a["kind"] == "commencement"}


def worlds_with_a_day(program: Program, id: str) -> tuple[core.World, ...]:
    """Return the worlds in which a commencement has a day."""
    instrument = id.partition("/")[0]
    return tuple(
        w
        for w in program.worlds.values()
        if any(a.target == id for a in w.assumes) or any(s == instrument for s, _ in w.supposes)
    )

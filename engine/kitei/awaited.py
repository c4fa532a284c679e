"""Commencements without a day that may change an answer when they come.

Comes in: a regime, and an answer with what it read. Goes out: the commencements of promulgated acts that have no day in that
world and at which a text begins or ends that bears on the answer: of the norms asked, of what its terms rest on or would
rest on, of a filling or a saving of them. Deliberately not here: which days a span has (`changes`) and words (`timetable`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from kitei.instance import takes_in
from kitei.world import Regime
from kitei_dsl import core


def awaited(regime: Regime, answer: Mapping[str, Any], items: Iterable[str], versions: Iterable[str]) -> frozenset[str]:
    """Return the ids of the commencements awaited. `items`: what the evaluation read; `versions`: what the answer rests on,
    and those of the norms asked."""
    program = regime.program
    open_ones = {c.id for c in program.commencements.values() if _open(regime, c)}
    if not open_ones:
        return frozenset()
    texts = [program.versions[id] for id in {*versions, *_bearing(regime, answer, frozenset(items))}]
    of_places = (v for address in {t.address for t in texts} for v in program.by_address[address])
    return frozenset(day for v in (*texts, *of_places) for day in (v.start, v.end) if day in open_ones)


def earliest(commencement: core.Commencement) -> date:
    """Return the first day there can be: the one the act gives, else that of its promulgation."""
    return date.fromisoformat(commencement.earliest or commencement.promulgated)


def _open(regime: Regime, c: core.Commencement) -> bool:
    """Say whether a commencement of an act that counts in this world is promulgated and has no day there."""
    instrument, world = c.id.partition("/")[0], regime.world
    taken = instrument not in world.without and (not world.only or instrument in world.only)
    enacted = regime.program.instruments[instrument].status == "enacted"
    return taken and enacted and bool(c.promulgated) and c.id not in regime.days


def _bearing(regime: Regime, answer: Mapping[str, Any], items: frozenset[str]) -> Iterator[str]:
    """Give the versions of all that bears, or would bear, on what was asked: in force or not."""
    program, data = regime.program, answer["data"]
    norms = [n for row in data["norms"] for n in program.norms[row["key"]]]
    nodes = [s["node"] for s in data["derivation"]["steps"]]
    keys = dict.fromkeys((*(row["key"] for row in (*data["norms"], *data["terms"])),
                          *(n.partition("|")[2] for n in nodes if n.startswith("resolve|"))))  # fmt: skip
    yield from (program.clauses[c].version for k in keys if k in program.resolves for c in program.influences(k))
    fillings = {f"fill:{i}" for i in items}
    yield from (c.version for c in program.clauses.values() if c.role == "fill" and c.resolves in fillings)
    yield from (s.version for s in program.core.savings if any(takes_in(t, n) for t in s.targets for n in norms))

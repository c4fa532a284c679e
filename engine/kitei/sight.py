"""What of the facts is in sight: as of a day, as far as known on a day.

Comes in: facts, a context. Goes out: what is stated of an attribute, who the members of a role are, whether an event is
there; and on the way which items were read, and which a later day hid. Deliberately not here: what follows from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kitei.facts import Facts, Members, Record
from kitei.trace import Context
from kitei.values import ABSENT, FALSE, TRUE, Cause, Result, opened, value
from kitei.world import Program


class Sight:
    """The facts as an evaluation sees them. `overrides` replaces what an item reads (`settle` only)."""

    def __init__(self, program: Program, facts: Facts, overrides: Mapping[str, Result]) -> None:
        self.program, self.facts, self.overrides = program, facts, overrides
        #: every item that was read, in order
        self.read: dict[str, None] = {}
        # By item, the days that hid a statement of it, each with what that day is of it; and those no longer hidden later on.
        self._hidden: dict[str, dict[tuple[str, str], None]] = {}
        self._in_sight: set[tuple[str, tuple[str, str]]] = set()

    def look_up(self, id: str, attribute: str, context: Context) -> tuple[Result, int]:
        """Return what the facts say of an attribute or single role as of *at* and *known*, and from how many records."""
        item = f"{id}.{attribute}"
        self.read[item] = None
        if item in self.overrides:
            return self.overrides[item], 0
        at, known = date.fromisoformat(context.at), date.fromisoformat(context.known)
        if attribute in self.program.roles:
            members = self.members(id, attribute, context)
            if len(members.ids) == 1:
                present = self.present(members.ids[0], context)
                return (value(self.facts.entity(members.ids[0])), 1) if present.true else (present, 0)
            return opened(frozenset({Cause("fact", item)})), 0
        records = [r for r in self.facts.records.get((id, attribute), ()) if self._seen(item, r, at, known)]
        if not records:
            return opened(frozenset({Cause("fact", item)})), 0
        stated = latest(records).value
        return (ABSENT if stated is None else value(stated)), len(records)

    def _seen(self, item: str, r: Record, at: date, known: date) -> bool:
        if r.start is not None and r.start > at:
            return self._hide(item, "from", r.start)
        if r.recorded is not None and r.recorded > known:
            return self._hide(item, "recorded", r.recorded)
        if r.start is not None:
            self._in_sight.add((item, ("from", r.start.isoformat())))
        return r.end is None or at < r.end

    def _hide(self, item: str, why: str, day: date) -> bool:
        self._hidden.setdefault(item, {})[why, day.isoformat()] = None
        return False

    @property
    def unseen(self) -> dict[str, str]:
        """Return each item of which a statement lies after every day it was asked about, with the day that hides it."""
        left = {i: [d for d in days if (i, d) not in self._in_sight] for i, days in self._hidden.items()}
        return {item: days[0][1] for item, days in left.items() if days}

    def members(self, id: str, role: str, context: Context) -> Members:
        """Return the members a role gives that are, or may be, there as of *at*: an event dated later is not seen."""
        members = self.facts.members.get((id, role), Members((), False))
        return Members(tuple(m for m in members.ids if not self.present(m, context).false), members.complete)

    def present(self, id: str, context: Context) -> Result:
        """Say whether an entity is there as of *at*: an event is from its day on. Open where that day is not known; an
        event all records of whose day came after *known* was not known then."""
        dated_by = self.program.kinds[self.facts.kinds[id]].dated_by
        if dated_by is None:
            return TRUE
        stated = self.facts.records.get((id, dated_by), ())
        if stated and all(r.recorded is not None and r.recorded > date.fromisoformat(context.known) for r in stated):
            self.read[f"{id}.{dated_by}"] = None
            self._hide(id, "recorded", stated[0].recorded or date.max)
            return FALSE
        day, _ = self.look_up(id, dated_by, context)
        if isinstance(day.value, date) and day.value > date.fromisoformat(context.at):
            self._hide(id, "from", day.value)
            return FALSE
        if isinstance(day.value, date):
            self._in_sight.add((id, ("from", day.value.isoformat())))
        return day if day.state == "open" else TRUE


def latest(records: list[Record]) -> Record:
    """Return the record that counts among those holding on a day: the latest recorded (the reader has seen to it that
    a later one that differs says `corrects`)."""
    return max(records, key=lambda r: r.recorded or date.min)

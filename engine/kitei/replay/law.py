"""Which law counts: versions, clauses, fillings and assumptions of one world, worked out again from the core.

Comes in: a program, the name of a world, the assumptions an answer prints. Goes out: `Law`, which says what a
context selects, and a refusal where an assumption is not one the law allows. Semantics sections 1, 2.1 and 3.
Deliberately not here: facts, and what the selected clauses come to.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from kitei.replay.arithmetic import CALENDARS
from kitei.replay.shape import Context, Refused, day
from kitei.values import Quantity, Value, read
from kitei_dsl import core
from kitei_dsl.citation import parse as parse_address
from kitei_dsl.frozen import Frozen

#: Who assumes what is asked on the command line, which may repeat what the world assumes.
ASKED = ("--assume", "override: --assume")


def plain(address: str) -> str:
    """Return an address without its version and label."""
    return address.partition("#")[0].partition("@")[0]


def covers(target: str, address: str) -> bool:
    """Say whether an address as cited takes in another."""
    return parse_address(plain(target)).covers(parse_address(plain(address)))


def takes_in(target: str, norm: core.Norm) -> bool:
    """Say whether a target as cited takes in a norm; with a label it means the norm so labelled alone, with a version
    those of that version."""
    place, _, label = target.partition("#")
    version = place.partition("@")[2]
    if not covers(target, norm.address) or label not in ("", norm.id.partition("#")[2]):
        return False
    return version in ("", norm.version.partition("~")[0].partition("@")[2])


class Interval(Frozen):
    """When a version counts: from its start (None: never, or not fixed yet) to before its end, each end promulgated."""

    start: date | None
    promulgated: date
    end: date | None
    end_promulgated: date | None

    def holds(self, text: date, known: date) -> bool:
        """Say whether it is in force on a day, seen from what was promulgated by another."""
        if self.start is None or text < self.start or known < self.promulgated:
            return False
        if self.end is None or text < self.end:
            return True
        return self.end_promulgated is not None and known < self.end_promulgated


class NoChoice(Exception):
    """A clause holds under one reading of a point on which the context makes no choice."""


class Law:
    """A program in one world."""

    def __init__(self, program: core.Program, world: str) -> None:
        self.program = program
        self.world = next((w for w in program.worlds if w.name == world), None) or _none(world)
        self.instruments = {i.id: i for i in program.instruments}
        self.kinds = {k.name: k for k in program.kinds}
        self.attributes = {a.name: a for a in program.attributes}
        self.roles = {r.name: r for r in program.roles}
        self.terms = {t.name: t for t in program.terms}
        self.readings = {r.name: r for r in program.readings}
        self.versions = {v.id: v for v in program.versions}
        self.clauses = {c.id: c for c in program.clauses}
        self.resolves = {r.key: r for r in program.resolves}
        self.slots = {s.id: s for s in program.slots}
        self.norms = {n.id: n for n in program.norms}
        self.commencements = {c.id: c for c in program.commencements}
        self.blockers: dict[str, list[str]] = {}
        self.overriders: dict[str, list[str]] = {}
        for c in program.clauses:
            for target in c.blocks:
                self.blockers.setdefault(target, []).append(c.id)
            for target in (*c.proviso_to, *c.notwithstanding):
                self.overriders.setdefault(target, []).append(c.id)
        self.supposed = {i: date.fromisoformat(d) for i, d in self.world.supposes}
        self.days: dict[str, date] = {}
        self.slot_values: dict[str, tuple[Value, str, str]] = {}
        self.intervals: dict[str, Interval] = {}
        self._bearing: dict[str, tuple[str, ...]] = {}

    # ------------------------------------------------------------------ assumptions
    def assume(self, listed: list[tuple[str, str, str]]) -> list[dict[str, Any]]:
        """Take the printed assumptions (target, value, by) into the law; return them as they must be printed.

        The world's own come first and none may be left out; what is asked besides may replace one.
        """
        own = [(a.target.partition("!")[0], a.value, a.by) for a in self.world.assumes]
        # Of the world's own assumptions about one target the last counts.
        own = [a for n, a in enumerate(own) if all(b[0] != a[0] for b in own[n + 1 :])]
        for target, _, _ in own:
            if all(target != t for t, _, _ in listed):
                raise Refused("assumptions", f"the world assumes {target}; it is not printed")
        kept = [a for a in own if a in listed]
        if listed[: len(kept)] != kept:
            raise Refused("assumptions", "the world's own assumptions are not printed first, in their order")
        for n, (target, given, by) in enumerate(listed):
            if any(target == other for other, _, _ in listed[:n]):
                raise Refused("assumptions", f"{target} is assumed twice")
            if by not in ASKED and any(target == t and (given == v) != (by == b) for t, v, b in own):
                raise Refused("assumptions", f"{target}: the world assumes another value, or says by whom")
        printed = [self._assumed(*a) for a in listed]
        for c in self.program.commencements:
            supposed = self.supposed.get(c.id.partition("/")[0])
            if supposed is not None and c.id not in self.days:
                self._within_bounds(c, supposed)
                self.days[c.id] = supposed
        self.intervals = {v.id: self._interval(v) for v in self.program.versions}
        alone = dict(self.intervals)
        self.intervals |= {v.id: self._applied(v, alone) for v in self.program.versions if v.applies}
        return printed

    def _assumed(self, target: str, given: str, by: str) -> dict[str, Any]:
        data: dict[str, Any] = {"target": target, "value": given, "by": by}
        if target in self.commencements:
            c = self.commencements[target]
            assumed = day(given, f"assumptions: {target}")
            low, high = self._within_bounds(c, assumed)
            self.days[target] = assumed
            bounds = f"{low} – {high or ''}".strip() if low or high else ""
            return {**data, "kind": "commencement", "bounds": bounds, "cite": c.cite, "label": c.label}
        slots = [s for s in self.program.slots if target in (f"{s.address}#{s.name}", s.id)]
        if not slots:
            raise Refused("assumptions", f"nothing called {target[:80]} can be assumed")
        for slot in slots:
            self.slot_values[slot.id] = (self._within(slot, given), given, by)
        last = slots[-1]
        bounded = last.low is not None or last.high is not None
        labelled = next((s for s in slots if target == f"{s.address}#{s.name}"), None)
        return {
            **data, "kind": "slot", "bounds": f"{last.low or ''} – {last.high or ''}" if bounded else "", "cite": last.address,
            "label": labelled.label if labelled else core.Wording(),
        }  # fmt: skip

    def _within_bounds(self, c: core.Commencement, assumed: date) -> tuple[str, str | None]:
        """Return the bounds of a commencement, within which the day assumed for it must lie."""
        low, high = c.earliest or c.promulgated, c.latest
        if (low and assumed < date.fromisoformat(low)) or (high is not None and assumed > date.fromisoformat(high)):
            raise Refused("assumptions", f"{c.id} = {assumed} lies outside what the law allows")
        return low, high

    def _within(self, slot: core.SlotDeclaration, given: str) -> Value:
        """Return an assumed value of a slot, which must be of its type and within its bounds."""
        where = f"assumptions: {slot.address}#{slot.name}"
        sort, _, of = slot.type.partition(":")
        listed = {
            "calendar": CALENDARS,
            "enum": next((e.values for e in self.program.enumerations if e.name == of), ()),
            "entity": (),
        }
        try:
            assumed = read(slot.type, given)
        except (ValueError, ZeroDivisionError):
            raise Refused(where, f"`{given[:60]}` is no {slot.type}") from None
        if sort in listed and given not in listed[sort]:
            raise Refused(where, f"`{given[:60]}` is no {slot.type}")
        low, high = (None if b is None else read(slot.type, b) for b in (slot.low, slot.high))
        if (low is not None and _exceeds(low, assumed)) or (high is not None and _exceeds(assumed, high)):
            raise Refused(where, f"{given[:60]} lies outside what the law allows")
        return assumed

    # ------------------------------------------------------------------ versions
    def moment(self, text: str) -> date | None:
        """Return the day of a start or end, None while its commencement has no day."""
        return self.days.get(text) if "/" in text else date.fromisoformat(text)

    def takes_part(self, address: str) -> bool:
        """Say whether the instrument of an address counts in this world at all."""
        instrument = self.instruments[address.partition("/")[0]]
        if instrument.id in self.world.without or (self.world.only and instrument.id not in self.world.only):
            return False
        return instrument.status == "enacted" or instrument.id in self.supposed

    def _supposed(self, address: str, start: date | None) -> date | None:
        """Return the day from which something counts where its instrument is only supposed in force."""
        supposed = self.supposed.get(address.partition("/")[0])
        if supposed is None:
            return start
        return supposed if start is None else max(start, supposed)

    def _interval(self, v: core.Version) -> Interval:
        start = self._supposed(v.address, self.moment(v.start)) if self.takes_part(v.address) else None
        end = None if v.end is None else self.moment(v.end)
        ended = date.fromisoformat(v.end_promulgated) if v.end is not None and v.end_promulgated else None
        # A draft is not promulgated; the world that supposes it in force knows it.
        return Interval(start, date.fromisoformat(v.promulgated or "0001-01-01"), end, ended)

    def _applied(self, v: core.Version, own: dict[str, Interval]) -> Interval:
        """Return when a provision that stands elsewhere by 準用 counts: while both texts do, and where it stands there by
        準用 itself, while those that it came by do."""
        here, applies = own[v.id], self.versions[v.applies]
        there = self._applied(applies, own) if applies.applies else own[applies.id]
        start = max(here.start, there.start) if here.start and there.start else None
        first = min((i for i in (here, there) if i.end is not None), key=lambda i: (i.end, i is there), default=here)
        return Interval(start, max(here.promulgated, there.promulgated), first.end, first.end_promulgated)

    def in_force(self, version: str, text: date, known: date) -> bool:
        return self.intervals[version].holds(text, known)

    def counts(self, version: str, context: Context) -> bool:
        """Say whether a version is in force in a context, where a version kept past its end stands for all of its address."""
        own = self.intervals[version]
        if version in context.kept:
            return own.start is not None and own.start <= context.text and own.promulgated <= context.known
        here = self.versions[version].address
        for kept in context.kept:
            end = self.intervals[kept].end if kept in self.versions else None
            if end is not None and end <= context.text and self.versions[kept].address == here:
                return False
        return self.in_force(version, context.text, context.known)

    def gone(self, version: str, context: Context) -> date | None:
        """Return since when a version that once was in force is so no more, as far as promulgated."""
        i = self.intervals[version]
        if i.start is None or i.end is None or i.end <= i.start or context.known < i.promulgated:
            return None
        return i.end if i.end <= context.text and not i.holds(i.end, context.known) else None

    def keeps(self, saving: core.Saving, context: Context) -> tuple[str, ...]:
        """Return the versions kept in force by a saving: of each address below its targets that which ended last, or that
        which a target names."""
        found: set[str] = set()
        for target in saving.targets:
            named = target.partition("#")[0].partition("@")[2]
            last: dict[str, date] = {}
            meant = [v for v in self.versions.values() if covers(target, v.address) and (not named or v.start == named)]
            for v in meant:
                if (end := self.gone(v.id, context)) is not None:
                    last[v.address] = max(end, last.get(v.address, end))
            found |= {v.id for v in meant if v.address in last and self.gone(v.id, context) == last[v.address]}
        return tuple(sorted(found))

    def fills(self, clause: core.Clause, slot: core.SlotDeclaration, context: Context) -> bool:
        """Say whether a filling covers a version of a slot: it names it, a continuation in force says so, or that version
        is the one in force when the filling's words came into force."""
        for covered in clause.covers:
            id, _, continuation = covered.partition("|")
            if id == slot.id and (not continuation or self.counts(continuation, context)):
                return True
        began = self._supposed(clause.address, self.moment(clause.began)) if clause.began else None
        interval = self.intervals[slot.version]
        if began is None or interval.start is None or began < interval.start:
            return False
        if interval.end is None or began < interval.end:
            return True
        then = (self.intervals[v.id] for v in self.versions.values() if v.address == slot.address)
        others = (i for i in then if i.start is not None and i.start <= began)
        return slot.version in context.kept and all(i.end is not None and i.end <= began for i in others)

    # ------------------------------------------------------------------ clauses
    def splits_of(self, resolve: core.Resolve) -> dict[str, core.Split]:
        """Return the 区分に応じ among the candidates of a key, by id."""
        wanted = {self.clauses[id].split for id in resolve.candidates}
        return {s.id: s for s in self.program.splits if s.id in wanted}

    def bearing(self, key: str) -> tuple[str, ...]:
        """Return every clause, of any date, that bears on a key: its candidates, then breadth first whatever blocks,
        overrides or is yielded to by one of these, and the targets of provisos."""
        if key not in self._bearing:
            found = list(dict.fromkeys(self.resolves[key].candidates))
            for id in found:
                c = self.clauses[id]
                near = (*self.blockers.get(id, ()), *self.overriders.get(id, ()), *c.yields_to, *c.proviso_to)
                found += [n for n in dict.fromkeys(near) if n not in found]
            self._bearing[key] = tuple(found)
        return self._bearing[key]

    def select(self, key: str, context: Context, slot: core.SlotDeclaration | None = None) -> list[core.Clause]:
        """Return the clauses bearing on a key that are in force, known and of the readings chosen, in the law's order."""
        choices = dict(context.readings)
        found = []
        for clause in (self.clauses[id] for id in self.bearing(key)):
            if not self.counts(clause.version, context):
                continue
            if (
                slot is not None
                and clause.id in self.resolves[key].candidates
                and not self.fills(clause, slot, context)
            ):
                continue
            if clause.reading is not None:
                if clause.reading not in choices:
                    raise NoChoice(clause.reading)
                if choices[clause.reading] != clause.choice:
                    continue
            found.append(clause)
        return found

    def deemings(self, key: str, node: str, context: Context) -> list[core.Clause]:
        """Return the deemings of a term that a use at a place in the text sees; none of them is seen by a deeming of the term."""
        selected = self.select(key, context)
        owner = node.partition("|")[0]
        using = self.clauses.get(owner)
        if using is not None and using.role == "deem" and using.resolves == key:
            return []
        place = None if owner == "goal" else plain(owner)
        return [
            c for c in selected
            if c.role == "deem" and any(p == "*" or (place is not None and covers(p, place)) for p in c.purposes)
        ]  # fmt: skip

    def other_versions_fill(self, slot: core.SlotDeclaration, context: Context) -> bool:
        """Say whether some filling of the slot by name is in force, so that the slot waits for a new one."""
        key = f"fill:{slot.address}#{slot.name}"
        return any(
            c.role == "fill" and c.resolves == key and self.counts(c.version, context) for c in self.program.clauses
        )


def _exceeds(left: Value, right: Value) -> bool:
    """Say whether one bounded value is more than another, or cannot be compared with it."""
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left > right
    if isinstance(left, date) and isinstance(right, date):
        return left > right
    if isinstance(left, Quantity) and isinstance(right, Quantity) and left.asset == right.asset:
        return left.amount > right.amount
    return True


def _none(world: str) -> core.World:
    raise Refused("world", f"no world is called `{world[:60]}`")

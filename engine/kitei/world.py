"""Which versions, clauses and slots count: a program seen from a world, by day.

Comes in: a program, a world and extra assumptions. Goes out: `Regime`, which answers "which version of this
address is in force on *text* as known on *known*" and what is assumed. Commencement days are put in here and nowhere
else; a day outside the act's bounds is refused. Deliberately not here: facts and evaluation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

from kitei.values import Value, read
from kitei_dsl import core
from kitei_dsl.citation import parse as parse_address
from kitei_dsl.diagnostics import clipped, near
from kitei_dsl.frozen import Frozen, replace


class BadAssumption(ValueError):
    """An assumption that names nothing, or that the law does not allow; the message says which bound."""


class Assumed(Frozen):
    """An assumption in effect. `kind`: commencement or slot. `by` says who assumes; `cite` where the bound stands."""

    kind: str
    target: str
    value: str
    by: str
    bounds: str
    cite: str


#: Worlds with their days for which it is kept when each version counts.
_MOST_REGIMES = 32


class Program:
    """A compiled program with the tables every reading needs. Pure look-up; nothing is evaluated."""

    def __init__(self, program: core.Program, digest: str) -> None:
        self.core, self.digest = program, digest
        self.instruments = {i.id: i for i in program.instruments}
        self.kinds = {k.name: k for k in program.kinds}
        self.attributes = {a.name: a for a in program.attributes}
        self.roles = {r.name: r for r in program.roles}
        self.terms = {t.name: t for t in program.terms}
        self.norm_names = {n.name: n for n in program.norm_names}
        self.readings = {r.name: r for r in program.readings}
        self.versions = {v.id: v for v in program.versions}
        self.clauses = {c.id: c for c in program.clauses}
        self.resolves = {r.key: r for r in program.resolves}
        self.splits = {s.id: s for s in program.splits}
        self.slots = {s.id: s for s in program.slots}
        self.worlds = {w.name: w for w in program.worlds}
        self.commencements = {c.id: c for c in program.commencements}
        self.parameters: dict[str, list[core.ParameterValue]] = {}
        for p in program.parameters:
            self.parameters.setdefault(p.name, []).append(p)
        self.by_address: dict[str, list[core.Version]] = {}
        for v in program.versions:
            self.by_address.setdefault(v.address, []).append(v)
        #: clause id -> ids of the clauses that block it, override it
        self.blockers: dict[str, list[str]] = {}
        self.overriders: dict[str, list[str]] = {}
        for c in program.clauses:
            for t in c.blocks:
                self.blockers.setdefault(t, []).append(c.id)
            for t in (*c.proviso_to, *c.notwithstanding):
                self.overriders.setdefault(t, []).append(c.id)
        #: keys of scoped definitions by term
        self.keys: dict[str, list[str]] = {}
        for r in program.resolves:
            self.keys.setdefault(r.key.partition("@")[0], []).append(r.key)
        #: the law's order: instruments as declared, addresses as statutes print them (the core has them in it)
        self.order = {v.id: n for n, v in enumerate(program.versions)}
        #: when each version counts (`Regime`), by what that rests on: the same world is asked of again and again
        self.intervals: dict[object, Mapping[str, Interval]] = {}
        self.norms: dict[str, list[core.Norm]] = {}
        for n in sorted(program.norms, key=lambda n: self.order[n.version]):
            self.norms.setdefault(n.applies, []).append(n)

    @cached_property
    def norm_by_id(self) -> dict[str, core.Norm]:
        return {n.id: n for n in self.core.norms}

    @cached_property
    def savings(self) -> dict[str, core.Saving]:
        return {s.id: s for s in self.core.savings}

    @cached_property
    def spelled_norms(self) -> dict[str, str]:
        """Return the names of norms by each way they are spelt: the name, the alias."""
        return {s: n.name for n in self.norm_names.values() for s in (n.name, n.alias) if s}

    @cached_property
    def spelled_terms(self) -> dict[str, str]:
        """Return the names of terms by each way they are spelt."""
        return {s: t.name for t in self.terms.values() for s in (t.name, t.alias) if s}

    def parameter(self, name: str, version: str) -> core.ParameterValue | None:
        """Return the number a text of a version names: that of the version, else the last one; None where there is none."""
        values = self.parameters.get(name, [])
        return next((p for p in values if p.version == version), values[-1] if values else None)

    def influences(self, key: str) -> list[str]:
        """Return ids of the clauses that bear on a Resolve: its candidates, then whatever blocks, overrides or is
        yielded to by one of these, and provisos' targets, over all versions, each once, in a stable order."""
        found = dict.fromkeys(self.resolves[key].candidates)
        waiting = list(found)
        while waiting:
            clause = self.clauses[waiting.pop(0)]
            linked = [
                *self.blockers.get(clause.id, ()), *self.overriders.get(clause.id, ()), *clause.yields_to, *clause.proviso_to,
            ]  # fmt: skip
            for id in linked:
                if id not in found:
                    found[id] = None
                    waiting.append(id)
        return list(found)


class Interval(Frozen):
    """When a version counts in a world: half-open, with the days of promulgation of both ends; no start: never."""

    start: date | None
    promulgated: date
    end: date | None
    end_promulgated: date | None

    def within(self, other: Interval) -> Interval:
        """Return when both count: what stands somewhere by 準用 lasts as long as what it is the text of."""
        start = None if self.start is None or other.start is None else max(self.start, other.start)
        ends = [(i.end, i.end_promulgated) for i in (self, other) if i.end is not None]
        end, ended = min(ends, key=lambda e: e[0] or date.max, default=(None, None))
        return Interval(start, max(self.promulgated, other.promulgated), end, ended)

    def holds(self, text: date, known: date) -> bool:
        """Say whether it is in force on *text* as far as promulgated by *known*."""
        if self.start is None or self.promulgated > known or text < self.start:
            return False
        ended = self.end is not None and self.end <= text
        return not (ended and (self.end_promulgated is None or self.end_promulgated <= known))


def bounds_of(commencement: core.Commencement) -> str:
    """Return the days between which a commencement may lie, as printed; empty where the law says nothing of them."""
    low, high = commencement.earliest or commencement.promulgated, commencement.latest
    return f"{low} – {high or ''}".strip() if low or high else ""


def outside(commencement: core.Commencement, day: str) -> str | None:
    """Return what the law allows where a day is not within it, else None."""
    low, high = commencement.earliest or commencement.promulgated, commencement.latest
    if day >= low and (high is None or day <= high):
        return None
    allowed = " ".join(f"{word} {bound}" for word, bound in (("from", low), ("to", high)) if bound)
    return f"{allowed} ({commencement.cite})" if commencement.cite else allowed


class Regime:
    """A program in one world with its assumptions."""

    def __init__(self, program: Program, world: core.World, assumptions: Iterable[core.Assumption] = ()) -> None:
        self.program, self.world = program, world
        self.assumed: list[Assumed] = []
        self.days: dict[str, date] = {}
        self.slot_values: dict[str, tuple[Value, Assumed]] = {}
        for a in (*world.assumes, *assumptions):
            self._assume(a)
        self.supposed = {i: date.fromisoformat(d) for i, d in world.supposes}
        self._suppose_days()
        rests_on = (world.only, world.without, tuple(self.supposed.items()), tuple(self.days.items()))
        if rests_on not in program.intervals:
            if len(program.intervals) >= _MOST_REGIMES:
                program.intervals.clear()
            program.intervals[rests_on] = self._intervals()
        self.intervals = program.intervals[rests_on]

    def _intervals(self) -> Mapping[str, Interval]:
        """Return when each version counts."""
        here = {v.id: self._interval(v) for v in self.program.core.versions}
        found = dict(here)
        # What stands somewhere by 準用 has its own interval in `here`; a chain counts while every link does.
        for v in self.program.core.versions:
            link = v
            while link.applies:
                link = self.program.versions[link.applies]
                found[v.id] = found[v.id].within(here[link.id])
        return found

    def _assume(self, a: core.Assumption) -> None:
        target = a.target.partition("!")[0]
        if target in self.program.commencements:
            self._assume_day(target, a)
            return
        slots = [s for s in self.program.slots.values() if f"{s.address}#{s.name}" == target or s.id == target]
        if not slots:
            known = [*self.program.commencements, *(f"{s.address}#{s.name}" for s in self.program.slots.values())]
            raise BadAssumption(
                f"nothing called `{clipped(target, 120)}` can be assumed; {near(target, known) or 'see the open slots'}"
            )
        for slot in slots:
            self._assume_slot(slot, target, a)

    def _assume_day(self, target: str, a: core.Assumption) -> None:
        commencement = self.program.commencements[target]
        try:
            day = date.fromisoformat(a.value)
        except ValueError:
            raise BadAssumption(f"{target}: `{a.value}` is no day") from None
        if (allowed := outside(commencement, a.value)) is not None:
            raise BadAssumption(f"{target} = {a.value} lies outside what the law allows: {allowed}")
        bounds = bounds_of(commencement)
        self.days[target] = day
        self.assumed = [x for x in self.assumed if x.target != target]
        self.assumed.append(Assumed("commencement", target, a.value, a.by, bounds, commencement.cite))

    def _suppose_days(self) -> None:
        """Fix what is supposed in force to start on the day supposed, where no assumption gives that commencement a day."""
        for id, commencement in self.program.commencements.items():
            day = self.supposed.get(id.partition("/")[0])
            if day is None or id in self.days:
                continue
            if (allowed := outside(commencement, day.isoformat())) is not None:
                raise BadAssumption(
                    f"the world `{self.world.name}` supposes {id.partition('/')[0]} in force from {day}; that lies outside what the law "
                    f"allows for {id}: {allowed}; write another day after `suppose`, or add `assume {id} = DAY` to the world"
                )
            self.days[id] = day

    def _assume_slot(self, slot: core.SlotDeclaration, target: str, a: core.Assumption) -> None:
        if slot.type.startswith("entity:"):
            raise BadAssumption(
                f"{target} stands for a {slot.type.partition(':')[2]}, one of the entities of the facts; an assumption gives an "
                "amount, a rate, a day, a truth or a listed value: fill the slot with a provision instead"
            )
        try:
            value = read(slot.type, a.value)
        except (ValueError, ZeroDivisionError):
            raise BadAssumption(f"{target} is a {slot.type}; `{a.value}` is not") from None
        listed = next((e.values for e in self.program.core.enumerations if slot.type == f"enum:{e.name}"), None)
        if listed is not None and a.value not in listed:
            raise BadAssumption(f"{target} is one of {', '.join(listed)}; `{a.value}` is not; {near(a.value, listed)}")
        bounds = ""
        if slot.low is not None or slot.high is not None:
            bounds = f"{slot.low or ''} – {slot.high or ''}"
            low, high = (None if b is None else read(slot.type, b) for b in (slot.low, slot.high))
            if (low is not None and value < low) or (high is not None and value > high):  # type: ignore[operator]
                raise BadAssumption(f"{target} = {a.value} lies outside what the law allows: {bounds} ({slot.address})")
        assumed = Assumed("slot", target, a.value, a.by, bounds, slot.address)
        self.slot_values[slot.id] = (value, assumed)
        self.assumed = [x for x in self.assumed if x.target != target]
        self.assumed.append(assumed)

    def moment(self, text: str) -> date | None:
        """Return the day of a start or end: a date, or a commencement's assumed day; None while it is not fixed."""
        return self.days.get(text) if "/" in text else date.fromisoformat(text)

    def _interval(self, v: core.Version) -> Interval:
        instrument = self.program.instruments[v.address.partition("/")[0]]
        start: date | None = self.moment(v.start)
        # What is no more than supposed in force has no promulgation to wait for: the world that supposes it knows it.
        promulgated = date.fromisoformat(v.promulgated) if v.promulgated else date.min
        if not self._takes_part(instrument):
            start = None
        elif instrument.id in self.supposed:
            supposed = self.supposed[instrument.id]
            start = supposed if start is None else max(start, supposed)
        end = self.moment(v.end) if v.end is not None else None
        end_promulgated = date.fromisoformat(v.end_promulgated) if v.end is not None and v.end_promulgated else None
        return Interval(start, promulgated, end, end_promulgated)

    def _takes_part(self, instrument: core.Instrument) -> bool:
        if instrument.id in self.world.without:
            return False
        if self.world.only and instrument.id not in self.world.only:
            return False
        return instrument.status == "enacted" or instrument.id in self.supposed

    def in_force(self, version: str, text: date, known: date, kept: tuple[str, ...] = ()) -> bool:
        """Say whether a version is in force on *text* as known on *known*, where some versions are kept in force past their
        end: while one is, no other version of its address is."""
        interval = self.intervals[version]
        if kept and version in kept:
            return interval.start is not None and interval.promulgated <= known and text >= interval.start
        if not interval.holds(text, known):
            return False
        address = self.program.versions[version].address
        return not any(
            self.program.versions[k].address == address and text >= (self.intervals[k].end or date.max) for k in kept
        )

    def ended(self, version: str, text: date, known: date) -> date | None:
        """Return the day from which a version that has been in force is so no more, as far as promulgated by *known*."""
        i = self.intervals[version]
        if i.start is None or i.promulgated > known or i.end is None or i.end <= i.start or i.end > text:
            return None
        return i.end if i.end_promulgated is None or i.end_promulgated <= known else None

    def kept_by(self, saving: core.Saving, text: date, known: date) -> tuple[str, ...]:
        """Return the versions that a saving keeps in force on *text*: at each address it takes in the one named, else the
        one that ended last, with what stands there by 準用 as long as it did."""
        found: list[str] = []
        for target in saving.targets:
            place, _, named = target.partition("#")[0].partition("@")
            for address, versions in self.program.by_address.items():
                if not parse_address(place).covers(parse_address(address)):
                    continue
                ends = {
                    v.id: end
                    for v in versions
                    if named in ("", v.start) and (end := self.ended(v.id, text, known)) is not None
                }
                found += [id for id, end in ends.items() if end == max(ends.values())]
        return tuple(sorted(set(found)))

    def fills(
        self, clause: core.Clause, slot: core.SlotDeclaration, text: date, known: date, kept: tuple[str, ...] = ()
    ) -> bool:
        """Say whether a filling covers a slot version: named, continued (by a continuation in force on *text*), or the
        version in force when its words began; one kept in force past its end, also where no other version then was."""
        for covered in clause.covers:
            id, _, continuation = covered.partition("|")
            if id == slot.id and (not continuation or self.in_force(continuation, text, known)):
                return True
        began = self.moment(clause.began) if clause.began else None
        supposed = self.supposed.get(clause.address.partition("/")[0])
        if began is not None and supposed is not None:
            began = max(began, supposed)
        interval = self.intervals[slot.version]
        if began is None or interval.start is None:
            return False
        if began < interval.start:
            return False
        if interval.end is None or began < interval.end:
            return True
        return slot.version in kept and not any(
            i.start is not None and i.start <= began and (i.end is None or began < i.end)
            for i in (self.intervals[v.id] for v in self.program.by_address[slot.address])
        )

    def with_assumptions(self, extra: Iterable[core.Assumption]) -> Regime:
        """Return the regime with more assumptions."""
        return Regime(self.program, replace(self.world, assumes=(*self.world.assumes, *extra)))

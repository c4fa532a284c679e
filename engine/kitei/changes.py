"""What an answer is on every day of a range: the answer on the finite set of days on which it can change, joined where equal.

Comes in: a query about one or more goals and a range of days. Goes out: intervals, each with the answer on its first day
and what changed then.

Which days count. Asked about a day, evaluation reads that day by comparing it with: the ends of versions of provisions
and the days these were promulgated; the ends of facts, the days they were recorded, the days events are dated by; and,
for a norm, its due day and the day it was performed. The former are all known beforehand. The latter are computed, from
facts and law that do not change between two days known beforehand; so every day that a derivation gives and that does
not move with the day asked, and the day after, is added and asked about, until no new day appears. What a derivation
counts from the day asked itself (`moving`) is no day to ask about: asked instead is the first day on which something
decided by it comes out otherwise. Between two days of the set nothing the answer depends on changes. Deliberately not
here: words (`timetable`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from kitei.answer import Answering, Ask
from kitei.awaited import awaited, earliest
from kitei.facts import Facts
from kitei.moving import Places, Tide, Turns, turns
from kitei.register import TooManyReadings
from kitei.world import BadAssumption, Program, Regime
from kitei_dsl.frozen import Frozen, replace
from kitei_dsl.holidays import LAST_YEAR

_DAY = timedelta(days=1)
#: How often a course without a last day is followed past all fixed days where only what moves goes on changing.
_MOST = 200


#: Norms that allow: their day is the last on which one may, and nothing falls due.
_MAY = ("permission", "power", "entitlement")


class Change(Frozen):
    """What happened on a day. `kind`: starts, ends, promulgated, end_promulgated (with `version`), fact, event, commencement (with
    `item`), due_passed, last_day_passed (of a permission: the last day on which one may), performed (with `norm`, an address,
    and the day), turned (with `version`: a
    comparison there with what is counted from the day asked came out otherwise), passed (nothing but days)."""

    kind: str
    version: str = ""
    item: str = ""
    norm: str = ""
    day: str = ""


class Point(Frozen):
    """The answer on one day, or why it is refused on that day; `items` are the facts it read, `turns` what moves with it."""

    day: date
    answer: Mapping[str, Any] | None
    refused: str
    items: frozenset[str]
    turns: Turns

    @property
    def result(self) -> object:
        """Return what is compared: results, not the steps or the versions that lead to them."""
        return self.refused if self.answer is None else result_of(self.answer)


class Span(Frozen):
    """Days on which the answer is the same, from `first` to `last` (None: and on, while law and facts stay as they are);
    `certain`: on none of them would a fact not yet given alter it, nor a commencement without a day (`awaits`: their ids)."""

    first: date
    last: date | None
    point: Point
    changes: tuple[Change, ...]
    certain: bool = False
    awaits: tuple[str, ...] = ()


class Course(Frozen):
    """The course of an answer. `asked`: on how many days it was asked; `computed`: how many of them came from derivations.

    `cut`: the last day, where none was given and what moves with the day asked may change for ever.
    """

    spans: tuple[Span, ...]
    asked: int
    computed: int
    cut: date | None = None


def course(program: Program, facts: Facts, ask: Ask, first: date, last: date | None) -> Course:
    """Return the course of the answer from a first day to a last (None: until nothing changes any more).

    The days asked about are those of `ask` moved: facts always, the text unless pinned, what is known unless fixed.
    Raises BadAssumption and UnknownGoal for what no day allows.
    """
    regime = Regime(program, program.worlds[ask.world], ask.assumes)
    known = _within(known_days(regime, facts), first, last)
    days_of, tide, points, cut = _Days(regime, facts), Tide(), dict[date, Point](), None
    horizon = max(date(LAST_YEAR, 12, 31), *(_later(d) for d in (first, *known)))
    waiting, moved = {first} | known, 0
    while waiting:
        day = min(waiting)
        points[day] = point = _ask(program, facts, ask, day, days_of)
        waiting |= _within({x for m in point.turns.fixed for x in _and_next(m)}, first, last)
        waiting -= set(points)
        following = min((d for d in (*waiting, *points) if d > day), default=None)
        end = following - _DAY if following is not None else last or max(day, horizon)
        turn = tide.first(point.turns, day, end)
        beyond = last is None and following is None
        moved = moved + 1 if beyond else 0
        if turn is not None and beyond and moved > _MOST:
            cut = last = turn - _DAY
        elif turn is not None:
            waiting.add(turn)
        elif beyond and not tide.settled(point.turns, day, _and_next(end)[-1]):
            cut = last = end
    spans: list[Span] = []
    days = sorted(points)
    for n, day in enumerate(days):
        point = points[day]
        sure = point.answer is not None and certain(point.answer)
        if spans and spans[-1].point.result == point.result:
            spans[-1] = replace(spans[-1], certain=spans[-1].certain and sure)
            continue
        before = points[days[n - 1]] if n else None
        if spans:
            spans[-1] = replace(spans[-1], last=day - _DAY)
        spans.append(
            Span(day, last, point, () if before is None else tuple(_changes(regime, facts, before, point, tide)), sure)
        )
    waits = {day: _awaited(regime, point) for day, point in points.items()}
    spans = [
        _awaiting(s, ask, program, frozenset[str]().union(*(w for d, w in waits.items() if _lies(d, s)))) for s in spans
    ]
    return Course(tuple(spans), len(points), len(set(points) - known - {first}), cut)


def _lies(day: date, span: Span) -> bool:
    return span.first <= day and (span.last is None or day <= span.last)


def _awaited(regime: Regime, point: Point) -> frozenset[str]:
    if point.answer is None:
        return frozenset()
    return awaited(regime, point.answer, point.items, _versions(regime.program, point))


def _awaiting(span: Span, ask: Ask, program: Program, ids: frozenset[str]) -> Span:
    """Return a span with the commencements that may come on its days as far as their texts and what is known move with them."""
    end = (span.last or date.max).isoformat()
    text, known = ask.text_on or end, ask.known_on or end
    found = tuple(c.id for c in program.commencements.values()
                  if c.id in ids and earliest(c).isoformat() <= text and c.promulgated <= known)  # fmt: skip
    return replace(span, awaits=found, certain=span.certain and not found)


class _Days:
    """The places of a program, and the days on which its texts and some facts begin and end, for what moves."""

    def __init__(self, regime: Regime, facts: Facts) -> None:
        self.places = Places(regime.program)
        self.facts, self.law = tuple(sorted(_days_of_facts(facts))), tuple(sorted(_days_of_law(regime)))


def _later(day: date) -> date:
    """Return a day some years later: so far is looked for what moves with the day asked, where no last day is given."""
    return day.replace(year=min(day.year + 10, date.max.year), day=min(day.day, 28))


def known_days(regime: Regime, facts: Facts) -> set[date]:
    """Return the days known beforehand: of versions, commencements, suppositions, facts and events."""
    return {*regime.days.values(), *regime.supposed.values(), *_days_of_law(regime), *_days_of_facts(facts)}


def _days_of_law(regime: Regime) -> set[date]:
    days = (d for i in regime.intervals.values() for d in (i.start, i.promulgated, i.end, i.end_promulgated))
    return {d for d in days if d is not None}


def _days_of_facts(facts: Facts) -> set[date]:
    found: set[date | None] = set()
    for records in facts.records.values():
        for r in records:
            found |= {r.start, r.end, r.recorded, r.value if isinstance(r.value, date) else None}
    return {d for d in found if d is not None}


def _within(days: set[date], first: date, last: date | None) -> set[date]:
    return {d for d in days if first < d and (last is None or d <= last)}


def _and_next(day: date) -> tuple[date, ...]:
    return (day,) if day == date.max else (day, day + _DAY)


def _ask(program: Program, facts: Facts, ask: Ask, day: date, days: _Days) -> Point:
    asking = Answering(program, facts, replace(ask, on=day.isoformat(), settle=False))
    answer, refused = None, ""
    try:
        answer = asking.envelope()
    except (BadAssumption, TooManyReadings) as error:
        refused = str(error)
    moving = turns(asking.evaluator, asking.query, days.places, days.facts, days.law)
    return Point(day, answer, refused, frozenset(asking.evaluator.sight.read), moving)


def result_of(answer: Mapping[str, Any]) -> object:
    """Return what an answer says of its goals, so that two days can be compared: no steps, no versions, no grades."""
    goals = {g.partition("@")[0] for g in answer["data"]["goals"]}
    rows = [
        (n["key"], n["bearer"], i["instance"], i["status"], i["due"], i["performed"], _shown(i["content"]), _listed(i["open"]),
         i.get("presumed", False), tuple(c["id"] for c in i.get("disapplied_by", ())), i.get("repealed_on"), str(i.get("saved_by")),
         tuple((str(a["readings"]), a["status"], a["due"], _shown(a["content"])) for a in i.get("by_reading", ())))
        for n in answer["data"]["norms"]
        for i in n["instances"]
    ]  # fmt: skip
    terms = [
        (t["key"], t["subject"], t["state"], t["value"], tuple(t["values"]), _listed(t["open"]), t["possible_clash"],
         t.get("presumed", False), tuple((str(a["readings"]), _shown(a)) for a in t.get("by_reading", ())))
        for t in answer["data"]["terms"]
        if not goals or t["name"] in goals
    ]  # fmt: skip
    return answer["context"]["hypothetical"], tuple(rows), tuple(terms)


#: Statuses that no fact not yet given alters. Not among them: what says only that nothing is recorded (outstanding,
#: available), and lapsed, which a performance before the repeal would alter.
_SURE = frozenset((
    "performed", "performed-late", "overdue", "satisfied", "not-satisfied", "exercised", "not-available", "arises",
    "does-not-arise", "noted", "not-applicable", "disapplied", "not-in-force",
))  # fmt: skip


def certain(answer: Mapping[str, Any]) -> bool:
    """Say whether no fact not yet given would alter what an answer says of its goals (a corrected fact may).

    It is read off the answer: adding facts never alters a known result that rests on no presumption and on no defence
    nobody has contested. Where readings differ, each must be known. False also where it cannot be told: in particular where
    norms recur for a list that is not said to be complete.
    """
    data = answer["data"]
    goals = {g.partition("@")[0] for g in data["goals"]}
    instances = [i for n in data["norms"] for i in n["instances"]]
    terms = [t for t in data["terms"] if not goals or t["name"] in goals]
    if any(d["slug"] == "list-not-complete" for d in answer["diagnostics"]):
        return False
    return bool(instances or terms) and all(map(_sure_instance, instances)) and all(map(_sure_term, terms))


def _sure_instance(i: Mapping[str, Any]) -> bool:
    if i["open"] or i["due_open"] or _marked(i):
        return False
    parts = i.get("by_reading") or (i,)
    return all(p["status"] in _SURE and (p["content"] is None or p["content"]["state"] != "open") for p in parts)


def _sure_term(t: Mapping[str, Any]) -> bool:
    parts = t.get("by_reading") or (t,)
    return not _marked(t) and not t["possible_clash"] and all(p["state"] in ("value", "gap") for p in parts)


def _marked(part: Mapping[str, Any]) -> bool:
    return bool(part.get("presumed") or part.get("unproved"))


def _shown(result: Mapping[str, Any] | None) -> object:
    if result is None:
        return None
    return result["state"], result.get("value"), tuple(result.get("values", ())), _listed(result.get("causes", ()))


def _listed(causes: Any) -> tuple[tuple[str, str], ...]:
    return tuple((c["kind"], c["item"]) for c in causes)


# --------------------------------------------------------------------------- what changed


def _changes(regime: Regime, facts: Facts, before: Point, after: Point, tide: Tide) -> Iterator[Change]:
    """Give what happened on the first day of a span that either answer rests on."""
    found = dict.fromkeys(
        (*_of_law(regime, before, after), *_of_facts(regime.program, facts, before, after), *_of_norms(before, after))
    )
    told = {c.version for c in found}
    found |= dict.fromkeys(c for c in _of_turns(regime.program, before, after, tide) if c.version not in told)
    found = found or dict.fromkeys(_boundaries(regime, set(regime.intervals), after.day))
    found |= dict.fromkeys(Change("commencement", item=id) for id, day in regime.days.items() if day == after.day)
    yield from found or (Change("passed"),)


def _of_turns(program: Program, before: Point, after: Point, tide: Tide) -> Iterator[Change]:
    """Give the texts in which a comparison with what is counted from the day asked came out otherwise."""
    owners = [node.partition("|")[0] for node in tide.turned(before.turns, before.day, after.day)]
    found = {program.clauses[o].version for o in owners if o in program.clauses} & _versions(program, before)
    yield from (Change("turned", version=v) for v in sorted(found, key=lambda v: program.order[v]))


def _of_law(regime: Regime, before: Point, after: Point) -> Iterator[Change]:
    used = _versions(regime.program, before) | _versions(regime.program, after)
    return _boundaries(regime, used, after.day)


def _boundaries(regime: Regime, versions: set[str], day: date) -> Iterator[Change]:
    """Give which versions start, end or become known on a day; of one address the end is left to the start of the next."""
    program = regime.program
    starting = {program.versions[v].address for v in versions if regime.intervals[v].start == day}
    for id in sorted(versions, key=lambda v: program.order[v]):
        i = regime.intervals[id]
        if i.start == day:
            yield Change("starts", version=id)
        elif i.promulgated == day and i.start is not None:
            yield Change("promulgated", version=id)
        if i.end == day and program.versions[id].address not in starting:
            yield Change("ends", version=id)
        elif i.end_promulgated == day and i.end is not None and i.end < day:
            yield Change("end_promulgated", version=id)


def _versions(program: Program, point: Point) -> set[str]:
    """Return the versions an answer rests on, and every version of the norms asked for."""
    if point.answer is None:
        return set()
    data = point.answer["data"]
    found = {v.version for n in data["norms"] for v in program.norms[n["key"]]}
    for s in data["derivation"]["steps"]:
        certificate = s["certificate"]
        clauses = [c["clause"] for c in certificate.get("candidates", ())]
        clauses += [*certificate.get("deemed", ()), certificate.get("closing"), certificate.get("presumed")]
        found |= {program.clauses[c].version for c in clauses if c in program.clauses}
        if certificate.get("version"):
            found.add(certificate["version"])
        owner = s["node"].partition("|")[0]
        if owner in program.slots:
            found.add(program.slots[owner].version)
    return found


def _of_facts(program: Program, facts: Facts, before: Point, after: Point) -> Iterator[Change]:
    """Give the facts read that begin, end or become known on the day, and the events in lists read that happen or become known then."""
    day, items = after.day, before.items | after.items
    answers = [p.answer["data"]["norms"] for p in (before, after) if p.answer is not None]
    instances = {i["instance"] for norms in answers for n in norms for i in n["instances"]}
    for (id, attribute), records in facts.records.items():
        if f"{id}.{attribute}" in items and any(day in (r.start, r.end, r.recorded) for r in records):
            yield Change("fact", item=f"{id}.{attribute}")
    for (id, attribute), records in facts.records.items():
        on = program.kinds[facts.kinds[id]].dated_by == attribute and any(
            r.value == day or r.recorded == day for r in records
        )
        listed = any(f"{owner}.{role}" in items for (owner, role), m in facts.members.items() if id in m.ids)
        if on and (listed or id in instances):
            yield Change("event", item=id)


def _of_norms(before: Point, after: Point) -> Iterator[Change]:
    """Give the due days that have passed, and what was performed on the day."""
    eve = (after.day - _DAY).isoformat()
    for point, kind in ((before, "due_passed"), (after, "performed")):
        for n in () if point.answer is None else point.answer["data"]["norms"]:
            for i in n["instances"]:
                dues = [i["due"], *(a["due"] for a in i.get("by_reading", ()))]
                if kind == "due_passed" and eve in dues:
                    ended = "last_day_passed" if n["modality"] in _MAY else kind
                    yield Change(
                        ended, norm=n["cite"]["id"], version=i["version"] or "", day=eve, item=i["instance"] or ""
                    )
                if kind == "performed" and i["performed"] == after.day.isoformat():
                    yield Change(kind, norm=n["cite"]["id"], version=i["version"] or "", day=i["performed"], item=i["instance"] or "")  # fmt: skip

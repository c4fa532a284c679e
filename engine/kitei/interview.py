"""An interview as a state machine: what to ask next, and what an answer makes of the case.

Comes in: a program, a question (goals, days, world) and the text of a facts file, or nothing. Goes out: `Question`s as
data and, for each reply, a new `Interview`; the text in it *is* the case, and is read by `kitei.facts_read` alone. The next
question is always the first item that would settle the first goal still open, leaving out what nobody can give; so an
answer that makes others irrelevant removes them, and one that is changed asks again only for what is needed. Nothing is
read or written here but values: the terminal is `kitei.cli.ask`, the words are `interview_page`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kitei.answer import Ask, answer_and_open
from kitei.evaluate import Evaluator
from kitei.facts import Facts, Record
from kitei.facts_read import errors, read_facts
from kitei.facts_text import (
    SOURCE,
    section,
    with_top,
)
from kitei.goals import spelled
from kitei.inquiry import Reason, reason
from kitei.naming import Names, clean
from kitei.register import visible
from kitei.replies import (
    BadReply,
)
from kitei.settle import Goal, Settlement, settle
from kitei.trace import Context
from kitei.values import TRUE, write
from kitei.wording import LANGS
from kitei.world import Program, Regime
from kitei_dsl.core import Wording
from kitei_dsl.frozen import Frozen, field, replace

#: The name of the part of a facts file that belongs to the interview.
SECTION = "interview"
#: Steps of evaluation spent on which question comes next, so that it comes at once (about ten microseconds a step).
EFFORT = 30_000
NOTHING, UNREAD = Wording(), Reason((), ())


class Question(Frozen):
    """One question. `item`: what it is about (`kou.hot_value`), or of the opening: `day`, `kind`, `goals`, `name:<kind>`.

    `part`: day, kind, goals, name (the opening); value, members (what the law reads); assessor, reason, since, basis (what
    belongs to the answer just given); skipped (whether to take these up), further
    (whether to go on to amounts and performance). `group`: facts, evaluations, acts. `choices`:
    (spelled, label). `members`: who is listed already. `gap`: the part of time an answer is for, where others are
    recorded. `goal`: which goal it is for, as `would_settle` names it. `reason`: where the law reads it.
    """

    item: str
    part: str
    asks: Wording
    label: Wording = NOTHING
    subject: Wording | None = None
    group: str = "facts"
    type: str = "text"
    choices: tuple[tuple[str, Wording], ...] = ()
    members: tuple[Wording, ...] = ()
    gap: tuple[date | None, date | None] = (None, None)
    goal: tuple[tuple[str, str | None], ...] = ()
    reason: Reason = UNREAD


class Draft(Frozen):
    """An answer being completed: the text before it, its item and what is recorded so far."""

    text: str
    item: str
    record: tuple[tuple[str, str], ...]


class Interview(Frozen):
    """One moment of an interview. `text`: the facts file so far; `asked`: items in the order asked; `unknown`, `skipped`:
    those nobody can give, or not now; `further`: whether amounts and performance are asked too (None: not yet said); `before`: the moment before the last reply."""

    program: Program
    file: str
    text: str
    ask: Ask
    facts: Facts | None = None
    assumed: tuple[str, ...] = ()
    kind: str = ""
    asked: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    offered: bool = False
    further: bool | None = None
    following: tuple[str, ...] = ()
    draft: Draft | None = None
    changing: str = ""
    before: Interview | None = None
    memo: dict[str, Any] = field(default_factory=dict)

    @property
    def names(self) -> Names:
        entities = {} if self.facts is None else {
            i: {"kind": k, "ja": n.ja, "en": n.en} for i, k in self.facts.kinds.items()
            for n in [self.facts.names.get(i, Wording(i, i))]
        }  # fmt: skip
        context = {"text": self.ask.text_on or self.ask.on, "known": self.ask.known_on or self.ask.on}
        return Names(self.program, {"data": {"entities": entities}, "context": context})


# --------------------------------------------------------------------------- beginning and ending


def begin(program: Program, text: str, file: str, ask: Ask, assumed: tuple[str, ...] = ()) -> Interview:
    """Begin, or go on from a facts file that was read without problems. `ask.on` may be empty: then it is asked.

    Raises UnknownGoal; `facts_text.Misplaced` where the file's own part of the interview is not as it should be.
    """
    kept = kept_query(text)
    goals = tuple(spelled(program, g) for g in ask.goals or _several(kept, "goals"))
    begun = Interview(program, file, text, replace(ask, goals=goals), assumed=assumed,
                      asked=_several(kept, "asked"), unknown=_several(kept, "unknown"))  # fmt: skip
    return with_text(begun, text) if text.strip() else begun


def with_text(interview: Interview, text: str) -> Interview:
    """Return the interview about a changed text. Raises BadReply where the reader of facts refuses it."""
    facts, problems = read_facts(text.encode(), interview.file, interview.program.core)
    if wrong := errors(problems):
        ja, en = (wrong[0].words(lang) for lang in LANGS)
        raise BadReply(f"その答えは書き込めません：{clean(ja)}", f"That answer cannot be recorded: {clean(en)}")
    return replace(interview, text=text, facts=facts)


def kept_query(text: str) -> dict[str, str | tuple[str, ...]]:
    """Return the query that an interview saved in a file was about: on, text_on, known_on, world, assumes, goals."""
    return section(text, SECTION)


def written(interview: Interview) -> str:
    """Return the facts file as it is to be saved: the case, and what an interview needs to go on; empty while there is no case."""
    if interview.facts is None:
        return ""
    text, ask = interview.text, interview.ask
    as_of = interview.facts.as_of.isoformat() if interview.facts.as_of else None
    kept: dict[str, Any] = {"goals": ask.goals, "on": ask.on if ask.on != as_of else "", "text_on": ask.text_on, "known_on": ask.known_on,
                            "world": "" if ask.world == "current" else ask.world, "assumes": interview.assumed,
                            "asked": interview.asked, "unknown": interview.unknown}  # fmt: skip
    # nothing to keep is nothing written: an empty entry would not be read again
    return with_top(text, SECTION, {k: v for k, v in kept.items() if v} or None)


def _several(kept: Mapping[str, str | tuple[str, ...]], name: str) -> tuple[str, ...]:
    found = kept.get(name, ())
    return (found,) if isinstance(found, str) else found


# --------------------------------------------------------------------------- what to ask


def next_question(interview: Interview) -> Question | None:
    """Return the next question, or None where every goal is settled or nothing that is left can settle one."""
    if interview.following:
        return _follow_up(interview, interview.following[0])
    if (opening := _opening(interview)) is not None:
        return opening
    if interview.changing:
        return _question(interview, interview.changing, (), None)
    if (found := _wanted(interview)) is not None:
        return found
    if interview.skipped and not interview.offered:
        return Question(
            "",
            "skipped",
            Wording(),
            type="truth",
            choices=tuple((i, _item_label(interview, i)) for i in interview.skipped),
        )
    if interview.further is not False and (found := _wanted(interview, further=True)) is not None:
        return found if interview.further else Question("", "further", NOTHING, type="truth")
    return None


def _opening(interview: Interview) -> Question | None:
    program, ask, facts = interview.program, interview.ask, interview.facts
    if not ask.on:
        return Question("day", "day", Wording(), type="date")
    if not ask.goals:
        kinds = {
            n.kind: None
            for norms in program.norms.values()
            for n in norms
            if facts is None or n.kind in facts.kinds.values()
        }
        if not interview.kind and len(kinds) > 1:
            labels = {k: interview.names.wording(program.kinds[k].label, k, program.kinds[k].alias) for k in kinds}
            return Question("kind", "kind", Wording(), type="choice", choices=tuple(labels.items()))
        kind = interview.kind or next(iter(kinds))
        norms = [n for n in program.norm_names.values() if n.kind == kind]
        shown = tuple((n.name, interview.names.wording(n.label, n.name, n.alias)) for n in norms)
        return Question("goals", "goals", Wording(), type="choices", choices=shown)
    for kind in dict.fromkeys(_goal_kind(program, g) for g in ask.goals):
        if facts is None or (not any(facts.of_kind(kind)) and f"name:{kind}" not in interview.unknown):
            k = program.kinds[kind]
            return Question(f"name:{kind}", "name", k.question, interview.names.wording(k.label, kind, k.alias))
    return None


def _goal_kind(program: Program, goal: str) -> str:
    name = goal.partition("@")[0]
    return program.norm_names[name].kind if name in program.norm_names else program.terms[name].kind


def standing(interview: Interview) -> tuple[dict[str, Any], Regime, list[tuple[dict[str, Any], Goal]]]:
    """Return the answer on the facts so far (without what would settle it), its regime, and the goals left open."""
    assert interview.facts is not None
    key = interview.facts.digest
    if interview.memo.get("standing key") != key:
        found, regime, opened = answer_and_open(
            interview.program, interview.facts, replace(interview.ask, settle=False)
        )
        interview.memo["standing key"] = key
        interview.memo["standing"] = found, regime, [(o.goal, o.settled) for o in opened]
    result: tuple[dict[str, Any], Regime, list[tuple[dict[str, Any], Goal]]] = interview.memo["standing"]
    return result


def settled(interview: Interview) -> tuple[str, ...]:
    """Return the goals whose conclusions nothing still unsaid can alter: no conclusion is left open, every list is whole."""
    if interview.facts is None or not interview.ask.on or _opening(interview) is not None:
        return ()
    _, regime, opened = standing(interview)
    waiting = {str(w.get("norm") or str(w.get("term", "")).partition("@")[0]) for w, _ in opened if "part" not in w}
    return tuple(
        g for g in interview.ask.goals
        if g.partition("@")[0] not in waiting and not any(True for _ in _unlisted(interview, regime, g))
    )  # fmt: skip


def _wanted(interview: Interview, further: bool = False) -> Question | None:
    """Return the first question that can still settle the first goal open, in the order the goals were named.

    `further`: of norms whose status is settled, their amounts and whether they were performed.
    """
    _, regime, opened = standing(interview)
    assert interview.facts is not None
    for goal in interview.ask.goals:
        for item, norm in _unlisted(interview, regime, goal):
            if not given_up_by(interview, item, "facts"):
                asked = _question(interview, item, (("norm", goal),), None)
                return asked and replace(asked, reason=Reason((norm,), ()))
        name = goal.partition("@")[0]
        for which, test in opened:
            ours = name in (which.get("norm"), str(which.get("term", "")).partition("@")[0])
            if not ours or ("part" in which) != further:
                continue
            given_up: frozenset[str] = frozenset()
            while (settlement := _settlement(interview, regime, which, test, given_up)).items:
                if settlement.verdict == "cannot":
                    break
                item = _first(interview, settlement.items)
                question = _question(interview, item, tuple(which.items()), test)
                if question is not None:
                    return question
                given_up |= {item}  # told already, though not seen on the days asked
    return None


def _first(interview: Interview, items: tuple[str, ...]) -> str:
    """Return the first item, or the list that its entity stands in, where that is not complete: lists before members."""
    assert interview.facts is not None
    id = items[0].partition(".")[0]
    for item in items[1:]:
        owner, _, role = item.partition(".")
        members = interview.facts.members.get((owner, role)) if role in interview.program.roles else None
        if members is not None and id in members.ids and not members.complete:
            return item
    return items[0]


def _unlisted(interview: Interview, regime: Regime, goal: str) -> Iterator[tuple[str, str]]:
    """Give the lists, not said to be complete, for each member of which a norm has an instance, with the norm's id."""
    for item, norm, evaluator, base in _ranges(interview, regime, goal):
        bearer, _, role = item.partition(".")
        if not evaluator.sight.members(bearer, role, base).complete:
            yield item, norm


def _ranges(interview: Interview, regime: Regime, goal: str) -> Iterator[tuple[str, str, Evaluator, Context]]:
    """Give the lists a norm ranges over, each with the norm's id: first what is in force on the day asked, which is the reason
    a person is given."""
    assert interview.facts is not None
    evaluator = Evaluator(regime, interview.facts)
    base = evaluator.contexts[evaluator.context(interview.ask.query.context())]
    text, known = date.fromisoformat(base.text), date.fromisoformat(base.known)
    found: list[tuple[bool, str, str]] = []
    for versions in interview.program.norms.values():
        present = [n for n in versions if n.name == goal and visible(evaluator, n, interview.ask.query)]
        in_force = [n for n in present if regime.in_force(n.version, text, known)]
        for bearer in interview.facts.of_kind(present[0].kind) if present else ():
            ranging = {n.instances.members.attribute: n.id for n in (*present, *in_force) if n.instances is not None}
            found += [(not in_force, f"{bearer}.{role}", norm) for role, norm in ranging.items()]
    yield from ((item, norm, evaluator, base) for _, item, norm in sorted(found, key=lambda f: f[0]))


def unlisted(interview: Interview) -> list[str]:
    """Return the lists, not said to be complete, that goals range over."""
    _, regime, _ = standing(interview)
    return list(dict.fromkeys(item for goal in interview.ask.goals for item, _ in _unlisted(interview, regime, goal)))


def given_up_by(interview: Interview, item: str, group: str) -> bool:
    return group == "texts" or item in interview.unknown or item in interview.skipped


def _settlement(
    interview: Interview, regime: Regime, goal: Mapping[str, Any], test: Goal, more: frozenset[str]
) -> Settlement:
    """Return what would settle a goal; asked again only where something it read has changed."""
    facts = interview.facts
    assert facts is not None
    key = f"settled {sorted(goal.items(), key=str)}"
    declined = frozenset((*interview.unknown, *interview.skipped, *more))
    found: tuple[Settlement, object] | None = interview.memo.get(key)
    if found is not None and found[1] == _seen(interview.program, facts, declined, found[0].read):
        return found[0]
    on = date.fromisoformat(interview.ask.on)
    made = settle(regime, facts, test, on, lambda item, group: group == "texts" or item in declined, EFFORT)
    interview.memo[key] = made, _seen(interview.program, facts, declined, made.read)
    return made


def _seen(program: Program, facts: Facts, declined: frozenset[str], items: frozenset[str]) -> object:
    """Return all that the facts say of some items, the days of members included."""
    said: list[object] = [dict(facts.kinds), declined & items]
    for item in sorted(items):
        id, _, name = item.partition(".")
        members = facts.members.get((id, name))
        dated_by = program.kinds[program.roles[name].kind].dated_by if name in program.roles else None
        days = [facts.records.get((m, dated_by)) for m in members.ids] if members and dated_by else None
        said.append((item, facts.records.get((id, name)), members, days))
    return said


def _question(interview: Interview, item: str, goal: tuple[tuple[str, Any], ...], test: Goal | None) -> Question | None:
    """Return the question about an item, with why it is asked; None where all its days are told already."""
    facts, program, names = interview.facts, interview.program, interview.names
    assert facts is not None
    why = Reason((), ())
    if test is not None:
        _, regime, _ = standing(interview)
        evaluator = Evaluator(regime, facts, {"": TRUE})
        test(evaluator)
        why = reason(evaluator, item)
    id, _, name = item.partition(".")
    about, attribute, role = names.item(item), program.attributes.get(name), program.roles.get(name)
    asks = about.question or Wording()
    common: dict[str, Any] = {"label": about.label, "subject": about.subject, "goal": goal, "reason": why}
    if role is not None and role.many:
        members = facts.members.get((id, name))
        listed = tuple(names.entity(m) for m in members.ids) if members else ()
        return Question(item, "members", asks, type=f"list:{role.kind}", members=listed, **common)
    type = f"entity:{role.kind}" if role else attribute.type if attribute else "text"
    choices = _choices(interview, type)
    group = {"evaluation": "evaluations", "act": "acts"}.get(attribute.evidence if attribute else "", "facts")
    gap: tuple[date | None, date | None] | None = (None, None)
    if attribute is not None and not interview.changing:
        gap = _gap(facts.records.get((id, name), ()), why.days or (interview.ask.on,), interview.ask)
    if gap is None:
        return None
    return Question(item, "value", asks, group=group, type=type, choices=choices, gap=gap, **common)


def _gap(records: tuple[Record, ...], days: tuple[str, ...], ask: Ask) -> tuple[date | None, date | None] | None:
    """Return the time around a day of which nothing is recorded (None: unbounded), or None where there is no such day."""
    known = date.fromisoformat(ask.known_on or ask.on)
    seen = [r for r in records if r.recorded is None or r.recorded <= known]
    for iso in days:
        day = date.fromisoformat(iso)
        if any((r.start is None or r.start <= day) and (r.end is None or day < r.end) for r in seen):
            continue
        ended = [r.end for r in seen if r.end is not None and r.end <= day]
        begun = [r.start for r in seen if r.start is not None and r.start > day]
        return max(ended, default=None), min(begun, default=None)
    return None


def _choices(interview: Interview, type: str) -> tuple[tuple[str, Wording], ...]:
    sort, _, of = type.partition(":")
    if sort == "enum":
        listed = next(e for e in interview.program.core.enumerations if e.name == of)
        return tuple((v, interview.names.listed(v, type)) for v in listed.values)
    if sort == "entity" and interview.facts is not None:
        return tuple((i, interview.names.entity(i)) for i in interview.facts.of_kind(of))
    return ()


def _item_label(interview: Interview, item: str) -> Wording:
    about = interview.names.item(item)
    if about.subject is None:
        return about.label
    return Wording(f"{about.label.ja}（{about.subject.ja}）", f"{about.label.en} ({about.subject.en})")


def _follow_up(interview: Interview, part: str) -> Question:
    assert interview.draft is not None
    about = interview.names.item(interview.draft.item)
    type = "date" if part == "since" else "text"
    return Question(interview.draft.item, part, Wording(), about.label, about.subject, type=type)


# --------------------------------------------------------------------------- looking back


class Given(Frozen):
    """One thing asked before. `state`: value (its spelling in `values`, newest first), absent, list, unknown, skipped."""

    item: str
    label: Wording
    state: str
    type: str = ""
    values: tuple[str, ...] = ()
    members: tuple[Wording, ...] = ()
    complete: bool = False


def review(interview: Interview) -> list[Given]:
    """Return everything asked, in order, with what was answered."""
    return [
        _given(interview, item)
        for item in interview.asked
        if item.partition(".")[0] in (interview.facts.kinds if interview.facts else {})
    ]


def _given(interview: Interview, item: str) -> Given:
    facts, program = interview.facts, interview.program
    assert facts is not None
    label = _item_label(interview, item)
    id, _, name = item.partition(".")
    if item in interview.unknown and not facts.members.get((id, name)):
        return Given(item, label, "unknown")
    if name in program.roles:
        members = facts.members.get((id, name))
        listed = tuple(interview.names.entity(m) for m in members.ids) if members else ()
        complete = bool(members and members.complete)
        return Given(item, label, "list" if members else "skipped", members=listed, complete=complete)
    records = [r for r in facts.records.get((id, name), ()) if r.source.startswith(SOURCE)] or facts.records.get(
        (id, name), ()
    )
    if not records:
        return Given(item, label, "skipped")
    if all(r.value is None for r in records):
        return Given(item, label, "absent")
    values = tuple(write(r.value) for r in reversed(records) if r.value is not None)
    return Given(item, label, "value", program.attributes[name].type, values)

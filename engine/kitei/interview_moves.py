"""The moves of an interview: what an answer, a refusal to answer and a change of mind make of it.

Comes in: a moment of an interview, its question and what was typed. Goes out: the next moment, which remembers the one
before; a `BadReply` leaves everything as it was. An answer is written into the text of the case and the text is read
again, so nothing can be answered that a facts file could not say. Deliberately not here: what to ask (`interview`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kitei.facts_text import SOURCE, with_entity, with_fact, with_record, with_top, without_answers, without_entity
from kitei.goals import matching
from kitei.interview import Draft, Interview, Question, with_text
from kitei.naming import clean
from kitei.replies import (
    BadReply,
    is_no,
    is_none,
    is_not_done,
    is_yes,
    plain,
    read_choices,
    read_day,
    read_names,
    read_value,
    several,
)  # fmt: skip
from kitei.world import Program
from kitei_dsl.frozen import replace

#: Words that end a list of names.
_THAT_IS_ALL = ("以上", "全部", "that is all", "that's all", "all")


def reply(interview: Interview, question: Question, text: str) -> Interview:
    """Take an answer. Raises BadReply, and then nothing has changed."""
    done = _taken(interview, question, text)
    return replace(done, before=interview)


def _taken(interview: Interview, question: Question, text: str) -> Interview:
    match question.part:
        case "day":
            return replace(interview, ask=replace(interview.ask, on=read_day(text)))
        case "kind":
            return _kind_or_goal(interview, question, text)
        case "goals":
            return replace(interview, ask=replace(interview.ask, goals=_goals(interview, question, text)))
        case "name":
            return _named(interview, question, text)
        case "skipped" | "further":
            if not (is_yes(text) or is_no(text)):
                raise BadReply("はい／いいえで答えてください。", "Answer yes or no.")
            if question.part == "further":
                return replace(interview, further=is_yes(text))
            return replace(interview, offered=True, skipped=() if is_yes(text) else interview.skipped)
        case "members":
            return _listed(interview, question, text)
        case "value":
            return _valued(interview, question, text)
        case _:
            return _completed(interview, question.part, text)


def decline(interview: Interview, question: Question, how: str) -> Interview:
    """Go on without an answer: `unknown` (not asked again) or `skip` (not now). Raises BadReply where one is needed."""
    if question.part == "name" and interview.facts is not None:
        return replace(interview, unknown=(*interview.unknown, question.item), before=interview)
    if question.part in ("day", "kind", "goals", "name"):
        raise BadReply("この問いには答えが要ります。", "This question needs an answer.")
    if question.part in ("skipped", "further"):
        return replace(_taken(interview, question, "no"), before=interview)
    if question.part not in ("value", "members"):
        return replace(_completed(interview, question.part, ""), before=interview)
    item = question.item
    asked = tuple(dict.fromkeys((*interview.asked, item)))
    if how == "skip":
        skipped = interview.skipped if interview.changing else tuple(dict.fromkeys((*interview.skipped, item)))
        return replace(interview, asked=asked, skipped=skipped, changing="", before=interview)
    text = interview.text
    if interview.changing:
        id, names = _names_of(interview.program, item)
        text = without_answers(text, id, names)
    done = replace(
        interview, asked=asked, unknown=tuple(dict.fromkeys((*interview.unknown, item))), changing="", before=interview
    )
    return with_text(done, text)


def back(interview: Interview) -> Interview | None:
    """Return the moment before the last reply, or None at the beginning of the sitting."""
    return interview.before


def change(interview: Interview, item: str) -> Interview:
    """Ask an item again that was asked before; its answer stands until another is given."""
    return replace(interview, changing=item, following=(), draft=None, before=interview,
                   skipped=tuple(i for i in interview.skipped if i != item))  # fmt: skip


def _kind_or_goal(interview: Interview, question: Question, text: str) -> Interview:
    """Take the kind the case is about; or what one wants to know, in words, whatever kind that is about."""
    try:
        return replace(interview, kind=read_choices(text, question.choices, many=False)[0])
    except BadReply as refused:
        meant = matching(interview.program, text, [kind for kind, _ in question.choices])
        if not meant:
            raise refused
        goal = _one_meant(interview, text, [r.name for r in meant], ())
        return replace(interview, ask=replace(interview.ask, goals=(goal,)))


def _goals(interview: Interview, question: Question, text: str) -> tuple[str, ...]:
    """Return the goals chosen by number, by name, or by words of a name that fit one alone."""
    try:
        return read_choices(text, question.choices, many=True)
    except BadReply as refused:
        found: list[str] = []
        shown = [value for value, _ in question.choices]
        kinds = {interview.program.norm_names[v].kind for v in shown}
        for part in re.split(r"[、,;]\s*", text):
            try:
                found += read_choices(part, question.choices, many=True)
            except BadReply:
                meant = [r.name for r in matching(interview.program, part, kinds)]
                if not meant:
                    raise refused from None
                found.append(_one_meant(interview, part, meant, shown))
        return tuple(dict.fromkeys(found))


def _one_meant(interview: Interview, typed: str, meant: Sequence[str], shown: Sequence[str]) -> str:
    """Return the one norm that is meant. Raises BadReply with what could be, and the numbers they were shown under."""
    if len(meant) == 1:
        return meant[0]
    norms = interview.program.norm_names
    labels = [(n, interview.names.wording(norms[n].label, n, norms[n].alias)) for n in meant]
    raise several(typed, [(shown.index(n) + 1 if n in shown else 0, w) for n, w in labels])


def _named(interview: Interview, question: Question, text: str) -> Interview:
    name = clean(text)
    _one_name(name)
    kind = question.item.partition(":")[2]
    if not interview.text.strip():
        id = _new_id(name, kind, {})
        begun = with_top(with_top("schema: kitei/facts@1\n", "as_of", interview.ask.on), "subject", id)
        return with_text(interview, with_entity(begun, id, kind, name))
    assert interview.facts is not None
    return with_text(interview, with_entity(interview.text, _new_id(name, kind, interview.facts.kinds), kind, name))


def _one_name(name: str) -> None:
    if not plain(name) or len(name) > 100 or is_yes(name) or is_no(name) or is_none(name) or is_not_done(name):
        raise BadReply("名前を一つ答えてください。", "Answer with one name.")


def _new_id(name: str, kind: str, taken: Mapping[str, str]) -> str:
    id = re.sub(r"\W+", "_", plain(name)).strip("_") or kind
    id = id if re.match(r"[^\W\d]", id) else f"{kind}_{id}"
    number, found = 2, id
    while found in taken or not re.fullmatch(r"[^\W\d][\w-]*", found):
        found, number = f"{id}_{number}", number + 1
    return found


def _names_of(program: Program, item: str) -> tuple[str, tuple[str, ...]]:
    """Return the entity of an item and the spellings of its attribute or role."""
    id, _, name = item.partition(".")
    declared = program.attributes.get(name) or program.roles[name]
    return id, tuple(n for n in (declared.name, declared.alias) if n)


def _listed(interview: Interview, question: Question, text: str) -> Interview:
    """Take names into a list, take one off it (-name), or hold it complete."""
    facts, program = interview.facts, interview.program
    assert facts is not None
    id, names = _names_of(program, question.item)
    role = program.roles[names[0]]
    given = list(read_names(text))
    whole = bool(given) and given[-1].lower() in _THAT_IS_ALL
    given = given[:-1] if whole else given
    if is_not_done(text) or is_yes(text) or (not given and not whole):
        raise BadReply(
            "名前を読点で区切って挙げてください。他になければ「なし」。",
            "Name them, with commas between; `none` if there are no more.",
        )
    if is_none(text) or is_no(text):
        given, whole = [], True
    members = facts.members.get((id, role.name))
    listed = list(members.ids) if members else []
    written, kinds, dropped = interview.text, dict(facts.kinds), []
    for name in given:
        if name.startswith("-"):
            off = next((m for m in listed if name[1:].strip() in _called(interview, m)), None)
            if off is None:
                raise BadReply(f"「{name[1:]}」は一覧にありません。", f"`{name[1:]}` is not on the list.")
            listed.remove(off)
            dropped.append(off)
            continue
        other = next((i for i in facts.of_kind(role.kind) if name in _called(interview, i)), None)
        if other in listed:
            continue
        if other is None or (facts.members.get((other, role.inverse)) and not program.roles[role.inverse].many):
            other = _new_id(name, role.kind, kinds)
            kinds[other] = role.kind
            written = with_entity(written, other, role.kind, name)
        listed.append(other)
    for off in dropped:
        written = without_entity(written, off)
    members_piece: dict[str, Any] = {"members": tuple(listed)} | ({"complete": "true"} if whole else {})
    written = with_fact(written, id, names, members_piece)
    done = replace(interview, asked=tuple(dict.fromkeys((*interview.asked, question.item))),
                   unknown=tuple(i for i in interview.unknown if i != question.item),
                   changing=interview.changing if not whole and interview.changing else "")  # fmt: skip
    return with_text(done, written)


def _called(interview: Interview, id: str) -> set[str]:
    name = interview.names.entity(id)
    return {id, name.ja, name.en}


def _valued(interview: Interview, question: Question, text: str) -> Interview:
    """Take the value of an attribute, or who stands in a single role."""
    program, written = interview.program, interview.text
    assert interview.facts is not None
    id, names = _names_of(program, question.item)
    sort, _, of = question.type.partition(":")
    attribute = program.attributes.get(names[0])
    if sort == "entity":
        spelled, written = _entity_named(interview, question, text, of)
    else:
        assert attribute is not None
        spelled = read_value(text, attribute, program.core)
    done = replace(interview, asked=tuple(dict.fromkeys((*interview.asked, question.item))),
                   unknown=tuple(i for i in interview.unknown if i != question.item), changing="")  # fmt: skip
    if attribute is None:
        return with_text(done, with_fact(written, id, names, spelled))
    if interview.changing:
        written = without_answers(written, id, names)
    start, end = question.gap
    record = (
        {"value": spelled} | ({"from": start.isoformat()} if start else {}) | ({"to": end.isoformat()} if end else {})
    )
    draft = Draft(written, question.item, tuple((record | {"source": SOURCE}).items()))
    following: tuple[str, ...] = ()
    if attribute.evidence == "evaluation":
        following = ("assessor", "reason")
    elif attribute.evidence == "act" and spelled == "true":
        following = ("since", "basis") if start is None and not interview.changing else ("basis",)
    return _drafted(replace(done, following=following), draft)


def _entity_named(interview: Interview, question: Question, text: str, kind: str) -> tuple[str, str]:
    """Return the entity named, and the text with it in, where it is new."""
    assert interview.facts is not None
    try:
        return read_choices(text, question.choices, many=False)[0], interview.text
    except BadReply:
        name = clean(text)
        _one_name(name)
        id = _new_id(name, kind, interview.facts.kinds)
        return id, with_entity(interview.text, id, kind, name)


def _drafted(interview: Interview, draft: Draft) -> Interview:
    id, names = _names_of(interview.program, draft.item)
    done = with_text(interview, with_record(draft.text, id, names, dict(draft.record)))
    return replace(done, draft=draft if interview.following else None)


def _completed(interview: Interview, part: str, text: str) -> Interview:
    """Take what belongs to the answer just given; an empty reply leaves it out."""
    draft = interview.draft
    assert draft is not None
    said = clean(text)
    done = replace(interview, following=interview.following[1:])
    if is_none(said):
        return replace(done, draft=draft if done.following else None)
    if part != "since" and (is_yes(said) or is_no(said)):
        raise BadReply(
            "はい／いいえではなく、言葉で答えてください（空のままでもよい）。",
            "Not yes or no: answer in words, or leave it empty.",
        )
    if len(said) > 1000:
        raise BadReply("長すぎます。", "That is too long.")
    record = dict(draft.record)
    if part == "since":
        record["from"] = read_day(said)
    else:
        record[{"basis": "note"}.get(part, part)] = said
    return _drafted(done, replace(draft, record=tuple(record.items())))

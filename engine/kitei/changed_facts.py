"""Facts with some of them changed: what a lawyer means by *if it were otherwise*.

Comes in: facts as read, and `Change`s. Goes out: facts of the same case in which each changed fact holds on every day.
Deliberately not here: which changes are worth trying (`flip`).
"""

from __future__ import annotations

from collections.abc import Iterable

from kitei.facts import Facts, Members, Record
from kitei.values import Entity, Value
from kitei.world import Program
from kitei_dsl import core
from kitei_dsl.frozen import Frozen, replace
from kitei_dsl.typesystem import parse_type


class Change(Frozen):
    """One fact changed. `sort`: value (`after` None: stated to be absent), complete (a list), without (a member of a list).

    `before` and `after` are written as values are; `before` None: unknown. `evidence`: fact, evaluation or act. `day`: the
    day on which it was so before, where it is not so on every day.
    """

    item: str
    sort: str
    before: str | None
    after: str | None
    evidence: str = "fact"
    day: str | None = None


def changed(facts: Facts, changes: Iterable[Change], program: Program) -> Facts:
    """Return facts with changes made: a changed fact holds on every day and is known from the beginning."""
    records, members = dict(facts.records), dict(facts.members)
    for c in changes:
        id, _, name = c.item.partition(".")
        role = program.roles.get(name)
        if role is None:
            attribute = program.attributes[name]
            value = None if c.after is None else _read(attribute, c.after)
            records[id, name] = (Record(value, None, None, None, False, "", 0),)
        elif c.sort == "complete":
            listed = members.get((id, name), Members((), False))
            members[id, name] = Members(listed.ids, c.after == "true")
        else:
            for other in members.get((id, name), Members((), False)).ids:
                if c.sort == "value" or other == c.after:
                    _unlink(members, program, id, role, other)
            if c.sort == "value" and c.after is not None:
                _link(members, program, id, role, c.after)
    return replace(facts, records=records, members=members)


def _read(attribute: core.Attribute, text: str) -> Value:
    from kitei.values import read

    t = parse_type(attribute.type)
    return Entity(str(t.of), text) if t.name == "entity" else read(attribute.type, text)


def _unlink(members: dict[tuple[str, str], Members], program: Program, id: str, role: core.Role, other: str) -> None:
    for of, name, gone in ((id, role.name, other), (other, role.inverse, id)):
        listed = members.get((of, name), Members((), False))
        left = tuple(i for i in listed.ids if i != gone)
        many = program.roles[name].many
        if left or (many and listed.complete):
            members[of, name] = Members(left, listed.complete)
        else:
            members.pop((of, name), None)


def _link(members: dict[tuple[str, str], Members], program: Program, id: str, role: core.Role, other: str) -> None:
    members[id, role.name] = Members((other,), True)
    back = program.roles[role.inverse]
    listed = members.get((other, back.name), Members((), False))
    members[other, back.name] = Members((*listed.ids, id) if back.many else (id,), listed.complete or not back.many)

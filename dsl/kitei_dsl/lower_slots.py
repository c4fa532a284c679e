"""Slots and parameters, and what fills them, to the core.

A slot is what the law leaves to an ordinance; a filling or a continuation names the slot it is for. Slots and
parameters are read in the first pass, since an expression may use what a later file declares.
"""

from __future__ import annotations

from kitei_dsl import core, split, syntax, vocabulary
from kitei_dsl.declare import split_target
from kitei_dsl.diagnostics import near
from kitei_dsl.elaborate import literal_of
from kitei_dsl.frozen import replace
from kitei_dsl.lower_clauses import clause_parts
from kitei_dsl.lowered import Lowered
from kitei_dsl.meant import type_meant
from kitei_dsl.typesystem import parse_type
from kitei_dsl.versions import Version
from kitei_dsl.vocabulary import said


def slot(into: Lowered, version: Version, line: syntax.Slot) -> None:
    kind = into.names.canonical("kind", line.of_kind.kind.text) if line.of_kind else None
    type_ = into.names.type_named(line.type.text)
    if (line.of_kind and kind is None) or type_ is None:
        sort = "type" if type_ is None else "kind"
        name = line.type if type_ is None or line.of_kind is None else line.of_kind.kind
        into.report("unknown-name", name, version, sort=sort, name=name.text, scope="",
                    near=type_meant(name.text) or near(name.text, into.names.known("kind", "enumeration")) or "declare it")  # fmt: skip
        return
    id = f"{version.id}#{line.name.text}"
    low, high = (vocabulary.literal(x, str(type_), into.found) for x in (line.low, line.high))
    slot = core.SlotDeclaration(
        id, version.id, str(version.address), line.name.text, kind, str(type_), "required" in line.flags,
        "pending" in line.flags, low, high, line.delegate, said(line.lines, syntax.Label),
        into.marks(version, ("slot", (line.mark,))), line.span.place,
    )  # fmt: skip
    into.label(version, line.name.text, line)
    if ("required" in line.flags) == ("optional" in line.flags):
        into.report("misplaced-line", line, version, line=" ".join(f for f in line.flags), place="a slot, which is either "
                    "`required` or `optional`: that")  # fmt: skip
    version.place.slots[line.name.text] = slot
    into.slots.append(slot)
    into.resolve_types[f"slot:{id}"] = (str(type_), None)


def parameter(into: Lowered, version: Version, line: syntax.Parameter) -> None:
    inner = line.value.operand if isinstance(line.value, syntax.Negative) else line.value
    read = literal_of(inner) if isinstance(inner, (syntax.Literal, syntax.SpanLiteral)) else "no literal"
    if isinstance(read, str):
        into.report("not-constant", line.value, version)
        return
    name = f"{version.address}#{line.name.text}"
    value = f"-{read[0]}" if isinstance(line.value, syntax.Negative) else read[0]
    known = into.parameter_types.get(line.name.text)
    if known is not None and known[0] != name:
        into.report("declared-twice", line.name, version, name=line.name.text, other=known[0])
        return
    into.parameter_types[line.name.text] = (name, str(read[1]))
    into.label(version, line.name.text, line)
    into.parameters.append(
        core.ParameterValue(
            name, version.id, str(read[1]), value, into.marks(version, ("value", (line.mark,))), line.span.place
        )
    )


def _slots_named(into: Lowered, target: syntax.Target, name: str) -> list[core.SlotDeclaration]:
    address, at, _ = split_target(target.address)
    return [
        s for s in into.slots if s.address == address and s.name == name and (not at or s.version.endswith(f"@{at}"))
    ]


def _no_such_slot(into: Lowered, version: Version, target: syntax.Target, name: syntax.Name) -> None:
    address = split_target(target.address)[0]
    there = [s.name for s in into.slots if s.address == address]
    hint = near(name.text, there) or ("it has: " + ", ".join(sorted(set(there))) if there else "declare it with `slot`")
    into.report("no-such-slot", name, version, address=target.address, name=name.text, near=hint)


def fill(into: Lowered, version: Version, line: syntax.Fill) -> None:
    slots = _slots_named(into, line.target, line.slot.text)
    if not slots:
        _no_such_slot(into, version, line.target, line.slot)
        return
    slot = slots[0]
    variable, kind = into.subject(version, line.of_kind, slot.kind)
    label = line.named.text if line.named else slot.name
    explicit = tuple(s.id for s in slots) if split_target(line.target.address)[1] else ()
    for case, node in split.cases_of(line):
        parts = clause_parts(into, version, node, slot.name, parse_type(slot.type), variable, kind, True)
        key = f"fill:{slot.address}#{slot.name}"
        into.draft(version, node, "fill", label, key, variable, kind, parts, case=case)
        last = into.drafts[-1]
        last.clause = replace(
            last.clause, covers=explicit, cited=("made anew",) if parts["anew"] else ("named",) if explicit else ()
        )


def continuation(into: Lowered, version: Version, line: syntax.Continuation) -> None:
    slots = _slots_named(into, line.target, line.slot.text)
    address, at, label = split_target(line.filling.address)
    fillings = [
        d for d in into.drafts
        if d.clause.role == "fill" and d.clause.address == address and (not label or label in (d.label, d.clause.split.partition("#")[2]))
        and (not at or d.clause.version.endswith(f"@{at}"))
    ]  # fmt: skip
    if not slots:
        _no_such_slot(into, version, line.target, line.slot)
    if not fillings:
        into.report("dangling-citation", line.filling, version, address=line.filling.address, near="")
    for draft in fillings:
        covers = (*draft.clause.covers, *(f"{s.id}|{version.id}" for s in slots))
        draft.clause = replace(draft.clause, covers=tuple(dict.fromkeys(covers)))

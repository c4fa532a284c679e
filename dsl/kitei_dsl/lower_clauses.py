"""Definitions, blocks and closings to clauses of the core."""

from __future__ import annotations

from typing import Any

from kitei_dsl import core, split, syntax
from kitei_dsl.declare import GRADES, read_address
from kitei_dsl.diagnostics import near
from kitei_dsl.elaborate import Elaborator, Variable
from kitei_dsl.expand import DEEMING
from kitei_dsl.lowered import Lowered
from kitei_dsl.meant import grade_meant
from kitei_dsl.places import Naming, whole
from kitei_dsl.typesystem import TRUTH, Type
from kitei_dsl.versions import Version


def clause_parts(into: Lowered, version: Version, node: Any, name: str, type_: Type, variable: str, kind: str | None,
                 outcome_expected: bool) -> dict[str, Any]:  # fmt: skip
    """Read the lines of a define, add, deem, presume, block or fill."""
    scope = (Variable(variable, kind),) if kind else ()
    elaborator = Elaborator(into.names, version.place, into.found)
    parts: dict[str, Any] = {"condition": None, "outcome": None, "closing": False, "targets": {}, "marks": [],
                             "reading": None, "choice": None, "purposes": (), "anew": False}  # fmt: skip
    guards: frozenset[str] = frozenset()
    conditions = [line for line in node.lines if isinstance(line, syntax.Condition)]
    if conditions:
        guards = elaborator.guards_of(conditions[0].expr, scope)
    seen: set[type[syntax.Node]] = set()
    for line in node.lines:
        if type(line) in seen:
            into.report("repeated-line", line, version, line=type(line).__name__.lower())
            continue
        seen.add(type(line))
        match line:
            case syntax.Condition():
                parts["condition"] = elaborator.expression(line.expr, scope, TRUTH)
                parts["marks"].append(("condition", line.marks))
            case syntax.UnlessProved() if isinstance(node, (syntax.Definition, syntax.Fill)):
                parts["defence"] = into.defence(elaborator, line, scope)
                parts["marks"].append(("condition", line.marks))
            case syntax.Outcome() if outcome_expected:
                _outcome(into, version, line, elaborator, scope, guards, type_, parts)
            case syntax.ProvisoTo() | syntax.Notwithstanding() | syntax.YieldsTo():
                relation = {syntax.ProvisoTo: "proviso_to", syntax.Notwithstanding: "notwithstanding",
                            syntax.YieldsTo: "yields_to"}[type(line)]  # fmt: skip
                parts["targets"][relation] = line.targets
                parts["marks"].append((relation, (line.mark,)))
            case syntax.Purposes() if isinstance(node, syntax.Definition) and node.word == "deem":
                into.found += whole(str(version.address), line.targets)
                into.named.append(Naming(str(version.address), line.targets, norms=False))
                parts["purposes"] = tuple(t.address for t in line.targets) or ("*",)
                parts["marks"].append(("purposes", (line.mark,)))
            case syntax.UnderReading():
                _reading(into, version, line, parts)
            case syntax.MadeAnew() if isinstance(node, syntax.Fill):
                parts["anew"] = True
            case _:
                into.report("misplaced-line", line, version, line=type(line).__name__.lower(), place=f"`{name}`")
    parts["condition"] = also(parts["condition"], parts.pop("defence", None))
    if isinstance(node, syntax.Definition) and node.word == "deem" and not parts["purposes"]:
        into.report("missing-purposes", node, version, name=name)
    if outcome_expected and parts["outcome"] is None:
        into.report("missing-outcome", node, version, name=name)
        parts["outcome"] = core.Unencoded("unencoded", "", "")
    marks = into.marks(version, *parts["marks"])
    parts["marks"] = (
        *marks,
        *into.marked(version, elaborator, condition=parts["condition"], outcome=parts["outcome"]),
    )
    return parts


def _outcome(into: Lowered, version: Version, line: syntax.Outcome, elaborator: Elaborator, scope: tuple[Variable, ...],
            guards: frozenset[str], type_: Type, parts: dict[str, Any]) -> None:  # fmt: skip
    if line.word == "is":
        parts["outcome"] = elaborator.expression(line.expr, scope, type_, guards)
    else:
        if type_ != TRUTH:
            into.report("wrong-type", line, version, expected="a truth term", found=str(type_),
                        hint=f"`{line.word}` defines what something is; use `is` for a value")  # fmt: skip
        meant = elaborator.expression(line.expr, scope, TRUTH, guards)
        own = parts["condition"]
        parts["condition"] = meant if own is None else core.Call("and", (own, meant))
        parts["outcome"] = core.Literal("truth", "true")
        parts["closing"] = line.word == "means"
    parts["marks"].append(("outcome", line.marks))


def _reading(into: Lowered, version: Version, line: syntax.UnderReading, parts: dict[str, Any]) -> None:
    node = into.names.readings.get(line.reading.text)
    choices = [x.name.text for x in node.lines if isinstance(x, syntax.Choice)] if node else []
    if line.choice.text not in choices:
        into.report("unknown-name", line.choice if node else line.reading, version, sort="choice" if node else "reading",
                    name=line.choice.text if node else line.reading.text, scope="",
                    near=near(line.choice.text, choices) or near(line.reading.text, into.names.readings))  # fmt: skip
    parts["reading"], parts["choice"] = line.reading.text, line.choice.text


def _scoped_keys(into: Lowered, version: Version, term: str, scope: tuple[syntax.Target, ...]) -> list[str]:
    return [f"{term}@{a}" for t in scope if (a := read_address(t, [])) is not None] or [term]


def definition(into: Lowered, version: Version, line: syntax.Definition) -> None:
    name = into.names.canonical("term", line.name.text)
    if name is None:
        into.report("unknown-name", line.name, version, sort="term", name=line.name.text, scope="",
                    near=near(line.name.text, into.names.known("term")) or "declare it with `term`")  # fmt: skip
        return
    if name not in into.names.terms:
        return  # its alias is another's name: that is told where it is declared
    type_ = into.names.type_named(into.names.terms[name].type.text)
    if type_ is None:
        return
    variable, kind = into.subject(version, line.of_kind, into.names.kind_of("term", name))
    combine = into.names.terms[name].combination
    if line.word == "add" and combine is None:
        into.report("cannot-combine", line, version, name=name)
    suffix = "" if line.word == "define" else f".{line.word}"
    label = line.named.text if line.named else name + suffix
    if isinstance(line.named, syntax.Name) and DEEMING in label:
        # What a transition deems is called after its norm, which has one label in either spelling.
        of, part, rest = label.partition(DEEMING)
        label = (into.names.canonical("norm", of) or of) + part + rest
    for case, node in split.cases_of(line):
        parts = clause_parts(into, version, node, name, type_, variable, kind, True)
        for i, key in enumerate(_scoped_keys(into, version, name, line.scope)):
            into.resolve_types[key] = (str(type_), combine)
            own = label if i == 0 else f"{label}.{i + 1}"
            into.draft(version, node, line.word, own, key, variable, kind, parts, case=case)


def block(into: Lowered, version: Version, line: syntax.Block) -> None:
    variable, kind = into.subject(version, line.of_kind, None)
    parts = clause_parts(into, version, line, "block", TRUTH, variable, kind, False)
    parts["targets"]["blocks"] = line.targets
    label = line.named.text if line.named else "block." + line.targets[0].address.replace("/", "_")
    into.draft(version, line, "block", label, None, variable, kind, parts)


def otherwise(into: Lowered, version: Version, line: syntax.Otherwise) -> None:
    name = into.names.canonical("term", line.name.text)
    if name is None:
        into.report("unknown-name", line.name, version, sort="term", name=line.name.text, scope="",
                    near=near(line.name.text, into.names.known("term")) or "declare it with `term`")  # fmt: skip
        return
    if line.grade is not None and line.grade not in GRADES:
        into.report("unknown-grade", line, version, grade=line.grade, choice=grade_meant(line.grade, GRADES))
    type_ = into.names.type_named(into.names.terms[name].type.text)
    variable, kind = into.subject(version, line.of_kind, into.names.kind_of("term", name))
    scope = (Variable(variable, kind),) if kind else ()
    value = Elaborator(into.names, version.place, into.found).expression(line.value, scope, type_)
    parts: dict[str, Any] = {"condition": None, "outcome": value, "closing": True, "targets": {}, "reading": None, "choice": None,
             "purposes": (), "marks": into.marks(version, ("outcome", (line.mark,))), "grade": line.grade or ""}  # fmt: skip
    suffix = ""
    if line.reading is not None:
        _reading(into, version, line.reading, parts)
        suffix = f".{line.reading.choice.text}"
    for i, key in enumerate(_scoped_keys(into, version, name, line.scope)):
        into.resolve_types.setdefault(key, (str(type_), into.names.terms[name].combination))
        into.draft(
            version,
            line,
            "close",
            f"{name}.otherwise{suffix}" + (f".{i + 1}" if i else ""),
            key,
            variable,
            kind,
            parts,
        )


def also(condition: core.Expr | None, further: core.Expr | None) -> core.Expr | None:
    """Return both conditions as one, or the one there is."""
    if condition is None or further is None:
        return condition or further
    return core.Call("and", (condition, further))

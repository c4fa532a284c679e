"""Norms to the core: who is bound, when, to what, by which day."""

from __future__ import annotations

from typing import Any

from kitei_dsl import core, syntax
from kitei_dsl.diagnostics import near
from kitei_dsl.elaborate import Elaborator, Variable
from kitei_dsl.lower_clauses import also
from kitei_dsl.lowered import Lowered
from kitei_dsl.typesystem import DATE, TRUTH, Type
from kitei_dsl.versions import Version
from kitei_dsl.vocabulary import wording


def norm(into: Lowered, version: Version, line: syntax.Norm) -> None:
    name = into.names.canonical("norm", line.name.text)
    kind = into.names.canonical("kind", line.kind.text)
    if name is None or kind is None:
        missing = line.name if name is None else line.kind
        sort = "norm" if name is None else "kind"
        into.report("unknown-name", missing, version, sort=sort, name=missing.text, scope="",
                    near=near(missing.text, into.names.known(sort)) or f"declare it with `{sort}`")  # fmt: skip
        return
    if into.names.kind_of("norm", name) != kind:
        expected = into.names.kind_of("norm", name) or "?"
        into.report("wrong-kind", line.kind, version, name=name, expected=expected, found=kind)
    bearer = line.bearer.text if line.bearer else "self"
    scope: tuple[Variable, ...] = (Variable(bearer, kind),)
    elaborator = Elaborator(into.names, version.place, into.found)
    lines = _norm_lines(into, version, line)
    instances, anchor = None, None
    there: frozenset[str] = frozenset()
    if isinstance(each := lines.get("ForEach"), syntax.ForEach):
        instances, scope = _instances(into, version, each, elaborator, scope)
        if each.anchor is not None and instances is not None:
            anchor, there = _anchor(each.anchor, elaborator, scope)
    if isinstance(event := lines.get("Anchored"), syntax.Anchored):
        if each is not None:
            into.report("repeated-line", each, version, line="anchored")
        else:
            anchor, there = _anchor(event.anchor, elaborator, scope)
    condition = lines.get("Condition")
    guards = there
    if isinstance(condition, syntax.Condition):
        guards |= elaborator.guards_of(condition.expr, scope)
    applies = (
        elaborator.expression(condition.expr, scope, TRUTH, there) if isinstance(condition, syntax.Condition) else None
    )
    defence = lines.get("UnlessProved")
    if isinstance(defence, syntax.UnlessProved):
        applies = also(applies, into.defence(elaborator, defence, scope))
    marks = into.marks(
        version, ("condition", getattr(condition, "marks", ())), ("condition", getattr(defence, "marks", ()))
    )
    parts: dict[str, Any] = {
        "condition": applies, "outcome": core.Literal("truth", "true"), "closing": True, "reading": None,
        "choice": None, "purposes": (), "targets": {}, "marks": (*marks, *into.marked(version, elaborator, condition=applies)),
    }  # fmt: skip
    relations = {
        "ProvisoTo": "proviso_to",
        "Notwithstanding": "notwithstanding",
        "YieldsTo": "yields_to",
        "Lifts": "notwithstanding",
    }
    for key, relation in relations.items():
        if key in lines:
            # A permission that applies displaces the prohibition it lifts.
            parts["targets"][relation] = (*parts["targets"].get(relation, ()), *lines[key].targets)  # type: ignore[attr-defined]
    _performance_fits(into, version, line, lines.get("Performance"))
    label = line.named.text if line.named else name
    key = f"norm:{version.address}#{label}"
    into.resolve_types[key] = ("truth", None)
    instance = instances.variable if instances else None
    into.draft(version, line, "norm", label, key, bearer, kind, parts, instance)
    into.norms.append(
        _core_norm(
            into, version, line, lines, name, kind, bearer, instances, anchor, key, label, elaborator, scope, guards
        )
    )


def _performance_fits(into: Lowered, version: Version, line: syntax.Norm, performance: syntax.Node | None) -> None:
    """A duty needs an act or a state; a prohibition a state to be kept or avoided."""
    word = performance.word if isinstance(performance, syntax.Performance) else None
    wanted = {"duty": ("do", "achieve", "keep"), "prohibition": ("keep", "avoid"), "must_contain": ("keep",)}.get(
        line.modality
    )
    if wanted is not None and word not in wanted:
        into.report("wrong-performance", performance or line, version, modality=line.modality, wanted=" or ".join(wanted),
                    found=word or "no such line")  # fmt: skip


def _norm_lines(into: Lowered, version: Version, line: syntax.Norm) -> dict[str, syntax.Node]:
    lines: dict[str, syntax.Node] = {}
    for part in line.lines:
        key = type(part).__name__
        if key in lines:
            into.report("repeated-line", part, version, line=key.lower())
        lines.setdefault(key, part)
    return lines


def _instances(into: Lowered, version: Version, each: syntax.ForEach, elaborator: Elaborator,
              scope: tuple[Variable, ...]) -> tuple[core.Instances | None, tuple[Variable, ...]]:  # fmt: skip
    """Read `for each`."""
    members, kind = elaborator.reference(syntax.Reference(each.role.span, each.role, None), scope, frozenset())
    if kind.name != "list" or not isinstance(members, core.Fact):
        into.report("not-a-list", each.role, version, name=each.role.text)
        return None, scope
    variable = Variable(each.variable.text, str(kind.of))
    if each.anchor is None:
        into.report("unanchored", each, version, name=each.role.text, kind=str(kind.of))
    return core.Instances(variable.name, str(kind.of), members), (*scope, variable)


def _anchor(node: syntax.Expr, elaborator: Elaborator, scope: tuple[Variable, ...], guards: frozenset[str] = frozenset()
           ) -> tuple[core.Expr, frozenset[str]]:  # fmt: skip
    """Read the day a norm is anchored at, with what is surely there once it is: that day, where it is an attribute that may
    be absent. Of days told apart by `if` each may be such an attribute; then none is surely there."""
    if isinstance(node, syntax.Reference):
        there = elaborator.guards_of(syntax.Has(node.span, node), scope)
        return elaborator.expression(node, scope, DATE, guards | there), there
    if isinstance(node, syntax.Conditional):
        condition = elaborator.expression(node.condition, scope, TRUTH, guards)
        then, _ = _anchor(node.then, elaborator, scope, guards | elaborator.guards_of(node.condition, scope))
        return core.If(condition, then, _anchor(node.otherwise, elaborator, scope, guards)[0]), frozenset()
    return elaborator.expression(node, scope, DATE, guards), frozenset()


def _core_norm(into: Lowered, version: Version, line: syntax.Norm, lines: dict[str, Any], name: str, kind: str, bearer: str,
              instances: core.Instances | None, anchor: core.Expr | None, key: str, label: str, elaborator: Elaborator,
              scope: tuple[Variable, ...], guards: frozenset[str]) -> core.Norm:  # fmt: skip
    performance: syntax.Performance | None = lines.get("Performance")
    form = done = done_on = None
    if performance is not None:
        form = "keep" if performance.word == "avoid" else performance.word
        expected = DATE if form == "do" else TRUTH
        done = _performed(into, elaborator, performance.expr, scope, expected, guards)
        if performance.word == "avoid":
            done = core.Call("not", (done,))
        if performance.on is not None:
            done_on = _performed(into, elaborator, performance.on, scope, DATE, guards)
    due, content, prompt = lines.get("Due"), lines.get("Content"), lines.get("Promptness")
    towards, lifts = lines.get("Towards"), lines.get("Lifts")
    content_type = None
    if content is not None:
        content_type = elaborator.typed(content.expr, scope, guards)[1]
    groups = [
        (k.lower(), getattr(v, "marks", None) or (getattr(v, "mark", None),))
        for k, v in lines.items()
        if k not in ("Condition", "UnlessProved")
    ]
    due_day = elaborator.expression(due.expr, scope, DATE, guards) if due else None
    amount = None
    if content is not None:
        again = Elaborator(into.names, version.place, [])
        amount = again.expression(content.expr, scope, content_type, guards)
        elaborator.marked += again.marked
    return core.Norm(
        f"{version.id}#{label}", version.id, str(version.address), name, line.modality, kind, bearer, instances, anchor, key, form,
        done, done_on, due_day, prompt.word if prompt else None, amount,
        wording(towards.words if towards else None),
        tuple(t.address for t in lifts.targets) if lifts else (),
        (*into.marks(version, *groups), *into.marked(version, elaborator, due=due_day, content=amount, done=done)),
        line.span.place,
    )  # fmt: skip


def _performed(into: Lowered, elaborator: Elaborator, node: syntax.Expr, scope: tuple[Variable, ...], expected: Type,
              guards: frozenset[str]) -> core.Expr:  # fmt: skip
    """Read an act's day; an attribute declared `if any` may stand unguarded here: absent means not done."""
    if isinstance(node, syntax.Reference):
        expr, kind = elaborator.reference(node, scope, guards, raw=True)
        if kind == expected:
            return expr
    return elaborator.expression(node, scope, expected, guards)

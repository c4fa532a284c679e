"""Constructs that are short for others, written out: status, `binds`, transition.

Comes in: a file as read. Goes out: the same file in which a status is an enumeration, a record and a term; `binds` a
condition on it; a transition (経過措置) a permission and deemings under one condition. All spans stay where the words
stand, so a mistake is told at them. Nothing is looked up. Deliberately not here: 準用, which needs addresses (`applied`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kitei_dsl import syntax
from kitei_dsl.diagnostics import Diagnostic, finding
from kitei_dsl.frozen import replace
from kitei_dsl.source import Span
from kitei_dsl.syntax import Expr, Mark, Name, Node

#: The value of a status record that says: none.
NONE = "no_status"
#: What stands in the label of a deeming after the name of its transition; no label a drafter writes has a stop.
DEEMING = ".deems"
#: Parts a transition cannot do without, in the words of its lines.
_NEEDED = {"who": "`who`", "until": "`until`"}


def expand(file: syntax.File) -> tuple[syntax.File, list[Diagnostic]]:
    """Write out the short constructs of a file."""
    found: list[Diagnostic] = []
    items: list[syntax.Item] = []
    for item in file.items:
        if isinstance(item, syntax.Status):
            items += _status(item)
        elif isinstance(item, syntax.Provision):
            items.append(_provision(item, found))
        else:
            items.append(item)
    return replace(file, items=tuple(items)), found


# --------------------------------------------------------------------------- status


def _status(node: syntax.Status) -> Iterator[syntax.Item]:
    """A status is a term whose values are its modes, and a record of an authority's acts that its provisions read."""
    modes = [line for line in node.lines if isinstance(line, syntax.Mode)]
    described = tuple(line for line in node.lines if not isinstance(line, syntax.Mode))
    labels = tuple(line for line in described if isinstance(line, syntax.Label))
    values = [syntax.EnumValue(m.span, m.name, m.alias, m.words) for m in modes]
    none = syntax.EnumValue(
        node.name.span,
        Name(node.name.span, NONE),
        syntax.Alias(node.name.span, "地位なし"),
        syntax.Bilingual(node.span, "地位がない", "no such status"),
    )
    listed = Name(node.name.span, f"{node.name.text}_mode")
    yield syntax.Enumeration(node.span, listed, None, (*labels, none, *values))
    act = (syntax.Flag(node.span, "act of authority"),)
    yield syntax.Attribute(node.span, node.record, node.record_alias, node.kind, listed, act, described)
    yield syntax.Term(node.span, node.name, node.alias, node.kind, listed, None, described)


# --------------------------------------------------------------------------- provisions


def _provision(node: syntax.Provision, found: list[Diagnostic]) -> syntax.Provision:
    lines: list[Node] = []
    for line in node.lines:
        if isinstance(line, syntax.Transition):
            lines += _transition(line, node, found)
        elif isinstance(line, syntax.Norm):
            lines.append(_bound(line))
        else:
            lines.append(line)
    return replace(node, lines=tuple(lines))


def _bound(norm: syntax.Norm) -> syntax.Norm:
    """A norm that binds in some modes of a status has that as part of its condition."""
    binds = next((line for line in norm.lines if isinstance(line, syntax.Binds)), None)
    if binds is None:
        return norm
    status = syntax.Reference(binds.status.span, binds.status, None)
    modes = tuple(syntax.Comparison(m.span, status, "=", syntax.Reference(m.span, m, None)) for m in binds.modes)
    in_mode: Expr = modes[0] if len(modes) == 1 else syntax.Disjunction(binds.span, modes)
    own = next((line for line in norm.lines if isinstance(line, syntax.Condition)), None)
    if own is None:
        condition = syntax.Condition(binds.span, in_mode, binds.marks)
    else:
        both = syntax.Conjunction(binds.span, (_marked(in_mode, binds.marks), own.expr))
        condition = replace(own, expr=both)
    rest = tuple(line for line in norm.lines if line is not binds and line is not own)
    return replace(norm, lines=(condition, *rest))


def _marked(expr: Expr, marks: tuple[Mark, ...]) -> Expr:
    return syntax.Marked(expr.span, expr, marks) if marks else expr


# --------------------------------------------------------------------------- transitions


def _transition(node: syntax.Transition, where: syntax.Provision, found: list[Diagnostic]) -> list[Node]:
    """A transition is a permission, and a deeming for each `deems`, while its person, acts and time are as it says."""
    parts: dict[str, list[syntax.TransitionPart]] = {}
    for line in node.lines:
        if isinstance(line, syntax.TransitionPart):
            parts.setdefault(line.word, []).append(line)
    lifts = [line for line in node.lines if isinstance(line, syntax.Lifts)]
    deems = [line for line in node.lines if isinstance(line, syntax.Deems)]
    missing = [words for part, words in _NEEDED.items() if part not in parts]
    if not lifts and not deems:
        missing.append("`lifts` or `deems`")
    if "acts" not in parts:
        missing.append("`acts`")
    if "extended" in parts and "at" not in parts:
        missing.append("`at latest`")
    if missing:
        fields = {"name": node.name.text, "missing": ", ".join(missing)}
        found.append(finding("bare-transition", node.name.span, fields, law=where.address.address))
        return []
    for word, several in parts.items():
        if word in ("who", "until", "at") and len(several) > 1:
            found.append(finding("repeated-line", several[1].span, {"line": word}, law=where.address.address))
    condition = syntax.Condition(node.span, _while(node, parts), ())
    lines = (condition, _last_day(node, parts), *lifts)
    norm = syntax.Norm(node.span, "permission", node.name, node.kind, node.bearer, node.named, lines)
    of_kind = syntax.OfKind(node.kind.span, node.kind, node.bearer)
    label = (node.named or node.name).text
    return [norm, *(_deeming(d, of_kind, f"{label}{DEEMING}{n or ''}", condition) for n, d in enumerate(deems))]


def _deeming(node: syntax.Deems, of_kind: syntax.OfKind, label: str, condition: syntax.Condition) -> syntax.Definition:
    outcome = syntax.Outcome(node.value.span, "is", node.value, ())
    lines = (condition, outcome, node.purposes)
    return syntax.Definition(node.span, "deem", node.name, of_kind, Name(node.span, label), (), lines)


def _while(node: syntax.Transition, parts: dict[str, list[syntax.TransitionPart]]) -> Expr:
    """The condition: this person, these acts, on a day from commencement to the end of the window or of its extension,
    before anything ended it, and not lapsed."""
    today, start = syntax.ReferenceDay(node.span), syntax.CommencementDay(node.span, None)
    who = parts["who"][0]
    # 施行の際現に: as things stood on the day of commencement
    conditions: list[Expr] = [
        syntax.Comparison(node.span, today, ">=", start),
        _marked(syntax.AsAt(who.span, who.expr, start), who.marks),
    ]
    conditions += [_marked(part.expr, part.marks) for part in parts["acts"]]

    def up_to(part: syntax.TransitionPart) -> Expr:
        return _marked(syntax.Comparison(part.span, today, "<=", part.expr), part.marks)

    window = up_to(parts["until"][0])
    extended = [_marked(part.expr, part.marks) for part in parts.get("extended", ())]
    if extended:
        longer = _joined(syntax.Conjunction, node.span, extended)
        window = syntax.Disjunction(node.span, (window, longer))
    conditions.append(window)
    conditions += [up_to(part) for part in parts.get("at", ())]
    for word in ("ends", "lapses"):
        conditions += [_marked(syntax.Negation(p.span, p.expr), p.marks) for p in parts.get(word, ())]
    return _joined(syntax.Conjunction, node.span, conditions)


def _last_day(node: syntax.Transition, parts: dict[str, list[syntax.TransitionPart]]) -> syntax.Due:
    """The last day on which the transition lets go on: the end of the window, or the cap where that is earlier; past the
    window, while it is extended, the cap."""
    today, until = syntax.ReferenceDay(node.span), parts["until"][0].expr
    if "at" not in parts:
        return syntax.Due(node.span, until, ())
    cap = parts["at"][0].expr
    before: Expr = syntax.Comparison(node.span, until, "<=", cap)
    if "extended" in parts:
        before = syntax.Conjunction(node.span, (before, syntax.Comparison(node.span, today, "<=", until)))
    return syntax.Due(node.span, syntax.Conditional(node.span, before, until, cap), ())


def _joined(join: Callable[[Span, tuple[Expr, ...]], Expr], span: Span, operands: list[Expr]) -> Expr:
    return operands[0] if len(operands) == 1 else join(span, tuple(operands))

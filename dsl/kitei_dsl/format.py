"""Surface tree to canonical text.

Comes in: a `syntax.File` read without mistakes. Goes out: its one spelling: two-space indentation, one line per
line of the law, minimal parentheses. A line that is too long has its marks, then its `en` text, on a line of their
own, and its chains broken with one operand a line, operator first. Nodes are first laid out as
`_Line`s, each knowing the source lines it was read from; comments are then put back by those numbers, in order.
Formatting twice changes nothing, and what is read back is the same tree. Deliberately not here: any meaning, and
any choice the author could make; order is never changed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never, cast

from kitei_dsl import syntax
from kitei_dsl.diagnostics import width
from kitei_dsl.syntax import Expr, Mark, Node, Target

_COLUMNS = 110
_INDENT = "  "

#: Everything that begins a line of its own.
_Construct: TypeAlias = (
    syntax.Item | syntax.ClauseLine | syntax.Label | syntax.Question | syntax.Note | syntax.Cites | syntax.Property
    | syntax.Suppose | syntax.Only | syntax.Without | syntax.Assume | syntax.DatedBy | syntax.EnumValue | syntax.Role
    | syntax.Choice | syntax.Heading | syntax.Plain | syntax.Definition | syntax.Block | syntax.Otherwise | syntax.Slot
    | syntax.Fill | syntax.Continuation | syntax.Parameter | syntax.ForEach | syntax.Performance | syntax.Due
    | syntax.Promptness | syntax.Content | syntax.Towards | syntax.Lifts | syntax.Norm | syntax.Whose
    | syntax.Imprisonment | syntax.Fine | syntax.Both | syntax.Corporate | syntax.Sanction | syntax.NoSanction
    | syntax.Saving | syntax.Mark | syntax.Case | syntax.Mode | syntax.Binds | syntax.TransitionPart | syntax.Deems
    | syntax.Transition | syntax.Replacement | syntax.Application
)  # fmt: skip

#: Statements of one line: a run of the same kind stays together, all others stand apart.
_RUNS = (syntax.Otherwise, syntax.Continuation, syntax.Parameter, syntax.NoSanction, syntax.Saving)
_WORDS_OF_THE_LAW = (syntax.Heading, syntax.Plain)


def format_file(file: syntax.File) -> str:
    """Return the canonical text of a file, ending in a newline unless it is empty."""
    layout = _Layout(file.comments)
    lines: list[_Line] = []
    for item in file.items:
        lines += _apart(layout.construct(item, 0), bool(lines))
    return "".join(line + "\n" for line in _with_comments(lines, file))


def format_expression(expr: Expr) -> str:
    """Return an expression on one line, with the fewest parentheses that give the same tree back."""
    match expr:
        case syntax.Literal():
            return expr.text
        case syntax.SpanLiteral():
            return f"{expr.count} {_unit(expr)}"
        case syntax.BusinessDays():
            return f"{expr.count} business days of {_within(expr.calendar, _PRIMARY)}"
        case syntax.Reference():
            subject = "" if expr.subject is None else f" of {_within(expr.subject, _PRIMARY)}"
            return expr.name.text + subject
        case syntax.Fold():
            head = _fold_head(expr)
            return head if expr.body is None else f"{head}: {_within(expr.body, _OPEN)}"
        case (
            syntax.Conditional()
            | syntax.Disjunction()
            | syntax.Conjunction()
            | syntax.Comparison()
            | syntax.Arithmetic()
        ):
            return " ".join([f"{word}{_within(operand, level)}" for word, operand, level in _pieces(expr)])
        case syntax.Negation():
            return f"not {_within(expr.operand, _NEGATION)}"
        case syntax.Negative():
            return f"{expr.sign}{_within(expr.operand, _OPERAND)}"
        case syntax.Period():
            rolled = f" rolled for {expr.roll}" if expr.roll else ""
            return f"{_within(expr.length, _OPERAND)} {expr.word} {_within(expr.day, _OPERAND)}{rolled}"
        case syntax.AsAt():
            return f"{_within(expr.body, _PRIMARY)} as at {_within(expr.day, _PRIMARY)}"
        case syntax.UnderText():
            return f"{_within(expr.body, _PRIMARY)} under the text of {_within(expr.day, _PRIMARY)}"
        case syntax.Call():
            return f"{expr.name}({', '.join([_within(argument, _OPEN) for argument in expr.arguments])})"
        case syntax.Has():
            return f"has {format_expression(expr.reference)}"
        case syntax.Filled():
            return f"filled {expr.name.text}"
        case syntax.Unencoded():
            return f"unencoded {_bilingual(expr.words)}"
        case syntax.Unverified():
            return f"unverified {_bilingual(expr.words)}"
        case syntax.Proved():
            return f"{_proved(expr)}{format_expression(expr.expr)}{_marks(*expr.marks)})"
        case syntax.ReferenceDay():
            return "reference_day"
        case syntax.CommencementDay():
            return "commencement_day" + _optional("of", expr.of)
        case syntax.ItemList():
            items = [f"{_item_head(i)}{format_expression(i.expr)}{_marks(*i.marks)}" for i in expr.items]
            return " ".join([f"{expr.head} of", *items, "end"])
        case syntax.Progressive():
            brackets = [_bracket(b) for b in expr.brackets]
            return " ".join([f"progressive on {_within(expr.base, _OPERAND)}", *brackets, "end"])
        case syntax.Marked():
            return f"({format_expression(expr.expr)}{_marks(*expr.marks)})"
        case _:
            assert_never(expr)


def _proved(node: syntax.Proved | syntax.UnlessProved) -> str:
    return f"proved by {_within(node.party, _PRIMARY)} that ("


def _item_head(item: syntax.ListItem) -> str:
    return f"item {item.place.address}: "


def _bracket(bracket: syntax.Bracket) -> str:
    limit = "above" if bracket.limit is None else f"up to {_within(bracket.limit, _OPERAND)}"
    return f"{limit} at {_within(bracket.rate, _OPERAND)}{_marks(*bracket.marks)}"


# --------------------------------------------------------------------------- expressions

#: The levels of the grammar's expression rules, loosest first; what stands inside a looser place needs no brackets.
_OPEN, _DISJUNCTION, _CONJUNCTION, _NEGATION, _COMPARISON, _SUM, _PRODUCT, _PERIOD, _OPERAND, _PRIMARY = range(10)


def _level(expr: Expr) -> int:
    match expr:
        case syntax.Fold() | syntax.Conditional():
            return _OPEN
        case syntax.Disjunction():
            return _DISJUNCTION
        case syntax.Conjunction():
            return _CONJUNCTION
        case syntax.Negation():
            return _NEGATION
        case syntax.Comparison():
            return _COMPARISON
        case syntax.Arithmetic():
            return _SUM if expr.sign in "+-" else _PRODUCT
        case syntax.Period():
            return _PERIOD
        case syntax.AsAt() | syntax.UnderText() | syntax.Negative():
            return _OPERAND
        case _:
            return _PRIMARY


def _within(expr: Expr, level: int) -> str:
    """Return the expression as it stands in a place of a level, in brackets if it is looser."""
    text = format_expression(expr)
    return f"({text})" if _level(expr) < level else text


def _pieces(expr: Expr) -> list[tuple[str, Expr, int]]:
    """Give the parts a chain breaks into: the words before each operand, the operand and its level."""
    match expr:
        case syntax.Disjunction():
            return [("or " if i else "", operand, _CONJUNCTION) for i, operand in enumerate(expr.operands)]
        case syntax.Conjunction():
            return [("and " if i else "", operand, _NEGATION) for i, operand in enumerate(expr.operands)]
        case syntax.Conditional():
            found: list[tuple[str, Expr, int]] = []
            rest: Expr = expr
            word = "if "
            while isinstance(rest, syntax.Conditional):
                found += [(word, rest.condition, _OPEN), ("then ", rest.then, _OPEN)]
                rest, word = rest.otherwise, "else if "
            return [*found, ("else ", rest, _OPEN)]
        case syntax.Comparison():
            return [("", expr.left, _SUM), (f"{expr.sign} ", expr.right, _SUM)]
        case syntax.Arithmetic():
            level = _level(expr)
            backwards: list[tuple[str, Expr, int]] = []
            first: Expr = expr
            while isinstance(first, syntax.Arithmetic) and _level(first) == level:
                backwards.append((f"{first.sign} ", first.right, level + 1))
                first = first.left
            return [("", first, level), *reversed(backwards)]
        case _:
            return []


def _has_rows(expr: Expr) -> bool:
    """Say whether a list of items or brackets stands where a line can be broken: it always has lines of its own."""
    if isinstance(expr, (syntax.ItemList, syntax.Progressive)):
        return True
    if isinstance(expr, syntax.Negation):
        return _has_rows(expr.operand)
    if isinstance(expr, (syntax.Marked, syntax.Proved)):
        return _has_rows(expr.expr)
    if isinstance(expr, syntax.Fold):
        return expr.body is not None and _has_rows(expr.body)
    return any(_has_rows(operand) for _, operand, _ in _pieces(expr))


def _fold_head(fold: syntax.Fold) -> str:
    words = {"at_least": f"at least {fold.threshold}", "number": "number"}.get(fold.quantifier, fold.quantifier)
    where = "" if fold.where is None else f" where {_within(fold.where, _DISJUNCTION)}"
    return f"{words} {fold.variable.text} in {format_expression(fold.members)}{where}"


def _unit(span: syntax.SpanLiteral) -> str:
    return span.unit.removesuffix("s") if span.count == "1" else span.unit


# --------------------------------------------------------------------------- small words


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _bilingual(words: syntax.Bilingual) -> str:
    said = (("ja", words.ja), ("en", words.en))
    return " ".join([f"{language} {_quoted(text)}" for language, text in said if text is not None])


def _targets(targets: Sequence[Target]) -> str:
    return ", ".join([target.address for target in targets])


def _marks(*marks: Mark | None) -> str:
    return "".join([f'  @{mark.address}"{mark.phrase}"' for mark in marks if mark is not None])


def _optional(word: str, value: object) -> str:
    """Return ` word value`, or nothing where there is no value."""
    text = value.text if isinstance(value, syntax.Name) else value.address if isinstance(value, Target) else value
    return "" if text is None else f" {word} {text}"


def _alias(alias: syntax.Alias | None) -> str:
    return "" if alias is None else f" ({alias.name})"


def _of_kind(of_kind: syntax.OfKind | None) -> str:
    return "" if of_kind is None else f" of {of_kind.kind.text}{_optional('as', of_kind.variable)}"


def _given(reading: syntax.UnderReading | None) -> str:
    return "" if reading is None else f" given {reading.reading.text} = {reading.choice.text}"


def _scope(scope: Sequence[Target]) -> str:
    return f" scope {_targets(scope)}" if scope else ""


def _between(low: Expr | None, high: Expr | None) -> str:
    if low is None or high is None:
        return ""
    return f" between {format_expression(low)} and {format_expression(high)}"


def _property(line: syntax.Property) -> str:
    words = {"text_of": "text of", "single": "single paragraph"}.get(line.key, line.key)
    if isinstance(line.value, syntax.Bilingual):
        return f"{words} {_bilingual(line.value)}"
    if isinstance(line.value, tuple):
        return f"{words} {_targets(line.value)}"
    return f"{words} {_quoted(line.value) if line.key in ('egov', 'source') else line.value}"


# --------------------------------------------------------------------------- lines


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the result, and the first and last source line it was read from.

    `apart`: a blank line stands before it; `closes`: it is the `end` of a block.
    """

    indent: int
    text: str
    first: int
    last: int
    apart: bool = False
    closes: bool = False


def _fits(line: _Line) -> bool:
    return width(_INDENT) * line.indent + width(line.text) <= _COLUMNS


def _first(node: Node) -> int:
    return node.span.source.position(node.span.start)[0]


def _last(node: Node) -> int:
    return node.span.source.position(max(node.span.start, node.span.end - 1))[0]


def _apart(lines: list[_Line], apart: bool) -> list[_Line]:
    return [replace(lines[0], apart=apart), *lines[1:]]


class _Layout:
    """Constructs to lines. It knows the comments' lines, since a chain with comments between its parts is broken."""

    def __init__(self, comments: Sequence[syntax.Comment]) -> None:
        self._comments = sorted({comment.line for comment in comments})

    def construct(self, node: _Construct, indent: int) -> list[_Line]:
        """Lay out one construct and what stands in it."""
        match node:
            case syntax.Instrument():
                return self._block(node, indent, f"instrument {node.name.text}", node.lines)
            case syntax.Commencement():
                bounds = "".join([f" {bound.word} {bound.day}" for bound in node.bounds])
                head = f"commencement {node.address.address}{_optional('promulgated', node.promulgated)}{bounds}"
                head += _optional("grade", node.grade) + _optional("cite", node.cite)
                return self._block(node, indent, head, () if node.label is None else (node.label,))
            case syntax.World():
                return self._block(node, indent, f"world {node.name.text}", node.lines)
            case syntax.Kind():
                return self._block(node, indent, f"kind {node.name.text}{_alias(node.alias)}", node.lines)
            case syntax.Enumeration():
                return self._block(node, indent, f"enumeration {node.name.text}{_alias(node.alias)}", node.lines)
            case syntax.Attribute():
                head = f"attribute {node.name.text}{_alias(node.alias)} of {node.kind.text} is {node.type.text}"
                for flag in node.flags:
                    head += _between(flag.low, flag.high) if flag.word == "between" else f" {flag.word}"
                return self._block(node, indent, head, node.lines)
            case syntax.Relation():
                return self._block(node, indent, f"relation {node.name.text}", node.roles)
            case syntax.Role():
                head = f"role {node.name.text}{_alias(node.alias)} {node.cardinality} {node.kind.text}"
                return self._block(node, indent, head, node.lines, closed=False)
            case syntax.Term():
                head = f"term {node.name.text}{_alias(node.alias)} of {node.kind.text} is {node.type.text}"
                return self._block(node, indent, head + _optional("combined by", node.combination), node.lines)
            case syntax.NormName():
                head = f"norm {node.name.text}{_alias(node.alias)} of {node.kind.text}"
                return self._block(node, indent, head, node.lines)
            case syntax.Status():
                head = f"status {node.name.text}{_alias(node.alias)} of {node.kind.text}"
                return self._block(
                    node, indent, f"{head} from {node.record.text}{_alias(node.record_alias)}", node.lines
                )
            case syntax.Transition():
                head = f"transition {node.name.text} of {node.kind.text}"
                head += _optional("as", node.bearer) + _optional("named", node.named)
                return self._block(node, indent, head, node.lines)
            case syntax.TransitionPart():
                return self._line(node, indent, f"{_TRANSITION[node.word]} ", node.expr, node.marks)
            case syntax.Deems():
                purposes = f" {_one_line(node.purposes)}"
                return self._line(node, indent, f"deems {node.name.text} is ", node.value, tail=purposes)
            case syntax.Application():
                head = f"apply {_targets(node.targets)}"
                head += f" except {_targets(node.excepted)}" if node.excepted else ""
                return self._block(node, indent, head + _marks(*node.marks), node.replacements)
            case syntax.Reading():
                return self._block(node, indent, f"reading {node.name.text}", node.lines)
            case syntax.Provision():
                head = f"provision {node.address.address} in force from {node.start.text}"
                head += _optional("promulgated", node.promulgated)
                if node.until is not None:
                    head += f" until {node.until.moment.text}{_optional('promulgated', node.until.promulgated)}"
                return self._block(node, indent, f"{head} grade {node.grade}", node.lines)
            case syntax.Definition():
                head = f"{node.word} {node.name.text}{_of_kind(node.of_kind)}{_optional('named', node.named)}"
                return self._block(node, indent, head + _scope(node.scope), node.lines)
            case syntax.Block():
                head = f"block {_targets(node.targets)}{_of_kind(node.of_kind)}{_optional('named', node.named)}"
                return self._block(node, indent, head, node.lines)
            case syntax.Slot():
                head = f"slot {node.name.text}{_of_kind(node.of_kind)} is {node.type.text} {' '.join(node.flags)}"
                head += f"{_between(node.low, node.high)} for {node.delegate}{_marks(node.mark)}"
                return self._block(node, indent, head, node.lines)
            case syntax.Fill():
                head = f"fill {node.target.address} {node.slot.text}{_of_kind(node.of_kind)}"
                return self._block(node, indent, head + _optional("named", node.named), node.lines)
            case syntax.Norm():
                head = f"{node.modality} {node.name.text} of {node.kind.text}"
                head += _optional("as", node.bearer) + _optional("named", node.named)
                return self._block(node, indent, head, node.lines)
            case syntax.Sanction():
                head = f"sanction {node.kind} for {_targets(node.targets)}{_optional('named', node.named)}"
                return self._block(node, indent, head, node.lines)
            case syntax.Otherwise():
                head = f"otherwise {node.name.text}{_of_kind(node.of_kind)}{_scope(node.scope)} is "
                return self._line(
                    node,
                    indent,
                    head,
                    node.value,
                    (node.mark,),
                    after=_optional("grade", node.grade) + _given(node.reading),
                )
            case syntax.Parameter():
                return self._line(node, indent, f"parameter {node.name.text} is ", node.value, (node.mark,))
            case syntax.Saving():
                head = f"{_SAVING[node.word]} {_targets(node.targets)}{_of_kind(node.of_kind)}"
                head += _optional("named", node.named) + ("" if node.condition is None else " when ")
                return self._line(node, indent, head, node.condition, (node.mark,))
            case syntax.Assume():
                by = "" if node.by is None else f" by {_quoted(node.by)}"
                return self._line(node, indent, f"assume {node.target.address} = ", node.value, tail=by)
            case syntax.Condition():
                return self._line(node, indent, "when ", node.expr, node.marks)
            case syntax.UnlessProved():
                return self._line(node, indent, f"unless {_proved(node)}", node.expr, node.marks, tail=")")
            case syntax.Cases():
                return self._block(node, indent, f"cases{_marks(*node.marks)}", node.cases)
            case syntax.Case():
                return self._case(node, indent)
            case syntax.Outcome():
                return self._line(node, indent, f"{node.word} ", node.expr, node.marks)
            case syntax.ForEach():
                head = f"for each {node.role.text} as {node.variable.text}"
                head += "" if node.anchor is None else " anchored at "
                return self._line(node, indent, head, node.anchor, (node.mark,))
            case syntax.Performance():
                on = "" if node.on is None else f" on {format_expression(node.on)}"
                return self._line(node, indent, f"{node.word} ", node.expr, node.marks, tail=on)
            case syntax.Due():
                return self._line(node, indent, "by ", node.expr, node.marks)
            case syntax.Content():
                return self._line(node, indent, "amount ", node.expr, node.marks)
            case _:
                return _said(node, indent)

    def _block(
        self, node: _Construct, indent: int, head: str, body: Iterable[Node], *, closed: bool = True
    ) -> list[_Line]:
        """Lay out a header, the lines in it and its `end`."""
        inside = list(body)
        ids = {id(part) for part in inside}
        last = max([_last(part) for part in syntax.children(node) if id(part) not in ids], default=_first(node))
        lines = [_Line(indent, head, _first(node), last)]
        before: Node | None = None
        for part in inside:
            lines += _apart(self.construct(cast(_Construct, part), indent + 1), _stands_apart(before, part))
            before = part
        return [*lines, _Line(indent, "end", _last(node), _last(node), closes=True)] if closed else lines

    def _line(
        self,
        node: Node,
        indent: int,
        head: str,
        expr: Expr | None,
        marks: Sequence[Mark | None] = (),
        *,
        tail: str = "",
        after: str = "",
    ) -> list[_Line]:
        """Lay out a line around an expression: head, expression, tail, marks, after; broken where it is too long."""
        words = _marks(*marks) + after
        if expr is None:
            return [_Line(indent, head + tail + words, _first(node), _last(node))]
        lines = self._broken(head, expr, _OPEN, tail + words, indent, indent + 1)
        beside = self._broken(head, expr, _OPEN, tail, indent, indent + 1)
        standing = [mark for mark in marks if mark is not None]
        if standing and (len(beside) < len(lines) or not _fits(lines[-1])):
            lines = [*beside, _Line(indent + 1, words.strip(), _first(standing[0]), _last(node))]
        lines[0] = replace(lines[0], first=_first(node))
        lines[-1] = replace(lines[-1], last=_last(node))
        return lines

    def _case(self, node: syntax.Case, indent: int) -> list[_Line]:
        head = f"case {node.name.text}: "
        if node.condition is None:
            opening = [_Line(indent, f"{head}otherwise", _first(node), _last(node.name))]
        else:
            opening = self._line(node.condition, indent, f"{head}when ", node.condition.expr, node.condition.marks)
            opening[0] = replace(opening[0], first=_first(node))
        return [*opening, *self.construct(node.outcome, indent + 1)]

    def _rows(self, expr: syntax.ItemList | syntax.Progressive, head: str, tail: str, indent: int, hanging: int) -> list[_Line]:  # fmt: skip
        """Lay out a list of items or brackets: one a line, closed by its own `end`."""
        if isinstance(expr, syntax.ItemList):
            lines = [_Line(indent, f"{head}{expr.head} of", _first(expr), _first(expr))]
            for item in expr.items:
                lines += self._line(item, hanging, _item_head(item), item.expr, item.marks)
        else:
            first = f"{head}progressive on {_within(expr.base, _OPERAND)}"
            lines = [_Line(indent, first, _first(expr), _last(expr.base))]
            lines += [_Line(hanging, _bracket(b), _first(b), _last(b)) for b in expr.brackets]
        return [*lines, _Line(indent, f"end{tail}", _last(expr), _last(expr))]

    def _broken(self, head: str, expr: Expr, level: int, tail: str, indent: int, hanging: int) -> list[_Line]:
        """Lay out an expression between two texts; lines after the first are indented by `hanging`."""
        whole = _Line(indent, f"{head}{_within(expr, level)}{tail}", _first(expr), _last(expr))
        if _fits(whole) and not self._interrupted(expr) and not _has_rows(expr):
            return [whole]
        if _level(expr) < level:
            head, tail = f"{head}(", f"){tail}"
        if isinstance(expr, (syntax.ItemList, syntax.Progressive)):
            return self._rows(expr, head, tail, indent, hanging)
        if isinstance(expr, (syntax.Marked, syntax.Proved)):
            bracket = "(" if isinstance(expr, syntax.Marked) else _proved(expr)
            return self._broken(head + bracket, expr.expr, _OPEN, f"{_marks(*expr.marks)}){tail}", indent, hanging)
        if isinstance(expr, syntax.Negation):
            return self._broken(f"{head}not ", expr.operand, _NEGATION, tail, indent, hanging)
        if isinstance(expr, syntax.Fold) and expr.body is not None:
            opening = _Line(indent, f"{head}{_fold_head(expr)}:", _first(expr), _last(expr.where or expr.members))
            return [opening, *self._broken("", expr.body, _OPEN, tail, hanging, hanging + 1)]
        pieces = _pieces(expr)
        if not pieces:
            return [whole]
        lines: list[_Line] = []
        for i, (word, operand, inside) in enumerate(pieces):
            place, before = (hanging, word) if i else (indent, head + word)
            after = tail if i == len(pieces) - 1 else ""
            lines += self._broken(before, operand, inside, after, place, hanging + 1)
        return lines

    def _interrupted(self, expr: Expr) -> bool:
        """Say whether a comment stands where a break of this expression would give it a line of its own."""
        if isinstance(expr, syntax.Negation):
            return self._interrupted(expr.operand)
        if isinstance(expr, (syntax.Marked, syntax.Proved)):
            return self._interrupted(expr.expr)
        if isinstance(expr, syntax.Fold):
            return expr.body is not None and self._commented(_last(expr.where or expr.members), _last(expr.body))
        pieces = _pieces(expr)
        if not pieces:
            return False
        opening, closing = pieces[0][1], pieces[-1][1]
        return self._commented(_last(opening), _last(closing)) or self._interrupted(opening)

    def _commented(self, start: int, end: int) -> bool:
        """Say whether there is a comment on the source lines [start, end)."""
        return bisect_left(self._comments, start) < bisect_left(self._comments, end)


#: The words of each part of a transition.
_SAVING = {"former": "former text continues for", "keep": "keep in force"}
_TRANSITION = {
    "who": "who", "acts": "acts", "until": "until", "ends": "ends when", "extended": "extended while", "at": "at latest",
    "lapses": "lapses when",
}  # fmt: skip

_OneLine: TypeAlias = (
    syntax.Mode | syntax.Binds | syntax.Replacement | syntax.Label | syntax.Question | syntax.Note | syntax.Cites | syntax.Property | syntax.Suppose | syntax.Only
    | syntax.Without | syntax.DatedBy | syntax.EnumValue | syntax.Choice | syntax.Heading | syntax.Plain
    | syntax.Continuation | syntax.NoSanction | syntax.ProvisoTo | syntax.Notwithstanding | syntax.YieldsTo
    | syntax.Purposes | syntax.UnderReading | syntax.MadeAnew | syntax.Promptness | syntax.Towards | syntax.Lifts
    | syntax.Whose | syntax.Imprisonment | syntax.Fine | syntax.Both | syntax.Corporate | syntax.Mark
)  # fmt: skip


def _one_line(node: _OneLine) -> str:
    """Return a construct that holds no long expression and no lines."""
    match node:
        case syntax.Label():
            return f"label {_bilingual(node.words)}"
        case syntax.Question():
            return f"question {_bilingual(node.words)}"
        case syntax.Note():
            return f"note {_bilingual(node.words)}"
        case syntax.Cites():
            return f"cite {_targets(node.targets)}"
        case syntax.Property():
            return _property(node)
        case syntax.Suppose():
            return f"suppose {node.instrument.text} in force from {node.day}"
        case syntax.Only():
            return f"only {_targets(node.targets)}"
        case syntax.Without():
            return f"without {_targets(node.targets)}"
        case syntax.DatedBy():
            return f"dated by {node.attribute.text}"
        case syntax.EnumValue():
            words = "" if node.words is None else f" {_bilingual(node.words)}"
            return f"value {node.name.text}{_alias(node.alias)}{words}"
        case syntax.Mode():
            words = "" if node.words is None else f" {_bilingual(node.words)}"
            return f"mode {node.name.text}{_alias(node.alias)}{words}"
        case syntax.Binds():
            return f"binds {node.status.text}: {', '.join([m.text for m in node.modes])}{_marks(*node.marks)}"
        case syntax.Replacement():
            old, new = (_quoted(node.old), _quoted(node.new)) if node.language else (node.old, node.new)
            language = f"{node.language} " if node.language else ""
            return f"replace {language}{old} with {new}{_marks(*node.marks)}"
        case syntax.Choice():
            source = "" if node.source is None else f" source {_quoted(node.source)}"
            return f"choice {node.name.text} {_bilingual(node.words)}{source}"
        case syntax.Heading():
            return f"heading {_bilingual(node.words)}"
        case syntax.Plain():
            return f"plain {_bilingual(node.words)}"
        case syntax.Continuation():
            return f"continue {node.filling.address} for {node.target.address} {node.slot.text}{_marks(node.mark)}"
        case syntax.NoSanction():
            note = "" if node.note is None else f" {_one_line(node.note)}"
            return f"no sanction for {_targets(node.targets)}{note}{_marks(node.mark)}"
        case syntax.ProvisoTo():
            return f"proviso to {_targets(node.targets)}{_marks(node.mark)}"
        case syntax.Notwithstanding():
            return f"notwithstanding {_targets(node.targets)}{_marks(node.mark)}"
        case syntax.YieldsTo():
            return f"yields to {_targets(node.targets)}{_marks(node.mark)}"
        case syntax.Purposes():
            purposes = f"purposes of {_targets(node.targets)}" if node.targets else "all purposes"
            return f"for {purposes}{_marks(node.mark)}"
        case syntax.UnderReading():
            return f"given {node.reading.text} = {node.choice.text}"
        case syntax.MadeAnew():
            return "made anew"
        case syntax.Promptness():
            return f"{node.word}{_marks(node.mark)}"
        case syntax.Towards():
            return f"towards {_bilingual(node.words)}"
        case syntax.Lifts():
            return f"lifts {_targets(node.targets)}{_marks(node.mark)}"
        case syntax.Whose():
            return f"whose {_bilingual(node.words)}"
        case syntax.Imprisonment():
            return f"imprisonment up to {format_expression(node.length)}"
        case syntax.Fine():
            return f"fine up to {format_expression(node.amount)}"
        case syntax.Both():
            return "both allowed"
        case syntax.Corporate():
            return f"corporate {node.target.address} fine up to {format_expression(node.amount)}"
        case syntax.Mark():
            return _marks(node).strip()
        case _:
            assert_never(node)


def _said(node: _OneLine, indent: int) -> list[_Line]:
    """Lay out a construct of one line; if it is too long, its English text stands under its Japanese text."""
    whole = _Line(indent, _one_line(node), _first(node), _last(node))
    words = node.value if isinstance(node, syntax.Property) else getattr(node, "words", None)
    if _fits(whole) or not isinstance(words, syntax.Bilingual) or words.ja is None or words.en is None:
        return [whole]
    japanese = f"ja {_quoted(words.ja)}"
    before, _, after = whole.text.partition(japanese)
    english = _Line(indent, " " * width(before) + after.strip(), _last(node), _last(node))
    return [replace(whole, text=before + japanese, last=_first(node)), english]


def _stands_apart(before: Node | None, node: Node) -> bool:
    """Say whether a blank line stands between two lines of a block: only statements of a provision stand apart."""
    statements = (
        syntax.Definition, syntax.Block, syntax.Slot, syntax.Fill, syntax.Norm, syntax.Sanction, syntax.Application,
        syntax.Transition, *_RUNS,
    )  # fmt: skip
    if before is None or not (isinstance(before, statements) or isinstance(node, statements)):
        return False
    return type(before) is not type(node) or not isinstance(node, _RUNS)


# --------------------------------------------------------------------------- comments


def _with_comments(lines: Sequence[_Line], file: syntax.File) -> Iterator[str]:
    """Give the text lines with each comment on its line, or before the line it precedes."""
    own, trailing = _placed(lines, file.comments)
    source = file.span.source.text.split("\n")

    def written(i: int, indent: int) -> Iterator[str]:
        for n, comment in enumerate(own[i]):
            yield _INDENT * indent + comment.text
            followed = n + 1 < len(own[i]) or (i < len(lines) and not lines[i].closes)
            # A comment set off by a blank line in the source stays set off: it is about more than the next line.
            if comment.alone and followed and comment.line < len(source) and not source[comment.line].strip():
                yield ""

    for i, line in enumerate(lines):
        if line.apart:
            yield ""
        yield from written(i, line.indent + line.closes)
        beside = f"  {trailing[i].text}" if i in trailing else ""
        yield f"{_INDENT * line.indent}{line.text}{beside}"
    if lines and own[len(lines)]:
        yield ""
    yield from written(len(lines), 0)


def _placed(
    lines: Sequence[_Line], comments: Sequence[syntax.Comment]
) -> tuple[list[list[syntax.Comment]], dict[int, syntax.Comment]]:
    """Place every comment: before a line (the last list: after all of them) or beside one; their order is kept."""
    own: list[list[syntax.Comment]] = [[] for _ in range(len(lines) + 1)]
    trailing: dict[int, syntax.Comment] = {}
    starts: list[int] = []
    for line in lines:
        starts.append(max(line.first, starts[-1] if starts else 0))
    reached = 0
    for comment in comments:
        i = bisect_right(starts, comment.line) - 1
        inside = i >= 0 and comment.line < lines[i].last
        place = i if inside or not comment.alone else i + 1
        beside = not comment.alone and not inside and i >= 0
        if beside and place >= reached and place not in trailing:
            trailing[place] = comment
            reached = place + 1
        else:
            reached = max(place + beside, reached, 0)
            own[reached].append(comment)
    return own, trailing

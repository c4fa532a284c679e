"""Surface tree to canonical text.

Comes in: a `syntax.File` read without mistakes. Goes out: its one spelling: two-space indentation, one line per
line of the law, minimal parentheses. A line that is too long has its marks, then its `en` text, on a line of their
own, and its chains broken with one operand a line, operator first. Nodes are first laid out as
`Line`s, each knowing the source lines it was read from; comments are then put back by those numbers, in order.
Formatting twice changes nothing, and what is read back is the same tree. Deliberately not here: any meaning, and
any choice the author could make; order is never changed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import TypeAlias, cast

from kitei_dsl import syntax
from kitei_dsl.diagnostics import width
from kitei_dsl.expression_text import (
    NEGATION,
    OPEN,
    OPERAND,
    alias_text,
    between_text,
    bracket_line,
    fold_head,
    format_expression,
    given_text,
    has_rows,
    item_head,
    level_of,
    marks_text,
    of_kind_text,
    optional,
    pieces_of,
    proved_by,
    quoted,
    scope_text,
    targets_text,
    within,
)
from kitei_dsl.frozen import replace
from kitei_dsl.laid_out import Line, first_line, fits, last_line, set_apart, with_comments
from kitei_dsl.one_line import OneLine, one_line
from kitei_dsl.syntax import Expr, Mark, Node

#: Everything that begins a line of its own.
_Construct: TypeAlias = (
    syntax.Item | syntax.ClauseLine | syntax.Label | syntax.Question | syntax.Note | syntax.Cites | syntax.Property
    | syntax.Suppose | syntax.Only | syntax.Without | syntax.Assume | syntax.DatedBy | syntax.EnumValue | syntax.Role
    | syntax.Choice | syntax.Heading | syntax.Plain | syntax.Definition | syntax.Block | syntax.Otherwise | syntax.Slot
    | syntax.Fill | syntax.Continuation | syntax.Parameter | syntax.ForEach | syntax.Anchored | syntax.Performance | syntax.Due
    | syntax.Promptness | syntax.Content | syntax.Towards | syntax.Lifts | syntax.Norm | syntax.Whose
    | syntax.Imprisonment | syntax.Fine | syntax.Both | syntax.Corporate | syntax.Sanction | syntax.NoSanction
    | syntax.Saving | syntax.Mark | syntax.Case | syntax.Mode | syntax.Binds | syntax.TransitionPart | syntax.Deems
    | syntax.Transition | syntax.Replacement | syntax.Application
)  # fmt: skip

#: Statements of one line: a run of the same kind stays together, all others stand apart.
_RUNS = (syntax.Otherwise, syntax.Continuation, syntax.Parameter, syntax.NoSanction, syntax.Saving)

#: The words of each part of a transition.
_SAVING = {"former": "former text continues for", "keep": "keep in force"}
_TRANSITION = {
    "who": "who", "acts": "acts", "until": "until", "ends": "ends when", "extended": "extended while", "at": "at latest",
    "lapses": "lapses when",
}  # fmt: skip


def format_file(file: syntax.File) -> str:
    """Return the canonical text of a file, ending in a newline unless it is empty."""
    layout = _Layout(file.comments)
    lines: list[Line] = []
    for item in file.items:
        lines += set_apart(layout.construct(item, 0), bool(lines))
    return "".join(line + "\n" for line in with_comments(lines, file))


class _Layout:
    """Constructs to lines. It knows the comments' lines, since a chain with comments between its parts is broken."""

    def __init__(self, comments: Sequence[syntax.Comment]) -> None:
        self._comments = sorted({comment.line for comment in comments})

    def construct(self, node: _Construct, indent: int) -> list[Line]:
        """Lay out one construct and what stands in it."""
        match node:
            case syntax.Instrument():
                return self._block(node, indent, f"instrument {node.name.text}", node.lines)
            case syntax.Commencement():
                bounds = "".join([f" {bound.word} {_bounded(bound)}" for bound in node.bounds])
                head = f"commencement {node.address.address}{optional('promulgated', node.promulgated)}{bounds}"
                head += optional("grade", node.grade) + optional("cite", node.cite)
                return self._block(node, indent, head, () if node.label is None else (node.label,))
            case syntax.World():
                return self._block(node, indent, f"world {node.name.text}", node.lines)
            case syntax.Kind():
                return self._block(node, indent, f"kind {node.name.text}{alias_text(node.alias)}", node.lines)
            case syntax.Enumeration():
                return self._block(node, indent, f"enumeration {node.name.text}{alias_text(node.alias)}", node.lines)
            case syntax.Attribute():
                head = f"attribute {node.name.text}{alias_text(node.alias)} of {node.kind.text} is {node.type.text}"
                for flag in node.flags:
                    head += between_text(flag.low, flag.high) if flag.word == "between" else f" {flag.word}"
                return self._block(node, indent, head, node.lines)
            case syntax.Relation():
                return self._block(node, indent, f"relation {node.name.text}", node.roles)
            case syntax.Role():
                head = f"role {node.name.text}{alias_text(node.alias)} {node.cardinality} {node.kind.text}"
                return self._block(node, indent, head, node.lines, closed=False)
            case syntax.Term():
                head = f"term {node.name.text}{alias_text(node.alias)} of {node.kind.text} is {node.type.text}"
                return self._block(node, indent, head + optional("combined by", node.combination), node.lines)
            case syntax.NormName():
                head = f"norm {node.name.text}{alias_text(node.alias)} of {node.kind.text}"
                return self._block(node, indent, head, node.lines)
            case syntax.Status():
                head = f"status {node.name.text}{alias_text(node.alias)} of {node.kind.text}"
                return self._block(
                    node, indent, f"{head} from {node.record.text}{alias_text(node.record_alias)}", node.lines
                )
            case syntax.Transition():
                head = f"transition {node.name.text} of {node.kind.text}"
                head += optional("as", node.bearer) + optional("named", node.named)
                return self._block(node, indent, head, node.lines)
            case syntax.TransitionPart():
                return self._line(node, indent, f"{_TRANSITION[node.word]} ", node.expr, node.marks)
            case syntax.Deems():
                purposes = f" {one_line(node.purposes)}"
                return self._line(node, indent, f"deems {node.name.text} is ", node.value, tail=purposes)
            case syntax.Application():
                head = f"apply {targets_text(node.targets)}"
                head += f" except {targets_text(node.excepted)}" if node.excepted else ""
                return self._block(node, indent, head + marks_text(*node.marks), node.replacements)
            case syntax.Reading():
                return self._block(node, indent, f"reading {node.name.text}", node.lines)
            case syntax.Provision():
                head = f"provision {node.address.address} in force from {node.start.text}"
                head += optional("promulgated", node.promulgated)
                if node.until is not None:
                    head += f" until {node.until.moment.text}{optional('promulgated', node.until.promulgated)}"
                return self._block(node, indent, f"{head} grade {node.grade}", node.lines)
            case syntax.Definition():
                head = f"{node.word} {node.name.text}{of_kind_text(node.of_kind)}{optional('named', node.named)}"
                return self._block(node, indent, head + scope_text(node.scope), node.lines)
            case syntax.Block():
                head = f"block {targets_text(node.targets)}{of_kind_text(node.of_kind)}{optional('named', node.named)}"
                return self._block(node, indent, head, node.lines)
            case syntax.Slot():
                head = f"slot {node.name.text}{of_kind_text(node.of_kind)} is {node.type.text} {' '.join(node.flags)}"
                head += f"{between_text(node.low, node.high)} for {node.delegate}{marks_text(node.mark)}"
                return self._block(node, indent, head, node.lines)
            case syntax.Fill():
                head = f"fill {node.target.address} {node.slot.text}{of_kind_text(node.of_kind)}"
                return self._block(node, indent, head + optional("named", node.named), node.lines)
            case syntax.Norm():
                head = f"{node.modality} {node.name.text} of {node.kind.text}"
                head += optional("as", node.bearer) + optional("named", node.named)
                return self._block(node, indent, head, node.lines)
            case syntax.Sanction():
                head = f"sanction {node.kind} for {targets_text(node.targets)}{optional('named', node.named)}"
                return self._block(node, indent, head, node.lines)
            case syntax.Otherwise():
                head = f"otherwise {node.name.text}{of_kind_text(node.of_kind)}{scope_text(node.scope)} is "
                return self._line(
                    node,
                    indent,
                    head,
                    node.value,
                    (node.mark,),
                    after=optional("grade", node.grade) + given_text(node.reading),
                )
            case syntax.Parameter():
                return self._line(node, indent, f"parameter {node.name.text} is ", node.value, (node.mark,))
            case syntax.Saving():
                head = f"{_SAVING[node.word]} {targets_text(node.targets)}{of_kind_text(node.of_kind)}"
                head += optional("named", node.named) + ("" if node.condition is None else " when ")
                return self._line(node, indent, head, node.condition, (node.mark,))
            case syntax.Assume():
                by = "" if node.by is None else f" by {quoted(node.by)}"
                return self._line(node, indent, f"assume {node.target.address} = ", node.value, tail=by)
            case syntax.Condition():
                return self._line(node, indent, "when ", node.expr, node.marks)
            case syntax.UnlessProved():
                return self._line(node, indent, f"unless {proved_by(node)}", node.expr, node.marks, tail=")")
            case syntax.Cases():
                return self._block(node, indent, f"cases{marks_text(*node.marks)}", node.cases)
            case syntax.Case():
                return self._case(node, indent)
            case syntax.Outcome():
                return self._line(node, indent, f"{node.word} ", node.expr, node.marks)
            case syntax.ForEach():
                head = f"for each {node.role.text} as {node.variable.text}"
                head += "" if node.anchor is None else " anchored at "
                return self._line(node, indent, head, node.anchor, (node.mark,))
            case syntax.Anchored():
                return self._line(node, indent, "anchored at ", node.anchor, (node.mark,))
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
    ) -> list[Line]:
        """Lay out a header, the lines in it and its `end`."""
        inside = list(body)
        ids = {id(part) for part in inside}
        last = max([last_line(part) for part in syntax.children(node) if id(part) not in ids], default=first_line(node))
        lines = [Line(indent, head, first_line(node), last)]
        before: Node | None = None
        for part in inside:
            lines += set_apart(self.construct(cast(_Construct, part), indent + 1), _stands_apart(before, part))
            before = part
        return [*lines, Line(indent, "end", last_line(node), last_line(node), closes=True)] if closed else lines

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
    ) -> list[Line]:
        """Lay out a line around an expression: head, expression, tail, marks, after; broken where it is too long."""
        words = marks_text(*marks) + after
        if expr is None:
            return [Line(indent, head + tail + words, first_line(node), last_line(node))]
        lines = self._broken(head, expr, OPEN, tail + words, indent, indent + 1)
        beside = self._broken(head, expr, OPEN, tail, indent, indent + 1)
        standing = [mark for mark in marks if mark is not None]
        if standing and (len(beside) < len(lines) or not fits(lines[-1])):
            lines = [*beside, Line(indent + 1, words.strip(), first_line(standing[0]), last_line(node))]
        lines[0] = replace(lines[0], first=first_line(node))
        lines[-1] = replace(lines[-1], last=last_line(node))
        return lines

    def _case(self, node: syntax.Case, indent: int) -> list[Line]:
        head = f"case {node.name.text}: "
        if node.condition is None:
            opening = [Line(indent, f"{head}otherwise", first_line(node), last_line(node.name))]
        else:
            opening = self._line(node.condition, indent, f"{head}when ", node.condition.expr, node.condition.marks)
            opening[0] = replace(opening[0], first=first_line(node))
        return [*opening, *self.construct(node.outcome, indent + 1)]

    def _rows(self, expr: syntax.ItemList | syntax.Progressive, head: str, tail: str, indent: int, hanging: int) -> list[Line]:  # fmt: skip
        """Lay out a list of items or brackets: one a line, closed by its own `end`."""
        if isinstance(expr, syntax.ItemList):
            lines = [Line(indent, f"{head}{expr.head} of", first_line(expr), first_line(expr))]
            for item in expr.items:
                lines += self._line(item, hanging, item_head(item), item.expr, item.marks)
        else:
            first = f"{head}progressive on {within(expr.base, OPERAND)}"
            lines = [Line(indent, first, first_line(expr), last_line(expr.base))]
            lines += [Line(hanging, bracket_line(b), first_line(b), last_line(b)) for b in expr.brackets]
        return [*lines, Line(indent, f"end{tail}", last_line(expr), last_line(expr))]

    def _broken(self, head: str, expr: Expr, level: int, tail: str, indent: int, hanging: int) -> list[Line]:
        """Lay out an expression between two texts; lines after the first are indented by `hanging`."""
        whole = Line(indent, f"{head}{within(expr, level)}{tail}", first_line(expr), last_line(expr))
        if fits(whole) and not self._interrupted(expr) and not has_rows(expr):
            return [whole]
        if level_of(expr) < level:
            head, tail = f"{head}(", f"){tail}"
        if isinstance(expr, (syntax.ItemList, syntax.Progressive)):
            return self._rows(expr, head, tail, indent, hanging)
        if isinstance(expr, (syntax.Marked, syntax.Proved)):
            bracket = "(" if isinstance(expr, syntax.Marked) else proved_by(expr)
            return self._broken(head + bracket, expr.expr, OPEN, f"{marks_text(*expr.marks)}){tail}", indent, hanging)
        if isinstance(expr, syntax.Negation):
            return self._broken(f"{head}not ", expr.operand, NEGATION, tail, indent, hanging)
        if isinstance(expr, syntax.Fold) and expr.body is not None:
            opening = Line(indent, f"{head}{fold_head(expr)}:", first_line(expr), last_line(expr.where or expr.members))
            return [opening, *self._broken("", expr.body, OPEN, tail, hanging, hanging + 1)]
        pieces = pieces_of(expr)
        if not pieces:
            return [whole]
        lines: list[Line] = []
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
            return expr.body is not None and self._commented(
                last_line(expr.where or expr.members), last_line(expr.body)
            )
        pieces = pieces_of(expr)
        if not pieces:
            return False
        opening, closing = pieces[0][1], pieces[-1][1]
        return self._commented(last_line(opening), last_line(closing)) or self._interrupted(opening)

    def _commented(self, start: int, end: int) -> bool:
        """Say whether there is a comment on the source lines [start, end)."""
        return bisect_left(self._comments, start) < bisect_left(self._comments, end)


def _said(node: OneLine, indent: int) -> list[Line]:
    """Lay out a construct of one line; if it is too long, its English text stands under its Japanese text."""
    whole = Line(indent, one_line(node), first_line(node), last_line(node))
    words = node.value if isinstance(node, syntax.Property) else getattr(node, "words", None)
    if fits(whole) or not isinstance(words, syntax.Bilingual) or words.ja is None or words.en is None:
        return [whole]
    japanese = f"ja {quoted(words.ja)}"
    before, _, after = whole.text.partition(japanese)
    english = Line(indent, " " * width(before) + after.strip(), last_line(node), last_line(node))
    return [replace(whole, text=before + japanese, last=first_line(node)), english]


def _stands_apart(before: Node | None, node: Node) -> bool:
    """Say whether a blank line stands between two lines of a block: only statements of a provision stand apart."""
    statements = (
        syntax.Definition, syntax.Block, syntax.Slot, syntax.Fill, syntax.Norm, syntax.Sanction, syntax.Application,
        syntax.Transition, *_RUNS,
    )  # fmt: skip
    if before is None or not (isinstance(before, statements) or isinstance(node, statements)):
        return False
    return type(before) is not type(node) or not isinstance(node, _RUNS)


def _bounded(bound: syntax.Bound) -> str:
    """Write the day of a bound, or the length it is counted by."""
    if bound.length is None:
        return bound.day
    return f"{format_expression(bound.length)} counting promulgated"

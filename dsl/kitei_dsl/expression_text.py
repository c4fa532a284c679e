"""Expressions, and the small words around them, to text on one line.

Comes in: nodes of the surface tree. Goes out: their one spelling, with the fewest parentheses; where a chain may be
broken is told by `pieces_of`. Deliberately not here: lines, indentation, comments (`format`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from kitei_dsl import syntax
from kitei_dsl.syntax import Expr, Mark, Target


def format_expression(expr: Expr) -> str:
    """Return an expression on one line, with the fewest parentheses that give the same tree back."""
    match expr:
        case syntax.Literal():
            return expr.text
        case syntax.SpanLiteral():
            return f"{expr.count} {unit(expr)}"
        case syntax.BusinessDays():
            return f"{expr.count} business days of {within(expr.calendar, PRIMARY)}"
        case syntax.Reference():
            subject = "" if expr.subject is None else f" of {within(expr.subject, PRIMARY)}"
            return expr.name.text + subject
        case syntax.Fold():
            head = fold_head(expr)
            return head if expr.body is None else f"{head}: {within(expr.body, OPEN)}"
        case (
            syntax.Conditional()
            | syntax.Disjunction()
            | syntax.Conjunction()
            | syntax.Comparison()
            | syntax.Arithmetic()
        ):
            return " ".join([f"{word}{within(operand, level)}" for word, operand, level in pieces_of(expr)])
        case syntax.Negation():
            return f"not {within(expr.operand, NEGATION)}"
        case syntax.Negative():
            return f"{expr.sign}{within(expr.operand, OPERAND)}"
        case syntax.Period():
            rolled = f" rolled for {expr.roll}" if expr.roll else ""
            return f"{within(expr.length, OPERAND)} {expr.word} {within(expr.day, OPERAND)}{rolled}"
        case syntax.AsAt():
            return f"{within(expr.body, PRIMARY)} as at {within(expr.day, PRIMARY)}"
        case syntax.UnderText():
            return f"{within(expr.body, PRIMARY)} under the text of {within(expr.day, PRIMARY)}"
        case syntax.Call():
            return f"{expr.name}({', '.join([within(argument, OPEN) for argument in expr.arguments])})"
        case syntax.Has():
            return f"has {format_expression(expr.reference)}"
        case syntax.Filled():
            return f"filled {expr.name.text}"
        case syntax.Unencoded():
            return f"unencoded {bilingual(expr.words)}"
        case syntax.Unverified():
            return f"unverified {bilingual(expr.words)}"
        case syntax.Proved():
            return f"{proved_by(expr)}{format_expression(expr.expr)}{marks_text(*expr.marks)})"
        case syntax.ReferenceDay():
            return "reference_day"
        case syntax.CommencementDay():
            return "commencement_day" + optional("of", expr.of)
        case syntax.ItemList():
            items = [f"{item_head(i)}{format_expression(i.expr)}{marks_text(*i.marks)}" for i in expr.items]
            return " ".join([f"{expr.head} of", *items, "end"])
        case syntax.Progressive():
            brackets = [bracket_line(b) for b in expr.brackets]
            return " ".join([f"progressive on {within(expr.base, OPERAND)}", *brackets, "end"])
        case syntax.Marked():
            return f"({format_expression(expr.expr)}{marks_text(*expr.marks)})"
        case _:
            assert_never(expr)


def proved_by(node: syntax.Proved | syntax.UnlessProved) -> str:
    return f"proved by {within(node.party, PRIMARY)} that ("


def item_head(item: syntax.ListItem) -> str:
    return f"item {item.place.address}: "


def bracket_line(bracket: syntax.Bracket) -> str:
    limit = "above" if bracket.limit is None else f"up to {within(bracket.limit, OPERAND)}"
    return f"{limit} at {within(bracket.rate, OPERAND)}{marks_text(*bracket.marks)}"


# --------------------------------------------------------------------------- expressions

#: The levels of the grammar's expression rules, loosest first; what stands inside a looser place needs no brackets.
OPEN, DISJUNCTION, CONJUNCTION, NEGATION, COMPARISON, SUM, PRODUCT, PERIOD, OPERAND, PRIMARY = range(10)


def level_of(expr: Expr) -> int:
    match expr:
        case syntax.Fold() | syntax.Conditional():
            return OPEN
        case syntax.Disjunction():
            return DISJUNCTION
        case syntax.Conjunction():
            return CONJUNCTION
        case syntax.Negation():
            return NEGATION
        case syntax.Comparison():
            return COMPARISON
        case syntax.Arithmetic():
            return SUM if expr.sign in "+-" else PRODUCT
        case syntax.Period():
            return PERIOD
        case syntax.AsAt() | syntax.UnderText() | syntax.Negative():
            return OPERAND
        case _:
            return PRIMARY


def within(expr: Expr, level: int) -> str:
    """Return the expression as it stands in a place of a level, in brackets if it is looser."""
    text = format_expression(expr)
    return f"({text})" if level_of(expr) < level else text


def pieces_of(expr: Expr) -> list[tuple[str, Expr, int]]:
    """Give the parts a chain breaks into: the words before each operand, the operand and its level."""
    match expr:
        case syntax.Disjunction():
            return [("or " if i else "", operand, CONJUNCTION) for i, operand in enumerate(expr.operands)]
        case syntax.Conjunction():
            return [("and " if i else "", operand, NEGATION) for i, operand in enumerate(expr.operands)]
        case syntax.Conditional():
            found: list[tuple[str, Expr, int]] = []
            rest: Expr = expr
            word = "if "
            while isinstance(rest, syntax.Conditional):
                found += [(word, rest.condition, OPEN), ("then ", rest.then, OPEN)]
                rest, word = rest.otherwise, "else if "
            return [*found, ("else ", rest, OPEN)]
        case syntax.Comparison():
            return [("", expr.left, SUM), (f"{expr.sign} ", expr.right, SUM)]
        case syntax.Arithmetic():
            level = level_of(expr)
            backwards: list[tuple[str, Expr, int]] = []
            first: Expr = expr
            while isinstance(first, syntax.Arithmetic) and level_of(first) == level:
                backwards.append((f"{first.sign} ", first.right, level + 1))
                first = first.left
            return [("", first, level), *reversed(backwards)]
        case _:
            return []


def has_rows(expr: Expr) -> bool:
    """Say whether a list of items or brackets stands where a line can be broken: it always has lines of its own."""
    if isinstance(expr, (syntax.ItemList, syntax.Progressive)):
        return True
    if isinstance(expr, syntax.Negation):
        return has_rows(expr.operand)
    if isinstance(expr, (syntax.Marked, syntax.Proved)):
        return has_rows(expr.expr)
    if isinstance(expr, syntax.Fold):
        return expr.body is not None and has_rows(expr.body)
    return any(has_rows(operand) for _, operand, _ in pieces_of(expr))


def fold_head(fold: syntax.Fold) -> str:
    words = {"at_least": f"at least {fold.threshold}", "number": "number"}.get(fold.quantifier, fold.quantifier)
    where = "" if fold.where is None else f" where {within(fold.where, DISJUNCTION)}"
    return f"{words} {fold.variable.text} in {format_expression(fold.members)}{where}"


def unit(span: syntax.SpanLiteral) -> str:
    return span.unit.removesuffix("s") if span.count == "1" else span.unit


# --------------------------------------------------------------------------- small words


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def bilingual(words: syntax.Bilingual) -> str:
    said = (("ja", words.ja), ("en", words.en))
    return " ".join([f"{language} {quoted(text)}" for language, text in said if text is not None])


def targets_text(targets: Sequence[Target]) -> str:
    return ", ".join([target.address for target in targets])


def marks_text(*marks: Mark | None) -> str:
    return "".join([f'  @{mark.address}"{mark.phrase}"' for mark in marks if mark is not None])


def optional(word: str, value: object) -> str:
    """Return ` word value`, or nothing where there is no value."""
    text = value.text if isinstance(value, syntax.Name) else value.address if isinstance(value, Target) else value
    return "" if text is None else f" {word} {text}"


def alias_text(alias: syntax.Alias | None) -> str:
    return "" if alias is None else f" ({alias.name})"


def of_kind_text(of_kind: syntax.OfKind | None) -> str:
    return "" if of_kind is None else f" of {of_kind.kind.text}{optional('as', of_kind.variable)}"


def given_text(reading: syntax.UnderReading | None) -> str:
    return "" if reading is None else f" given {reading.reading.text} = {reading.choice.text}"


def scope_text(scope: Sequence[Target]) -> str:
    return f" scope {targets_text(scope)}" if scope else ""


def between_text(low: Expr | None, high: Expr | None) -> str:
    if low is None or high is None:
        return ""
    return f" between {format_expression(low)} and {format_expression(high)}"


def property_line(line: syntax.Property) -> str:
    words = {"text_of": "text of", "single": "single paragraph"}.get(line.key, line.key)
    if isinstance(line.value, syntax.Bilingual):
        return f"{words} {bilingual(line.value)}"
    if isinstance(line.value, tuple):
        return f"{words} {targets_text(line.value)}"
    return f"{words} {quoted(line.value) if line.key in ('egov', 'source') else line.value}"

"""Whether a condition can still be met on a day or later: transitions whose time is over are said to have ended.

Comes in: a condition, a day. Goes out: whether it is certain, whatever the facts, that it holds neither on that day nor on any
later one. What hangs on a fact, a definition or a number of another provision is uncertain, and so is every condition that has
only not begun to hold. Deliberately not here: words.
"""

from __future__ import annotations

from datetime import date

from kitei import meanings, wording
from kitei.values import Value, read
from kitei_dsl import core

#: Turned round: `a < b` is `b > a`.
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


def ended(condition: core.Expr | None, day: str) -> bool:
    """Say whether a condition holds neither on the day (ISO) nor on any later one, whatever the facts."""
    return condition is not None and _truth(condition, date.fromisoformat(day)) is False


def _truth(expr: core.Expr, day: date) -> bool | None:
    """Return whether a condition holds on the day and on every later one (true), on none of them (false), or None."""
    match expr:
        case core.Literal(type="truth"):
            return expr.value == "true"
        case core.Call(op="not"):
            inner = _truth(expr.args[0], day)
            return None if inner is None else not inner
        case core.Call(op="and" | "or"):
            parts = [_truth(arg, day) for arg in expr.args]
            decisive = expr.op == "or"
            return decisive if decisive in parts else None if None in parts else not decisive
        case core.Call() if expr.op in wording.COMPARISONS:
            left, right = expr.args
            if _is_reference_day(left):
                return _compared(expr.op, _fixed(right), day)
            return _compared(_TURNED[expr.op], _fixed(left), day) if _is_reference_day(right) else None
        case _:
            return None


def _compared(op: str, bound: Value | None, day: date) -> bool | None:
    """Compare every day from `day` on with a bound."""
    if not isinstance(bound, date):
        return None
    over = {"<": day >= bound, "<=": day > bound, "=": day > bound, ">": day > bound, ">=": day >= bound, "!=": day > bound}  # fmt: skip
    return (op in (">", ">=", "!=")) if over[op] else None


def _is_reference_day(expr: core.Expr) -> bool:
    return isinstance(expr, core.Call) and expr.op == "reference_day"


def _fixed(expr: core.Expr) -> Value | None:
    """Return the value of what the text alone fixes: a day, a span, a period counted from a day; else None."""
    match expr:
        case core.Literal() if "/" not in expr.value or expr.type != "date":
            return read(expr.type, expr.value)
        case core.Call() if expr.op not in ("reference_day", "has", "filled", "proved") and expr.args:
            args = [_fixed(arg) for arg in expr.args]
            known = [arg for arg in args if arg is not None]
            return meanings.apply(expr.op, known)[0] if len(known) == len(args) else None
        case _:
            return None

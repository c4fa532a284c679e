"""The meaning of every call on known values: exact, total, and None where the law's arithmetic has no result.

Comes in: an operator and the values of its operands. Goes out: a value or None (undefined), and for periods the
certificate of each step. Three-valued logic and strictness are `evaluate`'s; here every operand is known.
Meanings for columns and solver terms live in their own modules, joined by `signatures.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, cast

from kitei.values import ANY_ASSET, Quantity, Value, countable
from kitei_dsl import timeline
from kitei_dsl.timeline import OutsideCalendar, PeriodResult, Roll, Span

Meaning = Callable[..., Value | None]


def apply(op: str, args: Sequence[Value]) -> tuple[Value | None, dict[str, Any]]:
    """Return the value of a call (None: undefined) and its certificate (periods only)."""
    if op.partition(".")[0] in _PERIODS:
        return _period(op, cast(Span, args[0]), cast(date, args[1]))
    if op == "day_of_next_month":
        return _certified(lambda: timeline.day_of_next_month(cast(date, args[0]), int(cast(Fraction, args[1]))))
    return countable(_MEANINGS[op](*args)), {}


def total(values: Sequence[Value], zero: Value) -> Value | None:
    """Return the sum of values, from the zero of their type; None where there is none."""
    found: Value | None = zero
    for v in values:
        if found is None:
            return None
        found = apply("+", [found, v])[0]
    return found


def _period(op: str, span: Span, day: date) -> tuple[Value | None, dict[str, Any]]:
    word, _, roll = op.partition(".")
    return _certified(lambda: _PERIODS[word](day, span, cast(Roll, roll or "none")))


def _certified(compute: Callable[[], PeriodResult]) -> tuple[Value | None, dict[str, Any]]:
    try:
        result = compute()
    except (OutsideCalendar, ValueError):
        return None, {}
    data = {
        "first_day": result.first_day.isoformat(),
        "first_day_counted": result.first_day_counted,
        "convention": list(result.convention),
        "raw_end": result.raw_end.isoformat(),
        "skipped": [[day.isoformat(), reason] for day, reason in result.skipped],
        "end": result.end.isoformat(),
        "predicted": result.predicted,
        "ambiguous": result.ambiguous,
    }
    # An ambiguous calendar result is undefined: the law does not say which day (semantics section 4).
    return (None if result.ambiguous else result.end), {"period": data}


_PERIODS: dict[str, Callable[[date, Span, Roll], PeriodResult]] = {
    "after": lambda day, span, roll: timeline.forward(day, span, first_day_included=False, roll=roll),
    "counting": lambda day, span, roll: timeline.forward(day, span, first_day_included=True, roll=roll),
    "before": lambda day, span, roll: timeline.backward(day, span, clear_days=False),
    "clear_before": lambda day, span, roll: timeline.backward(day, span, clear_days=True),
    "elapsed_after": lambda day, span, roll: timeline.elapsed(day, span, first_day_included=False),
    "elapsed_counting": lambda day, span, roll: timeline.elapsed(day, span, first_day_included=True),
}


def _aligned(combine: Callable[[Any, Any], Any]) -> Meaning:
    """Lift over quantities of one asset; quantities of two assets have no sum, order or quotient."""

    def meaning(left: Value, right: Value) -> Value | None:
        if isinstance(left, Quantity) and isinstance(right, Quantity):
            asset = one_asset((left, right))
            if asset is None:
                return None
            result = combine(left.amount, right.amount)
            return Quantity(result, asset) if isinstance(result, Fraction) else cast(Value, result)
        return cast(Value, combine(left, right))

    return meaning


def one_asset(quantities: Sequence[Quantity]) -> str | None:
    """Return the asset that quantities share, or None where they are of two; an empty sum's zero goes with any."""
    assets = {q.asset for q in quantities} - {ANY_ASSET}
    return None if len(assets) > 1 else next(iter(assets), ANY_ASSET)


def _times(left: Value, right: Value) -> Value:
    if isinstance(left, Quantity):
        return Quantity(left.amount * cast(Fraction, right), left.asset)
    if isinstance(right, Quantity):
        return Quantity(right.amount * cast(Fraction, left), right.asset)
    return cast(Fraction, left) * cast(Fraction, right)


def _divide(left: Value, right: Value) -> Value | None:
    if isinstance(right, Quantity):
        same = isinstance(left, Quantity) and one_asset((left, right)) is not None
        return left.amount / right.amount if same and isinstance(left, Quantity) and right.amount else None
    divisor = cast(Fraction, right)
    if divisor == 0:
        return None
    return Quantity(left.amount / divisor, left.asset) if isinstance(left, Quantity) else cast(Fraction, left) / divisor


def _negate(amount: Value) -> Value:
    return Quantity(-amount.amount, amount.asset) if isinstance(amount, Quantity) else -cast(Fraction, amount)


def _extreme(pick: Callable[[Any], Any]) -> Meaning:
    def meaning(*args: Value) -> Value | None:
        if isinstance(args[0], Quantity):
            quantities = cast(Sequence[Quantity], args)
            asset = one_asset(quantities)
            return None if asset is None else Quantity(pick(q.amount for q in quantities), asset)
        return cast(Value, pick(args))

    return meaning


def _round(direction: Callable[[Fraction], int]) -> Meaning:
    def meaning(amount: Value, unit: Value) -> Value | None:
        step = cast(Fraction, unit)
        return None if step <= 0 else direction(cast(Fraction, amount) / step) * step

    return meaning


def _half_up(f: Fraction) -> int:
    whole = (abs(f) + Fraction(1, 2)).__floor__()
    return whole if f >= 0 else -whole


def _same(left: Value, right: Value) -> Value | None:
    if isinstance(left, Quantity) and isinstance(right, Quantity):
        return None if one_asset((left, right)) is None else left.amount == right.amount
    return left == right


def _different(left: Value, right: Value) -> Value | None:
    equal = _same(left, right)
    return None if equal is None else not equal


_MEANINGS: dict[str, Meaning] = {
    "=": _same,
    "!=": _different,
    "<": _aligned(lambda a, b: a < b),
    "<=": _aligned(lambda a, b: a <= b),
    ">": _aligned(lambda a, b: a > b),
    ">=": _aligned(lambda a, b: a >= b),
    "+": _aligned(lambda a, b: a + b),
    "-": _aligned(lambda a, b: a - b),
    "*": _times,
    "/": _divide,
    "negate": _negate,
    "least": _extreme(min),
    "greatest": _extreme(max),
    "round_down": _round(lambda f: f.__floor__()),
    "round_up": _round(lambda f: f.__ceil__()),
    "round_half_up": _round(_half_up),
    "business_days": lambda count, calendar: Span(int(cast(Fraction, count)), "business_days", str(calendar)),
    "last_day_of_month": lambda day: timeline.last_day_of_month(cast(date, day)),
    "days_between": lambda a, b: Fraction((cast(date, b) - cast(date, a)).days),
    "year_of": lambda day: Fraction(cast(date, day).year),
}

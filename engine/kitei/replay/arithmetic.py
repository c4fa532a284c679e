"""Replay's own logic and arithmetic: three values, exact numbers, days and statutory periods.

Comes in: known values, or results with their causes. Goes out: values, None where the law's arithmetic has no
result, and the certificate of each period. Written from semantics section 4 and Civil Code 138-143, apart from
the evaluator's, so that a mistake there is not repeated here; only the table of holidays is shared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from kitei.replay.shape import ANY_TEXT
from kitei.values import ANY_ASSET, FALSE, TRUE, Cause, Quantity, Result, Value, countable, opened, undefined, value
from kitei.values import Period as Period  # type: ignore[attr-defined]  # a type only; values does not export it
from kitei_dsl import core, holidays

# --------------------------------------------------------------------------- three values


def negation(r: Result) -> Result:
    if r.known:
        return FALSE if r.value is True else TRUE
    return r


def conjunction(results: Iterable[Result]) -> Result:
    """One false decides and absorbs; else open with the causes of all that are open; else true."""
    return _decided(list(results), FALSE, TRUE)


def disjunction(results: Iterable[Result]) -> Result:
    """One true decides and absorbs; else open with the causes of all that are open; else false."""
    return _decided(list(results), TRUE, FALSE)


def _decided(results: list[Result], deciding: Result, otherwise: Result) -> Result:
    if any(r == deciding for r in results):
        return deciding
    return left_open(results) or otherwise


def left_open(results: Iterable[Result], unlisted: frozenset[Cause] = frozenset()) -> Result | None:
    """Return what is open where some of the results are, or a list lacks members: with all their causes, and a possible
    clash where one of them has it. None where nothing is open."""
    results = list(results)
    causes = gathered(results) | unlisted
    return opened(causes, possible_clash=any(r.possible_clash for r in results)) if causes else None


def gathered(results: Iterable[Result]) -> frozenset[Cause]:
    """Return the causes of all results together."""
    return frozenset(c for r in results for c in r.causes)


# --------------------------------------------------------------------------- calls on known values

Computed = tuple[Value | None, dict[str, Any]]


def compute(op: str, args: Sequence[Any]) -> Computed:
    """Return the value of a call on known operands (None: undefined) with its certificate."""
    try:
        if op in _PLAIN:
            return countable(_PLAIN[op](*args)), {}
        certificate = _next_month(args[0], args[1]) if op == "day_of_next_month" else _period(op, args[0], args[1])
    except (ValueError, OverflowError):
        return None, {}
    end = None if certificate["ambiguous"] is not None else date.fromisoformat(certificate["end"])
    return end, {"period": certificate}


def _amounts(left: Any, right: Any) -> tuple[Any, Any, str | None] | None:
    """Return two operands as bare numbers or days with the asset they share; None if they are of two assets.

    The sum of no quantities is a zero that goes with every asset.
    """
    if not isinstance(left, Quantity) or not isinstance(right, Quantity):
        return left, right, None
    assets = {left.asset, right.asset} - {ANY_ASSET} or {ANY_ASSET}
    return (left.amount, right.amount, assets.pop()) if len(assets) == 1 else None


def _of(amount: Any, asset: str | None) -> Value:
    found: Value = amount if asset is None else Quantity(amount, asset)
    return found


def _compared(test: Callable[[Any, Any], bool]) -> Callable[[Any, Any], Value | None]:
    def meaning(left: Any, right: Any) -> Value | None:
        pair = _amounts(left, right)
        return None if pair is None else test(pair[0], pair[1])

    return meaning


def _summed(sign: int) -> Callable[[Any, Any], Value | None]:
    def meaning(left: Any, right: Any) -> Value | None:
        pair = _amounts(left, right)
        return None if pair is None else _of(pair[0] + sign * pair[1], pair[2])

    return meaning


def _times(left: Any, right: Any) -> Value:
    if isinstance(right, Quantity):
        left, right = right, left
    return Quantity(left.amount * right, left.asset) if isinstance(left, Quantity) else _of(left * right, None)


def _quotient(left: Any, right: Any) -> Value | None:
    if isinstance(right, Quantity):
        pair = _amounts(left, right)
        return None if pair is None or right.amount == 0 else _of(pair[0] / pair[1], None)
    if right == 0:
        return None
    return Quantity(left.amount / right, left.asset) if isinstance(left, Quantity) else _of(left / right, None)


def extreme(least: bool, values: Sequence[Any]) -> Value | None:
    """Return the least or greatest of some values; None if they are of two assets."""
    best = values[0]
    for v in values[1:]:
        pair = _amounts(best, v)
        if pair is None:
            return None
        better = pair[1] < pair[0] if least else pair[1] > pair[0]
        best = _of(pair[1] if better else pair[0], pair[2])
    found: Value = best
    return found


def total(values: Sequence[Any], zero: Value) -> Value | None:
    """Return the sum of values, from the zero of their type; None if they are of two assets."""
    found: Value | None = zero
    for v in values:
        found = countable(_summed(1)(found, v))
        if found is None:
            return None
    return found


def _multiple(wanted: str, amount: Fraction, unit: Fraction) -> Value | None:
    """Return the multiple of the unit below, above or nearest; half a unit goes away from zero."""
    if unit <= 0:
        return None
    parts = amount / unit
    whole, rest = divmod(parts.numerator, parts.denominator)
    if wanted == "up" and rest:
        whole += 1
    if wanted == "half" and (2 * rest > parts.denominator or (2 * rest == parts.denominator and amount > 0)):
        whole += 1
    return whole * unit


def _business_days(count: Fraction, calendar: str) -> Value | None:
    if count.denominator != 1 or count < 1:
        return None
    return Period(int(count), "business_days", calendar)


def _different(left: Any, right: Any) -> Value | None:
    equal = _compared(lambda a, b: bool(a == b))(left, right)
    return None if equal is None else not equal


_PLAIN: dict[str, Callable[..., Value | None]] = {
    "=": _compared(lambda a, b: bool(a == b)),
    "!=": _different,
    "<": _compared(lambda a, b: bool(a < b)),
    "<=": _compared(lambda a, b: bool(a <= b)),
    ">": _compared(lambda a, b: bool(a > b)),
    ">=": _compared(lambda a, b: bool(a >= b)),
    "+": _summed(1),
    "-": _summed(-1),
    "*": _times,
    "/": _quotient,
    "negate": lambda amount: _times(amount, Fraction(-1)),
    "least": lambda *values: extreme(True, values),
    "greatest": lambda *values: extreme(False, values),
    "round_down": lambda amount, unit: _multiple("down", amount, unit),
    "round_up": lambda amount, unit: _multiple("up", amount, unit),
    "round_half_up": lambda amount, unit: _multiple("half", amount, unit),
    "business_days": _business_days,
    "last_day_of_month": lambda day: _month_end(day.year, day.month),
    "days_between": lambda first, second: Fraction(second.toordinal() - first.toordinal()),
    "year_of": lambda day: Fraction(day.year),
}

# --------------------------------------------------------------------------- days and periods

#: calendar: days around New Year (first of December, last of January), the rules, the first day it stood so.
_CALENDARS = {
    "administrative": ((29, 3), ["hol/1"], date(1989, 1, 1)),
    "bank": ((31, 3), ["ba/15/1", "bao/5/1"], date(1989, 2, 1)),
}

#: The calendars that business days may be counted over.
CALENDARS = tuple(_CALENDARS)


def _closed(day: date, calendar: str) -> str | None:
    """Return why a day is a holiday of a calendar, or None. ValueError where the table does not reach."""
    since = holidays.FIRST_DAY if calendar == "civil" else _CALENDARS[calendar][2]
    if day < since or day.year > holidays.LAST_YEAR:
        raise ValueError("outside the calendar")
    if day.weekday() == 6:
        return "sunday"
    if day.weekday() == 5 and (calendar == "bank" or (calendar == "administrative" and _saturday_off(day))):
        return "saturday"
    if day in holidays.table():
        return f"national-holiday:{holidays.table()[day]}"
    if calendar != "civil":
        december, january = _CALENDARS[calendar][0]
        if (day.month == 12 and day.day >= december) or (day.month == 1 and day.day <= january):
            return "year-end"
    return None


def _saturday_off(day: date) -> bool:
    """Administrative organs rest on every Saturday since May 1992; before, on the second and fourth of a month."""
    return day >= date(1992, 5, 1) or 8 <= day.day <= 14 or 22 <= day.day <= 28


def _moved(day: date, days: int) -> date:
    return date.fromordinal(day.toordinal() + days)


def _month_end(year: int, month: int) -> date:
    return date(year, 12, 31) if month == 12 else _moved(date(year, month + 1, 1), -1)


def _corresponding(day: date, months: int) -> tuple[date, bool]:
    """Return the day of the same number some months away, or that month's last day and True where it has none."""
    month = day.year * 12 + day.month - 1 + months
    last = _month_end(month // 12, month % 12 + 1)
    return (last, True) if day.day > last.day else (last.replace(day=day.day), False)


def _open_days(day: date, count: int, direction: int, calendar: str) -> tuple[date, list[list[str]]]:
    """Return the day on which a number of open days is reached, the first day included, and the days passed over."""
    skipped = []
    while True:
        reason = _closed(day, calendar)
        if reason is not None:
            skipped.append([day.isoformat(), reason])
        else:
            count -= 1
            if count == 0:
                return day, skipped
        day = _moved(day, direction)


def _period(op: str, span: Period, day: date) -> dict[str, Any]:
    word, _, roll = op.partition(".")
    if word in ("before", "clear_before"):
        return _backward(span, day, clear=word == "clear_before")
    counted = word in ("counting", "elapsed_counting")
    first = day if counted else _moved(day, 1)
    raw, skipped, rules = _run(first, span)
    convention = ["cc/138" if counted else "cc/140", *rules, "cc/141"]
    end, ambiguous = raw, False
    if word.startswith("elapsed"):
        end, convention = _moved(raw, 1), [*convention, "form:elapsed"]
    elif roll:
        end, passed = _open_days(raw, 1, 1, "administrative" if roll == "filing" else "civil")
        skipped += passed
        convention += (["hol/1", "hol/2"] if roll == "filing" else ["cc/142"]) if passed else []
        ambiguous = roll == "custom" and (
            end.weekday() >= 5 or (end.month, end.day) >= (12, 29) or (end.month, end.day) <= (1, 3)
        )
    consulted = span.unit == "business_days" or bool(roll)
    predicted = consulted and (raw if word.startswith("elapsed") else end).year > holidays.LAST_OFFICIAL_YEAR
    return _certificate(first, counted, convention, raw, skipped, end, predicted, ambiguous)


def _run(first: date, span: Period) -> tuple[date, list[list[str]], list[str]]:
    """Return the last day of a period that begins with its first day: Civil Code 143."""
    if span.unit == "days":
        return _moved(first, span.count - 1), [], []
    if span.unit == "weeks":
        return _moved(first, 7 * span.count - 1), [], ["cc/143/1", "cc/143/2/main"]
    if span.unit == "business_days":
        calendar = str(span.calendar)
        end, skipped = _open_days(first, span.count, 1, calendar)
        return end, skipped, _CALENDARS[calendar][1]
    same_day, missing = _corresponding(first, span.count * (12 if span.unit == "years" else 1))
    if missing:
        return same_day, [], ["cc/143/1", "cc/143/2/proviso"]
    beginning = first.day == 1 and (span.unit == "months" or first.month == 1)
    return _moved(same_day, -1), [], ["cc/143/1"] + ([] if beginning else ["cc/143/2/main"])


def _backward(span: Period, day: date, *, clear: bool) -> dict[str, Any]:
    """Count back from a day that is not itself counted; never rolls."""
    skipped: list[list[str]] = []
    missing = False
    if span.unit == "business_days":
        calendar = str(span.calendar)
        opening, skipped = _open_days(_moved(day, -1), span.count, -1, calendar)
        rules = _CALENDARS[calendar][1]
    elif span.unit in ("months", "years"):
        opening, missing = _corresponding(day, -span.count * (12 if span.unit == "years" else 1))
        rules = ["cc/143/1"]
    else:
        opening = _moved(day, -span.count * (7 if span.unit == "weeks" else 1))
        rules = ["cc/143/1"] if span.unit == "weeks" else []
    end = _moved(opening, -1) if clear else opening
    before = _moved(day, -1)
    predicted = span.unit == "business_days" and before.year > holidays.LAST_OFFICIAL_YEAR
    convention = ["cc/140", *rules, "reading:clear-days" if clear else "reading:calendar-days"]
    return _certificate(before, False, convention, end, skipped, end, predicted, missing)


def _next_month(day: date, number: Fraction) -> dict[str, Any]:
    """The n-th day of the next month is a calendar date and no period: it does not roll."""
    if number.denominator != 1 or not 1 <= number <= 31:
        raise ValueError("no day of a month")
    last = _corresponding(day.replace(day=1), 1)[0]
    last = _month_end(last.year, last.month)
    end = last.replace(day=min(int(number), last.day))
    return _certificate(day, False, ["form:calendar-date"], end, [], end, False, number > last.day)


def _certificate(first: date, counted: bool, convention: list[str], raw: date, skipped: list[list[str]], end: date,
                 predicted: bool, ambiguous: bool) -> dict[str, Any]:  # fmt: skip
    return {
        "first_day": first.isoformat(), "first_day_counted": counted, "convention": convention, "raw_end": raw.isoformat(),
        "skipped": skipped, "end": end.isoformat(), "predicted": predicted, "ambiguous": ANY_TEXT if ambiguous else None,
    }  # fmt: skip


# --------------------------------------------------------------------------- folds


def fold(expr: core.Fold, cases: list[tuple[Result, Result]], unlisted: frozenset[Cause], node: str) -> Result:
    """Fold the members' conditions and bodies; `unlisted` holds the cause of an incomplete list, or nothing."""
    if expr.quantifier in ("every", "some", "at_least"):
        return _quantified(expr, cases, unlisted)
    taken = [(w, b) for w, b in cases if w != FALSE]
    still_open = left_open((r for pair in taken for r in pair), unlisted)
    if still_open is not None:
        return still_open
    values = [b.value for _, b in taken]
    if expr.quantifier == "number":
        return value(Fraction(len(values)))
    if expr.quantifier == "sum":
        found = total(values, Quantity(Fraction(0), ANY_ASSET) if expr.type == "quantity" else Fraction(0))
    elif not values:
        return Result("gap")
    else:
        found = extreme(expr.quantifier == "least", values)
    return undefined(node) if found is None else value(found)


def _quantified(expr: core.Fold, cases: list[tuple[Result, Result]], unlisted: frozenset[Cause]) -> Result:
    """A shown case decides whatever the list lacks; only a complete list shows that there is none."""
    if expr.quantifier == "every":
        shown = [disjunction([negation(w), b]) for w, b in cases]
        if FALSE in shown:
            return FALSE
        return left_open(shown, unlisted) or TRUE
    shown = [conjunction([w, b]) for w, b in cases]
    wanted = 1 if expr.quantifier == "some" else expr.threshold or 0
    if shown.count(TRUE) >= wanted:
        return TRUE
    possible = [r for r in shown if r != FALSE]
    if not unlisted and len(possible) < wanted:
        return FALSE
    return left_open(possible, unlisted) or FALSE

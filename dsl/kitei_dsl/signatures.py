"""Every operator and built-in a `Call` may name: its types, what it does, examples that are run, its solver class.

One row each. `result(op, types)` gives the type of a call or a sentence that says what was expected.
The meaning on values is `engine/kitei/meanings.py`, on columns and solver terms their own modules, joined by this
table. `solver`: exact, refined (uninterpreted with bounds, each model run by the evaluator) or outside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kitei_dsl.frozen import Frozen
from kitei_dsl.typesystem import (
    ANYTHING,
    CALENDAR,
    DATE,
    NUMBER,
    ORDERED,
    RATE,
    SPAN,
    TRUTH,
    YEN,
    Type,
    fits,
    joined,
    product,
    quotient,
)

Check = Callable[[Sequence[Type]], Type | str]


class Signature(Frozen):
    """One row: `partial` calls can be undefined; `examples` are (argument spellings, result spelling or `undefined`)."""

    op: str
    check: Check
    doc: str
    solver: str
    partial: bool
    examples: tuple[tuple[tuple[str, ...], str], ...]


def _truths(types: Sequence[Type]) -> Type | str:
    wrong = [t for t in types if not fits(t, TRUTH)]
    return f"truths, found {wrong[0]}" if wrong else TRUTH


def _equal(types: Sequence[Type]) -> Type | str:
    return TRUTH if joined(types[0], types[1]) else f"two values of one type, found {types[0]} and {types[1]}"


def _ordered(types: Sequence[Type]) -> Type | str:
    found = joined(types[0], types[1])
    if found and (found in ORDERED or found == ANYTHING):
        return TRUTH
    return f"two amounts or days of one type, found {types[0]} and {types[1]}"


def _sum(types: Sequence[Type]) -> Type | str:
    found = joined(types[0], types[1])
    return (
        found
        if found and found != DATE and found in (*ORDERED, ANYTHING)
        else f"two amounts of one type, found {types[0]} and {types[1]}"
    )


def _product(types: Sequence[Type]) -> Type | str:
    return product(types[0], types[1]) or f"an amount and a plain number, found {types[0]} and {types[1]}"


def _quotient(types: Sequence[Type]) -> Type | str:
    return (
        quotient(types[0], types[1]) or f"an amount by a plain number, or like by like, found {types[0]} and {types[1]}"
    )


def _negate(types: Sequence[Type]) -> Type | str:
    return types[0] if types[0] in (*ORDERED, ANYTHING) and types[0] != DATE else f"an amount, found {types[0]}"


def _extreme(types: Sequence[Type]) -> Type | str:
    found: Type | None = types[0]
    for t in types[1:]:
        found = joined(found, t) if found else None
    return found if found and (found in ORDERED or found == ANYTHING) else "amounts or days of one type"


def _fixed(parameters: tuple[Type, ...], result: Type) -> Check:
    def check(types: Sequence[Type]) -> Type | str:
        if len(types) != len(parameters):
            return f"{len(parameters)} operands, found {len(types)}"
        for actual, expected in zip(types, parameters, strict=True):
            if not fits(actual, expected):
                return f"{expected}, found {actual}"
        return result

    return check


def _rounded(types: Sequence[Type]) -> Type | str:
    if len(types) != 2:
        return f"2 operands, found {len(types)}"
    found = joined(types[0], types[1])
    return (
        found
        if found in (YEN, RATE, NUMBER, ANYTHING)
        else f"an amount and a unit of the same type, found {types[0]} and {types[1]}"
    )


def _proved(types: Sequence[Type]) -> Type | str:
    return TRUTH if fits(types[0], TRUTH) else f"a truth, found {types[0]}"


def _any(types: Sequence[Type]) -> Type | str:
    return TRUTH


def _examples(by_roll: Mapping[str, tuple[tuple[str, ...], ...]], roll: str) -> tuple[tuple[str, ...], ...]:
    return by_roll.get(roll, ())


_PERIOD = _fixed((SPAN, DATE), DATE)


def _row(op: str, check: Check, doc: str, solver: str, partial: bool, *examples: tuple[str, ...]) -> Signature:
    return Signature(op, check, doc, solver, partial, tuple((e[:-1], e[-1]) for e in examples))


SIGNATURES: dict[str, Signature] = {
    s.op: s
    for s in (
        _row("and", _truths, "True if all are; a false one decides.", "exact", False, ("true", "false", "false")),
        _row("or", _truths, "True if one is; a true one decides.", "exact", False, ("true", "false", "true")),
        _row("not", _truths, "The contrary.", "exact", False, ("true", "false")),
        _row("=", _equal, "Equal.", "exact", False, ("100 yen", "100 yen", "true")),
        _row("!=", _equal, "Not equal.", "exact", False, ("100 yen", "100 yen", "false")),
        _row("<", _ordered, "Less than (未満), before (前).", "exact", True, ("1", "1", "false")),
        _row("<=", _ordered, "Or less (以下), on or before (以前).", "exact", True, ("1", "1", "true")),
        _row(">", _ordered, "Exceeding (超える), after (後).", "exact", True, ("1", "1", "false")),
        _row(">=", _ordered, "Or more (以上), on or after (以後).", "exact", True, ("1", "1", "true")),
        _row("+", _sum, "Sum.", "exact", True, ("1 yen", "2 yen", "3 yen")),
        _row("-", _sum, "Difference; it may be negative.", "exact", True, ("1 yen", "2 yen", "-1 yen")),
        _row("*", _product, "An amount by a rate or a number.", "refined", False, ("300 yen", "1/20", "15 yen")),
        _row("/", _quotient, "Exact quotient; undefined by zero.", "refined", True, ("1", "3", "1/3"), ("1", "0", "undefined")),
        _row("negate", _negate, "The amount with the other sign.", "exact", False, ("5 yen", "-5 yen")),
        _row("least", _extreme, "The lowest (いずれか低いもの).", "exact", True, ("3 yen", "2 yen", "2 yen")),
        _row("greatest", _extreme, "The highest.", "exact", True, ("3 yen", "2 yen", "3 yen")),
        _row("round_down", _rounded, "Cut down to a multiple of the unit (切捨て).", "exact", True, ("345678 yen", "10000 yen", "340000 yen")),
        _row("round_up", _rounded, "Raise to a multiple of the unit (切上げ).", "exact", True, ("345678 yen", "10000 yen", "350000 yen")),
        _row("round_half_up", _rounded, "To the nearest multiple, half away from zero (四捨五入).", "exact", True, ("5/2", "1", "3")),
        _row("business_days", _fixed((NUMBER, CALENDAR), SPAN), "A span of business days of a named calendar.", "outside", True, ("2", "bank", "2 business days of bank")),
        *(
            _row(f"{word}{roll}", _PERIOD, doc, "refined", True, *examples)
            for word, doc, rolls, by_roll in (
                ("after", "The last day of a period, its first day not counted (民法140条).", True,
                 {"": (("3 months", "2024-03-31", "2024-06-30"),), ".filing": (("3 months", "2024-03-31", "2024-07-01"),)}),
                ("counting", "The last day of a period that counts its first day (起算して).", True,
                 {"": (("1 years", "2026-07-23", "2027-07-22"),)}),
                ("before", "N days back, the day itself not counted.", False, {"": (("30 days", "2025-03-08", "2025-02-06"),)}),
                ("clear_before", "N full days between (中N日).", False, {"": (("30 days", "2025-03-08", "2025-02-05"),)}),
                ("elapsed_after", "The day after a period has run, first day not counted.", False, {"": ()}),
                ("elapsed_counting", "The day after a period that counts its first day has run (N日を経過した日).", False,
                 {"": (("20 days", "2026-07-23", "2026-08-12"),)}),
            )
            for roll in (("", ".filing", ".custom") if rolls else ("",))
            for examples in (_examples(by_roll, roll),)
        ),
        _row("day_of_next_month", _fixed((DATE, NUMBER), DATE), "翌月N日: a day of the next month; undefined where the month has none.", "refined", True,
             ("2026-01-15", "20", "2026-02-20"), ("2026-01-15", "30", "undefined")),
        _row("last_day_of_month", _fixed((DATE,), DATE), "The last day of the month.", "refined", False, ("2024-02-10", "2024-02-29")),
        _row("days_between", _fixed((DATE, DATE), NUMBER), "Days from the first day to the second.", "exact", False, ("2024-01-01", "2024-01-31", "30")),
        _row("year_of", _fixed((DATE,), NUMBER), "The calendar year.", "refined", False, ("2024-01-31", "2024")),
        _row("reference_day", _fixed((), DATE), "基準日: the day as of which facts are read.", "exact", False),
        _row("proved", _proved, "Whether a defence is proved; not proved while nobody contests it, and then marked.", "exact", False),
        _row("has", _any, "Whether an attribute declared `if any` is there.", "exact", False),
        _row("filled", _any, "Whether an optional slot is filled.", "exact", False),
    )
}  # fmt: skip


def result(op: str, types: Sequence[Type]) -> Type | str:
    """Return the type of a call, or a phrase saying what was expected."""
    return SIGNATURES[op].check(types)

"""What a value and a result are at run time; exact, and written one way.

A value is a bool, a `Fraction` (yen, number, rate), a `Quantity`, a `date`, a `timeline.Span`, a string
(enumeration value, calendar) or an `Entity`. A `Result` is one of five states with its causes (semantics
section 4). There is no float: reading one is refused at the border (`facts`).
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TypeAlias

from kitei_dsl.frozen import Frozen
from kitei_dsl.timeline import Span as Period
from kitei_dsl.typesystem import CALENDARS


class Entity(Frozen, order=True):
    """An entity of the facts: its kind and its id there."""

    kind: str
    id: str


#: The asset of the zero that an empty sum of quantities gives: it goes with every asset.
ANY_ASSET = "*"


class Quantity(Frozen):
    """An exact amount of one asset; `ANY_ASSET` for the zero of no asset in particular."""

    amount: Fraction
    asset: str


Value: TypeAlias = bool | Fraction | Quantity | date | Period | str | Entity

#: Kinds of cause of an open result, in the order they are printed; `any` and `hazard` occur only while
#: `settle` asks what would settle an answer, never in one.
CAUSES = ("fact", "list", "slot", "unencoded", "unverified", "gap", "clash", "undefined", "any", "hazard")


class Cause(Frozen, order=True):
    """Why a result is open. `item` says which one: `dmm.hot_value`, a slot with its subject, a clause path."""

    kind: str
    item: str


class Result(Frozen):
    """A value, a gap, a clash, open with causes, or typed absence.

    `value` is set for `value` only; `values` for `clash` only, sorted. `causes` is not empty exactly when open.
    `possible_clash`: rule 9 cannot exclude a clash.
    """

    state: str
    value: Value | None = None
    values: tuple[Value, ...] = ()
    causes: frozenset[Cause] = frozenset()
    possible_clash: bool = False

    @property
    def known(self) -> bool:
        return self.state == "value"

    @property
    def true(self) -> bool:
        return self.state == "value" and self.value is True

    @property
    def false(self) -> bool:
        return self.state == "value" and self.value is False


GAP = Result("gap")
ABSENT = Result("absent")
TRUE = Result("value", True)
FALSE = Result("value", False)


def value(v: Value) -> Result:
    """Return the known result of a value."""
    if v is True:
        return TRUE
    return FALSE if v is False else Result("value", v)


def opened(causes: frozenset[Cause], *, possible_clash: bool = False) -> Result:
    """Return an open result; it must have a cause."""
    if not causes:
        raise AssertionError("an open result has a cause")
    return Result("open", causes=causes, possible_clash=possible_clash)


def undefined(item: str) -> Result:
    """Return open(undefined): arithmetic without a result, an ambiguous date, an absent value read unguarded."""
    return opened(frozenset({Cause("undefined", item)}))


def same(left: Result, right: Result) -> bool:
    """Say whether two results are known and equal."""
    return left.state == right.state == "value" and left.value == right.value


def write(v: Value) -> str:
    """Write a value the one canonical way, as literals in the core and values in JSON are written."""
    if isinstance(v, bool):
        return "true" if v else "false"
    if isinstance(v, Fraction):
        return str(v)
    if isinstance(v, Quantity):
        return f"{decimal(v.amount)} {v.asset}"
    if isinstance(v, date):
        return v.isoformat()
    if isinstance(v, Period):
        calendar = f" of {v.calendar}" if v.calendar else ""
        return f"{v.count} {v.unit.replace('_', ' ')}{calendar}"
    return v.id if isinstance(v, Entity) else v


def decimal(f: Fraction) -> str:
    """Write an exact decimal if there is one, else `n/d`."""
    scale, rest = 0, f.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return str(f)
    while f.denominator != 1:
        f, scale = f * 10, scale + 1
    digits = str(abs(f.numerator)).rjust(scale + 1, "0")
    sign = "-" if f < 0 else ""
    return sign + (digits if scale == 0 else f"{digits[:-scale]}.{digits[-scale:]}")


def read(type_name: str, text: str) -> Value:
    """Read a canonical spelling back (`write` is its inverse). Raises ValueError on anything else.

    Entities are not read here: which of them exist only the facts know.
    """
    name, _, _ = type_name.partition(":")
    if name == "truth":
        if text not in ("true", "false"):
            raise ValueError(f"not a truth value: {text!r}")
        return text == "true"
    if name in ("yen", "number", "rate"):
        if len(text) > 4000:
            raise ValueError("a number of more than 4000 digits")
        return Fraction(text)
    if name == "quantity":
        amount, _, asset = text.partition(" ")
        if not asset:
            raise ValueError(f"a quantity names its asset: {text!r}")
        return Quantity(Fraction(amount), asset)
    if name == "date":
        return date.fromisoformat(text)
    if name == "span":
        count, _, unit = text.partition(" ")
        words, _, calendar = unit.partition(" of ")
        units = ("days", "weeks", "months", "years", "business days")
        if words not in units:
            raise ValueError(f"not a period: {text!r}")
        return Period(int(count), words.replace(" ", "_"), calendar or None)  # type: ignore[arg-type]
    if name == "calendar" and text not in CALENDARS:
        raise ValueError(f"not a calendar: {text!r}; known: {', '.join(CALENDARS)}")
    return text


#: Bits of a numerator or a denominator, some 900 digits. A longer number is nothing the law counts with; without a limit
#: a few products would fill any memory. Both that compute ask here, so that they agree.
_MAX_BITS = 2_990


def countable(v: Value | None) -> Value | None:
    """Return a computed value, or None where its number is longer than any that the law counts with."""
    number = v.amount if isinstance(v, Quantity) else v
    if isinstance(number, Fraction) and max(number.numerator.bit_length(), number.denominator.bit_length()) > _MAX_BITS:
        return None
    return v


def sort_of(v: Value) -> str:
    """Name the sort of a value in a derivation: truth, rational, quantity, date, span, entity or name."""
    if isinstance(v, bool):
        return "truth"
    if isinstance(v, str):
        return "name"
    return next((name for kind, name in _SORTS if isinstance(v, kind)), "name")


_SORTS: tuple[tuple[type, str], ...] = (
    (Entity, "entity"), (Quantity, "quantity"), (date, "date"), (Period, "span"), (Fraction, "rational"),
)  # fmt: skip

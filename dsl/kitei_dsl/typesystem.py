"""The types of values and what fits what.

A type is written as in the language: `truth`, `yen`, `number` (a whole number of things),
`rate` (an exact rational without unit), `quantity` (a decimal amount of one asset), `date`,
`span` (a statutory period such as 3 months), `calendar`, an enumeration, an entity of a kind,
or a list of entities (only what a role gives, and only folds read it). There is no float.
"""

from __future__ import annotations

from kitei_dsl.frozen import Frozen


class Type(Frozen):
    """A type: its name and, for `enum`, `entity` and `list`, what it is of."""

    name: str
    of: str | None = None

    def __str__(self) -> str:
        return self.name if self.of is None else f"{self.name}:{self.of}"


TRUTH = Type("truth")
YEN = Type("yen")
NUMBER = Type("number")
RATE = Type("rate")
QUANTITY = Type("quantity")
DATE = Type("date")
SPAN = Type("span")
CALENDAR = Type("calendar")
#: The type of an error node and of `unencoded`: it fits everywhere, so one mistake is told once.
ANYTHING = Type("anything")

SCALARS = {t.name: t for t in (TRUTH, YEN, NUMBER, RATE, QUANTITY, DATE, SPAN, CALENDAR)}
ORDERED = frozenset({YEN, NUMBER, RATE, QUANTITY, DATE})
CALENDARS = ("administrative", "bank")
#: How each is written in Japanese.
CALENDARS_JA = {"行政機関": "administrative", "銀行": "bank"}


def parse_type(text: str) -> Type:
    """Read a type back from its `str`."""
    name, _, of = text.partition(":")
    return Type(name, of or None)


def fits(actual: Type, expected: Type) -> bool:
    """Say whether a value of `actual` may stand where `expected` is asked: a number is also a rate."""
    return actual == expected or ANYTHING in (actual, expected) or (actual == NUMBER and expected == RATE)


def joined(left: Type, right: Type) -> Type | None:
    """Return the type both fit, or None."""
    if fits(left, right):
        return right if left == ANYTHING or right != ANYTHING else left
    return left if fits(right, left) else None


def product(left: Type, right: Type) -> Type | None:
    """Return the type of `left * right`, or None where law knows no such product (yen by yen)."""
    plain = (NUMBER, RATE)
    if left in plain and right in plain:
        return NUMBER if left == right == NUMBER else RATE
    if left in (YEN, QUANTITY) and right in plain:
        return left
    if right in (YEN, QUANTITY) and left in plain:
        return right
    return ANYTHING if ANYTHING in (left, right) else None


def quotient(left: Type, right: Type) -> Type | None:
    """Return the type of `left / right`: like by like is a rate, an amount by a plain number an amount."""
    plain = (NUMBER, RATE)
    if (left in plain and right in plain) or (left == right and left in (YEN, QUANTITY)):
        return RATE
    if left in (YEN, QUANTITY) and right in plain:
        return left
    return ANYTHING if ANYTHING in (left, right) else None

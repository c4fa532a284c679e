"""Amounts and days as numbers: what a value measures, what lies next to a boundary, and how a number is spelled as a value.

Comes in: attributes and values as written. Goes out: rationals (a day as its place in the calendar, an amount without its
asset) and values spelled back, none where the attribute can have no such value.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from kitei.values import Quantity, Result, decimal, write
from kitei_dsl import core

#: A comparison met: where and about what, and the difference of its sides.
Differences = dict[tuple[object, ...], Fraction]


def around(attribute: core.Attribute, root: Fraction, before: str | None) -> list[Fraction]:
    """Return a boundary (where values can lie on it), and the next values below and above."""
    if attribute.type in ("rate", "quantity"):
        places = [len(decimal(x).partition(".")[2]) for x in (root, _amount(before)) if "/" not in decimal(x)]
        unit = Fraction(1, 10 ** max([4 if attribute.type == "rate" else 0, *places]))
        return [root - unit, root, root + unit]
    if root.denominator == 1:
        return [root - 1, root, root + 1]
    return [Fraction(floor(root)), Fraction(ceil(root))]


def _amount(before: str | None) -> Fraction:
    return Fraction(0) if before in (None, "none") else Fraction(str(before).partition(" ")[0])


def origin(attribute: core.Attribute, at: str) -> Fraction:
    """Return where to begin where nothing is known: the day `at`, nothing, or the least there can be."""
    if attribute.type == "date":
        return Fraction(date.fromisoformat(at).toordinal())
    low = Fraction(attribute.low) if attribute.low is not None else Fraction(0)
    return low if low > 0 else Fraction(0)


def measure(attribute: core.Attribute, text: str) -> Fraction:
    """Return a value as a number: a day as its place in the calendar, an amount without its asset."""
    if attribute.type == "date":
        return Fraction(date.fromisoformat(text).toordinal())
    return Fraction(text.partition(" ")[0])


def spelled(attribute: core.Attribute, n: Fraction, asset: str | None) -> str | None:
    """Return a number as a value of the attribute, or None where it can have no such value."""
    if attribute.type == "date":
        whole = n.denominator == 1 and date.min.toordinal() <= n <= date.max.toordinal()
        return date.fromordinal(int(n)).isoformat() if whole else None
    low, high = attribute.low, attribute.high
    if (low is not None and n < Fraction(low)) or (high is not None and n > Fraction(high)):
        return None
    if attribute.type in ("yen", "number") and n.denominator != 1:
        return None
    return write(Quantity(n, asset)) if asset is not None else str(n)


def difference(left: Result, right: Result) -> Fraction | None:
    """Return how far two results are apart, in days or in the unit of both; None where they cannot be compared."""
    a, b = left.value, right.value
    if isinstance(a, Quantity) and isinstance(b, Quantity) and (a.asset == b.asset or "*" in (a.asset, b.asset)):
        return a.amount - b.amount
    if isinstance(a, date) and isinstance(b, date):
        return Fraction((a - b).days)
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return a - b
    return None


def roots(probed: dict[Fraction, Differences]) -> Iterator[Fraction]:
    """Give where differences become zero along the line through each two neighbouring probes between which they change."""
    points = sorted(probed)
    found: dict[Fraction, None] = {}
    for low, high in pairwise(points):
        for key, at_low in probed[low].items():
            at_high = probed[high].get(key)
            if at_high is not None and at_high != at_low:
                found[low - at_low * (high - low) / (at_high - at_low)] = None
    yield from sorted(found)

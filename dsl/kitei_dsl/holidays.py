"""The national holidays of Japan, as a table.

In: `holidays.csv` beside this module, read once. Out: the name of a day, or nothing.
The one idea: holidays are data with a known end, not a formula. The days of the two equinoxes are fixed
by official notice in February of the year before, so a year past the last notice is *predicted*, and an
answer that rests on it must say so.
Not here: Sundays, Saturdays and the days around New Year, which belong to the calendars in `timeline`.
"""

import csv
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType

FIRST_YEAR = 1949
"""The first year of the table. The Act took effect on 1948-07-20, but the source has no days for 1948."""

LAST_YEAR = 2050
"""The last year of the table."""

LAST_OFFICIAL_YEAR = 2027
"""The last year whose equinox days an official notice has fixed (the notice of February 2026)."""


@cache
def table() -> Mapping[date, str]:
    """Return every national holiday of the table with its Japanese name.

    Source: 国民の祝日に関する法律 (Act No. 178 of 1948); the header of `holidays.csv` names the data source.

    >>> table()[date(2026, 7, 20)]
    '海の日'
    """
    text = files("kitei_dsl").joinpath("holidays.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return MappingProxyType({date.fromisoformat(row["date"]): row["name"] for row in rows})


def name_of(day: date) -> str | None:
    """Return the Japanese name of a national holiday, or None for any other day.

    INVARIANT: the caller has asked `covers` first; outside the table None would say nothing.
    """
    return table().get(day)


def covers(day: date) -> bool:
    """Tell whether the table knows the year of a day."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def is_predicted(day: date) -> bool:
    """Tell whether the holidays of a day's year are predicted, not yet fixed by official notice."""
    return day.year > LAST_OFFICIAL_YEAR

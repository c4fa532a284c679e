"""The national holidays of Japan, as a table.

In: `holidays.csv` beside this module, read once. Out: the name of a day, or nothing.
The one idea: holidays are data with a known end, not a formula. The days of the two equinoxes are fixed
by official notice in February of the year before, so a year past the last notice is *predicted*, and an
answer that rests on it must say so.
Not here: Sundays, Saturdays and the days around New Year, which belong to the calendars in `timeline`.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

FIRST_DAY = date(1948, 7, 20)
"""The first day of the table: the Act was promulgated and took effect on it."""

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
    import csv

    text = Path(__file__).with_name("holidays.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return MappingProxyType({date.fromisoformat(row["date"]): row["name"] for row in rows})


def name_of(day: date) -> str | None:
    """Return the Japanese name of a national holiday, or None for any other day.

    INVARIANT: the caller has asked `covers` first; outside the table None would say nothing.
    """
    return table().get(day)


def covers(day: date) -> bool:
    """Tell whether the table reaches a day."""
    return day >= FIRST_DAY and day.year <= LAST_YEAR


def is_predicted(day: date) -> bool:
    """Tell whether the holidays of a day's year are predicted, not yet fixed by official notice."""
    return day.year > LAST_OFFICIAL_YEAR


ENGLISH: Mapping[str, str] = MappingProxyType(
    {
        "元日": "New Year's Day",
        "成人の日": "Coming of Age Day",
        "建国記念の日": "National Foundation Day",
        "天皇誕生日": "Emperor's Birthday",
        "春分の日": "Vernal Equinox Day",
        "昭和の日": "Showa Day",
        "憲法記念日": "Constitution Memorial Day",
        "みどりの日": "Greenery Day",
        "こどもの日": "Children's Day",
        "海の日": "Marine Day",
        "山の日": "Mountain Day",
        "敬老の日": "Respect for the Aged Day",
        "秋分の日": "Autumnal Equinox Day",
        "スポーツの日": "Sports Day",
        "体育の日": "Health and Sports Day",
        "文化の日": "Culture Day",
        "勤労感謝の日": "Labor Thanksgiving Day",
        "振替休日": "substitute holiday",
        "国民の休日": "day between two national holidays",
        "結婚の儀": "wedding of the Crown Prince",
        "大喪の礼": "funeral of the Emperor Showa",
        "即位礼正殿の儀": "enthronement ceremony",
        "即位礼正殿の儀が行われる日": "enthronement ceremony",
        "天皇の即位の日": "accession of the Emperor",
    }
)
"""Every name of the table in English, in the words usual in translations."""

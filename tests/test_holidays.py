"""The table of holidays is that of the Act: checked against a package and against the rules, and it says where it ends."""

import doctest
from datetime import date, timedelta

import holidays as reference
import pytest

from holiday_rules import equinox, rested
from kitei_dsl import holidays, timeline
from kitei_dsl.timeline import is_holiday

YEARS = range(1948, 2051)


@pytest.mark.parametrize("year", YEARS)
def test_table_is_what_the_act_says(year: int) -> None:
    """Art. 2, substitutes, days between two holidays, special Acts and the Games of 2020 give exactly the table."""
    found = {day: name for day, name in holidays.table().items() if day.year == year}

    assert {day: name for day, name in rested(year).items() if day >= holidays.FIRST_DAY} == found


@pytest.mark.parametrize("year", YEARS)
def test_table_is_that_of_the_holidays_package(year: int) -> None:
    """The committed table holds the days and names of the `holidays` package, which has none for 1948."""
    found = {day: name for day, name in holidays.table().items() if day.year == year}
    listed = dict(reference.country_holidays("JP", years=year, language="ja"))

    assert (found if year > 1948 else {}) == listed


def test_the_first_year_begins_with_the_act() -> None:
    """In force from 1948-07-20: three holidays were left in that year."""
    found = {day.isoformat(): name for day, name in holidays.table().items() if day.year == 1948}

    assert {"1948-09-23": "秋分の日", "1948-11-03": "文化の日", "1948-11-23": "勤労感謝の日"} == found
    assert not holidays.covers(date(1948, 7, 19))
    assert holidays.covers(date(1948, 7, 20)) and holidays.covers(date(2050, 12, 31))
    assert not holidays.covers(date(2051, 1, 1))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("1959-04-10", "結婚の儀"),
        ("1973-04-30", "振替休日"),
        ("1989-02-24", "大喪の礼"),
        ("1986-05-04", None),
        ("1988-05-04", "国民の休日"),
        ("1990-11-12", "即位礼正殿の儀"),
        ("1993-06-09", "結婚の儀"),
        ("2007-05-04", "みどりの日"),
        ("2008-05-06", "振替休日"),
        ("2015-09-22", "国民の休日"),
        ("2019-04-30", "国民の休日"),
        ("2019-05-01", "天皇の即位の日"),
        ("2019-10-22", "即位礼正殿の儀が行われる日"),
        ("2020-07-24", "スポーツの日"),
        ("2020-10-12", None),
        ("2021-08-09", "振替休日"),
        ("2021-10-11", None),
        ("2026-09-22", "国民の休日"),
    ],
)
def test_days_out_of_the_ordinary(day: str, name: str | None) -> None:
    """Days of special Acts, the first substitute, days between, and those that the Games moved."""
    assert name == holidays.name_of(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("year", "spring", "autumn"), [(1948, 21, 23), (1979, 21, 24), (1980, 20, 23), (2012, 20, 22), (2027, 21, 23)]
)
def test_equinoxes_as_announced(year: int, spring: int, autumn: int) -> None:
    """Days of the official notices, for the rule that checks the table."""
    assert (spring, autumn) == (equinox(year, autumn=False), equinox(year, autumn=True))


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("1989-01-02", "national-holiday:振替休日"),
        ("1989-01-03", "year-end"),
        ("1989-01-07", None),
        ("1989-01-14", "saturday"),
        ("1989-01-21", None),
        ("1989-01-28", "saturday"),
        ("1989-07-29", None),
        ("1992-04-25", "saturday"),
        ("1992-05-02", "saturday"),
        ("1992-04-18", None),
        ("1992-05-09", "saturday"),
        ("2026-12-28", None),
        ("2026-12-29", "year-end"),
        ("2027-01-01", "national-holiday:元日"),
        ("2027-01-03", "sunday"),
        ("2027-01-04", None),
    ],
)
def test_saturdays_of_administrative_organs(day: str, reason: str | None) -> None:
    """Second and fourth Saturdays from 1989, every Saturday from 1992-05-01; 29 December to 3 January."""
    assert reason == is_holiday(date.fromisoformat(day), "administrative")


def test_names_are_said_in_english_too() -> None:
    """Each name of the table has an English one, and no other is kept."""
    assert set(holidays.table().values()) == set(holidays.ENGLISH)


def test_years_past_the_last_notice_are_predicted() -> None:
    """The notice of February 2026 fixes 2027; 2028 is predicted."""
    assert [False, True] == [holidays.is_predicted(date(y, 1, 1)) for y in (2027, 2028)]


def test_the_civil_calendar_reaches_back_to_the_act() -> None:
    """Sundays and national holidays since 1948-07-20."""
    day = date(1948, 7, 20)
    listed = [day + timedelta(days=n) for n in range(130) if is_holiday(day + timedelta(days=n), "civil")]

    assert date(1948, 7, 25) == listed[0]
    assert date(1948, 9, 23) in listed
    assert 0 == doctest.testmod(timeline).failed

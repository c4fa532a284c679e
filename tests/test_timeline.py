"""Periods end on the day the Civil Code says, and holidays move them only where a provision does.

Expected days come from the articles themselves and from sums shown in the docstrings, never from the module.
"""

import doctest
from datetime import date, timedelta

import holidays as reference
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitei_dsl import holidays, timeline
from kitei_dsl.timeline import (
    OutsideCalendar,
    PeriodResult,
    Roll,
    Span,
    Unit,
    backward,
    day_of_next_month,
    describe,
    elapsed,
    forward,
    is_holiday,
    last_day_of_month,
)


def day(text: str) -> date:
    return date.fromisoformat(text)


def run(start: str, count: int, unit: Unit, included: bool = False, roll: Roll = "none") -> PeriodResult:
    return forward(day(start), Span(count, unit), first_day_included=included, roll=roll)


def business_days(start: str, count: int, calendar: str, roll: Roll = "none") -> PeriodResult:
    return forward(day(start), Span(count, "business_days", calendar), first_day_included=False, roll=roll)


# --- Forward.


@pytest.mark.parametrize(
    ("end", "start", "count", "unit", "included"),
    [
        ("2026-02-15", "2026-01-15", 1, "months", False),
        ("2026-02-28", "2026-01-30", 1, "months", False),
        ("2026-02-28", "2026-01-31", 1, "months", False),
        ("2024-02-29", "2024-01-30", 1, "months", False),
        ("2026-01-31", "2026-01-01", 1, "months", True),
        ("2027-07-22", "2026-07-23", 1, "years", True),
        ("2026-06-15", "2021-06-15", 5, "years", False),
        ("2025-02-28", "2024-02-29", 1, "years", True),
        ("2028-02-28", "2024-02-29", 4, "years", True),
        ("2026-08-11", "2026-07-23", 20, "days", True),
        ("2026-08-12", "2026-07-23", 20, "days", False),
        ("2026-07-30", "2026-07-23", 1, "weeks", False),
        ("2026-12-31", "2026-01-01", 1, "years", True),
    ],
)
def test_period_ends_by_the_calendar(end: str, start: str, count: int, unit: Unit, included: bool) -> None:
    """Days run on; weeks, months and years end the day before the corresponding day or at the month's end."""
    assert day(end) == run(start, count, unit, included).end


def test_three_months_from_a_business_year_end_roll_to_monday() -> None:
    """2024-03-31: day 1 is 04-01, the quarter ends on Sunday 06-30, a filing may come on Monday 07-01."""
    result = run("2024-03-31", 3, "months", roll="filing")

    assert (
        PeriodResult(
            first_day=day("2024-04-01"),
            first_day_counted=False,
            convention=("cc/140", "cc/143/1", "cc/141", "hol/1", "hol/2"),
            raw_end=day("2024-06-30"),
            skipped=((day("2024-06-30"), "sunday"),),
            end=day("2024-07-01"),
            predicted=False,
            ambiguous=None,
        )
        == result
    )


def test_conventions_name_the_rule_that_decided() -> None:
    """起算して is the special provision of 138; a missing corresponding day is the proviso of 143(2)."""
    assert ("cc/138", "cc/143/1", "cc/143/2/main", "cc/141") == run("2026-07-23", 1, "years", included=True).convention
    assert ("cc/140", "cc/143/1", "cc/143/2/proviso", "cc/141") == run("2026-01-30", 1, "months").convention
    assert ("cc/140", "cc/141") == run("2026-01-30", 7, "days").convention


def test_two_business_days_depend_on_the_calendar() -> None:
    """After Friday 2026-12-25 banks open on 28 and 29 December; administrative organs close from the 29th."""
    bank = business_days("2026-12-25", 2, "bank")
    administrative = business_days("2026-12-25", 2, "administrative")

    assert day("2026-12-29") == bank.end
    assert ((day("2026-12-26"), "saturday"), (day("2026-12-27"), "sunday")) == bank.skipped
    assert day("2027-01-04") == administrative.end
    assert 8 == len(administrative.skipped)
    assert (day("2027-01-01"), "national-holiday:元日") in administrative.skipped


def test_shortfall_on_thursday_is_topped_up_by_monday() -> None:
    """CAO 26(1)(vi): from the next day, two business days: Friday is the first, Monday the second."""
    assert day("2026-06-08") == business_days("2026-06-04", 2, "bank").end


def test_business_days_of_banks_may_still_roll_as_a_filing() -> None:
    """2026-12-29 is open for banks but closed for administrative organs: the filing waits for 2027-01-04."""
    assert day("2027-01-04") == business_days("2026-12-25", 2, "bank", roll="filing").end


def test_custom_roll_skips_sundays_and_national_holidays() -> None:
    """2026-05-03 is a Sunday and the holidays last until 05-06: Civil Code 142 moves the end to 05-07."""
    result = run("2026-04-03", 1, "months", roll="custom")

    assert day("2026-05-03") == result.raw_end
    assert ["sunday", "national-holiday:みどりの日", "national-holiday:こどもの日", "national-holiday:振替休日"] == [
        reason for _, reason in result.skipped
    ]
    assert (day("2026-05-07"), None) == (result.end, result.ambiguous)


@pytest.mark.parametrize("end", ["2026-06-20", "2026-12-30", "2026-01-02"])
def test_custom_roll_leaves_saturdays_and_new_year_open(end: str) -> None:
    """Whether a Saturday or 2 January is one of the "other holidays" of 142 is custom: kept, and said."""
    result = forward(day(end), Span(1, "days"), first_day_included=True, roll="custom")

    assert day(end) == result.end
    assert result.ambiguous is not None and "cc/142" in result.ambiguous


# --- Backward, elapsed, calendar dates.


def test_thirty_days_before_has_two_counts() -> None:
    """Before Saturday 2025-03-08: 30 days back is 02-06; 30 clear days between make it 02-05."""
    assert day("2025-02-06") == backward(day("2025-03-08"), Span(30, "days"), clear_days=False).end
    assert day("2025-02-05") == backward(day("2025-03-08"), Span(30, "days"), clear_days=True).end


def test_backward_never_rolls() -> None:
    """30 days before 2025-03-11 is Sunday 02-09, and stays so."""
    result = backward(day("2025-03-11"), Span(30, "days"), clear_days=False)

    assert day("2025-02-09") == result.end == result.raw_end
    assert () == result.skipped


def test_backward_months_and_weeks() -> None:
    """One month before 03-08 is 02-08; before 03-31 February has no such day, which is said; weeks are 7 days."""
    plain = backward(day("2025-03-08"), Span(1, "months"), clear_days=False)
    missing = backward(day("2025-03-31"), Span(1, "months"), clear_days=False)

    assert (day("2025-02-08"), None) == (plain.end, plain.ambiguous)
    assert day("2025-02-28") == missing.end
    assert missing.ambiguous is not None
    assert day("2025-02-22") == backward(day("2025-03-08"), Span(2, "weeks"), clear_days=False).end
    assert day("2024-03-08") == backward(day("2025-03-08"), Span(1, "years"), clear_days=False).end


def test_backward_business_days() -> None:
    """Before Tuesday 2026-05-12: Monday, then Friday 05-08; with clear days the day before that."""
    span = Span(2, "business_days", "administrative")

    assert day("2026-05-08") == backward(day("2026-05-12"), span, clear_days=False).end
    assert day("2026-05-07") == backward(day("2026-05-12"), span, clear_days=True).end


def test_elapsed_is_the_day_after_the_period() -> None:
    """公布の日から起算して二十日を経過した日: 2026-07-23 is day 1, 08-11 is day 20, 08-12 is the day."""
    result = elapsed(day("2026-07-23"), Span(20, "days"), first_day_included=True)

    assert (day("2026-08-11"), day("2026-08-12")) == (result.raw_end, result.end)


def test_day_of_next_month_is_a_date_and_never_rolls() -> None:
    """翌月二十日 after August 2026 is Sunday 09-20; 31 September does not exist, which is said, not raised."""
    missing = day_of_next_month(day("2026-08-05"), 31)

    assert day("2026-09-20") == day_of_next_month(day("2026-08-31"), 20).end
    assert day("2027-01-20") == day_of_next_month(day("2026-12-01"), 20).end
    assert day("2026-09-30") == missing.end
    assert missing.ambiguous == "2026-09 has no day 31; its last day is given"
    with pytest.raises(ValueError, match="1 to 31"):
        day_of_next_month(day("2026-08-05"), 32)


def test_last_day_of_month() -> None:
    """A month ends on its last day, leap years included."""
    assert day("2024-02-29") == last_day_of_month(day("2024-02-01"))
    assert day("2100-02-28") == last_day_of_month(day("2100-02-28"))


# --- Calendars and their ends.


def test_unknown_calendars_are_refused_with_the_known_ones() -> None:
    """A calendar is named, never guessed."""
    with pytest.raises(ValueError, match="administrative, bank, civil"):
        is_holiday(day("2026-01-01"), "exchange")
    with pytest.raises(ValueError, match="administrative, bank"):
        Span(2, "business_days")
    with pytest.raises(ValueError, match="administrative, bank"):
        Span(2, "business_days", "civil")
    with pytest.raises(ValueError, match="no calendar"):
        Span(2, "days", "bank")
    with pytest.raises(ValueError, match="1 unit or more"):
        Span(0, "days")


@pytest.mark.parametrize(
    ("asked", "calendar"),
    [("2051-01-01", "bank"), ("1948-07-19", "civil"), ("1988-12-31", "administrative"), ("1989-01-31", "bank")],
)
def test_days_outside_a_calendar_are_not_answered(asked: str, calendar: str) -> None:
    """Outside the table, or before a law fixed the days, there is no answer rather than a wrong one."""
    with pytest.raises(OutsideCalendar) as raised:
        is_holiday(day(asked), calendar)

    assert day(asked) == raised.value.day


@pytest.mark.parametrize("unit", ["days", "weeks", "months", "years"])
def test_the_end_of_dates_is_not_an_overflow(unit: Unit) -> None:
    """Past the year 9999, or before the year 1, the answer is `OutsideCalendar`, however large the span."""
    for count in (1, 10**9, 10**30):
        with pytest.raises(OutsideCalendar):
            forward(date.max, Span(count, unit), first_day_included=False, roll="none")
        with pytest.raises(OutsideCalendar):
            backward(date.min, Span(count, unit), clear_days=True)
    with pytest.raises(OutsideCalendar):
        elapsed(date.max, Span(1, "days"), first_day_included=True)
    with pytest.raises(OutsideCalendar):
        day_of_next_month(date.max, 1)


def test_predicted_says_whether_an_unfixed_year_was_consulted() -> None:
    """Equinox days are fixed up to 2027; a period that asks no calendar rests on no prediction."""
    assert not business_days("2027-12-20", 2, "bank").predicted
    assert business_days("2028-03-17", 1, "bank").predicted
    assert run("2028-03-17", 1, "days", roll="filing").predicted
    assert not run("2028-03-17", 1, "days").predicted
    assert not backward(day("2028-01-01"), Span(1, "business_days", "bank"), clear_days=False).predicted


def test_reasons_have_words_in_both_languages() -> None:
    """Every reason id that a calendar gives can be printed."""
    for offset in range(366):
        for calendar in timeline.CALENDARS:
            reason = is_holiday(day("2026-01-01") + timedelta(days=offset), calendar)
            if reason is not None:
                assert describe(reason, "ja") and describe(reason, "en")


@pytest.mark.parametrize("year", [1990, 2008, 2026, 2050])
def test_bank_calendar_is_that_of_the_holidays_package(year: int) -> None:
    """A bank holiday is a weekend day or one that the package lists as public or bank holiday."""
    listed = reference.country_holidays("JP", years=year, categories=("public", "bank"))
    for offset in range(365):
        asked = date(year, 1, 1) + timedelta(days=offset)

        assert (asked in listed or asked.isoweekday() > 5) == (is_holiday(asked, "bank") is not None)


# --- Laws.

STARTS = st.dates(day("1995-01-01"), day("2040-12-31"))
COUNTS = st.integers(1, 60)
CALENDAR_UNITS: st.SearchStrategy[Unit] = st.sampled_from(["days", "weeks", "months"])
SPANS = st.one_of(
    st.builds(Span, COUNTS, CALENDAR_UNITS),
    st.builds(Span, st.integers(1, 5), st.just("years")),
    st.builds(Span, COUNTS, st.just("business_days"), st.sampled_from(timeline.BUSINESS_CALENDARS)),
)
ROLLS: st.SearchStrategy[Roll] = st.sampled_from(["none", "filing", "custom"])


@given(STARTS, SPANS, st.booleans())
def test_roll_never_lands_on_a_holiday(start: date, span: Span, included: bool) -> None:
    """After a roll the end is an open day, not before the raw end, and every day between was a holiday."""
    for roll, calendar in (("filing", "administrative"), ("custom", "civil")):
        result = forward(start, span, first_day_included=included, roll="filing" if roll == "filing" else "custom")
        days_between = (result.end - result.raw_end).days

        assert is_holiday(result.end, calendar) is None
        assert all(is_holiday(result.raw_end + timedelta(days=n), calendar) for n in range(days_between))


@given(STARTS, st.integers(0, 400), SPANS, st.booleans(), ROLLS)
def test_forward_is_monotone(start: date, later: int, span: Span, included: bool, roll: Roll) -> None:
    """A later start never ends earlier, and a longer span neither."""
    longer = Span(span.count + 1, span.unit, span.calendar)
    first = forward(start, span, first_day_included=included, roll=roll)
    second = forward(start + timedelta(days=later), span, first_day_included=included, roll=roll)

    assert first.end <= second.end
    assert first.end <= forward(start, longer, first_day_included=included, roll=roll).end


@given(STARTS, SPANS, st.booleans())
def test_first_day_excluded_is_the_next_day_included(start: date, span: Span, included: bool) -> None:
    """「翌日から起算して」 says the same as excluding the first day."""
    excluded = forward(start, span, first_day_included=False, roll="none")
    next_day = forward(start + timedelta(days=1), span, first_day_included=True, roll="none")

    assert (excluded.first_day, excluded.end) == (next_day.first_day, next_day.end)


@given(STARTS, SPANS)
def test_clear_days_are_one_day_earlier(start: date, span: Span) -> None:
    """The two counts of N日前までに differ by exactly one day, and the clear one is the earlier."""
    clear, plain = backward(start, span, clear_days=True), backward(start, span, clear_days=False)

    assert clear.end == plain.end - timedelta(days=1)


@given(STARTS, COUNTS)
def test_skipped_and_counted_days_fill_the_period(start: date, count: int) -> None:
    """Every day from the first to the last is either a business day that counts or a skipped day with a reason."""
    result = forward(start, Span(count, "business_days", "bank"), first_day_included=False, roll="none")

    assert (result.end - result.first_day).days + 1 == count + len(result.skipped)


def test_examples_in_the_docstrings_hold() -> None:
    """The examples in the modules run."""
    assert 0 == doctest.testmod(timeline).failed + doctest.testmod(holidays).failed

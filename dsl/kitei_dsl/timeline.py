"""Periods and days of the law, computed from dates alone.

In: a starting day and a span as the law words it. Out: a `PeriodResult` that certifies every step, so that
a reader can check the day by hand: which day was the first, what was skipped and why, which rules were used.
The one idea: a period is never a number of days added to a date. The Civil Code (arts. 138-143) says which
day is the first, where a month ends and when a holiday moves the end, and each of these is a cited rule.
All functions are pure: no clock, no hours, no time zone. A day counts to its end (Civil Code 141).
Not here: the choice of the calendar or of the reading (the caller names both), and 直ちに, 速やかに and
遅滞なく, which have no day count at all.

Rules appear in `PeriodResult.convention` as addresses (`cc/143/2`): `cc` is the Civil Code (民法), `hol` the
Act on Holidays of Administrative Organs (行政機関の休日に関する法律), `ba` the Banking Act (銀行法) and
`bao` its Enforcement Order. An entry that holds a colon (`reading:clear-days`) is not an address but the name
of the reading that the caller chose.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal, assert_never

from kitei_dsl import holidays
from kitei_dsl.frozen import Frozen

Unit = Literal["days", "weeks", "months", "years", "business_days"]

Roll = Literal["none", "filing", "custom"]
"""What a holiday on the last day does.

`none`: nothing. `filing`: next day that is no holiday of administrative organs (`hol/2`; only for forward
periods, in a statute or an order under it, of filings with State organs). `custom`: next day that is neither
a Sunday nor a national holiday (`cc/142`; only where it is customary not to transact on such days).
"""

Skipped = tuple[date, str]
"""A day passed over, and the reason id that `is_holiday` gave for it."""


class OutsideCalendar(Exception):
    """A day lies outside what the tables or the date type can hold.

    `day` is the day asked about, or None where it cannot even be written as a date (after the year 9999).
    """

    def __init__(self, message: str, day: date | None = None) -> None:
        super().__init__(message)
        self.day = day


class Span(Frozen):
    """A length of time as the law words it: 一月, 二十日, 二営業日.

    Attributes:
      count: how many units; 1 or more.
      unit: the unit; months and years run by the calendar (Civil Code 143), never as 30 or 365 days.
      calendar: the business-day calendar, a name in `BUSINESS_CALENDARS`, for business days and only then.

    Raises ValueError for any other combination.
    """

    count: int
    unit: Unit
    calendar: str | None = None

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError(f"a span has 1 unit or more, found {self.count}")
        if self.unit == "business_days":
            if self.calendar not in BUSINESS_CALENDARS:
                known = ", ".join(BUSINESS_CALENDARS)
                raise ValueError(f"business days need a calendar ({known}), found {self.calendar}")
        elif self.calendar is not None:
            raise ValueError(f"a span in {self.unit} has no calendar, found {self.calendar}")


class PeriodResult(Frozen):
    """A computed day with every step that led to it.

    Attributes:
      first_day: the first day that counts (起算日); counting backward, the day before the day given.
      first_day_counted: whether the starting day itself is that first day.
      convention: the rules used, in the order of use; see the module header.
      raw_end: the last day of the period before any holiday moved it.
      skipped: the days passed over, in the order met, each with its reason id: days that are not business
        days, then the holidays that moved the end.
      end: the answer.
      predicted: whether the answer rests on a year whose holidays no official notice has fixed yet.
      ambiguous: what the law leaves open about this very day, in a sentence; None if nothing.
    """

    first_day: date
    first_day_counted: bool
    convention: tuple[str, ...]
    raw_end: date
    skipped: tuple[Skipped, ...]
    end: date
    predicted: bool
    ambiguous: str | None


# --- Calendars: which days are holidays, and since when the rule has stood in this form.


class _Calendar(Frozen):
    """A holiday rule: a function from a day to a reason id, its citations, and the first day it holds for."""

    reason: Callable[[date], str | None]
    rules: tuple[str, ...]
    since: date


def _national(day: date) -> str | None:
    name = holidays.name_of(day)
    return None if name is None else f"national-holiday:{name}"


def _civil(day: date) -> str | None:
    return "sunday" if day.isoweekday() == 7 else _national(day)


EVERY_SATURDAY = date(1992, 5, 1)
"""Since when every Saturday is a holiday of administrative organs (Act No. 28 of 1992); before, the second and the fourth."""


def _administrative(day: date) -> str | None:
    weekend = _weekend(day)
    if weekend == "saturday" and day < EVERY_SATURDAY and (day.day + 6) // 7 not in (2, 4):
        weekend = None
    return weekend or _national(day) or _around_new_year(day, first_day_of_december=29)


def _bank(day: date) -> str | None:
    return _weekend(day) or _national(day) or _around_new_year(day, first_day_of_december=31)


def _weekend(day: date) -> str | None:
    return {6: "saturday", 7: "sunday"}.get(day.isoweekday())


def _around_new_year(day: date, first_day_of_december: int) -> str | None:
    in_december = day.month == 12 and day.day >= first_day_of_december
    return "year-end" if in_december or (day.month == 1 and day.day <= 3) else None


_CALENDARS: Mapping[str, _Calendar] = MappingProxyType(
    {
        # Before the Act took effect, no statute said which days administrative organs are closed.
        "administrative": _Calendar(_administrative, ("hol/1",), date(1989, 1, 1)),
        # Banks have closed on every Saturday since February 1989.
        "bank": _Calendar(_bank, ("ba/15/1", "bao/5/1"), date(1989, 2, 1)),
        "civil": _Calendar(_civil, ("cc/142",), holidays.FIRST_DAY),
    }
)

CALENDARS: tuple[str, ...] = tuple(_CALENDARS)
"""Every calendar `is_holiday` knows."""

BUSINESS_CALENDARS: tuple[str, ...] = ("administrative", "bank")
"""The calendars that business days may be counted over; `civil` says nothing about Saturdays."""


def is_holiday(day: date, calendar: str) -> str | None:
    """Return the reason id why a day is a holiday of a calendar, or None if it is none.

    Calendars: `administrative` (Saturdays, before 1992-05-01 the second and fourth of a month only, Sundays, national
    holidays, 29 December to 3 January), `bank`
    (the same with 31 December to 3 January) and `civil` (Sundays and national holidays).
    Reason ids: `sunday`, `saturday`, `year-end`, and `national-holiday:` with the name; see `describe`.
    Errors: ValueError for an unknown calendar; OutsideCalendar for a day before the rule stood in its
    present form or after the last year of the holiday table.
    Source: 行政機関の休日に関する法律 1条1項; 銀行法 15条1項, 銀行法施行令 5条1項; 民法 142条.

    >>> is_holiday(date(2026, 12, 29), "administrative"), is_holiday(date(2026, 12, 29), "bank")
    ('year-end', None)
    """
    if calendar not in _CALENDARS:
        raise ValueError(f"unknown calendar `{calendar}`; known: {', '.join(CALENDARS)}")
    rule = _CALENDARS[calendar]
    if day < rule.since or not holidays.covers(day):
        reach = f"{rule.since} to {holidays.LAST_YEAR}-12-31"
        raise OutsideCalendar(f"the {calendar} calendar covers {reach}, not {day}", day)
    return rule.reason(day)


_REASONS_JA = MappingProxyType({"sunday": "日曜日", "saturday": "土曜日", "year-end": "年末年始の休日"})
_REASONS_EN = MappingProxyType({"sunday": "Sunday", "saturday": "Saturday", "year-end": "year-end holiday"})


def describe(reason: str, language: Literal["ja", "en"]) -> str:
    """Return a reason id of `is_holiday` in words.

    >>> describe("national-holiday:海の日", "ja"), describe("national-holiday:海の日", "en")
    ('海の日', 'national holiday (海の日)')
    """
    kind, _, name = reason.partition(":")
    if kind == "national-holiday":
        return name if language == "ja" else f"national holiday ({name})"
    return (_REASONS_JA if language == "ja" else _REASONS_EN)[kind]


# --- Periods.


def forward(start: date, span: Span, *, first_day_included: bool, roll: Roll) -> PeriodResult:
    """Return the last day of a period that runs forward from a day.

    The first day is excluded (Civil Code 140) unless the text counts it, as 「…の日から起算して」 does
    (Civil Code 138). Weeks, months and years run by the calendar and end the day before the corresponding
    day, or on the last day of the month if it has no such day (143). Business days count only the days
    that are no holiday of the span's calendar.
    Errors: OutsideCalendar if a day needed lies outside the holiday table or after the year 9999.
    Source: 民法 138-143条; 行政機関の休日に関する法律 2条.

    >>> quarter = forward(date(2024, 3, 31), Span(3, "months"), first_day_included=False, roll="filing")
    >>> quarter.first_day.isoformat(), quarter.raw_end.isoformat(), quarter.end.isoformat()
    ('2024-04-01', '2024-06-30', '2024-07-01')
    """
    first_day = start if first_day_included else _add_days(start, 1)
    raw_end, counted_over, rules = _last_day(first_day, span)
    end, rolled_over, roll_rules = _roll(raw_end, roll)
    return PeriodResult(
        first_day=first_day,
        first_day_counted=first_day_included,
        convention=("cc/138" if first_day_included else "cc/140", *rules, "cc/141", *roll_rules),
        raw_end=raw_end,
        skipped=counted_over + rolled_over,
        end=end,
        predicted=_rests_on_prediction(end, span, roll),
        ambiguous=_doubtful_custom(end) if roll == "custom" else None,
    )


def backward(day: date, span: Span, *, clear_days: bool) -> PeriodResult:
    """Return the latest day that is the span before a day: 「N日前までに」.

    The day itself is never counted. With `clear_days` the whole span lies between the two days (中N日);
    without, the span is counted back by the calendar and its last day is the answer. The law does not say
    which: the caller names the reading, and the first is the safer. A deadline counted backward never
    rolls: no provision moves it, and moving it forward would shorten the span.
    `ambiguous` speaks where a month has no corresponding day: Civil Code 143(2) settles that only forward,
    so the earlier day is taken.
    Errors: OutsideCalendar as for `forward`.

    >>> backward(date(2025, 3, 8), Span(30, "days"), clear_days=True).end.isoformat()
    '2025-02-05'
    >>> backward(date(2025, 3, 8), Span(30, "days"), clear_days=False).end.isoformat()
    '2025-02-06'
    """
    opening, skipped, rules, ambiguous = _first_day_back(day, span)
    end = _add_days(opening, -1) if clear_days else opening
    return PeriodResult(
        first_day=_add_days(day, -1),
        first_day_counted=False,
        convention=("cc/140", *rules, "reading:clear-days" if clear_days else "reading:calendar-days"),
        raw_end=end,
        skipped=skipped,
        end=end,
        predicted=_rests_on_prediction(_add_days(day, -1), span, "none"),
        ambiguous=ambiguous,
    )


def elapsed(start: date, span: Span, *, first_day_included: bool) -> PeriodResult:
    """Return the day on which a span has elapsed: 「N日を経過した日」, the day after the period has run.

    `raw_end` is the last day of the period, `end` the day after it. Never rolls.
    Errors: OutsideCalendar as for `forward`.

    >>> elapsed(date(2026, 7, 23), Span(20, "days"), first_day_included=True).end.isoformat()
    '2026-08-12'
    """
    period = forward(start, span, first_day_included=first_day_included, roll="none")
    return PeriodResult(
        first_day=period.first_day,
        first_day_counted=period.first_day_counted,
        convention=(*period.convention, "form:elapsed"),
        raw_end=period.raw_end,
        skipped=period.skipped,
        end=_add_days(period.raw_end, 1),
        predicted=period.predicted,
        ambiguous=period.ambiguous,
    )


def day_of_next_month(day: date, n: int) -> PeriodResult:
    """Return the n-th day of the month after a day's month: 「翌月N日」, a calendar date and not a period.

    It never rolls: the holiday rules speak of periods only. Where the month has no such day, `ambiguous`
    says so and the last day of the month is given.
    Errors: ValueError unless n is from 1 to 31; OutsideCalendar after the year 9999.

    >>> day_of_next_month(date(2026, 8, 31), 20).end.strftime("%A %Y-%m-%d")
    'Sunday 2026-09-20'
    """
    if not 1 <= n <= 31:
        raise ValueError(f"a month has days 1 to 31, found {n}")
    end, missing = _on_month(day, months=1, day_number=n)
    ambiguous = f"{end.isoformat()[:7]} has no day {n}; its last day is given" if missing else None
    return PeriodResult(day, False, ("form:calendar-date",), end, (), end, False, ambiguous)


def last_day_of_month(day: date) -> date:
    """Return the last day of a day's month.

    >>> last_day_of_month(date(2024, 2, 3)).isoformat()
    '2024-02-29'
    """
    return day.replace(day=monthrange(day.year, day.month)[1])


# --- Steps.


def _last_day(first_day: date, span: Span) -> tuple[date, tuple[Skipped, ...], tuple[str, ...]]:
    """Return the last day of a span that starts with its first day, the days skipped, and the rules."""
    match span.unit:
        case "days":
            return _add_days(first_day, span.count - 1), (), ()
        case "weeks":
            return _add_days(first_day, 7 * span.count - 1), (), ("cc/143/1", "cc/143/2/main")
        case "months":
            return _last_day_of_months(first_day, span.count, at_beginning=first_day.day == 1)
        case "years":
            at_beginning = (first_day.month, first_day.day) == (1, 1)
            return _last_day_of_months(first_day, 12 * span.count, at_beginning=at_beginning)
        case "business_days":
            day, skipped = _nth_business_day(first_day, span, step=1)
            return day, skipped, _business_rules(span)
        case _:
            assert_never(span.unit)


def _last_day_of_months(
    first_day: date, months: int, at_beginning: bool
) -> tuple[date, tuple[Skipped, ...], tuple[str, ...]]:
    """Return the end of a period of whole months: Civil Code 143, with the proviso of its paragraph 2."""
    corresponding, missing = _on_month(first_day, months, first_day.day)
    if missing:
        return corresponding, (), ("cc/143/1", "cc/143/2/proviso")
    return _add_days(corresponding, -1), (), ("cc/143/1",) if at_beginning else ("cc/143/1", "cc/143/2/main")


def _first_day_back(day: date, span: Span) -> tuple[date, tuple[Skipped, ...], tuple[str, ...], str | None]:
    """Return the earliest day of the span that ends the day before `day`, what was skipped, rules and doubt."""
    match span.unit:
        case "days":
            return _add_days(day, -span.count), (), (), None
        case "weeks":
            return _add_days(day, -7 * span.count), (), ("cc/143/1",), None
        case "months" | "years":
            months = span.count * (12 if span.unit == "years" else 1)
            corresponding, missing = _on_month(day, -months, day.day)
            doubt = f"{corresponding.isoformat()[:7]} has no day {day.day}; the law has no backward rule for this"
            return corresponding, (), ("cc/143/1",), doubt if missing else None
        case "business_days":
            opening, skipped = _nth_business_day(_add_days(day, -1), span, step=-1)
            return opening, skipped, _business_rules(span), None
        case _:
            assert_never(span.unit)


def _nth_business_day(first: date, span: Span, step: Literal[1, -1]) -> tuple[date, tuple[Skipped, ...]]:
    """Return the last business day of a span, counted from a first day, and every day that was skipped."""
    calendar = _calendar_of(span)
    skipped: list[Skipped] = []
    day, remaining = first, span.count
    while True:
        reason = is_holiday(day, calendar)
        if reason is not None:
            skipped.append((day, reason))
        elif remaining == 1:
            return day, tuple(skipped)
        else:
            remaining -= 1
        day = _add_days(day, step)


def _calendar_of(span: Span) -> str:
    """Return the calendar of a span in business days."""
    assert span.calendar is not None, "INVARIANT: `Span` gives business days a calendar"
    return span.calendar


def _business_rules(span: Span) -> tuple[str, ...]:
    return _CALENDARS[_calendar_of(span)].rules


def _roll(raw_end: date, roll: Roll) -> tuple[date, tuple[Skipped, ...], tuple[str, ...]]:
    """Return the end after holidays moved it, the days skipped, and the rules if any day was."""
    match roll:
        case "none":
            return raw_end, (), ()
        case "filing":
            end, skipped = _next_open_day(raw_end, "administrative")
            return end, skipped, ("hol/1", "hol/2") if skipped else ()
        case "custom":
            end, skipped = _next_open_day(raw_end, "civil")
            return end, skipped, ("cc/142",) if skipped else ()
        case _:
            assert_never(roll)


def _next_open_day(day: date, calendar: str) -> tuple[date, tuple[Skipped, ...]]:
    """Return the first day from a day on that is no holiday, and the holidays before it."""
    skipped: list[Skipped] = []
    while (reason := is_holiday(day, calendar)) is not None:
        skipped.append((day, reason))
        day = _add_days(day, 1)
    return day, tuple(skipped)


def _doubtful_custom(end: date) -> str | None:
    """Say that a Saturday or a day around New Year may be one of the "other holidays" of Civil Code 142."""
    if _weekend(end) or _around_new_year(end, first_day_of_december=29):
        return f"whether {end} is one of the other holidays (その他の休日) of cc/142 depends on custom; not rolled"
    return None


def _rests_on_prediction(latest: date, span: Span, roll: Roll) -> bool:
    """Tell whether holidays were consulted, up to a latest day in a year whose holidays are predicted."""
    return (span.unit == "business_days" or roll != "none") and holidays.is_predicted(latest)


def _on_month(day: date, months: int, day_number: int) -> tuple[date, bool]:
    """Return a numbered day some months away, or that month's last day and True if it has no such day."""
    year, month_before = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OutsideCalendar(f"{months} months from {day} is outside the years 1 to 9999")
    length = monthrange(year, month_before + 1)[1]
    return date(year, month_before + 1, min(day_number, length)), day_number > length


def _add_days(day: date, days: int) -> date:
    """Return the day some days away; OutsideCalendar if there is no such date."""
    ordinal = day.toordinal() + days
    if not date.min.toordinal() <= ordinal <= date.max.toordinal():
        raise OutsideCalendar(f"{days} days from {day} is outside the years 1 to 9999")
    return date.fromordinal(ordinal)

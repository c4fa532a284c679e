"""A period is read from its words, reckoned by cited steps, and refused where the law does not know it.

Days are worked out by hand from the Civil Code and the calendar, as the docstrings and comments show.
"""

from __future__ import annotations

import doctest
import json
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from kitei import wording
from kitei.cli.period import period
from kitei.periods import Asked, Misworded, page, reckon
from kitei_dsl import holidays, period_read
from kitei_dsl.period_read import ERAS, UnreadPeriod, Worded, in_era, read_day, read_period
from kitei_dsl.timeline import OutsideCalendar, Roll


def day(text: str) -> date:
    return date.fromisoformat(text)


def end(start: str, worded: str, **options: Any) -> str:
    return str(reckon(Asked(read_day(start), read_period(worded), **options))["end"]["day"])


# --- Days.


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("2026-12-25", "2026-12-25"),
        ("2026-12-25", "令和8年12月25日"),
        ("2026-12-25", "令和八年十二月二十五日"),
        ("2026-12-25", "令和８年１２月２５日"),
        ("2026-12-25", "R8.12.25"),
        ("2026-12-25", "2026年12月25日"),
        ("2026-12-05", "2026/12/5"),
        ("2019-05-01", "令和元年5月1日"),
        ("2019-05-01", "令和1年5月1日"),
        ("2019-04-30", "平成31年4月30日"),
        ("1989-01-08", "平成元年1月8日"),
        ("1989-01-07", "昭和64年1月7日"),
        ("1926-12-25", "昭和元年12月25日"),
        ("1926-12-24", "大正15年12月24日"),
        ("1912-07-30", "大正元年7月30日"),
        ("1912-07-29", "明治45年7月29日"),
        ("1896-04-27", "明治二十九年四月二十七日"),
        ("1873-01-01", "明治6年1月1日"),
    ],
)
def test_days_of_both_calendars_are_read(expected: str, text: str) -> None:
    """An era begins and ends on its days: Reiwa on 2019-05-01, Heisei on 1989-01-08."""
    assert day(expected) == read_day(text)


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("2019-05-01 is 令和元年5月1日", "平成31年5月1日"),
        ("2019-04-30 is 平成31年4月30日", "令和元年4月30日"),
        ("1989-01-08 is 平成元年1月8日", "昭和64年1月8日"),
        ("1926-12-25 is 昭和元年12月25日", "大正15年12月25日"),
        ("lunisolar", "明治5年12月2日"),
        ("does not exist", "令和7年2月29日"),
        ("no year 0", "令和0年1月1日"),
        ("is no day", "来週"),
        ("is no day", "2026-12"),
        ("does not exist", "2026-02-30"),
    ],
)
def test_days_that_never_were_are_refused(told: str, text: str) -> None:
    """The message gives the day its right era, or says what is wrong, in both languages."""
    with pytest.raises(UnreadPeriod, match=told) as raised:
        read_day(text)

    assert raised.value.ja


@given(st.dates(date(1873, 1, 1), date(2100, 12, 31)))
def test_a_day_in_its_era_reads_back(some: date) -> None:
    """Every day since 1873 has one era, and no other era takes it."""
    written = in_era(some)
    name, _, first = next(era for era in ERAS if written.startswith(era[0]))

    assert some == read_day(written) >= first
    for other, _, begun in ERAS:
        if other != name and some.year >= begun.year:
            with pytest.raises(UnreadPeriod):
                read_day(f"{other}{some.year - begun.year + 1}年{some.month}月{some.day}日")


def test_eras_are_those_that_answers_are_written_in() -> None:
    """The table read from and the table printed from hold the same days."""
    assert wording.ERAS == tuple((first.isoformat(), name) for name, _, first in ERAS)


# --- Words.


@pytest.mark.parametrize(
    ("worded", "texts"),
    [
        (Worded("forward", 2, "business_days"), ["2営業日", "二営業日以内", "2 business days", "within two business days"]),
        (Worded("backward", 30, "days"), ["30日前", "三十日前まで", "30日前までに", "30 days before", "thirty days earlier"]),
        (Worded("backward", 30, "days", clear=True), ["中30日", "30 clear days", "30 clear days before"]),
        (Worded("day_of_next_month", 20), ["翌月20日", "翌月二十日まで", "by the 20th of the next month"]),
        (Worded("forward", 3, "months"), ["3月以内", "三月", "三箇月", "3か月", "3ヶ月以内", "3ヵ月", "3 months", "within 3 months"]),
        (Worded("forward", 6, "months", expiring=True), ["六月を経過する日", "the day on which 6 months have elapsed"]),
        (Worded("elapsed", 6, "months"), ["六月を経過した日", "6月を経過した日", "after six months have elapsed"]),
        (Worded("elapsed", 20, "days", True), ["公布の日から起算して二十日を経過した日"]),
        (Worded("forward", 1, "years", True), ["公布の日から起算して一年を超えない範囲内"]),
        (Worded("forward", 14, "days", False), ["その日の翌日から起算して十四日以内"]),
        (Worded("forward", 14, "days", True), ["14 days counting the day", "起算して14日"]),
        (Worded("forward", 14, "days"), ["提出した日から十四日以内", "14日間", "fourteen days"]),
        (Worded("forward", 2, "weeks"), ["二週間", "2週間以内", "2 weeks"]),
        (Worded("end_of_month"), ["月末", "その月の末日", "the end of the month"]),
        (Worded("end_of_next_month"), ["翌月末日", "翌月末", "the last day of the next month"]),
    ],
)  # fmt: skip
def test_wordings_of_one_period(worded: Worded, texts: list[str]) -> None:
    """経過する日 is the day it runs out, 経過した日 the day after; 起算して counts the day itself; 翌日から does not."""
    assert [worded] * len(texts) == [read_period(text) for text in texts]


@pytest.mark.parametrize(
    "text", ["", "直ちに", "遅滞なく", "0日", "翌月32日", "翌月0日", "soon", "0 days", "30 clear days after", "日"]
)
def test_what_has_no_count_is_refused(text: str) -> None:
    """直ちに has no number of days; a period has one unit or more."""
    with pytest.raises(UnreadPeriod) as raised:
        read_period(text)

    assert text in raised.value.ja


@given(
    st.one_of(
        st.text(),
        st.lists(
            st.sampled_from(
                [
                    "1",
                    "30",
                    "三",
                    "十",
                    "日",
                    "月",
                    "年",
                    "週",
                    "営業日",
                    "前",
                    "中",
                    "翌",
                    "から",
                    "起算して",
                    "経過",
                    "した",
                    "する",
                    "まで",
                    "末",
                    "令和",
                    "元",
                    "days",
                    "before",
                    "the",
                ]
            )
        ).map("".join),
    )
)
def test_reading_anything_is_answered_or_refused(text: str) -> None:
    """No text makes a reader fail otherwise than by UnreadPeriod."""
    for read in (read_day, read_period):
        try:
            read(text)
        except UnreadPeriod:
            continue


# --- Reckoning.


@pytest.mark.parametrize(
    ("expected", "start", "worded", "options"),
    [
        ("2027-01-04", "2026-12-25", "2 business days", {"calendar": "administrative"}),
        ("2026-12-29", "令和8年12月25日", "2営業日", {"calendar": "bank"}),
        # 2024-06-30 is a Sunday.
        ("2024-06-30", "2024-03-31", "3月以内", {}),
        ("2024-07-01", "2024-03-31", "3月以内", {"roll": "filing"}),
        ("2024-07-01", "2024-03-31", "3月以内", {"roll": "custom"}),
        # 8 - 30 = -22, and 28 - 22 = 6: 6 February; with full days between 5 February.
        ("2025-02-06", "2025-03-08", "30日前", {}),
        ("2025-02-06", "2025-03-08", "30日", {"before": True}),
        ("2025-02-05", "2025-03-08", "30日前", {"clear": True}),
        ("2025-02-05", "2025-03-08", "中30日", {}),
        # 23 July is day 1, 11 August day 20 (31 - 23 + 1 = 9, 9 + 11 = 20).
        ("2026-08-12", "2026-07-23", "起算して20日を経過した日", {}),
        ("2026-08-13", "2026-07-23", "20日を経過した日", {}),
        ("2026-08-12", "2026-07-23", "20日", {"elapsed": True, "first_day": True}),
        ("2026-08-11", "2026-02-12", "六月を経過する日", {"first_day": True}),
        ("2026-08-12", "2026-02-12", "六月を経過する日", {}),
        ("2026-09-20", "2026-08-31", "翌月20日まで", {}),
        ("2026-09-30", "2026-08-31", "翌月末日", {}),
        ("2024-02-29", "2024-02-03", "月末", {}),
        ("2024-02-29", "2024-01-30", "1月", {}),
        ("2027-07-22", "2026-07-23", "公布の日から起算して一年を超えない範囲内", {}),
        ("2026-12-23", "2026-12-25", "2営業日前", {"calendar": "bank"}),
        ("2026-07-30", "2026-07-23", "1週間", {}),
    ],
)  # fmt: skip
def test_days_worked_out_by_hand(expected: str, start: str, worded: str, options: dict[str, Any]) -> None:
    """Each period ends on the day the law says."""
    assert expected == end(start, worded, **options)


def test_every_step_stands_with_its_article() -> None:
    """Two business days after Christmas 2026: day, reason and article of each step, in both languages."""
    data = reckon(Asked(day("2026-12-25"), read_period("2営業日"), "administrative"))
    told = [(s["day"], s["kind"], s["ja"], [c["ja"] for c in s["cite"]]) for s in data["steps"]]

    assert ("2026-12-26", "first-day", "起算日：初日を算入しない", ["民法第140条"]) == told[0]
    assert ("2026-12-28", "counted", "1営業日目", []) in told
    assert ("2027-01-01", "skipped", "除く：元日", ["行政機関休日法第1条"]) in told
    assert ("2027-01-04", "raw-end", "末日の終了で満了", ["民法第141条"]) == told[-1]
    assert 8 == len(data["skipped"])
    assert {
        "day": "2027-01-01",
        "reason": "national-holiday:元日",
        "ja": "元日",
        "en": "New Year's Day (元日)",
    } == data["skipped"][5]
    assert [s["kind"] for s in data["steps"]].count("counted") == 2


def test_a_moved_last_day_names_each_holiday() -> None:
    """10 days after 2024-04-25 end on Sunday 05-05; Monday is its substitute; 05-07 is open (hol 1 and 2)."""
    data = reckon(Asked(day("2024-04-25"), read_period("10日以内"), roll="filing"))
    moved = [(s["day"], s["kind"], s["en"], [c["en"] for c in s["cite"]]) for s in data["steps"]][1:]

    assert [
        ("2024-05-05", "raw-end", "the period ends with this day", ["Civil Code art. 141"]),
        ("2024-05-05", "moved-over", "passed over: Sunday", ["Administrative Holidays Act art. 1"]),
        (
            "2024-05-06",
            "moved-over",
            "passed over: substitute holiday (振替休日)",
            ["Administrative Holidays Act art. 1"],
        ),
        ("2024-05-07", "moved-to", "the next open day becomes the last day", ["Administrative Holidays Act art. 2"]),
    ] == moved


def test_the_month_end_rule_is_cited() -> None:
    """One month after 30 January has no 31 February: the proviso of 143(2)."""
    data = reckon(Asked(day("2024-01-30"), read_period("1 month")))

    assert ["cc/143/1", "cc/143/2/proviso"] == [c["id"] for c in data["steps"][1]["cite"]]
    assert "民法第143条第2項ただし書" in page(data, "ja")
    assert "Civil Code art. 143(2), proviso" in page(data, "en")


def test_what_rests_on_predicted_holidays_says_so() -> None:
    """2028-03-20 is a predicted equinox; 2026 is announced; a period that asks no holiday rests on none."""
    predicted, settled = (
        reckon(Asked(day(start), read_period("3営業日"), "bank")) for start in ("2028-03-17", "2026-03-17")
    )

    assert (
        predicted["predicted"]
        and "predicted holidays" in page(predicted, "en")
        and "予測した休日" in page(predicted, "ja")
    )
    assert not settled["predicted"] and "predicted" not in page(settled, "en")
    assert not reckon(Asked(day("2028-03-17"), read_period("3日")))["predicted"]


@pytest.mark.parametrize(
    ("start", "worded", "options", "told"),
    [
        ("2024-05-31", "15日", {"roll": "custom"}, "その他の休日"),
        ("2026-01-15", "翌月30日", {}, "2026-02に30日はありません"),
        ("2025-03-31", "1月前", {}, "2025-02に応当日がありません"),
        ("2025-03-31", "1月前", {"clear": True}, "2025-02に応当日がありません"),
    ],
)
def test_what_the_law_leaves_open_is_said(start: str, worded: str, options: dict[str, Any], told: str) -> None:
    """The day is shown with the doubt, at the day and in a note, in both languages."""
    data = reckon(Asked(day(start), read_period(worded), **options))

    assert told in data["ambiguous"]["ja"]
    assert "法律上定まりません" in page(data, "ja") and "does not settle" in page(data, "en")


@pytest.mark.parametrize(
    ("worded", "options", "told"),
    [
        ("2営業日", {}, "administrative .*2027-01-04.*bank .*2026-12-29"),
        ("30日前", {"roll": "filing"}, "never moves"),
        ("20日を経過した日", {"roll": "filing"}, "never moves"),
        ("翌月20日", {"roll": "custom"}, "calendar date"),
        ("30日前", {"first_day": True}, "runs forward"),
        ("3日", {"calendar": "bank"}, "business days only"),
        ("起算して3日", {"first_day": False}, "otherwise than the words"),
        ("3日", {"clear": True}, "counted backward"),
        ("翌月20日", {"before": True}, "--before"),
        ("30日前", {"elapsed": True}, "--elapsed"),
    ],
)
def test_what_the_law_does_not_know_is_refused(worded: str, options: dict[str, Any], told: str) -> None:
    """Business days without a calendar name both candidates and both results; nothing rolls but a forward period."""
    with pytest.raises(Misworded, match=told) as raised:
        reckon(Asked(day("2026-12-25"), read_period(worded), **options))

    assert raised.value.ja


@given(
    st.dates(date(1993, 1, 1), date(2040, 12, 31)),
    st.builds(Worded, st.sampled_from(["forward", "backward", "elapsed"]), st.integers(1, 400),
              st.sampled_from(["days", "weeks", "months", "years", "business_days"]), st.sampled_from([None, True, False])),
    st.sampled_from(["administrative", "bank", None]),
    st.sampled_from(["none", "filing", "custom"]),
)  # fmt: skip
def test_anything_asked_is_reckoned_or_refused(start: date, worded: Worded, calendar: str | None, roll: Roll) -> None:
    """The steps agree with the answer: as many business days as asked, every skipped day told, the last step at the end."""
    try:
        data = reckon(Asked(start, worded, calendar, roll=roll))
    except (Misworded, OutsideCalendar):
        return
    kinds = [step["kind"] for step in data["steps"]]

    assert data["end"]["day"] == data["steps"][-1]["day"]
    assert kinds.count("skipped") + kinds.count("moved-over") == len(data["skipped"])
    if worded.unit == "business_days" and worded.count <= 31:
        assert kinds.count("counted") == worded.count
    assert page(data, "ja") and page(data, "en")


# --- The command.


def run(*args: str) -> Result:
    return CliRunner().invoke(period, [*args, "--lang", "en"], standalone_mode=False)


def test_the_command_prints_data_and_keeps_its_codes() -> None:
    """Text and JSON tell the same day; a calendar that is missing is wrong use, an unreadable day unreadable input."""
    text = run("2026-12-25", "--add", "2営業日", "--calendar", "administrative")
    data = run("2026-12-25", "--add", "2営業日", "--calendar", "administrative", "--format", "json")
    missing = run("2026-12-25", "--add", "2営業日")

    assert 0 == text.return_value == data.return_value
    assert "→ 2027-01-04 (Monday)" in text.stdout
    assert ("kitei/period@1", "2027-01-04") == (
        json.loads(data.stdout)["schema"],
        json.loads(data.stdout)["data"]["end"]["day"],
    )
    assert (2, "") == (missing.return_value, missing.stdout)
    assert "administrative" in missing.stderr and "2026-12-29" in missing.stderr
    assert 3 == run("平成31年5月1日", "--add", "3日").return_value
    assert 3 == run("2026-12-25", "--add", "直ちに").return_value
    assert 1 == run("2060-12-25", "--add", "3営業日", "--calendar", "bank").return_value
    assert 1 == run("9999-12-31", "--add", "3日").return_value


def test_examples_in_the_docstrings_hold() -> None:
    """The examples in the modules run."""
    assert 0 == doctest.testmod(period_read).failed + doctest.testmod(holidays).failed

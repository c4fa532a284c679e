"""A period reckoned for a reader: the day it ends, and each step with the rule it follows, in Japanese and English.

In: a starting day, a worded period, what the reader adds (calendar, first day, roll). Out: JSON-ready data, and the same
as a page of text. Errors: `Misworded` for what the law does not know, such as business days without a calendar.
The days are computed by `timeline` alone; here they are put in order and in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from kitei import wording
from kitei.wording import Lang, Pair, pick
from kitei_dsl import holidays, timeline
from kitei_dsl.citation import Title, parse
from kitei_dsl.citation_print import print_en, print_ja
from kitei_dsl.frozen import Frozen, replace
from kitei_dsl.timeline import BUSINESS_CALENDARS, OutsideCalendar, PeriodResult, Roll, Span, describe

if TYPE_CHECKING:
    from kitei_dsl.period_read import Worded

CALENDARS: Mapping[str, Pair] = {
    "administrative": ("行政機関の休日を除く", "without the holidays of administrative organs"),
    "bank": ("銀行の休日を除く", "without bank holidays"),
}
_TITLES = {law: Title(*names) for law, names in wording.TITLES.items()}
_LONGEST_LIST = 31
"""Business days are listed one by one up to a month; a longer count is given by its ends."""


class Misworded(ValueError):
    """A period that cannot be reckoned as asked; the message is English, `ja` says the same in Japanese."""

    def __init__(self, ja: str, en: str) -> None:
        super().__init__(en)
        self.ja = ja


class Asked(Frozen):
    """A period as asked.

    Attributes:
      start: the day it starts from, or is counted back from.
      worded: its words, read.
      calendar: the business-day calendar, or None.
      first_day: whether the first day counts, where the reader says so; None leaves it to the words.
      roll: which rule moves a last day that is a holiday.
      before: whether the reader says it runs backward.
      clear: whether the reader asks for full days between.
      elapsed: whether the reader asks for the day after it has run.
    """

    start: date
    worded: Worded
    calendar: str | None = None
    first_day: bool | None = None
    roll: Roll = "none"
    before: bool = False
    clear: bool = False
    elapsed: bool = False


class Step(Frozen):
    """One step of reckoning: the day it is about, what is said of it, and the rules it follows, by address."""

    kind: str
    day: date
    said: Pair
    rules: tuple[str, ...] = ()


def reckon(asked: Asked) -> dict[str, Any]:
    """Return the data of a reckoned period, JSON-ready.

    Errors: Misworded; OutsideCalendar where a day lies outside the table of holidays.
    """
    asked = _settled(asked)
    result = _result(asked)
    steps = _steps(asked, result)
    return {
        "start": result_day(asked.start),
        "wording": _wording(asked),
        "calendar": asked.calendar,
        "rolled": asked.roll,
        "first_day": result_day(result.first_day),
        "first_day_counted": result.first_day_counted,
        "raw_end": result_day(result.raw_end),
        "skipped": [{**result_day(day), "reason": reason, **_pair(_reason(reason))} for day, reason in result.skipped],
        "end": result_day(result.end),
        "convention": list(result.convention),
        "steps": [
            {"kind": s.kind, "day": s.day.isoformat(), **_pair(s.said), "cite": [cited(rule) for rule in s.rules]}
            for s in steps
        ],
        "predicted": result.predicted,
        "ambiguous": None if result.ambiguous is None else _pair(_doubt(asked, result)),
        "notes": [_pair(note) for note in _notes(asked, result)],
    }


def result_day(day: date) -> dict[str, str]:
    """Return a day as `{day, ja, en}`."""
    from kitei_dsl.period_read import in_era

    ja, en = wording.WEEKDAYS[day.weekday()]
    era = in_era(day)
    return {"day": day.isoformat(), "ja": f"{era}（{day.isoformat()}・{ja}）" if era else f"{day.isoformat()}（{ja}）",
            "en": f"{day.isoformat()} ({en})"}  # fmt: skip


def cited(rule: str) -> dict[str, str]:
    """Return a rule of the reckoning as `{id, ja, en}`."""
    address = parse(rule)
    return {"id": rule, "ja": print_ja(address, _TITLES, _SINGLE), "en": print_en(address, _TITLES, _SINGLE)}


_SINGLE = frozenset(parse(a) for a in ("cc/138", "cc/139", "cc/140", "cc/141", "cc/142", "hol/2"))


# --- What is asked.


def _settled(asked: Asked) -> Asked:
    """Return what is asked with words and options made one, or refuse what they say against each other."""
    worded = asked.worded
    if asked.before and worded.form not in ("forward", "backward"):
        raise Misworded(
            "--before は期間にだけ付けられます",
            "--before goes with a period that is counted, not with a date or 経過した日",
        )
    if asked.before and worded.form == "forward":
        if worded.expiring:
            raise Misworded("「経過する日」は前に遡りません", "a period that runs out is not counted backward")
        worded = replace(worded, form="backward")
    if asked.clear:
        if worded.form != "backward":
            raise Misworded(
                "--clear（中N日）は前に遡る期間にだけ付けられます",
                "--clear (full days between) goes with a period counted backward",
            )
        worded = replace(worded, clear=True)
    if asked.elapsed:
        if worded.form not in ("forward", "elapsed") or worded.expiring:
            raise Misworded(
                "--elapsed（経過した日）は後に進む期間にだけ付けられます",
                "--elapsed goes with a period that runs forward",
            )
        worded = replace(worded, form="elapsed")
    if asked.first_day is not None and worded.form not in ("forward", "elapsed"):
        raise Misworded(
            "初日の算入は後に進む期間だけの問題です",
            "whether the first day counts is asked only of a period that runs forward",
        )
    if None not in (asked.first_day, worded.counts_first) and asked.first_day != worded.counts_first:
        raise Misworded(
            "--first-day が期間の文言（起算して）と合いません",
            "--first-day says otherwise than the words of the period",
        )
    if asked.roll != "none" and worded.form != "forward":
        raise Misworded(*_NEVER_ROLLS[worded.form])
    _check_calendar(asked, worded)
    return replace(asked, worded=worded)


_NEVER_ROLLS: Mapping[str, Pair] = {
    "backward": ("前に遡る期間の末日は、休日でも動きません（動かす規定がありません）", "a day counted backward never moves for a holiday: no provision moves it"),
    "elapsed": ("「経過した日」は、休日でも動きません", "the day after a period has run never moves for a holiday"),
    **dict.fromkeys(
        ("day_of_next_month", "end_of_month", "end_of_next_month"),
        ("暦日の定め（翌月20日など）は期間ではなく、休日でも動きません", "a calendar date is no period and never moves for a holiday"),
    ),
}  # fmt: skip


def _check_calendar(asked: Asked, worded: Worded) -> None:
    business = worded.unit == "business_days"
    if asked.calendar is not None and not business:
        raise Misworded(
            "--calendar は営業日にだけ付けます（休日による移動は --rolled）",
            "--calendar goes with business days only (--rolled moves a last day)",
        )
    if business and asked.calendar is None:
        both: list[Pair] = []
        for calendar in BUSINESS_CALENDARS:
            try:
                day = result_day(_result(replace(asked, worded=worded, calendar=calendar)).end)
                end = (day["ja"], day["en"])
            except OutsideCalendar:
                end = ("休日表の範囲外", "outside the table of holidays")
            both.append(
                (
                    f"{calendar}（{CALENDARS[calendar][0]}）なら{end[0]}",
                    f"{calendar} ({CALENDARS[calendar][1]}): {end[1]}",
                )
            )
        raise Misworded(
            f"「営業日」はどの暦によるかを言わなければ決まりません。--calendar で示してください：{'、'.join(ja for ja, _ in both)}",
            f"business days have no meaning without a calendar; give --calendar. {'; '.join(en for _, en in both)}",
        )


def _result(asked: Asked) -> PeriodResult:
    worded, start = asked.worded, asked.start
    if worded.form == "day_of_next_month":
        return timeline.day_of_next_month(start, worded.count)
    if worded.form in ("end_of_month", "end_of_next_month"):
        month = start if worded.form == "end_of_month" else timeline.day_of_next_month(start, 1).end
        end = timeline.last_day_of_month(month)
        return PeriodResult(start, False, ("form:calendar-date",), end, (), end, False, None)
    assert worded.unit is not None, "INVARIANT: what is counted has a unit"
    span = Span(worded.count, worded.unit, asked.calendar if worded.unit == "business_days" else None)
    if worded.form == "backward":
        return timeline.backward(start, span, clear_days=worded.clear)
    included = bool(worded.counts_first if asked.first_day is None else asked.first_day)
    if worded.form == "elapsed":
        return timeline.elapsed(start, span, first_day_included=included)
    return timeline.forward(start, span, first_day_included=included, roll=asked.roll)


def _wording(asked: Asked) -> dict[str, str]:
    """Return the period in words of the law."""
    worded = asked.worded
    match worded.form:
        case "day_of_next_month":
            return _pair((f"翌月{worded.count}日", f"day {worded.count} of the next month"))
        case "end_of_month":
            return _pair(("その月の末日", "the last day of the month"))
        case "end_of_next_month":
            return _pair(("翌月の末日", "the last day of the next month"))
    unit = str(worded.unit).replace("_", " ")
    ja, en = wording.UNITS[unit]
    ja = {"月": "か月"}.get(ja, ja)  # 「3月」 would also read as March
    length = (f"{worded.count}{ja}", f"{worded.count} {en.removesuffix('s') if worded.count == 1 else en}")
    if asked.calendar:
        over = CALENDARS[asked.calendar]
        length = (f"{length[0]}（{over[0]}）", f"{length[1]} ({over[1]})")
    if worded.form == "backward":
        if worded.clear:
            return _pair((f"中{length[0]}を置いた前の日", f"{length[1]} before, with full days between"))
        return _pair((f"{length[0]}前", f"{length[1]} before"))
    counted = worded.counts_first if asked.first_day is None else asked.first_day
    start = ("から起算して", "counting the day itself, ") if counted else ("から", "")
    if worded.form == "elapsed":
        return _pair((f"{start[0]}{length[0]}を経過した日", f"{start[1]}the day after {length[1]} have run"))
    if worded.expiring:
        return _pair((f"{start[0]}{length[0]}を経過する日", f"{start[1]}the day on which {length[1]} run out"))
    return _pair((f"{start[0]}{length[0]}", f"{start[1]}{length[1]}"))


# --- The steps.


def _steps(asked: Asked, result: PeriodResult) -> list[Step]:
    worded = asked.worded
    if worded.unit is None:
        return [
            Step(
                "date",
                result.end,
                (
                    "期間ではなく暦日の定め（休日でも動かない）",
                    "a calendar date, not a period (a holiday does not move it)",
                ),
            )
        ]
    forward = worded.form != "backward"
    laws = [rule for rule in result.convention if ":" not in rule]
    steps = [_first(result, forward)]
    counting = tuple(
        r for r in laws if r.startswith(("cc/143", "ba/", "bao/")) or (r == "hol/1" and worded.unit == "business_days")
    )
    before_end = [(d, r) for d, r in result.skipped if not forward or d < result.raw_end]
    if worded.unit == "business_days":
        steps += _counted(asked, result, forward, before_end, counting)
    elif counting:
        said = (
            "・".join(wording.CONVENTIONS[r][0] for r in counting),
            "; ".join(wording.CONVENTIONS[r][1] for r in counting),
        )
        steps.append(Step("calendar", result.raw_end, said, counting))
    if forward:
        steps.append(
            Step("raw-end", result.raw_end, ("末日の終了で満了", "the period ends with this day"), ("cc/141",))
        )
    moved = [(d, r) for d, r in result.skipped if forward and d >= result.raw_end]
    rules = ("hol/1", "hol/2") if asked.roll == "filing" else ("cc/142",)
    steps += [Step("moved-over", day, _skipped(reason), rules[:1]) for day, reason in moved]
    if moved:
        steps.append(
            Step(
                "moved-to", result.end, ("休日の翌日が期限となる", "the next open day becomes the last day"), rules[-1:]
            )
        )
    elif asked.roll != "none" and result.ambiguous is None:
        steps.append(
            Step(
                "not-moved",
                result.end,
                ("末日は休日でない（動かない）", "the last day is no holiday: it does not move"),
                rules[-1:],
            )
        )
    if worded.form == "elapsed":
        steps.append(
            Step("elapsed", result.end, ("経過した日：満了の翌日", "the day after the period has run (経過した日)"))
        )
    if worded.expiring:
        steps.append(
            Step("expiring", result.end, ("経過する日：満了の日", "the day on which the period runs out (経過する日)"))
        )
    if not forward:
        words = (
            ("中に丸々の日数を置く読み方", "reading: full days between")
            if worded.clear
            else ("暦日で遡る読み方", "reading: counted back by the calendar")
        )
        steps.append(Step("counted-back", result.end, words))
    return steps


def _first(result: PeriodResult, forward: bool) -> Step:
    if not forward:
        return Step(
            "first-day",
            result.first_day,
            ("前日から遡る（その日は数えない）", "counted back from the day before (the day itself is not counted)"),
            ("cc/140",),
        )
    if result.first_day_counted:
        return Step(
            "first-day",
            result.first_day,
            ("起算日：初日を算入（別段の定め）", "first day: the day itself, as the text counts it"),
            ("cc/138",),
        )
    return Step(
        "first-day",
        result.first_day,
        ("起算日：初日を算入しない", "first day: the day after (the day itself is not counted)"),
        ("cc/140",),
    )


def _counted(
    asked: Asked, result: PeriodResult, forward: bool, skipped: list[tuple[date, str]], rules: tuple[str, ...]
) -> list[Step]:
    """Return each business day with its number, and each day passed over with its reason, in the order met."""
    reasons = dict(skipped)
    count = asked.worded.count
    days: list[date] = []
    day = result.first_day
    found = 0
    while found < count:
        days.append(day)
        found += day not in reasons
        day += timedelta(days=1 if forward else -1)
    steps, number = [], 0
    for day in days:
        if day in reasons:
            steps.append(Step("skipped", day, _skipped(reasons[day]), rules))
            continue
        number += 1
        if count <= _LONGEST_LIST or number in (1, count):
            steps.append(Step("counted", day, (f"{number}営業日目", f"business day {number}"), ()))
    return steps


def _skipped(reason: str) -> Pair:
    ja, en = _reason(reason)
    return f"除く：{ja}", f"passed over: {en}"


def _reason(reason: str) -> Pair:
    kind, _, name = reason.partition(":")
    if kind == "national-holiday":
        return name, f"{holidays.ENGLISH.get(name, 'national holiday')} ({name})"
    return describe(reason, "ja"), describe(reason, "en")


def _doubt(asked: Asked, result: PeriodResult) -> Pair:
    if asked.worded.form == "day_of_next_month":
        month = result.end.isoformat()[:7]
        return (
            f"{month}に{asked.worded.count}日はありません。その月の末日を示しました",
            f"{month} has no day {asked.worded.count}; the last day of the month is shown",
        )
    if asked.worded.form == "backward":
        # With full days between, the end is the day before the corresponding day of that month.
        month = (result.end + timedelta(days=1) if asked.worded.clear else result.end).isoformat()[:7]
        return (f"{month}に応当日がありません。前に遡る期間についての定めは法律にありません（早い方の日を示しました）",
                f"{month} has no corresponding day, and the law has no rule for this backward; the earlier day is shown")  # fmt: skip
    return (f"{result.end.isoformat()}が民法第142条の「その他の休日」に当たるかは慣習によります。動かしていません",
            f"whether {result.end.isoformat()} is one of the other holidays (その他の休日) of Civil Code art. 142 depends on custom; not moved")  # fmt: skip


def _notes(asked: Asked, result: PeriodResult) -> list[Pair]:
    notes: list[Pair] = []
    if result.predicted:
        year = holidays.LAST_OFFICIAL_YEAR
        notes.append((f"{year + 1}年以後の春分日・秋分日は官報で公表されていません。この日は予測した休日によります",
                      f"the equinox days from {year + 1} on are not announced yet: this day rests on predicted holidays"))  # fmt: skip
    if asked.worded.form == "backward" and not asked.worded.clear:
        notes.append(("N日前の数え方は法律に定めがありません。安全側は --clear（中に丸々の日数を置く）で、1日早くなります",
                      "the law does not say how to count backward; the safer count is --clear (full days between), one day earlier"))  # fmt: skip
    if asked.worded.form == "forward" and asked.roll == "none" and (reason := _closed(result.end)) is not None:
        ja, en = _reason(reason)
        notes.append((f"末日は行政機関の休日（{ja}）です。国の行政庁への届出等の期限なら --rolled filing で動きます",
                      f"the last day is a holiday of administrative organs ({en}): --rolled filing moves it for filings with State organs"))  # fmt: skip
        if reason not in ("saturday", "year-end"):
            notes.append(("その日に取引をしない慣習がある場合なら --rolled custom で動きます（民法第142条）",
                          "where it is the custom not to transact on such a day, --rolled custom moves it (Civil Code art. 142)"))  # fmt: skip
    return notes


def _closed(day: date) -> str | None:
    try:
        return timeline.is_holiday(day, "administrative")
    except OutsideCalendar:
        return None


def _pair(pair: Pair) -> dict[str, str]:
    return {"ja": pair[0], "en": pair[1]}


# --- The page.


def page(data: Mapping[str, Any], lang: Lang) -> str:
    """Return the data of a period as text."""
    ja = lang == "ja"
    words = data["wording"][lang]
    end = data["end"][lang]
    if data["ambiguous"] is not None:
        end += "。ただし法律上定まりません（下の注）" if ja else ", but the law does not settle it: see the note"
    if ja:
        joined = words if words.startswith("から") else f"の{words}"
        lines = [f"{data['start'][lang]}{joined}", f"→ {end}", ""]
    else:
        lines = [f"{words}, from {data['start'][lang]}", f"→ {end}", ""]
    weekdays = [pick(pair, lang) for pair in wording.WEEKDAYS]
    for step in data["steps"]:
        day = date.fromisoformat(step["day"])
        shown = f"{step['day']}（{weekdays[day.weekday()]}）" if ja else f"{step['day']} ({weekdays[day.weekday()]})"
        rules = ("、" if ja else ", ").join(rule[lang] for rule in step["cite"])
        lines.append(f"  {shown}  {step[lang]}" + ((f"（{rules}）" if ja else f" [{rules}]") if rules else ""))
    said = ([] if data["ambiguous"] is None else [data["ambiguous"]]) + data["notes"]
    if said:
        lines.append("")
    lines += [f"{'注：' if ja else 'Note: '}{note[lang]}" for note in said]
    return "\n".join(lines)

"""Days and periods as a law or a person words them: 令和8年12月25日, 三月以内, 30日前まで, "2 business days".

In: a text in Japanese or English. Out: a `date`, or a `Worded` period: what is counted, which way, and what its words say
about the first day. Errors: `UnreadPeriod`, in both languages.
The one idea: the words decide the count. 「経過する日」 is the last day of the period and 「経過した日」 the day after it;
「起算して」 counts the day itself; 「翌月20日」 is a date and no period at all.
Not here: the arithmetic (`timeline`), and the calendar of business days, which no wording gives.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Literal

from kitei_dsl.frozen import Frozen
from kitei_dsl.numerals import COUNTED_EN, KANJI_CHARACTERS, kanji_to_int
from kitei_dsl.timeline import Unit

Form = Literal["forward", "backward", "elapsed", "day_of_next_month", "end_of_month", "end_of_next_month"]

ERAS: tuple[tuple[str, str, date], ...] = (
    ("令和", "R", date(2019, 5, 1)),
    ("平成", "H", date(1989, 1, 8)),
    ("昭和", "S", date(1926, 12, 25)),
    ("大正", "T", date(1912, 7, 30)),
    ("明治", "M", date(1868, 10, 23)),
)
"""Each era with its initial and its first day, the latest first; it ends the day before the next one begins."""

GREGORIAN = date(1873, 1, 1)
"""明治6年1月1日: before it dates are of the lunisolar calendar, and no day of ours."""


class UnreadPeriod(ValueError):
    """A day or a period that cannot be read; the message is English, `ja` says the same in Japanese."""

    def __init__(self, ja: str, en: str) -> None:
        super().__init__(en)
        self.ja = ja


class Worded(Frozen):
    """A period as worded.

    Attributes:
      form: which way it runs, or which date it names.
      count: how many units; for `day_of_next_month` the day; 0 where nothing is counted.
      unit: what is counted; None where nothing is.
      counts_first: whether the words count the day itself (起算して); None where they are silent.
      clear: whether the words ask for full days between (中N日); backward only.
      expiring: whether the words name the day on which the period runs out (経過する日).
    """

    form: Form
    count: int = 0
    unit: Unit | None = None
    counts_first: bool | None = None
    clear: bool = False
    expiring: bool = False


# --- Days.

_N = rf"(?:[0-9]{{1,4}}|[{KANJI_CHARACTERS}]+)"
_ERA_DATE = re.compile(
    rf"(?:(?P<era>{'|'.join(name for name, _, _ in ERAS)})(?P<year>元|{_N})年(?P<month>{_N})月(?P<day>{_N})日"
    r"|(?P<initial>[RHSTMrhstm])(?P<y>[0-9]{1,2})[./-](?P<m>[0-9]{1,2})[./-](?P<d>[0-9]{1,2}))"
)
_WESTERN_DATE = re.compile(
    rf"(?P<year>{_N})年(?P<month>{_N})月(?P<day>{_N})日|(?P<y>[0-9]{{4}})[-/.](?P<m>[0-9]{{1,2}})[-/.](?P<d>[0-9]{{1,2}})"
)


def read_day(text: str) -> date:
    """Return the day that a text names: ISO (or with / or .), a western year (2026年12月25日) or an era (令和8年12月25日, 令和元年, R8.12.25).

    An era is checked against its first and last day: 平成31年5月1日 does not exist, it is 令和元年5月1日.
    Errors: UnreadPeriod.

    >>> read_day("令和八年十二月二十五日").isoformat(), read_day("平成元年1月8日").isoformat()
    ('2026-12-25', '1989-01-08')
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    era = _ERA_DATE.fullmatch(plain)
    if era is not None:
        return _era_day(text, era)
    found = _WESTERN_DATE.fullmatch(plain)
    if found is None:
        raise UnreadPeriod(
            f"`{text}`は日付として読めません。2026-12-25 又は 令和8年12月25日 のように書いてください",
            f"`{text}` is no day; write 2026-12-25 or 令和8年12月25日",
        )
    year, month, day = (
        _int(found[long] or found[short], text) for long, short in (("year", "y"), ("month", "m"), ("day", "d"))
    )
    return _day(text, year, month, day)


def _era_day(text: str, found: re.Match[str]) -> date:
    index = next(
        n
        for n, (name, initial, _) in enumerate(ERAS)
        if found["era"] == name or (found["initial"] or "").upper() == initial
    )
    name, _, first = ERAS[index]
    year = 1 if found["year"] == "元" else _int(found["year"] or found["y"], text)
    if year < 1:
        raise UnreadPeriod(f"`{text}`：{name}0年はありません", f"`{text}`: there is no year 0 of {name}")
    day = _day(
        text, first.year + year - 1, _int(found["month"] or found["m"], text), _int(found["day"] or found["d"], text)
    )
    if name == "明治" and day < GREGORIAN:
        raise UnreadPeriod(
            f"`{text}`：明治6年1月1日より前は太陰太陽暦の日付で、換算しません",
            f"`{text}`: before 明治6年1月1日 (1873-01-01) dates are of the lunisolar calendar, which is not converted",
        )
    next_first = ERAS[index - 1][2] if index else None
    if day < first or (next_first is not None and day >= next_first):
        right = next(
            (f"{n}{_year(day.year - f.year + 1)}年{day.month}月{day.day}日" for n, _, f in ERAS if day >= f), ""
        )
        raise UnreadPeriod(
            f"`{text}`はありません。{day.isoformat()}は{right}です",
            f"`{text}` does not exist: {day.isoformat()} is {right}",
        )
    return day


def _year(count: int) -> str:
    return "元" if count == 1 else str(count)


def in_era(day: date) -> str:
    """Return a day in its era, or nothing for a day before the Gregorian calendar came into use.

    >>> in_era(date(2019, 5, 1)), in_era(date(2019, 4, 30))
    ('令和元年5月1日', '平成31年4月30日')
    """
    if day < GREGORIAN:
        return ""
    name, first = next((name, first) for name, _, first in ERAS if day >= first)
    return f"{name}{_year(day.year - first.year + 1)}年{day.month}月{day.day}日"


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise UnreadPeriod(f"`{text}`という日はありません", f"`{text}` names a day that does not exist") from None


def _int(text: str, whole: str) -> int:
    if text.isascii() and text.isdigit():
        return int(text)
    try:
        return kanji_to_int(text)
    except ValueError:
        raise UnreadPeriod(f"`{whole}`：`{text}`は数ではありません", f"`{whole}`: `{text}` is not a number") from None


# --- Periods.

_COUNT = rf"(?P<count>[0-9]{{1,6}}|[{KANJI_CHARACTERS}]+)"
_UNITS_JA: tuple[tuple[str, Unit], ...] = (
    ("営業日", "business_days"),
    ("開庁日", "business_days"),
    ("週間", "weeks"),
    ("週", "weeks"),
    ("箇月間", "months"),
    ("箇月", "months"),
    ("か月間", "months"),
    ("か月", "months"),
    ("ヶ月", "months"),
    ("ケ月", "months"),
    ("カ月", "months"),
    ("ヵ月", "months"),
    ("月間", "months"),
    ("月", "months"),
    ("年間", "years"),
    ("年", "years"),
    ("日間", "days"),
    ("日", "days"),
)
_UNIT_JA = rf"(?P<unit>{'|'.join(words for words, _ in _UNITS_JA)})"
_START_JA = r"(?:[^0-9]{0,40}?日)?(?P<next>の?翌日)?(?:から|より)"
_FORWARD_JA = re.compile(
    rf"(?:{_START_JA})?(?P<counting>起算して|起算し)?、?{_COUNT}{_UNIT_JA}"
    r"(?:を?(?P<over>経過する日|経過した日|経過後|超えない範囲内)|以内に?|内に?|の間|後)?(?:まで|までに|に)?"
)
_BACKWARD_JA = re.compile(
    rf"(?:[^0-9]{{0,40}}?日の)?(?P<clear>中|少なくとも中)?{_COUNT}{_UNIT_JA}(?P<back>以?前|まえ)?(?:まで|までに|に)?"
)
_NEXT_MONTH_JA = re.compile(rf"翌月の?(?:{_COUNT}日|(?P<end>末日|末))(?:まで|までに)?")
_END_JA = re.compile(r"(?:その|当|同)?月(?:の末日|末|末日)(?:まで|までに)?")
_UNITS_EN: dict[str, Unit] = {
    "business day": "business_days",
    "day": "days",
    "week": "weeks",
    "month": "months",
    "year": "years",
}
_COUNT_EN = r"(?P<count>[0-9]{1,6}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|twenty|thirty)"
_FORWARD_EN = re.compile(
    rf"(?:within |in |by )?{_COUNT_EN} (?P<clear>clear |full )?(?P<unit>business day|day|week|month|year)s?"
    r"(?P<way>,? (?:before|earlier|prior|back|have elapsed|has elapsed|elapsed|after|later|from)(?: (?:the|that) (?:day|date))?)?"
    r"(?P<counting>,? (?:counting|including|counted from) (?:the|that) (?:first )?(?:day|date)(?: itself)?)?"
)
_ELAPSED_EN = re.compile(
    rf"(?:the day )?(?:after|on which) {_COUNT_EN} (?P<unit>business day|day|week|month|year)s? (?:have|has) (?:elapsed|passed)"
)
_NEXT_MONTH_EN = re.compile(
    r"(?:by )?the (?:(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?: day)?|(?P<end>end|last day)) of the (?:next|following) month"
)
_END_EN = re.compile(r"(?:by )?the (?:end|last day) of (?:the|that|this) month")


def read_period(text: str) -> Worded:
    """Return the period that a text words, in Japanese or English.

    Errors: UnreadPeriod; a count below 1 and a day of the month outside 1 to 31 are refused too.

    >>> read_period("公布の日から起算して二十日を経過した日")
    Worded(form='elapsed', count=20, unit='days', counts_first=True, clear=False, expiring=False)
    >>> read_period("30日前まで").form, read_period("2 business days").unit
    ('backward', 'business_days')
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", plain):
        worded = _read_ja(re.sub(r"\s+", "", plain), text)
    else:
        worded = _read_en(re.sub(r"\s+", " ", plain).lower(), text)
    if worded.unit is not None and worded.count < 1:
        raise UnreadPeriod(f"`{text}`：期間は1以上です", f"`{text}`: a period has one unit or more")
    if worded.form == "day_of_next_month" and not 1 <= worded.count <= 31:
        raise UnreadPeriod(f"`{text}`：月に{worded.count}日はありません", f"`{text}`: a month has days 1 to 31")
    return worded


def _read_ja(plain: str, text: str) -> Worded:
    next_month = _NEXT_MONTH_JA.fullmatch(plain)
    if next_month is not None:
        if next_month["end"]:
            return Worded("end_of_next_month")
        return Worded("day_of_next_month", _int(next_month["count"], text))
    if _END_JA.fullmatch(plain):
        return Worded("end_of_month")
    back = _BACKWARD_JA.fullmatch(plain)
    if back is not None and (back["clear"] or back["back"]):
        return Worded("backward", _int(back["count"], text), _unit_ja(back), clear=back["clear"] is not None)
    found = _FORWARD_JA.fullmatch(plain)
    if found is None:
        raise _unread(text)
    counts_first = None
    if found["next"]:
        counts_first = False
    elif found["counting"]:
        counts_first = True
    count, unit = _int(found["count"], text), _unit_ja(found)
    if found["over"] in ("経過した日", "経過後"):
        return Worded("elapsed", count, unit, counts_first)
    return Worded("forward", count, unit, counts_first, expiring=found["over"] == "経過する日")


def _unit_ja(found: re.Match[str]) -> Unit:
    return next(unit for words, unit in _UNITS_JA if words == found["unit"])


def _read_en(plain: str, text: str) -> Worded:
    next_month = _NEXT_MONTH_EN.fullmatch(plain)
    if next_month is not None:
        return Worded("end_of_next_month") if next_month["end"] else Worded("day_of_next_month", int(next_month["day"]))
    if _END_EN.fullmatch(plain):
        return Worded("end_of_month")
    passed = _ELAPSED_EN.fullmatch(plain)
    if passed is not None:
        expiring = "on which" in plain
        return Worded(
            "forward" if expiring else "elapsed", _count_en(passed), _UNITS_EN[passed["unit"]], expiring=expiring
        )
    found = _FORWARD_EN.fullmatch(plain)
    if found is None:
        raise _unread(text)
    count, unit, way = _count_en(found), _UNITS_EN[found["unit"]], found["way"] or ""
    if re.search("before|earlier|prior|back", way) or found["clear"]:
        if found["counting"] or (found["clear"] and re.search("after|later|from|elapsed", way)):
            raise _unread(text)
        return Worded("backward", count, unit, clear=found["clear"] is not None)
    counts_first = True if found["counting"] else None
    return Worded("elapsed" if "elapsed" in way else "forward", count, unit, counts_first)


def _count_en(found: re.Match[str]) -> int:
    return int(found["count"]) if found["count"].isdigit() else COUNTED_EN[found["count"]]


def _unread(text: str) -> UnreadPeriod:
    return UnreadPeriod(
        f"`{text}`は期間として読めません。「2営業日」「30日前」「三月以内」「六月を経過した日」「翌月20日」のように書いてください",
        f"`{text}` is no period; write it like `2 business days`, `30 days before`, `3 months` or `the 20th of the next month`",
    )

"""The numbers that official words state: 五パーセント and 百分の五 are one rate, 三百万円 and 3,000,000円 one amount.

Comes in: words of a law. Goes out: each `Quantity`, exact. Numbers that name a place (第六十三条の二), a law (平成二十一年…) or
a day of the calendar (十二月二十九日) are told apart from those that count. Deliberately not here: where the words stand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from kitei_dsl.law_number import ERAS
from kitei_dsl.numerals import kanji_to_int


class Quantity(NamedTuple):
    """An exact value in a unit: yen, rate, years, months, weeks, days, business_days, number (anything counted), or date
    (its value is the day's ordinal)."""

    unit: str
    value: Fraction


_KANJI = "〇一二三四五六七八九十百千万億兆"
#: No number begins in the middle of another, after 第, or as a branch (…条の二).
_START = rf"(?<![{_KANJI}0-9・,.第])(?<![条項号]の)(?<![条項号]の[{_KANJI}])"
_NUMBER = (
    rf"(?:[{_KANJI}]+(?:・[〇一二三四五六七八九]+)?|[0-9][0-9,]*(?:\.[0-9]+)?[{_KANJI}]*(?:[0-9][0-9,]*[万千百十]*)?)"
)
#: Numbers of law are written 三十五, not 三五: two digits side by side are two numbers that lost what stood between them, as
#: where a column ended (第百九十七条の三　五億円). The first is that of the place.
_TWO = re.compile(r"(?<=[条項号]の)([一二三四五六七八九])(?=[一二三四五六七八九][十百千]*[万億]*円)")
_UNITS = {
    "円": "yen", "パーセント": "percent", "%": "percent", "割": "tenth", "営業日": "business_days", "週間": "weeks", "週": "weeks",
    "箇月": "months", "か月": "months", "カ月": "months", "ヶ月": "months", "ケ月": "months", "ヵ月": "months", "月": "months",
    "年": "years", "日": "days",
}  # fmt: skip
_RATE = rf"{_START}({_NUMBER})分の({_NUMBER})"
_COUNT = rf"{_START}({_NUMBER})({'|'.join(_UNITS)})?"
_ERA = "|".join(ja for ja, _, _ in ERAS)
_DATE = (
    rf"({_ERA})(元|{_NUMBER})年({_NUMBER})月({_NUMBER})日|(?<![0-9])([12][0-9]{{3}})年([0-9]{{1,2}})月([0-9]{{1,2}})日"
)
#: A day of the year, an era's year, a law's number: not counts.
_NAMED = rf"(?:{_ERA})(?:元|{_NUMBER})年|[12][0-9]{{3}}年(?=[0-9]{{1,2}}月)|{_NUMBER}月{_NUMBER}日"


def quantities(words: str) -> set[Quantity]:
    """Return every quantity that words state.

    >>> sorted(q.unit + " " + str(q.value) for q in quantities("百分の五を超えない額又は三百万円"))
    ['number 100', 'number 3000000', 'number 5', 'rate 1/20', 'yen 3000000']
    """
    text = unicodedata.normalize("NFKC", words).replace("･", "・")
    text = _TWO.sub(r"\1、", text)
    return set(_dates(text)) | set(_counted(re.sub(_NAMED, "、", text)))


def _counted(text: str) -> Iterator[Quantity]:
    for found in re.finditer(_RATE, text):
        parts, whole = _value(found[2]), _value(found[1])
        if parts is not None and whole:
            yield Quantity("rate", parts / whole)
    for found in re.finditer(_COUNT, text):
        value = _value(found[1])
        if value is None:
            continue
        yield Quantity("number", value)
        unit = _UNITS.get(found[2] or "")
        if unit in ("percent", "tenth"):
            yield Quantity("rate", value / (100 if unit == "percent" else 10))
        elif unit is not None:
            yield Quantity(unit, value)
    for found in re.finditer(rf"{_START}({_NUMBER})年({_NUMBER})(?:月|[箇かカヶケヵ]月)", text):
        years, months = _value(found[1]), _value(found[2])
        if years is not None and months is not None:
            yield Quantity("months", 12 * years + months)
    for found in re.finditer("毎(年|月|日)", text):
        yield Quantity(_UNITS[found[1]], Fraction(1))
    for found in re.finditer(rf"分の({_NUMBER})", text):
        value = _value(found[1])
        if value is not None:
            yield Quantity("number", value)


def _dates(text: str) -> Iterator[Quantity]:
    from datetime import date

    before = {ja: year for ja, _, year in ERAS}
    for found in re.finditer(_DATE, text):
        if found[1]:
            numbers = [Fraction(1) if found[2] == "元" else _value(found[2]), _value(found[3]), _value(found[4])]
            first = before[found[1]]
        else:
            numbers, first = [_value(found[n]) for n in (5, 6, 7)], 0
        year, month, day = (0 if n is None else int(n) for n in numbers)
        try:
            yield Quantity("date", Fraction(date(first + year, month, day).toordinal()))
        except (ValueError, OverflowError):
            continue


def _value(text: str) -> Fraction | None:
    """Return the number that kanji or Arabic digits write, also mixed (300万), or None."""
    whole, _, decimals = text.partition("・")
    try:
        if decimals:
            return kanji_to_int(whole) + Fraction(
                kanji_to_int(f"一{decimals}") - 10 ** len(decimals), 10 ** len(decimals)
            )
        if not re.search("[0-9]", text):
            return Fraction(kanji_to_int(f"一{text}" if text[:1] in ("万", "億", "兆") else text))
        total = Fraction(0)
        for digits, unit in re.findall(rf"([0-9][0-9,]*(?:\.[0-9]+)?)([{_KANJI}]*)", text):
            total += Fraction(digits.replace(",", "")) * (kanji_to_int(f"一{unit}") if unit else 1)
    except ValueError:
        return None
    return total

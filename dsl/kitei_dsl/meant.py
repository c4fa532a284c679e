"""How the language writes what was written another way: 十億円, 百分の五, 令和9年4月1日, 1,000 without its unit, とき, `if`.

Comes in: the words a reader could not take, and what could stand there. Goes out: the words to write instead, worked out, or
nothing. Deliberately not here: reading such words: the language has one way of writing each thing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from datetime import date
from fractions import Fraction

from kitei_dsl.numerals import KANJI_CHARACTERS, kanji_to_int

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
_DIGIT = f"0-9０-９{KANJI_CHARACTERS}"
_DAY = re.compile(
    rf"(?:(令和|平成|昭和)([{_DIGIT}元]+)|([{_DIGIT}]{{4}}))[-－/／.．年]([{_DIGIT}]{{1,3}})[-－/／.．月]([{_DIGIT}]{{1,3}})日?"
)
_MONEY = re.compile(rf"([{KANJI_CHARACTERS}]+)円")
_RATE = re.compile(rf"(百|千|万)分の([{KANJI_CHARACTERS}]+)|([一二三四五六七八九])割")
_COUNTED = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "ten": 10,
    "twelve": 12,
    "thirty": 30,
}
_TIMES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_LONG = (
    "日",
    "週",
    "週間",
    "月",
    "か月",
    "箇月",
    "年",
    "days",
    "day",
    "weeks",
    "week",
    "months",
    "month",
    "years",
    "year",
)
#: No amount or day is longer.
_LONGEST = 40
#: Words for a condition that the language does not use.
_WHEN = ("if", "とき", "場合に", "場合は", "場合において", "ときは", "where", "unless")


def day(text: str) -> str | None:
    """Return a day in ISO form, however it is written, or None.

    >>> day("令和9年4月1日"), day("２０２７-04-01"), day("2027/4/1"), day("2027-02-30")
    ('2027-04-01', '2027-04-01', '2027-04-01', None)
    """
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    era, of_era, year, month, of_month = match.groups()
    try:
        of_year = _ERAS[era] + (1 if of_era == "元" else _number(of_era)) if era else _number(year)
        return date(of_year, _number(month), _number(of_month)).isoformat()
    except ValueError:
        return None


def amount(text: str) -> str | None:
    """Return how an amount or a rate in kanji is written, or None.

    >>> amount("十億円"), amount("三千五百円"), amount("百分の五"), amount("千分の一"), amount("二割")
    ('`10億円` (1,000,000,000 yen)', '`3,500 yen`', '`5%`', '`0.1%`', '`20%`')
    """
    if len(text) > _LONGEST:
        return None
    if money := _MONEY.fullmatch(text):
        yen = _kanji(money[1])
        return None if yen is None else _yen(yen)
    if rate := _RATE.fullmatch(text):
        of = {"百": 100, "千": 1000, "万": 10_000, None: 10}[rate[1]]
        number = _kanji(rate[2] or rate[3])
        percent = None if number is None else Fraction(number * 100, of)
        return None if percent is None else f"`{_decimal(percent)}%`"
    return None


def instead(text: str, start: int, found: str, accepts: Collection[str]) -> tuple[int, int, str] | None:
    """Return where words begin and end that could not be read, and what to write for them; None where nothing is clear.

    `start` is where reading stopped, at the word `found`; `accepts` are the terminals that could stand there.
    """
    line = max(text.rfind("\n", 0, start) + 1, start - _LONGEST)
    if "DATE" in accepts and (written := _DAY.match(text, start)) and (iso := day(written[0])):
        return start, written.end(), f"`{iso}`"
    if found in _WHEN and "WHEN" in accepts:
        return (
            start,
            start + len(found),
            "`when not …`" if found == "unless" else "`場合`" if not found.isascii() else "`when`",
        )
    before = re.search(r"([0-9][0-9_]*(?:\.[0-9]+)?)\s*$", text[line:start])
    if found == "," and before and (rest := re.match(r"(?:,[0-9]{3}){1,8}(?![0-9,])", text[start : start + _LONGEST])):
        number = int((before[1] + rest[0]).replace(",", "").replace("_", ""))
        return line + before.start(1), start + rest.end(), f"`{number:,} yen`"
    if found in _TIMES and before and (rest := re.match(rf"{found}(\s+(?:yen|円))?", text[start:])):
        counted = Fraction(before[1].replace("_", "")) * _TIMES[found]
        return (
            line + before.start(1),
            start + rest.end(),
            f"`{int(counted):,} yen`" if counted.denominator == 1 else "`… yen`",
        )
    if found in _LONG and (word := re.search(r"(\w+)\s*$", text[line:start])) and word[1] in _COUNTED:
        return line + word.start(1), start + len(found), f"`{_COUNTED[word[1]]} {found}`"
    return None


def in_place(text: str) -> str | None:
    """Return what an address calls a part that is written in Japanese: 附則, ただし書, 本文; None for anything else."""
    parts = {
        "附則": "suppl",
        "ただし書": "proviso",
        "但書": "proviso",
        "本文": "main",
        "前段": "s1",
        "後段": "s2",
        "柱書": "lead",
    }
    return parts.get(text)


def _yen(number: int) -> str:
    for size, unit in ((10**8, "億円"), (10**4, "万円")):
        if number % size == 0 and number:
            return f"`{number // size}{unit}` ({number:,} yen)"
    return f"`{number:,} yen`"


def _number(text: str) -> int:
    """Return a number in digits of any width, or in kanji. Raises ValueError."""
    if all(c.isdecimal() for c in text):
        return int("".join(str(unicodedata.decimal(c)) for c in text))
    return kanji_to_int(text)


def _kanji(text: str) -> int | None:
    try:
        return kanji_to_int(text)
    except ValueError:
        return None


def _decimal(number: Fraction) -> str:
    places = next((n for n in range(9) if (number * 10**n).denominator == 1), None)
    if places is None:
        return str(number)
    digits = str(number * 10**places).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def type_meant(text: str) -> str:
    """Say how a type is written that was called by another word, or nothing.

    >>> type_meant("円"), type_meant("bool"), type_meant("Frim")
    ('write `金額`', 'write `truth`', '')
    """
    for type_, words in _TYPES.items():
        if text.casefold() in words:
            return f"write `{type_}`"
    return ""


_TYPES = {
    "金額": ("円", "額", "金銭", "金"), "真偽": ("はい・いいえ", "真偽値", "有無", "該当"), "日付": ("日", "期日", "年月日"),
    "率": ("割合", "パーセント", "比率", "%"), "整数": ("数", "数字", "人数", "件数"), "yen": ("money", "amount", "jpy", "currency"),
    "truth": ("bool", "boolean", "yesno", "fact", "condition"), "date": ("day", "time", "datetime"),
    "rate": ("percent", "percentage", "ratio"), "number": ("int", "integer", "count", "num"),
}  # fmt: skip

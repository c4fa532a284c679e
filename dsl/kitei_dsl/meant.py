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

from kitei_dsl.frozen import Frozen
from kitei_dsl.numerals import COUNTED_EN, KANJI_CHARACTERS, kanji_to_int

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
_DIGIT = f"0-9０-９{KANJI_CHARACTERS}"
_DAY = re.compile(
    rf"(?:(令和|平成|昭和)([{_DIGIT}元]+)|([{_DIGIT}]{{4}}))[-－/／.．年]([{_DIGIT}]{{1,3}})[-－/／.．月]([{_DIGIT}]{{1,3}})日?"
)
_MONEY = re.compile(rf"([{_DIGIT}]+)円")
#: A number whose groups are written by position or with units, or in digits: 一〇億, 二億五千万, ２億.
_GROUPS = re.compile(rf"(?:([{_DIGIT}]+?)兆)?(?:([{_DIGIT}]+?)億)?(?:([{_DIGIT}]+?)万)?([{_DIGIT}]+)?")
#: A period of the law, to the end of it: 十四日以内, 三月以内に, 2週間以内.
_WITHIN = re.compile(rf"([{_DIGIT}]*)(日|週間?|(?:[かカヵケヶヶ個箇])?月間?|年)(?:以内(?:に)?|までに|以内まで)")
_RATE = re.compile(rf"(百|千|万)分の([{KANJI_CHARACTERS}]+)|([一二三四五六七八九])割")
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
#: Other ways to write 箇月, which the law writes so.
_MONTHS = frozenset(f"{small}月{end}" for small in "かカヵケヶヶ個" for end in ("", "間")) | {"箇月間"}
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

    >>> amount("十億円"), amount("一〇億円"), amount("三千五百円"), amount("百分の五"), amount("千分の一"), amount("二割")
    ('`10億円` (1,000,000,000 yen)', '`10億円` (1,000,000,000 yen)', '`3,500 yen`', '`5%`', '`0.1%`', '`20%`')
    """
    if len(text) > _LONGEST:
        return None
    if money := _MONEY.fullmatch(text):
        yen = _grouped(money[1])
        return None if yen is None else _yen(yen)
    if rate := _RATE.fullmatch(text):
        of = {"百": 100, "千": 1000, "万": 10_000, None: 10}[rate[1]]
        number = _kanji(rate[2] or rate[3])
        percent = None if number is None else Fraction(number * 100, of)
        return None if percent is None else f"`{_decimal(percent)}%`"
    return None


def within(text: str, japanese: bool, before: str = "") -> str | None:
    """Return how a period is written that the law writes as one word, or None; `before` are digits that were read before it.

    >>> within("十四日以内", True), within("三月以内に", True), within("日以内", True, "14"), within("一年以内", False)
    ('`14 日 翌日起算 …`', '`3 箇月 翌日起算 …`', '`14 日 翌日起算 …`', '`1 years after …`')
    """
    match = _WITHIN.fullmatch(text) if len(text) <= _LONGEST else None
    digits = before + match[1] if match else ""
    if match is None or not digits or (before and match[1]):
        return None
    try:
        number = _number(digits)
    except ValueError:
        return None
    unit = {"日": ("日", "days"), "週": ("週", "weeks"), "年": ("年", "years")}.get(match[2][0], ("箇月", "months"))
    return f"`{number} {unit[0]} 翌日起算 …`" if japanese else f"`{number} {unit[1]} after …`"


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
    if before and (unit := re.match(r"([億万])(?![円\w])", text[start:])):
        return line + before.start(1), start + 1, f"`{before[1]}{unit[1]}円`, since an amount ends in 円"
    if found in _MONTHS and before:
        return line + before.start(1), start + len(found), f"`{before[1]} 箇月`"
    if found == "施行日" and "COMMENCEMENT_DAY" in accepts:
        return start, start + len(found), "`施行の日`"
    if found in _TIMES and before and (rest := re.match(rf"{found}(\s+(?:yen|円))?", text[start:])):
        counted = Fraction(before[1].replace("_", "")) * _TIMES[found]
        return (
            line + before.start(1),
            start + rest.end(),
            f"`{int(counted):,} yen`" if counted.denominator == 1 else "`… yen`",
        )
    if found in _LONG and (word := re.search(r"(\w+)\s*$", text[line:start])) and word[1] in COUNTED_EN:
        return line + word.start(1), start + len(found), f"`{COUNTED_EN[word[1]]} {found}`"
    return None


def in_expression(name: str) -> str | None:
    """Return what an expression calls a day that it cannot name, or None: 施行日 begins the line of a provision."""
    days = {
        "施行日": "施行の日",
        "施行期日": "施行の日",
        "commencement": "commencement_day",
        "commencement_date": "commencement_day",
    }
    return f"`{days[name]}`" if name in days else None


def grade_meant(text: str, grades: Collection[str]) -> str:
    """Say which letters a grade may be: the one that was written full-width or small, else all of them.

    >>> grade_meant("Ａ", "AB"), grade_meant("Z", "AB")
    ('the half-width letter `A`', '`A` or `B`')
    """
    letter = unicodedata.normalize("NFKC", text).upper()
    if letter in grades:
        return f"the half-width {'letter' if letter != text.upper() else 'capital'} `{letter}`"
    listed = [f"`{g}`" for g in grades]
    return f"{', '.join(listed[:-1])} or {listed[-1]}"


class Legal(Frozen):
    """Words of law, and the keywords that say the same: `English` and `Japanese` lines, and where they stand."""

    words: re.Pattern[str]
    english: str
    japanese: str
    where: str = ""


def _legal(words: str, english: str, japanese: str, where: str = "") -> Legal:
    return Legal(re.compile(words), english, japanese, where)


_LINE = "as a line of the definition or norm"
_BLOCK = "as a block of its own in the provision"
_CONDITION = "after the condition's keyword"
#: Words of law that are no keywords, the longer before the shorter. In Japanese they may end a word.
_LEGAL = (
    _legal("ただし書き?|但し?書き?|ただし|但し|この限りで(?:は)?ない|provided", "proviso to t/5/main", "ただし書 t/5/main", "as a line of the exception, which is a provision of its own (t/5/proviso)"),
    _legal("次の(?:各号の)?いずれか(?:に該当(?:する(?:とき|場合|者|もの)?)?)?|各号のいずれか(?:に該当(?:する)?)?|いずれかに該当する(?:とき|場合)?", "any of item i1: … end", "いずれかに該当 号 i1: … 終わり", _CONDITION),
    _legal("次の(?:各号の)?(?:全て|すべて|いずれも?)に(?:も)?該当(?:する(?:とき|場合|者|もの)?)?|いずれにも該当する|(?:全て|すべて)に該当する(?:とき|場合)?|次に掲げる要件(?:の全て)?", "all of item i1: … end", "全てに該当 号 i1: … 終わり", _CONDITION),
    _legal("(?:次の各号に掲げる)?(?:場合の)?区分に応じて?、?|次の各号に定める", "cases case i1: when … is … end", "区分に応じ 区分 i1: 場合 … は … 終わり", _LINE),
    _legal("(?:規定は、?)?適用(?:し|され)ない|適用除外とする|不適用|適用外|disapply|inapplicable", "block t/5 of Firm when … end", "適用除外 t/5 対象 会社 場合 … 終わり", _BLOCK),
    _legal("(?:の)?規定に(?:かか|関)わらず|に関わらず|despite", "notwithstanding t/5", "にかかわらず t/5", _LINE),
    _legal(".{0,12}場合を除き|を除いて|except", "yields to t/5", "劣後 t/5", _LINE),
    _legal(".{0,12}努めなければならない|.{0,12}よう努める", "effort N of Firm do … end", "努力義務 名 対象 会社 実施 … 終わり", _BLOCK),
    _legal(".{0,12}(?:し|行わ|届け?出|提出し)?なければならない|.{0,12}義務を負う|must|shall", "duty N of Firm do … end", "義務 名 対象 会社 実施 … 終わり", _BLOCK),
    _legal(".{0,12}(?:し|行っ)?てはならない|.{0,12}禁止する", "prohibition N of Firm avoid … end", "禁止 名 対象 会社 回避 … 終わり", _BLOCK),
    _legal(".{0,12}(?:することが)?できる|may", "entitlement N of Firm … end` or, of an authority, `power N of Firm … end", "請求権 名 対象 会社 … 終わり` or, of an authority, `権限 名 対象 会社 … 終わり", _BLOCK),
    _legal("みなす|とみなされる|deemed", "deem X of Firm is true for purposes of t/5 end", "みなし 用語 対象 会社 は 真 目的限定 t/5 終わり", _BLOCK),
    _legal("推定する|推定される|presumed", "presume X of Firm is true end", "推定 用語 対象 会社 は 真 終わり", _BLOCK),
    _legal("をいう|いう", "means", "とは", _LINE),
    _legal("とする|である", "is", "は", _LINE),
    _legal("及び|および|並びに|ならびに|且つ|なおかつ|&+", "and", "かつ"),
    _legal("または|若しくは|もしくは|或いは|\\|+", "or", "又は"),
    _legal("でない|ではない|以外", "not", "非", "before what is denied"),
    _legal("以上", ">=", ">="), _legal("以下", "<=", "<="), _legal("を?(?:超え|こえ)る?|超", ">", ">"), _legal("未満|に満たない", "<", "<"),
    _legal("以内(?:に)?|までに", "by 14 days after …", "期限 14 日 翌日起算 …", "as a line of the duty"),
    _legal("とき(?:は|に)?|場合(?:に|は|において|には)", "when", "場合", "before the condition"),
)  # fmt: skip


def legal(word: str, japanese: bool) -> str | None:
    """Return what to write for words of law that are no keyword, and where; None for any other word.

    >>> legal("及び", True), legal("must", False)
    ('`かつ`', '`duty N of Firm do … end`, as a block of its own in the provision')
    """
    if len(word) > _LONGEST:
        return None
    found = next((x for x in _LEGAL if x.words.fullmatch(word)), None)
    if found is None:
        return None
    return f"`{found.japanese if japanese else found.english}`" + (f", {found.where}" if found.where else "")


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


def _grouped(text: str) -> int | None:
    """Return a number that is written in kanji, in digits, or in groups of either; None for what is none."""
    match = _GROUPS.fullmatch(text)
    if match is None or not any(match.groups()):
        return None
    try:
        groups = [_number(group) if group else 0 for group in match.groups()]
    except ValueError:
        return _kanji(text)
    return sum(group * size for group, size in zip(groups, (10**12, 10**8, 10**4, 1), strict=True))


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

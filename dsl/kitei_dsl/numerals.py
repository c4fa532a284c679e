"""The numerals that laws count with: kanji numbers, Roman numerals, letters and the order of イロハ.

In: text or a number. Out: the other of the two, exactly and both ways.
The one idea: each pair of functions is a bijection on a stated range, so a citation that is read and printed
again does not move. A text outside the range raises ValueError; nothing is guessed.
"""

from types import MappingProxyType

KANJI_CHARACTERS = "〇一二三四五六七八九十百千万億兆"
"""Every character a kanji number may hold."""

#: Numbers that English texts of law write as words before a unit of time.
COUNTED_EN = MappingProxyType(
    {
        "a": 1,
        "an": 1,
        "one": 1,
        "two": 2,
        "three": 3,
        "four": 4,
        "five": 5,
        "six": 6,
        "seven": 7,
        "eight": 8,
        "nine": 9,
        "ten": 10,
        "twelve": 12,
        "fourteen": 14,
        "twenty": 20,
        "thirty": 30,
    }
)

_DIGITS = "〇一二三四五六七八九"
_SMALL_UNITS = ((1000, "千"), (100, "百"), (10, "十"))
_LARGE_UNITS = ((10**12, "兆"), (10**8, "億"), (10**4, "万"))
_KANJI_LIMIT = 10**16

_ROMAN = MappingProxyType(
    {
        "m": 1000,
        "cm": 900,
        "d": 500,
        "cd": 400,
        "c": 100,
        "xc": 90,
        "l": 50,
        "xl": 40,
        "x": 10,
        "ix": 9,
        "v": 5,
        "iv": 4,
        "i": 1,
    }
)

ROMAN_LIMIT = 3999
"""The largest number a Roman numeral is written for."""

IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
"""The katakana in the order that numbers sub-items."""


def int_to_kanji(number: int) -> str:
    """Return a number in kanji as laws write it: 四十六, 千二百, 一億.

    Range: 0 to 10**16 - 1; ValueError outside. A leading 一 is dropped before 十, 百 and 千, except for a
    thousand of a large unit: 一千万.

    >>> int_to_kanji(46), int_to_kanji(1010), int_to_kanji(10_000_000)
    ('四十六', '千十', '一千万')
    """
    if not 0 <= number < _KANJI_LIMIT:
        raise ValueError(f"no kanji number for {number}")
    if number == 0:
        return "〇"
    text, rest = "", number
    for size, name in _LARGE_UNITS:
        count, rest = divmod(rest, size)
        if count:
            small = _small_to_kanji(count)
            text += ("一" if small.startswith("千") else "") + small + name
    return text + _small_to_kanji(rest)


def kanji_to_int(text: str) -> int:
    """Return the number that kanji digits write, with units (二千二十六) or by position (二〇二六).

    Errors: ValueError for an empty text, another character, or units out of order.

    >>> kanji_to_int("四十六"), kanji_to_int("二〇二六"), kanji_to_int("五千万")
    (46, 2026, 50000000)
    """
    if not text or any(character not in KANJI_CHARACTERS for character in text):
        raise ValueError(f"not a kanji number: `{text}`")
    if all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS.index(character)) for character in text))
    total, rest = 0, text
    for size, name in _LARGE_UNITS:
        count, found, after = rest.partition(name)
        if found:
            total += _small_to_int(count, text) * size
            rest = after
    return total + (_small_to_int(rest, text) if rest else 0)


def _small_to_kanji(number: int) -> str:
    """Return a number below ten thousand in kanji, nothing for zero."""
    text, rest = "", number
    for size, name in _SMALL_UNITS:
        count, rest = divmod(rest, size)
        if count:
            text += ("" if count == 1 else _DIGITS[count]) + name
    return text + (_DIGITS[rest] if rest else "")


def _small_to_int(text: str, whole: str) -> int:
    """Return the number of a text below ten thousand; `whole` is what a message quotes."""
    total, rest = 0, text
    for size, name in _SMALL_UNITS:
        count, found, after = rest.partition(name)
        if found:
            total += (_digit(count, whole) if count else 1) * size
            rest = after
    if not text:
        raise ValueError(f"not a kanji number: `{whole}`")
    return total + (_digit(rest, whole) if rest else 0)


def _digit(character: str, whole: str) -> int:
    if len(character) != 1 or character not in _DIGITS[1:]:
        raise ValueError(f"not a kanji number: `{whole}`")
    return _DIGITS.index(character)


def int_to_roman(number: int) -> str:
    """Return a number from 1 to 3999 as a Roman numeral in lower case; ValueError outside.

    >>> int_to_roman(4), int_to_roman(15)
    ('iv', 'xv')
    """
    if not 1 <= number <= ROMAN_LIMIT:
        raise ValueError(f"no Roman numeral for {number}")
    text, rest = "", number
    for letters, value in _ROMAN.items():
        count, rest = divmod(rest, value)
        text += letters * count
    return text


def roman_to_int(text: str) -> int:
    """Return the number of a Roman numeral in either case; ValueError unless it is written the usual way.

    >>> roman_to_int("XIV")
    14
    """
    numeral = text.lower()
    total, rest = 0, numeral
    for letters, value in _ROMAN.items():
        while rest.startswith(letters):
            total += value
            rest = rest.removeprefix(letters)
    if rest or not 1 <= total <= ROMAN_LIMIT or int_to_roman(total) != numeral:
        raise ValueError(f"not a Roman numeral: `{text}`")
    return total


def iroha_index(katakana: str) -> int:
    """Return the place of a katakana in the order of イロハ, from 1; ValueError if it has none.

    >>> iroha_index("イ"), iroha_index("ヘ")
    (1, 6)
    """
    if len(katakana) != 1 or katakana not in IROHA:
        raise ValueError(f"not a sub-item of イロハ: `{katakana}`")
    return IROHA.index(katakana) + 1


def iroha(index: int) -> str:
    """Return the katakana at a place in the order of イロハ, from 1; ValueError if there is none.

    >>> iroha(3)
    'ハ'
    """
    if not 1 <= index <= len(IROHA):
        raise ValueError(f"イロハ has {len(IROHA)} places, none numbered {index}")
    return IROHA[index - 1]


def int_to_letters(number: int) -> str:
    """Return a, b, … z, aa, ab, … for 1, 2, … 26, 27, 28, …; ValueError below 1.

    >>> int_to_letters(1), int_to_letters(28)
    ('a', 'ab')
    """
    if number < 1:
        raise ValueError(f"no letters for {number}")
    text, rest = "", number
    while rest:
        rest, place = divmod(rest - 1, 26)
        text = chr(ord("a") + place) + text
    return text


def letters_to_int(text: str) -> int:
    """Return the number that `int_to_letters` writes as a text; ValueError for any other text.

    >>> letters_to_int("ab")
    28
    """
    if not text or any(not "a" <= letter <= "z" for letter in text):
        raise ValueError(f"not a letter count: `{text}`")
    total = 0
    for letter in text:
        total = total * 26 + ord(letter) - ord("a") + 1
    return total

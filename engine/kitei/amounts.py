"""Amounts as lawyers write them: yen, whole numbers, rates and quantities of an asset, read exactly or refused.

Comes in: the text of one value and its attribute. Goes out: a `Fraction` or a `Quantity`, or Bad. No float is ever made: a
number is read from its digits. Full-width digits are digits.
"""

from __future__ import annotations

import re
from fractions import Fraction

from kitei.intake import Bad
from kitei.values import Quantity, Value
from kitei_dsl.core import Attribute, Wording
from kitei_dsl.numerals import kanji_to_int

_MAX_DIGITS = 400
#: Full-width digits and marks of numbers as the ones a number is read from.
_NARROW = {ord(wide): ord(wide) - 0xFEE0 for wide in "０１２３４５６７８９．，％／＋－"} | {ord("　"): " "}

#: What each type is called in a sentence.
TYPES: dict[str, Wording] = {
    "truth": Wording("はい・いいえ", "yes or no"),
    "yen": Wording("円の額", "yen"),
    "number": Wording("数", "number"),
    "rate": Wording("割合", "rate"),
    "quantity": Wording("数量（銘柄つき）", "quantity"),
    "date": Wording("日付", "date"),
    "span": Wording("期間", "span"),
    "calendar": Wording("暦", "calendar"),
    "enum": Wording("選択肢", "one of a list"),
    "entity": Wording("呼び名", "entity"),
}
#: How an amount of each type may be written.
EXAMPLES = {
    "yen": Wording(
        "500000001、500,000,001円、¥500,000,001 又は 5億1円", "500000001, 500,000,001円, ¥500,000,001 or 5億1円"
    ),
    "number": Wording("12", "digits such as 12"),
    "rate": Wording("5%、0.05 又は 1/20", "5%, 0.05 or 1/20"),
    "quantity": Wording("4502.9 BTC", "4502.9 BTC"),
}


def amount(text: str, line: int, attribute: Attribute, sort: str) -> Value:
    """Read an amount of the sort yen, number, rate or quantity within the attribute's bounds. Raises Bad."""
    asset = None
    shown, text = text[:40], text.translate(_NARROW)
    if sort == "quantity":
        text, _, asset = text.partition(" ")
        if not re.fullmatch(r"[A-Z][A-Z0-9]{1,9}", asset):
            raise Bad(line, "asset")
    if sort == "rate" and text.endswith("%"):
        number = _number(text[:-1])
        exact = None if number is None else number / 100
    else:
        exact = _yen(text) if sort == "yen" else _number(text)
    if exact is None:
        raise Bad(line, "inexact", text=shown, type=TYPES[sort], example=EXAMPLES[sort])
    if sort in ("yen", "number") and exact.denominator != 1:
        raise Bad(line, "whole", text=shown, type=TYPES[sort])
    for bound, wrong, slug in ((attribute.low, -1, "too-low"), (attribute.high, 1, "too-high")):
        if bound is not None and (exact - Fraction(bound)) * wrong > 0:
            raise Bad(line, slug, bound=bound)
    return exact if asset is None else Quantity(exact, asset)


def _yen(text: str) -> Fraction | None:
    """Read an amount of yen: digits, with 円 or yen, or in 兆, 億 and 万 (5億1円, 9,500万円)."""
    plain = re.sub(r"\s*(yen|円)$", "", re.sub(r"^[¥￥]\s*", "", text))
    if re.fullmatch(r"[〇一二三四五六七八九十百千万億兆]{1,30}", plain):
        try:
            return Fraction(kanji_to_int(plain))
        except ValueError:
            return None
    match = re.fullmatch(r"(?:([0-9.,]+)兆)?(?:([0-9.,]+)億)?(?:([0-9.,]+)万)?([0-9.,]+)?", plain)
    if match is None or not any(match.groups()[:3]):
        return _number(plain)
    parts = [Fraction(0) if part is None else _number(part) for part in match.groups()]
    if any(part is None for part in parts):
        return None
    return sum(
        (part * unit for part, unit in zip(parts, (10**12, 10**8, 10**4, 1), strict=True) if part is not None),
        Fraction(0),
    )


def _number(text: str) -> Fraction | None:
    """Read digits with `,` or `_` between groups, a decimal point or a fraction bar; no exponent, no NaN."""
    if len(text) > _MAX_DIGITS or not re.fullmatch(r"[+-]?[0-9][0-9,_]*(\.[0-9]+)?(/[0-9]+)?", text):
        return None
    try:
        return Fraction(text.replace(",", "").replace("_", ""))
    except (ValueError, ZeroDivisionError):
        return None


def exact(text: str, sort: str) -> Fraction | None:
    """Return the number that is written, as facts write one of the sort yen, number or rate; None where none is."""
    text = text.translate(_NARROW).strip()
    if sort == "rate" and text.endswith("%"):
        number = _number(text[:-1])
        return None if number is None else number / 100
    return _yen(text)

"""Law numbers: an e-Gov id to 令和8年法律第64号 and "Act No. 64 of 2026", and back.

Only the numbering is known here, not whether a law of that number exists.
"""

from __future__ import annotations

from collections.abc import Collection

from kitei_dsl.frozen import Frozen

# --- The numbers of amending laws, which e-Gov ids encode: era, year, type, number.

ERAS = (
    ("明治", "Meiji", 1867),
    ("大正", "Taisho", 1911),
    ("昭和", "Showa", 1925),
    ("平成", "Heisei", 1988),
    ("令和", "Reiwa", 2018),
)
"""Each era with the year before its first, in the order of the first digit of an e-Gov id, from 1."""

LAW_TYPES = (
    ("AC", "法律", "Act"),
    ("CO", "政令", "Cabinet Order"),
    ("M60000002", "内閣府令", "Cabinet Office Ordinance"),
    ("M", "府省令", "Ministerial Ordinance"),
)
"""Beginnings of the type in an e-Gov id, with their names; the first that fits counts."""


class LawNumber(Frozen):
    """A law number: 令和8年法律第64号 is (5, 8, 法律, Act, 64)."""

    era: int
    year: int
    ja: str
    en: str
    number: int


def _law_number(egov_id: str) -> LawNumber | None:
    """Return the law number that an e-Gov id encodes, or None for a type without a number here.

    The last three digits of an ordinance's id and the last nine of any other are its number; the digit
    before them says who brought a bill in and is no part of the number.
    """
    era, year, rest = int(egov_id[0]), int(egov_id[1:3]), egov_id[3:]
    for prefix, ja, en in LAW_TYPES:
        digits = rest[-3:] if prefix.startswith("M") else rest[-9:]
        if rest.startswith(prefix) and digits.isdigit():
            return LawNumber(era, year, ja, en, int(digits))
    return None


def law_number_ja(egov_id: str) -> str:
    """Return the number of a law by its e-Gov id as Japanese citations write it.

    An ordinance of a ministry not known here prints as 府省令, with its id; any other type prints its id.

    >>> law_number_ja("508AC0000000064")
    '令和8年法律第64号'
    """
    law = _law_number(egov_id)
    if law is None:
        return egov_id
    year = "元" if law.year == 1 else str(law.year)
    text = f"{ERAS[law.era - 1][0]}{year}年{law.ja}第{law.number}号"
    return f"{text}({egov_id})" if law.ja == "府省令" else text


def law_number_en(egov_id: str) -> str:
    """Return the number of a law by its e-Gov id as English citations write it.

    The era is added in the years that two eras share, where the number alone would name two laws.

    >>> law_number_en("508AC0000000064"), law_number_en("501AC0000000028")
    ('Act No. 64 of 2026', 'Act No. 28 of 2019 (Reiwa 1)')
    """
    law = _law_number(egov_id)
    if law is None:
        return egov_id
    _, era, before = ERAS[law.era - 1]
    western = before + law.year
    shared = any(western == other[2] + 1 for other in ERAS[1:])
    text = f"{law.en} No. {law.number} of {western}" + (f" ({era} {law.year})" if shared else "")
    return f"{text} [{egov_id}]" if law.ja == "府省令" else text


def egov_id_of(law: LawNumber, known: Collection[str]) -> str | None:
    """Return the e-Gov id of a law number: a known one, or else the id of a government bill's law."""
    for egov_id in sorted(known):
        if _law_number(egov_id) == law:
            return egov_id
    types = {"法律": "AC0", "政令": "CO0"}
    if law.ja in types:
        return f"{law.era}{law.year:02}{types[law.ja]}{law.number:09}"
    return f"{law.era}{law.year:02}M60000002{law.number:03}" if law.ja == "内閣府令" else None

"""Citations printed as a Japanese memo and an English one write them.

In: an `Address` or a `Citation`, titles. Out: 金商法第46条の5第1項ただし書, FIEA art. 46-5(1), proviso. Nothing is looked up.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Literal

from kitei_dsl.citation import EGOV_ID, OWN_SUPPLEMENT, Address, Citation, Kind, Part, Title, Titles, joined
from kitei_dsl.frozen import replace
from kitei_dsl.law_number import law_number_en, law_number_ja
from kitei_dsl.numerals import int_to_letters, int_to_roman, iroha_index

# --- Printing.

PARTS_JA: Mapping[Part, str] = MappingProxyType(
    {"main": "本文", "proviso": "ただし書", "s1": "前段", "s2": "後段", "lead": "柱書"}
)
PARTS_EN: Mapping[Part, str] = MappingProxyType(
    {"main": "main clause", "proviso": "proviso", "s1": "first sentence", "s2": "second sentence", "lead": "chapeau"}
)
UNITS_JA = MappingProxyType({"claim": "主張", "rec": "提言", "outline": "要綱事項"})
UNITS_EN = MappingProxyType({"claim": "claim", "rec": "recommendation", "outline": "outline item"})
ATTACHED_JA = MappingProxyType({"table": ("別表", ""), "form": ("様式", "号"), "annex": ("別紙", "")})
ATTACHED_EN = MappingProxyType({"table": "Appended Table", "form": "Form", "annex": "Annex"})
"""What is attached to a law after its provisions, by the unit that addresses it (`psa/table1`, `cao/form3`)."""


def print_ja(citation: Citation | Address, titles: Titles, single_paragraph: Collection[Address] = frozenset()) -> str:
    """Return a citation as a Japanese memo writes it, in Arabic numerals.

    `single_paragraph` holds the addresses of the articles that have one paragraph only, which the law leaves
    unnumbered: there 第1項 is not printed.

    >>> titles = {"fiea": Title("金商法", "FIEA")}
    >>> print_ja(parse("fiea/46_5/1/proviso"), titles)
    '金商法第46条の5第1項ただし書'
    """
    if isinstance(citation, Citation):
        text = print_ja(citation.address, titles, single_paragraph)
        for via in citation.via:
            text = _VIA_JA[via.kind].format(by=print_ja(via.by, titles, single_paragraph), cited=text)
        return text
    address = _unnumbered(citation, single_paragraph)
    title = _title(address.instrument, titles)
    if address.unit is not None:
        return title.ja + _unit_ja(*address.unit)
    text = _opening_ja(address, title)
    if address.article is not None:
        text += f" {joined(address.article, '.')}節" if title.sections else _counted_ja(address.article, "条")
    if address.paragraph is not None:
        text += f"第{address.paragraph}項"
    if address.item is not None:
        text += _counted_ja(address.item, "号")
    return text + "".join(address.subitems) + (PARTS_JA[address.part] if address.part else "")


def print_en(citation: Citation | Address, titles: Titles, single_paragraph: Collection[Address] = frozenset()) -> str:
    """Return a citation as an English memo writes it; `single_paragraph` as for `print_ja`.

    >>> titles = {"fiea": Title("金商法", "FIEA")}
    >>> print_en(parse("fiea/46_5/1/proviso"), titles)
    'FIEA art. 46-5(1), proviso'
    """
    if isinstance(citation, Citation):
        text = print_en(citation.address, titles, single_paragraph)
        for via in citation.via:
            text = f"{text} {_VIA_EN[via.kind]} {print_en(via.by, titles, single_paragraph)}"
        return text
    address = _unnumbered(citation, single_paragraph)
    title = _title(address.instrument, titles)
    if address.unit is not None:
        word = {**UNITS_EN, **ATTACHED_EN}.get(address.unit[0], address.unit[0])
        return f"{title.en} {word} {joined(address.unit[1], '-')}".rstrip()
    text = _opening_en(address, title)
    if address.article is not None:
        text += f" sec. {joined(address.article, '.')}" if title.sections else f" art. {joined(address.article, '-')}"
    if address.paragraph is not None:
        text += f" para. {address.paragraph}" if address.article is None else f"({address.paragraph})"
    if address.item is not None:
        text += f"({int_to_roman(address.item[0])}{''.join(f'-{branch}' for branch in address.item[1:])})"
    if address.subitems:
        text += f"({int_to_letters(iroha_index(address.subitems[0]))}){''.join(address.subitems[1:])}"
    return text + (f", {PARTS_EN[address.part]}" if address.part else "")


_VIA_JA: Mapping[Kind, str] = MappingProxyType(
    {
        "準用": "{by}において準用する{cited}",
        "読替え": "{by}の規定により読み替えて適用する{cited}",
        "みなし": "{by}の規定によりみなして適用する{cited}",
        "従前の例": "{by}の規定によりなお従前の例によることとされる場合における{cited}",
        "効力を有する": "{by}の規定によりなおその効力を有するものとされる{cited}",
    }
)
_VIA_EN: Mapping[Kind, str] = MappingProxyType(
    {
        "準用": "as applied by",
        "読替え": "as modified and applied by",
        "みなし": "as applied by deeming under",
        "従前の例": "as governed by the former rules under",
        "効力を有する": "as kept in force by",
    }
)


def _unnumbered(address: Address, single_paragraph: Collection[Address]) -> Address:
    """Return an address without its paragraph 1 if its article has no other."""
    if address.paragraph != 1:
        return address
    article = replace(address, paragraph=None, item=None, subitems=(), part=None)
    return replace(address, paragraph=None) if article in single_paragraph else address


def _unit_ja(word: str, numbers: tuple[int, ...]) -> str:
    """Return a unit: 主張3, 別表第1の2, 様式第3号."""
    if word not in ATTACHED_JA:
        return UNITS_JA.get(word, word) + joined(numbers, "の")
    name, counter = ATTACHED_JA[word]
    return name + (f"第{numbers[0]}{counter}" + "".join(f"の{n}" for n in numbers[1:]) if numbers else "")


def _title(instrument: str, titles: Titles) -> Title:
    """Return the names of an instrument; a law known by its e-Gov id alone (`egov-417ac0000000086`) has its number."""
    if instrument in titles:
        return titles[instrument]
    egov = instrument.removeprefix("egov-").upper()
    if instrument.startswith("egov-") and EGOV_ID.fullmatch(egov):
        return Title(law_number_ja(egov), law_number_en(egov))
    return Title(instrument, instrument)


def _opening_ja(address: Address, title: Title) -> str:
    """Return the title, with the supplementary provisions if the address is in them."""
    if address.supplement is None:
        return title.ja
    return f"{title.ja if address.supplement == OWN_SUPPLEMENT else law_number_ja(address.supplement)}附則"


def _opening_en(address: Address, title: Title) -> str:
    if address.supplement is None:
        return title.en
    return (
        f"{title.en} suppl." if address.supplement == OWN_SUPPLEMENT else f"{law_number_en(address.supplement)}, suppl."
    )


def _counted_ja(numbers: tuple[int, ...], counter: Literal["条", "号"]) -> str:
    return f"第{numbers[0]}{counter}" + "".join(f"の{branch}" for branch in numbers[1:])

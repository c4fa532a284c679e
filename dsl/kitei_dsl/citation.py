"""Citations as parsed values: one canonical address, printed and read in Japanese and English.

In: an address (`psa/63_11_2/1/i4_2/イ/main`) or a citation as lawyers write it
(資金決済法第63条の11の2第1項第4号の2イ本文, "PSA art. 63-11-2(1)(iv-2)(a), main clause"). Out: an `Address`.
The one idea: a citation is data with an order and a containment, never a string; reading what was printed
gives the same value back.
Not here: relative citations (前条, 同項), lists and ranges, and whether the cited provision exists.

The grammar of an address, its components joined by `/`:

    instrument   psa                          an identifier in lower case
    supplement   suppl, suppl:508AC…          own supplementary provisions (附則), or those of an amending law
    article      63_11_2                      branch numbers joined by `_`
    paragraph    1                            `p1` where there is no article above it
    item         i4_2
    sub-items    イ, (1), (i)                 three levels, in this order
    part         main proviso s1 s2 lead      本文 ただし書 前段 後段 柱書
    unit         claim3                       in place of all of these, for texts that are no statutes

Every component but the instrument may be left out, with two limits: sub-items stand below an item, and an
item or a part stands below an article or a paragraph. An address that has an item or a part but leaves the
paragraph out (`fiea/208/i7`) is the way to cite an article with a single paragraph.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from kitei_dsl.numerals import (
    IROHA,
    KANJI_CHARACTERS,
    ROMAN_LIMIT,
    int_to_letters,
    int_to_roman,
    iroha,
    iroha_index,
    kanji_to_int,
    letters_to_int,
    roman_to_int,
)

Part = Literal["main", "proviso", "s1", "s2", "lead"]

Kind = Literal["準用", "読替え", "みなし", "従前の例", "効力を有する"]

OWN_SUPPLEMENT = "own"
"""The `supplement` of an address into an instrument's own supplementary provisions."""

PARTS: Mapping[str, Part] = MappingProxyType(
    {"main": "main", "proviso": "proviso", "s1": "s1", "s2": "s2", "lead": "lead"}
)
"""The parts by the component that writes them."""

RESERVED_UNITS = frozenset({"main", "proviso", "lead", "s", "i", "p", "suppl", "art", "sec", "para", "recommendation", "item"})
"""Words no unit may have, because they already mean something in an address or a printed citation."""


class BadAddress(ValueError):  # noqa: N818 (named for what it says of the text)
    """A text is not an address or a citation; the message says what was understood and what was not."""


@dataclass(frozen=True, slots=True)
class Address:
    """A place in an instrument, from the whole instrument down to one sentence.

    Attributes, each None or empty where the address does not go so far:
      instrument: the instrument's identifier.
      supplement: None for the main provisions, `OWN_SUPPLEMENT`, or the e-Gov id of an amending law.
      article: the article number and its branch numbers: (63, 11, 2) is 第63条の11の2.
      paragraph: the paragraph number; paragraphs never branch.
      item: the item number and its branch numbers.
      subitems: the sub-items as written: ("イ", "(1)", "(i)").
      part: the sentence or clause.
      unit: for texts that are no statutes, a word and its numbers: ("claim", (3,)).

    Raises BadAddress for a combination that the grammar in the module header does not allow.
    """

    instrument: str
    supplement: str | None = None
    article: tuple[int, ...] | None = None
    paragraph: int | None = None
    item: tuple[int, ...] | None = None
    subitems: tuple[str, ...] = ()
    part: Part | None = None
    unit: tuple[str, tuple[int, ...]] | None = None

    def __post_init__(self) -> None:
        flaw = _flaw(self)
        if flaw is not None:
            raise BadAddress(flaw)

    def __str__(self) -> str:
        return "/".join(_components(self))

    def covers(self, other: "Address") -> bool:
        """Tell whether another address is at this place or below it.

        A part covers itself only, not the items under it. Where an article or an item has a part or an item
        below it and the paragraph is left out, the article has a single paragraph: as `self` such an
        address covers the same place in any paragraph, as `other` it counts as paragraph 1.

        >>> parse("psa/5").covers(parse("psa/5/1/main")), parse("psa/5/1/main").covers(parse("psa/5/main"))
        (True, True)
        """
        if self.instrument != other.instrument:
            return False
        if _is_whole(self):
            return True
        if (self.supplement, self.unit) != (other.supplement, other.unit):
            return False
        if self.article is not None and self.article != other.article:
            return False
        if self.paragraph is not None and self.paragraph != _effective_paragraph(other):
            return False
        if self.article is None and self.paragraph is not None and other.article is not None:
            return False
        mine, theirs = (self.item, self.subitems, self.part), (other.item, other.subitems, other.part)
        if self.part is not None:
            return mine == theirs
        if self.item is None:
            return True
        return self.item == other.item and self.subitems == other.subitems[: len(self.subitems)]

    def parent(self) -> "Address | None":
        """Return the address one component higher, or None for a whole instrument.

        >>> str(parse("psa/63_11_2/1/i4/イ").parent())
        'psa/63_11_2/1/i4'
        """
        if self.part is not None:
            return replace(self, part=None)
        if self.subitems:
            return replace(self, subitems=self.subitems[:-1])
        for name in ("item", "paragraph", "article", "unit", "supplement"):
            if getattr(self, name) is not None:
                return _without(self, name)
        return None

    def sort_key(self) -> tuple[object, ...]:
        """Return a key that sorts addresses in statutory order; different addresses have different keys.

        Instruments go by identifier. Within one: main provisions, then its own supplementary provisions,
        then those of amending laws by e-Gov id, so by era and year. The parts of a paragraph
        precede its items.
        """
        return (
            self.instrument,
            _SUPPLEMENT_ORDER.get(self.supplement, (2, self.supplement)),
            self.unit or ("", ()),
            self.article or (),
            self.paragraph or 0,
            self.item or (),
            tuple(_subitem_number(level, text) for level, text in enumerate(self.subitems)),
            0 if self.part is None else 1 + _PART_ORDER.index(self.part),
        )


_SUPPLEMENT_ORDER = MappingProxyType({None: (0, ""), OWN_SUPPLEMENT: (1, "")})
_PART_ORDER: tuple[Part, ...] = ("lead", "main", "s1", "proviso", "s2")


@dataclass(frozen=True, slots=True)
class Via:
    """A provision by force of which another applies: how it works, and where it stands.

    `kind`: 準用 (applied to something similar), 読替え (applied as modified), みなし (applied by deeming),
    従前の例 (なお従前の例による: the former rules govern) or 効力を有する (なおその効力を有する: kept in force).
    """

    kind: Kind
    by: Address


@dataclass(frozen=True, slots=True)
class Citation:
    """An address with the provisions by force of which it applies, the nearest first."""

    address: Address
    via: tuple[Via, ...] = ()


@dataclass(frozen=True, slots=True)
class Title:
    """The names of an instrument.

    Attributes:
      ja, en: the short titles that citations print: 資金決済法, PSA.
      aliases: other names that are read but not printed, in either language: formal titles, and the words
        a text defines for itself (法, 令, 府令).
      sections: whether the text is a report in numbered sections, not a statute in articles: `wg/4_1` then
        prints as 4.1節 and "sec. 4.1".
    """

    ja: str
    en: str
    aliases: tuple[str, ...] = ()
    sections: bool = False


Titles = Mapping[str, Title]
"""Instrument identifier to its names. An instrument without a title prints by its identifier."""


# --- The canonical form.

_NUMBER = r"[1-9][0-9]{0,3}"
_INSTRUMENT = re.compile(r"[a-z][a-z0-9_-]*", re.ASCII)
_EGOV_ID = re.compile(r"[1-5][0-9]{2}[A-Z][A-Z0-9]{11}", re.ASCII)
_BRANCHED = re.compile(rf"{_NUMBER}(?:_{_NUMBER})*", re.ASCII)
_UNIT = re.compile(rf"([a-z]+)((?:{_NUMBER}(?:_{_NUMBER})*)?)", re.ASCII)
_SUBITEM_LEVELS = (
    re.compile(f"[{IROHA}]"),
    re.compile(rf"\({_NUMBER}\)", re.ASCII),
    re.compile(r"\([ivxlcdm]+\)", re.ASCII),
)


def parse(text: str) -> Address:
    """Return the address that a canonical text writes.

    Errors: BadAddress, which names the components understood and the one that was not.

    >>> parse("psa/63_11_2/1/i4_2/イ").item
    (4, 2)
    >>> parse("fiea/208/seven")
    Traceback (most recent call last):
    ...
    kitei_dsl.citation.BadAddress: `fiea/208/seven`: understood `fiea/208`, but not `seven`; expected a \
paragraph, an item `iN` or one of main, proviso, s1, s2, lead
    """
    first, *rest = text.split("/")
    if not _INSTRUMENT.fullmatch(first):
        raise BadAddress(f"`{text}` does not begin with an instrument, such as `psa`")
    address = Address(first)
    for component in rest:
        below = _extend(address, component)
        if below is None:
            raise BadAddress(f"`{text}`: understood `{address}`, but not `{component}`; expected {_expected(address)}")
        address = below
    return address


def _extend(address: Address, component: str) -> Address | None:
    """Return the address one component lower, or None if the component cannot stand there."""
    if address.part is not None or address.unit is not None:
        return None
    if address.article is None and address.paragraph is None:
        return _extend_top(address, component)
    if component in PARTS:
        return replace(address, part=PARTS[component])
    if address.item is not None:
        level = len(address.subitems)
        fits = level < len(_SUBITEM_LEVELS) and _is_subitem(level, component)
        return replace(address, subitems=(*address.subitems, component)) if fits else None
    if component.startswith("i") and _BRANCHED.fullmatch(component[1:]):
        item = _numbers(component[1:])
        return replace(address, item=item) if item[0] <= ROMAN_LIMIT else None
    if address.paragraph is None and re.fullmatch(_NUMBER, component, re.ASCII):
        return replace(address, paragraph=int(component))
    return None


def _extend_top(address: Address, component: str) -> Address | None:
    """Return the address with a first component below the instrument or its supplement, or None."""
    if _BRANCHED.fullmatch(component):
        return replace(address, article=_numbers(component))
    if component.startswith("p") and re.fullmatch(_NUMBER, component[1:], re.ASCII):
        return replace(address, paragraph=int(component[1:]))
    if address.supplement is not None:
        return None
    if component == "suppl":
        return replace(address, supplement=OWN_SUPPLEMENT)
    if component.startswith("suppl:"):
        law = component.removeprefix("suppl:")
        return replace(address, supplement=law) if _EGOV_ID.fullmatch(law) else None
    unit = _UNIT.fullmatch(component)
    if unit is None or unit[1] in RESERVED_UNITS:
        return None
    return replace(address, unit=(unit[1], _numbers(unit[2]) if unit[2] else ()))


def _expected(address: Address) -> str:
    """Say what may follow an address, for messages."""
    parts = f"one of {', '.join(PARTS)}"
    if address.part is not None or address.unit is not None:
        return "the end"
    if address.article is None and address.paragraph is None:
        top = "an article such as `63_11_2`, or a paragraph without article such as `p1`"
        return top if address.supplement else f"{top}, `suppl`, `suppl:` and an e-Gov id, or a unit such as `claim3`"
    if address.item is not None:
        levels = ("a sub-item イ, ロ, …", "a sub-item (1), (2), …", "a sub-item (i), (ii), …")
        return " or ".join((*levels[len(address.subitems) :][:1], parts))
    return f"an item `iN` or {parts}" if address.paragraph else f"a paragraph, an item `iN` or {parts}"


def _components(address: Address) -> list[str]:
    """Return the components of an address in order."""
    components = [address.instrument]
    if address.supplement is not None:
        components.append("suppl" if address.supplement == OWN_SUPPLEMENT else f"suppl:{address.supplement}")
    if address.unit is not None:
        components.append(address.unit[0] + _joined(address.unit[1], "_"))
    if address.article is not None:
        components.append(_joined(address.article, "_"))
    if address.paragraph is not None:
        components.append(f"{'p' if address.article is None else ''}{address.paragraph}")
    if address.item is not None:
        components.append("i" + _joined(address.item, "_"))
    components.extend(address.subitems)
    if address.part is not None:
        components.append(address.part)
    return components


def _flaw(address: Address) -> str | None:
    """Return what is wrong with the fields of an address taken together, or None."""
    numbers = (*(address.article or ()), *(address.item or ()), *(address.unit[1] if address.unit else ()))
    below = address.article or address.paragraph or address.item or address.subitems or address.part
    law = address.supplement
    checks = (
        (not _INSTRUMENT.fullmatch(address.instrument), f"`{address.instrument}` is no instrument"),
        (law not in (None, OWN_SUPPLEMENT) and not _EGOV_ID.fullmatch(str(law)), f"`{law}` is no e-Gov id"),
        (() in (address.article, address.item), "an article or an item has at least one number"),
        (any(not 1 <= n <= 9999 for n in numbers), f"a number is outside 1 to 9999: {numbers}"),
        (address.paragraph is not None and not 1 <= address.paragraph <= 9999, "a paragraph is outside 1 to 9999"),
        (address.item is not None and address.item[:1] > (ROMAN_LIMIT,), f"an item is above {ROMAN_LIMIT}"),
        (bool(address.subitems) and address.item is None, "sub-items stand below an item"),
        (
            bool(address.item or address.part) and address.article is None and address.paragraph is None,
            "an item or a part stands below an article or a paragraph",
        ),
        (
            len(address.subitems) > len(_SUBITEM_LEVELS)
            or any(not _is_subitem(level, text) for level, text in enumerate(address.subitems)),
            f"sub-items go イ, (1), (i), found {', '.join(address.subitems)}",
        ),
        (address.unit is not None and bool(below or law), "a unit stands alone below its instrument"),
        (address.unit is not None and not _is_unit_word(address.unit[0]), f"no unit has the name of {address.unit}"),
    )
    return next((message for wrong, message in checks if wrong), None)


def _is_unit_word(word: str) -> bool:
    return word not in RESERVED_UNITS and re.fullmatch("[a-z]+", word, re.ASCII) is not None


def _is_whole(address: Address) -> bool:
    """Tell whether an address is a whole instrument."""
    return (address.supplement, address.unit, address.article, address.paragraph) == (None, None, None, None)


def _effective_paragraph(address: Address) -> int | None:
    """Return the paragraph, taking it as 1 where something stands directly below an article."""
    if address.paragraph is None and (address.item is not None or address.part is not None):
        return 1
    return address.paragraph


def _without(address: Address, name: str) -> Address:
    """Return an address with one of its fields taken away."""
    match name:
        case "item":
            return replace(address, item=None)
        case "paragraph":
            return replace(address, paragraph=None)
        case "article":
            return replace(address, article=None)
        case "unit":
            return replace(address, unit=None)
        case _:
            return replace(address, supplement=None)


def _is_subitem(level: int, text: str) -> bool:
    """Tell whether a text is a sub-item of a level: 0 for イ, 1 for (1), 2 for (i)."""
    if not _SUBITEM_LEVELS[level].fullmatch(text):
        return False
    if level < 2:
        return True
    try:
        roman_to_int(text[1:-1])
    except ValueError:
        return False
    return True


def _subitem_number(level: int, text: str) -> int:
    """Return the place of a sub-item among its siblings, from 1."""
    if level == 0:
        return iroha_index(text)
    return int(text[1:-1]) if level == 1 else roman_to_int(text[1:-1])


def _numbers(text: str, separator: str = "_") -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(separator))


def _joined(numbers: tuple[int, ...], separator: str) -> str:
    return separator.join(str(number) for number in numbers)


# --- The numbers of amending laws, which e-Gov ids encode: era, year, type, number.

_ERAS = (
    ("明治", "Meiji", 1867),
    ("大正", "Taisho", 1911),
    ("昭和", "Showa", 1925),
    ("平成", "Heisei", 1988),
    ("令和", "Reiwa", 2018),
)
"""Each era with the year before its first, in the order of the first digit of an e-Gov id, from 1."""

_LAW_TYPES = (
    ("AC", "法律", "Act"),
    ("CO", "政令", "Cabinet Order"),
    ("M60000002", "内閣府令", "Cabinet Office Ordinance"),
    ("M", "府省令", "Ministerial Ordinance"),
)
"""Beginnings of the type in an e-Gov id, with their names; the first that fits counts."""


@dataclass(frozen=True, slots=True)
class _LawNumber:
    """A law number: 令和8年法律第64号 is (5, 8, 法律, Act, 64)."""

    era: int
    year: int
    ja: str
    en: str
    number: int


def _law_number(egov_id: str) -> _LawNumber | None:
    """Return the law number that an e-Gov id encodes, or None for a type without a number here.

    The last three digits of an ordinance's id and the last nine of any other are its number; the digit
    before them says who brought a bill in and is no part of the number.
    """
    era, year, rest = int(egov_id[0]), int(egov_id[1:3]), egov_id[3:]
    for prefix, ja, en in _LAW_TYPES:
        digits = rest[-3:] if prefix.startswith("M") else rest[-9:]
        if rest.startswith(prefix) and digits.isdigit():
            return _LawNumber(era, year, ja, en, int(digits))
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
    text = f"{_ERAS[law.era - 1][0]}{year}年{law.ja}第{law.number}号"
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
    _, era, before = _ERAS[law.era - 1]
    western = before + law.year
    shared = any(western == other[2] + 1 for other in _ERAS[1:])
    text = f"{law.en} No. {law.number} of {western}" + (f" ({era} {law.year})" if shared else "")
    return f"{text} [{egov_id}]" if law.ja == "府省令" else text


def _egov_id(law: _LawNumber, known: Collection[str]) -> str | None:
    """Return the e-Gov id of a law number: a known one, or else the id of a government bill's law."""
    for egov_id in sorted(known):
        if _law_number(egov_id) == law:
            return egov_id
    types = {"法律": "AC0", "政令": "CO0"}
    if law.ja in types:
        return f"{law.era}{law.year:02}{types[law.ja]}{law.number:09}"
    return f"{law.era}{law.year:02}M60000002{law.number:03}" if law.ja == "内閣府令" else None


# --- Printing.

_PARTS_JA: Mapping[Part, str] = MappingProxyType(
    {"main": "本文", "proviso": "ただし書", "s1": "前段", "s2": "後段", "lead": "柱書"}
)
_PARTS_EN: Mapping[Part, str] = MappingProxyType(
    {"main": "main clause", "proviso": "proviso", "s1": "first sentence", "s2": "second sentence", "lead": "chapeau"}
)
_UNITS_JA = MappingProxyType({"claim": "主張", "rec": "提言", "outline": "要綱事項"})
_UNITS_EN = MappingProxyType({"claim": "claim", "rec": "recommendation", "outline": "outline item"})


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
        return title.ja + _UNITS_JA.get(address.unit[0], address.unit[0]) + _joined(address.unit[1], "の")
    text = _opening_ja(address, title)
    if address.article is not None:
        text += f" {_joined(address.article, '.')}節" if title.sections else _counted_ja(address.article, "条")
    if address.paragraph is not None:
        text += f"第{address.paragraph}項"
    if address.item is not None:
        text += _counted_ja(address.item, "号")
    return text + "".join(address.subitems) + (_PARTS_JA[address.part] if address.part else "")


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
        word = _UNITS_EN.get(address.unit[0], address.unit[0])
        return f"{title.en} {word} {_joined(address.unit[1], '-')}".rstrip()
    text = _opening_en(address, title)
    if address.article is not None:
        text += f" sec. {_joined(address.article, '.')}" if title.sections else f" art. {_joined(address.article, '-')}"
    if address.paragraph is not None:
        text += f" para. {address.paragraph}" if address.article is None else f"({address.paragraph})"
    if address.item is not None:
        text += f"({int_to_roman(address.item[0])}{''.join(f'-{branch}' for branch in address.item[1:])})"
    if address.subitems:
        text += f"({int_to_letters(iroha_index(address.subitems[0]))}){''.join(address.subitems[1:])}"
    return text + (f", {_PARTS_EN[address.part]}" if address.part else "")


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
    article = replace(address, paragraph=None, item=None, subitems=(), part=None)
    return replace(address, paragraph=None) if address.paragraph == 1 and article in single_paragraph else address


def _title(instrument: str, titles: Titles) -> Title:
    return titles[instrument] if instrument in titles else Title(instrument, instrument)


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


# --- Reading.

_N = rf"(?:[0-9]{{1,4}}|[{KANJI_CHARACTERS}]+)"
_ERA_JA = "|".join(era[0] for era in _ERAS)
_LAW_JA = re.compile(
    rf"(?:(?P<id>{_EGOV_ID.pattern})|(?P<era>{_ERA_JA})(?P<year>元|{_N})年"
    rf"(?P<type>法律|政令|内閣府令|府省令)第(?P<number>{_N})号(?:\((?P<note>{_EGOV_ID.pattern})\))?)附則"
)
_LAW_EN = re.compile(
    rf"(?:(?P<id>{_EGOV_ID.pattern})|(?P<type>Act|Cabinet Order|Cabinet Office Ordinance|Ministerial Ordinance) "
    rf"No\. ?(?P<number>[0-9]+) of (?P<western>[0-9]{{4}})(?: \((?P<era>[A-Z][a-z]+) [0-9]+\))?"
    rf"(?: \[(?P<note>{_EGOV_ID.pattern})\])?), suppl\."
)
_PLACE_JA = re.compile(
    rf"(?:第?(?P<article>{_N})条(?P<branches>(?:の{_N})*)|(?P<section>[0-9]+(?:\.[0-9]+)*)節)?"
    rf"(?:第(?P<paragraph>{_N})項)?"
    rf"(?:第(?P<item>{_N})号(?P<item_branches>(?:の{_N})*))?"
    rf"(?:(?P<katakana>[{IROHA}])(?:\((?P<digits>[0-9]+)\)(?:\((?P<roman>[ivxlcdm]+)\))?)?)?"
    r"(?P<part>本文|ただし書き?|但書|前段|後段|柱書|各号列記以外の部分)?"
)
_PLACE_EN = re.compile(
    r"(?:(?:[Aa]rt\.|[Aa]rticle) ?(?P<article>[0-9]+(?:-[0-9]+)*)|[Ss]ec\. ?(?P<section>[0-9]+(?:\.[0-9]+)*)"
    r"|[Pp]ara(?:\.|graph) ?\(?(?P<paragraph>[0-9]+)\)?)?"
    r"(?P<brackets>(?:\([^()]*\))*)"
    r"(?:, ?(?P<part>main clause|proviso|first sentence|second sentence|chapeau))?"
)
_UNIT_JA = re.compile(r"(?P<word>主張|提言|[a-z]+)(?P<numbers>(?:[0-9]+(?:の[0-9]+)*)?)")
_UNIT_EN = re.compile(r"(?P<word>[a-z]+)(?: (?P<numbers>[0-9]+(?:-[0-9]+)*))?")
_READ_PARTS_JA: Mapping[str, Part] = MappingProxyType(
    {
        **{name: part for part, name in _PARTS_JA.items()},
        "ただし書き": "proviso",
        "但書": "proviso",
        "各号列記以外の部分": "lead",
    }
)
_READ_PARTS_EN: Mapping[str, Part] = MappingProxyType({name: part for part, name in _PARTS_EN.items()})
_SAME_JA = ("この法律", "この政令", "この府令", "同府令", "同政令", "同法", "同令", "本法", "法")
_SAME_EN = ("the same Act", "the Act", "this Act")


def read_ja(text: str, titles: Titles, within: Address | None = None, supplements: Collection[str] = ()) -> Address:
    """Return the address that one Japanese citation names.

    Numbers may be in kanji, Arabic or full-width digits. 同法, 法 or no title at all means the instrument of
    `within`; a bare 第N項 or 第N号 stands in its article. A title or alias in `titles` comes before these
    words, so an ordinance may define 法 as its Act. `supplements` holds the e-Gov ids of known amending
    laws; a law number not among them is taken as that of a government bill.
    Errors: BadAddress, which says what was understood and what was not. Relative words (前条) are not read.

    >>> titles = {"fiea": Title("金商法", "FIEA")}
    >>> str(read_ja("金商法第四十六条の五第一項ただし書", titles))
    'fiea/46_5/1/proviso'
    """
    plain = _plain_ja(text)
    opening = _named(plain, _names(titles, "ja"), within, _SAME_JA) or _amending_law_ja(plain, within, supplements)
    address, rest, named = opening or _unnamed(text, plain, within)
    if address.supplement is None and rest.startswith("附則"):
        address, rest = replace(address, supplement=_supplement(named, within)), rest.removeprefix("附則")
        named = True  # 附則第2項 stands in no article
    unit = _UNIT_JA.fullmatch(rest)
    if unit is not None:
        return _unit(text, address, {name: word for word, name in _UNITS_JA.items()}, unit, "の")
    place = _PLACE_JA.match(rest)
    assert place is not None, "INVARIANT: every group of the pattern is optional"
    _refuse_rest(text, plain, rest[place.end() :])
    return _built(text, lambda: _standing(_place_ja(place), address, None if named else within))


def read_en(text: str, titles: Titles, within: Address | None = None, supplements: Collection[str] = ()) -> Address:
    """Return the address that one English citation names, in the short form or the long.

    The short form is "FIEA art. 46-5(1), proviso", the long "FIEA Article 46-5, paragraph (1), proviso".
    "the Act" or no title means the instrument of `within`, as does a bare paragraph; `supplements` as for `read_ja`.
    Errors: BadAddress as for `read_ja`; a law number of a year that two eras share needs its era.

    >>> titles = {"fibo": Title("金商業等府令", "FIBO")}
    >>> str(read_en("FIBO art. 175(1)(i)(a)", titles))
    'fibo/175/1/i1/イ'
    """
    plain = _plain_en(text)
    opening = _named(plain, _names(titles, "en"), within, _SAME_EN) or _amending_law_en(plain, within, supplements)
    address, rest, named = opening or _unnamed(text, plain, within)
    rest = rest.lstrip(" ,")
    if address.supplement is None and rest.startswith("suppl."):
        address, rest = replace(address, supplement=_supplement(named, within)), rest.removeprefix("suppl.").lstrip()
        named = True
    unit = _UNIT_EN.fullmatch(rest)
    if unit is not None:
        return _unit(text, address, {name: word for word, name in _UNITS_EN.items()}, unit, "-")
    place = _PLACE_EN.match(rest)
    assert place is not None, "INVARIANT: every group of the pattern is optional"
    _refuse_rest(text, plain, rest[place.end() :])
    return _built(text, lambda: _standing(_place_en(place), address, None if named else within))


def read_any(text: str, titles: Titles, within: Address | None = None, supplements: Collection[str] = ()) -> Address:
    """Return the address that a text names in any of the three forms: canonical, Japanese or English.

    Errors: BadAddress, with the message of the form that the text looks like.
    """
    looks_japanese = re.search(r"[第条項号附則]|[\u3040-\u30ff]", text) is not None
    if "/" in text or _INSTRUMENT.fullmatch(text):
        return parse(text)
    if looks_japanese or _begins(text, titles, "ja"):
        return read_ja(text, titles, within, supplements)
    return read_en(text, titles, within, supplements)


_Opening = tuple[Address, str, bool]
"""The instrument a citation begins with, the text after it, and whether the text named it."""


def _names(titles: Titles, language: Literal["ja", "en"]) -> dict[str, set[str]]:
    """Return every name that may begin a citation, in the form `_plain_ja` or `_plain_en` gives to texts."""
    names: dict[str, set[str]] = {}
    for instrument, title in titles.items():
        for name in (title.ja if language == "ja" else title.en, *title.aliases):
            names.setdefault(_plain_ja(name) if language == "ja" else _plain_en(name), set()).add(instrument)
    return names


def _begins(text: str, titles: Titles, language: Literal["ja", "en"]) -> bool:
    return _named(_plain_ja(text), _names(titles, language), None, ()) is not None


def _named(plain: str, names: Mapping[str, set[str]], within: Address | None, same: tuple[str, ...]) -> _Opening | None:
    """Return the opening by the longest name that begins a text, or by a word for the instrument of `within`."""
    found = max((name for name in names if _starts_with_name(plain, name)), key=len, default=None)
    if found is not None:
        instruments = sorted(names[found])
        if len(instruments) > 1:
            raise BadAddress(f"`{plain}`: `{found}` names {' and '.join(instruments)}")
        return Address(instruments[0]), plain.removeprefix(found), True
    word = next((word for word in same if plain.startswith(word)), None)
    if word is None or within is None:
        return None
    return Address(within.instrument), plain.removeprefix(word), True


def _starts_with_name(plain: str, name: str) -> bool:
    """Tell whether a text begins with a name that ends where a word ends: FIEA does not begin "FIEAX"."""
    after = plain[len(name) : len(name) + 1]
    return plain.startswith(name) and not (name[-1:].isascii() and after.isascii() and after.isupper())


def _unnamed(text: str, plain: str, within: Address | None) -> _Opening:
    """Return the opening of a citation without a title: the instrument of `within`."""
    if within is None or not plain:
        raise BadAddress(f"`{text}` begins with no known title, and no instrument is given for it to be within")
    return Address(within.instrument), plain, False


def _supplement(named: bool, within: Address | None) -> str:
    """Return which supplementary provisions a bare 附則 means: those it stands in, or the instrument's own."""
    return within.supplement if not named and within is not None and within.supplement else OWN_SUPPLEMENT


def _amending_law_ja(plain: str, within: Address | None, supplements: Collection[str]) -> _Opening | None:
    """Return the opening 令和8年法律第64号附則, a supplement of the instrument of `within`."""
    found = _LAW_JA.match(plain)
    if found is None:
        return None
    egov_id = found["id"] or found["note"]
    if egov_id is None:
        era = next(place for place, names in enumerate(_ERAS, start=1) if names[0] == found["era"])
        year = 1 if found["year"] == "元" else _int_ja(found["year"])
        english = next(en for _, ja, en in _LAW_TYPES if ja == found["type"])
        law = _LawNumber(era, year, found["type"], english, _int_ja(found["number"]))
        egov_id = _egov_id(law, _known(within, supplements))
    return _amended(plain, found, egov_id, within)


def _amending_law_en(plain: str, within: Address | None, supplements: Collection[str]) -> _Opening | None:
    """Return the opening "Act No. 64 of 2026, suppl.", a supplement of the instrument of `within`."""
    found = _LAW_EN.match(plain)
    if found is None:
        return None
    egov_id = found["id"] or found["note"]
    if egov_id is None:
        western = int(found["western"])
        eras = [place for place, era in enumerate(_ERAS, start=1) if _in_era(western, place)]
        eras = [place for place in eras if found["era"] in (None, _ERAS[place - 1][1])]
        if len(eras) != 1:
            raise BadAddress(f"`{plain}`: the year {western} needs its era, such as (Heisei 31) or (Reiwa 1)")
        japanese = next(ja for _, ja, en in _LAW_TYPES if en == found["type"])
        year = western - _ERAS[eras[0] - 1][2]
        law = _LawNumber(eras[0], year, japanese, found["type"], int(found["number"]))
        egov_id = _egov_id(law, _known(within, supplements))
    return _amended(plain, found, egov_id, within)


def _in_era(western: int, era: int) -> bool:
    """Tell whether a western year has a day in an era, given by its number."""
    last = _ERAS[era][2] + 1 if era < len(_ERAS) else 9999
    return _ERAS[era - 1][2] < western <= last


def _known(within: Address | None, supplements: Collection[str]) -> Collection[str]:
    """Return the e-Gov ids a law number is looked up in; the supplement a citation stands in is one."""
    here = within.supplement if within is not None else None
    return {*supplements, here} if here and here != OWN_SUPPLEMENT else supplements


def _amended(plain: str, found: re.Match[str], egov_id: str | None, within: Address | None) -> _Opening:
    """Return the opening by an amending law, or refuse one that cannot be placed."""
    if egov_id is None:
        raise BadAddress(f"`{plain}`: no e-Gov id is known for `{found[0]}`")
    if within is None:
        raise BadAddress(f"`{plain}`: `{found[0]}` amends an instrument that is not given")
    return Address(within.instrument, supplement=egov_id), plain[found.end() :], True


def _refuse_rest(text: str, plain: str, unread: str) -> None:
    """Refuse a citation of which something is left unread."""
    if unread:
        understood = plain.removesuffix(unread)
        raise BadAddress(f"`{text}`: understood {f'`{understood}`' if understood else 'nothing'}, but not `{unread}`")


def _built(text: str, build: Callable[[], Address]) -> Address:
    """Return the address that is built, or refuse the citation with the reason why none can be."""
    try:
        return build()
    except ValueError as flaw:
        raise BadAddress(f"`{text}`: {flaw}") from flaw


def _unit(
    text: str, address: Address, words: Mapping[str, str], found: re.Match[str], separator: Literal["の", "-"]
) -> Address:
    """Return a unit of a text that is no statute: 主張3, "claim 3"."""
    numbers = _numbers(found["numbers"], separator) if found["numbers"] else ()
    return _built(text, lambda: replace(address, unit=(words.get(found["word"], found["word"]), numbers)))


@dataclass(frozen=True, slots=True)
class _Place:
    """What a citation says after its opening; the fields are those of `Address`."""

    article: tuple[int, ...] | None
    paragraph: int | None
    item: tuple[int, ...] | None
    subitems: tuple[str, ...]
    part: Part | None


def _standing(place: _Place, opening: Address, within: Address | None) -> Address:
    """Return a place in an instrument; one without an article stands in the article of `within`, if given."""
    article, paragraph, supplement = place.article, place.paragraph, opening.supplement
    if article is None and within is not None:
        article, supplement = within.article, within.supplement
        paragraph = within.paragraph if paragraph is None else paragraph
    return Address(opening.instrument, supplement, article, paragraph, place.item, place.subitems, place.part)


def _place_ja(found: re.Match[str]) -> _Place:
    """Return the place that a match of `_PLACE_JA` names."""
    subitems = [found["katakana"]] if found["katakana"] else []
    return _Place(
        article=_numbers(found["section"], ".") if found["section"] else _branched_ja(found, "article", "branches"),
        paragraph=_int_ja(found["paragraph"]) if found["paragraph"] else None,
        item=_branched_ja(found, "item", "item_branches"),
        subitems=(*subitems, *(f"({found[level]})" for level in ("digits", "roman") if found[level])),
        part=_READ_PARTS_JA[found["part"]] if found["part"] else None,
    )


def _place_en(found: re.Match[str]) -> _Place:
    """Return the place that a match of `_PLACE_EN` names; a bracket means what its position lets it mean."""
    article = _numbers(found["article"], "-") if found["article"] else None
    paragraph = int(found["paragraph"]) if found["paragraph"] else None
    brackets = re.findall(r"\(([^()]*)\)", found["brackets"])
    if paragraph is None and brackets and brackets[0].isdigit():
        paragraph = int(brackets.pop(0))
    item = _item_en(brackets.pop(0)) if brackets else None
    subitems = [iroha(letters_to_int(brackets.pop(0)))] if brackets else []
    return _Place(
        article=_numbers(found["section"], ".") if found["section"] else article,
        paragraph=paragraph,
        item=item,
        subitems=(*subitems, *(f"({bracket})" for bracket in brackets)),
        part=_READ_PARTS_EN[found["part"]] if found["part"] else None,
    )


def _item_en(text: str) -> tuple[int, ...]:
    """Return the number of an item written iv or iv-3."""
    roman, *branches = text.split("-")
    return roman_to_int(roman), *(int(branch) for branch in branches)


def _branched_ja(found: re.Match[str], number: str, branches: str) -> tuple[int, ...] | None:
    """Return a number with its branch numbers, by the names of the two groups that hold them."""
    if found[number] is None:
        return None
    return _int_ja(found[number]), *(_int_ja(branch) for branch in (found[branches] or "").split("の")[1:])


def _int_ja(text: str) -> int:
    return int(text) if text.isdigit() and text.isascii() else kanji_to_int(text)


def _plain_ja(text: str) -> str:
    """Return a text with one form for each character (full-width digits and brackets made plain) and no spaces."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _plain_en(text: str) -> str:
    """Return a text with plain hyphens and single spaces, its long form of citing made short."""
    plain = re.sub(r"[\u2010-\u2015]", "-", unicodedata.normalize("NFKC", text))
    plain = re.sub(r"\s+", " ", plain).strip()
    return re.sub(r"(?<=[0-9)]), ?(?:(?:paragraph|item|sub-item) ?)?\(", "(", plain)

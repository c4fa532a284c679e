"""Citations as parsed values: one canonical address, printed and read in Japanese and English.

In: an address (`psa/63_11_2/1/i4_2/イ/main`) or a citation as lawyers write it
(資金決済法第63条の11の2第1項第4号の2イ本文, "PSA art. 63-11-2(1)(iv-2)(a), main clause"). Out: an `Address`.
The one idea: a citation is data with an order and a containment, never a string; reading what was printed
gives the same value back.
Not here: relative citations (前条, 同項), lists and ranges, which are in `passage`; whether the cited provision exists.

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
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from kitei_dsl.frozen import Frozen, replace
from kitei_dsl.numerals import (
    IROHA,
    ROMAN_LIMIT,
    iroha_index,
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

RESERVED_UNITS = frozenset(
    {"main", "proviso", "lead", "s", "i", "p", "suppl", "art", "sec", "para", "recommendation", "item"}
)
"""Words no unit may have, because they already mean something in an address or a printed citation."""


class BadAddress(ValueError):
    """A text is not an address or a citation; the message says what was understood and what was not."""


class Address(Frozen):
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


class Via(Frozen):
    """A provision by force of which another applies: how it works, and where it stands.

    `kind`: 準用 (applied to something similar), 読替え (applied as modified), みなし (applied by deeming),
    従前の例 (なお従前の例による: the former rules govern) or 効力を有する (なおその効力を有する: kept in force).
    """

    kind: Kind
    by: Address


class Citation(Frozen):
    """An address with the provisions by force of which it applies, the nearest first."""

    address: Address
    via: tuple[Via, ...] = ()


def parse_citation(text: str) -> "Citation | Address":
    """Return the citation that a canonical text writes: an address, or one that applies by force of another (準用), which
    may itself apply by force of a third.

    >>> parse_citation("psa/63_11/3 via psa/63_11_2/2").via[0].by.paragraph
    2
    >>> [via.by.article for via in parse_citation("psa/9 via psa/22 via psa/30").via]
    [(22,), (30,)]
    """
    cited, *by = text.split(" via ")
    return Citation(parse(cited), tuple(Via("準用", parse(b)) for b in by)) if by else parse(cited)


class Title(Frozen):
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

MAX_LENGTH = 400
"""Characters of an address or a citation."""

_NUMBER = r"[1-9][0-9]{0,3}"
INSTRUMENT_ID = re.compile(r"[a-z][a-z0-9_-]*", re.ASCII)
EGOV_ID = re.compile(r"[1-5][0-9]{2}[A-Z][A-Z0-9]{11}", re.ASCII)
_BRANCHED = re.compile(rf"{_NUMBER}(?:_{_NUMBER})*", re.ASCII)
_UNIT = re.compile(rf"([a-z]+)((?:{_NUMBER}(?:_{_NUMBER})*)?)", re.ASCII)
_SUBITEM_LEVELS = (
    re.compile(f"[{IROHA}]"),
    re.compile(rf"\({_NUMBER}\)", re.ASCII),
    re.compile(r"\([ivxlcdm]+\)", re.ASCII),
)


@lru_cache(maxsize=32768)
def parse(text: str) -> Address:
    """Return the address that a canonical text writes. An address never changes, so what was read lately is kept.

    Errors: BadAddress, which names the components understood and the one that was not.

    >>> parse("psa/63_11_2/1/i4_2/イ").item
    (4, 2)
    >>> parse("fiea/208/seven")
    Traceback (most recent call last):
    ...
    kitei_dsl.citation.BadAddress: `fiea/208/seven`: understood `fiea/208`, but not `seven`; expected a \
paragraph, an item `iN` or one of main, proviso, s1, s2, lead
    """
    refuse_long(text)
    first, *rest = text.split("/")
    if not INSTRUMENT_ID.fullmatch(first):
        raise BadAddress(f"`{text}` does not begin with an instrument, such as `psa`")
    address = Address(first)
    for component in rest:
        below = _extend(address, component)
        if below is None:
            raise BadAddress(f"`{text}`: understood `{address}`, but not `{component}`; expected {_expected(address)}")
        address = below
    return address


def refuse_long(text: str) -> None:
    """Raise BadAddress for a text longer than any citation, before anything is done with it."""
    if len(text) > MAX_LENGTH:
        raise BadAddress(f"`{text[:60]}…` has {len(text)} characters; a citation has at most {MAX_LENGTH}")


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
        item = numbers_in(component[1:])
        return replace(address, item=item) if item[0] <= ROMAN_LIMIT else None
    if address.paragraph is None and re.fullmatch(_NUMBER, component, re.ASCII):
        return replace(address, paragraph=int(component))
    return None


def _extend_top(address: Address, component: str) -> Address | None:
    """Return the address with a first component below the instrument or its supplement, or None."""
    if _BRANCHED.fullmatch(component):
        return replace(address, article=numbers_in(component))
    if component.startswith("p") and re.fullmatch(_NUMBER, component[1:], re.ASCII):
        return replace(address, paragraph=int(component[1:]))
    if address.supplement is not None:
        return None
    if component == "suppl":
        return replace(address, supplement=OWN_SUPPLEMENT)
    if component.startswith("suppl:"):
        law = component.removeprefix("suppl:")
        return replace(address, supplement=law) if EGOV_ID.fullmatch(law) else None
    unit = _UNIT.fullmatch(component)
    if unit is None or unit[1] in RESERVED_UNITS:
        return None
    return replace(address, unit=(unit[1], numbers_in(unit[2]) if unit[2] else ()))


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
        components.append(address.unit[0] + joined(address.unit[1], "_"))
    if address.article is not None:
        components.append(joined(address.article, "_"))
    if address.paragraph is not None:
        components.append(f"{'p' if address.article is None else ''}{address.paragraph}")
    if address.item is not None:
        components.append("i" + joined(address.item, "_"))
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
        (not INSTRUMENT_ID.fullmatch(address.instrument), f"`{address.instrument}` is no instrument"),
        (law not in (None, OWN_SUPPLEMENT) and not EGOV_ID.fullmatch(str(law)), f"`{law}` is no e-Gov id"),
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
    return word not in RESERVED_UNITS and re.fullmatch("[a-z]{1,40}", word, re.ASCII) is not None


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


def numbers_in(text: str, separator: str = "_") -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(separator))


def joined(numbers: tuple[int, ...], separator: str) -> str:
    return separator.join(str(number) for number in numbers)

"""Citations read as lawyers write them, in kanji, Arabic or full-width numerals, in Japanese and English.

In: a text, titles, the address it stands in. Out: an `Address`; `BadAddress` says what was understood and what was not.
Not here: relative citations (前条, 同項), lists and ranges.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from kitei_dsl.citation import (
    EGOV_ID,
    INSTRUMENT_ID,
    OWN_SUPPLEMENT,
    Address,
    BadAddress,
    Part,
    Titles,
    numbers_in,
    parse,
)
from kitei_dsl.citation_print import PARTS_EN, PARTS_JA, UNITS_EN, UNITS_JA
from kitei_dsl.law_number import ERAS, LAW_TYPES, LawNumber, egov_id_of
from kitei_dsl.numerals import IROHA, KANJI_CHARACTERS, iroha, kanji_to_int, letters_to_int, roman_to_int

# --- Reading.

_N = rf"(?:[0-9]{{1,4}}|[{KANJI_CHARACTERS}]+)"
_ERA_JA = "|".join(era[0] for era in ERAS)
_LAW_JA = re.compile(
    rf"(?:(?P<id>{EGOV_ID.pattern})|(?P<era>{_ERA_JA})(?P<year>元|{_N})年"
    rf"(?P<type>法律|政令|内閣府令|府省令)第(?P<number>{_N})号(?:\((?P<note>{EGOV_ID.pattern})\))?)附則"
)
_LAW_EN = re.compile(
    rf"(?:(?P<id>{EGOV_ID.pattern})|(?P<type>Act|Cabinet Order|Cabinet Office Ordinance|Ministerial Ordinance) "
    rf"No\. ?(?P<number>[0-9]+) of (?P<western>[0-9]{{4}})(?: \((?P<era>[A-Z][a-z]+) [0-9]+\))?"
    rf"(?: \[(?P<note>{EGOV_ID.pattern})\])?), suppl\."
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
_UNIT_JA = re.compile(r"(?P<word>主張|提言|要綱事項|[a-z]+)(?P<numbers>(?:[0-9]+(?:の[0-9]+)*)?)")
_UNIT_EN = re.compile(r"(?P<word>outline item|[a-z]+)(?: (?P<numbers>[0-9]+(?:-[0-9]+)*))?")
_READ_PARTS_JA: Mapping[str, Part] = MappingProxyType(
    {
        **{name: part for part, name in PARTS_JA.items()},
        "ただし書き": "proviso",
        "但書": "proviso",
        "各号列記以外の部分": "lead",
    }
)
_READ_PARTS_EN: Mapping[str, Part] = MappingProxyType({name: part for part, name in PARTS_EN.items()})
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
        return _unit(text, address, {name: word for word, name in UNITS_JA.items()}, unit, "の")
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
        return _unit(text, address, {name: word for word, name in UNITS_EN.items()}, unit, "-")
    place = _PLACE_EN.match(rest)
    assert place is not None, "INVARIANT: every group of the pattern is optional"
    _refuse_rest(text, plain, rest[place.end() :])
    return _built(text, lambda: _standing(_place_en(place), address, None if named else within))


def read_any(text: str, titles: Titles, within: Address | None = None, supplements: Collection[str] = ()) -> Address:
    """Return the address that a text names in any of the three forms: canonical, Japanese or English.

    Errors: BadAddress, with the message of the form that the text looks like.
    """
    looks_japanese = re.search(r"[第条項号附則]|[\u3040-\u30ff]", text) is not None
    if "/" in text or INSTRUMENT_ID.fullmatch(text):
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
        era = next(place for place, names in enumerate(ERAS, start=1) if names[0] == found["era"])
        year = 1 if found["year"] == "元" else _int_ja(found["year"])
        english = next(en for _, ja, en in LAW_TYPES if ja == found["type"])
        law = LawNumber(era, year, found["type"], english, _int_ja(found["number"]))
        egov_id = egov_id_of(law, _known(within, supplements))
    return _amended(plain, found, egov_id, within)


def _amending_law_en(plain: str, within: Address | None, supplements: Collection[str]) -> _Opening | None:
    """Return the opening "Act No. 64 of 2026, suppl.", a supplement of the instrument of `within`."""
    found = _LAW_EN.match(plain)
    if found is None:
        return None
    egov_id = found["id"] or found["note"]
    if egov_id is None:
        western = int(found["western"])
        eras = [place for place, era in enumerate(ERAS, start=1) if _in_era(western, place)]
        eras = [place for place in eras if found["era"] in (None, ERAS[place - 1][1])]
        if len(eras) != 1:
            raise BadAddress(f"`{plain}`: the year {western} needs its era, such as (Heisei 31) or (Reiwa 1)")
        japanese = next(ja for _, ja, en in LAW_TYPES if en == found["type"])
        year = western - ERAS[eras[0] - 1][2]
        law = LawNumber(eras[0], year, japanese, found["type"], int(found["number"]))
        egov_id = egov_id_of(law, _known(within, supplements))
    return _amended(plain, found, egov_id, within)


def _in_era(western: int, era: int) -> bool:
    """Tell whether a western year has a day in an era, given by its number."""
    last = ERAS[era][2] + 1 if era < len(ERAS) else 9999
    return ERAS[era - 1][2] < western <= last


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
    numbers = numbers_in(found["numbers"], separator) if found["numbers"] else ()
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
        article=numbers_in(found["section"], ".") if found["section"] else _branched_ja(found, "article", "branches"),
        paragraph=_int_ja(found["paragraph"]) if found["paragraph"] else None,
        item=_branched_ja(found, "item", "item_branches"),
        subitems=(*subitems, *(f"({found[level]})" for level in ("digits", "roman") if found[level])),
        part=_READ_PARTS_JA[found["part"]] if found["part"] else None,
    )


def _place_en(found: re.Match[str]) -> _Place:
    """Return the place that a match of `_PLACE_EN` names; a bracket means what its position lets it mean."""
    article = numbers_in(found["article"], "-") if found["article"] else None
    paragraph = int(found["paragraph"]) if found["paragraph"] else None
    brackets = re.findall(r"\(([^()]*)\)", found["brackets"])
    if paragraph is None and brackets and brackets[0].isdigit():
        paragraph = int(brackets.pop(0))
    item = _item_en(brackets.pop(0)) if brackets else None
    subitems = [iroha(letters_to_int(brackets.pop(0)))] if brackets else []
    return _Place(
        article=numbers_in(found["section"], ".") if found["section"] else article,
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

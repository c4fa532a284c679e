"""What a citation with lists, ranges and words such as 前条 names: places, each by force of what it applies.

In: a text as written in a law or a memo, kept as `Written` until it is resolved. Out: `Reach`es: one place, a range with
both ends (第3条から第5条まで) or each unit of a kind below a place (各号), with the provisions by force of which it applies.
The one idea: the languages differ in how a citation is worded, never in what it means; so the words are first
taken down as steps (`Step`), the same steps for both languages, and one resolver gives them their meaning.
Not here: the words of either language, and which units exist.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from kitei_dsl.citation import Address, BadAddress, Kind, Part, Titles, Via
from kitei_dsl.frozen import Frozen, field, replace

Each = Literal["paragraphs", "items"]
"""Every unit of a kind below a place: 各項, 各号."""

Conjunction = Literal["and", "or"]

Pair = tuple[str, str]
"""The same sentence in Japanese and in English."""

ARTICLE, PARAGRAPH, ITEM = 0, 1, 2
"""The levels of a place; 3, 4 and 5 are the three levels of sub-items, `PART` its sentence or clause."""

PART = 6


class UnreadCitation(BadAddress):
    """A citation that cannot be read; the message is English, `ja` says the same in Japanese."""

    def __init__(self, ja: str, en: str) -> None:
        super().__init__(en)
        self.ja = ja


class AmbiguousCitation(UnreadCitation):
    """A citation with more than one reading; `readings` holds them all."""

    def __init__(self, ja: str, en: str, readings: tuple[Address, ...]) -> None:
        super().__init__(ja, en)
        self.readings = readings


class Reach(Frozen):
    """What one member of a citation names.

    Attributes:
      first: the place, or the first place of a range.
      last: the last place of a range, itself included; None where there is no range.
      each: the units below `first` that are meant one by one; None where the place itself is meant.
      via: the provisions by force of which it applies, the nearest first.
    """

    first: Address
    last: Address | None = None
    each: Each | None = None
    via: tuple[Via, ...] = ()

    def __post_init__(self) -> None:
        if self.last is not None and self.each is not None:
            raise BadAddress("a range is not at the same time each unit of a kind")
        if self.last is not None and (
            self.last.instrument != self.first.instrument or not self.first.sort_key() < self.last.sort_key()
        ):
            raise UnreadCitation(
                f"範囲の初め（{self.first}）が終わり（{self.last}）より後か、別の法令にあります",
                f"the range from `{self.first}` to `{self.last}` does not run forward within one instrument",
            )
        deepest = depth(self.first)
        if (self.each == "items" and deepest not in (ARTICLE, PARAGRAPH)) or (
            self.each == "paragraphs" and deepest != ARTICLE
        ):
            raise UnreadCitation(f"`{self.first}`の下に{EACH_JA[self.each]}はありません",
                                 f"there are no {self.each} below `{self.first}`")  # fmt: skip


EACH_JA: Mapping[Each, str] = MappingProxyType({"paragraphs": "各項", "items": "各号"})


class Passage(Frozen):
    """A whole citation: one reach or more, how the last is joined to the others, and what must be said about the reading."""

    reaches: tuple[Reach, ...]
    conjunction: Conjunction = "and"
    notes: tuple[Pair, ...] = ()


# --- What is known while reading.


class Known(Frozen, dict=True):
    """What a reader of citations knows.

    Attributes:
      titles: the names of the instruments.
      egov: instrument to its e-Gov law id, for citations by law number.
      defined: instrument to the words that mean another one in it, such as 法 in an ordinance: word to instruments,
        more than one where it is open which is meant.
      units: instrument to every unit of its official text in statutory order, for 前条 and 次条; none where it is absent.
      supplements: e-Gov ids of known amending laws.
    """

    titles: Titles
    egov: Mapping[str, str] = field(default_factory=dict)
    defined: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    units: Mapping[str, Sequence[Address]] = field(default_factory=dict)
    supplements: frozenset[str] = frozenset()

    @cached_property
    def instruments_by_egov(self) -> Mapping[str, str]:
        """The instruments by their e-Gov law ids."""
        return {egov: instrument for instrument, egov in sorted(self.egov.items(), reverse=True)}

    @cached_property
    def names_ja(self) -> Mapping[str, tuple[str, ...]]:
        """Every Japanese name in its plain form, with the instruments it names; longer names first."""
        return _by_length((plain_ja(n), i) for i, t in self.titles.items() for n in (t.ja, i, *t.aliases))

    @cached_property
    def names_en(self) -> Mapping[str, tuple[str, ...]]:
        """Every English name in its plain form, with the instruments it names; longer names first."""
        return _by_length((plain_en(n), i) for i, t in self.titles.items() for n in (t.en, i, *t.aliases))

    @cached_property
    def articles(self) -> Mapping[str, Sequence[Address]]:
        """The articles of each instrument whose official text is known, in statutory order."""
        return {i: list(dict.fromkeys(cut(u, ARTICLE) for u in units)) for i, units in self.units.items()}

    @cached_property
    def units_in(self) -> Mapping[Address, Sequence[Address]]:
        """The units of each article whose official text is known, in statutory order."""
        found: dict[Address, list[Address]] = {}
        for units in self.units.values():
            for unit in units:
                found.setdefault(cut(unit, ARTICLE), []).append(unit)
        return found


def defined_words(kinds: Mapping[str, str], fills: Iterable[tuple[str, str]]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return what 法, 令 and 府令 mean in each instrument: those it fills slots of, and those that fill its own.

    `kinds` is what each instrument is (act, order, ordinance); `fills` are pairs of the lower and the upper one.
    """
    words = {"act": "法", "order": "令", "ordinance": "府令"}
    found: dict[str, dict[str, set[str]]] = {}
    for lower, upper in fills:
        for here, there in ((lower, upper), (upper, lower)):
            if here != there and (word := words.get(kinds.get(there, ""))):
                found.setdefault(here, {}).setdefault(word, set()).add(there)
    return {here: {w: tuple(sorted(i)) for w, i in sorted(named.items())} for here, named in sorted(found.items())}


def _by_length(names: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    gathered: dict[str, set[str]] = {}
    for name, instrument in names:
        if name:
            gathered.setdefault(name, set()).add(instrument)
    return {name: tuple(sorted(gathered[name])) for name in sorted(gathered, key=lambda n: (-len(n), n))}


def plain_ja(text: str) -> str:
    """Return a text with one form for each character (full-width digits and brackets made plain) and no spaces."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def plain_en(text: str) -> str:
    """Return a text with plain hyphens and single spaces."""
    plain = re.sub(r"[\u2010-\u2015]", "-", unicodedata.normalize("NFKC", text))
    return re.sub(r"\s+", " ", plain).strip()


# --- What is written, before it is resolved.


class Step(Frozen):
    """One step of a written citation, from a place to one at or below it.

    Attributes:
      level: ARTICLE to PART.
      how: `at` a number or a part; `same` (同条), `this` (この条), `before` (前条), `after` (次条) with the count in
        `number`; `all_before` (前各項).
      number: the number with its branches, or the count, by `how`.
      part: the sentence or clause, for PART.
      text: the words, for messages.
    """

    level: int
    how: Literal["at", "same", "this", "before", "after", "all_before"]
    number: tuple[int, ...] = ()
    part: Part | None = None
    text: str = ""


class Opening(Frozen):
    """The instrument a written citation begins with, and whether in its supplementary provisions.

    `how`: `named` (then `place` holds it), `same` (同法), `this` (この法律), `own_supplement` (附則 alone).
    """

    how: Literal["named", "same", "this", "own_supplement"]
    place: Address | None = None
    supplement: bool = False
    text: str = ""


class Written(Frozen):
    """A place as written: its opening, its steps, and 各号 at the end."""

    opening: Opening | None
    steps: tuple[Step, ...]
    each: Each | None
    text: str
    unit: Address | None = None


class WrittenReach(Frozen):
    """One member of a written list: a place, or a range of two.

    `by` are the provisions by force of which it applies (the innermost first); `plainly` tells whether it is cited for
    itself too (…において準用する場合を含む), `led_by` whether they are written before it, as in Japanese.
    """

    first: Written
    last: Written | None = None
    applied: tuple[tuple[Kind, tuple[WrittenReach, ...]], ...] = ()
    plainly: bool = True
    led_by: bool = False


# --- Places.


def depth(address: Address) -> int:
    """Return the level of the lowest step of an address, -1 above articles and paragraphs."""
    if address.part is not None:
        return PART
    if address.subitems:
        return ITEM + len(address.subitems)
    if address.item is not None:
        return ITEM
    if address.paragraph is not None:
        return PARAGRAPH
    return ARTICLE if address.article is not None else -1


def cut(address: Address, level: int) -> Address:
    """Return an address without what stands below a level."""
    shortened = replace(address, part=None) if level < PART else address
    if level < ITEM + 3:
        shortened = replace(shortened, subitems=shortened.subitems[: max(0, level - ITEM)])
    if level < ITEM:
        shortened = replace(shortened, item=None)
    if level < PARAGRAPH:
        shortened = replace(shortened, paragraph=None)
    return shortened if level >= ARTICLE else replace(shortened, article=None, unit=None)


def has(address: Address, level: int) -> bool:
    """Tell whether an address says which unit of a level it is in."""
    match level:
        case 0:
            return address.article is not None
        case 1:
            return address.paragraph is not None
        case 2:
            return address.item is not None
        case 6:
            return address.part is not None
        case _:
            return len(address.subitems) > level - ITEM - 1


def below(address: Address, step: Step) -> Address:
    """Return the place that a numbered step leads to from the place above it."""
    match step.level:
        case 0:
            return replace(cut(address, -1), article=step.number)
        case 1:
            return replace(cut(address, ARTICLE), paragraph=step.number[0])
        case 2:
            return replace(cut(address, PARAGRAPH), item=step.number)
        case 6:
            return replace(cut(address, ITEM + 3), part=step.part)
        case _:
            kept = cut(address, step.level - 1)
            return replace(kept, subitems=(*kept.subitems, step.text))


def number_at(address: Address, level: int) -> tuple[int, ...] | None:
    """Return the number of the article, paragraph or item an address is in."""
    if level == ARTICLE:
        return address.article
    if level == PARAGRAPH:
        return None if address.paragraph is None else (address.paragraph,)
    return address.item


# --- Units that exist.


def units_of(reach: Reach, existing: Sequence[Address]) -> list[Address]:
    """Return the units a reach names, from the units that exist, in statutory order.

    A range takes the existing units of the depth of its ends; `existing` may hold deeper ones, which count for the
    unit they are in. A place that is neither range nor each is itself.
    """
    if reach.last is None and reach.each is None:
        return [reach.first]
    level = max(depth(reach.first), depth(reach.last)) if reach.last else depth(reach.first)
    if reach.each is not None:
        level = ITEM if reach.each == "items" else PARAGRAPH
    chosen: dict[Address, None] = {}
    for unit in existing:
        if not has(unit, level) or not _same_law(unit, reach.first):
            continue
        found = _as_written(cut(unit, level), reach.first, each=reach.each == "items")
        if reach.last is None:
            inside = reach.first.covers(found) and found != reach.first
        else:
            inside = (_between(reach.first, found, reach.last) or reach.last.covers(found)) and _siblings(reach, found)
        if inside:
            chosen[found] = None
    return sorted(chosen, key=Address.sort_key)


def _same_law(unit: Address, place: Address) -> bool:
    return (unit.instrument, unit.supplement) == (place.instrument, place.supplement)


def _as_written(unit: Address, like: Address, *, each: bool = False) -> Address:
    """Return a unit without the paragraph of an article that the citation cites without one."""
    bare = like.paragraph is None and (like.item is not None or each)
    return replace(unit, paragraph=None) if bare and unit.paragraph == 1 else unit


def _between(first: Address, unit: Address, last: Address) -> bool:
    return first.sort_key() <= unit.sort_key() <= last.sort_key()


def _siblings(reach: Reach, unit: Address) -> bool:
    """Tell whether a unit stands beside the ends of a range, where both ends have one parent."""
    assert reach.last is not None
    if reach.first.parent() != reach.last.parent():
        return True
    return unit.parent() == reach.first.parent()


def neighbour(known: Known, place: Address, level: int, steps: int) -> tuple[Address, bool]:
    """Return the unit some units before or after the one a place is in, and whether it is certain to be that one.

    With the official text the units that exist are counted. Without it, the number next to it is taken; that is certain
    for paragraphs, which never branch, and for a first branch (第63条の2 stands after 第63条).
    Errors: UnreadCitation where no such unit can be.
    """
    here = number_at(place, level)
    assert here is not None, "INVARIANT: the caller has checked that the place is in such a unit"
    unit = cut(place, level)
    like = _like(known, unit, level)
    if unit in like:
        index = like.index(unit) + steps
        if not 0 <= index < len(like):
            raise _no_such(place, level, steps)
        return like[index], True
    number = here
    certain = True
    for _ in range(abs(steps)):
        number, sure = _next_number(number, level, forward=steps > 0)
        certain = certain and sure
        if number[-1] < 1:
            raise _no_such(place, level, steps)
    return below(unit, Step(level, "at", number)), certain


def _like(known: Known, unit: Address, level: int) -> Sequence[Address]:
    """Return the units of the official text that a unit is one of: articles, or paragraphs or items of one place."""
    if level == ARTICLE:
        return known.articles.get(unit.instrument, ()) if unit.supplement is None else ()
    above = cut(unit, level - 1)
    inside = [_as_written(u, unit) for u in known.units_in.get(cut(unit, ARTICLE), ())]
    return list(dict.fromkeys(cut(u, level) for u in inside if has(u, level) and above.covers(u)))


def _next_number(number: tuple[int, ...], level: int, *, forward: bool) -> tuple[tuple[int, ...], bool]:
    """Return the number beside a number, and whether no branch can stand between."""
    if level == PARAGRAPH:
        return (number[0] + (1 if forward else -1),), True
    *stem, last = number
    if forward:
        return (*stem, last + 1), False
    if stem and last == 2:
        return tuple(stem), True
    return (*stem, last - 1), False


def _no_such(place: Address, level: int, steps: int) -> UnreadCitation:
    ja, en = (("条", "article"), ("項", "paragraph"), ("号", "item"))[level]
    before = steps < 0
    return UnreadCitation(
        f"`{place}`の{abs(steps)}つ{'前' if before else '後'}の{ja}はありません",
        f"there is no {en} {abs(steps)} {'before' if before else 'after'} the one that `{place}` is in",
    )

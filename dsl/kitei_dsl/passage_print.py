"""Passages printed: 金商法第2条第1項、第3項及び第5項, "FIEA art. 2(1), (3) and (5)", `fiea/2/1, fiea/2/3, fiea/2/5`.

In: a `Passage`, titles, the articles of a single paragraph. Out: text that reads back to the same passage.
A later member is shortened only where the reader's rules give back what was left out. Members that apply by force of
different provisions are kept apart by a semicolon.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import groupby

from kitei_dsl.citation import Address, BadAddress, Citation, Kind, Titles, Via, parse
from kitei_dsl.citation_print import PARTS_EN, PARTS_JA, print_en, print_ja
from kitei_dsl.passage import ARTICLE, ITEM, PARAGRAPH, PART, Passage, Reach, cut, depth, has, number_at

_EACH_EN = {"items": "each item", "paragraphs": "each paragraph"}
_EACH_JA = {"items": "各号", "paragraphs": "各項"}
_EACH_ID = {"items": "i*", "paragraphs": "*"}
_CONJUNCTION_JA = {"and": "及び", "or": "又は"}


def passage_ja(passage: Passage, titles: Titles, single: Collection[Address] = frozenset()) -> str:
    """Return a passage as a Japanese memo writes it; the words read back to the same passage.

    >>> from kitei_dsl.citation import Title
    >>> some = Passage((Reach(parse("a/2/1")), Reach(parse("a/2/3"), parse("a/2/5"))))
    >>> passage_ja(some, {"a": Title("甲法", "A")})
    '甲法第2条第1項及び第3項から第5項まで'
    """
    groups = []
    for via, members in _groups(passage):
        texts, prior = [], None
        for reach in members:
            texts.append(_reach_ja(reach, prior, titles, single))
            prior = reach.last or reach.first
        text = "、".join(texts[:-1]) + (_CONJUNCTION_JA[passage.conjunction] if len(texts) > 1 else "") + texts[-1]
        if via:
            placeholder = Address("x")
            outer = print_ja(Citation(placeholder, via), titles, single)
            text = outer.removesuffix(print_ja(placeholder, titles, single)) + text
        groups.append(text)
    return "；".join(groups)


def passage_en(passage: Passage, titles: Titles, single: Collection[Address] = frozenset()) -> str:
    """Return a passage as an English memo writes it; the words read back to the same passage."""
    groups = []
    for via, members in _groups(passage):
        texts, prior = [], None
        for n, reach in enumerate(members):
            text = _reach_en(reach, prior, titles, single)
            following = reach.last or (members[n + 1].first if n + 1 < len(members) else None)
            if prior is None and following is not None and _bare_articles(reach.first, following, titles):
                text = text.replace(" art. ", " arts. ", 1)
            texts.append(text)
            prior = reach.last or reach.first
        text = ", ".join(texts[:-1]) + (f" {passage.conjunction} " if len(texts) > 1 else "") + texts[-1]
        if via:
            placeholder = Address("x")
            outer = print_en(Citation(placeholder, via), titles, single)
            text += outer.removeprefix(print_en(placeholder, titles, single))
        groups.append(text)
    return "; ".join(groups)


def passage_id(passage: Passage) -> str:
    """Return a passage by addresses: `a/2/1, a/2/3..a/2/5, a/4/i*, b/2 via a/1, b/3 via 読替え:a/1`."""
    return ", ".join(reach_id(reach) for reach in passage.reaches)


def reach_id(reach: Reach) -> str:
    """Return one reach by addresses."""
    text = str(reach.first)
    if reach.last is not None:
        text += f"..{reach.last}"
    if reach.each is not None:
        text += f"/{_EACH_ID[reach.each]}"
    return text + "".join(f" via {'' if via.kind == '準用' else f'{via.kind}:'}{via.by}" for via in reach.via)


_VIA_ID = re.compile(r" via (?:(?P<kind>準用|読替え|みなし|従前の例|効力を有する):)?(?P<by>\S+)")


def read_ids(text: str) -> tuple[Reach, ...]:
    """Return the reaches that `passage_id` wrote. Errors: BadAddress."""
    return tuple(_read_id(member.strip()) for member in text.split(","))


def _read_id(text: str) -> Reach:
    place, *_ = text.split(" via ")
    vias = text[len(place) :]
    found = list(_VIA_ID.finditer(vias))
    if "".join(f[0] for f in found) != vias:
        raise BadAddress(f"`{text}`: `{vias.strip()}` is not read; write `via psa/1`, or `via 読替え:psa/1`")
    kinds: list[tuple[Kind, str]] = [(f["kind"] or "準用", f["by"]) for f in found]  # type: ignore[misc]
    via = tuple(Via(kind, parse(by)) for kind, by in kinds)
    first, dots, last = place.partition("..")
    if dots:
        return Reach(parse(first), parse(last), via=via)
    if first.endswith("/i*"):
        return Reach(parse(first.removesuffix("/i*")), each="items", via=via)
    if first.endswith("/*"):
        return Reach(parse(first.removesuffix("/*")), each="paragraphs", via=via)
    return Reach(parse(first), via=via)


def _groups(passage: Passage) -> list[tuple[tuple[Via, ...], list[Reach]]]:
    return [(via, list(members)) for via, members in groupby(passage.reaches, key=lambda r: r.via)]


# --- One member.


def _reach_ja(reach: Reach, prior: Address | None, titles: Titles, single: Collection[Address]) -> str:
    text = _short_ja(reach.first, prior, titles, single)
    if reach.last is not None:
        return f"{text}から{_short_ja(reach.last, reach.first, titles, single)}まで"
    return text + (_EACH_JA[reach.each] if reach.each else "")


def _reach_en(reach: Reach, prior: Address | None, titles: Titles, single: Collection[Address]) -> str:
    text = _short_en(reach.first, prior, titles, single)
    if reach.last is not None:
        return f"{text} to {_short_en(reach.last, reach.first, titles, single)}"
    return text + (f", {_EACH_EN[reach.each]}" if reach.each else "")


def _parting(prior: Address, place: Address) -> int | None:
    """Return the level at which a place parts from the one before it, or None where it cannot be shortened.

    It cannot where the reader would not give back what is left out: another law, a unit of no statute. A place that
    stands above or that leaves out a level is told from the article down.
    """
    if (prior.instrument, prior.supplement) != (place.instrument, place.supplement) or prior.unit or place.unit:
        return None
    for level in range(PART + 1):
        if _at(prior, level) != _at(place, level):
            if has(place, level) and depth(prior) >= level:
                return level
            break
    return ARTICLE if place.article is not None and prior.article is not None else None


def _at(place: Address, level: int) -> object:
    if level <= ITEM:
        return number_at(place, level)
    if level == PART:
        return place.part
    return place.subitems[level - ITEM - 1] if has(place, level) else None


def _short_ja(place: Address, prior: Address | None, titles: Titles, single: Collection[Address]) -> str:
    full = print_ja(place, titles, single)
    if prior is None or _in_sections(place, titles):
        return full
    level = _parting(prior, place)
    if level is None:
        return full
    if level == PART:
        return PARTS_JA[place.part] if place.part else full
    shown = print_ja(place, titles)
    above = cut(place, level - 1)
    short = shown.removeprefix(print_ja(above, titles))
    return short if print_ja(place, titles, single).endswith(short) else full


def _short_en(place: Address, prior: Address | None, titles: Titles, single: Collection[Address]) -> str:
    full = print_en(place, titles, single)
    if prior is None or _in_sections(place, titles):
        return full
    level = _parting(prior, place)
    if level is None:
        return full
    if level == PART:
        return PARTS_EN[place.part] if place.part else full
    if level == depth(place) == depth(prior) and not (level == PARAGRAPH and place.article is None):
        if level == ARTICLE:
            return full.rpartition(" ")[2]
        return full[full.rindex("(") :]
    return full[full.rindex(" art. ") + 1 :] if place.article is not None and " art. " in full else full


def _bare_articles(first: Address, following: Address, titles: Titles) -> bool:
    """Tell whether two places print as arts. 3 to 5."""
    return (
        depth(first) == depth(following) == ARTICLE
        and _parting(first, following) == ARTICLE
        and not _in_sections(first, titles)
    )


def _in_sections(place: Address, titles: Titles) -> bool:
    return place.instrument in titles and titles[place.instrument].sections

"""The citations that official texts use are read: a measured share, and what 前 and 次 point to exists.

The texts are not in the project: set KITEI_TEXTS to a folder of them (files named LAWID_YYYYMMDD_AMENDINGID.md), or the
test is skipped. `docs/citations.md` records what the run found. To see it: `python tests/test_citations_in_law.py`.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from citations_met import Met, met, names_given
from kitei.citing import Citer
from kitei.ruleset import load
from kitei_dsl.citation import Address, BadAddress, Title
from kitei_dsl.citation_read import read_passage_ja
from kitei_dsl.frozen import Struct, field, replace
from kitei_dsl.passage import AmbiguousCitation, Known, cut
from kitei_dsl.passage_ja import instrument_of, law_number
from kitei_dsl.texts import Text, load_texts

FOLDER = os.environ.get("KITEI_TEXTS", "")
ORDERS = {"422CO0000000019": ("pso", "psa", "cao"), "340CO0000000321": ("feo", "fiea", "fibo")}
#: Names of the collected law that the texts use without giving a number again. FIEA was 証券取引法 until 2007-09-30.
SHORT = {
    "psa": ("資金決済法",),
    "fiea": ("証券取引法",),
    "fibo": ("金融商品取引業等府令",),
    "feo": ("証券取引法施行令",),
}


class Measured(Struct):
    """What one text gave: phrases met and read, what 前 and 次 lead to, and the unread by class."""

    phrases: int = 0
    read: int = 0
    pointed: int = 0
    found: int = 0
    unread: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)


@cache
def measured() -> dict[str, Measured]:
    """Return what each law's latest text gave."""
    texts = {egov: found[-1] for egov, found in load_texts(Path(FOLDER)).items()}
    known = _known(texts)
    return {law: _measure(text, known.instruments_by_egov.get(law, law), known) for law, text in texts.items()}


def _known(texts: dict[str, Text]) -> Known:
    citer = Citer(load(None)[0])
    known = citer.known({})
    egov = dict(known.egov)
    defined = {i: dict(words) for i, words in known.defined.items()}
    for law, (order, act, ordinance) in ORDERS.items():
        egov[order] = law
        defined[order] = {"法": (act,)}
        defined.setdefault(ordinance, {})["令"] = (order,)
    for law in set(texts) - set(egov.values()):
        egov[f"egov-{law.lower()}"] = law
    known = replace(known, egov=egov, defined=defined)
    names: dict[str, list[str]] = {i: [t.ja, *t.aliases, *SHORT.get(i, ())] for i, t in known.titles.items()}
    for i in {*egov, *SHORT}:
        names.setdefault(i, list(SHORT.get(i, ())))
    for text in texts.values():
        for name, number in names_given(text.path.read_text("utf-8-sig")).items():
            numbered = law_number(number, known)
            if numbered is not None:
                names.setdefault(instrument_of(numbered, known), []).append(name)
    taken: dict[str, str] = {}
    for i, given in sorted(names.items()):
        names[i] = [n for n in dict.fromkeys(given) if taken.setdefault(n, i) == i]
    units = {i: texts[law].addresses(i) for i, law in egov.items() if law in texts}
    titles = {i: Title(given[0] if given else i, i, tuple(given[1:])) for i, given in names.items()}
    return replace(known, titles=titles, units=units)


def _measure(text: Text, instrument: str, known: Known) -> Measured:
    found = Measured()
    names = tuple(known.names_ja)
    existing = {str(unit) for unit in known.units.get(instrument, ())}
    cited: list[Address] = []
    paragraph: Address | None = None
    for one in met(text.path.read_text("utf-8-sig"), instrument, names):
        if paragraph != cut(one.here, 1):
            paragraph, cited = cut(one.here, 1), []
        found.phrases += 1
        try:
            read = read_passage_ja(one.title + one.phrase, known, one.here, cited)
        except BadAddress as error:
            kind = _class(one, names, error)
            found.unread[kind] += 1
            found.examples.setdefault(kind, f"{one.here}: {one.title}{one.phrase} …{one.follows}")
            continue
        found.read += 1
        places = [p for reach in read.reaches for p in (reach.first, reach.last) if p]
        cited += places
        if one.phrase[0] in "前次" and one.here.supplement is None and existing:
            found.pointed += 1
            found.found += str(_whole(places[0])) in existing
    return found


def _whole(place: Address) -> Address:
    """Return a place as the units of a text have it: with the paragraph of an article of one, without part."""
    unit = cut(place, 3)
    return replace(unit, paragraph=1) if unit.item and unit.paragraph is None else unit


def _class(one: Met, names: tuple[str, ...], error: BadAddress) -> str:
    if isinstance(error, AmbiguousCitation):
        return "two readings"
    if one.title and one.title not in names:
        return "a law named without its number"
    if one.here.supplement is not None:
        return "supplementary provisions that amend other laws or number as of old"
    if re.match(r".*まで$|.*まで[、及]", one.phrase) and "から" not in one.phrase:
        return "the second half of a quotation"
    if str(error).startswith(f"`{one.title}{one.phrase}`: understood"):
        return "words of a table or a replacement, side by side"
    return "words that point where the text has no such unit (quotations)"


@pytest.mark.skipif(not FOLDER, reason="KITEI_TEXTS names no folder of official texts")
def test_nearly_all_citations_of_the_texts_are_read() -> None:
    """More than 97 of 100 phrases are read, and in every long text more than 96."""
    every = measured()
    phrases, read = sum(m.phrases for m in every.values()), sum(m.read for m in every.values())

    assert phrases > 30_000
    assert read * 100 > phrases * 97
    assert [] == [law for law, m in every.items() if m.phrases > 300 and m.read * 100 < m.phrases * 96]


@pytest.mark.skipif(not FOLDER, reason="KITEI_TEXTS names no folder of official texts")
def test_what_words_point_to_exists() -> None:
    """In main provisions 前 and 次 lead to a unit that the text has, but for a few words quoted from elsewhere."""
    every = measured().values()

    assert sum(m.pointed for m in every) > 3000
    assert sum(m.found for m in every) * 1000 > sum(m.pointed for m in every) * 990


if __name__ == "__main__":
    total = Measured()
    for law, one in measured().items():
        print(
            law,
            one.phrases,
            one.read,
            f"{one.read * 100 / max(one.phrases, 1):.2f}%",
            f"前/次 {one.found}/{one.pointed}",
        )
        total.phrases, total.read, total.unread = (
            total.phrases + one.phrases,
            total.read + one.read,
            total.unread + one.unread,
        )
        total.examples |= one.examples
    print(total.phrases, total.read, f"{total.read * 100 / total.phrases:.2f}%")
    for kind, count in total.unread.most_common():
        print(count, kind, "—", total.examples[kind])

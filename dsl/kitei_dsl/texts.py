"""Official texts loaded from a folder: which words stand at which address on which day. Nothing of them is kept.

Comes in: a folder with files named `<e-Gov law id>_<day in force>_<amending id>`, as e-Gov names revisions, in 法令標準XML
(`.xml`) or Markdown (`.md`); or `<e-Gov law id>_asof-<day>.md`, a copy taken on that day. Goes out: `Text`s that give the
words of a unit and say which units there are. Where one revision is there in both forms, the XML is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path

from kitei_dsl.citation import Address, BadAddress
from kitei_dsl.frozen import Frozen
from kitei_dsl.official import NotLaw, Official, Place, part_names, sentences
from kitei_dsl.source import file_bytes

__all__ = ["NotLaw", "Place", "Structure", "Text", "Unit", "load_texts", "place_within", "sentences"]

#: Bytes of one official text; the longest acts have some three million.
_MAX_BYTES = 64_000_000
#: What the one sentence of a unit that is only 削除 is called in a structure.
DELETED = "deleted"
_REVISION = re.compile(r"^([0-9A-Z]{15})_([0-9]{4})([0-9]{2})([0-9]{2})_(\w+)\.(md|xml)$", re.ASCII)
_COPY = re.compile(r"^([0-9A-Z]{15})_asof-([0-9]{4})([0-9]{2})([0-9]{2})()\.(md)$", re.ASCII)


class Unit(Frozen):
    """A sentence of a unit: its place, what it is called there (empty: the only one), whether items or sub-items stand
    under the unit, and its words (empty where only the structure is known)."""

    place: Place
    part: str
    leads: bool
    words: str = ""

    def at(self, instrument: str) -> Address:
        """Return the address of the sentence; a third sentence has none of its own and gets that of its unit."""
        names = {"main": "main", "proviso": "proviso", "s1": "s1", "s2": "s2"}
        part = names.get(self.part) if self.part else ("lead" if self.leads else None)
        return address_of(instrument, self.place, part)

    def within(self, address: Address) -> bool:
        """Say whether the sentence is at an address or below it."""
        if not place_within(self.place, address):
            return False
        if address.part is None:
            return True
        fits = address.part == "lead" or not self.part or address.part == self.part
        return self.is_own(address) and (fits or (address.part == "main" and self.part != "proviso"))

    def is_own(self, address: Address) -> bool:
        """Say whether the sentence is one of the very unit an address names, not of one below it."""
        own = (address.item or (), address.subitems) == (self.place.item, self.place.subitems)
        return own and place_within(self.place, address)

    def is_at(self, address: Address) -> bool:
        return self.is_own(address) and self.within(address)


def address_of(instrument: str, place: Place, part: str | None = None) -> Address:
    """Return the address of a place; BadAddress for a number no address can have."""
    return Address(
        instrument, place.supplement, place.article, place.paragraph, place.item or None, place.subitems, part  # type: ignore[arg-type]
    )  # fmt: skip


def place_within(place: Place, address: Address) -> bool:
    """Say whether a unit is that of an address (its part left aside) or below it."""
    if address.unit is not None or address.supplement != place.supplement:
        return False
    deeper = address.item is not None or address.part is not None
    if address.article != place.article and (address.article is not None or address.paragraph is not None or deeper):
        return False
    if (address.paragraph or (1 if deeper else place.paragraph)) != place.paragraph:
        return False
    if address.item is not None and address.item != place.item:
        return False
    return address.subitems == place.subitems[: len(address.subitems)]


class Structure(Frozen):
    """Which units there are: places in order, and what the sentences of each are called."""

    def parts(self, supplement: str | None, article: tuple[int, ...] | None) -> dict[Place, tuple[str, ...]]:
        """Return the units of one article with the names of their sentences; a unit that is only 削除 has the name
        `deleted`. None where there is no such article."""
        raise NotImplementedError

    def has(self, address: Address) -> bool:
        """Say whether there is a unit, and of it the sentence the address names; what is deleted is not there."""
        if address.unit is not None:
            return False
        if address.article is None and address.paragraph is None:
            return True
        parts = self.parts(address.supplement, address.article)
        deeper = address.item is not None or address.part is not None
        own = [p for p, names in parts.items() if DELETED not in names and place_within(p, address)]
        if not own or address.part is None:
            return bool(own)
        place = Place(address.supplement, address.article, address.paragraph or (1 if deeper else 0),
                      address.item or (), address.subitems)  # fmt: skip
        names = parts.get(place)
        if names is None:
            return False
        if address.part == "lead":
            return any(p.above() == place for p in parts)
        return ("proviso" if address.part == "main" else address.part) in names


class Text(Structure, dict=True):
    """One consolidated text of a law: its e-Gov id, the day from which it is in force, its words.

    `revision` is e-Gov's id of the revision, or empty for a copy taken on a day.
    """

    egov: str
    day: date
    path: Path
    revision: str = ""

    @cached_property
    def complete(self) -> bool:
        """Say whether every level and the supplementary provisions are told apart (not in a plain copy)."""
        from kitei_dsl.text_markdown import is_plain  # the readers are loaded where there are texts only

        return self.path.suffix == ".xml" or not is_plain(self._bytes.decode("utf-8-sig", "replace"))

    @property
    def _bytes(self) -> bytes:
        return file_bytes(self.path, _MAX_BYTES)

    @cached_property
    def official(self) -> Official:
        """The units. Raises NotLaw for a file that is no law."""
        if self.path.suffix == ".xml":
            from kitei_dsl.text_xml import read_xml

            return read_xml(self._bytes)
        from kitei_dsl.text_markdown import read_markdown

        return read_markdown(self._bytes.decode("utf-8-sig", "replace"))

    @cached_property
    def _articles(self) -> dict[tuple[str | None, tuple[int, ...] | None], list[Place]]:
        found: dict[tuple[str | None, tuple[int, ...] | None], list[Place]] = {}
        for place in self.official.own:
            found.setdefault((place.supplement, place.article), []).append(place)
        return found

    @cached_property
    def _leading(self) -> set[Place]:
        return {above for place in self.official.own if (above := place.above()) is not None}

    def parts(self, supplement: str | None, article: tuple[int, ...] | None) -> dict[Place, tuple[str, ...]]:
        own = self.official.own
        return {
            place: (DELETED,)
            if "".join(s.words for s in own[place]).strip() == "削除"
            else tuple(dict.fromkeys(part_names([s.proviso for s in own[place]])))
            for place in self._articles.get((supplement, article), [])
        }

    def units(self, supplement: str | None = None) -> Iterator[Unit]:
        """Give every sentence of the main provisions (or of supplementary ones) in the order of the text."""
        for place, cut in self.official.own.items():
            if place.supplement == supplement:
                for part, sentence in zip(part_names([s.proviso for s in cut]), cut, strict=True):
                    yield Unit(place, part, place in self._leading, sentence.words)

    def words(self, address: Address) -> str | None:
        """Return the words at an address with everything below it, or None where the text has no such unit."""
        if address.unit is not None:
            return None
        if address.part is not None:
            return self.own_words(address)
        places = [p for p in self._articles.get((address.supplement, address.article), []) if place_within(p, address)]
        if not places:
            return None
        return "\n".join(filter(None, (w for p in places for w in (self._own(p), *self.official.rest.get(p, ())))))

    def own_words(self, address: Address) -> str | None:
        """Return the words of the very unit an address names, without those of the units below it."""
        deeper = address.item is not None or address.part is not None
        places = [
            p for p in self._articles.get((address.supplement, address.article), [])
            if place_within(p, address) and (p.item, p.subitems) == (address.item or (), address.subitems)
            and (address.paragraph or not deeper or p.paragraph == 1)
        ]  # fmt: skip
        if not places:
            return None
        if address.part is not None and address.part != "lead":
            return part_of(self._own(places[0]), address.part)
        rest = () if address.part else (w for p in places for w in self.official.rest.get(p, ()))
        return "\n".join([*(self._own(p) for p in places), *rest])

    def _own(self, place: Place) -> str:
        return "".join(s.words for s in self.official.own[place])

    def addresses(self, instrument: str) -> list[Address]:
        """Return every unit of the main provisions in statutory order: articles, paragraphs, items and sub-items."""
        found = set()
        for place in self.official.own:
            if place.supplement is None and place.article is not None:
                try:
                    found |= {Address(instrument, None, place.article), address_of(instrument, place)}
                except BadAddress:
                    continue
        return sorted(found, key=Address.sort_key)


def load_texts(folder: Path, unreadable: list[tuple[Path, str]] | None = None) -> dict[str, list[Text]]:
    """Find the texts of a folder by e-Gov id, each list sorted by day; names of another shape are passed over.

    So is a file that is no law, as its `.xml` says; `unreadable` takes it with the reason.
    """
    found: dict[str, dict[tuple[date, str], Text]] = {}
    for path in sorted(folder.rglob("*")):
        match = _REVISION.match(path.name) or _COPY.match(path.name)
        if match is None:
            continue
        try:
            day = date(int(match[2]), int(match[3]), int(match[4]))
        except ValueError:
            continue
        revision = f"{match[1]}_{match[2]}{match[3]}{match[4]}_{match[5]}" if match[5] else ""
        text = Text(match[1], day, path, revision)
        of_law = found.setdefault(match[1], {})
        if path.suffix == ".xml":
            try:
                _ = text.official
                of_law[day, revision] = text
            except (NotLaw, OSError) as error:
                if unreadable is not None:
                    unreadable.append((path, str(error)))
        else:
            of_law.setdefault((day, revision), text)
    return {egov: [texts[key] for key in sorted(texts)] for egov, texts in found.items() if texts}


def part_of(words: str, part: str) -> str | None:
    """Return one part of a unit's own words: main clause, proviso, first or second sentence, or the lead."""
    if part == "lead":
        return words
    cut = sentences(words)
    plain = [s for s in cut if not s.startswith("ただし、")]
    if part == "proviso":
        return "".join(s for s in cut if s.startswith("ただし、")) or None
    if part == "main":
        return "".join(plain) or None
    index = 0 if part == "s1" else 1
    return plain[index] if index < len(plain) else None

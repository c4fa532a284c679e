"""Addresses of a program printed as citations in both languages: the one place that does it, so all outputs agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache

from kitei.world import Program
from kitei_dsl import core
from kitei_dsl.citation import EGOV_ID, Address, BadAddress, Citation, Title, parse, parse_citation
from kitei_dsl.citation_print import print_en, print_ja
from kitei_dsl.passage import Known, Passage, Reach, defined_words
from kitei_dsl.passage_print import passage_en, passage_id, passage_ja

#: What stands after a citation of something that is not law in force, by instrument status or version.
TAGS = {
    "proposed": ("〔案〕", "[bill]"),
    "reported": ("〔報道〕", "[press]"),
    "recommended": ("〔提言〕", "[recommendation]"),
    "drafted": ("〔案〕", "[draft]"),
    "assumed": ("〔想定〕", "[assumed]"),
    "pending": ("〔未施行・要綱による〕", "[not in force; outline]"),
}


@lru_cache(maxsize=4)
def citer(program: Program) -> Citer:
    """Return what prints addresses of a program; there is one, so that what it has printed is not printed anew."""
    return Citer(program)


class Citer:
    """Prints addresses of one program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._printed: dict[str, tuple[str, str]] = {}

    @cached_property
    def titles(self) -> dict[str, Title]:
        return {
            i.id: Title(
                i.short.ja or i.id, i.short.en or i.id, tuple({i.title.ja, i.title.en} - {"", i.short.ja, i.short.en})
            )
            for i in self.program.instruments.values()
        }

    @cached_property
    def single(self) -> frozenset[Address]:
        return frozenset(parse(a) for i in self.program.instruments.values() for a in i.single)

    def ja(self, address: str) -> str:
        return self._both(address)[0]

    def en(self, address: str) -> str:
        return self._both(address)[1]

    def _both(self, address: str) -> tuple[str, str]:
        """Return a citation in Japanese and in English; one is printed again and again, and printing is dear."""
        if address not in self._printed:
            parsed = self._parsed(address)
            self._printed[address] = (address, address) if parsed is None else (
                print_ja(parsed, self.titles, self.single), print_en(parsed, self.titles, self.single)
            )  # fmt: skip
        return self._printed[address]

    def _parsed(self, address: str) -> Address | Citation | None:
        try:
            return parse_citation(address.partition("#")[0].partition("@")[0])
        except BadAddress:
            return None

    def known(self, units: Mapping[str, Sequence[Address]]) -> Known:
        """Return what a reader of citations knows from this law; `units` are those of official texts, by instrument."""
        egov = {i.id: i.egov for i in self.program.instruments.values() if EGOV_ID.fullmatch(i.egov)}
        return Known(self.titles, egov, self.defined, units, frozenset(egov.values()))

    @cached_property
    def defined(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Return what 法, 令 and 府令 mean in each instrument: those it fills slots of, and those that fill its own."""
        kinds = {i.id: i.kind for i in self.program.instruments.values()}
        pairs = (
            (c.address.partition("/")[0], c.resolves.removeprefix("fill:").partition("/")[0])
            for c in self.program.core.clauses
            if c.role == "fill" and c.resolves is not None
        )
        return defined_words(kinds, pairs)

    def passage(self, passage: Passage) -> dict[str, str]:
        """Return `{id, ja, en}` of a whole citation; tagged where all of it is in one instrument that is no law in force."""
        instruments = {reach.first.instrument for reach in passage.reaches}
        ja, en = self.tag(str(passage.reaches[0].first), None) if len(instruments) == 1 else ("", "")
        words = (passage_ja(passage, self.titles, self.single), passage_en(passage, self.titles, self.single))
        return {"id": passage_id(passage), "ja": words[0] + ja, "en": words[1] + (f" {en}" if en else "")}

    @cached_property
    def encoded_places(self) -> list[tuple[Address, str]]:
        """Return the address and the id of every version that is encoded, in the order of the program."""
        return [(parse(v.address.partition(" via ")[0]), v.id) for v in self.program.core.versions]

    @cached_property
    def _encoded_of(self) -> dict[str, list[tuple[Address, str]]]:
        """Return the encoded places of each instrument: no place covers one of another."""
        found: dict[str, list[tuple[Address, str]]] = {}
        for address, id in self.encoded_places:
            found.setdefault(address.instrument, []).append((address, id))
        return found

    def encoded(self, place: Address) -> list[str]:
        """Return the ids of the encoded versions at, below or above a place."""
        near = self._encoded_of.get(place.instrument, ())
        return [id for address, id in near if address.covers(place) or place.covers(address)]

    def collected_units(self, reach: Reach) -> list[Address]:
        """Return the places of the collected law, to look for the units of a reach among them."""
        return [address for address, _ in self.encoded_places if address.instrument == reach.first.instrument]

    def data(self, address: str, version: core.Version | None = None) -> dict[str, str]:
        """Return `{id, ja, en}` of a citation, tagged where it is not enacted law in force by a fixed date."""
        clause = self.program.clauses.get(address)  # a case of a 区分に応じ stands at its own item
        plain = cited_as(clause) if clause else address.partition("#")[0].partition("@")[0]
        ja, en = self.tag(plain, version)
        return {"id": plain, "ja": self.ja(plain) + ja, "en": self.en(plain) + (f" {en}" if en else "")}

    def tag(self, address: str, version: core.Version | None) -> tuple[str, str]:
        instrument = self.program.instruments.get(address.partition("/")[0])
        if instrument is None:
            return "", ""
        if instrument.kind == "report":
            return TAGS["recommended"]
        if instrument.status == "reported":
            return TAGS["reported"]
        if instrument.status != "enacted":
            return TAGS[instrument.status]
        return TAGS["pending"] if version is not None and "/" in version.start else ("", "")


def cited_as(clause: core.Clause) -> str:
    """Return how a clause is cited: at its place, or as the provision it is written in, applied by that place (準用)."""
    return f"{clause.applied} via {clause.address}" if clause.applied else clause.address

"""Addresses of a program printed as citations in both languages: the one place that does it, so all outputs agree."""

from __future__ import annotations

from functools import cached_property

from kitei.world import Program
from kitei_dsl import core
from kitei_dsl.citation import Address, BadAddress, Citation, Title, parse, parse_citation
from kitei_dsl.citation_print import print_en, print_ja

#: What stands after a citation of something that is not law in force, by instrument status or version.
TAGS = {
    "proposed": ("〔案〕", "[bill]"),
    "reported": ("〔報道〕", "[press]"),
    "recommended": ("〔提言〕", "[recommendation]"),
    "drafted": ("〔案〕", "[draft]"),
    "pending": ("〔未施行・要綱による〕", "[not in force; outline]"),
}


class Citer:
    """Prints addresses of one program."""

    def __init__(self, program: Program) -> None:
        self.program = program

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
        parsed = self._parsed(address)
        return address if parsed is None else print_ja(parsed, self.titles, self.single)

    def en(self, address: str) -> str:
        parsed = self._parsed(address)
        return address if parsed is None else print_en(parsed, self.titles, self.single)

    def _parsed(self, address: str) -> Address | Citation | None:
        try:
            return parse_citation(address.partition("#")[0].partition("@")[0])
        except BadAddress:
            return None

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

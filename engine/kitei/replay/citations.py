"""Citations as an answer must print them: address, Japanese, English, and the tag of what is not law in force.

Comes in: an address, perhaps the version it is cited in. Goes out: `{id, ja, en}`. Reading and printing addresses is
`kitei_dsl.citation`'s; which titles and tags belong to an address is worked out here again.
"""

from __future__ import annotations

from kitei.replay.law import Law, plain
from kitei_dsl import core
from kitei_dsl.citation import BadAddress, Title, parse, parse_citation
from kitei_dsl.citation_print import print_en, print_ja

_TAGS = {
    "proposed": ("〔案〕", " [bill]"),
    "drafted": ("〔案〕", " [draft]"),
    "assumed": ("〔想定〕", " [assumed]"),
    "reported": ("〔報道〕", " [press]"),
    "recommended": ("〔提言〕", " [recommendation]"),
    "enacted": ("", ""),
    "pending": ("〔未施行・要綱による〕", " [not in force; outline]"),
}


def said(words: core.Wording) -> dict[str, str] | None:
    """Return words in both languages, None where there are none."""
    return {"ja": words.ja, "en": words.en} if words.ja or words.en else None


class Citations:
    """Prints addresses of one law."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self.titles = {i.id: Title(i.short.ja or i.id, i.short.en or i.id) for i in law.instruments.values()}
        self.single = frozenset(parse(a) for i in law.instruments.values() for a in i.single)

    def data(self, address: str, version: core.Version | None = None) -> dict[str, str]:
        """Return the citation of an address, a clause id or a version id."""
        clause = self.law.clauses.get(address)
        address = plain(address) if clause is None else clause.address
        if clause is not None and clause.applied:
            address = f"{clause.applied} via {clause.address}"
        try:
            parsed = parse_citation(address)
            ja, en = print_ja(parsed, self.titles, self.single), print_en(parsed, self.titles, self.single)
        except BadAddress:
            ja = en = address
        tag_ja, tag_en = self.tag(address, version)
        return {"id": address, "ja": ja + tag_ja, "en": en + tag_en}

    def tag(self, address: str, version: core.Version | None) -> tuple[str, str]:
        """Return what is added to a citation of something that is not enacted law in force from a fixed day."""
        instrument = self.law.instruments.get(address.partition("/")[0])
        if instrument is None:
            return "", ""
        status = instrument.status
        if instrument.kind == "report":
            status = "recommended"
        if status == "enacted" and version is not None and "/" in version.start:
            status = "pending"
        return _TAGS[status]

"""Whether what is cited stands there: each citation on each day for which the structure of the cited law is known.

Comes in: citations and the structures of laws, from official texts or from the index kept beside them. Goes out: `Missing`
ones, with the day; and the diagnostics of a check without texts. A structure says something of its own day only: an amendment
between two has its own. Deliberately not here: what the texts say (`against`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kitei_dsl import core, syntax
from kitei_dsl.addresses import Index, load_indexes
from kitei_dsl.cache import cache_folder, compiler_digest, keep
from kitei_dsl.citation import Address
from kitei_dsl.citation_print import print_en, print_ja
from kitei_dsl.claims import Cited, Days, claims, known_of, parse, titles
from kitei_dsl.diagnostics import Diagnostic, finding, in_order
from kitei_dsl.frozen import Frozen
from kitei_dsl.texts import Structure


class Dayed(Frozen):
    """The structure of a law on the day of a text. One not `complete` says nothing of supplements and the deepest levels."""

    day: str
    structure: Structure
    complete: bool = True

    def lacks(self, address: Address) -> bool:
        """Say whether an address is surely not there."""
        deep = address.supplement is not None or len(address.subitems) > 1
        if deep and (not self.complete or address.supplement != "own"):
            # Markdown does not say of which amending law a supplement is.
            known = self.complete and (
                address.supplement is None or bool(self.structure.parts(address.supplement, address.article))
            )
            if not known:
                return False
        return not self.structure.has(address)


class Missing(Frozen):
    """A citation of a unit that was not there on a day."""

    cited: Cited
    day: str


def on_days(days: Days, structures: Sequence[Dayed], text_of: str) -> list[Dayed]:
    """Return the structures that a claim of these days must hold in; of `once`, all (one of them is enough)."""
    if days.when == "present":
        until = [s for s in structures if not text_of or s.day <= text_of]
        return list((until or structures)[-1:])
    if days.when == "once":
        return list(structures)
    if days.start is None:
        return []
    return [s for s in structures if days.start <= s.day and (days.end is None or s.day < days.end)]


def missing(cited: Iterable[Cited], structures: dict[str, list[Dayed]], program: core.Program) -> Iterator[Missing]:
    """Give each citation that does not stand, with the first day on which it does not."""
    enacted = {i.id: i.text_of for i in program.instruments if i.status == "enacted"}
    for claim in cited:
        law = claim.address.instrument
        if law not in enacted or law not in structures:
            continue
        found = on_days(claim.days, structures[law], enacted[law])
        lacking = [s for s in found if s.lacks(claim.address)]
        if lacking and (claim.days.when != "once" or len(lacking) == len(found)):
            yield Missing(claim, lacking[0].day)


class Names:
    """Prints addresses in both languages."""

    def __init__(self, program: core.Program) -> None:
        self.titles = titles(program)
        self.single = frozenset(parse(a) for i in program.instruments for a in i.single)

    def fields(self, address: Address, name: str = "cited") -> dict[str, str]:
        """Return the fields of a diagnostic that tell an address: itself, and as lawyers cite it."""
        return {
            name: str(address),
            f"{name}_ja": print_ja(address, self.titles, self.single),
            f"{name}_en": print_en(address, self.titles, self.single),
        }

    def both(self, ja: str, en: str, name: str) -> dict[str, str]:
        return {f"{name}_ja": ja, f"{name}_en": en}


def missing_diagnostics(found: Iterable[Missing], names: Names) -> list[Diagnostic]:
    """Tell each missing citation at its place."""
    return [
        finding("citation-missing", m.cited.span, {**names.fields(m.cited.address), "day": m.day}, law=m.cited.law)
        for m in found
    ]


def indexed(indexes: dict[str, Index]) -> dict[str, list[Dayed]]:
    """Return the structures that indexes know, by instrument."""
    return {law: [Dayed(day, index.on(day), index.complete) for day in index.days] for law, index in indexes.items()}


def check_index(program: core.Program, files: Iterable[syntax.File], root: Path) -> list[Diagnostic]:
    """Find the citations to units that no law has, by the indexes kept below `root`; without texts."""
    indexes, flaws = load_indexes(root, program)
    if not indexes:
        return flaws
    path, read = _read_before(program)
    count = len(read)
    cited = claims(program, files, root, numbers=False, read=read).cited
    if len(read) > count:
        keep(path, json.dumps(read, ensure_ascii=False, sort_keys=True))
    return in_order([*flaws, *missing_diagnostics(missing(cited, indexed(indexes), program), Names(program))])


def _read_before(program: core.Program) -> tuple[Path, dict[str, list[str]]]:
    """Return the citations in words that an earlier check read with the same names of laws, and where they are kept."""
    known = known_of(program)
    names = json.dumps([repr(sorted(known.titles.items())), known.defined, {i.id: i.kind for i in program.instruments}])
    name = hashlib.sha256(f"{compiler_digest()} {names}".encode()).hexdigest()[:32]
    path = cache_folder() / f"citations-{name}.json"
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        for places in read.values():
            for place in places:
                parse(place)
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return path, {}
    return path, read

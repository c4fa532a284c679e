"""How the law stands on the day of the site: which version of a place is in force, which was, which is to come.

Comes in: a program, the day asked about, the day as known on. Goes out: the `Standing` of each version and of each place.
Nothing promulgated (or, what is no law: written) after the day it is known on is there at all. Deliberately not here: words.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any

from kitei.site.ended import ended
from kitei.wording import Lang
from kitei.world import Program, Regime
from kitei_dsl import core
from kitei_dsl.frozen import Frozen

#: The states a version can be in, in the order a page shows them.
ORDER = ("in_force", "pending", "proposal", "press", "former")


class Standing(Frozen):
    """The state of one version. `state` is one of ORDER. `start` and `end` are ISO days or commencement ids, as known on the day;
    `end` None where none is known."""

    version: core.Version
    state: str
    start: str
    end: str | None


class Law:
    """A program seen from one day."""

    def __init__(self, program: Program, as_of: str, known_on: str) -> None:
        self.program, self.as_of, self.known_on = program, as_of, known_on

    @cached_property
    def regime(self) -> Regime:
        """Return the law in force, with no assumption: the first world that neither supposes nor assumes anything."""
        plain = [w for w in self.program.core.worlds if not (w.supposes or w.assumes or w.only or w.without)]
        world = plain[0] if plain else core.World("current", core.Wording(), (), (), (), ())
        return Regime(self.program, world)

    @cached_property
    def rank(self) -> dict[str, tuple[int, int, str, int]]:
        """Return where each version stands in lists: enacted law first, Acts, then orders, then ordinances; of these the law of
        which most is collected first; within a law in its own order."""
        of = {v.id: self.program.instruments[v.address.partition("/")[0]] for v in self.program.core.versions}
        size: dict[str, int] = {}
        for address in {v.address for v in self.program.core.versions}:
            size[address.partition("/")[0]] = size.get(address.partition("/")[0], 0) + 1
        kinds = {"act": 0, "order": 1, "ordinance": 2}
        sorts = {i.id: kinds.get(i.kind, 3) + 4 * (i.status != "enacted") for i in of.values()}
        return {id: (sorts[i.id], -size[i.id], i.id, self.program.order[id]) for id, i in of.items()}

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """Return the standing of every version that is known, in the law's order."""
        found: dict[str, Standing] = {}
        for version in sorted(self.program.core.versions, key=lambda v: self.rank[v.id]):
            standing = self._standing(version)
            if standing is not None:
                found[version.id] = standing
        return found

    def _standing(self, v: core.Version) -> Standing | None:
        instrument = self.program.instruments[v.address.partition("/")[0]]
        # What is no law was never promulgated: it is known since the day of its text; a bill, whose text is that of the day
        # it is meant to start, since it is there.
        written = "" if instrument.kind == "bill" else instrument.text_of or v.promulgated
        known_since = v.promulgated if instrument.status == "enacted" else written
        if known_since > self.known_on:
            return None
        end = v.end if v.end is None or (v.end_promulgated or v.promulgated) <= self.known_on else None
        if instrument.status == "reported" and instrument.kind != "report":
            state = "press"
        elif instrument.status != "enacted":
            state = "proposal"
        elif "/" in v.start or v.start > self.as_of:
            state = "pending"
        elif end is not None and "/" not in end and end <= self.as_of:
            state = "former"
        else:
            state = "in_force"
        return Standing(v, state, v.start, end)

    @cached_property
    def records(self) -> dict[str, dict[str, list[Any]]]:
        """Return the records that belong to versions, by their sort (as `core.Program` names it) and version, in their order."""
        found: dict[str, dict[str, list[Any]]] = {}
        for sort in ("clauses", "slots", "parameters", "norms", "sanctions", "savings"):
            found[sort] = {}
            for record in getattr(self.program.core, sort):
                found[sort].setdefault(record.version, []).append(record)
        return found

    def state(self, version: str) -> str:
        """Return the state of a version, empty where it is not known."""
        return self.standings[version].state if version in self.standings else ""

    @cached_property
    def places(self) -> dict[str, tuple[Standing, ...]]:
        """Return the known versions of each address: in force first, then to come, then former ones, newest first."""
        found: dict[str, list[Standing]] = {}
        for s in self.standings.values():
            found.setdefault(s.version.address, []).append(s)
        return {address: tuple(sorted(of, key=_shown_first)) for address, of in found.items()}

    @cached_property
    def order(self) -> dict[str, int]:
        """Return where each place stands in the law's order."""
        return {place: n for n, place in enumerate(self.places)}

    def leading(self, address: str) -> Standing:
        """Return the version of a place that a page about it begins with."""
        return self.places[address][0]

    def versions_at(self, address: str) -> Iterator[Standing]:
        """Give the known versions at a place or below it."""
        for place, standings in self.places.items():
            if place == address or place.startswith(address + "/"):
                yield from standings

    def together(self, one: str, other: str) -> bool:
        """Say whether two versions can be read together: both known, and their intervals meet."""
        if one not in self.standings or other not in self.standings:
            return False
        a, b = self.standings[one], self.standings[other]
        for first, second in ((a, b), (b, a)):
            if first.end is not None and (first.end == second.start or _before(first.end, second.start)):
                return False
        return True

    @cached_property
    def spent(self) -> frozenset[str]:
        """Return the clauses whose condition neither the day nor any later one can meet, whatever the facts."""
        return frozenset(c.id for c in self.program.core.clauses if ended(c.condition, self.as_of))

    @cached_property
    def not_in_force(self) -> frozenset[str]:
        """Return the clauses of texts that are not in force, and those that no day can meet any more: no drawing shows them."""
        return self.spent | {c.id for c in self.program.core.clauses if self.state(c.version) != "in_force"}

    # ------------------------------------------------------------------ delegations
    def fillings(self, slot: core.SlotDeclaration) -> list[core.Clause]:
        """Return the clauses that fill a slot version, in the law's order."""
        resolve = self.program.resolves.get(f"slot:{slot.id}")
        text, known = date.fromisoformat(self.as_of), date.fromisoformat(self.known_on)
        fills = [self.program.clauses[c] for c in (resolve.candidates if resolve else ()) if c in self.program.clauses]
        return [c for c in fills if self.state(c.version) and self.regime.fills(c, slot, text, known)]

    def filled(self, slot: core.SlotDeclaration) -> str:
        """Return `filled`, `made` (the filling is not in force yet), `pending` (said to be on its way) or `unfilled`."""
        states = {self.state(c.version) for c in self.fillings(slot)}
        if states & {"in_force", "former", self.state(slot.version)}:
            return "filled"
        return "made" if states else "pending" if slot.pending else "unfilled"


def _shown_first(s: Standing) -> tuple[int, str]:
    day = s.start if "/" not in s.start else "9999"
    newest = "".join(chr(0x10FFFF - ord(c)) for c in day)
    return ORDER.index(s.state), newest if s.state == "former" else day


def _before(end: str, start: str) -> bool:
    """Say whether an end lies before a start; a commencement lies after every fixed day."""
    if "/" in end:
        return False
    return "/" in start or end <= start


def lang_of(words: core.Wording, lang: Lang) -> tuple[str, str]:
    """Return words in a language and, where they had to be taken from the other, that language."""
    wanted, other = (words.ja, words.en) if lang == "ja" else (words.en, words.ja)
    if wanted or not other:
        return wanted, ""
    return other, "en" if lang == "ja" else "ja"

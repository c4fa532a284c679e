"""What of the law refers to what: which provision rests on which, how, and what a change to one of them would touch.

Comes in: a program, a reader of citations in plain statements (or none), cases that name provisions. Goes out:
`References`. Two graphs of one law. Between *places* (provisions, days of commencement): an edge says that the first rests
on the second and how. Between *things* (a term, a slot, a norm, a place, a case): finer, so that a change is followed
through the very word it changes and no further. Versions of one provision are one place; what can never be in force together
does not refer to each other. Deliberately not here: layout, words, facts of a case.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from kitei.world import Program
from kitei_dsl import core
from kitei_dsl.citation import Address, BadAddress, parse
from kitei_dsl.frozen import Frozen

#: How a provision rests on another, in the order they are told.
KINDS = (
    "term", "slot", "filling", "exception", "yields", "lifts", "sanction", "applies", "deems", "saving", "commencement", "cites",
)  # fmt: skip
#: The ways round a place.
DIRECTIONS = ("cites", "cited-by", "both")


class Edge(Frozen):
    """`source` rests on `target`, both places. `about`: through which terms, slots or norms (keys of resolves, slot targets)."""

    source: str
    target: str
    kind: str
    about: tuple[str, ...] = ()


class Thing(Frozen):
    """A thing that a change may touch. `sort`: place, term, slot, norm or case; `id` its address, key, or heading."""

    sort: str
    id: str


class Touched(Frozen):
    """A thing touched: how many steps away, and the way to it from a changed place, both ends included."""

    thing: Thing
    distance: int
    way: tuple[Thing, ...]


class Dependence(Frozen):
    """What rests on some places: directly, by how; and through others, each with the way from there."""

    direct: tuple[Edge, ...]
    through: tuple[Touched, ...]


class Mentions(Frozen):
    """A case by its heading: the addresses it cites, the names of terms and norms it asks about."""

    heading: str
    cites: tuple[str, ...]
    names: tuple[str, ...]


#: Whatever is written in a version of a provision, on words that are marked.
Record: TypeAlias = core.Clause | core.SlotDeclaration | core.ParameterValue | core.Norm | core.Sanction | core.Saving
#: Reads the addresses that a plain statement of a provision cites.
Reader = Callable[[core.Version], Iterable[str]]


def place_of(address: str) -> str:
    """Return the place of an address as the program writes it: without norm, version or 準用."""
    return address.partition("#")[0].partition("@")[0].partition(" via ")[0]


def _before(start: str, end: str) -> bool:
    """Say whether a day can lie before another: one that is not fixed comes after every fixed one, before any other unfixed one."""
    return start != end if "/" in start and "/" in end else "/" in end or ("/" not in start and start < end)


class References:
    """The references of one program."""

    def __init__(self, program: Program, reader: Reader | None = None, cases: Sequence[Mentions] = ()) -> None:
        self.program, self.cases = program, cases
        self.encoded = list(dict.fromkeys(place_of(v.address) for v in sorted(program.core.versions, key=lambda v: program.order[v.id])))  # fmt: skip
        self._parsed = {place: parse(place) for place in self.encoded}
        #: the places of each instrument, in order: no address covers a place of another
        self._of: dict[str, list[str]] = {}
        for place, address in self._parsed.items():
            self._of.setdefault(address.instrument, []).append(place)
        self._meant: dict[str, list[str]] = {}
        self._versions: dict[str, list[core.Version]] = {}
        for v in program.core.versions:
            self._versions.setdefault(place_of(v.address), []).append(v)
        self._filled = self._fillings()
        found: dict[tuple[str, str, str], dict[str, None]] = {}
        for source, target, kind, about in self._raw(reader):
            if source != target:
                found.setdefault((source, target, kind), {}).update({about: None} if about else {})
        places = [*self.encoded, *program.commencements]
        self.order = {place: n for n, place in enumerate(dict.fromkeys(places))}
        for _, target, _ in found:
            self.order.setdefault(target, len(self.order))
        self.edges = sorted(
            (Edge(s, t, kind, tuple(sorted(about))) for (s, t, kind), about in found.items()), key=self._edge_key
        )
        self._below: dict[Thing, list[Thing]] | None = None

    def _edge_key(self, e: Edge) -> tuple[int, int, int]:
        return self.order[e.source], self.order[e.target], KINDS.index(e.kind)

    # ------------------------------------------------------------------ places
    def at(self, place: str) -> list[str]:
        """Return the places that are meant by an address: those at or below it, else the one it lies in; none: not there."""
        if place in self.program.commencements:
            return [place]
        try:
            address = parse(place)
        except BadAddress:
            return []
        below = [p for p in self.order if p not in self.program.commencements and address.covers(self._address(p))]
        if below:
            return below
        above = [p for p, a in self._parsed.items() if a.covers(address)]
        return above[-1:]

    def _address(self, place: str) -> Address:
        found = self._parsed.get(place)
        if found is None:
            found = self._parsed[place] = parse(place)
        return found

    def _targets(self, address: str, version: str = "") -> list[str]:
        """Return the places an address of the text names: those below it, or itself where nothing of it is encoded."""
        place = place_of(address)
        if place in self.program.by_address or not place:
            return [place] if place else []
        if place not in self._meant:
            self._meant[place] = self._places_meant(place)
        return self._meant[place]

    def _places_meant(self, place: str) -> list[str]:
        try:
            wanted = parse(place)
        except BadAddress:
            return []
        near = self._of.get(wanted.instrument, [])
        return (
            [p for p in near if wanted.covers(self._parsed[p])]
            or [p for p in near if self._parsed[p].covers(wanted)][-1:]
            or [place]
        )

    # ------------------------------------------------------------------ what is written
    def _place(self, record: Record) -> str:
        """Return the provision a record is written in: of the cases of a 区分に応じ, the provision that holds them."""
        return place_of(self.program.versions[record.version].address)

    def _together(self, left: str, right: str) -> bool:
        """Say whether two versions are in force on some day. Of days that are not fixed only the same one is not after itself."""
        a, b = self.program.versions[left], self.program.versions[right]
        return all(v.end is None or _before(start, v.end) for v in (a, b) for start in (a.start, b.start))

    def _fillings(self) -> dict[str, list[core.Clause]]:
        found: dict[str, list[core.Clause]] = {}
        for c in self.program.core.clauses:
            if c.role == "fill" and c.resolves is not None:
                found.setdefault(c.resolves.removeprefix("fill:"), []).append(c)
        return found

    def _named(self, parts: Iterable[core.Expr | None]) -> Iterator[tuple[str, str]]:
        """Give each term, slot and number of the law that expressions name: (sort, key)."""
        for part in parts:
            for _, expr in core.walk(part, "") if part is not None else ():
                if isinstance(expr, core.Use):
                    yield ("norm" if expr.resolves.startswith("norm:") else "term"), expr.resolves
                elif isinstance(expr, core.Slot):
                    slot = self.program.slots[expr.slot]
                    yield "slot", f"{slot.address}#{slot.name}"
                elif isinstance(expr, core.Parameter):
                    yield "parameter", expr.name

    def _statements(self) -> Iterator[tuple[str, str, str, tuple[core.Expr | None, ...]]]:
        """Give each statement that has expressions: its version, its place, what it decides, the expressions."""
        for c in self.program.core.clauses:
            yield c.version, self._place(c), c.resolves or "", (c.condition, c.outcome)
        for n in self.program.core.norms:
            each = (n.instances.members,) if n.instances else ()
            yield n.version, self._place(n), n.applies, (n.content, n.done, n.done_on, n.due, *each, n.anchor)
        for s in self.program.core.savings:
            yield s.version, self._place(s), "", (s.condition,)

    def _raw(self, reader: Reader | None) -> Iterator[tuple[str, str, str, str]]:
        """Give every reference between places: source, target, kind, about."""
        p = self.program
        for version, place, _, parts in self._statements():
            for sort, key in self._named(parts):
                if sort in ("term", "norm"):
                    for id in p.resolves[key].candidates:
                        if self._together(version, p.clauses[id].version):
                            yield place, self._place(p.clauses[id]), "term", key
                elif sort == "slot":
                    yield place, key.partition("#")[0], "term", f"slot:{key}"
                else:
                    yield place, place_of(key), "term", ""
        for target, clauses in self._filled.items():
            for c in clauses:
                yield self._place(c), place_of(target), "slot", f"slot:{target}"
                yield place_of(target), self._place(c), "filling", f"slot:{target}"
        for c in p.core.clauses:
            place = self._place(c)
            for targets, kind in ((c.proviso_to, "exception"), (c.notwithstanding, "exception"), (c.blocks, "exception"), (c.yields_to, "yields")):  # fmt: skip
                for id in targets:
                    yield place, self._place(p.clauses[id]), kind, p.clauses[id].resolves or ""
            for purpose in c.purposes if c.role == "deem" else ():
                if purpose != "*":
                    yield from ((place, t, "deems", c.resolves or "") for t in self._targets(purpose))
        for n in p.core.norms:
            for lifted in n.lifts:
                yield from ((self._place(n), t, "lifts", n.applies) for t in self._targets(lifted))
        for s in p.core.sanctions:
            for address in s.targets:
                yield from ((self._place(s), t, "sanction", "") for t in self._targets(address))
            if s.corporate_cite:
                yield from ((self._place(s), t, "cites", "") for t in self._targets(s.corporate_cite))
        for saving in p.core.savings:
            for address in saving.targets:
                yield from ((self._place(saving), t, "saving", "") for t in self._targets(address))
        for v in p.core.versions:
            place = place_of(v.address)
            if v.applies:
                yield place, place_of(p.versions[v.applies].address), "applies", ""
            for moment in (v.start, v.end or ""):
                if moment in p.commencements:
                    yield place, moment, "commencement", ""
            for address in reader(v) if reader is not None else ():
                if parse(address).covers(self._address(place)):
                    continue  # the article it stands in
                yield from ((place, t, "cites", "") for t in self._targets(address) if not self._same(place, t))
        for commencement in p.core.commencements:
            if commencement.cite:
                yield from ((commencement.id, t, "cites", "") for t in self._targets(commencement.cite))
        records: tuple[Sequence[Record], ...] = (
            p.core.clauses,
            p.core.slots,
            p.core.parameters,
            p.core.norms,
            p.core.sanctions,
            p.core.savings,
        )
        for record in (r for group in records for r in group):
            place = self._place(record)
            for mark in record.marks:
                yield from ((place, t, "cites", "") for t in self._targets(mark.address) if not self._same(place, t))

    def _same(self, place: str, other: str) -> bool:
        """Say whether one place lies in the other: a mark on a part of a provision refers to nothing else."""
        a, b = self._address(place), self._address(other)
        return a.covers(b) or b.covers(a)

    # ------------------------------------------------------------------ around a place
    def around(self, places: Collection[str], depth: int, direction: str) -> References:
        """Return the references among the places no more than so many steps from some, along one direction or both."""
        kept, edge_of = dict.fromkeys(places), [*places]
        for _ in range(depth):
            found = dict.fromkeys(
                other
                for e in self.edges
                for here, other, way in ((e.source, e.target, "cites"), (e.target, e.source, "cited-by"))
                if here in edge_of and other not in kept and direction in (way, "both")
            )
            kept.update(found)
            edge_of = [*found]
        return self._with(kept, [e for e in self.edges if e.source in kept and e.target in kept])

    def _with(self, places: Collection[str], edges: list[Edge]) -> References:
        part = object.__new__(References)
        part.__dict__.update(self.__dict__)
        part.encoded = [p for p in self.order if p in places]
        part.order = {p: n for n, p in enumerate(part.encoded)}
        part.edges = edges
        return part

    @property
    def places(self) -> list[str]:
        """Return the places of this graph, in the order of the law."""
        return list(self.order)

    def folded(self, most: int) -> References:
        """Return the references by provision, by article or by instrument: the finest that has no more than so many places
        (of the last, all)."""
        for cut in (lambda p: p, self._article, lambda p: p.partition("/")[0]):
            names = {p: p if p in self.program.commencements else cut(p) for p in self.order}
            if len(set(names.values())) <= most or cut(self.places[0]) == self.places[0].partition("/")[0]:
                break
        edges: dict[tuple[str, str, str], dict[str, None]] = {}
        for e in self.edges:
            source, target = names[e.source], names[e.target]
            if source != target:
                edges.setdefault((source, target, e.kind), {}).update(dict.fromkeys(e.about))
        folded = self._with((), [])
        folded.encoded = list(dict.fromkeys(names.values()))
        folded.order = {p: n for n, p in enumerate(folded.encoded)}
        folded.edges = sorted((Edge(s, t, k, tuple(sorted(a))) for (s, t, k), a in edges.items()), key=folded._edge_key)
        return folded

    def _article(self, place: str) -> str:
        parts = place.split("/")
        return "/".join(parts[: 3 if len(parts) > 2 and parts[1].startswith("suppl") else 2])

    # ------------------------------------------------------------------ what rests on a place
    def depends_on(self, places: Collection[str]) -> Dependence:
        """Return what rests on some places: directly, in the order of kinds; and what is touched only through others."""
        direct = [e for e in self.edges if e.target in places and e.source not in places]
        direct.sort(key=lambda e: (KINDS.index(e.kind), self.order[e.source], self.order[e.target]))
        near = {e.source for e in direct}
        through = [t for t in self.touches(places) if t.thing.sort == "place" and t.thing.id not in near]
        return Dependence(tuple(direct), tuple(through))

    def touches(self, places: Collection[str]) -> list[Touched]:
        """Return everything a change to some places may touch, nearest first, each with the shortest way to it.

        In the order of nearness, then norms, terms, slots, places, cases, then the order of the law.
        """
        below = self._things()
        came: dict[Thing, Thing | None] = {Thing("place", p): None for p in self.order if p in places}
        away = dict.fromkeys(came, 0)
        waiting = list(came)
        for thing in waiting:
            if thing.sort == "place" and away[thing]:
                continue  # it holds a statement that is touched; what else stands there is not
            for other in below.get(thing, ()):
                if other not in came and self._meets(other, places):
                    came[other], away[other] = thing, away[thing] + 1
                    waiting.append(other)
        sorts = ("norm", "term", "slot", "place", "case")
        reached = [t for t in came if came[t] is not None]
        rank = {t: n for n, t in enumerate(reached)}
        reached.sort(
            key=lambda t: (
                away[t],
                sorts.index(t.sort),
                self.order.get(t.id, rank[t]) if t.sort == "place" else rank[t],
            )
        )
        return [Touched(t, away[t], tuple(self._way(t, came))) for t in reached]

    def _meets(self, thing: Thing, places: Collection[str]) -> bool:
        """Say whether a thing can be in force together with one of the places; a case, or a day, can with any."""
        starts = [v.id for p in places for v in self._versions.get(p, ())]
        if thing.sort == "case" or len(starts) == 0 or any(p in self.program.commencements for p in places):
            return True
        if thing.sort == "place":
            own = [v.id for v in self._versions.get(thing.id, ())]
        elif thing.sort == "slot":
            own = [s.version for s in self.program.slots.values() if f"{s.address}#{s.name}" == thing.id]
        else:
            own = [self.program.clauses[c].version for c in self.program.resolves[thing.id].candidates]
        return not own or any(self._together(a, b) for a in own for b in starts)

    @staticmethod
    def _way(thing: Thing, came: Mapping[Thing, Thing | None]) -> list[Thing]:
        way, step = [thing], came[thing]
        while step is not None:
            way.insert(0, step)
            step = came[step]
        return way

    def _things(self) -> dict[Thing, list[Thing]]:
        """Return from each thing those that rest on it directly: what a change to it touches next."""
        if self._below is not None:
            return self._below
        p, found = self.program, dict[Thing, dict[Thing, None]]()

        def rests(upper: Thing, lower: Thing) -> None:
            if upper != lower:
                found.setdefault(lower, {})[upper] = None

        def decided(key: str) -> Thing:
            if key.startswith("norm:"):
                return Thing("norm", key)
            return Thing("slot", key.removeprefix("fill:")) if key.startswith("fill:") else Thing("term", key)

        def stated(version: str, place: str, keys: Iterable[str], parts: Iterable[core.Expr | None]) -> None:
            here = Thing("place", place)
            named = [(sort, name) for sort, name in self._named(parts)
                     if sort in ("slot", "parameter") or any(self._together(version, p.clauses[c].version) for c in p.resolves[name].candidates)]  # fmt: skip
            uses = [
                Thing("place", place_of(n)) if s == "parameter" else Thing("slot", n) if s == "slot" else decided(n)
                for s, n in named
            ]
            for upper in (*map(decided, keys), here):
                for lower in uses:
                    rests(upper, lower)
            for key in keys:
                rests(decided(key), here)

        for version, place, key, parts in self._statements():
            stated(version, place, [key] if key else [], parts)
        for c in p.core.clauses:
            for targets in (
                c.blocks,
                c.proviso_to,
                c.notwithstanding,
            ):  # what is excepted is decided by the exception too
                stated(
                    c.version,
                    self._place(c),
                    {p.clauses[t].resolves or "": None for t in targets} if targets else (),
                    (c.condition,),
                )
            for t in (*c.blocks, *c.proviso_to, *c.notwithstanding, *c.yields_to):
                rests(Thing("place", self._place(c)), Thing("place", self._place(p.clauses[t])))
        for s in p.core.slots:
            rests(Thing("slot", f"{s.address}#{s.name}"), Thing("place", self._place(s)))
        for target, clauses in self._filled.items():
            for c in clauses:
                rests(Thing("place", self._place(c)), Thing("slot", target))
        for v in p.core.versions:
            if v.applies:  # what stands here by 準用 is what stands there
                there = Thing("place", place_of(p.versions[v.applies].address))
                for c in p.core.clauses:
                    if c.version == v.id and c.resolves:
                        rests(decided(c.resolves), there)
        for e in self.edges:
            if e.kind in (
                "sanction",
                "saving",
                "deems",
                "lifts",
            ):  # what is said of a norm elsewhere is part of its answer
                for n in p.core.norms:
                    if self._place(n) == e.target:
                        rests(Thing("norm", n.applies), Thing("place", e.source))
                        rests(Thing("place", e.source), Thing("norm", n.applies))
            if e.kind != "term":
                rests(Thing("place", e.source), Thing("place", e.target))
        for case in self.cases:
            me = Thing("case", case.heading)
            for address in case.cites:
                for place in self.at(place_of(address)):
                    rests(me, Thing("place", place))
            for name in case.names:
                for key in p.resolves:
                    if key.partition("@")[0] == name or (
                        key.startswith("norm:") and p.norms.get(key) and p.norms[key][0].name == name
                    ):
                        rests(me, decided(key))
        self._below = {lower: list(uppers) for lower, uppers in found.items()}
        return self._below

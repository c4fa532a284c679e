"""Provision versions as they are lowered: those written, and those that stand elsewhere by 準用.

Comes in: the versions of all provisions. Goes out: one more version for each that an application takes in, whatever it
applies in turn included (準用規定の準用), and findings. Deliberately not here: the replacing of words (`applied`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from kitei_dsl import syntax
from kitei_dsl.applied import write_out
from kitei_dsl.citation import Address
from kitei_dsl.declare import read_address
from kitei_dsl.diagnostics import Diagnostic, finding, near
from kitei_dsl.elaborate import Place
from kitei_dsl.frozen import Struct, field
from kitei_dsl.places import whole

#: Provisions written out by all applications together. A chain that doubles at each step would fill any memory.
MOST = 2_000
#: Applications of applications, one within the other; the law has two or three.
DEEPEST = 20

#: Gives the key of the definitions of a term that reign at an address.
Reigning = Callable[[str, Address], "str | list[str]"]


class Version(Struct):
    """A provision version being lowered.

    `applied`: the version that this one writes out again by 準用; `path`: the applications that brought it here, the
    nearest first.
    """

    node: syntax.Provision
    address: Address
    id: str
    start: str
    place: Place
    applied: Version | None = None
    path: tuple[str, ...] = ()
    labels: dict[str, syntax.Node] = field(default_factory=dict)

    def chain(self) -> Iterator[Version]:
        """Give this version, that which it writes out again, and so on to the one that is written."""
        version: Version | None = self
        while version is not None:
            yield version
            version = version.applied

    @property
    def written(self) -> tuple[Address, ...]:
        """The places where it stood before each application of `path`; the last is where it is written."""
        return tuple(v.address for v in self.chain())[1:]


class Applications:
    """Writes out what provisions apply."""

    def __init__(
        self, versions: Sequence[Version], reigning: Reigning, spellings: Callable[[str], Collection[str]]
    ) -> None:
        self.versions, self.reigning, self.spellings = tuple(versions), reigning, spellings
        self.found: list[Diagnostic] = []
        self.made: dict[str, list[Version]] = {}
        self.within: list[Version] = []
        #: versions that would apply themselves; by which way, told at the first of a circle
        self.circular: set[str] = set()
        self.ways: dict[str, str] = {}
        self.count = 0

    def all(self) -> list[Version]:
        """Return what all versions apply, in their order."""
        return [copy for v in self.versions for copy in self.of(v)]

    def of(self, version: Version) -> list[Version]:
        """Return the versions that stand at a provision by its applications."""
        if version.id not in self.made:
            self.within.append(version)
            lines = [x for x in version.node.lines if isinstance(x, syntax.Application)]
            self.made[version.id] = [copy for n, line in enumerate(lines) for copy in self.one(version, n, line)]
            self.within.pop()
        return self.made[version.id]

    def one(self, version: Version, n: int, line: syntax.Application) -> Iterator[Version]:
        self.found += whole(str(version.address), (*line.targets, *line.excepted))
        targets, excepted = (
            [a for t in group if (a := read_address(t, self.found)) is not None]
            for group in (line.targets, line.excepted)
        )
        listed = ", ".join(t.address for t in line.targets)

        def taken_in(v: Version) -> bool:
            apart = any(e.covers(place) for e in excepted for place in (v.address, *v.written))
            return any(t.covers(v.address) for t in targets) and not apart

        taken = [v for v in self.versions if taken_in(v)]
        if not taken:
            hint = near(listed, (str(v.address) for v in self.versions))
            self.report("nothing-applied", line, version, address=listed, near=f"; {hint}" if hint else "")
        if not line.replacements:
            self.report("necessary-adjustment", line, version, address=str(version.address), applied=listed)
        round_again = next((v for v in taken if v in self.within), None)
        if round_again is not None:
            circle = self.within[self.within.index(round_again) :]
            self.circular |= {v.id for v in circle}
            self.ways[round_again.id] = " → ".join(str(v.address) for v in (*circle, round_again))
            taken = []
        if len(self.within) > DEEPEST:
            self.report("too-much-applied", line, version, address=str(version.address), limit=f"{DEEPEST} steps")
            return
        further = [copy for v in taken for copy in self.of(v) if taken_in(copy)]
        if version.id in self.circular:
            if version.id in self.ways:
                self.report("circular-application", line, version, address=str(version.address), way=self.ways.pop(version.id))  # fmt: skip
            return
        if further:
            through = ", ".join(dict.fromkeys(str(c.address) for c in further))
            inner = ", ".join(dict.fromkeys(str(c.written[0]) for c in further))
            self.report("chained-application", line, version, address=str(version.address), through=through, inner=inner)  # fmt: skip
        originals = [
            (i, v) for i, v in enumerate((*taken, *further)) if all(_overlap(version, other) for other in v.chain())
        ]
        self.count += len(originals)
        if self.count > MOST:
            if self.count - len(originals) <= MOST:
                self.report("too-much-applied", line, version, address=str(version.address), limit=f"{MOST} provisions")
            return
        written, unmatched = write_out(version.node, line, [(i, v.node) for i, v in originals], self.spellings)
        for replacement in unmatched if written else ():
            self.report("replacement-unmatched", replacement, version, old=replacement.old, applied=listed)
        by_place = dict(originals)
        for copy in written:
            of = by_place[copy.original]
            id = f"{version.id}~{of.id}"
            place = Place(version.address, id, version.start, reigning=self.reigning)
            path = (f"{version.id}.{n}", *of.path)
            yield Version(copy.node, version.address, id, version.start, place, of, path)

    def report(self, slug: str, node: syntax.Node, version: Version, **fields: str) -> None:
        self.found.append(finding(slug, node.span, fields, law=str(version.address)))


def _overlap(left: Version, right: Version) -> bool:
    """Say whether two versions can be in force on one day, by their fixed days."""
    ends = [(v.node.until.moment.text if v.node.until else "") for v in (left, right)]
    return not any(
        "/" not in start and end and "/" not in end and end <= start
        for start, end in ((left.start, ends[1]), (right.start, ends[0]))
    )

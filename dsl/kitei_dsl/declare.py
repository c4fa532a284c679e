"""Collect every declaration: what each name means, before any expression is read.

Comes in: parsed files. Goes out: `Names` and diagnostics. Vocabulary names are global and world-independent;
slots and parameters belong to provisions. Both spellings of a name lead to one canonical (first) spelling.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kitei_dsl import meant, syntax
from kitei_dsl.citation import Address, BadAddress, parse
from kitei_dsl.diagnostics import Diagnostic, diagnostic, finding, near
from kitei_dsl.frozen import Struct, field
from kitei_dsl.meant import type_meant
from kitei_dsl.typesystem import SCALARS, Type

#: The status of an instrument that says none, where its type is of what is no law yet.
UNSAID = {"bill": "proposed", "report": "proposed", "press": "reported"}


def status_of(i: syntax.Instrument) -> str:
    """Return the status of an instrument: as written, else that of its type."""
    said_of = {line.key: line.value for line in i.lines}
    return str(said_of.get("status") or UNSAID.get(str(said_of.get("type", "act")), "enacted"))


class Names(Struct):
    """What the files declare, by canonical name; `spelling` leads every spelling to the canonical one per sort."""

    instruments: dict[str, syntax.Instrument] = field(default_factory=dict)
    kinds: dict[str, syntax.Kind] = field(default_factory=dict)
    enumerations: dict[str, syntax.Enumeration] = field(default_factory=dict)
    attributes: dict[str, syntax.Attribute] = field(default_factory=dict)
    roles: dict[str, tuple[syntax.Role, syntax.Role, syntax.Relation]] = field(default_factory=dict)
    terms: dict[str, syntax.Term] = field(default_factory=dict)
    norms: dict[str, syntax.NormName] = field(default_factory=dict)
    readings: dict[str, syntax.Reading] = field(default_factory=dict)
    commencements: dict[str, syntax.Commencement] = field(default_factory=dict)
    worlds: dict[str, syntax.World] = field(default_factory=dict)
    provisions: list[syntax.Provision] = field(default_factory=list)
    enum_values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    spelling: dict[str, dict[str, str]] = field(default_factory=dict)
    #: For each commencement, address and version-start that occurs: set of provision addresses.
    addresses: dict[str, Address] = field(default_factory=dict)

    def canonical(self, sort: str, name: str) -> str | None:
        """Return the canonical spelling of a name of a sort (kind, attribute, …), or None."""
        return self.spelling.get(sort, {}).get(name)

    def known(self, *sorts: str) -> list[str]:
        """List every spelling of the sorts, for suggestions."""
        return [name for sort in sorts for name in self.spelling.get(sort, {})]

    def spellings(self, name: str) -> set[str]:
        """Return every spelling of what a name stands for, itself among them."""
        meant = {(sort, table[name]) for sort, table in self.spelling.items() if name in table}
        return {name} | {s for sort, of in meant for s, canonical in self.spelling[sort].items() if canonical == of}

    def type_named(self, name: str) -> Type | None:
        """Return the type a name stands for: a scalar, an enumeration or an entity of a kind."""
        if name in SCALARS:
            return SCALARS[name]
        if enumeration := self.canonical("enumeration", name):
            return Type("enum", enumeration)
        if kind := self.canonical("kind", name):
            return Type("entity", kind)
        return None

    def kind_of(self, sort: str, name: str) -> str | None:
        """Return the canonical kind that an attribute, role, term or norm of this canonical name belongs to."""
        node: syntax.Attribute | syntax.Term | syntax.NormName | None
        if sort == "role":
            return self.canonical("kind", self.roles[name][1].kind.text) if name in self.roles else None
        node = {"attribute": self.attributes, "term": self.terms, "norm": self.norms}[sort].get(name)  # type: ignore[attr-defined]
        return None if node is None else self.canonical("kind", node.kind.text)


_SORTS: dict[type[syntax.Node], str] = {
    syntax.Instrument: "instrument",
    syntax.Kind: "kind",
    syntax.Enumeration: "enumeration",
    syntax.Attribute: "attribute",
    syntax.Term: "term",
    syntax.NormName: "norm",
    syntax.Reading: "reading",
    syntax.World: "world",
}

#: Sorts that share one space of names, so that a bare name in an expression has one meaning.
_SHARED = {"attribute": "fact", "role": "fact", "term": "fact", "kind": "type", "enumeration": "type"}


def declare(files: Iterable[syntax.File]) -> tuple[Names, list[Diagnostic]]:
    """Collect the declarations of all files."""
    collector = _Collector()
    for file in files:
        collector.files.append(file)
        for item in file.items:
            collector.item(item)
    collector.check()
    return collector.names, collector.found


class _Collector:
    def __init__(self) -> None:
        self.names = Names()
        self.found: list[Diagnostic] = []
        self.places: dict[tuple[str, str], syntax.Node] = {}
        self.files: list[syntax.File] = []

    def report(self, slug: str, node: syntax.Node, **fields: str) -> None:
        self.found.append(finding(slug, node.span, fields))

    def enter(self, sort: str, name: syntax.Name, alias: syntax.Alias | None, node: syntax.Node) -> bool:
        """Enter both spellings; False (and a finding) where one is taken."""
        for spelling in filter(None, (name.text, alias.name if alias else None)):
            key = (_SHARED.get(sort, sort), spelling)
            if key in self.places and not (alias and alias.name == name.text and spelling == name.text):
                self.report("declared-twice", name, name=spelling, other=self.places[key].span.place)
                return False
            self.places[key] = name
            self.names.spelling.setdefault(sort, {})[spelling] = name.text
        return True

    def item(self, item: syntax.Item) -> None:
        if isinstance(item, syntax.Provision):
            self.names.provisions.append(item)
        elif isinstance(item, syntax.Commencement):
            key = item.address.address
            if key in self.names.commencements:
                other = self.names.commencements[key].span.place
                self.report("declared-twice", item.address, name=key, other=other)
            else:
                self.names.commencements[key] = item
                self.names.spelling.setdefault("commencement", {})[key] = key
        elif isinstance(item, syntax.Relation):
            first, second = item.roles
            for role, opposite in ((first, second), (second, first)):
                if self.enter("role", role.name, role.alias, role):
                    self.names.roles[role.name.text] = (role, opposite, item)
        elif isinstance(item, syntax.Status):
            raise AssertionError("a status is written out before names are collected")
        else:
            sort = _SORTS[type(item)]
            if self.enter(sort, item.name, getattr(item, "alias", None), item):
                table = getattr(self.names, {"enumeration": "enumerations"}.get(sort, f"{sort}s"))
                table[item.name.text] = item
            if isinstance(item, syntax.Enumeration):
                self.names.enum_values[item.name.text] = tuple(
                    line.name.text for line in item.lines if isinstance(line, syntax.EnumValue)
                )

    def check(self) -> None:
        """Check what declarations say of each other: kinds, types, instruments and addresses exist."""
        names = self.names
        for attribute in names.attributes.values():
            self.kind(attribute.kind)
            self.type(attribute.type)
        for term in names.terms.values():
            self.kind(term.kind)
            self.type(term.type)
            type_ = names.type_named(term.type.text)
            if term.combination and type_ is not None and type_.name not in COMBINABLE[term.combination]:
                hint = f"`{term.combination}` joins values of " + ", ".join(COMBINABLE[term.combination])
                self.report(
                    "wrong-type",
                    term.type,
                    expected=" or ".join(COMBINABLE[term.combination]),
                    found=str(type_),
                    hint=hint,
                )
        for norm in names.norms.values():
            self.kind(norm.kind)
        for role, _, _ in names.roles.values():
            self.kind(role.kind)
        for kind in names.kinds.values():
            for line in kind.lines:
                if isinstance(line, syntax.DatedBy) and names.canonical("attribute", line.attribute.text) is None:
                    self.unknown("attribute", line.attribute)
        for world in names.worlds.values():
            for line in world.lines:
                if isinstance(line, syntax.Suppose):
                    self.instrument(line.instrument.text, line.instrument)
                elif isinstance(line, (syntax.Only, syntax.Without)):
                    for target in line.targets:
                        self.instrument(target.address.partition("/")[0], target)
        for file in self.files:
            self.days(file)
        for provision in names.provisions:
            self.address(provision.address)
            self.interval(provision)
            moments = [provision.start, *([provision.until.moment] if provision.until else [])]
            for moment in moments:
                if "/" in moment.text and moment.text not in names.commencements:
                    hint = near(moment.text, names.commencements) or "declare it with `commencement`"
                    self.report("unknown-commencement", moment, name=moment.text, near=hint)
        for commencement in names.commencements.values():
            # An id of its own, not a place: `act64/main`. Only its instrument must exist.
            id = commencement.address.address.partition("/")[0]
            self.instrument(id, commencement.address)
            instrument = self.names.instruments.get(id)
            if commencement.promulgated is None and instrument is not None and status_of(instrument) == "enacted":
                self.report("not-promulgated", commencement.address, name=commencement.address.address, instrument=id)

    def days(self, file: syntax.File) -> None:
        """Check every day that is written: that it exists. Days in expressions are checked as literals."""
        for node in syntax.walk(file):
            written: list[object] = []
            match node:
                case syntax.Moment():
                    written = [] if "/" in node.text else [node.text]
                case syntax.Provision() | syntax.Until() | syntax.Commencement():
                    written = [node.promulgated]
                case syntax.Suppose() | syntax.Bound():
                    written = [node.day or None]
                case syntax.Property() if node.key == "text_of":
                    written = [node.value]
            for text in written:
                if text is not None and not _exists(str(text)):
                    iso = meant.day(str(text))
                    self.report("no-such-day", node, text=str(text), hint=f"write `{iso}`" if iso else _A_DAY)

    def interval(self, provision: syntax.Provision) -> None:
        """Check the grade, and that a version ends after it starts."""
        if provision.grade not in GRADES:
            self.report(
                "unknown-grade",
                provision.address,
                grade=provision.grade,
                choice=meant.grade_meant(provision.grade, GRADES),
            )
        start, until = provision.start.text, provision.until
        if until is not None and "/" not in start + until.moment.text and until.moment.text <= start:
            self.report("empty-interval", until, start=start, end=until.moment.text)

    def kind(self, name: syntax.Name) -> None:
        if self.names.canonical("kind", name.text) is None:
            hint = near(name.text, self.names.known("kind")) or "declare it with `kind`"
            self.report("unknown-kind", name, name=name.text, near=hint)

    def type(self, name: syntax.Name) -> None:
        if self.names.type_named(name.text) is None:
            self.unknown("type", name, [*SCALARS, *self.names.known("enumeration", "kind")])

    def unknown(self, sort: str, name: syntax.Name, known: Iterable[str] | None = None) -> None:
        known = self.names.known(sort) if known is None else known
        hint = (type_meant(name.text) if sort == "type" else "") or near(name.text, known) or f"declare the {sort}"
        self.report("unknown-name", name, sort=sort, name=name.text, scope="", near=hint)

    def instrument(self, id: str, node: syntax.Node) -> None:
        if id not in self.names.instruments:
            hint = near(id, self.names.instruments) or "declare it with `instrument`"
            self.report("unknown-instrument", node, name=id, near=hint)

    def address(self, target: syntax.Target) -> None:
        parsed = read_address(target, self.found)
        if parsed is not None:
            self.instrument(parsed.instrument, target)
            self.names.addresses[target.address] = parsed


GRADES = tuple("ABCDE")

#: Types of the values that adders may be combined by each word.
COMBINABLE = {
    "sum": ("yen", "number", "rate", "quantity"), "any": ("truth",), "all": ("truth",), "earliest": ("date",), "latest": ("date",),
}  # fmt: skip


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def read_address(target: syntax.Target, found: list[Diagnostic]) -> Address | None:
    """Parse the address of a target (without version and label), or report and return None."""
    try:
        return parse(plain_address(target.address))
    except BadAddress as error:
        found.append(
            diagnostic("bad-address", target.span, address=target.address, reason=_meant(target.address) or str(error))
        )
        return None


_A_DAY = "write YYYY-MM-DD, a day that exists"


def _meant(address: str) -> str:
    """Say how an address with 附則, ただし書 or another part in Japanese is written, or nothing."""
    parts = address.split("/")
    written = [meant.in_place(p) or p for p in parts]
    return f"write `{'/'.join(written)}`" if written != parts else ""


def plain_address(text: str) -> str:
    """Drop the version and the label of an address as written."""
    return text.partition("#")[0].partition("@")[0]


def split_target(text: str) -> tuple[str, str, str]:
    """Split `address@version#label` into its three parts, empty where missing."""
    rest, _, label = text.partition("#")
    address, _, version = rest.partition("@")
    return address, version, label

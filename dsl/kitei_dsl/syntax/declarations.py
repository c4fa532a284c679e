"""Declarations of the surface tree: instruments, commencement days, worlds; kinds, attributes, terms, norms, statuses."""

from __future__ import annotations

from kitei_dsl.syntax.expressions import Expr, SpanLiteral
from kitei_dsl.syntax.node import Alias, Bilingual, Name, Node, Target


class Label(Node):
    words: Bilingual


class Question(Node):
    words: Bilingual


class Note(Node):
    words: Bilingual


class Cites(Node):
    targets: tuple[Target, ...]


class Property(Node):
    """One line of an instrument: `key` is its keyword; `value` a name, text, date, Bilingual or targets."""

    key: str
    value: str | Bilingual | tuple[Target, ...]


class Instrument(Node):
    name: Name
    lines: tuple[Property, ...]


class Bound(Node):
    """`latest 2027-07-22`, or `latest 1 year counting promulgated`: `length` from the promulgation, that day included, and
    `day` empty."""

    word: str
    day: str
    length: SpanLiteral | None = None


class Commencement(Node):
    address: Target
    promulgated: str | None
    bounds: tuple[Bound, ...]
    grade: str | None
    cite: Target | None
    label: Label | None


class Suppose(Node):
    instrument: Name
    day: str


class Only(Node):
    targets: tuple[Target, ...]


class Without(Node):
    targets: tuple[Target, ...]


class Assume(Node):
    target: Target
    value: Expr
    by: str | None


class World(Node):
    name: Name
    lines: tuple[Label | Suppose | Only | Without | Assume, ...]


class DatedBy(Node):
    attribute: Name


class Kind(Node):
    name: Name
    alias: Alias | None
    lines: tuple[Node, ...]


class EnumValue(Node):
    name: Name
    alias: Alias | None
    words: Bilingual | None


class Enumeration(Node):
    name: Name
    alias: Alias | None
    lines: tuple[Node, ...]


class Flag(Node):
    """`if any`, `evaluation`, `act of authority` or `between A and B` of an attribute."""

    word: str
    low: Expr | None = None
    high: Expr | None = None


class Attribute(Node):
    name: Name
    alias: Alias | None
    kind: Name
    type: Name
    flags: tuple[Flag, ...]
    lines: tuple[Node, ...]


class Role(Node):
    name: Name
    alias: Alias | None
    cardinality: str
    kind: Name
    lines: tuple[Node, ...]


class Relation(Node):
    name: Name
    roles: tuple[Role, Role]


class Term(Node):
    name: Name
    alias: Alias | None
    kind: Name
    type: Name
    combination: str | None
    lines: tuple[Node, ...]


class NormName(Node):
    name: Name
    alias: Alias | None
    kind: Name
    lines: tuple[Node, ...]


class Mode(Node):
    name: Name
    alias: Alias | None
    words: Bilingual | None


class Status(Node):
    """A legal status over time: in which mode somebody has it (登録, みなし…), and the record that says so."""

    name: Name
    alias: Alias | None
    kind: Name
    record: Name
    record_alias: Alias | None
    lines: tuple[Node, ...]


class Choice(Node):
    name: Name
    words: Bilingual
    source: str | None


class Reading(Node):
    name: Name
    lines: tuple[Node, ...]

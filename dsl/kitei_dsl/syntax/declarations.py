"""Declarations of the surface tree: instruments, commencement days, worlds; kinds, attributes, terms, norms, statuses."""

from __future__ import annotations

from dataclasses import dataclass

from kitei_dsl.syntax.expressions import Expr
from kitei_dsl.syntax.node import Alias, Bilingual, Name, Node, Target


@dataclass(frozen=True, slots=True, eq=False)
class Label(Node):
    words: Bilingual


@dataclass(frozen=True, slots=True, eq=False)
class Question(Node):
    words: Bilingual


@dataclass(frozen=True, slots=True, eq=False)
class Note(Node):
    words: Bilingual


@dataclass(frozen=True, slots=True, eq=False)
class Cites(Node):
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Property(Node):
    """One line of an instrument: `key` is its keyword; `value` a name, text, date, Bilingual or targets."""

    key: str
    value: str | Bilingual | tuple[Target, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Instrument(Node):
    name: Name
    lines: tuple[Property, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Bound(Node):
    word: str
    day: str


@dataclass(frozen=True, slots=True, eq=False)
class Commencement(Node):
    address: Target
    promulgated: str | None
    bounds: tuple[Bound, ...]
    grade: str | None
    cite: Target | None
    label: Label | None


@dataclass(frozen=True, slots=True, eq=False)
class Suppose(Node):
    instrument: Name
    day: str


@dataclass(frozen=True, slots=True, eq=False)
class Only(Node):
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Without(Node):
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Assume(Node):
    target: Target
    value: Expr
    by: str | None


@dataclass(frozen=True, slots=True, eq=False)
class World(Node):
    name: Name
    lines: tuple[Label | Suppose | Only | Without | Assume, ...]


@dataclass(frozen=True, slots=True, eq=False)
class DatedBy(Node):
    attribute: Name


@dataclass(frozen=True, slots=True, eq=False)
class Kind(Node):
    name: Name
    alias: Alias | None
    lines: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class EnumValue(Node):
    name: Name
    alias: Alias | None
    words: Bilingual | None


@dataclass(frozen=True, slots=True, eq=False)
class Enumeration(Node):
    name: Name
    alias: Alias | None
    lines: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Flag(Node):
    """`if any`, `evaluation`, `act of authority` or `between A and B` of an attribute."""

    word: str
    low: Expr | None = None
    high: Expr | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Attribute(Node):
    name: Name
    alias: Alias | None
    kind: Name
    type: Name
    flags: tuple[Flag, ...]
    lines: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Role(Node):
    name: Name
    alias: Alias | None
    cardinality: str
    kind: Name
    lines: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Relation(Node):
    name: Name
    roles: tuple[Role, Role]


@dataclass(frozen=True, slots=True, eq=False)
class Term(Node):
    name: Name
    alias: Alias | None
    kind: Name
    type: Name
    combination: str | None
    lines: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class NormName(Node):
    name: Name
    alias: Alias | None
    kind: Name
    lines: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Mode(Node):
    name: Name
    alias: Alias | None
    words: Bilingual | None


@dataclass(frozen=True, slots=True, eq=False)
class Status(Node):
    """A legal status over time: in which mode somebody has it (登録, みなし…), and the record that says so."""

    name: Name
    alias: Alias | None
    kind: Name
    record: Name
    record_alias: Alias | None
    lines: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Choice(Node):
    name: Name
    words: Bilingual
    source: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Reading(Node):
    name: Name
    lines: tuple[Node, ...]

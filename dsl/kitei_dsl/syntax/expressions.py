"""Expressions of the surface tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from kitei_dsl.syntax.node import Bilingual, Mark, Name, Node, Target


@dataclass(frozen=True, slots=True, eq=False)
class Literal(Node):
    """A literal as written; `sort` is truth, money, rate, asset, digits or date."""

    sort: str
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class SpanLiteral(Node):
    """`3 months`."""

    count: str
    unit: str


@dataclass(frozen=True, slots=True, eq=False)
class BusinessDays(Node):
    """`2 business days of <calendar>`."""

    count: str
    calendar: Expr


@dataclass(frozen=True, slots=True, eq=False)
class Reference(Node):
    """A name, or `name of subject`."""

    name: Name
    subject: Expr | None


@dataclass(frozen=True, slots=True, eq=False)
class Fold(Node):
    """A quantifier or aggregate over the members of a role; `quantifier` includes at_least and number."""

    quantifier: str
    threshold: str | None
    variable: Name
    members: Reference
    where: Expr | None
    body: Expr | None


@dataclass(frozen=True, slots=True, eq=False)
class Conditional(Node):
    condition: Expr
    then: Expr
    otherwise: Expr


@dataclass(frozen=True, slots=True, eq=False)
class Disjunction(Node):
    operands: tuple[Expr, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Conjunction(Node):
    operands: tuple[Expr, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Negation(Node):
    operand: Expr


@dataclass(frozen=True, slots=True, eq=False)
class Comparison(Node):
    left: Expr
    sign: str
    right: Expr


@dataclass(frozen=True, slots=True, eq=False)
class Arithmetic(Node):
    left: Expr
    sign: str
    right: Expr


@dataclass(frozen=True, slots=True, eq=False)
class Negative(Node):
    sign: str
    operand: Expr


@dataclass(frozen=True, slots=True, eq=False)
class Period(Node):
    """`3 months after D rolled for filing`."""

    length: Expr
    word: str
    day: Expr
    roll: str | None


@dataclass(frozen=True, slots=True, eq=False)
class AsAt(Node):
    body: Expr
    day: Expr


@dataclass(frozen=True, slots=True, eq=False)
class UnderText(Node):
    body: Expr
    day: Expr


@dataclass(frozen=True, slots=True, eq=False)
class Call(Node):
    name: str
    arguments: tuple[Expr, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Has(Node):
    reference: Reference


@dataclass(frozen=True, slots=True, eq=False)
class Filled(Node):
    name: Name


@dataclass(frozen=True, slots=True, eq=False)
class Unencoded(Node):
    words: Bilingual


@dataclass(frozen=True, slots=True, eq=False)
class Unverified(Node):
    words: Bilingual


@dataclass(frozen=True, slots=True, eq=False)
class Proved(Node):
    """`proved by PARTY that (…)`: a defence; true once proved, false while it is not contested."""

    party: Expr
    expr: Expr
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ReferenceDay(Node):
    """基準日: the day as of which facts are read."""


@dataclass(frozen=True, slots=True, eq=False)
class CommencementDay(Node):
    """施行日: the day on which this version, or what the commencement `of` fixes, comes into force."""

    of: str | None


@dataclass(frozen=True, slots=True, eq=False)
class ListItem(Node):
    """One item of a list: its place (`i1`, or an address), its condition, its words."""

    place: Target
    expr: Expr
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ItemList(Node):
    """いずれか (`any of`) or 全て (`all of`) of the items."""

    head: str
    items: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Bracket(Node):
    """One bracket of a progressive rate: up to `limit` (None: above all limits) at `rate`."""

    limit: Expr | None
    rate: Expr
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Progressive(Node):
    """累進: each slice of `base` at the rate of its own bracket, added up."""

    base: Expr
    brackets: tuple[Bracket, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Marked(Node):
    """`(… @"…")`: a part of an expression with the official words it stands on."""

    expr: Expr
    marks: tuple[Mark, ...]


Expr: TypeAlias = (
    Literal | SpanLiteral | BusinessDays | Reference | Fold | Conditional | Disjunction | Conjunction | Negation
    | Comparison | Arithmetic | Negative | Period | AsAt | UnderText | Call | Has | Filled | Unencoded | Unverified
    | Proved | ReferenceDay | CommencementDay | ItemList | Progressive | Marked
)  # fmt: skip

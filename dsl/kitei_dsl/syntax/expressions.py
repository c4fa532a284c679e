"""Expressions of the surface tree."""

from __future__ import annotations

from typing import TypeAlias

from kitei_dsl.syntax.node import Bilingual, Mark, Name, Node, Target


class Literal(Node):
    """A literal as written; `sort` is truth, money, rate, asset, digits or date."""

    sort: str
    text: str


class SpanLiteral(Node):
    """`3 months`."""

    count: str
    unit: str


class BusinessDays(Node):
    """`2 business days of <calendar>`."""

    count: str
    calendar: Expr


class Reference(Node):
    """A name, or `name of subject`."""

    name: Name
    subject: Expr | None


class Fold(Node):
    """A quantifier or aggregate over the members of a role; `quantifier` includes at_least and number."""

    quantifier: str
    threshold: str | None
    variable: Name
    members: Reference
    where: Expr | None
    body: Expr | None


class Conditional(Node):
    condition: Expr
    then: Expr
    otherwise: Expr


class Disjunction(Node):
    operands: tuple[Expr, ...]


class Conjunction(Node):
    operands: tuple[Expr, ...]


class Negation(Node):
    operand: Expr


class Comparison(Node):
    left: Expr
    sign: str
    right: Expr


class Arithmetic(Node):
    left: Expr
    sign: str
    right: Expr


class Negative(Node):
    sign: str
    operand: Expr


class Period(Node):
    """`3 months after D rolled for filing`."""

    length: Expr
    word: str
    day: Expr
    roll: str | None


class AsAt(Node):
    body: Expr
    day: Expr


class UnderText(Node):
    body: Expr
    day: Expr


class Call(Node):
    name: str
    arguments: tuple[Expr, ...]


class Has(Node):
    reference: Reference


class Filled(Node):
    name: Name


class Unencoded(Node):
    words: Bilingual


class Unverified(Node):
    words: Bilingual


class Proved(Node):
    """`proved by PARTY that (…)`: a defence; true once proved, false while it is not contested."""

    party: Expr
    expr: Expr
    marks: tuple[Mark, ...]


class ReferenceDay(Node):
    """基準日: the day as of which facts are read."""


class CommencementDay(Node):
    """施行日: the day on which this version, or what the commencement `of` fixes, comes into force."""

    of: str | None


class ListItem(Node):
    """One item of a list: its place (`i1`, or an address), its condition, its words."""

    place: Target
    expr: Expr
    marks: tuple[Mark, ...]


class ItemList(Node):
    """いずれか (`any of`) or 全て (`all of`) of the items."""

    head: str
    items: tuple[ListItem, ...]


class Bracket(Node):
    """One bracket of a progressive rate: up to `limit` (None: above all limits) at `rate`."""

    limit: Expr | None
    rate: Expr
    marks: tuple[Mark, ...]


class Progressive(Node):
    """累進: each slice of `base` at the rate of its own bracket, added up."""

    base: Expr
    brackets: tuple[Bracket, ...]


class Marked(Node):
    """`(… @"…")`: a part of an expression with the official words it stands on."""

    expr: Expr
    marks: tuple[Mark, ...]


Expr: TypeAlias = (
    Literal | SpanLiteral | BusinessDays | Reference | Fold | Conditional | Disjunction | Conjunction | Negation
    | Comparison | Arithmetic | Negative | Period | AsAt | UnderText | Call | Has | Filled | Unencoded | Unverified
    | Proved | ReferenceDay | CommencementDay | ItemList | Progressive | Marked
)  # fmt: skip

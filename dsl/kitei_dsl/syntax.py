"""The surface tree: one class per grammar rule, frozen, each with its span; identity equality.

A word rule (`modality`, `quantifier`, …) becomes a plain string. `same(a, b)` compares two trees ignoring
spans. Nothing here knows what anything means; `children` and `walk` are derived from the fields.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, TypeAlias

from kitei_dsl.source import Span


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """Any node; `span` is the text it was read from."""

    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Bilingual(Node):
    """One thing said in Japanese, in English or both (None where not said)."""

    ja: str | None
    en: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Alias(Node):
    """The second spelling of an identifier, in brackets after the first."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Target(Node):
    """An address, or a bare instrument id, as written."""

    address: str


@dataclass(frozen=True, slots=True, eq=False)
class Mark(Node):
    """`@"phrase"` or `@unit/address"phrase"`: the official words a part stands on. `address` empty: this provision."""

    address: str
    phrase: str


@dataclass(frozen=True, slots=True, eq=False)
class Name(Node):
    """An identifier where it is declared or used as a plain name."""

    text: str


# --------------------------------------------------------------------------- expressions


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

# --------------------------------------------------------------------------- what is said about a thing


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


# --------------------------------------------------------------------------- instruments, worlds


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


# --------------------------------------------------------------------------- vocabulary


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


# --------------------------------------------------------------------------- provisions


@dataclass(frozen=True, slots=True, eq=False)
class Heading(Node):
    words: Bilingual


@dataclass(frozen=True, slots=True, eq=False)
class Plain(Node):
    words: Bilingual


@dataclass(frozen=True, slots=True, eq=False)
class OfKind(Node):
    kind: Name
    variable: Name | None


@dataclass(frozen=True, slots=True, eq=False)
class Condition(Node):
    expr: Expr
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Outcome(Node):
    word: str
    expr: Expr
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ProvisoTo(Node):
    targets: tuple[Target, ...]
    mark: Mark | None


@dataclass(frozen=True, slots=True, eq=False)
class Notwithstanding(Node):
    targets: tuple[Target, ...]
    mark: Mark | None


@dataclass(frozen=True, slots=True, eq=False)
class YieldsTo(Node):
    targets: tuple[Target, ...]
    mark: Mark | None


@dataclass(frozen=True, slots=True, eq=False)
class Purposes(Node):
    """The purposes of a deeming; no targets means all purposes."""

    targets: tuple[Target, ...]
    mark: Mark | None


@dataclass(frozen=True, slots=True, eq=False)
class UnderReading(Node):
    reading: Name
    choice: Name


@dataclass(frozen=True, slots=True, eq=False)
class MadeAnew(Node):
    pass


@dataclass(frozen=True, slots=True, eq=False)
class UnlessProved(Node):
    """…を証明したときは、この限りでない: holds unless `party` proves the defence."""

    party: Expr
    expr: Expr
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Case(Node):
    """One case of a split: its item, its condition (None: otherwise) and its outcome."""

    name: Name
    condition: Condition | None
    outcome: Outcome


@dataclass(frozen=True, slots=True, eq=False)
class Cases(Node):
    """次の各号に掲げる区分に応じ: one outcome a case."""

    marks: tuple[Mark, ...]
    cases: tuple[Case, ...]


ClauseLine: TypeAlias = (
    Condition
    | Outcome
    | Cases
    | UnlessProved
    | ProvisoTo
    | Notwithstanding
    | YieldsTo
    | Purposes
    | UnderReading
    | MadeAnew
)


@dataclass(frozen=True, slots=True, eq=False)
class Definition(Node):
    """`define`, `add`, `deem` or `presume` (word) a term."""

    word: str
    name: Name
    of_kind: OfKind | None
    named: Name | None
    scope: tuple[Target, ...]
    lines: tuple[ClauseLine, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Block(Node):
    targets: tuple[Target, ...]
    of_kind: OfKind | None
    named: Name | None
    lines: tuple[ClauseLine, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Otherwise(Node):
    name: Name
    of_kind: OfKind | None
    scope: tuple[Target, ...]
    value: Expr
    mark: Mark | None
    grade: str | None
    reading: UnderReading | None


@dataclass(frozen=True, slots=True, eq=False)
class Slot(Node):
    name: Name
    of_kind: OfKind | None
    type: Name
    flags: tuple[str, ...]
    low: Expr | None
    high: Expr | None
    delegate: str
    mark: Mark | None
    lines: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Fill(Node):
    target: Target
    slot: Name
    of_kind: OfKind | None
    named: Name | None
    lines: tuple[ClauseLine, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Continuation(Node):
    """`continue FILLING for SLOT-VERSION NAME`: an older filling goes on for a later slot version."""

    filling: Target
    target: Target
    slot: Name
    mark: Mark | None


@dataclass(frozen=True, slots=True, eq=False)
class Parameter(Node):
    name: Name
    value: Expr
    mark: Mark | None


@dataclass(frozen=True, slots=True, eq=False)
class ForEach(Node):
    role: Name
    variable: Name
    anchor: Expr | None
    mark: Mark | None


@dataclass(frozen=True, slots=True, eq=False)
class Performance(Node):
    word: str
    expr: Expr
    on: Expr | None
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Due(Node):
    expr: Expr
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Promptness(Node):
    word: str
    mark: Mark | None


@dataclass(frozen=True, slots=True, eq=False)
class Content(Node):
    expr: Expr
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Towards(Node):
    words: Bilingual


@dataclass(frozen=True, slots=True, eq=False)
class Lifts(Node):
    targets: tuple[Target, ...]
    mark: Mark | None


@dataclass(frozen=True, slots=True, eq=False)
class Norm(Node):
    modality: str
    name: Name
    kind: Name
    bearer: Name | None
    named: Name | None
    lines: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Binds(Node):
    """The modes of a status in which a norm binds."""

    status: Name
    modes: tuple[Name, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, eq=False)
class TransitionPart(Node):
    """One sub-rule of a transition: `word` is who, acts, until, ends, extended, at or lapses."""

    word: str
    expr: Expr
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Deems(Node):
    """While the transition lasts, the person is deemed to be something, for stated purposes."""

    name: Name
    value: Expr
    purposes: Purposes


@dataclass(frozen=True, slots=True, eq=False)
class Transition(Node):
    """経過措置: who may go on with what, until when, what ends or extends it, and what he is deemed to be."""

    name: Name
    kind: Name
    bearer: Name | None
    named: Name | None
    lines: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Replacement(Node):
    """One 読替え: a name (`language` empty), or words of the text in one language."""

    language: str
    old: str
    new: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Application(Node):
    """準用する: provisions that apply here too, with replacements, save some."""

    targets: tuple[Target, ...]
    excepted: tuple[Target, ...]
    marks: tuple[Mark, ...]
    replacements: tuple[Replacement, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Whose(Node):
    words: Bilingual


@dataclass(frozen=True, slots=True, eq=False)
class Imprisonment(Node):
    length: SpanLiteral


@dataclass(frozen=True, slots=True, eq=False)
class Fine(Node):
    amount: Literal


@dataclass(frozen=True, slots=True, eq=False)
class Both(Node):
    pass


@dataclass(frozen=True, slots=True, eq=False)
class Corporate(Node):
    target: Target
    amount: Literal


@dataclass(frozen=True, slots=True, eq=False)
class Sanction(Node):
    kind: str
    targets: tuple[Target, ...]
    named: Name | None
    lines: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class NoSanction(Node):
    targets: tuple[Target, ...]
    note: Note | None
    mark: Mark | None


@dataclass(frozen=True, slots=True, eq=False)
class Saving(Node):
    """`former text continues for` (なお従前の例による) or `keep in force` (なおその効力を有する): `word` is the first word."""

    word: str
    targets: tuple[Target, ...]
    of_kind: OfKind | None
    named: Name | None
    condition: Expr | None
    mark: Mark | None


@dataclass(frozen=True, slots=True, eq=False)
class Moment(Node):
    """A day, or the id of a commencement whose day is not fixed."""

    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Until(Node):
    moment: Moment
    promulgated: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Provision(Node):
    address: Target
    start: Moment
    promulgated: str | None
    until: Until | None
    grade: str
    lines: tuple[Node, ...]


Item: TypeAlias = (
    Instrument
    | Kind
    | Enumeration
    | Attribute
    | Relation
    | Term
    | NormName
    | Status
    | Reading
    | Commencement
    | World
    | Provision
)


@dataclass(frozen=True, slots=True, eq=False)
class Comment:
    """A comment: its 1-based line, its text with `#`, and whether it stands alone on its line."""

    line: int
    text: str
    alone: bool


@dataclass(frozen=True, slots=True, eq=False)
class File(Node):
    items: tuple[Item, ...]
    comments: tuple[Comment, ...]


def children(node: Node) -> Iterator[Node]:
    """Give the direct child nodes in the order of the fields."""
    for name in node.__dataclass_fields__:  # `fields` makes a tuple of them each time, which costs on every walk
        value = getattr(node, name)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from (item for item in value if isinstance(item, Node))


def walk(node: Node) -> Iterator[Node]:
    """Give the node and everything below it, depth first."""
    yield node
    for child in children(node):
        yield from walk(child)


def same(left: Any, right: Any) -> bool:
    """Say whether two trees are equal but for spans and comments."""
    if isinstance(left, Node) and isinstance(right, Node):
        names = [f.name for f in fields(left) if f.name not in ("span", "comments")]
        return type(left) is type(right) and all(same(getattr(left, n), getattr(right, n)) for n in names)
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and all(same(a, b) for a, b in zip(left, right, strict=True))
    return bool(left == right)

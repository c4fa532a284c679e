"""Provisions of the surface tree: what stands in a version of a provision, line by line."""

from __future__ import annotations

from typing import TypeAlias

from kitei_dsl.syntax.declarations import Note
from kitei_dsl.syntax.expressions import Expr, Literal, SpanLiteral
from kitei_dsl.syntax.node import Bilingual, Mark, Name, Node, Target


class Heading(Node):
    words: Bilingual


class Plain(Node):
    words: Bilingual


class OfKind(Node):
    kind: Name
    variable: Name | None


class Condition(Node):
    expr: Expr
    marks: tuple[Mark, ...]


class Outcome(Node):
    word: str
    expr: Expr
    marks: tuple[Mark, ...]


class ProvisoTo(Node):
    targets: tuple[Target, ...]
    mark: Mark | None


class Notwithstanding(Node):
    targets: tuple[Target, ...]
    mark: Mark | None


class YieldsTo(Node):
    targets: tuple[Target, ...]
    mark: Mark | None


class Purposes(Node):
    """The purposes of a deeming; no targets means all purposes."""

    targets: tuple[Target, ...]
    mark: Mark | None


class UnderReading(Node):
    reading: Name
    choice: Name


class MadeAnew(Node):
    pass


class UnlessProved(Node):
    """…を証明したときは、この限りでない: holds unless `party` proves the defence."""

    party: Expr
    expr: Expr
    marks: tuple[Mark, ...]


class Case(Node):
    """One case of a split: its item, its condition (None: otherwise) and its outcome."""

    name: Name
    condition: Condition | None
    outcome: Outcome


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


class Definition(Node):
    """`define`, `add`, `deem` or `presume` (word) a term."""

    word: str
    name: Name
    of_kind: OfKind | None
    named: Name | None
    scope: tuple[Target, ...]
    lines: tuple[ClauseLine, ...]


class Block(Node):
    targets: tuple[Target, ...]
    of_kind: OfKind | None
    named: Name | None
    lines: tuple[ClauseLine, ...]


class Otherwise(Node):
    name: Name
    of_kind: OfKind | None
    scope: tuple[Target, ...]
    value: Expr
    mark: Mark | None
    grade: str | None
    reading: UnderReading | None


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


class Fill(Node):
    target: Target
    slot: Name
    of_kind: OfKind | None
    named: Name | None
    lines: tuple[ClauseLine, ...]


class Continuation(Node):
    """`continue FILLING for SLOT-VERSION NAME`: an older filling goes on for a later slot version."""

    filling: Target
    target: Target
    slot: Name
    mark: Mark | None


class Parameter(Node):
    name: Name
    value: Expr
    mark: Mark | None


class ForEach(Node):
    role: Name
    variable: Name
    anchor: Expr | None
    mark: Mark | None


class Anchored(Node):
    """`anchored at <day>` of the bearer itself, which is the event."""

    anchor: Expr
    mark: Mark | None


class Performance(Node):
    word: str
    expr: Expr
    on: Expr | None
    marks: tuple[Mark, ...]


class Due(Node):
    expr: Expr
    marks: tuple[Mark, ...]


class Promptness(Node):
    word: str
    mark: Mark | None


class Content(Node):
    expr: Expr
    marks: tuple[Mark, ...]


class Towards(Node):
    words: Bilingual


class Lifts(Node):
    targets: tuple[Target, ...]
    mark: Mark | None


class Norm(Node):
    modality: str
    name: Name
    kind: Name
    bearer: Name | None
    named: Name | None
    lines: tuple[Node, ...]


class Binds(Node):
    """The modes of a status in which a norm binds."""

    status: Name
    modes: tuple[Name, ...]
    marks: tuple[Mark, ...]


class TransitionPart(Node):
    """One sub-rule of a transition: `word` is who, acts, until, ends, extended, at or lapses."""

    word: str
    expr: Expr
    marks: tuple[Mark, ...]


class Deems(Node):
    """While the transition lasts, the person is deemed to be something, for stated purposes."""

    name: Name
    value: Expr
    purposes: Purposes


class Transition(Node):
    """経過措置: who may go on with what, until when, what ends or extends it, and what he is deemed to be."""

    name: Name
    kind: Name
    bearer: Name | None
    named: Name | None
    lines: tuple[Node, ...]


class Replacement(Node):
    """One 読替え: a name (`language` empty), or words of the text in one language."""

    language: str
    old: str
    new: str
    marks: tuple[Mark, ...]


class Application(Node):
    """準用する: provisions that apply here too, with replacements, save some."""

    targets: tuple[Target, ...]
    excepted: tuple[Target, ...]
    marks: tuple[Mark, ...]
    replacements: tuple[Replacement, ...]


class Whose(Node):
    words: Bilingual


class Imprisonment(Node):
    length: SpanLiteral


class Fine(Node):
    amount: Literal


class Both(Node):
    pass


class Corporate(Node):
    target: Target
    amount: Literal


class Sanction(Node):
    kind: str
    targets: tuple[Target, ...]
    named: Name | None
    lines: tuple[Node, ...]


class NoSanction(Node):
    targets: tuple[Target, ...]
    note: Note | None
    mark: Mark | None


class Saving(Node):
    """`former text continues for` (なお従前の例による) or `keep in force` (なおその効力を有する): `word` is the first word."""

    word: str
    targets: tuple[Target, ...]
    of_kind: OfKind | None
    named: Name | None
    condition: Expr | None
    mark: Mark | None


class Moment(Node):
    """A day, or the id of a commencement whose day is not fixed."""

    text: str


class Until(Node):
    moment: Moment
    promulgated: str | None


class Provision(Node):
    address: Target
    start: Moment
    promulgated: str | None
    until: Until | None
    grade: str
    lines: tuple[Node, ...]

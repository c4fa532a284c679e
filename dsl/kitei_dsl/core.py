"""The core: what every reading of the rules reads, and the only thing it reads.

Comes in: what `lower` makes of checked text. Goes out: to `evaluate`, `replay`, and (later) columns and
solver terms. Twelve kinds of expression (decision 002), clauses that meet by `Resolve` (semantics section 2),
norms with instances, slots, and dated provision versions. Every clause keeps a stable id
(`address@start#label`), its address, marks and place in the text, so any step of an answer can be cited.
Deliberately not here: surface syntax, facts, values at run time, any evaluation.

Everything is a frozen record whose fields are strings, integers, tuples or other core records, so the
canonical JSON (`codec.py`), which is the one serialised form, follows from the fields.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from kitei_dsl.frozen import Frozen, field_names


class Record(Frozen, forbid_unknown_fields=True):
    """A record of the core: written with every field, and read back only if it has no other."""


# --------------------------------------------------------------------------- expressions


class Expression(Record, eq=False, tag=True, tag_field="k"):
    """An expression: equal to itself only, and written with its kind under `k`."""


class Literal(Expression):
    """A value written in the text. `value` is its canonical spelling: `true`, `100`, `1/20`, `2026-06-01`,
    `3 months`, an enumeration value's name, a calendar's name."""

    type: str
    value: str


class Parameter(Expression):
    """A dated constant of the law: the value that the provision in force on *text* gives. `name` is `address#name`."""

    name: str
    type: str


class Fact(Expression):
    """An attribute, or a role of a relation, of the entity `subject`, as of *at* and *known*."""

    attribute: str
    subject: Expr


class Use(Expression):
    """The resolved value of a term for the entity `subject`. `resolves` is a key of `Program.resolves`."""

    resolves: str
    subject: Expr


class Call(Expression):
    """An operator or built-in of `signatures.py` applied to operands, all evaluated, in text order."""

    op: str
    args: tuple[Expr, ...]


class If(Expression):
    """`if condition then … else …`; with the condition open, a value where both branches are known and equal."""

    condition: Expr
    then: Expr
    otherwise: Expr


class Fold(Expression):
    """A quantifier or aggregate over the members a role gives.

    `quantifier`: every, some, at_least, number, sum, least, greatest. `threshold` is set for at_least only;
    `body` is None for number only. `variable` is bound to each member in `where` and `body`. `type` is the result's:
    the sum over an empty complete list is the zero of it.
    """

    type: str
    quantifier: str
    variable: str
    members: Fact
    where: Expr | None
    body: Expr | None
    threshold: int | None


class Bind(Expression):
    """The entity a name stands for: the subject, a norm's bearer or instance, or a fold's member."""

    name: str


class Resolve(Expression):
    """How the clauses of one term (norm, slot) meet: rules 1-9 of semantics section 2.

    `key` names it in `Program.resolves`: a term (`reserve`, or `reserve@psa/63_11` for a definition scoped to an
    address), a norm (`norm:fiea/46_5/1#set_aside_reserve`), a slot (`slot:<slot id>`).
    `candidates` are clause ids over all versions, in the law's order; the context selects among them.
    """

    key: str
    type: str
    combine: str | None
    candidates: tuple[str, ...]


class At(Expression):
    """`body` with the context moved: `day` moves *at*, `text` moves *text* (unless pinned). Nothing moves *known*."""

    body: Expr
    day: Expr | None
    text: Expr | None


class Slot(Expression):
    """What a lower instrument is to fix. `slot` is a slot id (`address@start#name`); `subject` None for a slot of no one."""

    slot: str
    subject: Expr | None


class Unencoded(Expression):
    """Words of the law not encoded, where a value of `type` is needed. `cause` is `unencoded` (with a reason) or `unverified` (text not read, 条文未確認)."""

    cause: str
    reason_ja: str
    reason_en: str
    type: str = "anything"


Expr: TypeAlias = Literal | Parameter | Fact | Use | Call | If | Fold | Bind | Resolve | At | Slot | Unencoded

#: The core kinds in the order every reading keeps.
KINDS = (Literal, Parameter, Fact, Use, Call, If, Fold, Bind, Resolve, At, Slot, Unencoded)

# --------------------------------------------------------------------------- vocabulary


class Wording(Record):
    """One thing said in both languages; an empty string where a language is missing."""

    ja: str = ""
    en: str = ""


class Kind(Record):
    """A kind of entity. `dated_by` names the date attribute on which an event of this kind becomes visible."""

    name: str
    alias: str
    label: Wording
    question: Wording
    dated_by: str | None


class Enumeration(Record):
    """A closed list of values, each with its label."""

    name: str
    alias: str
    label: Wording
    values: tuple[str, ...]
    labels: tuple[Wording, ...]
    aliases: tuple[str, ...]


class Attribute(Record):
    """A fact one may be asked for. `evidence`: `fact` 事実, `evaluation` 評価, `act` 当局の行為.

    `optional` is the declaration `if any`: the attribute may be absent. `low`/`high` bound a number (inclusive).
    """

    name: str
    alias: str
    kind: str
    type: str
    evidence: str
    optional: bool
    low: str | None
    high: str | None
    label: Wording
    question: Wording
    cites: tuple[str, ...]


class Role(Record):
    """One side of a relation, read from the other side: `role of <entity of other kind>` gives members of `kind`."""

    name: str
    alias: str
    relation: str
    kind: str
    of_kind: str
    inverse: str
    many: bool
    label: Wording
    question: Wording


class Term(Record):
    """A derived attribute: its name, type and how adders combine. Its definitions are in provisions."""

    name: str
    alias: str
    kind: str
    type: str
    combine: str | None
    label: Wording
    question: Wording
    cites: tuple[str, ...]


class NormName(Record):
    """The name of a norm, shared by every instrument that imposes it."""

    name: str
    alias: str
    kind: str
    label: Wording
    note: Wording


class Reading(Record):
    """A point of law on which interpretations differ, with its named choices."""

    name: str
    label: Wording
    choices: tuple[str, ...]
    labels: tuple[Wording, ...]
    sources: tuple[str, ...]
    cites: tuple[str, ...]


# --------------------------------------------------------------------------- law


class Instrument(Record):
    """An act, order, ordinance, bill, report, press account or assumption.

    `status`: one of `STATUSES`. Only `enacted` takes part without a world's `suppose`.
    `single` lists articles of one paragraph, which are cited without a paragraph number.
    """

    id: str
    kind: str
    status: str
    title: Wording
    short: Wording
    number: Wording
    egov: str
    source: str
    text_of: str
    grade: str
    single: tuple[str, ...]


class Commencement(Record):
    """A day of commencement not yet fixed: `id`, the act's promulgation (empty: of a draft, not promulgated), and the bounds it sets."""

    id: str
    promulgated: str
    earliest: str | None
    latest: str | None
    cite: str
    grade: str
    label: Wording


class Version(Record):
    """One version of a provision: half-open interval in force, each end with its day of promulgation.

    `start` and `end` are ISO dates or commencement ids; `end` None while no end is known. `applies` is the version of
    another provision that this one makes apply here (準用): it counts only while that one does, and `plain` is its
    statement with the replacements. `digest` is of the
    rules in it, `text_digest` of its plain statements and marks.
    """

    id: str
    address: str
    start: str
    promulgated: str
    end: str | None
    end_promulgated: str | None
    grade: str
    heading: Wording
    plain: Wording
    applies: str
    digest: str
    text_digest: str
    place: str


class Mark(Record):
    """The official words a rule part stands on: unit address and short phrase. `part`: condition, outcome, due, …"""

    part: str
    address: str
    phrase: str


class Clause(Record):
    """One definition, adder, blocker, closing, deeming, presumption or filling, in one provision version.

    `role`: define, add, block, close, deem, presume, fill, norm. `outcome` is None for block only. `closing` says the
    words close the term (means): false when no definition applies. Targets are clause ids; `cited` are the
    addresses as written. `purposes` (deem): addresses, or `*` for all purposes. `began` (fill): the day its own
    words began, empty where it names the slot version it fills. `covers` (fill): ids of the slot versions it fills by
    name, or `slot-id|version-id` where it goes on for one by the continuation in that version. `split` names the
    区分に応じ of which it is one case, or is empty. `applied` is the address of the provision it is written in where it
    stands here by 準用, or is empty; ` via ` leads to each provision by which it came here, save its own. `grade`: its own, where it states one (`otherwise`), else empty: that of
    its provision.
    """

    id: str
    version: str
    address: str
    role: str
    resolves: str | None
    variable: str
    kind: str | None
    instance: str | None
    condition: Expr | None
    outcome: Expr | None
    closing: bool
    proviso_to: tuple[str, ...]
    notwithstanding: tuple[str, ...]
    yields_to: tuple[str, ...]
    blocks: tuple[str, ...]
    cited: tuple[str, ...]
    reading: str | None
    choice: str | None
    purposes: tuple[str, ...]
    began: str
    covers: tuple[str, ...]
    split: str
    applied: str
    grade: str
    marks: tuple[Mark, ...]
    place: str


class Split(Record):
    """The cases of one 区分に応じ, and what is shown of their conditions: at most one holds, at least one holds."""

    id: str
    clauses: tuple[str, ...]
    disjoint: bool
    exhaustive: bool


class SlotDeclaration(Record):
    """An open slot of a provision version. `key` is its key in `Program.resolves`; `address` and `name` what one assumes."""

    id: str
    version: str
    address: str
    name: str
    kind: str | None
    type: str
    required: bool
    pending: bool
    low: str | None
    high: str | None
    delegate: str
    label: Wording
    marks: tuple[Mark, ...]
    place: str


class ParameterValue(Record):
    """The value of a parameter in one provision version."""

    name: str
    version: str
    type: str
    value: str
    marks: tuple[Mark, ...]
    place: str


class Instances(Record):
    """`for each <role> of <bearer> as <variable>`."""

    variable: str
    kind: str
    members: Fact


def told_apart(anchor: Expr) -> Iterator[Expr]:
    """Give the days that an anchor tells apart by `if`; itself where it tells none apart."""
    if isinstance(anchor, If):
        yield from told_apart(anchor.then)
        yield from told_apart(anchor.otherwise)
    else:
        yield anchor


class Norm(Record):
    """One norm in one provision version.

    `modality`: duty, prohibition, permission, power, entitlement, right, effect, liability, effort, term
    (must contain). `form`: do, achieve, keep or none. `done` is the act's day (do), the state (achieve, keep);
    `anchor` is the day whose text governs the norm: that of each instance, or of the bearer, which is then an event itself.
    `done_on` the day the state was reached, where known. `due` a date expression or None; `promptness` one of
    immediately, promptly, without_delay, in_advance. `content` is what must be done, as a quantity.
    `applies` is the key of the Resolve that says whether it applies.
    """

    id: str
    version: str
    address: str
    name: str
    modality: str
    kind: str
    bearer: str
    instances: Instances | None
    anchor: Expr | None
    applies: str
    form: str | None
    done: Expr | None
    done_on: Expr | None
    due: Expr | None
    promptness: str | None
    content: Expr | None
    towards: Wording
    lifts: tuple[str, ...]
    marks: tuple[Mark, ...]
    place: str


class Sanction(Record):
    """What an authority may do on breach of the norms at `targets`; never a result that follows.

    `kind`: criminal 刑罰, administrative_fine 過料, surcharge 課徴金, administrative 行政処分, civil 私法上の効果, or
    none: the encoded penal provision was read and names no penalty for the target.
    Amounts in yen and terms as spans, empty where the record has none.
    """

    id: str
    version: str
    address: str
    kind: str
    targets: tuple[str, ...]
    whose: Wording
    imprisonment: str
    fine: str
    both: bool
    corporate_cite: str
    corporate_fine: str
    note: Wording
    marks: tuple[Mark, ...]
    place: str


class Saving(Record):
    """Norms at `targets` go on after their text has ended, for instances meeting `condition`.

    `form`: `former` (なお従前の例による: all law as on the last day of that text) or `force` (なおその効力を有する:
    the provisions at `targets` stay in force, read with all other law as it stands).
    """

    id: str
    version: str
    address: str
    form: str
    targets: tuple[str, ...]
    variable: str
    kind: str | None
    condition: Expr | None
    marks: tuple[Mark, ...]
    place: str


class Assumption(Record):
    """A value supposed for a slot or a commencement day. `by` says who assumes."""

    target: str
    value: str
    by: str


class World(Record):
    """Which instruments count and what is assumed. `supposes`: (instrument, day) pairs for what is not enacted;
    `only`: when not empty, the only instruments that take part."""

    name: str
    label: Wording
    supposes: tuple[tuple[str, str], ...]
    only: tuple[str, ...]
    without: tuple[str, ...]
    assumes: tuple[Assumption, ...]


class Program(Record):
    """A whole compiled body of law."""

    format: str
    sources: str
    instruments: tuple[Instrument, ...]
    kinds: tuple[Kind, ...]
    enumerations: tuple[Enumeration, ...]
    attributes: tuple[Attribute, ...]
    roles: tuple[Role, ...]
    terms: tuple[Term, ...]
    norm_names: tuple[NormName, ...]
    readings: tuple[Reading, ...]
    commencements: tuple[Commencement, ...]
    versions: tuple[Version, ...]
    resolves: tuple[Resolve, ...]
    clauses: tuple[Clause, ...]
    splits: tuple[Split, ...]
    slots: tuple[SlotDeclaration, ...]
    parameters: tuple[ParameterValue, ...]
    norms: tuple[Norm, ...]
    sanctions: tuple[Sanction, ...]
    savings: tuple[Saving, ...]
    worlds: tuple[World, ...]


FORMAT = "kitei/core@2"

#: How far an instrument has come.
STATUSES = ("enacted", "proposed", "drafted", "reported", "assumed")


def operands(expr: Expr) -> Iterator[tuple[str, Expr]]:
    """Give each direct operand with its step in a path (`args.0`, `where`), in text order. Derived from the fields."""
    for name in field_names(expr):
        value = getattr(expr, name)
        if isinstance(value, KINDS):
            yield name, value
        elif isinstance(value, tuple):
            yield from ((f"{name}.{i}", item) for i, item in enumerate(value) if isinstance(item, KINDS))


def walk(expr: Expr, path: str) -> Iterator[tuple[str, Expr]]:
    """Give the expression and everything below it, each with its path, before its operands."""
    yield path, expr
    for step, operand in operands(expr):
        yield from walk(operand, f"{path}.{step}")

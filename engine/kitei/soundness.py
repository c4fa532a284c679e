"""Is a compiled core one that the engine can read? A file is believed in nothing but its being JSON.

Comes in: a decoded program. Goes out: nothing, or `Unsound` with the first thing wrong. Every name leads somewhere, every
day, address and literal can be read, every expression has its type, nothing rests on itself: what the compiler ensures
for sources is looked at again for a compiled file that somebody hands in. Deliberately not here: what the law says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from kitei.values import read
from kitei_dsl import core
from kitei_dsl.citation import BadAddress
from kitei_dsl.citation import parse as parse_address
from kitei_dsl.signatures import SIGNATURES, result
from kitei_dsl.typesystem import ANYTHING, DATE, SCALARS, TRUTH, Type, fits, joined, parse_type

_ROLES = ("define", "add", "block", "deem", "presume", "close", "fill", "norm")
#: Operands of what no example shows; None: one or more.
_ARITY: dict[str, int | None] = {
    "not": 1, "has": 1, "filled": 1, "negate": 1, "reference_day": 0,
    "and": None, "or": None, "least": None, "greatest": None,
}  # fmt: skip
_MAX_DEPTH = 250
GRADES = tuple("ABCDE")


class Unsound(ValueError):
    """A compiled core that no compiler of ours made; the message names the record."""


def check_sound(program: core.Program) -> None:
    """Raise Unsound at the first thing in a program that the engine could not read."""
    _Check(program).whole()


class _Check:
    def __init__(self, program: core.Program) -> None:
        self.program = program
        self.instruments = self.named("instrument", program.instruments, "id")
        self.kinds = self.named("kind", program.kinds)
        self.enumerations = self.named("enumeration", program.enumerations)
        self.attributes = self.named("attribute", program.attributes)
        self.roles = self.named("role", program.roles)
        self.terms = self.named("term", program.terms)
        self.norm_names = self.named("norm name", program.norm_names)
        self.readings = self.named("reading", program.readings)
        self.commencements = self.named("commencement", program.commencements, "id")
        self.versions = self.named("version", program.versions, "id")
        self.resolves = self.named("resolve", program.resolves, "key")
        self.clauses = self.named("clause", program.clauses, "id")
        self.slots = self.named("slot", program.slots, "id")
        self.norms = self.named("norm", program.norms, "id")
        self.worlds = self.named("world", program.worlds)
        self.splits = self.named("split", program.splits, "id")
        self.parameters = {p.name: p for p in program.parameters}
        self.where = ""

    def named(self, sort: str, records: Iterable[Any], field: str = "name") -> dict[str, Any]:
        found: dict[str, Any] = {}
        for record in records:
            name = getattr(record, field)
            if name in found:
                raise Unsound(f"the {sort} `{name[:60]}` is there twice")
            found[name] = record
        return found

    def need(self, holds: object, what: str) -> None:
        if not holds:
            raise Unsound(f"{self.where}: {what}")

    # ------------------------------------------------------------------ words
    def day(self, text: str | None) -> None:
        if text is None or text in self.commencements:
            return
        try:
            fine = date.fromisoformat(text).isoformat() == text
        except ValueError:
            fine = False
        self.need(fine, f"`{text[:40]}` is no day")

    def address(self, text: str) -> None:
        try:
            instrument = parse_address(text.partition("#")[0].partition("@")[0]).instrument
        except BadAddress:
            instrument = ""
        self.need(instrument in self.instruments, f"`{text[:60]}` is no address in an instrument")

    def type(self, text: str) -> Type:
        found = parse_type(text)
        known = {"enum": self.enumerations, "entity": self.kinds}.get(found.name, {})
        scalar = found.of is None and (found.name in SCALARS or found == ANYTHING)
        self.need(scalar or found.of in known, f"there is no type `{text[:60]}`")
        return found

    def value(self, type_: str, text: str) -> Type:
        found = self.type(type_)
        if found == DATE and text in self.commencements:
            return found
        try:
            read(type_, text)
        except (ValueError, ZeroDivisionError):
            self.need(False, f"`{text[:40]}` is no {type_}")
        listed = self.enumerations[str(found.of)].values if found.name == "enum" else (text,)
        self.need(text in listed and found.name != "entity", f"`{text[:40]}` is no {type_}")
        return found

    def of_a_draft(self, start: str) -> bool:
        """Say whether a start is the commencement of a draft, which nobody has promulgated."""
        return any(c.id == start and not c.promulgated for c in self.program.commencements)

    # ------------------------------------------------------------------ the whole
    def whole(self) -> None:
        self.vocabulary()
        rank = {id: n for n, id in enumerate(self.instruments)}
        before: tuple[Any, ...] = ()
        for v in self.program.versions:
            self.at("version", v.id)
            self.address(v.address)
            self.stands(v.place)
            for text in (v.start, v.end):
                self.day(text)
            for text in (v.promulgated, v.end_promulgated):
                self.need(text not in self.commencements, "a promulgation has a day")
                self.day(text or None)
            draft = self.of_a_draft(v.start)
            self.need(v.promulgated or draft, "a version is promulgated on a day")
            self.need(v.applies == "" or v.applies in self.versions, "what it applies is not there")
            self.need(v.grade in GRADES, f"there is no grade `{v.grade[:40]}`")
            address = parse_address(v.address)
            place = (rank[address.instrument], address.sort_key(), v.start)
            self.need(before <= place, "versions stand in the law's order")
            before = place
        for r in self.program.resolves:
            self.at("resolve", r.key)
            self.type(r.type)
            self.need(set(r.candidates) <= self.clauses.keys(), "a candidate is no clause")
        for c in self.program.clauses:
            self.clause(c)
        for split in self.program.splits:
            self.at("split", split.id)
            self.need(set(split.clauses) <= self.clauses.keys(), "one of its cases is no clause")
        for s in self.program.slots:
            self.at("slot", s.id)
            self.placed(s)
            self.need(
                s.id == f"{s.version}#{s.name}" and f"slot:{s.id}" in self.resolves, "it has no resolve of its own"
            )
            for bound in (s.low, s.high):
                if bound is not None:
                    self.value(s.type, bound)
            self.type(s.type)
        for p in self.program.parameters:
            self.at("parameter", p.name)
            self.need(p.version in self.versions, "its version is not there")
            self.value(p.type, p.value)
        for n in self.program.norms:
            self.norm(n)
        records: tuple[Any, ...] = (*self.program.sanctions, *self.program.savings)
        for record in records:
            self.at("record", record.id)
            self.placed(record)
            for target in record.targets:
                self.address(target)
            self.need(not isinstance(record, core.Saving) or record.form in ("former", "force"), "no such saving")
            if isinstance(record, core.Saving) and record.condition is not None:
                self.fits(record.condition, {record.variable: record.kind or ""}, TRUTH)

    def at(self, sort: str, name: str) -> None:
        self.where = f"{sort} `{name[:80]}`"

    def vocabulary(self) -> None:
        for i in self.program.instruments:
            self.at("instrument", i.id)
            self.need(i.status in core.STATUSES, f"there is no status `{i.status[:40]}`")
            for single in i.single:
                self.address(single)
        for k in self.program.kinds:
            self.at("kind", k.name)
            dated = self.attributes.get(k.dated_by or "")
            self.need(k.dated_by is None or (dated and dated.kind == k.name), "it is dated by no attribute of its own")
        for e in self.program.enumerations:
            self.at("enumeration", e.name)
            self.need(len(e.values) == len(e.labels) == len(e.aliases), "its lists are not of one length")
        for a in self.program.attributes:
            self.at("attribute", a.name)
            self.type(a.type)
            self.need(a.kind in self.kinds, "its kind is not there")
            self.need(a.evidence in ("fact", "evaluation", "act"), f"there is no evidence `{a.evidence[:40]}`")
            for bound in (a.low, a.high):
                if bound is not None:
                    self.need(a.type in ("yen", "number", "rate"), "a bound has no meaning here")
                    self.value(a.type, bound)
        for r in self.program.roles:
            self.at("role", r.name)
            back = self.roles.get(r.inverse)
            self.need(
                back and (back.kind, back.of_kind, back.inverse) == (r.of_kind, r.kind, r.name),
                "its other side is not there",
            )
            self.need({r.kind, r.of_kind} <= self.kinds.keys(), "its kind is not there")
        names: tuple[Any, ...] = (*self.program.terms, *self.program.norm_names)
        for t in names:
            self.at("name", t.name)
            self.need(t.kind in self.kinds, "its kind is not there")
        for t in self.program.terms:
            self.at("term", t.name)
            self.type(t.type)
            self.need(t.name in {key.partition("@")[0] for key in self.resolves}, "it has no resolve")
        for q in self.program.readings:
            self.at("reading", q.name)
            self.need(len(q.choices) == len(q.labels) == len(q.sources), "its lists are not of one length")
        for c in self.program.commencements:
            self.at("commencement", c.id)
            for text in (c.promulgated, c.earliest, c.latest):
                self.need(text not in self.commencements, "its bounds are days")
                self.day(text or None)
        for w in self.program.worlds:
            self.at("world", w.name)
            for instrument, day in w.supposes:
                self.need(instrument in self.instruments, f"no instrument is called `{instrument[:60]}`")
                self.day(day)

    def stands(self, place: str) -> None:
        parts = place.rsplit(":", 2)
        self.need(
            len(parts) == 3 and all(p.isascii() and p.isdigit() and len(p) < 9 for p in parts[1:]), "its place is none"
        )

    def placed(self, record: Any) -> None:
        self.need(record.version in self.versions, "its version is not there")
        self.need(record.id.startswith(f"{record.version}#"), "its name does not begin with its version's")
        self.address(record.address)
        self.stands(record.place)
        self.need(
            record.kind is None or isinstance(record, core.Sanction) or record.kind in self.kinds,
            "its kind is not there",
        )

    def clause(self, c: core.Clause) -> None:
        self.at("clause", c.id)
        self.placed(c)
        self.need(c.role in _ROLES, f"there is no role `{c.role[:40]}`")
        key = c.resolves or ""
        self.need(
            c.resolves is None or key in self.resolves or key.startswith("fill:"), "what it resolves is not there"
        )
        linked = (*c.proviso_to, *c.notwithstanding, *c.yields_to, *c.blocks)
        self.need(set(linked) <= self.clauses.keys(), "it is linked to a clause that is not there")
        reading = self.readings.get(c.reading or "")
        self.need(c.reading is None or (reading and c.choice in reading.choices), "its reading is not there")
        self.day(c.began or None)
        for address in c.applied.split(" via ") if c.applied else ():
            self.address(address)
        self.need(c.split == "" or c.split in self.splits, "its split is not there")
        self.need(c.grade == "" or c.grade in GRADES, f"there is no grade `{c.grade[:40]}`")
        for purpose in c.purposes:
            if purpose != "*":
                self.address(purpose)
        norm = self.norms.get(c.id)
        self.need(c.role != "norm" or norm, "its norm is not there")
        scope = {c.variable: c.kind or ""}
        if norm is not None and norm.instances is not None:
            scope[norm.instances.variable] = norm.instances.kind
        if c.condition is not None:
            self.fits(c.condition, scope, TRUTH)
        if c.outcome is not None:
            typed = self.typed(c.outcome, scope)
            if key in self.resolves and not key.startswith("norm:"):
                self.need(joined(typed, parse_type(self.resolves[key].type)), "what it gives is of another type")

    def norm(self, n: core.Norm) -> None:
        self.at("norm", n.id)
        self.placed(n)
        self.need(n.id in self.clauses and n.name in self.norm_names, "its clause or its name is not there")
        self.need(n.applies in self.resolves, "whether it applies is not there")
        scope = {n.bearer: n.kind}
        if n.instances is not None:
            self.listed(n.instances.members, scope, n.instances.kind)
            scope[n.instances.variable] = n.instances.kind
        if n.done is not None:
            self.fits(n.done, scope, DATE if n.form == "do" else TRUTH)
        for day in (n.anchor, n.done_on, n.due):
            if day is not None:
                self.fits(day, scope, DATE)
        if n.content is not None:
            self.typed(n.content, scope)

    # ------------------------------------------------------------------ expressions
    def fits(self, expr: core.Expr, scope: Mapping[str, str], expected: Type) -> None:
        found = self.typed(expr, scope)
        self.need(fits(found, expected), f"{expected} is expected where {found} stands")

    def subject(self, expr: core.Expr, scope: Mapping[str, str], kind: str, depth: int) -> None:
        found = self.typed(expr, scope, depth)
        self.need(fits(found, Type("entity", kind)), f"a {kind} is expected where {found} stands")

    def listed(self, members: core.Fact, scope: Mapping[str, str], kind: str | None = None, depth: int = 0) -> str:
        self.need(isinstance(members, core.Fact), "members come from a role")
        role = self.roles.get(members.attribute)
        self.need(role and role.many and kind in (None, role.kind), f"`{members.attribute[:60]}` gives no such list")
        assert role is not None
        self.subject(members.subject, scope, role.of_kind, depth)
        return str(role.kind)

    def typed(self, expr: core.Expr, scope: Mapping[str, str], depth: int = 0) -> Type:
        """Return the type of an expression, as far as the engine's operations ask for it."""
        self.need(depth < _MAX_DEPTH, "it is nested too deeply")
        down = depth + 1
        match expr:
            case core.Literal():
                return self.value(expr.type, expr.value)
            case core.Parameter():
                self.need(expr.name in self.parameters, f"no parameter is called `{expr.name[:60]}`")
                return parse_type(self.parameters[expr.name].type)
            case core.Fact():
                if expr.attribute in self.attributes:
                    a = self.attributes[expr.attribute]
                    self.subject(expr.subject, scope, a.kind, down)
                    return parse_type(a.type)
                role = self.roles.get(expr.attribute)
                self.need(role and not role.many, f"no fact is called `{expr.attribute[:60]}`")
                assert role is not None
                self.subject(expr.subject, scope, role.of_kind, down)
                return Type("entity", role.kind)
            case core.Use():
                term = self.terms.get(expr.resolves.partition("@")[0])
                self.need(term and expr.resolves in self.resolves, f"no term is called `{expr.resolves[:60]}`")
                assert term is not None
                self.subject(expr.subject, scope, term.kind, down)
                return parse_type(self.resolves[expr.resolves].type)
            case core.Call():
                return self.call(expr, [self.typed(a, scope, down) for a in expr.args])
            case core.If():
                self.need(fits(self.typed(expr.condition, scope, down), TRUTH), "a condition is a truth")
                found = joined(self.typed(expr.then, scope, down), self.typed(expr.otherwise, scope, down))
                self.need(found, "both branches are of one type")
                return found or ANYTHING
            case core.Fold():
                return self.fold(expr, scope, down)
            case core.Bind():
                self.need(expr.name in scope, f"nothing is called `{expr.name[:60]}` here")
                return Type("entity", scope[expr.name]) if scope[expr.name] else ANYTHING
            case core.At():
                for day in (expr.day, expr.text):
                    self.need(day is None or fits(self.typed(day, scope, down), DATE), "it is moved to no day")
                self.need(expr.day is None or expr.text is None, "two days are moved at once")
                self.need(expr.day is not None or expr.text is not None, "no day is moved")
                return self.typed(expr.body, scope, down)
            case core.Slot():
                slot = self.slots.get(expr.slot)
                self.need(slot is not None, f"no slot is called `{expr.slot[:60]}`")
                assert slot is not None
                self.need((slot.kind is None) == (expr.subject is None), "a slot is of somebody or of nobody")
                if expr.subject is not None:
                    self.subject(expr.subject, scope, slot.kind, down)
                return parse_type(slot.type)
            case core.Unencoded():
                self.need(expr.cause in ("unencoded", "unverified"), f"there is no cause `{expr.cause[:40]}`")
                return self.type(expr.type)
            case _:
                raise Unsound(f"{self.where}: a resolve stands inside an expression")

    def call(self, expr: core.Call, types: list[Type]) -> Type:
        op = expr.op
        self.need(op in SIGNATURES, f"there is no operation `{op[:40]}`")
        shown = SIGNATURES[op].examples
        wanted = _ARITY.get(op, len(shown[0][0]) if shown else 2)
        self.need(len(types) == wanted or (wanted is None and types), f"`{op}` has not so many operands")
        if op in ("has", "filled"):
            right = core.Fact if op == "has" else core.Slot
            self.need(isinstance(expr.args[0], right), f"`{op}` asks about something else")
            return TRUTH
        self.need(op != "proved" or types[1].name == "entity", "a defence is proved by somebody")
        found = result(op, types)
        self.need(isinstance(found, Type), f"`{op}` takes {found}")
        return found if isinstance(found, Type) else ANYTHING

    def fold(self, expr: core.Fold, scope: Mapping[str, str], depth: int) -> Type:
        kind = self.listed(expr.members, scope, depth=depth)
        inner = {**scope, expr.variable: kind}
        if expr.where is not None:
            self.need(fits(self.typed(expr.where, inner, depth), TRUTH), "a condition is a truth")
        self.need((expr.body is None) == (expr.quantifier == "number"), "a fold has a body, a number has none")
        body = TRUTH if expr.body is None else self.typed(expr.body, inner, depth)
        found = self.type(expr.type)
        if expr.quantifier in ("every", "some", "at_least"):
            self.need(fits(body, TRUTH), "a condition is a truth")
            self.need(
                (expr.threshold is not None) == (expr.quantifier == "at_least"), "only `at least` has a threshold"
            )
            return TRUTH
        self.need(
            expr.quantifier in ("number", "sum", "least", "greatest"), f"there is no fold `{expr.quantifier[:40]}`"
        )
        amounts = ("yen", "number", "rate", "quantity", *(() if expr.quantifier == "sum" else ("date",)), "anything")
        if expr.body is not None:
            self.need(body.name in amounts and joined(body, found), f"{body} cannot be folded to {found}")
        return found

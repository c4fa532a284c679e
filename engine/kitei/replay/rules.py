"""What each kind of step comes to, given what its operands come to: the twelve kinds of the core, in its order.

Comes in: what is wanted (`Want`: a place in the core, a scope, a context) and a way to ask for operands. Goes out:
the result and the certificate. The same rules serve twice: to check a stated step, asking takes the next of its inputs
and insists that it is the operand; to work something out that no step states, asking derives. Semantics 2 to 4.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, assert_never

from kitei.facts import Facts, Record
from kitei.replay import arithmetic
from kitei.replay.arithmetic import conjunction, disjunction, gathered, left_open, negation
from kitei.replay.law import Law
from kitei.replay.meeting import Meeting, word
from kitei.replay.shape import Context, Refused
from kitei.values import ABSENT, FALSE, TRUE, Cause, Entity, Result, opened, read, same, undefined, value, write
from kitei_dsl import core
from kitei_dsl.frozen import Frozen, Struct, field

#: The condition of a clause that states none.
ALWAYS = core.Literal("truth", "true")


class Want(Frozen):
    """A step that must be there: where in the core, what stands there, the names bound, the context."""

    node: str
    expr: core.Expr
    scope: Mapping[str, str]
    context: Context

    def below(self, path: str, expr: core.Expr) -> Want:
        return Want(f"{self.node}.{path}", expr, self.scope, self.context)

    @property
    def kind(self) -> str:
        return type(self.expr).__name__.lower()


class Given(Frozen):
    """What a wanted step comes to: its result, its number (None where derived), what causes name it by, its certificate."""

    result: Result
    step: int | None
    item: str
    certificate: Mapping[str, Any] = field(default_factory=dict)

    @property
    def operand(self) -> Result:
        return seen_below(self.result, self.item)


Ask = Callable[[Want], Given]
Made = tuple[Result, dict[str, Any]]


def seen_below(r: Result, item: str) -> Result:
    """Return a result as what rests on it sees it: a gap or clash is open with that cause, absence is undefined."""
    cause = {"gap": "gap", "clash": "clash", "absent": "undefined"}.get(r.state)
    return r if cause is None else opened(frozenset({Cause(cause, item)}))


class Noted(Struct):
    """What the rules came across: facts read, facts not seen with their days, and where definitions meet of which it cannot
    be excluded that they clash (node, names bound, context)."""

    read: set[str] = field(default_factory=set)
    hidden: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    sighted: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    clashing: set[tuple[str, tuple[tuple[str, str], ...], Context]] = field(default_factory=set)


class Rules:
    """The rules in one world over one set of facts."""

    def __init__(self, law: Law, facts: Facts) -> None:
        self.law, self.facts = law, facts
        self.noted = Noted()

    def made(self, want: Want, ask: Ask) -> Made:
        """Return the result and the certificate of what is wanted."""
        expr = want.expr
        match expr:
            case core.Literal():
                if expr.type == "date" and "/" in expr.value:  # the day of a commencement
                    day = self.law.days.get(expr.value)
                    return (opened(frozenset({Cause("slot", expr.value)})) if day is None else value(day)), {}
                return value(read(expr.type, expr.value)), {}
            case core.Parameter():
                return self.parameter(expr, want)
            case core.Fact():
                return self.fact(expr, want, ask)
            case core.Use():
                return self.use(expr, want, ask)
            case core.Call():
                return self.call(expr, want, ask)
            case core.If():
                return self.conditional(expr, want, ask)
            case core.Fold():
                return self.fold(expr, want, ask)
            case core.Bind():
                return value(self.entity(want.scope.get(expr.name), want)), {}
            case core.Resolve():
                return self.resolve(expr, want, ask)
            case core.At():
                return self.at(expr, want, ask)
            case core.Slot():
                return self.slot(expr, want, ask)
            case core.Unencoded():
                return opened(frozenset({Cause(expr.cause, want.node)})), {}
            case _:
                assert_never(expr)

    def named(self, want: Want, certificate: Mapping[str, Any]) -> str:
        """Return what causes call a step by: a term and its subject, or its place in the core."""
        if isinstance(want.expr, core.Resolve):
            return f"{want.expr.key} of {want.scope.get('self', '')}"
        if isinstance(want.expr, core.Use) and "of" in certificate:
            return f"{want.expr.resolves} of {certificate['of']}"
        return want.node

    def parameter(self, expr: core.Parameter, want: Want) -> Made:
        for p in self.law.program.parameters:
            if p.name == expr.name and self.law.counts(p.version, want.context):
                return value(read(p.type, p.value)), {"version": p.version}
        return Result("gap"), {"version": None}

    # ------------------------------------------------------------------ facts
    def entity(self, id: str | None, want: Want) -> Entity:
        if id is None or id not in self.facts.kinds:
            raise Refused(want.node, "it is about something that the facts do not have")
        return Entity(self.facts.kinds[id], id)

    def subject(self, expr: core.Expr, path: str, want: Want, ask: Ask) -> tuple[Result, str]:
        """Ask for the subject; return its result, and its id where it is known."""
        of = ask(want.below(path, expr)).operand
        return of, of.value.id if isinstance(of.value, Entity) else ""

    def fact(self, expr: core.Fact, want: Want, ask: Ask) -> Made:
        of, id = self.subject(expr.subject, "subject", want, ask)
        if not of.known:
            return of, {"records": 0}
        unknown = opened(frozenset({Cause("fact", f"{id}.{expr.attribute}")}))
        self.noted.read.add(f"{id}.{expr.attribute}")
        if expr.attribute in self.law.roles:
            members, _ = self.members(id, expr.attribute, want.context)
            if len(members) != 1:
                return unknown, {"records": 0}
            ((member, present),) = members.items()
            return (value(self.entity(member, want)), {"records": 1}) if present == TRUE else (present, {"records": 0})
        there = [
            r
            for r in self.facts.records.get((id, expr.attribute), ())
            if self.holds(f"{id}.{expr.attribute}", r, want.context)
        ]
        if not there:
            return unknown, {"records": 0}
        found = self.counting(there, want.node).value
        return (ABSENT if found is None else value(found)), {"records": len(there)}

    def holds(self, item: str, r: Record, context: Context) -> bool:
        """Say whether a record is seen and holds: begun by *at*, recorded by *known*, not ended."""
        if r.start is not None and r.start > context.at:
            self.noted.hidden.setdefault(item, set()).add(("from", r.start.isoformat()))
            return False
        if r.recorded is not None and r.recorded > context.known:
            self.noted.hidden.setdefault(item, set()).add(("recorded", r.recorded.isoformat()))
            return False
        if r.start is not None:
            self.noted.sighted.setdefault(item, set()).add(("from", r.start.isoformat()))
        return r.end is None or context.at < r.end

    def counting(self, records: list[Record], where: str) -> Record:
        """Return the record that counts: they agree, or the one recorded last corrects the others."""

        def rank(r: Record) -> tuple[int, bool]:
            return (r.recorded.toordinal() if r.recorded else 0, r.corrects)

        last = max(records, key=rank)
        if any(r.value != last.value and (rank(r) == rank(last) or not last.corrects) for r in records):
            raise Refused(
                where, "the facts state two things of it for one day, and the later one does not say that it corrects"
            )
        return last

    def members(self, id: str, role: str, context: Context) -> tuple[dict[str, Result], bool]:
        """Return the members a role gives that are, or may be, there as of *at*, each with whether it is; and whether the
        list is complete."""
        listed = self.facts.members.get((id, role))
        if listed is None:
            return {}, False
        present = {m: self.present(m, context) for m in listed.ids}
        return {m: p for m, p in present.items() if p != FALSE}, listed.complete

    def present(self, id: str, context: Context) -> Result:
        """Say whether an entity is there: an event is not before the date that counts then, nor while no record of that
        date has been made; where no date is stated for the day asked it is open."""
        dated_by = self.law.kinds[self.facts.kinds[id]].dated_by
        if dated_by is None:
            return TRUE
        item = f"{id}.{dated_by}"
        self.noted.read.add(item)
        dated = self.facts.records.get((id, dated_by), ())
        made = [r.recorded for r in dated if r.recorded is not None and r.recorded > context.known]
        if dated and len(made) == len(dated):
            self.noted.hidden.setdefault(id, set()).update(("recorded", d.isoformat()) for d in made)
            return FALSE
        there = [r for r in dated if self.holds(item, r, context)]
        if not there:
            return opened(frozenset({Cause("fact", item)}))
        day = self.counting(there, item).value
        if isinstance(day, date) and day > context.at:
            self.noted.hidden.setdefault(id, set()).add(("from", day.isoformat()))
            return FALSE
        if isinstance(day, date):
            self.noted.sighted.setdefault(id, set()).add(("from", day.isoformat()))
        return TRUE

    # ------------------------------------------------------------------ terms
    def use(self, expr: core.Use, want: Want, ask: Ask) -> Made:
        of, id = self.subject(expr.subject, "subject", want, ask)
        if not of.known:
            return of, {"resolves": expr.resolves}
        resolved = ask(Want(f"resolve|{expr.resolves}", self.law.resolves[expr.resolves], {"self": id}, want.context))
        certificate: dict[str, Any] = {"resolves": expr.resolves, "of": id}
        seen = self.law.deemings(expr.resolves, want.node, want.context)
        if not seen:
            return resolved.result, certificate
        pairs = []
        for c in seen:
            bound = {"self": id} if c.condition is None else {"self": id, c.variable: id}
            condition = ask(Want(f"{c.id}|condition", c.condition or ALWAYS, bound, want.context))
            outcome = ask(Want(f"{c.id}|outcome", c.outcome or ALWAYS, {"self": id, c.variable: id}, want.context))
            pairs.append((condition.operand, outcome.operand))
        return self.deemed(resolved, pairs), {**certificate, "deemed": [c.id for c in seen]}

    def deemed(self, base: Given, pairs: list[tuple[Result, Result]]) -> Result:
        """A deeming whose condition holds beats what is resolved; with its condition open it is an `if`."""
        surely = [outcome for holds, outcome in pairs if holds == TRUE]
        perhaps = [pair for pair in pairs if not pair[0].known]
        known = [o.value for n, o in enumerate(surely) if o.value is not None and o not in surely[:n]]
        if len(known) > 1:
            return Result("clash", values=tuple(sorted(known, key=write)))
        if not surely and not perhaps:
            return base.result
        possible = [*(surely or [base.operand]), *(outcome for _, outcome in perhaps)]
        if len(possible) == 1 or all(same(o, possible[0]) for o in possible):
            return possible[0]
        clash = any(r.possible_clash for r in [*possible, *(holds for holds, _ in perhaps)])
        return opened(gathered([*possible, *(holds for holds, _ in perhaps)]), possible_clash=bool(surely) or clash)

    def call(self, expr: core.Call, want: Want, ask: Ask) -> Made:
        given = [ask(want.below(f"args.{n}", a)) for n, a in enumerate(expr.args)]
        if expr.op in ("has", "filled"):
            return self.there(expr.op, given[0], want.node), {}
        operands = [g.operand for g in given]
        if expr.op == "reference_day":
            return value(want.context.at), {}
        if expr.op == "proved":
            defence, party = operands
            uncontested = bool(defence.causes) and {c.kind for c in defence.causes} == {"fact"}
            if not uncontested or not want.context.presumptions:
                return defence, {}
            return FALSE, {"uncontested": party.value.id if isinstance(party.value, Entity) else ""}
        if expr.op == "and":
            return conjunction(operands), {}
        if expr.op == "or":
            return disjunction(operands), {}
        if expr.op == "not":
            return negation(operands[0]), {}
        if (still_open := left_open(operands)) is not None:
            return still_open, {}
        computed, certificate = arithmetic.compute(expr.op, [o.value for o in operands])
        return (undefined(want.node) if computed is None else value(computed)), certificate

    def there(self, op: str, given: Given, node: str) -> Result:
        """Say whether an attribute is there; whether a slot is filled or assumed, whatever its filling gives."""
        r, state = given.result, given.certificate.get("state")
        if op == "filled" and (state == "filled" or "assumed" in given.certificate):
            return TRUE
        if r.state == "absent" or (state == "unfilled" and r.known):
            return FALSE
        return TRUE if r.known else seen_below(r, node)

    def conditional(self, expr: core.If, want: Want, ask: Ask) -> Made:
        parts = (("condition", expr.condition), ("then", expr.then), ("otherwise", expr.otherwise))
        condition, then, otherwise = (ask(want.below(path, part)).operand for path, part in parts)
        if condition.known:
            return (then if condition == TRUE else otherwise), {}
        return (then if same(then, otherwise) else left_open([condition, then, otherwise]) or then), {}

    def fold(self, expr: core.Fold, want: Want, ask: Ask) -> Made:
        of, id = self.subject(expr.members.subject, "members.subject", want, ask)
        if not of.known:
            return of, {"members": None}
        members, complete = self.members(id, expr.members.attribute, want.context)
        where: list[int | None] = []
        body: list[int | None] = []
        cases = []
        for member, present in members.items():
            inner = Want(want.node, expr, {**want.scope, expr.variable: member}, want.context)
            case = [TRUE, TRUE]
            for n, (path, part, steps) in enumerate((("where", expr.where, where), ("body", expr.body, body))):
                given = None if part is None else ask(inner.below(path, part))
                steps.append(None if given is None else given.step)
                case[n] = TRUE if given is None else given.operand
            cases.append((conjunction([present, case[0]]), case[1]))
        unlisted = frozenset[Cause]() if complete else frozenset({Cause("list", f"{id}.{expr.members.attribute}")})
        certificate: dict[str, Any] = {"members": list(members), "complete": complete, "where": where, "body": body}
        undated = [m for m, present in members.items() if not present.known]
        if undated:
            certificate["undated"] = undated
        return arithmetic.fold(expr, cases, unlisted, want.node), certificate

    # ------------------------------------------------------------------ where provisions meet
    def resolve(self, expr: core.Resolve, want: Want, ask: Ask) -> Made:
        context, key = want.context, expr.key
        kind = self.entity(want.scope["self"], want).kind if "self" in want.scope else None
        slot = self.law.slots.get(key.removeprefix("slot:")) if key.startswith("slot:") else None
        selected = self.law.select(key, context, slot)
        clauses = [
            c
            for c in selected
            if c.role not in ("deem", "presume", "close") and (None in (c.kind, kind) or c.kind == kind)
        ]

        def part(c: core.Clause, name: str, expr: core.Expr) -> Given:
            return ask(Want(f"{c.id}|{name}", expr, self.bound(c, want.scope), context))

        conditions = {c.id: part(c, "condition", c.condition or ALWAYS) for c in clauses}
        meeting = Meeting(
            clauses, {id: given.operand for id, given in conditions.items()}, expr.candidates, self.law.splits_of(expr)
        )
        own = [c for c in clauses if c.id in meeting.own]
        outcomes = {
            c.id: part(c, "outcome", c.outcome) for c in own if c.outcome is not None and meeting.live(c.id) != FALSE
        }
        closing_id, closing_step, closing = None, None, None
        for c in selected:
            if c.role == "close" and c.resolves == key and c.outcome is not None and closing_id is None:
                given = part(c, "outcome", c.outcome)
                closing_id, closing_step, closing = c.id, given.step, given.result
        if closing_id is None:
            by_words = next((c.id for c in own if c.closing and c.role != "add"), None)
            optional = slot.id if slot is not None and slot.type == "truth" and not slot.required else None
            closing_id = by_words or optional
            closing = None if closing_id is None else FALSE
        item = self.named(want, {})
        seen = {id: seen_below(given.result, item) for id, given in outcomes.items()}
        raw = {id: given.result for id, given in outcomes.items()}
        result = meeting.result(seen, raw, None if closing is None else seen_below(closing, item), expr.combine)
        if meeting.may_clash:
            self.noted.clashing.add((want.node, tuple(sorted(want.scope.items())), context))
        result, presumed = self.presumed(result, selected, part, context)
        certificate = {
            "candidates": [
                {"clause": c.id, "condition": conditions[c.id].step, "has": word(meeting.has(c.id)),
                 "stands": word(meeting.stands(c.id)), "displaced": word(meeting.displaced(c.id)), "live": word(meeting.live(c.id)),
                 "outcome": outcomes[c.id].step if c.id in outcomes else None}
                for c in clauses
            ],
            "closing": closing_id, "closing_outcome": closing_step, "presumed": presumed,
        }  # fmt: skip
        return result, certificate

    def bound(self, clause: core.Clause, scope: Mapping[str, str]) -> dict[str, str]:
        """Bind a clause's subject to the name the clause gives it, and a norm's instance to its own."""
        names = {clause.variable: scope["self"]} if "self" in scope else {}
        return names | {n: id for n, id in scope.items() if n != "self" and clause.role == "norm"}

    def presumed(self, result: Result, selected: list[core.Clause], part: Callable[[core.Clause, str, core.Expr], Given],
                 context: Context) -> tuple[Result, str | None]:  # fmt: skip
        """Apply a presumption where only facts leave the term open, its basis is known to hold, and none says otherwise."""
        if result.state != "open" or not context.presumptions or any(c.kind != "fact" for c in result.causes):
            return result, None
        found = [
            (c.id, part(c, "outcome", c.outcome).operand)
            for c in selected
            if c.role == "presume"
            and part(c, "condition", c.condition or ALWAYS).operand == TRUE
            and c.outcome is not None
        ]
        if found and all(same(r, found[0][1]) for _, r in found):
            return found[0][1], found[0][0]
        return result, "conflict" if len({write(r.value) for _, r in found if r.value is not None}) > 1 else None

    # ------------------------------------------------------------------ context and slots
    def at(self, expr: core.At, want: Want, ask: Ask) -> Made:
        name, moved = ("day", expr.day) if expr.day is not None else ("text", expr.text or ALWAYS)
        to = ask(want.below(name, moved)).operand
        if not to.known:
            return opened(to.causes), {}
        there = to.value
        if not isinstance(there, date):
            raise Refused(want.node, "it is moved to something that is no day")
        context = want.context.at_day(there) if name == "day" else want.context.under_text(there)
        return ask(Want(f"{want.node}.body", expr.body, want.scope, context)).result, {}

    def slot(self, expr: core.Slot, want: Want, ask: Ask) -> Made:
        slot, scope = self.law.slots[expr.slot], {}
        name, key = f"{slot.address}#{slot.name}", f"slot:{slot.id}"
        if expr.subject is not None:
            of, id = self.subject(expr.subject, "subject", want, ask)
            if not of.known:
                return of, {}
            scope = {"self": id}
        candidates = self.law.resolves[key].candidates
        filled = any(c.id in candidates for c in self.law.select(key, want.context, slot))
        if slot.id in self.law.slot_values:
            assumed, spelling, by = self.law.slot_values[slot.id]
            if filled and not by.startswith("override"):
                raise Refused(want.node, f"{name} is filled; an assumption against it must say `override`")
            return value(assumed), {"assumed": spelling}
        if filled and not slot.pending:
            resolved = ask(Want(f"resolve|{key}", self.law.resolves[key], scope, want.context))
            return resolved.result, {"state": "filled"}
        if slot.pending or self.law.other_versions_fill(slot, want.context):
            return opened(frozenset({Cause("slot", name)})), {"state": "pending"}
        if slot.required:
            return opened(frozenset({Cause("slot", name)})), {"state": "unfilled"}
        return (FALSE if slot.type == "truth" else ABSENT), {"state": "unfilled"}

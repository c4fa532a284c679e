"""The reference reading: core and facts to results, leaving a derivation behind.

Comes in: a `Regime`, `Facts`, a context. Goes out: step ids; each step's result and certificate say how it was
reached (`trace.py`), so explaining never computes a value and `replay` can check it. One method per core kind,
in the core's order. All operands are evaluated, in text order. A point where interpretations differ stops the
evaluation with `ChoiceNeeded`; the caller evaluates once per choice. Deliberately not here: norms and their
instances (`register`), what would settle an answer (`settle`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, assert_never

from kitei import meanings
from kitei.facts import Facts
from kitei.folds import fold_cases
from kitei.resolution import (
    Relations,
    Standing,
    as_operand,
    combine,
    deem,
    kleene_and,
    kleene_not,
    kleene_or,
    resolve_definitions,
)
from kitei.sight import Sight
from kitei.trace import Context, Step
from kitei.values import ABSENT, FALSE, TRUE, Cause, Entity, Result, opened, read, same, undefined, value
from kitei.world import BadAssumption, Regime
from kitei_dsl import core
from kitei_dsl.citation import parse as parse_address
from kitei_dsl.frozen import replace
from kitei_dsl.signatures import SIGNATURES

Scope = dict[str, str]


class ChoiceNeeded(Exception):
    """Evaluation met a reading on which no choice is made yet."""

    def __init__(self, reading: str) -> None:
        super().__init__(reading)
        self.reading = reading


class Evaluator:
    """Evaluates in one regime over one set of facts. `overrides` replaces what an item reads (`settle` only)."""

    def __init__(self, regime: Regime, facts: Facts, overrides: Mapping[str, Result] | None = None) -> None:
        self.regime, self.program, self.facts = regime, regime.program, facts
        self.overrides = dict(overrides or {})
        self.steps: list[Step] = []
        self.contexts: list[Context] = []
        self.sight = Sight(self.program, facts, self.overrides)
        self.possible_gaps: set[int] = set()
        #: where definitions meet of which rule 9 cannot exclude that they clash, not only what they rest on
        self.own_clashes: set[int] = set()
        self._memo: dict[tuple[Any, ...], int] = {}
        self._context_ids: dict[Context, int] = {}
        self._influences: dict[str, list[str]] = {}

    # ------------------------------------------------------------------ bookkeeping
    def context(self, context: Context) -> int:
        if context not in self._context_ids:
            self._context_ids[context] = len(self.contexts)
            self.contexts.append(context)
        return self._context_ids[context]

    def step(self, node: str, kind: str, context: int, scope: Scope, inputs: list[int], result: Result,
             certificate: dict[str, Any] | None = None) -> int:  # fmt: skip
        id = len(self.steps)
        self.steps.append(
            Step(id, node, kind, context, tuple(sorted(scope.items())), tuple(inputs), result, certificate or {})
        )
        return id

    def result(self, step: int) -> Result:
        return self.steps[step].result

    def operand(self, step: int) -> Result:
        """Return a step's result as something downstream sees it."""
        return as_operand(self.raw(step), self.item(step))

    def raw(self, step: int) -> Result:
        """Return a step's result. While asking what would settle: what may yet become a gap or clash, once what is open
        is known, settles nothing downstream."""
        result = self.result(step)
        doubtful = step in self.possible_gaps or result.possible_clash
        if self.overrides and result.state == "open" and doubtful and any(c.kind == "any" for c in result.causes):
            return replace(result, causes=result.causes | {Cause("hazard", self.item(step))})
        return result

    def item(self, step: int) -> str:
        """Name what a step is about, for causes: term and subject, or the place in the core."""
        s = self.steps[step]
        if s.kind == "resolve":
            return f"{s.node.partition('|')[2]} of {dict(s.scope).get('self', '')}"
        if s.kind == "use" and "of" in s.certificate:
            return f"{s.certificate['resolves']} of {s.certificate['of']}"
        return s.node

    def goal(self, key: str, of: Entity, context: int) -> int:
        """Evaluate a term asked for from outside every provision; only deemings for all purposes are seen."""
        node = f"goal|{key}"
        subject = self.step(f"{node}.subject", "bind", context, {"self": of.id}, [], value(of))
        resolved = self.resolve(key, of, None, context)
        return self.deemed(node, key, of, {"self": of.id}, [subject, resolved], context)

    # ------------------------------------------------------------------ expressions, in the core's order
    def evaluate(self, expr: core.Expr, node: str, scope: Scope, context: int) -> int:
        match expr:
            case core.Literal():
                return self.literal(expr, node, scope, context)
            case core.Parameter():
                return self.parameter(expr, node, scope, context)
            case core.Fact():
                return self.fact(expr, node, scope, context)
            case core.Use():
                return self.use(expr, node, scope, context)
            case core.Call():
                return self.call(expr, node, scope, context)
            case core.If():
                return self.conditional(expr, node, scope, context)
            case core.Fold():
                return self.fold(expr, node, scope, context)
            case core.Bind():
                return self.bind(expr, node, scope, context)
            case core.Resolve():
                raise AssertionError("a Resolve is reached by a Use or a Slot")
            case core.At():
                return self.at(expr, node, scope, context)
            case core.Slot():
                return self.slot(expr, node, scope, context)
            case core.Unencoded():
                return self.unencoded(expr, node, scope, context)
            case _:
                assert_never(expr)

    def literal(self, expr: core.Literal, node: str, scope: Scope, context: int) -> int:
        if expr.type == "date" and "/" in expr.value:  # the day of a commencement, which a world may assume
            day = self.regime.days.get(expr.value)
            result = opened(frozenset({Cause("slot", expr.value)})) if day is None else value(day)
            return self.step(node, "literal", context, scope, [], result)
        return self.step(node, "literal", context, scope, [], value(read(expr.type, expr.value)))

    def parameter(self, expr: core.Parameter, node: str, scope: Scope, context: int) -> int:
        c = self.contexts[context]
        for p in self.program.parameters.get(expr.name, ()):
            if self.regime.in_force(p.version, date.fromisoformat(c.text), date.fromisoformat(c.known), c.kept):
                return self.step(
                    node, "parameter", context, scope, [], value(read(p.type, p.value)), {"version": p.version}
                )
        return self.step(node, "parameter", context, scope, [], Result("gap"), {"version": None})

    def fact(self, expr: core.Fact, node: str, scope: Scope, context: int) -> int:
        subject = self.evaluate(expr.subject, f"{node}.subject", scope, context)
        of = self.operand(subject)
        if not of.known:
            return self.step(node, "fact", context, scope, [subject], self.of_nobody(of, node), {"records": 0})
        assert isinstance(of.value, Entity)
        result, records = self.sight.look_up(of.value.id, expr.attribute, self.contexts[context])
        return self.step(node, "fact", context, scope, [subject], result, {"records": records})

    def use(self, expr: core.Use, node: str, scope: Scope, context: int) -> int:
        subject = self.evaluate(expr.subject, f"{node}.subject", scope, context)
        of = self.operand(subject)
        if not of.known:
            return self.step(
                node, "use", context, scope, [subject], self.of_nobody(of, node), {"resolves": expr.resolves}
            )
        assert isinstance(of.value, Entity)
        resolved = self.resolve(expr.resolves, of.value, None, context)
        return self.deemed(node, expr.resolves, of.value, scope, [subject, resolved], context)

    def of_nobody(self, of: Result, node: str) -> Result:
        """Return the result of asking about an entity that is not known; knowing which it is settles nothing yet."""
        return opened(of.causes | {Cause("hazard", node)}) if self.overrides else of

    def deemed(self, node: str, key: str, of: Entity, scope: Scope, inputs: list[int], context: int) -> int:
        """Let the deemings seen from where the use stands beat the resolved result."""
        certificate: dict[str, Any] = {"resolves": key, "of": of.id}
        bound = {"self": of.id}
        resolved = inputs[-1]
        pairs = []
        for clause in self.deemings(key, node, context):
            condition = self.condition(clause, bound, context)
            outcome = self.outcome(clause, bound, context)
            inputs = [*inputs, condition, outcome]
            pairs.append((self.operand(condition), self.operand(outcome)))
            certificate = {**certificate, "deemed": [*certificate.get("deemed", []), clause.id]}
        result = deem(self.result(resolved), pairs, self.item(resolved)) if pairs else self.result(resolved)
        step = self.step(node, "use", context, scope, inputs, result, certificate)
        if resolved in self.possible_gaps:
            self.possible_gaps.add(step)
        return step

    def deemings(self, key: str, node: str, context: int) -> list[core.Clause]:
        """Return the deemings of a term whose purposes take in the place of the use, not through their own condition."""
        using = self.program.clauses.get(node.partition("|")[0])
        found = []
        for clause in self.selected(key, context):
            if clause.role != "deem" or (using is not None and using.role == "deem" and using.resolves == key):
                continue
            # A norm's own parts are written at its address; a goal is asked from outside every provision.
            outside = using is None and (node.startswith("goal|") or "@" not in node)
            place = None if outside else using.address if using is not None else node.partition("@")[0]
            inside = place is not None and any(
                p != "*" and parse_address(p).covers(parse_address(place)) for p in clause.purposes
            )
            if "*" in clause.purposes or inside:
                found.append(clause)
        return found

    def call(self, expr: core.Call, node: str, scope: Scope, context: int) -> int:
        steps = [self.evaluate(a, f"{node}.args.{i}", scope, context) for i, a in enumerate(expr.args)]
        if expr.op == "proved":
            result, certificate = self.proved(steps, context)
        elif expr.op == "reference_day":
            result, certificate = value(date.fromisoformat(self.contexts[context].at)), {}
        else:
            result, certificate = self.apply(expr.op, steps, node)
        return self.step(node, "call", context, scope, steps, result, certificate)

    def proved(self, steps: list[int], context: int) -> tuple[Result, dict[str, Any]]:
        """A defence is proved, not proved, or not yet contested: open for facts alone it counts as not proved, marked."""
        defence, party = self.operand(steps[0]), self.operand(steps[1])
        facts_only = bool(defence.causes) and all(c.kind in ("fact", "any") for c in defence.causes)
        if not facts_only or not self.contexts[context].presumptions:
            return defence, {}
        return FALSE, {"uncontested": party.value.id if isinstance(party.value, Entity) else ""}

    def apply(self, op: str, steps: list[int], node: str) -> tuple[Result, dict[str, Any]]:
        if op == "has":
            raw = self.result(steps[0])
            return (FALSE if raw.state == "absent" else TRUE if raw.known else as_operand(raw, node)), {}
        if op == "filled":
            return self.filled(steps[0]), {}
        results = [self.operand(s) for s in steps]
        if op == "and":
            return kleene_and(results), {}
        if op == "or":
            return kleene_or(results), {}
        if op == "not":
            return kleene_not(results[0]), {}
        causes = frozenset[Cause]().union(*(r.causes for r in results))
        if causes:
            hazard = {Cause("undefined", node)} if self.overrides and SIGNATURES[op].partial else set()
            return opened(causes | hazard, possible_clash=any(r.possible_clash for r in results)), {}
        computed, certificate = meanings.apply(op, [r.value for r in results if r.value is not None])
        return (undefined(node) if computed is None else value(computed)), certificate

    def filled(self, slot: int) -> Result:
        """Say whether a slot is filled (or assumed) on this day, whatever its filling gives; pending leaves it open."""
        certificate = self.steps[slot].certificate
        if "assumed" in certificate or certificate.get("state") == "filled":
            return TRUE
        if certificate.get("state") == "unfilled" and self.result(slot).state != "open":
            return FALSE
        raw = self.result(slot)
        return TRUE if raw.known else as_operand(raw, self.steps[slot].node)

    def conditional(self, expr: core.If, node: str, scope: Scope, context: int) -> int:
        steps = [
            self.evaluate(part, f"{node}.{name}", scope, context)
            for name, part in (("condition", expr.condition), ("then", expr.then), ("otherwise", expr.otherwise))
        ]
        condition, then, otherwise = (self.operand(s) for s in steps)
        if condition.known:
            result = then if condition.true else otherwise
        elif same(then, otherwise):
            result = then
        else:
            parts = (condition, then, otherwise)
            causes = condition.causes | then.causes | otherwise.causes
            result = opened(causes, possible_clash=any(r.possible_clash for r in parts))
        return self.step(node, "if", context, scope, steps, result)

    def fold(self, expr: core.Fold, node: str, scope: Scope, context: int) -> int:
        subject = self.evaluate(expr.members.subject, f"{node}.members.subject", scope, context)
        of = self.operand(subject)
        if not of.known:
            return self.step(node, "fold", context, scope, [subject], self.of_nobody(of, node), {"members": None})
        assert isinstance(of.value, Entity)
        role = expr.members.attribute
        members = self.sight.members(of.value.id, role, self.contexts[context])
        self.sight.read[f"{of.value.id}.{role}"] = None
        where: list[int | None] = []
        body: list[int | None] = []
        for member in members.ids:
            inner = {**scope, expr.variable: member}
            where.append(None if expr.where is None else self.evaluate(expr.where, f"{node}.where", inner, context))
            body.append(None if expr.body is None else self.evaluate(expr.body, f"{node}.body", inner, context))
        unknown = None if members.complete else Cause("list", f"{of.value.id}.{role}")
        present = [self.sight.present(m, self.contexts[context]) for m in members.ids]
        # A member that may not be there yet counts as one whose condition is as open as that.
        cases = [
            (kleene_and([p, TRUE if w is None else self.operand(w)]), TRUE if b is None else self.operand(b))
            for p, w, b in zip(present, where, body, strict=True)
        ]
        result = fold_cases(expr, cases, unknown, node)
        inputs = [subject, *(s for pair in zip(where, body, strict=True) for s in pair if s is not None)]
        certificate: dict[str, Any] = {
            "members": list(members.ids),
            "complete": members.complete,
            "where": where,
            "body": body,
        }
        undated = [m for m, p in zip(members.ids, present, strict=True) if not p.known]
        if undated:
            certificate["undated"] = undated
        return self.step(node, "fold", context, scope, inputs, result, certificate)

    def bind(self, expr: core.Bind, node: str, scope: Scope, context: int) -> int:
        return self.step(node, "bind", context, scope, [], value(self.facts.entity(scope[expr.name])))

    def resolve(self, key: str, subject: Entity | None, instance: tuple[str, str] | None, context: int,
                slot: core.SlotDeclaration | None = None) -> int:  # fmt: skip
        """Resolve a key for a subject (and a norm's instance): rules 1-9, presumption; memoised per context."""
        memo = (key, subject, instance, context)
        if memo in self._memo:
            return self._memo[memo]
        bound = ({} if subject is None else {"self": subject.id}) | (
            {} if instance is None else {instance[0]: instance[1]}
        )
        clauses = [c for c in self.selected(key, context, slot) if c.role not in ("deem", "presume", "close")
                   and (c.kind is None or subject is None or c.kind == subject.kind)]  # fmt: skip
        conditions = {c.id: self.condition(c, self.scope_of(c, subject, instance), context) for c in clauses}
        relations = Relations(clauses, {i: self.operand(s) for i, s in conditions.items()}, self.program.splits)
        own = [c for c in clauses if c.resolves == key or (slot is not None and c.role == "fill")]
        standing = {c.id: relations.standing(c.id) for c in clauses}
        outcomes: dict[str, int] = {}
        for c in own:
            if c.outcome is not None and not standing[c.id].live.false:
                outcomes[c.id] = self.outcome(c, self.scope_of(c, subject, instance), context)
        definitions = [c for c in own if c.role in ("define", "norm", "fill")]
        closing_clause, closing_step = self.closing(key, definitions, subject, instance, context, slot)
        closing = None if closing_clause is None else FALSE if closing_step is None else self.result(closing_step)
        item = f"{key} of {subject.id if subject else ''}"
        resolved = resolve_definitions(
            {c.id: standing[c.id].live for c in definitions},
            relations.speaks([c.id for c in definitions]),
            {c.id: self.raw(outcomes[c.id]) for c in definitions if c.id in outcomes},
            closing, relations, item,
        )  # fmt: skip
        result = resolved.result
        adders = [c for c in own if c.role == "add"]
        how = self.program.resolves[key].combine if key in self.program.resolves else None
        if adders and how is not None:
            pairs = [(standing[c.id].live, self.result(outcomes[c.id]) if c.id in outcomes else FALSE) for c in adders]
            result = combine(how, result, pairs, item)
        result, presumed, presumption_steps = self.presume(key, result, subject, context)
        inputs = [
            *conditions.values(),
            *outcomes.values(),
            *([] if closing_step is None else [closing_step]),
            *presumption_steps,
        ]
        certificate = {
            "candidates": [
                _candidate(c, conditions[c.id], standing[c.id], outcomes.get(c.id)) for c in clauses
            ],
            "closing": closing_clause, "closing_outcome": closing_step, "presumed": presumed,
        }  # fmt: skip
        step = self.step(f"resolve|{key}", "resolve", context, bound, inputs, result, certificate)
        if resolved.possible_gap:
            self.possible_gaps.add(step)
        if resolved.may_clash:
            self.own_clashes.add(step)
        self._memo[memo] = step
        return step

    def at(self, expr: core.At, node: str, scope: Scope, context: int) -> int:
        c = self.contexts[context]
        moved = expr.day if expr.day is not None else expr.text
        assert moved is not None
        name = "day" if expr.day is not None else "text"
        day = self.evaluate(moved, f"{node}.{name}", scope, context)
        to = self.operand(day)
        if not to.known:
            hazard = {Cause("hazard", node)} if self.overrides else set()
            return self.step(node, "at", context, scope, [day], opened(to.causes | hazard))
        assert isinstance(to.value, date)
        iso = to.value.isoformat()
        inner = replace(c, at=iso) if name == "day" else c if c.pinned else replace(c, text=iso)
        body = self.evaluate(expr.body, f"{node}.body", scope, self.context(inner))
        return self.step(node, "at", context, scope, [day, body], self.result(body))

    def slot(self, expr: core.Slot, node: str, scope: Scope, context: int) -> int:
        slot = self.program.slots[expr.slot]
        name = f"{slot.address}#{slot.name}"
        subject: int | None = None
        entity: Entity | None = None
        if expr.subject is not None:
            subject = self.evaluate(expr.subject, f"{node}.subject", scope, context)
            of = self.operand(subject)
            if not of.known:
                return self.step(node, "slot", context, scope, [subject], self.of_nobody(of, node))
            assert isinstance(of.value, Entity)
            entity = of.value
        before = [] if subject is None else [subject]
        key = f"slot:{slot.id}"
        self.sight.read[name] = None
        fillings = self.selected(key, context, slot)
        if slot.id in self.regime.slot_values:
            assumed_value, assumed = self.regime.slot_values[slot.id]
            if any(c.role == "fill" for c in fillings) and not assumed.by.startswith("override"):
                raise BadAssumption(
                    f"{name} is already filled by {fillings[0].address}; add `override` to assume against it"
                )
            return self.step(node, "slot", context, scope, before, value(assumed_value), {"assumed": assumed.value})
        if name in self.overrides:
            return self.step(node, "slot", context, scope, before, self.overrides[name])
        if any(c.role == "fill" for c in fillings) and not slot.pending:
            resolved = self.resolve(key, entity, None, context, slot)
            step = self.step(
                node, "slot", context, scope, [*before, resolved], self.result(resolved), {"state": "filled"}
            )
            if resolved in self.possible_gaps:
                self.possible_gaps.add(step)
            return step
        c = self.contexts[context]
        older = [
            x for x in self.program.clauses.values()
            if x.role == "fill" and x.resolves == f"fill:{name}"
            and self.regime.in_force(x.version, date.fromisoformat(c.text), date.fromisoformat(c.known), c.kept)
        ]  # fmt: skip
        state = "pending" if slot.pending or older else "unfilled"
        result = opened(frozenset({Cause("slot", name)}))
        if state == "unfilled" and not slot.required:
            result = FALSE if slot.type == "truth" else ABSENT
        return self.step(node, "slot", context, scope, before, result, {"state": state})

    def unencoded(self, expr: core.Unencoded, node: str, scope: Scope, context: int) -> int:
        result = opened(frozenset({Cause(expr.cause, node)}))
        if expr.cause == "unverified":
            self.sight.read[node] = None
            result = self.overrides.get(node, result)
        return self.step(node, "unencoded", context, scope, [], result)

    # ------------------------------------------------------------------ clauses
    def selected(self, key: str, context: int, slot: core.SlotDeclaration | None = None) -> list[core.Clause]:
        """Return the clauses bearing on a key that the context selects: in force, known, of the readings chosen."""
        c = self.contexts[context]
        text, known = date.fromisoformat(c.text), date.fromisoformat(c.known)
        if key not in self._influences:
            self._influences[key] = self.program.influences(key) if key in self.program.resolves else []
        choices = dict(c.readings)
        found = []
        for id in self._influences[key]:
            clause = self.program.clauses[id]
            if not self.regime.in_force(clause.version, text, known, c.kept):
                continue
            if slot is not None and clause.role == "fill" and not self.regime.fills(clause, slot, text, known, c.kept):
                continue
            if clause.reading is not None:
                if clause.reading not in choices:
                    raise ChoiceNeeded(clause.reading)
                if choices[clause.reading] != clause.choice:
                    continue
            found.append(clause)
        return found

    def scope_of(self, clause: core.Clause, subject: Entity | None, instance: tuple[str, str] | None) -> Scope:
        scope = {} if subject is None else {clause.variable: subject.id}
        if instance is not None and clause.role == "norm":
            scope[instance[0]] = instance[1]
        return scope

    def condition(self, clause: core.Clause, scope: Scope, context: int) -> int:
        node = f"{clause.id}|condition"
        if clause.condition is None:
            return self.step(node, "literal", context, scope, [], TRUE)
        return self.evaluate(clause.condition, node, self._as_written(clause, scope), context)

    def outcome(self, clause: core.Clause, scope: Scope, context: int) -> int:
        assert clause.outcome is not None
        return self.evaluate(clause.outcome, f"{clause.id}|outcome", self._as_written(clause, scope), context)

    def _as_written(self, clause: core.Clause, scope: Scope) -> Scope:
        """Bind the subject to the name the clause gives it."""
        return {**scope, clause.variable: scope["self"]} if "self" in scope and clause.variable not in scope else scope

    def closing(self, key: str, definitions: list[core.Clause], subject: Entity | None, instance: tuple[str, str] | None,
                context: int, slot: core.SlotDeclaration | None) -> tuple[str | None, int | None]:  # fmt: skip
        """Return the clause that closes the term and the step of its value (None: false, closed by its own words)."""
        for clause in self.selected(key, context, slot):
            if clause.role == "close" and clause.resolves == key:
                return clause.id, self.outcome(clause, self.scope_of(clause, subject, instance), context)
        for clause in definitions:
            if clause.closing:
                return clause.id, None
        if slot is not None and slot.type == "truth" and not slot.required:
            return slot.id, None
        return None, None

    def presume(
        self, key: str, result: Result, subject: Entity | None, context: int
    ) -> tuple[Result, str | None, list[int]]:
        """Apply a presumption where the term is open for facts alone and the basis is known to hold."""
        facts_only = result.state == "open" and all(c.kind in ("fact", "any") for c in result.causes)
        if not facts_only or not self.contexts[context].presumptions:
            return result, None, []
        applicable: list[tuple[core.Clause, Result]] = []
        steps: list[int] = []
        for clause in self.selected(key, context):
            if clause.role != "presume":
                continue
            condition = self.condition(clause, self.scope_of(clause, subject, None), context)
            steps.append(condition)
            if self.operand(condition).true:
                outcome = self.outcome(clause, self.scope_of(clause, subject, None), context)
                steps.append(outcome)
                applicable.append((clause, self.operand(outcome)))
        if applicable and all(same(r, applicable[0][1]) for _, r in applicable):
            return applicable[0][1], applicable[0][0].id, steps
        known = [r for _, r in applicable if r.known]
        return result, "conflict" if any(not same(r, known[0]) for r in known) else None, steps


def _candidate(c: core.Clause, condition: int, standing: Standing, outcome: int | None) -> dict[str, Any]:
    def word(r: Result) -> str:
        return "true" if r.true else "false" if r.false else "open"

    return {
        "clause": c.id, "condition": condition, "has": word(standing.has), "stands": word(standing.stands),
        "displaced": word(standing.displaced), "live": word(standing.live), "outcome": outcome,
    }  # fmt: skip

"""Surface expressions to typed core: names to what they mean, types and units checked on the way.

Comes in: `Names`, a `Place` (the provision, its slots and parameters) and a scope of bound variables.
Goes out: a core expression and its type; mistakes are reported and become nodes of type *anything*, so one mistake
is told once. A bare name belongs to the nearest variable whose kind owns it. Guards (`has`, `filled`) are followed
through `and`, `if` and `where`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import assert_never

from kitei_dsl import core, signatures, syntax
from kitei_dsl.citation import Address
from kitei_dsl.codec import canonical
from kitei_dsl.declare import Names
from kitei_dsl.diagnostics import Diagnostic, finding, near
from kitei_dsl.frozen import Frozen, Struct, field
from kitei_dsl.meant import amount, in_expression, legal, within
from kitei_dsl.parser_table import is_japanese
from kitei_dsl.typesystem import (
    ANYTHING,
    CALENDAR,
    CALENDARS,
    CALENDARS_JA,
    DATE,
    NUMBER,
    QUANTITY,
    RATE,
    SPAN,
    TRUTH,
    YEN,
    Type,
    fits,
    joined,
)

Typed = tuple[core.Expr, Type]


class Variable(Frozen):
    """A bound name, the kind of entity it stands for."""

    name: str
    kind: str


class Place(Struct):
    """Where an expression stands: its provision's address and version, and what that provision declares."""

    address: Address
    version: str
    start: str
    slots: dict[str, core.SlotDeclaration] = field(default_factory=dict)
    #: name -> (full parameter name, type), visible everywhere
    parameters: dict[str, tuple[str, str]] = field(default_factory=dict)
    #: (term, address of use) -> key of the Resolve that reigns there, or None (reported)
    reigning: Callable[[str, Address], str | list[str]] = lambda term, _: term


ERROR: Typed = (core.Unencoded("unencoded", "", ""), ANYTHING)


def literal_of(node: syntax.Literal | syntax.SpanLiteral) -> tuple[str, Type] | str:
    """Return the canonical spelling and type of a literal, or a phrase saying what is wrong with it."""
    if isinstance(node, syntax.SpanLiteral):
        if len(node.count) > 6 or not node.count.isdigit() or int(node.count) == 0:
            return "a period is a whole number of 1 or more"
        return f"{int(node.count)} {node.unit}", SPAN
    text = node.text.replace(",", "").replace("_", "")
    if len(text) > 400:
        return "more than 400 digits"
    if node.sort == "truth":
        return text, TRUTH
    if node.sort == "date":
        from datetime import date

        try:
            return date.fromisoformat(text).isoformat(), DATE
        except ValueError:
            return "no such day"
    match = re.match(r"(\d+(?:\.\d+)?)\s*(.*)$", text)
    if match is None:
        return "no number"
    number, unit = Fraction(match[1]), match[2].strip()
    if node.sort == "money":
        number *= {"万円": 10_000, "億円": 100_000_000}.get(unit, 1)
        return (str(number), YEN) if number.denominator == 1 else "an amount of yen is whole"
    if node.sort == "rate":
        per = re.sub(r"\s*per\s+", "", unit) if "per" in unit else "100"
        return (str(number / int(per)), RATE) if int(per) else "per zero"
    if node.sort == "asset":
        return f"{match[1]} {unit}", QUANTITY
    return str(number), NUMBER if number.denominator == 1 else RATE


class Elaborator:
    """One expression at one place. `found` collects diagnostics."""

    def __init__(self, names: Names, place: Place, found: list[Diagnostic]) -> None:
        self.names, self.place, self.found = names, place, found
        #: parts of the expressions read with words or a place of their own: (core, where it is, marks)
        self.marked: list[tuple[core.Expr, str, tuple[syntax.Mark, ...]]] = []

    # ------------------------------------------------------------------ entry points
    def expression(self, node: syntax.Expr, scope: tuple[Variable, ...], expected: Type | None = None,
                   guards: frozenset[str] = frozenset()) -> core.Expr:  # fmt: skip
        """Return the core of an expression that must fit `expected`."""
        expr, actual = self.typed(node, scope, guards, expected)
        if expected is not None and not fits(actual, expected):
            self.report("wrong-type", node, expected=str(expected), found=str(actual), hint=self.hint(actual, expected))
        if actual.name == "list":
            self.report("list-outside-fold", node, name=node.span.source.text[node.span.start : node.span.end])
        return expr

    def guards_of(self, node: syntax.Expr, scope: tuple[Variable, ...]) -> frozenset[str]:
        """Return what is surely there where the condition holds: `has` and `filled` under `and`."""
        quiet = Elaborator(self.names, self.place, [])
        if isinstance(node, syntax.Conjunction):
            return frozenset().union(*(self.guards_of(o, scope) for o in node.operands))
        if isinstance(node, syntax.ItemList) and node.head == "all":
            return frozenset().union(*(self.guards_of(i.expr, scope) for i in node.items))
        if isinstance(node, syntax.Marked):
            return self.guards_of(node.expr, scope)
        if isinstance(node, syntax.Has):
            return frozenset({canonical(quiet.reference(node.reference, scope, frozenset(), raw=True)[0])})
        if isinstance(node, syntax.Filled):
            return frozenset({f"slot {node.name.text}"})
        return frozenset()

    def report(self, slug: str, node: syntax.Node, **fields: str) -> None:
        self.found.append(finding(slug, node.span, fields, law=str(self.place.address)))

    def hint(self, actual: Type, expected: Type) -> str:
        if actual == RATE and expected == YEN:
            return "multiply the rate by an amount of yen"
        if actual == NUMBER and expected == YEN:
            return "write the amount with its unit, for example `100 yen`"
        return "compare the declaration of each name used"

    # ------------------------------------------------------------------ by node
    def typed(self, node: syntax.Expr, scope: tuple[Variable, ...], guards: frozenset[str],
              expected: Type | None = None) -> Typed:  # fmt: skip
        match node:
            case syntax.Literal() | syntax.SpanLiteral():
                return self.literal(node)
            case syntax.BusinessDays():
                return self.business_days(node, scope, guards)
            case syntax.Reference():
                return self.reference(node, scope, guards, expected=expected)
            case syntax.Fold():
                return self.fold(node, scope, guards)
            case syntax.Conditional():
                return self.conditional(node, scope, guards, expected)
            case syntax.Conjunction():
                return self.conjunction(node, scope, guards)
            case syntax.Disjunction():
                return self.call("or", node, [self.typed(o, scope, guards, TRUTH) for o in node.operands])
            case syntax.Negation():
                return self.call("not", node, [self.typed(node.operand, scope, guards, TRUTH)])
            case syntax.Comparison():
                return self.comparison(node, scope, guards)
            case syntax.Arithmetic():
                return self.call(node.sign, node, [self.typed(o, scope, guards) for o in (node.left, node.right)])
            case syntax.Negative():
                operand = self.typed(node.operand, scope, guards)
                return operand if node.sign == "+" else self.call("negate", node, [operand])
            case syntax.Period():
                operands = [self.typed(node.length, scope, guards, SPAN), self.typed(node.day, scope, guards, DATE)]
                return self.call(node.word + (f".{node.roll}" if node.roll else ""), node, operands)
            case syntax.AsAt():
                body, kind = self.typed(node.body, scope, guards, expected)
                return core.At(body, self.expression(node.day, scope, DATE, guards), None), kind
            case syntax.UnderText():
                body, kind = self.typed(node.body, scope, guards, expected)
                return core.At(body, None, self.expression(node.day, scope, DATE, guards)), kind
            case syntax.Call():
                return self.call(node.name, node, [self.typed(a, scope, guards) for a in node.arguments])
            case syntax.Has():
                expr, _ = self.reference(node.reference, scope, guards, raw=True)
                if not self.optional(expr):
                    self.report("wrong-type", node, expected="an attribute declared `if any`", found="one always there",
                                hint="drop `has`")  # fmt: skip
                return core.Call("has", (expr,)), TRUTH
            case syntax.Filled():
                return self.filled(node, scope)
            case syntax.Unencoded():
                return self.not_encoded("unencoded", node.words, expected), expected or ANYTHING
            case syntax.Unverified():
                return self.not_encoded("unverified", node.words, expected), expected or ANYTHING
            case syntax.Proved():
                return self.proved(node, scope, guards)
            case syntax.ReferenceDay():
                return core.Call("reference_day", ()), DATE
            case syntax.CommencementDay():
                return self.commencement_day(node), DATE
            case syntax.ItemList():
                return self.item_list(node, scope, guards)
            case syntax.Progressive():
                return self.progressive(node, scope, guards)
            case syntax.Marked():
                expr, kind = self.typed(node.expr, scope, guards, expected)
                self.marked.append((expr, "", node.marks))
                return expr, kind
            case _:
                assert_never(node)

    # ------------------------------------------------------------------ lists, brackets, defences
    def proved(self, node: syntax.Proved | syntax.UnlessProved, scope: tuple[Variable, ...],
               guards: frozenset[str]) -> Typed:  # fmt: skip
        """A defence and who must prove it; true once proved, false while nobody contests, and then marked."""
        defence = self.expression(node.expr, scope, TRUTH, guards)
        party, kind = self.typed(node.party, scope, guards)
        if kind.name not in ("entity", "anything"):
            self.report("wrong-type", node.party, expected="a person", found=str(kind), hint="name who must prove it")
            return ERROR
        if isinstance(node, syntax.Proved):
            self.marked.append((defence, "", node.marks))
        return core.Call("proved", (defence, party)), TRUTH

    def commencement_day(self, node: syntax.CommencementDay) -> core.Expr:
        start = node.of or self.place.start
        if "/" in start and start not in self.names.commencements:
            hint = near(start, self.names.commencements) or "declare it with `commencement`"
            self.report("unknown-commencement", node, name=start, near=hint)
        return core.Literal("date", start)

    def item_list(self, node: syntax.ItemList, scope: tuple[Variable, ...], guards: frozenset[str]) -> Typed:
        operands = []
        for item in node.items:
            typed = self.typed(item.expr, scope, guards, TRUTH)
            if node.head == "all":
                guards = guards | self.guards_of(item.expr, scope)
            place = item.place.address
            self.marked.append((typed[0], place if "/" in place else f"{self.place.address}/{place}", item.marks))
            operands.append(typed)
        return self.call("or" if node.head == "any" else "and", node, operands)

    def progressive(self, node: syntax.Progressive, scope: tuple[Variable, ...], guards: frozenset[str]) -> Typed:
        """Each slice of the base at the rate of its own bracket: what lies above the limit below, up to its own limit."""
        base = self.typed(node.base, scope, guards)
        if base[1] not in (YEN, NUMBER, RATE):
            if base[1] != ANYTHING:
                self.report("wrong-type", node.base, expected="an amount", found=str(base[1]), hint="")
            return ERROR
        zero: Typed = (core.Literal(str(base[1]), "0"), base[1])
        slices: list[Typed] = []
        below: Typed | None = None
        for n, bracket in enumerate(node.brackets):
            last = n == len(node.brackets) - 1
            if bracket.limit is None and not last:
                self.report("brackets-out-of-order", bracket)
                return ERROR
            slice_ = base
            if bracket.limit is not None:
                limit = self.typed(bracket.limit, scope, guards)
                if below is not None and not self.ascending(below[0], limit[0]):
                    self.report("brackets-out-of-order", bracket)
                slice_ = self.call("least", bracket, [base, limit])
            if below is not None:
                slice_ = self.call("greatest", bracket, [zero, self.call("-", bracket, [slice_, below])])
            below = None if bracket.limit is None else limit
            slices.append(self.call("*", bracket, [slice_, self.typed(bracket.rate, scope, guards, RATE)]))
            self.marked.append((slices[-1][0], "", bracket.marks))
        total = slices[0]
        for part in slices[1:]:
            total = self.call("+", node, [total, part])
        return total

    def ascending(self, low: core.Expr, high: core.Expr) -> bool:
        """Say whether two written limits ascend; limits that are computed are taken to."""
        if not (isinstance(low, core.Literal) and isinstance(high, core.Literal)):
            return True
        return Fraction(low.value) < Fraction(high.value)

    def not_encoded(self, cause: str, words: syntax.Bilingual, expected: Type | None) -> core.Unencoded:
        return core.Unencoded(cause, words.ja or "", words.en or "", str(expected or ANYTHING))

    def literal(self, node: syntax.Literal | syntax.SpanLiteral) -> Typed:
        read = literal_of(node)
        if isinstance(read, str):
            text = node.span.source.text[node.span.start : node.span.end]
            self.report("wrong-literal", node, text=text, type="a literal", reason=read, hint="")
            return ERROR
        return core.Literal(str(read[1]), read[0]), read[1]

    def business_days(self, node: syntax.BusinessDays, scope: tuple[Variable, ...], guards: frozenset[str]) -> Typed:
        if not (node.count.isdigit() and 0 < len(node.count) < 6 and int(node.count)):
            self.report(
                "wrong-literal",
                node,
                text=node.count,
                type="a number of days",
                reason="not a whole number of 1 or more",
                hint="",
            )
            return ERROR
        count: Typed = (core.Literal("number", str(int(node.count))), NUMBER)
        return self.call("business_days", node, [count, self.typed(node.calendar, scope, guards, CALENDAR)])

    def call(self, op: str, node: syntax.Node, operands: list[Typed]) -> Typed:
        if op not in signatures.SIGNATURES:
            self.report("wrong-type", node, expected="a period counted forward (after, counting)", found=f"`{op.partition('.')[0]}`",
                        hint="only forward periods move off a holiday; drop `rolled for`")  # fmt: skip
            return ERROR
        kind = signatures.result(op, [t for _, t in operands])
        if isinstance(kind, str):
            self.report("wrong-type", node, expected=kind.partition(", found ")[0],
                        found=kind.partition(", found ")[2] or "something else", hint=_unit_hint(node, operands))  # fmt: skip
            return ERROR
        return core.Call(op, tuple(e for e, _ in operands)), kind

    def conjunction(self, node: syntax.Conjunction, scope: tuple[Variable, ...], guards: frozenset[str]) -> Typed:
        operands = []
        for operand in node.operands:
            operands.append(self.typed(operand, scope, guards, TRUTH))
            guards = guards | self.guards_of(operand, scope)
        return self.call("and", node, operands)

    def conditional(self, node: syntax.Conditional, scope: tuple[Variable, ...], guards: frozenset[str],
                    expected: Type | None) -> Typed:  # fmt: skip
        condition = self.expression(node.condition, scope, TRUTH, guards)
        then, left = self.typed(node.then, scope, guards | self.guards_of(node.condition, scope), expected)
        otherwise, right = self.typed(node.otherwise, scope, guards, expected)
        kind = joined(left, right)
        if kind is None:
            self.report(
                "wrong-type", node.otherwise, expected=str(left), found=str(right), hint="both branches have one type"
            )
            return ERROR
        return core.If(condition, then, otherwise), kind

    def comparison(self, node: syntax.Comparison, scope: tuple[Variable, ...], guards: frozenset[str]) -> Typed:
        left = self.typed(node.left, scope, guards)
        right = self.typed(node.right, scope, guards, left[1])
        if left[1] == ANYTHING and isinstance(node.left, syntax.Reference):
            left = self.typed(node.left, scope, guards, right[1])
        return self.call(node.sign, node, [left, right])

    def filled(self, node: syntax.Filled, scope: tuple[Variable, ...]) -> Typed:
        slot = self.place.slots.get(node.name.text)
        if slot is None:
            self.unknown("slot", node.name, list(self.place.slots))
            return ERROR
        return core.Call("filled", (self.slot(slot, None, node, scope),)), TRUTH

    # ------------------------------------------------------------------ names
    def unknown(self, sort: str, name: syntax.Name, known: list[str], scope: str = "") -> None:
        written = amount(name.text) or in_expression(name.text)
        written = written or within(name.text, is_japanese(name.span.source.text))
        hint = f"write {written}" if written else self.in_law(name, known)
        hint = hint or near(name.text, known) or f"declare the {sort}"
        self.report("unknown-name", name, sort=sort, name=name.text, scope=scope, near=hint)

    def in_law(self, name: syntax.Name, known: list[str]) -> str:
        """Say what to write for words of law that were read as a name: `小規模でない`, `とき`."""
        text = name.span.source.text
        japanese = is_japanese(text)
        for ending in ("でないこと", "でない", "ではない", "以外"):
            if name.text.endswith(ending) and name.text.removesuffix(ending) in known:
                return f"write `{'非' if japanese else 'not'} {name.text.removesuffix(ending)}`"
        said = legal(name.text, japanese)
        return f"write {said}" if said else ""

    def reference(self, node: syntax.Reference, scope: tuple[Variable, ...], guards: frozenset[str], *,
                  expected: Type | None = None, raw: bool = False) -> Typed:  # fmt: skip
        """Read a name: a variable, an enumeration value or calendar (by what is expected), a slot, a parameter,
        a fact, role or term of a subject. `raw` leaves an optional attribute unguarded (under `has`)."""
        name = node.name.text
        if node.subject is None:
            for variable in reversed(scope):
                if variable.name == name:
                    return core.Bind(name), Type("entity", variable.kind)
            constant = self.constant(name, expected)
            if constant is not None:
                return constant
        if name in self.place.slots:
            return self.slot_reference(node, scope, guards)
        if name in self.place.parameters and node.subject is None:
            full, kind = self.place.parameters[name]
            return core.Parameter(full, kind), parse(kind)
        for sort in ("attribute", "role", "term"):
            canonical = self.names.canonical(sort, name)
            if canonical is not None:
                return self.of_subject(sort, canonical, node, scope, guards, raw)
        known = self.names.known("attribute", "role", "term") + list(self.place.slots) + list(self.place.parameters)
        self.unknown("fact, term, slot or variable", node.name, known + [v.name for v in scope])
        return ERROR

    def constant(self, name: str, expected: Type | None) -> Typed | None:
        if expected is not None and expected.name == "enum":
            for line in self.names.enumerations[str(expected.of)].lines:
                if isinstance(line, syntax.EnumValue) and name in (
                    line.name.text,
                    line.alias.name if line.alias else "",
                ):
                    return core.Literal(str(expected), line.name.text), expected
        if expected == CALENDAR and (calendar := CALENDARS_JA.get(name, name)) in CALENDARS:
            return core.Literal("calendar", calendar), CALENDAR
        return None

    def subject(
        self, node: syntax.Reference, kind: str, scope: tuple[Variable, ...], guards: frozenset[str]
    ) -> core.Expr:
        """Return the entity a name is of: the one written after `of`, or the nearest variable of the kind."""
        if node.subject is not None:
            expr, actual = self.typed(node.subject, scope, guards)
            if not fits(actual, Type("entity", kind)):
                self.report(
                    "wrong-kind", node.subject, name=node.name.text, expected=kind, found=actual.of or str(actual)
                )
            return expr
        nearest = [v for v in reversed(scope) if v.kind == kind]
        if not nearest:
            self.report("no-subject", node, name=node.name.text, kind=kind)
            return ERROR[0]
        same = [v.name for v in nearest if v.name != "self"]
        if len(nearest) > 1 and len(same) == len(nearest):
            self.report("ambiguous-subject", node, name=node.name.text, candidates=" or ".join(sorted(same)))
        return core.Bind(nearest[0].name)

    def of_subject(self, sort: str, name: str, node: syntax.Reference, scope: tuple[Variable, ...],
                   guards: frozenset[str], raw: bool) -> Typed:  # fmt: skip
        kind = self.names.kind_of(sort, name)
        if kind is None:
            return ERROR
        subject = self.subject(node, kind, scope, guards)
        if sort == "role":
            role = self.names.roles[name][0]
            target = self.names.canonical("kind", role.kind.text)
            return core.Fact(name, subject), Type("list" if role.cardinality == "many" else "entity", target)
        if sort == "attribute":
            fact = core.Fact(name, subject)
            if not raw and self.optional(fact) and canonical(fact) not in guards:
                self.report("unguarded-optional", node, name=name)
            return fact, self.names.type_named(self.names.attributes[name].type.text) or ANYTHING
        reigning = self.place.reigning(name, self.place.address)
        if isinstance(reigning, list):
            self.report("out-of-scope", node, name=name, scopes=", ".join(reigning), address=str(self.place.address))
            return ERROR
        return core.Use(reigning, subject), self.names.type_named(self.names.terms[name].type.text) or ANYTHING

    def optional(self, expr: core.Expr) -> bool:
        if not isinstance(expr, core.Fact) or expr.attribute not in self.names.attributes:
            return isinstance(expr, core.Unencoded)
        return any(f.word == "if any" for f in self.names.attributes[expr.attribute].flags)

    def slot_reference(self, node: syntax.Reference, scope: tuple[Variable, ...], guards: frozenset[str]) -> Typed:
        slot = self.place.slots[node.name.text]
        guarded = slot.required or slot.type == "truth" or f"slot {slot.name}" in guards
        if not guarded:
            self.report("unguarded-slot", node, name=slot.name)
        subject = self.subject(node, slot.kind, scope, guards) if slot.kind else None
        return core.Slot(slot.id, subject), parse(slot.type)

    def slot(self, slot: core.SlotDeclaration, subject: core.Expr | None, node: syntax.Node,
             scope: tuple[Variable, ...]) -> core.Slot:  # fmt: skip
        if subject is None and slot.kind:
            nearest = [v for v in reversed(scope) if v.kind == slot.kind]
            if not nearest:
                self.report("no-subject", node, name=slot.name, kind=slot.kind)
            subject = core.Bind(nearest[0].name) if nearest else ERROR[0]
        return core.Slot(slot.id, subject)

    # ------------------------------------------------------------------ folds
    def fold(self, node: syntax.Fold, scope: tuple[Variable, ...], guards: frozenset[str]) -> Typed:
        members, kind = self.reference(node.members, scope, guards)
        if kind.name != "list" or not isinstance(members, core.Fact):
            if kind != ANYTHING:
                self.report("not-a-list", node.members, name=node.members.name.text)
            return ERROR
        inner = (*scope, Variable(node.variable.text, str(kind.of)))
        where = None if node.where is None else self.expression(node.where, inner, TRUTH, guards)
        if node.where is not None:
            guards = guards | self.guards_of(node.where, inner)
        quantifier = {"earliest": "least", "latest": "greatest"}.get(node.quantifier, node.quantifier)
        threshold = None
        if node.threshold is not None:
            if not (node.threshold.isdigit() and 0 < len(node.threshold) < 6 and int(node.threshold)):
                self.report("wrong-literal", node, text=node.threshold, type="a number of members",
                            reason="not a whole number of 1 or more", hint="")  # fmt: skip
                return ERROR
            threshold = int(node.threshold)
        if node.body is None:
            return core.Fold("number", "number", node.variable.text, members, where, None, None), NUMBER
        truth = quantifier in ("every", "some", "at_least")
        body, result = self.typed(node.body, inner, guards, TRUTH if truth else None)
        wanted = truth and fits(result, TRUTH)
        summed = quantifier == "sum" and result in (YEN, NUMBER, RATE, QUANTITY, ANYTHING)
        extreme = quantifier in ("least", "greatest") and result in (YEN, NUMBER, RATE, QUANTITY, DATE, ANYTHING)
        if not (wanted or summed or extreme):
            expected = "truth" if truth else "an amount" if quantifier == "sum" else "an amount or a day"
            self.report("wrong-type", node.body, expected=expected, found=str(result), hint="")
            return ERROR
        kind = TRUTH if truth else result
        return core.Fold(str(kind), quantifier, node.variable.text, members, where, body, threshold), kind


def _unit_hint(node: syntax.Node, operands: list[Typed]) -> str:
    """Say how a number is written with the unit that the other side, or a period, asks for."""
    types = [t for _, t in operands]
    if isinstance(node, syntax.Period) and isinstance(node.length, syntax.Literal) and types[0] == NUMBER:
        return f"write `{node.length.text} days {node.word} …`, or weeks, months, years"
    if isinstance(node, (syntax.Comparison, syntax.Arithmetic)) and YEN in types:
        for side in (node.left, node.right):
            if isinstance(side, syntax.Literal) and side.sort == "digits" and side.text.isdigit():
                return f"write `{int(side.text):,} yen`"
    return ""


def parse(kind: str) -> Type:
    """Read a type back from its text."""
    name, _, of = kind.partition(":")
    return Type(name, of or None)

"""Provisions to the core: versions, clauses with their targets found, norms, slots, sanctions.

Comes in: `Names` whose declarations stand. Goes out: a `core.Program` and diagnostics. Every clause gets a stable
id, `address@start#label`; targets become clause ids once all clauses are known. Two passes: slots, parameters and
scopes first (an expression may use what a later file declares), then the statements.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from kitei_dsl import core, split, syntax, vocabulary
from kitei_dsl.citation import Address, BadAddress
from kitei_dsl.citation import parse as parse_address
from kitei_dsl.codec import canonical, digest_text, encode
from kitei_dsl.declare import GRADES, Names, read_address, split_target
from kitei_dsl.diagnostics import Diagnostic, finding, near
from kitei_dsl.elaborate import Elaborator, Place, Variable
from kitei_dsl.expand import DEEMING
from kitei_dsl.link import Draft, Link
from kitei_dsl.meant import grade_meant, type_meant
from kitei_dsl.places import Naming, Places, whole
from kitei_dsl.typesystem import DATE, TRUTH, Type, parse_type
from kitei_dsl.versions import Applications, Version
from kitei_dsl.vocabulary import said, wording


def lower(names: Names, sources: str) -> tuple[core.Program, list[Diagnostic]]:
    """Lower everything; the program holds what could be lowered even where there are findings."""
    return _Lowering(names).program(sources)


class _Lowering:
    def __init__(self, names: Names) -> None:
        self.names = names
        self.found: list[Diagnostic] = []
        self.drafts: list[Draft] = []
        self.slots: list[core.SlotDeclaration] = []
        self.parameters: list[core.ParameterValue] = []
        self.norms: list[core.Norm] = []
        self.sanctions: list[core.Sanction] = []
        self.savings: list[core.Saving] = []
        #: what sanctions, savings and deemings name, looked at once every statement is known
        self.named: list[Naming] = []
        self.scopes: dict[str, dict[str, Address]] = {}
        self.unscoped: set[str] = set()
        self.parameter_types: dict[str, tuple[str, str]] = {}
        self.resolve_types: dict[str, tuple[str, str | None]] = {}

    def report(self, slug: str, node: syntax.Node, version: Version | None = None, **fields: str) -> None:
        self.found.append(finding(slug, node.span, fields, law=str(version.address) if version else ""))

    # ------------------------------------------------------------------ the whole
    def program(self, sources: str) -> tuple[core.Program, list[Diagnostic]]:
        names, found = self.names, self.found
        versions = [v for p in names.provisions if (v := self.version(p)) is not None]
        applied = Applications(versions, self.reigning, names.spellings)
        versions += applied.all()
        found += applied.found
        for version in versions:
            self.first_pass(version)
        for version in versions:
            version.place.parameters = self.parameter_types
            self.second_pass(version)
        places = Places([(v.address, v.start) for v in versions], self.norms)
        found += [d for naming in self.named for d in places.findings(naming)]
        linked = Link(names, self.drafts, self.slots, self.resolve_types, self.scopes, self.unscoped)
        clauses = linked.clauses()
        resolves = linked.resolves(clauses)
        failed = [parse_address(d.law) for d in found if d.severity == "error" and d.law]
        found += [d for d in linked.found if not _about(d, failed)]
        program = core.Program(
            core.FORMAT, sources, tuple(vocabulary.instruments(names)), tuple(vocabulary.kinds(names)),
            tuple(vocabulary.enumerations(names)), tuple(vocabulary.attributes(names, found)),
            tuple(vocabulary.roles(names)), tuple(vocabulary.terms(names)), tuple(vocabulary.norm_names(names)),
            tuple(vocabulary.readings(names)), tuple(vocabulary.commencements(names)),
            tuple(self.core_version(v, versions, clauses) for v in versions), resolves, clauses,
            self.splits(clauses), tuple(self.slots),
            tuple(self.parameters), tuple(self.norms), tuple(self.sanctions), tuple(self.savings),
            tuple(vocabulary.worlds(names, found)),
        )  # fmt: skip
        return program, found

    def splits(self, clauses: tuple[core.Clause, ...]) -> tuple[core.Split, ...]:
        """Compare the cases of each 区分に応じ."""
        splits, found = split.compare(clauses, tuple(vocabulary.enumerations(self.names)))
        if any(d.severity == "error" for d in self.found):
            found = []  # what could not be read stands in the cases as anything: they would seem to meet or to leave a gap
        nodes = {d.clause.id: d.node for d in self.drafts}
        self.found += [finding(f.slug, nodes[f.clause.id].span, f.fields, law=f.clause.address) for f in found]
        return splits

    def version(self, node: syntax.Provision) -> Version | None:
        address = self.names.addresses.get(node.address.address)
        if address is None or address.instrument not in self.names.instruments:
            return None
        start = node.start.text
        id = f"{address}@{start}"
        return Version(node, address, id, start, Place(address, id, start, reigning=self.reigning))

    # ------------------------------------------------------------------ first pass: slots, parameters, scopes
    def first_pass(self, version: Version) -> None:
        for line in version.node.lines:
            if isinstance(line, syntax.Slot):
                self.slot(version, line)
            elif isinstance(line, syntax.Parameter):
                self.parameter(version, line)
            elif isinstance(line, (syntax.Definition, syntax.Otherwise)):
                name = self.names.canonical("term", line.name.text) or line.name.text
                if not line.scope:
                    self.unscoped.add(name)
                self.found += whole(str(version.address), line.scope)
                for target in line.scope:
                    if (scope := read_address(target, self.found)) is not None:
                        self.scopes.setdefault(name, {})[str(scope)] = scope

    def slot(self, version: Version, line: syntax.Slot) -> None:
        kind = self.names.canonical("kind", line.of_kind.kind.text) if line.of_kind else None
        type_ = self.names.type_named(line.type.text)
        if (line.of_kind and kind is None) or type_ is None:
            sort = "type" if type_ is None else "kind"
            name = line.type if type_ is None or line.of_kind is None else line.of_kind.kind
            self.report("unknown-name", name, version, sort=sort, name=name.text, scope="",
                        near=type_meant(name.text) or near(name.text, self.names.known("kind", "enumeration")) or "declare it")  # fmt: skip
            return
        id = f"{version.id}#{line.name.text}"
        low, high = (vocabulary.literal(x, str(type_), self.found) for x in (line.low, line.high))
        slot = core.SlotDeclaration(
            id, version.id, str(version.address), line.name.text, kind, str(type_), "required" in line.flags,
            "pending" in line.flags, low, high, line.delegate, said(line.lines, syntax.Label),
            self.marks(version, ("slot", (line.mark,))), line.span.place,
        )  # fmt: skip
        self.label(version, line.name.text, line)
        if ("required" in line.flags) == ("optional" in line.flags):
            self.report("misplaced-line", line, version, line=" ".join(f for f in line.flags), place="a slot, which is either "
                        "`required` or `optional`: that")  # fmt: skip
        version.place.slots[line.name.text] = slot
        self.slots.append(slot)
        self.resolve_types[f"slot:{id}"] = (str(type_), None)

    def parameter(self, version: Version, line: syntax.Parameter) -> None:
        from kitei_dsl.elaborate import literal_of

        inner = line.value.operand if isinstance(line.value, syntax.Negative) else line.value
        read = literal_of(inner) if isinstance(inner, (syntax.Literal, syntax.SpanLiteral)) else "no literal"
        if isinstance(read, str):
            self.report("not-constant", line.value, version)
            return
        name = f"{version.address}#{line.name.text}"
        value = f"-{read[0]}" if isinstance(line.value, syntax.Negative) else read[0]
        known = self.parameter_types.get(line.name.text)
        if known is not None and known[0] != name:
            self.report("declared-twice", line.name, version, name=line.name.text, other=known[0])
            return
        self.parameter_types[line.name.text] = (name, str(read[1]))
        self.label(version, line.name.text, line)
        self.parameters.append(
            core.ParameterValue(
                name, version.id, str(read[1]), value, self.marks(version, ("value", (line.mark,))), line.span.place
            )
        )

    def label(self, version: Version, label: str, node: syntax.Node) -> str:
        if label in version.labels:
            self.report("duplicate-definition", node, version, label=label, address=str(version.address))
        version.labels[label] = node
        return f"{version.id}#{label}"

    def reigning(self, term: str, address: Address) -> str | list[str]:
        """Return the key of the definitions of a term that reign at an address: the narrowest scope around it."""
        scopes = self.scopes.get(term, {})
        around = [s for s in scopes.values() if s.covers(address)]
        if around:
            narrowest = max(around, key=lambda s: len(str(s)))
            return f"{term}@{narrowest}"
        if scopes and term not in self.unscoped:
            return sorted(scopes)
        return term

    # ------------------------------------------------------------------ second pass: statements
    def second_pass(self, version: Version) -> None:
        for line in version.node.lines:
            match line:
                case syntax.Definition():
                    self.definition(version, line)
                case syntax.Block():
                    self.block(version, line)
                case syntax.Otherwise():
                    self.otherwise(version, line)
                case syntax.Fill():
                    self.fill(version, line)
                case syntax.Continuation():
                    self.continuation(version, line)
                case syntax.Norm():
                    self.norm(version, line)
                case syntax.Sanction() | syntax.NoSanction():
                    self.sanction(version, line)
                case syntax.Saving():
                    self.saving(version, line)
                case _:
                    pass

    def subject(self, version: Version, of_kind: syntax.OfKind | None, default: str | None) -> tuple[str, str | None]:
        """Return the subject variable and canonical kind of a statement."""
        kind = default
        if of_kind is not None:
            kind = self.names.canonical("kind", of_kind.kind.text)
            if kind is None:
                self.report("unknown-kind", of_kind.kind, version, name=of_kind.kind.text,
                            near=near(of_kind.kind.text, self.names.known("kind")))  # fmt: skip
            elif default is not None and kind != default:
                self.report("wrong-kind", of_kind, version, name=of_kind.kind.text, expected=default, found=kind)
        return (of_kind.variable.text if of_kind and of_kind.variable else "self"), kind

    def marks(self, version: Version, *groups: tuple[str, Iterable[syntax.Mark | None]]) -> tuple[core.Mark, ...]:
        found = []
        for part, marks in groups:
            for mark in marks:
                if mark is None:
                    continue
                if mark.address:
                    address = read_address(syntax.Target(mark.span, mark.address), self.found)
                    if address is not None and address.instrument not in self.names.instruments:
                        self.report("unknown-instrument", mark, version, name=address.instrument,
                                    near=near(address.instrument, self.names.instruments))  # fmt: skip
                own = version.written[-1] if version.written else version.address
                found.append(core.Mark(part, mark.address or str(own), mark.phrase))
        return tuple(found)

    def clause_parts(self, version: Version, node: Any, name: str, type_: Type, variable: str, kind: str | None,
                     outcome_expected: bool) -> dict[str, Any]:  # fmt: skip
        """Read the lines of a define, add, deem, presume, block or fill."""
        scope = (Variable(variable, kind),) if kind else ()
        elaborator = Elaborator(self.names, version.place, self.found)
        parts: dict[str, Any] = {"condition": None, "outcome": None, "closing": False, "targets": {}, "marks": [],
                                 "reading": None, "choice": None, "purposes": (), "anew": False}  # fmt: skip
        guards: frozenset[str] = frozenset()
        conditions = [line for line in node.lines if isinstance(line, syntax.Condition)]
        if conditions:
            guards = elaborator.guards_of(conditions[0].expr, scope)
        seen: set[type[syntax.Node]] = set()
        for line in node.lines:
            if type(line) in seen:
                self.report("repeated-line", line, version, line=type(line).__name__.lower())
                continue
            seen.add(type(line))
            match line:
                case syntax.Condition():
                    parts["condition"] = elaborator.expression(line.expr, scope, TRUTH)
                    parts["marks"].append(("condition", line.marks))
                case syntax.UnlessProved() if isinstance(node, (syntax.Definition, syntax.Fill)):
                    parts["defence"] = self.defence(elaborator, line, scope)
                    parts["marks"].append(("condition", line.marks))
                case syntax.Outcome() if outcome_expected:
                    self.outcome(version, line, elaborator, scope, guards, type_, parts)
                case syntax.ProvisoTo() | syntax.Notwithstanding() | syntax.YieldsTo():
                    relation = {syntax.ProvisoTo: "proviso_to", syntax.Notwithstanding: "notwithstanding",
                                syntax.YieldsTo: "yields_to"}[type(line)]  # fmt: skip
                    parts["targets"][relation] = line.targets
                    parts["marks"].append((relation, (line.mark,)))
                case syntax.Purposes() if isinstance(node, syntax.Definition) and node.word == "deem":
                    self.found += whole(str(version.address), line.targets)
                    self.named.append(Naming(str(version.address), line.targets, norms=False))
                    parts["purposes"] = tuple(t.address for t in line.targets) or ("*",)
                    parts["marks"].append(("purposes", (line.mark,)))
                case syntax.UnderReading():
                    self.reading(version, line, parts)
                case syntax.MadeAnew() if isinstance(node, syntax.Fill):
                    parts["anew"] = True
                case _:
                    self.report("misplaced-line", line, version, line=type(line).__name__.lower(), place=f"`{name}`")
        parts["condition"] = _also(parts["condition"], parts.pop("defence", None))
        if isinstance(node, syntax.Definition) and node.word == "deem" and not parts["purposes"]:
            self.report("missing-purposes", node, version, name=name)
        if outcome_expected and parts["outcome"] is None:
            self.report("missing-outcome", node, version, name=name)
            parts["outcome"] = core.Unencoded("unencoded", "", "")
        marks = self.marks(version, *parts["marks"])
        parts["marks"] = (
            *marks,
            *self.marked(version, elaborator, condition=parts["condition"], outcome=parts["outcome"]),
        )
        return parts

    def defence(self, elaborator: Elaborator, line: syntax.UnlessProved, scope: tuple[Variable, ...]) -> core.Expr:
        return core.Call("not", (elaborator.proved(line, scope, frozenset())[0],))

    def marked(self, version: Version, elaborator: Elaborator, **parts: core.Expr | None) -> tuple[core.Mark, ...]:
        """Return the marks of parts of expressions, each under its path in the part it belongs to."""
        paths: dict[int, str] = {}
        for name, root in parts.items():
            for path, expr in core.walk(root, name) if root is not None else ():
                paths.setdefault(id(expr), path)
        found: list[core.Mark] = []
        for expr, address, marks in elaborator.marked:
            if id(expr) not in paths:
                continue
            path = paths[id(expr)]
            own = [replace(m, address=address if address and not s.address else m.address)
                   for s, m in zip(marks, self.marks(version, (path, marks)), strict=True)]  # fmt: skip
            found += own or ([core.Mark(path, address, "")] if address else [])
        return tuple(found)

    def outcome(self, version: Version, line: syntax.Outcome, elaborator: Elaborator, scope: tuple[Variable, ...],
                guards: frozenset[str], type_: Type, parts: dict[str, Any]) -> None:  # fmt: skip
        if line.word == "is":
            parts["outcome"] = elaborator.expression(line.expr, scope, type_, guards)
        else:
            if type_ != TRUTH:
                self.report("wrong-type", line, version, expected="a truth term", found=str(type_),
                            hint=f"`{line.word}` defines what something is; use `is` for a value")  # fmt: skip
            meant = elaborator.expression(line.expr, scope, TRUTH, guards)
            own = parts["condition"]
            parts["condition"] = meant if own is None else core.Call("and", (own, meant))
            parts["outcome"] = core.Literal("truth", "true")
            parts["closing"] = line.word == "means"
        parts["marks"].append(("outcome", line.marks))

    def reading(self, version: Version, line: syntax.UnderReading, parts: dict[str, Any]) -> None:
        node = self.names.readings.get(line.reading.text)
        choices = [x.name.text for x in node.lines if isinstance(x, syntax.Choice)] if node else []
        if line.choice.text not in choices:
            self.report("unknown-name", line.choice if node else line.reading, version, sort="choice" if node else "reading",
                        name=line.choice.text if node else line.reading.text, scope="",
                        near=near(line.choice.text, choices) or near(line.reading.text, self.names.readings))  # fmt: skip
        parts["reading"], parts["choice"] = line.reading.text, line.choice.text

    def draft(self, version: Version, node: syntax.Node, role: str, label: str, key: str | None, variable: str,
              kind: str | None, parts: dict[str, Any], instance: str | None = None, case: str = "") -> None:  # fmt: skip
        """Make the clause of a statement; `case` is the item it is a case of, by which it can then be cited."""
        address, of_split = version.address, ""
        if case:
            address, of_split = self.item(version, case), f"{version.id}#{label}"
            label = f"{label}.{case}"
            # Words marked without an address are those of the item.
            own = str(version.address)
            parts["marks"] = tuple(replace(m, address=str(address)) if m.address == own else m for m in parts["marks"])
        id = self.label(version, label, node)
        clause = core.Clause(
            id, version.id, str(address), role, key, variable, kind, instance, parts["condition"], parts["outcome"],
            parts["closing"], (), (), (), (), (), parts["reading"], parts["choice"], parts["purposes"], version.start, (),
            of_split, " via ".join(str(a) for a in reversed(version.written)), parts.get("grade", ""), parts["marks"], node.span.place,
        )  # fmt: skip
        self.drafts.append(Draft(clause, parts["targets"], label, node, address, version.written, version.path))

    def item(self, version: Version, case: str) -> Address:
        """Return the address of a case: an item of its provision where its name is one (`i1`), else the provision."""
        try:
            return parse_address(f"{version.address}/{case}")
        except BadAddress:
            return version.address

    def scoped_keys(self, version: Version, term: str, scope: tuple[syntax.Target, ...]) -> list[str]:
        return [f"{term}@{a}" for t in scope if (a := read_address(t, [])) is not None] or [term]

    def definition(self, version: Version, line: syntax.Definition) -> None:
        name = self.names.canonical("term", line.name.text)
        if name is None:
            self.report("unknown-name", line.name, version, sort="term", name=line.name.text, scope="",
                        near=near(line.name.text, self.names.known("term")) or "declare it with `term`")  # fmt: skip
            return
        if name not in self.names.terms:
            return  # its alias is another's name: that is told where it is declared
        type_ = self.names.type_named(self.names.terms[name].type.text)
        if type_ is None:
            return
        variable, kind = self.subject(version, line.of_kind, self.names.kind_of("term", name))
        combine = self.names.terms[name].combination
        if line.word == "add" and combine is None:
            self.report("cannot-combine", line, version, name=name)
        suffix = "" if line.word == "define" else f".{line.word}"
        label = line.named.text if line.named else name + suffix
        if isinstance(line.named, syntax.Name) and DEEMING in label:
            # What a transition deems is called after its norm, which has one label in either spelling.
            of, part, rest = label.partition(DEEMING)
            label = (self.names.canonical("norm", of) or of) + part + rest
        for case, node in split.cases_of(line):
            parts = self.clause_parts(version, node, name, type_, variable, kind, True)
            for i, key in enumerate(self.scoped_keys(version, name, line.scope)):
                self.resolve_types[key] = (str(type_), combine)
                own = label if i == 0 else f"{label}.{i + 1}"
                self.draft(version, node, line.word, own, key, variable, kind, parts, case=case)

    def block(self, version: Version, line: syntax.Block) -> None:
        variable, kind = self.subject(version, line.of_kind, None)
        parts = self.clause_parts(version, line, "block", TRUTH, variable, kind, False)
        parts["targets"]["blocks"] = line.targets
        label = line.named.text if line.named else "block." + line.targets[0].address.replace("/", "_")
        self.draft(version, line, "block", label, None, variable, kind, parts)

    def otherwise(self, version: Version, line: syntax.Otherwise) -> None:
        name = self.names.canonical("term", line.name.text)
        if name is None:
            self.report("unknown-name", line.name, version, sort="term", name=line.name.text, scope="",
                        near=near(line.name.text, self.names.known("term")) or "declare it with `term`")  # fmt: skip
            return
        if line.grade is not None and line.grade not in GRADES:
            self.report("unknown-grade", line, version, grade=line.grade, choice=grade_meant(line.grade, GRADES))
        type_ = self.names.type_named(self.names.terms[name].type.text)
        variable, kind = self.subject(version, line.of_kind, self.names.kind_of("term", name))
        scope = (Variable(variable, kind),) if kind else ()
        value = Elaborator(self.names, version.place, self.found).expression(line.value, scope, type_)
        parts: dict[str, Any] = {"condition": None, "outcome": value, "closing": True, "targets": {}, "reading": None, "choice": None,
                 "purposes": (), "marks": self.marks(version, ("outcome", (line.mark,))), "grade": line.grade or ""}  # fmt: skip
        suffix = ""
        if line.reading is not None:
            self.reading(version, line.reading, parts)
            suffix = f".{line.reading.choice.text}"
        for i, key in enumerate(self.scoped_keys(version, name, line.scope)):
            self.resolve_types.setdefault(key, (str(type_), self.names.terms[name].combination))
            self.draft(
                version,
                line,
                "close",
                f"{name}.otherwise{suffix}" + (f".{i + 1}" if i else ""),
                key,
                variable,
                kind,
                parts,
            )

    # ------------------------------------------------------------------ slots filled
    def slots_named(self, target: syntax.Target, name: str) -> list[core.SlotDeclaration]:
        address, at, _ = split_target(target.address)
        return [
            s
            for s in self.slots
            if s.address == address and s.name == name and (not at or s.version.endswith(f"@{at}"))
        ]

    def no_such_slot(self, version: Version, target: syntax.Target, name: syntax.Name) -> None:
        address = split_target(target.address)[0]
        there = [s.name for s in self.slots if s.address == address]
        hint = near(name.text, there) or (
            "it has: " + ", ".join(sorted(set(there))) if there else "declare it with `slot`"
        )
        self.report("no-such-slot", name, version, address=target.address, name=name.text, near=hint)

    def fill(self, version: Version, line: syntax.Fill) -> None:
        slots = self.slots_named(line.target, line.slot.text)
        if not slots:
            self.no_such_slot(version, line.target, line.slot)
            return
        slot = slots[0]
        variable, kind = self.subject(version, line.of_kind, slot.kind)
        label = line.named.text if line.named else slot.name
        explicit = tuple(s.id for s in slots) if split_target(line.target.address)[1] else ()
        for case, node in split.cases_of(line):
            parts = self.clause_parts(version, node, slot.name, parse_type(slot.type), variable, kind, True)
            key = f"fill:{slot.address}#{slot.name}"
            self.draft(version, node, "fill", label, key, variable, kind, parts, case=case)
            last = self.drafts[-1]
            last.clause = replace(
                last.clause, covers=explicit, cited=("made anew",) if parts["anew"] else ("named",) if explicit else ()
            )

    def continuation(self, version: Version, line: syntax.Continuation) -> None:
        slots = self.slots_named(line.target, line.slot.text)
        address, at, label = split_target(line.filling.address)
        fillings = [
            d for d in self.drafts
            if d.clause.role == "fill" and d.clause.address == address and (not label or label in (d.label, d.clause.split.partition("#")[2]))
            and (not at or d.clause.version.endswith(f"@{at}"))
        ]  # fmt: skip
        if not slots:
            self.no_such_slot(version, line.target, line.slot)
        if not fillings:
            self.report("dangling-citation", line.filling, version, address=line.filling.address, near="")
        for draft in fillings:
            covers = (*draft.clause.covers, *(f"{s.id}|{version.id}" for s in slots))
            draft.clause = replace(draft.clause, covers=tuple(dict.fromkeys(covers)))

    # ------------------------------------------------------------------ norms, sanctions, savings
    def norm(self, version: Version, line: syntax.Norm) -> None:
        name = self.names.canonical("norm", line.name.text)
        kind = self.names.canonical("kind", line.kind.text)
        if name is None or kind is None:
            missing = line.name if name is None else line.kind
            sort = "norm" if name is None else "kind"
            self.report("unknown-name", missing, version, sort=sort, name=missing.text, scope="",
                        near=near(missing.text, self.names.known(sort)) or f"declare it with `{sort}`")  # fmt: skip
            return
        if self.names.kind_of("norm", name) != kind:
            expected = self.names.kind_of("norm", name) or "?"
            self.report("wrong-kind", line.kind, version, name=name, expected=expected, found=kind)
        bearer = line.bearer.text if line.bearer else "self"
        scope: tuple[Variable, ...] = (Variable(bearer, kind),)
        elaborator = Elaborator(self.names, version.place, self.found)
        lines = self.norm_lines(version, line)
        instances = None
        if isinstance(each := lines.get("ForEach"), syntax.ForEach):
            instances, scope = self.instances(version, each, elaborator, scope)
        condition = lines.get("Condition")
        guards = (
            elaborator.guards_of(condition.expr, scope) if isinstance(condition, syntax.Condition) else frozenset[str]()
        )
        applies = (
            elaborator.expression(condition.expr, scope, TRUTH) if isinstance(condition, syntax.Condition) else None
        )
        defence = lines.get("UnlessProved")
        if isinstance(defence, syntax.UnlessProved):
            applies = _also(applies, self.defence(elaborator, defence, scope))
        marks = self.marks(
            version, ("condition", getattr(condition, "marks", ())), ("condition", getattr(defence, "marks", ()))
        )
        parts: dict[str, Any] = {
            "condition": applies, "outcome": core.Literal("truth", "true"), "closing": True, "reading": None,
            "choice": None, "purposes": (), "targets": {}, "marks": (*marks, *self.marked(version, elaborator, condition=applies)),
        }  # fmt: skip
        relations = {
            "ProvisoTo": "proviso_to",
            "Notwithstanding": "notwithstanding",
            "YieldsTo": "yields_to",
            "Lifts": "notwithstanding",
        }
        for key, relation in relations.items():
            if key in lines:
                # A permission that applies displaces the prohibition it lifts.
                parts["targets"][relation] = (*parts["targets"].get(relation, ()), *lines[key].targets)  # type: ignore[attr-defined]
        self.performance_fits(version, line, lines.get("Performance"))
        label = line.named.text if line.named else name
        key = f"norm:{version.address}#{label}"
        self.resolve_types[key] = ("truth", None)
        instance = instances.variable if instances else None
        self.draft(version, line, "norm", label, key, bearer, kind, parts, instance)
        self.norms.append(
            self.core_norm(version, line, lines, name, kind, bearer, instances, key, label, elaborator, scope, guards)
        )

    def performance_fits(self, version: Version, line: syntax.Norm, performance: syntax.Node | None) -> None:
        """A duty needs an act or a state; a prohibition a state to be kept or avoided."""
        word = performance.word if isinstance(performance, syntax.Performance) else None
        wanted = {"duty": ("do", "achieve", "keep"), "prohibition": ("keep", "avoid"), "must_contain": ("keep",)}.get(
            line.modality
        )
        if wanted is not None and word not in wanted:
            self.report("wrong-performance", performance or line, version, modality=line.modality, wanted=" or ".join(wanted),
                        found=word or "no such line")  # fmt: skip

    def norm_lines(self, version: Version, line: syntax.Norm) -> dict[str, syntax.Node]:
        lines: dict[str, syntax.Node] = {}
        for part in line.lines:
            key = type(part).__name__
            if key in lines:
                self.report("repeated-line", part, version, line=key.lower())
            lines.setdefault(key, part)
        return lines

    def instances(self, version: Version, each: syntax.ForEach, elaborator: Elaborator,
                  scope: tuple[Variable, ...]) -> tuple[core.Instances | None, tuple[Variable, ...]]:  # fmt: skip
        reference = syntax.Reference(each.role.span, each.role, None)
        members, kind = elaborator.reference(reference, scope, frozenset())
        if kind.name != "list" or not isinstance(members, core.Fact):
            self.report("not-a-list", each.role, version, name=each.role.text)
            return None, scope
        scope = (*scope, Variable(each.variable.text, str(kind.of)))
        if each.anchor is None:
            self.report("unanchored", each, version, name=each.role.text, kind=str(kind.of))
        anchor = None if each.anchor is None else elaborator.expression(each.anchor, scope, DATE)
        return core.Instances(each.variable.text, str(kind.of), members, anchor), scope

    def core_norm(self, version: Version, line: syntax.Norm, lines: dict[str, Any], name: str, kind: str, bearer: str,
                  instances: core.Instances | None, key: str, label: str, elaborator: Elaborator,
                  scope: tuple[Variable, ...], guards: frozenset[str]) -> core.Norm:  # fmt: skip
        performance: syntax.Performance | None = lines.get("Performance")
        form = done = done_on = None
        if performance is not None:
            form = "keep" if performance.word == "avoid" else performance.word
            expected = DATE if form == "do" else TRUTH
            done = self.performed(elaborator, performance.expr, scope, expected, guards)
            if performance.word == "avoid":
                done = core.Call("not", (done,))
            if performance.on is not None:
                done_on = self.performed(elaborator, performance.on, scope, DATE, guards)
        due, content, prompt = lines.get("Due"), lines.get("Content"), lines.get("Promptness")
        towards, lifts = lines.get("Towards"), lines.get("Lifts")
        content_type = None
        if content is not None:
            content_type = elaborator.typed(content.expr, scope, guards)[1]
        groups = [
            (k.lower(), getattr(v, "marks", None) or (getattr(v, "mark", None),))
            for k, v in lines.items()
            if k not in ("Condition", "UnlessProved")
        ]
        due_day = elaborator.expression(due.expr, scope, DATE, guards) if due else None
        amount = None
        if content is not None:
            again = Elaborator(self.names, version.place, [])
            amount = again.expression(content.expr, scope, content_type, guards)
            elaborator.marked += again.marked
        return core.Norm(
            f"{version.id}#{label}", version.id, str(version.address), name, line.modality, kind, bearer, instances, key, form,
            done, done_on, due_day, prompt.word if prompt else None, amount,
            wording(towards.words if towards else None),
            tuple(t.address for t in lifts.targets) if lifts else (),
            (*self.marks(version, *groups), *self.marked(version, elaborator, due=due_day, content=amount, done=done)),
            line.span.place,
        )  # fmt: skip

    def performed(self, elaborator: Elaborator, node: syntax.Expr, scope: tuple[Variable, ...], expected: Type,
                  guards: frozenset[str]) -> core.Expr:  # fmt: skip
        """Read an act's day; an attribute declared `if any` may stand unguarded here: absent means not done."""
        if isinstance(node, syntax.Reference):
            expr, kind = elaborator.reference(node, scope, guards, raw=True)
            if kind == expected:
                return expr
        return elaborator.expression(node, scope, expected, guards)

    def sanction(self, version: Version, line: syntax.Sanction | syntax.NoSanction) -> None:
        self.named.append(Naming(str(version.address), line.targets, norms=True))
        targets = tuple(t.address for t in line.targets)
        if isinstance(line, syntax.NoSanction):
            label = "no_sanction." + targets[0].replace("/", "_")
            note = wording(line.note.words if line.note else None)
            marks = self.marks(version, ("sanction", (line.mark,)))
            self.sanctions.append(core.Sanction(self.label(version, label, line), version.id, str(version.address), "none", targets,
                                                core.Wording(), "", "", False, "", "", note, marks, line.span.place))  # fmt: skip
            return
        by_kind: dict[type[syntax.Node], Any] = {type(part): part for part in line.lines}
        fine, prison, corporate = (
            by_kind.get(syntax.Fine),
            by_kind.get(syntax.Imprisonment),
            by_kind.get(syntax.Corporate),
        )
        whose = by_kind.get(syntax.Whose)
        label = line.named.text if line.named else f"{line.kind}." + targets[0].replace("/", "_")
        self.sanctions.append(
            core.Sanction(
                self.label(version, label, line), version.id, str(version.address), line.kind, targets,
                wording(whose.words if whose else None),
                vocabulary.literal(prison.length, "span", self.found) or "" if prison else "",
                vocabulary.literal(fine.amount, "yen", self.found) or "" if fine else "",
                syntax.Both in by_kind, corporate.target.address if corporate else "",
                vocabulary.literal(corporate.amount, "yen", self.found) or "" if corporate else "",
                said(line.lines, syntax.Note),
                self.marks(version, ("sanction", [m for m in line.lines if isinstance(m, syntax.Mark)])), line.span.place,
            )
        )  # fmt: skip

    def saving(self, version: Version, line: syntax.Saving) -> None:
        variable, kind = self.subject(version, line.of_kind, None)
        scope = (Variable(variable, kind),) if kind else ()
        elaborator = Elaborator(self.names, version.place, self.found)
        condition = None if line.condition is None else elaborator.expression(line.condition, scope, TRUTH)
        self.named.append(Naming(str(version.address), line.targets, norms=True))
        form, usual = ("force", "in_force.") if line.word == "keep" else ("former", "former_text.")
        label = line.named.text if line.named else usual + line.targets[0].address.replace("/", "_")
        self.savings.append(
            core.Saving(self.label(version, label, line), version.id, str(version.address), form,
                        tuple(t.address for t in line.targets), variable, kind, condition,
                        self.marks(version, ("saving", (line.mark,))), line.span.place)
        )  # fmt: skip

    # ------------------------------------------------------------------ after all statements are known
    def core_version(self, v: Version, versions: list[Version], clauses: tuple[core.Clause, ...]) -> core.Version:
        node = v.node
        until = node.until
        records: list[Any] = [c for c in clauses if c.version == v.id]
        for group in (self.slots, self.parameters, self.norms, self.sanctions, self.savings):
            records += [r for r in group if r.version == v.id]
        rules = [_without_place(encode(r)) for r in records]
        heading = said(node.lines, syntax.Heading)
        plain = [wording(x.words) for x in node.lines if isinstance(x, syntax.Plain)]
        joined = core.Wording("".join(p.ja for p in plain), " ".join(p.en for p in plain if p.en))
        text = canonical([encode(heading), encode(joined), [r.get("marks") for r in (encode(x) for x in records)]])
        return core.Version(
            v.id, str(v.address), v.start, node.promulgated or self.promulgation(v.start), until.moment.text if until else None,
            self.end_promulgation(v, versions) if until else None, node.grade, heading, joined,
            v.applied.id if v.applied else "",
            digest_text(canonical(rules)), digest_text(text), node.span.place,
        )  # fmt: skip

    def promulgation(self, moment: str) -> str:
        commencement = self.names.commencements.get(moment)
        return (commencement.promulgated or "") if commencement else moment

    def end_promulgation(self, v: Version, versions: list[Version]) -> str:
        """The day the end was promulgated: as written, else that of the version that follows, else the end itself."""
        until = v.node.until
        assert until is not None
        if until.promulgated:
            return until.promulgated
        for other in versions:
            if other.address == v.address and other.start == until.moment.text and other.node.promulgated:
                return other.node.promulgated
        return self.promulgation(until.moment.text)


def _about(d: Diagnostic, failed: list[Address]) -> bool:
    """Say whether a finding misses what could not be read: the mistake there is told already."""
    if d.slug not in ("dangling-citation", "nothing-to-reach", "norm-for-each", "target-itself"):
        return False
    address = read_address(syntax.Target(d.span, dict(d.fields)["address"]), []) if d.span else None
    return address is not None and any(address.covers(f) for f in failed)


def _also(condition: core.Expr | None, further: core.Expr | None) -> core.Expr | None:
    if condition is None or further is None:
        return condition or further
    return core.Call("and", (condition, further))


def _without_place(data: Any) -> Any:
    if isinstance(data, dict):
        return {k: _without_place(v) for k, v in data.items() if k != "place"}
    return [_without_place(x) for x in data] if isinstance(data, list) else data

"""Reading the facts of a case and checking them against the vocabulary.

Comes in: the bytes of a YAML, JSON or XLSX file and a program. Goes out: `Facts` and problems. Unknown fields are errors,
duplicate keys are errors, nothing is guessed. Deliberately not here: how bytes become a tree (`intake`).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from kitei.amounts import EXAMPLES, TYPES, amount
from kitei.facts import ABSENT, EVERYTHING, REMARKS, SCHEMA, STATED, TRUTHS, UNKNOWN, Facts, MadeFor, Members, Record
from kitei.intake import Bad, Node, Problem, Taken, take_in
from kitei.intake.problems import Field, Near, named, nearest
from kitei.values import Entity, Value, read
from kitei_dsl.core import Attribute, Program, Role, Wording
from kitei_dsl.frozen import replace
from kitei_dsl.typesystem import parse_type

#: Mistakes collected before reading ends.
_MOST_PROBLEMS = 1_000
#: Pairs of records of one fact compared in a file: so many may hold on one day.
_MOST_PAIRS = 200_000
_FILE = Wording("事実のファイル", "the facts file")
_FILE_FIELDS = ("schema", "as_of", "subject", "made_for", "entities", "title", "note", "sources", "interview")
_MADE_FOR = Wording("`made_for`（様式の対象とする問い）", "`made_for`")
#: What is left of an amount that a comma inside `{…}` has cut: three digits, with the unit after the last.
_CUT = re.compile("[0-9]{3}(?:円|yen)?")


def read_facts(text: bytes, file: str, program: Program) -> tuple[Facts, list[Problem]]:
    """Read facts; with problems the `Facts` hold what could be read. Never raises for what a user wrote.

    A problem whose severity is `warning` takes nothing away from what was read.
    """
    digest = "sha256:" + hashlib.sha256(text).hexdigest()
    try:
        taken = take_in(text, file, program)
    except Bad as bad:
        return Facts(file, digest, None, None, {}, {}, {}, {}), [
            Problem(file, bad.line, bad.slug, bad.fields, cell=bad.cell)
        ]
    reader = _Reader(file, digest, program, taken)
    try:
        return reader.read(taken.root), reader.in_order()
    except _Enough:
        return Facts(file, digest, None, None, {}, {}, {}, {}), reader.in_order()


def untouched(facts: Facts, program: Program) -> Problem | None:
    """Return what to say of a form in which nothing is filled in yet: no answer to a question, no list said to be complete."""
    many = {r.name: r.many for r in program.roles}
    told = facts.records or any(m.complete and many[r] for (_, r), m in facts.members.items())
    if told or not (facts.form or facts.left_out):
        return None
    called = {
        k.name: Wording(f"「{k.alias or k.label.ja or k.name}」", f"`{k.name}`" + f" ({k.alias})" * bool(k.alias))
        for k in program.kinds
    }
    kinds = [called[k] for k in dict.fromkeys(facts.kinds.values())]
    sheets = Wording("、".join(k.ja for k in kinds), ", ".join(k.en for k in kinds))
    slug = "nothing-told-form" if facts.form else "nothing-told"
    return Problem(facts.file, 0, slug, {"sheets": sheets}, severity="warning")


class _Enough(Exception):
    """So many mistakes that the rest is of no use to anybody."""


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """The problems for which nothing can be answered; the others are warnings."""
    return [p for p in problems if p.severity == "error"]


class _Reader:
    """One pass over the tree, collecting problems."""

    def __init__(self, file: str, digest: str, program: Program, taken: Taken) -> None:
        self.file, self.digest = file, digest
        self.problems: list[Problem] = list(taken.problems)
        self.cells = taken.cells
        self.kinds = {name: k for k in program.kinds for name in (k.name, k.alias) if name}
        self.attributes: dict[str, dict[str, Attribute]] = {}
        for a in program.attributes:
            for name in filter(None, (a.name, a.alias)):
                self.attributes.setdefault(a.kind, {})[name] = a
        self.roles: dict[str, dict[str, Role]] = {}
        for r in program.roles:
            for name in filter(None, (r.name, r.alias)):
                self.roles.setdefault(r.of_kind, {})[name] = r
        self.enumerations = {e.name: e for e in program.enumerations}
        self.derived = {t.name for t in program.terms} | {t.alias for t in program.terms if t.alias}
        #: entities already found wrong: what leads to them is not wrong again
        self.broken: set[str] = set()
        self.pairs = 0
        #: places that say a value is unknown: with nothing else told, it is a form nobody has filled in
        self.left_out = 0
        #: the name of a fact as the user wrote it, while it is read
        self.spelled = ""

    def problem(self, line: int, slug: str, about: Attribute | Role | None = None, **fields: Field) -> None:
        label, cites = (Wording(), ()) if about is None else (about.label, getattr(about, "cites", ()))
        self.problems.append(Problem(self.file, line, slug, fields, label, cites, self.cells.get(line, "")))
        if len(self.problems) >= _MOST_PROBLEMS:
            raise _Enough

    def in_order(self) -> list[Problem]:
        """The problems from the first line to the last, each once."""
        return sorted({str(p): p for p in self.problems}.values(), key=lambda p: p.line)

    def at(self, line: int) -> Wording:
        """Name a place of the file in a sentence."""
        cell = self.cells.get(line)
        return Wording(cell, cell) if cell else Wording(f"{line}行目", f"line {line}")

    def kind_words(self, name: str) -> Wording:
        kind = self.kinds[name]
        return Wording(f"「{kind.alias or kind.label.ja or kind.name}」", f"`{kind.name}`")

    def mapping(self, node: Node, what: Wording) -> list[tuple[str, Node, int]]:
        """Return key, value and line of each entry; duplicate keys are problems."""
        if node.sort != "mapping":
            self.problem(node.line, "mapping", what=what)
            return []
        seen: dict[str, int] = {}
        entries = []
        for key, child in node.pairs:
            if key.sort != "text":
                self.problem(key.line, "name-expected", what=what)
                continue
            if key.data in seen:
                self.problem(key.line, "given-twice", name=key.data[:80], first=self.at(seen[key.data]))
                continue
            seen[key.data] = key.line
            entries.append((key.data, child, key.line))
        return entries

    def unknown(self, line: int, name: str, what: Wording, known: Iterable[str]) -> None:
        names = list(known)
        self.problem(
            line,
            "split-amount" if _CUT.fullmatch(name) else "unknown-field",
            name=name[:80],
            what=what,
            near=nearest(name, names),
            known=", ".join(names),
        )

    def read(self, root: Node) -> Facts:
        as_of = subject = None
        subject_line = root.line
        about: dict[str, str] = {}
        made_for = MadeFor()
        entities: list[tuple[str, Node, int]] = []
        for key, node, line in self.mapping(root, _FILE):
            if key == "schema":
                if node.data != SCHEMA:
                    self.problem(line, "schema", schema=SCHEMA)
            elif key == "as_of":
                as_of = None if _left_out(node) else self.date(node, key)
            elif key == "subject":
                subject, subject_line = node.data or None, node.line
                if node.sort != "text":
                    self.problem(node.line, "one-value", name=key)
            elif key == "made_for":
                made_for = self.made_for(node)
            elif key == "entities":
                entities = self.mapping(node, Wording("entities", "`entities`"))
            elif key in ("title", "note", "sources"):
                if node.sort != "text":
                    self.problem(node.line, "one-value", name=key)
                elif node.data.strip():
                    about[key] = node.data
            elif key != "interview":  # that is for `kitei ask`; it says nothing of the case
                self.unknown(line, key, _FILE, _FILE_FIELDS)
        kinds: dict[str, str] = {}
        self.told_apart(entities)
        for id, node, line in entities:
            kind = self.kind(node, id, line)
            if kind:
                kinds[id] = kind
            else:
                self.broken.add(id)
        facts = Facts(self.file, self.digest, as_of, subject, kinds, {}, {}, {}, {i: n for i, _, n in entities}, about,
                      made_for)  # fmt: skip
        members: dict[tuple[str, str], tuple[list[str], bool]] = {}
        for id, node, _ in entities:
            if id in kinds:
                self.entity(id, node, facts, members)
        self.invert(facts, members)
        if subject is not None and subject not in kinds and subject not in self.broken:
            self.problem(subject_line, "subject", name=subject[:80], near=self.near_entity(subject, facts))
        if not entities:
            self.problem(root.line, "no-entities")
        return replace(facts, form=bool(self.cells), left_out=self.left_out)

    def made_for(self, node: Node) -> MadeFor:
        """Read what the form was made for. That a name is one of the law is not asked here: the law may have moved on."""
        goals: tuple[str, ...] = ()
        world = ""
        for key, child, line in self.mapping(node, _MADE_FOR):
            if key == "goals":
                items = child.items if child.sort == "list" else (child,)
                if any(item.sort != "text" for item in items):
                    self.problem(line, "goal-names")
                else:
                    goals = tuple(dict.fromkeys(item.data for item in items if item.data))
            elif key != "world":
                self.unknown(line, key, _MADE_FOR, ("goals", "world"))
            elif child.sort != "text":
                self.problem(line, "one-value", name="made_for.world")
            else:
                world = child.data
        return MadeFor(goals, world)

    def told_apart(self, entities: list[tuple[str, Node, int]]) -> None:
        """Refuse names of entities that a reader cannot tell apart: those that differ in width or composition only."""
        seen: dict[str, str] = {}
        for id, _, line in entities:
            alike = seen.setdefault(unicodedata.normalize("NFKC", id), id)
            if alike != id:
                self.problem(line, "look-alike", name=id[:80], other=alike[:80])

    def kind(self, node: Node, id: str, line: int) -> str | None:
        if not re.fullmatch(r"[^\W\d][\w-]*", id):
            composed = unicodedata.normalize("NFC", id)
            if composed != id and re.fullmatch(r"[^\W\d][\w-]*", composed):
                self.problem(line, "look-alike", name=id[:80], other=composed[:80])
            else:
                self.problem(line, "entity-name", name=id[:80])
            return None
        if node.sort != "mapping":
            wide = node.sort == "text" and "：" in node.data
            self.problem(node.line if wide else line, "wide-colon" if wide else "entity-mapping", name=id)
            return None
        labels = {k: v.label for k, v in self.kinds.items()}
        for key, value in node.pairs:
            if key.data == "kind":
                if value.sort != "text":
                    self.problem(value.line, "one-value", name="kind")
                    return None
                if value.data in self.kinds:
                    return self.kinds[value.data].name
                near = nearest(value.data, labels)
                known = tuple(
                    (k.name, Wording(k.alias or k.label.ja, k.name)) for k in dict.fromkeys(self.kinds.values())
                )
                self.problem(value.line, "unknown-kind", name=value.data[:80], near=near, known=named(known))
                # Read on as the kind that is surely meant, so that its other mistakes are told at once.
                return self.kinds[near[0][0]].name if len(near) == 1 else None
        self.problem(line, "no-kind", name=id, known=", ".join(k.name for k in dict.fromkeys(self.kinds.values())))
        return None

    def entity(self, id: str, node: Node, facts: Facts, members: dict[tuple[str, str], tuple[list[str], bool]]) -> None:
        kind = facts.kinds[id]
        attributes, roles = self.attributes.get(kind, {}), self.roles.get(kind, {})
        given: dict[str, int] = {}
        for key, child, line in self.mapping(node, Wording(f"`{id}`", f"entity `{id}`")):
            found = attributes.get(key) or roles.get(key)
            if found is not None and found.name in given:
                # under both its names: it would be two answers to one question
                self.problem(line, "given-twice", found, name=key, first=self.at(given[found.name]))
                continue
            if found is not None:
                given[found.name] = line
            if key == "name":
                words = self.wording(child)
                if words.ja or words.en:
                    facts.names[id] = words
            elif key in attributes:
                attribute, self.spelled = attributes[key], key
                if records := self.records(child, attribute, facts):
                    facts.records[(id, attribute.name)] = tuple(records)
            elif key in roles:
                self.spelled = key
                self.role(id, roles[key], child, facts, members)
            elif key != "kind":
                self.not_a_fact(line, key, kind)

    def not_a_fact(self, line: int, key: str, kind: str) -> None:
        known = {n: a.label for n, a in self.attributes.get(kind, {}).items()}
        known |= {n: r.label for n, r in self.roles.get(kind, {}).items()} | {"name": Wording()}
        elsewhere = [k for k, names in self.attributes.items() if key in names]
        if key in self.derived:
            self.problem(line, "derived", name=key[:80], kind=self.kind_words(kind), near=nearest(key, known))
        elif elsewhere:
            self.problem(
                line, "other-kind", self.attributes[elsewhere[0]][key], name=key[:80],
                kind=self.kind_words(kind), actual=self.kind_words(elsewhere[0]),
            )  # fmt: skip
        elif _CUT.fullmatch(key):
            self.problem(line, "split-amount")
        else:
            self.problem(line, "not-a-fact", name=key[:80], kind=self.kind_words(kind), near=nearest(key, known))

    def wording(self, node: Node) -> Wording:
        if node.sort == "text":
            return Wording(node.data, node.data)
        entries = {}
        for key, child, line in self.mapping(node, Wording("`name`", "`name`")):
            if key not in ("ja", "en"):
                self.problem(line, "name-field", name=key[:80])
            elif child.sort != "text":
                self.problem(line, "one-value", name=f"name.{key}")
            elif child.data:
                entries[key] = child.data
        return Wording(entries.get("ja", entries.get("en", "")), entries.get("en", entries.get("ja", "")))

    def role(
        self, id: str, role: Role, node: Node, facts: Facts, members: dict[tuple[str, str], tuple[list[str], bool]]
    ) -> None:
        complete = False
        if node.sort == "mapping":
            listed = None
            for key, child, line in self.mapping(node, Wording(f"`{role.name}`", f"`{role.name}`")):
                if key == "complete" and child.data in TRUTHS:
                    complete = TRUTHS[child.data]
                elif key == "complete":
                    self.problem(child.line, "role-complete", role, role=role.name, text=child.data[:40])
                elif key == "members":
                    listed = child
                else:
                    self.problem(line, "role-field", role, role=role.name, name=key[:80])
            if listed is None:
                self.problem(node.line, "role-members", role, role=role.name)
                return
            node = listed
        items = node.items if node.sort == "list" else () if _left_out(node, facts.kinds) else (node,)
        if node.sort == "text" and not items and not complete:
            self.left_out += 1
            return
        ids: dict[str, None] = {}
        for item in items:
            name, line = item.data, item.line
            if name in self.broken:
                continue
            if item.sort != "text":
                self.problem(line, "one-value", role, name=role.name)
            elif name in EVERYTHING and name not in facts.kinds:
                self.problem(line, "role-everything", role, role=self.spelled or role.name, name=name)
            elif name not in facts.kinds:
                near = self.near_entity(name, facts, role.kind)
                several = re.split("[、，]", name)
                if len(several) > 1:
                    parted = ", ".join(part.strip() for part in several)
                    self.problem(line, "wide-comma", role, name=name[:80], listed=parted[:80])
                else:
                    self.problem(line, "no-entity", role, name=name[:80], near=near)
            elif facts.kinds[name] != role.kind:
                kind, actual = self.kind_words(role.kind), self.kind_words(facts.kinds[name])
                self.problem(line, "wrong-kind", role, name=name, role=role.name, kind=kind, actual=actual)
            elif name in ids:
                self.problem(line, "listed-twice", role, name=name, role=role.name)
            else:
                ids[name] = None
        if not role.many and len(ids) > 1:
            kind = self.kind_words(role.kind)
            self.problem(node.line, "one-member", role, role=role.name, kind=kind, count=len(ids))
        if ids or complete or not role.many:
            members[(id, role.name)] = (list(ids), complete)

    def near_entity(self, name: str, facts: Facts, kind: str = "") -> Near:
        return nearest(name, {i: facts.names.get(i, Wording()) for i, k in facts.kinds.items() if kind in ("", k)})

    def invert(self, facts: Facts, members: dict[tuple[str, str], tuple[list[str], bool]]) -> None:
        """Complete each relation from the side it was told from; a `one` side told twice must agree."""
        roles = {r.name: r for group in self.roles.values() for r in group.values()}
        told = {key: set(ids) for key, (ids, _) in members.items()}
        for (id, role_name), (ids, _) in list(members.items()):
            role = roles[role_name]
            for other in list(ids):
                back, complete = members.setdefault((other, role.inverse), ([], False))
                there = told.setdefault((other, role.inverse), set())
                if id not in there:
                    inverse = roles[role.inverse]
                    if complete or (not inverse.many and back):
                        line = facts.lines.get(other, 1)
                        self.problem(line, "disagree", inverse, role=role.inverse, other=other, name=id)
                    else:
                        back.append(id)
                        there.add(id)
        for key, (ids, complete) in members.items():
            facts.members[key] = Members(tuple(ids), complete or not roles[key[1]].many)

    def records(self, node: Node, attribute: Attribute, facts: Facts) -> list[Record]:
        items = node.items if node.sort == "list" else (node,)
        records = [r for item in items if (r := self.record(item, attribute, facts)) is not None]
        self.agreeing(records, attribute)
        return records

    def agreeing(self, records: list[Record], attribute: Attribute) -> None:
        """Refuse records that hold on one day and differ, unless one of them says it corrects the other."""
        going: list[Record] = []
        for b in sorted(records, key=lambda r: r.start or date.min):
            going = [a for a in going if a.end is None or b.start is None or b.start < a.end]
            for a in going:
                self.pairs += 1
                if self.pairs > _MOST_PAIRS:
                    self.problem(b.line, "overlapping", attribute, name=attribute.name)
                    raise _Enough
                later = max(a, b, key=lambda r: r.recorded or date.min)
                ordered = (a.recorded or date.min) != (b.recorded or date.min)
                if a.value != b.value and not (ordered and later.corrects):
                    first, second = sorted((a, b), key=lambda r: r.line)
                    self.problem(second.line, "two-values", attribute, name=attribute.name, other=self.at(first.line))
            going.append(b)

    def record(self, node: Node, attribute: Attribute, facts: Facts) -> Record | None:
        start = end = recorded = None
        corrects, valued = False, node
        remarks: dict[str, str] = {}
        if node.sort == "mapping":
            found = None
            for key, child, line in self.mapping(node, Wording(f"`{attribute.name}`", f"`{attribute.name}`")):
                if key == "value":
                    found = child
                elif key == "from":
                    start = self.date(child, f"{self.spelled}.from", attribute)
                elif key == "to":
                    end = self.date(child, f"{self.spelled}.to", attribute)
                elif key == "recorded":
                    recorded = self.date(child, f"{self.spelled}.recorded", attribute)
                elif key in REMARKS:
                    if child.sort != "text":
                        self.problem(line, "one-value", attribute, name=f"{attribute.name}.{key}")
                    elif child.data.strip():
                        remarks[key] = child.data
                elif key == "corrects":
                    corrects = TRUTHS.get(child.data, False)
                    if child.data not in TRUTHS:
                        self.problem(child.line, "corrects", attribute, text=child.data[:40])
                else:
                    self.unknown(line, key, Wording(f"`{attribute.name}`", f"`{attribute.name}`"), STATED)
            if found is None:
                self.problem(node.line, "needs-value", attribute, name=attribute.name)
                return None
            valued = found
        if start and end and end <= start:
            self.problem(node.line, "to-before-from", attribute, name=attribute.name)
            return None
        t = parse_type(attribute.type)
        listed = self.enumerations[str(t.of)] if t.name == "enum" else None
        if _left_out(valued, facts.kinds if listed is None else (*listed.values, *listed.aliases)):
            self.left_out += 1
            return None
        try:
            read = self.value(valued, attribute, facts)
        except Bad as bad:
            self.problem(bad.line, bad.slug, attribute, **{"name": self.spelled or attribute.name, **bad.fields})
            return None
        said = tuple((k, remarks[k]) for k in REMARKS if k in remarks)
        return Record(read, start, end, recorded, corrects, "; ".join(text for _, text in said), valued.line, said)

    def date(self, node: Node, what: str, about: Attribute | None = None) -> date | None:
        found = day_of(node.data)
        if found is None:
            self.problem(node.line, "no-day", about, name=what, text=node.data[:40])
        return found

    def value(self, node: Node, attribute: Attribute, facts: Facts) -> Value | None:
        """Read one value of the attribute's type; None for `none` where the attribute may be absent."""
        if node.sort != "text":
            raise Bad(node.line, "one-value")
        text, line = node.data.strip(), node.line
        t = parse_type(attribute.type)
        listed = self.enumerations[str(t.of)] if t.name == "enum" else None
        if listed is not None:
            if text in listed.aliases and text:
                return listed.values[listed.aliases.index(text)]
            if text in listed.values:
                return text
        if text in ABSENT and not node.quoted:
            if not attribute.optional:
                raise Bad(line, "not-absent")
            return None
        if text in ("", "~", "null") and not node.quoted:
            raise Bad(line, "no-value")
        if t.name == "truth":
            if text not in TRUTHS:
                raise Bad(line, "truth", text=text[:40])
            return TRUTHS[text]
        if t.name == "date":
            found = day_of(text)
            if found is None and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
                raise Bad(line, "calendar-day", text=text)
            if found is None:
                raise Bad(line, "day-or-none" if attribute.optional else "day", text=text[:40])
            return found
        if t.name in EXAMPLES:
            return amount(text, line, attribute, t.name)
        if listed is not None:
            names = dict(zip(listed.values, listed.labels, strict=True))
            names |= {a: w for a, w in zip(listed.aliases, listed.labels, strict=True) if a}
            raise Bad(line, "not-listed", text=text[:40], known=", ".join(listed.values), near=nearest(text, names))
        if t.name == "entity":
            if facts.kinds.get(text) != t.of:
                near = self.near_entity(text, facts, str(t.of))
                raise Bad(line, "entity-value", text=text[:40], kind=self.kind_words(str(t.of)), near=near)
            return Entity(str(t.of), text)
        if t.name in ("calendar", "span"):
            try:
                return read(attribute.type, text)
            except ValueError:
                pass
        raise Bad(line, "not-type", text=text[:40], type=TYPES.get(t.name, Wording(t.name, t.name)))


def day_of(text: str) -> date | None:
    """Return the day a text names, in one of the forms days are written in everywhere here (2025-06-30, 2025/6/30, 2025.6.30,
    2025年6月30日, 令和7年6月30日, also in full-width digits), or None."""
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        return None
    if len(text) > 40:
        return None
    from kitei_dsl.period_read import UnreadPeriod, read_day

    try:
        return read_day(text)
    except UnreadPeriod:
        return None


def _left_out(node: Node, words: Iterable[str] = ()) -> bool:
    """Say whether a value is said to be unknown, which is the same as leaving it out."""
    text = node.data.strip()
    return node.sort == "text" and not node.quoted and text in UNKNOWN and text not in words

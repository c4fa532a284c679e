"""Facts of a case: reading them, checking them against the vocabulary, and the records they become.

Comes in: YAML or JSON text and a program. Goes out: `Facts` (records by entity and attribute, members by
entity and role) and problems. Unknown fields are errors, duplicate keys are errors, nothing is guessed, no float
is ever made: a number is read from its digits. Aliases, anchors and tags are refused, so nothing in a file is
executed or multiplied. Deliberately not here: which record holds on a day (`evaluate`, and again in `replay`).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

import yaml

from kitei.values import Entity, Quantity, Value, read
from kitei_dsl.core import Attribute, Program, Role, Wording
from kitei_dsl.diagnostics import escape, near
from kitei_dsl.typesystem import parse_type

SCHEMA = "kitei/facts@1"
_MAX_DEPTH = 40
_MAX_EVENTS = 400_000
_MAX_DIGITS = 400
_MAX_SIZE = 8_000_000


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with the facts: file, 1-based line, the legal name it is about, and what to do."""

    file: str
    line: int
    message: str
    legal: str = ""

    def __str__(self) -> str:
        legal = f" ({self.legal})" if self.legal else ""
        return escape(f"{self.file}:{self.line}: {self.message}{legal}")


@dataclass(frozen=True, slots=True)
class Record:
    """One stated fact: `value` None means stated to be absent. Holds on [start, end); None is unbounded.

    `recorded` None: known from the beginning. `corrects`: it replaces other records of the same days.
    """

    value: Value | None
    start: date | None
    end: date | None
    recorded: date | None
    corrects: bool
    source: str
    line: int


@dataclass(frozen=True, slots=True)
class Members:
    """Members a role gives: entity ids in the order of the file; complete only if said to be."""

    ids: tuple[str, ...]
    complete: bool


@dataclass(frozen=True)
class Facts:
    """The facts of a case. `digest` is of the bytes read."""

    file: str
    digest: str
    as_of: date | None
    subject: str | None
    kinds: dict[str, str]
    names: dict[str, Wording]
    records: dict[tuple[str, str], tuple[Record, ...]]
    members: dict[tuple[str, str], Members]
    lines: dict[str, int] = field(default_factory=dict)

    def entity(self, id: str) -> Entity:
        return Entity(self.kinds[id], id)

    def of_kind(self, kind: str) -> Iterator[str]:
        """Give the ids of the entities of a kind, in the order of the file."""
        return (id for id, k in self.kinds.items() if k == kind)


@dataclass(frozen=True, slots=True)
class _Node:
    """A YAML node stripped to what facts may hold: a text, a list (`items`) or a mapping (`pairs`), with its line."""

    line: int
    sort: str
    data: str = ""
    quoted: bool = False
    items: tuple[_Node, ...] = ()
    pairs: tuple[tuple[_Node, _Node], ...] = ()


class _Bad(Exception):
    def __init__(self, line: int, message: str, legal: str = "") -> None:
        super().__init__(message)
        self.line, self.message, self.legal = line, message, legal


def read_facts(text: bytes, file: str, program: Program) -> tuple[Facts, list[Problem]]:
    """Read facts; with problems the `Facts` hold what could be read. Never raises for what a user wrote."""
    digest = "sha256:" + hashlib.sha256(text).hexdigest()
    empty = Facts(file, digest, None, None, {}, {}, {}, {})
    try:
        root = _tree(text)
    except _Bad as bad:
        return empty, [Problem(file, bad.line, bad.message)]
    reader = _Reader(file, digest, program)
    return reader.read(root), reader.problems


def _tree(text: bytes) -> _Node:
    """Compose the document event by event: no constructor, no alias, no tag, bounded depth and size."""
    if len(text) > _MAX_SIZE:
        raise _Bad(1, f"the file has {len(text)} bytes; at most {_MAX_SIZE} are read")
    try:
        decoded = text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = text[: error.start].count(b"\n") + 1
        raise _Bad(line, "the file is not UTF-8 text; save it as UTF-8") from None
    stack: list[list[_Node]] = [[]]
    kinds: list[tuple[str, int]] = []
    try:
        for count, event in enumerate(yaml.parse(decoded, Loader=yaml.SafeLoader)):
            line = int(getattr(event.start_mark, "line", 0)) + 1
            if count > _MAX_EVENTS or len(kinds) > _MAX_DEPTH:
                raise _Bad(line, "the file is nested too deeply or is too long to be facts")
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise _Bad(line, "anchors and aliases (& and *) are not allowed in facts; write the value out")
            if getattr(event, "tag", None) and getattr(event, "implicit", (True,)) not in (True, (True, False)):
                raise _Bad(line, "tags (!…) are not allowed in facts")
            if isinstance(event, yaml.ScalarEvent):
                stack[-1].append(_Node(line, "text", event.value, event.style in ("'", '"', "|", ">")))
            elif isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
                kinds.append(("list" if isinstance(event, yaml.SequenceStartEvent) else "mapping", line))
                stack.append([])
            elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                sort, start = kinds.pop()
                items = tuple(stack.pop())
                if sort == "list":
                    stack[-1].append(_Node(start, sort, items=items))
                else:
                    stack[-1].append(_Node(start, sort, pairs=tuple(zip(items[::2], items[1::2], strict=True))))
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0)
        detail = getattr(error, "problem", None) or "not YAML"
        raise _Bad(line + 1, f"the file cannot be read as YAML or JSON: {detail}") from None
    except ValueError:
        raise _Bad(1, "the file cannot be read as YAML or JSON") from None
    if len(stack[0]) != 1:
        raise _Bad(1, "expected one document" if stack[0] else "the file is empty")
    return stack[0][0]


class _Reader:
    """One pass over the tree, collecting problems."""

    def __init__(self, file: str, digest: str, program: Program) -> None:
        self.file, self.digest = file, digest
        self.problems: list[Problem] = []
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

    def problem(self, line: int, message: str, legal: str = "") -> None:
        self.problems.append(Problem(self.file, line, message, legal))

    def mapping(self, node: _Node, what: str) -> list[tuple[str, _Node, int]]:
        """Return key, value and line of each entry; duplicate keys are problems."""
        if node.sort != "mapping":
            self.problem(node.line, f"{what} must be a mapping (name: value)")
            return []
        seen: dict[str, int] = {}
        entries = []
        for key, child in node.pairs:
            if key.sort != "text":
                self.problem(key.line, f"a name was expected in {what}")
                continue
            if key.data in seen:
                self.problem(key.line, f"`{key.data}` is given twice (first on line {seen[key.data]}); keep one")
                continue
            seen[key.data] = key.line
            entries.append((key.data, child, key.line))
        return entries

    def read(self, root: _Node) -> Facts:
        as_of = subject = None
        entities: list[tuple[str, _Node, int]] = []
        for key, node, line in self.mapping(root, "the facts file"):
            if key == "schema":
                if node.data != SCHEMA:
                    self.problem(line, f"`schema` must be {SCHEMA}")
            elif key == "as_of":
                as_of = self.date(node, "as_of")
            elif key == "subject":
                subject = node.data or None
            elif key == "entities":
                entities = self.mapping(node, "`entities`")
            elif key not in ("title", "note", "sources"):
                known = ["schema", "as_of", "subject", "entities", "title", "note", "sources"]
                self.problem(line, f"unknown field `{key}`; {near(key, known) or 'known: ' + ', '.join(known)}")
        kinds: dict[str, str] = {}
        for id, node, line in entities:
            kind = self.kind(node, id, line)
            if kind:
                kinds[id] = kind
        facts = Facts(self.file, self.digest, as_of, subject, kinds, {}, {}, {}, {i: n for i, _, n in entities})
        members: dict[tuple[str, str], tuple[list[str], bool]] = {}
        for id, node, _ in entities:
            if id in kinds:
                self.entity(id, node, facts, members)
        self.invert(facts, members)
        if subject is not None and subject not in kinds:
            self.problem(
                root.line, f"`subject` names `{subject}`, which is not among the entities; {near(subject, kinds)}"
            )
        if not entities:
            self.problem(root.line, "no entities: give at least one under `entities`")
        return facts

    def kind(self, node: _Node, id: str, line: int) -> str | None:
        if not re.fullmatch(r"[^\W\d][\w-]*", id):
            self.problem(line, f"`{id}` cannot name an entity: use letters, digits, _ and -")
            return None
        if node.sort != "mapping":
            self.problem(line, f"entity `{id}` must be a mapping with `kind`")
            return None
        for key, value in node.pairs:
            if key.data == "kind":
                if value.data in self.kinds:
                    return self.kinds[value.data].name
                self.problem(
                    value.line, f"no kind of entity is called `{value.data}`; {near(str(value.data), self.kinds)}"
                )
                return None
        self.problem(line, f"entity `{id}` has no `kind`")
        return None

    def entity(
        self, id: str, node: _Node, facts: Facts, members: dict[tuple[str, str], tuple[list[str], bool]]
    ) -> None:
        kind = facts.kinds[id]
        attributes, roles = self.attributes.get(kind, {}), self.roles.get(kind, {})
        for key, child, line in self.mapping(node, f"entity `{id}`"):
            if key == "kind":
                continue
            if key == "name":
                facts.names[id] = self.wording(child)
            elif key in attributes:
                attribute = attributes[key]
                records = self.records(child, attribute, facts)
                slot = (id, attribute.name)
                facts.records[slot] = (*facts.records.get(slot, ()), *records)
            elif key in roles:
                self.role(id, roles[key], child, facts, members)
            else:
                known = [*attributes, *roles, "name"]
                also = " (it is derived by the law, not given)" if key in self.derived else ""
                self.problem(line, f"`{key}` is not a fact about a {kind}{also}; {near(key, known)}".rstrip("; "))

    def wording(self, node: _Node) -> Wording:
        if node.sort == "text":
            return Wording(node.data, node.data)
        entries = {k: v.data for k, v, _ in self.mapping(node, "`name`")}
        for key in entries:
            if key not in ("ja", "en"):
                self.problem(node.line, f"`name` has `ja` and `en`, not `{key}`")
        return Wording(entries.get("ja", entries.get("en", "")), entries.get("en", entries.get("ja", "")))

    def role(
        self, id: str, role: Role, node: _Node, facts: Facts, members: dict[tuple[str, str], tuple[list[str], bool]]
    ) -> None:
        complete = False
        if node.sort == "mapping":
            listed = None
            for key, child, line in self.mapping(node, f"`{role.name}`"):
                if key == "complete" and child.data in ("true", "false"):
                    complete = child.data == "true"
                elif key == "members":
                    listed = child
                else:
                    self.problem(line, f"`{role.name}` has `members` and `complete: true`, not `{key}`")
            if listed is None:
                self.problem(node.line, f"`{role.name}` needs `members`")
                return
            node = listed
        items = node.items if node.sort == "list" else (node,)
        ids: list[str] = []
        for item in items:
            name, line = item.data, item.line
            if name not in facts.kinds:
                self.problem(line, f"no entity is called `{name}`; {near(str(name), facts.kinds)}", role.label.ja)
            elif facts.kinds[name] != role.kind:
                self.problem(
                    line, f"`{name}` is a {facts.kinds[name]}; `{role.name}` takes a {role.kind}", role.label.ja
                )
            elif name in ids:
                self.problem(line, f"`{name}` is listed twice under `{role.name}`")
            else:
                ids.append(name)
        if not role.many and len(ids) > 1:
            self.problem(node.line, f"`{role.name}` takes one {role.kind}, not {len(ids)}", role.label.ja)
        members[(id, role.name)] = (ids, complete)

    def invert(self, facts: Facts, members: dict[tuple[str, str], tuple[list[str], bool]]) -> None:
        """Complete each relation from the side it was told from; a `one` side told twice must agree."""
        roles = {r.name: r for group in self.roles.values() for r in group.values()}
        for (id, role_name), (ids, _) in list(members.items()):
            role = roles[role_name]
            for other in ids:
                back, complete = members.setdefault((other, role.inverse), ([], False))
                if id not in back:
                    if complete or (not roles[role.inverse].many and back):
                        self.problem(
                            facts.lines.get(other, 1),
                            f"`{other}` and `{id}` disagree on `{role.inverse}`: correct one of them",
                        )
                    else:
                        back.append(id)
        for key, (ids, complete) in members.items():
            facts.members[key] = Members(tuple(ids), complete or not roles[key[1]].many)

    def records(self, node: _Node, attribute: Attribute, facts: Facts) -> list[Record]:
        items = node.items if node.sort == "list" else (node,)
        records = [r for item in items if (r := self.record(item, attribute, facts)) is not None]
        self.agreeing(records, attribute)
        return records

    def agreeing(self, records: list[Record], attribute: Attribute) -> None:
        """Refuse records that hold on one day and differ, unless one of them says it corrects the other."""
        for n, a in enumerate(records):
            for b in records[n + 1 :]:
                apart = (a.end and b.start and a.end <= b.start) or (b.end and a.start and b.end <= a.start)
                later = max(a, b, key=lambda r: r.recorded or date.min)
                ordered = (a.recorded or date.min) != (b.recorded or date.min)
                if not apart and a.value != b.value and not (ordered and later.corrects):
                    self.problem(b.line, f"`{attribute.name}` has two values on one day (also line {a.line}); give `from` and "
                                 "`to`, or say `corrects: true` on the later recorded one", attribute.label.ja)  # fmt: skip

    def record(self, node: _Node, attribute: Attribute, facts: Facts) -> Record | None:
        start = end = recorded = None
        source, corrects, valued = "", False, node
        if node.sort == "mapping":
            found = None
            for key, child, line in self.mapping(node, f"`{attribute.name}`"):
                if key == "value":
                    found = child
                elif key == "from":
                    start = self.date(child, attribute.name)
                elif key == "to":
                    end = self.date(child, attribute.name)
                elif key == "recorded":
                    recorded = self.date(child, attribute.name)
                elif key in ("source", "assessor", "reason", "note"):
                    source = "; ".join(filter(None, (source, str(child.data))))
                elif key == "corrects":
                    corrects = child.data == "true"
                else:
                    known = ["value", "from", "to", "recorded", "source", "assessor", "reason", "note", "corrects"]
                    self.problem(line, f"unknown field `{key}` of `{attribute.name}`; {near(key, known)}")
            if found is None:
                self.problem(node.line, f"`{attribute.name}` needs `value`", attribute.label.ja)
                return None
            valued = found
        if start and end and end <= start:
            self.problem(node.line, f"`to` must come after `from` in `{attribute.name}`", attribute.label.ja)
            return None
        try:
            read = self.value(valued, attribute, facts)
        except _Bad as bad:
            self.problem(bad.line, bad.message, f"{attribute.label.ja} / {attribute.label.en}")
            return None
        return Record(read, start, end, recorded, corrects, source, valued.line)

    def date(self, node: _Node, what: str) -> date | None:
        try:
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", node.data):
                return date.fromisoformat(node.data)
        except ValueError:
            pass
        self.problem(node.line, f"`{what}`: `{node.data[:40]}` is no day; write YYYY-MM-DD")
        return None

    def value(self, node: _Node, attribute: Attribute, facts: Facts) -> Value | None:
        """Read one value of the attribute's type; None for `none` where the attribute may be absent."""
        if node.sort != "text":
            raise _Bad(node.line, f"`{attribute.name}` takes one value")
        text, line = node.data.strip(), node.line
        if text == "none" and not node.quoted:
            if not attribute.optional:
                raise _Bad(line, f"`{attribute.name}` cannot be absent; leave it out if it is unknown")
            return None
        if text in ("", "~", "null", "unknown") and not node.quoted:
            raise _Bad(line, f"`{attribute.name}` has no value; leave the line out if it is unknown")
        t = parse_type(attribute.type)
        if t.name == "truth":
            if text not in ("true", "false"):
                raise _Bad(line, f"`{attribute.name}` is true or false, not `{text[:40]}`")
            return text == "true"
        if t.name == "date":
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
                raise _Bad(line, f"`{attribute.name}` is a day: write YYYY-MM-DD, not `{text[:40]}`")
            try:
                return date.fromisoformat(text)
            except ValueError:
                raise _Bad(line, f"`{text}` is no day of the calendar") from None
        if t.name in ("yen", "number", "rate", "quantity"):
            return self.amount(text, line, attribute, t.name)
        if t.name == "enum":
            listed = self.enumerations[str(t.of)]
            if text in listed.aliases:
                return listed.values[listed.aliases.index(text)]
            if text not in listed.values:
                raise _Bad(line, f"`{text[:40]}` is not one of {', '.join(listed.values)}; {near(text, listed.values)}")
            return text
        if t.name == "entity":
            if facts.kinds.get(text) != t.of:
                raise _Bad(line, f"no {t.of} is called `{text[:40]}`; {near(text, facts.kinds)}")
            return Entity(str(t.of), text)
        if t.name in ("calendar", "span"):
            try:
                return read(attribute.type, text)
            except ValueError:
                raise _Bad(line, f"`{attribute.name}` is a {t.name}: `{text[:40]}` is not one") from None
        raise _Bad(line, f"`{text[:40]}` is not a {t.name}")

    def amount(self, text: str, line: int, attribute: Attribute, sort: str) -> Value:
        asset = None
        if sort == "quantity":
            text, _, asset = text.partition(" ")
            if not re.fullmatch(r"[A-Z][A-Z0-9]{1,9}", asset):
                raise _Bad(line, f"`{attribute.name}` is an amount and its asset, for example `4502.9 BTC`")
        if sort == "rate" and text.endswith("%"):
            number = _number(text[:-1])
            exact = None if number is None else number / 100
        else:
            exact = _yen(text) if sort == "yen" else _number(text)
        if exact is None:
            example = "; write 500000001, 500,000,001円 or 5億1円" if sort == "yen" else ""
            raise _Bad(line, f"`{attribute.name}` is {sort}: `{text[:40]}` is not an exact number{example}")
        if sort in ("yen", "number") and exact.denominator != 1:
            raise _Bad(line, f"`{attribute.name}` is a whole {sort}, not `{text[:40]}`")
        for bound, wrong, word in ((attribute.low, -1, "less"), (attribute.high, 1, "more")):
            if bound is not None and (exact - Fraction(bound)) * wrong > 0:
                raise _Bad(line, f"`{attribute.name}` is not {word} than {bound}")
        return exact if asset is None else Quantity(exact, asset)


def _yen(text: str) -> Fraction | None:
    """Read an amount of yen: digits, with 円 or yen, or in 兆, 億 and 万 (5億1円, 9,500万円)."""
    plain = re.sub(r"\s*(yen|円)$", "", text)
    match = re.fullmatch(r"(?:([0-9.,]+)兆)?(?:([0-9.,]+)億)?(?:([0-9.,]+)万)?([0-9.,]+)?", plain)
    if match is None or not any(match.groups()[:3]):
        return _number(plain)
    parts = [Fraction(0) if part is None else _number(part) for part in match.groups()]
    if any(part is None for part in parts):
        return None
    return sum(
        (part * unit for part, unit in zip(parts, (10**12, 10**8, 10**4, 1), strict=True) if part is not None),
        Fraction(0),
    )


def _number(text: str) -> Fraction | None:
    """Read digits with `,` or `_` between groups, a decimal point or a fraction bar; no exponent, no NaN."""
    if len(text) > _MAX_DIGITS or not re.fullmatch(r"[+-]?[0-9][0-9,_]*(\.[0-9]+)?(/[0-9]+)?", text):
        return None
    try:
        return Fraction(text.replace(",", "").replace("_", ""))
    except (ValueError, ZeroDivisionError):
        return None


def as_json(facts: Facts) -> str:
    """Return a stable JSON text of what was read, for tests and digests of equal content."""
    data = {
        "kinds": facts.kinds,
        "records": {f"{i}.{a}": [repr(r) for r in rs] for (i, a), rs in sorted(facts.records.items())},
        "members": {f"{i}.{r}": [list(m.ids), m.complete] for (i, r), m in sorted(facts.members.items())},
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True)

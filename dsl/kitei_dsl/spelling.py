"""Names in the spelling of a skin: a vocabulary gives a name two, `custody (預り高)`, and a rule may use either.

Comes in: a file as read and the vocabulary it speaks. Goes out: the same file with each of these names in Japanese, or
each in English; a declaration keeps both in their order. What only the file knows (variables, labels, slots,
parameters, readings, instruments, worlds) has one spelling and stays, and so does a name that would mean another thing in
the other spelling: a variable, a keyword or a value of that name is nearer.
Deliberately not here: keywords, types and units (`skin`); whether a name is declared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from kitei_dsl import core, syntax
from kitei_dsl.frozen import Struct, field, field_names, replace
from kitei_dsl.slips import unusable
from kitei_dsl.syntax import Name, Node
from kitei_dsl.typesystem import CALENDARS_JA

#: Which sort of name each field of a node holds, where it is not a fact, a variable or a value in an expression.
_SORT = {
    (syntax.DatedBy, "attribute"): "fact", (syntax.Attribute, "kind"): "kind", (syntax.Attribute, "type"): "kind",
    (syntax.Role, "kind"): "kind", (syntax.Term, "kind"): "kind", (syntax.Term, "type"): "kind",
    (syntax.NormName, "kind"): "kind", (syntax.Status, "kind"): "kind", (syntax.OfKind, "kind"): "kind",
    (syntax.Slot, "type"): "kind", (syntax.Norm, "kind"): "kind", (syntax.Transition, "kind"): "kind",
    (syntax.Norm, "name"): "norm", (syntax.Transition, "name"): "norm",
    (syntax.Definition, "name"): "fact", (syntax.Otherwise, "name"): "fact", (syntax.Deems, "name"): "fact",
    (syntax.ForEach, "role"): "fact", (syntax.Binds, "status"): "fact", (syntax.Binds, "modes"): "value",
}  # fmt: skip
_SORTS = ("kind", "fact", "value", "norm")


#: Names of the language itself: the calendars.
_OWN = {s: (en, ja) for ja, en in CALENDARS_JA.items() for s in (en, ja)}


class Vocabulary(Struct):
    """Both spellings of names, by sort: `pairs[sort][spelling]` is the pair (English, Japanese), or None where two differ."""

    pairs: dict[str, dict[str, tuple[str, str] | None]] = field(
        default_factory=lambda: {s: {**_OWN} if s == "value" else {} for s in _SORTS}
    )
    #: Parameters, which are seen everywhere and have one spelling.
    single: set[str] = field(default_factory=set)

    def enter(self, sort: str, name: str, alias: str) -> None:
        """Enter a name; one in Japanese has a character that is no ASCII, whichever stands first."""
        pair = (name, alias) if name.isascii() else (alias, name)
        if not alias or pair[0].isascii() == pair[1].isascii():
            pair = (name, name)
        table = self.pairs[sort]
        for spelling in {name, alias} - {""}:
            table[spelling] = pair if table.get(spelling, pair) == pair else None

    def over(self, wider: Vocabulary) -> Vocabulary:
        """Return this vocabulary with what only the wider one knows."""
        pairs = {sort: {**wider.pairs[sort], **self.pairs[sort]} for sort in _SORTS}
        return Vocabulary(pairs, self.single | wider.single)

    def of(self, sort: str, name: str, japanese: bool) -> str:
        """Return the spelling of a name in a skin; the name itself where it has no other."""
        table = self.pairs[sort]
        pair = table.get(name)
        return name if pair is None or table.get(pair[japanese]) != pair else pair[japanese]

    def any(self, name: str, japanese: bool) -> str:
        """Return the spelling of a name of whatever sort in a skin; the name itself where sorts differ."""
        instead = {self.of(sort, name, japanese) for sort in _SORTS if name in self.pairs[sort]}
        return instead.pop() if len(instead) == 1 else name


def declared(files: Iterable[syntax.File]) -> Vocabulary:
    """Return the vocabulary that files declare."""
    found = Vocabulary()
    sorts: dict[type[Node], str] = {
        syntax.Kind: "kind", syntax.Enumeration: "kind", syntax.EnumValue: "value", syntax.Mode: "value",
        syntax.Attribute: "fact", syntax.Role: "fact", syntax.Term: "fact", syntax.Status: "fact", syntax.NormName: "norm",
    }  # fmt: skip
    for file in files:
        for item in file.items:
            if isinstance(item, syntax.Provision):
                found.single |= {line.name.text for line in item.lines if isinstance(line, syntax.Parameter)}
                continue
            for node in syntax.walk(item):
                if isinstance(node, tuple(sorts)):
                    alias = node.alias.name if node.alias else ""  # type: ignore[attr-defined]
                    found.enter(sorts[type(node)], node.name.text, alias)  # type: ignore[attr-defined]
                if isinstance(node, syntax.Status):
                    found.enter("fact", node.record.text, node.record_alias.name if node.record_alias else "")
    return found


def compiled(program: core.Program) -> Vocabulary:
    """Return the vocabulary of a compiled law."""
    found = Vocabulary()
    for kind in program.kinds:
        found.enter("kind", kind.name, kind.alias)
    for e in program.enumerations:
        found.enter("kind", e.name, e.alias)
        for value, alias in zip(e.values, e.aliases, strict=True):
            found.enter("value", value, alias)
    for attribute in program.attributes:
        found.enter("fact", attribute.name, attribute.alias)
    for role in program.roles:
        found.enter("fact", role.name, role.alias)
    for term in program.terms:
        found.enter("fact", term.name, term.alias)
    for norm in program.norm_names:
        found.enter("norm", norm.name, norm.alias)
    found.single |= {p.name.rpartition("#")[2] for p in program.parameters}
    return found


def spelled(file: syntax.File, names: Vocabulary, japanese: bool) -> syntax.File:
    """Return the file with each name in its Japanese, or its English, spelling."""
    return replace(file, items=tuple(_Speller(names, japanese, *_local(item)).node(item) for item in file.items))


def _local(item: Node) -> tuple[frozenset[str], frozenset[str]]:
    """Return the variables and the slots of an item: they are nearer than the vocabulary."""
    nodes = list(syntax.walk(item))
    variables = (getattr(node, name, None) for node in nodes for name in ("variable", "bearer"))
    slots = (node.name.text for node in nodes if isinstance(node, syntax.Slot))
    return frozenset(v.text for v in variables if isinstance(v, Name)), frozenset(slots)


class _Speller(Struct):
    names: Vocabulary
    japanese: bool
    variables: frozenset[str]
    slots: frozenset[str]

    def node(self, node: Any, sort: str = "") -> Any:
        if isinstance(node, tuple):
            return tuple(self.node(x, sort) for x in node)
        if isinstance(node, Name):
            return replace(node, text=self.name(node.text, sort)) if sort else node
        if not isinstance(node, Node):
            return node
        if isinstance(node, syntax.Reference):
            subject = None if node.subject is None else self.node(node.subject)
            return replace(node, name=replace(node.name, text=self.used(node)), subject=subject)
        if isinstance(node, syntax.Replacement) and not node.language:
            return replace(node, old=self.any(node.old), new=self.any(node.new))
        changes = {
            name: self.node(getattr(node, name), _SORT.get((type(node), name), ""))
            for name in field_names(node)
            if name != "span"
        }
        return replace(node, **changes)

    def name(self, name: str, sort: str) -> str:
        """Spell a name where only its sort can stand."""
        instead = self.names.of(sort, name, self.japanese)
        return name if instead in unusable() else instead

    def used(self, node: syntax.Reference) -> str:
        """Spell a name in an expression: of a fact, or a value of an enumeration where no subject follows."""
        if node.subject is None:
            return self.either(node.name.text)
        return self.apart(node.name.text, ("fact",), self.slots)

    def either(self, name: str) -> str:
        """Spell a name that may be of a fact or of a value."""
        return self.apart(name, ("fact", "value"), self.slots | self.variables | self.names.single)

    def any(self, name: str) -> str:
        """Spell a name that a 読替え replaces, or puts in its place: of any sort."""
        return self.apart(name, _SORTS, ())

    def apart(self, name: str, sorts: tuple[str, ...], nearer: Collection[str]) -> str:
        """Spell a name that may be of several sorts, unless that could make it another name."""
        tables = self.names.pairs
        instead = {self.names.of(sort, name, self.japanese) for sort in sorts if name in tables[sort]}
        if len(instead) != 1:
            return name
        (other,) = instead
        taken = [sort for sort in sorts if name not in tables[sort] and other in tables[sort]]
        return name if taken or {name, other} & {*nearer} or other in unusable() else other

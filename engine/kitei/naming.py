"""Names for what a derivation mentions: labels, citations, items and types, looked up in the program.

Comes in: a program and an answer. Goes out: `Wording`s in both languages, citations with their standing, the core
expression a step was made from, and its type. Every name that came from a user is cleaned here, once, so nothing
printed later can act on a terminal. Deliberately not here: any value, any sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any

from kitei.citing import cited_as, citer
from kitei.wording import TITLES
from kitei.world import Program
from kitei_dsl import core
from kitei_dsl.citation import BadAddress, Title, parse_citation
from kitei_dsl.citation_print import print_en, print_ja
from kitei_dsl.core import Wording
from kitei_dsl.diagnostics import escape
from kitei_dsl.frozen import Frozen
from kitei_dsl.signatures import result as call_type
from kitei_dsl.typesystem import ANYTHING, TRUTH, Type, joined, parse_type


@lru_cache(maxsize=1 << 15)
def clean(text: str) -> str:
    """Make a text fit for one line: control and direction characters shown, white space joined."""
    plain = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return escape(" ".join(plain.split()))


class Cite(Frozen):
    """A citation: its address, how it prints, and its standing: in_force, pending, proposal or press."""

    id: str
    ja: str
    en: str
    bucket: str = "in_force"


class Item(Frozen):
    """What a question or a cause is about. `kind`: fact, evaluation, act, slot, unencoded, unverified, term, list, entity."""

    id: str
    kind: str
    label: Wording
    subject: Wording | None = None
    question: Wording | None = None
    cite: Cite | None = None


class Shown(Frozen):
    """A result to be shown: its state, its canonical spelling and its type; `labels` name an entity or a listed value."""

    state: str
    type: str = "anything"
    text: str = ""
    label: Wording | None = None
    values: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()


class Names:
    """Looks up everything an answer mentions."""

    def __init__(self, program: Program, answer: Mapping[str, Any]) -> None:
        self.program, self.citer = program, citer(program)
        self.entities: Mapping[str, Mapping[str, str]] = answer["data"]["entities"]
        self.text, self.known = answer["context"]["text"], answer["context"]["known"]
        self._printed: dict[str, tuple[str, str]] = {}

    # ------------------------------------------------------------------ labels
    def wording(self, words: core.Wording, otherwise: str, alias: str = "") -> Wording:
        """Return a label in both languages, falling back to the other spelling and the name."""
        ja, en = words.ja or alias or words.en or otherwise, words.en or words.ja or otherwise
        return Wording(clean(ja), clean(en))

    def said(self, words: Mapping[str, str] | core.Wording | None) -> Wording | None:
        """Return what the law files say in both languages, or None where they say nothing."""
        if words is None:
            return None
        ja, en = (words.ja, words.en) if isinstance(words, Wording) else (words["ja"], words["en"])
        return Wording(clean(ja or en), clean(en or ja)) if ja or en else None

    def entity(self, id: str) -> Wording:
        found = self.entities.get(id)
        return (
            Wording(clean(id), clean(id))
            if found is None
            else Wording(clean(found["ja"] or id), clean(found["en"] or id))
        )

    def attribute(self, name: str) -> Wording:
        record = self.program.attributes.get(name) or self.program.roles.get(name)
        return Wording(clean(name), clean(name)) if record is None else self.wording(record.label, name, record.alias)

    def term(self, key: str) -> Wording:
        """Return the label of a Resolve key: a term, a norm or a slot."""
        sort, _, rest = key.partition(":")
        if sort == "norm":
            norms = self.program.norms.get(key)
            name = norms[-1].name if norms else rest.rpartition("#")[2]
            norm = self.program.norm_names.get(name)
            return Wording(name, name) if norm is None else self.wording(norm.label, name, norm.alias)
        if sort == "slot":
            return self.slot(rest)
        name = key.partition("@")[0]
        term = self.program.terms.get(name)
        return Wording(clean(name), clean(name)) if term is None else self.wording(term.label, name, term.alias)

    def slot(self, target: str) -> Wording:
        slot = self.slot_declared(target)
        name = target.rpartition("#")[2]
        return self.wording(slot.label, name) if slot else Wording(clean(name), clean(name))

    def slot_declared(self, target: str) -> core.SlotDeclaration | None:
        """Return a slot by its id or by `address#name`."""
        found = self.program.slots.get(target)
        return found or next((s for s in self.program.slots.values() if f"{s.address}#{s.name}" == target), None)

    def imprisonment(self, s: core.Sanction) -> str:
        """Return what the words of a sanction call imprisonment, 拘禁刑, 懲役 or 禁錮; where they do not say, 拘禁刑 for a text of
        the time since it has replaced the others (Act No. 68 of 2022, in force on 2025-06-01), else nothing."""
        version = self.program.versions[s.version]
        said = " ".join([*(m.phrase for m in s.marks), version.plain.ja])
        found = [word for word in ("拘禁刑", "懲役", "禁錮") if word in said]
        if not found and ("/" in version.start or version.start >= "2025-06-01"):
            return "拘禁刑"
        return found[0] if len(found) == 1 else ""

    # ------------------------------------------------------------------ citations
    @cached_property
    def _titles(self) -> dict[str, Title]:
        return {**{k: Title(ja, en) for k, (ja, en) in TITLES.items()}, **self.citer.titles}

    def commencement(self, id: str) -> Wording:
        """Return what a day of commencement that is not fixed is called."""
        fixed = self.program.commencements.get(id)
        cite = self.cite(fixed.cite if fixed and fixed.cite else id.partition("/")[0])
        called = Wording(f"{cite.ja}による施行の日", f"day of commencement ({cite.en})")
        label = fixed.label if fixed else Wording()
        return Wording(clean(label.ja or called.ja), clean(label.en or called.en))

    def cause(self, kind: str, item: str) -> str:
        """Return the kind of a cause as it is told: a day of commencement is fixed by nobody's delegated rule."""
        return "commencement" if item in self.program.commencements else kind

    def cite(self, address: str, version: str | None = None) -> Cite:
        """Return a citation with its tag and standing; of a clause id, that of the clause's own version."""
        clause = self.program.clauses.get(address)
        of = self.program.versions.get(clause.version if clause else version or "")
        plain = cited_as(clause) if clause else address.partition("#")[0].partition("@")[0]
        try:
            parsed = parse_citation(plain)
        except BadAddress:
            return Cite(clean(plain), clean(plain), clean(plain))
        ja, en = self.citer.tag(plain, of)
        single = self.citer.single
        if plain not in self._printed:
            self._printed[plain] = print_ja(parsed, self._titles, single), print_en(parsed, self._titles, single)
        text = self._printed[plain]
        return Cite(plain, clean(text[0] + ja), clean(text[1] + (f" {en}" if en else "")), self.bucket(plain, of))

    def bucket(self, address: str, version: core.Version | None) -> str:
        """Return in which of the four lists a citation stands (answering 3.1)."""
        instrument = self.program.instruments.get(address.partition("/")[0])
        if instrument is None:
            return "in_force"
        if instrument.status == "reported" and instrument.kind != "report":
            return "press"
        if instrument.status != "enacted":
            return "proposal"
        if version is not None and ("/" in version.start or version.start > self.text):
            return "pending"
        return "in_force"

    def short(self, instrument: str) -> Wording:
        """Return the short title citations of an instrument begin with."""
        title = self._titles.get(instrument)
        return (
            Wording(clean(instrument), clean(instrument))
            if title is None
            else Wording(clean(title.ja), clean(title.en))
        )

    # ------------------------------------------------------------------ items
    def item(self, id: str) -> Item:
        """Return what an item of `open`, `would_settle` or `unused_facts` is."""
        if "|" in id:
            expr = self.expression(id)
            cite = self.cite(id.partition("|")[0])
            if isinstance(expr, core.Unencoded):
                return Item(clean(id), expr.cause, self.wording(Wording(expr.reason_ja, expr.reason_en), id), cite=cite)
            return Item(clean(id), "place", Wording(cite.ja, cite.en), cite=cite)
        if (fixed := self.program.commencements.get(id)) is not None:
            return Item(clean(id), "slot", self.commencement(id), cite=self.cite(fixed.cite) if fixed.cite else None)
        if " of " in id:
            key, _, subject = id.rpartition(" of ")
            return Item(clean(id), "term", self.term(key), self.entity(subject) if subject else None)
        if "#" in id:
            slot = self.slot_declared(id)
            cite = self.cite(slot.address, slot.version) if slot else self.cite(id)
            return Item(clean(id), "slot", self.slot(id), cite=cite)
        subject, _, name = id.partition(".")
        if not name:
            return Item(clean(id), "entity", self.entity(subject))
        attribute, role = self.program.attributes.get(name), self.program.roles.get(name)
        question = attribute.question if attribute else role.question if role else Wording()
        kind = attribute.evidence if attribute else "list" if role and role.many else "fact"
        return Item(clean(id), kind, self.attribute(name), self.entity(subject), self.said(question))

    # ------------------------------------------------------------------ places in the core
    def expression(self, path: str) -> core.Expr | None:
        """Return the core expression a step's node names, or None for one that is no expression."""
        owner, _, rest = path.partition("|")
        part, *inner = rest.split(".")
        found: Any = self.program.clauses.get(owner) if part in ("condition", "outcome") else None
        found = found or self.program.norm_by_id.get(owner) or self.program.savings.get(owner)
        if found is None:
            return None
        found = getattr(found, "done" if part in ("done_when_due", "done_when_repealed") else part, None)
        for word in inner:
            if isinstance(found, tuple):
                found = found[int(word)] if word.isdigit() and int(word) < len(found) else None
            else:
                found = getattr(found, word, None)
        return found if isinstance(found, core.KINDS) else None

    def type_of(self, expr: core.Expr | None) -> Type:
        """Return the type of an expression, as its parts declare it."""
        match expr:
            case core.Literal() | core.Parameter():
                return parse_type(expr.type)
            case core.Fact():
                role = self.program.roles.get(expr.attribute)
                attribute = self.program.attributes.get(expr.attribute)
                return Type("entity", role.kind) if role else parse_type(attribute.type) if attribute else ANYTHING
            case core.Use():
                return parse_type(self.program.resolves[expr.resolves].type)
            case core.Call():
                found = call_type(expr.op, [self.type_of(a) for a in expr.args])
                return found if isinstance(found, Type) else ANYTHING
            case core.If():
                return joined(self.type_of(expr.then), self.type_of(expr.otherwise)) or ANYTHING
            case core.Fold():
                plain = {"every": TRUTH, "some": TRUTH, "at_least": TRUTH, "number": Type("number")}
                return plain.get(expr.quantifier) or self.type_of(expr.body)
            case core.At():
                return self.type_of(expr.body)
            case core.Slot():
                return parse_type(self.program.slots[expr.slot].type)
            case _:
                return ANYTHING

    def shown(self, result: Mapping[str, Any], type: Type | str) -> Shown:
        """Return a result of the derivation with what is needed to write it."""
        found = type if isinstance(type, str) else str(type)
        text, sort = str(result.get("value", "")), result.get("sort")
        label: Wording | None = None
        if sort == "entity":
            label = self.entity(text)
        elif sort == "name":
            label = self.listed(text, found)
        values = tuple(clean(str(v)) for v in result.get("values", ()))
        causes = tuple(dict.fromkeys(self.cause(c["kind"], c["item"]) for c in result.get("causes", ())))
        return Shown(result["state"], found, clean(text), label, values, causes)

    def listed(self, value: str, type: str) -> Wording:
        """Return the label of a value of an enumeration (or the name itself, for a calendar)."""
        of = type.partition(":")[2]
        for e in self.program.core.enumerations:
            if e.name == of and value in e.values:
                return self.wording(e.labels[e.values.index(value)], value)
        return Wording(clean(value), clean(value))

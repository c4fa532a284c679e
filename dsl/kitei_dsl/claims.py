"""What the collected law claims of other texts: every address it cites, every number it states, every day of force.

Comes in: the files as written and the compiled program. Goes out: `Cited`, `Stated` and `Dated` claims, each with its place and
the days on which it must hold: those on which its provision is in force, or, outside provisions, the day the cited instrument
states (`text of`). Citations in plain statements, notes, questions and reasons are read too; what is former (旧, former) must
have stood there once, what is present (現行, present) stands there today. Deliberately not here: any official text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Literal

from kitei_dsl import core, syntax
from kitei_dsl.citation import Address, BadAddress, Title
from kitei_dsl.citation import parse as parse_address
from kitei_dsl.coverage import labels_below
from kitei_dsl.declare import split_target
from kitei_dsl.elaborate import literal_of
from kitei_dsl.frozen import Frozen, Struct, field
from kitei_dsl.numerals import IROHA
from kitei_dsl.passage import Known, defined_words
from kitei_dsl.quantities import Quantity
from kitei_dsl.source import Span

#: The same addresses are cited again and again.
parse = lru_cache(maxsize=20_000)(parse_address)


class Days(Frozen):
    """When a claim must hold: on every day from `start` to before `end`; `present`: on the day its instrument states;
    `once`: on some day. `start` is None where it is not fixed yet."""

    start: str | None = None
    end: str | None = None
    when: Literal["during", "present", "once"] = "during"


PRESENT = Days(when="present")
ONCE = Days(when="once")


class Cited(Frozen):
    """An address cited at `span` by the provision `law` (empty outside provisions)."""

    address: Address
    span: Span
    law: str
    days: Days


class Stated(Frozen):
    """A number stated at `span`; it must stand in the own words of one of the addresses `at`.

    Of a corporate fine (両罰規定) `corporate` is where it must stand, or where the words refer to the fine that stands at `at`
    (各本条の罰金刑).
    """

    quantity: Quantity
    shown: str
    span: Span
    law: str
    days: Days
    at: tuple[Address, ...]
    corporate: Address | None = None


class Dated(Frozen):
    """A version of a provision, with the days its words began and ended, when those texts were promulgated, and its marks."""

    version: core.Version
    address: Address
    span: Span
    marks: tuple[tuple[Address, str], ...]


class Claims(Struct):
    """All claims, in the order of the files; `unread` are words that look like a citation and could not be read."""

    cited: list[Cited] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)
    dated: list[Dated] = field(default_factory=list)
    unread: list[tuple[str, Span, str]] = field(default_factory=list)


def claims(
    program: core.Program,
    files: Iterable[syntax.File],
    root: Path | None = None,
    *,
    numbers: bool = True,
    read: dict[str, list[str]] | None = None,
) -> Claims:
    """Collect the claims of the files, and of the reasons of the labels below `root`; without `numbers` only citations.

    `read` holds citations in words that were read before, and takes those read now.
    """
    collector = _Collector(program, numbers)
    if read is not None:
        collector.finder.read = read
    for label in labels_below(root, program) if root is not None else ():
        for text in filter(None, (label.reason.ja, label.reason.en)):
            collector.words(text, label.span, label.key, PRESENT, label.reaches[0].first)
    for file in files:
        for item in file.items:
            collector.item(item)
    return collector.found


def titles(program: core.Program) -> dict[str, Title]:
    """Return the names of the instruments as citations print and read them."""
    return {
        i.id: Title(i.short.ja or i.id, i.short.en or i.id, tuple({i.title.ja, i.title.en} - {"", i.short.ja, i.short.en}))
        for i in program.instruments
    }  # fmt: skip


def known_of(program: core.Program) -> Known:
    """Return what a reader of the citations in plain statements knows."""
    fills = ((c.address.partition("/")[0], c.resolves.removeprefix("fill:").partition("/")[0])
             for c in program.clauses if c.role == "fill" and c.resolves is not None)  # fmt: skip
    egov = {i.id: i.egov for i in program.instruments if i.egov}
    return Known(titles(program), egov, defined_words({i.id: i.kind for i in program.instruments}, fills))


#: Numbers that state nothing of the law: none, one, nothing at all.
_NOTHING = {Quantity("number", Fraction(0)), Quantity("number", Fraction(1)), Quantity("yen", Fraction(0)),
            Quantity("rate", Fraction(0)), Quantity("rate", Fraction(1))}  # fmt: skip
_SPANS = {"day": "days", "week": "weeks", "month": "months", "year": "years"}


class _Collector:
    """Walks the items; `found` fills in the order of the text."""

    def __init__(self, program: core.Program, numbers: bool) -> None:
        self.found = Claims()
        self.numbers = numbers
        self.known = known_of(program)
        self.finder = Finder(self.known, {i.id: i.kind for i in program.instruments})
        self.versions = {(v.address, v.start): v for v in program.versions if not v.applies}
        fixed = {v.address for v in program.versions if "/" not in v.start}
        #: where only a version stands whose start is not fixed: no text has it yet
        self.waiting = {v.address for v in program.versions} - fixed
        #: where a version stood that has ended, and none stands now
        going = {v.address for v in program.versions if v.end is None or "/" in v.end}
        self.former = {v.address: Days(v.start, v.end) for v in program.versions if v.address in fixed - going}

    def item(self, item: syntax.Item) -> None:
        if isinstance(item, syntax.Provision):
            self.provision(item)
            return
        citing = _citing(item)
        within = next((a for n in citing if isinstance(n, syntax.Target) and (a := _address(n))), None)
        for node in citing:
            self.citation(node, None, "", PRESENT, within)

    def provision(self, item: syntax.Provision) -> None:
        """Collect a provision: its own address and days, and what its lines cite and state."""
        address = _address(item.address)
        if address is None:
            return
        start = None if "/" in item.start.text else item.start.text
        until = item.until.moment.text if item.until else None
        days = Days(start, None if until and "/" in until else until)
        law = str(address)
        for node in (item.address, *(n for line in item.lines for n in _citing(line))):
            self.citation(node, address, law, days, address)
        if not self.numbers:
            return
        for line in item.lines:
            if not isinstance(line, syntax.Heading | syntax.Plain):
                self.numbers_of(line, address, law, days)
        version = self.versions.get((law, item.start.text))
        if version is not None:
            marks = [
                (self.place(n.address, address), n.phrase) for n in syntax.walk(item) if isinstance(n, syntax.Mark)
            ]
            self.found.dated.append(
                Dated(version, address, item.start.span, tuple((a, p) for a, p in marks if a is not None))
            )

    # ------------------------------------------------------------------ citations
    def citation(self, node: syntax.Node, own: Address | None, law: str, days: Days, within: Address | None) -> None:
        if isinstance(node, syntax.Target):
            address, version, _ = split_target(node.address)
            if not version and (cited := self.place(address, own)) is not None:
                self.cite(cited, node.span, law, days)
        elif isinstance(node, syntax.Mark):
            if node.address and (cited := self.place(node.address, own)) is not None:
                self.cite(cited, node.span, law, days)
        elif isinstance(node, syntax.Case):
            if (cited := self.place(node.name.text, own)) is not None:
                self.cite(cited, node.name.span, law, days)
        elif isinstance(node, syntax.Bilingual):
            for text in filter(None, (node.ja, node.en)):
                self.words(text, node.span, law, days, within)
        elif isinstance(node, syntax.Choice) and node.source:
            self.words(node.source, node.span, law, days, within)

    def cite(self, address: Address, span: Span, law: str, days: Days) -> None:
        if days.when == "present" and str(address) in self.waiting:
            days = Days()
        elif days.when == "present":
            days = self.former.get(str(address), days)
        if address.article is not None or address.paragraph is not None:
            self.found.cited.append(Cited(address, span, law, days))

    def place(self, text: str, own: Address | None) -> Address | None:
        """Return the address that is written, an item being one of the provision it is written in."""
        try:
            if own is not None and re.fullmatch(r"i[0-9_]+", text):
                return parse(f"{own}/{text}")
            return parse(text) if text else own
        except BadAddress:
            return None

    def words(self, text: str, span: Span, law: str, days: Days, within: Address | None) -> None:
        for address, when in self.finder.cited(text, within, self.found.unread, span, law):
            self.cite(address, span, law, {"during": days, "present": PRESENT, "once": ONCE}[when])

    # ------------------------------------------------------------------ numbers
    def numbers_of(self, line: syntax.Node, own: Address, law: str, days: Days) -> None:
        """Collect the numbers of one statement, which stand at its own address or at those of its marks."""
        marks = [self.place(n.address, own) for n in syntax.walk(line) if isinstance(n, syntax.Mark)]
        items = [self.place(n.name.text, own) for n in syntax.walk(line) if isinstance(n, syntax.Case)]
        places = [self.place(n.place.address, own) for n in syntax.walk(line) if isinstance(n, syntax.ListItem)]
        at = tuple(dict.fromkeys(a for a in (own, *marks, *items, *places) if a is not None))
        for node in syntax.walk(line):
            if isinstance(node, syntax.Corporate):
                self.state(node.amount, law, days, at, self.place(node.target.address, own))
            elif isinstance(node, syntax.Literal | syntax.SpanLiteral | syntax.BusinessDays | syntax.Fold):
                self.state(node, law, days, at)

    def state(
        self, node: syntax.Node, law: str, days: Days, at: tuple[Address, ...], corporate: Address | None = None
    ) -> None:
        quantity = quantity_of(node)
        if quantity is None or quantity in _NOTHING:
            return
        if any(day and quantity == _on(day) for day in (days.start, days.end)):
            return  # the day on which these very words begin or end: compared as a day of force (`Dated`)
        if any(s.span is node.span for s in self.found.stated):
            return  # the amount of a corporate fine, met again as a literal
        shown = " ".join(node.span.source.text[node.span.start : node.span.end].split())
        if isinstance(node, syntax.Fold):
            shown = node.threshold or ""
        self.found.stated.append(Stated(quantity, shown, node.span, law, days, at, corporate))


#: Nodes that cite, and nodes below which nothing does.
_CITING = (syntax.Target, syntax.Mark, syntax.Case, syntax.Bilingual, syntax.Choice)
_LEAVES = (syntax.Name, syntax.Literal, syntax.SpanLiteral, syntax.Target, syntax.Mark, syntax.Bilingual)


def _citing(node: syntax.Node) -> list[syntax.Node]:
    """Return the node and what is below it as far as it cites, in the order of the text.

    A stack instead of `syntax.walk`: this is run over the whole law at every check."""
    found: list[syntax.Node] = []
    stack = [node]
    while stack:
        node = stack.pop()
        if isinstance(node, _CITING):
            found.append(node)
        if not isinstance(node, _LEAVES):
            stack += reversed(list(syntax.children(node)))
    return found


def _on(day: str) -> Quantity:
    from datetime import date

    return Quantity("date", Fraction(date.fromisoformat(day).toordinal()))


def quantity_of(node: syntax.Node) -> Quantity | None:
    """Return the quantity a node states, or None for one that states none."""
    if isinstance(node, syntax.BusinessDays):
        return Quantity("business_days", Fraction(node.count)) if node.count.isdigit() else None
    if isinstance(node, syntax.Fold):
        return Quantity("number", Fraction(node.threshold)) if node.threshold and node.threshold.isdigit() else None
    if isinstance(node, syntax.SpanLiteral):
        unit = _SPANS.get(node.unit.removesuffix("s"))
        return Quantity(unit, Fraction(node.count)) if unit and node.count.isdigit() else None
    if not isinstance(node, syntax.Literal) or node.sort == "truth":
        return None
    read = literal_of(node)
    if isinstance(read, str):
        return None
    value, type_ = read
    if node.sort == "date":
        return _on(value)
    unit = {"money": "yen", "rate": "rate"}.get(node.sort, "number")
    if node.sort == "digits" and str(type_) == "rate":
        unit = "number"
    return Quantity(unit, Fraction(value.split(" ")[0]))


def _address(target: syntax.Target) -> Address | None:
    try:
        return parse(split_target(target.address)[0])
    except BadAddress:
        return None


# --------------------------------------------------------------------------- citations in words

_N = "[0-9一二三四五六七八九十百千]+"
_TAIL = rf"(?:第{_N}項)?(?:第{_N}号(?:の{_N})*)?(?:[{IROHA}](?![ァ-ヴー]))?(?:前段|後段|本文|ただし書|柱書)?"
_JA = re.compile(
    rf"第{_N}条(?:の{_N})*{_TAIL}"
    rf"(?:(?:、|・|及び|又は|若しくは|並びに|から)第{_N}(?:条(?:の{_N})*{_TAIL}|項(?:第{_N}号)?|号(?:の{_N})*))*(?:まで)?"
)
_BEFORE_JA = re.compile(r"[一-龥々ァ-ヴー・]*$")
_EN_NUMBER = r"[0-9]+(?:-[0-9]+)*(?:\((?:[0-9]{1,3}|[ivxl]+(?:-[0-9]+)?|[a-z])\))*"
_EN = re.compile(
    rf"\b[Aa]rt(?:\. {_EN_NUMBER}(?:, (?:first|second) sentence|, proviso|, main clause)?"
    rf"|s\. {_EN_NUMBER}(?:(?:, and |, | and | or | to ){_EN_NUMBER})*)"
)
#: Of articles in the plural, 139-143 is a range; 63-2 is a branch.
_RANGE_EN = re.compile(r"(?<=s\. )([0-9]+)-([0-9]+)$")
_BEFORE_EN = re.compile(r"(?:[A-Za-z-]+ ){0,6}$")
#: Characters before a citation in which the name of its law is looked for.
_NEAR = 80
_FORMER = ("旧", "改正前の", "改正前", "former ")
_WORDS = {"法": "act", "令": "order", "府令": "ordinance"}
_NOW = ("現行の", "現行", "present ")


def _as_range(found: re.Match[str]) -> str:
    return f"{found[1]} to {found[2]}" if int(found[1]) < int(found[2]) else found[0]


class Finder:
    """Finds citations in prose and reads them; a name no instrument has is the name of a law not collected."""

    def __init__(self, known: Known, kinds: Mapping[str, str]) -> None:
        self.known, self.kinds = known, kinds
        #: what was read, by its words and where they stand
        self.read: dict[str, list[str]] = {}
        self.names = tuple(n for n in known.names_ja if not n.isascii())
        self.english = tuple(sorted((t.en for t in known.titles.values() if t.en), key=len, reverse=True))

    def cited(
        self, text: str, within: Address | None, unread: list[tuple[str, Span, str]], span: Span, law: str
    ) -> Iterator[tuple[Address, Literal["during", "present", "once"]]]:
        """Give each place a text cites, and when it must be there; what cannot be read goes to `unread`."""
        ja = "条" in text
        for found in (_JA if ja else _EN).finditer(text) if ja or "rt" in text else ():
            before = text[max(0, found.start() - _NEAR) : found.start()]
            name = (_BEFORE_JA if ja else _BEFORE_EN).search(before)
            title = (self._title_ja if ja else self._title_en)(name[0] if name else "", within)
            if title is None or (within is None and not title):
                unread.append(((name[0] if name and ja else "") + found[0], span, law))
                continue
            stem = before.removesuffix(title)
            when: Literal["during", "present", "once"] = (
                "once" if stem.endswith(_FORMER) else "present" if stem.endswith(_NOW) else "during"
            )
            words = title + (found[0].replace("・", "、") if ja else _RANGE_EN.sub(_as_range, found[0]))
            places = self.places(words, within)
            if not places:
                unread.append((title + found[0], span, law))
            yield from ((parse(place), when) for place in places)

    def places(self, words: str, within: Address | None) -> list[str]:
        """Return the places a citation names, the ends of a range; none where it cannot be read."""
        key = f"{words} @ {within or ''}"
        if key not in self.read:
            # The readers are loaded only where there is a citation that was not read before.
            from kitei_dsl.citation_read import read_passage

            try:
                reaches = read_passage(words, self.known, within).reaches
            except BadAddress:
                reaches = ()
            self.read[key] = [str(a) for r in reaches for a in (r.first, r.last) if a is not None]
        return self.read[key]

    def _title_ja(self, before: str, within: Address | None) -> str | None:
        """Return the title right before a number, empty for none, None for that of a law not collected."""
        for name in self.names:
            if before.endswith(name):
                return name
        word = before.removeprefix("旧").removeprefix("現行")
        if word in _WORDS:
            here = within.instrument if within else ""
            # An ordinance that calls itself 府令: its own article is meant.
            own = _WORDS[word] == self.kinds.get(here) and word not in self.known.defined.get(here, {})
            return "" if own else word
        return None if before.endswith(("法", "令", "規則", "規程", "条約", "附則")) else ""

    def _title_en(self, before: str, within: Address | None) -> str | None:
        for name in self.english:
            if f" {before}".endswith(f" {name} "):
                return f"{name} "
        last = before.split(" ")[-2] if " " in before else ""
        return (
            None if last in ("Act", "Code", "Order", "Ordinance", "Law") or (last.isupper() and len(last) > 1) else ""
        )

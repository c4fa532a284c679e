"""Declared names to core records: kinds, enumerations, attributes, roles, terms, norms, readings, instruments,
commencements and worlds. Comes in: `Names`. Goes out: lists of core records, in the order of the files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from kitei_dsl import core, syntax
from kitei_dsl.declare import Names, plain_address, status_of
from kitei_dsl.diagnostics import Diagnostic, diagnostic
from kitei_dsl.elaborate import literal_of
from kitei_dsl.parser_table import is_japanese
from kitei_dsl.timeline import OutsideCalendar, Span, forward
from kitei_dsl.typesystem import fits, parse_type

_ISO = re.compile(r"\d{4}-\d\d-\d\d")


def wording(words: syntax.Bilingual | None) -> core.Wording:
    """Return what is said in both languages; empty where nothing is."""
    return core.Wording() if words is None else core.Wording(words.ja or "", words.en or "")


def said(lines: Iterable[syntax.Node], kind: type[syntax.Node]) -> core.Wording:
    """Return the words of the first line of a kind (label, question, note)."""
    for line in lines:
        if type(line) is kind:
            return wording(getattr(line, "words", None))
    return core.Wording()


def cited(lines: Iterable[syntax.Node]) -> tuple[str, ...]:
    """Return the addresses of the `cite` lines."""
    return tuple(t.address for line in lines if isinstance(line, syntax.Cites) for t in line.targets)


def literal(node: syntax.Expr | None, expected: str, found: list[Diagnostic]) -> str | None:
    """Return the canonical spelling of a literal of a type, or report and return None."""
    if node is None:
        return None
    negative = isinstance(node, syntax.Negative)
    inner = node.operand if isinstance(node, syntax.Negative) else node
    if isinstance(inner, (syntax.Literal, syntax.SpanLiteral)):
        read = literal_of(inner)
        if isinstance(read, tuple) and fits(read[1], parse_type(expected)):
            return f"-{read[0]}" if negative else read[0]
        found.append(diagnostic("wrong-type", node.span, expected=expected, hint="",
                                found=str(read[1]) if isinstance(read, tuple) else read))  # fmt: skip
        return None
    if isinstance(inner, syntax.Reference) and inner.subject is None:
        return inner.name.text
    found.append(diagnostic("not-constant", node.span))
    return None


def _alias(alias: syntax.Alias | None) -> str:
    return alias.name if alias else ""


def kinds(names: Names) -> Iterable[core.Kind]:
    for k in names.kinds.values():
        dated = next((line.attribute.text for line in k.lines if isinstance(line, syntax.DatedBy)), None)
        dated = names.canonical("attribute", dated) or dated if dated else None
        yield core.Kind(
            k.name.text, _alias(k.alias), said(k.lines, syntax.Label), said(k.lines, syntax.Question), dated
        )


def enumerations(names: Names) -> Iterable[core.Enumeration]:
    for e in names.enumerations.values():
        values = [line for line in e.lines if isinstance(line, syntax.EnumValue)]
        yield core.Enumeration(
            e.name.text, _alias(e.alias), said(e.lines, syntax.Label),
            tuple(v.name.text for v in values), tuple(wording(v.words) for v in values), tuple(_alias(v.alias) for v in values),
        )  # fmt: skip


def attributes(names: Names, found: list[Diagnostic]) -> Iterable[core.Attribute]:
    evidence = {"evaluation": "evaluation", "act of authority": "act"}
    for a in names.attributes.values():
        kind, of = names.type_named(a.type.text), names.canonical("kind", a.kind.text)
        if kind is None or of is None:
            continue
        bound = next((f for f in a.flags if f.word == "between"), None)
        yield core.Attribute(
            a.name.text, _alias(a.alias), of, str(kind),
            next((evidence[f.word] for f in a.flags if f.word in evidence), "fact"),
            any(f.word == "if any" for f in a.flags),
            literal(bound.low, str(kind), found) if bound else None,
            literal(bound.high, str(kind), found) if bound else None,
            said(a.lines, syntax.Label), said(a.lines, syntax.Question), cited(a.lines),
        )  # fmt: skip


def roles(names: Names) -> Iterable[core.Role]:
    for role, other, relation in names.roles.values():
        kind, of = names.canonical("kind", role.kind.text), names.canonical("kind", other.kind.text)
        if kind is None or of is None:
            continue
        yield core.Role(
            role.name.text, _alias(role.alias), relation.name.text, kind, of, other.name.text, role.cardinality == "many",
            said(role.lines, syntax.Label), said(role.lines, syntax.Question),
        )  # fmt: skip


def terms(names: Names) -> Iterable[core.Term]:
    for t in names.terms.values():
        kind, of = names.type_named(t.type.text), names.canonical("kind", t.kind.text)
        if kind is None or of is None:
            continue
        yield core.Term(t.name.text, _alias(t.alias), of, str(kind), t.combination,
                        said(t.lines, syntax.Label), said(t.lines, syntax.Question), cited(t.lines))  # fmt: skip


def norm_names(names: Names) -> Iterable[core.NormName]:
    for n in names.norms.values():
        of = names.canonical("kind", n.kind.text) or n.kind.text
        yield core.NormName(n.name.text, _alias(n.alias), of, said(n.lines, syntax.Label), said(n.lines, syntax.Note))


def readings(names: Names) -> Iterable[core.Reading]:
    for r in names.readings.values():
        choices = [line for line in r.lines if isinstance(line, syntax.Choice)]
        yield core.Reading(
            r.name.text, said(r.lines, syntax.Label), tuple(c.name.text for c in choices),
            tuple(wording(c.words) for c in choices), tuple(c.source or "" for c in choices), cited(r.lines),
        )  # fmt: skip


def instruments(names: Names) -> Iterable[core.Instrument]:
    for i in names.instruments.values():
        said_of = {line.key: line.value for line in i.lines}

        def text(key: str, default: str = "", said_of: Mapping[str, object] = said_of) -> str:
            value = said_of.get(key, default)
            return value if isinstance(value, str) else default

        def words(key: str, said_of: Mapping[str, object] = said_of) -> core.Wording:
            value = said_of.get(key)
            return wording(value) if isinstance(value, syntax.Bilingual) else core.Wording()

        single = said_of.get("single", ())
        title = words("title")
        yield core.Instrument(
            i.name.text, text("type", "act"), status_of(i), title,
            words("short") if words("short").ja else title, words("number"), text("egov"), text("source"),
            text("text_of"), text("grade"),
            tuple(plain_address(t.address) for t in single) if isinstance(single, tuple) else (),
        )  # fmt: skip


def bounds_of(c: syntax.Commencement) -> dict[str, str]:
    """Return the bounds of a commencement as days. One counted from the promulgation (公布の日から起算して…を超えない範囲内)
    has no day until there is one: it stays open."""
    found: dict[str, str] = {}
    for bound in c.bounds:
        if bound.length is None:
            found[bound.word] = bound.day
        elif c.promulgated and (day := _counted(c.promulgated, bound.length)):
            found[bound.word] = day
    return found


def _counted(promulgated: str, length: syntax.SpanLiteral) -> str | None:
    """Return the last day of a length counted from a day, that day included (Civil Code 138, 143)."""
    read = literal_of(length)
    if not isinstance(read, tuple):
        return None
    count, unit = read[0].split()
    try:
        span = Span(int(count), unit)  # type: ignore[arg-type]
        return forward(date.fromisoformat(promulgated), span, first_day_included=True, roll="none").raw_end.isoformat()
    except (ValueError, OutsideCalendar):
        return None


def commencements(names: Names) -> Iterable[core.Commencement]:
    for c in names.commencements.values():
        bounds = bounds_of(c)
        yield core.Commencement(
            c.address.address, c.promulgated or "", bounds.get("earliest"), bounds.get("latest"),
            c.cite.address if c.cite else "", c.grade or "", wording(c.label.words if c.label else None),
        )  # fmt: skip


#: The law in force on the day asked: there whether it is declared or not.
CURRENT = core.World(
    "current", core.Wording("現行法（尋ねた日に施行されている法令）", "law in force on the day asked"), (), (), (), ()
)


def worlds(names: Names, found: list[Diagnostic]) -> Iterable[core.World]:
    if CURRENT.name not in names.worlds:
        yield CURRENT
    for w in names.worlds.values():
        supposes = [(x.instrument.text, x.day) for x in w.lines if isinstance(x, syntax.Suppose)]
        only = [t.address for x in w.lines if isinstance(x, syntax.Only) for t in x.targets]
        without = [t.address for x in w.lines if isinstance(x, syntax.Without) for t in x.targets]
        assumes = []
        for line in w.lines:
            if isinstance(line, syntax.Assume):
                value = assumed(line.value, found)
                if value is not None:
                    assumes.append(core.Assumption(line.target.address, value, line.by or ""))
        found += _outside(names, w, {a.target: a.value for a in assumes})
        yield core.World(
            w.name.text, said(w.lines, syntax.Label), tuple(supposes), tuple(only), tuple(without), tuple(assumes)
        )


def _outside(names: Names, world: syntax.World, assumes: Mapping[str, str]) -> Iterable[Diagnostic]:
    """Report the days on which a world lets something commence though the law that fixes them does not allow it: days
    assumed, and those that follow from what is supposed in force."""
    for line in world.lines:
        days = {}
        if isinstance(line, syntax.Suppose):
            inside = f"{line.instrument.text}/"
            days = {id: line.day for id in names.commencements if id.startswith(inside) and id not in assumes}
        elif isinstance(line, syntax.Assume) and line.target.address in names.commencements:
            days = {line.target.address: assumes.get(line.target.address, "")}
        for address, day in days.items():
            commencement = names.commencements[address]
            bounds = bounds_of(commencement)
            low, high = bounds.get("earliest") or commencement.promulgated or "", bounds.get("latest") or ""
            if not _ISO.fullmatch(day) or ((not low or low <= day) and (not high or day <= high)):
                continue
            fix = f"仮定 {address} = 日付" if is_japanese(line.span.source.text) else f"assume {address} = DAY"
            told = " ".join(f"{word} {bound}" for word, bound in (("from", low), ("to", high)) if bound)
            told_ja = "".join(f"{bound}{word}" for word, bound in (("から", low), ("まで", high)) if bound)
            yield diagnostic("commences-outside", line.span, law=address, name=world.name.text, address=address, day=day,
                             allowed=told, allowed_ja=told_ja, fix=fix)  # fmt: skip


def assumed(node: syntax.Expr, found: list[Diagnostic]) -> str | None:
    """Return the canonical spelling of an assumed value: a literal, or `a/b` of two whole numbers."""
    if isinstance(node, syntax.Arithmetic) and node.sign == "/":
        parts = [literal(side, "number", found) for side in (node.left, node.right)]
        return None if None in parts else f"{parts[0]}/{parts[1]}"
    if isinstance(node, (syntax.Literal, syntax.SpanLiteral)):
        read = literal_of(node)
        if isinstance(read, str):
            found.append(diagnostic("wrong-literal", node.span, text=node.span.source.text[node.span.start : node.span.end],
                                    type="a value", reason=read, hint=""))  # fmt: skip
            return None
        return read[0]
    return literal(node, "anything", found)

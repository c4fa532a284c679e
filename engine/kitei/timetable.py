"""The course of an answer over time as a page and as data: from when to when, with which result, and what changed it.

Comes in: a `Course`. Goes out: a `Document` in one language, or JSON-ready data. Each span says its result in the words a
page of that day would use. Deliberately not here: which days count (`changes`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kitei import wording
from kitei.answer import Ask
from kitei.awaited import earliest
from kitei.changes import Change, Course, Span
from kitei.cited import with_provisions
from kitei.document import Block, Document, Entry, Heading, Line, Listing, Paragraph, Run, Table, line_of
from kitei.explain import Explanation, explain, reduced
from kitei.goals import named
from kitei.naming import Names, clean
from kitei.render import ending
from kitei.sentences import Sentences
from kitei.unfixed import worlds_with_a_day
from kitei.wording import Lang, pick
from kitei.world import Program
from kitei_dsl.core import Wording
from kitei_dsl.frozen import replace

SCHEMA = "kitei/timeline@1"


def course_page(course: Course, program: Program, ask: Ask, lang: Lang) -> Document:
    """Return the course of an answer as a page."""
    answered = [(s, explain(s.point.answer, program)) for s in course.spans if s.point.answer is not None]
    page = Document(lang, tuple(_blocks(course, program, ask, lang)))
    provisions = {
        p: None
        for span, x in answered
        if span.point.answer is not None
        for p in with_provisions(page, x, span.point.answer).provisions
    }
    known = [p for p in provisions if p.interval or p.plain]
    bare = [p for p in provisions if p.ref not in {k.ref for k in known}]
    return replace(page, provisions=(*known, *bare))


def _blocks(course: Course, program: Program, ask: Ask, lang: Lang) -> Iterator[Block]:
    first, last = course.spans[0], course.spans[-1]
    any_answer = next((s.point.answer for s in course.spans if s.point.answer is not None), None)
    if any_answer is None:
        any_answer = _unanswered(program, ask, first)
    names, said = Names(program, any_answer), Sentences(lang, program, any_answer, "timeline")

    def line(macro: str, *args: object) -> Line:
        return line_of(said.say(macro, *args))

    yield Heading(1, line("title", _goals(names, program, ask)))
    end = last.last.isoformat() if last.last else None
    yield Paragraph(line("scope", first.first.isoformat(), end, ask.text_on, ask.known_on))
    world = program.worlds[ask.world]
    yield Paragraph(line("world", names.wording(world.label, ask.world), clean(ask.world)))
    yield Paragraph(line("facts", clean(any_answer["facts"]["file"].replace("\\", "/").rpartition("/")[2])))
    x = explain(any_answer, program)
    for a in any_answer["assumptions"]:
        yield Paragraph(line("assumption", x.assumption(a)))
    if not any_answer["assumptions"]:
        yield Paragraph(line("no_assumption"))
    for id in _awaited(course):
        yield Paragraph(line("unfixed", *_of_commencement(names, program, id)))
    yield Heading(2, line("caption", len(course.spans)))
    table = Table(
        (Run(pick(wording.COURSE_CAPTION, lang)),),
        tuple((Run(pick(pair, lang)),) for pair in wording.COURSE_HEADS.values()),
        tuple(_Row(s, program, lang, any_answer).cells() for s in course.spans),
    )
    yield Listing(tuple(_entry(row, table.heads, lang) for row in table.rows), table)
    yield Paragraph(line("complete", course.asked, course.computed))
    if course.cut is not None:
        yield Paragraph(line("cut", course.cut.isoformat()))
    yield Paragraph(())
    yield from ending(any_answer, program, x, lang)


def _awaited(course: Course) -> list[str]:
    """Return the commencements without a day that some span awaits, each once."""
    return list(dict.fromkeys(id for s in course.spans for id in s.awaits))


def _of_commencement(names: Names, program: Program, id: str) -> tuple[Wording, str | None, list[tuple[str, Wording]]]:
    """Return what a commencement is called, the last day there can be, and the worlds in which it has a day."""
    c = program.commencements[id]
    worlds = [(clean(w.name), names.wording(w.label, w.name)) for w in worlds_with_a_day(program, id)]
    return names.wording(c.label, id), c.latest, worlds


def _unanswered(program: Program, ask: Ask, span: Span) -> dict[str, Any]:
    """Return an answer without content, for a course that is refused on every day."""
    day = span.first.isoformat()
    context = {"at": day, "text": ask.text_on or day, "known": ask.known_on or day, "pinned": ask.text_on is not None,
               "hypothetical": False}  # fmt: skip
    data: dict[str, Any] = {"goals": list(ask.goals), "norms": [], "terms": [], "derivation": {"contexts": [], "steps": []},
            "findings": [], "would_settle": [], "unused_facts": [], "not_seen": [], "entities": {}}  # fmt: skip
    return {"ruleset": {"digest": program.digest}, "facts": {"digest": "", "file": ""}, "world": ask.world, "assumptions": [],
            "as_of": day, "context": context, "data": data, "diagnostics": []}  # fmt: skip


def _goals(names: Names, program: Program, ask: Ask) -> list[Wording]:
    """Return the labels of what is asked."""
    norms = {s: n for n in program.norm_names.values() for s in (n.name, n.alias) if s}
    found = []
    for goal in (named(program, g) for g in ask.goals):
        norm = norms.get(goal.partition("@")[0])
        terms = (t.name for t in program.terms.values() if goal.partition("@")[0] in (t.name, t.alias))
        found.append(names.wording(norm.label, norm.name, norm.alias) if norm else names.term(next(terms, clean(goal))))
    return found


def _entry(row: tuple[tuple[Line, ...], ...], heads: tuple[Line, ...], lang: Lang) -> Entry:
    """Return a row as an entry: its days, its results, and what changed."""
    days, results, changes = row
    colon = Run(pick(("：", ": "), lang))
    return Entry(
        days[0],
        (*(Entry(x) for x in results), Entry((*heads[2], colon, *changes[0]), tuple(Entry(x) for x in changes[1:]))),
    )


class _Row:
    """One span in words."""

    def __init__(self, span: Span, program: Program, lang: Lang, otherwise: Mapping[str, Any]) -> None:
        self.span, self.program, self.lang = span, program, lang
        self.answer = otherwise if span.point.answer is None else span.point.answer
        self.said = Sentences(lang, program, self.answer, "timeline")
        self.x: Explanation = explain(self.answer, program)

    def line(self, macro: str, *args: object) -> Line:
        return line_of(self.said.say(macro, *args))

    def cells(self) -> tuple[tuple[Line, ...], ...]:
        first, last = self.span.first.isoformat(), self.span.last.isoformat() if self.span.last else None
        days = self.line("one_day", first) if first == last else self.line("days", first, last)
        changes = tuple(self.change(c) for c in self.span.changes)
        return (days,), tuple(self.results()), changes or (self.line("begins"),)

    def results(self) -> Iterator[Line]:
        if self.span.point.answer is None:
            yield self.line("refused", clean(self.span.point.refused))
            return
        for t in self.x.terms:
            yield self.line("term", t)
            yield from (self.line("term_reading", choices, shown) for choices, shown in t.by_reading)
            yield from (self.line("cause", kind, item) for kind, item in t.causes)
        for c in self.x.conclusions:
            yield self.line("norm", c)
            yield from (self.line("reading", choices, c, *results) for choices, *results in reduced(c.by_reading))
            yield from (self.line("cause", kind, item) for kind, item in c.causes)
        if not self.x.terms and not self.x.conclusions:
            yield self.line("nothing")
        for id in self.span.awaits:
            label, latest, _ = _of_commencement(self.x.names, self.program, id)
            over = latest if latest and (self.span.last is None or latest <= self.span.last.isoformat()) else None
            yield self.line("awaits", label, over)
        if self.span.certain:
            yield self.line("certain")

    def change(self, c: Change) -> Line:
        """Return what happened, in words."""
        names = self.x.names
        match c.kind:
            case "fact" | "event":
                return self.line(c.kind, names.item(c.item))
            case "commencement":
                return self.line(c.kind, names.wording(self.program.commencements[c.item].label, c.item))
            case "passed":
                return self.line(c.kind)
            case "due_passed" | "last_day_passed" | "performed":
                return self.line(c.kind, names.cite(c.norm, c.version), names.entity(c.item) if c.item else None, c.day)
            case _:
                version = self.program.versions[c.version]
                return self.line(c.kind, names.cite(version.address, c.version), names.said(version.heading))


# --------------------------------------------------------------------------- data


def course_data(course: Course, program: Program, ask: Ask) -> dict[str, Any]:
    """Return the course as JSON-ready data: per span the norms and terms of the answer, what changed, and whether it is
    certain that no fact not yet given would alter it."""
    spans = []
    asked = [named(program, g) for g in ask.goals]
    goals = {n for n, t in program.terms.items() for g in asked if g.partition("@")[0] in (t.name, t.alias)}
    for s in course.spans:
        answer = s.point.answer
        spans.append({
            "first": s.first.isoformat(), "last": s.last.isoformat() if s.last else None, "refused": s.point.refused or None,
            "hypothetical": bool(answer and answer["context"]["hypothetical"]), "certain": s.certain,
            "awaits": list(s.awaits),
            "norms": [_norm(n, i) for n in answer["data"]["norms"] for i in n["instances"]] if answer else [],
            "terms": [_term(t) for t in answer["data"]["terms"] if t["name"] in goals] if answer else [],
            "changes": [{k: v for k, v in (("kind", c.kind), ("version", c.version), ("item", c.item), ("norm", c.norm), ("day", c.day)) if v}
                        for c in s.changes],
        })  # fmt: skip
    digests = {k: next((s.point.answer[k] for s in course.spans if s.point.answer), None) for k in ("ruleset", "facts")}
    unfixed = [
        {"commencement": c.id, "label": {"ja": c.label.ja, "en": c.label.en}, "promulgated": c.promulgated,
         "earliest": earliest(c).isoformat(), "latest": c.latest, "worlds": [w.name for w in worlds_with_a_day(program, c.id)]}
        for c in (program.commencements[id] for id in _awaited(course))
    ]  # fmt: skip
    return {"schema": SCHEMA, **digests, "world": ask.world, "goals": asked, "text_on": ask.text_on, "known_on": ask.known_on,
            "data": {"spans": spans, "unfixed": unfixed, "asked": course.asked, "computed": course.computed,
                     "cut": course.cut.isoformat() if course.cut else None}}  # fmt: skip


def _norm(norm: Mapping[str, Any], i: Mapping[str, Any]) -> dict[str, Any]:
    readings = [{k: a[k] for k in ("readings", "status", "due")} for a in i.get("by_reading", ())]
    kept = {k: i[k] for k in ("instance", "status", "due", "performed", "open")}
    return {
        "key": norm["key"],
        "name": norm["name"],
        "bearer": norm["bearer"],
        "cite": norm["cite"],
        **kept,
        "by_reading": readings,
    }


def _term(term: Mapping[str, Any]) -> dict[str, Any]:
    readings = [
        {"readings": a["readings"], "state": a["state"], "value": a.get("value")} for a in term.get("by_reading", ())
    ]
    return {
        **{k: term[k] for k in ("key", "name", "subject", "state", "value", "values", "open")},
        "by_reading": readings,
    }

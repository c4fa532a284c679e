"""An answer as a page a lawyer reads: the explanation, put in words and in order, in Japanese or English.

Comes in: an answer and its program. Goes out: text (or the answer's own canonical JSON). The order is fixed: what law and
days, what is supposed, conclusions, deadlines, sanctions, what is open, grounds, notes, the end. Sentences come from one
template per language over the tree of `explain`; citations, days and numbers are the same in both. Deliberately not here:
any value (`explain` reads them from the answer) and how a page is laid out (`document`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeAlias

from kitei import wording
from kitei.cited import with_provisions
from kitei.deadlines import IDLE, OUGHT, DueWords, due_rows
from kitei.document import Block, Document, Entry, Heading, Listing, Paragraph, as_text, line_of
from kitei.explain import Conclusion, Explanation, TermConclusion, explain, reduced
from kitei.html import as_html
from kitei.markdown import as_markdown
from kitei.naming import Cite, Item, clean
from kitei.sentences import Sentences
from kitei.steps import Node, Seen
from kitei.wording import Lang, pick
from kitei.world import Program
from kitei_dsl import core
from kitei_dsl.core import Wording

DEPTHS = (1, 3)
FORMATS = ("text", "md", "html", "json")
WIDTH = 88
Part: TypeAlias = Conclusion | TermConclusion


def render(
    answer: Mapping[str, Any],
    program: Program,
    *,
    lang: Lang = "ja",
    format: str = "text",
    depth: int = 1,
    width: int = WIDTH,
) -> str:
    """Render an answer of `kitei.answer`. Depth 1 is the page a client is sent, 3 adds every step of the derivation."""
    if format == "json":
        return json.dumps(answer, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    return written(document(answer, program, lang=lang, depth=depth), format, width)


def written(page: Document, format: str, width: int = WIDTH) -> str:
    """Write a page in a format: plain text, Markdown or one HTML file."""
    match format:
        case "text":
            return as_text(page, width)
        case "md":
            return as_markdown(page)
        case "html":
            return as_html(page)
        case _:
            raise ValueError(f"no format is called {format!r}; there are {', '.join(FORMATS)}")


def document(answer: Mapping[str, Any], program: Program, *, lang: Lang = "ja", depth: int = 1) -> Document:
    """Return the page of an answer as blocks, for any writer."""
    if lang not in wording.LANGS:
        raise ValueError(f"no language is called {lang!r}; there are {', '.join(wording.LANGS)}")
    if depth not in DEPTHS:
        raise ValueError(f"depth is one of {DEPTHS}, not {depth}")
    explanation = explain(answer, program)
    page = (_Page if depth == 3 else _One)(answer, program, explanation, lang)
    return with_provisions(Document(lang, tuple(page.blocks(depth))), explanation, answer)


def lead(
    answer: Mapping[str, Any], program: Program, explanation: Explanation, lang: Lang, shown: Iterable[Conclusion]
) -> Iterator[Block]:
    """Give what every page about an answer says under its title: law and days, world, facts, what is assumed; and what
    kinds of matter it contains, by the conclusions it shows."""
    page = _Page(answer, program, explanation, lang)
    page.shown = tuple(shown)
    _, *blocks = page.head()
    return iter(blocks)


def ending(answer: Mapping[str, Any], program: Program, explanation: Explanation, lang: Lang) -> Iterator[Block]:
    """Give what every page about an answer ends with: the rules used, and what the page is not."""
    yield from _Page(answer, program, explanation, lang).footing()


class _Page:
    def __init__(self, answer: Mapping[str, Any], program: Program, explanation: Explanation, lang: Lang) -> None:
        self.answer, self.data, self.program, self.x, self.lang = answer, answer["data"], program, explanation, lang
        self.names, self.shown = explanation.names, explanation.conclusions
        self.context = answer["context"]
        self.hypothetical = bool(self.context["hypothetical"])
        self.sentences = Sentences(lang, program, answer)
        world = program.worlds.get(answer["world"])
        self.supposes = world.supposes if world else ()
        self.world = self.names.wording(world.label if world else Wording(), answer["world"])

    def say(self, macro: str, *args: object) -> str:
        """Return one sentence."""
        return self.sentences.say(macro, *args)

    def entry(self, macro: str, *args: object, below: Iterable[Entry] = ()) -> Entry:
        return Entry(line_of(self.say(macro, *args)), tuple(below))

    def paragraph(self, macro: str, *args: object) -> Paragraph:
        return Paragraph(line_of(self.say(macro, *args)))

    def heading(self, name: str) -> Heading:
        return Heading(2, line_of(pick(wording.HEADINGS[name], self.lang)))

    def none(self) -> Paragraph:
        return Paragraph(line_of(pick(wording.NONE, self.lang)))

    def listing(self, entries: Iterable[Entry]) -> Block:
        found = tuple(entries)
        return Listing(found) if found else self.none()

    # ------------------------------------------------------------------ the page
    def blocks(self, depth: int) -> Iterator[Block]:
        yield from self.head()
        yield self.heading("conclusion")
        yield from self.conclusions()
        yield self.heading("deadlines")
        yield self.due_list()
        yield self.heading("sanctions")
        yield from self.sanctions()
        yield self.heading("open")
        yield from self.open()
        yield self.heading("grounds")
        yield from self.grounds()
        yield self.heading("notes")
        yield self.listing(self.notes())
        if depth == 3:
            yield self.heading("derivation")
            yield self.listing(self.derivation())
            yield self.heading("plain")
            yield self.listing(self.entry("plain", g) for g in self.x.grounds if g.plain)
        yield Paragraph(())
        yield from self.end()

    def head(self) -> Iterator[Block]:
        bearers = list(dict.fromkeys([*(c.bearer for c in self.x.conclusions), *(t.subject for t in self.x.terms)]))
        yield Heading(1, line_of(self.say("title", bearers, self.answer["as_of"])))
        assumptions = self.answer["assumptions"]
        if self.hypothetical:
            yield self.paragraph("hypothetical", self.context)
            if assumptions or self.supposes:
                yield self.paragraph("supposed", self.world)
        if kinds := self.say("page_kind", sorted({c.cite.bucket for c in self.shown})):
            yield Paragraph(line_of(kinds))
        yield self.paragraph("axes", self.context)
        yield self.paragraph("world", self.world, clean(self.answer["world"]))
        yield self.paragraph("facts", self.x.steps.file)
        for d in self.answer["diagnostics"]:
            if d["slug"] == "promulgated-later":
                i = self.program.instruments[d["law"]]
                yield self.paragraph("promulgated_later", self.names.wording(i.short, i.id))
        for id, day in self.supposes:
            instrument = self.program.instruments[id]
            yield self.paragraph("suppose", self.names.wording(instrument.title, id), day)
        for a in assumptions:
            yield self.paragraph("assumption", self.x.assumption(a))
        if not assumptions and not self.supposes:
            yield self.paragraph("no_assumption")

    # ------------------------------------------------------------------ 1 conclusions
    def conclusions(self) -> Iterator[Block]:
        if not self.x.conclusions and not self.x.terms:
            yield self.paragraph("nothing_asked")
        parts: list[Part] = [*self.x.conclusions, *self.x.terms]
        resting = dict.fromkeys(e for part in parts for e in part.evaluations)
        if resting:
            yield self.paragraph("by_evaluation", list(resting))
        if self.x.terms:
            yield Listing(tuple(self.term(t) for t in self.x.terms))
        for statuses, actual, supposed in wording.REGISTER:
            found = [c for c in self.x.conclusions if c.status in statuses]
            if found:
                yield Heading(3, line_of(pick(supposed if self.hypothetical else actual, self.lang)))
                if statuses == ("not-in-force",):
                    yield Listing(tuple(self.brief(found)))
                else:
                    yield Listing(tuple(self.row(c) for c in found))

    def brief(self, conclusions: Iterable[Conclusion]) -> Iterator[Entry]:
        """Give one line per reason why norms are not in force, naming each norm once."""
        groups: dict[tuple[str, bool], dict[Cite, Conclusion]] = {}
        for c in conclusions:
            absence = "" if self.hypothetical else c.absence
            groups.setdefault((absence, c.cite.bucket == "press"), {}).setdefault(c.cite, c)
        yield from (self.entry("brief", list(norms.values())) for norms in groups.values())

    def term(self, t: TermConclusion) -> Entry:
        below = [self.entry("row_evaluation", t.evaluations)] if t.evaluations else []
        below += [self.entry("term_reading", choices, shown) for choices, shown in t.by_reading]
        below += [self.entry("cause", kind, item) for kind, item in t.causes]
        if t.cites and t.grade != "A":
            below.append(self.entry("grade", t.cites[0], t.grade))
        return self.entry("term", t, below=below)

    def row(self, c: Conclusion) -> Entry:
        below = [self.entry("row_evaluation", c.evaluations)] if c.evaluations else []
        below.append(self.entry("sentence", c))
        if c.status not in IDLE:
            if c.due:
                below.append(self.entry("due", c))
            elif c.promptness and c.modality in OUGHT:
                below.append(self.entry("promptness", c))
            elif c.due_open:
                below.append(self.entry("due_open", c.due_open))
            if c.content:
                below.append(self.entry("content", c.content))
            if c.performed:
                below.append(self.entry("performed", c))
            if c.towards:
                below.append(self.entry("towards", c.towards))
        if c.deciding:
            below.append(self.entry("because", c))
        elif c.because and c.status != "disapplied":
            below.append(self.entry("basis", c))
        if c.by_reading and not reduced(c.by_reading):
            points = dict.fromkeys(point for a in c.by_reading for point, _ in a[0])
            below.append(self.entry("any_reading", list(points)))
        else:
            below += [self.entry("reading", choices, c, *results) for choices, *results in c.by_reading]
        if c.readings:
            below.append(self.entry("chosen", c.readings))
        if c.repealed_on:
            below.append(self.entry("repealed", c.repealed_on))
        if c.saved_by:
            below.append(self.entry("saved", c.saved_by))
        settlement = self.settlement(c)
        listed = settlement["items"] if settlement else ()
        below += [self.entry("cause", kind, item) for kind, item in c.causes if item.id not in listed]
        if settlement:
            below.append(self.needed(settlement))
        if c.grade != "A":
            below.append(self.entry("grade", c.cite, c.grade))
        return self.entry("row", c, below=below)

    def settlement(self, c: Conclusion) -> Mapping[str, Any] | None:
        """Return what would settle a conclusion."""
        goal = {"norm": c.name, "key": c.key, "bearer": c.bearer_id, "instance": c.instance_id}
        return next((s for s in (self.data["would_settle"] or ()) if s["goal"] == goal), None)

    def needed(self, s: Mapping[str, Any]) -> Entry:
        """Return the verdict with what it needs, in four groups; each client's question where there is one."""
        below = [self.entry("ask", self.names.item(s["ask_next"]))] if len(s["items"]) > 1 else []
        say = "needed_one" if len(s["items"]) == 1 else "needed"
        below += [self.entry(say, g, [self.names.item(i) for i in items]) for g, items in s["groups"].items() if items]
        return self.entry("verdict", s["verdict"], below=below)

    # ------------------------------------------------------------------ 2 deadlines, 3 sanctions
    def due_list(self) -> Block:
        """Return the deadlines as a list, which is a table where a table can be drawn."""
        listing = self.listing(self.deadlines())
        if not isinstance(listing, Listing):
            return listing
        words = DueWords(self.answer, self.program, self.x, self.lang)
        rows = [row for group in due_rows(self.x) for row in group if row.conclusion.status not in IDLE]
        shown = [row for row in rows if row.due or row.conclusion.promptness]
        numbers = {id(c): self.number(c) for c in self.x.conclusions}
        columns = ("due", "what", "who", "status", "how")
        return Listing(listing.entries, words.table(words.line("caption_run"), shown, columns, numbers))

    def number(self, c: Conclusion) -> tuple[int, ...]:
        """Return the number of the entry that says a conclusion, on a page that numbers them."""
        return ()

    def deadlines(self) -> Iterator[Entry]:
        dated: list[tuple[str, Entry]] = []
        undated: list[Entry] = []
        for c in self.x.conclusions:
            if c.status in IDLE:
                continue
            if c.due:
                dated.append((c.due, self.entry("deadline", c)))
            elif days := [a for a in c.by_reading if a[2] and a[1] not in IDLE]:
                dated += [
                    (str(due), self.entry("deadline_reading", c, choices, status, due))
                    for choices, status, due, _ in days
                ]
            elif c.promptness and c.modality in OUGHT:
                undated.append(self.entry("deadline_open", c))
        yield from (entry for _, entry in sorted(dated, key=lambda pair: pair[0]))
        yield from undated

    def sanctions(self) -> Iterator[Block]:
        by_sanction: dict[str, tuple[Any, dict[Cite, Conclusion]]] = {}
        without: dict[str, dict[Cite, Conclusion]] = {}
        for c in self.x.conclusions:
            if c.status in IDLE or c.modality not in OUGHT:
                continue
            for s in c.sanctions:
                by_sanction.setdefault(repr((c.cite.bucket, s)), (s, {}))[1].setdefault(c.cite, c)
            if not c.sanctions:
                without.setdefault(c.cite.bucket, {}).setdefault(c.cite, c)
        powers = [self.entry("power", c) for c in self.x.conclusions if c.modality == "power" and c.status not in IDLE]
        entries = [
            self.entry("no_penalty" if s["kind"] == "none" else "sanction", list(norms.values()), s) for s, norms in by_sanction.values()
        ]  # fmt: skip
        found = [*entries, *(self.entry("no_sanctions", list(w.values())) for w in without.values()), *powers]
        yield self.listing(found)
        if entries:
            yield self.paragraph("caution")

    # ------------------------------------------------------------------ 4 what is open
    def open(self) -> Iterator[Block]:
        settlements = self.data["would_settle"] or ()
        lasting = [
            (c, kind, item)
            for c in self.x.conclusions
            for kind, item in c.causes
            if kind in ("unencoded", "gap", "clash", "undefined")
        ]
        contested = [c for c in self.x.conclusions if c.status == "contested"]
        if not settlements and not lasting and not contested:
            yield self.paragraph("none_open")
            return
        asked = dict.fromkeys(
            (g, i) for g in wording.GROUPS for s in settlements for i in s["groups"][g] if i == s["ask_next"]
        )
        first = [i for _, i in asked]
        if first:
            yield self.paragraph("ask_first", self.names.item(first[0]))
        for group, title in wording.GROUPS.items():
            items: dict[str, dict[Wording, None]] = {}
            for s in settlements:
                for item in s["groups"][group]:
                    items.setdefault(item, {})[self.goal(s["goal"])[0]] = None
            if items:
                order = sorted(items, key=lambda i: first.index(i) if i in first else len(first))
                below = tuple(self.entry("concerns", self.names.item(i), list(items[i])) for i in order)
                yield Listing((Entry(line_of(pick(title, self.lang)), below),))
        if lasting or contested:
            texts = [
                *(self.say("cause", kind, item) for _, kind, item in lasting),
                *(self.say("contested", c) for c in contested),
            ]
            below = tuple(Entry(line_of(t)) for t in dict.fromkeys(texts))
            yield Listing((self.entry("other_reasons", below=below),))
        if self.x.sources:
            yield Listing((self.entry("sources", below=[self.entry("source", s) for s in self.x.sources]),))
        if settlements:
            outlooks = dict.fromkeys((*self.goal(s["goal"]), s["verdict"]) for s in settlements)
            yield Listing((self.entry("outlooks", below=[self.entry("outlook", *o) for o in outlooks]),))

    def goal(self, goal: Mapping[str, Any]) -> tuple[Wording, Wording]:
        """Return what a goal is about, and of whom."""
        if "term" in goal:
            return self.names.term(goal["term"]), self.names.entity(goal["subject"])
        return self.names.term(goal["key"]), self.names.entity(goal["instance"] or goal["bearer"])

    # ------------------------------------------------------------------ 5 grounds, 6 notes, the end
    def grounds(self) -> Iterator[Block]:
        for bucket in wording.BUCKETS:
            found = [g for g in self.x.grounds if g.cite.bucket == bucket]
            below = tuple(self.entry("ground", g) for g in found) or (Entry(self.none().line),)
            yield Listing((self.entry("bucket", bucket, below=below),))

    def notes(self) -> Iterator[Entry]:
        for n in self.data["not_seen"]:
            yield self.entry("not_seen", self.names.item(n["item"]), n["dated"])
        if self.data["unused_facts"]:
            yield self.entry("unused", [self.names.item(i) for i in self.data["unused_facts"]])
        yield from self.remarks()

    def remarks(self) -> Iterator[Entry]:
        for f in self.data["findings"]:
            cites = [self.names.cite(c["id"]) for c in f["cite"]]
            subject = self.names.entity(f["subject"]) if f["subject"] else None
            yield self.entry(
                "finding", {"kind": f["kind"], "label": self.names.term(f["term"]), "subject": subject, "cites": cites}
            )
        for d in self.answer["diagnostics"]:
            if d["slug"] == "list-not-complete":
                ja, _, en = d["message"].partition(" / ")
                yield self.entry("note", clean(ja if self.lang == "ja" else en))
            elif d["slug"] != "promulgated-later":
                yield self.entry("note", clean(d["message"]))

    def derivation(self) -> Iterator[Entry]:
        seen: Seen = {}
        parts: list[Part] = [*self.x.terms, *self.x.conclusions]
        for part in parts:
            title = self.say("row", part) if isinstance(part, Conclusion) else self.say("term", part)
            below = [
                self.entry("part", name, choices, below=[self.tree(node)]) for name, choices, node in self.x.derivation(part, seen)
            ]  # fmt: skip
            if below:
                yield Entry(line_of(title), tuple(below))

    def tree(self, node: Node) -> Entry:
        number = self.say("step", node.step) + " " if node.step is not None else ""
        return Entry(line_of(number + self.say("node", node)), tuple(self.tree(c) for c in node.children))

    def laws(self) -> Iterator[Block]:
        yield from (self.paragraph("law", self.law(i, sourced=True)) for i in self.used())

    def used(self) -> list[core.Instrument]:
        """Return the laws relied on, in their order."""
        used = {g.cite.id.partition("/")[0] for g in self.x.grounds}
        return [i for i in self.program.instruments.values() if i.id in used]

    def law(self, i: core.Instrument, sourced: bool) -> Mapping[str, Any]:
        return {
            "title": self.names.wording(i.title, i.id), "short": self.names.wording(i.short, i.id), "text_of": i.text_of,
            "number": self.names.said(i.number), "source": self.names.said(Wording(i.source, i.source)) if sourced else None,
        }  # fmt: skip

    def end(self) -> Iterator[Block]:
        yield from self.laws()
        yield from self.footing()

    def footing(self) -> Iterator[Block]:
        yield self.paragraph("version", self.answer["ruleset"]["digest"], self.answer["facts"]["digest"])
        for words in wording.END:
            yield Paragraph(line_of(pick(words, self.lang)))


# --------------------------------------------------------------------------- one page first

#: Whose conclusion: the norm's name, its key, the bearer or subject, the instance.
Goal: TypeAlias = tuple[str, str, str, str | None]
#: The reasons that no fact, evaluation, act or text to come removes.
_LASTING = ("unencoded", "gap", "clash", "undefined")


@dataclass(frozen=True, slots=True)
class _Row:
    """One numbered entry: conclusions of one norm that differ in nothing but their instance."""

    number: int
    group: int
    conclusions: tuple[Conclusion, ...]
    text: str


class _One(_Page):
    """The page a client is sent: one entry for what can be said at once, numbered; the other sections refer to the numbers."""

    def __init__(self, answer: Mapping[str, Any], program: Program, explanation: Explanation, lang: Lang) -> None:
        super().__init__(answer, program, explanation, lang)
        self.verdicts = {_goal(s["goal"]): str(s["verdict"]) for s in (self.data["would_settle"] or ())}
        self.rows = tuple(self.made())
        self.numbers: dict[Goal, int] = {
            ("", t.key, t.subject_id, None): n for n, t in enumerate(self.x.terms, start=1)
        }
        self.numbers |= {_goal_of(c): row.number for row in self.rows for c in row.conclusions}

    def made(self) -> Iterator[_Row]:
        """Give the entries in the order of the page."""
        found: dict[tuple[Any, ...], list[Conclusion]] = {}
        for n, (statuses, _, _) in enumerate(wording.REGISTER):
            for c in self.x.conclusions:
                if c.status in statuses and statuses != ("not-in-force",):
                    text = self.say("one_text", c, self.detail(c))
                    readings = tuple(reduced(c.by_reading))
                    found.setdefault((n, c.key, c.bearer_id, c.cite, c.evaluations, readings, text), []).append(c)
        bearers = list(dict.fromkeys(c.bearer_id for c in self.x.conclusions))
        rows = sorted(found.items(), key=lambda pair: (pair[0][0], bearers.index(pair[1][0].bearer_id)))
        for number, (key, conclusions) in enumerate(rows, start=len(self.x.terms) + 1):
            yield _Row(number, key[0], tuple(conclusions), key[-1])

    def detail(self, c: Conclusion) -> Mapping[str, Any]:
        """Return what an entry says beyond the status: none of it is repeated by another section."""
        reason = self.without(c.deciding, (c.bearer, c.instance)) if c.deciding else None
        cites = (c.deciding.about.get("cites") or c.because) if c.deciding else ()
        return {
            "verdict": self.verdicts.get(_goal_of(c)), "same": c.by_reading and not reduced(c.by_reading), "timed": c.status not in IDLE, "prompt": c.promptness and c.modality in OUGHT,
            "reason": reason, "cites": [x for x in cites if x.id != c.cite.id],
            "graded": c.grade != "A" or c.cite.bucket != "in_force",
        }  # fmt: skip

    def without(self, node: Node, known: tuple[Wording | None, ...]) -> Node:
        """Return a line without the name of whom it is about, where the entry has said it."""
        about = {**node.about}
        if about.get("subject") in known:
            about["subject"] = None
        if "operands" in about:
            about["operands"] = [self.without(o, known) for o in about["operands"]]
        return Node(node.mechanism, node.step, about)

    def number(self, c: Conclusion) -> tuple[int, ...]:
        found = self.numbers.get(_goal_of(c))
        return () if found is None else (found,)

    # ------------------------------------------------------------------ 1 conclusions
    def conclusions(self) -> Iterator[Block]:
        parts: list[Part] = [*self.x.conclusions, *self.x.terms]
        if not parts:
            yield self.paragraph("nothing_asked")
        resting = dict.fromkeys(e for part in parts for e in part.evaluations)
        if resting:
            yield self.paragraph("by_evaluation", list(resting))
        if any(
            part.grade == "A" and (isinstance(part, TermConclusion) or part.status != "not-in-force") for part in parts
        ):
            yield self.paragraph("grade_said")
        if self.x.terms:
            yield Listing(tuple(self.term(t) for t in self.x.terms))
        for n, (statuses, actual, supposed) in enumerate(wording.REGISTER):
            title = pick(supposed if self.hypothetical else actual, self.lang)
            if statuses == ("not-in-force",) and (absent := [c for c in self.x.conclusions if c.status in statuses]):
                yield Heading(3, line_of(title))
                yield Listing(tuple(self.brief(absent)))
            for bearer, rows in groupby(
                (row for row in self.rows if row.group == n), key=lambda row: row.conclusions[0].bearer
            ):
                yield Heading(3, line_of(self.say("one_heading", title, bearer)))
                yield Listing(tuple(self.one(row) for row in rows))

    def one(self, row: _Row) -> Entry:
        c = row.conclusions[0]
        instances = list(dict.fromkeys(x.instance for x in row.conclusions if x.instance))
        below = [self.entry("reading", choices, c, *results) for choices, *results in reduced(c.by_reading)]
        if _goal_of(c) not in self.verdicts:
            below += [self.entry("cause", kind, item) for kind, item in c.causes if kind not in _LASTING]
        return self.entry("one", [row.number], c, instances, row.text, below=below)

    def term(self, t: TermConclusion) -> Entry:
        goal: Goal = ("", t.key, t.subject_id, None)
        below = [self.entry("term_reading", choices, shown) for choices, shown in t.by_reading]
        if goal not in self.verdicts:
            below += [self.entry("cause", kind, item) for kind, item in t.causes]
        return self.entry("one_term", [self.numbers[goal]], t, self.verdicts.get(goal), below=below)

    # ------------------------------------------------------------------ 2 deadlines, 3 sanctions
    def deadlines(self) -> Iterator[Entry]:
        dated: list[tuple[str, Entry]] = []
        undated: list[Entry] = []
        for c in self.x.conclusions:
            if c.status in IDLE:
                continue
            if c.due:
                dated.append((c.due, self.entry("one_deadline", self.number(c), c)))
            elif days := [a for a in reduced(c.by_reading) if a[2] and a[1] not in IDLE]:
                dated += [
                    (str(due), self.entry("one_deadline_reading", self.number(c), c, choices, status, due))
                    for choices, status, due, _ in days
                ]
            elif c.promptness and c.modality in OUGHT:
                undated.append(self.entry("one_deadline_open", self.number(c), c))
        yield from (entry for _, entry in sorted(dated, key=lambda pair: pair[0]))
        yield from undated

    def sanctions(self) -> Iterator[Block]:
        """Give one entry for sanctions that differ in nothing but the provision."""
        numbers: dict[Cite, dict[int, None]] = {}
        shared: dict[str, tuple[Any, dict[Cite, dict[Cite, Conclusion]]]] = {}
        without: dict[bool, dict[Cite, Conclusion]] = {}
        for c in self.x.conclusions:
            if c.status in IDLE or c.modality not in OUGHT:
                continue
            press = c.cite.bucket == "press"
            numbers.setdefault(c.cite, {})[self.number(c)[0]] = None
            for s in c.sanctions:
                key = repr((press, {k: v for k, v in s.items() if k != "cite"}))
                shared.setdefault(key, (s, {}))[1].setdefault(s["cite"], {}).setdefault(c.cite, c)
            if not c.sanctions:
                without.setdefault(press, {}).setdefault(c.cite, c)

        def said(norms: Iterable[Conclusion]) -> list[tuple[Conclusion, list[int]]]:
            return [(c, sorted(numbers[c.cite])) for c in norms]

        entries = [
            self.entry("one_no_penalty" if s["kind"] == "none" else "one_sanction", [(said(norms.values()), cite) for cite, norms in by_cite.items()], s)
            for s, by_cite in shared.values()
        ]  # fmt: skip
        powers = [
            c
            for c in self.x.conclusions
            if c.modality == "power" and c.status not in (*IDLE, "undetermined", "contested")
        ]
        yield self.listing([
            *entries, *(self.entry("one_no_sanctions", said(w.values())) for w in without.values()),
            *(self.entry("one_power", self.number(c), c) for c in powers),
        ])  # fmt: skip
        if entries:
            yield self.paragraph("caution")

    # ------------------------------------------------------------------ 4 what is open
    def open(self) -> Iterator[Block]:
        settlements = [(self.numbers.get(_goal(s["goal"])), s) for s in (self.data["would_settle"] or ())]
        first = next(
            (s["ask_next"] for g in wording.GROUPS for _, s in settlements if s["ask_next"] in s["groups"][g]), None
        )
        asked = {s["ask_next"] for _, s in settlements}
        some = False
        for group, title in wording.GROUPS.items():
            items: dict[str, set[int]] = {}
            for number, s in settlements:
                for item in s["groups"][group]:
                    items.setdefault(item, set()).update([] if number is None else [number])
            same: dict[tuple[Any, ...], list[Item]] = {}
            for id in sorted(items, key=lambda i: (i != first, i not in asked)):
                item = self.names.item(id)
                same.setdefault((tuple(sorted(items[id])), item.question or item.label, item.cite), []).append(item)
            needs: dict[tuple[Any, ...], list[Item]] = {}
            for (numbers, *_), found in same.items():
                needs.setdefault((numbers, tuple(self.named(found, numbers))), []).append(found[0])
            below = [self.entry("one_needs", *key, found, (first,)) for key, found in needs.items()]
            if below:
                some = True
                yield Listing((Entry(line_of(pick(title, self.lang)), tuple(below)),))
        if lasting := self.lasting():
            some = True
            yield Listing((self.entry("other_reasons", below=lasting),))
        if not some:
            yield self.paragraph("none_open")

    def named(self, items: Sequence[Item], numbers: Iterable[int]) -> list[Wording]:
        """Return whom items concern, or nobody where the entries they serve say it."""
        subjects = [i.subject for i in items if i.subject]
        for row in self.rows:
            if row.number in numbers:
                instances = {c.instance for c in row.conclusions if c.instance}
                if {*subjects} not in ({row.conclusions[0].bearer}, instances):
                    return subjects
        return subjects if any(n <= len(self.x.terms) for n in numbers) else []

    def lasting(self) -> list[Entry]:
        """Return the reasons that no fact removes, each once with the entries it keeps open."""
        causes: dict[tuple[str, Item], dict[int, None]] = {}
        points: dict[Wording, dict[int, None]] = {}
        for c in self.x.conclusions:
            for cause in c.causes:
                if cause[0] in _LASTING:
                    causes.setdefault(cause, {})[self.number(c)[0]] = None
            if c.status not in IDLE:
                for point in (point for a in reduced(c.by_reading) for point, _ in a[0]):
                    points.setdefault(point, {})[self.number(c)[0]] = None
        for t in self.x.terms:
            if t.shown.state == "contested":
                for point in (point for choices, _ in t.by_reading for point, _ in choices):
                    points.setdefault(point, {})[self.numbers["", t.key, t.subject_id, None]] = None
        return [
            *(self.entry("one_cause", kind, item, list(n)) for (kind, item), n in causes.items()),
            *(self.entry("one_contested", point, list(n)) for point, n in points.items()),
        ]  # fmt: skip

    # ------------------------------------------------------------------ 5 grounds, 6 notes, the end
    def grounds(self) -> Iterator[Block]:
        """Give one entry per law; where a text read in full comes from is left to depth 3, of anything less it is said here."""
        laws = {i.id: self.law(i, sourced=i.grade != "A") for i in self.used()}
        for bucket in wording.BUCKETS:
            found: dict[str, dict[str, list[Cite]]] = {}
            for g in self.x.grounds:
                if g.cite.bucket == bucket:
                    found.setdefault(g.cite.id.partition("/")[0], {}).setdefault(g.grade, []).append(g.cite)
            below = [
                self.entry("one_ground", self.names.short(i), [(cites, letter) for letter, cites in sorted(grades.items())], laws.pop(i, None))
                for i, grades in found.items()
            ]  # fmt: skip
            yield Listing((self.entry("bucket" if below else "one_bucket", bucket, below=below),))

    def notes(self) -> Iterator[Entry]:
        unseen = {n["item"].partition(".")[0] for n in self.data["not_seen"]}
        if unseen:
            yield self.entry("one_not_seen", [(self.names.item(n["item"]), n["dated"]) for n in self.data["not_seen"]])
        if unused := [id for id in self.data["unused_facts"] if id.partition(".")[0] not in unseen]:
            yield self.entry("one_unused", len(unused))
        yield from self.remarks()

    def laws(self) -> Iterator[Block]:
        """The fifth section has said it."""
        return iter(())


def _goal(goal: Mapping[str, Any]) -> Goal:
    if "term" in goal:
        return "", goal["term"], goal["subject"], None
    return goal["norm"], goal["key"], goal["bearer"], goal["instance"]


def _goal_of(c: Conclusion) -> Goal:
    return c.name, c.key, c.bearer_id, c.instance_id

"""The parts every page of an answer has: its head, its conclusions one by one, what is open, grounds, notes, the end.

Comes in: an answer and its explanation. Goes out: blocks. Sentences come from one template per language over the tree of
`explain`; citations, days and numbers are the same in both. As it stands it is the page with every step (depth 3); the
shorter pages build on it. Deliberately not here: any value (`explain` reads them from the answer), how a page is laid out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from kitei import askable, wording
from kitei.apart import apart
from kitei.deadlines import DueWords, cautioned, due_rows
from kitei.document import Block, Entry, Heading, Listing, Paragraph, line_of
from kitei.explain import IDLE, OUGHT, ByReading, Conclusion, Explanation, Ground, TermConclusion, in_question, reduced
from kitei.instance import sanctions_for
from kitei.naming import Cite, Item, clean
from kitei.newer_text import newer_texts
from kitei.sentences import Sentences
from kitei.steps import Node, Seen
from kitei.unfixed import unfixed
from kitei.wording import Lang, pick
from kitei.world import Program
from kitei_dsl import core
from kitei_dsl.core import Wording
from kitei_dsl.frozen import replace

Part: TypeAlias = Conclusion | TermConclusion


class Page:
    #: Facts named of those by which readings come apart or agree; None: all.
    most_facts: int | None = None

    def __init__(self, answer: Mapping[str, Any], program: Program, explanation: Explanation, lang: Lang) -> None:
        self.answer, self.data, self.program, self.x, self.lang = answer, answer["data"], program, explanation, lang
        self.names, self.shown = explanation.names, explanation.conclusions
        self.context = answer["context"]
        self.hypothetical = bool(self.context["hypothetical"])
        self.sentences = Sentences(lang, program, answer, ("", "reasons"))
        self.phrases = self.sentences.phrases
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
    def blocks(self) -> Iterator[Block]:
        yield from self.head()
        yield self.heading("conclusion")
        yield from self.conclusions()
        yield self.heading("deadlines")
        yield self.due_list()
        yield self.heading("sanctions")
        yield from self.sanctions()
        if earlier := tuple(self.entry("before", c, found) for c, found in self.before()):
            yield Listing(earlier)
        yield self.heading("open")
        yield from self.open()
        yield self.heading("grounds")
        yield from self.grounds()
        yield self.heading("notes")
        yield self.listing(self.notes())
        yield from self.sections()
        yield Paragraph(())
        yield from self.end()

    def sections(self) -> Iterator[Block]:
        """Give what stands after the notes: every step, and what the provisions say."""
        yield self.heading("derivation")
        yield self.listing(self.derivation())
        yield self.heading("plain")
        yield self.listing(self.entry("plain", g) for g in self.x.grounds if g.plain)

    def head(self) -> Iterator[Block]:
        bearers = list(dict.fromkeys([*(c.bearer for c in self.x.conclusions), *(t.subject for t in self.x.terms)]))
        yield Heading(1, line_of(self.say("title", bearers, self.answer["as_of"])))
        assumptions = self.answer["assumptions"]
        if self.hypothetical:
            # Days, world and what is assumed are said below, each once.
            yield self.paragraph("hypothetical", self.context, bool(assumptions or self.supposes))
        if kinds := self.say("page_kind", sorted({c.cite.bucket for c in self.shown})):
            yield Paragraph(line_of(kinds))
        if self.data["goals"]:
            yield self.paragraph("asked", list(self.goals_asked()))
        if of := self.answer.get("of"):
            yield self.paragraph("only_of", [self.names.entity(id) for id in of])
        yield self.paragraph("axes", self.context)
        yield self.paragraph("world", self.world, clean(self.answer["world"]))
        yield self.paragraph("facts", self.x.steps.file)
        if undated := dict.fromkeys(item for c in self.shown for item in c.undated):
            yield self.paragraph("undated", list(undated))
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
        for n in askable.no_law_yet(self.program, self.answer):
            i = n.instrument
            worlds = [(clean(w.name), self.names.wording(w.label, w.name)) for w in n.worlds]
            yield self.paragraph("no_law_yet", self.names.wording(i.title, i.id), n, worlds)

        resting_on = [ground.cite.id for ground in self.x.grounds]
        for u in unfixed(self.program, self.answer, [c.key for c in self.shown], resting_on):
            start = self.names.wording(u.commencement.label, u.commencement.id)
            assuming = [(clean(w.name), self.names.wording(w.label, w.name)) for w in u.worlds]
            yield self.paragraph("unfixed", start, u, assuming)
        for newer in newer_texts(self.program, self.answer):
            if any(c.key == newer.key for c in self.shown):
                label, role = self.names.term(newer.key), self.names.attribute(newer.role)
                yield self.paragraph("newer_text", label, self.names.cite(newer.address), newer.start, role)

    def goals_asked(self) -> Iterator[Wording]:
        """Give the names of what was asked for."""
        norms = {s: n for n in self.program.norm_names.values() for s in (n.name, n.alias) if s}
        terms = {s: t for t in self.program.terms.values() for s in (t.name, t.alias) if s}
        for goal in self.data["goals"]:
            found = norms.get(goal) or terms.get(goal.partition("@")[0])
            yield self.names.wording(found.label if found else Wording(), goal)

    # ------------------------------------------------------------------ 1 conclusions
    def nothing_asked(self) -> Iterator[Block]:
        """Say that nothing was concluded, and what could be asked by name."""
        yield self.paragraph("nothing_asked")
        yield from self.not_listed()
        if terms := askable.terms(self.program, self.answer):
            yield self.paragraph("askable", [(clean(t.name), self.names.term(t.name)) for t in terms])

    def not_listed(self) -> Iterator[Block]:
        """Say of which lists not said to be complete there may be members of which nothing is said."""
        lists = [item.partition(".")[::2] for d in self.answer["diagnostics"] if d["slug"] == "list-not-complete"
                 for item in d["law"].split(", ")]  # fmt: skip
        if lists:
            yield self.paragraph(
                "not_listed", [(self.names.entity(of), self.names.attribute(role)) for of, role in lists]
            )

    def conclusions(self) -> Iterator[Block]:
        if not self.x.conclusions and not self.x.terms:
            yield from self.nothing_asked()
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
        groups: dict[tuple[str, bool], dict[tuple[Cite, str | None], Conclusion]] = {}
        present = {(c.key, c.bearer_id) for c in self.x.conclusions if c.status != "not-in-force"}
        for c in conclusions:
            absence = "" if self.hypothetical else c.absence
            # The text is in force for other instances: this one is from a day on which it was not.
            one = c.instance if c.instance is not None and (c.key, c.bearer_id) in present else None
            if one is not None:
                label = Wording(f"{c.label.ja}・{one.ja}", f"{c.label.en} - {one.en}")
                c = replace(c, label=label)
            groups.setdefault((absence, c.cite.bucket == "press"), {}).setdefault(
                (c.cite, None if one is None else one.ja), c
            )
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
            if c.due or c.due_if:
                below.append(self.entry("due" if c.due else "due_if", c))
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
            below.append(self.entry("saved", c.saved_by, c.saved_as))
        settlement = self.settlement(c)
        listed = settlement["items"] if settlement else ()
        below += [self.entry("cause", kind, item) for kind, item in c.causes if item.id not in listed]
        if settlement:
            below.append(self.needed(settlement))
        if c.grade != "A":
            below.append(self.entry("grade", c.cite, c.grade))
        return self.entry("row", c, below=below)

    def apart(self, part: Part) -> Iterator[Entry]:
        """Give which facts make the readings of a conclusion come apart or agree, where there are readings."""
        found = apart(part, self.x.steps)
        if found is not None:
            told = found.facts[: self.most_facts]
            more = len(found.facts) - len(told)
            yield self.entry({"open": "apart_open"}.get(found.verdict, found.verdict), told, more)

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
            if day := c.due or c.due_if:
                dated.append((day, self.deadline("deadline", c)))
            elif days := [a for a in self.each_reading(c) if a[2] and a[1] not in IDLE]:
                dated += [
                    (str(due), self.deadline("deadline_reading", c, choices, status, due))
                    for choices, status, due, _ in days
                ]
            elif c.promptness and c.modality in OUGHT:
                undated.append(self.deadline("deadline_open", c))
        yield from (entry for _, entry in sorted(dated, key=lambda pair: pair[0]))
        yield from undated

    def deadline(self, sentence: str, c: Conclusion, *more: object) -> Entry:
        return self.entry(sentence, c, *more)

    def each_reading(self, c: Conclusion) -> ByReading:
        """Return what each reading gives, as this page tells it."""
        return c.by_reading

    def sanctions(self) -> Iterator[Block]:
        by_sanction: dict[str, tuple[Any, dict[Cite, Conclusion]]] = {}
        without: dict[str, dict[Cite, Conclusion]] = {}
        unsaid: dict[str, dict[Cite, Conclusion]] = {}
        elsewhere: dict[tuple[Ground, ...], dict[Cite, Conclusion]] = {}
        for c in self.x.conclusions:
            if not in_question(c.modality, c.status):
                continue
            if not c.sanctions and c.sanctions_as_of and (texts := self.sanctions_of_other_days(c)):
                elsewhere.setdefault(texts, {}).setdefault(c.cite, c)
                continue
            for s in c.sanctions:
                by_sanction.setdefault(repr((c.cite.bucket, s, c.sanctions_as_of)), (s, {}))[1].setdefault(c.cite, c)
            if not c.sanctions:
                (without if c.sanctions_as_of else unsaid).setdefault(c.cite.bucket, {}).setdefault(c.cite, c)
        powers = [self.entry("power", c) for c in self.x.conclusions if c.modality == "power" and c.status not in IDLE]
        entries = [
            self.entry("no_penalty" if s["kind"] == "none" else "sanction", list(norms.values()), s) for s, norms in by_sanction.values()
        ]  # fmt: skip
        found = [*entries, *(self.entry("other_sanctions", list(norms.values()), texts) for texts, norms in elsewhere.items()),
                 *(self.entry("no_sanctions", list(w.values())) for w in without.values()),
                 *(self.entry("unsaid_sanctions", list(w.values())) for w in unsaid.values()), *powers]  # fmt: skip
        yield self.listing(found)
        yield from self.cautions()

    def sanctions_of_other_days(self, c: Conclusion) -> tuple[Ground, ...]:
        """Return the texts, in the world asked about, with a sanction on breach of a norm: for one that has none on its own day."""
        enacted = {i.id for i in self.program.core.instruments if i.status == "enacted"}
        supposed, known = dict(self.supposes), self.answer["context"]["known"]
        versions = dict.fromkeys(
            s.version for n in self.program.norms[c.key] for s in sanctions_for(self.program, n) if s.kind != "none"
        )
        found = []
        for v in map(self.program.versions.__getitem__, versions):
            law = v.address.partition("/")[0]
            if law in supposed or (law in enacted and v.promulgated <= known):
                found.append(Ground(self.names.cite(v.address, v.id), v.grade, None, None, v.start, v.end, ()))
        return tuple(found)

    def cautions(self) -> Iterator[Block]:
        """Give what the sanctions shown do not assess, from which text they are, what their words for imprisonment mean."""
        if caution := cautioned(c for c in self.x.conclusions if in_question(c.modality, c.status)):
            yield self.paragraph("caution", *caution)

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
            yield from self.not_listed()
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

    def before(self) -> Iterator[tuple[Conclusion, list[tuple[Item, list[Mapping[str, Any]]]]]]:
        """Give the states that hold on the day asked though a fact they rest on was otherwise in a time before, with that
        fact and what was stated of that time."""
        at, tree = self.context["at"], self.x.steps
        done = {
            (n["key"], n["bearer"], i["instance"]): i["steps"]["done"]
            for n in self.data["norms"] for i in n["instances"] if i["status"] == "satisfied" and "done" in i["steps"]
        }  # fmt: skip
        for c in self.x.conclusions:
            step = done.get((c.key, c.bearer_id, c.instance_id))
            if step is None:
                continue
            read = {
                i: None
                for s in tree.reachable([step])
                if tree.steps[s]["kind"] == "fact" and (i := tree.leaf(s).about["item"])
            }
            found = []
            for item in read:
                records = tree.statements.get(item, ())
                now = {r["value"] for r in records if (r["from"] or "") <= at < (r["to"] or "9999-12-31")}
                past = [r for r in records if r["to"] and r["to"] <= at and r["value"] not in now]
                if past:
                    found.append((self.names.item(item), past))
            if found:
                yield c, found

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

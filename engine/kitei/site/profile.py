"""The page of a kind of firm: what applies to it, since when, and what hangs on facts it would have to look up.

Comes in: the material with the profiles that were answered. Goes out: a `Page` a profile. All that is said of what applies was
computed by the engine from the facts the profile declares, which the page shows. Deliberately not here: any rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from kitei.document import Line, Run, line_of, plain
from kitei.explain import IDLE, Conclusion, Explanation, explain
from kitei.naming import Cite, Item
from kitei.phrases import Phrases
from kitei.site import page_words, parts, rule_words, words
from kitei.site.material import Answered, Material
from kitei.site.pages import Block, Listing, Page, Paragraph, Row, Said, Section, Table
from kitei.site.speech import Speech
from kitei.wording import Lang
from kitei_dsl.core import Norm, Wording


def profile_pages(material: Material, lang: Lang) -> Iterator[Page]:
    """Give the page of every profile, in the order in which they are declared."""
    for profile in material.guides.profiles:
        yield _Profile(material, lang, material.answered[profile.id]).page()


class _Profile:
    def __init__(self, material: Material, lang: Lang, answered: tuple[Answered, ...]) -> None:
        self.material, self.lang, self.answered = material, lang, answered
        self.speech: Speech = material.speech[lang]
        self.now, *self.planned = answered
        self.profile = self.now.profile

    def page(self) -> Page:
        said = self.speech
        title = said.worded(self.profile.question)
        of = (f"guide:{self.profile.id}",)
        blocks = [*self.body()]
        head = parts.head(self.material, said, said.worded(self.profile.title), (), (), of)
        summary = f"{plain(title)} {plain(said.line(words.DISCLAIMER))}"
        boxes = parts.boxes(self.material, said, tuple(blocks), title)
        # The box a kind of firm needs first is not said again at the end.
        boxes = tuple(box for box in boxes if box not in blocks)
        return Page(
            "profile",
            f"for/{self.profile.id}",
            self.lang,
            title,
            summary,
            head,
            (*blocks, *boxes),
            ("index", "firms"),
            of,
        )

    def say(self, name: str, *blanks: Line | Run | str) -> Line:
        return self.speech.line(page_words.PROFILE[name], *blanks)

    def body(self) -> Iterator[Block]:
        yield from self.leading()
        explanation = self.explained(self.now)
        groups = self.grouped(self.now, explanation)
        applying = groups["applies"]
        count = len({c.key for c in applying})
        sentence = self.say("answer", str(count)) if count else self.say("answer_none")
        key = (f"guide:{self.profile.id}", *dict.fromkeys(self.now.of(c.key) for c in applying))
        yield Paragraph(Said(sentence, "answer", key, kind="answer"))
        if self.profile.note != Wording():
            yield Paragraph(
                Said(self.speech.worded(self.profile.note), "note", (f"guide:{self.profile.id}",), kind="note")
            )
        yield Paragraph(Said(self.say("many"), kind="note"))
        if applying:
            yield Section(
                self.say("applies"), "applies", (self.table(self.now, explanation, applying, "applies"),), "in_force"
            )
        if groups["powers"]:
            yield Section(
                self.say("powers"), "powers", (self.listing(self.now, explanation, groups["powers"], "power"),)
            )
        open_ones = groups["depends"]
        below: Block = (
            self.listing(self.now, explanation, open_ones, "depends")
            if open_ones
            else Paragraph(Said(self.say("none_open"), "none-open", key))
        )
        yield Section(self.say("depends"), "depends", (below,))
        for one in self.planned:
            yield from self.to_come(one)
        if groups["not"]:
            yield Section(self.say("not"), "not-applying", (self.listing(self.now, explanation, groups["not"], "not"),))
        entities = parts.named(self.material, self.now.facts)
        given = parts.facts_given(
            self.speech, explanation, self.now.facts, entities, "given", (f"guide:{self.profile.id}",)
        )
        yield Section(self.say("facts"), "facts", (Listing(given),))

    def leading(self) -> Iterator[Block]:
        """Give what the kind of firm has to know first: the box it is declared to need, and what to do, step by step."""
        for box in self.material.guides.boxes:
            if box.id == self.profile.box:
                yield parts.box_block(self.material, self.speech, box)
        steps = []
        for n, part in enumerate(self.profile.way, start=1):
            said, *resting = parts.part_said(self.material, self.speech, part, f"guide:{self.profile.id}", f"way-{n}")
            heading = (*self.speech.worded(part.heading), Run(self.speech.w(("：", ": "))))
            steps.append(Said((*heading, *said.line), said.id, said.of, tuple(resting)))
        if steps:
            yield Section(self.say("way"), "way", (Listing(tuple(steps), "numbered"),), "in_force")

    def by_law(self, conclusions: list[Conclusion]) -> list[Conclusion]:
        """Return conclusions with those of the laws of the declared way first, in its order."""
        laws = list(dict.fromkeys(p.partition("/")[0] for part in self.profile.way for p in part.places))
        place = {law: n for n, law in enumerate(laws)}
        return sorted(conclusions, key=lambda c: place.get(c.cite.id.partition("/")[0], len(laws)))

    # ------------------------------------------------------------------ conclusions
    def explained(self, one: Answered) -> Explanation:
        entities = parts.named(self.material, one.facts)
        return explain({**one.answer, "data": {**one.answer["data"], "entities": entities}}, self.material.program)

    def grouped(self, one: Answered, x: Explanation) -> dict[str, list[Conclusion]]:
        """Return the conclusions about the firm by whether they apply to it; what is not in force is in none."""
        applies = {
            (row["key"], row["bearer"], i["instance"]): i["applies"]
            for row in one.answer["data"]["norms"]
            for i in row["instances"]
        }
        found: dict[str, list[Conclusion]] = {"applies": [], "powers": [], "depends": [], "not": []}
        for c in x.conclusions:
            if c.bearer_id != self.profile.subject or c.status == "not-in-force":
                continue
            result = applies.get((c.key, c.bearer_id, c.instance_id)) or {}
            if (result.get("state") == "value" and result.get("value") == "false") or c.status in IDLE:
                found["not"].append(c)
            elif result.get("state") == "value":
                found["powers" if c.modality == "power" else "applies"].append(c)
            else:
                found["depends"].append(c)
        return {name: self.by_law(of) for name, of in found.items()}

    def of(self, one: Answered, c: Conclusion, x: Explanation) -> tuple[str, ...]:
        """Return what a row about a conclusion came from."""
        return one.of(c.key), f"word:{c.name}"

    def table(self, one: Answered, x: Explanation, conclusions: list[Conclusion], id: str) -> Table:
        """Return what applies, a row a norm: what, since when, by when, with which sanction."""
        phrases = Phrases(self.lang, bool(one.answer["context"]["hypothetical"]), self.material.program, one.answer)
        heads = tuple(self.say(name) for name in ("what", "since", "due", "sanction"))
        rows = []
        for key, same in groupby(sorted(conclusions, key=lambda c: conclusions.index(next(x for x in conclusions if x.key == c.key))), key=lambda c: c.key):  # fmt: skip
            found = list(same)
            c = found[0]
            what = (
                Run(phrases.w(c.label)),
                Run(self.speech.w(("（", " ("))),
                self.linked(c),
                Run(self.speech.w(("）", ")"))),
            )
            rows.append(Row((what, self.since(one, c), self.due(found, phrases), self.sanctions(c, phrases)), f"{id}-{parts.slug(key)}", (*self.of(one, c, x), *(f"norm:{n.id}" for n in self.powers(c)))))  # fmt: skip
        return Table(self.say(id if id in page_words.PROFILE else "applies"), heads, tuple(rows))

    def linked(self, c: Conclusion) -> Run:
        return self.cited(c.cite)

    def since(self, one: Answered, c: Conclusion) -> Line:
        """Return since when a norm stands in the collected text, also under a former number."""
        version = next(
            (
                i["version"]
                for row in one.answer["data"]["norms"]
                if row["key"] == c.key
                for i in row["instances"]
                if i["version"]
            ),
            None,
        )
        if version is None or version not in self.material.law.standings:
            return (Run("-"),)
        start = self.material.law.standings[version].start
        norms = [
            n for n in self.material.program.core.norms if n.name == c.name and n.version in self.material.law.standings
        ]
        while earlier := [n for n in norms if self.material.law.standings[n.version].end == start and "/" not in start]:
            start = self.material.law.standings[earlier[0].version].start
        return self.speech.line(("収録した条文では{}から", "{} in the collected text"), self.speech.moment(start))

    def due(self, conclusions: list[Conclusion], phrases: Phrases) -> Line:
        """Return by when: a day for each instance that has one, a promptness, or nothing."""
        found: list[Line] = []
        for c in conclusions:
            if c.due:
                instance = (
                    (*self.say("for", phrases.w(c.instance)), Run(self.speech.w(("：", ": ")))) if c.instance else ()
                )
                found.append((*instance, *line_of(phrases.dated(c.due))))
            elif c.promptness:
                found.append((Run(phrases.word(c.promptness, "PROMPTNESS")),))
            elif c.due_open:
                found.append(line_of(phrases.shown(c.due_open)))
        if found:
            return self.speech.join(dict.fromkeys(found))
        keeps = any(n.form == "keep" for n in self.material.program.norms.get(conclusions[0].key, ()))
        return self.say("always") if keeps else (Run("―"),)

    def sanctions(self, c: Conclusion, phrases: Phrases) -> Line:
        """Return where the sanction stands; of what, its page says. Where no penal provision collected names the norm, that, with
        the note of whoever looked, and the supervisory powers there are."""
        found: list[Line | Run] = []
        for s in c.sanctions:
            if s["kind"] != "none":
                found.append(self.cited(s["cite"]))
        if found:
            return self.speech.join(dict.fromkeys(found))
        if c.modality not in rule_words.SANCTIONED:
            return (Run("―"),)
        notes = [s["note"] for s in c.sanctions if s["note"] is not None]
        found = [self.speech.worded(note) for note in notes] or [self.say("no_penalty")]
        if powers := self.powers(c):
            first, *others = dict.fromkeys(n.address for n in powers)
            cites: Line = (self.speech.cite(first),)
            if others:
                cites = self.say("more_powers", cites, str(len(others)))
            found.append(self.say("supervised", cites))
        return self.speech.join(found, ("", " ") if notes else ("。", "; "))

    def powers(self, c: Conclusion) -> list[Norm]:
        """Return the supervisory powers over whom a norm binds for which no penalty is collected."""
        if c.modality not in rule_words.SANCTIONED or any(s["kind"] != "none" for s in c.sanctions):
            return []
        state = self.material.law.state
        norm = next((n for n in self.material.program.norms.get(c.key, ()) if state(n.version) == "in_force"), None)
        return self.speech.supervision.over(norm) if norm is not None else []

    def cited(self, cite: Cite) -> Run:
        return Run(cite.ja if self.lang == "ja" else cite.en, "cite", self.speech.place(cite.id))

    def listing(self, one: Answered, x: Explanation, conclusions: list[Conclusion], id: str) -> Listing:
        """Return conclusions as a list, each norm once, with what there is to check."""
        phrases = Phrases(self.lang, bool(one.answer["context"]["hypothetical"]), self.material.program, one.answer)
        items: dict[str, Said] = {}
        for c in conclusions:
            if c.key in items:
                continue
            of = self.of(one, c, x)
            line: Line = (
                Run(phrases.w(c.label)),
                Run(self.speech.w(("（", " ("))),
                self.linked(c),
                Run(self.speech.w(("）", ")"))),
            )
            below = []
            if id == "depends":
                line = (*line, Run(self.speech.w(("：", ": "))), *self.say("open", phrases.reasons(c)))
                for n, (kind, item) in enumerate(dict.fromkeys(c.causes), start=1):
                    below.append(
                        Said(self.say("check", self.question(kind, item, phrases)), f"{id}-{parts.slug(c.key)}-{n}", of)
                    )
            else:
                line = (*line, Run(self.speech.w(("：", ": "))), Run(phrases.status(c)))
            items[c.key] = Said(line, f"{id}-{parts.slug(c.key)}", of, tuple(below))
        return Listing(tuple(items.values()), "check" if id == "depends" else "plain")

    def question(self, kind: str, item: Item, phrases: Phrases) -> Line:
        """Return what one would have to ask: the question of a fact, else what it is, with why."""
        text = phrases.w(item.question) if item.question else phrases.item(item)
        found: Line = (Run(text),)
        if item.cite is not None:
            cite = Run(item.cite.ja if self.lang == "ja" else item.cite.en, "cite", self.speech.place(item.cite.id))
            found = (*found, Run(self.speech.w(("（", " ("))), cite, Run(self.speech.w(("）", ")"))))
        if kind not in ("fact", "list"):
            found = (Run(phrases.word(kind, "CAUSES") + self.speech.w(("：", ": "))), *found)
        return found

    # ------------------------------------------------------------------ what is planned
    def to_come(self, one: Answered) -> Iterator[Block]:
        """Give what would apply once what is promulgated starts, on the day the world assumes."""
        x = self.explained(one)
        groups = self.grouped(one, x)
        known = {(c.name, c.cite.id) for c in self.explained(self.now).conclusions if c.status not in ("not-in-force",)}
        new = {
            name: [c for c in of if c.cite.bucket != "in_force" or (c.name, c.cite.id) not in known]
            for name, of in groups.items()
        }
        pending = {name: [c for c in of if self.is_pending(one, c)] for name, of in new.items()}
        if not any(pending[name] for name in ("applies", "depends", "powers")):
            return
        assumed = [x.assumption(a) for a in one.answer["assumptions"]]
        phrases = Phrases(self.lang, True, self.material.program, one.answer)
        said = self.speech.join((Run(phrases.w(a.label) + " = "), *line_of(phrases.shown(a.shown))) for a in assumed)
        note = Paragraph(
            Said(
                self.say("planned_note", said),
                f"planned-{one.world.name}",
                (f"world:{one.world.name}",),
                kind="frame",
            )
        )
        below: list[Block] = [note]
        if shown := [*pending["applies"], *pending["powers"]]:
            below.append(self.listing(one, x, shown, "planned"))
        if pending["depends"]:
            below.append(self.listing(one, x, pending["depends"], "depends"))
        yield Section(self.say("planned"), f"planned-section-{one.world.name}", tuple(below), "pending")

    def is_pending(self, one: Answered, c: Conclusion) -> bool:
        """Say whether the version that speaks here is one that is still to come."""
        versions = [
            i["version"] for row in one.answer["data"]["norms"] if row["key"] == c.key for i in row["instances"]
        ]
        return any(v is not None and self.material.law.state(v) == "pending" for v in versions)

"""What came out for a kind of firm, as blocks: what applies law by law, what has a day, what hangs on facts, what does not apply.

Comes in: a profile that was answered, explained. Goes out: blocks, each row with what it came from. One thing is said once: facts
many norms hang on are asked once, notes on sanctions stand below the tables. Deliberately not here: the page (`profile`), any rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from kitei.document import Line, Run, line_of
from kitei.explain import Conclusion, Explanation
from kitei.naming import Cite, Item
from kitei.phrases import Phrases
from kitei.site import page_words, parts, rule_words
from kitei.site.material import Answered, Material
from kitei.site.pages import Block, Listing, Row, Said, Section, Table
from kitei.site.speech import Speech
from kitei.wording import Lang
from kitei_dsl.core import Norm

#: What one would type as a fact, in a question of the rules.
_CODE = re.compile(r"`([^`]*)`")


class Conclusions:
    """The conclusions of one answer about a kind of firm, in one language."""

    def __init__(self, material: Material, lang: Lang, one: Answered, x: Explanation) -> None:
        self.material, self.lang, self.one, self.x = material, lang, one, x
        self.speech: Speech = material.speech[lang]
        self.phrases = Phrases(lang, bool(one.answer["context"]["hypothetical"]), material.program, one.answer)
        #: notes below the tables, as they are first needed: what they say, with what they came from
        self.notes: dict[Line, Said] = {}

    def say(self, name: str, *blanks: Line | Run | str) -> Line:
        return self.speech.line(page_words.PROFILE[name], *blanks)

    def in_order(self, conclusions: Iterable[Conclusion]) -> list[Conclusion]:
        """Return conclusions in the law's order: Acts, then orders, then ordinances, each as it is numbered."""
        order = self.material.law.order
        return sorted(conclusions, key=lambda c: order.get(self.speech.place(c.cite.id), len(order)))

    def of(self, c: Conclusion) -> tuple[str, ...]:
        """Return what a row about a conclusion came from."""
        return self.one.of(c.key), f"word:{c.name}"

    def named(self, c: Conclusion) -> Line:
        """Return what a norm is called, and where it stands."""
        label = parts.capital((Run(self.phrases.w(c.label)),))
        return *label, Run(self.speech.w(("（", " ("))), self.cited(c.cite), Run(self.speech.w(("）", ")")))  # fmt: skip

    def cited(self, cite: Cite) -> Run:
        return Run(cite.ja if self.lang == "ja" else cite.en, "cite", self.speech.place(cite.id))

    def names(self, conclusions: list[Conclusion]) -> Iterator[Line]:
        """Give what norms are called and where they stand, each once."""
        for found in {c.key: c for c in self.in_order(conclusions)}.values():
            label, *cite = self.named(found)
            yield Run(self.phrases.w(found.label), label.kind, label.ref), *cite

    # ------------------------------------------------------------------ what applies
    def dated(self, conclusions: list[Conclusion]) -> Iterator[Said]:
        """Give what has a day, the earliest first."""
        for c in sorted((c for c in self.in_order(conclusions) if c.due), key=lambda c: c.due or ""):
            line: Line = (*self.say("until", line_of(self.phrases.dated(c.due or ""))), *self.named(c))
            if c.instance:
                line = (*line, Run(self.speech.w((" ― ", " – "))), *self.say("for", self.phrases.w(c.instance)))
            id = f"dated-{parts.slug(c.key)}" + (f"-{parts.slug(c.instance_id)}" if c.instance_id else "")
            yield Said(line, id, self.of(c))

    def tables(self, conclusions: list[Conclusion], id: str) -> Iterator[Block]:
        """Give what applies, a table a law, a row a norm: what, since when, by when, with which sanction; then the notes."""
        instruments = self.material.program.instruments
        heads = tuple(self.say(name) for name in ("what", "since", "due", "sanction"))
        for law, here in groupby(self.in_order(conclusions), key=lambda c: c.cite.id.partition("/")[0]):
            keys: dict[str, list[Conclusion]] = {}
            for c in here:
                keys.setdefault(c.key, []).append(c)
            title = self.speech.worded(instruments[law].short) or (Run(law),)
            rows = tuple(self.row(key, found, id) for key, found in keys.items())
            heading = self.say("in_law", title, str(len(rows)))
            yield Section(heading, f"{id}-{law}", (Table(self.say("applies_of", title), heads, rows),))
        if self.notes:
            yield Section(self.say("notes"), f"{id}-notes", (Listing(tuple(self.notes.values())),))

    def row(self, key: str, found: list[Conclusion], id: str) -> Row:
        c = found[0]
        cells = self.named(c), self.since(c), self.due(found), self.sanctions(c)
        return Row(cells, f"{id}-{parts.slug(key)}", (*self.of(c), *(f"norm:{n.id}" for n in self.powers(c))))

    def since(self, c: Conclusion) -> Line:
        """Return since when a norm stands in the collected text, also under a former number."""
        version = next(
            (
                i["version"]
                for row in self.one.answer["data"]["norms"]
                if row["key"] == c.key
                for i in row["instances"]
                if i["version"]
            ),
            None,
        )
        if version is None or version not in self.material.law.standings:
            return (Run("-"),)
        own = start = self.material.law.standings[version].start
        norms = [
            n for n in self.material.program.core.norms if n.name == c.name and n.version in self.material.law.standings
        ]
        while earlier := [n for n in norms if self.material.law.standings[n.version].end == start and "/" not in start]:
            start = self.material.law.standings[earlier[0].version].start
        if start != own:
            return self.say("from_former", self.speech.moment(own), self.speech.moment(start))
        return self.say("from", self.speech.moment(start))

    def due(self, conclusions: list[Conclusion]) -> Line:
        """Return by when: a day for each instance that has one, a promptness, or nothing."""
        found: list[Line] = []
        for c in conclusions:
            if c.due:
                instance = (
                    (*self.say("for", self.phrases.w(c.instance)), Run(self.speech.w(("：", ": "))))
                    if c.instance
                    else ()
                )
                found.append((*instance, *line_of(self.phrases.dated(c.due))))
            elif c.promptness:
                found.append((Run(self.phrases.word(c.promptness, "PROMPTNESS")),))
            elif c.due_open:
                found.append(line_of(self.phrases.shown(c.due_open)))
        if found:
            return self.speech.join(dict.fromkeys(found))
        keeps = any(n.form == "keep" for n in self.material.program.norms.get(conclusions[0].key, ()))
        return self.say("always") if keeps else (Run("―"),)

    def sanctions(self, c: Conclusion) -> Line:
        """Return where the sanction stands; of what, its page says. Where no penal provision collected names the norm, which note
        says so, with what whoever looked noted, and the supervisory powers there are."""
        found = [self.cited(s["cite"]) for s in c.sanctions if s["kind"] != "none"]
        if found:
            return self.speech.join(dict.fromkeys(found))
        if c.modality not in rule_words.SANCTIONED:
            return (Run("―"),)
        noted = [self.speech.worded(s["note"]) for s in c.sanctions if s["note"] is not None]
        powers = self.powers(c)
        lines = noted or [self.say("no_penalty")]
        if powers:
            cites = self.speech.join(self.speech.cite(place) for place in dict.fromkeys(n.address for n in powers))
            lines.append(self.say("supervised", cites))
        text = self.speech.join(lines, ("", " ") if noted else ("。", "; "))
        if text not in self.notes:
            number = self.say("note", str(len(self.notes) + 1))
            of = (*self.of(c), *(f"norm:{n.id}" for n in powers))
            self.notes[text] = Said((*number, Run(self.speech.w(("：", ": "))), *text), f"note-{parts.slug(c.key)}", of)
        return self.say("see_note", self.say("note", str([*self.notes].index(text) + 1)))

    def powers(self, c: Conclusion) -> list[Norm]:
        """Return the supervisory powers over whom a norm binds for which no penalty is collected."""
        if c.modality not in rule_words.SANCTIONED or any(s["kind"] != "none" for s in c.sanctions):
            return []
        state = self.material.law.state
        norm = next((n for n in self.material.program.norms.get(c.key, ()) if state(n.version) == "in_force"), None)
        return self.speech.supervision.over(norm) if norm is not None else []

    # ------------------------------------------------------------------ what hangs on facts, what does not apply
    def listing(self, conclusions: list[Conclusion], id: str) -> Listing:
        """Return conclusions as a list, each norm once, with its status."""
        items: dict[str, Said] = {}
        for c in self.in_order(conclusions):
            line = (*self.named(c), Run(self.speech.w(("：", ": "))), Run(self.phrases.status(c)))
            items.setdefault(c.key, Said(line, f"{id}-{parts.slug(c.key)}", self.of(c)))
        return Listing(tuple(items.values()))

    def open_ones(self, conclusions: list[Conclusion], id: str) -> Listing:
        """Return what cannot be determined: what there is to check, once, and the norms that hang on it."""
        groups: dict[tuple[str, tuple[Line, ...]], dict[str, Conclusion]] = {}
        for c in self.in_order(conclusions):
            asked = tuple(dict.fromkeys(self.question(kind, item) for kind, item in c.causes))
            groups.setdefault((self.phrases.reasons(c), asked), {}).setdefault(c.key, c)
        items = []
        for (reasons, asked), found in groups.items():
            first, of = next(iter(found.values())), tuple(dict.fromkeys(k for c in found.values() for k in self.of(c)))
            name = f"{id}-on-{parts.slug(first.key)}"
            norms = tuple(Said(self.named(c), f"{id}-{parts.slug(key)}", self.of(c), kind="norm") for key, c in found.items())  # fmt: skip
            hangs = Said(self.say("open", reasons), f"{name}-open", of, norms, "free")
            if len(asked) == 1:
                items.append(Said(self.say("check", asked[0]), name, of, (hangs,)))
            elif asked:
                checks = tuple(Said(q, f"{name}-{n}", of) for n, q in enumerate(asked, start=1))
                items.append(Said(self.say("check_all"), name, of, (*checks, hangs), "free"))
            else:
                items.append(hangs)
        return Listing(tuple(items), "check")

    def idle(self, conclusions: list[Conclusion]) -> Listing:
        """Return what does not apply, by why, each list to be opened."""
        groups: dict[str, dict[str, Conclusion]] = {}
        for c in self.in_order(conclusions):
            groups.setdefault(self.phrases.status(c), {}).setdefault(c.key, c)
        items = []
        for status, found in groups.items():
            first, of = next(iter(found)), tuple(dict.fromkeys(k for c in found.values() for k in self.of(c)))
            below = tuple(Said(self.named(c), f"not-{parts.slug(key)}", self.of(c)) for key, c in found.items())
            line = self.say("so_many", status, str(len(found)))
            items.append(Said(line, f"not-as-{parts.slug(first)}", of, below, "folded"))
        return Listing(tuple(items))

    def question(self, kind: str, item: Item) -> Line:
        """Return what one would have to ask: the question of a fact, else what it is, with why."""
        text = self.phrases.w(item.question) if item.question else self.phrases.item(item)
        found: Line = (Run(_CODE.sub(self.speech.w((r"「\1」", r"“\1”")), text)),)
        if item.cite is not None:
            cite = self.cited(item.cite)
            found = (*found, Run(self.speech.w(("（", " ("))), cite, Run(self.speech.w(("）", ")"))))
        if kind not in ("fact", "list"):
            found = (Run(self.phrases.word(kind, "CAUSES") + self.speech.w(("：", ": "))), *found)
        return found

"""The pages that compare two worlds: which norms only one has, what differs in those both have, what differs for each kind of firm.

Comes in: the material, a language. Goes out: a `Page` for each two worlds, and their list. Nothing here is said to be so: each
world is a supposition, printed with its assumptions, and its sentences are in the conditional. Deliberately not here: which
norms differ (`kitei.worlds_compared`), what a profile comes to (`beside`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from kitei import wording
from kitei.conditions import Mood
from kitei.document import Line, Run, line_of, plain
from kitei.explain import IDLE, Conclusion, explain
from kitei.phrases import Phrases
from kitei.site import page_words, parts, rule_words, words
from kitei.site.alone import Alone, standing
from kitei.site.beside import Beside
from kitei.site.examples import Example
from kitei.site.material import Material
from kitei.site.origins import of_expression
from kitei.site.pages import Block, Listing, Page, Paragraph, Row, Said, Section, Table
from kitei.site.rules import Rules
from kitei.site.speech import Speech
from kitei.wording import Lang, pick
from kitei.worlds_compared import Compared, Held, Pair, WorldLaw
from kitei_dsl import core

#: Two worlds are read out in one mood, that of what would be required: only what differs in the law may differ in the words.
_MOOD: Mood = "planned"
#: What may stand in brackets behind the label of a world.
_BRACKETS = re.compile(r"\s*[（(〔\[][^（(〔\[]*[）)〕\]]$")


def comparison_pages(material: Material, lang: Lang) -> Iterator[Page]:
    """Give the list of comparisons and the page of each two worlds, where there are two."""
    beside = material.beside
    if beside is None:
        return
    said = material.speech[lang]
    title = said.line(words.FRAME["compare"])
    items = tuple(
        Said((Run(plain(_versus(material, said, a, b)), "page", path_of(a, b)),), f"compare-{a}-{b}", _keys(material, a, b))
        for a, b in beside.pairs
    )  # fmt: skip
    lead = Paragraph(Said(said.line(page_words.COMPARE["lead"])))
    blocks: tuple[Block, ...] = (lead, Listing(items), *_suppositions(material, said, beside.worlds, "worlds"))
    head = parts.head(material, said, said.line(words.HEAD["everyone"]), (), ())
    summary = f"{plain(said.line(page_words.COMPARE['lead']))} {plain(said.line(words.DISCLAIMER))}"
    boxes = parts.boxes(material, said, blocks, title)
    yield Page("comparisons", "compare", lang, title, summary, head, (*blocks, *boxes), ("index",))
    worlds = {w.world.name: w for w in beside.worlds}
    for (a, b), found in beside.pairs.items():
        yield _Comparison(material, said, beside, worlds[a], worlds[b], found).page()


def path_of(one: str, other: str) -> str:
    """Return the path of the page of two worlds."""
    return f"compare/{parts.slug(one)}--{parts.slug(other)}"


def _versus(material: Material, said: Speech, a: str, b: str) -> Line:
    return said.line(
        page_words.COMPARE["versus"],
        *(said.line(page_words.COMPARE["name"], _short(material, said, name)) for name in (a, b)),
    )


def _short(material: Material, said: Speech, world: str) -> Line:
    """Return what a world is called in a heading: the name declared for pages, else its label without what stands in brackets
    behind it."""
    named = material.guides.worlds.get(world)
    if named is not None:
        return said.worded(named.short)
    text = plain(said.worded(said.program.worlds[world].label)) or world
    return (Run(_BRACKETS.sub("", text)),)


def _keys(material: Material, *worlds: str) -> tuple[str, ...]:
    """Return what the name of a world came from."""
    named = (f"guide:world-{w}" for w in worlds if w in material.guides.worlds)
    return (*(f"world:{w}" for w in worlds), *named)


def _suppositions(material: Material, said: Speech, worlds: tuple[WorldLaw, ...], id: str) -> Iterator[Block]:
    """Give what each world supposes, assumes and leaves out."""
    rows = []
    for w in (one.world for one in worlds):
        titles = {i.id: said.worded(i.short) or (Run(i.id),) for i in material.program.core.instruments}
        shown: list[Line] = [
            said.line(page_words.COMPARE["supposed"], titles[i], said.day(day)) for i, day in w.supposes
        ]
        for a in w.assumes:
            fixed = material.program.commencements.get(a.target)
            label = said.worded(fixed.label) if fixed is not None else (Run(a.target),)
            value = said.day(a.value) if fixed is not None else Run(a.value)
            shown.append(said.line(page_words.COMPARE["assumed"], label, value))
        shown += [said.line(page_words.COMPARE["without"], titles[i]) for i in w.without]
        shown += [said.line(page_words.COMPARE["only"], titles[i]) for i in w.only]
        called = said.worded(w.label) or (Run(w.name),)
        if w.name in material.guides.worlds:
            called = said.line(page_words.COMPARE["called"], _short(material, said, w.name), called)
        cells = (called, said.join(shown, ("。", "; ")) if shown else said.line(page_words.COMPARE["nothing"]))  # fmt: skip
        rows.append(Row(cells, f"{id}-{parts.slug(w.name)}", _keys(material, w.name)))
    heads = (said.line(page_words.COMPARE["world"]), said.line(page_words.COMPARE["assumptions"]))
    table = Table(said.line(page_words.COMPARE["worlds_caption"]), heads, tuple(rows))
    yield Section(said.line(page_words.COMPARE["worlds"]), id, (table,))


class _Comparison:
    def __init__(self, material: Material, said: Speech, beside: Beside, one: WorldLaw, other: WorldLaw, found: Compared) -> None:  # fmt: skip
        self.material, self.said, self.beside, self.one, self.other, self.found = (
            material,
            said,
            beside,
            one,
            other,
            found,
        )
        self.of = _keys(material, one.world.name, other.world.name)

    def say(self, name: str, *blanks: Line | Run | str) -> Line:
        return self.said.line(page_words.COMPARE[name], *blanks)

    def short(self, world: WorldLaw) -> Line:
        return _short(self.material, self.said, world.world.name)

    def page(self) -> Page:
        said, a, b = self.said, self.one.world.name, self.other.world.name
        title = _versus(self.material, said, a, b)
        blocks = (*self.body(),)
        head = parts.head(self.material, said, said.line(words.HEAD["everyone"]), (), ())
        summary = f"{plain(title)} {plain(said.line(words.DISCLAIMER))}"
        boxes = parts.boxes(self.material, said, blocks, title)
        return Page(
            "comparison",
            path_of(a, b),
            said.lang,
            title,
            summary,
            head,
            (*blocks, *boxes),
            ("index", "compare"),
            self.of,
        )

    def body(self) -> Iterator[Block]:
        first, second, found = (
            self.short(self.one),
            self.short(self.other),
            self.found,
        )
        counts = [str(len(x)) for x in ({h.norm.name for h in found.first}, {h.norm.name for h in found.second}, found.differing)]  # fmt: skip
        of = (*self.of, *(f"norm:{h.norm.id}" for h in (*found.first, *found.second)), *(f"norm:{h.norm.id}" for p in found.differing for h in (*p.first, *p.second)))  # fmt: skip
        answer = self.say("answer", self.said.day(self.beside.on), first, counts[0], second, counts[1], counts[2], str(found.alike))  # fmt: skip
        yield Paragraph(Said(answer, "answer", tuple(dict.fromkeys(of)), kind="answer"))
        yield Paragraph(Said(self.say("hypothetical"), kind="frame"))
        yield Paragraph(Said(self.say("caution"), kind="note"))
        yield from _suppositions(self.material, self.said, (self.one, self.other), "worlds")
        if found.differing:
            rank = self.said.law.rank
            pairs = sorted(found.differing, key=lambda pair: rank[pair.first[0].norm.version])
            shown = tuple(self.differing(pair) for pair in pairs)
            yield Section(self.say("differing"), "differing", shown)
        for id, name, held in (("first", first, found.first), ("second", second, found.second)):
            if held:
                other, called = (self.other, second) if id == "first" else (self.one, first)
                alone = Alone(self.said, other, called, held, id, self.of)
                yield Section(self.say("only_in", name), f"only-{id}", tuple(alone.blocks()))
        yield from self.profiles()

    def in_brackets(self, line: Line) -> Line:
        return (Run(self.said.w(("（", " ("))), *line, Run(self.said.w(("）", ")"))))

    def cited(self, held: Held) -> Line:
        return (self.said.cite(held.norm.address, self.material.program.versions[held.norm.version]),)

    # ------------------------------------------------------------------ norms of both worlds
    def differing(self, pair: Pair) -> Section:
        """Return what differs in a norm that both worlds have, side by side."""
        id = f"differs-{pair.name}"
        of = tuple(dict.fromkeys(key for h in (*pair.first, *pair.second) for key in self.keys(h)))
        parts_: tuple[tuple[str, Callable[[Held], Line]], ...] = (
            ("where", lambda h: (*self.cited(h), Run(self.said.w(("：", ": "))), *standing(self.said, h.norm.version))),
            ("whom", lambda h: (Run(self.said.kinds([h.norm.kind])),)),
            ("conditions", self.conditions),
            ("satisfied", self.satisfied),
            ("due", self.due),
            ("amount", self.amount),
            ("sanctions", self.sanctions),
        )
        rows = []
        for name, line in parts_:
            cells = [
                self.said.join(dict.fromkeys(line(h) or self.say("none") for h in held), ("／", " / "))
                for held in (pair.first, pair.second)
            ]
            if name == "where" or plain(cells[0]) != plain(cells[1]):
                rows.append(Row((self.say(name), *cells), f"{id}-{name}", of))
        if pair.rests:
            labels = [self.resting(key) for key in pair.rests]
            others = self.said.join(dict.fromkeys(x for x in labels if x))
            if others:
                cells = [self.say("rests_on", others)] * 2
                rows.append(Row((self.say("rests"), *cells), f"{id}-rests", of))
        heads = (self.say("part"), *(self.short(w) for w in (self.one, self.other)))
        return Section(parts.capital(self.said.label(pair.name)), id, (Table(self.say("table", self.said.label(pair.name)), heads, tuple(rows)),))  # fmt: skip

    def keys(self, held: Held) -> tuple[str, ...]:
        norm = held.norm
        found = [f"norm:{norm.id}", f"word:{norm.name}", f"dates:{norm.version}"]
        found += [f"clause:{c.id}" for c in (*held.clauses, *held.defeats)] + [
            f"sanction:{s.id}" for s in held.sanctions
        ]
        return (
            *found,
            *of_expression(norm.version, norm.done, norm.due, norm.content, *(c.condition for c in held.clauses)),
        )

    def conditions(self, held: Held) -> Line:
        """Return the conditions of a norm on one line, with what defeats it named."""
        said, found = self.said, []
        for c in held.clauses:
            if c.condition is not None:
                found.append(self.listed(c.condition, c.version))
        line: Line = (Run(said.w(("。", "; ")).join(found)),) if found else self.say("always")
        if held.defeats:
            cites = said.join(
                dict.fromkeys(said.cite(c.address, self.material.program.versions[c.version]) for c in held.defeats)
            )
            line = (*line, *self.in_brackets(self.say("except", cites)))
        return line

    def listed(self, condition: core.Expr, version: str) -> str:
        """Return a condition on one line."""
        texts = [
            text for one in self.said.reading(version, _MOOD).listed(condition, version) for _, text in one.lines()
        ]
        return _joined(texts, self.said.w(("、", "; ")))

    def satisfied(self, held: Held) -> Line:
        norm = held.norm
        if norm.done is None:
            return ()
        act = norm.form == "do"
        return (Run(self.said.phrase(norm.done, norm.version, _MOOD) if act else self.listed(norm.done, norm.version)),)

    def due(self, held: Held) -> Line:
        norm, said = held.norm, self.said
        line: Line = (
            said.line(rule_words.RULE["due"], said.phrase(norm.due, norm.version, _MOOD))
            if norm.due is not None
            else ()
        )
        if norm.promptness is None:
            return line
        prompt = said.line(rule_words.RULE["prompt"], pick(wording.PROMPTNESS[norm.promptness], said.lang))
        return (*line, Run(said.w(("。", "; "))), *prompt) if line else prompt

    def amount(self, held: Held) -> Line:
        norm = held.norm
        return (Run(self.said.phrase(norm.content, norm.version, _MOOD)),) if norm.content is not None else ()

    def sanctions(self, held: Held) -> Line:
        """Return what may follow where it is not satisfied; nothing says that it follows."""
        said, found = self.said, []
        for s in held.sanctions:
            version = self.material.program.versions[s.version]
            cite = said.cite(s.address, version)
            standing = self.material.law.standings[s.version]
            extent = self.say("no_item") if s.kind == "none" else Rules(said, standing, "compared").extent(s)
            found.append((*extent, *self.in_brackets((cite,))))
        return said.join(found, ("、", "; "))

    def resting(self, key: str) -> Line:
        """Return what is called what a norm rests on."""
        program, said = self.material.program, self.said
        if key.startswith("slot:"):
            slot = program.slots.get(key.removeprefix("slot:"))
            return said.worded(slot.label) if slot is not None else ()
        if key.startswith("number:"):
            return (Run(key.rpartition("#")[2]),)
        if key.startswith(("norm:", "fill:")):
            return ()
        return said.label(key.partition("@")[0])

    # ------------------------------------------------------------------ profiles
    def profiles(self) -> Iterator[Block]:
        """Give, for each kind of firm, the norms that come out otherwise on the same facts."""
        sections: list[Block] = []
        names = (self.one.world.name, self.other.world.name)
        for profile in self.material.guides.profiles:
            two = [self.beside.answers.get((profile.id, name)) for name in names]
            if two[0] is None or two[1] is None:
                continue
            rows = [*self.rows(profile.id, two[0], two[1])]
            of = (f"guide:{profile.id}", *self.of)
            way = Run(plain(self.said.worded(profile.title)), "page", f"for/{profile.id}")
            if rows:
                heads = (self.say("norm"), *(self.short(w) for w in (self.one, self.other)))
                block: Block = Table(self.say("profile_table", way.text), heads, tuple(rows))
            else:
                block = Paragraph(Said(self.say("profile_same"), f"firm-{profile.id}-same", of))
            facts = Paragraph(Said((*self.say("profile_facts", way),), kind="note"))
            sections.append(Section((Run(way.text),), f"firm-{profile.id}", (facts, block)))
        if sections:
            yield Section(self.say("profiles"), "profiles", tuple(sections))

    def rows(self, profile: str, one: Example, other: Example) -> Iterator[Row]:
        """Give the norms whose status differs; what does not apply in one and does not stand in the other is alike."""
        found = [self.by_norm(e) for e in (one, other)]
        for id in dict.fromkeys((*found[0], *found[1])):
            two = [of.get(id, []) for of in found]
            if all(s.kind.startswith("idle") for of in two for s in of):
                continue
            if [s.kind for s in two[0]] != [s.kind for s in two[1]]:
                cells = [
                    self.said.join((s.below[0].line for s in of), ("／", " / ")) or self.say("absent") for of in two
                ]
                of = (f"guide:{profile}", *self.rules(id.partition("|")[0]))
                yield Row(((two[0] or two[1])[0].line, *cells), f"firm-{profile}-{parts.slug(id)}", of)

    def by_norm(self, example: Example) -> dict[str, list[Said]]:
        """Return the conclusions on each norm, which may stand in several places: those that apply or may, else one that does
        not."""
        found: dict[str, list[Said]] = {}
        for said in self.statuses(example):
            found.setdefault(said.id, []).append(said)
        return {id: [s for s in of if not s.kind.startswith("idle")] or of[:1] for id, of in found.items()}

    def rules(self, name: str) -> tuple[str, ...]:
        """Return all that a norm rests on in either world."""
        held = [h for w in (self.one, self.other) for h in w.norms.get(name, ())]
        clauses = [
            f"clause:{c}" for h in held for of in h.rests.values() for c in of if c in self.material.program.clauses
        ]
        return tuple(dict.fromkeys([f"word:{name}", *self.of, *(k for h in held for k in self.keys(h)), *clauses]))

    def statuses(self, example: Example) -> tuple[Said, ...]:
        """Return the conclusions about the firm: the name of each norm with its status in words below it. `kind` is the status
        itself, with day and reasons, after `idle` where it does not apply: words alone would differ by their mood."""
        lang = self.said.lang
        if lang not in example.blocks:
            subject = next(p.subject for p in self.material.guides.profiles if p.id == example.title)
            example.blocks[lang] = (Listing(tuple(self.concluded(example, subject))),)
        (listing,) = example.blocks[lang]
        assert isinstance(listing, Listing), "INVARIANT: statuses are kept as a list"
        return listing.items

    def concluded(self, example: Example, subject: str) -> Iterator[Said]:
        material, given = self.material, example.answered()
        if example.key not in material.explained:
            entities = parts.named(material, example.facts)
            material.explained[example.key] = explain(
                {**given, "data": {**given["data"], "entities": entities}}, material.program
            )
        phrases = Phrases(self.said.lang, bool(given["context"]["hypothetical"]), material.program, given)
        for c in material.explained[example.key].conclusions:
            if c.bearer_id == subject:
                idle = "idle " if c.status in IDLE else ""
                kind = f"{idle}{c.status} {c.due or ''} {' '.join(sorted({k for k, _ in c.causes}))}"
                yield Said(
                    self.named(c, phrases),
                    f"{c.name}|{c.instance_id or ''}",
                    (),
                    (Said(self.status(c, phrases)),),
                    kind,
                )

    def named(self, c: Conclusion, phrases: Phrases) -> Line:
        instance = (Run(self.said.w((" ― ", " – "))), Run(phrases.w(c.instance))) if c.instance else ()
        return Run(phrases.w(c.label)), *instance

    def status(self, c: Conclusion, phrases: Phrases) -> Line:
        """Return a status with its reasons and its day, and where it stands."""
        said = self.said
        line: Line = (Run(phrases.status(c)),)
        if (
            c.status == "not-in-force" and phrases.hypothetical
        ):  # answers say it as the end of a sentence about the world
            line = self.say("not_in_force")
        found: list[Any] = [*line]
        if c.status in ("undetermined", "contested") and (why := phrases.reasons(c)):
            found += said.line(page_words.COMPARE["because"], why)
        if c.due:
            found += [Run(said.w(("、", ", "))), *said.line(rule_words.RULE["due"], line_of(phrases.dated(c.due)))]
        cite = c.cite.ja if said.lang == "ja" else c.cite.en
        return (*found, *self.in_brackets((Run(cite, "cite", said.place(c.cite.id)),)))


def _joined(texts: list[str], comma: str) -> str:
    """Join the lines of a condition; what ends in a colon leads to the next."""
    found = ""
    for text in texts:
        found += (
            text
            if not found
            else f" {text}"
            if found.endswith(":")
            else text
            if found.endswith("：")
            else f"{comma}{text}"
        )
    return found

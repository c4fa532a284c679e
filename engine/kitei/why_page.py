"""Why, why not, and what would change it: one conclusion with its reasons as a page.

Comes in: an answer about one norm or term, the conclusions asked about, and (for what would change it) the changes found.
Goes out: blocks, conclusion first. An answer that rests on an evaluation says so in its first line. Deliberately not
here: which steps and changes there are (`decisive`, `flip`), any value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kitei import wording
from kitei.changed_facts import Change
from kitei.decisive import FALSE, Fared, Unmet
from kitei.document import Block, Entry, Heading, Listing, Paragraph, line_of
from kitei.explain import Conclusion, Ground, TermConclusion, reduced
from kitei.flip import Flips, Outcome
from kitei.naming import Cite
from kitei.page import Page, Part
from kitei.reasons import Reasons, outcome_of
from kitei.wording import pick
from kitei_dsl.core import Wording

#: The parts of a norm on which it rests that it was not performed in time.
_IN_TIME = ("due", "done", "done_on", "done_when_due")
_LATE = ("performed-late", "overdue")
TITLES = {"why": "why_title", "not": "not_title", "flip": "flip_title"}


class WhyPage(Page):
    """A page about chosen conclusions of one norm or term. `asked`: why, not or flip."""

    asked = "why"
    parts: Sequence[Part] = ()
    flips: Sequence[Flips] = ()

    def blocks(self) -> Iterator[Block]:
        label = self.parts[0].label
        yield Heading(1, line_of(self.say(self.titled(), label, self.answer["as_of"])))
        for n, part in enumerate(self.parts):
            if len(self.parts) > 1:
                yield Heading(2, line_of(self.whose(part)))
            yield self.concluded(part)
            if about := [*self.by_reading(part), *self.apart(part)]:
                yield Listing(tuple(about))
            if part.grade != "A":
                yield self.paragraph("grade", self.cite_of(part), part.grade) if self.cite_of(part) else Paragraph(())
            if isinstance(part, Conclusion) and part.status == "not-in-force":
                yield self.paragraph("not_in_force_why", self.texts(part))
                yield Listing(tuple(Reasons(self).path(part, ("saving",))))
            elif self.asked == "flip":
                yield from self.changes(self.flips[n], part)
            elif self.asked == "not":
                yield from self.why_not(part)
            else:
                yield from self.why(part)
        searched = [p for p in self.parts if not (isinstance(p, Conclusion) and p.status == "not-in-force")]
        if self.asked == "flip" and searched:
            yield from self.search()
        yield self.heading("footing")
        yield from list(self.head())[1:]
        yield Paragraph(())
        yield from self.end()

    def titled(self) -> str:
        """Return which title the page has: one that asked why not, and is told what is so, gives its reasons."""
        if self.asked == "not" and all(outcome_of(p) == "true" for p in self.parts):
            return TITLES["why"]
        if self.asked == "not" and all(isinstance(p, Conclusion) and p.status in _LATE for p in self.parts):
            return "late_title"
        return TITLES[self.asked]

    def laws(self) -> Iterator[Block]:
        """Each step has named its provision."""
        return iter(())

    def whose(self, part: Part) -> str:
        """Return what tells one of several conclusions from the others: whom it concerns, and the provision where they differ."""
        who = [part.bearer, part.instance] if isinstance(part, Conclusion) else [part.subject]
        cites = {self.cite_of(p) for p in self.parts}
        return self.say("why_whose", [w for w in who if w], self.cite_of(part) if len(cites) > 1 else None)

    def cite_of(self, part: Part) -> Cite | None:
        return part.cite if isinstance(part, Conclusion) else part.cites[0] if part.cites else None

    def concluded(self, part: Part) -> Paragraph:
        """Return the conclusion in the fixed words."""
        evaluations = list(part.evaluations)
        if isinstance(part, Conclusion):
            return self.paragraph("why_norm", part, evaluations, self.say("sentence", part))
        return self.paragraph("why_term", part, evaluations, self.say("term", part))

    def by_reading(self, part: Part) -> Iterator[Entry]:
        """Give what each reading gives, where they differ."""
        if isinstance(part, Conclusion):
            yield from (
                self.entry("reading", choices, part, *results) for choices, *results in reduced(part.by_reading)
            )
        elif part.shown.state == "contested":
            yield from (self.entry("term_reading", choices, shown) for choices, shown in part.by_reading)

    # ------------------------------------------------------------------ why
    def why(self, part: Part) -> Iterator[Block]:
        entries = tuple(Reasons(self).path(part))
        yield Listing(entries) if entries else self.paragraph("path_none")

    def texts(self, c: Conclusion) -> list[Ground]:
        """Return the encoded texts of a norm with the days they are in force."""
        found = []
        for n in self.program.norms[c.key]:
            v = self.program.versions[n.version]
            found.append(Ground(self.names.cite(n.address, v.id), v.grade, None, None, v.start, v.end, ()))
        return found

    # ------------------------------------------------------------------ why not
    def why_not(self, part: Part) -> Iterator[Block]:
        outcome = outcome_of(part)
        if outcome == "true":
            yield self.paragraph("holds_after_all")
            yield from self.why(part)
            return
        if isinstance(part, Conclusion) and part.status == "disapplied":
            yield self.paragraph("disapplied_why", part.defeated_by)
        if isinstance(part, Conclusion) and part.status in _LATE:
            yield self.paragraph("why_not_in_time", part)
            yield Listing(tuple(Reasons(self).path(part, _IN_TIME)))
            return
        found = unmet_of(self, part)
        satisfied = isinstance(part, Conclusion) and part.status == "not-satisfied"
        if found:
            heading = "why_not_satisfied" if satisfied else "why_not_false" if outcome == FALSE else "why_not_open"
            yield self.paragraph(heading)
            # What is so stands before what nobody has said; what no fact makes otherwise stands first.
            decided = sorted((u for u in found if u.finding.met == FALSE), key=lambda u: u.sort != "time")
            untold = [u for u in found if u.finding.met != FALSE]
            if heading == "why_not_open" or not decided:
                decided, untold = found, []
            yield Listing(tuple(self.elements(decided)))
            if untold:
                yield self.paragraph("why_not_told")
                yield Listing(tuple(self.elements(untold)))
        else:
            yield from self.why(part)

    def elements(self, found: Iterable[Unmet]) -> Iterator[Entry]:
        """Give the entries of things not so or not known; the same thing of several of a list once, with what was found of each."""
        same: dict[object, list[Entry]] = {}
        for u in found:
            entry = self.element(u)
            closing = (e.line for e in entry.entries[-2:])
            same.setdefault((entry.line, *closing) if not u.choices else id(u), []).append(entry)
        for entries in same.values():
            below = dict.fromkeys(e for entry in entries for e in entry.entries[:-2])
            yield entries[0] if len(entries) == 1 else Entry(entries[0].line, (*below, *entries[0].entries[-2:]))

    def element(self, u: Unmet) -> Entry:
        """Return one thing that is not so or not known: where the law asks for it, what was found, who must establish it."""
        reasons, f = Reasons(self), u.finding
        if u.choices:
            return self.entry("unmet_any", reasons.words(f), below=self.alternatives(u))
        cites = list(dict.fromkeys(self.cite_of_clause(c) for c in u.under[-2:]))
        listed = f.node.mechanism == "fold" and f.met != FALSE
        words = self.say("path_list", f.node.about) if listed else reasons.words(f)
        below = list(reasons.found(f))
        if listed and (question := self.names.item(f.node.about["item"]).question):
            below.append(self.entry("unmet_question", question))
        below.append(self.entry("unmet_class", u.sort))
        if f.node.mechanism == "defence":
            who = self.phrases.w(f.node.about["party"])
        else:
            who = pick(wording.ESTABLISHED_BY[established_by(u)], self.lang)
        below.append(self.entry("unmet_who", who))
        return self.entry("unmet", words, cites, below=below)

    def alternatives(self, u: Unmet) -> Iterator[Entry]:
        for choice in u.choices:
            if len(choice) == 1:
                yield self.element(choice[0])
            else:
                elements = list(self.elements(choice))
                yield elements[0] if len(elements) == 1 else self.entry("unmet_all", below=elements)

    def cite_of_clause(self, clause: Fared) -> Cite:
        cite: Cite = clause.node.about["cite"]
        return cite

    # ------------------------------------------------------------------ what would change it
    def changes(self, flips: Flips, part: Part) -> Iterator[Block]:
        for flip in flips.flips:
            yield Heading(3, line_of(self.say("flip_goal", flip.goal)))
            aside = flip.aside.size if flip.aside else 0
            match flip.verdict:
                case "found":
                    yield self.paragraph("flip_found", flip.size, flip.total, flip.tried, aside)
                    if flip.partly is not None:
                        yield self.paragraph("flip_cut", flip.size, flip.partly)
                    yield Listing(tuple(self.found(flip.changes, part)))
                case "never":
                    yield self.paragraph("flip_never" if flip.tried else "flip_no_fact", flip.tried, aside)
                case "bound":
                    yield self.paragraph("flip_unsettled", flip.tried, flip.size, flip.partly, aside)
                case _:
                    yield self.paragraph("flip_size", flip.size, flip.tried, aside)
            if flip.aside is not None:
                yield self.paragraph("flip_aside", flip.aside.size, flip.aside.total)
                yield Listing(tuple(self.found(flip.aside.changes, part)))

    def search(self) -> Iterator[Block]:
        """Give, once for all conclusions, which facts mattered to none, and what was tried and what not."""
        yield Paragraph(())
        mattered = [set(flips.unread) for flips in self.flips]
        unread = [self.names.item(i) for i in self.flips[0].unread if all(i in of for of in mattered)]
        if unread:
            yield self.paragraph("flip_irrelevant", len(unread), unread[:5])
        yield self.paragraph("flip_values")
        untried = dict.fromkeys(i for flips in self.flips for i in flips.not_tried)
        yield self.paragraph("flip_not_tried", [self.names.item(i) for i in untried])
        yield self.paragraph("flip_throughout")

    def found(self, hits: Sequence[tuple[Sequence[Change], Outcome]], part: Part) -> Iterator[Entry]:
        """Give the changes found; single facts of which any one has the same outcome stand together under it."""
        groups: dict[object, list[tuple[Sequence[Change], Outcome]]] = {}
        for n, (changes, then) in enumerate(hits):
            groups.setdefault(self.outcome(then, part) if len(changes) == 1 else n, []).append((changes, then))
        for hits in groups.values():
            changes, then = hits[0]
            if len(hits) == 1:
                yield self.change(changes, then, part)
            else:
                facts = [self.changed(c) for single, _ in hits for c in single]
                yield self.entry("flip_change", self.outcome(then, part), len(facts), below=facts)

    def change(self, changes: Sequence[Change], then: Outcome, part: Part) -> Entry:
        facts = tuple(self.changed(c) for c in changes)
        if len(facts) == 1:
            return Entry(facts[0].line, (self.entry("flip_change", self.outcome(then, part), 1),))
        return self.entry("flip_change", self.outcome(then, part), 1, below=facts)

    def changed(self, c: Change) -> Entry:
        item = self.names.item(c.item)
        if c.sort == "complete":
            return self.entry("flip_fact", item, self.say("flip_complete", c.before == "true"),
                              self.say("flip_complete", c.after == "true"), c.evidence, None)  # fmt: skip
        if c.sort == "without":
            return self.entry("flip_removed", item, self.names.entity(c.after or ""))
        before = None if c.before is None else self.value(c, c.before)
        return self.entry("flip_fact", item, before, self.value(c, c.after or "none"), c.evidence, c.day)

    def value(self, c: Change, text: str) -> str:
        if text == "none":
            return self.say("flip_none_value")
        name = c.item.partition(".")[2]
        attribute, role = self.program.attributes.get(name), self.program.roles.get(name)
        type = f"entity:{role.kind}" if role else attribute.type if attribute else "truth"
        label: Wording | None = None
        if type.startswith("entity"):
            label = self.names.entity(text)
        elif type.startswith(("enum", "calendar")):
            label = self.names.listed(text, type)
        return self.phrases.value(text, type, label)

    def outcome(self, o: Outcome, part: Part) -> str:
        """Return an outcome in the fixed words."""
        if isinstance(part, TermConclusion):
            return self.phrases.value(o.status, part.shown.type, self.label_of(o.status, part.shown.type))
        if o.status == "not-listed":
            return self.say("flip_not_listed")
        if o.presence == "applies" and o.status == "undetermined":
            words = self.phrases.opening(part.cite) + self.say("flip_applies_open")
            return self.phrases.capital(words) if self.lang == "en" else words
        words = self.phrases.opening(part.cite) + self.phrases.status_of(part.modality, o.status, o.due)
        return self.phrases.capital(words) if self.lang == "en" else words

    def label_of(self, text: str, type: str) -> Wording | None:
        if type.startswith("entity"):
            return self.names.entity(text)
        return self.names.listed(text, type) if type.startswith(("enum", "calendar")) else None


def unmet_of(page: Page, part: Part) -> list[Unmet]:
    """Return what is not so or not known in a conclusion, each once, in the order of the law."""
    found: dict[tuple[object, ...], Unmet] = {}
    for u in Reasons(page, thoroughly=True).unmet(part):
        found.setdefault((u.finding.node.step, u.finding.negated, u.finding.node.about.get("item")), u)
    return list(found.values())


def established_by(u: Unmet) -> str:
    """Return who must establish what is missing, as `wording.ESTABLISHED_BY` names them."""
    if u.sort != "text":
        return u.sort
    mechanism = u.finding.node.mechanism
    return (
        mechanism
        if mechanism in ("unverified", "unencoded")
        else str(u.finding.node.about.get("delegate", "unencoded"))
    )

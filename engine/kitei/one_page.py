"""The page a client is sent: one entry for what can be said at once, numbered; the other sections refer to the numbers.

Comes in: an answer and its explanation. Goes out: blocks (depth 1). Deliberately not here: the steps behind a conclusion.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, TypeAlias

from kitei import wording
from kitei.document import Block, Entry, Heading, Listing, line_of
from kitei.explain import IDLE, OUGHT, ByReading, Conclusion, Explanation, Ground, TermConclusion, in_question, reduced
from kitei.naming import Cite, Item
from kitei.page import Page, Part
from kitei.steps import Node
from kitei.wording import Lang, pick
from kitei.world import Program
from kitei_dsl import core
from kitei_dsl.core import Wording
from kitei_dsl.frozen import Frozen, replace

#: Whose conclusion: the norm's name, its key, the bearer or subject, the instance.
Alike: TypeAlias = tuple[int, str, str, str, str]
Goal: TypeAlias = tuple[str, str, str, str | None]
#: Entries that differ in nothing but the norm are one block where there are as many as this.
ALIKE = 4
#: The groups of the register that a reader acts on: each entry of them stands by itself.
FIRST = 2
#: The reasons that no fact, evaluation, act or text to come removes.
LASTING = ("unencoded", "gap", "clash", "undefined")


class Row(Frozen):
    """One numbered entry: conclusions of one norm that differ in nothing but their instance."""

    number: int
    group: int
    conclusions: tuple[Conclusion, ...]
    text: str
    #: the block it stands in with others that say the same; 0: it stands by itself
    block: int = 0


class OnePage(Page):
    """The page a client is sent: one entry for what can be said at once, numbered; the other sections refer to the numbers."""

    most_facts = 6

    def __init__(self, answer: Mapping[str, Any], program: Program, explanation: Explanation, lang: Lang) -> None:
        later = tuple(c for c in explanation.conclusions if to_come(c, answer["context"]["at"], program))
        kept = tuple(c for c in explanation.conclusions if c not in later)
        super().__init__(answer, program, replace(explanation, conclusions=kept), lang)
        #: what is said in a line, not judged: the day it depends on is still to come
        self.later = later
        goals = {goal_of(c) for c in later}
        settlements = self.data["would_settle"]
        if settlements is not None:
            left = [s for s in settlements if goal_key(s["goal"]) not in goals]
            self.data = {**self.data, "would_settle": left}
        self.verdicts = {goal_key(s["goal"]): str(s["verdict"]) for s in (self.data["would_settle"] or ())}
        self.rows = tuple(self.made())
        self.numbers: dict[Goal, int] = {
            ("", t.key, t.subject_id, None): n for n, t in enumerate(self.x.terms, start=1)
        }
        self.numbers |= {goal_of(c): row.number for row in self.rows for c in row.conclusions}

    def made(self) -> Iterator[Row]:
        """Give the entries in the order of the page."""
        found: dict[tuple[Any, ...], list[Conclusion]] = {}
        for n, (statuses, _, _) in enumerate(wording.REGISTER):
            for c in self.x.conclusions:
                if c.status in statuses and statuses != ("not-in-force",):
                    text = self.say("one_text", c, self.detail(c))
                    readings = tuple(reduced(c.by_reading))
                    found.setdefault((n, c.key, c.bearer_id, c.cite, c.evaluations, readings, text), []).append(c)
        alike: dict[Alike, list[tuple[Any, ...]]] = {}
        for key, conclusions in found.items():
            if (same := self.alike(key[0], conclusions[0], key[-1])) is not None:
                alike.setdefault(same, []).append(key)
        blocks = {key: n for n, (_, keys) in enumerate(alike.items(), 1) if len(keys) >= ALIKE for key in keys}
        bearers = list(dict.fromkeys(c.bearer_id for c in self.x.conclusions))
        rows = sorted(
            found.items(),
            key=lambda pair: (
                pair[0][0],
                bearers.index(pair[1][0].bearer_id),
                blocks.get(pair[0], 0),
                undated(pair[1][0]),
            ),
        )
        for number, (key, conclusions) in enumerate(rows, start=len(self.x.terms) + 1):
            yield Row(number, key[0], tuple(conclusions), key[-1], blocks.get(key, 0))

    def alike(self, group: int, c: Conclusion, text: str) -> Alike | None:
        """Return what an entry has in common with the others of its block; None where it says something of its own."""
        dated = c.due or c.due_if or c.promptness or c.content or c.performed
        own = dated or c.evaluations or c.by_reading or c.cite.bucket != "in_force"
        lasting = goal_of(c) not in self.verdicts and any(kind not in LASTING for kind, _ in c.causes)
        return None if group < FIRST or own or lasting else (group, c.bearer_id, c.status, c.modality, text)

    def detail(self, c: Conclusion) -> Mapping[str, Any]:
        """Return what an entry says beyond the status: none of it is repeated by another section."""
        reason = self.without(c.deciding, (c.bearer, c.instance)) if c.deciding else None
        cites = (c.deciding.about.get("cites") or c.because) if c.deciding else ()
        return {
            "verdict": self.verdicts.get(goal_of(c)), "same": c.by_reading and not reduced(c.by_reading), "timed": c.status not in IDLE, "prompt": c.promptness and c.modality in OUGHT,
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
        found = self.numbers.get(goal_of(c))
        return () if found is None else (found,)

    # ------------------------------------------------------------------ 1 conclusions
    def conclusions(self) -> Iterator[Block]:
        parts: list[Part] = [*self.x.conclusions, *self.x.terms]
        if not parts and not self.later:
            yield from self.nothing_asked()
        resting = dict.fromkeys(e for part in parts for e in part.evaluations)
        if resting:
            yield self.paragraph("by_evaluation", list(resting))
        if any(part.grade == "A" and not_told(part) for part in parts):
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
                yield Listing(tuple(self.ones(rows)))

        if self.later:
            found: dict[tuple[Wording, str], dict[Cite, Conclusion]] = {}
            for c in sorted(self.later, key=lambda c: c.anchor or ""):
                if c.instance is not None and c.anchor is not None:
                    found.setdefault((c.instance, c.anchor), {}).setdefault(c.cite, c)
            yield Heading(3, line_of(pick(wording.STILL_TO_COME, self.lang)))
            yield self.paragraph("still_to_come", self.context["at"])
            yield Listing(tuple(self.entry("to_come", *key, list(norms.values())) for key, norms in found.items()))

    def ones(self, rows: Iterable[Row]) -> Iterator[Entry]:
        """Give an entry for each row, and one for each block, with its norms below by the law they stand in."""
        for block, group in groupby(rows, key=lambda row: row.block):
            if not block:
                yield from (self.one(row) for row in group)
                continue
            members = list(group)
            laws: dict[str, list[tuple[int, Conclusion, list[Wording]]]] = {}
            for row in members:
                c = row.conclusions[0]
                instances = list(dict.fromkeys(x.instance for x in row.conclusions if x.instance))
                laws.setdefault(c.cite.id.partition("/")[0], []).append((row.number, c, instances))
            below = [self.entry("one_block_law", self.names.short(law), norms) for law, norms in laws.items()]
            yield self.entry(
                "one_block", members[0].conclusions[0].modality, len(members), members[0].text, below=below
            )

    def one(self, row: Row) -> Entry:
        c = row.conclusions[0]
        instances = list(dict.fromkeys(x.instance for x in row.conclusions if x.instance))
        below = [self.entry("reading", choices, c, *results) for choices, *results in reduced(c.by_reading)]
        below += self.apart(c)
        if goal_of(c) not in self.verdicts:
            below += [self.entry("cause", kind, item) for kind, item in c.causes if kind not in LASTING]
        return self.entry("one", [row.number], c, instances, row.text, below=below)

    def term(self, t: TermConclusion) -> Entry:
        goal: Goal = ("", t.key, t.subject_id, None)
        below = [self.entry("term_reading", choices, shown) for choices, shown in t.by_reading]
        below += self.apart(t)
        if goal not in self.verdicts:
            below += [self.entry("cause", kind, item) for kind, item in t.causes]
        return self.entry("one_term", [self.numbers[goal]], t, self.verdicts.get(goal), below=below)

    # ------------------------------------------------------------------ 2 deadlines, 3 sanctions
    def deadline(self, sentence: str, c: Conclusion, *more: object) -> Entry:
        return self.entry(f"one_{sentence}", self.number(c), c, *more)

    def each_reading(self, c: Conclusion) -> ByReading:
        return reduced(c.by_reading)

    def sanctions(self) -> Iterator[Block]:
        """Give one entry for sanctions that differ in nothing but the provision."""
        shared: dict[str, tuple[Any, dict[Cite, list[Conclusion]]]] = {}
        without: dict[bool, list[Conclusion]] = {}
        unsaid: dict[bool, list[Conclusion]] = {}
        elsewhere: dict[tuple[Ground, ...], list[Conclusion]] = {}
        for c in self.x.conclusions:
            if not in_question(c.modality, c.status):
                continue
            if not c.sanctions and c.sanctions_as_of and (other := self.sanctions_of_other_days(c)):
                elsewhere.setdefault(other, []).append(c)
                continue
            press = c.cite.bucket == "press"
            for s in c.sanctions:
                key = repr((press, {k: v for k, v in s.items() if k != "cite"}))
                shared.setdefault(key, (s, {}))[1].setdefault(s["cite"], []).append(c)
            if not c.sanctions:
                (without if c.sanctions_as_of else unsaid).setdefault(press, []).append(c)

        def said(norms: Iterable[Conclusion]) -> list[tuple[Conclusion, tuple[int, ...]]]:
            return [(c, self.number(c)) for c in norms]

        entries = []
        # What stands first on the page is what matters first here too.
        for s, by_cite in sorted(
            shared.values(), key=lambda one: min(self.number(c)[0] for cs in one[1].values() for c in cs)
        ):
            pairs = [(said(norms), cite) for cite, norms in by_cite.items()]
            texts: dict[str, list[Conclusion]] = {}
            for c in (c for norms in by_cite.values() for c in norms):
                if c.sanctions_as_of and c.sanctions_as_of[1] == "omission":
                    texts.setdefault(c.sanctions_as_of[0], []).append(c)
            listed = [(day, said(norms)) for day, norms in sorted(texts.items())]
            entries.append(
                self.entry("one_no_penalty", pairs, s) if s["kind"] == "none" else self.entry("one_sanction", pairs, s, listed)
            )  # fmt: skip
        powers = [
            c
            for c in self.x.conclusions
            if c.modality == "power" and c.status not in (*IDLE, "undetermined", "contested")
        ]
        yield self.listing([
            *entries, *(self.entry("one_other_sanctions", said(w), other) for other, w in elsewhere.items()),
            *(self.entry("one_no_sanctions", said(w)) for w in without.values()),
            *(self.entry("one_unsaid_sanctions", said(w)) for w in unsaid.values()),
            *(self.entry("one_power", self.number(c), c) for c in powers),
        ])  # fmt: skip
        yield from self.cautions()

    # ------------------------------------------------------------------ 4 what is open
    def open(self) -> Iterator[Block]:
        settlements = [(self.numbers.get(goal_key(s["goal"])), s) for s in (self.data["would_settle"] or ())]
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
        if amounts := self.amounts():
            some = True
            yield Listing((self.entry("open_amounts", below=amounts),))
        if lasting := self.lasting():
            some = True
            yield Listing((self.entry("other_reasons", below=lasting),))
        if not some:
            yield self.paragraph("none_open")
            yield from self.not_listed()

    def named(self, items: Sequence[Item], numbers: Iterable[int]) -> list[Wording]:
        """Return whom items concern, or nobody where the entries they serve say it."""
        subjects = [i.subject for i in items if i.subject]
        for row in self.rows:
            if row.number in numbers:
                instances = {c.instance for c in row.conclusions if c.instance}
                if {*subjects} not in ({row.conclusions[0].bearer}, instances):
                    return subjects
        return subjects if any(n <= len(self.x.terms) for n in numbers) else []

    def amounts(self) -> list[Entry]:
        """Return what amounts turn on that are open although the norm is not, each once with its entries."""
        causes: dict[tuple[str, Item], dict[int, None]] = {}
        for c in self.x.conclusions:
            for cause in c.content_causes:
                causes.setdefault(cause, {}).update(dict.fromkeys(self.number(c)))
        return [
            self.entry("one_needs", sorted(n), self.named([item], n), [item], ())
            if kind == "fact" and item.question
            else self.entry("one_cause", kind, item, sorted(n))
            for (kind, item), n in causes.items()
        ]

    def lasting(self) -> list[Entry]:
        """Return the reasons that no fact removes, each once with the entries it keeps open."""
        causes: dict[tuple[str, Item], dict[int, None]] = {}
        points: dict[Wording, dict[int, None]] = {}
        for c in self.x.conclusions:
            for cause in c.causes:
                if cause[0] in LASTING:
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
            found: dict[str, dict[str, dict[tuple[str, str | None], list[Ground]]]] = {}
            for g in self.x.grounds:
                if g.cite.bucket == bucket:
                    grades = found.setdefault(g.cite.id.partition("/")[0], {})
                    grades.setdefault(g.grade, {}).setdefault((g.start, g.end), []).append(g)
            below = [
                self.entry("one_ground", self.names.short(i), [(list(parts.values()), letter) for letter, parts in sorted(grades.items())], laws.pop(i, None))
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

    def sections(self) -> Iterator[Block]:
        """Nothing stands after the notes."""
        return iter(())


def to_come(c: Conclusion, at: str, program: Program) -> bool:
    """Say whether an instance is one of a day after that of the facts which the facts do not yet decide. What is, or may be,
    due before that day (so many days before, in advance, on a day that is fixed) is judged like any other."""
    if c.instance is None or c.anchor is None or c.anchor <= at or c.status != "undetermined":
        return False
    dues = [c.due, c.due_if, *(due for _, _, due, _ in c.by_reading)]
    early = c.promptness == "in_advance" or any(due is not None and due < c.anchor for due in dues)
    return not early and not counted_back(program, c.key)


def counted_back(program: Program, key: str) -> bool:
    """Say whether a norm's due day may lie before the day it is anchored at: counted backward, or a day of its own."""
    seen: set[str] = set()
    waiting = [n.due for n in program.norms[key] if n.due is not None]
    while waiting:
        for _, part in core.walk(waiting.pop(), ""):
            if isinstance(part, core.Call) and part.op in ("before", "clear_before", "-"):
                return True
            if isinstance(part, core.Literal) and part.type == "date":
                return True
            resolved = (
                part.resolves
                if isinstance(part, core.Use)
                else f"slot:{part.slot}"
                if isinstance(part, core.Slot)
                else ""
            )
            if resolved in program.resolves and resolved not in seen:
                seen.add(resolved)
                clauses = (program.clauses[id] for id in program.influences(resolved))
                waiting += [x.outcome for x in clauses if x.outcome is not None]
    return False


def goal_key(goal: Mapping[str, Any]) -> Goal:
    if "term" in goal:
        return "", goal["term"], goal["subject"], None
    return goal["norm"], goal["key"], goal["bearer"], goal["instance"]


def not_told(part: Part) -> bool:
    """Say whether the grade of a conclusion is told by the sentence about all: it rests on law in force, and no entry tells it."""
    if isinstance(part, TermConclusion):
        return any(c.bucket in ("in_force", "pending") for c in part.cites)
    return part.status != "not-in-force" and part.cite.bucket == "in_force"


def undated(c: Conclusion) -> bool:
    """Say whether an undetermined entry has no time to mind: those that have one come first."""
    return c.status in ("undetermined", "contested") and not (c.due or c.due_if or c.promptness)


def goal_of(c: Conclusion) -> Goal:
    return c.name, c.key, c.bearer_id, c.instance_id

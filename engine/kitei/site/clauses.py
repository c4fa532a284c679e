"""What one clause of a version says: its condition as a checklist, what defeats it directly below, what it gives, what it leaves open.

Comes in: a version as it stands, the speech of a language. Goes out: items, every sentence with the rule it came from.
Deliberately not here: norms (`norms`), what a version says as a whole (`rules`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from kitei.conditions import Mood
from kitei.document import Line, Run
from kitei.site import rule_words
from kitei.site.diagram import diagram_block
from kitei.site.origins import of_expression
from kitei.site.pages import Block, Said, Section
from kitei.site.speech import Speech
from kitei.site.standing import Standing
from kitei.values import read
from kitei.wording import pick
from kitei_dsl import core


class Clauses:
    """The clauses of one version, as items. `base` begins every id; `told` are notes that stand on the page already."""

    def __init__(self, speech: Speech, standing: Standing, base: str, told: set[str] | None = None) -> None:
        self.speech, self.standing, self.base = speech, standing, base
        self.version, self.program, self.law = standing.version, speech.program, speech.law
        self.ids: dict[str, int] = {}
        #: in which tense the words around are: `now`, `planned`, `said` (proposed, reported) or `then`
        self.tense = rule_words.TENSES[standing.state]
        #: exceptions whose time has passed and delegations that were read out already: each stands once
        self.told: set[str] = set()
        #: notes of the site that stand on the page already
        self.noted = told if told is not None else set[str]()

    def _of(self, sort: str) -> list[Any]:
        """Return the records of this version, of one sort (as `core.Program` names it)."""
        return self.law.records[sort].get(self.version.id, [])

    def id(self, part: str) -> str:
        """Return an id for a part, the same as long as the rule keeps its name."""
        found = f"{self.base}-{part}"
        self.ids[found] = self.ids.get(found, 0) + 1
        return found if self.ids[found] == 1 else f"{found}-{self.ids[found]}"

    def title(self, name: str, *parts: Line | Run | str) -> Line:
        return self.speech.line(rule_words.in_tense(rule_words.SECTION, name, self.tense), *parts)

    def say(self, name: str, *parts: Line | Run | str) -> Line:
        return self.speech.line(rule_words.in_tense(rule_words.RULE, name, self.tense), *parts)

    @contextmanager
    def over(self, over: bool) -> Iterator[None]:
        """Say what is said within as what was, where its time has passed."""
        before = self.tense
        self.tense = "then" if over else before
        yield
        self.tense = before

    @property
    def mood(self) -> Mood:
        """Return the mood conditions are read out in here."""
        return "planned" if self.tense == "said" else self.tense

    def checklist(self, expr: core.Expr, version: str, id: str, of: tuple[str, ...]) -> tuple[Said, ...]:
        return self.speech.checklist(expr, version, id, of, self.mood)

    def phrase(self, expr: core.Expr, version: str) -> str:
        return self.speech.phrase(expr, version, self.mood)

    def section(self, name: str, id: str, blocks: Iterable[Block], *parts: Line | Run | str) -> Section:
        return Section(self.title(name, *parts), self.id(id), tuple(blocks))

    @cached_property
    def clauses(self) -> list[core.Clause]:
        """Return the clauses of the version."""
        return self._of("clauses")

    def cite_clause(self, clause: core.Clause) -> Run:
        return self.speech.cite(clause.address, self.program.versions[clause.version])

    def condition(self, clause: core.Clause, name: str) -> Iterator[Said]:
        """Give a clause's condition as a checklist, what defeats it directly below."""
        of = (f"clause:{clause.id}",)
        if clause.condition is not None:
            yield from self.checklist(clause.condition, clause.version, self.id(f"{name}-if"), of)
        yield from self.exceptions(clause)

    def exceptions(self, clause: core.Clause) -> Iterator[Said]:
        """Give what defeats a clause: provisos and overriding clauses, then what blocks it, then what it yields to."""
        program = self.program
        found = [
            (how, program.clauses[id])
            for how, ids in (
                ("proviso", program.overriders.get(clause.id, ())),
                ("blocked", program.blockers.get(clause.id, ())),
            )
            for id in ids
        ]
        found = [(how, c) for how, c in found if self.law.together(c.version, clause.version) and self.in_step(c)]
        # What can no longer defeat it stands last, and folded.
        for how, other in sorted(found, key=lambda one: self.is_over(one[1])):
            yield self.exception(how, other)
        prevailing = [program.clauses[t] for t in clause.yields_to if t in program.clauses]
        if prevailing:
            cites = self.speech.join(self.cite_clause(c) for c in prevailing)
            yield Said(self.say("yields", cites), self.id("yields"), (f"clause:{clause.id}", *(f"clause:{c.id}" for c in prevailing)), kind="proviso")  # fmt: skip

    def in_step(self, other: core.Clause) -> bool:
        """Say whether another clause speaks of the same time as this version: former rules defeat former ones only."""
        state = self.law.state(other.version)
        return state == self.standing.state or (self.standing.state == "pending" and state == "in_force")

    def exception(self, how: str, other: core.Clause) -> Said:
        of = (f"clause:{other.id}", f"dates:{other.version}")
        id = self.id("except")
        if self.is_over(other):
            return self.ended(other, id, of)
        line = self.say(how, self.cite_clause(other))
        if other.condition is None:
            line = (*line, *self.say("always"))
        return Said(line, id, of, (*self.exception_below(how, other, id, of), *self.exceptions(other)), "proviso")

    def exception_below(self, how: str, other: core.Clause, id: str, of: tuple[str, ...]) -> tuple[Said, ...]:
        """Return under which conditions something defeats, and what holds then."""
        below: tuple[Said, ...] = ()
        if other.condition is not None:
            below = self.checklist(other.condition, other.version, f"{id}-if", of)
        if other.outcome is not None and how == "proviso" and not is_true(other.outcome):
            result = Said(self.say("instead", self.phrase(other.outcome, other.version)), f"{id}-then", (*of, *of_expression(other.version, other.outcome)))  # fmt: skip
            below = (*below, result)
        return below

    def ended(self, other: core.Clause, id: str, of: tuple[str, ...]) -> Said:
        """Return an exception that no day can meet any more: that it was one, and folded, once a version, its conditions as they were."""
        line = self.say("over", self.cite_clause(other))
        if other.id in self.told:
            return Said((*line, *self.say("over_above")), id, of, kind="ended")
        self.told.add(other.id)
        with self.over(True):
            below = (*self.exception_below("blocked", other, id, of), *self.exceptions(other))
            folded = Said(self.say("over_conditions"), f"{id}-was", of, below, "folded")
        return Said(line, id, of, (folded,) if below else (), "ended")

    def is_over(self, clause: core.Clause) -> bool:
        """Say whether a clause of a text in force can be met no longer, on the day of the site or later, whatever the facts."""
        return self.standing.state == "in_force" and clause.id in self.law.spent

    def value(self, c: core.Clause) -> str:
        """Return what a clause gives, in words."""
        assert c.outcome is not None
        return self.phrase(c.outcome, c.version)

    def reading(self, c: core.Clause) -> tuple[Line, Line]:
        reading = self.program.readings[c.reading or ""]
        choice = reading.labels[reading.choices.index(c.choice or "")]
        return self.speech.worded(reading.label), self.speech.worded(choice)

    def filled_in(self, expr: core.Expr | None, id: str) -> tuple[Said, ...]:
        """Return what lower rules fix of the slots an expression uses, so that it can be read in one place."""
        slots = [p.slot for _, p in core.walk(expr, "") if isinstance(p, core.Slot)] if expr is not None else []
        found = tuple(
            self.delegation(self.program.slots[s], f"{id}-{self.program.slots[s].name}")
            for s in dict.fromkeys(slots)
            if f"slot:{s}" not in self.told
        )
        self.told |= {f"slot:{s}" for s in slots}
        return found

    def delegation(self, slot: core.SlotDeclaration, part: str = "") -> Said:
        said, every = self.speech, self.law.fillings(slot)
        # What fills it by a former rule is told of a former version, not of the one in force.
        fills = [c for c in every if self.law.state(c.version) != "former" or self.standing.state == "former"] or every
        label = said.quoted(said.worded(slot.label) or (Run(slot.name),))
        state = self.law.filled(slot)
        of = (f"slot:{slot.id}", *(f"clause:{c.id}" for c in fills))
        if state in ("filled", "made"):
            name = (
                state if state == "made" or "in_force" in {self.law.state(c.version) for c in fills} else "filled_too"
            )
            cites = dict.fromkeys(self.cite_clause(c) for c in fills)
            line = self.say(name, label, said.join(cites))
            id = self.id(part or f"slot-{slot.name}")
            # What overrides another filling stands under the one it overrides.
            ids = {c.id for c in fills}
            shown = [c for c in fills if not ids & {*c.proviso_to, *c.notwithstanding}]
            below = tuple(
                item
                for n, c in enumerate(shown, start=1)
                for item in (self.filling(c, f"{id}-by-{n}"), *self.exceptions(c))
            )
            return Said(line, id, of, below)
        delegate = pick(rule_words.DELEGATES.get(slot.delegate, (slot.delegate, slot.delegate)), said.lang)
        name = "by_contract" if slot.delegate == "contract" else "pending" if state == "pending" else "unfilled"
        line = self.say(name, label, delegate)
        return Said(line, self.id(part or f"slot-{slot.name}"), of, kind="open")

    def filling(self, c: core.Clause, id: str) -> Said:
        """Return what a clause that fills a slot says: the value, under which condition."""
        said = self.speech
        of = (f"clause:{c.id}", *of_expression(c.version, c.outcome))
        below: tuple[Said, ...] = ()
        if c.condition is not None:
            conditions = self.checklist(c.condition, c.version, f"{id}-if", of)
            below = (Said(self.say("when"), f"{id}-when", of, conditions),)
        if c.outcome is None:
            line: Line = (self.cite_clause(c),)
        elif isinstance(c.outcome, core.Call) and c.outcome.op in ("and", "or", "not"):
            line = (self.cite_clause(c),)
            below = (*below, *self.checklist(c.outcome, c.version, f"{id}-is", of))
        else:
            line = (self.cite_clause(c), Run(said.w(("：", ": "))), Run(self.phrase(c.outcome, c.version)))
        if c.reading:
            line = (*line, Run(said.w(("（", " ("))), *self.say("reading", *self.reading(c)), Run(said.w(("）", ")"))))
        return Said(line, id, (*of, *((f"reading:{c.reading}",) if c.reading else ())), below)

    def drawing(self, clauses: tuple[str, ...], part: str, *, caption: bool = True) -> Block | None:
        """Return the drawing of a decision, of rules in force only: its words are those of what applies."""
        if self.tense != "now" or not clauses:
            return None
        return diagram_block(self.program, clauses, self.speech, self.id(part), caption=caption)


def is_zero(expr: core.Expr) -> bool:
    """Say whether an outcome is nought as written: what is added to it is all there is."""
    return isinstance(expr, core.Literal) and expr.type not in ("truth", "date") and read(expr.type, expr.value) == 0


def is_true(expr: core.Expr) -> bool:
    return isinstance(expr, core.Literal) and expr.type == "truth" and expr.value == "true"


def capital(line: Line) -> Line:
    """Begin a sentence with a capital letter."""
    if not line:
        return line
    first = line[0]
    return (Run(first.text[:1].upper() + first.text[1:], first.kind, first.ref), *line[1:])

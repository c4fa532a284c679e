"""What one version of a provision says, rule by rule: its norms, definitions, delegations, exceptions, sanctions.

Comes in: a version as it stands, the speech of a language. Goes out: blocks, every sentence with the rule it came from.
A condition is a checklist; what defeats it stands directly under it. Deliberately not here: the page around it
(`provision`), any value of a case (`examples`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from kitei import wording
from kitei.document import Line, Run, plain
from kitei.instance import sanctions_for, takes_in
from kitei.site import words
from kitei.site.diagram import diagram_block
from kitei.site.ended import ended
from kitei.site.glossary import PATH as GLOSSARY
from kitei.site.glossary import anchor
from kitei.site.origins import of_expression
from kitei.site.pages import Block, Listing, Paragraph, Said, Section
from kitei.site.speech import Speech
from kitei.site.standing import Standing
from kitei.wording import pick
from kitei_dsl import core

#: The label of a prohibition in Japanese: what is prohibited, の禁止, and in brackets of whom it is said.
_BAN = re.compile(r"(.+)の禁止((?:（[^（）]*）)?)")


class Rules:
    """The rules of one version, as blocks. `base` begins every id."""

    def __init__(self, speech: Speech, standing: Standing, base: str) -> None:
        self.speech, self.standing, self.base = speech, standing, base
        self.version, self.program, self.law = standing.version, speech.program, speech.law
        self.ids: dict[str, int] = {}

    def blocks(self) -> Iterator[Block]:
        """Give everything the version's rules say, in the order one asks."""
        for norm in self._of("norms"):
            yield self.norm(norm)
        yield from self.definitions()
        yield from self.parameters()
        yield from self.delegations()
        yield from self.fillings()
        yield from self.defeating()
        yield from self.penal()
        yield from self.savings()

    # ------------------------------------------------------------------ parts
    def _of(self, sort: str) -> list[Any]:
        """Return the records of this version, of one sort (as `core.Program` names it)."""
        return self.law.records[sort].get(self.version.id, [])

    def id(self, part: str) -> str:
        """Return an id for a part, the same as long as the rule keeps its name."""
        found = f"{self.base}-{part}"
        self.ids[found] = self.ids.get(found, 0) + 1
        return found if self.ids[found] == 1 else f"{found}-{self.ids[found]}"

    def title(self, name: str, *parts: Line | Run | str) -> Line:
        return self.speech.line(words.SECTION[name], *parts)

    def say(self, name: str, *parts: Line | Run | str) -> Line:
        return self.speech.line(words.RULE[name], *parts)

    def section(self, name: str, id: str, blocks: Iterable[Block], *parts: Line | Run | str) -> Section:
        return Section(self.title(name, *parts), self.id(id), tuple(blocks))

    @cached_property
    def clauses(self) -> list[core.Clause]:
        """Return the clauses of the version."""
        return self._of("clauses")

    # ------------------------------------------------------------------ norms
    def norm(self, norm: core.Norm) -> Section:
        """Return a norm: the question, one answer sentence, conditions with what defeats them, then the rest."""
        group = words.GROUP[norm.modality]
        if group == "ought" and self.of_authority(norm):
            group = "authority"
        name, of = self.noun(norm), (f"norm:{norm.id}", f"word:{norm.name}", f"word:{norm.kind}")
        own = [c for c in self.clauses if c.role == "norm" and c.resolves == norm.applies]
        limited = any(c.condition is not None for c in own)
        how, what = self.answered(norm, group, name)
        sentence = self.speech.line(
            words.ANSWERS[how][self.standing.state], self.speech.kinds([norm.kind]), what,
            pick(words.UNDER, self.speech.lang) if limited else "",
        )  # fmt: skip
        blocks: list[Block] = [Paragraph(Said(_capital(sentence), self.id(f"{norm.name}-answer"), of, kind="answer"))]
        if own and all(self.is_over(c) for c in own):
            over = Said(self.say("over_here"), self.id(f"{norm.name}-over"), tuple(f"clause:{c.id}" for c in own), kind="note")  # fmt: skip
            blocks.append(Paragraph(over))
        conditions = [item for c in own for item in self.condition(c, norm.name)]
        if not limited:
            conditions.insert(0, Said(self.say("no_condition"), self.id(f"{norm.name}-always"), of))
        blocks.append(
            Section(
                self.title("conditions"), self.id(f"{norm.name}-conditions"), (Listing(tuple(conditions), "check"),)
            )
        )
        drawing = self.drawing(tuple(c.id for c in own), f"{norm.name}-diagram")
        if drawing is not None:
            blocks.append(Section(self.title("diagram"), self.id(f"{norm.name}-drawn"), (drawing,)))
        blocks += self.performance(norm, of)
        blocks += self.sanctions(norm, name)
        question = _capital(self.speech.line(words.QUESTION[group], "", name))
        return Section(question, self.id(norm.name), tuple(blocks))

    def answered(self, norm: core.Norm, group: str, name: Line) -> tuple[str, Line]:
        """Return how the answer sentence of a norm is built (a key of ANSWERS), and what it is said of.

        In Japanese a prohibition is said of what is prohibited, which its label names before の禁止.
        """
        label = plain(self.speech.label(norm.name))
        if norm.modality == "must_contain":
            if self.speech.lang == "ja" and label.endswith("こと"):
                return "required", (Run(re.sub(r"(?<=す)べき(?=こと$)", "る", label).replace("るべきこと", "ること")),)
            return "required" if self.speech.lang == "en" else "laid_down", (Run(label),)
        met = _BAN.fullmatch(label)
        if group == "ought" and norm.modality == "prohibition" and self.speech.lang == "ja" and met is not None:
            return "banned", (Run(met[1] + met[2]),)
        return group, name

    def drawing(self, clauses: tuple[str, ...], part: str) -> Block | None:
        """Return the drawing of a decision, of rules in force only: its words are those of what applies."""
        if self.standing.state != "in_force" or not clauses:
            return None
        return diagram_block(self.program, clauses, self.speech, self.id(part))

    def noun(self, norm: core.Norm) -> Line:
        """Return what a norm is called in a sentence: its label, with its kind where the label does not say it."""
        label = self.speech.label(norm.name)
        if self.of_authority(norm):
            mark = pick(words.OF_AUTHORITY, self.speech.lang)
            label = (Run(plain(label).removesuffix(mark)),)
        if norm.modality == "must_contain":
            return (Run(self.speech.w(("「", "“"))), *label, Run(self.speech.w(("」", "”"))))
        kind = pick(wording.MODALITY[norm.modality], self.speech.lang)
        said = "".join(run.text for run in label)
        if self.speech.lang == "ja":
            return label if said.endswith(kind.rpartition("の")[2]) else (Run("「"), *label, Run(f"」の{kind}"))
        first = said.partition(" ")[0].lower()
        return (
            label
            if first in ("duty", "duties", "ban", "power", "right", "liability", "effort", "prohibition")
            else (Run(f"{kind} “"), *label, Run("”"))
        )

    def of_authority(self, norm: core.Norm) -> bool:
        """Say whether a norm binds the authority, as its label says; what it is recorded of is then what it concerns."""
        return plain(self.speech.label(norm.name)).endswith(pick(words.OF_AUTHORITY, self.speech.lang))

    def condition(self, clause: core.Clause, name: str) -> Iterator[Said]:
        """Give a clause's condition as a checklist, what defeats it directly below."""
        of = (f"clause:{clause.id}",)
        if clause.condition is not None:
            yield from self.speech.checklist(clause.condition, clause.version, self.id(f"{name}-if"), of)
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
        over = self.is_over(other)
        below: tuple[Said, ...] = ()
        if other.condition is not None:
            below = self.speech.checklist(other.condition, other.version, f"{id}-if", of)
        line = self.say("over" if over else how, self.cite_clause(other))
        if other.condition is None:
            line = (*line, Run(pick(words.RULE["always"], self.speech.lang)))
        if other.outcome is not None and how == "proviso" and not _is_true(other.outcome):
            result = Said(self.say("instead", self.speech.phrase(other.outcome, other.version)), f"{id}-then", (*of, *of_expression(other.version, other.outcome)))  # fmt: skip
            below = (*below, result)
        return Said(line, id, of, (*below, *self.exceptions(other)), "folded" if over else "proviso")

    def is_over(self, clause: core.Clause) -> bool:
        """Say whether a clause of a text in force can be met no longer, on the day of the site or later, whatever the facts."""
        return self.standing.state == "in_force" and ended(clause.condition, self.law.as_of)

    def cite_clause(self, clause: core.Clause) -> Run:
        return self.speech.cite(clause.address, self.program.versions[clause.version])

    def performance(self, norm: core.Norm, of: tuple[str, ...]) -> Iterator[Block]:
        """Give for each of what, when it is satisfied, by when, how much, towards whom."""
        said = self.speech
        if norm.instances is not None or norm.anchor is not None:
            each = norm.instances.members if norm.instances is not None else None
            line = self.say("each", said.label(each.attribute)) if each is not None else ()
            if norm.anchor is not None:
                between = (Run(self.speech.w(("", " "))),) if line else ()
                line = (*line, *between, *self.say("anchor", said.phrase(norm.anchor, norm.version)))
            keys = (*of, *of_expression(norm.version, each, norm.anchor))
            yield self.section(
                "each", f"{norm.name}-each", [Paragraph(Said(line, self.id(f"{norm.name}-for-each"), keys))]
            )
        if norm.done is not None:
            keys = (*of, *of_expression(norm.version, norm.done))
            if norm.form == "do":
                act = self.say("act", said.phrase(norm.done, norm.version))
                items: tuple[Said, ...] = (Said(act, self.id(f"{norm.name}-done"), keys),)
            else:
                items = said.checklist(norm.done, norm.version, self.id(f"{norm.name}-done"), of)
            yield self.section("done", f"{norm.name}-satisfied", [Listing(items, "check")])
        if norm.due is not None or norm.promptness is not None:
            yield self.section("due", f"{norm.name}-due", [Listing((self.due(norm, of),))])
        if norm.content is not None:
            amount = (Run(said.phrase(norm.content, norm.version)),)
            item = Said(amount, self.id(f"{norm.name}-content"), (*of, *of_expression(norm.version, norm.content)), self.filled_in(norm.content, f"{norm.name}-content"))  # fmt: skip
            yield self.section("amount", f"{norm.name}-amount", [Listing((item,))])
        if norm.towards != core.Wording():
            yield self.section("towards", f"{norm.name}-towards", [Paragraph(Said(said.worded(norm.towards), self.id(f"{norm.name}-to"), of))])  # fmt: skip

    def due(self, norm: core.Norm, of: tuple[str, ...]) -> Said:
        """Return by when: a day as the law reckons it, or a word without a number of days."""
        line: Line = ()
        if norm.due is not None:
            line = self.say("due", self.speech.phrase(norm.due, norm.version))
        if norm.promptness is not None:
            prompt = self.say("prompt", pick(wording.PROMPTNESS[norm.promptness], self.speech.lang))
            line = (*line, Run(self.speech.w(("。", "; "))), *prompt) if line else prompt
        return Said(
            line,
            self.id(f"{norm.name}-by"),
            (*of, *of_expression(norm.version, norm.due)),
            self.filled_in(norm.due, f"{norm.name}-by"),
        )

    def filled_in(self, expr: core.Expr | None, id: str) -> tuple[Said, ...]:
        """Return what lower rules fix of the slots an expression uses, so that it can be read in one place."""
        slots = [p.slot for _, p in core.walk(expr, "") if isinstance(p, core.Slot)] if expr is not None else []
        return tuple(
            self.delegation(self.program.slots[s], f"{id}-{self.program.slots[s].name}") for s in dict.fromkeys(slots)
        )

    # ------------------------------------------------------------------ sanctions of a norm
    def sanctions(self, norm: core.Norm, name: Line) -> Iterator[Block]:
        if norm.modality not in words.SANCTIONED:
            return
        found, penalties = [], False
        for s in sanctions_for(self.program, norm):
            if not self.law.together(s.version, norm.version):
                continue
            if self.law.state(s.version) == self.standing.state:
                whose = (Run(self.speech.w(("", "the "))), *name)
                found.append(self.sanction(s, whose, f"{norm.name}-sanction"))
                penalties = penalties or s.kind != "none"
        if not found and self.standing.state != "in_force":
            return
        if not found:
            found.append(Said(self.say("ask_sanction"), self.id(f"{norm.name}-no-penalty"), (f"norm:{norm.id}",)))
        if not penalties and self.standing.state == "in_force":
            found += self.supervised(norm)
        if penalties:
            found.append(Said(self.say("caution"), kind="note"))
        yield self.section("sanctions", f"{norm.name}-sanctions", [Listing(tuple(found))])

    def supervised(self, norm: core.Norm) -> list[Said]:
        """Return which supervisory powers are collected over whom a norm binds, if any."""
        powers = self.speech.supervision.over(norm)
        if not powers:
            return []
        of = (f"norm:{norm.id}", *(f"norm:{n.id}" for n in powers))
        cites = self.speech.join(self.speech.cite(place) for place in dict.fromkeys(n.address for n in powers))
        line = self.say("supervised", cites)
        return [Said(line, self.id(f"{norm.name}-supervision"), of)]

    def sanction(self, s: core.Sanction, whose: Line, id: str) -> Said:
        """Return one sanction; the wording is that of what may follow, never that it follows."""
        said = self.speech
        of = (f"sanction:{s.id}", f"dates:{s.version}")
        cite = said.cite(s.address, self.program.versions[s.version])
        if s.kind == "none":
            return Said(_capital(self.say("penal_none", whose, cite)), self.id(id), of)
        kind = (Run(pick(wording.SANCTIONS[s.kind], said.lang) + said.w(("（", " ("))), cite, Run(said.w(("）", ")"))))
        name = {"former": "penal_former", "pending": "penal_pending"}.get(self.law.state(s.version), "penal")
        line = self.say(name, whose, kind, self.extent(s))
        below = []
        if s.whose != core.Wording():
            below.append(Said(self.say("whose", said.worded(s.whose)), self.id(f"{id}-whose"), of))
        if s.corporate_fine:
            below.append(Said(self.say("corporate", said.amount(s.corporate_fine, "yen"), said.cite(s.corporate_cite)), self.id(f"{id}-corporate"), of))  # fmt: skip
        if s.note != core.Wording():
            below.append(Said(said.worded(s.note), self.id(f"{id}-note"), of, kind="note"))
        return Said(_capital(line), self.id(id), of, tuple(below))

    def extent(self, s: core.Sanction) -> Line:
        """Return the range of a sanction."""
        said, parts = self.speech, []
        if s.imprisonment:
            named = said.names.imprisonment(s)
            kind = (named or "自由刑") if said.lang == "ja" else f" ({named})" if named else ""
            parts.append(self.say("imprisonment", said.amount(s.imprisonment, "span"), kind))
        if s.fine:
            parts.append(
                self.say(
                    "fine",
                    said.amount(s.fine, "yen"),
                    pick(wording.FINES.get(s.kind, wording.SANCTIONS[s.kind]), said.lang),
                )
            )
        if not parts:
            return (Run(pick(wording.SANCTIONS[s.kind], said.lang)),)
        both = s.both and len(parts) == 2
        line = said.join(parts, words.RULE["or_both" if both else "or"])
        return (*line, Run(pick(words.RULE["both"], said.lang))) if both else line

    # ------------------------------------------------------------------ definitions
    def definitions(self) -> Iterator[Block]:
        """Give what the version defines, adds, closes, deems or presumes, a name at a time."""
        names: dict[str, list[core.Clause]] = {}
        for c in self.clauses:
            if c.role in ("define", "add", "close", "deem", "presume") and c.resolves:
                names.setdefault(c.resolves.partition("@")[0], []).append(c)
        for name, clauses in names.items():
            term = self.program.terms.get(name)
            truth = term is None or term.type == "truth"
            items = [item for c in clauses for item in self.defining(c, name)]
            heading = "definition" if truth else "value"
            drawing = self.drawing(tuple(c.id for c in clauses), f"{name}-diagram")
            below: list[Block] = [Listing(tuple(items), "check" if truth else "plain")]
            if term is not None:
                way = Run(self.speech.w(words.GLOSSARY["see"]), "page", f"{GLOSSARY}#{anchor(name)}")
                below.append(Paragraph(Said((way,), kind="note")))
            if drawing is not None:
                below.append(drawing)
            yield self.section(heading, name, below, self.speech.label(name))

    def defining(self, c: core.Clause, name: str) -> Iterator[Said]:
        """Give one clause that makes a definition or an amount."""
        said, of = self.speech, (f"clause:{c.id}", f"word:{name}")
        part = c.id.partition("#")[2].replace(".", "-")
        if c.reading:
            yield Said(self.say("reading", *self.reading(c)), self.id(f"{part}-reading"), (*of, f"reading:{c.reading}"),
                       tuple(self.clause_body(c, part, of)), "reading")  # fmt: skip
        elif c.role in ("deem", "presume", "close", "add"):
            name = {"deem": "deemed", "presume": "presumed", "close": "closing", "add": "added"}[c.role]
            outcome = "" if c.outcome is None else self.value(c)
            keys = (*of, *of_expression(c.version, c.outcome))
            below = (
                tuple(said.checklist(c.condition, c.version, self.id(f"{part}-if"), of))
                if c.condition is not None
                else ()
            )
            yield Said(self.say(name, outcome), self.id(part), keys, below)
            yield from self.exceptions(c)
        else:
            yield from self.clause_body(c, part, of)

    def clause_body(self, c: core.Clause, part: str, of: tuple[str, ...]) -> Iterator[Said]:
        said = self.speech
        truth = c.outcome is None or _is_true(c.outcome)
        condition = (
            tuple(said.checklist(c.condition, c.version, self.id(f"{part}-if"), of)) if c.condition is not None else ()
        )
        if truth:
            yield Said(self.say("means" if c.closing else "is"), self.id(part), of, condition)
        else:
            keys = (*of, *of_expression(c.version, c.outcome))
            yield Said((Run(self.value(c)),), self.id(part), keys, condition)
        yield from self.exceptions(c)

    def value(self, c: core.Clause) -> str:
        """Return what a clause gives, in words."""
        assert c.outcome is not None
        return self.speech.phrase(c.outcome, c.version)

    def reading(self, c: core.Clause) -> tuple[Line, Line]:
        reading = self.program.readings[c.reading or ""]
        choice = reading.labels[reading.choices.index(c.choice or "")]
        return self.speech.worded(reading.label), self.speech.worded(choice)

    # ------------------------------------------------------------------ numbers, delegations
    def parameters(self) -> Iterator[Block]:
        found = self._of("parameters")
        items = tuple(
            Said((Run(self.speech.amount(p.value, p.type)),), self.id(p.name.partition("#")[2]), (f"parameter:{p.name}|{p.version}",))
            for p in found
        )  # fmt: skip
        if items:
            yield self.section("parameters", "numbers", [Listing(items)])

    def delegations(self) -> Iterator[Block]:
        """Give what is left to lower rules, and whether they have been made."""
        found = [self.delegation(slot) for slot in self._of("slots")]
        if found:
            yield self.section("delegations", "left-open", [Listing(tuple(found))])

    def delegation(self, slot: core.SlotDeclaration, part: str = "") -> Said:
        said, fills = self.speech, self.law.fillings(slot)
        label = said.worded(slot.label) or (Run(slot.name),)
        state = self.law.filled(slot)
        of = (f"slot:{slot.id}", *(f"clause:{c.id}" for c in fills))
        if state in ("filled", "made"):
            name = "filled_former" if self.standing.state == "former" and state == "filled" else state
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
        delegate = pick(words.DELEGATES.get(slot.delegate, (slot.delegate, slot.delegate)), said.lang)
        line = self.say("pending", label) if state == "pending" else self.say("unfilled", label, delegate)
        return Said(line, self.id(part or f"slot-{slot.name}"), of, kind="open")

    def filling(self, c: core.Clause, id: str) -> Said:
        """Return what a clause that fills a slot says: the value, under which condition."""
        said = self.speech
        of = (f"clause:{c.id}", *of_expression(c.version, c.outcome))
        below: tuple[Said, ...] = ()
        if c.condition is not None:
            conditions = said.checklist(c.condition, c.version, f"{id}-if", of)
            below = (Said(self.say("when"), f"{id}-when", of, conditions),)
        if c.outcome is None:
            line: Line = (self.cite_clause(c),)
        elif isinstance(c.outcome, core.Call) and c.outcome.op in ("and", "or", "not"):
            line = (self.cite_clause(c),)
            below = (*below, *said.checklist(c.outcome, c.version, f"{id}-is", of))
        else:
            line = (self.cite_clause(c), Run(said.w(("：", ": "))), Run(said.phrase(c.outcome, c.version)))
        if c.reading:
            line = (*line, Run(said.w(("（", " ("))), *self.say("reading", *self.reading(c)), Run(said.w(("）", ")"))))
        return Said(line, id, (*of, *((f"reading:{c.reading}",) if c.reading else ())), below)

    def fillings(self) -> Iterator[Block]:
        """Give what the version fixes for a higher provision."""
        items = []
        for c in self.clauses:
            if c.role != "fill" or c.resolves is None:
                continue
            address, _, name = c.resolves.removeprefix("fill:").partition("#")
            slot = next((s for s in self.program.core.slots if s.address == address and s.name == name and self.law.together(s.version, c.version)), None)  # fmt: skip
            if slot is None:
                continue
            id = self.id(f"fills-{name}")
            target = self.speech.cite(slot.address, self.program.versions[slot.version])
            line = self.say("fills", self.speech.worded(slot.label) or (Run(name),), target)
            body = self.filling(c, f"{id}-rule")
            items.append(Said(line, id, (f"slot:{slot.id}", f"clause:{c.id}"), (body, *self.exceptions(c))))
        if items:
            yield self.section("fills", "fixes", [Listing(tuple(items))])

    # ------------------------------------------------------------------ what it does to others
    def defeating(self) -> Iterator[Block]:
        """Give what this version's clauses override or disapply."""
        items = []
        for c in self.clauses:
            targets = [t for t in (*c.proviso_to, *c.notwithstanding, *c.blocks) if t in self.program.clauses]
            addresses: dict[str, str] = {}
            for t in targets:
                other = self.program.clauses[t]
                if self.law.together(other.version, c.version):
                    addresses.setdefault(other.address, other.version)
            if not addresses:
                continue
            cites = self.speech.join(self.speech.cite(a, self.program.versions[v]) for a, v in addresses.items())
            of, id = (f"clause:{c.id}",), self.id("defeats")
            below = (
                tuple(self.speech.checklist(c.condition, c.version, f"{id}-if", of)) if c.condition is not None else ()
            )
            items.append(Said(self.say("defeats", cites), id, of, below))
        if items:
            yield self.section("defeats", "defeating", [Listing(tuple(items))])

    def penal(self) -> Iterator[Block]:
        """Give the sanctions this version sets, with the norms they are for."""
        items = []
        for s in self._of("sanctions"):
            norms = [
                n
                for n in self.program.core.norms
                if any(takes_in(t, n) for t in s.targets) and self.law.together(n.version, s.version)
            ]
            if norms:
                cites = dict.fromkeys(self.speech.cite(n.address, self.program.versions[n.version]) for n in norms)
                items.append(self.sanction(s, self.speech.join(cites), "penal"))
        if items:
            items.append(Said(self.say("caution"), kind="note"))
            yield self.section("penal", "penalty", [Listing(tuple(items))])

    def savings(self) -> Iterator[Block]:
        items = []
        for s in self._of("savings"):
            of, id = (f"saving:{s.id}",), self.id("saving")
            cites = self.speech.join(self.speech.cite(t) for t in s.targets)
            below = (
                tuple(self.speech.checklist(s.condition, s.version, f"{id}-if", of)) if s.condition is not None else ()
            )
            items.append(Said(self.say("saving", cites), id, of, below))
        if items:
            yield self.section("savings", "transition", [Listing(tuple(items))])


def _is_true(expr: core.Expr) -> bool:
    return isinstance(expr, core.Literal) and expr.type == "truth" and expr.value == "true"


def _capital(line: Line) -> Line:
    """Begin a sentence with a capital letter."""
    if not line:
        return line
    first = line[0]
    return (Run(first.text[:1].upper() + first.text[1:], first.kind, first.ref), *line[1:])

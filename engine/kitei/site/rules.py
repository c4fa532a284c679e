"""What one version of a provision says, rule by rule: its norms, definitions, delegations, exceptions, sanctions.

Comes in: a version as it stands, the speech of a language. Goes out: blocks, in the order one asks. Deliberately not here: the
page around it (`provision`), single norms (`norms`) and clauses (`clauses`).
"""

from __future__ import annotations

from collections.abc import Iterator

from kitei.document import Run
from kitei.instance import takes_in
from kitei.site import page_words
from kitei.site.clauses import is_true, is_zero
from kitei.site.glossary import PATH as GLOSSARY
from kitei.site.glossary import anchor
from kitei.site.norms import Norms
from kitei.site.origins import of_expression
from kitei.site.pages import Block, Listing, Paragraph, Said
from kitei_dsl import core


class Rules(Norms):
    """The rules of one version, as blocks."""

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

    def definitions(self) -> Iterator[Block]:
        """Give what the version defines, adds, closes, deems or presumes, a name at a time."""
        names: dict[str, list[core.Clause]] = {}
        for c in self.clauses:
            if c.role in ("define", "add", "close", "deem", "presume") and c.resolves:
                names.setdefault(c.resolves.partition("@")[0], []).append(c)
        for name, clauses in names.items():
            term = self.program.terms.get(name)
            truth = term is None or term.type == "truth"
            added = self.added_elsewhere(clauses)
            told = [c for c in clauses if not (added and c.outcome is not None and is_zero(c.outcome))]
            items = [item for c in told for item in self.defining(c, name)]
            if added:
                items.append(self.adding(name, added, alone=not told))
            heading = "definition" if truth else "value"
            asks = any(c.condition is not None or c.reading or self.defeated(c) for c in (*told, *added))
            drawing = self.drawing(tuple(c.id for c in (*clauses, *added)) if asks else (), f"{name}-diagram")
            below: list[Block] = [Listing(tuple(items), "check" if truth else "plain")]
            if drawing is not None:
                below.append(drawing)
            if term is not None:
                way = Run(self.speech.w(page_words.GLOSSARY["see"]), "page", f"{GLOSSARY}#{anchor(name)}")
                below.append(Paragraph(Said((way,), kind="note")))
            yield self.section(heading, name, below, self.speech.label(name))

    def defeated(self, clause: core.Clause) -> bool:
        """Say whether anything overrides or disapplies a clause: without that and a condition there is no decision to draw."""
        return bool(self.program.overriders.get(clause.id) or self.program.blockers.get(clause.id) or clause.yields_to)

    def added_elsewhere(self, clauses: list[core.Clause]) -> list[core.Clause]:
        """Return the clauses of other provisions that add to what these define, of the same time."""
        own = {c.id for c in clauses if c.role == "define"}
        of = (self.program.resolves[c.resolves or ""].candidates for c in clauses if c.id in own)
        found = (self.program.clauses[id] for ids in of for id in ids if id in self.program.clauses)
        return [
            c for c in dict.fromkeys(found)
            if c.role == "add" and c.version != self.version.id and self.law.together(c.version, self.version.id) and self.in_step(c)
        ]  # fmt: skip

    def adding(self, name: str, added: list[core.Clause], *, alone: bool) -> Said:
        """Return which provisions add to what is defined here, or, where nothing else makes it up, that it is their total."""
        cites = self.speech.join(dict.fromkeys(self.cite_clause(c) for c in added))
        keys = (f"word:{name}", *(f"clause:{c.id}" for c in added))
        return Said(self.say("total_of" if alone else "added_elsewhere", cites), self.id(f"{name}-added"), keys)

    def defining(self, c: core.Clause, name: str) -> Iterator[Said]:
        """Give one clause that makes a definition or an amount."""
        of = (f"clause:{c.id}", f"word:{name}")
        part = c.id.partition("#")[2].replace(".", "-")
        if c.reading:
            yield Said(self.say("reading", *self.reading(c)), self.id(f"{part}-reading"), (*of, f"reading:{c.reading}"),
                       tuple(self.clause_body(c, part, of)), "reading")  # fmt: skip
        elif c.role in ("deem", "presume", "close", "add"):
            name = {"deem": "deemed", "presume": "presumed", "close": "closing", "add": "added"}[c.role]
            outcome = "" if c.outcome is None else self.value(c)
            keys = (*of, *of_expression(c.version, c.outcome))
            below = (
                tuple(self.checklist(c.condition, c.version, self.id(f"{part}-if"), of))
                if c.condition is not None
                else ()
            )
            yield Said(self.say(name, outcome), self.id(part), keys, below)
            yield from self.exceptions(c)
        else:
            yield from self.clause_body(c, part, of)

    def clause_body(self, c: core.Clause, part: str, of: tuple[str, ...]) -> Iterator[Said]:
        truth = c.outcome is None or is_true(c.outcome)
        condition = (
            tuple(self.checklist(c.condition, c.version, self.id(f"{part}-if"), of)) if c.condition is not None else ()
        )
        if truth:
            yield Said(self.say("means" if c.closing else "is"), self.id(part), of, condition)
        else:
            keys = (*of, *of_expression(c.version, c.outcome))
            yield Said((Run(self.value(c)),), self.id(part), keys, condition)
        yield from self.exceptions(c)

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
        found = [
            self.delegation(slot) if f"slot:{slot.id}" not in self.told else self.given_above(slot)
            for slot in self._of("slots")
        ]
        if found:
            yield self.section("delegations", "left-open", [Listing(tuple(found))])

    def given_above(self, slot: core.SlotDeclaration) -> Said:
        """Return that what fixes a slot stands above already, where its amount or day is told."""
        label = self.speech.quoted(self.speech.worded(slot.label) or (Run(slot.name),))
        return Said(self.say("given_above", label), self.id(f"slot-{slot.name}"), (f"slot:{slot.id}",))

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
            below = tuple(self.checklist(c.condition, c.version, f"{id}-if", of)) if c.condition is not None else ()
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
            items += self.caution()
            yield self.section("penal", "penalty", [Listing(tuple(items))])

    def savings(self) -> Iterator[Block]:
        items = []
        for s in self._of("savings"):
            of, id = (f"saving:{s.id}",), self.id("saving")
            cites = self.speech.join(self.speech.cite(t) for t in s.targets)
            below = tuple(self.checklist(s.condition, s.version, f"{id}-if", of)) if s.condition is not None else ()
            items.append(Said(self.say("saving", cites), id, of, below))
        if items:
            yield self.section("savings", "transition", [Listing(tuple(items))])

"""What one norm says: the question, one answer sentence, conditions, when it is satisfied, by when, how much, what may follow.

Comes in: a version as it stands, the speech of a language. Goes out: a section a norm, every sentence with the rule it came from.
A condition is a checklist; what defeats it stands directly under it. Deliberately not here: any value of a case (`examples`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kitei import wording
from kitei.document import Line, Run, plain
from kitei.instance import sanctions_for
from kitei.site import rule_words
from kitei.site.clauses import Clauses, capital
from kitei.site.origins import of_expression
from kitei.site.pages import Block, Listing, Paragraph, Said, Section
from kitei.wording import pick
from kitei_dsl import core

#: The label of a prohibition in Japanese: what is prohibited, の禁止, and in brackets of whom it is said.
_BAN = re.compile(r"(.+)の禁止((?:（[^（）]*）)?)")
#: The label of a permission in Japanese: what one can do, and in brackets of what it is said.
_MAY = re.compile(r"(.+)できること((?:（[^（]*）)?)")


class Norms(Clauses):
    """The norms of one version, each as a section."""

    def norm(self, norm: core.Norm) -> Section:
        """Return a norm: the question, one answer sentence, conditions with what defeats them, then the rest."""
        group = rule_words.GROUP[norm.modality]
        if group == "ought" and self.of_authority(norm):
            group = "authority"
        name, of = self.noun(norm), (f"norm:{norm.id}", f"word:{norm.name}", f"word:{norm.kind}")
        own = [c for c in self.clauses if c.role == "norm" and c.resolves == norm.applies]
        limited = any(c.condition is not None for c in own)
        spent = bool(own) and all(self.is_over(c) for c in own)
        with self.over(spent):
            how, what = self.answered(norm, group, name)
            sentence = self.speech.line(
                rule_words.ANSWERS[how]["ended" if spent else self.standing.state], self.speech.kinds([norm.kind]), what,
                self.say("under") if limited else "",
            )  # fmt: skip
            blocks: list[Block] = [
                Paragraph(Said(capital(sentence), self.id(f"{norm.name}-answer"), of, kind="answer"))
            ]
            if spent:
                over = Said(self.say("over_here"), self.id(f"{norm.name}-over"), tuple(f"clause:{c.id}" for c in own), kind="note")  # fmt: skip
                blocks.append(Paragraph(over))
            conditions = [item for c in own for item in self.condition(c, norm.name)]
            if not limited:
                conditions.insert(0, Said(self.say("no_condition"), self.id(f"{norm.name}-always"), of, kind="free"))
            listed = Listing(tuple(conditions), "check")
            blocks.append(Section(self.title("conditions"), self.id(f"{norm.name}-conditions"), (listed,)))
            drawing = self.drawing(tuple(c.id for c in own), f"{norm.name}-diagram", caption=False)
            if drawing is not None:
                blocks.append(Section(self.title("diagram"), self.id(f"{norm.name}-drawn"), (drawing,)))
            blocks += self.performance(norm, of)
            blocks += self.sanctions(norm, name)
            question = rule_words.in_tense(
                rule_words.QUESTION,
                "contain" if norm.modality == "must_contain" else how if how == "may" else group,
                self.tense,
            )
            return Section(
                capital(self.speech.line(question, "", what if how == "may" else name)),
                self.id(norm.name),
                tuple(blocks),
            )

    @property
    def spent(self) -> bool:
        """Say whether all this version's norms are such that no day can meet their conditions any more."""
        own = [c for c in self.clauses if c.role == "norm"]
        return bool(own) and all(self.is_over(c) for c in own)

    def answered(self, norm: core.Norm, group: str, name: Line) -> tuple[str, Line]:
        """Return how the answer sentence of a norm is built (a key of ANSWERS), and what it is said of.

        In Japanese a prohibition is said of what is prohibited, which its label names before の禁止.
        """
        label = plain(self.speech.label(norm.name))
        if norm.modality == "must_contain":
            if self.speech.lang == "ja" and label.endswith("こと"):
                return "required", (Run(re.sub(r"(?<=す)べき(?=こと$)", "る", label).replace("るべきこと", "ること")),)
            return "required" if self.speech.lang == "en" else "laid_down", (Run(label),)
        may = _MAY.fullmatch(label)
        if group == "arise" and self.speech.lang == "ja" and may is not None:
            past = self.tense == "then"
            return "may", (Run(f"{may[1]}{'できた' if past else 'できる'}{may[2]}"),)
        met = _BAN.fullmatch(label)
        if group == "ought" and norm.modality == "prohibition" and self.speech.lang == "ja" and met is not None:
            return "banned", (Run(met[1] + met[2]),)
        return group, name

    def noun(self, norm: core.Norm) -> Line:
        """Return what a norm is called in a sentence: its label, with its kind where the label does not say it."""
        label = self.speech.label(norm.name)
        if self.of_authority(norm):
            mark = pick(rule_words.OF_AUTHORITY, self.speech.lang)
            label = (Run(plain(label).removesuffix(mark)),)
        if norm.modality == "must_contain":
            return (Run(self.speech.w(("「", "“"))), *label, Run(self.speech.w(("」", "”"))))
        kind = pick(wording.MODALITY[norm.modality], self.speech.lang)
        said = "".join(run.text for run in label)
        if self.speech.lang == "ja":
            said = re.sub(r"（[^（）]*）$", "", said)
        if self.speech.lang == "ja":
            return label if said.endswith(kind.rpartition("の")[2]) else (Run("「"), *label, Run(f"」の{kind}"))
        first = said.partition(" ")[0].lower()
        return (
            label
            if first in ("duty", "duties", "ban", "power", "right", "liability", "effort", "prohibition", "leave")
            else (Run(f"{kind} “"), *label, Run("”"))
        )

    def of_authority(self, norm: core.Norm) -> bool:
        """Say whether a norm binds the authority, as its label says; what it is recorded of is then what it concerns."""
        return plain(self.speech.label(norm.name)).endswith(pick(rule_words.OF_AUTHORITY, self.speech.lang))

    def performance(self, norm: core.Norm, of: tuple[str, ...]) -> Iterator[Block]:
        """Give for each of what, when it is satisfied, by when, how much, towards whom."""
        said = self.speech
        if norm.instances is not None or norm.anchor is not None:
            each = norm.instances.members if norm.instances is not None else None
            line = self.say("each", said.label(each.attribute)) if each is not None else ()
            if norm.anchor is not None:
                between = (Run(self.speech.w(("", " "))),) if line else ()
                line = (*line, *between, *self.say("anchor", self.phrase(norm.anchor, norm.version)))
            keys = (*of, *of_expression(norm.version, each, norm.anchor))
            yield self.section(
                "each", f"{norm.name}-each", [Paragraph(Said(line, self.id(f"{norm.name}-for-each"), keys))]
            )
        if norm.done is not None:
            keys = (*of, *of_expression(norm.version, norm.done))
            if norm.form == "do":
                act = self.say("act", self.phrase(norm.done, norm.version))
                items: tuple[Said, ...] = (Said(act, self.id(f"{norm.name}-done"), keys),)
            else:
                items = self.checklist(norm.done, norm.version, self.id(f"{norm.name}-done"), of)
            yield self.section(
                "exercised" if norm.modality == "power" else "done", f"{norm.name}-satisfied", [Listing(items, "check")]
            )
        if norm.due is not None or norm.promptness is not None:
            yield self.section("due", f"{norm.name}-due", [Listing((self.due(norm, of),))])
        if norm.content is not None:
            amount = (Run(self.phrase(norm.content, norm.version)),)
            item = Said(amount, self.id(f"{norm.name}-content"), (*of, *of_expression(norm.version, norm.content)), self.filled_in(norm.content, f"{norm.name}-content"))  # fmt: skip
            yield self.section("amount", f"{norm.name}-amount", [Listing((item,))])
        if norm.towards != core.Wording():
            yield self.section("towards", f"{norm.name}-towards", [Paragraph(Said(said.worded(norm.towards), self.id(f"{norm.name}-to"), of))])  # fmt: skip

    def due(self, norm: core.Norm, of: tuple[str, ...]) -> Said:
        """Return by when: a day as the law reckons it, or a word without a number of days."""
        line: Line = ()
        if norm.due is not None:
            line = self.say("due", self.phrase(norm.due, norm.version))
        if norm.promptness is not None:
            prompt = self.say("prompt", pick(wording.PROMPTNESS[norm.promptness], self.speech.lang))
            line = (*line, Run(self.speech.w(("。", "; "))), *prompt) if line else prompt
        return Said(
            line,
            self.id(f"{norm.name}-by"),
            (*of, *of_expression(norm.version, norm.due)),
            self.filled_in(norm.due, f"{norm.name}-by"),
        )

    def sanctions(self, norm: core.Norm, name: Line) -> Iterator[Block]:
        if norm.modality not in rule_words.SANCTIONED:
            return
        found, penalties = [], False
        for s in sanctions_for(self.program, norm):
            if not self.law.together(s.version, norm.version):
                continue
            if self.law.state(s.version) == self.standing.state:
                article = "" if norm.modality == "must_contain" else "the "  # what must be contained is quoted
                whose = (Run(self.speech.w(("", article))), *name)
                found.append(self.sanction(s, whose, f"{norm.name}-sanction"))
                penalties = penalties or s.kind != "none"
        if not found and self.standing.state != "in_force":
            return
        if not found:
            found.append(Said(self.say("ask_sanction"), self.id(f"{norm.name}-no-penalty"), (f"norm:{norm.id}",)))
        if not penalties and self.standing.state == "in_force":
            found += self.supervised(norm)
        if penalties:
            found += self.caution()
        yield self.section("sanctions", f"{norm.name}-sanctions", [Listing(tuple(found))])

    def caution(self) -> list[Said]:
        """Return what is not assessed of sanctions, once a page."""
        if "caution" in self.noted:
            return []
        self.noted.add("caution")
        return [Said(self.say("caution"), kind="note")]

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
            read = self.id(id)
            note = (Said(said.worded(s.note), f"{read}-note", of, kind="note"),) if s.note != core.Wording() else ()
            return Said(capital(self.say("penal_none", whose, cite)), read, of, note)
        kind = (Run(pick(wording.SANCTIONS[s.kind], said.lang) + said.w(("（", " ("))), cite, Run(said.w(("）", ")"))))
        penal = rule_words.in_tense(rule_words.RULE, "penal", rule_words.TENSES[self.law.state(s.version)])
        line = self.speech.line(penal, whose, kind, self.extent(s))
        below = []
        if s.whose != core.Wording():
            below.append(Said(self.say("whose", said.worded(s.whose)), self.id(f"{id}-whose"), of))
        if s.corporate_fine:
            below.append(Said(self.say("corporate", said.fine(s.corporate_fine), said.cite(s.corporate_cite)), self.id(f"{id}-corporate"), of))  # fmt: skip
        if s.note != core.Wording():
            below.append(Said(said.worded(s.note), self.id(f"{id}-note"), of, kind="note"))
        return Said(capital(line), self.id(id), of, tuple(below))

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
                    said.fine(s.fine),
                    pick(wording.FINES.get(s.kind, wording.SANCTIONS[s.kind]), said.lang),
                )
            )
        if not parts:
            return (Run(pick(wording.SANCTIONS[s.kind], said.lang)),)
        both = s.both and len(parts) == 2
        line = said.join(parts, rule_words.RULE["or_both" if both else "or"])
        return (*line, Run(pick(rule_words.RULE["both"], said.lang))) if both else line

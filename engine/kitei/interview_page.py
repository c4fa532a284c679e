"""An interview in words: questions with why they are asked, the longer reasons, what was answered, where it stands.

Comes in: a moment of an interview and its question. Goes out: lines of text in Japanese or English, cleaned and wrapped.
The question itself is the vocabulary's own; citations, labels and conclusions are those of the answer page. No value is
made here, and nothing is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kitei import wording
from kitei.document import line_of, plain, wrap
from kitei.explain import explain
from kitei.interview import Given, Interview, Question, review, standing
from kitei.interview_words import CLASSES, COMMANDS, EXPLAINED, OPENING, PARTS, SAID
from kitei.naming import Cite, clean
from kitei.phrases import Phrases
from kitei.replies import expected
from kitei.wording import Lang, pick
from kitei_dsl import core
from kitei_dsl.core import Wording

WIDTH = 88
#: How a fact without a question of its own is asked, by the sort of its value.
_WHICH = {"truth": "which_truth", "entity": "which_entity", "list": "which_list"}


class Page:
    """The words of one interview in one language."""

    def __init__(self, interview: Interview, lang: Lang, width: int = WIDTH) -> None:
        self.interview, self.lang, self.width = interview, lang, width
        self.program, self.names = interview.program, interview.names

    def say(self, name: str, **blanks: object) -> str:
        """Return one fixed sentence with its blanks filled."""
        return pick(SAID[name], self.lang).format(**blanks)

    def w(self, words: Wording | None) -> str:
        return "" if words is None else words.ja if self.lang == "ja" else words.en

    def wrapped(self, text: str, first: str = "", rest: str | None = None) -> list[str]:
        return wrap(text, self.width, first, first if rest is None else rest)

    def join(self, words: Iterable[str]) -> str:
        return ("、" if self.lang == "ja" else ", ").join(words)

    @property
    def colon(self) -> str:
        return "：" if self.lang == "ja" else ": "

    def bracketed(self, text: str) -> str:
        return "" if not text else f"（{text}）" if self.lang == "ja" else f" ({text})"

    # ------------------------------------------------------------------ a question
    def question(self, q: Question) -> tuple[list[str], list[str]]:
        """Return the lines of a question, and those that say of what sort it is, what is an answer and why it is asked."""
        return self.wrapped(self.asks(q), self.numbered(q), "  "), list(self.beside(q))

    def numbered(self, q: Question) -> str:
        if q.part not in ("value", "members"):
            return ""
        asked = self.interview.asked
        number = asked.index(q.item) + 1 if q.item in asked else len(asked) + 1
        return self.say("number", n=number)

    def asks(self, q: Question) -> str:
        """Return the question, with whom it is about."""
        about = self.bracketed(self.w(q.subject))
        if q.part == "skipped":
            return self.say("skipped", n=len(q.choices), items=self.join(self.w(label) for _, label in q.choices))
        if q.part == "further":
            return self.say("further")
        if q.part in OPENING:
            asks = clean(self.w(q.asks)) if q.part == "name" else ""
            return (asks + " " if asks and self.lang == "en" else asks) + pick(OPENING[q.part], self.lang).format(
                kind=self.w(q.label)
            )
        if q.part in PARTS:
            return pick(PARTS[q.part], self.lang).format(label=self.w(q.label))
        asks = self.w(q.asks) or self.say(_WHICH.get(q.type.partition(":")[0], "which"), label=self.w(q.label))
        if q.part == "members" and q.members:
            return self.say("more", label=self.w(q.label), listed=self.join(self.w(m) for m in q.members)) + about
        text = asks + about
        days = self.days(q)
        return f"{text} {days}" if days and self.lang == "en" else text + days

    def days(self, q: Question) -> str:
        """Say for which time an answer counts, where that is not plain from the day asked about."""
        start, end = q.gap
        if start or end:
            known = {"start": start.isoformat() if start else "", "end": end.isoformat() if end else ""}
            return self.say("between" if start and end else "since" if start else "before", **known)
        days = [d for d in q.reason.days if d != self.interview.ask.on]
        return self.say("as_of", days=self.join(q.reason.days)) if days else ""

    def beside(self, q: Question) -> Iterable[str]:
        kind = [pick(CLASSES[q.group], self.lang)] if q.part in ("value", "members") else []
        answer = self.answers(q)
        if kind or answer:
            yield from self.wrapped(
                ("　" if self.lang == "ja" else " ").join(
                    [*(k + ("。" if self.lang == "ja" else ".") for k in kind), answer]
                ),
                "    ",
            )
        if q.type in ("choice", "choices") or q.type.partition(":")[0] in ("enum", "entity"):
            for n, (_, label) in enumerate(q.choices, 1):
                yield from self.wrapped(self.w(label), f"      {n}. ", "         ")
        if q.goal and not q.members:
            yield from self.wrapped(self.because(q), "    ")

    def answers(self, q: Question) -> str:
        """Say what counts as an answer."""
        attribute = self.program.attributes.get(q.item.partition(".")[2])
        if q.part == "members":
            return self.say("answer_more") if q.members else self.say("answer_members", example=self.members_example(q))
        if q.part == "value":
            if q.type.startswith("entity:"):
                return self.say("answer_entity", example=self.invented(q.type.partition(":")[2], 1))
            return self.w(expected(attribute, self.program.core)) if attribute else ""
        if q.part in ("kind", "goals"):
            named = [n for n in self.program.norm_names.values() if n.kind in [k for k, _ in q.choices]]
            norm = named[0] if named else self.program.norm_names[q.choices[0][0]]
            return self.say(f"answer_{q.part}", example=self.w(self.names.wording(norm.label, norm.name, norm.alias)))
        return self.say(f"answer_{q.part}")

    def members_example(self, q: Question) -> str:
        """Give two names of a kind as one might invent them."""
        return self.join(self.invented(q.type.partition(":")[2], n) for n in (1, 2))

    def invented(self, kind: str, n: int) -> str:
        """Give a name as one might invent it: any will do, so that nobody looks for an identifier."""
        record = self.program.kinds[kind]
        words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", record.name).lower()
        return f"{record.alias or record.name}{n}" if self.lang == "ja" else f"{words} {n}"

    def because(self, q: Question) -> str:
        """Say in one line which provision needs it, on which words, and for which goal."""
        clause = self.program.clauses.get(q.reason.path[-1]) if q.reason.path else None
        goal = self.goal(dict(q.goal))
        if clause is None:
            return self.say("why_goal", goal=goal)
        each = q.part == "members" and not q.reason.days
        return self.say("why_list" if each else "why", cite=self.cited(clause), goal=goal)

    def cited(self, clause: core.Clause) -> str:
        """Return a provision with the words that a rule stands on and its heading."""
        version = self.program.versions[clause.version]
        marks = list(dict.fromkeys(clean(m.phrase) for m in clause.marks if m.phrase))[:2]
        heading = self.names.said(version.heading)
        cite = self.cite(self.names.cite(clause.id))
        phrases = "".join(f"「{m}」" for m in marks)
        if self.lang == "ja":
            return f"{cite}{phrases}{self.bracketed(self.w(heading))}"
        return f"{cite}{self.bracketed(self.w(heading))}" + (f" {phrases}" if phrases else "")

    def cite(self, c: Cite) -> str:
        return c.ja if self.lang == "ja" else c.en

    def goal(self, goal: Mapping[str, Any]) -> str:
        """Name a goal: a norm with its instance or bearer, or a term with its subject."""
        if "term" in goal:
            return self.w(self.names.term(str(goal["term"]))) + self.bracketed(
                self.w(self.names.entity(str(goal["subject"])))
            )
        norm = self.program.norm_names[str(goal["norm"])]
        label = self.w(self.names.wording(norm.label, norm.name, norm.alias))
        whom = goal.get("instance") or goal.get("bearer")
        part = self.say(f"part_{goal['part']}") if "part" in goal else ""
        return label + (self.bracketed(self.w(self.names.entity(str(whom)))) if whom else "") + part

    # ------------------------------------------------------------------ the longer reason
    def why(self, q: Question) -> list[str]:
        """Return the way from the goal to the fact, provision by provision, and what its class means."""
        if not q.goal:
            return self.wrapped(self.say("why_opening"))
        lines = self.wrapped(self.say("way", goal=self.goal(dict(q.goal))))
        for n, id in enumerate(q.reason.path, 1):
            clause = self.program.clauses[id]
            version = self.program.versions[clause.version]
            lines += self.wrapped(f"{self.cited(clause)}{self.defines(clause)}", f"  {n}. ", "     ")
            before = self.program.clauses[q.reason.path[n - 2]].version if n > 1 else ""
            if (stated := self.names.said(version.plain)) and before != version.id:
                lines += self.wrapped(self.say("plain", text=self.w(stated)), "     ")
        if not q.reason.path:
            lines += self.wrapped(self.because(q), "  ")
        if q.reason.days:
            lines += self.wrapped(self.say("read_on", days=self.join(q.reason.days)), "  ")
        lines += self.wrapped(pick(EXPLAINED["members" if q.part == "members" else q.group], self.lang), "  ")
        if attribute := self.program.attributes.get(q.item.partition(".")[2]):
            cites = [self.cite(self.names.cite(c)) for c in attribute.cites]
            if cites:
                lines += self.wrapped(self.say("declared", cites=self.join(cites)), "  ")
        return lines

    def defines(self, clause: core.Clause) -> str:
        """Name what a clause is about: the term it defines, the delegation it fills; nothing for a norm's own."""
        key = clause.resolves
        if key is None or key.startswith("norm:"):
            return ""
        label = self.w(self.names.slot(key.removeprefix("fill:")) if key.startswith("fill:") else self.names.term(key))
        return f" ― {label}"

    # ------------------------------------------------------------------ where it stands
    def settled(self, goals: Sequence[str]) -> list[str]:
        """Say that goals are settled, and how."""
        lines = self.wrapped(self.say("settled"))
        answer, _, _ = standing(self.interview)
        met = {str(n["name"]) for n in answer["data"]["norms"] if n["instances"]} | {
            str(t["key"]).partition("@")[0] for t in answer["data"]["terms"]
        }
        for goal in (g for g in goals if g.partition("@")[0] not in met):
            name = goal.partition("@")[0]
            norm = self.program.norm_names.get(name)
            label = self.names.wording(norm.label, name, norm.alias) if norm else self.names.term(name)
            lines += self.wrapped(f"{self.w(label)}{self.colon}{self.say('no_instance')}", *self.bullet)
        return lines + (self.status(goals) if {g.partition("@")[0] for g in goals} & met else [])

    def status(self, goals: Sequence[str] | None = None) -> list[str]:
        """Return the current conclusion of each goal, or of some of them, one line each."""
        if self.interview.facts is None:
            return self.wrapped(self.say("no_case"))
        answer, _, _ = standing(self.interview)
        explanation = explain(answer, self.program)
        phrases = Phrases(self.lang, bool(answer["context"]["hypothetical"]), self.program, answer)
        lines: list[str] = []
        wanted = None if goals is None else {g.partition("@")[0] for g in goals}
        for t in explanation.terms:
            if wanted is not None and t.key.partition("@")[0] not in wanted:
                continue
            lines += self.wrapped(
                f"{self.w(t.label)}{self.bracketed(self.w(t.subject))}{self.colon}{_flat(phrases.final(t.shown))}",
                *self.bullet,
            )
        for c in explanation.conclusions:
            if wanted is not None and c.name not in wanted:
                continue
            reasons = phrases.reasons(c) if c.status in ("undetermined", "contested") else ""
            said = (
                phrases.opening(c.cite)
                + phrases.status(c)
                + (self.bracketed(self.say("reasons", reasons=reasons)) if reasons else "")
            )
            whom = self.w(c.instance or c.bearer)
            lines += self.wrapped(
                f"{self.w(c.label)}{self.bracketed(whom)} {self.cite(c.cite)}{self.colon}{_flat(said)}", *self.bullet
            )
        return lines or self.wrapped(self.say("nothing_yet"))

    @property
    def bullet(self) -> tuple[str, str]:
        return ("・", "  ") if self.lang == "ja" else ("- ", "  ")

    def review(self) -> list[str]:
        """Return everything asked, numbered, with what was answered."""
        given = review(self.interview)
        lines = [
            line
            for n, g in enumerate(given, 1)
            for line in self.wrapped(f"{self.w(g.label)}{self.colon}{self.given(g)}", f"{n:3}. ", "     ")
        ]
        return [*lines, *self.wrapped(self.say("change"))] if lines else self.wrapped(self.say("nothing_asked"))

    def given(self, g: Given) -> str:
        phrases = self.phrases
        match g.state:
            case "list":
                names = self.join(self.w(m) for m in g.members) or pick(wording.NONE, self.lang)
                return names + self.bracketed(self.say("complete" if g.complete else "not_complete"))
            case "value" if g.type == "truth":
                return self.join(self.say("yes" if v == "true" else "no") for v in g.values)
            case "value":
                return self.join(_flat(phrases.value(clean(v), g.type, self.listed(v, g.type))) for v in g.values)
            case "absent":
                return pick(wording.NONE, self.lang)
            case "unknown":
                return self.say("unknown")
            case _:
                return self.say("put_off")

    def listed(self, value: str, type: str) -> Wording | None:
        sort = type.partition(":")[0]
        return (
            self.names.listed(value, type) if sort == "enum" else self.names.entity(value) if sort == "entity" else None
        )

    @property
    def phrases(self) -> Phrases:
        bare = {"assumptions": (), "data": {"entities": {}}, "context": {"text": "", "known": ""}}
        return Phrases(self.lang, False, self.program, bare)

    # ------------------------------------------------------------------ help and the end
    def commands(self) -> list[str]:
        """Return the words to say instead of an answer, in one line or two."""
        return self.wrapped(
            self.say(
                "commands",
                words=self.join(COMMANDS[c][0][0] if self.lang == "ja" else COMMANDS[c][0][1] for c in COMMANDS),
            ),
            "    ",
        )

    def help(self) -> list[str]:
        lines = self.wrapped(self.say("help"))
        for words, meaning in COMMANDS.values():
            lines += self.wrapped(f"{pick(words, self.lang)}{self.colon}{pick(meaning, self.lang)}", "  ", "      ")
        return lines

    def end(self, answer: Mapping[str, Any], left: Sequence[str]) -> list[str]:
        """Say how many questions were asked and what is left open, in the four groups."""
        lines = self.wrapped(self.say("asked", n=len(self.interview.asked)))
        for which, _ in standing(self.interview)[2]:
            if "part" in which:
                lines += self.wrapped(self.say("part_left", goal=self.goal(which)))
        found: dict[str, dict[str, None]] = {}
        for s in answer["data"]["would_settle"]:
            for group, items in s["groups"].items():
                found.setdefault(group, {}).update(dict.fromkeys(items))
        for item in left:
            found.setdefault("facts", {})[item] = None
        if not any(found.values()):
            return lines
        lines += self.wrapped(self.say("left"))
        for group, title in wording.GROUPS.items():
            if items := found.get(group):
                lines += self.wrapped(
                    f"{pick(title, self.lang)}{self.colon}{self.join(self.item(i) for i in items)}", *self.bullet
                )
        return lines

    def item(self, id: str) -> str:
        item = self.names.item(id)
        state = "unknown" if id in self.interview.unknown else "put_off" if id in self.interview.skipped else ""
        return (
            self.w(item.label)
            + self.bracketed(self.w(item.subject))
            + (self.bracketed(self.say(state)) if state else "")
        )


def _flat(marked: str) -> str:
    """Return a marked sentence as plain text."""
    return plain(line_of(marked))

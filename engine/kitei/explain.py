"""Why an answer is what it is: a tree whose nodes name the legal mechanism at work.

Comes in: the envelope of an answer and the program's labels. Goes out: an `Explanation`: what is concluded of each norm,
the grounds, what is open, and, below each conclusion, the tree of steps that led to it. It reads results and never
makes one: no value, date or status here was not in the envelope. Deliberately not here: words of any language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeAlias

from kitei.naming import Cite, Item, Names, Shown, clean
from kitei.steps import Data, Node, Seen, Tree
from kitei.unfixed import days_fixed
from kitei.world import Program
from kitei_dsl import core
from kitei_dsl.citation import parse as parse_address
from kitei_dsl.core import Wording
from kitei_dsl.frozen import Frozen

#: Statuses under which nothing is due and no sanction is in question.
IDLE = ("not-in-force", "not-applicable", "disapplied", "lapsed", "not-available", "does-not-arise")
#: What one must do, keep or leave.
OUGHT = ("duty", "prohibition", "must_contain")

Choices: TypeAlias = tuple[tuple[Wording, Wording], ...]
#: What each reading gives: the status, the due day, and the amount where readings give different ones.
ByReading: TypeAlias = tuple[tuple[Choices, str, str | None, Shown | None], ...]
#: The parts of a conclusion with their steps, each with the readings chosen for it.
Roots: TypeAlias = tuple[tuple[str, Choices, int], ...]


class Conclusion(Frozen):
    """What is concluded of one instance of a norm; `by_reading` what each combination of readings gives.

    `content_causes`: why its amount is open. `due_if`: the day it would be due where only whether it applies is open. `sanctions_as_of`: the day whose text the
    sanctions are taken from and why that one, None where no text of the norm is known yet. `undated`: statements without
    any day on which it rests that nothing was performed. `performed_since`: the day from which the facts stand by which a state
    is reached whose own day no fact names, else empty.
    """

    name: str
    key: str
    bearer_id: str
    instance_id: str | None
    label: Wording
    modality: str
    bearer: Wording
    cite: Cite
    grade: str
    status: str
    instance: Wording | None
    anchor: str | None
    due: str | None
    due_open: Shown | None
    due_if: str | None
    promptness: str | None
    performed: str | None
    towards: Wording | None
    content: Shown | None
    content_causes: tuple[tuple[str, Item], ...]
    because: tuple[Cite, ...]
    defeated_by: tuple[Cite, ...]
    causes: tuple[tuple[str, Item], ...]
    evaluations: tuple[Item, ...]
    deciding: Node | None
    period: Node | None
    due_by: tuple[Cite, ...]
    absence: str
    applies: bool
    marks: Marks
    repealed_on: str | None
    saved_by: Cite | None
    saved_as: str | None
    readings: Choices
    by_reading: ByReading
    sanctions: tuple[Data, ...]
    sanctions_as_of: tuple[str, str] | None
    undated: tuple[Item, ...]
    performed_since: str
    roots: Roots


class Marks(Frozen):
    """What a conclusion rests on that is not shown: a presumption, defences not contested (who must prove them), and what
    would change it."""

    presumed: bool
    unproved: tuple[Wording, ...]
    change: tuple[Item, ...]


class TermConclusion(Frozen):
    """What is concluded of one term asked for."""

    key: str
    subject_id: str
    label: Wording
    subject: Wording
    shown: Shown
    cites: tuple[Cite, ...]
    causes: tuple[tuple[str, Item], ...]
    evaluations: tuple[Item, ...]
    by_reading: tuple[tuple[Choices, Shown], ...]
    marks: Marks
    grade: str
    roots: Roots


class Ground(Frozen):
    """One provision version an answer rests on."""

    cite: Cite
    grade: str
    heading: Wording | None
    plain: Wording | None
    start: str
    end: str | None
    marks: tuple[tuple[str, Cite], ...]


class Explanation(Frozen, dict=True):
    """Everything that is to be said of an answer, in no language."""

    names: Names
    conclusions: tuple[Conclusion, ...]
    terms: tuple[TermConclusion, ...]
    steps: Tree
    made: _Conclusions

    @cached_property
    def grounds(self) -> tuple[Ground, ...]:
        """Return every provision version the answer rests on, once, in the law's order."""
        return tuple(self.made.grounds())

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Return where the readings of what is contested come from."""
        return tuple(self.made.sources())

    def assumption(self, a: Data) -> Assumption:
        """Return an assumption of the envelope with its names."""
        slot = self.names.slot_declared(a["target"])
        label = self.names.said(a["label"]) or self.names.wording(Wording(), a["target"].rpartition("#")[2])
        shown = self.names.shown({"state": "value", "value": a["value"]}, slot.type if slot else "date")
        low, _, high = a["bounds"].partition("–")
        by = _assumer(a["by"], self.names.wording)
        cite = self.names.cite(a["cite"]["id"], slot.version if slot else None) if a["cite"] else None
        return Assumption(label, shown, by, (clean(low), clean(high)), cite)

    def derivation(self, part: Conclusion | TermConclusion, seen: Seen) -> tuple[tuple[str, Choices, Node], ...]:
        """Return the whole tree below a conclusion; steps already in `seen` are named, not repeated."""
        return tuple((name, choices, self.steps.node(step, seen)) for name, choices, step in part.roots)


class Source(Frozen):
    """Where one reading of a contested point comes from."""

    point: Wording
    choice: Wording
    source: Wording | None
    cites: tuple[Cite, ...]


class Assumption(Frozen):
    """Something assumed: what, its value, by whom, within which bounds, and where the bounds stand."""

    label: Wording
    shown: Shown
    by: Wording
    bounds: tuple[str, str]
    cite: Cite | None


def explain(answer: Data, program: Program) -> Explanation:
    """Explain an answer of `kitei.answer` by the program it was made with."""
    names = Names(program, answer)
    tree = Tree(answer, names)
    made = _Conclusions(answer, names, tree)
    return Explanation(names, tuple(made.norms()), tuple(made.terms()), tree, made)


class _Conclusions:
    """What is concluded of each norm and term, and on which provisions."""

    def __init__(self, answer: Data, names: Names, tree: Tree) -> None:
        self.answer, self.data, self.names, self.tree = answer, answer["data"], names, tree
        self.program = names.program
        self.stated = {s["item"]: s["records"] for s in self.data["statements"]}

    def norms(self) -> Iterator[Conclusion]:
        for row in self.data["norms"]:
            for i in row["instances"]:
                yield self.conclusion(row, i)

    def conclusion(self, row: Data, i: Data) -> Conclusion:
        norm = next((n for n in self.program.norms[row["key"]] if n.version == i["version"]), None)
        cite = self.names.cite(row["cite"]["id"], i["version"] or self.program.norms[row["key"]][-1].version)
        versions = self.versions(i["steps"].values())
        applies = i["applies"] is not None and i["applies"].get("value") == "true"
        decider = (
            i["steps"].get("done")
            if applies and i["status"] in ("satisfied", "not-satisfied")
            else i["steps"].get("applies", i["steps"].get("anchor"))  # an event that has not happened has no day
        )
        because = tuple(self.names.cite(c["id"], versions.get(c["id"], i["version"])) for c in i["because"])
        if i["status"] in ("not-applicable", "not-available", "does-not-arise"):
            because = (cite,)  # what it does not meet is its own condition, whatever else might have blocked it
        contents = [self.content(norm, a) for a in i.get("by_reading", ())]
        settled = i["status"] not in ("undetermined", "contested", "not-in-force", "disapplied")
        return Conclusion(
            name=row["name"], key=row["key"], bearer_id=row["bearer"], instance_id=i["instance"],
            label=Wording(clean(row["label"]["ja"]), clean(row["label"]["en"])), modality=norm.modality if norm else row["modality"],
            bearer=self.names.entity(row["bearer"]), cite=cite, grade=i["grade"], status=i["status"],
            instance=self.names.entity(i["instance"]) if i["instance"] else None, anchor=i["anchor"], due=i["due"],
            due_open=self.names.shown(i["due_open"], "date") if i["due_open"] else None, due_if=i.get("due_if_applies"), promptness=i["promptness"], performed=i["performed"],
            towards=self.names.said(norm.towards) if norm else None,
            content=self.content(norm, i) if len(set(contents)) < 2 else None,
            content_causes=self.causes(i["content"]["causes"]) if settled and (i["content"] or {}).get("state") == "open" else (),
            because=because,
            defeated_by=tuple(self.names.cite(c["id"], versions.get(c["id"])) for c in i.get("disapplied_by", ())),
            causes=self.causes(i["open"]), evaluations=tuple(self.names.item(e) for e in i["evaluations"]),
            deciding=self.reason(decider, row["modality"], applies and i["instance"] is not None) if settled and decider is not None else None, period=self.due_period(i),
            due_by=self.due_by(i), absence=self.absence(row["key"], i["anchor"]), applies=applies, marks=self.marks(i),
            repealed_on=i.get("repealed_on"), saved_by=self.names.cite(i["saved_by"]["id"]) if "saved_by" in i else None,
            saved_as=i.get("saved_as"),
            readings=self.choices(i.get("readings", {})),
            by_reading=tuple(
                (self.choices(a["readings"]), a["status"], a["due"], content if len(set(contents)) > 1 else None)
                for a, content in zip(i.get("by_reading", ()), contents, strict=True)
            ),
            sanctions=tuple(self.sanction(s) for s in i["sanctions"]),
            sanctions_as_of=(i["sanctions_as_of"]["day"], i["sanctions_as_of"]["why"]) if i["sanctions_as_of"] else None,
            undated=self.undated(i), performed_since=self.performed_by_facts_of(i), roots=self.roots(i),
        )  # fmt: skip

    def reason(self, step: int, modality: str, by_event: bool) -> Node | None:
        """Return the line that gives the reason: of a power, and where a fact of the event itself comes last of what is
        required, that one; else the first, which says whose norm it is."""
        last = self.tree.deciding(step, True)
        particular = by_event and last is not None and last.mechanism in ("fact", "evaluation", "act")
        return last if modality == "power" or particular else self.tree.deciding(step)

    def marks(self, part: Data) -> Marks:
        return Marks(
            part.get("presumed", False),
            tuple(self.names.entity(p) for p in part.get("unproved", ())),
            tuple(self.names.item(c["item"]) for c in part.get("would_change", ())),
        )

    def roots(self, part: Data) -> Roots:
        """Return the steps of a conclusion, or those of each reading, in the order they were taken."""
        if not part.get("by_reading"):
            return tuple((name, (), step) for name, step in part["steps"].items())
        return tuple(
            (name, self.choices(a["readings"]), step) for a in part["by_reading"] for name, step in a["steps"].items()
        )

    def content(self, norm: core.Norm | None, i: Data) -> Shown | None:
        if i.get("content") is None or norm is None or norm.content is None:
            return None
        return self.names.shown(i["content"], self.names.type_of(norm.content))

    def causes(self, causes: Sequence[Data]) -> tuple[tuple[str, Item], ...]:
        return tuple((self.names.cause(c["kind"], c["item"]), self.names.item(c["item"])) for c in causes)

    def choices(self, readings: Mapping[str, str]) -> Choices:
        return tuple(self.tree.reading(name, choice) for name, choice in readings.items())

    def versions(self, roots: Any) -> dict[str, str]:
        """Return which version of an address the steps below some roots used."""
        found: dict[str, str] = {}
        for id in self.tree.reachable(list(roots)):
            for c in self.tree.steps[id]["certificate"].get("candidates", ()):
                clause = self.program.clauses[c["clause"]]
                found.setdefault(clause.address, clause.version)
        return found

    def due_period(self, i: Data) -> Node | None:
        """Return the period whose end is the due day."""
        due = i["due"] or i.get("due_if_applies")
        if due is None or "due" not in i["steps"]:
            return None
        for id in reversed(list(self.tree.reachable([i["steps"]["due"]]))):
            certificate = self.tree.steps[id]["certificate"].get("period")
            if certificate and certificate["end"] == due:
                return self.tree.leaf(id)
        return None

    def due_by(self, i: Data) -> tuple[Cite, ...]:
        """Return the provisions made under a delegation that set the due day."""
        if (i["due"] is None and "due_if_applies" not in i) or "due" not in i["steps"]:
            return ()
        steps = [self.tree.steps[id] for id in self.tree.reachable([i["steps"]["due"]])]
        live = [c["clause"] for s in steps if s["kind"] == "resolve" and s["node"].partition("|")[2].startswith("slot:")
                for c in s["certificate"]["candidates"] if c["live"] == "true"]  # fmt: skip
        return tuple(dict.fromkeys(self.names.cite(c) for c in live))

    def undated(self, i: Data) -> tuple[Item, ...]:
        """Return the statements that nothing was performed which bear no day at all: they never grow old by themselves."""
        if i["performed"] != "no" or "done" not in i["steps"]:
            return ()
        found = []
        for id in self.tree.reachable([i["steps"]["done"]]):
            step = self.tree.steps[id]
            expr = self.names.expression(step["node"]) if step["kind"] == "fact" else None
            if isinstance(expr, core.Fact) and step["result"].get("value") in (None, "false"):
                item = f"{self.tree.steps[step['inputs'][0]]['result'].get('value')}.{expr.attribute}"
                records = self.stated.get(item, ())
                if records and not any(r[k] for r in records for k in ("from", "to", "recorded")):
                    found.append(self.names.item(item))
        return tuple(found)

    def performed_by_facts_of(self, i: Data) -> str:
        """Return, of a state reached on a day no fact names, from which day on the facts it is read from stand as they do;
        nothing where none of them begins on a day. It was reached then at the latest."""
        if i["performed"] != "yes" or "done" not in i["steps"]:
            return ""
        begun = [""]
        for id in self.tree.reachable([i["steps"]["done"]]):
            step = self.tree.steps[id]
            expr = self.names.expression(step["node"]) if step["kind"] == "fact" else None
            if not isinstance(expr, core.Fact):
                continue
            at = self.tree.contexts[step["context"]]["at"]
            item = f"{self.tree.steps[step['inputs'][0]]['result'].get('value')}.{expr.attribute}"
            begun += [
                r["from"] for r in self.stated.get(item, ())
                if r["from"] and r["from"] <= at and (r["to"] is None or at < r["to"])
            ]  # fmt: skip
        return max(begun)

    def absence(self, key: str, anchor: str | None) -> str:
        """Say where the versions of a norm lie seen from its day: before (still to come), after (ended) or none."""
        context = self.answer["context"]
        text = context["text"] if context["pinned"] or anchor is None else anchor
        versions = [self.program.versions[n.version] for n in self.program.norms[key]]
        days = days_fixed(self.program, self.answer)
        if all(days.get(v.start, "9999" if "/" in v.start else v.start) > text for v in versions):
            return "before"
        ended = [
            v for v in versions if v.end is not None and days.get(v.end, "9999" if "/" in v.end else v.end) <= text
        ]
        return "after" if len(ended) == len(versions) else "none"

    def sanction(self, s: Data) -> Data:
        # Several sanctions may stand at one place: the words of each are its own.
        record = next((r for r in self.program.core.sanctions if _recorded(r, s)), None)
        return {
            "kind": s["kind"], "cite": self.names.cite(s["cite"]["id"], s["version"]), "whose": self.names.said(s["whose"]),
            "imprisonment": self.names.shown({"state": "value", "value": s["imprisonment"]}, "span") if s["imprisonment"] else None,
            "named": self.names.imprisonment(record) if record else "", "fine": self.yen(s["fine"]), "both": s["both"], "note": self.names.said(s["note"]),
            "corporate": s["corporate"] and {"cite": self.names.cite(s["corporate"]["cite"]["id"], s["version"]), "fine": self.yen(s["corporate"]["fine"])},
        }  # fmt: skip

    def yen(self, amount: str | None) -> Shown | None:
        return self.names.shown({"state": "value", "value": amount}, "yen") if amount else None

    # ------------------------------------------------------------------ terms and grounds
    def terms(self) -> Iterator[TermConclusion]:
        """Give the terms that were asked for."""
        goals = {g.partition("@")[0] for g in self.data["goals"]}
        for t in self.data["terms"]:
            term = self.program.terms[t["key"].partition("@")[0]]
            if not goals & {term.name, term.alias}:
                continue
            shown = self.names.shown({**t, "sort": self.sort(term.type), "causes": t["open"]}, term.type)
            versions = self.versions(t["steps"].values())
            yield TermConclusion(
                t["key"], t["subject"], Wording(clean(t["label"]["ja"]), clean(t["label"]["en"])), self.names.entity(t["subject"]), shown,
                tuple(self.names.cite(c["id"], versions.get(c["id"])) for c in t["cite"]), self.causes(t["open"]),
                tuple(self.names.item(e) for e in t["evaluations"]),
                tuple((self.choices(a["readings"]), self.names.shown(a, term.type)) for a in t.get("by_reading", ())),
                self.marks(t), t["grade"], self.roots(t),
            )  # fmt: skip

    def sort(self, type: str) -> str:
        return {"entity": "entity", "enum": "name"}.get(type.partition(":")[0], "")

    def grounds(self) -> Iterator[Ground]:
        """Give every provision version the answer rests on, once, in the law's order."""
        used: dict[str, dict[core.Mark, None]] = {}
        corporate: dict[str, str] = {}
        for row in self.data["norms"]:
            for i in row["instances"]:
                used.setdefault(i["version"] or self.program.norms[row["key"]][-1].version, {})
                for s in i["sanctions"] if in_question(row["modality"], i["status"]) else ():
                    used.setdefault(s["version"], {})
                    if s["corporate"]:
                        corporate.setdefault(s["corporate"]["cite"]["id"], s["version"])
        for step in self.tree.steps:
            certificate = step["certificate"]
            if certificate.get("version"):
                used.setdefault(certificate["version"], {})
            for c in certificate.get("candidates", ()):
                clause = self.program.clauses[c["clause"]]
                if c["has"] != "false":
                    used.setdefault(clause.version, {}).update(dict.fromkeys(clause.marks))
        for id in sorted(used, key=lambda v: self.program.order[v]):
            v = self.program.versions[id]
            marks = self.tree.marks([m for m in used[id] if m.phrase])
            seen = v.end is not None and v.end_promulgated is not None and v.end_promulgated <= self.names.known
            yield Ground(self.names.cite(v.address, id), v.grade, self.names.said(v.heading), self.names.said(v.plain),
                         v.start, v.end if seen else None, marks)  # fmt: skip
        listed = {self.program.versions[id].address for id in used}
        for address, id in corporate.items():
            if address not in listed:
                # Named by the sanction, as far as it says; no text of its own is encoded, so no days are given.
                v = self.program.versions[id]
                yield Ground(self.names.cite(address, id), v.grade, None, None, "", None, ())
        for rule in self.period_rules():
            instrument = self.program.instruments.get(rule.id.partition("/")[0])
            yield Ground(rule, instrument.grade if instrument else "", None, None, "", None, ())

    def sources(self) -> Iterator[Source]:
        """Give the readings met, every choice of each, in the order of the law files."""
        parts = [*(i for row in self.data["norms"] for i in row["instances"]), *self.data["terms"]]
        met = {name for p in parts for a in (p, *p.get("by_reading", ())) for name in a.get("readings", ())}
        for r in self.program.readings.values():
            for choice, source in zip(r.choices, r.sources, strict=True):
                if r.name in met:
                    point, words = self.tree.reading(r.name, choice)
                    yield Source(
                        point,
                        words,
                        self.names.said(Wording(source, source)),
                        tuple(self.names.cite(c) for c in r.cites),
                    )

    def period_rules(self) -> list[Cite]:
        """Return the rules that periods were computed by, in the order of their addresses."""
        found = {
            c for s in self.tree.steps for c in s["certificate"].get("period", {}).get("convention", ()) if ":" not in c
        }
        return [
            self.names.cite(c) for c in sorted(found, key=lambda c: (c.partition("/")[0], parse_address(c).sort_key()))
        ]


def _assumer(by: str, wording: Callable[[Wording, str], Wording]) -> Wording:
    """Return who assumes, in both languages: whoever asked, or as written, where `/` parts Japanese from English."""
    if by == "--assume":
        return Wording("尋ねた者（--assume）", "whoever asked (--assume)")
    ja, parted, en = by.partition(" / ")
    return wording(Wording(ja, en) if parted else Wording(), by or "-")


def _recorded(r: core.Sanction, s: Data) -> bool:
    """Say whether a sanction of an answer is one of the law, by its place and all that is said of it."""
    return (r.version, r.address, r.kind, r.imprisonment or None, r.fine or None, r.both, r.corporate_fine or None) == (
        s["version"], s["cite"]["id"], s["kind"], s["imprisonment"], s["fine"], s["both"], (s["corporate"] or {}).get("fine"),
    ) and all({"ja": said.ja, "en": said.en} == (s[name] or {"ja": "", "en": ""}) for name, said in (("whose", r.whose), ("note", r.note)))  # fmt: skip


def in_question(modality: str, status: str) -> bool:
    """Say whether a sanction is in question: of what one must do or leave, and has not shown to have done or left."""
    return modality in OUGHT and status not in (*IDLE, "performed", "satisfied")


def reduced(by_reading: ByReading) -> ByReading:
    """Return what each reading gives, by those points alone on which it depends; nothing where all give the same."""
    found = by_reading
    for point in dict.fromkeys(p for a in by_reading for p, _ in a[0]):
        fewer: dict[Choices, set[tuple[str, str | None, Shown | None]]] = {}
        for choices, status, due, amount in found:
            fewer.setdefault(tuple(x for x in choices if x[0] != point), set()).add((status, due, amount))
        if all(len(given) == 1 for given in fewer.values()):
            found = tuple((choices, *given.pop()) for choices, given in fewer.items())
    return () if len(found) < 2 else found

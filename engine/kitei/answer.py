"""A query and its answer: the envelope of the design's section 4, as JSON-ready data.

Comes in: a program, facts and a query. Goes out: one `dict` with the register of norms, terms, the derivation all
of it rests on, what would settle what is open, and findings. The same input gives the same bytes. Explaining and
rendering read this and nothing else. Deliberately not here: wording beyond citations and declared labels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from kitei.answer_data import context_data, marks_data, renumber, statement_data, step_data, words_data
from kitei.citing import citer
from kitei.evaluate import Evaluator
from kitei.facts import Facts
from kitei.goals import named
from kitei.grounds import Grounds
from kitei.instance import Instance, Query, sanctions_for
from kitei.open_goals import is_settled, no_result, part_goal, status_goal, term_goal
from kitei.register import Make, Row, combinations, marks_used, reachable, register, units, visible
from kitei.settle import GROUPS, Goal, Settlement, Supposing, settle
from kitei.trace import Context, Step, ordered, result_data
from kitei.values import Cause, write
from kitei.world import Program, Regime
from kitei_dsl import core
from kitei_dsl.frozen import Frozen, replace


class Ask(Frozen):
    """What `run` is asked. Days in ISO form; `goals` are names of norms or terms (identifier, alias or
    printed label), empty: everything."""

    on: str
    text_on: str | None = None
    known_on: str | None = None
    world: str = "current"
    assumes: tuple[core.Assumption, ...] = ()
    goals: tuple[str, ...] = ()
    settle: bool = True

    @property
    def query(self) -> Query:
        return Query(self.on, self.text_on or self.on, self.known_on or self.on, self.text_on is not None)


def answer(program: Program, facts: Facts, ask: Ask) -> dict[str, Any]:
    """Answer a query. Raises BadAssumption, UnknownGoal and TooManyReadings for what was asked wrongly."""
    return Answering(program, facts, ask).envelope()


class OpenGoal(Frozen):
    """A goal that is open: which (as `would_settle` names it), and the test whether it is settled for an evaluator.

    `part` in `goal`, content or done: of a norm whose status is settled, only its amount or its performance is open.
    """

    goal: dict[str, Any]
    settled: Goal


def answer_and_open(program: Program, facts: Facts, ask: Ask) -> tuple[dict[str, Any], Regime, list[OpenGoal]]:
    """Answer a query; return the regime too, and every goal left open, to be settled one at a time."""
    answering = Answering(program, facts, ask)
    return answering.envelope(), answering.regime, answering.left_open


class Answering:
    """A query while it is answered: the envelope, and what the evaluation met on the way (also where it was refused)."""

    def __init__(self, program: Program, facts: Facts, ask: Ask) -> None:
        self.program, self.facts = program, facts
        self.ask = replace(ask, goals=tuple(named(program, goal) for goal in ask.goals))
        self.query = ask.query
        self.regime = Regime(program, program.worlds[ask.world], ask.assumes)
        self.evaluator = Evaluator(self.regime, facts)
        self.supposing = Supposing(self.regime, facts)
        self.grounds = Grounds(self.evaluator)
        self.citer = citer(program)
        self.roots: list[int] = []
        self.settlements: list[dict[str, Any]] = []
        self.left_open: list[OpenGoal] = []

    # ------------------------------------------------------------------ goals
    def goals(self) -> tuple[set[str], list[str]]:
        """Return the norm names and the Resolve keys of terms asked for; no norm names means all, unless terms are."""
        norms, terms = self.program.spelled_norms, self.program.spelled_terms
        wanted_norms, wanted_terms = set(), []
        for goal in self.ask.goals:
            name = goal.partition("@")[0]
            if name in norms:
                wanted_norms.add(norms[name])
            else:
                keys = self.program.keys.get(terms[name], [])
                wanted_terms += [k for k in keys if goal == name or k == goal.replace(name, terms[name], 1)]
        return wanted_norms, wanted_terms

    def envelope(self) -> dict[str, Any]:
        norm_goals, term_goals = self.goals()
        everything = not self.ask.goals
        rows = register(self.evaluator, self.query, lambda n: everything or n.name in norm_goals)
        norms = [self.row(r) for r in rows]
        terms = [self.term(key, id) for key in term_goals for id in self.facts.of_kind(self.kind_of(key))]
        terms += self.terms_met({(t["key"], t["subject"]) for t in terms})
        steps, renumbered, contexts = self.pruned()
        for part in (*(i for n in norms for i in n["instances"]), *terms):
            renumber(part, renumbered)
        context = self.query
        hypothetical = self.hypothetical()
        data = {
            "goals": list(self.ask.goals),
            "norms": norms,
            "terms": terms,
            "derivation": {"contexts": contexts, "steps": steps},
            "findings": self.findings(),
            "would_settle": self.settlements if self.ask.settle else None,
            "unused_facts": sorted(self.unused()),
            "not_seen": [{"item": i, "dated": d} for i, d in sorted(self.evaluator.sight.unseen.items())],
            "statements": self.statements(steps),
            "entities": {i: {"kind": k, "ja": n.ja, "en": n.en} for i, k in self.facts.kinds.items()
                         for n in [self.facts.names.get(i, core.Wording(i, i))]},
        }  # fmt: skip
        return {
            "schema": "kitei/run@1",
            "ruleset": {"digest": self.program.digest},
            "facts": {"digest": self.facts.digest, "file": self.facts.file},
            "world": self.ask.world,
            "assumptions": [self.assumption(a) for a in self.regime.assumed],
            "as_of": self.ask.on,
            "context": {"at": context.at, "text": context.text, "known": context.known, "pinned": context.pinned,
                        "hypothetical": hypothetical},
            "data": data,
            "diagnostics": [*self.notes(), *self.unlisted(lambda n: everything or n.name in norm_goals)],
        }  # fmt: skip

    def assumption(self, a: Any) -> dict[str, Any]:
        entry: dict[str, Any] = {"kind": a.kind, "target": a.target, "value": a.value, "by": a.by, "bounds": a.bounds}
        entry["cite"] = self.citer.data(a.cite) if a.cite else None
        label = self.label_of(a.target)
        entry["label"] = {"ja": label.ja, "en": label.en}
        return entry

    def label_of(self, target: str) -> core.Wording:
        if target in self.program.commencements:
            return self.program.commencements[target].label
        slot = next((s for s in self.program.slots.values() if f"{s.address}#{s.name}" == target), None)
        return slot.label if slot else core.Wording()

    def hypothetical(self) -> bool:
        """Say whether what is concluded holds only if something were in force that is not, or not then."""
        if self.query.pinned or self.regime.supposed:
            return True
        return any(day.isoformat() <= self.query.text for day in self.regime.days.values())

    def kind_of(self, key: str) -> str:
        return self.program.terms[key.partition("@")[0]].kind

    # ------------------------------------------------------------------ norms
    def row(self, row: Row) -> dict[str, Any]:
        version = self.program.versions[row.norm.version]
        label = self.program.norm_names[row.name].label
        present = [n for n in self.program.norms[row.key] if visible(self.evaluator, n, self.query)]
        makes = {
            i.entity: m
            for i, m in zip(row.instances, units(self.evaluator, self.query, row.key, present, row.bearer), strict=True)
        }
        return {
            "name": row.name,
            "key": row.key,
            "label": {"ja": label.ja or row.name, "en": label.en or row.name},
            "modality": row.modality,
            "bearer": row.bearer,
            "cite": self.citer.data(row.norm.id, version),
            "grade": version.grade,
            "instances": [self.instance(row, i, makes[i.entity]) for i in row.instances],
        }

    def instance(self, row: Row, i: Instance, make: Make) -> dict[str, Any]:
        norm = next((n for n in self.program.norms[row.key] if n.version == i.version), None)
        roots = [*i.steps.values(), *(s for a in i.alternatives for s in a.steps.values())]
        self.roots += roots
        also = [a.saved_by for a in (i, *i.alternatives) if a.saved_by]
        if norm is None and i.status != "not-in-force":
            # Which version it is judged by is open: the answer is no better than the least of them.
            also += [n.version for n in self.program.norms[row.key] if visible(self.evaluator, n, self.query)]
        data: dict[str, Any] = {
            "instance": i.entity,
            "anchor": i.anchor,
            "version": i.version,
            "in_force": True if norm is not None else False if i.status == "not-in-force" else None,
            "applies": self.short(i.steps.get("applies")),
            "due": i.due.isoformat() if i.due else None,
            "due_open": self.short(i.steps.get("due")) if i.due is None and i.due_if is None else None,
            "promptness": norm.promptness if norm else None,
            "performed": i.performed,
            "content": self.short(i.steps.get("content")),
            "status": i.status,
            "because": [
                self.citer.data(c)
                for c in dict.fromkeys(
                    c
                    for way in (i.alternatives or [i])
                    for c in (*way.disapplied_by, *self.deciding(way.steps.get("applies")))
                )
            ],
            "open": [{"kind": c.kind, "item": c.item} for c in ordered(i.causes)],
            "grade": self.grounds.grade(roots, norm, also),
            "evaluations": self.grounds.evaluations(roots),
            "sanctions": [],
            "sanctions_as_of": None,
            "steps": dict(i.steps),
        }
        if norm is not None:
            day, why = self.acted_on(i)
            data["sanctions"], data["sanctions_as_of"] = self.sanctions(norm, day), {"day": day, "why": why}
        if i.due_if:
            data["due_if_applies"] = i.due_if.isoformat()
        if i.disapplied_by:
            data["disapplied_by"] = [self.citer.data(c) for c in i.disapplied_by]
        if i.repealed_on:
            data["repealed_on"] = i.repealed_on
        if i.saved_by:
            data["saved_by"] = self.citer.data(i.saved_by)
            data["saved_as"] = next(s.form for s in self.program.core.savings if s.id == i.saved_by)
        data |= marks_data(i.presumed, i.unproved, i.would_change)
        if i.readings:
            data["readings"] = dict(i.readings)
        if i.alternatives:
            data["by_reading"] = [
                {"readings": dict(a.readings), "status": a.status, "due": a.due.isoformat() if a.due else None,
                 "content": self.short(a.steps.get("content")), "steps": dict(a.steps)}
                for a in i.alternatives
            ]  # fmt: skip
        if i.contested:
            data["contested"] = list(i.contested)
        if i.status == "undetermined" and not no_result(i.causes):
            goal = {"norm": row.name, "key": row.key, "bearer": row.bearer, "instance": i.entity}
            self.settle(goal, status_goal(self.query, make, i.readings))
        else:
            self.left_open += self.parts_open(row, i, make)
        return data

    def parts_open(self, row: Row, i: Instance, make: Make) -> Iterator[OpenGoal]:
        """Give what is open of an instance whose status is settled: its amount, and whether it was performed."""
        goal = {"norm": row.name, "key": row.key, "bearer": row.bearer, "instance": i.entity}
        open_parts = {
            "content": "content" in i.steps and not is_settled(self.evaluator.result(i.steps["content"])),
            "done": i.status in ("outstanding", "available") and i.performed is None and "done" in i.steps,
        }
        for part in (name for name, is_open in open_parts.items() if is_open):
            yield OpenGoal({**goal, "part": part}, part_goal(self.query, make, i.readings, part))

    def deciding(self, step: int | None) -> list[str]:
        """Return the addresses of the clauses that decide: live where it holds, else the norm's own."""
        if step is None:
            return []
        candidates = self.evaluator.steps[step].certificate.get("candidates", [])
        return [c["clause"] for c in candidates if c["live"] != "false"]

    def acted_on(self, i: Instance) -> tuple[str, str]:
        """Return the day whose text says the sanctions (行為時), and why that day.

        What is omitted by a due day is omitted in full once that day has passed: `omission`, the day after. Anything else
        may still be done, or is a state on the day asked: `asked`, the text of that day. A pinned text stays: `pinned`.
        """
        if self.query.pinned:
            return self.query.text, "pinned"
        if i.due is not None and i.due < date.fromisoformat(self.query.at):
            return (i.due + timedelta(days=1)).isoformat(), "omission"
        return self.query.text, "asked"

    def sanctions(self, norm: core.Norm, day: str) -> list[dict[str, Any]]:
        """Return the sanctions that name the norm's place, in the text of a day."""
        text, known, found = date.fromisoformat(day), date.fromisoformat(self.query.known), []
        for s in sanctions_for(self.program, norm):
            if not self.regime.in_force(s.version, text, known):
                continue
            found.append({
                "kind": s.kind, "cite": self.citer.data(s.address, self.program.versions[s.version]), "whose": words_data(s.whose),
                "imprisonment": s.imprisonment or None, "fine": s.fine or None, "both": s.both,
                "corporate": {"cite": self.citer.data(s.corporate_cite), "fine": s.corporate_fine} if s.corporate_fine else None,
                "note": words_data(s.note), "version": s.version,
            })  # fmt: skip
        return found

    def short(self, step: int | None) -> dict[str, Any] | None:
        """Return a result as data with the step it comes from."""
        if step is None:
            return None
        return {**result_data(self.evaluator.result(step)), "step": step}

    # ------------------------------------------------------------------ terms
    def term(self, key: str, id: str) -> dict[str, Any]:
        """Evaluate a term asked for, once per combination of readings."""
        entity = self.facts.entity(id)
        found = combinations(
            self.evaluator,
            self.query,
            lambda context: self.evaluator.goal(key, entity, self.evaluator.context(context)),
        )
        results = [self.evaluator.result(s) for _, s in found]
        data = self.term_data(key, id, found[0][1])
        roots = [s for _, s in found]
        self.roots += roots
        for _, s in found[1:]:
            data["cite"] += [c for c in self.term_data(key, id, s)["cite"] if c not in data["cite"]]
        data |= {"grade": self.grounds.grade(roots), "evaluations": self.grounds.evaluations(roots)}
        if len(found) > 1:
            data["by_reading"] = [
                {"readings": dict(c), **result_data(self.evaluator.result(s)), "steps": {"value": s}} for c, s in found
            ]
            settled = [r for r in results if is_settled(r)]
            if any(r != settled[0] for r in settled[1:]):
                data |= {"state": "contested", "value": None, "open": []}
            elif len(settled) < len(results):
                causes = frozenset[Cause]().union(*(r.causes for r in results))
                data |= {
                    "state": "open",
                    "value": None,
                    "open": [{"kind": c.kind, "item": c.item} for c in ordered(causes)],
                }
        data |= self.term_marks(
            [(s, self.query.context(c, presumptions=False)) for c, s in found],
            lambda context: self.evaluator.goal(key, entity, self.evaluator.context(context)),
        )
        data["not_deemed"] = [self.citer.data(c) for c in self.other_deemings(key)]
        if data["state"] == "open" and not all(is_settled(r) for r in results):
            self.settle({"term": key, "subject": id}, term_goal(self.query, key, entity, found[0][0]))
        return data

    def term_marks(self, found: list[tuple[int, Context]], again: Callable[[Context], int]) -> dict[str, Any]:
        """Return the marks of a term's results that would be open or different with every presumption and uncontested
        defence treated as open; `again` evaluates it so."""
        presumed, unproved, change = False, dict[str, None](), frozenset[Cause]()
        resting = False
        for step, context in found:
            used, parties = marks_used(self.evaluator, [step])
            if not used and not parties:
                continue
            resting = resting or used
            without = self.evaluator.result(again(context))
            if without.state == "open" or without != self.evaluator.result(step):
                presumed, change = presumed or used, change | without.causes
                unproved |= dict.fromkeys(parties)
        return ({"presumed": False} if resting else {}) | marks_data(presumed, tuple(unproved), change)

    def other_deemings(self, key: str) -> list[str]:
        """Return deemings of a term for purposes that a query from outside does not see."""
        candidates = [self.program.clauses[c] for c in self.program.resolves[key].candidates]
        return [c.id for c in candidates if c.role == "deem" and "*" not in c.purposes]

    def term_data(self, key: str, id: str, step: int) -> dict[str, Any]:
        term = self.program.terms[key.partition("@")[0]]
        s = self.evaluator.steps[step]
        resolved = step if s.kind == "resolve" else s.inputs[1]
        clauses = [
            c["clause"] for c in self.evaluator.steps[resolved].certificate["candidates"] if c["live"] != "false"
        ]
        closing = self.evaluator.steps[resolved].certificate["closing"]
        addresses = clauses or ([closing] if closing else [])
        result = s.result
        return {
            "name": term.name, "key": key, "label": {"ja": term.label.ja or term.name, "en": term.label.en or term.name},
            "subject": id, "state": result.state, "value": write(result.value) if result.value is not None else None,
            "values": [write(v) for v in result.values], "possible_clash": result.possible_clash, "unit": term.type,
            "cite": [self.citer.data(a, self.version_of(a)) for a in addresses], "grade": self.grounds.grade([step]),
            "open": [{"kind": c.kind, "item": c.item} for c in ordered(result.causes)],
            "evaluations": self.grounds.evaluations([step]), "steps": {"value": step},
        }  # fmt: skip

    def version_of(self, id: str) -> core.Version | None:
        clause = self.program.clauses.get(id)
        return self.program.versions[clause.version] if clause else None

    def terms_met(self, done: set[tuple[str, str]]) -> list[dict[str, Any]]:
        """Return the terms that the answer rests on, evaluated in the query's own context, in the law's order."""
        base = self.query.context()
        found: dict[tuple[str, str], int] = {}
        for id in reachable(self.evaluator, self.roots):
            s = self.evaluator.steps[id]
            if s.kind != "resolve":
                continue
            key, subject = s.node.partition("|")[2], dict(s.scope).get("self")
            plain = self.evaluator.contexts[s.context] == base
            if plain and subject and not key.startswith(("norm:", "slot:")) and (key, subject) not in done:
                found.setdefault((key, subject), id)
        return [self.met(key, subject, step) for (key, subject), step in found.items()]

    def met(self, key: str, subject: str, step: int) -> dict[str, Any]:
        """Return a term met on the way, marked where it rests on a presumption."""
        data = self.term_data(key, subject, step)
        data |= self.term_marks(
            [(step, self.query.context(presumptions=False))],
            lambda context: self.evaluator.resolve(
                key, self.facts.entity(subject), None, self.evaluator.context(context)
            ),
        )
        return data

    # ------------------------------------------------------------------ the rest
    def settle(self, goal: dict[str, Any], test: Goal) -> None:
        self.left_open.append(OpenGoal(goal, test))
        if not self.ask.settle:
            return
        day = date.fromisoformat(self.query.at)
        settlement: Settlement = settle(self.regime, self.facts, test, day, asking=self.supposing)
        groups = {g: [i for i, of in zip(settlement.items, settlement.groups, strict=True) if of == g] for g in GROUPS}
        self.settlements.append({
            "goal": goal, "verdict": settlement.verdict, "items": list(settlement.items), "groups": groups,
            "ask_next": settlement.ask_next,
        })  # fmt: skip

    def pruned(self) -> tuple[list[dict[str, Any]], dict[int, int], list[dict[str, Any]]]:
        """Return the steps that something rests on, renumbered, as data; their new numbers; and the contexts they are in."""
        kept = reachable(self.evaluator, self.roots)
        new = {old: n for n, old in enumerate(kept)}
        used = sorted({self.evaluator.steps[old].context for old in kept})
        moved = {old: n for n, old in enumerate(used)}
        steps = [step_data(self.evaluator.steps[k], new, moved) for k in kept]
        return steps, new, [context_data(self.evaluator.contexts[c]) for c in used]

    def findings(self) -> list[dict[str, Any]]:
        """List every gap, clash and possible clash met, also where something else decided."""
        found = []
        for id in reachable(self.evaluator, self.roots):
            s = self.evaluator.steps[id]
            conflict = s.certificate.get("presumed") == "conflict"
            # A possible clash of what it rests on is found there, not here.
            clash = s.result.possible_clash and id in self.evaluator.own_clashes
            if s.kind == "resolve" and (s.result.state in ("gap", "clash") or clash or conflict):
                kind = (
                    s.result.state
                    if s.result.state != "open"
                    else "conflicting-presumptions"
                    if conflict
                    else "possible-clash"
                )
                entry = {"kind": kind, "term": s.node.partition("|")[2], "subject": dict(s.scope).get("self"),
                         "cite": [self.citer.data(c["clause"]) for c in s.certificate["candidates"] if c["live"] != "false"]}  # fmt: skip
                if entry not in found:
                    found.append(entry)
        return found

    def statements(self, steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return who stated each fact the derivation reads: every record of it that *known* shows, as written."""
        read: set[tuple[str, str]] = set()
        for s in steps:
            if s["kind"] == "fact" and (subject := steps[s["inputs"][0]]["result"]).get("sort") == "entity":
                expr = self.grounds.node(s["node"])
                read.add((subject["value"], expr.attribute if isinstance(expr, core.Fact) else ""))
        known = date.fromisoformat(self.query.known)
        return [
            {"item": f"{id}.{name}", "records": [statement_data(r) for r in self.facts.records[id, name] if r.recorded is None or r.recorded <= known]}
            for id, name in sorted(read) if (id, name) in self.facts.records
        ]  # fmt: skip

    def unused(self) -> set[str]:
        return {f"{i}.{a}" for i, a in self.facts.records} - set(self.evaluator.sight.read)

    def unlisted(self, wanted: Callable[[core.Norm], bool]) -> list[dict[str, Any]]:
        """Say which lists are not said to be complete although norms have an instance for each of their members: what is
        not listed is not shown, and is not denied."""
        found: dict[str, dict[str, None]] = {}
        base = self.evaluator.contexts[self.evaluator.context(self.query.context())]
        for versions in self.program.norms.values():
            present = [n for n in versions if wanted(n) and visible(self.evaluator, n, self.query)]
            for bearer in self.facts.of_kind(present[0].kind) if present else ():
                for role in (n.instances.members.attribute for n in present if n.instances is not None):
                    if not self.evaluator.sight.members(bearer, role, base).complete:
                        found.setdefault(bearer, {})[role] = None
        return [self.not_complete(bearer, list(roles)) for bearer, roles in found.items()]

    def not_complete(self, bearer: str, roles: list[str]) -> dict[str, Any]:
        labels = [self.program.roles[r].label for r in roles]
        name = self.facts.names.get(bearer, core.Wording(bearer, bearer))
        ja = f"{name.ja}の一覧のうち、全部とは述べられていないもの：{'、'.join(w.ja for w in labels)}。記載のないものについての規範は示していない（ないという意味ではない）。"
        en = f"Lists of {name.en} not said to be complete: {', '.join(w.en for w in labels)}. Norms for what is not listed are not shown, and not denied."
        advice = "list them under " + ", ".join(f"`{r}`" for r in roles) + " with `{members: […], complete: true}`"
        return {"slug": "list-not-complete", "severity": "note", "message": f"{ja} / {en}", "help": advice,
                "law": ", ".join(f"{bearer}.{r}" for r in roles)}  # fmt: skip

    def notes(self) -> list[dict[str, Any]]:
        """Say what was left out because it was promulgated only after *known*."""
        text, known = date.fromisoformat(self.query.text), date.fromisoformat(self.query.known)
        later: dict[str, str] = {}
        for id, interval in self.regime.intervals.items():
            if interval.start is not None and interval.start <= text and interval.promulgated > known:
                later.setdefault(self.program.versions[id].address.partition("/")[0], interval.promulgated.isoformat())
        return [
            {"slug": "promulgated-later", "severity": "note", "message": f"provisions of {name} promulgated on {day} are not seen, "
             f"since what is known ends on {known}", "help": f"add --known-on {day} or later", "law": name}
            for name, day in sorted(later.items())
        ]  # fmt: skip


def _value(step: Step) -> Any:
    assert step.result.value is not None
    return step.result.value

"""`replay`: does an answer follow from the ruleset and the facts it names?

Comes in: an answer as read from JSON, a compiled program with its digest, and facts. Goes out: what is refused; an
empty list is acceptance. First the head (digests, query, world, assumptions), then every step, then the rows of
norms and terms and everything else that is projected from the derivation. Never raises for what an answer holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from types import NoneType
from typing import Any

from kitei.facts import Facts
from kitei.replay.citations import Citations
from kitei.replay.derivation import Derivation, Places
from kitei.replay.law import Law, NoChoice
from kitei.replay.projection import Projection
from kitei.replay.rules import Rules
from kitei.replay.shape import ANY_TEXT, Context, Refused, bounded, contexts, day, difference, entry, read_json, steps
from kitei.values import write
from kitei_dsl import core
from kitei_dsl.frozen import Frozen

SCHEMA = "kitei/run@1"
_MAX_GOALS = 1_000
VERDICTS = ("will", "may", "cannot")
GROUPS = {"fact": "facts", "evaluation": "evaluations", "act": "acts"}


class Refusal(Frozen):
    """One thing in an answer that does not hold: a step or a path in the answer, and why."""

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


def read_answer(text: bytes) -> object:
    """Return what the text of an answer holds, for `replay`; a `Refusal` where it cannot be one. Never raises."""
    try:
        return read_json(text)
    except Refused as refused:
        return Refusal(refused.where, refused.reason)


def replay(answer: object, program: core.Program, digest: str, facts: Facts) -> list[Refusal]:
    """Return what in an answer does not follow from a program (of the digest given) and facts; nothing: accepted."""
    try:
        found = _Replay(answer, program, digest, facts).refused()
    except Refused as refused:
        found = [refused]
    except RecursionError:
        found = [Refused("answer", "it is nested too deeply")]
    return [Refusal(r.where, r.reason) for r in found]


_HEAD = {
    "schema": str, "ruleset": dict, "facts": dict, "world": str, "assumptions": list, "as_of": str, "context": dict, "data": dict,
    "diagnostics": list,
}  # fmt: skip
_DATA = {
    "goals": list, "norms": list, "terms": list, "derivation": dict, "findings": list, "would_settle": object, "unused_facts": list,
    "not_seen": list, "statements": list, "entities": dict,
}  # fmt: skip
_QUERY = {"at": str, "text": str, "known": str, "pinned": bool, "hypothetical": bool}
_ASSUMPTION = {"kind": str, "target": str, "value": str, "by": str, "bounds": str, "cite": object, "label": dict}


class _Replay:
    """One answer being checked."""

    def __init__(self, answer: object, program: core.Program, digest: str, facts: Facts) -> None:
        bounded(answer)
        self.facts = facts
        self.head = entry(answer, "answer", _HEAD)
        if self.head["schema"] != SCHEMA:
            raise Refused("schema", f"expected {SCHEMA}")
        self.same_digest("ruleset", {"digest": str}, digest)
        self.same_digest("facts", {"digest": str, "file": str}, facts.digest)
        self.law = Law(program, self.head["world"])
        self.cited = Citations(self.law)
        self.data = entry(self.head["data"], "data", _DATA, {"apart": list})
        self.query = self.asked()

    def same_digest(self, name: str, shape: dict[str, type], digest: str) -> None:
        if entry(self.head[name], name, shape)["digest"] != digest:
            raise Refused(f"{name}.digest", f"this is another {name}; expected {digest}")

    # ------------------------------------------------------------------ the head
    def asked(self) -> Context:
        """Return the query's context; take in the assumptions, which must be printed as they are used."""
        c = entry(self.head["context"], "context", _QUERY)
        at, text, known = (day(c[name], f"context.{name}") for name in ("at", "text", "known"))
        if c["at"] != self.head["as_of"]:
            raise Refused("as_of", "it is not the day of the context")
        if not c["pinned"] and text != at:
            raise Refused("context.text", "a text that is not pinned is that of the day asked")
        listed = []
        for n, item in enumerate(self.head["assumptions"]):
            a = entry(item, f"assumptions[{n}]", _ASSUMPTION)
            listed.append((a["target"], a["value"], a["by"]))
        printed = []
        for data in self.law.assume(listed):
            label: core.Wording = data["label"]
            cite = self.cited.data(data["cite"]) if data["cite"] else None
            printed.append({**data, "cite": cite, "label": {"ja": label.ja, "en": label.en}})
        self.same(self.head["assumptions"], printed, "assumptions")
        supposed = bool(self.law.supposed) or any(d <= text for d in self.law.days.values())
        if c["hypothetical"] is not (c["pinned"] or supposed):
            raise Refused(
                "context.hypothetical", "whether the answer is hypothetical follows from the query and the world"
            )
        return Context(at, text, known, c["pinned"])

    def same(self, found: object, expected: object, where: str) -> None:
        if (wrong := difference(found, expected, where)) is not None:
            raise wrong

    # ------------------------------------------------------------------ the whole
    def refused(self) -> list[Refused]:
        derivation = self.derivation()
        found = derivation.check()
        if found:
            return found
        projection = Projection(derivation, self.query)
        norm_goals, term_goals = self.goals()
        try:
            norms = projection.norms(self.data["norms"], lambda n: norm_goals is None or n.name in norm_goals)
            terms = projection.terms(self.data["terms"], term_goals)
        except Refused as refused:
            return [refused]
        except NoChoice as needed:
            return [Refused("data", f"no choice is made of the reading {needed}")]
        checks = (
            ("data.norms", self.data["norms"], norms),
            ("data.terms", self.data["terms"], terms),
            ("data.findings", self.data["findings"], self.findings(derivation)),
            ("data.would_settle", self.data["would_settle"], self.settled(projection.unsettled)),
            ("data.unused_facts", self.data["unused_facts"], self.unused(derivation)),
            ("data.not_seen", self.data["not_seen"], self.not_seen(derivation)),
            ("data.statements", self.data["statements"], self.statements(derivation)),
            ("data.entities", self.data["entities"], self.entities()),
            ("data.apart", self.data.get("apart"), self.apart()),
            ("diagnostics", self.head["diagnostics"], self.notes(projection.unlisted)),
        )
        wrong = [w for where, stated, expected in checks if (w := difference(stated, expected, where)) is not None]
        reached = set(derivation.below(projection.roots))
        idle = [f"step {s.id}" for s in derivation.steps if s.id not in reached]
        used = {s.context for s in derivation.steps}
        idle += [f"data.derivation.contexts[{n}]" for n in range(len(derivation.contexts)) if n not in used]
        return wrong + [Refused(where, "nothing in the answer rests on it") for where in idle]

    def derivation(self) -> Derivation:
        shape = entry(self.data["derivation"], "data.derivation", {"contexts": list, "steps": list})
        listed = contexts(shape["contexts"])
        for n, c in enumerate(listed):
            if c.known != self.query.known or c.pinned != self.query.pinned or (c.pinned and c.text != self.query.text):
                raise Refused(f"data.derivation.contexts[{n}]", "nothing moves what is known, nor a pinned text")
        return Derivation(Rules(self.law, self.facts), listed, steps(shape["steps"], len(listed)))

    def goals(self) -> tuple[set[str] | None, list[str]]:
        """Return the norms asked for (None: all) and the keys of the terms asked for."""
        goals = self.data["goals"]
        if any(type(g) is not str for g in goals):
            raise Refused("data.goals", "expected names")
        if len(goals) > _MAX_GOALS:
            raise Refused("data.goals", f"more than {_MAX_GOALS} are asked for")
        norms = {s: n.name for n in self.law.program.norm_names for s in (n.name, n.alias) if s}
        terms = {s: t.name for t in self.law.program.terms for s in (t.name, t.alias) if s}
        wanted_norms, wanted_terms = set(), []
        for goal in goals:
            name, at, scope = goal.partition("@")
            if name in norms:
                wanted_norms.add(norms[name])
            elif name in terms:
                keys = [r.key for r in self.law.program.resolves if r.key.partition("@")[0] == terms[name]]
                wanted_terms += [k for k in keys if not at or k == f"{terms[name]}@{scope}"]
            else:
                raise Refused("data.goals", f"no norm or term is called `{goal[:60]}`")
        return (wanted_norms if goals else None), wanted_terms

    # ------------------------------------------------------------------ what else is projected
    def findings(self, derivation: Derivation) -> list[dict[str, Any]]:
        """Return every gap, clash and possible clash met, also where something else decided."""
        found: list[dict[str, Any]] = []
        for step, given in zip(derivation.steps, derivation.givens, strict=True):
            if step.kind != "resolve" or given is None:
                continue
            state, conflict = given.result.state, step.certificate["presumed"] == "conflict"
            # A possible clash of what it rests on is found there, not here.
            place = (step.node, tuple(sorted(step.scope.items())), derivation.contexts[step.context])
            clash = given.result.possible_clash and place in derivation.rules.noted.clashing
            if state in ("gap", "clash") or clash or conflict:
                live = (c["clause"] for c in step.certificate["candidates"] if c["live"] != "false")
                lasting = "conflicting-presumptions" if conflict else "possible-clash"
                item = {"kind": lasting if state == "open" else state, "term": step.node.partition("|")[2],
                        "subject": step.scope.get("self"), "cite": [self.cited.data(c) for c in live]}  # fmt: skip
                if item not in found:
                    found.append(item)
        return found

    def settled(self, goals: list[dict[str, Any]]) -> list[Any] | None:
        """Return what would settle each open goal, as far as it can be checked; None where it was not asked.

        Checked: which goals; that the verdict is one of the three, and *will* only with items; that each item is listed
        once, is something the facts or the law leave unknown, and stands in its group; that the first is asked next.
        Not replayed: that the verdict is right, that these items suffice, that none is idle, and their order.
        """
        listed = self.data["would_settle"]
        if listed is None:
            return None
        if type(listed) is not list:
            raise Refused("data.would_settle", "expected a list, or nothing where it was not asked")
        expected = []
        for n, goal in enumerate(goals):
            item = listed[n] if n < len(listed) and type(listed[n]) is dict else {}
            items = item.get("items")
            items = (
                items
                if type(items) is list and all(type(i) is str for i in items) and len(set(items)) == len(items)
                else []
            )
            unknown = [i for i in items if self.unknown(i)]
            groups = {g: [i for i in unknown if self.group(i) == g] for g in ("facts", "evaluations", "acts", "texts")}
            verdict = item.get("verdict")
            possible = VERDICTS if unknown else VERDICTS[1:]
            expected.append({
                "goal": goal, "verdict": verdict if verdict in possible else possible[-1], "items": unknown, "groups": groups,
                "ask_next": unknown[0] if unknown else None,
            })  # fmt: skip
        return expected

    def apart(self) -> list[dict[str, Any]] | None:
        """Return which facts make readings come apart, as far as it can be checked; None where it is not said.

        Checked: which conclusions are listed, and whether their readings differ, agree, or cannot be compared yet; that each
        fact is one of the case, listed once, given or unknown as the verdict says. Not replayed: that these facts make it so.
        """
        stated = self.data.get("apart")
        if stated is None:
            return None
        told = {json.dumps(e.get("goal"), sort_keys=True): e for e in stated if type(e) is dict}
        expected = []
        for goal, ways in self.read_in_ways():
            outcomes = [{k: v for k, v in w.items() if k not in ("readings", "steps")} for w in ways]
            known = [o for o in outcomes if o.get("status") != "undetermined" and o.get("state") != "open"]
            said = told.get(json.dumps(goal, sort_keys=True), {})
            if len(ways) < 2 or not known:
                continue
            differ = any(o != known[0] for o in known[1:])
            verdict = "apart" if differ else "agree" if len(known) == len(ways) else "open"
            if verdict == "open" and not said:
                continue  # what keeps the other readings open is no fact
            listed = said.get("facts")
            facts = [f for f in listed if type(f) is dict and self.told(f, verdict)] if type(listed) is list else []
            items = [f["item"] for f in facts]
            expected.append({
                "goal": goal, "verdict": verdict, "facts": [f for n, f in enumerate(facts) if f["item"] not in items[:n]],
            })  # fmt: skip
        return expected

    def read_in_ways(self) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
        """Give each goal that several readings give, with what each gives; these were checked before."""
        for row in self.data["norms"]:
            for i in row["instances"]:
                if "by_reading" in i:
                    yield (
                        {"norm": row["name"], "key": row["key"], "bearer": row["bearer"], "instance": i["instance"]},
                        i["by_reading"],
                    )
        for t in self.data["terms"]:
            if "by_reading" in t:
                yield {"term": t["key"], "subject": t["subject"]}, t["by_reading"]

    def told(self, fact: dict[str, Any], verdict: str) -> bool:
        """Say whether something is a fact of the case, told or not as a verdict has it, and of the right shape."""
        item, value = fact.get("item"), fact.get("value")
        if set(fact) != {"item", "value"} or type(item) is not str or type(value) not in (str, NoneType):
            return False
        id, _, name = item.partition(".")
        if verdict == "open":
            return value is None and self.unknown(item)
        if name in self.law.roles:
            return value is None and id in self.facts.kinds
        stated = self.facts.records.get((id, name), ()) if name in self.law.attributes else ()
        return value in {"" if r.value is None else write(r.value) for r in stated}

    def group(self, item: str) -> str | None:
        """Return which of the four groups an item belongs to; None if it is nothing one could ask for."""
        if "|" in item or "#" in item or item in self.law.commencements:
            return "texts"
        id, _, name = item.partition(".")
        if id not in self.facts.kinds:
            return None
        attribute = self.law.attributes.get(name)
        return GROUPS[attribute.evidence] if attribute else "facts" if name in self.law.roles else None

    def unknown(self, item: str) -> bool:
        """Say whether an item is one whose value may be unknown on some day: no fact stated for all days, no complete
        list, no slot that is assumed, no passage that was read."""
        if self.group(item) is None:
            return False
        if item in self.law.commencements:
            return item not in self.law.days
        if "|" in item:
            try:
                expr = Places(self.law).at(item)
            except Refused:
                return False
            return isinstance(expr, core.Unencoded) and expr.cause == "unverified"
        if "#" in item:
            slots = [s for s in self.law.slots.values() if f"{s.address}#{s.name}" == item]
            return any(s.id not in self.law.slot_values for s in slots)
        if item in self.law.commencements:
            return item not in self.law.days
        id, _, name = item.partition(".")
        if name in self.law.roles:
            role, listed = self.law.roles[name], self.facts.members.get((id, name))
            if listed is None or self.law.kinds[role.kind].dated_by is not None:
                return True
            return not listed.complete if role.many else len(listed.ids) != 1
        return not any(
            r.start is None and r.end is None and (r.recorded is None or r.recorded <= self.query.known)
            for r in self.facts.records.get((id, name), ())
        )

    def unused(self, derivation: Derivation) -> list[str]:
        return sorted({f"{id}.{name}" for id, name in self.facts.records} - derivation.rules.noted.read)

    def not_seen(self, derivation: Derivation) -> list[dict[str, str]]:
        """Return what lies after every day asked of it; where several days of one item do, any of them may be named."""
        noted = derivation.rules.noted
        left = {item: days - noted.sighted.get(item, set()) for item, days in noted.hidden.items()}
        hidden = {item: {day for _, day in days} for item, days in left.items() if days}
        pairs = ((e.get("item"), e.get("dated")) for e in self.data["not_seen"] if type(e) is dict)
        named = {
            item: dated
            for item, dated in pairs
            if type(item) is str and type(dated) is str and dated in hidden.get(item, ())
        }
        return [{"item": i, "dated": named.get(i) or min(hidden[i])} for i in sorted(hidden)]

    def statements(self, derivation: Derivation) -> list[dict[str, Any]]:
        """Return who stated each fact that a step reads, as the facts file says it."""
        read: set[tuple[str, str]] = set()
        for step in derivation.steps:
            expr = derivation.places.at(step.node)
            subject = derivation.steps[step.inputs[0]].result if isinstance(expr, core.Fact) else {}
            if isinstance(expr, core.Fact) and subject.get("sort") == "entity":
                read.add((subject["value"], expr.attribute))
        return [
            {"item": f"{id}.{name}", "records": [
                {"value": None if r.value is None else write(r.value),
                 **{k: d.isoformat() if d else None for k, d in (("from", r.start), ("to", r.end), ("recorded", r.recorded))},
                 **{k: dict(r.said).get(k, "") for k in ("source", "assessor", "reason", "note")}}
                for r in self.facts.records[id, name] if r.recorded is None or r.recorded <= self.query.known
            ]}
            for id, name in sorted(read) if (id, name) in self.facts.records
        ]  # fmt: skip

    def entities(self) -> dict[str, dict[str, str]]:
        names = self.facts.names
        return {i: {"kind": k, "ja": names[i].ja if i in names else i, "en": names[i].en if i in names else i}
                for i, k in self.facts.kinds.items()}  # fmt: skip

    def notes(self, unlisted: dict[str, dict[str, None]]) -> list[dict[str, Any]]:
        """Return the notes on provisions left out because they were promulgated after *known*, and on lists that are not
        said to be complete although norms have an instance for each of their members."""
        later: dict[str, date] = {}
        for version in self.law.program.versions:
            interval = self.law.intervals[version.id]
            if (
                interval.start is not None
                and interval.start <= self.query.text
                and interval.promulgated > self.query.known
            ):
                later.setdefault(version.address.partition("/")[0], interval.promulgated)
        return [
            {"slug": "promulgated-later", "severity": "note", "message": ANY_TEXT, "help": ANY_TEXT, "law": name}
            for name in sorted(later)
        ] + [
            {"slug": "list-not-complete", "severity": "note", "message": ANY_TEXT, "help": ANY_TEXT,
             "law": ", ".join(f"{bearer}.{role}" for role in roles)}
            for bearer, roles in unlisted.items()
        ]  # fmt: skip

"""The steps of a derivation as a tree of nodes that name the legal mechanism at work.

Comes in: the derivation of an answer and the program's labels. Goes out: `Node`s: provision applied, exception applied,
rule defeated (by which), delegation filled or open, period computed, fact given or unknown, and so on. It reads results
and never makes one. Deliberately not here: words of any language (`templates/`), what is concluded (`explain`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from kitei.naming import Cite, Names, Shown, clean
from kitei_dsl import core
from kitei_dsl.core import Wording
from kitei_dsl.frozen import Frozen, field

Data = Mapping[str, Any]
Seen: TypeAlias = dict[int, int]

_BACKWARD = ("before", "clear_before")
_PERIODS = ("after", "counting", "before", "clear_before", "elapsed_after", "elapsed_counting", "day_of_next_month")
_COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
#: The ways clauses fare by which a definition comes out true, or false.
_APPLIED = ("provision", "exception", "addition", "presumption", "closing")
_FAILED = ("not_met", "defeated", "closing")
#: The rules by which a holiday moves the end of a period.
_ROLLS = ("hol/2", "cc/142")


class Node(Frozen):
    """One step in words: the mechanism, the derivation's step it stands for, what is said of it, and what it rests on.

    Mechanisms: definition, norm_applies, provision, exception, addition, exclusion, defeated, not_met, undecided, closing, presumption,
    deeming, filled, assumed, unfilled, pending, optional, fact, evaluation, act, role, absent, unknown, list, value, parameter,
    all, any, not, item, defence, reference_day, comparison, period, rounding, arithmetic, choice, fold, member, moved, unencoded, unverified, condition, seen.
    """

    mechanism: str
    step: int | None = None
    about: Data = field(default_factory=dict)
    children: tuple[Node, ...] = ()


class Tree:
    """Builds nodes from the steps of a derivation."""

    def __init__(self, answer: Data, names: Names) -> None:
        self.steps: Sequence[Data] = answer["data"]["derivation"]["steps"]
        self.contexts: Sequence[Data] = answer["data"]["derivation"]["contexts"]
        self.file = clean(str(answer["facts"]["file"]).replace("\\", "/").rpartition("/")[2])
        self.names, self.program = names, names.program
        self.norms = {n.id: n for n in names.program.core.norms}
        self.statements: Mapping[str, Sequence[Data]] = {x["item"]: x["records"] for x in answer["data"]["statements"]}

    def shown(self, step: int) -> Shown:
        """Return a step's result, ready to be written."""
        s = self.steps[step]
        if s["kind"] == "resolve":
            return self.names.shown(s["result"], self.program.resolves[s["node"].partition("|")[2]].type)
        if s["kind"] == "use":
            return self.names.shown(s["result"], self.program.resolves[s["certificate"]["resolves"]].type)
        expr = self.names.expression(s["node"])
        return self.names.shown(s["result"], "truth" if expr is None else self.names.type_of(expr))

    def day_of(self, step: int) -> str:
        """Return the day as of which a step reads facts."""
        return str(self.contexts[self.steps[step]["context"]]["at"])

    def node(self, step: int, seen: Seen | None = None) -> Node:
        """Return the tree below a step; `seen` says under which number a step is already shown."""
        seen = {} if seen is None else seen
        s = self.steps[step]
        if step in seen and s["kind"] in ("resolve", "use", "call", "if", "fold", "at", "slot"):
            return Node("seen", step, {"shown": self.shown(step), **self._label(s), "above": seen[step]})
        seen[step] = step
        build = getattr(self, f"_{s['kind']}")
        node: Node = build(step, s, seen)
        return node

    def leaf(self, step: int) -> Node:
        """Return a step as one line, without what it rests on."""
        n = self.node(step)
        return Node(n.mechanism, n.step, n.about)

    def decider(self, step: int) -> Node:
        """Return a step as one line, with the provisions by which it came out as it did."""
        n, s = self.node(step), self.steps[step]
        if n.mechanism == "deeming" and n.about["idle"]:
            n = Node("definition", step, {**n.about, "deemed": []}, self.node(s["inputs"][1]).children)
        won = _APPLIED if s["result"].get("value") == "true" else _FAILED
        cites = [c.about["cite"] for c in n.children if c.mechanism in won] if n.mechanism == "definition" else []
        return Node(n.mechanism, n.step, {**n.about, "cites": cites})

    def below(self, steps: Sequence[int], seen: Seen) -> tuple[Node, ...]:
        return tuple(self.placed(i, self.node(i, seen)) for i in steps if self.steps[i]["kind"] != "bind")

    def placed(self, step: int, node: Node) -> Node:
        """Put a part of an expression under the item or the words of the law it stands on, where it has its own."""
        about = self.place(step)
        return node if about is None else Node("item", None, about, (node,))

    def place(self, step: int) -> dict[str, Any] | None:
        """Return the words of the law that a part of an expression stands on, where it has its own; `item`: at another place
        than the whole."""
        owner, _, path = self.steps[step]["node"].partition("|")
        record = self.program.clauses.get(owner) or self.norms.get(owner)
        marks = [m for m in record.marks if m.part == path] if record is not None and "." in path else []
        if not marks or record is None:
            return None
        return {
            "cite": self.names.cite(marks[0].address),
            "marks": self.marks(marks),
            "item": marks[0].address != record.address,
        }

    def subject_id(self, s: Data) -> str:
        """Return the id of the entity a step is about, empty where it is not known."""
        result = self.steps[s["inputs"][0]]["result"] if s["inputs"] else {}
        return str(result["value"]) if result.get("sort") == "entity" else ""

    def subject(self, s: Data) -> Wording | None:
        """Return the entity a step is about: what its first input found."""
        inputs = s["inputs"]
        result = self.steps[inputs[0]]["result"] if inputs else {}
        return self.names.entity(result["value"]) if result.get("sort") == "entity" else None

    def _label(self, s: Data) -> dict[str, Any]:
        if s["kind"] == "resolve":
            subject = s["scope"].get("self")
            return {
                "label": self.names.term(s["node"].partition("|")[2]),
                "subject": self.names.entity(subject) if subject else None,
            }
        if s["kind"] == "use":
            return {"label": self.names.term(s["certificate"]["resolves"]), "subject": self.subject(s)}
        return {"label": None, "subject": None}

    # ------------------------------------------------------------------ one per core kind
    def _literal(self, step: int, s: Data, seen: Seen) -> Node:
        expr = self.names.expression(s["node"])
        if s["result"]["state"] == "open" and isinstance(expr, core.Literal):
            return self.commencement(step, expr.value)
        return Node("value", step, {"shown": self.shown(step)})

    def commencement(self, step: int, id: str) -> Node:
        """Return the node of a commencement day that nobody has fixed: like a delegation not made."""
        declared = self.program.commencements[id]
        about = {"label": self.names.wording(declared.label, id), "subject": None, "shown": self.shown(step), "marks": (),
                 "cite": self.names.cite(declared.cite or id.partition("/")[0]), "delegate": "commencement"}  # fmt: skip
        return Node("unfilled", step, about)

    def _parameter(self, step: int, s: Data, seen: Seen) -> Node:
        expr, version = self.names.expression(s["node"]), s["certificate"].get("version")
        name = expr.name if isinstance(expr, core.Parameter) else ""
        value = next((p for p in self.program.parameters.get(name, ()) if p.version == version), None)
        return Node("parameter", step, {"shown": self.shown(step), "cite": self.names.cite(name, version),
                                        "marks": self.marks(value.marks if value else ())})  # fmt: skip

    def _fact(self, step: int, s: Data, seen: Seen) -> Node:
        expr = self.names.expression(s["node"])
        name = expr.attribute if isinstance(expr, core.Fact) else ""
        attribute, state = self.program.attributes.get(name), s["result"]["state"]
        known = attribute.evidence if attribute else "role"
        mechanism = {"value": known, "absent": "absent"}.get(state, "unknown")
        context = self.contexts[s["context"]]
        stated = self.stated(s, name, context)
        sources = [clean(stated["source"])] if stated is not None and stated["source"] else [self.file]
        about = {"item": f"{self.subject_id(s)}.{name}", "evidence": known, "stated": stated, "label": self.names.attribute(name), "subject": self.subject(s), "shown": self.shown(step), "sources": sources,
                 "at": context["at"], "question": (self.names.said(attribute.question) if attribute else None)}  # fmt: skip
        return Node(mechanism, step, about, self.below(s["inputs"], seen))

    def stated(self, s: Data, name: str, context: Data) -> Data | None:
        """Return the record of the facts by which a fact step came out as it did, as written."""
        of = self.steps[s["inputs"][0]]["result"].get("value")
        at, value = context["at"], s["result"].get("value")
        holding = [
            r for r in self.statements.get(f"{of}.{name}", ())
            if (r["from"] or "") <= at < (r["to"] or "9999-99-99") and (r["recorded"] or "") <= context["known"]
            and s["result"]["state"] in ("value", "absent") and r["value"] == value
        ]  # fmt: skip
        return max(holding, key=lambda r: r["recorded"] or "", default=None)

    def _use(self, step: int, s: Data, seen: Seen) -> Node:
        deemed = [self.names.cite(c) for c in s["certificate"].get("deemed", ())]
        idle = bool(deemed) and not self.deemings(s)
        about = {**self._label(s), "shown": self.shown(step), "deemed": deemed, "idle": idle}
        children = self.below(s["inputs"], seen)
        if not deemed and children:
            return self._merged("definition", step, about, children, seen)
        return Node("deeming" if deemed else "definition", step, about, children)

    def deemings(self, s: Data) -> list[tuple[str, int, int]]:
        """Return the deemings a use turns on, each with the steps of its condition and outcome.

        Where none surely holds and the term comes out as it would without them, it turns on none.
        """
        inputs = s["inputs"]
        found = list(zip(s["certificate"].get("deemed", ()), inputs[2::2], inputs[3::2], strict=True))
        found = [x for x in found if self.steps[x[1]]["result"].get("value") != "false"]
        sure = any(self.steps[condition]["result"].get("value") == "true" for _, condition, _ in found)
        own = self.steps[inputs[1]]["result"] if found else None
        return found if sure or s["result"]["state"] != "value" or s["result"] != own else []

    def _merged(self, mechanism: str, step: int, about: Data, children: tuple[Node, ...], seen: Seen) -> Node:
        """Return one node for a step and the Resolve it only passes on."""
        *before, resolved = children
        if resolved.mechanism == "seen":
            return Node("seen", step, {**about, "above": resolved.about["above"]})
        if resolved.mechanism != "definition" or resolved.step is None:
            return Node(mechanism, step, about, children)
        seen[resolved.step] = step
        return Node(mechanism, step, about, (*before, *resolved.children))

    def _call(self, step: int, s: Data, seen: Seen) -> Node:
        expr = self.names.expression(s["node"])
        op = expr.op if isinstance(expr, core.Call) else ""
        about: dict[str, Any] = {"shown": self.shown(step), "op": op.partition(".")[0]}
        children = self.below(s["inputs"], seen)
        if op in ("and", "or", "not"):
            return Node({"and": "all", "or": "any", "not": "not"}[op], step, about, children)
        if op == "proved":
            return self.defence(step, s, about, children)
        if op == "reference_day":
            return Node("reference_day", step, about)
        about["operands"] = [Node(*self._operand(i)) for i in s["inputs"]]
        if op in _COMPARISONS:
            about["days"] = about["operands"][0].about["shown"].type == "date"
            return Node("comparison", step, about, children)
        if about["op"] in _PERIODS:
            return Node("period", step, {**about, **self.period(s), "backward": about["op"] in _BACKWARD}, children)
        return Node("rounding" if op.startswith("round_") else "arithmetic", step, about, children)

    def defence(self, step: int, s: Data, about: dict[str, Any], children: tuple[Node, ...]) -> Node:
        """A defence and who must prove it."""
        party = self.steps[s["inputs"][1]]["result"]
        known = party.get("sort") == "entity"
        words = self.names.entity(party["value"]) if known else Wording("（不明）", "(unknown)")
        return Node(
            "defence", step, {**about, "party": words, "uncontested": "uncontested" in s["certificate"]}, children
        )

    def _operand(self, step: int) -> tuple[str, int, Data]:
        """Return an operand as one phrase: its name, if it has one, and its result."""
        s = self.steps[step]
        about: dict[str, Any] = {**self._label(s), "shown": self.shown(step)}
        expr = self.names.expression(s["node"])
        if isinstance(expr, core.Fact):
            about |= {"label": self.names.attribute(expr.attribute), "subject": self.subject(s)}
        elif isinstance(expr, core.Slot):
            about |= {"label": self.names.slot(expr.slot), "subject": None}
        return "operand", step, about

    def period(self, s: Data) -> dict[str, Any]:
        """Return the certificate of a period: first day, conventions with citations, raw end, each day skipped."""
        p = s["certificate"].get("period")
        if p is None:
            return {"period": None}
        rules = [(c, None if ":" in c else self.names.cite(c)) for c in p["convention"]]
        moved_by = [cite for c, cite in rules if c in _ROLLS]
        return {"period": p, "rules": rules, "rolled": bool(moved_by), "moved_by": moved_by}

    def _if(self, step: int, s: Data, seen: Seen) -> Node:
        condition = self.steps[s["inputs"][0]]["result"]
        taken = {"true": s["inputs"][1:2], "false": s["inputs"][2:3]}.get(str(condition.get("value")), s["inputs"][1:])
        return Node("choice", step, {"shown": self.shown(step), "condition": self.shown(s["inputs"][0])},
                    self.below([s["inputs"][0], *taken], seen))  # fmt: skip

    def _fold(self, step: int, s: Data, seen: Seen) -> Node:
        expr, c = self.names.expression(s["node"]), s["certificate"]
        assert isinstance(expr, core.Fold)
        members = c.get("members") or []
        children = []
        for n, member in enumerate(members):
            parts = [i for i in (c["where"][n], c["body"][n]) if i is not None]
            children.append(Node("member", None, {"label": self.names.entity(member)}, self.below(parts, seen)))
        about = {"item": f"{self.subject_id(s)}.{expr.members.attribute}", "shown": self.shown(step), "fold": expr.quantifier, "threshold": expr.threshold, "subject": self.subject(s),
                 "label": self.names.attribute(expr.members.attribute), "complete": c.get("complete"), "count": len(members)}  # fmt: skip
        return Node("fold", step, about, tuple(children))

    def _bind(self, step: int, s: Data, seen: Seen) -> Node:
        return Node("value", step, {"shown": self.shown(step)})

    def _at(self, step: int, s: Data, seen: Seen) -> Node:
        expr = self.names.expression(s["node"])
        about = {
            "shown": self.shown(step),
            "day": self.shown(s["inputs"][0]),
            "axis": "at" if isinstance(expr, core.At) and expr.day else "text",
        }
        return Node("moved", step, about, self.below(s["inputs"], seen))

    def _slot(self, step: int, s: Data, seen: Seen) -> Node:
        expr, c = self.names.expression(s["node"]), s["certificate"]
        assert isinstance(expr, core.Slot)
        slot = self.program.slots[expr.slot]
        state = "assumed" if "assumed" in c else c.get("state", "unfilled")
        mechanism = "optional" if state == "unfilled" and not slot.required else state
        about = {"shown": self.shown(step), "label": self.names.slot(slot.id), "cite": self.names.cite(slot.address, slot.version),
                 "delegate": slot.delegate, "marks": self.marks(slot.marks), "subject": self.subject(s) if expr.subject is not None else None}  # fmt: skip
        children = self.below(s["inputs"], seen)
        if mechanism == "filled" and children:
            return self._merged(mechanism, step, about, children, seen)
        return Node(mechanism, step, about, children)

    def _unencoded(self, step: int, s: Data, seen: Seen) -> Node:
        item = self.names.item(s["node"])
        return Node(item.kind, step, {"label": item.label, "cite": item.cite})

    def _resolve(self, step: int, s: Data, seen: Seen) -> Node:
        key, c = s["node"].partition("|")[2], s["certificate"]
        standing = {x["clause"]: x for x in c["candidates"]}
        children = [self._candidate(x, standing, seen) for x in c["candidates"]]
        if (
            c["closing"] is not None
            and not key.startswith("norm:")
            and not any(x["live"] == "true" for x in c["candidates"] if x["outcome"] is not None)
        ):
            clause = self.program.clauses.get(c["closing"])
            below = () if c["closing_outcome"] is None else self.below([c["closing_outcome"]], seen)
            used = all(x["live"] == "false" for x in c["candidates"] if x["outcome"] is not None)
            children.append(Node("closing", None, {"cite": self.names.cite(c["closing"]), "used": used, "own": c["closing_outcome"] is None,
                                                   "marks": self.marks(clause.marks if clause else ())}, below))  # fmt: skip
        if c["presumed"] is not None:
            basis = [i for i in s["inputs"] if self.steps[i]["node"].startswith(f"{c['presumed']}|condition")]
            children.append(
                Node("presumption", None, {"cite": self.names.cite(c["presumed"])}, self.below(basis, seen))
            )
        mechanism = "norm_applies" if key.startswith("norm:") else "definition"
        return Node(mechanism, step, {**self._label(s), "shown": self.shown(step), "deemed": []}, tuple(children))

    def _candidate(self, x: Data, standing: Mapping[str, Data], seen: Seen) -> Node:
        """Return how one clause fared."""
        clause = self.program.clauses[x["clause"]]
        version = self.program.versions[clause.version]
        exception = bool(clause.proviso_to or clause.notwithstanding)
        plain = {"add": "addition", "block": "exclusion"}.get(clause.role, "exception" if exception else "provision")
        decided = {"true": plain, "open": "undecided"}.get(x["live"]) or (
            "not_met" if x["has"] == "false" else "defeated"
        )
        about: dict[str, Any] = {
            "cite": self.names.cite(clause.id), "role": plain, "marks": self.marks([m for m in clause.marks if "." not in m.part]), "heading": self.names.said(version.heading),
            "by": [self.names.cite(i) for i in self.defeaters(clause.id) if standing.get(i, {}).get("stands") == "true"],
            "targets": [self.names.cite(t) for t in (*clause.proviso_to, *clause.notwithstanding, *clause.blocks) if t in standing],
            "reading": None if clause.reading is None else self.reading(clause.reading, clause.choice or ""),
        }  # fmt: skip
        parts = [x["condition"]] if clause.condition is not None else []
        outcome = None if x["outcome"] is None or clause.role in ("block", "norm") else self.steps[x["outcome"]]
        if outcome is not None and (outcome["kind"] != "literal" or outcome["result"]["value"] != "true"):
            parts.append(x["outcome"])
        return Node(decided, None, about, self.below(parts, seen))

    def defeaters(self, clause: str) -> list[str]:
        """Return the clauses that block or displace a clause, or to which it yields."""
        of = self.program
        return [*of.blockers.get(clause, ()), *of.overriders.get(clause, ()), *of.clauses[clause].yields_to]

    def marks(self, marks: Sequence[core.Mark]) -> tuple[tuple[str, Cite], ...]:
        return tuple((clean(m.phrase), self.names.cite(m.address)) for m in marks if m.phrase)

    def reading(self, name: str, choice: str) -> tuple[Wording, Wording]:
        """Return a point of interpretation and the choice made, in words."""
        r = self.program.readings[name]
        words = r.labels[r.choices.index(choice)] if choice in r.choices else Wording()
        return self.names.wording(r.label, name), self.names.wording(words, choice)

    # ------------------------------------------------------------------ the path that decides
    def deciding(self, step: int, last: bool = False) -> Node | None:
        """Return the line that decides a truth: the first false conjunct, the first true disjunct, and so on down; of
        conjuncts all true the first, which says whose norm it is, or the `last`, which says what is particular to it."""
        s = self.steps[step]
        value, kind = s["result"].get("value"), s["kind"]
        if kind == "resolve":
            parts = [
                self.deciding(c["condition"], last)
                for c in s["certificate"]["candidates"]
                if c["has"] == value and self._conditioned(c)
            ]
            return next((p for p in parts if p), None)
        if kind == "fold" and value in ("true", "false"):
            bodies = [i for i in s["certificate"].get("body") or () if i is not None]
            wheres = s["certificate"].get("where") or ()
            taken = [
                b
                for b, w in zip(bodies, wheres, strict=False)
                if w is None or self.steps[w]["result"].get("value") != "false"
            ]
            found = [b for b in taken if self.steps[b]["result"].get("value") == value]
            mechanism = self.leaf(step).about["fold"]
            decisive = (mechanism == "every" and value == "false") or (mechanism == "some" and value == "true")
            return self.deciding(found[0], last) if decisive and found else self.decider(step)
        if kind == "call":
            expr = self.names.expression(s["node"])
            if isinstance(expr, core.Call) and expr.op in ("and", "or", "not"):
                found = [i for i in s["inputs"] if self.steps[i]["result"].get("value") == value] or s["inputs"]
                every = expr.op == "and" and value == "true"
                return self.deciding(found[-1 if every and last else 0], last)
        return None if kind == "literal" else self.decider(step)

    def _conditioned(self, candidate: Data) -> bool:
        clause = self.program.clauses[candidate["clause"]]
        return clause.condition is not None and clause.role != "block"

    def reachable(self, roots: Sequence[int]) -> Iterator[int]:
        """Give every step the roots rest on, roots included, in order."""
        waiting, found = list(roots), set()
        while waiting:
            step = waiting.pop()
            if step not in found:
                found.add(step)
                waiting += self.steps[step]["inputs"]
        return iter(sorted(found))

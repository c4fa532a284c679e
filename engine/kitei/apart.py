"""Which facts make a reading matter: those by which the readings of contested words come apart on a case, or agree on it.

Comes in: a conclusion reached under several readings, and the derivation. Goes out: `Apart`: whether they come apart, and the
facts that alone, as given, make it so whatever the others are; or the unknown ones on which it turns. Nothing is evaluated:
of a false *and* one false part is enough, of a true *or* one true part, of a list one member that settles it, of anything
else all that it was made from; the fewest facts are chosen at each. Presumed and uncontested things count as given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any, TypeAlias

from kitei.explain import Choices, Conclusion, Explanation, TermConclusion, reduced
from kitei.naming import Item, Shown
from kitei.steps import Data, Tree
from kitei_dsl import core
from kitei_dsl.frozen import Frozen

#: A fact with its value where it has one to show (a list has not).
Given: TypeAlias = tuple[Item, Shown | None]
Part: TypeAlias = Conclusion | TermConclusion


class Apart(Frozen):
    """How readings stand on a case. `verdict`: apart, agree, or open (it turns on facts not known). `facts`: with apart and
    agree those given that make it so (none: it is so whatever the facts are), with open those not known."""

    verdict: str
    facts: tuple[Given, ...]


def apart(part: Part, tree: Tree) -> Apart | None:
    """Return how the readings of a conclusion stand; None where there are none, or where all leave it open."""
    outcomes = dict(_outcomes(part))
    if len(outcomes) < 2:
        return None
    settled = [choices for choices, (known, _) in outcomes.items() if known]
    if not settled:
        return None
    roots = {choices: {n: step for n, c, step in part.roots if c == choices} for choices in settled}
    supports = _Supports(tree, [step for named in roots.values() for step in named.values()])
    pairs = [(a, b) for a, b in combinations(settled, 2) if outcomes[a] != outcomes[b]]
    if pairs:
        found = [supports.of(_differing(tree, roots[a], roots[b])) for a, b in pairs]
        return Apart("apart", supports.given(min(found, key=len)))
    if len(settled) < len(outcomes):
        unknown = tuple((item, None) for kind, item in part.causes if kind in ("fact", "list"))
        return Apart("open", unknown) if unknown else None
    return Apart("agree", supports.given(supports.of(s for r in roots.values() for n, s in r.items() if n != "anchor")))


def listed(x: Explanation) -> list[dict[str, Any]]:
    """Return, for each conclusion of an answer that several readings give, how they stand on the case, as JSON-ready data:
    the goal (as in `would_settle`), the verdict, and the facts with their values (None: a list, or not known)."""
    found = []
    parts: list[Part] = [*x.conclusions, *x.terms]
    for part in parts:
        if (stands := apart(part, x.steps)) is None:
            continue
        goal = (
            {"term": part.key, "subject": part.subject_id}
            if isinstance(part, TermConclusion)
            else {"norm": part.name, "key": part.key, "bearer": part.bearer_id, "instance": part.instance_id}
        )
        facts = [{"item": item.id, "value": shown.text if shown else None} for item, shown in stands.facts]
        found.append({"goal": goal, "verdict": stands.verdict, "facts": facts})
    return found


def _outcomes(part: Part) -> Iterable[tuple[Choices, tuple[bool, object]]]:
    """Give what comes out under each combination of readings, and whether it is known."""
    if isinstance(part, TermConclusion):
        return ((choices, (shown.state in ("value", "gap", "clash"), shown)) for choices, shown in part.by_reading)
    same = not reduced(part.by_reading)
    return ((choices, (status != "undetermined", None if same else (status, due, content)))
            for choices, status, due, content in part.by_reading)  # fmt: skip


def _differing(tree: Tree, a: Mapping[str, int], b: Mapping[str, int]) -> list[int]:
    """Return the steps of the first part that comes out otherwise under two readings (of all parts, where none does)."""
    for name in a:
        if name in b and _result(tree.steps[a[name]]) != _result(tree.steps[b[name]]):
            return [a[name], b[name]]
    return [*a.values(), *b.values()]


def _result(step: Data) -> object:
    return step["result"]["state"], step["result"].get("value")


class _Supports:
    """The facts by which each step below some roots came out as it did."""

    def __init__(self, tree: Tree, roots: list[int]) -> None:
        self.tree = tree
        self.found: dict[int, frozenset[str]] = {}
        self.shown: dict[str, Shown | None] = {}
        for step in sorted(tree.reachable(roots)):
            self.found[step] = self._step(step)

    def of(self, steps: Iterable[int]) -> frozenset[str]:
        return frozenset[str]().union(*(self.found[s] for s in steps))

    def given(self, items: frozenset[str]) -> tuple[Given, ...]:
        """Return facts in the order the derivation reads them, with their values."""
        return tuple((self.tree.names.item(i), shown) for i, shown in self.shown.items() if i in items)

    def _step(self, step: int) -> frozenset[str]:
        s = self.tree.steps[step]
        inputs = list(s["inputs"])
        match s["kind"]:
            case "fact":
                if s["result"]["state"] == "open":
                    return frozenset()
                return self._fact(step) | self.of(inputs)
            case "call":
                expr = self.tree.names.expression(s["node"])
                decider = {"and": "false", "or": "true"}.get(expr.op if isinstance(expr, core.Call) else "")
                return self._fewest(self._worth(inputs, decider)) if decider == self._value(step) else self.of(inputs)
            case "if":
                taken = {"true": inputs[1:2], "false": inputs[2:3]}.get(self._value(inputs[0]))
                return self.of(inputs[1:3]) if taken is None else self.of([inputs[0], *taken])
            case "fold":
                return self._fold(step, s)
            case "resolve" if s["certificate"]["presumed"] is None:
                return self._resolved(s)
            case _:
                return self.of(inputs)

    def _resolved(self, s: Data) -> frozenset[str]:
        """Return what the clauses of a term or norm came out by. What could set a clause aside matters only where the clause
        has its condition; of a proviso also what its targets ask."""
        c, program = s["certificate"], self.tree.program
        standing = {x["clause"]: x for x in c["candidates"]}
        key = s["node"].partition("|")[2]
        waiting = [id for id in standing if program.clauses[id].resolves == key]
        if not waiting:
            return self.of(s["inputs"])
        needed = {c["closing_outcome"]}
        seen: set[str] = set()
        while waiting:
            id = waiting.pop()
            if id in seen or id not in standing:
                continue
            seen.add(id)
            x = standing[id]
            needed |= {x["condition"], x["outcome"]}
            waiting += program.clauses[id].proviso_to
            if x["has"] != "false":
                waiting += self.tree.defeaters(id)
        return self.of(i for i in needed if i is not None)

    def _fact(self, step: int) -> frozenset[str]:
        about = self.tree.leaf(step).about
        role = about["item"].partition(".")[2] in self.tree.program.roles
        self.shown.setdefault(about["item"], None if role else about["shown"])
        return frozenset((about["item"],))

    def _fold(self, step: int, s: Data) -> frozenset[str]:
        """Return what a list came out by: one member that settles it, else all of it."""
        about, c = self.tree.leaf(step).about, s["certificate"]
        self.shown.setdefault(about["item"], None)
        listed = frozenset((about["item"],))
        decider = {"every": "false", "some": "true"}.get(about["fold"])
        if decider is None or decider != self._value(step):
            return listed | self.of(s["inputs"])
        members = zip(c.get("where") or (), c.get("body") or (), strict=True)
        by = [[i for i in (where, body) if i is not None] for where, body in members
              if body is not None and self._value(body) == decider and (where is None or self._value(where) == "true")]  # fmt: skip
        return listed | (min((self.of(m) for m in by), key=len) if by else self.of(s["inputs"]))

    def _worth(self, steps: list[int], value: str | None) -> list[int]:
        return [i for i in steps if self._value(i) == value] or steps

    def _fewest(self, steps: list[int]) -> frozenset[str]:
        return min((self.found[i] for i in steps), key=len)

    def _value(self, step: int) -> str:
        result = self.tree.steps[step]["result"]
        return str(result.get("value")) if result["state"] == "value" else ""

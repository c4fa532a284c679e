"""What a result rests on: the grade of its provisions, and the evaluations (評価) among its facts.

Comes in: an evaluator with its steps. Goes out: grades and items for any steps. What each step rests on is gathered once,
in the order of the steps, and added to as further steps are made. Deliberately not here: the walk of a page's reasons
(`steps`, `decisive`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kitei.evaluate import Evaluator
from kitei.trace import Step
from kitei.values import Entity
from kitei_dsl import core


class Grounds:
    """What the steps of one evaluation rest on."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator, self.program = evaluator, evaluator.program
        #: of each step so far: the lowest grade, and the evaluations, of all it rests on
        self.grades: list[str] = []
        self.items: list[frozenset[str]] = []

    def grade(self, roots: Iterable[int | None], norm: core.Norm | None = None, also: Iterable[str] = ()) -> str:
        """Return the lowest grade of the provisions some steps rest on; `also`: records that no step is of."""
        self._gather()
        found = [self.grades[r] for r in roots if r is not None]
        if norm is not None:
            found.append(self.program.versions[norm.version].grade)
        return max((*found, *map(self._grade_of, also)), default="A")

    def evaluations(self, roots: Iterable[int | None]) -> list[str]:
        """Return the items of class evaluation that some steps rest on."""
        self._gather()
        return sorted(frozenset[str]().union(*(self.items[r] for r in roots if r is not None)))

    def _gather(self) -> None:
        steps = self.evaluator.steps
        for s in steps[len(self.grades) :]:
            own = [self._grade_of(id) for id in self.used(s)]
            if s.kind == "parameter" and s.certificate.get("version"):
                own.append(self.program.versions[s.certificate["version"]].grade)
            self.grades.append(max([*own, *[self.grades[i] for i in s.inputs]], default="A"))
            items = self._evaluation(s)
            for below in [self.items[i] for i in s.inputs]:
                items = items | below if below else items
            self.items.append(items)

    def _evaluation(self, s: Step) -> frozenset[str]:
        if s.kind != "fact" or not s.result.known:
            return frozenset()
        expr = self.node(s.node)
        attribute = self.program.attributes.get(expr.attribute) if isinstance(expr, core.Fact) else None
        of = self.evaluator.steps[s.inputs[0]].result.value
        if attribute is None or attribute.evidence != "evaluation" or not isinstance(of, Entity):
            return frozenset()
        return frozenset({f"{of.id}.{attribute.name}"})

    def node(self, path: str) -> core.Expr | None:
        """Return the core expression a step's node names, or None for one that is no expression."""
        owner, _, rest = path.partition("|")
        part, *inner = rest.split(".")
        record = self.program.clauses.get(owner) if part in ("condition", "outcome") else None
        if part == "condition" and record is None:
            record = self.program.savings.get(owner)  # type: ignore[assignment]
        if record is None:
            norm = self.program.norm_by_id.get(owner)
            if norm is None:
                return None
            current: Any = getattr(norm, part.partition("_when_")[0], None)
        else:
            current = getattr(record, part)
        for word in inner:
            current = current[int(word)] if word.isdigit() else getattr(current, word)
        return current if isinstance(current, core.KINDS) else None

    def _grade_of(self, id: str) -> str:
        """Return the grade of a clause (its own, if it states one), a slot or a saving: that of its provision."""
        clause = self.program.clauses.get(id)
        if clause is not None and clause.grade:
            return clause.grade
        return self.program.versions[id.partition("#")[0]].grade

    def used(self, s: Step) -> list[str]:
        """Return the clauses and savings whose words count in a step."""
        steps, c = self.evaluator.steps, s.certificate
        if s.kind == "resolve":
            found = [x["clause"] for x in c["candidates"] if x["has"] != "false"]
            decided = (x["clause"] for x in c["candidates"] if x["live"] == "true")
            if c["closing"] and not any(self.program.clauses[d].role in ("define", "norm", "fill") for d in decided):
                found.append(c["closing"])
            if c["presumed"]:
                given = [steps[i] for i in s.inputs if steps[i].node.endswith("|condition") and steps[i].result.true]
                owners = [g.node.partition("|")[0] for g in given]
                found += [o for o in owners if o in self.program.clauses and self.program.clauses[o].role == "presume"]
            return found
        if s.kind == "use":
            # After the subject and what is resolved come the condition and the outcome of each deeming.
            holding = zip(c.get("deemed", ()), s.inputs[2::2], strict=True)
            return [d for d, condition in holding if not steps[condition].result.false]
        owner, _, part = s.node.partition("|")
        kept = part == "condition" and not s.result.false and owner in self.program.savings
        return [owner] if kept else []

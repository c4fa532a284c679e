"""The derivation, step by step: each stated step is made again from its inputs and must come out the same.

Comes in: the stated steps and contexts, and the rules. Goes out: `Derivation`, which gives a step to whoever says
exactly which step must be there, derives what no step states, and tells what rests on what. Deliberately not here:
which steps an answer must have (`projection`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kitei.replay.law import Law, NoChoice
from kitei.replay.rules import ALWAYS, Given, Rules, Want
from kitei.replay.shape import Context, Refused, Step, difference, stated
from kitei_dsl import core

#: Refused steps after which nothing more need be said.
_MOST = 100


class Derivation:
    """Stated steps, checked one after the other, and a second way to any result: deriving it."""

    def __init__(self, rules: Rules, contexts: list[Context], steps: list[Step]) -> None:
        self.rules, self.law = rules, rules.law
        self.contexts, self.steps = contexts, steps
        self.givens: list[Given | None] = []
        self.places = Places(rules.law)
        self._derived: dict[tuple[str, tuple[tuple[str, str], ...], Context], Given] = {}

    # ------------------------------------------------------------------ checking
    def check(self) -> list[Refused]:
        """Check every step against the core, the facts and the steps before it, until many are refused."""
        refused = []
        for step in self.steps:
            try:
                self.givens.append(self.checked(step))
            except Refused as found:
                self.givens.append(None)
                refused.append(Refused(f"step {step.id}", f"{step.node[:120]}: {found.reason}"))
                if len(refused) == _MOST:
                    return refused
        return refused

    def checked(self, step: Step) -> Given:
        want = Want(step.node, self.places.at(step.node), step.scope, self.contexts[step.context])
        if step.kind != want.kind:
            raise Refused(step.node, f"it is a {want.kind} there")
        position = 0

        def ask(operand: Want) -> Given:
            nonlocal position
            if position == len(step.inputs):
                raise Refused(step.node, f"it leaves out {operand.node}")
            position += 1
            return self.given(step.inputs[position - 1], operand)

        try:
            result, certificate = self.rules.made(want, ask)
        except NoChoice as needed:
            raise Refused(step.node, f"it makes no choice of the reading {needed}") from None
        if position != len(step.inputs):
            raise Refused(step.node, "it rests on more than the core has there")
        wrong = difference(step.result, stated(result), "result") or difference(
            step.certificate, certificate, "certificate"
        )
        if wrong is not None:
            raise Refused(step.node, str(wrong))
        return Given(result, step.id, self.rules.named(want, certificate), certificate)

    def given(self, id: int, want: Want) -> Given:
        """Return a stated step, which must be the one wanted."""
        if not 0 <= id < len(self.givens):
            raise Refused(want.node, f"there is no step {id} before it")
        step, given = self.steps[id], self.givens[id]
        if step.node != want.node or step.kind != want.kind:
            raise Refused(want.node, f"step {id} is {step.node[:120]}, not {want.node}")
        if step.scope != dict(want.scope):
            raise Refused(want.node, f"step {id} is about something else")
        if self.contexts[step.context] != want.context:
            raise Refused(want.node, f"step {id} is in another context")
        if given is None:
            raise Refused(want.node, f"it rests on step {id}, which is refused")
        return given

    # ------------------------------------------------------------------ deriving
    def derive(self, want: Want) -> Given:
        """Work out what no step states. Raises NoChoice where a reading must be chosen first."""
        key = (want.node, tuple(sorted(want.scope.items())), want.context)
        if key not in self._derived:
            result, certificate = self.rules.made(want, self.derive)
            self._derived[key] = Given(result, None, self.rules.named(want, certificate), certificate)
        return self._derived[key]

    # ------------------------------------------------------------------ what rests on what
    def below(self, roots: Iterable[int]) -> list[int]:
        """Return the steps the roots rest on, the roots included, in order."""
        waiting, found = list(roots), set()
        while waiting:
            id = waiting.pop()
            if id not in found:
                found.add(id)
                waiting += self.steps[id].inputs
        return sorted(found)


class Places:
    """What stands where in the core. A node names a clause, norm or saving with a part and a path; a key; or a goal."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self.savings = {s.id: s for s in law.program.savings}
        self._known: dict[str, core.Expr] = {}
        self._operands: dict[core.Expr, Mapping[str, core.Expr]] = {}

    def at(self, node: str) -> core.Expr:
        if node not in self._known:
            self._known[node] = self._found(node)
        return self._known[node]

    def _found(self, node: str) -> core.Expr:
        owner, _, path = node.partition("|")
        if owner == "resolve" and path in self.law.resolves:
            return self.law.resolves[path]
        if owner == "goal":
            key = path.removesuffix(".subject")
            if key.partition("@")[0] in self.law.terms and key in self.law.resolves:
                return core.Bind("self") if key != path else core.Use(key, core.Bind("self"))
        part, *words = path.split(".")
        found = self.parts(owner).get(part)
        while found is not None and words:
            operands = self.operands(found)
            taken = 2 if ".".join(words[:2]) in operands else 1
            found, words = operands.get(".".join(words[:taken])), words[taken:]
        if found is None:
            raise Refused(node, "the ruleset has nothing there")
        return found

    def operands(self, expr: core.Expr) -> Mapping[str, core.Expr]:
        """Return the operands of an expression by their step in a path, worked out once."""
        if expr not in self._operands:
            self._operands[expr] = dict(core.operands(expr))
        return self._operands[expr]

    def parts(self, owner: str) -> Mapping[str, core.Expr | None]:
        """Return the parts of a clause, a norm or a saving that hold an expression."""
        parts: dict[str, core.Expr | None] = {}
        clause, norm, saving = self.law.clauses.get(owner), self.law.norms.get(owner), self.savings.get(owner)
        if clause is not None:
            parts |= {"condition": clause.condition or ALWAYS, "outcome": clause.outcome}
        if norm is not None:
            parts |= {"anchor": norm.anchor, "content": norm.content, "done": norm.done, "done_on": norm.done_on,
                      "done_when_due": norm.done, "done_when_repealed": norm.done, "due": norm.due}  # fmt: skip
        if saving is not None:
            parts |= {"condition": saving.condition}
        return parts

"""The path that decides: of all the steps of a derivation, those without which the result would not stand.

Comes in: the steps of an answer (`steps.Tree`). Goes out: `LegalStep`s, one for each term, slot or norm on the path, with the
clauses that decide it and, for each, what its condition rests on: the first false part of an *and*, the first true part of
an *or*, the live definitions, the member by which *every* fails or *some* holds, both sides of a comparison. Asked
`thoroughly`, every unmet part is kept, not the first alone. Selection only: every value here was in the derivation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kitei.steps import Data, Node, Seen, Tree
from kitei_dsl import core
from kitei_dsl.frozen import Frozen, replace

#: How a truth came out: true, false, or open (anything else).
TRUE, FALSE, OPEN = "true", "false", "open"
_COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
_QUANTIFIERS = ("every", "some", "at_least")


class Finding(Frozen):
    """One thing on the path: a requirement, or what an amount is made of.

    `node` is its line in the derivation, `expr` its words in the law. `negated`: the law asks that it be not so.
    `met` says of a requirement whether it is met, after negation (true, false, open); of anything else it is empty.
    `place` is the item of the law it stands at, where that is not the place of the whole.
    """

    node: Node
    expr: core.Expr | None
    negated: bool = False
    met: str = ""
    below: tuple[Finding, ...] = ()
    legal: LegalStep | None = None
    place: dict[str, Any] | None = None


class Fared(Frozen):
    """How one clause fared: its line (provision, exception, not_met, defeated, undecided, closing, …), what it asks and gives,
    and what that rests on. `against` are the clauses that defeat it, or may."""

    node: Node
    clause: str
    condition: core.Expr | None = None
    outcome: core.Expr | None = None
    findings: tuple[Finding, ...] = ()
    amounts: tuple[Finding, ...] = ()
    against: tuple[Fared, ...] = ()


class LegalStep(Frozen):
    """How one term, slot or norm came out. `above`: it is shown before, under that step, and not again."""

    node: Node
    clauses: tuple[Fared, ...] = ()
    above: int | None = None

    @property
    def step(self) -> int:
        assert self.node.step is not None
        return self.node.step


class _Lines(Tree):
    """The nodes of steps one by one, without what they rest on."""

    def __init__(self, tree: Tree) -> None:
        self.steps, self.contexts, self.file, self.statements = tree.steps, tree.contexts, tree.file, tree.statements
        self.names, self.program, self.norms = tree.names, tree.program, tree.norms

    def below(self, steps: Sequence[int], seen: Seen) -> tuple[Node, ...]:
        return ()


class Decisive:
    """Chooses among the steps of one derivation."""

    def __init__(self, tree: Tree, *, thoroughly: bool = False) -> None:
        self.tree, self.lines, self.names, self.steps = tree, _Lines(tree), tree.names, tree.steps
        self.thoroughly = thoroughly
        self.shown: dict[int, int] = {}

    def root(self, step: int) -> tuple[Finding, ...]:
        """Return the path below a step that a conclusion rests on."""
        asked = self.steps[step]["node"].startswith("goal|")
        if self.steps[step]["kind"] == "resolve" or asked:
            return (self._finding(step, legal=self.legal(step)),)
        return self.amount(step) if self._type(step) != "truth" else self.truth(step, False)

    # ------------------------------------------------------------------ truths
    def truth(self, step: int, negated: bool) -> tuple[Finding, ...]:
        """Return what decides a truth (or keeps it open), each with the item of the law it stands at."""
        found, place = self._truth(step, negated), self.lines.place(step)
        if place is None or not place["item"]:
            return found
        return tuple(f if f.place is not None else replace(f, place=place) for f in found)

    def _truth(self, step: int, negated: bool) -> tuple[Finding, ...]:
        s, expr = self.steps[step], self._expr(step)
        match s["kind"]:
            case "call" if isinstance(expr, core.Call) and expr.op == "not":
                return self.truth(s["inputs"][0], not negated)
            case "call" if isinstance(expr, core.Call) and expr.op in ("and", "or"):
                return self._connected(step, expr.op, negated)
            case "if":
                condition, taken = s["inputs"][0], self._taken(s)
                return (*self.truth(condition, False), *(f for i in taken for f in self.truth(i, negated)))
            case "literal":
                return ()
            case _:
                found = self._leaf(step)
                return (replace(found, negated=negated, met=self._met(step, negated)),)

    def _connected(self, step: int, op: str, negated: bool) -> tuple[Finding, ...]:
        """Return the deciding parts of an *and* or *or*; where any one of several unmet parts would do, as one finding."""
        alternatives = (op == "or") is not negated
        chosen = self._chosen(self.steps[step], op)
        if self.thoroughly and alternatives and self.value(step) == OPEN:
            chosen = list(self.steps[step]["inputs"])  # what is known not to be so could be made so as well
        found = tuple(f for i in chosen for f in self.truth(i, negated))
        met = self._met(step, negated)
        if len(chosen) > 1 and met != TRUE and alternatives:
            return (Finding(self.lines.leaf(step), self._expr(step), negated, met, found),)
        return found

    def _chosen(self, s: Data, op: str) -> list[int]:
        """Return the operands that decide: of a false *and* the first false one, of an open one those that keep it open."""
        inputs: list[int] = list(s["inputs"])
        worth = [self.value(i) for i in inputs]
        result = _word(s)
        decider, neutral = (FALSE, TRUE) if op == "and" else (TRUE, FALSE)
        if result == neutral:
            return inputs
        if result == decider:
            if self.thoroughly and op == "and":
                return [i for i, w in zip(inputs, worth, strict=True) if w != neutral]
            return [i for i, w in zip(inputs, worth, strict=True) if w == decider][:1]
        return [i for i, w in zip(inputs, worth, strict=True) if w != neutral]

    def _leaf(self, step: int) -> Finding:
        """Return a truth that is no connective, with what it rests on."""
        s, expr = self.steps[step], self._expr(step)
        match s["kind"]:
            case "use":
                return self._finding(step, legal=self.legal(step))
            case "slot":
                return self._slot(step)
            case "call":
                return self._finding(step, tuple(f for i in s["inputs"] for f in self.amount(i)))
            case "fold":
                assert isinstance(expr, core.Fold)
                return self._finding(step, tuple(self._members(s, expr)))
            case "at":
                return self._finding(step, tuple(f for i in s["inputs"][1:] for f in self.truth(i, False)))
            case _:
                return self._finding(step)

    def _members(self, s: Data, expr: core.Fold) -> Iterator[Finding]:
        """Give the members that decide a quantifier, each with the path of its own case."""
        c, result = s["certificate"], _word(s)
        cases = list(zip(c.get("members") or (), c.get("where") or (), c.get("body") or (), strict=True))
        decisive = {"every": FALSE, "some": TRUE}.get(expr.quantifier)
        undated = c.get("undated", ())
        found = [(m, w, b, self._case(expr.quantifier, w, b, m in undated)) for m, w, b in cases]
        if result == decisive:
            found = [x for x in found if x[3] == result]
            found = found if self.thoroughly and expr.quantifier == "every" else found[:1]
        elif result == OPEN:
            found = [x for x in found if x[3] == OPEN]
        elif expr.quantifier == "at_least" and result == TRUE:
            found = [x for x in found if x[3] == TRUE]
        for member, where, body, _ in found:
            yield Finding(
                Node("member", None, {"label": self.names.entity(member)}),
                None,
                below=(*self._undated(s, member), *self._case_path(where, body, result)),
            )

    def _case_path(self, where: int | None, body: int | None, result: str) -> Iterator[Finding]:
        if where is not None and (self.value(where) != TRUE or self.thoroughly or result != OPEN):
            yield from self.truth(where, False)
        if body is not None and (where is None or self.value(where) != FALSE):
            yield from self.truth(body, False)

    def _undated(self, s: Data, member: str) -> Iterator[Finding]:
        """Give the day of an event of which it is not known whether it is there yet."""
        if member in s["certificate"].get("undated", ()):
            name = self.names.program.kinds[self.names.entities[member]["kind"]].dated_by or ""
            attribute = self.names.program.attributes[name]
            about = {
                "item": f"{member}.{name}", "evidence": attribute.evidence, "label": self.names.attribute(name),
                "subject": self.names.entity(member), "at": self.tree.contexts[s["context"]]["at"],
                "question": self.names.said(attribute.question), "shown": None,
            }  # fmt: skip
            yield Finding(Node("unknown", None, about), None)

    def _case(self, quantifier: str, where: int | None, body: int | None, undated: bool) -> str:
        """Return the truth a member contributes: of *every* not-where or body, else where and body; an event of which it is
        not known whether it is there yet counts as one whose condition is open."""
        in_it = TRUE if where is None else self.value(where)
        in_it = OPEN if undated and in_it == TRUE else in_it
        holds = TRUE if body is None else self.value(body)
        if quantifier == "every":
            return TRUE if in_it == FALSE or holds == TRUE else FALSE if (in_it, holds) == (TRUE, FALSE) else OPEN
        return FALSE if FALSE in (in_it, holds) else TRUE if (in_it, holds) == (TRUE, TRUE) else OPEN

    # ------------------------------------------------------------------ amounts, days, names
    def amount(self, step: int) -> tuple[Finding, ...]:
        """Return what an amount, a day or a name is made of: facts, numbers of the law, terms, periods."""
        s, expr = self.steps[step], self._expr(step)
        match s["kind"]:
            case "literal" if _word(s) == OPEN:  # the day of a commencement that is not fixed
                return (self._finding(step),)
            case "literal" | "bind":
                return ()
            case "use":
                return (self._finding(step, legal=self.legal(step)),)
            case "slot":
                return (self._slot(step),)
            case "if":
                return (*self.truth(s["inputs"][0], False), *(f for i in self._taken(s) for f in self.amount(i)))
            case "fold":
                assert isinstance(expr, core.Fold)
                return (self._finding(step, tuple(self._counted(s))),)
            case "at":
                return (self._finding(step, tuple(f for i in s["inputs"][1:] for f in self.amount(i))),)
            case "call":
                below = tuple(f for i in s["inputs"] for f in self.amount(i))
                node = self.lines.node(step)
                return (Finding(node, expr, below=below),) if node.mechanism in ("period", "rounding") else below
            case _:
                return (self._finding(step),)

    def _counted(self, s: Data) -> Iterator[Finding]:
        """Give the members an aggregate counts, and those of which it is open whether it does."""
        c = s["certificate"]
        for member, where, body in zip(c.get("members") or (), c.get("where") or (), c.get("body") or (), strict=True):
            if where is not None and self.value(where) == FALSE:
                continue
            below = tuple(self._undated(s, member)) + (() if where is None else self.truth(where, False))
            below += () if body is None else self.amount(body)
            yield Finding(Node("member", None, {"label": self.names.entity(member)}), None, below=below)

    def _slot(self, step: int) -> Finding:
        s = self.steps[step]
        resolved = [i for i in s["inputs"] if self.steps[i]["kind"] == "resolve"]
        return self._finding(step, legal=self.legal(step) if resolved else None)

    def _taken(self, s: Data) -> list[int]:
        condition = s["inputs"][0]
        branches: list[int] = list(s["inputs"][1:])
        return {TRUE: branches[:1], FALSE: branches[1:]}.get(self.value(condition), branches)

    # ------------------------------------------------------------------ legal steps
    def legal(self, step: int) -> LegalStep:
        """Return how a use, a slot or a Resolve came out: the clauses that decide it."""
        s = self.steps[step]
        node = self.lines.leaf(step)
        resolved = (
            next((i for i in s["inputs"] if self.steps[i]["kind"] == "resolve"), None)
            if s["kind"] != "resolve"
            else step
        )
        if resolved is None:
            return LegalStep(node)
        deemings = self.tree.deemings(s) if s["kind"] == "use" else []
        if resolved in self.shown and not deemings:
            return LegalStep(node, above=self.shown[resolved])
        self.shown.setdefault(resolved, step)
        return LegalStep(node, (*(self._deemed(*x) for x in deemings), *self._fared(resolved)))

    def _deemed(self, id: str, condition: int, outcome: int) -> Fared:
        clause = self.names.program.clauses[id]
        about = {"cite": self.names.cite(id), "marks": self.lines.marks(clause.marks)}
        findings, amounts = self.truth(condition, False), self.amount(outcome)
        return Fared(Node("deeming_rule", None, about), id, clause.condition, clause.outcome, findings, amounts)

    def _fared(self, step: int) -> Iterator[Fared]:
        s = self.steps[step]
        c = s["certificate"]
        standing = {x["clause"]: x for x in c["candidates"]}
        key = s["node"].partition("|")[2]
        own = [x for x in c["candidates"] if self._own(x["clause"], key)]
        live = [x for x in own if x["live"] == TRUE]
        undecided = [x for x in own if x["live"] == OPEN]
        if c["presumed"] is not None and c["presumed"] != "conflict":
            yield self._presumption(s, c["presumed"])
            return
        kept = [*live, *undecided] if live or undecided else own
        if s["result"]["state"] == "open" and undecided and not self.thoroughly:
            kept = [x for x in kept if x["live"] == OPEN or self._outcome_open(x)]
        for x in kept:
            yield self._clause(x, standing)
        if live:
            yield from (self._clause(x, standing, brief=True) for x in own if x["live"] == FALSE and x["has"] == TRUE)
        elif c["closing"] is not None and not key.startswith("norm:"):
            clause = self.names.program.clauses.get(c["closing"])
            about = {
                "cite": self.names.cite(c["closing"]), "own": c["closing_outcome"] is None, "used": not undecided,
                "marks": self.lines.marks(clause.marks) if clause else (),
            }  # fmt: skip
            amounts = () if c["closing_outcome"] is None else self.amount(c["closing_outcome"])
            yield Fared(Node("closing", None, about), c["closing"], amounts=amounts)

    def _own(self, id: str, key: str) -> bool:
        clause = self.names.program.clauses[id]
        return clause.resolves == key or clause.role == "fill" or (clause.role == "norm" and clause.outcome is not None)

    def _outcome_open(self, x: Data) -> bool:
        return x["outcome"] is not None and self.steps[x["outcome"]]["result"]["state"] != "value"

    def _clause(self, x: Data, standing: dict[str, Data], *, brief: bool = False, depth: int = 0) -> Fared:
        """Return how one clause fared, with what its condition and its outcome rest on."""
        clause = self.names.program.clauses[x["clause"]]
        node = self.lines._candidate(x, standing, {})
        if brief:
            return Fared(node, clause.id)
        findings: tuple[Finding, ...] = ()
        own_condition = self.value(x["condition"])
        if clause.condition is not None and not (x["has"] == FALSE and own_condition == TRUE):
            findings = self.truth(x["condition"], False)
        amounts: tuple[Finding, ...] = ()
        if x["outcome"] is not None and clause.role not in ("block", "norm"):
            if self._type(x["outcome"]) == "truth":
                findings += self.truth(x["outcome"], False)
            else:
                amounts = self.amount(x["outcome"])
        against: tuple[Fared, ...] = ()
        if x["has"] != FALSE and x["live"] != TRUE and depth < 4:
            against = tuple(
                self._clause(standing[i], standing, depth=depth + 1)
                for i in self.lines.defeaters(clause.id)
                if standing.get(i, {}).get("stands", FALSE) != FALSE
            )
        if x["has"] == TRUE and x["live"] == FALSE:
            findings, amounts = (), ()  # it has its condition: what matters is what defeats it
        return Fared(node, clause.id, clause.condition, clause.outcome, findings, amounts, against)

    def _presumption(self, s: Data, id: str) -> Fared:
        clause = self.names.program.clauses[id]
        basis = [i for i in s["inputs"] if self.steps[i]["node"] == f"{id}|condition"]
        about = {"cite": self.names.cite(id), "marks": self.lines.marks(clause.marks)}
        findings = tuple(f for i in basis for f in self.truth(i, False))
        return Fared(Node("presumption", None, about), id, clause.condition, clause.outcome, findings)

    # ------------------------------------------------------------------ reading steps
    def value(self, step: int) -> str:
        """Return how a step came out as a truth: true, false or open."""
        return _word(self.steps[step])

    def _met(self, step: int, negated: bool) -> str:
        word = self.value(step)
        return word if word == OPEN or not negated else FALSE if word == TRUE else TRUE

    def _expr(self, step: int) -> core.Expr | None:
        return self.names.expression(self.steps[step]["node"])

    def _type(self, step: int) -> str:
        return self.lines.shown(step).type

    def _finding(self, step: int, below: tuple[Finding, ...] = (), legal: LegalStep | None = None) -> Finding:
        return Finding(self.lines.leaf(step), self._expr(step), below=below, legal=legal)


def _word(s: Data) -> str:
    value = s["result"].get("value")
    return str(value) if value in (TRUE, FALSE) else OPEN


#: Who must establish what is missing, by the class of what it is.
CLASSES = ("fact", "evaluation", "act", "time", "reading", "text")
_TEXTS = ("unfilled", "pending", "unencoded", "unverified", "optional", "assumed", "filled")


class Unmet(Frozen):
    """One thing that is not so, or not known: its finding and the clauses it stands under, the nearest last.

    `sort`: fact, evaluation, act (only an authority can), time (the day asked lies where it does: no fact makes it
    otherwise), reading (nothing but the reading taken decides it), text (still to be made, read or encoded); of a comparison or a term, that of the facts it rests on, the
    hardest to come by. `choices`: any one of these groups would do.
    """

    finding: Finding
    under: tuple[Fared, ...]
    sort: str
    choices: tuple[tuple[Unmet, ...], ...] = ()


def unmet(findings: Sequence[Finding], under: tuple[Fared, ...] = ()) -> Iterator[Unmet]:
    """Give what is false, missing or still to be made on a path chosen thoroughly, in text order."""
    for f in findings:
        mechanism = f.node.mechanism
        if f.met == TRUE or (f.legal is not None and f.legal.above is not None):
            continue
        if mechanism in ("any", "all"):
            choices = tuple(c for b in f.below if (c := tuple(unmet((b,), under))))
            yield Unmet(f, under, sort_of(f), choices)
        elif f.met == FALSE and f.negated and mechanism in ("fold", "definition", "deeming", "filled"):
            yield Unmet(f, under, sort_of(f))  # what must not be so is so
        elif f.legal is not None and f.legal.clauses:
            groups = tuple(g for c in f.legal.clauses if (g := tuple(_unmet_in(c, under))))
            if f.met and len(groups) > 1:  # each definition would do by itself
                yield Unmet(f, under, sort_of(f), groups)
            else:
                yield from (u for g in groups for u in g)
        elif mechanism == "fold" and f.met == OPEN and f.node.about["complete"] is not True:
            yield Unmet(f, under, "fact")
            yield from unmet(f.below, under)
        elif mechanism in ("member", "moved", "fold", "choice", "period", "rounding"):
            inner = list(unmet(f.below, under))
            yield from inner
            if not inner and f.met == FALSE:
                yield Unmet(f, under, sort_of(f))
        elif mechanism == "comparison" and f.met == OPEN and not _of_facts(inner := list(unmet(f.below, under))):
            yield from inner
        elif f.met or mechanism in ("unknown", "unfilled", "pending", "unencoded", "unverified"):
            yield Unmet(f, under, sort_of(f))


def _of_facts(found: Sequence[Unmet]) -> bool:
    """Say whether nothing but facts of its own is missing from a comparison: then it is told as one requirement."""
    return all(u.finding.node.mechanism == "unknown" and not u.finding.met for u in found)


def _unmet_in(clause: Fared, under: tuple[Fared, ...]) -> Iterator[Unmet]:
    here = (*under, clause)
    yield from unmet(clause.findings, here)
    yield from unmet(clause.amounts, here)
    for other in clause.against:
        for f in other.findings:
            if f.met == TRUE:  # it is its being so that stands in the way
                yield Unmet(replace(f, negated=not f.negated, met=FALSE), (*here, other), sort_of(f))
        yield from unmet(other.findings, (*here, other))


def facts_of(finding: Finding) -> Iterator[Finding]:
    """Give the facts a finding rests on, itself if it is one, in text order."""
    if finding.node.mechanism in ("fact", "evaluation", "act", "role", "absent", "unknown"):
        yield finding
    below = [*finding.below]
    for clause in finding.legal.clauses if finding.legal else ():
        below += [*clause.findings, *clause.amounts]
    for f in below:
        yield from facts_of(f)


def sort_of(finding: Finding) -> str:
    """Return the class of what would have to be otherwise for a finding to come out otherwise."""
    if finding.node.mechanism in _TEXTS and finding.legal is None:
        return "text"
    sorts = {str(f.node.about.get("evidence") or "fact") for f in facts_of(finding)}
    if finding.node.mechanism == "comparison" and not sorts and _of_the_day(finding.expr):
        return "time"
    if not sorts and any(c.node.about.get("reading") for c in (finding.legal.clauses if finding.legal else ())):
        return "reading"
    return next((s for s in ("act", "evaluation") if s in sorts), "fact")


def _of_the_day(expr: core.Expr | None) -> bool:
    """Say whether an expression speaks of the day asked about (基準日)."""
    return expr is not None and any(
        isinstance(e, core.Call) and e.op == "reference_day" for _, e in core.walk(expr, "")
    )

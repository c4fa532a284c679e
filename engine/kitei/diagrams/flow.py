"""How a provision decides, as a flow: questions with their two ways, exceptions, steps, and what it comes to.

Comes in: a program and clauses. Goes out: one `Panel` for each thing they decide (a term, a slot, a norm), in each reading of
a contested point. The order is that of semantics section 2: what applies notwithstanding is asked first, then the rule's
own condition, then its provisos (ただし書) and what disapplies it; a rule that does not hold leaves the word to the next.
With every answer known the way through a panel ends where the evaluator ends. Deliberately not here: measures, drawing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kitei import wording
from kitei.conditions import Conditions, Saying
from kitei.diagrams.gathered import TAGS, Decided, gather, modality, together
from kitei.diagrams.outline import outline
from kitei.wording import Pair, pick
from kitei.world import Program
from kitei_dsl import core
from kitei_dsl.frozen import Struct, field

_COMBINED: dict[str, Pair] = {
    "sum": ("以上の合計", "the total of these"), "any": ("以上のいずれか", "any of these"), "all": ("以上の全て", "all of these"),
    "union": ("以上を合わせたもの", "these taken together"), "earliest": ("以上のうち最も早い日", "the earliest of these"),
    "latest": ("以上のうち最も遅い日", "the latest of these"),
}  # fmt: skip
_EVIDENCE: dict[str, Pair] = {
    "fact": ("事実", "fact"), "evaluation": ("評価", "evaluation"), "act": ("当局の行為", "act of the authority"),
}  # fmt: skip
_DELEGATES: dict[str, Pair] = {
    "cabinet_order": ("政令", "Cabinet Order"), "ordinance": ("府省令", "ordinance"), "notice": ("告示", "public notice"),
    "supplementary_provisions": ("附則", "supplementary provisions"), "contract": ("契約", "contract"),
}  # fmt: skip


class Label:
    """A place in the flow not yet known: the next node, or another label."""

    def __init__(self) -> None:
        self.to: int | Label | None = None
        self.wanted = False

    @property
    def node(self) -> int | None:
        return self.to.node if isinstance(self.to, Label) else self.to


class Node(Struct):
    """One box. `kind`: start, question, open (words not encoded), step, outcome. `depth` 1 and more: inside an exception.

    `lines`: each with how deep it is indented. `tag` stands over them (what kind of exception), `note` below in small.
    A question goes on at `yes` or `no`, a start or a step at `next`.
    """

    kind: str
    lines: tuple[tuple[int, str], ...]
    note: str = ""
    tag: str = ""
    depth: int = 0
    strong: bool = False
    yes: Label | None = None
    no: Label | None = None
    next: Label | None = None

    def ways(self) -> list[tuple[str, int]]:
        """Return each way on and the number of the node it leads to."""
        named = (("yes", self.yes), ("no", self.no), ("next", self.next))
        return [(name, label.node) for name, label in named if label is not None and label.node is not None]


class Panel(Struct):
    """One decision: its nodes in the order they are drawn, and the same in words; `records` are the rules it was drawn from."""

    title: str
    nodes: list[Node] = field(default_factory=list)
    words: Saying = field(default_factory=lambda: Saying(""))
    notes: list[str] = field(default_factory=list)
    records: tuple[core.Clause | core.Norm, ...] = ()


def panels(
    program: Program, clause_ids: Iterable[str], conditions: Conditions, without: Collection[str] = ()
) -> list[Panel]:
    """Return the panels of the clauses, in the order of the program; what overrides or disapplies them comes with them, but for
    the clauses to be left out (`without`).

    Raises KeyError where an id names no clause.
    """
    return [_Writer(of).panel() for of in gather(program, clause_ids, conditions, without)]


class _Writer:
    """Writes one panel: nodes in the order of the text, ways on filled in as soon as they are known."""

    def __init__(self, of: Decided) -> None:
        self.of, self.program, self.say, self.pick, self.cite = of, of.program, of.say, of.pick, of.cite
        self.true, self.false, self.gap, self.out, self.total = Label(), Label(), Label(), Label(), Label()
        self.pending: list[Label] = []
        self.nodes: list[Node] = []
        self.notes: list[str] = []
        self.asked: set[str] = set()
        self.within: list[str] = []  # the rules being written, each an exception to the one before it

    def panel(self) -> Panel:
        of = self.of
        lines = [of.title(), *of.reading_words(), *of.setting()]
        entry = Label()
        entry.wanted = True
        self.place(entry)
        self.add_node(Node("start", tuple((0, x) for x in lines), of.places()))
        for clause in of.clauses:
            if of.stands_alone(clause) and clause.id not in self.asked:
                self.rule(clause, 1, pick(TAGS["notwithstanding"], self.say.lang))
        for clause in of.bases():
            self.rule(clause)
        self.ending()
        if self.may_clash():
            self.notes.append(self.pick("二つ以上の規定に該当し、その結果が異なるときは、抵触となる（図は上の規定から順に問う）",
                                        "Where two of the rules apply and come to different results, they clash; the drawing asks the upper one first"))  # fmt: skip
        ends = tuple("" if way.node is None else self.nodes[way.node].lines[0][1] for way in (self.gap, self.false))
        records = (*of.clauses, *((of.norm,) if of.norm is not None else ()))
        return Panel(lines[0], self.nodes, outline(of, (ends[0], ends[1]), self.notes), self.notes, records)

    def may_clash(self) -> bool:
        """Say whether nothing shows that two rules of the same rank never differ."""
        bases = self.of.bases()
        split = self.program.splits.get(bases[0].split) if bases else None
        if len(bases) < 2 or (split is not None and split.disjoint and all(c.split == split.id for c in bases)):
            return False
        return len({c.outcome.value if isinstance(c.outcome, core.Literal) else c.id for c in bases}) > 1

    def against(self, clause: core.Clause, relation: str) -> list[core.Clause]:
        """Return what stands against a clause here by a relation, in the order of the law, without what is being written."""
        return [c for c in self.of.clauses if clause.id in getattr(c, relation) and c.id not in self.within]

    def place(self, label: Label) -> None:
        """Say that the next node is where a label leads; a label no way leads to changes nothing."""
        if label.wanted:
            self.pending.append(label)

    def go(self, target: Label) -> None:
        for label in self.pending:
            label.to, target.wanted = target, True
        self.pending = []

    def add(self, node: Node) -> bool:
        """Put the next node where ways on lead to it; nothing leads to what can never come about."""
        if not self.pending:
            return False
        for label in self.pending:
            label.to = len(self.nodes)
        self.pending = []
        for way in (node.yes, node.no, node.next):
            if way is not None:
                way.wanted = True
        self.nodes.append(node)
        return True

    def rule(self, clause: core.Clause, depth: int = 0, tag: str = "") -> None:
        """Write a rule: what stands against it first, its condition, its provisos, what disapplies it, what it comes to."""
        self.asked.add(clause.id)
        self.within.append(clause.id)
        beyond = Label()
        for other in self.against(clause, "notwithstanding"):
            if other.id not in self.asked:  # had it stood for a rule before, the way would not have come here
                self.rule(other, depth + 1, pick(TAGS["notwithstanding"], self.say.lang))
        tag = tag or (pick(TAGS[clause.role], self.say.lang) if clause.role in TAGS else "")
        note = self.cite(clause) if depth or len(self.of.bases()) > 1 or tag else ""
        if clause.condition is not None and self.last_case(clause):
            statement = self.say.holds(clause.condition, clause.version)
            self.add_step(self.pick(f"残る場合：{statement}", f"The case left: {statement}"), depth, tag, note)
        elif clause.condition is not None:
            holds = Label()
            self.condition(clause.condition, holds, beyond, depth, tag, clause, "condition", note)
            self.place(holds)
        elif depth:
            self.add_step(self.always(), depth, tag, note)
        for other in self.against(clause, "proviso_to"):
            self.rule(other, depth + 1, pick(TAGS["proviso"], self.say.lang))
        for id in clause.yields_to:
            if id in self.of.ids and id not in self.asked:
                self.rule(self.program.clauses[id], depth + 1, pick(TAGS["yields"], self.say.lang))
        for other in self.against(clause, "blocks"):
            self.block(other, self.out if self.of.norm is not None and depth == 0 else beyond, depth + 1)
        if clause.outcome is not None and not self.result(clause, clause.outcome, depth, "outcome"):
            self.notes.append(self.pick(f"{self.cite(clause)}の定め（{self.of.worth(clause)}）は、先に示した定めがいつも働くため用いられない",
                                        f"{self.cite(clause)} ({self.of.worth(clause)}) is never reached: what stands before it always applies"))  # fmt: skip
        self.within.pop()
        self.place(beyond)

    def always(self) -> str:
        return self.pick("条件の定めはない（いつも働く）", "without a condition: always")

    def last_case(self, clause: core.Clause) -> bool:
        """Say whether a case of a 区分に応じ is the one left: the cases are shown to leave none out, and all others were asked."""
        split = self.program.splits.get(clause.split)
        return split is not None and split.exhaustive and all(c in self.asked for c in split.clauses)

    def block(self, clause: core.Clause, blocked: Label, depth: int) -> None:
        """Write what disapplies a rule, after what disapplies that in its turn."""
        self.asked.add(clause.id)
        self.within.append(clause.id)
        stays, tag = Label(), pick(TAGS["block"], self.say.lang)
        for other in self.against(clause, "blocks"):
            self.block(other, stays, depth + 1)
        if clause.condition is None:
            self.add_step(self.always(), depth, tag, self.cite(clause))
            self.go(blocked)
        else:
            self.condition(clause.condition, blocked, stays, depth, tag, clause, "condition", self.cite(clause))
        self.within.pop()
        self.place(stays)

    def add_node(self, node: Node) -> bool:
        """Put a node that has one way on, to what comes next."""
        node.next = Label()
        if not self.add(node):
            return False
        self.place(node.next)
        return True

    def add_step(self, text: str, depth: int, tag: str, note: str) -> bool:
        return self.add_node(Node("step", ((0, text),), note, tag, depth))

    def condition(
        self,
        expr: core.Expr,
        yes: Label,
        no: Label,
        depth: int,
        tag: str,
        clause: core.Clause,
        part: str,
        note: str = "",
    ) -> None:
        """Write the questions of a condition, in the order of the text."""
        match expr:
            case core.Call(op="not"):
                self.condition(expr.args[0], no, yes, depth, tag, clause, f"{part}.args.0", note)
            case core.Call(op="and" | "or"):
                for n, arg in enumerate(expr.args):
                    on = Label()
                    last = n == len(expr.args) - 1
                    ways = (yes, no) if last else (on, no) if expr.op == "and" else (yes, on)
                    self.condition(
                        arg, *ways, depth, tag if n == 0 else "", clause, f"{part}.args.{n}", note if n == 0 else ""
                    )
                    if not last:
                        self.place(on)
            case core.Call(op="!="):
                self.condition(core.Call("=", expr.args), no, yes, depth, tag, clause, part, note)
            case core.Literal():
                self.go(yes if expr.value == "true" else no)
            case core.If():
                then, otherwise = Label(), Label()
                self.condition(expr.condition, then, otherwise, depth, tag, clause, f"{part}.condition", note)
                self.place(then)
                self.condition(expr.then, yes, no, depth, "", clause, f"{part}.then")
                self.place(otherwise)
                self.condition(expr.otherwise, yes, no, depth, "", clause, f"{part}.otherwise")
            case _:
                said = self.say.question(expr, clause.version)
                kind = "open" if isinstance(expr, core.Unencoded) else "question"
                notes = [note, self.origin(expr, clause, part)]
                small = self.pick("　", " — ").join(dict.fromkeys(x for x in notes if x))
                self.add(Node(kind, tuple(said.lines()), small, tag, depth, yes=yes, no=no))

    def origin(self, expr: core.Expr, clause: core.Clause, part: str) -> str:
        """Return where a question stands, who answers it, or where its word is defined."""
        parts = [part]
        if clause.closing and part.startswith("condition"):
            parts.append("outcome" + part.removeprefix("condition"))  # 「…とは、…をいう」 is written as the outcome
        pinned = [m.address for m in clause.marks if m.part in parts and "." in m.part]
        found = [self.say.cite(a) for a in pinned[:1]]
        version = clause.version
        match expr:
            case core.Fact():
                attribute = self.program.attributes.get(expr.attribute)
                if attribute is not None:
                    found.append(pick(_EVIDENCE[attribute.evidence], self.say.lang))
            case core.Use():
                defined = [
                    self.program.clauses[c]
                    for c in self.program.resolves[expr.resolves].candidates
                    if c not in self.of.without
                ]
                places = dict.fromkeys(self.cite(c) for c in defined if together(self.program, c.version, version))
                if places:
                    listed = self.pick("・", "; ").join([*places][:2]) + (
                        self.pick(" ほか", " and others") if len(places) > 2 else ""
                    )
                    found.append(self.pick(f"定義：{listed}", f"defined in {listed}"))
            case core.Slot():
                slot = self.program.slots[expr.slot]
                words = pick(_DELEGATES.get(slot.delegate, (slot.delegate, slot.delegate)), self.say.lang)
                found.append(
                    self.pick(
                        f"{words}に委任（{self.say.cite(slot.address)}）",
                        f"left to {words} ({self.say.cite(slot.address)})",
                    )
                )
        return self.pick("　", " — ").join(found)

    def result(self, clause: core.Clause, expr: core.Expr, depth: int, part: str) -> bool:
        """Write what a rule comes to; false where nothing leads there."""
        if not self.pending:
            return False
        if self.of.adders and not depth:
            words = self.of.worth(clause, expr)
            self.add_step(self.pick(f"初めの値：{words}", f"Start with: {words}"), depth, "", self.cite(clause))
            self.go(self.total)
        elif self.of.truth:
            self.condition(expr, self.true, self.false, depth, "", clause, part)
        elif isinstance(expr, core.If):
            then, otherwise = Label(), Label()
            self.condition(expr.condition, then, otherwise, depth, "", clause, f"{part}.condition")
            self.place(then)
            self.result(clause, expr.then, depth, f"{part}.then")
            self.place(otherwise)
            self.result(clause, expr.otherwise, depth, f"{part}.otherwise")
        else:
            self.add(Node("outcome", ((0, self.say.phrase(expr, clause.version)),), self.cite(clause), "", depth))
        return True

    def ending(self) -> None:
        """Write what is left where no rule holds, the amounts added, and the two ends of a truth or of a norm."""
        fallback = self.of.fallback
        if fallback is not None and fallback.outcome is not None:
            self.result(fallback, fallback.outcome, 0, "outcome")
        elif self.of.adders and not self.of.bases():
            self.go(self.total)
        else:
            self.go(self.false if any(c.closing for c in self.of.clauses) or self.of.norm is not None else self.gap)
        if self.of.adders:
            self.place(self.total)
            self.added()
        label = self.of.quoted(self.of.label())
        if self.of.norm is not None:
            self.norm_ends(self.of.norm)
            return
        self.outcome_if(self.true, self.pick(f"{label}に該当する", f"{label}: yes"))
        self.outcome_if(self.false, self.pick(f"{label}に該当しない", f"{label}: no"))
        self.outcome_if(self.gap, self.pick("収録範囲には定めが見当たらない", "no encoded provision gives it"))

    def outcome_if(self, label: Label, text: str, note: str = "") -> None:
        """Write an end that some way leads to."""
        if label.wanted:
            self.pending = [label]
            self.add(Node("outcome", ((0, text),), note))
        self.pending = []

    def added(self) -> None:
        for clause in self.of.adders:
            skip, holds = Label(), Label()
            self.asked.add(clause.id)
            if clause.condition is not None:
                self.condition(clause.condition, holds, skip, 0, "", clause, "condition")
                self.place(holds)
            for other in self.against(clause, "blocks"):
                self.block(other, skip, 1)
            if clause.outcome is not None:
                words = self.of.worth(clause)
                self.add_step(self.pick(f"加える：{words}", f"Add: {words}"), 0, "", self.cite(clause))
            self.place(skip)
        combine = self.of.combine or "sum"
        words = pick(_COMBINED.get(combine, (combine, combine)), self.say.lang)
        self.add(Node("outcome", ((0, f"{self.of.label()}{self.pick('＝', ' = ')}{words}"),)))

    def norm_ends(self, norm: core.Norm) -> None:
        lines = tuple((0, x) for x in self.of.norm_words(norm))
        table = wording.STATUS[modality(norm)]
        absent = next(table[s].actual for s in ("not-available", "does-not-arise", "not-applicable") if s in table)
        met, broken = Label(), Label()
        self.pending = [self.true]
        if norm.form in ("achieve", "keep", "avoid") and norm.done is not None:
            self.add_node(Node("step", lines, strong=True))
            of = next(c for c in self.of.clauses if c.resolves == self.of.key)
            self.condition(norm.done, met, broken, 0, "", of, "done")
            self.pending = []
            self.outcome_if(met, self.pick("適合する", "satisfied"))
            self.outcome_if(broken, self.pick("適合しない", "not satisfied"))
        else:
            self.add(Node("outcome", lines))
        self.outcome_if(self.out, pick(wording.STATUS["duty"]["disapplied"].actual, self.say.lang))
        self.outcome_if(self.false, pick(absent, self.say.lang))

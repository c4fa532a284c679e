"""The decisive path in words: 規定 → 要件 → 認定事実 → 当てはめ → 結論 for each legal step, as nested entries.

Comes in: what `decisive` chose of a derivation. Goes out: entries of a page. Each step names its provision, puts what it
requires in words, says which fact was found and who stated it, how the requirement is met or not, and what follows.
Deliberately not here: which steps are shown (`decisive`), any value.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Any

from kitei.decisive import FALSE, TRUE, Decisive, Fared, Finding, LegalStep, Unmet, facts_of, unmet
from kitei.document import Entry
from kitei.explain import IDLE, Choices, Conclusion, TermConclusion, reduced
from kitei.naming import Cite
from kitei.page import Page, Part
from kitei.spoken import Spoken
from kitei.steps import Node
from kitei_dsl import core
from kitei_dsl.typesystem import TRUTH as TRUTH_TYPE

#: Members of a list shown one by one before the rest are only counted.
MEMBERS = 3
_FACTS = ("fact", "evaluation", "act", "role", "absent", "unknown")
_LEAVES = (*_FACTS, "assumed", "unfilled", "pending", "optional", "unencoded", "unverified", "parameter")
#: Which marks of a norm stand for which of its parts.
_MARKED = {
    "done": "performance",
    "done_on": "performance",
    "done_when_due": "performance",
    "due": "due",
    "content": "amount",
}


class Reasons:
    """Puts paths into words on one page."""

    def __init__(self, page: Page, *, thoroughly: bool = False) -> None:
        self.page, self.names = page, page.names
        self.spoken = Spoken(page.names, page.phrases)
        self.decisive = Decisive(page.x.steps, thoroughly=thoroughly)
        #: what each legal step says, days of its facts aside; the first step that says it
        self.content: dict[int, object] = {}
        self.said: dict[object, int] = {}

    def entry(self, macro: str, *args: object, below: Iterable[Entry] = ()) -> Entry:
        return self.page.entry(macro, *args, below=below)

    # ------------------------------------------------------------------ the parts of a conclusion
    def parts(self, part: Part) -> Iterator[tuple[str, Choices, tuple[Finding, ...]]]:
        """Give the parts of a conclusion with their paths: whether it applies, then what its status or day rests on."""
        for name, choices, step in self.chosen(part):
            yield name, choices, self.decisive.root(step)

    def chosen(self, part: Part) -> Iterator[tuple[str, Choices, int]]:
        """Give the steps a conclusion rests on. A saving that does not take it in says nothing of it, but where no text is in
        force."""
        ended = isinstance(part, Conclusion) and part.status == "not-in-force"
        for name, choices, step in chosen(part):
            if name != "saving" or ended or self.decisive.value(step) != FALSE:
                yield name, choices, step

    def unmet(self, part: Part) -> Iterator[Unmet]:
        """Give what is not so or not known in a conclusion: a day or an amount that is known is what it is, whatever conditions it
        was reckoned by."""
        for name, _, step in self.chosen(part):
            shown = self.page.x.steps.shown(step)
            if shown.type == "truth" or shown.state != "value":
                saving = self.saving(part) if name == "saving" else None
                under = (
                    () if saving is None else (Fared(Node("provision", step, {"cite": self.cite(saving)}), saving.id),)
                )
                yield from unmet(self.decisive.root(step), under)

    def cite(self, saving: core.Saving) -> Cite:
        return self.names.cite(saving.address, saving.version)

    def path(self, part: Part, names: Container[str] | None = None) -> Iterator[Entry]:
        """Give the entries of a whole conclusion, or of the parts of these names."""
        for name, choices, findings in self.parts(part):
            if names is not None and name not in names:
                continue
            below = list(self.root(part, name, findings))
            if below:
                yield self.entry("path_part", name, choices, below=below)

    def root(self, part: Part, name: str, findings: tuple[Finding, ...]) -> Iterator[Entry]:
        """Give the entries of one part; a part that is no term or norm of its own stands under the norm's provision, a saving
        under its own."""
        if len(findings) == 1 and findings[0].legal is not None and not findings[0].met:
            yield from self.legal(findings[0].legal)
            return
        below = list(self.findings(findings))
        if name == "anchor" and isinstance(part, Conclusion):
            below += self.to_come(part)
        norm = self.norm(part) if isinstance(part, Conclusion) else None
        expr = None if norm is None else getattr(norm, name.partition("_when_")[0], None)
        if expr is not None and self.names.type_of(expr) == TRUTH_TYPE:
            below.insert(0, self.entry("path_state", self.spoken.condition(expr)))
        elif expr is not None:
            below.insert(0, self.entry("path_formula", self.spoken.value(expr)))
        saving = self.saving(part) if name == "saving" else None
        if saving is not None:
            yield self.entry("path_norm", self.cite(saving), self.page.x.steps.marks(saving.marks), below=below)
        elif isinstance(part, Conclusion):
            marks = [] if norm is None else [m for m in norm.marks if m.part == _MARKED.get(name)]
            yield self.entry("path_norm", part.cite, self.page.x.steps.marks(marks), below=below)
        else:
            yield from below

    def to_come(self, c: Conclusion) -> Iterator[Entry]:
        """Say of an event that its day lies after the day asked, where it does: nothing arises with it yet."""
        step = next(step for name, _, step in c.roots if name == "anchor")
        shown, asked = self.page.x.steps.shown(step), self.page.answer["context"]["at"]
        if shown.state == "value" and shown.text > asked:
            yield self.entry("path_to_come", asked)

    def saving(self, part: Part) -> core.Saving | None:
        """Return the saving whose condition was looked at."""
        step = next((step for name, _, step in part.roots if name == "saving"), None)
        owner = "" if step is None else self.page.x.steps.steps[step]["node"].partition("|")[0]
        return self.page.program.savings.get(owner)

    def norm(self, c: Conclusion) -> core.Norm | None:
        version = next(
            (i["version"] for row in self.page.data["norms"] if row["key"] == c.key and row["bearer"] == c.bearer_id
             for i in row["instances"] if i["instance"] == c.instance_id), None,
        )  # fmt: skip
        return next((n for n in self.page.program.norms[c.key] if n.version == version), None)

    # ------------------------------------------------------------------ legal steps
    def legal(self, step: LegalStep) -> Iterator[Entry]:
        """Give the provisions of a step, what they rest on, and what follows."""
        about = self.about(step.node)
        if step.above is not None:
            yield self.entry("path_above", about)
            return
        first = self.said.setdefault(self.content_of(step), step.step)
        if first != step.step and step.clauses:
            then, now = (self.page.x.steps.day_of(s) for s in (first, step.step))
            norm = step.node.mechanism == "norm_applies"
            yield self.entry("path_above", about) if then == now else self.entry("path_same", about, now, norm)
            return
        for clause in step.clauses:
            yield self.clause(clause)
        yield self.entry("path_result", about, step.node.mechanism == "norm_applies")

    # ------------------------------------------------------------------ what is the same as of another day
    def content_of(self, step: LegalStep) -> object:
        """Return what a step says to its last line, but for the days as of which facts are read: two that say the same
        about two days are printed once."""
        if step.above is not None:
            return self.content.get(step.above, step.above)
        if step.step not in self.content:
            self.content[step.step] = (_said(step.node), tuple(map(self._fared, step.clauses)))
        return self.content[step.step]

    def _fared(self, f: Fared) -> object:
        found = (tuple(map(self._finding, part)) for part in (f.findings, f.amounts))
        return _said(f.node), f.clause, id(f.condition), id(f.outcome), *found, tuple(map(self._fared, f.against))

    def _finding(self, f: Finding) -> object:
        legal = None if f.legal is None else self.content_of(f.legal)
        return _said(f.node), id(f.expr), f.negated, f.met, tuple(map(self._finding, f.below)), legal

    def clause(self, f: Fared) -> Entry:
        if f.node.mechanism == "closing":
            return self.entry("path_closing", f.node.about, below=self.findings(f.amounts))
        below = list(self.findings(f.findings))
        if f.amounts:
            formula = [] if f.outcome is None else [self.entry("path_formula", self.spoken.value(f.outcome))]
            below += [*formula, *self.findings(f.amounts)]
        below += [self.clause(x) for x in f.against]
        about = {"heading": None, "targets": (), "by": (), "reading": None, **f.node.about}
        return self.entry("path_rule", about, f.node.mechanism, below=below)

    # ------------------------------------------------------------------ findings
    def findings(self, findings: Iterable[Finding]) -> Iterator[Entry]:
        for f in findings:
            if f.met:
                yield self.requirement(f)
            elif not (isinstance(f.expr, core.Literal) and f.node.mechanism not in _LEAVES):
                # A number the rule itself writes stands in its words already: 3 months = 3 months tells nothing.
                yield self.made_of(f)

    def requirement(self, f: Finding) -> Entry:
        """Return one requirement: its words, what was found, and whether it is met."""
        words = self.words(f)
        if f.legal is not None:
            below = list(self.legal(f.legal))
            if f.negated and f.legal.above is None:
                below.append(self.entry("path_applied", f.met, ""))
        elif f.node.mechanism in _LEAVES:
            below = [self.leaf(f), self.entry("path_applied", f.met, "")]
        else:
            below = list(self.members(f))
            if f.node.mechanism == "fold" and f.node.about["complete"] is not True:
                below.append(self.entry("path_list", f.node.about))
            below.append(self.entry("path_applied", f.met, self.compared(f)))
        return self.entry("path_requirement", words, f.place, below=below)

    def found(self, f: Finding) -> Iterator[Entry]:
        """Give what was found of one requirement: the fact or both sides of a comparison, and the facts it rests on."""
        if f.node.mechanism in _LEAVES:
            yield self.leaf(f)
            return
        if f.node.mechanism == "comparison":
            yield self.entry("path_applied", f.met, self.compared(f))
        if f.node.mechanism != "fold" or f.met == FALSE:
            facts = {(x.node.about["item"], x.node.about["at"]): x for x in facts_of(f)}
            yield from (self.leaf(x) for x in facts.values())

    def words(self, f: Finding) -> str:
        """Return a requirement in words, or what an amount is made of by its name."""
        if f.expr is None:
            return self.page.say("named" if f.node.mechanism == "unknown" else "path_member", f.node.about)
        if f.node.mechanism == "defence" and isinstance(f.expr, core.Call):
            return self.spoken.proved(self.page.phrases.w(f.node.about["party"]), f.expr.args[0], f.negated)
        return self.spoken.condition(f.expr, f.negated) if f.met else self.spoken.value(f.expr)

    def made_of(self, f: Finding) -> Entry:
        """Return one thing an amount or a day is made of."""
        mechanism = f.node.mechanism
        if f.legal is not None:
            about = self.about(f.legal.node)
            if f.legal.above is not None:
                return self.entry("path_above", about)
            return self.entry("path_amount", about, "", below=[self.clause(c) for c in f.legal.clauses])
        if mechanism in _LEAVES:
            return self.leaf(f)
        if mechanism == "member":
            return self.entry("path_member", f.node.about, below=self.findings(f.below))
        if mechanism in ("moved", "rounding", "period"):
            return self.entry(f"path_{mechanism}", f.node.about, below=self.findings(f.below))
        words = "" if f.expr is None else self.spoken.value(f.expr)
        about = {**f.node.about, "label": None}
        return self.entry("path_amount", about, words, below=self.members(f))

    def members(self, f: Finding) -> Iterator[Entry]:
        """Give what lies below a finding; of many members the first few, the rest counted."""
        many = f.node.mechanism == "fold" and len(f.below) > MEMBERS + 1
        yield from self.findings(f.below[:MEMBERS] if many else f.below)
        if many:
            yield self.entry("path_more", len(f.below) - MEMBERS)

    def leaf(self, f: Finding) -> Entry:
        return self.entry(f"path_{f.node.mechanism}", self.about(f.node))

    def about(self, node: Node) -> dict[str, Any]:
        return {"stated": None, "sources": (), "marks": (), **node.about}

    def compared(self, f: Finding) -> str:
        """Return both sides of a comparison with their values, and how they compare."""
        if f.node.mechanism != "comparison" or not isinstance(f.expr, core.Call):
            return ""
        shown = [o.about["shown"] for o in f.node.about["operands"]]
        sides = [self.side(e, s) for e, s in zip(f.expr.args, shown, strict=True)]
        phrases, about = self.page.phrases, f.node.about
        if about["shown"].state != "value":
            return self.page.phrases.comma.join(sides)
        return self.page.say(
            "compared", sides[0], phrases.holding(about["op"], about["days"], about["shown"]), sides[1]
        )

    def side(self, expr: core.Expr, shown: Any) -> str:
        plain = isinstance(expr, core.Literal) or (isinstance(expr, core.Parameter) and shown.state == "value")
        words = self.page.phrases.shown(shown) if plain else self.spoken.value(expr)
        return words if plain else self.page.say("with_value", words, shown)


def _said(node: Node) -> object:
    """Return what is said of a node, without its number and the day as of which a fact is read."""
    return node.mechanism, tuple((name, _plain(x)) for name, x in node.about.items() if name not in ("at", "above"))


def _plain(x: object) -> object:
    if isinstance(x, Node):
        return _said(x)
    return tuple(map(_plain, x)) if isinstance(x, list | tuple) else repr(x)


def chosen(part: Part) -> Iterator[tuple[str, Choices, int]]:
    """Give the steps of a conclusion on which its status rests, for each reading that makes a difference (else the first)."""
    wanted = {"value"} if isinstance(part, TermConclusion) else wanted_parts(part)
    if isinstance(part, TermConclusion):
        different = len({repr(shown) for _, shown in part.by_reading}) > 1
        kept = [c for c, _ in part.by_reading] if different else [c for c, _ in part.by_reading[:1]]
    else:
        kept = [next(c for c, *_ in part.by_reading if set(r[0]) <= set(c)) for r in reduced(part.by_reading)]
        kept = kept or [c for c, *_ in part.by_reading[:1]]
    single = len(kept) < 2
    for name, choices, step in part.roots:
        if name in wanted and (not choices or choices in kept):
            yield name, () if single else choices, step


def wanted_parts(c: Conclusion) -> set[str]:
    """Return which parts of a norm its status rests on."""
    if (c.status == "undetermined" or c.status in IDLE) and {name for name, *_ in c.roots} <= {"anchor", "saving"}:
        return {"anchor", "saving"}  # whether there is a day, or a text, to judge by is itself not known
    if c.status == "undetermined" and not c.applies:
        return {"applies"}
    if c.status in IDLE and c.status != "lapsed":
        return {"applies"}
    wanted = {"applies", "content", "due"}
    if c.saved_by is not None or c.status == "undetermined":
        wanted.add("saving")
    if c.status not in ("outstanding", "available", "arises", "noted"):
        wanted |= {"done", "done_on", "done_when_due"}
    return wanted


def outcome_of(part: Part) -> str:
    """Say whether what was asked holds: true, false, or open."""
    if isinstance(part, TermConclusion):
        known = part.shown.state == "value"
        return (FALSE if part.shown.text == FALSE else TRUE) if known else "open"
    if part.status in ("undetermined", "contested"):
        return "open"
    return FALSE if part.status in (*IDLE, "not-satisfied", "overdue", "performed-late") else TRUE

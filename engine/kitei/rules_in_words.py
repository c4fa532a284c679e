"""What a provision says as rules, in words: condition, outcome, exceptions; of a norm who, what, by when.

Comes in: a program and a version. Goes out: lines of one language, made of declared labels and fixed words. Ours, not the official
words. Deliberately not here: any value of a case, headings, plain statements (`reading_page`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kitei import wording
from kitei.document import line_of, plain
from kitei.naming import Names, clean
from kitei.phrases import Phrases
from kitei.spoken import Spoken
from kitei.wording import Lang, Pair, pick
from kitei.world import Program
from kitei_dsl import core

_SHELL = {"data": {"entities": {}}, "context": {"text": "", "known": ""}, "assumptions": []}
#: How each sort of rule begins: {0} is what it is about, {1} its outcome.
_ROLES: dict[str, Pair] = {
    "means": ("定義：{0}とは、{1}をいう", "Definition: {0} means: {1}"),
    "define": ("定め：{0}は、{1}", "Rule: {0} is {1}"),
    "add": ("加算：{0}に{1}を加える", "Addition: {1} is added to {0}"),
    "close": ("いずれの定めも働かないとき：{0}は、{1}", "Where nothing applies: {0} is {1}"),
    "deem": ("みなし：{0}は、{1}とみなす", "Deeming: {0} is deemed to be {1}"),
    "presume": ("推定：{0}は、{1}と推定する", "Presumption: {0} is presumed to be {1}"),
    "fill": ("委任を受けた定め：{0}は、{1}", "Under a delegation: {0} is {1}"),
    "block": ("適用除外：次の規定は適用しない", "Exclusion: the provisions below do not apply"),
}
_LINES: dict[str, Pair] = {
    "condition": ("条件：{0}", "condition: {0}"),
    "proviso": ("次のただし書である：{0}", "proviso to: {0}"),
    "notwithstanding": ("次の規定にかかわらない：{0}", "notwithstanding: {0}"),
    "yields": ("次の規定に譲る：{0}", "yields to: {0}"),
    "blocks": ("適用しない規定：{0}", "does not apply: {0}"),
    "exceptions": ("例外：{0}", "exceptions: {0}"),
    "purposes": ("みなす目的：{0}", "for the purposes of: {0}"),
    "bearer": ("名宛人：{0}", "who: {0}"),
    "each": ("それぞれについて：{0}", "for each: {0}"),
    "do": ("すること：{0}", "what to do: {0}"),
    "achieve": ("達すべき状態：{0}", "what to achieve: {0}"),
    "keep": ("保つべき状態：{0}", "what to keep: {0}"),
    "avoid": ("してはならないこと：{0}", "what must not be: {0}"),
    "due": ("期限：{0}", "by: {0}"),
    "content": ("額：{0}", "amount: {0}"),
    "towards": ("相手方：{0}", "towards: {0}"),
    "lifts": ("解かれる禁止：{0}", "lifts: {0}"),
}
_ALL_PURPOSES: Pair = ("全ての目的", "all purposes")


class Rules:
    """The rules of a program in words of one language."""

    def __init__(self, program: Program, lang: Lang) -> None:
        self.program, self.lang = program, lang
        self.names = Names(program, _SHELL)
        self.phrases = Phrases(lang, False, program, _SHELL)
        self.spoken = Spoken(self.names, self.phrases)

    def lines(self, version: core.Version) -> list[str]:
        """Return the lines about one version, rules before norms; what belongs to a rule is indented."""
        stated = [c for c in self.program.core.clauses if c.version == version.id and c.role in _ROLES]
        imposed = [n for n in self.program.core.norms if n.version == version.id]
        found = [line for c in stated for line in self.clause(c)]
        return [plain(line_of(text)) for text in [*found, *(line for n in imposed for line in self.norm(n))]]

    # ------------------------------------------------------------------ clauses
    def clause(self, c: core.Clause) -> Iterator[str]:
        role, condition = c.role, c.condition
        outcome = "" if c.outcome is None else self.outcome(c.outcome)
        if c.role == "define" and c.closing and condition is not None:
            role, outcome, condition = "means", self.spoken.condition(condition), None
        yield pick(_ROLES[role], self.lang).format(self.about(c), outcome)
        if condition is not None:
            yield self.line("condition", self.spoken.condition(condition))
        yield from self.relations(c)

    def about(self, c: core.Clause) -> str:
        label = self.names.term((c.resolves or "").removeprefix("fill:"))
        if (c.resolves or "").startswith("fill:"):
            label = self.names.slot((c.resolves or "").removeprefix("fill:"))
        return f"「{label.ja}」" if self.lang == "ja" else f'"{label.en}"'

    def outcome(self, expr: core.Expr) -> str:
        return self.spoken.value(expr)

    def relations(self, c: core.Clause) -> Iterator[str]:
        """Give what a clause is an exception to, what it gives way to, and what is an exception to it."""
        for name, targets in (
            ("proviso", c.proviso_to),
            ("notwithstanding", c.notwithstanding),
            ("yields", c.yields_to),
            ("blocks", c.blocks),
        ):
            if targets:
                yield self.line(name, self.cites(targets))
        if c.purposes:
            yield self.line("purposes", pick(_ALL_PURPOSES, self.lang) if "*" in c.purposes else self.cites(c.purposes))
        over = [*self.program.overriders.get(c.id, ()), *self.program.blockers.get(c.id, ())]
        if over:
            yield self.line("exceptions", self.cites(over))

    # ------------------------------------------------------------------ norms
    def norm(self, n: core.Norm) -> Iterator[str]:
        label = self.names.term(n.applies)
        name = f"「{label.ja}」" if self.lang == "ja" else f'"{label.en}"'
        kind = pick(wording.MODALITY["must_contain" if n.modality == "term" else n.modality], self.lang)
        yield f"{kind}：{name}" if self.lang == "ja" else f"{self.phrases.capital(kind)}: {name}"
        bearer = self.program.kinds.get(n.kind)
        if bearer is not None:
            yield self.line("bearer", self.phrases.w(self.names.wording(bearer.label, n.kind, bearer.alias)))
        if n.instances is not None:
            yield self.line("each", self.phrases.w(self.names.attribute(n.instances.members.attribute)))
        stated = [
            c
            for c in self.program.core.clauses
            if c.version == n.version and c.role == "norm" and c.resolves == n.applies
        ]
        for c in stated:
            if c.condition is not None:
                yield self.line("condition", self.spoken.condition(c.condition))
        if n.done is not None and n.form is not None:
            form = "avoid" if n.modality == "prohibition" and _denied(n.done) else n.form
            told = self.spoken.value(n.done) if form == "do" else self.spoken.condition(n.done, form == "avoid")
            yield self.line(form, told)
        if n.due is not None:
            yield self.line("due", self.spoken.value(n.due))
        if n.promptness:
            yield self.line("due", pick(wording.PROMPTNESS[n.promptness], self.lang))
        if n.content is not None:
            yield self.line("content", self.spoken.value(n.content))
        if n.towards.ja or n.towards.en:
            yield self.line("towards", self.phrases.w(self.names.wording(n.towards, "")))
        if n.lifts:
            yield self.line("lifts", self.cites(n.lifts))
        for c in stated:
            yield from self.relations(c)

    # ------------------------------------------------------------------ words
    def line(self, name: str, text: str) -> str:
        return "  " + pick(_LINES[name], self.lang).format(text)

    def cites(self, targets: Iterable[str]) -> str:
        found = dict.fromkeys(
            self.names.cite(t.partition("@")[0] if t not in self.program.clauses else t) for t in targets
        )
        return self.phrases.comma.join(clean(c.ja if self.lang == "ja" else c.en) for c in found)


def _denied(done: core.Expr) -> bool:
    """Say whether what must be kept is that something is not so, which a prohibition says of that something."""
    return isinstance(done, core.Call) and done.op == "not"

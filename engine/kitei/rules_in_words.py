"""What a provision says as rules, in words: condition, outcome, exceptions; of a norm who, what, by when.

Comes in: a program and a version. Goes out: lines of one language, made of declared labels and fixed words. Ours, not the official
words. Deliberately not here: any value of a case, headings, plain statements (`reading_page`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kitei import wording
from kitei.citing import Citer
from kitei.document import line_of, plain
from kitei.instance import sanctions_for, takes_in
from kitei.naming import Names, clean
from kitei.phrases import Phrases
from kitei.spoken import Spoken
from kitei.wording import Lang, Pair, pick
from kitei.world import Program
from kitei_dsl import core
from kitei_dsl.citation import parse
from kitei_dsl.passage import Passage, Reach

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
    "reading": ("読み方が分かれる：{0}を「{1}」と読む場合", "readings differ: {0}, read as “{1}”"),
    "condition": ("条件：{0}", "condition: {0}"),
    "conditions": ("条件（次の全て）：", "conditions (all of these):"),
    "of": ("対象：{0}", "provisions: {0}"),
    "proviso": ("次のただし書である：{0}", "proviso to: {0}"),
    "notwithstanding": ("次の規定にかかわらない：{0}", "notwithstanding: {0}"),
    "yields": ("次の規定に譲る：{0}", "yields to: {0}"),
    "blocks": ("適用しない規定：{0}", "does not apply: {0}"),
    "exceptions": ("例外：{0}", "exceptions: {0}"),
    "purposes": ("みなす目的：{0}", "for the purposes of: {0}"),
    "bearer": ("名宛人：{0}", "who: {0}"),
    "saved": ("対象となる者・物：{0}", "of: {0}"),
    "each": ("それぞれについて：{0}", "for each: {0}"),
    "do": ("すること：{0}", "what to do: {0}"),
    "achieve": ("達すべき状態：{0}", "what to achieve: {0}"),
    "keep": ("保つべき状態：{0}", "what to keep: {0}"),
    "avoid": ("してはならないこと：{0}", "what must not be: {0}"),
    "due": ("期限：{0}", "by: {0}"),
    "content": ("額：{0}", "amount: {0}"),
    "towards": ("相手方：{0}", "towards: {0}"),
    "lifts": ("解かれる禁止：{0}", "lifts: {0}"),
    "anchored": (
        "適用基準日：{0}（適用の有無は、その日の事実と条文による）",
        "anchored at: {0} (whether it applies, by the facts and the text of that day)",
    ),
    "anchored_if_any": (
        "適用基準日：{0}（適用の有無は、その日の事実と条文による。その日がなければ、生じない）",
        "anchored at: {0} (whether it applies, by the facts and the text of that day; without that day, none arises)",
    ),
    "whose": ("違反者：{0}", "whose act: {0}"),
    "range": ("範囲：{0}", "range: {0}"),
    "corporate": ("両罰：法人は{0}以下の罰金（{1}）", "corporation: a fine of up to {0} ({1})"),
    "note": ("注：{0}", "note: {0}"),
    "penal": ("違反したとき：{0}（{1}）の対象となり得る：{2}", "on breach: may be subject to {0} ({1}): {2}"),
    "penal_none": (
        "違反したとき：直接の罰則が見当たらない（{1}を確認）",
        "on breach: no direct penalty is found ({1} was read)",
    ),
}
_SANCTION: Pair = (
    "制裁：{0}に適合しないときは、{1}の対象となり得る",
    "Sanction: whoever does not satisfy {0} may be subject to {1}",
)
_NO_SANCTION: Pair = ("制裁なし：{0}には、ここに直接の罰則がない", "No sanction: here is no direct penalty for {0}")
_NO_RANGE: Pair = ("範囲は収録されていない", "its range is not encoded")
#: What goes on after its text has ended: as a provision says it of others, and as it is said of one of these.
_SAVED: dict[str, Pair] = {
    "former": ("経過措置：次の規定は、改正又は廃止の後も、なお従前の例による（下位の法令を含め、その最後の日の法令による）",
               "Transition: the provisions below go on as before after their amendment or repeal (なお従前の例による: all law as on the last day of their text)"),
    "force": ("経過措置：次の規定は、改正又は廃止の後も、なおその効力を有する（その他の法令は、その時々のものによる）",
              "Transition: the provisions below stay in force after their amendment or repeal (なおその効力を有する: all other law as it then stands)"),
}  # fmt: skip
_GOES_ON: dict[str, Pair] = {
    "former": ("改正又は廃止の後：なお従前の例による（{0}）", "after its amendment or repeal: goes on as before, なお従前の例による ({0})"),
    "force": ("改正又は廃止の後：なおその効力を有する（{0}）", "after its amendment or repeal: stays in force, なおその効力を有する ({0})"),
}  # fmt: skip
#: The same, where the words of the saving itself were not read: nothing is said to go on, nor to end.
_NOT_READ_SAVED: dict[str, Pair] = {
    "former": ("経過措置（条文未確認）：次の規定が改正又は廃止の後もなお従前の例によるかは、条文を読んでおらず、述べない",
               "Transition (text not verified): whether the provisions below go on as before after their amendment or repeal (なお従前の例による) is not said, for the text was not read"),
    "force": ("経過措置（条文未確認）：次の規定が改正又は廃止の後もなおその効力を有するかは、条文を読んでおらず、述べない",
              "Transition (text not verified): whether the provisions below stay in force after their amendment or repeal (なおその効力を有する) is not said, for the text was not read"),
}  # fmt: skip
_NOT_READ: dict[str, Pair] = {
    "former": ("改正又は廃止の後：なお従前の例によるかは、条文未確認（{0}）", "after its amendment or repeal: whether it goes on as before (なお従前の例による) is not verified ({0})"),
    "force": ("改正又は廃止の後：なおその効力を有するかは、条文未確認（{0}）", "after its amendment or repeal: whether it stays in force (なおその効力を有する) is not verified ({0})"),
}  # fmt: skip
#: Conditions of so many parts, all of which must hold, are listed one a line.
_MANY = 4
_NOT_COUNTED: Pair = ("初日は算入しない", "the first day is not counted")
_COUNTED: Pair = ("初日を算入する", "the first day is counted")
#: Of the ways to count a period forward, whether its first day counts.
_FIRST: dict[str, Pair] = {
    "after": _NOT_COUNTED, "elapsed_after": _NOT_COUNTED, "counting": _COUNTED, "elapsed_counting": _COUNTED,
}  # fmt: skip
#: What moves the last day of a period.
_ROLLED: dict[str, Pair] = {
    "filing": ("末日が行政機関の休日のときはその翌日", "if the last day is a holiday of administrative organs, the next open day"),
    "custom": ("末日が休日で、その日に取引をしない慣習があるときはその翌日", "if the last day is a holiday on which it is the custom not to transact, the next open day"),
}  # fmt: skip
_ALL_PURPOSES: Pair = ("全ての目的", "all purposes")


class Rules:
    """The rules of a program in words of one language."""

    def __init__(self, program: Program, lang: Lang) -> None:
        self.program, self.lang = program, lang
        self.names = Names(program, _SHELL)
        self.phrases = Phrases(lang, False, program, _SHELL)
        self.spoken = Spoken(self.names, self.phrases)
        self.citer = Citer(program)

    def lines(self, version: core.Version) -> list[str]:
        """Return the lines about one version, rules before norms before sanctions; what belongs to one of them is indented."""
        stated = [c for c in self.program.core.clauses if c.version == version.id and c.role in _ROLES]
        imposed = [n for n in self.program.core.norms if n.version == version.id]
        found = [line for c in stated for line in self.clause(c)]
        found += [line for n in imposed for line in self.norm(n)]
        found += [line for s in self.program.core.sanctions if s.version == version.id for line in self.sanction(s)]
        found += [line for s in self.program.core.savings if s.version == version.id for line in self.saving(s)]
        return [plain(line_of(text)) for text in found]

    # ------------------------------------------------------------------ clauses
    def clause(self, c: core.Clause) -> Iterator[str]:
        role, condition = c.role, c.condition
        outcome = "" if c.outcome is None else self.outcome(c.outcome)
        if c.role == "define" and c.closing and condition is not None:
            role, outcome, condition = "means", self.spoken.condition(condition), None
        yield pick(_ROLES[role], self.lang).format(self.about(c), outcome)
        if c.reading:
            reading = self.program.readings[c.reading]
            choice = reading.labels[reading.choices.index(c.choice or "")]
            said = (self.names.wording(w, name) for w, name in ((reading.label, c.reading), (choice, c.choice or "")))
            yield self.line("reading", *map(self.phrases.w, said))
        if condition is not None:
            yield from self.conditions(condition)
        yield from self.relations(c)

    def conditions(self, expr: core.Expr) -> Iterator[str]:
        """Give a condition: in one line, or its parts one a line where it is many that must all hold."""
        parts = list(_parts(expr))
        if len(parts) < _MANY:
            yield self.line("condition", self.spoken.condition(expr))
            return
        yield self.line("conditions")
        bullet = "・" if self.lang == "ja" else "- "
        yield from (f"    {bullet}{self.spoken.condition(part)}" for part in parts)

    def about(self, c: core.Clause) -> str:
        label = self.names.term((c.resolves or "").removeprefix("fill:"))
        if (c.resolves or "").startswith("fill:"):
            label = self.names.slot((c.resolves or "").removeprefix("fill:"))
        return f"「{label.ja}」" if self.lang == "ja" else f'"{label.en}"'

    def outcome(self, expr: core.Expr) -> str:
        return self.spoken.value(expr) + self.counted(expr)

    def counted(self, expr: core.Expr) -> str:
        """Return, in brackets, how the periods of a day are counted: whether the first day counts, and what a holiday moves.

        Nothing where there is no period, or where several are counted in different ways.
        """
        calls = [c for c in _calls(expr) if c.op.partition(".")[0] in _FIRST]
        ways = {(_FIRST[c.op.partition(".")[0]], c.op.partition(".")[2]) for c in calls}
        if len(ways) != 1:
            return ""
        ((first, roll),) = ways
        said = [pick(first, self.lang), *([pick(_ROLLED[roll], self.lang)] if roll in _ROLLED else [])]
        return f"（{'。'.join(said)}）" if self.lang == "ja" else f" ({'; '.join(said)})"

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
        over = [
            id for id in (*self.program.overriders.get(c.id, ()), *self.program.blockers.get(c.id, ()))
            if None in (c.kind, self.program.clauses[id].kind) or self.program.clauses[id].kind == c.kind
        ]  # fmt: skip
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
        if n.anchor is not None:
            absent = any(
                isinstance(day, core.Fact) and self.program.attributes[day.attribute].optional
                for day in core.told_apart(n.anchor)
            )
            yield self.line("anchored_if_any" if absent else "anchored", self.spoken.value(n.anchor))
        stated = [
            c
            for c in self.program.core.clauses
            if c.version == n.version and c.role == "norm" and c.resolves == n.applies
        ]
        for c in stated:
            if c.condition is not None:
                yield from self.conditions(c.condition)
        if n.done is not None and n.form is not None:
            form = "avoid" if n.modality == "prohibition" and _denied(n.done) else n.form
            told = self.spoken.value(n.done) if form == "do" else self.spoken.condition(n.done, form == "avoid")
            yield self.line(form, told)
        if n.due is not None:
            yield self.line("due", self.spoken.value(n.due) + self.counted(n.due))
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
        yield from self.on_breach(n)
        yield from self.goes_on(n)

    # ------------------------------------------------------------------ what goes on after its text
    def saving(self, s: core.Saving) -> Iterator[str]:
        """Give what a provision says of others that go on after their text has ended: which, for whom, when."""
        yield pick((_NOT_READ_SAVED if _not_read(s) else _SAVED)[s.form], self.lang)
        by_law: dict[str, list[str]] = {}
        for target in s.targets:
            address = target.partition("@")[0].partition("#")[0]
            by_law.setdefault(address.partition("/")[0], []).append(address)
        for addresses in by_law.values():
            reaches = tuple(Reach(parse(a)) for a in dict.fromkeys(addresses))
            yield self.line("of", clean(self.citer.passage(Passage(reaches))[self.lang]))
        kind = self.program.kinds.get(s.kind or "")
        if kind is not None:
            yield self.line("saved", self.phrases.w(self.names.wording(kind.label, kind.name, kind.alias)))
        if s.condition is not None:
            yield from self.conditions(s.condition)

    def goes_on(self, n: core.Norm) -> Iterator[str]:
        """Give by which provision a norm goes on after the end of its own text, where one says so."""
        if self.program.versions[n.version].end is None:
            return
        for s in self.program.core.savings:
            if any(takes_in(t, n) for t in s.targets):
                yield "  " + pick((_NOT_READ if _not_read(s) else _GOES_ON)[s.form], self.lang).format(
                    self.cites([s.address])
                )
                if s.condition is not None:
                    yield from ("  " + line for line in self.conditions(s.condition))

    # ------------------------------------------------------------------ sanctions
    def sanction(self, s: core.Sanction) -> Iterator[str]:
        """Give what a sanction's own provision says of it: for which provisions, whose act, its range, of corporations."""
        if s.kind == "none":
            yield pick(_NO_SANCTION, self.lang).format(self.cites(s.targets))
        else:
            yield pick(_SANCTION, self.lang).format(self.cites(s.targets), pick(wording.SANCTIONS[s.kind], self.lang))
        if s.whose.ja or s.whose.en:
            yield self.line("whose", self.phrases.w(self.names.wording(s.whose, "")))
        if s.imprisonment or s.fine:
            yield self.line("range", self.range(s))
        if s.corporate_fine:
            yield self.line("corporate", self.yen(s.corporate_fine), self.cites([s.corporate_cite]))
        yield from self.note(s)

    def on_breach(self, n: core.Norm) -> Iterator[str]:
        """Give the sanctions whose text names a norm at some time while it is in force, as its own provision is read."""
        own = self.program.versions[n.version]
        found = [
            s for s in sanctions_for(self.program, n) if _together(own, self.program.versions[s.version])
        ]  # fmt: skip
        places = [s.address for s in found]
        for s in found:
            version = self.program.versions[s.version]
            cite = self.cites([s.address])
            if places.count(s.address) > 1:
                cite += self.in_force(version)
            if s.kind == "none":
                yield self.line("penal_none", "", cite)
                yield from ("  " + line for line in self.note(s))
                continue
            told = self.range(s) if s.imprisonment or s.fine else pick(_NO_RANGE, self.lang)
            kind = pick(wording.SANCTIONS[s.kind], self.lang)
            yield self.line("penal", kind, cite, told)
            if s.corporate_fine:
                yield "  " + self.line("corporate", self.yen(s.corporate_fine), self.cites([s.corporate_cite]))
            yield from ("  " + line for line in self.note(s))

    def note(self, s: core.Sanction) -> Iterator[str]:
        """Give the note of a sanction, where it has one: what its words leave open, or what may follow instead."""
        if s.note.ja or s.note.en:
            yield self.line("note", self.phrases.w(self.names.wording(s.note, "")))

    def in_force(self, version: core.Version) -> str:
        """Return from when a version is in force, for a reader who sees several of one place."""
        start = self.day(version.start)
        return f"、{start}からの条文" if self.lang == "ja" else f", text from {start}"

    def day(self, moment: str) -> str:
        if moment in self.program.commencements:
            return self.phrases.w(self.names.commencement(moment))
        return moment

    def range(self, s: core.Sanction) -> str:
        """Return up to what a sanction may go: 「…又は…」 where one of two may be chosen, 「…若しくは…、又はその併科」 where
        both may be imposed."""
        parts = []
        if s.imprisonment:
            term, named = self.phrases.value(s.imprisonment, "span", None), self.names.imprisonment(s)
            japanese = f"{term}以下の{named or '自由刑'}"
            parts.append(
                japanese if self.lang == "ja" else f"imprisonment{f' ({named})' if named else ''} of up to {term}"
            )
        if s.fine:
            fine = pick(wording.FINES.get(s.kind, wording.SANCTIONS[s.kind]), self.lang)
            parts.append(
                f"{self.yen(s.fine)}以下の{fine}" if self.lang == "ja" else f"{fine} of up to {self.yen(s.fine)}"
            )
        both = s.both and len(parts) == 2
        if self.lang == "en":
            return " or ".join(parts) + (", or both" if both else "")
        return ("若しくは" if both else "又は").join(parts) + ("、又はその併科" if both else "")

    def yen(self, amount: str) -> str:
        return self.phrases.value(amount, "yen", None)

    # ------------------------------------------------------------------ words
    def line(self, name: str, *texts: str) -> str:
        return "  " + pick(_LINES[name], self.lang).format(*texts)

    def cites(self, targets: Iterable[str]) -> str:
        found = dict.fromkeys(
            self.names.cite(t.partition("@")[0] if t not in self.program.clauses else t) for t in targets
        )
        return self.phrases.comma.join(clean(c.ja if self.lang == "ja" else c.en) for c in found)


def _parts(expr: core.Expr) -> Iterator[core.Expr]:
    """Give the parts of a condition that must all hold, however they are nested."""
    if isinstance(expr, core.Call) and expr.op == "and":
        for arg in expr.args:
            yield from _parts(arg)
    else:
        yield expr


def _calls(expr: core.Expr) -> Iterator[core.Call]:
    """Give the calls of an expression, the outer before the inner."""
    if isinstance(expr, core.Call):
        yield expr
    for _, operand in core.operands(expr):
        yield from _calls(operand)


def _not_read(s: core.Saving) -> bool:
    """Say whether a saving rests on words that were not read, whatever else it asks."""
    parts = [] if s.condition is None else list(_parts(s.condition))
    return any(isinstance(part, core.Unencoded) and part.cause == "unverified" for part in parts)


def _denied(done: core.Expr) -> bool:
    """Say whether what must be kept is that something is not so, which a prohibition says of that something."""
    return isinstance(done, core.Call) and done.op == "not"


def _together(a: core.Version, b: core.Version) -> bool:
    """Say whether two versions may be in force on one day. A commencement that is not fixed (`t/later`) may be any day."""
    return _begins_before_end(a, b) and _begins_before_end(b, a)


def _begins_before_end(a: core.Version, b: core.Version) -> bool:
    if b.end is None or a.start == b.end:
        return b.end is None
    return "/" in a.start or "/" in b.end or a.start < b.end

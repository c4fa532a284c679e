"""What the law asks, in words: a condition, an amount or a day of the core, read out in one language, about no case.

Comes in: a program and an expression of one of its clauses. Goes out: a statement (`holds`), a question with the lines
below it (`question`), a noun phrase (`phrase`). Names, values, comparisons and folds are worded as answers word them
(`naming`, `phrases`, `wording`). Deliberately not here: facts, results, drawing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from kitei import wording
from kitei.citing import citer
from kitei.document import line_of, plain
from kitei.naming import Names, clean
from kitei.phrases import Phrases
from kitei.values import read
from kitei.wording import Lang, Pair, pick
from kitei.world import Program
from kitei_dsl import core
from kitei_dsl.frozen import Frozen

#: An answer about nothing: names and values need no more of one.
_NO_CASE: Mapping[str, Any] = {
    "data": {"entities": {}}, "context": {"text": "9999-12-31", "known": "9999-12-31", "hypothetical": False}, "assumptions": (),
}  # fmt: skip

#: How a period says the day it ends or begins on, by its operator: {0} the span, {1} the day.
_PERIODS: dict[str, Pair] = {
    "after": ("{1}の後{0}の末日", "the last day of {0} after {1}"),
    "counting": ("{1}から起算して{0}の末日", "the last day of {0} counting from {1}"),
    "before": ("{1}の{0}前の日", "the day {0} before {1}"),
    "clear_before": ("{1}の前に丸{0}を置いた日", "the day {0} clear before {1}"),
    "elapsed_after": ("{1}の後{0}を経過した日", "the day after {0} from {1} have run"),
    "elapsed_counting": ("{1}から起算して{0}を経過した日", "the day after {0} counting from {1} have run"),
}
_ROLLS: dict[str, Pair] = {
    "filing": (
        "（その日が行政機関の休日のときは翌日）",
        " (the next open day where it is a holiday of administrative organs)",
    ),
    "custom": ("（その日が休日のときは翌日）", " (the next open day where it is a holiday)"),
}
_SIGNS = {"+": " + ", "-": " − ", "*": " × ", "/": " ÷ "}
_NAMED: dict[str, Pair] = {
    "round_down": ("{0}（{1}未満を切り捨てる）", "{0}, rounded down to a multiple of {1}"),
    "round_up": ("{0}（{1}未満を切り上げる）", "{0}, rounded up to a multiple of {1}"),
    "round_half_up": ("{0}（{1}未満を四捨五入する）", "{0}, rounded half up to a multiple of {1}"),
    "business_days": ("{0}営業日（{1}）", "{0} business days ({1})"),
    "day_of_next_month": ("{0}の翌月{1}日", "day {1} of the month after {0}"),
    "last_day_of_month": ("{0}の属する月の末日", "the last day of the month of {0}"),
    "days_between": ("{0}から{1}までの日数", "the days from {0} to {1}"),
    "year_of": ("{0}の属する年", "the year of {0}"),
    "reference_day": ("基準日", "the reference day"),
    "negate": ("−{0}", "−{0}"),
}  # fmt: skip
#: The three shapes of a list of conditions: as heads of lines below.
ALL: Pair = ("次の全てに該当する", "all of the following hold")
ANY: Pair = ("次のいずれかに該当する", "any of the following holds")
NONE_OF: Pair = ("次に該当しない", "the following does not hold")


#: Quotation marks within quotation marks.
INNER = str.maketrans("「」", "『』")
#: In which mood conditions are read out: as they are, as what is planned, proposed or reported, as they were.
Mood = Literal["now", "planned", "then"]
#: How the statements made here end, in Japanese, and how they end of what was; the longer ending first.
_WAS = {
    "証明した": "証明していた", "証明していない": "証明していなかった", "〔ない〕": "〔なかった〕", "しない": "しなかった", "する": "した", "である": "であった",
    "ではない": "ではなかった", "でない": "でなかった", "がない": "がなかった", "ある": "あった", "超える": "超えた", "等しい": "等しかった", "異なる": "異なった",
}  # fmt: skip
_ENDING = re.compile(f"(?:{'|'.join(_WAS)})$")
#: The verbs of comparisons in English, of what was and of what would be.
_VERBS = {"is": ("was", "would be"), "equals": ("equalled", "would equal"), "differs": ("differed", "would differ"), "exceeds": ("exceeded", "would exceed")}  # fmt: skip
_HEADS_THEN: dict[str, str] = {"all of the following hold": "all of the following held", "any of the following holds": "any of the following held", "the following does not hold": "the following did not hold"}  # fmt: skip


class Saying(Frozen):
    """A condition said: a line, and lines below it."""

    text: str
    below: tuple[Saying, ...] = ()

    def lines(self, level: int = 0) -> Iterable[tuple[int, str]]:
        """Give every line with how deep it stands."""
        yield level, self.text
        for one in self.below:
            yield from one.lines(level + 1)


class Conditions:
    """Reads out the conditions, amounts and days of one program in one language and mood."""

    def __init__(self, program: Program, lang: Lang, mood: Mood = "now") -> None:
        self.program, self.lang, self.mood = program, lang, mood
        self.names, self.citer = Names(program, _NO_CASE), citer(program)
        self.written = Phrases(lang, False, program, _NO_CASE)

    def say(self, ja: str, en: str) -> str:
        return ja if self.lang == "ja" else en

    def label(self, words: core.Wording) -> str:
        return self.say(words.ja, words.en)

    def cite(self, address: str, version: core.Version | None = None) -> str:
        """Return a citation, tagged where it is no law in force by a fixed day."""
        return clean(self.citer.data(address, version)[self.lang])

    # ------------------------------------------------------------------ mood
    def was(self, text: str) -> str:
        """Return a statement, in Japanese, in the past where that is the mood."""
        if self.lang != "ja" or self.mood != "then":
            return text
        return _ENDING.sub(lambda met: _WAS[met[0]], text)

    def verb(self, words: str) -> str:
        """Return words of English that begin with a verb, in the mood."""
        first, _, rest = words.partition(" ")
        if self.mood == "now" or first not in _VERBS:
            return words
        return f"{_VERBS[first][self.mood == 'planned']} {rest}".strip()

    def head(self, pair: Pair) -> str:
        """Return the head of a list of conditions, in the mood."""
        text = pick(pair, self.lang)
        return self.named_as_required(self.was(text)) if self.lang == "ja" else _HEADS_THEN[text] if self.mood == "then" else text  # fmt: skip

    def named_as_required(self, text: str) -> str:
        """Return a statement as what would be required, a noun in Japanese, where nothing is so yet."""
        if self.mood != "planned" or self.lang != "ja" or not text.endswith(tuple(_WAS)) or text.endswith("〕"):
            return text
        return f"{text}こと"

    def kind(self, name: str) -> str:
        """Return the name of a kind of entity, without what stands in brackets behind it."""
        record = self.program.kinds.get(name)
        words = self.names.wording(record.label, name, record.alias) if record else core.Wording(name, name)
        text = self.label(words)
        return text.partition("（" if self.lang == "ja" else " (")[0] or text

    def value(self, text: str, type: str) -> str:
        """Return a value written in the text, in words."""
        if type == "date" and "/" in text:  # the day of a commencement that is not fixed
            record = self.program.commencements.get(text)
            return self.label(self.names.wording(record.label, text)) if record else clean(text)
        listed = self.names.listed(text, type) if type.startswith("enum") else None
        return plain(line_of(self.written.value(text, type, listed)))

    # ------------------------------------------------------------------ noun phrases
    def phrase(self, expr: core.Expr, version: str = "", within: tuple[str, ...] = ()) -> str:
        """Return what an expression stands for. `version`: the provision version it is written in; `within`: the members of
        the folds around it, outermost first, as `variable:kind`."""
        match expr:
            case core.Literal():
                return self.value(expr.value, expr.type)
            case core.Parameter():
                return self.parameter(expr, version)
            case core.Fact():
                return self.label(self.names.attribute(expr.attribute)) + self.whose(expr.subject, within)
            case core.Use():
                return self.label(self.names.term(expr.resolves)) + self.whose(expr.subject, within)
            case core.Slot():
                label = self.label(self.names.slot(expr.slot))
                return label + (self.whose(expr.subject, within) if expr.subject is not None else "")
            case core.Bind():
                found = [w.partition(":")[2] for w in within if w.partition(":")[0] == expr.name]
                return self.kind(found[0]) if found else self.say("その者", "that one")
            case core.If():
                parts = (self.holds(expr.condition, version, within), self.phrase(expr.then, version, within),
                         self.phrase(expr.otherwise, version, within))  # fmt: skip
                return self.say("（{0}ときは{1}、それ以外は{2}）", "({1} if {0}, else {2})").format(*parts)
            case core.Fold():
                return self.fold(expr, version, within)
            case core.At():
                return self.moved(expr, version, within)
            case core.Unencoded():
                return self.unencoded(expr)
            case core.Call():
                return self.call(expr, version, within)
            case _:
                return self.say("この定めによるもの", "what this provides")

    def named(self, expr: core.Expr, version: str, within: tuple[str, ...]) -> str:
        """Return a phrase as a statement holds it: a name of the law in quotation marks, as derivations write it."""
        if not isinstance(expr, core.Fact | core.Use | core.Slot):
            return self.phrase(expr, version, within)
        whose = self.whose(expr.subject, within) if expr.subject is not None else ""
        label = self.phrase(expr, version, within).removesuffix(whose)
        inner = label.translate(INNER)
        return self.say(f"「{inner}」{whose}", f'"{label}"{whose}')

    def whose(self, subject: core.Expr, within: tuple[str, ...]) -> str:
        """Return whom a name is about, in brackets; nothing where it is the one the clause or the list around it is about."""
        text = ""
        if isinstance(subject, core.Fact):
            text = self.label(self.names.attribute(subject.attribute))
        elif isinstance(subject, core.Use):
            text = self.label(self.names.term(subject.resolves))
        elif isinstance(subject, core.Bind) and within and within[-1].partition(":")[0] != subject.name:
            outer = [w.partition(":")[2] for w in within if w.partition(":")[0] == subject.name]
            text = (
                self.say("上の", "the outer ") + self.kind(outer[0])
                if outer
                else self.say("本体", "the one asked about")
            )
        return (f"（{text}）" if self.lang == "ja" else f" ({text})") if text else ""

    def parameter(self, expr: core.Parameter, version: str) -> str:
        """Return a number of the law with its place: the one of the version, else of the last version."""
        found = self.program.parameter(expr.name, version)
        address = expr.name.partition("#")[0]
        if found is None:
            return self.cite(address)
        text = self.value(found.value, found.type)
        own = self.program.versions[version].address if version in self.program.versions else ""
        return (
            text
            if own == address
            else text + (f"（{self.cite(address)}）" if self.lang == "ja" else f" ({self.cite(address)})")
        )

    def members(self, expr: core.Fold, version: str, within: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        """Return what a fold goes over, with its restriction, and the scope of its body."""
        role = self.program.roles.get(expr.members.attribute)
        inner = (*within, f"{expr.variable}:{role.kind if role else ''}")
        text = self.label(self.names.attribute(expr.members.attribute)) + self.whose(expr.members.subject, within)
        if expr.where is not None:
            where = self.holds(expr.where, version, inner)
            text += self.say(f"（{where}ものに限る）", f" (those where {where})")
        return text, inner

    def fold(self, expr: core.Fold, version: str, within: tuple[str, ...]) -> str:
        members, inner = self.members(expr, version, within)
        if expr.quantifier in ("every", "some", "at_least"):
            return self.holds(expr, version, within)
        body = "" if expr.body is None else self.phrase(expr.body, version, inner)
        days = expr.body is not None and str(self.names.type_of(expr.body)) == "date"
        words = pick((days and wording.FOLDS_OF_DAYS.get(expr.quantifier)) or wording.FOLDS[expr.quantifier], self.lang)
        if self.lang == "ja":
            return f"{members}{words}" + (f"：{body}" if body else "")
        return f"{words} {members}" + (f": {body}" if body else "")

    def moved(self, expr: core.At, version: str, within: tuple[str, ...]) -> str:
        body = self.phrase(expr.body, version, within)
        day = self.phrase(expr.day or expr.text or expr.body, version, within)
        if expr.day is not None:
            return self.say(f"{day}における{body}", f"{body}, as on {day}")
        return self.say(f"{day}の条文による{body}", f"{body}, by the text of {day}")

    def unencoded(self, expr: core.Unencoded) -> str:
        cause = self.say(*wording.CAUSES.get(expr.cause, (expr.cause, expr.cause)))
        reason = clean((expr.reason_ja or expr.reason_en) if self.lang == "ja" else (expr.reason_en or expr.reason_ja))
        return self.say(f"{reason}（{cause}）", f"{reason} ({cause})")

    def call(self, expr: core.Call, version: str, within: tuple[str, ...]) -> str:
        op, _, roll = expr.op.partition(".")
        if expr.op in ("and", "or", "not", "has", "filled", "proved", *wording.COMPARISONS):
            return self.say("「{}」", "whether {}").format(self.holds(expr, version, within))
        args = [self.named(a, version, within) for a in expr.args]
        if op == "*" and (zero := next((t for a, t in zip(expr.args, args, strict=True) if _is_zero(a)), "")):
            return zero  # nobody says 0 × 数量
        if op in _SIGNS:
            joined = [f"({t})" if isinstance(a, core.Call) and a.op in _SIGNS and op != "+" else t for a, t in zip(expr.args, args, strict=True)]  # fmt: skip
            return _SIGNS[op].join(joined)
        if op in ("least", "greatest"):
            words = pick(wording.CALLS[op], self.lang)
            return self.say(f"{'と'.join(args)}の{words}", f"{words} of {', '.join(args)}")
        if op in _PERIODS:
            return pick(_PERIODS[op], self.lang).format(*args) + (
                pick(_ROLLS[roll], self.lang) if roll in _ROLLS else ""
            )
        if op in _NAMED:
            return pick(_NAMED[op], self.lang).format(*args)
        return f"{pick(wording.CALLS.get(op, (op, op)), self.lang)}（{'、'.join(args)}）"

    # ------------------------------------------------------------------ statements
    def holds(self, expr: core.Expr, version: str = "", within: tuple[str, ...] = (), *, so: bool = True) -> str:
        """Return one sentence part: that a truth holds, or (`so` false) that it does not."""
        return self.was(self.stated(expr, version, within, so))

    def stated(self, expr: core.Expr, version: str, within: tuple[str, ...], so: bool) -> str:
        match expr:
            case core.Call(op="not"):
                return self.holds(expr.args[0], version, within, so=not so)
            case core.Call(op="and" | "or"):
                both = (expr.op == "and") == so
                parts = [self.holds(a, version, within, so=so) for a in expr.args]
                parts = [
                    self.say(f"（{p}）", f"({p})") if self.compound(a) else p
                    for a, p in zip(expr.args, parts, strict=True)
                ]
                return self.say("、かつ、" if both else "、又は、", " and " if both else " or ").join(parts)
            case core.Call() if expr.op in wording.COMPARISONS:
                return self.comparison(expr, version, within, so)
            case core.Call(op="has" | "filled"):
                label = self.named(expr.args[0], version, within)
                return self.say(f"{label}が{'ある' if so else 'ない'}", f"{label}: {'given' if so else 'not given'}")
            case core.Call(op="proved"):
                inner, party = self.holds(expr.args[0], version, within), self.phrase(expr.args[1], version, within)
                return self.say(f"{party}が「{inner.translate(INNER)}」ことを証明{'した' if so else 'していない'}",
                                f"{party} {'had' if self.mood == 'then' else 'has'} {'' if so else 'not '}proved that {inner}")  # fmt: skip
            case core.Fold(quantifier="every" | "some" | "at_least"):
                members, inner_scope = self.members(expr, version, within)
                body = self.body(expr, version, inner_scope)
                head = self.each(expr, members)
                inner = f"{head}{self.say('、', ' ')}{body}"
                return inner if so else self.say(f"「{inner}」のではない", f"it {self.verb('is')} not so that {inner}")
            case core.Literal():
                return self.say("常に" if (expr.value == "true") == so else "いかなるときも〔ない〕",
                                "always" if (expr.value == "true") == so else "never")  # fmt: skip
            case core.At():
                return self.at(expr, version, within, self.holds(expr.body, version, within, so=so))
            case core.Unencoded():
                return (
                    self.unencoded(expr)
                    if so
                    else self.say(f"次でない：{self.unencoded(expr)}", f"not: {self.unencoded(expr)}")
                )
            case _:
                label = self.named(expr, version, within)
                return self.say(f"{label}に該当{'する' if so else 'しない'}", label if so else f"not {label}")

    def at(self, expr: core.At, version: str, within: tuple[str, ...], statement: str) -> str:
        """Return a statement about another day than the one asked about, or by the text of another day."""
        day = self.phrase(expr.day or expr.text or expr.body, version, within)
        if expr.day is not None:
            return self.say(f"{day}において、{statement}", f"as on {day}, {statement}")
        return self.say(f"{day}の条文によれば、{statement}", f"by the text of {day}, {statement}")

    def compound(self, expr: core.Expr) -> bool:
        """Say whether a statement must stand in brackets inside another."""
        while isinstance(expr, core.Call) and expr.op == "not":
            expr = expr.args[0]
        return isinstance(expr, core.Call) and expr.op in ("and", "or")

    def each(self, expr: core.Fold, members: str) -> str:
        """Return the head of a quantifier."""
        count = "" if expr.threshold is None else str(expr.threshold)
        match expr.quantifier:
            case "every":
                return self.say(f"{members}の全てについて", f"for every one of {members},")
            case "some":
                return self.say(f"{members}のいずれかについて", f"for at least one of {members},")
            case _:
                return self.say(f"{members}のうち{count}以上について", f"for at least {count} of {members},")

    def body(self, expr: core.Fold, version: str, inner: tuple[str, ...]) -> str:
        return (
            self.say(self.was("ある"), f"there {self.verb('is')} one")
            if expr.body is None
            else self.holds(expr.body, version, inner)
        )

    def comparison(self, expr: core.Call, version: str, within: tuple[str, ...], so: bool) -> str:
        left, right = (self.named(a, version, within) for a in expr.args)
        op = expr.op if so else wording.INVERSE[expr.op]
        types = [str(self.names.type_of(a)) for a in expr.args]
        if types[0].startswith(("enum", "entity", "truth", "asset")) and op in ("=", "!="):
            right = (
                right
                if isinstance(expr.args[1], core.Fact | core.Use | core.Slot)
                else self.say(f"「{right}」", f'"{right}"')
            )
            return self.say(
                f"{left}が{right}で{'ある' if op == '=' else 'ない'}",
                f"{left} {self.verb('is' if op == '=' else 'is not')} {right}",
            )
        words = pick(wording.COMPARISONS[op][int("date" in types)], self.lang)
        if self.lang == "en":
            return f"{left} {self.verb(words)} {right}"
        return f"{left}が{right}{words}"

    # ------------------------------------------------------------------ questions and lists
    def question(self, expr: core.Expr, version: str = "") -> Saying:
        """Return one truth as a question, what it goes over or lists in lines below."""
        if isinstance(expr, core.Fold) and expr.quantifier in ("every", "some", "at_least"):
            members, inner = self.members(expr, version, ())
            head = self.each(expr, members)
            if expr.body is None:
                return Saying(f"{head}{self.say('、あるか', ' is there one?')}")
            return Saying(
                f"{head}{self.say('、次に該当するか', ' does this hold?')}", self.listed(expr.body, version, inner)
            )
        statement = self.holds(expr, version)
        return Saying(
            self.say(f"{statement}か" if not statement.endswith("）") else f"{statement}：該当するか", f"{statement}?")
        )

    def listed(
        self, expr: core.Expr, version: str = "", within: tuple[str, ...] = (), *, so: bool = True
    ) -> tuple[Saying, ...]:
        """Return a condition as a nested list: 次の全て, 次のいずれか, with each part on its own line."""
        while isinstance(expr, core.Call) and expr.op == "not":
            expr, so = expr.args[0], not so
        if isinstance(expr, core.Call) and expr.op in ("and", "or"):
            every = (expr.op == "and") == so
            parts = list(_parts(expr, so, every))
            below = tuple(s for part, holds in parts for s in self.listed(part, version, within, so=holds))
            return (Saying(self.colon(self.head(ALL if every else ANY)), below),) if len(parts) > 1 else below
        if isinstance(expr, core.Fold) and expr.quantifier in ("every", "some", "at_least") and expr.body is not None:
            members, inner = self.members(expr, version, within)
            fold = Saying(self.colon(self.each(expr, members)), self.listed(expr.body, version, inner))
            return (fold,) if so else (Saying(self.colon(self.head(NONE_OF)), (fold,)),)
        if isinstance(expr, core.At) and self.compound(expr.body):
            first, *_ = self.listed(expr.body, version, within, so=so)
            return (Saying(self.at(expr, version, within, first.text), first.below),)
        return (Saying(self.named_as_required(self.holds(expr, version, within, so=so))),)

    def colon(self, head: str) -> str:
        return self.say(f"{head}：", f"{head.removesuffix(',')}:")


def _parts(expr: core.Expr, so: bool, every: bool) -> Iterator[tuple[core.Expr, bool]]:
    """Give the parts of a list of conditions, each with whether it is to hold: those of a list of the same kind in it as its own,
    and without what holds whatever the facts (or, of alternatives, never)."""
    while isinstance(expr, core.Call) and expr.op == "not":
        expr, so = expr.args[0], not so
    if isinstance(expr, core.Call) and expr.op in ("and", "or") and ((expr.op == "and") == so) == every:
        inner = [part for arg in expr.args for part in _parts(arg, so, every)]
        yield from inner or [(core.Literal("truth", "true" if every == so else "false"), so)]
    elif not (isinstance(expr, core.Literal) and ((expr.value == "true") == so) == every):
        yield expr, so


def _is_zero(expr: core.Expr) -> bool:
    """Say whether a factor is written as nought in the text itself."""
    return isinstance(expr, core.Literal) and expr.type in ("number", "rate") and read(expr.type, expr.value) == 0

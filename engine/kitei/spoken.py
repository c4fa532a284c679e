"""What the law asks, in words: an expression of the core as a phrase of one language.

Comes in: an expression of a clause or a norm. Goes out: a phrase made of declared labels and fixed words, for a reader who
asks what a provision requires. Terms are named, never unfolded: what they mean is a step of its own. Ours, not the official
words, which are the marks. Deliberately not here: any value of a case.
"""

from __future__ import annotations

from typing import assert_never

from kitei import wording
from kitei.naming import Names
from kitei.phrases import Phrases
from kitei.wording import Pair, pick
from kitei_dsl import core
from kitei_dsl.typesystem import TRUTH

_SIGNS = {"+": "＋", "-": "−", "*": "×", "/": "÷"}
_ASCII = {"+": "+", "-": "-", "*": "×", "/": "÷"}
_COMPARED: dict[str, tuple[Pair, Pair]] = {
    "=": (("{0}が{1}と等しいこと", "{0} equals {1}"), ("{0}が{1}と同じ日であること", "{0} is the same day as {1}")),
    "!=": (("{0}が{1}と異なること", "{0} differs from {1}"), ("{0}が{1}と異なる日であること", "{0} is another day than {1}")),
    "<": (("{0}が{1}未満であること", "{0} is less than {1}"), ("{0}が{1}より前であること", "{0} is before {1}")),
    "<=": (("{0}が{1}以下であること", "{0} is no more than {1}"), ("{0}が{1}以前であること", "{0} is on or before {1}")),
    ">": (("{0}が{1}を超えること", "{0} exceeds {1}"), ("{0}が{1}より後であること", "{0} is after {1}")),
    ">=": (("{0}が{1}以上であること", "{0} is no less than {1}"), ("{0}が{1}以後であること", "{0} is on or after {1}")),
}  # fmt: skip
_IS: dict[str, Pair] = {"=": ("{0}が{1}であること", "{0} is {1}"), "!=": ("{0}が{1}でないこと", "{0} is not {1}")}
_HOLDS: tuple[Pair, Pair] = (("{0}に該当すること", "{0} is so"), ("{0}に該当しないこと", "{0} is not so"))
_HAS: tuple[Pair, Pair] = (("{0}があること", "there is {0}"), ("{0}がないこと", "there is no {0}"))
_PROVED: tuple[Pair, Pair] = (
    ("{0}が証明したこと（{1}）", "{0} has proved that {1}"),
    ("{0}が証明していないこと（{1}）", "{0} has not proved that {1}"),
)
_FILLED: tuple[Pair, Pair] = (
    ("{0}が定められていること", "{0} has been made"),
    ("{0}が定められていないこと", "{0} has not been made"),
)
_FOLDS: dict[str, Pair] = {
    "every": ("{0}の全てについて、{1}", "for every one of {0}, {1}"),
    "some": ("{0}のいずれかについて、{1}", "for at least one of {0}, {1}"),
    "at_least": ("{0}のうち{2}以上について、{1}", "for at least {2} of {0}, {1}"),
    "number": ("{0}の数", "the number of {0}"),
    "sum": ("{0}についての{1}の合計", "the sum of {1} over {0}"),
    "least": ("{0}についての{1}のうち最も低いもの", "the lowest {1} over {0}"),
    "greatest": ("{0}についての{1}のうち最も高いもの", "the highest {1} over {0}"),
}
_CALLS: dict[str, Pair] = {
    "least": ("{0}のいずれか低いもの", "the lowest of {0}"),
    "greatest": ("{0}のいずれか高いもの", "the highest of {0}"),
    "negate": ("{0}の符号を逆にした額", "{0} with the other sign"),
    "round_down": ("{0}を{1}単位で切り捨てた額", "{0} rounded down to {1}"),
    "round_up": ("{0}を{1}単位で切り上げた額", "{0} rounded up to {1}"),
    "round_half_up": ("{0}を{1}単位で四捨五入した額", "{0} rounded half up to {1}"),
    "after": ("{1}から{0}の期間の末日", "the last day of {0} after {1}"),
    "counting": ("{1}を含めて{0}の期間の末日", "the last day of {0} counted from {1}"),
    "before": ("{1}の{0}前の日", "{0} before {1}"),
    "clear_before": ("{1}の前に丸々{0}を置いた日", "{0} clear before {1}"),
    "elapsed_after": ("{1}から{0}を経過した日", "the day after {0} have run from {1}"),
    "elapsed_counting": ("{1}を含めて{0}を経過した日", "the day after {0} counted from {1} have run"),
    "day_of_next_month": ("{0}の翌月の{1}日", "day {1} of the month after {0}"),
    "last_day_of_month": ("{0}の属する月の末日", "the last day of the month of {0}"),
    "days_between": ("{0}から{1}までの日数", "the days from {0} to {1}"),
    "year_of": ("{0}の年", "the year of {0}"),
    "business_days": ("{1}による{0}営業日", "{0} business days of {1}"),
}


class Spoken:
    """Puts expressions into words of one language."""

    def __init__(self, names: Names, phrases: Phrases) -> None:
        self.names, self.program, self.phrases, self.lang = names, names.program, phrases, phrases.lang

    def condition(self, expr: core.Expr, negated: bool = False) -> str:
        """Return what must hold: a truth as a requirement (…こと), its opposite where negated."""
        match expr:
            case core.Call(op="not"):
                return self.condition(expr.args[0], not negated)
            case core.Call(op="and") | core.Call(op="or"):
                both = (expr.op == "and") is not negated
                parts = [self._inner(a, both, negated) for a in self._flat(expr.op, expr)]
                return (self._pick(("、かつ、", ", and ")) if both else self._pick(("、又は、", ", or "))).join(parts)
            case core.Call(op="has"):
                return self._pick(_HAS[negated]).format(self.value(expr.args[0]))
            case core.Call(op="filled"):
                return self._pick(_FILLED[negated]).format(self.value(expr.args[0]))
            case core.Call(op="proved"):
                return self.proved(self.value(expr.args[1]), expr.args[0], negated)
            case core.Call() if expr.op in _COMPARED:
                return self._comparison(expr, negated)
            case core.Fold() if expr.quantifier in ("every", "some", "at_least"):
                return self._quantified(expr, negated)
            case core.Literal(value="true") | core.Literal(value="false"):
                holds = (expr.value == "true") is not negated
                return (
                    self._pick(("条件なし", "no condition")) if holds else self._pick(("該当する場合はない", "never"))
                )
            case core.Unencoded():
                return self.value(expr)
            case core.At():
                return self._moved(expr, self.condition(expr.body, negated))
            case core.If():
                parts = [
                    self.condition(expr.condition),
                    self.condition(expr.then, negated),
                    self.condition(expr.otherwise, negated),
                ]
                return self._pick(("{0}（のとき）は{1}、そうでないときは{2}", "{1} if {0}, and otherwise {2}")).format(
                    *parts
                )
            case _:
                return self._pick(_HOLDS[negated]).format(self.value(expr))

    def proved(self, party: str, defence: core.Expr, negated: bool) -> str:
        """Return that a defence is proved, or is not, by a party as named."""
        return self._pick(_PROVED[negated]).format(party, self.condition(defence))

    def _flat(self, op: str, expr: core.Expr) -> list[core.Expr]:
        if isinstance(expr, core.Call) and expr.op == op:
            return [part for a in expr.args for part in self._flat(op, a)]
        return [expr]

    def _inner(self, expr: core.Expr, both: bool, negated: bool) -> str:
        """Return a part of a list; a list of the other sort within it stands in brackets."""
        text, plain = self.condition(expr, negated), expr
        while isinstance(plain, core.Call) and plain.op == "not":
            plain, negated = plain.args[0], not negated
        other = (
            isinstance(plain, core.Call)
            and plain.op in ("and", "or")
            and ((plain.op == "and") is not negated) is not both
        )
        return self._pick(("（{}）", "({})")).format(text) if other else text

    def _comparison(self, expr: core.Call, negated: bool) -> str:
        op = wording.INVERSE[expr.op] if negated else expr.op
        type = self.names.type_of(expr.args[0])
        left, right = (self.value(a) for a in expr.args)
        if type.name in ("enum", "entity", "calendar") and op in _IS:
            return self._pick(_IS[op]).format(left, right)
        return self._pick(_COMPARED[op][type.name == "date"]).format(left, right)

    def _quantified(self, expr: core.Fold, negated: bool) -> str:
        if negated and expr.quantifier == "at_least":
            return self._pick(("次に当たらないこと（{0}）", "not ({0})")).format(self._quantified(expr, False))
        quantifier = {"every": "some", "some": "every"}[expr.quantifier] if negated else expr.quantifier
        body = "" if expr.body is None else self.condition(expr.body, negated)
        return self._pick(_FOLDS[quantifier]).format(self._members(expr), body, expr.threshold)

    def _members(self, expr: core.Fold) -> str:
        members = self.value(expr.members)
        if expr.where is None:
            return members
        return self._pick(("{0}（{1}に限る。）", "{0} (only where {1})")).format(members, self.condition(expr.where))

    def _moved(self, expr: core.At, body: str) -> str:
        if expr.day is not None:
            return self._pick(("（{0}の時点で）{1}", "{1} (as at {0})")).format(self.value(expr.day), body)
        assert expr.text is not None
        return self._pick(("（{0}の条文により）{1}", "{1} (under the text of {0})")).format(self.value(expr.text), body)

    def value(self, expr: core.Expr) -> str:
        """Return what something is called: a fact or a term by its label, an amount by how it is made up."""
        match expr:
            case core.Literal():
                of = expr.type.partition(":")[0]
                if of == "date" and "/" in expr.value:
                    name = self.names.commencement(expr.value)
                    return self._pick((f"「{name.ja}」", f'"{name.en}"'))
                label = self.names.listed(expr.value, expr.type) if of in ("enum", "calendar") else None
                return self.phrases.value(expr.value, expr.type, label)
            case core.Parameter():
                return self._parameter(expr)
            case core.Fact():
                return self._of(self.names.attribute(expr.attribute), expr.subject)
            case core.Use():
                return self._of(self.names.term(expr.resolves), expr.subject)
            case core.Slot():
                return self._of(self.names.slot(expr.slot), expr.subject)
            case core.Call():
                return self._call(expr)
            case core.If():
                parts = [self.condition(expr.condition), self.value(expr.then), self.value(expr.otherwise)]
                return self._pick(("（{0}のときは{1}、そうでないときは{2}）", "({1} if {0}, otherwise {2})")).format(
                    *parts
                )
            case core.Fold():
                if expr.quantifier in ("every", "some", "at_least"):
                    return self._quantified(expr, False)
                body = "" if expr.body is None else self.value(expr.body)
                return self._pick(_FOLDS[expr.quantifier]).format(self._members(expr), body)
            case core.Bind():
                return self._pick(("その者（もの）", "it"))
            case core.At():
                return self._moved(expr, self.value(expr.body))
            case core.Unencoded():
                words = self.names.wording(core.Wording(expr.reason_ja, expr.reason_en), "")
                ja, en = (
                    ("条文未確認", "text not verified") if expr.cause == "unverified" else ("未符号化", "not encoded")
                )
                return self._pick((f"{words.ja}（{ja}）", f"{words.en} ({en})"))
            case core.Resolve():
                raise AssertionError("a Resolve is reached by a Use or a Slot")
            case _:
                assert_never(expr)

    def _of(self, label: core.Wording, subject: core.Expr | None) -> str:
        name = self._pick((f"「{label.ja}」", f'"{label.en}"'))
        if subject is None or isinstance(subject, core.Bind):
            return name
        return self._pick(("{0}の{1}", "{1} of {0}")).format(self.value(subject), name)

    def _parameter(self, expr: core.Parameter) -> str:
        values = self.program.parameters.get(expr.name, [])
        if len({p.value for p in values}) == 1:
            return self.phrases.value(values[0].value, values[0].type, None)
        cite = self.phrases.cite(self.names.cite(expr.name))
        return self._pick((f"{cite}の定める数", f"the number set by {cite}"))

    def _call(self, expr: core.Call) -> str:
        op = expr.op.partition(".")[0]
        if op == "reference_day":
            return self._pick(("基準日", "the day as of which facts are read"))
        if self.names.type_of(expr) == TRUTH:
            return self.condition(expr)
        if op in _SIGNS and len(expr.args) == 2:
            sign = f" {_ASCII[op]} " if self.lang == "en" else _SIGNS[op]
            return sign.join(self._operand(a) for a in expr.args)
        parts = [self.value(a) for a in expr.args]
        if op in ("least", "greatest"):
            return self._pick(_CALLS[op]).format(self._pick(("と", " and ")).join(parts))
        if op in _CALLS:
            return self._pick(_CALLS[op]).format(*parts)
        name = pick(wording.CALLS.get(op, (op, op)), self.lang)
        return f"{name}({self.phrases.comma.join(parts)})"

    def _operand(self, expr: core.Expr) -> str:
        text = self.value(expr)
        nested = isinstance(expr, core.Call) and expr.op.partition(".")[0] in _SIGNS
        return self._pick(("（{}）", "({})")).format(text) if nested else text

    def _pick(self, pair: Pair) -> str:
        return pick(pair, self.lang)

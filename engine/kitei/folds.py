"""Folds of members' results: quantifiers and aggregates over what a role gives (semantics section 4).

Comes in: the fold, each member's (where, body) results, and the cause of an incomplete list. Goes out: a result.
*every* is not-C or Q, *some* is C and Q; numbers are strict in C, and in the body where C is not false.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from kitei import meanings
from kitei.resolution import kleene_and, kleene_not, kleene_or
from kitei.values import ANY_ASSET, FALSE, TRUE, Cause, Quantity, Result, opened, undefined, value
from kitei_dsl import core

Cases = list[tuple[Result, Result]]


def fold_cases(expr: core.Fold, cases: Cases, unknown: Cause | None, node: str) -> Result:
    """Fold the members' (where, body) results; `unknown` is the cause of an incomplete list, or None."""
    return _FOLDS[expr.quantifier](expr, cases, unknown, node)


def _open_list(unknown: Cause | None, results: Iterable[Result]) -> Result | None:
    """Return what results that decide nothing leave open, with an incomplete list; None where that is nothing."""
    results = list(results)
    causes = frozenset[Cause]().union(*(r.causes for r in results), () if unknown is None else {unknown})
    return opened(causes, possible_clash=any(r.possible_clash for r in results)) if causes else None


def _every(expr: core.Fold, cases: Cases, unknown: Cause | None, node: str) -> Result:
    result = kleene_and(kleene_or([kleene_not(w), b]) for w, b in cases)
    return result if result.false else _open_list(unknown, [result]) or TRUE


def _some(expr: core.Fold, cases: Cases, unknown: Cause | None, node: str) -> Result:
    result = kleene_or(kleene_and([w, b]) for w, b in cases)
    return result if result.true else _open_list(unknown, [result]) or FALSE


def _at_least(expr: core.Fold, cases: Cases, unknown: Cause | None, node: str) -> Result:
    wanted = expr.threshold or 0
    each = [kleene_and([w, b]) for w, b in cases]
    if sum(r.true for r in each) >= wanted:
        return TRUE
    possible = [r for r in each if not r.false]
    if unknown is None and len(possible) < wanted:
        return FALSE
    result = _open_list(unknown, possible)
    assert result is not None
    return result


def _taken(cases: Cases) -> tuple[list[Result], list[Result]]:
    """Return the bodies where the condition is not false, and these conditions and bodies together."""
    taken = [(w, b) for w, b in cases if not w.false]
    return [b for _, b in taken], [r for pair in taken for r in pair]


def _number(expr: core.Fold, cases: Cases, unknown: Cause | None, node: str) -> Result:
    bodies, counting = _taken(cases)
    return _open_list(unknown, counting) or value(Fraction(len(bodies)))


def _sum(expr: core.Fold, cases: Cases, unknown: Cause | None, node: str) -> Result:
    bodies, counting = _taken(cases)
    if (still_open := _open_list(unknown, counting)) is not None:
        return still_open
    zero = Quantity(Fraction(0), ANY_ASSET) if expr.type == "quantity" else Fraction(0)
    found = meanings.total([b.value for b in bodies if b.value is not None], zero)
    return undefined(node) if found is None else value(found)


def _extreme(op: str) -> Callable[[core.Fold, Cases, Cause | None, str], Result]:
    def fold(expr: core.Fold, cases: Cases, unknown: Cause | None, node: str) -> Result:
        bodies, counting = _taken(cases)
        if (still_open := _open_list(unknown, counting)) is not None:
            return still_open
        if not bodies:
            return Result("gap")
        computed, _ = meanings.apply(op, [b.value for b in bodies if b.value is not None])
        return undefined(node) if computed is None else value(computed)

    return fold


_FOLDS: dict[str, Callable[[core.Fold, Cases, Cause | None, str], Result]] = {
    "every": _every,
    "some": _some,
    "at_least": _at_least,
    "number": _number,
    "sum": _sum,
    "least": _extreme("least"),
    "greatest": _extreme("greatest"),
}

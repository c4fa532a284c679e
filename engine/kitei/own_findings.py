"""Findings that are the authority's own: facts only an authority can establish, on which nothing turns but its powers.

Comes in: a program, the modality of a norm and what its answer is open for. Goes out: the findings on which alone it turns, or
none. 「必要があると認めるときは、…することができる」: whether the authority finds so is for nobody else to say, so such a power is
not open for want of facts. A registration is an act of authority too, but duties turn on it and a firm can show it: it is
no finding here. Deliberately not here: any wording; the status stays what it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kitei.naming import Item
from kitei.world import Program
from kitei_dsl import core


def own_findings(program: Program) -> frozenset[str]:
    """Return the truths that only an authority establishes and that only the conditions of powers read."""
    acts = {a.name for a in program.attributes.values() if a.evidence == "act" and a.type == "truth"}
    powers = {n.id for n in program.core.norms if n.modality == "power"}
    by_powers: set[str] = set()
    elsewhere: set[str] = set()
    for owner, expr in _expressions(program.core):
        for _, part in core.walk(expr, ""):
            if isinstance(part, core.Fact) and part.attribute in acts:
                (by_powers if owner in powers else elsewhere).add(part.attribute)
    return frozenset(by_powers - elsewhere)


def _expressions(law: core.Program) -> Iterator[tuple[str, core.Expr]]:
    """Give every expression with the id of the norm whose condition it is; with none where it is anything else."""
    for clause in law.clauses:
        if clause.condition is not None:
            yield (clause.id if clause.role == "norm" else ""), clause.condition
        if clause.outcome is not None:
            yield "", clause.outcome
    for norm in law.norms:
        for part in (norm.done, norm.done_on, norm.due, norm.content, norm.anchor):
            if part is not None:
                yield "", part
    for saving in law.savings:
        if saving.condition is not None:
            yield "", saving.condition


def turning_on(modality: str, causes: Iterable[tuple[str, Item]], findings: frozenset[str]) -> tuple[Item, ...]:
    """Return the findings on which alone a power turns; none where anything else is open too.

    That a list is not complete (the orders made so far) takes nothing away: an order made shows the finding, its absence not
    that there is none.
    """
    if modality != "power":
        return ()
    found: dict[Item, None] = {}
    for kind, item in causes:
        if kind == "fact" and item.id.rpartition(".")[2] in findings:
            found[item] = None
        elif kind != "list":
            return ()
    return tuple(found)

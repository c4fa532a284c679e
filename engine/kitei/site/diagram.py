"""The drawing of a decision, as a block of a page: the one place where pages and diagrams meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kitei.diagrams import CSS
from kitei.diagrams.decision import decision_svg
from kitei.document import Run
from kitei.site.origins import of_expression
from kitei.site.pages import Drawing
from kitei.site.rule_words import SECTION
from kitei_dsl import core

if TYPE_CHECKING:
    from kitei.site.speech import Speech
    from kitei.world import Program

#: What the style sheet of the site says of drawings.
STYLE = CSS


def diagram_block(
    program: Program, clauses: tuple[str, ...], speech: Speech, id: str, *, caption: bool
) -> Drawing | None:
    """Return the drawing of what clauses ask, with the same in words and, where no heading says it, a caption; None where they ask
    nothing."""
    drawn = decision_svg(
        program, clauses, speech.lang, prefix=id, conditions=speech.conditions, without=speech.law.not_in_force
    )
    if not drawn.svg:
        return None
    of = dict.fromkeys(f"clause:{c}" for c in clauses)
    for record in drawn.records:  # what overrides or disapplies them is drawn too
        of[f"{'norm' if isinstance(record, core.Norm) else 'clause'}:{record.id}"] = None
        of |= dict.fromkeys(of_expression(record.version, *_expressions(record)))
    return Drawing(drawn.svg, drawn.text, (Run(speech.w(SECTION["diagram"])),) if caption else (), id, tuple(of))


def _expressions(record: core.Clause | core.Norm) -> tuple[core.Expr | None, ...]:
    if isinstance(record, core.Norm):
        return record.done, record.due, record.content
    return record.condition, record.outcome

"""The drawing of a decision, as a block of a page: the one place where pages and diagrams meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kitei.diagrams import CSS
from kitei.diagrams.decision import decision_svg
from kitei.document import Run
from kitei.site.pages import Drawing
from kitei.site.words import SECTION

if TYPE_CHECKING:
    from kitei.site.speech import Speech
    from kitei.world import Program

#: What the style sheet of the site says of drawings.
STYLE = CSS


def diagram_block(program: Program, clauses: tuple[str, ...], speech: Speech, id: str) -> Drawing | None:
    """Return the drawing of what clauses ask, with the same in words; None where they ask nothing."""
    drawn = decision_svg(program, clauses, speech.lang, prefix=id, conditions=speech.conditions)
    if not drawn.svg:
        return None
    of = tuple(f"clause:{c}" for c in clauses)
    return Drawing(drawn.svg, drawn.text, (Run(speech.w(SECTION["diagram"])),), id, of)

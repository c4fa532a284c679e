"""The page with the decisive path (depth 2): the page a client is sent, then for each numbered entry why it is so.

Comes in: an answer and its explanation. Goes out: blocks. Deliberately not here: how a path is put in words (`reasons`).
"""

from __future__ import annotations

from collections.abc import Iterator

from kitei.document import Block, Entry, line_of
from kitei.explain import Conclusion
from kitei.one_page import OnePage, goal_of
from kitei.page import Part
from kitei.reasons import Reasons


class PathPage(OnePage):
    """Depth 1 with a seventh section. A term that several entries rest on is shown once, and then referred to."""

    def sections(self) -> Iterator[Block]:
        yield self.heading("path")
        yield self.listing(self.paths())

    def paths(self) -> Iterator[Entry]:
        reasons = Reasons(self)
        parts: list[Part] = [*self.x.terms, *(c for row in self.rows for c in row.conclusions)]
        for part in parts:
            below = list(reasons.path(part))
            if below:
                yield Entry(line_of(self.title_of(part)), tuple(below))

    def title_of(self, part: Part) -> str:
        if isinstance(part, Conclusion):
            numbers = [self.numbers[goal_of(part)]]
            return self.say("path_of", numbers, part.label, part.bearer, part.instance, part.cite)
        return self.say(
            "path_of", [self.numbers["", part.key, part.subject_id, None]], part.label, part.subject, None, None
        )

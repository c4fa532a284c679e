"""Who owes what by which day: the conclusions of an answer as rows ordered by day, and the cells they are written in.

Comes in: an explanation. Goes out: `DueRow`s (no language): first those with a day, one per reading where readings give
different days; then those that have a time but no day (promptly, without delay) and those whose day cannot be said. And
their cells in one language, as a list that is also a table. Deliberately not here: any day (`explain` reads it from the answer).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kitei import wording
from kitei.document import Cell, Entry, Line, Listing, Run, Table, line_of
from kitei.explain import IDLE, OUGHT, Choices, Conclusion, Explanation, in_question, reduced
from kitei.naming import Shown
from kitei.sentences import Sentences
from kitei.wording import Lang, pick
from kitei.world import Program
from kitei_dsl.frozen import Frozen

_UNSETTLED = ("undetermined", "contested")


class DueRow(Frozen):
    """One line of the register. `due` an ISO day, or None for a promptness or a day that cannot be said; `choices` the
    reading on which it is so; `content` the amount; `if_applies`: the day holds only if the norm applies, which is open."""

    conclusion: Conclusion
    status: str
    due: str | None
    choices: Choices = ()
    content: Shown | None = None
    if_applies: bool = False


def due_rows(x: Explanation) -> tuple[tuple[DueRow, ...], tuple[DueRow, ...]]:
    """Return the rows with a day, by day and then in the law's order, and the rows without one."""
    dated: list[DueRow] = []
    undated: list[DueRow] = []
    for c in x.conclusions:
        if c.due:
            dated.append(DueRow(c, c.status, c.due, (), c.content))
        elif c.due_if:
            dated.append(DueRow(c, c.status, c.due_if, (), c.content, True))
        elif c.status in IDLE:
            continue
        elif any(due for _, _, due, _ in reduced(c.by_reading)):
            for choices, status, due, content in reduced(c.by_reading):
                if due:
                    dated.append(DueRow(c, status, due, choices, content))
                elif status in _UNSETTLED and timed(x, c):
                    undated.append(DueRow(c, status, None, choices, content))
        elif c.modality in OUGHT and (c.promptness or c.due_open or (c.status in _UNSETTLED and timed(x, c))):
            undated.append(DueRow(c, c.status, None, (), c.content))
    return tuple(sorted(dated, key=lambda row: row.due or "")), tuple(undated)


def timed(x: Explanation, c: Conclusion) -> bool:
    """Say whether a norm sets a time at all: a day, or a promptness."""
    return any(n.due is not None or n.promptness is not None for n in x.names.program.norms[c.key])


def cautioned(conclusions: Iterable[Conclusion]) -> tuple[list[str], str | None] | None:
    """Return the words for imprisonment in the sanctions of conclusions, and the day asked where its text says some; None
    where no sanction is shown."""
    shown = [(c.sanctions_as_of, s) for c in conclusions for s in c.sanctions]
    if not shown:
        return None
    asked = {of[0] for of, s in shown if of and of[1] == "asked" and _punishes(s)}
    return sorted({s["named"] for _, s in shown if s["named"]}), min(asked, default=None)


def _punishes(sanction: Mapping[str, Any]) -> bool:
    return bool(sanction["kind"] != "none")


class DueWords:
    """The cells of rows, in one language."""

    def __init__(self, answer: Mapping[str, Any], program: Program, x: Explanation, lang: Lang) -> None:
        self.x, self.lang = x, lang
        self.sentences = Sentences(lang, program, answer, "deadlines")
        self.settlements = {_goal(s["goal"]): s for s in answer["data"]["would_settle"] or () if "norm" in s["goal"]}

    def line(self, macro: str, *args: object) -> Line:
        return line_of(self.sentences.say(macro, *args))

    def colon(self) -> Line:
        return (Run(pick(("：", ": "), self.lang)),)

    def caution(self, rows: Iterable[DueRow]) -> str:
        """Return what pages say of the sanctions in some rows; nothing where there are none."""
        found = cautioned(row.conclusion for row in rows if in_question(row.conclusion.modality, row.status))
        return self.sentences.say("caution", *found) if found else ""

    def footing(self) -> Iterator[str]:
        """Give what a single event must still say: what it is not."""
        yield from (pick(pair, self.lang) for pair in wording.END)

    def head(self, name: str) -> Line:
        return (Run(pick(wording.DUE_HEADS[name], self.lang)),)

    # ------------------------------------------------------------------ cells
    def due(self, row: DueRow) -> Cell:
        c = row.conclusion
        if row.due:
            return (self.line("due_if" if row.if_applies else "due", row.due),)
        if c.promptness:
            return tuple(self.line(m, c) for m in ("promptness", "triggered") if m == "promptness" or c.anchor)
        return (self.line("no_day"),)

    def what(self, row: DueRow, numbers: Sequence[int] = ()) -> Cell:
        c = row.conclusion
        return (
            self.line("what", c, numbers),
            self.line("under", c),
            *([self.line("amount", row.content)] if row.content else ()),
        )

    def who(self, row: DueRow) -> Cell:
        c = row.conclusion
        return (self.line("who", c), *([self.line("towards", c.towards)] if c.towards else ()))

    def status(self, row: DueRow) -> Cell:
        """Return the status with the reading it is of, and what is missing where it cannot be determined."""
        c = row.conclusion
        lines = [self.line("on_reading", row.choices)] if row.choices else []
        lines.append(self.line("status", c, row.status, row.due))
        if c.performed and not row.choices:
            lines.append(self.line("performed", c))
        return (*lines, *(self.missing(c) if row.status in _UNSETTLED else ()))

    def missing(self, c: Conclusion) -> list[Line]:
        """Return what would settle a conclusion, by who can say it, or else why it is open."""
        settlement = self.settlements.get((c.name, c.key, c.bearer_id, c.instance_id))
        if settlement is None:
            return [self.line("open", kind, item) for kind, item in c.causes]
        found = [self.line("outlook", settlement["verdict"])]
        for group in wording.GROUPS:
            if items := [self.x.names.item(i) for i in settlement["groups"][group]]:
                found.append(self.line("missing", group, items))
        return found

    def how(self, row: DueRow) -> Cell:
        """Return how the day was computed: the period, its first day, what moved its end, and on what that rests."""
        c = row.conclusion
        if row.due is None:
            return (self.line("no_number" if c.promptness else "not_computed"),)
        if row.choices:
            return (self.line("computed_on_reading"),)
        if c.period is None:
            return (self.line("not_a_period", c),)
        about = c.period.about
        lines = [self.line("period", about, self.length(self.x, c), c)]
        if about["period"]["skipped"]:
            lines.append(self.line("moved", about))
        lines.append(self.line("rules", about))
        if about["period"]["predicted"]:
            lines.append(self.line("predicted"))
        return tuple(lines)

    @staticmethod
    def length(x: Explanation, c: Conclusion) -> Shown | None:
        """Return the length of the period whose end is the due day."""
        if c.period is None or c.period.step is None:
            return None
        shown = (x.steps.shown(i) for i in x.steps.steps[c.period.step]["inputs"])
        return next((s for s in shown if s.type == "span" and s.state == "value"), None)

    def sanctions(self, row: DueRow) -> Cell:
        c = row.conclusion
        if not in_question(c.modality, row.status):
            return (self.line("no_entry"),)
        if c.sanctions_as_of is None:
            return (self.line("sanction_unsaid"),)
        if not c.sanctions:
            return (self.line("no_sanction"),)
        day, why = c.sanctions_as_of
        named = (
            [self.line("sanction_text", day)] if why == "omission" and any(_punishes(s) for s in c.sanctions) else []
        )
        return (*(self.line("sanction", c, s) for s in c.sanctions), *named)

    # ------------------------------------------------------------------ tables
    def table(
        self, caption: Line, rows: Iterable[DueRow], columns: Sequence[str], numbers: Mapping[int, Sequence[int]] = {},
        moving: frozenset[int] = frozenset(),
    ) -> Table:  # fmt: skip
        """Return rows as a table; `numbers` gives the numbers of entries by the identity of their conclusion, `moving` the
        identity of rows that a commencement without a day may change."""
        made = []
        for row in rows:
            cells = {"what": self.what(row, numbers.get(id(row.conclusion), ()))}
            if id(row) in moving:
                cells["due"] = (*self.due(row), self.line("may_move"))
            made.append(tuple(cells.get(name) or getattr(self, name)(row) for name in columns))
        return Table(caption, tuple(self.head(name) for name in columns), tuple(made))

    def listing(self, table: Table) -> Listing:
        """Return a table also as a list: an entry per row, what stands in its first two cells first."""
        entries = []
        for due, what, *others in table.rows:
            below = [Entry(line) for line in (*due[1:], *what[1:])]
            for head, cell in zip(table.heads[2:], others, strict=True):
                below.append(Entry((*head, *self.colon(), *cell[0]), tuple(Entry(x) for x in cell[1:])))
            entries.append(Entry((*due[0], Run(pick((" ― ", " - "), self.lang)), *what[0]), tuple(below)))
        return Listing(tuple(entries), table)


def _goal(goal: Mapping[str, Any]) -> tuple[str, str, str, str | None]:
    return goal["norm"], goal["key"], goal["bearer"], goal["instance"]

"""The register of deadlines: who owes what to whom by which day, as a page and as data.

Comes in: an answer and its program, and a range of days. Goes out: the rows of `deadlines` between the first and last
day asked for, then those without a day, which no range leaves out; as a `Document` in one language, or as an envelope of
JSON-ready data (`docs/schema/register.schema.json`). The same input gives the same bytes. Deliberately not here: any day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from typing import Any

from kitei.awaited import earliest
from kitei.cited import with_provisions
from kitei.deadlines import DueRow, DueWords, due_rows
from kitei.document import Block, Document, Entry, Heading, Line, Listing, Paragraph, days_once, line_of
from kitei.explain import OUGHT, Choices, Explanation, explain
from kitei.naming import Cite, clean
from kitei.render import ending, lead
from kitei.unfixed import Unfixed, unfixed
from kitei.wording import Lang, pick
from kitei.world import Program
from kitei_dsl.core import Wording
from kitei_dsl.frozen import Frozen

COLUMNS = ("due", "what", "who", "status", "how", "sanctions")
SCHEMA = "kitei/register@1"


class DueRegister(Frozen, dict=True):
    """The rows of an answer that fall due from `start` to `end` (ISO days, both included; None: no bound)."""

    answer: Mapping[str, Any]
    program: Program
    start: str | None = None
    end: str | None = None

    @cached_property
    def x(self) -> Explanation:
        return explain(self.answer, self.program)

    @cached_property
    def rows(self) -> tuple[tuple[DueRow, ...], tuple[DueRow, ...]]:
        """Every row: with a day, and without."""
        return due_rows(self.x)

    @cached_property
    def dated(self) -> tuple[DueRow, ...]:
        """The rows with a day within the range."""
        return tuple(
            r for r in self.rows[0] if r.due and (self.start or "") <= r.due and r.due <= (self.end or "9999-12-31")
        )

    def awaits(self, row: DueRow) -> list[Unfixed]:
        """Return the commencements without a day that may come by the day of a row, and at which a text ends or begins that it
        rests on: what it says may then be otherwise. What fell due before has nothing to await, nor has a pinned text."""
        context, c = self.answer["context"], row.conclusion
        if row.due is None or context["pinned"] or row.due <= context["at"]:
            return []
        # The text of an anchor that has come stays; only that the norm itself ends can still matter to it.
        to_come = c.anchor is None or c.anchor > context["at"]
        found = unfixed(self.program, self.answer, [c.key], self.resting_on(row) if to_come else ())
        return [u for u in found if earliest(u.commencement).isoformat() <= row.due]

    def resting_on(self, row: DueRow) -> Iterator[str]:
        """Give the places whose rules a row rests on: for whether it applies, and for its day."""
        steps = self.instance(row)["steps"] or {}
        for id in self.x.steps.reachable([steps[part] for part in ("applies", "due") if part in steps]):
            for candidate in self.x.steps.steps[id]["certificate"].get("candidates", ()):
                yield self.program.clauses[candidate["clause"]].address

    @property
    def left_out(self) -> int:
        """How many rows with a day the range leaves out."""
        return len(self.rows[0]) - len(self.dated)

    def notes(self, lang: Lang) -> list[str]:
        """Return what an answer notes of lists not said to be complete: what they leave out has no row here."""
        listed = (d["message"] for d in self.answer["diagnostics"] if d["slug"] == "list-not-complete")
        return [clean(pick((ja, en), lang)) for ja, _, en in (m.partition(" / ") for m in listed)]

    def unlisted(self) -> Iterator[tuple[Wording, Wording, tuple[tuple[Wording, Cite], ...]]]:
        """Give the lists not said to be complete, of whom, and the norms with a time of which each member would have its own:
        what is not listed has no row here."""
        names, text = self.x.names, self.answer["context"]["text"]
        for d in self.answer["diagnostics"]:
            for item in d["law"].split(", ") if d["slug"] == "list-not-complete" else ():
                bearer, _, role = item.partition(".")
                norms = [
                    (names.term(key), names.cite(n.address))
                    for key, versions in self.program.norms.items()
                    for n in versions[-1:]
                    if n.instances is not None and n.instances.members.attribute == role
                    and n.modality in OUGHT and (n.due is not None or n.promptness is not None)
                    and self._stands(n.version, text)
                ]  # fmt: skip
                if norms:
                    yield names.attribute(role), names.entity(bearer), tuple(norms)

    def _stands(self, version: str, text: str) -> bool:
        v = self.program.versions[version]
        return "/" not in v.start and v.start <= text and (v.end is None or "/" in v.end or v.end > text)

    # ------------------------------------------------------------------ page
    def document(self, lang: Lang) -> Document:
        page = Document(lang, tuple(self._blocks(DueWords(self.answer, self.program, self.x, lang), lang)))
        return with_provisions(days_once(page), self.x, self.answer)

    def _blocks(self, words: DueWords, lang: Lang) -> Iterator[Block]:
        def said(macro: str, *args: object) -> Line:
            return words.line(macro, *args)

        shown = [row.conclusion for group in (self.dated, self.rows[1]) for row in group]
        bearers = dict.fromkeys(c.bearer for c in shown)
        yield Heading(1, said("title", list(bearers), self.answer["as_of"]))
        yield from lead(self.answer, self.program, self.x, lang, shown)
        if self.start or self.end:
            yield Paragraph(said("range", self.start, self.end, self.left_out))
        left = list(self.unlisted())
        if left:
            yield Paragraph(said("not_listed", sum(len(norms) for _, _, norms in left)))
        for name, rows in (("dated", self.dated), ("undated", self.rows[1])):
            yield Heading(2, said(name))
            if rows:
                moving = frozenset(id(row) for row in rows if self.awaits(row))
                yield words.listing(words.table(said(f"caption_{name}", len(rows)), rows, COLUMNS, moving=moving))
            else:
                yield Paragraph(said(f"none_{name}"))
        if left:
            yield Heading(2, said("unlisted"))
            yield Listing(tuple(Entry(said("unlisted_role", *row)) for row in left))
        yield Paragraph(said("scope"))
        yield from (Paragraph(said("note", text)) for text in self.notes(lang))
        if caution := words.caution((*self.dated, *self.rows[1])):
            yield Paragraph(line_of(caution))
        yield Paragraph(())
        yield from ending(self.answer, self.program, self.x, lang)

    # ------------------------------------------------------------------ data
    def data(self) -> dict[str, Any]:
        """Return the register as JSON-ready data, in both languages."""
        return {
            "schema": SCHEMA,
            **{k: self.answer[k] for k in ("ruleset", "facts", "world", "assumptions", "as_of", "context")},
            "from": self.start,
            "to": self.end,
            "data": {
                "dated": [self.row(r) for r in self.dated],
                "undated": [self.row(r) for r in self.rows[1]],
                "left_out": self.left_out,
            },
            "diagnostics": self.answer["diagnostics"],
        }

    def row(self, row: DueRow) -> dict[str, Any]:
        c = row.conclusion
        raw = self.instance(row)
        return {
            "uid": self.uid(row), "due": row.due, "promptness": c.promptness, "name": c.name, "key": c.key, "label": _both(c.label),
            "modality": c.modality, "bearer": {"id": c.bearer_id, **_both(c.bearer)},
            "instance": None if c.instance is None else {"id": c.instance_id, **_both(c.instance)},
            "towards": _both(c.towards) if c.towards else None, "cite": _cite(c.cite), "grade": c.grade, "anchor": c.anchor,
            "readings": [{"point": _both(p), "choice": _both(choice)} for p, choice in row.choices], "status": row.status,
            "performed": c.performed if not row.choices else None, "computed": None if row.choices else self.computed(row),
            "due_by": [_cite(x) for x in c.due_by], "open": raw["open"], "missing": self.missing(row), "sanctions": raw["sanctions"],
            "sanctions_as_of": raw["sanctions_as_of"], "if_applies": row.if_applies,
            "awaits": [u.commencement.id for u in self.awaits(row)],
        }  # fmt: skip

    def instance(self, row: DueRow) -> Mapping[str, Any]:
        c = row.conclusion
        return next(
            i
            for norm in self.answer["data"]["norms"]
            if norm["key"] == c.key and norm["bearer"] == c.bearer_id
            for i in norm["instances"]
            if i["instance"] == c.instance_id
        )

    def computed(self, row: DueRow) -> dict[str, Any] | None:
        """Return how the day was computed where it is the end of a period: the certificate, with its length and rules."""
        period = row.conclusion.period
        if row.due is None or period is None:
            return None
        about = period.about
        shown = DueWords.length(self.x, row.conclusion)
        rules = [{"rule": name, "cite": _cite(cite) if cite else None} for name, cite in about["rules"]]
        kept = ("first_day", "first_day_counted", "raw_end", "skipped", "end", "predicted", "ambiguous")
        return {**{k: about["period"][k] for k in kept}, "length": shown.text if shown else None, "rolled": about["rolled"],
                "rules": rules}  # fmt: skip

    def missing(self, row: DueRow) -> dict[str, Any] | None:
        """Return what would settle a row that cannot be determined."""
        c = row.conclusion
        goal = {"norm": c.name, "key": c.key, "bearer": c.bearer_id, "instance": c.instance_id}
        found = next((s for s in self.answer["data"]["would_settle"] or () if s["goal"] == goal), None)
        if found is None or row.status not in ("undetermined", "contested"):
            return None
        items = []
        for group, ids in found["groups"].items():
            for item in (self.x.names.item(i) for i in ids):
                words = item.question or item.label
                items.append({"id": item.id, "group": group, **_both(words), "cite": _cite(item.cite) if item.cite else None})  # fmt: skip
        return {"verdict": found["verdict"], "ask_next": found["ask_next"], "items": items}

    def uid(self, row: DueRow) -> str:
        """Return the name of a row in a calendar: the same while rules, file, bearer and instance are the same, whatever its
        day and status have become; another for another file or client."""
        c = row.conclusion
        parts = (
            self.answer["ruleset"]["digest"], self.x.steps.file, self.answer["world"], c.key, c.bearer_id, c.bearer.ja, c.bearer.en,
            c.instance_id or "", *_spelled(row.choices),
        )  # fmt: skip
        return sha256("\x1f".join(parts).encode()).hexdigest()[:40] + "@kitei"


def _spelled(choices: Choices) -> Iterator[str]:
    return (words for point, choice in choices for words in (point.ja, point.en, choice.ja, choice.en))


def _both(words: Wording) -> dict[str, str]:
    return {"ja": words.ja, "en": words.en}


def _cite(cite: Cite) -> dict[str, str]:
    return {"id": cite.id, "ja": cite.ja, "en": cite.en}

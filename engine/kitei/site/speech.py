"""What every page is written with: lines in one language, with citations, days, names and conditions of the rules.

Comes in: the law as it stands, a language. Goes out: lines of runs, and conditions as nested items. Citations, days and
amounts are written as answers write them (`phrases`), conditions as `conditions` reads them. Computes nothing of any case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from kitei.conditions import INNER, Conditions, Mood, Saying
from kitei.document import Line, Run, line_of, plain
from kitei.naming import clean
from kitei.site.origins import Origins, of_expression
from kitei.site.pages import Said
from kitei.site.standing import Law, Standing, lang_of
from kitei.site.supervision import Supervision
from kitei.site.words import ENDS, SHORT, STATUS
from kitei.wording import Lang, Pair, grade, pick
from kitei_dsl import core

_BUCKETS = {
    "in_force": "in_force",
    "former": "in_force",
    "pending": "pending",
    "proposal": "proposal",
    "press": "press",
}
#: What may stand in brackets behind a heading or a citation: that it is no law in force.
_TAG = re.compile(r"\s*[〔\[]([^〔〕\[\]]*)[〕\]]$")
#: In which mood the conditions of a version are read out, by its state.
_MOODS: dict[str, Mood] = {"former": "then", "pending": "planned", "proposal": "planned", "press": "planned"}


class Speech:
    """The tongue of one language over one law."""

    def __init__(self, law: Law, lang: Lang, extra: Mapping[str, str], rests: Mapping[str, tuple[str, ...]]) -> None:
        self.law, self.lang, self.program = law, lang, law.program
        self.conditions = Conditions(law.program, lang)
        self.moods: dict[Mood, Conditions] = {"now": self.conditions}
        self.names, self.phrases = self.conditions.names, self.conditions.written
        self.origins = Origins(law.program, lang, extra, rests)
        self.supervision = Supervision(law)
        self._cited: dict[tuple[str, str], Run] = {}

    # ------------------------------------------------------------------ lines
    def w(self, pair: Pair) -> str:
        return pick(pair, self.lang)

    def line(self, pair: Pair, *parts: Line | Run | str) -> Line:
        """Return fixed words with their blanks filled by text, runs or lines."""
        return filled(self.w(pair), parts)

    def join(self, lines: Iterable[Line | Run], pair: Pair = ("、", ", ")) -> Line:
        """Return lines joined by a comma."""
        found: list[Run] = []
        for n, one in enumerate(lines):
            if n:
                found.append(Run(self.w(pair)))
            found += (one,) if isinstance(one, Run) else one
        return tuple(found)

    def text(self, words: core.Wording) -> tuple[str, str]:
        """Return words in this language and, where they are in the other, its name."""
        text, other = lang_of(words, self.lang)
        return clean(text), other

    def worded(self, words: core.Wording) -> Line:
        """Return words as a line; words that exist only in the other language keep it."""
        text, other = self.text(words)
        return (Run(text, "lang", other),) if other else (Run(text),) if text else ()

    def quoted(self, line: Line) -> Line:
        """Return words as they stand within quotation marks: with inner ones, in Japanese, where they have some."""
        return tuple(Run(r.text.translate(INNER), r.kind, r.ref) for r in line) if self.lang == "ja" else line

    def day(self, iso: str) -> Run:
        return line_of(self.phrases.day(iso))[0]

    def moment(self, moment: str) -> Line:
        """Return a start or an end: a day, or the name of the commencement it hangs on."""
        if "/" not in moment:
            return (self.day(moment),)
        commencement = self.program.commencements.get(moment)
        return (
            self.worded(commencement.label) if commencement and commencement.label != core.Wording() else (Run(moment),)
        )

    # ------------------------------------------------------------------ the law
    def cite(self, address: str, version: core.Version | None = None) -> Run:
        """Return a citation that links to the page of its place where there is one."""
        key = address, version.id if version is not None else ""
        if key not in self._cited:
            self._cited[key] = Run(self.conditions.cite(address, version), "cite", self.place(address))
        return self._cited[key]

    def place(self, address: str) -> str:
        """Return the place that has a page for an address: itself, or the nearest above it."""
        found = address.partition("#")[0].partition("@")[0]
        while found and found not in self.law.places and "/" in found and " " not in found:
            found = found.rpartition("/")[0]
        return found if found in self.law.places else ""

    def titled(self, standing: Standing) -> Line:
        """Return a citation with its heading."""
        heading = self.heading(standing)
        cite = self.cite(standing.version.address, standing.version)
        if not heading:
            return (cite,)
        return (cite, Run("（"), *heading, Run("）")) if self.lang == "ja" else (cite, Run(" – "), *heading)

    def heading(self, standing: Standing) -> Line:
        """Return the heading of a version, without a tag in brackets that its citation bears already."""
        words = standing.version.heading
        tag, cite = _TAG.search(words.ja), _TAG.search(self.cited_in_japanese(standing))
        if tag is not None and cite is not None and tag[1] in cite[1]:
            words = core.Wording(_TAG.sub("", words.ja), _TAG.sub("", words.en))
        return self.worded(words)

    def cited_in_japanese(self, standing: Standing) -> str:
        return self.conditions.citer.data(standing.version.address, standing.version)["ja"]

    def status(self, s: Standing) -> Line:
        """Return a status in words, with its end where one is known."""
        if s.state == "pending":
            name = "pending_undated" if "/" in s.start else "pending"
            found = self.line(STATUS[name], self.moment(s.start))
        elif s.state == "former":
            return self.line(STATUS["former"], self.moment(s.end or ""))
        else:
            found = self.line(STATUS[s.state], self.moment(s.start))
        if s.end is not None and s.state == "in_force":
            name = "undated" if "/" in s.end else "will" if s.end > self.law.as_of else "day"
            found = (*found, Run(self.w(("。", "; "))), *self.line(ENDS[name], self.moment(s.end)))
        return found

    def standing(self, s: Standing) -> Line:
        """Return a status and the evidence in a word each, and whether an end is to come."""
        coming = s.state == "in_force" and s.end is not None
        grade = self.grade(s)
        found: Line = (*self.line(SHORT[s.state]), *(self.line(ENDS["coming"]) if coming else ()))
        return found if plain(found).casefold() == grade.casefold() else (*found, Run(self.w(("・", "; "))), Run(grade))

    def grade(self, s: Standing, letter: str = "") -> str:
        """Return the grade of evidence in words."""
        return grade(_BUCKETS[s.state], letter or s.version.grade, self.lang)

    def label(self, name: str) -> Line:
        """Return the label of a term, a norm, an attribute or a kind."""
        p = self.program
        record = (
            p.terms.get(name)
            or p.norm_names.get(name)
            or p.attributes.get(name)
            or p.roles.get(name)
            or p.kinds.get(name)
        )
        return (
            self.worded(record.label) if record is not None and record.label != core.Wording() else (Run(clean(name)),)
        )

    # ------------------------------------------------------------------ conditions
    def items(self, sayings: Iterable[Saying], id: str, of: tuple[str, ...]) -> tuple[Said, ...]:
        """Return read-out conditions as nested items."""
        return tuple(
            Said((Run(saying.text),), f"{id}-{n}", of, self.items(saying.below, f"{id}-{n}", of))
            for n, saying in enumerate(sayings, start=1)
        )

    def reading(self, version: str, mood: Mood = "now") -> Conditions:
        """Return how conditions of a version are read out: as they are, unless it or the mood around it is another."""
        if mood == "now":
            mood = _MOODS.get(self.law.state(version), "now")
        if mood not in self.moods:
            self.moods[mood] = Conditions(self.program, self.lang, mood)
        return self.moods[mood]

    def checklist(
        self, expr: core.Expr, version: str, id: str, of: tuple[str, ...], mood: Mood = "now"
    ) -> tuple[Said, ...]:
        """Return a condition as a checklist, in the mood of its version or the one around it."""
        names = tuple(k for k in of_expression(version, expr) if k not in of)
        return self.items(self.reading(version, mood).listed(expr, version), id, (*of, *names))

    def phrase(self, expr: core.Expr, version: str, mood: Mood = "now") -> str:
        return self.reading(version, mood).phrase(expr, version)

    def kinds(self, names: Iterable[str]) -> str:
        """Return kinds of entity in words."""
        return self.w(("、", ", ")).join(dict.fromkeys(self.conditions.kind(n) for n in names))

    def amount(self, text: str, type: str) -> str:
        """Return an amount written in the law, in words."""
        return plain(line_of(self.phrases.value(text, type, None)))

    def fine(self, text: str) -> str:
        """Return a fine as one says it: in Japanese in 億円 and 万円 where it is a round sum."""
        written = self.amount(text, "yen")
        digits = written.replace(",", "").removesuffix("円")
        if self.lang != "ja" or not digits.isdecimal() or int(digits) % 10_000:
            return written
        large, small = divmod(int(digits) // 10_000, 10_000)
        return "".join(f"{n:,}{unit}" for n, unit in ((large, "億"), (small, "万")) if n) + "円"


def filled(pattern: str, parts: tuple[Line | Run | str, ...]) -> Line:
    """Fill the blanks of fixed words, `{}` in order or `{0}`, with text, runs or lines."""
    found: list[Run] = []
    at = 0
    for n, piece in enumerate(_pieces(pattern)):
        if n % 2 == 0:
            if piece:
                found.append(Run(piece))
            continue
        part: Any = parts[int(piece) if piece else at]
        at += 1
        found += (Run(part),) if isinstance(part, str) else (part,) if isinstance(part, Run) else part
    return tuple(run for run in found if run.text)


def _pieces(pattern: str) -> list[str]:
    return re.split(r"\{(\d*)\}", pattern)

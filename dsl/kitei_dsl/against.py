"""Every citation, number and date of the collected law compared with official texts.

Comes in: the program, its files and a folder of texts. Goes out: a `Report` with a diagnostic for each claim that is missing,
moved or different, and notes of what could not be compared: laws without a text, days without one, citations in words that
could not be read. Every claim is compared in every loaded text whose day is one on which it must hold.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from kitei_dsl import core, syntax
from kitei_dsl.citation import Address, parse
from kitei_dsl.claims import Claims, Dated, Days, Stated, claims
from kitei_dsl.diagnostics import Diagnostic, finding, in_order
from kitei_dsl.frozen import Struct, field, replace
from kitei_dsl.law_number import ERAS
from kitei_dsl.official import Place
from kitei_dsl.quantities import Quantity, quantities
from kitei_dsl.source import Source, Span
from kitei_dsl.standing import Dayed, Missing, Names, missing, missing_diagnostics, on_days
from kitei_dsl.texts import Text, address_of, load_texts, place_within

#: Words shorter than this are in too many places to say that they moved.
_TELLING = 16
_POINTS = re.compile(r"第[〇一二三四五六七八九十百千]+(?:条|項|号)(?:の[一二三四五六七八九十]+)*|[前次同][条項号]")
_REVISION = re.compile(r"^[0-9A-Z]{15}_([0-9]{4})([0-9]{2})([0-9]{2})_([0-9A-Z]{15})$", re.ASCII)


class Report(Struct):
    """What was compared, and what was found."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    citations: int = 0
    numbers: int = 0
    dates: int = 0
    texts: int = 0
    #: What is not enacted and has a text in the folder: a draft has no days of force on which its words must hold.
    drafts: tuple[core.Instrument, ...] = ()


def check_against(program: core.Program, files: Iterable[syntax.File], root: Path, folder: Path) -> Report:
    """Compare every claim of the files with the texts of a folder."""
    return _Against(program, claims(program, files, root), root, folder).report()


class _Words(Struct, dict=True):
    """One text, with the places of its words to look for what moved."""

    text: Text

    @cached_property
    def by_words(self) -> dict[str, list[Place]]:
        found: dict[str, list[Place]] = {}
        for place, cut in self.text.official.own.items():
            found.setdefault(_plain("".join(s.words for s in cut)), []).append(place)
        return found


def _plain(words: str) -> str:
    """Drop what renumbering changes: the numbers of articles, paragraphs and items, and blanks."""
    return _POINTS.sub("第", re.sub(r"\s", "", words))


def _units_below(text: Text, address: Address) -> list[Place]:
    """Return the places of a text at an address and below it."""
    return [p for p in text.parts(address.supplement, address.article or ()) if place_within(p, address)]


class _Against:
    """One comparison. Texts are those of the instruments the program declares, each list by day."""

    def __init__(self, program: core.Program, found: Claims, root: Path, folder: Path) -> None:
        self.program, self.claims, self.names = program, found, Names(program)
        self.flaws: list[Diagnostic] = []
        unreadable: list[tuple[Path, str]] = []
        loaded = load_texts(folder, unreadable)
        for path, reason in unreadable:
            place = Span(Source(path.relative_to(folder).as_posix(), "\n"), 0, 1)
            self.flaws.append(finding("text-unreadable", place, {"reason": reason}))
        self.laws = {i.id: i for i in program.instruments if i.status == "enacted"}
        self.drafts = tuple(i for i in program.instruments if i.status != "enacted" and i.egov in loaded)
        self.texts = {id: loaded[i.egov] for id, i in self.laws.items() if i.egov in loaded}
        self.dayed = {id: [Dayed(t.day.isoformat(), t, t.complete) for t in texts] for id, texts in self.texts.items()}
        self.words = {id: [_Words(t) for t in texts] for id, texts in self.texts.items()}
        self.revisions = _revisions(root, program)
        self.places = [(parse(v.address), v) for v in program.versions if not v.applies]

    def report(self) -> Report:
        lacking = list(missing(self.claims.cited, self.dayed, self.program))
        found = [*self.flaws, *self.moved(lacking), *self.numbers(), *self.dates(), *self.unread(), *self.unseen()]
        return Report(
            in_order(found),
            sum(self.compared(c.address.instrument, c.days) for c in self.claims.cited),
            sum(self.compared(s.at[0].instrument, s.days) for s in self.claims.stated),
            sum(self.compared(d.address.instrument, _days(d.version)) for d in self.claims.dated),
            sum(map(len, self.texts.values())),
            self.drafts,
        )

    def compared(self, law: str, days: Days) -> bool:
        return law in self.texts and bool(self.in_force(law, days))

    def in_force(self, law: str, days: Days) -> list[Text]:
        """Return the texts of a law a claim must hold in."""
        found = {id(d.structure) for d in on_days(days, self.dayed.get(law, []), self.laws[law].text_of)}
        return [t for t in self.texts.get(law, []) if id(t) in found]

    # ------------------------------------------------------------------ citations
    def moved(self, lacking: list[Missing]) -> Iterator[Diagnostic]:
        """Tell what is missing, with the place to which its words moved where they did; and what moved unnoticed."""
        told = set()
        for lack in lacking:
            law = lack.cited.address.instrument
            texts = self.texts[law]
            at = next(n for n, t in enumerate(texts) if t.day.isoformat() == lack.day)
            before = [t for t in texts[:at][::-1] + texts[at + 1 :] if t.has(lack.cited.address)]
            now = self.place_of(lack.cited.address, before[0], self.words[law][at]) if before else None
            told.add((lack.cited.address, lack.cited.span))
            if now is None:
                yield from missing_diagnostics([lack], self.names)
            else:
                yield self.moved_to(lack, before[0], now)
        for cited in self.claims.cited:
            law = cited.address.instrument
            if law not in self.texts or cited.days.when != "during" or (cited.address, cited.span) in told:
                continue
            texts = self.in_force(law, cited.days)
            for old, new in pairwise(texts):
                first, second = old.own_words(cited.address), new.own_words(cited.address)
                if first is None or second is None or _plain(first) == _plain(second):
                    continue
                place = self.place_of(cited.address, old, self.words[law][self.texts[law].index(new)])
                if place is not None:
                    yield self.moved_to(Missing(cited, new.day.isoformat()), old, place)
                    break

    def place_of(self, address: Address, old: Text, new: _Words) -> Address | None:
        """Return where the own words of an address in one text stand in another, if in one place only."""
        words = _plain(old.own_words(replace(address, part=None)) or "")
        places = new.by_words.get(words, []) if len(words) >= _TELLING else []
        if len(places) != 1:
            return None
        place = address_of(address.instrument, places[0])
        if place.article == address.article and address.paragraph is None and address.item is None:
            return None
        single = address.paragraph is None
        return replace(place, paragraph=None) if single and not _has_second(new.text, places[0]) else place

    def moved_to(self, lack: Missing, old: Text, now: Address) -> Diagnostic:
        fields = {**self.names.fields(lack.cited.address), **self.names.fields(now, "now")}
        return finding(
            "citation-moved",
            lack.cited.span,
            {**fields, "day": lack.day, "earlier": old.day.isoformat()},
            law=lack.cited.law,
        )

    # ------------------------------------------------------------------ numbers
    def numbers(self) -> Iterator[Diagnostic]:
        """Tell each number that does not stand at its address, with the first day on which it does not."""
        for stated in self.claims.stated:
            law = stated.at[0].instrument
            if law not in self.laws:
                continue
            for text in self.in_force(law, stated.days):
                if self.stands(stated, text):
                    continue
                place = (stated.corporate if stated.corporate and not self.refers(stated, text) else None) or stated.at[
                    0
                ]
                now = self.elsewhere(stated.quantity, place, text)
                fields = {**self.names.fields(place), "number": stated.shown, "day": text.day.isoformat()}
                if now is None:
                    yield finding("number-different", stated.span, fields, law=stated.law)
                else:
                    yield finding(
                        "number-moved", stated.span, {**fields, **self.names.fields(now, "now")}, law=stated.law
                    )
                break

    def refers(self, stated: Stated, text: Text) -> bool:
        return stated.corporate is not None and "各本条" in (text.own_words(stated.corporate) or "")

    def stands(self, stated: Stated, text: Text) -> bool:
        """Say whether a number stands in the own words of one of its addresses, as far as they are of this law."""
        if stated.corporate is not None and not self.refers(stated, text):
            return _states(text.own_words(stated.corporate), stated.quantity)
        return any(
            _states(other.own_words(address), stated.quantity)
            for address in stated.at
            for other in ([text] if address.instrument == stated.at[0].instrument
                          else self.in_force(address.instrument, stated.days) if address.instrument in self.laws else [])
        )  # fmt: skip

    def elsewhere(self, quantity: Quantity, address: Address, text: Text) -> Address | None:
        """Return the first other unit of the same article that states a quantity."""
        for place, cut in text.official.own.items():
            same = (place.supplement, place.article) == (address.supplement, address.article)
            if same and _states("".join(s.words for s in cut), quantity):
                return address_of(address.instrument, place)
        return None

    # ------------------------------------------------------------------ dates
    def dates(self) -> Iterator[Diagnostic]:
        """Tell days of force that a text contradicts, and those to which no revision bears witness."""
        for dated in self.claims.dated:
            version, law = dated.version, dated.address.instrument
            if law not in self.laws or "/" in version.start or law not in self.texts:
                continue
            revisions = self.revisions.get(law, {})
            witnesses = {t.day.isoformat(): [] for t in self.texts[law]} | {  # type: ignore[var-annotated]
                day: list(ids) for day, ids in revisions.items()
            }
            for text in self.texts[law]:
                if text.revision:
                    witnesses[text.day.isoformat()] = [*witnesses[text.day.isoformat()], text.revision]
            if version.start not in witnesses:
                yield finding("date-unseen", dated.span, {**self.names.fields(dated.address), "date": version.start},
                              law=str(dated.address))  # fmt: skip
            yield from self.promulgated(dated, witnesses.get(version.start, []))
            yield from self.contradicted(dated, witnessed=version.start in witnesses)

    def promulgated(self, dated: Dated, witnesses: list[str]) -> Iterator[Diagnostic]:
        """Tell a day of promulgation in another year than the amending laws of that day."""
        years = {year for w in witnesses if (year := _year_of(w)) is not None}
        stated = dated.version.promulgated
        if stated and stated != dated.version.start and years and int(stated[:4]) not in years:
            laws = ", ".join(sorted(w.rpartition("_")[2] for w in witnesses))
            yield self.different(
                dated, stated, f"{dated.version.start}に施行された改正法（{laws}）の公布の年ではありません",
                f"the amending law in force from {dated.version.start} ({laws}) was promulgated in another year",
            )  # fmt: skip

    def contradicted(self, dated: Dated, *, witnessed: bool) -> Iterator[Diagnostic]:
        """Tell a start before which, and an end after which, the same words already or still stand.

        A start on the day of a revision is where the collection begins, which may be meant; on another day it is a mistake.
        """
        version, law = dated.version, dated.address.instrument
        during = self.in_force(law, _days(version))
        # A sentence that becomes the first of two goes on under another address.
        others = [
            v for a, v in self.places if (a.covers(dated.address) or dated.address.covers(a)) and v.id != version.id
        ]
        places = list(dict.fromkeys([dated.address, *(a for a, _ in dated.marks if a.instrument == law)]))
        if not during:
            return
        words = [during[0].own_words(a) for a in places], [during[-1].own_words(a) for a in places]
        before = [t for t in self.texts[law] if t.day.isoformat() < version.start]
        begun = any(v.end == version.start for v in others) or None in words[0] or not before
        # A list with other items is another list, though its lead be the same.
        begun = begun or _units_below(before[-1], dated.address) != _units_below(during[0], dated.address)
        if not begun and [before[-1].own_words(a) for a in places] == words[0]:
            day = before[-1].day.isoformat()
            if witnessed:
                fields = {**self.names.fields(dated.address), "date": version.start, "day": day}
                yield finding("start-earlier", dated.span, fields, law=str(dated.address))
                return
            yield self.different(dated, version.start, f"同じ文言が{day}の条文に既にあります",
                                 f"the same words already stand in the text of {day}")  # fmt: skip
        if version.end is None or "/" in version.end or any(v.start == version.end for v in others):
            return
        after = [t for t in self.texts[law] if t.day.isoformat() >= version.end]
        if after and None not in words[1] and [after[0].own_words(a) for a in places] == words[1]:
            day = after[0].day.isoformat()
            yield self.different(dated, version.end, f"同じ文言が{day}の条文にまだあります",
                                 f"the same words still stand in the text of {day}")  # fmt: skip

    def different(self, dated: Dated, date: str, ja: str, en: str) -> Diagnostic:
        fields = {**self.names.fields(dated.address), "date": date, **self.names.both(ja, en, "reason")}
        return finding("date-different", dated.span, fields, law=str(dated.address))

    # ------------------------------------------------------------------ what was not compared
    def unread(self) -> Iterator[Diagnostic]:
        """Tell once each law that has no text, and the words that could not be read as a citation."""
        for words, span, place in self.claims.unread:
            yield finding("citation-unread", span, {"words": words}, law=place)
        for law in self.laws.values():
            if law.id in self.texts:
                continue
            cited = [c for c in self.claims.cited if c.address.instrument == law.id]
            stated = [s for s in self.claims.stated if s.at[0].instrument == law.id]
            if cited:
                fields = {"count": str(len(cited) + len(stated)), **self.title(law)}
                yield finding("law-unread", cited[0].span, fields, law=law.id)

    def title(self, law: core.Instrument) -> dict[str, str]:
        return self.names.both(law.title.ja or law.id, law.title.en or law.id, "title")

    def unseen(self) -> Iterator[Diagnostic]:
        """Tell the days of each law on which something is claimed and no text was loaded; and starts not yet fixed."""
        for law in self.laws.values():
            if law.id not in self.texts:
                continue
            claimed = [(c.days, c.span) for c in self.claims.cited if c.address.instrument == law.id]
            claimed += [(s.days, s.span) for s in self.claims.stated if s.at[0].instrument == law.id]
            during = [(d, span) for d, span in claimed if d.when == "during"]
            texts = {t.day.isoformat() for t in self.texts[law.id]}
            own = [v for v in self.program.versions if v.address.partition("/")[0] == law.id]
            cuts = sorted(texts | set(self.revisions.get(law.id, {}))
                          | {d for v in own for d in (v.start, v.end) if d and "/" not in d})  # fmt: skip
            for start, end in _gaps(cuts, texts):
                hit = [span for d, span in during if d.start and d.start < (end or "9") and (d.end or "9") > start]
                if hit:
                    yield finding("text-unseen", hit[0], {**self.title(law), "count": str(len(hit)), **self.names.both(
                        f"{start}から{f'{end}の前日' if end else '今日'}まで", f"from {start} to {f'the day before {end}' if end else 'today'}",
                        "days")}, law=law.id)  # fmt: skip
            waiting = [span for d, span in during if d.start is None]
            if waiting:
                yield finding("start-unfixed", waiting[0], {**self.title(law), "count": str(len(waiting))}, law=law.id)


def _gaps(cuts: list[str], texts: set[str]) -> Iterator[tuple[str, str]]:
    """Give the stretches of days between known changes of which no text was loaded, adjoining ones joined."""
    start = ""
    for day in cuts:
        if day in texts:
            if start:
                yield start, day
            start = ""
        else:
            start = start or day
    if start:
        yield start, ""


def _days(version: core.Version) -> Days:
    start = None if "/" in version.start else version.start
    return Days(start, None if version.end and "/" in version.end else version.end)


def _has_second(text: Text, place: Place) -> bool:
    return place._replace(paragraph=2, item=(), subitems=()) in text.official.own


def _states(words: str | None, quantity: Quantity) -> bool:
    """Say whether words state a quantity; business days are written as days without holidays too."""
    if words is None:
        return False
    found = quantities(words)
    if quantity.unit == "business_days" and "休日" in words:
        return quantity in found or Quantity("days", quantity.value) in found
    return quantity in found


def _revisions(root: Path, program: core.Program) -> dict[str, dict[str, list[str]]]:
    """Return the revisions that each `source.toml` names, by instrument and day in force."""
    found: dict[str, dict[str, list[str]]] = {}
    known = {i.id for i in program.instruments}
    for path in sorted(root.rglob("source.toml")) if root.is_dir() else []:
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
            continue  # what sources.toml says is no law; its own check is elsewhere
        law = data.get("instrument")
        listed = data.get("revision", [])
        if law not in known or not isinstance(listed, list):
            continue
        for entry in listed:
            match = _REVISION.match(str(entry.get("id", ""))) if isinstance(entry, dict) else None
            if match:
                found.setdefault(str(law), {}).setdefault(f"{match[1]}-{match[2]}-{match[3]}", []).append(match[0])
    return found


def _year_of(revision: str) -> int | None:
    """Return the year in which the amending law of a revision was promulgated, from its e-Gov id."""
    amending = revision.rpartition("_")[2]
    era = int(amending[0]) if amending[:3].isdigit() else 0
    return ERAS[era - 1][2] + int(amending[1:3]) if 1 <= era <= len(ERAS) else None

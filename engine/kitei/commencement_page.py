"""A day of commencement in words: what is known of it, in which worlds it has a day, what starts and what ends on it.

Comes in: a program and the id of a commencement (`act64/main`). Goes out: lines of text. Deliberately not here: the provisions
themselves (`reading_page`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kitei.citing import Citer
from kitei.unfixed import worlds_with_a_day
from kitei.wording import Lang
from kitei.world import Program
from kitei_dsl import core
from kitei_dsl.diagnostics import escape


def commencement_lines(program: Program, citer: Citer, id: str, lang: Lang) -> list[str]:
    """Return the lines about one commencement."""
    return [escape(line) for line in _lines(program, citer, program.commencements[id], lang)]


def _lines(program: Program, citer: Citer, c: core.Commencement, lang: Lang) -> Iterator[str]:
    ja = lang == "ja"
    instrument = program.instruments[c.id.partition("/")[0]]
    label = (c.label.ja if ja else c.label.en) or c.label.en or c.label.ja or c.id
    title = (instrument.title.ja if ja else instrument.title.en) or instrument.id
    yield f"{label}（{title}、{c.id}）" if ja else f"{label[:1].upper()}{label[1:]} ({title}, {c.id})"
    yield f"  {'。'.join(_known(citer, c, ja))}。" if ja else f"  {'; '.join(_known(citer, c, ja))}."
    for world in worlds_with_a_day(program, c.id):
        named = (world.label.ja if ja else world.label.en) or world.name
        day = next((a.value for a in world.assumes if a.target == c.id), None)
        day = day or next(d for i, d in world.supposes if i == instrument.id)
        yield (
            f"  {day}とする世界：{named}（--world {world.name}）"
            if ja
            else f"  {day} in the world: {named} (--world {world.name})"
        )
    for word_ja, word_en, moments in (
        ("この日に始まる条", "Starts on it", "start"),
        ("この日に終わる条", "Ends on it", "end"),
    ):
        places = [v.address for v in program.core.versions if getattr(v, moments) == c.id and not v.applies]
        if places:
            told = ("、" if ja else ", ").join(_articles(citer, places, lang))
            yield f"  {word_ja}：{told}" if ja else f"  {word_en}: {told}"


def _known(citer: Citer, c: core.Commencement, ja: bool) -> Iterator[str]:
    """Give what is known of the day."""
    if c.promulgated:
        yield f"公布 {c.promulgated}" if ja else f"promulgated {c.promulgated}"
    else:
        yield "公布されていない" if ja else "not promulgated"
    if c.earliest == c.latest and c.earliest is not None:
        yield f"{c.earliest}と定まっている" if ja else f"fixed: {c.earliest}"
    else:
        yield "日は定まっていない" if ja else "the day is not fixed"
        if c.earliest:
            yield f"早くとも {c.earliest}" if ja else f"at the earliest {c.earliest}"
        if c.latest:
            yield f"遅くとも {c.latest}" if ja else f"at the latest {c.latest}"
    if c.cite:
        yield f"根拠 {citer.ja(c.cite)}" if ja else f"by {citer.en(c.cite)}"
    if c.grade:
        yield f"確度{c.grade}" if ja else f"grade {c.grade}"


def _articles(citer: Citer, places: Sequence[str], lang: Lang) -> list[str]:
    """Return the articles places are in, each once, in the order they come."""
    articles = dict.fromkeys("/".join(p.split("/")[: 3 if p.split("/")[1:2] == ["suppl"] else 2]) for p in places)
    return [citer.ja(a) if lang == "ja" else citer.en(a) for a in articles]

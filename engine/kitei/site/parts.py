"""Blocks that pages of several kinds share: the head, examples, boxes for words, the version line.

Comes in: the material, a language. Goes out: blocks. Deliberately not here: whole pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from kitei.document import Entry, Line, Run, line_of, plain
from kitei.explain import Explanation, explain
from kitei.facts import Facts
from kitei.page import Page as AnswerPage
from kitei.site import page_words, words
from kitei.site.examples import Example
from kitei.site.guides import Box, BoxPart
from kitei.site.material import Material
from kitei.site.pages import Aside, Block, Listing, Paragraph, Said, Section, Terms, lines
from kitei.site.speech import Speech
from kitei.values import write
from kitei.wording import LANGS
from kitei_dsl import core
from kitei_dsl.core import Wording
from kitei_dsl.frozen import replace

_FILE = re.compile(r"\s*（[^（）]*source\.toml[^（）]*）")
#: Goals named in the English heading of an example.
_MOST_GOALS = 2
#: Names of fictional firms, in the order in which they are met.
_FIRMS = "甲乙丙丁戊己庚辛壬癸"


def version_slug(version: str) -> str:
    """Return a version's id as a part of an anchor: letters, digits, - and _."""
    return slug(version.replace("@", "-from-"))


@cache
def slug(address: str) -> str:
    """Return an address as a part of a file name or an anchor, in ASCII; different addresses give different slugs."""
    found = []
    for c in address:
        if c.isascii() and (c.isalnum() or c in "_-"):
            found.append(c)
        else:
            found.append({"/": "-", "(": ".", ")": ""}.get(c, f"u{ord(c):x}"))
    return "".join(found)


def material_of(i: core.Instrument) -> str:
    """Return what a law was encoded from, without the names of files of the project, which tell the public nothing."""
    return _FILE.sub("", i.source)


def head(material: Material, speech: Speech, whom: Line, status: Line, grade: Line, of: tuple[str, ...] = ()) -> Terms:
    """Return what every page says first: whom it concerns, as of when, in force or not, on what evidence."""
    law = material.law
    day: Line = (speech.day(law.as_of),)
    if law.known_on != law.as_of:
        day = speech.line(words.HEAD["known"], speech.day(law.as_of), speech.day(law.known_on))
    pairs = [("whom", Said(capital(whom))), ("as_of", Said(day))]
    if status:
        pairs.append(("status", Said(capital(status), "head-status", of)))
    if grade:
        pairs.append(("grade", Said(capital(grade), "head-grade", of)))
    return Terms(tuple((speech.line(words.HEAD[name]), said) for name, said in pairs))


# --------------------------------------------------------------------------- boxes


def boxes(material: Material, speech: Speech, blocks: tuple[Block, ...], title: Line) -> tuple[Block, ...]:
    """Return the boxes for words that stand on a page."""
    text = " ".join([plain(line) for line in (title, *lines(blocks))]).casefold()
    n = LANGS.index(speech.lang)
    known = material.boxed
    found = [box for box in material.guides.boxes if any(word.casefold() in text for word in box.words[n])]
    for box in found:
        if (box.id, speech.lang) not in known:
            known[box.id, speech.lang] = box_block(material, speech, box)
    return tuple(known[box.id, speech.lang] for box in found)


def box_block(material: Material, speech: Speech, box: Box) -> Aside:
    """Return one box: what is declared, and below each part the standing of the provisions it rests on."""
    of, parts = f"guide:{box.id}", []
    for n, part in enumerate(box.parts, start=1):
        parts.append((speech.worded(part.heading), part_said(material, speech, part, of, f"box-{box.id}-{n}")))
    lead = (Said(speech.worded(box.note), f"box-{box.id}-note", (of,)),) if box.note != Wording() else ()
    return Aside(speech.worded(box.heading), f"box-{box.id}", lead, tuple(parts))


def part_said(material: Material, speech: Speech, part: BoxPart, of: str, id: str) -> tuple[Said, ...]:
    """Return sentences written by hand, then the standing of each provision they rest on."""
    resting = [s for place in part.places for s in material.law.places.get(place, ()) if s.state != "former"]
    keys = (of, *(f"{sort}:{s.version.id}" for s in resting for sort in ("plain", "rules", "dates")))
    said = [Said(speech.worded(part.text), id, keys)]
    for m, s in enumerate(resting, start=1):
        line = (
            speech.cite(s.version.address, s.version),
            Run(speech.w(("：", ": "))),
            *speech.standing(s),
        )
        said.append(Said(line, f"{id}-{m}", (f"dates:{s.version.id}",), kind="note"))
    return tuple(said)


# --------------------------------------------------------------------------- examples


def named(material: Material, facts: Facts) -> dict[str, dict[str, str]]:
    """Return names for everybody in facts: the given ones (said to be fictional), else 甲社, 乙社, and kinds with numbers."""
    program, firms = material.program, material.guides.firms
    names: dict[str, dict[str, str]] = {}
    counts: dict[str, int] = {}
    conditions = {lang: material.speech[lang].conditions for lang in LANGS}
    of_kind = {kind: sum(k == kind for k in facts.kinds.values()) for kind in facts.kinds.values()}
    for id, kind in facts.kinds.items():
        given = facts.names.get(id)
        if given is not None and (given.ja or given.en):
            names[id] = {"kind": kind, "ja": given.ja or given.en, "en": given.en or given.ja}
            continue
        group = "firm" if kind in firms else kind
        n = counts[group] = counts.get(group, 0) + 1
        if group == "firm" and n <= len(_FIRMS):
            names[id] = {"kind": kind, "ja": f"{_FIRMS[n - 1]}社（架空）", "en": f"Company {chr(64 + n)} (fictional)"}
        else:
            number = "" if of_kind[kind] == 1 else str(n)
            ja, en = conditions["ja"].kind(kind), conditions["en"].kind(kind)
            names[id] = {"kind": kind, "ja": f"{ja}{number}", "en": f"{en} {number}".strip()}
    assert set(names) == set(facts.kinds) and program is not None
    return names


def example_block(material: Material, speech: Speech, example: Example, number: int) -> Section:
    """Return an example: the facts given, and what came out when they were run."""
    title = speech.line(page_words.EXAMPLE["title"], str(number))
    return computed_block(material, speech, example, (*title, Run(speech.w(("：", ": "))), *_heading(speech, example)))


def _heading(speech: Speech, example: Example) -> Line:
    """Return what an example is about: the heading of its case; in English, where the heading has none, what it asks for."""
    ja, _, en = example.title.partition(" / ")
    if speech.lang == "ja":
        return (Run(ja),)
    if en:
        return (Run(en),)
    labels = list(dict.fromkeys(speech.label(goal.partition("@")[0]) for goal in example.goals))
    more = (
        speech.line(page_words.EXAMPLE["and_more"], str(len(labels) - _MOST_GOALS)) if len(labels) > _MOST_GOALS else ()
    )
    return (*speech.join(labels[:_MOST_GOALS]), *more) or (Run(ja, "lang", "ja"),)


def computed_block(material: Material, speech: Speech, example: Example, title: Line) -> Section:
    """Return what was computed under a title: the facts given, and what came out."""
    id = example.key.replace(":", "-")
    written = material.written.get((example.key, speech.lang))
    if written is None:
        if speech.lang not in example.blocks:
            example.blocks[speech.lang] = _example_body(material, speech, example, id)
        written = tuple(_linked(speech, block) for block in example.blocks[speech.lang])
        material.written[example.key, speech.lang] = written
    return Section(title, id, written, "example")


def _linked(speech: Speech, block: Block) -> Block:
    """Return a block of an example with its citations leading to the pages there are."""
    match block:
        case Section():
            return replace(block, blocks=tuple(_linked(speech, inner) for inner in block.blocks))
        case Listing():
            return replace(block, items=tuple(_placed(speech, item) for item in block.items))
        case _:
            return block


def _placed(speech: Speech, said: Said) -> Said:
    line = tuple(Run(r.text, "cite", speech.place(r.ref)) if r.kind == "cite" else r for r in said.line)
    return replace(said, line=line, below=tuple(_placed(speech, below) for below in said.below))


def _example_body(material: Material, speech: Speech, example: Example, id: str) -> tuple[Block, ...]:
    entities = named(material, example.facts)
    if example.key not in material.explained:
        came = example.answered()
        material.answers[example.key] = {**came, "data": {**came["data"], "entities": entities}}
        material.explained[example.key] = explain(material.answers[example.key], material.program)
    answer = material.answers[example.key]
    explanation = material.explained[example.key]
    page = AnswerPage(answer, material.program, explanation, speech.lang)
    of = (example.key,)
    given = Listing(facts_given(speech, explanation, example.facts, entities, id, (example.given,)))
    out = Listing(tuple(results(speech, page, explanation, example.goals, id, of)))
    asked = speech.line(page_words.EXAMPLE["results"], context(speech, explanation, answer))
    return Section(speech.line(page_words.EXAMPLE["facts"]), f"{id}-given", (given,)), Section(
        asked, f"{id}-out", (out,)
    )


def context(speech: Speech, explanation: Explanation, answer: Mapping[str, Any]) -> Line:
    """Return the day an example is asked about, with what is assumed."""
    line = speech.line(page_words.EXAMPLE["on"], speech.day(answer["as_of"]))
    text = answer["context"]["text"]
    if text != answer["context"]["at"]:
        line = (*line, Run(speech.w(("、条文は ", ", text of "))), speech.day(text))
    world = speech.program.worlds.get(answer["world"])
    if world is not None and (world.supposes or world.only or world.without or world.assumes):
        line = (
            *line,
            Run(speech.w(("、", ", "))),
            *speech.line(page_words.EXAMPLE["world"], speech.worded(world.label)),
        )
    for a in answer["assumptions"]:
        assumed = explanation.assumption(a)
        said = (Run(speech.phrases.w(assumed.label)), Run(" = "), *line_of(speech.phrases.shown(assumed.shown)))
        line = (*line, Run(speech.w(("、", ", "))), *speech.line(page_words.EXAMPLE["supposed"], said))
    return line


def results(
    speech: Speech, page: AnswerPage, x: Explanation, goals: tuple[str, ...], id: str, of: tuple[str, ...]
) -> Iterable[Said]:
    """Give each conclusion that was asked for, as answers word it."""
    n = 0
    for c in x.conclusions:
        if c.name in goals:
            n += 1
            yield _said(page.row(c), f"{id}-r{n}", of, speech)
    for t in x.terms:
        if t.key.partition("@")[0] in goals:
            n += 1
            yield _said(page.term(t), f"{id}-r{n}", of, speech)


def _said(entry: Entry, id: str, of: tuple[str, ...], speech: Speech) -> Said:
    return Said(entry.line, id, of, tuple(_said(e, "", (), speech) for e in entry.entries))


def facts_given(
    speech: Speech,
    x: Explanation,
    facts: Facts,
    entities: Mapping[str, Mapping[str, str]],
    id: str,
    of: tuple[str, ...],
) -> tuple[Said, ...]:
    """Return the facts of a case, an entity at a time, in words."""
    names, program, items = x.names, speech.program, []
    for n, (entity, kind) in enumerate(facts.kinds.items(), start=1):
        below: list[Said] = []
        for (owner, attribute), records in facts.records.items():
            if owner != entity:
                continue
            record = program.attributes.get(attribute)
            type = record.type if record is not None else "anything"
            for r in records:
                value: Line
                if r.value is None:
                    value = speech.line(page_words.EXAMPLE["absent"])
                else:
                    shown = names.shown({"state": "value", "value": write(r.value), "sort": _sort(type)}, type)
                    value = line_of(speech.phrases.shown(shown))
                span = _span(speech, r.start, r.end)
                below.append(Said((*speech.label(attribute), Run(speech.w(("：", ": "))), *value, *span)))
        for (owner, role), members in facts.members.items():
            if owner == entity and members.ids:
                listed = speech.w(("、", ", ")).join(speech.phrases.w(names.entity(m)) for m in members.ids)
                pattern = page_words.EXAMPLE["listed" if members.complete else "some"]
                below.append(Said((*speech.label(role), Run(speech.w(("：", ": "))), *speech.line(pattern, listed))))
        if below or kind in program.kinds:
            items.append(Said((Run(speech.phrases.w(names.entity(entity)), "strong"),), f"{id}-f{n}", of, tuple(below)))
    return tuple(items)


def _sort(type: str) -> str:
    return "name" if type.startswith("enum:") or type == "calendar" else "entity" if type.startswith("entity:") else ""


def _span(speech: Speech, start: object, end: object) -> Line:
    """Return since when and until when a fact is so, where it says."""
    found: list[Run] = []
    if start is not None:
        found += speech.line(("{}から", "from {}"), speech.day(str(start)))
    if end is not None:
        found += [Run(speech.w(("", " ")))] if found else []
        found += speech.line(("{}まで（その日を含まない）", "until {} (that day excluded)"), speech.day(str(end)))
    return (Run(speech.w(("（", " ("))), *found, Run(speech.w(("）", ")")))) if found else ()


def disclaimer(speech: Speech) -> Paragraph:
    return Paragraph(Said(speech.line(words.DISCLAIMER), kind="disclaimer"))


def capital(line: Line) -> Line:
    """Begin a line with a capital letter."""
    return () if not line else (Run(line[0].text[:1].upper() + line[0].text[1:], line[0].kind, line[0].ref), *line[1:])

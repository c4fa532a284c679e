"""The page of a question people ask: one answer, on what evidence, what is not determined, what was computed, and the provisions.

Comes in: the material with the questions that were answered, a language. Goes out: a `Page` a question, and their list.
Deliberately not here: reading and answering them (`questions`).
"""

from __future__ import annotations

from collections.abc import Iterator

from kitei.document import Line, Run, plain
from kitei.site import page_words, parts, words
from kitei.site.material import Material
from kitei.site.pages import Block, Listing, Page, Paragraph, Said, Section, Terms
from kitei.site.questions import Question
from kitei.site.speech import Speech
from kitei.site.standing import Law, Standing
from kitei.wording import Lang
from kitei_dsl.frozen import replace


def question_pages(material: Material, lang: Lang) -> Iterator[Page]:
    """Give the list of questions and the page of each, where there are any."""
    if not material.questions:
        return
    said = material.speech[lang]
    title = said.line(words.FRAME["questions"])
    lead = Paragraph(Said(said.line(page_words.ASKED["lead"])))
    head = parts.head(material, said, said.line(words.HEAD["everyone"]), (), ())
    blocks: tuple[Block, ...] = (lead, *_by_audience(material, said))
    summary = f"{plain(title)} {plain(said.line(words.DISCLAIMER))}"
    boxes = parts.boxes(material, said, blocks, title)
    yield Page("questions", "questions", lang, title, summary, head, (*blocks, *boxes), ("index",))
    for question in material.questions:
        yield _page(material, said, question)


def path_of(question: Question) -> str:
    """Return the path of the page of a question."""
    return f"question/{question.number}"


def audiences(material: Material, said: Speech) -> dict[str, list[Question]]:
    """Return the questions by who asks them: first those most questions are from."""
    found: dict[str, list[Question]] = {}
    for q in material.questions:
        found.setdefault(plain(parts.capital(said.worded(q.audience))), []).append(q)
    return dict(sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[1][0].number)))


def anchor_of(questions: list[Question]) -> str:
    """Return the anchor of the questions of those who ask one."""
    return f"asked-by-{questions[0].number}"


def _by_audience(material: Material, said: Speech) -> Iterator[Block]:
    for whom, questions in audiences(material, said).items():
        heading = said.line(page_words.ASKED["asked_by"], whom, str(len(questions)))
        yield Section(heading, anchor_of(questions), (Listing(tuple(_entry(said, q) for q in questions)),))


def _entry(said: Speech, q: Question) -> Said:
    return Said((Run(plain(said.worded(q.asked)), "page", path_of(q)),), f"question-{q.number}", (q.key,))


def _page(material: Material, said: Speech, q: Question) -> Page:
    title = said.worded(q.asked)
    blocks = [*_body(material, said, q)]
    boxes = parts.boxes(material, said, tuple(blocks), title)
    head = parts.head(material, said, parts.capital(said.worded(q.audience)), (), (), (q.key,))
    evidence = (said.line(words.HEAD["grade"]), Said(said.worded(q.grade), "head-grade", _rests_on(material, q)))
    summary = f"{plain(title)} {plain(said.worded(q.answer))}"
    return Page(
        "question", path_of(q), said.lang, title, summary, Terms((*head.pairs, evidence)), (*blocks, *boxes),
        ("index", "questions"), (q.key,),
    )  # fmt: skip


def _rests_on(material: Material, q: Question) -> tuple[str, ...]:
    """Return what the answer rests on: its words, the provisions it says to read, and all that was computed for it."""
    return q.key, *read_keys(material.law, q), *(e.key for e in q.computed)


def read_keys(law: Law, q: Question) -> tuple[str, ...]:
    """Return the origins of the provisions an answer says to read: their rules, their days, our words for them."""
    found: dict[str, None] = {}
    for s in q.read(law):
        found |= dict.fromkeys(f"{sort}:{s.version.id}" for sort in ("rules", "plain", "dates"))
        found |= dict.fromkeys(f"commencement:{moment}" for moment in (s.start, s.end) if moment and "/" in moment)
    return tuple(found)


def _body(material: Material, said: Speech, q: Question) -> Iterator[Block]:
    of = _rests_on(material, q)
    yield Paragraph(Said(said.worded(q.answer), "answer", of, kind="answer"))
    yield Paragraph(Said(said.line(page_words.ASKED["written"], said.day(q.written)), kind="note"))
    undetermined = Paragraph(Said(said.worded(q.open), "undetermined", of))
    yield Section(said.line(page_words.ASKED["open"]), "open", (undetermined,))
    yield from _provisions(material, said, q)
    if q.computed or q.real:
        blocks: list[Block] = (
            [Paragraph(Said(said.line(page_words.EXAMPLE["note"]), kind="note"))] if q.computed else []
        )
        for n, example in enumerate(q.computed, start=1):
            number = str(n) if len(q.computed) > 1 else ""
            block = parts.computed_block(material, said, example, said.line(page_words.ASKED["run"], number))
            same = next(
                (m for m, e in enumerate(q.computed[: n - 1], start=1) if e.facts.digest == example.facts.digest), 0
            )
            if same:
                note = Paragraph(Said(said.line(page_words.ASKED["same"], str(same)), kind="note"))
                block = replace(block, blocks=(note, *block.blocks[1:]))
            blocks.append(block)
        if q.real:
            blocks.append(Paragraph(Said(said.line(page_words.ASKED["real"]), kind="note")))
        yield Section(said.line(page_words.ASKED["computed"]), "computed", tuple(blocks))


def _provisions(material: Material, said: Speech, q: Question) -> Iterator[Block]:
    """Give the provisions an answer rests on, in the versions it rests on: those to be read, then those the computation used,
    the most telling first."""
    law = material.law
    found: dict[str, list[Standing]] = {}
    for s in (*q.read(law), *(law.standings[v] for e in q.computed for v in e.versions if law.state(v))):  # fmt: skip
        here = found.setdefault(said.place(s.version.address), [])
        here += [] if s in here else [s]
    items = []
    for place, standings in found.items():
        states = said.join(dict.fromkeys(said.line(words.SHORT[s.state]) for s in standings))
        line: Line = (*said.titled(standings[0]), Run(said.w(("：", ": "))), *states)
        of = tuple(f"{sort}:{s.version.id}" for s in standings for sort in ("heading", "dates"))
        items.append(Said(line, f"rests-{parts.slug(place)}", of))
    if items:
        yield Section(said.line(page_words.ASKED["provisions"]), "provisions", (Listing(tuple(items)),))

"""Japanese and English pages say the same: every line, on every page of the samples, of the collected law and of random law."""

import json
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from kitei.answer import Ask, answer
from kitei.document import Document, Entry, Listing, Paragraph, Run, line_of, mark
from kitei.due_register import DueRegister
from kitei.facts_read import read_facts
from kitei.parity import differences, other_words, stated_words, terms_of
from kitei.render import document
from kitei.ruleset import load
from kitei.wording import LANGS, Lang, Pair
from kitei.world import Program
from kitei_dsl.frozen import replace
from programs import Case, cases
from test_agreement import run, some
from test_render import ASKS, law, shown

ROOT = Path(__file__).resolve().parent.parent


def page_of(data: dict[str, Any], program: Program, depth: int, lang: Lang) -> Document:
    return document(data, program, lang=lang, depth=depth)


def compared(page: Callable[[Lang], Document], terms: Iterable[Pair] = (), other: Iterable[Pair] = ()) -> list[str]:
    """Return in which lines the two languages of a page differ."""
    return differences(page("ja"), page("en"), terms, other)


@pytest.mark.parametrize("name", ASKS)
@pytest.mark.parametrize("depth", [1, 3])
def test_sample_pages_agree(name: str, depth: int) -> None:
    ja, en = (shown(name, lang, depth) for lang in LANGS)

    assert [] == differences(ja, en, terms_of(law()), other_words(law()))


@pytest.mark.parametrize(
    "ask",
    [
        Ask("2024-06-20"), Ask("2024-05-31", "2027-06-01", "2026-11-22", "enacted"),
        Ask("2024-05-31", "2025-11-25", "2026-11-22", "seed-article"),
    ],
    ids=lambda ask: ask.world,
)  # fmt: skip
def test_pages_about_the_collected_law_agree(ask: Ask) -> None:
    program, _ = load(ROOT / "statutes/jp")
    file = ROOT / "statutes/jp/examples/dmm.facts.yaml"
    facts, problems = read_facts(file.read_bytes(), file.name, program.core)
    assert [] == problems
    data = answer(program, facts, ask)
    words = terms_of(program), [*other_words(program), *stated_words(data)]

    # The whole derivation of one world: the other two have many times its steps, and the same labels in them.
    for depth in (1, 3) if ask.world == "enacted" else (1,):
        assert [] == compared(partial(page_of, data, program, depth), *words)
    assert [] == compared(DueRegister(data, program).document, *words)


@some(10)
@given(cases())
def test_pages_about_random_law_agree(c: Case) -> None:
    """Random law has names in one language only, so marks and the build of the page are what can differ."""
    program, _, data = run(replace(c, ask=replace(c.ask, settle=True)))
    if data is None:
        return
    data = json.loads(json.dumps(data))
    for depth in (1, 3):
        assert [] == compared(partial(page_of, data, program, depth)), c.show()
    assert [] == compared(DueRegister(data, program).document), c.show()


def one(lang: str, sentence: str) -> Document:
    return Document(lang, (Paragraph(line_of(sentence)),))


TERMS = [("義務がある", "the duty applies"), ("管理業者", "custodian"), ("管理", "custody")]


@pytest.mark.parametrize(
    ("ja", "en", "found"),
    [
        (mark("cite", "t/1", "第1条"), mark("cite", "t/1", "art. 1"), ""),
        (mark("cite", "t/1", "第1条"), mark("cite", "t/2", "art. 2"), "cite"),
        (mark("day", "2024-07-01", "七月"), "July", "day"),
        (mark("number", "1/3", "x") * 2, mark("number", "1/3", "x"), "number"),
        (mark("entry", "1", "[1]"), mark("entry", "2", "[2]"), "entry"),
        ("甲社：義務がある。", "A: The duty applies.", ""),
        ("甲社：義務がある。", "A: nothing.", "terms"),
        ("管理業者", "A custodian", ""),
        ("管理業者の管理", "A custodian", "terms"),
        ("文言「管理業者は」", "words 「管理業者は」", ""),
        ("", "custodians", ""),
    ],
)
def test_what_differs_is_found(ja: str, en: str, found: str) -> None:
    """Of a word within a word the longer counts; a word of the law quoted in both counts in neither."""
    said = differences(one("ja", ja), one("en", en), TERMS)

    assert [found] * bool(found) == [x.partition(":")[0] for x in said]


def test_pages_built_otherwise_differ() -> None:
    a, b = Entry((Run("x"),)), Entry((Run("x"),), (Entry((Run("y"),)),))

    assert differences(Document("ja", (Listing((a, a)),)), Document("en", (Listing((b,)),)))[0].startswith("the pages")
    assert [] == differences(Document("ja", (Listing((b,)),)), Document("en", (Listing((b,)),)))

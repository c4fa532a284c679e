"""Marks are checked against official texts loaded from a folder; a moved or changed word is found."""

from pathlib import Path

import pytest

from kitei_dsl.citation import parse
from kitei_dsl.library import library
from kitei_dsl.pipeline import check_all
from kitei_dsl.source import Source
from kitei_dsl.texts import load_texts, part_of, sentences

TEXT = """---
title: "積立法"
---

**第五条（準備金）**　会社は、準備金（第九条の規定による。以下同じ。）を積み立てなければならない。この場合において、会社は、帳簿に記載しなければならない。ただし、小さい会社については、この限りでない。

**２**　次に掲げる会社は、報告しなければならない。

- 一　大きい会社

- 二の二　次のいずれかに該当する会社

  - イ　古い会社

**第五条の二**　会社は、額の百分の五を超えてはならない。

## 附　則

**第五条（経過措置）**　附則の条は数えない。
"""

LAW = """
instrument t type act title ja "積立法" en "Reserve Act" egov "999AC0000000001" end
kind Firm end
attribute a of Firm is truth end
term x of Firm is truth end
provision t/5/1/s1 in force from 2024-04-01 grade A
  define x of Firm means a  @"{phrase}" end
end
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "999AC0000000001_20240401_000000000000000.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "notes.md").write_text("nothing", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("t/5/1/s1", "会社は、準備金（第九条の規定による。以下同じ。）を積み立てなければならない。"),
        ("t/5/1/s2", "この場合において、会社は、帳簿に記載しなければならない。"),
        ("t/5/1/proviso", "ただし、小さい会社については、この限りでない。"),
        ("t/5/2/i1", "大きい会社"),
        ("t/5/2/i2_2/イ", "古い会社"),
        ("t/5_2", "会社は、額の百分の五を超えてはならない。"),
        ("t/suppl/5", "附則の条は数えない。"),
    ],
)
def test_a_unit_gives_its_words(folder: Path, address: str, words: str) -> None:
    """Articles with branches, paragraphs, items, sub-items, sentences and provisos are told apart."""
    text = load_texts(folder)["999AC0000000001"][0]

    assert words == text.words(parse(address))


def test_what_is_not_there_has_no_words(folder: Path) -> None:
    """A missing item, article or third paragraph gives nothing; nor does a supplementary article that is not there."""
    text = load_texts(folder)["999AC0000000001"][0]

    assert [None] * 4 == [text.words(parse(a)) for a in ("t/5/2/i3", "t/6", "t/5/3", "t/suppl/6")]


def test_a_full_stop_inside_brackets_ends_no_sentence() -> None:
    """（…。） belongs to its sentence."""
    cut = sentences("甲（乙をいう。以下同じ。）は、丙とする。丁とする。")

    assert ["甲（乙をいう。以下同じ。）は、丙とする。", "丁とする。"] == cut
    assert part_of("甲とする。", "s2") is None


@pytest.mark.parametrize(("phrase", "slugs"), [("積み立て", []), ("取り崩し", ["mark-not-found"])])
def test_a_mark_stands_in_the_text_or_is_found_out(folder: Path, phrase: str, slugs: list[str]) -> None:
    """A phrase that is there passes; one that is not is an error at its place."""
    _, found = check_all([Source("t.kitei", LAW.format(phrase=phrase))], folder)

    assert slugs == [d.slug for d in found if d.slug.startswith("mark")]


def test_a_text_that_is_not_loaded_is_said(tmp_path: Path) -> None:
    """Without the text the mark is unchecked, which is a note and no error."""
    _, found = check_all([Source("t.kitei", LAW.format(phrase="積み立て"))], tmp_path)

    assert ["mark-unchecked"] == [d.slug for d in found if d.slug.startswith("mark")]


def test_the_rules_of_the_model_bill_stand_in_its_own_text() -> None:
    """The one text that may be kept with the project is our own: every mark of the bill's main provisions is in it."""
    statutes = Path(__file__).resolve().parent.parent / "statutes/jp"
    sources = library(statutes)[0]

    wrong = [
        d
        for d in check_all(sources, statutes / "bill/text", kept=True)[1]
        if d.span and d.span.source.name.startswith("bill/")
    ]

    assert [] == [(d.slug, d.span.place, d.message) for d in wrong if d.severity != "note" and d.span]
    [text] = load_texts(statutes / "bill/text")["MODELBILL000001"]
    assert text.words(parse("bill/4/1/i3")) == "千億円を超える部分　百分の一"

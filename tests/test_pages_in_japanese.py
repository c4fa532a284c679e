"""The pages a lawyer reads stand in Japanese too, and say the same: the same commands, sections, rows and words printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kitei import wording
from test_docs import consoles, prose

DOCS = Path(__file__).resolve().parent.parent / "docs"
TWINS = sorted(page for page in DOCS.glob("*.ja.md") if not page.name.startswith("tutorial-"))
#: Commands one of the pages writes in its own words, with what stands in the other.
OWN = {
    "facts new Operator BusinessYear --goal submit_annual_report --lang en": "facts new 事業者 --goal submit_annual_report",
    "facts new 事業者 --goal submit_annual_report --lang ja": "facts new 事業者 事業年度 --goal submit_annual_report",
}


def english(page: Path) -> Path:
    return page.with_name(page.name.replace(".ja.md", ".md"))


def test_there_are_three() -> None:
    assert ["answers.ja.md", "giving-facts.ja.md", "interview.ja.md"] == [page.name for page in TWINS]


@pytest.mark.parametrize("page", TWINS, ids=lambda p: p.name)
def test_both_pages_have_the_same_parts(page: Path) -> None:
    """As many sections, and below each as many rows of a table and points of a list; and the same commands."""

    def parts(file: Path) -> list[tuple[int, int]]:
        text = re.sub(r"^The same in Japanese.*?$", "", prose(file), flags=re.M)
        sections = re.split(r"^## ", text, flags=re.M)
        return [(len(re.findall(r"^\|", s, re.M)), len(re.findall(r"^\* ", s, re.M))) for s in sections]

    def commands(file: Path) -> list[str]:
        typed = [command.removeprefix("kitei ") for command, _ in consoles(file)]
        return [OWN.get(c, c).replace(" --lang en", "") for c in typed]

    if page.name != "answers.ja.md":  # its tables name words that the English page takes together
        assert parts(english(page)) == parts(page)
    assert len(parts(english(page))) == len(parts(page))
    assert commands(english(page)) == commands(page)


@pytest.mark.parametrize("page", TWINS, ids=lambda p: p.name)
def test_each_page_leads_to_the_other(page: Path) -> None:
    readme = (DOCS.parent / "README.md").read_text(encoding="utf-8")

    assert f"[English]({english(page).name})" in page.read_text(encoding="utf-8")
    assert f"([日本語](docs/{page.name}))" in readme


def table(heading: str) -> list[list[str]]:
    text = (DOCS / "answers.ja.md").read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return [[cell.strip() for cell in row.strip("| \n").split("|")] for row in re.findall(r"^\|.*$", text, re.M)[2:]]


def test_the_words_of_a_status_are_those_printed() -> None:
    """Each row gives words that the engine prints of that status, for one kind of norm at least."""
    printed: dict[str, set[str]] = {}
    for statuses in wording.STATUS.values():
        for name, status in statuses.items():
            printed.setdefault(re.sub("-(before|after|none|undated)$", "", name), set()).add(status.actual[0])
    rows = table("状態の言葉")

    open_ones = {"contested", "undetermined"}  # printed with their reasons, from a table of their own

    assert set(printed) | open_ones == {name for _, name, _ in rows}
    assert [] == [
        (words, name) for words, name, _ in rows if name not in open_ones and not any(words in p for p in printed[name])
    ]


def test_the_reasons_are_those_printed() -> None:
    assert {ja for kind, (ja, _) in wording.CAUSES.items() if kind != "reading"} == {
        row[0] for row in table("なぜ判断できないか")
    }

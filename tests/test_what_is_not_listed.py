"""What a page says of members nobody listed: of a text by which none is judged, and of a list that may go on.

A duty of each year, amended on the day a Cabinet Order fixes; the world `started` puts that day at 1 June 2027.
"""

from __future__ import annotations

import pytest

from kitei.answer import Ask, answer
from kitei.facts_read import read_facts
from kitei.newer_text import newer_texts
from kitei.render import render
from kitei.wording import LANGS, Lang
from kitei.world import Program
from kitei_dsl.diagnostics import render as report
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source

LAW = """
kind Firm end
kind Year dated by end_day end
relation counted role year (年) many Year label ja "年" en "years" role firm one Firm end
attribute end_day of Year is date end
attribute filed of Year is date if any end
norm file_accounts of Firm label ja "決算を届け出る義務" en "duty to file accounts" end
instrument t type act title ja "試験法" en "Test Act" end
instrument n type act title ja "改正法" en "Amending Act" end
commencement n/main promulgated 2026-07-23 latest 2027-07-22 label ja "施行の日" en "start" end
provision t/1 in force from 2020-01-01 until n/main promulgated 2026-07-23 grade A
  duty file_accounts of Firm for each year as y anchored at end_day of y do filed of y by 3 months after end_day of y end
end
provision t/1 in force from n/main promulgated 2026-07-23 grade A
  duty file_accounts of Firm for each year as y anchored at end_day of y do filed of y by 2 months after end_day of y end
end
world current end
world started label ja "施行" en "started" assume n/main = 2027-06-01 by "us" end
world supposed label ja "施行" en "started" suppose n in force from 2027-06-01 end
"""
BEFORE = "  fy26: {kind: Year, end_day: 2027-03-31, filed: 2027-05-31}\n"
AFTER = "  fy27: {kind: Year, end_day: 2028-03-31, filed: 2028-05-31}\n"


def law() -> Program:
    core, found = compile_sources([Source("t.kitei", LAW)])
    assert [] == [report(d) for d in found if d.severity == "error"]
    return Program(core, "")


def page(years: str, listed: str, ask: Ask, lang: Lang = "en") -> tuple[str, list[str]]:
    program = law()
    text = f"entities:\n  kou:\n    kind: Firm\n    year: {listed}\n{years}"
    facts, problems = read_facts(text.encode(), "f.yaml", program.core)
    assert not problems
    found = answer(program, facts, ask)
    said = render(found, program, lang=lang)
    return " ".join(said.split()).replace(" ", "" if lang == "ja" else " "), [
        n.start for n in newer_texts(program, found)
    ]


@pytest.mark.parametrize(
    ("years", "listed", "ask", "starts"),
    [
        (BEFORE, "[fy26]", Ask("2028-04-01", world="started"), ["2027-06-01"]),
        (BEFORE, "[fy26]", Ask("2028-04-01", world="supposed"), ["2027-06-01"]),
        # a year that the newer text governs is listed too
        (BEFORE + AFTER, "[fy26, fy27]", Ask("2028-04-01", world="started"), []),
        # the newer text is not in force yet, or has no day
        (BEFORE, "[fy26]", Ask("2027-05-31", world="started"), []),
        (BEFORE, "[fy26]", Ask("2027-06-01", world="started"), ["2027-06-01"]),
        (BEFORE, "[fy26]", Ask("2028-04-01"), []),
        # nothing is listed: no text judges anything
        ("", "{members: [], complete: true}", Ask("2028-04-01", world="started"), []),
    ],
)
def test_a_text_by_which_nothing_listed_is_judged_is_told(years: str, listed: str, ask: Ask, starts: list[str]) -> None:
    said, found = page(years, listed, ask)

    assert found == starts
    assert ('To ask about that text, add to "years"' in said) == bool(starts)


@pytest.mark.parametrize("lang", LANGS)
def test_a_list_that_may_go_on_is_not_nothing_open(lang: Lang) -> None:
    """In the conclusions and where it says what is open; a complete list leaves nothing unsaid."""
    words = {
        "en": "of what is not listed nothing is decided: years (kou)",
        "ja": "記載のないものについては判断していない：kouの年。",
    }
    unlisted, _ = page("", "[]", Ask("2026-04-01"), lang)
    complete, _ = page("", "{members: [], complete: true}", Ask("2026-04-01"), lang)

    assert unlisted.count(words[lang]) == 2
    assert words[lang] not in complete

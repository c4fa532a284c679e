"""A page of a day and the other days in it: what is still to come is said in a line, not judged, unless it may be due before;
and what is so as of two days is shown once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kitei.answer import Ask, answer
from kitei.document import plain
from kitei.facts_read import read_facts
from kitei.render import document
from kitei.ruleset import load
from kitei.wording import LANGS, Lang
from kitei.world import Program
from kitei_dsl.diagnostics import render as report
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source

ROOT = Path(__file__).resolve().parent.parent

LAW = """
instrument t type act title ja "年度試験法" en "Year Test Act" short ja "年度法" en "Year Act" grade A end
instrument o type ordinance title ja "年度試験府令" en "Year Test Ordinance" short ja "年度府令" en "Year Ordinance" grade A end
kind Firm (会社) label ja "会社" en "firm" end
kind Year (年度) label ja "年度" en "year" end
attribute licensed of Firm is truth label ja "免許" en "licence" end
attribute ended of Year is date label ja "末日" en "last day" end
attribute filed of Year is date if any label ja "提出の日" en "day of filing" end
relation years role year many Year label ja "年度" en "years" role holder one Firm end
norm report of Firm label ja "報告の義務" en "duty to report" end
provision t/1 in force from 2020-01-01 grade A
  slot report_due of Year is date required for ordinance label ja "期限" en "due day" end
  duty report of Firm as firm for each year as y anchored at ended of y when licensed of firm do filed of y by DUE end
end
provision o/1 in force from 2020-01-01 grade A
  fill t/1 report_due of Year as y is BY_ORDINANCE end
end
world current label ja "現行法" en "law in force" end
"""
CASE = """
entities:
  kou:
    kind: Firm
    name: {ja: 甲社, en: Company A}
    LICENCE
    year: {members: [past, next], complete: true}
  past: {kind: Year, name: {ja: 前年度, en: last year}, ended: 2024-03-31}
  next: {kind: Year, name: {ja: 今年度, en: this year}, ended: 2025-03-31}
"""


def asked(due: str, ordinance: str, licence: str, on: str) -> tuple[Program, dict[str, Any]]:
    law, found = compile_sources([Source("t.kitei", LAW.replace("BY_ORDINANCE", ordinance).replace("DUE", due))])
    assert [] == [report(d) for d in found if d.severity == "error"]
    program = Program(law, "")
    facts, problems = read_facts(CASE.replace("LICENCE", licence).encode(), "f.yaml", law)
    assert [] == [str(p) for p in problems]
    return program, answer(program, facts, Ask(on))


def lines(due: str, ordinance: str, licence: str, on: str, lang: Lang, depth: int = 1) -> list[str]:
    program, data = asked(due, ordinance, licence, on)
    return [plain(line) for line in document(data, program, lang=lang, depth=depth).lines()]


LATER, SLOT = "3 months after ended of y", "report_due of y"
# Three months after 2025-03-31 is Monday 2025-06-30.
EN = "this year (2025-03-31): duty to report (Year Act art. 1). If it applies (Year Act art. 1), due: 2025-06-30 (Monday)."
JA = "今年度（令和7年3月31日（2025-03-31））：報告の義務（年度法第1条）。適用されるとすれば（年度法第1条）、期限：令和7年6月30日（2025-06-30・月曜日）。"


@pytest.mark.parametrize("depth", [1, 2])
@pytest.mark.parametrize(("lang", "told", "who"), [("en", EN, "this year"), ("ja", JA, "今年度")])
def test_a_year_that_has_not_ended_is_said_in_a_line(lang: Lang, told: str, who: str, depth: int) -> None:
    """Asked on 30 June 2024 with the licence unknown: last year's row is judged, this year's is not, nor what it needs."""
    said = lines(SLOT, LATER, "# nothing", "2024-06-30", lang, depth)

    assert told in said
    assert [told] == [x for x in said if who in x]
    assert any(x.startswith("[1]") for x in said) and not any("[2]" in x for x in said)


def test_the_whole_answer_and_the_page_with_every_step_keep_it() -> None:
    _, data = asked(SLOT, LATER, "# nothing", "2024-06-30")

    assert ["past", "next"] == [i["instance"] for n in data["data"]["norms"] for i in n["instances"]]
    assert 1 < sum("this year" in x for x in lines(SLOT, LATER, "# nothing", "2024-06-30", "en", 3))


@pytest.mark.parametrize(
    ("due", "ordinance", "licence", "on"),
    [
        # Decided already: the licence is known, so the duty of this year stands with its day.
        (SLOT, LATER, "licensed: true", "2024-06-30"),
        # The year has ended.
        (SLOT, LATER, "# nothing", "2025-03-31"),
        # Due thirty days before it ends, by the act or by the ordinance; or on a day that is fixed.
        ("30 days before ended of y", LATER, "# nothing", "2024-06-30"),
        (SLOT, "30 days before ended of y", "# nothing", "2024-06-30"),
        ("2024-12-25", LATER, "# nothing", "2024-06-30"),
    ],
)
def test_what_is_decided_or_may_be_due_before_is_judged(due: str, ordinance: str, licence: str, on: str) -> None:
    for lang in LANGS:
        said = lines(due, ordinance, licence, on, lang)

        assert not [x for x in said if x in (EN, JA, "Still to come", "基準となる日がまだ来ていないもの")]
        assert [x for x in said if x.startswith("[") and ("this year" in x or "今年度" in x)]


def test_asked_about_such_an_instance_alone_there_is_still_a_page() -> None:
    """No entry, and not the sentence that nothing was asked."""
    program, data = asked(SLOT, LATER, "# nothing", "2024-03-01")
    said = [plain(x) for x in document(data, program, lang="en").lines()]

    assert EN in said
    assert any(x.startswith("last year (2024-03-31): duty to report (Year Act art. 1).") for x in said)
    assert not [x for x in said if "[1]" in x or "no norm is found" in x]


TERM = LAW.replace(
    "provision t/1 in force", """term keeper of Firm is truth label ja "保管業者" en "keeper" end
provision t/2 in force from 2020-01-01 grade A define keeper of Firm means licensed end end
provision t/1 in force""",
).replace("when licensed of firm", "when keeper of firm")  # fmt: skip


@pytest.mark.parametrize(
    ("licence", "times", "references"),
    [
        # One licence for both years: what decides is shown once, and referred to as of the other day.
        (
            "licensed: true",
            1,
            ['Shown above, and the same as of 2024-03-31: whether "duty to report" (Company A) applies: yes'],
        ),
        # Another licence each year, from another source: nothing is the same, and each is shown.
        ("licensed: [{value: true, to: 2024-01-01, source: A}, {value: true, from: 2024-01-01, source: B}]", 2, []),
        ("licensed: [{value: false, to: 2024-01-01}, {value: true, from: 2024-01-01}]", 2, []),
    ],
)
def test_a_term_that_is_the_same_as_of_two_days_is_shown_once(
    monkeypatch: pytest.MonkeyPatch, licence: str, times: int, references: list[str]
) -> None:
    monkeypatch.setitem(globals(), "LAW", TERM.replace("anchored at ended of y", "anchored at begun of y").replace(
        "attribute ended of Year", "attribute begun of Year is date end\nattribute ended of Year"))  # fmt: skip
    monkeypatch.setitem(globals(), "CASE", CASE.replace("ended: 2024-03-31", "ended: 2024-03-31, begun: 2023-04-01").replace(
        "ended: 2025-03-31", "ended: 2025-03-31, begun: 2024-03-31"))  # fmt: skip
    said = lines(LATER, LATER, licence, "2024-06-30", "en", 2)

    assert times == sum(x.startswith("Provision: Year Act art. 2") for x in said)
    assert references == [x for x in said if x.startswith("Shown above, and")]
    ja = lines(LATER, LATER, licence, "2024-06-30", "ja", 2)
    assert len(references) == sum(
        x.startswith("前出（令和6年3月31日現在も同じ）：「報告の義務」（甲社）が適用されるか") for x in ja
    )


def test_what_was_made_later_is_not_said_to_have_been_missing_before() -> None:
    """Of a delegation of the collected law, some text made is known from its beginning on, be it one that was not read."""
    law = load(ROOT / "statutes/jp")[0].core
    start = {v.id: v.start for v in law.versions}
    made: dict[str, list[str]] = {}
    for clause in law.clauses:
        if clause.role == "fill" and clause.resolves is not None:
            made.setdefault(clause.resolves.removeprefix("fill:"), []).append(start[clause.version])
    late = [
        f"{slot.id} is made from {min(made[name])} on"
        for slot in law.slots
        if slot.required and (name := f"{slot.address}#{slot.id.partition('#')[2]}") in made
        and "/" not in start[slot.version] < min(made[name])
    ]  # fmt: skip

    assert made
    assert [] == late

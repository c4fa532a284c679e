"""The course of an answer: days worked out by hand, and joined spans against every single day of random law."""

import json
import random
import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitei.answer import Ask
from kitei.changes import _ask, course
from kitei.document import as_text, plain
from kitei.facts import Facts, read_facts
from kitei.parity import differences, other_words, terms_of
from kitei.timetable import course_data, course_page
from kitei.wording import LANGS
from programs import Case, cases, compiled, facts_of
from test_agreement import some
from test_render import PAGES, law

FIRST, LAST = date(2023, 6, 29), date(2024, 7, 31)
GOALS = Ask("2024-06-20", goals=("file_report",))


def facts() -> Facts:
    found, problems = read_facts((PAGES / "facts.yaml").read_bytes(), "facts.yaml", law().core)
    assert [] == problems
    return found


def test_a_duty_over_a_year() -> None:
    """FY2022 ended on 31 March 2023: due 30 June 2023 (Friday), filed on 10 July. FY2023: 30 June 2024 is a Sunday, so due on
    1 July; nobody says whether it was filed."""
    found = course_data(course(law(), facts(), GOALS, FIRST, LAST), law(), GOALS)

    assert [
        ("2023-06-29", "2023-06-30", {"fy22": "outstanding", "fy23": "outstanding"}, []),
        ("2023-07-01", "2023-07-09", {"fy22": "overdue", "fy23": "outstanding"}, ["due_passed"]),
        ("2023-07-10", "2024-07-01", {"fy22": "performed-late", "fy23": "outstanding"}, ["performed"]),
        ("2024-07-02", "2024-07-31", {"fy22": "performed-late", "fy23": "undetermined"}, ["due_passed"]),
    ] == [
        (s["first"], s["last"], {n["instance"]: n["status"] for n in s["norms"]}, [c["kind"] for c in s["changes"]])
        for s in found["data"]["spans"]
    ]  # fmt: skip


def test_a_provision_that_makes_the_change_is_named() -> None:
    """Promulgated on 1 May 2024, supposed to be in force from 1 April 2025."""
    ask = Ask("2024-04-29", world="enacted", goals=("insure",))
    spans = course(law(), facts(), ask, date(2024, 4, 29), None).spans

    assert ["2024-04-29", "2024-05-01", "2025-04-01"] == [s.first.isoformat() for s in spans]
    assert spans[-1].last is None
    assert [("promulgated", "t/9_2/1")] == [(c.kind, law().versions[c.version].address) for c in spans[1].changes]
    assert ["starts", "commencement"] == [c.kind for c in spans[2].changes]


def test_a_fixed_text_and_fixed_knowledge_do_not_move() -> None:
    ask = Ask("2024-04-29", text_on="2025-06-01", known_on="2024-06-01", world="enacted", goals=("insure",))
    page = course_page(course(law(), facts(), ask, date(2024, 4, 29), date(2025, 12, 31)), law(), ask, "en")

    assert "the text of 2025-06-01 (fixed) and what is known by 2024-06-01 (fixed)" in plain(list(page.lines())[1])
    assert 1 == len(course(law(), facts(), ask, date(2024, 4, 29), date(2025, 12, 31)).spans)


@some(3)
@given(cases(), st.integers(0, 2**32))
def test_joined_spans_are_what_every_single_day_gives(c: Case, seed: int) -> None:
    """Fifteen days in a row, and the days around every change, asked about one by one."""
    program = compiled(c)
    known = facts_of(c, program)
    first, last = date(2022, 3, 1), date(2025, 3, 1)
    spans = course(program, known, c.ask, first, last).spans
    start = random.Random(seed).randrange((last - first).days - 15)
    days = {first + timedelta(days=start + n) for n in range(15)}
    days |= {s.first + timedelta(days=n) for s in spans for n in (-1, 0, 1)}

    assert first == spans[0].first and last == spans[-1].last
    for before, after in pairwise(spans):
        assert before.last == after.first - timedelta(days=1)
        assert before.point.result != after.point.result
    for day in sorted(d for d in days if first <= d <= last):
        span = next(s for s in spans if s.first <= day and (s.last is None or day <= s.last))
        assert _ask(program, known, c.ask, day)[0].result == span.point.result, (day, c.show())


LAW = """
kind Firm end
attribute paid of Firm is date if any end
attribute told of Firm is date end
norm pay of Firm end
instrument t type act title ja "試験法" end
provision t/1 in force from 2020-01-01 grade A
  duty pay of Firm do paid by DUE end
end
world current end
"""


@pytest.mark.parametrize(
    ("due", "facts_text", "starts"),
    [
        # Counted from a fact: fourteen days after 2024-03-01 is 15 March; the day after, nobody knows of payment.
        ("14 days after told", "told: 2024-03-01", ["2024-02-01", "2024-03-16"]),
        # A fact corrected on 10 March moves the day to 5 April.
        ("14 days after told", "told: [2024-03-01, {value: 2024-03-22, recorded: 2024-03-10, corrects: true}]",
         ["2024-02-01", "2024-03-10", "2024-04-06"]),
        # Paid late: overdue from the day after, performed late from the day of payment.
        ("14 days after told", "told: 2024-03-01, paid: 2024-03-20", ["2024-02-01", "2024-03-16", "2024-03-20"]),
        ("14 days after told", "told: 2024-03-01, paid: none", ["2024-02-01", "2024-03-16"]),
    ],
)  # fmt: skip
def test_days_computed_from_facts_are_found(due: str, facts_text: str, starts: list[str]) -> None:
    from kitei.world import Program
    from kitei_dsl.pipeline import compile_sources
    from kitei_dsl.source import Source

    core, found = compile_sources([Source("t.kitei", LAW.replace("DUE", due))])
    assert [] == [d for d in found if d.severity == "error"]
    known, problems = read_facts(f"entities:\n  kou: {{kind: Firm, {facts_text}}}".encode(), "f", core)
    assert [] == problems
    spans = course(
        Program(core, ""), known, Ask("2024-02-01", goals=("pay",)), date(2024, 2, 1), date(2024, 12, 31)
    ).spans

    assert starts == [s.first.isoformat() for s in spans]


def test_both_languages_show_the_same_course() -> None:
    found = course(law(), facts(), GOALS, FIRST, LAST)
    ja, en = (course_page(found, law(), GOALS, lang) for lang in LANGS)

    assert [] == differences(ja, en, terms_of(law()), other_words(law()))
    assert json.dumps(course_data(found, law(), GOALS)) == json.dumps(course_data(course(law(), facts(), GOALS, FIRST, LAST), law(), GOALS))  # fmt: skip


def test_the_golden_course() -> None:
    """Read by a person."""
    text = as_text(course_page(course(law(), facts(), GOALS, FIRST, LAST), law(), GOALS, "ja"), 88)

    assert (PAGES / "timeline.ja.txt").read_text(encoding="utf-8") == re.sub(
        r"規則の版 [\s\S]*?(?=本書)", "規則の版 …\n", text
    )

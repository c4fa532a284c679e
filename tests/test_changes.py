"""The course of an answer: days worked out by hand, and joined spans against every single day of random law."""

import json
import random
import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitei.answer import Ask, answer
from kitei.changes import Course, certain, course, result_of
from kitei.document import as_text, plain
from kitei.facts import Facts
from kitei.facts_read import read_facts
from kitei.goals import UnknownGoal
from kitei.parity import differences, other_words, terms_of
from kitei.register import TooManyReadings
from kitei.timetable import course_data, course_page
from kitei.wording import LANGS
from kitei.world import BadAssumption, Program
from kitei_dsl.diagnostics import render as report
from kitei_dsl.frozen import replace
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source
from programs import Case, case, cases, compiled, facts_of
from test_agreement import answered, extended, run, some
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


def alone(program: Program, known: Facts, ask: Ask, day: date) -> object:
    """Return what is answered of one day by itself."""
    try:
        return result_of(answer(program, known, replace(ask, on=day.isoformat(), settle=False)))
    except (BadAssumption, TooManyReadings) as error:
        return str(error)


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
        assert alone(program, known, c.ask, day) == span.point.result, (day, c.show())


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
    core, found = compile_sources([Source("t.kitei", LAW.replace("DUE", due))])
    assert [] == [d for d in found if d.severity == "error"]
    known, problems = read_facts(f"entities:\n  kou: {{kind: Firm, {facts_text}}}".encode(), "f", core)
    assert [] == problems
    spans = course(
        Program(core, ""), known, Ask("2024-02-01", goals=("pay",)), date(2024, 2, 1), date(2024, 12, 31)
    ).spans

    assert starts == [s.first.isoformat() for s in spans]


MOVING = """
kind Firm end
attribute told of Firm is date end
attribute big of Firm is truth end
relation affiliation role firms many Firm role head one Firm end
term x of Firm is TYPE label ja "エックス" en "ex" end
term moved of Firm is date end
term both of Firm is date end
term old of Firm is truth end
instrument t type act title ja "試験法" en "Test Act" end
provision t/1 in force from 2020-01-01 grade A
  define x of Firm as f MEANS end
  define moved of Firm as f is 2 months after reference_day end
  define both of Firm as f named one is 3 weeks after reference_day end
  define both of Firm as f named two is 2024-07-01 end
end
provision t/2 in force from 2020-01-01 until 2024-09-01 grade A define old of Firm as f means told of f >= 2020-01-01 end end
provision t/2 in force from 2024-09-01 promulgated 2023-01-01 grade A define old of Firm as f means told of f >= 2025-01-01 end end
world current end
"""
MOVING_FACTS = """entities:
  kou: {kind: Firm, told: 2024-02-29, firms: {members: [otsu], complete: true},
        big: [{value: false, to: 2024-08-31}, {value: true, from: 2024-08-31}]}
  otsu: {kind: Firm, told: 2024-06-05, big: true, firms: {members: [], complete: true}}
"""


def moving(means: str, last: date | None, type_: str = "truth") -> tuple[Program, Facts, Ask, Course]:
    law = MOVING.replace("MEANS", f"{'means' if type_ == 'truth' else 'is'} {means}").replace("TYPE", type_)
    core, found = compile_sources([Source("t.kitei", law)])
    assert [] == [report(d) for d in found if d.severity == "error"]
    known, problems = read_facts(MOVING_FACTS.encode(), "f", core)
    assert [] == problems
    program, ask = Program(core, ""), Ask("2024-02-01", goals=("x",))
    return program, known, ask, course(program, known, ask, date(2024, 2, 1), last)


def of_kou(found: Course) -> list[tuple[str, str]]:
    """Return from which days on kou's is what, where it changes."""
    shown = [(s.first.isoformat(), s.point.answer["data"]["terms"][0]) for s in found.spans if s.point.answer]
    told = [(day, str(t["value"] or t["state"])) for day, t in shown]
    return [t for n, t in enumerate(told) if n == 0 or t[1] != told[n - 1][1]]


@pytest.mark.parametrize(
    ("means", "expected"),
    [
        # Two years before 28 February 2026 is 28 February 2024; before 1 March 2026, 1 March 2024. Before 29 February 2024
        # there is none (Civil Code 143(2) settles that only forward).
        ("told of f >= 2 years before reference_day",
         [("2024-02-01", "true"), ("2024-02-29", "open"), ("2024-03-01", "true"), ("2026-03-01", "false")]),
        # Two bank business days before Monday 4 March: Friday the 1st, Thursday 29 February; before the 5th, the 1st.
        ("told of f >= (2 business days of bank before reference_day)", [("2024-02-01", "true"), ("2024-03-05", "false")]),
        # 1 March is day 1, 30 March day 30.
        ("reference_day >= 30 days elapsed_after told of f", [("2024-02-01", "false"), ("2024-03-31", "true")]),
        # A month after 28 February runs from the 29th to 28 March; after the 29th, all of March.
        ("1 months after reference_day > 2024-03-28", [("2024-02-01", "false"), ("2024-02-29", "true")]),
        # Six months after 30 June are July to December; after 1 July they end on 1 January. A week after 13 March is the 20th.
        ("6 months after reference_day <= 2024-12-31", [("2024-02-01", "true"), ("2024-07-01", "false")]),
        ("1 weeks after reference_day < 2024-03-20", [("2024-02-01", "true"), ("2024-03-13", "false")]),
        # Six months after 28 February end on 28 August, after the 29th on the 31st, from which it is big.
        ("(big of f) as at (6 months after reference_day)", [("2024-02-01", "false"), ("2024-02-29", "true")]),
        # 365 days are gone on 28 February 2025, 31 more on 31 March.
        ("days_between(told of f, reference_day) >= 400", [("2024-02-01", "false"), ("2025-04-04", "true")]),
        ("year_of(reference_day) > year_of(told of f)", [("2024-02-01", "false"), ("2025-01-01", "true")]),
        # Both definitions agree on one day: three weeks after 10 June 2024 is 1 July.
        ("both of f > told of f", [("2024-02-01", "open"), ("2024-06-10", "true"), ("2024-06-11", "open")]),
        # Two months after 15 June end on 15 August.
        ("moved of f = 2024-08-15", [("2024-02-01", "false"), ("2024-06-15", "true"), ("2024-06-16", "false")]),
        # The new text of 1 September 2024: 30 days before 1 October; three months after 1 June, for 31 May's end on 31 August.
        ("(old of f) under the text of (30 days before reference_day)", [("2024-02-01", "true"), ("2024-10-01", "false")]),
        ("(old of f) under the text of (3 months after reference_day)", [("2024-02-01", "true"), ("2024-06-01", "false")]),
        # Of otsu alone: told on 5 June.
        ("(sum j in firms of f: days_between(told of j, reference_day)) >= 2", [("2024-02-01", "false"), ("2024-06-07", "true")]),
        ("if reference_day > told of f then 3 months after reference_day > 2024-10-01 else false",
         [("2024-02-01", "false"), ("2024-07-02", "true")]),
        ("3 days after (least j in firms of f: told of j) < reference_day", [("2024-02-01", "false"), ("2024-06-09", "true")]),
    ],
)  # fmt: skip
def test_what_is_counted_from_the_day_asked(means: str, expected: list[tuple[str, str]]) -> None:
    """By hand; and each span against single days: those around every change, and twenty others."""
    last = date(2026, 6, 30)
    program, known, ask, found = moving(means, last)
    others = random.Random(means)
    days = {date(2024, 2, 1) + timedelta(days=others.randrange(870)) for _ in range(20)}
    days |= {s.first + timedelta(days=n) for s in found.spans for n in (-1, 0, 1)}

    assert expected == of_kou(found)
    assert found.asked < 15
    for day in sorted(d for d in days if date(2024, 2, 1) <= d <= last):
        span = next(s for s in found.spans if s.first <= day and s.last is not None and day <= s.last)
        assert alone(program, known, ask, day) == span.point.result, day


def test_a_day_that_is_shown_and_moves_is_another_every_day() -> None:
    """Two months after 4 February end on 4 April, and so on; each day has its own line."""
    _, _, _, found = moving("2 months after reference_day", date(2024, 2, 4), "date")

    assert [(f"2024-02-0{n}", f"2024-04-0{n}") for n in (1, 2, 3, 4)] == of_kou(found)


def test_a_course_without_a_last_day_ends_where_nothing_turns_or_says_where_it_stops() -> None:
    """What is past stays past; 29 February comes back every leap year; a day shown is another every day."""
    ends = moving("2 years after told of f < reference_day", None)[3]
    program, _, ask, comes_back = moving("told of f < 2 years before reference_day", None)
    daily = moving("2 months after reference_day", None, "date")[3]

    assert (None, None) == (ends.cut, ends.spans[-1].last)
    assert date(2050, 12, 31) == comes_back.cut == comes_back.spans[-1].last
    assert "2048-02-29" in [s.first.isoformat() for s in comes_back.spans]
    assert daily.cut is not None and len(daily.spans) < 1000
    assert "2050-12-31" == course_data(comes_back, program, ask)["data"]["cut"]
    assert any("course stops on 2050-12-31" in plain(x) for x in course_page(comes_back, program, ask, "en").lines())
    assert any("その先は、終わりの日（--to）" in plain(x) for x in course_page(comes_back, program, ask, "ja").lines())


SURE = """
kind Firm end
kind Case (事案) dated by occurred end
attribute paid of Firm is date if any end
attribute holds of Firm is truth end
attribute lost of Firm is truth end
attribute insider of Firm is truth end
attribute occurred of Case is date end
attribute told_on of Case is date if any end
relation cases role incident many Case role firm_of one Firm end
reading some_keys label en "some of the keys" choice wide en "holds" choice narrow en "does not hold" end
term keeper of Firm is truth label ja "保管する者" en "keeper" end
term accident of Firm is truth end
norm pay (支払) of Firm label ja "支払の義務" en "duty to pay" end
norm stop of Firm label en "ban" end
norm wide_ban of Firm label en "ban" end
norm keep_book of Firm label en "duty to keep books" end
norm tell of Firm label en "duty to tell" end
instrument t type act title ja "試験法" en "Test Act" end
provision t/1 in force from 2020-01-01 grade A
  duty pay of Firm do paid by 2024-03-15 end
end
provision t/2 in force from 2020-01-01 grade A
  define keeper of Firm named wide is holds given some_keys = wide end
  define keeper of Firm named narrow is false given some_keys = narrow end
  define accident of Firm means insider end
  presume accident of Firm is true when lost end
end
provision t/3 in force from 2020-01-01 grade A prohibition stop of Firm when holds keep not lost end end
provision t/4 in force from 2020-01-01 grade A prohibition wide_ban of Firm when keeper keep not lost end end
provision t/5 in force from 2020-01-01 grade A duty keep_book of Firm when accident keep lost end end
provision t/6 in force from 2020-01-01 grade A duty tell of Firm for each incident as i anchored at occurred of i do told_on of i end end
world current end
"""


def sure() -> Program:
    core, found = compile_sources([Source("t.kitei", SURE)])
    assert [] == [report(d) for d in found if d.severity == "error"]
    return Program(core, "")


def sure_course(goal: str, facts_text: str) -> tuple[Program, Ask, Course]:
    program = sure()
    known, problems = read_facts(f"entities:\n  kou: {{kind: Firm, {facts_text}}}".encode(), "f", program.core)
    assert [] == problems
    ask = Ask("2024-02-01", goals=(goal,))
    return program, ask, course(program, known, ask, date(2024, 2, 1), date(2024, 12, 31))


@pytest.mark.parametrize(
    ("goal", "facts_text", "expected"),
    [
        # Nobody says whether it was paid: outstanding, then undetermined. Stated not to be: only after the day is it final.
        ("pay", "", [("outstanding", False), ("undetermined", False)]),
        ("pay", "paid: none", [("outstanding", False), ("overdue", True)]),
        ("pay", "paid: 2024-02-10", [("outstanding", False), ("performed", True)]),
        # The condition is known; of a ban that applies nothing is known but that, until it is said what was lost.
        ("stop", "holds: false", [("not-applicable", True)]),
        ("stop", "holds: true", [("undetermined", False)]),
        ("stop", "holds: true, lost: true", [("not-satisfied", True)]),
        # It may be rebutted: insider, if told, beats the presumption.
        ("keep_book", "lost: true", [("satisfied", False)]),
        ("keep_book", "lost: true, insider: true", [("satisfied", True)]),
        # Contested, and each reading is known whatever else is told; or one of the two is open.
        ("wide_ban", "holds: true, lost: true", [("contested", True)]),
        ("wide_ban", "", [("undetermined", False)]),
        ("keeper", "holds: true", [("contested", True)]),
        ("keeper", "", [("open", False)]),
        # One incident, acted on; another may yet be named unless the list is said to be complete.
        ("tell", "incident: [a]}\n  a: {kind: Case, occurred: 2024-01-10, told_on: 2024-01-12", [("performed", False)]),
        ("tell", "incident: {members: [a], complete: true}}\n  a: {kind: Case, occurred: 2024-01-10, told_on: 2024-01-12",
         [("performed", True)]),
    ],
)  # fmt: skip
def test_a_span_says_whether_facts_not_given_could_alter_it(
    goal: str, facts_text: str, expected: list[tuple[str, bool]]
) -> None:
    program, ask, found = sure_course(goal, facts_text)
    spans = course_data(found, program, ask)["data"]["spans"]

    assert expected == [
        (*(n["status"] for n in s["norms"]), *(t["state"] for t in s["terms"]), s["certain"]) for s in spans
    ]
    for lang, words in (
        ("en", "No fact not yet given would alter this."),
        ("ja", "まだ述べられていない事実がどうであっても"),
    ):
        lines = [plain(x) for x in course_page(found, program, ask, lang).lines()]  # type: ignore[arg-type]
        assert sum(sure for _, sure in expected) == sum(words in x for x in lines)


def test_what_is_certain_is_not_altered_by_more_facts() -> None:
    """Random law and facts: what was unknown told, lists said to be complete."""
    tried = 0
    for seed in range(60):
        c = case(seed)
        program, _, before = run(c)
        if before is None or not certain(before):
            continue
        more = extended(c, seed)
        after = answered(program, facts_of(more, program), c.ask)
        assert after is None or result_of(before) == result_of(after), more.show()
        tried += after is not None

    assert tried > 2


@pytest.mark.parametrize(
    "goal", ["pay", "支払の義務", "Duty to pay", "[12] duty to pay", "[1][2] Duty to pay [duty]", "支払の義務〔義務〕"]
)
def test_a_goal_is_named_as_the_page_prints_it(goal: str) -> None:
    program, ask, found = sure_course(goal, "paid: none")
    data = course_data(found, program, ask)

    assert ["pay"] == data["goals"]
    assert [["pay"], ["pay"]] == [[n["name"] for n in s["norms"]] for s in data["data"]["spans"]]
    assert "Course over time: duty to pay" == course_page(found, program, ask, "en").title


def test_a_label_of_a_term_gives_its_course_and_a_shared_one_asks_which() -> None:
    program, ask, found = sure_course("保管する者", "holds: true")

    assert ["keeper"] == [t["name"] for t in course_data(found, program, ask)["data"]["spans"][0]["terms"]]
    with pytest.raises(UnknownGoal, match="several; name one of `stop`, `wide_ban`"):
        sure_course("[3] Ban", "")


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

"""A commencement without a day: a course says where it may change the answer, and by whom it has a day.

One act amends another; promulgated on 23 July 2026, in force by a Cabinet Order at the latest on 22 July 2027.
"""

from datetime import date
from typing import Any

import pytest

from kitei.answer import Ask
from kitei.changes import Course, course
from kitei.document import plain
from kitei.facts_read import read_facts
from kitei.parity import differences, other_words, terms_of
from kitei.timetable import course_data, course_page
from kitei.wording import LANGS
from kitei.world import Program
from kitei_dsl.diagnostics import render as report
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source

LAW = """
kind Firm end
attribute licensed of Firm is truth end
attribute told_on of Firm is date if any end
term dealer of Firm is truth end
term trader of Firm is truth label ja "取引者" en "trader" end
norm tell of Firm label ja "届け出る義務" en "duty to tell" end
norm keep_book of Firm end
norm post_sign of Firm end
norm stand_still of Firm end
norm deal_in_own_name of Firm end
instrument t type act title ja "試験法" end
instrument n type act title ja "改正法" end
commencement n/main promulgated 2026-07-23 latest 2027-07-22 label ja "改正法の施行の日" en "start of the amending act" end
provision t/1 in force from n/main promulgated 2026-07-23 grade A duty tell of Firm do told_on by 2027-12-31 end end
provision t/2 in force from 2020-01-01 until n/main promulgated 2026-07-23 grade A
  prohibition keep_book of Firm keep licensed end
end
provision t/3 in force from 2020-01-01 grade A prohibition post_sign of Firm keep licensed end end
provision t/4 in force from 2020-01-01 grade A define trader of Firm as f means licensed of f end end
provision t/5 in force from n/main promulgated 2026-07-23 grade A
  define dealer of Firm is true end
end
provision t/6 in force from n/main promulgated 2026-07-23 grade A deem trader of Firm as f is true when licensed of f for purposes of t/7 end end
provision t/7 in force from 2020-01-01 grade A prohibition stand_still of Firm as f when trader of f keep licensed of f end end
provision t/8 in force from 2020-01-01 grade A prohibition deal_in_own_name of Firm keep licensed end end
provision t/8 in force from n/main promulgated 2026-07-23 grade A prohibition deal_in_own_name of Firm keep licensed end end
world current end
world enacted label ja "施行された世界" en "started" assume n/main = 2027-06-01 by "us" end
world sooner label ja "早い世界" en "sooner" suppose n in force from 2027-01-01 end
world unamended without n end
"""


def law() -> Program:
    core, found = compile_sources([Source("t.kitei", LAW)])
    assert [] == [report(d) for d in found if d.severity == "error"]
    return Program(core, "")


def asked(program: Program, ask: Ask, first: str, last: str | None) -> Course:
    known, problems = read_facts(b"entities:\n  kou: {kind: Firm, licensed: true, told_on: none}", "f", program.core)
    assert [] == problems
    return course(program, known, ask, date.fromisoformat(first), date.fromisoformat(last) if last else None)


def spans(goal: str, first: str, last: str | None, **ask: Any) -> list[tuple[str, bool, list[str]]]:
    program, question = law(), Ask(first, goals=(goal,), **ask)
    data = course_data(asked(program, question, first, last), program, question)["data"]
    return [(s["first"], s["certain"], s["awaits"]) for s in data["spans"]]


@pytest.mark.parametrize("goal", ["tell", "keep_book", "trader", "stand_still", "deal_in_own_name"])
def test_what_a_commencement_begins_ends_or_bears_on_may_change(goal: str) -> None:
    """A norm that begins or ends with it, one whose next text it brings, a term deemed from then on, and a norm that rests
    on that term."""
    assert [("2026-11-22", False, ["n/main"])] == spans(goal, "2026-11-22", None)


def test_what_no_commencement_touches_is_final() -> None:
    assert [("2026-11-22", True, [])] == spans("post_sign", "2026-11-22", None)


@pytest.mark.parametrize(
    ("first", "last", "ask"),
    [
        ("2026-05-01", "2026-07-22", {}),  # the range ends the day before promulgation, the first day there can be
        ("2026-11-22", None, {"known_on": "2026-07-22"}),  # nobody knew of it
        ("2026-11-22", None, {"text_on": "2026-07-01"}),  # the text of a day before it
        ("2026-11-22", "2027-05-31", {"world": "enacted"}),
        ("2026-11-22", "2026-12-31", {"world": "sooner"}),
        ("2026-11-22", None, {"world": "unamended"}),
    ],
)
def test_what_cannot_come_on_the_days_asked_is_not_awaited(first: str, last: str | None, ask: dict[str, Any]) -> None:
    assert {()} == {tuple(awaits) for _, _, awaits in spans("tell", first, last, **ask)}


def test_from_the_first_day_there_can_be() -> None:
    assert ["n/main"] == spans("tell", "2026-05-01", "2026-07-23")[-1][2]


@pytest.mark.parametrize(("last", "unusable"), [("2027-07-21", False), ("2027-07-22", True), (None, True)])
def test_the_page_says_it_at_the_top_and_at_the_span(last: str | None, unusable: bool) -> None:
    """Once at the top, with the worlds that give it a day; at the span, and from the latest day on that it is of no use."""
    program, ask = law(), Ask("2026-11-22", goals=("tell",))
    found = asked(program, ask, "2026-11-22", last)
    pages = {lang: course_page(found, program, ask, lang) for lang in LANGS}
    ja, en = (["".join(plain(x)) for x in pages[lang].lines()] for lang in ("ja", "en"))

    assert [
        "「改正法の施行の日」は未定（遅くとも令和9年7月22日（2027-07-22））。この推移は、それがまだ来ていないものとして数えている。"
        "施行後については、法令の範囲を指定して尋ねること：施行された世界（--world enacted）、早い世界（--world sooner）。"
    ] == [x for x in ja if "未定（遅くとも" in x]
    assert [
        '"start of the amending act" has no day yet (at the latest 2027-07-22). This course takes it not to have come. '
        "For the time after it, name a world: started (--world enacted), sooner (--world sooner)."
    ] == [x for x in en if "has no day yet (" in x]
    assert 1 == sum("「改正法の施行の日」（未定）が来れば、これは変わり得る。" in x for x in ja)
    assert unusable == any("その日以後については、この行を用いることができない" in x for x in ja)
    assert unusable == any("It comes on 2027-07-22 at the latest" in x for x in en)
    assert not any("これは変わらない" in x for x in ja)
    assert [] == differences(pages["ja"], pages["en"], terms_of(program), other_words(program))


def test_the_data_name_it_once() -> None:
    program, ask = law(), Ask("2026-11-22", goals=("tell",))

    assert [
        {"commencement": "n/main", "label": {"ja": "改正法の施行の日", "en": "start of the amending act"}, "promulgated": "2026-07-23",
         "earliest": "2026-07-23", "latest": "2027-07-22", "worlds": ["enacted", "sooner"]}
    ] == course_data(asked(program, ask, "2026-11-22", None), program, ask)["data"]["unfixed"]  # fmt: skip

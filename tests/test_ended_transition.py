"""A transition whose window has passed: what is said of its end, over time and when asked why not.

Worked out by hand: six months counted from 1 June 2024, that day included, end on 30 November 2024.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kitei.answer import Ask
from kitei.changes import course
from kitei.document import as_text
from kitei.facts import Facts
from kitei.facts_read import read_facts
from kitei.timetable import course_page
from kitei.why import why
from kitei.why_data import envelope
from kitei.wording import Lang
from kitei.world import Program
from kitei_dsl.codec import digest
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source

LAW = """
instrument t type act title ja "試験法" en "Test Act" short ja "試験法" en "Test Act" grade A end
kind Firm label ja "会社" en "firm" end
attribute going of Firm is truth label ja "施行の際現に行っていること" en "doing it at commencement" end
attribute acts of Firm is truth label ja "同じ行為に限ること" en "the same acts only" end
attribute licensed of Firm is truth act of authority label ja "登録" en "registration" end
norm unlicensed of Firm label ja "無登録の禁止" en "ban without registration" end
norm go_on of Firm label ja "引き続き行うことができること" en "leave to go on" end
provision t/1 in force from 2024-06-01 grade A
  prohibition unlicensed of Firm avoid acts and not licensed end
end
provision t/2 in force from 2024-06-01 grade A
  transition go_on of Firm
    who going
    acts acts
    until 6 months counting commencement_day
    lifts t/1
  end
end
world current end
"""


def law() -> Program:
    core, found = compile_sources([Source("t.kitei", LAW)])
    assert [] == [d.message for d in found if d.severity == "error"]
    return Program(core, digest(core))


def facts(program: Program, given: str) -> Facts:
    read, problems = read_facts(f"entities:\n  kou: {{kind: Firm{given}}}\n".encode(), "f.yaml", program.core)
    assert [] == problems
    return read


@pytest.mark.parametrize(
    ("lang", "said"),
    [("ja", "することのできる最後の日令和6年11月30日（2024-11-30）の経過：試験法第2条"),
     ("en", "The last day on which one may, 2024-11-30, passed: Test Act art. 2")],
)  # fmt: skip
def test_the_last_day_of_a_transition_is_no_due_day(lang: Lang, said: str) -> None:
    program = law()
    ask = Ask("2024-07-01", goals=("go_on",))
    found = course(program, facts(program, ", going: true, acts: true"), ask, date(2024, 7, 1), None)
    text = as_text(course_page(found, program, ask, lang), 10_000)

    assert said in text
    assert "期限" not in text.partition("推移（")[2].partition("尋ねた日は")[0]
    assert "The due day" not in text


def asked(given: str, lang: Lang, on: str = "2024-12-10") -> list[str]:
    program = law()
    found = why(program, facts(program, given), Ask(on), "go_on", asked="not")
    return as_text(found.document(lang), 10_000).splitlines()


def test_why_not_says_first_that_the_days_have_passed() -> None:
    """Nothing is told of the firm; what no fact makes otherwise stands first, and nobody must establish it."""
    ja, en = asked("", "ja"), asked("", "en")
    at = ja.index("満たされていないもの：")
    untold = ja.index("このほか、述べられていないなどのため分からないもの：")

    assert "6か月の期間の末日以前であること" in ja[at + 1]
    assert "（令和6年11月30日（2024-11-30・土曜日））より後である" in ja[at + 2]
    assert ["区分：日の経過（事実によらない）", "明らかにすべき者：なし（尋ねる日による）"] == [
        x.strip(" ・") for x in ja[at + 3 : at + 5]
    ]
    assert any("施行の際現に行っていること" in line for line in ja[untold:])
    assert "  - Kind: the passing of days; no fact makes it otherwise" in en
    assert en.index("Besides, not known:") > en.index("  - Kind: the passing of days; no fact makes it otherwise")


def test_before_the_end_nothing_is_said_of_days() -> None:
    assert not [line for line in asked("", "ja", "2024-11-30") if "日の経過" in line]


def test_as_data() -> None:
    program = law()
    data: dict[str, Any] = envelope(why(program, facts(program, ""), Ask("2024-12-10"), "go_on", asked="not"))
    unmet = data["data"]["conclusions"][0]["unmet"]

    assert ["time"] == [u["class"] for u in unmet if u["false"]]
    assert ["time"] == [u["established_by"] for u in unmet if u["false"]]

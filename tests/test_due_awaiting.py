"""What falls due after a commencement may have come is tentative, and says so; what fell due before, or rests on other law, is not."""

from __future__ import annotations

import pytest
from icalendar import Calendar

from kitei.answer import Ask, answer
from kitei.document import as_text
from kitei.due_register import DueRegister
from kitei.facts_read import read_facts
from kitei.ics import as_ics
from kitei.wording import Lang
from kitei.world import Program
from kitei_dsl.codec import digest
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source

#: The amending act was promulgated on 2024-03-01 and comes into force at the latest on 2025-02-28, on a day not yet fixed.
LAW = """
instrument t type act title ja "試験法" en "Test Act" short ja "試験法" en "Test Act" grade A end
instrument o type ordinance title ja "試験府令" en "Test Ordinance" short ja "試験府令" en "Test Ord." grade A end
instrument z type act title ja "別の法" en "Other Act" short ja "別法" en "Other Act" grade A end
instrument u type act title ja "改正法" en "Amending Act" short ja "改正法" en "Amending Act" grade A end
kind Firm label ja "会社" en "firm" end
kind Case label ja "件" en "case" end
attribute seen of Case is date label ja "知った日" en "day learnt" end
attribute told of Case is date if any label ja "届出の日" en "day told" end
relation cases role case many Case label ja "件" en "cases" role firm one Firm end
term last_day of Case is date label ja "末日" en "last day" end
norm amended of Firm label ja "改まる義務" en "duty to be amended" end
norm stays of Firm label ja "残る義務" en "duty that stays" end
norm reckoned of Firm label ja "府令の日の義務" en "duty with a day of the ordinance" end
commencement u/main promulgated 2024-03-01 latest 2025-02-28 label ja "改正法の施行の日" en "start of the amending act" end
provision t/1 in force from 2020-01-01 until u/main grade A
  duty amended of Firm for each case as c anchored at seen of c do told of c by 30 days after seen of c end
end
provision z/1 in force from 2020-01-01 grade A
  duty stays of Firm for each case as c anchored at seen of c do told of c by 30 days after seen of c end
end
provision z/2 in force from 2020-01-01 grade A
  duty reckoned of Firm for each case as c anchored at seen of c do told of c by last_day of c end
end
provision o/1 in force from 2020-01-01 until u/main grade A
  define last_day of Case is 30 days after seen end
end
world current end
world fixed assume u/main = 2024-06-01 by "test" end
"""
FACTS = """
entities:
  kou: {kind: Firm, case: {members: [early, late, coming], complete: true}}
  early: {kind: Case, seen: 2024-03-01, told: none}
  late: {kind: Case, seen: 2024-04-05, told: none}
  coming: {kind: Case, seen: 2024-05-01, told: none}
"""


def register(world: str = "current", text_on: str | None = None) -> DueRegister:
    core, found = compile_sources([Source("t.kitei", LAW)])
    assert [] == [d.message for d in found if d.severity == "error"]
    law = Program(core, digest(core))
    facts, problems = read_facts(FACTS.encode(), "f.yaml", law.core)
    assert [] == problems
    return DueRegister(answer(law, facts, Ask("2024-04-10", text_on, None, world)), law)


def awaited(made: DueRegister) -> dict[tuple[str, str], list[str]]:
    return {(r["name"], r["instance"]["id"]): r["awaits"] for r in made.data()["data"]["dated"]}


def test_what_a_commencement_without_a_day_may_change() -> None:
    """Asked on 10 April: the case of 1 March fell due on 31 March; that of 5 April falls due on 5 May, that of 1 May on the 31st.
    The Act's own text ends with the amendment, so the duty may lapse; the ordinance that gives the day ends too, which
    matters only to the case whose day, and with it the text that governs, is still to come. The other Act stays."""
    assert {
        ("amended", "early"): [], ("amended", "late"): ["u/main"], ("amended", "coming"): ["u/main"],
        ("stays", "early"): [], ("stays", "late"): [], ("stays", "coming"): [],
        ("reckoned", "early"): [], ("reckoned", "late"): [], ("reckoned", "coming"): ["u/main"],
    } == awaited(register())  # fmt: skip


@pytest.mark.parametrize("made", [("fixed", None), ("current", "2024-04-10")])
def test_what_is_fixed_awaits_nothing(made: tuple[str, str | None]) -> None:
    """In a world that gives the day, and on a text that is pinned."""
    assert {()} == {tuple(found) for found in awaited(register(*made)).values()}


@pytest.mark.parametrize(
    ("lang", "title", "said"),
    [("ja", "【施行日未定の改正あり】改まる義務", "「改正法の施行の日」は定まっていない（遅くとも令和7年2月28日（2025-02-28））。それが先に来れば、この期限は変わり得る。"),
     ("en", "[amendment pending, day not fixed] Duty to be amended", '"start of the amending act" has no day yet (at the latest 2025-02-28). If it comes first, this due day may change.')],
)  # fmt: skip
def test_the_event_is_tentative_and_says_so(lang: Lang, title: str, said: str) -> None:
    made = register()
    events = {str(e["SUMMARY"]): e for e in Calendar.from_ical(as_ics(made, lang)).walk("VEVENT")}
    told = [(s, str(e["STATUS"]), said in str(e["DESCRIPTION"])) for s, e in events.items() if s.startswith(title)]

    assert [("TENTATIVE", True)] * 2 == [(status, there) for _, status, there in told]
    of_others = [str(e["STATUS"]) for s, e in events.items() if ("残る義務" if lang == "ja" else "that stays") in s]
    assert {"CONFIRMED"} == set(of_others)


@pytest.mark.parametrize(("lang", "words"), [("ja", "施行の日の定まっていない改正が先に施行されれば、変わり得る"),
                                             ("en", "may change if an amendment whose day of commencement is not fixed")])  # fmt: skip
def test_the_page_says_so_of_each_row(lang: Lang, words: str) -> None:
    assert 3 == as_text(register().document(lang), 10_000).count(words)

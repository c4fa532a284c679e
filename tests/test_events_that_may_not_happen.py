"""A norm anchored at a day that may be absent: what the page gives as reason, and that the separate checker sees the difference."""

from __future__ import annotations

import copy
from datetime import date
from functools import cache
from typing import Any

import pytest

from kitei.answer import Ask, answer
from kitei.changes import course
from kitei.facts import Facts
from kitei.facts_read import read_facts
from kitei.render import render
from kitei.replay import replay
from kitei.rules_in_words import Rules
from kitei.wording import Lang
from kitei.world import Program
from kitei_dsl.codec import digest
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source

LAW = """
instrument t type act title ja "公告試験法" en "Notice Test Act" short ja "公告法" en "Notice Act" grade A end
kind Firm (会社) label ja "会社" en "firm" end
kind Plan (計画) label ja "計画" en "plan" end
attribute noticed (公告日) of Plan is date if any label ja "公告した日" en "day of notice" end
attribute told (届出日) of Plan is date if any label ja "届け出た日" en "day reported" end
attribute small of Plan is truth label ja "小規模" en "small" end
relation plans role plan (計画一覧) many Plan role planner one Firm end
norm tell of Firm label ja "公告の届出" en "duty to report the notice" end
provision t/1 in force from 2024-01-01 until 2027-01-01 promulgated 2023-06-01 grade A
  duty tell of Firm for each plan as p anchored at {anchor}
    when not small of p
    do told of p
    by 3 days after noticed of p
  end
end
"""
FACTS = b"""entities:
  kou: {kind: Firm, plan: {members: [a, b, c, d], complete: true}}
  a: {kind: Plan, noticed: 2026-04-01, told: none, small: false}
  b: {kind: Plan, noticed: none}
  c: {kind: Plan}
  d: {kind: Plan, noticed: 2026-04-10, told: none, small: false}
"""


@cache
def law() -> Program:
    program, found = compile_sources([Source("t.kitei", LAW.format(anchor="noticed of p"))])
    assert [] == [d.slug for d in found if d.severity == "error"]
    return Program(program, digest(program))


def facts() -> Facts:
    read, problems = read_facts(FACTS, "f.yaml", law().core)
    assert [] == [str(p) for p in problems]
    return read


def instances(made: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {i["instance"]: i for i in made["data"]["norms"][0]["instances"]}


def test_the_reason_is_that_there_is_no_such_day() -> None:
    made = answer(law(), facts(), Ask("2026-04-05"))

    assert {k: i["status"] for k, i in instances(made).items()} == {
        "a": "overdue",
        "b": "not-applicable",
        "c": "undetermined",
        "d": "not-applicable",
    }
    assert instances(made)["b"]["anchor"] is None and instances(made)["b"]["due"] is None
    english = " ".join(render(made, law(), lang="en").split())
    assert (
        'does not apply (its requirements are not met). Reason: Fact: "day of notice" is stated not to exist' in english
    )
    assert "「公告した日」は、ないと述べられている" in "".join(render(made, law(), lang="ja").split())


@pytest.mark.parametrize(
    ("instance", "status"),
    [("b", "undetermined"), ("b", "outstanding"), ("b", "not-in-force"), ("c", "not-applicable"), ("d", "outstanding")],
)
def test_the_checker_refuses_what_does_not_follow(instance: str, status: str) -> None:
    made = answer(law(), facts(), Ask("2026-04-05"))
    assert [] == replay(made, law().core, law().digest, facts())

    told = copy.deepcopy(made)
    instances(told)[instance]["status"] = status
    assert replay(told, law().core, law().digest, facts())


def test_after_the_text_has_ended_what_fell_due_stays_due_and_nothing_new_arises() -> None:
    made = answer(law(), facts(), Ask("2027-04-05"))

    found = {k: i["status"] for k, i in instances(made).items()}
    assert found == {"a": "overdue", "b": "not-in-force", "c": "undetermined", "d": "overdue"}
    assert [] == replay(made, law().core, law().digest, facts())


def test_the_days_on_which_the_answer_changes_include_the_day_of_the_event() -> None:
    found = {}
    for day in ("2026-04-09", "2026-04-10"):
        made = answer(law(), facts(), Ask(day))
        assert [] == replay(made, law().core, law().digest, facts())
        found[day] = instances(made)["d"]["status"]
    assert found == {"2026-04-09": "not-applicable", "2026-04-10": "outstanding"}
    spans = course(law(), facts(), Ask("2026-04-05"), date(2026, 4, 5), date(2026, 4, 20)).spans
    assert date(2026, 4, 10) in {s.first for s in spans}


def test_a_computed_day_may_not_be_absent() -> None:
    _, found = compile_sources([Source("t.kitei", LAW.format(anchor="1 day after noticed of p"))])

    assert "unguarded-optional" in {d.slug for d in found}


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "; without that day, none arises)"), ("ja", "その日がなければ、生じない）")]
)
def test_the_rule_in_words_says_so(lang: Lang, words: str) -> None:
    lines = Rules(law(), lang).lines(law().core.versions[0])
    assert any(line.strip().endswith(words) for line in lines)

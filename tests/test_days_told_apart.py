"""Anchors that tell days apart by `if`, and norms whose bearer is the event: text and back, words, and the separate checker."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

import pytest

from kitei.answer import Ask, answer
from kitei.facts import Facts
from kitei.facts_read import read_facts
from kitei.render import render
from kitei.replay import replay
from kitei.rules_in_words import Rules
from kitei.wording import Lang
from kitei.world import Program
from kitei_dsl.codec import digest
from kitei_dsl.parse import parse
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.skin import canonical_text
from kitei_dsl.source import Source

LAW = """instrument t
  type act
  title ja "届出試験法" en "Notice Test Act"
  grade A
end

kind Firm (会社)
  label ja "会社" en "firm"
end

kind Plan (計画)
  label ja "計画" en "plan"
end

kind Change (変更)
  label ja "変更" en "change"
end

attribute planned (予定日) of Plan is date
  label ja "予定の日" en "day planned"
end

attribute handed_on (承継) of Plan is truth
  label ja "承継" en "handed on"
end

attribute noticed (公告日) of Plan is date if any
  label ja "公告した日" en "day of notice"
end

attribute wound_up (結了日) of Plan is date if any
  label ja "結了した日" en "day wound up"
end

attribute told_before (事前の届出) of Change is date if any
  label ja "事前の届出の日" en "day notified in advance"
end

attribute told_after (事後の届出) of Change is date if any
  label ja "事後の届出の日" en "day notified afterwards"
end

attribute entered (登録日) of Change is date if any
  label ja "登録の日" en "day entered"
end

relation plans
  role plan (計画一覧) many Plan
  role planner (廃止する会社) one Firm
end

norm wind_up (結了) of Firm
  label ja "結了" en "winding up"
end

norm enter (登録の義務) of Change
  label ja "登録" en "entry"
end

provision t/1 in force from 2024-01-01 until 2027-01-01 promulgated 2026-06-01 grade A
  duty wind_up of Firm
    for each plan as p anchored at if handed_on of p then planned of p else noticed of p
    when not handed_on of p
    do wound_up of p
  end

  duty enter of Change as c
    anchored at if has told_before of c then told_before of c else told_after of c
    do entered of c
  end
end
"""
FACTS = b"""entities:
  kou: {kind: Firm, plan: {members: [a, b, c, d], complete: true}}
  a: {kind: Plan, planned: 2026-06-01, handed_on: false, noticed: 2026-04-01, wound_up: 2026-04-03}
  b: {kind: Plan, planned: 2026-06-01, handed_on: false, noticed: 2026-05-01, wound_up: none}
  c: {kind: Plan, planned: 2026-06-01, handed_on: true}
  d: {kind: Plan, planned: 2026-06-01}
  x: {kind: Change, told_before: 2026-03-01, entered: 2026-03-20}
  y: {kind: Change, told_before: none, told_after: 2026-03-05, entered: none}
  z: {kind: Change, told_before: none, told_after: none}
  w: {kind: Change}
"""
#: Of each day asked, the status of each plan and change; worked out from the text above.
STATUSES = {
    "2026-04-05": {"a": "performed", "b": "not-applicable", "c": "not-applicable", "d": "undetermined",
                   "x": "performed", "y": "outstanding", "z": "not-applicable", "w": "undetermined"},
    "2026-05-01": {"a": "performed", "b": "outstanding", "c": "not-applicable", "d": "undetermined",
                   "x": "performed", "y": "outstanding", "z": "not-applicable", "w": "undetermined"},
    "2027-02-01": {"a": "performed", "b": "lapsed", "c": "not-applicable", "d": "undetermined",
                   "x": "performed", "y": "lapsed", "z": "not-in-force", "w": "undetermined"},
}  # fmt: skip


@cache
def law() -> Program:
    program, found = compile_sources([Source("t.kitei", LAW)])
    assert [] == [d.slug for d in found if d.severity == "error"]
    return Program(program, digest(program))


def facts() -> Facts:
    read, problems = read_facts(FACTS, "f.yaml", law().core)
    assert [] == [str(p) for p in problems]
    return read


def instances(made: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {i["instance"] or row["bearer"]: i for row in made["data"]["norms"] for i in row["instances"]}


@pytest.mark.parametrize("day", STATUSES)
def test_each_is_judged_by_the_day_of_its_own_event(day: str) -> None:
    made = answer(law(), facts(), Ask(day))

    assert {k: i["status"] for k, i in instances(made).items()} == STATUSES[day]
    assert [] == replay(made, law().core, law().digest, facts())


def test_the_day_it_is_anchored_at_is_told() -> None:
    made = instances(answer(law(), facts(), Ask("2026-05-01")))

    assert {k: i["anchor"] for k, i in made.items()} == {
        "a": "2026-04-01", "b": "2026-05-01", "c": "2026-06-01", "d": None,
        "x": "2026-03-01", "y": "2026-03-05", "z": None, "w": None,
    }  # fmt: skip


def test_what_tells_the_days_apart_is_asked_first() -> None:
    made = instances(answer(law(), facts(), Ask("2026-04-05")))

    assert [c["item"] for c in made["d"]["open"]] == ["d.handed_on"]
    assert [c["item"] for c in made["w"]["open"]] == ["w.told_before"]


@pytest.mark.parametrize(
    ("instance", "status"),
    [("b", "outstanding"), ("c", "outstanding"), ("c", "undetermined"), ("d", "not-applicable"), ("x", "outstanding"),
     ("y", "not-applicable"), ("z", "outstanding"), ("w", "outstanding")],
)  # fmt: skip
def test_the_checker_refuses_what_does_not_follow(instance: str, status: str) -> None:
    made = answer(law(), facts(), Ask("2026-04-05"))

    instances(told := copy.deepcopy(made))[instance]["status"] = status
    assert replay(told, law().core, law().digest, facts())


@pytest.mark.parametrize(("instance", "day"), [("a", "2026-06-01"), ("x", "2026-03-05"), ("c", None)])
def test_the_checker_refuses_another_anchor(instance: str, day: str | None) -> None:
    told = copy.deepcopy(answer(law(), facts(), Ask("2026-04-05")))

    instances(told)[instance]["anchor"] = day
    assert replay(told, law().core, law().digest, facts())


def test_the_text_is_laid_out_as_it_was_and_through_japanese_keywords() -> None:
    assert canonical_text(parse(Source("t.kitei", LAW))[0]) == LAW
    japanese = canonical_text(parse(Source("t.kitei", LAW))[0], "ja")
    assert japanese.count("適用基準日") == 2
    assert canonical_text(parse(Source("t.kitei", japanese))[0], "en") == LAW


@pytest.mark.parametrize(("lang", "word"), [("en", "day notified in advance"), ("ja", "事前の届出の日")])
def test_rule_and_answer_name_the_days(lang: Lang, word: str) -> None:
    rule = "\n".join(Rules(law(), lang).lines(law().core.versions[0]))
    assert word in rule
    told = " ".join(render(answer(law(), facts(), Ask("2026-04-05")), law(), lang=lang).split()).lower()
    assert word in told


def test_for_each_and_an_anchor_of_the_bearer_are_one_line() -> None:
    twice = LAW.replace(
        "    for each plan as p anchored", "    anchored at 2026-01-01\n    for each plan as p anchored"
    )

    _, found = compile_sources([Source("t.kitei", twice)])
    assert "repeated-line" in {d.slug for d in found}


def test_the_days_told_apart_are_not_there_for_other_lines() -> None:
    used = LAW.replace("    do entered of c\n", "    do entered of c\n    by 3 days after told_before of c\n")

    _, found = compile_sources([Source("t.kitei", used)])
    assert "unguarded-optional" in {d.slug for d in found}

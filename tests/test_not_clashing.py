"""A due day that turns on an unknown status waits for that fact; two days that exclude each other never clash."""

from __future__ import annotations

import pytest

import handregisters
from kitei.answer import Ask, answer
from kitei.facts_read import read_facts

CASE = b"""
entities:
  kou: {kind: Operator, psa_registered: true, intermediary_registered: true, business_year: {members: [year], complete: true}}
  year: {kind: BusinessYear, start_day: 2026-07-01, end_day: 2027-06-30}
"""


@pytest.mark.parametrize(
    ("goal", "fact"),
    [
        ("submit_annual_report", "kou.foreign_registered"),
        ("attach_annual_statements", "kou.foreign_registered"),
        ("submit_intermediary_report", "kou.foreign_intermediary_licence"),
    ],
)
def test_a_due_day_for_foreign_firms_and_for_others_wants_the_fact_alone(goal: str, fact: str) -> None:
    law = handregisters.law()
    facts, problems = read_facts(CASE, "f.yaml", law.core)
    assert [] == [str(p) for p in problems]
    data = answer(law, facts, Ask("2027-08-01", goals=(goal,)))["data"]

    open_now = [i for n in data["norms"] if n["name"] == goal for i in n["instances"] if i["status"] == "undetermined"]
    assert [[{"kind": "fact", "item": fact}]] == [i["open"] for i in open_now]
    assert not any("possible_clash" in i["due_open"] for i in open_now)
    assert [] == data["findings"]

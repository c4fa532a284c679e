"""Mistakes once made in answers, each with the smallest law that shows it; every answer here also replays.

The values are worked out from the semantics; the laws are made up.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from kitei.answer import Ask, answer
from kitei.facts import read_facts
from kitei.replay import replay
from kitei.world import BadAssumption, Program
from kitei_dsl.codec import canonical, digest_text, encode
from kitei_dsl.core import Assumption
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source

HEAD = """instrument t type act status enacted title en "Test Act" end
kind Firm end
kind Leak dated by seen_on end
relation suffers role leak many Leak role victim one Firm end
attribute small of Firm is truth end
attribute cold of Firm is truth end
attribute tidy of Firm is truth end
attribute paid of Firm is date if any end
attribute told of Firm is date end
attribute seen_on of Leak is date end
attribute told_on of Leak is date end
attribute grave of Leak is truth end
attribute loss of Leak is yen end
term x of Firm is truth end
term y of Firm is yen end
norm n of Firm end
norm m of Firm end
world current end
"""


def provision(number: int, *lines: str, grade: str = "A", start: str = "2020-01-01", until: str = "") -> str:
    end = f" until {until}" if until else ""
    return f"provision t/{number} in force from {start}{end} grade {grade}\n" + "\n".join(lines) + "\nend\n"


def compiled(text: str) -> Program:
    core, found = compile_sources([Source("t.kitei", HEAD + text)])
    assert [] == [d.message for d in found if d.severity == "error"]
    return Program(core, digest_text(canonical(encode(core))))


def told(text: str, firm: str = "", leaks: str = "", *, on: str = "2024-06-01", known: str | None = None,
         goals: tuple[str, ...] = (), settle: bool = False, assumes: dict[str, str] | None = None) -> dict[str, Any]:  # fmt: skip
    """Answer about the firm `f` and check that the answer replays. `leaks`: lines of entities."""
    program = compiled(text)
    ids = [line.split(":")[0] for line in leaks.split("\n") if line]
    listed = f", leak: {{members: [{', '.join(ids)}], complete: true}}" if ids else ""
    stated = f"entities:\n  f: {{kind: Firm{firm}{listed}}}\n" + "".join(
        f"  {line}\n" for line in leaks.split("\n") if line
    )
    facts, problems = read_facts(stated.encode(), "f.yaml", program.core)
    assert [] == [str(p) for p in problems]
    taken = tuple(Assumption(target, value, "--assume") for target, value in (assumes or {}).items())
    found = answer(program, facts, Ask(on, known_on=known, assumes=taken, goals=goals, settle=settle))
    refused = replay(json.loads(json.dumps(found)), program.core, program.digest, facts)
    assert [] == [str(r) for r in refused]
    return found["data"]


def instances(data: dict[str, Any], name: str = "n") -> dict[str, dict[str, Any]]:
    return {i["instance"] or "": i for row in data["norms"] if row["name"] == name for i in row["instances"]}


def statuses(data: dict[str, Any], name: str = "n") -> dict[str, str]:
    return {id: i["status"] for id, i in instances(data, name).items()}


def term(data: dict[str, Any], name: str) -> dict[str, Any]:
    return next(t for t in data["terms"] if t["name"] == name)


# --------------------------------------------------------------------------- norms, their versions and their end


def test_a_norm_may_be_standing_in_one_version_and_for_each_of_something_in_another() -> None:
    """The leak of 2024 falls under the second text, that of 2023 under the first, which knows no leaks."""
    each = "duty n of Firm for each leak as l anchored at seen_on of l when grave of l keep cold end"
    text = provision(1, "duty n of Firm keep small end", until="2024-01-01") + provision(1, each, start="2024-01-01")
    leaks = "g: {kind: Leak, seen_on: 2023-05-01, grave: true}\nh: {kind: Leak, seen_on: 2024-05-01, grave: true}"
    data = told(text, ", small: true, cold: true", leaks)

    assert {"": "not-in-force", "g": "not-in-force", "h": "satisfied"} == statuses(data)

    turned = provision(1, each, until="2024-01-01") + provision(1, "duty n of Firm keep small end", start="2024-01-01")
    data = told(turned, ", small: true, cold: true", leaks)

    assert {"": "satisfied", "g": "satisfied", "h": "not-in-force"} == statuses(data)


def test_each_version_is_anchored_by_its_own_words() -> None:
    """Seen under the first text but told under the second: the second, anchored at the telling, is the one in force then."""

    def each(anchor: str) -> str:
        return f"duty n of Firm for each leak as l anchored at {anchor} of l keep cold end"

    text = provision(1, each("told_on"), until="2024-01-01") + provision(1, each("seen_on"), start="2024-01-01")
    data = told(text, ", cold: true", "g: {kind: Leak, seen_on: 2024-03-01, told_on: 2024-04-01}")

    # Under the first text the anchor, 2024-04-01, comes after its end.
    assert ["2024-03-01", "satisfied"] == [instances(data)["g"][k] for k in ("anchor", "status")]
    assert instances(data)["g"]["version"] == "t/1@2024-01-01"


def test_where_the_anchor_is_not_known_it_is_open_whether_the_norm_is_in_force() -> None:
    text = provision(1, "duty n of Firm for each leak as l anchored at told_on of l keep cold end")
    (found,) = instances(told(text, "", "g: {kind: Leak, seen_on: 2024-05-01}")).values()

    assert ("undetermined", None) == (found["status"], found["in_force"])


def test_a_disapplied_effort_says_by_what() -> None:
    text = provision(1, "effort n of Firm keep cold end") + provision(2, "block t/1 of Firm named k end")
    found = instances(told(text, ", cold: true"))[""]

    assert "disapplied" == found["status"]
    assert ["t/2"] == [c["id"] for c in found["disapplied_by"]]


def test_a_permission_used_only_later_is_not_exercised() -> None:
    text = provision(1, "entitlement n of Firm do paid end")

    assert {"": "available"} == statuses(told(text, ", paid: 2024-06-02"))
    assert {"": "exercised"} == statuses(told(text, ", paid: 2024-06-01"))


DUE = "duty n of Firm do paid by 1 months after told end"


@pytest.mark.parametrize(
    ("firm", "status"),
    [
        # Due 2024-03-15, after the repeal.
        (", told: 2024-02-15, paid: none", "lapsed"),
        (", told: 2024-02-15, paid: 2024-02-29", "performed"),
        (", told: 2024-02-15, paid: 2024-03-01", "performed"),  # on the very day of the repeal
        (", told: 2024-02-15, paid: 2024-03-02", "lapsed"),
        # Due 2024-02-15, past on the day of the repeal.
        (", told: 2024-01-15, paid: none", "overdue"),
        (", told: 2024-01-15, paid: 2024-03-02", "performed-late"),
        # Not known whether it was past due then.
        (", paid: none", "undetermined"),
        (", paid: 2024-03-02", "undetermined"),
    ],
)
def test_what_was_performed_or_past_due_on_the_day_of_the_repeal_stays_so(firm: str, status: str) -> None:
    text = provision(1, "duty n of Firm for each leak as l anchored at seen_on of l do paid by 1 months after told end",
                     until="2024-03-01")  # fmt: skip
    found = instances(told(text, firm, "g: {kind: Leak, seen_on: 2024-01-10}"))["g"]

    assert status == found["status"]
    if status == "undetermined":
        assert [{"kind": "fact", "item": "f.told"}] == found["open"]


def test_a_state_reached_on_the_day_of_the_repeal_was_reached() -> None:
    text = provision(1, "duty n of Firm for each leak as l anchored at seen_on of l achieve tidy by 2024-12-31 end",
                     until="2024-03-01")  # fmt: skip
    leak = "g: {kind: Leak, seen_on: 2024-01-10}"
    since = ", tidy: [{value: false, to: 2024-03-01}, {value: true, from: 2024-03-01}]"
    later = ", tidy: [{value: false, to: 2024-03-02}, {value: true, from: 2024-03-02}]"
    unsure = ", tidy: [{value: true, from: 2024-05-01}]"

    assert ["performed", "lapsed", "undetermined"] == [
        statuses(told(text, firm, leak))["g"] for firm in (since, later, unsure)
    ]


def test_a_former_text_goes_on_for_the_norm_named() -> None:
    old = provision(1, "duty n of Firm keep cold end", "duty m of Firm keep small end", until="2024-01-01")
    text = old + provision(2, "former text continues for t/1#m")
    data = told(text, ", small: true, cold: true")

    assert {"": "not-in-force"} == statuses(data)
    assert {"": "satisfied"} == statuses(data, "m")


def test_whether_a_former_text_goes_on_is_open_with_its_condition() -> None:
    old = provision(1, "duty n of Firm keep cold end", until="2024-01-01")
    text = old + provision(2, "former text continues for t/1 of Firm when small")
    (found,) = instances(told(text, ", cold: true", settle=True)).values()

    assert ("undetermined", None, [{"kind": "fact", "item": "f.small"}]) == (
        found["status"],
        found["in_force"],
        found["open"],
    )
    assert [("will", ["f.small"])] == [
        (s["verdict"], s["items"]) for s in told(text, ", cold: true", settle=True)["would_settle"]
    ]
    # Once it is kept, whether it is complied with matters too.
    assert [("will", ["f.small", "f.cold"])] == [
        (s["verdict"], sorted(s["items"], reverse=True)) for s in told(text, settle=True)["would_settle"]
    ]


def test_a_sanction_for_a_label_is_tied_to_the_norm_so_labelled() -> None:
    text = provision(1, "duty n of Firm keep cold end", "duty m of Firm keep small end") + provision(
        2, "sanction criminal for t/1#m fine up to 1,000,000 yen end"
    )
    data = told(text, ", small: true, cold: true")

    assert [] == instances(data)[""]["sanctions"]
    assert ["1000000"] == [s["fine"] for s in instances(data, "m")[""]["sanctions"]]

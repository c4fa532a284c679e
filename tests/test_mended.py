"""Mistakes once made in answers, each with the smallest law that shows it; every answer here also replays.

The values are worked out from the semantics; the laws are made up.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from kitei.answer import Ask, answer
from kitei.facts_read import read_facts
from kitei.replay import replay
from kitei.world import BadAssumption, Program
from kitei_dsl.codec import digest
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
    return Program(core, digest(core))


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
    data: dict[str, Any] = found["data"]
    return data


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


# --------------------------------------------------------------------------- what an answer says of itself


def test_what_hid_a_fact_is_named_by_the_day_that_hid_it() -> None:
    text = provision(1, "define x means small end")
    small = ", small: {value: true, from: 2024-01-01, recorded: 2024-09-01}"
    later = ", small: {value: true, from: 2024-07-01, recorded: 2024-05-01}"

    assert [{"item": "f.small", "dated": "2024-09-01"}] == told(text, small, goals=("x",))["not_seen"]
    assert [{"item": "f.small", "dated": "2024-07-01"}] == told(text, later, goals=("x",))["not_seen"]


def test_an_entity_is_not_assumed() -> None:
    text = "attribute chief of Firm is Leak end\n" + provision(
        1, "slot who of Firm is Leak required for ordinance end", "define x means grave of who end"
    )

    with pytest.raises(BadAssumption, match="stands for a Leak"):
        told(text, assumes={"t/1#who": "g"}, goals=("x",))


@pytest.mark.parametrize(
    ("lines", "firm", "grade"),
    [
        # A closing counts where nothing else surely gives the value.
        (("define y when small is 100 yen end", "otherwise y is 80 yen"), ", small: false", "C"),
        (("define y when small is 100 yen end", "otherwise y is 80 yen"), "", "C"),
        (("otherwise y is 80 yen grade D",), "", "D"),
        (("otherwise y is 80 yen grade B",), "", "B"),
        (("define y when small is 100 yen end",), ", small: true", "C"),
    ],
)
def test_a_closing_carries_its_grade(lines: tuple[str, ...], firm: str, grade: str) -> None:
    assert grade == term(told(provision(1, *lines, grade="C"), firm, goals=("y",)), "y")["grade"]


def test_a_closing_that_is_not_used_carries_none() -> None:
    text = provision(1, "define y is 100 yen end") + provision(2, "otherwise y is 80 yen", grade="C")

    assert "A" == term(told(text, goals=("y",)), "y")["grade"]


def test_a_term_closed_by_its_own_words_carries_their_grade() -> None:
    assert "B" == term(told(provision(1, "define x means small end", grade="B"), ", small: false", goals=("x",)), "x")["grade"]  # fmt: skip


def test_what_is_deemed_or_presumed_carries_the_grade_of_the_deeming() -> None:
    means = provision(1, "define x means small end")
    deeming = provision(2, "deem x is true when cold for all purposes end", grade="D")
    presumption = provision(2, "presume x is true when cold end", grade="D")

    assert "D" == term(told(means + deeming, ", small: false, cold: true", goals=("x",)), "x")["grade"]
    assert "A" == term(told(means + deeming, ", small: false, cold: false", goals=("x",)), "x")["grade"]
    assert "D" == term(told(means + presumption, ", cold: true", goals=("x",)), "x")["grade"]
    assert "A" == term(told(means + presumption, ", small: true, cold: true", goals=("x",)), "x")["grade"]


@pytest.mark.parametrize("condition", ["", " of Firm when small"])
def test_what_keeps_a_former_text_carries_its_grade(condition: str) -> None:
    text = provision(1, "duty n of Firm keep cold end", until="2024-01-01") + provision(
        2, f"former text continues for t/1{condition}", grade="D"
    )
    (found,) = instances(told(text, ", small: true, cold: true")).values()

    assert ("satisfied", "D") == (found["status"], found["grade"])


READING = 'reading r choice yes en "yes" choice no en "no" end\n'


def test_a_result_that_every_reading_gives_cites_each() -> None:
    text = READING + provision(1, "define x when small is true given r = yes end") + provision(
        2, "define x when small is true given r = no end", grade="C"
    )  # fmt: skip
    found = term(told(text, ", small: true", goals=("x",)), "x")

    assert ("true", ["t/1", "t/2"], "C") == (found["value"], [c["id"] for c in found["cite"]], found["grade"])


def test_a_possible_clash_goes_through_operations() -> None:
    """What is computed from a term that may clash bears the mark; the finding is where the clash would be."""
    peers = provision(1, "define y named a is 100 yen end", "define y named b when small is 80 yen end")
    for taking in ("cold and y >= 90 yen", "not (y >= 90 yen)", "every l in leak: y >= loss of l"):
        text = peers + provision(2, f"define x means {taking} end")
        data = told(text, ", cold: true", "g: {kind: Leak, seen_on: 2024-01-01, loss: 1}", goals=("x",))
        (condition,) = [s for s in data["derivation"]["steps"] if s["node"] == "t/2@2020-01-01#x|condition"]

        assert ("open", True) == (condition["result"]["state"], condition["result"].get("possible_clash"))
        assert [("possible-clash", "y")] == [(f["kind"], f["term"]) for f in data["findings"]]


def test_only_contexts_in_use_are_listed() -> None:
    text = provision(
        1, "define x means small end", "presume x is true when cold end", "duty n of Firm when x keep cold end"
    )
    derivation = told(text, ", cold: true")["derivation"]

    assert list(range(len(derivation["contexts"]))) == sorted({s["context"] for s in derivation["steps"]})


def test_what_would_settle_is_null_where_it_is_not_asked() -> None:
    text = provision(1, "define x means small end")

    assert told(text, goals=("x",))["would_settle"] is None
    assert [] == told(text, ", small: true", goals=("x",), settle=True)["would_settle"]


def test_the_checker_refuses_to_ask_for_what_is_known() -> None:
    program = compiled(provision(1, "define x means small and cold end"))
    facts, _ = read_facts(b"entities:\n  f: {kind: Firm, cold: true}\n", "f.yaml", program.core)
    found = json.loads(json.dumps(answer(program, facts, Ask("2024-06-01", goals=("x",)))))
    settled = found["data"]["would_settle"][0]

    def refused(items: list[str], verdict: str = "will") -> list[str]:
        settled.update(verdict=verdict, items=items, ask_next=items[0] if items else None)
        settled["groups"]["facts"] = items
        return [r.where.partition("[")[0] for r in replay(found, program.core, program.digest, facts)]

    assert [] == refused(["f.small"])
    assert ["data.would_settle"] == refused(["f.cold"])
    assert ["data.would_settle"] == refused(["f.small", "f.cold"])
    assert ["data.would_settle"] == refused([])
    assert [] == refused([], "cannot")


# --------------------------------------------------------------------------- events whose day is not known


def undecided(found: dict[str, Any]) -> list[str]:
    return [f"{c['kind']} {c['item']}" for c in found["open"]]


@pytest.mark.parametrize(
    ("means", "undated", "before", "after"),
    [
        ("some l in leak: grave of l", "open", "false", "true"),
        ("every l in leak: not grave of l", "open", "true", "false"),
        ("(number l in leak) >= 1", "open", "false", "true"),
        ("(sum l in leak: loss of l) >= 5 yen", "open", "false", "true"),
        # Its own part decides, whether it is there yet or not.
        ("some l in leak where loss of l < 0 yen: grave of l", "false", "false", "false"),
        ("every l in leak: grave of l", "true", "true", "true"),
    ],
)
def test_an_event_whose_day_is_not_known_may_be_there(means: str, undated: str, before: str, after: str) -> None:
    text = provision(1, f"define x means {means} end")

    def said(day: str) -> str:
        found = term(told(text, "", f"g: {{kind: Leak, grave: true, loss: 5{day}}}", goals=("x",)), "x")
        assert undecided(found) == (["fact g.seen_on"] if found["state"] == "open" else [])
        return str(found["value"] or found["state"])

    assert [undated, before, after] == [said(""), said(", seen_on: 2024-06-02"), said(", seen_on: 2024-06-01")]


def test_an_event_has_the_day_that_holds_on_the_day_asked() -> None:
    text = provision(1, "define x means some l in leak: grave of l end")
    leak = "g: {kind: Leak, grave: true, seen_on: [{value: 2024-05-20, to: 2024-06-10}, {value: 2024-07-01, from: 2024-06-10}]}"

    assert "true" == term(told(text, "", leak, on="2024-06-09", goals=("x",)), "x")["value"]
    assert "false" == term(told(text, "", leak, on="2024-06-10", goals=("x",)), "x")["value"]
    assert "true" == term(told(text, "", leak, on="2024-07-01", goals=("x",)), "x")["value"]
    ended = leak.replace(", {value: 2024-07-01, from: 2024-06-10}", "")
    assert ["fact g.seen_on"] == undecided(term(told(text, "", ended, on="2024-07-01", goals=("x",)), "x"))


def test_an_event_recorded_later_was_not_known() -> None:
    text = provision(1, "define x means some l in leak: grave of l end")
    data = told(
        text, "", "g: {kind: Leak, grave: true, seen_on: {value: 2024-05-20, recorded: 2024-06-20}}", goals=("x",)
    )

    assert "false" == term(data, "x")["value"]
    assert [{"item": "g", "dated": "2024-06-20"}] == data["not_seen"]


def test_the_day_that_decides_whether_an_event_is_there_is_used() -> None:
    text = provision(1, "define x means some l in leak: grave of l end")

    for day, unused in (("2024-05-20", []), ("2024-06-20", ["g.grave"])):
        assert unused == told(text, "", f"g: {{kind: Leak, grave: true, seen_on: {day}}}", goals=("x",))["unused_facts"]


def test_a_duty_for_an_event_whose_day_is_not_known_is_undetermined() -> None:
    text = provision(1, "duty n of Firm for each leak as l anchored at 2024-03-01 when grave of l keep cold end")
    data = told(text, ", cold: true", "g: {kind: Leak, grave: true}", settle=True)
    (found,) = instances(data).values()

    assert ("undetermined", None, ["fact g.seen_on"]) == (found["status"], found["in_force"], undecided(found))
    # On any day of it the duty is complied with, or there is no leak yet; not so where compliance is unknown.
    assert [("will", ["g.seen_on"])] == [(s["verdict"], s["items"]) for s in data["would_settle"]]
    data = told(text, "", "g: {kind: Leak, grave: true}", settle=True)
    assert [("will", ["f.cold", "g.seen_on"])] == [(s["verdict"], sorted(s["items"])) for s in data["would_settle"]]


def test_the_victim_of_an_event_that_may_not_be_there_is_not_known() -> None:
    """A role for one gives an event only once its day is known to have come."""
    text = "attribute risky of Firm is truth end\nrelation starts role cause one Leak role result many Firm end\n"
    text += provision(1, "define x means grave of cause of self end")
    leak = ", cause: g}\n  g: {kind: Leak, grave: true"

    def said(day: str) -> str:
        found = term(told(text, f"{leak}{day}", goals=("x",)), "x")
        return str(found["value"] or undecided(found))

    assert ["true", "['fact g.seen_on']"] == [said(", seen_on: 2024-06-01"), said("")]
    assert "['fact f.cause']" == said(", seen_on: 2024-06-02")


def test_a_possible_clash_goes_on_upwards_and_is_found_where_it_is() -> None:
    """`y` has two definitions that may clash; whatever rests on it bears the mark, but only `y` is told of."""
    head = "term z of Firm is yen end term w of Firm is yen combined by sum end\n"
    clashing = provision(1, "define y of Firm when small is 5 yen end", "define y of Firm named other when cold is 7 yen end",
                         "otherwise y is 0 yen")  # fmt: skip
    above = provision(2, "define z of Firm when tidy is y end", "otherwise z is y + 1 yen") + provision(
        3, "define w of Firm is 1 yen end", "add w of Firm when y > 6 yen is 2 yen end"
    )
    data = told(head + clashing + above, goals=("y", "z", "w"))

    assert {"y": True, "z": True, "w": True} == {t["name"]: t["possible_clash"] for t in data["terms"]}
    assert [("possible-clash", "y")] == [(f["kind"], f["term"]) for f in data["findings"]]


def test_an_answer_that_cannot_say_which_version_counts_is_no_better_than_the_least_of_them() -> None:
    old = provision(1, "duty n of Firm for each leak as l anchored at seen_on of l do told_on of l by 2025-01-01 end",
                    grade="D", until="2024-01-01")  # fmt: skip
    new = provision(1, "duty n of Firm for each leak as l anchored at seen_on of l do told_on of l by 2026-01-01 end",
                    grade="B", start="2024-01-01")  # fmt: skip
    (found,) = instances(told(old + new, leaks="g: {kind: Leak}")).values()

    assert ("undetermined", None, "D") == (found["status"], found["version"], found["grade"])


def test_a_term_whose_alias_is_anothers_name_is_told_where_it_is_declared() -> None:
    """It was an internal fault where the term was defined as well."""
    law = """
instrument t type act title ja "試験法" en "Test Act" end
kind Firm end
attribute 手数料 of Firm is yen end
term fee (手数料) of Firm is yen end
provision t/1 in force from 2020-01-01 grade A define fee of Firm is 1 yen end end
"""
    _, found = compile_sources([Source("t.kitei", law)])

    assert ["declared-twice"] == [d.slug for d in found]

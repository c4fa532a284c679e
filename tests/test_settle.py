"""What would settle an answer, checked by brute force: the questions asked are enough, and none is idle.

Random programs over items of few values: truths, a list of values, a number from 0 to 3, a slot, a passage not read.
Nothing of `settle` is used to check it: facts are written into the file, slots are assumed, passages not read are
replaced in the text, and the whole is evaluated again. Cases by hand follow.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from math import prod
from typing import Any

import pytest

from kitei.answer import Ask, answer
from kitei.facts import Facts
from kitei.facts_read import read_facts
from kitei.settle import Supposing
from kitei.values import Result
from kitei.world import Program
from kitei_dsl.core import Assumption
from kitei_dsl.diagnostics import render
from kitei_dsl.frozen import Frozen
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source

SCALE = int(os.environ.get("KITEI_EXAMPLES", "1"))

TRUTHS = ("true", "false")
DOMAINS = {
    "f.a": TRUTHS,
    "f.b": TRUTHS,
    "f.c": TRUTHS,
    "f.hue": ("red", "green", "blue"),
    "f.level": ("0", "1", "2", "3"),
}
SLOT, PASSAGE = "t/3#s", "passage"
_UNREAD = '(unverified en "not read")'

HEAD = """instrument t type act status enacted title en "Test Act" end
kind Firm end
kind Branch end
enumeration Hue value red value green value blue end
relation owns role branch many Branch role owner one Firm end
attribute a of Firm is truth end
attribute b of Firm is truth end
attribute c of Firm is truth evaluation end
attribute hue of Firm is Hue end
attribute level of Firm is number between 0 and 3 end
attribute paid of Firm is date if any end
attribute due_day of Firm is date end
attribute busy of Branch is truth end
attribute cost of Branch is yen end
term w of Firm is truth end
term v of Firm is yen end
term x of Firm is truth end
norm n of Firm end
world current end
"""


@cache
def program(text: str) -> Program:
    core, found = compile_sources([Source("t.kitei", HEAD + text)])
    assert [] == [render(d) for d in found if d.severity == "error"], text
    return Program(core, "")


@cache
def facts_of(text: str, facts: str) -> Facts:
    read, problems = read_facts(facts.encode(), "f.yaml", program(text).core)
    assert [] == [str(p) for p in problems]
    return read


def asked(
    text: str, facts: str, goal: str, assumed: Mapping[str, str] | None = None, settle: bool = True
) -> dict[str, Any]:
    """Ask for one term or norm of the firm `f`."""
    assumes = tuple(Assumption(slot, value, "test") for slot, value in (assumed or {}).items())
    data: dict[str, Any] = answer(
        program(text), facts_of(text, facts), Ask("2024-06-01", assumes=assumes, goals=(goal,), settle=settle)
    )["data"]
    return data


def firm(known: Mapping[str, str], more: str = "") -> str:
    return (
        "entities:\n  f: {kind: Firm"
        + "".join(f", {i.removeprefix('f.')}: {v}" for i, v in known.items())
        + more
        + "}\n"
    )


def settled(data: dict[str, Any], goal: str) -> bool:
    """Say whether the answer to the goal is settled: a value, a gap, a clash, a status, or undefined and nothing else."""
    if goal == "n":
        instances = [i for row in data["norms"] for i in row["instances"]]
        return all(i["status"] != "undetermined" or {"undefined"} == {c["kind"] for c in i["open"]} for i in instances)
    term = next(t for t in data["terms"] if t["name"] == goal)
    return term["state"] != "open" or all(c["kind"] == "undefined" for c in term["open"])


# --------------------------------------------------------------------------- random programs


class Small(Frozen):
    """Rules with one place `{unread}` at most, the facts known, and the items whose values are not."""

    text: str
    known: Mapping[str, str]
    goal: str
    unknown: tuple[str, ...]

    def domain(self, item: str) -> tuple[str, ...]:
        return DOMAINS.get(item, TRUTHS)

    def settled(self, values: Mapping[str, str]) -> bool:
        """Evaluate again with values given to some of the items, the others left open."""
        text = self.text.replace("{unread}", values.get(PASSAGE, _UNREAD))
        facts = {**self.known, **{i: v for i, v in values.items() if i in DOMAINS}}
        assumed = {SLOT: values[SLOT]} if SLOT in values else {}
        return settled(asked(text, firm(facts), self.goal, assumed, settle=False), self.goal)

    def assignments(self, items: tuple[str, ...]) -> Iterator[dict[str, str]]:
        for values in product(*(self.domain(i) for i in items)):
            yield dict(zip(items, values, strict=True))

    def settlement(self) -> dict[str, Any] | None:
        found = asked(self.text.replace("{unread}", _UNREAD), firm(self.known), self.goal)["would_settle"]
        return found[0] if found else None


def small(seed: int) -> Small:
    rng = random.Random(seed)
    goal = rng.choice(("x", "x", "v", "n"))
    atoms = [
        "a",
        "b",
        "c",
        "hue = red",
        "hue != blue",
        "level >= 2",
        "level = 0",
        "6 / level >= 3",
        "true",
        'unencoded en "open"',
    ]
    unread = rng.random() < 0.35

    def formula(depth: int, extra: tuple[str, ...]) -> str:
        roll = rng.random()
        if depth == 0 or roll < 0.2:
            chosen = rng.choice((*atoms[:-1] * 3, atoms[-1], *extra * 5))
            return f"({chosen})"
        if roll < 0.3:
            return f"(not {formula(depth - 1, extra)})"
        if roll < 0.4:
            return f"(if {' then '.join(formula(depth - 1, extra) for _ in 'ab')} else {formula(depth - 1, extra)})"
        return f"({formula(depth - 1, extra)} {rng.choice(('and', 'or'))} {formula(depth - 1, extra)})"

    w = f"define w named w1 {rng.choice(('means', 'includes'))} {formula(2, ())} end"
    if rng.random() < 0.4:
        w += f"\n  define w named w2 when {formula(1, ())} is false{rng.choice((' notwithstanding t/1#w1', ' proviso to t/1#w1', ''))} end"
    v = f"define v named v1 when {formula(1, ('w',))} is {rng.choice(('100 yen', '(60 yen / level)', '(level * 50 yen)'))} end"
    if rng.random() < 0.6:
        v += f"\n  define v named v2 when {formula(1, ())} is 80 yen{rng.choice((' notwithstanding t/2#v1', ' proviso to t/2#v1', ''))} end"
    if rng.random() < 0.5:
        v += "\n  otherwise v is 0 yen"
    near = ("w", "v >= 80 yen", "s")
    x = f"define x named x1 {rng.choice(('means', 'includes', 'when true is'))} {formula(2, near)} end"
    if rng.random() < 0.4:
        x += f"\n  block t/3#x1 of Firm named x2 when {formula(1, near)} end"
    n = f"{rng.choice(('duty', 'prohibition'))} n of Firm named n1 when {formula(1, near)} keep {formula(2, near)} end"
    if unread:
        x, n = (part.replace("(a)", "{unread}", 1) for part in (x, n))
    text = f"""provision t/1 in force from 2020-01-01 grade A
  {w}
end
provision t/2 in force from 2020-01-01 grade A
  {v}
end
provision t/3 in force from 2020-01-01 grade A
  slot s is truth required for ordinance end
  {x if goal != "n" else ""}
  {n if goal == "n" else ""}
end
"""
    known = {i: rng.choice(values) for i, values in DOMAINS.items() if rng.random() < 0.35}
    unknown = [i for i in DOMAINS if i not in known]
    if goal != "v":
        unknown += [SLOT, *([PASSAGE] if "{unread}" in text else [])]
    return Small(text, known, goal, tuple(unknown))


def faults(case: Small, settlement: dict[str, Any]) -> list[str]:
    """Compare one settlement with brute force."""
    said = tuple(PASSAGE if "|" in i else i for i in settlement["items"])
    verdict = settlement["verdict"]
    by_all = [case.settled(values) for values in case.assignments(case.unknown)]
    if verdict == "cannot":
        return ["some values settle it"] if any(by_all) else []
    if verdict == "may":
        wrong = ["no values of the items settle it"] if not any(case.settled(v) for v in case.assignments(said)) else []
        return wrong + (["any values of all items settle it"] if all(by_all) else [])
    wrong = [f"not enough: {v}" for v in case.assignments(said) if not case.settled(v)]
    for item in said:
        others = tuple(i for i in said if i != item)
        if all(case.settled(v) for v in case.assignments(others)):
            wrong.append(f"idle: {item}")
    return wrong


def test_what_would_settle_is_enough_and_nothing_in_it_is_idle() -> None:
    counts: Counter[str] = Counter()
    for seed in range(70 * SCALE):
        case = small(seed)
        if prod(len(case.domain(i)) for i in case.unknown) > 100:
            continue
        settlement = case.settlement()
        if settlement is None:
            assert settled(
                asked(case.text.replace("{unread}", _UNREAD), firm(case.known), case.goal, settle=False), case.goal
            )
            counts["settled"] += 1
            continue
        wrong = faults(case, settlement)
        counts[settlement["verdict"]] += 1

        assert [] == wrong, f"seed {seed}: {settlement}\n{case.text}\nknown {case.known}, goal {case.goal}"
    print(f"\n{dict(sorted(counts.items()))}")
    assert all(counts[verdict] >= 2 for verdict in ("will", "may", "cannot"))


# --------------------------------------------------------------------------- by hand


def test_what_is_kept_between_suppositions_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """An evaluator that forgets everything at each supposition finds the same, in the same order."""
    found = [small(seed).settlement() for seed in range(120 * SCALE)]
    suppose = Supposing.suppose

    def forgetful(self: Supposing, overrides: Mapping[str, Result]) -> None:
        self._kept.clear()
        suppose(self, overrides)

    monkeypatch.setattr(Supposing, "suppose", forgetful)

    assert found == [small(seed).settlement() for seed in range(120 * SCALE)]
    assert sum(f is not None and len(f["items"]) > 1 for f in found) > 20, (
        "too few of the programs ask for several items"
    )


def rules(x: str, more: str = "") -> str:
    return f"provision t/3 in force from 2020-01-01 grade A\n  {more}\n  {x}\nend\n"


def means(condition: str, more: str = "") -> str:
    return rules(f"define x means {condition} end", more)


def verdict(text: str, facts: str, goal: str = "x") -> tuple[str, tuple[str, ...]]:
    found = asked(text, facts, goal)["would_settle"]
    assert 1 == len(found)
    return found[0]["verdict"], tuple(found[0]["items"])


@pytest.mark.parametrize(
    ("condition", "known", "expected"),
    [
        ("a or (a and b)", {}, ("will", ("f.a",))),
        ("a or (b and not b)", {}, ("will", ("f.a", "f.b"))),
        ("(a and b) or (a and not b)", {}, ("will", ("f.a", "f.b"))),
        ("(a or b) and (a or not b)", {}, ("will", ("f.a", "f.b"))),
        ("a and (b or true)", {}, ("will", ("f.a",))),
        ("if a then b else b", {}, ("will", ("f.b",))),
        ("a and b", {"f.a": "true"}, ("will", ("f.b",))),
        ("level < 4 and hue = red", {}, ("will", ("f.level", "f.hue"))),
        ('a and unencoded en "open"', {}, ("may", ("f.a",))),
        ('a or not unencoded en "open"', {}, ("may", ("f.a",))),
        ('unencoded en "open"', {}, ("cannot", ())),
        ('a and unencoded en "open"', {"f.a": "true"}, ("cannot", ())),
        ('a and unverified en "not read"', {}, ("will", ("f.a", "t/3@2020-01-01#x|condition.args.1"))),
        ("b and a", {}, ("will", ("f.b", "f.a"))),
    ],
)
def test_shapes(condition: str, known: dict[str, str], expected: tuple[str, tuple[str, ...]]) -> None:
    """p or (p and q) asks for p alone; what is absorbed is not asked; `or` of a thing and its contrary still is (Kleene)."""
    assert expected == verdict(means(condition), firm(known))


def test_a_slot_not_filled_is_an_item_of_the_texts() -> None:
    text = means("a and s", "slot s is truth required for ordinance end")
    found = asked(text, firm({}), "x")["would_settle"][0]

    assert ("will", ["f.a", SLOT]) == (found["verdict"], found["items"])
    assert {"facts": ["f.a"], "evaluations": [], "acts": [], "texts": [SLOT]} == found["groups"]
    assert "f.a" == found["ask_next"]


def test_items_are_printed_in_their_groups() -> None:
    found = asked(means('c and a and unverified en "not read"'), firm({}), "x")["would_settle"][0]

    assert {
        "facts": ["f.a"],
        "evaluations": ["f.c"],
        "acts": [],
        "texts": ["t/3@2020-01-01#x|condition.args.2"],
    } == found["groups"]


@pytest.mark.parametrize("quantifier", ["every", "some", "at least 1"])
def test_a_list_that_is_not_complete_settles_nothing_for_sure(quantifier: str) -> None:
    text = means(f"{quantifier} m in branch: busy of m")
    facts = firm({}, ", branch: {members: [g], complete: false}") + "  g: {kind: Branch}\n"

    assert "may" == verdict(text, facts)[0]
    assert "g.busy" in verdict(text, facts)[1]


def test_a_complete_list_asks_for_its_members() -> None:
    facts = firm({}, ", branch: {members: [g, h], complete: true}") + "  g: {kind: Branch}\n  h: {kind: Branch}\n"

    assert ("will", ("g.busy", "h.busy")) == verdict(means("every m in branch: busy of m"), facts)
    assert ("will", ("g.busy", "h.busy")) == verdict(means("some m in branch: busy of m"), facts)


def test_a_gap_is_an_answer_but_nothing_for_what_rests_on_it() -> None:
    """Where w may be a gap, w is settled by its condition; x, which uses w, is not."""
    text = "provision t/1 in force from 2020-01-01 grade A define w includes a end end\n" + means("w")

    assert ("will", ("f.a",)) == verdict(text, firm({}), "w")
    assert ("may", ("f.a",)) == verdict(text, firm({}), "x")


def test_a_day_may_settle_a_duty() -> None:
    """Past its end, a duty with nothing known of performance asks for it; the day of performance settles it."""
    text = rules("duty n of Firm do paid by due_day end")

    assert ("will", ("f.due_day", "f.paid")) == verdict(text, firm({}), "n")
    assert ("will", ("f.paid",)) == verdict(text, firm({"f.due_day": "2024-05-31"}), "n")


def test_a_duty_asks_first_whether_it_applies() -> None:
    text = rules("duty n of Firm when a keep b end")

    assert ("will", ("f.a", "f.b")) == verdict(text, firm({}), "n")
    assert ("will", ("f.b",)) == verdict(text, firm({"f.a": "true"}), "n")


def test_a_reading_on_which_all_hangs_is_no_fact() -> None:
    """Per choice of reading the facts settle each result; what is contested is no question for facts."""
    text = (
        'reading r choice yes en "yes" choice no en "no" end\n'
        + rules("define x named p means a given r = yes end\n  define x named q means a and b given r = no end")
    )  # fmt: skip

    assert "will" == verdict(text, firm({}))[0]
    assert {"f.a", "f.b"} == set(verdict(text, firm({}))[1])


# --------------------------------------------------------------------------- what was once wrong


def test_an_outcome_that_may_be_a_gap_settles_nothing_for_what_takes_it() -> None:
    """x is w; where w is a gap, x stays open for it: no values of a settle x surely."""
    text = "provision t/1 in force from 2020-01-01 grade A define w includes a end end\n" + rules("define x is w end")

    assert ("may", ("f.a",)) == verdict(text, firm({}))


def test_what_has_no_result_is_settled_also_where_a_gap_was_possible() -> None:
    """At level 0 v has no result, and nothing is left to ask; else v is a gap, and x stays open for it."""
    text = (
        "provision t/2 in force from 2020-01-01 grade A define v when 6 / level >= 9 is 100 yen end end\n"
        + means("v >= 80 yen")
    )  # fmt: skip

    assert ("may", ("f.level",)) == verdict(text, firm({}))


def test_what_has_no_result_asks_nothing() -> None:
    assert [] == asked(means("6 / level >= 3"), firm({"f.level": "0"}), "x")["would_settle"]


def test_a_duty_whose_application_has_no_result_asks_nothing_of_its_performance() -> None:
    text = rules("duty n of Firm when 6 / level >= 3 keep a end")

    assert [] == asked(text, firm({"f.level": "0"}), "n")["would_settle"]


def test_a_passage_not_read_may_be_a_day() -> None:
    """A day before 2024 would settle it."""
    text = means('((3 months after unverified en "not read") >= 2024-01-01) and unencoded en "open"')

    assert "may" == verdict(text, firm({}))[0]


def test_the_performance_of_a_duty_that_never_applies_is_not_asked() -> None:
    """At level 0 it has no result whether the duty applies; at any other it does not apply."""
    text = rules("duty n of Firm when 6 / level >= 3 and level = 0 keep a end")

    assert ("will", ("f.level",)) == verdict(text, firm({}), "n")

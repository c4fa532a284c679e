"""What would change a conclusion: nothing smaller does, nothing of that size is left out, and what is said is so.

Random rules over items of few values are checked by brute force: every set of facts is written into a facts file and
answered anew, with nothing of `flip`. Amounts, days and lists follow by hand.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations, product
from typing import Any

import pytest

from kitei.answer import Ask, answer
from kitei.changed_facts import Change, changed
from kitei.facts import Facts
from kitei.facts_read import read_facts
from kitei.flip import MOST, Flip, Flips, Goal, flips
from kitei.why import why
from kitei.world import Program, Regime
from test_settle import _UNREAD, DOMAINS, firm, means, program, rules, small
from test_why import FACTS as KEEPING
from test_why import asked as asked_of_keeping
from test_why import law as keeping
from whypages import page

SCALE = int(os.environ.get("KITEI_EXAMPLES", "1"))
ON = "2024-06-01"


@cache
def read(law: Program, text: str) -> Facts:
    facts, problems = read_facts(text.encode(), "f.yaml", law.core)
    assert [] == [str(p) for p in problems]
    return facts


def searched(law: Program, text: str, goal: Goal, on: str = ON, **more: Any) -> Flips:
    ask = Ask(on)
    return flips(Regime(law, law.worlds["current"]), read(law, text), ask.query, goal, listed=10**6, **more)


def told(flip: Flip) -> set[frozenset[tuple[str, str | None]]]:
    return {frozenset((c.item, c.after) for c in changes) for changes, _ in flip.changes}


# --------------------------------------------------------------------------- random rules, by brute force


def result(law: Program, known: Mapping[str, str], goal: str) -> str:
    """Answer anew from a facts file: of a term its value (or state), of a norm whether it applies, and its status."""
    data = answer(law, read(law, firm(known)), Ask(ON, goals=(goal,), settle=False))["data"]
    if goal != "n":
        term = next(t for t in data["terms"] if t["name"] == goal)
        return str(term["value"] if term["state"] == "value" else term["state"])
    instance = data["norms"][0]["instances"][0]
    applies = (instance["applies"] or {}).get("value")
    presence = {"true": "applies", "false": "does-not-apply"}.get(str(applies), "open")
    return f"{presence}/{instance['status']}"


def reaches(goal: str, now: str, then: str) -> bool:
    presence, _, status = then.partition("/")
    match goal:
        case "applies" | "does-not-apply":
            return presence == goal
        case "status":
            return presence == "applies" and then != now and status != "undetermined"
        case "value":
            return then != now and then not in ("open", "gap", "clash")
        case _:
            return then == goal


def neighbours(known: Mapping[str, str], size: int) -> Iterator[tuple[frozenset[tuple[str, str]], dict[str, str]]]:
    """Give every way of giving so many facts another value."""
    for items in combinations(DOMAINS, size):
        for values in product(*([v for v in DOMAINS[i] if v != known.get(i)] for i in items)):
            yield frozenset(zip(items, values, strict=True)), {**known, **dict(zip(items, values, strict=True))}


def test_what_is_found_is_what_brute_force_finds() -> None:
    """The least number of facts, every change of that number and no other; and where there is none, there is none."""
    counts: Counter[str] = Counter()
    for seed in range(18 * SCALE):
        case = small(seed)
        law = program(case.text.replace("{unread}", _UNREAD))
        goal = Goal(norm=next(iter(law.norms)), of="f") if case.goal == "n" else Goal(term=case.goal, of="f")
        found = searched(law, firm(case.known), goal, most=MOST, budget=10**6)
        now = result(law, case.known, case.goal)
        assert found.flips
        for flip in found.flips:
            expected: set[frozenset[tuple[str, str]]] = set()
            size = 0
            while not expected and size < MOST:
                size += 1
                expected = {
                    s
                    for s, facts in neighbours(case.known, size)
                    if reaches(flip.goal, now, result(law, facts, case.goal))
                }
            where = f"seed {seed}, {flip.goal}: {case.known}\n{case.text}"
            counts[f"{flip.goal} {flip.size if expected else 'never'}"] += 1

            assert flip.verdict == ("found" if expected else flip.verdict), where
            assert flip.verdict in (("found",) if expected else ("never", "size")), where
            assert told(flip) == expected, where
            assert not expected or flip.size == size, where
            for changes, then in flip.changes:
                facts = {**case.known, **{c.item: str(c.after) for c in changes}}
                assert result(law, facts, case.goal) in (
                    then.status,
                    f"{then.presence}/{then.status}",
                    then.presence,
                ), where
    print(f"\n{dict(sorted(counts.items()))}")
    assert sum(n for name, n in counts.items() if name.endswith(" 2")) >= 3
    assert sum(n for name, n in counts.items() if name.endswith("never")) >= 3


# --------------------------------------------------------------------------- amounts, by hand


def keeps(goal: str, text: str = KEEPING, **more: Any) -> Flip:
    found = searched(keeping(), text, Goal(term="within", of="kou"), on=ON, **more)
    return next(f for f in found.flips if f.goal == goal)


def test_an_amount_is_changed_to_the_boundary() -> None:
    """5 % of 10,000,000,000 is 500,000,000: one yen less is within; or 500,000,001 / 5 % = 10,000,000,020 held."""
    flip = keeps("true")

    assert ("found", 1, 2) == (flip.verdict, flip.size, flip.total)
    assert {frozenset({("kou.hot", "500000000")}), frozenset({("kou.held", "10000000020")})} == told(flip)


@pytest.mark.parametrize(
    ("hot", "held", "goal", "expected"),
    [
        ("500000000", "10000000000", "false", {"kou.hot": "500000001", "kou.held": "9999999999"}),
        ("1", "21", "false", {"kou.hot": "2", "kou.held": "19"}),  # 5 % of 21 is 1.05, of 20 exactly 1
        ("3", "59", "true", {"kou.hot": "2", "kou.held": "60"}),  # 5 % of 59 is 2.95
    ],
)
def test_boundaries_that_are_no_whole_yen(hot: str, held: str, goal: str, expected: dict[str, str]) -> None:
    text = KEEPING.replace("500000001", hot).replace("10000000000", held)

    assert {frozenset({pair}) for pair in expected.items()} == told(keeps(goal, text))


def test_an_unknown_amount_is_given_the_value_nearest_to_the_boundary() -> None:
    text = KEEPING.replace("hot: {value: 500000001, source: 残高証明, note: 月末}", "")

    assert {frozenset({("kou.hot", "500000000")})} == told(keeps("true", text))
    assert {frozenset({("kou.hot", "500000001")})} == told(keeps("false", text))


LATE = rules("duty n of Firm do paid by 14 days after due_day end")


def late(paid: str, due: str = "2024-05-01") -> Flip:
    found = searched(program(LATE), firm({"f.paid": paid, "f.due_day": due}), Goal(norm="norm:t/3#n", of="f"))
    return next(f for f in found.flips if f.goal == "status")


def test_days_are_changed_to_the_boundary() -> None:
    """14 days after 1 May is 15 May. Paid on the 20th it is late: paid on the 15th, or due from the 6th, it is not."""
    flip = late("2024-05-20")

    assert {frozenset({("f.paid", "2024-05-15")}), frozenset({("f.due_day", "2024-05-06")})} <= told(flip)
    assert all(then.status in ("performed", "outstanding", "overdue") for _, then in flip.changes)
    assert {frozenset({("f.paid", "2024-05-16")}), frozenset({("f.due_day", "2024-04-30")})} <= told(
        late("2024-05-15", "2024-05-01")
    )


def test_what_is_said_not_to_be_is_given_the_day_nearest_to_the_boundary() -> None:
    """Not paid by 15 May it is overdue; paid on the 15th it is not, and on the 16th it is late."""
    flip = late("none")

    assert frozenset({("f.paid", "2024-05-15")}) in told(flip)
    assert {"performed", "performed-late"} <= {then.status for _, then in flip.changes}


RATED = """
instrument t type act status enacted title en "Rated Act" end
kind Firm end
attribute share of Firm is rate between 0% and 100% end
attribute coins of Firm is quantity end
attribute kept of Firm is quantity end
term x of Firm is truth end
provision t/1 in force from 2020-01-01 grade A define x of Firm means share >= 1/3 and coins of it >= kept of it end end
world current end
"""


def test_rates_and_quantities_have_boundaries_too() -> None:
    from kitei_dsl.pipeline import compile_sources
    from kitei_dsl.source import Source

    core, found = compile_sources(
        [Source("t.kitei", RATED.replace("coins of it", "coins").replace("kept of it", "kept"))]
    )
    assert not [d for d in found if d.severity == "error"]
    law = Program(core, "")
    text = "entities:\n  f: {kind: Firm, share: 1/3, coins: 1.25 BTC, kept: 1.25 BTC}\n"
    flip = searched(law, text, Goal(term="x", of="f")).flips[0]

    assert flip.verdict == "found"
    assert {c.item for changes, _ in flip.changes for c in changes} == {"f.share", "f.coins", "f.kept"}
    assert frozenset({("f.coins", "1.24 BTC")}) in told(flip)
    assert frozenset({("f.kept", "1.26 BTC")}) in told(flip)


def test_an_unknown_number_and_an_unknown_quantity_are_tried_each_in_its_own_unit() -> None:
    """Where the facts name an asset, a quantity not known is tried in it; a number beside it stays a number."""
    from kitei_dsl.pipeline import compile_sources
    from kitei_dsl.source import Source

    text = RATED.replace("coins of it >= kept of it", "keys >= 3 and coins >= kept")
    core, found = compile_sources(
        [Source("t.kitei", text.replace("attribute coins", "attribute keys of Firm is number end\nattribute coins"))]
    )
    assert not [d for d in found if d.severity == "error"]
    law = Program(core, "")
    facts = "entities:\n  f: {kind: Firm, share: 1/2, kept: 2 ETH}\n"
    flip = next(f for f in searched(law, facts, Goal(term="x", of="f")).flips if f.goal == "true")

    assert {frozenset({("f.keys", "3"), ("f.coins", "2 ETH")})} == told(flip)


# --------------------------------------------------------------------------- lists, acts, bounds


def test_members_are_taken_out_of_lists_only_aside() -> None:
    """The second lot fails: kept apart, or lent out, it would not; nor if it were not among the lots, which changes no fact of it."""
    found = searched(keeping(), KEEPING, Goal(norm="norm:t/6#keep_apart", of="kou"))
    flip = next(f for f in found.flips if f.goal == "status")

    assert ("found", 1) == (flip.verdict, flip.size)
    assert {frozenset({("y.apart", "true")}), frozenset({("y.lent", "true")})} == told(flip)
    assert flip.aside is not None
    assert (1, 1) == (flip.aside.size, flip.aside.total)
    assert [("kou.lot", "without", "y")] == [(c.item, c.sort, c.after) for cs, _ in flip.aside.changes for c in cs]
    assert "kou.hot" in found.unread


BRANCHES = "every e in branch: busy of e and cost of e <= 5 yen"
BRANCH = (
    "entities:\n  f: {kind: Firm, branch: {members: [p], complete: true}}\n  p: {kind: Branch, busy: false, cost: 7}\n"
)


def test_the_search_goes_on_past_what_only_takes_something_out_of_a_list() -> None:
    """Branch p is idle and costs 7: taken off the list, one change; by what is so, two (busy, and 5 yen), one alone not.

    Of one fact: busy; the costs 5 and, beside it, 4 or 6; the list not complete; the list without p."""
    flip = searched(program(means(BRANCHES)), BRANCH, Goal(term="x", of="f")).flips[0]

    assert ("true", "found", 2, 1) == (flip.goal, flip.verdict, flip.size, flip.total)
    assert {frozenset({("p.busy", "true"), ("p.cost", "5")})} == told(flip)
    assert [1] == [n for n, _ in flip.tried]
    assert flip.aside is not None
    assert (1, [("f.branch", "without", "p")]) == (
        flip.aside.size,
        [(c.item, c.sort, c.after) for cs, _ in flip.aside.changes for c in cs],
    )


def test_where_only_taking_something_out_does_it_nothing_is_claimed_of_the_facts() -> None:
    """`busy and not busy` holds of no branch."""
    flip = searched(
        program(means("every e in branch: busy of e and not busy of e")), BRANCH, Goal(term="x", of="f")
    ).flips[0]

    assert ("true", "never", 0, ()) == (flip.goal, flip.verdict, flip.total, flip.changes)
    assert flip.aside is not None and flip.aside.size == 1


def test_the_page_says_what_is_found_aside_and_that_nothing_else_smaller_does() -> None:
    law, text = program(means(BRANCHES)), BRANCH
    found = why(law, read(law, text), Ask(ON), "x", asked="flip")
    ja, en = page(found, "ja"), page(found)

    assert (
        "The smallest change is of 2 facts: 1 such change. Apart from those set out separately below, no change of a single fact does"
        in en
    )
    assert "Separately, changes that alter nothing in the matter" in en
    assert "最も小さい変更は事実2件の変更で、1通りある。下に別に示す変更を除き、事実1件の変更では変わらない" in ja
    assert ja.index("変更後：") < ja.index("別に、事実の内容を変えず") < ja.index("を除く\n")


def test_a_day_moved_out_of_the_time_of_the_text_stands_aside() -> None:
    """t/4 is in force from 2020-01-01: on the day before, no duty; what a day is otherwise moved to stands before it."""
    text = rules("duty n of Firm when due_day >= 2024-01-01 do paid by 14 days after due_day end")
    flip = next(f for f in searched(program(text), firm({"f.due_day": "2024-05-01"}), Goal(norm="norm:t/3#n", of="f")).flips
                if f.goal == "does-not-apply")  # fmt: skip

    assert {frozenset({("f.due_day", "2023-12-31")})} == told(flip)


def test_a_list_said_to_be_complete_settles_it() -> None:
    text = KEEPING.replace("complete: true", "complete: false").replace(
        "apart: false, lent: false", "apart: true, lent: false"
    )
    flip = next(
        f for f in searched(keeping(), text, Goal(norm="norm:t/6#keep_apart", of="kou")).flips if f.goal == "status"
    )

    assert frozenset({("kou.lot", "true")}) in told(flip)
    assert {"satisfied", "not-satisfied"} == {then.status for _, then in flip.changes}


def test_acts_of_the_authority_and_evaluations_are_told_apart() -> None:
    found = asked_of_keeping("keep_cold", how="flip")
    gone = next(f for f in found.flips[0].flips if f.goal == "does-not-apply")
    text, ja = page(found), page(found, "ja")

    assert {("kou.business", "evaluation"), ("kou.registered", "act"), ("kou.exempt", "act")} == {
        (c.item, c.evidence) for changes, _ in gone.changes for c in changes
    }
    assert (
        "registration (Company A): yes on 2024-06-01 (not the same on every day) -> no throughout [an act only an authority can do]"
        in text
    )
    assert "業として行うこと（甲社）：該当する→該当しない〔法律家の評価を要する点〕" in ja
    assert "hot amount (Company A): JPY 500,000,001 -> JPY 500,000,000" in text
    assert "Then (any one of these will do): The duty applies; on the facts given, it is satisfied" in text
    assert "変更後（次のいずれか一つで足りる）：義務がある。与えられた事実を前提とすれば、適合する" in ja


def test_that_nothing_smaller_does_is_said_with_the_number_tried() -> None:
    """Both must change: of a, b and c (all false) any one is tried, three changes; none does."""
    law = program(means("a and b or c and a and b"))
    found = searched(law, firm({"f.a": "false", "f.b": "false", "f.c": "false"}), Goal(term="x", of="f"))
    flip = found.flips[0]

    assert ("found", 2, ((1, 3),)) == (flip.verdict, flip.size, flip.tried)
    assert {frozenset({("f.a", "true"), ("f.b", "true")})} == told(flip)


def test_where_no_change_does_it_is_said() -> None:
    """`a and not a` is never true; two changes of one fact are one."""
    flip = searched(program(means("a and not a")), firm({"f.a": "true"}), Goal(term="x", of="f")).flips

    assert ("false", "found") not in [(f.goal, f.verdict) for f in flip]
    assert [("true", "never", ((1, 1),))] == [(f.goal, f.verdict, f.tried) for f in flip]


def test_the_bound_is_said_and_nothing_is_claimed_beyond_it() -> None:
    law, text = (
        program(means("a and b and c and hue = red")),
        firm({"f.a": "false", "f.b": "false", "f.c": "false", "f.hue": "blue"}),
    )
    by_number = searched(law, text, Goal(term="x", of="f"), most=2).flips[0]
    by_tries = searched(law, text, Goal(term="x", of="f"), budget=9).flips[0]

    assert ("size", 2, 0) == (by_number.verdict, by_number.size, by_number.total)
    assert ("bound", 2, 0, ((1, 5),)) == (by_tries.verdict, by_tries.size, by_tries.total, by_tries.tried)
    assert by_tries.partly is not None and 0 < by_tries.partly < 9


def test_what_was_not_tried_is_named() -> None:
    """A rule that rests on no fact says so; the page names what no value was found for."""
    found = asked_of_keeping("within", how="flip")

    assert "Not tried: entities the facts do not name, and new members of lists." in page(found)
    assert "試していないもの：前提事実に記載のない者・物、一覧への追加。" in page(found, "ja")


# --------------------------------------------------------------------------- written into the facts


def test_changed_facts_are_those_of_a_file_that_says_so() -> None:
    """A change made in memory is the change made in the file: values, members and their other side."""
    law = keeping()
    changes = [
        Change("kou.hot", "value", None, "7"),
        Change("kou.lot", "without", None, "y"),
        Change("x.lent", "value", None, "true"),
    ]
    made = changed(read(law, KEEPING), changes, law)
    text = KEEPING.replace("{value: 500000001, source: 残高証明, note: 月末}", "7").replace("[x, y, z]", "[x, z]")
    written = read(law, text.replace("apart: true, lent: false", "apart: true, lent: true"))

    def plain(facts: Facts) -> dict[tuple[str, str], list[object]]:
        return {k: [r.value for r in rs] for k, rs in facts.records.items()}

    assert plain(written) == plain(made)
    assert written.members == made.members


def test_moving_an_entity_changes_both_sides() -> None:
    law = keeping()
    text = KEEPING.replace("  x: {kind: Lot,", "  otsu: {kind: Firm}\n  x: {kind: Lot,")
    made = changed(read(law, text), [Change("y.keeper", "value", "kou", "otsu")], law)
    written = read(
        law, text.replace("[x, y, z]", "[x, z]").replace("otsu: {kind: Firm}", "otsu: {kind: Firm, lot: [y]}")
    )

    assert {k: set(m.ids) for k, m in written.members.items()} == {k: set(m.ids) for k, m in made.members.items()}


@pytest.mark.parametrize("name", ["keep_cold", "order", "keep_apart"])
def test_every_change_told_changes_the_answer_when_written_down(name: str) -> None:
    """Each is written into the facts file, and `run` gives the status that was said."""
    found = asked_of_keeping(name, how="flip")
    tried = 0
    for flip in found.flips[0].flips:
        for changes, then in flip.changes:
            text = KEEPING
            for c in changes:
                text = written(text, c)
            data = answer(keeping(), read(keeping(), text), Ask(ON, goals=(name,), settle=False))["data"]
            tried += 1

            assert then.status == data["norms"][0]["instances"][0]["status"], (changes, text)
    assert tried >= 3


def written(text: str, c: Change) -> str:
    """Write a change into the sample facts, by hand."""
    import re

    id, _, name = c.item.partition(".")
    if c.sort == "without":
        return re.sub(rf"(members: \[[^\]]*?)(?:, )?\b{c.after}\b", r"\1", text)
    if c.sort == "complete":
        return re.sub(r"complete: \w+", f"complete: {c.after}", text)
    head, mark, rest = text.partition(f"  {id}:")
    assert mark
    if re.search(rf"\b{name}: (\{{[^}}]*\}}|[\w.]+)", rest):
        rest = re.sub(rf"\b{name}: (\{{[^}}]*\}}|[\w.]+)", f"{name}: {c.after}", rest, count=1)
    else:
        rest = rest.replace("kind: Firm", f"kind: Firm\n    {name}: {c.after}", 1)
    return head + mark + rest


def test_the_search_is_the_same_every_time() -> None:
    first, second = (asked_of_keeping("keep_cold", how="flip").flips for _ in range(2))

    assert first == second


def test_a_norm_not_in_force_is_not_searched() -> None:
    found = why(keeping(), read(keeping(), KEEPING), Ask(ON), "old_duty", asked="flip")

    assert () == found.flips[0].flips
    assert "No text of it is in force on the day that governs." in page(found)

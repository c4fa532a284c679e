"""Laws of evaluation on random law: it never fails, order is nothing, facts only add, and rules 1 to 9 are what they say.

The programs of `programs` are compiled from text each time; `oracle` says what rules without unknowns mean. Scale up
with KITEI_EXAMPLES (a multiple of what the suite runs), and see the shares with `pytest -s`.
"""

from __future__ import annotations

import importlib
import json
import random
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import oracle
from kitei.answer import Ask, answer
from kitei.evaluate import Evaluator
from kitei.facts import Facts
from kitei.facts_read import read_facts
from kitei.register import TooManyReadings
from kitei.trace import Context
from kitei.values import Cause, Entity, Result, write
from kitei.world import BadAssumption, Program, Regime
from kitei_dsl.codec import canonical, decode, digest, digest_text, stated
from kitei_dsl.format import format_file
from kitei_dsl.frozen import replace
from kitei_dsl.parse import parse
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source
from programs import (
    ATTRIBUTES,
    LAWS,
    SCALE,
    Case,
    Entry,
    case,
    cases,
    compiled,
    fact_text,
    facts_of,
    reduced,
    shuffled,
)

Answer = dict[str, Any]
Known = Mapping[str, bool | None]


#: Statuses outside the law of monotony: nothing recorded yet (semantics section 5), several readings, or unknown.
_UNSETTLED = ("open", "undetermined", "outstanding", "contested", "available")

#: A norm that surely does not apply; which of two reasons is named first may depend on what else is known.
_DISAPPLIED = {"disapplied": "not-applicable", "not-available": "not-applicable", "does-not-arise": "not-applicable"}


def some(examples: int) -> settings:
    """Return how often a property is tried. Seeds do not shrink: `check` cuts the case itself down."""
    return settings(max_examples=examples * SCALE, deadline=None, derandomize=True, database=None, phases=(Phase.generate,),
                    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])  # fmt: skip


def answered(program: Program, facts: Facts, ask: Ask) -> Answer | None:
    """Return the answer, or None where what was asked is refused; anything else that is raised is a mistake of ours."""
    try:
        return answer(program, facts, ask)
    except (BadAssumption, TooManyReadings):
        return None


def run(c: Case) -> tuple[Program, Facts, Answer | None]:
    program = compiled(c)
    facts = facts_of(c, program)
    return program, facts, answered(program, facts, c.ask)


def written(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def found(data: Answer) -> dict[tuple[str, ...], tuple[Any, ...]]:
    """Return what an answer says of each norm and term, whatever the order it says it in."""
    said: dict[tuple[str, ...], tuple[Any, ...]] = {}
    for norm in data["data"]["norms"]:
        for i in norm["instances"]:
            causes = frozenset((c["kind"], c["item"]) for c in i["open"])
            key = ("norm", norm["key"], norm["bearer"], i["instance"] or "")
            by_reading = {a["status"] for a in i.get("by_reading", ())}
            none = bool(by_reading) and by_reading <= {"not-applicable", *_DISAPPLIED}
            said[key] = (
                "not-applicable" if none else i["status"],
                i["due"],
                i["performed"],
                i.get("presumed", False) or bool(i.get("unproved")),
                written(i.get("saved_by")),
                causes,
            )
    for t in data["data"]["terms"]:
        causes = frozenset((c["kind"], c["item"]) for c in t["open"])
        said["term", t["key"], t["subject"]] = (
            t["state"],
            t["value"],
            tuple(t["values"]),
            t.get("presumed", False) or bool(t.get("unproved")),
            t["possible_clash"],
            causes,
        )
    return said


def check(c: Case, holds: Callable[[Case], bool]) -> None:
    """Check a property of a case; a case that breaks it is shown cut down."""
    if not holds(c):
        raise AssertionError(reduced(c, lambda smaller: not holds(smaller)).show())


# --------------------------------------------------------------------------- any law, any facts


@some(40)
@given(cases())
def test_evaluation_gives_an_answer_and_always_the_same_bytes(c: Case) -> None:
    c = replace(c, ask=replace(c.ask, settle=True))
    program, _, first = run(c)
    again = answered(program, facts_of(c, program), c.ask)

    assert written(first) == written(again)


@some(25)
@given(cases(), st.integers(0, 2**32))
def test_no_order_matters(c: Case, seed: int) -> None:
    """Files, provisions, statements, declarations, entities and facts in another order: the same results."""

    def holds(c: Case) -> bool:
        _, _, data = run(c)
        _, _, other = run(shuffled(c, seed))
        return (data is None) == (other is None) and (data is None or other is None or found(data) == found(other))

    check(c, holds)


def kept(key: tuple[str, ...], before: tuple[Any, ...], after: tuple[Any, ...]) -> bool:
    """Say whether what the law of monotony is about is kept: a norm's status and due date, a term's state and value.

    A clash stays one; that more than the values known before may clash is no alteration.
    """
    if key[0] == "norm":
        return (_DISAPPLIED.get(before[0], before[0]), before[1]) == (_DISAPPLIED.get(after[0], after[0]), after[1])
    return before[:2] == after[:2] and set(before[2]) <= set(after[2])


def extended(c: Case, seed: int) -> Case:
    """Return the case with more facts: about what is unknown, and lists completed. Nothing stated is changed."""
    dated = any("dated by" in line for line in c.vocabulary)

    def more(e: Entry) -> Entry:
        stated = {name for name, _ in e.lines}
        lines = [(n, t.replace("complete: false", "complete: true") if seed % 3 else t) for n, t in e.lines]
        for name, type_, may in ATTRIBUTES[e.kind]:
            rng = random.Random(f"{seed} {e.id} {name}")
            if name not in stated and rng.random() < 0.6 and not (dated and name == "started"):
                lines.append((name, "none" if may and rng.random() < 0.4 else fact_text(rng, type_)))
        return replace(e, lines=tuple(lines))

    return replace(c, entries=tuple(more(e) for e in c.entries))


@some(40)
@given(cases(), st.integers(0, 2**32))
def test_facts_only_add(c: Case, seed: int) -> None:
    """More facts never alter a settled result that bears no mark of a presumption."""

    def holds(c: Case) -> bool:
        program, _, before = run(c)
        more = extended(c, seed)
        after = answered(program, facts_of(more, program), c.ask)
        if before is None or after is None:
            return True
        later = found(after)
        return all(
            key in later and kept(key, said, later[key])
            for key, said in found(before).items()
            if said[0] not in _UNSETTLED and not said[3]
        )

    check(c, holds)


# --------------------------------------------------------------------------- forms of one law


@some(15)
@given(cases())
def test_the_compiled_core_is_read_back(c: Case) -> None:
    program, facts, data = run(c)
    text = canonical(program.core)
    read = decode(text)

    assert text == canonical(read)
    assert written(data) == written(answered(Program(read, digest_text(text)), facts, c.ask))


def without_places(data: Any) -> Any:
    """Leave out where in the text a record stands, and the digest of the text."""
    if isinstance(data, dict):
        return {k: without_places(v) for k, v in data.items() if k not in ("place", "sources")}
    return [without_places(x) for x in data] if isinstance(data, list) else data


@some(15)
@given(cases())
def test_formatting_keeps_the_meaning(c: Case) -> None:
    formatted = [Source(s.name, format_file(parse(s)[0])) for s in c.sources()]

    assert without_places(stated(compiled(c).core)) == without_places(stated(compiled(c, formatted).core))
    assert [s.text for s in formatted] == [format_file(parse(s)[0]) for s in formatted]


@some(25)
@given(cases())
def test_every_derivation_replays(c: Case) -> None:
    replay = pytest.importorskip("kitei.replay", reason="the checker of derivations is not there yet").replay

    def holds(c: Case) -> bool:
        program, facts, data = run(c)
        refusals = (
            []
            if data is None
            else [str(r) for r in replay(json.loads(written(data)), program.core, program.digest, facts)]
        )
        return not refusals

    check(c, holds)


# --------------------------------------------------------------------------- what the random law covers

STATES = ("value", "gap", "clash", "open", "absent")
RELATIONS = ("proviso", "notwithstanding", "yields", "block", "add", "means", "otherwise", "deem", "presume", "reading")
CAUSES = ("fact", "list", "slot", "unencoded", "unverified", "gap", "clash", "undefined")


def met(program: Program, data: Answer) -> set[str]:
    """Return the states, relations, causes and statuses that an answer's derivation met; a relation only where it counted:
    the overriding clause stands, the closing is the value, the deeming holds, the presumption is applied."""
    seen: set[str] = set()
    steps = data["data"]["derivation"]["steps"]
    seen |= {f"status {i['status']}" for n in data["data"]["norms"] for i in n["instances"]}
    if any(c["readings"] for c in data["data"]["derivation"]["contexts"]):
        seen.add("reading")
    for s in steps:
        result, certificate = s["result"], s["certificate"]
        seen.add(result["state"])
        seen |= {f"cause {c['kind']}" for c in result.get("causes", ())}
        if result.get("possible_clash"):
            seen.add("possible clash")
        if certificate.get("presumed"):
            seen.add("presume")
        if certificate.get("deemed"):
            seen.add("deem")
        if s["kind"] == "resolve":
            seen |= _met_relations(program, certificate)
    return seen


def _met_relations(program: Program, certificate: dict[str, Any]) -> set[str]:
    seen = set()
    clauses = {k["clause"]: k for k in certificate["candidates"]}
    for id, candidate in clauses.items():
        clause = program.clauses[id]
        standing = candidate["stands"] == "true"
        named = {"proviso": clause.proviso_to, "notwithstanding": clause.notwithstanding, "block": clause.blocks}
        seen |= {name for name, targets in named.items() if standing and any(t in clauses for t in targets)}
        if any(clauses.get(t, {}).get("stands") == "true" for t in clause.yields_to):
            seen.add("yields")
        if clause.role == "add" and candidate["live"] == "true":
            seen.add("add")
    closing = certificate.get("closing")
    if closing in program.clauses and all(k["live"] == "false" for k in clauses.values()):
        role = program.clauses[closing].role
        seen.add({"close": "otherwise", "define": "means"}.get(role, role))
    return seen


def test_the_random_law_meets_everything() -> None:
    """Each state, relation and cause in at least one run of twenty; every status that is not rare."""
    counts: Counter[str] = Counter()
    answers = 0
    for seed in range(LAWS):
        drawn = case(seed)
        program, _, data = run(replace(drawn, ask=replace(drawn.ask, settle=False)))
        if data is not None:
            answers += 1
            counts.update(met(program, data))
    shares = {name: counts[name] / answers for name in sorted(counts)}
    print(f"\n{answers} answers of {LAWS} runs; share of the answers that meet")
    print("\n".join(f"  {share:5.1%} {name}" for name, share in shares.items()))

    wanted = [*STATES, *RELATIONS, *(f"cause {c}" for c in CAUSES)]
    assert [] == [name for name in wanted if shares.get(name, 0) < 0.05]
    statuses = {name.removeprefix("status ") for name in counts if name.startswith("status ")}
    assert set() == {
        "undetermined", "not-in-force", "not-applicable", "disapplied", "performed", "overdue", "outstanding", "satisfied",
        "not-satisfied", "available", "exercised", "not-available", "arises", "does-not-arise", "noted",
    } - statuses  # fmt: skip


# --------------------------------------------------------------------------- rules 1 to 9, by brute force

_TODAY = Context("2024-06-01", "2024-06-01", "2024-06-01", False)


@cache
def law_of(seed: int) -> tuple[oracle.Rules, Program]:
    rules = oracle.draw(seed)
    core, diagnostics = compile_sources([Source("t.kitei", oracle.law(rules))])
    assert [] == [d for d in diagnostics if d.severity == "error"], oracle.law(rules)
    return rules, Program(core, "")


def evaluated(program: Program, known: Known) -> dict[str, Result]:
    stated = {name: v for name, v in known.items() if v is not None}
    facts, problems = read_facts(
        json.dumps({"entities": {"f": {"kind": "Firm", **stated}}}).encode(), "f.json", program.core
    )
    assert [] == problems
    evaluator = Evaluator(Regime(program, program.worlds["current"]), facts)
    return {
        term: evaluator.result(evaluator.goal(term, Entity("Firm", "f"), evaluator.context(_TODAY))) for term in "xy"
    }


def plainly(r: Result) -> oracle.Meaning:
    """Return a result as the oracle has it: the state, and the value, the clashing values or the kinds of cause."""
    if r.state == "value" and r.value is not None:
        return "value", frozenset({write(r.value)})
    return r.state, frozenset(map(write, r.values)) | frozenset(c.kind for c in r.causes)


def faults(rules: oracle.Rules, program: Program, counts: Counter[str]) -> list[str]:
    """Compare the evaluator with brute force over every partial knowledge of the facts."""
    wrong = []
    all_known = [dict(zip(oracle.FACTS, v, strict=True)) for v in product((False, True), repeat=3)]
    meanings = {(term, *v.values()): oracle.meaning(rules, term, v) for term in "xy" for v in all_known}
    for v in product((False, True, None), repeat=3):
        known = dict(zip(oracle.FACTS, v, strict=True))
        full = [tuple(f.values()) for f in oracle.completions(known)]
        for term, result in evaluated(program, known).items():
            possible = [meanings[(term, *f)] for f in full]
            said = plainly(result)
            if not agrees(said, result, possible, None not in v):
                wrong.append(
                    f"{term} with {known}: {said}, possible clash {result.possible_clash}; brute force {possible}"
                )
            if None in v:
                one = all(m == possible[0] for m in possible)
                clashes = [m for m in possible if m[0] == "clash"]
                counts[result.state] += 1
                counts["open although every completion agrees"] += (
                    result.state == "open" and one and possible[0][0] != "open"
                )
                counts["possible clash"] += result.possible_clash
                counts["possible clash although no completion clashes"] += result.possible_clash and not clashes
    return wrong


def agrees(said: oracle.Meaning, result: Result, possible: list[oracle.Meaning], complete: bool) -> bool:
    """Tell whether what is said of a term may be said, when these are the meanings it may yet have."""
    clashes = [m for m in possible if m[0] == "clash"]
    one = all(m == possible[0] for m in possible)
    if complete:
        return said == possible[0]
    if result.state in ("value", "gap"):
        return one and said == possible[0]
    if result.state == "clash":
        return len(clashes) == len(possible) and all(said[1] <= m[1] for m in clashes)
    # Open whatever is learnt: then each reason given must be one whatever is learnt; others may come with the fact.
    anyway = all(m[0] == "open" and said[1] <= m[1] for m in possible)
    return (one or anyway or "fact" in said[1]) and (not clashes or result.possible_clash)


def test_what_is_open_anyway_may_be_open_for_more() -> None:
    """Law 31346 of the long run: the term has a gap whatever `a` is, and with one value of it nothing can be computed either."""
    rules, small = law_of.__wrapped__(31346)
    assert [] == faults(rules, small, Counter())
    said, more = ("open", frozenset({"gap"})), ("open", frozenset({"gap", "undefined"}))
    gap = Result("open", causes=frozenset({Cause("gap", "x")}))
    assert agrees(said, gap, [said, more], complete=False)
    assert not agrees(more, gap, [said, more], complete=False), "a reason that one value of the fact takes away"
    assert not agrees(said, gap, [said, ("value", frozenset())], complete=False), "known once the fact is"


def test_rules_1_to_9_are_what_brute_force_says() -> None:
    """With every fact known the evaluator is the oracle; with some unknown it says what all completions say, or it is open."""
    counts: Counter[str] = Counter()
    for seed in range(50 * SCALE):
        rules, program = law_of(seed)
        wrong = faults(rules, program, counts)

        assert [] == wrong, f"seed {seed}\n{oracle.law(rules)}"
    print(f"\n{dict(sorted(counts.items()))}")
    assert counts["open although every completion agrees"] < 0.2 * counts["open"]


# --------------------------------------------------------------------------- what was once wrong, each with its smallest law

_LAW = """instrument t type act status enacted title en "Test Act" end
kind Firm end
kind Branch end
relation owns role branch many Branch role owner one Firm end
attribute small of Firm is truth end
attribute cold of Firm is truth end
attribute busy of Branch is truth end
norm n of Firm end
norm m of Firm end
reading r choice yes en "yes" choice no en "no" end
world current end
"""


def article(number: int, *statements: str) -> str:
    return f"provision t/{number} in force from 2020-01-01 grade A\n" + "\n".join(statements) + "\nend\n"


def slugs(text: str) -> list[str]:
    return [d.slug for d in compile_sources([Source("t.kitei", _LAW + text)])[1] if d.severity == "error"]


def told(text: str, stated: str, *goals: str, branch: str = "") -> Answer:
    """Answer by a small law about the firm `f`, its facts as stated."""
    core, found = compile_sources([Source("t.kitei", _LAW + text)])
    assert [] == [d.message for d in found if d.severity == "error"]
    program = Program(core, digest(core))
    facts, problems = read_facts(f"entities:\n  f: {{kind: Firm{stated}}}\n{branch}".encode(), "f.yaml", core)
    assert [] == problems
    return answer(program, facts, Ask("2024-06-01", goals=goals, settle=False))


def result(data: Answer, name: str) -> dict[str, Any]:
    return next(t for t in data["data"]["terms"] if t["name"] == name)


def test_a_permission_for_each_lifts_a_standing_duty_or_is_refused() -> None:
    text = article(1, "duty n of Firm keep small end") + article(
        2, "permission m of Firm for each branch as e anchored at 2024-01-01 when busy of e notwithstanding t/1 end"
    )

    assert slugs(text) or told(
        text, ", branch: {members: [g], complete: true}", branch="  g: {kind: Branch, busy: true}\n"
    )


def test_what_is_added_does_not_hide_a_possible_clash() -> None:
    text = "term x of Firm is yen combined by sum end\n" + article(
        1, "define x named a is 100 yen end", "define x named b when small is 80 yen end", "add x named c is 1 yen end"
    )

    assert result(told(text, "", "x"), "x")["possible_clash"]


def test_two_clauses_that_displace_each_other_are_a_circle() -> None:
    text = "term x of Firm is yen end\n" + article(
        1, "define x named a is 100 yen end", "define x named b is 80 yen notwithstanding t/1#a yields to t/1#a end"
    )

    assert ["circular-relation"] == slugs(text)


def test_one_relation_said_from_both_sides_is_no_circle() -> None:
    text = "term x of Firm is yen end\n" + article(
        1, "define x named a is 100 yen yields to t/1#b end", "define x named b is 80 yen notwithstanding t/1#a end"
    )

    assert [] == slugs(text)


def test_truths_have_no_sum() -> None:
    text = "term x of Firm is truth combined by sum end\n" + article(1, "define x is true end", "add x is small end")

    assert slugs(text) or told(text, ", small: true", "x")


def test_the_day_of_an_event_only_adds() -> None:
    law = _LAW.replace("kind Branch end", "kind Branch dated by started end attribute started of Branch is date end")
    text = law + "term x of Firm is truth end\n" + article(1, "define x means some e in branch: busy of e end")
    core, _ = compile_sources([Source("t.kitei", text)])
    program = Program(core, "")

    def state(more: str) -> str:
        stated = f"entities:\n  f: {{kind: Firm, branch: {{members: [g], complete: true}}}}\n  g: {{kind: Branch, busy: true{more}}}\n"
        facts, _ = read_facts(stated.encode(), "f.yaml", core)
        return str(result(answer(program, facts, Ask("2024-06-01", goals=("x",), settle=False)), "x")["value"])

    assert state("") in ("None", state(", started: 2025-01-01"))


def test_a_gap_that_no_presumption_makes_bears_no_mark() -> None:
    text = "term y of Firm is truth end\nterm x of Firm is yen end\n" + article(
        1, "define y means small end", "presume y is true end", "define x when y and cold is 1 yen end"
    )
    x = result(told(text, ", cold: false", "x"), "x")

    assert ("gap", False) == (x["state"], x.get("presumed", False))


def test_a_presumption_used_under_one_reading_marks_the_answer() -> None:
    text = "term x of Firm is truth end\n" + article(
        1,
        "define x named a when small is true given r = no end",
        "define x named b is true given r = yes end",
        "presume x is true end",
    )
    x = result(told(text, "", "x"), "x")

    assert ("true", True) == (x["value"], x.get("presumed"))


def test_one_presumption_is_no_conflict() -> None:
    text = "term x of Firm is truth end\n" + article(1, "define x means small end", "presume x is cold end")

    assert [] == told(text, "", "x")["data"]["findings"]


def refused(text: str, stated: str, on: str = "2024-06-01") -> list[str]:
    """Return what the checker of derivations refuses in an answer by a small law about the firm `f`."""
    core, _ = compile_sources([Source("t.kitei", _LAW + text)])
    facts, _ = read_facts(f"entities:\n  f: {{kind: Firm{stated}}}\n".encode(), "f.yaml", core)
    data = answer(Program(core, "digest"), facts, Ask(on, settle=False))
    return [
        str(r) for r in importlib.import_module("kitei.replay").replay(json.loads(written(data)), core, "digest", facts)
    ]


def test_a_blocked_norm_whose_condition_is_open_replays() -> None:
    text = article(1, "duty n of Firm when small keep cold end", "block t/1 of Firm named k end")

    assert [] == refused(text, "")


def test_a_norm_presumed_under_one_reading_replays() -> None:
    text = "term x of Firm is truth end\n" + article(
        1,
        "define x named a when small is true given r = no end",
        "define x named b is true given r = yes end",
        "presume x is true end",
        "duty n of Firm when x keep true end",
    )

    assert [] == refused(text, "")


def test_a_norm_whose_saving_is_open_replays() -> None:
    duty = "provision t/1 in force from 2020-01-01 until 2024-01-01 grade A\nduty n of Firm keep cold end\nend\n"
    text = duty + article(2, "former text continues for t/1 of Firm when small")

    assert [] == refused(text, "")


def test_a_proviso_to_a_norm_for_each_is_refused_or_answered() -> None:
    text = article(
        1, "duty n of Firm for each branch as e anchored at 2024-01-01 when busy of e keep cold end"
    ) + article(2, "duty m of Firm keep small proviso to t/1 end")

    assert slugs(text) or told(
        text, ", branch: {members: [g], complete: true}", branch="  g: {kind: Branch, busy: true}\n"
    )


def test_a_saving_whose_condition_is_open_leaves_the_norm_undetermined() -> None:
    duty = "provision t/1 in force from 2020-01-01 until 2024-01-01 grade A\nduty n of Firm keep cold end\nend\n"
    text = duty + article(2, "former text continues for t/1 of Firm when small")

    assert ["undetermined"] == [i["status"] for n in told(text, "")["data"]["norms"] for i in n["instances"]]

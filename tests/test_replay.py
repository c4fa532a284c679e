"""The checker accepts what the evaluator derives and refuses every corruption of it, also consistent ones.

Answers to small laws (and to the collected law) are walked leaf by leaf and list by list; `corruption.FREE` is all that may
be changed unnoticed. Forgeries are whole answers to another law or other facts, presented under the digests of these.
"""

from __future__ import annotations

import copy
import json
import random
import re
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from corruption import (
    LEAKS,
    POSED,
    REPORTS,
    SCALE,
    Change,
    Json,
    Posed,
    as_json,
    changes,
    free,
    leaves,
    pattern,
    sample,
    schema_leaves,
    survivors,
)
from kitei import meanings
from kitei.answer import Ask, answer
from kitei.facts import Facts
from kitei.facts_read import read_facts
from kitei.replay import arithmetic, derivation, replay
from kitei.replay import check as replay_check
from kitei.replay.shape import ANY_TEXT, Refused, bounded, difference
from kitei.ruleset import load
from kitei.values import Period, read, write  # type: ignore[attr-defined]
from kitei.world import Program
from kitei_dsl import core
from kitei_dsl.signatures import SIGNATURES

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def corpus() -> tuple[Program, Facts]:
    program, _ = load(ROOT / "statutes/jp")
    path = ROOT / "statutes/jp/examples/dmm.facts.yaml"
    facts, problems = read_facts(path.read_bytes(), path.name, program.core)
    assert not problems
    return program, facts


# --------------------------------------------------------------------------- corruption


@pytest.mark.parametrize("name", POSED)
def test_no_corruption_is_accepted(name: str) -> None:
    """Every leaf, every list and every mapping of the answer is checked."""
    posed = POSED[name]
    data = posed.answered()

    assert [] == list(survivors(data, posed.refusals, sample(data, share=0.05)))


GOALS = (
    "segregate_user_crypto", "keep_user_crypto_low_risk", "hold_guarantee_crypto", "submit_annual_report", "report_misconduct",
    "unregistered_exchange_business", "set_aside_reserve", "use_of_unnotified_provider", "provider_notification",
)  # fmt: skip


@pytest.mark.parametrize(("world", "text"), [("current", None), ("enacted", "2027-06-01")])
def test_no_corruption_of_an_answer_on_the_collected_law_is_accepted(
    corpus: tuple[Program, Facts], world: str, text: str | None
) -> None:
    program, facts = corpus
    # The norms the case turns on; the whole register of the collected law would take minutes to walk.
    goals = tuple(n for n in GOALS if n in {norm.name for norm in program.core.norms})
    assert len(goals) > 3
    data = as_json(answer(program, facts, Ask("2024-05-31", text, "2026-11-22", world, goals=goals)))

    def check(data: Json) -> list[str]:
        return [str(r) for r in replay(data, program.core, program.digest, facts)]

    assert [] == list(survivors(data, check, sample(data, share=0.006)))


def test_the_answers_visit_the_published_schema() -> None:
    """Every leaf of the schema is in one of the answers, so that the walk above passes it."""
    schema = json.loads((ROOT / "docs/schema/run.schema.json").read_text(encoding="utf-8"))
    visited = {p for posed in POSED.values() for p in leaves(posed.answered())}
    unvisited = {p for p in schema_leaves(schema, schema, "") if not any(re.fullmatch(pattern(p), v) for v in visited)}

    assert UNVISITED == unvisited


#: Leaves of the schema in none of the answers: results that a norm's parts could only have in odd laws.
UNVISITED = {
    f"data.norms[].instances[].{part}.{leaf}"
    for part in ("applies", "content", "due_open", "by_reading[].content") for leaf in ("possible_clash", "values[]")
} | {
    # put in where an answer is written as JSON; test_apart.py has what is refused of it
    f"data.apart[].{leaf}" for leaf in ("goal", "verdict", "facts[].item", "facts[].value")
}  # fmt: skip


# --------------------------------------------------------------------------- consistent forgeries


def forged(posed: Posed, law: tuple[str, ...] = (), facts: tuple[str, ...] = (), **ask: Any) -> list[str]:
    """Return what is refused of an answer to a changed law, facts or question, presented with the digests repaired."""

    def changed(text: str, change: tuple[str, ...]) -> str:
        for old, new in zip(change[::2], change[1::2], strict=True):
            assert old in text
            text = text.replace(old, new)
        return text

    other = Posed(changed(posed.law, law), changed(posed.facts, facts), Ask(**{**vars_of(posed.ask), **ask}))
    data = other.answered()
    assert [] == other.refusals(data), "the forger's own law and facts do give this answer"
    data["ruleset"]["digest"] = posed.program()[1]
    data["facts"]["digest"] = posed.read().digest
    return posed.refusals(data)


def vars_of(ask: Ask) -> dict[str, Any]:
    return {name: getattr(ask, name) for name in Ask.__struct_fields__}


NOW = POSED["reports at the time"]
AFTER = POSED["reports"]
MET = POSED["meeting"]

FORGERIES: dict[str, tuple[Posed, dict[str, Any]]] = {
    "a fact and all it implies": (NOW, {"facts": ("loss: 140", "loss: 40")}),
    "an evaluation and all it implies": (NOW, {"facts": ("fit: true", "fit: false")}),
    "a correction left out": (AFTER, {"facts": (",\n      {value: 2024-06-20, recorded: 2024-07-02, corrects: true}]", "]")}),
    "an event left out": (NOW, {"facts": ("[a, b, c, e]", "[a, b, e]")}),
    "an incomplete list declared complete": (
        Posed(REPORTS, LEAKS.replace("[z], complete: true", "[z], complete: false"), NOW.ask),
        {"facts": ("[z], complete: false", "[z], complete: true")}),
    "a fact stated to be absent": (AFTER, {"facts": ("coins: 1 BTC}\n  e:", "coins: 1 BTC, filed_on: none}\n  e:")}),
    "a blocker dropped with its edge and consequences": (NOW, {"law": ("block t/3#calm of Firm when small end", "")}),
    "an overriding clause dropped": (MET, {"law": ("define rating of Firm is 80 yen when cold proviso to t/1/main end", "")}),
    "an override turned into a peer": (MET, {"law": (" proviso to t/1/main", "")}),
    "an adder dropped": (MET, {"law": ("add total of Firm named extra is 7 yen when cold end", "")}),
    "a closing dropped": (MET, {"law": ("otherwise rating is 5 yen", "")}),
    "a presumption dropped": (MET, {"law": ("presume blamed of Firm is true when cold end", "")}),
    "a presumption made a definition": (MET, {"law": ("presume blamed of Firm is true", "define blamed of Firm named sure is true")}),
    "a deeming for all purposes": (MET, {"law": ("for purposes of t/4", "for all purposes")}),
    "a would-be clash resolved": (MET, {"law": ("define rating of Firm named high is 120 yen when fit end\n  block t/2#high of Firm named unless_told when told end", "")}),
    "a clash made equal": (MET, {"law": ("named high is 120 yen", "named high is 100 yen")}),
    "a possible clash ruled out": (MET, {"law": ("define rating of Firm named high is 120 yen when fit end", "define rating of Firm named high is 120 yen when fit notwithstanding t/1 end")}),
    "another version of the same provision": (NOW, {"law": ("until 2024-07-01 promulgated 2024-03-01", "until 2024-05-15 promulgated 2024-03-01")}),
    "a repealed version still in force": (AFTER, {"law": ("until 2024-07-01 promulgated 2024-03-01", "until 2024-07-11 promulgated 2024-03-01")}),
    "an end not promulgated yet": (AFTER, {"law": ("until 2024-07-01 promulgated 2024-03-01", "until 2024-07-01 promulgated 2024-07-20")}),
    "a status with its due date": (NOW, {"law": ("by 14 days after", "by 30 days after")}),
    "a due date that does not roll": (AFTER, {"law": (" rolled for filing", "")}),
    "a period that counts its first day": (NOW, {"law": ("14 days after", "14 days counting")}),
    "another calendar": (MET, {"law": ("business days of bank", "business days of administrative")}),
    "a saving clause that keeps more": (AFTER, {"law": ("seen_on < 2024-06-10", "seen_on < 2024-07-01")}),
    "a provision kept in force taken for all the former law": (POSED["kept in force"], {"law": ("keep in force t/1 of", "former text continues for t/1 of")}),
    "former law taken for a provision kept in force": (POSED["kept in force"], {"law": ("former text continues for t/3 of", "keep in force t/3 of")}),
    "a provision kept in force for all": (POSED["kept in force"], {"law": ("named stays when small", "named stays")}),
    "a norm left out": (NOW, {"law": ("effort strive of Firm when grave keep cold end", "")}),
    "a duty softened": (NOW, {"law": ("duty report", "effort report")}),
    "a sanction made lighter": (NOW, {"law": ("fine up to 3,000,000 yen", "fine up to 300,000 yen")}),
    "a rate changed": (MET, {"law": ("is 5%", "is 6%")}),
    "rounding the other way": (MET, {"law": ("round_half_up(rating / 3", "round_down(rating / 3")}),
    "a better grade": (MET, {"law": ("from 2020-01-01 grade C", "from 2020-01-01 grade A")}),
    "a filling that is not there": (POSED["slots"], {"law": ("provision d/1", "provision o/7 in force from 2024-04-01 promulgated 2024-01-01 grade A fill t/1 share of Firm is 9% end end\nprovision d/1")}),
    "a filling of the older version made to cover": (POSED["slots"], {"law": ("fill t/1 share", "fill t/1@t/c1 share")}),
    "a pending slot made optional": (POSED["slots"], {"law": ("optional pending for", "optional for")}),
    "an assumption out of bounds": (POSED["assumed"], {"law": ("0% and 10%", "0% and 20%"), "assumes": (core.Assumption("t/1@t/c1#share", "3/20", "the client"),)}),
    "a commencement out of bounds": (POSED["slots"], {"law": ("latest 2024-12-31", "latest 2025-12-31"), "assumes": (core.Assumption("t/c1", "2025-04-01", "us"),)}),
    "a draft taken for law": (POSED["slots"], {"law": ("status drafted", "status enacted")}),
    "a reading left out": (POSED["readings"], {"law": (' choice narrow ja "狭い"', "", "define grave of Firm named narrow means told given width = narrow end", "",
        "define deadline of Firm named later is 2024-09-02 given width = narrow end", "")}),
    "a reading taken for the law": (POSED["readings"], {"law": (" given width = wide", "")}),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGERIES)
def test_no_consistent_forgery_is_accepted(name: str) -> None:
    """A whole answer that follows from something else is refused under the digests of this law and these facts."""
    posed, change = FORGERIES[name]

    assert forged(posed, **change)


def test_an_answer_is_of_one_ruleset_and_one_facts_file() -> None:
    posed = POSED["assumed"]
    data = posed.answered()
    program, digest = posed.program()
    more, _ = read_facts((posed.facts + "  # remark\n").encode(), "case.facts.yaml", program)

    assert ["ruleset.digest"] == [r.where for r in replay(data, program, "sha256:" + "0" * 64, posed.read())]
    assert ["facts.digest"] == [r.where for r in replay(data, program, digest, more)]


# --------------------------------------------------------------------------- the checker itself


def _blind(found: object, expected: object, where: str) -> None:
    return None


def _any_input(self: derivation.Derivation, id: int, want: object) -> object:
    if not 0 <= id < len(self.givens) or self.givens[id] is None:
        raise Refused("step", "not there")
    return self.givens[id]


def _same_node(self: derivation.Derivation, id: int, want: Any) -> object:
    if not 0 <= id < len(self.givens) or self.givens[id] is None or self.steps[id].node != want.node:
        raise Refused("step", "not there")
    return self.givens[id]


#: Ways to weaken the checker, each of which the corruption test must notice.
WEAKENED: dict[str, tuple[object, str, object]] = {
    "results and certificates are believed": (derivation, "difference", _blind),
    "rows are believed": (replay_check, "difference", _blind),
    "any step will do as an input": (derivation.Derivation, "given", _any_input),
    "an operand may be about anything, anywhere": (derivation.Derivation, "given", _same_node),
    "any step may be left over": (derivation.Derivation, "below", lambda self, roots: range(len(self.steps))),
}


@pytest.mark.parametrize("name", WEAKENED)
def test_the_corruption_test_notices_a_weakened_checker(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    owner, attribute, weaker = WEAKENED[name]
    monkeypatch.setattr(owner, attribute, weaker)
    posed = POSED["assumed"]
    data = posed.answered()
    idle = copy.deepcopy(data["data"]["derivation"]["steps"][0])
    data["data"]["derivation"]["steps"].append({**idle, "id": len(data["data"]["derivation"]["steps"])})

    def check(data: Json) -> list[str]:
        try:
            return posed.refusals(data)
        except (KeyError, TypeError, AttributeError, IndexError):
            return ["a weakened checker may fail where it believed what it was told"]

    if name == "any step may be left over":
        assert [] == check(data)
    else:
        del data["data"]["derivation"]["steps"][-1]
        assert any(survivors(data, check, sample(data, share=0.4)))


def tied() -> Json:
    knot: Json = []
    knot.append(knot)
    return knot


@pytest.mark.parametrize(
    "data", [None, 1, "x", [], {}, {"schema": "kitei/run@1"}, float("nan"), {1: 2}, tied(), {"data": object()}, 10**40]
)
def test_what_is_no_answer_is_refused_not_raised(data: object) -> None:
    posed = POSED["assumed"]

    assert posed.refusals(data)


def test_depth_size_and_odd_values_are_refused_not_raised() -> None:
    """Whatever stands in place of any part of an answer, the checker says no and does not fail."""
    posed = POSED["assumed"]
    data = posed.answered()
    deep: Json = {}
    for _ in range(5000):
        deep = {"x": [deep]}
    rng = random.Random(3)
    odd = [
        deep,
        "9" * 5000,
        10**30,
        -1,
        1.5,
        [[]],
        {"k": None},
        "\ud800",
        True,
        "2024-13-45",
        "t/1@2020-01-01#rating|outcome.args.00",
    ]
    places = [c for c in changes(data) if c.what == "of another type" or " to " in c.what]

    for place in rng.sample(places, 400):
        new = rng.choice(odd)
        change = Change(place.path, "odd", place.where, place.key, partial(copy.copy, new), type(new).__name__)

        assert change.done(data, posed.refusals) or free(change)


@pytest.mark.parametrize(
    ("found", "derived", "told"),
    [
        (1, True, "x: `1` is stated, `true` is derived"),
        ({"a": [{"b": False}]}, {"a": [{"b": 0}]}, "x.a[0].b: `false` is stated, `0` is derived"),
        ({}, {"a": {}}, "x.a: it is missing; a mapping is derived"),
        ({"a": 1, "b": 2}, {"a": 1}, "x.b: nothing like it is derived"),
        ([1], [1, 2], "x: 1 entries are stated, 2 are derived"),
        ({"a": 1}, {"a": ANY_TEXT}, "x.a: expected a text"),
        ({"a": [1, "y", None]}, {"a": [1, "y", None]}, "None"),
    ],
)
def test_where_what_is_stated_departs_is_told(found: object, derived: object, told: str) -> None:
    """The first place, type by type: 1 is not true."""
    assert told == str(difference(found, derived, "x"))


def test_the_depth_and_length_of_an_answer_are_bounded() -> None:
    """Sixty levels are read and no more; a list that holds itself twice is given up, not followed."""

    def nested(levels: int) -> Json:
        return [nested(levels - 1)] if levels else "x"

    twice: Json = []
    twice += [twice, twice]

    bounded(nested(60))
    for data in (nested(61), twice, [[0] * 1000] * 2000):
        with pytest.raises(Refused, match="nested too deeply or too long"):
            bounded(data)


# --------------------------------------------------------------------------- its own arithmetic

PERIODS = tuple(op for op in SIGNATURES if op.partition(".")[0] in meanings._PERIODS)


def certified(op: str, *args: Any) -> Json:
    found, certificate = arithmetic.compute(op, args)
    period = certificate.get("period")
    if period is not None and period["ambiguous"] is ANY_TEXT:
        period["ambiguous"] = "said"
    return None if found is None else write(found), period


def meant(op: str, *args: Any) -> Json:
    found, certificate = meanings.apply(op, list(args))
    period = certificate.get("period")
    if period is not None and period["ambiguous"]:
        period["ambiguous"] = "said"
    return None if found is None else write(found), period


def test_periods_agree_with_the_evaluator_on_random_days() -> None:
    """Two readings of Civil Code 138-143, written apart, give the same day by the same steps."""
    rng = random.Random(138)
    first = date(1985, 1, 1).toordinal()
    for _ in range(4000 * SCALE):
        unit = rng.choice(("days", "weeks", "months", "years", "business_days"))
        count = rng.choice((1, 1, 2, 3, 10, 20, 30, 36, rng.randint(1, 500)))
        span = Period(count, unit, rng.choice(("administrative", "bank")) if unit == "business_days" else None)  # type: ignore[arg-type]
        day = (
            date.fromordinal(first + rng.randint(0, 25000)) if rng.random() < 0.9 else rng.choice((date.min, date.max))
        )
        op = rng.choice(PERIODS)

        assert meant(op, span, day) == certified(op, span, day), (op, span, day)


def test_the_examples_of_the_signatures_hold() -> None:
    """Every example of every built-in comes out here too."""
    for signature in SIGNATURES.values():
        for texts, expected in signature.examples:
            if signature.op in ("and", "or", "not", "has", "filled"):
                continue
            args = [read(*_typed(t)) for t in texts]

            assert expected.removesuffix(" yen") == (certified(signature.op, *args)[0] or "undefined")


def _typed(text: str) -> tuple[str, str]:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return "date", text
    if re.search("day|month|year|week", text):
        return "span", text
    return ("calendar", text) if text.isalpha() else ("number", text.removesuffix(" yen"))

"""Which facts make a reading matter: cases worked out by hand, and the facts found tried by leaving out all the others.

The law: on the wide reading a custodian is whoever holds keys, alone or jointly; on the narrow one whoever holds enough of them.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kitei.answer import Ask, answer
from kitei.apart import Apart, apart
from kitei.document import plain
from kitei.explain import explain
from kitei.facts import Facts
from kitei.facts_read import read_facts
from kitei.render import document, render
from kitei.replay import replay
from kitei.why import why
from kitei.why_data import envelope
from kitei.wording import LANGS
from kitei.world import Program
from kitei_dsl.codec import digest
from kitei_dsl.diagnostics import render as report
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source

SCHEMA = json.loads((Path(__file__).parent.parent / "docs/schema/why.schema.json").read_text(encoding="utf-8"))
LAW = """
instrument t type act title ja "読み方試験法" en "Reading Test Act" short ja "読み方法" en "Reading Act" grade A end
kind Firm (会社) label ja "会社" en "firm" end
kind Key (鍵) label ja "鍵" en "key" end
attribute held of Firm is number label ja "保有する鍵の数" en "keys held" end
attribute needed of Firm is number label ja "必要な鍵の数" en "keys needed" end
attribute domestic of Firm is truth label ja "国内の会社" en "domestic firm" end
attribute exempt of Firm is truth label ja "免除" en "exemption" end
attribute idle of Firm is truth label ja "休業" en "being idle" end
attribute registered of Firm is truth label ja "登録" en "registration" end
attribute hot of Key is truth label ja "接続" en "connected" end
relation keys role key many Key label ja "鍵" en "keys" role keeper one Firm end
reading custody label ja "管理の意味" en "meaning of custody"
  choice wide ja "一部で足りる" en "some suffice"
  choice narrow ja "十分な数を要する" en "enough are needed"
end
reading hotness label ja "接続の意味" en "meaning of connected"
  choice one ja "一本で足りる" en "one suffices"
  choice all ja "全てを要する" en "all"
end
term custodian of Firm is truth label ja "管理者" en "custodian" end
term exposed of Firm is truth label ja "接続していること" en "exposure" end
term plainly of Firm is truth label ja "いずれにせよ" en "in any case" end
norm register of Firm label ja "無登録の禁止" en "ban without registration" end
provision t/2 in force from 2020-01-01 grade A
  define custodian of Firm named wide is held >= 1 given custody = wide end
  define custodian of Firm named narrow is held >= needed given custody = narrow end
end
provision t/3 in force from 2020-01-01 grade A
  prohibition register of Firm when domestic and custodian and not idle avoid not registered end
end
provision t/4 in force from 2020-01-01 grade A block t/3 of Firm when exempt end end
provision t/5 in force from 2020-01-01 grade A
  define exposed of Firm named one is some k in key: hot of k given hotness = one end
  define exposed of Firm named all is every k in key: hot of k given hotness = all end
end
provision t/6 in force from 2020-01-01 grade A
  define plainly of Firm named wide is true given custody = wide end
  define plainly of Firm named narrow is false given custody = narrow end
end
world current label ja "現行法" en "law in force" end
"""
ALL = {"held": "1", "needed": "2", "domestic": "true", "exempt": "false", "idle": "false", "registered": "false"}


@cache
def law() -> Program:
    program, found = compile_sources([Source("t.kitei", LAW)])
    assert [] == [report(d) for d in found if d.severity == "error"]
    return Program(program, digest(program))


def facts(given: dict[str, str], keys: str = "") -> Facts:
    lines = "".join(f"    {name}: {value}\n" for name, value in given.items())
    text = f"entities:\n  kou:\n    kind: Firm\n    name: {{ja: 甲社, en: Company A}}\n{lines}{keys}"
    read, problems = read_facts(text.encode(), "f.yaml", law().core)
    assert [] == [str(p) for p in problems]
    return read


def found(goal: str, given: dict[str, str], keys: str = "") -> Apart | None:
    data = answer(law(), facts(given, keys), Ask("2024-01-01", goals=(goal,)))
    x = explain(data, law())
    return apart(x.terms[0] if x.terms else x.conclusions[0], x.steps)


def told(goal: str, given: dict[str, str], keys: str = "") -> tuple[str, list[str]] | None:
    f = found(goal, given, keys)
    return None if f is None else (f.verdict, [item.id.removeprefix("kou.") for item, _ in f.facts])


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        # One key of two: on the wide reading the ban applies, on the narrow one it does not. It matters because the firm is
        # domestic, not idle and not exempt (else neither would apply), and holds one key where two are needed. Whether it is
        # registered decides only whether the ban is kept.
        (ALL, ("apart", ["domestic", "held", "needed", "idle", "exempt"])),
        # Two of two: a custodian on both; the ban applies, and is not satisfied.
        ({**ALL, "held": "2"}, ("agree", ["domestic", "held", "needed", "idle", "exempt", "registered"])),
        # A foreign firm: neither applies, by that fact alone. An idle one: by that alone; of both, one is enough.
        ({**ALL, "domestic": "false"}, ("agree", ["domestic"])),
        ({**ALL, "idle": "true"}, ("agree", ["idle"])),
        ({**ALL, "domestic": "false", "idle": "true"}, ("agree", ["domestic"])),
        # No key: neither; how many are needed does not matter on the wide reading, but does on the narrow one.
        ({**ALL, "held": "0"}, ("agree", ["held", "needed"])),
        # How many are needed is not known: on the wide reading the ban applies and is not satisfied, on the narrow one it is open.
        ({n: v for n, v in ALL.items() if n != "needed"}, ("open", ["needed"])),
        # Nothing is known: every reading leaves it open.
        ({}, None),
    ],
)
def test_the_facts_that_make_a_reading_matter(given: dict[str, str], expected: tuple[str, list[str]] | None) -> None:
    result = told("register", given)

    assert (expected and (expected[0], sorted(expected[1]))) == (result and (result[0], sorted(result[1])))


KEYS = "    key: {members: [a, b, c], complete: true}\n  a: {kind: Key, hot: A}\n  b: {kind: Key, hot: B}\n  c: {kind: Key, hot: C}\n"


@pytest.mark.parametrize(
    ("hot", "expected"),
    [
        # One is connected and one is not: these two members tell the readings apart; the third does not matter.
        (("true", "true", "false"), ("apart", ["a.hot", "c.hot", "key"])),
        (("false", "true", "true"), ("apart", ["a.hot", "b.hot", "key"])),
        # All, or none: every member, and that the list is complete.
        (("true", "true", "true"), ("agree", ["a.hot", "b.hot", "c.hot", "key"])),
        (("false", "false", "false"), ("agree", ["a.hot", "b.hot", "c.hot", "key"])),
    ],
)
def test_of_a_list_the_members_that_settle_it(hot: tuple[str, str, str], expected: tuple[str, list[str]]) -> None:
    keys = KEYS
    for name, value in zip("ABC", hot, strict=True):
        keys = keys.replace(f"hot: {name}", f"hot: {value}")
    result = told("exposed", {}, keys)

    assert result is not None and expected == (result[0], sorted(result[1]))


def test_words_on_which_no_fact_bears() -> None:
    assert ("apart", []) == told("plainly", ALL)


@pytest.mark.parametrize("goal", ["custodian", "register"])
@pytest.mark.parametrize("held", ["0", "1", "2", "3"])
@pytest.mark.parametrize("domestic", ["true", "false"])
def test_the_facts_found_are_enough_and_none_can_be_spared(goal: str, held: str, domestic: str) -> None:
    """With all other facts unknown the readings still come apart, or agree; where they come apart, without any one of these
    facts they no longer do, in whether the norm applies or in the value of the term."""
    given = {**ALL, "held": held, "domestic": domestic}
    result = told(goal, given)
    assert result is not None
    verdict, kept = result

    def applies(given: dict[str, str]) -> list[tuple[str, str | None]]:
        data = answer(law(), facts(given), Ask("2024-01-01", goals=(goal,)))
        steps = data["data"]["derivation"]["steps"]
        parts = [i for n in data["data"]["norms"] for i in n["instances"]] or data["data"]["terms"]
        name = "applies" if goal == "register" else "value"
        return [(r["state"], r.get("value")) for a in parts[0]["by_reading"]
                for r in (steps[a["steps"][name]]["result"],)]  # fmt: skip

    whole, alone = applies(given), applies({n: given[n] for n in given if n in kept})
    assert whole == alone and ("apart" if whole[0] != whole[1] else "agree") == verdict
    if verdict == "apart":
        for name in kept:
            without = applies({n: given[n] for n in kept if n != name})
            assert "open" in {state for state, _ in without}, name


def test_the_pages_say_it_in_both_languages_and_the_data_too() -> None:
    said: dict[tuple[str, int], list[str]] = {}
    data = answer(law(), facts(ALL), Ask("2024-01-01", goals=("custodian",)))
    for lang in LANGS:
        for depth in (1, 2):
            said[lang, depth] = [plain(x) for x in document(data, law(), lang=lang, depth=depth).lines()]
        asked = why(law(), facts(ALL), Ask("2024-01-01"), "custodian")
        said[lang, 0] = [plain(x) for x in asked.document(lang).lines()]
    en = "The readings come apart here because of: keys held (Company A) = 1; keys needed (Company A) = 2."
    ja = "ここで読み方により結論が分かれるのは、次の事実による：保有する鍵の数（甲社）＝1、必要な鍵の数（甲社）＝2。"

    assert [(1, 1)] * 3 == [(said["en", d].count(en), said["ja", d].count(ja)) for d in (0, 1, 2)]
    found: Any = envelope(asked)
    jsonschema.validate(found, SCHEMA)
    readings = found["data"]["conclusions"][0]["readings"]
    assert ("apart", ["kou.held", "kou.needed"]) == (readings["verdict"], [f["item"] for f in readings["facts"]])
    assert [("some suffice", "true"), ("enough are needed", "false")] == sorted(
        ((e["choices"][0][1]["en"], e["result"]["value"]) for e in readings["each"]), reverse=True
    )
    agreed = why(law(), facts({**ALL, "domestic": "false"}), Ask("2024-01-01"), "register").document("ja")
    assert "ここでいずれの読み方でも同じになるのは、次の事実による：国内の会社（甲社）＝該当しない。" in [
        plain(x) for x in agreed.lines()
    ]


# --------------------------------------------------------------------------- in the data of an answer


def in_json(goal: str, given: dict[str, str]) -> tuple[dict[str, Any], Facts]:
    read = facts(given)
    return json.loads(render(answer(law(), read, Ask("2024-01-01", goals=(goal,))), law(), format="json")), read


def test_the_data_of_an_answer_names_the_facts_too() -> None:
    """As on the page: one key of two, in a domestic firm neither idle nor exempt; and the published schema allows it."""
    data, _ = in_json("register", ALL)
    listed = data["data"]["apart"]
    schema = json.loads((Path(__file__).parent.parent / "docs/schema/run.schema.json").read_text(encoding="utf-8"))

    jsonschema.validate(data, schema)
    assert [("register", "kou", "apart")] == [(e["goal"]["norm"], e["goal"]["bearer"], e["verdict"]) for e in listed]
    assert {"kou.domestic": "true", "kou.held": "1", "kou.needed": "2", "kou.idle": "false", "kou.exempt": "false"} == {
        f["item"]: f["value"] for f in listed[0]["facts"]
    }


@pytest.mark.parametrize("goal", ["register", "custodian", "plainly"])
@pytest.mark.parametrize("given", [ALL, {**ALL, "held": "2"}, {n: v for n, v in ALL.items() if n != "needed"}, {}])
def test_replay_accepts_what_the_data_say_of_readings(goal: str, given: dict[str, str]) -> None:
    data, read = in_json(goal, given)

    assert [] == [str(r) for r in replay(data, law().core, law().digest, read)]


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": "agree"},
        {"facts": [{"item": "kou.nothing", "value": "1"}]},
        {"facts": [{"item": "kou.held", "value": "1"}, {"item": "kou.held", "value": "1"}]},
        {"facts": [{"item": "kou.held", "value": "2"}]},
        {"goal": {"term": "custodian", "subject": "kou"}},
    ],
)
def test_replay_refuses_another_verdict_and_facts_that_are_none(change: dict[str, Any]) -> None:
    data, read = in_json("register", ALL)
    data["data"]["apart"][0] |= change

    assert ["data.apart"] == [
        r.where.partition("[")[0].partition(":")[0] for r in replay(data, law().core, law().digest, read)
    ]

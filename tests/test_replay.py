"""The checker accepts what the evaluator derives and refuses every corruption of it, also consistent ones.

Answers to small laws (and to the collected law) are walked leaf by leaf and list by list; `FREE` is all that may be
changed unnoticed. Forgeries are whole answers to another law or other facts, presented under the digests of these.
"""

# ruff: noqa: SIM300 (in tests the expected value stands on the left)

from __future__ import annotations

import copy
import json
import os
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kitei import meanings
from kitei.answer import Ask, answer
from kitei.facts import Facts, read_facts
from kitei.replay import arithmetic, derivation, law, projection, replay
from kitei.replay import check as replay_check
from kitei.replay.shape import ANY_TEXT, Refused, difference
from kitei.ruleset import load
from kitei.values import Period, read, write  # type: ignore[attr-defined]
from kitei.world import Program
from kitei_dsl import core
from kitei_dsl.codec import canonical, decode, digest_text, encode
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.signatures import SIGNATURES
from kitei_dsl.source import Source

ROOT = Path(__file__).resolve().parent.parent
SCALE = int(os.environ.get("KITEI_EXAMPLES", "1"))

Json = Any

#: What may be changed unnoticed, with the reason.
FREE = {
    "facts.file": "where the facts were read from is no part of what they say",
    "assumptions[].by": "who assumes what the world does not is said by whoever asks",
    "diagnostics[].message": "wording",
    "diagnostics[].help": "wording",
    "data.derivation.steps[].certificate.period.ambiguous": "wording; that there is a doubt is checked",
    "data.would_settle": "may be left out whole",
    "data.would_settle[].verdict": "what would settle an answer is not replayed",
}

# --------------------------------------------------------------------------- laws and facts

VOCABULARY = """
instrument t type act title ja "試験法" en "Test Act" end
instrument o type ordinance title ja "試験府令" en "Test Ordinance" end
instrument d type ordinance status drafted title ja "府令案" en "Draft Ordinance" end
commencement t/c1 promulgated 2023-06-01 earliest 2024-01-01 latest 2024-12-31 cite t/9 end
world current end
world draft suppose d in force from 2024-02-01 assume t/c1 = 2024-04-01 by "the drafter" end
kind Firm label ja "業者" en "firm" end
kind Leak dated by seen_on end
attribute small of Firm is truth end
attribute cold of Firm is truth end
attribute fit of Firm is truth evaluation end
attribute told of Firm is truth act of authority end
attribute lent_on of Firm is date if any end
attribute moved_on of Firm is date end
attribute seen_on of Leak is date end
attribute filed_on of Leak is date if any end
attribute loss of Leak is yen end
attribute coins of Leak is quantity end
relation r role leak many Leak role victim one Firm end
reading sole label ja "唯一" choice only ja "ただ一つ" end
reading width label ja "幅" en "width" choice wide ja "広い" choice narrow ja "狭い" end
term total of Firm is yen combined by sum label ja "総額" en "total" end
term grave of Firm is truth end
term rating of Firm is yen end
term blamed of Firm is truth end
term guarded of Firm is truth end
term deadline of Firm is date end
term lost of Firm is quantity end
norm report of Firm label ja "報告" en "report" end
norm calm of Firm end
norm lend of Firm end
norm publish of Firm end
norm strive of Firm end
norm void of Firm end
norm atone of Firm end
"""

REPORTS = VOCABULARY + """
provision t/1 in force from 2020-01-01 promulgated 2019-06-01 until 2024-07-01 promulgated 2024-03-01 grade A
  define total of Firm is sum l in leak where loss of l > 0 yen: loss of l @"総額" end
  define grave of Firm means fit and (some l in leak: loss of l >= 100 yen) end
  define lost of Firm is sum l in leak: coins of l end
  duty report of Firm for each leak as l anchored at seen_on of l @"報告"
    when grave
    do filed_on of l
    by 14 days after seen_on of l rolled for filing
    amount total
  end
end
provision t/3 in force from 2020-01-01 grade A
  prohibition calm of Firm keep (every l in leak: loss of l < 1,000 yen) and lost < 100 BTC end
  entitlement lend of Firm when not cold do lent_on end
  effort strive of Firm when grave keep cold end
  effect void of Firm when told or cold end
  define blamed of Firm means told end
  presume blamed of Firm is true when cold end
  duty atone of Firm when blamed do lent_on by 2024-05-01 end
  duty publish of Firm do lent_on by 1 months after moved_on amount total end
end
provision t/2 in force from 2020-01-01 grade B
  block t/3#calm of Firm when small end
  block t/3#void of Firm named small_block when small end
end
provision t/8 in force from 2020-01-01 grade A
  sanction criminal for t/1#report
    whose ja "報告をしない者" en "whoever does not report" imprisonment up to 1 year fine up to 3,000,000 yen both allowed
    corporate t/8 fine up to 300,000,000 yen note ja "両罰" en "both"
  end
  no sanction for t/3#void note ja "定めなし" en "none"
end
provision t/suppl/2 in force from 2024-07-01 promulgated 2024-03-01 grade A
  former text continues for t/1 of Leak named old when seen_on < 2024-06-10
end
"""
LEAKS = """
entities:
  kou: {kind: Firm, name: {ja: 甲, en: Kou}, small: false, cold: true, fit: true, lent_on: none,
    leak: {members: [a, b, c, e], complete: true}}
  otsu: {kind: Firm, small: true, cold: false, lent_on: 2023-05-05, told: true, leak: {members: [z], complete: true}}
  a: {kind: Leak, seen_on: 2024-04-26, loss: 60, coins: 1.5 BTC, filed_on: none}
  b: {kind: Leak, seen_on: 2024-06-01, loss: 140, coins: 2 BTC, filed_on: [{value: 2024-06-14, recorded: 2024-06-15},
      {value: 2024-06-20, recorded: 2024-07-02, corrects: true}]}
  c: {kind: Leak, seen_on: 2024-06-20, loss: {value: 1, from: 2024-06-01}, coins: 1 BTC}
  e: {kind: Leak, seen_on: 2026-01-05, loss: 1, coins: 1 BTC}
  z: {kind: Leak, seen_on: 2024-06-03, coins: 0.5 BTC}
"""

MEETING = VOCABULARY + """
provision t/1/main in force from 2020-01-01 grade A
  define rating of Firm is 100 yen when small end
  define blamed of Firm means told end
end
provision t/1/proviso in force from 2020-01-01 grade C
  define rating of Firm is 80 yen when cold proviso to t/1/main end
end
provision t/2 in force from 2020-01-01 grade A
  define rating of Firm named high is 120 yen when fit end
  block t/2#high of Firm named unless_told when told end
  otherwise rating is 5 yen
  presume blamed of Firm is true when cold end
  define guarded of Firm means blamed and (round_half_up(rating / 3, 1 yen) > 20 yen or not small) end
end
provision t/3 in force from 2020-01-01 grade B
  parameter rate_of_t is 5%
  define total of Firm is rating * rate_of_t when not told end
  add total of Firm named extra is 7 yen when cold end
  add total of Firm named more is (if has lent_on then 1 yen else 2 yen) when small end
  deem guarded of Firm is true when small for purposes of t/4 end
end
provision t/4 in force from 2020-01-01 grade A
  define grave of Firm means guarded end
  define deadline of Firm is least(3 months after moved_on rolled for filing, 2 business days of bank before 2024-08-13) end
end
"""
FIRMS = """
entities:
  one: {kind: Firm, small: true, cold: true, fit: false, told: false, moved_on: 2024-03-31}
  two: {kind: Firm, small: true, cold: false, fit: true, told: false, lent_on: none, moved_on: 2024-03-31}
  three: {kind: Firm, cold: true, small: true, fit: true}
  four: {kind: Firm, small: false, cold: true, fit: false, lent_on: 2024-01-01, moved_on: 2024-01-31}
"""
RATED = ("rating", "blamed", "total", "grave", "deadline", "guarded")

SLOTS = VOCABULARY + """
provision t/1 in force from 2020-01-01 until t/c1 grade A
  slot share of Firm is rate required between 0% and 10% for ordinance label ja "割合" en "share" end
  define rating of Firm is share * 1,000 yen end
end
provision t/1 in force from t/c1 grade B
  slot share of Firm is rate required between 0% and 10% for ordinance label ja "割合" en "share" end
  slot spared of Firm is truth optional for ordinance end
  slot floor of Firm is yen optional pending for ordinance end
  define rating of Firm is share * 2,000 yen end
  define guarded of Firm means not spared and (filled floor or cold) end
end
provision o/1 in force from 2021-01-01 grade A
  fill t/1 share of Firm is 5% end
end
provision o/2 in force from 2024-05-01 promulgated 2024-04-20 grade B
  define deadline of Firm is 2024-05-01 as at 2023-01-01 end
end
provision d/1 in force from 2024-01-01 grade D
  define grave of Firm means told under the text of 2024-03-01 end
end
"""

READINGS = VOCABULARY + """
provision t/1 in force from 2020-01-01 grade A
  define grave of Firm named wide means cold given width = wide end
  define grave of Firm named narrow means told given width = narrow end
  define deadline of Firm named late is 2024-08-01 given width = wide end
  define deadline of Firm named later is 2024-09-02 given width = narrow end
  define rating of Firm is if grave then 1 yen else 2 yen end
  define blamed of Firm means grave or not grave end
  duty publish of Firm do lent_on by deadline amount rating end
  duty report of Firm when grave do lent_on by 2024-01-31 end
  define guarded of Firm named only means cold given sole = only end
  duty atone of Firm when guarded do lent_on end
end
"""


@cache
def compiled(law: str) -> tuple[core.Program, str]:
    found, diagnostics = compile_sources([Source("test.kitei", law)])
    errors = [d.message for d in diagnostics if d.severity == "error"]
    assert not errors, errors
    text = canonical(encode(found))
    return decode(text), digest_text(text)


@dataclass(frozen=True)
class Posed:
    """A law, facts and a question."""

    law: str
    facts: str
    ask: Ask

    def program(self) -> tuple[core.Program, str]:
        return compiled(self.law)

    def read(self) -> Facts:
        facts, problems = read_facts(self.facts.encode(), "case.facts.yaml", self.program()[0])
        assert not problems, [str(p) for p in problems]
        return facts

    def answered(self) -> Json:
        return tidy(answer(Program(*self.program()), self.read(), self.ask))

    def refusals(self, data: object) -> list[str]:
        return [str(r) for r in replay(data, *self.program(), self.read())]


POSED = {
    "reports": Posed(REPORTS, LEAKS, Ask("2024-07-10")),
    "reports at the time": Posed(REPORTS, LEAKS, Ask("2024-06-21", known_on="2024-06-01")),
    "reports, pinned": Posed(REPORTS, LEAKS, Ask("2024-06-30", text_on="2024-01-01", goals=("calm", "void", "lend"))),
    "meeting": Posed(MEETING, FIRMS, Ask("2024-06-01", goals=RATED)),
    "slots": Posed(SLOTS, FIRMS, Ask("2024-06-01", known_on="2024-04-01", world="draft", goals=("rating", "guarded", "grave", "deadline"))),
    "assumed": Posed(SLOTS, FIRMS, Ask("2024-06-01", world="draft", goals=("rating", "guarded"), assumes=(
        core.Assumption("t/1@t/c1#share", "1/20", "the client"), core.Assumption("t/1#spared", "false", "the client")))),
    "readings": Posed(READINGS, FIRMS, Ask("2024-07-01", goals=("publish", "report", "atone", "rating", "blamed", "grave"))),
}  # fmt: skip


@pytest.fixture(scope="module")
def corpus() -> tuple[Program, Facts]:
    program, _ = load(ROOT / "statutes/jp")
    path = ROOT / "statutes/jp/examples/dmm.facts.yaml"
    facts, problems = read_facts(path.read_bytes(), path.name, program.core)
    assert not problems
    return program, facts


# --------------------------------------------------------------------------- corruption


@dataclass(frozen=True)
class Change:
    """One thing done to an answer: where (indices left out), what, and how to do and undo it."""

    path: str
    what: str
    where: Json
    key: Json
    new: Json

    def done(self, data: Json, check: Callable[[Json], list[str]]) -> list[str]:
        old = self.where[self.key]
        self.where[self.key] = self.new
        try:
            return check(data)
        finally:
            self.where[self.key] = old


def others(leaf: Json) -> Iterator[Json]:
    """Give other values for a leaf: near ones, and of other types."""
    if isinstance(leaf, bool):
        yield from (not leaf, int(leaf))
    elif isinstance(leaf, int):
        yield from (leaf + 1, leaf - 1, -1, str(leaf), leaf == 1)
    elif leaf is None:
        yield from ("x", 0, False)
    elif re.fullmatch(r"\d{4}-\d\d-\d\d", leaf):
        yield from ((date.fromisoformat(leaf) + timedelta(days=n)).isoformat() for n in (-1, 1, 366))
    elif re.fullmatch(r"-?\d+", leaf):
        yield from (str(int(leaf) + 1), f"{leaf}0", int(leaf))
    else:
        swaps = {"true": "false", "false": "true", "value": "open", "A": "B", "performed": "overdue", "outstanding": "performed"}
        yield from (swaps.get(leaf, f"{leaf}x"), leaf[:-1], "")
    yield from (None, [], {}) if leaf is not None else ([], {})


def changes(data: Json, path: str = "") -> Iterator[Change]:
    """Give every change: each leaf to other values, each list and mapping with an entry dropped, doubled, moved or added."""
    entries = list(data.items()) if isinstance(data, dict) else list(enumerate(data))
    for key, child in entries:
        place = f"{path}.{key}".lstrip(".") if isinstance(data, dict) else f"{path}[]"
        if not isinstance(child, (dict, list)):
            yield from (Change(place, f"{child!r} to {new!r}", data, key, new) for new in others(child))
            continue
        if isinstance(child, dict):
            for name in child:
                yield Change(place, f"without {name}", data, key, {k: v for k, v in child.items() if k != name})
            yield Change(place, "with more", data, key, {**child, "extra": 1})
        else:
            for n, item in enumerate(child):
                yield Change(place, f"without {n}", data, key, child[:n] + child[n + 1 :])
                yield Change(place, f"with {n} twice", data, key, [*child[: n + 1], copy.deepcopy(item), *child[n + 1 :]])
                yield Change(place, f"with {n} at the end", data, key, [*child[:n], *child[n + 1 :], item])
            yield Change(place, "turned round", data, key, child[::-1])
            yield Change(place, "with more", data, key, [*child, "x"])
        yield Change(place, "of another type", data, key, None)
        yield from changes(child, place)


def survivors(data: Json, check: Callable[[Json], list[str]], tried: list[Change]) -> list[str]:
    """Return the changes that go unnoticed and are not declared free."""
    assert [] == check(data)
    return [
        f"{c.path}: {c.what}"
        for c in tried
        if difference(c.new, c.where[c.key], "") is not None and not free(c) and not c.done(data, check)
    ]


def free(change: Change) -> bool:
    if change.path == "data.would_settle":
        return bool(change.new == [])
    return change.path in FREE and type(change.new) is str


def tidy(data: Json) -> Json:
    """Return an answer as JSON, without the contexts that no step is in: they say nothing, so they may say anything."""
    data = json.loads(json.dumps(data))
    derived = data["data"]["derivation"]
    used = sorted({s["context"] for s in derived["steps"]})
    derived["contexts"] = [derived["contexts"][n] for n in used]
    for s in derived["steps"]:
        s["context"] = used.index(s["context"])
    return data


def sample(data: Json, each: int = 1, share: float = 1.0) -> list[Change]:
    """Return some changes of each sort at each path of the schema (a share of the paths), the same every time."""
    sorts: dict[tuple[str, ...], list[Change]] = {}
    for c in changes(data):
        sorts.setdefault((c.path, re.sub(r"\W+|\d", " ", c.what)[:6], type(c.new).__name__), []).append(c)
    rng = random.Random(11)
    kept = [found for found in sorts.values() if rng.random() < share * SCALE]
    return [c for found in kept for c in rng.sample(found, min(len(found), each * SCALE))]


@pytest.mark.parametrize("name", POSED)
def test_no_corruption_is_accepted(name: str) -> None:
    """Every leaf, every list and every mapping of the answer is checked."""
    posed = POSED[name]
    data = posed.answered()

    assert [] == survivors(data, posed.refusals, sample(data, share=0.2))


@pytest.mark.parametrize(("world", "text"), [("current", None), ("enacted", "2027-06-01")])
def test_no_corruption_of_an_answer_on_the_collected_law_is_accepted(corpus: tuple[Program, Facts], world: str, text: str | None) -> None:
    program, facts = corpus
    data = tidy(answer(program, facts, Ask("2024-05-31", text, "2026-11-22", world)))

    def check(data: Json) -> list[str]:
        return [str(r) for r in replay(data, program.core, program.digest, facts)]

    assert [] == survivors(data, check, sample(data, share=0.1))


def test_the_answers_visit_the_published_schema() -> None:
    """Every leaf of the schema is in one of the answers, so that the walk above passes it."""
    schema = json.loads((ROOT / "docs/schema/run.schema.json").read_text(encoding="utf-8"))
    visited = {p for posed in POSED.values() for p in leaves(posed.answered())}
    unvisited = {p for p in schema_leaves(schema, schema, "") if not any(re.fullmatch(_pattern(p), v) for v in visited)}

    assert UNVISITED == unvisited


#: Leaves of the schema in none of the answers: results that a norm's parts could only have in odd laws.
UNVISITED = {
    f"data.norms[].instances[].{part}.{leaf}"
    for part in ("applies", "content", "due_open", "by_reading[].content") for leaf in ("possible_clash", "values[]")
}  # fmt: skip


def leaves(data: Json, path: str = "") -> Iterator[str]:
    if not isinstance(data, (dict, list)) or not data:
        yield path
    for key, child in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from leaves(child, f"{path}.{key}".lstrip(".") if isinstance(data, dict) else f"{path}[]")


def schema_leaves(schema: Json, part: Json, path: str, names: tuple[str, ...] = ()) -> Iterator[str]:
    if "$ref" in part:
        name = part["$ref"].rpartition("/")[2]
        if name not in names:
            yield from schema_leaves(schema, schema["$defs"][name], path, (*names, name))
        return
    below = [(f"{path}.{k}".lstrip("."), v) for k, v in part.get("properties", {}).items()]
    below += [(path, choice) for choice in part.get("anyOf", ()) if choice.get("type") != "null"]
    below += [(f"{path}[]", part["items"])] if isinstance(part.get("items"), dict) else []
    below += [(f"{path}.*", part["additionalProperties"])] if isinstance(part.get("additionalProperties"), dict) else []
    for place, child in below:
        yield from schema_leaves(schema, child, place, names)
    if not below:
        yield path


def _pattern(path: str) -> str:
    return re.escape(path).replace(r"\*", r"[^.\[]+") + r"([.\[].*)?"


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
    return {name: getattr(ask, name) for name in Ask.__dataclass_fields__}


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


#: Ways to weaken the checker, each of which the corruption test must notice.
WEAKENED: dict[str, tuple[object, str, object]] = {
    "results and certificates are believed": (derivation, "difference", _blind),
    "rows are believed": (replay_check, "difference", _blind),
    "any step will do as an input": (derivation.Derivation, "given", _any_input),
    "left-over parts are allowed": (projection.Stated, "ended", lambda self: {k: v for k, v in self.steps.items() if k in self.used}),
    "assumptions are believed": (law, "_exceeds", lambda left, right: False),
}


@pytest.mark.parametrize("name", WEAKENED)
def test_the_corruption_test_notices_a_weakened_checker(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    owner, attribute, weaker = WEAKENED[name]
    monkeypatch.setattr(owner, attribute, weaker)
    posed = POSED["assumed"]
    data = posed.answered()

    def check(data: Json) -> list[str]:
        try:
            return posed.refusals(data)
        except (KeyError, TypeError, AttributeError, IndexError):
            return ["a weakened checker may fail where it believed what it was told"]

    unbounded = FORGERIES["an assumption out of bounds"]
    assert survivors(data, check, sample(data)) or not forged(unbounded[0], **unbounded[1])


def tied() -> Json:
    knot: Json = []
    knot.append(knot)
    return knot


@pytest.mark.parametrize("data", [None, 1, "x", [], {}, {"schema": "kitei/run@1"}, float("nan"), {1: 2}, tied(), {"data": object()}, 10**40])
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
    odd = [deep, "9" * 5000, 10**30, -1, 1.5, [[]], {"k": None}, "\ud800", True, "2024-13-45", "t/1@2020-01-01#rating|outcome.args.00"]
    places = [c for c in changes(data) if c.what == "of another type" or " to " in c.what]

    for place in rng.sample(places, 400):
        assert Change(place.path, "odd", place.where, place.key, rng.choice(odd)).done(data, posed.refusals) or free(place)


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
        day = date.fromordinal(first + rng.randint(0, 25000)) if rng.random() < 0.9 else rng.choice((date.min, date.max))
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

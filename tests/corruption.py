"""Laws, facts and questions for `test_replay`, and every way to corrupt an answer.

Comes in: an answer as JSON. Goes out: `Change`s, each leaf to other values, each list and mapping with an entry dropped,
doubled, moved or added; and `survivors`, those that a check lets pass although `FREE` does not allow them.
"""

from __future__ import annotations

import copy
import json
import os
import random
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache, lru_cache, partial
from typing import Any

from kitei.answer import Ask, answer
from kitei.facts import Facts
from kitei.facts_read import read_facts
from kitei.replay import replay
from kitei.replay.shape import difference
from kitei.world import Program
from kitei_dsl import core
from kitei_dsl.codec import canonical, decode, digest_text
from kitei_dsl.frozen import Frozen
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source

SCALE = int(os.environ.get("KITEI_EXAMPLES", "1"))

Json = Any

#: What may be changed unnoticed, with the reason.
FREE = {
    "facts.file": "where the facts were read from is no part of what they say",
    "assumptions": "what is assumed besides the world's own may stand in any order",
    "assumptions[].by": "who assumes what the world does not is said by whoever asks",
    "data.goals": "goals may be asked in any order; one that no one can bear or have adds nothing",
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

REPORTS = (
    VOCABULARY
    + """
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
)
#: A duty that stays in force for some firms past its end, its rate fixed anew since; another under its former text.
KEPT = (
    VOCABULARY
    + """
provision t/1 in force from 2020-01-01 promulgated 2019-06-01 until 2024-07-01 promulgated 2024-03-01 grade A
  slot share of Firm is rate required for ordinance end
  define rating of Firm is share * 1,000 yen end
  duty publish of Firm when fit do lent_on by 2024-08-31 amount rating end
end
provision t/1 in force from 2024-07-01 promulgated 2024-03-01 grade A
  define rating of Firm is 7 yen end
  duty publish of Firm do lent_on by 2024-09-30 amount rating end
end
provision t/3 in force from 2020-01-01 promulgated 2019-06-01 until 2024-07-01 promulgated 2024-03-01 grade A
  prohibition calm of Firm keep cold end
end
provision o/1 in force from 2020-01-01 until 2024-07-05 promulgated 2024-03-01 grade A
  fill t/1 share of Firm is 5% end
end
provision o/1 in force from 2024-07-05 promulgated 2024-03-01 grade B
  fill t/1@2020-01-01 share of Firm is 6% end
end
provision t/suppl/2 in force from 2024-07-01 promulgated 2024-03-01 grade C
  keep in force t/1 of Firm named stays when small
  former text continues for t/3 of Firm named old when small
end
"""
)
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

MEETING = (
    VOCABULARY
    + """
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
)
FIRMS = """
entities:
  one: {kind: Firm, small: true, cold: true, fit: false, told: false, moved_on: 2024-03-31}
  two: {kind: Firm, small: true, cold: false, fit: true, told: false, lent_on: none, moved_on: 2024-03-31}
  three: {kind: Firm, cold: true, small: true, fit: true}
  four: {kind: Firm, small: false, cold: true, fit: false, lent_on: 2024-01-01, moved_on: 2024-01-31}
"""
RATED = ("rating", "blamed", "total", "grave", "deadline", "guarded")

SLOTS = (
    VOCABULARY
    + """
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
)

READINGS = (
    VOCABULARY
    + """
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
)


@cache
def compiled(law: str) -> tuple[core.Program, str]:
    found, diagnostics = compile_sources([Source("test.kitei", law)])
    errors = [d.message for d in diagnostics if d.severity == "error"]
    assert not errors, errors
    text = canonical(found)
    return decode(text), digest_text(text)


@cache
def read_of(law: str, facts: str) -> Facts:
    """Return the facts of a case, read once: nothing that reads them changes them."""
    found, problems = read_facts(facts.encode(), "case.facts.yaml", compiled(law)[0])
    assert not problems, [str(p) for p in problems]
    return found


class Posed(Frozen, dict=True):
    """A law, facts and a question."""

    law: str
    facts: str
    ask: Ask

    def program(self) -> tuple[core.Program, str]:
        return compiled(self.law)

    def read(self) -> Facts:
        return read_of(self.law, self.facts)

    def answered(self) -> Json:
        return as_json(answer(Program(*self.program()), self.read(), self.ask))

    def refusals(self, data: object) -> list[str]:
        return [str(r) for r in replay(data, *self.program(), self.read())]


DEFENCES = (
    VOCABULARY
    + """
provision t/1 in force from 2020-01-01 grade A
  define grave of Firm means any of item i1: fit item i2: cold and small end end
  define rating of Firm cases case i1: when cold is 80 yen case i2: otherwise is 100 yen end end
  define blamed of Firm means cold and not proved by self that (told) end
  define total of Firm is progressive on rating up to 50 yen at 10% above at 20% end end
  liability void of Firm when cold unless proved by self that (told) end
  duty atone of Firm when grave and reference_day >= commencement_day do lent_on end
end
"""
)

POSED = {
    "reports": Posed(REPORTS, LEAKS, Ask("2024-07-10")),
    "reports at the time": Posed(REPORTS, LEAKS, Ask("2024-06-21", known_on="2024-06-01")),
    "reports, pinned": Posed(REPORTS, LEAKS, Ask("2024-06-30", text_on="2024-01-01", goals=("calm", "void", "lend"))),
    "kept in force": Posed(KEPT, FIRMS, Ask("2024-07-10")),
    "meeting": Posed(MEETING, FIRMS, Ask("2024-06-01", goals=RATED)),
    "slots": Posed(SLOTS, FIRMS, Ask("2024-06-01", known_on="2024-04-01", world="draft", goals=("rating", "guarded", "grave", "deadline"))),
    "assumed": Posed(SLOTS, FIRMS, Ask("2024-06-01", world="draft", goals=("rating", "guarded"), assumes=(
        core.Assumption("t/1@t/c1#share", "1/20", "the client"), core.Assumption("t/1#spared", "false", "the client")))),
    "readings": Posed(READINGS, FIRMS, Ask("2024-07-01", goals=("publish", "report", "atone", "rating", "blamed", "grave"))),
    "defences": Posed(DEFENCES, FIRMS, Ask("2024-07-01", goals=("void", "atone", "grave", "rating", "blamed", "total"))),
}  # fmt: skip


# --------------------------------------------------------------------------- corruption


class Change(Frozen, dict=True):
    """One thing done to an answer: where (indices left out), what, and how to do and undo it."""

    path: str
    what: str
    where: Json
    key: Json
    #: gives what is put there instead, and the name of its type
    make: Callable[[], Json]
    sort: str

    @property
    def new(self) -> Json:
        return self.make()

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
        swaps = {
            "true": "false",
            "false": "true",
            "value": "open",
            "A": "B",
            "performed": "overdue",
            "outstanding": "performed",
        }
        yield from (swaps.get(leaf, f"{leaf}x"), leaf[:-1], "")
    yield from (None, [], {}) if leaf is not None else ([], {})


Ways = Iterator[tuple[str, Callable[[], Json]]]


def ways_with_mapping(child: dict[str, Json]) -> Ways:
    for name in child:
        yield f"without {name}", lambda name=name: {k: v for k, v in child.items() if k != name}  # type: ignore[misc]
    yield "with more", lambda: {**child, "extra": 1}


def ways_with_list(child: list[Json]) -> Ways:
    for n in range(len(child)):
        yield f"without {n}", lambda n=n: child[:n] + child[n + 1 :]  # type: ignore[misc]
        yield f"with {n} twice", lambda n=n: [*child[: n + 1], copy.deepcopy(child[n]), *child[n + 1 :]]  # type: ignore[misc]
        yield f"with {n} at the end", lambda n=n: [*child[:n], *child[n + 1 :], child[n]]  # type: ignore[misc]
    yield "turned round", lambda: child[::-1]
    yield "with more", lambda: [*child, "x"]


def changes(data: Json, path: str = "") -> Iterator[Change]:
    """Give every change: each leaf to other values, each list and mapping with an entry dropped, doubled, moved or added."""
    entries = list(data.items()) if isinstance(data, dict) else list(enumerate(data))
    for key, child in entries:
        place = f"{path}.{key}".lstrip(".") if isinstance(data, dict) else f"{path}[]"
        if not isinstance(child, (dict, list)):
            for new in others(child):
                yield Change(place, f"{child!r} to {new!r}", data, key, partial(copy.copy, new), type(new).__name__)
            continue
        for what, make in ways_with_mapping(child) if isinstance(child, dict) else ways_with_list(child):
            yield Change(place, what, data, key, make, type(child).__name__)
        yield Change(place, "of another type", data, key, lambda: None, "NoneType")
        yield from changes(child, place)


def survivors(data: Json, check: Callable[[Json], list[str]], tried: list[Change]) -> Iterator[str]:
    """Give the changes that go unnoticed and are not declared free."""
    assert check(data) == []
    for c in tried:
        if difference(c.new, c.where[c.key], "") is not None and not free(c) and not c.done(data, check):
            yield f"{c.path}: {c.what}"


def free(change: Change) -> bool:
    if change.path == "data.would_settle":
        return change.new is None
    if change.path == "assumptions":
        asked = [a["target"] for a in change.where[change.key]]
        return isinstance(change.new, list) and sorted(asked) == sorted(
            a["target"] for a in change.new if isinstance(a, dict)
        )
    if change.path == "data.goals":
        return isinstance(change.new, list) and {str(g) for g in change.new} <= set(change.where[change.key])
    return change.path in FREE and type(change.new) is str


def as_json(data: Json) -> Json:
    """Return an answer as it is read back from JSON."""
    return json.loads(json.dumps(data))


def sample(data: Json, each: int = 1, share: float = 1.0) -> list[Change]:
    """Return some changes of each sort at each path of the schema (a share of the paths), the same every time."""
    sorts: dict[tuple[str, ...], list[Change]] = {}
    for c in changes(data):
        sorts.setdefault((c.path, _begins(c.what), c.sort), []).append(c)
    rng = random.Random(11)
    kept = [found for found in sorts.values() if rng.random() < share * SCALE]
    return [c for found in kept for c in rng.sample(found, min(len(found), each * SCALE))]


_SIGNS = re.compile(r"\W+|\d")


@lru_cache(maxsize=20_000)
def _begins(what: str) -> str:
    """Return how a change is called, without its signs and numbers, cut: the same for changes of one sort."""
    begin = _SIGNS.sub(" ", what[:40])
    return (begin if len(begin) > 6 else _SIGNS.sub(" ", what))[:6]


# --------------------------------------------------------------------------- the published schema


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


def pattern(path: str) -> str:
    return re.escape(path).replace(r"\*", r"[^.\[]+") + r"([.\[].*)?"

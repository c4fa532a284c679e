"""Malformed and hostile input gets one clear diagnostic: never a traceback, never exit code 4, nothing raw on a terminal.

Inputs are made here, none is stored. Each row says which command reads it, the exit code and words of the message. A few
are run as commands of their own under limits of memory and processor time, which show that the work is bounded; what is
found by chance is sought by `fuzz.py`, of which a short form runs here.
"""

from __future__ import annotations

import io
import json
import os
import re
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

import fuzz
import programs
from corruption import POSED
from kitei.cli import main
from kitei.facts_read import read_facts
from kitei.replay import Refusal, read_answer, replay
from kitei.ruleset import load
from kitei.soundness import check_sound
from kitei_dsl.codec import canonical
from kitei_dsl.diagnostics import escape
from kitei_dsl.frozen import Frozen
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source
from resumed import ROOT

LAW = """
instrument t type act title ja "積立法" en "Reserve Act" end
kind Firm (会社) label ja "会社" en "firm" end
kind Leak dated by seen_on label ja "流出" en "leak" end
enumeration Hue (色) value red (赤) ja "赤" en "red" value blue (青) ja "青" en "blue" end
attribute custody (預り資産) of Firm is yen end
attribute cold (低リスク管理) of Firm is truth end
attribute hue of Firm is Hue end
attribute share of Firm is rate end
attribute keys of Firm is number between 0 and 10 end
attribute coins of Firm is quantity end
attribute moved of Firm is date if any end
attribute seen_on of Leak is date end
relation r role leak many Leak role victim one Firm end
relation own role parent one Firm role child many Firm end
term reserve (準備金) of Firm is yen label ja "準備金の額" en "amount of the reserve" end
term day of Firm is date end
term bad of Firm is truth end
world current label ja "現行法" en "current law" end
norm report of Firm label ja "報告" en "report" end
provision t/5/main in force from 2024-04-01 grade A
  slot pct of Firm is rate required between 0% and 10% for ordinance end
  define reserve of Firm is pct * custody end
  define day of Firm is if has moved then 99999 months after moved else 9999-12-31 end
  define bad of Firm means some c in child: cold of c end
  duty report of Firm for each leak as l anchored at seen_on of l do seen_on of l by 14 days after seen_on of l end
end
"""
FACTS = "entities:\n  kou: {kind: Firm, cold: true, leak: {members: [l], complete: true}}\n  l: {kind: Leak, seen_on: 2024-05-01}\n"
MANY = 100_000


class Place(Frozen, dict=True):
    """A folder with a law and facts that are fine, where one more file is put."""

    folder: Path

    @property
    def law(self) -> str:
        return str(self.folder / "law.kitei")

    @property
    def facts(self) -> str:
        return str(self.folder / "good.yaml")

    def file(self, name: str, data: str | bytes) -> str:
        path = self.folder / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
        return str(path)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    found = Place(tmp_path_factory.mktemp("hostile"))
    found.file("law.kitei", LAW)
    found.file("good.yaml", FACTS)
    before = os.environ.get("KITEI_CACHE")
    os.environ["KITEI_CACHE"] = str(found.folder / "cache")
    yield found
    os.environ.pop("KITEI_CACHE")
    if before is not None:
        os.environ["KITEI_CACHE"] = before


def kitei(*args: str) -> tuple[int, str]:
    """Run a command here; return its exit code and everything it printed, as bytes would reach a terminal."""
    buffers = io.BytesIO(), io.BytesIO()
    first, second = (io.TextIOWrapper(b, "utf-8") for b in buffers)
    before = sys.argv
    sys.argv = ["kitei", *args]
    code: object = 0
    try:
        with redirect_stdout(first), redirect_stderr(second):
            try:
                main()
            except SystemExit as stop:
                code = stop.code
    finally:
        sys.argv = before
        first.flush()
        second.flush()
    assert isinstance(code, int)
    return code, "".join(b.getvalue().decode("utf-8") for b in buffers)


def assert_told(done: tuple[int, str], code: int, words: str) -> None:
    found, text = done

    assert words in text, text[-600:]
    assert code == found, text[-600:]
    assert "Traceback" not in text and "internal fault" not in text
    assert text == escape(text), "something acts on a terminal"
    assert len(text) < 60_000, "a message is a page"


# --------------------------------------------------------------------------- sources


def defined(expr: str, term: str = "bad") -> str:
    return f"{LAW}\nprovision t/9 in force from 2024-04-01 grade A define {term} of Firm named x is {expr} end end\n"


def terms(count: int, first: str, each: str, type_: str = "rate") -> str:
    """Return a law of terms t0, t1, …, each defined by the one before, which `each` calls T."""
    declared = "\n".join(f"term t{n} of Firm is {type_} end" for n in range(count))
    stated = "\n".join(
        f"define t{n} of Firm is {each.replace('T', f't{n - 1}') if n else first} end" for n in range(count)
    )
    return f"{LAW}\n{declared}\nprovision t/9 in force from 2024-04-01 grade A\n{stated}\nend\n"


SOURCES: dict[str, tuple[Callable[[], str | bytes], int, str]] = {
    "empty": (lambda: "", 0, "1 file,"),
    "only comments": (lambda: "# nothing\n# at all", 0, "0 errors"),
    "Shift_JIS": (lambda: "kind 会社 end".encode("shift_jis"), 3, "unreadable-file"),
    "UTF-16": (lambda: "kind A end".encode("utf-16"), 3, "not UTF-8"),
    "cut in a character": (lambda: "kind 会社".encode()[:-1], 3, "not UTF-8"),
    "a lone surrogate": (lambda: b"kind \xed\xa0\x80 end", 3, "not UTF-8"),
    "a byte order mark": (lambda: "\ufeffkind A end", 0, "0 errors"),
    "NUL": (lambda: "kind A\x00 end", 1, "U+0000"),
    "an escape": (lambda: "kind \x1b[31mA end", 1, "U+001B"),
    "an operating system command": (lambda: 'kind A label ja "\x1b]0;x\x07" end', 1, "U+001B"),
    "a carriage return alone": (lambda: "kind A end\rkind B end", 1, "U+000D"),
    "line ends of Windows": (lambda: "kind A end\r\nkind A end", 1, "declared-twice"),
    "a vertical tab": (lambda: "kind A\x0bend", 1, "U+000B"),
    "a form feed": (lambda: "kind A\x0cend", 1, "U+000C"),
    "a next line": (lambda: "kind A\x85end", 1, "U+0085"),
    "a line separator": (lambda: "kind A\u2028end", 1, "U+2028"),
    "right to left": (lambda: "kind A\u202e end", 1, "U+202E"),
    "zero width": (lambda: "kind A\u200bB end", 1, "U+200B"),
    "decomposed kana": (lambda: "kind か\u3099 end kind が end", 1, "declared-twice"),
    "Arabic digits": (lambda: defined("٣ yen", "reserve"), 1, "half-width digits: `3`"),
    "a flood of marks": (lambda: "# a" + "\u0301\u0323" * MANY, 3, "combining marks"),
    "templates": (lambda: "kind {{x}} {% y %} end", 1, "`{` cannot stand here"),
    "a page": (lambda: "kind <script> end", 1, "`<` cannot stand here"),
    "brackets": (lambda: defined("(" * MANY + "true" + ")" * MANY), 1, "too-deep"),
    "not not not": (lambda: defined("not " * MANY + "true"), 1, "too-deep"),
    "if if if": (lambda: defined("if true then " * 30_000 + "true"), 1, "too-deep"),
    "some of some of some": (lambda: defined("some c in child: " * 30_000 + "true"), 1, "too-deep"),
    "of of of": (lambda: defined("cold of " + "parent of " * MANY + "self"), 1, "too-deep"),
    "a long sum": (lambda: defined("+".join(["1 yen"] * MANY), "reserve"), 1, "too-large"),
    "a wide and": (lambda: defined(" and ".join(["cold"] * MANY)), 1, "too-large"),
    "a chain of definitions": (lambda: terms(400, "share", "T + 1%"), 1, "too-deep"),
    "a name of a million": (lambda: "kind A " + "b" * 10**6, 1, "unexpected-word"),
    "a line of ten million": (lambda: "# " + "x" * 10**7, 1, "too-large"),
    "a line of nothing": (lambda: " " * 3_000_000 + "kind", 1, "unexpected-end"),
    "a million comments": (lambda: "#\n" * 1_000_000 + "kind A end", 1, "too-large"),
    "a hundred and more mistakes": (lambda: "kind K end\n" * 3_000, 1, "2899 more are not shown"),
    "twenty thousand kinds": (lambda: "\n".join(f"kind K{n} end" for n in range(20_000)), 1, "too-large"),
    "a number of 100,000 digits": (lambda: defined("9" * MANY + " yen", "reserve"), 1, "more than 400 digits"),
    "a rate per nothing": (lambda: defined("1 per 0_0", "reserve"), 1, "per zero"),
    "a billion days": (lambda: defined("999999999 days after 2024-01-01", "day"), 1, "a period is a whole number"),
    "no days": (lambda: defined("0 days after 2024-01-01", "day"), 1, "a period is a whole number"),
    "no day": (lambda: defined("2024-02-30", "day"), 1, "no such day"),
    "year 10000": (lambda: defined("10000-01-01", "day"), 1, "error["),
    "day nought": (lambda: "provision t/1 in force from 0000-00-00 grade A end" + LAW, 1, "`0000-00-00` is no day"),
    "an article of 100,000 digits": (lambda: LAW + f"provision t/{'9' * MANY} in force from 2024-01-01 grade A end", 1, "bad-address"),
    "a deep address": (lambda: LAW + f"provision t/{'1/' * MANY}1 in force from 2024-01-01 grade A end", 1, "at most 400"),
    "a path for an address": (lambda: LAW + "provision t/../../etc in force from 2024-01-01 grade A end", 1, "bad-address"),
    "a circle": (lambda: defined("some c in child: bad of c"), 1, "circular-definition"),
    "two that displace each other": (
        lambda: LAW + "".join(f"provision t/{a} in force from 2024-01-01 grade A define reserve of Firm is 1 yen notwithstanding t/{b} end end\n"
                              for a, b in ((11, 12), (12, 11))), 1, "circular-relation"),
    "a keyword for a name": (lambda: "kind end end", 1, "expected a name"),
    "a kind called self": (lambda: "kind self end", 0, "0 errors"),
    "an assumption of nobody": (lambda: LAW + "world w assume t/99#x = 2024-02-30 end", 1, "no such day"),
}  # fmt: skip


@pytest.mark.parametrize("name", SOURCES)
def test_a_source(name: str, place: Place) -> None:
    make, code, words = SOURCES[name]

    assert_told(kitei("check", place.file("in.kitei", make())), code, words)


def test_data_is_proper_json(place: Place) -> None:
    """The same diagnostics as data: what would act on a terminal is escaped as JSON escapes, and reads back."""
    path = place.file("in.kitei", "kind 会社 end\nkind A\u2028\x9b end")
    code, text = kitei("check", path, "--format", "json")
    data = json.loads(text[: text.rindex("}") + 1])

    assert 1 == code and text == escape(text)
    assert ["control-character"] == [d["slug"] for d in data["data"]]


# --------------------------------------------------------------------------- facts


def of_kou(lines: str) -> str:
    return f"entities:\n  kou: {{kind: Firm, {lines}}}\n"


FACT_FILES: dict[str, tuple[Callable[[], str | bytes], int, str]] = {
    "empty": (lambda: "", 3, "the file is empty"),
    "only comments": (lambda: "# x\n", 3, "the file is empty"),
    "two documents": (lambda: "a: 1\n---\nb: 2", 3, "expected one document"),
    "a list": (lambda: "[1]", 3, "must be a mapping"),
    "not a number": (lambda: of_kou("custody: .nan"), 3, "`.nan` is not an exact number"),
    "infinity": (lambda: of_kou("custody: .inf"), 3, "not an exact number"),
    "an exponent": (lambda: of_kou("custody: 1e999999"), 3, "not an exact number"),
    "3,000 digits": (lambda: of_kou("custody: " + "9" * 3_000), 3, "not an exact number"),
    # Each is as long as a text may be: looking for one that is longer must not begin anew at every character.
    "long texts": (lambda: "\n".join(f"k{n}: " + "9" * 39_990 for n in range(40)), 3, "`k0`"),
    "100,000 digits": (lambda: of_kou("custody: " + "9" * MANY), 3, "more than 40000 characters"),
    "10,000 decimals": (lambda: of_kou(f"coins: 0.{'1' * 10_000} BTC"), 3, "not an exact number"),
    "a fraction of nothing": (lambda: of_kou("share: 1/0"), 3, "not an exact number"),
    "octal": (lambda: of_kou("custody: 0o17"), 3, "not an exact number"),
    "sexagesimal": (lambda: of_kou("custody: 190:20:30"), 3, "not an exact number"),
    "Arabic digits": (lambda: of_kou("custody: ١٢٣"), 3, "not an exact number"),
    "perhaps": (lambda: of_kou("cold: perhaps"), 3, "`perhaps`"),
    "a moment": (lambda: of_kou("moved: 2024-01-01T00:00:00Z"), 3, "write YYYY-MM-DD"),
    "no day": (lambda: of_kou("moved: 2024-02-30"), 3, "no day of the calendar"),
    "day nought": (lambda: of_kou("moved: 0000-00-00"), 3, "no day of the calendar"),
    "year 10000": (lambda: of_kou("moved: 10000-01-01"), 3, "write YYYY-MM-DD"),
    "a key twice": (lambda: of_kou("cold: true, cold: true"), 3, "given twice"),
    "a fact under both its names": (lambda: of_kou("cold: true, 低リスク管理: false"), 3, "given twice"),
    "an entity twice": (lambda: "entities:\n  a: {kind: Firm}\n  a: {kind: Firm}\n", 3, "given twice"),
    "an anchor": (lambda: "a: &a [x, x]\nb: [*a, *a]\n", 3, "anchors and aliases"),
    "a merge": (lambda: "entities:\n  kou:\n    <<: {kind: Firm}\n", 3, "no `kind`"),
    "a Python object": (lambda: of_kou("custody: !!python/object:os.system x"), 3, "tags"),
    "another YAML": (lambda: "%YAML 9.9\n---\na: 1", 3, "cannot be read as YAML"),
    "deep lists": (lambda: "[" * MANY + "]" * MANY, 3, "nested too deeply"),
    "deep mappings": (lambda: '{"a":' * MANY + "1" + "}" * MANY, 3, "nested too deeply"),
    "deep blocks": (lambda: "\n".join(" " * n + "a:" for n in range(300)), 3, "nested too deeply"),
    "ten million characters": (lambda: "a: " + "x" * 10**7, 3, "bytes"),
    "a text without end": (lambda: 'a: "' + "x y " * 400_000 + '"', 3, "more than 40000 characters"),
    "records that all hold": (lambda: of_kou("custody: [" + ",".join(f"{{value: {n}}}" for n in range(3_000)) + "]"), 3, "two values on one day"),
    "records that all correct": (
        lambda: of_kou("custody: [" + ",".join(f"{{value: {n}, recorded: {2000 + n // 300}-0{1 + n // 30 % 9}-{1 + n % 28:02}, corrects: true}}"
                                               for n in range(2_000)) + "]"), 3, "`custody`"),
    "many mistakes": (lambda: "entities:\n" + "".join(f"  e{n}: {{kind: Frm}}\n" for n in range(3_000)), 3, "the first 100 are shown"),
    "Shift_JIS": (lambda: of_kou("cold: 真").encode("shift_jis"), 3, "read as Shift_JIS"),
    "UTF-16": (lambda: of_kou("cold: true").encode("utf-16"), 0, "read as UTF-16"),
    "NUL": (lambda: "a: \0", 3, "NUL"),
    "right to left": (lambda: of_kou('name: "\u202eabc"'), 3, "U+202E"),
    "zero width": (lambda: of_kou('name: "a\u200bb"'), 3, "U+200B"),
    "next line": (lambda: of_kou("cold: true") + "# x\x85  l: {kind: Leak}\n", 3, "U+0085"),
    "a flood of marks": (lambda: of_kou('name: "a' + "\u0301" * 1_000 + '"'), 3, "combining marks"),
    "a subject that is a list": (lambda: "subject: [kou]\n" + of_kou("cold: true"), 3, "takes one value"),
    "a kind that is a list": (lambda: "entities:\n  a: {kind: [Firm]}\n", 3, "takes one value"),
    "a name that is a list": (lambda: of_kou("name: {ja: [x]}"), 3, "takes one value"),
    "a source that is a list": (lambda: of_kou("custody: {value: 1, source: [a]}"), 3, "takes one value"),
    "a correction that is perhaps": (lambda: of_kou("custody: {value: 1, corrects: perhaps}"), 3, "true or false"),
    "members that are a list": (lambda: of_kou("leak: [[a]]"), 3, "takes one value"),
    "a path for an entity": (lambda: 'entities:\n  "../x": {kind: Firm}\n', 3, "cannot name an entity"),
    "a pipe for an entity": (lambda: 'entities:\n  "a.b|c": {kind: Firm}\n', 3, "cannot name an entity"),
    "decomposed kana": (lambda: "entities:\n  か\u3099: {kind: 会社, cold: true}\n", 3, "composition of their letters"),
    "look-alikes": (lambda: "entities:\n  a: {kind: Firm, child: [\u0430]}\n", 3, "no entity is called"),
    # What is odd, but means one thing, is read.
    "yes": (lambda: of_kou("cold: yes"), 0, "kou"),
    "composed kana": (lambda: "entities:\n  が: {kind: 会社, cold: true}\n", 0, "が"),
    "nothing below nought": (lambda: of_kou("custody: -0"), 0, "kou"),
    "an entity called self": (lambda: "entities:\n  self: {kind: Firm, cold: true, child: {members: [self], complete: true}}\n", 0, "self"),
    "an entity called end": (lambda: "entities:\n  end: {kind: Firm, cold: true}\n", 0, "end"),
    "each the other's parent": (lambda: "entities:\n  a: {kind: Firm, parent: b}\n  b: {kind: Firm, parent: a}\n", 0, "reserve"),
    "the last day there is": (lambda: of_kou("moved: 9999-12-31"), 0, "kou"),
    "a page for a name": (lambda: of_kou('name: "<script>{{7*7}}{% raw %}**b** [x](y) | `"'), 0, "<script>{{7*7}}{% raw %}**b** [x](y) | `"),
    "half a character for a name": (lambda: of_kou('name: "\\ud800"'), 3, "half a character"),
    "a command for a name": (lambda: of_kou('name: "\\e]0;x\\a\\u202e"'), 0, "\\u001b]0;x\\u0007\\u202e"),
}  # fmt: skip


@pytest.mark.parametrize("name", FACT_FILES)
def test_a_facts_file(name: str, place: Place) -> None:
    make, code, words = FACT_FILES[name]
    path = place.file("in.yaml", make())
    goals = ["--goal", "reserve", "--goal", "bad"]

    assert_told(kitei("run", path, "--on", "2024-06-01", "--statutes", place.law, "--lang", "en", *goals), code, words)


# --------------------------------------------------------------------------- numbers that grow


@pytest.mark.parametrize(
    ("first", "each", "type_", "count"),
    [
        ("share", "T * T", "rate", 40),
        ("share", "T / (T * T * T)", "rate", 40),
        ("coins * share", "T / share", "quantity", 60),
    ],
)
def test_numbers_that_grow_have_no_result_and_replay(
    place: Place, first: str, each: str, type_: str, count: int
) -> None:
    """Repeated products would fill any memory; beyond some 900 digits there is no result, for both that compute."""
    law = place.file("grow.kitei", terms(count, first, each, type_))
    facts = place.file("grow.yaml", of_kou(f"share: 1/{'7' * 60}, coins: 1.5 BTC"))
    asked = ("run", facts, "--on", "2024-06-01", "--statutes", law, "--goal", f"t{count - 1}")
    _, text = kitei(*asked, "--format", "json")
    answer = place.file("grow.json", text)

    assert ["undefined"] == [c["kind"] for c in json.loads(text)["data"]["terms"][0]["open"]]
    assert_told(kitei(*asked), 0, f"t{count - 1}")
    assert_told(kitei("replay", answer, "--facts", facts, "--statutes", law), 0, "accepted")


# --------------------------------------------------------------------------- the command line


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["--on", "0000-00-00"], 2, "is no day"),
        (["--on", "２０２４-02-30"], 2, "is no day"),
        (["--on", "10000-01-01"], 2, "is no day"),
        (["--on", "２０２４-01-01"], 0, "as of 2024-01-01"),
        (["--on", "9" * MANY], 2, "100000 characters"),
        (["--on", "\x1b[31m"], 2, "\\u001b[31m"),
        (["--text-on", "2024-02-30"], 2, "--text-on"),
        (["--known-on", "2024-W01-1"], 2, "--known-on"),
        (["--on", "9999-12-31"], 0, "9999-12-31"),
        (["--on", "0001-01-01"], 0, "0001-01-01"),
        (["--world", "\u202e"], 2, "\\u202e"),
        (["--goal", "a" * MANY], 2, "no norm or term"),
        (["--goal", "\x1b]0;x\x07"], 2, "\\u001b]0;x\\u0007"),
        (["--assume", "="], 2, "SLOT=VALUE"),
        (["--assume", "t/5/main#pct=1/0"], 2, "is a rate; `1/0` is not"),
        (["--assume", "t/5/main#pct=1e9"], 2, "is not a value"),
        (["--assume", "t/5/main#pct=11%"], 2, "outside what the law allows"),
        (["--assume", "t/5/main#pct=" + "9" * MANY], 2, "is not a value"),
        (["--assume", "t/5/main#pct=" + "(" * MANY], 2, "is not a value"),
        (["--assume", "t/5/main#pct=" + "1+" * 30_000 + "1"], 2, "is not a value"),
        (["--assume", "\u202ex=1"], 2, "nothing called `\\u202ex`"),
        (["--statutes", "/dev/zero"], 3, "a device or a pipe"),
        (["--statutes", "a" * 5_000], 3, "File name too long"),
    ],
    ids=lambda value: str(value)[:30].encode("ascii", "backslashreplace").decode(),
)
def test_a_value_on_the_command_line(place: Place, args: list[str], code: int, words: str) -> None:
    first = [] if "--on" in args else ["--on", "2024-06-01"]
    law = [] if "--statutes" in args else ["--statutes", place.law]

    assert_told(kitei("run", place.facts, *first, *law, *args, "--lang", "en"), code, words)


@pytest.mark.parametrize(
    "text",
    ["", "/", "t/", "t/0", "t/²", "a" * 401, "第" * MANY + "条", "積立法第" + "九" * 5_000 + "条", "積立法第٣条", "積立法第5条の" + "2の" * 5_000,
     "Act No. " + "9" * 5_000 + " of 2026, suppl. art. 1", "Act No. 64 of 0000, suppl.", "a\u0301\u0323" * 5_000, "\ufdfa" * 5_000, "\x1b[31m", "\u202e",
     "t/suppl:999AC0000000000", "(" * MANY, "積立法第" + "一兆" * 20 + "条"],
    ids=lambda text: text[:12].encode("ascii", "backslashreplace").decode(),
)  # fmt: skip
def test_a_citation(place: Place, text: str) -> None:
    for more in ([], ["--within", "t/5/1"], ["--format", "json"]):
        assert_told(kitei("cite", text, "--statutes", place.law, *more), 3, "kitei: ")
    assert_told(kitei("cite", "法第一条", "--statutes", place.law, "--within", text), 2, "--within")


# --------------------------------------------------------------------------- what stands where a file is expected


@pytest.fixture(scope="module")
def odd_files(place: Place) -> dict[str, tuple[str, str]]:
    os.mkfifo(place.folder / "pipe")
    (place.folder / "loop").symlink_to(place.folder / "loop")
    (place.folder / "sub.kitei").mkdir()
    names = {"pipe": "a device or a pipe", "loop": "Too many levels", "sub.kitei": "", "gone": "No such file"}
    return {n: (str(place.folder / n), w) for n, w in names.items()} | {
        "/dev/zero": ("/dev/zero", "a device or a pipe")
    }


@pytest.mark.parametrize("name", ["pipe", "loop", "gone", "/dev/zero"])
def test_what_is_no_file(place: Place, odd_files: dict[str, tuple[str, str]], name: str) -> None:
    path, words = odd_files[name]
    on = ["--on", "2024-06-01"]
    missing = name in ("gone", "loop")

    assert_told(kitei("run", path, *on, "--statutes", place.law), 3, words)
    assert_told(kitei("replay", path, "--facts", place.facts, "--statutes", place.law), 3, words)
    assert_told(kitei("replay", place.facts, "--facts", path, "--statutes", place.law), 3, words)
    assert_told(kitei("fmt", "--check", path), 3, words)
    assert_told(kitei("check", path), 3, "no such file" if missing else words)
    assert_told(kitei("run", place.facts, *on, "--statutes", path), 3, "no statutes" if missing else words)
    assert_told(kitei("test", path), 2 if missing else 3, "does not exist" if missing else words)


def test_a_folder_with_the_name_of_a_file(place: Place, odd_files: dict[str, tuple[str, str]]) -> None:
    assert_told(kitei("check", str(place.folder)), 3, "a folder stands where a file is expected")


# --------------------------------------------------------------------------- cases


def case(options: str, line: str) -> str:
    return f"# A case\n\n```kitei\n{LAW}```\n\n```facts\n{FACTS}```\n\n```expect {options}\n{line}\n```\n"


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("", 5, "0 passed"),
        (case("on 2024-06-01", "bad of kou = open: list kou.child"), 0, "1 passed"),
        (case("on 2024-02-30", "bad of kou = true"), 1, "is no day"),
        (case("on", "bad of kou = true"), 1, "unknown option"),
        (case("on 2024-06-01", "oe"), 1, "a line that can be read"),
        (case("on 2024-06-01 world \x07", "bad of kou = true"), 1, "no world is called `\\u0007`"),
        (case("on 2024-06-01 assume t/5/main#pct = " + "9" * 3_000, "bad of kou = true"), 1, "refused"),
        (case("on 2024-06-01", "reserve of kou = " + "9" * 3_900), 1, "expected"),
        (case("on 2024-06-01", "x" * 5_000), 3, "at most 4000"),
        ("# x\n```kitei\n", 3, "not closed"),
        ("# x\n```expect on 2024-06-01\nx of y = 1\n```\n", 3, "needs a facts fence"),
        ("# x\n```facts file=../../../etc/passwd\n```\n```expect on 2024-06-01\nx of y = 1\n```\n", 3, "outside the folder"),
        ("# x\n```facts file=/dev/zero\n```\n```expect on 2024-06-01\nx of y = 1\n```\n", 3, "outside the folder"),
        ("# x\n```facts file=gone.yaml\n```\n```expect on 2024-06-01\nx of y = 1\n```\n", 3, "No such file"),
        ("# " + " " * 3_000 + "x\n" * 10 + "\n```", 3, "not closed"),
        ("#" * 3_000 + " x\n" + "````" * 500, 3, "not closed"),
        ("# Zeile\n".encode("utf-16"), 3, "not UTF-8"),
    ],
    ids=lambda value: str(value)[:24].encode("ascii", "backslashreplace").decode(),
)  # fmt: skip
def test_a_file_of_cases(place: Place, text: str | bytes, code: int, words: str) -> None:
    assert_told(kitei("test", place.file("in.md", text), "--statutes", place.law), code, words)


# --------------------------------------------------------------------------- compiled cores


def _then_its_lead(text: str) -> str:
    """The first version, and after it one of the words that stand before it."""
    law = json.loads(text)
    first = law["versions"][0]
    law["versions"].insert(1, json.loads(canonical(first).replace("t/5/main", "t/5/lead")))
    return canonical(law)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda t: "", "not a compiled ruleset"),
        (lambda t: "[" * MANY, "Expected `object`, got `array`"),
        (
            lambda t: re.sub(r'"condition":{', '"condition":' + '{"k":"At","body":' * MANY, t, count=1),
            "nested too deeply",
        ),
        (lambda t: "NaN", "JSON is malformed"),
        (lambda t: t.replace('"threshold":null', '"threshold":' + "9" * MANY, 1), "out of range - at `$.clauses"),
        (lambda t: t.replace('"threshold":null', '"threshold":1.5', 1), "got `float` - at `$.clauses"),
        (lambda t: t.replace('"format":"kitei/core@', '"format":"kitei/score@', 1), "of format kitei/core@"),
        (lambda t: t[:-10], "not a compiled ruleset"),
        (lambda t: t.replace('"role":"define"', '"role":7', 1), "Expected `str`, got `int` - at `$.clauses[0].role`"),
        (lambda t: t.replace('"role":"define"', '"role":"x"', 1), "no role `x`"),
        (lambda t: t.replace('"attribute":"cold"', '"attribute":"warm"', 1), "no fact is called `warm`"),
        (lambda t: t.replace('"kinds":[', '"kins":[', 1), "unknown field `kins`"),
        (lambda t: t.replace('"start":"2024-04-01"', '"start":"2024-02-30"', 1), "is no day"),
        (
            lambda t: t.replace('"k":"Fold"', '"k":"Fld"', 1),
            "Invalid value 'Fld' - at `$.clauses",
        ),
        (lambda t: t.replace('"address":"t/5/main"', '"address":"q/5/main"'), "is no address in an instrument"),
        (lambda t: t.replace('"op":"*"', '"op":"system"', 1), "no operation `system`"),
        (lambda t: t.replace('"op":"*"', '"op":"and"', 1), "`and` takes"),
        (lambda t: t.replace('"status":"enacted"', '"status":"enacte"', 1), "no status `enacte`"),
        (
            lambda t: t.replace("t/5/main@2024-04-01#bad", "t/5/main@01#bad"),
            "its name does not begin with its version's",
        ),
        (
            lambda t: re.sub(r'"place":"[^"]*"(,"plain":{[^}]*},"promulgated")', r'"place":"nowhere"\1', t, count=1),
            "its place is none",
        ),
        (_then_its_lead, "versions stand in the law's order"),
    ],
    ids=range(21),
)
def test_a_compiled_core(place: Place, change: Callable[[str], str], words: str) -> None:
    text = canonical(load(Path(place.law))[0].core)
    changed = change(text)

    assert changed != text
    run = ("run", place.facts, "--on", "2024-06-01", "--statutes")
    assert_told(kitei(*run, place.file("good.json", text)), 0, "kou")
    assert_told(kitei(*run, place.file("in.json", changed)), 3, words)


def test_what_the_compiler_makes_is_sound() -> None:
    """The collected law, every law of the replay's tests, and random ones: none is refused by the closer look."""
    check_sound(load(ROOT / "statutes/jp")[0].core)
    for posed in POSED.values():
        check_sound(posed.program()[0])
    for seed in range(20):
        check_sound(programs.compiled(programs.case(seed)).core)
    for law in (
        defined("round_down(custody, 10 yen) = least(custody, 5 yen)"),
        defined("2 business days of bank before 2024-08-13", "day"),
    ):
        check_sound(compile_sources([Source("t.kitei", law)])[0])


# --------------------------------------------------------------------------- answers


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"", "it is no JSON"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b"[" * MANY, "nested too deeply"),
        (b'{"a":' * MANY, "nested too deeply"),
        (b'{"a": 1, "a": 1}', "`a` is given twice"),
        (b"[NaN]", "`NaN` is no whole number"),
        (b"[1.0]", "no whole number"),
        (b"[1e999999]", "no whole number"),
        (b"[" + b"9" * MANY + b"]", "too large"),
        (b"[" + b"[]," * 3_000_000 + b"[]]", "entries"),
        (b'"' + b"x" * 33_000_000 + b'"', "bytes"),
    ],
    ids=lambda value: str(value)[:16],
)
def test_what_is_no_answer_is_not_read(text: bytes, reason: str) -> None:
    found = read_answer(text)

    assert isinstance(found, Refusal) and reason in found.reason


def test_steps_that_rest_on_each_other_or_are_huge_are_refused() -> None:
    """Circles, steps of the future, a hundred thousand contexts: a reason each, in one pass."""
    posed = POSED["meeting"]
    for change in ("circle", "future", "many contexts", "long node", "wide scope", "many goals"):
        data = posed.answered()
        steps = data["data"]["derivation"]["steps"]
        used = next(s for s in steps if s["inputs"])
        if change == "circle":
            used["inputs"][0] = used["id"]
        elif change == "future":
            used["inputs"][0] = len(steps) - 1
        elif change == "many contexts":
            c = data["data"]["derivation"]["contexts"]
            c += [{**c[0], "at": "2024-06-31", "readings": {str(n): "x"}} for n in range(MANY)]
        elif change == "long node":
            used["node"] += ".args.0" * 20_000
        elif change == "wide scope":
            used["scope"] = {str(n): "kou" for n in range(MANY)}
        else:
            data["data"]["goals"] = ["rating"] * MANY

        assert posed.refusals(data), change


def test_an_answer_read_from_its_text_is_the_answer() -> None:
    posed = POSED["assumed"]
    data = posed.answered()

    assert data == read_answer(json.dumps(data).encode())
    assert [] == replay(
        data, *posed.program(), read_facts(posed.facts.encode(), "case.facts.yaml", posed.program()[0])[0]
    )


# --------------------------------------------------------------------------- under limits

BOMBS: dict[str, tuple[str, Callable[[], bytes], int, str]] = {
    "a source of brackets": ("check", lambda: defined("(" * 300_000).encode(), 1, "too-deep"),
    "a source of marks": ("check", lambda: ("# a" + "\u0301\u0323" * 100_000).encode(), 3, "combining marks"),
    "facts of brackets": ("run", lambda: b"[" * 900_000, 3, "nested too deeply"),
    "facts of entries": ("run", lambda: b"entities: [" + b"a," * 900_000, 3, "too long to be facts"),
    "an answer of lists": ("replay", lambda: b"[" + b"[]," * 10_000_000, 3, "entries"),
    "an answer of one text": ("replay", lambda: b'"' + "\U0001f600".encode() * 7_900_000 + b'"', 1, "too long"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_within_half_a_gigabyte_and_ten_seconds(name: str, place: Place) -> None:
    """The whole command, Python and all that it loads, under limits the system enforces."""
    command, make, code, words = BOMBS[name]
    path = place.file("bomb", make())
    more = {
        "check": [path],
        "run": [path, "--on", "2024-06-01", "--statutes", place.law],
        "replay": [path, "--facts", place.facts, "--statutes", place.law],
    }[command]

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (500 << 20, 500 << 20))
        resource.setrlimit(resource.RLIMIT_CPU, (10, 10))

    done = subprocess.run(
        [sys.executable, "-m", "kitei.cli", command, *more],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limited,
    )

    assert_told((done.returncode, done.stdout + done.stderr), code, words)


# --------------------------------------------------------------------------- by chance


@pytest.mark.parametrize("target", fuzz.TARGETS)
def test_no_mutation_is_a_fault(target: str) -> None:
    """A few hundred mutations of the project's own files; `make fuzz` feeds as many as one likes."""
    count = {"numerals": 400, "cite": 400, "assume": 200, "facts": 60, "source": 40, "replay": 30}.get(target, 12)
    faults = []
    for number in range(10**6, 10**6 + count):
        seen = fuzz.fed(target, fuzz.mutated(target, number))
        if seen.fault and not seen.fault.startswith("slow"):
            faults.append(f"{target}/{number}: {seen.fault}")

    assert [] == faults


def test_a_fault_is_noticed_and_cut_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search itself can fail an input, names the place, and shows the least that does."""

    def weak(data: bytes) -> str:
        if "第".encode() in data:
            raise ZeroDivisionError("found")
        return "read"

    monkeypatch.setitem(fuzz.TARGETS, "cite", fuzz.Target(1, fuzz.citations, weak))
    found = fuzz.chunk("cite", 0, 60)
    number, fault = found["faults"][0]

    assert "ZeroDivisionError in test_hostile.py" in fault
    assert "第".encode() == fuzz.smallest("cite", fuzz.mutated("cite", number), fault)
    assert 60 == sum(found["outcomes"].values())

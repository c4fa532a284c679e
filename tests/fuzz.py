"""Hostile input at random: every reader of the project is fed mutations of the project's own files.

    python tests/fuzz.py --inputs 200000 --processes 2        (or: make fuzz N=200000)

An input is wholly made from its target and its number, so any can be made again. A run goes on where the last one of
the same code stopped (`.fuzz/state.json`); `--record docs/hardness.md` writes the table of what was run. A failure is an
exception that no reader documents, a broken promise (a text that does not come back), or more than a second of
processor time; it is cut down and printed. What a target may raise is said in `TARGETS`, nowhere else.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import re
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from kitei_dsl.frozen import Frozen, replace

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests")]

from corruption import POSED, Json  # noqa: E402
from kitei.answer import Ask, answer  # noqa: E402
from kitei.assumptions import read_assumption  # noqa: E402
from kitei.cases import BadCase, Case, Fence, read_cases, run_case  # noqa: E402
from kitei.citing import Citer  # noqa: E402
from kitei.facts_read import read_facts  # noqa: E402
from kitei.goals import UnknownGoal  # noqa: E402
from kitei.register import TooManyReadings  # noqa: E402
from kitei.render import render  # noqa: E402
from kitei.replay import Refusal, read_answer, replay  # noqa: E402
from kitei.ruleset import NoRuleset, load, read_compiled  # noqa: E402
from kitei.world import BadAssumption, Program, Regime  # noqa: E402
from kitei_dsl import numerals  # noqa: E402
from kitei_dsl.citation import BadAddress, parse  # noqa: E402
from kitei_dsl.citation_print import print_en, print_ja  # noqa: E402
from kitei_dsl.citation_read import read_any  # noqa: E402
from kitei_dsl.codec import canonical  # noqa: E402
from kitei_dsl.diagnostics import escape  # noqa: E402
from kitei_dsl.diagnostics import render as told  # noqa: E402
from kitei_dsl.format import format_file  # noqa: E402
from kitei_dsl.parse import parse as parse_source  # noqa: E402
from kitei_dsl.parser_table import parser  # noqa: E402
from kitei_dsl.pipeline import check_all  # noqa: E402
from kitei_dsl.source import Source, composed  # noqa: E402
from resumed import code_digest, record, resumed  # noqa: E402

LIMIT = 1.0
CHUNK = 200


class Broken(AssertionError):
    """A promise about what comes out does not hold."""


class Target(Frozen, dict=True):
    """What is fed: its seeds, and what reads an input and names the outcome. `share`: of a hundred inputs."""

    share: int
    seeds: Callable[[], tuple[bytes, ...]]
    run: Callable[[bytes], str]
    #: seconds of processor time within which an input is told
    limit: float = LIMIT


# --------------------------------------------------------------------------- seeds


@cache
def law() -> Program:
    return load(ROOT / "statutes/jp")[0]


def _fences(word: str) -> Iterator[str]:
    for path in sorted([*(ROOT / "docs/language").glob("*.md"), *(ROOT / "tests/diagnostics").glob("*.md")]):
        yield from re.findall(rf"^```{word}[^\n]*\n(.*?)^```", path.read_text(encoding="utf-8"), re.M | re.S)


@cache
def _told() -> tuple[Case, ...]:
    """The cases of the language's chapters and of the diagnostics, each with the law above it."""
    files = sorted([*(ROOT / "docs/language").glob("*.md"), *(ROOT / "tests/diagnostics").glob("*.md")])
    return tuple(c for p in files for c in read_cases(p) if c.law)


@cache
def sources() -> tuple[bytes, ...]:
    files = [p.read_text(encoding="utf-8") for p in sorted((ROOT / "statutes/jp").rglob("*.kitei"))]
    laws = dict.fromkeys("".join(f.text for f in c.law) for c in _told())
    return tuple(t.encode() for t in (*laws, *(p.law for p in POSED.values()), *(f[:4000] for f in files)))


@cache
def facts() -> tuple[bytes, ...]:
    dmm = (ROOT / "statutes/jp/examples/dmm.facts.yaml").read_bytes()
    return (dmm, *(p.facts.encode() for p in POSED.values()), *(t.encode() for t in _fences("facts")))


@cache
def answers() -> tuple[bytes, ...]:
    """Answers as JSON, each beginning with the name of what was posed, which no mutation touches."""
    return tuple(
        f"{n}\n{json.dumps(p.answered(), ensure_ascii=False)}".encode()
        for n, p in POSED.items()
        if n != "reports at the time"
    )


@cache
def citations() -> tuple[bytes, ...]:
    citer = Citer(law())
    found = [c for v in law().core.versions for c in (citer.ja(v.address), citer.en(v.address), v.address)]
    more = (
        "令和8年法律第64号附則第1条",
        "Act No. 64 of 2026, suppl. art. 1",
        "法第四十六条の五第一項ただし書",
        "同法第1条第2項第3号イ(1)",
    )
    return tuple(c.encode() for c in (*found, *more))


@cache
def cases() -> tuple[bytes, ...]:
    def fenced(sort: str, fence: Fence) -> str:
        return f"```{sort} {fence.options}\n{fence.text}```\n"

    found = [
        "# A case\n"
        + "".join(
            [*(fenced("kitei", f) for f in c.law), fenced("facts", c.facts), *(fenced("expect", f) for f in c.expects)]
        )
        for c in _told()
        if c.facts is not None
    ]
    whole = [p.read_text(encoding="utf-8") for p in sorted((ROOT / "statutes/jp").rglob("*.md"))]
    found += [part for text in whole for part in re.split(r"^(?=#)", text, flags=re.M) if "```expect" in part]
    return tuple(t.encode() for t in found)


@cache
def numbers() -> tuple[bytes, ...]:
    found = [numerals.int_to_kanji(n) for n in (0, 1, 10, 11, 46, 100, 1010, 9999, 10**4, 10**8 + 1, 10**16 - 1)]
    return tuple(t.encode() for t in (*found, "xiv", "mmmcmxcix", "aa", "zz", "イ", "ン", "二〇二六"))


@cache
def assumptions() -> tuple[bytes, ...]:
    slots = [f"{s.address}#{s.name}" for s in law().core.slots]
    return tuple(
        f"{t}={v}".encode()
        for t in (*slots, *law().commencements)
        for v in ("1/2", "50%", "20億円", "2027-06-01", "true", "0.5 BTC")
    )


@cache
def cores() -> tuple[bytes, ...]:
    return tuple(canonical(POSED[n].program()[0]).encode() for n in ("meeting", "slots", "readings"))


# --------------------------------------------------------------------------- targets


def fits_a_terminal(text: str) -> None:
    if escape(text) != text:
        raise Broken("something is printed that acts on a terminal")


def _source(data: bytes) -> str:
    try:
        source = Source("fuzz.kitei", composed(data.decode("utf-8-sig").replace("\r\n", "\n")))
    except (OSError, UnicodeDecodeError):
        return "unreadable"
    _, found = check_all([source])
    for d in found[:20]:
        fits_a_terminal(told(d))
    errors = [d.slug for d in found if d.severity == "error"]
    tree, mistakes = parse_source(source)
    if not mistakes:
        once = format_file(tree)
        again = parse_source(Source("fuzz.kitei", once))
        if again[1] or format_file(again[0]) != once:
            raise Broken("what is formatted reads differently")
    return errors[0] if errors else "accepted"


def _facts(data: bytes) -> str:
    for n, program in enumerate((law(), *(Program(*POSED[p].program()) for p in ("reports", "meeting")))):
        read, problems = read_facts(data, "fuzz.yaml", program.core)
        for problem in problems:
            fits_a_terminal(str(problem))
        if problems:
            continue
        try:
            result = answer(program, read, Ask("2024-06-30", settle=False))
        except TooManyReadings:
            return "too many readings"
        if n:
            wrong = replay(json.loads(json.dumps(result)), program.core, program.digest, read)
            if wrong:
                raise Broken(f"an answer is not replayed: {wrong[0]}")
        fits_a_terminal(render(result, program, lang="ja"))
        return "answered"
    return "refused"


def _replay(data: bytes) -> str:
    name, _, text = data.partition(b"\n")
    posed = POSED[name.decode()]
    found = read_answer(text)
    if isinstance(found, Refusal):
        return "unreadable"
    return "refused" if posed.refusals(found) else "accepted"


def _cite(data: bytes) -> str:
    text = data.decode("utf-8", "surrogateescape")
    titles = Citer(law()).titles
    try:
        address = read_any(text, titles, parse("fiea/46_5/1"))
    except BadAddress:
        return "refused"
    if parse(str(address)) != address:
        raise Broken(f"{address} is read as another address")
    fits_a_terminal(print_ja(address, titles) + print_en(address, titles))
    return "read"


def _cases(data: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fuzz.md"
        path.write_bytes(data)
        try:
            found = read_cases(path)
            failures = [f for c in found[:2] for f in run_case(c, ROOT / "statutes/jp/examples", law())]
        except BadCase:
            return "refused"
    return "failed" if failures else "passed" if found else "no case"


def _numerals(data: bytes) -> str:
    text, read = data.decode("utf-8", "replace"), 0
    pairs: tuple[tuple[Callable[[str], int], Callable[[int], str]], ...] = (
        (numerals.kanji_to_int, numerals.int_to_kanji), (numerals.roman_to_int, numerals.int_to_roman),
        (numerals.letters_to_int, numerals.int_to_letters), (numerals.iroha_index, numerals.iroha),
    )  # fmt: skip
    for to_number, to_text in pairs:
        try:
            number = to_number(text)
            again = to_number(to_text(number))
        except ValueError:
            continue
        read += 1
        if again != number:
            raise Broken(f"{text} is {number} and comes back as {again}")
    return "read" if read else "refused"


def _assume(data: bytes) -> str:
    try:
        assumed = read_assumption(data.decode("utf-8", "surrogateescape"), "--assume")
        Regime(law(), law().worlds["enacted"], [assumed])
    except BadAssumption:
        return "refused"
    return "assumed"


def _core(data: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fuzz.json"
        path.write_bytes(data)
        try:
            program = read_compiled(path)
        except NoRuleset:
            return "refused"
    for posed in (p for n, p in POSED.items() if n in ("meeting", "slots", "readings")):
        read, problems = read_facts(posed.facts.encode(), "fuzz.yaml", program.core)
        if problems or posed.ask.world not in program.worlds:
            continue
        try:
            result = answer(program, read, replace(posed.ask, settle=False))
        except (BadAssumption, TooManyReadings, UnknownGoal):
            continue
        fits_a_terminal(render(result, program, lang="en"))
        return "answered"
    return "accepted"


TARGETS: dict[str, Target] = {
    "source": Target(10, sources, _source),
    "facts": Target(20, facts, _facts),
    "replay": Target(14, answers, _replay),
    "cite": Target(24, citations, _cite),
    # A case that can be read is answered twice and replayed, on the whole of the collected law.
    "cases": Target(2, cases, _cases, limit=8.0),
    "numerals": Target(18, numbers, _numerals),
    "assume": Target(10, assumptions, _assume),
    "core": Target(2, cores, _core),
}


# --------------------------------------------------------------------------- mutation

ODD = (
    *("", "0", "-1", "-0", "1e999999", ".nan", ".inf", "NaN", "Infinity", "1/0", "9" * 30, "9" * 5000, "0." + "1" * 500, "１２", "٣", "²", "〇", "九" * 50),
    *("0000-00-00", "2024-02-30", "9999-12-31", "10000-01-01", "0001-01-01", "2024-W01-1", "true", "false", "none", "null", "~", "yes", "0o17", "1:20:30"),
    *("&a", "*a", "<<", "!!python/object:os.system", "!x", "%YAML 9.9", "---", "...", "{{7*7}}", "{% raw %}", "<script>", "**b**", "`", "|", "[x](y)"),
    *("\x00", "\x1b[31m", "\x1b]0;x\x07", "\u202e", "\u200b", "\ufeff", "\x85", "\u2028", "\r", "\x0b", "\x0c", "\ud800", "か\u3099", "e\u0301", "а"),
    *("(", ")", "[", "]", "{", "}", '"', "'", ":", ",", "#", "@", "/", "\\", "=", "self", "end", "../../etc/passwd", "/dev/zero", "kou", "a" * 300, "\u0301" * 40),
)  # fmt: skip


@cache
def words() -> tuple[str, ...]:
    """The grammar's own words, and the names of the vocabulary."""
    grammar = [
        t.pattern.value for t in parser().terminals if re.fullmatch(r"[a-z_]+|[<>=!+*/:#,()-]+", t.pattern.value)
    ]
    records: tuple[Any, ...] = (*law().core.attributes, *law().core.roles, *law().core.kinds)
    names = [n for r in records for n in (r.name, r.alias) if n]
    return (
        *grammar,
        *names[:120],
        "1 yen",
        "5%",
        "2 BTC",
        "3 months after",
        "2024-06-01",
        "psa/63_11/2",
        '"x"',
        "第",
        "条",
        "の",
        "項",
        "号",
    )


Way = Callable[[random.Random, bytes, tuple[bytes, ...]], bytes]


def mutated(target: str, number: int) -> bytes:
    """Return an input, made from its number alone."""
    rng = random.Random(f"{target}/{number}")
    seeds = TARGETS[target].seeds()
    data = rng.choice(seeds)
    head, body = (data.partition(b"\n")[0] + b"\n", data.partition(b"\n")[2]) if target == "replay" else (b"", data)
    ways: list[Way] = [_bytes, _tokens, _tokens]
    if target in ("replay", "core"):
        ways = [*[_structure] * 8, _bytes, _tokens]
    elif target == "facts":
        ways += [_lines, _yaml, _yaml, _alike, _alike]
    elif target in ("source", "cases"):
        ways = [_bytes, _tokens, _lines, _lines, *[_alike] * 6]
    for _ in range(rng.choice((0, *(1,) * 9, 2, 2, 3, 3, 6) if len(body) > 300 else (0, *(1,) * 6, 2))):
        body = rng.choice(ways)(rng, body, seeds)
    return head + body[: 200_000 if target != "replay" else None]


def _bytes(rng: random.Random, data: bytes, seeds: tuple[bytes, ...]) -> bytes:
    a, b = sorted((rng.randint(0, len(data)), rng.randint(0, len(data))))
    b = min(b, a + rng.choice((1, 2, 8, 64, 10**6)))
    way = rng.randrange(6)
    if way == 0:
        return data[:a] + data[b:]
    if way == 1:
        return data[:a] + rng.choice(ODD).encode("utf-8", "surrogatepass") + data[b:]
    if way == 2:
        return data[:a] + data[a:b] * rng.choice((2, 3, 50)) + data[b:]
    if way == 3:
        return data[:a] + bytes(rng.randrange(256) for _ in range(rng.choice((1, 1, 3)))) + data[a + 1 :]
    if way == 4:
        return data[:a]
    other = rng.choice(seeds)
    start = rng.randint(0, len(other))
    return data[:a] + other[start : start + rng.choice((5, 40, 400))] + data[b:]


#: What may stand for another of its sort.
_SORTED = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)|(?P<address>[a-z]\w*/[\w/]+)|(?P<amount>\d[\d,._]*(?: ?(?:yen|円|%|[A-Z]{3,}))?)"
    r"|(?P<kind>[A-Z]\w+)|(?P<name>[^\W\d]\w*)"
)
#: A short text, such as a citation, is taken apart sign by sign.
_SIGN = re.compile(r"\s+|[0-9]+|[A-Za-z_]+|.", re.S)
_TOKEN = re.compile(r'\s+|\w+|"[^"\n]*"|.', re.S)


def _tokens(rng: random.Random, data: bytes, seeds: tuple[bytes, ...]) -> bytes:
    short = len(data) < 300
    tokens = (_SIGN if short else _TOKEN).findall(data.decode("utf-8", "surrogateescape"))
    for _ in range(rng.choice((1, 1, 1, 2) if short else (1, 1, 2, 5))):
        if not tokens:
            break
        n, m, way = rng.randrange(len(tokens)), rng.randrange(len(tokens)), rng.randrange(6)
        if way == 0:
            tokens[n] = rng.choice(words())
        elif way == 1:
            tokens[n] = rng.choice(ODD)
        elif way == 2:
            tokens[n], tokens[m] = tokens[m], tokens[n]
        elif way == 3:
            tokens.insert(n, f" {rng.choice((*words(), *ODD))} ")
        elif way == 4:
            del tokens[n]
        else:
            tokens[n:n] = tokens[n : n + rng.choice((1, 3, 10))] * rng.choice((1, 2, 30))
    # A lone surrogate among undecodable bytes, each put back as it was.
    parts = "".join(tokens).split("\ud800")
    return b"\xed\xa0\x80".join(part.encode("utf-8", "surrogateescape") for part in parts)


def _alike(rng: random.Random, data: bytes, seeds: tuple[bytes, ...]) -> bytes:
    """Put one name, address, number or word where another of its sort stood: what is read goes on to be compared."""
    text = data.decode("utf-8", "surrogateescape")
    for _ in range(rng.choice((1, 1, 2, 4))):
        found = list(_SORTED.finditer(text))
        if not found:
            break
        old = rng.choice(found)
        others = [m[0] for m in found if m.lastgroup == old.lastgroup and m[0] != old[0]]
        if others:
            text = text[: old.start()] + rng.choice(others) + text[old.end() :]
    return text.encode("utf-8", "surrogateescape")


def _lines(rng: random.Random, data: bytes, seeds: tuple[bytes, ...]) -> bytes:
    lines = data.split(b"\n")
    n, m = rng.randrange(len(lines)), rng.randrange(len(lines))
    way = rng.randrange(4)
    if way == 0:
        lines[n], lines[m] = lines[m], lines[n]
    elif way == 1:
        del lines[n]
    elif way == 2:
        lines.insert(m, lines[n])
    else:
        lines[n : n + 1] = rng.choice(seeds).split(b"\n")[:20]
    return b"\n".join(lines)


def _yaml(rng: random.Random, data: bytes, seeds: tuple[bytes, ...]) -> bytes:
    """Change the structure of facts and write them in flow style."""
    import yaml

    try:
        tree = yaml.load(data, Loader=yaml.BaseLoader)
        return json.dumps(_changed(rng, tree), ensure_ascii=rng.random() < 0.2).encode("utf-8", "surrogatepass")
    except (yaml.YAMLError, ValueError, RecursionError, TypeError):
        return data


def _structure(rng: random.Random, data: bytes, seeds: tuple[bytes, ...]) -> bytes:
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):
        return data
    return json.dumps(_changed(rng, tree), ensure_ascii=rng.random() < 0.2).encode("utf-8", "surrogatepass")


def _odd(rng: random.Random) -> Json:
    deep: Json = rng.choice(ODD)
    for _ in range(rng.choice((1, 5, 80))):
        deep = [deep] if rng.random() < 0.5 else {"value": deep}
    return rng.choice(
        (None, True, False, 0, -1, 1, 10**9, 10**30, 1.5, "", [], {}, rng.choice(ODD), deep, rng.choice(words()))
    )


def _changed(rng: random.Random, tree: Json) -> Json:
    """Swap, drop, double, retype or misplace one part of a tree."""
    where: Json = None
    key: Json = None
    node = tree
    while isinstance(node, (dict, list)) and node and rng.random() < 0.93:
        where, key = node, rng.choice(list(node)) if isinstance(node, dict) else rng.randrange(len(node))
        node = where[key]
    if where is None:
        return _odd(rng)
    way = rng.randrange(6)
    if way == 0:
        del where[key]
    elif way == 1:
        where[key] = _odd(rng)
    elif way == 2 and isinstance(where, list):
        where[key:key] = [where[key]] * rng.choice((1, 2, 40))
    elif way == 2:
        where[rng.choice((str(rng.choice(ODD)), rng.choice(words())))] = where[key]
    elif way == 3:
        other = rng.choice(list(where)) if isinstance(where, dict) else rng.randrange(len(where))
        where[key], where[other] = where[other], where[key]
    elif way == 4:
        where[key] = [where[key]] if rng.random() < 0.5 else {"value": where[key]}
    else:
        where[key] = str(where[key]) if rng.random() < 0.5 else str(node)[:-1]
    return tree


# --------------------------------------------------------------------------- running


class Seen(Frozen, dict=True):
    """What came of an input; `fault` is empty where all is well."""

    outcome: str
    seconds: float
    fault: str = ""


def fed(target: str, data: bytes) -> Seen:
    """Feed one input."""
    start = time.process_time()
    try:
        outcome, fault = TARGETS[target].run(data), ""
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        outcome, fault = (
            "fault",
            f"{type(error).__name__} in {Path(place.filename).name}:{place.lineno}: {str(error)[:200]}",
        )
    seconds = time.process_time() - start
    if seconds > TARGETS[target].limit and not fault:
        fault = f"slow: {seconds:.1f} s"
    return Seen(outcome, seconds, fault)


def smallest(target: str, data: bytes, fault: str, tries: int = 300) -> bytes:
    """Cut a failing input down while it fails in the same place."""
    sort = (
        fault.partition(":")[0] + fault.partition(":")[2].partition(":")[0] if not fault.startswith("slow") else "slow"
    )

    def same(smaller: bytes) -> bool:
        found = fed(target, smaller).fault
        return (
            found.startswith("slow")
            if sort == "slow"
            else found.partition(":")[0] + found.partition(":")[2].partition(":")[0] == sort
        )

    head = len(data.partition(b"\n")[0]) + 1 if target == "replay" else 0
    size = max(1, (len(data) - head) // 2)
    while size and tries > 0:
        start = head
        while start < len(data) and tries > 0:
            tries -= 1
            smaller = data[:start] + data[start + size :]
            if same(smaller):
                data = smaller
            else:
                start += size
        size //= 2
    return data


def chunk(target: str, first: int, count: int) -> dict[str, Any]:
    """Feed inputs `first` to `first + count` of a target."""
    outcomes: Counter[str] = Counter()
    slowest, which, faults = 0.0, first, []
    for number in range(first, first + count):
        data = mutated(target, number)
        seen = fed(target, data)
        if seen.fault.startswith("slow"):
            seen = fed(target, data)  # a busy machine is not the reader's fault
        outcomes[seen.outcome] += 1
        if seen.seconds > slowest:
            slowest, which = seen.seconds, number
        if seen.fault:
            faults.append([number, seen.fault])
    return {
        "target": target,
        "first": first,
        "outcomes": dict(outcomes),
        "slowest": round(slowest, 3),
        "which": which,
        "faults": faults,
    }


def plan(inputs: int) -> list[tuple[str, int, int]]:
    """Return the chunks of a run, by target and number."""
    found = []
    for target, t in TARGETS.items():
        wanted = inputs * t.share // 100
        found += [(target, first, min(CHUNK, wanted - first)) for first in range(0, wanted, CHUNK)]
    return sorted(found, key=lambda c: (c[1], c[0]))


def run(inputs: int, processes: int, state: Path, only: str = "") -> dict[str, Any]:
    """Feed so many inputs, going on from what the state says is done."""
    made: dict[str, Any] = {"code": code_digest(Path(__file__)), "ruleset": law().digest, "chunks": []}
    chosen = [c for c in plan(inputs) if only in ("", c[0])]
    for found, now in resumed(chosen, chunk, state, made["code"], processes):
        made["chunks"].append(found)
        for number, fault in found["faults"] if now else ():
            least = smallest(found["target"], mutated(found["target"], number), fault)
            print(f"FAULT {found['target']}/{number}: {fault}\n  {least!r}"[:3000], flush=True)
    return made


def table(made: dict[str, Any]) -> str:
    """Return what was run, as Markdown."""
    rows = ["| target | inputs | outcomes | slowest | faults |", "| --- | ---: | --- | --- | ---: |"]
    whole = 0
    for target in TARGETS:
        chunks = [c for c in made["chunks"] if c["target"] == target]
        outcomes = sum((Counter(c["outcomes"]) for c in chunks), Counter[str]())
        slow = max(chunks, key=lambda c: c["slowest"], default={"slowest": 0, "which": 0})
        count, faults = sum(outcomes.values()), sum(len(c["faults"]) for c in chunks)
        whole += count
        listed = ", ".join(f"{k} {v:,}" for k, v in outcomes.most_common(6)) + (", …" if len(outcomes) > 6 else "")
        rows.append(f"| {target} | {count:,} | {listed} | {slow['slowest']:.2f} s (no. {slow['which']}) | {faults} |")
    head = f"{whole:,} inputs; code `{made['code']}`; ruleset `{made['ruleset']}`."
    return "\n".join([head, "", *rows])


def main(arguments: Iterable[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--inputs", type=int, default=20_000)
    options.add_argument("--processes", type=int, default=2)
    options.add_argument("--only", default="", choices=["", *TARGETS])
    options.add_argument("--state", type=Path, default=ROOT / ".fuzz/state.json")
    options.add_argument("--record", type=Path, help="A page in which the table is written anew.")
    options.add_argument("--show", metavar="TARGET/NUMBER", help="Print one input and what comes of it.")
    chosen = options.parse_args(None if arguments is None else list(arguments))
    gc.set_threshold(100_000, 50, 50)  # as the command itself does
    if chosen.show:
        target, _, number = chosen.show.partition("/")
        data = mutated(target, int(number))
        print(data.decode("utf-8", "backslashreplace"), fed(target, data), sep="\n")
        return 0
    made = run(chosen.inputs, chosen.processes, chosen.state, chosen.only)
    print(table(made))
    if chosen.record:
        record(chosen.record, "fuzz", table(made))
    return 1 if any(c["faults"] for c in made["chunks"]) else 0


if __name__ == "__main__":
    sys.exit(main())

"""`make bench`: the gate, then one decision and fresh starts, timed side by side in one run; a page in Markdown.

Every contender has its turn in each of the rounds, on the same firms in the same order; ratios are taken within a round,
and their median counts. Decisions are timed in processor time, so other work on the machine moves them little; a fresh
process is timed by the clock, as who waits for it does, with its processor time beside. Nothing here is ever a test.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from time import perf_counter_ns, process_time_ns
from typing import Any

from bench.gate import asked, differences, evaluated, law, read
from bench.population import MISSING, Firm, population
from bench.reference import GOALS, decide
from kitei.explain import explain
from kitei.replay import replay
from kitei.world import Regime
from kitei_dsl.frozen import Frozen, replace
from kitei_dsl.library import library

ROOT = Path(__file__).resolve().parent.parent.parent
CORPUS = ROOT / "statutes" / "jp"
DMM = str(CORPUS / "examples" / "dmm.facts.yaml")
GATE, FIRMS, ROUNDS = 1000, 20, 9
#: Plain Python decides in microseconds; it decides on the same firms so many times over.
REPEATS = 50


def median(values: Sequence[int]) -> int:
    return sorted(values)[len(values) // 2]


def say(text: str = "") -> None:
    print(text, flush=True)


def row(*cells: object) -> None:
    say("| " + " | ".join(map(str, cells)) + " |")


def header(*cells: str) -> None:
    row(*cells)
    row(*("---" for _ in cells))


def micro(nanoseconds: int) -> str:
    """Microseconds, with one decimal below a hundred."""
    return f"{nanoseconds // 1000:,}" if nanoseconds >= 100_000 else f"{nanoseconds // 100 / 10}"


def milli(nanoseconds: int) -> str:
    return f"{nanoseconds // 1_000_000:,}"


# --------------------------------------------------------------------------- one decision


def decisions() -> None:
    program = law()
    regime = Regime(program, program.worlds["current"])
    firms = list(population(FIRMS))
    gaps = [f for f in population(FIRMS * 3, missing_percent=5) if MISSING in f.values()][:FIRMS]

    def ready(drawn: list[Firm]) -> list[tuple[Any, str]]:
        return [(read(program, f), f["on"].isoformat()) for f in drawn]

    whole, holed = ready(firms), ready(gaps)
    answers = [(asked(program, facts, on), facts) for facts, on in whole]

    def explained() -> None:
        for facts, on in whole:
            explain(asked(program, facts, on), program)

    def written() -> None:
        for facts, on in whole:
            json.dumps(asked(program, facts, on), ensure_ascii=False, sort_keys=True)

    def replayed() -> None:
        for a, facts in answers:
            if replay(a, program.core, program.digest, facts):
                raise SystemExit("an answer is refused")

    contenders: dict[str, tuple[Callable[[], object], int]] = {
        "plain Python function": (lambda: [decide(f) for _ in range(REPEATS) for f in firms], REPEATS),
        "reference evaluator, evaluation only": (lambda: [evaluated(regime, f, on) for f, on in whole], 1),
        "… 5 % of the facts missing": (lambda: [evaluated(regime, f, on) for f, on in holed], 1),
        "… with the answer and its derivation": (lambda: [asked(program, f, on) for f, on in whole], 1),
        "… and the explanation built as a tree": (explained, 1),
        "… and the answer written as JSON": (written, 1),
        "replay of such an answer, by itself": (replayed, 1),
    }
    times: dict[str, list[int]] = {name: [] for name in contenders}
    for turn in range(ROUNDS + 1):
        for name, (run, repeats) in contenders.items():
            began = process_time_ns()
            run()
            spent = (process_time_ns() - began) // (FIRMS * repeats)
            if turn:  # the first round warms up
                times[name].append(spent)
    plain = times["plain Python function"]
    say(
        f"\n## One decision: {len(GOALS)} goals of one firm, complete facts, processor time, median of {ROUNDS} alternations\n"
    )
    header("what", "µs a decision", "× plain Python", "lowest - highest ratio")
    for name, found in times.items():
        ratios = [t * 10 // p for t, p in zip(found, plain, strict=True)]
        row(name, micro(median(found)), _tenths(median(ratios)), f"{_tenths(min(ratios))} - {_tenths(max(ratios))}")
    say(
        "\nThe reference evaluator is measured, not raced: it leaves the derivation that everything else is checked against."
    )
    say("The compiled single case and columns, which are to be raced, are not there yet.")


def _tenths(n: int) -> str:
    return f"{n // 10:,}" if n >= 1000 else f"{n // 10}.{n % 10}"


# --------------------------------------------------------------------------- fresh processes


class Start(Frozen):
    """A command run in a process of its own. `goal` in milliseconds, or none; `fresh`: with nothing kept from before; `edited`: on
    a copy of the corpus in which one file is another each time."""

    name: str
    arguments: tuple[str, ...]
    goal: int | None = None
    fresh: bool = False
    edited: bool = False


#: The file that is edited: a rule with many others around it.
EDITED = "psa/user_protection.kitei"

STARTS = (
    Start("the interpreter alone, doing nothing", ("-c", "pass")),
    Start("`kitei --help`", ("-m", "kitei.cli", "--help"), 120),
    Start("`kitei run`, one goal, compiled core kept",
          ("-m", "kitei.cli", "run", DMM, "--on", "2024-05-31", "--goal", "submit_annual_report"), 300),
    Start("`kitei run`, the whole of the law in force",
          ("-m", "kitei.cli", "run", DMM, "--on", "2024-05-31", "--known-on", "2026-11-22")),
    Start("`kitei check`, the whole corpus, warm", ("-m", "kitei.cli", "check", str(CORPUS)), 1000),
    Start("… one file of it edited", ("-m", "kitei.cli", "check"), edited=True),
    Start("`kitei check`, the whole corpus, nothing kept", ("-m", "kitei.cli", "check", str(CORPUS)), fresh=True),
)  # fmt: skip


def timed(start: Start, env: Mapping[str, str]) -> tuple[int, int]:
    """Run a command to its end; return what the clock and what the processor say, in nanoseconds."""
    began = perf_counter_ns()
    command = [sys.executable, *start.arguments]
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    clock = perf_counter_ns() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{start.name}: exit code {process.returncode}")
    return clock, int((used.ru_utime + used.ru_stime) * 1_000_000) * 1000


def starts() -> None:
    clocks: dict[str, list[int]] = {s.name: [] for s in STARTS}
    processors: dict[str, list[int]] = {s.name: [] for s in STARTS}
    with tempfile.TemporaryDirectory() as kept:
        # Python keeps its bytecode, as it does for everyone who has started kitei once.
        ordinary = {**os.environ, "PYTHONPYCACHEPREFIX": str(Path(kept, "bytecode")), "PYTHONDONTWRITEBYTECODE": ""}
        copy = Path(kept, "corpus")
        shutil.copytree(CORPUS, copy)
        for turn in range(ROUNDS + 1):
            with (copy / EDITED).open("a", encoding="utf-8") as file:
                file.write(f"# edited in round {turn}\n")
            for start in STARTS:
                with tempfile.TemporaryDirectory() as empty:
                    command = replace(start, arguments=(*start.arguments, str(copy))) if start.edited else start
                    clock, processor = timed(command, {**ordinary, "KITEI_CACHE": empty if start.fresh else kept})
                if turn:
                    clocks[start.name].append(clock)
                    processors[start.name].append(processor)
    say(f"\n## A fresh process, by the clock, median of {ROUNDS} alternations\n")
    header("what", "ms", "lowest - highest", "processor ms", "goal ms", "goal / ms")
    for s in STARTS:
        found = clocks[s.name]
        goal, reached = "", ""
        if s.goal is not None:
            percent = s.goal * 100_000_000 // median(found)
            goal, reached = (
                str(s.goal),
                f"{percent // 100}.{percent % 100:02}, {'reached' if percent >= 95 else 'missed'}",
            )
        spread = f"{milli(min(found))} - {milli(max(found))}"
        row(s.name, milli(median(found)), spread, milli(median(processors[s.name])), goal, reached)
    lines = sum(source.text.count("\n") for source in library(CORPUS)[0])
    cold = next(s.name for s in STARTS if s.fresh)
    rates = [lines * 1_000_000_000 // median(of[cold]) for of in (clocks, processors)]
    say(f"\nCold check: {lines:,} lines, {rates[0]:,} lines a second by the clock, {rates[1]:,} by the processor.")


def main() -> None:
    load = os.getloadavg()
    say(f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores, "
        f"load {load[0]:.1f} over the last minute (the clock can be trusted where that is well below the number of cores)")  # fmt: skip
    program = law()
    for missing, words in ((0, "complete"), (5, "with 5 % of the facts missing")):
        found = list(islice(differences(program, GATE, missing_percent=missing), 10))
        if found:
            raise SystemExit("the gate is shut:\n" + "\n".join(found))
        say(f"Gate: {GATE:,} firms {words}, {len(GOALS)} goals each: the engine and plain Python agree exactly.")
    decisions()
    starts()


if __name__ == "__main__":
    main()

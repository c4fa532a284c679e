"""Agreement on many random bodies of law: the evaluator, the checker of its derivations, and brute force.

    python tests/agree.py --programs 100000 --processes 2        (or: make agree N=100000)

For each number: the body of law of `programs` is answered, answered again to the same bytes, and replayed; the rules of
`oracle` are evaluated under every partial knowledge and compared with brute force. A run goes on where the last of the
same code stopped (`.fuzz/agree.json`). What is printed counts each kind of result, so that one sees what was met.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent)]

from kitei.replay import replay  # noqa: E402
from programs import case  # noqa: E402
from resumed import ROOT, code_digest, record, resumed  # noqa: E402
from test_agreement import answered, faults, law_of, run, written  # noqa: E402

PIECE = 100


def one(seed: int, counts: Counter[str]) -> list[str]:
    """Return what disagrees in the two laws of a number."""
    wrong = []
    c = case(seed)
    program, facts, data = run(c)
    if written(data) != written(answered(program, facts, c.ask)):
        wrong.append("the same question has two answers")
    if data is None:
        counts["asked in vain (too many readings, or an assumption refused)"] += 1
    else:
        refusals = [str(r) for r in replay(json.loads(written(data)), program.core, program.digest, facts)]
        if refusals:
            wrong.append(f"not replayed: {refusals[0]}")
        counts.update(f"norm: {i['status']}" for n in data["data"]["norms"] for i in n["instances"])
        counts.update(f"term: {t['state']}" for t in data["data"]["terms"])
        counts["steps"] += len(data["data"]["derivation"]["steps"])
    rules, small = law_of.__wrapped__(seed)
    by_oracle: Counter[str] = Counter()
    wrong += faults(rules, small, by_oracle)
    counts.update({f"brute force: {k}": n for k, n in by_oracle.items()})
    return wrong


def piece(first: int, count: int) -> dict[str, Any]:
    """Try so many numbers."""
    counts: Counter[str] = Counter()
    wrong = []
    for seed in range(first, first + count):
        try:
            wrong += [[seed, w] for w in one(seed, counts)]
        except Exception as error:
            wrong.append([seed, f"{type(error).__name__}: {error}"[:400]])
    return {"programs": count, "counts": dict(counts), "wrong": wrong}


def table(programs: int, mistakes: int, code: str, counts: Counter[str]) -> str:
    """Return what was run, as Markdown: how often each kind of result was met, in all."""
    rows = ["| met | times |", "| --- | ---: |", *(f"| {kind} | {n:,} |" for kind, n in sorted(counts.items()))]
    return "\n".join(
        [
            f"{programs:,} numbers, so {2 * programs:,} bodies of law: one answered twice and replayed, one compared with brute force. {mistakes} disagreements; code `{code}`.",
            "",
            *rows,
        ]
    )


def main(arguments: Iterable[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--programs", type=int, default=1_000)
    options.add_argument("--processes", type=int, default=2)
    options.add_argument("--state", type=Path, default=ROOT / ".fuzz/agree.json")
    options.add_argument("--record", type=Path, help="A page in which the table is written anew.")
    chosen = options.parse_args(None if arguments is None else list(arguments))
    gc.set_threshold(100_000, 50, 50)  # as the command itself does
    pieces = [(first, min(PIECE, chosen.programs - first)) for first in range(0, chosen.programs, PIECE)]
    code = code_digest(*sorted(Path(__file__).parent.glob("*.py")))
    counts: Counter[str] = Counter()
    programs = mistakes = 0
    for found, now in resumed(pieces, piece, chosen.state, code, chosen.processes):
        programs += found["programs"]
        counts.update(found["counts"])
        mistakes += len(found["wrong"])
        for seed, wrong in found["wrong"]:
            print(f"{'WRONG' if now else 'WRONG (before)'} {seed}: {wrong}", flush=True)
    print(table(programs, mistakes, code, counts))
    if chosen.record:
        record(chosen.record, "agree", table(programs, mistakes, code, counts))
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main())

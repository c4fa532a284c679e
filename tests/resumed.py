"""Long runs in pieces: over processes, going on where the last run of the same code stopped, the same whatever the order."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def code_digest(*more: Path) -> str:
    """Return a digest of everything that reads or is read: with another one a run begins anew."""
    kept = (".py", ".lark", ".kitei", ".j2", ".csv")
    found = [p for d in ("dsl", "engine", "statutes") for p in sorted((ROOT / d).rglob("*")) if p.suffix in kept]
    return hashlib.sha256(b"".join(p.read_bytes() for p in (*found, *more))).hexdigest()[:16]


def resumed(
    pieces: Sequence[tuple[Any, ...]], work: Callable[..., dict[str, Any]], state: Path, code: str, processes: int
) -> Iterator[tuple[dict[str, Any], bool]]:
    """Give what comes of each piece, and whether it was made now: first what is kept, then the rest as it is done."""
    kept: dict[str, Any] = {}
    if state.exists():
        found = json.loads(state.read_text(encoding="utf-8"))
        kept = found["pieces"] if found["code"] == code else {}
    todo = [p for p in pieces if _name(p) not in kept]
    yield from ((kept[_name(p)], False) for p in pieces if _name(p) in kept)
    if not todo:
        return
    state.parent.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(processes) as pool:
        waiting = {pool.submit(work, *p): p for p in todo}
        for n, done in enumerate(as_completed(waiting), start=1):
            made = kept[_name(waiting[done])] = done.result()
            state.write_text(json.dumps({"code": code, "pieces": kept}, sort_keys=True), encoding="utf-8")
            print(f"{n} of {len(todo)}", file=sys.stderr, flush=True)
            yield made, True


def record(page: Path, name: str, text: str) -> None:
    """Write a table between the marks of its name in a page."""
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, _, rest = page.read_text(encoding="utf-8").partition(start)
    page.write_text(f"{before}{start}\n{text}\n{end}{rest.partition(end)[2]}", encoding="utf-8")


def _name(piece: tuple[Any, ...]) -> str:
    return "/".join(map(str, piece))

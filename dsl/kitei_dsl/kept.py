"""The trees of files that have not changed since they were last read, so that a check reads only what was edited.

Comes in: a source. Goes out: what `read_source` gives for it. One entry a name of a file, in the cache folder, taken only if it
was written by this very compiler for this very text; kept only where nothing was found. A tree is written as nested lists:
`[kind, start, end, field, …]` for a node,
`[-1, item, …]` for a tuple, `[-2, field, …]` for a comment.
Deliberately not here: the compiled core, which is kept for all files together (`kitei.ruleset`).
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from kitei_dsl import syntax
from kitei_dsl.cache import cache_folder, compiler_digest, keep
from kitei_dsl.diagnostics import Diagnostic
from kitei_dsl.frozen import field_names
from kitei_dsl.source import Source, Span

Read = tuple[syntax.File, list[Diagnostic]]


def read_source(source: Source) -> Read:
    """Parse a text and look for slips of the pen in its names."""
    from kitei_dsl.parse import parse
    from kitei_dsl.slips import slips

    file, found = parse(source)
    return file, [*found, *slips(file)]


def read_kept(source: Source) -> Read:
    """Return the tree kept for this very text, or read it anew and keep it."""
    name = hashlib.sha256(source.name.encode()).hexdigest()[:32]
    path = cache_folder() / f"tree-{name}.json"
    made_of = f"{compiler_digest()} {hashlib.sha256(source.text.encode()).hexdigest()}"
    file = _kept(path, made_of, source)
    if file is not None:
        return file, []
    file, found = read_source(source)
    if not found:
        keep(path, json.dumps([made_of, _written(file)], ensure_ascii=False, separators=(",", ":")))
    return file, found


def _kept(path: Path, made_of: str, source: Source) -> syntax.File | None:
    """Read a tree back, or nothing where it is not there, is another text's, or cannot be one."""
    try:
        of, tree = json.loads(path.read_text(encoding="utf-8"))
        if of != made_of:
            return None
        file = _read(tree, source)
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return None
    return file if isinstance(file, syntax.File) else None


@cache
def _kinds() -> tuple[list[type[syntax.Node]], dict[type, tuple[int, tuple[str, ...]]]]:
    """Return the classes of nodes by number, and the number and fields of each."""
    found = [v for v in vars(syntax).values() if isinstance(v, type) and issubclass(v, syntax.Node)]
    found.sort(key=lambda kind: kind.__name__)
    return found, {kind: (n, field_names(kind)[1:]) for n, kind in enumerate(found)}


def _written(value: Any) -> Any:
    if isinstance(value, tuple):
        return [-1, *map(_written, value)]
    if isinstance(value, syntax.Comment):
        return [-2, value.line, value.text, value.alone]
    if not isinstance(value, syntax.Node):
        return value
    number, names = _kinds()[1][type(value)]
    return [number, value.span.start, value.span.end, *(_written(getattr(value, name)) for name in names)]


def _read(value: Any, source: Source) -> Any:
    if not isinstance(value, list):
        return value
    if value[0] == -1:
        return tuple([_read(item, source) for item in value[1:]])
    if value[0] == -2:
        return syntax.Comment(*value[1:])
    kind = _kinds()[0][value[0]]
    return kind(Span(source, value[1], value[2]), *[_read(item, source) for item in value[3:]])

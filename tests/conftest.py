"""How the tests run: cycles in memory are looked for as seldom as in a command (see `kitei.cli.main`), and what many tests need is
made once, however many of them ask for it: a law compiled from its texts, and the compiled law read from its file. Both depend on
nothing else, and what is made is never changed."""

import gc
from functools import lru_cache
from pathlib import Path
from unittest.mock import patch

from kitei import ruleset
from kitei.world import Program
from kitei_dsl import core, pipeline, syntax
from kitei_dsl.diagnostics import Diagnostic
from kitei_dsl.source import Source

gc.set_threshold(100_000, 50, 50)

Compiled = tuple[core.Program, list[Diagnostic], list[syntax.File]]
compile_anew = pipeline.compile_files
read_anew = ruleset._current


@lru_cache(maxsize=400)
def compiled_once(sources: tuple[Source, ...], kept: bool) -> Compiled:
    return compile_anew(list(sources), kept)


def compile_files(sources: list[Source], kept: bool = False) -> Compiled:
    """Compile texts once; the lists are the caller's own."""
    program, found, files = compiled_once(tuple(sources), kept)
    return program, list(found), list(files)


@lru_cache(maxsize=8)
def read_once(path: Path, digest: str, changed: int, size: int) -> Program | None:
    return read_anew(path, digest)


def current(path: Path, digest: str) -> Program | None:
    """Read a kept law once, as long as its file does not change."""
    try:
        file = path.stat()
    except OSError:
        return None
    return read_once(path, digest, file.st_mtime_ns, file.st_size)


patch("kitei.ruleset._current", current).start()
patch("kitei_dsl.pipeline.compile_files", compile_files).start()

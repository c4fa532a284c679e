"""What one types at a terminal, run in this process: the whole command, its exit code and what it prints.

Starting an interpreter for each of some hundred commands takes most of a minute; that the installed command itself starts
is shown by the tests that do start it (`test_cli`, `test_hostile`).
"""

from __future__ import annotations

import io
import os
import shlex
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from kitei.cli import main
from kitei_dsl.frozen import Frozen


class Printed(Frozen, dict=True):
    """An exit code, and what went to standard output and standard error."""

    returncode: int
    stdout: str
    stderr: str


def typed(command: str | Sequence[str], cwd: Path, lang: str) -> Printed:
    """Run `kitei …`, a line or its words, as typed in a folder by somebody who reads `lang`."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8", newline=""), io.StringIO()
    with (
        _at(cwd),
        patch.dict(os.environ, {"KITEI_LANG": lang, "NO_COLOR": "1"}),
        patch("sys.argv", shlex.split(command) if isinstance(command, str) else list(command)),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as end:
            code = end.code
    out.flush()
    printed = out.buffer.getvalue().decode("utf-8")
    return Printed(code if isinstance(code, int) else 0 if code is None else 1, printed, err.getvalue())


@contextmanager
def _at(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)

"""What every command opens with: exit codes, the language to speak, the law, the facts, and where to complain."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

if TYPE_CHECKING:
    from kitei.facts import Facts
    from kitei.world import Program
    from kitei_dsl.diagnostics import Diagnostic

FINE, FINDINGS, MISUSE, UNREADABLE, OUR_FAULT, NOTHING = 0, 1, 2, 3, 4, 5

STATUTES = click.option(
    "--statutes",
    type=click.Path(path_type=Path),
    help="Folder of .kitei files, or a compiled core (default: the collected law).",
)
LANG = click.option(
    "--lang", type=click.Choice(["ja", "en"]), default=None, help="Language (default: KITEI_LANG, else the locale)."
)


def say(text: str) -> None:
    """One line to standard error: standard output is for data."""
    click.echo(text, err=True)


def language(lang: str | None) -> Literal["ja", "en"]:
    """The language asked for, else the reader's own."""
    wanted = lang or os.environ.get("KITEI_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "ja" if wanted.startswith("ja") else "en"


def load_law(statutes: Path | None) -> Program:
    """The compiled law of a folder or of a compiled core; exits with 3 where it has mistakes."""
    from kitei.ruleset import NoRuleset, load

    try:
        program, _ = load(statutes)
    except NoRuleset as error:
        print_diagnostics(error.diagnostics, "text", sys.stderr.isatty(), err=True)
        say(f"kitei: {error}")
        raise SystemExit(UNREADABLE) from None
    return program


def read_case(path: Path, program: Program) -> Facts:
    """The facts of a case; exits with 3, naming each mistake, where they cannot be read."""
    from kitei.facts import read_facts

    try:
        text = path.read_bytes()
    except OSError as error:
        say(f"kitei: {path.name}: {error.strerror}")
        raise SystemExit(UNREADABLE) from None
    facts, problems = read_facts(text, path.name, program.core)
    if problems:
        for problem in problems:
            say(str(problem))
        say(f"kitei: {len(problems)} mistake(s) in {path.name}; nothing was answered")
        raise SystemExit(UNREADABLE)
    return facts


def print_diagnostics(found: Iterable[Diagnostic], form: str, color: bool, *, err: bool = False) -> None:
    """Diagnostics as a person or as a program reads them."""
    from kitei_dsl.diagnostics import as_data, render

    if form == "json":
        envelope = {"schema": "kitei/check@1", "data": [as_data(d) for d in found]}
        click.echo(json.dumps(envelope, ensure_ascii=False, sort_keys=True, indent=1))
        return
    for d in found:
        click.echo(render(d, color=color and not os.environ.get("NO_COLOR")) + "\n", err=err)

"""What every command opens with: exit codes, the language to speak, the law, the facts, and where to complain."""

from __future__ import annotations

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
    """The facts of a case; exits with 3, naming each mistake in the reader's language, where they cannot be read."""
    from kitei.citing import Citer
    from kitei.facts import errors, read_facts

    context = click.get_current_context(silent=True)
    lang = language(None if context is None else context.params.get("lang"))
    try:
        text = path.read_bytes()
    except OSError as error:
        say(f"kitei: {path.name}: {error.strerror}")
        raise SystemExit(UNREADABLE) from None
    facts, problems = read_facts(text, path.name, program.core)
    citer = Citer(program)
    for problem in problems:
        say(problem.say(lang, citer.ja if lang == "ja" else citer.en))
    if count := len(errors(problems)):
        say(
            f"kitei: {path.name} に誤りが {count} 件あるため、答えていません。"
            if lang == "ja"
            else f"kitei: {count} mistake(s) in {path.name}; nothing was answered"
        )
        raise SystemExit(UNREADABLE)
    return facts


def print_diagnostics(
    found: Iterable[Diagnostic], form: str, color: bool, *, err: bool = False, base: str = ""
) -> None:
    """Diagnostics as a person or as a program reads them, in the language the command was asked to speak."""
    from kitei.findings import FORMS
    from kitei_dsl.diagnostics import render
    from kitei_dsl.japanese import in_language

    context = click.get_current_context(silent=True)
    lang = language(context.params.get("lang") if context else None)
    if form != "text":
        click.echo(FORMS[form](list(found), lang, base), nl=False)
        return
    for d in found:
        colored = color and not os.environ.get("NO_COLOR")
        click.echo(render(in_language(d, lang), color=colored, lang=lang) + "\n", err=err)

"""What every command opens with: exit codes, the law, the facts, and where to complain."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kitei.cli.language import spoken

if TYPE_CHECKING:
    from kitei.facts import Facts
    from kitei.world import Program
    from kitei_dsl.diagnostics import Diagnostic

_Command = TypeVar("_Command", bound=Callable[..., Any])

FINE, FINDINGS, MISUSE, UNREADABLE, OUR_FAULT, NOTHING = 0, 1, 2, 3, 4, 5

_BILLS = "kitei.bills"


def _keep_bills(ctx: click.Context, _: click.Parameter, value: tuple[Path, ...]) -> None:
    """Lay the bills aside for whatever loads the law, so that no command has to hand them on."""
    ctx.meta[_BILLS] = value


def bills() -> tuple[Path, ...]:
    """Return the folders and files that the command was asked to read together with the law."""
    ctx = click.get_current_context(silent=True)
    found: tuple[Path, ...] = () if ctx is None else ctx.meta.get(_BILLS, ())
    return found


BILL = click.option(
    "--bill",
    multiple=True,
    expose_value=False,
    callback=_keep_bills,
    type=click.Path(path_type=Path),
    help="A draft of one's own, a folder or file of .kitei, read together with the law (repeatable).",
)
_STATUTES = click.option(
    "--statutes",
    type=click.Path(path_type=Path),
    help="Folder of .kitei files, or a compiled core, read instead of the collected law.",
)


def _other_law(command: _Command) -> _Command:
    """Give a command the options by which other law is read."""
    return _STATUTES(BILL(command))


STATUTES = _other_law


#: Diagnostics and mistakes printed at once; a reader mends these before asking for more.
MOST = 100


def say(text: str) -> None:
    """One line to standard error: standard output is for data. What input put into it can neither act nor flood."""
    click.echo(shown(text), err=True)


def complain(error: object, *where: object) -> None:
    """One line to standard error on what is wrong, in the reader's language: `kitei: where: why`."""
    from kitei.cli.misuse import told

    lang = spoken()
    say("kitei: " + ("：" if lang == "ja" else ": ").join([*map(str, where), told(error, lang)]))


def shown(text: str) -> str:
    """A text fit for a terminal: no character that acts on it, no line of more than some screens."""
    from kitei_dsl.diagnostics import clipped, escape

    return "\n".join(clipped(escape(line), 1200) for line in text.split("\n"))


def contents(path: Path, limit: int) -> bytes:
    """The bytes of a file named by the user; exits with 3 where there is no such file, or it is none, or too long."""
    from kitei_dsl.source import file_bytes

    try:
        return file_bytes(path, limit)
    except OSError as error:
        complain(error, path)
        raise SystemExit(UNREADABLE) from None


def load_law(statutes: Path | None) -> Program:
    """The compiled law of a folder or of a compiled core; exits with 3 where it has mistakes."""
    from kitei.ruleset import NoRuleset, load

    try:
        program, _ = load(statutes, bills())
    except NoRuleset as error:
        print_diagnostics(error.diagnostics, "text", sys.stderr.isatty(), err=True)
        say(f"kitei: {error.ja if spoken() == 'ja' else error}")
        raise SystemExit(UNREADABLE) from None
    return program


def read_case(path: Path, program: Program) -> Facts:
    """The facts of a case; exits with 3, naming each mistake in the reader's language, where they cannot be read."""
    from kitei.citing import Citer
    from kitei.facts_read import errors, read_facts, untouched
    from kitei.intake import MAX_SIZE

    lang = spoken()
    facts, problems = read_facts(contents(path, MAX_SIZE), path.name, program.core)
    citer = Citer(program)
    for problem in problems[:MOST]:
        say(problem.say(lang, citer.ja if lang == "ja" else citer.en))
    if count := len(errors(problems)):
        some = len(problems) > MOST
        say(
            f"kitei: {path.name} に誤りが {count} 件あるため、答えていません{f'（初めの{MOST}件を示した）' if some else ''}。"
            if lang == "ja"
            else f"kitei: {count} mistake(s) in {path.name}{f', of which the first {MOST} are shown' if some else ''}; nothing was answered"
        )
        raise SystemExit(UNREADABLE)
    if (blank := untouched(facts, program.core)) is not None:
        say(blank.say(lang))
    return facts


def shown_finding(d: Diagnostic, lang: str, color: bool) -> str:
    """A diagnostic as a person reads it: its line, carets under the words, and what to do."""
    from kitei_dsl.diagnostics import render
    from kitei_dsl.japanese import in_language

    return render(in_language(d, lang), color=color and not os.environ.get("NO_COLOR"), lang=lang)


def print_diagnostics(
    found: Iterable[Diagnostic], form: str, color: bool, *, err: bool = False, base: str = ""
) -> None:
    """Diagnostics as a person or as a program reads them, in the language the command was asked to speak."""
    from kitei.findings import FORMS

    lang = spoken()
    if form != "text":
        click.echo(FORMS[form](list(found), lang, base), nl=False)
        return
    listed = list(found)
    for d in listed[:MOST]:
        click.echo(shown_finding(d, lang, color) + "\n", err=err)
    if more := len(listed) - MOST if len(listed) > MOST else 0:
        say(
            f"ほかに {more} 件あります。先に上のものを直すか、--format json で全て見てください。"
            if lang == "ja"
            else f"{more} more are not shown; mend these first, or see all with --format json"
        )

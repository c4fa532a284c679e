"""`kitei run`: an answer from the facts of a case."""

from __future__ import annotations

import click

from kitei.cli.asking import Case, about_a_case
from kitei.cli.opening import FINE, LANG, language
from kitei_dsl.frozen import replace


@click.command()
@about_a_case
@click.option("--goal", "goals", multiple=True, metavar="NAME", help="Only this norm or term (repeatable).")
@click.option(
    "--depth",
    type=click.Choice(["1", "2", "3"]),
    default="1",
    show_default=True,
    help="1: conclusions; 2: the decisive path too; 3: every step.",
)
@click.option("--format", "form", type=click.Choice(["text", "md", "html", "json"]), default="text", show_default=True)
@LANG
def run(case: Case, goals: tuple[str, ...], depth: str, form: str, lang: str | None) -> int:
    """Answer from the facts of a case: a register of norms with deadlines, sanctions, statuses and reasons."""
    from kitei.answer import answer
    from kitei.render import render

    result = answer(case.program, case.facts, replace(case.ask, goals=goals))
    click.echo(render(result, case.program, lang=language(lang), format=form, depth=int(depth)), nl=False)
    return FINE

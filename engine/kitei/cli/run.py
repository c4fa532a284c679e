"""`kitei run`: an answer from the facts of a case."""

from __future__ import annotations

import click

from kitei.cli.asking import Case, about_a_case
from kitei.cli.language import LANG, language
from kitei.cli.opening import FINE
from kitei_dsl.frozen import replace


@click.command()
@about_a_case
@click.option("--goal", "goals", multiple=True, metavar="NAME", help="Only this norm or term (repeatable).")
@click.option("--of", "of", metavar="ENTITY", help="Show only what concerns this entity (id or name in the facts).")
@click.option(
    "--depth",
    type=click.Choice(["1", "2", "3"]),
    default="1",
    show_default=True,
    help="1: conclusions; 2: the decisive path too; 3: every step.",
)
@click.option("--format", "form", type=click.Choice(["text", "md", "html", "json"]), default="text", show_default=True)
@LANG
def run(case: Case, goals: tuple[str, ...], of: str | None, depth: str, form: str, lang: str | None) -> int:
    """Answer from the facts of a case: a register of norms with deadlines, sanctions, statuses and reasons."""
    from kitei.answer import answer
    from kitei.narrowed import narrowed, subjects
    from kitei.render import render
    from kitei.why import UnknownSubject

    if of is not None and form == "json":
        raise click.UsageError("--of narrows the page a person reads; as JSON the whole answer is given")
    try:
        ids = None if of is None else subjects(case.facts, of)
    except UnknownSubject as error:
        raise click.UsageError(str(error)) from None
    result = answer(case.program, case.facts, replace(case.ask, goals=goals))
    if ids is not None:
        result = narrowed(result, ids)
    click.echo(render(result, case.program, lang=language(lang), format=form, depth=int(depth)), nl=False)
    return FINE

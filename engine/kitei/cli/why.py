"""`kitei why`: the reasons of one conclusion, what stands in its way, and what would change it."""

from __future__ import annotations

import click

from kitei.cli.asking import Case, about_a_case
from kitei.cli.language import LANG, language
from kitei.cli.opening import FINE


@click.command()
@about_a_case
@click.argument("name", metavar="NAME")
@click.option(
    "--of", "of", metavar="ENTITY", help="Whom it concerns: id or name in the facts (needed where there are several)."
)
@click.option(
    "--not", "negative", is_flag=True, help="Why not: each thing not so or not known, and who must establish it."
)
@click.option("--flip", is_flag=True, help="The smallest changes of the facts that change it.")
@click.option(
    "--most",
    type=click.IntRange(1, 6),
    default=3,
    show_default=True,
    help="--flip: change at most so many facts at once.",
)
@click.option(
    "--tries",
    type=click.IntRange(1, 1_000_000),
    default=2000,
    show_default=True,
    help="--flip: evaluate at most so often.",
)
@click.option("--format", "form", type=click.Choice(["text", "md", "html", "json"]), default="text", show_default=True)
@LANG
def why(
    case: Case,
    name: str,
    of: str | None,
    negative: bool,
    flip: bool,
    most: int,
    tries: int,
    form: str,
    lang: str | None,
) -> int:
    """Say why one norm or term comes out as it does: provision, requirement, fact found, application, conclusion.

    NAME is an identifier, or the name that answers print, in either language.
    """
    from kitei.render import written
    from kitei.why import UnknownSubject
    from kitei.why import why as reasons
    from kitei.why_data import as_json

    if negative and flip:
        raise click.UsageError("ask --not or --flip, one at a time")
    asked = "not" if negative else "flip" if flip else "why"
    try:
        found = reasons(case.program, case.facts, case.ask, name, of=of, asked=asked, budget=tries, most=most)
    except UnknownSubject as error:
        raise click.UsageError(str(error)) from None
    click.echo(as_json(found) if form == "json" else written(found.document(language(lang)), form), nl=False)
    return FINE

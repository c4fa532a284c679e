"""`kitei timeline`: how an answer changes over time."""

from __future__ import annotations

import json
from datetime import date

import click

from kitei.cli.asking import Case, about_a_case, read_day
from kitei.cli.language import LANG, language
from kitei.cli.opening import FINE
from kitei_dsl.frozen import replace


@click.command()
@about_a_case
@click.option("--goal", "goals", multiple=True, required=True, metavar="NAME", help="The norm or term (repeatable).")
@click.option("--from", "start", metavar="DATE", help="First day (default: the day asked about).")
@click.option("--to", "end", metavar="DATE", help="Last day (default: until nothing changes any more).")
@click.option("--format", "form", type=click.Choice(["text", "md", "html", "json"]), default="text", show_default=True)
@LANG
def timeline(
    case: Case, goals: tuple[str, ...], start: str | None, end: str | None, form: str, lang: str | None
) -> int:
    """Show how an answer changes over time: from when to when it is what, and which provision or fact changes it.

    The law, the facts and what is known are those of each day, unless --text-on or --known-on fixes them.
    """
    from kitei.changes import course
    from kitei.render import written
    from kitei.timetable import course_data, course_page

    start = None if start is None else read_day(start, "--from")
    end = None if end is None else read_day(end, "--to")
    ask = replace(case.ask, goals=goals)
    first = date.fromisoformat(start or ask.on)
    last = date.fromisoformat(end) if end else None
    if last is not None and last < first:
        raise click.UsageError(f"--to {last} lies before the first day {first}")
    found = course(case.program, case.facts, ask, first, last)
    if form == "json":
        click.echo(json.dumps(course_data(found, case.program, ask), ensure_ascii=False, sort_keys=True, indent=1))
    else:
        click.echo(written(course_page(found, case.program, ask, language(lang)), form), nl=False)
    return FINE

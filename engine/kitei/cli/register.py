"""`kitei register`: deadlines by day, for a page, a program or a calendar."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kitei.cli.asking import Case, about_a_case, read_day
from kitei.cli.language import LANG, language
from kitei.cli.opening import FINE, UNREADABLE, complain, say


@click.command()
@about_a_case
@click.option("--from", "start", metavar="DATE", help="Leave out what falls due before this day.")
@click.option("--to", "end", metavar="DATE", help="Leave out what falls due after this day.")
@click.option(
    "--format", "form", type=click.Choice(["text", "md", "html", "json", "ics"]), default="text", show_default=True
)
@click.option("--ics", "ics_file", type=click.Path(path_type=Path, dir_okay=False), help="Also write a calendar file.")
@LANG
def register(case: Case, start: str | None, end: str | None, form: str, ics_file: Path | None, lang: str | None) -> int:
    """List deadlines by day: who, what, to whom, by when, how the day was computed, and what is missing."""
    from kitei.answer import answer
    from kitei.due_register import DueRegister
    from kitei.ics import as_ics
    from kitei.render import written

    start = None if start is None else read_day(start, "--from")
    end = None if end is None else read_day(end, "--to")
    if start and end and end < start:
        raise click.UsageError(f"--to {end} lies before --from {start}")
    found = DueRegister(answer(case.program, case.facts, case.ask), case.program, start, end)
    tongue = language(lang)
    if ics_file is not None:
        try:
            ics_file.write_bytes(as_ics(found, tongue).encode("utf-8"))
        except OSError as error:
            complain(error, ics_file)
            return UNREADABLE
    if form == "ics":
        click.echo(as_ics(found, tongue).encode("utf-8"), nl=False)
    elif form == "json":
        click.echo(json.dumps(found.data(), ensure_ascii=False, sort_keys=True, indent=1))
    else:
        click.echo(written(found.document(tongue), form), nl=False)
    if (form == "ics" or ics_file is not None) and (undated := len(found.rows[1])):
        say(f"日付のない{undated}件は暦に入れていません。--format ics を付けない kitei register で見られます" if tongue == "ja"
            else f"{undated} row(s) without a day are not in the calendar; see kitei register without --format ics")  # fmt: skip
    if form == "ics" or ics_file is not None:
        for note in found.notes(tongue):
            say(note)
    return FINE

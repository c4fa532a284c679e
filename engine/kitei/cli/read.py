"""`kitei read`: what is encoded at a place, in words: headings, plain statements, 準用 written out, words marked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kitei.cli.asking import read_day
from kitei.cli.opening import FINDINGS, FINE, LANG, STATUTES, UNREADABLE, language, load_law, say

if TYPE_CHECKING:
    from kitei.reading_page import Official
    from kitei.world import Program
    from kitei_dsl import core


@click.command()
@click.argument("text", metavar="CITATION")
@click.option("--on", help="Only the text in force on this day (YYYY-MM-DD); without it, every version.")
@click.option(
    "--texts",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of official texts, to show the official words beside.",
)
@LANG
@STATUTES
def read(text: str, on: str | None, texts: Path | None, lang: str | None, statutes: Path | None) -> int:
    """Show what is encoded at a place: plain statements (ours), what is applied there by 準用, and the words marked."""
    from kitei.citing import Citer
    from kitei.reading_page import pages
    from kitei_dsl.citation import BadAddress, parse
    from kitei_dsl.citation_read import read_any

    if on is not None:
        read_day(on, "--on")
    program = load_law(statutes)
    try:
        coded = text.partition("/")[0] in program.instruments
        address = parse(text) if coded else read_any(text, Citer(program).titles, None)
    except BadAddress as error:
        say(f"kitei: {error}")
        return UNREADABLE
    shown = pages(program, address, on, _official(program, texts), language(lang))
    if not shown:
        say(f"nothing is encoded at {address}" + (f" on {on}" if on else ""))
        return FINDINGS
    click.echo("\n".join(shown), nl=False)
    return FINE


def _official(program: Program, folder: Path | None) -> Official:
    """Return a look-up of official words in a folder of texts."""
    from kitei_dsl.citation import parse
    from kitei_dsl.marks import in_force_during
    from kitei_dsl.texts import load_texts

    texts = {} if folder is None else load_texts(folder)

    def look_up(version: core.Version) -> tuple[str, str] | None:
        during = in_force_during(texts.get(program.instruments[version.address.partition("/")[0]].egov, []), version)
        words = during[-1].words(parse(version.address)) if during else None
        return (during[-1].day.isoformat(), words) if words else None

    return look_up

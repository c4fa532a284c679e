"""`kitei read`: what is encoded at a place, in words: headings, plain statements, 準用 written out, words marked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kitei.cli.asking import read_day
from kitei.cli.language import LANG, language
from kitei.cli.opening import FINDINGS, FINE, STATUTES, UNREADABLE, complain, load_law, say

if TYPE_CHECKING:
    from kitei.reading_page import Official
    from kitei.world import Program
    from kitei_dsl import core


@click.command()
@click.argument("places", metavar="CITATION...", nargs=-1, required=True)
@click.option("--within", help="The place the citations stand in, for 法, 前条, この項 and citations without a title.")
@click.option("--on", help="Only the text in force on this day (YYYY-MM-DD); without it, every version.")
@click.option(
    "--texts",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of official texts, to show the official words beside.",
)
@LANG
@STATUTES
def read(
    places: tuple[str, ...], within: str | None, on: str | None, texts: Path | None, lang: str | None, statutes: Path | None
) -> int:  # fmt: skip
    """Show what is encoded at places: plain statements and rules in words (ours), what is applied there by 準用, and the words marked.

    CITATION is a citation in Japanese or English or an address, a list or a range too; several may be given, and a later
    one may point to an earlier (同条第3項); a day of commencement by its id (act64/main). What several of them name is shown once; what cannot be read is told last.
    """
    from kitei.citing import Citer
    from kitei.cli.cite import place_of
    from kitei.commencement_page import commencement_lines
    from kitei.reading_page import built_in, page, versions_at
    from kitei.rules_in_words import Rules
    from kitei_dsl.citation import BadAddress
    from kitei_dsl.citation_read import read_passage
    from kitei_dsl.passage import AmbiguousCitation, Passage, Reach, UnreadCitation

    if on is not None:
        on = read_day(on, "--on")
    program = load_law(statutes)
    citer, spoken = Citer(program), language(lang)
    known, reaches = citer.known({}), list[Reach]()
    here = place_of("--within", within, known, citer)
    refused: list[UnreadCitation | BadAddress] = []
    before: list[Passage] = []
    for text in places:
        if text in program.commencements:
            click.echo("\n".join(commencement_lines(program, citer, text, spoken)))
            continue
        try:
            passage = read_passage(text, known, here, [r.last or r.first for p in before for r in p.reaches])
            reaches += passage.reaches
            before.append(passage)
        except (UnreadCitation, BadAddress) as error:
            refused.append(error)
            before.clear()  # 同条 after what cannot be read points to nothing that was read
    found: dict[str, None] = {}
    empty = []
    for reach in reaches:
        versions = versions_at(program, citer, reach, on)
        found |= dict.fromkeys(versions)
        rules = [] if versions or reach.last is not None else built_in(reach.first, spoken)
        if rules:
            click.echo("\n".join(rules), nl=False)
        elif not versions:
            empty.append(citer.passage(Passage((reach,)))[spoken])
    official, words = _official(program, texts), Rules(program, spoken)
    click.echo(
        "\n".join(page(program, citer, program.versions[v], official, spoken, words.lines) for v in found), nl=False
    )
    for place in empty:
        day = "" if on is None else f"{on}現在、" if spoken == "ja" else f" on {on}"
        say(f"{day}{place}の規定は収録されていません。" if spoken == "ja" else f"nothing is encoded at {place}{day}")
    for refusal in refused:
        complain(refusal)
        for reading in refusal.readings if isinstance(refusal, AmbiguousCitation) else ():
            say("  " + "  ".join(citer.data(str(reading))[form] for form in ("id", "ja", "en")))
    if any(not isinstance(refusal, AmbiguousCitation) for refusal in refused):
        return UNREADABLE
    return FINDINGS if empty or refused else FINE


def _official(program: Program, folder: Path | None) -> Official:
    """Return a look-up of the words of a law or a draft in a folder of texts, or of why they are not there.

    Of what is enacted, the last text in force during a version; of a draft, its last text: it is in force on no day.
    """
    from kitei_dsl.citation import parse
    from kitei_dsl.marks import in_force_during
    from kitei_dsl.texts import load_texts

    texts = {} if folder is None else load_texts(folder)

    def look_up(version: core.Version) -> tuple[str, str] | str | None:
        if folder is None:
            return None
        instrument = program.instruments[version.address.partition("/")[0]]
        loaded = texts.get(instrument.egov, [])
        if not loaded:
            return "absent" if instrument.egov else "unnamed"
        during = in_force_during(loaded, version)
        if not during and instrument.status != "enacted":
            during = loaded
        if not during:
            return "unfixed" if "/" in version.start else "other_days"
        day, words = during[-1].day.isoformat(), during[-1].words(parse(version.address))
        return (day, words) if words else f"elsewhere {day}"

    return look_up

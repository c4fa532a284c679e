"""`kitei graph`: what refers to what in the law, drawn or as data; what rests on a place, what a change would touch."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kitei.cli.language import LANG, language
from kitei.cli.opening import FINE, STATUTES, UNREADABLE, complain, load_law, say

if TYPE_CHECKING:
    from kitei.references import Mentions, Reader, References
    from kitei.world import Program
    from kitei_dsl import core
    from kitei_dsl.citation import Address
    from kitei_dsl.passage import Reach

#: Places in one drawing; more are folded into articles or instruments.
_READABLE = 30


@click.command()
@click.argument("places", nargs=-1, metavar="[PLACE…]")
@click.option(
    "--depends-on",
    "depends",
    multiple=True,
    metavar="PLACE",
    help="Say what rests on a place, directly and through others (repeatable).",
)
@click.option(
    "--touches",
    "touched",
    multiple=True,
    metavar="PLACE",
    help="Say what a change to a place may touch, nearest first (repeatable).",
)
@click.option("--within", help="The place the citations stand in, for 法, 府令 and citations without a title.")
@click.option("--depth", type=click.IntRange(0, 20), default=1, show_default=True, help="Steps around the places.")
@click.option(
    "--direction",
    type=click.Choice(["cites", "cited-by", "both"]),
    default="both",
    show_default=True,
    help="What the places rest on, what rests on them, or both.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "svg", "dot", "mermaid", "json"]),
    default=None,
    help="text (a list), svg, dot, mermaid or json (default: by the name of --out, else text).",
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file.")
@click.option(
    "--cases",
    type=click.Path(path_type=Path, exists=True),
    help="Folder of cases for --touches (default: beside the law).",
)
@LANG
@STATUTES
def graph(
    places: tuple[str, ...], depends: tuple[str, ...], touched: tuple[str, ...], within: str | None, depth: int, direction: str, form: str | None,
    out: Path | None, cases: Path | None, lang: str | None, statutes: Path | None,
) -> int:  # fmt: skip
    """Export the references around provisions, or say in words what rests on them and what a change would touch.

    PLACE is a citation in any spelling: 資金決済法第63条の11第2項, "PSA art. 63-11(2)", psa/63_11/2, or a day of
    commencement (act64/main). Without one: the whole graph, folded into articles or instruments where it is too large.
    """
    from kitei.references import References

    if sum(map(bool, (places, depends, touched))) > 1:
        raise click.UsageError("give places to draw, or --depends-on, or --touches: one of the three")
    asking = bool(depends or touched)
    if asking and form not in (None, "text", "json"):
        raise click.UsageError(f"--depends-on and --touches answer in words: --format text or json, not {form}")
    form = form or _by_name(out, asking)
    if cases is not None and not touched:
        raise click.UsageError("--cases names the cases that --touches looks through; give --touches PLACE too")
    program = load_law(statutes)
    spoken = language(lang)
    found = References(program, _reader(program), _mentions(cases, statutes) if touched else ())
    asked: list[str] = []
    standing = _standing(within, program)
    for text in (*places, *depends, *touched):
        met = _places(text, program, found, spoken, standing)
        if met is None:
            return UNREADABLE
        asked += [m for m in met if m not in asked]
    if asking:
        text = _answer(found, asked, bool(depends), form, spoken)
    else:
        text = _drawn(found, asked, depth, direction, form, spoken)
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8", newline="\n")
    return FINE


_FORMS = {".svg": "svg", ".dot": "dot", ".gv": "dot", ".mmd": "mermaid", ".json": "json", ".txt": "text"}


def _by_name(out: Path | None, asking: bool) -> str:
    """Return the format that the name of the file says; a name that says none is a misuse."""
    if out is None:
        return "text"
    form = _FORMS.get(out.suffix.lower())
    if form is None or (asking and form not in ("text", "json")):
        raise click.UsageError(f"--format is needed: the name {out.name} does not say one")
    return form


def _standing(within: str | None, program: Program) -> Address | None:
    """Return the place that citations stand in: in any spelling, or an instrument."""
    from kitei.citing import Citer
    from kitei_dsl.citation import Address, BadAddress
    from kitei_dsl.citation_read import read_any

    if within is None or within in program.instruments:
        return None if within is None else Address(within)
    try:
        return read_any(within, Citer(program).titles)
    except BadAddress as error:
        raise click.UsageError(f"--within: {error}") from None


def _places(text: str, program: Program, found: References, lang: str, within: Address | None) -> list[str] | None:
    """Return the places a citation means; says why where it is none, or nothing is known of it."""
    from kitei.citing import Citer
    from kitei_dsl.citation import BadAddress
    from kitei_dsl.citation_read import read_passage
    from kitei_dsl.diagnostics import clipped
    from kitei_dsl.passage import AmbiguousCitation, UnreadCitation

    if text in program.commencements:
        return [text]
    citer = Citer(program)
    if text in program.instruments:
        addresses = [text]
    else:
        try:
            passage = read_passage(text, citer.known({}), within)
            addresses = []
            for reach in passage.reaches:
                there = [
                    p
                    for p in found.places
                    if p not in program.commencements and reach.first.instrument == p.partition("/")[0]
                ]
                addresses += (
                    _in_reach(reach, there) if reach.last is not None or reach.each is not None else [str(reach.first)]
                )
        except AmbiguousCitation as error:
            say(f"kitei: {error.ja if lang == 'ja' else error}")
            for reading in error.readings:
                say(f"  {reading}  {citer.ja(str(reading))}  {citer.en(str(reading))}")
            return None
        except UnreadCitation as error:
            say(f"kitei: {error.ja if lang == 'ja' else error}")
            return None
        except BadAddress as error:
            complain(error)
            return None
    met = [p for a in addresses for p in found.at(a)]
    if not met:
        shown = clipped(text, 120)
        say(f"kitei: {shown} の規定は収録されていない（kitei read で収録範囲を確かめられる）" if lang == "ja" else
            f"kitei: nothing is encoded at {shown}, and nothing refers to it (kitei read shows what is encoded)")  # fmt: skip
        return None
    return met


def _answer(found: References, asked: list[str], depends: bool, form: str, lang: str) -> str:
    from kitei import reference_words as written

    words = written.ReferenceWords(found.program, "ja" if lang == "ja" else "en")
    if depends:
        rests = found.depends_on(asked)
        return (
            written.dependence_json(rests, asked, found.program)
            if form == "json"
            else written.dependence_text(rests, asked, words)
        )
    touched = found.touches(asked)
    return (
        written.touched_json(touched, asked, found.program)
        if form == "json"
        else written.touched_text(touched, asked, words)
    )


def _drawn(found: References, asked: list[str], depth: int, direction: str, form: str, lang: str) -> str:
    """Return the graph in a format; what is too large to be read is folded, and said to be."""
    from kitei import reference_words as written
    from kitei.diagrams import standalone
    from kitei.diagrams.network import in_words, network_svg

    part = found.around(asked, depth, direction) if asked else found
    if form == "json":
        return written.as_json(part, found.program)
    if form != "text" and len(part.places) > _READABLE:
        whole = len(part.places)
        part = part.folded(_READABLE)
        say(f"kitei: {whole} か所は読み取れる図にならないため、条又は法令ごとに {len(part.places)} にまとめた（--depth を下げるか、場所を指定するか、--format json で全て）"
            if lang == "ja" else
            f"kitei: {whole} places are too many to read, so they are folded into {len(part.places)} articles or instruments (lower --depth, name a place, or --format json for all)")  # fmt: skip
        asked = [p for p in part.places if any(a == p or a.startswith(f"{p}/") for a in asked)]
    words = written.ReferenceWords(found.program, "ja" if lang == "ja" else "en")
    match form:
        case "dot":
            return written.as_dot(part, words)
        case "mermaid":
            return written.as_mermaid(part, words)
        case "svg":
            return standalone(network_svg(part, words.lang, centre=asked))
        case _:
            return in_words(part, words)


def _in_reach(reach: Reach, places: Iterable[str]) -> list[str]:
    """Return the encoded places from the first to the last of a range, or each unit that is meant."""
    from kitei_dsl.citation import parse
    from kitei_dsl.passage import units_of

    return [str(u) for u in units_of(reach, [parse(p) for p in places])]


#: A place in Arabic or Japanese figures as a plain statement writes it, with a title before it or none.
_NUMBER = "[0-9０-９一二三四五六七八九十百]+"
_PLACE = rf"第{_NUMBER}条(?:の{_NUMBER})*(?:第{_NUMBER}[項号](?:の{_NUMBER})*)*(?:本文|ただし書|前段|後段)?"


def _reader(program: Program) -> Reader:
    """Return what reads the citations in a plain statement; what cannot be read, or is not encoded, is left out."""
    import re

    from kitei.citing import Citer
    from kitei_dsl.citation import BadAddress, parse
    from kitei_dsl.citation_read import read_any

    citer = Citer(program)
    names = sorted({n for t in citer.titles.values() for n in (t.ja, *t.aliases) if n}, key=lambda n: (-len(n), n))
    pattern = re.compile(f"(?:{'|'.join([*map(re.escape, names), '法', '令', '府令'])})?{_PLACE}")

    def read(version: core.Version) -> list[str]:
        found = []
        for phrase in pattern.findall(version.plain.ja):
            try:
                place = read_any(phrase, citer.titles, parse(version.address.partition(" via ")[0]))
            except BadAddress:
                continue
            if citer.encoded(place):
                found.append(str(place))
        return found

    return read


def _mentions(cases: Path | None, statutes: Path | None) -> list[Mentions]:
    """Return the cases about this law, by heading: a case that brings a law of its own is not about it."""
    import re

    from kitei.cases import BadCase, read_cases
    from kitei.references import Mentions
    from kitei.ruleset import statutes_folder

    folder = cases or statutes or statutes_folder()
    files = [folder] if folder.suffix == ".md" else sorted(folder.rglob("*.md")) if folder.is_dir() else []
    found = []
    for file in files:
        try:
            read = read_cases(file, str(file.relative_to(folder)) if folder.is_dir() else file.name)
        except BadCase as error:
            complain(error)
            continue
        for case in read:
            lines = [line for fence in case.expects for line in fence.text.splitlines()]
            cites = [c.strip() for line in lines if (m := re.match(r"\s+cites (.+)", line)) for c in m[1].split(",")]
            names = [m[1] for line in lines if (m := re.match(r"(?:finding \S+ )?([\w]+) of ", line))]
            if lines and not case.law:
                found.append(
                    Mentions(f"{case.file}: {case.title}", tuple(dict.fromkeys(cites)), tuple(dict.fromkeys(names)))
                )
    return found

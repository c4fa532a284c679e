"""`kitei cite`: a citation read and printed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kitei.cli.language import LANG, language, spoken
from kitei.cli.opening import FINDINGS, FINE, STATUTES, UNREADABLE, complain, load_law, say, shown

if TYPE_CHECKING:
    from kitei.citing import Citer
    from kitei_dsl.citation import Address
    from kitei_dsl.passage import Known, Pair, Passage, Reach


@click.command()
@click.argument("text")
@click.option("--within", help="The place the citation stands in, for 法, 前条, この項 and citations without a title.")
@click.option("--after", help="The citation before it in the same sentence, for 同条, 同項 and 同法.")
@click.option(
    "--texts",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of official texts, to list the units of a range and to count 前条 and 次条.",
)
@click.option("--on", help="The day whose official text is taken (YYYY-MM-DD; default: the latest text).")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@LANG
@STATUTES
def cite(
    text: str, within: str | None, after: str | None, texts: Path | None, on: str | None, form: str, lang: str | None,
    statutes: Path | None,
) -> int:  # fmt: skip
    """Read a citation in Japanese, English or as addresses, and print all three; of a range or a list, each unit too.

    Lists and ranges (第一項、第三項及び第五項; arts. 3 to 5), words that point (前条, 同項, 次の各号, the preceding
    paragraph) and provisions by force of which another applies (…において準用する…) are read.
    """
    from kitei.citing import Citer
    from kitei.cli.asking import read_day
    from kitei_dsl.citation import BadAddress
    from kitei_dsl.citation_read import read_passage
    from kitei_dsl.passage import AmbiguousCitation, UnreadCitation

    if on is not None:
        on = read_day(on, "--on")
        if texts is None:
            raise click.UsageError("--on says which official text is taken; give --texts FOLDER too")
    citer = Citer(load_law(statutes))
    spoken = language(lang)
    try:
        units, days = _official(citer, texts, on)
        known = citer.known(units)
        place = place_of("--within", within, known, citer)
        cited = _cited(after, known, place)
        passage = read_passage(text, known, place, cited)
    except AmbiguousCitation as error:
        say(f"kitei: {error.ja if spoken == 'ja' else error}")
        for reading in error.readings:
            read = citer.data(str(reading))
            say(f"  {read['id']}  {read['ja']}  {read['en']}")
        return FINDINGS
    except UnreadCitation as error:
        say(f"kitei: {error.ja if spoken == 'ja' else error}")
        _may_mean(text, citer, spoken)
        return UNREADABLE
    except BadAddress as error:
        complain(error)
        _may_mean(text, citer, spoken)
        return UNREADABLE
    notes = list(passage.notes)
    members = [_member(reach, citer, known, days, notes) for reach in passage.reaches]
    encoded = list(dict.fromkeys(v for m in members for u in m["units"] or [m] for v in u["encoded"]))
    data: dict[str, Any] = {**citer.passage(passage), "encoded": encoded, "members": members}
    data["notes"] = [{"ja": ja, "en": en} for ja, en in notes]
    if form == "json":
        envelope = {"schema": "kitei/cite@1", "ruleset": {"digest": citer.program.digest}, "data": data}
        from kitei_dsl.diagnostics import json_text

        click.echo(json_text(envelope))
        return FINE
    click.echo("\n".join(shown(str(data[name])) for name in ("ja", "en", "id")))
    listed = [u for m in members for u in m["units"] or [m]]
    if len(listed) > 1 or any(m["units"] for m in members):
        click.echo("")
        for unit in listed:
            click.echo("\t".join(shown(unit[name]) for name in ("ja", "en", "id")))
    for ja, en in notes:
        say(f"注：{ja}" if spoken == "ja" else f"note: {en}")
    say(_counted(len(encoded), spoken))
    return FINE


#: Words for a law of some kind without its name, the longest first, and the kinds of instrument they may mean.
_UNNAMED = {
    "内閣府令": "ordinance",
    "府令": "ordinance",
    "政令": "cabinet_order",
    "施行令": "cabinet_order",
    "法律": "act",
    "法": "act",
}


def _may_mean(text: str, citer: Citer, spoken: str) -> None:
    """Where a citation names no law but only its kind (府令第37条), list those of the collected laws that it may mean."""
    from kitei_dsl.citation import BadAddress
    from kitei_dsl.citation_read import read_any

    word = next((w for w in _UNNAMED if text.startswith(w)), None)
    if word is None:
        return
    found = []
    for i in citer.program.instruments.values():
        if i.kind == _UNNAMED[word] and (title := citer.titles.get(i.id)) is not None:
            try:
                found.append(citer.data(str(read_any(title.ja + text.removeprefix(word), citer.titles, None))))
            except BadAddress:
                continue
    if found:
        say("次のどれかではありませんか（どの府令かを書くか、--within で場所を示してください）：" if spoken == "ja" and _UNNAMED[word] == "ordinance"
            else "次のどれかではありませんか（法令の名を書くか、--within で場所を示してください）：" if spoken == "ja"
            else "It may mean one of these; name the law, or say --within which place it stands:")  # fmt: skip
    for read in found:
        say(f"  {read['id']}  {read['ja']}  {read['en']}")


def _counted(encoded: int, lang: str) -> str:
    if lang == "ja":
        return f"収録された規定の版：{encoded}件" if encoded else "この場所の規定は収録されていません"
    return f"{encoded} encoded version(s) there" if encoded else "nothing is encoded there"


def _official(citer: Citer, folder: Path | None, on: str | None) -> tuple[dict[str, list[Address]], dict[str, str]]:
    """Return the units of the official texts of the collected instruments, and the day each text is in force from."""
    from kitei_dsl.texts import load_texts

    units: dict[str, list[Address]] = {}
    days: dict[str, str] = {}
    found = load_texts(folder) if folder is not None else {}
    for instrument in citer.program.instruments.values():
        fitting = [t for t in found.get(instrument.egov, []) if on is None or t.day.isoformat() <= on]
        if fitting:
            units[instrument.id] = fitting[-1].addresses(instrument.id)
            days[instrument.id] = fitting[-1].day.isoformat()
    if folder is not None and not units:
        say((f"kitei: {folder.name}：収録した法令の{f'{on}の' if on else ''}条文がありません（ファイル名は 法令番号_施行日_改正法令番号.md の形）")
            if spoken() == "ja" else
            f"kitei: {folder.name}: no official text of a collected instrument is there"
            + (f" for {on}" if on else "") + " (files are named LAWID_YYYYMMDD_AMENDINGID.md)")  # fmt: skip
    return units, days


def place_of(option: str, text: str | None, known: Known, citer: Citer) -> Address | None:
    """Return the one place that an option names, in any form, or refuse it naming the option."""
    from kitei_dsl.citation import BadAddress
    from kitei_dsl.citation_read import read_passage

    if text is None:
        return None
    try:
        reach, *more = read_passage(text, known).reaches
    except BadAddress as error:
        raise click.UsageError(f"{option}: {error}") from None
    if more or reach.last or reach.each or reach.via:
        raise click.UsageError(f"{option}: `{text}` does not name one place")
    if reach.first.instrument not in citer.program.instruments and not reach.first.instrument.startswith("egov-"):
        from kitei_dsl.diagnostics import near

        instruments = list(citer.program.instruments)
        told = near(reach.first.instrument, instruments) or f"known: {', '.join(instruments)}"
        raise click.UsageError(f"{option}: no instrument is called `{reach.first.instrument}`; {told}")
    return reach.first


def _cited(text: str | None, known: Known, place: Address | None) -> list[Address]:
    from kitei_dsl.citation import BadAddress
    from kitei_dsl.citation_read import read_passage

    if text is None:
        return []
    try:
        return [reach.last or reach.first for reach in read_passage(text, known, place).reaches]
    except BadAddress as error:
        raise click.UsageError(f"--after: {error}") from None


def _member(reach: Reach, citer: Citer, known: Known, days: dict[str, str], notes: list[Pair]) -> dict[str, Any]:
    """Return one member of a citation: printed, with its units if it is a range or each unit of a kind."""
    from kitei_dsl.passage import Passage, units_of

    shown: dict[str, Any] = {**citer.passage(Passage((reach,))), "encoded": citer.encoded(reach.first)}
    shown["first"] = str(reach.first)
    shown["last"] = None if reach.last is None else str(reach.last)
    shown["each"] = reach.each
    shown["via"] = [{"kind": via.kind, "by": citer.data(str(via.by))} for via in reach.via]
    shown["units"], shown["units_from"] = [], None
    instrument = reach.first.instrument
    if instrument not in citer.program.instruments:
        notes.append((f"{citer.ja(instrument)}は収録されていません。存在は確かめていません",
                      f"{citer.en(instrument)} is not collected; whether the place exists is not checked"))  # fmt: skip
    if reach.last is None and reach.each is None:
        if instrument in known.units and reach.first.supplement is None and not _exists(reach.first, known):
            notes.append(_absent(reach.first, days[instrument]))
        return shown
    for end in (reach.first, reach.last):
        if end is not None and instrument in known.units and end.supplement is None and not _exists(end, known):
            notes.append(_absent(end, days[instrument]))
    official = known.units.get(instrument) if reach.first.supplement is None else None
    found = units_of(reach, official if official is not None else citer.collected_units(reach))
    shown["units"] = [{**citer.passage(_plain(unit, reach)), "encoded": citer.encoded(unit)} for unit in found]
    whole = citer.passage(Passage((reach,)))
    if official is not None:
        shown["units_from"] = f"text of {days[instrument]}"
        said = (f"{whole['ja']}：{days[instrument]}施行の条文にある{len(found)}個を挙げました",
                f"{whole['en']}: {len(found)} unit(s) that the text in force from {days[instrument]} has")  # fmt: skip
    elif found:
        shown["units_from"] = "collected"
        said = (f"{whole['ja']}：収録された{len(found)}個だけを挙げました。全ては --texts で公式の条文を渡すと挙がります",
                f"{whole['en']}: only the {len(found)} collected unit(s) are listed; all of them with --texts and the official text")  # fmt: skip
    else:
        said = (f"{whole['ja']}：範囲のまま示しました。含まれる単位は --texts で公式の条文を渡すと挙がります",
                f"{whole['en']}: shown as the range itself; its units are listed with --texts and the official text")  # fmt: skip
    notes.append(said)
    return shown


def _absent(place: Address, day: str) -> Pair:
    return f"{day}施行の条文に`{place}`は見当たりません", f"the text in force from {day} has no `{place}`"


def _plain(unit: Address, reach: Reach) -> Passage:
    from kitei_dsl.passage import Passage, Reach

    return Passage((Reach(unit, via=reach.via),))


def _exists(place: Address, known: Known) -> bool:
    """Tell whether the official text has the unit a place is in; parts and deeper sub-items are not looked for."""
    from kitei_dsl.passage import cut

    unit = cut(place, 3)
    return unit.unit is not None or unit == cut(place, -1) or any(unit.covers(u) for u in known.units[place.instrument])

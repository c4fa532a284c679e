"""`kitei site`: public pages from the rules, and which of their paragraphs the law has moved under."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kitei.cli.asking import read_day
from kitei.cli.language import LANG, language
from kitei.cli.opening import FINDINGS, FINE, MOST, STATUTES, UNREADABLE, complain, load_law, say

if TYPE_CHECKING:
    from kitei.site.build import Earlier, Made, Wish
    from kitei.site.material import Official
    from kitei.world import Program
    from kitei_dsl import core

TEXTS = click.option(
    "--texts",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of official texts, to show them with the marked words; nothing of them is kept elsewhere.",
)


@click.group()
def site() -> None:
    """Make public pages from the rules, and find the paragraphs that a change of law has made stale."""


@site.command()
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder to write: a new or empty one, or a site made before.")  # fmt: skip
@click.option("--as-of", required=True, help="The day the pages are about (YYYY-MM-DD); there is no clock.")
@click.option("--known-on", help="Only what was promulgated by this day (default: the day of --as-of).")
@click.option("--base-url", default="", help="Address of the site on the web, for the sitemap and canonical links.")
@TEXTS
@LANG
@STATUTES
def build(out: Path, as_of: str, known_on: str | None, base_url: str, texts: Path | None, lang: str | None, statutes: Path | None) -> int:  # fmt: skip
    """Build the pages, in Japanese and English, from the compiled rules and the cases that come out."""
    from kitei.site.build import NotASite, Wish, place

    told = language(lang)
    as_of, known_on = read_day(as_of, "--as-of"), read_day(known_on or as_of, "--known-on")
    program = load_law(statutes)
    wish = Wish(as_of, known_on, _base(base_url), _official(program, texts), texts is not None)
    made = _make(program, statutes, wish, _earlier(out, as_of))
    if made.failures:
        for failure in made.failures[:MOST]:
            say(failure.told(told))
        say(f"kitei: {len(made.failures)} 件の例が書かれたとおりにならないため、頁を作っていません" if told == "ja"
            else f"kitei: {len(made.failures)} worked example(s) no longer come out; no page was written")  # fmt: skip
        return FINDINGS
    try:
        place(made.files, out)
    except NotASite as error:
        raise click.UsageError(str(error)) from None
    say(f"{len(made.pages)} 頁、計算した例 {len(made.material.examples)} 件（基準日 {as_of}）" if told == "ja"
        else f"{len(made.pages)} pages, {len(made.material.examples)} examples run (as of {as_of})")  # fmt: skip
    if not base_url:
        say("sitemap.xml は作っていません。公開する場所を --base-url で示してください" if told == "ja"
            else "no sitemap.xml was made; say with --base-url where the site will stand")  # fmt: skip
    return FINE


@site.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--as-of", help="Compare with the pages of another day (default: the day the site was built for).")
@click.option("--details", is_flag=True, help="Below the summary, each paragraph with its provision and why.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="For a person, or as JSON.")
@TEXTS
@LANG
@STATUTES
def check(folder: Path, as_of: str | None, details: bool, form: str, texts: Path | None, lang: str | None, statutes: Path | None) -> int:  # fmt: skip
    """Say which pages of a site are not as the law is now; with --details, each paragraph with its provision and why."""
    from kitei.site.build import NotASite, Wish, read_record
    from kitei.site.moved import recorded
    from kitei.site.staleness import stale, summary
    from kitei.site.staleness import told as lines
    from kitei.site.wanting import wanting
    from kitei.wording import pick

    told = language(lang)
    try:
        record = read_record(folder)
    except NotASite as error:
        complain(error)
        return UNREADABLE
    if record["texts"] and texts is None:
        raise click.UsageError("this site shows official texts; name their folder with --texts")
    day = read_day(as_of or record["as_of"], "--as-of")
    known = (
        max(day, read_day(record["known_on"], "--known-on")) if as_of else read_day(record["known_on"], "--known-on")
    )
    if lacking := wanting(record, _folder(statutes)):
        say(f"kitei: {pick(lacking, told)}")
        return UNREADABLE
    program = load_law(statutes)
    official = _official(program, texts if record["texts"] else None)
    moved = recorded(record)
    wish = Wish(day, known, record["base"], official, record["texts"])
    made = _make(program, statutes, wish, lambda files: [m for m in moved if f"ja/{m.path}.html" not in files])
    found = stale(folder, record, made)
    for failure in made.failures[:MOST]:
        say(failure.told(told))
    if form == "json":
        from kitei_dsl.diagnostics import json_text

        rows = [{"page": s.page, "paragraph": s.paragraph, "rules": list(s.rules), "why": {"ja": s.why[0], "en": s.why[1]}, "how": s.how} for s in found]  # fmt: skip
        click.echo(
            json_text({"schema": "kitei/stale@1", "ruleset": {"digest": program.digest}, "as_of": day, "data": rows})
        )
    else:
        from kitei.cli.opening import shown

        for text in summary(found, made, told):
            click.echo(shown(text))
        if found and not details:
            say(
                "段落ごとに読むには --details を付けてください"
                if told == "ja"
                else "add --details to read paragraph by paragraph"
            )
        if found and details:
            click.echo()
        for text in lines(found, told) if details else ():
            click.echo(shown(text))
    if found or made.failures:
        say(
            f"現在の規則と異なる段落：{len(found)}"
            if told == "ja"
            else f"{len(found)} paragraph(s) are not as the law is now"
        )
        return FINDINGS
    say("古くなった段落はありません" if told == "ja" else "nothing is stale")
    return FINE


def _earlier(out: Path, as_of: str) -> Earlier:
    """Return what a site that is already in the folder had and the one made now lacks."""
    from kitei.site.build import RECORD, NotASite, no_earlier, read_record
    from kitei.site.moved import vanished

    if not (out / RECORD).is_file():
        return no_earlier
    try:
        record = read_record(out)
    except NotASite as error:
        raise click.UsageError(str(error)) from None
    # A site of an earlier day knows nothing of what was written later.
    return (lambda files: vanished(out, record, files)) if record["as_of"] <= as_of else no_earlier


def _make(program: Program, statutes: Path | None, wish: Wish, earlier: Earlier) -> Made:
    """Make the site, showing how far it is on a terminal; a mistake in what is declared for pages is unreadable input."""
    from kitei.site.build import make
    from kitei.site.guides import BadGuides

    tell, done = _progress()
    try:
        return make(program, _folder(statutes), wish, tell, earlier)
    except BadGuides as error:
        done()
        complain(error)
        raise SystemExit(UNREADABLE) from None
    finally:
        done()


def _folder(statutes: Path | None) -> Path:
    """Return the folder in which what is declared for pages stands."""
    from kitei.ruleset import statutes_folder

    folder = statutes or statutes_folder()
    return folder if folder.is_dir() else folder.parent


def _progress() -> tuple[Callable[[str, int, int], None], Callable[[], None]]:
    """Return how to tell how far it is, on a terminal and only after half a second; and how to wipe that away."""
    from time import monotonic

    begun, shown = monotonic(), [False]
    terminal = sys.stderr.isatty()

    def tell(what: str, done: int, total: int) -> None:
        if terminal and monotonic() - begun > 0.5:
            shown[0] = True
            click.echo(f"\r\x1b[K{what} {done}/{total}", err=True, nl=False)

    def wipe() -> None:
        if shown[0]:
            click.echo("\r\x1b[K", err=True, nl=False)
            shown[0] = False

    return tell, wipe


def _base(url: str) -> str:
    """The address a site is told it will stand at, ending in a slash."""
    if not url:
        return ""
    if not url.startswith(("https://", "http://")) or any(c.isspace() or c in "<>\"'?#" for c in url):
        raise click.UsageError("--base-url: write an address on the web, as in https://example.org/guide/")
    return url.rstrip("/") + "/"


def _official(program: Program, folder: Path | None) -> Official:
    """A look-up of official words in a folder of texts; the last text in force during a version counts."""
    from kitei.site.material import no_texts

    if folder is None:
        return no_texts
    from kitei_dsl.citation import BadAddress, parse
    from kitei_dsl.marks import in_force_during
    from kitei_dsl.texts import load_texts

    texts = load_texts(folder)

    def look_up(version: core.Version) -> tuple[str, str] | None:
        during = in_force_during(texts.get(program.instruments[version.address.partition("/")[0]].egov, []), version)
        try:
            words = during[-1].words(parse(version.address)) if during else None
        except BadAddress:
            return None
        return (during[-1].day.isoformat(), words) if words else None

    return look_up

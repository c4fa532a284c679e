"""`kitei check`: the language, names, types, citations, slots and marks of .kitei files or of the law in a Markdown page; what a
diagnostic means."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kitei.cli.language import LANG, language
from kitei.cli.opening import BILL, FINDINGS, FINE, UNREADABLE, bills, print_diagnostics, say

if TYPE_CHECKING:
    from kitei_dsl import core
    from kitei_dsl.against import Report
    from kitei_dsl.checked import Checked


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    help="How findings are printed: for a person, as JSON, as SARIF 2.1.0, or as annotations of a workflow.",
)
@click.option("--notes", is_flag=True, help="Show notes too: closings, parts without marks.")
@click.option(
    "--texts",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of official texts to check marks against, and to count coverage in.",
)
@click.option(
    "--against",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of official texts to compare every citation, number and date with (marks too).",
)
@click.option(
    "--write-index",
    is_flag=True,
    help="With --against: write beside each law which units its texts have (addresses.txt).",
)
@click.option("--explain", "slug", metavar="SLUG", help="Explain a diagnostic, with a wrong and a mended example.")
@click.option(
    "--closings", "listing", flag_value="closings", help="List every closing: what holds when nothing applies."
)
@click.option(
    "--coverage", "listing", flag_value="coverage", help="Count the official units that are encoded, by article."
)
@BILL
@LANG
def check(path: Path | None, form: str, notes: bool, texts: Path | None, against: Path | None, write_index: bool,
          slug: str | None, listing: str | None, lang: str | None) -> int:  # fmt: skip
    """Check the language, names, types, citations, slots and marks of .kitei files, or of the law in a Markdown page."""
    from kitei.ruleset import NoRuleset, statutes_folder, together
    from kitei_dsl.checked import Checked, check_folder
    from kitei_dsl.pipeline import check_files

    told = language(lang)
    if slug is not None:
        return _explain(slug, told)
    if listing and form not in ("text", "json"):
        raise click.UsageError(f"--{listing} is printed as text or json, not as {form}")
    if write_index and against is None:
        raise click.UsageError("--write-index needs the texts: add --against FOLDER")
    texts = texts or against
    root = path or statutes_folder()
    if not root.exists():
        say(
            f"kitei: {root}: そのようなファイルもフォルダーもありません"
            if told == "ja"
            else f"kitei: no such file or folder: {root}"
        )
        return UNREADABLE
    if root.suffix == ".md" and root.is_file():
        return _page(root, form, notes, told)
    base = f"{(root if root.is_dir() else root.parent).as_posix().rstrip('/')}/".removeprefix("./")
    try:
        sources, unreadable = together(root, bills(), base)
    except NoRuleset as error:
        say(f"kitei: {error.ja if told == 'ja' else error}")
        return UNREADABLE
    if not sources and not unreadable:
        say(
            f"kitei: {root.name}の中に.kiteiファイルがありません"
            if told == "ja"
            else f"kitei: no .kitei file below {root.name}"
        )
        return UNREADABLE
    comparison = None
    if root.is_dir() and not (unreadable or texts or listing or bills()):
        checked = check_folder(sources, root)
    else:
        program, found, files = check_files(sources, texts, kept=True)
        found = [*unreadable, *found]
        if files and write_index and against is not None:
            _write_indexes(program, root, against, told)
        if files and against is not None:
            from kitei_dsl.against import check_against

            comparison = check_against(program, files, root, against)
            found += comparison.diagnostics
        elif files and root.is_dir():
            from kitei_dsl.standing import check_index

            found += check_index(program, files, root)
        if listing and not any(d.severity == "error" for d in found):
            return _list(listing, program, root, texts, form, told)
        checked = Checked.of([program], found)
    shown = [d for d in checked.found if notes or d.severity != "note" or (comparison and d.slug in _NOT_COMPARED)]
    print_diagnostics(shown, form, sys.stdout.isatty(), base="" if bills() else base)
    _summary(len(sources), checked, told, notes)
    if comparison is not None:
        _compared(comparison, told)
    if (
        not bills()
        and any(d.slug in _UNDECLARED for d in checked.found)
        and root.resolve() != statutes_folder().resolve()
    ):
        say("収録した法令で宣言された名は、ここでは読んでいません。合わせて確かめるには kitei check --bill "
            f"{root} としてください" if told == "ja"
            else f"names declared in the collected law were not read; to check both together: kitei check --bill {root}")  # fmt: skip
    if root.is_file() and any(d.severity == "error" for d in checked.found):
        say("一つのファイルだけを確かめました。他のファイルで宣言された名はここでは分かりません。フォルダーを確かめてください" if told == "ja"
            else "one file was checked by itself: names declared in other files are unknown here; check the folder")  # fmt: skip
    if texts is None:
        say("根拠文言は公式の条文と照合していません。照合するには--texts FOLDERを加えてください" if told == "ja"
            else "marks were not compared with official texts; add --texts FOLDER")  # fmt: skip
    if unreadable:
        return UNREADABLE
    return FINDINGS if any(d.severity != "note" for d in checked.found) else FINE


#: What is found wrong where a name is declared in law that was not read.
_UNDECLARED = ("unknown-name", "unknown-kind", "unknown-instrument", "dangling-citation")
#: Notes of what a comparison could not say, shown without being asked for.
_NOT_COMPARED = ("law-unread", "start-unfixed", "text-unseen")


def _compared(report: Report, lang: str) -> None:
    """Say how much was compared, and how it came out."""
    kinds = ("missing", "moved", "different")
    missing, moved, different = (sum(d.slug.endswith(f"-{k}") for d in report.diagnostics) for k in kinds)
    if lang == "ja":
        say(f"公式の条文{report.texts}本と照合：引用{report.citations}、数{report.numbers}、施行の日{report.dates}。"
            f"ない{missing}、移った{moved}、違う{different}")  # fmt: skip
    else:
        say(f"compared with {report.texts} official texts: {report.citations} citations, {report.numbers} numbers, {report.dates} "
            f"days of force; missing {missing}, moved {moved}, different {different}")  # fmt: skip
    _passed_over(report.drafts, lang)


def _passed_over(drafts: Sequence[core.Instrument], lang: str) -> None:
    """Say which texts of the folder were not compared, and why."""
    if not drafts:
        return
    if lang == "ja":
        named = "、".join(i.short.ja or i.title.ja or i.id for i in drafts)
        say(f"照合しなかった本文：{named}。公布された法令ではなく、番地と数をどの日の条文と照合するかが定まらないため。"
            "本文を見比べるには kitei read 番地 --texts FOLDER としてください")  # fmt: skip
    else:
        named = ", ".join(i.short.en or i.title.en or i.id for i in drafts)
        say(f"texts not compared: {named}. It is not promulgated law, so no day says which text its addresses and numbers must "
            "stand in; to see its words beside the rules: kitei read CITATION --texts FOLDER")  # fmt: skip


def _write_indexes(program: core.Program, root: Path, folder: Path, lang: str) -> None:
    """Write the index of each law with texts beside its declaration, where it has changed."""
    from kitei_dsl.addresses import FILE, indexes_of

    base = root if root.is_dir() else root.parent
    for home, content in indexes_of(program, base, folder):
        path = home / FILE
        changed = not path.exists() or path.read_text(encoding="utf-8") != content
        if changed:
            path.write_text(content, encoding="utf-8")
        name = path.relative_to(base).as_posix()
        if lang == "ja":
            say(f"{name}：{'書きました' if changed else '変わりません'}")
        else:
            say(f"{name}: {'written' if changed else 'unchanged'}")


def _page(page: Path, form: str, notes: bool, lang: str) -> int:
    """Check the law in the fences of a Markdown page."""
    from kitei.cases import BadCase, check_page
    from kitei.cli.misuse import spoken
    from kitei_dsl.checked import Checked

    try:
        found, programs = check_page(page)
    except BadCase as error:
        say(f"kitei: {spoken(str(error), lang)}")
        return UNREADABLE
    shown = [d for d in found if notes or d.severity != "note"]
    print_diagnostics(
        shown, form, sys.stdout.isatty(), base=f"{page.parent.as_posix().rstrip('/')}/".removeprefix("./")
    )
    _summary(1, Checked.of(programs, found), lang, notes)
    if not programs:
        say("このページに法令（```kitei）はありません" if lang == "ja" else "this page has no law: no ```kitei fence")
    return FINDINGS if any(d.severity != "note" for d in found) else FINE


def _summary(files: int, checked: Checked, lang: str, noted: bool) -> None:
    """Count what was read and found; of what is not shown, how to see it."""
    errors, warnings, notes = (sum(d.severity == s for d in checked.found) for s in ("error", "warning", "note"))
    if lang == "ja":
        more = "（参考を見るには--notesを加えてください）" if notes and not noted else ""
        say(
            f"ファイル{files}、規定の版{checked.versions}、規範{checked.norms}：誤り{errors}、警告{warnings}、参考{notes}{more}"
        )
    else:
        more = " (to see them, add --notes)" if notes and not noted else ""
        counted = [
            _count(n, word)
            for n, word in ((files, "file"), (checked.versions, "provision version"), (checked.norms, "norm"))
        ]
        wrong = [_count(n, word) for n, word in ((errors, "error"), (warnings, "warning"), (notes, "note"))]
        say(f"{', '.join(counted)}: {', '.join(wrong)}{more}")


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _explain(slug: str, lang: str) -> int:
    """Print what a diagnostic means; an unknown slug is wrong use, with the nearest ones."""
    from kitei_dsl.codes import CODES
    from kitei_dsl.diagnostics import near
    from kitei_dsl.diagnostics_page import explained

    if slug not in CODES:
        raise click.UsageError(f"no diagnostic is called `{slug}`; {near(slug, CODES) or 'known: ' + ', '.join(CODES)}")
    click.echo(explained(slug, lang), nl=False)
    return FINE


def _list(listing: str, program: core.Program, root: Path, texts: Path | None, form: str, lang: str) -> int:
    """Print a listing of law without mistakes, and what is wrong with the labels."""
    from kitei.listings import as_json, closings, closings_text, coverage_data, coverage_text
    from kitei.world import Program
    from kitei_dsl.coverage import cover

    law = Program(program, "")
    if listing == "closings":
        click.echo(as_json("closings", closings(law)) if form == "json" else closings_text(law, lang), nl=False)
        return FINE
    covered, found = cover(program, root, texts)
    as_data = form == "json"
    click.echo(
        as_json("coverage", coverage_data(covered, law)) if as_data else coverage_text(covered, law, lang), nl=False
    )
    if texts is None:
        say(
            "番地の一覧（addresses.txt）によっています。文言と照合するには--texts FOLDERを加えてください"
            if lang == "ja"
            else "counted by the index of addresses (addresses.txt); to look at the words, add --texts FOLDER"
        )
    if found:
        print_diagnostics(found, "text", sys.stderr.isatty(), err=True)
    return FINDINGS if found else FINE

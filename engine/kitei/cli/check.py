"""`kitei check`: the language, names, types, citations, slots and marks of .kitei files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kitei.cli.opening import FINDINGS, FINE, UNREADABLE, print_diagnostics, say


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--notes", is_flag=True, help="Show notes too: closings, parts without marks.")
@click.option(
    "--texts",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of official texts to check marks against.",
)
def check(path: Path | None, form: str, notes: bool, texts: Path | None) -> int:
    """Check the language, names, types, citations, slots and marks of .kitei files."""
    from kitei.ruleset import statutes_folder
    from kitei_dsl.library import library
    from kitei_dsl.pipeline import check_all

    root = path or statutes_folder()
    if not root.exists():
        say(f"kitei: no such file or folder: {root}")
        return UNREADABLE
    sources, unreadable = library(root)
    program, found = check_all(sources, texts)
    found = [*unreadable, *found]
    shown = [d for d in found if notes or d.severity != "note"]
    print_diagnostics(shown, form, sys.stdout.isatty())
    errors = sum(d.severity == "error" for d in found)
    warnings = sum(d.severity == "warning" for d in found)
    say(f"{len(sources)} files, {len(program.versions)} provision versions, {len(program.norms)} norms: "
         f"{errors} errors, {warnings} warnings, {sum(d.severity == 'note' for d in found)} notes")  # fmt: skip
    if root.is_file() and errors:
        say("one file was checked by itself: names declared in other files are unknown here; check the folder")
    if texts is None:
        say("marks were not compared with official texts; add --texts FOLDER")
    if unreadable:
        return UNREADABLE
    return FINDINGS if errors or warnings else FINE

"""`kitei test`: cases in Markdown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kitei.cli.opening import FINDINGS, FINE, NOTHING, STATUTES, UNREADABLE, load_law, say, shown

if TYPE_CHECKING:
    from kitei.world import Program


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("-k", "word", default="", help="Only cases whose heading contains this.")
@click.option("-x", "stop", is_flag=True, help="Stop at the first failure.")
@click.option("-q", "quiet", is_flag=True, help="Print failures and the count only.")
@STATUTES
def test(paths: tuple[Path, ...], word: str, stop: bool, quiet: bool, statutes: Path | None) -> int:
    """Run cases in Markdown: facts, and what must come out, under headings that are claims."""
    from kitei.cases import BadCase, read_cases, run_case

    files = [f for p in paths for f in (sorted(p.rglob("*.md")) if p.is_dir() else [p])]
    corpus: Program | None = None
    passed = failed = 0
    for file in files:
        try:
            for case in read_cases(file, str(file)):
                if word not in case.title:
                    continue
                if not case.law and corpus is None:
                    corpus = load_law(statutes)
                failures = run_case(case, file.parent, corpus)
                passed, failed = (passed + (not failures), failed + bool(failures))
                if not quiet and not failures:
                    click.echo(shown(f"ok    {case.title}"))
                for failure in failures:
                    click.echo(shown(f"FAIL  {failure}"))
                if failures and stop:
                    return FINDINGS
        except BadCase as error:
            say(f"kitei: {error}")
            return UNREADABLE
    say(f"{passed} passed, {failed} failed")
    if passed + failed == 0:
        return NOTHING
    return FINDINGS if failed else FINE

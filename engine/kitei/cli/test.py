"""`kitei test`: cases in Markdown."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kitei.cli.language import LANG, language
from kitei.cli.misuse import spoken
from kitei.cli.opening import FINDINGS, FINE, NOTHING, STATUTES, UNREADABLE, load_law, say, shown, shown_finding

if TYPE_CHECKING:
    from kitei.cases import Failure
    from kitei.world import Program


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("-k", "word", default="", help="Only cases whose heading contains this.")
@click.option("-x", "stop", is_flag=True, help="Stop at the first failure.")
@click.option("-q", "quiet", is_flag=True, help="Print failures and the count only.")
@STATUTES
@LANG
def test(paths: tuple[Path, ...], word: str, stop: bool, quiet: bool, statutes: Path | None, lang: str | None) -> int:
    """Run cases in Markdown: facts, and what must come out, under headings that are claims."""
    from kitei.cases import BadCase, read_cases, run_case

    told = language(lang)
    files = [f for p in paths for f in (sorted(p.rglob("*.md")) if p.is_dir() else [p])]
    corpus: Program | None = None
    passed = failed = 0
    findings: set[tuple[str, str]] = set()
    for file in files:
        try:
            for case in read_cases(file, str(file), every_law=True):
                if word not in case.title:
                    continue
                if not case.law and corpus is None:
                    corpus = load_law(statutes)
                failures = run_case(case, file.parent, corpus)
                passed, failed = (passed + (not failures), failed + bool(failures))
                if not quiet and not failures:
                    click.echo(shown(f"{_PASSED[told]}{case.title}"))
                _tell(failures, told, findings)
                if failures and stop:
                    return FINDINGS
        except BadCase as error:
            say(f"kitei: {spoken(str(error), told)}")
            return UNREADABLE
    say(f"合格 {passed}、不合格 {failed}" if told == "ja" else f"{passed} passed, {failed} failed")
    if passed + failed == 0:
        say(_nothing(files, word, told))
        return NOTHING
    return FINDINGS if failed else FINE


_PASSED = {"ja": "合格　　", "en": "ok    "}
_FAILED = {"ja": "不合格　", "en": "FAIL  "}


def _tell(failures: list[Failure], lang: str, findings: set[tuple[str, str]]) -> None:
    """Print the failures of a case; a finding about a law that several cases share is shown once."""
    for failure in failures:
        d = failure.finding
        if d is None:
            told = failure.told(lang)
            if failure.refused and lang == "ja":
                told = told.replace(failure.refused, spoken(failure.refused, lang))
            click.echo(shown(_FAILED[lang] + told))
            continue
        place = d.span.place if d.span else ""
        click.echo(shown(f"{_FAILED[lang]}{failure.file}:{failure.line}: {failure.title}"))
        if (place, d.message) in findings:
            click.echo(f"    [{d.slug}] " + ("（上に示した）" if lang == "ja" else "(shown above)"))
        else:
            click.echo(shown_finding(d, lang, sys.stdout.isatty()) + "\n")
        findings.add((place, d.message))


def _nothing(files: list[Path], word: str, lang: str) -> str:
    """Say why no case was run, and what to do."""
    laws = [f for f in files if f.suffix == ".kitei"]
    if laws:
        return (
            f"{laws[0].name}は法令のファイルで、事例がありません。法令を確かめるには kitei check {laws[0]}、事例はMarkdownのページ（.md）に書き、"
            f"kitei test PAGE.md --statutes {laws[0].parent} とします。書き方は docs/tutorial-drafter.md"
            if lang == "ja"
            else f"{laws[0].name} holds law and no cases. To check the law: kitei check {laws[0]}. Cases stand in a Markdown page "
            f"(.md): kitei test PAGE.md --statutes {laws[0].parent}. How to write them: docs/tutorial-drafter.md"
        )
    if word:
        return f"見出しに「{word}」を含む事例はありません" if lang == "ja" else f"no case has `{word}` in its heading"
    return (
        "事例がありません。```facts の後に ```expect on 日付 を置いたものが一つの事例です。法令だけを確かめるには kitei check を使ってください"
        if lang == "ja"
        else "no case was found: a case is a ```facts fence followed by ```expect on DATE. To check law alone, use kitei check"
    )

"""`kitei fmt`: .kitei files the one canonical way."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kitei.cli.language import LANG, spoken
from kitei.cli.opening import FINDINGS, FINE, STATUTES, UNREADABLE, bills, complain, print_diagnostics, say
from kitei_dsl.frozen import replace

if TYPE_CHECKING:
    from kitei_dsl.diagnostics import Diagnostic
    from kitei_dsl.source import Source
    from kitei_dsl.spelling import Vocabulary


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", "check_only", is_flag=True, help="Change nothing; say which files would change.")
@click.option("--diff", is_flag=True, help="Change nothing; show what would change.")
@click.option(
    "--skin",
    type=click.Choice(["ja", "en"]),
    help="Write keywords, and names that have a Japanese and an English spelling, in Japanese or in English (default: keywords as the file begins, names as they are).",
)
@STATUTES
@LANG
def fmt(
    paths: tuple[Path, ...], check_only: bool, diff: bool, skin: str | None, statutes: Path | None, lang: str | None
) -> int:
    """Write .kitei files, or the law in Markdown pages, the one canonical way; comments are kept. `-` formats standard input."""
    from kitei_dsl.parse import parse
    from kitei_dsl.skin import canonical_text
    from kitei_dsl.source import read_source

    if not paths:
        raise click.UsageError("name files or folders, or - for standard input")
    files: list[Path] = [f for p in paths for f in (sorted(p.rglob("*.kitei")) if p.is_dir() else [p])]
    names = _vocabulary(files, statutes) if skin else None
    changed, code = 0, FINE
    for file in files:
        try:
            source = _standard_input() if str(file) == "-" else read_source(file, str(file))
        except (OSError, UnicodeDecodeError) as error:
            complain(error if isinstance(error, OSError) else "not UTF-8; save it as UTF-8 text", file)
            code = UNREADABLE
            continue
        if file.suffix == ".md":
            text, found = _page(file, source, skin, names)
        else:
            tree, found = parse(source)
            text = "" if found else canonical_text(tree, skin, names)
        if found:
            print_diagnostics(found, "text", sys.stderr.isatty(), err=True)
            code = UNREADABLE
            continue
        if str(file) == "-":
            click.echo(text, nl=False)
        elif text != source.text:
            changed += 1
            _formatted(file, source.text, text, check_only, diff)
    if changed and (check_only or diff):
        return code or FINDINGS
    return code


def _page(file: Path, source: Source, skin: str | None, names: Vocabulary | None) -> tuple[str, list[Diagnostic]]:
    """The text of a Markdown page with its law fences formatted, each by itself; what is marked `#!` as a mistake stays."""
    from kitei.cases import BadCase, law_fences
    from kitei_dsl.parse import parse
    from kitei_dsl.skin import canonical_text
    from kitei_dsl.source import Source, Span

    lines = source.text.split("\n")
    found: list[Diagnostic] = []
    try:
        fences = law_fences(source)
    except BadCase as error:
        raise click.UsageError(str(error)) from None
    for fence in reversed(fences):
        tree, mistakes = parse(Source(source.name, "\n" * (fence.line - 1) + fence.text))
        start = source.line_starts[fence.line - 1] - fence.line + 1
        if mistakes and "#!" not in fence.text:
            placed = [d for d in mistakes if d.span is not None]
            found = [
                replace(d, related=(), span=Span(source, start + d.span.start, start + d.span.end))
                for d in placed
                if d.span
            ] + found
        elif not mistakes:
            count = fence.text.count("\n")
            lines[fence.line - 1 : fence.line - 1 + count] = canonical_text(tree, skin, names).rstrip("\n").split("\n")
    return "\n".join(lines), found


def _vocabulary(files: list[Path], statutes: Path | None) -> Vocabulary:
    """Both spellings of the names the files use: declared in them, beside them, or in the law; the nearest counts."""
    from kitei.cases import BadCase, law_fences
    from kitei.ruleset import NoRuleset, load
    from kitei_dsl.parse import parse
    from kitei_dsl.source import Source, read_source
    from kitei_dsl.spelling import Vocabulary, compiled, declared

    beside = {f for file in files if str(file) != "-" for f in file.resolve().parent.glob("*.kitei")}
    trees = []
    for path in sorted({f.resolve() for f in files if str(f) != "-"} | beside):
        try:
            source = read_source(path, str(path))
            texts = [f.text for f in law_fences(source)] if path.suffix == ".md" else [source.text]
        except (OSError, UnicodeDecodeError, BadCase):
            continue  # what cannot be read is told where it is formatted
        trees += [parse(Source(source.name, text))[0] for text in texts]
    try:
        law = compiled(load(statutes, bills())[0].core)
    except NoRuleset as error:
        if statutes is not None:
            say(f"kitei: {error.ja if spoken() == 'ja' else error}")
            raise SystemExit(UNREADABLE) from None
        law = Vocabulary()
    return declared(trees).over(law)


def _standard_input() -> Source:
    """What is piped in, as far as a file could hold it."""
    from kitei_dsl.source import MAX_BYTES, Source, composed

    text = sys.stdin.buffer.read(MAX_BYTES + 1).decode("utf-8-sig")
    return Source("-", composed(text.replace("\r\n", "\n")))


def _formatted(file: Path, old: str, new: str, check_only: bool, diff: bool) -> None:
    import difflib

    ja = spoken() == "ja"
    if diff:
        now, then = ("現在", "整えた後") if ja else ("now", "formatted")
        lines = difflib.unified_diff(old.splitlines(True), new.splitlines(True), f"{file} ({now})", f"{file} ({then})")
        click.echo("".join(lines), nl=False)
    elif check_only:
        click.echo(f"書き方がそろっていません：{file}" if ja else f"would reformat {file}")
    else:
        file.write_text(new, encoding="utf-8")
        say(f"書き方をそろえました：{file}" if ja else f"formatted {file}")

"""The command: reads arguments, calls one thing, prints, exits. Nothing else is decided here.

Data goes to standard output, everything else to standard error. Exit codes: 0 fine (an undetermined answer too);
1 findings, a failed case, a refused replay; 2 wrong use; 3 input that cannot be read; 4 our own fault; 5 no test collected.
Everything heavy is imported inside the command that needs it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NoReturn

import click

if TYPE_CHECKING:
    from kitei.facts import Facts
    from kitei.world import Program
    from kitei_dsl.diagnostics import Diagnostic

FINE, FINDINGS, MISUSE, UNREADABLE, OUR_FAULT, NOTHING = 0, 1, 2, 3, 4, 5

_STATUTES = click.option(
    "--statutes",
    type=click.Path(path_type=Path),
    help="Folder of .kitei files, or a compiled core (default: the collected law).",
)
_LANG = click.option(
    "--lang", type=click.Choice(["ja", "en"]), default=None, help="Language (default: KITEI_LANG, else the locale)."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="kitei", prog_name="kitei")
def kitei() -> None:
    """Rules as code whose unit is the statutory provision.

    \b
    kitei check                              check the collected law
    kitei run FACTS --on DATE                who owes what, by when, and why
    kitei replay ANSWER --facts FACTS        have an answer checked by the separate checker
    kitei test PATH                          run cases written in Markdown
    kitei cite "金商法第四十六条の五第一項"  read and print a citation
    kitei fmt PATH                           write .kitei files the one canonical way

    Exit codes: 0 fine, 1 findings, 2 wrong use, 3 unreadable input, 4 our own fault, 5 no case found.
    """


def main() -> NoReturn:
    """Run the command; a fault of ours is one line and exit code 4, with the traceback only under KITEI_DEBUG."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = kitei.main(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(MISUSE)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FINE)
    except Exception as error:
        if os.environ.get("KITEI_DEBUG"):
            raise
        _say(f"kitei: internal fault: {type(error).__name__}: {error} (set KITEI_DEBUG=1 for the traceback)")
        sys.exit(OUR_FAULT)
    sys.exit(code if isinstance(code, int) else FINE)


def _say(text: str) -> None:
    click.echo(text, err=True)


def _language(lang: str | None) -> Literal["ja", "en"]:
    wanted = lang or os.environ.get("KITEI_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "ja" if wanted.startswith("ja") else "en"


def _load(statutes: Path | None) -> Program:
    from kitei.ruleset import NoRuleset, load

    try:
        program, _ = load(statutes)
    except NoRuleset as error:
        _print_diagnostics(error.diagnostics, "text", sys.stderr.isatty(), err=True)
        _say(f"kitei: {error}")
        raise SystemExit(UNREADABLE) from None
    return program


def _facts(path: Path, program: Program) -> Facts:
    from kitei.facts import read_facts

    try:
        text = path.read_bytes()
    except OSError as error:
        _say(f"kitei: {path.name}: {error.strerror}")
        raise SystemExit(UNREADABLE) from None
    facts, problems = read_facts(text, path.name, program.core)
    if problems:
        for problem in problems:
            _say(str(problem))
        _say(f"kitei: {len(problems)} mistake(s) in {path.name}; nothing was answered")
        raise SystemExit(UNREADABLE)
    return facts


def _print_diagnostics(found: Iterable[Diagnostic], form: str, color: bool, *, err: bool = False) -> None:
    from kitei_dsl.diagnostics import as_data, render

    if form == "json":
        envelope = {"schema": "kitei/check@1", "data": [as_data(d) for d in found]}
        click.echo(json.dumps(envelope, ensure_ascii=False, sort_keys=True, indent=1))
        return
    for d in found:
        click.echo(render(d, color=color and not os.environ.get("NO_COLOR")) + "\n", err=err)


@kitei.command()
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
        _say(f"kitei: no such file or folder: {root}")
        return UNREADABLE
    sources, unreadable = library(root)
    program, found = check_all(sources, texts)
    found = [*unreadable, *found]
    shown = [d for d in found if notes or d.severity != "note"]
    _print_diagnostics(shown, form, sys.stdout.isatty())
    errors = sum(d.severity == "error" for d in found)
    warnings = sum(d.severity == "warning" for d in found)
    _say(f"{len(sources)} files, {len(program.versions)} provision versions, {len(program.norms)} norms: "
         f"{errors} errors, {warnings} warnings, {sum(d.severity == 'note' for d in found)} notes")  # fmt: skip
    if root.is_file() and errors:
        _say("one file was checked by itself: names declared in other files are unknown here; check the folder")
    if texts is None:
        _say("marks were not compared with official texts; add --texts FOLDER")
    if unreadable:
        return UNREADABLE
    return FINDINGS if errors or warnings else FINE


@kitei.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", "check_only", is_flag=True, help="Change nothing; say which files would change.")
@click.option("--diff", is_flag=True, help="Change nothing; show what would change.")
def fmt(paths: tuple[Path, ...], check_only: bool, diff: bool) -> int:
    """Write .kitei files the one canonical way; comments are kept. `-` formats standard input."""
    from kitei_dsl.format import format_file
    from kitei_dsl.parse import parse
    from kitei_dsl.source import Source, read_source

    if not paths:
        raise click.UsageError("name files or folders, or - for standard input")
    files: list[Path] = [f for p in paths for f in (sorted(p.rglob("*.kitei")) if p.is_dir() else [p])]
    changed, code = 0, FINE
    for file in files:
        try:
            source = Source("-", sys.stdin.read()) if str(file) == "-" else read_source(file, str(file))
        except (OSError, UnicodeDecodeError) as error:
            _say(f"kitei: {file}: {error}")
            code = UNREADABLE
            continue
        tree, found = parse(source)
        if found:
            _print_diagnostics(found, "text", sys.stderr.isatty(), err=True)
            code = UNREADABLE
            continue
        text = format_file(tree)
        if str(file) == "-":
            click.echo(text, nl=False)
        elif text != source.text:
            changed += 1
            _formatted(file, source.text, text, check_only, diff)
    if changed and (check_only or diff):
        return code or FINDINGS
    return code


def _formatted(file: Path, old: str, new: str, check_only: bool, diff: bool) -> None:
    import difflib

    if diff:
        lines = difflib.unified_diff(old.splitlines(True), new.splitlines(True), f"{file} (now)", f"{file} (formatted)")
        click.echo("".join(lines), nl=False)
    elif check_only:
        click.echo(f"would reformat {file}")
    else:
        file.write_text(new, encoding="utf-8")
        _say(f"formatted {file}")


@kitei.command()
@click.argument("facts_file", metavar="FACTS", type=click.Path(path_type=Path))
@click.option("--on", help="The day asked about (YYYY-MM-DD); sets the day of facts, of the text and of knowledge.")
@click.option("--text-on", help="Pin the law to that of this day: a hypothetical answer.")
@click.option("--known-on", help="What is promulgated and recorded by this day.")
@click.option("--world", default="current", show_default=True, help="Which instruments count.")
@click.option(
    "--assume", "assumes", multiple=True, metavar="SLOT=VALUE", help="Fill an open slot or fix a commencement day."
)
@click.option("--goal", "goals", multiple=True, metavar="NAME", help="Only this norm or term (repeatable).")
@click.option(
    "--depth", type=click.Choice(["1", "3"]), default="1", show_default=True, help="1: conclusions; 3: every step."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@_LANG
@_STATUTES
def run(facts_file: Path, on: str | None, text_on: str | None, known_on: str | None, world: str, assumes: tuple[str, ...],
        goals: tuple[str, ...], depth: str, form: str, lang: str | None, statutes: Path | None) -> int:  # fmt: skip
    """Answer from the facts of a case: a register of norms with deadlines, sanctions, statuses and reasons."""
    from kitei.answer import Ask, UnknownGoal, answer
    from kitei.assumptions import read_assumption
    from kitei.register import TooManyReadings
    from kitei.world import BadAssumption
    from kitei_dsl.diagnostics import near

    days = {"--on": on, "--text-on": text_on, "--known-on": known_on}
    for option, day in days.items():
        if day is not None and not _is_day(day):
            raise click.UsageError(f"{option}: `{day}` is no day; write YYYY-MM-DD")
    program = _load(statutes)
    if world not in program.worlds:
        raise click.UsageError(
            f"no world is called `{world}`; {near(world, program.worlds) or 'known: ' + ', '.join(program.worlds)}"
        )
    facts = _facts(facts_file, program)
    asked = on or (facts.as_of.isoformat() if facts.as_of else None)
    if asked is None:
        raise click.UsageError("give --on DATE, or `as_of` in the facts: there is no clock")
    try:
        ask = Ask(asked, text_on, known_on, world, tuple(read_assumption(a, "--assume") for a in assumes), goals)
        result = answer(program, facts, ask)
    except (BadAssumption, UnknownGoal, TooManyReadings) as error:
        raise click.UsageError(str(error)) from None
    from kitei.render import render

    click.echo(render(result, program, lang=_language(lang), format=form, depth=int(depth)), nl=False)
    return FINE


def _is_day(text: str) -> bool:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@kitei.command()
@click.argument("answer_file", metavar="ANSWER", type=click.Path(path_type=Path))
@click.option("--facts", "facts_file", required=True, type=click.Path(path_type=Path))
@_STATUTES
@click.option("--ruleset", type=click.Path(path_type=Path), help="A compiled core to check against.")
def replay(answer_file: Path, facts_file: Path, statutes: Path | None, ruleset: Path | None) -> int:
    """Check every step of an answer with the separate checker, which trusts nothing of the evaluator."""
    from kitei.replay import replay as check_answer

    program = _load(ruleset or statutes)
    facts = _facts(facts_file, program)
    try:
        data = json.loads(answer_file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        _say(f"kitei: {answer_file.name}: cannot be read as an answer: {error}")
        return UNREADABLE
    refusals = check_answer(data, program.core, program.digest, facts)
    for refusal in refusals:
        click.echo(str(refusal))
    steps = len(data["data"]["derivation"]["steps"]) if not refusals else 0
    _say(f"refused: {len(refusals)} reason(s)" if refusals else f"accepted: {steps} steps re-derived")
    return FINDINGS if refusals else FINE


@kitei.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("-k", "word", default="", help="Only cases whose heading contains this.")
@click.option("-x", "stop", is_flag=True, help="Stop at the first failure.")
@click.option("-q", "quiet", is_flag=True, help="Print failures and the count only.")
@_STATUTES
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
                    corpus = _load(statutes)
                failures = run_case(case, file.parent, corpus)
                passed, failed = (passed + (not failures), failed + bool(failures))
                if not quiet and not failures:
                    click.echo(f"ok    {case.title}")
                for failure in failures:
                    click.echo(f"FAIL  {failure}")
                if failures and stop:
                    return FINDINGS
        except BadCase as error:
            _say(f"kitei: {error}")
            return UNREADABLE
    _say(f"{passed} passed, {failed} failed")
    if passed + failed == 0:
        return NOTHING
    return FINDINGS if failed else FINE


@kitei.command()
@click.argument("text")
@click.option("--within", help="The address the citation stands in, for 法, 同法 and citations without a title.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@_STATUTES
def cite(text: str, within: str | None, form: str, statutes: Path | None) -> int:
    """Read a citation in Japanese, English or as an address, and print all three."""
    from kitei.citing import Citer
    from kitei_dsl.citation import BadAddress, parse
    from kitei_dsl.citation_read import read_any

    program = _load(statutes)
    citer = Citer(program)
    try:
        place = parse(within) if within else None
        address = _address(text, program, parse, lambda t: read_any(t, citer.titles, place))
    except BadAddress as error:
        _say(f"kitei: {error}")
        return UNREADABLE
    known = [v for v in program.core.versions if parse(v.address).covers(address) or address.covers(parse(v.address))]
    data = {**citer.data(str(address)), "encoded": [v.id for v in known]}
    if form == "json":
        click.echo(json.dumps({"schema": "kitei/cite@1", "data": data}, ensure_ascii=False, sort_keys=True, indent=1))
    else:
        click.echo("\n".join([data["ja"], data["en"], data["id"]]))  # type: ignore[list-item]
        _say(f"{len(known)} encoded version(s) there" if known else "nothing is encoded there")
    return FINE


def _address(text: str, program: Program, parse: Callable[[str], Any], read: Callable[[str], Any]) -> Any:
    from kitei_dsl.citation import BadAddress

    if text.partition("/")[0] in program.instruments:
        try:
            return parse(text)
        except BadAddress:
            pass
    return read(text)


if __name__ == "__main__":
    main()

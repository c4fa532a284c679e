"""`kitei facts`: files and forms to give facts in, facts read back, and the schema of facts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from kitei.cli.opening import FINE, LANG, MISUSE, STATUTES, language, load_law, read_case, say

if TYPE_CHECKING:
    from kitei.world import Program

_GOALS = click.option(
    "--goal", "goals", multiple=True, metavar="NAME", help="Only what can matter for this norm or term (repeatable)."
)
_WORLD = click.option("--world", default="current", show_default=True, help="Which instruments count for --goal.")
_KINDS = click.argument("kinds", metavar="KIND[=N]...", nargs=-1)


@click.group()
def facts() -> None:
    """Give facts: a template or a form to fill in, what was read from it, and the schema for editors."""


@facts.command(short_help="Write a YAML file to fill in, with every question.")
@click.argument("kinds", metavar="KIND[=N]...", nargs=-1, required=True)
@_GOALS
@_WORLD
@STATUTES
@LANG
def new(kinds: tuple[str, ...], goals: tuple[str, ...], world: str, statutes: Path | None, lang: str | None) -> int:
    """Write a YAML file to fill in: every question about these kinds of entity as a comment, every answer `unknown`.

    KIND is a kind of entity in English or Japanese (Operator, 事業者); KIND=3 writes three of them.
    """
    from kitei.forms.template import template

    program = load_law(statutes)
    wanted = _wanted(program, kinds)
    matter = _matter(program, goals, world)
    click.echo(template(program, wanted, language(lang), matter), nl=False)
    _elsewhere(program, wanted, matter, language(lang))
    return FINE


@facts.command(short_help="Write an Excel form to fill in.")
@_KINDS
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The workbook to write.")
@click.option("--lang", type=click.Choice(["ja", "en", "both"]), default="both", show_default=True, help="Language.")
@click.option("--from", "known", metavar="FACTS", type=click.Path(path_type=Path), help="Fill in these facts.")
@_GOALS
@_WORLD
@STATUTES
def form(kinds: tuple[str, ...], out: Path, lang: str, known: Path | None, goals: tuple[str, ...], world: str,
         statutes: Path | None) -> int:  # fmt: skip
    """Write an Excel form: a sheet for each kind of entity, with the questions and cells for the answers.

    What is written in the form is read wherever facts are: kitei run FORM.xlsx --on DATE.
    """
    from kitei.forms.sheets import NoCell, write_form

    if not kinds and known is None:
        raise click.UsageError("name kinds of entity, or give facts to fill in with --from")
    program = load_law(statutes)
    wanted = _wanted(program, kinds)
    matter = _matter(program, goals, world)
    chosen: Literal["ja", "en"] | None = None if lang == "both" else "ja" if lang == "ja" else "en"
    given = None if known is None else read_case(known, program)
    if out.suffix.lower() != ".xlsx":
        raise click.UsageError("--out must end in .xlsx")
    try:
        data = write_form(program, wanted, chosen, matter=matter, facts=given)
    except ImportError:
        from kitei.intake.problems import MESSAGES

        ja, en = MESSAGES["no-openpyxl"]
        raise click.UsageError(ja if language(None) == "ja" else en) from None
    except NoCell as error:
        raise click.UsageError(
            f"{error}: no cell can hold this text (more than 32,767 characters, or a control character)"
        ) from None
    try:
        out.write_bytes(data)
    except OSError as error:
        say(f"kitei: {out.name}: {error.strerror}")
        return MISUSE
    _elsewhere(program, wanted or dict.fromkeys(given.kinds.values() if given else (), 1), matter, language(chosen))
    return FINE


@facts.command(short_help="Say in words what was read, and what is not told.")
@click.argument("facts_file", metavar="FACTS", type=click.Path(path_type=Path))
@_GOALS
@_WORLD
@STATUTES
@LANG
def check(facts_file: Path, goals: tuple[str, ...], world: str, statutes: Path | None, lang: str | None) -> int:
    """Say in words what was read from facts, entity by entity, and what they do not tell."""
    from kitei.document import as_text
    from kitei.forms.readback import read_back

    program = load_law(statutes)
    matter = _matter(program, goals, world)
    given = read_case(facts_file, program)
    click.echo(as_text(read_back(program, given, language(lang), matter), 100), nl=False)
    return FINE


@facts.command(short_help="Print the JSON Schema of facts, for editors.")
@STATUTES
def schema(statutes: Path | None) -> int:
    """Print the JSON Schema of facts, with which an editor completes and checks them."""
    from kitei.forms.schema import facts_schema

    click.echo(json.dumps(facts_schema(load_law(statutes)), ensure_ascii=False, indent=1))
    return FINE


def _wanted(program: Program, kinds: tuple[str, ...]) -> dict[str, int]:
    """Read KIND[=N] arguments: how many entities of each kind."""
    from kitei.intake.problems import nearest

    known = {n: k for k in program.kinds.values() for n in (k.name, k.alias) if n}
    wanted: dict[str, int] = {}
    for argument in kinds:
        name, _, count = argument.partition("=")
        if name not in known:
            near = nearest(name, {n: k.label for n, k in known.items()})
            options = near or tuple((k.name, k.label) for k in program.kinds.values())
            listed = ", ".join(f"{n} ({w.ja} / {w.en})" for n, w in options)
            asked = "did you mean" if near else "there are"
            raise click.UsageError(f"no kind of entity is called `{name}`; {asked} {listed}")
        if count and not (count.isascii() and count.isdigit() and 1 <= int(count) <= 200):
            raise click.UsageError(f"`{argument}`: write KIND=N with N from 1 to 200")
        wanted[known[name].name] = wanted.get(known[name].name, 0) + int(count or 1)
    return wanted


def _matter(program: Program, goals: tuple[str, ...], world: str) -> frozenset[str] | None:
    """What can matter for the goals, or None where none is given."""
    from kitei.forms.matters import matters
    from kitei.goals import UnknownGoal
    from kitei_dsl.diagnostics import near

    if world not in program.worlds:
        raise click.UsageError(
            f"no world is called `{world}`; {near(world, program.worlds) or 'known: ' + ', '.join(program.worlds)}"
        )
    if not goals:
        return None
    try:
        return matters(program, goals, world)
    except UnknownGoal as error:
        raise click.UsageError(str(error)) from None


def _elsewhere(program: Program, wanted: dict[str, int], matter: frozenset[str] | None, lang: str) -> None:
    """Say which kinds not asked for have facts that can matter too."""
    if matter is None:
        return
    others = dict.fromkeys(a.kind for a in program.core.attributes if a.name in matter and a.kind not in wanted)
    if not matter:
        say("その問いに関わる事実はありません（その法状態で数えられる規定がない。）。" if lang == "ja"
            else "no fact can matter for this goal: no provision of it counts in this world")  # fmt: skip
    elif others:
        names = ", ".join(others)
        say(
            f"その問いには次の種類の事実も関わり得ます：{names}"
            if lang == "ja"
            else f"facts about these kinds can matter too: {names}"
        )

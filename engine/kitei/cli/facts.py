"""`kitei facts`: files and forms to give facts in, facts read back, and the schema of facts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from kitei.cli.language import LANG, language
from kitei.cli.opening import FINE, MISUSE, STATUTES, complain, load_law, read_case, say

if TYPE_CHECKING:
    from kitei.facts import Facts, MadeFor
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
@_KINDS
@_GOALS
@_WORLD
@STATUTES
@LANG
def new(kinds: tuple[str, ...], goals: tuple[str, ...], world: str, statutes: Path | None, lang: str | None) -> int:
    """Write a YAML file to fill in: every question about these kinds of entity as a comment, every answer `unknown`.

    KIND is a kind of entity in English or Japanese (Operator, 事業者); KIND=3 writes three of them. Without a KIND, the kinds there
    are.
    """
    from kitei.forms.template import kinds as kinds_of
    from kitei.forms.template import template

    program = load_law(statutes)
    if not kinds:
        for name, told in kinds_of(program, language(lang)):
            click.echo(f"{name}  {told}")
        return FINE
    wanted = _wanted(program, kinds)
    made_for = _made_for(program, goals, world)
    matter = _matter(program, made_for)
    click.echo(template(program, wanted, language(lang), matter, made_for), nl=False)
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
    made_for = _made_for(program, goals, world)
    matter = _matter(program, made_for)
    chosen: Literal["ja", "en"] | None = None if lang == "both" else "ja" if lang == "ja" else "en"
    given = None if known is None else read_case(known, program)
    if out.suffix.lower() != ".xlsx":
        raise click.UsageError("--out must end in .xlsx")
    try:
        data = write_form(program, wanted, chosen, matter=matter, facts=given, made_for=made_for if goals else None)
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
        complain(error, out.name)
        return MISUSE
    _elsewhere(program, wanted or dict.fromkeys(given.kinds.values() if given else (), 1), matter, language(chosen))
    return FINE


@facts.command(short_help="Say in words what was read, and what is not told.")
@click.argument("facts_file", metavar="FACTS", type=click.Path(path_type=Path))
@_GOALS
@click.option("--world", help="Which instruments count (default: what the file was made for, else current).")
@click.option(
    "--all",
    "every",
    is_flag=True,
    help="List every question without an answer, whatever the file was made for and whatever law asks it.",
)
@STATUTES
@LANG
def check(facts_file: Path, goals: tuple[str, ...], world: str | None, every: bool, statutes: Path | None,
          lang: str | None) -> int:  # fmt: skip
    """Say in words what was read from facts, entity by entity, and what they do not tell.

    Of what is not told, what can matter for --goal; else for what the file was made for (kitei facts new --goal, kitei ask); else
    what the law that counts in --world asks.
    """
    from kitei.document import as_text
    from kitei.facts import MadeFor
    from kitei.forms.matters import matters
    from kitei.forms.readback import read_back

    if every and goals:
        raise click.UsageError("--all lists every question, --goal those of a goal: give one of them")
    program = load_law(statutes)
    given = read_case(facts_file, program)
    kept = MadeFor() if goals or every else _kept(facts_file, given)
    made_for = _made_for(program, goals or kept.goals, world or kept.world or "current")
    matter = None if every else matters(program, made_for.goals or program.norms, made_for.world or "current")
    shown = as_text(read_back(program, given, language(lang), matter, made_for, chosen=bool(goals)), 100)
    click.echo(shown, nl=False)
    return FINE


def _kept(file: Path, given: Facts) -> MadeFor:
    """What a file of facts was made for: as its form says, else the goals of the interview that wrote it."""
    from kitei.facts import MadeFor
    from kitei.facts_text import Misplaced
    from kitei.intake.encoding import decode
    from kitei.interview import kept_query

    data = file.read_bytes()
    if given.made_for.goals or data.startswith(b"PK"):
        return given.made_for
    try:
        kept = kept_query(decode(data)[0])
    except Misplaced:
        return given.made_for
    goals, world = kept.get("goals", ()), kept.get("world", "")
    return MadeFor((goals,) if isinstance(goals, str) else goals, world if isinstance(world, str) else "")


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
            listed = ", ".join(f"{n} ({w.ja} / {w.en})" for n, w in near)
            if near:
                raise click.UsageError(f"no kind of entity is called `{name}`; did you mean {listed}")
            raise click.UsageError(f"no kind of entity is called `{name}`; list them with `kitei facts new`")
        if count and not (count.isascii() and count.isdigit() and 1 <= int(count) <= 200):
            raise click.UsageError(f"`{argument}`: write KIND=N with N from 1 to 200")
        wanted[known[name].name] = wanted.get(known[name].name, 0) + int(count or 1)
    return wanted


def _made_for(program: Program, goals: tuple[str, ...], world: str) -> MadeFor:
    """The goals as the law spells them, and the world where it is not the usual one."""
    from kitei.facts import MadeFor
    from kitei.goals import UnknownGoal, spelled
    from kitei_dsl.diagnostics import near

    if world not in program.worlds:
        raise click.UsageError(
            f"no world is called `{world}`; {near(world, program.worlds) or 'known: ' + ', '.join(program.worlds)}"
        )
    try:
        return MadeFor(tuple(dict.fromkeys(spelled(program, g) for g in goals)), "" if world == "current" else world)
    except UnknownGoal as error:
        raise click.UsageError(str(error)) from None


def _matter(program: Program, made_for: MadeFor) -> frozenset[str] | None:
    """What can matter for the goals, or None where none is given."""
    from kitei.forms.matters import matters

    return matters(program, made_for.goals, made_for.world or "current") if made_for.goals else None


def _elsewhere(program: Program, wanted: dict[str, int], matter: frozenset[str] | None, lang: str) -> None:
    """Say which kinds not asked for have facts that can matter too."""
    if matter is None:
        return
    others = dict.fromkeys(a.kind for a in program.core.attributes if a.name in matter and a.kind not in wanted)
    if not matter:
        say("その問いに関わる事実はありません（その範囲の法令に、数えられる規定がない。ほかの範囲は--worldで示してください。）。" if lang == "ja"
            else "no fact can matter for this goal: no provision of it counts in this world; name another with --world")  # fmt: skip
    elif others:
        named = {k.name: k.alias or k.name if lang == "ja" else k.name for k in program.kinds.values()}
        names = ("、" if lang == "ja" else ", ").join(named[k] for k in others)
        say(
            f"その問いには次の種類の事実も関わり得ます（加えるには、種類の名前を並べて作り直します。）：{names}"
            if lang == "ja"
            else f"facts about these kinds can matter too (to have them in, name them as well): {names}"
        )

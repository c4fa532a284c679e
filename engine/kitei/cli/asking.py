"""The question every command about a case asks: facts, days, world, assumptions, goals. Read here once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kitei.cli.opening import STATUTES, load_law, read_case
from kitei_dsl.frozen import Frozen

if TYPE_CHECKING:
    from kitei.answer import Ask
    from kitei.facts import Facts
    from kitei.world import Program

#: A day written as days are, whether or not there is such a day.
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FACTS = click.argument("facts_file", metavar="FACTS", type=click.Path(path_type=Path))
_OPTIONS = (
    click.option("--on", help="The day asked about (YYYY-MM-DD); sets the day of facts, of the text and of knowledge."),
    click.option("--text-on", help="Pin the law to that of this day: a hypothetical answer."),
    click.option("--known-on", help="What is promulgated and recorded by this day."),
    click.option("--world", default="current", show_default=True, help="Which instruments count."),
    click.option(
        "--assume", "assumes", multiple=True, metavar="SLOT=VALUE", help="Fill an open slot or fix a commencement day."
    ),
    STATUTES,
)


class Case(Frozen):
    """A question as typed: the law, the facts and the query. `goals` and `settle` of `ask` are the command's own."""

    program: Program
    facts: Facts
    ask: Ask


def about_a_case(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the argument FACTS and the options of a question, and call it with `case=Case(...)` instead.

    Whatever the query itself has wrong (an unknown goal, an assumption out of bounds, too many readings) ends in a
    usage error, also where the command finds it out while answering.
    """

    @wraps(command)
    def run(facts_file: Path, on: str | None, text_on: str | None, known_on: str | None, world: str,
            assumes: tuple[str, ...], statutes: Path | None, **rest: Any) -> int:  # fmt: skip
        from kitei.goals import UnknownGoal
        from kitei.register import TooManyReadings
        from kitei.world import BadAssumption

        query = {"on": on, "text_on": text_on, "known_on": known_on, "world": world, "assumes": assumes}
        query = _with_days(query)
        program = load_law(statutes)
        _check_world(program, world)
        facts = read_case(facts_file, program)
        as_of = facts.as_of.isoformat() if facts.as_of else None
        if on is None and as_of is None:
            raise click.UsageError(
                "give --on DATE, or `as_of` in the facts (in an Excel form: `as of` on the sheet Case): there is no clock"
            )
        try:
            return command(case=Case(program, facts, read_query(program, as_of or "", query)), **rest)
        except (BadAssumption, UnknownGoal, TooManyReadings) as error:
            raise click.UsageError(str(error)) from None

    return _FACTS(query_options(run))


def query_options(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options of a question, and nothing else."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def read_query(program: Program, as_of: str, query: Mapping[str, Any]) -> Ask:
    """The question as typed (on, text_on, known_on, world, assumes), about the day of the facts where no other is given.

    `on` is empty where there is neither. Raises BadAssumption; a day that is none, or an unknown world, is a usage error.
    """
    from kitei.answer import Ask
    from kitei.assumptions import read_assumption

    query = _with_days(query)
    world = query.get("world") or "current"
    _check_world(program, world)
    assumes = tuple(read_assumption(a, "--assume") for a in query.get("assumes") or ())
    return Ask(query.get("on") or as_of, query.get("text_on") or None, query.get("known_on") or None, world, assumes)


def _with_days(query: Mapping[str, Any]) -> dict[str, Any]:
    """Return the query with its days in ISO form."""
    days = {
        name: read_day(query[name], f"--{name.replace('_', '-')}")
        for name in ("on", "text_on", "known_on")
        if query.get(name) is not None
    }
    return {**query, **days}


def _check_world(program: Program, world: str) -> None:
    from kitei_dsl.diagnostics import clipped, near

    if world not in program.worlds:
        raise click.UsageError(
            f"no world is called `{clipped(world, 120)}`; {near(world, program.worlds) or 'known: ' + ', '.join(program.worlds)}"
        )


def read_day(text: str, option: str) -> str:
    """The day as typed, in ISO form, or a usage error that names the option."""
    from kitei.facts_read import day_of
    from kitei_dsl.diagnostics import clipped

    found = day_of(text)
    if found is None:
        if _ISO.fullmatch(text):
            raise click.UsageError(f"{option}: `{text}` is no day of the calendar")
        raise click.UsageError(f"{option}: `{clipped(text, 120)}` is no day; write YYYY-MM-DD")
    return found.isoformat()

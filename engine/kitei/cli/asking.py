"""The question every command about a case asks: facts, days, world, assumptions, goals. Read here once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kitei.cli.opening import STATUTES, load_law, read_case

if TYPE_CHECKING:
    from kitei.answer import Ask
    from kitei.facts import Facts
    from kitei.world import Program

_OPTIONS = (
    click.argument("facts_file", metavar="FACTS", type=click.Path(path_type=Path)),
    click.option("--on", help="The day asked about (YYYY-MM-DD); sets the day of facts, of the text and of knowledge."),
    click.option("--text-on", help="Pin the law to that of this day: a hypothetical answer."),
    click.option("--known-on", help="What is promulgated and recorded by this day."),
    click.option("--world", default="current", show_default=True, help="Which instruments count."),
    click.option(
        "--assume", "assumes", multiple=True, metavar="SLOT=VALUE", help="Fill an open slot or fix a commencement day."
    ),
    STATUTES,
)


@dataclass(frozen=True, slots=True)
class Case:
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
        from kitei.answer import Ask
        from kitei.assumptions import read_assumption
        from kitei.goals import UnknownGoal
        from kitei.register import TooManyReadings
        from kitei.world import BadAssumption
        from kitei_dsl.diagnostics import clipped, near

        for option, day in {"--on": on, "--text-on": text_on, "--known-on": known_on}.items():
            if day is not None:
                read_day(day, option)
        program = load_law(statutes)
        if world not in program.worlds:
            raise click.UsageError(
                f"no world is called `{clipped(world, 120)}`; {near(world, program.worlds) or 'known: ' + ', '.join(program.worlds)}"
            )
        facts = read_case(facts_file, program)
        asked = on or (facts.as_of.isoformat() if facts.as_of else None)
        if asked is None:
            raise click.UsageError("give --on DATE, or `as_of` in the facts: there is no clock")
        try:
            ask = Ask(asked, text_on, known_on, world, tuple(read_assumption(a, "--assume") for a in assumes))
            return command(case=Case(program, facts, ask), **rest)
        except (BadAssumption, UnknownGoal, TooManyReadings) as error:
            raise click.UsageError(str(error)) from None

    for option in reversed(_OPTIONS):
        run = option(run)
    return run


def read_day(text: str, option: str) -> str:
    """The day as typed, in ISO form, or a usage error that names the option."""
    from datetime import date

    from kitei_dsl.diagnostics import clipped

    try:
        if date.fromisoformat(text).isoformat() == text:
            return text
    except ValueError:
        pass
    raise click.UsageError(f"{option}: `{clipped(text, 120)}` is no day; write YYYY-MM-DD")

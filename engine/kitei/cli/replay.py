"""`kitei replay`: every step of an answer, checked again."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kitei.cli.opening import FINDINGS, FINE, STATUTES, UNREADABLE, load_law, read_case, say


@click.command()
@click.argument("answer_file", metavar="ANSWER", type=click.Path(path_type=Path))
@click.option("--facts", "facts_file", required=True, type=click.Path(path_type=Path))
@STATUTES
@click.option("--ruleset", type=click.Path(path_type=Path), help="A compiled core to check against.")
def replay(answer_file: Path, facts_file: Path, statutes: Path | None, ruleset: Path | None) -> int:
    """Check every step of an answer with the separate checker, which trusts nothing of the evaluator."""
    from kitei.replay import replay as check_answer

    program = load_law(ruleset or statutes)
    facts = read_case(facts_file, program)
    try:
        data = json.loads(answer_file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        say(f"kitei: {answer_file.name}: cannot be read as an answer: {error}")
        return UNREADABLE
    refusals = check_answer(data, program.core, program.digest, facts)
    for refusal in refusals:
        click.echo(str(refusal))
    steps = len(data["data"]["derivation"]["steps"]) if not refusals else 0
    say(f"refused: {len(refusals)} reason(s)" if refusals else f"accepted: {steps} steps re-derived")
    return FINDINGS if refusals else FINE

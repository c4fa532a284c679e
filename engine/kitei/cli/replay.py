"""`kitei replay`: every step of an answer, checked again."""

from __future__ import annotations

from pathlib import Path

import click

from kitei.cli.language import LANG, language
from kitei.cli.opening import FINDINGS, FINE, STATUTES, UNREADABLE, contents, load_law, read_case, say, shown


@click.command()
@click.argument("answer_file", metavar="ANSWER", type=click.Path(path_type=Path))
@click.option("--facts", "facts_file", required=True, type=click.Path(path_type=Path))
@STATUTES
@click.option("--ruleset", type=click.Path(path_type=Path), help="A compiled core to check against.")
@LANG
def replay(answer_file: Path, facts_file: Path, statutes: Path | None, ruleset: Path | None, lang: str | None) -> int:
    """Check every step of an answer with the separate checker, which trusts nothing of the evaluator."""
    from kitei.cli.refusals import line, reason
    from kitei.replay import MAX_SIZE, Refusal, read_answer
    from kitei.replay import replay as check_answer

    told = language(lang)
    program = load_law(ruleset or statutes)
    facts = read_case(facts_file, program)
    data = read_answer(contents(answer_file, MAX_SIZE))
    if isinstance(data, Refusal):
        say(f"kitei: {answer_file.name}：答えとして読めません：{reason(data.reason)}" if told == "ja"
            else f"kitei: {answer_file.name}: cannot be read as an answer: {data.reason}")  # fmt: skip
        return UNREADABLE
    refusals = check_answer(data, program.core, program.digest, facts)
    for refusal in refusals:
        click.echo(shown(line(refusal, told)))
    if refusals or not isinstance(data, dict):
        say(f"拒否：理由{len(refusals)}件" if told == "ja" else f"refused: {len(refusals)} reason(s)")
        return FINDINGS
    steps = len(data["data"]["derivation"]["steps"])
    say(f"承認：{steps}段階を導き直しました" if told == "ja" else f"accepted: {steps} steps re-derived")
    return FINE

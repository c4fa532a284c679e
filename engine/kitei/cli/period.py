"""`kitei period`: a period of the law reckoned, each step with its rule."""

from __future__ import annotations

import click

from kitei.cli.language import LANG, language
from kitei.cli.opening import FINDINGS, FINE, MISUSE, UNREADABLE, say


@click.command()
@click.argument("start")
@click.option(
    "--add", "worded", required=True, metavar="PERIOD",
    help='As the law words it: "14 days", "2 business days", "3月以内", "30日前", "翌月20日まで", "六月を経過した日".',
)  # fmt: skip
@click.option("--calendar", type=click.Choice(["administrative", "bank"]), help="The calendar of business days.")
@click.option(
    "--first-day", type=click.Choice(["included", "excluded"]),
    help="Whether the day itself counts (default: as the words say; else it does not).",
)  # fmt: skip
@click.option(
    "--rolled", type=click.Choice(["filing", "custom"]),
    help="Move a last day that is a holiday: filing with State organs, or by custom (Civil Code 142).",
)  # fmt: skip
@click.option("--before", is_flag=True, help="Count backward from the day.")
@click.option("--clear", is_flag=True, help="Counting backward: full days between (中N日).")
@click.option("--elapsed", is_flag=True, help="The day after the period has run (経過した日).")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@LANG
def period(
    start: str, worded: str, calendar: str | None, first_day: str | None, rolled: str | None, before: bool, clear: bool,
    elapsed: bool, form: str, lang: str | None,
) -> int:  # fmt: skip
    """Reckon a period from the day START (2026-12-25 or 令和8年12月25日), each step with the rule it follows.

    The first day, the end of a month, holidays that are passed over and holidays that move the last day each stand with
    their article (Civil Code 138 to 143, Act on Holidays of Administrative Organs 1 and 2).
    """
    from kitei.cli.misuse import told
    from kitei.periods import Asked, Misworded, page, reckon
    from kitei_dsl.period_read import UnreadPeriod, read_day, read_period
    from kitei_dsl.timeline import OutsideCalendar

    spoken = language(lang)
    included = None if first_day is None else first_day == "included"
    try:
        asked = Asked(
            read_day(start), read_period(worded), calendar, included,
            "filing" if rolled == "filing" else "custom" if rolled == "custom" else "none", before, clear, elapsed,
        )  # fmt: skip
        data = reckon(asked)
    except UnreadPeriod as error:
        say(f"kitei: {error.ja if spoken == 'ja' else error}")
        return UNREADABLE
    except Misworded as error:
        say(f"kitei: {error.ja if spoken == 'ja' else error}")
        return MISUSE
    except OutsideCalendar as error:
        say(
            f"kitei: 暦の範囲を出るため定まりません（{told(error, spoken)}）"
            if spoken == "ja"
            else f"kitei: no answer: {error}"
        )
        return FINDINGS
    if form == "json":
        envelope = {"schema": "kitei/period@1", "data": data}
        from kitei_dsl.diagnostics import json_text

        click.echo(json_text(envelope))
    else:
        click.echo(page(data, spoken))
    return FINE

"""`kitei cite`: a citation read and printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kitei.cli.opening import FINE, STATUTES, UNREADABLE, load_law, say

if TYPE_CHECKING:
    from kitei.world import Program


@click.command()
@click.argument("text")
@click.option("--within", help="The address the citation stands in, for 法, 同法 and citations without a title.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@STATUTES
def cite(text: str, within: str | None, form: str, statutes: Path | None) -> int:
    """Read a citation in Japanese, English or as an address, and print all three."""
    from kitei.citing import Citer
    from kitei_dsl.citation import BadAddress, parse
    from kitei_dsl.citation_read import read_any

    program = load_law(statutes)
    citer = Citer(program)
    try:
        place = parse(within) if within else None
        address = _address(text, program, parse, lambda t: read_any(t, citer.titles, place))
    except BadAddress as error:
        say(f"kitei: {error}")
        return UNREADABLE
    known = [v for v in program.core.versions if parse(v.address).covers(address) or address.covers(parse(v.address))]
    data = {**citer.data(str(address)), "encoded": [v.id for v in known]}
    if form == "json":
        click.echo(json.dumps({"schema": "kitei/cite@1", "data": data}, ensure_ascii=False, sort_keys=True, indent=1))
    else:
        click.echo("\n".join([data["ja"], data["en"], data["id"]]))  # type: ignore[list-item]
        say(f"{len(known)} encoded version(s) there" if known else "nothing is encoded there")
    return FINE


def _address(text: str, program: Program, parse: Callable[[str], Any], read: Callable[[str], Any]) -> Any:
    from kitei_dsl.citation import BadAddress

    if text.partition("/")[0] in program.instruments:
        try:
            return parse(text)
        except BadAddress:
            pass
    return read(text)

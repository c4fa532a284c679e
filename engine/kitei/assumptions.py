"""Assumptions as a person writes them: `TARGET=VALUE`, read the one way by the command and by cases."""

from __future__ import annotations

from typing import Any

from kitei.world import BadAssumption
from kitei_dsl import core
from kitei_dsl.diagnostics import clipped


def read_assumption(text: str, by: str) -> core.Assumption:
    """Read `TARGET=VALUE`, or `TARGET!override=VALUE` to assume against a filled slot.

    VALUE is written as in the language: 50%, 1/2, 20億円, 2027-06-01, true. Raises BadAssumption for anything else.
    """
    from kitei_dsl.parse import parse_expression
    from kitei_dsl.source import Source
    from kitei_dsl.vocabulary import assumed

    target, equals, value = text.partition("=")
    if not equals or not value.strip():
        raise BadAssumption(
            f"write SLOT=VALUE, for example fiea/46_5/1#insurable_share=1/2, not `{clipped(text, 120)}`"
        )
    node, found = parse_expression(Source("assumption", value.strip()))
    diagnostics: list[Any] = list(found)
    written = None if node is None else assumed(node, diagnostics)
    if written is None:
        raise BadAssumption(
            f"`{clipped(value.strip(), 120)}` is not a value: write a number, an amount of yen, a rate, a day, true or false"
        )
    target, _, override = target.strip().partition("!")
    return core.Assumption(target, written, f"override: {by}" if override == "override" else by)

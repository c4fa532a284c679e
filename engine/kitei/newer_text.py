"""Texts in force on the day asked by which nothing that was listed is judged.

A duty of each business year is judged by the text that governs that year. Who lists only years before an amendment gets
answers by the former text, and must be told that the text of today was not asked about.
Comes in: a program and an answer. Goes out: the norms, with the newer text and the role whose members would be judged by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kitei.unfixed import days_fixed
from kitei.world import Program
from kitei_dsl import core
from kitei_dsl.frozen import Frozen


class NewerText(Frozen):
    """A norm, the first day of its newer text in this world (ISO), where it stands, and the role that lists its instances."""

    key: str
    start: str
    address: str
    role: str


def newer_texts(program: Program, answer: Mapping[str, Any]) -> Iterator[NewerText]:
    """Give each norm all instances of which are judged by texts that ended on or before the day asked, with the text there is."""
    text, fixed = answer["context"]["text"], days_fixed(program, answer)
    for row in answer["data"]["norms"]:
        used = {i["version"] for i in row["instances"] if i["instance"] is not None}
        versions = {n.version: n for n in program.norms[row["key"]]}
        days = {id: _days(program, fixed, program.versions[id]) for id in versions}
        last = max((days[id][0] or "" for id in used if id in days), default="")
        for id, norm in versions.items():
            start, end = days[id]
            if (
                used
                and norm.instances is not None
                and start is not None
                and last < start <= text
                and (end is None or text < end)
            ):
                yield NewerText(row["key"], start, norm.address, norm.instances.members.attribute)


def _days(program: Program, fixed: Mapping[str, str], version: core.Version) -> tuple[str | None, str | None]:
    """Return the first day of a version and the day of its end; None: not fixed, or no end."""

    def day(moment: str) -> str | None:
        return fixed.get(moment) if moment in program.commencements else moment

    return day(version.start), None if version.end is None else day(version.end)

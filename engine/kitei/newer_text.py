"""Texts in force on the day asked by which nothing that was listed is judged.

A duty of each business year is judged by the text that governs that year. Who lists only years before an amendment gets
answers by the former text, and must be told that the text of today was not asked about.
Comes in: a program and an answer. Goes out: the norms, with the newer text and the role whose members would be judged by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

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
    text = answer["context"]["text"]
    for row in answer["data"]["norms"]:
        used = {i["version"] for i in row["instances"] if i["instance"] is not None}
        versions = {n.version: n for n in program.norms[row["key"]]}
        days = {id: _days(program, answer, program.versions[id]) for id in versions}
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


def _days(program: Program, answer: Mapping[str, Any], version: core.Version) -> tuple[str | None, str | None]:
    """Return the first day of a version and the day of its end in the answer's world; None: not fixed, or none."""
    return _day(program, answer, version.start), None if version.end is None else _day(program, answer, version.end)


def _day(program: Program, answer: Mapping[str, Any], moment: str) -> str | None:
    if moment not in program.commencements:
        return moment
    supposed = dict(program.worlds[answer["world"]].supposes)
    assumed = {a["target"]: a["value"] for a in answer["assumptions"] if a["kind"] == "commencement"}
    return assumed.get(moment) or supposed.get(moment.partition("/")[0])

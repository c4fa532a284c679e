"""What the engine answers about a firm of tests/registers, and how it compares with the register written by hand.

A row of a register and an instance of the engine are the same thing if they have the same address and are about the
same thing (decision 040). `differences.toml` says which rows differ and why; nothing else may.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kitei.answer import Ask, answer
from kitei.cli.opening import load_law, read_case
from kitei_dsl.frozen import Frozen

FOLDER = Path(__file__).parent / "registers"
DAYS = {"2026-11-22": "current", "2027-06-01": "enacted"}
# Of a power, a permission or a right docs/answers.md says `not-available`, where a register says that it does not apply.
WORDS = {
    ("power", "not-applicable"): "not-available",
    ("permission", "not-applicable"): "not-available",
    ("right", "not-applicable"): "does-not-arise",
}
# The kinds of norm a register names otherwise, or does not tell apart (its README: an authority's `power`).
MODALITY = {"required-term": "must_contain"}
# Said of what does not bind: a register has no row for it unless a reader would look for one.
SILENT = {"not-applicable", "not-in-force", "not-available", "does-not-arise"}
# What was closed, or did not apply, on the first day has no row on the second.
CLOSED = SILENT | {"performed", "performed-late"}


class Line(Frozen):
    """One row, by hand or of the engine. `about` is the empty string where it is about nothing in particular.

    Of the engine also the norm's name, whether it is the firm's own norm, and the day its instance is anchored at.
    """

    address: str
    about: str
    modality: str
    status: str
    due: str | None
    grade: str
    name: str = ""
    own: bool = True
    anchor: str = ""

    @property
    def said(self) -> str:
        """What is compared: the status, the day where there is one, the grade."""
        return " ".join(filter(None, (self.status, self.due, self.grade)))


class Difference(Frozen):
    """A row of one side without its like on the other: `what` is differs, no rule or no row."""

    firm: str
    day: str
    what: str
    address: str
    about: str
    register: str
    engine: str
    name: str = ""


@cache
def law() -> Any:
    return load_law(None)


@cache
def listed() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "differences.toml").read_text(encoding="utf-8"))


def firms() -> list[str]:
    """The firms whose facts stand in kitei's form."""
    return sorted(path.name.split(".")[0] for path in FOLDER.glob("*.facts.yaml"))


@cache
def register(firm: str) -> dict[str, Any]:
    """The register of a firm as it stands in its file."""
    read: dict[str, Any] = yaml.safe_load((FOLDER / f"{firm}.register.yaml").read_text(encoding="utf-8"))
    return read


@cache
def by_hand(firm: str, day: str) -> list[Line]:
    return [
        Line(
            row["address"],
            row["about"] or "",
            row["modality"],
            WORDS.get((row["modality"], row["status"]), row["status"]),
            row["due"],
            row["grade"],
        )
        for row in register(firm)["rows"]
        if row["day"] == day
    ]


@cache
def answered(firm: str, day: str) -> list[Line]:
    facts = read_case(FOLDER / f"{firm}.facts.yaml", law())
    data = answer(law(), facts, Ask(on=day, world=DAYS[day], settle=False))["data"]
    own = {firm, *(name for name in data["entities"] if name.startswith(f"{firm}_as_"))}
    return [
        Line(
            norm["cite"]["id"],
            instance["instance"] or ("" if norm["bearer"] in own else norm["bearer"]),
            norm["modality"],
            instance["status"],
            instance["due"],
            instance["grade"],
            norm["name"],
            norm["bearer"] in own,
            instance["anchor"] or "",
        )
        for norm in data["norms"]
        for instance in norm["instances"]
    ]


def _places(firm: str, line: Line) -> list[tuple[str, str, str]]:
    """Where the engine may hold a row (address, about, norm): at its own place, or where `same` says that it stands."""
    moved = [
        (same.get("engine", line.address), same.get("engine_about", line.about), same.get("norm", ""))
        for same in listed()["same"]
        if firm in same["firms"] and line.address in same["register"] and same.get("about", line.about) == line.about
    ]
    return moved or [(line.address, line.about, "")]


def _stands(one: Line, places: Iterable[tuple[str, str, str]]) -> bool:
    return any(
        (one.address, one.about) == (address, about) and norm in ("", one.name) for address, about, norm in places
    )


def _like(line: Line, candidates: Iterable[Line]) -> Line | None:
    """The engine's line for a row: of several at one place, of the same modality, and the one that agrees."""
    modality = MODALITY.get(line.modality, line.modality)
    found = sorted(candidates, key=lambda other: (other.modality != modality, other.said != line.said, other.name))
    return found[0] if found else None


def compare(firm: str, day: str) -> tuple[int, list[Difference]]:
    """How many rows agree, and every difference."""
    engine = answered(firm, day)
    met: set[int] = set()
    agree, differences = 0, []
    for line in by_hand(firm, day):
        places = _places(firm, line)
        other = _like(line, [one for one in engine if _stands(one, places)])
        if other is not None:
            met.add(id(other))
        if other is not None and other.said == line.said:
            agree += 1
        else:
            what, said, name = ("differs", other.said, other.name) if other else ("no rule", "", "")
            differences.append(Difference(firm, day, what, line.address, line.about, line.said, said, name))
    before = {(one.address, one.about, one.name): one.status for one in answered(firm, min(DAYS))}
    for one in engine:
        closed = day != min(DAYS) and before.get((one.address, one.about, one.name)) in CLOSED
        # The norms of others have a row only where a reader would look for them; a year or quarter, once it has ended.
        silent = (
            one.status in SILENT or not one.own or one.anchor > day or (closed and one.status in {"lapsed", *CLOSED})
        )
        if id(one) not in met and not silent:
            differences.append(Difference(firm, day, "no row", one.address, one.about, "", one.said, one.name))
    return agree, differences


def covers(entry: dict[str, Any], difference: Difference) -> bool:
    """Whether an entry of `differences.toml` lists a difference."""
    return (
        difference.firm in entry["rows"]
        and difference.day == entry["day"].isoformat()
        and difference.what == entry["what"]
        and any(_within(difference.address, place) for place in entry["address"])
        and ("about" not in entry or difference.about in entry["about"])
        and ("register" not in entry or difference.register in entry["register"])
        and ("engine" not in entry or difference.engine in entry["engine"])
        and ("norm" not in entry or difference.name in entry["norm"])
    )


def _within(address: str, place: str) -> bool:
    return address == place or (place.endswith("/*") and address.startswith(place[:-1]))

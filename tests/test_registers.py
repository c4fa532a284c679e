"""The registers written by hand are regular: a test that reads them may rely on their form.

What they say is law; row by row it is compared with what the engine answers from the facts in kitei's form.
"""

import datetime
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import handregisters
from kitei.cli.opening import read_case
from kitei_dsl.citation import parse
from kitei_dsl.frozen import replace

FOLDER = Path(__file__).parent / "registers"
REGISTERS = sorted(FOLDER.glob("*.register.yaml"))
KEYS = [
    "day",
    "world",
    "address",
    "title",
    "modality",
    "bearer",
    "about",
    "status",
    "due",
    "computation",
    "readings",
    "undetermined_because",
    "grade",
]
MODALITIES = {"duty", "prohibition", "required-term", "effort", "permission", "power", "right", "effect"}
DONE = {"performed", "performed-late"}
OPEN = {"undetermined", "contested"}
# docs/answers.md; not-in-force, lapsed and disapplied occur in no register, since the transition was not read.
STATUSES = (
    DONE | OPEN | {"outstanding", "overdue", "satisfied", "not-satisfied", "available", "exercised", "not-available"}
)
STATUSES |= {"arises", "does-not-arise", "noted", "not-applicable"}
WORLDS = {"2026-11-22": "current", "2027-06-01": "enacted"}


def read(path: Path) -> dict[str, Any]:
    return handregisters.register(path.name.split(".")[0])


def test_the_five_firms_are_there() -> None:
    assert {path.name.split(".")[0] for path in REGISTERS} == {"kou", "otsu", "hei", "tei", "bo"}


@pytest.mark.parametrize("path", REGISTERS, ids=lambda path: path.name.split(".")[0])
def test_rows_are_regular(path: Path) -> None:
    register = read(path)
    seen = set()
    for row in register["rows"]:
        where = (row["day"], row["address"], row["about"])
        assert list(row) == KEYS, where
        assert where not in seen, f"two rows for {where}"
        seen.add(where)
        assert WORLDS[row["day"]] == row["world"], where
        assert str(parse(row["address"])) == row["address"]
        assert row["title"].keys() == {"ja", "en"} and all(row["title"].values()), where
        assert row["modality"] in MODALITIES and row["status"] in STATUSES and row["grade"] in {"A", "B"}, where
        assert row["computation"] and "\n" not in row["computation"], where
        assert row["due"] is None or datetime.date.fromisoformat(row["due"]), where
        assert bool(row["undetermined_because"]) == (row["status"] in OPEN), where


@pytest.mark.parametrize("path", REGISTERS, ids=lambda path: path.name.split(".")[0])
def test_the_head_counts_its_rows(path: Path) -> None:
    register = read(path)
    for count in register["counts"]:
        statuses = Counter(row["status"] for row in register["rows"] if row["day"] == count["day"])
        assert count["norms"] == statuses.total()
        assert (count["undetermined"], count["contested"]) == (statuses["undetermined"], statuses["contested"])
        assert count["to_be_determined"] == count["undetermined"] + count["contested"]


@pytest.mark.parametrize("path", REGISTERS, ids=lambda path: path.name.split(".")[0])
def test_what_a_row_is_about_stands_in_the_facts(path: Path) -> None:
    register = read(path)
    facts = (FOLDER / register["facts"]).read_text(encoding="utf-8")
    aspects = {"segregation", "trust", "inspection", "complaints", "disputes", "i1-i3", "i4", "i5-i9"}
    aspects |= {"security", "disqualification", "improvement"}
    for row in register["rows"]:
        if row["about"] is not None and row["about"] not in aspects:
            assert f"`{row['about']}`" in facts, (row["address"], row["about"])


# The comparison with the engine; what it is stands in handregisters.py, and what differs in registers/differences.toml.

ANSWERED = [(firm, day) for firm in handregisters.firms() for day in WORLDS]


@pytest.mark.parametrize("firm", handregisters.firms())
def test_facts_in_kiteis_form_are_read(firm: str) -> None:
    facts = read_case(FOLDER / f"{firm}.facts.yaml", handregisters.law())
    assert facts.as_of == datetime.date(2026, 11, 22) and facts.subject == firm


@pytest.mark.parametrize(("firm", "day"), ANSWERED)
def test_the_engine_agrees_row_by_row(firm: str, day: str) -> None:
    """Status, day and grade of each row are the engine's, save the rows listed, each exactly once."""
    _, differences = handregisters.compare(firm, day)
    entries = handregisters.listed()["difference"]
    for difference in differences:
        covering = [entry["why"] for entry in entries if handregisters.covers(entry, difference)]
        assert len(covering) == 1, f"listed {len(covering)} times: {difference}"


@pytest.mark.parametrize(("firm", "day"), ANSWERED)
def test_listed_differences_still_exist(firm: str, day: str) -> None:
    _, differences = handregisters.compare(firm, day)
    for entry in handregisters.listed()["difference"]:
        if entry["day"].isoformat() == day and firm in entry["rows"]:
            covered = sum(handregisters.covers(entry, difference) for difference in differences)
            assert covered == entry["rows"][firm] > 0, (
                f"{firm}: {covered} rows, listed {entry['rows'][firm]}: {entry['why']}"
            )


def test_entries_are_regular() -> None:
    listed = handregisters.listed()
    for entry in listed["difference"]:
        assert entry["what"] in {"differs", "no rule", "no row"} and entry["why"].endswith("."), entry
        assert entry["rows"].keys() <= set(handregisters.firms()) and entry["day"].isoformat() in WORLDS, entry
        assert entry.keys() <= {"what", "day", "address", "about", "register", "engine", "norm", "rows", "why"}, entry
    for same in listed["same"]:
        assert same["why"].endswith("."), same


def test_a_row_that_says_otherwise_is_seen() -> None:
    """The comparison is strict: another status, another day and another grade are each a difference."""
    line = handregisters.by_hand("bo", "2026-11-22")[0]
    assert line.said == "satisfied A"
    assert {
        replace(line, status="overdue").said,
        replace(line, due="2026-11-24").said,
        replace(line, grade="B").said,
    } == {
        "overdue A",
        "satisfied 2026-11-24 A",
        "satisfied B",
    }

"""The registers written by hand are regular: a test that reads them may rely on their form.

What they say is law and is compared with the engine elsewhere; here only that each row can be found and read.
"""

import datetime
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from kitei_dsl.citation import parse

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
    register: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return register


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

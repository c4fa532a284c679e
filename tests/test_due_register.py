"""The register of deadlines: rows and calendar events worked out by hand, read back by another program."""

import copy
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from icalendar import Calendar

from kitei.answer import Ask, answer
from kitei.document import as_text, plain
from kitei.due_register import DueRegister
from kitei.facts_read import read_facts
from kitei.ics import _folded, as_ics
from kitei.parity import differences, other_words, terms_of
from kitei.wording import LANGS
from test_render import ASKS, PAGES, TEMPLATES, asked, law

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = json.loads((ROOT / "docs/schema/register.schema.json").read_text(encoding="utf-8"))


def register(name: str, start: str | None = None, end: str | None = None) -> DueRegister:
    return DueRegister(asked(name), law(), start, end)


def days(rows: list[dict[str, Any]]) -> list[tuple[str | None, str, str, str]]:
    return [(r["due"], r["name"], r["instance"]["id"], r["status"]) for r in rows]


def test_rows_by_day() -> None:
    """FY2022 due 30 June 2023 and filed late; FY2023 due 1 July 2024, for 30 June is a Sunday; an outflow without delay."""
    data = register("current").data()["data"]

    assert [
        ("2023-06-30", "file_report", "fy22", "performed-late"), ("2024-07-01", "file_report", "fy23", "outstanding"),
    ] == days(data["dated"])  # fmt: skip
    assert [(None, "tell_users", "leak", "outstanding")] == days(data["undated"])
    assert "without_delay" == data["undated"][0]["promptness"]


def test_how_a_day_was_computed() -> None:
    row = register("current").data()["data"]["dated"][1]

    assert {
        "first_day": "2024-04-01", "first_day_counted": False, "raw_end": "2024-06-30", "skipped": [["2024-06-30", "sunday"]],
        "end": "2024-07-01", "predicted": False, "ambiguous": None, "length": "3 months", "rolled": True,
    } == {k: v for k, v in row["computed"].items() if k != "rules"}  # fmt: skip
    assert ["cc/140", "cc/143/1", "cc/141", "hol/1", "hol/2"] == [r["rule"] for r in row["computed"]["rules"]]
    assert ["o/1"] == [c["id"] for c in row["due_by"]]
    assert {"ja": "監督庁長官", "en": "the Commissioner"} == row["towards"]


def test_predicted_holidays_are_said() -> None:
    """A year that ends on 31 March 2030: three months end on 30 June 2030, a Sunday; holidays of 2030 are predicted."""
    text = "entities:\n  kou: {kind: Firm, as_business: true, year: {members: [y], complete: true}}\n  y: {kind: Year, ended_on: 2030-03-31}"
    facts, problems = read_facts(text.encode(), "f", law().core)
    assert [] == problems
    found = DueRegister(answer(law(), facts, Ask("2030-05-01", goals=("file_report",))), law())

    assert [("2030-07-01", True)] == [(r["due"], r["computed"]["predicted"]) for r in found.data()["data"]["dated"]]
    assert "It rests on holidays predicted" in as_text(found.document("en"), 10_000)
    assert "官報の公示前の祝日の予定に基づく" in as_text(found.document("ja"), 10_000)


@pytest.mark.parametrize(
    ("start", "end", "kept"),
    [
        (None, None, 2), ("2023-06-30", None, 2), ("2023-07-01", None, 1), (None, "2024-07-01", 2), (None, "2024-06-30", 1),
        ("2023-07-01", "2024-06-30", 0),
    ],
)  # fmt: skip
def test_a_range_takes_in_both_its_days_and_leaves_nothing_without_a_day_out(
    start: str | None, end: str | None, kept: int
) -> None:
    found = register("current", start, end)
    data = found.data()["data"]

    assert (kept, 2 - kept, 1) == (len(data["dated"]), data["left_out"], len(data["undated"]))
    assert bool(start or end) == ("Left out, being outside this range" in as_text(found.document("en"), 10_000))


def test_what_is_missing_is_said() -> None:
    """After the due day nobody says whether FY2023's report was filed."""
    row = next(r for r in register("late").data()["data"]["dated"] if r["status"] == "undetermined")
    page = as_text(register("late").document("en"), 10_000)

    assert "fy23.filed_on" == row["missing"]["ask_next"]
    assert ["fy23.filed_on"] == [i["id"] for i in row["missing"]["items"]]
    assert "Facts the client can give: When was the report filed?" in page


@pytest.mark.parametrize("name", ASKS)
def test_the_register_fits_its_schema_and_both_languages_agree(name: str) -> None:
    found = register(name)
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(json.dumps(found.data())))
    ja, en = (found.document(lang) for lang in LANGS)

    assert [] == differences(ja, en, terms_of(law()), other_words(law()))


def test_a_schema_with_an_unknown_field_is_refused() -> None:
    data = json.loads(json.dumps(register("current").data()))
    data["data"]["dated"][0]["other"] = 1

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(data)


@pytest.mark.parametrize("page", ["deadlines", "timeline"])
def test_both_templates_say_the_same_things(page: str) -> None:
    ja, en = (
        re.findall(r"{% macro (\w+\([^)]*\))", (TEMPLATES / f"{page}.{lang}.j2").read_text(encoding="utf-8"))
        for lang in LANGS
    )

    assert ja == en and len(set(ja)) == len(ja)


# --------------------------------------------------------------------------- calendar


def events(text: str) -> list[Any]:
    return list(Calendar.from_ical(text.encode()).walk("VEVENT"))


@pytest.mark.parametrize("lang", LANGS)
def test_events_read_by_another_program(lang: Any) -> None:
    found = events(as_ics(register("current"), lang))

    assert [(date(2023, 6, 30), date(2023, 7, 1)), (date(2024, 7, 1), date(2024, 7, 2))] == [(e.decoded("DTSTART"), e.decoded("DTEND")) for e in found]  # fmt: skip
    assert {
        "ja": "報告書を提出する義務 ― 甲社（令和5年度）：義務がある（履行期未到来・履行の記録なし）",
        "en": "Duty to file the report - Company A (FY2023): the duty applies (not yet due; no performance recorded)",
    }[lang] == str(found[1]["SUMMARY"])
    assert "2024-06-20" == found[0].decoded("DTSTAMP").date().isoformat()
    assert {"ja": "相手方：監督庁長官", "en": "Towards: the Commissioner"}[lang] in str(found[1]["DESCRIPTION"]).split(
        "\n"
    )
    assert ["CONFIRMED"] * 2 == [str(e["STATUS"]) for e in found]


def test_the_file_keeps_the_letter_of_the_format() -> None:
    """CR LF, 75 octets, whole characters, no line that is blank."""
    raw = as_ics(register("current"), "ja").encode()
    lines = raw.split(b"\r\n")

    assert raw.endswith(b"END:VCALENDAR\r\n") and b"\n" not in raw.replace(b"\r\n", b"")
    assert 75 >= max(map(len, lines)) > 70
    assert all(line.decode("utf-8") for line in lines[:-1])
    assert b"DTSTART;VALUE=DATE:20240701" in lines


@pytest.mark.parametrize("octets", range(70, 80))
def test_folding_by_hand(octets: int) -> None:
    """Kana have three octets: a line of 75 is whole, one of 76 goes on after a space."""
    line = "a" * (octets - 3) + "あ"
    parts = list(_folded(line))

    assert (1 if octets <= 75 else 2) == len(parts)
    assert line == parts[0] + "".join(p[1:] for p in parts[1:])


@pytest.mark.parametrize("name", ["hypothetical", "assumed", "press"])
def test_events_that_rest_on_a_supposition_say_so(name: str) -> None:
    for event in events(as_ics(register(name), "en")):
        assert str(event["SUMMARY"]).startswith("[HYPOTHETICAL]") and "if it had been in force" in str(event["SUMMARY"])
        assert "TENTATIVE" == str(event["STATUS"])


def test_the_name_of_an_event_outlasts_its_status_and_tells_clients_apart() -> None:
    """The same row later, with another status, is the same event; another client's is not; other rules make another."""
    uid = [e["UID"] for e in events(as_ics(register("current"), "ja"))]
    other = copy.deepcopy(asked("current"))
    other["data"]["entities"]["kou"] = {"kind": "Firm", "ja": "丁社", "en": "Company D"}
    rules = {**asked("current"), "ruleset": {"digest": "sha256:other"}}

    assert uid == [e["UID"] for e in events(as_ics(register("late"), "en"))]
    for changed in (other, rules):
        assert not set(uid) & {e["UID"] for e in events(as_ics(DueRegister(changed, law()), "ja"))}


def test_no_name_acts_in_a_calendar() -> None:
    hostile = "a;b,c\\n\r\nEND:VEVENT\r\nBEGIN:VALARM\x0b:\"'あ\\"
    data = copy.deepcopy(asked("current"))
    data["data"]["entities"]["kou"] = {"kind": "Firm", "ja": hostile, "en": hostile}
    text = as_ics(DueRegister(data, law()), "ja")

    assert 2 == len(events(text)) == text.count("\r\nEND:VEVENT\r\n")
    assert "a;b,c\\n END:VEVENT BEGIN:VALARM" in str(events(text)[0]["SUMMARY"])


def test_the_golden_register() -> None:
    """Read by a person."""
    text = as_text(register("late").document("en"), 88)

    assert (PAGES / "register.en.txt").read_text(encoding="utf-8") == re.sub(
        r"Rules sha[\s\S]*?(?=Computed)", "Rules …\n", text
    )
    assert plain(next(iter(register("late").document("ja").lines()))).startswith("期限の一覧 ― 甲社")

"""Why not: lateness by its days, a reading as a reading, what keeps a norm from being judged at all.

Expected values are worked out in the text of each test.
"""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

import handregisters
from kitei.answer import Ask, answer
from kitei.cli.opening import read_case
from kitei.explain import explain
from kitei.facts_read import read_facts
from kitei.reasons import Reasons, outcome_of
from kitei.why import Why, why
from kitei.why_data import envelope
from kitei.why_page import WhyPage, unmet_of
from kitei.wording import Lang
from kitei.world import Program
from kitei_dsl.codec import digest
from kitei_dsl.diagnostics import render as report
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source
from whypages import below, page

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = json.loads((ROOT / "docs/schema/why.schema.json").read_text(encoding="utf-8"))


# --------------------------------------------------------------------------- not in time

REPORT = """
instrument t type act title ja "報告法" en "Report Act" short ja "報告法" en "RA" end
kind Firm label ja "会社" en "firm" end
attribute foreign of Firm is truth label ja "外国の会社" en "foreign firm" end
attribute closed of Firm is date label ja "決算日" en "closing day" end
attribute reported of Firm is date if any label ja "報告した日" en "day of the report" end
term due_day of Firm is date label ja "期限" en "due day of the report" end
attribute insured of Firm is truth label ja "付保" en "insurance" end
norm report of Firm label ja "報告の義務" en "duty to report" end
norm insure of Firm label ja "付保の義務" en "duty to insure" end
provision t/3 in force from 2020-01-01 grade A duty insure of Firm achieve insured by due_day end end
provision t/1 in force from 2020-01-01 grade A
  define due_day of Firm is if foreign then 4 months after closed else 3 months after closed end
end
provision t/2 in force from 2020-01-01 grade A duty report of Firm do reported by due_day end end
world current end
"""


def late(reported: str, lang: Lang = "en", insured: str = "unknown", name: str = "report") -> tuple[Why, list[str]]:
    """Asked on 2024-08-01 why not; closed on 2024-03-31, so three months end on 2024-06-30."""
    built, found = compile_sources([Source("t.kitei", REPORT)])
    assert [] == [report(d) for d in found if d.severity == "error"]
    stated = f"entities:\n  f: {{kind: Firm, foreign: false, closed: 2024-03-31, reported: {reported}, insured: {insured}}}\n"
    read, problems = read_facts(stated.encode(), "f.yaml", built)
    assert [] == problems
    answered = why(Program(built, digest(built)), read, Ask("2024-08-01"), name, asked="not")
    return answered, page(answered, lang).splitlines()


@pytest.mark.parametrize(
    ("reported", "en", "ja"),
    [
        ("2024-07-01", "It applies; it was performed on 2024-07-01 (Monday), after the due day (2024-06-30 (Sunday)).", "2024-07-01・月曜日）の履行は期限（"),
        ("none", "It applies; the due day (2024-06-30 (Sunday)) has passed without performance.", "を経過し、履行がない。"),
    ],
)  # fmt: skip
def test_what_was_not_done_in_time_is_told_by_its_days(reported: str, en: str, ja: str) -> None:
    """That the firm is not a foreign one is how the due day was reckoned, and no requirement that is not met."""
    answered, lines = late(reported)
    text = " ".join(lines)

    assert en in text
    assert ja in "".join(late(reported, "ja")[1])
    assert "What is not as it should be" not in text
    assert "To be established by" not in text
    assert "4 months" not in "".join(line for line in lines if line.strip().startswith(("- Period", "Period")))
    assert envelope(answered)["data"]["conclusions"][0]["unmet"] == []
    assert any('"day of the report"' in line for line in lines)
    assert "Why not in time: duty to report (as of 2024-08-01)" == lines[0]
    assert "期限に間に合っていない理由 ― 報告の義務（基準日 令和6年8月1日（2024-08-01））" == late(reported, "ja")[1][0]


def test_a_number_the_rule_writes_is_not_told_to_be_itself() -> None:
    """The content says three months; that three months are three months is no reason."""
    texts = [" ".join(late("2024-07-01", lang)[1]) for lang in ("en", "ja")]

    assert "3 months after" in texts[0] and "3か月" in texts[1]
    assert "3 months = 3 months" not in texts[0] and "3か月＝3か月" not in texts[1]


def test_what_holds_after_all_has_the_title_of_reasons() -> None:
    """Reported on 2024-06-30, the due day: nothing is unmet."""
    assert "Why: duty to report (as of 2024-08-01)" == late("2024-06-30")[1][0]


@pytest.mark.parametrize(
    ("insured", "en"),
    [
        ("[{value: false, to: 2024-07-05}, {value: true, from: 2024-07-05}]", "It applies; on the due day (2024-06-30 (Sunday)) it had not been performed"),
        ("false", "It applies; the due day (2024-06-30 (Sunday)) has passed without performance."),
    ],
)  # fmt: skip
def test_a_state_not_reached_in_time_is_told_by_the_due_day(insured: str, en: str) -> None:
    lines = late("none", insured=insured, name="insure")[1]

    assert en in " ".join(lines)
    assert any('"insurance" (f) = no' in line for line in lines)


# --------------------------------------------------------------------------- a reading; the same of several members

COVERED = """
instrument t type act title ja "保管法" en "Keeping Act" short ja "保管法" en "KA" end
kind Firm label ja "会社" en "firm" end
kind Asset label ja "銘柄" en "asset" end
attribute kept of Asset is yen label ja "保管額" en "kept" question ja "いくら保管していますか。" en "How much is kept?" end
relation r role asset many Asset label ja "銘柄" en "assets" role keeper one Firm label ja "会社" en "firm" end
reading quantity label ja "数量の要否" en "whether quantity counts"
  choice whole ja "数量に及ぶ" en "quantity counts"
  choice apart ja "数量に及ばない" en "only keeping apart"
end
term whole_quantity of Firm is truth label ja "数量を要すること" en "quantity is required" end
norm cover of Firm label ja "備える義務" en "duty to cover" end
provision t/1 in force from 2020-01-01 grade A
  define whole_quantity of Firm named whole is true given quantity = whole end
  define whole_quantity of Firm named apart is false given quantity = apart end
end
provision t/2 in force from 2020-01-01 grade A
  duty cover of Firm keep not whole_quantity or (every a in asset: kept of a >= 100 yen) end
end
world current end
"""
COVERED_FACTS = """
entities:
  f: {kind: Firm, asset: {members: [a, b], complete: true}}
  a: {kind: Asset, name: {ja: 甲貨, en: coin A}}
  b: {kind: Asset, name: {ja: 乙貨, en: coin B}}
"""


def test_a_reading_is_no_fact_and_the_same_of_several_is_said_once() -> None:
    """Either the narrow reading, or the amounts of both coins: one requirement, with what is missing of each."""
    built, found = compile_sources([Source("t.kitei", COVERED)])
    assert [] == [report(d) for d in found if d.severity == "error"]
    read, problems = read_facts(COVERED_FACTS.encode(), "f.yaml", built)
    assert [] == problems
    answered = why(Program(built, digest(built)), read, Ask("2024-06-01"), "cover", asked="not")
    lines = [line.strip() for line in below(answered)]
    (unmet,) = envelope(answered)["data"]["conclusions"][0]["unmet"]

    assert [["reading"], ["fact", "fact"]] == [[u["class"] for u in choice] for choice in unmet["any_of"]]
    assert 1 == lines.count("Kind: a point on which readings differ")
    assert 1 == lines.count("Kind: a fact the client can give")
    assert ["coin A", "coin B"] == [
        line.partition("(")[2].partition(")")[0] for line in lines if "How much is kept?" in line
    ]
    jsonschema.Draft202012Validator(SCHEMA).validate(envelope(answered))


# --------------------------------------------------------------------------- what keeps it from being judged at all

PASSED_ON = """
instrument t type act title ja "報告法" en "Report Act" short ja "報告法" en "RA" end
instrument u type act title ja "改正法" en "Amending Act" short ja "改正法" en "AA" end
kind Firm label ja "会社" en "firm" end
kind Event label ja "事由" en "event" end
attribute old of Firm is truth label ja "旧会社" en "old firm" question ja "旧会社ですか。" en "Is it an old firm?" end
attribute sound of Firm is truth label ja "健全" en "soundness" end
attribute noticed of Event is date if any label ja "公告の日" en "day of notice" end
attribute filed of Event is date if any label ja "届出の日" en "day filed" end
relation r role event many Event label ja "事由" en "events" role firm one Firm end
norm keep_sound of Firm label ja "健全の義務" en "duty to be sound" end
norm file of Firm label ja "届出の義務" en "duty to file" end
provision t/1 in force from 2020-01-01 until 2024-01-01 grade A duty keep_sound of Firm keep sound end end
provision t/2 in force from 2020-01-01 grade A
  duty file of Firm for each event as e anchored at noticed of e do filed of e by 14 days after noticed of e end
end
provision u/suppl/3 in force from 2024-01-01 grade A former text continues for t/1 of Firm when old @"従前の例" end
world current end
"""


def passed_on(name: str, stated: str, how: str) -> list[str]:
    built, found = compile_sources([Source("t.kitei", PASSED_ON)])
    assert [] == [report(d) for d in found if d.severity == "error"]
    read, problems = read_facts(f"entities:\n{stated}".encode(), "f.yaml", built)
    assert [] == problems
    return below(why(Program(built, digest(built)), read, Ask("2024-06-01"), name, asked=how))


def test_where_the_former_text_may_go_on_the_saving_is_what_is_asked_about() -> None:
    """The text ended on 2024-01-01; for old firms it goes on, and nobody says whether this is one."""
    lines = passed_on("keep_sound", "  f: {kind: Firm, sound: true}\n", "not")
    assert '"old firm" is so (AA suppl. art. 3)' == lines[0]
    assert lines[1].endswith("To be asked: Is it an old firm?")
    assert 4 == len(lines)


@pytest.mark.parametrize(("old", "found"), [("true", "is met"), ("false", "is not met")])
def test_whether_the_former_text_goes_on_is_on_the_path(old: str, found: str) -> None:
    """Of an old firm the saving comes first, then the former text; of another one nothing but the saving is left."""
    lines = passed_on("keep_sound", f"  f: {{kind: Firm, sound: true, old: {old}}}\n", "why")
    assert ["Transitional provision", "  Provision: AA suppl. art. 3; words 「従前の例」 (AA suppl. art. 3)"] == lines[
        :2
    ]
    assert f"      Application: the requirement {found}" == lines[4]
    assert (old == "true") == ("Whether it applies" in lines)


def test_an_event_to_come_is_said_to_be_to_come() -> None:
    stated = "  f: {kind: Firm, event: {members: [e], complete: true}}\n  e: {kind: Event, noticed: 2024-06-10}\n"
    told = "Application: that day lies after the day asked (2024-06-01); it has not happened yet"
    assert told == passed_on("file", stated, "not")[-1].strip()
    assert told not in [line.strip() for line in passed_on("file", stated.replace("06-10", "05-20"), "why")]


# --------------------------------------------------------------------------- of the collected law


def test_whatever_does_not_hold_says_why() -> None:
    """Of every norm that does not hold, or cannot be judged, for a firm of the registers after the reform, something is named."""
    law = handregisters.law()
    facts = read_case(handregisters.FOLDER / "hei.facts.yaml", law)
    answered = answer(law, facts, Ask("2027-06-01", world="enacted", settle=False))
    explained = explain(answered, law)
    page = WhyPage(answered, law, explained, "en")
    asked = [c for c in explained.conclusions if outcome_of(c) != "true" and c.status != "not-in-force"]

    assert len(asked) > 100
    for c in asked:
        assert unmet_of(page, c) or any(Reasons(page).path(c)), (c.name, c.status)
        assert c.status != "undetermined" or unmet_of(page, c), c.name

"""What a lawyer sends a client must not mislead: days, sanctions and lists on the collected law, worked out by hand."""

import json
from functools import cache
from typing import Any

import pytest
from icalendar import Calendar

from kitei.answer import Ask, answer
from kitei.document import as_text
from kitei.due_register import DueRegister
from kitei.facts_read import read_facts
from kitei.ics import as_ics
from kitei.reading_page import built_in
from kitei.render import render
from kitei.replay import replay
from kitei.ruleset import load
from kitei.why import why
from kitei.wording import LANGS, Lang
from kitei.world import Program
from kitei_dsl.citation import parse

FIRM = """
entities:
  kou:
    kind: Operator
    psa_registered: {registered}
    foreign_registered: false
    manages_crypto_for_others: true
    under_special_act: false
    as_business: true
    trades_crypto: true
    business_year: {{members: [fy], complete: true}}
    reporting_period: {quarters}
  fy: {{kind: BusinessYear, start_day: 2024-04-01, end_day: 2025-03-31, annual_report_filed: {filed}}}
"""


@cache
def law() -> Program:
    return load(None)[0]


def asked(on: str, registered: str = "true", filed: str = "none", quarters: str = "[]", goal: str = "submit_annual_report",
          text: str = FIRM) -> dict[str, Any]:  # fmt: skip
    source = text.format(registered=registered, filed=filed, quarters=quarters).replace("psa_registered: \n", "")
    facts, problems = read_facts(source.encode(), "client.yaml", law().core)
    assert [] == problems
    found = answer(law(), facts, Ask(on, goals=(goal,) if goal else ()))
    refusals = replay(json.loads(json.dumps(found)), law().core, law().digest, facts)
    assert [] == [str(r) for r in refusals]
    return found


def instance(found: dict[str, Any]) -> dict[str, Any]:
    """The instance of the article in force since 2020-05-01, not that of the former one."""
    rows = [n for n in found["data"]["norms"] if n["key"] != "norm:psa/63_14#submit_annual_report"]
    first: dict[str, Any] = rows[0]["instances"][0]
    return first


def flat(found: dict[str, Any], lang: Lang) -> str:
    lines = render(found, law(), lang=lang, width=100_000).split("\n")
    return "\n".join(lines)


# --------------------------------------------------------------------------- 行為時


@pytest.mark.parametrize(
    ("on", "filed", "day", "why", "word"),
    [
        # FY to 31 March 2025: three months end on Monday 30 June 2025, and the omission is complete on 1 July 2025.
        ("2025-08-01", "none", "2025-07-01", "omission", "拘禁刑"),
        ("2025-07-01", "none", "2025-07-01", "omission", "拘禁刑"),
        ("2025-08-01", "2025-07-10", "2025-07-01", "omission", "拘禁刑"),
        # Not yet overdue: the text of the day asked, which says 懲役 until 31 May 2025.
        ("2025-06-30", "none", "2025-06-30", "asked", "拘禁刑"),
        ("2025-05-31", "none", "2025-05-31", "asked", "懲役"),
        ("2025-06-01", "none", "2025-06-01", "asked", "拘禁刑"),
    ],
)  # fmt: skip
def test_an_omission_is_under_the_text_of_the_day_after_the_due_day(
    on: str, filed: str, day: str, why: str, word: str
) -> None:
    found = asked(on, filed=filed)

    assert {"day": day, "why": why} == instance(found)["sanctions_as_of"]
    assert ["psa/109/i6"] == [s["cite"]["id"] for s in instance(found)["sanctions"]]
    assert f"1年以下の{word}" in flat(found, "ja")
    other = {"懲役": "拘禁刑", "拘禁刑": "懲役"}[word]
    assert f"1年以下の{other}" not in flat(found, "ja")
    assert f"imprisonment ({word})" in flat(found, "en")


def test_the_page_says_from_which_text_a_sanction_is() -> None:
    overdue, early = asked("2025-08-01"), asked("2025-05-31")

    assert "Text of 2025-07-01, the day after the due day" in flat(overdue, "en")
    assert "令和7年7月1日（2025-07-01）（期限の翌日。" in flat(overdue, "ja")
    assert "in the text of 2025-05-31 (the day asked)" in flat(early, "en")
    assert "令和7年5月31日（尋ねた日）の条文による" in flat(early, "ja")


def test_nothing_performed_in_time_is_threatened() -> None:
    """Filed on 20 June 2025, ten days before it was due."""
    assert "may be subject to" not in flat(asked("2025-08-01", filed="2025-06-20"), "en")
    assert "対象となり得る" not in flat(asked("2025-08-01", filed="2025-06-20"), "ja")


def test_a_sanction_whose_text_is_not_known_yet_is_not_denied() -> None:
    """Nobody says when the fiscal year ends: neither its day nor the text of that day is known."""
    found = asked("2025-08-01", text=FIRM.replace("end_day: 2025-03-31, ", ""))

    assert instance(found)["sanctions_as_of"] is None
    assert "Sanctions cannot be said yet" in flat(found, "en") and "No sanction" not in flat(found, "en")
    assert "罰則・処分をまだ述べられないもの" in flat(found, "ja") and "罰則・処分の規定が見当たらない" not in flat(
        found, "ja"
    )


# --------------------------------------------------------------------------- a day that holds if the duty applies


def test_a_day_is_given_where_only_whether_the_duty_applies_is_open() -> None:
    """The same 30 June 2025, though nobody says whether the firm is registered."""
    found = asked("2025-05-01", text=FIRM.replace("psa_registered: {registered}", "name: {{ja: 甲社, en: Company A}}"))
    register = DueRegister(found, law())
    row = register.data()["data"]["dated"][0]

    assert ("undetermined", None, "2025-06-30") == tuple(
        instance(found)[k] for k in ("status", "due", "due_if_applies")
    )
    assert ("2025-06-30", True, []) == (row["due"], row["if_applies"], register.data()["data"]["undated"])
    assert "If it applies, due: 2025-06-30 (Monday)." in flat(found, "en")
    assert "適用されるとすれば、期限：令和7年6月30日（2025-06-30・月曜日）" in flat(found, "ja")
    assert "- If it applies: 2025-06-30 (Monday) - " in as_text(register.document("en"), 10_000)
    event = next(iter(Calendar.from_ical(as_ics(register, "en").encode()).walk("VEVENT")))
    assert str(event["SUMMARY"]).startswith("[IF IT APPLIES] ") and "TENTATIVE" == event["STATUS"]


def test_a_day_that_holds_says_no_if() -> None:
    found = asked("2025-05-01")

    assert "due_if_applies" not in instance(found) and "2025-06-30" == instance(found)["due"]
    assert "If it applies" not in flat(found, "en")


def test_which_day_does_not_count_is_named() -> None:
    register = DueRegister(asked("2025-05-01"), law())

    assert "2025-03-31 does not count, counting starts on 2025-04-01; last day 2025-06-30 (Monday)" in as_text(
        register.document("en"), 10_000
    )
    text = as_text(register.document("ja"), 10_000)
    assert "期間3か月、初日の令和7年3月31日（2025-03-31）は算入せず、起算日令和7年4月1日（2025-04-01）" in text


# --------------------------------------------------------------------------- lists, undated statements, grounds


@pytest.mark.parametrize("quarters", ["[]", "{members: [], complete: false}"])
def test_a_register_says_which_lists_are_not_said_to_be_complete(quarters: str) -> None:
    """The quarterly report has no row, for no quarter is listed; every form of the register says that this denies nothing."""
    register = DueRegister(asked("2025-05-01", quarters=quarters, goal=""), law())
    en, ja = (as_text(register.document(lang), 10_000) for lang in ("en", "ja"))

    assert "Note: Lists of kou not said to be complete: " in en and "reporting periods" in en
    assert "全部とは述べられていないもの：" in ja and "報告" in ja
    calendar = as_ics(register, "en").replace("\r\n ", "")
    assert "\r\nX-WR-CALDESC:Lists of kou not said to be complete: " in calendar
    assert all("Lists of kou not said" in str(e["DESCRIPTION"]) for e in Calendar.from_ical(calendar).walk("VEVENT"))
    assert "sha256" not in calendar


def test_a_complete_list_is_not_complained_of() -> None:
    register = DueRegister(asked("2025-05-01"), law())

    assert "not said to be complete" not in as_text(register.document("en"), 10_000)
    assert "X-WR-CALDESC" not in as_ics(register, "en")


def test_an_undated_none_says_so_once() -> None:
    undated, dated = (
        asked("2025-08-01"),
        asked("2025-08-01", filed="{{value: none, recorded: 2025-07-20}}".replace("{{", "{").replace("}}", "}")),
    )

    assert 1 == flat(undated, "en").count("As stated, undated")
    assert 1 == flat(undated, "ja").count("日付のない記載")
    assert "undated" not in flat(dated, "en") and "日付のない記載" not in flat(dated, "ja")
    assert "overdue" == instance(dated)["status"]


def test_the_provisions_relied_on_are_those_used() -> None:
    en = flat(asked("2025-08-01"), "en")
    section = en[en.index("5. Provisions relied on") : en.index("6. Further notes")]

    assert "art. 115(1)(ii)" in section and "art. 109(vi) (from 2025-06-01)" in section
    assert "as of 2026-06-01" not in en and "texts read: up to that of 2026-06-01" in section
    filed = flat(asked("2025-08-01", filed="2025-06-20"), "en")
    assert "art. 109" not in filed and "art. 115" not in filed


@pytest.mark.parametrize("lang", LANGS)
def test_a_rule_built_into_the_language_says_so(lang: Lang) -> None:
    [page] = built_in(parse("cc/140"), lang)

    assert {"ja": "言語に組み込まれた規則", "en": "A rule built into the language"}[lang] in page
    assert {"ja": "初日不算入", "en": "the first day is not counted"}[lang] in page
    assert [] == built_in(parse("cc/709"), lang)
    assert 3 == len(built_in(parse("cc/143"), lang))


# --------------------------------------------------------------------------- what would change it


def flipped(lang: Lang, registered: str) -> list[str]:
    """The page of `why --flip` on the annual report of the year to 31 March 2025, asked on 15 July 2025, line by line."""
    text = FIRM.format(registered=registered, filed="none", quarters="[]").replace(", annual_report_filed: none", "")
    facts, problems = read_facts(text.encode(), "client.yaml", law().core)
    assert [] == problems
    found = why(law(), facts, Ask("2025-07-15"), "submit_annual_report", asked="flip")
    return as_text(found.document(lang), 10_000).split("\n")


def test_a_registration_that_ends_before_the_day_is_a_change_that_would_make_it_apply() -> None:
    """Registered until 8 March 2025, so nobody says whether on 31 March 2025, which decides."""
    until = "{value: true, to: 2025-03-08}"
    en, ja = flipped("en", until), flipped("ja", until)
    first = en[en.index("What would make it apply") + 2]

    assert "(kou): unknown on 2025-03-31 (not the same on every day) -> yes throughout" in first
    assert "  - Then: It applies; whether it is performed or satisfied cannot be determined" in en
    assert not any("Then: Cannot be determined" in line for line in en)
    assert any(
        "令和7年3月31日（2025-03-31）には述べられていない（日により異なる）→全ての日に該当する" in line for line in ja
    )
    assert any("変更後：適用される。履行済みか、適合するかは判断できない" in line for line in ja)


def test_what_tells_little_comes_last() -> None:
    """Ending the registration tells something; moving the year before the law, or taking it away, little."""
    en = flipped("en", "true")
    start = en.index("What would make it not apply")
    end = next(n for n, line in enumerate(en) if n > start and not line)
    listed = [line for line in en[start:end] if line.startswith(("- ", "Separately"))]

    assert ["- registration", "Separately", "- last day", "- fiscal years"] == [
        next(n for n in ("- registration", "Separately", "- last day", "- fiscal years") if line.startswith(n))
        for line in listed
    ]
    assert 1 == sum(line.startswith("A changed fact is taken to hold") for line in en)

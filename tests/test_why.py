"""Why, why not, and the decisive path: the reasons of little laws, worked out by hand, in both languages.

The law sets a limit of 5 % on what is kept hot, has an exception, a block, a delegated rule, an evaluation, an act of the
authority and a reading. What must be said of it was written down before it was printed.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from kitei.answer import Ask, answer
from kitei.cli import kitei
from kitei.decisive import Decisive, Finding, unmet
from kitei.document import as_text, plain
from kitei.explain import explain
from kitei.facts import Facts
from kitei.facts_read import read_facts
from kitei.goals import UnknownGoal
from kitei.naming import Names
from kitei.phrases import Phrases
from kitei.render import document
from kitei.replay import replay
from kitei.spoken import Spoken
from kitei.steps import Tree
from kitei.why import UnknownSubject, Why, why
from kitei.why_data import as_json, envelope
from kitei.wording import LANGS, Lang
from kitei.world import Program
from kitei_dsl import core
from kitei_dsl.codec import digest
from kitei_dsl.diagnostics import render as report
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source
from test_html import Page
from whypages import below, page

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = json.loads((ROOT / "docs/schema/why.schema.json").read_text(encoding="utf-8"))
DMM = ROOT / "statutes/jp/examples/dmm.facts.yaml"

LAW = """
instrument t type act title ja "保管試験法" en "Keeping Test Act" short ja "保管法" en "Keeping Act" grade A end
instrument o type ordinance title ja "保管試験府令" en "Keeping Test Ordinance" short ja "保管府令" en "Keeping Ordinance" grade A end
kind Firm (会社) label ja "会社" en "firm" end
kind Lot (区分) label ja "区分" en "lot" end
enumeration Class value small (小) ja "小規模" en "small firm" value large (大) ja "大規模" en "large firm" end
attribute registered (登録) of Firm is truth act of authority label ja "登録" en "registration"
  question ja "登録を受けていますか。" en "Is the firm registered?" end
attribute business (業) of Firm is truth evaluation label ja "業として行うこと" en "acting as a business"
  question ja "業として行っていますか。" en "Is it done as a business?" end
attribute size (規模) of Firm is Class label ja "規模" en "size" question ja "規模はどれですか。" en "What is its size?" end
attribute hot (接続) of Firm is yen label ja "接続して保管する額" en "hot amount"
  question ja "接続して保管する額はいくらですか。" en "What is the hot amount?" end
attribute held (保管額) of Firm is yen label ja "顧客資産の額" en "customers' crypto"
  question ja "顧客資産の額はいくらですか。" en "What is the amount of customers' crypto?" end
attribute exempt (免除) of Firm is truth act of authority label ja "免除" en "exemption" end
attribute apart (分別) of Lot is truth label ja "分別" en "kept apart" question ja "分けて管理していますか。" en "Is it kept apart?" end
attribute lent (貸付) of Lot is truth label ja "貸付け" en "lent out" question ja "貸し付けていますか。" en "Is it lent out?" end
relation lots role lot (保管区分) many Lot label ja "保管区分" en "lots" question ja "区分を全て挙げてください。" en "List every lot." role keeper one Firm label ja "会社" en "firm" end
term custodian (保管業者) of Firm is truth label ja "保管業者" en "custodian" end
term within (限度内) of Firm is truth label ja "限度内であること" en "being within the limit" end
term reserve of Firm is yen label ja "準備金の額" en "amount of the reserve" end
norm keep_cold (低温保管) of Firm label ja "接続しないで保管する義務" en "duty to keep offline" end
norm keep_apart of Firm label ja "分別の義務" en "duty to keep apart" end
norm insure of Firm label ja "付保の義務" en "duty to insure" end
norm old_duty of Firm label ja "旧い義務" en "former duty" end
norm order of Firm label ja "命ずる権限" en "power to order" end

provision t/2 in force from 2020-01-01 grade A heading ja "定義" en "Definitions"
  define custodian of Firm means business and (registered or size = large) @"業として" end
end
provision t/3 in force from 2020-01-01 grade A heading ja "限度" en "Limit"
  parameter limit_rate is 5% @"百分の五"
  define within of Firm means hot <= limit_rate * held @"超えない"
end
provision t/4 in force from 2020-01-01 grade A heading ja "保管" en "Keeping"
  duty keep_cold of Firm when custodian keep within @"保管しなければならない" end
end
provision t/5 in force from 2020-01-01 grade A
  block t/4 of Firm when exempt @"適用しない" end
end
provision t/6 in force from 2020-01-01 grade A heading ja "分別" en "Keeping apart"
  duty keep_apart of Firm when custodian keep every l in lot where not lent of l: apart of l @"分別して" end
end
provision t/7 in force from 2020-01-01 grade A heading ja "付保" en "Insurance"
  slot cover of Firm is yen required for ordinance label ja "付保の額" en "amount of cover" end
  duty insure of Firm when custodian keep held >= cover @"付する" end
end
provision t/8/main in force from 2020-01-01 grade A define reserve of Firm is 10% * held end end
provision t/8/proviso in force from 2020-01-01 grade A define reserve of Firm is 20% * held when size = large proviso to t/8/main @"ただし" end end
provision t/9 in force from 2020-01-01 until 2022-01-01 grade A duty old_duty of Firm when custodian keep within end end
provision t/10 in force from 2020-01-01 grade A power order of Firm when custodian and not within @"命ずることができる" end end
world current label ja "現行法" en "law in force" end
""".replace(
    'define within of Firm means hot <= limit_rate * held @"超えない"\nend',
    'define within of Firm means hot <= limit_rate * held @"超えない" end\nend',
)

FACTS = """
entities:
  kou:
    kind: Firm
    name: {ja: 甲社, en: Company A}
    business: {value: true, assessor: 弁護士乙, reason: 反復継続, source: 意見書, recorded: 2024-05-01}
    registered: {value: true, source: 官報, from: 2021-04-01}
    size: small
    hot: {value: 500000001, source: 残高証明, note: 月末}
    held: {value: 10000000000, source: 残高証明}
    exempt: false
    lot: {members: [x, y, z], complete: true}
  x: {kind: Lot, name: {ja: 第一, en: first}, apart: true, lent: false}
  y: {kind: Lot, name: {ja: 第二, en: second}, apart: false, lent: false}
  z: {kind: Lot, name: {ja: 第三, en: third}, apart: false, lent: true}
"""


@cache
def law() -> Program:
    program, found = compile_sources([Source("t.kitei", LAW)])
    assert [] == [report(d) for d in found if d.severity == "error"]
    return Program(program, digest(program))


def facts(text: str = FACTS, *changes: tuple[str, str]) -> Facts:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    read, problems = read_facts(text.encode(), "case.yaml", law().core)
    assert [] == [str(p) for p in problems]
    return read


def asked(name: str, *changes: tuple[str, str], how: str = "why", of: str | None = None, on: str = "2024-06-01") -> Why:
    return why(law(), facts(FACTS, *changes), Ask(on), name, of=of, asked=how)


# --------------------------------------------------------------------------- why


def test_a_duty_not_satisfied_is_explained_step_by_step() -> None:
    """Provision, requirement, fact with who stated it, application, conclusion; the comparison shows both its values."""
    assert below(asked("keep_cold")) == [
        "Whether it applies",
        "  Provision: Keeping Act art. 4 (Keeping)",
        '    Requirement: "custodian" is so',
        "      Provision: Keeping Act art. 2 (Definitions); words 「業として」 (Keeping Act art. 2)",
        '        Requirement: "acting as a business" is so',
        '          Evaluation (a legal judgment): "acting as a business" (Company A) = yes (as of 2024-06-01; source: 意見書; '
        "assessed by: 弁護士乙; reason: 反復継続; recorded 2024-05-01)",
        "          Application: the requirement is met",
        '        Requirement: "registration" is so',
        '          Act of the authority: "registration" (Company A) = yes (as of 2024-06-01; source: 官報; from 2021-04-01)',
        "          Application: the requirement is met",
        '      Conclusion: "custodian" (Company A): yes',
        '  Conclusion: the requirements of "duty to keep offline" (Company A) are met',
        "Performance or state",
        "  Provision: Keeping Act art. 4; words 「保管しなければならない」 (Keeping Act art. 4)",
        '    What is to be so: "being within the limit" is so',
        '    Requirement: "being within the limit" is so',
        "      Provision: Keeping Act art. 3 (Limit), whose requirements are not met; words 「超えない」 (Keeping Act art. 3)",
        '        Requirement: "hot amount" is no more than 5% × "customers\' crypto"',
        '          Fact found: "hot amount" (Company A) = JPY 500,000,001 (as of 2024-06-01; source: 残高証明; note: 月末)',
        "          Number set by law: 5% (Keeping Act art. 3); words 「百分の五」 (Keeping Act art. 3)",
        '          Fact found: "customers\' crypto" (Company A) = JPY 10,000,000,000 (as of 2024-06-01; source: 残高証明)',
        '          Application: "hot amount" (JPY 500,000,001) exceeds 5% × "customers\' crypto" (JPY 500,000,000); '
        "the requirement is not met",
        "      Nothing else is within it, by its own words: Keeping Act art. 3; words 「超えない」 (Keeping Act art. 3)",
        '      Conclusion: "being within the limit" (Company A): no',
    ]


def test_the_same_in_japanese() -> None:
    lines = below(asked("低温保管"), "ja")

    assert "      規定：保管法第2条（定義）。語句 「業として」（保管法第2条）" in lines
    assert (
        "          評価（法律上の評価）：「業として行うこと」（甲社）＝該当する（令和6年6月1日（2024-06-01）現在。出典：意見書。"
        "評価した者：弁護士乙。理由：反復継続。記録の日：令和6年5月1日（2024-05-01））"
    ) in lines
    assert (
        "          当てはめ：「接続して保管する額」（500,000,001円）は5%×「顧客資産の額」（500,000,000円）を超える。要件を満たさない"
    ) in lines
    assert "  結論：「接続しないで保管する義務」（甲社）の要件に該当する" in lines


def test_an_answer_on_an_evaluation_says_so_in_its_first_line() -> None:
    first = page(asked("keep_cold")).split("\n")[1]
    ja = page(asked("keep_cold"), "ja").split("\n")[1]

    assert first.startswith(
        "Rests on an evaluation, a legal judgment and not a fact (acting as a business (Company A)). "
    )
    assert "on the facts given, it is not satisfied" in first
    assert ja.startswith("評価に基づく（事実ではなく法律上の評価による：業として行うこと（甲社））。")
    assert page(asked("within")).split("\n")[1].startswith('"being within the limit" (Company A): no')


def test_only_the_first_true_part_and_the_first_false_part_are_on_the_path() -> None:
    """Registered and large: the first true part of the *or* decides. Neither business nor registered: the first false part."""
    both = below(asked("custodian", ("size: small", "size: large")))
    neither = below(
        asked(
            "custodian",
            ("business: {value: true", "business: {value: false"),
            ("registered: {value: true", "registered: {value: false"),
        )
    )

    assert any('"registration" is so' in line for line in both)
    assert not any('"size"' in line for line in both)
    assert any('"acting as a business" is so' in line for line in neither)
    assert not any("registration" in line for line in neither)


def test_where_any_part_would_do_all_of_them_are_shown_as_one_requirement() -> None:
    lines = below(asked("custodian", ("registered: {value: true", "registered: {value: false")))

    assert 'Requirement: "registration" is so, or "size" is large firm' in [line.strip() for line in lines]
    assert any('"size" (small firm) differs from large firm; the requirement is not met' in line for line in lines)


def test_of_every_member_the_one_that_fails_is_shown() -> None:
    """The first lot is kept apart, the third is lent and does not count; the second fails."""
    lines = below(asked("keep_apart"))

    assert [line.strip() for line in lines if line.strip().startswith("Of ")] == ["Of second"]
    assert any(
        'for every one of "lots" (only where "lent out" is not so), "kept apart" is so' in line for line in lines
    )


def test_the_live_definition_is_shown_and_the_one_it_sets_aside() -> None:
    """Large: the proviso gives 20 % of 10,000,000,000 yen; the main clause is set aside by it."""
    lines = [line.strip() for line in below(asked("reserve", ("size: small", "size: large")))]

    assert lines[0] == "Conclusion"
    assert (
        "Provision: Keeping Act art. 8, proviso, an exception to Keeping Act art. 8, main clause; words 「ただし」 (Keeping Act art. 8, proviso)"
        in lines
    )
    assert 'Content: 20% × "customers\' crypto"' in lines
    assert "Provision: Keeping Act art. 8, main clause, set aside by Keeping Act art. 8, proviso" in lines
    assert 'Conclusion: "amount of the reserve" (Company A): JPY 2,000,000,000' in lines


def test_a_power_arises_because_something_is_not_so() -> None:
    """`not within`: the requirement is met because the limit is exceeded."""
    lines = [line.strip() for line in below(asked("order"))]

    assert 'Requirement: "being within the limit" is not so' in lines
    start = lines.index('Requirement: "being within the limit" is not so')
    assert "Application: the requirement is met" in lines[start:]
    assert 'Conclusion: "being within the limit" (Company A): no' in lines[start:]


# --------------------------------------------------------------------------- why not


def test_each_unmet_element_has_its_provision_fact_class_and_who_must_establish_it() -> None:
    """Not a custodian: no business, and (either would do) neither registered nor large."""
    changes = (
        (
            "business: {value: true, assessor: 弁護士乙, reason: 反復継続, source: 意見書, recorded: 2024-05-01}",
            "business: false",
        ),
        ("registered: {value: true, source: 官報, from: 2021-04-01}", ""),
        ("size: small", "size: small"),
    )

    assert below(asked("keep_cold", *changes, how="not")) == [
        '"acting as a business" is so (Keeping Act art. 4, Keeping Act art. 2)',
        '  Evaluation (a legal judgment): "acting as a business" (Company A) = no (as of 2024-06-01; source: case.yaml)',
        "  Kind: an evaluation a lawyer must make",
        "  To be established by: a lawyer, naming the assessor, the day and the reasons",
        'Any one of these would do: "registration" is so, or "size" is large firm',
        '  "registration" is so (Keeping Act art. 4, Keeping Act art. 2)',
        '    Fact missing: "registration" (Company A) as of 2024-06-01. To be asked: Is the firm registered?',
        "    Kind: an act only an authority can do",
        "    To be established by: the authority",
        '  "size" is large firm (Keeping Act art. 4, Keeping Act art. 2)',
        '    Application: "size" (small firm) differs from large firm; the requirement is not met',
        '    Fact found: "size" (Company A) = small firm (as of 2024-06-01; source: case.yaml)',
        "    Kind: a fact the client can give",
        "    To be established by: the client, who states the facts",
    ]


def test_why_undetermined_names_the_rule_that_is_not_made() -> None:
    found = asked("insure", how="not")
    lines = below(found)

    assert "Cannot be determined (reason: delegated rule not made)" in page(found)
    assert '"amount of cover" (Keeping Act art. 7)' not in lines
    assert any(line.strip().startswith('Delegated rule not made: "amount of cover"') for line in lines)
    assert "  Kind: text still to be made or read" in lines
    assert "  To be established by: whoever makes the ordinance" in lines
    assert "  区分：これから定められ、又は確認される条文" in below(found, "ja")
    assert "  明らかにすべき者：府省令を定める者" in below(found, "ja")


def test_a_block_that_stands_is_what_would_have_to_be_otherwise() -> None:
    found = asked("keep_cold", ("exempt: false", "exempt: {value: true, source: 通知}"), how="not")

    assert "set aside by Keeping Act art. 5" in page(found)
    assert '"exemption" is not so (Keeping Act art. 4, Keeping Act art. 5)' in below(found)
    assert any("source: 通知" in line for line in below(found))


def test_asked_why_not_of_what_holds_it_says_so_and_gives_the_positive_reason() -> None:
    found = asked("keep_cold", ("500000001", "500000000"), how="not")

    assert "Asked why not; but it does hold." in page(found)
    assert "なぜでないかとのお尋ねであるが、成り立っている。" in page(found, "ja")
    assert any("is no more than 5%" in line and "the requirement is met" in line for line in below(found))


def test_a_state_that_is_not_as_it_should_be_names_only_what_fails() -> None:
    lines = below(asked("keep_cold", how="not"))

    assert lines[0].startswith('"hot amount" is no more than 5% × "customers\' crypto"')
    assert lines[1].strip().startswith('Application: "hot amount" (JPY 500,000,001) exceeds')
    assert not any("registration" in line for line in lines)


def test_of_a_norm_no_longer_in_force_the_days_of_its_texts_are_said() -> None:
    text = page(asked("old_duty", how="not"))

    assert "Keeping Act art. 9 (in force from 2020-01-01, amended or repealed on 2022-01-01)" in text


def test_an_incomplete_list_is_what_is_missing() -> None:
    """Two lots kept apart, one lent; the list is not said to be complete, so the duty stays open for the list alone."""
    found = asked(
        "keep_apart",
        ("complete: true", "complete: false"),
        ("apart: false, lent: false", "apart: true, lent: false"),
        how="not",
    )
    lines = below(found)

    assert lines == [
        'Not said to be complete: the list "lots" (Company A) (3 listed)',
        "  To be asked: List every lot.",
        "  Kind: a fact the client can give",
        "  To be established by: the client, who states the facts",
    ]


def test_a_list_given_only_by_the_words_is_not_listed_twice() -> None:
    """Each unmet element is named once, however often the path passes it."""
    found = asked("keep_cold", ("hot: {value: 500000001, source: 残高証明, note: 月末}", ""), how="not")
    unknown = [line for line in below(found) if "Fact missing" in line]

    assert len(unknown) == 1
    assert "To be asked: What is the hot amount?" in unknown[0]


# --------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    "name",
    ["keep_cold", "低温保管", "接続しないで保管する義務", "Duty to keep offline", "「接続しないで保管する義務」"],
)
def test_a_norm_is_found_by_identifier_alias_and_printed_label(name: str) -> None:
    assert asked(name).parts[0].key == "norm:t/4#keep_cold"
    ask = Ask("2024-06-01", goals=(name,), settle=False)
    data = answer(law(), facts(), ask)["data"]

    assert [row["name"] for row in data["norms"]] == ["keep_cold"]
    assert not replay(json.loads(json.dumps(answer(law(), facts(), ask))), law().core, law().digest, facts())


def test_a_near_miss_is_told_the_nearest_names() -> None:
    with pytest.raises(UnknownGoal, match="did you mean `duty to keep offline`"):
        asked("duty to keep ofline")
    with pytest.raises(UnknownGoal, match="did you mean `接続しないで保管する義務`"):
        asked("接続しないで保存する義務")


SECOND = (
    "  x: {kind: Lot,",
    "  otsu: {kind: Firm, name: {ja: 乙社, en: Company B}, business: false}\n  x: {kind: Lot,",
)


def test_of_several_the_subject_of_the_facts_is_meant_or_one_must_be_named() -> None:
    with pytest.raises(UnknownSubject, match="--of with one of kou, otsu"):
        asked("keep_cold", SECOND)
    about = [asked("keep_cold", SECOND, of=of).parts[0].bearer.en for of in ("otsu", "乙社", "company b")]  # type: ignore[union-attr]
    told = asked("keep_cold", SECOND, ("entities:", "subject: kou\nentities:"))

    assert ["Company B"] * 3 == about
    assert ["Company A"] == [p.bearer.en for p in told.parts]  # type: ignore[union-attr]
    with pytest.raises(UnknownSubject, match="did you mean `Company A`"):
        asked("keep_cold", of="Company AA")
    with pytest.raises(UnknownSubject, match="is not about `x`"):
        asked("keep_cold", of="x")


# --------------------------------------------------------------------------- the whole


CASES = [("keep_cold", "why"), ("keep_cold", "not"), ("keep_apart", "why"), ("keep_apart", "not"), ("insure", "not"), ("reserve", "why"),
         ("order", "why"), ("old_duty", "why"), ("keep_cold", "flip"), ("within", "flip"), ("reserve", "flip"), ("keep_apart", "flip")]  # fmt: skip


@pytest.mark.parametrize(("name", "how"), CASES)
def test_both_languages_say_the_same_and_fit_the_schema(name: str, how: str) -> None:
    found = asked(name, how=how)
    ja, en = (found.document(lang) for lang in LANGS)

    for kind in ("cite", "day", "number"):
        assert ja.marks(kind) == en.marks(kind)
    for pattern in (r"\d{4}-\d{2}-\d{2}", r"\d{1,3}(?:,\d{3})+"):
        assert set(re.findall(pattern, as_text(ja, 10_000))) == set(re.findall(pattern, as_text(en, 10_000)))
    data = json.loads(as_json(found))
    jsonschema.Draft202012Validator(SCHEMA).validate(data)
    assert as_json(found) == as_json(asked(name, how=how))


@pytest.mark.parametrize(
    "name", ["segregate_user_crypto", "unregistered_exchange_business", "report_misconduct", "set_aside_reserve"]
)
@pytest.mark.parametrize("how", ["why", "not"])
def test_reasons_on_the_collected_law_fit_the_schema(name: str, how: str) -> None:
    from kitei.ruleset import load

    program, _ = load(ROOT / "statutes/jp")
    read, _ = read_facts(DMM.read_bytes(), DMM.name, program.core)
    found = why(program, read, Ask("2024-05-31", None, "2026-11-22"), name, asked=how)
    ja, en = (found.document(lang) for lang in LANGS)

    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(as_json(found)))
    for kind in ("cite", "day", "number"):
        assert ja.marks(kind) == en.marks(kind)


def test_the_steps_named_are_those_of_the_answer() -> None:
    """A step of the path stands in the derivation of `run --goal` with the result that is shown."""
    found = envelope(asked("keep_cold"))
    steps = answer(law(), facts(), Ask("2024-06-01", goals=("keep_cold",)))["data"]["derivation"]["steps"]

    def each(findings: list[Any]) -> Any:
        for f in findings:
            yield f
            yield from each(f["below"])
            for c in f["legal"]["clauses"] if f["legal"] else ():
                yield from each(c["findings"])

    told = [f for part in found["data"]["conclusions"][0]["path"] for f in each(part["findings"])]
    compared = next(f for f in told if f["mechanism"] == "comparison")

    assert len(told) >= 6
    for f in told:
        assert f["step"] is None or steps[f["step"]]["result"].get("value") == (f["result"] or {}).get("value")
    assert [s["value"] for s in compared["sides"]] == ["500000001", "500000000"]
    assert (compared["operator"], compared["met"]) == ("<=", "false")


def test_statements_are_in_the_answer_and_a_changed_source_is_refused() -> None:
    """Who stated a fact is checked with the rest."""
    data = json.loads(json.dumps(answer(law(), facts(), Ask("2024-06-01", goals=("keep_cold",)))))
    stated = {s["item"]: s["records"] for s in data["data"]["statements"]}

    assert stated["kou.business"][0] == {"value": "true", "from": None, "to": None, "recorded": "2024-05-01", "source": "意見書",
                                         "assessor": "弁護士乙", "reason": "反復継続", "note": ""}  # fmt: skip
    assert [] == replay(data, law().core, law().digest, facts())
    data["data"]["statements"][0]["records"][0]["assessor"] = "別人"
    assert replay(data, law().core, law().digest, facts())


def test_what_is_recorded_later_is_not_told() -> None:
    """A record the answer does not know by its day is no statement of it."""
    data = answer(law(), facts(), Ask("2024-04-01", goals=("keep_cold",)))["data"]

    assert [] == next((s["records"] for s in data["statements"] if s["item"] == "kou.business"), [])


def test_depth_two_refers_back_and_shows_every_entry() -> None:
    """What several entries rest on is shown once; each numbered entry has its path."""
    data = answer(law(), facts(), Ask("2024-06-01"))
    text = "\n".join(plain(line) for line in document(data, law(), lang="en", depth=2).lines())
    path = text.partition("7. The decisive path")[2]

    assert 1 == path.count("Provision: Keeping Act art. 2 (Definitions)")
    assert 'Shown above: "custodian" (Company A): yes' in path
    assert set(re.findall(r"^\[\d+\]", text.partition("2. Deadlines")[0], re.M)) == set(
        re.findall(r"^\[\d+\]", path, re.M)
    )
    assert text.startswith(as_text(document(data, law(), lang="en", depth=1), 10_000).split("\n")[0])


# --------------------------------------------------------------------------- words of expressions


@pytest.mark.parametrize(
    ("condition", "ja", "en"),
    [
        ("not (business and registered)", "「業として行うこと」に該当しないこと、又は、「登録」に該当しないこと",
         '"acting as a business" is not so, or "registration" is not so'),
        ("business and (registered or size = large)", "「業として行うこと」に該当すること、かつ、（「登録」に該当すること、又は、「規模」が大規模であること）",
         '"acting as a business" is so, and ("registration" is so, or "size" is large firm)'),
        ("not (hot > 5% * held)", "「接続して保管する額」が5%×「顧客資産の額」以下であること", '"hot amount" is no more than 5% × "customers\' crypto"'),
        ("not (every l in lot: apart of l)", "「保管区分」のいずれかについて、「分別」に該当しないこと", 'for at least one of "lots", "kept apart" is not so'),
        ("at least 2 l in lot: apart of l", "「保管区分」のうち2以上について、「分別」に該当すること", 'for at least 2 of "lots", "kept apart" is so'),
        ("hot = least(held, 100 yen)", "「接続して保管する額」が「顧客資産の額」と100円のいずれか低いものと等しいこと",
         '"hot amount" equals the lowest of "customers\' crypto" and JPY 100'),
    ],
)  # fmt: skip
def test_conditions_in_words(condition: str, ja: str, en: str) -> None:
    built, found = compile_sources(
        [
            Source(
                "t.kitei",
                LAW
                + f"term q of Firm is truth end provision t/30 in force from 2020-01-01 grade A define q of Firm means {condition} end end",
            )
        ]
    )
    assert [] == [report(d) for d in found if d.severity == "error"]
    program = Program(built, "")
    expr = next(c.condition for c in built.clauses if c.resolves == "q")
    data = answer(program, facts(), Ask("2024-06-01", goals=("q",)))
    assert isinstance(expr, core.Call | core.Fold)
    told = [Spoken(Names(program, data), Phrases(lang, False, program, data)).condition(expr) for lang in LANGS]

    assert [ja, en] == [re.sub("\x02[a-z]+\x1f[^\x1f]*\x1f([^\x03]*)\x03", r"\1", t) for t in told]


# --------------------------------------------------------------------------- the command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "t.kitei").write_text(LAW, encoding="utf-8")
    (tmp_path / "case.yaml").write_text(FACTS, encoding="utf-8")
    return tmp_path


def run(folder: Path, *arguments: str) -> Any:
    command = ["why", str(folder / "case.yaml"), "--on", "2024-06-01", "--statutes", str(folder / "law"), *arguments]
    return CliRunner().invoke(kitei, command)


def test_the_command_in_both_languages(folder: Path) -> None:
    en, ja = run(folder, "keep_cold", "--lang", "en"), run(folder, "接続しないで保管する義務", "--not", "--lang", "ja")

    assert (0, 0) == (en.exit_code, ja.exit_code)
    assert en.output.startswith("Why: duty to keep offline (as of 2024-06-01)\n")
    assert ja.output.startswith(
        "満たされていない要件 ― 接続しないで保管する義務（基準日 令和6年6月1日（2024-06-01））\n"
    )
    assert "kitei/why@1" == json.loads(run(folder, "keep_cold", "--format", "json").output)["schema"]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("how", [(), ("--not",), ("--flip",), ("--of", "甲社")])
def test_every_question_is_answered_as_markdown_and_as_a_page_too(
    folder: Path, how: tuple[str, ...], lang: Lang
) -> None:
    """Every line of the text, in order; the page links each place cited to what is said of it at its end."""
    text, md, html = (
        run(folder, "keep_cold", *how, "--lang", lang, "--format", form).output for form in ("text", "md", "html")
    )
    shown = Page(html)
    lines = [re.sub(r"^\s*(- |・)|\s", "", line) for line in text.splitlines()]
    words = [line for line in lines if line and set(line) != {"="}]
    joined = {
        "md": re.sub(r"\s|\\", "", re.sub(r"^(\s*- |#+ )", "", md, flags=re.M)),
        "html": re.sub(r"\s", "", shown.text()),
    }
    ids = [a["id"] for _, a, _ in shown.elements if "id" in a]

    assert md.startswith("# ")
    assert {"lang": lang} == shown.all("html")[0]
    for form, said in joined.items():
        at = 0
        for line in words:
            assert line in said[at:], (form, line)
            at = said.index(line, at) + len(line)
    heading = {"ja": ("保管法第4条", "保管"), "en": ("Keeping Act art. 4", "Keeping")}[lang]
    cited = html[html.index('<li id="cite-t-4">') :].split("</li>")[0]
    assert (
        cited.startswith(f'<li id="cite-t-4"><strong>{heading[0]}</strong>') and f"<span>{heading[1]}</span>" in cited
    )
    assert "#cite-t-4" in {a["href"] for a in shown.all("a")}
    assert [] == [a["href"] for a in shown.all("a") if a["href"][1:] not in ids]


def test_of_several_conclusions_each_has_its_heading(folder: Path) -> None:
    """A list of lots, each with a duty: the page's contents name them; one alone needs no heading."""
    law = (
        LAW
        + """
attribute made (作成日) of Lot is date label ja "作成日" en "day it was made" end
norm count_lot of Firm label ja "点検の義務" en "duty to count" end
provision t/11 in force from 2020-01-01 grade A
  duty count_lot of Firm for each lot as l anchored at made of l when not lent of l keep apart of l end
end
"""
    )
    case = FACTS.replace("lent: ", "made: 2024-04-01, lent: ")
    (folder / "case.yaml").write_text(case, encoding="utf-8")
    (folder / "law" / "t.kitei").write_text(law, encoding="utf-8")
    text, html = (run(folder, "count_lot", "--lang", "en", "--format", form).output for form in ("text", "html"))
    one = run(folder, "count_lot", "--of", "y", "--lang", "en", "--format", "html").output

    assert [f"Company A / {n}" for n in ("first", "second", "third")] == [
        line for line in text.splitlines() if line.startswith("Company A /")
    ]
    assert ["first", "second", "third"] == re.findall(r'<a href="#section-\d">Company A / (\w+)</a>', html)
    assert "Company A / second</a>" not in one


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("keep_cold", "--not", "--flip"), "one at a time"),
        (("keep_colt",), "did you mean `keep_cold`"),
        (("keep_cold", "--of", "nobody"), "the facts name nobody `nobody`"),
    ],
)
def test_what_is_asked_wrongly_is_a_usage_error(folder: Path, arguments: tuple[str, ...], told: str) -> None:
    result = run(folder, *arguments)

    assert isinstance(result.exception, SystemExit)
    assert result.exit_code == 2
    assert told in result.output


def test_text_of_the_facts_cannot_act_on_the_terminal() -> None:
    """A source, a reason and a name from the file are shown, not obeyed."""
    found = asked(
        "keep_cold", ("source: 意見書", 'source: "x\\e[31mred\\u202e"'), ("reason: 反復継続", 'reason: "a\\nb\\e]0;t"')
    )

    for lang in LANGS:
        assert not set("\x1b\u202e") & set(as_text(found.document(lang), 88))


def test_the_path_never_shows_what_the_derivation_does_not_hold() -> None:
    """Every line of every path is a step of the answer; unmet elements are among what came out false or open."""
    data = answer(law(), facts(), Ask("2024-06-01", settle=False))
    explanation = explain(data, law())
    tree: Tree = explanation.steps

    def each(findings: tuple[Finding, ...]) -> Any:
        for f in findings:
            yield f
            yield from each(f.below)
            for c in f.legal.clauses if f.legal else ():
                yield from each((*c.findings, *c.amounts))

    for part in explanation.conclusions:
        for name, _, step in part.roots:
            findings = Decisive(tree, thoroughly=True).root(step)
            for f in each(findings):
                assert f.met != "true" or tree.steps[f.node.step]["result"]["value"] == (
                    "false" if f.negated else "true"
                )
            assert all(u.finding.met != "true" for u in unmet(findings)), name


# --------------------------------------------------------------------------- burdens, and events without a day

BURDEN = """
instrument t type act title ja "試験法" en "Test Act" grade A end
kind Firm end
kind Leak dated by seen_on end
attribute loss of Firm is truth label ja "損害" en "a loss" end
attribute care of Firm is truth evaluation label ja "相当の注意" en "due care" question ja "注意しましたか。" en "Was care taken?" end
attribute seen_on of Leak is date label ja "発生の日" en "day it was seen" question ja "いつですか。" en "When was it?" end
attribute big of Leak is truth label ja "重大" en "grave" end
relation leaks role leak many Leak label ja "流出" en "leaks" role firm one Firm end
norm compensate of Firm label ja "賠償の責任" en "liability for the loss" end
attribute licensed of Firm is truth label ja "免許" en "licence" end
attribute debts of Firm is truth label ja "残債務" en "debts left" end
term dealer of Firm is truth label ja "業者" en "dealer" end
norm settle of Firm label ja "完了する義務" en "duty to settle" end
term hit of Firm is truth label ja "重大な流出" en "grave leak" end
provision t/1 in force from 2020-01-01 grade A liability compensate of Firm when loss unless proved by self that (care) end end
provision t/2 in force from 2020-01-01 grade A define hit of Firm means some l in leak: big of l end end
provision t/3 in force from 2020-01-01 grade A define dealer of Firm means licensed end end
provision t/4 in force from 2020-01-01 grade A
  deem dealer of Firm when debts means true for purposes of t/5 end
end
provision t/5 in force from 2020-01-01 grade A duty settle of Firm when dealer keep licensed end end
world current end
"""


def burden(name: str, stated: str, how: str) -> Why:
    built, found = compile_sources([Source("t.kitei", BURDEN)])
    assert [] == [report(d) for d in found if d.severity == "error"]
    read, problems = read_facts(f"entities:\n{stated}\n".encode(), "f.yaml", built)
    assert [] == problems
    return why(Program(built, digest(built)), read, Ask("2024-06-01"), name, asked=how)


def test_a_defence_not_contested_is_on_the_path_with_who_must_prove_it() -> None:
    """The loss is known, of care nothing is said: the liability arises, for the firm has not proved its care."""
    found = burden("compensate", "  f: {kind: Firm, loss: true}", "why")
    lines = [line.strip() for line in below(found)]

    assert 'Requirement: f has not proved that "due care" is so' in lines
    assert any(line.startswith('Fact missing: "due care" (f)') for line in lines)
    assert "要件：fが証明していないこと（「相当の注意」に該当すること）" in [
        line.strip() for line in below(found, "ja")
    ]


def test_a_defence_proved_is_what_stands_in_the_way() -> None:
    found = burden("compensate", "  f: {kind: Firm, loss: true, care: true}", "not")
    lines = [line.strip() for line in below(found)]

    assert 'f has not proved that "due care" is so (Test Act art. 1)' in lines
    assert "To be established by: f" in lines
    assert {"ja": "f", "en": "f"} == envelope(found)["data"]["conclusions"][0]["unmet"][0]["burden_on"]
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(as_json(found)))


@pytest.mark.parametrize(
    ("stated", "path"),
    [
        ("licensed: true", ["art. 3"]),
        ("licensed: true, debts: false", ["art. 3"]),
        ("licensed: false, debts: true", ["art. 4", "art. 3"]),
        ("licensed: false", ["art. 4", "art. 3"]),
        ("debts: true", ["art. 4", "art. 3"]),
    ],
)
def test_a_deeming_is_on_the_path_where_the_result_turns_on_it(stated: str, path: list[str]) -> None:
    """With a licence it is a dealer whatever debts are left; without one, or where that is not known, by the deeming."""
    found = burden("settle", f"  f: {{kind: Firm, {stated}}}", "why")
    (requirement,) = [n for n, line in enumerate(below(found)) if '"dealer"' in line and "Requirement" in line]
    below_it = "\n".join(below(found)[requirement:])

    assert path == re.findall(r"Provision: Test Act (art\. \d)", below_it)[: len(path)]
    assert ("debts left" in below_it) is (path != ["art. 3"])


def test_an_event_whose_day_is_not_known_is_what_is_missing() -> None:
    found = burden(
        "hit", "  f: {kind: Firm, leak: {members: [e], complete: true}}\n  e: {kind: Leak, big: true}", "not"
    )
    lines = [line.strip() for line in below(found)]

    assert any(
        line.startswith('Fact missing: "day it was seen" (e) as of 2024-06-01. To be asked: When was it?')
        for line in lines
    )
    assert "Kind: a fact the client can give" in lines

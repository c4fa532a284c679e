"""What a drafter meets: bills that are no law yet, worlds that suppose them, and what is said where nothing is concluded.

Every day and amount was worked out by hand from the little laws below.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kitei.answer import Ask, answer
from kitei.cli import kitei
from kitei.facts_read import read_facts
from kitei.replay import replay
from kitei.wording import LANGS
from kitei.world import BadAssumption, Program
from kitei_dsl.codec import digest
from kitei_dsl.japanese import in_language
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source

#: A bill whose commencement a Cabinet Order fixes, with a period that counts from it, and a world that supposes it.
BILL = """
instrument b type bill status drafted title ja "保管法案" en "Custody Bill" end
kind Firm (事業者) label ja "事業者" en "firm" end
attribute x (業) of Firm is truth label ja "業" en "does the business" end
term new (新規) of Firm is truth label ja "新規" en "new" end
norm ban of Firm label ja "禁止" en "ban" end
commencement b/main promulgated 2026-12-01 earliest 2026-12-01 latest 2027-05-31 label ja "政令で定める日" en "the day fixed" end
provision b/1 in force from b/main grade A
  define new of Firm means reference_day <= 3 months counting commencement_day end
end
provision b/2 in force from b/main grade A
  prohibition ban of Firm avoid x and not new end
end
world bill label ja "成立した場合" en "if enacted" suppose b in force from 2027-04-01 end
"""
#: An act in force that waits for the commencement of something else.
WAITING = """
instrument b type act title ja "保管法" en "Custody Act" end
kind Firm (事業者) label ja "事業者" en "firm" end
attribute x (業) of Firm is truth label ja "業" en "does the business" end
norm ban of Firm label ja "禁止" en "ban" end
commencement b/main promulgated 2026-12-01 latest 2027-05-31 label ja "政令で定める日" en "the day fixed" end
provision b/1 in force from 2026-12-01 grade A
  prohibition ban of Firm avoid x and reference_day > 3 months counting commencement_day of b/main end
end
"""
KOU = "entities:\n  kou: {kind: Firm, x: true}\n"


def program(text: str) -> Program:
    core, found = compile_sources([Source("t.kitei", text)])
    assert not [d for d in found if d.severity == "error"], found
    return Program(core, digest(core))


def asked(law: str, ask: Ask) -> dict[str, object]:
    """Answer and replay; the checker must derive the same."""
    of = program(law)
    facts, problems = read_facts(KOU.encode(), "t.yaml", of.core)
    assert not problems
    found = answer(of, facts, ask)
    assert replay(found, of.core, of.digest, facts) == []
    return found


def run(folder: Path, law: str, *arguments: str) -> str:
    (folder / "law").mkdir(exist_ok=True)
    (folder / "law/t.kitei").write_text(law, encoding="utf-8")
    (folder / "t.yaml").write_text(KOU, encoding="utf-8")
    command = [arguments[0], str(folder / "t.yaml"), *arguments[1:], "--statutes", str(folder / "law")]
    result = CliRunner().invoke(kitei, command, standalone_mode=False, catch_exceptions=False)
    return " ".join(result.output.split())


# --------------------------------------------------------------------------- supposing


@pytest.mark.parametrize(("on", "new"), [("2027-06-30", "true"), ("2027-07-01", "false")])
def test_supposing_fixes_the_commencement(on: str, new: str) -> None:
    """Three months counting 1 April 2027 end on 30 June."""
    found = asked(BILL, Ask(on, None, None, "bill", (), ("new",)))

    assert [(t["state"], t["value"]) for t in found["data"]["terms"]] == [("value", new)]  # type: ignore[index]


def test_supposing_stays_within_the_bounds() -> None:
    """A day after the last one the bill allows is found by `check`, in either language, and refused where it is asked."""
    law = BILL.replace("from 2027-04-01", "from 2027-06-01")
    core, found = compile_sources([Source("t.kitei", law)])
    ja = in_language(found[0], "ja")
    of = Program(core, "")

    assert ["commences-outside"] == [d.slug for d in found if d.severity == "error"]
    assert (
        "the law allows from 2026-12-01 to 2027-05-31" in found[0].message and "`assume b/main = DAY`" in found[0].help
    )
    assert "施行は2026-12-01から2027-05-31までです" in ja.message
    with pytest.raises(BadAssumption, match="2027-05-31"):
        answer(of, read_facts(KOU.encode(), "t.yaml", core)[0], Ask("2027-07-01", None, None, "bill"))


def test_a_proviso_to_a_duty_for_each_is_refused_with_its_reason() -> None:
    """The duty stands there under the same name; the message says that it is for each of something, not that it is not there."""
    law = """
法令 b 種別 法案 題名 和文 "案" 英文 "Bill" 終わり
種類 Firm (会社) 終わり
種類 Year (年度) 終わり
属性 small (小規模) 対象 会社 は 真偽 終わり
属性 last (末日) 対象 年度 は 日付 終わり
属性 done (積立日) 対象 年度 は 日付 あれば 終わり
関係 years 役割 year (年度一覧) 複数 年度 役割 owner (持主) 単数 会社 終わり
規範 put_by (積立て) 対象 会社 終わり
規定 b/3/main 施行日 2026-01-01 確度 A
  義務 積立て 対象 会社 各 年度一覧 呼称 年 適用基準日 末日 対象 年 実施 積立日 対象 年 終わり
終わり
規定 b/3/proviso 施行日 2026-01-01 確度 A
  義務 積立て 対象 会社 場合 小規模 各 年度一覧 呼称 年 適用基準日 末日 対象 年 実施 積立日 対象 年 ただし書 b/3/main 終わり
終わり
"""
    found = compile_sources([Source("t.kitei", law)])[1]

    assert ["norm-for-each"] == [d.slug for d in found if d.severity == "error"]
    assert "それぞれについての規範" in in_language(found[0], "ja").message
    assert "`適用除外 b/3/main 対象 会社 場合 …`" in in_language(found[0], "ja").help


def test_a_bill_in_japanese_is_told_with_its_own_keywords() -> None:
    law = """
法令 b 種別 法案 題名 和文 "案" 英文 "Bill" 終わり
施行期日 b/main 最後 2028-03-31 終わり
前提 bill 仮に b 施行日 2028-04-01 終わり
"""
    found = compile_sources([Source("t.kitei", law)])[1]

    assert [("commences-outside", "b/main")] == [(d.slug, d.law) for d in found]
    assert "`仮定 b/main = 日付`" in in_language(found[0], "ja").help
    assert "`bill`では`b/main`が2028-04-01に施行される" in in_language(found[0], "ja").message


def test_a_commencement_not_fixed_would_settle_and_replays() -> None:
    """The day of commencement is a text still to be made; the checker knows it as such, and refuses another group."""
    of = program(WAITING)
    facts, _ = read_facts(KOU.encode(), "t.yaml", of.core)
    found = answer(of, facts, Ask("2027-06-01", None, None, "current"))
    settle = found["data"]["would_settle"][0]

    assert settle["items"] == ["b/main"] and settle["groups"]["texts"] == ["b/main"]
    assert replay(found, of.core, of.digest, facts) == []

    settle["groups"] = {"facts": ["b/main"], "evaluations": [], "acts": [], "texts": []}
    assert replay(found, of.core, of.digest, facts)


def test_a_commencement_that_is_fixed_settles_nothing() -> None:
    """An answer that still lists a day it assumes is refused."""
    of = program(WAITING)
    facts, _ = read_facts(KOU.encode(), "t.yaml", of.core)
    found = answer(of, facts, Ask("2027-06-01", None, None, "current"))
    fixed = program(WAITING + "world w assume b/main = 2027-05-31 end")
    wrong = {**found, "ruleset": {"digest": fixed.digest}, "world": "w"}

    assert replay(wrong, fixed.core, fixed.digest, facts)


@pytest.mark.parametrize(
    ("lang", "kind", "who"),
    [
        ("en", "Kind: text still to be made or read", "whoever fixes the day of commencement"),
        ("ja", "区分：これから定められ、又は確認される条文", "施行期日を定める者"),
    ],
)
def test_why_not_says_who_fixes_the_day(tmp_path: Path, lang: str, kind: str, who: str) -> None:
    """The day a Cabinet Order fixes is no fact of the client's."""
    told = run(tmp_path, WAITING, "why", "ban", "--not", "--on", "2027-06-01", "--lang", lang)
    after = told.replace(" ", "").partition({"en": '-"thedayfixed"', "ja": "・「政令で定める日」"}[lang])[2]

    assert kind.replace(" ", "") in after and who.replace(" ", "") in after
    assert "aclient" not in after and "事実を述べる者" not in after


# --------------------------------------------------------------------------- bills are no law

AMOUNTS = """
instrument b type bill title ja "積立法案" en "Reserve Bill" end
kind Firm label ja "会社" en "firm" end
attribute x of Firm is truth label ja "業" en "does the business" end
term fee (手数料) of Firm is yen label ja "手数料" en "fee" end
provision b/1 in force from 2026-04-01 grade A define fee of Firm is 5 yen end end
"""


def test_a_bill_without_a_status_is_no_law() -> None:
    """Nothing of it holds in the world of the law in force, nor is it said to be checked against a text."""
    found = asked(AMOUNTS, Ask("2026-06-01", None, None, "current", (), ("fee",)))

    assert [t["state"] for t in found["data"]["terms"]] == ["gap"]  # type: ignore[index]


@pytest.mark.parametrize("kind", ["report", "press"])
def test_what_is_reported_is_no_law_either(kind: str) -> None:
    found = asked(AMOUNTS.replace("type bill", f"type {kind}"), Ask("2026-06-01", None, None, "current", (), ("fee",)))

    assert [t["state"] for t in found["data"]["terms"]] == ["gap"]  # type: ignore[index]


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_says_how_to_count_a_bill(tmp_path: Path, lang: str) -> None:
    """In `current` it names the worlds that suppose the bill; where there is none, the line to write."""
    aliased = run(tmp_path, AMOUNTS, "run", "--on", "2026-06-01", "--goal", "手数料", "--lang", lang)
    named = run(tmp_path, AMOUNTS + 'world w label en "yes" suppose b in force from 2026-05-01 end',
                "run", "--on", "2026-06-01", "--goal", "fee", "--lang", lang)  # fmt: skip
    unnamed = run(tmp_path, AMOUNTS, "run", "--on", "2026-06-01", "--goal", "fee", "--lang", lang)

    assert "world b-enacted" in aliased
    assert "--world w" in named and "b-enacted" not in named
    assert "world b-enacted suppose b in force from 2026-04-01 end" in unnamed.replace("\n", " ")
    assert not any(word in named for word in ("条文で確認", "checked against the text"))


def test_the_page_of_a_world_that_counts_the_bill_does_not() -> None:
    """What the world supposes is not told to be left out."""
    from kitei.askable import no_law_yet

    found = asked(BILL, Ask("2027-04-01", None, None, "bill", (), ("ban",)))
    left_out = asked(BILL, Ask("2027-04-01", None, None, "current", (), ("ban",)))

    assert no_law_yet(program(BILL), found) == []
    assert [n.instrument.id for n in no_law_yet(program(BILL), left_out)] == ["b"]


@pytest.mark.parametrize(("lang", "told"), [("en", "fee (fee)"), ("ja", "fee（手数料）")])
def test_a_law_of_amounts_only_says_what_to_ask(tmp_path: Path, lang: str, told: str) -> None:
    law = AMOUNTS.replace("type bill", "type act")

    assert told in run(tmp_path, law, "run", "--on", "2026-06-01", "--lang", lang)
    assert told not in run(tmp_path, law, "run", "--on", "2026-06-01", "--goal", "fee", "--lang", lang)


def test_current_is_there_undeclared() -> None:
    of = program(AMOUNTS + "world w end")

    assert list(of.worlds) == ["current", "w"]
    assert list(program(AMOUNTS + 'world current label en "mine" end').worlds) == ["current"]


# --------------------------------------------------------------------------- relations that reach nothing


def test_a_proviso_to_itself_is_told_so() -> None:
    text = AMOUNTS.replace("is 5 yen end", "is 5 yen proviso to b/1 end")
    _, found = compile_sources([Source("t.kitei", text)])

    assert [(d.slug, "b/1" in d.help) for d in found if d.severity == "error"] == [("target-itself", False)]


def test_a_typing_slip_does_not_offer_the_place_itself() -> None:
    text = AMOUNTS.replace("is 5 yen end", "is 5 yen proviso to b/11 end")
    _, found = compile_sources([Source("t.kitei", text)])

    assert [d.slug for d in found if d.severity == "error"] == ["dangling-citation"]
    assert "`b/1`" not in found[0].help


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "What keeps an amount from being determined - [1] What is the volume?"),
        ("ja", "額・数量が定まらない理由 ・[1] 取引量はいくらですか。"),
    ],
)
def test_what_an_open_amount_turns_on_is_said_although_the_duty_is_not_open(
    tmp_path: Path, lang: str, told: str
) -> None:
    """The duty is plain; its amount is a tenth of a volume nobody has stated."""
    law = """
instrument t type act title ja "法" en "Act" end
kind Firm end
attribute x of Firm is truth end
attribute volume of Firm is yen label ja "取引量" en "volume" question ja "取引量はいくらですか。" en "What is the volume?" end
attribute paid of Firm is date if any label ja "納めた日" en "day paid" end
norm pay of Firm label ja "納める義務" en "duty to pay" end
provision t/1 in force from 2020-01-01 grade A duty pay of Firm do paid amount 10% * volume end end
world current end
"""
    text = run(tmp_path, law, "run", "--on", "2026-06-01", "--lang", lang)
    assert told in " ".join(text.split())

"""Answers in words: what a lawyer must see, in both languages, and what must never be printed.

The law and the facts of the sample pages are invented and stand in `pages/`. The golden pages there were read line by
line; they change only when a sentence was meant to change.
"""

import copy
import json
import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kitei import render as rendering
from kitei import sentences, wording
from kitei.answer import Ask, answer
from kitei.apart import listed
from kitei.citing import TAGS, Citer
from kitei.document import Document, Entry, Heading, Listing, as_text, line_of, mark, plain, wrap
from kitei.explain import Conclusion, Explanation, TermConclusion, explain, reduced
from kitei.facts_read import read_facts
from kitei.naming import Shown, clean
from kitei.phrases import Phrases
from kitei.render import document, render
from kitei.steps import Node
from kitei.wording import LANGS, Lang
from kitei.world import Program
from kitei_dsl import core
from kitei_dsl.codec import digest
from kitei_dsl.diagnostics import render as report
from kitei_dsl.diagnostics import width
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source

PAGES = Path(__file__).parent / "pages"
TEMPLATES = Path(rendering.__file__).parent / "templates"
#: Words that would state a verdict, or an absence the collected rules cannot state.
FORBIDDEN = (
    "違反",
    "違法",
    "犯罪",
    "処罰される",
    "義務はない",
    "規制はない",
    "不明,",
    "OK",
    "N/A",
    "violat",
    "illegal",
    "guilty",
    "in breach",
    "no duty",
)

#: The questions the tests look at: (name, ask).
ASKS = {
    "current": Ask("2024-06-20"),
    "reserve": Ask("2024-06-20", goals=("reserve", "file_report", "claim_keys", "compensate", "train_staff")),
    "hypothetical": Ask("2024-06-20", text_on="2025-06-01", world="enacted"),
    "late": Ask("2024-09-01"),
    "press": Ask("2024-06-20", world="press"),
    "assumed": Ask("2024-06-20", text_on="2025-06-01", world="enacted",
                   assumes=(core.Assumption("t/9_2/1#cover", "5000000", "A. Lawyer"),)),
}  # fmt: skip


@cache
def law() -> Program:
    program, found = compile_sources([Source("law.kitei", (PAGES / "law.kitei").read_text(encoding="utf-8"))])
    assert [] == [report(d) for d in found]
    return Program(program, digest(program))


def ask(query: Ask) -> dict[str, Any]:
    facts, problems = read_facts((PAGES / "facts.yaml").read_bytes(), "home/case/facts.yaml", law().core)
    assert [] == problems
    return answer(law(), facts, query)


@cache
def asked(name: str) -> dict[str, Any]:
    return ask(ASKS[name])


@cache
def shown(name: str, lang: Lang, depth: int = 1) -> Document:
    """The page of an answer, made once: nothing that looks at it changes it."""
    return document(asked(name), law(), lang=lang, depth=depth)


@cache
def page(name: str, lang: Lang, depth: int = 1) -> str:
    return render(asked(name), law(), lang=lang, depth=depth)


@cache
def flat(name: str, lang: Lang, depth: int = 1) -> str:
    """Return a page without its line breaks, so a sentence can be looked for."""
    return "\n".join(plain(line) for line in shown(name, lang, depth).lines())


# --------------------------------------------------------------------------- statuses

STATUSES = [
    ("duty", "outstanding", "2024-07-01", "義務がある（履行期未到来・履行の記録なし）", "the duty applies (not yet due; no performance recorded)"),
    ("duty", "outstanding", None, "義務がある（未履行・履行の記録なし）", "the duty applies (outstanding; no performance recorded)"),
    ("duty", "performed", "2024-07-01", "義務がある（履行済み）", "the duty applies (performed)"),
    ("duty", "performed-late", "2024-07-01", "義務がある（遅れて履行）", "the duty applies (performed late)"),
    ("duty", "overdue", "2024-07-01", "義務がある（期限経過・与えられた事実を前提とすれば未履行）", "the duty applies (past due and, on the facts given, not performed)"),
    ("duty", "satisfied", None, "義務がある。与えられた事実を前提とすれば、適合する", "the duty applies; on the facts given, it is satisfied"),
    ("duty", "not-satisfied", None, "義務がある。与えられた事実を前提とすれば、適合しない", "the duty applies; on the facts given, it is not satisfied"),
    ("prohibition", "not-satisfied", None, "禁止が適用される。与えられた事実を前提とすれば、適合しない", "the prohibition applies; on the facts given, it is not satisfied"),
    ("duty", "not-applicable", None, "適用されない（要件に該当しない）", "does not apply (its requirements are not met)"),
    ("duty", "disapplied", None, "適用されない（適用除外）", "does not apply (disapplied)"),
    ("duty", "not-in-force-before", None, "適用されない（施行前）", "does not apply (not yet in force)"),
    ("duty", "undetermined", None, "判断できない", "cannot be determined"),
    ("power", "available", None, "することができる（当局の裁量）", "the authority may act (its discretion)"),
    ("permission", "available", None, "することができる（禁止が解かれる）", "the person may act (the prohibition is lifted)"),
    ("right", "arises", None, "権利が成立する", "the right arises"),
    ("right", "does-not-arise", None, "権利は成立しない", "the right does not arise"),
    ("effect", "arises", None, "効果が生ずる", "the effect arises"),
    ("effort", "noted", None, "努力義務がある（履行の有無は判定しない）", "an effort is called for (never judged)"),
]  # fmt: skip


@pytest.mark.parametrize(("modality", "status", "due", "ja", "en"), STATUSES)
def test_each_status_has_its_fixed_words(modality: str, status: str, due: str | None, ja: str, en: str) -> None:
    """One list per kind of norm; nothing is fulfilled that cannot be."""
    assert ja == Phrases("ja", False, law(), asked("current")).status_of(modality, status, due)
    assert en == Phrases("en", False, law(), asked("current")).status_of(modality, status, due)


def test_hypothetical_statuses_say_would() -> None:
    """What is only supposed is never stated: the English says would or could, the Japanese こととなる or となる."""
    for table in wording.STATUS.values():
        for status, words in table.items():
            ja, en = words.hypothetical
            assert re.search(r"would|could", en), status
            assert re.search(r"こととなる|となる", ja), status


def test_overdue_and_not_satisfied_become_would_not_be_satisfied() -> None:
    phrases = Phrases("en", True, law(), asked("hypothetical"))

    assert "it would not be satisfied (the due day would have passed without performance)" == phrases.status_of(
        "duty", "overdue", "2024-07-01"
    )
    assert phrases.status_of("prohibition", "not-satisfied", None).endswith("would not be satisfied")


def test_no_fixed_word_is_a_forbidden_one() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.glob("*.j2"))]
    texts.append(Path(wording.__file__).read_text(encoding="utf-8").partition('"""\n\nfrom')[2])

    assert [] == [word for text in texts for word in FORBIDDEN if word in text]


# --------------------------------------------------------------------------- the page


@pytest.mark.parametrize("name", ASKS)
@pytest.mark.parametrize("depth", [1, 2, 3])
def test_both_languages_show_the_same(name: str, depth: int) -> None:
    """The same citations, days and numbers stand on both pages, by their marks and by their text."""
    ja, en = (shown(name, lang, depth) for lang in LANGS)

    for kind in ("cite", "day", "number"):
        assert ja.marks(kind) == en.marks(kind)
    assert ja.marks("day")
    texts = [as_text(d, 10_000) for d in (ja, en)]
    for pattern in (r"\d{4}-\d{2}-\d{2}", r"\d{1,3}(?:,\d{3})+", r"\[?［?(\d+)[］\]] "):
        assert set(re.findall(pattern, texts[0])) == set(re.findall(pattern, texts[1]))


@pytest.mark.parametrize("name", ASKS)
@pytest.mark.parametrize("lang", LANGS)
def test_no_page_states_a_verdict(name: str, lang: Lang) -> None:
    text = flat(name, lang, 2) + flat(name, lang, 3)

    assert [] == [word for word in FORBIDDEN if word in text]
    assert "home/case" not in text


@pytest.mark.parametrize("lang", LANGS)
def test_the_same_answer_gives_the_same_bytes(lang: Lang) -> None:
    again = render(ask(ASKS["current"]), law(), lang=lang, depth=3)

    assert page("current", lang, 3) == again
    assert "\x1b" not in again


def sections(d: Document) -> Iterator[tuple[str, list[Entry]]]:
    """Give the numbered sections with their top entries."""
    title, entries = "", list[Entry]()
    for block in d.blocks:
        if isinstance(block, Listing):
            entries += block.entries
        elif re.match(r"\d\. ", plain(block.line)):
            yield title, entries
            title, entries = plain(block.line)[:1], []
    yield title, entries


@pytest.mark.parametrize(("lang", "words"), [("ja", "仮に施行されていたとすれば"), ("en", "f it had been in force")])
@pytest.mark.parametrize("name", ["hypothetical", "press", "assumed"])
def test_every_hypothetical_conclusion_says_so_in_its_own_sentence(name: str, lang: Lang, words: str) -> None:
    """Not only in the header: each row's conclusion, each deadline, each sanction."""
    found = dict(sections(shown(name, lang)))

    assert found["1"] and found["3"]
    for entry in found["1"]:
        assert any(words in plain(e.line) for e in (entry, *entry.entries)), plain(entry.line)
    for entry in (*found["2"], *found["3"]):
        assert words in plain(entry.line), plain(entry.line)
    for entry in found["1"]:
        line = plain(entry.line)
        assert not re.search(r"(?:期限|額・数量)：(?!仮に)|(?:Due|Amount): (?!if it had)", line), line
        assert all(
            words in plain(e.line) for e in entry.entries if plain(e.line).startswith(("読み方", "On the reading"))
        ), line
    text = flat(name, lang)
    assert "on the facts given, it is not satisfied" not in text
    assert "適合しない。" not in text


def test_the_hypothetical_banner_stands_first() -> None:
    lines = page("hypothetical", "ja").split("\n")
    first = "".join(lines[3:5])

    assert first.startswith("仮定の適用：令和7年6月1日（2025-06-01）時点の法令を令和6年6月20日の事実に当てはめたもの")
    assert (
        "Hypothetical: law of 2025-06-01 applied to facts of 2024-06-20, and what is not in force is supposed to be (see below)."
        in flat("hypothetical", "en")
    )
    assert 1 == flat("hypothetical", "en").count("Hypothetical: ") and 1 == flat("hypothetical", "ja").count(
        "仮定の適用："
    )
    assert "Hypothetical" not in flat("current", "en") and "仮定の適用" not in flat("current", "ja")


def test_the_three_days_are_printed_also_when_equal() -> None:
    assert "Law as of: 2024-06-20 / facts as of: 2024-06-20 / known as of: 2024-06-20" in flat("current", "en")
    assert (
        "適用法令の基準日：令和6年6月20日／事実の基準日：令和6年6月20日／知り得た事項の基準日：令和6年6月20日"
        in flat("current", "ja")
    )


def test_assumptions_say_who_assumes_within_which_bounds() -> None:
    text = flat("assumed", "en")

    assert ("Assumption: start of the Amending Test Act is 2025-04-01 (Tuesday). Assumed by: 作成者. "
            "Bounds: from 2024-05-01 to 2025-04-30. Basis: Amending Test Act suppl. art. 1.") in text  # fmt: skip
    assert "Assumption: amount of cover is JPY 5,000,000. Assumed by: A. Lawyer." in text
    assert "仮定した者：A. Lawyer。" in flat("assumed", "ja")


def test_a_moved_deadline_says_why() -> None:
    section = {lang: [plain(e.line) for e in dict(sections(shown("current", lang)))["2"]] for lang in LANGS}

    assert ("令和6年7月1日（月曜日） ― [3] 報告書を提出する義務（令和5年度）の期限。試験府令第1条による。"
            "末日令和6年6月30日（2024-06-30・日曜日）が休日のため繰り下がる（行政機関休日法第2条）。") in section["ja"]  # fmt: skip
    assert ("2024-07-01 (Monday) - due day of [3] duty to file the report (FY2023). By Test Ordinance art. 1. "
            "The last day 2024-06-30 (Sunday) is a holiday, so it moves (Administrative Holidays Act art. 2).") in section["en"]  # fmt: skip
    assert "期限：令和6年7月1日（2024-07-01・月曜日）。相手方：監督庁長官。理由：" in flat("current", "ja")

    ja, en = flat("current", "ja", 3), flat("current", "en", 3)
    assert (
        "期限：令和6年7月1日（2024-07-01・月曜日）。期間の末日令和6年6月30日（2024-06-30・日曜日）が休日に当たるため繰り下がる"
        in ja
    )
    assert (
        "Due: 2024-07-01 (Monday). The period's last day 2024-06-30 (Sunday) is a holiday, so it moves (2024-06-30: Sunday; Administrative Holidays Act art. 2)."
        in en
    )


def test_deadlines_are_in_order_of_the_days() -> None:
    found = dict(sections(shown("late", "en")))["2"]
    days = [plain(e.line)[:10] for e in found]

    assert ["2023-06-30", "2024-07-01"] == days[:2]
    assert "without delay (遅滞なく)" in plain(found[-1].line)


def test_a_promptness_is_left_to_a_person() -> None:
    assert (
        "期限：「遅滞なく」。日数の定めはない。期間の基準となる日は令和6年5月31日、事実の基準日は令和6年6月20日。期限を過ぎたかは人の評価による。"
        in flat("current", "ja", 3)
    )
    found = [plain(e.line) for e in dict(sections(shown("current", "ja")))["2"]]
    assert ("「遅滞なく」 ― [4] 流出を利用者に知らせる義務（五月の流出）：義務がある（未履行・履行の記録なし）。日数の定めはない。期間の基準となる日は"
            "令和6年5月31日（2024-05-31）、事実の基準日は令和6年6月20日。期限を過ぎたかは人の評価による。") == found[-1]  # fmt: skip


def test_nothing_is_said_of_performance_that_no_fact_says() -> None:
    """After the due day, with no fact on filing, the entry refers to the question; the day is still shown."""
    found = dict(sections(shown("late", "ja")))

    assert any(
        "令和5年度　試験法第5条第1項：判断できない（理由：事実不明）。下記4の点が全て分かれば判断できる。期限：令和6年7月1日"
        in plain(e.line)
        for e in found["1"]
    )
    assert "[4] 〔最初に確認〕報告書をいつ提出しましたか。" == plain(found["4"][0].entries[0].line)
    assert "報告書をいつ提出しましたか。（令和5年度）" in flat("late", "ja", 3)


def test_sanctions_are_what_an_act_may_be_subject_to() -> None:
    ja, en = flat("current", "ja"), flat("current", "en")

    assert (
        "[1]（無登録で資産を管理することの禁止）に適合しないときは試験法第20条第1号の罰則の対象となり得る：当該行為をした者、3年以下の懲役若しくは3,000,000円以下の罰金、又はその併科。両罰：法人は100,000,000円以下の罰金（試験法第22条第1号）。"
        in ja
    )
    assert (
        "The person who did the act may be subject to a penalty under Test Act art. 20(i) where [1] (ban on custody without registration) is not satisfied: imprisonment (懲役) of up to 3 years or a fine of up to JPY 3,000,000, or both."
        in en
    )
    assert "[6]（資産を分別して管理する義務）には、直接の罰則が見当たらない（試験法第20条第1号を確認）。" in ja
    assert "収録範囲には罰則・処分の規定が見当たらないもの：[2]～[4]。" in ja

    ja, en = flat("current", "ja", 3), flat("current", "en", 3)
    assert (
        "罰則（試験法第20条第1号）の対象となり得る：当該行為をした者、3年以下の懲役若しくは3,000,000円以下の罰金、又はその併科。両罰：法人は100,000,000円以下の罰金（試験法第22条第1号）。"
        in ja
    )
    assert (
        "may be subject to a penalty (Test Act art. 20(i)): imprisonment (懲役) of up to 3 years or a fine of up to JPY 3,000,000, or both."
        in en
    )
    assert (
        "資産を分別して管理する義務（試験法第6条第1項本文）には、直接の罰則が見当たらない（試験法第20条第1号を確認）。"
        in ja
    )
    assert "収録範囲には罰則・処分の規定が見当たらない：報告書を提出する義務（試験法第5条第1項）" in ja


def test_grounds_stand_in_four_lists_that_are_never_mixed() -> None:
    found = dict(sections(shown("press", "ja")))["5"]

    assert ["①施行中のもの", "②公布済み・未施行のもの", "③案・提言", "④報道"] == [
        re.split("[（：]", plain(e.line))[0] for e in found
    ]
    assert ("試験法：第2条第1項本文・第3条・第5条第1項・第6条第1項本文・第2項・第7条第1項・第8条・第10条第1項・第2項・第11条第1項・第20条第1号"
            "〔令和2年5月1日（2020-05-01）から〕、第22条第1号（条文で確認）。正式名称：資産管理試験法（令和2年法律第1号）。読んだ条文：令和6年4月1日（2024-04-01）の版まで。") == plain(found[0].entries[0].line)  # fmt: skip
    assert ["試験法：第9条の2第1項〔未施行・要綱による〕（要綱による）。"] == [plain(e.line) for e in found[1].entries]
    assert "③案・提言：なし" == plain(found[2].line)
    assert ["報道X：主張1〔報道〕（報道）。架空の報道"] == [plain(e.line) for e in found[3].entries]

    found = dict(sections(shown("press", "ja", 3)))["5"]
    assert "試験法第3条（登録）" in plain(found[0].entries[1].line)
    assert [
        "試験法第9条の2第1項〔未施行・要綱による〕（保険〔要綱〕） ― 「改正試験法の施行の日」（日は未定）施行、確度B：要綱による"
    ] == [plain(e.line) for e in found[1].entries]
    assert ["なし"] == [plain(e.line) for e in found[2].entries]
    assert [True] == [
        "報道X主張1〔報道〕" in plain(e.line) and "確度C：報道" in plain(e.line) for e in found[3].entries
    ]


def test_what_rests_on_press_alone_says_so() -> None:
    ja, en = (
        dict(sections(shown("press", "ja"))),
        dict(sections(shown("press", "en"))),
    )
    rows = [plain(e.line) for e in (*ja["1"], *ja["3"]) if "報道X" in plain(e.line)]

    assert any(row.startswith("[3]") for row in rows)
    assert all("報道による：仮に施行されていたとすれば、" in row for row in rows)
    assert [True] == [plain(e.line).startswith("報道による：") for e in ja["3"] if "[3]" in plain(e.line)]
    assert any(
        "Press X claim 1 [press]: according to press: if it had been in force, the prohibition would apply"
        in plain(e.line)
        for e in en["1"]
    )


def test_what_rests_on_an_evaluation_says_so_first() -> None:
    found = dict(sections(shown("current", "en")))["1"]
    text = flat("current", "en").split("1. Conclusions\n")[1]

    assert text.startswith("Rests on an evaluation (a legal judgment, not a fact): acting as a business (Company A)")
    assert plain(found[0].line).startswith(
        "[1] Rests on an evaluation (acting as a business): ban on custody without registration, Test Act art. 3: "
    )


def test_a_contested_reading_lists_each_result() -> None:
    text = flat("reserve", "ja")

    assert "判断できない（理由：解釈が分かれる）。" in text
    assert "読み方 「「管理」の意味」＝「鍵の一部で足りる」：権利が成立する。" in text
    assert "読み方 「「管理」の意味」＝「全ての鍵を要する」：権利は成立しない。" in text


def test_a_presumed_result_says_so() -> None:
    words = "責任の要件に該当する。推定による（反証により変わる）。結論を変え得るもの：外部者によること（五月の流出）。"

    assert words in flat("reserve", "ja")
    assert words in flat("reserve", "ja", 3)


def test_an_exact_fraction_of_yen_stays_exact() -> None:
    assert (
        "「準備すべき額」（甲社）：333,333 1/3円（収録した規定に端数処理の定めはない）（試験法第9条第1項本文）。"
        in flat("reserve", "ja")
    )
    assert (
        '"amount of reserve" (Company A): JPY 333,333 1/3 (the encoded provisions order no rounding) (Test Act art. 9(1), main clause).'
        in flat("reserve", "en").replace('"A', '"a')
    )


def test_the_end_block_and_the_version() -> None:
    lines = flat("current", "ja").split("\n")

    assert [
        "本書は収録した規定と入力事実に基づく計算結果であり、法律意見・行政の見解ではない。",
        "収録していない法令、監督指針、ガイドラインなどは検討していない。", "正文は官報による。",
        "解釈が分かれる点は弁護士の判断又は法令適用事前確認手続を要する。",
    ] == lines[-4:]  # fmt: skip
    assert f"規則の版 {law().digest}／" in lines[-5]
    assert "適用法令：資産管理試験法（令和2年法律第1号。以下「試験法」という。）" in flat("current", "ja", 3)


# --------------------------------------------------------------------------- one page first


@pytest.mark.parametrize("name", ASKS)
@pytest.mark.parametrize("lang", LANGS)
def test_other_sections_refer_to_numbered_entries(name: str, lang: Lang) -> None:
    """Entries are numbered in order, every number elsewhere is an entry, and whatever is undetermined is taken up below."""
    found = dict(sections(shown(name, lang)))
    numbered = [int(m[1]) for e in found["1"] if (m := re.match(r"\[(\d+)\] ", plain(e.line)))]
    below = {n: "\n".join(plain(x.line) for e in found[n] for x in (e, *e.entries)) for n in "234"}
    referred = {n: {int(x) for x in re.findall(r"\[(\d+)\]", text)} for n, text in below.items()}
    undetermined = {
        i
        for i, e in zip(numbered, found["1"], strict=False)
        if re.search(r"判断できない|c(?:an|ould) ?not be determined", plain(e.line))
    }

    assert list(range(1, len(numbered) + 1)) == numbered
    assert referred["2"] | referred["3"] | referred["4"] <= {*numbered}
    assert undetermined and undetermined == referred["4"]


@pytest.mark.parametrize("lang", LANGS)
def test_an_entry_says_what_the_status_needs_and_no_more(lang: Lang) -> None:
    """Bases, outlooks, sources of readings and versions in time are left to depth 3; to whom a duty with a time is owed is not."""
    one, three = flat("late", lang), flat("late", lang, 3)
    words = {
        "ja": ("根拠：", "見通し：", "読み方の出典", "施行、"),
        "en": ("Basis:", "Outlook", "Where the readings come from", "in force from"),
    }

    for word in words[lang]:
        assert word in three and word not in one
    assert {"ja": "相手方：監督庁長官。", "en": "Towards: the Commissioner."}[lang] in one


def test_the_grade_is_said_once_and_where_it_is_another() -> None:
    found = dict(sections(shown("press", "ja")))

    assert 1 == flat("press", "ja").count("確度A")
    assert [True] == [
        plain(e.line).endswith("典拠：報道（確度C）。") for e in found["1"] if plain(e.line).startswith("[3]")
    ]


YEARS = """
entities:
  kou: {kind: Firm, name: {ja: 甲社, en: Company A}, as_business: true, outflow: {members: [one, two], complete: true}}
  one: {kind: Outflow, name: {ja: 一度目, en: first}, happened_on: 2024-05-30}
  two: {kind: Outflow, name: {ja: 二度目, en: second}, happened_on: 2024-05-31, told_on: TOLD}
"""


@pytest.mark.parametrize(
    ("told", "ja"),
    [
        ("", ["流出を利用者に知らせる義務 ― 一度目・二度目　"]),
        ("2024-06-01", ["流出を利用者に知らせる義務 ― 一度目　", "流出を利用者に知らせる義務 ― 二度目　"]),
    ],
)
def test_instances_of_which_the_same_is_said_stand_in_one_entry(told: str, ja: list[str]) -> None:
    text = YEARS.replace(", told_on: TOLD", f", told_on: {told}" if told else "")
    facts, problems = read_facts(text.encode(), "facts.yaml", law().core)
    assert [] == problems
    page = document(answer(law(), facts, Ask("2024-06-20", goals=("tell_users",))), law(), lang="ja")

    rows = [plain(e.line) for e in dict(sections(page))["1"]]
    assert sorted(ja) == sorted(row.partition("：")[2][: len(x)] for row in rows for x in ja if x in row)


def test_readings_are_told_apart_only_where_they_matter() -> None:
    """A point on which the result does not depend is left out; where all agree nothing is listed."""
    a, b = core.Wording("甲", "a"), core.Wording("乙", "b")
    x, y = core.Wording("一", "x"), core.Wording("二", "y")
    both = [((a, i), (b, j)) for i in (x, y) for j in (x, y)]

    amounts = [Shown("value", "yen", str(n)) for n in range(2)]

    assert () == reduced(())
    assert () == reduced(tuple((c, "arises", None, None) for c in both))
    assert ((((a, x),), "arises", None, None), (((a, y),), "does-not-arise", None, None)) == reduced(
        tuple((c, "arises" if c[0][1] is x else "does-not-arise", None, None) for c in both)
    )
    assert 4 == len(reduced(tuple((c, "arises", str(n), None) for n, c in enumerate(both))))
    assert [amounts[0], amounts[1]] == [
        r[3] for r in reduced(tuple((c, "outstanding", None, amounts[c[1][1] is y]) for c in both))
    ]


DEPOSIT = """
term deposit of Firm is yen label ja "保証金の額" en "amount of the deposit" end
norm hold_deposit of Firm label ja "保証金を保有する義務" en "duty to hold a deposit" end
provision t/12/1 in force from 2020-05-01 grade A
  define deposit of Firm as firm named by_wide_amount given holding = wide is 300 yen end
  define deposit of Firm as firm named by_narrow_amount given holding = narrow is 200 yen end
  duty hold_deposit of Firm as firm when custodian of firm keep cold of firm amount deposit of firm end
end
"""


def test_an_amount_that_depends_on_a_reading_is_shown_by_reading() -> None:
    """The status may be the same on every reading and the amount another."""
    program, found = compile_sources([Source("law.kitei", (PAGES / "law.kitei").read_text(encoding="utf-8") + DEPOSIT)])
    assert [] == [report(d) for d in found]
    built = Program(program, digest(program))
    text = "entities:\n  kou: {kind: Firm, name: {ja: 甲社, en: Company A}, as_business: true, cold: true}"
    facts, problems = read_facts(text.encode(), "facts.yaml", program)
    assert [] == problems
    data = answer(built, facts, Ask("2024-06-20", goals=("hold_deposit",)))

    for depth in (1, 3):
        lines = [plain(x) for x in document(data, built, lang="ja", depth=depth).lines()]
        assert (
            "読み方 「「管理」の意味」＝「鍵の一部で足りる」：義務がある。与えられた事実を前提とすれば、適合する（額・数量 300円）。"
            in lines
        )
        assert (
            "読み方 「「管理」の意味」＝「全ての鍵を要する」：義務がある。与えられた事実を前提とすれば、適合する（額・数量 200円）。"
            in lines
        )
        assert not any("いずれの読み方" in line for line in lines)
    assert "解釈が分かれる：「管理」の意味 →[1]" in [plain(x) for x in document(data, built, lang="ja").lines()]


def test_what_is_not_seen_is_named() -> None:
    """A fact later than the facts' day is named by what it is a fact of."""
    data = copy.deepcopy(asked("current"))
    data["data"]["not_seen"] = [{"item": "leak", "dated": "2024-07-02"}]

    assert "見ていない事実：五月の流出（令和6年7月2日（2024-07-02）付け）。" in "\n".join(
        plain(x) for x in document(data, law(), lang="ja").lines()
    )
    assert "May outflow: a fact dated 2024-07-02 is not seen" in "\n".join(
        plain(x) for x in document(data, law(), lang="en", depth=3).lines()
    )


# --------------------------------------------------------------------------- hostile names


def test_no_name_acts_on_a_terminal_or_a_template() -> None:
    """Control characters are shown, templates in names are text, and marks cannot be forged."""
    hostile = "\x1b[31m{{ 7*7 }}{% raw %}\u202e\n1. 結論\x02cite\x1ffiea/1\x1fX\x03\u2028\x00\ud800"
    data = copy.deepcopy(asked("current"))
    data["data"]["entities"]["kou"] = {"kind": "Firm", "ja": hostile, "en": hostile}
    for lang in LANGS:
        text = render(data, law(), lang=lang, depth=3)

        assert {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Cs")} == {"\n"}
        assert "\\u001b[31m{{ 7*7 }}{% raw %}\\u202e" in text.replace("\n", "").replace("  ", "")
        assert "fiea/1" not in document(data, law(), lang=lang).marks("cite")
        assert text.encode("utf-8")


def test_clean_leaves_ordinary_names_alone() -> None:
    assert "株式会社　甲 Ltd.".replace("　", " ") == clean("株式会社　甲 Ltd.")


# --------------------------------------------------------------------------- days, numbers, lines


@pytest.mark.parametrize(
    ("iso", "ja"),
    [
        ("2026-11-22", "令和8年11月22日（2026-11-22）"),
        ("2019-05-01", "令和元年5月1日（2019-05-01）"),
        ("2019-04-30", "平成31年4月30日（2019-04-30）"),
        ("1989-01-08", "平成元年1月8日（1989-01-08）"),
        ("1989-01-07", "昭和64年1月7日（1989-01-07）"),
        ("1926-12-25", "昭和元年12月25日（1926-12-25）"),
        ("1912-07-29", "明治45年7月29日（1912-07-29）"),
        ("1800-01-01", "1800-01-01"),
    ],
)
def test_days_in_japanese_carry_their_era(iso: str, ja: str) -> None:
    assert ja == plain(line_of(Phrases("ja", False, law(), asked("current")).day(iso)))


@pytest.mark.parametrize(
    ("type", "text", "ja", "en"),
    [
        ("yen", "6000000", "6,000,000円", "JPY 6,000,000"),
        ("yen", "-6000000", "-6,000,000円", "JPY -6,000,000"),
        ("yen", "1000000/3", "333,333 1/3円", "JPY 333,333 1/3"),
        ("yen", "-1/3", "-1/3円", "JPY -1/3"),
        ("yen", "2469/2", "1,234.5円", "JPY 1,234.5"),
        ("rate", "1/20", "5%", "5%"),
        ("rate", "1/3", "1/3", "1/3"),
        ("number", "12345", "12,345", "12,345"),
        ("quantity", "4502.9 BTC", "4,502.9 BTC", "4,502.9 BTC"),
        ("span", "3 months", "3か月", "3 months"),
        ("span", "1 years", "1年", "1 year"),
        ("date", "2024-07-01", "令和6年7月1日（2024-07-01・月曜日）", "2024-07-01 (Monday)"),
        ("truth", "true", "該当する", "yes"),
    ],
)
def test_values_are_written_exactly(type: str, text: str, ja: str, en: str) -> None:
    for lang, expected in (("ja", ja), ("en", en)):
        phrases = Phrases(lang, False, law(), asked("current"))  # type: ignore[arg-type]

        assert expected == plain(line_of(phrases.shown(Shown("value", type, text))))


def test_no_line_is_wider_than_asked() -> None:
    for name in ASKS:
        for lang in LANGS:
            lines = render(asked(name), law(), lang=lang, depth=3, width=72).split("\n")

            assert [] == [
                x for x in lines if width(x) > 72 and len(x.split()) > 1 and "sha256" not in x and width(x) > 76
            ]
            assert [] == [x for x in lines if x != x.rstrip()]
            assert [] == [x for x in lines if x.strip()[:1] in "、。）」" and x.strip()]


def test_wrapping_counts_wide_characters_as_two() -> None:
    assert ["ああああ", "ああ。"] == wrap("ああああああ。", 8, "", "")
    assert ["あああ", "（あああ"] == wrap("あああ（あああ", 8, "", "")
    assert ["one two", "three"] == wrap("one two three", 9, "", "")
    assert Fraction(1, 3) == Fraction(mark("number", "1/3", "x").split("\x1f")[1])


# --------------------------------------------------------------------------- the tree


def parts(explanation: Explanation) -> list[Conclusion | TermConclusion]:
    return [*explanation.conclusions, *explanation.terms]


def nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from nodes(child)


@pytest.mark.parametrize("name", ASKS)
def test_explaining_computes_no_value(name: str) -> None:
    """Whatever a node shows is the result its step has in the derivation."""
    explanation, steps = explain(asked(name), law()), asked(name)["data"]["derivation"]["steps"]
    shown = 0
    for part in parts(explanation):
        for _, _, root in explanation.derivation(part, {}):
            for node in nodes(root):
                if node.step is not None and "shown" in node.about:
                    result, value = steps[node.step]["result"], node.about["shown"]
                    shown += 1

                    assert (result["state"], result.get("value", "")) == (value.state, value.text)
    assert shown > 20


def test_nodes_name_the_legal_mechanisms() -> None:
    found = set()
    for name in ASKS:
        explanation = explain(asked(name), law())
        for part in parts(explanation):
            found |= {n.mechanism for _, _, root in explanation.derivation(part, {}) for n in nodes(root)}

    assert {"provision", "not_met", "undecided", "defeated", "exclusion", "definition", "filled", "assumed", "period", "presumption",
            "closing", "fact", "evaluation", "act", "unknown", "unverified", "comparison", "arithmetic", "all", "not",
            "norm_applies", "value"} <= found  # fmt: skip


def test_every_step_below_a_conclusion_is_shown_or_named() -> None:
    """Depth 3 leaves no step out but names bound to entities and clauses without a condition."""
    data = asked("current")["data"]
    text = flat("current", "ja", 3)
    kinds = {s["id"]: s["kind"] for s in data["derivation"]["steps"]}
    shown = {int(n) for n in re.findall(r"［(\d+)］", text)}
    missing = {kinds[i] for i in set(kinds) - shown}

    assert missing <= {"bind", "literal", "resolve"}


def test_a_rule_defeated_says_by_which() -> None:
    text = flat("current", "ja", 3)

    assert (
        "退けられた定め：試験法第6条第1項本文 ― 試験法第6条第2項による　文言 「管理業者は」（試験法第6条第1項本文）"
        in text
    )
    assert "適用されない（適用除外）：試験法第6条第2項による。" in text


def test_plain_statements_are_marked_as_ours() -> None:
    assert "試験法第2条第1項本文：当サイトの要約「管理業者とは、業として資産を管理する者をいう。」" in flat(
        "current", "ja", 3
    )
    assert "当サイトの要約「" not in flat("current", "ja", 1)


# --------------------------------------------------------------------------- templates, formats, golden pages


def test_both_templates_say_the_same_things() -> None:
    """The same macros with the same parameters."""
    ja, en = (
        re.findall(r"{% macro (\w+\([^)]*\))", (TEMPLATES / f"{lang}.j2").read_text(encoding="utf-8")) for lang in LANGS
    )

    assert ja == en
    assert len(set(ja)) == len(ja)


@pytest.mark.parametrize("file", sorted(p.name for p in TEMPLATES.glob("*.j2") if p.name != "page.html.j2"))
def test_templates_hold_macros_comments_and_imports_only(file: str) -> None:
    """What else stands between macros would never be read; and every macro compiles."""
    text, template = (TEMPLATES / file).read_text(encoding="utf-8"), sentences.template(file)
    own = sentences.environment().overlay()
    own.filters = dict.fromkeys(re.findall(r"\|\s*(\w+)", text), str)
    macros = sentences.Macros(file, own, {})
    for other, name in ((f, n) for n, f in template.imports.items()):
        text = text.replace(f"{{% import '{other}' as {name} with context %}}", "", 1)
    for macro in template.texts.values():
        text = text.replace(macro, "", 1)

    assert "" == re.sub(r"{#.*?#}", "", text, flags=re.S).strip()
    assert all(own.compile(macro) for macro in template.texts.values())
    assert all(name in macros for name in template.texts)


def test_templates_are_sandboxed_and_strict() -> None:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = sentences.environment()

    assert isinstance(environment, ImmutableSandboxedEnvironment)
    assert environment.undefined is StrictUndefined


def test_json_is_the_answer_itself() -> None:
    """With which facts make readings come apart, which `apart` finds in the answer."""
    text = render(asked("current"), law(), format="json")
    shown, answered = json.loads(text), asked("current")

    assert shown["data"].pop("apart") == listed(explain(answered, law()))
    assert shown == answered
    assert "甲社" in text


def test_what_cannot_be_rendered_is_refused() -> None:
    for wrong in ({"format": "pdf"}, {"depth": 4}, {"lang": "fr"}):
        with pytest.raises(ValueError, match=r"pdf|depth|fr"):
            render(asked("current"), law(), **wrong)


GOLDEN = [
    ("one.ja.txt", "current", "ja", 1),
    ("one.en.txt", "hypothetical", "en", 1),
    ("all.ja.txt", "report", "ja", 3),
    ("all.en.txt", "report", "en", 3),
]


@pytest.mark.parametrize(("file", "name", "lang", "depth"), GOLDEN)
def test_golden_pages(file: str, name: str, lang: Lang, depth: int) -> None:
    """Pages read by a person; digests are left out, for they change with any law."""
    query = Ask("2024-07-01", goals=("reserve", "file_report")) if name == "report" else ASKS[name]
    text = re.sub(
        r"(規則の版|Rules) [\s\S]*?(?=本書|Computed)", r"\1 …\n", render(ask(query), law(), lang=lang, depth=depth)
    )

    assert (PAGES / file).read_text(encoding="utf-8") == text


@pytest.mark.parametrize("status", [s for s in core.STATUSES if s != "enacted"])
def test_what_is_no_law_yet_has_words_for_each_status(status: str) -> None:
    """Asked for by name in a world that does not count it, a norm of each kind of draft is told to be that, and is cited so."""
    program, found = compile_sources([Source("t.kitei", f"""
instrument t type act status {status} title ja "案の法" en "Draft Act" end
kind Firm label ja "会社" en "firm" end
attribute busy of Firm is truth label ja "業" en "business" end
norm ban of Firm label ja "禁止" en "ban" end
provision t/1 in force from 2020-01-01 grade A prohibition ban of Firm avoid busy end end
world current label ja "現行法" en "law in force" end
world supposed suppose t in force from 2020-01-01 label ja "仮" en "supposed" end
""")])  # fmt: skip
    assert [] == [d for d in found if d.severity == "error"]
    law = Program(program, digest(program))
    facts, _ = read_facts(b"entities: {kou: {kind: Firm, busy: true}}", "f.yaml", program)
    for world in ("current", "supposed"):
        for lang in LANGS:
            page = render(answer(law, facts, Ask("2024-01-01", None, None, world, (), ("ban",))), law, lang=lang)
            assert Citer(law).data("t/1")[lang] in page or world == "current"
            assert TAGS[status][LANGS.index(lang)] in Citer(law).data("t/1")[lang]


def test_a_title_of_several_lines_is_underlined_as_far_as_its_longest() -> None:
    """`aaaa bbbb` fills nine of ten columns, `cc` two; a heading of the second level has no line under it."""
    blocks = (Heading(1, line_of("aaaa bbbb cc")), Heading(2, line_of("dd")))

    assert "aaaa bbbb\ncc\n=========\n\ndd\n" == as_text(Document("en", blocks), 10)


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_a_label_that_ends_in_the_kind_of_its_norm_is_not_followed_by_it(depth: int) -> None:
    """報告書を提出する義務 is a duty by its name, in either language, on the short page and on the long."""
    query = Ask("2024-07-01", goals=("file_report",))
    ja, en = (render(ask(query), law(), lang=lang, depth=depth) for lang in LANGS)

    assert "報告書を提出する義務" in ja and "義務〔義務〕" not in ja
    assert "uty to file the report" in en and "report [duty]" not in en

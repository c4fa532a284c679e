"""Public pages: what they say of a small invented law, in which tense, what they came from, and when they have become stale."""

import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest
from click.testing import CliRunner

from kitei.cli.site import build, check
from kitei.document import plain
from kitei.ruleset import load
from kitei.site.build import RECORD, Made, NotASite, Wish, make, place, read_record
from kitei.site.guides import BadGuides, read_guides
from kitei.site.overview import _places
from kitei.site.staleness import Found, Paragraphs, Stale, stale, summary, told
from kitei.site.standing import Standing
from kitei_dsl.frozen import replace
from test_html import Page

LAW = Path(__file__).parent / "site_law"
CORPUS = Path(__file__).resolve().parent.parent / "statutes/jp"
WISH = Wish("2024-06-01", "2024-06-01")
Change = Callable[[str], str]


def law_folder(tmp_path: Path, change: Change = lambda text: text, file: str = "law.kitei") -> Path:
    """Return a copy of the law with one of its files changed."""
    folder = tmp_path / "law"
    shutil.copytree(LAW, folder, dirs_exist_ok=True)
    path = folder / file
    before = path.read_text(encoding="utf-8")
    after = change(before)
    path.write_text(after, encoding="utf-8")
    return folder


def made_from(folder: Path, wish: Wish = WISH) -> Made:
    program, _ = load(folder)
    return make(program, folder, wish)


@cache
def site() -> Made:
    made = made_from(LAW)
    assert () == made.failures
    return made


@cache
def page(name: str) -> Page:
    return Page(site().files[name])


def said(name: str) -> str:
    return re.sub(r"\s+", " ", page(name).text())


def paragraph(name: str, id: str) -> str:
    return Paragraphs(site().files[name]).found[id].text


# --------------------------------------------------------------------------- what a page says


def test_a_provision_says_whom_since_when_on_what_evidence_and_that_it_is_no_official_view() -> None:
    text = said("ja/provision/t-3.html")

    assert "試験法第3条（分別保管）" in text
    assert "誰に関するか" in text and "会社" in text
    assert "施行中（収録した条文では令和2年5月1日（2020-05-01）から）" in text
    assert "条文で確認" in text
    assert text.count("この頁は行政の見解ではありません。") >= 2
    assert "This page is not a view of any authority." in said("en/provision/t-3.html")


def test_the_law_of_a_page_is_named_with_the_day_of_its_material_only_where_it_has_one() -> None:
    """The invented act states `text of 2024-04-01`, the invented press account nothing."""
    act, press = said("ja/provision/t-3.html"), said("ja/provision/p-claim1.html")

    assert "適用法令：試験法（令和6年4月1日（2024-04-01）現在の資料）。作成基準日" in act
    assert "適用法令：報道X。作成基準日" in press
    assert "Law: Test Act (material of 2024-04-01). As of" in said("en/provision/t-3.html")
    assert "Law: Press X. As of" in said("en/provision/p-claim1.html")


def test_a_norm_is_one_question_and_one_answer_sentence() -> None:
    ja, en = said("ja/provision/t-3.html"), said("en/provision/t-3.html")

    assert "資産を分別して保管する義務は、どのような場合に誰に及ぶか" in ja
    assert "会社には、次の要件に該当するときは、資産を分別して保管する義務がある。" in ja
    assert "The duty to keep assets apart applies to the firm where the conditions below are met." in en


def test_what_defeats_a_condition_stands_directly_under_it() -> None:
    text = said("ja/provision/t-3.html")
    condition = text.index("「保管業者」に該当する")
    exception = text.index("ただし、次の場合には適用しない（試験法第4条第1項）")

    assert re.fullmatch(r"「保管業者」に該当する\s*", text[condition:exception])
    assert "「小規模であること」に該当する" in text[exception : exception + 80]
    assert "試験法第3条" in said("ja/provision/t-4-1.html")


def test_plain_statements_are_said_to_be_ours_and_only_marks_are_official() -> None:
    text = site().files["ja/provision/t-3.html"]

    assert "要旨（当サイトの要約。条文ではない）：保管業者は、資産を分別して保管する。" in said("ja/provision/t-3.html")
    assert {"保管業者は", "分別して"} == set(re.findall(r'<mark lang="ja">([^<]+)</mark>', text))
    assert '<a href="https://laws.e-gov.go.jp/law/502AC0000000001" rel="external noopener noreferrer">' in text


def test_a_delegation_says_who_fixed_it_or_that_it_is_not_made_yet() -> None:
    text = said("ja/provision/t-5-1.html")

    assert "「報告書の提出期限」：試験府令第1条が定めている。" in text
    assert "「事業年度の末日」の後3か月の末日（その日が行政機関の休日のときは翌日）" in text
    assert "「報告書の様式」：府省令に委ねられているが、収録した範囲ではまだ定められていない。" in text
    assert "試験法第5条第1項に定める「報告書の提出期限」" in said("ja/provision/o-1.html")


def test_a_power_is_the_authoritys_choice() -> None:
    assert "会社" in said("ja/provision/t-5-1.html")
    assert "検査をする権限がある（行使するかどうかは、当局の裁量による。対象：会社）。" in said(
        "ja/provision/t-5-1.html"
    )


def test_a_sanction_is_what_may_follow() -> None:
    text = said("ja/provision/t-3.html")

    assert (
        "資産を分別して保管する義務に適合しないときは、罰則（試験法第90条）の対象となり得る：1年以下の懲役又は100万円以下の罰金。"
        in text
    )
    assert "対象：違反行為をした者" in text
    assert (
        "may be subject to a penalty (Test Act art. 90): imprisonment (懲役) up to 1 year or a fine up to JPY 1,000,000."
        in said("en/provision/t-3.html")
    )


def test_what_is_not_in_force_is_not_in_the_present_tense() -> None:
    ja, en = said("ja/provision/t-6-1.html"), said("en/provision/t-6-1.html")

    assert "公布済み・未施行（施行日は定まっていない：改正試験法の施行の日）" in ja
    assert "施行後は、会社に、次の要件に該当するときは、保険を付する義務があることとなる予定である。" in ja
    assert "施行後は、次のとおりとなる予定：保管業者は、保険を付する。" in ja
    assert "保険を付する義務がある。" not in ja
    assert "Once in force, the duty to insure is planned to apply to the firm" in en
    assert "The duty to insure applies" not in en
    assert "要綱による" in ja and "by the outline" in en


def test_the_press_is_called_the_press() -> None:
    text = said("ja/provision/p-claim1.html")

    assert "報道された主張（法令ではない）" in text
    assert (
        "報道によれば、会社に、次の要件に該当するときは、名簿に載る義務が設けられるとされる（法令ではない）。" in text
    )
    assert "Legislation" not in site().files["ja/provision/p-claim1.html"]


def test_a_former_provision_is_marked_and_leads_to_its_successor() -> None:
    text = said("ja/provision/t-2-1.html")

    assert "〔旧〕試験法第2条第1項" in text
    assert "以下は旧規定であり、令和5年6月1日（2023-06-01）からは適用されない。" in text
    assert "同じ事項を定める後の規定：試験法第2条第2項" in text
    assert "同じ事項を定めていた旧規定：試験法第2条第1項" in said("ja/provision/t-2-2.html")


def test_what_is_promulgated_later_than_known_is_not_there() -> None:
    before = made_from(LAW, Wish("2024-04-01", "2024-04-01"))

    assert "ja/provision/t-6-1.html" in site().files
    assert "ja/provision/t-6-1.html" not in before.files


def test_all_versions_of_a_place_are_on_one_page_the_present_one_first(tmp_path: Path) -> None:
    def two(text: str) -> str:
        old = text.index("provision t/3 in force")
        end = text.index("provision t/4/1")
        former = (
            text[old:end]
            .replace("in force from 2020-05-01", "in force from 2018-04-01 until 2020-05-01")
            .replace('分別保管"', '旧分別保管"')
        )
        return text[:old] + former + text[old:]

    text = re.sub(r"\s+", " ", Page(made_from(law_folder(tmp_path, two)).files["ja/provision/t-3.html"]).text())

    assert text.index("現在の定め") < text.index("旧：令和2年5月1日（2020-05-01）より前の定め")
    assert "会社には、次の要件に該当したときは、資産を分別して保管する義務があった（旧）。" in text


def test_provisions_name_what_they_use_and_what_uses_them() -> None:
    text = said("ja/provision/t-3.html")
    uses, used = text.index("この規定が用いる規定"), text.index("この規定を用いる規定")

    assert "試験法第2条第2項（定義）：その定義・委任・数を用いる" in text[uses:used]
    assert "試験法第4条第1項（小規模の特例）：この規定の例外・適用除外を定める" in text[used:]
    assert "試験法第90条（罰則）：この規定の罰則・処分を定める" in text[used:]


# --------------------------------------------------------------------------- examples, profiles, days, boxes


def test_examples_are_about_fictional_firms_and_their_values_are_computed() -> None:
    text = said("ja/provision/t-5-1.html")

    assert "例1：3月末日の年度の報告書は、6月30日が日曜日なので7月1日まで" in text
    assert "甲社（架空）" in text and "Company A (fictional)" in said("en/provision/t-5-1.html")
    assert "Example 1: duty to file the report Facts given" in re.sub(
        r"(?<=report)(?=Facts)", " ", said("en/provision/t-5-1.html")
    )
    assert "令和6年7月1日（2024-07-01・月曜日）" in text
    assert not any("実名" in t or "Real Name" in t for t in site().files.values())


def test_an_example_that_no_longer_comes_out_stops_the_build(tmp_path: Path) -> None:
    folder = law_folder(tmp_path, lambda text: text.replace("3 months after", "4 months after"))
    out = tmp_path / "out"
    result = CliRunner().invoke(build, ["--out", str(out), "--as-of", "2024-06-01", "--statutes", str(folder), "--lang", "en"], standalone_mode=False)  # fmt: skip

    assert 1 == result.return_value
    assert not out.exists()
    assert "due: 2024-07-31" in result.stderr and "scenarios.md" in result.stderr


def test_a_kind_of_firm_is_answered_by_running_the_rules() -> None:
    text = said("ja/for/keeper.html")
    applies, depends = (
        text.index("与えられた前提の下では、次の"),
        text.index("施行後に適用されることとなる予定のもの", 400),
    )

    assert "次の1件が適用される" in text
    assert "報告書を提出する義務（試験法第5条第1項）" in text[applies:]
    assert "令和6年7月1日（2024-07-01・月曜日）" in text
    assert "いつから（収録した条文の始まり）" in text and "令和2年5月1日（2020-05-01）から" in text
    assert re.search(
        r"確かめること：小規模ですか。\s*分かるまで判断できないもの（理由：事実不明）：\s*資産を分別して保管する義務（試験法第3条）",
        text,
    )
    assert "令和6年7月1日（2024-07-01・月曜日）まで：報告書を提出する義務（試験法第5条第1項）" in text
    assert "次の1件が適用される：報告書を提出する義務（試験法第5条第1項）。" in text
    assert "改正試験法の施行の日 = 令和7年4月1日" in text[depends:]
    assert "検査をする権限" in text
    assert "名簿に載る義務" not in text


def test_days_of_commencement_are_told_as_past_or_planned() -> None:
    text = said("ja/timeline.html")

    assert (
        "遅くとも令和7年4月30日（2025-04-30）に施行される予定（改正試験法附則第1項）" in text
        or "遅くとも令和7年4月30日（2025-04-30）に施行される予定（" in text
    )
    assert "施行される予定：試験法第6条第1項" in text
    assert text.index("日の定まっていないもの") < text.index("これまで")
    assert "改正又は廃止：試験法第2条第1項" in text


def test_a_box_stands_on_every_page_that_has_its_word_and_on_no_other() -> None:
    for name, text in site().files.items():
        if name.startswith("ja/") and name.endswith(".html"):
            without = re.sub(r'<aside class="boxes".*?</aside>|<li><a href="#box-enrol">.*?</li>', "", text, flags=re.S)
            shown = Page(re.sub(r"<head>.*?</head>", "", without, flags=re.S)).text()
            assert ("登録" in shown) == ('<aside class="boxes"' in text), name


def test_no_page_says_that_there_is_no_rule() -> None:
    banned = ("規制はない", "義務はない", "規制されない", "there is no rule", "no rule exists", "is not regulated", "違法である", "処罰される")  # fmt: skip

    assert [] == [(n, w) for n, text in site().files.items() for w in banned if w in text]


# --------------------------------------------------------------------------- form


def test_each_page_is_whole_links_inside_the_site_and_asks_for_nothing_else() -> None:
    for name in (n for n in site().files if n.endswith(".html")):
        assert_page_holds(name)


def assert_page_holds(name: str) -> None:
    text = site().files[name]
    found = Page(text)
    ids = [a["id"] for _, a, _ in found.elements if "id" in a]
    levels = [int(t[1]) for t, _, _ in found.elements if re.fullmatch(r"h\d", t)]

    assert [] == [id for id, n in Counter(ids).items() if n > 1]
    assert name.split("/")[0] in ("ja", "en", "index.html") and found.all("html")[0]["lang"] in ("ja", "en")
    for link in found.all("a"):
        href = link["href"]
        if href.startswith("https://laws.e-gov.go.jp/"):
            continue
        file, _, anchor = href.partition("#")
        there = normpath(join(dirname(name), file)) if file else name
        assert there in site().files, href
        assert not anchor or f'id="{anchor}"' in site().files[there], href
    assert [] == [
        a
        for t, a, _ in found.elements
        if any(k.startswith("on") or k in ("src", "style") for k in a)
        and not (t == "script" and name.endswith("/search.html"))
    ]
    assert {"stylesheet", "alternate"} == {a["rel"] for a in found.all("link")}
    assert name.endswith("/search.html") or all(a.get("type") == "application/ld+json" for a in found.all("script"))
    assert not {"img", "iframe", "object", "form", "base"} & {t for t, _, _ in found.elements}
    assert [1, 1] == [len(found.all(t)) for t in ("main", "h1")]
    assert 1 == levels[0] and [] == [(a, b) for a, b in pairwise(levels) if b > a + 1]
    if name != "index.html":
        assert "#content" == found.all("a")[0]["href"] and "content" == found.all("main")[0]["id"]
        twins = {
            a["hreflang"]: normpath(join(dirname(name), a["href"]))
            for a in found.all("link")
            if a["rel"] == "alternate"
        }
        assert {"ja": "ja" + name[2:], "en": "en" + name[2:]} == twins


def test_the_style_sheet_loads_nothing_and_the_policy_allows_nothing_else() -> None:
    assert not re.search(r"url\(|@import|https?:", site().files["style.css"])
    policy = next(a["content"] for a in page("ja/index.html").all("meta") if a.get("http-equiv"))
    assert policy.startswith("default-src 'none'; style-src 'self';")


def test_legislation_is_described_to_machines() -> None:
    text = site().files["en/provision/t-3.html"]
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)[1])  # type: ignore[index]

    assert ("Legislation", "JP", "https://schema.org/InForce", "2020-05-01/..") == tuple(
        data[k] for k in ("@type", "legislationJurisdiction", "legislationLegalForce", "temporalCoverage")
    )
    assert "令和2年法律第1号" in data["legislationIdentifier"]
    pending = site().files["en/provision/t-6-1.html"]
    assert "https://schema.org/NotInForce" in pending


def test_what_law_files_say_can_not_act_on_a_page(tmp_path: Path) -> None:
    """Text is escaped in elements, in attributes, and in the data for machines."""
    evil = "</script><img src=x onerror=alert(1)>&'"
    folder = law_folder(tmp_path, lambda text: text.replace('en "Keeping apart"', f'en "{evil}"'))
    text = made_from(folder).files["en/provision/t-3.html"]

    assert "<img" not in text and text.count("</script>") == 1
    assert "&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&amp;&#x27;" in text


def test_every_paragraph_made_from_rules_carries_what_it_came_from() -> None:
    for name, text in site().files.items():
        if name.startswith(("ja/provision", "en/provision", "ja/for", "en/for")):
            found = Paragraphs(text).found
            assert found, name
            for id, p in found.items():
                assert p.rules and re.fullmatch(r"[0-9a-f]{24}", p.digest), (name, id)
    assert ("t/3@2020-05-01",) == Paragraphs(site().files["ja/provision/t-3.html"]).found[
        "t-3-from-2020-05-01-plain"
    ].rules


def test_the_same_law_gives_the_same_bytes() -> None:
    assert dict(site().files) == dict(made_from(LAW).files)


def test_with_an_address_there_is_a_sitemap_with_both_languages() -> None:
    files = made_from(LAW, Wish("2024-06-01", "2024-06-01", "https://example.org/guide/")).files
    locations = re.findall(r"<loc>(.*?)</loc>", files["sitemap.xml"])

    assert sorted(
        f"https://example.org/guide/{n}" for n in files if n.startswith(("ja/", "en/")) and n.endswith(".html")
    ) == sorted(locations)
    assert '<link rel="canonical" href="https://example.org/guide/en/index.html">' in files["en/index.html"]
    assert "sitemap.xml" not in site().files


UNPUNISHED = """norm forbid of Firm label ja "名義を貸すことの禁止" en "ban on lending its name" end
norm state_terms of Firm label ja "約款に期間を定めるべきこと" en "the terms state a period" end
provision t/7 in force from 2020-05-01 grade A
  prohibition forbid of Firm as firm when keeper of firm keep apart of firm end
  prohibition lend of Firm as firm keep apart of firm end
  must_contain state_terms of Firm as firm when keeper of firm keep apart of firm end
end
norm lend of Firm label ja "貸付けの禁止（会社）" en "ban on loans" end

provision t/90 """


def test_where_no_penalty_is_collected_the_powers_over_the_same_persons_are_named(tmp_path: Path) -> None:
    """t/5/1 gives a power over keepers: it is named for a norm that binds keepers, not for one that binds every firm. t/90 is
    for t/3 alone, so nothing is said of penalties for t/7; and it is not said that there are none."""
    change = lambda text: text.replace("provision t/90 ", UNPUNISHED, 1)  # noqa: E731
    files = made_from(law_folder(tmp_path, change)).files
    found = {id.removeprefix("t-7-from-2020-05-01-"): f.text for id, f in Paragraphs(files["ja/provision/t-7.html"]).found.items()}  # fmt: skip
    firm = Paragraphs(files["ja/for/keeper.html"]).found

    assert "罰則の規定には、これに適合しないことを掲げるものが見当たらない" in found["forbid-no-penalty"]
    assert "試験法第5条第1項が収録されている" in found["forbid-supervision"] and "lend-supervision" not in found
    assert firm["applies-normu3at-7u23forbid"].text.endswith("罰則の規定には見当たらない（注1）")
    notes = [f.text for id, f in firm.items() if id.startswith("note-")]
    assert ["注1", "注2"] == [n.partition("：")[0] for n in notes]  # each said once, whatever the number of norms
    assert notes[0].endswith("試験法第5条第1項") and "監督上の権限" not in notes[1]
    assert firm["applies-normu3at-7u23lend"].text.endswith("（注2）")
    assert "次の要件に該当するときは、名義を貸すことは、禁止されている（対象：会社）。" == found["forbid-answer"]
    assert "貸付け（会社）は、禁止されている（対象：会社）。" == found["lend-answer"]
    assert "次の要件に該当するときは、約款に期間を定めることを要する（対象：会社）。" == found["state_terms-answer"]


ENTRANT = """subject = "kou"
box = "enrol"

[[profiles.way]]
heading = {ja = "様式", en = "The form"}
text = {ja = "期限を確かめる。", en = "Look up the day."}
places = ["o/1"]

[[profiles.way]]
heading = {ja = "分別", en = "Keeping apart"}
text = {ja = "分別して保管する。", en = "Keep the assets apart."}
places = ["t/3"]

[[boxes]]"""


def entrant(text: str) -> str:
    """Have the declared firm begin with the box and two steps."""
    facts = text[text.index("facts = ") : text.index("[[boxes]]")]
    first = text.replace('subject = "kou"\n', "", 1).replace(facts, "")
    return first.replace("[[boxes]]", f"{facts.rstrip()}\n{ENTRANT}", 1)


def test_a_kind_of_firm_begins_with_its_box_and_what_to_do(tmp_path: Path) -> None:
    """After the answer, before what applies; with the provisions each step rests on, and never the box a second time."""
    file = made_from(law_folder(tmp_path, entrant, "guides.toml")).files["ja/for/keeper.html"]
    text = re.sub(r"\s+", " ", Page(file).text()).partition("誰に関するか")[2]
    steps = ["様式：期限を確かめる。", "試験府令第1条：施行中", "分別：分別して保管する。", "試験法第3条：施行中"]

    found = [text.rindex(words) for words in ("件が適用される", "報道によるもの。", *steps, "末日")]
    assert found == sorted(found) and 1 == file.count('id="box-enrol"')
    assert {"t/3@2020-05-01", "guide:keeper"} == {*Paragraphs(file).found["way-2"].rules}


def test_a_box_that_is_not_declared_is_refused(tmp_path: Path) -> None:
    folder = law_folder(tmp_path, lambda text: entrant(text).replace('box = "enrol"', 'box = "other"'), "guides.toml")

    with pytest.raises(BadGuides, match="profile `keeper` begins with a box `other`, which is not declared"):
        made_from(folder)


# --------------------------------------------------------------------------- staleness


def moved(tmp_path: Path, change: Change, file: str = "law.kitei", wish: Wish = WISH) -> list[Stale]:
    """Return what a change makes stale in the site of the law as it is."""
    out = tmp_path / "out"
    place(site().files, out)
    now = made_from(law_folder(tmp_path, change, file), wish)
    return stale(out, read_record(out), now)


def test_nothing_is_stale_while_nothing_changes(tmp_path: Path) -> None:
    assert [] == moved(tmp_path, lambda text: text)


def test_a_plain_statement_is_to_be_read_again_where_its_rule_changes(tmp_path: Path) -> None:
    """t/90 says 100万円 in words and in its rule: the rule alone is mended, and the sentence is named."""
    found = moved(tmp_path, lambda text: text.replace("fine up to 1,000,000 yen", "fine up to 2,000,000 yen"))
    plain_ones = {(s.page, s.paragraph): s for s in found if s.paragraph.endswith("-plain")}

    assert {(f"{lang}/provision/t-90.html", "t-90-from-2020-05-01-plain") for lang in ("ja", "en")} == {*plain_ones}
    one = plain_ones["ja/provision/t-90.html", "t-90-from-2020-05-01-plain"]
    assert "規則が変わった：試験法第90条" in one.why[0] and "own" == one.how


def test_pages_whose_own_rule_changed_come_before_those_that_rest_on_it(tmp_path: Path) -> None:
    """The fine of t/90: its own page; then t/3, which shows it, and question 1, which says to read it."""
    out = tmp_path / "out"
    place(site().files, out)
    change = lambda text: text.replace("fine up to 1,000,000 yen", "fine up to 2,000,000 yen")  # noqa: E731
    now = made_from(law_folder(tmp_path, change))
    lines = list(summary(stale(out, read_record(out), now), now, "ja"))
    headings = [n for n, line in enumerate(lines) if not line.startswith(" ")]
    own, shows = (lines[a:b] for a, b in zip(headings[:2], [*headings, len(lines)][1:3], strict=True))

    assert "規定又は文そのものが変わった頁：1" == own[0] and own[1].startswith("  provision/t-90.html (ja・en) 試験法")
    assert shows[0].startswith("変わった規定を示し")
    assert {"provision/t-3.html", "question/1.html"} <= {line.split()[0] for line in shows[1:]}


def test_an_example_that_gives_its_place_to_another_has_not_changed(tmp_path: Path) -> None:
    """What a page lacks or shows more of, while the examples are what they were, is no change of law."""
    out = tmp_path / "out"
    place(site().files, out)
    file = next(f for f in sorted(site().files) if f.startswith("ja/provision/") and 'id="case-' in site().files[f])
    text = site().files[file]
    key = re.search(r'id="case-([0-9a-f]+)"', text)
    assert key is not None
    (out / file).write_text(text.replace(key[1], "0" * len(key[1])), encoding="utf-8")
    record = read_record(out)
    digest = record["digests"]["ja"][f"case:{key[1]}"]
    unknown = stale(out, record, site())
    record["digests"]["ja"][f"case:{'0' * len(key[1])}"] = digest
    assert unknown and {"現在の規則からは、この文は作られない"} == {s.why[0] for s in unknown if "00000" in s.paragraph}
    assert not [s for s in unknown if key[1] in s.paragraph]

    record["digests"]["ja"][f"case:{key[1]}"] = "another"
    assert not [s for s in stale(out, record, site()) if key[1] in s.paragraph]
    del record["digests"]["ja"][f"case:{key[1]}"]  # an example there was not: the page lacks it
    assert [s for s in stale(out, record, site()) if key[1] in s.paragraph]


def test_moving_lines_makes_nothing_stale(tmp_path: Path) -> None:
    assert [] == moved(tmp_path, lambda text: f"# a new comment\n\n{text}")


def test_a_reworded_statement_makes_stale_what_says_it_in_that_language_and_nothing_else(tmp_path: Path) -> None:
    found = moved(
        tmp_path, lambda text: text.replace("A keeper keeps the assets apart.", "A keeper must keep them apart.")
    )

    assert [("en/provision/t-3.html", "t-3-from-2020-05-01-plain", ("t/3@2020-05-01",))] == [
        (s.page, s.paragraph, s.rules) for s in found
    ]
    assert "the plain statement was reworded: Test Act art. 3" in found[0].why[1]


def test_a_changed_rule_makes_stale_exactly_the_paragraphs_made_from_it(tmp_path: Path) -> None:
    """t/4/1 loses its condition on size: its own page, the exception on t/3, and the answers that rested on it."""
    found = moved(
        tmp_path,
        lambda text: text.replace(
            'as firm when small of firm @"適用しない"', 'as firm when small of firm and apart of firm @"適用しない"'
        ),
    )
    pages = {s.page for s in found}

    assert {"ja/provision/t-3.html", "ja/provision/t-4-1.html"} <= pages
    assert pages <= {
        f"{lang}/{name}.html"
        for lang in ("ja", "en")
        for name in (
            "provision/t-3",
            "provision/t-4-1",
            "provision/t-2-2",
            "provision/t-2-1",
            "for/keeper",
            "for/entrant",
        )
    }
    own = {s.paragraph for s in found if s.page == "ja/provision/t-3.html"}
    assert "t-3-from-2020-05-01-except" in own
    assert (
        not {
            "t-3-from-2020-05-01-plain",
            "t-3-from-2020-05-01-keep_apart-answer",
            "t-3-from-2020-05-01-keep_apart-sanction",
        }
        & own
    )
    why = next(s.why for s in found if s.paragraph == "t-3-from-2020-05-01-except")
    assert "試験法第4条第1項" in why[0] and "規則が変わった" in why[0]


def test_whatever_a_change_alters_on_a_page_is_named(tmp_path: Path) -> None:
    """No paragraph whose words a change alters goes unnamed, whatever is changed."""
    changes = {
        "heading": ('ja "分別保管"', 'ja "分別の保管"'),
        "days": ("provision t/4/1 in force from 2020-05-01", "provision t/4/1 in force from 2021-05-01"),
        "label": ('label ja "保管業者"', 'label ja "保管を業とする者"'),
        "sanction": ("fine up to 1,000,000 yen", "fine up to 2,000,000 yen"),
        "title": ('short ja "試験法"', 'short ja "試験法典"'),
        "delegation": ('label ja "報告書の様式"', 'label ja "報告書の書式"'),
        "bounds": ("latest 2025-04-30", "latest 2025-05-30"),
        "grade": (
            "provision t/5/1 in force from 2020-05-01 grade A",
            "provision t/5/1 in force from 2020-05-01 grade B",
        ),
    }
    for what, (old, new) in changes.items():
        folder = tmp_path / what
        found = moved(folder, lambda text, old=old, new=new: text.replace(old, new))  # type: ignore[misc]
        assert found, what
        now = made_from(folder / "law")
        named = {(s.page, s.paragraph) for s in found}
        for file in (f for f in site().files if f.endswith(".html") and site().files[f] != now.files[f]):
            before, after = read_before(file), Paragraphs(now.files[file]).found
            altered = {
                id
                for id in before | after
                if (before.get(id) and before[id].text) != (after.get(id) and after[id].text)
            }
            assert {(file, id) for id in altered} <= named, what


def test_a_number_of_the_law_that_changes_is_given_as_the_reason(tmp_path: Path) -> None:
    """Also where another provision reads it, and in the drawing; facts that a worked example gives stay as they are."""

    def limited(yen: str) -> Callable[[str], str]:
        held = 'attribute held (預り) of Firm is yen label ja "預りの額" en "amount held" question ja "いくらですか。" en "How much?" end\n'
        return lambda text: (
            text.replace("attribute small", held + "attribute small")
            .replace("  block t/3 of Firm as firm when small", f"  parameter limit is {yen} yen\n  block t/3 of Firm as firm when held of firm <= limit and small")
        )  # fmt: skip

    out = tmp_path / "out"
    place(made_from(law_folder(tmp_path / "a", limited("100"))).files, out)
    found = stale(out, read_record(out), made_from(law_folder(tmp_path / "b", limited("200"))))
    why = {s.paragraph: s.why for s in found if s.page == "ja/provision/t-3.html"}

    assert not [s for s in found if "手で直された" in s.why[0]]
    assert not [s for s in found if re.fullmatch(r"case-[0-9a-f]+-f\d+", s.paragraph)]
    wanted = (
        "規定の数が変わった：試験法第4条第1項（t/4/1@2020-05-01#limit）",
        "規定の数が変わった：試験法第4条第1項 (t/4/1@2020-05-01#limit)",
    )
    assert why["t-3-from-2020-05-01-keep_apart-diagram"][0].startswith(wanted)
    assert why["t-3-from-2020-05-01-except-if-1-1"][0].startswith(wanted)


def test_paragraphs_of_one_example_share_a_line() -> None:
    why = ("規則が変わった", "its rules changed")
    found = [
        Stale("en/p.html", id, ("t/3@2020-05-01",), why) for id in ("case-0a-r1", "case-0a-r2", "case-0b-r1", "t-3")
    ]

    assert [
        "en/p.html#case-0a-r1, #case-0a-r2 [t/3@2020-05-01]: its rules changed",
        "en/p.html#case-0b-r1 [t/3@2020-05-01]: its rules changed",
        "en/p.html#t-3 [t/3@2020-05-01]: its rules changed",
    ] == list(told(found, "en"))


@cache
def read_before(file: str) -> dict[str, Found]:
    return Paragraphs(site().files[file]).found


def test_a_repealed_provision_and_a_new_one_are_named(tmp_path: Path) -> None:
    def other(text: str) -> str:
        start, end = text.index("provision p/claim1"), text.index("provision t/90")
        claim = text[start:end]
        return text.replace(claim, claim.replace("p/claim1", "p/claim2"))

    change = lambda text: other(text)  # noqa: E731
    out = tmp_path / "out"
    place(site().files, out)
    folder = law_folder(tmp_path, change)
    guides = (folder / "guides.toml").read_text(encoding="utf-8")
    (folder / "guides.toml").write_text(guides.replace("p/claim1", "p/claim2"), encoding="utf-8")
    found = stale(out, read_record(out), made_from(folder))
    whole = {s.page: s.why[1] for s in found if not s.paragraph}

    assert {
        "ja/provision/p-claim1.html": "the rules no longer give this page", "en/provision/p-claim1.html": "the rules no longer give this page",
        "ja/provision/p-claim2.html": "the page is missing", "en/provision/p-claim2.html": "the page is missing",
    } == whole  # fmt: skip
    assert any("is collected no longer" in s.why[1] for s in found if s.page == "en/law/p.html")


def test_words_mended_by_hand_are_named(tmp_path: Path) -> None:
    out = tmp_path / "out"
    place(site().files, out)
    path = out / "ja/provision/t-3.html"
    path.write_text(
        path.read_text(encoding="utf-8").replace("会社には、次の要件", "会社は、次の要件"), encoding="utf-8"
    )
    found = stale(out, read_record(out), site())

    assert [("ja/provision/t-3.html", "t-3-from-2020-05-01-keep_apart-answer")] == [
        (s.page, s.paragraph) for s in found
    ]
    assert "edited by hand" in found[0].why[1]


def test_time_alone_makes_paragraphs_stale(tmp_path: Path) -> None:
    """On the day before its repeal t/2/1 was in force; asked about that day, its former mark is no longer right."""
    found = moved(tmp_path, lambda text: text, wish=Wish("2023-05-31", "2023-05-31"))

    assert {"ja/provision/t-2-1.html", "en/provision/t-2-1.html"} <= {s.page for s in found}


# --------------------------------------------------------------------------- the command


def run(command: object, *args: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(command, [*args], standalone_mode=False)  # type: ignore[arg-type]
    if result.exception is not None:
        return (
            (2, "", str(result.exception))
            if not isinstance(result.exception, SystemExit)
            else (int(str(result.exception)), result.stdout, result.stderr)
        )
    return int(result.return_value), result.stdout, result.stderr


def test_build_then_check_then_change_then_check(tmp_path: Path) -> None:
    folder, out = law_folder(tmp_path), tmp_path / "out"
    built = run(build, "--out", str(out), "--as-of", "2024-06-01", "--statutes", str(folder), "--lang", "en")
    fresh = run(check, str(out), "--statutes", str(folder), "--lang", "en")
    law_folder(tmp_path, lambda text: text.replace("Within three months", "Within 3 months"))
    moved_on = run(check, str(out), "--statutes", str(folder), "--lang", "en")
    as_data = json.loads(run(check, str(out), "--statutes", str(folder), "--format", "json")[1])

    assert (0, 0, 1) == (built[0], fresh[0], moved_on[0])
    assert "" == fresh[1] and "nothing is stale" in fresh[2]
    why = "the plain statement was reworded: Test Ordinance art. 1 (o/1@2020-05-01)"
    summed_up = [
        "Pages whose own rule or sentence changed: 1",
        "  provision/o-1.html (en) Test Ordinance art. 1 – Due day: 1 paragraph(s)",
        f"    - {why}",
    ]
    assert summed_up == moved_on[1].splitlines() and "--details" in moved_on[2]
    assert [*summed_up, "", f"en/provision/o-1.html#o-1-from-2020-05-01-plain [o/1@2020-05-01]: {why}"] == (
        run(check, str(out), "--statutes", str(folder), "--lang", "en", "--details")[1].splitlines()
    )
    assert "kitei/stale@1" == as_data["schema"] and ["o/1@2020-05-01"] == as_data["data"][0]["rules"]


@pytest.mark.parametrize(
    ("lang", "gone", "wanted"),
    [
        ("en", ["guides.toml"], ["guides.toml too", "`law`", "--statutes"]),
        ("ja", ["questions.md"], ["questions.md からも作られた", "questions/を", "--statutes"]),
        ("en", ["guides.toml", "questions.md"], ["guides.toml and questions.md too", "has them"]),
    ],
)
def test_what_the_site_was_made_from_beside_the_rules_is_asked_for(
    tmp_path: Path, lang: str, gone: list[str], wanted: list[str]
) -> None:
    """One line, and no page is said to be stale."""
    out, folder = tmp_path / "out", law_folder(tmp_path)
    place(site().files, out)
    for name in gone:
        (folder / name).unlink()
    code, printed, said_so = run(check, str(out), "--statutes", str(folder), "--lang", lang)

    assert (3, "", 1) == (code, printed, len(said_so.splitlines()))
    assert all(words in said_so for words in wanted) and not {"guides.toml", "questions.md"} - {*gone} & {
        *said_so.split()
    }


def test_one_level_above_the_law_is_told_the_folder_of_the_law(tmp_path: Path) -> None:
    out, folder = tmp_path / "out", law_folder(tmp_path / "statutes")
    place(site().files, out)
    code, printed, said_so = run(check, str(out), "--statutes", str(tmp_path / "statutes"), "--lang", "en")

    assert (3, "") == (code, printed) and said_so.strip().endswith(f"--statutes {folder}")


def test_a_folder_that_is_no_site_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    code, _, said_so = run(build, "--out", str(tmp_path), "--as-of", "2024-06-01", "--statutes", str(LAW))

    assert 2 == code and "is not empty and holds no site" in said_so
    assert ["mine.txt"] == [p.name for p in tmp_path.iterdir()]
    assert 3 == run(check, str(tmp_path), "--statutes", str(LAW))[0]


def test_building_again_keeps_what_is_not_ours_and_drops_old_pages(tmp_path: Path) -> None:
    out = tmp_path / "out"
    place(
        {
            **site().files,
            "ja/old.html": "x",
            RECORD: site().files[RECORD].replace('"files":[', '"files":["ja/old.html",'),
        },
        out,
    )
    (out / "CNAME").write_text("example.org", encoding="utf-8")
    (out / ".git").mkdir()
    (out / ".git/HEAD").write_text("ref", encoding="utf-8")
    place(site().files, out)

    assert "example.org" == (out / "CNAME").read_text(encoding="utf-8") and (out / ".git/HEAD").is_file()
    assert not (out / "ja/old.html").exists()
    assert {**site().files} == {n: (out / n).read_text(encoding="utf-8") for n in site().files}
    assert ["out"] == [p.name for p in tmp_path.iterdir()]


def test_a_record_that_points_outside_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "out"
    place(site().files, out)
    data = json.loads((out / RECORD).read_text(encoding="utf-8"))
    (out / RECORD).write_text(json.dumps({**data, "files": ["../law.kitei"]}), encoding="utf-8")
    with pytest.raises(NotASite, match="damaged"):
        place(site().files, out)


def test_there_is_no_clock() -> None:
    assert 2 == run(build, "--out", "x", "--statutes", str(LAW))[0]
    assert "is no day" in run(build, "--out", "x", "--as-of", "tomorrow", "--statutes", str(LAW))[2]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("profiles = 3", "write each entry of profiles under"),
        ('[[profiles]]\nid = "a b"', "letters, digits"),
        ('[[profiles]]\nid = "a"\ntitle = "x"', "`title` in both languages"),
        ('colour = "red"', "known: firms, profiles, boxes"),
        ("firms = [", "guides.toml: "),
    ],
)
def test_what_is_declared_wrongly_is_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "guides.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadGuides, match=re.escape(message)):
        read_guides(tmp_path)


def test_a_profile_whose_facts_cannot_be_read_names_profile_and_line(tmp_path: Path) -> None:
    folder = law_folder(tmp_path, lambda text: text.replace("keeps: true, year", "kepes: true, year"), "guides.toml")
    with pytest.raises(BadGuides, match=r"facts of profile `keeper`, line 2: .*keeps"):
        made_from(folder)


def test_official_text_is_shown_only_where_it_is_loaded_and_its_marked_words_are_marked(tmp_path: Path) -> None:
    texts, out = tmp_path / "texts", tmp_path / "out"
    texts.mkdir()
    (texts / "502AC0000000001_20240401_000AC0000000000.md").write_text("**第三条**　保管業者は、資産を分別して、保管する<b>。\n", encoding="utf-8")  # fmt: skip
    args = ("--as-of", "2024-06-01", "--statutes", str(LAW), "--texts", str(texts))
    assert 0 == run(build, "--out", str(out), *args)[0]
    text = (out / "ja/provision/t-3.html").read_text(encoding="utf-8")

    assert '<mark lang="ja">分別して</mark><span lang="ja">、保管する&lt;b&gt;。</span>' in text
    assert "保管する&lt;b&gt;" not in site().files["ja/provision/t-3.html"]
    assert 2 == run(check, str(out), "--statutes", str(LAW))[0]
    assert 0 == run(check, str(out), "--statutes", str(LAW), "--texts", str(texts))[0]


# --------------------------------------------------------------------------- kept examples


def test_examples_that_were_kept_give_the_same_bytes_and_are_not_run_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KITEI_CACHE", str(tmp_path / "cache"))
    first = made_from(LAW)
    (kept,) = (tmp_path / "cache").glob("examples-*.json")
    monkeypatch.setattr("kitei.site.examples.expected_of", refuse)

    assert made_from(LAW).files == first.files == site().files
    kept.write_text('[["another"], {}]', encoding="utf-8")
    with pytest.raises(AssertionError, match="run again"):
        made_from(LAW)


@pytest.mark.parametrize("text", ["", "{", "[1, 2]", '[{}, {"x": [[], "d", {"ja": [[9, "a"]]}]}]'])
def test_kept_examples_that_cannot_be_read_are_run_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("KITEI_CACHE", str(tmp_path / "cache"))
    made_from(LAW)
    (kept,) = (tmp_path / "cache").glob("examples-*.json")
    of = json.dumps(json.loads(kept.read_text(encoding="utf-8"))[0])
    kept.write_text(text.replace("{}", of, 1), encoding="utf-8")

    assert made_from(LAW).files == site().files


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("law.kitei", "3 months after", "4 months after"),
        ("scenarios.md", "due 2024-07-01", "due 2024-07-02"),
        ("scenarios.md", "ended_on: 2024-03-31", "ended_on: 2024-04-30"),
    ],
)
def test_a_kept_example_is_run_again_when_law_or_case_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, old: str, new: str
) -> None:
    """Each change makes the example of the annual report come out otherwise than it says."""
    monkeypatch.setenv("KITEI_CACHE", str(tmp_path / "cache"))
    folder = law_folder(tmp_path)
    assert () == made_from(folder).failures
    law_folder(tmp_path, lambda text: text.replace(old, new), file)

    assert made_from(folder).failures


def refuse(*args: object, **named: object) -> None:
    raise AssertionError("an example is run again")


def test_many_places_on_one_day_are_told_law_by_law() -> None:
    """A day with more places than a line holds names each law once, and each place below it; a bill is told as a bill."""
    said, law = site().material.speech["ja"], site().material.law
    standings = [s for s in law.standings.values() if s.version.address.startswith(("t/", "o/"))]
    few, many = (_places(said, "x", ("施行：{}", "Starts: {}"), of) for of in (standings[:2], standings * 3))
    assert not few.below and "試験法第2条第1項" in plain(few.line)

    law_of_many = {s.version.id: s for s in standings}
    assert len(law_of_many) < 13 and not many.below  # each place once, however often it is met
    more = [
        Standing(replace(s.version, address=f"t/{n}"), s.state, s.start, s.end)
        for n in range(10, 30)
        for s in standings[:1]
    ]
    (one,) = _places(said, "x", ("施行：{}", "Starts: {}"), more).below
    assert ("試験法（20か所）", "folded", 20) == (
        plain(one.line),
        one.kind,
        sum(r.kind == "cite" for r in one.below[0].line),
    )
    assert "第10条、第11条" in plain(one.below[0].line)

"""Pages that compare two worlds: which norms only one has, what differs in those of both, and what comes out otherwise."""

import re
from datetime import date
from functools import cache
from pathlib import Path

from kitei.ruleset import load
from kitei.site.build import Made, Wish, place, read_record
from kitei.site.staleness import stale
from kitei.worlds_compared import Compared, WorldLaw, compared
from test_html import Page
from test_site import LAW, law_folder, made_from, said, site

#: From its start the Amending Act asks for keeping apart only of firms that are not small.
AMENDED = """provision t/3 in force from n/suppl grade B
  heading ja "分別保管〔要綱〕" en "Keeping apart [outline]"
  duty keep_apart of Firm as firm when keeper of firm and not small of firm keep apart of firm end
end
"""


def amended(text: str) -> str:
    text = text.replace(
        "provision t/3 in force from 2020-05-01 grade A", "provision t/3 in force from 2020-05-01 until n/suppl grade A"
    )
    return text.replace("provision t/4/1", AMENDED + "provision t/4/1")


@cache
def worlds(folder: Path) -> dict[str, WorldLaw]:
    program, _ = load(folder)
    on = date(2025, 4, 1)
    return {w.name: WorldLaw(program, w, on, on) for w in program.core.worlds}


def both(one: str, other: str, folder: Path = LAW) -> Compared:
    return compared(worlds(folder)[one], worlds(folder)[other])


# --------------------------------------------------------------------------- which norms


def test_what_only_one_world_has_is_named() -> None:
    """Only the start of the Amending Act brings `insure`; only the press `enrol`; the other three stand in all."""
    planned, press = both("current", "planned"), both("planned", "press")

    assert ((), ["insure"], (), 3) == (
        planned.first,
        [h.norm.name for h in planned.second],
        planned.differing,
        planned.alike,
    )
    assert (["insure"], ["enrol"]) == ([h.norm.name for h in press.first], [h.norm.name for h in press.second])
    assert frozenset({"insure", "enrol"}) == press.names


def test_a_norm_with_another_version_differs(tmp_path: Path) -> None:
    folder = law_folder(tmp_path, amended)
    found = both("current", "planned", folder)

    assert ["keep_apart"] == [p.name for p in found.differing] and 2 == found.alike
    assert ["t/3@2020-05-01", "t/3@n/suppl"] == [h.norm.version for p in found.differing for h in (*p.first, *p.second)]


def test_a_norm_whose_definition_is_another_differs_in_what_it_rests_on(tmp_path: Path) -> None:
    """With t/2/2 ending at the start of the Amending Act, nobody is a keeper by the text any more: all that speaks of one moves."""
    folder = law_folder(
        tmp_path,
        lambda text: text.replace(
            "provision t/2/2 in force from 2023-06-01", "provision t/2/2 in force from 2023-06-01 until n/suppl"
        ),
    )
    found = both("current", "planned", folder)

    assert {"keep_apart": ("keeper",), "file_report": ("keeper",), "inspect": ("keeper",)} == {
        p.name: p.rests for p in found.differing
    }


def test_a_norm_with_another_sanction_differs(tmp_path: Path) -> None:
    folder = law_folder(
        tmp_path,
        lambda text: text.replace(
            "provision t/90 in force from 2020-05-01", "provision t/90 in force from 2020-05-01 until n/suppl"
        ),
    )
    (pair,) = both("current", "planned", folder).differing

    assert ("keep_apart", 1, 0, ()) == (
        pair.name,
        len(pair.first[0].sanctions),
        len(pair.second[0].sanctions),
        pair.rests,
    )


# --------------------------------------------------------------------------- pages


@cache
def changed(tmp_path: Path) -> Made:
    return made_from(law_folder(tmp_path, amended))


def text_of(made: Made, name: str) -> str:
    return re.sub(r"\s+", " ", Page(made.files[name]).text())


def test_each_two_worlds_have_a_page_and_the_list_leads_to_it() -> None:
    names = {n for n in site().files if n.startswith("ja/compare/")}

    assert {
        f"ja/compare/{a}--{b}.html" for a, b in (("current", "planned"), ("current", "press"), ("planned", "press"))
    } == names
    assert all(f'href="{n.removeprefix("ja/")}"' in site().files["ja/compare.html"] for n in names)


def test_assumptions_are_printed_and_nothing_is_said_to_be_so() -> None:
    ja, en = said("ja/compare/planned--press.html"), said("en/compare/planned--press.html")

    assert (
        "改正試験法の施行の日を令和7年4月1日（2025-04-01）と仮定" in ja
        and "報道Xが令和6年3月1日（2024-03-01）から行われると想定" in ja
    )
    assert "令和7年4月1日（2025-04-01）の時点で比べると" in ja and "Compared as of 2025-04-01" in en
    assert "下の仮定が実現したとすれば" in ja and "what would be so if the assumptions below held" in en
    assert "保険を付する義務（試験法第6条第1項〔未施行・要綱による〕）：未施行・要綱による" in ja
    assert "名簿に載る義務（報道X主張1〔報道〕）：報道" in ja and "報道・報道" not in ja


def test_what_differs_stands_side_by_side_and_what_is_alike_is_left_out(tmp_path: Path) -> None:
    made = changed(tmp_path)
    text = made.files["ja/compare/current--planned.html"]
    rows = dict(re.findall(r'<tr role="row" id="differs-keep_apart-([a-z]+)"[^>]*>(.*?)</tr>', text, re.S))
    cells = {
        k: [re.sub(r"<[^>]*>|\n", "", c) for c in re.findall(r"<td[^>]*>(.*?)</td>", v, re.S)] for k, v in rows.items()
    }

    assert {"where", "conditions"} == set(cells) - {"sanctions"}
    assert "試験法第3条：施行中・条文で確認" == cells["where"][0] and cells["where"][1].endswith("未施行・要綱による")
    assert "小規模であること" not in cells["conditions"][0] and "小規模であること" in cells["conditions"][1]
    assert "両方にあって異なる規範は1件" in text_of(made, "ja/compare/current--planned.html")


def test_kinds_of_firm_are_answered_in_both_worlds_on_the_same_facts() -> None:
    """The keeper would come under the duty to insure in April 2025; whether it is insured is not among its facts."""
    ja = said("ja/compare/current--planned.html")
    rows = ja[ja.rindex("同じ事実で、何が違ってくるか") :]

    assert "保険を付する義務適用されない（施行前" in rows
    assert "判断できないこととなる（理由：事実不明）（試験法第6条第1項〔未施行・要綱による〕）" in rows
    assert "資産を分別して保管する義務" not in rows


def test_worlds_that_rest_on_what_is_not_known_yet_are_not_compared() -> None:
    """On 2024-04-01 the Amending Act was not promulgated, and the press account was there."""
    before = made_from(LAW, Wish("2024-04-01", "2024-04-01"))

    assert {"ja/compare/current--press.html"} == {n for n in before.files if n.startswith("ja/compare/")}


def test_a_change_makes_exactly_its_rows_stale(tmp_path: Path) -> None:
    out = tmp_path / "out"
    place(site().files, out)
    now = made_from(
        law_folder(tmp_path, lambda text: text.replace('en "duty to insure"', 'en "duty to take out insurance"'))
    )
    found = {s.paragraph for s in stale(out, read_record(out), now) if s.page == "en/compare/current--planned.html"}

    assert {"only-second-t-6-1-from-n-suppl-insure"} == {p for p in found if not p.startswith("firm-")}
    assert {"firm-keeper-insureu7c"} == {p for p in found if p.startswith("firm-")}


def test_what_a_second_place_does_not_impose_hides_nothing_of_the_first(tmp_path: Path) -> None:
    """The press account asks for keeping apart in a case that never is; art. 3 goes on asking for it, in both worlds alike."""
    also = "duty keep_apart of Firm as firm when keeper of firm and not keeper of firm keep apart of firm end\nend\nprovision t/90"
    made = made_from(law_folder(tmp_path, lambda text: text.replace("end\nprovision t/90", also)))
    page = made.files["ja/compare/current--press.html"]

    assert 'id="differs-keep_apart"' in page and 'id="firm-keeper-enrolu7c"' in page
    assert 'id="firm-keeper-keep_apartu7c"' not in page

"""In which tense conditions are read out: as they are, as planned, as they were; nothing stands twice; no title tags twice."""

import re
from pathlib import Path

import pytest

from kitei.conditions import Conditions, Mood
from kitei.ruleset import load
from kitei.wording import Lang
from kitei_dsl import core
from test_html import Page
from test_site import LAW, law_folder, made_from, said

FIRM = core.Bind("firm")
SMALL, KEEPS = core.Fact("small", FIRM), core.Fact("keeps", FIRM)
ALWAYS = core.Literal("truth", "true")
DAY = core.Literal("date", "2020-05-01")


def call(op: str, *args: core.Expr) -> core.Call:
    return core.Call(op, args)


def read_out(expr: core.Expr, lang: Lang = "ja", mood: Mood = "now") -> list[tuple[int, str]]:
    program, _ = load(LAW)
    return [line for one in Conditions(program, lang, mood).listed(expr) for line in one.lines()]


BEFORE = call("<", call("reference_day"), DAY)


@pytest.mark.parametrize(
    ("expr", "now", "planned", "then"),
    [
        (SMALL, "「小規模であること」に該当する", "「小規模であること」に該当すること", "「小規模であること」に該当した"),
        (call("not", SMALL), "「小規模であること」に該当しない", "「小規模であること」に該当しないこと", "「小規模であること」に該当しなかった"),
        (BEFORE, "基準日が令和2年5月1日（2020-05-01・金曜日）より前である", "基準日が令和2年5月1日（2020-05-01・金曜日）より前であること", "基準日が令和2年5月1日（2020-05-01・金曜日）より前であった"),
        (call("not", call("has", SMALL)), "「小規模であること」がない", "「小規模であること」がないこと", "「小規模であること」がなかった"),
    ],
)  # fmt: skip
def test_a_statement_has_a_form_for_each_mood(expr: core.Expr, now: str, planned: str, then: str) -> None:
    moods: tuple[Mood, ...] = ("now", "planned", "then")

    assert [now, planned, then] == [read_out(expr, mood=mood)[0][1] for mood in moods]


def test_heads_of_lists_and_comparisons_in_english_have_a_form_for_each_mood() -> None:
    both = call("and", SMALL, BEFORE)

    assert (0, "all of the following held:") == read_out(both, "en", "then")[0]
    assert read_out(both, "en", "then")[2][1].startswith("the reference day was before ")
    assert read_out(both, "en", "planned")[2][1].startswith("the reference day would be before ")
    assert (0, "次の全てに該当した：") == read_out(both, mood="then")[0]
    assert (0, "次の全てに該当すること：") == read_out(both, mood="planned")[0]


def test_lists_in_lists_of_their_kind_and_what_always_holds_are_not_shown() -> None:
    lines = [(0, "次の全てに該当する："), (1, "「小規模であること」に該当する"), (1, "「他人の資産の保管」に該当する")]

    assert lines == read_out(call("and", call("and", SMALL, ALWAYS), KEEPS))
    # neither … nor: the same list with the parts turned round
    assert ["次の全てに該当する：", "「小規模であること」に該当しない", "「他人の資産の保管」に該当しない"] == [
        text for _, text in read_out(call("not", call("or", SMALL, call("or", KEEPS, call("not", ALWAYS)))))
    ]
    assert lines[1:2] == [(1, text) for _, text in read_out(call("and", SMALL, ALWAYS))]
    assert [(0, "常に")] == read_out(call("and", ALWAYS, ALWAYS))
    assert 2 == len({n for n, _ in read_out(call("and", SMALL, call("or", KEEPS, BEFORE)))} - {0})


def test_what_was_so_on_a_day_is_listed_below_the_day() -> None:
    lines = read_out(core.At(call("and", SMALL, call("not", KEEPS)), DAY, None))

    assert "令和2年5月1日（2020-05-01・金曜日）において、次の全てに該当する：" == lines[0][1]
    assert [(1, "「小規模であること」に該当する"), (1, "「他人の資産の保管」に該当しない")] == lines[1:]


def test_conditions_of_what_is_not_in_force_are_said_as_planned_and_reported() -> None:
    pending, press = said("ja/provision/t-6-1.html"), said("ja/provision/p-claim1.html")

    assert "保険を付する義務は、どのような場合に誰に及ぶこととなる予定か" in pending
    assert "名簿に載る義務は、どのような場合に誰に及ぶものとされているか" in press
    for text in (pending, press):
        conditions = text[text.index("要件の確認") : text.index("他の規定との関係", text.index("要件の確認"))]
        assert "「保管業者」に該当すること" in conditions
        assert not re.search(r"該当(する|しない)(?!こと|とき)", conditions)


def test_an_exception_that_has_ended_was_and_its_conditions_stand_once(tmp_path: Path) -> None:
    """Two duties of art. 3, both exempted for small firms until the end of 2021."""

    def change(text: str) -> str:
        text = text.replace("when small of firm @", "when small of firm and reference_day <= 2021-12-31 @")
        return text.replace(
            '@"分別して" end\nend', '@"分別して" end\n  duty insure of Firm as firm keep insured of firm end\nend'
        )

    page = made_from(law_folder(tmp_path, change)).files["ja/provision/t-3.html"]
    text = re.sub(r"\s+", " ", Page(page).text())
    was = text[text.index("当時の要件（参考）") :]

    assert "「小規模であること」に該当した" in was[:80] and 1 == text.count("「小規模であること」に該当した")
    assert "「小規模であること」に該当する" not in text
    assert 1 == text.count("当時の要件は、上に掲げた。")
    assert not re.search(r"<summary>(?:(?!</summary>).)*<a ", page)  # nothing to press inside what opens


def test_a_permission_that_has_ended_was(tmp_path: Path) -> None:
    permission = "permission enrol of Firm as firm when keeper of firm and reference_day <= 2021-12-31 end"
    change = law_folder(tmp_path, lambda text: text.replace("block t/3 of Firm as firm when small of firm", permission + "\n  block t/3 of Firm as firm when small of firm and reference_day <= 2021-12-31"))  # fmt: skip
    text = re.sub(r"\s+", " ", Page(made_from(change).files["ja/provision/t-4-1.html"]).text())

    assert "効力は残るが、期間の過ぎた定め" in text and "現在の定め" not in text
    assert "どのような場合に誰に認められたか" in text and "が認められた（終了）。" in text
    assert "判断の流れ" not in text and "期間は過ぎており、当時は、次のとおりであった：" in text


def test_a_tag_stands_once_in_a_title() -> None:
    assert "試験法第6条第1項〔未施行・要綱による〕（保険）" in said("ja/provision/t-6-1.html")
    assert "Press X claim 1 [press] – Roll" in said("en/provision/p-claim1.html")
    assert "[press] – Roll [press]" not in said("en/provision/p-claim1.html")

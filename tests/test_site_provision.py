"""The page of a provision: whom it concerns, fines as one says them, everything told once."""

import re
from pathlib import Path

import pytest

from kitei.ruleset import load
from kitei.site.speech import Speech
from kitei.site.staleness import Paragraphs
from kitei.site.standing import Law
from test_site import LAW, law_folder, made_from, said, site


def test_it_is_said_whom_the_law_names_not_only_what_kind_it_binds() -> None:
    """t/3 binds keepers; t/4/1 defeats it for every firm, and binds nobody itself."""
    assert "誰に関するか保管業者（会社）" in said("ja/provision/t-3.html").replace(" ", "")
    assert "Whom it concerns Keeper (firm)" in said("en/provision/t-3.html").replace("concernsK", "concerns K")
    assert "誰に関するか会社" in said("ja/provision/t-4-1.html").replace(" ", "")


@pytest.mark.parametrize(
    ("yen", "written"),
    [("1000000", "100万円"), ("300000000", "3億円"), ("120500000", "1億2,050万円"), ("5000", "5,000円")],
)
def test_fines_are_written_as_one_says_them(yen: str, written: str) -> None:
    program, _ = load(LAW)
    speech = Speech(Law(program, "2024-06-01", "2024-06-01"), "ja", {}, {})

    assert written == speech.fine(yen)


def test_what_fixes_a_day_is_told_once_where_the_day_is() -> None:
    text = said("ja/provision/t-5-1.html")

    assert 1 == text.count("「報告書の提出期限」：試験府令第1条が定めている。")
    assert text.index("「報告書の提出期限」：試験府令第1条が定めている。") < text.index(
        "「報告書の提出期限」：上に掲げた。"
    )


def test_questions_stand_by_who_asks_and_the_first_page_leads_there() -> None:
    files = site().files
    anchors = set(re.findall(r'id="(asked-by-\d+)"', files["ja/questions.html"]))

    assert anchors and anchors == set(re.findall(r'href="questions\.html#(asked-by-\d+)"', files["ja/index.html"]))
    assert "収録した主な法令：保管試験法、" in said("ja/index.html")


def test_what_a_page_answers_comes_before_its_contents() -> None:
    text = said("ja/for/keeper.html")

    assert text.index("与えられた前提の下では、次の") < text.index("この頁の内容")


PARTS = """term levy (賦課金) of Firm is yen combined by sum label ja "賦課金" en "levy" end

provision t/8 in force from 2020-05-01 grade A
  heading ja "賦課金" en "Levy"
  define levy of Firm as firm is 0 yen @"賦課金" end
end
provision t/9 in force from 2020-05-01 grade A
  heading ja "賦課金の額" en "Its amount"
  add levy of Firm as firm is 500 yen @"五百円" end
end

provision t/90 """


def test_what_other_provisions_add_up_to_is_not_said_to_be_nought(tmp_path: Path) -> None:
    """t/8 says that there is a levy, t/9 adds 500 yen to it: the page of t/8 says where it is made up, not 0 yen."""
    files = made_from(law_folder(tmp_path, lambda text: text.replace("provision t/90 ", PARTS, 1))).files
    rules = {id: f.text for id, f in Paragraphs(files["ja/provision/t-8.html"]).found.items() if id.startswith("t-8-from")}  # fmt: skip

    assert "次の規定がそれぞれ加えるものの合計：試験法第9条" == rules["t-8-from-2020-05-01-levy-added"]
    assert not any("0円" in text for text in rules.values())
    assert any(f.text.startswith("加える：500円") for f in Paragraphs(files["ja/provision/t-9.html"]).found.values())


MAY = """norm go_on of Firm label ja "引き続き保管することができること" en "leave to go on keeping" end
norm pay of Firm label ja "損害を賠償する責任" en "liability for damage" end
norm lapse of Firm label ja "登録が効力を失うこと" en "lapse of registration" end

provision t/8 in force from 2020-05-01 grade A
  heading ja "継続など" en "Going on"
  permission go_on of Firm as firm when small of firm end
  liability pay of Firm as firm when keeper of firm end
  effect lapse of Firm as firm when small of firm end
end

provision t/90 """


def test_one_may_is_liable_and_something_follows(tmp_path: Path) -> None:
    files = made_from(law_folder(tmp_path, lambda text: text.replace("provision t/90 ", MAY, 1))).files
    ja, en = (Paragraphs(files[f"{lang}/provision/t-8.html"]).found for lang in ("ja", "en"))
    answers = ["t-8-from-2020-05-01-go_on-answer", "t-8-from-2020-05-01-pay-answer", "t-8-from-2020-05-01-lapse-answer"]

    assert [
        "会社は、次の要件に該当するときは、引き続き保管することができる。",
        "会社は、次の要件に該当するときは、損害を賠償する責任を負う。",
        "次の要件に該当するときは、「登録が効力を失うこと」の法律効果が生ずる（対象：会社）。",
    ] == [ja[id].text for id in answers]
    assert "The leave to go on keeping arises for the firm where the conditions below are met." == en[answers[0]].text
    assert "The liability for damage falls on the firm where the conditions below are met." == en[answers[1]].text
    assert "引き続き保管することができるのは、どのような場合か" in files["ja/provision/t-8.html"]

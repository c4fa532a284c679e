"""The page of a provision: whom it concerns, fines as one says them, everything told once."""

import re

import pytest

from kitei.ruleset import load
from kitei.site.speech import Speech
from kitei.site.standing import Law
from test_site import LAW, said, site


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

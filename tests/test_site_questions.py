"""Public pages of questions: one question, one answer, computed below it by the very commands of the page of questions."""

import re
import shutil
from pathlib import Path

import pytest

from kitei.site.build import Wish, place, read_record
from kitei.site.questions import BadQuestions, questions_page
from kitei.site.staleness import stale
from test_site import CORPUS, LAW, law_folder, made_from, said, site


def test_a_question_has_one_answer_its_evidence_and_what_is_open() -> None:
    ja, en = said("ja/question/1.html"), said("en/question/1.html")

    assert "保管するだけで、分別の義務は及ぶか。" in ja and "及ぶ。与えられた事実を前提とすれば、適合しない。" in ja
    assert "Does the duty to keep assets apart reach a firm that only keeps them?" in en
    assert "確度条文で確認（等級A）" in ja and "誰に関するか弁護士" in ja and "Whom it concernsLawyer" in en
    assert "この答えは令和6年6月1日（2024-06-01）現在のもの" in ja
    assert "定まっていないこと報告書の様式" in ja and "report_form" not in ja
    assert ja.count("この頁は行政の見解ではありません。") >= 2


def test_its_commands_are_run_and_their_results_shown() -> None:
    """A firm that keeps assets and does not keep them apart does not satisfy t/3; in April 2025 t/6/1 would have started."""
    ja, en = said("ja/question/1.html"), said("en/question/1.html")
    first, second = ja[ja.index("計算1") : ja.index("計算2")], ja[ja.index("計算2") :]

    assert "甲社（架空）" in first and "与えられた事実を前提とすれば、適合しない。" in first
    assert "想定：施行を仮定" in second and "仮に施行されていたとすれば" in second
    assert "与えられた事実は、計算1と同じ。" in second and "保管していること" not in second
    assert "in the world: start assumed" in en


def test_its_provisions_are_linked_with_their_state() -> None:
    text = site().files["ja/question/1.html"]
    items = dict(re.findall(r'<li id="rests-([^"]+)"[^>]*><span>(.*?)</span>', text))
    bare = {k: re.sub(r"<[^>]*>", "", v) for k, v in items.items()}

    assert "t-90" in bare and 'href="../provision/t-3.html"' in items["t-3"]
    assert bare["t-3"] == "試験法第3条（分別保管）：施行中"
    assert bare["t-6-1"].endswith("：未施行")


def test_a_computation_about_somebody_real_is_not_shown() -> None:
    ja = said("ja/question/2.html")

    assert "実在する者についての事実による計算は、この頁では示さない。" in ja and "計算1" not in ja
    assert not any("実名" in text or "Real Name" in text for text in site().files.values())


def test_questions_are_listed_in_order_and_in_the_navigation() -> None:
    text = said("ja/questions.html")

    assert text.index("保管するだけで") < text.index("実在する会社にも")
    assert 'href="questions.html"' in site().files["ja/index.html"]


def test_questions_written_later_than_known_are_not_there() -> None:
    before = made_from(LAW, Wish("2024-05-31", "2024-05-31"))

    assert not any("question" in name for name in before.files)


def test_a_changed_result_makes_the_answer_stale(tmp_path: Path) -> None:
    """Whoever keeps assets and is not small comes to be exempt: t/3 is disapplied for Kou, so the answer no longer holds."""
    out = tmp_path / "out"
    place(site().files, out)
    change = law_folder(tmp_path, lambda text: text.replace("when small of firm @", "when keeps of firm @"))
    found = {(s.page, s.paragraph): s.why for s in stale(out, read_record(out), made_from(change))}

    assert ("ja/question/1.html", "answer") in found and ("en/question/1.html", "undetermined") in found
    assert ("ja/question/2.html", "answer") not in found
    assert "結論が変わった：questions.md, 1" in found["ja/question/1.html", "answer"][0]


def test_words_of_one_language_make_nothing_stale_but_their_question(tmp_path: Path) -> None:
    out = tmp_path / "out"
    place(site().files, out)
    folder = law_folder(
        tmp_path, lambda text: text.replace("This page does not say.", "It is not said here."), "questions.md"
    )
    found = {(s.page, s.paragraph) for s in stale(out, read_record(out), made_from(folder))}

    assert ("en/question/2.html", "answer") in found
    assert {"en/question/2.html", "ja/question/2.html", "en/questions.html", "ja/questions.html"} >= {
        p for p, _ in found
    }


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("2024年6月1日現在。", "", "for which day"),
        ("全て架空である", "ある", "fictional"),
        ("- Grade: checked against the text (grade A)\n- 定まっていないこと: 報告書", "- 定まっていないこと: 報告書", "question 1 needs a line `- Grade"),
        ("(lawyer / 弁護士)", "", "question 1: write it in English"),
        ("keeper.facts.yaml --on 2024", "none.facts.yaml --on 2024", "question 1, `kitei run`: `docs/questions/none.facts.yaml`"),
        ("docs/questions/keeper.facts.yaml --on 2024", "../law.kitei --on 2024", "lies outside"),
        ("--goal keep_apart\n…\n$ kitei run", "--goal keep_apartt\n…\n$ kitei run", "keep_apart"),
        ("--world planned", "--world elsewhere", "a world there is"),
        ("--on 2024-06-01 --goal keep_apart\n…\n$ kitei run", "--depth 3 --goal keep_apart\n…\n$ kitei run", "cannot follow `--depth`"),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_answered_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    folder = law_folder(tmp_path, lambda text: replaced(text, old, new), "questions.md")
    with pytest.raises(BadQuestions, match=re.escape(message)):
        made_from(folder)


def replaced(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def test_the_page_is_found_in_the_folder_or_in_docs_of_the_checkout(tmp_path: Path) -> None:
    checkout = tmp_path / "statutes" / "jp"
    shutil.copytree(LAW, checkout)
    (tmp_path / "docs").mkdir()
    (checkout / "questions.md").rename(tmp_path / "docs" / "questions.md")

    own = tmp_path / "mine" / "law"
    shutil.copytree(checkout, own)

    assert questions_page(own) is None, "the docs beside a folder of one's own are not about it"
    assert LAW / "questions.md" == questions_page(LAW)
    assert tmp_path / "docs" / "questions.md" == questions_page(checkout)
    assert CORPUS.parent.parent / "docs" / "questions.md" == questions_page(CORPUS)

"""The glossary of the public pages: which words stand in it, where they are defined, and the ways to it."""

import re
from functools import cache
from pathlib import Path

from kitei.site.build import Wish, place, read_record
from kitei.site.staleness import stale
from test_site import LAW, law_folder, made_from, said, site


@cache
def rows(lang: str) -> dict[str, list[str]]:
    """Return the cells of each row of the glossary, by the anchor of its word."""
    text = site().files[f"{lang}/glossary.html"]
    found = re.findall(r'<tr role="row" id="([^"]+)"[^>]*>(.*?)</tr>', text, re.S)
    cells = {id: re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for id, row in found}
    return {id: [re.sub(r"<[^>]*>|\s+$", "", c) for c in row] for id, row in cells.items()}


def test_a_defined_word_stands_in_both_languages_with_its_definitions_and_their_state() -> None:
    """`keeper` is defined by t/2/2 (in force) and was by t/2/1 (former): in force first."""
    assert ["保管業者", "keeper", "会社", "試験法第2条第2項（施行中）、試験法第2条第1項（旧）"] == rows("ja")[
        "word-keeper"
    ]
    assert ["keeper", "保管業者", "firm", "Test Act art. 2(2) (In force), Test Act art. 2(1) (Former)"] == rows("en")[
        "word-keeper"
    ]
    assert 'href="provision/t-2-2.html#t-2-2-from-2023-06-01-keeper"' in site().files["ja/glossary.html"]
    assert 'id="t-2-2-from-2023-06-01-keeper"' in site().files["ja/provision/t-2-2.html"]


def test_kinds_and_relations_name_where_they_are_spoken_of_first() -> None:
    """Norms and definitions about a firm: t/2/1, t/2/2, t/3, then four more places; years: t/5/1 alone (o/1 fills it)."""
    assert (
        rows("ja")["word-Firm"][3].startswith("試験法第2条第2項（施行中）")
        or "試験法第2条第1項（旧）" in rows("ja")["word-Firm"][3]
    )
    assert "ほか" in rows("ja")["word-Firm"][3]
    assert ["事業年度", "business years", "会社", "試験法第5条第1項（施行中）"] == rows("ja")["word-year"]


def test_short_titles_are_explained() -> None:
    assert ["試験法", "保管試験法", "令和2年法律第1号"] == rows("ja")["title-t"]


def test_a_word_that_nothing_known_defines_is_not_there(tmp_path: Path) -> None:
    """Known on 2020-01-01 nothing had been promulgated; t/2/1 and its word come with 2020-05-01."""
    before = made_from(LAW, Wish("2020-01-01", "2020-01-01"))

    assert 'id="word-keeper"' not in before.files["ja/glossary.html"]
    assert 'id="word-keeper"' in site().files["ja/glossary.html"]


def test_words_are_in_a_stable_order_of_their_labels() -> None:
    for lang in ("ja", "en"):
        terms = [cells[0].casefold() for id, cells in rows(lang).items() if id.startswith("title-")]
        assert terms == sorted(terms) and len(terms) > 2


def test_pages_lead_to_the_words_they_define_and_use() -> None:
    defined, using = site().files["ja/provision/t-2-2.html"], site().files["ja/provision/t-3.html"]
    way = 'href="../glossary.html#word-keeper"'

    assert way in defined and "用語の一覧で見る" in defined and "この頁で用いる、定義された言葉" not in defined
    assert way in using and "この頁で用いる、定義された言葉" in said("ja/provision/t-3.html")
    assert way in site().files["en/provision/t-3.html"]


def test_a_reworded_label_makes_its_row_stale(tmp_path: Path) -> None:
    out = tmp_path / "out"
    place(site().files, out)
    changed = law_folder(
        tmp_path, lambda text: text.replace('ja "保管業者" en "keeper"', 'ja "保管業者" en "custodian"')
    )
    found = {(s.page, s.paragraph) for s in stale(out, read_record(out), made_from(changed))}

    assert ("en/glossary.html", "word-keeper") in found
    assert ("en/glossary.html", "word-Firm") not in found

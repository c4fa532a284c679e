"""The search of the public pages: what a text is found by, which place a citation names, and what the index holds."""

import json
import re
from functools import cache

import pytest

from kitei.citing import Citer
from kitei.ruleset import load
from kitei.site.build import Wish
from kitei.site.search import SHARDS, address_key, arabic, cite_key, folded, law_names, tokens
from test_html import Page
from test_site import CORPUS, LAW, made_from, site

LAWS = [("資金決済に関する法律の1部を改正する法律", "act66"), ("資金決済に関する法律", "psa"), ("金融商品取引法", "fiea"), ("資金決済法施行令", "psao"),
        ("金商業等府令", "fibo"), ("資金決済法", "psa"), ("金商法", "fiea"), ("fiea", "fiea"), ("psa", "psa")]  # fmt: skip
#: A citation in many spellings, and the place it names.
SPELLINGS = {
    "fiea/46_5/1": (
        "金商法46条の5第1項", "金商法第46条の5第1項", "金商法第四十六条の五第一項", "金融商品取引法第四十六条の五第一項ただし書", "FIEA 46-5(1)",
        "fiea art. 46-5(1)", "FIEA Article 46-5, paragraph (1)", "fiea/46_5/1", "ＦＩＥＡ　４６－５（１）", "金商法 第４６条の５ 第１項", "金商法の第46条の5第1項",
    ),
    "fiea/46_5": ("金商法46条の5", "金商法46の5", "FIEA 46-5", "fiea/46_5", "金商法第四十六条の五"),
    "/46_5": ("第四十六条の五", "46条の5", "art. 46-5", "Article 46-5", "46-5", "46の5", "Section 46-5", "s. 46-5", "§46-5", "法第46条の5", "同法46条の5"),
    "/63_11/2": ("63-11(2)", "第六十三条の十一第二項", "63条の11第2項後段", "art. 63-11(2)", "法63条の11第2項", "63の11第2項"),
    "psa/63_11": ("資金決済法63条の11", "資決法63条の11", "資金決済に関する法律第六十三条の十一", "psa63-11", "PSA 63-11", "資金決済法６３の１１"),
    "psao/3": ("資金決済令第3条", "資金決済法施行令3条"),
    "fibo/175/1/i1": ("金商業府令175条1項1号", "金商業等府令第百七十五条第一項第一号"),
    "psa/107/1/i12": ("psa art. 107(xii)", "psa/107/i12", "PSA 107(1)(xii)", "psa第百七条第十二号"),
    "fiea/197/1/i4_3": ("金商法第197条第1項第4号の3", "FIEA art. 197(1)(iv-3)", "fiea/197/1/i4_3", "金商法第百九十七条第一項第四号の三"),
    "psa/suppl/2/1": ("psa附則第2条第1項", "PSA suppl. art. 2(1)", "psa/suppl/2/1"),
    "": ("商法46条", "会社法第46条の5", "2026-11", "20", "法", "金商法", "46", "分別管理", "暗号資産", "custody", "FIEA", "2026-11-22", "第1項", ""),
}  # fmt: skip


@pytest.mark.parametrize(
    "text", ["分別管理", "ＡＢＣ", "Keeping apart, 10 days", "金商法46条の5", "㈱甲・カストディー", "々〇"]
)
def test_tokens_are_words_and_pairs_of_characters(text: str) -> None:
    wanted = {
        "分別管理": ["分別", "別管", "管理"],
        "ＡＢＣ": ["abc"],
        "Keeping apart, 10 days": ["keeping", "apart", "10", "days"],
        "金商法46条の5": ["金商", "商法", "46", "条の", "5"],
        "㈱甲・カストディー": ["株", "甲・", "・カ", "カス", "スト", "トデ", "ディ", "ィー"],
        "々〇": ["々〇"],
    }

    assert wanted[text] == tokens(text)


@pytest.mark.parametrize(("key", "spellings"), SPELLINGS.items(), ids=[k or "none" for k in SPELLINGS])
def test_a_citation_names_its_place_however_it_is_spelled(key: str, spellings: tuple[str, ...]) -> None:
    assert dict.fromkeys(spellings, key) == {text: cite_key(text, LAWS) for text in spellings}


def test_numbers_in_kanji_are_read() -> None:
    assert ["46", "197", "1000", "20", "110", "10", "2026"] == [
        arabic(t) for t in ("四十六", "百九十七", "千", "二十", "百十", "一〇", "二〇二六")
    ]


def test_every_place_of_the_collected_law_is_named_by_its_citations() -> None:
    """As answers print it, in both languages, and as an address; what has no number of an article is found by words."""
    program, _ = load(CORPUS)
    citer, laws = Citer(program), law_names(program.core.instruments)
    asked = [(a, text) for a in program.by_address for text in (citer.ja(a), citer.en(a), a)]
    wrong = [(a, text) for a, text in asked if cite_key(text, laws) != address_key(a)]

    assert len(asked) > 900
    assert [] == [(a, text) for a, text in wrong if not re.search(r"/(outline|claim|rec)\d", a)]


# --------------------------------------------------------------------------- the index


@cache
def index(lang: str) -> tuple[dict[str, object], dict[str, str]]:
    """Return the head of an index, and its postings from all shards."""
    files = site().files
    head = json.loads(files[f"{lang}/search-index.js"].removeprefix("kitei.index(").removesuffix(");\n"))
    found: dict[str, str] = {}
    for n in range(SHARDS):
        shard = json.loads(files[f"{lang}/search-{n}.js"].removeprefix(f"kitei.shard({n}, ").removesuffix(");\n"))
        assert all(ord(token[0]) % SHARDS == n for token in shard)
        found |= shard
    return head, found


def pages_with(lang: str, token: str) -> set[str]:
    head, postings = index(lang)
    at, found = 0, set()
    for step in postings[token].split(" "):
        at += int(step, 36)
        found.add(head["pages"][at][0])  # type: ignore[index]
    return found


def test_a_page_is_found_by_the_words_of_its_rules() -> None:
    assert {"provision/t-3.html", "provision/t-4-1.html"} <= pages_with("ja", "分別") | {"provision/t-4-1.html"}
    assert "provision/t-6-1.html" in pages_with("ja", "保険") and "provision/t-3.html" not in pages_with("ja", "保険")
    assert "provision/t-3.html" in pages_with("en", "apart") and "question/1.html" in pages_with("en", "apart")
    assert "glossary.html#word-keeper" in pages_with("en", "keeper")


def test_a_page_is_found_by_what_it_is_called_in_the_other_language() -> None:
    """By its title, by the norms it imposes and the words it defines; a word of the glossary by itself."""
    assert {"provision/t-3.html", "question/1.html"} <= pages_with("en", "分別") | pages_with("en", "保管")
    assert "provision/t-3.html" in pages_with("ja", "apart") and "provision/t-3.html" not in pages_with(
        "ja", "insurance"
    )
    assert "glossary.html#word-keeper" in pages_with("ja", "keeper") & pages_with("en", "保管")
    assert "provision/t-2-2.html" in pages_with("ja", "keeper")


def test_each_page_is_listed_with_its_state_and_its_place() -> None:
    head, _ = index("ja")
    rows = {row[0]: row[1:] for row in head["pages"]}  # type: ignore[attr-defined]

    assert ["試験法第3条（分別保管）", "（施行中）", "t/3"] == rows["provision/t-3.html"]
    assert "（旧）" == rows["provision/t-2-1.html"][1] and "（未施行）" == rows["provision/t-6-1.html"][1]
    assert {name.removeprefix("ja/") for name in site().files if re.fullmatch(r"ja/.*\.html", name)} - {
        "search.html"
    } == {path for path in rows if "#" not in path}


def test_what_a_law_says_cannot_act_in_the_index() -> None:
    for name, text in site().files.items():
        if re.search(r"search-(index|\d+)\.js$", name):
            assert "<" not in text and text.startswith("kitei.") and text.count("\n") == 1


def test_only_the_page_that_searches_runs_a_script_and_it_works_without() -> None:
    text = site().files["ja/search.html"]

    assert "script-src" in text and 'id="search-box" role="search" hidden' in text
    assert ["../search.js", "search-index.js"] == [a["src"] for a in Page(text).all("script")]
    assert all(
        f'href="{name}.html"' in text for name in ("laws", "glossary", "firms", "questions", "timeline", "compare")
    )
    assert not any(
        "script-src" in t or "<script src" in t
        for n, t in site().files.items()
        if n.endswith(".html") and not n.endswith("/search.html")
    )
    assert not re.search(r"fetch|XMLHttpRequest|innerHTML|eval|https?:|import\(", site().files["search.js"])


def test_the_index_is_the_same_bytes_and_knows_nothing_of_what_is_not_known_yet() -> None:
    before = made_from(LAW, Wish("2024-04-01", "2024-04-01"))

    assert made_from(LAW).files["ja/search-index.js"] == site().files["ja/search-index.js"]
    assert "t/6" not in before.files["ja/search-index.js"] and "t/6/1" in site().files["ja/search-index.js"]
    assert folded("ＡＢ") == "ab"

"""Public pages in a real browser: no other host is asked, nothing runs over the edge of a telephone, an accessibility checker finds nothing.

Needs playwright, Chromium and the source of axe-core (KITEI_CHROMIUM and KITEI_AXE name them); skipped where they are not.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kitei.citing import Citer
from kitei.ruleset import load
from kitei.site.build import place
from kitei.site.search import arabic, cite_key, law_names, tokens
from test_browser import AXE, browser  # noqa: F401
from test_site import CORPUS, site
from test_site_search import SPELLINGS

pytestmark = pytest.mark.browser

#: One page of every kind, a pending, a former and a press page.
PAGES = ("index", "firms", "laws", "law/t", "timeline", "about", "questions", "question/1", "glossary", "compare",
         "compare/current--planned", "search", "for/keeper", "provision/t-3", "provision/t-5-1",
         "provision/t-6-1", "provision/t-2-1", "provision/t-90", "provision/p-claim1")  # fmt: skip
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    out = tmp_path_factory.mktemp("site") / "out"
    place(site().files, out)
    yield out


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_pages_are_at_home_in_a_browser(browser: Any, folder: Path, lang: str, width: int, scheme: str) -> None:  # noqa: F811
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=AXE.is_file()
    )
    # Each language is checked at both widths and in both schemes, in two of the four ways.
    checked = (lang == "ja") == ((width == 320) == (scheme == "light"))
    page, said = context.new_page(), list[str]()
    page.on("request", lambda request: said.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for name in PAGES:
        said.clear()
        file = folder / lang / f"{name}.html"
        page.goto(file.as_uri())
        more = [folder / "search.js", folder / lang / "search-index.js"] if name == "search" else []
        assert {p.as_uri() for p in (file, folder / "style.css", *more)} == set(said), name
        assert 0 == page.evaluate("document.documentElement.scrollWidth - window.innerWidth"), name
        assert (
            page.evaluate("getComputedStyle(document.body).lineHeight") != "normal"
        )  # the style sheet was let through
        if AXE.is_file() and checked:
            page.evaluate(AXE.read_text(encoding="utf-8"))
            found = page.evaluate("tags => axe.run({runOnly: tags})", WCAG)
            assert [] == [(name, v["id"], [n["html"][:200] for n in v["nodes"]]) for v in found["violations"]]
            assert found["passes"]
    context.close()


def test_the_content_can_be_skipped_to_by_keyboard(browser: Any, folder: Path) -> None:  # noqa: F811
    page = browser.new_page()
    page.goto((folder / "ja/provision/t-3.html").as_uri())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert "content" == page.evaluate("document.activeElement.id")
    page.close()


def test_a_page_prints_on_a4_without_its_navigation(browser: Any, folder: Path) -> None:  # noqa: F811
    page = browser.new_page()
    page.goto((folder / "ja/provision/t-3.html").as_uri())
    page.emulate_media(media="print")

    assert not page.is_visible("nav.main") and page.is_visible("footer")
    assert b"/MediaBox" in page.pdf(prefer_css_page_size=True)
    page.close()


# --------------------------------------------------------------------------- the search


@pytest.fixture(scope="module")
def searching(browser: Any, folder: Path) -> Iterator[Any]:  # noqa: F811
    page = browser.new_page()
    page.goto((folder / "ja/search.html").as_uri())
    yield page
    page.close()


def test_the_script_reads_texts_and_citations_as_the_index_was_written(searching: Any) -> None:
    """What `kitei.site.search` makes of a text, the script makes of it: spellings, odd characters, every place of the law."""
    program, _ = load(CORPUS)
    citer, laws = Citer(program), law_names(program.core.instruments)
    cited = [text for a in program.by_address for text in (citer.ja(a), citer.en(a), a, arabic(citer.ja(a)))]
    texts = [
        *cited,
        *(t for of in SPELLINGS.values() for t in of),
        "㈱甲・カストディー",
        "ﾊｰﾄﾞ",
        "İẞß",
        "一〇〇〇〇〇〇〇〇〇〇〇〇〇〇〇〇〇〇〇〇〇〇",
        "/",
        "psa/",
        "第条",
        "  ",
        "\u2028",
    ]
    theirs = searching.evaluate(
        "([texts, laws]) => texts.map(t => [kitei.tokens(t), kitei.citeKey(t, laws)])",
        [texts, [list(pair) for pair in laws]],
    )

    assert [] == [(t, a) for t, a in zip(texts, theirs, strict=True) if a != [tokens(t), cite_key(t, laws)]]


@pytest.mark.parametrize(
    ("lang", "question", "first"),
    [
        ("ja", "分別", "provision/t-3.html"),
        ("ja", "分別保管", "provision/t-3.html"),
        ("ja", "試験法第三条", "provision/t-3.html"),
        ("ja", "試験法５条１項", "provision/t-5-1.html"),
        ("ja", "Test Act 5(1)", "provision/t-5-1.html"),
        ("ja", "第六条", "provision/t-6-1.html"),
        ("en", "t/5/1", "provision/t-5-1.html"),
        ("en", "insur", "provision/t-6-1.html"),
        ("en", "Keeping apart", "provision/t-3.html"),
    ],
)
def test_words_and_citations_are_found(browser: Any, folder: Path, lang: str, question: str, first: str) -> None:  # noqa: F811
    page, asked = browser.new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / lang / "search.html").as_uri())
    page.fill("#search-field", question)
    page.locator("#search-results li").first.wait_for()
    found = page.eval_on_selector_all("#search-results a", "links => links.map(a => a.getAttribute('href'))")

    assert first in found[:2]
    assert all((folder / lang / href.partition("#")[0]).is_file() for href in found)
    assert all(url.startswith(folder.as_uri()) for url in asked)
    page.close()


def test_what_is_not_found_is_said_so_and_said_to_prove_nothing(searching: Any) -> None:
    searching.fill("#search-field", "ぺぺぺぺ")
    searching.get_by_text("見つからないことは、定めがないことを意味しません。").wait_for()

    assert 0 == searching.locator("#search-results li").count()


def test_where_no_page_has_all_words_those_with_some_are_shown(browser: Any, folder: Path) -> None:  # noqa: F811
    """No page says 分別 and 盗まれた; of 保険金, which no page has, the pages with 保険 are near."""
    page = browser.new_page()
    page.goto((folder / "ja/search.html").as_uri())
    found = {}
    for question in ("分別 盗まれた", "保険金"):
        page.fill("#search-field", question)
        page.get_by_text("全ての言葉のある頁は見つかりませんでした。").wait_for()
        found[question] = page.eval_on_selector_all(
            "#search-results a", "links => links.map(a => a.getAttribute('href'))"
        )

    assert "provision/t-3.html" in found["分別 盗まれた"] and "provision/t-6-1.html" in found["保険金"]
    page.close()


def test_without_the_script_the_page_shows_no_box(browser: Any, folder: Path) -> None:  # noqa: F811
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "en/search.html").as_uri())

    assert not page.is_visible("#search-field") and page.is_visible("#ways + ul a, section a")
    context.close()

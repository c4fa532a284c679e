"""Public pages in a real browser: no other host is asked, nothing runs over the edge of a telephone, an accessibility checker finds nothing.

Needs playwright, Chromium and the source of axe-core (KITEI_CHROMIUM and KITEI_AXE name them); skipped where they are not.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kitei.site.build import place
from test_browser import AXE, browser  # noqa: F401
from test_site import site

pytestmark = pytest.mark.browser

#: One page of every kind, a pending, a former and a press page.
PAGES = ("index", "firms", "laws", "law/t", "timeline", "about", "for/keeper", "provision/t-3", "provision/t-5-1",
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
    page, said = context.new_page(), list[str]()
    page.on("request", lambda request: said.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for name in PAGES:
        said.clear()
        file = folder / lang / f"{name}.html"
        page.goto(file.as_uri())
        assert {file.as_uri(), (folder / "style.css").as_uri()} == set(said), name
        assert 0 == page.evaluate("document.documentElement.scrollWidth - window.innerWidth"), name
        assert (
            page.evaluate("getComputedStyle(document.body).lineHeight") != "normal"
        )  # the style sheet was let through
        if AXE.is_file():
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

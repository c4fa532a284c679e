"""Pages in a real browser: no request, no horizontal scroll on a telephone, no finding of an accessibility checker.

Needs playwright, Chromium and the source of axe-core (KITEI_CHROMIUM and KITEI_AXE name them); skipped where they are not.
"""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kitei.answer import Ask
from kitei.changes import course
from kitei.document import Document
from kitei.due_register import DueRegister
from kitei.html import as_html
from kitei.render import document
from kitei.timetable import course_page
from kitei.why import why
from kitei.wording import LANGS, Lang
from test_changes import FIRST, GOALS, LAST, facts
from test_render import asked, law

pytestmark = pytest.mark.browser
CHROMIUM = os.environ.get("KITEI_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
AXE = Path(os.environ.get("KITEI_AXE", "axe.min.js"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("there is no Chromium; KITEI_CHROMIUM may name one")
    with sync.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


def page_of(name: str, lang: Lang) -> Document:
    if name == "register":
        return DueRegister(asked("late"), law()).document(lang)
    if name == "timeline":
        return course_page(course(law(), facts(), GOALS, FIRST, LAST), law(), GOALS, lang)
    if name.startswith("why"):
        how = name.partition(" ")[2] or "why"
        return why(law(), facts(), Ask("2024-09-01"), "file_report", of="kou", asked=how).document(lang)
    return document(asked("hypothetical"), law(), lang=lang, depth=int(name))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["1", "3", "register", "timeline", "why", "why not", "why flip"])
def test_a_page_is_at_home_in_a_browser(
    browser: Any, tmp_path: Path, name: str, lang: Lang, width: int, scheme: str
) -> None:
    file = tmp_path / "page.html"
    file.write_text(as_html(page_of(name, lang)), encoding="utf-8")
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=AXE.is_file()
    )
    page, said = context.new_page(), list[str]()
    page.on("request", lambda request: said.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(file.as_uri())

    assert [file.as_uri()] == said
    assert 0 == page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert page.evaluate("getComputedStyle(document.body).lineHeight") != "normal"  # the policy lets the style through
    if AXE.is_file():
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run()")
        assert [] == [(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in found["violations"]]
        assert found["passes"]
    context.close()


@pytest.mark.parametrize("lang", LANGS)
def test_a_page_prints_on_a4(browser: Any, tmp_path: Path, lang: Lang) -> None:
    """A4 whatever the browser's own paper; derivations are printed also where they are folded."""
    file = tmp_path / "page.html"
    text = as_html(page_of("3", lang))
    printed = []
    for folded in (False, True):
        file.write_text(text.replace("<details open>", "<details>") if folded else text, encoding="utf-8")
        page = browser.new_page()
        page.goto(file.as_uri())
        printed.append(page.pdf(prefer_css_page_size=True, format="Letter"))
        page.close()
    boxes = [set(re.findall(rb"/MediaBox \[([^\]]*)\]", pdf)) for pdf in printed]
    counts = [len(re.findall(rb"/Type /Page\b", pdf)) for pdf in printed]

    for box in boxes:
        assert {(594, 841)} == {tuple(int(x.partition(b".")[0]) for x in b.split()[2:]) for b in box}
    assert counts[0] == counts[1] > 3

"""Pages in HTML: one file that asks for nothing, reads without script, links what it cites, and escapes every name."""

import copy
import re
from base64 import b64encode
from collections import Counter
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from kitei.document import Document, Entry, Heading, Listing, Paragraph, Provision, Run, Table, line_of, mark, plain
from kitei.html import as_html
from kitei.render import document, render
from kitei.wording import LANGS, Lang
from test_render import ASKS, PAGES, ask, asked, law

VOID = {"meta", "hr", "br", "link", "img", "input"}


class Page(HTMLParser):
    """A page as its elements in order, with their attributes, depth and text; wrong nesting is a fault."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str], int]] = []
        self.words: list[tuple[tuple[str, ...], str]] = []
        self.feed(text)
        self.close()
        assert [] == self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {k: v or "" for k, v in attrs}, len(self.open)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, f"{tag} closed where {self.open} is open"

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.words.append((tuple(self.open), data))

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for t, attributes, _ in self.elements if t == tag]

    def text(self) -> str:
        return "".join(words for where, words in self.words if "style" not in where)


@cache
def html(name: str, lang: Lang, depth: int = 1) -> str:
    return render(asked(name), law(), lang=lang, format="html", depth=depth)


@pytest.mark.parametrize("name", ASKS)
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("depth", [1, 3])
def test_a_page_is_whole_and_asks_for_nothing(name: str, lang: Lang, depth: int) -> None:
    text = html(name, lang, depth)
    page = Page(text)
    ids = [a["id"] for _, a, _ in page.elements if "id" in a]
    links = [a["href"] for a in page.all("a")]

    assert {"lang": lang} == page.all("html")[0]
    assert Counter(ids).most_common(1)[0][1] == 1
    assert [] == [x for x in links if not x.startswith("#") or x[1:] not in ids]
    assert not {"script", "img", "link", "iframe", "object", "form", "base"} & {t for t, _, _ in page.elements}
    assert [] == [a for _, a, _ in page.elements for k in a if k.startswith("on") or k in ("src", "style")]
    assert not re.search(r"url\(|@import|https?:", text)
    assert [1, 1, 1] == [len(page.all(t)) for t in ("main", "header", "h1")]
    assert "#content" == links[0] and "content" == page.all("main")[0]["id"]


@pytest.mark.parametrize("name", ASKS)
@pytest.mark.parametrize("depth", [1, 3])
def test_headings_leave_no_level_out(name: str, depth: int) -> None:
    levels = [int(t[1]) for t, _, _ in Page(html(name, "ja", depth)).elements if re.fullmatch(r"h\d", t)]

    assert 1 == levels[0]
    assert [] == [(a, b) for a, b in pairwise(levels) if b > a + 1]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("depth", [1, 3])
def test_a_page_says_every_line_of_the_document(lang: Lang, depth: int) -> None:
    """Lines, in order; of a list that is also a table, the cells."""
    found = document(asked("current"), law(), lang=lang, depth=depth)
    said = re.sub(r"\s", "", Page(as_html(found)).text())
    at = 0
    for block in found.blocks:
        table = block.table if isinstance(block, Listing) else None
        cells = [] if table is None else [x for row in table.rows for cell in row for x in cell]
        for line in cells or Document(lang, (block,)).lines():
            words = re.sub(r"\s", "", plain(line))
            assert words in said[at:], plain(line)
            at = said.index(words, at) + len(words)


def test_the_policy_allows_the_page_its_own_style_and_nothing_else() -> None:
    text = html("current", "en")
    style = re.search(r"<style>(.*?)</style>", text, re.S)
    policy = next(a["content"] for a in Page(text).all("meta") if a.get("http-equiv") == "Content-Security-Policy")
    assert style is not None
    digest = b64encode(sha256(style[1].encode()).digest()).decode()

    assert f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'" == policy


def test_days_citations_and_entries_are_marked() -> None:
    text = html("current", "en")
    page = Page(text)

    assert {"2024-07-01", "2023-06-30", "2024-06-20"} <= {a["datetime"] for a in page.all("time")}
    assert '<a class="cite" href="#cite-t-5-1">Test Act art. 5(1)</a>' in text
    assert '<li id="cite-t-5-1"><strong>Test Act art. 5(1)</strong>' in text
    assert '<span class="number">[3]</span>' in text and 'href="#entry-3"' in text and 'id="entry-3"' in text


def test_cited_provisions_carry_our_statement_in_one_language() -> None:
    ja, en = (html("current", lang) for lang in LANGS)

    assert "当サイトの要約：</span> <span>管理業者とは、業として資産を管理する者をいう。" in ja
    assert "A custodian is one who" not in ja
    assert "Our plain statement:</span> <span>A custodian is one who keeps assets for others as a business." in en
    assert "管理業者とは" not in en


def test_a_statement_without_translation_says_its_language() -> None:
    line = line_of(mark("cite", "t/1", "T art. 1"))
    text = as_html(Document("en", (Paragraph(line),), (Provision("t/1", "T art. 1", "", "文", (), "ja"),)))

    assert '<span lang="ja">文</span>' in text


def test_japanese_on_an_english_page_is_marked() -> None:
    page = Page(html("current", "en", 3))
    marked = [n for n, (t, a, _) in enumerate(page.elements) if t == "span" and a.get("lang") == "ja"]
    kanji = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")

    assert marked
    assert [] == [w for where, w in page.words if kanji.search(w) and not {"span", "strong", "style"} & set(where[-1:])]


def test_deadlines_are_a_table() -> None:
    page = Page(html("current", "en"))

    assert [{"role": "columnheader", "scope": "col"}] * 5 == page.all("th")[:5]
    assert 3 == sum(a.get("scope") == "row" for a in page.all("th"))
    assert ["Norm", "Who", "Status", "How computed"] * 3 == [a["data-label"] for a in page.all("td")]
    assert 1 == len(page.all("caption"))
    row = "".join(w for where, w in page.words if "tbody" in where)
    assert "2024-07-01 (Monday)[3] Duty to file the reportTest Act art. 5(1)" in row.replace("\n", "")
    # Worked out: the year ended on 31 March 2024 (a Sunday); three months end on 30 June 2024, a Sunday.
    assert "last day 2024-06-30 (Sunday)" in row and "moves to 2024-07-01 (Monday)" in row


def test_long_derivations_fold_and_start_open() -> None:
    page = Page(html("current", "ja", 3))

    assert len(page.all("details")) > 10
    assert [] == [a for a in page.all("details") if "open" not in a]
    assert len(page.all("details")) == len(page.all("summary"))


HOSTILE = "</style><script>alert(1)</script>\"><img src=x onerror=alert(1)>{{ 7*7 }}<!--'\\"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("depth", [1, 3])
def test_no_name_acts_in_html(lang: Lang, depth: int) -> None:
    """Not in the body, not in the title, not in the style, where the title stands for the printed page."""
    data = copy.deepcopy(asked("current"))
    data["data"]["entities"]["kou"] = {"kind": "Firm", "ja": HOSTILE, "en": HOSTILE}
    text = render(data, law(), lang=lang, format="html", depth=depth)
    page = Page(text)

    assert not {"script", "img"} & {t for t, _, _ in page.elements}
    assert HOSTILE in page.text() and "{{ 7*7 }}" in text
    assert 1 == text.count("</style>") == text.count("<style>")


def test_a_hostile_page_of_any_make_is_escaped() -> None:
    """Table heads, captions, statements, addresses and languages too."""
    line = (Run(HOSTILE), Run(HOSTILE, "cite", HOSTILE), Run(HOSTILE, "day", HOSTILE), Run(HOSTILE, "number", HOSTILE), Run(HOSTILE, "entry", "1"))  # fmt: skip
    table = Table(line, (line, line), (((line,), (line, line)),))
    blocks = (Heading(1, line), Heading(4, line), Paragraph(line), Listing((Entry((Run("[1]", "entry", '1"x'), *line)),)), Listing((), table))  # fmt: skip
    text = as_html(Document("en", blocks, (Provision(HOSTILE, HOSTILE, HOSTILE, HOSTILE, line, HOSTILE),)))

    assert not {"script", "img"} & {t for t, _, _ in Page(text).elements}


def test_two_addresses_have_two_anchors() -> None:
    lines = [line_of(mark("cite", ref, ref)) for ref in ("a/1", "a-1", "a_1")]
    page = Page(as_html(Document("en", tuple(Paragraph(x) for x in lines))))

    assert 3 == len({a["href"] for a in page.all("a") if a.get("class") == "cite"})


def test_a_page_without_headings_or_citations_is_a_page() -> None:
    page = Page(as_html(Document("ja", (Paragraph((Run("文"),)),))))

    assert "文" in page.text()
    assert [] == page.all("nav")


@pytest.mark.parametrize("lang", LANGS)
def test_the_same_answer_gives_the_same_file(lang: Lang) -> None:
    assert html("current", lang, 3) == render(ask(ASKS["current"]), law(), lang=lang, format="html", depth=3)


def test_the_golden_page_in_html() -> None:
    """Read in a browser by a person; style and digests are left out."""
    text = render(asked("reserve"), law(), lang="en", format="html")
    text = re.sub(r"(?s)<style>.*?</style>|sha256-[\w+/=]+|(?<=Rules ).*?(?=</p>)", "…", text)

    assert (PAGES / "one.en.html").read_text(encoding="utf-8") == text

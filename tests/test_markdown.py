"""Pages in Markdown: a reader of CommonMark sees the page's own text, and nothing a name contains acts."""

from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kitei.document import Document, Entry, Heading, Listing, Paragraph, Run, plain
from kitei.markdown import as_markdown
from kitei.render import render
from kitei.wording import LANGS, Lang
from test_render import ASKS, PAGES, asked, law, page, shown

HOSTILE = (
    "|a|b|", "<script>alert(1)</script>", "`code`", "[link](https://evil.example)", "![i](x)", "{{ 7*7 }}", "{% raw %}", "**bold**",
    "_em_", "# heading", "1. one", "1) one", "- item", "+ item", "* item", "> quote", "---", "===", "&amp;", "\\", "a\\", "~~x~~",
    "<https://evil.example>", "https://evil.example/a", "www.evil.example", "[x]: y", "$x$", "# #", "a #", "    code", "line\nline", "***",
    "12345678901. x", "<!-- c", "&#35;", "``` fence", "~~~",
)  # fmt: skip


def read(text: str, linkify: bool = False) -> list[Token]:
    return MarkdownIt("commonmark", {"linkify": linkify, "maxNesting": 200}).parse(text)


def texts(text: str) -> list[str]:
    """Return the text of each line a reader sees, refusing whatever is not plain text, a heading, a paragraph or a list."""
    found = []
    for token in read(text):
        assert token.type.removesuffix("_open").removesuffix("_close") in (
            "inline", "heading", "paragraph", "bullet_list", "list_item",
        ), token.type  # fmt: skip
        if token.type == "inline":
            assert token.children is not None
            assert {c.type for c in token.children} <= {"text", "text_special"}, token.content
            found.append("".join(c.content for c in token.children))
    return found


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_acts_in_markdown(name: str) -> None:
    line = (Run(name),)
    written = as_markdown(
        Document("en", (Heading(1, line), Paragraph(line), Listing((Entry(line, (Entry(line),)), Entry(line)))))
    )

    assert [" ".join(name.split())] * 5 == texts(written)
    assert "{{" not in written and "{%" not in written and "www.e" not in written and "https:" not in written


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.text(alphabet="\\`*_{}[]()<>#+-.!|~&$=:;/@'\" 1a　あ\n\t\r%^", max_size=24))
def test_any_text_reads_back_as_it_is(name: str) -> None:
    """Whatever is written between two letters is what is read."""
    line = (Run(f"{name} z"),)
    expected = " ".join(
        x for x in (f"{name} z").replace("\n", " ").replace("\t", " ").replace("\r", " ").split(" ") if x
    )

    written = as_markdown(Document("ja", (Heading(2, line), Paragraph(line), Listing((Entry(line),)))))

    # A wide space at the beginning is dropped by the reader, not by us.
    assert [expected.lstrip("　 ")] * 3 == [x.lstrip("　 ") for x in texts(written)]


@pytest.mark.parametrize("name", ASKS)
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("depth", [1, 3])
def test_a_page_in_markdown_says_what_the_page_says(name: str, lang: Lang, depth: int) -> None:
    """Every line, in order; nothing more."""
    found = shown(name, lang, depth)

    assert [" ".join(x for x in plain(line).split(" ") if x) for line in found.lines() if line] == texts(
        as_markdown(found)
    )


def test_lists_keep_their_levels() -> None:
    entries = (Entry((Run("a"),), (Entry((Run("b"),), (Entry((Run("c"),)),)), Entry((Run("d"),)))),)
    written = as_markdown(Document("en", (Paragraph((Run("p"),)), Listing(entries), Listing((Entry((Run("e"),)),)))))

    assert "p\n\n- a\n  - b\n    - c\n  - d\n- e\n" == written


def test_a_deep_list_is_written_whole() -> None:
    """Depth is no limit of ours."""
    numbers = count()
    entry = Entry((Run(f"x{next(numbers)}"),))
    for _ in range(2000):
        entry = Entry((Run(f"x{next(numbers)}"),), (entry,))

    assert 2001 == as_markdown(Document("en", (Listing((entry,)),))).count("- x")


def test_the_golden_page_in_markdown() -> None:
    """Read by a person; digests are left out, for they change with any law."""
    import re

    text = re.sub(r"(規則の版|Rules) .*", r"\1 …", render(asked("current"), law(), lang="ja", format="md"))

    assert (PAGES / "one.ja.md").read_text(encoding="utf-8") == text
    assert page("current", "ja") != text

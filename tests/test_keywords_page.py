"""The chapter on Japanese keywords lists every keyword of both skins."""

from __future__ import annotations

from pathlib import Path

from kitei_dsl.keywords_page import keywords_table

CHAPTER = Path(__file__).resolve().parent.parent / "docs" / "language" / "11-japanese-skin.md"


def test_the_table_of_the_chapter_is_current() -> None:
    """If not: write what `python -m kitei_dsl.keywords_page` prints to the end of the chapter."""
    assert CHAPTER.read_text(encoding="utf-8").endswith("\n\n" + keywords_table())


def test_words_of_both_skins_stand_side_by_side() -> None:
    rows = keywords_table().splitlines()

    assert "| `proviso to` | `ただし書` |" in rows
    assert "| `block` | `適用除外` |" in rows
    assert "| `by` before a text | `仮定者` |" in rows and "| `by` | `期限` |" in rows

"""Formatting has one result, keeps the tree and every comment, and reading never fails on any text.

The programs of `surface_programs` cover every production of the grammar; the layout itself is shown by examples.
"""

# ruff: noqa: SIM300 (in tests the expected value stands on the left)

import random
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lark.grammar import Rule
from surface_programs import Program, productions, program, programs, words

from kitei_dsl import syntax
from kitei_dsl.diagnostics import Diagnostic, render, width
from kitei_dsl.format import format_expression, format_file
from kitei_dsl.parse import parse, parse_expression
from kitei_dsl.source import Source
from kitei_dsl.syntax import same

SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def read(text: str) -> syntax.File:
    """Read a text that has no mistakes."""
    file, diagnostics = parse(Source("t.kitei", text))

    assert [] == [render(d) for d in diagnostics], text
    return file


def formatted(text: str) -> str:
    return format_file(read(text))


def expression(text: str) -> str:
    expr, diagnostics = parse_expression(Source("t.kitei", text))

    assert [] == diagnostics and expr is not None
    return format_expression(expr)


def assert_kept(made: Program) -> None:
    """Check that a program is read, printed, read back as the same tree, and printed the same again."""
    file = read(made.text)
    once = format_file(file)
    again = read(once)

    assert made.comments == tuple(comment.text for comment in file.comments)
    assert made.comments == tuple(comment.text for comment in again.comments)
    assert same(again, file), once
    assert once == format_file(again)
    assert not any(line != line.rstrip() for line in once.split("\n"))


# --------------------------------------------------------------------------- laws


def test_every_production_of_the_grammar_is_kept() -> None:
    """Each production is steered to, so none can be missed by luck."""
    used: Counter[Rule] = Counter()
    for i, goal in enumerate(productions()):
        made = program(i, 40, goal)
        assert made.used[goal], goal
        used += made.used
        assert_kept(made)

    assert set(productions()) == set(used)


@SLOW
@given(programs())
def test_any_program_is_kept(made: Program) -> None:
    assert_kept(made)


@SLOW
@given(st.integers(0, 2**32), st.integers(0, 300))
def test_white_space_does_not_matter(seed: int, size: int) -> None:
    """The same tokens on one line give the same result, literals that hold a newline apart."""
    close = program(seed, size, spaced=False)
    apart = close.text.replace(" ", "\n\n　")
    if '"' not in close.text and "@" not in close.text:
        assert formatted(close.text) == formatted(apart)


# --------------------------------------------------------------------------- no text breaks the reader


def assert_bounded(text: str) -> None:
    """Check that reading returns, and that what it reports lies in the text."""
    _, diagnostics = parse(Source("t.kitei", text))

    assert len(diagnostics) <= 20
    for d in diagnostics:
        assert d.span is not None and 0 <= d.span.start <= d.span.end <= len(text)
        assert render(d)


@SLOW
@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert_bounded(text)


@SLOW
@given(st.lists(st.sampled_from(words()), max_size=80), st.sampled_from((" ", "", "\n")))
def test_any_soup_of_words_is_read(soup: list[str], between: str) -> None:
    assert_bounded(between.join(soup))


@SLOW
@given(programs(), st.integers(0, 2**32))
def test_any_damaged_program_is_read(made: Program, seed: int) -> None:
    """Cut, doubled, moved or strange pieces: the reader still returns, and so does the printer."""
    rng = random.Random(seed)
    text = made.text
    for _ in range(rng.randint(1, 4)):
        i, j = sorted(rng.randint(0, len(text)) for _ in range(2))
        piece = rng.choice(("", text[i:j] * 2, rng.choice(words()), chr(rng.randint(32, 0x3100)), "\n", '"', "("))
        text = text[:i] + piece + text[min(j, i + rng.randint(0, 10)) :]
    assert_bounded(text)
    file, _ = parse(Source("t.kitei", text))

    assert same(read(format_file(file)), file)


@SLOW
@given(st.text(alphabet="@a/\"1,_. yen%per-BTC#\\", max_size=200))
def test_no_text_makes_the_lexer_slow(text: str) -> None:
    """Near misses of the longest terminals."""
    assert_bounded(f"provision a/1 in force from 2026-01-01 grade A parameter x is {text} end")

"""Formatting has one result, keeps the tree and every comment, and reading never fails on any text.

The programs of `surface_programs` cover every production of the grammar; the layout itself is shown by examples.
"""

import random
import re
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lark.grammar import Rule

from kitei_dsl import syntax
from kitei_dsl.diagnostics import render, width
from kitei_dsl.expression_text import format_expression
from kitei_dsl.format import format_file
from kitei_dsl.parse import parse, parse_expression
from kitei_dsl.source import Source
from kitei_dsl.syntax import same
from surface_programs import Program, productions, program, programs, words

SLOW = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


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


# --------------------------------------------------------------------------- the layout


def test_the_layout_of_a_file() -> None:
    """Items and statements stand apart, runs of one-line statements stay together, marks stand off by two spaces."""
    text = """# licence

instrument psa  title ja "資金決済に関する法律" en "Payment Services Act" status enacted text of 2026-06-01 end
kind person(人) label ja"人" end # people
relation owns role owner one person label ja "所有者" role owned many thing
# nothing else
end
provision psa/63_11/2 in force from 2020-05-01 promulgated 2019-06-07 until psa/c grade A
heading ja "管理"
plain en "plain"
parameter limit is 10000000yen @"千万円"
# the rate
parameter rate is 5 % @psa/1"百分の五"
define a of person as p named main scope psa/2,psa/3 when((has licence of p))@"登録"@psa/2"者" is not(x of p=1)
# inside
end
duty report of operator as o for each year as y anchored at end_day of y
by 1 months after end_day of y rolled for filing immediately end end
# the end"""

    assert """# licence

instrument psa
  title ja "資金決済に関する法律" en "Payment Services Act"
  status enacted
  text of 2026-06-01
end

kind person (人)
  label ja "人"
end  # people

relation owns
  role owner one person
    label ja "所有者"
  role owned many thing
  # nothing else
end

provision psa/63_11/2 in force from 2020-05-01 promulgated 2019-06-07 until psa/c grade A
  heading ja "管理"
  plain en "plain"

  parameter limit is 10,000,000 yen  @"千万円"
  # the rate
  parameter rate is 5%  @psa/1"百分の五"

  define a of person as p named main scope psa/2, psa/3
    when has licence of p  @"登録"  @psa/2"者"
    is not x of p = 1
    # inside
  end

  duty report of operator as o
    for each year as y anchored at end_day of y
    by 1 month after end_day of y rolled for filing
    immediately
  end
end

# the end
""" == formatted(text)


@pytest.mark.parametrize(
    ("canonical", "written"),
    [
        ("(a or b) and c or d", "((a or b) and c) or d"),
        ("a or (b or c)", "a or (b or c)"),
        ("not a = b", "not(a=b)"),
        ("(not a) = b", "(not a)=b"),
        ("a - b - (c - d)", "((a - b)) - (c - d)"),
        ("(a + b) * c / (d * e)", "(a + b)*c/(d*e)"),
        ("-a + --b", "- a + - - b"),
        ("-(a + b)", "-(a+b)"),
        ("(-a) as at b", "(-a) as at b"),
        ("-a as at b", "-(a as at b)"),
        ("(a of b as at c) under the text of (d as at e)", "((a of b) as at c) under the text of (d as at e)"),
        ("3 months after 2026-01-31 rolled for filing", "(3 months) after 2026-01-31 rolled for filing"),
        ("(3 days before a) counting (b + c)", "(3 days before a) counting (b+c)"),
        (
            "if if a then b else c then d else if e then f else g",
            "if (if a then b else c) then d else (if e then f else g)",
        ),
        ("(if a then b else c) or d", "(if a then b else c) or d"),
        (
            "some x in y of z where a or b: every v in x: c and d",
            "some x in y of z where (a or b): (every v in x: (c and d))",
        ),
        ("(number x in y) >= 3 and (at least 2 x in y: a)", "(number x in y)>=3 and (at least 2 x in y:a)"),
        ("least(a, 1, 2 yen, if a then b else c)", "least(a,1,2yen,(if a then b else c))"),
        ("2 business days of calendar of a", "2 business days of (calendar of (a))"),
        ("1 day", "1 days"),
        ("1000 days", "1_000 day"),
        ("1,000,000.5 yen", "1_000000.5yen"),
        ("5 億円", "5 億円"),
        ("3万円", "3万円"),
        ("1 per 10,000", "1  per 10,000"),
        ("2 BTC", "2BTC"),
        (r'unencoded ja "\\n \" \n"', r'unencoded  ja "\\n \" \n"'),
    ],
)
def test_expressions_have_one_spelling(canonical: str, written: str) -> None:
    assert canonical == expression(written)
    assert canonical == expression(canonical)


def test_a_long_chain_is_broken_with_the_operator_first() -> None:
    """Columns are counted by width: these lines are short in characters and too wide on the screen."""
    condition = "当期の総資産の額 > 10000000 yen and 届出を行った者 or (前期の負債の額 <= 当期の負債の額 or 免除を受けた者) and 外国の者"
    text = f'provision a/1 in force from 2026-01-01 grade A define x when {condition} @"場合" is true end end'

    assert """provision a/1 in force from 2026-01-01 grade A
  define x
    when 当期の総資産の額 > 10,000,000 yen and 届出を行った者
      or (前期の負債の額 <= 当期の負債の額 or 免除を受けた者) and 外国の者  @"場合"
    is true
  end
end
""" == formatted(text)
    assert len(condition) < 110 < width(condition)


def test_marks_and_english_leave_a_line_that_is_too_long() -> None:
    """Before a chain is broken its marks leave; sums and comparisons break like chains."""
    mark, words = "対象となる取引の金額の合計額" * 2, "利用者の暗号資産とそれ以外の暗号資産とを" * 2
    text = f"""provision a/1 in force from 2026-01-01 grade A
plain ja "{words}" en "Users' crypto-assets are kept apart" # said
define x when reserve_added_in_the_year of y > 0 and insured_amount of y > 0 @"{mark}" # first
is reserve_added_in_the_year of y + least(insured_amount of y, share of y) - withdrawn_amount of y >= required @"{mark}"
end end"""

    assert f"""provision a/1 in force from 2026-01-01 grade A
  plain ja "{words}"
        en "Users' crypto-assets are kept apart"  # said

  define x
    when reserve_added_in_the_year of y > 0 and insured_amount of y > 0
      @"{mark}"  # first
    is reserve_added_in_the_year of y + least(insured_amount of y, share of y) - withdrawn_amount of y
      >= required  @"{mark}"
  end
end
""" == formatted(text)


def test_comments_between_operands_keep_their_operands() -> None:
    text = """provision a/1 in force from 2026-01-01 grade A
define x when a # first
and (b # second
or c)
# own line
and d # last
# before the outcome
is if a then 1 # one
else every m in members: # of all
y end # closes x
end"""

    assert """provision a/1 in force from 2026-01-01 grade A
  define x
    when a  # first
      and (b  # second
        or c)
      # own line
      and d  # last
    # before the outcome
    is if a
      then 1  # one
      else every m in members:  # of all
        y
  end  # closes x
end
""" == formatted(text)


def test_an_empty_file_and_a_file_of_comments() -> None:
    assert "" == formatted(" \n\n")
    assert "# one\n# two\n\n# three\n" == formatted("\n # one\n# two\n\n\n  # three")


def test_deep_expressions_are_printed() -> None:
    """As deep as can be read."""
    for deep in (
        "not " * 180 + "a",
        "-" * 180 + "a",
        "a of " * 150 + "b",
        "if a then b else " * 150 + "c",
        " - ".join("a" * 180),
    ):
        assert deep == expression(deep)
    brackets = "a" + " - (a" * 90 + " - a" + ")" * 90
    assert brackets == expression(brackets)


# --------------------------------------------------------------------------- laws


def test_every_production_of_the_grammar_is_kept() -> None:
    """Each production that no program so far has used is steered to, so none can be missed by luck."""
    used: Counter[Rule] = Counter()
    for i, goal in enumerate(productions()):
        if goal in used:
            continue
        made = program(i, 40, goal)
        assert made.used[goal], goal
        used += made.used
        assert_kept(made)

    assert set(productions()) == set(used)


@SLOW
@given(programs())
def test_any_program_is_kept(made: Program) -> None:
    assert_kept(made)


#: A mark, a text, or a space between words.
_QUOTED = re.compile(r"""@[^\s"]*"[^"]*"|"(?:\\.|[^"\\])*"| """)


@settings(SLOW, max_examples=60)
@given(st.integers(0, 2**32), st.integers(0, 150), st.sampled_from(productions()))
def test_white_space_does_not_matter(seed: int, size: int, goal: Rule) -> None:
    """The same words, set apart by lines, give the same result; within a mark or a text a space is a space."""
    close = program(seed, size, goal, spaced=False).text
    apart = _QUOTED.sub(lambda m: "\n\n　" if m[0] == " " else m[0], close)

    assert formatted(close) == formatted(apart)


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
@given(st.text(alphabet='@a/"1,_. yen%per-BTC#\\', max_size=200))
def test_no_text_makes_the_lexer_slow(text: str) -> None:
    """Near misses of the longest terminals."""
    assert_bounded(f"provision a/1 in force from 2026-01-01 grade A parameter x is {text} end")

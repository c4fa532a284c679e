"""Reading reports mistakes where they are, one each, in words; and refuses what no statute holds at once."""

import json
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from kitei_dsl import kept, syntax
from kitei_dsl.diagnostics import Diagnostic, render
from kitei_dsl.library import library
from kitei_dsl.parse import parse, parse_expression
from kitei_dsl.parser_table import parser
from kitei_dsl.source import Source, read_source

STATUTES = Path(__file__).resolve().parent.parent / "statutes"
OPEN = "provision a/1 in force from 2026-01-01 grade A\n"


def mistakes(text: str) -> list[Diagnostic]:
    return parse(Source("t.kitei", text))[1]


def places(text: str) -> list[tuple[str, int, str]]:
    """Return slug, line and the words under the carets of each mistake."""
    return [(d.slug, d.span.line, text[d.span.start : d.span.end]) for d in mistakes(text) if d.span is not None]


def names(text: str) -> list[str]:
    """Return the classes of the items that could be read."""
    return [type(item).__name__ for item in parse(Source("t.kitei", text))[0].items]


# --------------------------------------------------------------------------- several mistakes, one report each


def test_one_run_reports_several_mistakes() -> None:
    text = """kind person end
term t of person yen end
kind thing end
provision a/1 in force from 2026-01-01 grade A
  define x of person
    wehn y
    is 5
  end
end
kind other end
world w suppose a in force on 2026-01-01 end
norm n of person end
"""

    assert [
        ("unexpected-word", 2, "yen"),
        ("unexpected-word", 6, "wehn"),
        ("unexpected-word", 11, "on"),
    ] == places(text)
    assert ["Kind", "Kind", "Kind", "NormName"] == names(text)
    assert "did you mean `when`?" in mistakes(text)[1].help


def test_a_missing_end_is_reported_once_where_the_next_part_begins() -> None:
    text = OPEN + "  define x\n    is 5\n\n  define y\n    is 6\n  end\nend\n\n" + OPEN + "end\n"

    assert [("unexpected-word", 5, "define")] == places(text)
    assert mistakes(text)[0].help.startswith("expected `end`")
    assert ["Provision"] == names(text)

    text = OPEN + "  define x\n    is 5\n  end\n\n" + OPEN + "end\n"

    assert [("unexpected-word", 6, "provision")] == places(text)
    assert ["Provision"] == names(text)


def test_an_end_too_many_spares_the_items_around_it() -> None:
    text = "kind a end\nkind b end end\nkind c end\n"

    assert [("surplus-end", 2, "end")] == places(text)
    assert ["Kind", "Kind", "Kind"] == names(text)


def test_item_words_at_the_start_of_a_wrapped_line_are_no_items() -> None:
    """`term` and `norm` may be names; a line of an expression that begins with one is not where reading resumes."""
    text = OPEN + "define x when )\nis a +\nterm\nand norm of kind\nnorm is world\nreading end end\nkind k end"

    assert [("unexpected-word", 2, ")")] == places(text)
    assert ["Kind"] == names(text)
    assert [] == places(OPEN + "define x is a +\nterm of norm as at\nkind end end")


def test_a_text_that_stops_short() -> None:
    text = OPEN + "  define x is 5\n\n# a remark\n"

    assert [("unexpected-end", 2, "5")] == places(text)
    assert "`end`" in mistakes(text)[0].help
    assert [("unexpected-end", 1, "kind")] == places("kind")


def test_no_more_than_twenty_are_reported() -> None:
    assert 20 == len(mistakes("kind 5 end\n" * 100))


# --------------------------------------------------------------------------- words a lawyer understands


@pytest.mark.parametrize(
    ("wrong", "found", "help"),
    [
        ("define x is （a) end", "`（` cannot stand here", "expected the half-width sign `(`"),
        ("define x is a、b end", "`、` cannot stand here", "expected the half-width sign `,`"),
        ('heading ja "見出し', '`"` cannot stand here', 'expected a closing " on the same line'),
        ("heading ja 「見出し」", "`「` cannot stand here", 'expected the half-width sign `"`'),
        (
            "define x is a or every y in z: b end",
            "`every` cannot stand here",
            "expected brackets around the part that begins with `every`",
        ),
        ("define x is end", "`end` cannot stand here", "expected a value or a condition"),
        ("define x is 5 apples end", "`apples` cannot stand here", "a unit such as days or months"),
        ("parameter x is a b", "`b` cannot stand here", "more of the expression (and, or, +, =, …)"),
        ("define x of 5 is a end", "`5` cannot stand here", "expected a name"),
        ("block 5 end", "`5` cannot stand here", "an address such as psa/63_11/2"),
    ],
)
def test_messages(wrong: str, found: str, help: str) -> None:
    (d,) = mistakes(OPEN + wrong + "\nend\n")

    assert found == d.message
    assert help in d.help


def test_carets_stand_under_full_width_words() -> None:
    text = OPEN + '  heading ja "資金決済" 登録\nend'
    lines = render(mistakes(text)[0]).split("\n")
    caret = lines[4].index("^") - lines[4].index("|")

    assert '2 |   heading ja "資金決済" 登録' == lines[3]
    assert len('   heading ja "" ') + 2 * len("資金決済") + 1 == caret
    assert 2 * len("登録") == lines[4].count("^")


# --------------------------------------------------------------------------- the text itself


def test_decomposed_kana_are_composed_on_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.kitei"
    path.write_text("\ufeff" + unicodedata.normalize("NFD", 'kind が行 label ja "ギフト" end\r\n'), encoding="utf-8")
    file, diagnostics = parse(read_source(path, "a.kitei"))
    (kind,) = file.items

    assert [] == diagnostics
    assert isinstance(kind, syntax.Kind) and "が行" == kind.name.text


@pytest.mark.parametrize("code", [0x00, 0x1B, 0x85, 0xAD, 0x200B, 0x202E, 0x2028, 0x2067, 0xFEFF, 0xE0041])
def test_hidden_characters_are_refused(code: int) -> None:
    """In a comment or in a text, where nothing else would stop them."""
    for text in (f"kind a end # {chr(code)} end", f'kind a label ja "{chr(code)}" end'):
        (d,) = mistakes(text)

        assert ("control-character", f"invisible control character U+{code:04X}") == (d.slug, d.message)
        assert d.span is not None and text.index(chr(code)) == d.span.start


def test_line_ends() -> None:
    """A bare carriage return looks like a new line and is none; with a newline it is white space."""
    assert ["control-character"] == [d.slug for d in mistakes("kind a # x\rend")]
    file, diagnostics = parse(Source("t", "kind a # x\r\nend"))

    assert [] == diagnostics and ("# x",) == tuple(c.text for c in file.comments)


def test_full_width_space_is_white_space() -> None:
    assert [] == mistakes("　kind　person　（）　".replace("（）", 'label　ja　"人"') + "end　")


def test_escapes_in_texts() -> None:
    (kind,) = parse(Source("t", r'kind a label ja "\"甲\" \\n \\ と\n乙 \x" end'))[0].items
    assert isinstance(kind, syntax.Kind)
    (label,) = kind.lines

    assert isinstance(label, syntax.Label) and '"甲" \\n \\ と\n乙 x' == label.words.ja


def test_comments_are_told_from_texts_and_addresses() -> None:
    text = (
        'kind a # one "x\nlabel ja "# no" end # two\n'
        + OPEN
        + 'define x is b/c#three\n@a/1#f"# no\\" block a/1#no end end'
    )
    (file, diagnostics) = parse(Source("t", text))

    assert ["unexpected-word"] == [d.slug for d in diagnostics]
    assert ['# one "x', "# two", "#three"] == [c.text for c in file.comments]
    assert [(1, False), (2, False), (4, False)] == [(c.line, c.alone) for c in file.comments]


def test_amounts_in_a_list_are_apart() -> None:
    """A comma between digits groups them only by threes."""
    expr, _ = parse_expression(Source("t", "least(1,2 yen, 1,000 yen)"))
    assert isinstance(expr, syntax.Call)

    assert ["1", "2 yen", "1,000 yen"] == [a.text for a in expr.arguments if isinstance(a, syntax.Literal)]


def test_one_expression_and_nothing_else() -> None:
    """What `--assume` gives is an expression; it cannot close its frame and go on."""
    assert parse_expression(Source("t", "5 yen"))[0] is not None
    for text in ("", "5 end world w", '5 by "x"', "(5", "5)", "not " * 500 + "a", "\u202e5"):
        expr, diagnostics = parse_expression(Source("t", text))

        assert expr is None and 1 == len(diagnostics)


# --------------------------------------------------------------------------- hostile texts

MANY = 100_000


@pytest.mark.parametrize(
    "deep",
    [
        "(" * MANY + "a" + ")" * MANY,
        "(" * MANY,
        "not " * MANY + "a",
        "not # \n" * MANY + "a",
        "-" * MANY + "a",
        "a of " * MANY + "b",
        "has a of " + "2 business days of " * MANY + "b",
        "if a then b else " * MANY + "c",
        "if " * MANY,
        "every x in y: " * MANY + "a",
        "least(" * MANY,
        "some x in y where (" * MANY,
        "(a or b and c = d + e * f under the text of (" * (MANY // 2),
    ],
    ids=lambda text: text[:20],
)
def test_deep_nesting_is_one_mistake_found_fast(deep: str) -> None:
    start = time.process_time()
    found = mistakes(OPEN + f"define x is {deep} end end\nkind k end\n")

    assert ["too-deep"] == [d.slug for d in found]
    assert time.process_time() - start < 1


def test_long_sums_are_too_deep_as_well() -> None:
    """Left-hand chains nest without brackets."""
    found = mistakes(OPEN + f"define x is {' + '.join('a' * 2_000)} end end\nkind k 5")

    assert ["too-deep", "unexpected-word"] == [d.slug for d in found]
    assert [] == mistakes(OPEN + f"define x is {' or '.join('a' * 2_000)} end end\n")


def test_near_misses_of_long_words_are_fast() -> None:
    start = time.process_time()
    for near in (
        "@a" + "/a" * 5_000,
        "1" + ",111" * 5_000,
        '"' + "\\a" * 5_000,
        "a/" + "@" * 5_000,
        "1" * 5_000 + " pe",
    ):
        assert mistakes(OPEN + f"define x is {near} end end\n")

    assert time.process_time() - start < 1


def test_a_file_too_large_is_refused() -> None:
    start = time.process_time()

    assert ["too-large"] == [d.slug for d in mistakes("kind a end\n" * 500_000)]
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        (OPEN + "  define x\n    is 5\n\n  define y\n    is 6\n  end\nend\n", "  define x"),
        (OPEN + "  define x\n    is 5\n  end\n\n" + OPEN + "end\n", OPEN[:-1]),
        (OPEN + "  define x\n    is 5\nend\n\n" + OPEN + "end\n", "  define x"),
        (OPEN + "  define x\n    is 5\nend\n  define y is 6 end\n\n" + OPEN + "end\n", "  define x"),
        (OPEN + "  define x is 5 end\n  duty n of k\n    keep a\n\n", "  duty n of k"),
        ("規定 a/1 施行日 2026-01-01 確度 A\n  定義 x は 5\n規定 a/2 施行日 2026-01-01 確度 A 終わり", "  定義 x は 5"),
        (OPEN + "  defne x is 5 end\nend\n", None),
        ("kind a end end", None),
        (OPEN + "  define x is +\n  end\nend\n", None),
    ],
)
def test_a_missing_end_points_at_the_block_it_should_close(text: str, opening: str | None) -> None:
    """The mistake shows where the next part begins; the block's own line is told beside it."""
    found = mistakes(text)[0]
    lines = [span.source.line(span.line) for span, label in found.related if label == "this block is not closed"]

    assert ([] if opening is None else [opening]) == lines


# --------------------------------------------------------------------------- the parser's table kept between runs


def test_the_kept_table_reads_as_the_grammar_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Statutes of each instrument are read the same by a parser built from the grammar, by one from its kept table, and by one whose
    table was spoilt."""
    monkeypatch.setenv("KITEI_CACHE", str(tmp_path))
    sources = library(Path(__file__).resolve().parent.parent / "statutes" / "jp")[0][::6]
    sources.append(Source("mistaken.kitei", "kind person end\nterm t of person yen end\nkind thing end\n"))
    sources.append(Source("japanese.kitei", "規定 a/1 施行日 2026-01-01 確度 A\n  定義 x は 5 終わり\n終わり\n"))

    def read() -> list[Any]:
        parser.cache_clear()
        return [(kept._written(file), found) for file, found in map(parse, sources)]

    built = read()
    (table,) = tmp_path.iterdir()
    again = read()
    table.write_text('{"data": {"#": [[1, 2]]}, "memo": []}', encoding="utf-8")
    mended = read()

    assert built == again == mended
    assert table.stat().st_size > 100_000


# --------------------------------------------------------------------------- what is kept of an unchanged file


def test_an_unchanged_file_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tree kept is the tree read, spans included; another text, and what has a finding, is read."""
    monkeypatch.setenv("KITEI_CACHE", str(tmp_path))
    reads: list[str] = []
    plain = kept.read_source

    def counted(source: Source) -> kept.Read:
        reads.append(source.name)
        return plain(source)

    monkeypatch.setattr(kept, "read_source", counted)
    law = STATUTES / "jp/cao/reports.kitei"
    first = Source("a.kitei", law.read_text(encoding="utf-8"))

    anew, _ = kept.read_kept(first)
    again, found = kept.read_kept(Source("a.kitei", first.text))

    assert (reads, found) == (["a.kitei"], [])
    assert syntax.same(anew, again)
    assert [(n.span.start, n.span.end) for n in syntax.walk(anew)] == [
        (n.span.start, n.span.end) for n in syntax.walk(again)
    ]
    assert [(c.line, c.text, c.alone) for c in anew.comments] == [(c.line, c.text, c.alone) for c in again.comments]
    assert anew.comments

    kept.read_kept(Source("a.kitei", first.text + "\n# more\n"))
    wrong = Source("b.kitei", "kind Firm")
    assert kept.read_kept(wrong)[1] and kept.read_kept(wrong)[1]
    assert reads == ["a.kitei", "a.kitei", "b.kitei", "b.kitei"]


@pytest.mark.parametrize(
    "text", ["", "{}", "[1]", '["x", [0, 0]]', '["OF", [999, 0, 0]]', '["OF", [0, 0]]', '["OF", 7]']
)
def test_what_is_kept_amiss_is_read_anew(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KITEI_CACHE", str(tmp_path))
    source = Source("a.kitei", "kind Firm end\n")
    kept.read_kept(source)
    [entry] = tmp_path.glob("tree-*.json")
    made_of = json.loads(entry.read_text(encoding="utf-8"))[0]
    entry.write_text(text.replace("OF", made_of), encoding="utf-8")

    file, found = kept.read_kept(source)

    assert found == [] and [type(item).__name__ for item in file.items] == ["Kind"]

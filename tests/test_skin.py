"""Both skins give one tree, and each is written from the other without loss."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lark.grammar import Rule

import kitei_dsl.parse
from kitei.cases import read_cases
from kitei_dsl import syntax
from kitei_dsl.codec import stated
from kitei_dsl.diagnostics import Diagnostic, width
from kitei_dsl.format import format_file
from kitei_dsl.keywords import ENGLISH, KEYWORDS, PHRASES, PLURALS, stuck
from kitei_dsl.library import library
from kitei_dsl.parse import parse, tokens
from kitei_dsl.parser_table import is_japanese, keyword_terminals
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.skin import canonical_text, in_japanese
from kitei_dsl.slips import slips
from kitei_dsl.source import Source
from kitei_dsl.spelling import compiled, declared
from kitei_dsl.syntax import same
from programs import Case, cases
from surface_programs import Program, productions, program, programs

ROOT = Path(__file__).resolve().parent.parent
SLOW = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
STATUTES = library(ROOT / "statutes")[0]
PAGES = [*sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "tests").rglob("*.md")), ROOT / "README.md"]


@lru_cache(maxsize=2000)
def read_source(source: Source) -> tuple[syntax.File, list[Diagnostic]]:
    """Read a text once, whoever asks."""
    return parse(source)


def named(text: str) -> Source:
    """Give a text the name under which the skin reads it, so that both read it once."""
    return Source("canonical", text)


def read(text: str) -> tuple[syntax.File, list[Diagnostic]]:
    return read_source(named(text))


#: A tree is formatted, and a text written in Japanese, once: both depend on nothing else, and are asked for in many ways.
#: (By identity, since no two nodes are equal; a tree that is kept keeps its identity.)
formatted = lru_cache(maxsize=512)(format_file)
written_in_japanese = lru_cache(maxsize=512)(in_japanese)


@pytest.fixture(autouse=True, scope="module")
def each_written_once() -> Iterator[None]:
    with (
        patch("kitei_dsl.skin.format_file", formatted),
        patch("kitei_dsl.skin.in_japanese", written_in_japanese),
        patch("kitei_dsl.parse._read", lru_cache(maxsize=64)(kitei_dsl.parse._read)),
    ):
        yield


def assert_one_tree(text: str) -> str:
    """Check that a text without mistakes goes to Japanese keywords and back; return it in Japanese."""
    file, found = read(text)
    assert not found
    english = formatted(file)
    japanese = written_in_japanese(english)
    again, mistakes = read(japanese)

    assert [] == mistakes, japanese
    assert same(again, file), japanese
    assert english == formatted(again)
    assert [c.text for c in again.comments] == [c.text for c in file.comments]
    for node in syntax.walk(again):
        if isinstance(node, syntax.Name):
            written = japanese[node.span.start : node.span.end]
            assert node.text == written or ENGLISH[written] == (node.text,)
    if file.items:
        assert is_japanese(japanese)
        assert japanese == canonical_text(again) == canonical_text(file, "ja") == canonical_text(again, "ja")
        assert english == canonical_text(again, "en")
    return japanese


# --------------------------------------------------------------------------- one tree


@pytest.mark.parametrize("source", STATUTES, ids=lambda source: source.name)
def test_every_statute_has_one_tree_in_both_skins(source: Source) -> None:
    """The collected law, file by file; nothing of the English keywords is left outside names, texts and comments."""
    japanese = assert_one_tree(source.text)
    left = {
        str(token)
        for token in tokens(named(japanese))
        if str(token) in KEYWORDS and japanese[token.start_pos : token.end_pos] == str(token) and token.type != "NAME"
    }

    assert set() == left


def test_the_collected_law_compiles_to_the_same_program_in_japanese() -> None:
    """What is compiled does not depend on the skin or the spelling of names, but for places and the digest of the sources."""
    trees = [read(s.text)[0] for s in STATUTES]
    names = declared(trees)
    written = {
        skin: [Source(s.name, canonical_text(tree, skin, names)) for s, tree in zip(STATUTES, trees, strict=True)]
        for skin in ("en", "ja")
    }
    with patch("kitei_dsl.parse.parse", read_source):
        english, found = compile_sources(written["en"])
        japanese, told = compile_sources(written["ja"])

    assert [] == [d for d in (*found, *told) if d.severity == "error"]
    placeless = [re.sub(r"'place': '[^']*'|'sources': '[^']*'", "", repr(stated(p))) for p in (english, japanese)]
    assert english.norms
    assert placeless[0] == placeless[1]
    for en, ja in zip(written["en"], written["ja"], strict=True):
        assert en.text == canonical_text(read_source(ja)[0], "en", names)
    assert names.pairs == compiled(english).pairs
    assert "psa_registered" not in "".join(
        re.sub(r'"[^"]*"|#.*|^属性.*', "", s.text, flags=re.M) for s in written["ja"]
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_law_on_a_page_has_one_tree_in_both_skins(page: Path) -> None:
    """Each block of law that can be read."""
    blocks = [fence.text for case in read_cases(page) for fence in case.law]
    for text in dict.fromkeys(blocks):
        if not read(text)[1]:
            assert_one_tree(text)


def test_every_production_of_the_grammar_has_one_tree_in_both_skins() -> None:
    """Each production that no program so far has used is steered to, so none can be missed by luck."""
    used: set[Rule] = set()
    for i, goal in enumerate(productions()):
        if goal not in used:
            made = program(i, 40, goal)
            used |= set(made.used)
            assert_one_tree(made.text)

    assert set(productions()) == used


@SLOW
@given(programs(), st.sampled_from(sorted(ENGLISH)))
def test_any_program_has_one_tree_even_where_names_are_keywords(made: Program, twin: str) -> None:
    """A name spelled like a keyword in Japanese is the same name, or the same mistake, in both skins."""
    assert_one_tree(made.text)
    named = re.sub(r"\bx1\b", twin, made.text)
    if not read(named)[1]:
        assert_one_tree(named)


@settings(SLOW, max_examples=25)
@given(cases())
def test_any_law_that_compiles_has_one_tree(case: Case) -> None:
    """Random bodies of law that mean something."""
    for source in case.sources():
        assert_one_tree(source.text)


# --------------------------------------------------------------------------- the table


def test_no_word_stands_for_two_things() -> None:
    """Keywords and phrases have each a word of its own, that can be read back and is no English word."""
    assert len(KEYWORDS) + len(PHRASES) == len(ENGLISH)
    assert all(re.fullmatch(r"[^\W\d]\w*", word) and not word.isascii() for word in ENGLISH)
    assert all(word in KEYWORDS for phrase in PHRASES for word in phrase.words)
    assert all(single in KEYWORDS and many in KEYWORDS for single, many in PLURALS.items())


def test_a_phrase_follows_no_phrase_that_hides_it() -> None:
    """The first phrase that fits is written, so none may begin with an earlier one."""
    for i, phrase in enumerate(PHRASES):
        for earlier in PHRASES[:i]:
            hides = phrase.words[: len(earlier.words)] == earlier.words and not earlier.before
            assert not hides, (earlier, phrase)
    names = {t for phrase in PHRASES for t in phrase.before} - {"ADDRESS", "NAME"}
    assert names <= {*keyword_terminals().values(), "STRING", "DATE"}


LAW = """\
instrument t
  type act
  title ja "試験法" en "Test Act"
  number ja "令和八年法律第一号"
end

# 語彙
kind Firm (会社) end
attribute assets (資産) of Firm is yen if any end
term fee (手数料) of Firm is yen combined by sum end
norm file_report (報告書の提出) of Firm end

provision t/5 in force from 2024-04-01 until 2026-04-01 grade A
  define fee of Firm
    when has assets and (not assets < 100 yen or assets = 3 yen)  # 端数
    is least(5% * assets, 100 yen)
  end
  duty file_report of Firm
    achieve fee >= 3 yen
    by 3 months after 2026-03-31 rolled for filing
  end
end
"""
IN_JAPANESE = """\
法令 t
  種別 法律
  題名 和文 "試験法" 英文 "Test Act"
  法令番号 和文 "令和八年法律第一号"
終わり

# 語彙
種類 Firm (会社)
終わり

属性 assets (資産) 対象 Firm は 金額 あれば
終わり

用語 fee (手数料) 対象 Firm は 金額 合成方法 合計
終わり

規範 file_report (報告書の提出) 対象 Firm
終わり

規定 t/5 施行日 2024-04-01 終期 2026-04-01 確度 A
  定義 fee 対象 Firm
    場合 存在 assets かつ (非 assets < 100円 又は assets = 3円)  # 端数
    は 最小(5% * assets, 100円)
  終わり

  義務 file_report 対象 Firm
    達成 fee >= 3円
    期限 3 箇月 翌日起算 2026-03-31 休日順延 届出等
  終わり
終わり
"""


def test_a_law_written_in_japanese() -> None:
    """Word by word, as a drafter would write it."""
    assert IN_JAPANESE == assert_one_tree(LAW)


def test_japanese_text_stays_under_japanese_text() -> None:
    """A long pair of texts keeps its column in both skins."""
    law = f'kind Firm label ja "{"長い名称" * 12}" en "a long name" end'
    lines = assert_one_tree(law).split("\n")

    assert '  名称 和文 "' in lines[1]
    assert width("  名称 ") == width(lines[2]) - width(lines[2].lstrip())


# --------------------------------------------------------------------------- names


NAMES = """\
kind Firm (会社) end
enumeration Way (方法)
  value cold (低温)
  value held (預り)
end
attribute held (預り) of Firm is yen end
attribute way (方式) of Firm is Way end
term 手数料 (fee) of Firm is yen end
attribute end_day (存在) of Firm is date end
attribute plain of Firm is truth end
"""


def respelled(text: str, skin: str) -> str:
    files = [read(NAMES), read(text)]
    assert [[], []] == [found for _, found in files]
    return canonical_text(files[1][0], skin, declared(f for f, _ in files))


def provision(line: str) -> str:
    return f"provision a/1 in force from 2026-01-01 grade A\n  {line}\nend\n"


@pytest.mark.parametrize(
    ("english", "japanese"),
    [
        ("define fee of Firm when way = cold is 5% * held of self end", "定義 手数料 対象 会社 場合 方式 = 低温 は 5% * 預り 対象 self 終わり"),
        # a value and a fact are spelled alike in both
        ("define fee of Firm is held end", "定義 手数料 対象 会社 は 預り 終わり"),
        # the other spelling is a keyword; the name has no other; a variable is nearer
        ("define fee of Firm when plain is days_between(end_day, 2026-01-01) end", "定義 手数料 対象 会社 場合 plain は 日数(end_day, 2026-01-01) 終わり"),
        ("define fee of Firm as way is held of way end", "定義 手数料 対象 会社 呼称 way は 預り 対象 way 終わり"),
        ("define fee of Firm as 方式 when way = cold is held of 方式 end", "定義 手数料 対象 会社 呼称 方式 場合 way = 低温 は 預り 対象 方式 終わり"),
        ("slot held of Firm is yen required for ordinance end define fee of Firm is held end", "委任 held 対象 会社 は 金額 必要的 府省令委任 終わり 定義 手数料 対象 会社 は held 終わり"),
    ],
)  # fmt: skip
def test_names_go_over_and_back(english: str, japanese: str) -> None:
    """Each name in the spelling of the skin, unless there it would be another's; expected by hand."""
    told = canonical_text(read("規定 a/1 施行日 2026-01-01 確度 A " + japanese + " 終わり")[0])

    assert told == respelled(provision(english), "ja")
    assert respelled(provision(english), "en") == respelled(told, "en")
    assert english == " ".join(respelled(told, "en").split()[8:-1])


def test_what_is_declared_keeps_both_spellings_in_their_order() -> None:
    japanese = respelled(NAMES, "ja")

    assert "用語 手数料 (fee) 対象 会社 は 金額" in japanese
    assert "属性 way (方式) 対象 会社 は 方法" in japanese


def test_the_nearer_vocabulary_counts() -> None:
    own, law = declared([read("kind Firm (業者) end")[0]]), declared([read(NAMES)[0]])

    assert ("業者", "方法") == (own.over(law).of("kind", "Firm", True), own.over(law).of("kind", "Way", True))


@pytest.mark.parametrize("line", ["type statute", "status in_force", "種別 憲章"])
def test_what_the_language_does_not_know_of_an_instrument_is_told(line: str) -> None:
    """An unknown state used to pass, and the instrument counted nowhere."""
    _, (mistake,) = read(f'instrument a {line} title ja "あ" end')

    assert "`act`" in mistake.help or "`enacted`" in mistake.help


# --------------------------------------------------------------------------- how it is read


@pytest.mark.parametrize(
    ("written", "english"),
    [
        ("規定 a/1 施行日 2026-01-01 確度 A define x is 3 end 終わり", "provision a/1 in force from 2026-01-01 grade A define x is 3 end end"),
        ("kind 会社 名称 和文 \"社\" end", 'kind 会社 label ja "社" end'),
        ("規定 a/1 における施行 終わり", None),
        ("規定 a/1 施行日 2026-01-01 確度 A 定義 x は （a ＋ b）＊ 3 終わり 終わり", "provision a/1 in force from 2026-01-01 grade A define x is (a + b) * 3 end end"),
        ("規定 a/1 施行日 2026-01-01 確度 A 定義 x は 最小（a、5％） 終わり 終わり", "provision a/1 in force from 2026-01-01 grade A define x is least(a, 5%) end end"),
        ("規定 a/1 施行日 2026-01-01 確度 A 定義 x は 全ての y 所属 z： y ＝ 3 終わり 終わり", "provision a/1 in force from 2026-01-01 grade A define x is every y in z: y = 3 end end"),
        ("種類 会社 名称 和文 \"（全角）、：＝\" # （注）、\n終わり", "kind 会社 label ja \"（全角）、：＝\" # （注）、\nend"),
        ("kind x label ja \"a\" end provision a/1 in force from 2026-01-01 grade A define x is （a） end end", None),
        ("規定 a/1 施行日 2026-01-01 確度 A 定義 x は 1 日 当日起算 y 終わり 終わり", "provision a/1 in force from 2026-01-01 grade A define x is 1 day counting y end end"),
        ("規定 a/1 施行日 2026-01-01 確度 A 定義 x は 1 日間 当日起算 y 終わり 終わり", "provision a/1 in force from 2026-01-01 grade A define x is 1 day counting y end end"),
        ("規定 a/1 施行日 2026-01-01 確度 A 定義 x は 額 終わり 終わり", "provision a/1 in force from 2026-01-01 grade A define x is 額 end end"),
        ("規定 a/1 施行日 2026-01-01 確度 A 定義 x は 対象 対象 甲 終わり 終わり", "provision a/1 in force from 2026-01-01 grade A define x is 対象 of 甲 end end"),
        ("規定 a/1 施行日 2026-01-01 確度 A 定義 x は かつ 終わり 終わり", None),
        ("種類 かつ 終わり", None),
    ],
)  # fmt: skip
def test_what_is_read(written: str, english: str | None) -> None:
    """Skins may be mixed; full-width signs are read in a text that begins in Japanese; reserved words are no names."""
    file, found = read(written)

    assert (english is None) == bool(found), [d.message for d in found]
    if english is not None:
        assert same(read(english)[0], file)
        assert format_file(read(english)[0]) == format_file(file)


def test_a_mistake_is_told_at_its_place_and_in_the_words_of_the_skin() -> None:
    """Line, column and words under the caret are those of the Japanese text; one mistake spares the other items."""
    text = "種類 会社 終わり\n規定 a/1 施行日 2026-01-01 確度 A\n  定義 x\n    場面 （a）\n    は 5\n  終わり\n終わり\n種類 別 終わり\n"
    file, (mistake,) = read(text)

    assert mistake.span is not None
    assert (4, 5) == mistake.span.source.position(mistake.span.start)
    assert "場面" == text[mistake.span.start : mistake.span.end]
    assert "did you mean `場合`" in mistake.help
    assert ["Kind", "Kind"] == [type(item).__name__ for item in file.items]


def test_what_is_expected_is_told_in_the_words_that_may_follow() -> None:
    """Of `in`, only the phrase that can follow an address is offered."""
    _, (mistake,) = read("規定 a/1 確度 A 終わり")

    assert "expected `施行日`" == mistake.help


# --------------------------------------------------------------------------- keywords in names


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("and通貨", ("and", "and 通貨")),
        ("通貨and", ("and", "通貨 and")),
        ("is額", ("is", "is 額")),
        ("場合登録", ("場合", "場合 登録")),
        ("登録かつ", ("かつ", "登録 かつ")),
        ("又は届出", ("又は", "又は 届出")),
        ("android", None),
        ("is_small", None),
        ("end1", None),
        ("額面", None),
        ("使用できる場合", None),
        ("かつ", None),
    ],
)
def test_a_keyword_stuck_to_a_name(name: str, found: tuple[str, str] | None) -> None:
    assert found == stuck(name)


def test_the_collected_law_hides_no_keyword() -> None:
    assert [] == [d for source in STATUTES for d in slips(read(source.text)[0])]


def test_a_stuck_keyword_that_breaks_the_rule_is_told_where_it_breaks() -> None:
    text = "provision a/1 in force from 2026-01-01 grade A define x when a and通貨 is 3 end end"
    _, (mistake,) = read(text)

    assert "`and 通貨`" in mistake.help

"""The grammar has no conflicts, stays short, and every rule and keyword of it has its counterpart in the code."""

import doctest
import re
from importlib import resources

import pytest
from lark import Lark

from kitei_dsl import build_tree, syntax, wrong_word
from kitei_dsl.keywords import KEYWORDS
from kitei_dsl.parse import parse
from kitei_dsl.parser_table import parser
from kitei_dsl.source import Source
from surface_programs import productions

GRAMMAR = resources.files("kitei_dsl").joinpath("kitei.lark").read_text(encoding="utf-8")


def tree_names() -> set[str]:
    """Return the names Lark's trees can bear: aliases, and rules that are not always inlined."""
    names = set()
    for rule in productions():
        inlined = rule.options.expand1 and len(rule.expansion) == 1 and not rule.alias
        if not inlined and not rule.origin.name.startswith("_"):
            names.add(rule.alias or str(rule.origin.name))
    return names


def test_the_grammar_has_no_conflicts() -> None:
    """Strict mode refuses shift/reduce conflicts and terminals of one priority that can match the same text."""
    Lark(GRAMMAR, parser="lalr", lexer="contextual", propagate_positions=True, maybe_placeholders=True, strict=True)


def test_the_grammar_is_short() -> None:
    assert len(GRAMMAR.splitlines()) <= 250


def test_every_rule_is_built() -> None:
    """Rules whose brackets alone are dropped (`primary`, `expr` …) never reach the builder; all others are known to it."""
    listed = {*build_tree._PLAIN, *build_tree._LISTED, *build_tree._WORD_RULES}
    methods = {name for name in vars(build_tree.Builder) if not name.startswith("_")}
    transparent = {"start", "primary", "provision_line", "clause_line", "norm_line", "world_line", "sanction_line"}

    assert set() == tree_names() - listed - methods - transparent
    assert set() == listed - tree_names()
    assert set() == methods - tree_names()
    assert set() == listed & methods


def test_rules_are_named_like_their_classes() -> None:
    """A rule without an alias is a word, a small part printed in place, or the class of its name."""
    parts = {"start", "targets", "scope", "labelled", "type", "world_name", "promulgated", "span", "primary"}
    for name in {str(rule.origin.name) for rule in productions() if not rule.origin.name.startswith("_")}:
        if name in tree_names() - build_tree._WORD_RULES - parts:
            assert hasattr(syntax, {"targets": "Target"}.get(name, name.title().replace("_", ""))), name


def test_terminals_are_named_for_readers() -> None:
    """Every terminal that is a regular expression has words for the help of a mistake."""
    patterns = {t.name for t in parser().terminals if t.pattern.type == "re"} - {"COMMENT", "SPACE"}

    assert set() == patterns - set(wrong_word._WORDS)
    assert {"NAME", "MONEY", "LPAR", "NOT", "EVERY", "IF", "SIGN"} <= wrong_word._openings()


def test_keywords_have_japanese_twins() -> None:
    words = {t.pattern.value for t in parser().terminals if t.pattern.type == "str"}

    assert {word for word in words if re.fullmatch(r"[a-z_]+", word)} == set(KEYWORDS)
    assert len(KEYWORDS) == len(set(KEYWORDS.values()))
    assert all(re.fullmatch(r"[^\W\d]\w*", twin) and not twin.isascii() for twin in KEYWORDS.values())


def test_examples_in_docstrings() -> None:
    assert 0 == doctest.testmod(build_tree).failed


@pytest.mark.parametrize("unit", ["ロ/(1)", "イ/(12)/(iv)"])
def test_an_address_may_end_in_a_unit_in_brackets(unit: str) -> None:
    """(1) and (i) below イ stand in addresses wherever one is read: of provisions, items, marks and targets."""
    law = f'provision t/5/1/i2/{unit} in force from 2024-04-01 grade A define x when any of item t/5/1/i2/{unit}: a @t/5/1/i2/{unit}"甲" end is (3) proviso to t/5/1/i2/{unit} end end'
    file, found = parse(Source("t.kitei", law))

    assert [] == found
    written = [x.address for x in syntax.walk(file) if isinstance(x, (syntax.Target, syntax.Mark))]
    assert [f"t/5/1/i2/{unit}"] * 4 == written


def test_a_bracket_after_an_address_is_none_of_its_own() -> None:
    """Only after a stroke: `t/5(1)` is no address, and a bracket that holds an address ends after it."""
    assert parse(Source("t.kitei", "provision t/5(1) in force from 2024-04-01 grade A end"))[1]
    assert (
        []
        == parse(
            Source(
                "t.kitei", "provision t/5 in force from 2024-04-01 grade A parameter p is (commencement_day of t/5) end"
            )
        )[1]
    )

"""Random well-formed text, derived from the grammar file itself.

A program is a random derivation of the compiled rules; a `goal` steers it through one production, so every rule
can be reached for certain. Words stand in the grammar; only what a regular expression describes is listed here
(`_TEXTS`). Tokens are set apart by random white space and numbered comments. Nothing knows what a rule means, so
the programs follow the grammar when it changes.
"""

from __future__ import annotations

import random
from collections import Counter
from functools import cache

from hypothesis import strategies as st
from lark.grammar import Rule, Symbol

from kitei_dsl.frozen import Frozen
from kitei_dsl.parser_table import parser

_TEXTS: dict[str, tuple[str, ...]] = {
    "NAME": ("person", "資金移動業者", "x1", "売上高_前期", "Operator", "ー々〇"),
    "SLUG": ("reform-2026", "a-b-c"),
    "ADDRESS": ("psa/63_11/2", "psa/2/15/i4", "a/1@2026-06-01", "fiea/附則/1#x", "a/1@reform", "jp_x/9"),
    "MARK": (
        '@"内閣府令で定めるところにより"',
        '@psa/63_11/2"# not a comment"',
        '@psa"back\\slash\\"',
        '@""',
        f'@"{"長い文言" * 6}"',
    ),
    "STRING": (
        '"会社"',
        '"say \\"yes\\" \\\\ and\\nno"',
        '"# no comment"',
        '""',
        '"@x（「」）"',
        '"a rather long description of it"',
        f'"{"長い説明" * 9}"',
    ),
    "DATE": ("2026-06-01", "1999-12-31"),
    "MONEY": ("10000000 yen", "1,000yen", "5 億円", "3万円", "1_000.5 yen", "０７円", "999 yen", "12\n円"),
    "RATE": ("5%", "0.50 %", "1 per 10,000", "2  per\n100"),
    "ASSET_AMOUNT": ("2BTC", "1.5 ETH", "1,000\nUSDT"),
    "DIGITS": ("5", "1", "1_000", "0.5", "12"),
    "COMPARISON": ("<=", ">=", "!=", "<", ">", "="),
    "SIGN": ("+", "-"),
    "FACTOR": ("*", "/"),
}
#: Beyond this depth of rules the shortest derivation is taken, so programs stay within the nesting that is read.
_DEPTH = 120
_SPACES = (" ", " ", " ", " ", "\n", "\n  ", "　", "\t", "\n\n\n")
_REMARKS = ("", ' "a quote', " @mark", " (終わり", " end", "#")


class Program(Frozen):
    """A text that must parse, the comments in it, and how often each production was used."""

    text: str
    comments: tuple[str, ...]
    used: Counter[Rule]


@cache
def productions() -> tuple[Rule, ...]:
    """Return the compiled rules of the grammar, helpers for lists and optional parts included."""
    return tuple(parser().rules)


def program(seed: int, size: int, goal: Rule | None = None, *, spaced: bool = True) -> Program:
    """Derive one program of about `size` tokens that uses the production `goal`."""
    derivation = _Derivation(random.Random(seed), size)
    derivation.derive("start", goal)
    text, comments = _written(derivation.tokens, derivation.random, spaced)
    return Program(text, comments, derivation.used)


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """Draw a program; it shrinks towards short ones."""
    goal = draw(st.sampled_from(productions()))
    return program(draw(st.integers(0, 2**32)), draw(st.integers(0, 150)), goal)


def words() -> tuple[str, ...]:
    """Return the text of every terminal, for soups of tokens."""
    plain = tuple(t.pattern.value for t in parser().terminals if t.pattern.type == "str")
    return (*plain, *(text for texts in _TEXTS.values() for text in texts), "# remark\n")


class _Derivation:
    def __init__(self, rng: random.Random, size: int) -> None:
        self.random = rng
        self.left = size
        self.tokens: list[tuple[str, str]] = []
        self.used: Counter[Rule] = Counter()

    def derive(self, name: str, goal: Rule | None, depth: int = 0) -> None:
        """Add the tokens of a nonterminal, by way of the goal if there is one."""
        choices = _rules_of(name)
        if goal is not None and goal.origin.name == name:
            rule, way = goal, None
        elif goal is not None:
            near = min(_distance(symbol, goal) for rule in choices for symbol in rule.expansion)
            rule, symbol = self.random.choice(
                [(r, s) for r in choices for s in r.expansion if _distance(s, goal) == near]
            )
            way = symbol
        else:
            cheapest = min(_cost(rule) for rule in choices)
            rule = self.random.choice(
                [r for r in choices if (self.left > 0 and depth < _DEPTH) or _cost(r) == cheapest]
            )
            way = None
        self.used[rule] += 1
        for symbol in rule.expansion:
            if symbol.is_term:
                self.left -= 1
                self.tokens.append((symbol.name, self.random.choice(_texts(symbol.name))))
            else:
                self.derive(symbol.name, goal if symbol is way else None, depth + 1)


@cache
def _rules_of(name: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in productions() if rule.origin.name == name)


@cache
def _texts(terminal: str) -> tuple[str, ...]:
    return _TEXTS.get(terminal) or tuple(t.pattern.value for t in parser().terminals if t.name == terminal)


@cache
def _costs() -> dict[str, float]:
    """Return the least number of symbols each nonterminal can be derived with."""
    costs = {rule.origin.name: float("inf") for rule in productions()}
    changed = True
    while changed:
        changed = False
        for rule in productions():
            cost = 1 + sum(1 if symbol.is_term else costs[symbol.name] for symbol in rule.expansion)
            if cost < costs[rule.origin.name]:
                costs[rule.origin.name] = cost
                changed = True
    return costs


def _cost(rule: Rule) -> float:
    return 1 + sum(1 if symbol.is_term else _costs()[symbol.name] for symbol in rule.expansion)


@cache
def _distances(goal: str) -> dict[str, int]:
    """Return how many steps each nonterminal is from the goal's."""
    distances, steps, frontier = {goal: 0}, 0, {goal}
    while frontier:
        steps += 1
        frontier = {
            rule.origin.name
            for rule in productions()
            if rule.origin.name not in distances and any(symbol.name in frontier for symbol in rule.expansion)
        }
        distances |= dict.fromkeys(frontier, steps)
    return distances


def _distance(symbol: Symbol, goal: Rule) -> float:
    return float("inf") if symbol.is_term else _distances(goal.origin.name).get(symbol.name, float("inf"))


def _written(tokens: list[tuple[str, str]], rng: random.Random, spaced: bool) -> tuple[str, tuple[str, ...]]:
    """Set the tokens apart by white space and comments."""
    text: list[str] = []
    comments: list[str] = []
    before = ""
    density = rng.choice((0.0, 0.05, 0.3))
    for name, word in (*tokens, ("", "")):
        if spaced and rng.random() < density:
            comments.append(f"# {len(comments)}{rng.choice(_REMARKS)}")
            text.append(rng.choice((" ", "\n", "\n\n  ", "　")) + comments[-1] + rng.choice(("\n", " \n\n", "\n\t")))
        elif not spaced:
            text.append(" ")
        elif rng.random() > 0.3 or not (before in ("LPAR", "RPAR") or name in ("LPAR", "RPAR", "COMMA", "COLON")):
            text.append(rng.choice(_SPACES))
        text.append(word)
        before = name
    return "".join(text), tuple(comments)

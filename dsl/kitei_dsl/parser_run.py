"""The parser's table run word by word: what Lark's own loops do, with all they look up again and again looked up once.

Comes in: a rule and a text. Goes out: tokens, each to be fed before the next is read, for the grammar decides what a word is.
The stacks are those of Lark's interactive parser, so whoever tells a mistake finds it where reading stopped; the mistake itself
is raised by Lark, from that place. Of positions only offsets are kept: lines and columns are the source's (`source`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from lark import Lark, TextSlice, Token, Tree
from lark.lexer import LexerState, PatternStr, UnlessCallback
from lark.parse_tree_builder import PropagatePositions
from lark.parsers.lalr_analysis import Shift

from kitei_dsl.parser_table import parser

Build = Callable[[list[Any]], Any]


class Run:
    """One reading of a text from an offset on. `building`: whether trees are made of what is fed."""

    def __init__(self, rule: str, text: str, start: int = 0, building: bool = True) -> None:
        self.text = text
        #: Lark's own parser; its stacks are these.
        self.reader: Any = parser(rule).parse_interactive(TextSlice(text, start, len(text)))
        state = self.reader.parser_state
        state.parse_conf.callbacks, self._moves, self._words = _looked_up(parser(rule), building)
        self._states, self._values, self._start = state.state_stack, state.value_stack, start

    def tokens(self) -> Iterator[Token]:
        """Give the tokens of the text one by one. Raises what Lark raises where there is none."""
        text, end, states, words = self.text, len(self.text), self._states, self._words
        at, last = self._start, None
        while at < end:
            match, ignored, keywords = words[states[-1]]
            found = match(text, at, end)
            if found is None:
                self._stuck(at, last)
            sort, stop = found.lastgroup, found.end()
            if sort not in ignored:
                word = found[0]
                if sort in keywords:
                    sort = keywords[sort].get(word, sort)
                last = Token(sort, word, at, None, None, None, None, stop)
                yield last
            at = stop

    def _stuck(self, at: int, last: Token | None) -> None:
        """Have Lark's own reader raise what is wrong where no word can be read."""
        thread = self.reader.lexer_thread
        thread.state = LexerState(TextSlice(self.text, at, len(self.text)), last_token=last)
        next(thread.lex(self.reader.parser_state))
        raise AssertionError("Lark reads a word where its own expression finds none")

    def feed(self, token: Token) -> None:
        """Take a token. Raises what Lark raises where it cannot stand."""
        states, values, moves, sort = self._states, self._values, self._moves, token.type
        while (move := moves[states[-1]].get(sort)) is not None:
            if type(move) is not tuple:
                states.append(move)
                values.append(token)
                return
            size, name, build = move
            if size:
                taken = values[-size:]
                del states[-size:], values[-size:]
            else:
                taken = []
            states.append(moves[states[-1]][name])
            values.append(taken if build is None else build(taken))
        self.reader.feed_token(token)


class _Moves(dict[Any, dict[str, Any]]):
    """By state and symbol: the state to go to, or the rule to apply: how many entries it takes, its name, what is made of them."""

    def __init__(self, conf: Any, builds: Mapping[Any, Build]) -> None:
        self.rows, self.builds = conf.states, builds

    def __missing__(self, state: Any) -> dict[str, Any]:
        self[state] = {
            symbol: arg if action is Shift else (len(arg.expansion), arg.origin.name, self.builds.get(arg))
            for symbol, (action, arg) in self.rows[state].items()
        }
        return self[state]


class _Words(dict[Any, tuple[Callable[..., Any], frozenset[str], dict[str, dict[str, str]]]]):
    """By state: what matches the next word, which sorts of it are passed over, and which words of a sort are keywords."""

    def __init__(self, lexers: Mapping[Any, Any]) -> None:
        self.lexers = lexers

    def __missing__(self, state: Any) -> tuple[Callable[..., Any], frozenset[str], dict[str, dict[str, str]]]:
        lexer = self.lexers[state]
        (expression,) = lexer.scanner._mres  # one, however many terminals: Python has long had no limit of groups
        keywords: dict[str, dict[str, str]] = {}
        for sort, renamed in lexer.callback.items():
            assert isinstance(renamed, UnlessCallback), "only keywords are told from names"
            terminals = renamed.scanner.terminals
            assert all(isinstance(t.pattern, PatternStr) and not t.pattern.flags for t in terminals)
            keywords[sort] = {t.pattern.value: t.name for t in terminals}
        self[state] = expression.match, frozenset(lexer.ignore_types), keywords
        return self[state]


@cache
def _looked_up(lark: Lark, building: bool) -> tuple[dict[Any, Build], _Moves, _Words]:
    """Return what is made by each rule, and the tables of a run, filled in where it comes by."""
    reader: Any = lark.parse_interactive("")
    conf = reader.parser_state.parse_conf
    builds = {rule: _placing(build) for rule, build in conf.callbacks.items()} if building else {}
    return builds, _Moves(conf, builds), _Words(reader.lexer_thread.lexer.lexer.lexers)


def _placing(build: Any) -> Build:
    return _Placing(build.node_builder) if isinstance(build, PropagatePositions) else build


class _Placing:
    """Makes the tree of a rule and writes its first and last offset on it, as `PropagatePositions` does."""

    __slots__ = ("build",)

    def __init__(self, build: Build) -> None:
        self.build = build

    def __call__(self, taken: list[Any]) -> Any:
        made = self.build(taken)
        if type(made) is not Tree:
            return made
        meta = made.meta
        for part in taken:
            if type(part) is Token:
                start = part.start_pos or 0
                break
            if type(part) is Tree and not part.meta.empty:
                start = part.meta.container_start_pos  # type: ignore[attr-defined]
                break
        else:
            return made
        for part in reversed(taken):
            if type(part) is Token:
                end = part.end_pos or 0
                break
            if type(part) is Tree and not part.meta.empty:
                end = part.meta.container_end_pos  # type: ignore[attr-defined]
                break
        if meta.empty:  # else a rule within this one has said it
            meta.start_pos, meta.end_pos, meta.empty = start, end, False
        meta.container_start_pos, meta.container_end_pos = start, end  # type: ignore[attr-defined]
        return made

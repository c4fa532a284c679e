"""The parser's table: built from the grammar once and kept, and what it knows of keywords in both languages.

Comes in: the grammar file. Goes out: Lark's parser of a rule. Keywords may be written in Japanese: a name that is such
a word becomes the keyword where the grammar takes one, at its own place in the text, so no rule knows of it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, cast

from lark import Lark, Token
from lark import __version__ as lark_version
from lark.exceptions import LarkError
from lark.grammar import Rule
from lark.lexer import TerminalDef

from kitei_dsl.cache import cache_folder, keep
from kitei_dsl.keywords import ENGLISH, KEYWORDS, NOUNS


class _AnyName:
    """Tells the lexer to read a name also where the grammar takes none: it may be a keyword in Japanese."""

    always_accept = ("NAME",)

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """Pass the tokens on."""
        return stream


@cache
def parser(rule: str = "start") -> Lark:
    """Return the LALR parser of one rule, from its table kept for this grammar or, built once, from the grammar file."""
    grammar = resources.files("kitei_dsl").joinpath("kitei.lark").read_text(encoding="utf-8")
    name = hashlib.sha256(f"{lark_version}\n{rule}\n{grammar}".encode()).hexdigest()[:32]
    path = cache_folder() / f"parser-{name}.json"
    kept = _kept(path)
    if kept is not None:
        return kept
    built = Lark(
        grammar,
        start=rule,
        parser="lalr",
        lexer="contextual",
        propagate_positions=True,
        maybe_placeholders=True,
        postlex=cast(Any, _AnyName()),
    )
    data, memo = built.memo_serialize([TerminalDef, Rule])
    data["options"] = {**data["options"], "postlex": None}
    keep(path, json.dumps(_written({"data": data, "memo": memo}), separators=(",", ":")))
    return built


def _kept(path: Path) -> Lark | None:
    """Read a parser's table, or nothing where it is not there or cannot be one."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"), object_hook=lambda d: dict(d["#"]) if "#" in d else d)
        table["data"]["options"]["postlex"] = _AnyName()
        return Lark.load(table)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, AssertionError, LarkError, re.error):
        return None


def _written(data: object) -> object:
    """Write Lark's own plain data as JSON; tables by number become lists of pairs under `#`."""
    if isinstance(data, dict):
        pairs = [[k, _written(v)] for k, v in data.items()]
        return {"#": pairs} if any(isinstance(k, int) for k in data) else dict(pairs)
    return [_written(item) for item in data] if isinstance(data, (list, tuple)) else data


@cache
def keyword_terminals() -> dict[str, str]:
    """Return the terminal of each keyword."""
    return {str(t.pattern.value): t.name for t in parser().terminals if t.pattern.type == "str"}


@cache
def reserved() -> frozenset[str]:
    """Return the words that can be a name nowhere; all other keywords are keywords only where the grammar takes one."""
    name = next(t.pattern.to_regexp() for t in parser().terminals if t.name == "NAME")
    words = {word for word in KEYWORDS if not re.fullmatch(name, word)}
    return frozenset(words | {KEYWORDS[word] for word in words} - NOUNS)


def in_english(token: Token, state: Any) -> list[Token]:
    """Return the keywords a Japanese word stands for where the parser takes them, each at the place of the word."""
    words = ENGLISH.get(str(token)) if token.type == "NAME" else None
    if words is None:
        return [token]
    names = [keyword_terminals()[word] for word in words]
    if names[0] not in state.parse_conf.parse_table.states[state.position] and str(token) not in reserved():
        return [token]
    return [Token.new_borrow_pos(name, word, token) for name, word in zip(names, words, strict=True)]


def is_japanese(text: str) -> bool:
    """Say whether a text is written with Japanese keywords: its first word, always a keyword, decides."""
    first = re.match(r"(?:\s|#[^\n]*+)*+(\w+)", text)
    return first is not None and first[1] in ENGLISH


#: Full-width signs that are read in a text with Japanese keywords, each as one sign of the language.
_WIDE = str.maketrans("（），、：＝＜＞＋－×＊÷／％", "(),,:=<>+-**//%")
_PASSED = re.compile(r'@(?:[a-z]\w*(?:/[^\s"]+)?)?"[^"\n]*"|"(?:\\.|[^"\\\n])*"|(?<!\w)#[^\n]*|[^"@#]+|.', re.S)


def narrowed(text: str) -> str:
    """Return a text with Japanese keywords with its full-width signs narrowed, each in its place; texts in quotes and
    comments stay as they are."""
    if not is_japanese(text):
        return text
    return "".join(m[0] if m[0][0] in '"@#' else m[0].translate(_WIDE) for m in _PASSED.finditer(text))

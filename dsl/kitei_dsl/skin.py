"""Canonical text in either skin: the same lines with English or with Japanese keywords.

Comes in: canonical text with English keywords. Goes out: the same lines with Japanese ones. Only words the parser took
as keywords change, so names, literals, texts in quotes, comments and line breaks stay as they are, and a new rule of
the grammar needs nothing here. The way back is reading and formatting, which knows English keywords only.
Deliberately not here: which words there are (`keywords`).
"""

from __future__ import annotations

import re

from lark import Token

from kitei_dsl import syntax
from kitei_dsl.diagnostics import width
from kitei_dsl.format import format_file
from kitei_dsl.keywords import KEYWORDS, PHRASES, PLURALS
from kitei_dsl.parse import tokens
from kitei_dsl.parser_table import is_japanese, keyword_terminals
from kitei_dsl.source import Source
from kitei_dsl.spelling import Vocabulary, spelled

#: Literals with an English word in them, and how they are written in Japanese; both are one literal (`canonical`).
_LITERALS = {
    "MONEY": (re.compile(r"\s*yen$"), "円"),
    "RATE": (re.compile(r"(\S+)\s+per\s+(\S+)"), r"\2分の\1"),
}
#: The phrases that begin with a word, in their order.
_BEGINNING = {word: [p for p in PHRASES if p.words[0] == word] for word in {p.words[0] for p in PHRASES}}


def canonical_text(file: syntax.File, skin: str | None = None, names: Vocabulary | None = None) -> str:
    """Return the canonical text of a file read without mistakes, in a skin: `en`, `ja`, or that of the file (None).

    With a vocabulary, its names are written in the spelling of the skin that is asked for.
    """
    text = format_file(file if skin is None or names is None else spelled(file, names, skin == "ja"))
    japanese = is_japanese(file.span.source.text) if skin is None else skin == "ja"
    return in_japanese(text) if japanese else text


def in_japanese(text: str) -> str:
    """Return canonical text with its keywords in Japanese, line for line."""
    found = tokens(Source("canonical", text))
    pieces: list[str] = []
    done = at = 0
    while at < len(found):
        taken, word = _spelled(found, at)
        start, end = found[at].start_pos or 0, found[at + taken - 1].end_pos or 0
        pieces += [text[done:start], word]
        done = end
        at += taken
    return _aligned(text, "".join([*pieces, text[done:]]))


#: What stands in a text that may have mistakes: quotes, comments, addresses, numbers; and words, one by one.
_PASSED = re.compile(
    r'@?(?:[a-z]\w*(?:/[^\s"]+)?)?"[^"\n]*"|(?<!\w)#[^\n]*|[a-z]\w*/[^\s,;:()]+|[0-9][0-9,.]*\s*yen\b|[0-9][0-9-]*|\w+|.',
    re.S,
)


def as_japanese(text: str, names: Vocabulary) -> str:
    """Return a text that may have mistakes with keywords, units and the names of a vocabulary in Japanese, line for line.

    Up to the first mistake the parser says what a word is; what follows is told word by word.
    """
    if not re.match(r"(?:\s|#[^\n]*)*[a-z_]+\s", text):
        return text
    found = tokens(Source("example", text))
    pieces: list[str] = []
    done = at = 0
    while at < len(found):
        taken, word = _spelled(found, at)
        if found[at].type == "NAME":
            word = names.any(word, japanese=True)
        start, end = found[at].start_pos or 0, found[at + taken - 1].end_pos or 0
        pieces += [text[done:start], word]
        done = end
        at += taken
    for m in _PASSED.finditer(text, done):
        word = re.sub(r"^([0-9][0-9,.]*)\s*yen$", r"\1円", names.any(m[0], japanese=True))
        pieces.append(KEYWORDS.get(PLURALS.get(word, word), word))
    return "".join(pieces)


def _spelled(found: list[Token], at: int) -> tuple[int, str]:
    """Return how many tokens the next Japanese word stands for, and the word; a token that is no keyword stays."""
    word = str(found[at])
    for phrase in _BEGINNING.get(word, ()):
        end = at + len(phrase.words)
        follows = found[end].type if end < len(found) else ""
        if all(map(_is, found[at:end], phrase.words)) and end <= len(found) and follows in (phrase.before or {follows}):
            return len(phrase.words), phrase.twin
    if found[at].type in _LITERALS:
        written, instead = _LITERALS[found[at].type]
        return 1, written.sub(instead, word)
    if word in KEYWORDS and _is(found[at], word):
        return 1, KEYWORDS[PLURALS.get(word, word)]
    return 1, word


def _is(token: Token, word: str) -> bool:
    """Say whether a token is this keyword, and not a name spelled like it."""
    return token.type == keyword_terminals()[word]


def _aligned(before: str, after: str) -> str:
    """Put a line that begins with the English text of the line above under its Japanese text again."""
    old, new = before.split("\n"), after.split("\n")
    for i in range(1, len(old)):
        if not old[i].lstrip().startswith('en "'):
            continue
        indent = width(old[i]) - width(old[i].lstrip())
        column = old[i - 1].find(f'{"ja"} "')
        if column >= 0 and width(old[i - 1][:column]) == indent:
            start = new[i - 1].index(f'{KEYWORDS["ja"]} "')
            new[i] = " " * width(new[i - 1][:start]) + new[i].lstrip()
    return "\n".join(new)

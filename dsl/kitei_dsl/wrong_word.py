"""What a mistake in a text is called: what stands there, what could stand there, and the block left open.

Comes in: Lark's parser where it stopped. Goes out: one diagnostic, with keywords in the language of the text.
"""

from __future__ import annotations

import re
import unicodedata
from copy import copy
from functools import cache
from itertools import takewhile
from typing import Any

from lark import Token, Tree
from lark.exceptions import UnexpectedInput, UnexpectedToken
from lark.tree import Meta

from kitei_dsl.diagnostics import Diagnostic, diagnostic, near
from kitei_dsl.keywords import ENGLISH, KEYWORDS, PHRASES, stuck
from kitei_dsl.meant import instead, legal, within
from kitei_dsl.near_meaning import keywords_meant
from kitei_dsl.parser_table import is_japanese, keyword_terminals, parser
from kitei_dsl.source import Source, Span

#: No item of the language has more blocks open at once.
_MOST_OPEN = 4

#: A text in quotation marks, closed or not on its line, and a comment.
_QUOTED = re.compile(r'"(?:\\.|[^"\\\n])*"?|(?<!\w)#[^\n]*')

#: No line of law is read further for words that are no keyword.
_LONGEST_LINE = 200

_WORDS = {
    "NAME": "a name",
    "SLUG": "a name with hyphens",
    "STRING": 'a text in "quotes"',
    "ADDRESS": "an address such as psa/63_11/2",
    "MARK": 'a mark @"…"',
    "DATE": "a date such as 2026-06-01",
    "DIGITS": "a number",
    "MONEY": "an amount of yen",
    "RATE": "a rate such as 5%",
    "ASSET_AMOUNT": "an amount such as 2 BTC",
    "COMPARISON": "a comparison",
    "SIGN": "+ or -",
    "FACTOR": "* or /",
    "$END": "the end of the file",
}
#: What goes on an expression: told as one thing.
_JOINING = frozenset(
    (
        *("COMPARISON", "SIGN", "FACTOR", "AND", "OR", "AS", "UNDER", "ROLLED"),
        *("AFTER", "COUNTING", "BEFORE", "CLEAR_BEFORE", "ELAPSED_AFTER", "ELAPSED_COUNTING"),
    )
)
_UNITS = frozenset(("DAY", "DAYS", "WEEK", "WEEKS", "MONTH", "MONTHS", "YEAR", "YEARS", "BUSINESS"))
#: Signs an input method puts in place of the language's own.
_NARROW = {
    "（": "(", "）": ")", "＝": "=", "：": ":", "、": ",", "，": ",", "＃": "#", "＠": "@", "％": "%", "＋": "+", "－": "-",
    "×": "*", "＊": "*", "÷": "/", "／": "/", "＜": "<", "＞": ">", "≦": "<=", "≧": ">=", "≠": "!=",
    "「": '"', "」": '"', "『": '"', "』": '"', "“": '"', "”": '"', "＂": '"',
}  # fmt: skip


def _blank(text: re.Match[str]) -> str:
    """Return as many spaces."""
    return " " * len(text[0])


@cache
def _openings() -> frozenset[str]:
    """Return the terminals an expression can start with."""
    rules: dict[str, set[str]] = {}
    for rule in parser().rules:
        if rule.expansion:
            rules.setdefault(rule.origin.name, set()).add(rule.expansion[0].name)
    found, todo = set[str](), ["expr"]
    while todo:
        for name in rules.get(todo.pop(), set()) - found:
            found.add(name)
            todo.append(name)
    return frozenset(found - rules.keys())


def may_follow(reader: Any, source: Source, found: str = "") -> str:
    """Put the expected terminals in the reader's words, what stands for many first."""
    names = set(reader.accepts())
    terminals = {t.name: t.pattern.value for t in parser().terminals}
    japanese = is_japanese(source.text)
    spelled = {n: _in_its_place(n, reader) if japanese else [terminals[n]] for n in names if n not in _WORDS}
    told: list[str] = []
    if {"LPAR", "MONEY"} <= names:
        told.append("a value or a condition")
        names = names - _openings()
    if {"AND", "OR"} & names and _JOINING & names:
        told.append(
            "more of the expression (かつ, 又は, +, =, …)" if japanese else "more of the expression (and, or, +, =, …)"
        )
        names = names - _JOINING
    if names >= _UNITS:
        told.append("a unit such as 日 or 箇月" if japanese else "a unit such as days or months")
        names = names - _UNITS
    told += sorted(
        told for n in names if n != "END" for told in ([_WORDS[n]] if n in _WORDS else map(_code, spelled[n]))
    )
    if "END" in names:
        told.insert(0, _code(spelled["END"][0]))
    listed = ", ".join(told[:12]) + (", …" if len(told) > 12 else "")
    near_words = [word for n in names if n not in _WORDS for word in spelled[n]]
    guess = near(found, near_words) if found not in terminals.values() else ""
    if not guess and japanese and (held := [w for w in near_words if len(w) > 1 and (w in found or found in w)]):
        guess = f"did you mean `{max(held, key=len)}`?" if len(found) > 1 else ""
    return f"{listed}; {guess}" if guess else listed


def opens_expression(terminal: str) -> bool:
    """Say whether an expression can start with a terminal."""
    return terminal in _openings()


def _trial(reader: Any) -> Any:
    """Return a copy of the reader that can be fed to see what would follow, and builds nothing."""
    trial = reader.copy(deepcopy_values=False)
    trial.parser_state.parse_conf = copy(trial.parser_state.parse_conf)
    trial.parser_state.parse_conf.callbacks = {}
    return trial


def _code(word: str) -> str:
    return f"`{word}`"


def _in_its_place(name: str, reader: Any) -> list[str]:
    """Return how a keyword is written in Japanese where the reader stands: alone, or as the phrases it begins there."""
    words = {terminal: word for word, terminal in keyword_terminals().items()}
    word = words.get(name, name)
    if word not in KEYWORDS:
        return [word]
    after = _trial(reader)
    after.feed_token(Token(name, word))
    alone = set(after.accepts())
    found: list[str] = []
    for phrase in PHRASES:
        second = phrase.before or {keyword_terminals()[w] for w in phrase.words[1:2]}
        if phrase.words[0] == word and second & alone:
            alone -= second
            found.append(phrase.twin)
    return [*found, KEYWORDS[word]] if alone or not found else found


def unexpected(source: Source, reader: Any, error: UnexpectedInput) -> Diagnostic:
    """Name the word that cannot stand where it stands."""
    place = error.token.start_pos if isinstance(error, UnexpectedToken) else error.pos_in_stream
    start = place or 0
    if (closed := _closed_before(source, reader, start)) is not None:
        return closed
    word = re.compile(r'\w+|"[^"\n]*"|[<>!]=|.', re.S).match(source.text, start)
    found = word[0] if word else ""
    expected = may_follow(reader, source, found)
    hidden = stuck(found)
    accepts = reader.accepts()
    if found in ("every", "some", "if") and "LPAR" in accepts:
        expected = f"brackets around the part that begins with `{found}`"
    elif hidden is not None and hidden[0] not in ("if", "not"):
        expected = f"{expected}; a space after or before the keyword: `{hidden[1]}`"
    elif found[:1].isdecimal() and not found[:1].isascii():
        expected = f"half-width digits: `{''.join(str(unicodedata.decimal(c, c)) for c in found[:40])}`"
    elif found in _NARROW:
        expected = f"the half-width sign `{_NARROW[found]}`"
    elif found == '"':
        expected = 'a closing " on the same line'
    length = len(found)
    if (meant := instead(source.text, start, found, accepts)) is not None:
        start, end, expected = meant
        found, length = source.text[start:end], end - start
    elif (said := _words_of_law(source, start, found)) is not None:
        start, found, expected = said
        length = len(found)
        shown = found if len(found) <= 40 else found[:39] + "…"
        return diagnostic("unexpected-word", Span(source, start, start + length), found=shown, expected=expected)
    elif (near_in_meaning := _of_near_meaning(source, reader, found)) is not None:
        expected = near_in_meaning
    elif "GRADE" in accepts and "NAME" not in accepts:
        written = f"{KEYWORDS['grade']} A" if is_japanese(source.text) else "grade A"
        expected = f"`{written}` (the text itself was read), or B to E, after the dates"
    shown = found if len(found) <= 40 else found[:39] + "…"
    related = unclosed(source, reader, keyword_terminals().get(ENGLISH.get(found, (found,))[0], "NAME"))
    if related and meant is None:
        expected = missing_end(source, related[0][0], start)
    place = Span(source, start, start + length)
    return diagnostic("unexpected-word", place, related=related, found=shown, expected=expected)


def _of_near_meaning(source: Source, reader: Any, found: str) -> str | None:
    """Return the keyword for which a word of near meaning was written, where that keyword could stand."""
    accepts = reader.accepts()
    for word in keywords_meant(found):
        terminal = keyword_terminals()[word]
        if terminal in accepts:
            return _code(_in_its_place(terminal, reader)[0] if is_japanese(source.text) else word)
    return None


def _words_of_law(source: Source, start: int, found: str) -> tuple[int, str, str] | None:
    """Return where words of law stand that are no keyword, the words, and what to write.

    They stand where reading stopped, or just before, where they were taken for a name; or on the same line, where a
    sentence of law begins it: 会社は、報告しなければならない. What stands in quotation marks or in a comment is no such word.
    """
    line, column = source.position(start)
    behind = max(start - 80, start - column + 1)
    before = re.search(r"(\w+)[\s\u3000]*$", source.text[behind:start])
    words = [(found, start)] + ([(before[1], behind + before.start(1))] if before else [])
    if not source.line(line)[: column - 1].strip():
        rest = source.text[start : start - column + 1 + len(source.line(line))][:_LONGEST_LINE]
        words += [(m[0], start + m.start()) for m in re.finditer(r"\w+", _QUOTED.sub(_blank, rest))]
    japanese = is_japanese(source.text)
    digits = re.search(r"([0-9０-９]+)[ \u3000]*$", source.text[behind:start])
    if digits is not None and (said := within(found, japanese, digits[1])) is not None:
        at = behind + digits.start(1)
        return at, source.text[at : start + len(found)], said
    for word, at in words:
        if (said := within(word, japanese)) is not None:
            return at, word, said
        if word not in ENGLISH and word not in KEYWORDS and (said := legal(word, japanese)):
            return at, word, said
    return None


def missing_end(source: Source, opening: Span, start: int) -> str:
    """Say where an `end` is missing: on the line after the last that is written, before what cannot stand there."""
    written = re.sub(r"(?:\s|(?<!\S)#[^\n]*(?=\n|$))+$", "", source.text[:start])
    word = KEYWORDS["end"] if is_japanese(source.text) else "end"
    return (
        f"`{word}` after line {source.position(len(written))[0]}, to close the block that begins on line {opening.line}"
    )


# --------------------------------------------------------------------------- a block that is not closed


@cache
def _blocks() -> tuple[frozenset[str], frozenset[str]]:
    """Return the symbols blocks begin with and the names of their trees: the rules that end in `end`."""
    rules = [r for r in parser().rules if r.expansion and r.expansion[-1].name == "END"]
    return frozenset(r.expansion[0].name for r in rules), frozenset(r.alias or str(r.origin.name) for r in rules)


def unclosed(source: Source, reader: Any, found: str) -> tuple[tuple[Span, str], ...]:
    """Point at the opening of the block whose `end` is missing, if with an `end` more the found terminal could stand.

    An `end` written for an outer block closes the inner one, and the mistake shows far below: a block inside the broken
    item that is closed by an `end` of another indentation is the likelier one.
    """
    after = _trial(reader)
    for _ in range(_MOST_OPEN):
        try:
            after.feed_token(Token("END", "end"))
        except UnexpectedInput:
            return ()
        if found in after.accepts():
            break
    else:
        return ()
    begins, named = _blocks()
    opened: list[int] = []
    closed: list[tuple[int, int]] = []
    for entry in reader.parser_state.value_stack:
        place = span_of(source, entry if isinstance(entry, Token) else entry.meta)
        name = entry.type if isinstance(entry, Token) else str(entry.data)
        if name in begins:
            opened.append(place.start)
        elif name == "END" and opened:
            closed.append((opened.pop(), place.end))
        elif isinstance(entry, Tree) and opened:
            blocks = [span_of(source, t.meta) for t in entry.iter_subtrees() if str(t.data) in named]
            closed += [(block.start, block.end) for block in blocks]
    if not opened:
        return ()
    slipped = [start for start, end in closed if start > opened[0] and _indents_differ(source, start, end)]
    start = min(slipped, default=opened[-1])
    end = source.text.find("\n", start)
    return ((Span(source, start, end if end > start else len(source.text)), "this block is not closed"),)


@cache
def _opens_line() -> frozenset[str]:
    """Return the terminals that a line of a provision can begin with, with `end`."""
    rules: dict[str, set[str]] = {}
    for rule in parser().rules:
        if rule.expansion:
            rules.setdefault(rule.origin.name, set()).add(rule.expansion[0].name)
    found, todo = {"END"}, ["provision_line"]
    while todo:
        for name in rules.get(todo.pop(), set()) - found:
            found.add(name)
            todo.append(name)
    return frozenset(found - rules.keys())


def _closed_before(source: Source, reader: Any, start: int) -> Diagnostic | None:
    """Tell of an `end` too many: what stands at `start` is of a block that is closed already; None where it is not so.

    The `end` that closed the block is the one too many if it is indented otherwise than the block.
    """
    stack = reader.parser_state.value_stack
    first = re.compile(r"\w+").match(source.text, start)
    word = ENGLISH.get(first[0], (first[0],))[0] if first else ""
    if not stack or keyword_terminals().get(word) not in _opens_line() or "PROVISION" not in reader.accepts():
        return None
    open_tokens = [e for e in stack if not isinstance(e, Tree) or not str(e.data).startswith("__start_star")]
    opening, closing = open_tokens[:1], open_tokens[-1:]
    if len(open_tokens) < 2 or not isinstance(opening[0], Token) or closing[0] != "end":
        return None
    begin, end = span_of(source, opening[0]), span_of(source, closing[0])
    surplus, why = Span(source, start, start + len(first[0] if first else "")), ""
    if _indents_differ(source, begin.start, end.end):
        surplus, why = end, _without_end(source, open_tokens[-2], end)
    elif word != "end":
        return None
    return diagnostic(
        "surplus-end", surplus, line=str(begin.line), closed=str(end.line), fix=str(surplus.line), why=why,
        word=KEYWORDS["end"] if is_japanese(source.text) else "end",
    )  # fmt: skip


def _without_end(source: Source, lines: Any, end: Span) -> str:
    """Say that the statement before an `end` takes none, where that is so; an empty text where it is not."""
    last = lines.children[-1] if isinstance(lines, Tree) and lines.children else None
    if not isinstance(last, Tree) or str(last.data) in _blocks()[1] or last.meta.empty:
        return ""
    words = re.findall(r"\w+", source.text[span_of(source, last.meta).start : end.start][:_LONGEST_LINE])
    known = list(takewhile(lambda w: w in KEYWORDS or w in ENGLISH, words))
    return f"; `{' '.join(known[: 1 if is_japanese(source.text) else None])}` takes no `end`" if known else ""


def _indents_differ(source: Source, start: int, end: int) -> bool:
    """Say whether a block's first word and its `end` begin lines of different indentation."""
    (first, column), (last, _) = source.position(start), source.position(end - 1)
    opening, closing = source.line(first), source.line(last)
    indent = len(closing) - len(closing.lstrip())
    alone = not opening[: column - 1].strip() and source.text[end - len(closing.strip()) : end] == closing.strip()
    return first != last and alone and indent != column - 1


def span_of(source: Source, place: Token | Meta) -> Span:
    return Span(source, place.start_pos or 0, place.end_pos or 0)

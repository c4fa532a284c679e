"""Text to surface tree.

Comes in: a `Source`. Goes out: a `syntax.File` and diagnostics; always a file, with what could be read.
The reader feeds Lark's parser token by token. At a mistake it keeps the items read so far, skips to the next
line that starts a top-level item and goes on, so one run reports many and one mistake is reported once.
Comments are what stands between tokens. Nesting is bounded while reading, so no later pass can exhaust the stack.
Deliberately not here: the parser's table (`parser_table`), what a mistake is called (`wrong_word`), Lark's tree to nodes
(`build_tree`); any meaning, any name lookup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, cast

from lark import TextSlice, Token, Tree
from lark.exceptions import UnexpectedInput, UnexpectedToken

from kitei_dsl import syntax
from kitei_dsl.build_tree import Builder
from kitei_dsl.diagnostics import Diagnostic, diagnostic
from kitei_dsl.frozen import Frozen
from kitei_dsl.keywords import KEYWORDS
from kitei_dsl.parser_table import in_english, narrowed, parser
from kitei_dsl.source import Source, Span
from kitei_dsl.wrong_word import may_follow, missing_end, span_of, unclosed, unexpected

#: A line that starts a top-level item: where reading resumes after a mistake. Inside a block a wrapped line may
#: begin with a name such as `term`; an item's word is followed by a name, not by a word that goes on an expression.
_ITEM_WORDS = (
    *("instrument", "kind", "enumeration", "attribute", "relation", "term", "norm", "reading", "commencement", "world"),
    *("provision",),
)
_GOES_ON = (
    *("and", "or", "not", "if", "then", "else", "when", "end", "is", "of", "where", "in", "as", "means", "includes"),
    *("every", "some", "after", "counting", "before", "under", "on", "by", "rolled"),
)


def _either(words: tuple[str, ...]) -> str:
    """Return the alternatives of a regular expression: keywords in both languages."""
    return "|".join(re.escape(w) for word in words for w in (word, KEYWORDS[word]))


_ITEM = re.compile(rf"^(?:{_either(_ITEM_WORDS)})[ \t\u3000]+(?!(?:{_either(_GOES_ON)})\b)\w", re.M)
_MAX_ERRORS = 20
_MAX_SIZE = 4_000_000
#: Some twenty times the longest file of the collected law; as many are read in about a second.
_MAX_WORDS = 20_000
_MAX_LINES = 200_000
_MAX_NESTING = 200
#: One level of nesting leaves fewer entries than this on the parser's stack.
_ENTRIES_PER_LEVEL = 40
#: What an editor hides or shows as something else: control, direction and zero-width characters, and every line
#: break but the newline (after any other an editor shows a new line where the language still reads a comment).
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]|\r(?!\n)"
)


def parse(source: Source) -> tuple[syntax.File, list[Diagnostic]]:
    """Read a source; never raises for what a user wrote."""
    whole = Span(source, 0, len(source.text))
    diagnostics = _unreadable(source)
    if diagnostics:
        return syntax.File(whole, (), ()), diagnostics
    items: list[syntax.Item] = []
    comments: list[syntax.Comment] = []
    start: int | None = 0
    words = 0
    builder = Builder(source)
    while start is not None and len(diagnostics) < _MAX_ERRORS:
        reading = _read(source, start, words=words)
        words += reading.words
        comments += reading.comments
        for tree in reading.trees:
            too_deep = _too_deep(source, tree)
            if too_deep is None:
                items.append(builder.transform(tree))
            else:
                diagnostics.append(too_deep)
        start = None
        if reading.mistake is not None:
            diagnostics.append(reading.mistake)
            if reading.mistake.slug == "too-large":
                break
            resume = _ITEM.search(source.text, max(reading.stopped, reading.started + 1))
            start = resume.start() if resume else None
    return syntax.File(whole, tuple(items), tuple(comments)), diagnostics[:_MAX_ERRORS]


def parse_expression(source: Source) -> tuple[syntax.Expr | None, list[Diagnostic]]:
    """Read one expression, as `--assume` gives it."""
    found = _unreadable(source)
    if found:
        return None, found
    reading = _read(source, 0, "expr")
    mistake = reading.mistake or _too_deep(source, reading.trees[0])
    if mistake is not None:
        return None, [mistake]
    return cast(syntax.Expr, Builder(source).transform(reading.trees[0])), []


def _unreadable(source: Source) -> list[Diagnostic]:
    """Refuse at once what no statute holds: absurd size, characters one cannot see."""
    if len(source.text) > _MAX_SIZE:
        size = f"{len(source.text)} characters"
        return [diagnostic("too-large", Span(source, 0, 1), size=size, limit=str(_MAX_SIZE))]
    lines = source.text.count("\n")
    if lines > _MAX_LINES:
        return [diagnostic("too-large", Span(source, 0, 1), size=f"{lines} lines", limit=str(_MAX_LINES))]
    hidden = _HIDDEN.search(source.text)
    if hidden is None:
        return []
    return [diagnostic("control-character", Span(source, *hidden.span()), code=f"U+{ord(hidden[0]):04X}")]


class _Reading(Frozen):
    """What one run of the parser found from `started` to the end or the first mistake, which is at `stopped`."""

    trees: list[Tree[Token]]
    tokens: list[Token]
    comments: list[syntax.Comment]
    mistake: Diagnostic | None
    started: int
    stopped: int
    words: int


def _read(source: Source, start: int, rule: str = "start", words: int = 0) -> _Reading:
    reader: Any = parser(rule).parse_interactive(  # Lark leaves it untyped
        TextSlice(narrowed(source.text), start, len(source.text))
    )
    state = reader.parser_state
    stack = state.value_stack
    tokens: list[Token] = []
    comments: list[syntax.Comment] = []
    mistake: Diagnostic | None = None
    brackets = 0
    count = 0
    last = (start, start)
    try:
        for count, token in enumerate(reader.lexer_thread.lex(state), start=1):
            before, last = last[1], (token.start_pos or 0, token.end_pos or 0)
            if source.text.find("#", before, last[0]) >= 0:
                comments += islice(_comments(source, before, last[0]), _MAX_WORDS + 1)
            brackets += (token.type == "LPAR") - (token.type == "RPAR")
            if brackets > _MAX_NESTING or len(stack) > _MAX_NESTING * _ENTRIES_PER_LEVEL:
                mistake = diagnostic("too-deep", Span(source, *last), limit=str(_MAX_NESTING))
                break
            if words + count + len(comments) > _MAX_WORDS:
                mistake = _too_long(Span(source, *last))
                break
            for word in in_english(token, state):
                reader.feed_token(word)
                tokens.append(word)
        else:
            comments += islice(_comments(source, last[1], len(source.text)), _MAX_WORDS + 1)
            if words + count + len(comments) > _MAX_WORDS:
                mistake = _too_long(Span(source, *last))
    except UnexpectedInput as error:
        mistake = unexpected(source, reader, error)
    trees, whole = _finish(reader, rule)
    if mistake is None and not whole:
        related = unclosed(source, reader, "$END")
        expected = missing_end(source, related[0][0], last[1]) if related else may_follow(reader, source)
        mistake = diagnostic("unexpected-end", Span(source, *last), related=related, expected=expected)
    stopped = mistake.span.start if mistake is not None and mistake.span is not None else len(source.text)
    return _Reading(trees, tokens, comments, mistake, start, stopped, count)


def _too_long(place: Span) -> Diagnostic:
    return diagnostic("too-large", place, size=f"over {_MAX_WORDS} words", limit=str(_MAX_WORDS))


def _finish(reader: Any, rule: str) -> tuple[list[Tree[Token]], bool]:
    """Return the trees read, and whether the text ends there; if not, the items before the broken one."""
    try:
        result = reader.feed_eof()
    except UnexpectedToken:
        stack = reader.parser_state.value_stack
        read = (
            rule == "start" and stack and isinstance(stack[0], Tree) and str(stack[0].data).startswith("__start_star")
        )
        return (list(stack[0].children) if read else []), False
    return (list(result.children) if rule == "start" else [result]), True


def _too_deep(source: Source, tree: Tree[Token]) -> Diagnostic | None:
    """Refuse a tree deeper than any pass need follow; chains such as `a + b + c …` nest without brackets."""
    level: list[Tree[Token]] = [tree]
    for _ in range(_MAX_NESTING):
        level = [child for node in level for child in node.children if isinstance(child, Tree)]
    if not level:
        return None
    return diagnostic("too-deep", span_of(source, level[0].meta), limit=str(_MAX_NESTING))


def _comments(source: Source, start: int, end: int) -> Iterator[syntax.Comment]:
    """Give the comments between two tokens; nothing but white space stands beside them."""
    while (start := source.text.find("#", start, end)) >= 0:
        stop = source.text.find("\n", start, end)
        stop = end if stop < 0 else stop
        line, column = source.position(start)
        alone = not source.text[start - column + 1 : start].strip()
        yield syntax.Comment(line, source.text[start:stop].rstrip(), alone)
        start = stop


def tokens(source: Source) -> list[Token]:
    """Return the tokens of a text without mistakes, keywords in English at the places where they are written."""
    return _read(source, 0).tokens


def trees(source: Source) -> Tree[Token]:
    """Return Lark's own tree, for tests of the grammar."""
    return parser().parse(source.text)

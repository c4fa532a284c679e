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
from dataclasses import dataclass
from itertools import islice
from typing import Any, cast

from lark import TextSlice, Token, Tree
from lark.exceptions import UnexpectedInput, UnexpectedToken

from kitei_dsl import syntax
from kitei_dsl.build_tree import Builder
from kitei_dsl.diagnostics import Diagnostic, diagnostic
from kitei_dsl.keywords import KEYWORDS
from kitei_dsl.parser_table import in_english, narrowed, parser
from kitei_dsl.source import Source, Span
from kitei_dsl.wrong_word import may_follow, span_of, unclosed, unexpected

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
    while start is not None and len(diagnostics) < _MAX_ERRORS:
        reading = _read(source, start, words=words)
        words += reading.words
        comments += reading.comments
        for tree in reading.trees:
            too_deep = _too_deep(source, tree)
            if too_deep is None:
                items.append(Builder(source).transform(tree))
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


@dataclass(frozen=True, slots=True)
class _Reading:
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
    last = Span(source, start, start)
    try:
        for count, token in enumerate(reader.lexer_thread.lex(state), start=1):
            before, last = last.end, span_of(source, token)
            comments += islice(_comments(source, before, last.start), _MAX_WORDS + 1)
            brackets += (token.type == "LPAR") - (token.type == "RPAR")
            if brackets > _MAX_NESTING or len(stack) > _MAX_NESTING * _ENTRIES_PER_LEVEL:
                mistake = diagnostic("too-deep", last, limit=str(_MAX_NESTING))
                break
            if words + count + len(comments) > _MAX_WORDS:
                mistake = _too_long(last)
                break
            for word in in_english(token, state):
                reader.feed_token(word)
                tokens.append(word)
        else:
            comments += islice(_comments(source, last.end, len(source.text)), _MAX_WORDS + 1)
            if words + count + len(comments) > _MAX_WORDS:
                mistake = _too_long(last)
    except UnexpectedInput as error:
        mistake = unexpected(source, reader, error)
    trees, whole = _finish(reader, rule)
    if mistake is None and not whole:
        related = unclosed(source, reader, "$END")
        mistake = diagnostic("unexpected-end", last, related=related, expected=may_follow(reader, source))
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


<<<<<<< HEAD
=======
def canonical(sort: str, text: str) -> str:
    """Return a literal in its one spelling: `10,000,000 yen`, `5%`, `1 per 100`, `2 BTC`; digits stay as written.

    >>> canonical("money", "10_000000yen"), canonical("rate", "5 %")
    ('10,000,000 yen', '5%')
    """
    text = re.sub(r"\s+", " ", text)
    if sort == "money" and text.endswith("yen"):
        whole, point, fraction = text.removesuffix("yen").strip().partition(".")
        groups = re.findall(r"\d{1,3}", _digits(whole)[::-1])
        return f"{','.join(groups)[::-1]}{point}{fraction} yen"
    if sort == "rate" and text.endswith("%"):
        return text.replace(" ", "")
    if sort == "asset":
        return re.sub(r"(?<=\d) ?(?=[A-Z])", " ", text, count=1)
    return text


def _unquote(token: str) -> str:
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], token[1:-1])


def _digits(text: str) -> str:
    return text.replace(",", "").replace("_", "")


_SPAN_UNITS = {"day": "days", "week": "weeks", "month": "months", "year": "years"}


class _Builder(Transformer_NonRecursive[Token, Any]):
    """Lark tree to nodes. Word rules become strings; rules in `_PLAIN` take their children in order."""

    def __init__(self, source: Source) -> None:
        super().__init__(visit_tokens=False)
        self.source = source

    def _span(self, meta: Meta) -> Span:
        if meta.empty:
            return Span(self.source, 0, 0)
        return Span(self.source, meta.start_pos, meta.end_pos)

    def _name(self, token: Token) -> syntax.Name:
        start = token.start_pos or 0
        return syntax.Name(Span(self.source, start, start + len(token)), str(token))

    def __default__(self, data: Any, children: list[Any], meta: Meta) -> Any:
        rule = str(data)
        if rule in _WORD_RULES:
            return str(children[0])
        built = [self._name(c) if isinstance(c, Token) and c.type == "NAME" else c for c in children]
        built = [str(c) if isinstance(c, Token) else c for c in built]
        if rule in _LISTED:
            cls, fixed = _LISTED[rule]
            return cls(self._span(meta), *built[:fixed], tuple(c for c in built[fixed:] if c is not None))
        return _PLAIN[rule](self._span(meta), *built)

    # ---- small words
    @v_args(meta=True)
    def bilingual(self, meta: Meta, c: list[Any]) -> syntax.Bilingual:
        return syntax.Bilingual(self._span(meta), _unquote(c[0]), None if c[1] is None else _unquote(c[1]))

    @v_args(meta=True)
    def english(self, meta: Meta, c: list[Any]) -> syntax.Bilingual:
        return syntax.Bilingual(self._span(meta), None, _unquote(c[0]))

    @v_args(meta=True)
    def alias(self, meta: Meta, c: list[Any]) -> syntax.Alias:
        return syntax.Alias(self._span(meta), str(c[0]))

    def targets(self, c: list[Any]) -> tuple[Any, ...]:
        return tuple(c)

    def scope(self, c: list[Any]) -> Any:
        return c[0]

    @v_args(inline=True)
    def labelled(self, token: Token) -> syntax.Name:
        return self._name(token)

    @v_args(meta=True)
    def target(self, meta: Meta, c: list[Any]) -> syntax.Target:
        return syntax.Target(self._span(meta), str(c[0]))

    @v_args(meta=True)
    def mark(self, meta: Meta, c: list[Any]) -> syntax.Mark:
        address, _, phrase = str(c[0])[1:].partition('"')
        return syntax.Mark(self._span(meta), address, phrase[:-1])

    def world_name(self, c: list[Any]) -> syntax.Name:
        return self._name(c[0])

    @v_args(inline=True)
    def promulgated(self, token: Token) -> str:
        return str(token)

    @v_args(meta=True)
    def moment(self, meta: Meta, c: list[Any]) -> syntax.Moment:
        return syntax.Moment(self._span(meta), str(c[0]))

    # ---- items with optional parts in a fixed order
    @v_args(meta=True)
    def commencement(self, meta: Meta, c: list[Any]) -> syntax.Commencement:
        bounds = tuple(x for x in c if isinstance(x, syntax.Bound))
        grade = next((str(x) for x in c[2:] if isinstance(x, Token) and x.type == "NAME"), None)
        cite = next((x for x in c if isinstance(x, syntax.Target)), None)
        label = next((x for x in c if isinstance(x, syntax.Label)), None)
        start = c[0].start_pos or 0
        address = syntax.Target(Span(self.source, start, start + len(c[0])), str(c[0]))
        return syntax.Commencement(
            self._span(meta), address, None if c[1] is None else str(c[1]), bounds, grade, cite, label
        )

    @v_args(meta=True)
    def until(self, meta: Meta, c: list[Any]) -> syntax.Until:
        return syntax.Until(self._span(meta), c[0], c[1] if len(c) > 1 else None)

    @v_args(meta=True)
    def assume(self, meta: Meta, c: list[Any]) -> syntax.Assume:
        start = c[0].start_pos or 0
        target = syntax.Target(Span(self.source, start, start + len(c[0])), str(c[0]))
        return syntax.Assume(self._span(meta), target, c[1], None if c[2] is None else _unquote(c[2]))

    @v_args(meta=True)
    def attribute(self, meta: Meta, c: list[Any]) -> syntax.Attribute:
        flags = tuple(x for x in c[4:] if isinstance(x, syntax.Flag))
        lines = tuple(x for x in c[4:] if not isinstance(x, syntax.Flag))
        return syntax.Attribute(self._span(meta), self._name(c[0]), c[1], self._name(c[2]), c[3], flags, lines)

    def type(self, c: list[Any]) -> syntax.Name:
        return self._name(c[0])

    @v_args(meta=True)
    def between(self, meta: Meta, c: list[Any]) -> syntax.Flag:
        return syntax.Flag(self._span(meta), "between", c[0], c[1])

    @v_args(meta=True)
    def choice(self, meta: Meta, c: list[Any]) -> syntax.Choice:
        return syntax.Choice(self._span(meta), self._name(c[0]), c[1], None if c[2] is None else _unquote(c[2]))

    @v_args(meta=True)
    def relation(self, meta: Meta, c: list[Any]) -> syntax.Relation:
        return syntax.Relation(self._span(meta), self._name(c[0]), (c[1], c[2]))

    @v_args(meta=True)
    def provision(self, meta: Meta, c: list[Any]) -> syntax.Provision:
        start = c[0].start_pos or 0
        address = syntax.Target(Span(self.source, start, start + len(c[0])), str(c[0]))
        moment = next(x for x in c if isinstance(x, syntax.Moment))
        promulgated = next((x for x in c[1:] if isinstance(x, str) and not isinstance(x, Token)), None)
        until = next((x for x in c if isinstance(x, syntax.Until)), None)
        grade = next(str(x) for x in c[1:] if isinstance(x, Token) and x.type == "NAME")
        header = (syntax.Moment, syntax.Until)
        lines = tuple(x for x in c[1:] if isinstance(x, syntax.Node) and not isinstance(x, header))
        return syntax.Provision(self._span(meta), address, moment, promulgated, until, grade, lines)

    @v_args(meta=True)
    def of_kind(self, meta: Meta, c: list[Any]) -> syntax.OfKind:
        return syntax.OfKind(self._span(meta), self._name(c[0]), None if c[1] is None else self._name(c[1]))

    def _head(self, c: list[Any]) -> tuple[syntax.OfKind | None, syntax.Name | None, tuple[Any, ...], tuple[Any, ...]]:
        """Sort the optional parts after a statement's name: of_kind, named, scope, and the lines."""
        of_kind = next((x for x in c if isinstance(x, syntax.OfKind)), None)
        named = next((x for x in c if isinstance(x, syntax.Name)), None)
        scope = next((x for x in c if isinstance(x, tuple)), ())
        lines = tuple(x for x in c if isinstance(x, syntax.Node) and not isinstance(x, (syntax.OfKind, syntax.Name)))
        return of_kind, named, scope, lines

    @v_args(meta=True)
    def definition(self, meta: Meta, c: list[Any]) -> syntax.Definition:
        of_kind, named, scope, lines = self._head(c[2:])
        return syntax.Definition(self._span(meta), c[0], self._name(c[1]), of_kind, named, scope, lines)

    @v_args(meta=True)
    def block(self, meta: Meta, c: list[Any]) -> syntax.Block:
        of_kind, named, _, lines = self._head(c[1:])
        return syntax.Block(self._span(meta), c[0], of_kind, named, lines)

    @v_args(meta=True)
    def otherwise(self, meta: Meta, c: list[Any]) -> syntax.Otherwise:
        *front, value, mark, grade = c
        of_kind, _, scope, _ = self._head(front[1:])
        return syntax.Otherwise(
            self._span(meta), self._name(c[0]), of_kind, scope, value, mark, None if grade is None else str(grade)
        )

    @v_args(meta=True)
    def slot(self, meta: Meta, c: list[Any]) -> syntax.Slot:
        name, rest = self._name(c[0]), c[1:]
        of_kind = rest.pop(0) if isinstance(rest[0], syntax.OfKind) else None
        kind = rest.pop(0)
        flags = []
        while isinstance(rest[0], str):
            flags.append(rest.pop(0))
        low, high, delegate, mark, *lines = rest
        return syntax.Slot(self._span(meta), name, of_kind, kind, tuple(flags), low, high, delegate, mark, tuple(lines))

    @v_args(meta=True)
    def fill(self, meta: Meta, c: list[Any]) -> syntax.Fill:
        of_kind, named, _, lines = self._head(c[2:])
        start = c[0].start_pos or 0
        target = syntax.Target(Span(self.source, start, start + len(c[0])), str(c[0]))
        return syntax.Fill(self._span(meta), target, self._name(c[1]), of_kind, named, lines)

    @v_args(meta=True)
    def continuation(self, meta: Meta, c: list[Any]) -> syntax.Continuation:
        filling, target = (
            syntax.Target(Span(self.source, t.start_pos or 0, (t.start_pos or 0) + len(t)), str(t)) for t in c[:2]
        )
        return syntax.Continuation(self._span(meta), filling, target, self._name(c[2]), c[3])

    @v_args(meta=True)
    def purposes(self, meta: Meta, c: list[Any]) -> syntax.Purposes:
        targets = c[0] if isinstance(c[0], tuple) else ()
        return syntax.Purposes(self._span(meta), targets, c[-1])

    @v_args(meta=True)
    def norm(self, meta: Meta, c: list[Any]) -> syntax.Norm:
        modality, name, kind, bearer, *rest = c
        _, named, _, lines = self._head(rest)
        owner = None if bearer is None else self._name(bearer)
        return syntax.Norm(self._span(meta), modality, self._name(name), self._name(kind), owner, named, lines)

    @v_args(meta=True)
    def sanction(self, meta: Meta, c: list[Any]) -> syntax.Sanction:
        _, named, _, lines = self._head(c[2:])
        return syntax.Sanction(self._span(meta), c[0], c[1], named, lines)

    @v_args(meta=True)
    def saving(self, meta: Meta, c: list[Any]) -> syntax.Saving:
        *front, condition, mark = c
        of_kind, named, _, _ = self._head(front[1:])
        return syntax.Saving(self._span(meta), c[0], of_kind, named, condition, mark)

    @v_args(meta=True)
    def performance(self, meta: Meta, c: list[Any]) -> syntax.Performance:
        return syntax.Performance(self._span(meta), c[0], c[1], c[2], tuple(c[3:]))

    # ---- expressions
    @v_args(meta=True)
    def literal(self, meta: Meta, c: list[Any]) -> syntax.Literal:
        if isinstance(c[0], Token):
            sorts = {"MONEY": "money", "RATE": "rate", "ASSET_AMOUNT": "asset", "DIGITS": "digits", "DATE": "date"}
            sort = sorts[c[0].type]
            return syntax.Literal(self._span(meta), sort, canonical(sort, str(c[0])))
        return syntax.Literal(self._span(meta), "truth", c[0])

    @v_args(meta=True)
    def status(self, meta: Meta, c: list[Any]) -> syntax.Status:
        name, alias, kind, record, record_alias, *lines = c
        return syntax.Status(
            self._span(meta), self._name(name), alias, self._name(kind), self._name(record), record_alias, tuple(lines)
        )

    @v_args(meta=True)
    def binds(self, meta: Meta, c: list[Any]) -> syntax.Binds:
        status, *modes = [self._name(x) for x in c if isinstance(x, Token)]
        return syntax.Binds(self._span(meta), status, tuple(modes), tuple(x for x in c if isinstance(x, syntax.Mark)))

    @v_args(meta=True)
    def transition(self, meta: Meta, c: list[Any]) -> syntax.Transition:
        name, kind, bearer, *rest = c
        _, named, _, lines = self._head(rest)
        owner = None if bearer is None else self._name(bearer)
        return syntax.Transition(self._span(meta), self._name(name), self._name(kind), owner, named, lines)

    @v_args(meta=True)
    def application(self, meta: Meta, c: list[Any]) -> syntax.Application:
        targets, excepted, *rest = c
        marks = tuple(x for x in rest if isinstance(x, syntax.Mark))
        replacements = tuple(x for x in rest if isinstance(x, syntax.Replacement))
        return syntax.Application(self._span(meta), targets, excepted or (), marks, replacements)

    def _replacement(self, language: str, meta: Meta, c: list[Any]) -> syntax.Replacement:
        old, new = (_unquote(x) if language else str(x) for x in c[:2])
        return syntax.Replacement(self._span(meta), language, old, new, tuple(c[2:]))

    @v_args(meta=True)
    def replace_name(self, meta: Meta, c: list[Any]) -> syntax.Replacement:
        return self._replacement("", meta, c)

    @v_args(meta=True)
    def replace_ja(self, meta: Meta, c: list[Any]) -> syntax.Replacement:
        return self._replacement("ja", meta, c)

    @v_args(meta=True)
    def replace_en(self, meta: Meta, c: list[Any]) -> syntax.Replacement:
        return self._replacement("en", meta, c)

    @v_args(meta=True)
    def commencement_day(self, meta: Meta, c: list[Any]) -> syntax.CommencementDay:
        return syntax.CommencementDay(self._span(meta), None if c[0] is None else str(c[0]))

    @v_args(meta=True)
    def item_list(self, meta: Meta, c: list[Any]) -> syntax.ItemList:
        return syntax.ItemList(self._span(meta), c[0], tuple(c[1:]))

    @v_args(meta=True)
    def top_bracket(self, meta: Meta, c: list[Any]) -> syntax.Bracket:
        return syntax.Bracket(self._span(meta), None, c[0], tuple(c[1:]))

    @v_args(meta=True)
    def cases(self, meta: Meta, c: list[Any]) -> syntax.Cases:
        marks = tuple(x for x in c if isinstance(x, syntax.Mark))
        return syntax.Cases(self._span(meta), marks, tuple(x for x in c if isinstance(x, syntax.Case)))

    @v_args(meta=True)
    def case(self, meta: Meta, c: list[Any]) -> syntax.Case:
        condition = syntax.Condition(self._between(c[1:-1]), c[1], tuple(c[2:-1]))
        return syntax.Case(self._span(meta), self._name(c[0]), condition, c[-1])

    @v_args(meta=True)
    def last_case(self, meta: Meta, c: list[Any]) -> syntax.Case:
        return syntax.Case(self._span(meta), self._name(c[0]), None, c[1])

    def disjunction(self, c: list[Any]) -> Any:
        return syntax.Disjunction(self._between(c), tuple(c))

    def conjunction(self, c: list[Any]) -> Any:
        return syntax.Conjunction(self._between(c), tuple(c))

    def _between(self, c: list[Any]) -> Span:
        return Span(self.source, c[0].span.start, c[-1].span.end)

    @v_args(meta=True)
    def reference(self, meta: Meta, c: list[Any]) -> syntax.Reference:
        return syntax.Reference(self._span(meta), self._name(c[0]), c[1])

    @v_args(meta=True)
    def call(self, meta: Meta, c: list[Any]) -> syntax.Call:
        return syntax.Call(self._span(meta), c[0], tuple(c[1:]))

    @v_args(meta=True)
    def fold(self, meta: Meta, c: list[Any]) -> syntax.Fold:
        return syntax.Fold(self._span(meta), c[0], None, self._name(c[1]), c[2], c[3], c[4])

    @v_args(meta=True)
    def at_least(self, meta: Meta, c: list[Any]) -> syntax.Fold:
        return syntax.Fold(self._span(meta), "at_least", _digits(c[0]), self._name(c[1]), c[2], c[3], c[4])

    @v_args(meta=True)
    def count(self, meta: Meta, c: list[Any]) -> syntax.Fold:
        return syntax.Fold(self._span(meta), "number", None, self._name(c[0]), c[1], c[2], None)


def _property(key: str) -> Callable[..., syntax.Property]:
    def build(span: Span, value: Any) -> syntax.Property:
        if isinstance(value, syntax.Name):
            value = value.text
        elif isinstance(value, str) and value.startswith('"'):
            value = _unquote(value)
        return syntax.Property(span, key, value)

    return build


_WORD_RULES = frozenset(
    (
        *(
            "truth",
            "cardinality",
            "combination",
            "bound_word",
            "defining_word",
            "outcome_word",
            "slot_flag",
            "delegate",
        ),
        *("modality", "performance_word", "prompt_word", "sanction_kind", "period_word", "roll", "span_unit"),
        *("builtin", "quantifier", "list_head", "transition_word"),
    )
)

#: Rules whose children, in order, are the class's fields.
_PLAIN: dict[str, Callable[..., Any]] = {
    **{
        f"property_{k}": _property(k)
        for k in ["name", "status", "title", "short", "number", "egov", "source", "text_of", "grade", "single"]
    },
    "property_name": _property("type"),
    "label": syntax.Label,
    "question": syntax.Question,
    "note": syntax.Note,
    "cites": syntax.Cites,
    "bound": syntax.Bound,
    "suppose": syntax.Suppose,
    "only": syntax.Only,
    "without": syntax.Without,
    "dated_by": syntax.DatedBy,
    "enum_value": syntax.EnumValue,
    "mode": syntax.Mode,
    "deems": syntax.Deems,
    "if_any": lambda span: syntax.Flag(span, "if any"),
    "evaluation": lambda span: syntax.Flag(span, "evaluation"),
    "act_of_authority": lambda span: syntax.Flag(span, "act of authority"),
    "heading": syntax.Heading,
    "plain": syntax.Plain,
    "proviso_to": syntax.ProvisoTo,
    "notwithstanding": syntax.Notwithstanding,
    "yields_to": syntax.YieldsTo,
    "under_reading": syntax.UnderReading,
    "made_anew": syntax.MadeAnew,
    "parameter": syntax.Parameter,
    "for_each": syntax.ForEach,
    "promptness": syntax.Promptness,
    "towards": syntax.Towards,
    "lifts": syntax.Lifts,
    "whose": syntax.Whose,
    "imprisonment": syntax.Imprisonment,
    "fine": syntax.Fine,
    "both": syntax.Both,
    "corporate": syntax.Corporate,
    "no_sanction": syntax.NoSanction,
    "conditional": syntax.Conditional,
    "negation": syntax.Negation,
    "comparison": syntax.Comparison,
    "arithmetic": syntax.Arithmetic,
    "negative": syntax.Negative,
    "period": syntax.Period,
    "as_at": syntax.AsAt,
    "under_text": syntax.UnderText,
    "has": syntax.Has,
    "filled": syntax.Filled,
    "unencoded": syntax.Unencoded,
    "reference_day": syntax.ReferenceDay,
    "unverified": syntax.Unverified,
    "span": lambda span, count, unit: syntax.SpanLiteral(span, _digits(count), str(_SPAN_UNITS.get(unit, unit))),
    "business_days": lambda span, count, calendar: syntax.BusinessDays(span, _digits(count), calendar),
}

#: Rules that end in a list: the class and how many children come before the list.
_LISTED: dict[str, tuple[Callable[..., Any], int]] = {
    "instrument": (syntax.Instrument, 1),
    "world": (syntax.World, 1),
    "kind": (syntax.Kind, 2),
    "enumeration": (syntax.Enumeration, 2),
    "role": (syntax.Role, 4),
    "term": (syntax.Term, 5),
    "norm_name": (syntax.NormName, 3),
    "reading": (syntax.Reading, 1),
    "condition": (syntax.Condition, 1),
    "transition_part": (syntax.TransitionPart, 2),
    "unless_proved": (syntax.UnlessProved, 2),
    "proved": (syntax.Proved, 2),
    "item": (syntax.ListItem, 2),
    "progressive": (syntax.Progressive, 1),
    "bracket": (syntax.Bracket, 2),
    "marked": (syntax.Marked, 1),
    "outcome": (syntax.Outcome, 2),
    "due": (syntax.Due, 1),
    "content": (syntax.Content, 1),
}


>>>>>>> 1f413ec (A bill is no law until a world supposes it, and supposing it fixes its commencement)
def tokens(source: Source) -> list[Token]:
    """Return the tokens of a text without mistakes, keywords in English at the places where they are written."""
    return _read(source, 0).tokens


def trees(source: Source) -> Tree[Token]:
    """Return Lark's own tree, for tests of the grammar."""
    return parser().parse(source.text)

"""Text to surface tree.

Comes in: a `Source`. Goes out: a `syntax.File` and diagnostics; always a file, with what could be read.
On a syntax error the reader skips to the next line that starts a top-level item and goes on, so one run
reports many. Lark's tree becomes nodes in `_Builder`, one method per rule whose children need sorting and
one table for the rest. Deliberately not here: any meaning, any name lookup.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Any, cast

from lark import Lark, Token, Transformer, Tree, v_args
from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedInput, UnexpectedToken
from lark.tree import Meta

from kitei_dsl import syntax
from kitei_dsl.diagnostics import Diagnostic, diagnostic
from kitei_dsl.source import Source, Span

#: A line that starts a top-level item: where reading resumes after a mistake.
_ITEM = re.compile(
    r"^(?:instrument|kind|enumeration|attribute|relation|term|norm|reading|commencement|world|provision)\b", re.M
)
_MAX_ERRORS = 20
_MAX_SIZE = 4_000_000
_MAX_NESTING = 200
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")


@cache
def parser() -> Lark:
    """Return the LALR parser, built once from the grammar file."""
    grammar = resources.files("kitei_dsl").joinpath("kitei.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer="contextual", propagate_positions=True, maybe_placeholders=True)


def parse(source: Source) -> tuple[syntax.File, list[Diagnostic]]:
    """Read a source; never raises for what a user wrote."""
    found = _unreadable(source)
    if found:
        return syntax.File(Span(source, 0, len(source.text)), (), ()), found
    items: list[syntax.Item] = []
    diagnostics: list[Diagnostic] = []
    for start, end in _chunks(source.text):
        try:
            tree = parser().parse(" " * start + source.text[start:end] if start else source.text[:end])
        except UnexpectedInput as error:
            diagnostics.append(_syntax_error(source, error, end))
            if len(diagnostics) >= _MAX_ERRORS:
                break
            continue
        items += _Builder(source).transform(tree)
    comments = tuple(_comments(source))
    return syntax.File(Span(source, 0, len(source.text)), tuple(items), comments), diagnostics


def parse_expression(source: Source) -> tuple[syntax.Expr | None, list[Diagnostic]]:
    """Read one expression, as `--assume` gives it."""
    wrapped = Source(source.name, f"world w assume x/1 = {source.text} end")
    file, diagnostics = parse(wrapped)
    if diagnostics or not file.items:
        return None, diagnostics
    return cast(syntax.Assume, cast(syntax.World, file.items[0]).lines[0]).value, []


def _unreadable(source: Source) -> list[Diagnostic]:
    """Refuse at once what no statute holds: control characters, bidi overrides, absurd size or nesting."""
    text = source.text
    if len(text) > _MAX_SIZE:
        return [diagnostic("too-large", Span(source, 0, 1), size=str(len(text)), limit=str(_MAX_SIZE))]
    for match in re.finditer(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text):
        return [diagnostic("control-character", Span(source, match.start(), match.end()), code=f"U+{ord(match[0]):04X}")]
    for match in _BIDI.finditer(text):
        return [diagnostic("control-character", Span(source, match.start(), match.end()), code=f"U+{ord(match[0]):04X}")]
    depth = 0
    for match in re.finditer(r'"(?:\\.|[^"\\\n])*"|#[^\n]*|[()]|\bif\b|\bnot\b|\bof\b', text):
        if match[0] == "(":
            depth += 1
        elif match[0] == ")":
            depth = max(0, depth - 1)
        if depth > _MAX_NESTING:
            return [diagnostic("too-deep", Span(source, match.start(), match.end()), limit=str(_MAX_NESTING))]
    for match in re.finditer(r"(?:\b(?:not|if|of \w+)\s+|-\s*){%d}" % (_MAX_NESTING + 1), text):
        return [diagnostic("too-deep", Span(source, match.start(), match.start() + 1), limit=str(_MAX_NESTING))]
    return []


def _chunks(text: str) -> list[tuple[int, int]]:
    """Split a text at the lines that start an item, so that a mistake in one item spares the others.

    A text without mistakes is one chunk: the split is tried only after the whole has failed.
    """
    try:
        parser().parse(text)
    except UnexpectedInput:
        starts = [m.start() for m in _ITEM.finditer(text)]
        # `norm` and `term` lines inside a block would split it: only unindented lines count, by the regex.
        starts = [0, *(s for s in starts if s > 0)]
        return list(zip(starts, [*starts[1:], len(text)], strict=True))
    return [(0, len(text))]


_WORDS = {
    "NAME": "a name",
    "STRING": 'a text in "quotes"',
    "ADDRESS": "an address such as psa/63_11/2",
    "MARK": 'a mark @"…"',
    "DATE": "a date such as 2026-06-01",
    "DIGITS": "a number",
    "MONEY": "an amount of yen",
    "RATE": "a rate such as 5%",
    "COMPARISON": "a comparison",
    "SIGN": "+ or -",
    "FACTOR": "* or /",
    "$END": "the end of the file",
}


def _expected(names: set[str]) -> str:
    """Put the expected terminals in the reader's words, the likeliest few first."""
    by_name = {t.name: t.pattern.value for t in parser().terminals}
    plain = sorted({_WORDS.get(n) or f"`{by_name[n]}`" if n in by_name or n in _WORDS else n for n in names})
    return ", ".join(plain[:8]) + (", …" if len(plain) > 8 else "")


def _syntax_error(source: Source, error: UnexpectedInput, end: int) -> Diagnostic:
    start = min(error.pos_in_stream if error.pos_in_stream is not None else end, end)
    if isinstance(error, UnexpectedEOF) or (isinstance(error, UnexpectedToken) and error.token.type == "$END"):
        names = set(getattr(error, "expected", ()) or getattr(error, "accepts", ()) or ())
        return diagnostic("unexpected-end", Span(source, max(0, end - 1), end), expected=_expected(names))
    if isinstance(error, UnexpectedToken):
        token = error.token
        names = set(error.accepts or error.expected)
        return diagnostic(
            "unexpected-word", Span(source, start, start + len(token)), found=str(token), expected=_expected(names)
        )
    names = set(error.allowed or ()) if isinstance(error, UnexpectedCharacters) else set()
    found = re.match(r"\w+|.", source.text[start : start + 40], re.S)
    word = found[0] if found else ""
    return diagnostic("unexpected-word", Span(source, start, start + len(word)), found=word, expected=_expected(names))


def _comments(source: Source) -> list[syntax.Comment]:
    found = []
    for match in re.finditer(r'@?[^\s"#]*"(?:\\.|[^"\\\n])*"|\S+#\w+|(#[^\n]*)', source.text):
        if match[1] is not None:
            line, column = source.position(match.start())
            alone = not source.line(line)[: column - 1].strip()
            found.append(syntax.Comment(line, match[1].rstrip(), alone))
    return found


def _unquote(token: str) -> str:
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], token[1:-1])


def _digits(text: str) -> str:
    return text.replace(",", "").replace("_", "")


_SPAN_UNITS = {"day": "days", "week": "weeks", "month": "months", "year": "years"}


class _Builder(Transformer[Token, list[syntax.Item]]):
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
    def start(self, children: list[Any]) -> list[syntax.Item]:
        return children

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
        return syntax.Commencement(self._span(meta), address, str(c[1]), bounds, grade, cite, label)

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
        return syntax.Slot(
            self._span(meta), name, of_kind, kind, tuple(flags), low, high, delegate, mark, tuple(lines)
        )

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
            return syntax.Literal(self._span(meta), sorts[c[0].type], str(c[0]))
        return syntax.Literal(self._span(meta), "truth", c[0])

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
    "truth cardinality combination bound_word defining_word outcome_word slot_flag delegate modality performance_word "
    "prompt_word sanction_kind period_word roll span_unit builtin quantifier".split()
)

#: Rules whose children, in order, are the class's fields.
_PLAIN: dict[str, Callable[..., Any]] = {
    **{f"property_{k}": _property(k) for k in "name status title short number egov source text_of grade single".split()},
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
    "outcome": (syntax.Outcome, 2),
    "due": (syntax.Due, 1),
    "content": (syntax.Content, 1),
}


def trees(source: Source) -> Tree[Token]:
    """Return Lark's own tree, for tests of the grammar."""
    return parser().parse(source.text)

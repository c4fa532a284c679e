"""Lark's tree to nodes of the surface tree: one method per rule whose children need sorting, one table for the rest.

Comes in: the tree of one item or expression. Goes out: its node, with its span. Deliberately not here: any meaning.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from lark import Token, v_args
from lark.tree import Meta
from lark.visitors import Transformer_NonRecursive

from kitei_dsl import syntax
from kitei_dsl.source import Source, Span


def canonical(sort: str, text: str) -> str:
    """Return a literal in its one spelling: `10,000,000 yen`, `5%`, `1 per 100`, `2 BTC`; digits stay as written.

    >>> canonical("money", "10_000000yen"), canonical("money", "10,000円"), canonical("money", "3億円")
    ('10,000,000 yen', '10,000 yen', '3億円')
    >>> canonical("rate", "5 %"), canonical("rate", "1,000分の5")
    ('5%', '5 per 1,000')
    """
    text = re.sub(r"\s+", " ", text)
    if sort == "money" and re.search(r"yen$|(?<![万億])円$", text):
        whole, point, fraction = text.removesuffix("yen").removesuffix("円").strip().partition(".")
        groups = re.findall(r"\d{1,3}", _digits(whole)[::-1])
        return f"{','.join(groups)[::-1]}{point}{fraction} yen"
    if sort == "rate" and text.endswith("%"):
        return text.replace(" ", "")
    if sort == "rate" and "分の" in text:
        of, _, parts = text.partition("分の")
        return f"{parts} per {of}"
    if sort == "asset":
        return re.sub(r"(?<=\d) ?(?=[A-Z])", " ", text, count=1)
    return text


def _unquote(token: str) -> str:
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], token[1:-1])


def _digits(text: str) -> str:
    return text.replace(",", "").replace("_", "")


_SPAN_UNITS = {"day": "days", "week": "weeks", "month": "months", "year": "years"}


class Builder(Transformer_NonRecursive[Token, Any]):
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
        built = [c if type(c) is not Token else self._name(c) if c.type == "NAME" else str(c) for c in children]
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

    @v_args(meta=True)
    def bound_within(self, meta: Meta, c: list[Any]) -> syntax.Bound:
        return syntax.Bound(self._span(meta), "latest", "", c[0])

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
        token = c[0]  # a keyword is written as the skin writes it, so its place is not as long as its English word
        return syntax.Name(Span(self.source, token.start_pos or 0, token.end_pos or 0), str(token))

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
        *front, value, mark, grade, reading = c
        of_kind, _, scope, _ = self._head(front[1:])
        return syntax.Otherwise(
            self._span(meta),
            self._name(c[0]),
            of_kind,
            scope,
            value,
            mark,
            None if grade is None else str(grade),
            reading,
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
        of_kind, named, _, _ = self._head(front[2:])
        return syntax.Saving(self._span(meta), c[0], c[1], of_kind, named, condition, mark)

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
            "instrument_type",
            "instrument_status",
        ),
        *("modality", "performance_word", "prompt_word", "sanction_kind", "period_word", "roll", "span_unit"),
        *("builtin", "quantifier", "list_head", "transition_word", "saving_word"),
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
    "anchored": syntax.Anchored,
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

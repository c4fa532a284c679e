"""Names that hide a keyword, or are one.

Comes in: a surface tree. Goes out: warnings. Japanese is written without spaces, so `and通貨` is one name where two
words were meant; and a name that is also a word an expression can begin with can never be used in one.
Deliberately not here: whether a name is declared.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kitei_dsl import syntax
from kitei_dsl.diagnostics import Diagnostic, diagnostic
from kitei_dsl.keywords import KEYWORDS, stuck
from kitei_dsl.parser_table import keyword_terminals, reserved
from kitei_dsl.source import Span
from kitei_dsl.wrong_word import opens_expression

_DECLARED = (syntax.Attribute, syntax.Role, syntax.Term, syntax.EnumValue, syntax.Slot, syntax.Parameter)


def slips(file: syntax.File) -> list[Diagnostic]:
    """Warn of names that begin or end with a keyword stuck to other writing, and of declared names that are keywords."""
    found: list[Diagnostic] = []
    for item in file.items:
        for node in syntax.walk(item):
            for name, span in _names(node):
                if (hidden := stuck(name)) is not None:
                    found.append(diagnostic("hidden-keyword", span, name=name, word=hidden[0], mended=hidden[1]))
            if isinstance(node, _DECLARED):
                found += [
                    diagnostic("keyword-as-name", span, name=name)
                    for name, span in _spellings(node)
                    if name in unusable()
                ]
    return found


def _names(node: syntax.Node) -> Iterator[tuple[str, Span]]:
    if isinstance(node, syntax.Name):
        yield node.text, node.span
    elif isinstance(node, syntax.Alias):
        yield node.name, node.span


def _spellings(node: syntax.Node) -> Iterator[tuple[str, Span]]:
    for part in (getattr(node, "name", None), getattr(node, "alias", None)):
        if isinstance(part, syntax.Node):
            yield from _names(part)


@cache
def unusable() -> frozenset[str]:
    """Return the words an expression can begin with, in both languages, and those that are a name nowhere."""
    openings = {word for word in KEYWORDS if opens_expression(keyword_terminals()[word])}
    return reserved() | openings | {KEYWORDS[word] for word in openings}

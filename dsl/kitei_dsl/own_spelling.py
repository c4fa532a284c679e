"""Findings about a file with Japanese keywords, with names in Japanese: 事業年度 for BusinessYear, where the vocabulary has both.

Comes in: findings and the files that declare the names. Goes out: the same findings. A name that stands in English in the line
a finding is about stays, and so does what is no name: addresses, places, words of a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kitei_dsl import syntax
from kitei_dsl.diagnostics import Diagnostic, finding
from kitei_dsl.parser_table import is_japanese
from kitei_dsl.spelling import Vocabulary, declared

#: The fields in which a pass names kinds, facts, terms and norms.
_NAMING = frozenset(
    (
        "kind",
        "targets",
        "bearer",
        "name",
        "expected",
        "actual",
        "owner",
        "known",
        "others",
        "near",
        "found",
        "of",
        "one",
        "other",
    )
)
#: A field that is a name, a list of names, or a type made of one.
_NAMES = re.compile(r"(?:(?:list|enum|entity):)?`?\w+`?(?:, (?:(?:list|enum|entity):)?`?\w+`?)*")


def in_own_spelling(found: Iterable[Diagnostic], files: Iterable[syntax.File]) -> list[Diagnostic]:
    """Return the findings; the files are looked at only if one is about a file with Japanese keywords."""
    files, names = list(files), None
    told = []
    for d in found:
        if d.span is not None and d.fields and is_japanese(d.span.source.text):
            names = names or declared(files)
            d = _spelled(d, names)
        told.append(d)
    return told


def _spelled(d: Diagnostic, names: Vocabulary) -> Diagnostic:
    assert d.span is not None
    written = set(re.findall(r"\w+", d.span.source.line(d.span.source.position(d.span.start)[0])))

    def instead(word: re.Match[str]) -> str:
        return word[0] if word[0] in written else names.any(word[0], japanese=True)

    fields = {
        name: re.sub(r"\w+", instead, value) if name in _NAMING and _NAMES.fullmatch(value) else value
        for name, value in d.fields
    }
    return d if fields == dict(d.fields) else finding(d.slug, d.span, fields, law=d.law, related=d.related)

"""What a page can say of the places it cites: heading, since when, and our plain statement.

Comes in: a page, the explanation it was written from. Goes out: the page with a `Provision` per cited place, in the law's
order, one more for each further version the answer rests on. One language only: a statement that is not there in the
page's language is given in the other and says so. Deliberately not here: the text of any law.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kitei.document import Document, Line, Provision, line_of
from kitei.explain import Explanation
from kitei.naming import clean
from kitei.phrases import Phrases
from kitei.wording import Lang
from kitei_dsl import core
from kitei_dsl.core import Wording
from kitei_dsl.frozen import replace


def with_provisions(page: Document, explanation: Explanation, answer: Mapping[str, Any]) -> Document:
    """Return the page with what is known of the places it cites."""
    lang: Lang = "ja" if page.lang == "ja" else "en"
    phrases = Phrases(lang, bool(answer["context"]["hypothetical"]), explanation.names.program, answer)
    refs = dict.fromkeys(run.ref for line in (*page.lines(), *page.cells()) for run in line if run.kind == "cite")
    known = [p for p in _provisions(explanation, phrases, lang) if p.ref in refs]
    named = {p.ref for p in known}
    others = [_named(ref, explanation, lang) for ref in refs if ref not in named]
    return replace(page, provisions=(*known, *others))


def _provisions(explanation: Explanation, phrases: Phrases, lang: Lang) -> Iterator[Provision]:
    program = explanation.names.program
    for g in explanation.grounds:
        version = next((v for v in program.by_address.get(g.cite.id, ()) if v.start == g.start), None)
        if version is not None:
            interval = line_of(phrases.interval(g))
            yield _provision(g.cite.id, g.cite.ja if lang == "ja" else g.cite.en, version, lang, interval)


def _named(ref: str, explanation: Explanation, lang: Lang) -> Provision:
    """Return what is known of a place that no step rests on: of the version in force on the day of the law, if there is one."""
    names = explanation.names
    cite = names.cite(ref)
    text = cite.ja if lang == "ja" else cite.en
    for v in names.program.by_address.get(ref, ()):
        if v.start <= names.text and (v.end is None or names.text < v.end):
            return _provision(ref, text, v, lang)
    return Provision(ref, text)


def _provision(ref: str, cite: str, v: core.Version, lang: Lang, interval: Line = ()) -> Provision:
    # Whatever language a statement is in: it is shown in one, never in both.
    other = _only_in_the_other(v.plain, lang)
    tongue: Lang = ("en" if lang == "ja" else "ja") if other else lang
    return Provision(
        ref, cite, clean(_in(tongue, v.heading)), clean(_in(tongue, v.plain)), interval, tongue if other else ""
    )


def _in(lang: Lang, words: Wording) -> str:
    return words.ja if lang == "ja" else words.en


def _only_in_the_other(words: Wording, lang: Lang) -> bool:
    mine, other = (words.ja, words.en) if lang == "ja" else (words.en, words.ja)
    return not mine and bool(other)

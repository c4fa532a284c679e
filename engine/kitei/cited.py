"""What a page can say of the places it cites: heading, since when, and our plain statement.

Comes in: a page, the explanation it was written from. Goes out: the page with a `Provision` per cited place, in the law's
order, one more for each further version the answer rests on. One language only: a statement that is not there in the
page's language is given in the other and says so. Deliberately not here: the text of any law.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from kitei.document import Document, Provision, line_of
from kitei.explain import Explanation
from kitei.phrases import Phrases
from kitei.wording import Lang
from kitei_dsl.core import Wording


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
        # Whatever language a statement is in: it is shown in one, never in both.
        other = version is not None and _only_in_the_other(version.plain, lang)
        yield Provision(
            g.cite.id, g.cite.ja if lang == "ja" else g.cite.en, _in(lang, g.heading), _in(lang, g.plain),
            line_of(phrases.interval(g)) if g.start else (), ("en" if lang == "ja" else "ja") if other else "",
        )  # fmt: skip


def _named(ref: str, explanation: Explanation, lang: Lang) -> Provision:
    cite = explanation.names.cite(ref)
    return Provision(ref, cite.ja if lang == "ja" else cite.en)


def _in(lang: Lang, words: Wording | None) -> str:
    return "" if words is None else words.ja if lang == "ja" else words.en


def _only_in_the_other(words: Wording, lang: Lang) -> bool:
    mine, other = (words.ja, words.en) if lang == "ja" else (words.en, words.ja)
    return not mine and bool(other)

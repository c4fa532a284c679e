"""Whether a page in Japanese and a page in English say the same: the same citations, days, numbers, entries and fixed terms.

Comes in: the two pages of one answer, and pairs of words that mean one thing (`terms_of`: the fixed words of statuses, kinds
of norm, times and reasons, and the labels of the law's terms and norms). Goes out: every line in which they differ, in
words; nothing where they agree. Lines are compared one by one, cells of tables too. Words of free text are not compared.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from kitei import wording
from kitei.document import Document, Entry, Heading, Line, Listing, Paragraph, plain
from kitei.naming import clean
from kitei.wording import Pair
from kitei.world import Program
from kitei_dsl.core import Wording

#: Longer phrases in which the words of a status stand for something else.
_WITHIN: tuple[Pair, ...] = (
    ("働くか判断できない定め", "Rule not known to be at work"),
    ("用いるか判断できない", "not known to be needed"),
    ("判断できないとされた点はない", "nothing was left undetermined"),
)
#: Words of the law quoted on a page of either language.
_QUOTED = re.compile(r"「[^「」]*」")
MARKED = ("cite", "day", "number", "entry")


def differences(ja: Document, en: Document, terms: Iterable[Pair] = (), other: Iterable[Pair] = ()) -> list[str]:
    """Return in which lines a Japanese and an English page do not say the same.

    `terms` must stand in both as often; words of `other` are passed over, with the terms within them.
    """
    shapes = [list(_shape(page)) for page in (ja, en)]
    if shapes[0] != shapes[1]:
        return [f"the pages are not built alike: {len(shapes[0])} and {len(shapes[1])} parts"]
    concepts = _concepts(tuple(terms), tuple(other))
    return [
        said
        for of in (Document.lines, Document.cells)
        for a, b in zip(of(ja), of(en), strict=True)
        for said in _line_differences(a, b, concepts)
    ]


def _shape(page: Document) -> Iterator[str]:
    """Give the blocks and the levels of entries, in order."""
    for block in page.blocks:
        match block:
            case Heading():
                yield f"heading {block.level}"
            case Paragraph():
                yield "paragraph"
            case Listing():
                yield from _levels(block.entries, 1)
                if block.table is not None:
                    yield "table " + " ".join(str([len(cell) for cell in row]) for row in block.table.rows)


def _levels(entries: Iterable[Entry], level: int) -> Iterator[str]:
    for entry in entries:
        yield f"entry {level}"
        yield from _levels(entry.entries, level + 1)


def _line_differences(ja: Line, en: Line, concepts: _Concepts) -> Iterator[str]:
    for kind in MARKED:
        marked = [[run.ref for run in line if run.kind == kind] for line in (ja, en)]
        if marked[0] != marked[1] and Counter(marked[0]) != Counter(marked[1]):
            yield f"{kind}: {_only(Counter(marked[0]), Counter(marked[1]))} | {plain(ja)} | {plain(en)}"
    texts = [plain(tuple(run for run in line if run.kind != "cite")) for line in (ja, en)]
    for quoted in set(_QUOTED.findall(texts[0])) & set(_QUOTED.findall(texts[1])):
        texts = [text.replace(quoted, "") for text in texts]
    found = [concepts.found(text, n) for n, text in enumerate(texts)]
    if found[0] != found[1]:
        yield f"terms: {_only(found[0], found[1])} | {plain(ja)} | {plain(en)}"


def _only(a: Counter[str], b: Counter[str]) -> str:
    return f"only in Japanese {sorted((a - b).elements())}, only in English {sorted((b - a).elements())}"


@lru_cache(maxsize=4)
def _concepts(terms: tuple[Pair, ...], other: tuple[Pair, ...]) -> _Concepts:
    """Return the concepts of a law, made once for all pages of it."""
    return _Concepts(terms, other)


class _Concepts:
    """Words of two languages that mean one thing. Words that share a translation are one concept."""

    def __init__(self, pairs: Iterable[Pair], other: Iterable[Pair]) -> None:
        self.of: tuple[dict[str, str], dict[str, str]] = ({}, {})
        pairs, other = tuple(pairs), tuple(other)
        counted = [{pair[n].strip().casefold() for pair in pairs} for n in (0, 1)]
        # A heading that shares its words with a term in one language means that term in the other as well.
        pairs += tuple(p for p in other if any(p[n].strip().casefold() in counted[n] for n in (0, 1)))
        names: dict[str, str] = {}
        for ja, en in pairs:
            a, b = ja.strip(), en.strip().casefold()
            if not a or not b:
                continue
            known = {x for x in (self.of[0].get(a), self.of[1].get(b)) if x is not None}
            name = min(known, default=a)
            for same in known:
                names[same] = name
            names.setdefault(name, name)
            self.of[0][a] = self.of[1][b] = name
        for table in self.of:
            for word, name in table.items():
                table[word] = _last(names, name)
        words = [{*table, *(pair[n].strip() for pair in other)} for n, table in enumerate(self.of)]
        self.patterns = (
            re.compile(_any(words[0])),
            re.compile(rf"(?<!\w)(?:{_any({w.casefold() for w in words[1]})})(?!\w)"),
        )

    def found(self, text: str, language: int) -> Counter[str]:
        """Return the concepts a text names, each as often as it names it; of words within words the longest counts."""
        text = text.casefold() if language else text
        met = (self.of[language].get(m[0]) for m in self.patterns[language].finditer(text))
        return Counter(name for name in met if name is not None)


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)) if w) or r"(?!)"


def _last(names: Mapping[str, str], name: str) -> str:
    while names[name] != name:
        name = names[name]
    return name


def terms_of(program: Program) -> list[Pair]:
    """Return the pairs of words that a page must have in both languages: the fixed words, and the law's terms and norms."""
    pairs: list[Pair] = []
    for table in wording.STATUS.values():
        for status in table.values():
            pairs += [status.actual, status.hypothetical]
    for statuses, actual, supposed in wording.REGISTER:
        pairs += [actual, supposed] if "undetermined" in statuses else []
    for words in (wording.GROUPS, wording.VERDICTS, wording.PROSPECTS):
        pairs += words.values()
    pairs += [(f"「{ja}」", en) for ja, en in wording.PROMPTNESS.values()]
    pairs += wording.WEEKDAYS
    pairs += [(f"〔{ja}〕", f"[{en}]") for ja, en in wording.MODALITY.values()]
    labels = [*(n.label for n in program.norm_names.values()), *(t.label for t in program.terms.values())]
    pairs += [(w.ja, w.en) for w in labels if w.ja and w.en]
    return [(clean(ja), clean(en)) for ja, en in pairs]


def other_words(program: Program) -> list[Pair]:
    """Return words and sentences in which a term may stand for something else: labels, questions, headings, statements."""
    return [*_WITHIN, *((clean(w.ja), clean(w.en)) for w in _said(program) if w.ja and w.en)]


def stated_words(answer: Mapping[str, Any]) -> list[Pair]:
    """Return the words of those who stated the facts: they stand as given on a page of either language."""
    records = [r for s in answer["data"]["statements"] for r in s["records"]]
    words = dict.fromkeys(clean(r[name]) for r in records for name in ("source", "assessor", "reason", "note"))
    return [(w, w) for w in words if w]


def _said(program: Program) -> Iterator[Wording]:
    """Give what the law files say in both languages besides the names of terms and norms."""
    core = program.core
    for a in core.attributes:
        yield from (a.label, a.question)
    for r in core.roles:
        yield from (r.label, r.question)
    yield from (k.label for k in core.kinds)
    yield from (t.question for t in core.terms)
    yield from (s.label for s in core.slots)
    yield from (c.label for c in core.commencements)
    yield from (w.label for w in core.worlds)
    yield from (label for e in core.enumerations for label in e.labels)
    for p in core.readings:
        yield from (p.label, *p.labels, *(Wording(source, source) for source in p.sources))
    for i in core.instruments:
        yield from (i.title, i.short, i.number)
    for v in core.versions:
        yield from (v.heading, v.plain)
    yield from (Wording(i.source, i.source) for i in core.instruments)
    yield from (s.note for s in core.sanctions)
    yield from (s.whose for s in core.sanctions)
    yield from (n.towards for n in core.norms)

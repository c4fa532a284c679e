"""The model of an official text: which units it has, in its order, and the sentences of each. Whatever file it came from.

A unit is a `Place`: main or supplementary provisions, article, paragraph, item, sub-items. Its own sentences are those
before the units below it. Deliberately not here: how a file is read (`text_markdown`, `text_xml`), what cites it (`texts`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kitei_dsl.frozen import Struct, field


class NotLaw(ValueError):
    """A file is no 法令標準XML, or one that is refused; the message says which, in English."""


class Place(NamedTuple):
    """Where a unit stands. `supplement`: None for the main provisions, `own`, or the e-Gov id of an amending law.

    `article` is None where paragraphs stand without one, `item` and `subitems` are empty above them.
    """

    supplement: str | None
    article: tuple[int, ...] | None
    paragraph: int
    item: tuple[int, ...] = ()
    subitems: tuple[str, ...] = ()

    def above(self) -> Place | None:
        """Return the unit this one stands under, or None for a paragraph."""
        if self.subitems:
            return self._replace(subitems=self.subitems[:-1])
        return self._replace(item=()) if self.item else None


class Sentence(NamedTuple):
    """One sentence, and whether it is a proviso (ただし書)."""

    words: str
    proviso: bool


def read_sentence(words: str) -> Sentence:
    """Return a sentence whose first word says whether it is a proviso."""
    return Sentence(words, words.startswith("ただし、"))


class Official(Struct):
    """A text that was read: the sentences of each unit in the order of the text, and what else stands in it (tables)."""

    own: dict[Place, list[Sentence]] = field(default_factory=dict)
    rest: dict[Place, list[str]] = field(default_factory=dict)

    def add(self, place: Place, sentences: Sequence[Sentence]) -> None:
        """Add a unit; one that the text has twice keeps the words of both."""
        self.own.setdefault(place, []).extend(sentences)

    def add_rest(self, place: Place, words: str) -> None:
        self.own.setdefault(place, [])
        self.rest.setdefault(place, []).append(words)


#: Sentences in a row that have names of their own (前段, 後段); an address can name the first two.
_NUMBERED = 9


def part_names(provisos: Sequence[bool]) -> list[str]:
    """Return what each sentence of a unit is called: main and proviso, s1, s2, …; empty where it is the only one.

    >>> part_names([False, False, True]), part_names([False, True]), part_names([False])
    (['s1', 's2', 'proviso'], ['main', 'proviso'], [''])
    """
    if len(provisos) == 1:
        return [""]
    plain = sum(not p for p in provisos)
    names, n = [], 0
    for proviso in provisos:
        n += not proviso
        names.append("proviso" if proviso else "main" if plain == 1 else f"s{min(n, _NUMBERED)}")
    return names


def sentences(words: str) -> list[str]:
    """Cut words into sentences at 。 outside brackets."""
    found, depth, start = [], 0, 0
    for n, c in enumerate(words):
        depth += (c in "（「") - (c in "）」")
        if c == "。" and depth == 0:
            found.append(words[start : n + 1])
            start = n + 1
    if words[start:].strip():
        found.append(words[start:])
    return found


def cut(words: str) -> list[Sentence]:
    """Cut words into sentences, provisos known by their first word."""
    return [read_sentence(s) for s in sentences(words)]

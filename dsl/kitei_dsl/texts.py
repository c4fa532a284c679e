"""Official texts loaded from a folder: which words stand at which address on which day. Nothing of them is kept.

Comes in: a folder of Markdown files named `<e-Gov law id>_<day in force>_<amending id>.md`, in the shape in which public
mirrors of the e-Gov law API publish them. Goes out: `Text`s that give the words of a unit. Articles stand as
`**第六十三条の二（見出し）**`, paragraphs as `**２**`, items as `- 一`, sub-items as nested `- イ`. Only main provisions are read.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from kitei_dsl.citation import Address
from kitei_dsl.numerals import IROHA, kanji_to_int
from kitei_dsl.source import file_bytes

#: Bytes of one official text; the longest acts have some three million.
_MAX_BYTES = 64_000_000
_ARTICLE = re.compile(
    r"^\*\*第([一二三四五六七八九十百千]+)条((?:の[一二三四五六七八九十百千]+)*)(?:（[^*]*）)?\*\*\s*(.*)$"
)
_PARAGRAPH = re.compile(r"^\*\*([０-９0-9]+)\*\*\s*(.*)$")
_ITEM = re.compile(r"^- ([一二三四五六七八九十百千]+)((?:の[一二三四五六七八九十]+)*)[\s　]+(.*)$")
_SUBITEM = re.compile(
    r"^\s+- ([アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヰヱヲン])[\s　]+(.*)$"
)


@dataclass(frozen=True)
class Text:
    """One consolidated text of a law: its e-Gov id, the day from which it is in force, its words."""

    egov: str
    day: date
    path: Path

    @cached_property
    def units(self) -> dict[tuple[object, ...], str]:
        """Words by (article, paragraph, item, sub-item), each with everything below it."""
        return read_units(file_bytes(self.path, _MAX_BYTES).decode("utf-8-sig", "replace"))

    def words(self, address: Address) -> str | None:
        """Return the words at an address, or None where the text has no such unit."""
        if address.article is None or address.supplement is not None:
            return None
        paragraph = address.paragraph or 1
        item = address.item or ()
        sub = address.subitems[0] if address.subitems else ""
        whole = address.paragraph is None and not item and not sub and address.part is None
        found = self.units.get((address.article,) if whole else (address.article, paragraph, item, sub))
        if found is None or address.part is None:
            return found
        return part_of(self.units.get((address.article, paragraph, item, sub, "lead"), found), address.part)

    def addresses(self, instrument: str) -> list[Address]:
        """Return every unit of the text in statutory order: articles, paragraphs, items and sub-items イロハ."""
        found = set()
        for article, *rest in self.units:
            paragraph, item, sub = (*rest[:3], None, (), "")[:3] if rest else (None, (), "")
            if article is not None and (not sub or str(sub) in IROHA):
                found.add(_address(instrument, article, paragraph, item, sub))
        return sorted(found, key=Address.sort_key)


def _address(instrument: str, article: object, paragraph: object, item: object, sub: object) -> Address:
    """Return the address of a key of `read_units`."""
    assert isinstance(article, tuple) and isinstance(item, tuple) and isinstance(sub, str)
    number = paragraph if isinstance(paragraph, int) else None
    return Address(instrument, None, article, number, item or None, (sub,) if sub and item else ())


def load_texts(folder: Path) -> dict[str, list[Text]]:
    """Find the texts of a folder by e-Gov id, each list sorted by day; names of another shape are passed over."""
    found: dict[str, list[Text]] = {}
    for path in sorted(folder.rglob("*.md")):
        match = re.match(r"^([0-9A-Z]{15})_([0-9]{4})([0-9]{2})([0-9]{2})_\w+\.md$", path.name)
        if match:
            try:
                day = date(int(match[2]), int(match[3]), int(match[4]))
            except ValueError:
                continue
            found.setdefault(match[1], []).append(Text(match[1], day, path))
    return {egov: sorted(texts, key=lambda t: t.day) for egov, texts in found.items()}


def _number(first: str, branches: str) -> tuple[int, ...]:
    return (kanji_to_int(first), *(kanji_to_int(b) for b in branches.split("の") if b))


def read_units(markdown: str) -> dict[tuple[object, ...], str]:
    """Cut a text into its units; a unit's words include those of the units below it."""
    units: dict[tuple[object, ...], list[str]] = {}
    article: tuple[int, ...] | None = None
    paragraph, item, sub = 1, (), ""  # type: tuple[int, tuple[int, ...], str]

    def add(words: str, *, leads: bool) -> None:
        keys: list[tuple[object, ...]] = [(article,), (article, paragraph, (), "")]
        if item:
            keys.append((article, paragraph, item, ""))
        if sub:
            keys.append((article, paragraph, item, sub))
        if leads:
            keys.append((article, paragraph, item, sub, "lead"))
        for key in keys:
            units.setdefault(key, []).append(words)

    for line in unicodedata.normalize("NFC", markdown).split("\n"):
        if line.startswith("#") and "附則" in line.replace("　", "").replace(" ", ""):
            break
        if m := _ARTICLE.match(line):
            article, paragraph, item, sub = _number(m[1], m[2]), 1, (), ""
            add(m[3], leads=True)
        elif article is None:
            continue
        elif m := _PARAGRAPH.match(line):
            paragraph, item, sub = int(unicodedata.normalize("NFKC", m[1])), (), ""
            add(m[2], leads=True)
        elif m := _ITEM.match(line):
            item, sub = _number(m[1], m[2]), ""
            add(m[3], leads=True)
        elif m := _SUBITEM.match(line):
            sub = m[1]
            add(m[2], leads=True)
        elif line.strip():
            add(line.strip(), leads=False)
    return {key: "\n".join(words) for key, words in units.items()}


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


def part_of(words: str, part: str) -> str | None:
    """Return one part of a unit's own words: main clause, proviso, first or second sentence, or the lead."""
    if part == "lead":
        return words
    cut = sentences(words)
    if part == "proviso":
        return "".join(s for s in cut if s.startswith("ただし、")) or None
    if part == "main":
        return "".join(s for s in cut if not s.startswith("ただし、")) or None
    index = 0 if part == "s1" else 1
    return cut[index] if index < len(cut) else None

"""Official texts in Markdown, in the two shapes in which public mirrors of the e-Gov law API publish them.

Structured: articles as `**第六十三条の二（見出し）**　…`, paragraphs as `**２**　…`, items as `- 一　…`, sub-items as nested
`- イ　…`, `- （１）　…`; supplementary provisions under `## 附則`, the law's own first; those of amending laws do not say
of which law, so they are passed over. Plain: an article's number, a paragraph's number and each item on a line of its own,
main provisions only, sub-items as `_イ_…` and `_（１）_…`; what is deeper is not told apart (`is_plain`). Numbers are taken for
items where they go on from the last.
"""

from __future__ import annotations

import re
import unicodedata

from kitei_dsl.numerals import IROHA, kanji_to_int
from kitei_dsl.official import Official, Place, cut

_KANJI = "[一二三四五六七八九十百千]+"
_ARTICLE = re.compile(rf"^\*\*第({_KANJI})条((?:の{_KANJI})*)(?:から[^*]*まで)?(?:（[^*]*）)?\*\*\s*(.*)$")
_PARAGRAPH = re.compile(r"^\*\*([０-９0-9]+)\*\*\s*(.*)$")
_ITEM = re.compile(rf"^- ({_KANJI})((?:の{_KANJI})*)[\s　]+(.*)$")
_SUBITEM = re.compile(rf"^( +)- ([{IROHA}]|（[０-９0-9]{{1,3}}）|（[ｉｖｘｌivxl]+）)[\s　]+(.*)$")
_PLAIN_ARTICLE = re.compile(rf"^第({_KANJI})条((?:の{_KANJI})*)$")
_PLAIN_ITEM = re.compile(rf"^_?({_KANJI})((?:の{_KANJI})*)_?[\s　]*(.+)$")
_PLAIN_SUBITEM = re.compile(rf"^_([{IROHA}]|（[０-９0-9]{{1,3}}）)_[\s　]*(.+)$")
_PLAIN_HEADING = re.compile("^_（.*）_$")


def _number(first: str, branches: str) -> tuple[int, ...]:
    return (kanji_to_int(first), *(kanji_to_int(b) for b in branches.split("の") if b))


def is_plain(markdown: str) -> bool:
    """Say whether articles stand as lines of their own."""
    return re.search(_ARTICLE.pattern, markdown, re.MULTILINE) is None and bool(
        re.search(_PLAIN_ARTICLE.pattern, markdown, re.MULTILINE)
    )


def read_markdown(markdown: str) -> Official:
    """Return the units of a text of either shape."""
    lines = unicodedata.normalize("NFC", markdown).split("\n")
    return _read_plain(lines) if is_plain(markdown) else _read_structured(lines)


def _read_structured(lines: list[str]) -> Official:
    text = Official()
    supplement: str | None = None
    place: Place | None = None
    for line in lines:
        if line.startswith("#"):
            if "附則" in line.replace("　", "").replace(" ", ""):
                if supplement is not None:
                    break
                supplement, place = "own", None
        elif m := _ARTICLE.match(line):
            place = Place(supplement, _number(m[1], m[2]), 1)
            text.add(place, cut(m[3]))
        elif m := _PARAGRAPH.match(line):
            if place is None and supplement is None:
                continue
            place = Place(supplement, place.article if place else None, int(unicodedata.normalize("NFKC", m[1])))
            text.add(place, cut(m[2]))
        elif place is None:
            if supplement is not None and line.strip():
                place = Place(supplement, None, 1)
                text.add(place, cut(line.strip()))
        elif m := _ITEM.match(line):
            place = place._replace(item=_number(m[1], m[2]), subitems=())
            text.add(place, cut(m[3]))
        elif (m := _SUBITEM.match(line)) and place.item:
            place = place._replace(subitems=(*place.subitems[: _level(m[2])], _plain_sign(m[2])))
            text.add(place, cut(m[3]))
        elif line.strip():
            text.add_rest(place, line.strip())
    return text


def _level(sign: str) -> int:
    """Return how many sub-items stand above one with this sign."""
    return 0 if sign in IROHA else 1 if re.fullmatch("（[０-９0-9]+）", sign) else 2


def _plain_sign(sign: str) -> str:
    return unicodedata.normalize("NFKC", sign) if sign not in IROHA else sign


def _read_plain(lines: list[str]) -> Official:
    text = Official()
    place: Place | None = None
    waiting = False  # a heading was read, its words come on the next line
    for line in lines:
        words = line.strip()
        if not words or words.startswith(("#", ">", "---")) or _PLAIN_HEADING.match(words):
            continue
        if m := _PLAIN_ARTICLE.match(words):
            place, waiting = Place(None, _number(m[1], m[2]), 1), True
        elif place is None:
            continue
        elif re.fullmatch("[０-９0-9]+", words) and int(unicodedata.normalize("NFKC", words)) == place.paragraph + 1:
            place, waiting = Place(None, place.article, place.paragraph + 1), True
        elif waiting:
            text.add(place, cut(words))
            waiting = False
        elif (m := _PLAIN_SUBITEM.match(words)) and place.item:
            place = place._replace(subitems=(*place.subitems[: _level(m[1])], _plain_sign(m[1])))
            text.add(place, cut(m[2]))
        elif (m := _PLAIN_ITEM.match(words)) and (found := _next_item(m[1], m[2], place.item)):
            place = place._replace(item=found[0], subitems=())
            text.add(place, cut(found[1] + m[3]))
        else:
            text.add_rest(place, words)
    return text


def _next_item(first: str, branches: str, before: tuple[int, ...]) -> tuple[tuple[int, ...], str] | None:
    """Return the item's number and what of the numeral belongs to its words, or None: 一一般… is item 一, 一般…."""
    for length in range(len(first), 0, -1):
        try:
            number = kanji_to_int(first[:length])
        except ValueError:
            continue
        whole = length == len(first)
        follows = number == (before[0] if before else 0) + 1
        if whole and branches and (number == (before[:1] or (0,))[0] or follows):
            return _branched(first, branches, before)
        if follows:
            return (number,), first[length:] + (branches if not whole else "")
    return None


def _branched(first: str, branches: str, before: tuple[int, ...]) -> tuple[tuple[int, ...], str]:
    """Return a branched number; what does not go on from the last is words: 二十四の四一般… is item 24-4, 一般…."""
    numbers = _number(first, branches)
    expected = before[-1] + 1 if len(before) == len(numbers) else 2
    last = branches.rpartition("の")[2]
    for length in range(len(last) - 1, 0, -1):
        if numbers[-1] != expected and kanji_to_int(last[:length]) == expected:
            return (*numbers[:-1], expected), last[length:]
    return numbers, ""

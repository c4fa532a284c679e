"""Every phrase of an official text that looks like a citation, with the place it stands in.

The texts are not in the project. `met` walks one of them; `names_given` finds the names that texts themselves give with a
law number, as 会社法（平成十七年法律第八十六号）. The pattern of a phrase is written here anew, from the forms of the
texts and not from the reader, so that what the reader cannot read shows up as unread.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from kitei_dsl.citation import OWN_SUPPLEMENT, Address, BadAddress
from kitei_dsl.frozen import Frozen, replace
from kitei_dsl.numerals import IROHA, kanji_to_int

_K = "一二三四五六七八九十百千"
_N = f"[{_K}]+"
_UNIT = rf"第{_N}(?:条|項|号)(?:の{_N})*"
_POINTING = rf"(?:前|次)(?:{_N})?(?:条|項|号)|前各[項号]|同[条項号]|(?:次の)?各号|この[条項号]"
_PART = r"本文|ただし書|前段|後段|各号列記以外の部分"
_SUB = rf"[{IROHA}](?![ァ-ヴー])|\([0-9]{{1,2}}\)|\([ivx]+\)"
_TOKEN = rf"(?:{_UNIT}|{_POINTING}|{_PART}|{_SUB}|附則|別表(?:第{_N})?)"
_LAW = r"(?:同法|同令|この法律|この政令|この府令|同府令|(?<![一-龥ァ-ヴー])(?:法|令|府令))"
_JOIN = r"(?:、|及び|又は|並びに|若しくは|から|、?及び|、?並びに)"
_VIA = r"(?:の規定により読み替えて適用する|の規定により読み替えて適用される|において準用する|において読み替えて準用する|の規定により準用する)"
PHRASE = re.compile(
    rf"(?:{_LAW})?(?:{_UNIT}|{_POINTING}|附則第{_N}[条項]|別表第{_N})"
    rf"(?:{_TOKEN}|まで|(?:{_JOIN}|{_VIA})(?=(?:{_LAW})?(?:{_UNIT}|{_POINTING}|附則第|{_SUB}|{_PART}))(?:{_LAW}(?=第))?)*"
)
_NUMBERED = re.compile(
    rf"([^、。()「」\s]{{2,60}}?)\(((?:明治|大正|昭和|平成|令和)(?:元|{_N})年(?:法律|政令|内閣府令)第{_N}号)"
)
_ABBREVIATED = re.compile(
    rf"\(((?:明治|大正|昭和|平成|令和)(?:元|{_N})年(?:法律|政令|内閣府令)第{_N}号)[^()「」]*以下[^()「」]*「([^「」]{{2,30}})」という"
)
_LAW_NUMBER = re.compile(
    rf"(?:明治|大正|昭和|平成|令和)(?:元|{_N})年(?:{_N}月{_N}日)?[^第、。()]{{2,20}}第{_N}号"
    rf"|(?:太政官布告|勅令|告示)第{_N}号"
)
_TITLE = re.compile(r"[一-龥々ァ-ヴー・]*[法令則]$")
_ARTICLE = re.compile(rf"^\*\*第({_N})条((?:の{_N})*)(?:（[^*]*）)?\*\*")
_PARAGRAPH = re.compile(r"^\*\*([０-９0-9]+)\*\*")
_ITEM = re.compile(rf"^- ({_N})((?:の{_N})*)[\s　]")
_KATAKANA = re.compile(rf"^\s+- ([{IROHA}])[\s　]")


class Met(Frozen, dict=True):
    """A phrase, the place it stands in, and the name of a law written right before it, if any."""

    phrase: str
    here: Address
    title: str
    line: int
    follows: str


def names_given(markdown: str) -> dict[str, str]:
    """Return the names that a text gives with a law number, with that number."""
    text = unicodedata.normalize("NFKC", markdown)
    found = {}
    for match in _NUMBERED.finditer(text):
        name = re.split(r"又は|及び|若しくは|並びに|は|が|を|と|で|から|ものとして", match[1])[-1]
        if re.search("[法令則]$", name) and len(name) > 1:
            found[name] = match[2]
    for match in _ABBREVIATED.finditer(text):
        found.setdefault(match[2], match[1])
    return found


def met(markdown: str, instrument: str, names: tuple[str, ...]) -> Iterator[Met]:
    """Yield the phrases of one text in order."""
    here = Address(instrument)
    for number, line in enumerate(markdown.split("\n"), start=1):
        here = _moved(here, line)
        if line.startswith(("#", "---")):
            continue
        plain = unicodedata.normalize("NFKC", line)
        body = re.sub(r"^\*\*[^*]*\*\*|^\s*- \S+\s", lambda m: " " * len(m[0]), plain)
        for found in PHRASE.finditer(_LAW_NUMBER.sub(lambda m: "＊" * len(m[0]), body)):
            before = body[: found.start()]
            title = next((n for n in names if before.endswith(n)), "")
            bracket = re.search(
                r"([一-龥々ァ-ヴー・]+[法令則])\([^()]*第[一二三四五六七八九十百千]+号[^()]*\)$", before
            )
            if not title and bracket:
                title = next((n for n in names if bracket[1].endswith(n)), bracket[1])
            if not title and not re.match(_LAW, found[0]):
                run = _TITLE.search(before)
                title = run[0] if run else ""
            yield Met(found[0], here, title, number, body[found.end() : found.end() + 12])


def _moved(here: Address, line: str) -> Address:
    """Return the place after a line has begun."""
    if line.startswith("#") and "附則" in re.sub(r"[\s　]", "", line):
        return Address(here.instrument, OWN_SUPPLEMENT)
    try:
        if found := _ARTICLE.match(line):
            return Address(here.instrument, here.supplement, _numbers(found[1], found[2]), 1)
        if found := _PARAGRAPH.match(line):
            bare = replace(here, item=None, subitems=(), part=None)
            return replace(bare, paragraph=int(unicodedata.normalize("NFKC", found[1])))
        if found := _ITEM.match(line):
            above = here if here.article or here.paragraph else replace(here, paragraph=1)
            return replace(above, item=_numbers(found[1], found[2]), subitems=(), part=None)
        if (found := _KATAKANA.match(line)) and here.item:
            return replace(here, subitems=(found[1],))
    except BadAddress:
        pass
    return here


def _numbers(first: str, branches: str) -> tuple[int, ...]:
    return (kanji_to_int(first), *(kanji_to_int(b) for b in branches.split("の") if b))

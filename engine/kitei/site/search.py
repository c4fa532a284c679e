"""The index of the site: which page has which word, and which provision a page is about, as files a page can read by itself.

Comes in: pages. Goes out: the files of the index (`files`), one set a language: the pages with their titles, and in shards the
pages of each pair of Japanese characters and of each word. `templates/site/search.js` reads them, in the browser, without
asking any server; what it makes of a question (`folded`, `tokens`, `cite_key`) is what is written here, and a test compares
the two. Deliberately not here: the page that searches (`finding`).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from kitei.document import plain
from kitei.site.pages import Aside, Block, Drawing, Page, Section, Table, lines
from kitei.wording import LANGS, Lang
from kitei_dsl import core
from kitei_dsl.citation import Address, BadAddress, parse
from kitei_dsl.frozen import Frozen

SCRIPT = "search.js"
#: Shards of an index: a question reads only those of its first characters.
SHARDS = 16
#: Kinds of page whose words are found; of the others, which list what these say, only the title is.
_WHOLE = ("provision", "profile", "question")
#: Parts of a page whose words are about other pages, or about no matter of law.
_LEFT_OUT = ("history", "source", "links", "words-used", "examples", "computed", "facts", "provisions")
_WORDS = re.compile("[0-9a-z]+|[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff]+")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def folded(text: str) -> str:
    """Return a text as it is compared: full-width and half-width, capital and small letters are one."""
    return unicodedata.normalize("NFKC", text).lower()


def tokens(text: str) -> list[str]:
    """Return what a text is found by, each once: its words of letters and digits, its pairs of Japanese characters (a
    character that stands alone, as it is)."""
    found: dict[str, None] = {}
    for run in _WORDS.findall(folded(text)):
        latin = run[0] <= "z"
        parts = [run] if latin or len(run) == 1 else [run[n : n + 2] for n in range(len(run) - 1)]
        found |= dict.fromkeys(parts)
    return list(found)


# --------------------------------------------------------------------------- citations

_KANJI = {c: n for n, c in enumerate("〇一二三四五六七八九")}
_TENS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = re.compile(f"[{''.join(_KANJI)}{''.join(_TENS)}]+")
_SUPPLEMENT = re.compile(r"^(?:附則|suppl(?:\.|ementary provisions)?)[ ,/]*")
_JAPANESE = re.compile(r"^第?(\d+)(条?)((?:の\d+)*)(?:第?(\d+)項)?(?:第?(\d+)号((?:の\d+)*))?[^\d]*$", re.ASCII)
_SLASHES = re.compile(r"^/(\d+(?:_\d+)*)(?:/p?(\d+))?(?:/i(\d+(?:_\d+)*))?(?:/.*)?$", re.ASCII)
_UNIT = re.compile(r"^/([a-z]+\d+(?:_\d+)*)$", re.ASCII)
#: A law by a name that is none of its own: a short one people use, or a word that stands for any (法, 府令).
_NAMED = re.compile(r"^([^\d /]*[法令則])(?=第?\d|附則)", re.ASCII)
_ANY_LAW = frozenset(
    ("法", "令", "政令", "府令", "規則", "施行令", "施行規則", "同法", "同令", "同府令", "本法", "新法", "旧法")
)
_ENGLISH = re.compile(
    r"^(arts?\.?|articles?|sections?|secs?\.?|s\.|§)? *(\d+(?:-\d+)*)(?:,? *(?:para(?:graph)?\.?)? *\((\d+)\))?(?:,? *(?:items?)? *\(([ivxl]+)((?:-\d+)*)\))?(?:[ ,(].*)?$",
    re.ASCII,
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


def cite_key(text: str, laws: Iterable[tuple[str, str]]) -> str:
    """Return the place a text cites, as `law/article/paragraph/iitem` (law empty where none is named), or nothing.

    `laws`: names of laws, folded and with Arabic numerals, the longest first, with their ids.

    >>> laws = [("金商法", "fiea"), ("fiea", "fiea")]
    >>> [cite_key(t, laws) for t in ("金商法46条の5第1項", "ＦＩＥＡ 46-5(1)", "fiea/46_5/1", "第四十六条の五")]
    ['fiea/46_5/1', 'fiea/46_5/1', 'fiea/46_5/1', '/46_5']
    """
    rest = arabic(folded(text))
    rest = " ".join(rest.split())
    law = ""
    for name, id in laws:
        after = rest[len(name) : len(name) + 1]
        if rest.startswith(name) and not (name[-1] <= "z" and "a" <= after <= "z"):
            law, rest = id, rest[len(name) :]
            break
    else:
        named = _NAMED.match(rest)
        meant = _meant(named[1], laws) if named is not None else None
        if named is not None and meant is not None:
            law, rest = meant, rest[len(named[1]) :]
    rest = rest.lstrip(" 、,の")
    slashed = rest.startswith("/")
    bare = _SUPPLEMENT.sub("", rest.lstrip("/"))
    suppl = "suppl/" if bare != rest.lstrip("/") else ""
    found = _place(f"/{bare}" if slashed else bare, law)
    return f"{law}/{suppl}{found}" if found else ""


def _meant(name: str, laws: Iterable[tuple[str, str]]) -> str | None:
    """Return the law a shortened name means (資決法): that whose name has its characters in this order, begins and ends alike
    and is the shortest such; nothing for a word that stands for any law, None where no one law is meant."""
    if name in _ANY_LAW:
        return ""
    found = [(len(n), id) for n, id in laws if n[0] == name[0] and n[-1] == name[-1] and _in_order(name, n)]
    shortest = {id for length, id in found if length == min(found)[0]}
    return shortest.pop() if len(shortest) == 1 else None


def _in_order(name: str, whole: str) -> bool:
    rest = iter(whole)
    return all(c in rest for c in name)


def _place(text: str, law: str) -> str:
    """Return article, paragraph and item of a citation without its law, or nothing."""
    if text.startswith("/"):
        unit = _UNIT.match(text)
        if unit is not None:
            return unit[1] if law else ""
        m = _SLASHES.match(text)
        return _joined(m[1], m[2], m[3]) if m is not None and law else ""
    m = _JAPANESE.match(text.replace(" ", ""))
    if m is not None and (m[2] or m[3]):
        item = (m[5] + m[6].replace("の", "_")) if m[5] else ""
        return _joined(m[1] + m[3].replace("の", "_"), m[4], item)
    m = _ENGLISH.match(text)
    bare = m is not None and len(m[2].partition("-")[0]) < 4 and ("-" in m[2] or m[3] is not None)
    if m is not None and (law or m[1] or bare):
        item = f"{_roman(m[4])}{m[5].replace('-', '_')}" if m[4] else ""
        return _joined(m[2].replace("-", "_"), m[3], item)
    return ""


def _joined(article: str, paragraph: str | None, item: str | None) -> str:
    """Join the parts of a place; an item without a paragraph is in the first."""
    found = article
    if paragraph or item:
        found += f"/{paragraph or 1}"
    return f"{found}/i{item}" if item else found


def _roman(text: str) -> int:
    values = [_ROMAN[c] for c in text]
    return sum(-v if n + 1 < len(values) and v < values[n + 1] else v for n, v in enumerate(values))


def arabic(text: str) -> str:
    """Return a text with its numbers in kanji written in Arabic figures."""
    return _NUMERAL.sub(lambda m: str(_number(m[0])), text)


def _number(text: str) -> int:
    if not any(c in _TENS for c in text):
        return int("".join(str(_KANJI[c]) for c in text))
    total, digit = 0, 0
    for c in text:
        if c in _TENS:
            total, digit = total + (digit or 1) * _TENS[c], 0
        else:
            digit = digit * 10 + _KANJI[c]
    return total + digit


def address_key(address: str) -> str:
    """Return the key of an address, as `cite_key` gives it for a citation of it."""
    try:
        a: Address = parse(address.partition(" via ")[0])
    except BadAddress:
        return ""
    if a.unit is not None:
        return f"{a.instrument}/{a.unit[0]}{'_'.join(str(n) for n in a.unit[1])}"
    item = "_".join(str(n) for n in a.item) if a.item else ""
    article = "_".join(str(n) for n in a.article) if a.article else ""
    if not article:
        return f"{a.instrument}/{'suppl/' if a.supplement else ''}{a.paragraph}" if a.paragraph else ""
    paragraph = str(a.paragraph) if a.paragraph is not None else ""
    return f"{a.instrument}/{'suppl/' if a.supplement else ''}{_joined(article, paragraph, item)}"


def law_names(instruments: Iterable[core.Instrument]) -> list[tuple[str, str]]:
    """Return the names of laws as citations begin with them, the longest first."""
    found: dict[str, str] = {}
    for i in instruments:
        for name in (i.id, i.short.ja, i.short.en, i.title.ja, i.title.en):
            if name:
                found.setdefault(arabic(folded(name)), i.id)
    return sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0]))


# --------------------------------------------------------------------------- the index


class Entry(Frozen):
    """What can be found: a page (or a part of one), its title, a note (its status), the key of the place it is about, and the
    words it is found by."""

    path: str
    title: str
    note: str
    key: str
    text: str


def entry_of(page: Page, note: str, address: str, also: Iterable[str] = ()) -> Entry:
    """Return what a page is found by; `also`: what it and its terms are called in the other language."""
    said = [plain(page.title), *also]
    if page.kind in _WHOLE:
        said += [plain(line) for line in lines(tuple(_told(page.blocks)))]
    return Entry(f"{page.path}.html", plain(page.title), note, address_key(address) if address else "", "\n".join(said))


def _told(blocks: Iterable[Block]) -> Iterator[Block]:
    """Give the blocks whose words a page is found by."""
    for block in blocks:
        match block:
            case Section() if block.id in _LEFT_OUT or block.standing == "example":
                continue
            case Section():
                yield Section(block.heading, block.id, tuple(_told(block.blocks)))
            case Aside() | Drawing() | Table():
                continue
            case _:
                yield block


def files(lang: Lang, entries: list[Entry], laws: list[tuple[str, str]]) -> dict[str, str]:
    """Return the files of one language's index, by their paths below the folder of the site."""
    postings: dict[str, list[int]] = {}
    for n, entry in enumerate(entries):
        for token in tokens(entry.text):
            postings.setdefault(token, []).append(n)
    shards: list[dict[str, str]] = [{} for _ in range(SHARDS)]
    for token in sorted(postings):
        shards[ord(token[0]) % SHARDS][token] = _packed(postings[token])
    rows = [[e.path, e.title, e.note, e.key] for e in entries]
    head = {"laws": laws, "pages": rows, "shards": SHARDS}
    found = {f"{lang}/search-index.js": f"kitei.index({_json(head)});\n"}
    for n, shard in enumerate(shards):
        found[f"{lang}/search-{n}.js"] = f"kitei.shard({n}, {_json(shard)});\n"
    return found


def _packed(numbers: list[int]) -> str:
    """Write ascending numbers as the steps between them, in base 36."""
    steps = [b - a for a, b in zip([0, *numbers[:-1]], numbers, strict=True)]
    return " ".join(_base36(step) for step in steps)


def _base36(number: int) -> str:
    digits = ""
    while number or not digits:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits


def _json(data: object) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


@cache
def script() -> str:
    """Return the script that reads the index."""
    path = Path(__file__).parent.parent / "templates" / "site" / SCRIPT
    return path.read_text(encoding="utf-8")


def all_files(entries: Mapping[Lang, list[Entry]], laws: list[tuple[str, str]]) -> dict[str, str]:
    """Return all files of the search: the script, and the index of each language."""
    found = {SCRIPT: script()}
    for lang in LANGS:
        found |= files(lang, entries[lang], laws)
    return found

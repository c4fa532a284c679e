"""Pages of provisions that an earlier build had and that are collected no longer: they stay, and say where their matter stands now.

Comes in: the folder and the record of an earlier build, the pages made now. Goes out: `Moved`s (kept in the record from build to
build) and their pages. What took a provision over is found by the names of its norms and words. Deliberately not here: former
provisions that are still collected (their pages stand as they are).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any

from kitei.document import Run, plain
from kitei.site import page_words, parts, words
from kitei.site.glossary import defining
from kitei.site.material import Material
from kitei.site.pages import Block, Listing, Page, Paragraph, Said, Section
from kitei.wording import LANGS, Lang
from kitei_dsl.frozen import Frozen
from kitei_dsl.source import file_bytes

_MAX_PAGE = 16_000_000
_PATH = re.compile(r"provision/[\w.\-]+", re.ASCII)
_TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.S)


class Moved(Frozen):
    """A page that was: its path, its title in each language, the day of the last site that had it, and the names of the norms and
    words its rules were about."""

    path: str
    titles: tuple[str, str]
    as_of: str
    names: tuple[str, ...]

    def data(self) -> dict[str, Any]:
        """Return it as the record keeps it."""
        return {"path": self.path, "titles": list(self.titles), "as_of": self.as_of, "names": list(self.names)}


def recorded(record: Mapping[str, Any]) -> list[Moved]:
    """Return the pages a record says were there before it; what cannot be one is passed over."""
    found = []
    given = record.get("moved")
    for row in given if isinstance(given, list) else ():
        try:
            moved = Moved(row["path"], (row["titles"][0], row["titles"][1]), row["as_of"], tuple(row["names"]))
        except (TypeError, LookupError):
            continue
        texts = (moved.path, *moved.titles, moved.as_of, *moved.names)
        if all(isinstance(t, str) for t in texts) and _PATH.fullmatch(moved.path):
            found.append(moved)
    return found


def vanished(folder: Path, record: Mapping[str, Any], now: Collection[str]) -> list[Moved]:
    """Return the pages of provisions that a site in a folder has and the pages made now lack, those of its own record first."""
    before = {m.path: m for m in recorded(record)}
    names = {name.partition("/")[2].removesuffix(".html") for name in record["files"] if name.startswith(tuple(f"{lang}/provision/" for lang in LANGS))}  # fmt: skip
    for path in sorted(names - before.keys()):
        if f"{LANGS[0]}/{path}.html" not in now and _PATH.fullmatch(path):
            before[path] = _seen(folder, record, path)
    return [m for _, m in sorted(before.items()) if f"{LANGS[0]}/{m.path}.html" not in now]


def _seen(folder: Path, record: Mapping[str, Any], path: str) -> Moved:
    titles = tuple(_title(folder / f"{lang}/{path}.html") or path for lang in LANGS)
    origins: list[list[str]] = record["origins"]
    said: Mapping[str, int] = record["paragraphs"].get(f"{LANGS[0]}/{path}.html") or {}
    keys = [key for n in said.values() if n < len(origins) for key in origins[n]]
    start = f"{path.partition('/')[2]}-from-"
    own = [key for key in keys if parts.version_slug(key.partition(":")[2].partition("#")[0]).startswith(start)]
    names = [key.rpartition("#")[2] for key in own if key.startswith(("norm:", "clause:"))]
    return Moved(path, (titles[0], titles[1]), record["as_of"], tuple(dict.fromkeys(names)))


def _title(page: Path) -> str:
    try:
        found = _TITLE.search(file_bytes(page, _MAX_PAGE).decode("utf-8"))
    except (OSError, UnicodeDecodeError):
        return ""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", found[1])).split()) if found else ""


def moved_pages(material: Material, lang: Lang, moved: list[Moved]) -> Iterator[Page]:
    """Give the page of each provision that is collected no longer: when it was, and what stands on its matter now."""
    said = material.speech[lang]
    for one in moved:
        mark = said.w(words.SHORT["former"])
        name = one.titles[LANGS.index(lang)]
        title = (Run(f"〔{mark}〕{name}" if lang == "ja" else f"[{mark}] {name}"),)
        lead = Paragraph(Said(said.line(page_words.MOVED["lead"], said.day(one.as_of)), kind="frame"))
        blocks: list[Block] = [lead]
        items = []
        for place in _successors(material, one):
            s = material.law.leading(place)
            line = (*said.titled(s), Run(said.w(("：", ": "))), *said.line(words.SHORT[s.state]))
            items.append(Said(line, f"now-{parts.slug(place)}", (f"heading:{s.version.id}", f"dates:{s.version.id}")))
        if items:
            blocks.append(Section(said.line(page_words.MOVED["now"]), "now", (Listing(tuple(items)),)))
        else:
            blocks.append(Paragraph(Said(said.line(page_words.MOVED["ask"]))))
        head = parts.head(material, said, said.line(words.HEAD["anyone"]), (), ())
        summary = f"{plain(title)} {plain(said.line(words.DISCLAIMER))}"
        boxes = parts.boxes(material, said, tuple(blocks), title)
        yield Page("moved", one.path, lang, title, summary, head, (*blocks, *boxes), ("index", "laws"))


def _successors(material: Material, one: Moved) -> list[str]:
    """Return the places that impose the norms, or define the words, that a page was about, in the law's order."""
    names = {name.partition("@")[0] for name in one.names}
    found = {s.version.address for name in names for s in defining(material).get(name, ())}
    found |= {n.address for n in material.program.core.norms if n.name in names and material.law.state(n.version)}
    return sorted(found & material.law.order.keys(), key=material.law.order.__getitem__)

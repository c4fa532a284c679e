"""Pages as HTML: semantic, escaped, in need of nothing but one style sheet of the same site.

Comes in: pages. Goes out: the text of each file. Every sentence made from a rule carries an id, `data-rule` (the versions it
came from) and `data-digest`. No page asks for anything of another host; a content policy forbids it. The same pages give the
same bytes. Deliberately not here: what pages say, where files are put (`build`).
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kitei.document import Line, Run, plain
from kitei.html import JAPANESE
from kitei.site import diagram, page_words, words
from kitei.site.origins import Origins
from kitei.site.pages import (
    Aside,
    Block,
    Drawing,
    Finder,
    Listing,
    Page,
    Paragraph,
    Row,
    Said,
    Section,
    Table,
    Terms,
)
from kitei.site.registry import NAVIGATION
from kitei.site.search import SCRIPT
from kitei.wording import LANGS, Lang, pick
from kitei_dsl.frozen import Frozen

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).parent.parent / "templates" / "site"
STYLE = "style.css"
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b", re.ASCII)
#: What a page may load: the style sheet of the site, nothing else; the page that searches, its script and index too.
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
_FINDING = f"{POLICY}; script-src 'self'"


@cache
def _environment() -> Environment:
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(_TEMPLATES), undefined=StrictUndefined, autoescape=True, trim_blocks=True, keep_trailing_newline=True
    )  # fmt: skip


def style() -> str:
    """Return the style sheet of the site."""
    return (_TEMPLATES / STYLE).read_text(encoding="utf-8") + diagram.STYLE


class Writer:
    """Writes the pages of one site; `base` is its address on the web (ending in /), or empty."""

    def __init__(self, pages: Iterable[Page], origins: Mapping[Lang, Origins], base: str) -> None:
        self.pages = {page.file: page for page in pages}
        self.origins, self.base = origins, base
        #: texts already written, by language: most stand on many pages
        self.texts: dict[tuple[Lang, str], str] = {}
        #: the attributes of what was made from the same rules, the ways between pages, and blocks that stand on many pages
        self.made: dict[tuple[Lang, tuple[str, ...]], str] = {}
        self.ways: dict[tuple[str, str], str] = {}
        self.shown: dict[tuple[Lang, str, int, int], _Shown] = {}

    def page(self, page: Page) -> str:
        """Return the text of a page's file."""
        body = _Body(self, page)
        heading = f"<h1{body.came_from('title', page.of)}>{body.line(page.title)}</h1>"
        lead = body.block(page.head, 2)
        # What a page answers comes before what else is on it.
        first = next((n for n, block in enumerate(page.blocks) if not isinstance(block, Paragraph)), len(page.blocks))
        lead += "".join([body.block(block, 2) for block in page.blocks[:first]])
        blocks = "".join([body.block(block, 2) for block in page.blocks[first:]])
        n = LANGS.index(page.lang)
        other = LANGS[1 - n]
        return _environment().get_template("page.html.j2").render(
            lang=page.lang, other=other, title=plain(page.title), heading=heading, summary=page.summary,
            policy=_FINDING if page.kind == "search" else POLICY, scripts=self.scripts(page),
            style=self.relative(page.file, STYLE), frame={k: pick(v, page.lang) for k, v in words.FRAME.items()},
            navigation=self.navigation(page), trail=self.trail(page), twin=self.relative(page.file, f"{other}/{page.path}.html"),
            alternates=self.alternates(page), canonical=f"{self.base}{page.file}" if self.base else "", lead=lead, blocks=blocks,
            contents=body.contents if len(body.contents) > 2 else [], disclaimer=pick(words.DISCLAIMER, page.lang),
            foot=[pick(pair, page.lang) for pair in words.FOOT], about=_json(page.about), kind=page.kind,
        )  # fmt: skip

    def scripts(self, page: Page) -> list[str]:
        """Return the scripts a page runs: that of the search, with its index, on the page that searches; none on any other."""
        files = (SCRIPT, f"{page.lang}/search-index.js") if page.kind == "search" else ()
        return [self.relative(page.file, file) for file in files]

    def root(self) -> str:
        """Return the page at the root, which leads to both languages."""
        doors = [(lang, f"{lang}/index.html", pick(page_words.OVERVIEW["home_title"], lang), pick(words.FRAME["masthead"], lang)) for lang in LANGS]  # fmt: skip
        return _environment().get_template("root.html.j2").render(policy=POLICY, style=STYLE, doors=doors)

    def sitemap(self) -> str:
        """Return the sitemap, with the pages of one content in both languages named as each other's alternates."""
        groups = [
            [(lang, f"{self.base}{lang}/{page.path}.html") for lang in LANGS]
            for page in self.pages.values()
            if page.lang == LANGS[0]
        ]
        return _environment().get_template("sitemap.xml.j2").render(groups=groups)

    # ------------------------------------------------------------------ ways between pages
    def relative(self, here: str, there: str) -> str:
        key = posixpath.dirname(here), there
        if key not in self.ways:
            self.ways[key] = posixpath.relpath(there, key[0])
        return self.ways[key]

    def made_from(self, lang: Lang, of: tuple[str, ...]) -> str:
        """Return the attributes that say what something was made from: the versions, the digest."""
        if (lang, of) not in self.made:
            origins = self.origins[lang]
            rules = " ".join(origins.rules(of))
            self.made[lang, of] = f' data-rule="{escape(rules)}" data-digest="{origins.together(of)}"'
        return self.made[lang, of]

    def navigation(self, page: Page) -> list[tuple[str, str, bool]]:
        """Return the way to each main page that was made: address, name, whether this is it."""
        found = []
        for path, name in NAVIGATION:
            file = f"{page.lang}/{path}.html"
            if file in self.pages:
                found.append((self.relative(page.file, file), pick(words.FRAME[name], page.lang), path == page.path))
        return found

    def trail(self, page: Page) -> list[tuple[str, str]]:
        """Return the pages above a page: address and title."""
        names = {path: pick(words.FRAME[name], page.lang) for path, name in NAVIGATION}
        found = []
        for path in page.trail:
            above = self.pages.get(f"{page.lang}/{path}.html")
            if above is not None:
                found.append((self.relative(page.file, above.file), names.get(path) or plain(above.title)))
        return found

    def alternates(self, page: Page) -> list[tuple[str, str]]:
        """Return the address of the page in each language, this one too."""
        files = [(lang, f"{lang}/{page.path}.html") for lang in LANGS]
        return [(lang, f"{self.base}{file}" if self.base else self.relative(page.file, file)) for lang, file in files]


class _Shown(Frozen):
    """A block as it was written once: its text, its anchors, the pages it leads to, and what it adds to the contents."""

    text: str
    taken: frozenset[str]
    led_to: frozenset[str]
    contents: tuple[tuple[str, str], ...]


class _Body:
    """Writes the blocks of one page, remembering which anchors are taken and which sections it has."""

    def __init__(self, writer: Writer, page: Page) -> None:
        from kitei.site.provision import path_of

        self.writer, self.page, self.lang = writer, page, page.lang
        self.path_of = path_of
        self.contents: list[tuple[str, str]] = []
        self.taken: set[str] = set()
        #: pages led to, or that would be were they not this one; and whether an anchor had to be another than wanted
        self.led_to: set[str] = set()
        self.renamed = False

    def id(self, wanted: str) -> str:
        """Return an anchor that no other part of the page has."""
        found, n = wanted, 1
        while found in self.taken:
            n += 1
            found = f"{wanted}-{n}"
        self.taken.add(found)
        self.renamed = self.renamed or n > 1
        return found

    def came_from(self, id: str, of: tuple[str, ...]) -> str:
        """Return the attributes of something made from rules: its anchor, the versions, the digest."""
        if not of:
            return ""
        return f' id="{escape(self.id(id))}"{self.writer.made_from(self.lang, of)}'

    # ------------------------------------------------------------------ blocks
    def block(self, block: Block, level: int) -> str:
        match block:
            case Paragraph():
                said = block.said
                assert not said.below, "INVARIANT: a paragraph has nothing below it"
                return f"{self.paragraph(said)}\n"
            case Listing():
                return self.listing(block.items, block.kind)
            case Table():
                return self.table(block)
            case Terms():
                pairs = "".join(
                    f"<div><dt>{self.line(name)}</dt>\n<dd{self.came_from(said.id, said.of)}>{self.line(said.line)}</dd></div>\n"
                    for name, said in block.pairs
                )
                return f'<dl class="terms">\n{pairs}</dl>\n'
            case Drawing():
                caption = f"<figcaption>{self.line(block.caption)}</figcaption>\n" if block.caption else ""
                return (
                    f'<figure class="drawing"{self.came_from(block.id, block.of)}>\n{block.svg}\n{caption}'
                    f"<details><summary>{escape(pick(words.FRAME['words_of_drawing'], self.lang))}</summary>\n"
                    f"{''.join(self.outline(block.text))}</details>\n</figure>\n"
                )
            case Aside():
                return self.shared(block, level)
            case Finder():
                return "".join(self.finder(block))
            case Section():
                return self.section(block, level)

    def paragraph(self, said: Said) -> str:
        name = f' class="{said.kind}"' if said.kind else ""
        return f"<p{name}{self.came_from(said.id, said.of)}>{self.line(said.line)}</p>"

    def shared(self, block: Block, level: int) -> str:
        """Write a block that stands on many pages: once, and again only where it would not be the same there."""
        key = self.lang, posixpath.dirname(self.page.file), level, id(block)
        shown = self.writer.shown.get(key)
        if shown is not None and self.page.file not in shown.led_to and self.taken.isdisjoint(shown.taken):
            self.taken |= shown.taken
            self.led_to |= shown.led_to
            self.contents += shown.contents
            return shown.text
        before = self.taken, self.led_to, self.renamed, len(self.contents)
        self.taken, self.led_to, self.renamed = set(before[0]), set(), False
        text = self.aside(block, level) if isinstance(block, Aside) else self.block(block, level)
        if not self.renamed and self.page.file not in self.led_to:
            taken = frozenset(self.taken - before[0])
            self.writer.shown[key] = _Shown(text, taken, frozenset(self.led_to), tuple(self.contents[before[3] :]))
        self.led_to |= before[1]
        self.renamed = self.renamed or before[2]
        return text

    def finder(self, block: Finder) -> Iterator[str]:
        """Write the box one searches with, which its script shows; without the script the page has nothing to fill in."""
        said = {
            name: escape(plain(line))
            for name, line in (("found", block.found), ("most", block.most), ("some", block.some), ("none", block.none))
        }
        data = " ".join(f'data-{name}="{text}"' for name, text in said.items())
        yield f'<div id="search-box" role="search" hidden {data}>\n<p><label for="search-field">{self.line(block.label)}</label></p>\n'
        yield '<p><input id="search-field" type="search" autocomplete="off" spellcheck="false" aria-describedby="search-hint"></p>\n'
        yield f'<p id="search-hint" class="note">{self.line(block.hint)}</p>\n'
        yield '<p id="search-status" role="status"></p>\n<ul id="search-results"></ul>\n</div>\n'

    def section(self, block: Section, level: int) -> str:
        id = self.id(block.id)
        if level == 2:
            self.contents.append((id, plain(block.heading)))
        # Only the sections of the contents are landmarks: too many of them, or two of one name, help nobody.
        landmark = f' aria-labelledby="{escape(id)}"' if level == 2 else ""
        name = f' class="{block.standing}"' if block.standing else ""
        rank = min(level, 6)
        write = self.shared if block.standing == "example" else self.block
        heading = f'<h{rank} id="{escape(id)}">{self.line(block.heading)}</h{rank}>'
        inside = "".join([write(inner, level + 1) for inner in block.blocks])
        if block.folded:
            return f"<details{name}>\n<summary>{heading}</summary>\n{inside}</details>\n"
        return f"<section{landmark}{name}>\n{heading}\n{inside}</section>\n"

    def aside(self, block: Aside, level: int) -> str:
        id = self.id(block.id)
        self.contents.append((id, plain(block.heading)))
        heading = self.line(block.heading)
        lead = "".join(f"<p{self.came_from(said.id, said.of)}>{self.line(said.line)}</p>\n" for said in block.lead)
        parts = "".join(
            f"<div>\n<h{level + 1}>{self.line(name)}</h{level + 1}>\n"
            + "".join(f"{self.paragraph(said)}\n" for said in part)
            + "</div>\n"
            for name, part in block.parts
        )
        return (
            f'<aside class="boxes" aria-labelledby="{escape(id)}">\n<h{level} id="{escape(id)}">{heading}</h{level}>\n'
            f'{lead}<div class="three">\n{parts}</div>\n</aside>\n'
        )

    def listing(self, items: tuple[Said, ...], kind: str) -> str:
        if not items:
            return ""
        found = [f'<ul class="{kind}">\n']
        for said in items:
            name = f' class="{said.kind}"' if said.kind else ""
            start = f"<li{name}{self.came_from(said.id, said.of)}>"
            below = self.listing(said.below, kind)
            if said.kind == "folded":
                found.append(f"{start}<details><summary>{self.line(said.line)}</summary>\n{below}</details></li>\n")
            else:
                found.append(f"{start}<span>{self.line(said.line)}</span>\n{below}</li>\n")
        found.append("</ul>\n")
        return "".join(found)

    def table(self, table: Table) -> str:
        """Write a table whose roles hold also where a narrow screen shows its rows one below the other."""
        caption = self.line(table.caption)
        heads = "".join(f'<th role="columnheader" scope="col">{self.line(head)}</th>' for head in table.heads)
        labels = [escape(plain(head)) for head in table.heads]
        rows = "".join([self.row(row, labels) for row in table.rows])
        return (
            f'<table role="table">\n<caption>{caption}</caption>\n<thead role="rowgroup">\n<tr role="row">{heads}</tr>\n'
            f'</thead>\n<tbody role="rowgroup">\n{rows}</tbody>\n</table>\n'
        )

    def row(self, row: Row, labels: list[str]) -> str:
        found = [f'<tr role="row"{self.came_from(row.id, row.of)}>']
        for n, cell in enumerate(row.cells):
            if n == 0:
                found.append(f'<th role="rowheader" scope="row">{self.line(cell)}</th>\n')
            else:
                found.append(f'<td role="cell" data-label="{labels[n]}"><div>{self.line(cell)}</div></td>\n')
        found.append("</tr>\n")
        return "".join(found)

    def outline(self, text: str) -> Iterator[str]:
        """Write a text whose lines are set in by two spaces a level as nested lists."""
        depth = 0
        for line in filter(None, (x.rstrip() for x in text.split("\n"))):
            bare = line.lstrip()
            level = (len(line) - len(bare)) // 2 + 1
            if level > depth:
                yield "<ul>\n<li>" * (level - depth)
            else:
                yield "</li>\n" + "</ul>\n</li>\n" * (depth - level) + "<li>"
            depth = level
            yield self.text(bare.removeprefix("- "))
        yield "</li>\n</ul>\n" * depth

    # ------------------------------------------------------------------ lines
    def line(self, line: Line) -> str:
        return "".join([self.run(run) for run in line])

    def run(self, run: Run) -> str:
        text = self.text(run.text)
        if not run.kind:
            return text
        match run.kind:
            case "cite" if run.ref:
                place, _, part = run.ref.partition("#")
                return self.link(f"{self.page.lang}/{self.path_of(place)}.html", text, "cite", part)
            case "page":
                path, _, part = run.ref.partition("#")
                return self.link(f"{self.page.lang}/{path}.html", text, "", part)
            case "out":
                return f'<a href="{escape(run.ref)}" rel="external noopener noreferrer">{text}</a>'
            case "day" if _DAY.fullmatch(run.ref):
                return f'<time datetime="{run.ref}">{text}</time>'
            case "number":
                return f'<data value="{escape(run.ref)}">{text}</data>'
            case "official":
                return f'<mark lang="ja">{escape(run.text)}</mark>'
            case "law" | "lang":
                return f'<span lang="{escape(run.ref or "ja")}">{escape(run.text)}</span>'
            case "ours":
                return f'<span class="label">{text}</span>'
            case "strong" | "code":
                return f"<{run.kind}>{text}</{run.kind}>"
            case _:
                return text

    def link(self, file: str, text: str, name: str, part: str = "") -> str:
        """Return a link to (a part of) another page of the site; nothing but the text where it is this page, or there is none."""
        if file not in self.writer.pages:
            return text
        self.led_to.add(file)
        if file == self.page.file:
            return text
        kind = f' class="{name}"' if name else ""
        way = self.writer.relative(self.page.file, file) + (f"#{part}" if part else "")
        return f'<a{kind} href="{escape(way)}">{text}</a>'

    def text(self, text: str) -> str:
        """Write text; a day in figures is not broken, Japanese inside English is marked as such."""
        known = self.writer.texts.get((self.lang, text))
        if known is not None:
            return known
        written = _DAY.sub(r'<span class="day">\g<0></span>', escape(text))
        if self.lang == "en":
            written = JAPANESE.sub(r'<span lang="ja">\g<0></span>', written)
        self.writer.texts[self.lang, text] = written
        return written


def _json(about: Mapping[str, Any] | None) -> str:
    """Write JSON that cannot end the element it stands in."""
    if about is None:
        return ""
    text = json.dumps(about, ensure_ascii=False, sort_keys=True, indent=1)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")

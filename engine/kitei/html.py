"""A page as one HTML file that a lawyer can send, read on a telephone and print.

Comes in: any `Document`. Goes out: one file that asks for nothing else and runs no script: its own style, landmarks, a
table of contents, tables where the list has one, days as `<time>`, each citation a link to the list of cited provisions
at the end, each `[n]` a link to the entry of that number. Everything is escaped; a content policy forbids all else. The
same document gives the same bytes. Deliberately not here: what is said (`render`), anything looked up.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kitei import wording
from kitei.document import Block, Document, Entry, Heading, Line, Listing, Paragraph, Provision, Run, Table, plain
from kitei.wording import Lang, pick

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).parent / "templates"
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b", re.ASCII)
#: Japanese inside a page in English, marked so that it is read aloud and set as Japanese.
JAPANESE = re.compile(r"[⺀-〿぀-ヿ㇀-鿿豈-﫿！-｠￠-￦𠀀-𯿿]+")
#: An entry with this many levels below it, or more, can be folded.
_FOLDED_FROM = 2


def as_html(document: Document) -> str:
    """Write a document as one self-contained file; the same document gives the same bytes."""
    lang: Lang = "ja" if document.lang == "ja" else "en"
    words = {name: pick(pair, lang) for name, pair in wording.WEB.items()}
    page = _Writer(document, lang)
    lead, sections, end = page.body()
    cited = page.cited()
    style = (_TEMPLATES / "page.css").read_text(encoding="utf-8")
    style += f"@media print {{ @page {{ @top-left {{ content: {_css_string(document.title)} }} }} }}\n"
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return _environment().get_template("page.html.j2").render(
        lang=lang, title=document.title, style=style, digest=digest, words=words, contents=page.contents,
        lead=lead, sections=sections, cited=cited, end=end,
    )  # fmt: skip


@cache
def _environment() -> Environment:
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    loader = FileSystemLoader(_TEMPLATES)
    return ImmutableSandboxedEnvironment(
        loader=loader, undefined=StrictUndefined, autoescape=True, trim_blocks=True, keep_trailing_newline=True
    )


def _css_string(text: str) -> str:
    """Write any text as a string of CSS that cannot end the string or the style."""
    return '"' + "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):06x}" for c in text) + '"'


def _escape(text: str) -> str:
    for plain_character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        text = text.replace(plain_character, entity)
    return text


#: A part of the page: under a heading of its own, or (the lead and the end) under none.
Part: TypeAlias = tuple[Heading | None, list[Block]]


class _Writer:
    """Writes the blocks of one document, remembering which anchors are taken."""

    def __init__(self, document: Document, lang: Lang) -> None:
        self.document, self.lang = document, lang
        self.contents: list[tuple[str, str]] = []
        #: address -> its anchor, and the longest way the page writes it
        self.anchors: dict[str, str] = {}
        self.written: dict[str, str] = {}
        for line in (*document.lines(), *document.cells()):
            self.meet(line)
        #: number of an entry -> the entry it is the number of: the first that begins with it
        self.numbered: dict[str, Entry] = {}
        for block in document.blocks:
            for entry in block.entries if isinstance(block, Listing) else ():
                if entry.line and entry.line[0].kind == "entry":
                    self.numbered.setdefault(entry.line[0].ref, entry)

    def meet(self, line: Line) -> None:
        for run in line:
            if run.kind == "cite":
                if run.ref not in self.anchors:
                    anchor = "cite-" + re.sub(r"[^0-9A-Za-z_]+", "-", run.ref)
                    taken = set(self.anchors.values())
                    while anchor in taken:
                        anchor += "-"
                    self.anchors[run.ref] = anchor
                self.written[run.ref] = max(self.written.get(run.ref, ""), run.text, key=len)

    # ------------------------------------------------------------------ parts
    def parts(self) -> list[Part]:
        """Return the lead, the sections, and what stands below the line at the end."""
        found: list[Part] = [(None, [])]
        for block in self.document.blocks:
            if isinstance(block, Heading) and block.level == 2:
                found.append((block, []))
            elif isinstance(block, Paragraph) and not block.line:
                found.append((None, []))
            else:
                found[-1][1].append(block)
        return found

    def body(self) -> tuple[str, str, str]:
        """Return the lead, the sections and the end."""
        lead, *rest = self.parts()
        end: list[Part] = []
        while rest and rest[-1][0] is None:
            end.insert(0, rest.pop())
        return (
            "".join(self.part(lead)),
            "".join(text for part in rest for text in self.part(part)),
            "".join(text for part in end for text in self.part(part)),
        )

    def part(self, part: Part) -> Iterator[str]:
        heading, blocks = part
        level = 1
        if heading is not None:
            id, level = self.section(plain(heading.line)), 2
            yield f'<section aria-labelledby="{id}">\n<h2 id="{id}">{self.line(heading.line)}</h2>\n'
        entries: list[Entry] = []
        for block in blocks:
            if not isinstance(block, Listing) or block.table is not None:
                yield from self.listing(entries)
                entries = []
            match block:
                case Heading():
                    level = 1 if block.level == 1 else min(max(block.level, 2), level + 1)
                    yield f"<h{level}>{self.line(block.line)}</h{level}>\n"
                case Paragraph():
                    yield f"<p>{self.line(block.line)}</p>\n"
                case Listing() if block.table is not None:
                    yield from self.table(block.table)
                case Listing():
                    entries += block.entries  # lists that follow each other are one list
        yield from self.listing(entries)
        yield "</section>\n" if heading is not None else ""

    def section(self, title: str) -> str:
        id = f"section-{len(self.contents) + 1}"
        self.contents.append((id, title))
        return id

    # ------------------------------------------------------------------ lists and tables
    def listing(self, entries: Iterable[Entry], top: bool = True) -> Iterator[str]:
        entries = tuple(entries)
        if entries:
            yield "<ul>\n"
            for entry in entries:
                yield from self.entry(entry, top)
            yield "</ul>\n"

    def entry(self, entry: Entry, top: bool) -> Iterator[str]:
        """Write an entry with what is below it: folded, where that is much. What one folds by must hold no link, so an entry
        that cites is folded only at the top, without its links; what it cites is a link below."""
        own = entry.line[0].ref if entry.line and self.numbered.get(entry.line[0].ref) is entry else ""
        id = f' id="entry-{_escape(own)}"' if own else ""
        text = self.line(entry.line, own)
        if not entry.entries:
            yield f"<li{id}>{text}</li>\n"
        elif _height(entry) < _FOLDED_FROM or ("<a " in text and not top):
            yield f"<li{id}>{text}\n"
            yield from self.listing(entry.entries, False)
            yield "</li>\n"
        else:
            text = "".join(self.text(run.text) for run in entry.line)
            yield f'<li class="folded"{id}><details open><summary>{text}</summary>\n'
            yield from self.listing(entry.entries, False)
            yield "</details></li>\n"

    def table(self, table: Table) -> Iterator[str]:
        """Write a table whose roles hold also where a narrow screen shows its rows one below the other."""
        yield f'<table role="table">\n<caption>{self.line(table.caption)}</caption>\n<thead role="rowgroup">\n<tr role="row">'
        for head in table.heads:
            yield f'<th role="columnheader" scope="col">{self.line(head)}</th>'
        yield '</tr>\n</thead>\n<tbody role="rowgroup">\n'
        labels = [_escape(plain(head)) for head in table.heads]
        for row in table.rows:
            yield '<tr role="row">'
            for n, cell in enumerate(row):
                lines = "\n".join(f'<div class="said">{self.line(x)}</div>' for x in cell) if len(cell) > 1 else "".join(map(self.line, cell))  # fmt: skip
                if n == 0:
                    yield f'<th role="rowheader" scope="row">{lines}</th>\n'
                else:
                    yield f'<td role="cell" data-label="{labels[n]}"><div>{lines}</div></td>\n'
            yield "</tr>\n"
        yield "</tbody>\n</table>\n"

    # ------------------------------------------------------------------ lines
    def line(self, line: Line, own: str = "") -> str:
        """Write a line; `own` is the number of the entry it begins, which links nowhere."""
        return "".join(self.run(run, own if n == 0 else "") for n, run in enumerate(line))

    def run(self, run: Run, own: str) -> str:
        text = self.text(run.text)
        match run.kind:
            case "cite":
                return (
                    f'<a class="cite" href="#{self.anchors[run.ref]}">{text}</a>' if run.ref in self.anchors else text
                )
            case "day" if _DAY.fullmatch(run.ref):
                return f'<time datetime="{run.ref}">{text}</time>'
            case "number":
                return f'<data value="{_escape(run.ref)}">{text}</data>'
            case "entry" if own == run.ref:
                return f'<span class="number">{text}</span>'
            case "entry" if run.ref in self.numbered:
                return f'<a class="number" href="#entry-{_escape(run.ref)}">{text}</a>'
            case _:
                return text

    def text(self, text: str) -> str:
        """Write text; a day in figures is not broken, Japanese inside English is marked as such."""
        text = _DAY.sub(r'<span class="day">\g<0></span>', _escape(text))
        return text if self.lang == "ja" else JAPANESE.sub(r'<span lang="ja">\g<0></span>', text)

    # ------------------------------------------------------------------ what is cited
    def cited(self) -> str:
        """Return the list of cited provisions with what is known of each; nothing where the page cites nothing."""
        if not self.anchors:
            return ""
        known: dict[str, list[Provision]] = {}
        for p in self.document.provisions:
            if p.ref in self.anchors:
                known.setdefault(p.ref, []).append(p)
        title, note = (pick(wording.WEB[name], self.lang) for name in ("cited", "ours_note"))
        id = self.section(title)
        found = [f'<section aria-labelledby="{id}" class="provisions">\n<h2 id="{id}">{_escape(title)}</h2>\n']
        if any(p.plain for of in known.values() for p in of):
            found.append(f"<p>{self.text(note)}</p>\n")
        found.append("<ul>\n")
        for ref in [*known, *(r for r in self.anchors if r not in known)]:
            of = known.get(ref, [])
            name = self.text(of[0].cite if of else self.written[ref])
            found.append(f'<li id="{self.anchors[ref]}"><strong>{name}</strong>')
            found += [self.provision(p) for p in of]
            found.append("</li>\n")
        return "".join([*found, "</ul>\n</section>\n"])

    def provision(self, p: Provision) -> str:
        """Write a heading, since when it is so, and our plain statement, which is never the text of the law."""
        lang = f' lang="{_escape(p.lang)}"' if p.lang else ""
        heading = f"<span{lang}>{_escape(p.heading)}</span>" if p.heading else ""
        known = [x for x in (heading, self.line(p.interval)) if x]
        text = f" <span>{pick(wording.WEB['known'], self.lang).format(self.comma.join(known))}</span>" if known else ""
        if p.plain:
            ours = _escape(pick(wording.WEB["ours"], self.lang))
            text += f'<p><span class="ours">{ours}</span> <span{lang}>{_escape(p.plain)}</span></p>'
        return text

    @property
    def comma(self) -> str:
        return "、" if self.lang == "ja" else "; "


def _height(entry: Entry) -> int:
    """Return how many levels stand below an entry."""
    level, height = entry.entries, 0
    while level:
        level, height = tuple(x for e in level for x in e.entries), height + 1
    return height

"""A page as Markdown (CommonMark), for a memo or a message.

Comes in: any `Document`. Goes out: headings, paragraphs and nested lists, each entry on one line of its own. Nothing on
the page came from a person who meant Markdown, so every character that could act is escaped: emphasis, links, code, HTML,
tables, and the braces of template languages. Deliberately not here: tables, which CommonMark does not have (the list
says the same), and links, which need anchors it does not have either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kitei.document import Document, Entry, Heading, Line, Listing, Paragraph, plain

#: What may act anywhere in a line.
_ACTS = re.compile(r"[\\`*_{}\[\]<>&|~$#]|(?<=\{)%|%(?=\})")
#: What acts at the beginning of a paragraph alone: lists, rules, underlines of headings, numbered lists.
_OPENS = re.compile(r"(?:[+=:-]|\d{1,9}(?=[.)]))")
#: What some readers of Markdown make a link of although nobody marked it.
_LINKS = re.compile(r"(?i)(https?|ftp|mailto|xmpp)(:)")


def as_markdown(document: Document) -> str:
    """Write a document as CommonMark; the same document gives the same text."""
    parts: list[str] = []
    for block in document.blocks:
        match block:
            case Heading():
                parts += [f"{'#' * min(max(block.level, 1), 6)} {_inline(block.line)}".rstrip(), ""]
            case Paragraph():
                parts += [_escaped(block.line), ""]
            case Listing():
                if parts[-2:-1] and parts[-1] == "" and parts[-2].lstrip().startswith("- "):
                    del parts[-1]  # lists that follow each other are one list
                parts += [*_items(block.entries), ""]
    text = "\n".join(parts).strip("\n")
    return re.sub(r"\n{3,}", "\n\n", text) + "\n"


def _items(entries: Iterable[Entry]) -> Iterator[str]:
    waiting = [(entry, 0) for entry in reversed(tuple(entries))]
    while waiting:
        entry, depth = waiting.pop()
        yield f"{'  ' * depth}- {_escaped(entry.line)}".rstrip()
        waiting += [(below, depth + 1) for below in reversed(entry.entries)]


def _escaped(line: Line) -> str:
    """Write a line so that it reads as it is, also where a paragraph begins."""
    text = _inline(line)
    opening = _OPENS.match(text)
    if opening is None:
        return text
    if opening[0].isdigit():
        return f"{opening[0]}\\{text[opening.end() :]}"
    return f"\\{text}"


def _inline(line: Line) -> str:
    text = _ACTS.sub(r"\\\g<0>", re.sub(r"[ \t\r\n]+", " ", plain(line)).strip(" "))
    return _LINKS.sub(r"\1\\\2", text).replace("www.", "www\\.")

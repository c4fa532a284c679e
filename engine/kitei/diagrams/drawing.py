"""What every diagram is drawn with: how wide a text is, where it breaks, boxes, arrows, and the frame with its words.

All measures are whole numbers of user units; nothing is drawn by chance, so the same law gives the same bytes. Colours
are those of the text around (`currentColor`), so a page in a dark scheme needs nothing; what differs in kind differs in
outline, dash or pattern too, never in colour alone. No style, script, font or link is inside: a page whose policy forbids
them shows the drawing. Everything written is escaped here, once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from kitei_dsl import core
from kitei_dsl.diagnostics import escape
from kitei_dsl.frozen import Frozen

#: What a page says in its style about diagrams: never wider than the page, and lettered as it is.
CSS = (
    "svg.kitei-diagram { max-width: 100%; height: auto; display: block; margin: 1rem 0; }\n"
    "@media print { svg.kitei-diagram { break-inside: auto; } }\n"
)
FONT = "system-ui, 'Hiragino Sans', 'Noto Sans CJK JP', 'Noto Sans JP', 'Yu Gothic', Meiryo, IPAexGothic, sans-serif"
#: Sizes of letters, and lines, in user units: of what is asked, and of what stands below it in small.
SIZE, LEADING, SMALL, SMALL_LEADING = 14, 20, 11, 16
PADDING = 10


class Diagram(Frozen):
    """A drawing and, as its whole alternative, the same in words: a nested list, each level two spaces deeper; `records` are the
    rules a decision was drawn from, each once."""

    svg: str
    text: str
    records: tuple[core.Clause | core.Norm, ...] = ()


@cache
def _hundredths(character: str) -> int:
    """Return how wide a character is at most, in hundredths of its size: full width 100, capitals and wide letters more than others."""
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Cf"):
        return 0
    if unicodedata.east_asian_width(character) in ("W", "F", "A") or ord(character) > 0x2E7F:
        return 100
    if character in "mwMW@%&—":
        return 95
    if character.isupper():
        return 75
    if character in " .,:;'|!ijlI()[]":
        return 38
    return 62


def width(text: str, size: int) -> int:
    """Return how wide a text is at most, in user units, rounded up."""
    return -(-sum(map(_hundredths, text)) * size // 100)


def _wider(hundredths: int, room: int, size: int) -> bool:
    """Say whether a text of so many hundredths of its size is wider than the room."""
    return hundredths * size > room * 100


#: What may not begin a line, and what may not end one.
_NOT_FIRST = frozenset("、。，．・：；？！）」』〕］｝〉》】”’ーっゃゅょァィゥェォッャュョぁぃぅぇぉ々,.:;?!)]}%号項条")
_NOT_LAST = frozenset("（「『〔［｛〈《【“‘([{第")


def _pieces(text: str) -> list[str]:
    """Return the pieces a line may be broken between: single full-width characters and words, each with what must follow."""
    found: list[str] = []
    last, last_full = "", False
    for character in text:
        full = _hundredths(character) == 100
        glued = found and (
            character in _NOT_FIRST
            or last in _NOT_LAST
            or (not full and character != " " and last != " " and not last_full)
        )
        if glued or (character == " " and found):
            found[-1] += character
        else:
            found.append(character)
        last, last_full = character, full
    return found


@lru_cache(maxsize=1 << 14)
def wrap(text: str, room: int, size: int) -> tuple[str, ...]:
    """Break a text into lines that are no wider than the room; a word that is wider is broken where it must be."""
    lines, line, used = [], "", 0
    for piece in _pieces(escape(" ".join(text.split()))):
        if line and _wider(used + sum(map(_hundredths, piece.rstrip())), room, size):
            lines.append(line.rstrip())
            line, used = "", 0
        line += piece
        used += sum(map(_hundredths, piece))
        while _wider(used, room, size) and width(line.rstrip(), size) > room and len(line) > 1:
            cut = next(n for n in range(len(line) - 1, 0, -1) if n == 1 or width(line[:n], size) <= room)
            lines.append(line[:cut].rstrip())
            line = line[cut:]
            used = sum(map(_hundredths, line))
    lines += [line.rstrip()] if line.strip() else []
    if len(lines) > 1 and len(lines[-1]) == 1 and len(pieces := _pieces(lines[-2])) > 1:  # no character alone on a line
        lines[-2:] = ["".join(pieces[:-1]).rstrip(), pieces[-1] + lines[-1]]
    return tuple(lines) or ("",)


#: What may not stand in XML at all.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def xml(text: str) -> str:
    """Return a text fit to stand in XML: no markup, no character that acts."""
    text = _UNFIT.sub("\ufffd", text)
    for plain, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        text = text.replace(plain, entity)
    return text


class Rect(Frozen):
    """A box: its left upper corner and its size, in user units."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        return self.x + self.w

    @property
    def bottom(self) -> int:
        return self.y + self.h

    def overlaps(self, other: Rect) -> bool:
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom


#: How the outline of each kind of box differs.
_OUTLINES: dict[str, str] = {
    "plain": 'fill="none" stroke="currentColor" stroke-width="1.5"',
    "dashed": 'fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="6 4"',
    "dotted": 'fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="2 3"',
    "heavy": 'fill="none" stroke="currentColor" stroke-width="3"',
    "thin": 'fill="none" stroke="currentColor" stroke-width="1"',
}


def box(rect: Rect, outline: str, radius: int = 0) -> str:
    """Draw a box with one of the outlines."""
    rounded = f' rx="{radius}"' if radius else ""
    return f'<rect x="{rect.x}" y="{rect.y}" width="{rect.w}" height="{rect.h}"{rounded} {_OUTLINES[outline]}/>\n'


def words(x: int, y: int, text: str, size: int, *, bold: bool = False, anchor: str = "", quiet: bool = False) -> str:
    """Write one line, its foot at `y`."""
    more = (' font-weight="700"' if bold else "") + (f' text-anchor="{anchor}"' if anchor else "")
    more += ' opacity="0.8"' if quiet else ""
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="currentColor"{more}>{xml(text)}</text>\n'


def upright(x: int, y: int, text: str, size: int) -> str:
    """Write one line upwards, its foot to the right at `x`, from `y`."""
    turned = f'transform="rotate(-90 {x} {y})"'
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="currentColor" {turned}>{xml(text)}</text>\n'


def path(points: Iterable[tuple[int, int]], *, dashed: bool = False, heavy: bool = False) -> str:
    """Draw a line through points, without an arrow-head."""
    d = "M" + " L".join(f"{x} {y}" for x, y in points)
    more = ' stroke-dasharray="5 3"' if dashed else ""
    return f'<path d="{d}" fill="none" stroke="currentColor" stroke-width="{2 if heavy else 1}" shape-rendering="crispEdges"{more}/>\n'


def slanted(points: Iterable[tuple[int, int]]) -> str:
    """Draw a line through points that may lie aslant, with round corners."""
    d = "M" + " L".join(f"{x} {y}" for x, y in points)
    return f'<path d="{d}" fill="none" stroke="currentColor" stroke-width="1" stroke-linejoin="round"/>\n'


def head(x: int, y: int, towards: str) -> str:
    """Draw an arrow-head whose tip is at the point."""
    shape = {
        "down": ((0, 0), (-4, -8), (4, -8)), "up": ((0, 0), (-4, 8), (4, 8)),
        "left": ((0, 0), (8, -4), (8, 4)), "right": ((0, 0), (-8, -4), (-8, 4)),
    }[towards]  # fmt: skip
    d = "M" + " L".join(f"{x + dx} {y + dy}" for dx, dy in shape)
    return f'<path d="{d} Z" fill="currentColor"/>\n'


def frame(content: str, size: tuple[int, int], title: str, text: str, prefix: str, lang: str) -> Diagram:
    """Put a drawing into its frame: what it is called, and all it says in words."""
    w, h = size
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="kitei-diagram" role="img" lang="{lang}" xml:lang="{lang}" '
        f'aria-labelledby="{xml(prefix)}-title" aria-describedby="{xml(prefix)}-desc" '
        f'viewBox="0 0 {w} {h}" width="{w}" height="{h}" font-family="{xml(FONT)}">\n'
        f'<title id="{xml(prefix)}-title">{xml(title)}</title>\n<desc id="{xml(prefix)}-desc">{xml(text)}</desc>\n'
        f"{content}</svg>\n"
    )
    return Diagram(svg, text)


#: What a drawing that stands alone says of its colours: the reader's own scheme, on its own ground.
_ALONE = (
    "<style>svg.kitei-diagram { color: #1c1c21; background: #ffffff; max-width: 100%; height: auto; }\n"
    "@media (prefers-color-scheme: dark) { svg.kitei-diagram { color: #e8e8ec; background: #15171c; } }\n"
    "@media print { svg.kitei-diagram { color: #000000; background: none; } }</style>\n"
)


def standalone(diagram: Diagram) -> str:
    """Return the drawing as a file of its own, with its ground and the reader's scheme."""
    start, end, rest = diagram.svg.partition("<title")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{start}{_ALONE}{end}{rest}'

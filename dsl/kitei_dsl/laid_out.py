"""Lines laid out, and the comments put back among them.

Comes in: `Line`s, each knowing the source lines it was read from, and a file's comments. Goes out: the text, line by
line, every comment on its line or before the line it precedes, in order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from kitei_dsl import syntax
from kitei_dsl.diagnostics import width
from kitei_dsl.frozen import Frozen, replace
from kitei_dsl.syntax import Node

_COLUMNS = 110
_INDENT = "  "


class Line(Frozen):
    """One line of the result, and the first and last source line it was read from.

    `apart`: a blank line stands before it; `closes`: it is the `end` of a block.
    """

    indent: int
    text: str
    first: int
    last: int
    apart: bool = False
    closes: bool = False


def fits(line: Line) -> bool:
    return width(_INDENT) * line.indent + width(line.text) <= _COLUMNS


def first_line(node: Node) -> int:
    return node.span.source.position(node.span.start)[0]


def last_line(node: Node) -> int:
    return node.span.source.position(max(node.span.start, node.span.end - 1))[0]


def set_apart(lines: list[Line], apart: bool) -> list[Line]:
    return [replace(lines[0], apart=apart), *lines[1:]]


def with_comments(lines: Sequence[Line], file: syntax.File) -> Iterator[str]:
    """Give the text lines with each comment on its line, or before the line it precedes."""
    own, trailing = _placed(lines, file.comments)
    source = file.span.source.text.split("\n")

    def written(i: int, indent: int) -> Iterator[str]:
        for n, comment in enumerate(own[i]):
            yield _INDENT * indent + comment.text
            followed = n + 1 < len(own[i]) or (i < len(lines) and not lines[i].closes)
            # A comment set off by a blank line in the source stays set off: it is about more than the next line.
            if comment.alone and followed and comment.line < len(source) and not source[comment.line].strip():
                yield ""

    for i, line in enumerate(lines):
        if line.apart:
            yield ""
        yield from written(i, line.indent + line.closes)
        beside = f"  {trailing[i].text}" if i in trailing else ""
        yield f"{_INDENT * line.indent}{line.text}{beside}"
    if lines and own[len(lines)]:
        yield ""
    yield from written(len(lines), 0)


def _placed(
    lines: Sequence[Line], comments: Sequence[syntax.Comment]
) -> tuple[list[list[syntax.Comment]], dict[int, syntax.Comment]]:
    """Place every comment: before a line (the last list: after all of them) or beside one; their order is kept."""
    own: list[list[syntax.Comment]] = [[] for _ in range(len(lines) + 1)]
    trailing: dict[int, syntax.Comment] = {}
    starts: list[int] = []
    for line in lines:
        starts.append(max(line.first, starts[-1] if starts else 0))
    reached = 0
    for comment in comments:
        i = bisect_right(starts, comment.line) - 1
        inside = i >= 0 and comment.line < lines[i].last
        place = i if inside or not comment.alone else i + 1
        beside = not comment.alone and not inside and i >= 0
        if beside and place >= reached and place not in trailing:
            trailing[place] = comment
            reached = place + 1
        else:
            reached = max(place + beside, reached, 0)
            own[reached].append(comment)
    return own, trailing

"""What a text or a workbook of facts is read into, whatever form it came in."""

from __future__ import annotations

from kitei_dsl.frozen import Frozen

#: Bounds of what is read at all: bytes, nodes, depth.
MAX_SIZE = 8_000_000
MAX_NODES = 400_000
MAX_DEPTH = 40
#: Characters of one text; a cell of a workbook holds fewer.
MAX_TEXT = 40_000


class Node(Frozen):
    """A text, a list (`items`) or a mapping (`pairs`), with its line (in a workbook: a number that stands for its cell).

    `quoted`: the text was put in quotes, so `none` in it is a word and not absence.
    """

    line: int
    sort: str
    data: str = ""
    quoted: bool = False
    items: tuple[Node, ...] = ()
    pairs: tuple[tuple[Node, Node], ...] = ()


def whole(text: str) -> bool:
    """Say whether a text has no half characters (lone surrogates), which no file could hold."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True

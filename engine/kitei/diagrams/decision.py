"""A provision's conditions as a decision diagram: questions from the top, yes and no, exceptions from the side, ends.

One column, so it is read on a telephone as on paper: each question leads down to the next; where an answer skips what
stands below, it leaves at the side (yes at the left, no at the right) and comes back in where it is wanted. Ways that lead
to the same place share one line. Deliberately not here: what the flow is (`flow`), what conditions say (`conditions`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from kitei.conditions import Conditions, Saying
from kitei.diagrams.drawing import (
    LEADING,
    PADDING,
    SIZE,
    SMALL,
    SMALL_LEADING,
    Diagram,
    Rect,
    box,
    frame,
    head,
    path,
    width,
    words,
    wrap,
)
from kitei.diagrams.flow import Node, Panel, panels
from kitei.wording import Lang
from kitei.world import Program
from kitei_dsl.frozen import Frozen, replace

#: The width of a question, how far an exception is set in, the room between boxes, the room a side way takes.
_BOX, _INSET, _GAP, _STUB, _LANE = 276, 20, 34, 42, 10
_INDENT = 12


class Placed(Frozen):
    """A node with its box and the lines that stand in it: how far in, whether in small, and the text."""

    node: Node
    rect: Rect
    lines: tuple[tuple[int, str, str], ...]


class Way(Frozen):
    """An arrow from one box to another: the answer it stands for, its points, and where its word stands."""

    answer: str
    source: int
    target: int
    points: tuple[tuple[int, int], ...]
    towards: str
    word: tuple[int, int, str]


class Drawn(Frozen):
    """A panel laid out: boxes, arrows, how large it is."""

    placed: tuple[Placed, ...]
    ways: tuple[Way, ...]
    size: tuple[int, int]


def decision_svg(
    program: Program, clause_ids: Iterable[str], lang: Lang, *, prefix: str = "decision", conditions: Conditions | None = None,
    without: Collection[str] = (),
) -> Diagram:  # fmt: skip
    """Draw how the clauses decide; every id in the drawing begins with the prefix. Nothing to draw: an empty diagram.
    `conditions` reads conditions out in this language, where there is one already; clauses `without` are left out (exceptions no
    day can meet any more).

    Raises KeyError where an id names no clause of the program.
    """
    conditions = conditions or Conditions(program, lang)
    found = panels(program, clause_ids, conditions, without)
    if not found:
        return Diagram("", "")
    margins = margins_of(found)
    drawn = [layout(panel, lang, margins) for panel in found]
    across = drawn[0].size[0]
    content, down = "", 0
    for panel, one in zip(found, drawn, strict=True):
        content += f'<g transform="translate(0 {down})">\n{_draw(one, lang)}</g>\n'
        down += one.size[1]
        for note in panel.notes:
            for line in wrap(note, across - 16, SMALL):
                content += words(8, down + 4, line, SMALL, quiet=True)
                down += SMALL_LEADING
        down += 16
    said = "\n".join(in_text(panel.words) for panel in found) + "\n"
    title = conditions.say("判断の流れ：", "How it is decided: ") + conditions.say("、", ", ").join(
        dict.fromkeys(p.title for p in found)
    )
    records = {record.id: record for panel in found for record in panel.records}
    return replace(frame(content, (across, down), title, said, prefix, lang), records=tuple(records.values()))


def in_text(saying: Saying) -> str:
    """Return a nested list as text: two spaces a level."""
    return "\n".join(f"{'  ' * level}- {text}" for level, text in saying.lines())


# --------------------------------------------------------------------------- layout
def _lines(node: Node, room: int) -> tuple[tuple[int, str, str], ...]:
    """Return the lines of a box: the tag, what is asked or said, and the note."""
    found: list[tuple[int, str, str]] = [(0, "tag", x) for x in wrap(node.tag, room, SMALL)] if node.tag else []
    for n, (level, text) in enumerate(node.lines):
        bold = "bold" if n == 0 and (node.kind in ("start", "outcome") or node.strong) else "plain"
        left = _INDENT * level
        found += [
            (left, bold, x)
            for x in wrap(("・" if level else "") + text, room - left - (8 if bold == "bold" else 0), SIZE)
        ]
    found += [(0, "small", x) for x in wrap(node.note, room, SMALL)] if node.note else []
    return tuple(found)


def _high(lines: Sequence[tuple[int, str, str]]) -> int:
    return 2 * PADDING - 2 + sum(LEADING if kind in ("plain", "bold") else SMALL_LEADING for _, kind, _ in lines)


def margins_of(found: Iterable[Panel]) -> tuple[int, int]:
    """Return the room left and right of the boxes that the side ways of all the panels take."""
    rooms = {"left": 6, "right": 6}
    for panel in found:
        for side, room in rooms.items():
            lanes = _lanes(panel.nodes, side)
            rooms[side] = max(room, _STUB + _LANE * (1 + max(lanes.values()))) if lanes else room
    return rooms["left"], rooms["right"]


def layout(panel: Panel, lang: Lang, margins: tuple[int, int]) -> Drawn:
    """Place the boxes one below the other and lead every way to its box."""
    nodes, (left, right) = panel.nodes, margins
    lanes = {side: _lanes(nodes, side) for side in ("left", "right")}
    placed, down = [], 8
    for node in nodes:
        inset = _INSET * min(node.depth, 2)
        lines = _lines(node, _BOX - inset - 2 * PADDING)
        placed.append(Placed(node, Rect(left + inset, down, _BOX - inset, _high(lines)), lines))
        down = placed[-1].rect.bottom + _GAP
    ways = tuple(_ways(placed, lanes, left, left + _BOX, lang))
    return Drawn(tuple(placed), ways, (left + _BOX + right, down - _GAP + 10))


def _falls(source: int, target: int) -> bool:
    return target == source + 1


def _side(answer: str) -> str:
    return "left" if answer == "yes" else "right"


def _lanes(nodes: Sequence[Node], side: str) -> dict[int, int]:
    """Return the lane of each box that ways lead to along a side: ways to one box share it, spans that meet do not."""
    spans: dict[int, tuple[int, int]] = {}
    for n, node in enumerate(nodes):
        for answer, target in node.ways():
            if not _falls(n, target) and _side(answer) == side:
                low, high = spans.get(target, (n, target))
                spans[target] = (min(low, n), max(high, target))
    found: dict[int, int] = {}
    for target, (low, high) in sorted(spans.items(), key=lambda s: (s[1][1] - s[1][0], s[0])):
        taken = {found[t] for t, (a, b) in spans.items() if t in found and a <= high and low <= b}
        found[target] = next(n for n in range(len(spans)) if n not in taken)
    return found


def _ways(
    placed: Sequence[Placed], lanes: dict[str, dict[int, int]], left: int, right: int, lang: Lang
) -> Iterable[Way]:
    """Give the arrows: straight down to the box below, else out at one side and in again at the same side."""
    said = {"yes": "はい", "no": "いいえ", "next": ""} if lang == "ja" else {"yes": "yes", "no": "no", "next": ""}
    for n, one in enumerate(placed):
        for answer, target in one.node.ways():
            a, b = one.rect, placed[target].rect
            if _falls(n, target):
                if b.x > a.x:  # into an exception: from the side
                    x, y = a.x + 9, b.y + 14
                    yield Way(
                        answer,
                        n,
                        target,
                        ((x, a.bottom), (x, y), (b.x, y)),
                        "right",
                        (x + 6, a.bottom + 18, said[answer]),
                    )
                else:
                    x = max(a.x, b.x) + 120
                    yield Way(
                        answer, n, target, ((x, a.bottom), (x, b.y)), "down", (x + 7, a.bottom + 18, said[answer])
                    )
                continue
            side = _side(answer)
            out, into = (
                a.y + a.h // 2 + (7 if side == "left" else 0),
                b.y + 14 + (10 if side == "left" and b.h > 40 else 0),
            )
            if side == "left":
                lane = left - _STUB - _LANE * lanes[side][target]
                points = ((a.x, out), (lane, out), (lane, into), (b.x, into))
                word = (a.x - 4 - width(said[answer], SMALL), out - 4, said[answer])
                yield Way(answer, n, target, points, "right", word)
            else:
                lane = right + _STUB + _LANE * lanes[side][target]
                points = ((a.right, out), (lane, out), (lane, into), (b.right, into))
                yield Way(answer, n, target, points, "left", (a.right + 4, out - 4, said[answer]))


# --------------------------------------------------------------------------- drawing
def _draw(drawn: Drawn, lang: Lang) -> str:
    found = []
    for way in drawn.ways:
        found.append(path(way.points))
        x, y = way.points[-1]
        found.append(head(x, y, way.towards))
        if way.word[2]:
            found.append(words(way.word[0], way.word[1], way.word[2], SMALL, bold=True))
    for one in drawn.placed:
        node, rect = one.node, one.rect
        outline = {"outcome": "heavy", "open": "dotted", "start": "thin"}.get(
            node.kind, "dashed" if node.depth else "plain"
        )
        found.append(box(rect, outline, {"outcome": 14, "start": 4}.get(node.kind, 0)))
        if node.kind == "step":
            found.append(path(((rect.x + 5, rect.y), (rect.x + 5, rect.bottom))))
        y = rect.y + PADDING - 1
        for left, kind, text in one.lines:
            small = kind in ("tag", "small")
            y += SMALL_LEADING if small else LEADING
            x = rect.x + PADDING + left
            found.append(
                words(x, y - 5, text, SMALL if small else SIZE, bold=kind in ("bold", "tag"), quiet=kind == "small")
            )
    return "".join(found)

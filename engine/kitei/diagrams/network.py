"""References as a drawing: what is rested on at the left, what rests on it at the right, an arrow from each to its ground.

Columns follow from the references (a circle is opened at its last edge in the order of the law); within a column the
boxes stand where their neighbours stand, so that few arrows cross. An arrow says at its tail how its provision rests on
the other. Deliberately not here: which references there are (`references`), their words (`reference_words`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from kitei.diagrams.drawing import (
    PADDING,
    SMALL,
    SMALL_LEADING,
    Diagram,
    Rect,
    box,
    frame,
    head,
    slanted,
    width,
    words,
    wrap,
)
from kitei.reference_words import ReferenceWords, drawn_edges
from kitei.references import KINDS, References
from kitei.wording import Lang
from kitei_dsl.frozen import Frozen

#: Letters of a box, their lines; how wide a box is, the room between boxes, between columns, between arrows at a box.
_SIZE, _LEADING, _BOX, _GAP, _PORT = 13, 18, 176, 18, 15
_SLANT, _PASS = 56, 12
#: Rounds of putting boxes where their neighbours are.
_ROUNDS = 8


class Arrow(Frozen):
    """An arrow: its places, its points, where its head points, and its words with the foot of where they stand."""

    source: str
    target: str
    points: tuple[tuple[int, int], ...]
    towards: str
    word: tuple[int, int, str]


class Network(Frozen):
    """A graph laid out: each place with its box and lines (size, text), the arrows, how large it is."""

    boxes: dict[str, tuple[Rect, tuple[tuple[int, str], ...]]]
    arrows: tuple[Arrow, ...]
    size: tuple[int, int]


def network_svg(graph: References, lang: Lang, *, centre: Collection[str] = (), prefix: str = "network") -> Diagram:
    """Draw a graph; the places asked about have a heavy outline. Ids begin with the prefix."""
    said = ReferenceWords(graph.program, lang)
    drawn = layout(graph, said)
    content = []
    for arrow in drawn.arrows:
        content.append(slanted(arrow.points))
        x, y = arrow.points[-1]
        content.append(head(x, y, arrow.towards))
    for arrow in drawn.arrows:
        content.append(words(arrow.word[0], arrow.word[1], arrow.word[2], SMALL, bold=True))
    for place, (rect, lines) in drawn.boxes.items():
        day = place in graph.program.commencements
        known = day or place in graph.program.by_address or place in graph.program.instruments or _partly(graph, place)
        content.append(box(rect, "heavy" if place in centre else "plain" if known else "dotted", 14 if day else 3))
        y = rect.y + PADDING - 3
        for size, text in lines:
            y += _LEADING if size == _SIZE else SMALL_LEADING
            content.append(words(rect.x + PADDING, y - 5, text, size, quiet=size == SMALL))
    across, down = drawn.size
    for kind in _kinds(graph):
        for line in wrap(
            said.say(f"{said.short([kind])}＝{said.kind(kind)}", f"{said.short([kind])}: {said.kind(kind)}"),
            max(across, 260) - 20,
            SMALL,
        ):
            content.append(words(10, down + SMALL_LEADING, line, SMALL, quiet=True))
            down += SMALL_LEADING
    title = said.say("参照の図", "References")
    if centre:
        title += said.say("：", ": ") + said.say("、", ", ").join(said.place(p) for p in list(centre)[:3])
    return frame("".join(content), (max(across, 260), down + 12), title, in_words(graph, said), prefix, lang)


def _partly(graph: References, place: str) -> bool:
    return any(p.startswith(f"{place}/") for p in graph.program.by_address)


def _kinds(graph: References) -> list[str]:
    met = {k for _, _, kinds in drawn_edges(graph) for k in kinds}
    return [k for k in KINDS if k in met]


def in_words(graph: References, said: ReferenceWords) -> str:
    """Return the whole graph as a nested list: each place, and what it rests on and how."""
    lines = []
    for place in graph.places:
        heading = said.heading(place)
        lines.append(f"- {said.place(place)}" + (said.say(f"（{heading}）", f" ({heading})") if heading else ""))
        for e in graph.edges:
            if e.source == place and e.kind != "filling":
                lines.append(f"  - {said.kind(e.kind)}{said.say('：', ': ')}{said.place(e.target)}{said.names(e)}")
    return "\n".join(lines) + "\n"


# --------------------------------------------------------------------------- layout
def layout(graph: References, said: ReferenceWords) -> Network:
    """Place the boxes in columns and lead the arrows between them."""
    edges = drawn_edges(graph)
    column = _columns(graph.places, [(s, t) for s, t, _ in edges])
    lines = {p: _lines(said, p) for p in graph.places}
    tail = {(source, target): said.short(kinds) for source, target, kinds in edges}
    ordered, chains = _ordered(graph.places, list(tail), column)
    sides: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for edge in tail:
        left, right = _sides(edge, column)
        sides.setdefault((left, "right"), []).append(edge)
        sides.setdefault((right, "left" if column[right] > column[left] else "right"), []).append(edge)
    high = {
        p: max(_high(lines[p]), 8 + _PORT * max(len(sides.get((p, s), ())) for s in ("left", "right")))
        for p in graph.places
    }
    top = _tops(ordered, chains, high)
    room = 10 + max((width(w, SMALL) for w in tail.values()), default=0)
    step = _BOX + 2 * room + _SLANT
    boxes = {p: (Rect(10 + column[p] * step, top[p], _BOX, high[p]), lines[p]) for p in graph.places}
    arrows = tuple(_arrow(e, tail[e], column, boxes, chains, top, sides, step, room) for e in tail)
    across = max([x for a in arrows for x, _ in a.points] + [r.right for r, _ in boxes.values()], default=0) + 10
    down = max((r.bottom for r, _ in boxes.values()), default=0) + 10
    down = max([down, *(y + 10 for a in arrows for _, y in a.points)])
    return Network(boxes, arrows, (across, down))


def _lines(said: ReferenceWords, place: str) -> tuple[tuple[int, str], ...]:
    found = [(_SIZE, line) for line in wrap(said.place(place), _BOX - 2 * PADDING, _SIZE)]
    heading = said.heading(place)
    return (*found, *((SMALL, line) for line in (wrap(heading, _BOX - 2 * PADDING, SMALL) if heading else ())))


def _high(lines: Sequence[tuple[int, str]]) -> int:
    return 2 * PADDING - 4 + sum(_LEADING if size == _SIZE else SMALL_LEADING for size, _ in lines)


def _columns(places: Sequence[str], edges: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Return the column of each place: right of everything it rests on, circles opened at their last edge."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(places)
    graph.add_edges_from(edges)
    while True:
        circles = [c for c in nx.strongly_connected_components(graph) if len(c) > 1]
        if not circles:
            break
        order = {p: n for n, p in enumerate(places)}
        for circle in sorted(circles, key=lambda c: min(order[p] for p in c)):
            inside = [(s, t) for s, t in edges if s in circle and t in circle and graph.has_edge(s, t)]
            s, t = max(inside, key=lambda e: (order[e[1]], order[e[0]]))
            graph.remove_edge(s, t)
    column: dict[str, int] = {}
    for place in nx.lexicographical_topological_sort(
        graph.reverse(copy=True), key={p: n for n, p in enumerate(places)}.__getitem__
    ):
        column[place] = 1 + max((column[t] for t in graph.successors(place)), default=-1)
    return column


Slot = tuple[str, int]


def _ordered(
    places: Sequence[str], edges: Sequence[tuple[str, str]], column: Mapping[str, int]
) -> tuple[list[list[Slot]], dict[tuple[str, str], list[Slot]]]:
    """Return what stands in each column from the top: places, and the passages of arrows that go through it.

    A passage is named by its arrow's number; `chains` gives those of each arrow from left to right.
    """
    count = 1 + max(column.values(), default=0)
    ordered: list[list[Slot]] = [[(p, -1) for p in places if column[p] == n] for n in range(count)]
    chains: dict[tuple[str, str], list[Slot]] = {}
    beside: dict[Slot, list[Slot]] = {}
    for number, (s, t) in enumerate(edges):
        left, right = sorted((s, t), key=lambda p: column[p])
        chain = [("", number * 100 + n) for n in range(column[left] + 1, column[right])]
        chains[(s, t)] = chain
        for n, passage in enumerate(chain):
            ordered[column[left] + 1 + n].append(passage)
        for a, b in zip([(left, -1), *chain], [*chain, (right, -1)], strict=True):
            beside.setdefault(a, []).append(b)
            beside.setdefault(b, []).append(a)
    for turn in range(_ROUNDS):
        for n in range(count) if turn % 2 == 0 else reversed(range(count)):
            other = n - 1 if turn % 2 == 0 else n + 1
            if 0 <= other < count:
                at = {slot: i for i, slot in enumerate(ordered[other])}
                now = {slot: i for i, slot in enumerate(ordered[n])}

                def middle(slot: Slot, at: dict[Slot, int] = at, now: dict[Slot, int] = now) -> tuple[Fraction, int]:
                    near = [at[b] for b in beside.get(slot, ()) if b in at]
                    return (Fraction(sum(near), len(near)) if near else Fraction(now[slot]), now[slot])

                ordered[n].sort(key=middle)
    return ordered, chains


def _tops(
    ordered: Sequence[Sequence[Slot]], chains: Mapping[tuple[str, str], Sequence[Slot]], high: Mapping[str, int]
) -> dict[object, int]:
    """Return the upper edge of each box (by place) and the height of each passage (by its slot): columns set in the middle."""
    tall = [sum((high[p] if p else _PASS) + _GAP for p, _ in column) for column in ordered]
    top: dict[object, int] = {}
    for column, height in zip(ordered, tall, strict=True):
        y = 10 + (max(tall) - height) // 2
        for place, number in column:
            if place:
                top[place] = y
                y += high[place] + _GAP
            else:
                top["", number] = y + _PASS // 2
                y += _PASS + _GAP
    return top


def _sides(edge: tuple[str, str], column: Mapping[str, int]) -> tuple[str, str]:
    """Return which end of an arrow stands left, which right; in one column, its provision and what it rests on."""
    source, target = edge
    return (target, source) if column[target] < column[source] else (source, target)


def _arrow(
    edge: tuple[str, str], word: str, column: Mapping[str, int], boxes: Mapping[str, tuple[Rect, object]],
    chains: Mapping[tuple[str, str], Sequence[Slot]], top: Mapping[object, int],
    sides: Mapping[tuple[str, str], Sequence[tuple[str, str]]], step: int, room: int,
) -> Arrow:  # fmt: skip
    """Lead an arrow from its provision to the one it rests on, through the passages between."""
    source, target = edge
    left, right = _sides(edge, column)
    a, b = boxes[left][0], boxes[right][0]
    beside = column[left] == column[right]

    def port(place: str, side: str, rect: Rect) -> int:
        def towards(other: tuple[str, str]) -> tuple[int, tuple[str, str]]:
            far = other[0] if other[1] == place else other[1]
            chain = chains[other]
            near = (chain[0] if side == "right" else chain[-1]) if chain else None
            return (top[near] if near is not None else boxes[far][0].y + boxes[far][0].h // 2), other

        others = sorted(sides[(place, side)], key=towards)
        return rect.y + rect.h // 2 + _PORT * others.index(edge) - _PORT * (len(others) - 1) // 2

    from_y, to_y = port(left, "right", a), port(right, "right" if beside else "left", b)
    points = [(a.right, from_y), (a.right + room, from_y)]
    for n, passage in enumerate(chains[edge]):
        x, y = 10 + (column[left] + 1 + n) * step, top[passage]
        points += [(x - room, y), (x + _BOX + room, y)]
    if beside:
        points += [(b.right + room, to_y), (b.right, to_y)]
    else:
        points += [(b.x - room, to_y), (b.x, to_y)]
    leftward = target == left
    at = (b.x - 4 - width(word, SMALL), to_y - 3) if leftward else (a.right + 4, from_y - 3)
    if leftward:
        points.reverse()
    return Arrow(source, target, tuple(points), "left" if leftward or beside else "right", (*at, word))

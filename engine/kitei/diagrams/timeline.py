"""When provisions are in force, as bars over time: dashed and open where a day is not fixed, hatched where it is no law.

A row is a provision version (or anything else that lasts). Days that are fixed stand on a line to the scale of time between
the first and the last of them; a day that is not fixed has a place of its own behind them, by the name of its commencement.
Bars differ in outline and hatching, never in colour alone. Deliberately not here: which versions there are in a world.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from kitei.diagrams.drawing import (
    SMALL,
    SMALL_LEADING,
    Diagram,
    Rect,
    box,
    frame,
    path,
    upright,
    width,
    words,
    wrap,
    xml,
)
from kitei.reference_words import ReferenceWords
from kitei.references import place_of
from kitei.wording import Lang
from kitei.world import Program
from kitei_dsl.frozen import Frozen

#: Room at the edges, between days on the line at least, for a bar, below a bar, for an open end; width at least.
_EDGE, _TICK, _BAR, _GAP, _OPEN, _WIDTH = 10, 24, 16, 14, 40, 360
_SIZE, _LEADING = 13, 18


class Row(Frozen):
    """One thing that lasts: what it is called, a note, its start and end (ISO day, else the name of a day not fixed; end
    empty while none is known; a start empty: since before the first day shown), how sure: law, outline (by outline, hatched)
    or claim (no law, hatched)."""

    label: str
    note: str
    start: str
    end: str
    standing: str = "law"


def version_rows(program: Program, addresses: Iterable[str], lang: Lang) -> list[Row]:
    """Return a row for each version of some addresses, in the order of the law."""
    said, wanted = ReferenceWords(program, lang), set(addresses)
    rows = []
    for v in sorted(program.core.versions, key=lambda v: program.order[v.id]):
        if place_of(v.address) not in wanted:
            continue
        instrument = program.instruments[v.address.partition("/")[0]]
        standing = "claim" if instrument.status != "enacted" else "outline" if v.grade != "A" else "law"
        heading = said.conditions.names.said(v.heading)
        rows.append(
            Row(
                said.conditions.cite(place_of(v.address), v),
                "" if heading is None else said.conditions.label(heading),
                _named(said, v.start),
                "" if v.end is None else _named(said, v.end),
                standing,
            )
        )
    return rows


def _named(said: ReferenceWords, moment: str) -> str:
    return said.place(moment) if "/" in moment else moment


class Bar(Frozen):
    """A row laid out: its lines above the bar, the bar, and which of its ends are open (no day known) or not fixed."""

    row: Row
    lines: tuple[tuple[int, int, str], ...]
    rect: Rect
    open_start: bool
    open_end: bool
    unfixed_start: bool


class Course(Frozen):
    """Bars, the moments with their place and sign (a day itself, else a number told below), where bars begin, how large it is."""

    bars: tuple[Bar, ...]
    moments: tuple[tuple[int, str, str], ...]
    top: int
    size: tuple[int, int]


def timeline_svg(rows: Sequence[Row], lang: Lang, *, prefix: str = "timeline", title: str = "") -> Diagram:
    """Draw the rows; every id in the drawing begins with the prefix. Nothing to draw: an empty diagram."""
    if not rows:
        return Diagram("", "")
    course = layout(rows)
    across, down = course.size
    content = [_hatching(prefix)]
    for x, moment, sign in course.moments:
        if _fixed(moment):
            content.append(upright(x + 4, course.top - 6, sign, SMALL))
        else:
            content.append(words(x, course.top - 6, sign, SMALL, bold=True, anchor="middle"))
        for bar in course.bars:  # beside the bars only: no line crosses a word
            content.append(path(((x, bar.rect.y - 4), (x, bar.rect.bottom + 4)), dashed=not _fixed(moment)))
    for bar in course.bars:
        for y, size, text in bar.lines:
            content.append(words(_EDGE, y, text, size, bold=size == _SIZE, quiet=size == SMALL))
        content += _drawn(bar, prefix)
    for _, moment, sign in course.moments:
        if not _fixed(moment):
            told = f"{sign}＝{moment}（日は未定）" if lang == "ja" else f"{sign}: {moment} (day not fixed)"
            for line in wrap(told, across - 2 * _EDGE, SMALL):
                down += SMALL_LEADING
                content.append(words(_EDGE, down - 4, line, SMALL))
    down += 8
    name = title or ("施行の経過" if lang == "ja" else "When it is in force")
    return frame("".join(content), (across, down), name, in_words(rows, lang), prefix, lang)


def in_words(rows: Iterable[Row], lang: Lang) -> str:
    """Return each row with when it begins and ends."""
    lines = []
    for row in rows:
        start = row.start or ("（始期は示さない）" if lang == "ja" else "a day not shown")
        end = row.end
        if lang == "ja":
            begins = start if _fixed(start) or not row.start else f"「{start}」（日は未定）"
            ends = (
                "終期の定めなし"
                if not end
                else f"{end}の前日まで"
                if _fixed(end)
                else f"「{end}」（日は未定）の前日まで"
            )
            sure = {"law": "", "outline": "、要綱による", "claim": "、法令でない"}[row.standing]
            lines.append(f"- {row.label}{f'（{row.note}）' if row.note else ''}：{begins}から、{ends}{sure}")
        else:
            begins = start if _fixed(start) or not row.start else f'"{start}" (day not fixed)'
            ends = (
                "no end known"
                if not end
                else f"until the day before {end}"
                if _fixed(end)
                else f'until the day before "{end}" (day not fixed)'
            )
            sure = {"law": "", "outline": ", by the outline", "claim": ", no law"}[row.standing]
            lines.append(f"- {row.label}{f' ({row.note})' if row.note else ''}: from {begins}, {ends}{sure}")
    return "\n".join(lines) + "\n"


def _fixed(moment: str) -> bool:
    try:
        date.fromisoformat(moment)
    except ValueError:
        return False
    return True


# --------------------------------------------------------------------------- layout
def layout(rows: Sequence[Row]) -> Course:
    """Set the moments on the line, fixed days by time and those not fixed behind them, and the bars below."""
    met = dict.fromkeys(m for row in rows for m in (row.start, row.end) if m)
    fixed = sorted(m for m in met if _fixed(m))
    unfixed = [m for m in met if not _fixed(m)]
    first = _EDGE + 14
    at: dict[str, int] = {}
    days = [date.fromisoformat(m).toordinal() for m in fixed]
    span = max(days[-1] - days[0], 1) if days else 1
    spread = max(_WIDTH - first - _OPEN - _EDGE - (_TICK + 20) * len(unfixed), _TICK)
    for n, (moment, day) in enumerate(zip(fixed, days, strict=True)):
        wanted = first + (day - days[0]) * spread // span
        latest = first + spread - _TICK * (len(fixed) - 1 - n)  # what comes after it must have room too
        at[moment] = max(min(wanted, latest), max((x + _TICK for x in at.values()), default=0))
    for moment in unfixed:
        at[moment] = max((x + _TICK + 20 for x in at.values()), default=first)
    right = max(at.values(), default=first)
    across = max(right + _OPEN + _EDGE, _WIDTH)
    named = tuple((at[m], m, m if _fixed(m) else f"({unfixed.index(m) + 1})") for m in (*fixed, *unfixed))
    top = 10 + max((width(m, SMALL) for m in fixed), default=SMALL_LEADING)
    bars, y = [], top + 10
    for row in rows:
        lines: list[tuple[int, int, str]] = []
        for size, step, text in ((_SIZE, _LEADING, row.label), (SMALL, SMALL_LEADING, row.note)):
            for line in wrap(text, across - 2 * _EDGE - 8, size) if text else ():
                y += step
                lines.append((y - 4, size, line))
        y += 4
        left, end = at.get(row.start, _EDGE), at.get(row.end, across - _EDGE)
        if end <= left:
            end = left + 4
        unfixed_start = bool(row.start) and not _fixed(row.start)
        bars.append(Bar(row, tuple(lines), Rect(left, y, end - left, _BAR), not row.start, not row.end, unfixed_start))
        y += _BAR + _GAP
    return Course(tuple(bars), named, top, (across, y + 4))


# --------------------------------------------------------------------------- drawing
def _hatching(prefix: str) -> str:
    """Return the pattern of what is no law in force, named for this drawing."""
    return (
        f'<defs><pattern id="{xml(prefix)}-hatch" width="7" height="7" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path d="M0 0 L0 7" stroke="currentColor" stroke-width="2"/></pattern></defs>\n'
    )


def _drawn(bar: Bar, prefix: str) -> Iterable[str]:
    """Give a bar: full for law, hatched for what is not; an end without a day is open, pointing on."""
    r = bar.rect
    fill = (
        'fill="currentColor" fill-opacity="0.25"'
        if bar.row.standing == "law"
        else f'fill="url(#{xml(prefix)}-hatch)" fill-opacity="0.55"'
    )
    yield f'<rect x="{r.x}" y="{r.y}" width="{r.w}" height="{r.h}" {fill}/>\n'
    outline = "dashed" if bar.unfixed_start else "dotted" if bar.row.standing == "claim" else "plain"
    if not bar.open_start and not bar.open_end:
        yield box(r, outline)
        return
    dashed = outline != "plain"
    for y in (r.y, r.bottom):
        yield path(((r.x, y), (r.right - (8 if bar.open_end else 0), y)), dashed=dashed)
    if not bar.open_start:
        yield path(((r.x, r.y), (r.x, r.bottom)), dashed=dashed)
    if bar.open_end:
        middle = r.y + r.h // 2
        yield f'<path d="M{r.right - 8} {r.y} L{r.right} {middle} L{r.right - 8} {r.bottom}" fill="none" stroke="currentColor"/>\n'
    else:
        yield path(((r.right, r.y), (r.right, r.bottom)), dashed=dashed)

"""Deadlines as a calendar file (iCalendar, RFC 5545): the small part of it that all-day events need.

Comes in: a register of deadlines. Goes out: one event per row with a day, in one language: what, whose, on which
provision, its status in words, how the day was computed. A row whose duty has ended by repeal is left out; a row without a
day has no place in a calendar. Nothing is read from a clock: the stamp is the day of the facts. Lines end in CR LF and are folded
at 75 octets between characters. Deliberately not here: alarms, time zones, recurrence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from kitei.deadlines import DueRow, DueWords
from kitei.document import plain
from kitei.due_register import DueRegister
from kitei.wording import Lang

_OCTETS = 75
#: Conclusions that may still turn out otherwise: they stand in a calendar as tentative.
_UNSETTLED = ("undetermined", "contested")


def as_ics(register: DueRegister, lang: Lang) -> str:
    """Write the rows with a day as a calendar; the same register gives the same bytes."""
    words = DueWords(register.answer, register.program, register.x, lang)
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//kitei//deadlines//{lang.upper()}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(plain(words.line('calendar')))}",
    ]  # fmt: skip
    if notes := register.notes(lang):
        lines.append(f"X-WR-CALDESC:{_text(chr(10).join(notes))}")
    for row in register.dated:
        if row.status != "lapsed":
            lines += _event(register, words, row)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(register: DueRegister, words: DueWords, row: DueRow) -> Iterator[str]:
    assert row.due is not None
    c, context = row.conclusion, register.answer["context"]
    assumed = bool(register.answer["assumptions"])
    day = date.fromisoformat(row.due)
    awaits = bool(register.awaits(row))
    summary = plain(words.line("summary", c, row.status, row.due, row.choices, assumed, row.if_applies, awaits))
    doubtful = (
        row.if_applies or row.status in _UNSETTLED or bool(row.choices) or context["hypothetical"] or assumed or awaits
    )
    yield "BEGIN:VEVENT"
    yield f"UID:{register.uid(row)}"
    yield f"DTSTAMP:{context['at'].replace('-', '')}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(summary)}"
    yield f"DESCRIPTION:{_text(chr(10).join(_description(register, words, row)))}"
    yield f"STATUS:{'TENTATIVE' if doubtful else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "CLASS:CONFIDENTIAL"
    yield "END:VEVENT"


def _description(register: DueRegister, words: DueWords, row: DueRow) -> Iterator[str]:
    """Give what the row says, cell by cell, what the calendar leaves out, and on what it all rests."""
    for name in ("what", "who", "status", "how", "sanctions"):
        cell = getattr(words, name)(row)
        yield plain((*words.head(name), *words.colon(), *cell[0]))
        yield from (plain(line) for line in cell[1:])
    for u in register.awaits(row):
        commencement = u.commencement
        yield plain(words.line("awaits", register.x.names.commencement(commencement.id), commencement.latest))
    for a in register.answer["assumptions"]:
        yield plain(words.line("supposed", register.x.assumption(a)))
    yield from (plain(words.line("note", text)) for text in register.notes(words.lang))
    yield from words.footing()


def _text(text: str) -> str:
    """Escape a text value: backslash, semicolon, comma and line ends; no other control character is left."""
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", re.sub(r"\r\n?", "\n", text))
    for character in ("\\", ";", ","):
        text = text.replace(character, "\\" + character)
    return text.replace("\n", "\\n").replace("\t", " ")


def _folded(line: str) -> Iterator[str]:
    """Fold a line at 75 octets, between characters; a line that goes on begins with a space, which counts."""
    part, size = "", 0
    for character in line:
        octets = len(character.encode("utf-8", "replace"))
        if size + octets > _OCTETS:
            yield part
            part, size = " ", 1
        part, size = part + character, size + octets
    yield part

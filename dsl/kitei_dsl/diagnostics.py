"""Diagnostics: records with a slug, places and help, rendered as text with carets or as data.

Comes in: a slug of `codes.py` and its fields. Goes out: a `Diagnostic`. Mistakes in the text, gaps in the
law and findings of analyses are the same record. Carets count columns by East Asian width.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kitei_dsl.codes import CODES
from kitei_dsl.codes_ja import SEVERITIES
from kitei_dsl.source import Span

_ORDER = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `law` is the legal name of the place (a citation), beside the file's; `related` other places.

    Message and help are English; `fields` are what fills the templates of both languages (`japanese.py`)."""

    slug: str
    severity: str
    message: str
    help: str
    span: Span | None
    law: str = ""
    related: tuple[tuple[Span, str], ...] = ()
    fields: tuple[tuple[str, str], ...] = ()


def diagnostic(
    slug: str, span: Span | None, *, law: str = "", related: tuple[tuple[Span, str], ...] = (), **fields: str
) -> Diagnostic:
    """Make the diagnostic `slug` from its template; a missing field is our own mistake (KeyError)."""
    return finding(slug, span, fields, law=law, related=related)


def finding(
    slug: str,
    span: Span | None,
    fields: Mapping[str, str],
    *,
    law: str = "",
    related: tuple[tuple[Span, str], ...] = (),
) -> Diagnostic:
    """Make a diagnostic from fields given as a mapping."""
    code = CODES[slug]
    message, advice = code.message.format_map(fields), code.help.format_map(fields)
    return Diagnostic(
        slug, code.severity, escape(message), escape(advice), span, law, related, tuple(sorted(fields.items()))
    )


def escape(text: str) -> str:
    """Replace control and direction characters so that nothing printed can act on a terminal."""
    return "".join(c if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf") else f"\\u{ord(c):04x}" for c in text)


def near(name: str, known: Iterable[str]) -> str:
    """Return `did you mean …` for the nearest known names, or an empty string."""
    # Two kanji of which one is wrong are as near as a slip in a longer word.
    cutoff = 0.5 if len(name) == 2 and not name.isascii() else 0.6
    matches = difflib.get_close_matches(name, sorted(set(known)), n=3, cutoff=cutoff)
    return f"did you mean {' or '.join(f'`{m}`' for m in matches)}?" if matches else ""


def width(text: str) -> int:
    """Return the columns a terminal gives the text: wide, full-width and ambiguous characters take two."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sort by file and place, so the same input prints the same report."""

    def key(d: Diagnostic) -> tuple[str, int, int, str, str]:
        place = ("", 0) if d.span is None else (d.span.source.name, d.span.start)
        return (*place, _ORDER[d.severity], d.slug, d.message)

    return sorted(dict.fromkeys(diagnostics), key=key)


def render(d: Diagnostic, *, color: bool = False, lang: str = "en") -> str:
    """Render one diagnostic for a terminal, with the line it is about and carets under the words.

    `lang` is that of the words around it; the diagnostic's own are told by `japanese.in_language`.
    """
    severity, place, advice = (
        (d.severity, "in: ", "help: ") if lang != "ja" else (SEVERITIES[d.severity], "場所：", "対処：")
    )
    bold, red, plain = ("\x1b[1m", "\x1b[31m", "\x1b[0m") if color else ("", "", "")
    lines = [f"{red if d.severity == 'error' else bold}{severity}[{d.slug}]{plain}: {d.message}"]
    if d.span is not None:
        lines += _snippet(d.span)
    for span, label in d.related:
        lines += [*_snippet(span)[:1], f"   = {label}"]
    if d.law:
        lines.append(f"   = {place}{d.law}")
    if d.help:
        lines.append(f"   = {advice}{d.help}")
    return "\n".join(lines)


def _snippet(span: Span) -> list[str]:
    number, column = span.source.position(span.start)
    line = escape(span.source.line(number))
    length = min(span.end, span.start + len(line) - column + 1) - span.start
    before, under = line[: column - 1], line[column - 1 : column - 1 + max(length, 1)]
    gutter = " " * len(str(number))
    return [
        f"{gutter}--> {span.place}",
        f"{gutter} |",
        f"{number} | {line}",
        f"{gutter} | {' ' * width(before)}{'^' * max(1, width(under))}",
    ]


def as_data(d: Diagnostic) -> dict[str, object]:
    """Return the diagnostic as JSON-ready data: slug, severity, message, help, law, and place where it has one."""
    data: dict[str, object] = {
        "slug": d.slug,
        "severity": d.severity,
        "message": d.message,
        "help": d.help,
        "law": d.law,
    }
    if d.span is not None:
        line, column = d.span.source.position(d.span.start)
        data["place"] = {"file": d.span.source.name, "line": line, "column": column}
    return data

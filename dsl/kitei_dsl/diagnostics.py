"""Diagnostics: records with a slug, places and help, rendered as text with carets or as data.

Comes in: a slug of `codes.py` and its fields. Goes out: a `Diagnostic`. Mistakes in the text, gaps in the
law and findings of analyses are the same record. Carets count columns by East Asian width.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from kitei_dsl.codes import CODES
from kitei_dsl.codes_ja import SEVERITIES
from kitei_dsl.frozen import Frozen
from kitei_dsl.source import Span

_ORDER = {"error": 0, "warning": 1, "note": 2}
#: What is longer is shortened where it is quoted, so that no message is a page.
_MAX_QUOTED = 300
#: Characters of a line shown around the words a diagnostic is about.
_BEFORE, _SHOWN = 80, 240
#: Names compared for `did you mean`; of longer vocabularies only those that begin and end much alike.
_MAX_KNOWN, _MAX_NAME = 400, 80
#: What acts on a terminal, hides, turns the direction, breaks a line, or is half a character (Unicode categories Cc,
#: Cf, Zl, Zp, Cs), but the newline. Spelt out, so that every Python prints the same.
_UNSHOWN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
)


class Diagnostic(Frozen):
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
    fields = {name: clipped(text) for name, text in fields.items()}
    message, advice = code.message.format_map(fields), code.help.format_map(fields)
    return Diagnostic(
        slug, code.severity, escape(message), escape(advice), span, law, related, tuple(sorted(fields.items()))
    )


def escape(text: str) -> str:
    """Replace control and direction characters so that nothing printed can act on a terminal."""
    return _UNSHOWN.sub(lambda m: _number(m[0]), text)


def _number(c: str) -> str:
    return f"\\u{ord(c):04x}" if ord(c) < 0x10000 else f"\\U{ord(c):08x}"


def json_text(data: object) -> str:
    """Write JSON for people and programs: sorted, indented, kanji as they are; what would act on a terminal as \\uXXXX."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1)
    return _UNSHOWN.sub(lambda m: json.dumps(m[0])[1:-1], text)


def clipped(text: str, limit: int = _MAX_QUOTED) -> str:
    """Shorten a quoted text to its beginning and end, and say how long it is."""
    if len(text) <= limit:
        return text
    return f"{text[: limit - limit // 2]} … ({len(text)} characters) … {text[-limit // 3 :]}"


def near(name: str, known: Iterable[str]) -> str:
    """Return `did you mean …` for the nearest known names, or an empty string."""
    import difflib  # wanted only where something is wrong

    names = sorted(set(known)) if len(name) <= _MAX_NAME else []
    if len(names) > _MAX_KNOWN:
        names = [k for k in names if abs(len(k) - len(name)) <= 2 and k[:1] == name[:1]][:_MAX_KNOWN]
    # Two kanji of which one is wrong are as near as a slip in a longer word.
    cutoff = 0.5 if len(name) == 2 and not name.isascii() else 0.6
    matches = difflib.get_close_matches(name, [k for k in names if len(k) <= _MAX_NAME], n=3, cutoff=cutoff)
    return f"did you mean {' or '.join(f'`{m}`' for m in matches)}?" if matches else ""


def width(text: str) -> int:
    """Return the columns a terminal gives the text: wide, full-width and ambiguous characters take two."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


@lru_cache(maxsize=8192)
def _columns(c: str) -> int:
    return 0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WFA" else 1


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
    """Return the line a span begins on with carets under its words; of a long line the part around them."""
    number, column = span.source.position(span.start)
    text = span.source.line(number)
    first = max(0, column - 1 - _BEFORE) if len(text) > _SHOWN else 0
    last = min(len(text), first + _SHOWN)
    length = max(1, min(span.end, span.start + last - column + 1) - span.start)
    cut = ("… " if first else "", " …" if last < len(text) else "")
    before = cut[0] + escape(text[first : column - 1])
    under = escape(text[column - 1 : min(column - 1 + length, last)])
    after = escape(text[min(column - 1 + length, last) : last]) + cut[1]
    gutter = " " * len(str(number))
    return [
        f"{gutter}--> {escape(span.place)}",
        f"{gutter} |",
        f"{number} | {before}{under}{after}",
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

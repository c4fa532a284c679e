"""Bytes to text: UTF-8, and what Japanese machines also write, told apart or refused with the line.

Comes in: bytes. Goes out: the text, and the slug of a warning where it was not UTF-8. Nothing is guessed: a file in which
some lines are UTF-8 and others not is refused, for every reading of it would be partly wrong.
"""

from __future__ import annotations

import codecs
import re

from kitei.intake.problems import Bad

#: Kana and kanji: bytes that read as these in UTF-8 are UTF-8; in CP932 they would be a rare coincidence.
_JAPANESE = "[぀-ヿ㐀-鿿＀-￠]"
#: What CP932 bytes become that no Japanese machine wrote: C1 controls and private letters.
_UNWRITTEN = re.compile("[\x80-\xa0\uf8f0-\uf8f3]")


def decode(data: bytes) -> tuple[str, str | None]:
    """Return the text and the slug of a warning. Raises Bad, with the line, where it is no text we can be sure of."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise Bad(1, "utf-32")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError:
            raise Bad(1, "not-text") from None
        if (at := text.find("\x00")) >= 0:
            raise Bad(text.count("\n", 0, at) + 1, "nul")
        return text, "was-utf16"
    if (at := data.find(b"\x00")) >= 0:
        raise Bad(data.count(b"\n", 0, at) + 1, "nul")
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
    if any(re.search(_JAPANESE, _utf8(part)) for part in data.split(b"\n")):
        raise Bad(line, "mixed-text")
    try:
        text = data.decode("cp932")
    except UnicodeDecodeError as error:
        raise Bad(data[: error.start].count(b"\n") + 1, "not-text") from None
    foreign = [c for c in text if not c.isascii()]
    halfwidth = sum("｡" <= c <= "ﾟ" for c in foreign)
    if _UNWRITTEN.search(text) or 2 * halfwidth > len(foreign):
        raise Bad(line, "not-text")
    return text, "was-cp932"


def _utf8(part: bytes) -> str:
    try:
        return part.decode("utf-8")
    except UnicodeDecodeError:
        return ""

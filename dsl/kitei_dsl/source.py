"""A source file and places in it.

A `Source` is a name and its text, normalised to NFC on reading (macOS writes decomposed kana).
A `Span` is a half-open range of character offsets. Nothing here knows the language.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import unicodedata
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from kitei_dsl.frozen import Frozen


class Source(Frozen, dict=True):
    """One text and the name it is reported under (a path relative to the statutes folder)."""

    name: str
    text: str

    @cached_property
    def line_starts(self) -> list[int]:
        """Offsets at which each line starts, the first line being 0."""
        return [0, *accumulate(len(line) + 1 for line in self.text.split("\n")[:-1])]

    def position(self, offset: int) -> tuple[int, int]:
        """Return the 1-based line and column (in characters) of an offset."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Return the text of a 1-based line, without its newline; empty past the end."""
        if not 0 < number <= len(self.line_starts):
            return ""
        start = self.line_starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start:] if end < 0 else self.text[start:end]


class Span(Frozen):
    """A half-open range of offsets in one source."""

    source: Source
    start: int
    end: int

    @property
    def line(self) -> int:
        return self.source.position(self.start)[0]

    @property
    def place(self) -> str:
        """`file:line:column` of the start, as diagnostics print it."""
        line, column = self.source.position(self.start)
        return f"{self.source.name}:{line}:{column}"


#: More bytes than any .kitei file has that can be read (`parse` counts its characters and words).
MAX_BYTES = 16_000_000
#: More marks on one letter than any script writes (Unicode Standard Annex 15, stream-safe text): putting a longer
#: run in order takes time that grows with its square.
MAX_MARKS = 30
#: Where every combining mark lies; the runs found are looked at one by one.
_MARK = re.compile(
    "[\u0300-\u1fff\u20d0-\u20ff\u2c00-\u2dff\u302a-\u302f\u3099\u309a\ua660-\uabff\ufb1e\ufe20-\ufe2f\U00010000-\U0001ffff]"
)
_MARKS = re.compile(f"{_MARK.pattern}{{{MAX_MARKS + 1},}}")


def file_bytes(path: Path, limit: int) -> bytes:
    """Read a regular file of at most `limit` bytes.

    Raises OSError, with `strerror` in plain words, for a folder, a pipe, a device, or a file that is too long: nothing
    that has no end is waited for.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        sort = "a folder" if stat.S_ISDIR(mode) else "a device or a pipe"
        raise OSError(errno.EINVAL, f"{sort} stands where a file is expected", str(path))
    with open(descriptor, "rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise OSError(errno.EFBIG, f"the file has more than {limit} bytes, the most that is read", str(path))
    return data


def overloaded(text: str) -> int | None:
    """Return the offset of the first letter with more marks than can be put in order, or None."""
    # A run that is too long holds a character at one of the places counted by its length: the others need no look.
    if not _MARK.search(text[:: MAX_MARKS + 1]):
        return None
    for run in _MARKS.finditer(text):
        marks = 0
        for offset, c in enumerate(run[0], start=run.start()):
            marks = marks + 1 if unicodedata.combining(c) else 0
            if marks > MAX_MARKS:
                return offset
    return None


def composed(text: str) -> str:
    """Return a text in NFC. Raises OSError where a letter carries more marks than any script writes."""
    offset = overloaded(text)
    if offset is not None:
        line = text.count("\n", 0, offset) + 1
        raise OSError(errno.EINVAL, f"line {line} has a letter with more than {MAX_MARKS} combining marks")
    return unicodedata.normalize("NFC", text)


def read_source(path: Path, name: str) -> Source:
    """Read a UTF-8 file as a `Source`.

    Raises OSError if it cannot be read and UnicodeDecodeError if it is not UTF-8;
    the caller turns both into diagnostics.
    """
    return Source(name, composed(file_bytes(path, MAX_BYTES).decode("utf-8-sig").replace("\r\n", "\n")))

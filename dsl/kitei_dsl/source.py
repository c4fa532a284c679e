"""A source file and places in it.

A `Source` is a name and its text, normalised to NFC on reading (macOS writes decomposed kana).
A `Span` is a half-open range of character offsets. Nothing here knows the language.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True)
class Source:
    """One text and the name it is reported under (a path relative to the statutes folder)."""

    name: str
    text: str

    @cached_property
    def line_starts(self) -> list[int]:
        """Offsets at which each line starts, the first line being 0."""
        return [0, *(i + 1 for i, c in enumerate(self.text) if c == "\n")]

    def position(self, offset: int) -> tuple[int, int]:
        """Return the 1-based line and column (in characters) of an offset."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Return the text of a 1-based line, without its newline; empty past the end."""
        lines = self.text.split("\n")
        return lines[number - 1] if 0 < number <= len(lines) else ""


@dataclass(frozen=True, slots=True)
class Span:
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


def read_source(path: Path, name: str) -> Source:
    """Read a UTF-8 file as a `Source`.

    Raises OSError if it cannot be read and UnicodeDecodeError if it is not UTF-8;
    the caller turns both into diagnostics.
    """
    return Source(name, unicodedata.normalize("NFC", path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")))

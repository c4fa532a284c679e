"""The pages of why and why not as tests read them: their lines without marks."""

from __future__ import annotations

from typing import Any

from kitei.document import Listing, plain
from kitei.why import Why
from kitei.wording import Lang


def page(found: Why, lang: Lang = "en") -> str:
    return "\n".join(plain(line) for line in found.document(lang).lines())


def below(found: Why, lang: Lang = "en") -> list[str]:
    """Return the lines of the reasons alone, indented by two spaces a level."""

    def lines(entries: Any, depth: int) -> Any:
        for e in entries:
            yield "  " * depth + plain(e.line)
            yield from lines(e.entries, depth + 1)

    return [
        text for block in found.document(lang).blocks if isinstance(block, Listing) for text in lines(block.entries, 0)
    ]

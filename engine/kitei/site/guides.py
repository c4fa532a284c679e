"""What is declared for public pages beside the law: kinds of firm with their facts, boxes for words, which kinds are firms.

Comes in: `guides.toml` in the folder of statutes. Goes out: `Guides`, or `BadGuides` naming the entry and what to do. Nothing in
it is law: a profile is facts for the engine, a box is a few sentences with the provisions they rest on. Without the file
there are no such pages and no boxes.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kitei.naming import clean
from kitei.site.origins import short
from kitei_dsl.codec import canonical
from kitei_dsl.core import Wording
from kitei_dsl.frozen import Frozen, field
from kitei_dsl.source import file_bytes

NAME = "guides.toml"
_MAX_BYTES = 1_000_000


class BadGuides(ValueError):
    """A file of guides that cannot be read; the message names the entry."""


class BoxPart(Frozen):
    """One part of a box, or one step of a way: a heading, sentences, and the places they rest on."""

    heading: Wording
    text: Wording
    places: tuple[str, ...]


class Profile(Frozen):
    """A kind of firm: what it asks, and the facts its page is answered on. `subject` is the entity the page is about.

    `box` (the id of a box, or empty) and `way` (what to do, in its order) lead the page.
    """

    id: str
    title: Wording
    question: Wording
    note: Wording
    subject: str
    facts: str
    digest: str
    box: str = ""
    way: tuple[BoxPart, ...] = ()


class Box(Frozen):
    """What is shown on every page on which one of the words stands (letter case ignored)."""

    id: str
    words: tuple[tuple[str, ...], tuple[str, ...]]
    heading: Wording
    note: Wording
    parts: tuple[BoxPart, ...]
    digest: str


class NamedWorld(Frozen):
    """What pages call a world in headings, where its label is long."""

    short: Wording
    digest: str


class Guides(Frozen):
    """Everything declared. `firms` are the kinds whose fictional members are called 甲社, 乙社; `worlds` are by their names."""

    profiles: tuple[Profile, ...] = ()
    boxes: tuple[Box, ...] = ()
    firms: tuple[str, ...] = ()
    worlds: Mapping[str, NamedWorld] = field(default_factory=dict)


def read_guides(folder: Path) -> Guides:
    """Read the guides of a folder of statutes; none where there is no such file."""
    import tomllib

    path = folder / NAME
    if not path.is_file():
        return Guides()
    try:
        data = tomllib.loads(file_bytes(path, _MAX_BYTES).decode("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadGuides(f"{NAME}: {error}") from None
    reader = _Reader()
    reader.only(data, "the file", ("firms", "profiles", "boxes", "worlds"))
    firms = reader.texts(data, "firms", "the file") if "firms" in data else ()
    return Guides(
        tuple(reader.profile(x, n) for n, x in enumerate(reader.tables(data, "profiles"), start=1)),
        tuple(reader.box(x, n) for n, x in enumerate(reader.tables(data, "boxes"), start=1)),
        firms,
        dict(reader.world(x, n) for n, x in enumerate(reader.tables(data, "worlds"), start=1)),
    )


class _Reader:
    """Reads entries, refusing what is missing, unknown or of another shape."""

    def only(self, data: dict[str, Any], where: str, known: tuple[str, ...]) -> None:
        if unknown := sorted(set(data) - set(known)):
            raise BadGuides(f"{NAME}: {where} has `{clean(unknown[0])}`; known: {', '.join(known)}")

    def tables(self, data: dict[str, Any], name: str) -> list[dict[str, Any]]:
        found = data.get(name, [])
        if not isinstance(found, list) or not all(isinstance(x, dict) for x in found):
            raise BadGuides(f"{NAME}: write each entry of {name} under [[{name}]]")
        return found

    def text(self, data: dict[str, Any], name: str, where: str) -> str:
        if not isinstance(data.get(name), str) or not data[name].strip():
            raise BadGuides(f"{NAME}: {where} needs `{name}`, a text")
        return str(data[name])

    def texts(self, data: dict[str, Any], name: str, where: str) -> tuple[str, ...]:
        found = data.get(name)
        if not isinstance(found, list) or not found or not all(isinstance(x, str) and x for x in found):
            raise BadGuides(f"{NAME}: {where} needs `{name}`, a list of texts")
        return tuple(found)

    def words(self, data: dict[str, Any], name: str, where: str, *, needed: bool = True) -> Wording:
        found = data.get(name)
        if found is None and not needed:
            return Wording()
        if (
            not isinstance(found, dict)
            or set(found) != {"ja", "en"}
            or not all(isinstance(x, str) and x.strip() for x in found.values())
        ):
            raise BadGuides(f"{NAME}: {where} needs `{name}` in both languages: {name} = {{ja = …, en = …}}")
        return Wording(found["ja"], found["en"])

    def name(self, data: dict[str, Any], where: str) -> str:
        """Return an id that can be a part of an address on the web."""
        found = self.text(data, "id", where)
        if not found.isascii() or not all(c.isalnum() or c in "-_" for c in found):
            raise BadGuides(f"{NAME}: {where}: `id` is letters, digits, - and _")
        return found

    def profile(self, data: dict[str, Any], n: int) -> Profile:
        where = f"profile {n}"
        self.only(data, where, ("id", "title", "question", "note", "subject", "facts", "box", "way"))
        way = tuple(self.part(x, f"step {m} of {where}") for m, x in enumerate(self.tables(data, "way"), start=1))
        return Profile(
            self.name(data, where), self.words(data, "title", where), self.words(data, "question", where),
            self.words(data, "note", where, needed=False), self.text(data, "subject", where), self.text(data, "facts", where),
            short(canonical(data)), self.text(data, "box", where) if "box" in data else "", way,
        )  # fmt: skip

    def world(self, data: dict[str, Any], n: int) -> tuple[str, NamedWorld]:
        where = f"world {n}"
        self.only(data, where, ("id", "short"))
        return self.name(data, where), NamedWorld(self.words(data, "short", where), short(canonical(data)))

    def box(self, data: dict[str, Any], n: int) -> Box:
        where = f"box {n}"
        self.only(data, where, ("id", "words", "heading", "note", "parts"))
        words = data.get("words")
        if not isinstance(words, dict) or set(words) != {"ja", "en"}:
            raise BadGuides(f"{NAME}: {where} needs `words`, the words it belongs to: words = {{ja = […], en = […]}}")
        parts = [self.part(x, f"part {m} of {where}") for m, x in enumerate(self.tables(data, "parts"), start=1)]
        if not parts:
            raise BadGuides(f"{NAME}: {where} has no [[boxes.parts]]")
        return Box(
            self.name(data, where), (self.texts(words, "ja", where), self.texts(words, "en", where)), self.words(data, "heading", where),
            self.words(data, "note", where, needed=False), tuple(parts), short(canonical(data)),
        )  # fmt: skip

    def part(self, data: dict[str, Any], where: str) -> BoxPart:
        self.only(data, where, ("heading", "text", "places"))
        return BoxPart(
            self.words(data, "heading", where), self.words(data, "text", where), self.texts(data, "places", where)
        )

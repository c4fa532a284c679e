"""What every node of the surface tree has; names, addresses, words and marks; walking and comparing trees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from kitei_dsl.source import Span


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """Any node; `span` is the text it was read from."""

    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Bilingual(Node):
    """One thing said in Japanese, in English or both (None where not said)."""

    ja: str | None
    en: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Alias(Node):
    """The second spelling of an identifier, in brackets after the first."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Target(Node):
    """An address, or a bare instrument id, as written."""

    address: str


@dataclass(frozen=True, slots=True, eq=False)
class Mark(Node):
    """`@"phrase"` or `@unit/address"phrase"`: the official words a part stands on. `address` empty: this provision."""

    address: str
    phrase: str


@dataclass(frozen=True, slots=True, eq=False)
class Name(Node):
    """An identifier where it is declared or used as a plain name."""

    text: str


def children(node: Node) -> Iterator[Node]:
    """Give the direct child nodes in the order of the fields."""
    for name in node.__dataclass_fields__:  # `fields` makes a tuple of them each time, which costs on every walk
        value = getattr(node, name)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from (item for item in value if isinstance(item, Node))


def walk(node: Node) -> Iterator[Node]:
    """Give the node and everything below it, depth first."""
    yield node
    for child in children(node):
        yield from walk(child)


def same(left: Any, right: Any) -> bool:
    """Say whether two trees are equal but for spans and comments."""
    if isinstance(left, Node) and isinstance(right, Node):
        names = [f.name for f in fields(left) if f.name not in ("span", "comments")]
        return type(left) is type(right) and all(same(getattr(left, n), getattr(right, n)) for n in names)
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and all(same(a, b) for a, b in zip(left, right, strict=True))
    return bool(left == right)

"""What every node of the surface tree has; names, addresses, words and marks; walking and comparing trees."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from kitei_dsl.frozen import Frozen, field_names, field_types
from kitei_dsl.source import Span


class Node(Frozen, eq=False):
    """Any node; `span` is the text it was read from."""

    span: Span


class Bilingual(Node):
    """One thing said in Japanese, in English or both (None where not said)."""

    ja: str | None
    en: str | None


class Alias(Node):
    """The second spelling of an identifier, in brackets after the first."""

    name: str


class Target(Node):
    """An address, or a bare instrument id, as written."""

    address: str


class Mark(Node):
    """`@"phrase"` or `@unit/address"phrase"`: the official words a part stands on. `address` empty: this provision."""

    address: str
    phrase: str


class Name(Node):
    """An identifier where it is declared or used as a plain name."""

    text: str


@cache
def _may_hold_nodes(kind: type[Node]) -> tuple[str, ...]:
    """Return the fields of a class of nodes in which a node may be: not those of plain values."""
    plain = (Span, str, int, bool, str | None, int | None)
    return tuple(name for name, of in field_types(kind).items() if of not in plain)


def children(node: Node) -> Iterator[Node]:
    """Give the direct child nodes in the order of the fields."""
    for name in _may_hold_nodes(type(node)):
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
        names = [n for n in field_names(left) if n not in ("span", "comments")]
        return type(left) is type(right) and all(same(getattr(left, n), getattr(right, n)) for n in names)
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and all(same(a, b) for a, b in zip(left, right, strict=True))
    return bool(left == right)

"""A whole file of the surface tree: its items and its comments."""

from __future__ import annotations

from typing import TypeAlias

from kitei_dsl.frozen import Frozen
from kitei_dsl.syntax.declarations import (
    Attribute,
    Commencement,
    Enumeration,
    Instrument,
    Kind,
    NormName,
    Reading,
    Relation,
    Status,
    Term,
    World,
)
from kitei_dsl.syntax.node import Node
from kitei_dsl.syntax.provisions import Provision

Item: TypeAlias = (
    Instrument
    | Kind
    | Enumeration
    | Attribute
    | Relation
    | Term
    | NormName
    | Status
    | Reading
    | Commencement
    | World
    | Provision
)


class Comment(Frozen, eq=False):
    """A comment: its 1-based line, its text with `#`, and whether it stands alone on its line."""

    line: int
    text: str
    alone: bool


class File(Node):
    items: tuple[Item, ...]
    comments: tuple[Comment, ...]

"""What every record of kitei is made of: fields that are set once, compared field by field.

A record is a msgspec `Struct`: its class is made in a fiftieth of the time a data class takes, and its instances in a
fifth, and there are hundreds of the one and hundreds of thousands of the other. `replace` and `field_names` are what
`replace` and `fields` are for data classes. What grows while something is worked out is a `Struct` by itself.
"""

from __future__ import annotations

from typing import Any, dataclass_transform

from msgspec import Struct, field
from msgspec.structs import fields, replace

__all__ = ["Frozen", "Struct", "field", "field_names", "field_types", "replace"]


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Frozen(Struct, frozen=True):
    """A record: equal ones have equal hashes; with `eq=False` in its class line it is equal to itself only."""


def field_names(record: Struct | type[Struct]) -> tuple[str, ...]:
    """Return the names of the fields of a record or of its class, in order."""
    found: tuple[str, ...] = record.__struct_fields__
    return found


def field_types(record: type[Struct]) -> dict[str, Any]:
    """Return the type of each field of a class, in order."""
    return {f.name: f.type for f in fields(record)}

"""The core as canonical JSON, and back; digests.

Canonical: UTF-8, sorted keys, no spaces, every field, each expression tagged with its kind under `k`.
The same program gives the same bytes; its digest names it.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

from msgspec.json import Decoder
from msgspec.json import encode as json_bytes

from kitei_dsl import core
from kitei_dsl.frozen import field_names

_EMPTY: tuple[Any, ...] = (None, (), "", False, core.Wording())


def canonical(data: Any) -> str:
    """Write core records, or JSON-ready data, the one canonical way."""
    return json_bytes(data, order="sorted").decode()


def decode(text: str) -> core.Program:
    """Read a compiled program. Raises ValueError where it is not one of this format."""
    try:
        program = Decoder(core.Program).decode(text)
    except ValueError as error:
        raise ValueError(f"not a compiled ruleset: {error}") from None
    except RecursionError:
        raise ValueError("not a compiled ruleset: nested too deeply") from None
    if program.format != core.FORMAT:
        raise ValueError(f"not a compiled ruleset of format {core.FORMAT}")
    return program


def stated(record: Any) -> Any:
    """Return what a core record states, as JSON-ready data: the fields that are not empty.

    Digests of single rules are taken of this: a field that a later version adds, and that says nothing of a rule that was there
    before, leaves the rule's digest as it was.
    """
    if isinstance(record, tuple):
        return [stated(item) for item in record]
    if isinstance(record, (str, int)) or record is None:
        return record
    data = {name: stated(v) for name in _names(record.__class__) if (v := getattr(record, name)) not in _EMPTY}
    if isinstance(record, core.Expression):
        data["k"] = type(record).__name__
    return data


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return field_names(kind)


def digest(record: Any) -> str:
    """Return `sha256:…` of the canonical JSON of core records or of JSON-ready data."""
    return digest_text(canonical(record))


def digest_text(text: str) -> str:
    """Return `sha256:…` of a text's UTF-8 bytes."""
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()

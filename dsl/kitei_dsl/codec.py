"""The compiled core as canonical JSON, and back. Derived from the fields of the core's records.

Canonical: UTF-8, sorted keys, no spaces, None and empty fields left out, each expression tagged with its kind
under `k`. The same program gives the same bytes; its digest names it.
"""

from __future__ import annotations

import hashlib
import json
import types
from collections.abc import Callable
from dataclasses import MISSING, fields
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from kitei_dsl import core

_EXPRESSIONS: dict[str, Any] = {k.__name__: k for k in core.KINDS}
_EMPTY: tuple[Any, ...] = (None, (), "", False, core.Wording())


def encode(record: Any) -> Any:
    """Return a core record as JSON-ready data."""
    if isinstance(record, tuple):
        return [encode(item) for item in record]
    if isinstance(record, (str, int)) or record is None:
        return record
    data = {f.name: encode(v) for f in fields(record) if (v := getattr(record, f.name)) not in _EMPTY}
    if type(record) in core.KINDS:
        data["k"] = type(record).__name__
    return data


def canonical(data: Any) -> str:
    """Write JSON-ready data the one canonical way."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(record: Any) -> str:
    """Return the canonical JSON of a core record, which is equal for equal records."""
    return canonical(encode(record))


def digest(record: Any) -> str:
    """Return `sha256:…` of a core record's canonical JSON."""
    return digest_text(fingerprint(record))


def digest_text(text: str) -> str:
    """Return `sha256:…` of a text's UTF-8 bytes."""
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def decode(text: str) -> core.Program:
    """Read a compiled program. Raises ValueError where it is not one of this format."""
    try:
        data = json.loads(text)
        if not isinstance(data, dict) or data.get("format") != core.FORMAT:
            raise ValueError(f"not a compiled ruleset of format {core.FORMAT}")
        program: core.Program = _decoder(core.Program)(data)
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"not a compiled ruleset: {error}") from None
    return program


@cache
def _decoder(cls: Any) -> Callable[[Any], Any]:
    """Make the reader of one record class from its type hints."""
    hints = get_type_hints(cls)
    readers = [(f.name, _reader(hints[f.name]), _default(f, hints[f.name])) for f in fields(cls)]

    def read(data: Any) -> Any:
        return cls(*(reader(data[name]) if name in data else default for name, reader, default in readers))

    return read


def _default(f: Any, hint: Any) -> Any:
    if f.default is not MISSING:
        return f.default
    if get_origin(hint) is tuple:
        return ()
    return {str: "", bool: False, core.Wording: core.Wording()}.get(hint)


def _reader(hint: Any) -> Callable[[Any], Any]:
    if hint in (str, int, bool):
        return lambda data: data
    if get_origin(hint) is tuple:
        args: Any = get_args(hint)
        if args[-1] is Ellipsis:
            each = _reader(args[0])
            return lambda data: tuple(each(item) for item in data)
        readers = [_reader(a) for a in args]
        return lambda data: tuple(r(item) for r, item in zip(readers, data, strict=True))
    if get_origin(hint) in (types.UnionType, Union):
        choices = [a for a in get_args(hint) if a is not type(None)]
        if choices[0] in _EXPRESSIONS.values() and len(choices) > 1:
            return lambda data: None if data is None else _decoder(_EXPRESSIONS[data["k"]])(data)
        inner = _reader(choices[0])
        return lambda data: None if data is None else inner(data)
    record: Any = hint
    return lambda data: None if data is None else _decoder(record)(data)

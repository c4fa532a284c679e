"""The compiled core as canonical JSON, and back. Derived from the fields of the core's records.

Canonical: UTF-8, sorted keys, no spaces, None and empty fields left out, each expression tagged with its kind
under `k`. The same program gives the same bytes; its digest names it.
"""

from __future__ import annotations

import hashlib
import json
import types
from collections.abc import Callable
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from kitei_dsl import core
from kitei_dsl.frozen import field_defaults, field_names

_EXPRESSIONS: dict[str, Any] = {k.__name__: k for k in core.KINDS}
_EMPTY: tuple[Any, ...] = (None, (), "", False, core.Wording())


def encode(record: Any) -> Any:
    """Return a core record as JSON-ready data."""
    if isinstance(record, tuple):
        return [encode(item) for item in record]
    if isinstance(record, (str, int)) or record is None:
        return record
    data = {name: encode(v) for name in _names(record.__class__) if (v := getattr(record, name)) not in _EMPTY}
    if type(record) in core.KINDS:
        data["k"] = type(record).__name__
    return data


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return field_names(kind)


def canonical(data: Any) -> str:
    """Write JSON-ready data the one canonical way."""
    return _CANONICAL.encode(data)


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


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
        data = json.loads(text, parse_int=_whole, parse_float=_no_number, parse_constant=_no_number)
        if not isinstance(data, dict) or data.get("format") != core.FORMAT:
            raise ValueError(f"not a compiled ruleset of format {core.FORMAT}")
        program: core.Program = _decoder(core.Program)(data)
    except json.JSONDecodeError as error:
        raise ValueError(f"not a compiled ruleset: {error.msg}, line {error.lineno}") from None
    except RecursionError:
        raise ValueError("not a compiled ruleset: nested too deeply") from None
    return program


def _whole(digits: str) -> int:
    if len(digits) > 9:
        raise ValueError("not a compiled ruleset: a number of more than 9 digits")
    return int(digits)


def _no_number(text: str) -> Any:
    raise ValueError(f"not a compiled ruleset: `{text[:40]}` is no whole number")


def _wrong(what: str, data: Any) -> ValueError:
    return ValueError(f"not a compiled ruleset: {what} is expected where {type(data).__name__} stands")


@cache
def _decoder(cls: Any) -> Callable[[Any], Any]:
    """Make the reader of one record class from its type hints."""
    hints = get_type_hints(cls)
    stated = field_defaults(cls)
    readers = [(name, _reader(hints[name]), stated.get(name, _empty(hints[name]))) for name in field_names(cls)]

    names = {name for name, _, _ in readers} | ({"k"} if cls.__name__ in _EXPRESSIONS else set())
    needed = {
        name for name, _, default in readers if default is None and name not in stated and not _optional(hints[name])
    }
    defaults = [default for _, _, default in readers]
    places = {name: (place, reader) for place, (name, reader, _) in enumerate(readers)}
    #: For the keys of a record, in order: the place and the reader of each. Most records of a class have the same keys.
    plans: dict[tuple[str, ...], list[tuple[int, Callable[[Any], Any]]]] = {}

    def plan(keys: tuple[str, ...]) -> list[tuple[int, Callable[[Any], Any]]]:
        for name in sorted(set(keys) - names):
            raise ValueError(f"not a compiled ruleset: a {cls.__name__} has no `{name[:40]}`")
        for name in sorted(needed - set(keys)):
            raise ValueError(f"not a compiled ruleset: a {cls.__name__} lacks its `{name}`")
        plans[keys] = [places.get(name, _TAG) for name in keys]
        return plans[keys]

    def read(data: Any) -> Any:
        if type(data) is not dict:
            raise _wrong(f"a {cls.__name__}", data)
        keys = tuple(data)
        read_from = [*defaults, None]
        for (place, reader), value in zip(plans.get(keys) or plan(keys), data.values(), strict=True):
            read_from[place] = reader(value)
        return cls(*read_from[:-1])

    return read


#: The kind of an expression has been looked at when its reader is chosen; it fills no field.
_TAG: tuple[int, Callable[[Any], Any]] = (-1, lambda kind: kind)


def _optional(hint: Any) -> bool:
    return get_origin(hint) in (types.UnionType, Union) and type(None) in get_args(hint)


def _empty(hint: Any) -> Any:
    """Return what stands in a field that was left out because it is empty; None where a field cannot be empty."""
    if get_origin(hint) is tuple:
        return ()
    return {str: "", bool: False, core.Wording: core.Wording()}.get(hint)


def _reader(hint: Any) -> Callable[[Any], Any]:
    if hint in (str, int, bool):
        return _plain(hint)
    if get_origin(hint) is tuple:
        args: Any = get_args(hint)
        if args[-1] is Ellipsis:
            each = _reader(args[0])
            return lambda data: tuple([each(item) for item in _listed(data)])
        readers = [_reader(a) for a in args]
        return lambda data: tuple(r(item) for r, item in zip(readers, _listed(data, len(readers)), strict=True))
    if get_origin(hint) in (types.UnionType, Union):
        choices = [a for a in get_args(hint) if a is not type(None)]
        optional = type(None) in get_args(hint)
        inner = _expression if choices[0] in _EXPRESSIONS.values() and len(choices) > 1 else _reader(choices[0])
        return lambda data: None if data is None and optional else inner(data)
    return lambda data: _decoder(hint)(data)


def _plain(kind: type) -> Callable[[Any], Any]:
    def read(data: Any) -> Any:
        if type(data) is not kind:
            raise _wrong({str: "a text", int: "a number", bool: "a truth"}[kind], data)
        return data

    return read


def _listed(data: Any, length: int | None = None) -> list[Any]:
    if type(data) is not list or (length is not None and len(data) != length):
        raise _wrong("a list" if length is None else f"a list of {length}", data)
    return data


def _expression(data: Any) -> Any:
    kind = data.get("k") if type(data) is dict else None
    if type(kind) is not str or kind not in _EXPRESSIONS:
        raise _wrong("an expression", data)
    return _decoder(_EXPRESSIONS[kind])(data)

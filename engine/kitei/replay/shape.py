"""The JSON of an answer, read without trust: bounded, of the right shape, or refused.

Comes in: any object. Goes out: the few records that checking starts from (contexts, steps, the envelope's head),
and `difference`, which compares what is stated with what is derived, type by type. Deliberately not here: meaning.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from kitei.values import Result, sort_of, write
from kitei_dsl.frozen import Frozen, replace

#: Bytes of an answer that are read, and what may stand in it.
MAX_SIZE = 32_000_000
_MAX_DEPTH = 60
_MAX_ITEMS = 2_000_000
_MAX_TEXT = 1_000_000
_MAX_NUMBER = 10**9


class Refused(Exception):
    """Something in the answer does not hold: where, and why."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where, self.reason = where, reason


class _AnyText:
    """Stands for a sentence whose wording is not checked; it must be there and be text."""


ANY_TEXT: Final = _AnyText()


def read_json(text: bytes) -> object:
    """Read an answer's text, every number whole and every name given once. Raises Refused for anything else."""
    if len(text) > MAX_SIZE:
        raise Refused("answer", f"it has more than {MAX_SIZE} bytes")
    # Each entry of a list or a mapping takes a comma or a bracket: counted before anything is built of them.
    if sum(text.count(c) for c in (b",", b"[", b"{")) > _MAX_ITEMS:
        raise Refused("answer", f"it has more than {_MAX_ITEMS} entries")
    try:
        return json.loads(
            text.decode("utf-8-sig"),
            object_pairs_hook=_once,
            parse_int=_whole,
            parse_float=_no_number,
            parse_constant=_no_number,
        )
    except UnicodeDecodeError:
        raise Refused("answer", "it is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise Refused("answer", f"it is no JSON: {error.msg}, line {error.lineno}") from None
    except RecursionError:
        raise Refused("answer", "it is nested too deeply") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise Refused("answer", f"`{twice[:60]}` is given twice")
    return found


def _whole(digits: str) -> int:
    if len(digits) > len(str(_MAX_NUMBER)):
        raise Refused("answer", "a number in it is too large")
    return int(digits)


def _no_number(text: str) -> object:
    raise Refused("answer", f"`{text[:60]}` is no whole number, and no answer holds another")


class Context(Frozen):
    """Where a step is evaluated: the three days, whether *text* is pinned, the readings chosen, presumptions, and the
    versions that stay in force past their end."""

    at: date
    text: date
    known: date
    pinned: bool
    readings: tuple[tuple[str, str], ...] = ()
    presumptions: bool = True
    kept: tuple[str, ...] = ()

    def at_day(self, day: date) -> Context:
        return replace(self, at=day)

    def under_text(self, day: date) -> Context:
        """Move *text*; a pinned text stays."""
        return self if self.pinned else replace(self, text=day)


class Step(Frozen):
    """One step as stated; nothing in it is believed yet."""

    id: int
    node: str
    kind: str
    context: int
    scope: dict[str, str]
    inputs: tuple[int, ...]
    result: Any
    certificate: Any


def bounded(data: object) -> None:
    """Refuse what is no JSON, has a fraction for a number, or is too deep, too long or too large to be an answer."""
    level: list[Any] = [[data]]
    depth, seen = 0, 0
    while level:
        below: list[Any] = []
        for container in level:
            seen += len(container)
            if seen > _MAX_ITEMS or (container and depth > _MAX_DEPTH):
                raise Refused("answer", "nested too deeply or too long to be an answer")
            if type(container) is dict:
                for key in container:
                    if type(key) is not str or len(key) > _MAX_TEXT:
                        raise Refused("answer", "a name in it is no text")
                container = container.values()
            for item in container:
                kind = type(item)
                if kind is str:
                    if len(item) > _MAX_TEXT:
                        raise Refused("answer", "a text in it is too long")
                elif kind is dict or kind is list:
                    below.append(item)
                elif kind is int:
                    if abs(item) > _MAX_NUMBER:
                        raise Refused("answer", "a number in it is too large")
                elif item is not None and kind is not bool:
                    raise Refused("answer", f"it holds a {kind.__name__}, which no answer does")
        level = below
        depth += 1


def entry(
    data: object, where: str, required: Mapping[str, type], optional: Mapping[str, type] | None = None
) -> dict[str, Any]:
    """Return a mapping with exactly these fields of exactly these types."""
    if type(data) is not dict:
        raise Refused(where, "expected a mapping")
    allowed = {**required, **(optional or {})}
    for name in required:
        if name not in data:
            raise Refused(where, f"`{name}` is missing")
    for name, value in data.items():
        if name not in allowed:
            raise Refused(where, f"`{name[:60]}` is no field of it")
        if allowed[name] is not object and type(value) is not allowed[name]:
            raise Refused(f"{where}.{name}", f"expected {allowed[name].__name__}")
    return data


def texts(data: object, where: str) -> dict[str, str]:
    """Return a mapping from text to text."""
    if type(data) is not dict or any(type(v) is not str for v in data.values()):
        raise Refused(where, "expected a mapping of texts")
    return data


def numbers(data: object, where: str) -> tuple[int, ...]:
    """Return a list of step ids."""
    if type(data) is not list or any(type(v) is not int for v in data):
        raise Refused(where, "expected a list of step numbers")
    return tuple(data)


def day(text: object, where: str) -> date:
    """Return the day an ISO text writes."""
    if type(text) is not str or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise Refused(where, "expected a day, YYYY-MM-DD")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(where, f"`{text}` is no day") from None


_CONTEXT = {"at": str, "text": str, "known": str, "pinned": bool, "readings": dict, "presumptions": bool}


def contexts(data: object) -> list[Context]:
    """Return the derivation's contexts, each of which is there once."""
    if type(data) is not list:
        raise Refused("data.derivation.contexts", "expected a list")
    found: dict[Context, None] = {}
    for n, item in enumerate(data):
        where = f"data.derivation.contexts[{n}]"
        c = entry(item, where, _CONTEXT, {"kept": list})
        readings = tuple(sorted(texts(c["readings"], where).items()))
        at, text, known = (day(c[name], where) for name in ("at", "text", "known"))
        kept = tuple(c.get("kept", ()))
        if any(type(k) is not str for k in kept) or list(kept) != sorted(set(kept)) or ("kept" in c and not kept):
            raise Refused(f"{where}.kept", "expected versions, each once, in order")
        context = Context(at, text, known, c["pinned"], readings, c["presumptions"], kept)
        if context in found:
            raise Refused(where, "the same context is there twice")
        found[context] = None
    return list(found)


_STEP = {
    "id": int, "node": str, "kind": str, "context": int, "scope": dict, "inputs": list, "result": dict, "certificate": dict,
}  # fmt: skip


def steps(data: object, context_count: int) -> list[Step]:
    """Return the derivation's steps: numbered in order, each after the steps it rests on."""
    if type(data) is not list:
        raise Refused("data.derivation.steps", "expected a list")
    found = []
    for n, item in enumerate(data):
        where = f"step {n}"
        s = entry(item, where, _STEP)
        inputs = numbers(s["inputs"], f"{where}.inputs")
        if s["id"] != n:
            raise Refused(where, f"it is numbered {s['id']}")
        if not 0 <= s["context"] < context_count:
            raise Refused(where, f"there is no context {s['context']}")
        if any(not 0 <= i < n for i in inputs):
            raise Refused(where, "it rests on a step that does not come before it")
        scope = texts(s["scope"], f"{where}.scope")
        found.append(Step(n, s["node"], s["kind"], s["context"], scope, inputs, s["result"], s["certificate"]))
    return found


def stated(result: Result) -> dict[str, Any]:
    """Return a result as an answer writes it."""
    data: dict[str, Any] = {"state": result.state}
    try:
        if result.value is not None:
            data |= {"value": write(result.value), "sort": sort_of(result.value)}
        if result.values:
            data["values"] = [write(v) for v in result.values]
    except ValueError:
        raise Refused("value", "a number has more digits than can be written") from None
    if result.causes:
        data["causes"] = causes(result)
    if result.possible_clash:
        data["possible_clash"] = True
    return data


def causes(result: Result) -> list[dict[str, str]]:
    """Return the causes of a result as an answer lists them."""
    return [{"kind": c.kind, "item": c.item} for c in sorted(result.causes)]


def difference(found: object, expected: object, where: str) -> Refused | None:
    """Return where what is stated first departs from what is derived, or None. `1` is not `true`."""
    departure = _departure(found, expected)
    return None if departure is None else Refused(where + departure[0], departure[1])


def _departure(found: Any, expected: Any) -> tuple[str, str] | None:
    """Return the way down to what differs first, and the reason; the way is written on the way back, so only where there is one."""
    kind = type(expected)
    if expected is ANY_TEXT:
        return None if type(found) is str else ("", "expected a text")
    if type(found) is not kind:
        return "", f"{_short(found)} is stated, {_short(expected)} is derived"
    if kind is dict:
        if found.keys() != expected.keys():
            for key in expected:
                if key not in found:
                    return f".{key}", f"it is missing; {_short(expected[key])} is derived"
            extra = next(key for key in found if key not in expected)
            return f".{extra[:60]}", "nothing like it is derived"
        for key, value in expected.items():
            if (below := _departure(found[key], value)) is not None:
                return f".{key}{below[0]}", below[1]
        return None
    if kind is list:
        if len(found) != len(expected):
            return "", f"{len(found)} entries are stated, {len(expected)} are derived"
        for n, value in enumerate(expected):
            if (below := _departure(found[n], value)) is not None:
                return f"[{n}]{below[0]}", below[1]
        return None
    return None if found == expected else ("", f"{_short(found)} is stated, {_short(expected)} is derived")


def _short(data: object) -> str:
    if isinstance(data, dict):
        return "a mapping"
    if isinstance(data, list):
        return "a list"
    text = (
        {None: "nothing", True: "true", False: "false"}.get(data)
        if data is None or isinstance(data, bool)
        else str(data)
    )
    return f"`{text[:80]}`" if text is not None else "something"

"""JSON to nodes, with lines: a number stays the digits it was written with and never passes through a float.

Comes in: text. Goes out: the same nodes as from YAML, so the same reader makes facts of it. Duplicate keys are kept for
the reader to refuse with both lines. A JSON text has no unquoted word but true, false and null, so its texts count as
unquoted: "none" is absence, as in YAML.
"""

from __future__ import annotations

import json
import re

from kitei.intake.node import MAX_DEPTH, MAX_NODES, MAX_TEXT, Node, whole
from kitei.intake.problems import Bad
from kitei_dsl.core import Wording

_TOKEN = re.compile(
    r'(?P<string>"[^"\\\x00-\x1f]*(?:\\.[^"\\\x00-\x1f]*)*")|(?P<number>-?[0-9][0-9A-Za-z_.+-]*)|(?P<word>-?[A-Za-z]+)|(?P<mark>[{}\[\],:])'
)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_SPACE = re.compile(r"[ \t\n\r]*")

_VALUE = Wording("値", "a value")
_KEY = Wording("引用符で囲んだ名前", "a name in quotes")
_COLON = Wording("「:」", "`:`")
_COMMA = Wording("「,」又は閉じ括弧", "`,` or a closing bracket")
_END = Wording("ファイルの終わり", "the end of the file")


class _Open:
    """A list or mapping not yet closed."""

    def __init__(self, sort: str, line: int) -> None:
        self.sort, self.line = sort, line
        self.items: list[Node] = []
        self.key: Node | None = None
        self.pairs: list[tuple[Node, Node]] = []

    def take(self, node: Node) -> None:
        if self.key is None:
            self.items.append(node)
        else:
            self.pairs.append((self.key, node))
            self.key = None

    def closed(self) -> Node:
        return Node(self.line, self.sort, items=tuple(self.items), pairs=tuple(self.pairs))


def tree(text: str) -> Node:
    """Read the one value of the text. Raises Bad, with the line."""
    opened: list[_Open] = []
    top = _Open("list", 1)
    expected, count, at, line = _VALUE, 0, 0, 1
    #: directly after an opening bracket, where it may close
    fresh = False
    while True:
        space = _SPACE.match(text, at)
        assert space is not None
        line += text.count("\n", at, space.end())
        at = space.end()
        if at == len(text):
            break
        token = _TOKEN.match(text, at)
        if token is None:
            raise Bad(line, "json-string") if text[at] == '"' else _surprise(line, expected, text[at])
        at, count = token.end(), count + 1
        if token.end() - token.start() > MAX_TEXT:
            raise Bad(line, "long-text", most=MAX_TEXT)
        if count > MAX_NODES or len(opened) > MAX_DEPTH:
            raise Bad(line, "too-deep")
        found = token[0]
        if expected is _VALUE and found in ("{", "["):
            opened.append(_Open("mapping" if found == "{" else "list", line))
            expected, fresh = (_KEY if found == "{" else _VALUE), True
            continue
        if found in ("}", "]") and opened and (fresh or expected is _COMMA):
            if (found == "}") != (opened[-1].sort == "mapping"):
                raise _surprise(line, _COMMA, found)
            node = opened.pop().closed()
            (opened[-1] if opened else top).take(node)
            expected, fresh = (_COMMA if opened else _END), False
            continue
        fresh = False
        if expected is _KEY and token["string"]:
            opened[-1].key = Node(line, "text", _string(found, line))
            expected = _COLON
        elif expected is _COLON and found == ":":
            expected = _VALUE
        elif expected is _COMMA and found == ",":
            expected = _KEY if opened[-1].sort == "mapping" else _VALUE
        elif expected is _VALUE and not token["mark"]:
            (opened[-1] if opened else top).take(Node(line, "text", _scalar(token, line)))
            expected = _COMMA if opened else _END
        else:
            raise _surprise(line, expected, found)
    if expected is not _END:
        raise Bad(line, "empty") if not count else _surprise(line, expected, "…")
    return top.items[0]


def _surprise(line: int, expected: Wording, found: str) -> Bad:
    return Bad(line, "json-expected", expected=expected, found=found[:40])


def _string(found: str, line: int) -> str:
    try:
        text = str(json.loads(found))
    except ValueError:
        raise Bad(line, "json-string") from None
    if not whole(text):
        raise Bad(line, "surrogate")
    return text


def _scalar(token: re.Match[str], line: int) -> str:
    found = token[0]
    if token["string"]:
        return _string(found, line)
    if token["number"]:
        if not _NUMBER.fullmatch(found):
            raise Bad(line, "json-number", found=found[:40])
        return found
    if found in ("true", "false", "null"):
        return found
    if found.lstrip("-") in ("NaN", "Infinity"):
        raise Bad(line, "json-nan", found=found)
    raise _surprise(line, _VALUE, found)

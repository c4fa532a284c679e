"""A facts file as text: put one thing in or take one out, and leave every other character where it was.

Comes in: the text of a facts file that `kitei.facts_read` reads without problems, and what to change. Goes out: the changed
text. Comments, order and spelling of everything else stay; in block style new lines are written as a person would
write them, in flow style (JSON too) as JSON. Deliberately not here: what a value means, or whether it is allowed
(the text is read again by `kitei.facts_read`), and files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import yaml

#: What marks a record as an answer of an interview, under `source`.
SOURCE = "interview"

#: Words that say of a fact that it is not known: a record takes their place.
UNKNOWN = ("unknown", "不明")

#: A piece to write: a scalar, a list or a mapping of pieces.
Piece: TypeAlias = "str | Sequence[Piece] | Mapping[str, Piece]"
_PLAIN = re.compile(r"\w(?:[\w./%+ -]*[\w./%+-])?")


class Misplaced(ValueError):
    """The file has something else where a part is to stand; the message gives the line."""


def section(text: str, name: str) -> dict[str, str | tuple[str, ...]]:
    """Return a top-level mapping of texts and lists of texts, empty where there is none. Raises Misplaced."""
    pair = _pair(_root(text), (name,)) if text.strip() else None
    if pair is None:
        return {}
    node = pair[1]
    if not isinstance(node, yaml.MappingNode):
        raise Misplaced(f"line {node.start_mark.line + 1}: `{name}` must be a mapping")
    found: dict[str, str | tuple[str, ...]] = {}
    for key, value in node.value:
        if isinstance(value, yaml.ScalarNode):
            found[key.value] = value.value
        elif isinstance(value, yaml.SequenceNode) and all(isinstance(v, yaml.ScalarNode) for v in value.value):
            found[key.value] = tuple(v.value for v in value.value)
        else:
            raise Misplaced(f"line {value.start_mark.line + 1}: `{key.value}` of `{name}` must be a text or a list")
    return found


def with_top(text: str, name: str, piece: Piece | None) -> str:
    """Put a top-level entry, in the place of an older one; None takes it out."""
    if not text.strip():
        return text if piece is None else text + "\n".join(_block(name, piece, 0)) + "\n"
    return _put(text, _root(text), (name,), piece, apart=isinstance(piece, Mapping))


def with_entity(text: str, id: str, kind: str, name: str) -> str:
    """Put a new entity after the others."""
    entity = {"kind": kind, "name": name} if name != id else {"kind": kind}
    pair = _pair(_root(text), ("entities",)) if text.strip() else None
    if pair is None:
        return with_top(text, "entities", {id: entity})
    return _put(text, pair[1], (id,), entity, apart=True)


def without_entity(text: str, id: str) -> str:
    """Take an entity out."""
    pair = _pair(_root(text), ("entities",))
    return text if pair is None else _put(text, pair[1], (id,), None)


def with_fact(text: str, id: str, names: Sequence[str], piece: Piece) -> str:
    """Put a fact or the members of a role, in the place of what stood there; `names`: its spellings, the one to write first."""
    return _put(text, _entity(text, id), names, piece)


def with_record(text: str, id: str, names: Sequence[str], record: Mapping[str, str]) -> str:
    """Put a record beside those that an attribute has."""
    entity = _entity(text, id)
    pair = _pair(entity, names)
    if pair is None:
        return with_fact(text, id, names, record)
    key, node = pair
    if isinstance(node, yaml.ScalarNode) and node.value in UNKNOWN:
        return with_fact(text, id, names, record)
    if isinstance(node, yaml.SequenceNode):
        if node.flow_style:
            return _into_flow(text, node, _flow(record, bare=_yaml(text)))
        at = _line_end(text, _end(text, node))
        return _insert(text, at, f"{' ' * node.start_mark.column}- {_flow(record, bare=True)}\n")
    old = text[node.start_mark.index : _end(text, node)]
    if _flowing(entity):
        return text[: node.start_mark.index] + f"[{old}, {_flow(record, bare=_yaml(text))}]" + text[_end(text, node) :]
    column = key.start_mark.column
    lines = old.split("\n")
    if not _flowing(node) and isinstance(node, yaml.MappingNode):
        cut = node.start_mark.column
        lines = [lines[0], *(x[cut:] if not x[:cut].strip() else x.strip() for x in lines[1:])]
    elif isinstance(node, yaml.ScalarNode) and len(lines) > 1:
        lines = [_scalar(node.value)]
    first, *rest = lines
    written = [f"{' ' * column}{key.value}:", f"{' ' * column}  - {first}"]
    written += [f"{' ' * column}    {x}".rstrip() for x in rest]
    written.append(f"{' ' * column}  - {_flow(record, bare=True)}")
    start, end = _line_start(text, key.start_mark.index), _line_end(text, _end(text, node))
    return text[:start] + "\n".join(written) + "\n" + text[end:]


def without_answers(text: str, id: str, names: Sequence[str]) -> str:
    """Take out what an interview recorded of an attribute; records from elsewhere stay."""
    entity = _entity(text, id)
    pair = _pair(entity, names)
    if pair is None:
        return text
    node = pair[1]
    if _answered(node):
        return _put(text, entity, names, None)
    if isinstance(node, yaml.SequenceNode):
        theirs = [n for n in node.value if not _answered(n)]
        if not theirs:
            return _put(text, entity, names, None)
        if len(theirs) < len(node.value):
            for n in reversed([n for n in node.value if _answered(n)]):
                text = _without_item(text, node, n)
    return text


# --------------------------------------------------------------------------- the tree


def _root(text: str) -> yaml.MappingNode:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:  # JSON that is no YAML: characters written as surrogates
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise Misplaced(f"line {line}: nothing can be put into this text; write it as YAML") from None
    assert isinstance(node, yaml.MappingNode), "the text was read as facts before"
    return node


def _entity(text: str, id: str) -> yaml.MappingNode:
    pair = _pair(_root(text), ("entities",))
    assert pair is not None, "the text was read as facts before"
    found = _pair(pair[1], (id,))
    assert found is not None and isinstance(found[1], yaml.MappingNode)
    return found[1]


def _pair(node: yaml.Node, names: Iterable[str]) -> tuple[yaml.ScalarNode, yaml.Node] | None:
    assert isinstance(node, yaml.MappingNode)
    wanted = set(names)
    return next(((k, v) for k, v in node.value if k.value in wanted), None)


def _answered(node: yaml.Node) -> bool:
    pair = _pair(node, ("source",)) if isinstance(node, yaml.MappingNode) else None
    return pair is not None and pair[1].value == SOURCE


def _flowing(node: yaml.Node) -> bool:
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def _end(text: str, node: yaml.Node) -> int:
    """Return where a node's own text ends: a block's mark lies beyond the comments and empty lines that follow it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(text, last[1] if isinstance(last, tuple) else last)
    end = int(node.end_mark.index)
    while isinstance(node, yaml.ScalarNode) and node.style in ("|", ">") and end and text[end - 1] in "\r\n \t":
        end -= 1
    return end


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    """Return the start of the line after a place."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _insert(text: str, at: int, lines: str) -> str:
    before = text[:at]
    return before + ("" if not before or before.endswith("\n") else "\n") + lines + text[at:]


# --------------------------------------------------------------------------- putting


def _put(text: str, mapping: yaml.Node, names: Sequence[str], piece: Piece | None, *, apart: bool = False) -> str:
    """Put an entry of a mapping, replace it in its place, or take it out (None)."""
    pair = _pair(mapping, names)
    if pair is None:
        if piece is None:
            return text
        if _flowing(mapping):
            entry = _flow({names[0]: piece}, bare=_yaml(text)).removeprefix("{").removesuffix("}")
            return _into_flow(text, mapping, entry)
        column = mapping.value[0][0].start_mark.column
        lines = ("\n" if apart else "") + "\n".join(_block(names[0], piece, column)) + "\n"
        return _insert(text, _line_end(text, _end(text, mapping)), lines)
    key, value = pair
    if _flowing(mapping):
        if piece is not None:
            return text[: value.start_mark.index] + _flow(piece, bare=_yaml(text)) + text[_end(text, value) :]
        return _cut_flow(text, key.start_mark.index, _end(text, value))
    start, end = _line_start(text, key.start_mark.index), _line_end(text, _end(text, value))
    lines = "" if piece is None else "\n".join(_block(key.value, piece, key.start_mark.column)) + "\n"
    return text[:start] + lines + text[end:]


def _into_flow(text: str, node: yaml.Node, written: str) -> str:
    at = int(node.end_mark.index) - 1
    before = text[:at].rstrip()
    space = text[len(before) : at]
    joined = "" if before[-1] in "{[" else " " if before[-1] == "," else ", "
    return before + joined + written + space + text[at:]


def _cut_flow(text: str, start: int, end: int) -> str:
    after = re.match(r"\s*,\s*", text[end:])
    if after:
        return text[:start] + text[end + after.end() :]
    return text[:start].rstrip().removesuffix(",") + text[end:]


def _without_item(text: str, sequence: yaml.Node, item: yaml.Node) -> str:
    start, end = int(item.start_mark.index), _end(text, item)
    if _flowing(sequence):
        return _cut_flow(text, start, end)
    return text[: _line_start(text, start)] + text[_line_end(text, end) :]


def _yaml(text: str) -> bool:
    """Say whether a text is written as YAML rather than JSON."""
    return text.lstrip()[:1] != "{"


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _block(name: str, piece: Piece, column: int) -> list[str]:
    """Write an entry in block style."""
    pad = " " * column
    if isinstance(piece, str):
        return [f"{pad}{name}: {_scalar(piece)}"]
    if isinstance(piece, Mapping):
        return [f"{pad}{name}:", *(line for k, p in piece.items() for line in _block(k, p, column + 2))]
    if not piece:
        return [f"{pad}{name}: []"]
    return [f"{pad}{name}:", *(f"{pad}  - {_scalar(p) if isinstance(p, str) else _flow(p, bare=True)}" for p in piece)]


def _flow(piece: Piece, *, bare: bool = False) -> str:
    """Write a piece in flow style: as JSON, or `bare`, as in a file of YAML."""
    if isinstance(piece, str):
        if piece in ("true", "false"):
            return piece
        return _scalar(piece) if bare else json.dumps(piece, ensure_ascii=False)
    if isinstance(piece, Mapping):
        pairs = [f"{k if bare else json.dumps(k, ensure_ascii=False)}: {_flow(p, bare=bare)}" for k, p in piece.items()]
        return "{" + ", ".join(pairs) + "}"
    return "[" + ", ".join(_flow(p, bare=bare) for p in piece) + "]"

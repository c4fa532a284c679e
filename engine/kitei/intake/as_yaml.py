"""Facts that came in as a workbook, written as the YAML file that says the same.

Comes in: the tree a workbook was read into. Goes out: the text of a YAML file, an entity a block and a fact a line, which the
reader of YAML reads as the same facts. Deliberately not here: what a name means; who saves the file (`kitei.cli.ask`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from kitei.intake.node import Node

#: Texts that YAML reads as they stand, in a flow too.
_PLAIN = re.compile(
    r"[A-Za-z0-9\u3041-\u30ff\u3400-\u9fff](?:[A-Za-z0-9_./%()\u3041-\u30ff\u3400-\u9fff（） -]*[A-Za-z0-9_./%()\u3041-\u30ff\u3400-\u9fff（）])?"
)


def as_yaml(root: Node) -> str:
    """Return a YAML file that is read as the tree was: what is quoted there is quoted, and the order is kept."""
    return "\n".join(_block(root, 0)) + "\n"


def _block(node: Node, depth: int) -> Iterator[str]:
    """Give the lines of a mapping: entities and their facts stand below one another, what is said of a fact on its line."""
    for name, value in node.pairs:
        head = "  " * depth + _text(name) + ":"
        if value.sort == "mapping" and value.pairs and (depth == 1 or name.data == "entities"):
            yield head
            yield from _block(value, depth + 1)
        else:
            yield f"{head} {_flow(value)}"


def _flow(node: Node) -> str:
    match node.sort:
        case "mapping":
            return "{" + ", ".join(f"{_text(name)}: {_flow(value)}" for name, value in node.pairs) + "}"
        case "list":
            return "[" + ", ".join(map(_flow, node.items)) + "]"
        case _:
            return _text(node)


def _text(node: Node) -> str:
    """Write a text; in quotes where it was, or where YAML would read something else."""
    plain = _PLAIN.fullmatch(node.data) and not node.quoted
    return node.data if plain else json.dumps(node.data, ensure_ascii=False)

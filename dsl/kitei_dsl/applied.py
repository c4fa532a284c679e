"""準用: provisions that a provision makes apply to something else, written out with their replacements (読替え).

Comes in: the applying provision and the provisions it names, as read. Goes out: each of these once more, its names and
words replaced, to stand at the applying provision. What an ordinance fills, and what sanctions and savings say of other
provisions, does not travel. Deliberately not here: which provisions are taken in (`versions`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from kitei_dsl import syntax
from kitei_dsl.frozen import Frozen, field_names, replace
from kitei_dsl.syntax import Node

#: Statements that travel; provisos and exclusions do, unless their place is excepted.
_TRAVELS = (
    syntax.Heading, syntax.Plain, syntax.Definition, syntax.Block, syntax.Otherwise, syntax.Slot, syntax.Norm,
)  # fmt: skip


class Applied(Frozen):
    """A provision written out again: which of the originals it is, and the node that stands at the applying one."""

    original: int
    node: syntax.Provision


def write_out(
    applying: syntax.Provision,
    application: syntax.Application,
    originals: list[tuple[int, syntax.Provision]],
    spellings: Callable[[str], Collection[str]],
) -> tuple[list[Applied], list[syntax.Replacement]]:
    """Return the originals written out, and the replacements that matched nothing in any of them.

    `spellings` gives every spelling of a name: a replaced name is replaced in each.
    """
    names = {s: r for r in application.replacements if not r.language for s in spellings(r.old)}
    words = [r for r in application.replacements if r.language]
    matched: set[str] = set()
    found = []
    for n, original in originals:
        lines = [_renamed(line, names, matched) for line in original.lines if isinstance(line, _TRAVELS)]
        lines = [_reworded(line, words, matched) for line in lines]
        found.append(Applied(n, replace(applying, grade=max(applying.grade, original.grade),
                                        lines=tuple(lines))))  # fmt: skip
    return found, [r for r in application.replacements if f"{r.language} {r.old}" not in matched]


def _renamed(node: Any, names: Mapping[str, syntax.Replacement], matched: set[str]) -> Any:
    """Replace names everywhere below a node."""
    if isinstance(node, syntax.Name):
        if node.text not in names:
            return node
        matched.add(f" {names[node.text].old}")
        return replace(node, text=names[node.text].new)
    if isinstance(node, tuple):
        return tuple(_renamed(x, names, matched) for x in node)
    if isinstance(node, Node):
        changes = {name: _renamed(getattr(node, name), names, matched) for name in field_names(node) if name != "span"}
        return replace(node, **changes)
    return node


def _reworded(line: Any, words: list[syntax.Replacement], matched: set[str]) -> Any:
    """Replace words in the heading and the plain statement."""
    if not isinstance(line, (syntax.Heading, syntax.Plain)):
        return line
    said = {"ja": line.words.ja, "en": line.words.en}
    for r in words:
        text = said[r.language]
        if text is not None and r.old in text:
            matched.add(f"{r.language} {r.old}")
            said[r.language] = text.replace(r.old, r.new)
    return replace(line, words=replace(line.words, ja=said["ja"], en=said["en"]))

"""Facts as they come in: bytes of YAML, JSON or an XLSX form to one tree of nodes.

Comes in: bytes and the file's name. Goes out: `Taken`, or Bad. The form is chosen by the name's ending, and by what the
bytes begin with where the name says nothing. Deliberately not here: what a name in the tree means (`kitei.facts`).
"""

from __future__ import annotations

import re

from kitei.intake import encoding, json_text, yaml_text
from kitei.intake.node import MAX_SIZE, MAX_TEXT, Node
from kitei.intake.problems import Bad, Problem
from kitei_dsl.core import Program, Wording
from kitei_dsl.frozen import Frozen, field
from kitei_dsl.source import MAX_MARKS, overloaded

__all__ = ["MAX_SIZE", "Bad", "Node", "Problem", "Taken", "take_in"]

#: What an editor hides or shows as something else (as in .kitei files); a lone carriage return is a line end here.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0001\U000e0020-\U000e007f]"
)
#: A text longer than any may be, found before it is read.
_WITHIN = "[^\n,:\\[\\]{}\"']"
_ENDLESS = re.compile(f"(?<!{_WITHIN}){_WITHIN}{{{MAX_TEXT + 1}}}")  # tried only where a text begins, so once a text
#: What other files begin with, and what they are.
_OTHERS = {
    b"\xd0\xcf\x11\xe0": Wording("旧形式の Excel（.xls）又は暗号化されたブック", "an old Excel file (.xls) or an encrypted workbook"),
    b"%PDF": Wording("PDF", "a PDF"),
}  # fmt: skip


class Taken(Frozen):
    """The tree; in a workbook the cell each line number stands for; and what was found on the way."""

    root: Node
    cells: dict[int, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def take_in(data: bytes, file: str, program: Program) -> Taken:
    """Read the bytes into a tree. Raises Bad where there is none; never anything else for what a user wrote."""
    if len(data) > MAX_SIZE:
        raise Bad(1, "too-large", count=len(data), most=MAX_SIZE)
    for start, what in _OTHERS.items():
        if data.startswith(start):
            raise Bad(1, "not-facts", what=what)
    name = file.lower()
    if data.startswith(b"PK\x03\x04") or name.endswith((".xlsx", ".xlsm")):
        from kitei.intake.workbook import take_workbook

        root, cells, problems = take_workbook(data, file, program)
        return Taken(root, cells, problems)
    text, warning = encoding.decode(data)
    _seen(text)
    problems = [Problem(file, 1, warning, severity="warning")] if warning else []
    return Taken(_tree(text, name), problems=problems)


def _seen(text: str) -> None:
    """Refuse what a reader of the text could not see, or what would take very long to put in order or to read."""

    def line(offset: int) -> int:
        return text.count("\n", 0, offset) + 1

    if (hidden := _HIDDEN.search(text)) is not None:
        raise Bad(line(hidden.start()), "hidden", code=f"U+{ord(hidden[0]):04X}")
    if (laden := overloaded(text)) is not None:
        raise Bad(line(laden), "marks", most=MAX_MARKS)
    if (endless := _ENDLESS.search(text)) is not None:
        raise Bad(line(endless.start()), "long-text", most=MAX_TEXT)


def _tree(text: str, name: str) -> Node:
    if name.endswith(".json"):
        return json_text.tree(text)
    if not name.endswith((".yaml", ".yml")) and text.lstrip()[:1] == "{":
        try:
            return json_text.tree(text)
        except Bad:
            # a YAML text may begin with a brace too
            pass
    return yaml_text.tree(text)

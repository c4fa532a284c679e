"""Constructs of the surface tree that hold no long expression and no lines of their own, to text."""

from __future__ import annotations

from typing import TypeAlias, assert_never

from kitei_dsl import syntax
from kitei_dsl.expression_text import (
    alias_text,
    bilingual,
    format_expression,
    marks_text,
    property_line,
    quoted,
    targets_text,
)

OneLine: TypeAlias = (
    syntax.Mode | syntax.Binds | syntax.Replacement | syntax.Label | syntax.Question | syntax.Note | syntax.Cites | syntax.Property | syntax.Suppose | syntax.Only
    | syntax.Without | syntax.DatedBy | syntax.EnumValue | syntax.Choice | syntax.Heading | syntax.Plain
    | syntax.Continuation | syntax.NoSanction | syntax.ProvisoTo | syntax.Notwithstanding | syntax.YieldsTo
    | syntax.Purposes | syntax.UnderReading | syntax.MadeAnew | syntax.Promptness | syntax.Towards | syntax.Lifts
    | syntax.Whose | syntax.Imprisonment | syntax.Fine | syntax.Both | syntax.Corporate | syntax.Mark
)  # fmt: skip


def one_line(node: OneLine) -> str:
    """Return a construct that holds no long expression and no lines."""
    match node:
        case syntax.Label():
            return f"label {bilingual(node.words)}"
        case syntax.Question():
            return f"question {bilingual(node.words)}"
        case syntax.Note():
            return f"note {bilingual(node.words)}"
        case syntax.Cites():
            return f"cite {targets_text(node.targets)}"
        case syntax.Property():
            return property_line(node)
        case syntax.Suppose():
            return f"suppose {node.instrument.text} in force from {node.day}"
        case syntax.Only():
            return f"only {targets_text(node.targets)}"
        case syntax.Without():
            return f"without {targets_text(node.targets)}"
        case syntax.DatedBy():
            return f"dated by {node.attribute.text}"
        case syntax.EnumValue():
            words = "" if node.words is None else f" {bilingual(node.words)}"
            return f"value {node.name.text}{alias_text(node.alias)}{words}"
        case syntax.Mode():
            words = "" if node.words is None else f" {bilingual(node.words)}"
            return f"mode {node.name.text}{alias_text(node.alias)}{words}"
        case syntax.Binds():
            return f"binds {node.status.text}: {', '.join([m.text for m in node.modes])}{marks_text(*node.marks)}"
        case syntax.Replacement():
            old, new = (quoted(node.old), quoted(node.new)) if node.language else (node.old, node.new)
            language = f"{node.language} " if node.language else ""
            return f"replace {language}{old} with {new}{marks_text(*node.marks)}"
        case syntax.Choice():
            source = "" if node.source is None else f" source {quoted(node.source)}"
            return f"choice {node.name.text} {bilingual(node.words)}{source}"
        case syntax.Heading():
            return f"heading {bilingual(node.words)}"
        case syntax.Plain():
            return f"plain {bilingual(node.words)}"
        case syntax.Continuation():
            return f"continue {node.filling.address} for {node.target.address} {node.slot.text}{marks_text(node.mark)}"
        case syntax.NoSanction():
            note = "" if node.note is None else f" {one_line(node.note)}"
            return f"no sanction for {targets_text(node.targets)}{note}{marks_text(node.mark)}"
        case syntax.ProvisoTo():
            return f"proviso to {targets_text(node.targets)}{marks_text(node.mark)}"
        case syntax.Notwithstanding():
            return f"notwithstanding {targets_text(node.targets)}{marks_text(node.mark)}"
        case syntax.YieldsTo():
            return f"yields to {targets_text(node.targets)}{marks_text(node.mark)}"
        case syntax.Purposes():
            purposes = f"purposes of {targets_text(node.targets)}" if node.targets else "all purposes"
            return f"for {purposes}{marks_text(node.mark)}"
        case syntax.UnderReading():
            return f"given {node.reading.text} = {node.choice.text}"
        case syntax.MadeAnew():
            return "made anew"
        case syntax.Promptness():
            return f"{node.word}{marks_text(node.mark)}"
        case syntax.Towards():
            return f"towards {bilingual(node.words)}"
        case syntax.Lifts():
            return f"lifts {targets_text(node.targets)}{marks_text(node.mark)}"
        case syntax.Whose():
            return f"whose {bilingual(node.words)}"
        case syntax.Imprisonment():
            return f"imprisonment up to {format_expression(node.length)}"
        case syntax.Fine():
            return f"fine up to {format_expression(node.amount)}"
        case syntax.Both():
            return "both allowed"
        case syntax.Corporate():
            return f"corporate {node.target.address} fine up to {format_expression(node.amount)}"
        case syntax.Mark():
            return marks_text(node).strip()
        case _:
            assert_never(node)

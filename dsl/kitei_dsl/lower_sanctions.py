"""Sanctions and savings to the core."""

from __future__ import annotations

from typing import Any

from kitei_dsl import core, syntax, vocabulary
from kitei_dsl.elaborate import Elaborator, Variable
from kitei_dsl.lowered import Lowered
from kitei_dsl.places import Naming
from kitei_dsl.typesystem import TRUTH
from kitei_dsl.versions import Version
from kitei_dsl.vocabulary import said, wording


def sanction(into: Lowered, version: Version, line: syntax.Sanction | syntax.NoSanction) -> None:
    into.named.append(Naming(str(version.address), line.targets, norms=True))
    targets = tuple(t.address for t in line.targets)
    if isinstance(line, syntax.NoSanction):
        label = "no_sanction." + targets[0].replace("/", "_")
        note = wording(line.note.words if line.note else None)
        marks = into.marks(version, ("sanction", (line.mark,)))
        into.sanctions.append(core.Sanction(into.label(version, label, line), version.id, str(version.address), "none", targets,
                                            core.Wording(), "", "", False, "", "", note, marks, line.span.place))  # fmt: skip
        return
    by_kind: dict[type[syntax.Node], Any] = {type(part): part for part in line.lines}
    fine, prison, corporate = (
        by_kind.get(syntax.Fine),
        by_kind.get(syntax.Imprisonment),
        by_kind.get(syntax.Corporate),
    )
    whose = by_kind.get(syntax.Whose)
    label = line.named.text if line.named else f"{line.kind}." + targets[0].replace("/", "_")
    into.sanctions.append(
        core.Sanction(
            into.label(version, label, line), version.id, str(version.address), line.kind, targets,
            wording(whose.words if whose else None),
            vocabulary.literal(prison.length, "span", into.found) or "" if prison else "",
            vocabulary.literal(fine.amount, "yen", into.found) or "" if fine else "",
            syntax.Both in by_kind, corporate.target.address if corporate else "",
            vocabulary.literal(corporate.amount, "yen", into.found) or "" if corporate else "",
            said(line.lines, syntax.Note),
            into.marks(version, ("sanction", [m for m in line.lines if isinstance(m, syntax.Mark)])), line.span.place,
        )
    )  # fmt: skip


def saving(into: Lowered, version: Version, line: syntax.Saving) -> None:
    variable, kind = into.subject(version, line.of_kind, None)
    scope = (Variable(variable, kind),) if kind else ()
    elaborator = Elaborator(into.names, version.place, into.found)
    condition = None if line.condition is None else elaborator.expression(line.condition, scope, TRUTH)
    into.named.append(Naming(str(version.address), line.targets, norms=True, former=True))
    form, usual = ("force", "in_force.") if line.word == "keep" else ("former", "former_text.")
    label = line.named.text if line.named else usual + line.targets[0].address.replace("/", "_")
    into.savings.append(
        core.Saving(into.label(version, label, line), version.id, str(version.address), form,
                    tuple(t.address for t in line.targets), variable, kind, condition,
                    into.marks(version, ("saving", (line.mark,))), line.span.place)
    )  # fmt: skip

"""Marks against official texts, and the notes of a full check.

Comes in: a compiled program and a folder of texts. Goes out: diagnostics. A mark is checked in every loaded text that
was in force during the version that carries it. Notes list every closing and every part without a mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from kitei_dsl import core
from kitei_dsl.citation import BadAddress, parse
from kitei_dsl.diagnostics import Diagnostic, diagnostic
from kitei_dsl.modes import unbound
from kitei_dsl.source import Source, Span
from kitei_dsl.texts import Text, load_texts


def _span(place: str, sources: dict[str, Source]) -> Span | None:
    name, line, _ = place.rsplit(":", 2)
    source = sources.get(name)
    if source is None:
        return None
    start = source.line_starts[int(line) - 1]
    end = source.text.find("\n", start)
    return Span(source, start, end if end > start else start + 1)


def notes(program: core.Program, sources: dict[str, Source]) -> list[Diagnostic]:
    """List the closings an author chose, the parts of clauses and norms of enacted law that stand on no official words, and
    the norms that do not say in which modes of a status they bind.

    A definition by *means* is closed by that very word, so it is only listed (`--closings`). What is known from an outline
    has no official words yet. One thing is told once, however many versions and clauses say it.
    """
    found = []
    enacted = {i.id for i in program.instruments if i.status == "enacted"}
    read = {v.id for v in program.versions if v.grade == "A" and v.address.partition("/")[0] in enacted}
    for c in program.clauses:
        span = _span(c.place, sources)
        if c.closing and c.role == "close":
            shown = getattr(c.outcome, "value", "as written")
            found.append(
                diagnostic("closing", span, law=c.address, name=c.resolves or "", value=shown, address=c.address)
            )
        if not c.marks and c.role != "norm" and c.version in read:
            name = (c.resolves or c.id).rpartition("#")[2]
            found.append(diagnostic("unmarked", span, law=c.address, part="the clause", name=name))
    conditions = {c.id for c in program.clauses if c.marks}
    for n in program.norms:
        if not n.marks and n.id not in conditions and n.version in read:
            found.append(diagnostic("unmarked", _span(n.place, sources), law=n.address, part="the norm", name=n.name))
    for n, status, modes in unbound(program):
        found.append(
            diagnostic("unbound-status", _span(n.place, sources), law=n.address, name=n.name, status=status, modes=", ".join(modes))
        )  # fmt: skip
    told = {(d.slug, d.law, d.message): d for d in reversed(found)}
    return [d for d in found if told[d.slug, d.law, d.message] is d]


def _marked(program: core.Program) -> Iterator[tuple[str, str, core.Mark]]:
    """Give each mark with its version and its place."""
    groups: tuple[Iterable[Any], ...] = (
        program.clauses, program.slots, program.parameters, program.norms, program.sanctions, program.savings,
    )  # fmt: skip
    for record in chain.from_iterable(groups):
        for mark in record.marks:
            yield record.version, record.place, mark


def check_marks(program: core.Program, sources: dict[str, Source], folder: Path) -> list[Diagnostic]:
    """Check every mark of enacted law in each loaded text that was in force during its version."""
    texts = load_texts(folder)
    versions = {v.id: v for v in program.versions}
    instruments = {i.id: i for i in program.instruments}
    found, unchecked = [], set()
    for version_id, place, mark in _marked(program):
        try:
            address = parse(mark.address)
        except BadAddress as error:
            found.append(diagnostic("bad-address", _span(place, sources), address=mark.address, reason=str(error)))
            continue
        instrument = instruments.get(address.instrument)
        version = versions[version_id]
        if instrument is None or instrument.status != "enacted":
            continue
        during = in_force_during(texts.get(instrument.egov, []), version)
        if not during:
            key = (address.instrument, version.start)
            if key not in unchecked:
                unchecked.add(key)
                found.append(
                    diagnostic(
                        "mark-unchecked",
                        _span(place, sources),
                        law=mark.address,
                        instrument=address.instrument,
                        day=version.start,
                    )
                )
        for text in during:
            words = text.words(address)
            if words is None or mark.phrase not in words:
                day = text.day.isoformat()
                found.append(
                    diagnostic(
                        "mark-not-found",
                        _span(place, sources),
                        law=mark.address,
                        phrase=mark.phrase,
                        address=mark.address,
                        day=day,
                    )
                )
                break
    return found


def in_force_during(texts: list[Text], version: core.Version) -> list[Text]:
    """Return the texts whose own day lies within a version. A text says nothing sure of a later day: an amendment
    between two loaded texts has its own."""
    if "/" in version.start:
        return []
    start = date.fromisoformat(version.start)
    end = date.fromisoformat(version.end) if version.end and "/" not in version.end else None
    return [t for t in texts if start <= t.day and (end is None or t.day < end)]

"""The whole order on one screen: read → parse → expand → declare → lower (elaborate) → check the whole.

texts ─parse→ syntax.File ─expand→ syntax.File ─declare→ Names ─lower/elaborate→ core.Program ─graph→ findings
"""

from __future__ import annotations

from pathlib import Path

from kitei_dsl import core, syntax
from kitei_dsl.declare import declare
from kitei_dsl.diagnostics import Diagnostic, in_order
from kitei_dsl.expand import expand
from kitei_dsl.graph import check_graph
from kitei_dsl.kept import read_kept, read_source
from kitei_dsl.library import library, sources_digest
from kitei_dsl.lower import lower
from kitei_dsl.marked_numbers import check_marked_numbers
from kitei_dsl.offences import check_offences
from kitei_dsl.own_spelling import in_own_spelling
from kitei_dsl.source import Source


def compile_sources(sources: list[Source], kept: bool = False) -> tuple[core.Program, list[Diagnostic]]:
    """Compile texts to a program; the program is to be used only if no finding is an error.

    `kept`: a file that has not changed since the last time is not read again."""
    return compile_files(sources, kept)[:2]


def compile_files(
    sources: list[Source], kept: bool = False
) -> tuple[core.Program, list[Diagnostic], list[syntax.File]]:
    """Do what `compile_sources` does; the files as written go with it, none where one could not be read."""
    read = read_kept if kept else read_source
    parsed = [read(source) for source in sources]
    found = [d for _, diagnostics in parsed for d in diagnostics]
    if any(d.severity == "error" for d in found):
        # What could not be read is missing from everything after; its absence would be told again and again.
        return lower(declare(())[0], sources_digest(sources))[0], in_order(found), []
    written_out = [expand(file) for file, _ in parsed]
    names, declared = declare(file for file, _ in written_out)
    program, lowered = lower(names, sources_digest(sources))
    found += [d for _, diagnostics in written_out for d in diagnostics] + declared + lowered
    if not any(d.severity == "error" for d in found):
        by_name = {s.name: s for s in sources}
        found += check_graph(program, by_name) + check_offences(program, by_name)
        found += check_marked_numbers(file for file, _ in parsed)
    files = [file for file, _ in parsed]
    return program, in_order(in_own_spelling(found, files)), files


def check_whole(program: core.Program) -> list[Diagnostic]:
    """Return the findings about a program as a whole where its sources are not at hand."""
    return check_graph(program, {}) + check_offences(program, {})


def compile_folder(root: Path) -> tuple[core.Program, list[Diagnostic]]:
    """Compile every `.kitei` file below a folder; one that has not changed since the last time is not read again."""
    sources, unreadable = library(root)
    program, found = compile_sources(sources, kept=True)
    return program, in_order([*unreadable, *found])


def check_all(
    sources: list[Source], texts: Path | None = None, kept: bool = False
) -> tuple[core.Program, list[Diagnostic]]:
    """Compile and add what only a full check tells: definitions that clash, closings, parts without marks, and marks against
    official texts.

    `kept`: a file that has not changed since the last time is not read again."""
    return check_files(sources, texts, kept)[:2]


def check_files(
    sources: list[Source], texts: Path | None = None, kept: bool = False
) -> tuple[core.Program, list[Diagnostic], list[syntax.File]]:
    """Do what `check_all` does; the files as written go with it, none where there are mistakes."""
    from kitei_dsl.clash import check_clashes
    from kitei_dsl.marks import check_marks, notes

    program, found, files = compile_files(sources, kept)
    if any(d.severity == "error" for d in found):
        return program, found, []
    by_name = {s.name: s for s in sources}
    more = notes(program, by_name) + check_clashes(program, by_name)
    if texts is not None:
        more += check_marks(program, by_name, texts)
    found += in_own_spelling(more, files)
    return program, in_order(found), files

"""A folder of `.kitei` files to sources, in one stable order, and the digest of them all."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kitei_dsl.diagnostics import Diagnostic, diagnostic
from kitei_dsl.source import Source, Span, read_source


def library(root: Path) -> tuple[list[Source], list[Diagnostic]]:
    """Read every `.kitei` file below a folder (or the one file), sorted by path; unreadable ones are findings."""
    paths = [root] if not root.is_dir() else sorted(root.rglob("*.kitei"))
    base = root.parent if not root.is_dir() else root
    sources: list[Source] = []
    found: list[Diagnostic] = []
    for path in paths:
        name = path.relative_to(base).as_posix()
        try:
            sources.append(read_source(path, name))
        except (OSError, UnicodeDecodeError) as error:
            place = Span(Source(name, "\n"), 0, 1)
            reason = "not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror or "cannot be opened"
            found.append(diagnostic("unreadable-file", place, reason=reason))
    return sources, found


def sources_digest(sources: list[Source]) -> str:
    """Return `sha256:…` of the names and texts of the sources."""
    digest = hashlib.sha256()
    for source in sources:
        digest.update(f"{source.name}\n{len(source.text)}\n{source.text}".encode())
    return "sha256:" + digest.hexdigest()

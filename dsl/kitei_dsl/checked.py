"""What a check of a folder found, kept until something it read is another: then a check that nothing was edited for is no work.

Comes in: the sources of a folder. Goes out: what the whole check without official texts says of them. One entry a folder, in
the cache folder, taken only if this very compiler wrote it of these very texts, indexes and labels.
Deliberately not here: the trees of single files (`kept`), the compiled core (`kitei.ruleset`), any official text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec.json import Decoder
from msgspec.json import encode as json_bytes

from kitei_dsl import core
from kitei_dsl.addresses import find_indexes
from kitei_dsl.cache import cache_folder, compiler_digest, keep
from kitei_dsl.coverage import find_labels
from kitei_dsl.diagnostics import Diagnostic
from kitei_dsl.frozen import Frozen
from kitei_dsl.library import sources_digest
from kitei_dsl.pipeline import check_files
from kitei_dsl.source import Source, Span
from kitei_dsl.standing import check_index


class Checked(Frozen):
    """How many versions of provisions and norms there are, and what was found."""

    versions: int
    norms: int
    found: tuple[Diagnostic, ...]

    @classmethod
    def of(cls, programs: Sequence[core.Program], found: Iterable[Diagnostic]) -> Checked:
        """Count what is in programs."""
        versions = {v.id for p in programs for v in p.versions}
        return cls(len(versions), len({n.id for p in programs for n in p.norms}), tuple(found))


#: The number of a source in `_Kept.sources`, and the offsets in it.
_Place = tuple[int, int, int]


class _Finding(Frozen):
    """A diagnostic with its places written as numbers."""

    slug: str
    severity: str
    message: str
    help: str
    place: _Place | None
    law: str
    related: tuple[tuple[_Place, str], ...]
    fields: tuple[tuple[str, str], ...]


class _Kept(Frozen):
    """The entry; `sources` are the names and texts of those in which something was found."""

    made_of: str
    versions: int
    norms: int
    sources: tuple[tuple[str, str], ...]
    found: tuple[_Finding, ...]


def check_folder(sources: list[Source], root: Path) -> Checked:
    """Do what `check_files` does without texts, and look up what is cited in the indexes below the folder."""
    path = cache_folder() / f"checked-{hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:32]}.json"
    made_of = f"{compiler_digest()} {sources_digest(sources)} {_beside(root)}"
    kept = _kept(path, made_of)
    if kept is not None:
        return kept
    program, found, files = check_files(sources, kept=True)
    if files:
        found += check_index(program, files, root)
    checked = Checked.of([program], found)
    keep(path, json_bytes(_written(checked, made_of)).decode())
    return checked


def _beside(root: Path) -> str:
    """Return a digest of the indexes and labels that a check reads beside the sources."""
    digest = hashlib.sha256()
    for path in (*find_indexes(root), *find_labels(root)):
        try:
            content = path.read_bytes()
        except OSError:
            content = b""
        digest.update(f"{path.relative_to(root).as_posix()}\n{len(content)}\n".encode() + content)
    return digest.hexdigest()


def _kept(path: Path, made_of: str) -> Checked | None:
    """Read an entry back, or nothing where it is not there, is of something else, or cannot be one."""
    try:
        entry = Decoder(_Kept).decode(path.read_bytes())
        if entry.made_of != made_of:
            return None
        texts = [Source(*source) for source in entry.sources]

        def span(place: _Place) -> Span:
            return Span(texts[place[0]], *place[1:])

        return Checked(entry.versions, entry.norms, tuple([
            Diagnostic(f.slug, f.severity, f.message, f.help, span(f.place) if f.place else None, f.law,
                       tuple((span(place), note) for place, note in f.related), f.fields)
            for f in entry.found
        ]))  # fmt: skip
    except (OSError, ValueError, LookupError):
        return None


def _written(checked: Checked, made_of: str) -> _Kept:
    """Write what was found with its places as numbers."""
    numbers: dict[Source, int] = {}

    def place(span: Span) -> _Place:
        return numbers.setdefault(span.source, len(numbers)), span.start, span.end

    found = tuple([
        _Finding(d.slug, d.severity, d.message, d.help, place(d.span) if d.span else None, d.law,
                 tuple((place(span), note) for span, note in d.related), d.fields)
        for d in checked.found
    ])  # fmt: skip
    return _Kept(made_of, checked.versions, checked.norms, tuple((s.name, s.text) for s in numbers), found)

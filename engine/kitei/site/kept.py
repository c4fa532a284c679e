"""Worked examples that came out before: kept, so that making pages again runs only what changed.

Comes in: what an example was made of (the compiled rules, this very code, the case). Goes out: what came of it: the versions it
rests on, its digest, its blocks in each language. One file a folder of statutes, in the cache folder; an entry is taken only
where rules, code and case are the same, so that pages are the same bytes with it and without. What cannot be read is run again.
Deliberately not here: running (`examples`), wording (`parts`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kitei.document import Run
from kitei.site.pages import Block, Listing, Said, Section
from kitei.wording import LANGS, Lang
from kitei_dsl.cache import cache_folder, compiler_digest, keep
from kitei_dsl.codec import canonical
from kitei_dsl.frozen import Frozen, field, field_names
from kitei_dsl.source import file_bytes

#: What the blocks of an example are made of, by the number they are written under.
_KINDS: tuple[type[Any], ...] = (Run, Said, Listing, Section)
_MAX_BYTES = 64_000_000


class Came(Frozen):
    """What came of one example: the versions it rests on, its digest, and what was written of it so far. Citations in the
    blocks name addresses; which of them have a page is another matter. A refusal that was expected rests on nothing."""

    versions: tuple[str, ...] = ()
    digest: str = ""
    blocks: dict[Lang, tuple[Block, ...]] = field(default_factory=dict)


class Kept:
    """What is kept for one folder of statutes, under one set of rules, one set of guides and one state of the code."""

    def __init__(self, folder: Path, ruleset: str, firms: Iterable[str]) -> None:
        name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:32]
        self.path = cache_folder() / f"examples-{name}.json"
        self.made_of = [ruleset, *firms, compiler_digest(), _code_digest()]
        self.before = self._read()

    @staticmethod
    def key(*parts: str) -> str:
        """Return the key of an example: the digest of all that its case says."""
        return hashlib.sha256(canonical(list(parts)).encode()).hexdigest()[:32]

    def keep(self, now: Mapping[str, Came]) -> None:
        """Keep what came of examples, by their keys, where any of it is new."""
        if now.keys() == self.before.keys() and all(now[k].blocks.keys() == self.before[k] for k in now):
            return
        rows = {
            k: [c.versions, c.digest, {lang: [_written(b) for b in c.blocks[lang]] for lang in c.blocks}]
            for k, c in sorted(now.items())
        }
        keep(self.path, json.dumps([self.made_of, rows], ensure_ascii=False, separators=(",", ":")))

    def _read(self) -> dict[str, set[Lang]]:
        self.came: dict[str, Came] = {}
        try:
            made_of, rows = json.loads(file_bytes(self.path, _MAX_BYTES))
            if made_of == self.made_of:
                self.came = {k: _came(*row) for k, row in rows.items()}
        except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
            self.came = {}
        return {k: set(c.blocks) for k, c in self.came.items()}


def _came(versions: list[str], digest: str, blocks: dict[str, list[Any]]) -> Came:
    found = {lang: tuple(_read_block(b) for b in blocks[lang]) for lang in LANGS if lang in blocks}
    return Came(tuple(str(v) for v in versions), str(digest), found)


@cache
def _fields() -> tuple[tuple[str, ...], ...]:
    return tuple(field_names(kind) for kind in _KINDS)


def _written(value: Any) -> Any:
    if isinstance(value, tuple):
        return [-1, *map(_written, value)]
    if isinstance(value, (str, bool)):
        return value
    number = _KINDS.index(type(value))
    return [number, *(_written(getattr(value, name)) for name in _fields()[number])]


def _read_value(value: Any) -> Any:
    if isinstance(value, (str, bool)):
        return value
    number, *parts = value
    if number == -1:
        return tuple([_read_value(part) for part in parts])
    if not 0 <= number < len(_KINDS):
        raise ValueError("no kind of block has this number")
    return _KINDS[number](*[_read_value(part) for part in parts])


def _read_block(value: Any) -> Block:
    found = _read_value(value)
    if not isinstance(found, (Section, Listing)):
        raise ValueError("an example is made of sections and lists")
    return found


@cache
def _code_digest() -> str:
    """Return a digest of the code and the templates that say what came of an example."""
    folder, digest = Path(__file__).parent.parent, hashlib.sha256()
    for path in sorted(p for ending in ("py", "j2") for p in folder.rglob(f"*.{ending}")):
        digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]

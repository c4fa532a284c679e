"""What is kept between runs: derived data only, named by what it is derived from, read as data and never executed.

A cache that cannot be read or written is no fault: what it would hold is made again.
"""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path


def cache_folder() -> Path:
    """Return the folder for what is kept: KITEI_CACHE, or `kitei` in the user's cache folder."""
    if named := os.environ.get("KITEI_CACHE"):
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kitei"


def keep(path: Path, text: str) -> None:
    """Write a file of the cache, whole or not at all."""
    import tempfile  # wanted only where something is kept

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, encoding="utf-8", delete=False) as file:
            file.write(text)
        Path(file.name).replace(path)
    except OSError:
        return


@cache
def compiler_digest() -> str:
    """Return a digest of the compiler itself, so that a changed compiler never finds its old output in the cache."""
    folder = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted([*folder.rglob("*.py"), *folder.glob("*.lark")]):
        digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]

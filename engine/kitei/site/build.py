"""A site as files: made in memory from the rules, then put in place whole.

Comes in: a program, a folder of statutes, a day. Goes out: the text of every file, and a record (`kitei-site.json`) of which
paragraph came from what; the same input gives the same bytes, for there is no clock. `place` writes it: everything is written
beside the folder first, then takes its place at once; what is not ours in the folder stays. Deliberately not here: what pages
say, what has become stale (`staleness`).
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kitei.cases import Failure
from kitei.site.examples import Example
from kitei.site.finding import index_files
from kitei.site.material import Material, Official, gather, no_texts
from kitei.site.moved import Moved, moved_pages
from kitei.site.origins import Origins
from kitei.site.pages import Page, statements
from kitei.site.registry import all_pages
from kitei.site.writing import STYLE, Writer, style
from kitei.wording import LANGS, Lang
from kitei.world import Program
from kitei_dsl.frozen import Frozen
from kitei_dsl.source import file_bytes

#: The record of a site, by which a folder is known to be one.
RECORD = "kitei-site.json"
SCHEMA = "kitei/site@1"
_MAX_RECORD = 64_000_000


class NotASite(ValueError):
    """A folder that is no site of ours; the message says what to do."""


class Wish(Frozen):
    """What a site is built for: its day, the day as known on, its address on the web (or empty), the official texts (or none)."""

    as_of: str
    known_on: str
    base: str = ""
    official: Official = no_texts
    texts: bool = False


class Made(Frozen):
    """A site in memory: the text of each file by its path, the pages, and what did not come out when it was made."""

    files: Mapping[str, str]
    pages: tuple[Page, ...]
    origins: Mapping[Lang, Origins]
    failures: tuple[Failure, ...]
    material: Material


def quiet(what: str, done: int, total: int) -> None:
    """Tell nobody how far it is."""


#: Gives the pages that an earlier build had and that are not among the files made now.
Earlier = Callable[[Collection[str]], list[Moved]]


def no_earlier(files: Collection[str]) -> list[Moved]:
    """Know of no earlier build."""
    return []


def make(
    program: Program,
    folder: Path,
    wish: Wish,
    tell: Callable[[str, int, int], None] = quiet,
    earlier: Earlier = no_earlier,
) -> Made:
    """Make a site in memory; `earlier` says which pages of an earlier build are to stay as a way to what took over.

    Raises BadGuides where what is declared for pages cannot be read.
    """
    with _collecting_seldom():
        return _make(program, folder, wish, tell, earlier)


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """Have the garbage collector look less often, and not at what was there before: nearly all that is made here stays until
    the end, and looking through it again and again takes a quarter of the time."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _make(program: Program, folder: Path, wish: Wish, tell: Callable[[str, int, int], None], earlier: Earlier) -> Made:
    material, keep, failures = gather(program, folder, wish.as_of, wish.known_on, wish.official, wish.base, tell)
    pages = all_pages(material, tell)
    keep()
    moved = earlier({page.file for page in pages})
    pages += [page for lang in LANGS for page in moved_pages(material, lang, moved)]
    origins = {lang: material.speech[lang].origins for lang in LANGS}
    writer = Writer(pages, origins, wish.base)
    files: dict[str, str] = {}
    for n, page in enumerate(pages):
        tell("files", n, len(pages))
        files[page.file] = writer.page(page)
    files["index.html"] = writer.root()
    files[STYLE] = style()
    files |= index_files(material, pages)
    if wish.base:
        files["sitemap.xml"] = writer.sitemap()
    files[RECORD] = _record(program, wish, pages, origins, files, moved, material.examples)
    return Made(dict(sorted(files.items())), tuple(pages), origins, tuple(failures), material)


def _record(
    program: Program,
    wish: Wish,
    pages: list[Page],
    origins: Mapping[Lang, Origins],
    files: Mapping[str, str],
    moved: list[Moved],
    examples: Iterable[Example],
) -> str:
    """Write the record: which paragraph of which page came from what, and the digest each of these had."""
    keys: dict[Lang, set[str]] = {lang: set() for lang in LANGS}
    rests = {key: of for lang in LANGS for key, of in origins[lang].rests.items()}
    numbers: dict[tuple[str, ...], int] = {}
    said: dict[str, dict[str, int]] = {}
    for page in pages:
        found: dict[str, int] = {}
        for id, of in (("title", page.of), *statements((page.head,)), *statements(page.blocks)):
            if of:
                found.setdefault(id, numbers.setdefault(of, len(numbers)))
                keys[page.lang] |= {*of, *(f"rules:{v}" for key in of for v in rests.get(key, ()))}
        said[page.file] = found
    for lang in LANGS:  # of examples that no page shows, too: a page may come to show one
        keys[lang] |= {example.key for example in examples}
    data = {
        "schema": SCHEMA,
        "ruleset": {"digest": program.digest},
        "as_of": wish.as_of,
        "known_on": wish.known_on,
        "base": wish.base,
        "texts": wish.texts,
        "files": sorted([*files, RECORD]),
        "digests": {lang: {key: origins[lang].digest(key) for key in sorted(keys[lang])} for lang in LANGS},
        "origins": list(numbers),
        "rests": rests,
        "paragraphs": said,
        "moved": [one.data() for one in moved],
    }
    # One line a part: whoever keeps the site under version control sees which page a change touched.
    lines = ",\n".join(f"{json.dumps(k)}:{_text(v, k in ('digests', 'paragraphs'))}" for k, v in sorted(data.items()))
    return f"{{\n{lines}\n}}\n"


def _text(data: Any, split: bool) -> str:
    if not split:
        return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "{\n" + ",\n".join(f"{json.dumps(k)}:{_text(v, False)}" for k, v in sorted(data.items())) + "\n}"


def read_record(folder: Path) -> dict[str, Any]:
    """Read the record of a site. Raises NotASite where there is none that we wrote."""
    try:
        data = json.loads(file_bytes(folder / RECORD, _MAX_RECORD).decode("utf-8"))
    except (OSError, ValueError, RecursionError):
        raise NotASite(
            f"{folder.name} holds no site made by `kitei site build` ({RECORD} is missing or cannot be read)"
        ) from None
    shapes = {
        "as_of": str,
        "known_on": str,
        "base": str,
        "texts": bool,
        "files": list,
        "digests": dict,
        "origins": list,
        "paragraphs": dict,
    }
    whole = (
        isinstance(data, dict)
        and data.get("schema") == SCHEMA
        and all(isinstance(data.get(k), t) for k, t in shapes.items())
    )
    if not whole or not all(isinstance(f, str) and _inside(f) for f in data["files"]):
        raise NotASite(
            f"{RECORD} in {folder.name} is of another version or damaged; build the site again in an empty folder"
        )
    assert isinstance(data, dict)
    return data


def _inside(name: str) -> bool:
    """Say whether a recorded name stays in the folder."""
    path = Path(name)
    return not path.is_absolute() and ".." not in path.parts and bool(path.parts)


def place(files: Mapping[str, str], folder: Path) -> None:
    """Put a site in place of what is in a folder: an empty or new one, or a site of ours.

    Files in it that no build wrote are kept. Raises NotASite for a folder that holds anything else, OSError where it cannot be
    written; then the folder is as it was.
    """
    target = folder.resolve()
    ours = _checked(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    stage = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        for name, text in files.items():
            path = stage / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        stage.chmod(0o755)
        _swap(target, stage, {*ours, *files})
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _checked(target: Path) -> tuple[str, ...]:
    """Return the files that an earlier build wrote into a folder. Raises NotASite where it is not ours to write."""
    if not target.exists():
        return ()
    if not target.is_dir():
        raise NotASite(f"{target.name} is a file; name a folder")
    if not any(target.iterdir()):
        return ()
    if not (target / RECORD).is_file():
        raise NotASite(
            f"{target.name} is not empty and holds no site made by `kitei site build`; name an empty or a new folder"
        )
    return tuple(read_record(target)["files"])


def _swap(target: Path, stage: Path, ours: set[str]) -> None:
    """Exchange the folder for the stage, taking along what is not ours; put everything back where that fails."""
    if not target.exists():
        stage.rename(target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}-old-", dir=target.parent))
    moved: list[tuple[Path, Path]] = []
    try:
        for path in _foreign(target, Path(), ours):
            (stage / path).parent.mkdir(parents=True, exist_ok=True)
            moved.append((target / path, stage / path))
            os.replace(*moved[-1])
        os.replace(target, old / target.name)
        try:
            stage.rename(target)
        except OSError:
            os.replace(old / target.name, target)
            raise
    except OSError:
        for before, now in reversed(moved):
            if now.exists():
                before.parent.mkdir(parents=True, exist_ok=True)
                os.replace(now, before)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _foreign(root: Path, below: Path, ours: set[str]) -> list[Path]:
    """Return what in a folder no build wrote: whole folders where nothing in them is ours."""
    found: list[Path] = []
    for entry in sorted((root / below).iterdir()):
        path = below / entry.name
        name = path.as_posix()
        if entry.is_dir() and not entry.is_symlink():
            inside = any(x.startswith(f"{name}/") for x in ours)
            found += _foreign(root, path, ours) if inside else [path]
        elif name not in ours:
            found.append(path)
    return found

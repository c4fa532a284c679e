"""The index of addresses: which units the official texts of a law have, and on which days; no word of the law.

Comes in: the texts of a law, or the file kept beside its `instrument.kitei` (`addresses.txt`). Goes out: that file, or an
`Index` that says on each day a text was read for which units there are. One line an article and structure:

    63_11 2020-05-01..: 1[main proviso i1 i2[lead イ ロ]] 2[s1 s2] 3

The days after the number are those of the first text that has the structure and of the first that has it no more; none: in all
texts. Sentences of a unit are named if there is more than one. After the id, `plain` says that only copies were read that do not
tell every level apart: of supplements and the deepest levels the index says nothing. `suppl/3` is in the law's own supplementary provisions,
`suppl:…/3` in those of an amending law; `p` stands for the article where there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from kitei_dsl import core
from kitei_dsl.diagnostics import Diagnostic, finding
from kitei_dsl.frozen import Frozen, field
from kitei_dsl.official import Place
from kitei_dsl.source import Source, Span, file_bytes
from kitei_dsl.texts import DELETED, Structure, Text, Unit, load_texts

#: The name of the index in an instrument's folder.
FILE = "addresses.txt"
_HEAD = "kitei/addresses@1"
_MAX_BYTES = 16_000_000
_PARTS = re.compile(r"main|proviso|s[0-9]|deleted")
_KEY = re.compile(r"(?:suppl(?::[0-9A-Z]{15})?/)?(?:p|[0-9]{1,4}(?:_[0-9]{1,4})*)", re.ASCII)
_TOKEN = re.compile(r"[^\s\[\]]+|[\[\]]")

_Run = tuple[str, str, str]


class BadIndex(ValueError):
    """A file is no index; the message says why."""


class Index(Frozen):
    """The units of a law by text: `days` are those of the texts read, `runs` the structures of an article with the days
    between which they stand (empty: from the first, to the last). `complete`: the texts told every level apart."""

    egov: str
    days: tuple[str, ...]
    runs: dict[str, tuple[_Run, ...]]
    complete: bool = True

    def on(self, day: str) -> IndexedText:
        """Return the structure of the text of one of `days`."""
        return IndexedText(self, day)


class IndexedText(Structure):
    """The structure of one text, from the index."""

    index: Index
    day: str
    _known: dict[str, dict[Place, tuple[str, ...]]] = field(default_factory=dict)

    def parts(self, supplement: str | None, article: tuple[int, ...] | None) -> dict[Place, tuple[str, ...]]:
        key = _key(supplement, article)
        if key not in self._known:
            self._known[key] = {}
            for start, end, body in self.index.runs.get(key, ()):
                if (not start or start <= self.day) and (not end or self.day < end):
                    self._known[key] = _read_body(supplement, article, body)
        return self._known[key]

    def units(self) -> Iterator[Unit]:
        """Give every sentence of the main provisions, without its words."""
        for key in self.index.runs:
            if key.startswith("suppl"):
                continue
            article = None if key == "p" else tuple(int(n) for n in key.split("_"))
            parts = self.parts(None, article)
            leading = {above for place in parts if (above := place.above()) is not None}
            for place, names in parts.items():
                if DELETED in names:
                    yield Unit(place, "", place in leading, "削除")
                    continue
                for name in names or ("",):
                    yield Unit(place, name, place in leading)


def _key(supplement: str | None, article: tuple[int, ...] | None) -> str:
    number = "p" if article is None else "_".join(map(str, article))
    return (
        number if supplement is None else f"suppl/{number}" if supplement == "own" else f"suppl:{supplement}/{number}"
    )


# --------------------------------------------------------------------------- writing


def write_index(texts: Sequence[Text], title: str) -> str:
    """Return the index of a law's texts; copies that do not tell every level apart count only where there is no other."""
    complete = any(text.complete for text in texts)
    whole: dict[str, Text] = {}
    for text in texts:
        if text.complete == complete:
            whole.setdefault(text.day.isoformat(), text)
    days = sorted(whole)
    bodies: dict[str, list[str]] = {}
    order: dict[str, tuple[object, ...]] = {}
    for n, day in enumerate(days):
        text = whole[day]
        for supplement, article in dict.fromkeys((p.supplement, p.article) for p in text.official.own):
            parts = text.parts(supplement, article)
            if parts:
                key = _key(supplement, article)
                order[key] = (supplement is not None, supplement or "", article or ())
                bodies.setdefault(key, [""] * len(days))[n] = _body(parts)
    lines = [
        f"# {title}：公式の条文にどの番地があるか。条文の語は含まない。kitei check --against FOLDER --write-index が書く。",
        "# Which units the official texts have; no words of the law. Written by that command, never by hand.",
        f"{_HEAD} {texts[0].egov}{'' if complete else ' plain'}",
        f"days {' '.join(days)}",
    ]
    for key in sorted(bodies, key=lambda k: order[k]):
        lines += [f"{key}{shown}: {body}" for shown, body in _runs(bodies[key], days)]
    return "\n".join(lines) + "\n"


def _runs(bodies: list[str], days: list[str]) -> Iterator[tuple[str, str]]:
    """Give each structure with the days between which it stands."""
    start = 0
    for n in range(1, len(days) + 1):
        if n < len(days) and bodies[n] == bodies[start]:
            continue
        if bodies[start]:
            end = days[n] if n < len(days) else ""
            yield (f" {days[start]}..{end}" if start or end else ""), bodies[start]
        start = n


def _body(parts: dict[Place, tuple[str, ...]]) -> str:
    """Write the units of an article, one nested in the other."""
    children: dict[Place | None, list[Place]] = {}
    for place in parts:
        above = place.above()
        children.setdefault(above if above in parts else None, []).append(place)

    def written(place: Place) -> str:
        name = (
            place.subitems[-1]
            if place.subitems
            else "i" + "_".join(map(str, place.item))
            if place.item
            else str(place.paragraph)
        )
        inner = [p for p in parts[place] if p] + [written(p) for p in children.get(place, ())]
        return f"{name}[{' '.join(inner)}]" if inner else name

    return " ".join(written(p) for p in children.get(None, ()))


# --------------------------------------------------------------------------- reading


def read_index(path: Path) -> Index:
    """Read an index. Raises BadIndex, or OSError where the file cannot be read."""
    lines = file_bytes(path, _MAX_BYTES).decode("utf-8", "replace").split("\n")
    rows = [line for line in lines if line and not line.startswith("#")]
    if len(rows) < 2 or not rows[0].startswith(f"{_HEAD} ") or not rows[1].startswith("days"):
        raise BadIndex(f"it does not begin with `{_HEAD}`")
    runs: dict[str, list[_Run]] = {}
    for row in rows[2:]:
        head, colon, body = row.partition(": ")
        key, _, days = head.partition(" ")
        start, dots, end = days.partition("..")
        if not colon or bool(days) != bool(dots) or not _KEY.fullmatch(key):
            raise BadIndex(f"`{row[:60]}` is no line of an index")
        runs.setdefault(key, []).append((start, end, body))
    egov, *plain = rows[0].split(" ")[1:]
    return Index(egov, tuple(rows[1].split(" ")[1:]), {k: tuple(r) for k, r in runs.items()}, plain != ["plain"])


def _read_body(
    supplement: str | None, article: tuple[int, ...] | None, body: str
) -> dict[Place, tuple[str, ...]]:  # fmt: skip
    """Return the units of an article as written; what is written wrongly is passed over."""
    found: dict[Place, list[str]] = {}
    stack: list[Place | None] = [None]
    last: Place | None = None
    for token in _TOKEN.findall(body):
        if token == "[":
            stack.append(last)
        elif token == "]":
            stack = stack[:-1] or [None]
        elif stack[-1] is not None and _PARTS.fullmatch(token):
            found[stack[-1]].append(token)
        else:
            last = _below(stack[-1], token, supplement, article)
            if last is not None:
                found.setdefault(last, [])
    return {place: tuple(names) for place, names in found.items()}


def _below(
    above: Place | None, token: str, supplement: str | None, article: tuple[int, ...] | None
) -> Place | None:  # fmt: skip
    if above is None:
        return Place(supplement, article, int(token)) if re.fullmatch("[0-9]{1,4}", token, re.ASCII) else None
    if not above.item:
        numbers = re.fullmatch("i([0-9]{1,4}(?:_[0-9]{1,4})*)", token, re.ASCII)
        return above._replace(item=tuple(map(int, numbers[1].split("_")))) if numbers else None
    return above._replace(subitems=(*above.subitems, token))


def indexes_of(program: core.Program, root: Path, folder: Path) -> Iterator[tuple[Path, str]]:
    """Give each folder below `root` that declares an instrument (`instrument.kitei`) with the index of its texts."""
    loaded = load_texts(folder)
    for instrument in program.instruments:
        home = root / instrument.id
        homes = [home] if home.is_dir() else sorted(p for p in root.rglob(instrument.id) if p.is_dir())
        texts = loaded.get(instrument.egov, [])
        if homes and texts and instrument.status == "enacted":
            yield homes[0], write_index(texts, instrument.title.ja or instrument.id)


def find_indexes(root: Path) -> list[Path]:
    """Return the index files below a folder."""
    return sorted(root.rglob(FILE)) if root.is_dir() else []


def load_indexes(root: Path, program: core.Program) -> tuple[dict[str, Index], list[Diagnostic]]:
    """Read the indexes below a folder, by instrument; those that cannot be read are findings."""
    by_egov = {i.egov: i.id for i in program.instruments if i.egov}
    found: dict[str, Index] = {}
    flaws = []
    for path in find_indexes(root):
        try:
            index = read_index(path)
        except (BadIndex, OSError) as error:
            place = Span(Source(path.relative_to(root).as_posix(), "\n"), 0, 1)
            reason = str(error) if isinstance(error, BadIndex) else error.strerror or "cannot be opened"
            flaws.append(finding("bad-index", place, {"reason": reason, "file": FILE}))
            continue
        if index.egov in by_egov:
            found[by_egov[index.egov]] = index
    return found, flaws

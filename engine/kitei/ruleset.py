"""Where the compiled core comes from: the packaged one, a cached one, or the sources compiled now.

Comes in: a folder of statutes (or None for the packaged one) or a compiled file. Goes out: a `Program` and
findings. The parser is imported only when the sources must be compiled; a compiled core is used only if the digest
of the sources it was made from is that of the sources there now.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kitei.world import Program
from kitei_dsl.cache import cache_folder, compiler_digest, keep
from kitei_dsl.codec import canonical, decode, digest_text
from kitei_dsl.diagnostics import Diagnostic
from kitei_dsl.frozen import replace
from kitei_dsl.library import library, sources_digest
from kitei_dsl.source import Source, file_bytes

COMPILED = "compiled.core.json"


class NoRuleset(Exception):
    """No usable ruleset, told in English and in Japanese; `diagnostics` says what is wrong with the sources, if they are there."""

    def __init__(self, message: str, ja: str, diagnostics: list[Diagnostic] | None = None) -> None:
        super().__init__(message)
        self.ja, self.diagnostics = ja, diagnostics or []


def statutes_folder() -> Path:
    """Return the folder of statutes: KITEI_STATUTES, the packaged copy, or the checkout's `statutes/jp`."""
    if named := os.environ.get("KITEI_STATUTES"):
        return Path(named)
    here = Path(__file__).resolve().parent
    packaged = here / "statutes" / "jp"
    return packaged if packaged.is_dir() else here.parent.parent / "statutes" / "jp"


def load(folder: Path | None = None, bills: Sequence[Path] = ()) -> tuple[Program, list[Diagnostic]]:
    """Load the ruleset of a folder (or a single file), compiling it where no current compiled core is found; with bills, the law
    and they together.

    Raises NoRuleset where the sources have errors or cannot be read.
    """
    root = folder or statutes_folder()
    if root.suffix == ".json":
        if bills:
            raise NoRuleset(
                f"{root.name} is a compiled core, beside which no bill can be read: name the folder of its sources",
                f"{root.name}は組立て済みの規則で、案と合わせて読めません。元のフォルダーを示してください",
            )
        return read_compiled(root), []
    if not root.exists():
        raise NoRuleset(
            f"no statutes at {root.name}: name the folder with --statutes",
            f"{root.name}に法令がありません。法令のフォルダーを--statutesで示してください",
        )
    sources, unreadable = together(root, bills)
    if unreadable:
        raise NoRuleset("some files cannot be read", "読めないファイルがあります", unreadable)
    if not sources:
        raise NoRuleset(f"no .kitei file below {root.name}", f"{root.name}の中に.kiteiファイルがありません")
    digest = sources_digest(sources)
    cached = cache_folder() / f"{digest.removeprefix('sha256:')}-{compiler_digest()}.json"
    for path in (*(() if bills else (root / COMPILED,)), cached):
        program = _current(path, digest)
        if program is not None:
            return program, []
    from kitei_dsl.pipeline import compile_sources

    core, found = compile_sources(sources, kept=True)
    if any(d.severity == "error" for d in found):
        raise NoRuleset("the statutes have errors", "法令のファイルに誤りがあります", found)
    text = canonical(core)
    keep(cached, text)
    return Program(core, digest_text(text)), found


def together(root: Path, bills: Sequence[Path], base: str = "") -> tuple[list[Source], list[Diagnostic]]:
    """Read the sources of the law and of bills read with it; what stands in a bill is named as the bill was, beside it what
    stands in the law with `base` before its name.

    Raises NoRuleset where there is no such bill, or no rules in it.
    """
    sources, unreadable = library(root)
    if bills:
        sources = [replace(source, name=f"{base}{source.name}") for source in sources]
    for bill in bills:
        if not bill.exists():
            raise NoRuleset(f"no bill at {bill}", f"{bill}に案がありません")
        added, missing = library(bill)
        if not added and not missing:
            raise NoRuleset(f"no .kitei file below {bill}", f"{bill}の中に.kiteiファイルがありません")
        before = bill if bill.is_dir() else bill.parent
        named = [replace(source, name=(before / source.name).as_posix()) for source in added]
        sources, unreadable = [*sources, *named], [*unreadable, *missing]
    return sources, unreadable


#: Bytes of a compiled core; the collected law takes a small part of it.
_MAX_COMPILED = 16_000_000


def read_compiled(path: Path) -> Program:
    """Read a compiled core. Raises NoRuleset where it is not one that the compiler could have made."""
    from kitei.soundness import check_sound
    from kitei_dsl.pipeline import check_whole

    try:
        text = file_bytes(path, _MAX_COMPILED).decode("utf-8")
        core = decode(text)
        check_sound(core)
        found = [d for d in check_whole(core) if d.severity == "error"]
        if found:
            raise ValueError(found[0].message)
        return Program(core, digest_text(text))
    except UnicodeDecodeError:
        raise NoRuleset(
            f"{path.name}: not UTF-8, so no compiled ruleset", f"{path.name}：UTF-8ではないため、読めません"
        ) from None
    except OSError as error:
        raise NoRuleset(f"{path.name}: {error.strerror}", f"{path.name}：開けません（{error.strerror}）") from None
    except ValueError as error:
        raise NoRuleset(
            f"{path.name}: {error}; compile the sources again",
            f"{path.name}：読めません（{error}）。法令をもう一度組み立ててください",
        ) from None


def compiled_text(core: Any) -> str:
    """Return the canonical text of a compiled core, as it ships in the wheel."""
    return canonical(core)


def _current(path: Path, digest: str) -> Program | None:
    """Read a compiled core if it is there, readable and made from sources of this digest."""
    try:
        text = file_bytes(path, _MAX_COMPILED).decode("utf-8")
        core = decode(text)
    except (OSError, ValueError):
        return None
    return Program(core, digest_text(text)) if core.sources == digest else None

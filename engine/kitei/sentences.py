"""Sentences from the templates of one language, about one answer; each macro is compiled when it is first said.

Comes in: a language, a program, an answer. Goes out: one sentence per call, its citations, days and numbers marked.
The templates are read in a sandbox: nothing in a name can run, and a name that is missing is a fault, not a blank.
A template holds macros, comments and imports of other templates only; a page says a tenth of what they hold, and
compiling is the dear part of saying it: what is compiled is kept where Python keeps the bytecode of this module.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache, partial
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING, Any

from kitei.phrases import Phrases
from kitei.wording import Lang
from kitei.world import Program
from kitei_dsl.frozen import Frozen, field

if TYPE_CHECKING:
    from jinja2.bccache import BytecodeCache
    from jinja2.sandbox import SandboxedEnvironment

_WORD = re.compile(r"\w+")
_MACRO = re.compile(r"{% macro (\w+)\(.*?{% endmacro %}", re.S)
_IMPORT = re.compile(r"{% import '([\w.]+)' as (\w+) with context %}")


@cache
def environment() -> SandboxedEnvironment:
    """Return the environment templates are read in: sandboxed, immutable, and strict about what is missing.

    Nothing is worked out while compiling: what is compiled serves every answer, and the filters are an answer's own.
    """
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, optimized=False)


@cache
def _kept() -> BytecodeCache | None:
    """Return where compiled macros are kept: Python's own folder for bytecode; None where Python has none."""
    from jinja2.bccache import FileSystemBytecodeCache

    try:
        folder = Path(cache_from_source(__file__)).parent
    except NotImplementedError:
        return None
    return FileSystemBytecodeCache(str(folder), f"template-%s.{sys.implementation.cache_tag}.pyc")


def _compiled(own: SandboxedEnvironment, file: str, name: str, text: str) -> CodeType:
    """Compile a macro, or take it from where it was kept, if it has not changed since."""
    import jinja2
    from jinja2.bccache import Bucket

    kept, bucket = _kept(), None
    if kept is not None:
        # Jinja looks whether the text is the same; what it makes of the text is its version's own.
        bucket = Bucket(
            own, kept.get_cache_key(f"{jinja2.__version__} {file} {name}", None), kept.get_source_checksum(text)
        )
        with suppress(Exception):  # cut off or overwritten by whatever: it is compiled again, and kept anew
            kept.load_bytecode(bucket)
    if bucket is not None and bucket.code is not None:
        return bucket.code
    code = own.compile(text, name)
    if kept is not None and bucket is not None and not sys.dont_write_bytecode:
        bucket.code = code
        with suppress(OSError):  # a folder that cannot be written to: it is compiled again next time
            kept.set_bucket(bucket)
    return code


class Template(Frozen):
    """The text of each macro by its name, the files imported by the names they have here, and of the macros said so far what is
    compiled and which others each may call."""

    texts: Mapping[str, str]
    imports: Mapping[str, str]
    compiled: dict[str, CodeType] = field(default_factory=dict)
    called: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def calls(self, name: str) -> tuple[str, ...]:
        """Return the macros that a macro names."""
        if name not in self.called:
            self.called[name] = tuple(dict.fromkeys(w for w in _WORD.findall(self.texts[name]) if w in self.texts))
        return self.called[name]


@cache
def template(file: str) -> Template:
    """Return the template of a file."""
    text = (Path(__file__).parent / "templates" / file).read_text(encoding="utf-8")
    return Template({m[1]: m[0] for m in _MACRO.finditer(text)}, {m[2]: m[1] for m in _IMPORT.finditer(text)})


class Macros:
    """The macros of a template as attributes, each seeing the others, what is imported and what is said to all."""

    def __init__(self, file: str, own: SandboxedEnvironment, said: Mapping[str, object]) -> None:
        self._file, self._template, self._environment = file, template(file), own
        imported = {name: Macros(other, own, said) for name, other in self._template.imports.items()}
        self._given = {**own.globals, **said, **imported}

    def __contains__(self, name: str) -> bool:
        return name in self._template.texts

    def __getattr__(self, name: str) -> Callable[..., object]:
        if name.startswith("_") or name not in self._template.texts:
            raise AttributeError(name)
        compiled = self._template.compiled
        if name not in compiled:
            compiled[name] = _compiled(self._environment, self._file, name, self._template.texts[name])
        given = {**self._given, **{other: partial(self._said, other) for other in self._template.calls(name)}}
        made = self._environment.template_class.from_code(self._environment, compiled[name], given)
        macro: Callable[..., object] = getattr(made.module, name)
        setattr(self, name, macro)
        return macro

    def _said(self, name: str, *args: object, **named: object) -> object:
        """Say a macro that another one calls."""
        return getattr(self, name)(*args, **named)


class Sentences:
    """The sentences of `<name>.<lang>.j2`, or of `<lang>.j2` where the name is empty; of several, the first that has one."""

    def __init__(
        self, lang: Lang, program: Program, answer: Mapping[str, Any], names: str | tuple[str, ...] = ""
    ) -> None:
        self.phrases = Phrases(lang, bool(answer["context"]["hypothetical"]), program, answer)
        own = environment().overlay()
        own.filters = {**own.filters, **self.phrases.filters()}
        said = {"ctx": answer["context"], **self.phrases.globals()}
        files = [f"{n}.{lang}.j2" if n else f"{lang}.j2" for n in ((names,) if isinstance(names, str) else names)]
        self.files = [Macros(file, own, said) for file in files]

    def say(self, macro: str, *args: object) -> str:
        """Return one sentence."""
        return str(getattr(next(f for f in self.files if macro in f), macro)(*args)).strip()

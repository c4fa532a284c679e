"""Sentences from the templates of one language, about one answer.

Comes in: a language, a program, an answer. Goes out: one sentence per call, its citations, days and numbers marked.
The templates are read in a sandbox: nothing in a name can run, and a name that is missing is a fault, not a blank.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kitei.phrases import Phrases
from kitei.wording import Lang
from kitei.world import Program

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def environment() -> Environment:
    """Return the environment templates are read in: sandboxed, immutable, and strict about what is missing."""
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    loader = FileSystemLoader(Path(__file__).parent / "templates")
    return ImmutableSandboxedEnvironment(loader=loader, undefined=StrictUndefined, autoescape=False)


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
        self.words = ChainMap(*(vars(own.get_template(file).make_module(said)) for file in files))

    def say(self, macro: str, *args: object) -> str:
        """Return one sentence."""
        return str(self.words[macro](*args)).strip()

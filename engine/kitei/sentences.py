"""Sentences from the templates of one language, about one answer.

Comes in: a language, a program, an answer. Goes out: one sentence per call, its citations, days and numbers marked.
The templates are read in a sandbox: nothing in a name can run, and a name that is missing is a fault, not a blank.
"""

from __future__ import annotations

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
    """The sentences of `<name>.<lang>.j2`, or of `<lang>.j2` where no name is given."""

    def __init__(self, lang: Lang, program: Program, answer: Mapping[str, Any], name: str = "") -> None:
        self.phrases = Phrases(lang, bool(answer["context"]["hypothetical"]), program, answer)
        own = environment().overlay()
        own.filters = {**own.filters, **self.phrases.filters()}
        template = own.get_template(f"{name}.{lang}.j2" if name else f"{lang}.j2")
        self.words = template.make_module({"ctx": answer["context"], **self.phrases.globals()})

    def say(self, macro: str, *args: object) -> str:
        """Return one sentence."""
        return str(getattr(self.words, macro)(*args)).strip()

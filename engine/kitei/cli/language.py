"""The language a command speaks: the one asked for, else the reader's own."""

from __future__ import annotations

import os
from typing import Literal

import click

LANG = click.option(
    "--lang", type=click.Choice(["ja", "en"]), default=None, help="Language (default: KITEI_LANG, else the locale)."
)


def language(lang: str | None) -> Literal["ja", "en"]:
    """The language asked for, else the reader's own."""
    wanted = lang or os.environ.get("KITEI_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "ja" if wanted.startswith("ja") else "en"


def spoken() -> Literal["ja", "en"]:
    """The language of the command that is running."""
    context = click.get_current_context(silent=True)
    return language(None if context is None else context.params.get("lang"))

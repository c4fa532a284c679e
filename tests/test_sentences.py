"""What is kept of the templates: it is never needed, and nothing that happened to it reaches who asks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2.bccache import FileSystemBytecodeCache

from kitei import sentences

TEXT = "{% macro greeting(name) %}{{ name }}!{% endmacro %}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sentences, "_kept", lambda: FileSystemBytecodeCache(str(tmp_path), "template-%s.pyc"))
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    return tmp_path


def greet(text: str = TEXT) -> str:
    own = sentences.environment()
    made = own.template_class.from_code(own, sentences._compiled(own, "en.j2", "greeting", text), dict(own.globals))
    return str(getattr(made.module, "greeting")("A"))  # noqa: B009


def test_a_sentence_is_kept_and_said_from_what_was_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert greet() == "A!"
    assert len(list(folder.iterdir())) == 1
    monkeypatch.setattr(type(sentences.environment()), "compile", lambda *_: pytest.fail("compiled again"))
    assert greet() == "A!"


def test_a_changed_template_is_not_said_from_what_was_kept(folder: Path) -> None:
    assert greet() == "A!"
    assert greet(TEXT.replace("!", "?")) == "A?"


@pytest.mark.parametrize(
    "damage",
    [lambda kept: kept[:25], lambda kept: kept[:-9], lambda kept: b"", lambda kept: b"\x00" * len(kept), lambda kept: kept[:14] + b"\x80\xff"],
)  # fmt: skip
def test_what_was_kept_and_is_damaged_is_made_anew(folder: Path, damage: Callable[[bytes], bytes]) -> None:
    greet()
    (kept,) = folder.iterdir()
    sound = kept.read_bytes()
    kept.write_bytes(damage(sound))
    assert greet() == "A!"
    assert kept.read_bytes() == sound


def test_nothing_is_kept_where_nothing_can_be(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentences, "_kept", lambda: None)
    assert greet() == "A!"
    assert not list(folder.iterdir())

"""`--help` speaks Japanese: every text of every command and option has its twin, and the page keeps its width."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import click
import pytest

from kitei.cli import COMMANDS, kitei, main
from kitei.cli.help_words import TWINS, twin
from kitei_dsl.diagnostics import width


def texts(command: click.Command, name: str = "kitei") -> Iterator[tuple[str, str]]:
    """Give every text that help can print, with the command it is of."""
    context = click.Context(command, info_name=name)
    yield from ((name, text) for text in (command.help, command.short_help) if text)
    yield from ((name, text) for p in command.get_params(context) if (text := getattr(p, "help", None)))
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            assert found is not None
            yield from texts(found, f"{name} {below}")


def test_every_text_of_help_has_its_twin() -> None:
    found = [*texts(kitei), *COMMANDS.items()]

    assert len(found) > 150
    assert [] == [(name, text) for name, text in found if not re.search("[ぁ-ん一-龠]", twin(text))]


def test_no_twin_is_left_over() -> None:
    """A text that no command has any more leaves the table with it."""
    said = {" ".join(text.split()) for _, text in [*texts(kitei), *((n, t) for n, t in COMMANDS.items())]}

    assert set() == set(TWINS) - said


def helped(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    monkeypatch.setattr(click.Context, "formatter_class", click.HelpFormatter)
    monkeypatch.setattr(sys, "argv", ["kitei", *words])
    with pytest.raises(SystemExit):
        main()
    said = capsys.readouterr()
    return said.out + said.err


@pytest.mark.parametrize("words", [("--help",), ("run", "--help"), ("facts", "--help"), ("graph", "--help"), ()])
def test_help_in_japanese(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("KITEI_LANG", "ja")
    page = helped(monkeypatch, capsys, *words)

    assert page.startswith("使い方：kitei") and "オプション：" in page
    assert not re.search(r"Usage|Options:|Commands:|Show|default|required", page)
    assert [] == [line for line in page.splitlines() if width(line) > 90]


def test_what_is_usual_is_said_after_the_text() -> None:
    assert "前提とする法令の範囲（世界）。［既定：current］" == twin("Which instruments count.  [default: current]")
    assert "書くワークブック。［必須］" == twin("The workbook to write.  [required]")


def test_help_in_english_stays(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("KITEI_LANG", "ja")
    assert helped(monkeypatch, capsys, "run", "--help", "--lang", "en").startswith("Usage: kitei run")

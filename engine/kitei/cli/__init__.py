"""The command: reads arguments, calls one thing, prints, exits. Nothing else is decided here.

Data goes to standard output, everything else to standard error. Exit codes: 0 fine (an undetermined answer too);
1 findings, a failed case, a refused replay; 2 wrong use; 3 input that cannot be read; 4 our own fault; 5 no test collected.
One module a command, imported when the command is called; everything heavy is imported inside it.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import NoReturn

import click

from kitei.cli.opening import FINE, MISUSE, OUR_FAULT, UNREADABLE, say

COMMANDS = {
    "ask": "Interview: ask only what can still matter, then answer; saves a facts file.",
    "check": "Check the language, names, types, citations, slots and marks of the law.",
    "cite": "Read a citation in Japanese, English or as addresses; print all three.",
    "facts": "Give facts: a template or an Excel form, what was read from it, the schema.",
    "fmt": "Write .kitei files the one canonical way; comments are kept.",
    "graph": "Draw what refers to what in the law; say what rests on a place, what a change would touch.",
    "period": "Reckon a period of the law (14 days, 3月以内, 30日前), each step with its rule.",
    "read": "Show what is encoded at a place, in words; what applies there by 準用 is written out.",
    "register": "List deadlines by day: who, what, to whom, how the day was computed; also as a calendar.",
    "replay": "Have an answer checked, step by step, by the separate checker.",
    "run": "Answer from the facts of a case: who owes what, by when, and why.",
    "site": "Build public pages from the rules; name the paragraphs a change of law made stale.",
    "timeline": "Show how an answer changes over time, and which provision or fact changes it.",
    "test": "Run cases in Markdown: facts, and what must come out.",
    "why": "Say why one norm or term comes out as it does, why not, or what would change it.",
}


class _Commands(click.Group):
    """Imports the module of a command only when it is called: `--help` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found = getattr(import_module(f"kitei.cli.{cmd_name}"), cmd_name)
        assert isinstance(found, click.Command)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="kitei", prog_name="kitei")
def kitei() -> None:
    """Rules as code whose unit is the statutory provision.

    Exit codes: 0 fine, 1 findings, 2 wrong use, 3 unreadable input, 4 our own fault, 5 no case found.
    """


def main() -> NoReturn:
    """Run the command; a fault of ours is one line and exit code 4, with the traceback only under KITEI_DEBUG."""
    # A command makes many records and few cycles, and soon ends: looking for cycles all the time is a tenth of its work.
    gc.set_threshold(100_000, 50, 50)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    from kitei.cli.misuse import asked

    click.Context.formatter_class = click.HelpFormatter
    if asked(sys.argv[1:]) == "ja":
        from kitei.cli.help_words import JapaneseHelp

        click.Context.formatter_class = JapaneseHelp
    try:
        code = kitei.main(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        from kitei.cli.misuse import lines

        for line in lines(error, sys.argv[1:]):
            say(line)
        sys.exit(MISUSE)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FINE)
    except OSError as error:
        # A disk that is full, a folder that may not be read, a file that went away: nothing of ours.
        from kitei.cli.misuse import told

        lang = asked(sys.argv[1:])
        if lang == "ja":
            say(f"kitei: {error.filename or 'ファイル'}：{told(error, lang)}")
        else:
            say(f"kitei: {error.filename or 'a file'}: {told(error, lang)}")
        sys.exit(UNREADABLE)
    except MemoryError:
        say("kitei: the input needs more memory than there is ／ 入力の処理にメモリーが足りません")
        sys.exit(UNREADABLE)
    except Exception as error:
        if os.environ.get("KITEI_DEBUG"):
            raise
        if asked(sys.argv[1:]) == "ja":
            say(
                f"kitei: このプログラムの誤りです：{type(error).__name__}: {error}（詳しくは KITEI_DEBUG=1 を付けて動かしてください）"
            )
        else:
            say(f"kitei: internal fault: {type(error).__name__}: {error} (set KITEI_DEBUG=1 for the traceback)")
        sys.exit(OUR_FAULT)
    sys.exit(code if isinstance(code, int) else FINE)

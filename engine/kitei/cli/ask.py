"""`kitei ask`: the interview at a terminal, or fed from a file. Questions go to standard error, the answer to standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kitei.cli.asking import query_options, read_query
from kitei.cli.language import LANG, language
from kitei.cli.opening import FINE, UNREADABLE, complain, load_law, say

if TYPE_CHECKING:
    from kitei.answer import Ask
    from kitei.interview import Interview, Question
    from kitei.wording import Lang
    from kitei.world import Program

#: Where answers go when the interview starts from nothing and no other file is named.
DEFAULT = "interview.facts.yaml"


@click.command()
@click.argument("facts_file", metavar="[FACTS]", type=click.Path(path_type=Path), required=False)
@query_options
@click.option(
    "--goal",
    "goals",
    multiple=True,
    metavar="NAME",
    help="The norm or term to be settled (repeatable); else it is asked.",
)
@click.option("--kind", help="The kind of entity the case is about, when starting from nothing.")
@click.option("--name", help="Its name.")
@click.option("--save", type=click.Path(path_type=Path), help=f"Where the answers go (default: FACTS, else {DEFAULT}).")
@click.option("--force", is_flag=True, help="Let --save overwrite a file that was not read.")
@LANG
def ask(facts_file: Path | None, goals: tuple[str, ...], kind: str | None, name: str | None, save: Path | None, force: bool,
        lang: str | None, statutes: Path | None, **typed: str | tuple[str, ...] | None) -> int:  # fmt: skip
    """Interview a lawyer or a client: one question at a time, only what can still matter, until the goals are settled.

    The answers are a facts file, so `kitei run` reads it, and `kitei ask` goes on from it.
    """
    from kitei.facts_text import Misplaced
    from kitei.register import TooManyReadings
    from kitei.world import BadAssumption

    book = facts_file is not None and _workbook(facts_file)
    file = save or (_beside(facts_file) if book and facts_file else facts_file) or Path(DEFAULT)
    if book and file == facts_file:
        raise click.UsageError(f"{file} is a workbook, and answers are saved as YAML; name another file with --save")
    if file.exists() and file != facts_file and not force:
        hint = f"go on from it with `kitei ask {file}`" if save is None else "choose another file, or say --force"
        raise click.UsageError(f"{file} is there already and was not read; {hint}")
    if facts_file is not None and (kind or name):
        raise click.UsageError("--kind and --name are for starting from nothing; FACTS names its own entities")
    program = load_law(statutes)
    try:
        sitting = _Sitting(
            _begun(program, facts_file, file, goals, typed), file, facts_file == file or force, language(lang)
        )
        sitting.named(kind, name)
        if book:
            sitting.out(sitting.page.wrapped(sitting.page.say("workbook", file=facts_file, other=file)))
        return sitting.run()
    except Misplaced as error:
        complain(error, facts_file or "")
        raise SystemExit(UNREADABLE) from None
    except (BadAssumption, TooManyReadings) as error:
        raise click.UsageError(str(error)) from None


def _begun(program: Program, facts_file: Path | None, file: Path, goals: tuple[str, ...],
           typed: dict[str, str | tuple[str, ...] | None]) -> Interview:  # fmt: skip
    """The interview as it begins: from a facts file and what was saved in it, or from nothing."""
    from kitei.cli.opening import read_case
    from kitei.facts import MadeFor
    from kitei.goals import UnknownGoal
    from kitei.intake import take_in
    from kitei.intake.as_yaml import as_yaml
    from kitei.intake.encoding import decode
    from kitei.interview import begin, kept_query

    text, as_of, made_for = "", None, MadeFor()
    if facts_file is not None:
        facts = read_case(facts_file, program)
        as_of, made_for = facts.as_of.isoformat() if facts.as_of else None, facts.made_for
        data = facts_file.read_bytes()
        book = _workbook(facts_file)
        text = as_yaml(take_in(data, facts_file.name, program.core).root) if book else decode(data)[0]
    kept = kept_query(text)
    by_default = click.get_current_context().get_parameter_source("world") is click.core.ParameterSource.DEFAULT
    typed = {**typed, "world": None if by_default else typed["world"]}
    if made_for.goals and not goals and not kept.get("goals"):
        # a form made for a goal: the interview is about it, in the world it was made for
        goals, kept = made_for.goals, {"world": made_for.world or "current", **kept}
    query = {k: v or kept.get(k) for k, v in typed.items()}
    asked: Ask = read_query(program, as_of or "", query)
    assumed = query.get("assumes") or ()
    try:
        from kitei_dsl.frozen import replace

        return begin(
            program,
            text,
            file.name,
            replace(asked, goals=goals),
            tuple(assumed) if not isinstance(assumed, str) else (assumed,),
        )
    except UnknownGoal as error:
        raise click.UsageError(str(error)) from None


def _workbook(file: Path) -> bool:
    """Say whether a file is a workbook: by its first bytes, where there is one to read."""
    try:
        with file.open("rb") as opened:
            return opened.read(4).startswith(b"PK")
    except OSError:
        return False


def _beside(book: Path) -> Path:
    """Return where the answers of an interview that begins with a workbook go: a YAML file of its name, beside it."""
    return book.with_name(f"{book.stem}.facts.yaml")


class _Sitting:
    """One sitting of an interview: reads lines, prints, saves."""

    def __init__(self, interview: Interview, file: Path, owned: bool, lang: Lang) -> None:
        self.interview, self.file, self.lang = interview, file, lang
        self.written = file.read_bytes() if owned and file.exists() else None
        self.told = False
        self.colour = sys.stderr.isatty() and not os.environ.get("NO_COLOR")

    def named(self, kind: str | None, name: str | None) -> None:
        """Answer the opening with --kind and --name; these are no replies to take back."""
        from kitei.interview import next_question
        from kitei.interview_moves import reply
        from kitei.replies import BadReply
        from kitei_dsl.frozen import replace

        for part, given in (("kind", kind), ("name", name)):
            question = next_question(self.interview)
            if given is None or question is None:
                continue
            try:
                if question.part == part:
                    self.interview = reply(self.interview, question, given)
                elif (
                    part == "kind"
                    and question.part == "name"
                    and given not in (question.item.partition(":")[2], question.label.ja, question.label.en)
                ):
                    raise click.UsageError(f"the goals are about a {question.item.partition(':')[2]}, not a {given}")
                elif part == "name":
                    raise click.UsageError("--name needs --on and --goal too: the name is asked after them")
            except BadReply as error:
                raise click.UsageError(f"--{part}: {error}") from None
        self.interview = replace(self.interview, before=None)

    def run(self) -> int:
        """Ask until nothing is left to ask, or the lines end."""
        from kitei.interview import next_question, settled

        self.out(self.page.wrapped(self.page.say("begin", file=self.file)))
        if self.interview.asked:
            self.out(self.page.wrapped(self.page.say("resumed", file=self.file, n=len(self.interview.asked))))
        known: tuple[str, ...] = ()
        line: str | None = ""
        try:
            while line is not None:
                question, found = next_question(self.interview), settled(self.interview)
                if new := [g for g in found if g not in known]:
                    self.out(["", *self.page.settled(new)])
                known = found
                if question is None:
                    break
                self.show(question)
                while (line := self.line()) is not None:
                    before = self.interview
                    if self.taken(question, line):
                        self.save()
                        return FINE
                    if self.interview is not before:
                        break
            return self.ended()
        except KeyboardInterrupt:
            self.out(["", self.page.say("interrupted")])
            self.save()
            raise SystemExit(130) from None

    @property
    def page(self):  # type: ignore[no-untyped-def]
        from kitei.interview_page import Page

        return Page(self.interview, self.lang)

    # ------------------------------------------------------------------ lines
    def out(self, lines: Iterable[str], *, style: str = "") -> None:
        for line in lines:
            say(click.style(line, bold=style == "bold", dim=style == "dim") if self.colour and style else line)

    def show(self, question: Question) -> None:
        asks, beside = self.page.question(question)
        self.out(["", *asks], style="bold")
        self.out(beside, style="dim")
        if not self.told:
            self.out(self.page.commands(), style="dim")
            self.told = True

    def line(self) -> str | None:
        """The next line typed, or None at the end; what is fed from a file is shown as if it had been typed."""
        click.echo("> ", err=True, nl=False)
        typed = sys.stdin.readline()
        if not typed:
            click.echo(err=True)
            return None
        if not sys.stdin.isatty():
            from kitei.naming import clean

            say(clean(typed))
        return typed

    # ------------------------------------------------------------------ one line
    def taken(self, question: Question, line: str) -> bool:
        """Take a line as a command or an answer; True where the sitting is over."""
        from kitei.interview_moves import back, decline, reply
        from kitei.replies import BadReply, command

        said = command(line)
        try:
            if said is None:
                if not line.strip() and question.part in (
                    "value",
                    "members",
                    "day",
                    "kind",
                    "goals",
                    "name",
                    "skipped",
                ):
                    self.out([self.page.say("empty")])
                else:
                    self.interview = reply(self.interview, question, line.strip())
            elif said[0] in ("unknown", "skip"):
                self.interview = decline(self.interview, question, said[0])
            elif said[0] == "back":
                before = back(self.interview)
                if before is None:
                    self.out([self.page.say("no_back")])
                else:
                    self.interview = before
            else:
                return self.told_about(question, *said)
        except BadReply as error:
            self.out(self.page.wrapped(error.words.ja if self.lang == "ja" else error.words.en))
        return False

    def told_about(self, question: Question, name: str, number: int | None) -> bool:
        """Do what a command asks that answers nothing; True where the sitting is over."""
        from kitei.interview import review
        from kitei.interview_moves import change

        if name == "change" and number is not None:
            given = review(self.interview)
            if 1 <= number <= len(given):
                self.interview = change(self.interview, given[number - 1].item)
            else:
                self.out([self.page.say("no_such")])
        elif name == "save":
            self.save(tell=True)
        elif name == "quit":
            self.out(self.page.status())
            self.save(tell=True)
            return True
        else:
            self.out({"why": lambda: self.page.why(question), "review": self.page.review, "status": self.page.status,
                      "help": self.page.help}[name]())  # fmt: skip
        return False

    # ------------------------------------------------------------------ saving and the end
    def save(self, *, tell: bool = False) -> None:
        """Write the facts file, whole or not at all; never over a file that changed since it was read."""
        from kitei.cli.misuse import spoken
        from kitei.interview import written

        data = written(self.interview).encode()
        if not data:
            if tell:
                self.out([self.page.say("nothing_to_save")])
            return
        try:
            there = self.file.read_bytes() if self.file.exists() else None
            if there not in (None, self.written):
                other = next(
                    p for n in range(2, 1000) if not (p := self.file.with_name(f"{n}-{self.file.name}")).exists()
                )
                self.out([self.page.say("saved_aside", file=self.file, other=other)])
                self.file = other
            if there != data:
                _write(self.file, data)
            self.written = data
        except OSError as error:
            self.out([self.page.say("cannot_save", file=self.file, error=spoken(error.strerror or "", self.lang))])
            raise SystemExit(UNREADABLE) from None
        if tell:
            self.out([self.page.say("saved", file=self.file), self.page.say("go_on", file=self.file)])

    def ended(self) -> int:
        """Save; print the conclusion as `kitei run --goal` would from the file saved; say what is left."""
        from kitei.answer import answer
        from kitei.facts_read import read_facts
        from kitei.interview import unlisted, written
        from kitei.render import render
        from kitei_dsl.frozen import replace

        self.save()
        if self.interview.facts is None:
            self.out([self.page.say("nothing_to_save")])
            return FINE
        if not self.interview.ask.goals:
            self.out(
                [
                    self.page.say("no_goal"),
                    self.page.say("saved", file=self.file),
                    self.page.say("go_on", file=self.file),
                ]
            )
            return FINE
        program = self.interview.program
        facts, _ = read_facts(written(self.interview).encode(), self.file.name, program.core)
        result = answer(program, facts, replace(self.interview.ask, settle=True))
        self.out(["", *self.page.end(result, unlisted(self.interview))])
        self.out([self.page.say("saved", file=self.file), ""])
        click.echo(render(result, program, lang=self.lang), nl=False)
        return FINE


def _write(file: Path, data: bytes) -> None:
    import tempfile

    with tempfile.NamedTemporaryFile("wb", dir=file.parent, prefix=f".{file.name}.", delete=False) as temporary:
        temporary.write(data)
        temporary.flush()
        os.fsync(temporary.fileno())
    made = Path(temporary.name)
    made.chmod(file.stat().st_mode & 0o777 if file.exists() else 0o666 & ~_umask())
    made.replace(file)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

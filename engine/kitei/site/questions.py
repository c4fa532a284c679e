"""Questions that people ask, with the answers written for them and the commands that answer them, run again for each site.

Comes in: `questions.md` (the very page that shows the commands; in the folder of statutes, or under `docs/` beside it) and the
files of facts its commands name. Goes out: `Question`s, each with what its commands compute, or `BadQuestions` naming the
question and what to do. The answer in words is written by a person; what was computed stands below it, and a change of it
makes the answer stale. Deliberately not here: words of a page (`asked`).
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kitei.answer import Ask, answer
from kitei.assumptions import read_assumption
from kitei.changes import result_of
from kitei.facts import Facts
from kitei.facts_read import errors, read_facts
from kitei.goals import UnknownGoal, named
from kitei.register import TooManyReadings
from kitei.site.examples import Example, fictional, versions_of
from kitei.site.guides import BadGuides
from kitei.site.kept import Came, Kept
from kitei.site.origins import short
from kitei.site.standing import Law, Standing
from kitei.world import BadAssumption, Program
from kitei_dsl.codec import canonical, digest_text
from kitei_dsl.core import Wording
from kitei_dsl.frozen import Frozen
from kitei_dsl.source import file_bytes

NAME = "questions.md"
_MAX_BYTES = 2_000_000
_MOST_COMMANDS = 12
_ENTRY = re.compile(r"^## (\d+)\. (.+?)$\n(.*?)(?=^## |\Z)", re.M | re.S)
_ASKED = re.compile(r"^(\S.*\?) \((.+?) / (.+?)\)$", re.M)
_WRITTEN = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日現在")
#: An identifier in brackets behind the words for it: for whoever writes rules, not for the public.
_IDENTIFIER = re.compile(r"（`[^`]*`）| \(`[^`]*`\)")
_PARTS = {"answer": ("答え", "Answer"), "grade": ("等級", "Grade"), "open": ("定まっていないこと", "Undetermined")}
_OPTIONS = ("--on", "--text-on", "--known-on", "--world", "--goal", "--assume", "--of", "--lang")


class BadQuestions(BadGuides):
    """A question that cannot be read or answered; the message names it."""


class Question(Frozen):
    """One question. `written`: the day its answer was written for, in ISO form. `computed`: what its commands came to, in
    their order; `real`: how many more are about somebody who is not fictional, and are not shown. `reads`: the places it
    says to read, each with `@` and the day of the text where it names one."""

    number: int
    asked: Wording
    audience: Wording
    answer: Wording
    grade: Wording
    open: Wording
    written: str
    computed: tuple[Example, ...]
    real: int
    reads: tuple[str, ...]
    digest: str

    @property
    def key(self) -> str:
        """Return the key under which pages name where the answer comes from."""
        return f"guide:question-{self.number}"

    def read(self, law: Law) -> list[Standing]:
        """Return the versions it says to read: of the day it names, else those that pages of their places begin with."""
        found = []
        for place, _, day in (one.partition("@") for one in self.reads):
            then = [s for s in law.places.get(place, ()) if day and s.start <= day and (s.end is None or day < s.end)]
            found += then[:1] or [law.leading(place)] if place in law.places else []
        return found


def read_questions(
    program: Program, folder: Path, known_on: str, firms: tuple[str, ...], kept: Kept
) -> tuple[tuple[Question, ...], dict[str, Came]]:
    """Read and answer the questions of a folder of statutes; none where there are none, or where they were written on a day
    that is not known yet. Return also what is to be kept. Raises BadQuestions."""
    path = questions_page(folder)
    if path is None:
        return (), {}
    try:
        text = file_bytes(path, _MAX_BYTES).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadQuestions(f"{NAME}: {error}") from None
    above = text.partition("\n## ")[0]
    day = _WRITTEN.search(above)
    if day is None or "架空" not in above:
        raise BadQuestions(
            f"{NAME}: say above the first question for which day the answers are written (…年…月…日現在), and that firms are fictional (架空)"
        )
    written = f"{day[1]}-{int(day[2]):02d}-{int(day[3]):02d}"
    if written > known_on:
        return (), {}
    reader = _Reader(program, folder, path.parent, firms, kept)
    found = tuple(reader.question(m, written) for m in _ENTRY.finditer(text))
    return found, reader.came


def questions_page(folder: Path) -> Path | None:
    """Return the page of questions that belongs to a folder of statutes: in it (as packaged), or, of a checkout's
    `statutes/…`, in the `docs` beside that; a folder elsewhere has no questions but its own."""
    candidates, home = [folder / NAME], folder.resolve().parent
    if home.name == "statutes":
        candidates.append(home.parent / "docs" / NAME)
    return next((p for p in candidates if p.is_file()), None)


class _Reader:
    def __init__(self, program: Program, folder: Path, beside: Path, firms: tuple[str, ...], kept: Kept) -> None:
        self.program, self.folder, self.beside, self.firms, self.kept = program, folder, beside, firms, kept
        self.came: dict[str, Came] = {}

    def question(self, found: re.Match[str], written: str) -> Question:
        number, title, body = int(found[1]), found[2].strip(), found[3]
        asked = _ASKED.search(body)
        if asked is None:
            raise BadQuestions(
                f"{NAME}: question {number}: write it in English below, with whom it is for: …? (lawyer / 弁護士)"
            )
        parts = {name: self.part(number, body, *words) for name, words in _PARTS.items()}
        computed: list[Example] = []
        reads: list[str] = []
        real = 0
        for n, command in enumerate(_commands(body), start=1):
            words = shlex.split(command)
            if words[:2] == ["kitei", "read"]:
                on = f"@{words[words.index('--on') + 1]}" if "--on" in words[:-1] else ""
                reads += [w + on for w in words[2:] if w in self.program.by_address]
            elif words[:2] in (["kitei", "run"], ["kitei", "why"]):
                example = self.computed(number, n, words)
                computed += [example] if example is not None else []
                real += example is None
        if not computed and not reads and not real:
            raise BadQuestions(
                f"{NAME}: question {number}: no command answers it; write $ kitei run … or $ kitei read …"
            )
        said = [title, asked[0], *(text for words in parts.values() for text in (words.ja, words.en)), *reads]
        return Question(
            number, Wording(title, asked[1]), Wording(asked[3], asked[2]), parts["answer"], parts["grade"], parts["open"],
            written, tuple(computed), real, tuple(dict.fromkeys(reads)), short(canonical(said)),
        )  # fmt: skip

    def part(self, number: int, body: str, ja: str, en: str) -> Wording:
        """Return one part of an answer in both languages, without the identifiers that stand behind words."""
        found = []
        for name in (ja, en):
            line = re.search(rf"^- {name}: (\S.*)$", body, re.M)
            if line is None:
                raise BadQuestions(f"{NAME}: question {number} needs a line `- {name}: …`")
            found.append(_IDENTIFIER.sub("", line[1]).replace("`", ""))
        return Wording(*found)

    def computed(self, number: int, n: int, words: list[str]) -> Example | None:
        """Answer what a command asks, or take what came of it before; None where somebody in the facts may be real."""
        where = f"{NAME}: question {number}, `{' '.join(words[:2])}`"
        plain, options = _options(words[2:], where)
        if not plain:
            raise BadQuestions(f"{where}: name the facts")
        goals = [*options["--goal"], *plain[1:]] if words[1] == "run" else [*plain[1:]]
        facts, beside = self.facts(plain[0], where)
        if not fictional(facts, self.firms if beside else None):
            return None
        try:
            assumes = tuple(read_assumption(text, "--assume") for text in options["--assume"])
            names = tuple(named(self.program, goal) for goal in goals)
        except (BadAssumption, UnknownGoal) as error:
            raise BadQuestions(f"{where}: {error}") from None
        one = {k: v[-1] if v else None for k, v in options.items()}
        world = one["--world"] or "current"
        on = one["--on"] or (facts.as_of.isoformat() if facts.as_of else "")
        if not on or not names or world not in self.program.worlds:
            raise BadQuestions(f"{where}: name a day (--on), a goal, and a world there is")
        ask = Ask(on, one["--text-on"], one["--known-on"], world, assumes, names, settle=False)

        def answered() -> Mapping[str, Any]:
            try:
                return answer(self.program, facts, ask)
            except (BadAssumption, UnknownGoal, TooManyReadings) as error:
                raise BadQuestions(f"{where}: {error}") from None

        key = Kept.key(NAME, str(number), str(n), *words, facts.digest)
        came = self.kept.came.get(key)
        if came is None:
            result = answered()
            versions = versions_of(self.program, result)
            rules = [[v, self.program.versions[v].digest] for v in versions]
            data = [words, facts.digest, digest_text(repr(result_of(result))), rules]
            came = Came(versions, short(canonical(data)))
        self.came[key] = came
        id = f"case:{short(f'{NAME}::{number}::{n}')}"
        return Example(id, f"{NAME}, {number}", facts, names, came.versions, came.digest, came.blocks, answered)

    def facts(self, name: str, where: str) -> tuple[Facts, bool]:
        """Read the facts a command names, as the checkout names them: docs/… is beside the page, statutes/jp/… in the folder.

        Say also whether they are beside the page: it declares all of those to be fictional, whoever is no firm may be called
        user A there; elsewhere only who is said to be fictional is.
        """
        roots = {"docs/": self.beside, "statutes/jp/": self.folder}
        start = next((s for s in roots if name.startswith(s)), "")
        root = roots.get(start, self.beside).resolve()
        path = (root / name.removeprefix(start)).resolve()
        if not path.is_relative_to(root):
            raise BadQuestions(f"{where}: `{name}` lies outside the folder of the questions")
        try:
            facts, problems = read_facts(file_bytes(path, _MAX_BYTES), path.name, self.program.core)
        except OSError as error:
            raise BadQuestions(f"{where}: `{name}`: {error.strerror}") from None
        if wrong := errors(problems):
            raise BadQuestions(f"{where}: {path.name}, line {wrong[0].line}: {wrong[0].message}")
        return facts, start != "statutes/jp/"


def _commands(body: str) -> Iterator[str]:
    """Give the commands of the consoles of a question, in order."""
    for n, found in enumerate(re.finditer(r"^\$ (kitei .+)$", body, re.M)):
        if n < _MOST_COMMANDS:
            yield found[1]


def _options(words: list[str], where: str) -> tuple[list[str], dict[str, list[str]]]:
    """Return the plain words of a command and the values of each of its options."""
    plain: list[str] = []
    options: dict[str, list[str]] = {name: [] for name in _OPTIONS}
    at = 0
    while at < len(words):
        if words[at].startswith("--"):
            if words[at] not in options or at + 1 >= len(words):
                raise BadQuestions(f"{where}: a page cannot follow `{words[at]}`; known: {', '.join(_OPTIONS)}")
            options[words[at]].append(words[at + 1])
            at += 2
        else:
            plain.append(words[at])
            at += 1
    return plain, options

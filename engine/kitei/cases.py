"""Cases in Markdown: law, facts and what must come out. One format for language chapters, diagnostics and scenarios.

A heading is a claim. Under it fences in this order: ```kitei (law; every law fence above in the file at an outer or the same
heading counts), ```facts (exactly the facts YAML; `file=PATH` reads one beside), ```expect OPTIONS (what the answer
must say). `#! slug` at the end of a law line says that this diagnostic must be found there and nowhere else.

Lines of an expect fence:

    TERM of ENTITY = VALUE                  VALUE: true, 6000000, 2024-07-01, gap, clash 80 100, absent, contested,
                                            open, open: fact kou.small, slot t/9#rate (exactly these causes);
                                            followed by `(presumed)` or `(possible clash)` where the answer says so
    NORM of ENTITY [for INSTANCE]: STATUS[, due DATE][, amount VALUE]
    refused: WORDS                          the assumption or goal is refused, with these words in the message
    finding KIND TERM of ENTITY             a gap, clash or possible-clash is listed though something else decided

and, indented under a line: `cites ADDRESS, …` (all among the grounds), `settled by ITEM, …`, `may be settled by ITEM, …`,
`cannot be settled by facts`, `unproved by PARTY, …` and `would change fact ITEM, …` (all of them), `unmarked`. OPTIONS: `on D [text-on D] [known-on D] [world NAME] [assume TARGET = VALUE] …`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kitei.answer import Ask, answer
from kitei.assumptions import read_assumption
from kitei.expected import FORM, Lines, narrowed, same
from kitei.facts import Facts
from kitei.facts_read import day_of, errors, read_facts
from kitei.goals import UnknownGoal
from kitei.intake import MAX_SIZE, Problem
from kitei.register import TooManyReadings
from kitei.world import BadAssumption, Program
from kitei_dsl import core
from kitei_dsl.codec import digest
from kitei_dsl.core import Wording
from kitei_dsl.diagnostics import Diagnostic, near
from kitei_dsl.frozen import Frozen, Struct, field, replace
from kitei_dsl.japanese import in_language
from kitei_dsl.source import Source, Span, composed, file_bytes


class Fence(Frozen):
    """A fenced block: its info string's first word and the rest, its 1-based first line of text, its text."""

    word: str
    options: str
    line: int
    text: str


class Case(Struct):
    """One heading with its fences; `law` are the law fences in effect, own ones last."""

    file: str
    title: str
    line: int
    law: list[Fence] = field(default_factory=list)
    facts: Fence | None = None
    expects: list[Fence] = field(default_factory=list)
    page: Source | None = None

    @property
    def id(self) -> str:
        return f"{self.file}::{self.title}"


class Failure(Frozen):
    """What did not come out: place, what was expected, what was found; of a mistake in the law, the finding itself.

    `refused`: why nothing was answered, as the refusal says it; its Japanese is the command's to find.
    """

    file: str
    line: int
    title: str
    expected: Wording
    found: Wording
    finding: Diagnostic | None = None
    refused: str = ""

    def told(self, lang: str) -> str:
        """Return the failure in a language: place and heading, then both sides."""
        head = f"{self.file}:{self.line}: {self.title}"
        if lang == "ja":
            return f"{head}\n    あるべき結果：{self.expected.ja}\n    実際の結果　：{self.found.ja}"
        return f"{head}\n    expected: {self.expected.en}\n    found:    {self.found.en}"

    def __str__(self) -> str:
        return self.told("en")


class BadCase(ValueError):
    """A case that cannot be read; the message gives file and line."""


#: Bytes of a file of cases, characters of one of its lines.
_MAX_SIZE = 2_000_000
_MAX_LINE = 4_000


def _text(path: Path, file: str) -> str:
    """Return the text of a file of cases. Raises BadCase where there is none."""
    try:
        text = composed(file_bytes(path, _MAX_SIZE).decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadCase(f"{file}: not UTF-8; save it as UTF-8 text") from None
    except OSError as error:
        raise BadCase(f"{file}: cannot be read: {error.strerror}") from None
    for n, line in enumerate(text.split("\n"), start=1):
        if len(line) > _MAX_LINE:
            raise BadCase(f"{file}:{n}: a line of {len(line)} characters; at most {_MAX_LINE} are read")
    return text


def read_cases(path: Path, name: str | None = None, every_law: bool = False) -> list[Case]:
    """Read the cases of a Markdown file. Raises BadCase for a fence that is not closed or stands in the wrong order.

    `every_law`: also the headings with law that no case takes in, as cases without facts: their law must compile as marked.
    """
    file = name or path.name
    cases: list[Case] = []
    headings: list[Case] = []
    law_by_depth: dict[int, list[Fence]] = {0: []}
    page = Source(file, _text(path, file))
    current = Case(file, path.stem, 1, page=page)
    depth = 0
    for item in _parts(page.text, file):
        if isinstance(item, tuple):
            depth, title, line = item
            law_by_depth = {d: fences for d, fences in law_by_depth.items() if d < depth}
            law_by_depth[depth] = []
            current = Case(file, title, line, [f for d in sorted(law_by_depth) for f in law_by_depth[d]], page=page)
            continue
        if item.word == "kitei":
            law_by_depth.setdefault(depth, []).append(item)
            current.law.append(item)
            if not any(c is current for c in headings[-1:]):
                headings.append(current)
            if "#!" in item.text and not any(c is current for c in cases[-1:]):
                cases.append(current)
        elif item.word == "facts":
            if current.facts is not None:
                current = Case(file, current.title, item.line, list(current.law), page=page)
            current.facts = item
        elif item.word == "expect":
            if current.facts is None:
                raise BadCase(f"{file}:{item.line}: an expect fence needs a facts fence before it")
            if not current.expects and not any(c is current for c in cases[-1:]):
                cases.append(current)
            current.expects.append(item)
    if every_law:
        taken = {f.line for c in cases for f in c.law}
        for heading in reversed(headings):  # the innermost heading takes in the law above it
            if heading.law[-1].line not in taken:
                taken |= {f.line for f in heading.law}
                cases.append(replace(heading, facts=None, expects=[]))
        cases.sort(key=lambda c: c.line)
    return cases


def _parts(text: str, file: str) -> Iterator[tuple[int, str, int] | Fence]:
    lines = text.split("\n")
    n = 0
    while n < len(lines):
        heading = re.match(r"(#+)\s+(.*)$", lines[n].rstrip())
        fence = re.match(r"(`{3,})\s*(\S*)\s*(.*)$", lines[n])
        if heading:
            yield len(heading[1]), heading[2], n + 1
        elif fence:
            start = n + 1
            while n + 1 < len(lines) and lines[n + 1].strip() != fence[1]:
                n += 1
            if n + 1 >= len(lines):
                raise BadCase(f"{file}:{start}: this fence is not closed")
            yield Fence(fence[2], fence[3].strip(), start + 1, "\n".join(lines[start : n + 1]) + "\n")
            n += 1
        n += 1


def run_case(case: Case, folder: Path, corpus: Program | None) -> list[Failure]:
    """Run a case; own law fences make its ruleset, otherwise the corpus is used."""
    if case.law:
        program, failures = compile_case(case)
        if program is None or failures:
            return failures
    elif corpus is not None:
        program = corpus
    else:
        raise BadCase(f"{case.file}:{case.line}: no law in the case and no statutes given")
    if case.facts is None:
        return []
    facts, problems = case_facts(case, folder, program)
    if wrong := errors(problems):
        return [
            Failure(
                case.file, case.facts.line + p.line - 1, case.title, _NO_MISTAKES, Wording(p.words("ja"), p.words("en"))
            )
            for p in wrong
        ]
    return [f for fence in case.expects for f in _run_expect(case, fence, program, facts)]


def case_facts(case: Case, folder: Path, program: Program) -> tuple[Facts, list[Problem]]:
    """Read the facts of a case, from its fence or the file the fence names."""
    assert case.facts is not None
    named = re.match(r"file=(\S+)", case.facts.options)
    if named:
        return read_facts(_beside(folder, named[1], case), Path(named[1]).name, program.core)
    return read_facts(case.facts.text.encode(), case.file, program.core)


def _beside(folder: Path, name: str, case: Case) -> bytes:
    """Return the bytes of a facts file in the folder of the cases or below it; nothing outside is opened."""
    assert case.facts is not None
    place = f"{case.file}:{case.facts.line - 1}"
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise BadCase(f"{place}: `{name}` lies outside the folder of the cases")
        return file_bytes(path, MAX_SIZE)
    except OSError as error:
        raise BadCase(f"{place}: `{name}` cannot be read: {error.strerror}") from None
    except RuntimeError:
        raise BadCase(f"{place}: `{name}` is a link to itself") from None


_NO_MISTAKES = Wording("誤りのない事実", "facts without mistakes")
_NOTHING = Wording("指摘なし", "nothing")


def compile_case(case: Case) -> tuple[Program | None, list[Failure]]:
    """Compile the law of a case and compare its findings with the `#!` marks."""
    from kitei_dsl.pipeline import compile_sources

    program, found = compile_sources(law_of(case))
    failures = compared(case, found)
    if any(d.severity == "error" for d in found):
        return None, failures
    return Program(program, digest(program)), failures


def law_fences(page: Source) -> list[Fence]:
    """Return the law fences of a page, in their order. Raises BadCase."""
    return [item for item in _parts(page.text, page.name) if isinstance(item, Fence) and item.word == "kitei"]


def check_page(path: Path, name: str | None = None) -> tuple[list[Diagnostic], list[core.Program]]:
    """Check the law of every heading of a page; return what is found and not marked `#!`, each once, with its place in the page,
    and the programs. Raises BadCase."""
    from kitei_dsl.diagnostics import in_order
    from kitei_dsl.pipeline import check_all

    found: list[Diagnostic] = []
    programs: dict[tuple[int, ...], core.Program] = {}
    for case in read_cases(path, name, every_law=True):
        key = tuple(f.line for f in case.law)
        if key and key not in programs:
            programs[key], told = check_all(law_of(case))
            marked = {(f"{case.file}#{f.line}", f.line + n - 1, slug) for f, n, slug in _marked(case)}
            found += [
                on_page(case, d)
                for d in told
                if d.span is None or (d.span.source.name, d.span.line, d.slug) not in marked
            ]
    return in_order(found), list(programs.values())


def _marked(case: Case) -> Iterator[tuple[Fence, int, str]]:
    """Give each `#!` mark of a case: its fence, the line in it, and the slug."""
    for f in case.law:
        for n, line in enumerate(f.text.split("\n"), start=1):
            if mark := re.search(r"#!\s*(.+)$", line):
                yield from ((f, n, slug) for slug in mark[1].replace(",", " ").split())


def law_of(case: Case) -> list[Source]:
    """Return the law fences of a case as sources, without their `#!` marks; lines are numbered as on the page."""
    return [
        Source(f"{case.file}#{f.line}", "\n" * (f.line - 1) + re.sub(r"[ \t]*#!.*", lambda m: " " * len(m[0]), f.text))
        for f in case.law
    ]


def compared(case: Case, found: list[Diagnostic]) -> list[Failure]:
    """Compare the findings about the law of a case with its `#!` marks; what is found and not marked is a failure."""
    expected = [(f"{case.file}#{f.line}", f.line + n - 1, slug) for f, n, slug in _marked(case)]
    failures = []
    left = [(d.span.source.name, d.span.line, d.slug, d) for d in found if d.span is not None and d.severity != "note"]
    for name, line, slug in expected:
        match = next((x for x in left if x[:3] == (name, line, slug)), None)
        noted = any(d.slug == slug and d.span and d.span.line == line and d.span.source.name == name for d in found)
        if match is None and not noted:
            seen = ", ".join(f"[{x[2]}] {x[1]}" for x in left)
            here = Wording(f"この行に[{slug}]", f"[{slug}] on this line")
            told = Wording(f"指摘（行）：{seen}", f"findings (line): {seen}") if seen else _NOTHING
            failures.append(Failure(case.file, line, case.title, here, told))
        elif match is not None:
            left.remove(match)
    for _, _, slug, d in left:
        at = on_page(case, d)
        words = Wording(f"[{slug}] {in_language(d, 'ja').message}", f"[{slug}] {d.message}")
        line = at.span.line if at.span else case.line
        failures.append(Failure(case.file, line, case.title, Wording("指摘のない法令", "no such finding"), words, at))
    return failures


def on_page(case: Case, d: Diagnostic) -> Diagnostic:
    """Return a finding about a law fence with its places in the page: the lines and carets a reader of the page sees."""
    if d.span is None or case.page is None:
        return d
    page = case.page

    def placed(span: Span) -> Span:
        name, _, line = span.source.name.rpartition("#")
        if name != case.file or not line.isdigit():
            return span
        offset = page.line_starts[int(line) - 1] - int(line) + 1
        return Span(page, offset + span.start, offset + span.end)

    return replace(d, span=placed(d.span), related=tuple((placed(s), label) for s, label in d.related))


def ask_of(options: str, facts: Facts) -> Ask:
    """Read the options of an expect fence. Raises BadCase."""
    words = narrowed(options).replace("=", " = ").split()
    values: dict[str, str] = {}
    assumes = []
    n = 0
    while n < len(words):
        if words[n] == "assume":
            if n + 3 >= len(words) or words[n + 2] != "=":
                raise BadCase(f"expected `assume TARGET = VALUE`, found `{' '.join(words[n:])}`")
            assumes.append(read_assumption(f"{words[n + 1]}={words[n + 3]}", "the case"))
            n += 4
        elif words[n] in ("on", "text-on", "known-on", "world") and n + 1 < len(words):
            values[words[n]] = words[n + 1] if words[n] == "world" else _day(words[n + 1])
            n += 2
        else:
            known = ("on", "text-on", "known-on", "world", "assume")
            raise BadCase(
                f"unknown option `{words[n]}` of an expect fence; {near(words[n], known) or 'known: ' + ', '.join(known)}"
            )
    on = values.get("on") or (facts.as_of.isoformat() if facts.as_of else None)
    if on is None:
        raise BadCase("an expect fence needs `on DATE`, or the facts `as_of`")
    return Ask(on, values.get("text-on"), values.get("known-on"), values.get("world", "current"), tuple(assumes))


def _day(text: str) -> str:
    found = day_of(text)
    if found is not None:
        return found.isoformat()
    raise BadCase(f"`{text[:40]}` is no day; write YYYY-MM-DD")


def _run_expect(case: Case, fence: Fence, program: Program, facts: Facts) -> Iterator[Failure]:
    yield from expected_of(case, fence, program, facts, replayed=True)[2]


def expected_of(
    case: Case, fence: Fence, program: Program, facts: Facts, *, replayed: bool = False
) -> tuple[dict[str, Any] | None, tuple[str, ...], list[Failure]]:
    """Run one expectation; return the answer (None where none was given), the goals it asks for, and what did not come out.

    `replayed` has the separate checker follow every step too; without it, what would settle an answer is sought only where
    a line asks for it.
    """
    lines = _expected(fence)

    def failure(n: int, expected: Wording | str, found: Wording, refused: str = "") -> Failure:
        wanted = same(expected) if isinstance(expected, str) else expected
        return Failure(case.file, fence.line + n, case.title, wanted, found, refused=refused)

    reader = Lines(program)
    goals: tuple[str, ...] = ()
    if lines and not any(line.startswith("refused:") or reader.readable(line) for _, line in lines):
        # No line can be compared: to answer all there is, for nothing, would keep the writer waiting.
        return None, goals, [failure(n, FORM, same(line.strip())) for n, line in lines]
    settles = replayed or any("settled by" in line for _, line in lines)
    try:
        base = ask_of(fence.options, facts)
        if base.world not in program.worlds:
            raise BadCase(
                f"no world is called `{base.world}`; {near(base.world, program.worlds) or 'known: ' + ', '.join(program.worlds)}"
            )
        goals = reader.asked(line for _, line in lines)
        result = answer(program, facts, replace(base, goals=goals, settle=settles))
    except (BadCase, BadAssumption, TooManyReadings, UnknownGoal) as error:
        refused = next((line.partition(":")[2].strip() for _, line in lines if line.startswith("refused:")), None)
        if refused is not None and refused in str(error):
            return None, goals, []
        wanted = Wording(f"答え（{fence.options}）", f"an answer ({fence.options})")
        told = Wording(f"答えられません：{error}", f"refused: {error}")
        return None, goals, [failure(-1, f"refused: {refused}" if refused else wanted, told, str(error))]
    if any(line.startswith("refused:") for _, line in lines):
        refusal = Wording("答えられないこと（refused）", "a refusal")
        return result, goals, [failure(-1, refusal, Wording("答え", "an answer"))]
    found = list(_replayed(case, fence, result, program, facts)) if replayed else []
    last: dict[str, Any] | None = None
    for n, line in lines:
        if line.startswith((" ", "\t")):
            wrong = None if last is None else reader.attached(line, last)
        else:
            last, wrong = reader.compare(line, result)
        if wrong is FORM:  # it is the line that cannot be read, not the answer
            found.append(failure(n, FORM, same(line.strip())))
        elif wrong is not None:
            found.append(failure(n, narrowed(line).strip(), wrong))
    return result, goals, found


def _expected(fence: Fence) -> list[tuple[int, str]]:
    """Return the lines of an expect fence that say something, each with its number from 0."""
    lines = enumerate(fence.text.split("\n"))
    return [(n, raw.rstrip()) for n, raw in lines if raw.strip() and not raw.strip().startswith("#")]


def goals_of(fence: Fence, program: Program) -> tuple[str, ...]:
    """Return what an expect fence that can be read asks for."""
    return Lines(program).asked(line for _, line in _expected(fence))


_REPLAYS = Wording("別の検査器による再現", "a derivation that replays")


def _replayed(case: Case, fence: Fence, result: dict[str, Any], program: Program, facts: Facts) -> Iterator[Failure]:
    """Every case is replayed by the separate checker."""
    from kitei.replay import replay

    refusals = replay(result, program.core, program.digest, facts)
    for refusal in refusals[:3]:
        yield Failure(case.file, fence.line - 1, case.title, _REPLAYS, same(str(refusal)))

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
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from kitei.answer import Ask, answer
from kitei.assumptions import read_assumption
from kitei.facts import Facts, Problem, errors, read_facts
from kitei.goals import UnknownGoal
from kitei.intake import MAX_SIZE
from kitei.register import TooManyReadings
from kitei.world import BadAssumption, Program
from kitei_dsl import core
from kitei_dsl.codec import canonical, digest_text, encode
from kitei_dsl.source import composed, file_bytes


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block: its info string's first word and the rest, its 1-based first line of text, its text."""

    word: str
    options: str
    line: int
    text: str


@dataclass
class Case:
    """One heading with its fences; `law` are the law fences in effect, own ones last."""

    file: str
    title: str
    line: int
    law: list[Fence] = field(default_factory=list)
    facts: Fence | None = None
    expects: list[Fence] = field(default_factory=list)

    @property
    def id(self) -> str:
        return f"{self.file}::{self.title}"


@dataclass(frozen=True, slots=True)
class Failure:
    """What did not come out: place, what was expected, what was found."""

    file: str
    line: int
    title: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.title}\n    expected: {self.expected}\n    found:    {self.found}"


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
        raise BadCase(f"{file}: {error.strerror}") from None
    for n, line in enumerate(text.split("\n"), start=1):
        if len(line) > _MAX_LINE:
            raise BadCase(f"{file}:{n}: a line of {len(line)} characters; at most {_MAX_LINE} are read")
    return text


def read_cases(path: Path, name: str | None = None) -> list[Case]:
    """Read the cases of a Markdown file. Raises BadCase for a fence that is not closed or stands in the wrong order."""
    file = name or path.name
    cases: list[Case] = []
    law_by_depth: dict[int, list[Fence]] = {0: []}
    current = Case(file, path.stem, 1)
    depth = 0
    for item in _parts(_text(path, file), file):
        if isinstance(item, tuple):
            depth, title, line = item
            law_by_depth = {d: fences for d, fences in law_by_depth.items() if d < depth}
            law_by_depth[depth] = []
            current = Case(file, title, line, [f for d in sorted(law_by_depth) for f in law_by_depth[d]])
            continue
        if item.word == "kitei":
            law_by_depth.setdefault(depth, []).append(item)
            current.law.append(item)
            if "#!" in item.text and not any(c is current for c in cases[-1:]):
                cases.append(current)
        elif item.word == "facts":
            if current.facts is not None:
                current = Case(file, current.title, item.line, list(current.law))
            current.facts = item
        elif item.word == "expect":
            if current.facts is None:
                raise BadCase(f"{file}:{item.line}: an expect fence needs a facts fence before it")
            if not current.expects and not any(c is current for c in cases[-1:]):
                cases.append(current)
            current.expects.append(item)
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
            Failure(case.file, case.facts.line + p.line - 1, case.title, "facts without mistakes", p.message)
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
        raise BadCase(f"{place}: `{name}`: {error.strerror}") from None
    except RuntimeError:
        raise BadCase(f"{place}: `{name}` is a link to itself") from None


def compile_case(case: Case) -> tuple[Program | None, list[Failure]]:
    """Compile the law of a case and compare its findings with the `#!` marks."""
    from kitei_dsl.pipeline import compile_sources
    from kitei_dsl.source import Source

    sources = [Source(f"{case.file}#{f.line}", re.sub(r"[ \t]*#!.*", "", f.text)) for f in case.law]
    expected = [
        (f"{case.file}#{f.line}", n + 1, slug, f.line + n)
        for f in case.law
        for n, line in enumerate(f.text.split("\n"))
        if (mark := re.search(r"#!\s*(.+)$", line))
        for slug in mark[1].replace(",", " ").split()
    ]
    program, found = compile_sources(sources)
    failures = []
    left = [(d.span.source.name, d.span.line, d.slug, d) for d in found if d.span is not None and d.severity != "note"]
    for name, number, slug, line in expected:
        match = next((x for x in left if x[:3] == (name, number, slug)), None)
        noted = any(d.slug == slug and d.span and d.span.line == number and d.span.source.name == name for d in found)
        if match is None and not noted:
            seen = ", ".join(f"{x[2]} on line {x[1]}" for x in left) or "nothing"
            failures.append(Failure(case.file, line, case.title, f"[{slug}] on this line", seen))
        elif match is not None:
            left.remove(match)
    for _, number, slug, d in left:
        fence = next(f for f in case.law if d.span and d.span.source.name == f"{case.file}#{f.line}")
        failures.append(
            Failure(case.file, fence.line + number - 1, case.title, "no such finding", f"[{slug}] {d.message}")
        )
    if any(d.severity == "error" for d in found):
        return None, failures
    if not program.worlds:
        plain = core.World("current", core.Wording("現行法", "current law"), (), (), (), ())
        program = replace(program, worlds=(plain,))
    return Program(program, digest_text(canonical(encode(program)))), failures


def ask_of(options: str, facts: Facts) -> Ask:
    """Read the options of an expect fence. Raises BadCase."""
    words = options.split()
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
            raise BadCase(f"unknown option `{words[n]}` of an expect fence")
    on = values.get("on") or (facts.as_of.isoformat() if facts.as_of else None)
    if on is None:
        raise BadCase("an expect fence needs `on DATE`, or the facts `as_of`")
    return Ask(on, values.get("text-on"), values.get("known-on"), values.get("world", "current"), tuple(assumes))


def _day(text: str) -> str:
    try:
        if date.fromisoformat(text).isoformat() == text:
            return text
    except ValueError:
        pass
    raise BadCase(f"`{text[:40]}` is no day; write YYYY-MM-DD")


_NORM = re.compile(r"(\S+) of (\S+?)(?: for (\S+))?:\s*([a-z-]+)((?:,\s*(?:due|amount|performed) [^,]+)*)$")
_TERM = re.compile(r"(\S+) of (\S+) = (.+)$")
_FINDING = re.compile(r"finding (\S+) (\S+) of (\S+)$")


def _run_expect(case: Case, fence: Fence, program: Program, facts: Facts) -> Iterator[Failure]:
    yield from expected_of(case, fence, program, facts, replayed=True)[2]


def expected_of(
    case: Case, fence: Fence, program: Program, facts: Facts, *, replayed: bool = False
) -> tuple[dict[str, Any] | None, tuple[str, ...], list[Failure]]:
    """Run one expectation; return the answer (None where none was given), the goals it asks for, and what did not come out.

    `replayed` has the separate checker follow every step too; without it, what would settle an answer is sought only where
    a line asks for it.
    """
    lines = [
        (n, raw.rstrip())
        for n, raw in enumerate(fence.text.split("\n"))
        if raw.strip() and not raw.strip().startswith("#")
    ]
    terms = [m[1] for _, line in lines if (m := _TERM.match(line))]
    norms = [m[1] for _, line in lines if (m := _NORM.match(line))]
    goals = tuple(dict.fromkeys([*norms, *terms]))
    settles = replayed or any("settled by" in line for _, line in lines)

    def failed(n: int, expected: str, found: str) -> list[Failure]:
        return [Failure(case.file, fence.line + n, case.title, expected, found)]

    try:
        base = ask_of(fence.options, facts)
        if base.world not in program.worlds:
            raise BadCase(f"no world is called `{base.world}`")
        result = answer(program, facts, replace(base, goals=goals, settle=settles))
    except (BadCase, BadAssumption, TooManyReadings, UnknownGoal) as error:
        refused = next((line.partition(":")[2].strip() for _, line in lines if line.startswith("refused:")), None)
        if refused is not None and refused in str(error):
            return None, goals, []
        return None, goals, failed(-1, f"refused: {refused}" if refused else f"an answer ({fence.options})", f"refused: {error}")  # fmt: skip
    if any(line.startswith("refused:") for _, line in lines):
        return result, goals, failed(-1, "a refusal", "an answer")
    found = list(_replayed(case, fence, result, program, facts)) if replayed else []
    return result, goals, [*found, *_compared(case, fence, lines, result)]


def _compared(case: Case, fence: Fence, lines: list[tuple[int, str]], result: dict[str, Any]) -> Iterator[Failure]:
    """Compare the lines of an expectation with an answer."""
    last: dict[str, Any] | None = None
    for n, line in lines:
        if line.startswith((" ", "\t")):
            found = None if last is None else _attached(line.strip(), last, result)
        else:
            last, found = _stated(line, result)
        if found is not None:
            yield Failure(case.file, fence.line + n, case.title, line.strip(), found)


def _replayed(case: Case, fence: Fence, result: dict[str, Any], program: Program, facts: Facts) -> Iterator[Failure]:
    """Every case is replayed by the separate checker."""
    from kitei.replay import replay

    refusals = replay(result, program.core, program.digest, facts)
    for refusal in refusals[:3]:
        yield Failure(case.file, fence.line - 1, case.title, "a derivation that replays", str(refusal))


def _stated(line: str, result: dict[str, Any]) -> tuple[dict[str, Any] | None, str | None]:
    """Compare one line; return the entry it is about and, where it differs, what was found."""
    if m := _FINDING.match(line):
        kinds = [(f["kind"], f["term"].partition("@")[0], f["subject"]) for f in result["data"]["findings"]]
        return None, None if (m[1], m[2], m[3]) in kinds else f"findings: {kinds}"
    if m := _NORM.match(line):
        return _norm_line(m, result)
    if m := _TERM.match(line):
        entry = next((t for t in result["data"]["terms"] if t["name"] == m[1] and t["subject"] == m[2]), None)
        if entry is None:
            return None, f"no term {m[1]} of {m[2]}"
        return entry, _term_difference(m[3].strip(), entry)
    return None, "a line that can be read"


def _norm_line(m: re.Match[str], result: dict[str, Any]) -> tuple[dict[str, Any] | None, str | None]:
    rows = [r for r in result["data"]["norms"] if r["name"] == m[1] and r["bearer"] == m[2]]
    instances = [i for r in rows for i in r["instances"] if m[3] is None or i["instance"] == m[3]]
    if not instances:
        there = sorted({f"{r['name']} of {r['bearer']}" for r in result["data"]["norms"]})
        return None, f"no such norm or instance; there are: {', '.join(there)}"
    matching = [i for i in instances if i["status"] == m[4]]
    entry = (matching or instances)[0]
    described = f"{entry['status']}, due {entry['due']}, performed {entry['performed']}, open {_causes(entry['open'])}"
    if not matching:
        return entry, described
    for part in filter(None, (p.strip() for p in m[5].split(","))):
        word, _, expected = part.partition(" ")
        found = _content(entry) if word == "amount" else entry[word]
        if not _equal(expected, found):
            return entry, f"{word} {found}"
    return entry, None


def _content(entry: dict[str, Any]) -> str:
    content = entry["content"]
    return "none" if content is None else content["value"] if content["state"] == "value" else content["state"]


def _term_difference(expected: str, entry: dict[str, Any]) -> str | None:
    marks = {"(presumed)": entry.get("presumed", False), "(possible clash)": entry["possible_clash"]}
    for mark, found in marks.items():
        said = mark in expected
        expected = expected.replace(mark, "").strip()
        if said != found:
            return f"{mark} is {found}"
    state, _, detail = expected.partition(":")
    described = f"{entry['state']} {entry['value'] or ''} {_causes(entry['open'])} {' '.join(entry['values'])}".strip()
    if state == "open":
        wanted = {w.strip() for w in detail.split(",") if w.strip()}
        causes = {f"{c['kind']} {c['item']}" for c in entry["open"]} | {c["kind"] for c in entry["open"]}
        kinds = {w.split()[0] for w in wanted}
        listed = (
            entry["state"] == "open"
            and wanted <= causes
            and (not wanted or kinds == {c["kind"] for c in entry["open"]})
        )
        items = [w for w in wanted if " " in w]
        complete = not items or len(items) == len(entry["open"]) or len(items) < len(wanted)
        return None if listed and complete else described
    if state.startswith("clash"):
        values = sorted(state.split()[1:])
        same = len(values) == len(entry["values"]) and all(map(_equal, values, sorted(entry["values"])))
        return None if entry["state"] == "clash" and (not values or same) else described
    if state in ("gap", "absent", "contested"):
        return None if entry["state"] == state else described
    return None if entry["state"] == "value" and _equal(expected, entry["value"]) else described


def _equal(expected: str, found: str | None) -> bool:
    if found is None:
        return expected == "none"
    if expected == found:
        return True
    try:
        return Fraction(re.sub(r"(?<=\d)[,_](?=\d)|\s*(yen|円)$", "", expected)) == Fraction(found)
    except (ValueError, ZeroDivisionError):
        return False


def _causes(causes: list[dict[str, str]]) -> str:
    return "{" + ", ".join(f"{c['kind']} {c['item']}" for c in causes) + "}"


def _attached(line: str, entry: dict[str, Any], result: dict[str, Any]) -> str | None:
    """Compare an indented line with the entry above it."""
    if line.startswith("cites "):
        grounds = {c["id"] for c in entry.get("because", entry.get("cite", []))} | {
            s["cite"]["id"] for s in entry.get("sanctions", [])
        }
        grounds |= {entry["saved_by"]["id"].partition("#")[0]} if "saved_by" in entry else set()
        missing = [a for a in re.split(r",\s*", line.removeprefix("cites ")) if a not in grounds]
        return f"cites {', '.join(sorted(grounds))}" if missing else None
    if line.startswith(("unproved by ", "would change ")) or line == "unmarked":
        return _marks(line, entry)
    settlement = _settlement(entry, result)
    verdicts = {"settled by": "will", "may be settled by": "may", "cannot be settled by facts": "cannot"}
    for words, verdict in verdicts.items():
        if line.startswith(words):
            if settlement is None:
                return "nothing is open"
            items = [i for i in re.split(r",\s*", line.removeprefix(words).strip()) if i]
            found = f"{settlement['verdict']}: {', '.join(settlement['items'])}"
            agreed = settlement["verdict"] == verdict and (
                verdict == "cannot" or sorted(items) == sorted(settlement["items"])
            )
            return None if agreed else found
    return "a line that can be read"


def _marks(line: str, entry: dict[str, Any]) -> str | None:
    """Compare what is said of presumptions and of burdens."""
    unproved = entry.get("unproved", [])
    change = [f"{c['kind']} {c['item']}" for c in entry.get("would_change", [])]
    found = (
        f"unproved by {', '.join(unproved)}; would change {', '.join(change)}; presumed {entry.get('presumed', False)}"
    )
    if line == "unmarked":
        return found if unproved or entry.get("presumed") else None
    wanted, told = (line[12:], unproved) if line.startswith("unproved by ") else (line[13:], change)
    return None if sorted(re.split(r",\s*", wanted.strip())) == sorted(told) else found


def _settlement(entry: dict[str, Any], result: dict[str, Any]) -> dict[str, Any] | None:
    for s in result["data"]["would_settle"] or ():
        goal = s["goal"]
        if "term" in goal and goal["term"] == entry.get("key") and goal["subject"] == entry.get("subject"):
            return dict(s)
        row = next((r for r in result["data"]["norms"] if entry in r["instances"]), None)
        if (
            row
            and goal.get("key") == row["key"]
            and goal["bearer"] == row["bearer"]
            and goal["instance"] == entry["instance"]
        ):
            return dict(s)
    return None

"""Worked examples: cases of the collected law about fictional persons, run again each time a page is made.

Comes in: the Markdown files of cases beside the law. Goes out: `Example`s with the answer that came out, and the versions it
rests on. A case that no longer comes out as it says is reported, and is no example. Cases about real persons are passed over:
who has a name must be said to be fictional. Deliberately not here: words (`example_blocks`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kitei.cases import BadCase, Case, Failure, Fence, case_facts, expected_of, goals_of, read_cases
from kitei.changes import result_of
from kitei.facts import Facts
from kitei.facts_read import errors
from kitei.site.kept import Came, Kept
from kitei.site.origins import short
from kitei.site.pages import Block
from kitei.wording import Lang
from kitei.world import Program
from kitei_dsl.codec import canonical, digest_text
from kitei_dsl.frozen import Frozen

_FICTIONAL = ("架空", "fictional")


class Example(Frozen):
    """One expectation of a case that came out. `key` is its origin (`case:…`), `digest` that of what was given, of what came
    out and of the rules it rests on; `versions` are those it rests on, the most telling first. `blocks`: what was written of
    it so far, by language; `answered` gives the answer, which is run again where it was only kept what is said of it."""

    key: str
    title: str
    facts: Facts
    goals: tuple[str, ...]
    versions: tuple[str, ...]
    digest: str
    blocks: dict[Lang, tuple[Block, ...]]
    answered: Callable[[], Mapping[str, Any]]

    @property
    def given(self) -> str:
        """Return the origin of the facts it gives: they are as they were where only what comes of them is another."""
        return f"given:{self.key.partition(':')[2]}"


def run_examples(
    program: Program, folder: Path, kept: Kept, tell: Callable[[str, int, int], None]
) -> tuple[list[Example], dict[str, Came], list[Failure]]:
    """Run every case below a folder of statutes, or take what came of it before; return the examples, what is to be kept of
    them, and what did not come out."""
    cases = [(path, case) for path in sorted(folder.rglob("*.md")) for case in _cases(path, folder)]
    found: list[Example] = []
    came: dict[str, Came] = {}
    failures: list[Failure] = []
    for n, (path, case) in enumerate(cases):
        tell("examples", n, len(cases))
        facts, problems = case_facts(case, path.parent, program)
        if errors(problems) or not fictional(facts):
            continue
        for fence in case.expects:
            one = _One(program, case, fence, facts, path.relative_to(folder).as_posix())
            before = kept.came.get(one.kept) or one.run()
            if isinstance(before, list):
                failures += before
                continue
            came[one.kept] = before
            if before.digest:
                found.append(one.example(before))
    return found, came, failures


class _One:
    """One expectation of one case."""

    def __init__(self, program: Program, case: Case, fence: Fence, facts: Facts, file: str) -> None:
        self.program, self.case, self.fence, self.facts, self.file = program, case, fence, facts, file
        self.kept = Kept.key(file, case.title, fence.options, fence.text, facts.digest)
        self.answer: Mapping[str, Any] | None = None

    def run(self) -> Came | list[Failure]:
        """Run it; return what came of it, or what did not come out."""
        answer, _, wrong = expected_of(self.case, self.fence, self.program, self.facts)
        if wrong or answer is None:
            return wrong or Came()
        self.answer = answer
        versions = versions_of(self.program, answer)
        rules = [[v, self.program.versions[v].digest] for v in versions]
        came_out = digest_text(repr(result_of(answer)))
        data = [self.case.title, self.fence.options, self.facts.digest, came_out, rules]
        return Came(versions, short(canonical(data)))

    def answered(self) -> Mapping[str, Any]:
        if self.answer is None:
            self.run()
        assert self.answer is not None, "INVARIANT: only what came out is an example"
        return self.answer

    def example(self, came: Came) -> Example:
        name = f"{self.file}::{self.case.title}::{self.fence.options}"
        goals = goals_of(self.fence, self.program)
        return Example(f"case:{short(name)}", self.case.title, self.facts, goals, came.versions, came.digest, came.blocks, self.answered)  # fmt: skip


def _cases(path: Path, folder: Path) -> Iterator[Case]:
    """Give the cases of a file that are about the collected law; a file of another kind has none."""
    try:
        cases = read_cases(path, path.relative_to(folder).as_posix())
    except BadCase:
        return
    yield from (case for case in cases if not case.law and case.facts is not None and case.expects)


def fictional(facts: Facts, kinds: Collection[str] | None = None) -> bool:
    """Say whether nobody in the facts could be real: whoever has a name (of some kinds, where they are given) is said to be
    fictional."""
    return all(
        any(word in text for word in _FICTIONAL)
        for id, name in facts.names.items()
        for text in (name.ja, name.en)
        if text and (kinds is None or facts.kinds[id] in kinds)
    )


def versions_of(program: Program, answer: Mapping[str, Any], norm: str = "") -> tuple[str, ...]:
    """Return the versions an answer (or its conclusions on one norm, by key) rests on: first those of its norms and of their
    sanctions, then the rest in the law's order."""
    data = answer["data"]
    instances = [i for n in data["norms"] if norm in ("", n["key"]) for i in n["instances"]]
    first = [i["version"] for i in instances if i["version"]]
    first += [s["version"] for i in instances for s in i["sanctions"]]
    steps = data["derivation"]["steps"]
    used = range(len(steps)) if not norm else _below(steps, instances)
    rest: set[str] = set()
    for n in used:
        certificate = steps[n]["certificate"]
        live = [c["clause"] for c in certificate.get("candidates", ()) if c["live"] != "false" or c["has"] != "false"]
        live += [*certificate.get("deemed", ()), certificate.get("closing"), certificate.get("presumed")]
        rest |= {program.clauses[c].version for c in live if c in program.clauses}
        if certificate.get("version"):
            rest.add(certificate["version"])
    return tuple(dict.fromkeys([*first, *sorted(rest, key=lambda v: program.order[v])]))


def _below(steps: Sequence[Mapping[str, Any]], instances: Sequence[Mapping[str, Any]]) -> list[int]:
    """Return the steps that conclusions rest on."""
    ways = [w for i in instances for w in (i, *i.get("by_reading", ()))]
    waiting = [step for way in ways for step in way["steps"].values()]
    met: set[int] = set()
    while waiting:
        step = waiting.pop()
        if step not in met:
            met.add(step)
            waiting += steps[step]["inputs"]
    return sorted(met)

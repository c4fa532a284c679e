"""Everything the builders of pages share: the law as it stands, its links, examples, profiles that were answered, speech.

Comes in: a program and what `gather` was asked. Goes out: `Material`. Deliberately not here: pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from kitei.answer import Ask, answer
from kitei.cases import Failure
from kitei.changes import result_of
from kitei.explain import Explanation
from kitei.facts import Facts
from kitei.facts_read import errors, read_facts
from kitei.references import Edge, References
from kitei.site.beside import Beside, worlds_beside
from kitei.site.examples import Example, run_examples, versions_of
from kitei.site.guides import NAME, BadGuides, Guides, Profile, read_guides
from kitei.site.kept import Kept
from kitei.site.origins import short
from kitei.site.pages import Block
from kitei.site.questions import Question, read_questions
from kitei.site.speech import Speech
from kitei.site.standing import Law, Standing
from kitei.wording import LANGS, Lang
from kitei.world import Program
from kitei_dsl import core
from kitei_dsl.codec import canonical, digest_text
from kitei_dsl.frozen import Frozen, field

#: Gives the words of a version in the official texts that were loaded, with the day of that text; None where there are none.
Official = Callable[[core.Version], "tuple[str, str] | None"]
Tell = Callable[[str, int, int], None]


class Answered(Frozen):
    """A profile with its answer in one world. `norms`: by the key of each norm, the versions that what is concluded on it rests on,
    and the digest of what was given, of what came out and of these rules."""

    profile: Profile
    world: core.World
    facts: Facts
    answer: Mapping[str, Any]
    norms: Mapping[str, tuple[tuple[str, ...], str]]

    @property
    def key(self) -> str:
        """Return the key under which pages name where this comes from."""
        return f"answer:{self.profile.id}@{self.world.name}"

    def of(self, norm: str) -> str:
        """Return the key of what is concluded on one norm."""
        return f"{self.key}#{norm}"


class Material(Frozen, dict=True):
    """What pages are made of. `official` looks up official words; `base` is the address of the site on the web, or empty."""

    law: Law
    guides: Guides
    examples: tuple[Example, ...]
    questions: tuple[Question, ...]
    answered: Mapping[str, tuple[Answered, ...]]
    beside: Beside | None
    official: Official
    base: str
    #: explanations and blocks of examples that are already written, by key (and language): many pages show one example
    answers: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    explained: dict[str, Explanation] = field(default_factory=dict)
    written: dict[tuple[str, Lang], tuple[Block, ...]] = field(default_factory=dict)
    boxed: dict[tuple[str, Lang], Block] = field(default_factory=dict)
    #: what builders look up more than once, by their own names
    indexes: dict[str, Any] = field(default_factory=dict)

    @property
    def program(self) -> Program:
        return self.law.program

    @cached_property
    def references(self) -> References:
        """Return which provision rests on which."""
        return References(self.program)

    @cached_property
    def edges(self) -> tuple[Mapping[str, list[Edge]], Mapping[str, list[Edge]]]:
        """Return the references from each place, and those to it, in their order."""
        leaving: dict[str, list[Edge]] = {}
        arriving: dict[str, list[Edge]] = {}
        for edge in self.references.edges:
            leaving.setdefault(edge.source, []).append(edge)
            arriving.setdefault(edge.target, []).append(edge)
        return leaving, arriving

    @cached_property
    def bound(self) -> Mapping[tuple[str, str], list[str]]:
        """Return the kinds that norms bind or entitle, by place and state."""
        found: dict[tuple[str, str], list[str]] = {}
        for n in self.program.core.norms:
            found.setdefault((n.address, self.law.state(n.version)), []).append(n.kind)
        return found

    @cached_property
    def speech(self) -> Mapping[Lang, Speech]:
        """Return the speech of each language."""
        return {lang: Speech(self.law, lang, self.extra, self.rests) for lang in LANGS}

    @property
    def computed(self) -> tuple[Example, ...]:
        """Return everything that was run on declared facts: worked examples, then what answers questions."""
        return (*self.examples, *(e for q in self.questions for e in q.computed))

    @cached_property
    def rests(self) -> dict[str, tuple[str, ...]]:
        """Return the versions that what was run rests on, by key."""
        answered = [a for of in self.answered.values() for a in of]
        concluded = {a.of(norm): versions for a in answered for norm, (versions, _) in a.norms.items()}
        return {e.key: e.versions for e in self.computed} | concluded

    @cached_property
    def extra(self) -> dict[str, str]:
        """Return the digests of what is no record of the rules: what was run, what is declared, loaded texts."""
        found = {e.key: e.digest for e in self.computed} | {q.key: q.digest for q in self.questions}
        found |= {e.given: short(e.facts.digest) for e in self.computed}
        answered = [a for of in self.answered.values() for a in of]
        found |= {a.of(norm): digest for a in answered for norm, (_, digest) in a.norms.items()}
        found |= {a.key: short(canonical([d for _, d in a.norms.values()])) for a in answered}
        found |= {f"guide:{p.id}": p.digest for p in self.guides.profiles} | {
            f"guide:{b.id}": b.digest for b in self.guides.boxes
        }
        found |= {f"guide:world-{name}": w.digest for name, w in self.guides.worlds.items()}
        for s in self.law.standings.values():
            loaded = self.official(s.version)
            if loaded is not None:
                found[f"text:{s.version.id}"] = short(canonical(loaded))
        return found

    @cached_property
    def by_version(self) -> dict[str, list[Example]]:
        """Return the examples by the versions they rest on."""
        found: dict[str, list[Example]] = {}
        for example in self.examples:
            for version in example.versions:
                found.setdefault(version, []).append(example)
        return found

    @cached_property
    def matters(self) -> dict[str, set[str]]:
        return _matters(self.program.core)

    @cached_property
    def _starting(self) -> dict[str, list[Standing]]:
        found: dict[str, list[Standing]] = {}
        for s in self.law.standings.values():
            found.setdefault(s.start, []).append(s)
        return found

    @cached_property
    def _ending(self) -> dict[str, list[Standing]]:
        found: dict[str, list[Standing]] = {}
        for s in self.law.standings.values():
            found.setdefault(s.end or "", []).append(s)
        return found

    def renumbered(self, version: str, *, later: bool) -> list[str]:
        """Return the places that took a version's matter over on the day it ended, or that it took over from."""
        mine, about = self.law.standings[version], self.matters.get(version, set())
        found: dict[str, None] = {}
        for s in self._starting.get(mine.end or "", ()) if later else self._ending.get(mine.start, ()):
            same_law = s.version.address.partition("/")[0] == mine.version.address.partition("/")[0]
            other_place = s.version.address != mine.version.address
            if same_law and other_place and about & self.matters.get(s.version.id, set()):
                found[s.version.address] = None
        return list(found)


def no_texts(version: core.Version) -> tuple[str, str] | None:
    """Look up nothing: no official text was loaded."""
    return None


def gather(
    program: Program, folder: Path, as_of: str, known_on: str, official: Official, base: str, tell: Tell
) -> tuple[Material, Callable[[], None], list[Failure]]:
    """Gather what pages are made of: run the examples, answer the profiles. Raises BadGuides.

    Returns also how to keep what came of the examples, once pages were made of them; and what did not come out: with any of
    it, no page should be published.
    """
    guides = read_guides(folder)
    law = Law(program, as_of, known_on)
    kept = Kept(folder, program.digest, guides.firms)
    examples, came, failures = run_examples(program, folder, kept, tell)
    questions, more = read_questions(program, folder, known_on, guides.firms, kept)
    answered: dict[str, tuple[Answered, ...]] = {}
    for n, profile in enumerate(guides.profiles):
        tell("profiles", n, len(guides.profiles))
        answered[profile.id] = tuple(_answered(law, profile))
    parts = [part for of in (*(b.parts for b in guides.boxes), *(p.way for p in guides.profiles)) for part in of]
    unknown = [p for part in parts for p in part.places if p not in program.by_address]
    if unknown:
        raise BadGuides(
            f"{NAME}: nothing is collected at `{unknown[0]}`; name the address of a provision, as in psa/63_2"
        )
    boxes = {box.id for box in guides.boxes}
    if missing := [p for p in guides.profiles if p.box and p.box not in boxes]:
        raise BadGuides(
            f"{NAME}: profile `{missing[0].id}` begins with a box `{missing[0].box}`, which is not declared"
        )
    if strangers := sorted(guides.worlds.keys() - program.worlds.keys()):
        raise BadGuides(f"{NAME}: no world is called `{strangers[0]}`; known: {', '.join(program.worlds)}")
    beside, and_more = worlds_beside(law, guides, kept)
    material = Material(law, guides, tuple(examples), questions, answered, beside, official, base)
    return material, lambda: kept.keep({**came, **more, **and_more}), failures


def _answered(law: Law, profile: Profile) -> list[Answered]:
    """Answer a profile on the law in force, and on each world that assumes the start of what is promulgated."""
    program = law.program
    facts, problems = read_facts(profile.facts.encode(), f"{NAME} ({profile.id})", program.core)
    if wrong := errors(problems):
        raise BadGuides(f"{NAME}: facts of profile `{profile.id}`, line {wrong[0].line}: {wrong[0].message}")
    if profile.subject not in facts.kinds:
        raise BadGuides(f"{NAME}: profile `{profile.id}` is about `{profile.subject}`, which its facts do not have")
    found = []
    for world in (law.regime.world, *_planned(law)):
        text_on = max([a.value for a in world.assumes if a.target in program.commencements], default=None)
        if world.name not in program.worlds:
            continue
        result = answer(program, facts, Ask(law.as_of, text_on, law.known_on, world.name, settle=False))
        norms = {}
        for key in dict.fromkeys(row["key"] for row in result["data"]["norms"]):
            versions = versions_of(program, result, key)
            rows = [row for row in result["data"]["norms"] if row["key"] == key]
            alone = {**result, "data": {**result["data"], "norms": rows, "terms": []}}
            rules = [[v, program.versions[v].digest] for v in versions]
            norms[key] = versions, short(canonical([profile.digest, world.name, digest_text(repr(result_of(alone))), rules]))  # fmt: skip
        found.append(Answered(profile, world, facts, result, norms))
    return found


def _planned(law: Law) -> list[core.World]:
    """Return the worlds that differ from the law in force only by assuming days of commencement that are still to come."""
    days = law.program.commencements
    return [
        w
        for w in law.program.core.worlds
        if w.assumes
        and not (w.supposes or w.only or w.without)
        and all(
            a.target in days and a.value > law.as_of and days[a.target].promulgated <= law.known_on for a in w.assumes
        )
    ]


def _matters(program: core.Program) -> dict[str, set[str]]:
    """Return what each version is about: the names it defines or imposes, what it punishes; to find a renumbered provision again."""
    found: dict[str, set[str]] = {}
    for c in program.clauses:
        if (c.role in ("define", "close") and c.resolves) or (c.role == "fill" and c.resolves):
            found.setdefault(c.version, set()).add(c.resolves)
    for n in program.norms:
        found.setdefault(n.version, set()).add(f"norm {n.name}")
    for s in program.sanctions:
        found.setdefault(s.version, set()).update(f"sanction {s.kind} {t}" for t in s.targets)
    return found

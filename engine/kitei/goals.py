"""What a question is about: a norm or a term, found by its identifier, its alias or the label that answers print.

Comes in: what a person typed. Goes out: the identifier, or `UnknownGoal` with the nearest names. Labels are compared without
regard to case, and without the marks around them on the page. Deliberately not here: whom it concerns, any evaluation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from kitei.world import Program
from kitei_dsl import core
from kitei_dsl.diagnostics import near

#: The number an answer gives an entry, before its label, and the kind of norm it may put behind it.
_NUMBER = re.compile(r"^(?:\s*(?:\[\d+\]|［\d+］))+\s*")
_KIND = re.compile(r"\s*(?:〔[^〔〕]*〕|\[[^\[\]]*\])\s*$")


#: Names listed where several are meant.
_MOST_NAMED = 6


class UnknownGoal(ValueError):
    """A goal that is neither a norm nor a term, or could be several; the message gives the names that are meant."""


def folded(text: str) -> str:
    """Return a name as it is compared: without marks around it, spaces joined, case ignored."""
    return " ".join(text.strip().strip("「」\"'“”").split()).casefold()


def named(program: Program, goal: str) -> str:
    """Return a goal as identifiers write it: `name`, or `name@scope` for one definition of a term.

    Identifiers and aliases come first and stay as typed; a printed label is replaced by the identifier, also with the
    number that stands before it on the page ([3]) and the kind of norm behind it (〔義務〕).
    """
    name = goal.partition("@")[0]
    if name in program.spelled_norms or name in program.spelled_terms:
        return goal
    records: list[core.NormName | core.Term] = [*program.norm_names.values(), *program.terms.values()]
    labels: dict[str, dict[str, None]] = {}
    for r in records:
        for label in filter(None, (r.label.ja, r.label.en)):
            labels.setdefault(folded(label), {})[r.name] = None
    bare = _NUMBER.sub("", goal)
    spelled = (goal, bare, _KIND.sub("", bare))
    if any(bare == s for r in records for s in (r.name, r.alias) if s):
        return bare
    found = next((list(labels[folded(s)]) for s in spelled if folded(s) in labels), [])
    if len(found) == 1:
        return found[0]
    if found:
        raise UnknownGoal(f"`{goal}` is the label of several; name one of {', '.join(f'`{n}`' for n in found)}")
    known = [s for r in records for s in (r.name, r.alias, r.label.ja, r.label.en) if s]
    slip = near(goal, known) if re.fullmatch(r"[\w@]*_[\w@]*", goal) else ""
    if not slip and (meant := matching(program, bare)):
        more = f" ({len(meant) - _MOST_NAMED} more)" if len(meant) > _MOST_NAMED else ""
        listed = ", ".join(
            f"`{r.name}` ({r.label.ja or r.alias} / {r.label.en or r.name})" for r in meant[:_MOST_NAMED]
        )
        raise UnknownGoal(f"no norm or term is called `{goal}`; these have it in their name: {listed}{more}")
    if near(goal, known):
        raise UnknownGoal(f"no norm or term is called `{goal}`; {near(goal, known)}".rstrip("; "))
    raise UnknownGoal(
        f"no norm or term is called `{goal}`; a word of a name lists the names that have it, and `kitei run FACTS` prints them"
    )


def matching(program: Program, text: str, kinds: Container[str] | None = None) -> list[core.NormName | core.Term]:
    """Return the norms whose name, in either language, has all the words of a text in it; where there is none, the terms.

    `kinds`: norms of these kinds alone, and no terms.
    """
    words = _plain(text).split()
    if not words or sum(map(len, words)) < 2:
        return []

    def meant(r: core.NormName | core.Term) -> bool:
        names = (_plain(n) for n in (r.name.replace("_", " "), r.alias, r.label.ja, r.label.en))
        return any(all(w in n for w in words) for n in names if n)

    found: list[core.NormName | core.Term] = [
        r for r in program.norm_names.values() if (kinds is None or r.kind in kinds) and meant(r)
    ]
    return found or ([] if kinds is not None else [t for t in program.terms.values() if meant(t)])


def _plain(text: str) -> str:
    """Return words as they are looked for: without marks, width or case."""
    return " ".join(re.sub(r"[「」『』\"'“”、,。．._/・]", " ", unicodedata.normalize("NFKC", text)).split()).casefold()


def spelled(program: Program, goal: str) -> str:
    """Return the name of a norm or term as the law's own spelling, `name` or `name@scope`. Raises UnknownGoal."""
    declared: list[core.NormName | core.Term] = [*program.norm_names.values(), *program.terms.values()]
    names = {name: r.name for r in declared for name in (r.name, r.alias) if name}
    name, at, scope = named(program, goal).partition("@")
    return names[name] + at + scope


def label(program: Program, goal: str) -> core.Wording:
    """Return what the law calls a goal, by its identifier; nothing where it has no label or there is no such goal."""
    name = goal.partition("@")[0]
    record = program.norm_names.get(name) or program.terms.get(name)
    return record.label if record else core.Wording()

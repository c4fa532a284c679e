"""The question of a lawyer about one norm or term: why, why not, what would change it.

Comes in: a program, facts, a query, and what is asked of whom. Goes out: `Why`: the answer about that alone, which of its
conclusions are meant, and the changes found; its page in either language, and its envelope (schema kitei/why@1).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kitei.answer import Ask, answer
from kitei.cited import with_provisions
from kitei.document import Document
from kitei.explain import Conclusion, Explanation, explain
from kitei.facts import Facts
from kitei.flip import BUDGET, MOST, Flips, Goal, flips
from kitei.goals import folded, named
from kitei.page import Part
from kitei.why_page import WhyPage
from kitei.wording import Lang
from kitei.world import Program, Regime
from kitei_dsl.diagnostics import near
from kitei_dsl.frozen import Frozen, replace

ASKED = ("why", "not", "flip")


class UnknownSubject(ValueError):
    """The one asked about is not named by the facts, or the norm or term is not about it; the message says whom it is about."""


class Why(Frozen):
    """An answered question. `parts` are the conclusions asked about; `flips` goes with them, one for each, where asked."""

    answer: Mapping[str, Any]
    program: Program
    explanation: Explanation
    asked: str
    parts: tuple[Part, ...]
    flips: tuple[Flips, ...] = ()

    def document(self, lang: Lang) -> Document:
        """Return the page as blocks with what is known of the places it cites, for any writer."""
        page = WhyPage(self.answer, self.program, self.explanation, lang)
        page.asked, page.parts, page.flips = self.asked, self.parts, self.flips
        return with_provisions(Document(lang, tuple(page.blocks())), self.explanation, self.answer)


def why(program: Program, facts: Facts, ask: Ask, name: str, *, of: str | None = None, asked: str = "why",
        budget: int = BUDGET, most: int = MOST) -> Why:  # fmt: skip
    """Answer why (or why not, or what would change it). Raises UnknownGoal and UnknownSubject for what was asked wrongly."""
    goal = named(program, name)
    result = answer(program, facts, replace(ask, goals=(goal,), settle=False))
    explanation = explain(result, program)
    everything: list[Part] = [*explanation.terms, *explanation.conclusions]
    parts = tuple(sorted(chosen(everything, facts, name, of), key=_not_in_force))
    if asked != "flip":
        return Why(result, program, explanation, asked, parts)
    regime = Regime(program, program.worlds[ask.world], ask.assumes)
    found = tuple(
        flips(regime, facts, ask.query, _goal(p), budget=budget, most=0 if _not_in_force(p) else most) for p in parts
    )
    return Why(result, program, explanation, asked, parts, found)


def _not_in_force(part: Part) -> bool:
    """Say whether no text of a norm is in force: it stands last, and no fact is looked for that would change it."""
    return isinstance(part, Conclusion) and part.status == "not-in-force"


def _goal(part: Part) -> Goal:
    if isinstance(part, Conclusion):
        return Goal(norm=part.key, of=part.bearer_id, instance=part.instance_id)
    return Goal(term=part.key, of=part.subject_id)


def whom(part: Part) -> tuple[str, ...]:
    """Return the ids of whom a conclusion is about: bearer and instance, or subject."""
    if isinstance(part, Conclusion):
        return tuple(i for i in (part.bearer_id, part.instance_id) if i is not None)
    return (part.subject_id,)


def spellings(facts: Facts) -> dict[str, tuple[str, ...]]:
    """Return how each entity of the facts may be written: its id, and its name in either language."""
    return {id: (id, *((n.ja, n.en) if (n := facts.names.get(id)) else ())) for id in facts.kinds}


def named_as(spelled: Mapping[str, tuple[str, ...]], of: str) -> tuple[str, ...]:
    """Return the ids of whom a text names."""
    return tuple(id for id, names in spelled.items() if folded(of) in map(folded, names))


def chosen(parts: Sequence[Part], facts: Facts, name: str, of: str | None) -> Iterator[Part]:
    """Give the conclusions asked about: of the one named, else of the subject of the facts, else of the only one there is."""
    about = list(dict.fromkeys(whom(p)[0] for p in parts))
    if not parts:
        raise UnknownSubject(f"the facts name nobody that `{name}` could be about")
    if of is None:
        kept = [facts.subject] if facts.subject in about else about
        if len(kept) > 1:
            raise UnknownSubject(f"`{name}` is about several here; add --of with one of {', '.join(about)}")
        yield from (p for p in parts if whom(p)[0] == kept[0])
        return
    spelled = spellings(facts)
    ids = named_as(spelled, of)
    known = list(dict.fromkeys(id for p in parts for id in whom(p)))
    if not ids:
        names = [s for id in known for s in spelled[id]]
        raise UnknownSubject(f"--of: the facts name nobody `{of}`; {near(of, names) or 'known: ' + ', '.join(known)}")
    found = [p for p in parts if set(ids) & set(whom(p))]
    if not found:
        raise UnknownSubject(f"--of: `{name}` is not about `{of}`; it is about {', '.join(known)}")
    yield from found

"""An answer narrowed to whom a reader asks about: what is concluded of the others is left off the page.

Comes in: an answer and facts, and whom. Goes out: an answer with the rows about them alone, for the pages; the whole
answer is what `replay` checks. Deliberately not here: any conclusion, for none changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kitei.facts import Facts
from kitei.why import UnknownSubject, named_as, spellings
from kitei_dsl.diagnostics import near


def subjects(facts: Facts, of: str) -> tuple[str, ...]:
    """Return the ids of whom a text names, by id or by name in either language. Raises UnknownSubject."""
    spelled = spellings(facts)
    ids = named_as(spelled, of)
    if not ids:
        names = [s for all_names in spelled.values() for s in all_names]
        raise UnknownSubject(
            f"--of: the facts name nobody `{of}`; {near(of, names) or 'known: ' + ', '.join(facts.kinds)}"
        )
    return ids


def narrowed(answer: Mapping[str, Any], ids: tuple[str, ...]) -> dict[str, Any]:
    """Return an answer with the rows about some entities: as bearer (with every instance), as the instance, as the subject."""
    data = answer["data"]
    norms = []
    for row in data["norms"]:
        kept = [i for i in row["instances"] if row["bearer"] in ids or i["instance"] in ids]
        if kept:
            norms.append({**row, "instances": kept})
    terms = [t for t in data["terms"] if t["subject"] in ids]
    settle = data["would_settle"]
    if settle is not None:
        settle = [s for s in settle if {s["goal"].get(part) for part in ("bearer", "instance", "subject")} & {*ids}]
    return {**answer, "of": ids, "data": {**data, "norms": norms, "terms": terms, "would_settle": settle}}

"""What a diagram shows, in words: a nested list of rules, their conditions, exceptions and results.

Comes in: a `Decided` and what the flow found of its ends. Goes out: one `Saying`. It is the whole alternative of the drawing
for who cannot see it, and reads as a lawyer would set the provision out.
"""

from __future__ import annotations

from collections.abc import Iterable

from kitei.conditions import Saying
from kitei.diagrams.gathered import TAGS, Decided
from kitei.wording import pick
from kitei_dsl import core


def outline(of: Decided, otherwise: tuple[str, str], notes: Iterable[str]) -> Saying:
    """Return all that is decided. `otherwise`: what comes where no rule applies, and where a condition is not met; either
    may be empty."""
    head = of.pick(f"{of.title()}（{of.places()}）", f"{of.title()} ({of.places()})")
    return Saying(head, tuple(_parts(of, otherwise, notes)))


def _parts(of: Decided, otherwise: tuple[str, str], notes: Iterable[str]) -> Iterable[Saying]:
    yield from (Saying(x) for x in (*of.reading_words(), *of.setting()))
    for clause in of.bases():
        yield _rule(of, clause, "")
    for clause in of.adders:
        below = () if clause.condition is None else (_when(of, clause),)
        yield Saying(
            of.pick(f"加える：{of.worth(clause)}（{of.cite(clause)}）", f"Add: {of.worth(clause)} ({of.cite(clause)})"),
            below,
        )
    if of.norm is not None:
        yield from (Saying(x) for x in of.norm_words(of.norm))
        if of.norm.form in ("achieve", "keep", "avoid") and of.norm.done is not None:
            yield Saying(
                of.pick("適合するのは次のとき：", "It is satisfied where:"),
                of.say.listed(of.norm.done, of.norm.version),
            )
    none, unmet = otherwise
    if of.fallback is not None:
        words = of.worth(of.fallback)
        yield Saying(
            of.pick(
                f"いずれにも当たらないとき：{words}（{of.cite(of.fallback)}）",
                f"Where none of this holds: {words} ({of.cite(of.fallback)})",
            )
        )
    elif none:
        yield Saying(of.pick(f"いずれの規定にも当たらないとき：{none}", f"Where no rule applies: {none}"))
    elif unmet:
        yield Saying(of.pick(f"それ以外：{unmet}", f"Otherwise: {unmet}"))
    yield from (Saying(of.pick(f"注：{n}", f"Note: {n}")) for n in notes)


def _when(of: Decided, clause: core.Clause) -> Saying:
    assert clause.condition is not None
    return Saying(of.pick("次のとき：", "Where:"), of.say.listed(clause.condition, clause.version))


def _rule(of: Decided, clause: core.Clause, tag: str, seen: frozenset[str] = frozenset()) -> Saying:
    """Return a rule with its condition, what it comes to and its exceptions."""
    seen |= {clause.id}
    below = [] if clause.condition is None else [_when(of, clause)]
    label = of.quoted(of.label())
    if clause.outcome is None:
        below.append(Saying(of.pick("結果：適用されない", "Then it does not apply")))
    elif of.norm is None and of.truth and isinstance(clause.outcome, core.Literal):
        so = clause.outcome.value == "true"
        below.append(
            Saying(
                of.pick(f"結果：{label}に該当{'する' if so else 'しない'}", f"Then {label}: {'yes' if so else 'no'}")
            )
        )
    elif of.norm is None and of.truth:
        head = of.pick(f"{label}に該当するのは次のとき：", f"{label}: yes, where:")
        below.append(Saying(head, of.say.listed(clause.outcome, clause.version)))
    elif of.norm is None:
        below.append(Saying(of.pick("結果：", "Then: ") + of.worth(clause)))
    for relation, name in (("notwithstanding", "notwithstanding"), ("proviso_to", "proviso"), ("blocks", "block")):
        for other in of.clauses:
            if clause.id in getattr(other, relation) and other.id not in seen:
                below.append(_rule(of, other, pick(TAGS[name], of.say.lang), seen))
    head = of.pick(f"例外（{tag}）：" if tag else "規定：", f"Exception ({tag}): " if tag else "Rule: ")
    return Saying(f"{head}{of.cite(clause)}", tuple(below))

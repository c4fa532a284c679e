"""Rules 1 to 9 of semantics section 2 once more, in their plainest form: two-valued, by sets and loops.

Written from the text of the semantics and from nothing else: no core, no compiler, no evaluator. A `Rule` is a clause
about yes-or-no facts; `meaning` says what a term is where every fact is known, and brute force over the facts that are
not known says what the evaluator may answer. `law` prints the same rules as source text for the evaluator, `draw` makes
rules at random. Rule 9 is what is tested, so it is not here.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from kitei_dsl.frozen import Frozen, replace

FACTS = ("a", "b", "c")

#: A condition: a fact's name, `true`, or a word and conditions.
Formula = str | tuple[str, "Formula"] | tuple[str, "Formula", "Formula"]

#: A result: its state and what goes with it: the value, the values that clash, or the causes of an open one.
Meaning = tuple[str, frozenset[str]]


class Rule(Frozen):
    """A clause. `role`: define, add, block, close. `outcome`: a literal, `?` for arithmetic without result, or a term.

    `words`: is, means or includes. The targets are addresses as written; `current` whether its version is in force.
    """

    label: str
    place: str
    role: str
    term: str
    condition: Formula
    outcome: str
    words: str = "is"
    proviso_to: tuple[str, ...] = ()
    notwithstanding: tuple[str, ...] = ()
    yields_to: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    current: bool = True


class Rules(Frozen):
    """Rules about the terms x and y, of type `type`; `combined` says how additions to x combine, or None."""

    type: str
    combined: str | None
    rules: tuple[Rule, ...]


# --------------------------------------------------------------------------- the meaning


def holds(condition: Formula, facts: Mapping[str, bool]) -> bool:
    if isinstance(condition, str):
        return condition == "true" or facts[condition]
    word, first, *rest = condition
    if word == "not":
        return not holds(first, facts)
    both = (holds(first, facts), holds(rest[0], facts))
    return all(both) if word == "and" else any(both)


def reaches(target: str, rule: Rule, *, blocking: bool = False) -> bool:
    """Rule 1: a citation means every definition (or addition) at or below the address; a blocker's, blockers too (rule 4)."""
    address, _, label = target.partition("#")
    below = rule.place == address or rule.place.startswith(address + "/")
    return rule.role in ("define", "add", *(("block",) if blocking else ())) and below and label in ("", rule.label)


def meaning(law: Rules, term: str, facts: Mapping[str, bool]) -> Meaning:
    """Say what a term is where every fact is known."""
    rules = [r for r in law.rules if r.current]

    def among(targets: Sequence[str], rule: Rule, *, blocking: bool = False) -> list[Rule]:
        return [r for r in rules if r is not rule and any(reaches(t, r, blocking=blocking) for t in targets)]

    def has_its_condition(rule: Rule) -> bool:
        if rule.proviso_to and not any(has_its_condition(t) for t in among(rule.proviso_to, rule)):
            return False
        return holds(rule.condition, facts)

    def stands(rule: Rule) -> bool:
        blocked = any(stands(b) for b in rules if rule in among(b.blocks, b, blocking=True))
        return has_its_condition(rule) and not blocked

    def displaced(rule: Rule) -> bool:
        overridden = any(stands(o) for o in rules if rule in among((*o.proviso_to, *o.notwithstanding), o))
        return overridden or any(stands(t) for t in among(rule.yields_to, rule))

    def outcome(rule: Rule) -> Meaning:
        if rule.outcome == "?":
            return "open", frozenset({"undefined"})
        if rule.outcome not in ("x", "y"):
            return "value", frozenset({rule.outcome})
        found = meaning(law, rule.outcome, facts)
        return ("open", frozenset({found[0]})) if found[0] in ("gap", "clash") else found

    live = [r for r in rules if r.term == term and stands(r) and not displaced(r)]
    definitions = [outcome(r) for r in live if r.role == "define"]
    closings = [outcome(r) for r in rules if r.term == term and r.role == "close"]
    if any(r.term == term and r.words == "means" for r in rules):
        closings = [("value", frozenset({"false"}))]
    base = together(definitions) if definitions else closings[0] if closings else ("gap", frozenset())
    additions = [outcome(r) for r in live if r.role == "add"]
    return total(law.combined, base, additions) if additions else base


def together(outcomes: list[Meaning]) -> Meaning:
    """Rule 7: the outcomes of the live definitions."""
    known = frozenset[str]().union(*(m for state, m in outcomes if state == "value"))
    if len(known) > 1:
        return "clash", known
    causes = frozenset[str]().union(*(m for state, m in outcomes if state == "open"))
    return ("open", causes) if causes else ("value", known)


def total(combined: str | None, base: Meaning, additions: list[Meaning]) -> Meaning:
    """Rule 8: strict in what the definitions give."""
    if base[0] in ("gap", "clash"):
        return base
    all_of_it = [base, *additions]
    open_ones = frozenset[str]().union(*(m for state, m in all_of_it if state == "open"))
    known = [next(iter(m)) for state, m in all_of_it if state == "value"]
    deciding = {"any": "true", "all": "false"}.get(combined or "")
    if base[0] == "value" and deciding in known:
        return "value", frozenset({str(deciding)})
    if open_ones:
        return "open", open_ones
    if combined == "sum":
        return "value", frozenset({str(sum(int(v) for v in known))})
    if combined in ("any", "all"):
        return "value", frozenset({"false" if combined == "any" else "true"})
    return "value", frozenset({min(known) if combined == "earliest" else max(known)})


def completions(known: Mapping[str, bool | None]) -> Iterator[dict[str, bool]]:
    """Give every way the facts can be that agrees with what is known (None: unknown)."""
    for values in product(*((False, True) if known[f] is None else (known[f],) for f in FACTS)):
        yield {f: bool(v) for f, v in zip(FACTS, values, strict=True)}


# --------------------------------------------------------------------------- as source text


def written(condition: Formula) -> str:
    if isinstance(condition, str):
        return condition
    word, first, *rest = condition
    return f"(not {written(first)})" if word == "not" else f"({written(first)} {word} {written(rest[0])})"


def law(rules: Rules) -> str:
    """Print the rules as source text."""
    combined = f" combined by {rules.combined}" if rules.combined else ""
    lines = [
        'instrument t type act status enacted title en "Test Act" end', "kind Firm end", "world current end",
        *(f"attribute {f} of Firm is truth end" for f in FACTS),
        f"term x of Firm is {rules.type}{combined} end", f"term y of Firm is {rules.type} end",
    ]  # fmt: skip
    for place in dict.fromkeys(r.place for r in rules.rules):
        for current, start in ((True, "2020-01-01"), (False, "2030-01-01")):
            stated = [statement(rules, r) for r in rules.rules if r.place == place and r.current == current]
            if stated:
                until = " until 2030-01-01" if current else ""
                lines += [f"provision {place} in force from {start}{until} grade A", *(f"  {s}" for s in stated), "end"]
    return "\n".join(lines) + "\n"


def statement(rules: Rules, rule: Rule) -> str:
    value = {
        "?": {"yen": "(1 yen / 0)", "truth": "(1 / 0 = 1)", "date": "day_of_next_month(2025-01-01, 31)"}[rules.type]
    }.get(rule.outcome, f"{rule.outcome} yen" if rules.type == "yen" and rule.outcome.isdigit() else rule.outcome)
    condition = f" when {written(rule.condition)}" if rule.condition != "true" else ""
    relations = "".join(
        f" {word} {', '.join(targets)}"
        for word, targets in (
            ("proviso to", rule.proviso_to),
            ("notwithstanding", rule.notwithstanding),
            ("yields to", rule.yields_to),
        )
        if targets
    )
    if rule.role == "close":
        return f"otherwise {rule.term} is {value}"
    if rule.role == "block":
        return f"block {', '.join(rule.blocks)} of Firm named {rule.label}{condition}{relations} end"
    if rule.words != "is":
        return f"define {rule.term} named {rule.label} {rule.words} {written(rule.condition)}{relations} end"
    return f"{rule.role} {rule.term} named {rule.label}{condition} is {value}{relations} end"


# --------------------------------------------------------------------------- at random


_LITERALS = {"yen": ("80", "100", "100"), "truth": ("true", "true", "false"), "date": ("2024-01-01", "2024-02-01")}


def draw(seed: int) -> Rules:
    """Draw rules that cite only rules before them, so that no circle arises."""
    rng = random.Random(seed)
    type_ = rng.choice(("yen", "truth", "date"))
    combined = rng.choice(
        (None, {"yen": "sum", "truth": rng.choice(("any", "all")), "date": rng.choice(("earliest", "latest"))}[type_])
    )
    closing = {
        t: rng.choice(("means", "otherwise", "", "") if type_ == "truth" else ("otherwise", "", "")) for t in "xy"
    }
    rules: list[Rule] = []
    closed: list[str] = []
    for article in range(1, rng.randint(2, 4) + 1):
        places = [f"t/{article}/1/main", f"t/{article}/1/proviso"] if rng.random() < 0.3 else [f"t/{article}/1"]
        for place in places:
            for _ in range(rng.randint(1, 2)):
                rules.append(_rule(rng, len(rules), place, type_, combined, closing, rules, closed))
            closed.append(place)
        closed.append(f"t/{article}")
    for term in "xy":
        if closing[term] == "otherwise":
            rules.append(Rule("", f"t/{9 if term == 'x' else 8}/1", "close", term, "true", _outcome(rng, type_, term)))
    return Rules(type_, combined, tuple(rules))


def _rule(rng: random.Random, n: int, place: str, type_: str, combined: str | None, closing: dict[str, str],
          before: list[Rule], closed: list[str]) -> Rule:  # fmt: skip
    term = rng.choice("xxxy")
    roles = ("define", "define", "define", "block", *(("add",) if combined and term == "x" else ()))
    role = rng.choice(roles)
    rule = Rule(f"c{n}", place, role, term, _formula(rng, 1), _outcome(rng, type_, term), current=rng.random() < 0.92)
    if role == "define" and closing[term] == "means":
        closed_already = any(r.term == term and r.words == "means" and r.current == rule.current for r in before)
        rule = replace(rule, words="is" if closed_already else "means", outcome="true")
    if role == "block":
        targets = _targets(rng, before, closed, before, across=True)
        if not targets:
            return replace(rule, role="define")
        return replace(rule, term="", blocks=targets)
    targets = _targets(rng, [r for r in before if r.term == term and r.role != "block"], closed, before, across=False)
    relation = rng.choice(("proviso to", "notwithstanding", "yields to", ""))
    return replace(
        rule,
        proviso_to=targets if relation == "proviso to" else (),
        notwithstanding=targets if relation == "notwithstanding" else (),
        yields_to=targets if relation == "yields to" else (),
    )


def _targets(
    rng: random.Random, wanted: list[Rule], closed: list[str], before: list[Rule], *, across: bool
) -> tuple[str, ...]:
    found = []
    for rule in rng.sample(wanted, min(len(wanted), rng.choice((1, 1, 2)))):
        whole = [a for a in closed if reaches(a, rule, blocking=True)]
        whole = [
            a for a in whole if across or all(r.term == rule.term for r in before if reaches(a, r, blocking=False))
        ]
        found.append(rng.choice(whole) if whole and rng.random() < 0.4 else f"{rule.place}#{rule.label}")
    return tuple(dict.fromkeys(found))


def _outcome(rng: random.Random, type_: str, term: str) -> str:
    roll = rng.random()
    return "?" if roll < 0.06 else "y" if roll < 0.16 and term == "x" else rng.choice(_LITERALS[type_])


def _formula(rng: random.Random, depth: int) -> Formula:
    roll = rng.random()
    if roll < 0.2:
        return "true"
    if depth == 0 or roll < 0.6:
        return rng.choice(FACTS)
    if roll < 0.75:
        return ("not", rng.choice(FACTS))
    return (rng.choice(("and", "or")), _formula(rng, depth - 1), _formula(rng, depth - 1))

"""Random bodies of law that compile, with facts and a query.

A `Case` is made from a seed and printed as source texts and a facts file, so what is tested is the whole way from
text to answer. The vocabulary is fixed; terms, provisions, relations, slots, norms and worlds are drawn. Circles are
impossible by construction: a term uses only terms before it, a clause cites only clauses made before it. Every
statement carries its own label, so provisions, statements, entities and facts can be put in another order
(`shuffled`) without changing what they mean, and a failing case can be cut down (`reduced`).
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable, Sequence

from hypothesis import strategies as st

from kitei.answer import Ask
from kitei.facts import Facts
from kitei.facts_read import read_facts
from kitei.world import Program
from kitei_dsl.codec import digest
from kitei_dsl.diagnostics import render
from kitei_dsl.frozen import Frozen, Struct, field, replace
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source

#: How many times the examples of the suite are run, and how many random laws they are drawn from.
SCALE = int(os.environ.get("KITEI_EXAMPLES", "1"))
LAWS = 100 * SCALE

DAYS = ("2021-02-28", "2022-03-31", "2023-04-01", "2023-12-29", "2024-02-29", "2024-06-01", "2024-08-31", "2025-01-06")
HUES = ("red", "green", "blue")
TRUTHS = ("true", "false")
NUMBERS = ("0", "1", "2", "3")

#: kind -> its attributes: name, type, whether it may be absent.
ATTRIBUTES: dict[str, tuple[tuple[str, str, bool], ...]] = {
    "Firm": (
        ("small", "truth", False), ("cold", "truth", False), ("fit", "truth", False), ("told", "truth", False),
        ("hue", "Hue", False), ("level", "number", False), ("fee", "yen", False), ("spare", "yen", True),
        ("opened", "date", False), ("paid", "date", True),
    ),
    "Branch": (
        ("busy", "truth", False), ("shade", "Hue", False), ("rank", "number", False), ("cost", "yen", False),
        ("started", "date", False), ("closed", "date", True), ("filed", "date", True),
    ),
}  # fmt: skip
_FLAGS = {"fit": " evaluation", "told": " act of authority", "level": " between 0 and 3", "rank": " between 0 and 3"}
TYPES = ("truth", "truth", "truth", "yen", "yen", "number", "date", "Hue")
_COMBINED = {"truth": ("any", "all"), "yen": ("sum",), "number": ("sum",), "date": ("earliest", "latest"), "Hue": ()}
MODALITIES = (
    "duty", "duty", "duty", "duty", "prohibition", "permission", "power", "entitlement", "right", "effect", "liability",
    "effort", "must_contain",
)  # fmt: skip


class Provision(Frozen):
    """A version of a provision: its first line and its statements."""

    head: str
    statements: tuple[str, ...]

    def text(self) -> str:
        return "\n".join((self.head, *(f"  {s}" for s in self.statements), "end"))


class Entry(Frozen):
    """An entity of the facts file: its lines, each a name and what is written after it."""

    id: str
    kind: str
    lines: tuple[tuple[str, str], ...]

    def text(self) -> str:
        return "\n".join(
            (f"  {self.id}:", f"    kind: {self.kind}", *(f"    {name}: {text}" for name, text in self.lines))
        )


class Case(Frozen):
    """A body of law, facts and a query. `cut` is the number of provisions in the first of the two files."""

    vocabulary: tuple[str, ...]
    provisions: tuple[Provision, ...]
    entries: tuple[Entry, ...]
    ask: Ask
    cut: int = 0

    def texts(self) -> tuple[str, str]:
        first = (*self.vocabulary, *(p.text() for p in self.provisions[: self.cut]))
        return "\n".join(first) + "\n", "\n".join(p.text() for p in self.provisions[self.cut :]) + "\n"

    def sources(self) -> list[Source]:
        return [Source(f"{name}.kitei", text) for name, text in zip("ab", self.texts(), strict=True)]

    def facts(self) -> str:
        return "entities:\n" + "\n".join(e.text() for e in self.entries) + "\n"

    def show(self) -> str:
        return "\n".join((*self.texts(), self.facts(), str(self.ask)))


class DoesNotCompile(AssertionError):
    """A generated text has errors: the generator or the compiler is wrong."""


def compiled(case: Case, sources: list[Source] | None = None) -> Program:
    """Compile a case, which must have no error."""
    core, found = compile_sources(sources or case.sources())
    errors = [d for d in found if d.severity == "error"]
    if errors:
        raise DoesNotCompile("\n".join([*map(render, errors), case.show()]))
    return Program(core, digest(core))


def facts_of(case: Case, program: Program, text: str | None = None) -> Facts:
    """Read the facts of a case, which must have no problem."""
    facts, problems = read_facts((text or case.facts()).encode(), "facts.yaml", program.core)
    if problems:
        raise DoesNotCompile("\n".join([*map(str, problems), case.facts()]))
    return facts


def shuffled(case: Case, seed: int) -> Case:
    """Return the same law and facts in another order."""
    rng = random.Random(seed)

    def mixed(items: Sequence[Provision]) -> tuple[Provision, ...]:
        return tuple(
            replace(p, statements=tuple(rng.sample(p.statements, len(p.statements))))
            for p in rng.sample(items, len(items))
        )

    provisions = mixed(case.provisions)
    entries = [
        replace(e, lines=tuple(rng.sample(e.lines, len(e.lines)))) for e in rng.sample(case.entries, len(case.entries))
    ]
    return replace(case, provisions=provisions, entries=tuple(entries), cut=rng.randint(0, len(provisions)),
                   vocabulary=tuple(rng.sample(case.vocabulary, len(case.vocabulary))))  # fmt: skip


def reduced(case: Case, fails: Callable[[Case], bool]) -> Case:
    """Cut a failing case down: drop provisions, statements, vocabulary, entities and facts while it still fails."""

    def still(candidate: Case) -> bool:
        try:
            return fails(candidate)
        except DoesNotCompile:
            return False

    def smaller(c: Case) -> Iterable[Case]:
        for i, p in enumerate(c.provisions):
            yield replace(c, provisions=(*c.provisions[:i], *c.provisions[i + 1 :]))
            for j in range(len(p.statements)):
                less = replace(p, statements=(*p.statements[:j], *p.statements[j + 1 :]))
                yield replace(c, provisions=(*c.provisions[:i], less, *c.provisions[i + 1 :]))
        for i, line in enumerate(c.vocabulary):
            goals = tuple(g for g in c.ask.goals if g != line.split()[1])
            if not line.startswith(f"world {c.ask.world}") and goals:
                yield replace(
                    c, vocabulary=(*c.vocabulary[:i], *c.vocabulary[i + 1 :]), ask=replace(c.ask, goals=goals)
                )
        for i, e in enumerate(c.entries):
            yield replace(c, entries=(*c.entries[:i], *c.entries[i + 1 :]))
            for j in range(len(e.lines)):
                fewer = replace(e, lines=(*e.lines[:j], *e.lines[j + 1 :]))
                yield replace(c, entries=(*c.entries[:i], fewer, *c.entries[i + 1 :]))
        for goal in c.ask.goals if len(c.ask.goals) > 1 else ():
            yield replace(c, ask=replace(c.ask, goals=(goal,)))

    case = replace(case, cut=0)
    while (found := next((c for c in smaller(case) if still(c)), None)) is not None:
        case = found
    return case


# --------------------------------------------------------------------------- expressions


class _Term(Frozen):
    name: str
    kind: str
    type: str
    combined: str | None


class _Slot(Frozen):
    name: str
    kind: str | None
    type: str
    optional: bool


class _Writer:
    """Writes expressions of a type over what is in sight: variables, facts, earlier terms, slots, parameters."""

    def __init__(self, rng: random.Random, scope: Iterable[tuple[str, str]], terms: Iterable[_Term] = (),
                 slots: Iterable[_Slot] = (), parameters: Iterable[tuple[str, str]] = (), odd: float = 0.02) -> None:  # fmt: skip
        self.rng, self.scope = rng, tuple(scope)
        self.terms, self.slots, self.parameters = tuple(terms), tuple(slots), tuple(parameters)
        self.odd = odd

    def inside(self, name: str, kind: str) -> _Writer:
        return _Writer(self.rng, (*self.scope, (name, kind)), self.terms, self.slots, self.parameters, self.odd)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def entity(self, kind: str) -> str:
        """Write an entity of a kind: a variable, or one a variable leads to."""
        names = [n for n, k in self.scope if k == kind]
        if names and self.chance(0.93):
            return self.rng.choice(names)
        if kind == "Branch":
            return f"head of {self.entity_named('Firm')}"
        return f"owner of {self.entity_named('Branch')}"

    def entity_named(self, kind: str) -> str:
        names = [n for n, k in self.scope if k == kind]
        if names:
            return self.rng.choice(names)
        return "head of " + self.entity_named("Firm") if kind == "Branch" else "owner of " + self.entity_named("Branch")

    def of(self, name: str, kind: str) -> str:
        """Write a name and whose it is; a bare name where only one variable can be meant."""
        if [k for _, k in self.scope].count(kind) == 1 and self.chance(0.7):
            return name
        return f"{name} of {self.entity(kind)}"

    def optional(self, type_: str) -> str | None:
        names = [(n, k) for k, rows in ATTRIBUTES.items() for n, t, may in rows if may and t == type_]
        if not names:
            return None
        name, kind = self.rng.choice(names)
        return self.of(name, kind)

    def fillable(self) -> list[_Slot]:
        """Return the slots that `filled` can name here: it takes the nearest subject."""
        return [s for s in self.slots if s.kind is None or s.kind in [k for _, k in self.scope]]

    def write(self, type_: str, depth: int) -> str:
        """Write an expression of a type, in brackets unless it is one word."""
        if depth <= 0 or self.chance(0.25):
            return self.leaf(type_)
        roll = self.rng.random()
        if roll < 0.1:
            return f"(if {self.write('truth', depth - 1)} then {self.write(type_, depth - 1)} else {self.write(type_, depth - 1)})"
        if roll < 0.13:
            return f"({self.write(type_, depth - 1)} as at {self.rng.choice(DAYS)})"
        if roll < 0.16:
            return f"({self.write(type_, depth - 1)} under the text of {self.rng.choice(DAYS)})"
        if roll < 0.22 and (name := self.optional(type_)) is not None:
            return f"(if has {name} then {name} else {self.write(type_, depth - 1)})"
        if roll < 0.3:
            for slot in self.fillable():
                if slot.optional and slot.type == type_:
                    return f"(if filled {slot.name} then {slot.name} else {self.write(type_, depth - 1)})"
        maker = {"truth": self.truth, "yen": self.yen, "number": self.number, "date": self.date}.get(type_)
        return self.leaf(type_) if maker is None else maker(depth - 1)

    def leaf(self, type_: str) -> str:
        rng, roll = self.rng, self.rng.random()
        if roll < self.odd:
            return rng.choice(('(unencoded en "not yet")', '(unverified en "not read")'))
        terms = [t for t in self.terms if t.type == type_]
        if terms and roll < 0.45:
            term = rng.choice(terms)
            return self.of(term.name, term.kind)
        slots = [s for s in self.slots if s.type == type_ and (not s.optional or s.type == "truth")]
        if slots and roll < 0.6:
            slot = rng.choice(slots)
            return slot.name if slot.kind is None else self.of(slot.name, slot.kind)
        parameters = [n for n, t in self.parameters if t == type_]
        if parameters and roll < 0.64:
            return rng.choice(parameters)
        if roll < (0.67 if type_ == "truth" else 0.78):
            return self.literal(type_)
        names = [(n, k) for k, rows in ATTRIBUTES.items() for n, t, may in rows if t == type_ and not may]
        name, kind = rng.choice([n for n in names if n[1] in {k for _, k in self.scope}] or names)
        return self.of(name, kind)

    def literal(self, type_: str) -> str:
        rng = self.rng
        values = {
            "truth": TRUTHS,
            "yen": ("0 yen", "80 yen", "100 yen", "2000 yen"),
            "number": NUMBERS,
            "date": DAYS,
            "Hue": HUES,
        }
        return rng.choice(values[type_])

    def truth(self, depth: int) -> str:
        rng = self.rng
        roll = rng.random()
        if roll < 0.4:
            word = rng.choice((" and ", " or "))
            return f"({word.join(self.write('truth', depth) for _ in range(rng.randint(2, 3)))})"
        if roll < 0.5:
            return f"(not {self.write('truth', depth)})"
        if roll < 0.58:
            name = rng.choice(("paid", "spare"))
            test, other = ("< 2024-01-01", "date") if name == "paid" else (">= 100 yen", "yen")
            where = self.of(name, "Firm")
            return f"(has {where} and ({where} {test} or {self.write(other, 0)} {test}))"
        if roll < 0.63 and self.fillable():
            return f"(filled {rng.choice(self.fillable()).name})"
        if roll < 0.78:
            return self.fold(rng.choice(("every", "some", f"at least {rng.randint(1, 2)}")), "truth", depth)
        if roll < 0.80:
            items = [f'item i{n + 1}: {self.write("truth", depth)} @"号"' for n in range(rng.randint(1, 3))]
            return f"{rng.choice(('any', 'all'))} of {' '.join(items)} end"
        if roll < 0.83:
            return f"proved by {self.entity('Firm')} that ({self.write('truth', depth)})"
        if roll < 0.85:
            day = rng.choice(("commencement_day", "2024-03-01", "commencement_day of t/c1"))
            return f"(reference_day {rng.choice(('<=', '>='))} {day})"
        if roll < 0.88:
            left, right = self.write("number", depth), self.write("number", 0)
            return f"({left} / {right} {rng.choice(('<', '>='))} 0.5)"
        type_ = rng.choice(("yen", "number", "date", "Hue"))
        sign = rng.choice(("=", "!=") if type_ == "Hue" else ("<", "<=", ">", ">=", "=", "!="))
        if type_ == "Hue":
            return f"({self.of('hue', 'Firm')} {sign} {rng.choice(HUES)})"
        return f"({self.write(type_, depth)} {sign} {self.write(type_, depth)})"

    def fold(self, words: str, type_: str, depth: int) -> str:
        name = f"v{len(self.scope)}"
        inner = self.inside(name, "Branch")
        where = ""
        if self.chance(0.4):
            where = f" where {inner.write('truth', depth - 1)}"
        if type_ == "date" and self.chance(0.3):
            return f"({words} {name} in {self.of('branch', 'Firm')} where (has closed of {name}): closed of {name})"
        body = "" if words == "number" else f": {inner.write(type_, depth - 1)}"
        return f"({words} {name} in {self.of('branch', 'Firm')}{where}{body})"

    def yen(self, depth: int) -> str:
        rng, roll = self.rng, self.rng.random()
        if roll < 0.3:
            return f"({self.write('yen', depth)} {rng.choice('+-')} {self.write('yen', depth)})"
        if roll < 0.4:
            return f"({self.write('yen', depth)} * {rng.choice(('5%', '1 per 1,000', self.write('number', depth)))})"
        if roll < 0.55:
            return f"({self.write('yen', depth)} / {self.write('number', depth)})"
        if roll < 0.65:
            return f"{rng.choice(('least', 'greatest'))}({self.write('yen', depth)}, {self.write('yen', depth)})"
        if roll < 0.75:
            return f"{rng.choice(('round_down', 'round_up', 'round_half_up'))}({self.write('yen', depth)}, {self.literal('yen')})"
        if roll < 0.8:
            return f"(-{self.write('yen', depth)})"
        if roll < 0.85:
            first = f"up to 100 yen at {rng.choice(('5%', '10%'))}"
            rest = rng.choice(("above at 1%", "up to 1,000 yen at 3% above at 1%", "up to 1,000 yen at 3%"))
            return f"progressive on ({self.write('yen', depth)}) {first} {rest} end"
        return self.fold(rng.choice(("sum", "least", "greatest")), "yen", depth)

    def number(self, depth: int) -> str:
        rng, roll = self.rng, self.rng.random()
        if roll < 0.3:
            return f"({self.write('number', depth)} {rng.choice('+-*')} {self.write('number', depth)})"
        if roll < 0.45:
            return f"days_between({self.write('date', depth)}, {self.write('date', depth)})"
        if roll < 0.55:
            return f"year_of({self.write('date', depth)})"
        if roll < 0.8:
            return self.fold("number", "number", depth)
        return self.fold(rng.choice(("sum", "least", "greatest")), "number", depth)

    def date(self, depth: int) -> str:
        rng, roll = self.rng, self.rng.random()
        if roll < 0.45:
            word = rng.choice(("after", "counting", "before", "clear_before", "elapsed_after", "elapsed_counting"))
            span = rng.choice(
                ("1 day", "14 days", "2 weeks", "1 month", "3 months", "1 year", "2 business days of bank")
            )
            rolled = (
                f" rolled for {rng.choice(('filing', 'custom'))}"
                if word in ("after", "counting") and self.chance(0.4)
                else ""
            )
            return f"({span} {word} {self.write('date', depth)}{rolled})"
        if roll < 0.6:
            return f"last_day_of_month({self.write('date', depth)})"
        if roll < 0.7:
            return f"day_of_next_month({self.write('date', depth)}, {rng.choice((1, 15, 30))})"
        if roll < 0.8:
            return f"{rng.choice(('least', 'greatest'))}({self.write('date', depth)}, {self.write('date', depth)})"
        return self.fold(rng.choice(("earliest", "latest")), "date", depth)


# --------------------------------------------------------------------------- law


class _Made(Struct):
    """A clause that may be cited: its address and label, the term it defines (or the norm), its kind of entity.

    `each` is empty but for a norm with an instance for each of something.
    """

    address: str
    label: str
    about: str
    kind: str
    each: str = ""


class _Draft(Struct):
    """What is known while a body of law is drawn. `made`: clauses that can be cited; `closed`: addresses complete.

    `across`: clauses may cite clauses of other terms. Then no condition uses a term, since a term depends on the
    conditions of all that overrides, blocks or displaces its definitions. `beats`: what overrides or blocks what.
    """

    rng: random.Random
    terms: tuple[_Term, ...] = ()
    readings: bool = False
    across: bool = False
    made: list[_Made] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    slots: list[tuple[str, _Slot]] = field(default_factory=list)
    parameters: list[tuple[str, str]] = field(default_factory=list)
    closings: dict[str, str] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    beats: dict[str, set[str]] = field(default_factory=dict)
    count: int = 0

    def label(self) -> str:
        self.count += 1
        return f"c{self.count}"


#: A statement that can be written again for another version, from the clauses before it.
_Write = Callable[[], str]


def case(seed: int, size: int = 6) -> Case:
    """Draw a case: `size` bounds the articles of the act."""
    rng = random.Random(seed)
    draft = _Draft(rng, readings=rng.random() < 0.3, across=rng.random() < 0.3)
    draft.terms = tuple(_terms(rng))
    norms = [(f"n{i}", rng.choice(("Firm", "Firm", "Branch"))) for i in range(rng.randint(1, 3))]
    wanted = _requests(draft, norms)
    rng.shuffle(wanted)
    provisions: list[Provision] = []
    articles = rng.randint(2, size)
    for n in range(1, articles + 1):
        share = wanted[n - 1 :: articles]
        parts = [f"t/{n}/1/main", f"t/{n}/1/proviso"] if rng.random() < 0.25 else [f"t/{n}/1"]
        for i, address in enumerate(parts):
            provisions += _article(draft, address, share[i :: len(parts)])
        draft.closed += [f"t/{n}", *parts]
    provisions += _ordinance(draft)
    provisions += _bill(draft)
    entries = _facts(rng)
    ask = _ask(rng, [*(t.name for t in draft.terms), *dict(norms)])
    return Case(_vocabulary(draft, norms), tuple(provisions), entries, ask)


def cases() -> st.SearchStrategy[Case]:
    """Draw one of the laws that all properties are tried on, so that each is compiled once; many more with KITEI_EXAMPLES."""
    return st.builds(case, st.integers(0, LAWS - 1))


def _terms(rng: random.Random) -> Iterable[_Term]:
    for i in range(rng.randint(3, 6)):
        type_ = rng.choice(TYPES)
        combined = rng.choice(_COMBINED[type_]) if _COMBINED[type_] and rng.random() < 0.35 else None
        yield _Term(f"x{i}", rng.choice(("Firm", "Firm", "Branch")), type_, combined)


def _vocabulary(draft: _Draft, norms: list[tuple[str, str]]) -> tuple[str, ...]:
    rng = draft.rng
    dated = " dated by started" if rng.random() < 0.2 else ""
    lines = [
        'instrument t type act status enacted title ja "試験法" en "Test Act" end',
        'instrument o type ordinance status enacted title en "Test Ordinance" end',
        'instrument b type act status proposed title en "Test Bill" end',
        "kind Firm end", f"kind Branch{dated} end",
        "enumeration Hue " + " ".join(f"value {h}" for h in HUES) + " end",
        "relation owns role branch many Branch role owner one Firm end",
        "relation leads role head one Branch role headed one Firm end",
        "commencement t/c1 promulgated 2022-01-01 earliest 2022-02-01 latest 2024-12-31 end",
        *(f"attribute {n} of {k} is {t}{' if any' if may else ''}{_FLAGS.get(n, '')} end"
          for k, rows in ATTRIBUTES.items() for n, t, may in rows),
        *(f"term {t.name} of {t.kind} is {t.type}{f' combined by {t.combined}' if t.combined else ''} end" for t in draft.terms),
        *(f"norm {n} of {k} end" for n, k in norms),
        "world current end",
    ]  # fmt: skip
    if draft.readings:
        lines.append('reading r choice yes en "yes" choice no en "no" end')
    assumed = [f"t/c1 = {rng.choice(('2022-02-01', '2024-03-01', '2024-12-31'))}"]
    for address, slot in draft.slots:
        if rng.random() < 0.3:
            assumed.append(f"{address}#{slot.name} = {_Writer(rng, ()).literal(slot.type)}")
    lines.append(
        "world reform " + " ".join(f'assume {a} by "us"' for a in assumed) + " suppose b in force from 2023-01-01 end"
    )
    lines.append(
        f"world narrow {rng.choice(('only t', 'without o'))} end".replace("only t", "only t/1").replace(
            "without o", "without o/1"
        )
    )
    return tuple(lines)


def _requests(draft: _Draft, norms: list[tuple[str, str]]) -> list[Callable[[str], tuple[str, _Write]]]:
    """Return what is to be stated: each a function from an address to a label and a writer."""
    rng = draft.rng
    wanted: list[Callable[[str], tuple[str, _Write]]] = []
    for n, term in enumerate(draft.terms):
        closing = (
            rng.choice(("means", "includes", "otherwise", ""))
            if term.type == "truth"
            else rng.choice(("otherwise", ""))
        )
        draft.closings[term.name] = closing
        wanted += [_defining(draft, n, "define", first=i == 0) for i in range(rng.choice((1, 2, 2, 3, 3)))]
        if term.combined:
            wanted += [_defining(draft, n, "add") for _ in range(rng.randint(1, 2))]
        wanted += [
            _defining(draft, n, word) for word, share in (("deem", 0.17), ("presume", 0.5)) if rng.random() < share
        ]
        if closing == "otherwise":
            wanted.append(_otherwise(draft, n))
    wanted += [_block(draft) for _ in range(rng.choice((0, 1, 1, 2)))]
    for name, kind in norms:
        wanted += [_norm(draft, name, kind) for _ in range(rng.choice((1, 1, 2)))]
    return wanted


def _article(draft: _Draft, address: str, wanted: list[Callable[[str], tuple[str, _Write]]]) -> list[Provision]:
    """Draw the versions of one provision: the second keeps, rewrites or drops what the first says."""
    rng = draft.rng
    writes: list[tuple[str, _Write]] = []
    start = rng.choice(("2015-01-01", "2015-01-01", "2015-01-01", "2022-01-01", "t/c1"))
    draft.versions[address] = start
    fixed = [*_slot_statements(draft, address), *_parameter_statements(draft, address)]
    first = list(fixed)
    for request in wanted:
        label, write = request(address)
        first.append(write())
        writes.append((label, write))
        if label:
            draft.made.append(_Made(address, *label.split(" ")))
    first += _records(draft, address)
    if start == "t/c1" or rng.random() < 0.5:
        return [_provision(rng, address, start, None, first)]
    day = rng.choice(DAYS)
    if day <= start:
        return [_provision(rng, address, start, None, first)]
    if rng.random() < 0.4:
        return [_provision(rng, address, start, day, first)]
    second = list(fixed)
    for (_, write), old in zip(writes, first[len(fixed) :], strict=False):
        roll = rng.random()
        if roll < 0.8:
            second.append(old if roll < 0.45 else write())
    return [_provision(rng, address, start, day, first), _provision(rng, address, day, None, second)]


def _provision(rng: random.Random, address: str, start: str, end: str | None, statements: list[str]) -> Provision:
    promulgated = " promulgated 2014-06-01" if start < "2016" and rng.random() < 0.3 else ""
    until = f" until {end}" + (" promulgated 2020-06-01" if rng.random() < 0.3 else "") if end else ""
    return Provision(
        f"provision {address} in force from {start}{promulgated}{until} grade {rng.choice('AABCD')}", tuple(statements)
    )


def _slot_statements(draft: _Draft, address: str) -> list[str]:
    rng, found = draft.rng, []
    if rng.random() < 0.35:
        kind, type_ = rng.choice((None, "Firm", "Branch")), rng.choice(("truth", "yen", "number", "date"))
        optional = rng.random() < 0.4
        slot = _Slot(f"s{len(draft.slots)}", kind, type_, optional)
        draft.slots.append((address, slot))
        flags = ("optional" if optional else "required") + (" pending" if rng.random() < 0.15 else "")
        found.append(f"slot {slot.name}{f' of {kind}' if kind else ''} is {type_} {flags} for ordinance end")
    return found


def _parameter_statements(draft: _Draft, address: str) -> list[str]:
    rng = draft.rng
    if rng.random() > 0.15:
        return []
    type_ = rng.choice(("yen", "number", "date"))
    draft.parameters.append((f"p{len(draft.parameters)}", type_))
    return [f"parameter p{len(draft.parameters) - 1} is {_Writer(rng, ()).literal(type_)}"]


def _records(draft: _Draft, address: str) -> list[str]:
    """Draw sanctions and savings about what is already there."""
    rng, found = draft.rng, []
    cited = {m.address: m.kind for m in draft.made if m.about.startswith("n")}
    if cited and rng.random() < 0.15:
        found.append(
            f"sanction criminal for {rng.choice(list(cited))} named {draft.label()} fine up to 500,000 yen end"
        )
    if cited and rng.random() < 0.18:
        where = rng.choice(list(cited))
        condition = f" when {_Writer(rng, [('self', 'Firm')]).write('truth', 1)}" if rng.random() < 0.6 else ""
        found.append(
            f"{rng.choice(('former text continues for', 'keep in force'))} {where}"
            f" of {'Firm' if condition else cited[where]} named {draft.label()}{condition}"
        )
    return found


def _writer(draft: _Draft, address: str, before: int, scope: Iterable[tuple[str, str]]) -> _Writer:
    slots = [s for a, s in draft.slots if a == address]
    return _Writer(draft.rng, scope, draft.terms[:before], slots, draft.parameters)


def below(address: str, other: str) -> bool:
    return address == other or address.startswith(f"{other}/")


def _targets(draft: _Draft, limit: int, closed: int, about: str) -> list[str]:
    """Return what is cited: clauses made before, mostly of the same term, or whole provisions complete before."""
    rng = draft.rng
    made = draft.made[:limit]
    near = [m for m in made if m.about == about]
    if not (made if draft.across else near):
        return []
    chosen = []
    for _ in range(rng.choice((1, 1, 2))):
        one = rng.choice(near if near and (not draft.across or rng.random() < 0.7) else made)
        whole = [
            a for a in draft.closed[:closed]
            if below(one.address, a) and (draft.across or all(m.about == about for m in draft.made if below(m.address, a)))
        ]  # fmt: skip
        chosen.append(rng.choice(whole) if whole and rng.random() < 0.35 else f"{one.address}#{one.label}")
    return list(dict.fromkeys(chosen))


def _reached(draft: _Draft, label: str, about: str, word: str, target: str, *, each: bool) -> set[str]:
    """Return the labels of the clauses a target reaches: a blocker's any, else of the same term or where a norm gives way.

    The condition of a norm for each of something can be asked only where there is its instance.
    """
    address, _, named = target.partition("#")
    near = [m for m in draft.made if (m.label == named if named else below(m.address, address)) and m.label != label]
    if word == "block":
        return {m.label for m in near}
    if (each and word != "yields to") or (word == "proviso to" and any(m.each for m in near)):
        return set()
    return {
        m.label
        for m in near
        if (m.about == about or (about if word == "yields to" else m.about).startswith("n"))
        and not (word == "yields to" and m.each)
    }


def _leads(draft: _Draft, start: set[str], to: set[str]) -> bool:
    """Say whether something in `start` beats, through others, something in `to`."""
    waiting, seen = list(start), set(start)
    while waiting:
        for label in draft.beats.get(waiting.pop(), set()) - seen:
            seen.add(label)
            waiting.append(label)
    return bool(seen & to)


def _cite(
    draft: _Draft, label: str, about: str, kind: str, word: str, targets: list[str], *, each: bool = False
) -> str:
    """Write a relation, or nothing where it reaches nothing of the kind or two clauses would come to beat each other."""
    targets = [t for t in targets if _reached(draft, label, about, word, t, each=each)]
    reached = {m for t in targets for m in _reached(draft, label, about, word, t, each=each)}
    yields = word == "yields to"
    if not any(m.kind == kind for m in draft.made if m.label in reached):
        return ""
    if _leads(draft, {label}, reached) if yields else _leads(draft, reached, {label}):
        return ""
    for other in reached:
        loser, winner = (label, other) if yields else (other, label)
        draft.beats.setdefault(winner, set()).add(loser)
    return f"{word} {', '.join(targets)}"


def _relations(
    draft: _Draft, label: str, kind: str, limit: int, closed: int, about: str, share: float, *, each: bool = False
) -> str:
    lines = []
    for word in ("proviso to", "notwithstanding", "yields to"):
        if draft.rng.random() < share:
            lines.append(_cite(draft, label, about, kind, word, _targets(draft, limit, closed, about), each=each))
    return "".join(f" {line}" for line in lines if line)


def _given(draft: _Draft) -> str:
    return f" given r = {draft.rng.choice(('yes', 'no'))}" if draft.readings and draft.rng.random() < 0.4 else ""


def _defining(draft: _Draft, n: int, word: str, *, first: bool = False) -> Callable[[str], tuple[str, _Write]]:
    def request(address: str) -> tuple[str, _Write]:
        label, limit, closed = draft.label(), len(draft.made), len(draft.closed)

        def write() -> str:
            rng, term = draft.rng, draft.terms[n]
            name = rng.choice(("self", "self", "y"))
            writer = _writer(draft, address, n, [(name, term.kind)])
            before = n if word in ("deem", "presume") or not draft.across else 0
            conditions = _writer(draft, address, before, [(name, term.kind)])
            depth = 0 if word == "presume" else rng.choice((0, 0, 2, 2, 2))
            condition = f" when {conditions.write('truth', depth)}" if rng.random() < 0.7 else ""
            closing = draft.closings[term.name]
            outcome = f"is {writer.write(term.type, 1 if rng.random() < 0.6 else 2)}"
            if word == "define" and closing in ("means", "includes") and (first or rng.random() < 0.5):
                outcome = f"{closing if first else 'includes'} {conditions.write('truth', 2)}"
            elif rng.random() < (0.9 if word == "presume" else 0.65):
                outcome = f"is {writer.literal(term.type)}"
            extra = ""
            if word in ("define", "add"):
                extra = _relations(draft, label, term.kind, limit, closed, term.name, 0.2) + _given(draft)
            elif word == "deem":
                extra = rng.choice((" for all purposes", f" for purposes of {rng.choice(['t/1', 't/2', address])}"))
            cases = ""
            if word in ("define", "add") and outcome.startswith("is ") and rng.random() < 0.25:
                first_case = f"case i1: when {conditions.write('truth', depth)} {outcome}"
                tests = [f"when {conditions.write('truth', depth)}", "otherwise"]
                rest = [
                    f"case i{n + 2}: {test} is {writer.literal(term.type)}"
                    for n, test in enumerate(tests[rng.randint(0, 1) :])
                ]
                outcome, cases = "", f" cases {first_case} {' '.join(rest)} end"
            alias = "" if name == "self" else f" as {name}"
            mark = ' @"の場合には"' if rng.random() < 0.1 else ""
            return f"{word} {term.name} of {term.kind}{alias} named {label}{condition} {outcome}{mark if outcome else ''}{cases}{extra} end"

        return (f"{label} {draft.terms[n].name} {draft.terms[n].kind}" if word in ("define", "add") else ""), write

    return request


def _otherwise(draft: _Draft, n: int) -> Callable[[str], tuple[str, _Write]]:
    def request(address: str) -> tuple[str, _Write]:
        def write() -> str:
            term = draft.terms[n]
            value = _writer(draft, address, n, [("self", term.kind)]).write(term.type, draft.rng.randint(0, 1))
            return f"otherwise {term.name} is {value}"

        return "", write

    return request


def _block(draft: _Draft) -> Callable[[str], tuple[str, _Write]]:
    def request(address: str) -> tuple[str, _Write]:
        label, limit, closed = draft.label(), len(draft.made), len(draft.closed)

        def write() -> str:
            rng = draft.rng
            kind, of_all = rng.choice(("Firm", "Firm", "Branch")), rng.random() < 0.15
            cited = _cite(draft, label, "", kind, "block", _targets(draft, limit, closed, rng.choice(draft.terms).name))
            if not cited:
                return f'heading en "{label}"'
            of = "" if of_all else f" of {kind}"
            condition = f" when {_writer(draft, address, 0, [('self', kind)]).write('truth', 1)}" if of else ""
            return f"{cited}{of} named {label}{condition}{_given(draft)} end"

        return "", write

    return request


def _norm(draft: _Draft, name: str, kind: str) -> Callable[[str], tuple[str, _Write]]:
    def request(address: str) -> tuple[str, _Write]:
        label, limit, closed = draft.label(), len(draft.made), len(draft.closed)
        bearer = draft.rng.choice(("self", "z"))
        each = kind == "Firm" and draft.rng.random() < 0.45

        def write() -> str:
            rng = draft.rng
            scope = [(bearer, kind), *([("e", "Branch")] if each else [])]
            anchored = _writer(draft, address, len(draft.terms), scope)
            lines = (
                [f"for each branch as e anchored at {anchored.write('date', rng.choice((0, 0, 1)))}"] if each else []
            )
            if rng.random() < 0.6:
                conditions = _writer(draft, address, 0 if draft.across else len(draft.terms), scope)
                lines.append(f"when {conditions.write('truth', rng.choice((0, 1, 2)))}")
            modality = rng.choice(MODALITIES)
            act = anchored.of("filed", "Branch") if each or kind == "Branch" else "paid"
            state = anchored.write("truth", 1)
            words = {"prohibition": ("keep", "avoid"), "must_contain": ("keep",)}.get(
                modality, ("do", "do", "achieve", "on", "keep")
            )
            performance = {"do": f"do {act}", "on": f"achieve {state} on {anchored.write('date', 0)}"}
            word = rng.choice(words)
            lines.append(performance.get(word, f"{word} {state}"))
            if rng.random() < 0.6:
                lines.append(f"by {anchored.write('date', rng.choice((0, 1, 2)))}")
            if rng.random() < 0.1:
                lines.append(rng.choice(("immediately", "promptly", "without_delay", "in_advance")))
            if rng.random() < 0.2:
                lines.append(f"amount {anchored.write('yen', 1)}")
            lines.append(_relations(draft, label, kind, limit, closed, name, 0.12, each=each).strip())
            of = f"{kind} as {bearer}" if bearer != "self" else kind
            return f"{modality} {name} of {of} named {label} {' '.join(filter(None, lines))} end"

        return f"{label} {name} {kind}{' each' if each else ''}", write

    return request


def _ordinance(draft: _Draft) -> list[Provision]:
    """Draw the provisions that fill slots."""
    rng, provisions = draft.rng, []
    for n, (address, slot) in enumerate(draft.slots):
        if rng.random() < 0.35:
            continue
        scope = [("self", slot.kind)] if slot.kind else []
        writer = _Writer(rng, scope)
        statements = []
        for _ in range(rng.choice((1, 1, 2))):
            value = writer.write(slot.type, 1) if scope else writer.literal(slot.type)
            condition = f" when {writer.write('truth', 1)}" if scope and rng.random() < 0.3 else ""
            at = f"@{draft.versions[address]}" if rng.random() < 0.2 and "/" not in draft.versions[address] else ""
            anew = " made anew" if rng.random() < 0.2 else ""
            statements.append(f"fill {address}{at} {slot.name} named {draft.label()}{condition} is {value}{anew} end")
        start, day = rng.choice(("2016-01-01", "2023-01-01")), rng.choice((None, None, "2024-02-29"))
        provisions.append(_provision(rng, f"o/{n + 1}", start, day, statements))
        if day is not None:
            provisions.append(_provision(rng, f"o/{n + 1}", day, None, statements))
    return provisions


def _bill(draft: _Draft) -> list[Provision]:
    if draft.rng.random() > 0.3:
        return []
    statements = []
    for n in range(len(draft.terms)):
        if draft.rng.random() < 0.4:
            _, write = _defining(draft, n, "define")("b/1")
            statements.append(write())
    return [_provision(draft.rng, "b/1", "2023-06-01", None, statements)] if statements else []


# --------------------------------------------------------------------------- facts and query


def fact_text(rng: random.Random, type_: str) -> str:
    """Write a value of a type as a facts file has it."""
    values = {"truth": TRUTHS, "yen": ("0", "80", "100", "5000"), "number": NUMBERS, "date": DAYS, "Hue": HUES}
    return rng.choice(values[type_])


def _facts(rng: random.Random) -> tuple[Entry, ...]:
    firms = [f"f{i}" for i in range(rng.choice((1, 1, 2)))]
    branches = [f"b{i}" for i in range(rng.choice((0, 1, 2, 2)))]
    known = rng.choice((0.45, 0.75, 0.95, 1.0))
    lines: dict[str, list[tuple[str, str]]] = {}
    owned = {f: [b for b in branches if rng.choice(firms) == f] for f in firms}
    taken = set()
    for f in firms:
        mine = [b for b in owned[f] if b not in taken]
        taken |= set(mine)
        complete = rng.random() < 0.65
        found = [("branch", f"{{members: [{', '.join(mine)}], complete: {str(complete).lower()}}}")]
        if rng.random() < 0.15:
            found = []
        lines[f] = found
    heads = rng.sample(branches, min(len(branches), len(firms)))
    for f, b in zip(firms, heads, strict=False):
        if rng.random() < 0.6:
            lines[f].append(("head", b))
    for kind, ids in (("Firm", firms), ("Branch", branches)):
        for id in ids:
            for name, type_, may in ATTRIBUTES[kind]:
                if rng.random() < known:
                    lines.setdefault(id, []).append((name, _fact(rng, type_, may)))
    return tuple(
        Entry(id, kind, tuple(lines.get(id, ()))) for kind, ids in (("Firm", firms), ("Branch", branches)) for id in ids
    )


def _fact(rng: random.Random, type_: str, may: bool) -> str:
    value = "none" if may and rng.random() < 0.4 else fact_text(rng, type_)
    roll = rng.random()
    if roll < 0.8:
        return value
    day = rng.choice(DAYS)
    if roll < 0.87:
        return f"{{value: {value}, {rng.choice(('from', 'to', 'recorded'))}: {day}}}"
    if roll < 0.95:
        return f"[{{value: {value}, to: {day}}}, {{value: {fact_text(rng, type_)}, from: {day}}}]"
    return f"[{value}, {{value: {fact_text(rng, type_)}, recorded: {day}, corrects: true}}]"


def _ask(rng: random.Random, goals: Sequence[str]) -> Ask:
    on = rng.choice((*DAYS, "2026-01-01", "2026-01-01", "2024-06-01"))
    text = rng.choice(DAYS) if rng.random() < 0.12 else None
    known = rng.choice(("2020-01-01", "2024-06-01", "2026-01-01")) if rng.random() < 0.15 else None
    world = rng.choice(("current", "current", "current", "reform", "reform", "narrow"))
    return Ask(on, text, known, world, (), tuple(goals), settle=False)

"""What a diagram decides: the clauses that meet in one term, slot or norm, in one reading, with how each is named.

Comes in: a program and clauses asked for. Goes out: a `Decided` for each thing they decide: with the clauses come what they
override, what overrides or disapplies them, the other cases of a 区分に応じ; what can never be in force with them stays out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import product

from kitei import wording
from kitei.citing import cited_as
from kitei.conditions import Conditions
from kitei.wording import Pair, pick
from kitei.world import Program
from kitei_dsl import core

#: What stands over an exception by its relation to the rule.
TAGS: dict[str, Pair] = {
    "proviso": ("ただし書", "proviso"),
    "notwithstanding": ("「にかかわらず」の定め", "notwithstanding the rule"),
    "block": ("適用除外", "disapplication"),
    "yields": ("この定めに譲る", "the rule gives way to this"),
    "deem": ("みなす定め", "deemed"),
    "presume": ("推定（反証により変わる）", "presumed (rebuttable)"),
}

_APPLIES: dict[str, Pair] = {
    "duty": ("義務がある", "the duty applies"), "prohibition": ("禁止が適用される", "the prohibition applies"),
    "must_contain": ("定めなければならない", "the requirement applies"), "effort": ("努力義務がある", "an effort is called for"),
}  # fmt: skip

#: The norms that are addressed to somebody; and how the label of one ends that binds the authority.
_ADDRESSED = ("duty", "prohibition", "effort", "must_contain")
_OF_AUTHORITY = ("（当局）", "(of the authority)")
#: Readings of contested points are drawn one by one up to so many; more would be no picture.
_MOST_READINGS = 8


def gather(
    program: Program, clause_ids: Iterable[str], conditions: Conditions, without: Collection[str] = ()
) -> list[Decided]:
    """Return what the clauses decide, in the order of the program. Raises KeyError where an id names no clause."""
    wanted = [program.clauses[id] for id in dict.fromkeys(clause_ids)]
    groups = _groups(program, wanted, without)
    several = {key for key, _ in groups if sum(k == key for k, _ in groups) > 1}
    return [
        Decided(program, conditions, key, chosen, readings, key in several, without)
        for key, clauses in groups
        for readings, chosen in _by_reading(clauses)
    ]


def _moment(text: str) -> str:
    return f"9999{text}" if "/" in text else text


def together(program: Program, left: str, right: str) -> bool:
    """Say whether two versions can both be in force: a start or end whose day is not fixed is taken to lie after all days."""
    a, b = program.versions[left], program.versions[right]
    start = max(_moment(a.start), _moment(b.start))
    return all(v.end is None or start < _moment(v.end) for v in (a, b))


def _groups(
    program: Program, wanted: Sequence[core.Clause], without: Collection[str] = ()
) -> list[tuple[str, list[core.Clause]]]:
    """Return what is decided, each with its clauses that can count together."""
    reached: list[tuple[str, core.Clause]] = []
    for clause in wanted:
        for target in (*clause.blocks,) if clause.resolves is None else (clause.id,):
            of = program.clauses[target]
            if of.resolves is not None and together(program, of.version, clause.version):
                reached.append((of.resolves, of))
    groups: list[tuple[str, list[core.Clause]]] = []
    for key, clause in reached:
        linked = [c for c in _linked(program, clause) if c is clause or c.id not in without]
        for of_key, members in groups:
            if of_key == key and all(together(program, m.version, clause.version) for m in members):
                members += [
                    c
                    for c in linked
                    if c not in members and all(together(program, m.version, c.version) for m in members)
                ]
                break
        else:
            groups.append((key, linked))
    order = {c.id: n for n, c in enumerate(program.core.clauses)}
    return [(key, sorted(members, key=lambda c: order[c.id])) for key, members in groups]


def _linked(program: Program, clause: core.Clause) -> list[core.Clause]:
    """Return a clause with what it overrides or yields to, the cases of its 区分に応じ, and what overrides or blocks any of them."""
    found, waiting = [clause], [clause]
    while waiting:
        of = waiting.pop(0)
        split = program.splits[of.split].clauses if of.split else ()
        ids = [*split, *of.proviso_to, *of.notwithstanding, *of.yields_to, *program.overriders.get(of.id, ()), *program.blockers.get(of.id, ())]  # fmt: skip
        for c in (program.clauses[id] for id in ids):
            same = c.resolves == clause.resolves or c.resolves is None
            if c not in found and same and all(together(program, c.version, m.version) for m in found):
                found.append(c)
                waiting.append(c)
    return found


def _by_reading(clauses: list[core.Clause]) -> list[tuple[tuple[tuple[str, str], ...], list[core.Clause]]]:
    """Return the clauses of each combination of readings."""
    points: dict[str, dict[str, None]] = {}
    for c in clauses:
        if c.reading is not None:
            points.setdefault(c.reading, {})[c.choice or ""] = None
    found = []
    for choice in product(*points.values()):
        readings = tuple(zip(points, choice, strict=True))
        found.append((readings, [c for c in clauses if c.reading is None or (c.reading, c.choice or "") in readings]))
        if len(found) == _MOST_READINGS:
            break
    return found


class Decided:
    """One term, slot or norm with the clauses that decide it in one reading, and how to name all of them."""

    def __init__(self, program: Program, conditions: Conditions, key: str, clauses: list[core.Clause],
                 readings: tuple[tuple[str, str], ...], dated: bool, without: Collection[str] = ()) -> None:  # fmt: skip
        self.program, self.say, self.key, self.clauses, self.readings = program, conditions, key, clauses, readings
        self.ids = {c.id for c in clauses}
        self.first = next((c for c in clauses if c.resolves == key), clauses[0])
        self.norm = next((n for n in program.norms.get(key, ()) if n.version == self.first.version), None)
        self.dated, self.without = dated, without
        #: What is decided here; a proviso none of whose rules can be in force with it never applies.
        self.rules = [
            c for c in clauses if c.resolves == key and (not c.proviso_to or any(t in self.ids for t in c.proviso_to))
        ]
        self.adders = [c for c in clauses if c.role == "add"]
        self.fallback = next((c for c in clauses if c.role == "close" and c.outcome is not None), None)
        self.type, self.combine = self.meets()
        self.truth = self.type == "truth"

    def meets(self) -> tuple[str, str | None]:
        """Return the type of what is decided and how its adders combine; what fills a slot is of the slot's type."""
        resolve = self.program.resolves.get(self.key)
        if resolve is not None:
            return resolve.type, resolve.combine
        slot = self.program.slots.get(self._slot())
        return ("anything" if slot is None else slot.type), None

    def pick(self, ja: str, en: str) -> str:
        return self.say.say(ja, en)

    def label(self) -> str:
        key = f"slot:{self._slot()}" if self.key.startswith("fill:") else self.key
        return self.say.label(self.say.names.term(key))

    def _slot(self) -> str:
        """Return the id of the slot that is filled here, of the version in force together with the filling."""
        target = self.key.removeprefix("fill:")
        slots = [s for s in self.program.slots.values() if f"{s.address}#{s.name}" == target]
        own = [s for s in slots if together(self.program, s.version, self.first.version)]
        return (own or slots)[0].id if slots else target

    def quoted(self, text: str) -> str:
        return self.pick(f"「{text}」", f'"{text}"')

    def cite(self, clause: core.Clause) -> str:
        return self.say.cite(cited_as(clause), self.program.versions[clause.version])

    def cites(self, clauses: Iterable[core.Clause]) -> str:
        return self.pick("・", "; ").join(dict.fromkeys(self.cite(c) for c in clauses))

    def reading_words(self) -> list[str]:
        found = []
        for name, choice in self.readings:
            record = self.program.readings.get(name)
            if record is None or choice not in record.choices:
                continue
            point = self.say.label(self.say.names.wording(record.label, name))
            chosen = self.say.label(self.say.names.wording(record.labels[record.choices.index(choice)], choice))
            found.append(self.pick(f"解釈が分かれる点：{point} ― 「{chosen}」と読むとき",
                                   f"Contested: {point} — read as \"{chosen}\""))  # fmt: skip
        return found

    def interval(self) -> str:
        v = self.program.versions[self.first.version]
        return plain_interval(self.say, v)

    def setting(self) -> list[str]:
        """Return for what the norm stands: one each of something, and who bears it."""
        if self.norm is None:
            return []
        bearer = self.say.kind(self.norm.kind)
        found = [self.pick(f"名宛人：{bearer}", f"Addressee: {bearer}")]
        if self.norm.modality not in _ADDRESSED or self.label().endswith(_OF_AUTHORITY):
            # A power, and a duty of the authority, is recorded of whom or what it concerns; a right has nobody it is addressed to.
            found = [self.pick(f"対象：{bearer}", f"Concerning: {bearer}")]
        if self.norm.instances is not None:
            each = self.say.kind(self.norm.instances.kind)
            found.append(self.pick(f"{each}ごとに", f"for each {each}"))
        return found

    def bases(self) -> list[core.Clause]:
        """Return the rules that are no exception to another one here, those another yields to before it."""
        found = [c for c in self.rules if c.role not in ("add", "close") and not self.overridden(c)]
        return sorted(
            found, key=lambda c: (c.role == "presume", c.role != "deem", any(t in self.ids for t in c.yields_to))
        )

    def stands_alone(self, clause: core.Clause) -> bool:
        """Say whether a clause overrides another one here on its own condition alone (にかかわらず)."""
        return any(t in self.ids for t in clause.notwithstanding) and not clause.proviso_to

    def overridden(self, clause: core.Clause) -> list[str]:
        return [t for t in (*clause.proviso_to, *clause.notwithstanding) if t in self.ids]

    def norm_words(self, norm: core.Norm) -> list[str]:
        """Return what a norm that applies says: that it does, the amount, the day, towards whom."""
        table = wording.STATUS[modality(norm)]
        able = next((table[s].actual for s in ("available", "arises") if s in table), None)
        found = [pick(able or _APPLIES.get(norm.modality, _APPLIES["duty"]), self.say.lang)]
        if norm.form == "do" and norm.done is not None:
            act = self.say.phrase(self.inner(norm.done), norm.version)
            dated = str(self.say.names.type_of(self.inner(norm.done))) == "date"
            words = self.pick("履行の日", "Performed on") if dated else self.pick("すること", "To do")
            if norm.modality == "power":
                words = self.pick("行使の日", "Exercised on") if dated else self.pick("行使", "Exercise")
            found.append(f"{words}{self.pick('：', ': ')}{act}")
        if norm.content is not None:
            amount = self.say.phrase(norm.content, norm.version)
            found.append(self.pick(f"額・数量：{amount}", f"Amount: {amount}"))
        if norm.due is not None:
            due = self.say.phrase(norm.due, norm.version)
            found.append(self.pick(f"期限：{due}", f"Due: {due}"))
        elif norm.promptness is not None:
            found.append(self.pick("期限：", "Due: ") + pick(wording.PROMPTNESS[norm.promptness], self.say.lang))
        towards = self.say.names.said(norm.towards)
        if towards is not None:
            found.append(self.pick(f"相手方：{towards.ja}", f"To: {towards.en}"))
        return found

    @staticmethod
    def inner(expr: core.Expr) -> core.Expr:
        """Return the act of a norm: of `has an act`, the act."""
        while isinstance(expr, core.Call) and expr.op in ("has", "not") and len(expr.args) == 1:
            expr = expr.args[0]
        return expr

    def title(self) -> str:
        """Return what is decided: of a norm, with its kind where its name does not tell."""
        title = self.label()
        if self.norm is None:
            return title
        sort = pick(wording.MODALITY[modality(self.norm)], self.say.lang)
        told = title.endswith(sort.rpartition("の")[2]) if self.say.lang == "ja" else title.startswith(sort)
        return title if told else title + self.pick(f"（{sort}）", f" ({sort})")

    def places(self) -> str:
        """Return where it is decided."""
        places = list(dict.fromkeys(self.cite(c) for c in self.clauses if c.resolves == self.key))
        more = self.pick(" ほか", " and others") if len(places) > 3 else ""
        return self.pick("・", "; ").join(places[:3]) + more + (self.interval() if self.dated else "")

    def worth(self, clause: core.Clause, expr: core.Expr | None = None) -> str:
        """Return what a clause comes to, in words."""
        expr = clause.outcome if expr is None else expr
        if expr is None:
            return ""
        return self.say.holds(expr, clause.version) if self.truth else self.say.phrase(expr, clause.version)


def modality(norm: core.Norm) -> str:
    """Return the modality of a norm as the words of answers name it."""
    return "must_contain" if norm.modality == "term" else norm.modality


def plain_interval(say: Conditions, v: core.Version) -> str:
    """Return when a version is in force, in brackets."""
    start = _moment_words(say, v.start)
    if v.end is None:
        return say.say(f"（{start}から）", f" (from {start})")
    end = _moment_words(say, v.end)
    return say.say(f"（{start}から{end}の前日まで）", f" (from {start} until the day before {end})")


def _moment_words(say: Conditions, moment: str) -> str:
    if "/" not in moment:
        return moment
    record = say.program.commencements.get(moment)
    label = say.label(say.names.wording(record.label, moment)) if record else moment
    return say.say(f"「{label}」（日は未定）", f'"{label}" (day not fixed)')

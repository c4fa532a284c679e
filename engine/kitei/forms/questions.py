"""What may be asked about each kind of entity, in words: the one list that forms, templates and the schema are written from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kitei.amounts import EXAMPLES, TYPES
from kitei.citing import Citer
from kitei.intake.layout import NO, NONE, YES
from kitei.wording import Lang, Pair
from kitei.world import Program
from kitei_dsl.core import Attribute, Enumeration, Role, Wording
from kitei_dsl.frozen import Frozen
from kitei_dsl.typesystem import CALENDARS, parse_type

EVIDENCE: dict[str, Pair] = {
    "fact": ("事実", "fact"),
    "evaluation": ("評価", "evaluation"),
    "act": ("当局の行為", "act of an authority"),
}


class Question(Frozen):
    """One thing that may be told of an entity of a kind: a fact (`attribute`) or a list of others (`role`).

    `name` and `alias` are what it may be called; `type` its type and unit; `choices` what may be written; `cite` where it is
    defined. `asked`: it has a question of its own, and is not only the other side of one.
    """

    kind: str
    name: str
    alias: str
    label: Wording
    question: Wording
    type: Wording
    choices: Wording
    evidence: Wording
    cite: Wording
    attribute: Attribute | None = None
    role: Role | None = None

    @property
    def asked(self) -> bool:
        return bool(self.question.ja or self.question.en)

    def called(self, lang: Lang | None) -> str:
        """Its name as the reader of a language writes it."""
        return self.name if lang == "en" else self.alias or self.name


def questions(program: Program, kind: str, matter: frozenset[str] | None = None) -> list[Question]:
    """Return what may be told of a kind, in the order of the vocabulary; `matter`: only what is named there."""
    citer = Citer(program)
    enumerations = {e.name: e for e in program.core.enumerations}
    found = [_fact(a, citer, enumerations) for a in program.core.attributes if a.kind == kind]
    found += [_list(r, program) for r in program.core.roles if r.of_kind == kind]
    return [q for q in found if matter is None or q.name in matter]


def sides(program: Program, role: Role) -> bool:
    """Say whether a relation is told from this side: the side with a question, else the side of many, else the first."""
    other = program.roles[role.inverse]
    rank = [(bool(r.question.ja or r.question.en), r.many) for r in (role, other)]
    if rank[0] != rank[1]:
        return rank[0] > rank[1]
    return list(program.roles).index(role.name) < list(program.roles).index(other.name)


def _fact(a: Attribute, citer: Citer, enumerations: dict[str, Enumeration]) -> Question:
    t = parse_type(a.type)
    cite = Wording("、".join(citer.ja(c) for c in a.cites), ", ".join(citer.en(c) for c in a.cites))
    type_words = TYPES.get(t.name, Wording(t.name, t.name))
    bounds = [*(f"{a.low} ≤" for _ in [0] if a.low is not None), *(f"≤ {a.high}" for _ in [0] if a.high is not None)]
    if bounds:
        type_words = Wording(f"{type_words.ja}（{'、'.join(bounds)}）", f"{type_words.en} ({', '.join(bounds)})")
    return Question(
        a.kind, a.name, a.alias, a.label, a.question, type_words, _choices(a, enumerations),
        Wording(*EVIDENCE[a.evidence]), cite, attribute=a,
    )  # fmt: skip


def _choices(a: Attribute, enumerations: dict[str, Enumeration]) -> Wording:
    t = parse_type(a.type)
    if t.name == "truth":
        words = Wording(f"{YES[0]}・{NO[0]}", f"{YES[1]}, {NO[1]}")
    elif t.name == "enum":
        listed = enumerations[str(t.of)]
        ja = "、".join(f"{n}（{w.ja or n}）" for n, w in _named(listed, "ja"))
        en = ", ".join(f"{n} ({w.en or n})" for n, w in _named(listed, "en"))
        words = Wording(ja, en)
    elif t.name in EXAMPLES:
        example = EXAMPLES[t.name]
        words = Wording(f"例 {example.ja}", f"for example {example.en}")
    elif t.name == "date":
        words = Wording("例 2026-11-22", "for example 2026-11-22")
    elif t.name == "entity":
        words = Wording(f"{t.of} の呼び名", f"the id of a {t.of}")
    elif t.name == "calendar":
        words = Wording("、".join(CALENDARS), ", ".join(CALENDARS))
    else:
        words = Wording("例 3 months", "for example 3 months")
    if not a.optional:
        return words
    return Wording(f"{words.ja}。なければ「{NONE[0]}」", f"{words.en}; `{NONE[1]}` if there is none")


def _named(listed: Enumeration, lang: Lang) -> Iterator[tuple[str, Wording]]:
    for n, value in enumerate(listed.values):
        yield (listed.aliases[n] or value) if lang == "ja" else value, listed.labels[n]


def values_of(listed: Enumeration, lang: Lang | None) -> Iterable[str]:
    """The values of a list as they are written in a language (in both: the Japanese ones)."""
    return [name for name, _ in _named(listed, "en" if lang == "en" else "ja")]


def _list(r: Role, program: Program) -> Question:
    kind = program.kinds[r.kind]
    ja, en = kind.alias or kind.label.ja or kind.name, kind.name
    type_words = Wording(f"{ja}の一覧", f"list of {en}") if r.many else Wording(ja, en)
    choices = (
        Wording(f"{ja}の呼び名を「、」で区切る", f"ids of {en}, separated by commas")
        if r.many
        else Wording(f"{ja}の呼び名", f"the id of a {en}")
    )
    return Question(
        r.of_kind, r.name, r.alias, r.label, r.question, type_words, choices, Wording("一覧", "list"), Wording(), role=r
    )

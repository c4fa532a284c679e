"""Facts of a case: the records that reading makes of them, and the words in which they are written.

`Facts` holds records by entity and attribute, and members by entity and role. Deliberately not here: reading (`facts_read`),
and which record is in sight on a day (`sight`, and again in `replay`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from kitei.values import Entity, Value
from kitei_dsl.core import Wording
from kitei_dsl.frozen import Frozen, field, replace

SCHEMA = "kitei/facts@1"
#: The fields of a stated fact, and those in it that say where it comes from, in the order they are joined.
STATED = ("value", "from", "to", "recorded", "corrects", "source", "assessor", "reason", "note")
REMARKS = ("source", "assessor", "reason", "note")
#: Words for a value that may be absent and is, and for one nobody knows.
ABSENT = ("none", "なし")
#: How a truth may be written: as YAML spells it, or in words.
TRUTHS = {
    **dict.fromkeys(("true", "True", "TRUE", "yes", "Yes", "YES", "はい"), True),
    **dict.fromkeys(("false", "False", "FALSE", "no", "No", "NO", "いいえ"), False),
}
#: What is not the name of a member but says that all are listed.
EVERYTHING = ("全部", "すべて", "全て", "all", "complete")
UNKNOWN = ("unknown", "不明")


class Record(Frozen):
    """One stated fact: `value` None means stated to be absent. Holds on [start, end); None is unbounded.

    `recorded` None: known from the beginning. `corrects`: it replaces other records of the same days. `said` are the
    source, assessor, reason and note as given, `source` all of them in one text.
    """

    value: Value | None
    start: date | None
    end: date | None
    recorded: date | None
    corrects: bool
    source: str
    line: int
    said: tuple[tuple[str, str], ...] = ()


class Members(Frozen):
    """Members a role gives: entity ids in the order of the file; complete only if said to be."""

    ids: tuple[str, ...]
    complete: bool


class MadeFor(Frozen):
    """What a form was made for: names of norms or terms, and the world whose law was looked through. It says nothing of the
    case and narrows no answer; `kitei facts check` and `kitei ask` begin with it."""

    goals: tuple[str, ...] = ()
    world: str = ""


class Facts(Frozen):
    """The facts of a case. `digest` is of the bytes read."""

    file: str
    digest: str
    as_of: date | None
    subject: str | None
    kinds: dict[str, str]
    names: dict[str, Wording]
    records: dict[tuple[str, str], tuple[Record, ...]]
    members: dict[tuple[str, str], Members]
    lines: dict[str, int] = field(default_factory=dict)
    #: title, note and sources of the file, as given
    about: dict[str, str] = field(default_factory=dict)
    made_for: MadeFor = MadeFor()
    #: whether they came in an Excel form, and how many places say that an answer is unknown
    form: bool = False
    left_out: int = 0

    def entity(self, id: str) -> Entity:
        return Entity(self.kinds[id], id)

    def of_kind(self, kind: str) -> Iterator[str]:
        """Give the ids of the entities of a kind, in the order of the file."""
        return (id for id, k in self.kinds.items() if k == kind)


def as_json(facts: Facts) -> str:
    """Return a stable JSON text of what was read, without where it stood: equal for equal content."""
    records = {f"{i}.{a}": [repr(replace(r, line=0)) for r in rs] for (i, a), rs in sorted(facts.records.items())}
    data = {
        "as_of": str(facts.as_of),
        "subject": facts.subject,
        "about": facts.about,
        "made_for": [list(facts.made_for.goals), facts.made_for.world],
        "kinds": facts.kinds,
        "names": {i: [n.ja, n.en] for i, n in facts.names.items()},
        "records": records,
        "members": {f"{i}.{r}": [list(m.ids), m.complete] for (i, r), m in sorted(facts.members.items())},
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True)

"""What a paragraph came from, and its digest: the records of the rules, one by one, in one language.

Comes in: a program. Goes out: a digest for a key, and for several; `rests` says which versions what was run rests on. A key is `<sort>:<id>`:

    heading: plain:<version>   its heading, our plain statement   dates:<version>   since when, until when, grade
    rules:<version>     all its rules, whatever they say
    marks:<version>     the official phrases it stands on      text:<version>    loaded official words
    clause: norm: sanction: slot: saving:<id>                  parameter:<name|version>
    number:<name|version>      the number a text of the version names, wherever it is fixed
    word:<name>         label and question of a name           instrument: commencement: world: reading:<id>
    case: answer: guide:<id>                                   what was run, or is declared for the site
    given:<id>                 the facts a case gives

A record's digest leaves out where it stands in a file, and words of the other language: moving a line or mending the
English makes no Japanese paragraph stale. Deliberately not here: which paragraphs there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from typing import Any

from kitei.wording import Lang
from kitei.world import Program
from kitei_dsl import core
from kitei_dsl.codec import canonical, stated
from kitei_dsl.frozen import Struct, field_names

#: Fields that say nothing a reader is told: places in files, digests of the whole, marks (they have their own key).
_LEFT_OUT = ("place", "digest", "text_digest", "marks")
#: Hexadecimal digits of a digest on a page.
LENGTH = 24


def short(text: str) -> str:
    """Return the digest of a text as pages carry it."""
    return sha256(text.encode()).hexdigest()[:LENGTH]


class Origins:
    """The digests of one program in one language; `extra` are those of what was run or declared, by key."""

    def __init__(
        self, program: Program, lang: Lang, extra: Mapping[str, str], rests: Mapping[str, tuple[str, ...]]
    ) -> None:
        self.program, self.lang, self.extra, self.rests = program, lang, extra, rests
        self._found: dict[str, str] = {}

    def digest(self, key: str) -> str:
        """Return the digest of what a key names, empty where there is no such thing."""
        if key not in self._found:
            self._found[key] = self.extra.get(key) or self._digest(key)
        return self._found[key]

    def together(self, keys: Iterable[str]) -> str:
        """Return one digest of several origins."""
        return short(canonical([[key, self.digest(key)] for key in keys]))

    def rules(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Return the versions (`address@start`) keys belong to, else the keys themselves, each once."""
        return tuple(dict.fromkeys(v for key in keys for v in self.rests.get(key) or (self.version(key) or key,)))

    def version(self, key: str) -> str:
        """Return the version a key belongs to, or nothing."""
        sort, _, id = key.partition(":")
        if sort in ("heading", "plain", "dates", "marks", "text", "rules"):
            return id
        if sort == "parameter":
            return id.partition("|")[2]
        if sort == "number":
            number = self._number(id)
            return number.version if number is not None else ""
        if sort in ("clause", "norm", "sanction", "slot", "saving"):
            return id.partition("#")[0]
        return ""

    # ------------------------------------------------------------------ digests
    def _digest(self, key: str) -> str:
        sort, _, id = key.partition(":")
        data = self._data(sort, id)
        return "" if data is None else short(canonical(data))

    def _data(self, sort: str, id: str) -> Any:
        version = self.program.versions.get(id)
        match sort:
            case "heading" | "plain" if version is not None:
                return self._in_language(stated(version.heading if sort == "heading" else version.plain))
            case "dates" if version is not None:
                return [version.start, version.promulgated, version.end, version.end_promulgated, version.grade]
            case "rules" if version is not None:
                return version.digest
            case "number":
                number = self._number(id)
                return None if number is None else self._in_language(stated(number))
            case "marks" if version is not None:
                return [[m.part, m.address, m.phrase] for m in self._marks.get(id, ())]
            case _:
                record = self._records.get(f"{sort}:{id}")
                return None if record is None else self._in_language(stated(record))

    def _number(self, id: str) -> core.ParameterValue | None:
        name, _, version = id.partition("|")
        return self.program.parameter(name, version)

    @cached_property
    def _records(self) -> dict[str, Any]:
        """Return every record that has a key of its own."""
        of = self.program.core
        named: Iterator[tuple[str, Any]] = (
            (f"{sort}:{record.id}", record)
            for sort, records in (
                ("clause", of.clauses), ("norm", of.norms), ("sanction", of.sanctions), ("slot", of.slots), ("saving", of.savings),
                ("instrument", of.instruments), ("commencement", of.commencements),
            )
            for record in records
        )  # fmt: skip
        words = (of.attributes, of.roles, of.terms, of.norm_names, of.kinds, of.enumerations)
        return {
            **{f"word:{r.name}": _worded(r) for records in words for r in records},
            **{f"world:{w.name}": w for w in of.worlds},
            **{f"reading:{r.name}": r for r in of.readings},
            **{f"parameter:{p.name}|{p.version}": p for p in of.parameters},
            **dict(named),
        }

    @cached_property
    def _marks(self) -> dict[str, list[core.Mark]]:
        found: dict[str, list[core.Mark]] = {}
        of = self.program.core
        for records in (of.clauses, of.slots, of.parameters, of.norms, of.sanctions, of.savings):
            for record in records:
                found.setdefault(record.version, []).extend(record.marks)
        return found

    def _in_language(self, data: Any) -> Any:
        """Leave out what is not said in the language: the other language, unless it stands in for a missing one."""
        if isinstance(data, dict):
            if data and set(data) <= {"ja", "en"}:
                return data.get(self.lang) or next(iter(data.values()))
            return {k: self._in_language(v) for k, v in data.items() if k not in _LEFT_OUT}
        return [self._in_language(x) for x in data] if isinstance(data, list) else data


def _worded(record: Any) -> Any:
    """Return what pages say of a name: labels, questions, listed values; not how it is declared."""
    said = ("name", "alias", "label", "labels", "values", "question", "note", "evidence")
    return (
        tuple(getattr(record, name) for name in field_names(record) if name in said)
        if isinstance(record, Struct)
        else record
    )


def of_expression(version: str, *expressions: core.Expr | None) -> tuple[str, ...]:
    """Return the keys of the names and numbers that expressions of a version mention, in order, each once."""
    found: dict[str, None] = {}
    for expr in expressions:
        if expr is None:
            continue
        for _, part in core.walk(expr, ""):
            match part:
                case core.Fact():
                    found[f"word:{part.attribute}"] = None
                case core.Use() if not part.resolves.startswith(("slot:", "norm:", "fill:")):
                    found[f"word:{part.resolves.partition('@')[0]}"] = None
                case core.Parameter():
                    found[f"number:{part.name}|{version}"] = None
                case core.Slot():
                    found[f"slot:{part.slot}"] = None
                case core.Literal() if part.type.startswith("enum:"):
                    found[f"word:{part.type.partition(':')[2]}"] = None
    return tuple(found)

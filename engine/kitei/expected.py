"""The lines of an `expect` fence: what each says must come out, and whether it did.

Comes in: a line, an answer and the program it was answered from. Goes out: nothing where the answer agrees, else what was
found, in both languages, in the words the pages use. A line may be typed with full-width signs and digits; names may be the
Japanese ones, amounts written as in facts (3000万円, 5億円). Deliberately not here: fences, headings, running a case (`cases`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from kitei import askable, wording
from kitei.amounts import exact
from kitei.document import line_of, plain
from kitei.naming import Names
from kitei.phrases import Phrases
from kitei.replies import NO, YES, day
from kitei.wording import LANGS, pick
from kitei.world import Program
from kitei_dsl.core import Wording
from kitei_dsl.diagnostics import near

#: Signs and digits of a Japanese keyboard as those a line is read from; 、 parts the entries of a list.
_NARROW = {ord(w): ord(w) - 0xFEE0 for w in "＝：，（）＠＃．％／－０１２３４５６７８９"} | {
    ord("　"): " ",
    ord("、"): ", ",
}
#: What may be said of a norm beside its status, and the Japanese of it.
_PARTS = {
    "due": "due",
    "期限": "due",
    "amount": "amount",
    "額": "amount",
    "performed": "performed",
    "履行": "performed",
}
_SAID = "|".join(_PARTS)
_NORM = re.compile(rf"(\S+) of (\S+?)(?: for (\S+))?:\s*([a-z-]+|[^\x00-\x7f][^,:]*?)((?:,\s*(?:{_SAID})\s*[^:]+?)*)$")
_PART = re.compile(rf",\s*(?=(?:{_SAID})\s*\S)")
#: What parts the printed words of a status into those that may stand for it.
_SEGMENT = re.compile(r"[()（）・。、,]+")
_TERM = re.compile(r"(\S+) of (\S+) = (.+)$")
_FINDING = re.compile(r"finding (\S+) (\S+) of (\S+)$")
_STATES = ("gap", "absent", "contested")

Found = tuple[dict[str, Any] | None, Wording | None]


def same(text: str) -> Wording:
    """Return a text that is the same in both languages."""
    return Wording(text, text)


FORM = Wording(
    "読み取れる行。例：`名 of 呼び名 = 値`、`名 of 呼び名: outstanding, due 2027-05-17`",
    "a line that can be read, such as `NAME of ENTITY = VALUE` or `NAME of ENTITY: outstanding, due 2027-05-17`",
)


def narrowed(line: str) -> str:
    """Return a line with full-width signs and digits narrowed, and one space on each side of `=`."""
    line = line.translate(_NARROW).rstrip()
    return re.sub(r"^(\S+ of [^\s=]+)\s*=\s*", r"\1 = ", line)


class Lines:
    """The lines of one fence about one program; `asked` are the norms and terms they name, `compare` reads them one by one."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.norms, self.terms = program.spelled_norms, program.spelled_terms
        self.items = {s: a.name for a in program.attributes.values() for s in (a.name, a.alias) if s}
        self.items |= {s: r.name for r in program.roles.values() for s in (r.name, r.alias) if s}
        self.answer: dict[str, Any] = {}

    def asked(self, lines: Iterable[str]) -> tuple[str, ...]:
        """Return the norms, then the terms, that the lines name, by their identifiers."""
        read = [narrowed(line) for line in lines if not line.startswith((" ", "\t"))]
        norms = [self.norms.get(m[1], m[1]) for line in read if not _FINDING.match(line) and (m := _NORM.match(line))]
        terms = [self.terms.get(m[1], m[1]) for line in read if not _FINDING.match(line) and (m := _TERM.match(line))]
        return tuple(dict.fromkeys([*norms, *terms]))

    # ------------------------------------------------------------------ a line about an entry
    def compare(self, line: str, answer: dict[str, Any]) -> Found:
        """Return the entry a line is about and, where the answer differs, what was found; or what is wrong with the line."""
        self.answer = answer
        line = narrowed(line)
        if m := _FINDING.match(line):
            return None, self.finding(m[1], self.terms.get(m[2], self.norms.get(m[2], m[2])), self.entity(m[3]))
        if m := _TERM.match(line):
            return self.term(m)
        if m := _NORM.match(line):
            return self.norm(m)
        return None, FORM

    def readable(self, line: str) -> bool:
        """Say whether a line is one that can be compared."""
        return any(pattern.match(narrowed(line)) for pattern in (_FINDING, _TERM, _NORM))

    def entity(self, name: str) -> str:
        """Return the id of an entity, which may be called by its name in either language."""
        entities = self.answer["data"]["entities"]
        named = [id for id, e in entities.items() if name in (e["ja"], e["en"])]
        return named[0] if name not in entities and len(named) == 1 else name

    def finding(self, kind: str, name: str, subject: str) -> Wording | None:
        found = [(f["kind"], f["term"].partition("@")[0], f["subject"]) for f in self.answer["data"]["findings"]]
        if (kind, name, subject) in found:
            return None
        told = ", ".join(f"{k} {t} of {s}" for k, t, s in found)
        return Wording(f"記録されたもの：{told or 'なし'}", f"recorded: {told or 'nothing'}")

    def norm(self, m: re.Match[str]) -> Found:
        name, bearer, instance = self.norms.get(m[1], m[1]), self.entity(m[2]), m[3] and self.entity(m[3])
        rows = [r for r in self.answer["data"]["norms"] if r["name"] == name and r["bearer"] == bearer]
        pairs = [(r, i) for r in rows for i in r["instances"] if instance is None or i["instance"] == instance]
        if not pairs:
            return None, self.no_norm(m, name, bearer, instance)
        wanted = m[4] if m[4].isascii() else statuses(m[4], pairs[0][0]["modality"])
        if isinstance(wanted, list):
            if len(wanted) != 1:
                return pairs[0][1], _unclear(m[4], wanted)
            wanted = wanted[0]
        row, entry = next((p for p in pairs if p[1]["status"] == wanted), pairs[0])
        if entry["status"] != wanted:
            return entry, self.status(row, entry)
        for part in filter(None, _PART.split(m[5])):
            said = re.match(_SAID, part.strip(", "))
            assert said is not None
            word, expected = _PARTS[said[0]], part.strip(", ")[said.end() :]
            found = _content(entry) if word == "amount" else entry[word]
            sort = "yen" if word == "amount" else "date"
            if not equal(expected.strip(), found, sort):
                return entry, self.part(word, found, sort)
        return entry, None

    def no_norm(self, m: re.Match[str], name: str, bearer: str, instance: str | None) -> Wording | None:
        """Return what is found of a norm that the answer does not have: nothing wrong where the line says that it is not in
        force and it stands in a bill only, which the world asked does not count."""
        waiting = askable.norm_of_no_law_yet(self.program, self.answer, name)
        entities = self.answer["data"]["entities"]
        kind = self.program.norm_names[name].kind if waiting else ""
        if (
            not waiting
            or entities.get(bearer, {}).get("kind") != kind
            or not (instance is None or instance in entities)
        ):
            return self.no_such(m[0].partition(":")[0], self.listed())
        modality = next(n.modality for n in self.program.core.norms if n.name == name)
        if "not-in-force" in ([m[4]] if m[4].isascii() else statuses(m[4], modality)) and not m[5]:
            return None
        missing = Wording(
            "施行されていない。現行法にはないと述べるなら`not-in-force`と書く", "not in force; to say that current law does not have it, write `not-in-force`"
        )  # fmt: skip
        return self.with_worlds(missing, waiting)

    def term(self, m: re.Match[str]) -> Found:
        name, subject = self.terms.get(m[1], m[1]), self.entity(m[2])
        entry = next((t for t in self.answer["data"]["terms"] if t["name"] == name and t["subject"] == subject), None)
        if entry is None:
            known = [f"{t['name']} of {t['subject']}" for t in self.answer["data"]["terms"]]
            return None, self.no_such(f"{m[1]} of {m[2]}", known or self.listed())
        return entry, None if self.agrees(m[3].strip(), entry) else self.result(entry)

    def listed(self) -> list[str]:
        return sorted({f"{r['name']} of {r['bearer']}" for r in self.answer["data"]["norms"]})

    def no_such(self, wanted: str, known: list[str]) -> Wording:
        hint = near(wanted, known)
        told = "、".join(known)
        guess = "、".join(re.findall(r"`[^`]*`", hint))
        return Wording(
            f"答えに`{wanted}`はありません"
            + (f"。{guess}のことではありませんか" if guess else f"（あるのは：{told or 'なし'}）"),
            f"the answer has no `{wanted}`; " + (hint or f"it has: {', '.join(known) or 'nothing'}"),
        )

    # ------------------------------------------------------------------ values
    def agrees(self, expected: str, entry: dict[str, Any]) -> bool:
        """Say whether a term came out as a value, a state, or open with these causes."""
        marks = {"(presumed)": entry.get("presumed", False), "(possible clash)": entry["possible_clash"]}
        for mark, found in marks.items():
            if (mark in expected) != found:
                return False
            expected = expected.replace(mark, "").strip()
        state, _, detail = expected.partition(":")
        sort = str(entry["unit"])
        if state == "open":
            return entry["state"] == "open" and self.causes_agree(detail, entry)
        if state.split()[:1] == ["clash"]:
            given = [w.strip(",") for w in re.sub(r"\s+yen\b", "yen", state.removeprefix("clash")).split()]
            if entry["state"] != "clash" or not given:
                return bool(entry["state"] == "clash")
            left = list(entry["values"])
            for text in given:
                match = next((v for v in left if equal(text, v, sort)), None)
                if match is None:
                    return False
                left.remove(match)
            return not left
        if state in _STATES:
            return bool(entry["state"] == state)
        return entry["state"] == "value" and equal(expected, entry["value"], sort)

    def causes_agree(self, detail: str, entry: dict[str, Any]) -> bool:
        wanted = {self.item(w) for part in detail.split(",") if (w := part.strip())}
        causes = {f"{c['kind']} {c['item']}" for c in entry["open"]} | {c["kind"] for c in entry["open"]}
        listed = wanted <= causes and (
            not wanted or {w.split()[0] for w in wanted} == {c["kind"] for c in entry["open"]}
        )
        items = [w for w in wanted if " " in w]
        return listed and (not items or len(items) == len(entry["open"]) or len(items) < len(wanted))

    def item(self, text: str) -> str:
        """Return an item, or a cause with its item, by identifiers: `fact 甲社.預り高` is `fact kou.custody`."""
        kind, space, item = text.rpartition(" ")
        subject, dot, name = item.partition(".")
        if not dot or "/" in item:
            return text
        return f"{kind}{space}{self.entity(subject)}.{self.items.get(name, name)}"

    # ------------------------------------------------------------------ what was found, in words
    def both(self, words: Any) -> Wording:
        """Return what a function of the phrases of a language writes, in both."""
        ja, en = (plain(line_of(words(Phrases(lang, False, self.program, self.answer)))) for lang in LANGS)
        return Wording(ja, en)

    def result(self, entry: dict[str, Any]) -> Wording:
        """Return how a term came out: its value with its unit, or why it has none and on what it waits."""
        names = Names(self.program, self.answer)
        unit = str(entry["unit"])
        sort = {"entity": "entity", "enum": "name", "calendar": "name"}.get(unit.partition(":")[0])
        result = {
            "state": entry["state"],
            "value": entry["value"],
            "values": entry["values"],
            "causes": entry["open"],
            "sort": sort,
        }
        shown = names.shown(result, unit)
        marks = [
            m for m, on in (("(presumed)", entry.get("presumed")), ("(possible clash)", entry["possible_clash"])) if on
        ]
        told = self.both(lambda p: p.shown(shown))
        items = self.items_of(entry)
        written = self.spelled(entry)
        if entry["state"] == "gap":
            told = self.with_worlds(told, askable.no_law_yet(self.program, self.answer))
        return Wording(*(" ".join(filter(None, (text + extra, written, *marks)))
                         for text, extra in ((told.ja, items.ja), (told.en, items.en))))  # fmt: skip

    def with_worlds(self, told: Wording, waiting: Iterable[askable.NoLawYet]) -> Wording:
        """Add of bills in which alone something stands that the world asked does not count them, and which worlds do."""
        for n in waiting:
            worlds = " / ".join(w.name for w in n.worlds) or f"{n.instrument.id}-enacted"
            write = (
                ""
                if n.worlds
                else f": `world {worlds} suppose {n.instrument.id} in force from {n.begins or 'YYYY-MM-DD'} end`"
            )
            told = Wording(
                f"{told.ja}（`{n.instrument.id}`は施行された法令でなく、この前提では数に入らない。`world {worlds}`を付けて尋ねる{write}）",
                f"{told.en} (`{n.instrument.id}` is no law in force and does not count in this world; ask with `world {worlds}`{write})",
            )
        return told

    def spelled(self, entry: dict[str, Any]) -> str:
        """Return how the result is written in a line, where it is not obvious."""
        if entry["state"] == "open":
            return "[open: " + ", ".join(f"{c['kind']} {c['item']}" for c in entry["open"]) + "]"
        if entry["state"] == "clash":
            return "[clash " + " ".join(entry["values"]) + "]"
        return f"[{entry['state']}]" if entry["state"] != "value" else f"[{entry['value']}]"

    def items_of(self, entry: dict[str, Any]) -> Wording:
        """Return what an open entry waits for, in words."""
        names = Names(self.program, self.answer)
        items = [names.item(c["item"]) for c in entry["open"] if c["kind"] in ("fact", "list", "slot", "unverified")]
        if not items:
            return Wording("", "")
        told = self.both(lambda p: p.items(items))
        return Wording(f"：{told.ja}", f": {told.en}")

    def status(self, row: dict[str, Any], entry: dict[str, Any]) -> Wording:
        """Return the status of a norm in the fixed words, with its identifier."""
        told = self.both(lambda p: p.status_of(row["modality"], entry["status"], entry["due"]))
        if entry["due"] and entry["due"] not in told.en:
            told = Wording(f"{told.ja}（期限 {entry['due']}）", f"{told.en} (due {entry['due']})")
        items = self.items_of(entry)
        return Wording(f"{told.ja}{items.ja} [{entry['status']}]", f"{told.en}{items.en} [{entry['status']}]")

    def part(self, word: str, found: str | None, sort: str) -> Wording:
        names = {"due": ("期限", "due"), "performed": ("履行の日", "performed"), "amount": ("額", "amount")}[word]
        if found is None or found == "none":
            return Wording(f"{names[0]}：{wording.NONE[0]} [none]", f"{names[1]}: {wording.NONE[1]} [none]")
        if sort == "yen" and re.fullmatch(r"-?\d+(/\d+)?", found):
            told = self.both(lambda p: p.value(found, "yen", None))
            return Wording(f"{names[0]}：{told.ja}", f"{names[1]}: {told.en}")
        return Wording(f"{names[0]}：{found}", f"{names[1]}: {found}")

    # ------------------------------------------------------------------ a line under an entry
    def attached(self, line: str, entry: dict[str, Any]) -> Wording | None:
        """Compare an indented line with the entry above it."""
        line = narrowed(line).strip()
        if line.startswith("cites "):
            return self.cites(line, entry)
        if line.startswith(("unproved by ", "would change ")) or line == "unmarked":
            return _marks(line, entry)
        settlement = _settlement(entry, self.answer)
        for words, verdict in _VERDICTS.items():
            if line.startswith(words):
                if settlement is None:
                    return Wording("判断できない点はありません", "nothing is open")
                items = [self.item(i) for i in re.split(r",\s*", line.removeprefix(words).strip()) if i]
                agreed = settlement["verdict"] == verdict and (
                    verdict == "cannot" or sorted(items) == sorted(settlement["items"])
                )
                return None if agreed else self.settled(settlement)
        return FORM

    def cites(self, line: str, entry: dict[str, Any]) -> Wording | None:
        grounds = {c["id"] for c in entry.get("because", entry.get("cite", []))} | {
            s["cite"]["id"] for s in entry.get("sanctions", [])
        }
        grounds |= {entry["saved_by"]["id"].partition("#")[0]} if "saved_by" in entry else set()
        missing = [a for a in re.split(r",\s*", line.removeprefix("cites ")) if a not in grounds]
        if not missing:
            return None
        listed = ", ".join(sorted(grounds))
        return Wording(f"根拠：{listed or 'なし'}", f"cites {listed or 'nothing'}")

    def settled(self, settlement: dict[str, Any]) -> Wording:
        items = ", ".join(settlement["items"])
        words = next(w for w, v in _VERDICTS.items() if v == settlement["verdict"])
        ja, en = (pick(wording.VERDICTS[settlement["verdict"]], lang) for lang in LANGS)
        return Wording(f"{ja} [{words} {items}]".replace(" ]", "]"), f"{en} [{words} {items}]".replace(" ]", "]"))


_VERDICTS = {"settled by": "will", "may be settled by": "may", "cannot be settled by facts": "cannot"}


def statuses(words: str, modality: str) -> list[str]:
    """Return the statuses of a kind of norm that some printed words, or a part of them (期限経過, 適合する), stand for."""
    if words in _OPEN:
        return [_OPEN[words]]
    wanted = set(filter(None, _SEGMENT.split(words)))
    found: dict[str, None] = {}
    for name, status in wording.STATUS["must_contain" if modality == "term" else modality].items():
        for printed, _ in (status.actual, status.hypothetical):
            if wanted <= set(_SEGMENT.split(printed)):
                found[re.sub("-(before|after|none|undated)$", "", name)] = None
    return list(found)


#: Statuses that are printed with their reasons, outside the table.
_OPEN = {"判断できない": "undetermined", "解釈が分かれる": "contested"}


def _unclear(words: str, found: list[str]) -> Wording:
    if not found:
        return Wording(
            f"`{words}`という状態はありません（印刷される言葉か、その一部を書いてください）",
            f"no status is printed `{words}`",
        )
    ids = ", ".join(found)
    return Wording(
        f"`{words}`だけでは状態が一つに決まりません（{ids}）", f"`{words}` stands for several statuses: {ids}"
    )


def _content(entry: dict[str, Any]) -> str:
    content = entry["content"]
    return "none" if content is None else content["value"] if content["state"] == "value" else content["state"]


def equal(expected: str, found: str | None, sort: str) -> bool:
    """Say whether a value as typed is the one found; `sort` is the type of the value."""
    if found is None:
        return expected in ("none", "なし")
    if expected == found:
        return True
    if sort == "truth":
        return found == ("true" if expected in YES else "false" if expected in NO else "")
    if sort == "date":
        return day(expected) == found
    number = exact(expected, sort)
    try:
        return number is not None and number == Fraction(found)
    except (ValueError, ZeroDivisionError):
        return False


def _marks(line: str, entry: dict[str, Any]) -> Wording | None:
    """Compare what is said of presumptions and of burdens."""
    unproved = entry.get("unproved", [])
    change = [f"{c['kind']} {c['item']}" for c in entry.get("would_change", [])]
    presumed = entry.get("presumed", False)
    found = same(f"unproved by {', '.join(unproved)}; would change {', '.join(change)}; presumed {presumed}")
    if line == "unmarked":
        return found if unproved or presumed else None
    wanted, told = (line[12:], unproved) if line.startswith("unproved by ") else (line[13:], change)
    return None if sorted(re.split(r",\s*", wanted.strip())) == sorted(told) else found


def _settlement(entry: dict[str, Any], result: dict[str, Any]) -> dict[str, Any] | None:
    for s in result["data"]["would_settle"] or ():
        goal = s["goal"]
        if "term" in goal and goal["term"] == entry.get("key") and goal["subject"] == entry.get("subject"):
            return dict(s)
        row = next((r for r in result["data"]["norms"] if entry in r["instances"]), None)
        if (
            row
            and goal.get("key") == row["key"]
            and goal["bearer"] == row["bearer"]
            and goal["instance"] == entry["instance"]
        ):
            return dict(s)
    return None

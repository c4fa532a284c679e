"""How much of each article is encoded, counted in official units.

Comes in: a compiled program, the labels of `coverage.toml` files, and, where given, a folder of official texts. Goes
out: `Coverage` by instrument and article, and diagnostics for labels that do not hold. A unit is a sentence of a
paragraph, item or sub-item: the whole of it where it has one, else main clause, proviso, first or second sentence. It is
encoded if a mark's phrase stands in it, or if a rule without marks is at its address; all else must be labelled. Texts
are read as of the day the instrument states (`text of`); supplementary provisions are not counted.
Deliberately not here: whether marks are right (`marks`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from kitei_dsl import core
from kitei_dsl.citation import Address, BadAddress, parse
from kitei_dsl.diagnostics import Diagnostic, diagnostic, near
from kitei_dsl.source import Source, Span
from kitei_dsl.texts import Text, load_texts

STATES = ("encoded", "non-operative", "fact", "not-encoded")
#: Kinds of wording that oblige, allow and define nothing by themselves.
NON_OPERATIVE = {
    "purpose": ("目的・趣旨", "statement of purpose"),
    "deleted": ("削除", "deleted"),
    "confirming": ("確認的な規定", "says again what holds anyway"),
    "internal": ("行政庁の内部の事務", "work within the authority"),
    "introductory": ("号を導く柱書", "lead that introduces items"),
    "form": ("様式・表題", "form or heading"),
}
UNLABELLED = "unlabelled"
#: The name of the file of labels in an instrument's folder.
FILE = "coverage.toml"


@dataclass(frozen=True, slots=True)
class Label:
    """What `coverage.toml` says of an address and all units at or below it."""

    address: Address
    state: str
    kind: str
    fact: str
    reason: core.Wording
    span: Span


@dataclass(frozen=True, slots=True)
class Unit:
    """An official unit and its state; `label` is what was declared of it."""

    address: str
    state: str
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """The units of an article in the order of the text."""

    address: str
    units: tuple[Unit, ...]

    def count(self, state: str) -> int:
        return sum(unit.state == state for unit in self.units)


@dataclass(frozen=True, slots=True)
class Coverage:
    """An instrument: its articles with a rule or a label, and how many articles and units there are beside them.

    `day` is that of the text, or empty where no text was loaded: then only what is declared is listed.
    """

    instrument: str
    day: str
    articles: tuple[Article, ...]
    other_articles: int = 0
    other_units: int = 0


@dataclass(slots=True)
class _Rules:
    """Where the rules of an instrument stand: phrases by address, and addresses of rules without a phrase."""

    phrases: list[tuple[Address, str, core.Version]] = field(default_factory=list)
    bare: list[tuple[Address, core.Version]] = field(default_factory=list)

    def on(self, day: str) -> _Rules:
        """Return those of versions in force on a day; a version without a fixed start is not yet."""
        phrases = [(a, phrase, v) for a, phrase, v in self.phrases if _in_force(v, day)]
        return _Rules(phrases, [(a, v) for a, v in self.bare if _in_force(v, day)])


def _in_force(version: core.Version, day: str) -> bool:
    ended = version.end is not None and "/" not in version.end and version.end <= day
    return "/" not in version.start and version.start <= day and not ended


def cover(program: core.Program, root: Path, texts: Path | None) -> tuple[list[Coverage], list[Diagnostic]]:
    """Return the coverage of every enacted instrument, and what is wrong with the labels below `root`."""
    found: list[Diagnostic] = []
    labels = [label for path in _files(root) for label in read_labels(path, root, program, found)]
    loaded = load_texts(texts) if texts is not None else {}
    rules = _rules(program)
    covered = []
    for instrument in program.instruments:
        own = [label for label in labels if label.address.instrument == instrument.id]
        standing = rules.get(instrument.id, _Rules())
        if instrument.status != "enacted" or not (own or standing.phrases or standing.bare):
            continue
        text = _text_of(loaded.get(instrument.egov, []), instrument.text_of)
        if text is None:
            covered.append(Coverage(instrument.id, "", _declared(standing, own)))
        else:
            covered.append(_counted(instrument.id, text, standing, own, found))
    return covered, found


# --------------------------------------------------------------------------- labels


def _files(root: Path) -> list[Path]:
    return sorted(root.rglob(FILE)) if root.is_dir() else []


def read_labels(path: Path, root: Path, program: core.Program, found: list[Diagnostic]) -> Iterator[Label]:
    """Read one file of labels; what is wrong with it goes to `found`."""
    name = path.relative_to(root).as_posix()
    try:
        source = Source(name, path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        found.append(diagnostic("unreadable-file", Span(Source(name, "\n"), 0, 1), reason="not UTF-8"))
        return
    try:
        entries = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        found.append(_bad(Span(source, 0, 1), name, f"no TOML: {error}"))
        return
    facts = {a.name: a for a in program.attributes}
    for key, entry in entries.items():
        start = max(source.text.find(f'"{key}"'), 0)
        span = Span(source, start, start + len(key) + 2)
        flaw = _flaw(key, entry, facts, {i.id for i in program.instruments})
        if flaw is not None:
            found.append(_bad(span, key, flaw))
            continue
        reason = entry.get("reason", {})
        wording = core.Wording(reason.get("ja", ""), reason.get("en", ""))
        yield Label(parse(key), entry["state"], entry.get("kind", ""), entry.get("fact", ""), wording, span)


def _bad(span: Span, address: str, reason: str) -> Diagnostic:
    return diagnostic("bad-coverage", span, law=address, address=address, reason=reason)


def _flaw(key: str, entry: Any, facts: Mapping[str, core.Attribute], instruments: set[str]) -> str | None:
    """Say what is wrong with an entry, or None."""
    try:
        address = parse(key)
    except BadAddress:
        return "no address"
    if address.instrument not in instruments:
        return f"unknown instrument; {near(address.instrument, instruments)}".rstrip("; ")
    if not isinstance(entry, dict) or not isinstance(entry.get("state"), str):
        return "no state"
    if entry["state"] not in STATES:
        return f"unknown state `{entry['state']}`; one of: {', '.join(STATES)}"
    known = {"state", "reason", "kind", "fact"}
    if set(entry) - known:
        return f"unknown field `{min(set(entry) - known)}`; one of: {', '.join(sorted(known))}"
    reason = entry.get("reason")
    told = isinstance(reason, dict) and set(reason) == {"ja", "en"} and all(map(_said, reason.values()))
    if (entry["state"] in ("encoded", "not-encoded") or reason is not None) and not told:
        return "no reason in both languages"
    if entry["state"] == "non-operative" and entry.get("kind") not in NON_OPERATIVE:
        return f"no kind; one of: {', '.join(NON_OPERATIVE)}"
    if entry["state"] == "fact":
        fact = facts.get(str(entry.get("fact")))
        if fact is None:
            return f"unknown fact; {near(str(entry.get('fact')), facts)}".rstrip("; ")
        if not (fact.question.ja and fact.question.en):
            return f"no question is asked for `{fact.name}`"
    return None


def _said(text: object) -> bool:
    return isinstance(text, str) and bool(text.strip())


# --------------------------------------------------------------------------- what is encoded


def _rules(program: core.Program) -> dict[str, _Rules]:
    """Collect, by instrument, the phrases of all marks and the places of rules without one."""
    found: dict[str, _Rules] = {}
    versions = {v.id: v for v in program.versions}
    groups: tuple[Iterable[Any], ...] = (
        (c for c in program.clauses if c.role != "norm"),
        *(program.norms, program.slots, program.parameters, program.sanctions, program.savings),
    )
    for record in chain.from_iterable(groups):
        for mark in record.marks:
            address = _parsed(mark.address)
            if address is not None:
                found.setdefault(address.instrument, _Rules()).phrases.append(
                    (address, mark.phrase, versions[record.version])
                )
        address = _parsed(versions[record.version].address)
        if not record.marks and address is not None:
            found.setdefault(address.instrument, _Rules()).bare.append((address, versions[record.version]))
    return found


def _parsed(text: str) -> Address | None:
    try:
        return parse(text)
    except BadAddress:
        return None


def _declared(rules: _Rules, labels: list[Label]) -> tuple[Article, ...]:
    """List what rules and labels say of addresses, for an instrument whose text was not loaded."""
    by_article: dict[str, dict[str, Unit]] = {}
    encoded = [
        (address, "encoded", None) for address in (*(a for a, _, _ in rules.phrases), *(a for a, _ in rules.bare))
    ]
    for address, state, label in (*((x.address, x.state, x) for x in labels), *encoded):
        by_article.setdefault(_article(address), {}).setdefault(str(address), Unit(str(address), state, label))
    return tuple(Article(a, tuple(u for _, u in sorted(units.items()))) for a, units in sorted(by_article.items()))


def _article(address: Address) -> str:
    return "/".join(str(address).split("/")[:2])


# --------------------------------------------------------------------------- units of a text


def _text_of(texts: list[Text], day: str) -> Text | None:
    """Return the text in force on the day the instrument states, else the latest."""
    until = [t for t in texts if not day or t.day.isoformat() <= day]
    return (until or texts)[-1] if texts else None


def _counted(instrument: str, text: Text, rules: _Rules, labels: list[Label], found: list[Diagnostic]) -> Coverage:
    """Count the units of a text."""
    rules = rules.on(text.day.isoformat())
    articles: dict[tuple[int, ...], list[Unit]] = {}
    touched: set[tuple[int, ...]] = set()
    held: set[Label] = set()
    for official in text.units():
        article = official.place.article or ()
        marked = any(phrase in official.words and official.within(a) for a, phrase, _ in rules.phrases)
        encoded = marked or any(official.is_at(a) for a, _ in rules.bare)
        own = [label for label in labels if official.within(label.address)]
        # The narrowest label speaks: that of an article gives way to that of a paragraph.
        label = max(own, key=lambda x: len(str(x.address).split("/")), default=None)
        held.update(own)
        address = str(official.at(instrument))
        if label is not None and encoded and label.state in ("not-encoded", "non-operative"):
            found.append(_bad(label.span, str(label.address), f"encoded at {address}"))
        state = "encoded" if encoded else UNLABELLED
        if label is not None and not encoded:
            state = label.state
        elif not encoded and official.words.strip() == "削除":
            state = "non-operative"
        if encoded or own:
            touched.add(article)
        articles.setdefault(article, []).append(Unit(address, state, None if encoded else label))
    for label in labels:
        if label not in held:
            found.append(_bad(label.span, str(label.address), f"no such unit in the text of {text.day.isoformat()}"))
    shown = tuple(
        Article(str(Address(instrument, None, a)), tuple(units)) for a, units in articles.items() if a in touched
    )
    others = [units for a, units in articles.items() if a not in touched]
    return Coverage(instrument, text.day.isoformat(), shown, len(others), sum(map(len, others)))

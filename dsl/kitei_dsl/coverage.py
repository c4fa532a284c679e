"""How much of each article is encoded, counted in official units.

Comes in: a compiled program, the labels of `coverage.toml` files, and a folder of official texts or the indexes of addresses kept
beside the law. Goes out: `Coverage` by instrument and article, and diagnostics for labels that do not hold. A unit is a sentence
of a paragraph, item or sub-item: the whole of it where it has one, else main clause, proviso, first or second sentence. It is
encoded if a mark's phrase stands in it, or if a rule without marks is at its address; all else must be labelled. By an index,
which has no words, a mark encodes the sentences of its own address; where that leaves open which sentence, a label decides.
Units are those of the day the instrument states (`text of`); supplementary provisions are not counted.
Deliberately not here: whether marks are right (`marks`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby
from pathlib import Path
from typing import Any

from kitei_dsl import core
from kitei_dsl.addresses import load_indexes
from kitei_dsl.citation import Address, BadAddress, parse
from kitei_dsl.diagnostics import Diagnostic, diagnostic, near
from kitei_dsl.frozen import Frozen, Struct, field, replace
from kitei_dsl.source import Source, Span
from kitei_dsl.texts import Text, load_texts
from kitei_dsl.texts import Unit as Official

STATES = ("encoded", "non-operative", "fact", "not-encoded", "out-of-scope")
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


class Reach(Frozen):
    """What a label stands for: an address with all below it, or a range of units of one level, both ends included.

    第三条から第六条まで reaches 3 to 6 with the branches between them, not 6-2, as the law counts.
    """

    first: Address
    last: Address | None = None

    def holds(self, unit: Official) -> bool:
        """Say whether a unit is at or below the address, or between the ends."""
        if self.last is None:
            return unit.within(self.first)
        above = self.first.parent()
        if above is None or not unit.within(above):
            return False
        cut = _cut(unit, self.first)
        return cut is not None and self.first.sort_key() <= cut.sort_key() <= self.last.sort_key()

    @property
    def within_articles(self) -> bool:
        """Say whether it is no range of whole articles: of such a range each article is in or out with all its sentences."""
        return self.last is None or self.first.paragraph is not None or self.first.item is not None

    @property
    def depth(self) -> tuple[int, bool]:
        """How narrow it is: the narrowest label of a unit speaks, an address before a range."""
        return len(str(self.first).split("/")), self.last is None


def _cut(unit: Official, like: Address) -> Address | None:
    """Return a unit's address down to the level of another, or None where it does not go so far down."""
    place = unit.place
    address = Address(like.instrument, place.supplement, place.article)
    if like.paragraph is not None or like.item is not None:
        address = replace(address, paragraph=place.paragraph if like.paragraph is not None else None)
    if like.item is not None:
        if not place.item:
            return None
        address = replace(address, item=place.item)
    if like.subitems:
        if len(place.subitems) < len(like.subitems):
            return None
        address = replace(address, subitems=place.subitems[: len(like.subitems)])
    return address


class Label(Frozen):
    """What `coverage.toml` says of addresses and ranges (`key` as written) and all units at or below them."""

    key: str
    reaches: tuple[Reach, ...]
    state: str
    kind: str
    fact: str
    reason: core.Wording
    span: Span

    @property
    def instrument(self) -> str:
        return self.reaches[0].first.instrument


def read_reaches(key: str) -> tuple[Reach, ...]:
    """Return what a key stands for: addresses and ranges (`psa/3..36_4`, `psa/107/i1..i11`) with commas between.

    Raises BadAddress; the message says what is wrong.
    """
    reaches = []
    for part in key.split(","):
        first, dots, last = part.strip().partition("..")
        start = parse(first)
        if not dots:
            reaches.append(Reach(start))
            continue
        end = parse(last if "/" in last else f"{start.parent()}/{last}")
        if end.parent() != start.parent() or _level(end) != _level(start) or end.sort_key() < start.sort_key():
            raise BadAddress(
                f"`{part.strip()}` is no range: both ends are units of one level in one unit, the first before the last"
            )
        reaches.append(Reach(start, end))
    if len({r.first.instrument for r in reaches}) > 1:
        raise BadAddress("one label is of one instrument")
    return tuple(reaches)


def _level(address: Address) -> tuple[bool, bool, bool, int, bool]:
    named = (address.article, address.paragraph, address.item)
    return (*(x is not None for x in named), len(address.subitems), address.part is not None)  # type: ignore[return-value]


class Unit(Frozen):
    """An official unit and its state; `label` is what was declared of it."""

    address: str
    state: str
    label: Label | None = None


class Article(Frozen):
    """The units of an article in the order of the text."""

    address: str
    units: tuple[Unit, ...]

    def count(self, state: str) -> int:
        return sum(unit.state == state for unit in self.units)


class Coverage(Frozen):
    """An instrument: its articles with a rule or a label, and how many articles and units there are beside them.

    `day` is that of the text, or empty where there is neither text nor index: then only what is declared is listed. `indexed`:
    the units are those of the index, without words. `other_units` counts those of the other articles that nobody labelled.
    """

    instrument: str
    day: str
    articles: tuple[Article, ...]
    other_articles: int = 0
    other_units: int = 0
    indexed: bool = False

    @property
    def unlabelled(self) -> int:
        """How many units have neither rule nor label, of all articles."""
        return self.other_units + sum(article.count(UNLABELLED) for article in self.articles)


class _Rules(Struct):
    """Where the rules of an instrument stand: phrases by address, and addresses of rules without a phrase."""

    phrases: list[tuple[Address, str, core.Version]] = field(default_factory=list)
    bare: list[tuple[Address, core.Version]] = field(default_factory=list)

    def on(self, day: str) -> _Rules:
        """Return those of versions in force on a day; a version without a fixed start is not yet."""
        phrases = [(a, phrase, v) for a, phrase, v in self.phrases if _in_force(v, day)]
        return _Rules(phrases, [(a, v) for a, v in self.bare if _in_force(v, day)])

    def near(self, supplement: str | None, article: tuple[int, ...] | None) -> _Rules:
        """Return those that can stand in an article."""
        return _Rules(
            [x for x in self.phrases if _near(x[0], supplement, article)],
            [x for x in self.bare if _near(x[0], supplement, article)],
        )


def _near(address: Address, supplement: str | None, article: tuple[int, ...] | None) -> bool:
    return address.supplement == supplement and address.article in (None, article)


def _in_force(version: core.Version, day: str) -> bool:
    ended = version.end is not None and "/" not in version.end and version.end <= day
    return "/" not in version.start and version.start <= day and not ended


def cover(program: core.Program, root: Path, texts: Path | None) -> tuple[list[Coverage], list[Diagnostic]]:
    """Return the coverage of every enacted instrument, and what is wrong with the labels below `root`."""
    found: list[Diagnostic] = []
    labels = [label for path in find_labels(root) for label in read_labels(path, root, program, found)]
    loaded = load_texts(texts) if texts is not None else {}
    indexes = load_indexes(root, program)[0] if texts is None else {}
    rules = _rules(program)
    covered = []
    for instrument in program.instruments:
        own = [label for label in labels if label.instrument == instrument.id]
        standing = rules.get(instrument.id, _Rules())
        if instrument.status != "enacted" or not (own or standing.phrases or standing.bare):
            continue
        text = _text_of(loaded.get(instrument.egov, []), instrument.text_of)
        index = indexes.get(instrument.id)
        if text is not None:
            covered.append(_counted(instrument.id, text.day.isoformat(), text.units(), standing, own, found))
        elif index is not None and index.days:
            day = ([d for d in index.days if not instrument.text_of or d <= instrument.text_of] or list(index.days))[-1]
            units = index.on(day).units()
            covered.append(_counted(instrument.id, day, units, standing, own, found, indexed=True))
        else:
            covered.append(Coverage(instrument.id, "", _declared(standing, own)))
    return covered, found


# --------------------------------------------------------------------------- labels


def find_labels(root: Path) -> list[Path]:
    """Return the files of labels below a folder."""
    return sorted(root.rglob(FILE)) if root.is_dir() else []


def labels_below(root: Path, program: core.Program) -> list[Label]:
    """Return the labels of every file below a folder; what is wrong with them is told by `cover`."""
    return [label for path in find_labels(root) for label in read_labels(path, root, program, [])]


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
        reaches = read_reaches(key)
        yield Label(key, reaches, entry["state"], entry.get("kind", ""), entry.get("fact", ""), wording, span)


def _bad(span: Span, address: str, reason: str) -> Diagnostic:
    return diagnostic("bad-coverage", span, law=address, address=address, reason=reason)


def _flaw(key: str, entry: Any, facts: Mapping[str, core.Attribute], instruments: set[str]) -> str | None:
    """Say what is wrong with an entry, or None."""
    try:
        address = read_reaches(key)[0].first
    except BadAddress as error:
        return f"no address: {error}"
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
    if (entry["state"] in ("encoded", "not-encoded", "out-of-scope") or reason is not None) and not told:
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
    """Collect, by instrument, the phrases of all marks and the places where no rule has one.

    The marks of a norm's condition are those of its clause. A rule without marks beside others that have some stands on the
    same words, so it says nothing more of its place.
    """
    found: dict[str, _Rules] = {}
    versions = {v.id: v for v in program.versions}
    groups: tuple[Iterable[Any], ...] = (
        *(program.clauses, program.norms, program.slots, program.parameters, program.sanctions, program.savings),
    )
    records = list(chain.from_iterable(groups))
    marked = {record.version for record in records if record.marks}
    for record in records:
        for mark in record.marks:
            address = _parsed(mark.address)
            if address is not None:
                found.setdefault(address.instrument, _Rules()).phrases.append(
                    (address, mark.phrase, versions[record.version])
                )
        address = _parsed(versions[record.version].address)
        if record.version not in marked and address is not None:
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
    for address, state, label in (*((r.first, x.state, x) for x in labels for r in x.reaches), *encoded):
        by_article.setdefault(_article(address), {}).setdefault(str(address), Unit(str(address), state, label))
    return tuple(Article(a, tuple(u for _, u in sorted(units.items()))) for a, units in sorted(by_article.items()))


def _article(address: Address) -> str:
    return "/".join(str(address).split("/")[:2])


# --------------------------------------------------------------------------- units of a text


def _text_of(texts: list[Text], day: str) -> Text | None:
    """Return the text in force on the day the instrument states, else the latest; copies without every level last."""
    texts = [t for t in texts if t.complete] or texts
    until = [t for t in texts if not day or t.day.isoformat() <= day]
    return (until or texts)[-1] if texts else None


def _counted(
    instrument: str, day: str, units: Iterable[Official], rules: _Rules, labels: list[Label], found: list[Diagnostic], *,
    indexed: bool = False,
) -> Coverage:  # fmt: skip
    """Count the units of a text, or of an index."""
    rules = rules.on(day)
    articles: dict[tuple[int, ...], list[Unit]] = {}
    touched: set[tuple[int, ...]] = set()
    #: Labels that say `fact` or `encoded` where all is encoded by a rule: the first such unit; empty where one is not.
    needless: dict[str, str] = {}
    met: set[tuple[str, Address]] = set()
    reaching = _reaching(labels)
    for (supplement, number), group in groupby(units, lambda u: (u.place.supplement, u.place.article)):
        article, there = number or (), list(group)
        here = [x for x in reaching if x[0].within_articles and _near(x[0].first, supplement, number)]
        whole = [x for x in reaching if not x[0].within_articles and x[0].holds(there[0])]
        standing = rules.near(supplement, number)
        for official in there:
            encoded, open_which = (_by_address if indexed else _by_words)(official, standing)
            own = [(depth, label) for reach, depth, label in here if reach.holds(official)]
            own += [(depth, label) for _, depth, label in whole]
            # The narrowest label speaks: that of an article gives way to that of a paragraph.
            label = max(own, key=lambda x: x[0], default=(None, None))[1]
            encoded = encoded or (open_which and label is None)
            met.update((x.key, end) for reach, _, x in (*here, *whole) for end in (reach.first, reach.last)
                       if end is not None and (x.key, end) not in met and official.within(end))  # fmt: skip
            address = str(official.at(instrument))
            if label is not None and encoded and label.state in ("not-encoded", "non-operative", "out-of-scope"):
                found.append(_bad(label.span, label.key, f"encoded at {address}"))
            elif label is not None:
                surely = encoded and _by_address(official, standing)[0]
                needless[label.key] = needless.get(label.key, address) if surely else ""
            state = "encoded" if encoded else UNLABELLED
            if label is not None and not encoded:
                state = label.state
            elif not encoded and official.words.strip() == "削除":
                state = "non-operative"
            if encoded or own:
                touched.add(article)
            articles.setdefault(article, []).append(Unit(address, state, None if encoded else label))
    for label in labels:
        ends = dict.fromkeys(end for r in label.reaches for end in (r.first, r.last) if end is not None)
        gone = [str(end) for end in ends if (label.key, end) not in met]
        if gone:
            one = "" if gone == [label.key] else f": {', '.join(gone)}"
            found.append(_bad(label.span, label.key, f"no such unit in the text of {day}{one}"))
        elif needless.get(label.key):
            found.append(_bad(label.span, label.key, f"encoded at {needless[label.key]}"))
    shown = tuple(
        Article(str(Address(instrument, None, a)), tuple(units)) for a, units in articles.items() if a in touched
    )
    others = [units for a, units in articles.items() if a not in touched]
    unlabelled = sum(unit.state == UNLABELLED for units in others for unit in units)
    return Coverage(instrument, day, shown, len(others), unlabelled, indexed)


def _reaching(labels: Iterable[Label]) -> list[tuple[Reach, tuple[int, bool], Label]]:
    """Return each reach of the labels with how narrow it is."""
    return [(reach, reach.depth, label) for label in labels for reach in label.reaches]


def _by_words(official: Official, rules: _Rules) -> tuple[bool, bool]:
    """Say whether a sentence is encoded, by the words of the marks."""
    marked = any(phrase in official.words and official.within(a) for a, phrase, _ in rules.phrases)
    return marked or any(official.is_at(a) for a, _ in rules.bare), False


def _by_address(official: Official, rules: _Rules) -> tuple[bool, bool]:
    """Say whether a sentence is surely encoded, by the addresses of the marks; and whether it may be: of several sentences
    of an address one has the phrase, and which is not known."""
    there = [a for a, _, _ in rules.phrases if official.is_at(a)]
    sure = any(a.part in ("main", "proviso", "s1", "s2") or not official.part for a in there)
    return sure or any(official.is_at(a) for a, _ in rules.bare), bool(there)

"""The page of a provision: all versions of a place, the one in force first, then what is to come, then former ones.

Comes in: the material, a language. Goes out: a `Page` a place. Deliberately not here: what single rules say (`rules`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kitei.document import Line, Run, plain
from kitei.site import page_words, parts, rule_words, words
from kitei.site.glossary import defined_at, used_here
from kitei.site.material import Material
from kitei.site.pages import Block, Listing, Page, Paragraph, Row, Said, Section, Table
from kitei.site.rules import Rules
from kitei.site.speech import Speech
from kitei.site.standing import Standing
from kitei.wording import Lang
from kitei_dsl import core
from kitei_dsl.citation import EGOV_ID

#: Examples shown on the page of one provision.
_MOST_EXAMPLES = 3
#: How words for persons end, whatever stands in brackets behind.
_PERSON = re.compile(r"(?:者|者等|人|社)(?:（.*）)?$")
#: With more links than these they are shown law by law.
_MOST_LINKS = 24


def provision_pages(material: Material, lang: Lang) -> Iterator[Page]:
    """Give the page of every place that is known on the day, in the law's order."""
    for address in material.law.places:
        yield _Provision(material, lang, address).page()


def path_of(address: str) -> str:
    """Return the path of the page of a place."""
    return f"provision/{parts.slug(address)}"


class _Provision:
    def __init__(self, material: Material, lang: Lang, address: str) -> None:
        self.material, self.law, self.address = material, material.law, address
        self.speech: Speech = material.speech[lang]
        self.lang: Lang = lang
        self.standings = material.law.places[address]
        self.first = self.standings[0]
        self.noted: set[str] = set()
        self.instrument = material.program.instruments[address.partition("/")[0]]

    def page(self) -> Page:
        first, said = self.first, self.speech
        title = parts.capital(self.titled(first))
        blocks = [*self.body()]
        head = parts.head(
            self.material,
            said,
            self.whom(),
            said.status(first),
            (Run(said.grade(first)),),
            (f"dates:{first.version.id}",),
        )
        summary = f"{plain(title)}: {plain(said.status(first))}. {plain(said.line(words.DISCLAIMER))}"
        trail = ("index", "laws", f"law/{self.instrument.id}")
        boxes = parts.boxes(self.material, said, tuple(blocks), title)
        return Page(
            "provision", path_of(self.address), self.lang, title, summary, head, (*blocks, *boxes), trail,
            (f"heading:{first.version.id}", f"dates:{first.version.id}"), self.about(),
        )  # fmt: skip

    def titled(self, s: Standing) -> Line:
        """Return the title: no link to itself, and marked where no version is in force any more."""
        line = tuple(Run(r.text) if r.kind == "cite" else r for r in self.speech.titled(s))
        if s.state != "former":
            return line
        mark = self.speech.line(words.SHORT["former"])
        return (Run("〔"), *mark, Run("〕"), *line) if self.lang == "ja" else (Run("["), *mark, Run("] "), *line)

    def whom(self) -> Line:
        """Return who is bound or entitled by the leading version, or by the norms it serves: whose duty it defines, fixes, punishes."""
        norms, (leaving, arriving) = self.material.bound, self.material.edges
        met, near = {self.address}, [self.address]
        while near:
            kinds = [kind for place in near for kind in norms.get((place, self.first.state), ())]
            if kinds:
                whom, named = self.persons(kinds), self.named() if near == [self.address] else ""
                return self.speech.line(words.HEAD["of_status"], whom, named) if named else (Run(whom),)
            nearer = [e.source for place in near for e in arriving.get(place, ()) if e.kind == "term"]
            nearer += [e.target for place in near for e in leaving.get(place, ()) if e.kind not in ("term", "cites", "commencement")]  # fmt: skip
            near = [p for p in dict.fromkeys(nearer) if p not in met and p in self.law.places]
            met |= {*near}
        return self.speech.line(words.HEAD["anyone"])

    def persons(self, kinds: list[str]) -> str:
        """Return whom kinds mean: persons as they are called, and of a thing whoever has to do with it."""
        said, japanese = self.speech, self.material.speech["ja"].conditions
        thing = said.w(words.HEAD["of_thing"])
        found = (said.kinds([k]) if _PERSON.search(japanese.kind(k)) else thing.format(said.kinds([k])) for k in kinds)
        return said.w(("、", ", ")).join(dict.fromkeys(found))

    def named(self) -> str:
        """Return what the law calls whom the norms of the leading version bind, where each of them names it by a defined word."""
        id, found = self.first.version.id, list[str]()
        for norm in self.law.records["norms"].get(id, ()):
            own = (c for c in self.law.records["clauses"][id] if c.role == "norm" and c.resolves == norm.applies)
            names = [[*filter(self.is_person, statuses(c.condition, c.variable))] for c in own]
            if not names or not all(names):
                return ""
            found += [plain(self.speech.label(name)) for of in names for name in of]
        return self.speech.w(("・", ", ")).join(dict.fromkeys(found))

    def is_person(self, name: str) -> bool:
        """Say whether a defined word is one for persons (…者), not for what they do or may do."""
        return _PERSON.search(plain(self.material.speech["ja"].label(name))) is not None

    # ------------------------------------------------------------------ versions
    def body(self) -> Iterator[Block]:
        versions = tuple(self.version(standing, n) for n, standing in enumerate(self.standings))
        yield from versions
        own = defined_at(self.material).get(self.address, set())
        yield from used_here(self.material, self.speech, versions, own)
        yield from self.examples()
        yield from self.links()
        yield self.history()
        yield self.source()

    def version(self, s: Standing, n: int) -> Section:
        """Return everything one version says, framed by its state."""
        said, v = self.speech, s.version
        base = parts.version_slug(v.id)
        end = said.moment(s.end) if s.end is not None else ()
        rules = Rules(said, s, base, self.noted)
        state = "spent" if rules.spent else s.state
        blocks: list[Block] = []
        dates = (f"dates:{v.id}",)
        status = (*said.status(s), Run(said.w(("。", "; "))), Run(said.grade(s)))
        if n:
            blocks.append(Paragraph(Said(status, f"{base}-status", dates, kind="status")))
        if s.state in rule_words.FRAMED:
            blocks.append(
                Paragraph(Said(said.line(rule_words.FRAMED[s.state], end), f"{base}-frame", dates, kind="frame"))
            )
        blocks += self.moved(s, base)
        if v.plain != core.Wording():
            line = (Run(said.w(rule_words.PLAIN[state]), "ours"), *said.worded(v.plain))
            # Somebody wrote it for the rules as they were: where these change, it is to be read again.
            of = (f"plain:{v.id}", f"rules:{v.id}", *dates)
            blocks.append(Paragraph(Said(line, f"{base}-plain", of, kind="ours")))
        blocks += rules.blocks()
        blocks += self.words_of(s, base)
        heading = said.line(rule_words.VERSION[state], end)
        if len(self.standings) > 1 and s.state != "former":
            heading = (
                *heading,
                Run(said.w(("（", " ("))),
                *said.line(("{}から", "from the {}" if "/" in s.start else "from {}"), said.moment(s.start)),
                Run(said.w(("）", ")"))),
            )
        return Section(heading, base, tuple(blocks), s.state)

    def moved(self, s: Standing, base: str) -> Iterator[Block]:
        """Give where the matter of a version went, or came from, where its place was renumbered."""
        for later, name in ((True, "successor"), (False, "predecessor")):
            if later and not (s.state == "former" and s.version.address == self.address):
                continue
            found = self.material.renumbered(s.version.id, later=later)
            same_place = any(o.start == s.end if later else o.end == s.start for o in self.standings)
            if found and not same_place:
                cites = self.speech.join(self.speech.cite(a) for a in found)
                yield Paragraph(
                    Said(
                        self.speech.line(rule_words.RULE[name], cites),
                        f"{base}-{name}",
                        (f"dates:{s.version.id}",),
                        kind="note",
                    )
                )

    def words_of(self, s: Standing, base: str) -> Iterator[Block]:
        """Give the official words: the marks, and the official text where one was loaded."""
        said, found = self.speech, self.marks(s.version)
        if found:
            items = tuple(
                Said((Run(phrase, "official"), Run(said.w(("（", " ("))), said.cite(address), Run(said.w(("）", ")")))),
                     f"{base}-mark-{n}", (f"marks:{s.version.id}",))
                for n, (address, phrase) in enumerate(found, start=1)
            )  # fmt: skip
            law = s.state not in ("proposal", "press")
            name = "marks" if law else "marks_of_none"
            note = Paragraph(Said(said.line(rule_words.RULE[name]), kind="note"))
            notes = () if name in self.noted else (note,)
            self.noted.add(name)
            yield Section(said.line(rule_words.SECTION["words"]), f"{base}-words", (*notes, Listing(items)))
        loaded = self.material.official(s.version)
        if loaded is not None:
            day, text = loaded
            of = (f"text:{s.version.id}", f"marks:{s.version.id}")
            draft = s.state in ("proposal", "press")
            note_of = rule_words.RULE["text_unpromulgated" if draft else "official"]
            lead = Paragraph(Said(said.line(note_of, said.day(day)), kind="note"))
            shown = tuple(
                Paragraph(Said(marked(line, [p for _, p in found]), f"{base}-text-{n}", of, kind="official"))
                for n, line in enumerate(filter(None, text.split("\n")), start=1)
            )
            called = rule_words.SECTION[f"text_{s.state}" if draft else "official"]
            yield Section(said.line(called), f"{base}-official", (lead, *shown))

    def marks(self, v: core.Version) -> list[tuple[str, str]]:
        """Return the marks of a version as address and phrase, each once."""
        groups = (records.get(v.id, ()) for records in self.law.records.values())
        found = ((m.address, m.phrase) for records in groups for r in records for m in r.marks)
        return list(dict.fromkeys((address, phrase) for address, phrase in found if phrase))

    # ------------------------------------------------------------------ below the versions
    def examples(self) -> Iterator[Block]:
        """Give worked examples that rest on this place, those about it first."""
        found: dict[str, tuple[int, int]] = {}
        by_key = {}
        for s in self.standings:
            for example in self.material.by_version.get(s.version.id, ()):
                rank = (example.versions.index(s.version.id), len(example.facts.kinds))
                by_key[example.key] = example
                found[example.key] = min(found.get(example.key, rank), rank)
        best = sorted(found, key=lambda key: (found[key][0] > 0, found[key], key))[:_MOST_EXAMPLES]
        if not best:
            return
        blocks: list[Block] = [Paragraph(Said(self.speech.line(page_words.EXAMPLE["note"]), kind="note"))]
        blocks += [
            parts.example_block(self.material, self.speech, by_key[key], n) for n, key in enumerate(best, start=1)
        ]
        yield Section(self.speech.line(rule_words.SECTION["examples"]), "examples", tuple(blocks))

    def links(self) -> Iterator[Block]:
        """Give what this place builds on and what builds on it."""
        blocks: list[Block] = []
        for n, (name, incoming) in enumerate((("cites", False), ("cited", True))):
            hows: dict[str, list[str]] = {}
            for edge in self.material.edges[n].get(self.address, ()):
                there = edge.source if incoming else edge.target
                if there in self.law.places and edge.kind in rule_words.LINKS:
                    hows.setdefault(there, []).append(self.speech.w(rule_words.LINKS[edge.kind][n]))
            places = sorted(hows, key=self.law.order.__getitem__)
            if places:
                items = tuple(self.linked(places, hows, name))
                blocks.append(Section(self.speech.line(rule_words.SECTION[name]), name, (Listing(items),)))
        if blocks:
            yield Section(self.speech.line(rule_words.SECTION["links"]), "links", tuple(blocks))

    def linked(self, places: list[str], hows: Mapping[str, list[str]], name: str) -> Iterator[Said]:
        """Give other places with how they are linked; where they are many, law by law and way by way, each to be opened."""
        if len(places) <= _MOST_LINKS:
            yield from (self.link(place, hows[place], name) for place in places)
            return
        groups: dict[tuple[str, str], list[str]] = {}
        for place in places:
            groups.setdefault((place.partition("/")[0], self.speech.w(("・", "; ")).join(hows[place])), []).append(
                place
            )
        for (law, how), here in groups.items():
            items = tuple(self.link(place, (), name) for place in here)
            if len(here) == 1:
                yield self.link(here[0], hows[here[0]], name)
                continue
            short = self.speech.worded(self.material.program.instruments[law].short) or (Run(law),)
            line = self.speech.line(rule_words.RULE["many_links"], short, how, str(len(here)))
            of = tuple(key for item in items for key in item.of)
            yield Said(line, f"{name}-{law}-{parts.slug(here[0])}", of, items, "folded")

    def link(self, place: str, hows: Sequence[str], name: str) -> Said:
        """Return another place with how it is linked, and its state where it is not in force."""
        said, leading = self.speech, self.law.leading(place)
        line = said.titled(leading)
        if hows:
            line = (*line, Run(said.w(("：", ": "))), Run(said.w(("・", "; ")).join(hows)))
        if leading.state != "in_force":
            state = said.line(words.SHORT[leading.state])
            line = (*line, Run(said.w(("（", " ("))), *state, Run(said.w(("）", ")"))))
        of = (f"heading:{leading.version.id}", f"dates:{leading.version.id}")
        return Said(line, f"{name}-{parts.slug(place)}", of)

    def history(self) -> Section:
        """Return the versions with their days, oldest first."""
        said, heads = self.speech, ("start", "end", "promulgated", "status", "grade")
        rows = []
        for s in sorted(self.standings, key=lambda s: ("/" in s.start, s.start)):
            start: Line = (
                (said.day(s.start),)
                if "/" not in s.start
                else said.line(rule_words.HISTORY["undated"], said.moment(s.start))
            )
            if s.end is None:
                end = said.line(rule_words.HISTORY["open"])
            elif "/" in s.end:
                end = said.line(rule_words.HISTORY["undated"], said.moment(s.end))
            else:
                end = said.line(rule_words.HISTORY["excluded"], said.day(s.end))
            cells = (
                start,
                end,
                (said.day(s.version.promulgated) if self.instrument.status == "enacted" else Run("―"),),
                said.line(words.SHORT[s.state]),
                (Run(said.grade(s)),),
            )
            rows.append(Row(cells, f"history-{parts.version_slug(s.version.id)}", (f"dates:{s.version.id}",)))
        table = Table(
            said.line(rule_words.HISTORY["caption"]),
            tuple(said.line(rule_words.HISTORY[h]) for h in heads),
            tuple(rows),
        )
        return Section(said.line(rule_words.SECTION["history"]), "history", (table,))

    def source(self) -> Section:
        """Return where the law is: title, number, the material it was encoded from, and a link to the official page."""
        said, i = self.speech, self.instrument
        of = (f"instrument:{i.id}",)
        title = said.worded(i.title) or (Run(i.id),)
        if i.number != core.Wording():
            title = said.line(
                rule_words.RULE["instrument"], title, said.worded(i.number), said.worded(i.short) or (Run(i.id),)
            )
        items = [Said(title, "source-title", of)]
        if i.source:
            items.append(
                Said(
                    (Run(parts.material_of(i), *(("lang", "ja") if self.lang == "en" else ())),), "source-material", of
                )
            )
        if url := official_page(i):
            items.append(
                Said(
                    said.line(rule_words.RULE["egov"], Run(plain(said.worded(i.short) or title), "out", url)),
                    "source-page",
                    of,
                )
            )
        # The version of the rules is that of what they say, not of our words about them.
        rules = tuple(f"rules:{s.version.id}" for s in self.standings)
        digest = self.speech.origins.together(rules)
        named = said.worded(i.short) or (Run(i.id),)
        law = (*named, *said.line(rule_words.RULE["material"], said.day(i.text_of))) if i.text_of else named
        line = said.line(
            rule_words.RULE["version"],
            law,
            said.day(self.law.as_of),
            Run(digest, "code"),
        )
        items.append(Said(line, "source-version", (*of, *rules), kind="note"))
        return Section(said.line(rule_words.SECTION["source"]), "source", (Listing(tuple(items)),))

    # ------------------------------------------------------------------ schema.org
    def about(self) -> Mapping[str, Any]:
        """Return the page as schema.org describes legislation; what is no legislation is a work only."""
        i, s, said = self.instrument, self.first, self.speech
        name = plain(self.titled(s))
        found: dict[str, Any] = {"@context": "https://schema.org", "name": name, "inLanguage": self.lang}
        if i.status != "enacted" or i.kind in ("press", "report"):
            return {**found, "@type": "CreativeWork", "isBasedOn": plain(said.worded(i.title) or (Run(i.id),))}
        found |= {
            "@type": "Legislation",
            "legislationIdentifier": f"{i.number.ja or i.id} {said.program and self.material.speech['ja'].conditions.cite(self.address)}",
            "legislationJurisdiction": "JP",
            "legislationType": i.kind,
            "legislationLegalForce": "https://schema.org/InForce" if s.state == "in_force" else "https://schema.org/NotInForce",
            "legislationLegalValue": "https://schema.org/UnofficialLegalValue",
            "legislationDate": s.version.promulgated,
            "isPartOf": {"@type": "Legislation", "name": plain(said.worded(i.title) or (Run(i.id),)), "legislationIdentifier": i.number.ja or i.id},
        }  # fmt: skip
        if "/" not in s.start:
            found["temporalCoverage"] = f"{s.start}/{s.end if s.end is not None and '/' not in s.end else '..'}"
        return found


def statuses(condition: core.Expr | None, bearer: str) -> list[str]:
    """Return the defined words a condition requires of the bearer, whatever else it requires."""
    if isinstance(condition, core.Call) and condition.op == "and":
        return [name for part in condition.args for name in statuses(part, bearer)]
    of = condition.subject if isinstance(condition, core.Use) else None
    named = isinstance(of, core.Bind) and of.name == bearer and isinstance(condition, core.Use)
    return [condition.resolves.partition("@")[0]] if named and isinstance(condition, core.Use) else []


def official_page(i: core.Instrument) -> str:
    """Return the address of the official page of an enacted law whose text was read there, or nothing."""
    read_there = i.status == "enacted" and i.grade == "A" and EGOV_ID.fullmatch(i.egov)
    return f"https://laws.e-gov.go.jp/law/{i.egov}" if read_there else ""


def marked(text: str, phrases: list[str]) -> Line:
    """Return official words with the phrases the rules stand on marked; of overlapping ones the longer."""
    found: list[Run] = []
    at = 0
    ordered = sorted(set(phrases), key=lambda p: (-len(p), p))
    while at < len(text):
        met = next((p for p in ordered if text.startswith(p, at)), None)
        if met is not None:
            found.append(Run(met, "official"))
            at += len(met)
            continue
        if found and found[-1].kind == "law":
            found[-1] = Run(found[-1].text + text[at], "law")
        else:
            found.append(Run(text[at], "law"))
        at += 1
    return tuple(found)

"""What only one of two compared worlds has: how many norms of which law, then each of them, an article at a time. A norm that
stands in several places counts once.

Comes in: the norms that stand in one world alone, and the other world. Goes out: blocks. Where the other world's law may let
former text go on (経過措置), that is said, with the provision: a norm that ends may still be owed by it. Deliberately not here:
which norms these are (`kitei.worlds_compared`), the page around them (`comparison`).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from kitei.document import Line, Run, plain
from kitei.instance import takes_in
from kitei.site import page_words, parts, words
from kitei.site.pages import Block, Listing, Paragraph, Row, Said, Section, Table
from kitei.site.speech import Speech
from kitei.wording import MODALITY, pick
from kitei.worlds_compared import Held, WorldLaw
from kitei_dsl import core
from kitei_dsl.citation import BadAddress
from kitei_dsl.citation import parse as parse_address
from kitei_dsl.frozen import Frozen, replace

#: A law with more norms than these is shown an article at a time, each to be opened.
_SHOWN = 8
#: So many norms of an article are named beside its number.
_NAMED = 2


class Alone(Frozen, dict=True):
    """Writes the norms of one world that the other has not. `id` begins every anchor, `of` are the keys of both worlds."""

    said: Speech
    other: WorldLaw
    called: Line
    held: tuple[Held, ...]
    id: str
    of: tuple[str, ...]

    def say(self, name: str, *blanks: Line | Run | str) -> Line:
        return self.said.line(page_words.COMPARE[name], *blanks)

    def blocks(self) -> Iterator[Block]:
        """Give the counts of each law, what may go on in the other world, then the norms."""
        rank = self.said.law.rank
        ordered = sorted(self.held, key=lambda h: rank[h.norm.version])
        laws = [(i, tuple(of)) for i, of in groupby(ordered, key=lambda h: h.norm.address.partition("/")[0])]
        if len(self.held) > _SHOWN:
            yield self.counts(laws)
        yield from self.going_on()
        for instrument, held in laws:
            inner = (self.listing(held),) if len(held) <= _SHOWN else tuple(self.articles(held))
            yield Section(self.title(instrument), f"only-{self.id}-{instrument}", inner)

    def title(self, instrument: str) -> Line:
        return self.said.worded(self.said.program.instruments[instrument].title) or (Run(instrument),)

    def counts(self, laws: list[tuple[str, tuple[Held, ...]]]) -> Table:
        """Return how many norms of which sort each law has."""
        rows = []
        for instrument, held in laws:
            sorts = list({h.norm.name: h.norm.modality for h in held}.values())
            found = [
                (Run(f"{pick(MODALITY[sort], self.said.lang)} {sorts.count(sort)}"),)
                for sort in MODALITY
                if sort in sorts
            ]
            of = (*self.of, *(f"norm:{h.norm.id}" for h in held))
            cells = (self.title(instrument), (Run(str(len(sorts))),), self.said.join(found))
            rows.append(Row(cells, f"only-{self.id}-{instrument}-count", of))
        heads = tuple(self.say(name) for name in ("law", "how_many", "sorts"))
        return Table(self.say("counts"), heads, tuple(rows))

    def going_on(self) -> Iterator[Block]:
        """Say which of the norms may go on in the other world by a saving that counts there."""
        found: dict[str, list[core.Saving]] = {}
        for h in self.held:
            for s in self.said.program.core.savings:
                if self.other.counts(s.version) and any(takes_in(t, h.norm) for t in s.targets):
                    found.setdefault(h.norm.name, []).append(s)
        if not found:
            return
        savings = list(dict.fromkeys(s.id for of in found.values() for s in of))
        places = dict.fromkeys((s.address, s.version) for of in found.values() for s in of)
        cites = self.said.join(self.said.cite(place, self.said.program.versions[v]) for place, v in places)
        line = self.say("going_on", str(len(found)), self.called, cites)
        of = (*self.of, *(f"saving:{id}" for id in savings), *(f"dates:{v}" for _, v in places))
        yield Paragraph(Said(line, f"only-{self.id}-going-on", of, kind="note"))

    def articles(self, held: tuple[Held, ...]) -> Iterator[Block]:
        """Give the norms of a law in its order: an article with several of them with how many and what they are about, to be
        opened; the others as they are."""
        plainly: list[Held] = []
        for article, of in groupby(held, key=lambda h: _article(h.norm.address)):
            norms = tuple(of)
            labels = [plain(self.said.label(name)) for name in dict.fromkeys(h.norm.name for h in norms)]
            if not norms[1:]:
                plainly += norms
                continue
            if plainly:
                yield self.listing(tuple(plainly))
                plainly = []
            named = self.said.w(("、", "; ")).join(labels[:_NAMED])
            named += self.said.w((" ほか", "; and more")) if len(labels) > _NAMED else ""
            cite = plain((self.said.cite(article, self.said.program.versions[norms[0].norm.version]),))
            heading = (
                self.say("article", cite, str(len(labels)), named)
                if labels[1:]
                else self.say("article_one", cite, named)
            )
            yield Section(heading, f"only-{self.id}-{parts.slug(article)}", (self.listing(norms),), folded=True)
        if plainly:
            yield self.listing(tuple(plainly))

    def listing(self, held: tuple[Held, ...]) -> Listing:
        return Listing(tuple(self.item(h) for h in held))

    def item(self, held: Held) -> Said:
        norm, said = held.norm, self.said
        keys = (
            f"norm:{norm.id}",
            f"word:{norm.name}",
            f"dates:{norm.version}",
            *(f"sanction:{s.id}" for s in held.sanctions),
        )
        cite = said.cite(norm.address, said.program.versions[norm.version])
        line = (
            *said.label(norm.name),
            Run(said.w(("（", " ("))),
            cite,
            Run(said.w(("）：", "): "))),
            *standing(said, norm.version),
        )
        return Said(line, f"only-{self.id}-{parts.version_slug(norm.version)}-{norm.name}", keys)


def standing(said: Speech, version: str) -> Line:
    """Return the state of a version with its evidence; once, where they are told by the same word."""
    s = said.law.standings[version]
    state, grade = said.line(words.SHORT[s.state]), said.grade(s)
    return state if plain(state) == grade else (*state, Run(said.w(("・", "; "))), Run(grade))


def _article(address: str) -> str:
    """Return the article an address is in, or the address itself where it is in none."""
    try:
        parsed = parse_address(address)
    except BadAddress:
        return address
    whole = replace(parsed, paragraph=None, item=None, subitems=(), part=None)
    return address if parsed.article is None else str(whole)

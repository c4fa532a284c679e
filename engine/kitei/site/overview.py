"""The pages that lead to others: the start, the laws, each law, the kinds of firm, the days of commencement, how to read this.

Comes in: the material, a language. Goes out: `Page`s. Deliberately not here: what provisions say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kitei import wording
from kitei.document import Line, Run, plain
from kitei.site import page_words, parts, rule_words, words
from kitei.site.asked import anchor_of, audiences
from kitei.site.material import Material
from kitei.site.pages import Block, Listing, Page, Paragraph, Row, Said, Section, Table, Terms
from kitei.site.provision import official_page
from kitei.site.speech import Speech
from kitei.site.standing import ORDER, Standing
from kitei.wording import Lang, Pair
from kitei_dsl import core

#: With more places than these on one day they are shown law by law.
_MOST_PLACES = 12
#: So many laws are named on the first page as the main ones.
_MAIN = 2


def _page(
    material: Material, lang: Lang, kind: str, path: str, title: Line, summary: Line, blocks: tuple[Block, ...], trail: tuple[str, ...] = ("index",),
) -> Page:  # fmt: skip
    """Return an overview with its head and the boxes for its words."""
    said = material.speech[lang]
    head = parts.head(material, said, said.line(words.HEAD["everyone"]), (), ())
    text = f"{plain(summary)} {plain(said.line(words.DISCLAIMER))}"
    return Page(kind, path, lang, title, text, head, (*blocks, *parts.boxes(material, said, blocks, title)), trail)


def home_pages(material: Material, lang: Lang) -> Iterator[Page]:
    """Give the first page of the site."""
    said = material.speech[lang]
    blocks: list[Block] = [Paragraph(Said(said.line(page_words.OVERVIEW["home_lead"], _main_laws(material, said))))]
    if material.guides.profiles:
        blocks.append(Section(said.line(page_words.OVERVIEW["by_firm"]), "by-firm", (_firms(material, said),)))
    if material.questions:
        ways = tuple(Said((Run(plain(said.line(page_words.ASKED["asked_by"], whom, str(len(of)))), "page", f"questions#{anchor_of(of)}"),)) for whom, of in audiences(material, said).items())  # fmt: skip
        blocks.append(Section(said.line(page_words.OVERVIEW["by_question"]), "by-question", (Listing(ways),)))
    others = (
        "search",
        *(("compare",) if material.beside else ()),
        "glossary",
        "timeline",
    )
    ways = tuple(Said((Run(plain(said.line(words.FRAME[name])), "page", name),)) for name in others)
    blocks.append(Section(said.line(page_words.OVERVIEW["others"]), "others", (Listing(ways),)))
    blocks.append(Section(said.line(page_words.OVERVIEW["by_law"]), "by-law", (_laws(material, said),)))
    title, summary = said.line(page_words.OVERVIEW["home_title"]), said.line(page_words.OVERVIEW["home_summary"])
    yield _page(material, lang, "home", "index", title, summary, tuple(blocks), ())


def _main_laws(material: Material, said: Speech) -> Line:
    """Return the titles of the laws of which most is collected."""
    first = list(_by_instrument(material))[:_MAIN]
    return said.join(said.worded(material.program.instruments[i].title) or (Run(i),) for i in first)


def firm_pages(material: Material, lang: Lang) -> Iterator[Page]:
    """Give the list of kinds of firm, where any is declared."""
    if material.guides.profiles:
        said = material.speech[lang]
        title = said.line(words.FRAME["firms"])
        yield _page(material, lang, "firms", "firms", title, title, (_firms(material, said),))


def _firms(material: Material, said: Speech) -> Listing:
    return Listing(
        tuple(
            Said((Run(plain(said.worded(p.question)), "page", f"for/{p.id}"),), f"firm-{p.id}", (f"guide:{p.id}",))
            for p in material.guides.profiles
        )
    )


def law_pages(material: Material, lang: Lang) -> Iterator[Page]:
    """Give the list of laws, and a page a law with every place collected of it."""
    said = material.speech[lang]
    title = said.line(words.FRAME["laws"])
    yield _page(
        material, lang, "laws", "laws", title, said.line(page_words.OVERVIEW["laws_summary"]), (_laws(material, said),)
    )
    for instrument, places in _by_instrument(material).items():
        yield _law(material, lang, material.program.instruments[instrument], places)


def _by_instrument(material: Material) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for address in material.law.places:
        found.setdefault(address.partition("/")[0], []).append(address)
    return found


def _laws(material: Material, said: Speech) -> Listing:
    items = []
    for instrument, places in _by_instrument(material).items():
        i = material.program.instruments[instrument]
        name = Run(plain(said.worded(i.title) or (Run(i.id),)), "page", f"law/{i.id}")
        number = (
            (Run(said.w(("（", " ("))), *said.worded(i.number), Run(said.w(("）", ")"))))
            if i.number != core.Wording()
            else ()
        )
        count = (Run(said.w(("：", ": "))), *said.line(page_words.OVERVIEW["counts"], str(len(places))))
        tag = (
            ()
            if i.status == "enacted" and i.grade == "A"
            else (Run(said.w((" 〔", " ["))), *_standing_of(said, i), Run(said.w(("〕", "]"))))
        )
        items.append(Said((name, *number, *tag, *count), f"law-{i.id}", (f"instrument:{i.id}",)))
    return Listing(tuple(items))


def _standing_of(said: Speech, i: core.Instrument) -> Line:
    """Return what kind of document an instrument is, where it is no text of law in force."""
    if i.status == "reported":
        return said.line(words.SHORT["press"])
    if i.status != "enacted":
        return said.line(words.SHORT["proposal"])
    return said.line(("要綱による", "by outline"))


def _law(material: Material, lang: Lang, i: core.Instrument, places: list[str]) -> Page:
    said = material.speech[lang]
    title = said.worded(i.title) or (Run(i.id),)
    rows = []
    for address in places:
        s = material.law.leading(address)
        cells: tuple[Line, ...] = (
            (Run(said.conditions.cite(address, s.version), "cite", address),), said.heading(s) or (Run("―"),),
            (Run(_does(material, said, s)),), (*said.line(words.SHORT[s.state]), Run(said.w(("・", "; "))), Run(said.grade(s))),
        )  # fmt: skip
        rows.append(Row(cells, f"place-{parts.slug(address)}", (f"heading:{s.version.id}", f"dates:{s.version.id}")))
    heads = tuple(said.line(page_words.OVERVIEW[name]) for name in ("place", "heading", "kind", "status"))
    blocks: list[Block] = []
    of = (f"instrument:{i.id}",)
    facts = (
        [
            (
                said.line(rule_words.SECTION["source"]),
                Said(said.worded(core.Wording(parts.material_of(i), parts.material_of(i))), "law-source", of),
            )
        ]
        if i.source
        else []
    )
    if url := official_page(i):
        facts.append((said.line(rule_words.SECTION["official"]), Said((Run(url, "out", url),), "law-page", of)))
    if facts:
        blocks.append(Terms(tuple(facts)))
    blocks.append(Table(said.line(page_words.OVERVIEW["caption"], title), heads, tuple(rows)))
    summary = said.line(page_words.OVERVIEW["law_summary"], title)
    return _page(material, lang, "law", f"law/{i.id}", title, summary, tuple(blocks), ("index", "laws"))


def _does(material: Material, said: Speech, s: Standing) -> str:
    """Return what a version does, in words: the kinds of its norms, else definition, delegation, sanction and so on."""
    of, id = material.program.core, s.version.id
    found = [wording.MODALITY[n.modality] for n in of.norms if n.version == id]
    roles = {c.role for c in of.clauses if c.version == id}
    if roles & {"define", "add", "close", "deem", "presume"}:
        found.append(page_words.DOES["define"])
    found += [page_words.DOES[role] for role in ("fill", "block") if role in roles]
    found += [
        page_words.DOES[name]
        for name, records in (("sanction", of.sanctions), ("saving", of.savings))
        if any(r.version == id for r in records)
    ]
    return said.w(("・", ", ")).join(said.w(pair) for pair in dict.fromkeys(found)) or said.w(page_words.DOES["none"])


# --------------------------------------------------------------------------- days


def timeline_pages(material: Material, lang: Lang) -> Iterator[Page]:
    """Give the page of days: what started and ended so far, what is planned, what has no day yet."""
    said, law = material.speech[lang], material.law
    days: dict[str, dict[str, list[Standing]]] = {}
    for s in law.standings.values():
        days.setdefault(s.start, {}).setdefault("starts", []).append(s)
        if s.end is not None:
            days.setdefault(s.end, {}).setdefault("ends", []).append(s)
    dated = sorted(d for d in days if "/" not in d)
    past: list[Said] = [_day(said, d, days[d], "") for d in reversed(dated) if d <= law.as_of]
    future: list[Said] = [_day(said, d, days[d], "will_") for d in dated if d > law.as_of]
    undated = [_undated(material, said, id, days[id]) for id in days if "/" in id]
    blocks: list[Block] = []
    for name, items, order in (
        ("undated", undated, "pending"),
        ("future", future, "pending"),
        ("past", past, "in_force"),
    ):
        if items:
            blocks.append(Section(said.line(page_words.OVERVIEW[name]), name, (Listing(tuple(items), "steps"),), order))
    title = said.line(words.FRAME["timeline"])
    yield _page(
        material, lang, "timeline", "timeline", title, said.line(page_words.OVERVIEW["timeline_summary"]), tuple(blocks)
    )


def _day(said: Speech, day: str, events: dict[str, list[Standing]], will: str) -> Said:
    return Said((said.day(day),), f"day-{day}", (), tuple(_events(said, f"day-{day}", events, will)), "date")


def _events(said: Speech, id: str, events: dict[str, list[Standing]], will: str) -> Iterator[Said]:
    starting = {s.version.address for s in events.get("starts", ())}
    law = [s for s in events.get("starts", ()) if s.state not in ("proposal", "press")]
    proposed = [s for s in events.get("starts", ()) if s.state in ("proposal", "press")]
    kinds = {s.version.id: said.program.instruments[s.version.address.partition("/")[0]].kind for s in proposed}
    bills = [s for s in proposed if kinds[s.version.id] == "bill"]
    other = [s for s in proposed if kinds[s.version.id] != "bill"]
    ended = [s for s in events.get("ends", ()) if s.version.address not in starting]
    for name, standings in ((f"{will}starts" if not will else "will_start", law), ("bill", bills), ("reported", other), (f"{will}ends" if not will else "will_end", ended)):  # fmt: skip
        if standings:
            yield _places(said, f"{id}-{name}", page_words.OVERVIEW[name], standings)


def _places(said: Speech, id: str, pattern: Pair, standings: list[Standing]) -> Said:
    """Return the places something happens to; many of them law by law, each law to be opened."""
    of = tuple(f"dates:{s.version.id}" for s in standings)
    cites = list(dict.fromkeys(said.cite(s.version.address, s.version) for s in standings))
    if len(cites) <= _MOST_PLACES:
        return Said(said.line(pattern, said.join(cites)), id, of)
    laws: dict[str, list[Standing]] = {}
    for s in standings:
        laws.setdefault(s.version.address.partition("/")[0], []).append(s)
    below = []
    for instrument, here in laws.items():
        short = plain(said.worded(said.program.instruments[instrument].short)) or instrument
        shown = list(dict.fromkeys(said.cite(s.version.address, s.version) for s in here))
        # The law is named once; each place keeps its tag.
        places = said.join([Run(r.text.removeprefix(short).strip(), r.kind, r.ref) for r in shown])
        own = tuple(f"dates:{s.version.id}" for s in here)
        listed = Said(places, f"{id}-{instrument}-places", own)
        below.append(Said(said.line(page_words.OVERVIEW["in_law"], short, str(len(shown))), f"{id}-{instrument}", own, (listed,), "folded"))  # fmt: skip
    return Said(said.line(pattern, said.line(page_words.OVERVIEW["so_many"], str(len(cites)))), id, of, tuple(below))


def _undated(material: Material, said: Speech, id: str, events: dict[str, list[Standing]]) -> Said:
    commencement = material.program.commencements.get(id)
    anchor = f"day-{parts.slug(id)}"
    of = (f"commencement:{id}",)
    below = tuple(_events(said, anchor, events, "will_"))
    if commencement is None or commencement.promulgated > material.law.known_on:
        return Said((Run(id),), anchor, of, below, "date")
    cite: Line = (said.cite(commencement.cite),) if commencement.cite else (Run("―"),)
    if commencement.earliest and commencement.latest:
        bounds = said.line(
            page_words.OVERVIEW["bounds"], said.day(commencement.earliest), said.day(commencement.latest), cite
        )
    elif commencement.latest:
        bounds = said.line(page_words.OVERVIEW["latest"], said.day(commencement.latest), cite)
    else:
        bounds = said.line(page_words.OVERVIEW["no_bounds"], cite)
    return Said(parts.capital(said.moment(id)), anchor, of, (Said(bounds, f"{anchor}-bounds", of), *below), "date")


# --------------------------------------------------------------------------- how to read


def about_pages(material: Material, lang: Lang) -> Iterator[Page]:
    """Give the page on how the guide is made and what its words mean."""
    said = material.speech[lang]
    blank = said.w(("○年○月○日", "a day"))
    statuses = Terms(tuple((said.line(words.SHORT[s]), Said(said.line(words.STATUS[s], blank))) for s in ORDER))
    grades = [(bucket, letter) for bucket in ("in_force", "pending", "proposal", "press") for letter in ("A", "B")]
    shown = dict.fromkeys(
        (said.w(wording.BUCKETS[bucket]), wording.grade(bucket, letter, lang)) for bucket, letter in grades
    )
    evidence = Listing(tuple(Said((Run(f"{bucket}{said.w(('：', ': '))}{text}"),)) for bucket, text in shown))
    made: list[Block] = [Paragraph(Said(said.line(page_words.OVERVIEW["made_text"])))]
    made.append(
        Paragraph(Said(said.line(page_words.OVERVIEW["ruleset"], Run(material.program.digest, "code")), kind="note"))
    )
    blocks: tuple[Block, ...] = (
        Section(said.line(page_words.OVERVIEW["made"]), "made", tuple(made)),
        Section(said.line(page_words.OVERVIEW["status_words"]), "status-words", (statuses,)),
        Section(said.line(page_words.OVERVIEW["grade_words"]), "grade-words", (evidence,)),
    )
    yield _page(
        material,
        lang,
        "about",
        "about",
        said.line(words.FRAME["about"]),
        said.line(page_words.OVERVIEW["about_summary"]),
        blocks,
    )


Builder = Callable[[Material, Lang], Iterator[Page]]

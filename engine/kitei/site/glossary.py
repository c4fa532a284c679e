"""The glossary: every term the collected law defines, each role and kind its rules speak of, and the short titles of laws.

Comes in: the material, a language. Goes out: one `Page`, with an anchor a word (`anchor`); and, for the page of a provision, the
defined words it uses (`used_here`). A word is here only if something known on the day defines or uses it. Deliberately not
here: what a definition says (its provision does).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kitei.document import Line, Run, plain
from kitei.site import page_words, parts, words
from kitei.site.material import Material
from kitei.site.pages import Block, Page, Paragraph, Row, Said, Section, Table, statements
from kitei.site.speech import Speech
from kitei.site.standing import ORDER, Standing
from kitei.wording import LANGS, Lang
from kitei_dsl import core
from kitei_dsl.frozen import field_names

PATH = "glossary"
#: Provisions named beside a word that none defines.
_MOST_USES = 3
_DEFINING = ("define", "add", "close", "deem", "presume")


def anchor(name: str) -> str:
    """Return the anchor of a word."""
    return f"word-{parts.slug(name)}"


def glossary_pages(material: Material, lang: Lang) -> Iterator[Page]:
    """Give the glossary."""
    said = material.speech[lang]
    found = words_of(material)
    sections: list[Block] = [Paragraph(Said(said.line(page_words.GLOSSARY["lead"])))]
    for group in ("terms", "kinds", "roles"):
        rows = [_row(material, said, group, record) for record in _sorted(said, found[group])]
        if rows:
            heads = tuple(said.line(page_words.GLOSSARY[h]) for h in ("word", "other", "whose", f"{group}_where"))
            sections.append(Section(said.line(page_words.GLOSSARY[group]), group, (Table(said.line(page_words.GLOSSARY[f"{group}_caption"]), heads, tuple(rows)),)))  # fmt: skip
    if titles := [*_titles(material, said)]:
        heads = tuple(said.line(page_words.GLOSSARY[h]) for h in ("short", "title", "number"))
        sections.append(Section(said.line(page_words.GLOSSARY["titles"]), "titles", (Table(said.line(page_words.GLOSSARY["titles_caption"]), heads, tuple(titles)),)))  # fmt: skip
    title = said.line(words.FRAME["glossary"])
    head = parts.head(material, said, said.line(words.HEAD["everyone"]), (), ())
    blocks = tuple(sections)
    summary = f"{plain(said.line(page_words.GLOSSARY['lead']))} {plain(said.line(words.DISCLAIMER))}"
    boxes = parts.boxes(material, said, blocks, title)
    yield Page("glossary", PATH, lang, title, summary, head, (*blocks, *boxes), ("index",))


def words_of(material: Material) -> Mapping[str, list[Any]]:
    """Return the records of the words known on the day, by group."""
    program, defined, used = material.program, defining(material), uses(material)
    terms = [t for t in program.core.terms if t.name in defined or t.name in used]
    return {
        "terms": terms,
        "kinds": [k for k in program.core.kinds if k.name in used],
        "roles": [r for r in program.core.roles if r.name in used],
    }


def defining(material: Material) -> dict[str, list[Standing]]:
    """Return the versions that define each term, as the law stands: in force first, then to come, then former."""
    if "defining" not in material.indexes:
        found: dict[str, dict[str, Standing]] = {}
        for c in material.program.core.clauses:
            if c.role in _DEFINING and c.resolves and material.law.state(c.version):
                found.setdefault(c.resolves.partition("@")[0], {})[c.version] = material.law.standings[c.version]
        by_state = {
            name: sorted(of.values(), key=lambda s: (ORDER.index(s.state), material.law.rank[s.version.id]))
            for name, of in found.items()
        }
        material.indexes["defining"] = by_state
    index: dict[str, list[Standing]] = material.indexes["defining"]
    return index


def defined_at(material: Material) -> dict[str, set[str]]:
    """Return the terms that each place defines."""
    if "defined at" not in material.indexes:
        found: dict[str, set[str]] = {}
        for name, of in defining(material).items():
            for s in of:
                found.setdefault(s.version.address, set()).add(name)
        material.indexes["defined at"] = found
    index: dict[str, set[str]] = material.indexes["defined at"]
    return index


def uses(material: Material) -> dict[str, list[str]]:
    """Return the places whose known rules speak of each kind, role and term, in the law's order."""
    if "uses" not in material.indexes:
        found: dict[str, dict[str, None]] = {}
        of = material.program.core
        records: list[core.Clause | core.Norm] = [*of.clauses, *of.norms]
        known = [r for r in records if material.law.state(r.version)]
        for record in sorted(known, key=lambda r: material.law.rank[r.version]):
            names = {record.kind} if record.kind else set()
            members = record.instances.members if isinstance(record, core.Norm) and record.instances else None
            for expr in (members, *(getattr(record, name) for name in field_names(record))):
                names |= _names(expr) if isinstance(expr, core.KINDS) else set()
            for name in names:
                found.setdefault(name, {})[material.speech["ja"].place(record.address)] = None
        material.indexes["uses"] = {name: [p for p in places if p] for name, places in found.items()}
    index: dict[str, list[str]] = material.indexes["uses"]
    return index


def _names(expr: core.Expr) -> set[str]:
    """Return the attributes, roles and terms an expression speaks of."""
    found = set()
    for _, part in core.walk(expr, ""):
        if isinstance(part, core.Fact):
            found.add(part.attribute)
        elif isinstance(part, core.Use) and not part.resolves.startswith(("slot:", "norm:", "fill:")):
            found.add(part.resolves.partition("@")[0])
    return found


def _sorted(said: Speech, records: list[Any]) -> list[Any]:
    return sorted(records, key=lambda r: (plain(said.label(r.name)).casefold(), r.name))


def _row(material: Material, said: Speech, group: str, record: Any) -> Row:
    """Return a word: itself, the same in the other language, of whom it is said, and where it is defined, or used."""
    other = material.speech[LANGS[1 - LANGS.index(said.lang)]]
    whose = "" if group == "kinds" else record.kind if group == "terms" else record.of_kind
    kind: Line = (Run(said.kinds([whose])),) if whose else (Run("―"),)
    own = (Run(plain(said.label(record.name)), "strong"),)
    twin = (Run(plain(other.label(record.name)), "lang", other.lang),)
    where, of = _where(material, said, record.name)
    return Row((own, twin, kind, where), anchor(record.name), (f"word:{record.name}", *of))


def _where(material: Material, said: Speech, name: str) -> tuple[Line, tuple[str, ...]]:
    """Return where a word is defined with the state of each definition; else where it is used first."""
    separate: tuple[str, str] = ("、", ", ")
    standings = defining(material).get(name, [])
    if standings:
        shown = [(*_cited(said, s, name), *_state(said, s)) for s in standings]
        return said.join(shown, separate), tuple(f"dates:{s.version.id}" for s in standings)
    places = uses(material).get(name, [])
    leading = [material.law.leading(p) for p in places[:_MOST_USES]]
    line = said.join([(said.cite(s.version.address, s.version), *_state(said, s)) for s in leading], separate)
    if len(places) > _MOST_USES:
        line = (*line, *said.line(page_words.GLOSSARY["more"], str(len(places) - _MOST_USES)))
    return line or (Run("―"),), tuple(f"dates:{s.version.id}" for s in leading)


def _cited(said: Speech, s: Standing, name: str) -> Line:
    cite = said.cite(s.version.address, s.version)
    return (Run(cite.text, "cite", f"{cite.ref}#{parts.version_slug(s.version.id)}-{name}" if cite.ref else ""),)


def _state(said: Speech, s: Standing) -> Line:
    return (Run(said.w(("（", " ("))), *said.line(words.SHORT[s.state]), Run(said.w(("）", ")"))))


def _titles(material: Material, said: Speech) -> Iterator[Row]:
    """Give the short titles of the laws and documents that have a page."""
    met = dict.fromkeys(address.partition("/")[0] for address in material.law.places)
    shown = [i for i in material.program.core.instruments if i.id in met and i.short != core.Wording()]
    for i in sorted(shown, key=lambda i: (plain(said.worded(i.short)).casefold(), i.id)):
        title = (Run(plain(said.worded(i.title)), "page", f"law/{i.id}"),)
        number = said.worded(i.number) or (Run("―"),)
        yield Row((said.worded(i.short), title, number), f"title-{i.id}", (f"instrument:{i.id}",))


# --------------------------------------------------------------------------- on pages of provisions


def used_here(material: Material, said: Speech, blocks: tuple[Block, ...], own: set[str]) -> Iterator[Block]:
    """Give the defined words that blocks of a page use, with the way to each in the glossary; not those it defines itself."""
    defined = defining(material)
    met = [key.removeprefix("word:") for _, of in statements(blocks) for key in of if key.startswith("word:")]
    names = [n for n in dict.fromkeys(met) if n in defined and n not in own]
    if names:
        line = said.join((Run(plain(said.label(n)), "page", f"{PATH}#{anchor(n)}") for n in names), ("、", ", "))
        of = tuple(f"word:{n}" for n in names)
        yield Section(
            said.line(page_words.GLOSSARY["here"]), "words-used", (Paragraph(Said(line, "words-used-list", of)),)
        )

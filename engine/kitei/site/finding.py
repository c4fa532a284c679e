"""The page that searches the site, and what is found: every page, and every defined word.

Comes in: the material, the pages that were made. Goes out: the search page (it works without its script too, as a list of the
ways to everything), and the files of the index. Deliberately not here: how words and citations are found (`search`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kitei.document import Line, Run, plain
from kitei.site import glossary, page_words, parts, search, words
from kitei.site.material import Material
from kitei.site.pages import Finder, Listing, Page, Paragraph, Said, Section
from kitei.site.provision import path_of
from kitei.wording import LANGS, Lang

PATH = "search"
#: The lists that lead to everything, by path and the key of their name.
_LISTS = (("laws", "laws"), ("glossary", "glossary"), ("firms", "firms"), ("questions", "questions"), ("timeline", "timeline"), ("compare", "compare"))  # fmt: skip
#: What pages of a kind are called in a result, by the key of the list they are on.
_NOTES = {"profile": "firms", "question": "questions", "law": "laws", "comparison": "compare"}


def search_pages(material: Material, lang: Lang) -> Iterator[Page]:
    """Give the page that searches."""
    said = material.speech[lang]
    title = said.line(words.FRAME["search"])
    there = {
        "firms": bool(material.guides.profiles),
        "questions": bool(material.questions),
        "compare": material.beside is not None,
    }
    lists = [(path, name) for path, name in _LISTS if there.get(path, True)]
    items = tuple(Said((Run(plain(said.line(words.FRAME[name])), "page", path),)) for path, name in lists)
    finder = Finder(
        *((Run(said.w(page_words.SEARCH[name])),) for name in ("label", "hint", "found", "most", "some", "none"))
    )
    lead = Paragraph(Said(said.line(page_words.SEARCH["lead"])))
    ways = Section(said.line(page_words.SEARCH["ways"]), "ways", (Listing(items),))
    head = parts.head(material, said, said.line(words.HEAD["everyone"]), (), ())
    summary = f"{plain(said.line(page_words.SEARCH['lead']))} {plain(said.line(words.DISCLAIMER))}"
    yield Page("search", PATH, lang, title, summary, head, (lead, finder, ways), ("index",))


def index_files(material: Material, pages: Iterable[Page]) -> dict[str, str]:
    """Return the files of the search of a site: the script, and an index in each language."""
    met = list(dict.fromkeys(address.partition("/")[0] for address in material.law.places))
    laws = search.law_names(material.program.instruments[i] for i in met)
    addresses = {path_of(address): address for address in material.law.places}
    entries: dict[Lang, list[search.Entry]] = {lang: [] for lang in LANGS}
    found = [page for page in pages if page.kind not in ("search", "moved")]
    titles = {(page.path, page.lang): plain(page.title) for page in found}
    for page in found:
        address, other = addresses.get(page.path, ""), LANGS[1 - LANGS.index(page.lang)]
        also = [titles.get((page.path, other), ""), *_called(material, address, other)]
        entries[page.lang].append(search.entry_of(page, _note(material, page, address), address, also))
    for lang in LANGS:
        entries[lang] += _words(material, lang)
    return search.all_files(entries, laws)


def _note(material: Material, page: Page, address: str) -> str:
    """Return what is said of a page in a result: the state of its provision, or what kind of page it is."""
    said = material.speech[page.lang]
    if address:
        return _in_brackets(page.lang, said.line(words.SHORT[material.law.leading(address).state]))
    return _in_brackets(page.lang, said.line(words.FRAME[_NOTES[page.kind]])) if page.kind in _NOTES else ""


def _called(material: Material, address: str, lang: Lang) -> Iterator[str]:
    """Give what the norms and the defined words of a place are called in a language."""
    said, records = material.speech[lang], material.law.records["norms"]
    norms = [n.name for s in material.law.places.get(address, ()) for n in records.get(s.version.id, ())]
    for name in dict.fromkeys([*norms, *sorted(glossary.defined_at(material).get(address, ()))]):
        yield plain(said.label(name))


def _words(material: Material, lang: Lang) -> Iterator[search.Entry]:
    """Give the defined words, each with its part of the glossary; a word is found by what it is called in either language."""
    said = material.speech[lang]
    note = _in_brackets(lang, said.line(words.FRAME["glossary"]))
    for record in glossary.words_of(material)["terms"]:
        title = plain(said.label(record.name))
        called = "\n".join(plain(material.speech[other].label(record.name)) for other in LANGS)
        yield search.Entry(f"{glossary.PATH}.html#{glossary.anchor(record.name)}", title, note, "", called)


def _in_brackets(lang: Lang, line: Line) -> str:
    return f"（{plain(line)}）" if lang == "ja" else f"({plain(line)})"

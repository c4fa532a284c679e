"""Which kinds of page there are. A new kind is a builder and a line here; nothing else knows the kinds.

A builder takes the material and a language and gives pages; each page says its own kind, path and trail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from kitei.site.asked import question_pages
from kitei.site.comparison import comparison_pages
from kitei.site.finding import search_pages
from kitei.site.glossary import glossary_pages
from kitei.site.material import Material
from kitei.site.overview import about_pages, firm_pages, home_pages, law_pages, timeline_pages
from kitei.site.pages import Page
from kitei.site.profile import profile_pages
from kitei.site.provision import provision_pages
from kitei.wording import LANGS, Lang

Builder = Callable[[Material, Lang], Iterator[Page]]

PAGE_TYPES: Mapping[str, Builder] = {
    "home": home_pages,
    "firms": firm_pages,
    "profile": profile_pages,
    "question": question_pages,
    "law": law_pages,
    "provision": provision_pages,
    "timeline": timeline_pages,
    "comparison": comparison_pages,
    "glossary": glossary_pages,
    "search": search_pages,
    "about": about_pages,
}
#: The pages the navigation at the top leads to, by path, with the key of their name in `words.FRAME`; those that were made.
NAVIGATION: tuple[tuple[str, str], ...] = (
    ("index", "home"), ("firms", "firms"), ("questions", "questions"), ("laws", "laws"), ("timeline", "timeline"), ("compare", "compare"), ("glossary", "glossary"), ("search", "search"),
    ("about", "about"),
)  # fmt: skip


def all_pages(material: Material, tell: Callable[[str, int, int], None]) -> list[Page]:
    """Return every page in both languages. Raises AssertionError where two pages would have one address."""
    found: list[Page] = []
    total = len(material.law.places) * len(LANGS)
    for build in PAGE_TYPES.values():
        for lang in LANGS:
            for page in build(material, lang):
                found.append(page)
                tell("pages", min(len(found), total), total)
    files = [page.file for page in found]
    assert len(files) == len(set(files)), "INVARIANT: a page has an address of its own"
    return found

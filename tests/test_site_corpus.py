"""The public pages of the collected law: made once, and everything that must hold of all of them looked at in one pass."""

import re
from collections.abc import Iterator
from itertools import combinations
from posixpath import dirname, join, normpath

from kitei.site.build import Made, Wish
from test_site import CORPUS, made_from

#: What is no word of a page: its head and its tags.
BARE = re.compile(r"(?s)<head>.*?</head>|<[^>]*>")
HREF = re.compile(r'<a[^>]* href="(?!https://laws\.e-gov\.go\.jp/)([^"#]+)')
#: The last two: a duty of the authority binds no application.
BANNED = re.compile(
    r"規制はない|義務はない|there is no rule|違法である|処罰される|この義務の違反|（当局）」の義務|\(of the authority\) applies to"
)
#: The pages on which somebody real may be named: a question that is asked about it.
ABOUT_SOMEBODY = re.compile(r"../(questions|question/7)\.html")


def test_the_pages_of_the_collected_law_all_hold() -> None:
    """One test, for making them takes longest: nothing below makes them again."""
    made = made_from(CORPUS, Wish("2026-11-22", "2026-11-22"))

    assert () == made.failures and len(made.material.examples) > 50
    assert [] == [*wrong_on_pages(made), *wrong_questions(made), *wrong_comparisons(made)]
    worlds = ("current", "enacted", "wg-report", "seed-article", "model-bill")
    assert {
        f"{lang}/compare/{a}--{b}.html" for lang in ("ja", "en") for a, b in combinations(worlds, 2)
    } <= made.files.keys()
    assert {f"{lang}/for/{name}.html" for lang in ("ja", "en") for name in ("custody", "exchange")} <= made.files.keys()


def wrong_on_pages(made: Made) -> Iterator[tuple[str, str]]:
    """Boxes stand where their word stands, nothing is said not to exist, every way leads somewhere, nobody real is named."""
    for name, text in made.files.items():
        if not name.startswith(("ja/", "en/")) or not name.endswith(".html"):
            continue
        if name.startswith("ja/") and "登録" in BARE.sub("", text) and 'id="box-registration"' not in text:
            yield name, "no box"
        yield from ((name, word) for word in BANNED.findall(text))
        if re.match(r"ja/provision/(bill|wg|seed)-", name) and "公式の条文の言葉" in text:
            yield name, "official words of what is no law"
        if "DMM" in text and not ABOUT_SOMEBODY.fullmatch(name):
            yield name, "somebody real"
        there = {normpath(join(dirname(name), href)) for href in HREF.findall(text)}
        yield from ((name, href) for href in there - made.files.keys())


def wrong_comparisons(made: Made) -> Iterator[tuple[str, str]]:
    """What one world alone has is counted alike at the top and law by law, and each norm is named below, however folded."""
    beside = made.material.beside
    assert beside is not None
    for (a, b), found in beside.pairs.items():
        for name in (f"ja/compare/{a}--{b}.html", f"en/compare/{a}--{b}.html"):
            text = made.files[name]
            for part, held in (("first", found.first), ("second", found.second)):
                counts = re.findall(rf'<tr role="row" id="only-{part}-[a-z0-9]+-count".*?<div>(\d+)</div>', text, re.S)
                if counts and sum(map(int, counts)) != len({h.norm.name for h in held}):
                    yield name, f"counts of {part}"
                items = set(re.findall(rf'<li id="(only-{part}-[^"]+)"', text))
                if len(items) != len(held):
                    yield name, f"norms of {part}"
            if len(re.sub(r"<[^>]*>", "", text[text.index("<h1") : text.index("</h1>")])) > 120:
                yield name, "a title that is too long"


def wrong_questions(made: Made) -> Iterator[tuple[str, str]]:
    """Each of the thirty-five has one answer, its evidence and a provision to read; only that about somebody real is not
    computed, and has none."""
    names = [name for name in made.files if re.fullmatch(r"../question/\d+\.html", name)]
    if len(names) != 70:
        yield "questions", str(len(names))
    for name in names:
        text, real = made.files[name], name.endswith("/7.html")
        if text.count('id="answer"') != 1 or text.count('id="head-grade"') != 1 or "`" in text:
            yield name, "answer, evidence"
        if ('id="rests-' in text) == real:
            yield name, "provisions"
        if ("somebody real" in text or "実在する者についての事実" in text) != real:
            yield name, "computed"

"""The public pages of the collected law: made once, and everything that must hold of all of them looked at in one pass."""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from posixpath import dirname, join, normpath

from kitei.site.build import Made, Wish
from kitei.site.questions import Question
from kitei_dsl.codec import canonical
from kitei_dsl.frozen import replace
from test_questions import QUESTIONS
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
    questions = {q.number: q for q in made.material.questions}
    assert {} == {n: found for n, q in questions.items() if (found := unstated(made, q))}
    assert {"10000000"} == unstated(made, replace(questions[17], reads=()))
    worlds = ("current", "enacted", "wg-report", "seed-article", "model-bill")
    assert {
        f"{lang}/compare/{a}--{b}.html" for lang in ("ja", "en") for a, b in combinations(worlds, 2)
    } <= made.files.keys()
    assert {f"{lang}/for/{name}.html" for lang in ("ja", "en") for name in ("custody", "exchange")} <= made.files.keys()


def unstated(made: Made, q: Question) -> set[str]:
    """Return the numbers of an answer that nothing it rests on states: no provision it reads or its computation used, no
    fact, assumption or result of that computation. Our plain statements do not count: they tell of other law, too. What a sentence says the press said is no number of law."""
    law = made.material.law
    versions = [s.version for s in q.read(law)] + [law.standings[v].version for e in q.computed for v in e.versions if law.state(v)]  # fmt: skip
    starts = [made.material.program.commencements[m] for v in versions for m in (v.start, v.end) if m and "/" in m]
    found = [text for v in versions for text in (v.promulgated, v.start)]
    found += [canonical(r) for v in versions for of in law.records.values() for r in of.get(v.id, ())]
    found += [text for c in starts for text in (c.promulgated, c.latest or "")]
    found += [str(record.value) for e in q.computed for of in e.facts.records.values() for record in of]
    body = next(body for number, _, body in QUESTIONS if number == str(q.number))
    found += [
        part for part in re.findall(r"^\$ (.*?)(?=^\$ |^```)", body, re.M | re.S) if not part.startswith("kitei read")
    ]
    known = {number for text in found for number in numbers(text)}
    within = {
        f"{int(c.latest[:4]) - int(c.promulgated[:4])} years within" for c in starts if c.latest and c.promulgated
    }
    # Worked out in the answer itself, for all to see: 10億円…なら 10億円×3％＝3,000万円.
    shown = re.findall(r"([\d,]+億円)×([\d]+％)＝([\d,]+万円)", q.answer.ja)
    within |= {
        c for a, b, of in shown for c in numbers(of) if Fraction(*numbers(a)) * Fraction(*numbers(b)) == Fraction(c)
    }
    return (
        {n for sentence in q.answer.ja.split("。") if "報道" not in sentence for n in numbers(sentence)}
        - known
        - within
    )


def numbers(text: str) -> set[str]:
    """Return the amounts, spans, days, shares and counts a text states, each written in one way; no numbers of articles."""
    text = re.sub(r"第[\d条項号の章]+|(?<=\d),(?=\d{3})", "", text)
    days = {f"{y}-{int(m):02d}-{int(d):02d}" for y, m, d in re.findall(r"(\d{4})[年-](\d+)[月-](\d+)日?", text)}
    found = days | {day[:4] for day in days} | set(re.findall(r"(\d{4})年(?!\d+月)", text))
    found |= {f"{int(n)} years within" for n in re.findall(r"(?<!\d)(\d{1,2})年以内", text)}
    found |= {f"{int(n)} years" for n in re.findall(r"(?<!\d)(\d{1,2})(?:年(?!以内)| years?)", text)}
    found |= {f"{int(n)} days" for n in re.findall(r"(?<![\d月])(\d{1,3})(?:日(?!現在)| days?)", text)}
    for n, unit in re.findall(r"(\d+)([億万]?)円", text):
        found.add(str(int(n) * {"億": 10**8, "万": 10**4, "": 1}[unit]))
    found |= {str(Fraction(int(n), 100)) for n in re.findall(r"(\d+)[％%]", text)}
    found |= {f"{n}/{of}" for of, n in re.findall(r"(\d+)分の(\d+)", text)} | set(re.findall(r"\d+/\d+", text))
    return found | {str(int(n)) for n in re.findall(r"(?<![\d,/-])(\d+)(?=[人本\"]| persons|(?<=\d{5}))", text)}


def test_numbers_are_read_alike_in_words_and_in_rules() -> None:
    assert {"50000000", "10000000"} == numbers("最低資本金 5,000万円を提言し（現行 1,000万円）")
    assert {"1000000000", "3/100", "1/2"} == numbers("10億円×3％、2分の1")
    assert {"2026-08-12", "2026", "3 years", "1 years within"} == numbers(
        "2026年8月12日、3年以下、1年以内、第107条第12号"
    )
    assert {"30 days", "49"} <= numbers("30日、49人") and {"10000000"} == numbers('{"value":"10000000"}')


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

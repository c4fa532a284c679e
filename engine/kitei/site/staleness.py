"""Which paragraphs of a built site the law has moved under: each named with its page, its provision and why.

Comes in: the folder of a site and the law as it is now. Goes out: `Stale`s. The site is made again in memory, as its record
says it was made, and compared paragraph by paragraph: a digest that is another now, a paragraph that would no longer be said,
one that would be said now, and one whose words are not those the rules give. Deliberately not here: mending it (build again).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from itertools import groupby
from pathlib import Path
from typing import Any

from kitei.document import plain
from kitei.site.build import Made
from kitei.site.origins import Origins
from kitei.site.parts import slug
from kitei.site.speech import Speech
from kitei.wording import LANGS, Lang, Pair, pick
from kitei_dsl.frozen import Frozen
from kitei_dsl.source import file_bytes

_VOID = {"meta", "link", "br", "hr", "img", "input", "path", "rect", "circle", "line"}
_MAX_PAGE = 16_000_000
#: Versions named on one line of a finding; the data names all.
_MOST_RULES = 4

#: Origins that were computed from rules and facts, by how their keys begin.
_COMPUTED = ("case:", "given:", "answer:")

#: Why a paragraph is stale, by the sort of origin that is another now; {} what it is.
WHY: dict[str, Pair] = {
    "heading": ("見出しが変わった：{}", "the heading was reworded: {}"),
    "plain": ("要旨が変わった：{}", "the plain statement was reworded: {}"),
    "rules": ("規則が変わった：{}", "its rules changed: {}"),
    "dates": ("施行・公布の日又は確度が変わった：{}", "its days or its grade changed: {}"),
    "marks": ("根拠とした文言が変わった：{}", "the official phrases it stands on changed: {}"),
    "text": ("読み込んだ公式の条文が変わった：{}", "the loaded official text changed: {}"),
    "clause": ("規則が変わった：{}", "the rule changed: {}"),
    "norm": ("規範が変わった：{}", "the norm changed: {}"),
    "sanction": ("罰則・処分の定めが変わった：{}", "the sanction changed: {}"),
    "slot": ("委任が変わった：{}", "the delegation changed: {}"),
    "saving": ("経過措置が変わった：{}", "the transition changed: {}"),
    "parameter": ("定める数が変わった：{}", "the number it fixes changed: {}"),
    "number": ("規定の数が変わった：{}", "a number of the law changed: {}"),
    "word": ("用語・質問の言葉が変わった：{}", "the label or question of a name changed: {}"),
    "reading": ("読み方の説明が変わった：{}", "the description of a reading changed: {}"),
    "instrument": ("法令の表示・出典が変わった：{}", "the title or source of the law changed: {}"),
    "commencement": ("施行の日の定めが変わった：{}", "the commencement changed: {}"),
    "world": ("想定が変わった：{}", "the world changed: {}"),
    "case": (
        "計算した例の前提（事実又は規則）又は結論が変わった：{}",
        "the worked example has other facts, other rules or another result: {}",
    ),
    "given": ("計算した例の前提とする事実が変わった：{}", "the worked example is given other facts: {}"),
    "answer": (
        "計算した結論の前提（事実又は規則）又は結論が変わった：{}",
        "the computed answer has other facts, other rules or another result: {}",
    ),
    "guide": ("案内のための宣言が変わった：{}", "what is declared for guidance changed: {}"),
}
OTHER: dict[str, Pair] = {
    "gone": ("規定がなくなった：{}", "is collected no longer: {}"),
    "no_case": ("この計算した例は、今の規則では書かれたとおりにならないか、なくなった", "this worked example no longer comes out as written, or is no longer there"),
    "dropped": ("現在の規則からは、この文は作られない", "the rules no longer give this paragraph"),
    "missing": ("現在の規則から作られるこの文が、頁にない", "the rules give this paragraph, and the page lacks it"),
    "time": ("基準日が異なる（時の経過により、この文は変わる）", "the day is another; with time this paragraph changes"),
    "words": ("文言が、規則から作られるものと異なる（手で直されたか、作り方が変わった）", "its words are not those the rules give (edited by hand, or made by another version)"),
    "no_page": ("頁がない", "the page is missing"),
    "old_page": ("現在の規則からは、この頁は作られない", "the rules no longer give this page"),
}  # fmt: skip


#: How a page has become stale, as the summary groups pages, the most telling first; {} how many pages.
HOW: dict[str, Pair] = {
    "own": ("規定又は文そのものが変わった頁：{}", "Pages whose own rule or sentence changed: {}"),
    "shows": ("変わった規定を示し、又はそれを根拠とする頁：{}", "Pages that show a changed rule or rest on it: {}"),
    "computed": ("計算した結論だけが、変わった規定による頁：{}", "Pages on which only computed results rest on a changed rule: {}"),
}  # fmt: skip


class Stale(Frozen):
    """A paragraph that is not as the law is now: the file of its page, its anchor (empty: the whole page), the versions of
    provisions it came from, why, in both languages, and how (a key of HOW)."""

    page: str
    paragraph: str
    rules: tuple[str, ...]
    why: Pair
    how: str = "own"


class Found(Frozen):
    """A paragraph as it stands in a page: its versions, its digest, its words."""

    rules: tuple[str, ...]
    digest: str
    text: str


class Paragraphs(HTMLParser):
    """Reads from a page every element that says what it came from."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, Found] = {}
        self.open: list[tuple[str, str]] = []
        self.about: dict[str, tuple[tuple[str, ...], str]] = {}
        self.words: dict[str, list[str]] = {}
        self.feed(text)
        self.close()
        for id, (rules, digest) in self.about.items():
            self.found[id] = Found(rules, digest, " ".join("".join(self.words[id]).split()))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        given = {k: v or "" for k, v in attrs}
        id = given.get("id", "") if "data-digest" in given else ""
        if id and id not in self.about:
            self.about[id] = (tuple(given.get("data-rule", "").split()), given["data-digest"])
            self.words[id] = []
        self.open.append((tag, id))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that is closed where it opens holds no words."""

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            while self.open and self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Words belong to the innermost element that says what it came from."""
        own = next((id for _, id in reversed(self.open) if id), "")
        if own:
            self.words[own].append(data)


def stale(folder: Path, record: Mapping[str, Any], now: Made) -> list[Stale]:
    """Return what in a site is not as the law is now, in the order of its files and their paragraphs."""
    found: list[Stale] = []
    fresh = {page.file for page in now.pages}
    built = {name for name in record["files"] if name.split("/")[0] in LANGS and name.endswith(".html")}
    for file in sorted(fresh | built):
        old = _read(folder / file)
        if old is None:
            where = "no_page" if file in fresh else ""
        else:
            where = "" if file in fresh else "old_page"
        if where:
            found.append(Stale(file, "", (), OTHER[where]))
        elif old is not None and old != now.files[file]:
            found += _Compared(file, record, now).stale(old)
    return found


def _read(path: Path) -> str | None:
    try:
        return file_bytes(path, _MAX_PAGE).decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


class _Compared:
    """One page as it stands, and as it would be made now."""

    def __init__(self, file: str, record: Mapping[str, Any], now: Made) -> None:
        self.file, self.now = file, now
        self.lang: Lang = "ja" if file.startswith("ja/") else "en"
        self.origins: Origins = now.origins[self.lang]
        origins: list[list[str]] = record["origins"]
        self.keys = {id: origins[n] for id, n in (record["paragraphs"].get(file) or {}).items()}
        self.digests: Mapping[str, str] = record["digests"].get(self.lang) or {}
        self.rests: Mapping[str, list[str]] = record["rests"]
        # On another day words differ without any change of law, or of hand.
        moved = now.material.law.as_of != record["as_of"] or now.material.law.known_on != record["known_on"]
        self.otherwise = OTHER["time" if moved else "words"]

    def stale(self, old: str) -> Iterator[Stale]:
        before, after = Paragraphs(old).found, Paragraphs(self.now.files[self.file]).found
        for id, was in before.items():
            then = after.get(id)
            if then is None:
                # A page shows the examples that tell most: that one gave its place to another changes nothing it said.
                if not self.unchanged_example(id):
                    yield self.say(id, was, self.changed(id) or [OTHER["dropped"]])
            elif was.digest != then.digest:
                yield self.say(id, was, self.changed(id) or [self.otherwise])
            elif was.text != then.text:
                yield self.say(id, was, [self.otherwise])
        shown = {_example(id) for id in before}
        for id, new in after.items():
            moved_up = _example(id) not in shown and self.known_example(id)
            if id not in before and not moved_up and not self.unchanged_example(id):
                yield self.say(id, new, [OTHER["missing"]])

    def known_example(self, id: str) -> bool:
        """Say whether a paragraph is of a worked example that there was when the site was made."""
        return id.startswith("case-") and bool(self.digests.get(f"case:{_example(id).removeprefix('case-')}"))

    def unchanged_example(self, id: str) -> bool:
        """Say whether a paragraph is of a worked example that is now what it was when the site was made."""
        name = _example(id).removeprefix("case-")
        key = f"case:{name}"
        return id.startswith("case-") and self.digests.get(key, "") == self.origins.digest(key) != ""

    def say(self, id: str, found: Found, why: list[Pair]) -> Stale:
        ja, en = "；".join(w[0] for w in why), "; ".join(w[1] for w in why)
        return Stale(self.file, id, found.rules, (ja, en), self.how(id))

    def how(self, id: str) -> str:
        """Return how a paragraph has become stale: by its own rule or words, by a rule it shows, by what was computed."""
        changed = [key for key in self.keys.get(id, ()) if self.digests.get(key, "") != self.origins.digest(key)]
        if id.startswith("case-") or (changed and all(key.startswith(_COMPUTED) for key in changed)):
            return "computed"
        versions = [self.origins.version(key) for key in changed if not key.startswith(_COMPUTED)]
        own = [v for v in versions if not v or self.file.endswith(f"/provision/{slug(v.partition('@')[0])}.html")]
        return "own" if own or not versions else "shows"

    def changed(self, id: str) -> list[Pair]:
        """Return which origins of a paragraph have another digest now than when the page was made."""
        found: list[Pair] = []
        for key in self.keys.get(id, ()):
            found += self.changed_rules(key)
            if self.digests.get(key, "") != self.origins.digest(key):
                sort, _, name = key.partition(":")
                gone = OTHER["no_case" if sort in ("case", "given") else "gone"]
                pair = WHY[sort] if self.origins.digest(key) else gone
                found.append((pair[0].format(self.named(key, name, "ja")), pair[1].format(self.named(key, name, "en"))))
        return list(dict.fromkeys(found))

    def changed_rules(self, key: str) -> list[Pair]:
        """Return which rules changed among those that what was run rests on."""
        found = []
        for version in self.rests.get(key, ()):
            rules = f"rules:{version}"
            if self.digests.get(rules, "") != self.origins.digest(rules):
                pair = WHY["rules"] if self.origins.digest(rules) else OTHER["gone"]
                found.append(
                    (pair[0].format(self.named(rules, version, "ja")), pair[1].format(self.named(rules, version, "en")))
                )
        return found

    def named(self, key: str, name: str, lang: Lang) -> str:
        """Return what a key names, as a reader would: a provision as cited, a name by its label, a case by its heading."""
        speech: Speech = self.now.material.speech[lang]
        version = self.origins.version(key)
        if version:
            address = version.partition("@")[0]
            own = name.partition("#")[2].partition("|")[0]
            return f"{speech.conditions.cite(address)} ({version}{f'#{own}' if own else ''})"
        if key.startswith(("case:", "given:")):
            example = next((e for e in self.now.material.computed if e.key in (key, f"case:{name}")), None)
            return example.title if example is not None else name
        if key.startswith("answer:"):
            asked, _, norm = name.partition("#")
            label = "".join(run.text for run in speech.label(norm.rpartition("#")[2])) if norm else ""
            return f"{label} ({asked})" if label else asked
        if key.startswith("word:"):
            return f"{''.join(run.text for run in speech.label(name))} ({name})"
        return name


def summary(found: Iterable[Stale], now: Made, lang: Lang) -> Iterator[str]:
    """Give a line a page: its title, its languages, how many paragraphs; pages whose own rule changed first, with why."""
    titles = {page.file: plain(page.title) for page in now.pages}
    pages: dict[str, list[Stale]] = {}
    for s in found:
        pages.setdefault(s.page.partition("/")[2], []).append(s)
    for how, heading in HOW.items():
        group = {path: of for path, of in pages.items() if min((*HOW,).index(s.how) for s in of) == (*HOW,).index(how)}
        if group:
            yield pick(heading, lang).format(len(group))
        for path, of in group.items():
            title = titles.get(f"{lang}/{path}", "")
            langs = pick(("・", ", "), lang).join(one for one in LANGS if any(s.page.startswith(f"{one}/") for s in of))
            count = pick(("{}段落", "{} paragraph(s)"), lang).format(len(of))
            yield f"  {path} ({langs}) {title}{pick(('：', ': '), lang)}{count}"
            if how == "own":
                whys = dict.fromkeys(pick(s.why, lang) for s in of if s.how == how)
                yield from (f"    - {why}" for why in whys)


def told(found: Iterable[Stale], lang: Lang) -> Iterator[str]:
    """Give the findings as lines; paragraphs of one worked example that are stale for one reason share a line, each named."""
    for (page, _, _, why), of in groupby(found, key=lambda s: (s.page, _example(s.paragraph), s.rules, s.why)):
        first, *others = of
        ids = ", ".join([first.paragraph, *(f"#{s.paragraph}" for s in others)])
        yield line(Stale(page, ids, first.rules, why), lang)


def _example(paragraph: str) -> str:
    """Return the worked example a paragraph is of, else the paragraph itself."""
    met = re.match(r"case-[0-9a-f]+(?=-)", paragraph)
    return met[0] if met else paragraph


def line(one: Stale, lang: Lang) -> str:
    """Return a finding on one line: page and paragraph, provision, why."""
    where = f"{one.page}#{one.paragraph}" if one.paragraph else one.page
    more = len(one.rules) - _MOST_RULES
    named = [*one.rules[:_MOST_RULES], *([pick(("ほか{}", "{} more"), lang).format(more)] if more > 0 else [])]
    rules = f" [{', '.join(named)}]" if named else ""
    return f"{where}{rules}: {pick(one.why, lang)}"

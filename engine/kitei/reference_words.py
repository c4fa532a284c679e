"""References in words and in other programs' forms: what rests on what, what a change touches, JSON, DOT and Mermaid.

Comes in: `References` and what it found. Goes out: text in one language, or the text of a file. Names are those of
answers. A graph drawn leaves out that a slot rests on its filling, which is the way back of what fills it; the data has both.
Deliberately not here: which references there are, layout.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from kitei.conditions import Conditions
from kitei.naming import clean
from kitei.references import KINDS, Dependence, Edge, References, Thing, Touched
from kitei.wording import Lang, Pair, pick
from kitei.world import Program

#: How a provision rests on another: as a heading, and as the short word at an arrow.
KIND_WORDS: dict[str, tuple[Pair, Pair]] = {
    "term": (("その語・委任・数を用いる", "uses its term, slot or number"), ("用語", "uses")),
    "slot": (("その委任を満たす", "fills its slot"), ("委任", "fills")),
    "filling": (("これにより委任が満たされる", "is filled by it"), ("充足", "filled")),
    "exception": (("その例外（ただし書・適用除外）である", "is an exception to it"), ("例外", "excepts")),
    "yields": (("これに譲る", "gives way to it"), ("譲歩", "yields")),
    "lifts": (("その禁止を解く", "lifts its prohibition"), ("許容", "lifts")),
    "sanction": (("その罰則・処分である", "is its sanction"), ("罰則", "sanction")),
    "applies": (("これを準用する", "applies it mutatis mutandis (準用)"), ("準用", "applies")),
    "deems": (
        ("その適用につきみなす（経過措置を含む）", "deems something for its purposes (transition)"),
        ("経過", "deems"),
    ),
    "saving": (("従前の例による旨を定める", "saves its former text"), ("従前", "saves")),
    "commencement": (("この日に施行され、又は終わる", "starts or ends on this day"), ("施行", "starts")),
    "cites": (("引用する（文言の目印・要約）", "cites it (words marked, plain statement)"), ("引用", "cites")),
}
_SORTS: dict[str, Pair] = {
    "norm": ("規範", "norm"), "term": ("語", "term"), "slot": ("委任", "slot"), "place": ("規定", "provision"), "case": ("事例", "case"),
}  # fmt: skip


class ReferenceWords:
    """Names everything of a graph in one language."""

    def __init__(self, program: Program, lang: Lang) -> None:
        self.program, self.lang, self.conditions = program, lang, Conditions(program, lang)
        self.say = self.conditions.say

    def place(self, place: str) -> str:
        """Return a place as it is cited: tagged where every version of it is still to come."""
        commencement = self.program.commencements.get(place)
        if commencement is not None:
            return self.conditions.label(self.conditions.names.wording(commencement.label, place))
        versions = self.program.by_address.get(place, [])
        coming = versions[0] if versions and all("/" in v.start for v in versions) else None
        instrument = self.program.instruments.get(place)
        if instrument is not None:
            return clean(
                self.say(
                    instrument.short.ja or instrument.title.ja or place,
                    instrument.short.en or instrument.title.en or place,
                )
            )
        return self.conditions.cite(place, coming)

    def heading(self, place: str) -> str:
        """Return the heading of the last version of a place; empty where it has none."""
        versions = self.program.by_address.get(place, [])
        said = self.conditions.names.said(versions[-1].heading) if versions else None
        return self.conditions.label(said) if said is not None else ""

    def about(self, key: str) -> str:
        """Return the name of a term, a slot or a norm by its key."""
        return self.conditions.label(self.conditions.names.term(key))

    def thing(self, thing: Thing) -> str:
        match thing.sort:
            case "place":
                return self.place(thing.id)
            case "case":
                return clean(thing.id)
            case "slot":
                return self.quoted(self.about(f"slot:{thing.id}"))
            case _:
                return self.quoted(self.about(thing.id))

    def quoted(self, text: str) -> str:
        return self.say(f"「{text}」", f'"{text}"')

    def kind(self, kind: str) -> str:
        return pick(KIND_WORDS[kind][0], self.lang)

    def short(self, kinds: Sequence[str]) -> str:
        """Return the words at an arrow."""
        return self.say("・", ", ").join(pick(KIND_WORDS[k][1], self.lang) for k in sorted(kinds, key=KINDS.index))

    def names(self, edge: Edge) -> str:
        """Return through what an edge goes, in brackets; nothing where it goes through nothing of its own."""
        if not edge.about or edge.kind not in ("term", "slot", "filling"):
            return ""
        named = self.say("", ", ").join(dict.fromkeys(self.quoted(self.about(a)) for a in edge.about))
        return f"：{named}" if self.lang == "ja" else f": {named}"


# --------------------------------------------------------------------------- in words
def dependence_text(found: Dependence, places: Sequence[str], words: ReferenceWords) -> str:
    """Return what rests on some places: directly, by how, and through others, each with the way."""
    asked = words.say("、", ", ").join(words.place(p) for p in places)
    lines = [words.say(f"{asked}に依るもの", f"What rests on {asked}")]
    if not found.direct and not found.through:
        return "\n".join([*lines, words.say("  なし（収録範囲）", "  nothing that is encoded"), ""])
    for kind in KINDS:
        edges = [e for e in found.direct if e.kind == kind]
        if edges:
            lines.append(f"  {words.kind(kind)}")
        for e in edges:
            of = "" if len(places) == 1 else words.say(f" → {words.place(e.target)}", f" → {words.place(e.target)}")
            lines.append(f"    {words.place(e.source)}{of}{words.names(e)}")
    if found.through:
        lines.append(words.say("  他の規定を通じて", "  Through others"))
        lines += [f"    {words.place(t.thing.id)}{_way(t, words)}" for t in found.through]
    return "\n".join([*lines, ""])


def touched_text(found: Sequence[Touched], places: Sequence[str], words: ReferenceWords) -> str:
    """Return what a change to some places may touch, nearest first, each with the way to it."""
    asked = words.say("、", ", ").join(words.place(p) for p in places)
    lines = [
        words.say(
            f"{asked}を変えたときに影響が及び得るもの（近い順）", f"What a change to {asked} may touch, nearest first"
        )
    ]
    if not found:
        return "\n".join([*lines, words.say("  なし（収録範囲）", "  nothing that is encoded"), ""])
    for distance in dict.fromkeys(t.distance for t in found):
        lines.append(words.say(f"  {distance}段先", f"  {distance} step{'s' if distance > 1 else ''} away"))
        for t in found:
            if t.distance == distance:
                sort = pick(_SORTS[t.thing.sort], words.lang)
                where = norm_place(t.thing)
                at = words.say(f"（{words.place(where)}）", f" ({words.place(where)})") if where else ""
                lines.append(f"    {words.say(f'〔{sort}〕', f'{sort} ')}{words.thing(t.thing)}{at}{_way(t, words)}")
    return "\n".join([*lines, ""])


def norm_place(thing: Thing) -> str:
    """Return the place of a norm or a slot, of which the name alone does not tell where it stands."""
    if thing.sort == "norm":
        return thing.id.removeprefix("norm:").partition("#")[0]
    return thing.id.partition("#")[0] if thing.sort == "slot" else ""


def _way(touched: Touched, words: ReferenceWords) -> str:
    """Return the way to a thing, from what was changed, without its two ends where nothing lies between."""
    between = touched.way[1:-1]
    if not between:
        return ""
    way = words.say(" ← ", " ← ").join(words.thing(t) for t in reversed(between))
    return words.say(f" ← {way}", f" ← {way}")


# --------------------------------------------------------------------------- as data
def as_json(graph: References, program: Program) -> str:
    """Return the graph as data, with every name in both languages."""
    ja, en = ReferenceWords(program, "ja"), ReferenceWords(program, "en")
    data = {
        "format": "kitei/references@1",
        "places": [
            {"id": p, "ja": ja.place(p), "en": en.place(p), "heading": {"ja": ja.heading(p), "en": en.heading(p)},
             "encoded": p in program.by_address or p in program.commencements}
            for p in graph.places
        ],
        "references": [
            {"from": e.source, "to": e.target, "kind": e.kind,
             "about": [{"id": a, "ja": ja.about(a), "en": en.about(a)} for a in e.about]}
            for e in graph.edges
        ],
    }  # fmt: skip
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def thing_data(thing: Thing, ja: ReferenceWords, en: ReferenceWords) -> dict[str, str]:
    return {"sort": thing.sort, "id": thing.id, "ja": ja.thing(thing), "en": en.thing(thing)}


def dependence_json(found: Dependence, places: Sequence[str], program: Program) -> str:
    """Return what rests on some places as data."""
    ja, en = ReferenceWords(program, "ja"), ReferenceWords(program, "en")
    data = {
        "format": "kitei/depends-on@1",
        "places": list(places),
        "direct": [{"kind": e.kind, "place": thing_data(Thing("place", e.source), ja, en), "on": e.target, "about": list(e.about)} for e in found.direct],
        "through": _touched_data(found.through, ja, en),
    }  # fmt: skip
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def touched_json(found: Sequence[Touched], places: Sequence[str], program: Program) -> str:
    """Return what a change may touch as data."""
    ja, en = ReferenceWords(program, "ja"), ReferenceWords(program, "en")
    data = {"format": "kitei/touches@1", "places": list(places), "touched": _touched_data(found, ja, en)}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _touched_data(found: Sequence[Touched], ja: ReferenceWords, en: ReferenceWords) -> list[dict[str, object]]:
    return [
        {**thing_data(t.thing, ja, en), "distance": t.distance, "way": [thing_data(s, ja, en) for s in t.way]} for t in found
    ]  # fmt: skip


# --------------------------------------------------------------------------- for other programs
def drawn_edges(graph: References) -> list[tuple[str, str, list[str]]]:
    """Return the arrows of a drawing: one from a place to another, with every kind of reference between them."""
    found: dict[tuple[str, str], list[str]] = {}
    for e in graph.edges:
        if e.kind != "filling":
            found.setdefault((e.source, e.target), []).append(e.kind)
    return [(source, target, kinds) for (source, target), kinds in found.items()]


def as_dot(graph: References, words: ReferenceWords) -> str:
    """Return the graph as DOT, to be drawn by Graphviz."""

    def quoted(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    number = {p: n for n, p in enumerate(graph.places)}
    lines = ["digraph kitei {", "  rankdir=RL;", "  node [shape=box];"]
    lines += [f"  n{number[p]} [label={quoted(words.place(p))}];" for p in graph.places]
    lines += [
        f"  n{number[s]} -> n{number[t]} [label={quoted(words.short(kinds))}];" for s, t, kinds in drawn_edges(graph)
    ]
    return "\n".join([*lines, "}", ""])


def as_mermaid(graph: References, words: ReferenceWords) -> str:
    """Return the graph as Mermaid, to be drawn in a page of Markdown."""

    def quoted(text: str) -> str:
        for plain, code in (
            ("#", "#35;"),
            ('"', "#quot;"),
            ("<", "#lt;"),
            (">", "#gt;"),
            ("&", "#amp;"),
            ("|", "#124;"),
            ("`", "#96;"),
        ):
            text = text.replace(plain, code)
        return f'"{text}"'

    number = {p: n for n, p in enumerate(graph.places)}
    lines = ["flowchart RL"]
    lines += [f"  n{number[p]}[{quoted(words.place(p))}]" for p in graph.places]
    lines += [f"  n{number[s]} -->|{quoted(words.short(kinds))}| n{number[t]}" for s, t, kinds in drawn_edges(graph)]
    return "\n".join([*lines, ""])

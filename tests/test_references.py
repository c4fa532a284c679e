"""References between provisions: a small law whose edges are listed by hand, what a change touches, how it is drawn."""

import itertools
import json
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import click
import pytest
from click.testing import CliRunner
from hypothesis import given

from kitei.cli.graph import graph as graph_command
from kitei.diagrams.drawing import PADDING, SMALL, Rect, width
from kitei.diagrams.network import Network, layout, network_svg
from kitei.diagrams.timeline import Row, timeline_svg, version_rows
from kitei.diagrams.timeline import layout as course_of
from kitei.reference_words import ReferenceWords, as_dot, as_json, as_mermaid, dependence_text, touched_text
from kitei.references import Edge, Mentions, References, Thing
from kitei.ruleset import load
from kitei.wording import LANGS, Lang
from kitei.world import Program
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source
from programs import Case, cases, compiled
from test_agreement import some

LAW = """instrument t type act status enacted title ja "試験法" en "Test Act" end
instrument o type ordinance status enacted title ja "試験令" en "Test Order" end
instrument n type act status enacted title ja "改正法" en "New Act" end
commencement n/main promulgated 2026-06-01 earliest 2026-12-01 latest 2027-05-31 grade A cite n/suppl/1
  label ja "改正法の施行の日" en "start of the New Act"
end
kind Firm (会社) label ja "会社" en "firm" end
attribute small of Firm is truth label ja "小さい" en "small" end
attribute told of Firm is truth label ja "届け出た" en "told" end
term covered of Firm is truth label ja "対象会社" en "covered firm" end
term former of Firm is truth label ja "旧対象会社" en "formerly covered firm" end
norm tell of Firm label ja "届出の義務" en "duty to tell" end
norm pay of Firm label ja "納付の義務" en "duty to pay" end
world current end
provision t/1 in force from 2020-01-01 grade A
  define covered of Firm as firm means small of firm end
  define former of Firm as firm means not small of firm end
end
provision t/2/main in force from 2020-01-01 until n/main grade A
  slot amount of Firm is yen required for ordinance label ja "納付の額" en "amount to pay" end
  duty pay of Firm as firm when covered of firm achieve amount of firm >= 0 yen end
end
provision t/2/proviso in force from 2020-01-01 grade A
  block t/2/main of Firm as firm when told of firm end
end
provision t/3 in force from 2020-01-01 grade A
  duty tell of Firm as firm when former of firm keep told of firm end
end
provision t/9 in force from 2020-01-01 grade A
  sanction criminal for t/2/main
    whose ja "違反した者" en "the person"
    fine up to 10,000 yen
  end
end
provision o/1 in force from 2020-01-01 grade A
  parameter base is 100 yen
  fill t/2/main amount of Firm as firm is base @t/1"会社" end
end
"""


@cache
def law() -> Program:
    core, found = compile_sources([Source("t.kitei", LAW)])
    assert [] == [str(d) for d in found if d.severity == "error"]
    return Program(core, "")


@cache
def collected() -> References:
    return References(load()[0])


#: By hand, from the law above, in the order of the places: t/1 t/2 (main, proviso) t/3 t/9 o/1, n/main.
EDGES = [
    Edge("t/2/main", "t/1", "term", ("covered",)),  # its duty is of a covered firm
    Edge("t/2/main", "o/1", "filling", ("slot:t/2/main#amount",)),
    Edge("t/2/main", "n/main", "commencement"),  # it ends then
    Edge("t/2/proviso", "t/2/main", "exception", ("norm:t/2/main#pay",)),
    Edge("t/3", "t/1", "term", ("former",)),
    Edge("t/9", "t/2/main", "sanction"),
    Edge("o/1", "t/1", "cites"),  # the words marked stand there
    Edge("o/1", "t/2/main", "slot", ("slot:t/2/main#amount",)),
    Edge("n/main", "n/suppl/1", "cites"),  # where its bounds stand
]


def test_the_references_are_those_listed_by_hand() -> None:
    assert EDGES == References(law()).edges


def test_what_rests_on_a_place_is_told_by_how() -> None:
    graph = References(law())
    found = graph.depends_on(graph.at("t/1"))

    assert [("term", "t/2/main"), ("term", "t/3"), ("cites", "o/1")] == [(e.kind, e.source) for e in found.direct]
    assert ["t/9"] == [t.thing.id for t in found.through]  # the exception is not otherwise where the duty is
    assert ["t/1", "covered", "norm:t/2/main#pay", "t/9"] == [t.id for t in found.through[0].way]


def test_a_change_is_followed_through_the_word_it_changes() -> None:
    """A change of the order touches the slot, the duty to pay and what rests on that; never the duty to tell."""
    graph = References(
        law(), cases=(Mentions("pays", (), ("pay",)), Mentions("tells", (), ("tell",)), Mentions("cites", ("o/1",), ()))
    )
    found = graph.touches(["o/1"])

    assert [
        (1, Thing("slot", "t/2/main#amount")), (1, Thing("place", "t/2/main")), (1, Thing("case", "cites")),
        (2, Thing("norm", "norm:t/2/main#pay")),
        (3, Thing("place", "t/9")), (3, Thing("case", "pays")),
    ] == [(t.distance, t.thing) for t in found]  # fmt: skip
    assert ["o/1", "t/2/main#amount", "norm:t/2/main#pay", "t/9"] == [t.id for t in found[4].way]


def test_what_can_never_meet_does_not_touch() -> None:
    """Art. 5 defines the word until 2023, art. 6 from then; the duty of 2020 to 2022 is of the former, that of 2024 of the latter,
    and art. 9 punished breach of both until 2022."""
    text = (
        LAW.split("provision t/1")[0]
        + """
provision t/5 in force from 2020-01-01 until 2023-01-01 grade A
  define covered of Firm as firm means small of firm end
end
provision t/6 in force from 2023-01-01 grade A
  define covered of Firm as firm means small of firm and told of firm end
end
provision t/7 in force from 2020-01-01 until 2022-01-01 grade A
  duty tell of Firm as firm when covered of firm keep told of firm end
end
provision t/8 in force from 2024-01-01 grade A
  duty pay of Firm as firm when covered of firm keep told of firm end
end
provision t/9 in force from 2020-01-01 until 2022-01-01 grade A
  sanction criminal for t/7, t/8
    whose ja "違反した者" en "the person"
    fine up to 10,000 yen
  end
end
"""
    )
    core, found = compile_sources([Source("t.kitei", text)])
    assert [] == [str(d) for d in found if d.severity == "error"]
    graph = References(Program(core, ""))
    former, present = (graph.depends_on([p]) for p in ("t/5", "t/6"))

    assert ["t/7"] == [e.source for e in former.direct]
    assert ["t/8"] == [e.source for e in present.direct]
    assert ["t/9"] == [t.thing.id for t in former.through]
    assert [] == [t.thing.id for t in present.through]


@pytest.mark.parametrize(
    ("start", "end", "meets"),
    [
        ("b/main", "a/main", True),  # either may come first
        ("a/main", "a/main", False),  # the one begins as the other ends
        ("2024-01-01", "a/main", True),
        ("b/main", "2024-01-01", False),  # what is not fixed yet comes after what is
        ("2023-12-31", "2024-01-01", True),
        ("2024-01-01", "2024-01-01", False),
    ],
)
def test_days_that_are_not_fixed_may_meet(start: str, end: str, meets: bool) -> None:
    """A bill rests on a definition that another act, not yet in force, is to end."""
    law = f"""
instrument t type act title ja "法" en "Act" end
instrument a type act title ja "改正法" en "Amending Act" end
instrument b type bill title ja "案" en "Bill" end
commencement a/main promulgated 2023-01-01 end
commencement b/main end
kind Firm end
attribute large of Firm is truth end
term big of Firm is truth end
norm report of Firm end
provision t/1 in force from 2020-01-01 until {end} grade A define big of Firm means large end end
provision b/1 in force from {start} grade A duty report of Firm when big keep large end end
"""
    core, found = compile_sources([Source("t.kitei", law)])
    assert [] == [d.message for d in found if d.severity == "error"]
    edges = References(Program(core, "")).edges
    assert meets == any((e.source, e.target) == ("b/1", "t/1") for e in edges)


def test_on_the_collected_law() -> None:
    """PSA art. 2(16) is in force from 2023-06-01: art. 107(v), repealed in 2021, rests on 63-2 but not on it."""
    found = collected().depends_on(["psa/2/16"])
    direct, through = {e.source for e in found.direct}, {t.thing.id for t in found.through}

    assert {"psa/63_2", "psa/63_11/2/s1", "psa/63_11/2/s2", "cao/42"} <= direct
    assert "psa/107/i12" in through
    assert "psa/107/i5" not in direct | through
    assert "psa/107/i5" in {e.source for e in collected().depends_on(["psa/63_2"]).direct}


def test_each_is_touched_once_and_by_a_way_that_is_there() -> None:
    """On the collected law, from places all over it: nearest first, each way one step longer than the way to the thing before it."""
    graph = collected()
    for place in graph.places[:: len(graph.places) // 60 + 1]:
        found = graph.touches([place])
        away = {t.thing: t.distance for t in found}
        assert len(found) == len(away)
        assert [t.distance for t in found] == sorted(t.distance for t in found)
        for t in found:
            assert t.distance == len(t.way) - 1 and t.way[0] == Thing("place", place) and t.way[-1] == t.thing
            assert t.distance == 1 or away[t.way[-2]] == t.distance - 1


def test_around_a_place_in_one_direction() -> None:
    graph = References(law())

    assert ["t/2/main"] == graph.around(["t/2/main"], 0, "both").places
    assert ["t/1", "t/2/main", "o/1", "n/main"] == graph.around(["t/2/main"], 1, "cites").places
    assert ["t/2/main", "t/2/proviso", "t/9", "o/1"] == graph.around(["t/2/main"], 1, "cited-by").places
    assert set(graph.places) == set(graph.around(["t/2/main"], 2, "both").places)


def test_what_is_too_large_is_folded() -> None:
    graph = References(law())

    assert graph.places == graph.folded(30).places
    assert ["t/1", "t/2", "t/3", "t/9", "o/1", "n/main", "n/suppl/1"] == graph.folded(7).places
    assert ["t", "o", "n/main", "n"] == graph.folded(3).places
    assert {("t", "o"), ("o", "t"), ("t", "n/main"), ("n/main", "n")} == {
        (e.source, e.target) for e in graph.folded(3).edges
    }


# --------------------------------------------------------------------------- in words and forms


def test_in_words_in_both_languages() -> None:
    graph = References(law())
    found = graph.depends_on(["t/2/main"])

    assert """試験法第2条本文に依るもの
  その委任を満たす
    試験令第1条：「納付の額」
  その例外（ただし書・適用除外）である
    試験法第2条ただし書
  その罰則・処分である
    試験法第9条
""" == dependence_text(found, ["t/2/main"], ReferenceWords(law(), "ja"))
    touched = graph.touches(["o/1"])
    assert """What a change to Test Order art. 1 may touch, nearest first
  1 step away
    slot "amount to pay" (Test Act art. 2, main clause)
    provision Test Act art. 2, main clause
  2 steps away
    norm "duty to pay" (Test Act art. 2, main clause) ← "amount to pay"
  3 steps away
    provision Test Act art. 9 ← "duty to pay" ← "amount to pay"
""" == touched_text(touched, ["o/1"], ReferenceWords(law(), "en"))


def test_dot_and_mermaid_of_a_tiny_law() -> None:
    graph = References(law()).around(["t/9"], 1, "both")

    assert """digraph kitei {
  rankdir=RL;
  node [shape=box];
  n0 [label="Test Act art. 2, main clause"];
  n1 [label="Test Act art. 9"];
  n1 -> n0 [label="sanction"];
}
""" == as_dot(graph, ReferenceWords(law(), "en"))
    assert """flowchart RL
  n0["試験法第2条本文"]
  n1["試験法第9条"]
  n1 -->|"罰則"| n0
""" == as_mermaid(graph, ReferenceWords(law(), "ja"))


def test_names_that_would_act_are_written_out() -> None:
    core, _ = compile_sources([Source("t.kitei", LAW.replace('en "Test Act"', 'en "T|<b>#1"'))])
    program = Program(core, "")
    graph, words = References(program).around(["t/9"], 1, "both"), ReferenceWords(program, "en")

    assert "T#124;#lt;b#gt;#35;1" in as_mermaid(graph, words)
    assert "<b>" not in network_svg(graph, "en").svg
    assert all(
        line.count('"') - line.count('\\"') == 2 for line in as_dot(graph, words).splitlines() if "label" in line
    )


def test_json_has_every_reference_in_both_languages() -> None:
    data = json.loads(as_json(References(law()), law()))

    assert [(e.source, e.target, e.kind) for e in EDGES] == [
        (r["from"], r["to"], r["kind"]) for r in data["references"]
    ]
    assert {"id": "covered", "ja": "対象会社", "en": "covered firm"} == data["references"][0]["about"][0]
    assert [False] == [p["encoded"] for p in data["places"] if p["id"] == "n/suppl/1"]


# --------------------------------------------------------------------------- drawn


def faults(drawn: Network) -> list[str]:
    """Return what is drawn wrongly: boxes over boxes, text that does not fit, arrows that end nowhere or cross a box."""
    boxes = {p: r for p, (r, _) in drawn.boxes.items()}
    wrong = [f"{p} overlaps {q}" for p, a in boxes.items() for q, b in boxes.items() if p < q and a.overlaps(b)]
    for p, (rect, lines) in drawn.boxes.items():
        wrong += [
            f"{text} does not fit" for size, text in lines if width(text, size) > rect.w - 2 * PADDING and len(text) > 1
        ]
        if rect.x < 0 or rect.y < 0 or rect.right > drawn.size[0] or rect.bottom > drawn.size[1]:
            wrong.append(f"{p} is outside")
    for arrow in drawn.arrows:
        for (x, y), place in ((arrow.points[0], arrow.source), (arrow.points[-1], arrow.target)):
            r = boxes[place]
            if x not in (r.x, r.right) or not r.y <= y <= r.bottom:
                wrong.append(f"{arrow} does not end on {place}")
        for (x1, y1), (x2, y2) in zip(arrow.points, arrow.points[1:], strict=False):
            for p, r in boxes.items():
                inner = Rect(r.x + 1, r.y + 1, r.w - 2, r.h - 2)
                if y1 == y2 and inner.overlaps(Rect(min(x1, x2), y1, abs(x2 - x1), 1)):
                    wrong.append(f"{arrow} crosses {p}")
                if y1 != y2 and min(x1, x2) < inner.right and inner.x < max(x1, x2):
                    wrong.append(f"{arrow} is aslant beside {p}")
        x, y, word = arrow.word
        label = Rect(x, y - SMALL + 2, width(word, SMALL), SMALL - 2)
        wrong += [f"{word} is written over {p}" for p, r in boxes.items() if label.overlaps(r)]
    marks = [Rect(a.word[0], a.word[1] - SMALL + 2, width(a.word[2], SMALL), SMALL - 2) for a in drawn.arrows]
    wrong += [f"words {n} and {m}" for n, a in enumerate(marks) for m, b in enumerate(marks) if n < m and a.overlaps(b)]
    return wrong


@pytest.mark.parametrize("lang", LANGS)
def test_the_collected_law_is_drawn_without_fault(lang: Lang) -> None:
    graph, words = collected(), ReferenceWords(collected().program, lang)

    assert [] == faults(layout(graph.folded(30), words))
    for place in graph.places[:: len(graph.places) // 12]:
        assert [] == faults(layout(graph.around([place], 1, "both"), words)), place


@given(cases())
@some(6)
def test_random_law_is_drawn_without_fault(case: Case) -> None:
    graph = References(compiled(case))
    for lang in LANGS:
        assert [] == faults(layout(graph, ReferenceWords(graph.program, lang)))
        one = network_svg(graph, lang)
        ElementTree.fromstring(one.svg)
        assert one == network_svg(References(graph.program), lang)


def test_what_is_rested_on_stands_left() -> None:
    graph = References(law()).around(["t/1"], 1, "cited-by")
    drawn = layout(graph, ReferenceWords(law(), "ja"))

    assert drawn.boxes["t/1"][0].x < drawn.boxes["t/3"][0].x
    assert drawn.boxes["t/1"][0].x < drawn.boxes["t/2/main"][0].x


# --------------------------------------------------------------------------- over time


def test_bars_stand_between_their_days() -> None:
    """Art. 2 ends on a day not fixed, which lies behind every fixed day; art. 1 has no end."""
    rows = version_rows(law(), ["t/1", "t/2/main"], "en")
    course = course_of(rows)
    at = {moment: x for x, moment, _ in course.moments}
    one, two = course.bars

    assert ["2020-01-01", "start of the New Act"] == list(at)
    assert at["2020-01-01"] == one.rect.x == two.rect.x
    assert at["start of the New Act"] == two.rect.right < one.rect.right
    assert (True, False) == (one.open_end, two.open_end)
    assert not any(a.rect.overlaps(b.rect) for n, a in enumerate(course.bars) for b in course.bars[:n])


def test_the_line_of_days_is_readable_however_many() -> None:
    """Days of one month beside days years apart: each keeps 24 units from the next, and the words say them all."""
    rows = [Row(f"第{n}条", "", f"2024-01-{n:02}", "2040-01-01", "claim") for n in range(1, 12)]
    course = course_of(rows)
    places = [x for x, _, _ in course.moments]

    assert places == sorted(places)
    assert all(b - a >= 24 for a, b in itertools.pairwise(places))
    assert all(0 <= b.rect.x and b.rect.right <= course.size[0] for b in course.bars)
    one = timeline_svg(rows, "ja", prefix="q")
    ElementTree.fromstring(one.svg)
    assert "- 第3条：2024-01-03から、2040-01-01の前日まで、法令でない" in one.text
    assert 'id="q-hatch"' in one.svg and "url(#q-hatch)" in one.svg
    assert ("", "") == (timeline_svg([], "ja").svg, timeline_svg([], "ja").text)


# --------------------------------------------------------------------------- the command


def run(*words: str) -> tuple[int, str, str]:
    """Return the exit code, what was printed and what was said."""
    result = CliRunner().invoke(graph_command, list(words), standalone_mode=False)
    if isinstance(result.exception, click.UsageError):
        return 2, result.stdout, result.exception.format_message()
    assert result.exception is None, result.exception
    return result.return_value, result.stdout, result.stderr


def test_every_spelling_of_a_place_is_one_place() -> None:
    answers = {
        run(*("--depends-on", text, "--lang", "ja"))[1]
        for text in ("資金決済法第六十三条の二", "PSA art. 63-2", "psa/63_2")
    }

    assert 1 == len(answers)
    assert "資金決済法第107条第12号" in answers.pop()


def test_a_citation_without_a_title_needs_its_place() -> None:
    assert 3 == run("--depends-on", "第63条の2", "--lang", "ja")[0]
    for within in ("psa", "psa/107", "資金決済法第107条"):
        assert "第107条第12号" in run("--depends-on", "第63条の2", "--within", within, "--lang", "ja")[1]


def test_the_form_is_told_by_the_name_of_the_file(tmp_path: Path) -> None:
    for name, begins in (
        ("a.svg", "<?xml"),
        ("a.dot", "digraph"),
        ("a.mmd", "flowchart"),
        ("a.json", "{"),
        ("a.txt", "- "),
    ):
        file = tmp_path / name
        code, out, _ = run("fiea/46_5/1", "--out", str(file), "--lang", "en")
        assert (0, "") == (code, out)
        assert file.read_text(encoding="utf-8").startswith(begins)


def test_cases_are_found_beside_the_law() -> None:
    assert "cao/scenarios.md" in run("--touches", "cao/27/2", "--lang", "en")[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("psa/63_2", "--depends-on", "psa/63_2"), "one of the three"),
        (("--touches", "psa/63_2", "--format", "svg"), "--format text or json"),
        (("psa/63_2", "--out", "x.foo"), "x.foo does not say one"),
        (("psa/63_2", "--direction", "up"), "'up' is not one of"),
        (("psa/63_2", "--cases", "."), "give --touches PLACE too"),
        (("psa/63_2", "--within", "ほげ"), "--within: "),
    ],
)
def test_wrong_use_says_what_to_do(words: tuple[str, ...], said: str) -> None:
    code, out, err = run(*words)

    assert (2, "") == (code, out)
    assert said in err


def test_a_place_that_is_not_there_is_said_to_be() -> None:
    code, out, err = run("金商法第九百九十九条", "--lang", "ja")
    assert (3, "") == (code, out)
    assert "収録されていない" in err
    code, _, err = run("no such place", "--lang", "en")
    assert 3 == code and "Traceback" not in err and err.startswith("kitei: ")

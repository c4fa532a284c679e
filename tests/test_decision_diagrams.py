"""Decision diagrams: the way through is the evaluator's, nothing overlaps, all of it is said in words too."""

import re
from collections import Counter
from functools import cache
from itertools import product
from xml.etree import ElementTree

import pytest
from hypothesis import given

import oracle
from kitei.conditions import Conditions
from kitei.diagrams import CSS, standalone
from kitei.diagrams.decision import Drawn, decision_svg, layout, margins_of
from kitei.diagrams.drawing import LEADING, PADDING, SIZE, SMALL, Rect, width, wrap, xml
from kitei.diagrams.flow import Panel, panels
from kitei.ruleset import load
from kitei.values import write
from kitei.wording import LANGS, Lang
from kitei.world import Program
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source
from programs import SCALE, Case, cases, compiled
from test_agreement import evaluated, law_of, some

LAW = """instrument t type act status enacted title ja "試験法" en "Test Act" end
kind Firm (会社) label ja "会社" en "firm" end
attribute small of Firm is truth label ja "小さい" en "small" end
attribute careful of Firm is truth evaluation label ja "慎重" en "careful" end
attribute exempt of Firm is truth act of authority label ja "適用除外の承認" en "exempted" end
attribute held of Firm is yen label ja "預り額" en "amount held" end
term reserve of Firm is yen label ja "準備金" en "reserve" end
term covered of Firm is truth label ja "対象会社" en "covered firm" end
world current end
provision t/1 in force from 2020-01-01 grade A
  define covered of Firm as firm means small of firm and (careful of firm or not exempt of firm) end
end
provision t/2/main in force from 2020-01-01 grade A
  define reserve of Firm as firm when covered of firm is 5% * held of firm end
end
provision t/2/proviso in force from 2020-01-01 grade A
  define reserve of Firm as firm when careful of firm is 100 yen proviso to t/2/main end
end
provision t/3 in force from 2020-01-01 grade A
  block t/2/proviso of Firm as firm when exempt of firm end
end
"""


@cache
def small_law() -> Program:
    core, found = compile_sources([Source("t.kitei", LAW)])
    assert [] == [d for d in found if d.severity == "error"]
    return Program(core, "")


@cache
def collected() -> Program:
    return load()[0]


def clauses_at(program: Program, *places: str) -> list[str]:
    return [c.id for c in program.core.clauses if any(c.address == p or c.address.startswith(f"{p}/") for p in places)]


def walk(panel: Panel, facts: dict[str, bool]) -> str:
    """Return what the drawing comes to, where every question is about one of the facts."""
    n = 0
    for _ in panel.nodes:
        node = panel.nodes[n]
        if node.kind == "outcome":
            return node.lines[0][1]
        ways = dict(node.ways())
        asked = re.fullmatch(r'"(\w+)"\?', node.lines[0][1])
        if "next" not in ways and (asked is None or asked[1] not in facts):
            return "?"
        n = ways["next"] if asked is None else ways["yes" if facts[asked[1]] else "no"]
    raise AssertionError("the way does not end")


# --------------------------------------------------------------------------- what it decides


def test_a_rule_with_its_proviso_and_what_disapplies_the_proviso() -> None:
    """5% for a covered firm; 100 yen where it is careful, unless exempted, when the proviso does not apply."""
    program = small_law()
    (panel,) = panels(program, clauses_at(program, "t/2"), Conditions(program, "en"))

    assert [("start", 0), ("question", 0), ("question", 1), ("question", 2), ("outcome", 1), ("outcome", 0), ("outcome", 0)] == [(n.kind, n.depth) for n in panel.nodes]  # fmt: skip
    assert ["", "", "proviso", "disapplication", "", "", ""] == [n.tag for n in panel.nodes]
    assert [
        [("next", 1)], [("yes", 2), ("no", 6)], [("yes", 3), ("no", 5)], [("yes", 5), ("no", 4)], [], [], [],
    ] == [n.ways() for n in panel.nodes]  # fmt: skip
    assert ["JPY 100", '5% × "amount held"', "no encoded provision gives it"] == [
        n.lines[0][1] for n in panel.nodes[4:]
    ]
    assert "defined in Test Act art. 1" in panel.nodes[1].note


def test_notwithstanding_stands_where_the_rule_itself_does_not_hold() -> None:
    """Art. 3 overrides the proviso on its own condition alone: it gives 300 yen to an exempted firm that is not small."""
    text = (
        LAW.split("provision t/1")[0]
        + """
provision t/2/main in force from 2020-01-01 grade A
  define reserve of Firm as firm when small of firm is 100 yen end
end
provision t/2/proviso in force from 2020-01-01 grade A
  define reserve of Firm as firm when careful of firm is 200 yen proviso to t/2/main end
end
provision t/3 in force from 2020-01-01 grade A
  define reserve of Firm as firm when exempt of firm is 300 yen notwithstanding t/2/main, t/2/proviso end
end
"""
    )
    core, found = compile_sources([Source("t.kitei", text)])
    assert [] == [d for d in found if d.severity == "error"]
    program = Program(core, "")
    (panel,) = panels(program, clauses_at(program, "t/2"), Conditions(program, "en"))

    for small, careful, exempt in product((False, True), repeat=3):
        wanted = (
            "JPY 300"
            if exempt
            else "no encoded provision gives it"
            if not small
            else "JPY 200"
            if careful
            else "JPY 100"
        )
        assert wanted == walk(panel, {"small": small, "careful": careful, "exempted": exempt})
    assert "notwithstanding the rule" in [n.tag for n in panel.nodes]


def test_and_or_not_become_ways() -> None:
    """small and (careful or not exempt): the last question goes to yes by its no."""
    program = small_law()
    (panel,) = panels(program, clauses_at(program, "t/1"), Conditions(program, "en"))

    for small, careful, exempt in product((False, True), repeat=3):
        wanted = "yes" if small and (careful or not exempt) else "no"
        assert f'"covered firm": {wanted}' == walk(panel, {"small": small, "careful": careful, "exempted": exempt})
    assert ["fact", "evaluation", "act of the authority"] == [n.note for n in panel.nodes[1:4]]


def test_the_way_through_is_the_evaluators() -> None:
    """On random law of rules, provisos, にかかわらず, yielding, blocks and closings, with every fact known."""
    counts: Counter[str] = Counter()
    for seed in range(80 * SCALE):
        rules, program = law_of(seed)
        for term in () if rules.combined else ("x", "y"):
            ids = [
                c.id for c in program.core.clauses if c.resolves == term and program.versions[c.version].start < "2030"
            ]
            found = panels(program, ids, Conditions(program, "en"))
            for v in product((False, True), repeat=3) if len(found) == 1 else ():
                facts = dict(zip(oracle.FACTS, v, strict=True))
                result, came = evaluated(program, dict(facts))[term], walk(found[0], facts)
                if result.state not in ("value", "gap") or came in ("?", "y", "x"):
                    counts["not comparable"] += 1  # a clash has no way; a question about y is none about a fact
                    continue
                words = Conditions(program, "en")
                truth = result.value is not None and rules.type == "truth"
                value = write(result.value) if result.value is not None else ""
                wanted = "no encoded provision gives it" if result.state == "gap" else (
                    f'"{term}": {"yes" if value == "true" else "no"}' if truth else words.value(value, rules.type))  # fmt: skip
                assert wanted == came, f"seed {seed}: {term} with {facts}\n{oracle.law(rules)}"
                counts["agree"] += 1
    assert counts["agree"] > 3 * counts["not comparable"]


def test_cases_that_leave_none_out_ask_no_last_question() -> None:
    """Order 27(3): kept by the firm or by a third party; 'the case left' needs no question, and no gap is drawn."""
    found = panels(collected(), clauses_at(collected(), "cao/27/3"), Conditions(collected(), "en"))
    last = found[-1]

    assert [2] == [len([p for p in found if "connected" in p.title])]  # one drawing a reading
    assert any(n.kind == "step" and n.lines[0][1].startswith("The case left: ") for n in last.nodes)
    assert not any("no encoded provision" in n.lines[0][1] for n in last.nodes)


# --------------------------------------------------------------------------- how it is drawn


def faults(drawn: Drawn) -> list[str]:
    """Return what is drawn wrongly: boxes that overlap, text that does not fit, ways that do not meet or cross boxes."""
    wrong = []
    boxes = [p.rect for p in drawn.placed]
    wrong += [f"{n} overlaps {m}" for n, a in enumerate(boxes) for m, b in enumerate(boxes) if n < m and a.overlaps(b)]
    for n, one in enumerate(drawn.placed):
        if one.rect.x < 0 or one.rect.right > drawn.size[0] or one.rect.bottom > drawn.size[1]:
            wrong.append(f"{n} is outside")
        for left, kind, text in one.lines:
            size = SMALL if kind in ("tag", "small") else SIZE
            if left + width(text, size) > one.rect.w - 2 * PADDING and len(text) > 1:
                wrong.append(f"{text} does not fit into {n}")
        if sum(LEADING if kind in ("plain", "bold") else 16 for _, kind, _ in one.lines) > one.rect.h - PADDING:
            wrong.append(f"the lines do not fit into {n}")
    for way in drawn.ways:
        for (x, y), index in ((way.points[0], way.source), (way.points[-1], way.target)):
            r = boxes[index]
            on_side = x in (r.x, r.right) and r.y <= y <= r.bottom
            on_edge = y in (r.y, r.bottom) and r.x <= x <= r.right
            if not (on_side or on_edge):
                wrong.append(f"{way} does not end on box {index}")
        for (x1, y1), (x2, y2) in zip(way.points, way.points[1:], strict=False):
            line = Rect(min(x1, x2), min(y1, y2), abs(x2 - x1) + 1, abs(y2 - y1) + 1)
            if x1 != x2 and y1 != y2:
                wrong.append(f"{way} is not straight")
            for n, r in enumerate(boxes):
                if Rect(r.x + 1, r.y + 1, r.w - 1, r.h - 1).overlaps(line):
                    wrong.append(f"{way} crosses box {n}")
        x, y, word = way.word
        label = Rect(x, y - SMALL, width(word, SMALL), SMALL + 2)
        wrong += [f"'{word}' is written over box {n}" for n, r in enumerate(boxes) if word and r.overlaps(label)]
        if word and (label.x < 0 or label.right > drawn.size[0]):
            wrong.append(f"'{word}' is outside")
    return wrong


def drawn_wrongly(program: Program, lang: Lang) -> list[str]:
    found = panels(program, [c.id for c in program.core.clauses], Conditions(program, lang))
    margins = margins_of(found)
    return [f"{p.title}: {fault}" for p in found for fault in faults(layout(p, lang, margins))]


@pytest.mark.parametrize("lang", LANGS)
def test_the_collected_law_is_drawn_without_fault(lang: Lang) -> None:
    assert [] == drawn_wrongly(collected(), lang)


@given(cases())
@some(6)
def test_random_law_is_drawn_without_fault(case: Case) -> None:
    program = compiled(case)
    for lang in LANGS:
        assert [] == drawn_wrongly(program, lang)
        one = decision_svg(program, [c.id for c in program.core.clauses], lang)
        if one.svg:
            ElementTree.fromstring(one.svg)


def test_faults_are_seen() -> None:
    """Two boxes put into one place, and a way led elsewhere, are faults."""
    from kitei_dsl.frozen import replace

    program = small_law()
    (panel,) = panels(program, clauses_at(program, "t/1"), Conditions(program, "en"))
    drawn = layout(panel, "en", margins_of([panel]))
    assert [] == faults(drawn)
    moved = replace(drawn.placed[1], rect=drawn.placed[0].rect)
    assert any("overlaps" in f for f in faults(replace(drawn, placed=(drawn.placed[0], moved, *drawn.placed[2:]))))
    led = replace(drawn.ways[0], points=((1, 1), (1, 2)))
    assert any("does not end" in f for f in faults(replace(drawn, ways=(led, *drawn.ways[1:]))))


@pytest.mark.parametrize("lang", LANGS)
def test_a_drawing_is_a_whole_accessible_picture(lang: Lang) -> None:
    program = small_law()
    one = decision_svg(program, clauses_at(program, "t"), lang, prefix="p1")
    again = decision_svg(program, clauses_at(program, "t"), lang, prefix="p1")
    root = ElementTree.fromstring(one.svg)
    space = "{http://www.w3.org/2000/svg}"

    assert one == again
    assert "img" == root.get("role")
    assert ["p1-title", "p1-desc"] == [e.get("id") for e in root.iter() if e.get("id")]
    assert ("p1-title", "p1-desc") == (root.get("aria-labelledby"), root.get("aria-describedby"))
    assert one.text == root.findtext(f"{space}desc")
    assert not re.search(
        r"\d\.\d", re.sub(r'stroke-width="1\.5"|opacity="0\.8"|<(title|desc|text).*?</\1>', "", one.svg, flags=re.S)
    )
    for foreign in (" style=", "<style", "href", "url(", "<script"):
        assert foreign not in one.svg
    assert "<style>" in standalone(one) and "prefers-color-scheme" in standalone(one)
    ElementTree.fromstring(standalone(one).encode())
    assert "max-width: 100%" in CSS


def test_the_words_say_what_is_drawn() -> None:
    program = small_law()
    one = decision_svg(program, clauses_at(program, "t/2"), "ja")

    assert (
        """- 準備金（試験法第2条本文・試験法第2条ただし書）
  - 規定：試験法第2条本文
    - 次のとき：
      - 「対象会社」に該当する
    - 結果：5% × 「預り額」
    - 例外（ただし書）：試験法第2条ただし書
      - 次のとき：
        - 「慎重」に該当する
      - 結果：100円
      - 例外（適用除外）：試験法第3条
        - 次のとき：
          - 「適用除外の承認」に該当する
        - 結果：適用されない
  - いずれの規定にも当たらないとき：収録範囲には定めが見当たらない
"""
        == one.text
    )


def test_what_comes_from_the_law_is_escaped() -> None:
    core, found = compile_sources([Source("t.kitei", LAW.replace('"小さい"', '"<b>&\'"'))])
    assert [] == [d for d in found if d.severity == "error"]
    program = Program(core, "")
    one = decision_svg(program, clauses_at(program, "t/1"), "ja")

    assert "<b>" not in one.svg
    assert "<b>&'" in "".join(ElementTree.fromstring(one.svg).itertext())
    assert "&lt;a&gt;\ufffd&quot;" == xml('<a>\x00"')


def test_no_clause_is_no_drawing() -> None:
    assert ("", "") == (decision_svg(small_law(), [], "ja").svg, decision_svg(small_law(), [], "ja").text)
    with pytest.raises(KeyError):
        decision_svg(small_law(), ["nowhere"], "ja")


# --------------------------------------------------------------------------- how wide a text is


def test_full_width_characters_take_the_whole_width() -> None:
    """Four kanji at 14 are 56 wide; a digit takes 62 hundredths, so three take 26.04, and 27 is room enough."""
    assert 56 == width("責任準備", 14)
    assert 27 == width("123", 14)
    assert 14 == width("が", 14) == width("か\u3099", 14)  # a mark that is put on a character takes no room


def test_lines_break_as_japanese_breaks() -> None:
    """No line begins with 、or ends with 「; words of English are not broken; no character is lost or stands alone."""
    assert ("これは、", "「例外」", "である。") == wrap("これは、「例外」である。", 56, 14)
    assert ("the duty", "applies to", "firms") == wrap("the duty applies to firms", 80, 14)
    assert "".join(wrap("あ" * 9, 56, 14)) == "あ" * 9
    assert all(len(line) > 1 for line in wrap("あ" * 9, 56, 14))
    assert all(width(line, 14) <= 56 for line in wrap("A" * 40, 56, 14))

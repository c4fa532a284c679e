"""What has ended and goes on: how answers say which of the two savings keeps it, and what may be named."""

from __future__ import annotations

import json

import pytest

from kitei.answer import Ask, answer
from kitei.facts_read import read_facts
from kitei.render import render
from kitei.replay import replay
from kitei.wording import Lang
from kitei.world import Program
from kitei_dsl.codec import digest
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source
from test_mended import provision, statuses, told

LAW = """
world current label ja "現行" en "current" end
instrument t type act title ja "試験法" en "Test Act" end
kind Firm label ja "会社" en "firm" end
attribute small of Firm is truth label ja "小規模" en "small" end
attribute cold of Firm is truth label ja "冷" en "cold" end
norm n of Firm label ja "保管" en "keeping" end
provision t/1 in force from 2020-01-01 until 2024-01-01 promulgated 2023-01-01 grade A
  duty n of Firm keep cold end
end
provision t/2 in force from 2024-01-01 promulgated 2023-01-01 grade A
  SAVING
end
"""


def compiled(saving: str) -> Program:
    core, found = compile_sources([Source("a.kitei", LAW.replace("SAVING", saving))])
    assert [] == [d.message for d in found if d.severity == "error"]
    return Program(core, digest(core))


@pytest.mark.parametrize(
    ("saving", "lang", "said"),
    [
        ("keep in force t/1", "ja", "なおその効力を有する"),
        ("keep in force t/1", "en", "stays in force under Test Act art. 2"),
        ("former text continues for t/1", "ja", "によりなお従前の例による"),
        ("former text continues for t/1", "en", "former rules continue to apply under Test Act art. 2"),
    ],
)
def test_an_answer_says_which_saving_keeps_it(saving: str, lang: Lang, said: str) -> None:
    program = compiled(saving)
    facts, problems = read_facts(b"entities: {k: {kind: Firm, cold: true}}", "f.yaml", program.core)
    assert [] == problems
    page = render(answer(program, facts, Ask("2024-06-01")), program, lang=lang, depth=2, width=400)
    other = {"ja": ("なお従前の例", "なおその効力を有する"), "en": ("former rules", "stays in force")}[lang]

    assert said in page
    assert 1 == sum(words in page for words in other)


def test_a_duty_once_standing_and_then_for_each_thing_is_judged_by_the_text_of_each() -> None:
    old = provision(1, "duty n of Firm keep cold end", until="2024-01-01")
    new = provision(1, "duty n of Firm for each leak as l anchored at seen_on of l do told_on of l by 14 days after seen_on of l end",
                    start="2024-01-01")  # fmt: skip
    saved = provision(2, "keep in force t/1@2020-01-01 of Firm when small", start="2024-01-01")
    firm = ", cold: true, small: true"
    leaks = "g: {kind: Leak, seen_on: 2023-05-05}\nh: {kind: Leak, seen_on: 2024-05-30}"

    assert {"": "satisfied", "g": "not-in-force", "h": "outstanding"} == statuses(told(old + new + saved, firm, leaks))


def test_a_purpose_with_a_label_is_refused_and_never_a_fault() -> None:
    law = LAW.replace("SAVING", "no sanction for t/1") + (
        "term y of Firm is truth end provision t/3 in force from 2020-01-01 grade A"
        " define y of Firm means small end deem y of Firm is true when cold for purposes of t/1#n end end"
    )
    _, found = compile_sources([Source("a.kitei", law)])

    assert ["whole-provision"] == [d.slug for d in found if d.severity == "error"]


@pytest.mark.parametrize(("lang", "called"), [("ja", "「本体の施行の日」以後"), ("en", '"start of the main part"')])
def test_a_day_of_commencement_not_fixed_is_called_by_its_name_and_replays(lang: Lang, called: str) -> None:
    law = LAW.replace(
        "SAVING", "duty n of Firm named later when reference_day >= commencement_day of t/c1 keep cold end"
    ) + (
        "commencement t/c1 promulgated 2023-01-01 latest 2025-12-31"
        ' label ja "本体の施行の日" en "start of the main part" end'
    )
    core, found = compile_sources([Source("a.kitei", law)])
    assert [] == [d.message for d in found if d.severity == "error"]
    program = Program(core, digest(core))
    facts, _ = read_facts(b"entities: {k: {kind: Firm, cold: true}}", "f.yaml", program.core)
    data = answer(program, facts, Ask("2024-06-01"))

    assert [] == [str(r) for r in replay(json.loads(json.dumps(data)), program.core, program.digest, facts)]
    text = render(data, program, lang=lang, depth=2, width=400)
    assert called in text
    assert "t/c1" not in text
    assert {"ja": "施行期日未定", "en": "day of commencement not fixed"}[lang] in text

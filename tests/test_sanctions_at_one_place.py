"""Several sanctions at one place: each is shown, with its own words and on its own person; one recorded twice is told by check."""

from __future__ import annotations

from kitei.answer import Ask, answer
from kitei.document import as_text
from kitei.facts_read import read_facts
from kitei.render import document
from kitei.replay import replay
from kitei.wording import Lang
from kitei.world import Program
from kitei_dsl.codec import digest
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source

LAW = """
instrument t type act title ja "試験法" en "Test Act" short ja "試験法" en "Test Act" grade A end
kind Firm label ja "会社" en "firm" end
attribute a of Firm is truth label ja "甲" en "A" end
norm n of Firm label ja "甲の義務" en "duty A" end
provision t/1 in force from 2010-01-01 grade A duty n of Firm keep a @"しなければならない" end end
provision t/9 in force from 2010-01-01 grade A
  sanction criminal for t/1 named doer
    whose ja "違反行為をした者" en "the person who did it"
    imprisonment up to 1 year fine up to 1000000 yen both allowed @"懲役"
  end
  sanction criminal for t/1 named officer
    whose ja "その役員" en "its officer"
    imprisonment up to 6 months @"禁錮"
  end
  sanction administrative_fine for t/1
    whose ja "届け出なかった者" en "whoever did not notify"
    fine up to 100000 yen @"過料"
  end
end
world current end
"""


def program(text: str = LAW) -> Program:
    core, found = compile_sources([Source("t.kitei", text)])
    assert [] == [d.message for d in found if d.severity == "error"]
    return Program(core, digest(core))


def page(law: Program, lang: Lang) -> str:
    facts, problems = read_facts(b"entities: {kou: {kind: Firm, a: false}}", "f.yaml", law.core)
    assert [] == problems
    result = answer(law, facts, Ask("2020-01-01"))
    assert [] == replay(result, law.core, law.digest, facts)
    return as_text(document(result, law, lang=lang), 10_000)


def test_each_sanction_at_one_place_is_shown_with_its_own_words() -> None:
    """Whoever did it: 懲役 of one year, a fine, or both; the officer: 禁錮 of six months; and 過料, each on its own person."""
    told = page(program(), "ja").partition("3. 罰則・処分")[2].partition("4. ")[0]
    lines = [line for line in told.splitlines() if "試験法第9条" in line]

    assert 3 == len(lines)
    assert "違反行為をした者、1年以下の懲役若しくは1,000,000円以下の罰金、又はその併科" in lines[0]
    assert "その役員、6か月以下の禁錮" in lines[1]
    assert "届け出なかった者、100,000円以下の過料" in lines[2]


def test_the_same_in_english() -> None:
    told = page(program(), "en").partition("3. ")[2].partition("4. ")[0]

    assert "(懲役) of up to 1 year" in told and "(禁錮) of up to 6 months" in told
    assert ["the person who did it", "its officer", "whoever did not notify"] == [
        who
        for line in told.splitlines()
        for who in ("the person who did it", "its officer", "whoever did not notify")
        if who in line.lower()
    ]


def test_one_recorded_twice_is_told_in_both_languages() -> None:
    from kitei_dsl.japanese import in_language

    text = LAW.replace('whose ja "その役員" en "its officer"', 'whose ja "違反行為をした者" en "the person who did it"')
    core, found = compile_sources([Source("t.kitei", text)])
    told = [d for d in found if d.slug == "offence-twice"]

    assert core.sanctions
    assert ["t/9 records one sanction on breach of t/1#n twice"] == [d.message for d in told]
    assert "t/9は、t/1#nについての同じ制裁を二度定めています" == in_language(told[0], "ja").message
    assert "warning" == told[0].severity

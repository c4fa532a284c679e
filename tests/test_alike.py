"""Entries of a page that say the same of many norms stand in one block, after those that say something of their own."""

from __future__ import annotations

import re

import pytest

from kitei.answer import Ask, answer
from kitei.facts_read import read_facts
from kitei.parity import differences, other_words, terms_of
from kitei.render import document, render
from kitei.world import Program
from kitei_dsl.codec import digest
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source

_BANS = "".join(
    f"""
attribute did{n} (行為{n}) of Firm is truth label ja "行為{n}" en "act {n}" question ja "行為{n}をしましたか。" en "Was act {n} done?" end
norm ban{n} of Firm label ja "行為{n}の禁止" en "ban on act {n}" end
provision t/{n} in force from 2020-01-01 grade A
  prohibition ban{n} of Firm avoid did{n} end
end"""
    for n in range(1, 6)
)
LAW = f"""instrument t type act title ja "試験法" en "Test Act" end
kind Firm (会社) label ja "会社" en "firm" end
attribute told (届出日) of Firm is date if any label ja "届出日" en "day told" question ja "いつ。" en "When?" end
attribute big (大会社) of Firm is truth label ja "大会社" en "big" question ja "大会社ですか。" en "Is it big?" end
norm tell of Firm label ja "届け出る義務" en "duty to tell" end
world current end
{_BANS}
provision t/9 in force from 2020-01-01 grade A
  duty tell of Firm as f when big of f do told by 2024-07-01 end
end
"""


@pytest.fixture(scope="module")
def law() -> Program:
    core, found = compile_sources([Source("t.kitei", LAW)])
    assert not [d for d in found if d.severity == "error"], [d.message + d.help for d in found]
    return Program(core, digest(core))


def page(law: Program, told: str, lang: str, width: int = 400) -> str:
    facts, problems = read_facts(f"entities: {{kou: {{kind: Firm{told}}}}}".encode(), "f.yaml", law.core)
    assert not problems
    return render(answer(law, facts, Ask("2024-05-31", None, None, "current", (), ())), law, lang=lang, width=width)  # type: ignore[arg-type]


def test_norms_that_differ_in_nothing_are_one_block_after_what_has_a_day(law: Program) -> None:
    """Nobody said whether any of five acts was done: one block. The duty with a due day stands before it, by itself."""
    ja, en = (page(law, "", lang).partition("2. ")[0] for lang in ("ja", "en"))

    assert "・[1] 届け出る義務　試験法第9条：判断できない" in ja
    assert "・次の5件（禁止）：いずれも判断できない（理由：事実不明）。" in ja
    assert "・試験法：[2] 行為1の禁止（第1条）、[3] 行為2の禁止（第2条）、" in ja
    assert "- The following 5 (prohibition), each of them: cannot be determined (reason: facts missing)." in en
    assert "- Test Act: [2] ban on act 1 (art. 1), [3] ban on act 2 (art. 2), " in en
    assert ["[1]", "[2]", "[3]", "[4]", "[5]", "[6]"] == re.findall(r"\[\d\]", en)


def test_three_are_no_block_and_what_is_decided_stands_with_its_like(law: Program) -> None:
    """Two acts were not done: these are satisfied, and three undetermined ones stand each by itself."""
    en = page(law, ", did1: false, did2: false", "en")

    assert "The following" not in en
    assert 3 == len(re.findall(r"^- \[\d\] Ban on act \d, Test Act art. \d: cannot be determined", en, flags=re.M))


def test_what_is_not_satisfied_is_never_put_in_a_block(law: Program) -> None:
    """All five acts were done: each is an entry of its own, with what is said of it."""
    en = page(law, "".join(f", did{n}: true" for n in range(1, 6)), "en")

    assert "The following" not in en
    assert 5 == len(re.findall(r"^- \[\d\] Ban on act \d", en, flags=re.M))


def test_the_two_languages_say_the_same_of_a_block(law: Program) -> None:
    facts, _ = read_facts(b"entities: {kou: {kind: Firm}}", "f.yaml", law.core)
    result = answer(law, facts, Ask("2024-05-31", None, None, "current", (), ()))
    ja, en = document(result, law, lang="ja"), document(result, law, lang="en")

    assert [] == differences(ja, en, terms_of(law), other_words(law))

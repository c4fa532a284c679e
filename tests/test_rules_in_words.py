"""A provision read in words: what was written by hand of the tutorial's bill and of a little law, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from kitei.cli import kitei
from kitei.rules_in_words import Rules
from kitei.ruleset import load, statutes_folder
from kitei.wording import LANGS

ROOT = Path(__file__).resolve().parent.parent
LAW = ROOT / "docs" / "drafting" / "law"


def read(place: str, lang: str, law: Path = LAW) -> list[str]:
    run = CliRunner().invoke(kitei, ["read", place, "--statutes", str(law), "--lang", lang], catch_exceptions=False)
    return [line.strip() for line in run.output.splitlines()]


SAID = [
    ("hokan/1", "en", ['Definition: "custodian" means: "keeping the electronic property of others as a business" is so',
                       'in force from the day fixed by Cabinet Order, no end known, grade A']),
    ("hokan/1", "ja", ["定義：「電子財産保管業者」とは、「業として他人の電子財産を保管すること」に該当することをいう"]),
    ("hokan/3/1/main", "en", ['Rule: "amount of the reserve" is 5% × "value in custody"',
                              'condition: "custodian" is so, and "value in custody" exceeds JPY 1,000,000,000',
                              "exceptions: Custody Bill art. 3(1), proviso [bill]"]),
    ("hokan/3/1/main", "ja", ["定め：「準備金の額」は、3%×「預り高」",
                              "条件：「電子財産保管業者」に該当すること、かつ、「預り高」が1,000,000,000円以下であること"]),
    ("hokan/3/1/proviso", "ja", ["次のただし書である：保管法案第3条第1項本文〔案〕"]),
    ("hokan/2", "en", ['Duty: "report of incidents"', "who: operator", "for each: incidents", 'what to do: "day of the report"',
                       'by: the last day of 14 days after "day the incident became known"', "towards: the Prime Minister"]),
    ("hokan/4", "ja", ["禁止：「無登録で保管業を行うことの禁止」",
                       "してはならないこと：「業として他人の電子財産を保管すること」に該当すること、かつ、「登録を受けていること」に該当しないこと",
                       "例外：保管法案附則第2条〔案〕"]),
    ("hokan/suppl/2", "en", ["lifts: Custody Bill art. 4 [bill]"]),
]  # fmt: skip


@pytest.mark.parametrize(("place", "lang", "lines"), SAID, ids=[f"{p}-{lang}" for p, lang, _ in SAID])
def test_a_provision_is_read_in_words(place: str, lang: str, lines: list[str]) -> None:
    found = read(place, lang)

    assert [] == [line for line in lines if line not in found]


def test_a_state_to_be_kept_is_no_state_to_be_avoided(tmp_path: Path) -> None:
    """A prohibition written `keep` says what must be, one written `avoid` what must not."""
    (tmp_path / "t.kitei").write_text("""
        instrument t type act title ja "試験法" en "Test Act" end
        kind Firm label ja "会社" en "firm" end
        attribute safe of Firm is truth label ja "安全" en "safety" end
        norm n of Firm label ja "甲" en "N" end
        norm m of Firm label ja "乙" en "M" end
        provision t/1 in force from 2020-01-01 grade A prohibition n of Firm keep safe end end
        provision t/2 in force from 2020-01-01 grade A prohibition m of Firm avoid safe end end
    """, encoding="utf-8")  # fmt: skip

    assert 'what to keep: "safety" is so' in read("t/1", "en", tmp_path)
    assert 'what must not be: "safety" is so' in read("t/2", "en", tmp_path)


@pytest.mark.parametrize("lang", LANGS)
def test_every_provision_of_the_collected_law_can_be_read(lang: str) -> None:
    """Each rule and norm has a line, and no mark of a page is left in it."""
    program = load(statutes_folder())[0]
    rules = Rules(program, "ja" if lang == "ja" else "en")
    for version in program.core.versions:
        lines = rules.lines(version)
        rules_there = [c for c in program.core.clauses if c.version == version.id and c.role != "norm"]
        norms_there = [n for n in program.core.norms if n.version == version.id]
        assert len([line for line in lines if not line.startswith(" ")]) == len(rules_there) + len(norms_there)
        assert not [line for line in lines if re.search(r"[\x00-\x1f]|\{|None", line)]

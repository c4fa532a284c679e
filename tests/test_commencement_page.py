"""A day of commencement is read as places are: what is known of it, and what starts and ends on it."""

from __future__ import annotations

import pytest

from kitei.citing import Citer
from kitei.commencement_page import commencement_lines
from kitei.wording import Lang
from kitei.world import Program
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source

LAW = """
instrument t type act title ja "本法" en "Principal Act" short ja "本法" en "PA" end
instrument a type act title ja "改正法" en "Amending Act" short ja "改正法" en "AA" end
instrument b type bill title ja "法案" en "Bill" short ja "法案" en "B" end
kind Firm end
attribute large of Firm is truth end
norm report of Firm end
commencement a/main promulgated 2024-01-10 latest 2025-01-09 grade A cite a/suppl/1
  label ja "政令で定める日" en "the day fixed by Cabinet Order"
end
commencement b/main label ja "案の施行の日" en "the day the bill starts" end
provision t/1/main in force from 2020-01-01 until a/main grade A duty report of Firm keep large end end
provision t/1/main in force from a/main grade A duty report of Firm keep not large end end
provision t/1/proviso in force from a/main grade A duty report of Firm named other keep large end end
provision a/suppl/2/1 in force from a/main grade A former text continues for t/1 of Firm when large end
world started label ja "施行" en "started" assume a/main = 2024-10-01 by "例" end
world bill label ja "法案" en "the bill" suppose b in force from 2026-04-01 end
"""


@pytest.mark.parametrize(
    ("id", "lang", "lines"),
    [
        (
            "a/main", "en",
            ["The day fixed by Cabinet Order (Amending Act, a/main)",
             "  promulgated 2024-01-10; the day is not fixed; at the latest 2025-01-09; by AA suppl. art. 1; grade A.",
             "  2024-10-01 in the world: started (--world started)",
             "  Starts on it: PA art. 1, AA suppl. art. 2",
             "  Ends on it: PA art. 1"],
        ),
        (
            "a/main", "ja",
            ["政令で定める日（改正法、a/main）",
             "  公布 2024-01-10。日は定まっていない。遅くとも 2025-01-09。根拠 改正法附則第1条。確度A。",
             "  2024-10-01とする世界：施行（--world started）",
             "  この日に始まる条：本法第1条、改正法附則第2条",
             "  この日に終わる条：本法第1条"],
        ),
        (
            "b/main", "en",
            ["The day the bill starts (Bill, b/main)", "  not promulgated; the day is not fixed.",
             "  2026-04-01 in the world: the bill (--world bill)"],
        ),
    ],
)  # fmt: skip
def test_what_is_known_of_a_commencement(id: str, lang: Lang, lines: list[str]) -> None:
    core, found = compile_sources([Source("t.kitei", LAW)])
    assert [] == [d.message for d in found if d.severity == "error"]
    program = Program(core, "")

    assert lines == commencement_lines(program, Citer(program), id, lang)

"""The reason of a duty that an event brings about names what is particular to it, not whose duty it is."""

from __future__ import annotations

import pytest

from kitei.answer import Ask, answer
from kitei.document import as_text
from kitei.facts_read import read_facts
from kitei.render import document
from kitei.wording import Lang
from kitei.world import Program
from kitei_dsl.codec import digest
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source

LAW = """
instrument t type act title ja "試験法" en "Test Act" short ja "試験法" en "Test Act" grade A end
kind Firm label ja "会社" en "firm" end
kind Incident dated by learned label ja "事案" en "incident" end
relation incidents
  role incident many Incident label ja "事案" en "incidents"
  role of_firm one Firm label ja "会社" en "firm"
end
attribute registered of Firm is truth label ja "登録" en "registration" end
attribute learned of Incident is date label ja "知った日" en "day learnt" end
attribute breach of Incident is truth label ja "法令違反の行為" en "a breach of law" end
attribute filed of Incident is date if any label ja "届け出た日" en "day filed" end
norm tell of Firm label ja "届け出る義務" en "duty to tell" end
provision t/1 in force from 2010-01-01 grade A
  duty tell of Firm as firm
    for each incident as event anchored at learned of event
    when registered of firm and breach of event
    do filed of event by 2 weeks after learned of event
  end
end
world current end
"""


def page(facts: str, lang: Lang) -> str:
    core, found = compile_sources([Source("t.kitei", LAW)])
    assert [] == [d.message for d in found if d.severity == "error"]
    law = Program(core, digest(core))
    read, problems = read_facts(facts.encode(), "f.yaml", law.core)
    assert [] == problems
    return as_text(document(answer(law, read, Ask("2020-01-10")), law, lang=lang), 10_000)


def case(registered: str, breach: str) -> str:
    return (
        f"entities: {{kou: {{kind: Firm, registered: {registered}, incident: {{members: [leak], complete: true}}}}, "
        f"leak: {{kind: Incident, learned: 2020-01-06, breach: {breach}, filed: none}}}}"
    )


@pytest.mark.parametrize(
    ("registered", "breach", "ja", "en"),
    [
        ("true", "true", "理由：「法令違反の行為」に該当する", 'Reason: "a breach of law": yes'),
        ("true", "false", "理由：「法令違反の行為」に該当しない", 'Reason: "a breach of law": no'),
        ("false", "true", "理由：「登録」に該当しない", 'Reason: "registration": no'),
    ],
)
def test_the_reason_is_what_the_event_is(registered: str, breach: str, ja: str, en: str) -> None:
    """Both are required: where both are so, the event; where one is not, that one."""
    assert ja in page(case(registered, breach), "ja")
    assert en in page(case(registered, breach), "en")

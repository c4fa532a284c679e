"""The note on norms that do not say in which modes of a status they bind."""

from __future__ import annotations

from pathlib import Path

from kitei_dsl.library import library
from kitei_dsl.pipeline import check_all
from kitei_dsl.source import Source

ROOT = Path(__file__).resolve().parent.parent

LAW = """instrument sta type act title ja "地" en "Status Act" end
instrument els type act title ja "他" en "Other Act" end
kind Custodian end
attribute apart of Custodian is truth end
attribute acts of Custodian is truth end
status standing of Custodian from standing_record
  mode registered
  mode winding_up
end
term bound of Custodian is truth end
norm keep_apart of Custodian end
norm keep_on of Custodian end
norm not_unregistered of Custodian end
norm by_term of Custodian end
norm by_exception of Custodian end
norm of_other_law of Custodian end
norm leave of Custodian end
provision sta/1 in force from 2026-02-01 grade A
  define standing of Custodian is standing_record end
  define bound of Custodian means standing = registered end
end
provision sta/2 in force from 2026-02-01 grade A
  duty keep_apart of Custodian keep apart end
  duty keep_on of Custodian
    binds standing: registered
    keep apart
  end
  prohibition not_unregistered of Custodian avoid acts and standing_record != registered end
  duty by_term of Custodian when bound keep apart end
  duty by_exception of Custodian keep apart end
  block sta/2#by_exception of Custodian when standing = winding_up end
  permission leave of Custodian when acts end
end
provision els/1 in force from 2026-02-01 grade A
  duty of_other_law of Custodian keep apart end
end
"""


def test_a_duty_silent_about_the_modes_is_noted_and_no_other() -> None:
    """What binds in stated modes, by a term, by an exception or by the record itself is not silent; what is of another law
    speaks of other persons."""
    _, found = check_all([Source("a.kitei", LAW)])
    noted = [d for d in found if d.slug == "unbound-status"]

    assert ["note"] == [d.severity for d in noted]
    assert ["keep_apart"] == [dict(d.fields)["name"] for d in noted]
    assert ["registered, winding_up"] == [dict(d.fields)["modes"] for d in noted]


def test_the_collected_law_has_no_such_note() -> None:
    sources, unreadable = library(ROOT / "statutes/jp")
    assert [] == unreadable

    assert [] == [d.message for d in check_all(sources, kept=True)[1] if d.slug == "unbound-status"]

"""A power that turns on nothing but what the authority itself finds is said to be so; one that turns on more is open for facts.

The law: an order may be made to a registered firm where the authority finds it necessary; a power to inspect wants a complaint too.
"""

from __future__ import annotations

from functools import cache

import pytest

from kitei.answer import Ask, answer
from kitei.facts_read import read_facts
from kitei.own_findings import own_findings
from kitei.render import render
from kitei.wording import Lang
from kitei.world import Program
from kitei_dsl.codec import digest
from kitei_dsl.diagnostics import render as report
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source

LAW = """
instrument t type act title ja "命令試験法" en "Order Test Act" short ja "命令法" en "Order Act" grade A end
kind Firm (会社) label ja "会社" en "firm" end
kind Order (命令) dated by made label ja "命令" en "order" end
attribute registered of Firm is truth act of authority label ja "登録" en "registration" question ja "登録を受けていますか。" en "Is it registered?" end
attribute needed of Firm is truth act of authority label ja "当局が、必要があると認めること" en "the authority finds it necessary" question ja "当局は必要と認めていますか。" en "Has the authority found it necessary?" end
attribute urgent of Firm is truth act of authority label ja "当局が、急を要すると認めること" en "the authority finds it urgent" question ja "当局は急を要すると認めていますか。" en "Has the authority found it urgent?" end
attribute complaint of Firm is truth label ja "苦情" en "a complaint" question ja "苦情がありますか。" en "Is there a complaint?" end
attribute books of Firm is truth label ja "帳簿" en "books" question ja "帳簿がありますか。" en "Are there books?" end
attribute made of Order is date label ja "命令の日" en "day of the order" end
relation orders role order many Order label ja "命令" en "orders" role ordered one Firm end
norm command of Firm label ja "改善を命ずる権限" en "power to order improvement" end
norm hurry of Firm label ja "直ちに命ずる権限" en "power to order at once" end
norm inspect of Firm label ja "検査する権限" en "power to inspect" end
norm keep_books of Firm label ja "帳簿の義務" en "duty to keep books" end
provision t/1 in force from 2024-01-01 grade A
  power command of Firm as firm
    when registered of firm and (needed of firm or (some o in order of firm: made of o <= reference_day))
  end
end
provision t/2 in force from 2024-01-01 grade A
  power inspect of Firm as firm when registered of firm and needed of firm and complaint of firm end
end
provision t/3 in force from 2024-01-01 grade A
  power hurry of Firm as firm when needed of firm and urgent of firm end
end
provision t/4 in force from 2024-01-01 grade A
  duty keep_books of Firm as firm when registered of firm keep books of firm end
end
"""


@cache
def law() -> Program:
    program, found = compile_sources([Source("t.kitei", LAW)])
    assert [] == [report(d) for d in found if d.severity == "error"]
    return Program(program, digest(program))


def said(facts: str, lang: Lang, norm: str) -> tuple[str, str]:
    """The status and the page about one norm."""
    read, problems = read_facts(f"entities:\n  kou: {{kind: Firm, {facts}}}\n".encode(), "f.yaml", law().core)
    assert [] == [str(p) for p in problems]
    made = answer(law(), read, Ask("2024-06-30", goals=(norm,)))
    text = render(made, law(), lang=lang)
    status = made["data"]["norms"][0]["instances"][0]["status"]
    return status, (" " if lang == "en" else "").join(text.split())


def test_only_what_powers_alone_turn_on_is_a_finding() -> None:
    """A registration is an act of authority too, but the duty to keep books turns on it."""
    assert own_findings(law()) == {"needed", "urgent"}


@pytest.mark.parametrize("orders", ["order: {members: [], complete: true}", "books: true"])
def test_a_power_open_for_the_finding_alone_says_who_alone_can_find(orders: str) -> None:
    """Whether the list of orders is said to be complete or not."""
    status, text = said(f"registered: true, {orders}", "en", "command")

    assert status == "undetermined"
    assert "cannot be determined (reason: it turns on the authority's own finding)" in text
    assert "Where the authority finds it necessary, the authority may act (its discretion)." in text
    assert "nobody else can establish it" in text
    status, text = said(f"registered: true, {orders}", "ja", "command")
    assert status == "undetermined"
    assert (
        "判断できない（理由：当局自らの認定による）。当局が、必要があると認めるときは、することができる（当局の裁量）"
        in text
    )


def test_of_several_findings_each_is_named() -> None:
    assert (
        "Where the authority finds it necessary and the authority finds it urgent, the authority may act"
        in said("books: true", "en", "hurry")[1]
    )
    assert (
        "当局が、必要があると認めるとき、かつ、当局が、急を要すると認めるときは、することができる"
        in said("books: true", "ja", "hurry")[1]
    )


@pytest.mark.parametrize(
    ("facts", "norm"),
    [("registered: true", "inspect"), ("needed: true", "command"), ("books: true", "command")],
    ids=["a complaint is open too", "whether it is registered is open", "both are open"],
)
def test_a_power_open_for_more_is_open_for_facts(facts: str, norm: str) -> None:
    status, text = said(facts, "en", norm)

    assert status == "undetermined" and "(reason: facts missing)" in text
    assert "own finding" not in text and "nobody else" not in text


@pytest.mark.parametrize(("found", "status"), [("true", "available"), ("false", "not-available")])
def test_once_the_finding_is_given_nothing_of_it_is_said(found: str, status: str) -> None:
    given, text = said(f"registered: true, needed: {found}, order: {{members: [], complete: true}}", "en", "command")

    assert given == status and "own finding" not in text

"""Whether a condition can still be met: by the day of the text alone, never by facts; and how a page says that it cannot."""

from pathlib import Path

import pytest

from kitei.conditions import Conditions
from kitei.ruleset import load
from kitei.site.ended import ended
from kitei.site.staleness import Paragraphs
from kitei_dsl import core
from test_site import LAW, law_folder, made_from, paragraph

TODAY = core.Call("reference_day", ())
FACT = core.Fact("small", core.Bind("firm"))


def day(iso: str) -> core.Literal:
    return core.Literal("date", iso)


def call(op: str, *args: core.Expr) -> core.Call:
    return core.Call(op, args)


#: Six months counting 1 May 2020 end on 31 October 2020 (the first day counts).
SIX_MONTHS = call("counting", core.Literal("span", "6 months"), day("2020-05-01"))


@pytest.mark.parametrize(
    ("condition", "on", "over"),
    [
        (call("<=", TODAY, SIX_MONTHS), "2020-10-31", False),
        (call("<=", TODAY, SIX_MONTHS), "2020-11-01", True),
        (call(">=", SIX_MONTHS, TODAY), "2020-11-01", True),
        (call("<", TODAY, SIX_MONTHS), "2020-10-31", True),
        (call(">=", TODAY, day("2030-01-01")), "2026-11-22", False),  # not begun: it may hold yet
        (call("not", call(">=", TODAY, day("2020-05-01"))), "2026-11-22", True),
        (call("and", FACT, call("<=", TODAY, SIX_MONTHS)), "2026-11-22", True),
        (call("or", FACT, call("<=", TODAY, SIX_MONTHS)), "2026-11-22", False),  # the fact may make it hold
        (call("=", TODAY, day("2020-05-01")), "2026-11-22", True),
        (FACT, "2026-11-22", False),
        (None, "2026-11-22", False),
    ],
)
def test_a_condition_has_ended_where_no_later_day_meets_it(condition: core.Expr | None, on: str, over: bool) -> None:
    assert over is ended(condition, on)


def test_an_exception_whose_time_has_passed_is_folded_and_comes_last(tmp_path: Path) -> None:
    """t/4/1 exempted small firms until the end of 2021 only; the page is of 1 June 2024."""
    ended_in = law_folder(tmp_path / "a", lambda text: text.replace("when small of firm @", "when small of firm and reference_day <= 2021-12-31 @"))  # fmt: skip
    later = law_folder(tmp_path / "b", lambda text: text.replace("when small of firm @", "when small of firm and reference_day <= 2031-12-31 @"))  # fmt: skip
    over, going_on = (made_from(folder).files["ja/provision/t-3.html"] for folder in (ended_in, later))

    assert (
        "〔終了〕試験法第4条第1項による例外は、期間が過ぎており"
        in Paragraphs(over).found["t-3-from-2020-05-01-except"].text
    )
    assert "〔終了〕" not in going_on and "<details" in over
    assert "次の場合には適用しない" in paragraph("ja/provision/t-3.html", "t-3-from-2020-05-01-except")


def test_nought_times_an_amount_is_nought() -> None:
    program, _ = load(LAW)
    nought, half = (call("*", core.Literal("number", n), FACT) for n in ("0", "1/2"))

    assert "0" == Conditions(program, "ja").phrase(nought)
    assert "×" in Conditions(program, "ja").phrase(half)

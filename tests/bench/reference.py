"""The same law in plain Python, twice: as anyone would write it, and with what is open when something is missing.

`decide` takes a firm of which everything is stated (`population`); it is what the engine's speed is set against.
`decide_open` takes a firm with anything missing and follows the law term by term: a result is a plain value, or the
set of items that leave it open. On a complete firm both say the same. Nothing of kitei is used here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from bench.population import FIELDS, MILLION, MISSING, SWITCH, Firm

BOUNDS = {
    "a": (10_000 * MILLION, 100_000 * MILLION),
    "b": (5_000 * MILLION, 50_000 * MILLION),
    "c": (1_000 * MILLION, 10_000 * MILLION),
}
#: Rates in ten-thousandths, before the switch and since.
RATES = {
    "a": ((20, 10, 5), (30, 15, 8)),
    "b": ((40, 20, 10), (60, 30, 15)),
    "c": ((100, 50, 25), (150, 75, 40)),
}
FLOOR = (100 * MILLION, 200 * MILLION)
CAP = (2_000 * MILLION, 4_000 * MILLION)
BREACHES = (
    "registration", "form", "capital", "net_assets", "hot", "guarantee", "reserve", "providers", "insider", "compensation",
)  # fmt: skip
#: What is asked: the terms of the law, in this order.
GOALS = (
    "is_exchange", "must_register", "exempt", "hot_ok", "providers_ok", "insider", "required", "ins_offset", "shortfall",
    *(f"breach_{b}" for b in BREACHES),
)  # fmt: skip


def progressive(amount: int, bounds: tuple[int, int], rates: tuple[int, int, int]) -> int:
    """Return ten thousand times the total over the brackets."""
    (first, second), (low, middle, high) = bounds, rates
    if amount <= first:
        return amount * low
    if amount <= second:
        return first * low + (amount - first) * middle
    return first * low + (second - first) * middle + (amount - second) * high


def decide(f: Firm) -> dict[str, bool | int]:
    """Decide on a firm of which everything is stated."""
    on: date = f["on"]
    new = on >= SWITCH
    custody, deriv, form = f["biz_custody"], f["biz_deriv"], f["form"]
    is_exchange = f["biz_spot"] or f["biz_broker"] or custody or (new and deriv)
    exempt = form == "bank" and custody and not f["biz_spot"] and not f["biz_broker"]
    if not exempt and not new and not custody:
        exempt = f["tv_a"] + f["tv_b"] + f["tv_c"] < 10 * MILLION
    must = is_exchange and not exempt
    incident = f["incident_date"]
    since = (on - incident).days if incident else -1
    recent = 0 <= since <= 365
    uncompensated = max(0, f["incident_loss"] - f["comp_paid"]) if recent else 0
    hot = f["hot_bal"]
    hot_ok = hot * 10_000 <= f["cust_bal"] * (200 if new and recent else 500)
    required = 0
    if must:
        total = sum(progressive(f["tv_" + c], BOUNDS[c], RATES[c][new]) for c in "abc")
        required = min(CAP[new], max(FLOOR[new], total // 10_000))
        if hot == 0 and f["cust_bal"] > 0 and uncompensated == 0:
            required = required * 4 // 5
        if new:
            required += uncompensated
    offset = 0
    if f["ins_approved"] and (not new or f["ins_cover"] >= 10 * MILLION):
        offset = min(f["ins_cover"], required // 2)
    shortfall = max(0, required - offset - f["reserve"])
    relevant = on if new else f["fy_end"]
    providers_ok = all(p["listed"] and p["listed_on"] <= relevant for p in f["providers"])
    role = f["role"]
    insider = (
        role == "officer"
        or (new and role == "contractor")
        or (role == "former" and (on - f["role_end"]).days <= 365)
    )  # fmt: skip
    least = 10 * MILLION
    if new:
        least = 100 * MILLION if deriv else 50 * MILLION if custody else least
    least_assets = (least if deriv else least // 2) if new else 0
    form_ok = form in ("company", "bank") or (form == "foreign" and not deriv)
    return {
        "is_exchange": is_exchange, "must_register": must, "exempt": exempt, "hot_ok": hot_ok, "providers_ok": providers_ok,
        "insider": insider, "required": required, "ins_offset": offset, "shortfall": shortfall,
        "breach_registration": must and not f["registered"],
        "breach_form": must and not form_ok,
        "breach_capital": must and f["capital"] < least,
        "breach_net_assets": must and f["net_assets"] < least_assets,
        "breach_hot": must and custody and not hot_ok,
        "breach_guarantee": must and custody and f["guarantee"] < hot,
        "breach_reserve": must and shortfall > 0 and (on - f["fy_end"]).days > 90,
        "breach_providers": must and not providers_ok,
        "breach_insider": is_exchange and insider and new,
        "breach_compensation": must and uncompensated > 0 and since > 30,
    }  # fmt: skip


# --------------------------------------------------------------------------- with things missing

Open = frozenset[str]
NONE: Open = frozenset()


def why(x: object) -> Open:
    """Return the items that leave a result open; none where it is known."""
    return x if isinstance(x, frozenset) else NONE


def conj(*parts: Any) -> Any:
    """And: one false part decides."""
    return False if any(p is False for p in parts) else NONE.union(*map(why, parts)) or True


def neg(x: Any) -> Any:
    return x if why(x) else not x


def disj(*parts: Any) -> Any:
    """Or: one true part decides."""
    return neg(conj(*map(neg, parts)))


def calc(compute: Callable[..., Any], *operands: Any) -> Any:
    """Compute where every operand is known; else open for all that is missing."""
    return NONE.union(*map(why, operands)) or compute(*operands)


def choose(condition: Any, then: Any, otherwise: Any) -> Any:
    """If: with the condition open, known where both branches are known and equal."""
    if not why(condition):
        return then if condition else otherwise
    if not why(then) and not why(otherwise) and then == otherwise:
        return then
    return condition | why(then) | why(otherwise)


def decide_open(firm: Firm) -> dict[str, Any]:
    """Decide on a firm of which anything may be missing: each goal's value, or the items that leave it open."""
    f = {k: frozenset({f"fact kou.{k}"}) if firm[k] is MISSING else firm[k] for k in FIELDS}
    on: date = firm["on"]
    new = on >= SWITCH

    def is_(field: str, word: str) -> Any:
        return calc(lambda v: v == word, f[field])

    def days_since(field: str) -> Any:
        """Days from the day a field states to the day asked; only asked where there is such a day."""
        return calc(lambda day: 0 if day is None else (on - day).days, f[field])

    def has(field: str) -> Any:
        return calc(lambda day: day is not None, f[field])

    custody, deriv = f["biz_custody"], f["biz_deriv"]
    core = disj(f["biz_spot"], f["biz_broker"], custody)
    is_exchange = disj(core, deriv) if new else core
    exempt_bank = conj(is_("form", "bank"), custody, neg(f["biz_spot"]), neg(f["biz_broker"]))
    total = calc(lambda a, b, c: a + b + c, f["tv_a"], f["tv_b"], f["tv_c"])
    exempt_small = False if new else conj(calc(lambda t: t < 10 * MILLION, total), neg(custody))
    exempt = disj(exempt_bank, exempt_small)
    must = conj(is_exchange, neg(exempt))
    form_ok = disj(is_("form", "company"), is_("form", "bank"), conj(is_("form", "foreign"), neg(deriv)))
    least = 10 * MILLION
    least_assets: Any = 0
    if new:
        least = choose(deriv, 100 * MILLION, choose(custody, 50 * MILLION, 10 * MILLION))
        least_assets = choose(deriv, least, calc(lambda x: x // 2, least))
    since = days_since("incident_date")
    recent = conj(has("incident_date"), calc(lambda d: d >= 0, since), calc(lambda d: d <= 365, since))
    loss = calc(lambda lost, paid: max(0, lost - paid), f["incident_loss"], f["comp_paid"])
    uncompensated = choose(recent, loss, 0)
    limit = choose(recent, 200, 500) if new else 500
    hot_ok = calc(lambda hot, all_, bps: hot * 10_000 <= all_ * bps, f["hot_bal"], f["cust_bal"], limit)
    guarantee_ok = calc(lambda given, hot: given >= hot, f["guarantee"], f["hot_bal"])
    all_cold = conj(calc(lambda hot: hot == 0, f["hot_bal"]), calc(lambda all_: all_ > 0, f["cust_bal"]))
    parts = [calc(lambda tv, c=c: progressive(tv, BOUNDS[c], RATES[c][new]), f["tv_" + c]) for c in "abc"]
    gross = calc(lambda *p: min(CAP[new], max(FLOOR[new], sum(p) // 10_000)), *parts)
    reduced = conj(all_cold, neg(calc(lambda u: u > 0, uncompensated)))
    after_cold = choose(reduced, calc(lambda g: g * 4 // 5, gross), gross)
    due = calc(lambda a, u: a + u, after_cold, uncompensated) if new else after_cold
    required = choose(must, due, 0)
    insured = conj(f["ins_approved"], calc(lambda c: c >= 10 * MILLION, f["ins_cover"])) if new else f["ins_approved"]
    offset = choose(insured, calc(lambda cover, r: min(cover, r // 2), f["ins_cover"], required), 0)
    shortfall = calc(lambda r, o, have: max(0, r - o - have), required, offset, f["reserve"])
    overdue = calc(lambda end: on > end + timedelta(days=90), f["fy_end"])
    providers_ok = _providers(firm, on if new else f["fy_end"])
    left = conj(is_("role", "former"), has("role_end"), calc(lambda d: d <= 365, days_since("role_end")))
    insider = disj(is_("role", "officer"), is_("role", "contractor") if new else False, left)
    short, uncovered = calc(lambda s: s > 0, shortfall), calc(lambda u: u > 0, uncompensated)
    return {
        "is_exchange": is_exchange, "must_register": must, "exempt": exempt, "hot_ok": hot_ok, "providers_ok": providers_ok,
        "insider": insider, "required": required, "ins_offset": offset, "shortfall": shortfall,
        "breach_registration": conj(must, neg(f["registered"])),
        "breach_form": conj(must, neg(form_ok)),
        "breach_capital": conj(must, calc(lambda c, m: c < m, f["capital"], least)),
        "breach_net_assets": conj(must, calc(lambda n, m: n < m, f["net_assets"], least_assets)),
        "breach_hot": conj(must, custody, neg(hot_ok)),
        "breach_guarantee": conj(must, custody, neg(guarantee_ok)),
        "breach_reserve": conj(must, short, overdue),
        "breach_providers": conj(must, neg(providers_ok)),
        "breach_insider": conj(is_exchange, insider) if new else False,
        "breach_compensation": conj(must, uncovered, has("incident_date"), calc(lambda d: d > 30, since)),
    }  # fmt: skip


def _providers(firm: Firm, relevant: Any) -> Any:
    """Say whether every provider was listed in time; a list not said to be complete shows no more than a counter-example."""
    each = []
    for n, p in enumerate(firm["providers"]):
        listed, day = (frozenset({f"fact p{n}.{k}"}) if p[k] is MISSING else p[k] for k in ("listed", "listed_on"))
        each.append(conj(listed, calc(lambda d, limit: d <= limit, day, relevant)))
    return conj(*each, True if firm["providers_complete"] else frozenset({"list kou.provider"}))

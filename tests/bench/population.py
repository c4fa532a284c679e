"""Firms to decide on, drawn with a fixed seed; the same firms on every machine. Standard library only.

A firm is a dictionary: yen as `int`, truths as `bool`, days as `date`, None for what a firm does not have (`incident_date`,
`role_end`), `MISSING` for what nobody stated. `providers` is a list of such dictionaries, `providers_complete` a `bool`.
The shares follow the fictional problem this law is made for: about 56 % after the switch, 30 % with everything offline.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from enum import Enum
from random import Random
from typing import Any, Final

Firm = dict[str, Any]


class _Missing(Enum):
    MISSING = "missing"


MISSING: Final = _Missing.MISSING

SEED = 20260101
SWITCH = date(2027, 4, 1)
FORMS = ("company", "foreign", "bank", "individual")
ROLES = ("none", "officer", "contractor", "former")
MILLION = 1_000_000
#: The limits of the brackets of the reserve, and the total below which a trader is small.
BOUNDS = tuple(n * MILLION for n in (10, 1_000, 5_000, 10_000, 50_000, 100_000))
#: What is stated of a firm itself, in the order it is drawn and written.
FIELDS = (
    "registered", "biz_spot", "biz_broker", "biz_custody", "biz_deriv", "ins_approved", "form", "role", "fy_end",
    "incident_date", "role_end", "capital", "net_assets", "tv_a", "tv_b", "tv_c", "cust_bal", "hot_bal", "guarantee",
    "ins_cover", "reserve", "incident_loss", "comp_paid",
)  # fmt: skip


def population(count: int, *, missing_percent: int = 0, seed: int = SEED) -> Iterator[Firm]:
    """Give firms; of each thing stated of one, so many in a hundred are missing."""
    rng = Random(seed)
    for _ in range(count):
        firm = _firm(rng)
        yield _with_gaps(rng, firm, missing_percent) if missing_percent else firm


def _yen(rng: Random, *, digits: tuple[int, int]) -> int:
    """Draw an amount of so many digits, each number of digits as likely as another: small and huge ones both come up."""
    return int(rng.randrange(1, 10) * 10 ** (rng.randint(*digits) - 1) + rng.randrange(10 ** (digits[0] - 1)))


def _near(rng: Random, amount: int) -> int:
    return amount + rng.choice((-1, 0, 1))


def _chance(rng: Random, percent: int) -> bool:
    return rng.randrange(100) < percent


def _firm(rng: Random) -> Firm:
    on = SWITCH + timedelta(days=rng.randrange(-400, 500))
    if _chance(rng, 4):
        on = rng.choice((SWITCH, SWITCH - timedelta(days=1)))
    # Days and amounts on which the law turns come up often, and so do those just beside them.
    ended = rng.choice((89, 90, 91)) if _chance(rng, 10) else rng.randrange(365)
    lost = rng.choice((-1, 0, 30, 31, 365, 366)) if _chance(rng, 15) else rng.randrange(-30, 800)
    left = rng.choice((365, 366)) if _chance(rng, 20) else rng.randrange(800)
    customers = 0 if _chance(rng, 5) else _yen(rng, digits=(7, 12))
    share = 0 if _chance(rng, 30) else 500 if _chance(rng, 10) else rng.randrange(900)
    hot = customers // 10_000 * share
    incident = on - timedelta(days=lost) if _chance(rng, 25) else None
    loss = _yen(rng, digits=(6, 10)) if incident else 0
    role = rng.choices(ROLES, (70, 10, 10, 10))[0]
    traded = {
        k: _near(rng, rng.choice(BOUNDS)) if _chance(rng, 10) else 0 if _chance(rng, 12) else _yen(rng, digits=(7, 12))
        for k in ("tv_a", "tv_b", "tv_c")
    }
    if _chance(rng, 6):  # a small trader, or one just too large to be small
        parts = [rng.randrange(5 * MILLION) for _ in range(2)]
        traded = dict(zip(traded, (*parts, max(0, _near(rng, 10 * MILLION) - sum(parts))), strict=True))
    return {
        "on": on,
        "registered": _chance(rng, 85),
        "biz_spot": _chance(rng, 60),
        "biz_broker": _chance(rng, 30),
        "biz_custody": _chance(rng, 60),
        "biz_deriv": _chance(rng, 25),
        "ins_approved": _chance(rng, 50),
        "form": rng.choices(FORMS, (70, 12, 12, 6))[0],
        "role": role,
        "fy_end": on - timedelta(days=ended),
        "incident_date": incident,
        "role_end": on - timedelta(days=left) if role == "former" else None,
        "capital": _near(rng, rng.choice((10, 50, 100)) * MILLION) if _chance(rng, 20) else _yen(rng, digits=(7, 9)),
        "net_assets": _near(rng, rng.choice((0, 5, 25, 100)) * MILLION)
        if _chance(rng, 10)
        else _yen(rng, digits=(6, 9)) - (_yen(rng, digits=(6, 9)) if _chance(rng, 20) else 0),
        **traded,
        "cust_bal": customers,
        "hot_bal": hot,
        "guarantee": hot * rng.choices((90, 100, 120), (15, 35, 50))[0] // 100,
        "ins_cover": _near(rng, 10 * MILLION)
        if _chance(rng, 10)
        else 0
        if _chance(rng, 30)
        else _yen(rng, digits=(6, 10)),
        "reserve": _yen(rng, digits=(7, 10)),
        "incident_loss": loss,
        "comp_paid": loss * rng.choices((0, 50, 100), (30, 30, 40))[0] // 100,
        "providers": [
            {"listed": _chance(rng, 95), "listed_on": on - timedelta(days=rng.randrange(-60, 1500))}
            for _ in range(rng.randrange(6))
        ],
        "providers_complete": True,
    }


def _with_gaps(rng: Random, firm: Firm, percent: int) -> Firm:
    def kept(value: object) -> object:
        return MISSING if _chance(rng, percent) else value

    providers = [{k: kept(v) for k, v in p.items()} for p in firm["providers"]]
    gone = {k: kept(firm[k]) for k in FIELDS}
    return {**firm, **gone, "providers": providers, "providers_complete": not _chance(rng, percent)}


def facts_text(firm: Firm) -> bytes:
    """Return a firm as a file of facts; what is missing is left out."""
    providers = {f"p{n}": {"kind": "Provider", **_written(p)} for n, p in enumerate(firm["providers"])}
    listing = {"members": list(providers), "complete": firm["providers_complete"]}
    kou = {"kind": "Firm", **_written({k: firm[k] for k in FIELDS}), "provider": listing}
    return json.dumps({"as_of": firm["on"].isoformat(), "entities": {"kou": kou, **providers}}).encode()


def _written(stated: dict[str, Any]) -> dict[str, Any]:
    words = {k: "none" if v is None else v.isoformat() if isinstance(v, date) else v for k, v in stated.items()}
    return {k: v for k, v in words.items() if v is not MISSING}

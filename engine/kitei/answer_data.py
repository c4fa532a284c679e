"""Steps, contexts, facts and marks as the parts of an answer: JSON-ready data, with the references renumbered.

Comes in: what the engine worked out. Goes out: plain data in which steps and contexts have the numbers they have in the
answer. Deliberately not here: which steps an answer needs (`trace`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kitei.facts import Record
from kitei.trace import Context, Step, ordered, result_data
from kitei.values import Cause, write
from kitei_dsl import core


def statement_data(r: Record) -> dict[str, Any]:
    days = {"from": r.start, "to": r.end, "recorded": r.recorded}
    return {"value": None if r.value is None else write(r.value), **{k: d.isoformat() if d else None for k, d in days.items()},
            **{k: dict(r.said).get(k, "") for k in ("source", "assessor", "reason", "note")}}  # fmt: skip


def words_data(w: core.Wording) -> dict[str, str] | None:
    return {"ja": w.ja, "en": w.en} if w.ja or w.en else None


def step_data(s: Step, new: dict[int, int], contexts: dict[int, int]) -> dict[str, Any]:
    """Return a step as data with its references and its context renumbered."""
    return {
        "id": new[s.id], "node": s.node, "kind": s.kind, "context": contexts[s.context], "scope": dict(s.scope),
        "inputs": [new[i] for i in s.inputs], "result": result_data(s.result), "certificate": _certificate(s.certificate, new),
    }  # fmt: skip


_STEP_KEYS = ("condition", "outcome", "closing_outcome")


def _certificate(certificate: dict[str, Any], new: dict[int, int]) -> dict[str, Any]:
    data = dict(certificate)
    for key in _STEP_KEYS:
        if isinstance(data.get(key), int):
            data[key] = new[data[key]]
    for key in ("where", "body"):
        if key in data:
            data[key] = [None if i is None else new[i] for i in data[key]]
    if "candidates" in data:
        data["candidates"] = [_certificate(c, new) for c in data["candidates"]]
    return data


def renumber(data: dict[str, Any], new: dict[int, int]) -> None:
    """Renumber the step references of an instance or a term in place."""
    for part in (data, *data.get("by_reading", ())):
        part["steps"] = {k: new[v] for k, v in part["steps"].items() if v in new}
    for part in (data, *data.get("by_reading", ())):
        for key in ("applies", "due_open", "content"):
            if isinstance(part.get(key), dict) and "step" in part[key]:
                part[key] = {**part[key], "step": new[part[key]["step"]]}


def context_data(c: Context) -> dict[str, Any]:
    return {"at": c.at, "text": c.text, "known": c.known, "pinned": c.pinned, "readings": dict(c.readings),
            "presumptions": c.presumptions} | ({"kept": list(c.kept)} if c.kept else {})  # fmt: skip


def marks_data(presumed: bool, unproved: tuple[str, ...], change: Iterable[Cause]) -> dict[str, Any]:
    """Return the marks a result bears, and the facts that would change it."""
    data: dict[str, Any] = {"presumed": True} if presumed else {}
    if unproved:
        data["unproved"] = list(unproved)
    if presumed or unproved:
        data["would_change"] = [{"kind": c.kind, "item": c.item} for c in ordered(frozenset(change))]
    return data

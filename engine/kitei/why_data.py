"""Why, why not and what would change it as data: the envelope kitei/why@1.

Comes in: an answered question (`why.Why`). Goes out: JSON-ready data. Everything a page says is in it, by identifiers and in
both languages; `step` numbers are those of the derivation that `kitei run --goal NAME --format json` prints for the same
question, where each can be checked. Described by docs/schema/why.schema.json.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kitei.apart import apart
from kitei.changed_facts import Change
from kitei.decisive import FALSE, Fared, Finding, LegalStep, Unmet
from kitei.document import line_of, plain
from kitei.explain import Conclusion
from kitei.flip import Flips, Outcome
from kitei.naming import Cite, Item, Shown
from kitei.page import Part
from kitei.reasons import Reasons, outcome_of
from kitei.why import Why
from kitei.why_page import WhyPage, established_by, unmet_of
from kitei.wording import LANGS
from kitei_dsl.core import Wording
from kitei_dsl.diagnostics import json_text

SCHEMA = "kitei/why@1"
_HEAD = ("ruleset", "facts", "world", "assumptions", "as_of", "context", "diagnostics")


def as_json(found: Why) -> str:
    """Return the envelope as text: the same bytes for the same question."""
    return json_text(envelope(found)) + "\n"


def envelope(found: Why) -> dict[str, Any]:
    """Return the envelope of an answered question."""
    writer = _Writer(found)
    conclusions = [writer.conclusion(p, found.flips[n] if found.flips else None) for n, p in enumerate(found.parts)]
    data = {"asked": found.asked, "goal": found.answer["data"]["goals"][0], "conclusions": conclusions}
    return {"schema": SCHEMA, **{name: found.answer[name] for name in _HEAD}, "data": data}


class _Writer:
    def __init__(self, found: Why) -> None:
        self.found = found
        self.pages = [WhyPage(found.answer, found.program, found.explanation, lang) for lang in LANGS]
        self.reasons = [Reasons(page) for page in self.pages]

    def both(self, texts: Sequence[str]) -> dict[str, str]:
        """Return a text of each language without its marks."""
        ja, en = (plain(line_of(t)) for t in texts)
        return {"ja": ja, "en": en}

    def conclusion(self, part: Part, flips: Flips | None) -> dict[str, Any]:
        norm = isinstance(part, Conclusion)
        sentence = [page.say("sentence" if norm else "term", part) for page in self.pages]
        data: dict[str, Any] = {
            "kind": "norm" if norm else "term", "key": part.key, "label": _words(part.label), "grade": part.grade,
            "holds": outcome_of(part), "sentence": self.both(sentence), "evaluations": [_item(e) for e in part.evaluations],
        }  # fmt: skip
        if isinstance(part, Conclusion):
            data |= {"subject": part.bearer_id, "instance": part.instance_id, "status": part.status, "due": part.due,
                     "cites": [_cite(part.cite)], "disapplied_by": [_cite(c) for c in part.defeated_by]}  # fmt: skip
        else:
            data |= {"subject": part.subject_id, "instance": None, "status": part.shown.state, "due": None,
                     "cites": [_cite(c) for c in part.cites], "disapplied_by": []}  # fmt: skip
        data["readings"] = self.readings(part)
        # Each language makes the same choice of the same steps; one of them is written.
        data["path"] = [
            {"part": name, "readings": [[_words(point), _words(choice)] for point, choice in choices],
             "findings": [self.finding(f) for f in findings]}
            for name, choices, findings in Reasons(self.pages[0]).parts(part)
        ]  # fmt: skip
        if self.found.asked == "not" and data["holds"] != "true":
            data["unmet"] = [self.unmet(u) for u in unmet_of(self.pages[0], part)]
        if flips is not None:
            data["changes"] = self.flips(flips)
        return data

    def readings(self, part: Part) -> dict[str, Any] | None:
        """Return what each combination of readings gives, whether they come apart, and the facts that make it so."""
        if not part.by_reading:
            return None
        rows: list[dict[str, Any]] = []
        for row in part.by_reading:
            given = {"choices": [[_words(point), _words(choice)] for point, choice in row[0]]}
            if len(row) == 4:
                rows.append({**given, "status": row[1], "due": row[2], "result": _shown(row[3])})
            else:
                rows.append({**given, "status": row[1].state, "due": None, "result": _shown(row[1])})
        found = apart(part, self.found.explanation.steps)
        facts = [] if found is None else [{**_item(i), "result": _shown(shown)} for i, shown in found.facts]
        return {"each": rows, "verdict": None if found is None else found.verdict, "facts": facts}

    # ------------------------------------------------------------------ the path
    def finding(self, f: Finding) -> dict[str, Any]:
        about = f.node.about
        requirement = None
        if f.expr is not None:
            requirement = self.both([r.words(f) for r in self.reasons])
        data: dict[str, Any] = {
            "step": f.node.step, "mechanism": f.node.mechanism, "met": f.met or None, "negated": f.negated,
            "words": requirement, "item": about.get("item"), "label": _words(about.get("label")), "subject": _words(about.get("subject")),
            "result": _shown(about.get("shown")), "cite": _cite(about.get("cite")), "question": _words(about.get("question")),
            "stated": _stated(about), "complete": about.get("complete"),
            "sides": [_shown(o.about["shown"]) for o in about.get("operands", ())], "operator": about.get("op"),
            "below": [self.finding(x) for x in f.below], "legal": None if f.legal is None else self.legal(f.legal),
        }  # fmt: skip
        return data

    def legal(self, step: LegalStep) -> dict[str, Any]:
        about = step.node.about
        return {
            "step": step.node.step, "label": _words(about.get("label")), "subject": _words(about.get("subject")),
            "result": _shown(about.get("shown")), "above": step.above, "clauses": [self.clause(c) for c in step.clauses],
        }  # fmt: skip

    def clause(self, c: Fared) -> dict[str, Any]:
        condition = None
        if c.condition is not None:
            condition = self.both([r.spoken.condition(c.condition) for r in self.reasons])
        return {
            "clause": c.clause, "mechanism": c.node.mechanism, "cite": _cite(c.node.about["cite"]), "condition": condition,
            "marks": [{"phrase": phrase, "cite": _cite(cite)} for phrase, cite in c.node.about.get("marks", ())],
            "findings": [self.finding(f) for f in c.findings], "amounts": [self.finding(f) for f in c.amounts],
            "against": [self.clause(x) for x in c.against],
        }  # fmt: skip

    def unmet(self, u: Unmet) -> dict[str, Any]:
        return {
            "finding": self.finding(u.finding), "under": [_cite(c.node.about["cite"]) for c in u.under], "class": u.sort,
            "false": u.finding.met == FALSE, "established_by": established_by(u),
            "burden_on": _words(u.finding.node.about.get("party")),
            "any_of": [[self.unmet(x) for x in choice] for choice in u.choices],
        }  # fmt: skip

    # ------------------------------------------------------------------ changes
    def flips(self, found: Flips) -> dict[str, Any]:
        return {
            "now": _outcome(found.now), "unread": list(found.unread), "not_tried": list(found.not_tried),
            "goals": [
                {"goal": f.goal, "verdict": f.verdict, "size": f.size, "total": f.total, "partly": f.partly,
                 "tried": [{"size": n, "combinations": of} for n, of in f.tried],
                 "changes": _changes(f.changes),
                 "aside": f.aside and {"size": f.aside.size, "total": f.aside.total, "changes": _changes(f.aside.changes)}}
                for f in found.flips
            ],
        }  # fmt: skip


def _changes(found: Sequence[tuple[Sequence[Change], Outcome]]) -> list[dict[str, Any]]:
    return [{"facts": [_change(c) for c in changes], "then": _outcome(then)} for changes, then in found]


def _change(c: Change) -> dict[str, Any]:
    return {"item": c.item, "sort": c.sort, "before": c.before, "after": c.after, "class": c.evidence}


def _outcome(o: Outcome) -> dict[str, Any]:
    return {"presence": o.presence, "status": o.status, "due": o.due}


def _words(w: Wording | None) -> dict[str, str] | None:
    return None if w is None else {"ja": w.ja, "en": w.en}


def _cite(c: Cite | None) -> dict[str, str] | None:
    return None if c is None else {"id": c.id, "ja": c.ja, "en": c.en}


def _item(i: Item) -> dict[str, Any]:
    return {"item": i.id, "label": _words(i.label), "subject": _words(i.subject)}


def _shown(s: Shown | None) -> dict[str, Any] | None:
    if s is None:
        return None
    return {"state": s.state, "type": s.type, "value": s.text or None, "label": _words(s.label), "values": list(s.values),
            "causes": list(s.causes)}  # fmt: skip


def _stated(about: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return who stated a fact, as the facts say; None of what is no fact or is not stated."""
    record = about.get("stated")
    return None if record is None else dict(record)

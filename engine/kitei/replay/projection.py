"""What an answer must say, given its derivation: the register of norms and the terms, projected again.

Comes in: the checked derivation, the query, and the stated rows, of which only the step numbers are read. Goes out:
the rows as they must be. Which rows there are follows from the law and the facts, so none can be dropped or added;
each part must be the step that the norm's part is; status, due day and performance follow from these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from itertools import product
from typing import Any, TypeVar

from kitei.replay.citations import Citations, said
from kitei.replay.derivation import Derivation
from kitei.replay.judge import Judge, Parts, Verdict, visible
from kitei.replay.law import NoChoice, takes_in
from kitei.replay.rules import Given, Want
from kitei.replay.shape import Context, Refused, Step, causes, numbers, stated, texts
from kitei.values import FALSE, TRUE, Cause, Entity, Result, write
from kitei_dsl import core
from kitei_dsl.citation import parse as parse_address
from kitei_dsl.frozen import Frozen, replace

GRADES = "ABCDE"
MAX_COMBINATIONS = 64
Readings = tuple[tuple[str, str], ...]
#: An instance: the versions of the norm that have it, and the entity it is for.
Unit = tuple[tuple[core.Norm, ...], str | None]
T = TypeVar("T")


class Stated(Parts):
    """Parts as the answer's step numbers give them; each must be the step it is said to be, and none is left over."""

    def __init__(self, derivation: Derivation, steps: object, where: str) -> None:
        if type(steps) is not dict:
            raise Refused(where, "expected a mapping of steps")
        self.derivation, self.where = derivation, where
        self.steps = dict(zip(steps, numbers(list(steps.values()), where), strict=True))
        self.used: set[str] = set()

    def part(self, name: str, want: Want) -> Given:
        if name in ("saving", "anchor") and not self.is_stated(name, want):
            # Only the last clause, or anchor, asked is stated; what the others come to is derived.
            return self.derivation.derive(want)
        if name not in self.steps:
            raise Refused(self.where, f"it has no step for `{name}`")
        self.used.add(name)
        return self.derivation.given(self.steps[name], want)

    def aside(self, want: Want) -> Given:
        return self.derivation.derive(want)

    def is_stated(self, name: str, want: Want) -> bool:
        id = self.steps.get(name, -1)
        return 0 <= id < len(self.derivation.steps) and self.derivation.steps[id].node == want.node

    def stands(self, applies: Given, want: Want, clause: str) -> tuple[str, str]:
        certificate = self.derivation.steps[applies.step or 0].certificate
        return next(
            ((c["has"], c["stands"]) for c in certificate["candidates"] if c["clause"] == clause), ("false", "false")
        )

    def ended(self) -> dict[str, int]:
        """Return the steps, all of which must have been used."""
        for name in self.steps:
            if name not in self.used:
                raise Refused(self.where, f"`{name[:60]}` is no part of it here")
        return self.steps


class Derived(Parts):
    """Parts worked out where no step states them."""

    def __init__(self, derivation: Derivation) -> None:
        self.derivation = derivation

    def part(self, name: str, want: Want) -> Given:
        return self.derivation.derive(want)

    def aside(self, want: Want) -> Given:
        return self.derivation.derive(want)

    def stands(self, applies: Given, want: Want, clause: str) -> tuple[str, str]:
        _, certificate = self.derivation.rules.made(want, self.derivation.derive)
        return next(
            ((c["has"], c["stands"]) for c in certificate["candidates"] if c["clause"] == clause), ("false", "false")
        )


#: Whether a presumption is borne, who must prove an uncontested defence, and what would change the result.
Marks = tuple[bool, tuple[str, ...], frozenset[Cause]]


class Judged(Frozen):
    """One way an instance comes out: under some readings, with the steps it rests on."""

    readings: Readings
    verdict: Verdict
    steps: dict[str, int]
    marks: Marks = (False, (), frozenset())


class Projection:
    """Projects rows from one derivation."""

    def __init__(self, derivation: Derivation, query: Context) -> None:
        self.derivation, self.query = derivation, query
        self.law, self.facts = derivation.law, derivation.rules.facts
        self.cited = Citations(self.law)
        self.roots: list[int] = []
        #: the goals for which the answer must say what would settle them, in order
        self.unsettled: list[dict[str, Any]] = []
        #: bearer to the roles whose lists, which give norms their instances, are not complete
        self.unlisted: dict[str, dict[str, None]] = {}

    # ------------------------------------------------------------------ readings
    def combinations(self, run: Callable[[Context], T]) -> list[tuple[Readings, T]]:
        """Run once per combination of the readings met, which are found one by one as they are met."""
        points: list[str] = []
        while True:
            ways = list(product(*(self.law.readings[p].choices for p in points)))
            if len(ways) > MAX_COMBINATIONS:
                raise Refused("readings", "more combinations than can be shown side by side")
            try:
                chosen = [tuple(sorted(zip(points, way, strict=True))) for way in ways]
                return [(c, run(replace(self.query, readings=c))) for c in chosen]
            except NoChoice as needed:
                points.append(str(needed))

    def ways(
        self, data: dict[str, Any], where: str, run: Callable[[Context], object]
    ) -> list[tuple[Readings, object, str]]:
        """Return the combinations of readings an entry must show, each with the entry's steps for it."""
        listed = data.get("by_reading")
        if listed is None and "readings" not in data and not self.reads(data.get("steps")):
            return [((), data.get("steps"), where)]
        needed = [readings for readings, _ in self.combinations(run)]
        if listed is None:
            return [(r, data.get("steps"), where) for r in needed[:1]] if len(needed) == 1 else _missing(where)
        if type(listed) is not list or len(listed) != len(needed):
            raise Refused(f"{where}.by_reading", f"{len(needed)} combinations of readings must be shown")
        found = []
        for n, (readings, item) in enumerate(zip(needed, listed, strict=True)):
            place = f"{where}.by_reading[{n}]"
            if type(item) is not dict or texts(item.get("readings"), place) != dict(readings):
                raise Refused(place, f"expected the readings {', '.join(f'{p} = {c}' for p, c in readings)}")
            found.append((readings, item.get("steps"), place))
        return found

    def reads(self, steps: object) -> bool:
        """Say whether some step named is in a context that chooses readings (a point with one choice is not shown apart)."""
        named = [n for n in steps.values() if type(n) is int] if type(steps) is dict else []
        contexts = (self.derivation.steps[n].context for n in named if 0 <= n < len(self.derivation.steps))
        return any(self.derivation.contexts[c].readings for c in contexts)

    # ------------------------------------------------------------------ norms
    def norms(self, listed: object, wanted: Callable[[core.Norm], bool]) -> list[dict[str, Any]]:
        """Return the rows of every norm that takes part, for everyone who can bear it."""
        if type(listed) is not list:
            raise Refused("data.norms", "expected a list")
        rows: list[dict[str, Any]] = []
        for key, versions in self.by_key().items():
            present = tuple(n for n in versions if wanted(n) and visible(self.law, n, self.query.known))
            if not present:
                continue
            for bearer in self.facts.of_kind(present[0].kind):
                for role in (n.instances.members.attribute for n in present if n.instances is not None):
                    if not self.derivation.rules.members(bearer, role, self.query)[1]:
                        self.unlisted.setdefault(bearer, {})[role] = None
                units = self.units(present, bearer)
                if units:
                    where = f"data.norms[{len(rows)}]"
                    rows.append(self.row(_item(listed, len(rows), where), where, key, present, bearer, units))
        return rows

    def by_key(self) -> dict[str, list[core.Norm]]:
        """Return the norms by key in the law's order: instruments as declared, addresses as statutes print them."""
        order = {id: n for n, id in enumerate(self.law.instruments)}

        def place(norm: core.Norm) -> tuple[Any, ...]:
            address = parse_address(norm.address)
            return order[address.instrument], address.sort_key(), self.law.versions[norm.version].start

        found: dict[str, list[core.Norm]] = {}
        for norm in sorted(self.law.program.norms, key=place):
            found.setdefault(norm.applies, []).append(norm)
        return found

    def units(self, versions: tuple[core.Norm, ...], bearer: str) -> list[Unit]:
        """Return each instance the bearer has, with the versions of the norm that have it."""
        found: dict[str | None, list[core.Norm]] = {}
        for norm in versions:
            entities: list[str | None] = [None]
            if norm.instances is not None:
                entities = list(self.derivation.rules.members(bearer, norm.instances.members.attribute, self.query)[0])
            for entity in entities:
                found.setdefault(entity, []).append(norm)
        return [(tuple(norms), entity) for entity, norms in found.items()]

    def row(self, data: dict[str, Any], where: str, key: str, versions: tuple[core.Norm, ...], bearer: str,
            units: list[Unit]) -> dict[str, Any]:  # fmt: skip
        norm = versions[-1]
        version = self.law.versions[norm.version]
        label = next(n.label for n in self.law.program.norm_names if n.name == norm.name)
        instances = data.get("instances")
        if type(instances) is not list:
            raise Refused(f"{where}.instances", "expected a list")
        expected = []
        for n, (given, entity) in enumerate(units):
            place = f"{where}.instances[{n}]"
            stated_instance = _item(instances, n, place)

            def judge(parts: Parts, context: Context, unit: Unit = (given, entity)) -> Verdict:
                present = TRUE if unit[1] is None else self.derivation.rules.present(unit[1], self.query)
                return Judge(
                    self.law, self.facts, context, versions, unit[0], bearer, unit[1], present, parts
                ).verdict()

            entry = self.instance(stated_instance, place, entity, judge, versions)
            resultless = bool(entry["open"]) and all(c["kind"] == "undefined" for c in entry["open"])
            if entry["status"] == "undetermined" and not resultless:
                self.unsettled.append({"norm": norm.name, "key": key, "bearer": bearer, "instance": entity})
            expected.append(entry)
        return {
            "name": norm.name, "key": key, "label": {"ja": label.ja or norm.name, "en": label.en or norm.name},
            "modality": norm.modality, "bearer": bearer, "cite": self.cited.data(norm.id, version), "grade": version.grade,
            "instances": expected,
        }  # fmt: skip

    def instance(
        self, data: dict[str, Any], where: str, entity: str | None, judge: Callable[[Parts, Context], Verdict],
        versions: tuple[core.Norm, ...],
    ) -> dict[str, Any]:  # fmt: skip
        ways = []
        for readings, steps, place in self.ways(data, where, lambda c: judge(Derived(self.derivation), c)):
            parts = Stated(self.derivation, steps, f"{place}.steps")
            context = replace(self.query, readings=readings)
            verdict = judge(parts, context)
            ways.append(Judged(readings, verdict, parts.ended(), self.marks(parts.steps, verdict, judge, context)))
        contested = self.contested(ways)
        joined = _joined([w.verdict for w in ways])
        dropped = set(contested)
        if any(w.verdict.due_if != joined.due_if for w in ways):
            joined, dropped = replace(joined, due_if=None), {*dropped, "due"}
        if "due" in contested:
            joined = replace(joined, due=None)
        steps = {name: step for name, step in ways[0].steps.items() if name not in dropped}
        entry = self.entry(entity, joined, steps, [s for w in ways for s in w.steps.values()], ways, versions)
        entry |= _marked([w.marks for w in ways])
        if len(ways) == 1 and ways[0].readings:
            entry["readings"] = dict(ways[0].readings)
        if len(ways) > 1:
            entry["by_reading"] = [
                {"readings": dict(w.readings), "status": w.verdict.status, "due": _iso(w.verdict.due),
                 "content": self.short(w.steps.get("content")), "steps": w.steps}
                for w in ways
            ]  # fmt: skip
        if contested:
            entry["contested"] = contested
        return entry

    def contested(self, ways: list[Judged]) -> list[str]:
        """Return the parts that differ between readings where the status does not."""
        if len({w.verdict.status for w in ways}) > 1:
            return []
        content = [self.result(w.steps["content"]) if "content" in w.steps else None for w in ways]
        parts: dict[str, list[Any]] = {"due": [w.verdict.due for w in ways], "content": content}
        return [name for name, found in parts.items() if any(x != found[0] for x in found)]

    def marks(
        self, steps: dict[str, int], verdict: Verdict, judge: Callable[[Parts, Context], Verdict], context: Context
    ) -> Marks:
        """Return the marks borne: it would come out otherwise were every presumption and uncontested defence open."""
        used, parties = self.resting(steps.values())
        if not used and not parties:
            return False, (), frozenset()
        without = judge(Derived(self.derivation), replace(context, presumptions=False))
        return (used, parties, without.causes) if without.status != verdict.status else (False, (), frozenset())

    def resting(self, roots: Iterable[int]) -> tuple[bool, tuple[str, ...]]:
        """Return whether a presumption was applied below some steps, and who must prove the defences not contested."""
        certificates = [self.derivation.steps[s].certificate for s in self.derivation.below(roots)]
        used = any(c.get("presumed") not in (None, "conflict") for c in certificates)
        return used, tuple(dict.fromkeys(c["uncontested"] for c in certificates if "uncontested" in c))

    def term_marks(self, step: int, again: Want) -> Marks | None:
        """Return the marks of a term's result, None where it rests on nothing that could be marked."""
        used, parties = self.resting([step])
        if not used and not parties:
            return None
        without = self.derivation.derive(again).result
        borne = without.state == "open" or without != self.result(step)
        return (used, parties, without.causes) if borne else (False, (), frozenset())

    def entry(self, entity: str | None, v: Verdict, steps: dict[str, int], roots: list[int],
              ways: list[Judged], versions: tuple[core.Norm, ...]) -> dict[str, Any]:  # fmt: skip
        norm = v.norm
        self.roots += roots
        because = dict.fromkeys(c for w in ways for c in (*w.verdict.disapplied_by, *self.live(w.steps.get("applies"))))
        saved = [w.verdict.saved_by for w in ways if w.verdict.saved_by is not None]
        if norm is None and v.status != "not-in-force":
            saved += [n.version for n in versions]
        entry: dict[str, Any] = {
            "instance": entity, "anchor": _iso(v.anchor), "version": norm.version if norm else None,
            "in_force": True if norm is not None else False if v.status == "not-in-force" else None,
            "applies": self.short(steps.get("applies")), "due": _iso(v.due),
            "due_open": self.short(steps.get("due")) if v.due is None and v.due_if is None else None,
            "promptness": norm.promptness if norm else None, "performed": v.performed,
            "content": self.short(steps.get("content")), "status": v.status,
            "because": [self.cited.data(c) for c in because],
            "open": [{"kind": c.kind, "item": c.item} for c in sorted(v.causes)],
            "grade": self.grade(roots, norm, saved), "evaluations": self.evaluations(roots),
            "sanctions": [], "sanctions_as_of": None, "steps": steps,
        }  # fmt: skip
        if norm is not None:
            day, why = self.act_day(v)
            entry |= {"sanctions": self.sanctions(norm, day), "sanctions_as_of": {"day": _iso(day), "why": why}}
        if v.due_if is not None:
            entry["due_if_applies"] = _iso(v.due_if)
        if v.disapplied_by:
            entry["disapplied_by"] = [self.cited.data(c) for c in v.disapplied_by]
        if v.repealed_on:
            entry["repealed_on"] = v.repealed_on.isoformat()
        if v.saved_by:
            entry["saved_by"] = self.cited.data(v.saved_by)
            entry["saved_as"] = self.derivation.places.savings[v.saved_by].form
        return entry

    def short(self, step: int | None) -> dict[str, Any] | None:
        return None if step is None else {**stated(self.result(step)), "step": step}

    def result(self, step: int) -> Result:
        given = self.derivation.givens[step]
        if given is None:
            raise Refused(f"step {step}", "it is refused")
        return given.result

    def live(self, applies: int | None) -> list[str]:
        """Return the clauses that are or may be live in a resolve step."""
        if applies is None:
            return []
        return [c["clause"] for c in self.derivation.steps[applies].certificate["candidates"] if c["live"] != "false"]

    # ------------------------------------------------------------------ what an answer rests on
    def grade(self, roots: Iterable[int], norm: core.Norm | None, saved: Iterable[str] = ()) -> str:
        """Return the lowest grade among the provisions whose words count in what the roots rest on."""
        counting = {*saved, *([norm.version] if norm else [])}
        for id in self.derivation.below(roots):
            step = self.derivation.steps[id]
            if step.kind == "resolve":
                counting |= self.meeting(step)
            elif step.kind == "use":
                # Each deeming has its condition and its outcome among the inputs, after the subject and what is resolved.
                for n, deeming in enumerate(step.certificate.get("deemed", ())):
                    if self.result(step.inputs[2 + 2 * n]) != FALSE:
                        counting.add(deeming)
            elif step.kind == "parameter" and step.certificate["version"] is not None:
                counting.add(step.certificate["version"])
            owner, _, part = step.node.partition("|")
            if owner in self.derivation.places.savings and part == "condition" and self.result(id) != FALSE:
                counting.add(owner)
        return max(map(self.graded, counting), key=GRADES.index, default="A")

    def graded(self, id: str) -> str:
        """Return the grade of a clause that states its own, else that of the version a record or the id is of."""
        own = self.law.clauses[id].grade if id in self.law.clauses else ""
        return own or self.law.versions[id.split("#")[0]].grade

    def meeting(self, step: Step) -> set[str]:
        """Return the clauses that count where provisions meet: those with their condition, the closing where no definition
        surely is live, and the presumptions that apply where one is applied or two contradict each other."""
        c, clauses = step.certificate, self.law.clauses
        found = {x["clause"] for x in c["candidates"] if x["has"] != "false"}
        live = {clauses[x["clause"]].role for x in c["candidates"] if x["live"] == "true"}
        if c["closing"] is not None and not live & {"define", "norm", "fill"}:
            found.add(c["closing"])
        if c["presumed"] is not None:
            for n in step.inputs:
                owner, _, part = self.derivation.steps[n].node.partition("|")
                if (
                    part == "condition"
                    and owner in clauses
                    and clauses[owner].role == "presume"
                    and self.result(n) == TRUE
                ):
                    found.add(owner)
        return found

    def evaluations(self, roots: Iterable[int]) -> list[str]:
        """Return the legal evaluations (評価) that what the roots rest on takes from the facts."""
        found = set()
        for id in self.derivation.below(roots):
            step, expr = self.derivation.steps[id], self.derivation.places.at(self.derivation.steps[id].node)
            if isinstance(expr, core.Fact) and self.result(id).known:
                attribute = self.law.attributes.get(expr.attribute)
                subject = self.result(step.inputs[0]).value
                if attribute is not None and attribute.evidence == "evaluation" and isinstance(subject, Entity):
                    found.add(f"{subject.id}.{attribute.name}")
        return sorted(found)

    def act_day(self, v: Verdict) -> tuple[date, str]:
        """Return the day whose text says the sanctions: a pinned one; that after a due day that has passed, when the
        omission is complete; else the day asked."""
        if self.query.pinned:
            return self.query.text, "pinned"
        if v.due is None or self.query.at <= v.due:
            return self.query.text, "asked"
        return date.fromordinal(v.due.toordinal() + 1), "omission"

    def sanctions(self, norm: core.Norm, text: date) -> list[dict[str, Any]]:
        """Return the sanctions tied to the norm's place, in the text of a day."""
        found = []
        for s in self.law.program.sanctions:
            if not self.law.in_force(s.version, text, self.query.known) or not any(
                takes_in(t, norm) for t in s.targets
            ):
                continue
            corporate = (
                {"cite": self.cited.data(s.corporate_cite), "fine": s.corporate_fine} if s.corporate_fine else None
            )
            found.append({
                "kind": s.kind, "cite": self.cited.data(s.address, self.law.versions[s.version]), "whose": said(s.whose),
                "imprisonment": s.imprisonment or None, "fine": s.fine or None, "both": s.both, "corporate": corporate,
                "note": said(s.note), "version": s.version,
            })  # fmt: skip
        return found

    # ------------------------------------------------------------------ terms
    def terms(self, listed: object, goals: list[str]) -> list[dict[str, Any]]:
        """Return the terms asked for, then those the answer rests on in the query's own context."""
        if type(listed) is not list:
            raise Refused("data.terms", "expected a list")
        rows: list[dict[str, Any]] = []
        for key in goals:
            for id in self.facts.of_kind(self.law.terms[key.partition("@")[0]].kind):
                where = f"data.terms[{len(rows)}]"
                rows.append(self.goal(_item(listed, len(rows), where), where, key, id))
        met: dict[tuple[str, str], int] = {}
        for step in self.derivation.below(self.roots):
            s = self.derivation.steps[step]
            key, subject = s.node.partition("|")[2], s.scope.get("self")
            if s.kind != "resolve" or subject is None or key.startswith(("norm:", "slot:")):
                continue
            if self.derivation.contexts[s.context] == self.query and all(
                (r["key"], r["subject"]) != (key, subject) for r in rows
            ):
                met.setdefault((key, subject), step)
        return rows + [self.met(key, subject, step) for (key, subject), step in met.items()]

    def met(self, key: str, subject: str, step: int) -> dict[str, Any]:
        """Return the row of a term met on the way, marked where it rests on a presumption."""
        row = self.term(key, subject, step)
        context = replace(self.query, presumptions=False)
        again = Want(f"resolve|{key}", self.law.resolves[key], {"self": subject}, context)
        marks = self.term_marks(step, again)
        if marks is not None:
            row |= ({"presumed": False} if self.resting([step])[0] else {}) | _marked([marks])
        return row

    def goal(self, data: dict[str, Any], where: str, key: str, id: str) -> dict[str, Any]:
        def want(context: Context) -> Want:
            return Want(f"goal|{key}", core.Use(key, core.Bind("self")), {"self": id}, context)

        found: list[tuple[Readings, int, Result]] = []
        marks: list[Marks] = []
        resting = False
        for readings, steps, place in self.ways(data, where, lambda c: self.derivation.derive(want(c))):
            context = replace(self.query, readings=readings)
            parts = Stated(self.derivation, steps, f"{place}.steps")
            result = parts.part("value", want(context)).result
            step = parts.ended()["value"]
            found.append((readings, step, result))
            own = self.term_marks(step, want(replace(context, presumptions=False)))
            if own is not None:
                resting, marks = resting or self.resting([step])[0], [*marks, own]
        self.roots += [step for _, step, _ in found]
        row = self.term(key, id, found[0][1])
        for _, step, _ in found[1:]:
            row["cite"] += [c for c in self.term(key, id, step)["cite"] if c not in row["cite"]]
        every = [step for _, step, _ in found]
        row |= {"grade": self.grade(every, None), "evaluations": self.evaluations(every)}
        if len(found) > 1:
            if Stated(self.derivation, data.get("steps"), f"{where}.steps").steps != row["steps"]:
                raise Refused(f"{where}.steps", "expected those of the first combination of readings")
            row["by_reading"] = [
                {"readings": dict(r), **stated(result), "steps": {"value": s}} for r, s, result in found
            ]
            row |= _joined_results([result for _, _, result in found])
        row |= ({"presumed": False} if resting else {}) | _marked(marks)
        deemings = (self.law.clauses[c] for c in self.law.resolves[key].candidates)
        row["not_deemed"] = [self.cited.data(c.id) for c in deemings if c.role == "deem" and "*" not in c.purposes]
        if row["state"] == "open" and not all(_settled(result) for _, _, result in found):
            self.unsettled.append({"term": key, "subject": id})
        return row

    def term(self, key: str, id: str, step: int) -> dict[str, Any]:
        term, result = self.law.terms[key.partition("@")[0]], self.result(step)
        s = self.derivation.steps[step]
        resolved = step if s.kind == "resolve" else s.inputs[1]
        closing = self.derivation.steps[resolved].certificate["closing"]
        cited = self.live(resolved) or ([closing] if closing is not None else [])
        return {
            "name": term.name, "key": key, "label": {"ja": term.label.ja or term.name, "en": term.label.en or term.name},
            "subject": id, "state": result.state, "value": None if result.value is None else write(result.value),
            "values": [write(v) for v in result.values], "possible_clash": result.possible_clash, "unit": term.type,
            "cite": [self.cited.data(c, self.law.versions[self.law.clauses[c].version]) for c in cited],
            "grade": self.grade([step], None), "open": causes(result), "evaluations": self.evaluations([step]),
            "steps": {"value": step},
        }  # fmt: skip


def _marked(borne: Iterable[Marks]) -> dict[str, Any]:
    """Return the marks as answers write them."""
    found = list(borne)
    data: dict[str, Any] = {"presumed": True} if any(m[0] for m in found) else {}
    unproved = list(dict.fromkeys(party for m in found for party in m[1]))
    if unproved:
        data["unproved"] = unproved
    if data:
        change = frozenset(c for m in found for c in m[2])
        data["would_change"] = [{"kind": c.kind, "item": c.item} for c in sorted(change)]
    return data


def _joined(ways: list[Verdict]) -> Verdict:
    """Two settled statuses that differ are contested; else one that is undetermined leaves the whole so."""
    statuses = {v.status for v in ways}
    if len(statuses) == 1:
        return ways[0]
    contested = len(statuses - {"undetermined"}) > 1
    causes = frozenset[Cause]().union(*(v.causes for v in ways)) if "undetermined" in statuses else ways[0].causes
    return replace(
        ways[0], status="contested" if contested else "undetermined", causes=causes, due=None, performed=None
    )


def _settled(r: Result) -> bool:
    return r.state != "open" or all(c.kind == "undefined" for c in r.causes)


def _joined_results(results: list[Result]) -> dict[str, Any]:
    """Return what a term's row says where readings differ; nothing where all come to the same."""
    settled = [r for r in results if _settled(r)]
    if any(r != settled[0] for r in settled):
        return {"state": "contested", "value": None, "open": []}
    if len(settled) < len(results):
        union = Result("open", causes=frozenset[Cause]().union(*(r.causes for r in results)))
        return {"state": "open", "value": None, "open": causes(union)}
    return {}


def _item(listed: list[Any], n: int, where: str) -> dict[str, Any]:
    if n >= len(listed):
        raise Refused(where, "a row that the law and the facts call for is missing")
    if type(listed[n]) is not dict:
        raise Refused(where, "expected a mapping")
    item: dict[str, Any] = listed[n]
    return item


def _missing(where: str) -> Any:
    raise Refused(f"{where}.by_reading", "it is missing")


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()

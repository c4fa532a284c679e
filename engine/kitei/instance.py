"""One instance of a norm, judged: whether it is in force, applies, is performed, by when, and with what status.

Comes in: an evaluator, a question (three days), the versions of a norm, its bearer and the thing the instance is for. Goes
out: an `Instance`. Semantics section 5; savings as section 6 has them. Deliberately not here: which instances there are of
which norms, and readings side by side (`register`).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from kitei.evaluate import Evaluator
from kitei.trace import Context
from kitei.values import FALSE, TRUE, Cause, Entity, Result
from kitei.world import Program
from kitei_dsl import core
from kitei_dsl.citation import parse as parse_address
from kitei_dsl.frozen import Frozen, Struct, field, replace

#: Modalities judged over a state, not an act.
KEPT = ("prohibition", "must_contain")
AVAILABLE = ("permission", "power", "entitlement")
ARISING = ("right", "effect", "liability")


class Query(Frozen):
    """What is asked: the three days, whether *text* is pinned."""

    at: str
    text: str
    known: str
    pinned: bool

    def context(self, readings: tuple[tuple[str, str], ...] = (), presumptions: bool = True) -> Context:
        return Context(self.at, self.text, self.known, self.pinned, readings, presumptions)


class Instance(Struct):
    """One instance of a norm for one bearer. `steps` names the steps its parts rest on; `causes` why it is undetermined.

    `status` is one of semantics section 5. `due` a date, or None with `promptness` or no due date at all; `due_if` the
    day it would be due where only whether the norm applies is open.
    `performed`: the day, `yes` (day not known), `no`, or None (nothing known). `by_reading`: (choices, status).
    """

    entity: str | None
    anchor: str | None
    version: str | None
    status: str
    due: date | None = None
    due_if: date | None = None
    performed: str | None = None
    steps: dict[str, int] = field(default_factory=dict)
    causes: frozenset[Cause] = frozenset()
    disapplied_by: tuple[str, ...] = ()
    repealed_on: str | None = None
    saved_by: str | None = None
    readings: tuple[tuple[str, str], ...] = ()
    alternatives: list[Instance] = field(default_factory=list)
    presumed: bool = False
    unproved: tuple[str, ...] = ()
    would_change: frozenset[Cause] = frozenset()
    contested: tuple[str, ...] = ()


def instances_of(evaluator: Evaluator, query: Query, norm: core.Norm, bearer: str) -> list[str | None]:
    """Return the entities for each of which a version of a norm has an instance; None is the one standing instance."""
    if norm.instances is None:
        return [None]
    return list(evaluator.sight.members(bearer, norm.instances.members.attribute, query.context()).ids)


def takes_in(target: str, norm: core.Norm) -> bool:
    """Say whether a target as cited takes in a norm: all norms at or below its address, with a label that one alone, with
    a version those of that version."""
    place, _, label = target.partition("#")
    address, _, start = place.partition("@")
    if start and norm.version.partition("~")[0].partition("@")[2] != start:
        return False
    return _covers(address, norm.address) and (not label or norm.id.partition("#")[2] == label)


def sanctions_for(program: Program, norm: core.Norm) -> tuple[core.Sanction, ...]:
    """Return the sanctions whose targets take in a norm, in the order of the program, whenever they are in force."""
    return _sanctions_for(program, norm.id)


@lru_cache(maxsize=1 << 13)
def _sanctions_for(program: Program, id: str) -> tuple[core.Sanction, ...]:
    norm = program.norm_by_id[id]
    return tuple(s for s in program.core.sanctions if any(takes_in(t, norm) for t in s.targets))


@lru_cache(maxsize=1 << 16)
def _covers(address: str, other: str) -> bool:
    """Say whether an address is that of another place or of what it lies in."""
    return parse_address(address).covers(parse_address(other))


class _Kept(Frozen):
    """A version of a norm that goes on past its end (None: there is none), the context it is read in, the saving by which
    it does, and why it is unsure whether it does; `several`: more than one saving may let it go on."""

    norm: core.Norm | None
    context: Context
    saving: str | None
    unsure: frozenset[Cause] = frozenset()
    several: bool = False


class Judge:
    """Judges one instance of a norm in one context."""

    def __init__(self, evaluator: Evaluator, query: Query, context: Context, key: str, versions: list[core.Norm],
                 bearer: str, entity: str | None) -> None:  # fmt: skip
        self.e, self.query, self.base, self.key = evaluator, query, context, key
        self.versions, self.bearer, self.entity = versions, bearer, entity
        self.steps: dict[str, int] = {}
        self.at = date.fromisoformat(query.at)
        #: the versions that have this instance: standing ones where it has no entity, else those for each of such a thing
        self.given = [n for n in versions if entity in instances_of(evaluator, query, n, bearer)]
        #: the state was reached by the due day, though on which day is not known
        self.in_time = False
        #: the saving under which it is judged
        self.under: str | None = None

    def scope(self, norm: core.Norm) -> dict[str, str]:
        scope = {norm.bearer: self.bearer}
        if norm.instances is not None and self.entity is not None:
            scope[norm.instances.variable] = self.entity
        return scope

    def part(self, norm: core.Norm, name: str, expr: core.Expr, context: Context) -> Result:
        """Evaluate one part of the norm, remembering its step."""
        step = self.e.evaluate(expr, f"{norm.id}|{name}", self.scope(norm), self.e.context(context))
        self.steps[name] = step
        return self.e.result(step)

    def instance(self) -> Instance:
        """Judge the instance; where it is open whether its event is there yet, nothing but that is said."""
        present = TRUE if self.entity is None else self.e.sight.present(self.entity, self.base)
        if present.known:
            return self.found_instance()
        if not self.e.overrides:
            return self.made(None, None, "undetermined", present.causes)
        # While asking what would settle: what may matter once it is there counts as well.
        there = self.found_instance()
        return replace(there, status="undetermined", causes=there.causes | present.causes)

    def found_instance(self) -> Instance:
        """Judge by the first version that is in force on the day of its own anchor, or that a saving lets go on then.
        Versions with one anchor are looked at together."""
        first: str | None = None
        seen: list[core.Expr | None] = []
        for given in self.given:
            expr = given.anchor
            if expr in seen:
                continue
            anchored, anchor, causes = self.anchored(given)
            if not seen:
                first = anchor
            seen.append(expr)
            if anchored is None:
                # Its day is said to be absent, or lies after the day asked: the event has not happened, and no instance arises.
                norm = self.in_force(self.base, expr)
                if norm is not None:
                    return self.made(None, norm, self.inapplicable(norm), frozenset())
                continue
            if causes:
                return self.made(first, None, "undetermined", causes)
            kept = self.kept_alive(anchored, expr)
            if kept.norm is not None and not kept.unsure:
                self.under = kept.saving
                return replace(self.judged(kept.norm, anchor, kept.context), saved_by=kept.saving)
            norm = self.in_force(anchored, expr)
            if kept.norm is not None and self.e.overrides:
                # While asking what would settle: what may matter whether or not it goes on counts as well.
                ways = [self.judged(kept.norm, anchor, kept.context)]
                if norm is not None:
                    ways.append(self.judged(norm, anchor, anchored))
                causes = kept.unsure.union(*(way.causes for way in ways))
                return replace(ways[-1], status="undetermined", causes=causes)
            if kept.norm is not None:
                # Where it would not apply if it did go on, nothing follows either way, and nothing is left open.
                if norm is None and not kept.several and self.applying(kept.norm, kept.context)[1].false:
                    self.under = kept.saving
                    return self.judged(kept.norm, anchor, kept.context)
                return self.made(anchor, None, "undetermined", kept.unsure)
            if norm is not None:
                return self.judged(norm, anchor, anchored)
        return self.made(first, None, "not-in-force", frozenset())

    def made(
        self, anchor: str | None, norm: core.Norm | None, status: str, causes: frozenset[Cause], **rest: object
    ) -> Instance:
        version = norm.version if norm else None
        return Instance(self.entity, anchor, version, status, steps=self.steps, causes=causes, **rest)  # type: ignore[arg-type]

    def anchored(self, norm: core.Norm) -> tuple[Context | None, str | None, frozenset[Cause]]:
        """Return the context of the instance: anchored at its day. None where that day may be absent, and is, or is yet to come."""
        if norm.anchor is None:
            return self.base, None, frozenset()
        told, step = self.told(norm, norm.anchor, f"{norm.id}|anchor")
        self.steps["anchor"] = step
        day = self.e.result(step)
        if told is not None and (
            day.state == "absent" or (isinstance(day.value, date) and day.value > self.at and self.optional(told))
        ):
            return None, None, frozenset()
        if told is None or not day.known or not isinstance(day.value, date):
            # While asking what would settle: what is to be asked once the day is known is not seen yet.
            unseen = {Cause("hazard", f"{norm.id}|anchor")} if self.e.overrides else set()
            return self.base, None, self.e.operand(step).causes | unseen
        iso = day.value.isoformat()
        text = self.base.text if self.base.pinned else iso
        return replace(self.base, at=iso, text=text), iso, frozenset()

    def told(self, norm: core.Norm, anchor: core.Expr, node: str) -> tuple[core.Expr | None, int]:
        """Return which of the days told apart by `if` is the anchor's, and its step; None where that is open, with the step
        it is open by. Days none of which may be absent are one expression as any other."""
        if not isinstance(anchor, core.If) or not any(map(self.optional, core.told_apart(anchor))):
            return anchor, self.e.evaluate(anchor, node, self.scope(norm), self.e.context(self.base))
        told = self.e.evaluate(anchor.condition, f"{node}.condition", self.scope(norm), self.e.context(self.base))
        which = self.e.operand(told)
        if not which.known:
            return None, told
        name, branch = ("then", anchor.then) if which.true else ("otherwise", anchor.otherwise)
        return self.told(norm, branch, f"{node}.{name}")

    def optional(self, anchor: core.Expr) -> bool:
        """Say whether an anchor is an attribute that may be absent: an event that may not happen."""
        return isinstance(anchor, core.Fact) and self.e.program.attributes[anchor.attribute].optional

    def in_force(self, context: Context, anchor: core.Expr | None) -> core.Norm | None:
        """Return the version with that anchor whose text is in force in a context."""
        text, known = date.fromisoformat(context.text), date.fromisoformat(context.known)
        return next(
            (n for n in self.given if n.anchor == anchor and self.e.regime.in_force(n.version, text, known)),
            None,
        )

    def applying(self, norm: core.Norm, anchored: Context) -> tuple[int, Result]:
        """Resolve whether a version of the norm applies: the step, and what comes of it."""
        instance = None if norm.instances is None or self.entity is None else (norm.instances.variable, self.entity)
        applies = self.e.resolve(self.key, Entity(norm.kind, self.bearer), instance, self.e.context(anchored))
        return applies, self.e.operand(applies)

    def judged(self, norm: core.Norm, anchor: str | None, anchored: Context) -> Instance:
        applies, result = self.applying(norm, anchored)
        self.steps["applies"] = applies
        if result.false:
            by = self.defeaters(norm, applies)
            return self.made(
                anchor, norm, "disapplied" if by else self.inapplicable(norm), frozenset(), disapplied_by=by
            )
        # What only wants a result never comes to apply: nothing of its performance matters.
        never = bool(result.causes) and all(c.kind == "undefined" for c in result.causes)
        if not result.true and (never or not self.e.overrides):
            due = None if never else self.due_if(norm, anchored)
            return self.made(anchor, norm, "undetermined", result.causes, due_if=due)
        made = self.performed(norm, anchor, anchored)
        if not result.true:
            # While asking what would settle: everything that may matter once it applies counts as well.
            return replace(made, status="undetermined", causes=made.causes | result.causes)
        return made

    def due_if(self, norm: core.Norm, anchored: Context) -> date | None:
        """Return the day a duty would be due if it applied, where its text still stands."""
        if norm.due is None or norm.form == "keep" or norm.modality != "duty" or not (self.under or self.stands()):
            return None
        found = self.part(norm, "due", norm.due, anchored)
        return found.value if found.known and isinstance(found.value, date) else None

    def stands(self) -> bool:
        """Say whether the norm has a text in force on the query's *text* day."""
        text, known = date.fromisoformat(self.query.text), date.fromisoformat(self.query.known)
        return any(self.e.regime.in_force(n.version, text, known) for n in self.versions)

    def inapplicable(self, norm: core.Norm) -> str:
        if norm.modality in AVAILABLE:
            return "not-available"
        return "does-not-arise" if norm.modality in ARISING else "not-applicable"

    def defeaters(self, norm: core.Norm, applies: int) -> tuple[str, ...]:
        """Return the clauses by which the norm's own clause is blocked or displaced, unless its own condition is false."""
        candidates = {c["clause"]: c for c in self.e.steps[applies].certificate["candidates"]}
        own = candidates.get(norm.id)
        if own is None or own["has"] == "false":
            return ()
        program = self.e.program
        against = [
            *program.blockers.get(norm.id, ()),
            *program.overriders.get(norm.id, ()),
            *program.clauses[norm.id].yields_to,
        ]
        return tuple(i for i in against if candidates.get(i, {}).get("stands") == "true")

    # ------------------------------------------------------------------ performance
    def performed(self, norm: core.Norm, anchor: str | None, anchored: Context) -> Instance:
        if norm.modality == "effort":
            return self.made(anchor, norm, "noted", frozenset())
        if norm.content is not None:
            self.part(norm, "content", norm.content, anchored)
        now = replace(anchored, at=self.query.at)
        if norm.modality in ARISING:
            return self.made(anchor, norm, "arises", frozenset())
        if norm.modality in AVAILABLE:
            return self.available(norm, anchor, now)
        if norm.form == "keep" or norm.modality in KEPT:
            return self.kept(norm, anchor, now)
        return self.acted(norm, anchor, anchored, now)

    def available(self, norm: core.Norm, anchor: str | None, now: Context) -> Instance:
        if norm.done is not None:
            done = self.part(norm, "done", norm.done, now)
            if done.known and isinstance(done.value, date) and done.value <= self.at:
                return self.made(anchor, norm, "exercised", frozenset(), performed=done.value.isoformat())
        # Of a transition (経過措置): the last day on which it may still be done.
        last = self.part(norm, "due", norm.due, now).value if norm.due is not None else None
        return self.made(anchor, norm, "available", frozenset(), due=last if isinstance(last, date) else None)

    def kept(self, norm: core.Norm, anchor: str | None, now: Context) -> Instance:
        repealed, saved, unsure = self.repealed(norm)
        if repealed is not None and saved is None and not unsure:
            return self.made(anchor, norm, "lapsed", frozenset(), repealed_on=repealed)
        if unsure and not self.e.overrides:
            return self.made(anchor, norm, "undetermined", unsure)
        if norm.done is None:
            return self.made(anchor, norm, "undetermined", unsure | {Cause("unencoded", f"{norm.id}|done")})
        state = self.part(norm, "done", norm.done, now)
        operand = self.e.operand(self.steps["done"])
        status = "satisfied" if state.true else "not-satisfied" if state.false else "undetermined"
        status = "undetermined" if unsure else status
        return self.made(anchor, norm, status, operand.causes | unsure, saved_by=saved)

    def acted(self, norm: core.Norm, anchor: str | None, anchored: Context, now: Context) -> Instance:
        due, due_causes = None, frozenset[Cause]()
        if norm.due is not None:
            found = self.part(norm, "due", norm.due, anchored)
            due = found.value if found.known and isinstance(found.value, date) else None
            due_causes = self.e.operand(self.steps["due"]).causes
        day, done, done_causes = self.done(norm, now, due)
        performed = day.isoformat() if day else {True: "yes", False: "no"}.get(done) if done is not None else None
        repealed, saved, unsure = self.repealed(norm)
        rest = {"due": due, "performed": performed, "saved_by": saved}
        if repealed is not None and saved is None:
            closed = self.closed(norm, date.fromisoformat(repealed), day, done, due, now)
            # Whether it was past due then is not known where the due day is not.
            open_then = closed.causes | (due_causes if not closed.known or closed.false else frozenset())
            if closed.false and not open_then and not unsure:
                return self.made(anchor, norm, "lapsed", frozenset(), repealed_on=repealed, **rest)
            if not closed.true and not self.e.overrides:
                return self.made(anchor, norm, "undetermined", unsure | open_then, **rest)
            if closed.true:
                # Done or past due before the end: whether a saving lets it go on does not matter.
                self.steps.pop("saving", None)
            else:
                _, causes = self.status(norm, day, done, due, due_causes, done_causes, now)
                return self.made(anchor, norm, "undetermined", unsure | open_then | causes, **rest)
        status, causes = self.status(norm, day, done, due, due_causes, done_causes, now)
        return self.made(anchor, norm, status, causes, **rest)

    def done(
        self, norm: core.Norm, now: Context, due: date | None
    ) -> tuple[date | None, bool | None, frozenset[Cause]]:
        """Return the day of performance, whether performed (None: nothing known) and why nothing is known."""
        if norm.done is None:
            return None, None, frozenset()
        state = self.part(norm, "done", norm.done, now)
        causes = self.e.operand(self.steps["done"]).causes if state.state != "absent" else frozenset[Cause]()
        if norm.form == "do":
            if state.known and isinstance(state.value, date):
                return (state.value, True, frozenset()) if state.value <= self.at else (None, False, frozenset())
            return None, (False if state.state == "absent" else None), causes
        if not state.known:
            return None, None, causes
        if state.false:
            return None, False, frozenset()
        if norm.done_on is not None:
            on = self.part(norm, "done_on", norm.done_on, now)
            if on.known and isinstance(on.value, date):
                return (on.value, True, frozenset()) if on.value <= self.at else (None, False, frozenset())
            return None, True, self.e.operand(self.steps["done_on"]).causes if on.state != "absent" else frozenset()
        if due is not None and due < self.at:
            then = self.part(norm, "done_when_due", norm.done, replace(now, at=due.isoformat()))
            if then.true:
                self.in_time = True
                return None, True, frozenset()
            return None, True, self.e.operand(self.steps["done_when_due"]).causes
        return None, True, frozenset()

    def status(self, norm: core.Norm, day: date | None, done: bool | None, due: date | None, due_causes: frozenset[Cause],
               done_causes: frozenset[Cause], now: Context) -> tuple[str, frozenset[Cause]]:  # fmt: skip
        undated = norm.due is None
        if day is not None:
            if undated:
                return "performed", frozenset()
            if due is None:
                return "undetermined", due_causes
            return ("performed" if day <= due else "performed-late"), frozenset()
        if done:
            if undated or self.in_time or (due is not None and self.at <= due):
                return "performed", frozenset()
            if due is None:
                return "undetermined", due_causes
            return ("undetermined", done_causes) if done_causes else ("performed-late", frozenset())
        if undated:
            return "outstanding", done_causes if self.e.overrides else frozenset()
        if due is None:
            return "undetermined", due_causes | (done_causes if self.e.overrides else frozenset())
        if self.at <= due:
            return "outstanding", frozenset()
        return ("overdue", frozenset()) if done is False else ("undetermined", done_causes)

    def closed(self, norm: core.Norm, repeal: date, day: date | None, done: bool | None, due: date | None,
               now: Context) -> Result:  # fmt: skip
        """Say whether, on the day of the repeal, it was performed or past due: then it stays so."""
        if (day is not None and day <= repeal) or (due is not None and due < repeal):
            return TRUE
        if not done or day is not None or norm.form != "achieve" or norm.done is None:
            return FALSE
        self.part(norm, "done_when_repealed", norm.done, replace(now, at=repeal.isoformat()))
        return self.e.operand(self.steps["done_when_repealed"])

    def repealed(self, norm: core.Norm) -> tuple[str | None, str | None, frozenset[Cause]]:
        """Return the day since which the norm has no text in force on the query's *text* day, the clause saving it, and
        why it is unsure whether one does."""
        if self.under is not None:
            return None, self.under, frozenset()
        if self.stands():
            return None, None, frozenset()
        text = date.fromisoformat(self.query.text)
        intervals = [self.e.regime.intervals[n.version] for n in self.versions]
        following = {i.start: i.end for i in intervals}
        end = self.e.regime.intervals[norm.version].end
        while end is not None and end in following:
            end = following.pop(end)
        if end is None or end > text:
            return None, None, frozenset()
        saved, unsure = self.saved(norm)
        return end.isoformat(), saved, unsure

    def kept_alive(self, anchored: Context, anchor: core.Expr | None) -> _Kept:
        """Return the version with that anchor whose text has ended by a context's *text* but goes on, or may go on, for this
        instance, and the context it is then read in: なお従前の例による moves *text* to the last day of its own;
        なおその効力を有する keeps what it names in force, and all else is read as it stands."""
        text, known = date.fromisoformat(anchored.text), date.fromisoformat(anchored.known)
        ended = [
            (end, n)
            for n in self.given
            if n.anchor == anchor and (end := self.e.regime.ended(n.version, text, known)) is not None
        ]
        perhaps: _Kept | None = None
        unsure = frozenset[Cause]()
        for saving in self.e.program.core.savings:
            taken = [pair for pair in ended if any(takes_in(t, pair[1]) for t in saving.targets)]
            if not taken or (saving.form == "former" and self.query.pinned):
                continue
            result = self.holds(saving)
            if result is None or result.false:
                continue
            end, last = max(taken, key=lambda pair: pair[0])
            if saving.form == "former":
                context = replace(anchored, text=(end - timedelta(days=1)).isoformat())
            else:
                context = replace(anchored, kept=self.e.regime.kept_by(saving, text, known))
            if result.true:
                return _Kept(last, context, saving.id)
            perhaps = _Kept(last, context, saving.id) if perhaps is None else replace(perhaps, several=True)
            unsure |= result.causes
        return replace(perhaps, unsure=unsure) if perhaps is not None else _Kept(None, anchored, None)

    def saved(self, norm: core.Norm) -> tuple[str | None, frozenset[Cause]]:
        """Return the saving clause by which the norm goes on although its text has ended by the query's *text*, or why it
        is open whether one does."""
        unsure = frozenset[Cause]()
        for saving in self.e.program.core.savings:
            result = self.holds(saving) if any(takes_in(t, norm) for t in saving.targets) else None
            if result is None or result.false:
                continue
            if result.true:
                return saving.id, frozenset()
            unsure |= result.causes
        return None, unsure

    def holds(self, saving: core.Saving) -> Result | None:
        """Say whether a saving in force on the query's *text* day takes in this case; None where it speaks of no such case."""
        text, known = date.fromisoformat(self.query.text), date.fromisoformat(self.query.known)
        if not self.e.regime.in_force(saving.version, text, known):
            return None
        if saving.condition is None:
            return TRUE
        subject = next(
            (i for i in (self.bearer, self.entity) if i is not None and self.e.facts.kinds[i] == saving.kind), None
        )
        if subject is None and saving.kind is not None:
            return None
        scope = {} if subject is None else {saving.variable: subject}
        step = self.e.evaluate(saving.condition, f"{saving.id}|condition", scope, self.e.context(self.base))
        self.steps["saving"] = step
        return self.e.operand(step)

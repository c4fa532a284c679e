"""Norms and their instances, judged again: the table of statuses of semantics section 5, read from the text.

Comes in: the versions of a norm, a bearer, an instance, a context, and a way to get the result of each part (stated
steps, or derived). Goes out: a `Verdict`. Deliberately not here: how an answer writes it down (`projection`).
"""

from __future__ import annotations

from datetime import date
from typing import Protocol

from kitei.facts import Facts
from kitei.replay.law import Law, takes_in
from kitei.replay.meeting import word
from kitei.replay.rules import Given, Want
from kitei.replay.shape import Context
from kitei.values import FALSE, TRUE, Cause, Result
from kitei_dsl import core
from kitei_dsl.frozen import Frozen, replace

_NONE = frozenset[Cause]()


class Parts(Protocol):
    """Where the results of a norm's parts come from."""

    def part(self, name: str, want: Want) -> Given:
        """Return the result of a named part."""

    def aside(self, want: Want) -> Given:
        """Return the result of what decides on which text it is judged, and is itself no part."""

    def stands(self, applies: Given, want: Want, clause: str) -> tuple[str, str]:
        """Return whether a clause has its condition, and stands, in the step that says whether the norm applies."""


class Verdict(Frozen):
    """What comes of one instance. `performed` as answers write it: a day, yes, no, or None."""

    status: str
    anchor: date | None = None
    norm: core.Norm | None = None
    due: date | None = None
    due_if: date | None = None
    performed: str | None = None
    causes: frozenset[Cause] = _NONE
    disapplied_by: tuple[str, ...] = ()
    repealed_on: date | None = None
    saved_by: str | None = None


class Done(Frozen):
    """What is known of performance: its day, whether at all (None: nothing known), why no more is known; `in_time`: the
    state was reached by the due day, on whatever day."""

    day: date | None
    at_all: bool | None
    causes: frozenset[Cause] = _NONE
    in_time: bool = False

    @property
    def written(self) -> str | None:
        return self.day.isoformat() if self.day else {True: "yes", False: "no", None: None}[self.at_all]


def visible(law: Law, norm: core.Norm, known: date) -> bool:
    """Say whether a version of a norm takes part in the world and is promulgated by *known*."""
    return law.takes_part(norm.address) and law.intervals[norm.version].promulgated <= known


class Judge(Frozen):
    """Judges one instance. `versions`: those of the norm that take part; `given`: those of them that have the instance;
    `query`: the query's context with the readings chosen; `present`: whether the entity, if any, is there yet."""

    law: Law
    facts: Facts
    query: Context
    versions: tuple[core.Norm, ...]
    given: tuple[core.Norm, ...]
    bearer: str
    entity: str | None
    present: Result
    parts: Parts
    #: the saving under which it is judged
    under: str | None = None

    def verdict(self) -> Verdict:
        if self.present.causes:
            return Verdict("undetermined", causes=self.present.causes)
        days: list[date | None] = []
        for anchor in dict.fromkeys(n.anchor for n in self.given):
            day = None
            if anchor is not None:
                giver = next(n for n in self.given if n.anchor == anchor)
                want, event = self.event(self.want(giver, "anchor", anchor, self.query))
                named = self.parts.part("anchor", want)
                if not event:
                    return Verdict("undetermined", days[0] if days else None, causes=named.operand.causes)
                at, told = self.query.at, named.result.value
                if named.result.state == "absent" or (
                    isinstance(told, date) and told > at and self.may_fail(want.expr)
                ):
                    # The event has not happened: by the text of the day asked, no instance arises.
                    days.append(None)
                    for norm in self.given:
                        if norm.anchor == anchor and self.law.counts(norm.version, self.query):
                            return Verdict(_inapplicable(norm), norm=norm)
                    continue
                if not isinstance(named.result.value, date):
                    return Verdict("undetermined", days[0] if days else None, causes=named.operand.causes)
                day = named.result.value
            days.append(day)
            context = self.query if day is None else self.query.at_day(day).under_text(day)
            group = tuple(n for n in self.given if n.anchor == anchor)
            saving, unsure = self.going_on(group, context)
            if unsure:
                return self.perhaps(group, context, day) or Verdict("undetermined", day, causes=unsure)
            if saving is not None:
                norm, moved = self.continued(group, saving, context)
                found = replace(self, under=saving.id).judged(norm, moved)
                return replace(found, anchor=day, norm=norm, saved_by=saving.id)
            for norm in group:
                if self.law.counts(norm.version, context):
                    return replace(self.judged(norm, context), anchor=day, norm=norm)
        return Verdict("not-in-force", days[0] if days else None)

    def event(self, want: Want) -> tuple[Want, bool]:
        """Follow an anchor whose days are told apart by `if` to the one that counts; False: which one is open, by that."""
        expr = want.expr
        if not isinstance(expr, core.If) or not any(map(self.may_fail, core.told_apart(expr))):
            return want, True
        condition = want.below("condition", expr.condition)
        which = self.parts.aside(condition).operand
        if which not in (TRUE, FALSE):
            return condition, False
        name, branch = ("then", expr.then) if which == TRUE else ("otherwise", expr.otherwise)
        return self.event(want.below(name, branch))

    def may_fail(self, anchor: core.Expr) -> bool:
        """Say whether an anchor is an attribute that may be absent."""
        return isinstance(anchor, core.Fact) and self.law.attributes[anchor.attribute].optional

    def perhaps(self, group: tuple[core.Norm, ...], context: Context, day: date | None) -> Verdict | None:
        """Return what comes of it where one saving may let it go on and it would not apply even so: nothing is open then."""
        savings = [s for s in self.over(group, context) if self.takes(s) != FALSE]
        if len(savings) != 1 or any(self.law.counts(n.version, context) for n in group):
            return None
        norm, moved = self.continued(group, savings[0], context)
        if self.parts.aside(self.applying(norm, moved)).operand != FALSE:
            return None
        return replace(self.judged(norm, moved), anchor=day, norm=norm)

    def continued(
        self, group: tuple[core.Norm, ...], saving: core.Saving, context: Context
    ) -> tuple[core.Norm, Context]:
        """Return the version that goes on under a saving, and the context in which it is then read."""
        norm, end = self.ended(group, saving, context)
        if saving.form == "former":
            return norm, replace(context, text=date.fromordinal(end.toordinal() - 1))
        return norm, replace(context, kept=self.law.keeps(saving, context))

    def want(self, norm: core.Norm, name: str, expr: core.Expr, context: Context) -> Want:
        scope = {norm.bearer: self.bearer}
        if norm.instances is not None and self.entity is not None:
            scope[norm.instances.variable] = self.entity
        return Want(f"{norm.id}|{name}", expr, scope, context)

    def applying(self, norm: core.Norm, anchored: Context) -> Want:
        """Return the question whether a version of the norm applies."""
        scope = {"self": self.bearer}
        if norm.instances is not None and self.entity is not None:
            scope[norm.instances.variable] = self.entity
        return Want(f"resolve|{norm.applies}", self.law.resolves[norm.applies], scope, anchored)

    def judged(self, norm: core.Norm, anchored: Context) -> Verdict:
        want = self.applying(norm, anchored)
        applies = self.parts.part("applies", want)
        operand = applies.operand
        if operand == FALSE:
            by = self.defeaters(norm, applies, want)
            return Verdict("disapplied" if by else _inapplicable(norm), disapplied_by=by)
        if operand != TRUE:
            never = all(c.kind == "undefined" for c in operand.causes)
            return Verdict("undetermined", causes=operand.causes, due_if=None if never else self.due_if(norm, anchored))
        if norm.modality == "effort":
            return Verdict("noted")
        if norm.content is not None:
            self.parts.part("content", self.want(norm, "content", norm.content, anchored))
        if norm.modality in ("right", "effect", "liability"):
            return Verdict("arises")
        now = anchored.at_day(self.query.at)
        if norm.modality in ("permission", "power", "entitlement"):
            return self.available(norm, now)
        if norm.form == "keep" or norm.modality in ("prohibition", "must_contain"):
            return self.kept(norm, now)
        return self.acted(norm, anchored, now)

    def due_if(self, norm: core.Norm, anchored: Context) -> date | None:
        """Return the day a duty to act or achieve would be due if it applied; none where its text stands no more."""
        counts = self.under is not None or any(self.law.counts(n.version, self.query) for n in self.versions)
        if norm.modality != "duty" or norm.form == "keep" or norm.due is None or not counts:
            return None
        due = self.parts.part("due", self.want(norm, "due", norm.due, anchored)).result.value
        return due if isinstance(due, date) else None

    def defeaters(self, norm: core.Norm, applies: Given, want: Want) -> tuple[str, ...]:
        """Return the clauses by which the norm is blocked or displaced; none where its own condition is false."""
        if self.parts.stands(applies, want, norm.id)[0] == word(FALSE):
            return ()
        law = self.law
        against = (*law.blockers.get(norm.id, ()), *law.overriders.get(norm.id, ()), *law.clauses[norm.id].yields_to)
        return tuple(i for i in against if self.parts.stands(applies, want, i)[1] == word(TRUE))

    # ------------------------------------------------------------------ what was done
    def available(self, norm: core.Norm, now: Context) -> Verdict:
        if norm.done is not None:
            done = self.parts.part("done", self.want(norm, "done", norm.done, now)).result.value
            if isinstance(done, date) and done <= self.query.at:
                return Verdict("exercised", performed=done.isoformat())
        last = None
        if norm.due is not None:
            last = self.parts.part("due", self.want(norm, "due", norm.due, now)).result.value
        return Verdict("available", due=last if isinstance(last, date) else None)

    def kept(self, norm: core.Norm, now: Context) -> Verdict:
        repealed, saved, unsure = self.repealed(norm)
        if repealed is not None and saved is None:
            return Verdict("undetermined", causes=unsure) if unsure else Verdict("lapsed", repealed_on=repealed)
        if norm.done is None:
            return Verdict("undetermined", causes=frozenset({Cause("unencoded", f"{norm.id}|done")}))
        state = self.parts.part("done", self.want(norm, "done", norm.done, now)).operand
        status = "satisfied" if state == TRUE else "not-satisfied" if state == FALSE else "undetermined"
        return Verdict(status, causes=state.causes, saved_by=saved)

    def acted(self, norm: core.Norm, anchored: Context, now: Context) -> Verdict:
        due, unsure_due = None, _NONE
        if norm.due is not None:
            given = self.parts.part("due", self.want(norm, "due", norm.due, anchored))
            due = given.result.value if isinstance(given.result.value, date) else None
            unsure_due = given.operand.causes
        done = self.done(norm, now, due)
        repealed, saved, unsure = self.repealed(norm)
        made = Verdict("lapsed", due=due, performed=done.written, saved_by=saved)
        if repealed is not None and saved is None:
            then = self.closed(norm, done, due, repealed, now)
            if then != TRUE:
                unsure |= then.causes | (unsure_due if due is None else _NONE)
                if unsure:
                    return replace(made, status="undetermined", causes=unsure)
                return replace(made, repealed_on=repealed)
        status, causes = self.status(norm, done, due, unsure_due)
        return replace(made, status=status, causes=causes)

    def closed(self, norm: core.Norm, done: Done, due: date | None, repealed: date, now: Context) -> Result:
        """Say whether on the day of the repeal it was performed or past due."""
        if (done.day is not None and done.day <= repealed) or (due is not None and due < repealed):
            return TRUE
        if not done.at_all or done.day is not None or norm.form != "achieve" or norm.done is None:
            return FALSE
        want = self.want(norm, "done_when_repealed", norm.done, now.at_day(repealed))
        return self.parts.part("done_when_repealed", want).operand

    def status(
        self, norm: core.Norm, done: Done, due: date | None, unsure_due: frozenset[Cause]
    ) -> tuple[str, frozenset[Cause]]:
        """Return the status of a duty to act or achieve that has not lapsed, and why it is undetermined."""
        passed = due is not None and self.query.at > due
        if norm.due is None:
            return ("performed" if done.at_all else "outstanding"), _NONE
        if due is None:
            return "undetermined", unsure_due
        if done.day is not None:
            return ("performed" if done.day <= due else "performed-late"), _NONE
        if not passed or done.in_time:
            return ("performed" if done.at_all else "outstanding"), _NONE
        if done.at_all is None or (done.at_all and done.causes):
            return "undetermined", done.causes
        return ("performed-late" if done.at_all else "overdue"), _NONE

    def done(self, norm: core.Norm, now: Context, due: date | None) -> Done:
        if norm.done is None:
            return Done(None, None)
        given = self.parts.part("done", self.want(norm, "done", norm.done, now))
        state = given.result
        if norm.form == "do":
            return self.act(given)
        if not state.known:
            return Done(None, None, _why(given))
        if state == FALSE:
            return Done(None, False)
        if norm.done_on is not None:
            reached = self.parts.part("done_on", self.want(norm, "done_on", norm.done_on, now))
            if isinstance(reached.result.value, date):
                return self.act(reached)
            return Done(None, True, _why(reached))
        if due is not None and due < self.query.at:
            then = self.parts.part("done_when_due", self.want(norm, "done_when_due", norm.done, now.at_day(due)))
            return Done(None, True, in_time=True) if then.result == TRUE else Done(None, True, then.operand.causes)
        return Done(None, True)

    def act(self, given: Given) -> Done:
        """An act's day: a day to come, or stated absence, says that it is not done."""
        state = given.result
        if isinstance(state.value, date):
            return Done(state.value, True) if state.value <= self.query.at else Done(None, False)
        return Done(None, False if state.state == "absent" else None, _why(given))

    # ------------------------------------------------------------------ repeal
    def repealed(self, norm: core.Norm) -> tuple[date | None, str | None, frozenset[Cause]]:
        """Return the day since which the norm has no text in force on the query's *text* day, the clause that keeps its
        former text, and why it is unsure whether one does."""
        if self.under is not None:
            return None, self.under, _NONE
        if any(self.law.counts(n.version, self.query) for n in self.versions):
            return None, None, _NONE
        end = self.law.intervals[norm.version].end
        following = {self.law.intervals[n.version].start: self.law.intervals[n.version].end for n in self.versions}
        while end is not None and end in following:
            end = following.pop(end)
        if end is None or end > self.query.text:
            return None, None, _NONE
        return end, *self.keeping(norm)

    def going_on(self, group: tuple[core.Norm, ...], context: Context) -> tuple[core.Saving | None, frozenset[Cause]]:
        """Return the clause by which a version among some, over by a context's *text*, goes on for this case, and why it is
        unsure whether one does."""
        return self.sure(self.over(group, context))

    def over(self, group: tuple[core.Norm, ...], context: Context) -> list[core.Saving]:
        """Return the savings that name a version among some that is over by a context's *text*."""
        over = [n for n in group if self.law.gone(n.version, context) is not None]
        savings = [s for s in self.law.program.savings if not (self.query.pinned and s.form == "former")]
        return [s for s in savings if any(takes_in(t, n) for t in s.targets for n in over)]

    def ended(self, group: tuple[core.Norm, ...], saving: core.Saving, context: Context) -> tuple[core.Norm, date]:
        """Return the version a saving takes in that ended last, and the day from which it was over."""
        ends = [
            (end, n)
            for n in group
            if (end := self.law.gone(n.version, context)) is not None and any(takes_in(t, n) for t in saving.targets)
        ]
        end, norm = max(ends, key=lambda pair: pair[0])
        return norm, end

    def keeping(self, norm: core.Norm) -> tuple[str | None, frozenset[Cause]]:
        """Return the clause by which a norm goes on although its text is over, and why it is unsure whether one does."""
        found, unsure = self.sure([s for s in self.law.program.savings if any(takes_in(t, norm) for t in s.targets)])
        return (None if found is None else found.id), unsure

    def sure(self, savings: list[core.Saving]) -> tuple[core.Saving | None, frozenset[Cause]]:
        """Return the first of some savings that surely takes in this case, or why it is unsure whether one does."""
        unsure = _NONE
        for saving in savings:
            takes = self.takes(saving)
            if takes == TRUE:
                return saving, _NONE
            unsure |= takes.causes
        return None, unsure

    def takes(self, saving: core.Saving) -> Result:
        """Say whether a saving is in force and takes in this case."""
        if not self.law.counts(saving.version, self.query):
            return FALSE
        if saving.condition is None:
            return TRUE
        about = [i for i in (self.bearer, self.entity) if i is not None and self.facts.kinds[i] == saving.kind]
        if not about and saving.kind is not None:
            return FALSE
        scope = {saving.variable: about[0]} if about else {}
        want = Want(f"{saving.id}|condition", saving.condition, scope, self.query)
        return self.parts.part("saving", want).operand


def _inapplicable(norm: core.Norm) -> str:
    """Return what is said of a norm that does not apply."""
    otherwise = {"permission": "not-available", "power": "not-available", "entitlement": "not-available",
                 "right": "does-not-arise", "effect": "does-not-arise", "liability": "does-not-arise"}  # fmt: skip
    return otherwise.get(norm.modality, "not-applicable")


def _why(given: Given) -> frozenset[Cause]:
    """Return why nothing is known; stated absence leaves nothing open."""
    return _NONE if given.result.state == "absent" else given.operand.causes

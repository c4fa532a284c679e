"""Clauses linked: what each target reaches, since when each filling's words hold, one Resolve per key.

Comes in: the drafts of all clauses (their targets as written), slots and scopes, once every statement is lowered.
Goes out: clauses whose targets are clause ids, and the Resolves. Deliberately not here: reading any expression.
"""

from __future__ import annotations

from functools import cached_property

from kitei_dsl import core, syntax
from kitei_dsl.citation import Address
from kitei_dsl.codec import canonical
from kitei_dsl.declare import Names, read_address, split_target
from kitei_dsl.diagnostics import Diagnostic, diagnostic, finding, near
from kitei_dsl.frozen import Struct, field, replace
from kitei_dsl.parser_table import is_japanese

#: What a relation reaches: definitions, adders, norms, fillings; a blocker reaches blockers too (rule 4).
_REACHED = ("define", "norm", "add", "fill")


class Draft(Struct):
    """A clause whose targets are still as written."""

    clause: core.Clause
    targets: dict[str, tuple[syntax.Target, ...]]
    label: str
    node: syntax.Node
    address: Address
    #: where it stands by 準用: where it stood before each application that brought it here, and which these are
    written: tuple[Address, ...] = ()
    path: tuple[str, ...] = ()


class Link(Struct, dict=True):
    """The second half of lowering, when all clauses are known."""

    names: Names
    drafts: list[Draft]
    slots: list[core.SlotDeclaration]
    resolve_types: dict[str, tuple[str, str | None]]
    scopes: dict[str, dict[str, Address]]
    unscoped: set[str]
    norms: tuple[core.Norm, ...] = ()
    found: list[Diagnostic] = field(default_factory=list)
    came: dict[tuple[str, ...], frozenset[Address]] = field(default_factory=dict)

    def matches(self, target: syntax.Target, draft: Draft, relation: str) -> list[str]:
        """Return ids of the clauses a target reaches: definitions, adders and norms at or below it, never its own."""
        address = read_address(target, [])
        if address is None:
            return []
        _, version, label = split_target(target.address)
        return [
            d.clause.id for d in self.drafts
            if d is not draft and self.at(address, draft, d)
            and self.reaches(relation, draft.clause, d.clause)
            and (not label or self.called(d, label)) and (not version or d.clause.version.endswith(f"@{version}"))
        ]  # fmt: skip

    def called(self, draft: Draft, label: str) -> bool:
        """Say whether a label is a clause's own, or that of the 区分に応じ it is a case of."""
        return label in (draft.label, draft.clause.split.partition("#")[2])

    def at(self, address: Address, draft: Draft, other: Draft) -> bool:
        """Say whether a clause stands at an address as another clause cites it. What stands somewhere by 準用 cites its
        own surroundings by where they were written: they travelled with it, as far as both came the same way."""
        shared = 0
        while shared < min(len(draft.path), len(other.path)) and draft.path[shared] == other.path[shared]:
            shared += 1
        stood = other.address if shared == 0 else other.written[shared - 1]
        if not address.covers(stood):
            return False
        # What travelled further with it is meant, not what stayed behind.
        return not any(stood in self.travelled(draft.path[: n + 1]) for n in range(shared, len(draft.path)))

    def travelled(self, path: tuple[str, ...]) -> frozenset[Address]:
        """Return where what came by a path stood before its last application."""
        if path not in self.came:
            n = len(path)
            self.came[path] = frozenset(d.written[n - 1] for d in self.drafts if d.path[:n] == path)
        return self.came[path]

    def reaches(self, relation: str, clause: core.Clause, target: core.Clause) -> bool:
        """Blockers reach every definition and blocker. What displaces is of the same term, or displaces a norm."""
        if relation == "blocks":
            return target.role in (*_REACHED, "block")
        if target.role not in _REACHED:
            return False
        asked = target if relation == "yields_to" else clause
        bound = asked.instance is not None or (relation == "proviso_to" and target.instance is not None)
        if bound and clause.resolves != target.resolves:
            return False  # its condition speaks of an instance that the other norm does not have
        displaced = clause if relation == "yields_to" else target
        return clause.resolves == target.resolves or displaced.role == "norm"

    def clauses(self) -> tuple[core.Clause, ...]:
        finished: list[core.Clause] = []
        for draft in self.drafts:
            reached: dict[str, tuple[str, ...]] = {}
            for relation, targets in draft.targets.items():
                ids: list[str] = []
                for target in targets:
                    found = self.matches(target, draft, relation)
                    if not found:
                        self.found.append(self.unreached(target, draft, relation))
                    ids += found
                self.of_the_kind(draft, relation, ids, targets)
                if draft.clause.kind is not None:  # what is a value for all has nobody whose case it could be
                    ids = [i for i in ids if self.kind_of(i) is not None]
                reached[relation] = tuple(dict.fromkeys(ids))
            cited = draft.clause.cited + tuple(t.address for targets in draft.targets.values() for t in targets)
            finished.append(
                replace(
                    draft.clause, cited=cited, proviso_to=reached.get("proviso_to", ()),
                    notwithstanding=reached.get("notwithstanding", ()), yields_to=reached.get("yields_to", ()),
                    blocks=reached.get("blocks", ()),
                )
            )  # fmt: skip
        return self.began(finished)

    def unreached(self, target: syntax.Target, draft: Draft, relation: str) -> Diagnostic:
        """Return why a target reaches nothing: it is the clause itself, what stands there is for each of something or is
        about something else, or nothing does."""
        address = read_address(target, [])
        _, version, label = split_target(target.address)
        there = [
            d for d in self.drafts
            if address is not None and self.at(address, draft, d)
            and (not label or self.called(d, label)) and (not version or d.clause.version.endswith(f"@{version}"))
        ]  # fmt: skip
        others = [d for d in there if d is not draft]
        law = draft.clause.address
        if there and not others:
            return diagnostic("target-itself", target.span, law=law, address=target.address)
        each = [
            d for d in others if relation == "proviso_to" and d.clause.role == "norm" and d.clause.instance is not None
        ]
        if each and (len(each) == len(others) or _called(draft.clause) in map(_called, (d.clause for d in each))):
            kind = draft.clause.kind or each[0].clause.kind or "…"
            alias = self.names.kinds[kind].alias if kind in self.names.kinds else None
            block = (
                f"適用除外 {target.address} 対象 {alias.name if alias else kind} 場合 …" if is_japanese(target.span.source.text)
                else f"block {target.address} of {kind} when …"
            )  # fmt: skip
            return diagnostic(
                "norm-for-each", target.span, law=law, address=target.address, name=_called(each[0].clause), block=block
            )
        if others and draft.clause.resolves:
            stated = sorted({_called(d.clause) for d in others if d.clause.resolves})
            return diagnostic("nothing-to-reach", target.span, law=law, address=target.address,
                              name=_called(draft.clause), others=", ".join(f"`{s}`" for s in stated))  # fmt: skip
        known = (a for d in self.drafts if d is not draft for a in _spellings(d.clause))
        hint = near(target.address, known)
        return diagnostic(
            "dangling-citation", target.span, law=law, address=target.address, near=f"; {hint}" if hint else ""
        )

    def kind_of(self, id: str) -> str | None:
        """Return the kind a clause is about, None for one value for all."""
        return self.kinds[id]

    @cached_property
    def kinds(self) -> dict[str, str | None]:
        return {d.clause.id: d.clause.kind for d in self.drafts}

    def of_the_kind(self, draft: Draft, relation: str, ids: list[str], targets: tuple[syntax.Target, ...]) -> None:
        """Report a relation none of whose targets is about the same kind of entity: it would have no effect."""
        kinds = {self.kind_of(i) for i in ids}
        own = draft.clause.kind
        if not ids or own is None or own in kinds:
            return
        each = next(
            (n for n in self.norms if n.id in ids and n.instances is not None and n.instances.kind == own), None
        )
        if each is not None and each.instances is not None:
            fields = {
                "kind": own, "address": targets[0].address, "name": each.name, "bearer": each.kind,
                "variable": each.instances.variable,
            }  # fmt: skip
            self.found.append(finding("exception-for-each", draft.node.span, fields, law=draft.clause.address))
            return
        fields = {
            "kind": own,
            "targets": ", ".join(sorted(k or "nobody (one value for all)" for k in kinds)),
            "relation": relation.replace("_", " "),
        }
        self.found.append(finding("other-kind", draft.node.span, fields, law=draft.clause.address))

    def began(self, clauses: list[core.Clause]) -> tuple[core.Clause, ...]:
        """Give each filling the day its own words began: unchanged words keep the day of the earlier version."""
        ends = {f"{a}@{p.start.text}": p.until.moment.text for p in self.names.provisions if p.until
                for a in [self.names.addresses.get(p.address.address)] if a}  # fmt: skip
        by_place: dict[tuple[str, str], list[core.Clause]] = {}
        for clause in clauses:
            if clause.role == "fill":
                by_place.setdefault((clause.address, clause.id.partition("#")[2]), []).append(clause)
        earlier: dict[str, str] = {}
        for group in by_place.values():
            previous: core.Clause | None = None
            for clause in sorted(group, key=lambda c: c.version):
                start = clause.version.partition("@")[2]
                same = (
                    previous is not None
                    and ends.get(previous.version) == start
                    and "made anew" not in clause.cited
                    and canonical((previous.condition, previous.outcome))
                    == canonical((clause.condition, clause.outcome))
                )
                earlier[clause.id] = earlier[previous.id] if same and previous else start
                previous = clause
        return tuple(
            replace(
                c,
                began="" if "named" in c.cited else earlier.get(c.id, c.began),
                cited=tuple(x for x in c.cited if x not in ("made anew", "named")),
            )
            for c in clauses
        )

    def resolves(self, clauses: tuple[core.Clause, ...]) -> tuple[core.Resolve, ...]:
        """Make one Resolve per key; a slot's holds the fillings that name it, which the context narrows by version."""
        by_key: dict[str, list[core.Clause]] = {}
        for clause in clauses:
            if clause.resolves is not None:
                by_key.setdefault(clause.resolves, []).append(clause)
        for slot in self.slots:
            by_key[f"slot:{slot.id}"] = by_key.get(f"fill:{slot.address}#{slot.name}", [])
        for term in self.names.terms.values():
            if term.name.text in self.unscoped or term.name.text not in self.scopes:
                type_ = self.names.type_named(term.type.text)
                if type_ is not None:
                    self.resolve_types.setdefault(term.name.text, (str(type_), term.combination))
        order = {id: i for i, id in enumerate(self.names.instruments)}
        keys = {d.clause.id: (order.get(d.address.instrument, 0), d.address.sort_key()) for d in self.drafts}
        result = []
        for key, (type_text, combine) in sorted(self.resolve_types.items()):
            found = sorted(by_key.get(key, []), key=lambda c: (keys[c.id], c.version, c.id))
            result.append(core.Resolve(key, type_text, combine, tuple(c.id for c in found)))
        return tuple(result)


def _called(clause: core.Clause) -> str:
    """Return the term or norm a clause is about, by its name."""
    return (clause.resolves or "").partition("@")[0].rpartition("#")[2].rpartition(":")[2]


def _spellings(clause: core.Clause) -> tuple[str, str]:
    """Return how a clause may be cited: by its address alone, or with its label."""
    return clause.address, f"{clause.address}#{clause.id.partition('#')[2]}"

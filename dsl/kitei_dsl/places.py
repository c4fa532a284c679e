"""Do the places that sanctions, savings, deemings and applications name hold what they are about?

Comes in: what each names, once every statement is lowered. Goes out: findings, each with the nearest place that is there.
The relations between clauses are `link`'s. Deliberately not here: what a sanction or a saving then does.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cached_property

from kitei_dsl import core, syntax
from kitei_dsl.citation import Address
from kitei_dsl.declare import plain_address, read_address, split_target
from kitei_dsl.diagnostics import Diagnostic, finding, near
from kitei_dsl.frozen import Frozen


class Naming(Frozen):
    """The targets of one statement at `law`; `norms` says that it is about norms, so that one must be there; `former` that it lets
    a text go on after it has ended, so that one must end."""

    law: str
    targets: tuple[syntax.Target, ...]
    norms: bool
    former: bool = False


def whole(law: str, targets: Iterable[syntax.Target]) -> Iterator[Diagnostic]:
    """Report targets with a version or a label where only whole provisions can be meant."""
    for target in targets:
        if plain_address(target.address) != target.address:
            fields = {"address": target.address, "plain": plain_address(target.address)}
            yield finding("whole-provision", target.span, fields, law=law)


class Places(Frozen, dict=True):
    """What is collected: each provision version as its address and its start, the norms, and the ids of the versions that end."""

    versions: Sequence[tuple[Address, str]]
    norms: Sequence[core.Norm]
    ending: Container[str] = frozenset()

    def findings(self, naming: Naming) -> Iterator[Diagnostic]:
        """Give what is wrong with the targets of a statement."""
        found = [d for target in naming.targets for d in self.wrong(naming, target)]
        yield from found
        if not naming.norms or found:
            return
        if not any(self.norms_at(target) for target in naming.targets):
            listed = ", ".join(t.address for t in naming.targets)
            at = sorted({n.address for n in self.norms})
            yield finding("no-norm-there", naming.targets[0].span, {"address": listed, "near": _nearest(listed, at)}, law=naming.law)  # fmt: skip
            return
        for target in naming.targets if naming.former else ():
            taken = self.norms_at(target)
            if taken and not any(n.version in self.ending for n in taken):
                yield finding("nothing-former", target.span, {"address": target.address}, law=naming.law)

    def wrong(self, naming: Naming, target: syntax.Target) -> Iterator[Diagnostic]:
        unread: list[Diagnostic] = []
        address = read_address(target, unread)
        yield from unread
        if address is None:
            return
        there = [(a, start) for a, start in self.by_instrument.get(address.instrument, ()) if address.covers(a)]
        plain, version, label = split_target(target.address)
        if not there:
            hint = near(plain, dict.fromkeys(str(a) for a, _ in self.versions))
            fields = {"address": target.address, "near": f"; {hint}" if hint else ""}
            yield finding("dangling-citation", target.span, fields, law=naming.law)
        elif not naming.norms:
            return
        elif version and version not in (starts := sorted({start for _, start in there})):
            known = ", ".join(f"`{plain}@{start}`" for start in starts)
            yield finding("no-such-version", target.span, {"address": plain, "version": version, "known": known}, law=naming.law)  # fmt: skip
        elif label and not self.norms_at(target):
            labels = sorted({n.id.partition("#")[2] for n in self.norms_at(target, label=False)})
            listed = ", ".join(f"`{name}`" for name in labels)
            hint = near(label, labels) or (f"it has: {listed}" if labels else "no norm is there")
            yield finding("no-such-label", target.span, {"address": target.address.partition("#")[0], "label": label, "near": hint}, law=naming.law)  # fmt: skip

    def norms_at(self, target: syntax.Target, *, label: bool = True) -> list[core.Norm]:
        """Return the norms a target takes in; with `label` false, whatever its label."""
        _, version, called = split_target(target.address)
        address = read_address(target, [])
        return [
            n
            for n, place in self.placed
            if address is not None
            and address.covers(place)
            and (not version or n.version.partition("~")[0].partition("@")[2] == version)
            and (not called or not label or n.id.partition("#")[2] == called)
        ]

    @cached_property
    def by_instrument(self) -> dict[str, list[tuple[Address, str]]]:
        """The versions of each instrument."""
        found: dict[str, list[tuple[Address, str]]] = {}
        for address, start in self.versions:
            found.setdefault(address.instrument, []).append((address, start))
        return found

    @cached_property
    def placed(self) -> tuple[tuple[core.Norm, Address], ...]:
        """The norms, each with where it stands."""
        where = {str(address): address for address, _ in self.versions}
        return tuple((n, where[n.address]) for n in self.norms)


def _nearest(address: str, known: list[str]) -> str:
    hint = near(address, known)
    return f"; {hint}" if hint else ""

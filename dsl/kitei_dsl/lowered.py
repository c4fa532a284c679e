"""What has been lowered so far, and the reading that statements of every sort share.

Everything is kept in one place because a statement may speak of any other: scopes, slots and parameters are known
before the statements are read, and what they name is looked up once all of them are there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kitei_dsl import core, syntax
from kitei_dsl.citation import Address, BadAddress
from kitei_dsl.citation import parse as parse_address
from kitei_dsl.declare import Names, read_address
from kitei_dsl.diagnostics import Diagnostic, finding, near
from kitei_dsl.elaborate import Elaborator, Variable
from kitei_dsl.frozen import replace
from kitei_dsl.link import Draft
from kitei_dsl.places import Naming
from kitei_dsl.versions import Version


class Lowered:
    """The records so far, and what every statement is read with: reports, labels, marks, subjects, drafts."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.found: list[Diagnostic] = []
        self.drafts: list[Draft] = []
        self.slots: list[core.SlotDeclaration] = []
        self.parameters: list[core.ParameterValue] = []
        self.norms: list[core.Norm] = []
        self.sanctions: list[core.Sanction] = []
        self.savings: list[core.Saving] = []
        #: what sanctions, savings and deemings name, looked at once every statement is known
        self.named: list[Naming] = []
        self.scopes: dict[str, dict[str, Address]] = {}
        self.unscoped: set[str] = set()
        self.parameter_types: dict[str, tuple[str, str]] = {}
        self.resolve_types: dict[str, tuple[str, str | None]] = {}

    def report(self, slug: str, node: syntax.Node, version: Version | None = None, **fields: str) -> None:
        self.found.append(finding(slug, node.span, fields, law=str(version.address) if version else ""))

    def label(self, version: Version, label: str, node: syntax.Node) -> str:
        if label in version.labels:
            self.report("duplicate-definition", node, version, label=label, address=str(version.address))
        version.labels[label] = node
        return f"{version.id}#{label}"

    def reigning(self, term: str, address: Address) -> str | list[str]:
        """Return the key of the definitions of a term that reign at an address: the narrowest scope around it."""
        scopes = self.scopes.get(term, {})
        around = [s for s in scopes.values() if s.covers(address)]
        if around:
            narrowest = max(around, key=lambda s: len(str(s)))
            return f"{term}@{narrowest}"
        if scopes and term not in self.unscoped:
            return sorted(scopes)
        return term

    def subject(self, version: Version, of_kind: syntax.OfKind | None, default: str | None) -> tuple[str, str | None]:
        """Return the subject variable and canonical kind of a statement."""
        kind = default
        if of_kind is not None:
            kind = self.names.canonical("kind", of_kind.kind.text)
            if kind is None:
                self.report("unknown-kind", of_kind.kind, version, name=of_kind.kind.text,
                            near=near(of_kind.kind.text, self.names.known("kind")))  # fmt: skip
            elif default is not None and kind != default:
                self.report("wrong-kind", of_kind, version, name=of_kind.kind.text, expected=default, found=kind)
        return (of_kind.variable.text if of_kind and of_kind.variable else "self"), kind

    def marks(self, version: Version, *groups: tuple[str, Iterable[syntax.Mark | None]]) -> tuple[core.Mark, ...]:
        found = []
        for part, marks in groups:
            for mark in marks:
                if mark is None:
                    continue
                if mark.address:
                    address = read_address(syntax.Target(mark.span, mark.address), self.found)
                    if address is not None and address.instrument not in self.names.instruments:
                        self.report("unknown-instrument", mark, version, name=address.instrument,
                                    near=near(address.instrument, self.names.instruments))  # fmt: skip
                own = version.written[-1] if version.written else version.address
                found.append(core.Mark(part, mark.address or str(own), mark.phrase))
        return tuple(found)

    def defence(self, elaborator: Elaborator, line: syntax.UnlessProved, scope: tuple[Variable, ...]) -> core.Expr:
        return core.Call("not", (elaborator.proved(line, scope, frozenset())[0],))

    def marked(self, version: Version, elaborator: Elaborator, **parts: core.Expr | None) -> tuple[core.Mark, ...]:
        """Return the marks of parts of expressions, each under its path in the part it belongs to."""
        paths: dict[int, str] = {}
        for name, root in parts.items():
            for path, expr in core.walk(root, name) if root is not None else ():
                paths.setdefault(id(expr), path)
        found: list[core.Mark] = []
        for expr, address, marks in elaborator.marked:
            if id(expr) not in paths:
                continue
            path = paths[id(expr)]
            own = [replace(m, address=address if address and not s.address else m.address)
                   for s, m in zip(marks, self.marks(version, (path, marks)), strict=True)]  # fmt: skip
            found += own or ([core.Mark(path, address, "")] if address else [])
        return tuple(found)

    def draft(self, version: Version, node: syntax.Node, role: str, label: str, key: str | None, variable: str,
              kind: str | None, parts: dict[str, Any], instance: str | None = None, case: str = "") -> None:  # fmt: skip
        """Make the clause of a statement; `case` is the item it is a case of, by which it can then be cited."""
        address, of_split = version.address, ""
        if case:
            address, of_split = self.item(version, case), f"{version.id}#{label}"
            label = f"{label}.{case}"
            # Words marked without an address are those of the item.
            own = str(version.address)
            parts["marks"] = tuple(replace(m, address=str(address)) if m.address == own else m for m in parts["marks"])
        id = self.label(version, label, node)
        clause = core.Clause(
            id, version.id, str(address), role, key, variable, kind, instance, parts["condition"], parts["outcome"],
            parts["closing"], (), (), (), (), (), parts["reading"], parts["choice"], parts["purposes"], version.start, (),
            of_split, " via ".join(str(a) for a in reversed(version.written)), parts.get("grade", ""), parts["marks"], node.span.place,
        )  # fmt: skip
        self.drafts.append(Draft(clause, parts["targets"], label, node, address, version.written, version.path))

    def item(self, version: Version, case: str) -> Address:
        """Return the address of a case: an item of its provision where its name is one (`i1`), else the provision."""
        try:
            return parse_address(f"{version.address}/{case}")
        except BadAddress:
            return version.address

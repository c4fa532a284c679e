"""Provisions to the core: versions, clauses with their targets found, norms, slots, sanctions.

Comes in: `Names` whose declarations stand. Goes out: a `core.Program` and diagnostics. Every clause gets a stable
id, `address@start#label`; targets become clause ids once all clauses are known. Two passes: slots, parameters and
scopes first (an expression may use what a later file declares), then the statements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from kitei_dsl import core, split, syntax, vocabulary
from kitei_dsl.citation import Address
from kitei_dsl.citation import parse as parse_address
from kitei_dsl.codec import canonical, digest_text, stated
from kitei_dsl.declare import Names, read_address
from kitei_dsl.diagnostics import Diagnostic, finding
from kitei_dsl.elaborate import Place
from kitei_dsl.link import Link
from kitei_dsl.lower_clauses import block, definition, otherwise
from kitei_dsl.lower_norms import norm
from kitei_dsl.lower_sanctions import sanction, saving
from kitei_dsl.lower_slots import continuation, fill, parameter, slot
from kitei_dsl.lowered import Lowered
from kitei_dsl.places import Places, whole
from kitei_dsl.versions import Applications, Version
from kitei_dsl.vocabulary import said, wording


def lower(names: Names, sources: str) -> tuple[core.Program, list[Diagnostic]]:
    """Lower everything; the program holds what could be lowered even where there are findings."""
    into = Lowered(names)
    found = into.found
    versions = [v for p in names.provisions if (v := _version(into, p)) is not None]
    applied = Applications(versions, into.reigning, names.spellings)
    versions += applied.all()
    found += applied.found
    for version in versions:
        _first_pass(into, version)
    for version in versions:
        version.place.parameters = into.parameter_types
        _second_pass(into, version)
    # The core has its versions in the law's order, so that nobody who reads it has to read their addresses for that.
    rank = {id: n for n, id in enumerate(names.instruments)}
    versions.sort(key=lambda v: (rank[v.address.instrument], v.address.sort_key(), v.start))
    # What stands somewhere by 準用 ends with either of its texts.
    ending = {v.id for v in versions if v.node.until is not None or v.applied is not None}
    places = Places([(v.address, v.start) for v in versions], into.norms, ending)
    found += [d for naming in into.named for d in places.findings(naming)]
    linked = Link(names, into.drafts, into.slots, into.resolve_types, into.scopes, into.unscoped, tuple(into.norms))
    clauses = linked.clauses()
    resolves = linked.resolves(clauses)
    failed = [parse_address(d.law) for d in found if d.severity == "error" and d.law]
    found += [d for d in linked.found if not _about(d, failed)]
    program = core.Program(
        core.FORMAT, sources, tuple(vocabulary.instruments(names)), tuple(vocabulary.kinds(names)),
        tuple(vocabulary.enumerations(names)), tuple(vocabulary.attributes(names, found)),
        tuple(vocabulary.roles(names)), tuple(vocabulary.terms(names)), tuple(vocabulary.norm_names(names)),
        tuple(vocabulary.readings(names)), tuple(vocabulary.commencements(names)),
        tuple(_core_versions(into, versions, clauses)), resolves, clauses, _splits(into, clauses), tuple(into.slots),
        tuple(into.parameters), tuple(into.norms), tuple(into.sanctions), tuple(into.savings),
        tuple(vocabulary.worlds(names, found)),
    )  # fmt: skip
    return program, found


def _splits(into: Lowered, clauses: tuple[core.Clause, ...]) -> tuple[core.Split, ...]:
    """Compare the cases of each 区分に応じ."""
    splits, found = split.compare(clauses, tuple(vocabulary.enumerations(into.names)))
    if any(d.severity == "error" for d in into.found):
        found = []  # what could not be read stands in the cases as anything: they would seem to meet or to leave a gap
    nodes = {d.clause.id: d.node for d in into.drafts}
    into.found += [finding(f.slug, nodes[f.clause.id].span, f.fields, law=f.clause.address) for f in found]
    return splits


def _version(into: Lowered, node: syntax.Provision) -> Version | None:
    address = into.names.addresses.get(node.address.address)
    if address is None or address.instrument not in into.names.instruments:
        return None
    start = node.start.text
    id = f"{address}@{start}"
    return Version(node, address, id, start, Place(address, id, start, reigning=into.reigning))


def _first_pass(into: Lowered, version: Version) -> None:
    """Read what expressions may speak of before it is declared: slots, parameters, scopes."""
    for line in version.node.lines:
        if isinstance(line, syntax.Slot):
            slot(into, version, line)
        elif isinstance(line, syntax.Parameter):
            parameter(into, version, line)
        elif isinstance(line, (syntax.Definition, syntax.Otherwise)):
            name = into.names.canonical("term", line.name.text) or line.name.text
            if not line.scope:
                into.unscoped.add(name)
            into.found += whole(str(version.address), line.scope)
            for target in line.scope:
                if (scope := read_address(target, into.found)) is not None:
                    into.scopes.setdefault(name, {})[str(scope)] = scope


def _second_pass(into: Lowered, version: Version) -> None:
    """Read the statements."""
    for line in version.node.lines:
        match line:
            case syntax.Definition():
                definition(into, version, line)
            case syntax.Block():
                block(into, version, line)
            case syntax.Otherwise():
                otherwise(into, version, line)
            case syntax.Fill():
                fill(into, version, line)
            case syntax.Continuation():
                continuation(into, version, line)
            case syntax.Norm():
                norm(into, version, line)
            case syntax.Sanction() | syntax.NoSanction():
                sanction(into, version, line)
            case syntax.Saving():
                saving(into, version, line)
            case _:
                pass


# --------------------------------------------------------------------------- after all statements are known


def _core_versions(into: Lowered, versions: list[Version], clauses: tuple[core.Clause, ...]) -> Iterator[core.Version]:
    """Give each version with the digests of its rules and of its words."""
    groups: tuple[Iterable[Any], ...] = (clauses, into.slots, into.parameters, into.norms, into.sanctions, into.savings)
    records: defaultdict[str, list[Any]] = defaultdict(list)
    for group in groups:
        for record in group:
            records[record.version].append(stated(record))
    #: the day on which a version that starts then was promulgated, of the first that says so
    following: dict[tuple[Address, str], str] = {}
    for v in versions:
        if v.node.promulgated:
            following.setdefault((v.address, v.start), v.node.promulgated)
    for v in versions:
        node, until, own = v.node, v.node.until, records[v.id]
        heading = said(node.lines, syntax.Heading)
        plain = [wording(x.words) for x in node.lines if isinstance(x, syntax.Plain)]
        joined = core.Wording("".join(p.ja for p in plain), " ".join(p.en for p in plain if p.en))
        end = end_promulgated = None
        if until is not None:
            end = until.moment.text
            # The day the end was promulgated: as written, else that of the version that follows, else the end itself.
            end_promulgated = until.promulgated or following.get((v.address, end)) or _promulgation(into.names, end)
        yield core.Version(
            v.id, str(v.address), v.start, node.promulgated or _promulgation(into.names, v.start), end, end_promulgated,
            node.grade, heading, joined, v.applied.id if v.applied else "",
            digest_text(canonical([_without_place(r) for r in own])),
            digest_text(canonical([stated(heading), stated(joined), [r.get("marks") for r in own]])), node.span.place,
        )  # fmt: skip


def _promulgation(names: Names, moment: str) -> str:
    commencement = names.commencements.get(moment)
    return (commencement.promulgated or "") if commencement else moment


def _about(d: Diagnostic, failed: list[Address]) -> bool:
    """Say whether a finding misses what could not be read: the mistake there is told already."""
    if d.slug not in ("dangling-citation", "nothing-to-reach", "norm-for-each", "target-itself"):
        return False
    address = read_address(syntax.Target(d.span, dict(d.fields)["address"]), []) if d.span else None
    return address is not None and any(address.covers(f) for f in failed)


def _without_place(data: Any) -> Any:
    if isinstance(data, dict):
        return {k: _without_place(v) for k, v in data.items() if k != "place"}
    return [_without_place(x) for x in data] if isinstance(data, list) else data

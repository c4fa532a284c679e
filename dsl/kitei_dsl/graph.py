"""What depends on what and what defeats what, over all dates: circles, closings, doubtful overrides.

Comes in: a lowered program. Goes out: diagnostics. The only user of networkx in the language, and only where
there is a circle to show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import islice

from kitei_dsl import core
from kitei_dsl.diagnostics import Diagnostic, diagnostic, finding
from kitei_dsl.frozen import replace
from kitei_dsl.source import Source, Span


def check_graph(program: core.Program, sources: dict[str, Source]) -> list[Diagnostic]:
    """Return the findings about the program as a whole."""
    checker = Checker(program, sources)
    return [*checker.circular_definitions(), *checker.circular_relations(), *checker.closings(), *checker.versions(),
            *checker.defeats(), *checker.depth()]  # fmt: skip


#: Levels of expressions below one another, through the definitions they use: as deep as every reading can follow.
_MAX_DEPTH = 250


def uses(clause: core.Clause) -> Iterator[str]:
    """Give the keys of the Resolves that a clause's condition and outcome use."""
    for part in (clause.condition, clause.outcome):
        if part is not None:
            for _, expr in core.walk(part, ""):
                if isinstance(expr, core.Use):
                    yield expr.resolves
                elif isinstance(expr, core.Slot):
                    yield f"slot:{expr.slot}"


def _levels(parts: Iterable[core.Expr | None], below: Mapping[str, int]) -> Iterator[int]:
    """Give the levels of expressions below the parts, through what they use."""
    waiting = [(part, 1) for part in parts if part is not None]
    yield 0
    while waiting:
        expr, level = waiting.pop()
        used = (
            expr.resolves if isinstance(expr, core.Use) else f"slot:{expr.slot}" if isinstance(expr, core.Slot) else ""
        )
        yield level + below.get(used, 0)
        waiting += [(operand, level + 1) for _, operand in core.operands(expr)]


def _order(edges: Iterable[tuple[str, str]]) -> list[str] | None:
    """Return what edges lead to before what they start from, or None where some edges lead back to where they start."""
    order = TopologicalSorter[str]()
    for start, end in edges:
        order.add(start, end)
    try:
        return list(order.static_order())
    except CycleError:
        return None


class Checker:
    """What the passes over a whole program share: clauses, what defeats what, and places in the sources."""

    def __init__(self, program: core.Program, sources: dict[str, Source]) -> None:
        self.program, self.sources = program, sources
        self.clauses = {c.id: c for c in program.clauses}
        self.version = {v.id: v for v in program.versions}
        self.defeaters: dict[str, list[str]] = {}
        for c in program.clauses:
            for t in (*c.blocks, *c.proviso_to, *c.notwithstanding):
                self.defeaters.setdefault(t, []).append(c.id)

    def span(self, place: str) -> Span | None:
        name, line, column = place.rsplit(":", 2)
        source = self.sources.get(name)
        if source is None:
            return None
        start = source.line_starts[int(line) - 1] + int(column) - 1
        end = source.text.find("\n", start)
        return Span(source, start, end if end > start else start + 1)

    def find(self, slug: str, clause: core.Clause, **fields: str) -> Diagnostic:
        return finding(slug, self.span(clause.place), fields, law=clause.address)

    def circular_definitions(self) -> Iterator[Diagnostic]:
        yield from self.circles(self.dependence(), "circular-definition")

    def dependence(self) -> list[tuple[str, str]]:
        """Return which key uses which."""
        edges: list[tuple[str, str]] = []
        for resolve in self.program.resolves:
            for id in self.influences(resolve):
                clause = self.clauses[id]
                used = set(uses(clause)) if id in resolve.candidates else set(uses(replace(clause, outcome=None)))
                if clause.role == "deem":
                    used.discard(resolve.key)  # a deeming's own condition sees the undeemed term
                edges += ((resolve.key, u) for u in sorted(used))
        return edges

    def depth(self) -> Iterator[Diagnostic]:
        """Report definitions that rest on one another in so long a chain that nobody, and no stack, could follow it."""
        resolves = {r.key: r for r in self.program.resolves}
        below: dict[str, int] = {}
        for key in _order(self.dependence()) or ():
            clauses = [self.clauses[i] for i in self.influences(resolves[key])] if key in resolves else []
            deepest = max((n for c in clauses for n in _levels((c.condition, c.outcome), below)), default=0)
            below[key] = 2 + deepest
            if below[key] > _MAX_DEPTH:
                yield self.find("too-deep", clauses[0], limit=str(_MAX_DEPTH))
                return
        for norm in self.program.norms:
            if max(_levels((norm.anchor, norm.content, norm.done, norm.done_on, norm.due), below)) > _MAX_DEPTH:
                yield diagnostic("too-deep", self.span(norm.place), law=norm.address, limit=str(_MAX_DEPTH))

    def influences(self, resolve: core.Resolve) -> list[str]:
        """Return the candidates and every clause whose condition bears on whether one of them is live."""
        found = dict.fromkeys(resolve.candidates)
        waiting = list(found)
        while waiting:
            clause = self.clauses[waiting.pop()]
            for id in (*self.defeaters.get(clause.id, ()), *clause.yields_to, *clause.proviso_to):
                if id not in found:
                    found[id] = None
                    waiting.append(id)
        return list(found)

    def circular_relations(self) -> Iterator[Diagnostic]:
        edges: list[tuple[str, str]] = []
        for c in self.program.clauses:
            edges += ((c.id, t) for t in (*c.proviso_to, *c.notwithstanding, *c.blocks))
            edges += ((t, c.id) for t in c.yields_to)  # what it yields to displaces it
        yield from self.circles(edges, "circular-relation")

    def circles(self, edges: list[tuple[str, str]], slug: str) -> Iterator[Diagnostic]:
        if _order(edges) is not None:
            return
        import networkx as nx  # a third of the time of a check, and wanted only to show a circle

        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_edges_from(edges)
        for component in sorted(map(sorted, nx.strongly_connected_components(graph))):
            looped = len(component) > 1 or graph.has_edge(component[0], component[0])
            if not looped:
                continue
            cycle = [edge[0] for edge in nx.find_cycle(graph, component[0])]
            cycle = [*cycle, cycle[0]]
            place = self.clauses.get(cycle[0]) or next(c for c in self.program.clauses if c.resolves == cycle[0])
            yield self.find(slug, place, name=cycle[0], cycle=" → ".join(cycle))

    def overlap(self, left: str, right: str) -> str | None:
        """Return a day on which two versions are both in force, by their fixed dates, in a world that has both, or None."""
        a, b = self.version[left], self.version[right]
        if not self.together(a.address.partition("/")[0], b.address.partition("/")[0]):
            return None
        if "/" in a.start or "/" in b.start:
            return a.start if a.start == b.start else None
        day = max(a.start, b.start)
        for v in (a, b):
            if v.end is not None and ("/" in v.end or v.end <= day):
                return None if "/" not in v.end else day if a.id == b.id else None
        return day

    def together(self, left: str, right: str) -> bool:
        """Tell whether two instruments can take part in one world. Those that no world supposes may yet be supposed."""
        status = {i.id: i.status for i in self.program.instruments}
        drafts = {i for i in (left, right) if status.get(i, "enacted") != "enacted"}
        supposed = {i for w in self.program.worlds for i, _ in w.supposes}
        if left == right or not drafts or not drafts <= supposed:
            return True
        return any(
            drafts <= {i for i, _ in w.supposes}
            and not {left, right} & set(w.without)
            and (not w.only or {left, right} <= set(w.only))
            for w in self.program.worlds
        )

    def closings(self) -> Iterator[Diagnostic]:
        for resolve in self.program.resolves:
            closing = [
                c for i in resolve.candidates if (c := self.clauses[i]).closing and c.role in ("define", "close")
            ]
            closing = [c for c in closing if c.reading is None]
            for n, b in enumerate(closing):
                pairs = ((a, day) for a in closing[:n] if (day := self.overlap(a.version, b.version)))
                for a, day in islice(pairs, 1):
                    yield self.find("two-closings", b, name=resolve.key, day=day, other=a.place)

    def versions(self) -> Iterator[Diagnostic]:
        by_address: dict[str, list[core.Version]] = {}
        for v in self.program.versions:
            if v.applies:
                continue  # what stands here by 準用 stands beside the provision's own text
            by_address.setdefault(v.address, []).append(v)
        for address, group in by_address.items():
            group.sort(key=_written_at)  # it is told of the one that is written after the other
            for n, b in enumerate(group):
                days = (a.start if a.id == b.id else self.overlap(a.id, b.id) for a in group[:n])
                for day in islice((day for day in days if day), 1):
                    yield diagnostic(
                        "overlapping-versions", self.span(b.place), law=address, related=(), address=address, day=day
                    )

    def defeats(self) -> Iterator[Diagnostic]:
        """Warn where D overrides T, T overrides B, D does not name B, and T may have no effect where D does."""
        for d in self.program.clauses:
            for target in d.notwithstanding:
                t = self.clauses[target]
                if t.condition is None or t.resolves != d.resolves:
                    continue
                for base in (*t.notwithstanding, *t.proviso_to):
                    b = self.clauses[base]
                    if base != d.id and base not in (*d.notwithstanding, *d.proviso_to) and b.resolves == d.resolves:
                        yield self.find("defeat-without-base", d, over=d.id, target=target, base=base)


def _written_at(version: core.Version) -> tuple[str, int, int]:
    file, line, column = version.place.rsplit(":", 2)
    return file, int(line), int(column)

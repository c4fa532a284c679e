"""A rule's number beside the official words it stands on: `5%  @"百分の十"` says two things.

Comes in: the files as written. Goes out: a warning for each statement whose marks state an amount, a rate or a length of time of
which the rule beside them has others, and none of those. No official text is needed: both stand on the same lines.
Deliberately not here: whether the words are in the law (`marks`), and whether the number is (`against`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kitei_dsl import syntax
from kitei_dsl.diagnostics import Diagnostic, diagnostic
from kitei_dsl.quantities import Quantity, quantities

#: A mark whose words hold a number; most hold none, and are not looked at more closely.
_NUMBERED = re.compile(r'@[^"\s]*"[^"]*[〇一二三四五六七八九十百千0-9０-９][^"]*"')
#: What is compared: in 第一項 and 百人 the words count other things than the rule does.
_COMPARED = ("yen", "rate", "days", "business_days", "weeks", "months", "years")


def check_marked_numbers(files: Iterable[syntax.File]) -> list[Diagnostic]:
    """Return a warning for each statement whose numbers are not those of its own marks."""
    provisions = (item for file in files for item in file.items if isinstance(item, syntax.Provision))
    return [d for p in provisions for line in p.lines if _numbered(line) for d in _differing(line, p.address.address)]


def _numbered(node: syntax.Node) -> bool:
    return _NUMBERED.search(node.span.source.text, node.span.start, node.span.end) is not None


def _differing(node: syntax.Node, law: str) -> Iterator[Diagnostic]:
    """Look at the narrowest part around each mark that has numbers of the mark's unit."""
    for child in syntax.children(node):
        if not isinstance(child, syntax.Mark) and _numbered(child):
            yield from _differing(child, law)
    for mark in (c for c in syntax.children(node) if isinstance(c, syntax.Mark)):
        told = {q for q in quantities(mark.phrase) if q.unit in _COMPARED}
        ruled = _ruled(node) if told else {}
        for unit in dict.fromkeys(q.unit for q in sorted(told)):
            words = [q for q in told if q.unit == unit]
            rule = [q for q in ruled if q.unit == unit]
            if rule and not set(words) & set(rule):
                shown = ", ".join(dict.fromkeys(f"`{ruled[q]}`" for q in rule))
                yield diagnostic("number-beside-mark", mark.span, law=law, phrase=mark.phrase, number=shown)


def _ruled(node: syntax.Node) -> dict[Quantity, str]:
    """Return the quantities that a part of a rule states, with the words of each in the text."""
    from kitei_dsl.claims import quantity_of

    parts: Sequence[syntax.Node] = [n for n in syntax.walk(node) if not isinstance(n, syntax.Mark)]
    stated = ((quantity_of(n), n.span) for n in parts)
    return {q: " ".join(s.source.text[s.start : s.end].split()) for q, s in stated if q is not None}

"""YAML to nodes, event by event: no constructor, no alias, no tag, bounded depth and size."""

from __future__ import annotations

import re

import yaml

from kitei.intake.node import MAX_DEPTH, MAX_TEXT, Node, whole
from kitei.intake.problems import Bad

#: YAML is read slowly: as many characters and events are read in two or three seconds.
_MOST_CHARACTERS = 2_000_000
_MOST_EVENTS = 100_000
#: A name with a full-width colon after it and none that YAML knows.
_WIDE_COLON = re.compile(r"\s*[^\s\"'#：:]+：[^:]*$")


def tree(text: str) -> Node:
    """Compose the one document of the text. Raises Bad."""
    if len(text) > _MOST_CHARACTERS:
        raise Bad(1, "too-large", count=len(text), most=_MOST_CHARACTERS)
    # Every entry takes one of these signs: what is surely too long is refused before it is read.
    if sum(map(text.count, ",[{\n")) > 2 * _MOST_EVENTS:
        raise Bad(1, "too-deep")
    stack: list[list[Node]] = [[]]
    kinds: list[tuple[str, int]] = []
    try:
        for count, event in enumerate(yaml.parse(text, Loader=yaml.SafeLoader)):
            line = int(getattr(event.start_mark, "line", 0)) + 1
            if count > _MOST_EVENTS or len(kinds) > MAX_DEPTH:
                raise Bad(line, "too-deep")
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise Bad(line, "anchor")
            if getattr(event, "tag", None) and getattr(event, "implicit", (True,)) not in (True, (True, False)):
                raise Bad(line, "tag")
            if isinstance(event, yaml.ScalarEvent):
                if not whole(event.value):
                    raise Bad(line, "surrogate")
                if len(event.value) > MAX_TEXT:
                    raise Bad(line, "long-text", most=MAX_TEXT)
                stack[-1].append(Node(line, "text", event.value, event.style in ("'", '"', "|", ">")))
            elif isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
                kinds.append(("list" if isinstance(event, yaml.SequenceStartEvent) else "mapping", line))
                stack.append([])
            elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                sort, start = kinds.pop()
                items = tuple(stack.pop())
                if sort == "list":
                    stack[-1].append(Node(start, sort, items=items))
                else:
                    stack[-1].append(Node(start, sort, pairs=tuple(zip(items[::2], items[1::2], strict=True))))
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0)
        wide = next((n for n, row in enumerate(text.split("\n")[: line + 1]) if _WIDE_COLON.match(row)), None)
        if wide is not None:
            raise Bad(wide + 1, "wide-colon") from None
        raise Bad(line + 1, "not-yaml", detail=getattr(error, "problem", None) or "not YAML") from None
    except ValueError:
        raise Bad(1, "not-yaml", detail="not YAML") from None
    if len(stack[0]) != 1:
        raise Bad(1, "documents" if stack[0] else "empty")
    return stack[0][0]

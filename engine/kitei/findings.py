"""Findings of a check for programs: JSON, SARIF and the annotations of a code host.

Comes in: diagnostics, the reader's language, and the folder (`base`, ending in `/`) their files are named from. Goes out: text that ends in a newline. Every form has the same findings
in the same order, and the same bytes for the same input. Deliberately not here: what a terminal shows
(`kitei_dsl.diagnostics.render`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import metadata
from typing import Any
from urllib.parse import quote

from kitei_dsl.codes import CODES
from kitei_dsl.codes_ja import JAPANESE
from kitei_dsl.diagnostics import Diagnostic, as_data, json_text
from kitei_dsl.japanese import in_language
from kitei_dsl.source import Span

#: SARIF 2.1.0 and the workflow commands have these words for our severities.
_SARIF_LEVELS = {"error": "error", "warning": "warning", "note": "note"}
_GITHUB_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_json(found: Sequence[Diagnostic], lang: str, base: str = "") -> str:
    """Return the findings as `kitei/check@1`; wording in both languages, so `lang` changes nothing."""
    envelope = {"schema": "kitei/check@1", "data": [_record(d, base) for d in found]}
    return json_text(envelope) + "\n"


def as_sarif(found: Sequence[Diagnostic], lang: str, base: str = "") -> str:
    """Return the findings as SARIF 2.1.0, one rule a slug, columns in Unicode code points."""
    slugs = sorted({d.slug for d in found})
    tool = {
        "name": "kitei",
        "semanticVersion": metadata.version("kitei"),
        "language": "ja" if lang == "ja" else "en",
        "rules": [_rule(slug, lang) for slug in slugs],
    }
    results = [_result(d, slugs.index(d.slug), lang, base) for d in found]
    run = {"tool": {"driver": tool}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_text(log) + "\n"


def as_annotations(found: Sequence[Diagnostic], lang: str, base: str = "") -> str:
    """Return one workflow command a finding; what is written in the law cannot end a command or begin another."""
    lines = []
    for d in found:
        told = in_language(d, lang)
        properties = {"title": f"kitei {d.slug}"}
        if d.span is not None:
            place = _place(d.span)
            properties |= {
                "file": base + d.span.source.name,
                "line": str(place["line"]),
                "endLine": str(place["end_line"]),
                "col": str(place["column"]),
                "endColumn": str(place["end_column"]),
            }
        listed = ",".join([f"{key}={_property(value)}" for key, value in sorted(properties.items())])
        lines.append(f"::{_GITHUB_COMMANDS[d.severity]} {listed}::{_data(_sentence(told))}\n")
    return "".join(lines)


FORMS: dict[str, Callable[[Sequence[Diagnostic], str, str], str]] = {
    "json": as_json,
    "sarif": as_sarif,
    "github": as_annotations,
}


def _place(span: Span) -> dict[str, int]:
    """Return 1-based lines and columns of a span; the end column is that after the last character."""
    line, column = span.source.position(span.start)
    end_line, end_column = span.source.position(max(span.end, span.start + 1))
    if end_line > line:
        end_line, end_column = line, len(span.source.line(line)) + 1
    return {"line": line, "column": column, "end_line": end_line, "end_column": max(end_column, column + 1)}


def _record(d: Diagnostic, base: str) -> dict[str, Any]:
    japanese = in_language(d, "ja")
    record: dict[str, Any] = {**as_data(d), "ja": {"message": japanese.message, "help": japanese.help}}
    if d.span is not None:
        record["place"] = {"file": base + d.span.source.name, **_place(d.span)}
    if d.related:
        record["related"] = [
            {"message": label, "ja": ja, "place": {"file": base + span.source.name, **_place(span)}}
            for (span, label), (_, ja) in zip(d.related, japanese.related, strict=True)
        ]
    return record


def _rule(slug: str, lang: str) -> dict[str, Any]:
    code = CODES[slug]
    why = JAPANESE[slug].why if lang == "ja" else code.why
    return {
        "id": slug,
        "shortDescription": {"text": why},
        "fullDescription": {"text": why},
        "help": {"text": f"kitei check --explain {slug}"},
        "defaultConfiguration": {"level": _SARIF_LEVELS[code.severity]},
    }


def _result(d: Diagnostic, rule: int, lang: str, base: str) -> dict[str, Any]:
    told = in_language(d, lang)
    result: dict[str, Any] = {
        "ruleId": d.slug,
        "ruleIndex": rule,
        "level": _SARIF_LEVELS[d.severity],
        "message": {"text": _sentence(told)},
    }
    if d.span is not None:
        location: dict[str, Any] = {"physicalLocation": _physical(d.span, base)}
        if d.law:
            location["logicalLocations"] = [{"fullyQualifiedName": d.law}]
        result["locations"] = [location]
    if told.related:
        result["relatedLocations"] = [
            {"id": n, "physicalLocation": _physical(span, base), "message": {"text": label}}
            for n, (span, label) in enumerate(told.related, 1)
        ]
    return result


def _physical(span: Span, base: str) -> dict[str, Any]:
    place = _place(span)
    return {
        "artifactLocation": {"uri": quote(base + span.source.name)},
        "region": {
            "startLine": place["line"],
            "startColumn": place["column"],
            "endLine": place["end_line"],
            "endColumn": place["end_column"],
        },
    }


def _sentence(d: Diagnostic) -> str:
    """Return message and help in one text, the citation of the place in front."""
    law = f"{d.law}: " if d.law else ""
    return law + d.message + (f" ({d.help})" if d.help else "")


def _data(text: str) -> str:
    """Escape the text of a workflow command, as its documentation orders."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

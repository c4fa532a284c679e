"""The JSON Schema of facts, from the vocabulary: so that an editor completes names, shows questions and marks mistakes.

Comes in: a program. Goes out: JSON-ready data (draft 2020-12). It is of YAML as editors read it: days are texts, `true` a
truth, digits a number. Both spellings of every name are in it. The reader of facts is stricter (relations must agree, a fact
has one value a day); what the schema refuses, the reader refuses too.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from kitei.facts import ABSENT, REMARKS, SCHEMA, TRUTHS, UNKNOWN
from kitei.forms.questions import Question, questions
from kitei.world import Program
from kitei_dsl.core import Attribute, Enumeration, Wording
from kitei_dsl.typesystem import CALENDARS, parse_type

Schema = dict[str, Any]

_DAY = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
#: Also with / or ., in years of an era, and in full-width digits; the reader checks the calendar.
_DAYS = (
    rf"{_DAY}|^[0-9０-９]{{4}}[-－/／.．年][0-9０-９]{{1,2}}[-－/／.．月][0-9０-９]{{1,2}}日?$"
    r"|^(明治|大正|昭和|平成|令和)(元|[0-9０-９]{1,2})年[0-9０-９]{1,2}月[0-9０-９]{1,2}日$|^[RHSTMrhstm][0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{1,2}$"
)
#: Digits with groups and a decimal point or a bar, narrow or full-width, as `kitei.amounts` reads them.
_D = "[0-9０-９]"
_NUMBER = rf"[+\-＋－]?{_D}[0-9０-９,，_]*([.．]{_D}+)?([/／]{_D}+)?"
_PART = rf"{_D}[0-9０-９,，_]*([.．]{_D}+)?"
_AMOUNTS: dict[str, Schema] = {
    "yen": {"anyOf": [{"type": "integer"}, {"type": "string", "pattern":
            rf"^\s*[¥￥]?\s*(([〇一二三四五六七八九十百千万億兆]{{1,30}})|({_NUMBER})|(({_PART}兆)?({_PART}億)?({_PART}万)?({_PART})?))\s*(yen|円)?\s*$"}]},
    "number": {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": rf"^\s*{_NUMBER}\s*$"}]},
    "rate": {"anyOf": [{"type": "number"}, {"type": "string", "pattern": rf"^\s*{_NUMBER}[%％]?\s*$"}]},
    "quantity": {"type": "string", "pattern": rf"^\s*{_NUMBER}[ 　][A-Z][A-Z0-9]{{1,9}}\s*$"},
    "date": {"type": "string", "pattern": _DAYS},
    "truth": {"enum": [True, False, *(t for t in TRUTHS if t not in ("true", "false"))]},
    "span": {"type": "string", "pattern": r"^-?[0-9]+ (days|weeks|months|years|business days)( of \w+)?$"},
    "calendar": {"enum": list(CALENDARS)},
    "entity": {"$ref": "#/$defs/id"},
}  # fmt: skip


def facts_schema(program: Program) -> Schema:
    """Return the schema of facts about the kinds of a program."""
    kinds = {n: k for k in program.core.kinds for n in (k.name, k.alias) if n}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
        "title": "Facts of a case / 案件の事実",
        "type": "object",
        "required": ["entities"],
        "additionalProperties": False,
        "properties": {
            "schema": {"const": SCHEMA},
            "as_of": {
                "description": "基準日 / the day asked about",
                "anyOf": [{"type": "string", "pattern": _DAYS}, {"enum": [*UNKNOWN]}],
            },
            "subject": {"description": "主たる対象の呼び名 / the id of whom it is about", "$ref": "#/$defs/id"},
            "made_for": {
                "description": "様式の対象とする問い / what the form was made for",
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "goals": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
                    "world": {"type": "string"},
                },
            },
            **{k: {"type": "string"} for k in ("title", "note", "sources")},
            "interview": {"type": "object", "description": "問答の続きのため / what `kitei ask` needs to go on"},
            "entities": {
                "type": "object",
                "minProperties": 1,
                "propertyNames": {"$ref": "#/$defs/id"},
                "additionalProperties": {"$ref": "#/$defs/entity"},
            },
        },
        "$defs": {
            # Python's \w and a JSON Schema's differ on kanji, so only what no id may hold is named
            "id": {"type": "string", "pattern": r"^[^\s!-,./:-@\[-^`{-~0-9-][^\s!-,./:-@\[-^`{-~]*$"},
            "name": {
                "anyOf": [
                    {"type": "string"},
                    {"type": "object", "additionalProperties": False,
                     "properties": {"ja": {"type": "string"}, "en": {"type": "string"}}},
                ]
            },
            "members": {
                "anyOf": [
                    {"enum": [*UNKNOWN]},
                    {"$ref": "#/$defs/id"},
                    {"type": "array", "uniqueItems": True, "items": {"$ref": "#/$defs/id"}},
                    {"type": "object", "required": ["members"], "additionalProperties": False,
                     "properties": {"members": {"$ref": "#/$defs/members"}, "complete": {"type": "boolean"}}},
                ]
            },
            "entity": {
                "type": "object",
                "required": ["kind"],
                "properties": {"kind": {"enum": list(kinds), "description": _of_kinds(program)}},
                "allOf": [
                    {"if": {"properties": {"kind": {"enum": [n for n in (k.name, k.alias) if n]}}, "required": ["kind"]},
                     "then": {"$ref": _ref(f"kind-{k.name}")}}
                    for k in program.core.kinds
                ],
            },
            **_answers(program),
            **{f"kind-{k.name}": _kind(program, k.name, k.label) for k in program.core.kinds},
        },
    }  # fmt: skip


def _ref(name: str) -> str:
    return f"#/$defs/{quote(name)}"


def _of_kinds(program: Program) -> str:
    return "; ".join(f"{k.name}: {_both(k.label)}" for k in program.core.kinds)


def _both(words: Wording) -> str:
    return " / ".join(dict.fromkeys(filter(None, (words.ja, words.en))))


def _kind(program: Program, kind: str, label: Wording) -> Schema:
    properties: Schema = {"kind": True, "name": {"$ref": "#/$defs/name"}}
    for q in questions(program, kind):
        properties[q.name] = _described(q)
        if q.alias:
            properties[q.alias] = {"$ref": f"{_ref(f'kind-{kind}')}/properties/{quote(q.name)}"}
    return {"title": _both(label), "type": "object", "properties": properties, "additionalProperties": False}


def _described(q: Question) -> Schema:
    lines = [_both(q.question), f"{_both(q.type)}; {_both(q.evidence)}", _both(q.cite)]
    target = "members" if q.attribute is None else _answer_name(q.attribute)
    description = "\n".join(line for line in lines if line)
    return {"title": _both(q.label), "description": description, "$ref": _ref(target)}


def _answer_name(a: Attribute) -> str:
    """Name the definition of what may be answered: by the type, and by whether it may be absent."""
    return f"{a.type.replace(':', '-')}{'-or-none' if a.optional else ''}"


def _answers(program: Program) -> Schema:
    """The definitions of what may be answered to facts of each type that the vocabulary has."""
    enumerations = {e.name: e for e in program.core.enumerations}
    return {
        _answer_name(a): _answer(a, enumerations)
        for a in sorted(program.core.attributes, key=lambda a: (_answer_name(a), a.name))
    }


def _answer(a: Attribute, enumerations: dict[str, Enumeration]) -> Schema:
    t = parse_type(a.type)
    if t.name == "enum":
        listed = enumerations[str(t.of)]
        plain: Schema = {"enum": [*listed.values, *filter(None, listed.aliases)]}
    else:
        plain = _AMOUNTS[t.name]
    value: Schema = {"anyOf": [plain, {"enum": [*UNKNOWN, *(ABSENT if a.optional else ())]}]}
    stated: Schema = {
        "type": "object",
        "required": ["value"],
        "additionalProperties": False,
        "properties": {
            "value": value,
            **{k: {"type": "string", "pattern": _DAY} for k in ("from", "to", "recorded")},
            "corrects": {"type": "boolean"},
            **{k: {"type": "string"} for k in REMARKS},
        },
    }
    return {"anyOf": [value, stated, {"type": "array", "items": {"anyOf": [value, stated]}}]}

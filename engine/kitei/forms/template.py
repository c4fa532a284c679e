"""Writes a YAML file to fill in: every question as a comment above the fact that answers it, every answer `unknown`.

Comes in: a program, kinds, a language. Goes out: text that is valid facts as it stands and says nothing; replacing an
`unknown` says something. Names are written as the reader of the language writes them.
"""

from __future__ import annotations

from collections.abc import Mapping

from kitei.facts import SCHEMA, MadeFor
from kitei.forms.questions import Question, questions, sides
from kitei.forms.sheets import entity_id
from kitei.goals import label as goal_label
from kitei.naming import clean
from kitei.wording import Lang
from kitei.world import Program
from kitei_dsl.core import Wording
from kitei_dsl.typesystem import parse_type

_HEAD: Mapping[Lang, tuple[str, ...]] = {
    "ja": (
        "事実の記入票。unknown（不明）を答えに置き換えてください。分からないものは unknown のままにします（「いいえ」や「0」とは違います。）。",
        "期間や出典は {value: true, from: 2024-04-01, to: 2025-04-01, source: 登記事項証明書} のように書きます（to の日は含みません。）。",
        "評価（評価的な事実）には、評価した者と理由を {value: true, assessor: 甲弁護士, reason: …} のように書きます。",
        "同じ種類のものが幾つもあるときは、まとまりごと写して、初めの行の呼び名を変えます。ないもののまとまりは消します。",
        "書き方の説明は docs/giving-facts.ja.md、確かめるには kitei facts check このファイル。",
    ),
    "en": (
        "Facts to fill in. Replace `unknown` by the answer; what is not known stays `unknown` (that is not no, and not zero).",
        "A period or a source: {value: true, from: 2024-04-01, to: 2025-04-01, source: register extract} (the day of `to` is not included).",
        "An evaluation carries who made it and why: {value: true, assessor: counsel A, reason: …}.",
        "For several of a kind copy the whole block and change the id on its first line; delete the blocks of what there is not.",
        "How to write facts: docs/giving-facts.md. To look over what you wrote: kitei facts check THIS_FILE.",
    ),
}  # fmt: skip


def kinds(program: Program, lang: Lang) -> list[tuple[str, str]]:
    """Return the kinds of entity, those most is asked about first: the name that is written, and what it is, with the number of
    questions."""
    counts = {
        kind: sum(q.role is None or sides(program, q.role) for q in questions(program, kind)) for kind in program.kinds
    }
    found = []
    for k in sorted(program.kinds.values(), key=lambda k: -counts[k.name]):
        one, label = (
            counts[k.name] == 1,
            clean((k.label.ja if lang == "ja" else k.label.en) or k.label.en or k.label.ja),
        )
        told = (
            f"{label}：質問{counts[k.name]}"
            if lang == "ja"
            else f"{label}: {counts[k.name]} question{'' if one else 's'}"
        )
        found.append((k.alias or k.name if lang == "ja" else k.name, told))
    return found


def template(program: Program, wanted: Mapping[str, int], lang: Lang, matter: frozenset[str] | None = None,
             made_for: MadeFor | None = None) -> str:  # fmt: skip
    """Return the text of a template for so many entities of each kind; `made_for` is written into it."""
    ids = {kind: [entity_id(program, kind, n, lang) for n in range(1, count + 1)] for kind, count in wanted.items()}
    subject = next(iter(ids.values()))[0]
    lines = [f"# {line}" for line in _HEAD[lang]]
    lines += [
        f"schema: {SCHEMA}",
        "as_of: unknown" + ("  # 基準日（例 2026-11-22）" if lang == "ja" else "  # the day asked about, such as 2026-11-22"),
        f"subject: {subject}",
        *_made_for(program, made_for or MadeFor(), lang),
        "entities:",
    ]  # fmt: skip
    for kind, names in ids.items():
        for id in names:
            lines += _entity(program, kind, id, ids, lang, matter)
    return "\n".join(lines) + "\n"


def _made_for(program: Program, made_for: MadeFor, lang: Lang) -> list[str]:
    """The line that says which questions of law the template is for, as `kitei facts check` and `kitei ask` read it."""
    if not made_for.goals:
        return []
    labels = [clean(_said(goal_label(program, g), lang) or g) for g in made_for.goals]
    world = f", world: {made_for.world}" if made_for.world else ""
    told = (
        f"# この様式の対象とする問い：{'、'.join(labels)}"
        if lang == "ja"
        else f"# What this template is for: {'; '.join(labels)}"
    )
    return [told, f"made_for: {{goals: [{', '.join(made_for.goals)}]{world}}}"]


def _entity(program: Program, kind: str, id: str, ids: Mapping[str, list[str]], lang: Lang,
            matter: frozenset[str] | None) -> list[str]:  # fmt: skip
    record = program.kinds[kind]
    label = clean(_said(record.label, lang) or record.name)
    lines = [
        "",
        f"  # {label}",
        f"  {id}:",
        f"    kind: {record.alias if lang == 'ja' and record.alias else record.name}",
    ]
    lines.append("    # name: {ja: 名称, en: name}")
    asked = questions(program, kind, matter)
    for q in asked:
        if q.role is not None and not sides(program, q.role):
            continue
        lines += [
            "",
            f"    # {clean(_said(q.question, lang) or _said(q.label, lang))}",
            f"    # {_details(q, lang, program)}",
        ]
        lines.append(f"    {q.called(lang)}: {_given(q, ids)}")
    if not asked:
        lines.append(
            "    # "
            + ("この種類については、尋ねることがありません。" if lang == "ja" else "Nothing is asked about this kind.")
        )
    return lines


def _said(words: Wording, lang: Lang) -> str:
    return (words.ja or words.en) if lang == "ja" else (words.en or words.ja)


def _given(q: Question, ids: Mapping[str, list[str]]) -> str:
    """What stands there at first: `unknown`, or the entities of the template that a list leads to."""
    if q.role is None or not q.role.many or q.role.kind not in ids:
        return "unknown"
    return f"{{members: [{', '.join(ids[q.role.kind])}], complete: false}}"


def _details(q: Question, lang: Lang, program: Program) -> str:
    """Type and unit, what may be written, class and citation on one line."""
    stop = "。" if lang == "ja" else "; "
    if q.role is not None:
        ids = {
            "ja": "呼び名を並べ、全部なら complete: true とする",
            "en": "list the ids, and say complete: true if that is all",
        }
        return f"{_said(q.type, lang)}{stop}{ids[lang]}" if q.role.many else _said(q.choices, lang)
    assert q.attribute is not None
    choices = _said(q.choices, lang)
    t = parse_type(q.attribute.type)
    if t.name == "truth":
        choices = "true（はい）又は false（いいえ）" if lang == "ja" else "true or false"
        if q.attribute.optional:
            choices += "。なければ none" if lang == "ja" else "; `none` if there is none"
    parts = [_said(q.evidence, lang), choices if t.name in ("truth", "enum") else f"{_said(q.type, lang)}（{choices}）"
             if lang == "ja" else f"{_said(q.type, lang)}: {choices}", _said(q.cite, lang)]  # fmt: skip
    return clean(stop.join(p for p in parts if p))

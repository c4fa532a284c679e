"""The page `docs/facts.md`: every name that facts may give, from the vocabulary of the collected law.

Comes in: a program. Goes out: Markdown. A test keeps the page current.
"""

from __future__ import annotations

from kitei_dsl import core

_HEAD = """# Writing facts

This page is made from the vocabulary of the collected law by `python -m kitei.facts_page > docs/facts.md`.

It lists the names; [giving facts](giving-facts.md) says how they are written, in YAML, in JSON and in an Excel form.

A facts file names entities, each of a `kind`, and what is known of them.
Each name may be written in Japanese or in English; what is left out, or said to be `unknown` (`不明`), is unknown.
`none` (`なし`) says that something which may be absent is absent; a value may also be written as
`{value: …, from: 2024-04-01, to: 2025-03-31, source: …, recorded: 2024-06-01}`, and an evaluation (評価) should carry `assessor` and `reason`.
Roles lead to other entities: `business_year: [fy1]`, or `{members: [fy1], complete: true}` if that is all of them.
Money is written as `500000001`, `500,000,001円` or `5億1円`; rates as `5%` or `1/20`; days as `2026-11-22`; quantities with their asset, `4502.9 BTC`.
`title`, `note`, `sources`, `made_for` and `interview` at the top level say nothing of the case; the last is what [`kitei ask`](interview.md) needs to go on.
"""

_EVIDENCE = {"fact": "", "evaluation": "評価 evaluation", "act": "当局の行為 act of an authority"}


def facts_page(program: core.Program) -> str:
    """Return the whole page."""
    parts = [_HEAD]
    for kind in program.kinds:
        attributes = [a for a in program.attributes if a.kind == kind.name]
        roles = [r for r in program.roles if r.of_kind == kind.name]
        if not attributes and not roles:
            continue
        parts.append(f"## {_name(kind.name, kind.alias)}\n\n{kind.label.ja} / {kind.label.en}\n")
        parts.append("| name | type | question |\n| --- | --- | --- |")
        parts += [
            f"| {_name(a.name, a.alias)} | {_type(a, program)} | {_cell(a.question.ja)}<br>{_cell(a.question.en)} |"
            for a in attributes
        ]
        for r in roles:
            many = f"list of {r.kind}" if r.many else r.kind
            parts.append(f"| {_name(r.name, r.alias)} | {many} | {_cell(r.question.ja)}<br>{_cell(r.question.en)} |")
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"


def _name(name: str, alias: str) -> str:
    return f"`{name}`" + (f" `{alias}`" if alias else "")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _type(a: core.Attribute, program: core.Program) -> str:
    name, _, of = a.type.partition(":")
    values = (
        next((", ".join(f"`{v}`" for v in e.values) for e in program.enumerations if e.name == of), "")
        if name == "enum"
        else ""
    )
    notes = [values or of or name, "or `none`" if a.optional else "", _EVIDENCE[a.evidence]]
    return "; ".join(n for n in notes if n)


if __name__ == "__main__":
    from kitei.ruleset import load

    print(facts_page(load()[0].core), end="")

"""What a check lists beside mistakes: every closing, and how much of each article is encoded.

Comes in: a program and coverage. Goes out: text in the reader's language, or JSON with both. Citations come from `citing`,
as in every answer. Deliberately not here: what is counted (`kitei_dsl.coverage`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kitei.citing import Citer
from kitei.world import Program
from kitei_dsl import core
from kitei_dsl.coverage import NON_OPERATIVE, STATES, UNLABELLED, Article, Coverage, Unit
from kitei_dsl.diagnostics import escape, json_text

_STATES = {
    "encoded": ("収録", "encoded"),
    "non-operative": ("規範を含まない", "non-operative"),
    "fact": ("事実として質問", "asked as a fact"),
    "not-encoded": ("未収録", "not encoded"),
    "out-of-scope": ("収録の対象外", "out of scope"),
    UNLABELLED: ("表示なし", "unlabelled"),
}


def closings(program: Program) -> list[dict[str, Any]]:
    """Return every closing: what holds of which name where nothing applies, by which words, on which grade."""
    citer = Citer(program)
    versions = {v.id: v for v in program.core.versions}
    names = {t.name: t for t in program.core.terms}
    found = []
    for clause in program.core.clauses:
        if not clause.closing or clause.role not in ("define", "close"):
            continue
        version = versions[clause.version]
        term = names.get((clause.resolves or "").partition("@")[0])
        found.append(
            {
                "address": citer.data(clause.address, version),
                "version": clause.version,
                "name": clause.resolves or "",
                "label": {"ja": term.label.ja, "en": term.label.en} if term else {"ja": "", "en": ""},
                "value": _value(clause),
                "grade": version.grade,
                "from": version.start,
                "until": version.end,
                "place": clause.place,
            }
        )
    return found


def _value(clause: core.Clause) -> dict[str, str]:
    """Say what a closing gives: words that exhaust a term (means) give false."""
    if clause.role == "define":
        return {"ja": "該当しない", "en": "false"}
    if isinstance(clause.outcome, core.Literal):
        if clause.outcome.type == "yen":
            return {"ja": f"{clause.outcome.value}円", "en": f"{clause.outcome.value} yen"}
        truths = {"true": ("該当する", "true"), "false": ("該当しない", "false")}
        ja, en = truths.get(clause.outcome.value, (clause.outcome.value, clause.outcome.value))
        return {"ja": ja, "en": en}
    return {"ja": "条文の式による", "en": "by the expression written there"}


def closings_text(program: Program, lang: str) -> str:
    """Return the list for a reader, one closing a paragraph."""
    lines = []
    for c in closings(program):
        name = c["label"][lang] or c["name"]
        if lang == "ja":
            until = c["until"] or ""
            lines.append(f"{c['address']['ja']}（{c['address']['id']}）")
            lines.append(f"  いずれの定めも働かないとき、{name}（{c['name']}）：{c['value']['ja']}")
            lines.append(f"  確度{c['grade']}、施行期間 {c['from']}～{until}、{c['place']}")
        else:
            until = f" until {c['until']}" if c["until"] else ""
            lines.append(f"{c['address']['en']} ({c['address']['id']})")
            lines.append(f"  where nothing applies, {name} ({c['name']}): {c['value']['en']}")
            lines.append(f"  grade {c['grade']}, in force from {c['from']}{until}, {c['place']}")
        lines.append("")
    return escape("\n".join(lines))


def coverage_text(covered: Sequence[Coverage], program: Program, lang: str) -> str:
    """Return the counts per article and in total, and every unit that is not encoded with what is said of it."""
    ja = lang == "ja"
    citer = Citer(program)
    lines: list[str] = []
    for c in covered:
        title = program.instruments[c.instrument].title
        colon = "：" if ja else ": "
        lines.append((title.ja or title.en) if ja else (title.en or title.ja))
        if c.day and c.indexed:
            lines.append(
                f"  {c.day}の条文の番地の一覧による（文言は見ていない）"
                if ja
                else f"  counted in the units of the text of {c.day} by its index of addresses, without its words"
            )
        elif c.day:
            lines.append(f"  {c.day}の条文の単位による" if ja else f"  counted in the units of the text of {c.day}")
        else:
            lines.append(
                "  条文を読み込んでいないので、収録したと宣言された番地だけを挙げる（単位は数えていない）"
                if ja
                else "  no text was loaded: only what is declared encoded is listed; units were not counted"
            )
        for article in c.articles:
            cited = citer.ja(article.address) if ja else citer.en(article.address)
            lines.append(f"  {cited}{colon}{_counts(article.units, lang, counted=bool(c.day))}")
            lines += _units(article.units, citer, lang)
        if c.day:
            units = [unit for article in c.articles for unit in article.units]
            lines.append(("  計：" if ja else "  total: ") + _counts(units, lang, counted=True))
            lines.append(
                f"  このほか{c.other_articles}条（{c.other_units}単位）は、収録も表示もない"
                if ja
                else f"  beside these, {c.other_articles} articles ({c.other_units} units) have neither rule nor label"
            )
        lines.append("")
    counted = [c for c in covered if c.day]
    if counted:
        total = sum(c.unlabelled for c in counted)
        lines.append(
            f"収録も表示もない単位：全部で{total}" if ja else f"units with neither rule nor label, in all: {total}"
        )
        lines.append("")
    return escape("\n".join(lines))


def _counts(units: Sequence[Unit], lang: str, *, counted: bool) -> str:
    said = []
    for state in (*STATES, UNLABELLED):
        number = sum(unit.state == state for unit in units)
        if number:
            said.append(f"{_STATES[state][lang != 'ja']} {number}")
    joined = ("、" if lang == "ja" else ", ").join(said)
    if not counted:
        return joined
    return f"{len(units)}単位のうち{joined}" if lang == "ja" else f"of {len(units)} units, {joined}"


def _units(units: Sequence[Unit], citer: Citer, lang: str) -> list[str]:
    """Tell each unit that is not encoded; an article outside the scope as a whole is told once."""
    labels = {unit.label for unit in units}
    if len(units) > 1 and len(labels) == 1 and units[0].state == "out-of-scope":
        return [f"    {_unit(units[0], citer, lang).partition('：' if lang == 'ja' else ': ')[2]}"]
    return [f"    {_unit(unit, citer, lang)}" for unit in units if unit.state != "encoded" or unit.label]


def _unit(unit: Unit, citer: Citer, lang: str) -> str:
    ja = lang == "ja"
    cited = f"{citer.ja(unit.address)}：" if ja else f"{citer.en(unit.address)}: "
    line = cited + _STATES[unit.state][not ja]
    if unit.label is None:
        return line
    if unit.label.kind:
        line += f"（{NON_OPERATIVE[unit.label.kind][0]}）" if ja else f" ({NON_OPERATIVE[unit.label.kind][1]})"
    if unit.label.fact:
        fact = citer.program.attributes[unit.label.fact]
        line += f"「{fact.question.ja}」" if ja else f': "{fact.question.en}"'
    reason = unit.label.reason.ja if ja else unit.label.reason.en
    return line + (f" ― {reason}" if reason else "")


def coverage_data(covered: Sequence[Coverage], program: Program) -> list[dict[str, Any]]:
    """Return coverage as JSON-ready data, with counts per article and in total."""
    citer = Citer(program)

    def counts(articles: Sequence[Article]) -> dict[str, int]:
        return {state: sum(a.count(state) for a in articles) for state in (*STATES, UNLABELLED)}

    return [
        {
            "instrument": c.instrument,
            "text": c.day or None,
            "by": "index" if c.indexed else "text" if c.day else None,
            "unlabelled": c.unlabelled,
            "counts": counts(c.articles),
            "other_articles": c.other_articles,
            "other_units": c.other_units,
            "articles": [
                {
                    "address": citer.data(a.address),
                    "counts": counts([a]),
                    "units": [
                        {
                            "address": citer.data(u.address),
                            "state": u.state,
                            "kind": u.label.kind if u.label else "",
                            "fact": u.label.fact if u.label else "",
                            "reason": {"ja": u.label.reason.ja, "en": u.label.reason.en} if u.label else None,
                        }
                        for u in a.units
                    ],
                }
                for a in c.articles
            ],
        }
        for c in covered
    ]


def as_json(kind: str, data: Any) -> str:
    """Return a listing in its envelope, `kitei/<kind>@1`."""
    return json_text({"schema": f"kitei/{kind}@1", "data": data}) + "\n"

"""What is encoded at a place, for a reader: each version's heading, plain statement, applied provisions, marked words.

Comes in: a program, an address, a day or none, a way to look up official words. Goes out: paragraphs of text. Plain
statements are ours and say so; official words are shown only from loaded texts. Computes nothing of any case.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from kitei.citing import Citer
from kitei.world import Program
from kitei_dsl import core
from kitei_dsl.citation import Address, parse
from kitei_dsl.diagnostics import escape

#: Gives the day of a loaded text in force during a version, and its words there; None where none is loaded.
Official = Callable[[core.Version], "tuple[str, str] | None"]

_WORDS = {
    "ja": {
        "from": "{start}から", "until": "{end}まで（その日を含まない）", "open": "終期の定めなし", "grade": "確度{grade}",
        "plain": "要約（当方による）", "applied": "{here}において準用する{there}：置き換えて読んだ要約（当方による）",
        "official": "公布された条文（{day}現在）", "official_applied": "準用される側の条文（{day}現在。読替え前）", "words": "目印とした文言",
    },
    "en": {
        "from": "in force from {start}", "until": "until {end} (that day excluded)", "open": "no end known", "grade": "grade {grade}",
        "plain": "Plain statement (ours)", "applied": "{there}, as applied by {here}: plain statement with replacements (ours)",
        "official": "Official text (as of {day})", "official_applied": "Official text of what is applied (as of {day}, before replacements)",
        "words": "Words marked",
    },
}  # fmt: skip


def pages(
    program: Program, address: Address, on: str | None, official: Official, lang: Literal["ja", "en"]
) -> list[str]:
    """Return one block of lines a version at or below the address, those made by 準用 under the version that applies them."""
    citer = Citer(program)
    found = []
    for version in sorted(program.core.versions, key=lambda v: program.order[v.id]):
        if address.covers(parse(version.address)) and (on is None or _holds(version, on)):
            found.append(_page(program, citer, version, official, lang))
    return found


def _holds(version: core.Version, on: str) -> bool:
    if "/" in version.start or version.start > on:
        return False
    return version.end is None or "/" in version.end or on < version.end


def _page(program: Program, citer: Citer, v: core.Version, official: Official, lang: Literal["ja", "en"]) -> str:
    words = _WORDS[lang]
    cite = citer.data(v.address, v)[lang]
    of = program.versions.get(v.applies)
    lines = []
    if of is None:
        interval = [words["from"].format(start=v.start)]
        interval.append(words["open"] if v.end is None else words["until"].format(end=v.end))
        heading = _said(v.heading, lang)
        lines.append(f"{cite}{f'（{heading}）' if heading and lang == 'ja' else f' ({heading})' if heading else ''}")
        lines.append("  " + "／".join([*interval, words["grade"].format(grade=v.grade)]) if lang == "ja" else
                     "  " + ", ".join([*interval, words["grade"].format(grade=v.grade)]))  # fmt: skip
        label = words["plain"]
    else:
        label = words["applied"].format(here=cite, there=citer.data(of.address)[lang])
    plain = _said(v.plain, lang)
    if plain:
        lines.append(f"  {label}: {plain}" if lang == "en" else f"  {label}：{plain}")
    marks = dict.fromkeys(m for m in _marks(program, v) if m.phrase)
    if marks:
        shown = [f"「{m.phrase}」{_at(citer, m.address, lang)}" for m in marks]
        lines.append(
            f"  {words['words']}{'：' if lang == 'ja' else ': '}{'、'.join(shown) if lang == 'ja' else ', '.join(shown)}"
        )
    words_then = official(v if of is None else of)
    if words_then is not None:
        day, official_words = words_then
        label = words["official" if of is None else "official_applied"].format(day=day)
        lines.append(f"  {label}: {official_words}" if lang == "en" else f"  {label}：{official_words}")
    return escape("\n".join(lines)) + "\n"


def _at(citer: Citer, address: str, lang: Literal["ja", "en"]) -> str:
    return f"（{citer.ja(address)}）" if lang == "ja" else f" ({citer.en(address)})"


def _said(words: core.Wording, lang: Literal["ja", "en"]) -> str:
    return (words.ja or words.en) if lang == "ja" else (words.en or words.ja)


def _marks(program: Program, v: core.Version) -> list[core.Mark]:
    of = program.core
    groups = (of.clauses, of.slots, of.parameters, of.norms, of.sanctions, of.savings)
    return [m for group in groups for record in group if record.version == v.id for m in record.marks]

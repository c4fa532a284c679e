"""What is encoded at a place, for a reader: each version's heading, plain statement, rules in words, applied provisions,
marked words.

Comes in: a program, what a citation names, a day or none, a way to look up official words. Goes out: paragraphs of text. Plain
statements are ours and say so; official words are shown only from loaded texts. Computes nothing of any case.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from kitei.citing import Citer
from kitei.wording import CONVENTIONS, TITLES, Pair, pick
from kitei.world import Program
from kitei_dsl import core
from kitei_dsl.citation import Address, Title, parse, parse_citation
from kitei_dsl.citation_print import print_en, print_ja
from kitei_dsl.diagnostics import escape
from kitei_dsl.passage import Reach, units_of

#: Gives the day of a loaded text in force during a version, and its words there; why there are none, as a key of `_NO_TEXT`;
#: or None where no folder of texts was named.
Official = Callable[[core.Version], "tuple[str, str] | str | None"]
#: Gives the rules of a version in words, one a line.
Rules = Callable[[core.Version], "list[str]"]

_WORDS = {
    "ja": {
        "from": "{start}から", "until": "{end}まで（その日を含まない）", "open": "終期の定めなし", "grade": "確度{grade}",
        "plain": "要約（当方による）", "applied": "{here}において準用する{there}：置き換えて読んだ要約（当方による）",
        "official": "公布された条文（{day}現在）", "official_applied": "準用される側の条文（{day}現在。読替え前）", "words": "目印とした文言",
        "bill": "案の本文（{day}の案）", "bill_applied": "準用される側の案の本文（{day}の案。読替え前）",
        "report": "報告の本文（{day}現在）", "report_applied": "準用される側の報告の本文（{day}現在。読替え前）",
        "reported": "公表・報道の本文（{day}現在）", "reported_applied": "準用される側の公表・報道の本文（{day}現在。読替え前）",
        "assumed": "仮定した規定の本文（{day}現在）", "assumed_applied": "準用される側の仮定した規定の本文（{day}現在。読替え前）",
    },
    "en": {
        "from": "in force from {start}", "until": "until {end} (that day excluded)", "open": "no end known", "grade": "grade {grade}",
        "plain": "Plain statement (ours)", "applied": "{there}, as applied by {here}: plain statement with replacements (ours)",
        "official": "Official text (as of {day})", "official_applied": "Official text of what is applied (as of {day}, before replacements)",
        "bill": "Text of the draft (of {day})", "bill_applied": "Text of the draft applied (of {day}, before replacements)",
        "report": "Text of the report (as of {day})", "report_applied": "Text of the report applied (as of {day}, before replacements)",
        "reported": "Text as published or reported (as of {day})", "reported_applied": "Text applied, as published or reported (as of {day}, before replacements)",
        "assumed": "Text of what is assumed (as of {day})", "assumed_applied": "Text of what is assumed and applied (as of {day}, before replacements)",
        "words": "Words marked",
    },
}  # fmt: skip
#: Why the words of a provision are not shown, though a folder of texts was named.
_NO_TEXT: dict[str, Pair] = {
    "unnamed": ("本文：示せない。この法令の宣言に法令ID（`法令ID`）がなく、フォルダのどの文書かが分からない", "Text: not shown. The instrument declares no e-Gov law id (`egov`), which says which file of the folder is its text"),
    "absent": ("本文：示せない。指定されたフォルダに、法令ID {egov} の文書（{egov}_<日付>_<改正の法令ID>.md など）がない", "Text: not shown. The folder has no file of the law id {egov} (such as {egov}_<day>_<amending id>.md)"),
    "unfixed": ("本文：示せない。施行の日が定まっておらず、どの日の条文によるかを選べない", "Text: not shown. The day of commencement is not fixed, so no day of a text can be chosen"),
    "other_days": ("本文：示せない。指定されたフォルダに、この版が効力を有する間の日付の文書がない", "Text: not shown. The folder has no text of a day on which this version is in force"),
    "elsewhere": ("本文：示せない。{day}の文書に、この番地の文言がない", "Text: not shown. The text of {day} has no words at this place"),
}  # fmt: skip


def versions_at(program: Program, citer: Citer, reach: Reach, on: str | None) -> list[str]:
    """Return the ids of the versions at or below what a citation names (a place, a range, units of a kind), in the law's order.

    Of a place by force of which another applies (準用) it is what is made there of that other. With a day, only what is
    in force on it.
    """
    units = units_of(reach, citer.collected_units(reach))
    found = []
    for version in sorted(program.core.versions, key=lambda v: program.order[v.id]):
        at = parse(version.address)
        if reach.via:
            of = program.versions.get(version.applies)
            here = reach.via[0].by.covers(at) and of is not None and any(u.covers(parse(of.address)) for u in units)
        else:
            here = any(u.covers(at) for u in units)
        if here and (on is None or _holds(version, on)):
            found.append(version.id)
    return found


def built_in(address: Address, lang: Literal["ja", "en"]) -> list[str]:
    """Return one block of lines for each rule at or below an address that no provision encodes, being built into the language."""
    found = []
    for place, does in CONVENTIONS.items():
        title = TITLES.get(place.partition("/")[0])
        if title is not None and (address.covers(parse(place)) or parse(place).covers(address)):
            cite = (print_ja if lang == "ja" else print_en)(
                parse_citation(place), {k: Title(*v) for k, v in TITLES.items()}, ()
            )
            words = pick(does, lang)
            found.append(
                f"{cite}\n  言語に組み込まれた規則（収録した規定ではない。）：{words}。期間を計算する規定のうち、これによるものに働く。`kitei period` で計算を確かめられる。\n"
                if lang == "ja"
                else f"{cite}\n  A rule built into the language, not an encoded provision: {words}. It serves every provision whose period falls under it; `kitei period` shows it at work.\n"
            )  # fmt: skip
    return found


def _holds(version: core.Version, on: str) -> bool:
    if "/" in version.start or version.start > on:
        return False
    return version.end is None or "/" in version.end or on < version.end


def page(
    program: Program, citer: Citer, v: core.Version, official: Official, lang: Literal["ja", "en"], rules: Rules
) -> str:
    """Return one version as lines: its place and heading, its days, our plain statement, the words marked, official words."""
    words = _WORDS[lang]
    cite = citer.data(v.address, v)[lang]
    of = program.versions.get(v.applies)
    lines = []
    if of is None:
        interval = [words["from"].format(start=_day(program, v.start, lang))]
        interval.append(words["open"] if v.end is None else words["until"].format(end=_day(program, v.end, lang)))
        heading = _said(v.heading, lang)
        lines.append(f"{cite}{f'（{heading}）' if heading and lang == 'ja' else f' ({heading})' if heading else ''}")
        lines.append("  " + "／".join([*interval, words["grade"].format(grade=v.grade)]) if lang == "ja" else
                     "  " + ", ".join([*interval, words["grade"].format(grade=v.grade)]))  # fmt: skip
        label = words["plain"]
    else:
        label = words["applied"].format(here=cite, there=citer.data(_written_at(program, of))[lang])
    plain = _said(v.plain, lang)
    if plain:
        lines.append(f"  {label}: {plain}" if lang == "en" else f"  {label}：{plain}")
    lines += [f"  {line}" for line in rules(v)]
    marks = dict.fromkeys(m for m in _marks(program, v) if m.phrase)
    if marks:
        shown = [f"「{m.phrase}」{_at(citer, m.address, lang)}" for m in marks]
        lines.append(
            f"  {words['words']}{'：' if lang == 'ja' else ': '}{'、'.join(shown) if lang == 'ja' else ', '.join(shown)}"
        )
    written = _written(program, v)
    words_then = official(written)
    if isinstance(words_then, str):
        reason, _, day = words_then.partition(" ")
        egov = program.instruments[parse(written.address).instrument].egov
        lines.append("  " + pick(_NO_TEXT[reason], lang).format(egov=egov, day=day))
    elif words_then is not None:
        day, official_words = words_then
        sort = _text_called(program.instruments[parse(written.address).instrument])
        label = words[sort if of is None else f"{sort}_applied"].format(day=day)
        lines.append(f"  {label}: {official_words}" if lang == "en" else f"  {label}：{official_words}")
    return escape("\n".join(lines)) + "\n"


def _text_called(instrument: core.Instrument) -> str:
    """Return what the text of an instrument is called, as a key of `_WORDS`: only what is promulgated is so called."""
    if instrument.status in ("proposed", "drafted"):
        return "report" if instrument.kind == "report" else "bill"
    return instrument.status if instrument.status in ("reported", "assumed") else "official"


def _day(program: Program, day: str, lang: Literal["ja", "en"]) -> str:
    """Return a day, or the name of a commencement whose day is not fixed."""
    commencement = program.commencements.get(day)
    return (_said(commencement.label, lang) or day) if commencement else day


def _written(program: Program, v: core.Version) -> core.Version:
    """Return the version in which the words of one are written, however many provisions apply it."""
    return _written(program, program.versions[v.applies]) if v.applies else v


def _written_at(program: Program, v: core.Version) -> str:
    """Return where a version is written and by which provisions it stands where it does, as a citation writes it."""
    return f"{_written_at(program, program.versions[v.applies])} via {v.address}" if v.applies else v.address


def _at(citer: Citer, address: str, lang: Literal["ja", "en"]) -> str:
    return f"（{citer.ja(address)}）" if lang == "ja" else f" ({citer.en(address)})"


def _said(words: core.Wording, lang: Literal["ja", "en"]) -> str:
    return (words.ja or words.en) if lang == "ja" else (words.en or words.ja)


def _marks(program: Program, v: core.Version) -> list[core.Mark]:
    of = program.core
    groups = (of.clauses, of.slots, of.parameters, of.norms, of.sanctions, of.savings)
    return [m for group in groups for record in group if record.version == v.id for m in record.marks]

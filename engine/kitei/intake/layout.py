"""How a form of facts is laid out in a workbook: its sheets, their columns and the words in both languages.

Known to the writer (`kitei.forms`) and to the reader (`workbook`), so that what one writes the other reads. A heading may be
in Japanese, in English, in both, or be its key. Sheets of facts are named after kinds of entity.
"""

from __future__ import annotations

from kitei.wording import Lang, Pair
from kitei_dsl.core import Program

#: The sheets that are not about one kind: what to do, the case, the entities there are, and the values to choose from.
GUIDE: Pair = ("説明", "Instructions")
CASE: Pair = ("案件", "Case")
LIST: Pair = ("一覧", "List")
CHOICES: Pair = ("選択肢", "Choices")

#: Rows of the sheet of the case: field of the facts and its words.
CASE_ROWS: dict[str, Pair] = {
    "title": ("件名", "title"),
    "as_of": ("基準日", "as of (day)"),
    "subject": ("主たる対象（呼び名）", "subject (id)"),
    "goals": ("この様式の対象とする問い", "what the form was made for"),
    "world": ("対象とする法状態", "the law it was made for (world)"),
    "note": ("注", "note"),
    "sources": ("出典", "sources"),
}
#: Rows of the case that are one field of the facts, `made_for`.
MADE_FOR = ("goals", "world")
CASE_COLUMNS: dict[str, Pair] = {"item": ("項目", "item"), "answer": ("答え", "answer")}
LIST_COLUMNS: dict[str, Pair] = {
    "id": ("呼び名", "id"),
    "kind": ("種類", "kind"),
    "ja": ("名称（日本語）", "name in Japanese"),
    "en": ("名称（英語）", "name in English"),
}
#: Columns of a sheet of facts. Those in `SAID` are for the reader of the form and are not read back.
COLUMNS: dict[str, Pair] = {
    "id": ("呼び名", "id"),
    "item": ("項目", "item"),
    "question": ("質問", "question"),
    "type": ("型・単位", "type and unit"),
    "choices": ("書けるもの", "what may be written"),
    "evidence": ("区別", "class"),
    "cite": ("根拠", "citation"),
    "answer": ("答え", "answer"),
    "complete": ("これで全部か", "is the list complete?"),
    "from": ("から（この日を含む）", "from (this day included)"),
    "to": ("まで（この日を含まない）", "until (this day not included)"),
    "source": ("出典", "source"),
    "assessor": ("評価した者", "assessor"),
    "reason": ("評価の理由", "reason"),
    "note": ("注", "note"),
    "recorded": ("記録した日", "recorded on"),
    "corrects": ("先の記録の訂正か", "does it correct earlier records?"),
}
SAID = ("question", "type", "choices", "evidence", "cite")
DAYS = ("from", "to", "recorded")

YES: Pair = ("はい", "yes")
NO: Pair = ("いいえ", "no")
NONE: Pair = ("なし", "none")
#: What counts as yes and no in a cell.
TRUTHS = {
    **dict.fromkeys(("はい", "yes", "true", "○"), "true"),
    **dict.fromkeys(("いいえ", "no", "false", "×"), "false"),
}

#: What no sheet's name may hold, and how long it may be.
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))
_LONGEST = 31

#: How a workbook is bounded: rows of a sheet, columns, letters of a cell.
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_TEXT = 32_767
#: Excel keeps fifteen digits of a number; what has more is not what was typed.
MOST_EXACT = 10**15 - 1


def both(pair: Pair) -> str:
    """The words of a pair one after the other, once where they are the same."""
    return " / ".join(dict.fromkeys(p for p in pair if p))


def spelled(pair: Pair, lang: Lang | None) -> str:
    """A heading in a language, or in both."""
    return both(pair) if lang is None else pair[0] if lang == "ja" else pair[1]


def titled(pair: Pair, lang: Lang | None) -> str:
    """The title of a sheet that is not about one kind; Excel allows no slash in it."""
    return spelled(pair, lang).replace(" / ", " ")


def spellings(table: dict[str, Pair]) -> dict[str, str]:
    """Every way a heading may be written, and its key."""
    found: dict[str, str] = {}
    for key, pair in table.items():
        for text in (key, *pair, both(pair)):
            found.setdefault(text, key)
    return found


def sheet_titles(program: Program, lang: Lang | None) -> dict[str, str]:
    """The sheet of each kind, by the kind's name: its name as Excel allows it, in Japanese unless English is asked for."""
    taken = {t.casefold() for pair in (GUIDE, CASE, LIST, CHOICES) for t in (*pair, titled(pair, None))}
    titles = {}
    for kind in program.kinds:
        wanted = (kind.name if lang == "en" else kind.alias or kind.name).translate(_FORBIDDEN)[:_LONGEST]
        title, n = wanted, 2
        while title.casefold() in taken:
            title, n = f"{wanted[: _LONGEST - 4]}~{n}", n + 1
        taken.add(title.casefold())
        titles[kind.name] = title
    return titles

"""What a person typed, read as a command or as an answer to one question, in Japanese or English.

Comes in: a typed line and the question it answers. Goes out: a command's name, or the answer as a facts file spells it
(`true`, `5億円`, `2024-05-31`, `4502.9 BTC`). Whether a value is allowed is asked of the reader of facts itself, so an
answer typed and a fact written are read alike. A refusal says, in both languages, what an answer looks like.
Deliberately not here: what an answer does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from fractions import Fraction

from kitei.facts_read import day_of, errors, read_facts
from kitei.naming import clean
from kitei.values import decimal
from kitei_dsl import core
from kitei_dsl.core import Wording

COMMANDS: dict[str, tuple[str, ...]] = {
    "unknown": (
        "わからない",
        "分からない",
        "わかりません",
        "分かりません",
        "不明",
        "不明です",
        "unknown",
        "don't know",
        "dont know",
    ),
    "skip": ("あとで", "後で", "飛ばす", "スキップ", "skip", "skip for now", "later"),
    "back": ("戻る", "もどる", "back"),
    "why": ("なぜ", "理由", "why", "why?", "なぜ?"),
    "review": ("一覧", "見直す", "見直し", "review"),
    "status": ("結論", "状況", "status"),
    "save": ("保存", "save", "続き", "再開", "resume"),
    "quit": ("終了", "やめる", "quit", "exit", "q"),
    "help": ("ヘルプ", "使い方", "help", "h", "?"),
}
_CHANGE = re.compile(r"(?:変更|直す|change|review|一覧)\s*(\d{1,4})(?:番)?")
YES = (
    "はい",
    "有",
    "あり",
    "あります",
    "している",
    "しています",
    "そうです",
    "該当する",
    "該当します",
    "該当",
    "yes",
    "y",
    "true",
    "○",
)
NO = (
    "いいえ",
    "無",
    "していない",
    "していません",
    "違います",
    "該当しない",
    "該当しません",
    "非該当",
    "no",
    "n",
    "false",
    "×",
)
NONE = (
    "なし",
    "無し",
    "ない",
    "ありません",
    "ございません",
    "特になし",
    "該当なし",
    "none",
    "nil",
    "nothing",
    "there is none",
)
#: What is said of an act that has not been done: there is no day of it.
NOT_YET = ("まだ", "まだです", "未了", "未済", "未定", "まだない", "not yet", "not done", "not filed", "never")
_NOT_DONE = re.compile(
    r"(?:まだ)?未(?:提出|届出|届|報告|了|済|実施|実行|公表|交付|作成|受領|納付|開示|登録|完了|履行|締結|通知|説明|返還|監査)(?:です|である)?|(?:まだ)?[一-龥ぁ-ん]{0,10}(?:していない|していません|しておりません|されていない)|not (?:yet )?[a-z]+ed(?: yet)?"
)
ALL = ("全部", "すべて", "全て", "all")
#: More characters than these are no answer to any question.
LONGEST = 2000

_TIMES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_UNITS = {"日": "days", "週間": "weeks", "週": "weeks", "か月": "months", "ヶ月": "months", "月": "months", "年": "years",
          "営業日": "business days"}  # fmt: skip


class BadReply(ValueError):
    """An answer that cannot be taken; `words` says why and what would be one."""

    def __init__(self, ja: str, en: str) -> None:
        super().__init__(en)
        self.words = Wording(ja, en)


def plain(text: str) -> str:
    """Return a typed line with full-width characters as plain ones and white space joined."""
    return " ".join(unicodedata.normalize("NFKC", text).replace("−", "-").split())


def command(text: str) -> tuple[str, int | None] | None:
    """Return the command a line is, and the number it names; None for an answer."""
    typed = plain(text).lower().removesuffix("。")
    if match := _CHANGE.fullmatch(typed):
        return "change", int(match[1])
    return next(((name, None) for name, words in COMMANDS.items() if typed in words), None)


def is_yes(text: str) -> bool:
    return plain(text).lower().removesuffix("。") in YES


def is_no(text: str) -> bool:
    return plain(text).lower().removesuffix("。") in NO


def is_none(text: str) -> bool:
    return plain(text).lower().removesuffix("。") in (*NONE, "")


def is_not_done(text: str) -> bool:
    """Say whether a text says of an act that it has not been done: 未提出, まだ, not yet, not filed."""
    typed = plain(text).lower().removesuffix("。")
    return typed in NOT_YET or _NOT_DONE.fullmatch(typed) is not None


# --------------------------------------------------------------------------- one reading per sort of answer


def read_value(text: str, attribute: core.Attribute, program: core.Program) -> str:
    """Return an answer about an attribute as the facts spell it (`none`: there is none). Raises BadReply."""
    typed = plain(text).removesuffix("。")
    if len(typed) > LONGEST:
        raise BadReply("長すぎます。", "That is too long to be an answer.")
    sort = attribute.type.partition(":")[0]
    if typed and (is_none(typed) or (sort == "date" and is_not_done(typed))):
        if not attribute.optional:
            raise BadReply(f"「{clean(typed[:40])}」とは答えられません。分からなければ「わからない」。{expected(attribute, program).ja}",
                           f"`{clean(typed[:40])}` is no answer here; say `unknown` if nobody can tell. {expected(attribute, program).en}")  # fmt: skip
        return "none"
    spelled = {"truth": _truth, "yen": _yen, "rate": _rate, "number": _count, "quantity": _quantity, "date": day,
               "span": _span}.get(sort, lambda t: t)(typed)  # fmt: skip
    if sort == "enum":
        spelled = _listed(typed, attribute, program)
    if spelled is None or not _readable(spelled, attribute, program):
        shown = clean(typed[:40])
        if sort == "date" and _MONTH.fullmatch(typed):
            raise _day_wanted(shown)
        raise BadReply(f"「{shown}」は読めません。{expected(attribute, program).ja}",
                       f"`{shown}` cannot be read here. {expected(attribute, program).en}")  # fmt: skip
    return spelled


def read_day(text: str) -> str:
    """Return a day in ISO form. Raises BadReply."""
    typed = plain(text).removesuffix("。")
    found = day(typed)
    if found is None and _MONTH.fullmatch(typed):
        raise _day_wanted(clean(typed))
    if found is None:
        raise BadReply(f"「{clean(plain(text)[:40])}」は日として読めません。例：2026-11-22、令和8年11月22日。",
                       f"`{clean(plain(text)[:40])}` is no day. For example: 2026-11-22.")  # fmt: skip
    return found


#: A month of a year, where a day is wanted.
_MONTH = re.compile(
    r"[0-9]{4}[-/.][0-9]{1,2}|(?:[0-9]{4}|(?:明治|大正|昭和|平成|令和)(?:元|[0-9]{1,2}))年(?:[0-9]{1,2}月)?"
)


def _day_wanted(shown: str) -> BadReply:
    return BadReply(f"「{shown}」には日がありません。日まで答えてください（例 2026-11-22、令和8年11月22日）。",
                    f"`{shown}` has no day in it: give the day too (2026-11-22).")  # fmt: skip


def read_names(text: str) -> tuple[str, ...]:
    """Return the names in a line, in order, each once."""
    names = (clean(n).strip(" 「」『』\"'") for n in re.split(r"[、,;]", unicodedata.normalize("NFKC", text)))
    found = tuple(dict.fromkeys(n for n in names if n))
    if any(len(n) > 100 for n in found) or len(found) > 100:
        raise BadReply("名前が長すぎるか、多すぎます。", "A name is too long, or there are too many.")
    return found


def read_choices(text: str, choices: Sequence[tuple[str, Wording]], many: bool) -> tuple[str, ...]:
    """Return what was chosen by number, name or label. Raises BadReply."""
    typed = plain(text).removesuffix("。")
    if many and typed.lower() in ALL:
        return tuple(value for value, _ in choices)
    found = []
    for part in re.split(r"[、,;]\s*|\s+(?=\d)", typed) if many else [typed]:
        if part.isascii() and part.isdigit() and 1 <= int(part[:6]) <= len(choices):
            found.append(choices[int(part) - 1][0])
            continue
        spelled = _chosen(part.lower(), choices)
        if len(spelled) > 1:
            raise several(part, [(n, label) for n, (v, label) in enumerate(choices, 1) if v in spelled])
        if not spelled:
            raise BadReply(f"「{clean(part[:40])}」は選べません。1から{len(choices)}までの番号で答えてください。",
                           f"`{clean(part[:40])}` is not one of these; answer with a number from 1 to {len(choices)}.")  # fmt: skip
        found.append(spelled[0])
    return tuple(dict.fromkeys(found))


def _chosen(typed: str, choices: Sequence[tuple[str, Wording]]) -> list[str]:
    """Return the choices that a text names, or else those that it begins."""
    names = [(v, [v.lower(), plain(label.ja).lower(), plain(label.en).lower()]) for v, label in choices]
    exact = [v for v, of in names if typed in of]
    begun = exact or [v for v, of in names if len(typed) > 1 and any(n.startswith(typed) for n in of)]
    words = typed.split()
    return begun or [v for v, of in names if len(typed) > 1 and any(all(w in n for w in words) for n in of)]


def several(typed: str, meant: Sequence[tuple[int, Wording]]) -> BadReply:
    """Return the refusal of words that fit several things, with what they are and the numbers they were shown under."""
    shown, some = clean(typed[:40]), meant[:8]
    ja = "、".join(f"{n}. {w.ja}" if n else w.ja for n, w in some) + (
        f"、ほか{len(meant) - 8}件" if len(meant) > 8 else ""
    )
    en = "; ".join(f"{n}. {w.en}" if n else w.en for n, w in some) + (
        f"; {len(meant) - 8} more" if len(meant) > 8 else ""
    )
    return BadReply(f"「{shown}」に当たるものは{len(meant)}件あります：{ja}。番号か、もっと長い言葉で答えてください。",
                    f"`{shown}` fits {len(meant)}: {en}. Answer with a number, or with more words.")  # fmt: skip


def expected(attribute: core.Attribute, program: core.Program) -> Wording:
    """Say what counts as an answer about an attribute."""
    sort, _, of = attribute.type.partition(":")
    ja, en = _EXPECTED.get(sort, ("", ""))
    if sort == "enum":
        listed = next(e for e in program.enumerations if e.name == of)
        ja, en = f"1から{len(listed.values)}までの番号", f"a number from 1 to {len(listed.values)}"
    if attribute.low is not None or attribute.high is not None:
        low, high = attribute.low or "", attribute.high or ""
        ja, en = f"{ja}（{low}〜{high}）", f"{en} ({low} to {high})"
    if attribute.optional:
        ja, en = (
            (f"{ja}、まだなら「なし」", f"{en}, or `none` if it has not happened")
            if sort == "date"
            else (f"{ja}、なければ「なし」", f"{en}, or `none`")
        )
    return Wording(f"答え方：{ja}。", f"An answer is: {en}.")


_EXPECTED = {
    "truth": ("はい／いいえ", "yes or no"),
    "yen": ("円の額（例 5億円、500,000,001）", "an amount of yen (5億円, 500,000,001, 4.5 billion)"),
    "rate": ("割合（例 3.5%、1/20）", "a rate (3.5%, 1/20)"),
    "number": ("個数（整数。例 3）", "a whole number (3)"),
    "quantity": ("数量と銘柄（例 4502.9 BTC）", "an amount and its asset (4502.9 BTC)"),
    "date": ("日（例 2026-11-22、令和8年11月22日）", "a day (2026-11-22)"),
    "span": ("期間（例 3月、10日）", "a period (3 months, 10 days)"),
    "calendar": ("administrative 又は bank", "administrative or bank"),
}


def _truth(typed: str) -> str | None:
    return "true" if is_yes(typed) else "false" if is_no(typed) else None


def _yen(typed: str) -> str | None:
    text = re.sub(r"^(?:jpy|yen|¥|\\)\s*", "", typed, flags=re.I)
    text = re.sub(r"\s*(?:jpy|yen|円)$", "", text, flags=re.I)
    if match := re.fullmatch(r"([0-9][0-9,]*(?:\.[0-9]+)?)\s*(thousand|million|billion|trillion)", text, flags=re.I):
        exact = Fraction(match[1].replace(",", "")) * _TIMES[match[2].lower()]
        return decimal(exact) if exact.denominator == 1 else None
    return re.sub(r"\s+", "", text) + ("円" if re.search("[兆億万]", text) else "") or None


def _rate(typed: str) -> str | None:
    text = re.sub(r"\s*(?:%|percent|per cent|パーセント)$", "%", typed, flags=re.I)
    if re.fullmatch(r"[0-9.]+", text) and not re.match(r"[01](\.|$)", text):
        return None  # 5 may be meant as 5 or as 5%: nothing is guessed
    return text


def _count(typed: str) -> str | None:
    return re.sub(r"\s*(?:個|件|本|つ|人|名|口)$", "", typed)


def _quantity(typed: str) -> str | None:
    match = re.fullmatch(r"([0-9][0-9,]*(?:\.[0-9]+)?)\s*([A-Za-z][A-Za-z0-9]{1,9})", typed)
    return f"{match[1].replace(',', '')} {match[2].upper()}" if match else None


def day(typed: str) -> str | None:
    """Return a day in ISO form, however days may be written in facts, or None."""
    found = day_of(typed)
    return None if found is None else found.isoformat()


def _span(typed: str) -> str | None:
    match = re.fullmatch(r"(\d+)\s*(\D+)", typed)
    unit = match and _UNITS.get(match[2].removesuffix("間").strip(), match[2])
    return f"{match[1]} {unit}" if match else None


def _listed(typed: str, attribute: core.Attribute, program: core.Program) -> str | None:
    listed = next(e for e in program.enumerations if e.name == attribute.type.partition(":")[2])
    if typed in listed.aliases and typed:
        return listed.values[listed.aliases.index(typed)]
    try:
        return read_choices(typed, tuple(zip(listed.values, listed.labels, strict=True)), many=False)[0]
    except BadReply:
        return None


def _readable(spelled: str, attribute: core.Attribute, program: core.Program) -> bool:
    """Ask the reader of facts whether it would take the value."""
    import json

    name = json.dumps(spelled, ensure_ascii=False)
    fact = f'{{"entities": {{"e": {{"kind": "{attribute.kind}", "{attribute.name}": {name}}}}}}}'
    return not errors(read_facts(fact.encode("utf-8", "replace"), "", program)[1])

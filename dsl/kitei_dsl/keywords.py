"""Every keyword of the grammar with its Japanese twin, and the phrases that read better as one Japanese word.

The grammar writes keywords in English; the skin that reads and prints Japanese needs only these tables. A twin is one
fixed word, written as the grammar places it (no inflection), and no two keywords or phrases share one, so the tables
can be read both ways. Deliberately not here: names, literals and the order of words.
"""

from __future__ import annotations

from kitei_dsl.frozen import Frozen

KEYWORDS: dict[str, str] = {
    # ---- languages and what is said about a thing
    "ja": "和文",
    "en": "英文",
    "label": "名称",
    "question": "質問",
    "note": "注記",
    "cite": "根拠",
    # ---- instruments, commencement, worlds
    "instrument": "法令",
    "type": "種別",
    "status": "現況",
    "title": "題名",
    "short": "略称",
    "number": "整数",
    "egov": "法令ID",
    "source": "出典",
    "text": "条文",
    "grade": "確度",
    "single": "単独",
    "paragraph": "項",
    "commencement": "施行期日",
    "promulgated": "公布日",
    "world": "前提",
    "suppose": "仮に",
    "in": "所属",
    "force": "施行",
    "from": "始期",
    "only": "限定",
    "without": "除外",
    "assume": "仮定",
    "order": "政令",
    "bill": "法案",
    "report": "報告書",
    "press": "報道",
    "enacted": "公布済み",
    "proposed": "提案段階",
    "drafted": "起草段階",
    "reported": "報道段階",
    "assumed": "想定上",
    # ---- types of values
    "truth": "真偽",
    "yen": "金額",
    "rate": "率",
    "quantity": "数量",
    "date": "日付",
    "span": "期間",
    "calendar": "暦",
    # ---- vocabulary
    "kind": "種類",
    "dated": "時点付き",
    "enumeration": "列挙",
    "value": "値",
    "attribute": "属性",
    "if": "もし",
    "any": "いずれかの",
    "evaluation": "評価",
    "act": "法律",
    "authority": "当局",
    "between": "範囲",
    "relation": "関係",
    "role": "役割",
    "one": "単数",
    "many": "複数",
    "term": "用語",
    "combined": "合成",
    "norm": "規範",
    "reading": "解釈",
    "choice": "説",
    # ---- provisions and definitions
    "provision": "規定",
    "until": "終期",
    "heading": "見出し",
    "plain": "平文",
    "define": "定義",
    "add": "加算",
    "deem": "みなし",
    "presume": "推定",
    "block": "適用除外",
    "otherwise": "その他の場合",
    "slot": "委任",
    "fill": "補充",
    "continue": "継続",
    "parameter": "定数",
    "as": "呼称",
    "named": "識別名",
    "scope": "適用範囲",
    "required": "必要的",
    "optional": "任意的",
    "pending": "未制定",
    "cabinet_order": "政令の定め",
    "ordinance": "府省令",
    "notice": "告示",
    "supplementary_provisions": "附則",
    "contract": "契約",
    "when": "場合",
    "is": "は",
    "means": "とは",
    "includes": "含む",
    "proviso": "ただし書の",
    "to": "対",
    "notwithstanding": "にかかわらず",
    "yields": "劣後する",
    "purposes": "目的",
    "given": "採用",
    "made": "制定",
    "anew": "改めて",
    "end": "終わり",
    # ---- norms
    "duty": "義務",
    "prohibition": "禁止",
    "permission": "許容",
    "power": "権限",
    "entitlement": "請求権",
    "right": "権利",
    "effect": "効力",
    "liability": "賠償責任",
    "effort": "努力義務",
    "must_contain": "必要的記載",
    "for": "について",
    "each": "個々",
    "anchored": "基準",
    "at": "適用率",
    "do": "実施",
    "achieve": "達成",
    "keep": "維持",
    "avoid": "回避",
    "on": "履行日",
    "by": "期限",
    "immediately": "直ちに",
    "promptly": "速やかに",
    "without_delay": "遅滞なく",
    "in_advance": "あらかじめ",
    "amount": "額",
    "towards": "相手方",
    "lifts": "解除",
    # ---- sanctions and savings
    "sanction": "制裁",
    "criminal": "刑罰",
    "administrative_fine": "過料",
    "surcharge": "課徴金",
    "administrative": "行政処分",
    "civil": "民事",
    "whose": "違反者",
    "imprisonment": "拘禁刑",
    "up": "以下",
    "fine": "罰金",
    "both": "併科",
    "allowed": "可",
    "corporate": "両罰",
    "no": "なし",
    "former": "従前",
    "continues": "例による",
    # ---- expressions
    "not": "非",
    "and": "かつ",
    "or": "又は",
    "then": "ならば",
    "else": "さもなければ",
    "of": "対象",
    "has": "存在",
    "filled": "補充済み",
    "unencoded": "未記述",
    "unverified": "条文未確認",
    "true": "真",
    "false": "偽",
    "where": "うち",
    "every": "全ての",
    "some": "ある",
    "sum": "合計",
    "least": "最小",
    "greatest": "最大",
    "earliest": "最先",
    "latest": "最後",
    "all": "一切",
    "mode": "態様",
    "binds": "拘束する",
    "transition": "経過措置",
    "who": "対象者",
    "acts": "行為の範囲",
    "ends": "終了",
    "extended": "延長",
    "while": "間",
    "lapses": "失効",
    "deems": "とみなす",
    "apply": "準用する",
    "except": "準用しない範囲",
    "replace": "読替え",
    "with": "を以て",
    "item": "号",
    "progressive": "累進計算",
    "above": "超過",
    "proved": "証明",
    "that": "次の事実",
    "unless": "を除き",
    "cases": "区分に応じ",
    "case": "区分",
    "commencement_day": "施行の日",
    "reference_day": "基準日",
    "under": "適用",
    "the": "その",
    # ---- days and periods
    "after": "翌日起算",
    "counting": "当日起算",
    "before": "前日遡算",
    "clear_before": "中を置き遡算",
    "elapsed_after": "経過後翌日起算",
    "elapsed_counting": "経過後当日起算",
    "rolled": "順延",
    "filing": "届出等",
    "custom": "慣習",
    "business": "営業",
    "day": "日間",
    "days": "日",
    "week": "週間",
    "weeks": "週",
    "month": "月",
    "months": "箇月",
    "year": "年間",
    "years": "年",
    "day_of_next_month": "翌月の日",
    "days_between": "日数",
    "last_day_of_month": "月の末日",
    "year_of": "年次",
    "round_down": "切捨て",
    "round_up": "切上げ",
    "round_half_up": "四捨五入",
}


class Phrase(Frozen):
    """Keywords that stand side by side and are written as one Japanese word.

    Where `before` names terminals of the grammar, the word is written only if one of them follows: `by "…"` names who
    assumes, any other `by` a due day. Reading needs no `before`: the word always stands for these keywords.
    """

    words: tuple[str, ...]
    twin: str
    before: frozenset[str] = frozenset()


def _phrase(words: str, twin: str, *before: str) -> Phrase:
    return Phrase(tuple(words.split()), twin, frozenset(before))


#: Tried in this order, so a longer phrase stands before one it begins with.
PHRASES: tuple[Phrase, ...] = (
    _phrase("in force from", "施行日"),
    _phrase("text of", "条文日", "DATE"),
    _phrase("single paragraph", "一項のみの条"),
    _phrase("number", "法令番号", "JA", "EN"),
    _phrase("number", "数", "NAME"),
    _phrase("by", "仮定者", "STRING"),
    _phrase("dated by", "日付属性"),
    _phrase("combined by", "合成方法"),
    _phrase("if any", "あれば"),
    _phrase("act of authority", "当局の行為"),
    _phrase("for cabinet_order", "政令委任"),
    _phrase("for ordinance", "府省令委任"),
    _phrase("for notice", "告示委任"),
    _phrase("for supplementary_provisions", "附則委任"),
    _phrase("for contract", "契約委任"),
    _phrase("for purposes of", "目的限定"),
    _phrase("for all purposes", "目的不問"),
    _phrase("for each", "各"),
    _phrase("anchored at", "適用基準日"),
    _phrase("for", "対象規定", "ADDRESS", "NAME"),
    _phrase("proviso to", "ただし書"),
    _phrase("yields to", "劣後"),
    _phrase("made anew", "改めて制定"),
    _phrase("no sanction for", "制裁なし"),
    _phrase("former text continues for", "なお従前の例による"),
    _phrase("keep in force", "なおその効力を有する"),
    _phrase("up to", "上限"),
    _phrase("both allowed", "併科可"),
    _phrase("any of", "いずれかに該当"),
    _phrase("all of", "全てに該当"),
    _phrase("unless proved by", "抗弁の証明者"),
    _phrase("proved by", "証明者"),
    _phrase("progressive on", "累進"),
    _phrase("above at", "超過分の率"),
    _phrase("at least", "少なくとも"),
    _phrase("at latest", "延長限度"),
    _phrase("as at", "時点"),
    _phrase("under the text of", "適用条文日"),
    _phrase("rolled for", "休日順延"),
    _phrase("business days of", "営業日"),
)

#: What each Japanese word stands for.
ENGLISH: dict[str, tuple[str, ...]] = {
    **{twin: (word,) for word, twin in KEYWORDS.items()},
    **{phrase.twin: phrase.words for phrase in PHRASES},
}

#: Everyday nouns among the twins: they are names too, wherever the grammar takes no keyword.
NOUNS = frozenset({"対象", "所属", "呼称"})

#: Counted units are printed in one form; the other is read too.
PLURALS = {"day": "days", "week": "weeks", "month": "months", "year": "years"}

#: Connecting words: a name that begins or ends with one of them, stuck to other writing, is nearly always a slip.
_STUCK = ("and", "or", "not", "if", "then", "else", "when", "end", "is", "of", "where", "in", "as", "means", "includes")
_STUCK_TWINS_BEFORE = ("かつ", "又は", "もし", "ならば", "さもなければ", "場合", "とは", "全ての", "終わり")
_STUCK_TWINS_AFTER = ("かつ", "又は", "ならば", "さもなければ", "終わり")


def stuck(name: str) -> tuple[str, str] | None:
    """Return the keyword hidden in a name and the name set apart from it, or None.

    >>> stuck("and通貨"), stuck("登録かつ"), stuck("android")
    (('and', 'and 通貨'), ('かつ', '登録 かつ'), None)
    """
    for word in (*_STUCK, *_STUCK_TWINS_BEFORE):
        rest = name.removeprefix(word)
        if rest and rest != name and (not word.isascii() or not _latin(rest[0])):
            return word, f"{word} {rest}"
    for word in (*_STUCK, *_STUCK_TWINS_AFTER):
        rest = name.removesuffix(word)
        if rest and rest != name and (not word.isascii() or not _latin(rest[-1])):
            return word, f"{rest} {word}"
    return None


def _latin(character: str) -> bool:
    return character.isascii() or character.isdigit()

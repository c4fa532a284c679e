"""A diagnostic in the reader's language.

Comes in: a `Diagnostic`, whose own wording is English. Goes out: the same with its message, help and the notes beside
other places in Japanese. The sentence comes from `codes_ja` by slug; what the pass put into its fields (types, lists of
what was expected, suggestions) is told by the phrases here, outside backquotes, so names stay as the drafter wrote them.
Deliberately not here: the sentences of diagnostics.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kitei_dsl.codes import CODES
from kitei_dsl.codes_ja import JAPANESE
from kitei_dsl.diagnostics import Diagnostic, escape
from kitei_dsl.frozen import replace
from kitei_dsl.keywords import KEYWORDS, PHRASES
from kitei_dsl.parser_table import is_japanese

#: Fields that are names, places or words of the author: never told in other words.
_AS_WRITTEN = frozenset(
    (
        *(
            "name",
            "address",
            "other",
            "others",
            "scopes",
            "label",
            "day",
            "start",
            "end",
            "known",
            "cycle",
            "over",
            "target",
        ),
        *(
            "base",
            "instrument",
            "text",
            "size",
            "limit",
            "code",
            "word",
            "mended",
            "grade",
            "phrase",
            "candidates",
            "one",
            "block",
            "allowed",
            "allowed_ja",
            "fix",
        ),
        *("cited", "cited_ja", "cited_en", "now", "now_ja", "now_en", "earlier", "date", "reason_ja", "reason_en"),
        *("title_ja", "title_en", "days_ja", "days_en", "count", "words", "file"),
    )
)

#: Whole phrases, longest first when they are looked for.
_PHRASES: dict[str, str] = {
    # what may follow
    "a value or a condition": "値又は条件",
    "the half-width letter": "半角の",
    "the half-width capital": "半角の大文字",
    "since an amount ends in 円": "額の終わりには円が要ります",
    "more of the expression": "式の続き",
    "a name with hyphens": "ハイフンを含む名",
    "a name": "名",
    'a text in "quotes"': '"…"で囲んだ文',
    "an address such as psa/63_11/2": "番地（例：psa/63_11/2）",
    'a mark @"…"': '根拠文言 @"…"',
    "a date such as 2026-06-01": "日付（例：2026-06-01）",
    "a number": "数",
    "an amount of yen": "円の額",
    "a rate such as 5%": "率（例：5%）",
    "an amount such as 2 BTC": "数量（例：2 BTC）",
    "a comparison": "比較の記号",
    "+ or -": "+又は-",
    "* or /": "*又は/",
    "the end of the file": "ファイルの終わり",
    "the half-width sign": "半角の記号",
    'a closing " on the same line': "同じ行の閉じる引用符",
    "a space after or before the keyword": "予約語の前後の空白",
    # words of law
    "as a line of the exception, which is a provision of its own (t/5/proviso)": "例外を書いた独立の規定（t/5/proviso）の中の行として",
    "as a line of the definition or norm": "定義又は規範の中の行として",
    "as a line of the duty": "義務の中の行として",
    "as a block of its own in the provision": "規定の中の独立したまとまりとして",
    "after the condition's keyword": "条件を示す予約語の後に",
    "before what is denied": "打ち消すものの前に",
    "before the condition": "条件の前に",
    "or, of an authority,": "又は、当局については",
    # suggestions
    "declare it": "宣言してください",
    "it has": "ここにあるのは",
    "no norm is there": "ここに規範はありません",
    # sorts of names
    "fact, term, slot or variable": "事実・用語・委任・変数",
    "commencement": "施行期日",
    "enumeration": "区分",
    "instrument": "法令",
    "attribute": "属性",
    "parameter": "定数",
    "reading": "解釈",
    "choice": "説",
    "norm": "規範",
    "role": "役割",
    "slot": "委任",
    "term": "用語",
    "type": "型",
    "kind": "種類",
    "world": "前提",
    # types
    "two amounts or days of one type": "同じ型の二つの量又は日付",
    "two amounts of one type": "同じ型の二つの量",
    "two values of one type": "同じ型の二つの値",
    "amounts or days of one type": "同じ型の量又は日付",
    "an amount and a unit of the same type": "量と、同じ型の単位",
    "an amount and a plain number": "量と、単位のない数",
    "an amount by a plain number, or like by like": "量を単位のない数で割ること、又は同じ型どうしの割り算",
    "an amount or a day": "量又は日付",
    "an amount": "量",
    "a truth term": "真偽の用語",
    "truths": "真偽",
    "truth": "真偽",
    "yen": "金額",
    "rate": "率",
    "quantity": "数量",
    "number": "整数",
    "date": "日付",
    "span": "期間",
    "calendar": "暦",
    "anything": "任意の型",
    "something else": "別のもの",
    "one always there": "常に存在する属性",
    "a period counted forward (after, counting)": "将来に向かって数える期間（after、counting）",
    "no such line": "該当する行なし",
    # literals
    "a number of days": "日数",
    "a number of members": "人数・個数",
    "a literal": "値",
    "a value": "値",
    "not a whole number of 1 or more": "1以上の整数ではありません",
    "a period is a whole number of 1 or more": "期間は1以上の整数で書きます",
    "more than 400 digits": "400桁を超えています",
    "an amount of yen is whole": "円の額に端数は付けられません",
    "no such day": "そのような日はありません",
    "no number": "数ではありません",
    "per zero": "零で割っています",
    # advice on types
    "multiply the rate by an amount of yen": "率に円の額を乗じてください",
    "write the amount with its unit, for example": "単位を付けて額を書いてください。例：",
    "compare the declaration of each name used": "使った名それぞれの宣言を見比べてください",
    "both branches have one type": "thenとelseの値は同じ型にします",
    "only forward periods move off a holiday": "休日で順延するのは将来に向かう期間だけです",
    "defines what something is": "は、あるものが何であるかを定めます",
    "joins values of": "が合わせるのは次の型の値です：",
    # places
    "the clause": "定め",
    "the norm": "規範",
    "the saving": "経過措置",
    "blocks": "適用除外",
    "proviso to": "ただし書",
    "notwithstanding": "「にかかわらず」",
    "yields to": "劣後",
    # norms
    "duty": "義務",
    "prohibition": "禁止",
    "must_contain": "必要的記載",
    "do": "`do`",
    "achieve": "`achieve`",
    "keep": "`keep`",
    "avoid": "`avoid`",
    # addresses
    "does not begin with an instrument, such as": "の初めに法令の略号がありません。例：",
    "understood": "読み取れたのは",
    "but not": "読み取れないのは",
    "expected": "ここに書けるもの：",
    "the end": "終わり",
    "an article such as": "条（例：",
    "or a paragraph without article such as": "条のない項（例：",
    "and an e-Gov id": "と法令ID",
    "or a unit such as": "その他の単位（例：",
    "a paragraph": "項",
    "an item": "号",
    "a sub-item": "号の細分",
    "one of": "次のいずれか：",
    # files
    "not UTF-8": "UTF-8ではありません",
    "cannot be opened": "開けません",
    "No such file or directory": "ありません",
    "Permission denied": "読む権限がありません",
    "Is a directory": "フォルダーです",
    "as written": "条文のとおり",
    "true": "真",
    "false": "偽",
    "as-written": "条文のとおり",
    # labels of what is encoded
    "no TOML": "TOMLとして読めません",
    "no address": "番地ではありません",
    "unknown instrument": "その法令は宣言されていません",
    "no state": "状態（state）がありません",
    "unknown state": "状態にない語：",
    "unknown field": "知らない項目：",
    "no reason in both languages": "理由（reason）を日本語（ja）と英語（en）で書いてください",
    "no kind": "種別（kind）がありません",
    "unknown fact": "その事実は宣言されていません",
    "no question is asked for": "質問のない事実：",
    "encoded at": "次の部分は収録されています：",
    "no such unit in the text of": "その部分がない条文の日：",
    # burdens
    "a person": "人",
    "name who must prove it": "証明する者を示してください",
    # other places
    "this block is not closed": "このまとまりが閉じられていません",
    "the other declaration": "もう一つの宣言",
    "the other definition": "もう一つの定め",
}
_WORDED = re.compile(
    "|".join(
        rf"(?<![\w-]){re.escape(p)}(?![\w-])" if p[0].isalnum() and p[-1].isalnum() else re.escape(p)
        for p in sorted(_PHRASES, key=len, reverse=True)
    )
)
_NEAR = re.compile(r"did you mean ((?:`[^`]*`(?: or )?)+)\?")
_PATTERNS = (
    (re.compile(r"declare it with (`[^`]*`)"), r"\1で宣言してください"),
    (re.compile(r"; (`[^`]*`) takes no (`[^`]*`)"), r"（\1に\2は要りません）"),
    (re.compile(r"drop (`[^`]*`)"), r"\1を除いてください"),
    (re.compile(r"write (`[^`]*`), or weeks, months, years"), r"\1（週・月・年も可）と書いてください"),
    (re.compile(r"write (`[^`]*`)( \([0-9,]+ yen\))?"), lambda m: f"{m[1]}と書いてください"),
    (
        re.compile(r"(`[^`]*`) after line (\d+), to close the block that begins on line (\d+)"),
        r"\1（\2行の後。\3行で始まるまとまりを閉じるもの）",
    ),
    (
        re.compile(r"(`(?:grade|確度) A`) \(the text itself was read\), or B to E, after the dates"),
        r"\1（条文で確認したもの。ほかにB～E）を、日付の後に",
    ),
    (re.compile(r"write YYYY-MM-DD, a day that exists"), "実在する日をYYYY-MM-DDの形で書いてください"),
    (re.compile(r"use (`[^`]*`) for a value"), r"値には\1を使ってください"),
    (re.compile(r"brackets around the part that begins with (`[^`]*`)"), r"\1で始まる部分を囲む括弧"),
    (re.compile(r"an attribute declared (`[^`]*`)"), r"\1と宣言した属性"),
    (re.compile(r"(\d+) operands"), r"\1個の項"),
    (re.compile(r"(\d+) provisions"), r"\1個の規定"),
    (re.compile(r"(\d+) steps"), r"\1段"),
    (re.compile(r"a unit such as (\w+) or (\w+)"), r"単位（\1、\2など）"),
    (re.compile(r"a slot, which is either (`[^`]*`) or (`[^`]*`): that"), r"\1か\2のどちらかである委任"),
)
_DECLARE = re.compile(r"declare the ([\w, ]+)$")
_OF = re.compile(r"\b(list|enum|entity):([\w]+)")
_KINDS_OF = {"list": "`{}`の一覧", "enum": "区分`{}`の値", "entity": "`{}`"}
_OPEN = re.compile(r"（例：\s*((?:`[^`]*`|[^\s,;、。）]+)(?:(?: or |又は)[^\s,;、。）]+)?)(?!）)(?=[\s,;、。]|$)")
_CODE = re.compile(r"(`[^`]*`)")
#: Keywords and phrases with what they are in Japanese. A phrase that depends on what follows it is left out.
_TWINS = KEYWORDS | {" ".join(p.words): p.twin for p in PHRASES if not p.before}
_KEYWORDS = re.compile(
    r"(?<![\w{-])(?:" + "|".join(r"\s+".join(w.split()) for w in sorted(_TWINS, key=len, reverse=True)) + r")(?![\w}-])"
)


def in_language(d: Diagnostic, lang: str) -> Diagnostic:
    """Return the diagnostic as it is told in a language, `ja` or `en`."""
    if lang != "ja" or d.slug not in JAPANESE:
        return _in_own_keywords(d)
    wording = JAPANESE[d.slug]
    fields = {name: value if name in _AS_WRITTEN else phrase(value) for name, value in d.fields}
    if d.slug == "unexpected-word":
        fields["found"] = dict(d.fields)["found"]
    if "example" in fields:
        fields["example"] = _situation(dict(d.fields)["example"])
    message, advice = wording.message, wording.help
    if d.span is not None and is_japanese(d.span.source.text):
        # What is to be written is told in the keywords the file is written in.
        message, advice = _codes(message, in_keywords), _codes(advice, in_keywords)
        own = {"found", "expected", *_AS_WRITTEN}
        fields = {name: value if name in own else _codes(value, _if_keywords) for name, value in fields.items()}
    message, advice = message.format_map(fields), advice.format_map(fields)
    related = tuple((span, phrase(label)) for span, label in d.related)
    return replace(d, message=escape(message), help=escape(advice), related=related)


def _in_own_keywords(d: Diagnostic) -> Diagnostic:
    """Return a diagnostic in English with the keywords the file is written in."""
    if d.span is None or d.slug not in CODES or not is_japanese(d.span.source.text):
        return d
    own = {"found", "expected", *_AS_WRITTEN}
    fields = {name: value if name in own else _codes(value, _if_keywords) for name, value in d.fields}
    told = [_codes(text, in_keywords).format_map(fields) for text in (CODES[d.slug].message, CODES[d.slug].help)]
    return replace(d, message=escape(told[0]), help=escape(told[1]))


def phrase(text: str) -> str:
    """Tell a field of a diagnostic in Japanese; what stands in backquotes stays.

    >>> phrase("did you mean `fee` or `feed`?"), phrase("two amounts of one type"), phrase("list:Loan")
    ('`fee`又は`feed`のことではありませんか', '同じ型の二つの量', '`Loan`の一覧')
    """
    for pattern, told in _PATTERNS:
        text = pattern.sub(told, text)
    text = _NEAR.sub(lambda m: m[1].replace(" or ", "又は") + "のことではありませんか", text)
    text = _DECLARE.sub(lambda m: f"{_PHRASES.get(m[1], m[1])}を宣言してください", text)
    text = _OF.sub(lambda m: _KINDS_OF[m[1]].format(m[2]), text)
    parts = _CODE.split(text)
    told = "".join(part if part.startswith("`") else _worded(part) for part in parts)
    told = re.sub(r"(?<=[^\x00-\x7f]) (?=`)|(?<=`) (?=[^\x00-\x7f`])", "", told)
    return _OPEN.sub(lambda m: f"（例：{m[1]}）", told).strip()


def in_keywords(code: str) -> str:
    """Tell a piece of law with Japanese keywords; other words stay, and so does what stands in braces.

    >>> in_keywords("has {name} and …"), in_keywords("for purposes of …"), in_keywords("kitei check --closings")
    ('存在 {name} かつ …', '目的限定 …', 'kitei check --closings')
    """
    if code.startswith(("kitei ", "#", "--")):
        return code
    return _KEYWORDS.sub(lambda m: _TWINS[" ".join(m[0].split())], code)


def _if_keywords(code: str) -> str:
    """Tell what a pass put into a field, if it is nothing but keywords; a name stays as it is written."""
    return in_keywords(code) if all(w in KEYWORDS or w == "…" for w in code.split()) else code


def _codes(text: str, told: Callable[[str], str]) -> str:
    return "".join(f"`{told(p[1:-1])}`" if p.startswith("`") else p for p in _CODE.split(text))


def _situation(text: str) -> str:
    """Tell an example situation, whose names are not in backquotes."""
    if text == "always":
        return "常に"
    text = re.sub(r"(?<=\d) yen\b", "円", text)
    return re.sub(r" is (true|false)\b", lambda m: "が真" if m[1] == "true" else "が偽", text).replace(", ", "、")


def _worded(text: str) -> str:
    told = _WORDED.sub(lambda m: _PHRASES[m[0]], text)
    told = re.sub(r"(?<=[^\x00-\x5f\x61-\x7f…]),? or (?=\S)|^ or $|^,? or (?=[^\x00-\x7f])", "又は", told)
    told = re.sub(r"(?<=[^\x00-\x7f]) and (?=\S)", "と", told)
    told = re.sub(r"^ and $", "と", told).replace("： ", "：")
    told = told.replace("; ", "。").replace(", ", "、").replace(": ", "：")
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])|(?<=：) $", "", told)

"""Words that mean nearly what a keyword means, where the drafter could not know the keyword: 要約 for `平文`, `deadline` for `by`.

Comes in: a word that could not stand where it stands. Goes out: the keywords it may be meant for. Which of them fits the
place, its reader knows (`wrong_word`). Deliberately not here: words of law (`meant`), slips of the hand (`diagnostics.near`).
"""

from __future__ import annotations

from functools import cache

#: Keywords with words of near meaning. None is itself a keyword where the other could stand; one may be near to two.
_NEAR = {
    "plain": "要約 要旨 概要 大意 説明 説明文 解説 趣旨 内容 本文 条文 summary gist description explanation wording",
    "heading": "標題 表題 題名 題 条見出し 名称 title caption",
    "title": "法令名 法令の題名 題 表題 名称 正式名称 name",
    "short": "通称 略名 略 以下 abbreviation alias",
    "label": "名 名前 題名 題 呼び名 表示名 ラベル name title",
    "question": "問 問い 質問文 設問 尋ね方 ask prompt",
    "note": "注 備考 補足 コメント remark comment",
    "ja": "日本語 邦文 和訳 japanese jp",
    "en": "英語 英訳 english",
    "grade": "等級 精度 信頼度 確実度 confidence",
    "when": "条件 要件 condition provided",
    "do": "行為 実行 履行 すること action act perform done",
    "by": "締切 締め切り 期日 履行期 履行期限 deadline due within",
    "towards": "提出先 届出先 報告先 宛先 名宛 相手 recipient",
    "is": "値 内容 value equals",
    "means": "定義内容 意味 meaning",
    "sanction": "罰則 処罰 罰 penalty punishment",
    "cite": "根拠条文 根拠規定 引用 citation basis",
    "end": "終 終了 おわり 終り 終わる fi close",
    "duty": "責務 obligation",
    "prohibition": "禁止規定 不作為義務 ban",
    "permission": "許可 許可事項 認容",
    "define": "用語定義 definition",
    "attribute": "事実 項目 入力 fact field property",
    "term": "概念 concept",
    "provision": "条 条項 条文 article section rule",
    "instrument": "法律名 法 law statute",
    "for": "毎に ごと ごとに per",
}


@cache
def _by_word() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for keyword, words in _NEAR.items():
        for word in words.split():
            found.setdefault(word, []).append(keyword)
    return {word: tuple(keywords) for word, keywords in found.items()}


def keywords_meant(word: str) -> tuple[str, ...]:
    """Return the keywords, in English, that a word of near meaning may be meant for; none for any other word.

    >>> keywords_meant("要旨"), keywords_meant("Deadline"), keywords_meant("会社")
    (('plain',), ('by',), ())
    """
    return _by_word().get(word.casefold(), ())

"""The fixed words of every public page, in Japanese and English: its frame, its head, its status. One list, nothing free.

What is not in force is never said in the present tense; what is not found is never said not to exist; nothing here could be
taken for a page of an authority. Pairs are `(ja, en)`, blanks are `{}`. Deliberately not here: what rules say
(`rule_words`), the words of one kind of page (`page_words`), anything about one law.
"""

from __future__ import annotations

from kitei.wording import Pair

#: Below each page's title, and at its foot.
DISCLAIMER: Pair = ("この頁は行政の見解ではありません。", "This page is not a view of any authority.")
FOOT: tuple[Pair, ...] = (
    ("収録した規定から計算して作った頁であり、法律意見ではありません。正文は官報によります。", "Made by computation from the provisions collected here; not legal advice. The official text is that of the Official Gazette; the Japanese text prevails."),
    ("解釈が分かれる点や、この頁に書かれていない点は、弁護士又は所管の財務局に確認してください。", "On contested points, and on what this page does not say, ask a lawyer or the competent Local Finance Bureau."),
)  # fmt: skip

FRAME: dict[str, Pair] = {
    "site": ("規定の案内", "Guide to the provisions"),
    "skip": ("本文へ移動", "Skip to the content"),
    "main_nav": ("主な頁", "Main pages"),
    "trail": ("現在の位置", "You are here"),
    "contents": ("この頁の内容", "On this page"),
    "home": ("はじめに", "Start"),
    "laws": ("法令等の一覧", "Laws and documents"),
    "firms": ("事業者の類型から調べる", "By kind of firm"),
    "timeline": ("施行の時期", "When it starts"),
    "questions": ("問いから調べる", "By question"),
    "glossary": ("用語", "Words"),
    "search": ("検索", "Search"),
    "compare": ("想定を比べる", "Compare suppositions"),
    "about": ("この案内の読み方", "How to read this guide"),
    "other": ("English", "日本語"),
    "masthead": ("規定の案内（行政の見解ではありません）", "Guide to the provisions (not a view of any authority)"),
    "words_of_drawing": ("図と同じ内容を文で読む", "Read the same in words"),
}  # fmt: skip

#: The lines of the head of a page.
HEAD: dict[str, Pair] = {
    "whom": ("誰に関するか", "Whom it concerns"),
    "as_of": ("基準日", "As of"),
    "status": ("効力", "Status"),
    "grade": ("確度", "Evidence"),
    "of": ("出典となる規定", "Provision"),
    "assumed": ("前提", "On the footing that"),
    "of_thing": ("{}に関わる人", "whoever has to do with: {}"),
    "of_status": ("{1}（{0}）", "{1} ({0})"),
    "anyone": ("この規定を読む全ての人", "Anyone who reads this provision"),
    "known": ("{}（{}までに公布されたものによる）", "{} (by what was promulgated by {})"),
    "everyone": ("暗号資産に関する制度を調べる人", "Anyone who looks up these rules"),
}

#: Status in words, by state; the blanks are days or the name of a commencement.
STATUS: dict[str, Pair] = {
    "in_force": ("施行中（収録した条文では{}から）", "In force (in the collected text since {})"),
    "pending": ("公布済み・未施行（{}に施行される予定）", "Promulgated, not in force (planned to start on {})"),
    "pending_undated": (
        "公布済み・未施行（施行日は定まっていない：{}）",
        "Promulgated, not in force (its day is not fixed: {})",
    ),
    "proposal": ("案・提言（法令ではない）", "A draft or recommendation (not law)"),
    "press": ("報道された主張（法令ではない）", "Claims reported in the press (not law)"),
    "former": ("旧（{}の前日までの規定）", "Former (until the day before {})"),
}
SHORT: dict[str, Pair] = {
    "in_force": ("施行中", "In force"),
    "pending": ("未施行", "Not in force"),
    "proposal": ("提言・案", "Proposal"),
    "press": ("報道", "Press"),
    "former": ("旧", "Former"),
}
#: What ends, where an end is known.
ENDS: dict[str, Pair] = {
    "coming": ("（改正又は廃止の予定）", " (to be amended or repealed)"),
    "day": ("{}に改正又は廃止", "amended or repealed on {}"),
    "will": ("{}に改正又は廃止される予定", "planned to be amended or repealed on {}"),
    "undated": (
        "「{}」に改正又は廃止される予定（日は未定）",
        "planned to be amended or repealed at the “{}” (day not fixed)",
    ),
}

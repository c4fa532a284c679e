"""The fixed words of public pages, in Japanese and English: one list, nothing free.

What is not in force is never said in the present tense; what is not found is never said not to exist; nothing here could be
taken for a page of an authority. Pairs are `(ja, en)`, blanks are `{}`. Deliberately not here: anything about one law.
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
    "day": ("{}に改正又は廃止", "amended or repealed on {}"),
    "will": ("{}に改正又は廃止される予定", "planned to be amended or repealed on {}"),
    "undated": (
        "「{}」に改正又は廃止される予定（日は未定）",
        "planned to be amended or repealed at the “{}” (day not fixed)",
    ),
}
#: The headings of the versions of a provision.
VERSION: dict[str, Pair] = {
    "in_force": ("現在の定め", "The rule in force"),
    "pending": ("未施行：施行後の定め（予定）", "Not in force: what is planned to apply"),
    "proposal": ("提言・案の内容（法令ではない）", "What is proposed (not law)"),
    "press": ("報道の内容（法令ではない）", "What the press reported (not law)"),
    "former": ("旧：{}より前の定め", "Former: the rule before {}"),
}
#: What begins a version that is not in force.
FRAMED: dict[str, Pair] = {
    "pending": (
        "以下は、施行後に適用されることとなる予定の定めである。現在は適用されない。",
        "What follows is planned to apply once in force. It does not apply today.",
    ),
    "proposal": (
        "以下は提言・案の内容であり、法令ではない。現在の義務や権利を示すものではない。",
        "What follows is a proposal, not law. It states no present duty or right.",
    ),
    "press": (
        "以下は報道された主張であり、法令ではない。公布された法律と異なる点がある。",
        "What follows was reported in the press and is not law. It may differ from what was enacted.",
    ),
    "former": (
        "以下は旧規定であり、{}からは適用されない。当時の行為について調べる場合に用いる。",
        "What follows is a former rule; it has not applied since {}. It serves to look up acts done at that time.",
    ),
}
#: How a plain statement is introduced.
PLAIN: dict[str, Pair] = {
    "in_force": ("要旨（当サイトの要約。条文ではない）：", "In plain words (ours, not the text of the law): "),
    "pending": (
        "要旨（当サイトの要約）― 施行後は、次のとおりとなる予定：",
        "In plain words (ours) – planned, once in force: ",
    ),
    "proposal": ("提言・案の要旨（当サイトの要約）：", "The proposal in plain words (ours): "),
    "press": (
        "報道の要旨（当サイトの要約）― 報道によれば：",
        "The report in plain words (ours) – according to press: ",
    ),
    "former": (
        "旧規定の要旨（当サイトの要約）― 当時は、次のとおりであった：",
        "The former rule in plain words (ours) – at that time: ",
    ),
}

#: One answer sentence a norm, by group of modality and state: {0} whom it binds, {1} its name, {2} under what conditions.
ANSWERS: dict[str, dict[str, Pair]] = {
    "ought": {
        "in_force": ("{0}には、{2}{1}がある。", "The {1} applies to the {0}{2}."),
        "pending": ("施行後は、{0}に、{2}{1}があることとなる予定である。", "Once in force, the {1} is planned to apply to the {0}{2}."),
        "proposal": ("提言・案では、{0}に、{2}{1}があるものとされている（法令ではない）。", "As proposed, the {1} would apply to the {0}{2} (not law)."),
        "press": ("報道によれば、{0}に、{2}{1}が設けられるとされる（法令ではない）。", "According to press, the {1} would apply to the {0}{2} (not law)."),
        "former": ("{0}には、{2}{1}があった（旧）。", "The {1} applied to the {0}{2} (former)."),
    },
    "banned": {
        "in_force": ("{2}{1}は、禁止されている（対象：{0}）。", "The {1} applies to the {0}{2}."),
        "pending": ("施行後は、{2}{1}は、禁止されることとなる予定である（対象：{0}）。", "Once in force, the {1} is planned to apply to the {0}{2}."),
        "proposal": ("提言・案では、{2}{1}は、禁止されるものとされている（法令ではない。対象：{0}）。", "As proposed, the {1} would apply to the {0}{2} (not law)."),
        "press": ("報道によれば、{2}{1}は、禁止されるとされる（法令ではない。対象：{0}）。", "According to press, the {1} would apply to the {0}{2} (not law)."),
        "former": ("{2}{1}は、禁止されていた（旧。対象：{0}）。", "The {1} applied to the {0}{2} (former)."),
    },
    "required": {
        "in_force": ("{2}{1}を要する（対象：{0}）。", "Required of the {0}{2}: {1}."),
        "pending": ("施行後は、{2}{1}を要することとなる予定である（対象：{0}）。", "Once in force, planned to be required of the {0}{2}: {1}."),
        "proposal": ("提言・案では、{2}{1}を要するものとされている（法令ではない。対象：{0}）。", "As proposed, it would be required of the {0}{2}: {1} (not law)."),
        "press": ("報道によれば、{2}{1}を要するとされる（法令ではない。対象：{0}）。", "According to press, it would be required of the {0}{2}: {1} (not law)."),
        "former": ("{2}{1}を要した（旧。対象：{0}）。", "It was required of the {0}{2}: {1} (former)."),
    },
    "laid_down": {
        "in_force": ("{2}{1}が定められている（対象：{0}）。", "Laid down for the {0}{2}: {1}."),
        "pending": ("施行後は、{2}{1}が定められることとなる予定である（対象：{0}）。", "Once in force, planned to be laid down for the {0}{2}: {1}."),
        "proposal": ("提言・案では、{2}{1}が定められるものとされている（法令ではない。対象：{0}）。", "As proposed, it would be laid down for the {0}{2}: {1} (not law)."),
        "press": ("報道によれば、{2}{1}が定められるとされる（法令ではない。対象：{0}）。", "According to press, it would be laid down for the {0}{2}: {1} (not law)."),
        "former": ("{2}{1}が定められていた（旧。対象：{0}）。", "It was laid down for the {0}{2}: {1} (former)."),
    },
    "able": {
        "in_force": ("{2}{1}がある（行使するかどうかは、当局の裁量による。対象：{0}）。", "The authority has the {1}{2}; whether it is used is for the authority (concerning the {0})."),
        "pending": ("施行後は、{2}{1}があることとなる予定である（当局の裁量。対象：{0}）。", "Once in force, the authority is planned to have the {1}{2}, at its discretion (concerning the {0})."),
        "proposal": ("提言・案では、{2}{1}があるものとされている（法令ではない。対象：{0}）。", "As proposed, the authority would have the {1}{2} (not law; concerning the {0})."),
        "press": ("報道によれば、{2}{1}が設けられるとされる（法令ではない。対象：{0}）。", "According to press, the authority would have the {1}{2} (not law; concerning the {0})."),
        "former": ("{2}{1}があった（旧。対象：{0}）。", "The authority had the {1}{2} (former; concerning the {0})."),
    },
    "authority": {
        "in_force": ("当局に、{2}{1}がある（対象：{0}）。", "The authority is under the {1}{2} (concerning the {0})."),
        "pending": ("施行後は、当局に、{2}{1}があることとなる予定である（対象：{0}）。", "Once in force, the authority is planned to be under the {1}{2} (concerning the {0})."),
        "proposal": ("提言・案では、当局に、{2}{1}があるものとされている（法令ではない。対象：{0}）。", "As proposed, the authority would be under the {1}{2} (not law; concerning the {0})."),
        "press": ("報道によれば、当局に、{2}{1}が設けられるとされる（法令ではない。対象：{0}）。", "According to press, the authority would be under the {1}{2} (not law; concerning the {0})."),
        "former": ("当局に、{2}{1}があった（旧。対象：{0}）。", "The authority was under the {1}{2} (former; concerning the {0})."),
    },
    "arise": {
        "in_force": ("{0}に、{2}{1}が認められる。", "The {1} arises for the {0}{2}."),
        "pending": ("施行後は、{0}に、{2}{1}が認められることとなる予定である。", "Once in force, the {1} is planned to arise for the {0}{2}."),
        "proposal": ("提言・案では、{0}に、{2}{1}が認められるものとされている（法令ではない）。", "As proposed, the {1} would arise for the {0}{2} (not law)."),
        "press": ("報道によれば、{0}に、{2}{1}が認められるとされる（法令ではない）。", "According to press, the {1} would arise for the {0}{2} (not law)."),
        "former": ("{0}に、{2}{1}が認められた（旧）。", "The {1} arose for the {0}{2} (former)."),
    },
}  # fmt: skip
GROUP: dict[str, str] = {
    "duty": "ought", "prohibition": "ought", "must_contain": "ought", "effort": "ought", "power": "able",
    "permission": "arise", "entitlement": "arise", "right": "arise", "effect": "arise", "liability": "arise",
}  # fmt: skip
#: Norms of which pages say what may follow where they are not satisfied.
SANCTIONED = ("duty", "prohibition", "must_contain")
#: How the label of a norm ends where it binds the authority, whatever it is recorded of.
OF_AUTHORITY: Pair = ("（当局）", " (of the authority)")
UNDER: Pair = ("次の要件に該当するときは、", " where the conditions below are met")
#: The question a norm answers.
QUESTION: dict[str, Pair] = {
    "ought": ("{1}は、どのような場合に誰に及ぶか", "Whom does the {1} bind, and when?"),
    "able": ("{1}は、どのような場合に生ずるか", "When is there a {1}?"),
    "authority": ("{1}は、どのような場合に生ずるか", "When is there a {1}?"),
    "arise": ("{1}は、どのような場合に誰に認められるか", "For whom does the {1} arise, and when?"),
}

SECTION: dict[str, Pair] = {
    "plain": ("要旨", "In plain words"),
    "conditions": ("要件の確認", "Conditions to check"),
    "each": ("何ごとに及ぶか", "For each of what"),
    "done": ("適合するのはどのようなときか", "When it is satisfied"),
    "due": ("期限", "By when"),
    "amount": ("額・数量", "Amount"),
    "towards": ("相手方", "Towards whom"),
    "sanctions": ("適合しないときの罰則・処分", "Sanctions"),
    "diagram": ("判断の流れ", "The decision, drawn"),
    "definition": ("「{}」とは", "What “{}” means"),
    "value": ("「{}」の額・数", "How “{}” is reckoned"),
    "parameters": ("この規定が定める数", "Numbers fixed here"),
    "delegations": ("下位の法令に委ねられていること", "What is left to lower rules"),
    "fills": ("上位の規定の委任を受けて定めること", "What this fixes for a higher provision"),
    "defeats": ("この規定が覆し、又は適用しないこととするもの", "What this provision defeats or disapplies"),
    "penal": ("罰則・処分の内容", "The sanction"),
    "savings": ("経過措置", "Transition"),
    "words": ("根拠とした文言", "The official words it stands on"),
    "official": ("公式の条文", "The official text"),
    "examples": ("計算した例", "Worked examples"),
    "links": ("他の規定との関係", "How it hangs together with other provisions"),
    "cites": ("この規定が用いる規定", "What it builds on"),
    "cited": ("この規定を用いる規定", "What builds on it"),
    "history": ("沿革", "History"),
    "source": ("出典", "Source"),
}

RULE: dict[str, Pair] = {
    "proviso": ("ただし、次の場合は除く（{}）：", "Except in this case ({}): "),
    "blocked": ("ただし、次の場合には適用しない（{}）：", "However, it is disapplied in this case ({}): "),
    "over": ("〔終了〕{}による例外は、期間が過ぎており、基準日以後に当たることはない。その要件（参考）：", "[Ended] The exception of {} can no longer be met: its time has passed by the day of this page. Its conditions, for reference:"),
    "over_here": ("〔終了〕期間が過ぎており、基準日以後に下の要件に当たることはない。当時の行為について調べる場合に用いる。", "[Ended] Its time has passed by the day of this page: the conditions below can no longer be met. It serves to look up acts done at that time."),
    "always": ("場合を問わない", "in every case"),
    "yields": ("別に定めがあるときは、それによる（{}）。", "Another provision prevails where it speaks ({})."),
    "instead": ("その場合は：{}", "In that case: {}"),
    "no_condition": ("収録した規定では、場合を限っていない。", "The collected provision does not limit the cases."),
    "each": ("{}ごとに判断する。", "Judged for each of: {}."),
    "anchor": ("基準となる日：{}", "Reference day: {}"),
    "due": ("{}まで", "by {}"),
    "act": ("次のことがされていること：{}", "this has been done: {}"),
    "when": ("次の場合：", "in this case:"),
    "prompt": ("「{}」。日数の定めはない。", "{}; no number of days is given."),
    "none": ("期限の日は定められていない。", "No day is set."),
    "reading": ("読み方が分かれる：{}「{}」による場合", "Readings differ: {}, read as “{}”"),
    "closing": ("いずれの定めにも当たらないとき：{}", "Where nothing applies: {}"),
    "deemed": ("みなす：{}", "Deemed: {}"),
    "presumed": ("推定する（反対の事実が示されれば別）：{}", "Presumed unless shown otherwise: {}"),
    "added": ("加える：{}", "Added: {}"),
    "case": ("{}のときは", "where {}"),
    "means": ("次に該当するものに限り、これに当たる。", "Only what meets this is meant."),
    "is": ("次に該当するものは、これに当たる。", "What meets this is included."),
    "equals": ("{}", "{}"),
    "filled": ("「{0}」：{1}が定めている。", "“{0}”: fixed by {1}."),
    "filled_former": ("「{0}」：{1}が定めていた（旧）。", "“{0}”: was fixed by {1} (former)."),
    "made": ("「{0}」：{1}が定めているが、まだ施行されていない。", "“{0}”: {1} fixes it, but is not in force yet."),
    "pending": ("「{0}」：検討中とされ、まだ定められていない。", "“{0}”: said to be under preparation; not made yet."),
    "unfilled": ("「{0}」：{1}に委ねられているが、収録した範囲ではまだ定められていない。定まるまで、これによる部分は判断できない。", "“{0}”: left to {1}; in what is collected here it has not been made yet. Until it is, what rests on it cannot be determined."),
    "fills": ("{1}に定める「{0}」", "“{0}” of {1}"),
    "defeats": ("{}（次の場合）", "{} (in this case)"),
    "penal": ("{0}に適合しないときは、{1}の対象となり得る：{2}。", "Where {0} is not satisfied, the person may be subject to {1}: {2}."),
    "penal_former": ("{0}に適合しなかったときは、{1}の対象となり得た：{2}（旧。行為の日の条文による）。", "Where {0} was not satisfied, the person could be subject to {1}: {2} (former; the text of the day of the act counts)."),
    "penal_pending": ("施行後は、{0}に適合しないときは、{1}の対象となり得ることとなる予定：{2}。", "Once in force, where {0} is not satisfied, the person is planned to be subject to {1}: {2}."),
    "penal_none": ("{0}：罰則の規定（{1}）を確認したが、これに適合しないことを掲げる号は確認できなかった。罰則以外の処分・責任については、弁護士に確認してください。", "{0}: the penal provision ({1}) was read and no item naming this was identified. Ask a lawyer about other dispositions and liability."),
    "whose": ("対象：{}", "who: {}"),
    "imprisonment": ("{}以下の{}", "imprisonment{1} up to {0}"),
    "fine": ("{}以下の{}", "{1} up to {0}"),
    "or": ("又は", " or "),
    "or_both": ("若しくは", " or "),
    "both": ("、又はその併科", ", or both"),
    "corporate": ("法人：{0}以下の罰金（{1}）", "corporations: a fine up to {0} ({1})"),
    "caution": ("故意・時効・共犯などは評価していない。罰せられるか否かを述べるものではない。", "Intent, limitation and complicity are not assessed; nothing is said on whether anyone will be punished."),
    "ask_sanction": ("収録した罰則の規定には、これに適合しないことを掲げるものが見当たらない（罰則の有無を断ずるものではない）。所管の財務局又は弁護士に確認してください。", "No penal provision collected here names this; that settles nothing on whether one does. Ask the competent Local Finance Bureau or a lawyer."),
    "supervised": ("監督上の処分などの権限として、{}が収録されている（要件はその規定により、行使するかどうかは当局の裁量による）。", "Supervisory powers collected over such persons: {} (on their own conditions; whether one is used is for the authority)."),
    "saving": ("{}は、次の場合になお従前の例による：", "{} go on under the former rule in this case: "),
    "marks": ("ここに掲げる短い文言だけが公式の条文の言葉である。", "Only the short phrases listed here are words of the official text."),
    "marks_of_none": ("ここに掲げる短い文言だけが、提言・案・報道の本文の言葉である（法令の条文ではない）。", "Only the short phrases listed here are words of the document itself (no text of law)."),
    "mark": ("{}", "{}"),
    "egov": ("公式の条文を読む：{}（e-Gov法令検索）", "Read the official text: {} (e-Gov)"),
    "official": ("公式の条文（{}現在。出典：e-Gov法令検索）。根拠とした文言に印を付けた。", "The official text (as of {}; source: e-Gov). The words the rules stand on are marked."),
    "instrument": ("{0}（{1}。以下「{2}」という。）", "{0} ({1}), “{2}” below"),
    "text_of": ("{}現在の資料による。", "By the material of {}."),
    "version": ("適用法令：{0}（{1}現在の資料）。作成基準日 {2}。規則の版 {3}。", "Law: {0} (material of {1}). As of {2}. Version of the rules {3}."),
    "successor": ("同じ事項を定める後の規定：{}", "The later provision on the same matter: {}"),
    "predecessor": ("同じ事項を定めていた旧規定：{}", "The former provision on the same matter: {}"),
    "starts": ("{0}：{1}", "{0}: {1}"),
    "lines": ("{}", "{}"),
}  # fmt: skip

#: How one provision rests on another (kinds of `kitei.references`), from where it stands and from where it is used.
LINKS: dict[str, tuple[Pair, Pair]] = {
    "term": (("その定義・委任・数を用いる", "uses its definition, slot or number"), ("この規定の定義・委任・数を用いる", "uses what is defined here")),
    "slot": (("その委任を受けて定める", "fixes what it leaves open"), ("この規定の委任を受けて定める", "fixes what is left open here")),
    "exception": (("その例外・適用除外を定める", "is an exception to it"), ("この規定の例外・適用除外を定める", "is an exception to this")),
    "yields": (("これに譲る", "gives way to it"), ("この規定に譲る", "gives way to this")),
    "lifts": (("その禁止を解く", "lifts its ban"), ("この規定の禁止を解く", "lifts the ban made here")),
    "sanction": (("その罰則・処分を定める", "sets a sanction for it"), ("この規定の罰則・処分を定める", "sets a sanction for this")),
    "applies": (("これを準用する", "applies it"), ("この規定を準用する", "applies this")),
    "deems": (("その適用についてみなす", "deems something for it"), ("この規定の適用についてみなす", "deems something for this")),
    "saving": (("従前の例による旨を定める", "keeps its former rule"), ("この規定の従前の例を残す", "keeps this as a former rule")),
    "cites": (("引用する", "cites it"), ("この規定を引用する", "cites this")),
}  # fmt: skip

DELEGATES: dict[str, Pair] = {
    "ordinance": ("府省令", "an ordinance"),
    "cabinet_order": ("政令", "a Cabinet Order"),
    "notice": ("告示", "a public notice"),
    "supplementary_provisions": ("附則", "supplementary provisions"),
    "contract": ("契約", "the contract"),
}

HISTORY: dict[str, Pair] = {
    "caption": ("この規定の版", "Versions of this provision"),
    "start": ("始まり", "From"),
    "end": ("終わり", "Until"),
    "promulgated": ("公布", "Promulgated"),
    "status": ("効力", "Status"),
    "grade": ("確度", "Evidence"),
    "open": ("終期の定めは収録されていない", "no end collected"),
    "undated": ("「{}」（日は未定）", "“{}” (day not fixed)"),
    "excluded": ("{}（その日を含まない）", "{} (that day excluded)"),
}

EXAMPLE: dict[str, Pair] = {
    "note": ("架空の者についての例。値は、事実を規則に当てはめて計算したもので、書き写したものではない。", "Examples about fictional persons. Their values were computed by running the rules on the facts, not written down."),
    "title": ("例{}", "Example {}"),
    "facts": ("与えられた事実", "Facts given"),
    "results": ("結論（{}）", "Result ({})"),
    "on": ("事実の基準日 {}", "as of {}"),
    "supposed": ("仮定：{}", "assumed: {}"),
    "world": ("想定：{}", "in the world: {}"),
    "and_more": ("ほか{}件", " and {} more"),
    "more": ("ほか{}件の例は、用いた規定の頁にある。", "{} more are on the pages of the provisions they use."),
    "listed": ("{}（全部）", "{} (all)"),
    "some": ("{}（ほかにもあり得る）", "{} (there may be others)"),
    "absent": ("なし", "none"),
    "fictional": ("{}（架空）", "{} (fictional)"),
}  # fmt: skip

MOVED: dict[str, Pair] = {
    "lead": ("この規定の頁は、{}を基準日とする案内にあった。今の案内では、この番号の規定を収録していない。", "This provision had a page in the guide as of {}. The guide as it is now collects no provision under this number."),
    "now": ("同じ事項を定める、今の案内の規定", "Provisions of the guide as it is now on the same matter"),
    "ask": ("この事項については、所管の財務局又は弁護士に確認してください。", "Ask the competent Local Finance Bureau or a lawyer about this matter."),
}  # fmt: skip

SEARCH: dict[str, Pair] = {
    "lead": ("この案内の頁を、言葉又は規定の番号から探す。探すのはお使いの機器の中だけで、入力した言葉はどこにも送られない。", "Find pages of this guide by words or by the number of a provision. The search runs on your device; what you type is sent nowhere."),
    "label": ("言葉又は規定の番号", "Words, or the number of a provision"),
    "hint": ("例：分別管理　金商法46条の5第1項　第六十三条の二　PSA 63-11(1)", "For example: segregation, FIEA 46-5(1), PSA art. 63-2, 金商法第46条の5第1項"),
    "found": ("{}件が見つかりました。", "Found: {}."),
    "most": ("{}件が見つかりました。初めの{m}件を示します。", "Found: {}. The first {m} are shown."),
    "none": ("この案内の頁には見つかりませんでした。見つからないことは、定めがないことを意味しません。", "Nothing was found on the pages of this guide. That does not mean that there is nothing in the law."),
    "ways": ("一覧から探す", "Find it in a list"),
}  # fmt: skip

COMPARE: dict[str, Pair] = {
    "lead": ("現行法と、改正・提言・報道・見本の法案を、二つずつ比べる。現行法のほかは、どれも仮定である。", "Current law, the reform, recommendations, press claims and a specimen bill, two at a time. All but current law are suppositions."),
    "name": ("「{}」", "“{}”"),
    "versus": ("{}と{}とで、何が違うか", "What differs between {} and {}?"),
    "answer": ("{0}の時点で比べると、「{1}」だけにある規範は{2}件、「{3}」だけにある規範は{4}件、両方にあって異なる規範は{5}件、同じ規範は{6}件となる。", "Compared as of {0}: norms only in “{1}”: {2}; only in “{3}”: {4}; in both but different: {5}; alike: {6}."),
    "hypothetical": ("下の仮定が実現したとすれば、という整理である。仮定どおりになることを述べるものではない。", "This sets out what would be so if the assumptions below held. It does not say that they will."),
    "caution": ("一方の想定だけにあることは、他方で同じ事項が自由になることを意味しない。改正後の条文には、確認していないものがある。", "That a norm stands in one supposition only does not mean that the matter would be free in the other: some of the amended text has not been read."),
    "worlds": ("それぞれの想定", "The suppositions"),
    "worlds_caption": ("何を数に入れ、何を仮定するか", "What counts, and what is assumed"),
    "world": ("想定", "Supposition"),
    "assumptions": ("仮定", "Assumptions"),
    "supposed": ("{0}が{1}から行われると想定", "{0} supposed in force from {1}"),
    "assumed": ("{0}を{1}と仮定", "{0} assumed to be {1}"),
    "without": ("{0}を数に入れない", "{0} left out"),
    "only": ("{0}だけを数に入れる", "only {0} counts"),
    "nothing": ("仮定なし", "no assumption"),
    "differing": ("両方にあって、異なるもの", "In both, but different"),
    "only_in": ("「{}」だけにあるもの", "Only in “{}”"),
    "called": ("「{0}」：{1}", "“{0}”: {1}"),
    "counts": ("法令ごとの件数", "How many, law by law"),
    "law": ("法令等", "Law or document"),
    "how_many": ("件数", "Norms"),
    "sorts": ("内訳", "Of which"),
    "article": ("{0}（{1}件）：{2}", "{0}: {2} ({1} in all)"),
    "article_one": ("{0}：{1}", "{0}: {1}"),
    "going_on": ("このうち{0}件は、「{1}」としても、経過措置（{2}）により従前の規定がなお適用される可能性がある。続くとも終わるとも、ここでは述べない。", "For {0} of these, former rules might go on under “{1}” by a transitional provision ({2}). Neither that they go on nor that they end is said here."),
    "table": ("{}：二つの想定での違い", "{}: the difference between the two"),
    "part": ("項目", "Matter"),
    "where": ("規定・効力・確度", "Provision, status, evidence"),
    "whom": ("誰に", "Whom"),
    "conditions": ("要件", "Conditions"),
    "satisfied": ("適合するのはどのようなときか", "When it would be satisfied"),
    "due": ("期限", "By when"),
    "amount": ("額・数量", "Amount"),
    "sanctions": ("対象となり得る罰則・処分", "Sanctions one may be subject to"),
    "rests": ("基づく定め", "What it rests on"),
    "rests_on": ("次の定めが異なる：{}", "these differ: {}"),
    "always": ("場合を限らない", "in every case"),
    "except": ("除く場合：{}", "except: {}"),
    "none": ("収録した定めは見当たらない", "nothing found in what is collected"),
    "no_item": ("罰則の号は確認できなかった", "no penal item identified"),
    "profiles": ("同じ事実で、何が違ってくるか", "What would come out otherwise on the same facts"),
    "profile_facts": ("前提とする事実は、「{}」の頁にある。架空の者についての例である。", "The facts are on the page “{}”; the firm is fictional."),
    "profile_table": ("{}：結論が異なる規範", "{}: norms that come out otherwise"),
    "profile_same": ("与えられた事実では、結論が異なる規範は見当たらなかった。", "On these facts no norm was found to come out otherwise."),
    "norm": ("規範", "Norm"),
    "not_in_force": ("その日に効力のある条文は見当たらない", "no text found that would be in force on that day"),
    "absent": ("この想定で数える規定には見当たらない", "not found among what counts here"),
    "because": ("（理由：{}）", " (reason: {})"),
}  # fmt: skip

GLOSSARY: dict[str, Pair] = {
    "lead": ("収録した規定が定義する言葉と、規定が述べる人・物・関係。言葉は当サイトの表示名であり、条文の言葉とは限らない。条文の言葉は、それぞれの規定の頁にある。", "The words the collected provisions define, and the persons, things and relations they speak of. The words are labels of this site and need not be those of the text; the words of the text are on the page of each provision."),
    "terms": ("定義された言葉", "Defined words"),
    "terms_caption": ("定義された言葉と、定義する規定", "Defined words, and the provisions that define them"),
    "terms_where": ("定義する規定", "Defined in"),
    "kinds": ("人・物・出来事", "Persons, things, events"),
    "kinds_caption": ("規定が述べる人・物・出来事", "Persons, things and events the provisions speak of"),
    "kinds_where": ("述べる規定", "Spoken of in"),
    "roles": ("関係", "Relations"),
    "roles_caption": ("誰又は何にとっての、誰又は何か", "Who or what they are to whom"),
    "roles_where": ("述べる規定", "Spoken of in"),
    "titles": ("法令等の略称", "Short titles"),
    "titles_caption": ("この案内で用いる略称", "Short titles used in this guide"),
    "word": ("言葉", "Word"),
    "other": ("英語", "In Japanese"),
    "whose": ("誰・何について", "Said of"),
    "short": ("略称", "Short title"),
    "title": ("題名", "Title"),
    "number": ("法令番号", "Number"),
    "more": ("ほか{}か所", " and {} more"),
    "here": ("この頁で用いる、定義された言葉", "Defined words used on this page"),
    "see": ("用語の一覧で見る", "See it in the list of words"),
}  # fmt: skip

ASKED: dict[str, Pair] = {
    "lead": ("改正について実際に問われていることと、収録した規定から答えられること。一つの問いに一つの答えを示し、その根拠・確度・定まっていないことを添える。", "What people ask about the reform, and what the collected provisions answer: one answer a question, with its evidence, what is not determined, and the provisions."),
    "written": ("この答えは{}現在のもので、下の計算と規定に基づく。どちらかが変わると、古くなったことが分かる。", "This answer was written as of {}, on the computation and the provisions below; when either changes, it is found to be stale."),
    "open": ("定まっていないこと", "What is not determined"),
    "provisions": ("根拠とした規定", "The provisions it rests on"),
    "computed": ("規則による計算", "Computed from the rules"),
    "same": ("与えられた事実は、計算{}と同じ。", "The facts given are those of computation {}."),
    "run": ("計算{}", "Computation {}"),
    "real": ("実在する者についての事実による計算は、この頁では示さない。", "A computation on facts about somebody real is not shown on this page."),
}  # fmt: skip

PROFILE: dict[str, Pair] = {
    "answer": ("与えられた前提の下では、次の{}件が適用される。", "Number of norms that apply on the footing stated: {}."),
    "answer_none": ("与えられた前提の下で適用されると判断できたものはない。下の「事実によって決まるもの」を確かめてください。", "On the footing stated, nothing could be determined to apply; see what depends on facts below."),
    "way": ("手続の順", "What to do, step by step"),
    "applies": ("適用されるもの", "What applies"),
    "depends": ("事実によって決まるもの", "What depends on further facts"),
    "not": ("前提の下では要件に該当しないもの", "What does not apply on this footing"),
    "powers": ("当局の権限", "Powers of the authority"),
    "planned": ("施行後に適用されることとなる予定のもの", "What is planned to apply once in force"),
    "planned_note": ("次の仮定の下で計算した。現在は適用されない：{}", "Computed on this assumption; it does not apply today: {}"),
    "facts": ("この頁の前提とした事実", "Facts this page assumes"),
    "what": ("内容", "What"),
    "since": ("いつから", "Since when"),
    "due": ("期限", "By when"),
    "sanction": ("罰則・処分", "Sanction"),
    "status": ("結論", "Result"),
    "check": ("確かめること：{}", "To check: {}"),
    "open": ("判断できない（理由：{}）", "cannot be determined (reason: {})"),
    "for": ("{}について", "for {}"),
    "always": ("常に（状態についての定め）", "at all times (it is about a state)"),
    "no_penalty": ("収録した罰則の規定に、これを掲げるものは見当たらない", "no penal provision collected here names this"),
    "supervised": ("監督上の権限：{}", "supervisory powers: {}"),
    "more_powers": ("{}ほか{}（規定の頁に掲げる）", "{} and {} more (on the page of the provision)"),
    "many": ("収録したものについての結論であり、ここにない義務がないという意味ではない。", "This covers what is collected here; it does not mean that nothing else binds the firm."),
    "none_open": ("与えられた事実で決まらないものはなかった。", "Nothing was left open by the facts given."),
}  # fmt: skip

OVERVIEW: dict[str, Pair] = {
    "home_title": ("規定の案内", "Guide to the provisions"),
    "home_summary": ("収録した規定を、誰に・いつから・何が適用されるかで案内する。", "A guide to the collected provisions: to whom, since when, and what applies."),
    "home_lead": ("収録した規定について、誰に、いつから、何が適用されるかを、規定から計算して示す。", "Whom each collected provision concerns, since when, and what applies, computed from the provisions."),
    "by_firm": ("どのような事業を行う人ですか", "What business do you do?"),
    "by_law": ("法令等から調べる", "By law"),
    "others": ("ほかの調べ方", "Other ways"),
    "counts": ("収録した規定 {} か所", "{} places collected"),
    "laws_summary": ("収録した法令・要綱・提言・報道の一覧。", "The laws, outlines, recommendations and press accounts collected."),
    "law_summary": ("{}の収録した規定の一覧。", "The provisions of {} collected here."),
    "caption": ("{}の規定", "Provisions of {}"),
    "place": ("規定", "Provision"),
    "heading": ("見出し", "Heading"),
    "kind": ("内容", "Kind"),
    "status": ("効力", "Status"),
    "timeline_summary": ("収録した規定がいつ始まり、いつ終わったか、終わる予定か。", "When the collected provisions started, ended, or are planned to."),
    "past": ("これまで", "So far"),
    "future": ("これから（予定）", "To come (planned)"),
    "undated": ("日の定まっていないもの", "With no day fixed yet"),
    "starts": ("施行（収録した条文の始まり）：{}", "In force (where the collected text begins): {}"),
    "will_start": ("施行される予定：{}", "Planned to start: {}"),
    "ends": ("終了：{}", "Ended: {}"),
    "will_end": ("終了する予定：{}", "Planned to end: {}"),
    "so_many": ("{}か所", "{} places"),
    "in_law": ("{0}（{1}か所）", "{0} – {1} in all"),
    "bill": ("法案のとおりとすれば、この日から：{}", "If a bill were law as drafted, from this day: {}"),
    "reported": ("公表・報道：{}", "Published or reported: {}"),
    "bounds": ("{0}から{1}までの日に施行される（{2}）。", "It starts on a day from {0} to {1} ({2})."),
    "latest": ("遅くとも{0}に施行される予定（{1}）。", "It is planned to start by {0} ({1})."),
    "no_bounds": ("施行の日は定まっていない（{0}）。", "Its day is not fixed ({0})."),
    "about_summary": ("この案内の作り方と、言葉の意味。", "How this guide is made, and what its words mean."),
    "status_words": ("効力の言葉", "Words of status"),
    "grade_words": ("確度の言葉", "Words of evidence"),
    "made": ("どのように作られているか", "How it is made"),
    "made_text": (
        "全ての文は、収録した規則から作られ、どの規定の、どの版から作られたかの印（要約値）を持つ。規定が変わると、古くなった文を一つずつ特定できる。",
        "Every sentence is made from the rules and carries the digest of the version it came from. When a provision changes, each sentence that has become stale can be named.",
    ),
    "ruleset": ("規則全体の版：{}", "Version of all rules: {}"),
    "none": ("なし", "none"),
}  # fmt: skip

#: What a version does, for lists.
DOES: dict[str, Pair] = {
    "define": ("定義", "definition"), "fill": ("委任を受けた定め", "delegated rule"), "block": ("適用除外", "disapplication"),
    "sanction": ("罰則・処分", "sanction"), "slot": ("委任", "delegation"), "parameter": ("数の定め", "number"), "saving": ("経過措置", "transition"),
    "none": ("その他", "other"),
}  # fmt: skip

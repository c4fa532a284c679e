"""The fixed words rules are said in on public pages, in Japanese and English: the frame of a version, the answer of a norm, its parts.

Each is said in the mood its version stands in: what has ended is said in the past, what is to come as planned, what is proposed or
reported as that. Pairs are `(ja, en)`, blanks are `{}`. Deliberately not here: conditions (`kitei.conditions`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from kitei.wording import Pair

#: The tenses rules are said in: as they are, as what is planned, as what is proposed or reported, as they were.
Tense = Literal["now", "planned", "said", "then"]
TENSES: dict[str, Tense] = {"in_force": "now", "pending": "planned", "proposal": "said", "press": "said", "former": "then"}  # fmt: skip


def in_tense(table: Mapping[str, Pair], name: str, tense: Tense) -> Pair:
    """Return fixed words in a tense; those that have only one form in that."""
    return table.get(f"{name}_{tense}") or table[name]


#: The headings of the versions of a provision.
VERSION: dict[str, Pair] = {
    "in_force": ("現在の定め", "The rule in force"),
    "spent": ("効力は残るが、期間の過ぎた定め", "In force still, but its time has passed"),
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
    "proposal": (
        "提言・案の要旨（当サイトの要約）― 提言・案では、次のとおりとされている：",
        "The proposal in plain words (ours) – as proposed: ",
    ),
    "press": (
        "報道の要旨（当サイトの要約）― 次のとおり報じられた：",
        "The report in plain words (ours) – as it was reported: ",
    ),
    "spent": (
        "要旨（当サイトの要約）― 期間は過ぎており、当時は、次のとおりであった：",
        "In plain words (ours) – its time has passed; at that time: ",
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
    "may": {
        "in_force": ("{0}は、{2}{1}。", "The {1} arises for the {0}{2}."),
        "pending": ("施行後は、{0}は、{2}{1}こととなる予定である。", "Once in force, the {1} is planned to arise for the {0}{2}."),
        "proposal": ("提言・案では、{0}は、{2}{1}ものとされている（法令ではない）。", "As proposed, the {1} would arise for the {0}{2} (not law)."),
        "press": ("報道によれば、{0}は、{2}{1}とされる（法令ではない）。", "According to press, the {1} would arise for the {0}{2} (not law)."),
        "former": ("{0}は、{2}{1}（旧）。", "The {1} arose for the {0}{2} (former)."),
    },
    "follow": {
        "in_force": ("{2}{1}が生ずる（対象：{0}）。", "The {1} follows for the {0}{2}."),
        "pending": ("施行後は、{2}{1}が生ずることとなる予定である（対象：{0}）。", "Once in force, the {1} is planned to follow for the {0}{2}."),
        "proposal": ("提言・案では、{2}{1}が生ずるものとされている（法令ではない。対象：{0}）。", "As proposed, the {1} would follow for the {0}{2} (not law)."),
        "press": ("報道によれば、{2}{1}が生ずるとされる（法令ではない。対象：{0}）。", "According to press, the {1} would follow for the {0}{2} (not law)."),
        "former": ("{2}{1}が生じた（旧。対象：{0}）。", "The {1} followed for the {0}{2} (former)."),
    },
    "bear": {
        "in_force": ("{0}は、{2}{1}を負う。", "The {1} falls on the {0}{2}."),
        "pending": ("施行後は、{0}は、{2}{1}を負うこととなる予定である。", "Once in force, the {1} is planned to fall on the {0}{2}."),
        "proposal": ("提言・案では、{0}は、{2}{1}を負うものとされている（法令ではない）。", "As proposed, the {1} would fall on the {0}{2} (not law)."),
        "press": ("報道によれば、{0}は、{2}{1}を負うとされる（法令ではない）。", "According to press, the {1} would fall on the {0}{2} (not law)."),
        "former": ("{0}は、{2}{1}を負った（旧）。", "The {1} fell on the {0}{2} (former)."),
    },
}  # fmt: skip
#: What is in force still, but whose time has passed, is said as what was.
for _words in ANSWERS.values():
    _words["ended"] = (_words["former"][0].replace("（旧", "（終了"), _words["former"][1].replace("(former", "(ended"))
GROUP: dict[str, str] = {
    "duty": "ought", "prohibition": "ought", "must_contain": "ought", "effort": "ought", "power": "able",
    "permission": "arise", "entitlement": "arise", "right": "arise", "effect": "follow", "liability": "bear",
}  # fmt: skip
#: Norms of which pages say what may follow where they are not satisfied.
SANCTIONED = ("duty", "prohibition", "must_contain")
#: How the label of a norm ends where it binds the authority, whatever it is recorded of.
OF_AUTHORITY: Pair = ("（当局）", " (of the authority)")
#: The question a norm answers, by group of modality and tense.
QUESTION: dict[str, Pair] = {
    "ought": ("{1}は、どのような場合に誰に及ぶか", "Whom does the {1} bind, and when?"),
    "ought_planned": ("{1}は、どのような場合に誰に及ぶこととなる予定か", "Whom is the {1} planned to bind, and when?"),
    "ought_said": ("{1}は、どのような場合に誰に及ぶものとされているか", "Whom would the {1} bind, and when?"),
    "ought_then": ("{1}は、どのような場合に誰に及んでいたか", "Whom did the {1} bind, and when?"),
    "contain": ("{1}は、どのような場合に誰に求められるか", "Of whom is this required, and when: {1}?"),
    "contain_planned": ("{1}は、どのような場合に誰に求められることとなる予定か", "Of whom is this planned to be required, and when: {1}?"),
    "contain_said": ("{1}は、どのような場合に誰に求められるものとされているか", "Of whom would this be required, and when: {1}?"),
    "contain_then": ("{1}は、どのような場合に誰に求められていたか", "Of whom was this required, and when: {1}?"),
    "able": ("{1}は、どのような場合に生ずるか", "When is there a {1}?"),
    "able_planned": ("{1}は、どのような場合に生ずることとなる予定か", "When is there planned to be a {1}?"),
    "able_said": ("{1}は、どのような場合に生ずるものとされているか", "When would there be a {1}?"),
    "able_then": ("{1}は、どのような場合に生じたか", "When was there a {1}?"),
    "authority": ("{1}は、どのような場合に生ずるか", "When is there a {1}?"),
    "authority_planned": ("{1}は、どのような場合に生ずることとなる予定か", "When is there planned to be a {1}?"),
    "authority_said": ("{1}は、どのような場合に生ずるものとされているか", "When would there be a {1}?"),
    "authority_then": ("{1}は、どのような場合に生じたか", "When was there a {1}?"),
    "may": ("{1}のは、どのような場合か", "For whom does the {1} arise, and when?"),
    "may_planned": ("{1}こととなる予定なのは、どのような場合か", "For whom is the {1} planned to arise, and when?"),
    "may_said": ("{1}ものとされているのは、どのような場合か", "For whom would the {1} arise, and when?"),
    "may_then": ("{1}のは、どのような場合だったか", "For whom did the {1} arise, and when?"),
    "follow": ("{1}は、どのような場合に生ずるか", "When does the {1} follow?"),
    "follow_planned": ("{1}は、どのような場合に生ずることとなる予定か", "When is the {1} planned to follow?"),
    "follow_said": ("{1}は、どのような場合に生ずるものとされているか", "When would the {1} follow?"),
    "follow_then": ("{1}は、どのような場合に生じたか", "When did the {1} follow?"),
    "bear": ("{1}は、どのような場合に誰が負うか", "On whom does the {1} fall, and when?"),
    "bear_planned": ("{1}は、どのような場合に誰が負うこととなる予定か", "On whom is the {1} planned to fall, and when?"),
    "bear_said": ("{1}は、どのような場合に誰が負うものとされているか", "On whom would the {1} fall, and when?"),
    "bear_then": ("{1}は、どのような場合に誰が負ったか", "On whom did the {1} fall, and when?"),
    "arise": ("{1}は、どのような場合に誰に認められるか", "For whom does the {1} arise, and when?"),
    "arise_planned": ("{1}は、どのような場合に誰に認められることとなる予定か", "For whom is the {1} planned to arise, and when?"),
    "arise_said": ("{1}は、どのような場合に誰に認められるものとされているか", "For whom would the {1} arise, and when?"),
    "arise_then": ("{1}は、どのような場合に誰に認められたか", "For whom did the {1} arise, and when?"),
}  # fmt: skip

SECTION: dict[str, Pair] = {
    "plain": ("要旨", "In plain words"),
    "conditions": ("要件の確認", "Conditions to check"),
    "conditions_then": ("当時の要件", "The conditions at that time"),
    "each": ("何ごとに及ぶか", "For each of what"),
    "each_then": ("何ごとに及んでいたか", "For each of what it was"),
    "done": ("適合するのはどのようなときか", "When it is satisfied"),
    "done_planned": ("適合することとなるのはどのようなときか", "When it would be satisfied"),
    "done_said": ("適合することとなるのはどのようなときか", "When it would be satisfied"),
    "done_then": ("適合したのはどのようなときか", "When it was satisfied"),
    "exercised": ("行使されたといえるのはどのようなときか", "When it has been exercised"),
    "exercised_planned": ("行使されたといえることとなるのはどのようなときか", "When it would have been exercised"),
    "exercised_said": ("行使されたといえることとなるのはどのようなときか", "When it would have been exercised"),
    "exercised_then": ("行使されたといえたのはどのようなときか", "When it had been exercised"),
    "due": ("期限", "By when"),
    "amount": ("額・数量", "Amount"),
    "towards": ("相手方", "Towards whom"),
    "sanctions": ("適合しないときの罰則・処分", "Sanctions"),
    "sanctions_then": ("適合しなかったときの罰則・処分", "Sanctions at that time"),
    "diagram": ("判断の流れ", "The decision, drawn"),
    "definition": ("「{}」とは", "What “{}” means"),
    "value": ("「{}」の額・数", "How “{}” is reckoned"),
    "parameters": ("この規定が定める数", "Numbers fixed here"),
    "parameters_then": ("この規定が定めていた数", "Numbers that were fixed here"),
    "delegations": ("下位の法令に委ねられていること", "What is left to lower rules"),
    "delegations_then": ("下位の法令に委ねられていたこと", "What was left to lower rules"),
    "fills": ("上位の規定の委任を受けて定めること", "What this fixes for a higher provision"),
    "fills_then": ("上位の規定の委任を受けて定めていたこと", "What this fixed for a higher provision"),
    "defeats": ("この規定が覆し、又は適用しないこととするもの", "What this provision defeats or disapplies"),
    "defeats_planned": (
        "この規定が覆し、又は適用しないこととする予定のもの",
        "What this provision is planned to defeat or disapply",
    ),
    "defeats_said": (
        "この規定が覆し、又は適用しないものとしているもの",
        "What this provision would defeat or disapply",
    ),
    "defeats_then": ("この規定が覆し、又は適用しないこととしていたもの", "What this provision defeated or disapplied"),
    "penal": ("罰則・処分の内容", "The sanction"),
    "savings": ("経過措置", "Transition"),
    "words": ("根拠とした文言", "The official words it stands on"),
    "official": ("公式の条文", "The official text"),
    "text_proposal": ("案の本文", "The text of the draft"),
    "text_press": ("公表・報道の本文", "The text as published or reported"),
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
    "proviso_planned": ("ただし、次の場合は除かれることとなる予定（{}）：", "An exception is planned for this case ({}): "),
    "proviso_said": ("ただし、次の場合は除くものとされている（{}）：", "An exception would apply in this case ({}): "),
    "proviso_then": ("ただし、次の場合は除かれていた（{}）：", "There was an exception in this case ({}): "),
    "blocked_planned": ("ただし、次の場合には適用しないこととなる予定（{}）：", "It is planned to be disapplied in this case ({}): "),
    "blocked_said": ("ただし、次の場合には適用しないものとされている（{}）：", "It would be disapplied in this case ({}): "),
    "blocked_then": ("ただし、次の場合には適用しないこととされていた（{}）：", "It was disapplied in this case ({}): "),
    "over": ("〔終了〕{}による例外は、期間が過ぎており、基準日以後に当たることはない。", "[Ended] The exception of {} can no longer be met: its time has passed by the day of this page. "),
    "over_conditions": ("当時の要件（参考）", "Its conditions at that time, for reference"),
    "over_above": ("当時の要件は、上に掲げた。", "Its conditions at that time are given above."),
    "over_here": ("〔終了〕期間が過ぎており、基準日以後に下の要件に当たることはない。当時の行為について調べる場合に用いる。", "[Ended] Its time has passed by the day of this page: the conditions below can no longer be met. It serves to look up acts done at that time."),
    "under": ("次の要件に該当するときは、", " where the conditions below are met"),
    "under_then": ("次の要件に該当したときは、", " where the conditions below were met"),
    "always": ("場合を問わない", "in every case"),
    "yields": ("別に定めがあるときは、それによる（{}）。", "Another provision prevails where it speaks ({})."),
    "yields_planned": ("別に定めがあるときは、それによることとなる予定（{}）。", "Another provision is planned to prevail where it speaks ({})."),
    "yields_said": ("別に定めがあるときは、それによるものとされている（{}）。", "Another provision would prevail where it speaks ({})."),
    "yields_then": ("別に定めがあるときは、それによった（{}）。", "Another provision prevailed where it spoke ({})."),
    "instead": ("その場合は：{}", "In that case: {}"),
    "no_condition": ("収録した規定では、場合を限っていない。", "The collected provision does not limit the cases."),
    "no_condition_planned": ("場合を限らないこととなる予定である。", "It is planned without a limit to certain cases."),
    "no_condition_said": ("場合を限らないものとされている。", "It would not be limited to certain cases."),
    "no_condition_then": ("旧規定では、場合を限っていなかった。", "The former provision did not limit the cases."),
    "each": ("{}ごとに判断する。", "Judged for each of: {}."),
    "each_planned": ("{}ごとに判断することとなる予定である。", "Planned to be judged for each of: {}."),
    "each_said": ("{}ごとに判断するものとされている。", "It would be judged for each of: {}."),
    "each_then": ("{}ごとに判断するものであった。", "It was judged for each of: {}."),
    "anchor": ("基準となる日：{}", "Reference day: {}"),
    "due": ("{}まで", "by {}"),
    "act": ("次のことがされていること：{}", "this has been done: {}"),
    "when": ("次の場合：", "in this case:"),
    "prompt": ("「{}」。日数の定めはない。", "{}; no number of days is given."),
    "prompt_then": ("「{}」。日数の定めはなかった。", "{}; no number of days was given."),
    "none": ("期限の日は定められていない。", "No day is set."),
    "reading": ("読み方が分かれる点：{}。「{}」と読む場合", "Readings differ: {}; read as “{}”"),
    "closing": ("いずれの定めにも当たらないとき：{}", "Where nothing applies: {}"),
    "deemed": ("みなす：{}", "Deemed: {}"),
    "deemed_planned": ("みなすこととなる予定：{}", "Planned to be deemed: {}"),
    "deemed_said": ("みなすものとされている：{}", "It would be deemed: {}"),
    "deemed_then": ("みなしていた：{}", "Was deemed: {}"),
    "presumed": ("推定する（反対の事実が示されれば別）：{}", "Presumed unless shown otherwise: {}"),
    "presumed_planned": ("推定することとなる予定（反対の事実が示されれば別）：{}", "Planned to be presumed unless shown otherwise: {}"),
    "presumed_said": ("推定するものとされている（反対の事実が示されれば別）：{}", "It would be presumed unless shown otherwise: {}"),
    "presumed_then": ("推定していた（反対の事実が示されれば別）：{}", "Was presumed unless shown otherwise: {}"),
    "total_of": ("次の規定がそれぞれ加えるものの合計：{}", "The total of what these provisions add: {}"),
    "added_elsewhere": ("これに、次の規定がそれぞれ加えるものを合わせる：{}", "To this comes what these provisions add: {}"),
    "added": ("加える：{}", "Added: {}"),
    "added_planned": ("加えることとなる予定：{}", "Planned to be added: {}"),
    "added_said": ("加えるものとされている：{}", "It would be added: {}"),
    "added_then": ("加えていた：{}", "Was added: {}"),
    "case": ("{}のときは", "where {}"),
    "means": ("次に該当するものに限り、これに当たる。", "Only what meets this is meant."),
    "means_planned": ("次に該当するものに限り、これに当たることとなる予定である。", "Only what meets this is planned to be meant."),
    "means_said": ("次に該当するものに限り、これに当たるものとされている。", "Only what meets this would be meant."),
    "means_then": ("次に該当したものに限り、これに当たった。", "Only what met this was meant."),
    "is": ("次に該当するものは、これに当たる。", "What meets this is included."),
    "is_planned": ("次に該当するものは、これに当たることとなる予定である。", "What meets this is planned to be included."),
    "is_said": ("次に該当するものは、これに当たるものとされている。", "What meets this would be included."),
    "is_then": ("次に該当したものは、これに当たった。", "What met this was included."),
    "equals": ("{}", "{}"),
    "filled": ("「{0}」：{1}が定めている。", "“{0}”: fixed by {1}."),
    "filled_too": ("「{0}」：{1}が定めている。", "“{0}”: fixed by {1}."),
    "filled_too_planned": ("「{0}」：{1}が定めることとなる予定である。", "“{0}”: planned to be fixed by {1}."),
    "filled_too_said": ("「{0}」：{1}が定めるものとされている。", "“{0}”: would be fixed by {1}."),
    "filled_too_then": ("「{0}」：{1}が定めていた（旧）。", "“{0}”: was fixed by {1} (former)."),
    "made": ("「{0}」：{1}が定めているが、まだ施行されていない。", "“{0}”: {1} fixes it, but is not in force yet."),
    "given_above": ("「{}」：上に掲げた。", "“{}”: given above."),
    "pending": ("「{0}」：検討中とされ、まだ定められていない。", "“{0}”: said to be under preparation; not made yet."),
    "unfilled": ("「{0}」：{1}に委ねられているが、収録した範囲ではまだ定められていない。定まるまで、これによる部分は判断できない。", "“{0}”: left to {1}; in what is collected here it has not been made yet. Until it is, what rests on it cannot be determined."),
    "unfilled_then": ("「{0}」：{1}に委ねられていた。収録した範囲には、定めが見当たらない。", "“{0}”: was left to {1}; nothing found in what is collected here."),
    "by_contract": ("「{0}」：{1}による。個々の{1}の定めを確かめる。", "“{0}”: by {1}; look up what it says."),
    "fills": ("{1}に定める「{0}」", "“{0}” of {1}"),
    "defeats": ("{}（次の場合）", "{} (in this case)"),
    "penal": ("{0}に適合しないときは、{1}の対象となり得る：{2}。", "Where {0} is not satisfied, the person may be subject to {1}: {2}."),
    "penal_then": ("{0}に適合しなかったときは、{1}の対象となり得た：{2}（旧。行為の日の条文による）。", "Where {0} was not satisfied, the person could be subject to {1}: {2} (former; the text of the day of the act counts)."),
    "penal_planned": ("施行後は、{0}に適合しないときは、{1}の対象となり得ることとなる予定：{2}。", "Once in force, where {0} is not satisfied, the person may, as planned, be subject to {1}: {2}."),
    "penal_said": ("{0}に適合しないときは、{1}の対象となり得るものとされている：{2}。", "As proposed, where {0} is not satisfied, the person might be subject to {1}: {2}."),
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
    "saving_planned": ("{}は、次の場合になお従前の例によることとなる予定：", "{} are planned to go on under the former rule in this case: "),
    "saving_said": ("{}は、次の場合になお従前の例によるものとされている：", "{} would go on under the former rule in this case: "),
    "saving_then": ("{}は、次の場合になお従前の例によるものとされていた：", "{} went on under the former rule in this case: "),
    "marks": ("ここに掲げる短い文言だけが公式の条文の言葉である。", "Only the short phrases listed here are words of the official text."),
    "marks_of_none": ("ここに掲げる短い文言だけが、提言・案・報道の本文の言葉である（法令の条文ではない）。", "Only the short phrases listed here are words of the document itself (no text of law)."),
    "many_links": ("{0}：{1}（{2}か所）", "{0}: {1} ({2} places)"),
    "mark": ("{}", "{}"),
    "egov": ("公式の条文を読む：{}（e-Gov法令検索）", "Read the official text: {} (e-Gov)"),
    "official": ("公式の条文（{}現在。出典：e-Gov法令検索）。根拠とした文言に印を付けた。", "The official text (as of {}; source: e-Gov). The words the rules stand on are marked."),
    "text_unpromulgated": ("公布された法令の条文ではない（{}の文書による）。根拠とした文言に印を付けた。", "Not the text of a promulgated law (from the document of {}). The words the rules stand on are marked."),
    "instrument": ("{0}（{1}。以下「{2}」という。）", "{0} ({1}), “{2}” below"),
    "text_of": ("{}現在の資料による。", "By the material of {}."),
    "version": ("適用法令：{0}。作成基準日 {1}。規則の版 {2}。", "Law: {0}. As of {1}. Version of the rules {2}."),
    "material": ("（{0}現在の資料）", " (material of {0})"),
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

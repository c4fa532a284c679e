"""The fixed words of answers, in Japanese and English: one list per thing that is said, and nothing free.

Comes in: names the engine uses (a status, a cause, a grade). Goes out: the words a lawyer reads for them, as pairs
`(ja, en)`. A hypothetical conclusion has its own words, because it must say so in its own sentence and may never say that
something *is* not satisfied. Deliberately not here: sentences with blanks (`templates/`), anything about one case.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Lang = Literal["ja", "en"]
Pair = tuple[str, str]
LANGS: tuple[Lang, ...] = ("ja", "en")


def pick(pair: Pair, lang: Lang) -> str:
    """Return the words of a pair in a language."""
    return pair[LANGS.index(lang)]


class Status(NamedTuple):
    """The words of one status: as things are, and in a hypothetical context."""

    actual: Pair
    hypothetical: Pair


#: What every conclusion of a hypothetical context begins with.
IF_IN_FORCE: Pair = ("仮に施行されていたとすれば、", "if it had been in force, ")
#: What every conclusion that rests on a press account alone begins with.
BY_PRESS: Pair = ("報道による：", "according to press: ")

MODALITY: dict[str, Pair] = {
    "duty": ("義務", "duty"),
    "prohibition": ("禁止", "prohibition"),
    "permission": ("許容", "permission"),
    "power": ("当局の権限", "power of the authority"),
    "entitlement": ("権能", "entitlement"),
    "right": ("権利", "right"),
    "effect": ("法律効果", "legal effect"),
    "liability": ("責任", "liability"),
    "effort": ("努力義務", "duty of effort"),
    "must_contain": ("含めるべき事項", "required content"),
}

_ANY: dict[str, Status] = {
    "undetermined": Status(("判断できない", "cannot be determined"), ("判断できないこととなる", "it could not be determined")),
    "contested": Status(("判断できない", "cannot be determined"), ("判断できないこととなる", "it could not be determined")),
    "not-applicable": Status(
        ("適用されない（要件に該当しない）", "does not apply (its requirements are not met)"),
        ("適用されないこととなる（要件に該当しない）", "it would not apply (its requirements would not be met)"),
    ),
    "disapplied": Status(
        ("適用されない（適用除外）", "does not apply (disapplied)"),
        ("適用されないこととなる（適用除外）", "it would not apply (it would be disapplied)"),
    ),
    "lapsed": Status(
        ("廃止により終了している", "has lapsed by repeal"), ("廃止により終了していることとなる", "it would have lapsed by repeal"),
    ),
    "noted": Status(
        ("努力義務がある（履行の有無は判定しない）", "an effort is called for (never judged)"),
        ("努力義務があることとなる（履行の有無は判定しない）", "an effort would be called for (never judged)"),
    ),
    **{
        f"not-in-force-{when}": Status(
            (f"適用されない（{ja}）", f"does not apply ({en})"),
            ("という仮定の下でも、効力のある条文がなく、適用されないこととなる",
             "as is supposed here, there would still be no text in force on the day, and it would not apply"),
        )
        for when, ja, en in (
            ("before", "施行前", "not yet in force"),
            ("after", "廃止後", "no longer in force"),
            ("none", "その日に施行されている条文がない", "no text of it is in force on the day"),
        )
    },
}  # fmt: skip

_DUTY: dict[str, Status] = {
    "outstanding": Status(
        ("義務がある（履行期未到来・履行の記録なし）", "the duty applies (not yet due; no performance recorded)"),
        ("義務があることとなる（履行期未到来・履行の記録なし）", "the duty would apply (not yet due; no performance recorded)"),
    ),
    "outstanding-undated": Status(
        ("義務がある（未履行・履行の記録なし）", "the duty applies (outstanding; no performance recorded)"),
        ("義務があることとなる（未履行・履行の記録なし）", "the duty would apply (outstanding; no performance recorded)"),
    ),
    "overdue": Status(
        ("義務がある（期限経過・与えられた事実を前提とすれば未履行）", "the duty applies (past due and, on the facts given, not performed)"),
        ("期限までに履行されず、適合しないこととなる", "it would not be satisfied (the due day would have passed without performance)"),
    ),
    "performed": Status(
        ("義務がある（履行済み）", "the duty applies (performed)"),
        ("義務があり、履行済みとなる", "the duty would apply and would be performed"),
    ),
    "performed-late": Status(
        ("義務がある（遅れて履行）", "the duty applies (performed late)"),
        ("義務があり、遅れて履行されたこととなる", "the duty would apply and would be performed late"),
    ),
}  # fmt: skip


def _kept(ja: str, en: str) -> dict[str, Status]:
    return {
        "satisfied": Status(
            (f"{ja}。与えられた事実を前提とすれば、適合する", f"{en} applies; on the facts given, it is satisfied"),
            (
                f"{ja}。与えられた事実を前提とすれば、適合することとなる",
                f"{en} would apply and, on the facts given, would be satisfied",
            ),
        ),
        "not-satisfied": Status(
            (
                f"{ja}。与えられた事実を前提とすれば、適合しない",
                f"{en} applies; on the facts given, it is not satisfied",
            ),
            (
                f"{ja}。与えられた事実を前提とすれば、適合しないこととなる",
                f"{en} would apply and, on the facts given, would not be satisfied",
            ),
        ),
    }


def _able(yes: Pair, no: Pair) -> dict[str, Status]:
    done = ("行使された", "has been exercised")
    return {
        "available": Status(yes, (f"{yes[0]}こととなる", yes[1].replace("may ", "could "))),
        "exercised": Status(done, ("行使されたこととなる", "it would have been exercised")),
        "not-available": Status(no, (f"{no[0]}こととなる", no[1].replace("are not", "would not be"))),
    }


def _arising(yes: Pair, no: Pair, would: str) -> dict[str, Status]:
    return {
        "arises": Status(yes, (f"{yes[0]}こととなる", would)),
        "does-not-arise": Status(no, (f"{no[0]}こととなる", would.replace("would ", "would not ", 1))),
    }


STATUS: dict[str, dict[str, Status]] = {
    "duty": {**_DUTY, **_kept("義務がある", "the duty"), **_ANY},
    "prohibition": {**_kept("禁止が適用される", "the prohibition"), **_ANY},
    "must_contain": {**_kept("定めなければならない", "the requirement"), **_ANY},
    "permission": {
        **_able(("することができる（禁止が解かれる）", "the person may act (the prohibition is lifted)"),
                ("することができる場合に該当しない", "the requirements of the permission are not met")), **_ANY,
    },
    "power": {
        **_able(("することができる（当局の裁量）", "the authority may act (its discretion)"),
                ("当局がすることができる場合に該当しない", "the requirements of the power are not met")), **_ANY,
    },
    "entitlement": {
        **_able(("することができる（本人の選択）", "the person may act (its own choice)"),
                ("することができる場合に該当しない", "the requirements of the entitlement are not met")), **_ANY,
    },
    "right": {**_arising(("権利が成立する", "the right arises"), ("権利は成立しない", "the right does not arise"), "the right would arise"), **_ANY},
    "effect": {**_arising(("効果が生ずる", "the effect arises"), ("効果は生じない", "the effect does not arise"), "the effect would arise"), **_ANY},
    "liability": {
        **_arising(("責任の要件に該当する", "the requirements of the liability are met"),
                   ("責任の要件に該当しない", "the requirements of the liability are not met"),
                   "the requirements of the liability would be met"), **_ANY,
    },
    "effort": _ANY,
}  # fmt: skip

#: The groups the register is listed in: (statuses, heading, heading in a hypothetical context).
REGISTER: tuple[tuple[tuple[str, ...], Pair, Pair], ...] = (
    (("overdue", "not-satisfied", "performed-late"),
     ("与えられた事実を前提とすれば適合しないもの・期限を経過したもの", "Not satisfied, past due or late, on the facts given"),
     ("仮に施行されていたとすれば適合しないこととなるもの", "Would not be satisfied, if it had been in force")),
    (("outstanding",), ("履行の記録がないもの", "Outstanding"), ("仮に施行されていたとすれば履行すべきこととなるもの", "Would be outstanding, if it had been in force")),
    (("undetermined", "contested"), ("判断できないもの", "Cannot be determined"), ("仮に施行されていたとしても判断できないもの", "Could not be determined, even if it had been in force")),
    (("performed", "satisfied"), ("履行済み・適合するもの", "Performed or satisfied"), ("仮に施行されていたとすれば適合することとなるもの", "Would be performed or satisfied, if it had been in force")),
    (("available", "exercised", "arises", "noted"), ("権限・権利・効果など", "Powers, rights, effects"), ("仮に施行されていたとすれば認められる権限・権利・効果など", "Powers, rights and effects, if it had been in force")),
    (("not-applicable", "not-available", "does-not-arise", "disapplied", "lapsed"),
     ("適用されないもの・要件に該当しないもの", "Does not apply"), ("仮に施行されていたとしても適用されないもの", "Would not apply, even if it had been in force")),
    (("not-in-force",), ("施行されていないもの", "Not in force"), ("仮定の下でも施行されていないもの", "Not in force, even as supposed")),
)  # fmt: skip

#: What a page of a day says of instances whose own day is still to come and which the facts do not yet decide.
STILL_TO_COME: Pair = ("基準となる日がまだ来ていないもの", "Still to come")

#: Why something cannot be determined (answering 3.2), by kind of cause.
CAUSES: dict[str, Pair] = {
    "fact": ("事実不明", "facts missing"),
    "list": ("一覧が完全でない", "a list is not complete"),
    "slot": ("委任未制定", "delegated rule not made"),
    "commencement": ("施行期日未定", "day of commencement not fixed"),
    "unverified": ("条文未確認", "text not verified"),
    "reading": ("解釈が分かれる", "contested reading"),
    "unencoded": ("未符号化", "words not encoded"),
    "gap": ("収録範囲に該当する定めが見当たらない", "no encoded provision answers"),
    "clash": ("収録した規定が抵触する", "encoded provisions clash"),
    "undefined": ("計算上定まらない", "no result can be computed"),
}

#: Why, of a power that turns on nothing but what the authority itself finds.
OWN_FINDING: Pair = ("当局自らの認定による", "it turns on the authority's own finding")

PROMPTNESS: dict[str, Pair] = {
    "immediately": ("直ちに", "immediately (直ちに)"),
    "promptly": ("速やかに", "promptly (速やかに)"),
    "without_delay": ("遅滞なく", "without delay (遅滞なく)"),
    "in_advance": ("あらかじめ", "in advance (あらかじめ)"),
}

#: The four groups of what would settle an answer.
GROUPS: dict[str, Pair] = {
    "facts": ("依頼者が述べ得る事実", "Facts the client can give"),
    "evaluations": ("法律家の評価を要する点", "Evaluations a lawyer must make"),
    "acts": ("当局だけがし得る行為", "Acts only an authority can do"),
    "texts": ("これから定められ、又は確認される条文", "Texts still to be made or read"),
}
VERDICTS: dict[str, Pair] = {
    "will": ("これらが分かれば判断できる", "these will settle it"),
    "may": ("これらにより判断できる場合がある", "these may settle it"),
    "cannot": ("事実だけでは判断できない", "facts alone cannot settle it"),
}

#: The same, said in an entry that refers to the fourth section.
PROSPECTS: dict[str, Pair] = {
    "will": ("下記4の点が全て分かれば判断できる", "Section 4, once answered in full, settles it"),
    "may": ("下記4の点により判断できる場合がある", "Section 4 may settle it"),
    "cannot": ("事実だけでは判断できない", "Facts alone cannot settle it"),
}

#: The same four, of one thing that is not so or not known, and who has to establish it.
CLASSES: dict[str, Pair] = {
    "fact": ("依頼者が述べ得る事実", "a fact the client can give"),
    "evaluation": ("法律家の評価を要する点", "an evaluation a lawyer must make"),
    "act": ("当局だけがし得る行為", "an act only an authority can do"),
    "time": ("日の経過（事実によらない）", "the passing of days; no fact makes it otherwise"),
    "reading": ("読み方が分かれる点", "a point on which readings differ"),
    "text": ("これから定められ、又は確認される条文", "text still to be made or read"),
}
ESTABLISHED_BY: dict[str, Pair] = {
    "fact": ("依頼者（事実を述べる者）", "the client, who states the facts"),
    "evaluation": ("法律家（評価した者・日・理由を付す）", "a lawyer, naming the assessor, the day and the reasons"),
    "act": ("当局", "the authority"),
    "time": ("なし（尋ねる日による）", "nobody: it is so by the day asked about"),
    "reading": (
        "法律家（どの読み方によるかを、典拠とともに述べる）",
        "a lawyer, saying which reading is taken and on what authority",
    ),
    "cabinet_order": ("政令を定める内閣", "the Cabinet, by Cabinet Order"),
    "ordinance": ("府省令を定める者", "whoever makes the ordinance"),
    "notice": ("告示を定める者", "whoever issues the public notice"),
    "supplementary_provisions": ("附則を定める立法者", "the legislature, in supplementary provisions"),
    "contract": ("契約の当事者", "the parties to the contract"),
    "commencement": ("施行期日を定める者", "whoever fixes the day of commencement"),
    "unverified": ("公布された条文を確認する者", "whoever reads the promulgated text"),
    "unencoded": ("規定を収録する者", "whoever encodes the provision"),
}
#: What a change of facts is searched for.
FLIP_GOALS: dict[str, Pair] = {
    "applies": ("適用されることとなる変更", "what would make it apply"),
    "does-not-apply": ("適用されないこととなる変更", "what would make it not apply"),
    "status": ("適用されたまま、別の状態となる変更", "what would change its status while it applies"),
    "true": ("該当することとなる変更", "what would make it so"),
    "false": ("該当しないこととなる変更", "what would make it not so"),
    "value": ("別の値となる変更", "what would change its value"),
}

SANCTIONS: dict[str, Pair] = {
    "criminal": ("罰則", "a penalty"),
    "administrative_fine": ("過料", "an administrative fine"),
    "surcharge": ("課徴金", "a surcharge"),
    "administrative": ("行政処分", "an administrative disposition"),
    "civil": ("私法上の効果", "an effect in private law"),
}
FINES: dict[str, Pair] = {
    "criminal": ("罰金", "a fine"), "administrative_fine": ("過料", "an administrative fine"), "surcharge": ("課徴金", "a surcharge"),
}  # fmt: skip

#: What the law's words for imprisonment mean.
IMPRISONMENT: dict[str, str] = {
    "懲役": "imprisonment with work, the law's word before 拘禁刑",
    "禁錮": "imprisonment without work, the law's word before 拘禁刑",
    "拘禁刑": "imprisonment, the word that has replaced 懲役 and 禁錮",
}

BUCKETS: dict[str, Pair] = {
    "in_force": ("①施行中のもの", "(1) In force"),
    "pending": ("②公布済み・未施行のもの", "(2) Promulgated, not in force"),
    "proposal": ("③案・提言", "(3) Drafts and recommendations"),
    "press": ("④報道", "(4) Press accounts"),
}
_GRADES: dict[str, tuple[Pair, Pair]] = {
    "in_force": (("条文で確認", "checked against the text"), ("条文との照合は未了", "not yet compared with the text")),
    "pending": (("公布文で確認", "checked against the promulgated text"), ("要綱による", "by the outline")),
    "proposal": (
        ("提言・案の本文で確認", "checked against the proposal"),
        ("提言・案（照合は未了）", "proposal, not yet compared"),
    ),
    "press": (("報道", "press"), ("報道", "press")),
}


def grade(bucket: str, letter: str, lang: Lang) -> str:
    """Return a grade of evidence in words."""
    return pick(_GRADES[bucket][0 if letter == "A" else 1], lang)


HEADINGS: dict[str, Pair] = {
    "conclusion": ("1. 結論", "1. Conclusions"),
    "deadlines": ("2. 期限一覧", "2. Deadlines"),
    "sanctions": ("3. 罰則・処分", "3. Sanctions and dispositions"),
    "open": ("4. 判断できない点と必要な事実", "4. What cannot be determined, and what would settle it"),
    "grounds": ("5. 根拠条文", "5. Provisions relied on"),
    "notes": ("6. 注記", "6. Further notes"),
    "derivation": ("7. 判断の全過程", "7. The whole derivation"),
    "path": ("7. 結論に至る過程", "7. The decisive path"),
    "footing": ("前提", "On what footing"),
    "plain": (
        "8. 用いた規定の要旨（当サイトの要約。条文ではない）",
        "8. What the provisions say (our plain statements, not the text)",
    ),
}
NONE: Pair = ("なし", "none")

#: The block that ends every answer (answering 3.2): at most three lines.
END: tuple[Pair, ...] = (
    ("本書は収録した規定と入力事実に基づく計算結果であり、法律意見・行政の見解ではない。", "Computed from the encoded provisions and the facts given; neither a legal opinion nor a view of any authority."),
    ("収録していない法令、監督指針、ガイドラインなどは検討していない。", "Laws, supervisory guidelines and other rules that are not encoded were not considered."),
    ("正文は官報による。", "The official text is that of the Official Gazette; the Japanese text prevails."),
    ("解釈が分かれる点は弁護士の判断又は法令適用事前確認手続を要する。", "Contested points call for a lawyer's judgment or a prior inquiry with the authority (法令適用事前確認手続)."),
)  # fmt: skip

WEEKDAYS: tuple[Pair, ...] = (
    ("月曜日", "Monday"), ("火曜日", "Tuesday"), ("水曜日", "Wednesday"), ("木曜日", "Thursday"), ("金曜日", "Friday"),
    ("土曜日", "Saturday"), ("日曜日", "Sunday"),
)  # fmt: skip
#: Eras by first day, newest first.
ERAS: tuple[tuple[str, str], ...] = (
    ("2019-05-01", "令和"), ("1989-01-08", "平成"), ("1926-12-25", "昭和"), ("1912-07-30", "大正"), ("1868-10-23", "明治"),
)  # fmt: skip
UNITS: dict[str, Pair] = {
    "days": ("日", "days"), "weeks": ("週間", "weeks"), "months": ("か月", "months"), "years": ("年", "years"),
    "business days": ("営業日", "business days"),
}  # fmt: skip

#: What each rule of computing a period does, by the address or the name that the derivation gives.
CONVENTIONS: dict[str, Pair] = {
    "cc/138": ("別段の定めにより初日を算入", "the text counts the first day"),
    "cc/140": ("初日不算入", "the first day is not counted"),
    "cc/141": ("末日の終了で満了", "the period ends with its last day"),
    "cc/142": ("末日が休日", "the last day is a holiday"),
    "cc/143/1": ("暦に従う", "by the calendar"),
    "cc/143/2/main": ("応当日の前日に満了", "ends the day before the corresponding day"),
    "cc/143/2/proviso": ("応当日がなく月の末日に満了", "no corresponding day: ends with the month"),
    "hol/1": ("行政機関の休日", "holidays of administrative organs"),
    "hol/2": ("休日の翌日が期限となる", "the next open day becomes the due day"),
    "ba/15/1": ("銀行の休日", "bank holidays"),
    "bao/5/1": ("銀行の休日", "bank holidays"),
    "reading:clear-days": ("中に丸々の日数を置く読み方", "reading: full days between"),
    "reading:calendar-days": ("暦日で遡る読み方", "reading: counted back by the calendar"),
    "form:calendar-date": ("期間ではなく暦日の定め", "a calendar date, not a period"),
    "form:elapsed": ("満了の翌日", "the day after the period has run"),
}
#: Titles of laws that periods cite, for a program that does not hold them.
TITLES: dict[str, Pair] = {
    "cc": ("民法", "Civil Code"), "hol": ("行政機関休日法", "Administrative Holidays Act"),
    "ba": ("銀行法", "Banking Act"), "bao": ("銀行法施行令", "Banking Act Order"),
}  # fmt: skip

#: What a comparison says of its two sides, by operator: of amounts, and of days.
COMPARISONS: dict[str, tuple[Pair, Pair]] = {
    "=": (("と等しい", "equals"), ("と同じ日である", "is the same day as")),
    "!=": (("と異なる", "differs from"), ("と異なる日である", "is another day than")),
    "<": (("未満である", "is less than"), ("より前である", "is before")),
    "<=": (("以下である", "is no more than"), ("以前である", "is on or before")),
    ">": (("を超える", "exceeds"), ("より後である", "is after")),
    ">=": (("以上である", "is no less than"), ("以後である", "is on or after")),
}
#: What holds where a comparison does not.
INVERSE: dict[str, str] = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
CALLS: dict[str, Pair] = {
    "+": ("和", "sum"), "-": ("差", "difference"), "*": ("積", "product"), "/": ("商", "quotient"), "negate": ("符号を逆にした額", "the amount with the other sign"),
    "least": ("いずれか低いもの", "the lowest"), "greatest": ("いずれか高いもの", "the highest"),
    "round_down": ("切捨て", "rounded down"), "round_up": ("切上げ", "rounded up"), "round_half_up": ("四捨五入", "rounded half up"),
    "business_days": ("営業日による期間", "a span of business days"), "last_day_of_month": ("月の末日", "last day of the month"),
    "days_between": ("日数", "days between"), "year_of": ("年", "year"), "has": ("値があること", "being there"), "filled": ("委任が満たされていること", "the slot being filled"),
}  # fmt: skip
FOLDS: dict[str, Pair] = {
    "every": ("の全てについて", "every"), "some": ("のいずれかについて", "some"), "at_least": ("のうち一定数以上について", "at least so many of"),
    "number": ("の数", "number of"), "sum": ("についての合計", "sum over"), "least": ("のうち最も低いもの", "the lowest over"), "greatest": ("のうち最も高いもの", "the highest over"),
}  # fmt: skip

#: Folds over days, where the words differ.
FOLDS_OF_DAYS: dict[str, Pair] = {
    "least": ("のうち最も早いもの", "the earliest over"),
    "greatest": ("のうち最も遅いもの", "the latest over"),
}

#: What a page on the web says around what is answered.
WEB: dict[str, Pair] = {
    "skip": ("本文へ移動", "Skip to the content"),
    "masthead": ("計算結果（法律意見ではない）", "A computed result, not a legal opinion"),
    "contents": ("目次", "Contents"),
    "cited": ("引用した規定", "Provisions cited"),
    "ours_note": (
        "「当サイトの要約」は条文ではない。正文は官報による。",
        "Plain statements are ours and are not the text of the law; the official text is that of the Official Gazette.",
    ),
    "ours": ("当サイトの要約：", "Our plain statement:"),
    "known": ("（{}）", "({})"),
}  # fmt: skip

#: The columns of tables of deadlines.
DUE_HEADS: dict[str, Pair] = {
    "due": ("期限", "Due"), "what": ("規範", "Norm"), "who": ("誰が", "Who"), "status": ("状態", "Status"), "how": ("日の計算", "How computed"),
    "sanctions": ("罰則・処分", "Sanctions"),
}  # fmt: skip

#: The columns of the course of an answer over time.
COURSE_HEADS: dict[str, Pair] = {
    "days": ("期間", "Days"),
    "result": ("結論", "Result"),
    "changes": ("変わった理由", "What changed"),
}
COURSE_CAPTION: Pair = ("日の順", "In the order of days")

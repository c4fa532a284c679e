"""The fixed words of interviews, in Japanese and English, as pairs `(ja, en)`. Nothing about one case."""

from __future__ import annotations

from kitei.wording import Pair

#: What is asked before there is a case.
OPENING: dict[str, Pair] = {
    "day": (
        "どの日について尋ねますか（法令と事実の基準日）。",
        "About which day do you ask? (The law and the facts are read as of it.)",
    ),
    "kind": ("何についての事案ですか。", "What is the case about?"),
    "goals": ("何を知りたいですか。", "What do you want to know?"),
    "name": ("「{kind}」の名前を答えてください。", "Name the {kind}."),
}
#: What belongs to an answer just given.
PARTS: dict[str, Pair] = {
    "assessor": ("「{label}」：この評価をした人は誰ですか。", "On “{label}”: who makes this assessment?"),
    "reason": ("「{label}」：そう評価する理由は何ですか。", "On “{label}”: for what reason?"),
    "since": ("「{label}」：いつからですか（処分の日）。", "On “{label}”: since which day (the day of the act)?"),
    "basis": (
        "「{label}」：根拠は何ですか（処分の番号、文書など）。",
        "On “{label}”: on what basis (number, document)?",
    ),
}
CLASSES: dict[str, Pair] = {
    "facts": ("事実", "Fact"), "evaluations": ("評価（法律上の評価）", "Legal evaluation"), "acts": ("当局の行為", "Act of an authority"),
}  # fmt: skip
#: What a class of question means, for `why`.
EXPLAINED: dict[str, Pair] = {
    "facts": ("事実とは、当事者が述べ得ることをいう。答えは真実と仮定され、確認はされない。", "A fact is what the client can tell. It is taken as true and not verified."),
    "evaluations": ("評価とは、法律家が条文の語に当てはまるかを判断することをいう。評価した人と理由を記録し、結論にはそれに基づくことが示される。",
                    "An evaluation is a lawyer's judgment whether words of the law are met. Who makes it and why is recorded, and the conclusion says that it rests on it."),
    "acts": ("当局の行為とは、登録・命令・承認など当局だけがし得ることをいう。まだなければ「いいえ」、分からなければ「わからない」。",
             "An act of an authority is a registration, an order, an approval. Answer no if there is none; `unknown` if you cannot tell."),
    "members": ("一覧が全部であると述べられるまでは、挙げられていないものがあり得るものとして扱う。", "Until you say that a list is complete, there may be others on it, and the answer allows for them."),
}  # fmt: skip

SAID: dict[str, Pair] = {
    "number": ("問{n}　", "Question {n}. "),
    "which": ("「{label}」を答えてください。", "What is it: {label}?"),
    "which_truth": ("「{label}」に該当しますか。", "Is it so: {label}?"),
    "which_entity": ("「{label}」はどれ（誰）ですか。", "Which (or who) is it: {label}?"),
    "which_list": ("「{label}」を全て挙げてください。", "List all: {label}."),
    "more": ("「{label}」として挙げられたもの：{listed}。他にもありますか。", "Listed under {label}: {listed}. Are there any more?"),
    "before": ("〔{end}より前について〕", "[for the time before {end}]"),
    "since": ("〔{start}以後について〕", "[for the time from {start} on]"),
    "between": ("〔{start}以後、{end}より前について〕", "[from {start}, before {end}]"),
    "as_of": ("〔{days}現在〕", "[as of {days}]"),
    "answer_members": ("呼び名を「、」で区切って挙げる（例 {example}）。一つもなければ「なし」。", "Name them in your own words, with commas between ({example}); `none` if there are none."),
    "answer_more": ("あれば呼び名を挙げる（取り消すには「-呼び名」）。これで全部なら「なし」。全部か分からなければ「わからない」。",
                    "Name the others (`-name` takes one off); `none` if these are all; `unknown` if you cannot say that they are all."),
    "answer_entity": ("番号か、新しい呼び名（例 {example}）。", "A number, or a new name ({example})."),
    "answer_day": ("例 2026-11-22、令和8年11月22日。", "For example 2026-11-22."),
    "answer_kind": ("番号か、知りたいことの言葉（例 {example}。その一部でもよい。）で答える。", "Answer with a number, or in words with what you want to know ({example}, or a part of it)."),
    "answer_goals": ("番号か言葉（例 {example}。その一部でもよい。）で、「、」で区切って答える。「全部」も可。", "Answer with numbers or words ({example}, or a part of it), commas between, or `all`."),
    "answer_name": ("例 甲社（架空）。", "For example: Company A."),
    "answer_assessor": ("氏名又は役割。空のままなら記録しない。", "A name or a role; leave empty to record none."),
    "answer_reason": ("一文で。空のままなら記録しない。", "One sentence; leave empty to record none."),
    "answer_since": ("例 2020-05-01。分からなければ空のままにする（期間を限らず、そうであるものとして扱う）。",
                     "For example 2020-05-01. Leave empty if you cannot tell: it then counts for all days."),
    "answer_basis": ("例 関東財務局長第00000号。空のままなら記録しない。", "For example a number of registration; leave empty to record none."),
    "answer_skipped": ("はい／いいえ。", "yes or no."),
    "answer_further": ("はい／いいえ。「いいえ」なら、ここで終える。", "yes or no; with no it ends here."),
    "settled": ("結論が出た（ほかの事実がどうであっても変わらない）：", "Settled (whatever else is the case):"),
    "no_instance": ("対象となるものがない。", "there is nothing it could apply to."),
    "further": ("結論は出た。額や履行の有無についても尋ねますか。", "The conclusions are settled. Go on to amounts and to what has been performed?"),
    "part_content": ("の額", ", its amount"),
    "part_left": ("なお尋ね得ること：{goal}。", "Could still be asked: {goal}."),
    "part_done": ("の履行", ", its performance"),
    "skipped": ("後回しにした問いが{n}件あります（{items}）。今答えますか。", "{n} question(s) were put off ({items}). Take them up now?"),
    "why": ("理由：{cite}の要件に関わるため。→ {goal}", "Why: it matters under {cite}, for: {goal}."),
    "why_goal": ("理由：→ {goal}", "Why: for {goal}."),
    "why_list": ("理由：{cite}により、その一つ一つについて判断するため。→ {goal}", "Why: under {cite}, a conclusion is drawn for each of them: {goal}."),
    "why_opening": ("答えるべき条文を選ぶために尋ねる。", "It is asked to know which provisions are in question."),
    "way": ("「{goal}」を判断するため、次の順にこの事実に至る。", "To decide “{goal}”, the rules lead to this fact as follows:"),
    "plain": ("当サイトの要約：{text}", "Our plain statement: {text}"),
    "read_on": ("この事実が読まれる日：{days}。", "The fact is read as of: {days}."),
    "declared": ("この事実についての参照条文：{cites}。", "Provisions on this fact: {cites}."),
    "reasons": ("理由：{reasons}", "reason: {reasons}"),
    "yes": ("はい", "yes"), "no": ("いいえ", "no"),
    "unknown": ("わからない", "unknown"), "put_off": ("後回し", "put off"),
    "complete": ("これで全部", "that is all"), "not_complete": ("全部とは限らない", "may not be all"),
    "change": ("直すには「変更 番号」。", "To change one: `change` and its number."),
    "nothing_asked": ("まだ何も尋ねていない。", "Nothing has been asked yet."),
    "no_case": ("まだ事案がない。", "There is no case yet."),
    "nothing_yet": ("まだ結論はない。", "There is no conclusion yet."),
    "commands": ("答えの代わりに：{words}", "Instead of an answer: {words}"),
    "help": ("問いに答えるか、次の語で指示する。英語でも日本語でもよく、全角の数字も読む。", "Answer the question, or say one of these, in English or Japanese:"),
    "asked": ("尋ねた問いは{n}件。", "Questions asked: {n}."),
    "left": ("判断できないまま残るもの：", "Left open:"),
    "saved": ("{file} に保存した。", "Saved in {file}."),
    "saved_aside": ("{file} は他で変更されていたので、{other} に保存した。", "{file} was changed by someone else; saved in {other} instead."),
    "cannot_save": ("{file} に保存できない：{error}", "{file} cannot be written: {error}"),
    "nothing_to_save": ("保存する事案はまだない。", "There is no case to save yet."),
    "go_on": ("続きは：kitei ask {file}", "To go on: kitei ask {file}"),
    "begin": ("答えは {file} に保存される（「保存」でいつでも、「終了」で保存して終わる。）。続きは kitei ask {file}。指示の一覧は「ヘルプ」。",
              "Answers are saved in {file} (`save` at any time, `quit` saves and stops). To go on later: kitei ask {file}. Type `help` for what you can say."),
    "workbook": ("{file}（Excel の様式）にある答えを読み取った。様式には書き込まず、その答えとこれからの答えを {other}（YAML）に保存する。",
                 "The answers in {file} (an Excel form) were read. The form is not written to: they and your answers go to {other} (YAML)."),
    "resumed": ("{file} の続き。これまでの答え：{n}件（「一覧」で見る。）。", "Going on from {file}: {n} answer(s) so far; `review` lists them."),
    "no_goal": ("何を知りたいかがまだ選ばれていないので、結論はない。", "Nothing was asked for yet, so there is no conclusion."),
    "no_back": ("これより前の問いはない。直すには「一覧」と「変更 番号」。", "There is nothing before this in this sitting; use `review` and `change`."),
    "no_such": ("その番号はない。", "There is no such number."),
    "empty": ("答えるか、「わからない」「後で」「ヘルプ」などと入力する。", "Answer, or type `unknown`, `skip` or `help`."),
    "interrupted": ("中断した。", "Interrupted."),
}  # fmt: skip

#: What can be said instead of an answer: the words, and what they do.
COMMANDS: dict[str, tuple[Pair, Pair]] = {
    "unknown": (("わからない", "unknown"), ("誰にも答えられない。もう尋ねない。", "nobody can tell; it is not asked again")),
    "skip": (("後で", "skip"), ("今は飛ばす。最後にもう一度尋ねるか聞く。", "put it off; at the end you may take it up")),
    "back": (("戻る", "back"), ("前の答えを取り消して、その問いに戻る。", "take back the last answer")),
    "why": (("なぜ", "why"), ("尋ねる理由を詳しく示す。", "why this is asked, at length")),
    "review": (("一覧", "review"), ("答えの一覧を示す。「変更 3」で3番を直す。", "list all answers; `change 3` changes the third")),
    "status": (("結論", "status"), ("今の結論を示す。", "the conclusions as they stand")),
    "save": (("保存", "save"), ("保存して続ける。後で続けるための命令も示す。", "save and go on; it says how to resume later")),
    "quit": (("終了", "quit"), ("保存して終える。", "save and stop")),
    "help": (("ヘルプ", "help"), ("この一覧を示す。", "this list")),
}  # fmt: skip

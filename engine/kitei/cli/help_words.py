"""`--help` in Japanese: what click writes, with every text of a command and an option replaced by its twin.

Comes in: the rows, headings and paragraphs click is about to write. Goes out: the same page in Japanese, wrapped by display
width. A test walks all commands and finds the text that has no twin. Deliberately not here: what the commands do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import click

_WIDTH = 88

#: Help of commands and options, each as one line, with its twin. Paragraphs of a twin are parted by a line.
TWINS: dict[str, str] = {
    # the commands
    "Rules as code whose unit is the statutory provision. Exit codes: 0 fine, 1 findings, 2 wrong use, 3 unreadable input, 4 our own fault, 5 no case found.":
        "条文を単位とする、法令の規則の記述と計算。\n\n終了コード：0 正常、1 指摘あり、2 使い方の誤り、3 入力を読めない、4 このプログラムの誤り、5 事例がない。",
    "Show the version and exit.": "版を示して終わる。",
    "Show this message and exit.": "この説明を示して終わる。",
    "Interview: ask only what can still matter, then answer; saves a facts file.": "問答。なお結論を左右し得ることだけを尋ねて答え、事実のファイルに保存する。",
    "Check the language, names, types, citations, slots and marks of the law.": "法令の記述を点検する（文法、名、型、引用、委任、根拠文言）。",
    "Read a citation in Japanese, English or as addresses; print all three.": "引用を読み（日本語・英語・番地）、三つの形で示す。",
    "Give facts: a template or an Excel form, what was read from it, the schema.": "事実を与える。書き込み用の様式（YAML・Excel）、読み取りの確認、書式。",
    "Write .kitei files the one canonical way; comments are kept.": ".kitei の書き方をそろえる（注釈は残る。）。",
    "Draw what refers to what in the law; say what rests on a place, what a change would touch.": "規定の間の参照を描く。何がある規定に基づくか、改めると何に及ぶかを示す。",
    "Reckon a period of the law (14 days, 3月以内, 30日前), each step with its rule.": "法令の期間（14日、3月以内、30日前）を、各段階を根拠の条とともに計算する。",
    "Show what is encoded at a place, in words; what applies there by 準用 is written out.": "ある規定に何が収録されているかを文で示す（準用は書き下す。）。",
    "List deadlines by day: who, what, to whom, how the day was computed; also as a calendar.": "期限を日の順に示す（誰が、何を、誰に、日の計算）。カレンダーにもできる。",
    "Have an answer checked, step by step, by the separate checker.": "答えの全ての段階を、別の検査器に確かめさせる。",
    "Answer from the facts of a case: who owes what, by when, and why.": "事案の事実から答える（誰が何をいつまでに負うか、なぜか。）。",
    "Build public pages from the rules; name the paragraphs a change of law made stale.": "規則から公開の頁を作る。法令が変わって古くなった段落を挙げる。",
    "Show how an answer changes over time, and which provision or fact changes it.": "答えが時とともにどう変わり、どの規定・事実が変えるかを示す。",
    "Run cases in Markdown: facts, and what must come out.": "Markdown に書いた事例（事実と、あるべき結果）を試す。",
    "Say why one norm or term comes out as it does, why not, or what would change it.": "ある規範・用語がなぜそうなるか、なぜでないか、何が変われば変わるかを示す。",
    # the question about a case
    "The day asked about (YYYY-MM-DD); sets the day of facts, of the text and of knowledge.":
        "尋ねる日（2024-07-15、令和6年7月15日）。事実、条文、知り得た事項の基準日となる。",
    "Pin the law to that of this day: a hypothetical answer.": "法令をこの日のものに固定する（仮定の上の答えとなる。）。",
    "What is promulgated and recorded by this day.": "この日までに公布され、記録されたことだけによる。",
    "Which instruments count.": "前提とする法令の範囲（世界）。",
    "Fill an open slot or fix a commencement day.": "定められていない委任の内容や施行の日を仮定する。",
    "Folder of .kitei files, or a compiled core, read instead of the collected law.": ".kitei のフォルダー、又は組立て済みの規則（収録した法令の代わりに読む）。",
    "A draft of one's own, a folder or file of .kitei, read together with the law (repeatable).": "自分の案（.kitei のフォルダー又はファイル）。法令と合わせて読む（繰り返せる。）。",
    "Language (default: KITEI_LANG, else the locale).": "言語（既定：KITEI_LANG、なければ環境の設定）。",
    "Show only what concerns this entity (id or name in the facts).": "この者・物に関するものだけを示す（事実の中の識別子又は名）。",
    "Only this norm or term (repeatable).": "この規範・用語だけを答える（繰り返せる。）。",
    "The norm or term (repeatable).": "規範・用語（繰り返せる。）。",
    # run, why, timeline, register, replay
    "Answer from the facts of a case: a register of norms with deadlines, sanctions, statuses and reasons.":
        "事案の事実から答える。義務・禁止・許容・権限の一覧を、期限、罰則、状態、理由とともに示す。",
    "1: conclusions; 2: the decisive path too; 3: every step.": "1：結論、2：結論への道筋も、3：全ての段階。",
    "Say why one norm or term comes out as it does: provision, requirement, fact found, application, conclusion. NAME is an identifier, or the name that answers print, in either language.":
        "ある規範・用語がなぜそうなるかを、規定、要件、認定事実、当てはめ、結論の順に示す。\n\nNAME は識別子、又は答えに印刷された名（日本語でも英語でもよい。）。",
    "Whom it concerns: id or name in the facts (needed where there are several).": "誰・何について尋ねるか（事実の中の識別子又は名。複数あるときは要る。）。",
    "Why not: each thing not so or not known, and who must establish it.": "なぜでないか。満たされないこと・分からないことと、それを明らかにすべき者。",
    "The smallest changes of the facts that change it.": "結論を変える、最も小さい事実の変更。",
    "--flip: change at most so many facts at once.": "--flip で、一度に変える事実の数の上限。",
    "--flip: evaluate at most so often.": "--flip で、試す回数の上限。",
    "Show how an answer changes over time: from when to when it is what, and which provision or fact changes it. The law, the facts and what is known are those of each day, unless --text-on or --known-on fixes them.":
        "答えが時とともにどう変わるか（いつからいつまで何か、どの規定・事実が変えるか）を示す。\n\n法令、事実、知り得た事項は、--text-on、--known-on で固定しない限り、それぞれの日のものによる。",
    "First day (default: the day asked about).": "初めの日（既定：尋ねる日）。",
    "Last day (default: until nothing changes any more).": "終わりの日（既定：何も変わらなくなるまで）。",
    "List deadlines by day: who, what, to whom, by when, how the day was computed, and what is missing.":
        "期限を日の順に示す（誰が、何を、誰に、いつまでに、日の計算、足りないもの）。",
    "Leave out what falls due before this day.": "この日より前の期限を除く。",
    "Leave out what falls due after this day.": "この日より後の期限を除く。",
    "Also write a calendar file.": "カレンダーのファイル（.ics）も書く。",
    "Check every step of an answer with the separate checker, which trusts nothing of the evaluator.":
        "答えの全ての段階を、計算した側の何も信用しない別の検査器で確かめる。",
    "A compiled core to check against.": "照合に用いる編集済みの規則。",
    # the interview and giving facts
    "Interview a lawyer or a client: one question at a time, only what can still matter, until the goals are settled. The answers are a facts file, so `kitei run` reads it, and `kitei ask` goes on from it.":
        "法律家又は依頼者に、なお結論を左右し得ることだけを一つずつ、知りたいことが定まるまで尋ねる。\n\n答えは事実のファイルになる。kitei run で読め、kitei ask で続けられる。",
    "The norm or term to be settled (repeatable); else it is asked.": "知りたい規範・用語（繰り返せる。）。なければ尋ねる。",
    "The kind of entity the case is about, when starting from nothing.": "何もないところから始めるときの、事案の主体の種類。",
    "Its name.": "その名。",
    "Where the answers go (default: FACTS, else interview.facts.yaml).": "答えの保存先（既定：FACTS、なければ interview.facts.yaml）。",
    "Let --save overwrite a file that was not read.": "--save が、読んでいないファイルを上書きすることを許す。",
    "Give facts: a template or a form to fill in, what was read from it, and the schema for editors.":
        "事実を与える。書き込み用の様式、読み取りの確認、編集用ソフトのための書式。",
    "Say in words what was read from facts, entity by entity, and what they do not tell. Of what is not told, what can matter for --goal; else for what the file was made for (kitei facts new --goal, kitei ask); else what the law that counts in --world asks.":
        "事実から何を読み取ったかと、何が述べられていないかを、者・物ごとに文で示す。\n\n述べられていないことは、--goal（なければ、ファイルが作られたときの問い。それもなければ、--world の法令の全て）に関わり得るものを挙げる。",
    "Say in words what was read, and what is not told.": "読み取ったことと、述べられていないことを文で示す。",
    "Only what can matter for this norm or term (repeatable).": "この規範・用語に関わり得るものだけ（繰り返せる。）。",
    "Which instruments count (default: what the file was made for, else current).": "法令の範囲（既定：ファイルが作られたときのもの、なければ current）。",
    "List every question without an answer, whatever the file was made for and whatever law asks it.": "何のためのファイルか、どの法令が問うかによらず、答えのない質問を全て挙げる。",
    "Write an Excel form: a sheet for each kind of entity, with the questions and cells for the answers. What is written in the form is read wherever facts are: kitei run FORM.xlsx --on DATE.":
        "Excel の様式を書く。者・物の種類ごとのシートに、質問と答えの欄がある。\n\n書き込んだ様式は、事実を読むどの命令でも読める（kitei run FORM.xlsx --on 日付）。",
    "Write an Excel form to fill in.": "書き込み用の Excel の様式を書く。",
    "The workbook to write.": "書くワークブック。",
    "Language.": "言語。",
    "Fill in these facts.": "この事実を書き込んでおく。",
    "Which instruments count for --goal.": "--goal のための法令の範囲。",
    "Write a YAML file to fill in: every question about these kinds of entity as a comment, every answer `unknown`. KIND is a kind of entity in English or Japanese (Operator, 事業者); KIND=3 writes three of them. Without a KIND, the kinds there are.":
        "書き込み用の YAML を書く。これらの種類についての全ての質問を注釈とし、答えは全て unknown とする。\n\nKIND は種類（日本語でも英語でもよい。Operator、事業者）。KIND=3 と書けば三つ作る。KIND を書かなければ、どの種類があるかを示す。",
    "Write a YAML file to fill in, with every question.": "全ての質問を付けた、書き込み用の YAML を書く。",
    "Print the JSON Schema of facts, with which an editor completes and checks them.": "事実の JSON Schema（編集用ソフトが補完と点検に用いるもの）を示す。",
    "Print the JSON Schema of facts, for editors.": "編集用ソフトのための、事実の JSON Schema を示す。",
    # the law itself
    "Check the language, names, types, citations, slots and marks of .kitei files, or of the law in a Markdown page.":
        ".kitei のファイル、又は Markdown の頁にある法令を点検する（文法、名、型、引用、委任、根拠文言）。",
    "How findings are printed: for a person, as JSON, as SARIF 2.1.0, or as annotations of a workflow.": "指摘の示し方（人、JSON、SARIF 2.1.0、ワークフローの注記）。",
    "Show notes too: closings, parts without marks.": "参考（その他の場合の定め、根拠文言のない部分）も示す。",
    "Folder of official texts to check marks against, and to count coverage in.": "根拠文言と照合し、収録の割合を数える、公式の条文のフォルダー。",
    "Folder of official texts to compare every citation, number and date with (marks too).": "全ての引用・数・日（根拠文言も）と照合する、公式の条文のフォルダー。",
    "With --against: write beside each law which units its texts have (addresses.txt).": "--against とともに：各法令の条文にある単位を、その傍らに書く（addresses.txt）。",
    "Explain a diagnostic, with a wrong and a mended example.": "診断を、誤った例と直した例とともに説明する。",
    "List every closing: what holds when nothing applies.": "何も当てはまらない場合の定めを全て挙げる。",
    "Count the official units that are encoded, by article.": "収録された条文の単位を、条ごとに数える。",
    "Read a citation in Japanese, English or as addresses, and print all three; of a range or a list, each unit too. Lists and ranges (第一項、第三項及び第五項; arts. 3 to 5), words that point (前条, 同項, 次の各号, the preceding paragraph) and provisions by force of which another applies (…において準用する…) are read.":
        "引用を読み（日本語・英語・番地）、三つの形で示す。範囲や列挙は、その各単位も示す。\n\n列挙と範囲（第一項、第三項及び第五項）、指示する語（前条、同項、次の各号）、「…において準用する…」を読む。",
    "The place the citation stands in, for 法, 前条, この項 and citations without a title.": "引用の置かれた場所（法、前条、この項や、法令名のない引用のため）。",
    "The citation before it in the same sentence, for 同条, 同項 and 同法.": "同じ文の前の引用（同条、同項、同法のため）。",
    "Folder of official texts, to list the units of a range and to count 前条 and 次条.": "公式の条文のフォルダー（範囲の単位を挙げ、前条・次条を数えるため）。",
    "The day whose official text is taken (YYYY-MM-DD; default: the latest text).": "用いる条文の日（既定：最も新しい条文）。",
    "Write .kitei files, or the law in Markdown pages, the one canonical way; comments are kept. `-` formats standard input.":
        ".kitei のファイル、又は Markdown の頁にある法令の書き方をそろえる（注釈は残る。ファイルは書き換えられる。）。- は標準入力。",
    "Change nothing; say which files would change.": "書き換えず、変わるファイルを挙げる。",
    "Change nothing; show what would change.": "書き換えず、変わるところを示す。",
    "Write keywords, and names that have a Japanese and an English spelling, in Japanese or in English (default: keywords as the file begins, names as they are).":
        "キーワードと、日本語・英語の両方の綴りを持つ名を、日本語又は英語で書く（既定：キーワードはファイルの初めに合わせ、名はそのまま）。",
    "Export the references around provisions, or say in words what rests on them and what a change would touch. PLACE is a citation in any spelling: 資金決済法第63条の11第2項, \"PSA art. 63-11(2)\", psa/63_11/2, or a day of commencement (act64/main). Without one: the whole graph, folded into articles or instruments where it is too large.":
        "規定の周りの参照を書き出し、又は何がそれに基づくか、改めると何に及ぶかを文で示す。\n\nPLACE はどの書き方の引用でもよい（資金決済法第63条の11第2項、psa/63_11/2、施行の日 act64/main）。なければ全体を、大きすぎれば条又は法令にまとめて示す。",
    "Say what rests on a place, directly and through others (repeatable).": "ある規定に、直接又は他を通じて基づくものを示す（繰り返せる。）。",
    "Say what a change to a place may touch, nearest first (repeatable).": "ある規定を改めると及び得るものを、近い順に示す（繰り返せる。）。",
    "The place the citations stand in, for 法, 府令 and citations without a title.": "引用の置かれた場所（法、府令や、法令名のない引用のため）。",
    "Steps around the places.": "場所から辿る段数。",
    "What the places rest on, what rests on them, or both.": "場所が基づくもの、場所に基づくもの、又は両方。",
    "text (a list), svg, dot, mermaid or json (default: by the name of --out, else text).": "text（一覧）、svg、dot、mermaid、json（既定：--out の名により、なければ text）。",
    "Write to a file.": "ファイルに書く。",
    "Folder of cases for --touches (default: beside the law).": "--touches が調べる事例のフォルダー（既定：法令の傍ら）。",
    "Reckon a period from the day START (2026-12-25 or 令和8年12月25日), each step with the rule it follows. The first day, the end of a month, holidays that are passed over and holidays that move the last day each stand with their article (Civil Code 138 to 143, Act on Holidays of Administrative Organs 1 and 2).":
        "START の日（2026-12-25、令和8年12月25日）からの期間を、各段階をその根拠とともに計算する。\n\n初日、月の末日、飛ばす休日、末日を動かす休日に、それぞれの条（民法第138条から第143条まで、行政機関の休日に関する法律第1条・第2条）を付ける。",
    "As the law words it: \"14 days\", \"2 business days\", \"3月以内\", \"30日前\", \"翌月20日まで\", \"六月を経過した日\".":
        "法令の言葉のとおりに：「14日」「2営業日」「3月以内」「30日前」「翌月20日まで」「六月を経過した日」。",
    "The calendar of business days.": "営業日の暦。",
    "Whether the day itself counts (default: as the words say; else it does not).": "初日を算入するか（既定：言葉により、なければ算入しない。）。",
    "Move a last day that is a holiday: filing with State organs, or by custom (Civil Code 142).": "休日に当たる末日を動かす（国の行政機関への届出等、又は慣習（民法第142条））。",
    "Count backward from the day.": "日からさかのぼって数える。",
    "Counting backward: full days between (中N日).": "さかのぼるとき、中N日とする。",
    "The day after the period has run (経過した日).": "期間を経過した日とする。",
    "Show what is encoded at places: plain statements and rules in words (ours), what is applied there by 準用, and the words marked. CITATION is a citation in Japanese or English or an address, a list or a range too; several may be given, and a later one may point to an earlier (同条第3項); a day of commencement by its id (act64/main). What several of them name is shown once; what cannot be read is told last.":
        "その規定に何が収録されているかを示す：言い換えと規則の文（本プロジェクトによる。）、準用されるもの、根拠文言。\n\nCITATION は日本語・英語の引用又は番地。列挙・範囲でもよく、複数でもよい。後のものは前のものを指せる（同条第3項）。施行の日はその識別子（act64/main）で挙げる。重なるものは一度だけ示し、読めないものは最後に述べる。",
    "The place the citations stand in, for 法, 前条, この項 and citations without a title.": "引用の置かれた場所（法、前条、この項や、法令名のない引用のため）。",
    "Only the text in force on this day (YYYY-MM-DD); without it, every version.": "この日に施行されている条文だけ（なければ全ての版）。",
    "Folder of official texts, to show the official words beside.": "公式の条文のフォルダー（傍らに条文を示すため）。",
    # pages and cases
    "Make public pages from the rules, and find the paragraphs that a change of law has made stale.": "規則から公開の頁を作り、法令が変わって古くなった段落を見つける。",
    "Build the pages, in Japanese and English, from the compiled rules and the cases that come out.": "編集済みの規則と、結果の合う事例から、日本語と英語の頁を作る。",
    "Folder to write: a new or empty one, or a site made before.": "書き込むフォルダー（新しいか空のもの、又は前に作ったサイト）。",
    "The day the pages are about (YYYY-MM-DD); there is no clock.": "頁の基準日（今日の日付は用いない。）。",
    "Only what was promulgated by this day (default: the day of --as-of).": "この日までに公布されたものだけ（既定：--as-of の日）。",
    "Address of the site on the web, for the sitemap and canonical links.": "公開する場所の番地（サイトマップと正規のリンクのため）。",
    "Folder of official texts, to show them with the marked words; nothing of them is kept elsewhere.": "公式の条文のフォルダー（根拠文言とともに示すため。他には残さない。）。",
    "Say which pages of a site are not as the law is now; with --details, each paragraph with its provision and why.": "今の法令と異なる頁を挙げる（--details で、段落ごとに規定と理由も）。",
    "Below the summary, each paragraph with its provision and why.": "頁ごとのまとめの下に、段落ごとに規定と理由を挙げる。",
    "Compare with the pages of another day (default: the day the site was built for).": "別の日の頁と比べる（既定：サイトの基準日）。",
    "For a person, or as JSON.": "人が読む形か、JSON か。",
    "Run cases in Markdown: facts, and what must come out, under headings that are claims.": "Markdown に書いた事例（事実と、あるべき結果。見出しが主張となる。）を試す。",
    "Only cases whose heading contains this.": "見出しにこの語を含む事例だけ。",
    "Stop at the first failure.": "初めの不合格で止まる。",
    "Print failures and the count only.": "不合格と数だけを示す。",
}  # fmt: skip

_HEADINGS = {"Options": "オプション", "Commands": "命令", "Arguments": "引数"}
_EXTRA = re.compile(r"\s*\[((?:default: |required|env var)[^\]]*|[^\][]*<=?x[^\][]*)\]$")


class JapaneseHelp(click.HelpFormatter):
    """Writes the help of a command in Japanese."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        self.write(f"使い方：{prog} {args}\n")

    def write_heading(self, heading: str) -> None:
        self.write(f"{_HEADINGS.get(heading, heading)}：\n")

    def write_text(self, text: str) -> None:
        from kitei.document import wrap

        paragraphs = twin(text).split("\n\n")
        indent = " " * self.current_indent
        self.write("\n\n".join("\n".join(wrap(p, _WIDTH, indent, indent)) for p in paragraphs) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        from kitei.document import wrap
        from kitei_dsl.diagnostics import width

        rows = list(rows)
        indent = " " * self.current_indent
        column = min(max((width(term) for term, _ in rows), default=0), col_max) + col_spacing + self.current_indent
        for term, text in rows:
            head, told = indent + term, twin(text)
            if width(head) > column - col_spacing and told:
                self.write(head + "\n")
                head = ""
            first = head + " " * (column - width(head))
            self.write("\n".join(wrap(told, _WIDTH, first, " " * column)).rstrip() + "\n")


def twin(text: str) -> str:
    """Return a text of a help page in Japanese: what it says, then what is usual or needed."""
    text = " ".join(text.split())
    extra = _EXTRA.search(text)
    said = text[: extra.start()] if extra else text
    told = TWINS.get(said, said)
    if said.endswith("...") and said not in TWINS:  # click shortens what a list of commands says
        told = next((ja for en, ja in TWINS.items() if en.startswith(said[:-3])), said).split("\n\n")[0]
    if extra is None:
        return told
    notes = extra[1].replace("default: ", "既定：").replace("required", "必須").replace("; ", "、")
    return f"{told}［{notes}］"

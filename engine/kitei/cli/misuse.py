"""Wrong use, said in the reader's language: the one place where a usage error is put into words.

Comes in: what a command or click raised, whose own wording is English, and the words typed. Goes out: the lines printed.
A message that a cause of the error has in Japanese is taken from it; every other sentence has its twin in the table here.
Deliberately not here: what is wrong use (each command says so where it finds it).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import click

from kitei.cli.language import language

#: The English sentence as a pattern, and the Japanese one with its groups. The first that fits the whole message is used.
_TWINS: tuple[tuple[str, str], ...] = (
    # click's own
    (r"Missing argument '(.*?)'\.", "引数 {0} がありません"),
    (r"Missing option '(.*?)'\.(?: Choose from:\s*(.*))?", "オプション {0} がありません"),
    (r"Missing command\.", "コマンドがありません"),
    (r"Missing (?:parameter|\w+) ?'?(.*?)'?\.", "{0} がありません"),
    (r"No such option (.*?)\.", "{0} というオプションはありません"),
    (r"No such command (.*?)\.", "{0}というコマンドはありません"),
    (r"Option (.*?) requires an argument\.", "オプション {0} には値が要ります"),
    (r"Option (.*?) requires (\d+) arguments\.", "オプション {0} には値が{1}個要ります"),
    (r"Option (.*?) does not take a value\.", "オプション {0} は値をとりません"),
    (r"Argument (.*?) takes (\d+) values\.", "引数 {0} は値を{1}個とります"),
    (r"Got unexpected extra arguments? \((.*)\)", "余分な引数があります：{0}"),
    (r"Invalid start character for option \((.*)\)", "オプションの書き出しが違います：{0}"),
    (r"Invalid value for (.*?): (.*)", "{0} の値が違います：{1!}"),
    (r"Invalid value: (.*)", "値が違います：{0!}"),
    (r"'(.*)' is not one of (.*)\.", "「{0}」は {1} のいずれでもありません"),
    (r"'(.*)' is not a valid integer(?: range)?\.", "「{0}」は整数ではありません"),
    (r"'(.*)' is not a valid (.*)\.", "「{0}」は {1} ではありません"),
    (r"(.*) is not in the range (.*)\.", "{0} は範囲 {1} の外です"),
    (r"(?:File|Directory|Path) '(.*)' does not exist\.", "「{0}」はありません"),
    (r"(?:File|Directory|Path) '(.*)' is a file\.", "「{0}」はファイルで、フォルダーではありません"),
    (r"(?:File|Directory|Path) '(.*)' is a directory\.", "「{0}」はフォルダーで、ファイルではありません"),
    (r"(?:File|Directory|Path) '(.*)' is not (readable|writable|executable)\.", "「{0}」を開けません"),
    (r"Could not open file '(.*?)': (.*)", "「{0}」を開けません：{1}"),
    # the question about a case
    (r"give --on DATE, or `as_of` in the facts \(in an Excel form: `as of` on the sheet Case\): there is no clock",
     "--on 日付を付けるか、事実のファイルに基準日（`as_of`。Excel の様式ではシート「案件」の「基準日」）を書いてください（今日の日付は用いません。）"),
    (r"--all lists every question, --goal those of a goal: give one of them",
     "--all は全ての質問、--goal はその問いに関わる質問を挙げます。どちらか一方を付けてください"),
    (r"no world is called (`.*`)", "{0} という世界はありません"),
    (r"(--[\w-]+): (`.*`) is no day; write YYYY-MM-DD", "{0}：{1} は日付ではありません。YYYY-MM-DD と書いてください"),
    (r"(--[\w-]+): (`.*`) is no day of the calendar", "{0}：{1} という日は暦にありません"),
    (r"(--to \S+) lies before (?:--from|the first day) (\S+)", "{0} は初めの日 {1} より前です"),
    (r"no norm or term is called (`.*?`); these have it in their name: (.*?)(?: \((\d+) more\))?",
     "{0} という規範・用語はありません。名前にその語を含むものは、次のとおりです：{1}"),
    (r"no norm or term is called (`.*`); a word of a name lists the names that have it, and `kitei run FACTS` prints them",
     "{0} という規範・用語はありません。名前に含まれる語を一つ示せば、その語を含む名前を挙げます。名前は `kitei run 事実のファイル` の頁にあります"),
    (r"no norm or term is called (`.*`)", "{0} という規範・用語はありません"),
    (r"(`.*`) is the label of several; name one of (.*)", "{0} という名の規範・用語は複数あります。{1} のいずれかを指定してください"),
    (r"the facts name nobody that (`.*`) could be about", "事実には、{0} が関わり得る者・物がありません"),
    (r"(`.*`) is about several here; add --of with one of (.*)", "{0} はここでは複数の者・物に関わります。--of に {1} のいずれかを指定してください"),
    (r"--of: the facts name nobody (`.*`)", "--of：事実に {0} という者・物はありません"),
    (r"--of: (`.*`) is not about (`.*`); it is about (.*)", "--of：{0} は {1} に関わりません。関わるのは {2} です"),
    (r"--of narrows the page a person reads; as JSON the whole answer is given", "--of は人の読む頁を絞るものです。JSON では答えの全体を示します"),
    (r"ask --not or --flip, one at a time", "--not と --flip は一度に一つだけ指定してください"),
    (r"more than (\d+) combinations of readings would stand side by side \((.*)\); ask for single norms or terms",
     "並べて示す読み方の組合せが{0}通りを超えます（{1}）。規範・用語を一つずつ尋ねてください"),
    (r"the world (`.*`) supposes (\S+) in force from (\S+); that lies outside what the law allows for (.*?): (.*?); write .*",
     "世界 {0} は {1} が {2} から施行されると想定していますが、{3} について法の許す範囲（{4}）の外です。`suppose` の日を改めるか、世界に `assume {1} = 日付` を加えてください"),
    # checking, graphs, the site
    (r"--write-index needs the texts: add --against FOLDER", "--write-index には条文が要ります。--against フォルダー を加えてください"),
    (r"give places to draw, or --depends-on, or --touches: one of the three",
     "描く番地、--depends-on、--touches のうち一つだけを指定してください"),
    (r"--depends-on and --touches answer in words: --format text or json, not (.*)",
     "--depends-on と --touches の答えは文です。--format は text か json とし、{0} にはできません"),
    (r"--cases names the cases that --touches looks through; give --touches PLACE too",
     "--cases は --touches が調べる事例を指すものです。--touches 番地 も指定してください"),
    (r"--format is needed: the name (.*) does not say one", "ファイル名 {0} からは形式が分かりません。--format を指定してください"),
    (r"this site shows official texts; name their folder with --texts", "このサイトは条文を示しています。そのフォルダーを --texts で指定してください"),
    (r"--base-url: write an address on the web, as in (.*)", "--base-url：ウェブ上の番地を書いてください（例：{0}）"),
    # assumptions
    (r"nothing called (`.*`) can be assumed", "{0} というものは仮定できません"),
    (r"nothing called (`.*`) can be assumed; see the open slots", "{0} というものは仮定できません。定めの空いている委任を見てください"),
    (r"(.*): (`.*`) is no day", "{0}：{1} は日付ではありません"),
    (r"(\S+) = (.*) lies outside what the law allows: from (\S+) to (\S+?)( \(.*\))?", "{0} = {1} は法の許す範囲（{2} から {3} まで）の外です{4}"),
    (r"(\S+) = (.*) lies outside what the law allows: (.*)", "{0} = {1} は法の許す範囲の外です：{2}"),
    (r"(\S+) stands for a (\S+), one of the entities of the facts; an assumption gives an amount.*",
     "{0} は事実に挙げた者・物（{1}）を表します。仮定で与えられるのは額・率・日付・真偽・列挙された値です。規定を書いて委任を満たしてください"),
    (r"(\S+) is a (\S+); (`.*`) is not", "{0} の型は {1} です。{2} は違います"),
    (r"(\S+) is one of (.*?); (`.*`) is not(?:; )?", "{0} は {1} のいずれかです。{2} は違います"),
    (r"(\S+) is already filled by (\S+); add `override` to assume against it",
     "{0} は {1} により既に定められています。それに反して仮定するには `override` を加えてください"),
    (r"write SLOT=VALUE, for example (\S+), not (`.*`)", "SLOT=VALUE の形で書いてください（例：{0}）。{1} は違います"),
    (r"(`.*`) is not a value: write a number.*", "{0} は値ではありません。数・円の額・率・日付・true・false のいずれかを書いてください"),
    # giving facts, the interview
    (r"name kinds of entity, or give facts to fill in with --from", "種類を挙げるか、書き込む事実を --from で与えてください"),
    (r"--out must end in \.xlsx", "--out の名は .xlsx で終わらせてください"),
    (r"(.*): no cell can hold this text \(.*\)", "{0}：この文は一つのセルに入りません（32,767字を超えるか、制御文字があります）"),
    (r"no kind of entity is called (`.*`); did you mean (.*)", "{0} という種類はありません。あるいは：{1}"),
    (r"no kind of entity is called (`.*`); list them with (`.*`)", "{0} という種類はありません。どの種類があるかは {1} で一覧できます"),
    (r"(`.*`): write KIND=N with N from 1 to 200", "{0}：KIND=N（N は 1 から 200 まで）と書いてください"),
    (r"(.*) is there already and was not read; go on from it with (`.*`)", "{0} は既にあり、読んでいません。続けるには {1} としてください"),
    (r"(.*) is there already and was not read; choose another file, or say --force",
     "{0} は既にあり、読んでいません。別のファイルにするか、--force を加えてください"),
    (r"--kind and --name are for starting from nothing; FACTS names its own entities",
     "--kind と --name は初めから始めるときに用います。FACTS には者・物が書かれています"),
    (r"(.*) is a workbook, and answers are saved as YAML; name another file with --save",
     "{0} はワークブックです。答えは YAML で保存するので、--save で別のファイルを指定してください"),
    (r"the goals are about a (\S+), not a (.*)", "問いは {0} に関わり、{1} には関わりません"),
    (r"--name needs --on and --goal too: the name is asked after them", "--name には --on と --goal も要ります（名はその後に尋ねます）"),
    # cases
    (r"(.*): not UTF-8; save it as UTF-8 text", "{0}：UTF-8 ではありません。UTF-8 の文として保存してください"),
    (r"(.*?):(?: (`.*`))? ?cannot be read: (.*)", "{0}：{1}読めません：{2!}"),
    (r"(.*): a line of (\S+) characters; at most (\S+) are read", "{0}：この行は{1}字あります。読むのは{2}字までです"),
    (r"(.*): an expect fence needs a facts fence before it", "{0}：```expect の前に ```facts が要ります"),
    (r"(.*): this fence is not closed", "{0}：この囲み（```）が閉じられていません"),
    (r"(.*): no law in the case and no statutes given", "{0}：事例に法令がなく、--statutes も指定されていません"),
    (r"(.*): (`.*`) lies outside the folder of the cases", "{0}：{1} は事例のフォルダーの外にあります"),
    (r"(.*): (`.*`) is a link to itself", "{0}：{1} は自分自身へのリンクです"),
    (r"expected `assume TARGET = VALUE`, found `(.*)`", "`assume 対象 = 値` と書いてください（`{0}` は読めません）"),
    (r"unknown option (`.*`) of an expect fence(?:; )?", "```expect に {0} という指定はありません"),
    (r"an expect fence needs `on DATE`, or the facts `as_of`", "```expect に `on 日付` を書くか、事実に `as_of` を書いてください"),
    (r"(`.*`) is no day; write YYYY-MM-DD", "{0} は日付ではありません。YYYY-MM-DD と書いてください"),
    # files, as the system tells it
    (r"No such file or directory", "ファイルがありません"),
    (r"Is a directory", "フォルダーです"),
    (r"Not a directory", "フォルダーではありません"),
    (r"File exists", "同じ名のファイルが既にあります"),
    (r"Directory not empty", "フォルダーが空ではありません"),
    (r"Permission denied|Operation not permitted", "許可がありません"),
    (r"Read-only file system", "書き込めない場所です"),
    (r"No space left on device|Disk quota exceeded", "空き容量がありません"),
    (r"File name too long", "名前が長すぎます"),
    (r"Too many levels of symbolic links", "リンクが自分自身に戻っています"),
    (r"Too many open files.*", "開いているファイルが多すぎます"),
    (r"Input/output error|Invalid argument|Broken pipe", "読み書きに失敗しました"),
    (r"a folder stands where a file is expected", "ファイルではなくフォルダーです"),
    (r"a device or a pipe stands where a file is expected", "通常のファイルではありません"),
    (r"the file has more than (\d+) bytes, the most that is read", "ファイルが読み取れる大きさ（{0}バイト）を超えています"),
    (r"line (\d+) has a letter with more than (\d+) combining marks", "{0}行目に、結合文字が{1}個を超える字があります"),
    (r"not UTF-8; save it as UTF-8 text", "UTF-8 ではありません。UTF-8 の文として保存してください"),
    (r"line (\d+): (`.*`) must be a mapping", "{0}行目：{1} は「名前: 値」の形で書いてください"),
    (r"line (\d+): (`.*?`) of (`.*`) must be a text or a list", "{0}行目：{2} の {1} は文か一覧にしてください"),
    (r"line (\d+): nothing can be put into this text; write it as YAML", "{0}行目：この書き方には書き加えられません。YAML で書いてください"),
    (r"the (\w+) calendar covers (\S+) to (\S+), not (\S+)", "暦（{0}）は{1}から{2}までで、{3}は含みません"),
    (r"(\S+) (months|days) from (\S+) is outside the years 1 to 9999", "{2}からの期間が西暦1年から9999年までの外に出ます"),
    # addresses
    (r"(`.*`) does not begin with an instrument, such as `psa`", "{0} は `psa` のような法令の番地で始まっていません"),
    (r"(`.*`): understood (`.*`), but not (`.*?`); expected (.*)", "{0}：{1} までは読めましたが、{2} は読めません。続けられるのは {3!} です"),
    (r"the end", "終わりだけ"),
    (r"(.*), or a paragraph without article such as `p1`(.*)", "{0!} か、条のない項（`p1`）か、附則（`suppl`）か、`claim3` のような単位"),
    (r"an article such as (`.*`)", "条（例：{0}）"),
    (r"an item `iN` or one of (.*)", "号（`iN`）か {0}"),
    (r"a paragraph, an item `iN` or one of (.*)", "項か、号（`iN`）か、{0}"),
    (r"a sub-item (.*?) or one of (.*)", "号の細分（{0}）か {1}"),
    (r"one of (.*)", "{0}"),
    (r"(`.*`) has (\d+) characters; a citation has at most (\d+)", "{0} は{1}字あります。引用は{2}字までです"),
    (r"(`.*`): (`.*`) is not read; write `via psa/1`, or `via 読替え:psa/1`", "{0}：{1} は読めません。`via psa/1` か `via 読替え:psa/1` と書いてください"),
    (r"a range is not at the same time each unit of a kind", "範囲と「各」は同時に書けません"),
    (r"(`.*`) is no instrument", "{0} という番地の法令はありません"),
    (r"(`.*`) is no e-Gov id", "{0} は e-Gov の法令番号ではありません"),
    (r"an article or an item has at least one number", "条と号には番号が要ります"),
    (r"a number is outside 1 to 9999: (.*)", "番号が1から9999までではありません：{0}"),
    (r"a paragraph is outside 1 to 9999", "項の番号が1から9999までではありません"),
    (r"an item is above (\S+)", "号の番号が{0}を超えています"),
    (r"sub-items stand below an item", "号の細分は号の下に書きます"),
    (r"an item or a part stands below an article or a paragraph", "号やただし書は条か項の下に書きます"),
    (r"sub-items go (.*), found (.*)", "号の細分は{0}の順に書きます（{1}）"),
    (r"a unit stands alone below its instrument", "条によらない単位は法令のすぐ下に書きます"),
    (r"no unit has the name of (.*)", "{0} という名の単位はありません"),
    # the public pages
    (r"(\S+) holds no site made by `kitei site build` \((\S+) is missing or cannot be read\)",
     "{0} は kitei site build の作ったサイトではありません（{1} がないか、読めません。）"),
    (r"(\S+) in (\S+) is of another version or damaged; build the site again in an empty folder",
     "{1} の {0} は別の版のものか、壊れています。空のフォルダーに作り直してください"),
    (r"(\S+) is a file; name a folder", "{0} はファイルです。フォルダーを指定してください"),
    (r"(\S+) is not empty and holds no site made by `kitei site build`; name an empty or a new folder",
     "{0} は空でなく、kitei site build の作ったサイトでもありません。空のフォルダーか新しいフォルダーを指定してください"),
    (r"(\S+): (.*) has (`.*`); known: (.*)", "{0}：{1}に {2} という項目は書けません。書けるもの：{3}"),
    (r"(\S+): write each entry of (.*) under (.*)", "{0}：{1} の各項目は {2} の下に書いてください"),
    (r"(\S+): (.*) needs (`.*`), a text", "{0}：{1}には {2}（文）が要ります"),
    (r"(\S+): (.*) needs (`.*`), a list of texts", "{0}：{1}には {2}（文の一覧）が要ります"),
    (r"(\S+): (.*) needs (`.*`) in both languages: (.*)", "{0}：{1}には {2} を両言語で書いてください：{3}"),
    (r"(\S+): (.*) needs (`.*`), the words it belongs to: (.*)", "{0}：{1}には {2}（どの語に付くか）が要ります：{3}"),
    (r"(\S+): (.*) has no \[\[boxes\.parts\]\]", "{0}：{1}に [[boxes.parts]] がありません"),
    (r"(\S+): (.*): `id` is letters, digits, - and _", "{0}：{1}：`id` は英数字、-、_ で書いてください"),
    (r"(\S+): nothing is collected at (`.*`); name the address of a provision, as in (\S+)",
     "{0}：{1} の規定は収録されていません。規定の番地（例：{2}）を書いてください"),
    (r"(\S+): facts of profile (`.*`), line (\d+): (.*)", "{0}：{1} の事実の{2}行目：{3}"),
    (r"(\S+): profile (`.*`) is about (`.*`), which its facts do not have", "{0}：{1} は {2} についてのものですが、事実にありません"),
    (r"(\S+): profile (`.*`) begins with a box (`.*`), which is not declared", "{0}：{1} は囲み {2} で始まりますが、その囲みは書かれていません"),
    (r"(\S+): say above the first question for which day the answers are written .*",
     "{0}：初めの問いの前に、いつの日についての答えか（…年…月…日現在）と、会社が架空であることを書いてください"),
    (r"(\S+): question (\S+): write it in English below, with whom it is for: .*",
     "{0}：問{1}：その下に英語で書き、誰のための問いかを括弧で示してください（lawyer / 弁護士）"),
    (r"(\S+): question (\S+): no command answers it; write (.*)", "{0}：問{1}：答える命令がありません。$ kitei run … か $ kitei read … を書いてください"),
    (r"(\S+): question (\S+) needs a line (`.*`)", "{0}：問{1}に {2} の行が要ります"),
    (r"(.*): name the facts", "{0}：事実のファイルを書いてください"),
    (r"(.*): name a day \(--on\), a goal, and a world there is", "{0}：日（--on）、問い、ある世界の名を書いてください"),
    (r"(.*): (`.*`) lies outside the folder of the questions", "{0}：{1} は問いのフォルダーの外にあります"),
    (r"(.*): a page cannot follow (`.*`); known: (.*)", "{0}：頁では {1} を用いられません。用いられるもの：{2}"),
    # the law itself
    (r"--(\S+) is printed as text or json, not as (\S+)", "--{0} は text か json で出力します（{1} では出力しません）"),
    (r"no diagnostic is called (`.*`)", "{0} という診断はありません"),
    (r"name files or folders, or - for standard input", "ファイルかフォルダーを挙げるか、標準入力なら - としてください"),
    (r"--on says which official text is taken; give --texts FOLDER too", "--on は用いる公式の条文の日です。--texts フォルダー も与えてください"),
    (r"(--\w+): (`.*`) does not name one place", "{0}：{1} は一つの場所を示していません"),
    (r"(--\w+): no instrument is called (`.*`)", "{0}：{1} という法令はありません"),
    # where, and why: kept last
    (r"(.*): (\S+), line (\d+): (.*)", "{0}：{1}の{2}行目：{3}"),
    (r"(.*): (`.*`): (.*)", "{0}：{1}：{2!}"),
    (r"(\S+): (.*)", "{0}：{1!}"),
)  # fmt: skip

#: What follows a sentence: the names that are meant, or all there are.
_AFTER = (
    (re.compile(r"[;.]? [Dd]id you mean (.*)\?$"), "{0} ではありませんか"),
    (re.compile(r"[;.]? \(Did you mean one of: (.*)\)$"), "{0} ではありませんか"),
    (re.compile(r"[;.]? \(Possible (?:options|commands): (.*)\)$"), "{0} ではありませんか"),
    (re.compile(r"; known: (.*)$"), "あるのは {0} です"),
)


def lines(error: click.ClickException, typed: Sequence[str]) -> Iterator[str]:
    """Give what is printed of a usage error: how the command is used, where help is, what is wrong."""
    ctx = getattr(error, "ctx", None)
    lang = asked(typed)
    if isinstance(error, click.exceptions.NoArgsIsHelpError) and isinstance(ctx, click.Context):
        yield ctx.get_help()
        return
    if isinstance(ctx, click.Context):
        usage = ctx.get_usage()
        if lang == "ja":
            yield f"使い方：{usage.removeprefix('Usage: ').removeprefix('使い方：')}\n'{ctx.command_path} --help' で説明を表示します。\n"
        else:
            yield f"{usage}\nTry '{ctx.command_path} --help' for help.\n"
    if lang == "ja":
        yield f"誤り：{of_cause(error) or japanese(error.format_message()) or error.format_message()}"
    else:
        yield f"Error: {error.format_message()}"


def asked(typed: Sequence[str]) -> str:
    """Return the language to complain in: that of --lang as typed, for nothing of the command may have been read yet."""
    for n, word in enumerate(typed):
        for name in ("--lang", "--lang="):
            given = word.removeprefix(name) if name.endswith("=") and word.startswith(name) else ""
            given = typed[n + 1] if word == name and n + 1 < len(typed) else given
            if given in ("ja", "en"):
                return given
    return language(None)


def of_cause(error: click.ClickException) -> str:
    """Return the message with the Japanese of the error it was made from, where that has one."""
    cause = error.__cause__ or error.__context__
    words = getattr(cause, "words", None)
    ja = getattr(words, "ja", None) or getattr(cause, "ja", None)
    if not ja or not str(cause) or not error.format_message().endswith(str(cause)):
        return ""
    return error.format_message().removesuffix(str(cause)).replace(": ", "：") + str(ja)


def told(error: object, lang: str) -> str:
    """Return what an error, or a sentence of ours, says in a language: its own Japanese, else its twin, else as it is."""
    ja = getattr(getattr(error, "words", None), "ja", None) or getattr(error, "ja", None)
    if lang == "ja" and ja:
        return str(ja)
    text = error.strerror or str(error) if isinstance(error, OSError) else str(error)
    return spoken(text, lang)


def spoken(message: str, lang: str) -> str:
    """Return a message of ours in a language: its twin, else as it is."""
    return (japanese(message) if lang == "ja" else "") or message


def japanese(message: str) -> str:
    """Return the Japanese twin of a usage error, or nothing where it has none."""
    after = ""
    for pattern, words in _AFTER:
        if found := pattern.search(message):
            named = [n.strip() for n in re.split(r" or |, ", found[1])]
            after = "。" + words.format("、".join(n.strip("'") for n in named))
            message = message[: found.start()] + ("." if message[found.start()] == "." else "")
            break
    if after and not message.endswith(".") and not _twin(message) and _twin(message + "."):
        message += "."
    told = _twin(message)
    return told and told + after


def _twin(message: str) -> str:
    found = next(((f, words) for pattern, words in _TWINS if (f := re.fullmatch(pattern, message, re.S))), None)
    if found is None:
        return ""
    groups = [g or "" for g in found[0].groups()]
    told = re.sub(
        r"\{(\d)(!?)\}", lambda m: (japanese(groups[int(m[1])]) if m[2] else "") or groups[int(m[1])], found[1]
    )
    return re.sub(r"'([^'`]*)'", lambda m: m[1] if m[1].startswith("-") else f"「{m[1]}」", told)

"""What can be wrong with facts, said in Japanese and in English: one table, and the record that carries a finding.

Comes in: a slug of `MESSAGES` with its fields. Goes out: a `Problem`, which says itself in either language with file,
line or cell, the legal name it is about and what to do. A field that is a `Wording` is said in the reader's language;
`near` holds the nearest valid names. Deliberately not here: finding anything wrong.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping

from kitei.wording import Lang
from kitei_dsl.core import Wording
from kitei_dsl.diagnostics import escape
from kitei_dsl.frozen import Frozen, field

#: Names near a mistaken one, each with its label where it has one.
Near = tuple[tuple[str, Wording], ...]
Field = str | int | Wording | Near

NOTHING = Wording()
_MOST_KNOWN = 400

#: slug: (Japanese, English). `{near}` is a clause of its own or nothing.
MESSAGES: dict[str, tuple[str, str]] = {
    # ------------------------------------------------------------------ the file
    "too-large": ("ファイルが {count} バイトあります。読めるのは {most} バイトまでです。",
                  "the file has {count} bytes; at most {most} are read"),
    "not-text": ("UTF-8 の文字として読めません。UTF-8 で保存し直してください。",
                 "the file is not UTF-8 text; save it as UTF-8"),
    "mixed-text": ("この行は UTF-8 でなく、他の行は UTF-8 です（文字コードが混ざっています。）。この行を書き直し、全体を UTF-8 で保存してください。",
                   "this line is not UTF-8 though others are: two encodings are mixed; write the line again and save the file as UTF-8"),
    "utf-32": ("UTF-32 のファイルは読みません。UTF-8 で保存し直してください。", "the file is UTF-32; save it as UTF-8"),
    "nul": ("文字でないもの（NUL）が含まれています。UTF-8 のテキストとして保存し直してください。",
            "the file holds NUL characters, so it is no text (or UTF-16 without its mark); save it as UTF-8"),
    "was-cp932": ("Shift_JIS（CP932）として読みました。UTF-8 で保存し直してください（メモ帳なら「名前を付けて保存」で「UTF-8」を選ぶ。"
                  "コマンドなら iconv -f CP932 -t UTF-8 {file}）。",
                  "read as Shift_JIS (CP932); save it as UTF-8 (in Notepad: Save as, encoding UTF-8; or iconv -f CP932 -t UTF-8 {file})"),
    "was-utf16": ("UTF-16 として読みました。UTF-8 で保存し直してください（メモ帳なら「名前を付けて保存」で「UTF-8」を選ぶ。"
                  "コマンドなら iconv -f UTF-16 -t UTF-8 {file}）。",
                  "read as UTF-16; save it as UTF-8 (in Notepad: Save as, encoding UTF-8; or iconv -f UTF-16 -t UTF-8 {file})"),
    "too-deep": ("入れ子が深すぎるか、長すぎます。", "the file is nested too deeply or is too long to be facts"),
    "anchor": ("事実にはアンカーと別名（& と *）を使えません。値をそのまま書いてください。",
               "anchors and aliases (& and *) are not allowed in facts; write the value out"),
    "tag": ("事実にはタグ（!…）を使えません。消してください。", "tags (!…) are not allowed in facts; remove it"),
    "wide-colon": ("名の後の「：」が全角です。半角の「:」と空白にしてください。", "the colon after the name is a full-width `：`; write `:` and a space"),
    "not-yaml": ("YAML としても JSON としても読めません。字下げ、「:」の後の空白、引用符を確かめてください（{detail}）。",
                 "the file cannot be read as YAML or JSON: {detail}; look at the indentation, the space after `:` and the quotes"),
    "json-expected": ("JSON として読めません。{expected}が来るはずのところに `{found}` があります。",
                      "the file cannot be read as JSON: expected {expected}, found `{found}`"),
    "json-number": ("`{found}` は JSON の数ではありません。数字だけで書くか、引用符で囲んでください。",
                    "`{found}` is no JSON number; write digits, or put it in quotes"),
    "json-nan": ("`{found}` は数ではありません。分からない事実は書かないでください。",
                 "`{found}` is no number; leave out what is unknown"),
    "json-string": ("この文字列は JSON として読めません（改行や制御文字はエスケープしてください。）。",
                    "this text is no JSON string: escape line breaks and control characters"),
    "surrogate": ("文字の半分（対になっていないサロゲート）が含まれています。その文字を書き直してください。",
                  "the text holds half a character (a lone surrogate); write that character again"),
    "hidden": ("見えない文字（{code}）が含まれています。消して、書き直してください。",
               "the text holds the invisible character {code}; delete it and type the words again"),
    "marks": ("一つの文字に結合文字が {most} 個より多く付いています。書き直してください。",
              "a letter carries more than {most} combining marks; write it again"),
    "long-text": ("一つの値が {most} 文字を超えています。短く書いてください。", "a text has more than {most} characters; make it shorter"),
    "documents": ("一つの文書だけを書いてください。", "expected one document"),
    "empty": ("ファイルが空です。", "the file is empty"),
    "not-facts": ("{what}は読めません。YAML、JSON 又は XLSX で渡してください。", "{what} cannot be read; give YAML, JSON or XLSX"),
    # ------------------------------------------------------------------ names and structure
    "mapping": ("{what}は「名前: 値」の並びで書いてください。", "{what} must be a mapping (name: value)"),
    "name-expected": ("{what}には名前が必要です。", "a name was expected in {what}"),
    "given-twice": ("`{name}` が二度書かれています（初めは {first}）。一つだけ残してください。",
                    "`{name}` is given twice (first at {first}); keep one"),
    "look-alike": ("`{name}` と `{other}` は、文字の幅又は濁点の合成だけが違います。同じものなら綴りをそろえ、別のものなら別の名前にしてください。",
                   "`{name}` and `{other}` differ only in the width or composition of their letters; spell them alike, or name them apart"),
    "schema": ("`schema` は {schema} でなければなりません。", "`schema` must be {schema}"),
    "unknown-field": ("{what}に `{name}` という項目はありません。{near}使えるのは {known} です。",
                      "unknown field `{name}` of {what}; known: {known}{near}"),
    "split-amount": ("`{{…}}` の中の半角のコンマは区切りになり、額が途中で切れています。額を引用符で囲んでください（例：\"5,000,000円\"）。",
                     "inside {{…}} a comma separates entries, so the amount is cut in two; put it in quotes, as in \"5,000,000円\""),
    "subject": ("`subject` の `{name}` は entities にありません。{near}", "`subject` names `{name}`, which is not among the entities{near}"),
    "goal-names": ("`made_for` の `goals` には、規範又は用語の名前を並べてください。", "`goals` under `made_for` lists names of norms or terms"),
    "nothing-told": ("まだ何も記入されていません。`unknown` を答えに置き換えてください。`unknown` のままのものは「分からない」として扱い、「いいえ」や「0」とはしません。",
                     "nothing has been filled in yet; replace `unknown` by the answers. What stays `unknown` counts as not known, never as no or zero"),
    "nothing-told-form": ("まだ何も記入されていません。シート{sheets}の黄色の欄「答え」に書いてください。空欄は「分からない」として扱い、「いいえ」や「0」とはしません。",
                          "nothing has been filled in yet; write in the yellow cells under `answer` on the sheet {sheets}. An empty cell counts as not known, never as no or zero"),
    "no-entities": ("entities がありません。少なくとも一つ書いてください。", "no entities: give at least one under `entities`"),
    "entity-name": ("`{name}` は呼び名に使えません。文字で始め、文字、数字、_ と - だけを使ってください。",
                    "`{name}` cannot name an entity: begin with a letter and use letters, digits, _ and -"),
    "entity-mapping": ("`{name}` には `kind` などを「名前: 値」の並びで書いてください。", "entity `{name}` must be a mapping with `kind`"),
    "unknown-kind": ("`{name}` という種類はありません。{near}種類は {known} です。", "no kind of entity is called `{name}`{near}; kinds: {known}"),
    "no-kind": ("`{name}` に `kind`（種類）がありません。{known} のどれかを書いてください。",
                "entity `{name}` has no `kind`; give one of {known}"),
    "not-a-fact": ("`{name}` は{kind}について述べる事実ではありません。{near}", "`{name}` is not a fact about {kind}{near}"),
    "derived": ("`{name}` は法令から導かれるもので、事実として与えるものではありません。{near}",
                "`{name}` is not a fact about {kind} (it is derived by the law, not given){near}"),
    "other-kind": ("`{name}` は{actual}について述べる事実で、{kind}についてのものではありません。{actual}の方に書いてください。",
                   "`{name}` is a fact about {actual}, not about {kind}; give it there"),
    "name-field": ("`name` に書けるのは `ja` と `en` です（`{name}` は使えません。）。", "`name` has `ja` and `en`, not `{name}`"),
    # ------------------------------------------------------------------ relations
    "role-field": ("`{role}` に書けるのは `members` と `complete: true` です（`{name}` は使えません。）。",
                   "`{role}` has `members` and `complete: true`, not `{name}`"),
    "role-complete": ("`{role}` の `complete` は true 又は false です（`{text}` ではなく。）。",
                      "`complete` of `{role}` is true or false, not `{text}`"),
    "role-members": ("`{role}` には `members` が必要です。", "`{role}` needs `members`"),
    "role-everything": ("`{role}` の `{name}` は呼び名ではありません。全部を挙げたと述べるには `{{members: [呼び名, …], complete: true}}` と書いてください。",
                        "`{name}` under `{role}` names nothing; to say that all are listed, write `{{members: [id, …], complete: true}}`"),
    "wide-comma": ("`{name}` は一つの呼び名として読まれます（「、」では区切れません。）。並べるには、半角のコンマで [{listed}] と書いてください。",
                   "`{name}` is read as one name; to list several, write [{listed}] with plain commas"),
    "no-entity": ("`{name}` という呼び名のものは entities にありません。{near}", "no entity is called `{name}`{near}"),
    "wrong-kind": ("`{name}` は{actual}です。`{role}` に書けるのは{kind}です。", "`{name}` is {actual}; `{role}` takes {kind}"),
    "listed-twice": ("`{name}` が `{role}` に二度挙げられています。一つだけ残してください。", "`{name}` is listed twice under `{role}`; keep one"),
    "one-member": ("`{role}` に書けるのは一つです（{count} 個あります。）。", "`{role}` takes one {kind}, not {count}"),
    "disagree": ("`{role}` について、`{other}` と `{name}` とで述べることが違います。どちらかを直してください。",
                 "`{other}` and `{name}` disagree on `{role}`: correct one of them"),
    # ------------------------------------------------------------------ values
    "two-values": ("`{name}` に同じ日の値が二つあります（もう一つは {other}）。`from` と `to` で分けるか、後に記録された方に `corrects: true` と書いてください。",
                   "`{name}` has two values on one day (also at {other}); give `from` and `to`, or say `corrects: true` on the later recorded one"),
    "overlapping": ("`{name}` に、同じ日の記録が多すぎます。`from` と `to` で分けてください。",
                    "too many records of `{name}` hold on one day; give `from` and `to`"),
    "needs-value": ("`{name}` に `value` がありません。", "`{name}` needs `value`"),
    "to-before-from": ("`{name}` の `to` は `from` より後の日でなければなりません。", "`to` must come after `from` in `{name}`"),
    "corrects": ("`corrects` は true 又は false です（`{text}` ではなく。）。", "`corrects` is true or false, not `{text}`"),
    "no-day": ("`{name}` の `{text}` は日付ではありません。2026-11-22、2026/11/22 又は令和8年11月22日のように書いてください。",
               "`{name}`: `{text}` is no day; write YYYY-MM-DD (2026/11/22 and 令和8年11月22日 are read too)"),
    "day": ("`{name}` は日付です。`{text}` ではなく 2026-11-22、2026/11/22 又は令和8年11月22日のように書いてください。",
            "`{name}` is a day: write YYYY-MM-DD, not `{text}`"),
    "day-or-none": ("`{name}` は日付です。`{text}` ではなく 2026-11-22、2026/11/22 又は令和8年11月22日のように書いてください。まだないなら（未提出など）「なし」と書いてください。",
                    "`{name}` is a day: write YYYY-MM-DD, not `{text}`; if there is none (not filed, say), write `none`"),
    "calendar-day": ("`{text}` は暦にない日です。", "`{text}` is no day of the calendar"),
    "one-value": ("`{name}` に書けるのは一つの値です。", "`{name}` takes one value"),
    "not-absent": ("`{name}` は「なし」とすることができません。分からなければ書かないでください。",
                   "`{name}` cannot be absent; leave it out if it is unknown"),
    "no-value": ("`{name}` の値がありません。分からなければ行ごと消すか、`unknown`（不明）と書いてください。",
                 "`{name}` has no value; leave the line out if it is unknown, or write `unknown`"),
    "truth": ("`{name}` は「はい」（true）又は「いいえ」（false）です（`{text}` ではなく。）。", "`{name}` is true or false (yes or no), not `{text}`"),
    "not-listed": ("`{text}` は選択肢にありません。{near}選べるのは {known} です。", "`{text}` is not one of {known}{near}"),
    "entity-value": ("`{text}` という{kind}はありません。{near}", "no {kind} is called `{text}`{near}"),
    "not-type": ("`{name}` は{type}です。`{text}` はそうではありません。", "`{name}` is a {type}: `{text}` is not one"),
    "asset": ("`{name}` は数量と銘柄です。例えば `4502.9 BTC` と書いてください。", "`{name}` is an amount and its asset, for example `4502.9 BTC`"),
    "inexact": ("`{name}` は{type}です。`{text}` は正確な数として読めません。例えば {example} と書いてください。",
                "`{name}` is {type}: `{text}` is not an exact number; write {example}"),
    "whole": ("`{name}` は整数の{type}です（`{text}` ではなく。）。", "`{name}` is a whole {type}, not `{text}`"),
    "too-low": ("`{name}` は {bound} 以上です。", "`{name}` is not less than {bound}"),
    "too-high": ("`{name}` は {bound} 以下です。", "`{name}` is not more than {bound}"),
    # ------------------------------------------------------------------ workbooks
    "no-openpyxl": ("XLSX を読み書きするには kitei[xlsx] が必要です（pip install 'kitei[xlsx]'）。",
                    "reading and writing XLSX needs the extra `xlsx`: pip install 'kitei[xlsx]'"),
    "not-workbook": ("XLSX として読めません（{detail}）。Excel で開いて「Excel ブック（.xlsx）」として保存し直してください。",
                     "the file cannot be read as XLSX ({detail}); open it in Excel and save it as an Excel workbook (.xlsx)"),
    "macros": ("マクロのあるブックは読みません。マクロのない .xlsx で保存し直してください。",
               "the workbook holds macros; save it as .xlsx without them"),
    "unsafe-xml": ("部品 {part} に XML の実体宣言又は UTF-8 でない文字コードがあるため、読みません。Excel で保存し直してください。",
                   "part {part} declares entities or is not UTF-8, so it is not read; save the workbook again from Excel"),
    "workbook-size": ("ブックが大きすぎます（{what}）。", "the workbook is too large to be facts ({what})"),
    "external-links": ("ブックに他のファイルへの参照がありますが、開きません。", "the workbook refers to other files; they are not opened"),
    "merged": ("セル {cells} が結合されています。結合を解いてください。", "cells {cells} are merged; unmerge them"),
    "hidden-sheet": ("シート「{sheet}」が隠されています。表示するか、削除してください。", "sheet `{sheet}` is hidden; show it or delete it"),
    "hidden-rows": ("隠された行又は列があります（{rows}）。そこに書かれたことも読みました。", "some rows or columns are hidden ({rows}); what they say was read too"),
    "unknown-sheet": ("シート「{sheet}」は様式にありません。{near}シート名を元に戻すか、削除してください。",
                      "sheet `{sheet}` is not of the form{near}; restore its name, or delete it"),
    "missing-sheet": ("シート「{sheet}」がありません。kitei facts form で作った様式を使ってください。",
                      "the sheet `{sheet}` is missing; use a form made by kitei facts form"),
    "unknown-column": ("列「{name}」は様式にありません。{near}見出しを元に戻すか、列を削除してください。",
                       "column `{name}` is not of the form{near}; restore its heading, or delete the column"),
    "column-twice": ("列「{name}」が二つあります。一つだけ残してください。", "column `{name}` is there twice; keep one"),
    "missing-column": ("列「{name}」がありません。見出し（1行目）を元に戻してください。", "column `{name}` is missing; restore the headings in row 1"),
    "beyond-columns": ("見出しのない列に `{text}` と書かれています。消すか、正しい列に移してください。",
                       "`{text}` stands in a column without a heading; delete it, or move it to its column"),
    "formula": ("数式は計算しません。値に置き換えてください（コピーして「値の貼り付け」）。",
                "formulas are not computed; paste the value instead (copy, then Paste Special: Values)"),
    "cell-error": ("セルが誤り（{text}）になっています。値を入れ直してください。", "the cell holds an error ({text}); enter the value again"),
    "inexact-cell": ("セルの数 {text} は Excel で正確に保たれません（整数15桁まで）。セルの書式を「文字列」にしてから、書き直してください。",
                     "Excel does not keep the number {text} exactly (whole numbers of at most 15 digits); format the cell as text, then write it again"),
    "time-cell": ("セルに時刻が含まれています（{text}）。日付だけにしてください。", "the cell holds a time of day ({text}); give the day alone"),
    "no-row-entity": ("答えがありますが、どの対象についてのものか（呼び名）が書かれていません。", "there is an answer, but the row does not say which entity it is about"),
    "row-unlisted": ("`{name}` はシート「{sheet}」に挙げられていません。{near}そこに足すか、呼び名を直してください。",
                     "`{name}` is not listed on the sheet `{sheet}`{near}; add it there, or correct the name"),
    "row-kind": ("`{name}` は{actual}です。このシートは{kind}のものです。", "`{name}` is {actual}; this sheet is for {kind}"),
    "no-item": ("答えがありますが、どの項目についてのものかが書かれていません。", "there is an answer, but the row does not say which item it answers"),
    "unanswered": ("`{name}` の期間や出典が書かれていますが、答えがありません。答えを書くか、他の欄を消してください。",
                   "`{name}` has a period or a source but no answer; give the answer, or clear the rest"),
    "not-for-role": ("`{name}` は一覧です。この欄は一覧には使いません。消してください。", "`{name}` is a list; this column is not for lists, clear it"),
    "not-for-fact": ("`{name}` は一覧ではありません。この欄は消してください。", "`{name}` is no list; clear this column"),
    "yes-or-no": ("この欄は「はい」か「いいえ」です（`{text}` ではなく。）。", "this column is yes or no, not `{text}`"),
}  # fmt: skip


class Problem(Frozen):
    """Something wrong, or to be known, about the facts.

    `line` is the 1-based line (0: the whole file), `cell` the cell (`取引業者!D7`) where the facts came in a workbook. `label` and `cites` name
    what it is about in law; `severity` is `error`, or `warning` where the facts are read all the same.
    """

    file: str
    line: int
    slug: str
    fields: Mapping[str, Field] = field(default_factory=dict)
    label: Wording = NOTHING
    cites: tuple[str, ...] = ()
    cell: str = ""
    severity: str = "error"

    @property
    def message(self) -> str:
        """What is wrong and what to do, in English."""
        return self.words("en")

    @property
    def legal(self) -> str:
        """The legal name it is about, in both languages."""
        return " / ".join(dict.fromkeys(filter(None, (self.label.ja, self.label.en))))

    @property
    def place(self) -> str:
        at = self.cell or self.line
        return f"{self.file}:{at}" if at else self.file

    def words(self, lang: Lang) -> str:
        """What is wrong and what to do."""
        ja, en = MESSAGES[self.slug]
        spoken = {k: _spoken(v, lang) for k, v in self.fields.items()}
        return (ja if lang == "ja" else en).format_map({"near": "", "file": self.file, **spoken})

    def say(self, lang: Lang, cite: Callable[[str], str] | None = None) -> str:
        """One line: place, what is wrong and what to do, the legal name and its citation."""
        name = _one(self.label, lang)
        legal = [name] * bool(name) + ([cite(a) for a in self.cites] if cite else [])
        mark = {"ja": "注意：", "en": "warning: "}[lang] if self.severity == "warning" else ""
        after = "" if not legal else f"（{'、'.join(legal)}）" if lang == "ja" else f" ({', '.join(legal)})"
        return escape(f"{self.place}: {mark}{self.words(lang)}{after}".replace("\n", " "))

    def __str__(self) -> str:
        legal = f" ({self.legal})" if self.legal else ""
        return escape(f"{self.place}: {self.message}{legal}")


class Bad(Exception):
    """A text or workbook that cannot be read on: the slug, its place and its fields."""

    def __init__(self, line: int, slug: str, *, cell: str = "", **fields: Field) -> None:
        super().__init__(slug)
        self.line, self.slug, self.cell, self.fields = line, slug, cell, fields


def _one(words: Wording, lang: Lang) -> str:
    return (words.ja or words.en) if lang == "ja" else (words.en or words.ja)


def _spoken(value: Field, lang: Lang) -> str:
    if isinstance(value, Wording):
        return _one(value, lang)
    if not isinstance(value, tuple):
        return str(value)
    if not value:
        return ""
    names = []
    for name, label in value:
        said = _one(label, lang)
        shown = "" if said in ("", name) else f"（{said}）" if lang == "ja" else f" ({said})"
        names.append(f"`{name}`{shown}")
    return f"{' か '.join(names)}ではありませんか。" if lang == "ja" else f"; did you mean {' or '.join(names)}?"


def named(known: Near) -> Wording:
    """All the names there are, in both languages."""
    ja, en = ("、".join(w.ja or n for n, w in known), ", ".join(w.en or n for n, w in known))
    return Wording(ja, en)


def folded(name: str) -> str:
    """A name without what is easily mistaken: width, composition, case."""
    return unicodedata.normalize("NFKC", name).casefold()


def nearest(name: str, known: Mapping[str, Wording] | Iterable[str]) -> Near:
    """The valid names nearest to a mistaken one: those that differ, or what they are called in words differs, only in width,
    composition or case, else by spelling."""
    labels = known if isinstance(known, Mapping) else dict.fromkeys(known, NOTHING)
    if len(labels) > _MOST_KNOWN:
        # Of very many names only those that begin alike are compared, so that a long file is refused as soon as a short one.
        first = folded(name[:1])
        alike = [k for k in labels if folded(k[:1]) == first and abs(len(k) - len(name)) <= 2]
        labels = {k: labels[k] for k in alike[:_MOST_KNOWN]}
    found = [k for k, w in sorted(labels.items()) if folded(name) in (folded(k), folded(w.ja), folded(w.en))]
    if not found:
        import difflib  # wanted only where a name is mistaken

        close = difflib.get_close_matches(name[:80], sorted(labels), n=3, cutoff=0.6)
        likeness = {k: difflib.SequenceMatcher(None, k, name[:80]).ratio() for k in close}
        # a name nearly as written is meant; what is merely like it would only mislead
        found = [k for k in close if likeness[k] > likeness[close[0]] - 0.1]
    return tuple((k, labels[k]) for k in found)

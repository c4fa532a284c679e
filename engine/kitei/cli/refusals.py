"""Why an answer is refused, in Japanese: the one place where the words of the separate checker have their twins.

Comes in: a refusal, whose place is a path in the answer (or a step) and whose reason is an English sentence. Goes out: the
line printed. The checker itself stays free of wording, for it is what is trusted; a test reads every sentence it can say.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kitei.replay import Refusal

#: The English sentence as a pattern, and the Japanese one with its groups; the first that fits the whole is used.
#: `{0!}` is a group that may itself be a sentence of this table.
_TWINS: tuple[tuple[str, str], ...] = (
    # the file
    (r"it has more than (\d+) bytes", "{0}バイトを超えています"),
    (r"it has more than (\d+) entries", "項目が{0}を超えています"),
    (r"it is not UTF-8 text", "UTF-8 の文ではありません"),
    (r"it is no JSON: (.*), line (\d+)", "JSON として読めません（{1}行目：{0}）。kitei run … --format json の出力を指定してください"),
    (r"it is nested too deeply", "入れ子が深すぎます"),
    (r"nested too deeply or too long to be an answer", "答えとしては入れ子が深すぎるか、長すぎます"),
    (r"(`.*`) is given twice", "{0}が二度書かれています"),
    (r"a number in it is too large", "大きすぎる数があります"),
    (r"a number has more digits than can be written", "書ける桁数を超える数があります"),
    (r"(`.*`) is no whole number, and no answer holds another", "{0}は整数ではありません（答えの数は全て整数です。）"),
    (r"a name in it is no text", "文字でない名前があります"),
    (r"a text in it is too long", "長すぎる文があります"),
    (r"it holds a (\w+), which no answer does", "答えにあり得ないもの（{0}）があります"),
    (r"expected a mapping of texts", "名前と文の対応が要ります"),
    (r"expected a mapping of steps", "名前と段階の対応が要ります"),
    (r"expected a mapping", "名前と値の対応が要ります"),
    (r"expected a list of step numbers", "段階の番号の一覧が要ります"),
    (r"expected a list, or nothing where it was not asked", "一覧が要ります（尋ねていないときは何も置きません。）"),
    (r"expected a list", "一覧が要ります"),
    (r"expected names", "名前が要ります"),
    (r"expected a text", "文が要ります"),
    (r"expected a day, YYYY-MM-DD", "日付（YYYY-MM-DD）が要ります"),
    (r"(`.*`) is no day", "{0}は日付ではありません"),
    (r"(`.*`) is missing", "{0}がありません"),
    (r"(`.*`) is no field of it", "{0}という項目はありません"),
    (r"expected versions, each once, in order", "規定の版を一度ずつ順に並べる必要があります"),
    (r"the same context is there twice", "同じ前提が二度あります"),
    (r"it is numbered (\S+)", "番号が{0}になっています"),
    (r"there is no context (\S+)", "前提{0}がありません"),
    (r"it rests on a step that does not come before it", "それより前にない段階に基づいています"),
    (r"expected the readings (.*)", "次の読み方が要ります：{0}"),
    (r"expected those of the first combination of readings", "読み方の初めの組合せの段階が要ります"),
    (r"expected (\S+)", "{0}でなければなりません"),
    # what the answer says it was asked, and of what
    (r"this is another ruleset; expected (\S+)", "別の規則の版による答えです（この規則の版は{0}）。その版の規則を --statutes か --ruleset で与えてください"),
    (r"this is another facts; expected (\S+)", "別の前提事実による答えです（このファイルの版は{0}）。答えを作ったときの事実のファイルを与えてください"),
    (r"it is not the day of the context", "前提に書かれた日と異なります"),
    (r"a text that is not pinned is that of the day asked", "条文の日を固定していないのに、尋ねた日の条文ではありません"),
    (r"whether the answer is hypothetical follows from the query and the world",
     "仮定の上の答えかどうかが、尋ね方と法令の範囲から導かれるものと異なります"),
    (r"nothing moves what is known, nor a pinned text", "知り得た事項の日や、固定した条文の日が動かされています"),
    (r"more than (\d+) are asked for", "尋ねた事項が{0}を超えています"),
    (r"no norm or term is called (`.*`)", "{0}という規範・用語はありません"),
    (r"no world is called (`.*`)", "{0}という法令の範囲（世界）はありません"),
    (r"the world assumes (.*); it is not printed", "この法令の範囲は{0}を仮定しますが、示されていません"),
    (r"the world's own assumptions are not printed first, in their order", "法令の範囲そのものの仮定が、初めに順に示されていません"),
    (r"(.*) is assumed twice", "{0}が二度仮定されています"),
    (r"(.*): the world assumes another value, or says by whom", "{0}：法令の範囲は別の値を仮定しているか、仮定する者を示しています"),
    (r"nothing called (.*) can be assumed", "{0}というものは仮定できません"),
    (r"(`.*`) is no (\S+)", "{0}は{1}ではありません"),
    (r"(.*) is filled; an assumption against it must say `override`", "{0}は定められています。それに反する仮定には`override`が要ります"),
    (r"(.*) lies outside what the law allows", "{0}は法の許す範囲の外です"),
    # the steps
    (r"the ruleset has nothing there", "規則のその場所には何もありません"),
    (r"it is a (\S+) there", "その場所にあるのは{0}です"),
    (r"it leaves out (.*)", "{0}が抜けています"),
    (r"it makes no choice of the reading (.*)", "読み方{0}が選ばれていません"),
    (r"no choice is made of the reading (.*)", "読み方{0}が選ばれていません"),
    (r"it rests on more than the core has there", "規則のその場所にないものにまで基づいています"),
    (r"there is no step (\d+) before it", "段階{0}はそれより前にありません"),
    (r"step (\d+) is about something else", "段階{0}は別の者・物についてのものです"),
    (r"step (\d+) is in another context", "段階{0}は別の前提によるものです"),
    (r"it rests on step (\d+), which is refused", "拒まれた段階{0}に基づいています"),
    (r"step (\d+) is (.*), not (.*)", "段階{0}は{1}であり、{2}ではありません"),
    (r"it is about something that the facts do not have", "前提事実にない者・物についてのものです"),
    (r"the facts state two things of it for one day, and the later one does not say that it corrects",
     "前提事実が一つの日について二つのことを述べ、後のものが訂正と述べていません"),
    (r"it is moved to something that is no day", "日付でないものに動かされています"),
    (r"it is refused", "拒まれています"),
    # the rows
    (r"it has no step for (`.*`)", "{0}の段階がありません"),
    (r"(`.*`) is no part of it here", "{0}はここでは含まれません"),
    (r"more combinations than can be shown side by side", "並べて示せる数を超える組合せです"),
    (r"(\d+) combinations of readings must be shown", "読み方の組合せを{0}通り示す必要があります"),
    (r"a row that the law and the facts call for is missing", "法令と事実からあるべき行がありません"),
    (r"it is missing; (.*) is derived", "ありません。導かれるのは{0!}です"),
    (r"it is missing", "ありません"),
    (r"nothing like it is derived", "そのようなものは導かれません"),
    (r"(\d+) entries are stated, (\d+) are derived", "{0}個と書かれていますが、導かれるのは{1}個です"),
    (r"(.*?) is stated, (.*) is derived", "{0!}と書かれていますが、導かれるのは{1!}です"),
    (r"nothing in the answer rests on it", "答えの何もこれに基づいていません"),
    (r"a mapping", "名前と値の対応"),
    (r"a list", "一覧"),
    (r"something", "何か"),
    (r"(`.*`)", "{0}"),
    (r"(?:result|certificate)(\S*): (.*)", "{1!}"),
)  # fmt: skip

#: What the parts of a path in an answer are called; a part not here keeps its name.
_PARTS = {
    "answer": "答え", "data": "内容", "norms": "規範", "terms": "用語", "instances": "件", "status": "状態", "due": "期限",
    "anchor": "基準となる日", "applies": "適用", "in_force": "施行", "performed": "履行", "open": "未確定の点", "because": "理由",
    "sanctions": "罰則等", "cite": "引用", "bearer": "負う者", "derivation": "導出", "steps": "段階", "contexts": "前提", "context": "前提",
    "findings": "気付いた点", "would_settle": "確定に要るもの", "unused_facts": "用いなかった事実", "not_seen": "見えない事実",
    "statements": "述べられた事実", "entities": "者・物", "apart": "読み方が分かれる点", "by_reading": "読み方ごと", "value": "値",
    "state": "状態", "assumptions": "仮定", "world": "法令の範囲", "ruleset": "規則", "facts": "前提事実", "digest": "版", "as_of": "基準日",
    "schema": "書式", "goals": "尋ねた事項", "diagnostics": "注記", "grade": "証拠の等級", "readings": "読み方", "subject": "対象",
}  # fmt: skip


def line(refusal: Refusal, lang: str) -> str:
    """Return a refusal as it is printed: where, and why."""
    if lang != "ja":
        return str(refusal)
    return f"{place(refusal.where)}：{reason(refusal.reason)}"


def place(where: str) -> str:
    """Return a path in an answer in words, with the path itself where it is one.

    >>> place("data.norms[0].instances[1].due")
    '規範1番目・件2番目・期限（data.norms[0].instances[1].due）'
    >>> place("step 12")
    '段階12'
    """
    if found := re.fullmatch(r"step (\d+)", where):
        return f"段階{found[1]}"
    parts = [re.fullmatch(r"(.*?)((?:\[\d+\])*)", part) for part in where.split(".")]
    said = []
    for part in parts:
        if part is None or part[1] not in _PARTS:
            return where
        counted = "".join(f"{int(n) + 1}番目" for n in re.findall(r"\d+", part[2]))
        said.append(_PARTS[part[1]] + counted)
    inside = said[1:] if len(said) > 1 and parts[0] is not None and parts[0][1] == "data" else said
    return f"{'・'.join(inside)}（{where}）"


def reason(text: str) -> str:
    """Return the Japanese twin of a reason; a reason without one as it is.

    >>> reason("`performed` is stated, `overdue` is derived")
    '`performed`と書かれていますが、導かれるのは`overdue`です'
    """
    return twin(text) or text


def twin(text: str) -> str:
    """Return the Japanese twin of a reason, or nothing where it has none."""
    fits = ((found, words) for pattern, words in _TWINS if (found := re.fullmatch(pattern, text, re.S)))
    for found, words in fits:
        return _filled(words, [g or "" for g in found.groups()])
    # A refused step names its place in the law first.
    node, colon, rest = text.partition(": ")
    return f"{node}：{told}" if colon and (told := twin(rest)) else ""


def _filled(words: str, groups: list[str]) -> str:
    """Put the groups of a sentence into its twin; one marked `!` may be a sentence itself."""

    def group(m: re.Match[str]) -> str:
        given = groups[int(m[1])]
        return (twin(given) if m[2] else "") or given

    return re.sub(r"\{(\d)(!?)\}", group, words)

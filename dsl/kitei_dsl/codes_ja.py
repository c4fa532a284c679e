"""Every diagnostic in Japanese: message, what to do, and why it is checked, by slug.

The fields are those of `codes.py`, where the English wording and the severities are. Sentences end without 。 where
the English has no full stop. Keywords stay in backquotes as the language spells them.
"""

from __future__ import annotations

from kitei_dsl.frozen import Frozen


class Wording(Frozen):
    """One diagnostic's message, help and why in Japanese."""

    message: str
    help: str
    why: str


SEVERITIES = {"error": "誤り", "warning": "警告", "note": "参考"}

JAPANESE: dict[str, Wording] = {
    # ---- 読み取り
    "too-large": Wording(
        "ファイルが{size}字あり、読み取れる{limit}字を超えています", "法令を複数のファイルに分けてください",
        "人が読み通せない大きさのファイルは、誤りか攻撃です。"),
    "too-deep": Wording(
        "入れ子が{limit}段を超えています", "内側の部分を独立の用語として定義し、名を付けてください",
        "法令の文はこれほど深い入れ子になりません。読む人が途中で分からなくなります。"),
    "control-character": Wording(
        "目に見えない制御文字{code}があります", "削除して、その語を打ち直してください",
        "制御文字や文字の向きを変える文字があると、見た目と異なる規定として読まれるおそれがあります。"),
    "unreadable-file": Wording(
        "ファイルを読み取れません：{reason}", "UTF-8のテキストとして保存してください", "規定はUTF-8のテキストファイルに書きます。"),
    "unexpected-word": Wording(
        "ここに`{found}`を書くことはできません", "ここに書けるもの：{expected}",
        "構文ごとに書き方は一つです。次に書けるものは対処の欄に示します。"),
    "surplus-end": Wording(
        "{line}行で始まるまとまりは、{closed}行の`{word}`で既に閉じられていますが、その続きがあります",
        "{fix}行の`{word}`を除いてください{why}",
        "どのまとまりも`end`は一つです。余分な`end`は外側のまとまりを閉じるため、その後がどこにも属さなくなります。"),
    "unexpected-end": Wording(
        "文が途中で終わっています", "ここに書けるもの：{expected}", "どのまとまりも`end`で閉じます。"),
    # ---- 名
    "hidden-keyword": Wording(
        "`{name}`は一つの名として読まれますが、予約語`{word}`が付いたままになっています",
        "予約語のつもりなら`{mended}`のように空白を置いてください。そうでなければ別の名にしてください",
        "日本語は分かち書きをしないため、名に紛れた予約語は見落とされます。"),
    "keyword-as-name": Wording(
        "`{name}`は予約語なので、この名を式の中で使うことはできません", "別の名にしてください",
        "式の初めに立つことのできる語は、常に予約語として読まれます。"),
    "declared-twice": Wording(
        "`{name}`が二度宣言されています", "もう一つの宣言は{other}にあります。どちらかの名を変えてください",
        "一つの名は、語彙全体を通じて一つのものを指します。"),
    "unknown-name": Wording(
        "`{name}`という{sort}はありません{scope}", "{near}", "規定で使えるのは、語彙で宣言した名だけです。"),
    "unknown-kind": Wording(
        "`{name}`という種類はありません", "{near}", "主体や物は、宣言された種類に属します。"),
    "unknown-instrument": Wording(
        "`{name}`という法令は宣言されていません", "{near}", "番地は、宣言された法令の略号で始まります。"),
    "bad-address": Wording(
        "`{address}`は番地として読めません：{reason}",
        "法令/条/項の順に書き、号はi4のように書いてください。例：psa/63_11/2、psa/2/15/i4",
        "引用は文字列ではなく、読み取られた番地として扱います。"),
    "dangling-citation": Wording(
        "`{address}`に当たる規定はありません", "書かれている規定の番地を引いてください{near}",
        "書かれていない規定との関係を定めても、何の効果も生じないまま見過ごされます。"),
    "target-itself": Wording(
        "`{address}`は、この行を含む規定そのものです。ほかにそこに書かれているものはありません",
        "この行には、その及ぶ別の規定（本文など）の番地を書いてください",
        "規定は自らの例外になりません。何に対する例外かを示す必要があります。"),
    "nothing-to-reach": Wording(
        "`{address}`は`{name}`について何も定めていません（定めているのは{others}だけです）",
        "番地か、定義する名を直してください",
        "規定どうしの関係は、同じ用語又は規範についての規定の間で働きます。このままでは何の効果も生じません。"),
    "norm-for-each": Wording(
        "`{address}`の`{name}`は、それぞれについての規範であり、ほかの定めがこれに代わることはできません",
        "適用しない場合を、独立したまとまりとして`{block}`と書いてください。代わりに課すものは別の規範とし、何についてかで異なる条件は、その規範自身の条件に書いてください",
        "このような規範へのただし書は、どのものについてかが分かりません。このままでは何の効果も生じません。"),
    "ambiguous-subject": Wording(
        "`{name}`は{candidates}のどちらのものか決まりません", "`{name} of …`と書いて、誰の（何の）ものかを示してください",
        "名だけを書いたときは、同じ種類で最も近いものについて読みます。ここでは同じ近さのものが二つあります。"),
    "no-subject": Wording(
        "`{name}`は{kind}についての名ですが、ここには{kind}がありません", "`{name} of …`と書いてください",
        "事実も用語も、必ず誰か（何か）についてのものです。"),
    "out-of-scope": Wording(
        "`{name}`の定義が及ぶのは{scopes}だけで、`{address}`には及びません",
        "この規定にも及ぶ定義を置くか、別の用語を使ってください",
        "定義は、この法律において・この章において・この条において、と法令が言う範囲に限って及びます。"),
    "duplicate-definition": Wording(
        "{address}の二つの定めが、どちらも`{label}`という名になっています", "`named …`を加えて、別々の名を付けてください",
        "定めの名が、書く順序によって変わってはなりません。"),
    "overlapping-versions": Wording(
        "{address}の二つの版が、{day}にどちらも施行されています", "別の条であれば番号を直してください。同じ条の後の版であれば、前の版を`until`で終わらせてください",
        "ある日に施行されている条文は、一つの規定につき一つです。"),
    # ---- 型
    "wrong-type": Wording(
        "ここには{expected}が必要ですが、{found}が書かれています", "{hint}",
        "金額・率・数量・整数・日付・真偽は、互いに置き換えられません。"),
    "wrong-kind": Wording(
        "`{name}`は{expected}についての名で、{found}についてのものではありません", "{expected}を示して`{name} of …`と書いてください",
        "属性は、一つの種類に属します。"),
    "not-a-list": Wording(
        "`{name}`からは一覧が得られません", "`many`と宣言された役割を使ってください",
        "every、sumなどは、関係から得られる一覧の各員について読みます。"),
    "list-outside-fold": Wording(
        "`{name}`は一覧です", "every、some、number、sumなどで一覧について尋ねてください", "一覧は一つの値を持ちません。"),
    "unguarded-optional": Wording(
        "`{name}`は存在しないことがあるのに、`has`で確かめずに使われています",
        "`has {name} and …`又は`if has {name} then … else …`と書いてください",
        "「該当なし」は「不明」ではありません。存在しない値は、確かめた範囲の外では意味を持ちません。"),
    "unguarded-slot": Wording(
        "任意的委任`{name}`は定められないことがあるのに、`filled`で確かめずに使われています",
        "`if filled {name} then … else …`と書いてください", "任意的な委任による定めがないときは、値がありません。"),
    "missing-outcome": Wording(
        "`{name}`に`is`・`means`・`includes`のいずれの行もありません", "効果の行を加えてください", "定義は、何がどうなるかを述べます。"),
    "misplaced-line": Wording(
        "{place}に`{line}`の行を置いても意味を持ちません", "削除してください", "まとまりごとに、置くことのできる行が決まっています。"),
    "repeated-line": Wording(
        "`{line}`の行が二つあります", "一つの行にまとめてください", "この行は、一つのまとまりに一つです。"),
    "missing-purposes": Wording(
        "`{name}`のみなし規定に、どの規定の適用についてのものかが書かれていません",
        "`for purposes of …`又は`for all purposes`を加えてください",
        "みなし規定の効果は、その適用について定められた範囲にだけ及びます。"),
    "wrong-performance": Wording(
        "{modality}には{wanted}の行が必要ですが、{found}となっています",
        "行うべきこと、達成すべき状態、維持すべき状態又は避けるべき状態を書いてください",
        "規範が守られたかどうかは、その文言から読み取れなければなりません。"),
    "unknown-grade": Wording(
        "`{grade}`という確度はありません", "{choice}と書いてください", "どの規定も、依拠する資料の確度を示します。"),
    "empty-interval": Wording(
        "この版の終期{end}は、施行日{start}より後の日ではありません", "どちらかの日を直してください",
        "版は、少なくとも一日は施行されています。"),
    "cannot-combine": Wording(
        "`{name}`には、加算した額をどう合わせるかの定めがありません",
        "用語を`combined by sum`（又はany、all、earliest、latest）と宣言してください",
        "加算できるのは、合わせ方を宣言した用語だけです。"),
    "not-constant": Wording(
        "定数の値は、値そのものでなければなりません", "数をそのまま書いてください", "定数とは、日付ごとに決まった法令上の数です。"),
    "wrong-literal": Wording(
        "`{text}`は{type}として読めません：{reason}", "{hint}", "値は正確に書きます。"),
    "unanchored": Wording(
        "`{name}`は{kind}ごとに生じますが、基準日がありません", "`anchored at …`を加え、どの日の条文によるかを示してください",
        "どの版の規定によるかは、一つ一つの基準日によって決まります。"),
    # ---- 法
    "other-kind": Wording(
        "この定めは{kind}についてのもので、{relation}の相手は{targets}についてのものです。このままでは効果がありません",
        "効果を及ぼす相手の種類を`of …`で示してください", "定めと定めの関係は、同じものについての定めの間でだけ働きます。"),
    "exception-for-each": Wording(
        "この定めは{kind}についてのものですが、`{address}`の`{name}`は、`{bearer}`が{kind}ごとに負う規範です。{kind}についての適用除外は、これに及びません",
        "例外を、その規範自身の条件に書いてください。ここでは{kind}についての用語として定義し（`define … of {kind} means … end`）、その規範の`when`の条件に`and not … of {variable}`を加えます",
        "適用除外は、規範を名宛人ごと外すものです。どのものについて除くかは、そのものに呼び名のある、規範自身の条件にしか書けません。例外は、用語の定義として、法令の中の元の場所に残ります。"),
    "circular-definition": Wording(
        "`{name}`が自分自身に依存しています：{cycle}", "循環を断ってください。前年度の値は事実として扱います",
        "用語は、別の日の値を介しても、自分自身に依存することができません。"),
    "circular-relation": Wording(
        "次の規定が互いに優先し又は適用を排除し合い、循環しています：{cycle}", "どれが譲るかを定めてください",
        "どれが適用されるかが、どこから読み始めるかによって変わってしまいます。"),
    "two-closings": Wording(
        "同じ用語`{name}`の定義（…をいう）又は`otherwise`の定めが二つあります（{day}）",
        "`means`又は`otherwise`を一つだけ残すか、二つ目を`when … is true`の形で書いてください。もう一つは{other}にあります",
        "いずれの定めも働かないときの扱いは、一つでなければなりません。"),
    "no-such-slot": Wording(
        "{address}に`{name}`という委任はありません", "{near}", "補充の規定は、どの委任を受けたものかを示します。"),
    "defeat-without-base": Wording(
        "{over}は{target}に優先し、{target}は{base}に優先します。{target}が働かないとき、{over}と{base}が衝突することがあります",
        "{base}も挙げるか、ただし書として書いてください", "「にかかわらず」が優先するのは、名指しした規定だけです。"),
    "closing": Wording(
        "いずれの定めも働かないとき、`{name}`は{value}となります（{address}）",
        "法令がそう定めているときに限り`otherwise`を残し、その文言を示してください。`means`によるものを含む一覧は`kitei check --closings`で見られます",
        "書き手が置いた、いずれの定めも働かないときの定めは、沈黙を答えに変えます。`means`はその語自体が閉じています。"),
    "unmarked": Wording(
        "`{name}`の{part}が、法令のどの文言によるかが示されていません", "その条件又は結果の後に、法令の短い文言を@\"…\"で書いてください",
        "規定の各部分は、それが表す文言と結び付けます。"),
    "unbound-status": Wording(
        "`{name}`は、`{status}`のどの態様の者を拘束するかを述べていません", "次のうち当たる態様を挙げて`binds {status}: …`を加えてください：{modes}",
        "登録を受けた者、みなし登録の者、業務を結了しつつある者を、同じ規範が拘束するとは限りません。何も述べない規範は、地位のない者も含めて全ての者を拘束します。"),
    "mark-not-found": Wording(
        "「{phrase}」という文言は、{day}の条文の{address}にありません", "読み込んだ条文と見比べ、番地か文言を直してください",
        "根拠文言は規定を文言に結び付けます。文言が移り又は変わったことは、見付けるべきことです。"),
    "mark-unchecked": Wording(
        "{instrument}の{day}の条文がフォルダーにありません", "根拠文言を確かめるには、その条文を読み込んでください",
        "見比べることができるのは、読み込んだ条文だけです。"),
    "brackets-out-of-order": Wording(
        "率の段階が低い方から順に並んでいません", "最も低い限度から順に書き、`above`を最後に置いてください",
        "額のどの部分も、一つの段階に属します。"),
    "split-overlaps": Wording(
        "`{name}`の区分{one}と{other}が同時に当たることがあります：{example}",
        "どちらかの条件を狭めるか、一方を他方の例外として書いてください",
        "区分に応じて定めるときに当たる区分は、多くとも一つです。二つ当たれば、その結果が衝突します。"),
    "may-clash": Wording(
        "{one}と{other}は、どちらも`{name}`を異なる内容で定め、いずれが優先するかの定めがありません：{example}",
        "優先関係を書いてください。例：一方に`proviso to …`（ただし書）又は`notwithstanding …`（にかかわらず）と他方の番地を置く。又は、条件を狭めてください",
        "法令の上下・前後・書いた順は何も決めません。二つの定めが当てはまり内容が異なれば、答えは抵触です。"),
    "split-leaves-gap": Wording(
        "`{name}`のどの区分にも当たらない場合があります：{example}",
        "区分、`otherwise`又は「いずれの定めも働かないときの定め」を加えてください",
        "区分に応じて定めるときは、常に一つの区分が当たるべきです。"),
    "bare-transition": Wording(
        "経過措置`{name}`に{missing}がありません",
        "それぞれを、その文言とともに書いてください：誰が、どの行為を、いつまで続けられ、何が解除され又は何とみなされるか",
        "単なる猶予期間は経過措置ではありません。法令は、対象者、行為、期間、終了と延長の事由を限ります。"),
    "replacement-unmatched": Wording(
        "{applied}に`{old}`という語はありません", "置き換える語を直してください",
        "何も置き換えない読替えは、規定か番地の誤りです。"),
    "no-such-version": Wording(
        "{address}に{version}から施行される版はありません", "次の版のどれかを挙げてください：{known}",
        "ない版を挙げても、何の効果も生じないまま見過ごされます。"),
    "no-such-label": Wording(
        "{address}に`{label}`という規範はありません", "{near}",
        "ない規範についての制裁や経過措置は、何の効果も生じないまま見過ごされます。"),
    "no-norm-there": Wording(
        "{address}には規範がありません", "対象とする義務・禁止などの規範のある規定を挙げてください{near}",
        "制裁と経過措置は規範についてのものです。ほかのものには何の効果も生じません。"),
    "nothing-former": Wording(
        "{address}には、終わる条文が収録されていません。なお続く旧規定がありません",
        "終わる条文を、終わりの日（`until`）とともに書いてください。新しい規範であれば、及ばない場合をその条件に書いてください（例：`when start_day of year >= commencement_day`）",
        "「なお従前の例による」は、終わった後の旧規定をなお続けさせるものです。新しい規範には旧規定がありません。"),
    "offence-twice": Wording(
        "{address}は、{norm}についての同じ制裁を二度定めています",
        "一方を残してください。違反者が異なるのであれば、それぞれ`whose`で誰の行為かを書いてください",
        "当てはまる制裁は全て示されます。同じものが二度あれば、二つの制裁と読まれます。"),
    "number-beside-mark": Wording(
        "目印の文言`{phrase}`の数が、それを根拠とする規則の数（{number}）と異なります",
        "双方を法令の本文と照らし、誤っている方を直してください",
        "目印は、規則のその部分が根拠とする本文の文言です。数が異なるのは、書き誤りか、改正の反映が途中であるかです。"),
    "whole-provision": Wording(
        "`{address}`は版又は名を挙げていますが、ここには規定の全体を挙げます", "`{plain}`と書いてください",
        "定義の及ぶ範囲、みなし規定の目的、準用する規定は、その時に施行されている版の規定の全体です。"),
    "nothing-applied": Wording(
        "{address}には準用する規定がありません", "収録されている規定を挙げてください{near}",
        "準用は、挙げた規定をここでも適用させるものです。"),
    "circular-application": Wording(
        "{address}が自らを準用することになります：{way}", "意図した規定だけを挙げるか、`except`で除いてください",
        "ある規定を、その規定自身を含めて書き出すことはできません。"),
    "chained-application": Wording(
        "{address}が準用する{through}は、{inner}を準用しています。両方を経て書き出しました",
        "{through}自身の定めだけを準用する趣旨であれば、`except {inner}`で除いてください",
        "他の規定を準用する規定の準用（準用規定の準用）は、文言どおり両方に及ぶものとして読みます。別の読み方があり得ます。"),
    "too-much-applied": Wording(
        "{address}までで、準用の準用が{limit}を超えます", "準用する規定を狭く挙げてください",
        "準用の準用は倍々に増え、読み手が追えなくなります。"),
    "necessary-adjustment": Wording(
        "{address}は、読替えを示さずに{applied}を準用しています",
        "`replace … with …`で読替えを示すか、法律家に確かめてください",
        "読替えの定めのない準用は、必要な変更を読み手に委ねます。書き出した規定は解釈によるものです。"),
    "citation-missing": Wording(
        "{cited_ja}（`{cited}`）は、{day}の条文にありません", "その日にある番地を引用するか、その日より前に版を終えてください",
        "引用をたどる人は、そこに条文を見付けられなければなりません。"),
    "citation-moved": Wording(
        "{earlier}の条文の{cited_ja}（`{cited}`）にあった文言は、{day}の条文では{now_ja}（`{now}`）にあります",
        "文言が移った日に版を終え、新しい番地の版を書いてください", "番号が動くと、引用が別の文言を指したままになります。"),
    "number-different": Wording(
        "`{number}`は、{day}の条文の{cited_ja}（`{cited}`）にありません", "読み込んだ条文と見比べ、数を直すか、その数がある文言を示してください",
        "規則の数は、引用した文言の中にあるべきものです。"),
    "number-moved": Wording(
        "`{number}`は、{day}の条文では{cited_ja}（`{cited}`）ではなく{now_ja}（`{now}`）にあります", "その番地の文言を示してください。例：@{now}\"…\"",
        "数は、それがある号まで特定して引用します。"),
    "date-different": Wording(
        "{date}は{cited_ja}（`{cited}`）に合いません：{reason_ja}", "施行の日又は公布の日を直してください",
        "ある日にどの文言が働くかは、施行の日で決まります。"),
    "date-unseen": Wording(
        "{cited_ja}（`{cited}`）が{date}に始まることを示す改正履歴がありません", "source.tomlにその版を書くか、その条文を読み込んでください",
        "施行の日には出典が要ります。"),
    "start-earlier": Wording(
        "{cited_ja}（`{cited}`）は{date}から収録されていますが、その文言は{day}の条文に既にあります", "その日から収録すると決めたのであれば、そのままで構いません",
        "それより前の日についての答えには、この規定が現れません。"),
    "citation-unread": Wording(
        "`{words}`は引用のように見えますが、照合していません", "宣言された法令名で書くか、引用を`cite`に書いてください", "照合しなかったものは、そのことを示します。"),
    "text-unseen": Wording(
        "{title_ja}：{days_ja}の条文がフォルダーにありません。引用と数{count}件は、その間について照合していません",
        "その間の条文を読み込んでください", "条文は、改正の前後の日については何も示しません。"),
    "start-unfixed": Wording(
        "{title_ja}：引用と数{count}件は、施行日の定まらない版のものです。照合していません",
        "施行の日と条文が分かった時に照合してください", "まだ施行されていない条文は、読み込めません。"),
    "law-unread": Wording(
        "{title_ja}：条文がフォルダーにありません。引用と数{count}件は照合していません", "条文があれば読み込んでください",
        "誰も照合していないものは一度だけ示します。誤りではありません。"),
    "text-unreadable": Wording(
        "公式の条文を読めません：{reason}", "e-Govから法令標準XMLを取り直してください", "読めない条文を、文言のない条文として扱うことはできません。"),
    "bad-index": Wording(
        "番地の一覧`{file}`を読めません：{reason}", "書き直してください：kitei check --against FOLDER --write-index",
        "一覧がなければ、条文のない所で引用を確かめられません。"),
    "bad-coverage": Wording(
        "`{address}`に付けた収録状況の表示が正しくありません：{reason}", "coverage.tomlの記載を直してください",
        "収録していない部分がそうと分かるのは、表示があり、かつ正しいときだけです。"),
    "no-such-day": Wording(
        "`{text}`という日はありません", "{hint}", "日付は暦の上の日です。"),
    "not-promulgated": Wording(
        "施行済み又は成立した{instrument}の施行期日`{name}`に公布日がありません",
        "`promulgated`と公布日を書いてください。省けるのは法案・案（`status proposed`、`status drafted`）だけです",
        "成立した法令は、公布された日から数に入ります。"),
    "commences-outside": Wording(
        "前提`{name}`では`{address}`が{day}に施行されることになりますが、定めによれば施行は{allowed_ja}です",
        "前提の中に`{fix}`と書いて、定めの範囲内の日を示すか、施行期日の宣言の範囲を直してください",
        "定めの許さない日に施行される前提では、何を問うこともできません。"),
    "unknown-commencement": Wording(
        "`{name}`という施行期日は宣言されていません", "{near}", "まだ定まらない施行日は、宣言された施行期日の名で示します。"),
}  # fmt: skip

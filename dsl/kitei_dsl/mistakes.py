"""What each diagnostic looks like: a wrong example and the mended one, told by `kitei check --explain`.

Every example is a whole law on top of `VOCABULARY`, so the wrong one can be checked and shows its slug, and the mended
one is free of it; a test does both. What no screen can show is told in words (`shown`). Examples that need an official
text give it (`text`): invented words of an invented act. Deliberately not here: why it is a mistake (`codes`, `codes_ja`).
"""

from __future__ import annotations

from kitei_dsl.frozen import Frozen

VOCABULARY = """\
instrument t type act status enacted egov "999AC0000000001" title ja "積立法" en "Reserve Act" end
instrument o type ordinance title ja "積立法施行令" en "Reserve Order" end
kind Firm (会社) end
kind Loan (貸付) end
attribute small (小規模) of Firm is truth end
attribute foreign (外国) of Firm is truth end
attribute assets (資産) of Firm is yen end
attribute closing_day (決算日) of Firm is date end
attribute told_on (通知日) of Firm is date if any end
attribute lent (貸付額) of Loan is yen end
relation lending role loan (貸付一覧) many Loan role lender (貸主) one Firm end
relation groups role child (子会社) many Firm role parent (親会社) one Firm end
term fee (手数料) of Firm is yen end
term base (基礎額) of Firm is yen end
term total (総額) of Firm is yen combined by sum end
term covered (対象会社) of Firm is truth end
term due_day (納期限) of Firm is date end
norm report (報告) of Firm end
"""

#: The official text some examples are compared with: an invented act, whose last amending law is of 2023.
TEXT = """\
**第五条**　会社は、準備金を積み立てなければならない。

**第六条**　手数料は、千円とする。

**２**　会社は、報告しなければならない。

- 一　会社は、二週間以内に帳簿を提出しなければならない。
"""


class Example(Frozen):
    """A wrong and a mended law. `shown` is printed instead of the wrong one where that cannot be printed.

    `text` is the official text of 2024-04-01 (`mended_text`: beside the mended law, where it is another), `earlier` that of
    2020-04-01. A law that begins like an index or a file of labels is one.
    """

    wrong: str
    mended: str
    shown: tuple[str, str] | None = None
    encoding: str = "utf-8"
    text: str | None = None
    earlier: str | None = None
    mended_text: str | None = None


def _in(body: str, place: str = "t/1", rest: str = "") -> str:
    lines = "".join(f"  {line}\n" for line in body.split("\n"))
    return f"provision {place} in force from 2024-04-01 grade A\n{lines}end\n{rest}"


_BASE = _in("define fee of Firm is 1,000 yen end")

#: A legal status with two modes.
_STATUS = "status standing of Firm from licence_record\n  mode licensed\n  mode winding_up\nend\n" + _in(
    "define standing of Firm is licence_record end"
)

_DUTY = _in("duty report of Firm keep small end")

#: A bill that is to commence by the end of March 2028.
_PLANNED = 'instrument p type bill title ja "法案" en "Bill" end\ncommencement p/main latest 2028-03-31 end\n'

#: A duty for each loan, and a norm of another name.
_EACH = _in(
    "duty report of Firm\n  for each loan as l anchored at 2024-04-01\n  keep small\nend",
    rest="norm told of Firm end\n",
)

_MINOR = "term minor of Loan is truth end\n"
#: The same, where the norm itself says for which loans it is not.
_EACH_BUT = _in(
    "duty report of Firm\n  for each loan as l anchored at 2024-04-01\n  when not minor of l\n  keep small\nend",
    rest=_MINOR,
)

#: A duty whose text has ended.
_TWO = (
    "provision t/2 in force from 2020-04-01 until 2024-04-01 grade A\n"
    "  duty report of Firm do told_on by 2024-06-30 end\nend\n"
)

#: A provision that may be applied elsewhere.
_NINE = _in('plain ja "会社は手数料を払う。" en "A firm pays a fee."\ndefine base of Firm is 1 yen end', "t/9")

EXAMPLES: dict[str, Example] = {
    "too-large": Example(
        "#" * 4_000_001, _BASE, ("（四百万字を超えるファイル）", "(a file of more than four million characters)")),
    "too-deep": Example(
        _in(f"define fee of Firm is {'(' * 300}1 yen{')' * 300} end"),
        _in("define base of Firm is (assets + 1 yen) * 5% end\ndefine fee of Firm is base end"),
        ("（括弧が二百段を超えて入れ子になった式）", "(an expression with brackets more than two hundred deep)")),
    "control-character": Example(
        'kind Bank label ja "銀\u202e行" end\n', 'kind Bank label ja "銀行" end\n',
        ("（文字の向きを変える見えない文字U+202Eが「銀行」の間にあるファイル）",
         '(a file with U+202E, which turns the direction of writing and cannot be seen, inside a word)')),
    "unreadable-file": Example(
        'kind Bank label ja "銀行" end\n', 'kind Bank label ja "銀行" end\n',
        ("（Shift_JISで保存したファイル）", "(a file saved as Shift_JIS)"), "shift_jis"),
    "unexpected-word": Example(
        _in("defne fee of Firm is 1,000 yen end"), _in("define fee of Firm is 1,000 yen end")),
    "surplus-end": Example(
        _in("define fee of Firm is 1,000 yen end\nformer text continues for t/2\nend\ndefine base of Firm is 1 yen end", rest=_TWO),
        _in("define fee of Firm is 1,000 yen end\nformer text continues for t/2\ndefine base of Firm is 1 yen end", rest=_TWO)),
    "unexpected-end": Example(
        _in("define fee of Firm is 1,000 yen").removesuffix("end\n"), _in("define fee of Firm is 1,000 yen end")),
    "hidden-keyword": Example(
        "attribute is銀行 of Firm is truth end\n", "attribute 銀行 of Firm is truth end\n"),
    "keyword-as-name": Example(
        "attribute sum (貸付の合計) of Firm is yen end\n", "attribute loans_sum (貸付の合計) of Firm is yen end\n"),
    "declared-twice": Example("term assets of Firm is yen end\n", "term counted_assets of Firm is yen end\n"),
    "unknown-name": Example(
        _in("define fee of Firm is 5% * asset end"), _in("define fee of Firm is 5% * assets end")),
    "unknown-kind": Example("attribute big of Firms is truth end\n", "attribute big of Firm is truth end\n"),
    "unknown-instrument": Example(
        _in("define fee of Firm is 1,000 yen end", "tt/1"), _in("define fee of Firm is 1,000 yen end", "t/1")),
    "bad-address": Example(
        _in("define fee of Firm is 1,000 yen end", "t/1/main/2"), _in("define fee of Firm is 1,000 yen end", "t/1/2/main")),
    "dangling-citation": Example(
        _in("define fee of Firm when small is 500 yen proviso to t/9 end", "t/2", _BASE),
        _in("define fee of Firm when small is 500 yen proviso to t/1 end", "t/2", _BASE)),
    "target-itself": Example(
        _in("define fee of Firm when small is 500 yen proviso to t/1/proviso end", "t/1/proviso",
            _in("define fee of Firm is 1,000 yen end", "t/1/main")),
        _in("define fee of Firm when small is 500 yen proviso to t/1/main end", "t/1/proviso",
            _in("define fee of Firm is 1,000 yen end", "t/1/main"))),
    "nothing-to-reach": Example(
        _in("define base of Firm when small is 500 yen proviso to t/1 end", "t/2", _BASE),
        _in("define fee of Firm when small is 500 yen proviso to t/1 end", "t/2", _BASE)),
    "norm-for-each": Example(
        _in("duty report of Firm when small keep foreign proviso to t/1 end", "t/2", _EACH),
        _in("block t/1 of Firm when small end\nduty told of Firm when small keep foreign end", "t/2", _EACH)),
    "ambiguous-subject": Example(
        _in("define covered of Firm as mother\n  means every daughter in child of mother: small\nend"),
        _in("define covered of Firm as mother\n  means every daughter in child of mother: small of daughter\nend")),
    "no-subject": Example(
        _in("define fee of Firm is lent end"), _in("define fee of Firm is sum l in loan: lent of l end")),
    "out-of-scope": Example(
        _in("define covered of Firm scope t/2 means small end",
            rest=_in("define fee of Firm is if covered then 1 yen else 2 yen end", "t/3")),
        _in("define covered of Firm scope t/2, t/3 means small end",
            rest=_in("define fee of Firm is if covered then 1 yen else 2 yen end", "t/3"))),
    "duplicate-definition": Example(
        _in("define fee of Firm when small is 1 yen end\ndefine fee of Firm when not small is 2 yen end"),
        _in("define fee of Firm named small when small is 1 yen end\n"
            "define fee of Firm named other when not small is 2 yen end")),
    "overlapping-versions": Example(
        "provision t/1 in force from 2020-04-01 grade A\n  define fee of Firm is 500 yen end\nend\n" + _BASE,
        "provision t/1 in force from 2020-04-01 until 2024-04-01 grade A\n  define fee of Firm is 500 yen end\nend\n" + _BASE),
    "wrong-type": Example(
        _in("define fee of Firm is 5% end"), _in("define fee of Firm is 5% * assets end")),
    "wrong-kind": Example(
        _in("define covered of Firm as f means every l in loan of f: small of l end"),
        _in("define covered of Firm as f means every l in loan of f: small of f end")),
    "not-a-list": Example(
        _in("define covered of Firm means some l in assets: true end"),
        _in("define covered of Firm means some l in loan: true end")),
    "list-outside-fold": Example(
        _in("define covered of Firm means loan end"),
        _in("define covered of Firm means (number l in loan) > 0 end")),
    "unguarded-optional": Example(
        _in("define due_day of Firm is 14 days after told_on end"),
        _in("define due_day of Firm when has told_on is 14 days after told_on end")),
    "unguarded-slot": Example(
        _in("slot rebate of Firm is yen optional for ordinance end\ndefine fee of Firm is 1,000 yen - rebate end"),
        _in("slot rebate of Firm is yen optional for ordinance end\n"
            "define fee of Firm is if filled rebate then 1,000 yen - rebate else 1,000 yen end")),
    "missing-outcome": Example(
        _in("define fee of Firm when small end"), _in("define fee of Firm when small is 500 yen end")),
    "misplaced-line": Example(
        _in("block t/1 of Firm\n  is 0 yen\nend", "t/2", _BASE),
        _in("define fee of Firm is 0 yen notwithstanding t/1 end", "t/2", _BASE)),
    "repeated-line": Example(
        _in("define fee of Firm\n  when small\n  when foreign\n  is 500 yen\nend"),
        _in("define fee of Firm\n  when small and foreign\n  is 500 yen\nend")),
    "missing-purposes": Example(
        _in("deem covered of Firm is true when small end"),
        _in("deem covered of Firm is true when small for purposes of t/2 end", rest=_in("define fee of Firm is 1 yen end", "t/2"))),
    "wrong-performance": Example(
        _in("prohibition report of Firm do told_on end"), _in("prohibition report of Firm avoid foreign end")),
    "unknown-grade": Example(_BASE.replace("grade A", "grade Z"), _BASE),
    "empty-interval": Example(
        _BASE.replace("from 2024-04-01", "from 2024-04-01 until 2024-04-01"),
        _BASE.replace("from 2024-04-01", "from 2024-04-01 until 2026-04-01")),
    "cannot-combine": Example(_in("add fee of Firm is 100 yen end"), _in("add total of Firm is 100 yen end")),
    "not-constant": Example(_in("parameter minimum is 2 * 500 yen"), _in("parameter minimum is 1,000 yen")),
    "wrong-literal": Example(
        _in("define due_day of Firm is 2026-02-29 end"), _in("define due_day of Firm is 2026-02-28 end")),
    "unanchored": Example(
        _in("duty report of Firm\n  for each loan as l\n  achieve small\nend"),
        _in("duty report of Firm\n  for each loan as l anchored at closing_day\n  achieve small\nend")),
    "other-kind": Example(
        _in("block t/1 of Loan when lent > 100 yen end", "t/2", _BASE),
        _in("block t/1 of Firm when assets > 100 yen end", "t/2", _BASE)),
    "exception-for-each": Example(
        _in("block t/1 of Loan when lent < 100 yen end", "t/1/proviso", _EACH),
        _in("define minor of Loan means lent < 100 yen end", "t/1/proviso", _EACH_BUT)),
    "circular-definition": Example(
        _in("define base of Firm is fee end\ndefine fee of Firm is base end"),
        _in("define base of Firm is assets end\ndefine fee of Firm is base end")),
    "circular-relation": Example(
        _in("define fee of Firm is 1 yen notwithstanding t/2 end",
            rest=_in("define fee of Firm is 2 yen notwithstanding t/1 end", "t/2")),
        _in("define fee of Firm is 1 yen end", rest=_in("define fee of Firm is 2 yen notwithstanding t/1 end", "t/2"))),
    "two-closings": Example(
        _in("otherwise fee is 0 yen", rest=_in("otherwise fee is 100 yen", "t/2")), _in("otherwise fee is 0 yen")),
    "no-such-slot": Example(
        _in("fill t/1 fee_rte of Firm is 5% end", "o/1", _in("slot fee_rate of Firm is rate required for ordinance end")),
        _in("fill t/1 fee_rate of Firm is 5% end", "o/1", _in("slot fee_rate of Firm is rate required for ordinance end"))),
    "defeat-without-base": Example(
        _in("define fee of Firm when small is 2 yen notwithstanding t/1 end", "t/2",
            _BASE + _in("define fee of Firm when foreign is 3 yen notwithstanding t/2 end", "t/3")),
        _in("define fee of Firm when small is 2 yen notwithstanding t/1 end", "t/2",
            _BASE + _in("define fee of Firm when foreign is 3 yen notwithstanding t/2, t/1 end", "t/3"))),
    "closing": Example(
        _in("define covered of Firm when small is true end\notherwise covered of Firm is false"),
        _in("define covered of Firm when small is true end")),
    "unmarked": Example(
        _in("define fee of Firm is 1,000 yen end"), _in('define fee of Firm is 1,000 yen  @"千円" end')),
    "unbound-status": Example(
        _in("duty report of Firm keep small end", "t/2", _STATUS), _in("duty report of Firm\n  binds standing: licensed\n  keep small\nend", "t/2", _STATUS)),
    "mark-not-found": Example(
        _in('define covered of Firm is true  @"取り崩し" end', "t/5"),
        _in('define covered of Firm is true  @"積み立て" end', "t/5"), text=TEXT),
    "mark-unchecked": Example(
        _in('define covered of Firm is true  @"積み立て" end', "t/5").replace("2024-04-01", "2024-04-02"),
        _in('define covered of Firm is true  @"積み立て" end', "t/5"), text=TEXT),
    "brackets-out-of-order": Example(
        _in("define fee of Firm\n  is progressive on assets\n    above at 30%\n    up to 1,000 yen at 10%\n  end\nend"),
        _in("define fee of Firm\n  is progressive on assets\n    up to 1,000 yen at 10%\n    above at 30%\n  end\nend")),
    "split-overlaps": Example(
        _in("define fee of Firm\n  cases\n    case i1: when assets <= 10 yen\n      is 1 yen\n"
            "    case i2: when assets >= 10 yen\n      is 2 yen\n  end\nend"),
        _in("define fee of Firm\n  cases\n    case i1: when assets < 10 yen\n      is 1 yen\n"
            "    case i2: when assets >= 10 yen\n      is 2 yen\n  end\nend")),
    "split-leaves-gap": Example(
        _in("define fee of Firm\n  cases\n    case i1: when assets < 10 yen\n      is 1 yen\n"
            "    case i2: when assets > 10 yen\n      is 2 yen\n  end\nend"),
        _in("define fee of Firm\n  cases\n    case i1: when assets < 10 yen\n      is 1 yen\n"
            "    case i2: when assets >= 10 yen\n      is 2 yen\n  end\nend")),
    "may-clash": Example(
        _in("define fee of Firm when small is 1 yen end", rest=_in("define fee of Firm when foreign is 2 yen end", "t/2")),
        _in("define fee of Firm when small is 1 yen end",
            rest=_in("define fee of Firm when foreign is 2 yen notwithstanding t/1 end", "t/2"))),
    "bare-transition": Example(
        _in("transition report of Firm\n  until 6 months counting commencement_day\nend"),
        _in("transition report of Firm\n  who assets > 10 yen\n  acts assets < 100 yen\n  until 6 months counting commencement_day\n"
            "  deems fee is 0 yen for all purposes\nend")),
    "replacement-unmatched": Example(
        _in("apply t/9\n  replace ja \"甲\" with \"乙\"\nend") + _NINE, _in("apply t/9\n  replace ja \"手数料\" with \"料金\"\nend") + _NINE),
    "no-such-version": Example(
        _in("former text continues for t/1@2023-04-01", "t/2", _DUTY), _in("former text continues for t/1@2024-04-01", "t/2", _DUTY.replace("from 2024-04-01", "from 2024-04-01 until 2025-04-01"))),
    "no-such-label": Example(
        _in("no sanction for t/1#reprt", "t/2", _DUTY), _in("no sanction for t/1#report", "t/2", _DUTY)),
    "no-norm-there": Example(
        _in("keep in force t/1", "t/2", _BASE + _DUTY.replace("t/1", "t/3")),
        _in("keep in force t/1, t/3", "t/2", _BASE + _DUTY.replace("t/1", "t/3").replace("from 2024-04-01", "from 2024-04-01 until 2025-04-01"))),
    "offence-twice": Example(
        _in("sanction criminal for t/1 fine up to 100 yen end\nsanction criminal for t/1#report fine up to 100 yen end", "t/2", _DUTY),
        _in("sanction criminal for t/1 fine up to 100 yen end", "t/2", _DUTY)),
    "nothing-former": Example(
        _in("former text continues for t/1", "t/2", _DUTY),
        _in("former text continues for t/1", "t/2", _DUTY.replace("from 2024-04-01", "from 2020-01-01 until 2024-04-01"))),
    "number-beside-mark": Example(
        _in('define fee of Firm is 100 yen @"二百円" end'), _in('define fee of Firm is 200 yen @"二百円" end')),
    "whole-provision": Example(
        _in("define fee of Firm scope t/1#fee is 1 yen end"), _in("define fee of Firm scope t/1 is 1 yen end")),
    "nothing-applied": Example(
        _in("apply t/8\n  replace ja \"手数料\" with \"料金\"\nend") + _NINE, _in("apply t/9\n  replace ja \"手数料\" with \"料金\"\nend") + _NINE),
    "circular-application": Example(
        _in("apply t/9\n  replace ja \"手数料\" with \"料金\"\nend") + _in('plain ja "手数料" en "fee"\napply t/1\n  replace ja "料金" with "代金"\nend', "t/9"),
        _in("apply t/9\n  replace ja \"手数料\" with \"料金\"\nend") + _NINE),
    "chained-application": Example(
        _in("apply t/2\n  replace ja \"料金\" with \"代金\"\nend", rest=_in("apply t/9\n  replace ja \"手数料\" with \"料金\"\nend", "t/2") + _NINE),
        _in("apply t/9\n  replace ja \"手数料\" with \"代金\"\nend", rest=_in("apply t/9\n  replace ja \"手数料\" with \"料金\"\nend", "t/2") + _NINE)),
    "too-much-applied": Example(
        "".join(_in(f"apply t/{n + 1} end", f"t/{n}") for n in range(1, 23)), _in("apply t/9 end") + _NINE,
        ("（二十段を超える準用の準用）", "(applications of applications, more than twenty deep)")),
    "necessary-adjustment": Example(
        _in("apply t/9 end") + _NINE, _in("apply t/9\n  replace ja \"手数料\" with \"料金\"\nend") + _NINE),
    "citation-missing": Example(
        _in("define fee of Firm is 1,000 yen end", "t/6/3"),
        _in("define fee of Firm is 1,000 yen end", "t/6/1"), text=TEXT),
    "citation-moved": Example(
        _in("define covered of Firm is true end", "t/4"), _in("define covered of Firm is true end", "t/5"),
        ("第四条にあった文言が第五条に移った条文を読み込み、`t/4`を引用したままにする",
         "the words of article 4 moved to article 5 in a loaded text, and `t/4` is still cited"), text=TEXT,
        earlier="**第四条**　会社は、準備金を積み立てなければならない。\n"),
    "number-different": Example(
        _in("define fee of Firm is 2,000 yen end", "t/6/1"), _in("define fee of Firm is 1,000 yen end", "t/6/1"), text=TEXT),
    "number-moved": Example(
        _in("duty report of Firm\n  do told_on\n  by 2 weeks after closing_day\nend", "t/6/2"),
        _in('duty report of Firm\n  do told_on\n  by 2 weeks after closing_day  @t/6/2/i1"二週間以内"\nend', "t/6/2"), text=TEXT),
    "date-different": Example(
        _in("define fee of Firm is 1,000 yen end", "t/6/1").replace("grade", "promulgated 2022-06-10 grade"),
        _in("define fee of Firm is 1,000 yen end", "t/6/1").replace("grade", "promulgated 2023-06-09 grade"), text=TEXT),
    "date-unseen": Example(
        _in("define fee of Firm is 1,000 yen end", "t/6/1").replace("2024-04-01", "2024-03-31"),
        _in("define fee of Firm is 1,000 yen end", "t/6/1"), text=TEXT),
    "start-earlier": Example(
        _in("define covered of Firm is true end", "t/5"),
        _in("define covered of Firm is true end", "t/5").replace("2024-04-01", "2020-04-01"),
        text=TEXT, earlier=TEXT.partition("\n")[0]),
    "citation-unread": Example(
        _in('plain ja "他業法第五条による。" en "As there."\ndefine fee of Firm is 1,000 yen end', "t/6/1"),
        _in('plain ja "第五条による。" en "As art. 5 says."\ndefine fee of Firm is 1,000 yen end', "t/6/1"), text=TEXT),
    "text-unseen": Example(
        _in("define fee of Firm is 1,000 yen end", "t/6/1").replace("2024-04-01", "2024-03-31"),
        _in("define fee of Firm is 1,000 yen end", "t/6/1"), text=TEXT),
    "start-unfixed": Example(
        "commencement t/main promulgated 2026-07-23 end\n"
        + _in("define fee of Firm is 1,000 yen end", "t/6/1").replace("2024-04-01", "t/main"),
        _in("define fee of Firm is 1,000 yen end", "t/6/1"), text=TEXT),
    "law-unread": Example(
        _in("define fee of Firm is 1,000 yen end", "o/6/1"),
        _in("define fee of Firm is 1,000 yen end", "t/6/1"), text=TEXT),
    "text-unreadable": Example(
        _BASE, _BASE, ("（法令標準XMLの途中で切れたファイル）", "(a file of 法令標準XML that breaks off in the middle)"),
        text="<Law><LawBody>", mended_text=TEXT.replace("第五条", "第一条").replace("準備金", "千円の準備金")),
    "bad-index": Example(
        "kitei/addresses@0\n", "kitei/addresses@1 999AC0000000001\ndays 2024-04-01\n1: 1\n"),
    "bad-coverage": Example(
        '"t/5" = {state = "not-encoded"}\n',
        '"t/5" = {state = "not-encoded", reason = {ja = "利率の部分を読んでいない", en = "its rates were not read"}}\n',
        ('coverage.toml: "t/5" = {state = "not-encoded"}',) * 2),
    "no-such-day": Example(_BASE.replace("2024-04-01", "2024-04-31"), _BASE.replace("2024-04-01", "2024-04-30")),
    "not-promulgated": Example(
        "commencement t/main latest 2027-07-22 end\n" + _BASE.replace("2024-04-01", "t/main"),
        "commencement t/main promulgated 2026-07-23 latest 2027-07-22 end\n" + _BASE.replace("2024-04-01", "t/main")),
    "commences-outside": Example(
        _PLANNED + "world planned suppose p in force from 2028-04-01 end\n",
        _PLANNED + "world planned\n  suppose p in force from 2028-04-01\n  assume p/main = 2028-03-31\nend\n"),
    "unknown-commencement": Example(
        _BASE.replace("2024-04-01", "t/mian"),
        "commencement t/main promulgated 2026-07-23 end\n" + _BASE.replace("2024-04-01", "t/main")),
}  # fmt: skip

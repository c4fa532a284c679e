"""The page `docs/builtins.md`: every operator and built-in, its types, its meaning in both languages, an example.

Comes in: the table of signatures. Goes out: Markdown. The English meaning is that of the table; the Japanese one and the
types stand here, one row each, and a test compares them with what the table accepts and runs every example.
"""

from __future__ import annotations

from kitei_dsl.frozen import Frozen
from kitei_dsl.keywords import KEYWORDS, PHRASES
from kitei_dsl.signatures import SIGNATURES

_HEAD = """# Operators and built-ins

This page is made from the table of signatures by `python -m kitei_dsl.builtins_page > docs/builtins.md`.
Every example is run when the project is tested; each is a condition that holds.
Types: `truth` 真偽, `yen` 金額, `number` 整数, `rate` 率, `quantity` 数量, `date` 日付, `span` 期間, `calendar` 暦.
How periods are counted is chapter 9 of [the language](language/09-periods.md).

| written | types | meaning | example |
| --- | --- | --- | --- |
"""


class Row(Frozen):
    """One operator: how it is written, one typing of it (operands, result), its meaning in Japanese, an example."""

    written: str
    operands: tuple[str, ...]
    result: str
    ja: str
    example: str


def _amounts(sign: str, ja: str, example: str) -> Row:
    return Row(f"a {sign} b", ("yen", "yen"), "truth", ja, example)


def _period(word: str, ja: str, example: str, roll: str = "") -> Row:
    return Row(f"n {word} d" + (f" rolled for {roll}" if roll else ""), ("span", "date"), "date", ja, example)


ROWS: dict[str, Row] = {
    "and": Row("a and b", ("truth", "truth"), "truth", "全て真なら真。一つでも偽なら偽に決まる。", "not (true and false)"),
    "or": Row("a or b", ("truth", "truth"), "truth", "一つでも真なら真。真が一つあれば決まる。", "true or false"),
    "not": Row("not a", ("truth",), "truth", "反対。", "not false"),
    "=": _amounts("=", "等しい。", "100 yen = 100 yen"),
    "!=": _amounts("!=", "等しくない。", "100 yen != 99 yen"),
    "<": _amounts("<", "未満、前。", "99 yen < 100 yen"),
    "<=": _amounts("<=", "以下、以前。", "100 yen <= 100 yen"),
    ">": _amounts(">", "超える、後。", "101 yen > 100 yen"),
    ">=": _amounts(">=", "以上、以後。", "100 yen >= 100 yen"),
    "+": Row("a + b", ("yen", "yen"), "yen", "和。", "1 yen + 2 yen = 3 yen"),
    "-": Row("a - b", ("yen", "yen"), "yen", "差。負になることがある。", "1 yen - 2 yen = -1 yen"),
    "*": Row("a * b", ("yen", "rate"), "yen", "量に率又は数を乗じた額。", "300 yen * 5% = 15 yen"),
    "/": Row("a / b", ("yen", "yen"), "rate", "端数を丸めない商。零で割ると定まらない。", "15 yen / 300 yen = 5%"),
    "negate": Row("-a", ("yen",), "yen", "符号を変えた量。", "-(5 yen) = 3 yen - 8 yen"),
    "least": Row("least(a, b, …)", ("yen", "yen"), "yen", "いずれか低いもの。", "least(3 yen, 2 yen) = 2 yen"),
    "greatest": Row("greatest(a, b, …)", ("yen", "yen"), "yen", "いずれか高いもの。", "greatest(3 yen, 2 yen) = 3 yen"),
    "round_down": Row("round_down(a, unit)", ("yen", "yen"), "yen", "単位の倍数に切り捨てる。",
                      "round_down(345678 yen, 10000 yen) = 340000 yen"),
    "round_up": Row("round_up(a, unit)", ("yen", "yen"), "yen", "単位の倍数に切り上げる。",
                    "round_up(345678 yen, 10000 yen) = 350000 yen"),
    "round_half_up": Row("round_half_up(a, unit)", ("yen", "yen"), "yen", "最も近い単位の倍数にする。半分は零から遠い方（四捨五入）。",
                         "round_half_up(345000 yen, 10000 yen) = 350000 yen"),
    "business_days": Row("n business days of c", ("number", "calendar"), "span", "名指しした暦の営業日で数えるn日の期間。",
                         "2 business days of bank after 2024-05-31 = 2024-06-04"),
    "after": _period("after", "期間の末日。初日を算入しない（民法140条）。", "3 months after 2024-03-31 = 2024-06-30"),
    "after.filing": _period("after", "同じ。末日が行政機関の休日なら、その翌日（行政機関の休日に関する法律2条）。",
                            "3 months after 2024-03-31 rolled for filing = 2024-07-01", "filing"),
    "after.custom": _period("after", "同じ。末日が日曜・祝日で、その日に取引をしない慣習があれば、その翌日（民法142条）。",
                            "3 months after 2024-03-31 rolled for custom = 2024-07-01", "custom"),
    "counting": _period("counting", "期間の末日。初日を算入する（起算して）。", "1 year counting 2026-07-23 = 2027-07-22"),
    "counting.filing": _period("counting", "同じ。末日が行政機関の休日なら、その翌日。",
                               "1 month counting 2024-06-01 rolled for filing = 2024-07-01", "filing"),
    "counting.custom": _period("counting", "同じ。末日が日曜・祝日で慣習があれば、その翌日。",
                               "1 month counting 2024-06-01 rolled for custom = 2024-07-01", "custom"),
    "before": _period("before", "n日前の日。当日を算入しない。", "30 days before 2025-03-08 = 2025-02-06"),
    "clear_before": _period("clear_before", "間に丸n日を置いた前の日（中n日）。", "30 days clear_before 2025-03-08 = 2025-02-05"),
    "elapsed_after": _period("elapsed_after", "期間を経過した日。初日を算入しない。", "20 days elapsed_after 2026-07-23 = 2026-08-13"),
    "elapsed_counting": _period("elapsed_counting", "起算して期間を経過した日（n日を経過した日）。",
                                "20 days elapsed_counting 2026-07-23 = 2026-08-12"),
    "day_of_next_month": Row("day_of_next_month(d, n)", ("date", "number"), "date", "翌月n日。その日のない月なら定まらない。",
                             "day_of_next_month(2026-01-15, 20) = 2026-02-20"),
    "last_day_of_month": Row("last_day_of_month(d)", ("date",), "date", "その月の末日。", "last_day_of_month(2024-02-10) = 2024-02-29"),
    "days_between": Row("days_between(d, e)", ("date", "date"), "number", "前の日から後の日までの日数。",
                        "days_between(2024-01-01, 2024-01-31) = 30"),
    "year_of": Row("year_of(d)", ("date",), "number", "暦年。", "year_of(2024-01-31) = 2024"),
    "reference_day": Row("reference_day", (), "date", "事実を読む日（基準日）。", "reference_day = 2024-06-01"),
    "proved": Row("proved by p that (a)", ("truth",), "truth", "抗弁が証明されたこと。争いのない間は証明なしとし、その旨を示す。",
                  "not proved by self that (false)"),
    "has": Row("has x", ("date",), "truth", "`if any`と宣言した属性が存在すること。", "has told_on"),
    "filled": Row("filled x", ("yen",), "truth", "任意的な委任による定めがあること。", "not filled rebate"),
}  # fmt: skip


def builtins_page() -> str:
    """Return the whole page, in the order of the table of signatures."""
    return _HEAD + "".join([_line(op) for op in SIGNATURES])


def _line(op: str) -> str:
    row = ROWS[op]
    types = f"{', '.join(row.operands)} → {row.result}"
    cells = (f"`{row.written}`{_twin(op)}", types, f"{row.ja}<br>{SIGNATURES[op].doc}", f"`{row.example}`")
    return "| " + " | ".join([cell.replace("|", "\\|") for cell in cells]) + " |\n"


def _twin(op: str) -> str:
    """Return the Japanese keyword of an operator that is a word."""
    word, _, roll = op.partition(".")
    if op == "business_days":
        return " 営業日"
    rolled = next(p.twin for p in PHRASES if p.words == ("rolled", "for")) + f" {KEYWORDS[roll]}" if roll else ""
    return f" {KEYWORDS[word]} {rolled}".rstrip() if word in KEYWORDS else ""


if __name__ == "__main__":
    print(builtins_page(), end="")

"""What to write is told in the keywords of the file: the words a Japanese drafter wrote, and the ones that were meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kitei.cli import kitei
from kitei_dsl.diagnostics import Diagnostic
from kitei_dsl.japanese import in_language
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source

LAW = """法令 t 種別 法律 題名 和文 "積立法" 英文 "Reserve Act" 終わり
種類 Firm (会社) 終わり
属性 a (甲) 対象 会社 は 真偽 終わり
属性 b (届出日) 対象 会社 は 日付 あれば 終わり
規範 go_on (継続) 対象 会社 終わり
規範 ban (無登録禁止) 対象 会社 終わり
用語 fee (手数料) 対象 会社 は 金額 終わり
用語 last (期日) 対象 会社 は 日付 終わり
用語 told (届出済) 対象 会社 は 真偽 終わり
規定 t/9 施行日 2026-01-01 確度 A 禁止 無登録禁止 対象 会社 回避 甲 終わり 終わり
"""


def told(body: str, grade: str = "A", lang: str = "ja") -> Diagnostic:
    """Return the one error of a provision with a body."""
    text = f"{LAW}規定 t/1 施行日 2026-01-01 確度 {grade} {body} 終わり\n"
    errors = [d for d in compile_sources([Source("t.kitei", text)])[1] if d.severity == "error"]
    assert 1 == len(errors), errors
    return in_language(errors[0], lang)


@pytest.mark.parametrize(
    ("body", "slug", "help"),
    [
        ("不適用 t/9 対象 会社 場合 甲 終わり", "unexpected-word", "`適用除外 t/5 対象 会社 場合 … 終わり`"),
        ("禁止事項 無登録禁止 対象 会社 回避 甲 終わり", "unexpected-word", "`禁止`のことではありませんか"),
        ("経過措置 継続 対象 会社 対象者 甲 終期 3 箇月 当日起算 2026-01-01 解除 t/9 終わり", "bare-transition", ""),
        (
            "定義 届出済 対象 会社 は 届出日 >= 2026-01-01 終わり",
            "unguarded-optional",
            "`存在 届出日 かつ …`又は`もし 存在 届出日 ならば … さもなければ …`",
        ),
        ("定義 期日 対象 会社 は 3 箇月 翌日起算 施行日 終わり", "unknown-name", "`施行の日`と書いてください"),
        ("定義 期日 対象 会社 は 3ヶ月 翌日起算 2026-01-01 終わり", "unexpected-word", "`3 箇月`"),
        ("定義 期日 対象 会社 は 3 ヵ月 翌日起算 2026-01-01 終わり", "unexpected-word", "`3 箇月`"),
        ("定義 期日 対象 会社 は 3か月 翌日起算 2026-01-01 終わり", "unexpected-word", "`3 箇月`"),
        ("定義 手数料 対象 会社 は 10億 終わり", "unexpected-word", "`10億円`、額の終わりには円が要ります"),
        ("定義 手数料 対象 会社 場合 甲 は 3万 終わり", "unexpected-word", "`3万円`、額の終わりには円が要ります"),
    ],
)
def test_the_help_names_the_japanese_keyword_that_is_meant(body: str, slug: str, help: str) -> None:
    found = told(body)

    assert slug == found.slug
    assert help in found.help


def test_what_a_transition_lacks_is_told_in_japanese() -> None:
    body = "経過措置 継続 対象 会社 対象者 甲 終期 3 箇月 当日起算 2026-01-01 解除 t/9 終わり"

    assert "経過措置`継続`に`行為の範囲`がありません" == told(body).message


@pytest.mark.parametrize(
    ("grade", "ja", "en"),
    [
        ("Ａ", "半角の`A`と書いてください", "write the half-width letter `A`"),
        ("Z", "`A`、`B`、`C`、`D`又は`E`と書いてください", "write `A`, `B`, `C`, `D` or `E`"),
    ],
)
def test_a_grade_is_a_half_width_letter(grade: str, ja: str, en: str) -> None:
    body = "定義 手数料 対象 会社 は 1円 終わり"

    assert (ja, en) == (told(body, grade).help, told(body, grade, "en").help)


def test_an_english_file_keeps_its_keywords_in_a_japanese_message() -> None:
    text = "kind Firm end attribute b of Firm is date if any end term x of Firm is truth end\n"
    text = 'instrument t type act title ja "法" en "Act" end\n' + text
    text += "provision t/1 in force from 2026-01-01 grade A define x of Firm is b >= 2026-01-01 end end\n"
    found = [d for d in compile_sources([Source("t.kitei", text)])[1] if d.severity == "error"]

    assert "`has b and …`" in in_language(found[0], "ja").help


@pytest.mark.parametrize(
    ("lang", "would", "did", "bad"),
    [
        ("ja", "書き方がそろっていません：", "書き方をそろえました：", "kitei: 法令のファイルに誤りがあります"),
        ("en", "would reformat ", "formatted ", "kitei: the statutes have errors"),
    ],
)
def test_commands_speak_the_readers_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, would: str, did: str, bad: str
) -> None:
    monkeypatch.setenv("KITEI_LANG", lang)
    law = tmp_path / "t.kitei"
    law.write_text("種類   Firm (会社) 終わり\n", encoding="utf-8")
    checked = CliRunner().invoke(kitei, ["fmt", "--check", str(law)])
    formatted = CliRunner().invoke(kitei, ["fmt", str(law)])
    law.write_text("規定 t/1\n", encoding="utf-8")
    read = CliRunner().invoke(kitei, ["read", "t/1", "--statutes", str(tmp_path)])

    assert f"{would}{law}" in checked.output
    assert f"{did}{law}" in formatted.output
    assert bad in read.output

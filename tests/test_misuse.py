"""Wrong use is said in the reader's language: click's sentences and our own, each with its twin; exit code 2 in both."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kitei.cli import main
from kitei.cli.misuse import asked, japanese, told

ROOT = Path(__file__).resolve().parent.parent
DMM = str(ROOT / "statutes/jp/examples/dmm.facts.yaml")
#: What is raised for wrong use, or becomes a usage error with its own message.
RAISED = (
    "UsageError", "BadAssumption", "BadCase", "UnknownGoal", "UnknownSubject", "TooManyReadings", "BadGuides", "BadQuestions",
    "NotASite", "Misplaced",
)  # fmt: skip
#: What stands in a sample for an expression of a message; anything else stands as `x`.
SAMPLES = {
    "option": "--on", "MAX_COMBINATIONS": "64", "hint": "choose another file, or say --force", "asked": "did you mean",
    "told": "known: x", "at": "", "last": "2024-01-01", "start": "2024-01-01", "end": "2024-01-01", "first": "2024-01-01",
    "error": "E", "part": "kind",
}  # fmt: skip


def wrong(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    monkeypatch.setattr(sys, "argv", ["kitei", *words])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert 2 == stopped.value.code
    said = capsys.readouterr()
    assert "" == said.out
    return said.err.splitlines()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["run"], "引数 FACTS がありません"),
        (["run", DMM, "--fromat"], "--fromat というオプションはありません。--format ではありませんか"),
        (["rum"], "「rum」というコマンドはありません"),
        (["facts", "nwe"], "「nwe」というコマンドはありません。new ではありませんか"),
        (["why", DMM, "x", "--most", "9"], "--most の値が違います：9 は範囲 1<=x<=6 の外です"),
        (["run", DMM, "more"], "余分な引数があります：more"),
        (["run", DMM, "--on"], "オプション --on には値が要ります"),
        (["run", DMM, "--on", "2024-13-1"], "--on：`2024-13-1` は日付ではありません。YYYY-MM-DD と書いてください"),
        (["run", DMM, "--world", "currant"], "`currant` という世界はありません。`current` ではありませんか"),
        (["run", DMM, "--goal", "submit_annual_repor"],
         "`submit_annual_repor` という規範・用語はありません。`submit_annual_report`、`submit_custody_report` ではありませんか"),
        (["why", DMM, "x", "--not", "--flip"], "--not と --flip は一度に一つだけ指定してください"),
        (["why", DMM, "set_aside_reserve", "--of", "ginco"],
         "--of：`set_aside_reserve` は `ginco` に関わりません。関わるのは dmm, fy2023, fy2024 です"),
        (["run", DMM, "--world", "enacted", "--assume", "act64/main=2030-01-01"],
         "act64/main = 2030-01-01 は法の許す範囲（2026-07-23 から 2027-07-22 まで）の外です (act64/suppl/1)"),
        (["fmt"], "ファイルかフォルダーを挙げるか、標準入力なら - としてください"),
        (["facts", "new", "Operator=0"], "`Operator=0`：KIND=N（N は 1 から 200 まで）と書いてください"),
    ],
)  # fmt: skip
def test_wrong_use_in_japanese(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str], expected: str
) -> None:
    monkeypatch.setenv("KITEI_LANG", "ja")
    lines = wrong(monkeypatch, capsys, *words)

    assert f"誤り：{expected}" == lines[-1]
    assert not [x for x in lines if "Usage" in x or "Error" in x or "Try" in x]
    if lines[1:]:
        assert lines[0].startswith("使い方：kitei") and lines[1].endswith("--help' で説明を表示します。")


def test_the_language_typed_counts_before_the_readers_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where it stands after what is wrong, so that nothing has read it yet."""
    monkeypatch.setenv("KITEI_LANG", "en")
    ja = wrong(monkeypatch, capsys, "run", "--zzzz", "--lang", "ja")
    en = wrong(monkeypatch, capsys, "run", "--lang=en", "--zzzz")

    assert "誤り：--zzzz というオプションはありません" == ja[-1]
    assert [en[0].startswith("Usage: kitei run"), en[-1]] == [True, "Error: No such option '--zzzz'."]
    assert ["ja", "en", "en"] == [asked(["--lang=ja"]), asked(["--lang", "xx"]), asked(["--lang"])]


def test_what_a_citation_gets_wrong_is_told_in_japanese_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = wrong(monkeypatch, capsys, "cite", "第3条", "--after", "zz", "--lang", "ja")[-1]

    assert "誤り：--after：`zz`：法令の名称でも条項の番号でもない言葉で始まっています" == said


def test_what_was_typed_cannot_act_on_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "\n".join(wrong(monkeypatch, capsys, "run", DMM, "--goal", "a\x1b[31m", "--lang", "ja"))

    assert "\x1b" not in said


# --------------------------------------------------------------------------- every sentence


def messages() -> Iterator[tuple[str, str]]:
    """Give where and what the engine raises for wrong use, with samples for what is not fixed."""
    for file in sorted((ROOT / "engine/kitei").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Raise) or not isinstance(node.exc, ast.Call) or not node.exc.args:
                continue
            name = ast.unparse(node.exc.func).rpartition(".")[2]
            if name in RAISED and (text := sample(node.exc.args[0])) is not None:
                yield f"{file.name}:{node.lineno}", text


def sample(expr: ast.expr) -> str | None:
    """Return a message as it may come out; None where all of it is the message of another error."""
    if isinstance(expr, ast.Call) and isinstance(expr.func, ast.Attribute) and expr.func.attr == "rstrip":
        expr = expr.func.value
    if isinstance(expr, ast.Constant):
        return str(expr.value)
    if not isinstance(expr, ast.JoinedStr):
        return None
    said = []
    for part in expr.values:
        if isinstance(part, ast.Constant):
            said.append(str(part.value))
        elif isinstance(part, ast.FormattedValue):
            source = ast.unparse(part.value)
            said.append("did you mean `x`?" if "near(" in source else SAMPLES.get(source, "x"))
    text = "".join(said)
    return None if re.fullmatch(r"[\w-]+: (?:`x`: )?[Ex]", text) else text


def test_every_sentence_of_ours_has_its_twin() -> None:
    """A number in a message is a number: the sample `x` stands for one where a twin asks for digits."""
    found = dict(messages())

    assert len(found) > 60
    assert [] == [
        (where, text)
        for where, text in found.items()
        if not re.search("[ぁ-ん]", japanese(text) + japanese(re.sub(r"\bx\b", "7", text)))
    ]


def test_nothing_is_said_in_english_alone() -> None:
    """What a command prints of its own is chosen by language, comes from a page in both, or goes through `complain`."""
    alone = []
    for file in sorted((ROOT / "engine/kitei/cli").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if re.search("click.style|json_text", ast.unparse(node)):
                continue
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("say", "click.echo") and node.args:
                said = ast.unparse(node.args[0])
                words = re.sub(
                    r"\{[^{}]*\}",
                    "",
                    " ".join(str(c.value) for c in ast.walk(node.args[0]) if isinstance(c, ast.Constant)),
                )
                of_errors = re.search(r"\{(?:str\()?error(?:\.strerror)?[)}]", said) and "ja" not in said
                if not re.search("[ぁ-んァ-ヶ一-龠]", words) and (
                    of_errors or re.search(r"[a-z]{3,} [a-z]{2,}", words)
                ):
                    alone.append((f"{file.name}:{node.lineno}", said))

    # The English half of an `if` over whole statements stands beside its Japanese half.
    beside = {"__init__.py", "check.py"}
    assert [] == [(where, said) for where, said in alone if where.partition(":")[0] not in beside]


@pytest.mark.parametrize(
    ("error", "told_ja"),
    [
        (OSError(2, "No such file or directory"), "ファイルがありません"),
        (OSError(22, "a folder stands where a file is expected"), "ファイルではなくフォルダーです"),
        (OSError(27, "the file has more than 4000000 bytes, the most that is read"), "ファイルが読み取れる大きさ（4000000バイト）を超えています"),
        ("`psa/i1`: understood `psa`, but not `i1`; expected an article such as `63_11_2`",
         "`psa/i1`：`psa` までは読めましたが、`i1` は読めません。続けられるのは 条（例：`63_11_2`） です"),
    ],
)  # fmt: skip
def test_what_the_system_and_the_reader_of_addresses_tell(error: object, told_ja: str) -> None:
    assert told_ja == told(error, "ja")


def test_every_flaw_of_an_address_has_its_twin() -> None:
    """The flaws stand in one table of the reader of addresses."""
    source = ast.parse((ROOT / "dsl/kitei_dsl/citation.py").read_text(encoding="utf-8"))
    flaws = next(n for n in ast.walk(source) if isinstance(n, ast.FunctionDef) and n.name == "_flaw")
    checks = next(
        n.value for n in ast.walk(flaws) if isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == "checks"
    )
    assert isinstance(checks, ast.Tuple)
    said = [sample(c.elts[1]) for c in checks.elts if isinstance(c, ast.Tuple)]

    assert len(said) > 8
    assert [] == [
        t
        for t in said
        if t is None
        or not re.search("[ぁ-ん]", told(t.replace("`x`", "`zz`"), "ja") or told(t.replace("x", "7"), "ja"))
    ]

"""`kitei ask` at a terminal and in a pipe: it asks on standard error, concludes on standard output, and loses no answer."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kitei.cli import kitei
from test_interview import LAW

BODY = """provision t/1 in force from 2020-01-01 grade A
  heading ja "甲の要件" en "Being A"
  plain ja "甲であること。" en "It must be A."
  define x means a and (b or fee >= 500,000,000 yen) @"甲である"
  end
  duty n of Firm as f when a of f do paid by 2024-05-31 end
end
"""


PAGES = [Path(__file__).resolve().parent.parent / "docs" / name for name in ("interview.md", "interview.ja.md")]
TRANSCRIPTS = [
    found
    for page in PAGES
    for found in re.findall(r"^```transcript (.+)\n((?:.*\n)*?)```$", page.read_text(encoding="utf-8"), flags=re.M)
]


@pytest.mark.parametrize(("options", "shown"), TRANSCRIPTS)
def test_the_transcripts_of_the_page_are_what_happens(
    options: str, shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lines typed in the transcript, typed again, print the transcript; `…` stands for any lines."""
    monkeypatch.chdir(tmp_path)
    typed = "".join(f"{line}\n" for line in re.findall(r"^> ?(.*)$", shown, flags=re.M))
    done = CliRunner().invoke(kitei, ["ask", *shlex.split(options)], input=typed)
    pattern = "".join(".*" if line == "…" else re.escape(line.rstrip()) + "\n" for line in shown.splitlines())

    assert 0 == done.exit_code
    assert re.fullmatch(pattern, re.sub(r"[ \n]+$", "\n", re.sub(r" +$", "", done.stderr, flags=re.M)), flags=re.S), (
        done.stderr
    )


def test_there_are_transcripts_in_both_languages() -> None:
    assert ["en", "ja", "ja", "ja"] == [re.findall(r"--lang (\w+)", options)[0] for options, _ in TRANSCRIPTS]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "law").mkdir()
    (tmp_path / "law/t.kitei").write_text(LAW + BODY.replace('"甲である"\n  end', '"甲である" end'), encoding="utf-8")
    monkeypatch.setenv("KITEI_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ask(typed: str, *args: str) -> Result:
    return CliRunner().invoke(kitei, ["ask", "--statutes", "law", *args], input=typed)


def test_a_piped_interview_concludes_and_its_file_gives_the_same_page(folder: Path) -> None:
    """The conclusion printed is, byte for byte, what `kitei run` says of the file saved."""
    done = ask(
        "はい\nいいえ\n５億円\n",
        "--on",
        "2024-06-01",
        "--goal",
        "x",
        "--name",
        "甲社",
        "--save",
        "a.yaml",
        "--lang",
        "ja",
    )
    again = CliRunner().invoke(kitei, ["run", "a.yaml", "--statutes", "law", "--goal", "x", "--lang", "ja"])

    assert 0 == done.exit_code, done.stderr
    assert done.stdout == again.stdout
    assert "該当する" in done.stdout
    assert "甲ですか。" in done.stderr
    assert "「甲である」" in done.stderr
    assert "尋ねた問いは3件" in done.stderr
    assert "\x1b" not in done.output
    assert [] == list(folder.glob(".a.yaml*"))


def test_the_end_of_the_lines_saves_and_the_next_sitting_goes_on(folder: Path) -> None:
    """What was declined stays declined, days and goals are remembered, and nothing is asked twice."""
    first = ask(
        "yes\nunknown\n", "--on", "2024-06-01", "--goal", "x", "--name", "Kou", "--save", "a.yaml", "--lang", "en"
    )
    second = ask("4.5 billion\n", "a.yaml", "--lang", "en")

    assert [0, 0] == [first.exit_code, second.exit_code]
    assert "cannot be determined" in first.stdout
    assert "b (Kou) (unknown), fee (Kou)" in first.stderr
    assert "Question 3. What is it: fee? (Kou)" in first.stderr
    assert "Question 3. What is it: fee? (Kou)" in second.stderr
    assert "Question 2" not in second.stderr
    assert "Questions asked: 3." in second.stderr
    assert "yes" in second.stdout


def test_bad_answers_are_explained_and_never_loop(folder: Path) -> None:
    done = ask(
        "maybe\n\nperhaps\n" * 20,
        "--on",
        "2024-06-01",
        "--goal",
        "x",
        "--name",
        "Kou",
        "--save",
        "a.yaml",
        "--lang",
        "en",
    )

    assert 0 == done.exit_code
    assert 20 == done.stderr.count("`maybe` cannot be read here. An answer is: yes or no.")
    assert 20 == done.stderr.count("Answer, or type `unknown`")
    assert 1 == done.stderr.count("Is it A?")


@pytest.mark.parametrize(
    ("lang", "typed", "words"),
    [
        ("en", "why\nreview\nyes\nreview\nstatus\nhelp\nback\nback\nno\n",
         ["Our plain statement: It must be A.", "Nothing has been asked yet.", "1. a (Kou): yes", "x (Kou): cannot be determined", "put it off", "nothing before this"]),
        ("ja", "なぜ\n一覧\nはい\n一覧\n結論\nヘルプ\n戻る\n戻る\nいいえ\n",
         ["当サイトの要約：甲であること。", "まだ何も尋ねていない。", "1. a（Kou）：はい", "x（Kou）：判断できない", "今は飛ばす", "これより前の問いはない"]),
    ],
)  # fmt: skip
def test_what_can_be_said_instead_of_an_answer(folder: Path, lang: str, typed: str, words: list[str]) -> None:
    done = ask(typed, "--on", "2024-06-01", "--goal", "x", "--name", "Kou", "--save", "a.yaml", "--lang", lang)

    assert 0 == done.exit_code, done.stderr
    assert [] == [w for w in words if w not in done.stderr], done.stderr
    assert "value: false" in Path("a.yaml").read_text(encoding="utf-8")


def test_an_answer_is_changed_by_its_number(folder: Path) -> None:
    done = ask("yes\nyes\n", "--on", "2024-06-01", "--goal", "x", "--name", "Kou", "--save", "a.yaml")
    changed = ask("change 9\nchange 1\nno\n", "a.yaml", "--goal", "x", "--goal", "n", "--lang", "en")

    assert [0, 0] == [done.exit_code, changed.exit_code]
    assert "There is no such number." in changed.stderr
    assert "does not apply" in changed.stdout
    text = Path("a.yaml").read_text(encoding="utf-8")
    assert "    a:\n      value: false\n" in text
    assert "    b:\n      value: true\n" in text


def test_from_nothing_it_asks_for_day_goal_and_name(folder: Path) -> None:
    done = ask("2024-06-01\nduty\nKou KK\nno\n", "--save", "a.yaml", "--lang", "en")

    assert 0 == done.exit_code
    assert "does not apply" in done.stdout
    assert "as_of: 2024-06-01\nsubject: Kou_KK\n" in Path("a.yaml").read_text(encoding="utf-8")


def test_no_file_is_overwritten_that_was_not_read(folder: Path) -> None:
    Path("a.yaml").write_text("mine\n", encoding="utf-8")
    Path("interview.facts.yaml").write_text("mine\n", encoding="utf-8")
    options = ("--on", "2024-06-01", "--goal", "x", "--name", "Kou")
    refused = [ask("no\n", *options, "--save", "a.yaml"), ask("no\n", *options)]
    forced = ask("no\n", *options, "--save", "a.yaml", "--force")

    assert [2, 2] == [r.exit_code for r in refused]
    assert all("was not read" in r.stderr for r in refused)
    assert "mine\n" == Path("interview.facts.yaml").read_text(encoding="utf-8")
    assert 0 == forced.exit_code
    assert "value: false" in Path("a.yaml").read_text(encoding="utf-8")


def test_a_file_changed_meanwhile_is_left_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Someone edits the file during the interview: the answers go beside it."""
    import kitei.cli.ask as command

    def typed(self: object) -> str | None:
        Path("a.yaml").write_text("entities: {z: {kind: Firm}}\n", encoding="utf-8")
        return next(lines, None)

    lines = iter(["no\n"])
    ask("", "--on", "2024-06-01", "--goal", "x", "--name", "Kou", "--save", "a.yaml")
    monkeypatch.setattr(command._Sitting, "line", typed)
    done = ask("", "a.yaml", "--lang", "en")

    assert 0 == done.exit_code
    assert "entities: {z: {kind: Firm}}\n" == Path("a.yaml").read_text(encoding="utf-8")
    assert "value: false" in Path("2-a.yaml").read_text(encoding="utf-8")
    assert "2-a.yaml" in done.stderr


def test_an_interrupt_saves(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import kitei.cli.ask as command

    def typed(self: object) -> str | None:
        found = next(lines, None)
        if found is None:
            raise KeyboardInterrupt
        return found

    lines = iter(["yes\n"])
    monkeypatch.setattr(command._Sitting, "line", typed)
    done = ask("", "--on", "2024-06-01", "--goal", "x", "--name", "Kou", "--save", "a.yaml")

    assert 130 == done.exit_code
    assert "" == done.stdout
    assert "value: true" in Path("a.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["--goal", "z", "--on", "2024-06-01"], 2, "no norm or term is called `z`"),
        (["--goal", "x", "--on", "2024-02-30"], 2, "no day"),
        (["--goal", "x", "--on", "2024-06-01", "--world", "curent"], 2, "did you mean `current`"),
        (["--goal", "x", "--on", "2024-06-01", "--kind", "Branch"], 2, "about a Firm, not a Branch"),
        (["none.yaml"], 3, "none.yaml"),
        (["bad.yaml"], 3, "line 3: `interview` must be a mapping"),
        (["ok.yaml", "--name", "Kou"], 2, "starting from nothing"),
    ],
)
def test_wrong_use_is_told_before_anything_is_asked(folder: Path, args: list[str], code: int, words: str) -> None:
    Path("bad.yaml").write_text("as_of: 2024-06-01\nentities: {kou: {kind: Firm}}\ninterview: 3\n", encoding="utf-8")
    Path("ok.yaml").write_text("as_of: 2024-06-01\nentities: {kou: {kind: Firm}}\n", encoding="utf-8")
    done = ask("yes\n" * 9, *args)

    assert code == done.exit_code, done.stderr
    assert words in done.stderr
    assert "Is it A?" not in done.stderr
    assert "" == done.stdout
    assert not Path("interview.facts.yaml").exists()


CASE = ("--on", "2024-06-01", "--goal", "x", "--name")


def test_what_is_settled_is_said_at_once_with_its_conclusion(folder: Path) -> None:
    """x needs A: with no, x is settled before n, which is asked of next, has been."""
    done = ask("no\n", *CASE, "2024-05", "--goal", "n", "--save", "a.yaml", "--lang", "en")
    again = ask("", "a.yaml", "--lang", "ja")

    assert "Settled (whatever else is the case):\n- x (2024-05): no\n" in done.stderr
    assert "- duty to report (2024-05) Test Act art. 1: does not apply" in done.stderr
    assert "a.yaml の続き。これまでの答え：1件" in again.stderr
    assert "結論が出た（ほかの事実がどうであっても変わらない）：" in again.stderr


def test_an_interview_left_before_anything_was_chosen_can_be_gone_on_with(folder: Path) -> None:
    """Nothing to keep is not written down as something: the next sitting begins where this one did."""
    Path("a.yaml").write_text("as_of: 2024-06-01\nentities:\n  kou: {kind: Firm}\n", encoding="utf-8")
    first, second = ask("", "a.yaml", "--lang", "en"), ask("", "a.yaml", "--lang", "en")

    assert [0, 0] == [first.exit_code, second.exit_code], second.stderr
    assert "Nothing was asked for yet, so there is no conclusion." in first.stderr
    assert "" == first.stdout
    assert "interview" not in Path("a.yaml").read_text(encoding="utf-8")


def test_a_form_made_for_a_goal_begins_with_that_goal(folder: Path) -> None:
    Path("f.yaml").write_text(
        "as_of: 2024-06-01\nmade_for: {goals: [x]}\nentities:\n  kou: {kind: Firm}\n", encoding="utf-8"
    )
    done = ask("no\n", "f.yaml", "--lang", "en")

    assert "Question 1. Is it A? (kou)" in done.stderr
    assert "- x (kou): no" in done.stderr
    assert "made_for: {goals: [x]}" in Path("f.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("typed", "lang", "words"),
    [
        ("resume\n", "en", "To go on: kitei ask a.yaml"),
        ("保存\n", "ja", "続きは：kitei ask a.yaml"),
        ("yes\nsave\n", "en", "To go on: kitei ask a.yaml"),
    ],
)
def test_saving_says_how_to_go_on(folder: Path, typed: str, lang: str, words: str) -> None:
    done = ask(typed, *CASE, "Kou", "--save", "a.yaml", "--lang", lang)

    assert words in done.stderr


def test_an_interview_begins_with_a_workbook_and_saves_yaml(folder: Path) -> None:
    """`a` is told in the form: only b and the fee are asked; the form stays as it is, and the YAML file holds all three."""
    Path("f.yaml").write_text(
        "as_of: 2024-06-01\nmade_for: {goals: [x]}\nentities:\n  kou: {kind: Firm, a: {value: true, source: 面談}}\n",
        encoding="utf-8",
    )
    made = CliRunner().invoke(kitei, ["facts", "form", "--from", "f.yaml", "--goal", "x", "--out", "f.xlsx", "--statutes", "law"])  # fmt: skip
    before = Path("f.xlsx").read_bytes()
    done = ask("いいえ\n5億円\n", "f.xlsx", "--lang", "ja")
    saved = CliRunner().invoke(kitei, ["run", "f.facts.yaml", "--statutes", "law", "--goal", "x", "--lang", "ja"])
    kept = Path("f.facts.yaml").read_text(encoding="utf-8")

    assert 0 == made.exit_code, made.stderr
    assert 0 == done.exit_code, done.stderr
    assert "甲ですか。" not in done.stderr
    assert "f.xlsx（Excel の様式）にある答えを読み取った。" in done.stderr
    assert "f.facts.yaml（YAML）に保存する" in done.stderr.replace("\n", "")
    assert before == Path("f.xlsx").read_bytes()
    assert done.stdout == saved.stdout
    assert "source: 面談" in kept or '"面談"' in kept
    assert "500000000" in kept or "5億円" in kept
    # the file that is there now is not overwritten by another sitting with the form, which names it
    again = ask("", "f.xlsx", "--lang", "en")
    assert 2 == again.exit_code
    assert "go on from it with `kitei ask f.facts.yaml`" in again.output


def test_answers_never_go_into_the_workbook(folder: Path) -> None:
    Path("f.xlsx").write_bytes(b"PK\x03\x04")
    done = ask("", "f.xlsx", "--save", "f.xlsx", "--lang", "en")

    assert 2 == done.exit_code
    assert "answers are saved as YAML; name another file with --save" in done.output

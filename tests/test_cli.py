"""The command keeps its contract: data on standard output, the rest on standard error, exit codes as documented."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from typed import Printed, typed

ROOT = Path(__file__).resolve().parent.parent
DMM = ROOT / "statutes/jp/examples/dmm.facts.yaml"


def kitei(*args: str) -> Printed:
    return typed(["kitei", *args], ROOT, "en")


def started(*args: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a process of its own."""
    return subprocess.run([sys.executable, "-m", "kitei.cli", *args], cwd=ROOT, capture_output=True, check=False)


def test_run_then_replay(tmp_path: Path) -> None:
    """An answer written to a file is accepted by replay; with one leaf changed it is refused with exit code 1."""
    asked = kitei(
        "run",
        str(DMM),
        "--on",
        "2024-05-31",
        "--known-on",
        "2026-11-22",
        "--goal",
        "submit_annual_report",
        "--format",
        "json",
    )
    answer = tmp_path / "answer.json"
    answer.write_text(asked.stdout, encoding="utf-8")
    accepted = kitei("replay", str(answer), "--facts", str(DMM))
    data = json.loads(asked.stdout)
    data["data"]["norms"][0]["instances"][0]["due"] = "2024-07-02"
    answer.write_text(json.dumps(data), encoding="utf-8")
    refused = kitei("replay", str(answer), "--facts", str(DMM))

    assert (0, "") == (asked.returncode, asked.stderr)
    assert "2024-07-01" in asked.stdout
    assert 0 == accepted.returncode, accepted.stdout
    assert 1 == refused.returncode
    assert "due" in refused.stdout


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["run", "nothing.yaml", "--on", "2024-05-31"], 3, "nothing.yaml"),
        (["run", str(DMM), "--on", "2024-02-30"], 2, "no day"),
        (["run", str(DMM), "--world", "enacte"], 2, "did you mean `enacted`"),
        (["run", str(DMM), "--goal", "submit_anual_report"], 2, "did you mean"),
        (["run", str(DMM), "--assume", "act64/main=2027-07-23", "--world", "enacted"], 2, "2027-07-22"),
        (["run", str(DMM), "--assume", "nonsense"], 2, "SLOT=VALUE"),
        (["run", str(DMM), "--statutes", "nowhere"], 3, "nowhere"),
        (["replay", "README.md", "--facts", str(DMM)], 3, "cannot be read as an answer"),
        (["cite", "第の条"], 3, ""),
        (["test", "LICENSE"], 5, "0 passed"),
        (["fmt"], 2, "name files"),
        (["frobnicate"], 2, "No such command"),
    ],
)
def test_exit_codes(args: list[str], code: int, words: str) -> None:
    """Wrong use is 2, unreadable input 3, nothing collected 5; the reason is on standard error."""
    done = kitei(*args)

    assert code == done.returncode, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (["replay", "README.md", "--facts", str(DMM)], 3, "cannot be read as an answer"),
        (["test", "LICENSE"], 5, "0 passed"),
        (["frobnicate"], 2, "No such command"),
    ],
)
def test_a_process_of_its_own_ends_and_prints_as_one_run_in_process(args: list[str], code: int, told: str) -> None:
    """What the other tests run within this process is what the command does; 0 and 1 are compared below."""
    done, here = started(*args), kitei(*args)

    assert (code, code) == (done.returncode, here.returncode)
    assert told in done.stderr.decode() and "" == done.stdout.decode() == here.stdout


def test_check_reports_findings_with_exit_code_1(tmp_path: Path) -> None:
    """Findings are printed with carets, and as data with --format json."""
    (tmp_path / "bad.kitei").write_text("kind Firm end\nattribute a of Frim is truth end\n", encoding="utf-8")
    text = kitei("check", str(tmp_path))
    data = kitei("check", str(tmp_path), "--format", "json")

    assert 1 == text.returncode
    assert (1, text.stdout) == (
        (alone := started("check", str(tmp_path), "--lang", "en")).returncode,
        alone.stdout.decode(),
    )
    assert "error[unknown-kind]" in text.stdout
    assert "^^^^" in text.stdout
    assert "unknown-kind" == json.loads(data.stdout)["data"][0]["slug"]


def test_fmt_writes_the_canonical_text_once(tmp_path: Path) -> None:
    """--check finds what would change; after fmt nothing does."""
    file = tmp_path / "a.kitei"
    file.write_text('kind   Firm\nlabel ja "会社" end', encoding="utf-8")
    before, written, after = (kitei("fmt", *extra, str(file)) for extra in (["--check"], [], ["--check"]))

    assert [1, 0, 0] == [before.returncode, written.returncode, after.returncode]
    assert 'kind Firm\n  label ja "会社"\nend\n' == file.read_text(encoding="utf-8")


def test_an_unreadable_fact_is_told_with_its_line(tmp_path: Path) -> None:
    """Nothing is answered from facts with a mistake."""
    file = tmp_path / "f.yaml"
    file.write_text(
        "as_of: 2024-05-31\nentities:\n  kou:\n    kind: Operator\n    psa_registred: true\n", encoding="utf-8"
    )
    done = kitei("run", str(file))

    assert 3 == done.returncode
    assert "f.yaml:5" in done.stderr
    assert "did you mean `psa_registered`" in done.stderr
    assert "" == done.stdout


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["register", str(DMM), "--from", "2024-13-01"], 2, "--from"),
        (["register", str(DMM), "--from", "2024-06-02", "--to", "2024-06-01"], 2, "lies before"),
        (["register", str(DMM), "--ics", "nowhere/at/all.ics"], 3, "all.ics"),
        (["timeline", str(DMM)], 2, "--goal"),
        (["timeline", str(DMM), "--goal", "submit_anual_report"], 2, "did you mean"),
        (["timeline", str(DMM), "--goal", "submit_annual_report", "--to", "2020-01-01"], 2, "lies before"),
        (["register", str(DMM), "--format", "ics"], 0, "row(s) without a day are not in the calendar"),
    ],
)
def test_registers_and_timelines_say_what_is_wrong(args: list[str], code: int, words: str) -> None:
    """Days out of order and files that cannot be written are told in a sentence."""
    done = kitei(*args)

    assert code == done.returncode, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_calendar_file_is_what_is_printed(tmp_path: Path) -> None:
    """The file and standard output hold the same bytes, line ends included."""
    file = tmp_path / "days.ics"
    arguments = ["register", str(DMM), "--on", "2024-06-20", "--format", "ics", "--ics", str(file), "--lang", "ja"]
    done = started(*arguments)

    assert 0 == done.returncode, done.stderr.decode()
    assert done.stdout == file.read_bytes()
    # Four days that hold: the annual report of 1 July 2024, the quarter's report and the proof of balances of 31 July, the
    # quarter's statements of 2 September. Eight only if the duty applies: the notice of 14 June, four more attachments of
    # 31 July (CAO 38(2)(ii), (iv) to (vi)), the ratio of FIEA 46-6(3) of 1 August, next year's report with its attachments.
    assert 12 == done.stdout.count(b"BEGIN:VEVENT\r\n")

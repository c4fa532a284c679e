"""What a check keeps of a folder: the same is told as by a new check, and whatever was edited is looked at again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kitei_dsl import pipeline
from kitei_dsl.addresses import FILE as INDEX
from kitei_dsl.coverage import FILE as LABELS
from typed import typed

ROOT = Path(__file__).resolve().parent.parent
HEAD = 'instrument t type act egov "999AC0000000001" title ja "帳簿法" en "Books Act" end\n'
LAW = """
kind Firm (会社) label ja "会社" en "firm" end
attribute books of Firm is yen end
term ceiling (限度) of Firm is yen label ja "限度" en "ceiling" end
provision t/5/main in force from 2020-04-01 grade A
  define ceiling of Firm is books + 0 yen end
end
"""
#: One paragraph in article 5, and nothing else; a citation of article 6 finds nothing there.
FIVE = "kitei/addresses@1 999AC0000000001\ndays 2020-04-01\n5: 1[main proviso]\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KITEI_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "law"
    (folder / "t").mkdir(parents=True)
    (folder / "t" / "head.kitei").write_text(HEAD, encoding="utf-8")
    (folder / "t" / "law.kitei").write_text(LAW, encoding="utf-8")
    (folder / "t" / INDEX).write_text(FIVE, encoding="utf-8")
    return folder


def check(folder: Path, *options: str) -> tuple[int, str]:
    done = typed(["kitei", "check", str(folder), *options], ROOT, "en")
    return done.returncode, done.stdout + done.stderr


def anew(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the checks that are made anew."""
    made: list[int] = []
    whole = pipeline.check_files

    def counted(*given: object, **named: object) -> object:
        made.append(1)
        return whole(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("kitei_dsl.checked.check_files", counted)
    return made


@pytest.mark.parametrize("options", [(), ("--notes",), ("--notes", "--lang", "ja"), ("--format", "json", "--notes")])
@pytest.mark.parametrize(
    "line", ["define ceiling of Firm is books end", "# nothing", "define ceiling of Frm is books end"]
)
def test_the_same_is_told_from_what_was_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], line: str
) -> None:
    law = folder / "t" / "law.kitei"
    law.write_text(LAW.replace("end\nend", f"end\n  {line}\nend"), encoding="utf-8")
    made = anew(monkeypatch)
    first = check(folder, *options)
    assert first == check(folder, *options)
    assert made == [1]
    assert first[0] == (0 if line == "# nothing" else 1)


@pytest.mark.parametrize(
    ("file", "edited", "told"),
    [
        ("law.kitei", LAW.replace("@", "") + "# a remark\n", "0 errors"),
        ("law.kitei", LAW.replace("t/5/main", "t/6/main"), "art. 6"),
        ("more.kitei", LAW, "declared-twice"),
        (INDEX, FIVE.replace("5:", "6:"), "t/5"),
        (INDEX, "nothing\n", "bad-index"),
        (
            LABELS,
            '"t/5/proviso" = {state = "not-encoded", reason = {ja = "第6条による。", en = "By art. 6."}}\n',
            "art. 6",
        ),
    ],
)
def test_whatever_was_edited_is_looked_at_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, file: str, edited: str, told: str
) -> None:
    made = anew(monkeypatch)
    check(folder)
    (folder / "t" / file).write_text(edited, encoding="utf-8")
    assert told in check(folder)[1]
    (folder / "t" / file).unlink()
    check(folder)
    assert made == [1, 1, 1]


def test_two_folders_of_the_same_names_do_not_take_each_others_place(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    (other / "t").mkdir(parents=True)
    (other / "t" / "head.kitei").write_text(HEAD, encoding="utf-8")
    (other / "t" / "law.kitei").write_text(LAW + LAW, encoding="utf-8")
    made = anew(monkeypatch)
    assert [check(f)[0] for f in (folder, other, folder, other)] == [0, 1, 0, 1]
    assert made == [1, 1]


@pytest.mark.parametrize(
    "damage",
    [
        lambda kept: kept[:-4],
        lambda kept: "",
        lambda kept: kept.replace('"place":[0,', '"place":[9,'),
        lambda kept: kept.replace('"sources":[[', '"sources":[7,['),
        lambda kept: kept.replace('"versions":1', '"versions":"1"'),
        lambda kept: "[" * 100_000,
    ],
    ids=range(6),
)
def test_an_entry_that_cannot_be_read_is_made_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[str], str]
) -> None:
    (folder / "t" / "law.kitei").write_text(LAW + "attribute books of Frm is yen end\n", encoding="utf-8")
    first = check(folder)
    (entry,) = (folder.parent / "cache").glob("checked-*.json")
    sound = entry.read_text(encoding="utf-8")
    entry.write_text(damage(sound), encoding="utf-8")
    made = anew(monkeypatch)
    assert first == check(folder)
    assert made == [1]
    assert entry.read_text(encoding="utf-8") == sound != damage(sound)

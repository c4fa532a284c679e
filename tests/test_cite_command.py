"""`kitei cite` prints a citation three ways, lists the units of a range, and says what it could not know."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kitei.cli.cite import cite
from typed import typed

TEXT = """
## 第三章の三

**第六十三条の十（甲）**　甲とする。

**２**　乙とする。

- 一　丙

- 一の二　丁

  - イ　戊

- 二　己

**第六十三条の十の二**　庚とする。

**第六十三条の十一**　辛とする。
"""


def run(*args: str) -> Result:
    return CliRunner().invoke(cite, list(args), standalone_mode=False)


def en(*args: str) -> list[str]:
    """Return the lines that the command prints as data."""
    done = run(*args, "--lang", "en")
    assert 0 == done.return_value, done.stderr
    return done.stdout.splitlines()


@pytest.fixture
def texts(tmp_path: Path) -> str:
    """A folder with an invented text under the law id of the collected Act, and a later one without its last article."""
    (tmp_path / "421AC0000000059_20240401_505AC0000000079.md").write_text(TEXT, encoding="utf-8")
    later = TEXT.replace("**第六十三条の十一**　辛とする。", "")
    (tmp_path / "421AC0000000059_20260601_507AC0000000066.md").write_text(later, encoding="utf-8")
    return str(tmp_path)


def test_one_place_is_three_lines() -> None:
    """One citation prints as before: Japanese, English, address."""
    assert ["金商法第46条の5第1項", "FIEA art. 46-5(1)", "fiea/46_5/1"] == en("金商法第四十六条の五第一項")


def test_a_list_prints_whole_and_each() -> None:
    """After the whole, each unit on a line of its own."""
    assert [
        "資金決済法第63条の11第1項及び第3項",
        "PSA art. 63-11(1) and (3)",
        "psa/63_11/1, psa/63_11/3",
        "",
        "資金決済法第63条の11第1項\tPSA art. 63-11(1)\tpsa/63_11/1",
        "資金決済法第63条の11第3項\tPSA art. 63-11(3)\tpsa/63_11/3",
    ] == en("第一項及び第三項", "--within", "psa/63_11/2")


def test_a_range_lists_the_units_of_the_official_text(texts: str) -> None:
    """With the text every unit is listed, branches in their place, and the note says of which day the text is."""
    done = run("資金決済法第63条の10から第63条の11まで", "--texts", texts, "--on", "2024-05-31", "--lang", "en")
    later = run("資金決済法第63条の10から第63条の11まで", "--texts", texts, "--lang", "en")

    assert ["psa/63_10", "psa/63_10_2", "psa/63_11"] == [line.split("\t")[2] for line in done.stdout.splitlines()[4:]]
    assert "2024-04-01" in done.stderr
    assert ["psa/63_10", "psa/63_10_2"] == [line.split("\t")[2] for line in later.stdout.splitlines()[4:]]
    assert "the text in force from 2026-06-01 has no `psa/63_11`" in later.stderr


def test_each_item_is_listed_and_words_that_point_are_counted(texts: str) -> None:
    """各号 are the items that exist; 前条 of 第63条の11 is 第63条の10の2 where the text says so."""
    items = en("資金決済法第63条の10第2項各号", "--texts", texts)
    exact = run("前条", "--within", "psa/63_11", "--texts", texts, "--on", "2024-05-31", "--lang", "en")
    guessed = run("前条", "--within", "psa/63_11", "--lang", "en")

    assert ["psa/63_10/2/i1", "psa/63_10/2/i1_2", "psa/63_10/2/i2"] == [line.split("\t")[2] for line in items[4:]]
    assert "psa/63_10_2" == exact.stdout.splitlines()[2]
    assert "--texts" not in exact.stderr
    assert "psa/63_10" == guessed.stdout.splitlines()[2]
    assert "read by number" in guessed.stderr and "--texts" in guessed.stderr


def test_without_the_text_only_collected_units_are_listed() -> None:
    """The collected law holds 63-14 to 63-16; of art. 40 to 42 it holds nothing, so the range stays a range."""
    some = run("PSA arts. 63-14 to 63-16", "--lang", "ja")
    none = run("PSA arts. 40 to 42", "--lang", "en")

    assert ["psa/63_14", "psa/63_15", "psa/63_16"] == [line.split("\t")[2] for line in some.stdout.splitlines()[4:]]
    assert "収録された3個だけ" in some.stderr
    assert 3 == len(none.stdout.splitlines())
    assert "shown as the range itself" in none.stderr


@pytest.mark.parametrize(
    ("args", "named"),
    [
        (["法第63条の11第2項", "--within", "cao/27"], "psa/63_11/2"),
        (["法第46条の5第1項", "--within", "fibo/175"], "fiea/46_5/1"),
        (["府令第175条", "--within", "fiea/46_5"], "fibo/175"),
        (["令第三条", "--within", "psa/63_11"], "psao/3"),
        (["同項第二号", "--after", "金商法第二条第八項", "--within", "psa/63_11"], "fiea/2/8/i2"),
        (["前項", "--within", "資金決済法第63条の11第2項"], "psa/63_11/1"),
        (["令和8年法律第64号第2条"], "act64/2"),
        (["令和7年法律第66号附則第2条第2項", "--within", "psa"], "psa/suppl:507AC0000000066/2/2"),
    ],
)
def test_where_it_stands_decides(args: list[str], named: str) -> None:
    """法 is the Act whose slots an ordinance fills, 府令 the ordinance that fills an Act's."""
    assert named == en(*args)[2]


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (["前条"], 3, "--within"),
        (["同項"], 3, "--after"),
        (["第五条及び第三項", "--within", "psa/63_11/2"], 1, "psa/63_11/3"),
        (["令第三条", "--within", "act64/2"], 3, "not collected"),
        (["府令第27条", "--within", "psa/63_11"], 1, "write the title"),
        (["前項", "--within", "psq/63_11"], 2, "--within"),
        (["前項", "--within", "第三項"], 2, "--within"),
        (["前項", "--within", "psa/63_11/2", "--after", "ほげ"], 2, "--after"),
        (["第二条", "--within", "psa/1..psa/2"], 2, "does not name one place"),
        (["金商法第二条", "--on", "2024-05-31"], 2, "--texts"),
        (["金商法第二条", "--on", "令和6年"], 2, "no day"),
        (["第の条"], 3, "nothing"),
    ],
)
def test_refusals_say_what_to_do(args: list[str], code: int, told: str) -> None:
    """What cannot be read is 3, what has two readings 1, a wrong option 2; never a traceback."""
    done = typed(["kitei", "cite", *args, "--lang", "en"], Path(__file__).parent, "en")

    assert code == done.returncode, done.stderr
    assert told in done.stderr
    assert "" == done.stdout and "Traceback" not in done.stderr


def test_the_envelope() -> None:
    """JSON tells the whole, its members with their units and by force of what, and the notes in both languages."""
    done = run("第66条の15において準用する金商法第5条第1項から第3項まで", "--within", "fiea", "--format", "json")
    told = json.loads(done.stdout)
    [member] = told["data"]["members"]

    assert "kitei/cite@1" == told["schema"] and told["ruleset"]["digest"]
    assert "FIEA art. 5(1) to (3) as applied by FIEA art. 66-15" == told["data"]["en"]
    assert ("fiea/5/1", "fiea/5/3", []) == (member["first"], member["last"], member["units"])
    assert [("準用", "fiea/66_15")] == [(v["kind"], v["by"]["id"]) for v in member["via"]]
    assert {"ja", "en"} == set(told["data"]["notes"][0])


def test_what_is_no_law_in_force_stays_tagged() -> None:
    """A list of press claims carries the tag once."""
    assert "Press 2025-11 claim 1 and Press 2025-11 claim 2 [press]" == en("seed/claim1, seed/claim2")[1]


def test_an_ordinance_without_its_name_lists_those_it_may_be() -> None:
    from click.testing import CliRunner

    from kitei.cli import kitei

    ja, en = (CliRunner().invoke(kitei, ["cite", "府令第37条第1項", "--lang", lang]) for lang in ("ja", "en"))

    assert "次のどれかではありませんか" in ja.stderr and "It may mean one of these" in en.stderr
    assert "  cao/37/1  暗号資産交換業者府令第37条第1項  CAO art. 37(1)" in en.stderr
    assert "fibo/37/1" in ja.stderr and "psa/" not in ja.stderr

"""Citations, numbers and dates are compared with official texts, and found missing, moved or different; all texts are invented."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

from kitei.cli import kitei as command
from kitei_dsl.addresses import BadIndex, read_index, write_index
from kitei_dsl.against import Report, check_against
from kitei_dsl.citation import parse
from kitei_dsl.diagnostics import Diagnostic
from kitei_dsl.japanese import in_language
from kitei_dsl.library import library
from kitei_dsl.pipeline import compile_files
from kitei_dsl.quantities import Quantity, quantities
from kitei_dsl.standing import check_index, indexed
from kitei_dsl.texts import load_texts
from typed import Printed, typed

ROOT = Path(__file__).resolve().parent.parent

#: Until 2024 the act has articles 5 and 6; then a new article 5 comes before, and what was 5 and 6 is 6 and 7.
OLD = """**第五条**　会社は、帳簿を百分の五を超えない限度で三月以内に備えなければならない。ただし、小さい会社については、この限りでない。

**第六条**　次の各号のいずれかに該当する者は、三年以下の拘禁刑又は三百万円以下の罰金に処する。

- 一　第五条の規定に違反した者

- 二　会社の名を偽った者

**第七条**　法人の代表者が前条の違反行為をしたときは、その法人に対して次の各号に定める罰金刑を科する。

- 一　前条第一号　一億円以下の罰金刑

- 二　前条第二号　各本条の罰金刑

## 附則

**第一条**　この法律は、令和二年四月一日から施行する。
"""
NEW = """**第五条**　会社は、備えるべき事項を届け出なければならない。

**第六条**　会社は、帳簿を百分の五を超えない限度で三月以内に備えなければならない。ただし、小さい会社については、この限りでない。

**第七条**　次の各号のいずれかに該当する者は、三年以下の拘禁刑又は三百万円以下の罰金に処する。

- 一　第六条の規定に違反した者

- 二　会社の名を偽った者
"""
HEAD = """
instrument t type act status enacted egov "999AC0000000001" title ja "帳簿法" en "Books Act" short ja "帳簿法" en "BA" text of 2020-04-01
  single paragraph t/6 end
kind Firm (会社) end
attribute small (小規模) of Firm is truth end
attribute books (帳簿) of Firm is yen end
attribute closed_on (決算日) of Firm is date end
attribute kept_on (備付日) of Firm is date if any end
term ceiling (限度額) of Firm is yen end
norm keep_books (備付義務) of Firm end
"""


def law(tmp_path: Path, text: str, source: str = "") -> Path:
    root = tmp_path / "law"
    (root / "t").mkdir(parents=True)
    (root / "t" / "instrument.kitei").write_text(HEAD, encoding="utf-8")
    (root / "t" / "law.kitei").write_text(text, encoding="utf-8")
    if source:
        (root / "t" / "source.toml").write_text(f'instrument = "t"\n{source}', encoding="utf-8")
    return root


def texts(tmp_path: Path, **by_day: str) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir(exist_ok=True)
    for day, content in by_day.items():
        (folder / f"999AC0000000001_{day[1:]}_502AC0000000009.md").write_text(content, encoding="utf-8")
    return folder


def compared(tmp_path: Path, text: str, *, source: str = "", **by_day: str) -> Report:
    root = law(tmp_path, text, source)
    program, found, files = compile_files(library(root)[0])
    assert [] == [d.message for d in found if d.severity == "error"]
    return check_against(program, files, root, texts(tmp_path, **(by_day or {"d20200401": OLD})))


def errors(report: Report) -> list[tuple[str, str]]:
    return [(d.slug, dict(d.fields)["cited"]) for d in report.diagnostics if d.severity == "error"]


def told(report: Report, slug: str) -> Diagnostic:
    (found,) = [d for d in report.diagnostics if d.slug == slug]
    return found


def provision(place: str, *lines: str, head: str = "in force from 2020-04-01") -> str:
    return f"provision {place} {head} grade A\n" + "\n".join(lines) + "\nend\n"


DUTY = provision("t/5/main", "duty keep_books of Firm", "do kept_on", "end")
RIGHT = (
    provision(
        "t/5/main",
        "define ceiling of Firm is 5% * books end",
        "duty keep_books of Firm",
        "do kept_on",
        "by 3 months after closed_on",
        "end",
    )
    + provision("t/5/proviso", "block t/5/main#keep_books of Firm when small end")
    + provision(
        "t/6/i1",
        'sanction criminal for t/5 imprisonment up to 3 years fine up to 3,000,000 yen corporate t/7/1/i1 fine up to 100,000,000 yen @t/6/lead"三年以下" end',
    )
    + provision(
        "t/6/i2",
        'sanction criminal for t/5 fine up to 3,000,000 yen corporate t/7/1/i2 fine up to 3,000,000 yen @t/6/lead"三百万円" end',
    )
)


def test_what_stands_as_it_is_cited_is_no_finding(tmp_path: Path) -> None:
    """Six numbers stand in other spellings; the corporate fine of item (ii) is that of the article itself (各本条)."""
    report = compared(tmp_path, RIGHT)

    assert [] == errors(report)
    # 5 %, 3 months; 3 years, 3,000,000 and 100,000,000; 3,000,000 twice
    assert (7, 4, 1) == (report.numbers, report.dates, report.texts)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (provision("t/5/2", "define ceiling of Firm is books end"), [("citation-missing", "t/5/2")]),
        (provision("t/6/i3", "define ceiling of Firm is books end"), [("citation-missing", "t/6/i3")]),
        (provision("t/5/s2", "define ceiling of Firm is books end"), [("citation-missing", "t/5/s2")]),
        (provision("t/5/main", "define ceiling of Firm is 6% * books end"), [("number-different", "t/5/main")]),
        (provision("t/5/proviso", "define ceiling of Firm is 5% * books end"), [("number-moved", "t/5/proviso")]),
        (provision("t/7/1", "define ceiling of Firm is 100,000,000 yen end"), [("number-moved", "t/7/1")]),
        (
            DUTY + provision("t/6/i1", "sanction criminal for t/5 imprisonment up to 3 years end"),
            [("number-moved", "t/6/i1")],
        ),
        (
            DUTY + provision("t/6/i1", "sanction criminal for t/5 corporate t/7/1/i1 fine up to 300,000,000 yen end"),
            [("number-different", "t/7/1/i1")],
        ),
        (
            DUTY + provision("t/6/i1", "sanction criminal for t/5 corporate t/7/1/i3 fine up to 1 yen end"),
            [("citation-missing", "t/7/1/i3"), ("number-different", "t/7/1/i3")],
        ),
        (
            provision("t/5/main", 'plain ja "第九条による。" en "As art. 6(i) says."', "define ceiling of Firm is books end"),
            [("citation-missing", "t/9")],
        ),
        (
            provision("t/5/main", 'plain ja "附則第一条" en "As BA art. 6(iii) says."', "define ceiling of Firm is books end"),
            [("citation-missing", "t/6/i3")],
        ),
        (
            provision("t/5/main", 'define ceiling of Firm is books @t/6/i4"x" end'),
            [("citation-missing", "t/6/i4")],
        ),
        ("reading r choice a ja \"甲\" en \"A\" choice b ja \"乙\" en \"B\" cite t/8 end\n", [("citation-missing", "t/8")]),
    ],
)  # fmt: skip
def test_what_does_not_stand_is_found_at_its_place(tmp_path: Path, text: str, found: list[tuple[str, str]]) -> None:
    """Addresses of provisions, marks, corporate fines, `cite` and words; numbers at item depth."""
    assert found == errors(compared(tmp_path, text))


def test_a_finding_names_the_law_in_both_languages(tmp_path: Path) -> None:
    found = told(compared(tmp_path, provision("t/6/i3", "define ceiling of Firm is books end")), "citation-missing")

    assert "BA art. 6(iii) (`t/6/i3`) is not in the text of 2020-04-01" == found.message
    assert "帳簿法第6条第3号（`t/6/i3`）は、2020-04-01の条文にありません" == in_language(found, "ja").message
    assert found.span is not None and ("t/law.kitei", 1) == (found.span.source.name, found.span.line)


def test_words_that_moved_are_found_where_they_are_now(tmp_path: Path) -> None:
    """Article 5 became 6 on 2024-04-01: the unit cited is there, but other words stand in it. 7(1)(i) has no successor."""
    text = provision("t/5/main", "define ceiling of Firm is 5% * books end") + provision(
        "t/7/1/i1", "define ceiling of Firm is books end"
    )
    report = compared(tmp_path, text, d20200401=OLD, d20240401=NEW)
    moved = told(report, "citation-moved")

    assert ("t/5/main", "t/6", "2024-04-01", "2020-04-01") == tuple(
        dict(moved.fields)[f] for f in ("cited", "now", "day", "earlier")
    )
    assert ("citation-missing", "t/5/main") not in errors(report)
    assert ("number-different", "t/5/main") in errors(report)


def test_a_version_that_ends_where_the_words_moved_is_right(tmp_path: Path) -> None:
    text = provision(
        "t/5/main", "define ceiling of Firm is 5% * books end", head="in force from 2020-04-01 until 2024-04-01"
    ) + provision("t/6/main", "define ceiling of Firm is 5% * books end", head="in force from 2024-04-01")

    assert [] == errors(compared(tmp_path, text, d20200401=OLD, d20240401=NEW))


def test_former_and_present_numbers_in_words_are_of_their_days(tmp_path: Path) -> None:
    """旧第7条 was there once; 現行の第7条 is not in the text of 2020 that the instrument states as its own."""
    head = "in force from 2024-04-01"
    text = provision("t/6/main", 'plain ja "旧第8条と同じ。" en "The same as former art. 7(1)(i)."',
                     "define ceiling of Firm is books end", head=head)  # fmt: skip
    assert [("citation-missing", "t/8")] == errors(compared(tmp_path / "a", text, d20200401=OLD, d20240401=NEW))
    text = provision(
        "t/6/main", 'plain ja "現行の第7条第2項と同じ。" en "x"', "define ceiling of Firm is books end", head=head
    )
    assert [("citation-missing", "t/7/2")] == errors(compared(tmp_path / "b", text, d20200401=OLD, d20240401=NEW))


@pytest.fixture(autouse=True)
def folders(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()


@pytest.mark.parametrize(
    ("words", "cited"),
    [
        ("BA arts. 5-7 apply.", []),
        ("BA arts. 5 and 8 apply.", ["t/8"]),
        ("BA arts. 5-9 apply.", ["t/9"]),
        ("帳簿法第5条・第8条を見よ。", ["t/8"]),
        ("他業法第8条を見よ。", []),
        ("法第6条第1号又は第3号による。", ["t/6/i3"]),
    ],
)
def test_lists_and_ranges_in_words_are_read(tmp_path: Path, words: str, cited: list[str]) -> None:
    text = provision("t/5/main", f'plain ja "{words}" en ""', "define ceiling of Firm is books end")

    assert cited == [address.replace("t/6/1/", "t/6/") for _, address in errors(compared(tmp_path, text))]


def test_the_reasons_of_labels_are_read_too(tmp_path: Path) -> None:
    root = law(tmp_path, RIGHT)
    (root / "t" / "coverage.toml").write_text(
        '"t/7" = {state = "not-encoded", reason = {ja = "第7条第5項による。", en = "See BA art. 6(i)."}}\n',
        encoding="utf-8",
    )
    program, _, files = compile_files(library(root)[0])
    report = check_against(program, files, root, texts(tmp_path, d20200401=OLD))
    found = told(report, "citation-missing")

    assert ("t/7/5", "t/coverage.toml") == (dict(found.fields)["cited"], found.span and found.span.source.name)


# --------------------------------------------------------------------------- dates


def test_a_day_on_which_the_very_words_begin_or_end_is_no_number_of_theirs(tmp_path: Path) -> None:
    """No article names the day on which it begins; that day is compared as a day of force. Any other day must stand there."""
    begins = provision("t/5/main", "define ceiling of Firm when closed_on < 2020-04-01 is books end")
    other = provision("t/5/main", "define ceiling of Firm when closed_on < 2020-04-02 is books end")

    assert [] == errors(compared(tmp_path / "a", begins))
    assert ["number-different"] == [slug for slug, _ in errors(compared(tmp_path / "b", other))]


def test_days_of_force_are_held_against_revisions_and_words(tmp_path: Path) -> None:
    """The revision of 2020-04-01 is by a law of 2020 (502AC…): promulgated in 2020, not in 2018. Words that stand before a
    version begins, or after it ends, contradict it."""
    first = provision(
        "t/6/i1", "define ceiling of Firm is books end", head="in force from 2020-04-01 promulgated 2018-06-01"
    )
    assert "502AC0000000009" in told(compared(tmp_path / "a", first), "date-different").message
    other = provision("t/5/main", "define ceiling of Firm is books end") + provision(
        "t/6/i2", "define ceiling of Firm is books end", head="in force from 2023-04-01"
    )
    report = compared(tmp_path / "b", other, d20200401=OLD, d20240401=OLD)
    assert "同じ文言が2020-04-01の条文に既にあります" in in_language(told(report, "date-different"), "ja").message


def test_words_older_than_their_collection_are_a_note(tmp_path: Path) -> None:
    """The version begins on the day of a revision, though its words stood before: the collection may begin there."""
    text = provision("t/6/i2", "define ceiling of Firm is books end", head="in force from 2024-04-01")
    report = compared(tmp_path, text, d20200401=OLD, d20240401=OLD)

    assert [] == errors(report)
    assert "its words already stand in the text of 2020-04-01" in told(report, "start-earlier").message


def test_an_end_after_which_the_words_still_stand_is_found(tmp_path: Path) -> None:
    text = provision("t/6/i2", "define ceiling of Firm is books end", head="in force from 2020-04-01 until 2024-04-01")
    report = compared(tmp_path, text, d20200401=OLD, d20240401=OLD)

    assert "still stand in the text of 2024-04-01" in told(report, "date-different").message


def test_a_day_has_a_witness_in_the_texts_or_in_source_toml(tmp_path: Path) -> None:
    text = provision("t/6/i2", "define ceiling of Firm is books end", head="in force from 2022-04-01")
    assert "2022-04-01" in told(compared(tmp_path / "a", text), "date-unseen").message
    source = '[[revision]]\nid = "999AC0000000001_20220401_503AC0000000001"\n'
    assert "date-unseen" not in {d.slug for d in compared(tmp_path / "b", text, source=source).diagnostics}


# --------------------------------------------------------------------------- what was not compared


def test_days_without_a_text_are_said(tmp_path: Path) -> None:
    """source.toml names a revision of 2022 of which there is no text: nothing is said of 2022 and 2023."""
    source = '[[revision]]\nid = "999AC0000000001_20220401_503AC0000000001"\n'
    text = provision("t/6/i2", "define ceiling of Firm is books end")
    found = told(compared(tmp_path, text, source=source, d20200401=OLD, d20240401=OLD), "text-unseen")

    assert "no text from 2022-04-01 to the day before 2024-04-01" in found.message
    assert "2022-04-01から2024-04-01の前日までの条文" in in_language(found, "ja").message


def test_a_law_without_a_text_is_said_once_and_is_no_error(tmp_path: Path) -> None:
    text = (
        'instrument u type act status enacted egov "999AC0000000002" title ja "未読法" en "Unread Act" end\n'
        + provision("u/1", "define ceiling of Firm is 7% * books end")
        + provision("u/2", "define ceiling of Firm is 8% * books end")
    )
    report = compared(tmp_path, text)

    assert [] == errors(report)
    assert "Unread Act: no text is in the folder; 4 citation(s) or number(s)" in told(report, "law-unread").message


def test_a_version_whose_start_is_not_fixed_waits(tmp_path: Path) -> None:
    text = "commencement t/main promulgated 2026-07-23 end\n" + provision(
        "t/99", "define ceiling of Firm is 7% * books end", head="in force from t/main"
    )
    report = compared(tmp_path, text)

    assert [] == errors(report)
    assert told(report, "start-unfixed")


def test_a_file_that_is_no_law_is_an_error_and_counts_as_no_text(tmp_path: Path) -> None:
    folder = texts(tmp_path, d20200401=OLD)
    (folder / "999AC0000000001_20210401_503AC0000000001.xml").write_text("<Law>", encoding="utf-8")
    report = compared(tmp_path, RIGHT)

    assert ["text-unreadable"] == [d.slug for d in report.diagnostics if d.severity == "error"]
    assert 1 == report.texts


# --------------------------------------------------------------------------- numbers in words


@pytest.mark.parametrize(
    ("words", "unit", "value"),
    [
        ("百分の五を超えない", "rate", "1/20"),
        ("五パーセント", "rate", "1/20"),
        ("５％", "rate", "1/20"),
        ("万分の〇・〇三八四", "rate", "3/781250"),
        ("二割", "rate", "1/5"),
        ("三百万円以下", "yen", "3000000"),
        ("一千万円", "yen", "10000000"),
        ("300万円", "yen", "3000000"),
        ("３，０００，０００円", "yen", "3000000"),
        ("一億円", "yen", "100000000"),
        ("二週間以内", "weeks", "2"),
        ("三月以内", "months", "3"),
        ("六箇月", "months", "6"),
        ("三年以下の拘禁刑", "years", "3"),
        ("十日を経過", "days", "10"),
        ("五営業日", "business_days", "5"),
        ("二以上の者", "number", "2"),
        ("一年六月を超えない", "months", "18"),
        ("毎年一回以上", "years", "1"),
        ("第百九十七条の三五億円以下の罰金刑", "yen", "500000000"),
    ],
)
def test_a_number_is_read_in_every_spelling(words: str, unit: str, value: str) -> None:
    assert Quantity(unit, Fraction(value)) in quantities(words)


@pytest.mark.parametrize(
    "words", ["第六十三条の二第一項第十二号の三", "平成二十一年法律第五十九号", "十二月二十九日から翌年の一月三日まで"]
)
def test_places_laws_and_days_of_the_year_are_no_counts(words: str) -> None:
    assert set() == quantities(words)


def test_a_date_is_one_value_in_both_calendars() -> None:
    from datetime import date

    day = Quantity("date", Fraction(date(2026, 6, 1).toordinal()))

    assert {day} == quantities("令和八年六月一日から") == quantities("2026年6月1日から")


# --------------------------------------------------------------------------- the index


def test_the_index_keeps_addresses_and_days_and_no_words(tmp_path: Path) -> None:
    texts(tmp_path, d20200401=OLD, d20240401=NEW)
    (read,) = load_texts(tmp_path / "texts").values()
    written = write_index(read, "帳簿法")

    assert [
        "kitei/addresses@1 999AC0000000001",
        "days 2020-04-01 2024-04-01",
        "5 2020-04-01..2024-04-01: 1[main proviso]",
        "5 2024-04-01..: 1",
        "6 2020-04-01..2024-04-01: 1[i1 i2]",
        "6 2024-04-01..: 1[main proviso]",
        "7: 1[i1 i2]",
        "suppl/1 2020-04-01..2024-04-01: 1",
    ] == written.split("\n")[2:-1]
    path = tmp_path / "addresses.txt"
    path.write_text(written, encoding="utf-8")
    index = read_index(path)
    for text in read:
        structure = index.on(text.day.isoformat())
        assert [(u.place, u.part, u.leads) for u in text.units()] == [
            (u.place, u.part, u.leads) for u in structure.units()
        ]
        for address in ("t/5", "t/5/1/proviso", "t/6/i2", "t/6/lead", "t/7/1/i3", "t/suppl/1", "t/8"):
            assert text.has(parse(address)) == structure.has(parse(address)), address


PLAIN = """# 帳簿法

第五条

会社は、帳簿を作る。

２

次に掲げる帳簿を保存する。
一主たる帳簿
_イ_総勘定元帳
二補助の帳簿
"""


def test_the_index_of_a_law_with_plain_copies_only_says_so(tmp_path: Path) -> None:
    """Such a copy tells sub-items apart, not what is below them, and has no supplementary provisions."""
    (tmp_path / "999AC0000000001_asof-20260814.md").write_text(PLAIN, encoding="utf-8")
    (read,) = load_texts(tmp_path).values()
    path = tmp_path / "addresses.txt"
    path.write_text(write_index(read, "帳簿法"), encoding="utf-8")
    (day,) = indexed({"t": read_index(path)})["t"]

    assert path.read_text(encoding="utf-8").split("\n")[2:-1] == [
        "kitei/addresses@1 999AC0000000001 plain",
        "days 2026-08-14",
        "5: 1 2[i1[イ] i2]",
    ]
    lacking = {a: day.lacks(parse(a)) for a in ("t/5/2/i1/イ", "t/5/2/i1/ロ", "t/5/2/i1/イ/(1)", "t/suppl/1", "t/6")}
    assert lacking == {
        "t/5/2/i1/イ": False,
        "t/5/2/i1/ロ": True,
        "t/5/2/i1/イ/(1)": False,
        "t/suppl/1": False,
        "t/6": True,
    }


@pytest.mark.parametrize(
    "content",
    [
        "",
        "addresses\n",
        "kitei/addresses@1 x\ndays 2020-04-01\nfive\n",
        "kitei/addresses@1 x\ndays 2020-04-01\nfive: 1\n",
    ],
)
def test_a_file_that_is_no_index_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "addresses.txt").write_text(content, encoding="utf-8")
    with pytest.raises(BadIndex):
        read_index(tmp_path / "addresses.txt")


def kitei(*arguments: str) -> Printed:
    return typed(["kitei", *arguments], ROOT, "en")


def test_the_command_writes_the_index_and_finds_dangling_citations_by_it(tmp_path: Path) -> None:
    """With the texts the index is written; afterwards, without them, a citation to nothing is an error."""
    root, folder = law(tmp_path, RIGHT), texts(tmp_path, d20200401=OLD)
    first = kitei("check", str(root), "--against", str(folder), "--write-index", "--lang", "en")

    assert 0 == first.returncode, first.stdout + first.stderr
    assert "t/addresses.txt: written" in first.stderr
    assert "7 numbers, 4 days of force; missing 0, moved 0, different 0" in first.stderr
    assert 0 == kitei("check", str(root)).returncode
    (root / "t" / "law.kitei").write_text(
        RIGHT + provision("t/9", "define ceiling of Firm is books end"), encoding="utf-8"
    )
    again = kitei("check", str(root), "--format", "github", "--lang", "ja")
    assert 1 == again.returncode
    assert "title=kitei citation-missing" in again.stdout
    assert "帳簿法第9条（`t/9`）は、2020-04-01の条文にありません" in again.stdout
    assert 2 == kitei("check", str(root), "--write-index").returncode


def test_the_collected_law_cites_nothing_that_is_not_there() -> None:
    """By the indexes kept with the law; and a citation of PSA 2(7), which was custody until 2023, is found out today."""
    root = ROOT / "statutes/jp"
    program, _, files = compile_files(library(root)[0], kept=True)

    assert [] == check_index(program, files, root)
    psa = read_index(root / "psa/addresses.txt")
    assert (True, False) == (
        psa.on("2020-05-01").has(parse("psa/2/7/i4")),
        psa.on("2026-06-01").has(parse("psa/2/7/i4")),
    )
    assert (False, True) == (
        psa.on("2020-05-01").has(parse("psa/107/i12")),
        psa.on("2026-06-01").has(parse("psa/107/i12")),
    )


# --------------------------------------------------------------------------- what is no law


def test_the_text_of_a_bill_is_said_not_to_be_compared(tmp_path: Path) -> None:
    """The act's one text is compared and the bill's is named; without the bill's text nothing is said of it."""
    root = law(tmp_path, RIGHT)
    (root / "t" / "bill.kitei").write_text(
        'instrument b type bill title ja "試験法案" en "Test Bill" short ja "試験案" en "TB" egov "999AC0000000B01" end\n'
        'provision b/1 in force from 2027-04-01 grade A heading ja "定め" en "Rule" end\n',
        encoding="utf-8",
    )
    folder = texts(tmp_path, d20200401=OLD)
    without = CliRunner().invoke(command, ["check", str(root), "--against", str(folder), "--lang", "ja"])
    (folder / "999AC0000000B01_20270401_draft.md").write_text("**第一条**　会社は、定める。\n", encoding="utf-8")
    ja, en = (
        CliRunner().invoke(command, ["check", str(root), "--against", str(folder), "--lang", x]) for x in ("ja", "en")
    )

    assert "照合しなかった" not in without.stderr
    assert "公式の条文1本と照合" in ja.stderr and "照合しなかった本文：試験案。公布された法令ではなく、" in ja.stderr
    assert "compared with 1 official texts" in en.stderr
    assert "texts not compared: TB. It is not promulgated law" in en.stderr

"""A provision read in words: what was written by hand of the tutorial's bill and of a little law, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from kitei.cli import kitei
from kitei.rules_in_words import Rules
from kitei.ruleset import load, statutes_folder
from kitei.wording import LANGS

ROOT = Path(__file__).resolve().parent.parent
LAW = ROOT / "docs" / "drafting" / "law"


def read(place: str, lang: str, law: Path = LAW) -> list[str]:
    run = CliRunner().invoke(kitei, ["read", place, "--statutes", str(law), "--lang", lang], catch_exceptions=False)
    return [line.strip() for line in run.output.splitlines()]


SAID = [
    ("hokan/1", "en", ['Definition: "custodian" means: "keeping the electronic property of others as a business" is so',
                       'in force from the day fixed by Cabinet Order, no end known, grade A']),
    ("hokan/1", "ja", ["定義：「電子財産保管業者」とは、「業として他人の電子財産を保管すること」に該当することをいう"]),
    ("hokan/3/1/main", "en", ['Rule: "amount of the reserve" is 5% × "value in custody"',
                              'condition: "custodian" is so, and "value in custody" exceeds JPY 1,000,000,000',
                              "exceptions: Custody Bill art. 3(1), proviso [bill]"]),
    ("hokan/3/1/main", "ja", ["定め：「準備金の額」は、3%×「預り高」",
                              "条件：「電子財産保管業者」に該当すること、かつ、「預り高」が1,000,000,000円以下であること"]),
    ("hokan/3/1/proviso", "ja", ["次のただし書である：保管法案第3条第1項本文〔案〕"]),
    ("hokan/2", "en", ['Duty: "report of incidents"', "who: operator", "for each: incidents", 'what to do: "day of the report"',
                       'by: the last day of 14 days after "day the incident became known" (the first day is not counted; if the last day is a holiday of administrative organs, the next open day)', "towards: the Prime Minister"]),
    ("hokan/4", "ja", ["禁止：「無登録で保管業を行うことの禁止」",
                       "してはならないこと：「業として他人の電子財産を保管すること」に該当すること、かつ、「登録を受けていること」に該当しないこと",
                       "例外：保管法案附則第2条〔案〕"]),
    ("hokan/suppl/2", "en", ["lifts: Custody Bill art. 4 [bill]"]),
]  # fmt: skip


@pytest.mark.parametrize(("place", "lang", "lines"), SAID, ids=[f"{p}-{lang}" for p, lang, _ in SAID])
def test_a_provision_is_read_in_words(place: str, lang: str, lines: list[str]) -> None:
    found = read(place, lang)

    assert [] == [line for line in lines if line not in found]


def test_a_state_to_be_kept_is_no_state_to_be_avoided(tmp_path: Path) -> None:
    """A prohibition written `keep` says what must be, one written `avoid` what must not."""
    (tmp_path / "t.kitei").write_text("""
        instrument t type act title ja "試験法" en "Test Act" end
        kind Firm label ja "会社" en "firm" end
        attribute safe of Firm is truth label ja "安全" en "safety" end
        norm n of Firm label ja "甲" en "N" end
        norm m of Firm label ja "乙" en "M" end
        provision t/1 in force from 2020-01-01 grade A prohibition n of Firm keep safe end end
        provision t/2 in force from 2020-01-01 grade A prohibition m of Firm avoid safe end end
    """, encoding="utf-8")  # fmt: skip

    assert 'what to keep: "safety" is so' in read("t/1", "en", tmp_path)
    assert 'what must not be: "safety" is so' in read("t/2", "en", tmp_path)


def test_rival_readings_are_told_as_such(tmp_path: Path) -> None:
    """Two definitions of one term, each said to hold on its own reading, in both languages."""
    (tmp_path / "t.kitei").write_text("""
        instrument t type act title ja "試験法" en "Test Act" end
        kind Firm label ja "会社" en "firm" end
        attribute safe of Firm is truth label ja "安全" en "safety" end
        term sound of Firm is truth label ja "健全" en "soundness" end
        reading r label ja "健全の意味" en "what is sound"
          choice strict ja "安全なこと" en "being safe"
          choice wide ja "常に" en "always"
        end
        provision t/1 in force from 2020-01-01 grade A
          define sound of Firm as f named strict given r = strict means safe of f end
          define sound of Firm as f named wide given r = wide means true end
        end
    """, encoding="utf-8")  # fmt: skip

    english, japanese = read("t/1", "en", tmp_path), read("t/1", "ja", tmp_path)

    assert [x for x in english if "readings" in x] == [
        "readings differ: what is sound, read as “being safe”", "readings differ: what is sound, read as “always”"
    ]  # fmt: skip
    assert [x for x in japanese if "読み方" in x] == [
        "読み方が分かれる：健全の意味を「安全なこと」と読む場合", "読み方が分かれる：健全の意味を「常に」と読む場合"
    ]  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
def test_every_provision_of_the_collected_law_can_be_read(lang: str) -> None:
    """Each rule and norm has a line, and no mark of a page is left in it."""
    program = load(statutes_folder())[0]
    rules = Rules(program, "ja" if lang == "ja" else "en")
    for version in program.core.versions:
        lines = rules.lines(version)
        rules_there = [c for c in program.core.clauses if c.version == version.id and c.role != "norm"]
        norms_there = [n for n in program.core.norms if n.version == version.id]
        sanctions_there = [s for s in program.core.sanctions if s.version == version.id]
        savings_there = [s for s in program.core.savings if s.version == version.id]
        found = [line for line in lines if not line.startswith(" ")]
        assert len(found) == len(rules_there) + len(norms_there) + len(sanctions_there) + len(savings_there)
        assert not [line for line in lines if re.search(r"[\x00-\x1f]|\{|None", line)]


PENAL = """
instrument t type act title ja "試験法" en "Test Act" end
kind Borrower (借手) label ja "借手" en "borrower" end
kind Year (年度) label ja "年度" en "year" end
kind Incident (事案) dated by occurred end
attribute small of Borrower is truth label ja "小規模" en "smallness" end
attribute loan of Borrower is yen label ja "借入" en "loan" end
attribute held of Year is yen label ja "資産" en "assets" end
attribute occurred of Incident is date label ja "発生した日" en "day it happened" end
attribute reported of Incident is date if any label ja "報告した日" en "day of report" end
relation suffers role incident many Incident label ja "事案" en "incidents" role victim one Borrower end
term base of Year is yen label ja "基礎額" en "base" end
term cap of Borrower is yen label ja "限度額" en "cap" end
norm report of Borrower label ja "報告" en "report" end
provision t/3/main in force from 2020-01-01 grade A
  define base of Year is 5% * held end
  define cap of Borrower is 10% * loan end
end
provision t/3/proviso in force from 2020-01-01 grade A block t/3/main of Borrower when small end end
provision t/5 in force from 2020-01-01 until 2030-01-01 promulgated 2020-01-01 grade A
  duty report of Borrower for each incident as i anchored at occurred of i do reported of i by 14 days after occurred of i end
end
provision t/90 in force from 2020-01-01 until 2025-06-01 promulgated 2022-06-17 grade A plain ja "二年以下の懲役" en "Up to two years."
  sanction criminal for t/5 whose ja "違反した者" en "the person in breach" imprisonment up to 2 years
    fine up to 3,000,000 yen both allowed corporate t/95 fine up to 300,000,000 yen end
end
provision t/90 in force from 2025-06-01 promulgated 2022-06-17 grade A
  sanction criminal for t/5 imprisonment up to 3 years fine up to 5,000,000 yen note ja "両罰なし" en "none for corporations" end
end
provision t/91 in force from 2020-01-01 grade A sanction administrative_fine for t/5 fine up to 100,000 yen end end
provision t/92 in force from 2020-01-01 grade A sanction administrative for t/5 end end
provision t/93 in force from 2020-01-01 grade A no sanction for t/5 note ja "条文確認済み" en "read" end
provision t/94 in force from 2030-01-01 grade A sanction administrative_fine for t/5 fine up to 200,000 yen end end
"""


@pytest.fixture
def penal(tmp_path: Path) -> Path:
    (tmp_path / "t.kitei").write_text(PENAL, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("place", "lang", "lines"),
    [
        ("t/90", "ja", ["制裁：試験法第5条に適合しないときは、罰則の対象となり得る", "違反者：違反した者", "範囲：2年以下の懲役若しくは3,000,000円以下の罰金、又はその併科",
                        "両罰：法人は300,000,000円以下の罰金（試験法第95条）", "範囲：3年以下の拘禁刑又は5,000,000円以下の罰金", "注：両罰なし"]),
        ("t/90", "en", ["Sanction: whoever does not satisfy Test Act art. 5 may be subject to a penalty", "whose act: the person in breach",
                        "range: imprisonment (懲役) of up to 2 years or a fine of up to JPY 3,000,000, or both", "corporation: a fine of up to JPY 300,000,000 (Test Act art. 95)",
                        "range: imprisonment (拘禁刑) of up to 3 years or a fine of up to JPY 5,000,000", "note: none for corporations"]),
        ("t/91", "ja", ["制裁：試験法第5条に適合しないときは、過料の対象となり得る", "範囲：100,000円以下の過料"]),
        ("t/93", "ja", ["制裁なし：試験法第5条には、ここに直接の罰則がない", "注：条文確認済み"]),
        ("t/93", "en", ["No sanction: here is no direct penalty for Test Act art. 5", "note: read"]),
    ],
)  # fmt: skip
def test_a_sanction_is_read_where_it_stands(penal: Path, place: str, lang: str, lines: list[str]) -> None:
    found = read(place, lang, penal)

    assert [] == [line for line in lines if line not in found]


def test_a_duty_says_what_may_follow_its_breach(penal: Path) -> None:
    """Each text of the penal provision with its first day; t/94 begins on the day the duty ends, so it is not for it."""
    ja, en = read("t/5", "ja", penal), read("t/5", "en", penal)

    assert [
        "違反したとき：罰則（試験法第90条、2020-01-01からの条文）の対象となり得る：2年以下の懲役若しくは3,000,000円以下の罰金、又はその併科",
        "違反したとき：罰則（試験法第90条、2025-06-01からの条文）の対象となり得る：3年以下の拘禁刑又は5,000,000円以下の罰金",
        "違反したとき：過料（試験法第91条）の対象となり得る：100,000円以下の過料",
        "違反したとき：行政処分（試験法第92条）の対象となり得る：範囲は収録されていない",
        "違反したとき：直接の罰則が見当たらない（試験法第93条を確認）",
    ] == [line for line in ja if line.startswith("違反したとき")]
    assert "両罰：法人は300,000,000円以下の罰金（試験法第95条）" in ja
    assert "注：条文確認済み" == ja[ja.index("違反したとき：直接の罰則が見当たらない（試験法第93条を確認）") + 1]
    assert "note: read" == en[en.index("on breach: no direct penalty is found (Test Act art. 93 was read)") + 1]
    assert 5 == len([line for line in en if line.startswith("on breach: ")])
    assert "on breach: no direct penalty is found (Test Act art. 93 was read)" in en


def test_a_norm_says_at_which_day_it_is_read(penal: Path) -> None:
    assert "適用基準日：「発生した日」（適用の有無は、その日の事実と条文による）" in read("t/5", "ja", penal)
    assert 'anchored at: "day it happened" (whether it applies, by the facts and the text of that day)' in read(
        "t/5", "en", penal
    )


def test_an_exception_is_shown_where_it_reaches(penal: Path) -> None:
    """The exclusion is of borrowers: it is an exception to the cap of a borrower, not to the base of a year."""
    rules = [line for line in read("t/3/main", "ja", penal) if line.startswith(("定め", "例外"))]

    assert [
        "定め：「基礎額」は、5%×「資産」",
        "定め：「限度額」は、10%×「借入」",
        "例外：試験法第3条ただし書",
    ] == rules


@pytest.mark.parametrize(
    ("both", "ja", "en"),
    [
        (True, "3年以下の拘禁刑若しくは5,000,000円以下の罰金、又はその併科", "of up to 3 years or a fine of up to JPY 5,000,000, or both."),
        (False, "3年以下の拘禁刑又は5,000,000円以下の罰金。", "of up to 3 years or a fine of up to JPY 5,000,000."),
    ],
)  # fmt: skip
def test_penalties_are_chosen_in_the_style_of_the_law(tmp_path: Path, both: bool, ja: str, en: str) -> None:
    """若しくは … 又はその併科 only where both may be imposed, in the answer as in `read`."""
    (tmp_path / "t.kitei").write_text(f"""
        instrument t type act title ja "試験法" en "Test Act" end
        kind Firm label ja "会社" en "firm" end
        attribute safe of Firm is truth label ja "安全" en "safety" end
        norm n of Firm label ja "甲" en "N" end
        provision t/1 in force from 2026-01-01 grade A duty n of Firm keep safe end end
        provision t/9 in force from 2026-01-01 grade A
          sanction criminal for t/1 imprisonment up to 3 years fine up to 5,000,000 yen {"both allowed" if both else ""} end
        end
    """, encoding="utf-8")  # fmt: skip
    (tmp_path / "f.yaml").write_text("entities:\n  k: {kind: Firm, safe: false}\n", encoding="utf-8")
    said = {}
    for lang in LANGS:
        args = ["run", str(tmp_path / "f.yaml"), "--on", "2026-06-01", "--statutes", str(tmp_path), "--lang", lang]
        run = CliRunner().invoke(kitei, args, catch_exceptions=False)
        said[lang] = re.sub(r"\n +", "" if lang == "ja" else " ", run.output)

    assert ja in said["ja"]
    assert en in said["en"]
    assert f"範囲：{ja.removesuffix('。')}" in read("t/9", "ja", tmp_path)


SAVING = """
    instrument t type act title ja "試験法" en "Test Act" short ja "試験法" en "Test Act" end
    instrument o type ordinance title ja "試験府令" en "Test Ordinance" short ja "試験府令" en "Test Ord." end
    instrument u type act title ja "改正法" en "Amending Act" short ja "改正法" en "Amending Act" end
    kind Firm (会社) label ja "会社" en "firm" end
    attribute old of Firm is truth label ja "施行の際現に登録を受けていること" en "being registered at commencement" end
    attribute a of Firm is truth label ja "甲" en "A" end
    attribute b of Firm is truth label ja "乙" en "B" end
    attribute c of Firm is truth label ja "丙" en "C" end
    norm n of Firm label ja "保つ義務" en "duty to keep" end
    norm m of Firm label ja "続く義務" en "going duty" end
    norm q of Firm label ja "今の義務" en "present duty" end
    provision t/1 in force from 2020-01-01 until 2027-04-01 promulgated 2026-06-01 grade A duty n of Firm keep a end end
    provision o/1 in force from 2020-01-01 until 2027-04-01 promulgated 2026-06-01 grade A duty m of Firm keep b end end
    provision t/2 in force from 2020-01-01 grade A duty q of Firm keep c end end
    provision u/suppl/2 in force from 2027-04-01 promulgated 2026-06-01 grade A
      former text continues for t/1, o/1, t/2 of Firm when old and a and b and c
    end
    provision u/suppl/3 in force from 2027-04-01 promulgated 2026-06-01 grade A
      keep in force o/1 when unverified ja "附則第三条" en "supplementary article 3"
    end
"""


def test_what_goes_on_after_its_text_is_read_at_both_places(tmp_path: Path) -> None:
    """The saving says which provisions, by law, for whom and when; each of those that end says by which it goes on."""
    (tmp_path / "t.kitei").write_text(SAVING, encoding="utf-8")
    there, of_t, of_o = (read(place, "ja", tmp_path) for place in ("u/suppl/2", "t/1", "o/1"))

    assert (
        "経過措置：次の規定は、改正又は廃止の後も、なお従前の例による（下位の法令を含め、その最後の日の法令による）"
        in there
    )
    assert ["対象：試験法第1条及び第2条", "対象：試験府令第1条", "対象となる者・物：会社", "条件（次の全て）："] == [
        line for line in there if re.match("対象|名宛人|条件", line)
    ]
    assert ["・「施行の際現に登録を受けていること」に該当すること", "・「甲」に該当すること", "・「乙」に該当すること",
            "・「丙」に該当すること"] == [line for line in there if line.startswith("・")]  # fmt: skip
    assert "改正又は廃止の後：なお従前の例による（改正法附則第2条）" in of_t
    assert "改正又は廃止の後：なお従前の例による（改正法附則第2条）" in of_o
    assert "Test Act" in " ".join(read("u/suppl/2", "en", tmp_path))
    assert "after its amendment or repeal: goes on as before, なお従前の例による (Amending Act suppl. art. 2)" in read(
        "t/1", "en", tmp_path
    )


def test_what_has_not_ended_does_not_go_on(tmp_path: Path) -> None:
    (tmp_path / "t.kitei").write_text(SAVING, encoding="utf-8")

    assert [] == [line for line in read("t/2", "ja", tmp_path) if "改正又は廃止の後" in line]


def test_a_saving_that_was_not_read_says_neither_that_it_goes_on_nor_that_it_ends(tmp_path: Path) -> None:
    (tmp_path / "t.kitei").write_text(SAVING, encoding="utf-8")
    there, of_o = read("u/suppl/3", "ja", tmp_path), read("o/1", "ja", tmp_path)

    assert (
        "経過措置（条文未確認）：次の規定が改正又は廃止の後もなおその効力を有するかは、条文を読んでおらず、述べない"
        in there
    )
    assert "改正又は廃止の後：なおその効力を有するかは、条文未確認（改正法附則第3条）" in of_o
    assert not [line for line in there if line.startswith("経過措置：")]


def test_a_condition_of_few_parts_stays_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "t.kitei").write_text(
        SAVING.replace("when old and a and b and c", "when old and a and b"), encoding="utf-8"
    )

    assert (
        "条件：「施行の際現に登録を受けていること」に該当すること、かつ、「甲」に該当すること、かつ、「乙」に該当すること"
        in read("u/suppl/2", "ja", tmp_path)
    )


COUNTED = """
instrument t type act title ja "試験法" en "Test Act" end
kind Firm label ja "会社" en "firm" end
attribute told_on of Firm is date if any label ja "通知日" en "day told" end
attribute big of Firm is truth label ja "大会社" en "large" end
norm tell of Firm label ja "通知の義務" en "duty to tell" end
provision t/1 in force from 2020-01-01 grade A
  duty tell of Firm do told_on by DUE end
end
"""


@pytest.mark.parametrize(
    ("due", "ja", "en"),
    [
        ("2 weeks after 2024-04-01", "（初日は算入しない）", " (the first day is not counted)"),
        ("2 weeks counting 2024-04-01", "（初日を算入する）", " (the first day is counted)"),
        ("3 months after 2024-04-01 rolled for filing", "（初日は算入しない。末日が行政機関の休日のときはその翌日）",
         " (the first day is not counted; if the last day is a holiday of administrative organs, the next open day)"),
        ("3 months counting 2024-04-01 rolled for custom", "（初日を算入する。末日が休日で、その日に取引をしない慣習があるときはその翌日）",
         " (the first day is counted; if the last day is a holiday on which it is the custom not to transact, the next open day)"),
        ("if big then 2 weeks after 2024-04-01 else 3 weeks after 2024-04-01", "（初日は算入しない）", " (the first day is not counted)"),
        ("if big then 2 weeks after 2024-04-01 else 3 weeks counting 2024-04-01", "", ""),
        ("2024-04-01", "", ""),
        ("2 weeks before 2024-04-01", "", ""),
    ],
)  # fmt: skip
def test_how_a_period_is_counted_is_said_where_it_is_due(tmp_path: Path, due: str, ja: str, en: str) -> None:
    """Civil Code 140 and, for what is filed, the act on holidays; nothing where two periods are counted in two ways."""
    (tmp_path / "t.kitei").write_text(COUNTED.replace("DUE", due), encoding="utf-8")
    for lang, begins, said in (("ja", "期限：", ja), ("en", "by: ", en)):
        (line,) = [x for x in read("t/1", lang, tmp_path) if x.startswith(begins)]
        assert line.endswith(said)
        assert said or not any(word in line for word in ("初日", "first day"))

"""Coverage counts official units: what is encoded, what is labelled with a reason, and what nobody has said."""

from pathlib import Path

import jsonschema
import pytest

from kitei.listings import as_json, coverage_data, coverage_text
from kitei.ruleset import load
from kitei.world import Program
from kitei_dsl.addresses import write_index
from kitei_dsl.citation import parse
from kitei_dsl.coverage import NON_OPERATIVE, STATES, Coverage, cover, read_reaches
from kitei_dsl.diagnostics import Diagnostic
from kitei_dsl.japanese import in_language
from kitei_dsl.library import library
from kitei_dsl.official import Place
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.texts import Unit as Sentence
from kitei_dsl.texts import load_texts

ROOT = Path(__file__).resolve().parent.parent

#: An invented act: article 5 has a paragraph of two sentences and a proviso, and one of two items; 6 a main clause and a
#: proviso; 7 is deleted; 8 is not touched.
TEXT = """---
title: "積立法"
---

**第五条（準備金）**　会社は、準備金を積み立てなければならない。この場合において、会社は、帳簿に記載しなければならない。ただし、小さい会社については、この限りでない。

**２**　次に掲げる会社は、報告しなければならない。

- 一　大きい会社

- 二　次のいずれかに該当する会社

  - イ　古い会社

**第六条**　会社は、届け出なければならない。ただし、災害のときは、この限りでない。

**第七条**　削除

**第八条**　会社は、公告しなければならない。
"""

LAW = """
instrument t type act status enacted egov "999AC0000000001" title ja "積立法" en "Reserve Act" text of 2024-06-01 end
kind Firm (会社) end
attribute small (小規模) of Firm is truth question ja "小さい会社ですか。" en "Is the firm small?" end
attribute asked_not of Firm is truth end
norm set_aside of Firm end
norm notify of Firm end
term large of Firm is truth end
provision t/5/1 in force from 2024-04-01 grade A
  duty set_aside of Firm
    keep not small  @"積み立て"
  end
end
provision t/5/2/i1 in force from 2024-04-01 grade A
  define large of Firm means not small end
end
provision t/6 in force from 2020-04-01 until 2024-04-01 grade A
  duty notify of Firm
    keep small  @"届け出"
  end
end
"""


def covered(
    tmp_path: Path, labels: str = "", *, texts: bool = True, index: bool = False
) -> tuple[Coverage, list[Diagnostic], Program]:
    law, folder = tmp_path / "law", tmp_path / "texts"
    law.mkdir(parents=True)
    folder.mkdir()
    (law / "t.kitei").write_text(LAW, encoding="utf-8")
    (law / "coverage.toml").write_text(labels, encoding="utf-8")
    (folder / "999AC0000000001_20240401_000000000000000.md").write_text(TEXT, encoding="utf-8")
    (folder / "999AC0000000001_20250401_000000000000000.md").write_text("**第九条**　別の条文。\n", encoding="utf-8")
    if index:
        (law / "addresses.txt").write_text(
            write_index(next(iter(load_texts(folder).values())), "積立法"), encoding="utf-8"
        )
    program, found = compile_sources(library(law)[0])
    assert not [d for d in found if d.severity == "error"]
    (one,), flaws = cover(program, law, folder if texts else None)
    return one, flaws, Program(program, "")


def states(coverage: Coverage) -> dict[str, str]:
    return {unit.address: unit.state for article in coverage.articles for unit in article.units}


def test_units_are_sentences_of_paragraphs_items_and_sub_items(tmp_path: Path) -> None:
    """A mark encodes the sentence its phrase stands in; a rule without a mark its very place; no other is."""
    coverage, flaws, _ = covered(tmp_path)

    assert [] == flaws
    assert "2024-04-01" == coverage.day
    assert {
        "t/5/1/s1": "encoded",
        "t/5/1/s2": "unlabelled",
        "t/5/1/proviso": "unlabelled",
        "t/5/2/lead": "unlabelled",
        "t/5/2/i1": "encoded",
        "t/5/2/i2/lead": "unlabelled",
        "t/5/2/i2/イ": "unlabelled",
    } == states(coverage)
    # Articles 6 (its rule ended before the text's day), 7 and 8: four units, of which that of 7 is deleted and needs no label.
    assert (3, 3) == (coverage.other_articles, coverage.other_units)


ITEMS = """
provision t/5/2 in force from 2024-04-01 grade A
  duty notify of Firm
    when any of
      item i1: small  @t/5/2/i1"大きい"
      item i2: all of
        item i2/イ: asked_not  @t/5/2/i2/イ"古い"
      end  @t/5/2/i2/lead"いずれかに該当"
    end  @t/5/2/lead"次に掲げる"
    keep not small
  end
  duty set_aside of Firm
    keep small
  end
end
"""


def test_the_items_of_a_norms_condition_are_encoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their marks are those of the norm's clause; the second duty, without marks, stands on the same words and says no more."""
    monkeypatch.setattr(f"{__name__}.LAW", LAW.replace("provision t/6", ITEMS.strip() + "\nprovision t/6"))
    coverage, flaws, _ = covered(tmp_path, '"t/5/2/i2/イ" = {state = "fact", fact = "small"}\n')
    found = states(coverage)

    assert ["encoded", "encoded", "encoded", "encoded"] == [
        found[f"t/5/2/{x}"] for x in ("lead", "i1", "i2/lead", "i2/イ")
    ]
    assert "unlabelled" == found["t/5/1/proviso"]
    # a label where all is encoded is a mistake, whatever it says
    assert ["encoded at t/5/2/i2/イ" in d.message for d in flaws] == [True]


def test_a_rule_without_marks_beside_marked_ones_encodes_nothing_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of item (ii) only イ is marked; a second rule without marks does not make the lead of the item encoded."""
    rules = (
        ITEMS.replace("t/5/2 in", "t/5/2/i2 in")
        .replace('  @t/5/2/i2/lead"いずれかに該当"', "")
        .replace('  @t/5/2/lead"次に掲げる"', "")
    )
    monkeypatch.setattr(f"{__name__}.LAW", LAW.replace("provision t/6", rules.strip() + "\nprovision t/6"))
    coverage, flaws, _ = covered(tmp_path, '"t/5/2/i2/lead" = {state = "fact", fact = "small"}\n')

    assert [] == flaws
    assert ("fact", "encoded") == (states(coverage)["t/5/2/i2/lead"], states(coverage)["t/5/2/i2/イ"])


LABELS = """
"t/5/1/proviso" = {state = "fact", fact = "small"}
"t/5/1/s2" = {state = "not-encoded", reason = {ja = "帳簿の様式を読んでいない", en = "the form of books was not read"}}
"t/5/2/i2" = {state = "non-operative", kind = "confirming"}
"t/5/2/i2/イ" = {state = "encoded", reason = {ja = "第1号の規則が含む", en = "the rule of item (i) includes it"}}
"t/6" = {state = "not-encoded", reason = {ja = "改正前の規定だけを収録した", en = "only the former text is encoded"}}
"t/7" = {state = "non-operative", kind = "deleted"}
"""


def test_labels_say_what_the_other_units_are(tmp_path: Path) -> None:
    """A label reaches what is below it, and the narrowest one speaks."""
    coverage, flaws, program = covered(tmp_path, LABELS)

    assert [] == flaws
    assert {
        "t/5/1/s1": "encoded",
        "t/5/1/s2": "not-encoded",
        "t/5/1/proviso": "fact",
        "t/5/2/lead": "unlabelled",
        "t/5/2/i1": "encoded",
        "t/5/2/i2/lead": "non-operative",
        "t/5/2/i2/イ": "encoded",
        "t/6/1/main": "not-encoded",
        "t/6/1/proviso": "not-encoded",
        "t/7/1": "non-operative",
    } == states(coverage)
    japanese, english = (coverage_text([coverage], program, lang) for lang in ("ja", "en"))
    assert "計：10単位のうち収録 3、規範を含まない 2、事実として質問 1、未収録 3、表示なし 1" in japanese
    assert "このほか1条（1単位）は、収録も表示もない" in japanese
    assert "積立法第5条第1項ただし書：事実として質問「小さい会社ですか。」" in japanese
    assert "total: of 10 units, encoded 3, non-operative 2, asked as a fact 1, not encoded 3, unlabelled 1" in english
    assert "encoded ― the rule of item (i) includes it" in english
    assert "not encoded ― the form of books was not read" in english


def test_without_a_text_only_what_is_declared_is_listed(tmp_path: Path) -> None:
    """Nothing is counted then, and the page says so."""
    coverage, flaws, program = covered(tmp_path, LABELS, texts=False)

    assert [] == flaws
    assert "" == coverage.day
    assert {"t/5/1", "t/5/2/i1"} <= {a for a, state in states(coverage).items() if state == "encoded"}
    assert "単位は数えていない" in coverage_text([coverage], program, "ja")
    assert "units were not counted" in coverage_text([coverage], program, "en")


@pytest.mark.parametrize(
    ("label", "flaw"),
    [
        ('"t/5/1/s1" = {state = "not-encoded", reason = {ja = "あ", en = "a"}}', "encoded at t/5/1/s1"),
        ('"t/5" = {state = "non-operative", kind = "purpose"}', "encoded at t/5/1/s1"),
        ('"t/5/3" = {state = "fact", fact = "small"}', "no such unit in the text of 2024-04-01"),
        ('"t/6/main" = {state = "unread"}', "unknown state `unread`"),
        ('"t/6/main" = {state = "not-encoded"}', "no reason in both languages"),
        ('"t/6/main" = {state = "not-encoded", reason = "まだ"}', "no reason in both languages"),
        ('"t/6/main" = {state = "not-encoded", reason = {ja = "まだ", en = " "}}', "no reason in both languages"),
        ('"t/6/main" = {state = "encoded"}', "no reason in both languages"),
        ('"t/6/main" = {state = "non-operative"}', "no kind"),
        ('"t/6/main" = {state = "fact", fact = "smal"}', "did you mean `small`?"),
        ('"t/6/main" = {state = "fact", fact = "asked_not"}', "no question is asked for `asked_not`"),
        ('"t/6/main" = {state = "encoded", why = "x"}', "unknown field `why`"),
        ('"t/main/1" = {state = "encoded"}', "no address"),
        ('"x/1" = {state = "encoded"}', "unknown instrument"),
        ('"t/6/main" = "encoded"', "no state"),
        ('"t/6/main" = {state = "out-of-scope"}', "no reason in both languages"),
        ('"t/6..8/1" = {state = "fact", fact = "small"}', "no address"),
        ('"t/8..6" = {state = "fact", fact = "small"}', "is no range"),
        ('"t/6..x" = {state = "fact", fact = "small"}', "no address"),
        ('"t/6..9" = {state = "fact", fact = "small"}', "no such unit in the text of 2024-04-01: t/9"),
        ('"t/5..8" = {state = "out-of-scope", reason = {ja = "あ", en = "a"}}', "encoded at t/5/1/s1"),
        ("a = [", "no TOML"),
    ],
)
def test_a_label_that_does_not_hold_is_an_error_at_its_place(tmp_path: Path, label: str, flaw: str) -> None:
    """Each is told in both languages, with its line."""
    _, flaws, _ = covered(tmp_path, f"# labels\n{label}\n")

    assert {"bad-coverage"} == {d.slug for d in flaws}
    assert flaw in flaws[0].message
    assert flaws[0].span is not None and flaws[0].span.source.name == "coverage.toml"
    assert flaws[0].span.line == (1 if "no TOML" in flaw else 2)
    assert "収録状況の表示が正しくありません" in in_language(flaws[0], "ja").message


RANGES = """
"t/5/2/i1..i2" = {state = "encoded", reason = {ja = "第1号の規則が含む", en = "the rule of item (i) includes them"}}
"t/5/1/s2, t/5/1/proviso" = {state = "fact", fact = "small"}
"t/6..8" = {state = "out-of-scope", reason = {ja = "届出と公告の章である", en = "the chapter on notices"}}
"t/8" = {state = "non-operative", kind = "confirming"}
"""


@pytest.mark.parametrize("indexed", [False, True])
def test_a_label_stands_for_a_range_or_several_places(tmp_path: Path, indexed: bool) -> None:
    """6..8 reaches three articles; the label of article 8 alone speaks before the range. By the index it is the same."""
    coverage, flaws, program = covered(tmp_path, RANGES, texts=not indexed, index=indexed)

    assert [] == flaws
    assert indexed == coverage.indexed
    assert {
        "t/5/1/s1": "encoded",
        "t/5/1/s2": "fact",
        "t/5/1/proviso": "fact",
        "t/5/2/lead": "unlabelled",
        "t/5/2/i1": "encoded",
        "t/5/2/i2/lead": "encoded",
        "t/5/2/i2/イ": "encoded",
        "t/6/1/main": "out-of-scope",
        "t/6/1/proviso": "out-of-scope",
        "t/7/1": "out-of-scope",
        "t/8/1": "non-operative",
    } == states(coverage)
    assert (0, 0, 1) == (coverage.other_articles, coverage.other_units, coverage.unlabelled)
    japanese, english = (coverage_text([coverage], program, lang) for lang in ("ja", "en"))
    assert "    収録の対象外 ― 届出と公告の章である" in japanese
    assert japanese.endswith("収録も表示もない単位：全部で1\n")
    assert english.endswith("units with neither rule nor label, in all: 1\n")
    assert ("index of addresses" in english) == indexed


def test_by_the_index_a_mark_encodes_its_own_sentences_unless_a_label_says_which(tmp_path: Path) -> None:
    """The mark at 5(1) has its phrase in one of three sentences; without words all three count, but for the labelled."""
    plain, flaws, _ = covered(tmp_path / "a", "", texts=False, index=True)
    assert [] == flaws
    assert {"t/5/1/s1", "t/5/1/s2", "t/5/1/proviso", "t/5/2/i1"} == {
        a for a, s in states(plain).items() if s == "encoded"
    }
    labelled, flaws, _ = covered(tmp_path / "b", LABELS, texts=False, index=True)
    assert [] == flaws
    assert ("encoded", "not-encoded", "fact") == tuple(states(labelled)[f"t/5/1/{p}"] for p in ("s1", "s2", "proviso"))


@pytest.mark.parametrize(
    ("unit", "reached"),
    [("t/6", True), ("t/6_2", True), ("t/7", True), ("t/7_2", False), ("t/5", False), ("t/8", False)],
)
def test_a_range_reaches_the_branches_between_its_ends_and_none_after(unit: str, reached: bool) -> None:
    """第六条から第七条まで has 6-2 in it and not 7-2."""
    place = Place(None, parse(unit).article, 1)

    assert reached == read_reaches("t/6..7")[0].holds(Sentence(place, "", False))


def test_coverage_as_data(tmp_path: Path) -> None:
    """Counts add up, and every unit is cited in both languages."""
    coverage, _, program = covered(tmp_path, LABELS)
    (data,) = coverage_data([coverage], program)
    units = [unit for article in data["articles"] for unit in article["units"]]

    assert len(units) == sum(data["counts"].values()) == 10
    assert data["counts"] == {s: sum(a["counts"][s] for a in data["articles"]) for s in (*STATES, "unlabelled")}
    assert all(unit["address"]["ja"] and unit["address"]["en"] for unit in units)
    assert as_json("coverage", [data]).startswith('{\n "data"')


def test_listings_fit_the_published_schema(tmp_path: Path) -> None:
    import json

    from kitei.listings import closings

    schema = json.loads((ROOT / "docs/schema/listings.schema.json").read_text(encoding="utf-8"))
    coverage, _, program = covered(tmp_path, LABELS)
    for kind, data in (("coverage", coverage_data([coverage], program)), ("closings", closings(program))):
        jsonschema.Draft202012Validator(schema).validate(json.loads(as_json(kind, data)))


def test_kinds_that_oblige_nobody_are_listed_in_both_languages() -> None:
    assert all(ja and en for ja, en in NON_OPERATIVE.values())


# --------------------------------------------------------------------------- the collected law


@pytest.fixture(scope="module")
def collected() -> dict[str, Coverage]:
    """The coverage of the collected law by its indexes of addresses, without any text."""
    law = ROOT / "statutes" / "jp"
    covered, found = cover(load(law)[0].core, law, None)
    assert [] == [d.message for d in found], "a label of a wrong state or kind, without fact or reason, or at no unit"
    return {c.instrument: c for c in covered}


def test_a_label_of_the_collected_law_speaks_of_its_unit(collected: dict[str, Coverage]) -> None:
    labels = [u for c in collected.values() for a in c.articles for u in a.units if u.label is not None]

    assert {"fibo/118/1/lead", "fibo/118/1/i1/lead"} <= {u.address for u in labels}
    units = (u for c in collected.values() for a in c.articles for u in a.units)
    encoded = {u.address for u in units if u.state == "encoded" and u.label is None}
    assert {"psa/63_17/1/i1", "psa/63_22_20/1/i2", "psa/63_22_14/1/i2"} <= encoded


@pytest.mark.parametrize("instrument", ["psa", "psao", "cao", "med", "fiea", "fieo", "fibo", "cc", "hol", "frac"])
def test_no_unit_of_a_collected_law_is_without_rule_or_label(collected: dict[str, Coverage], instrument: str) -> None:
    covered = collected[instrument]
    silent = [u.address for article in covered.articles for u in article.units if u.state == "unlabelled"]

    assert covered.day, f"{instrument} has no index of addresses"
    assert 0 == len(silent) + covered.other_units, (
        f"first without rule or label: {[*silent, 'an article without any'][0]}"
    )

"""Findings as JSON, SARIF and annotations; explanations whose examples are run; the list of closings."""

import json
import re
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest

from kitei.findings import FORMS, as_annotations, as_json, as_sarif
from kitei.listings import closings, closings_text
from kitei.world import Program
from kitei_dsl.codes import CODES
from kitei_dsl.diagnostics import Diagnostic, diagnostic
from kitei_dsl.diagnostics_page import diagnostics_page, example_in, explained
from kitei_dsl.library import library
from kitei_dsl.mistakes import EXAMPLES, TEXT, VOCABULARY
from kitei_dsl.pipeline import check_all, check_files, compile_sources
from kitei_dsl.source import Source, Span
from typed import Printed, typed

ROOT = Path(__file__).resolve().parent.parent
CHECK = json.loads((ROOT / "docs/schema/check.schema.json").read_text(encoding="utf-8"))

#: What SARIF 2.1.0 requires of the objects we write, after section 3 of the standard.
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": {"$ref": "#/$defs/run"}},
    },
    "$defs": {
        "run": {
            "type": "object",
            "required": ["tool"],
            "properties": {
                "tool": {"required": ["driver"], "properties": {"driver": {"$ref": "#/$defs/component"}}},
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
            },
        },
        "component": {
            "required": ["name"],
            "properties": {
                "language": {"pattern": "^[a-z]{2}(-[A-Z]{2})?$"},
                "semanticVersion": {"type": "string"},
                "rules": {"type": "array", "uniqueItems": True, "items": {"required": ["id"]}},
            },
        },
        "message": {"required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}},
        "result": {
            "required": ["message"],
            "properties": {
                "message": {"$ref": "#/$defs/message"},
                "level": {"enum": ["none", "note", "warning", "error"]},
                "ruleIndex": {"type": "integer", "minimum": -1},
                "locations": {"type": "array", "items": {"$ref": "#/$defs/location"}},
                "relatedLocations": {"type": "array", "items": {"$ref": "#/$defs/location"}},
            },
        },
        "location": {
            "properties": {
                "id": {"type": "integer", "minimum": -1},
                "physicalLocation": {
                    "required": ["artifactLocation"],
                    "properties": {
                        "artifactLocation": {"properties": {"uri": {"type": "string", "pattern": "^[!-~]+$"}}},
                        "region": {
                            "properties": {
                                k: {"type": "integer", "minimum": 1}
                                for k in ("startLine", "startColumn", "endLine", "endColumn")
                            }
                        },
                    },
                },
            }
        },
    },
}

LAW = """kind Firm (会社) end
attribute a of Frim is truth end
provision t/1 in force from 2020-01-01 grade A
  define fee of Firm is 1 yen
provision t/2 in force from 2020-01-01 grade A end
"""


def found(text: str = LAW) -> list[Diagnostic]:
    return check_all([Source("法令/a b.kitei", text)])[1]


# --------------------------------------------------------------------------- forms


def test_json_fits_its_schema_and_is_in_both_languages() -> None:
    """The schema is published; place and related places are told."""
    data = json.loads(as_json(found(), "en", "statutes/"))
    jsonschema.Draft202012Validator(CHECK).validate(data)
    (mistake,) = data["data"]

    assert "unexpected-word" == mistake["slug"]
    assert "ここに`provision`を書くことはできません" == mistake["ja"]["message"]
    assert {"file": "statutes/法令/a b.kitei", "line": 5, "column": 1, "end_line": 5, "end_column": 10} == mistake[
        "place"
    ]
    assert 4 == mistake["related"][0]["place"]["line"]
    assert "このまとまりが閉じられていません" == mistake["related"][0]["ja"]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_sarif_has_what_the_standard_requires(lang: str) -> None:
    """One rule a slug; indices, levels and places agree."""
    everything = [d for slug in EXAMPLES for d in found(VOCABULARY + EXAMPLES[slug].wrong[:10_000])]
    log = json.loads(as_sarif(everything, lang))
    jsonschema.Draft202012Validator(SARIF).validate(log)
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]

    assert len(everything) == len(run["results"]) > 40
    assert sorted(set(rules)) == rules
    for d, result in zip(everything, run["results"], strict=True):
        assert (d.slug, d.severity) == (rules[result["ruleIndex"]], result["level"])
        place = result["locations"][0]["physicalLocation"]
        assert d.span is not None
        assert d.span.line == place["region"]["startLine"]
        assert "法令/a b.kitei" == unquote(place["artifactLocation"]["uri"])


def test_annotations_cannot_be_broken_by_what_the_law_says() -> None:
    """A percent sign, a line break, a comma or a colon of the input stays inside its field."""
    source = Source("a,b:c%.kitei", "x\n")
    nasty = diagnostic("unknown-kind", Span(source, 0, 1), name="50%::error::x", near="one\ntwo")
    (line,) = as_annotations([nasty], "en").splitlines()

    assert line.startswith("::error ")
    properties, _, message = line.removeprefix("::error ").partition("::")
    assert {"file": "a%2Cb%3Ac%25.kitei", "line": "1", "col": "1", "endLine": "1", "endColumn": "2",
            "title": "kitei unknown-kind"} == dict(p.split("=", 1) for p in properties.split(","))  # fmt: skip
    assert "no kind of entity is called `50%25::error::x` (one%0Atwo)" == message


def test_severities_of_annotations() -> None:
    note = diagnostic("closing", None, name="a", value="false", address="t/1")
    warning = diagnostic("hidden-keyword", None, name="and甲", word="and", mended="and 甲")

    assert ["::notice title=kitei closing::", "::warning title=kitei hidden-keyword::"] == [
        re.sub(r"(?<=::).*$", "", line.replace("::", "\0", 1)).replace("\0", "::")
        for line in as_annotations([note, warning], "en").splitlines()
    ]


def test_nothing_found_is_a_valid_report() -> None:
    assert "" == as_annotations([], "en")
    assert [] == json.loads(as_sarif([], "en"))["runs"][0]["results"]
    assert {"schema": "kitei/check@1", "data": []} == json.loads(as_json([], "en"))


def test_every_form_is_the_same_bytes_twice() -> None:
    assert all(form(found(), "ja", "") == form(found(), "ja", "") for form in FORMS.values())


# --------------------------------------------------------------------------- the command


def kitei(*args: str, lang: str = "en") -> Printed:
    return typed(["kitei", *args], ROOT, lang)


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    (tmp_path / "bad.kitei").write_text("kind Firm end\nattribute a of Frim is truth end\n", encoding="utf-8")
    return tmp_path


def test_check_speaks_the_readers_language(bad: Path) -> None:
    """--lang, else KITEI_LANG; the summary too."""
    asked, by_default = kitei("check", str(bad), "--lang", "ja"), kitei("check", str(bad), lang="ja")

    assert asked.stdout == by_default.stdout
    assert "誤り[unknown-kind]: `Frim`という種類はありません" in asked.stdout
    assert "`Firm`のことではありませんか" in asked.stdout
    assert "誤り1、警告0" in asked.stderr
    assert "error[unknown-kind]" in kitei("check", str(bad)).stdout


def test_fmt_and_run_tell_mistakes_in_japanese_too(tmp_path: Path) -> None:
    (tmp_path / "a.kitei").write_text("kind 5 end\n", encoding="utf-8")
    facts = str(ROOT / "statutes/jp/examples/dmm.facts.yaml")

    assert "ここに`5`を書くことはできません" in kitei("fmt", str(tmp_path), "--lang", "ja").stderr
    assert "ここに`5`を書くことはできません" in kitei("run", facts, "--lang", "ja", "--statutes", str(tmp_path)).stderr


@pytest.mark.parametrize(("form", "begins"), [("sarif", "{"), ("github", "::error "), ("json", "{")])
def test_check_prints_its_forms(bad: Path, form: str, begins: str) -> None:
    """Standard output is the report alone, and files are named so that they are found."""
    done = kitei("check", str(bad), "--format", form)

    assert 1 == done.returncode
    assert done.stdout.startswith(begins)
    assert f"{bad.as_posix()}/bad.kitei" in done.stdout.replace("%3A", ":")


def test_an_unknown_slug_is_wrong_use() -> None:
    done = kitei("check", "--explain", "unknown-nam")

    assert 2 == done.returncode
    assert "did you mean `unknown-name`" in done.stderr


def test_a_file_is_written_in_the_other_skin_and_back(tmp_path: Path) -> None:
    file = tmp_path / "a.kitei"
    file.write_text('kind Firm (会社)\n  label ja "会社"\nend\n', encoding="utf-8")
    codes = [kitei("fmt", "--skin", "ja", str(file)).returncode]
    japanese = file.read_text(encoding="utf-8")
    codes += [kitei("fmt", "--check", str(file)).returncode, kitei("fmt", "--skin", "en", str(file)).returncode]

    assert [0, 0, 0] == codes
    assert '種類 Firm (会社)\n  名称 和文 "会社"\n終わり\n' == japanese
    assert 'kind Firm (会社)\n  label ja "会社"\nend\n' == file.read_text(encoding="utf-8")


# --------------------------------------------------------------------------- explanations


def slugs_of(text: str, tmp_path: Path, encoding: str, official: str | None, earlier: str | None = None) -> set[str]:
    """Check a law beside the vocabulary of the examples, as files, with the official texts where there are some."""
    from kitei_dsl.against import check_against
    from kitei_dsl.coverage import cover
    from kitei_dsl.standing import check_index

    law, texts = tmp_path / "law", tmp_path / "texts"
    law.mkdir()
    texts.mkdir()
    (law / "vocabulary.kitei").write_text(VOCABULARY, encoding="utf-8")
    name = (
        "coverage.toml" if text.startswith('"') else "addresses.txt" if text.startswith("kitei/") else "example.kitei"
    )
    (law / name).write_bytes(text.encode(encoding))
    for day, content in (("20200401", earlier), ("20240401", official)):
        if content is not None:
            form = "xml" if content.startswith("<") else "md"
            (texts / f"999AC0000000001_{day}_505AC0000000001.{form}").write_text(content, encoding="utf-8")
    sources, unreadable = library(law)
    program, checked, files = check_files(sources, texts if official is not None else None)
    compared = check_against(program, files, law, texts).diagnostics if official is not None and files else []
    indexed = check_index(program, files, law) if files else []
    return {d.slug for d in (*unreadable, *checked, *compared, *indexed, *cover(program, law, None)[1])}


def test_every_diagnostic_is_explained() -> None:
    assert set(CODES) == set(EXAMPLES)


@pytest.mark.parametrize("slug", sorted(EXAMPLES))
def test_the_wrong_example_gets_its_slug(slug: str, tmp_path: Path) -> None:
    example = EXAMPLES[slug]

    assert slug in slugs_of(example.wrong, tmp_path, example.encoding, example.text, example.earlier)


@pytest.mark.parametrize("slug", sorted(EXAMPLES))
def test_the_mended_example_is_free_of_mistakes(slug: str, tmp_path: Path) -> None:
    """Not only of its own slug: a mended law may still get notes, and nothing else."""
    example = EXAMPLES[slug]
    found = slugs_of(example.mended, tmp_path, "utf-8", example.mended_text or example.text, example.earlier)

    assert slug not in found
    assert {"note"} >= {CODES[s].severity for s in found}


@pytest.mark.parametrize("slug", sorted(EXAMPLES))
def test_explanations_are_in_both_languages(slug: str) -> None:
    """No field is left open, nothing invisible is printed."""
    for lang, heads in (("ja", ("内容：", "理由：")), ("en", ("what: ", "why: "))):
        text = explained(slug, lang)

        assert all(head in text for head in heads)
        assert not re.search(r"\{\w+\}|\u202e", text)
        assert len(text) < 3_000


def test_the_text_of_the_examples_is_no_official_one() -> None:
    assert len(TEXT) < 120


def test_the_page_of_diagnostics_is_current() -> None:
    assert diagnostics_page() == (ROOT / "docs/diagnostics.md").read_text(encoding="utf-8")


# --------------------------------------------------------------------------- closings

CLOSINGS = """
instrument t type act status enacted title ja "試験法" en "Test Act" end
kind Firm (会社) end
attribute small of Firm is truth end
term covered (対象会社) of Firm is truth label ja "対象会社" en "covered firm" end
term fee (手数料) of Firm is yen label ja "手数料" en "fee" end
provision t/1 in force from 2024-04-01 grade A
  define covered of Firm means small end
end
provision t/2 in force from 2024-04-01 until 2026-04-01 grade B
  otherwise fee is 500 yen
end
"""


def test_every_closing_is_listed_with_address_value_and_grade() -> None:
    """`means` gives false, `otherwise` its value; both languages say so."""
    program = Program(compile_sources([Source("t.kitei", CLOSINGS)])[0], "")
    listed = closings(program)
    covered, fee = sorted(listed, key=lambda c: c["address"]["id"])

    assert 2 == len(listed)
    assert ("t/1", "covered", "false", "A") == (
        covered["address"]["id"], covered["name"], covered["value"]["en"], covered["grade"])  # fmt: skip
    assert ("t/2", "fee", "500円", "B", "2026-04-01") == (
        fee["address"]["id"], fee["name"], fee["value"]["ja"], fee["grade"], fee["until"])  # fmt: skip
    assert "いずれの定めも働かないとき、対象会社（covered）：該当しない" in closings_text(program, "ja")
    assert "where nothing applies, fee (fee): 500 yen" in closings_text(program, "en")
    assert "grade B, in force from 2024-04-01 until 2026-04-01, t.kitei:11:3" in closings_text(program, "en")


def test_examples_in_the_japanese_explanation_are_in_japanese() -> None:
    """Keywords, types, units and names; the wrong one still gets its diagnostic, which speaks of its own words."""
    told = explained("wrong-type", "ja")

    assert "定義 手数料 対象 会社 は 5% * 資産 終わり" in told
    assert "define" not in told and "Firm" not in told
    assert "define fee of Firm is 5% * assets end" in explained("wrong-type", "en")
    assert "`小規模`" in explained("wrong-kind", "ja").split("\n\n")[1]
    # the line that cannot be read is told word by word
    assert "defne 手数料 対象 会社 は 1,000円 終わり" in explained("unexpected-word", "ja")
    assert "定義 手数料 対象 会社 は 1,000円 終わり" in explained("unexpected-word", "ja")


def test_only_what_is_no_law_or_cannot_be_shown_stays_as_it_is() -> None:
    """Other files, and mistakes that no Japanese text could have."""
    same = {slug for slug in EXAMPLES if example_in(slug, "ja") == example_in(slug, "en")}
    shown = {slug for slug in EXAMPLES if EXAMPLES[slug].shown}

    assert {"bad-index", "citation-moved", "too-much-applied"} | shown == same | shown

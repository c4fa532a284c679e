"""Templates, the schema of facts, facts read back in words, and what can matter for a goal."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from kitei.answer import Ask, answer
from kitei.cases import case_facts, compile_case, read_cases
from kitei.citing import Citer
from kitei.cli import kitei
from kitei.document import as_text
from kitei.facts_read import read_facts, untouched
from kitei.forms.matters import matters
from kitei.forms.readback import read_back
from kitei.forms.schema import facts_schema
from kitei.forms.template import template
from kitei.ruleset import load
from kitei.wording import Lang
from kitei.world import Program
from kitei_dsl.codec import digest
from kitei_dsl.pipeline import compile_sources
from kitei_dsl.source import Source

ROOT = Path(__file__).resolve().parent.parent
DMM = ROOT / "statutes/jp/examples/dmm.facts.yaml"
LAW = """
instrument t type act title ja "試験法" en "Test Act" end
instrument b type act status proposed title ja "案" en "Bill" end
enumeration Colour value red (赤) value blue end
kind Firm (会社) label ja "会社" en "firm" end
kind Order (命令) dated by issued end
attribute licensed (免許) of Firm is truth label ja "免許" en "licence" question ja "免許がありますか。" en "Is there a licence?" cite t/1 end
attribute fair (公正) of Firm is truth evaluation label ja "公正" en "fairness" end
attribute money (金額) of Firm is yen label ja "資本の額" en "capital" end
attribute colour of Firm is Colour label ja "色" en "colour" end
attribute unread of Firm is truth end
attribute issued (発令日) of Order is date label ja "発令日" en "day of issue" end
attribute obeyed (履行日) of Order is date if any label ja "履行日" en "day obeyed" end
relation orders role order (命令一覧) many Order label ja "命令" en "orders" question ja "命令は。" en "Which orders?" role addressee one Firm end
term small (小規模) of Firm is truth label ja "小規模" en "small" end
term busy of Firm is truth end
world current end
world bill suppose b in force from 2024-01-01 end
provision t/1 in force from 2020-01-01 grade A define small of Firm means money < 100 yen end end
provision b/1 in force from 2024-01-01 grade A define small of Firm when colour = red is true end end
provision t/2 in force from 2020-01-01 grade A
  define busy of Firm means small and (some o in order: has obeyed of o) end
end
"""


@pytest.fixture(scope="module")
def corpus() -> Program:
    return load(ROOT / "statutes/jp")[0]


def compiled(law: str) -> Program:
    core, found = compile_sources([Source("t.kitei", law)])
    assert not [d for d in found if d.severity == "error"], [d.message + d.help for d in found]
    return Program(core, digest(core))


@pytest.fixture(scope="module")
def law() -> Program:
    return compiled(LAW)


# --------------------------------------------------------------------------- templates


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_template_says_nothing_until_it_is_filled_in(corpus: Program, lang: Lang) -> None:
    """As written it is valid and tells no fact; every `unknown` of a truth replaced by `true`, it tells those facts."""
    wanted = dict.fromkeys(corpus.kinds, 1)
    text = template(corpus, wanted, lang)
    facts, problems = read_facts(text.encode(), "t.yaml", corpus.core)
    truths = {n for a in corpus.core.attributes if a.type == "truth" for n in (a.name, a.alias)}
    filled = re.sub(
        r"^    (\S+): unknown$", lambda m: f"    {m[1]}: true" if m[1] in truths else m[0], text, flags=re.M
    )
    told, found = read_facts(filled.encode(), "t.yaml", corpus.core)

    assert [] == problems == found
    assert {} == facts.records
    assert sorted(corpus.kinds) == sorted(facts.kinds.values())
    assert sorted(a.name for a in corpus.core.attributes if a.type == "truth") == sorted(
        name for _, name in told.records
    )


def test_a_template_asks_with_type_class_and_citation(law: Program) -> None:
    """Each fact has its question, what may be written, its class and citation, in the language asked for."""
    ja, en = (template(law, {"Firm": 1, "Order": 2}, lang) for lang in ("ja", "en"))

    assert (
        "    # 免許がありますか。\n    # 事実。true（はい）又は false（いいえ）。試験法第1条\n    免許: unknown\n" in ja
    )
    assert "    # Is there a licence?\n    # fact; true or false; Test Act art. 1\n    licensed: unknown\n" in en
    assert "    # colour\n    # fact; red (red), blue (blue)\n    colour: unknown\n" in en
    assert "    # 履行日\n    # 事実。日付（例 2026-11-22。なければ「なし」）\n    履行日: unknown\n" in ja
    assert "    命令一覧: {members: [命令1, 命令2], complete: false}\n" in ja
    assert "evaluation; true or false" in en
    assert "addressee" not in en


# --------------------------------------------------------------------------- what can matter


@pytest.mark.parametrize(
    ("goal", "world", "expected"),
    [
        ("small", "current", {"money"}),
        ("小規模", "current", {"money"}),
        # as the page prints it, with its number
        ("[4] Small", "current", {"money"}),
        # under the bill colour counts too
        ("small", "bill", {"money", "colour"}),
        # the list of orders may be told from either side, and an order counts from its day
        ("busy", "current", {"money", "order", "addressee", "issued", "obeyed"}),
    ],
)
def test_what_can_matter_for_a_goal(law: Program, goal: str, world: str, expected: set[str]) -> None:
    """What the provisions that count read, and what these rest on; nothing else."""
    assert expected == matters(law, [goal], world)


@pytest.mark.parametrize(
    ("world", "text", "every"), [("current", None, 4), ("enacted", "2027-06-01", 1), ("seed-article", "2025-11-25", 4)]
)
def test_nothing_that_an_answer_reads_is_left_out(corpus: Program, world: str, text: str | None, every: int) -> None:
    """For a norm in so many: each fact a derivation reads, or that would settle it, is among those that can matter."""
    facts, _ = read_facts(DMM.read_bytes(), DMM.name, corpus.core)
    seen, ids = 0, "|".join(facts.kinds)
    for norm in list(corpus.norm_names)[::every]:
        data = answer(corpus, facts, Ask("2024-05-31", text, "2026-11-22", world, (), (norm,)))["data"]
        told = [data["derivation"], data["would_settle"], data["norms"]]
        kept = matters(corpus, [norm], world)
        named = set(re.findall(rf'"(?:{ids})\.(\w+)"', json.dumps(told)))
        read = {n for n in named if n in corpus.attributes or n in corpus.roles}
        seen += len(read)
        assert set() == read - kept, norm

    assert seen > 5


def test_the_template_for_a_goal_asks_only_what_matters(law: Program) -> None:
    """Of the firm's facts only the one that the goal rests on is asked."""
    run = CliRunner().invoke(kitei, ["facts", "new", "Operator", "--goal", "submit_annual_report", "--lang", "en"])

    assert 0 == run.exit_code
    assert "    psa_registered: unknown\n" in run.stdout
    assert "fiea_registered" not in run.stdout
    assert "BusinessYear" in run.stderr
    text = template(law, {"Firm": 1}, "en", matters(law, ["small"], "current"))
    assert ["money"] == re.findall(r"^    (\w+): unknown", text, flags=re.M)


# --------------------------------------------------------------------------- read back

CASE = """
as_of: 2024-05-31
subject: kou
entities:
  kou:
    kind: Firm
    name: {ja: 甲社, en: Company A}
    licensed: {value: true, from: 2024-04-01, to: 2025-04-01, source: "登記\\u202e"}
    fair: true
    money: 1億円
    colour: red
    order: [o1]
  o1: {kind: Order, obeyed: none}
"""


def test_facts_are_read_back_in_words(law: Program) -> None:
    """Labels, values, periods, sources; what is not told; an evaluation without its author; a list not said to be all."""
    facts, problems = read_facts(CASE.encode(), "case.yaml", law.core)
    ja, en = (as_text(read_back(law, facts, lang), 200) for lang in ("ja", "en"))

    assert [] == problems
    for line in (
        "会社：甲社（kou）",
        "・免許：はい（令和6年4月1日（2024-04-01）から、令和7年4月1日（2025-04-01）の前日まで）",
        "  ・出典：登記\\u202e",
        "・公正：はい",
        "  ・評価ですが、評価した者と理由の両方は書かれていません。",
        "・資本の額：100,000,000円",
        "・命令：o1（全部とは述べられていない）",
        "・履行日：なし",
        "・発令日（発令日）",
        "対象 2 件について、事実 7 件を読み取りました。質問 2 件には答えがありません。",
    ):
        assert line in ja.splitlines(), line
    for line in (
        "firm: Company A (kou)",
        "- licence: yes (from 2024-04-01, until the day before 2025-04-01)",
        "- capital: JPY 100,000,000",
        "- orders: o1 (not said to be all)",
        "- day obeyed: none",
        "- day of issue (issued)",
        "7 facts about 2 entities were read; 2 questions have no answer.",
    ):
        assert line in en.splitlines(), line


# --------------------------------------------------------------------------- schema


class _CoreLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML as editors read it (1.2 core): days are texts, `yes` is a text."""


_CoreLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"true|false", "tf"), ("int", r"-?[0-9]+", "-0123456789"), ("float", r"-?[0-9]+\.[0-9]+", "-0123456789"), ("null", r"null|~|", ["n", "~", ""]),
):  # fmt: skip
    _CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first))


def data_of(text: str) -> Any:
    return yaml.load(text, Loader=_CoreLoader)


@cache
def validator(program: Program) -> jsonschema.Draft202012Validator:
    schema = facts_schema(program)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_the_published_schema_is_current(corpus: Program) -> None:
    """docs/schema/facts.schema.json is what `kitei facts schema` prints for the collected law."""
    published = (ROOT / "docs/schema/facts.schema.json").read_text(encoding="utf-8")

    assert json.dumps(facts_schema(corpus), ensure_ascii=False, indent=1) + "\n" == published


def test_real_facts_fit_the_schema(corpus: Program) -> None:
    """The example, every facts fence of the scenarios, and the templates are valid."""
    check = validator(corpus)
    check.validate(data_of(DMM.read_text(encoding="utf-8")))
    seen = 0
    for path in sorted((ROOT / "statutes/jp").rglob("scenarios*.md")):
        for case in read_cases(path):
            if case.facts and not case.facts.options and not case_facts(case, path.parent, corpus)[1]:
                check.validate(data_of(case.facts.text))
                seen += 1
    for lang in ("ja", "en"):
        check.validate(data_of(template(corpus, dict.fromkeys(corpus.kinds, 2), lang)))

    assert seen > 20


def test_facts_of_the_vocabulary_chapter_fit_the_schemas_of_their_laws() -> None:
    """Names in Japanese, every type of value, dated records: what the reader reads, the schema of that law allows."""
    seen = 0
    for path in sorted((ROOT / "docs/language").glob("03*.md")):
        for case in read_cases(path):
            program, failures = compile_case(case)
            if program is None or failures or case.facts is None or case.facts.options:
                continue
            if not case_facts(case, path.parent, program)[1]:
                validator(program).validate(data_of(case.facts.text))
                seen += 1

    assert seen > 5


@pytest.mark.parametrize(
    "line",
    [
        "licenced: true", "licensed: perhaps", "licensed: none", "money: 1億", "money: 1.5", "money: 約一億円", "colour: green", "免許: {vlaue: true}",
        "免許: {from: 2024-04-01}", "免許: {value: true, from: 4/1/2024}", "order: {members: [o1], complete: maybe}", "kind: Frim", "name: {jp: 甲}",
    ],
)  # fmt: skip
def test_the_schema_marks_what_the_reader_refuses(law: Program, line: str) -> None:
    """A mistake in a name, a value or a field is marked in the editor, as it is refused when read."""
    kind = "" if line.startswith("kind") else "kind: Firm, "
    text = f"entities: {{kou: {{{kind}{line}}}, o1: {{kind: Order}}}}"
    marked = list(validator(law).iter_errors(data_of(text)))
    _, refused = read_facts(text.encode(), "f.yaml", law.core)

    if line == "money: 1億":
        # a good amount, so neither may complain
        assert [] == marked == refused
        return
    assert marked
    assert refused


@pytest.mark.parametrize("line", ["金額: 5億1円", "money: 500,000,001円", "money: 7", "money: [{value: 1, to: 2024-01-01}, {value: 2, from: 2024-01-01}]",
                                  "免許: 不明", "order: o1", "命令一覧: {members: [], complete: true}", "colour: 赤", "name: 甲社"])  # fmt: skip
def test_the_schema_allows_what_the_reader_reads(law: Program, line: str) -> None:
    """Both spellings of names and values, and every way of writing an amount."""
    text = f"entities:\n  kou:\n    kind: 会社\n    {line}\n  o1: {{kind: Order}}\n"

    assert [] == read_facts(text.encode(), "f.yaml", law.core)[1]
    validator(law).validate(data_of(text))


# --------------------------------------------------------------------------- the page

PAGE = (ROOT / "docs/giving-facts.md").read_text(encoding="utf-8")
JAPANESE = (ROOT / "docs/giving-facts.ja.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", [PAGE, JAPANESE], ids=["en", "ja"])
def test_the_examples_of_the_page_are_read(corpus: Program, page: str) -> None:
    """Every file the page shows is valid facts of the collected law."""
    shown = re.findall(r"^```(yaml|json)\n(.*?)^```", page, flags=re.M | re.S)

    assert 4 == len(shown)
    for ending, text in shown:
        assert [] == read_facts(text.encode(), f"f.{ending}", corpus.core)[1]


def test_the_mistakes_of_the_page_are_told_as_it_says(corpus: Program) -> None:
    """The page shows what is said of its wrong example, in English and in Japanese."""
    wrong, en, ja = re.findall(r"^```(?:yaml wrong|text)\n(.*?)^```", PAGE, flags=re.M | re.S)
    _, problems = read_facts(wrong.encode(), "facts.yaml", corpus.core)
    citer = Citer(corpus)

    assert en.splitlines() == [p.say("en", citer.en) for p in problems]
    assert ja.splitlines() == [p.say("ja", citer.ja) for p in problems]
    assert [wrong, ja] == re.findall(r"^```(?:yaml wrong|text)\n(.*?)^```", JAPANESE, flags=re.M | re.S)


# --------------------------------------------------------------------------- what a form was made for


def test_without_a_goal_only_what_the_law_that_counts_asks_is_untold(tmp_path: Path) -> None:
    """The bill alone reads the colour; no norm reads it now, none reads what is unread. --all lists both."""
    law = LAW.replace("world current end", "norm keep of Firm end\nworld current end")
    law += "provision t/3 in force from 2020-01-01 grade A duty keep of Firm when small or busy keep fair end end\n"
    (tmp_path / "t.kitei").write_text(law)
    (tmp_path / "f.yaml").write_text(
        "entities:\n  f: {kind: Firm, money: 5, orders: unknown}\n".replace("orders: unknown", "免許: true")
    )

    def untold(*options: str) -> set[str]:
        ran = CliRunner(env={"KITEI_LANG": "en"}).invoke(
            kitei, ["facts", "check", str(tmp_path / "f.yaml"), "--statutes", str(tmp_path), *options]
        )
        assert 0 == ran.exit_code, ran.output
        return {n for n in ("fair", "colour", "unread", "order") if f"({n}" in ran.output}

    assert {"fair", "order"} == untold()
    assert {"fair", "order", "colour"} == untold("--world", "bill")
    assert {"fair", "order", "colour", "unread"} == untold("--all")


def test_the_kinds_are_listed_and_a_kind_is_found_by_what_it_is_called(tmp_path: Path) -> None:
    """Of a firm five facts and its orders are asked, of an order two facts (to whom it is addressed is told of the firm)."""
    (tmp_path / "t.kitei").write_text(LAW.replace("issued end", 'issued label ja "措置命令" en "cease order" end', 1))

    def told(lang: str, *kinds: str) -> list[str]:
        run = CliRunner(env={"KITEI_LANG": lang}).invoke
        return run(kitei, ["facts", "new", *kinds, "--statutes", str(tmp_path)]).output.splitlines()

    assert ["Firm  firm: 6 questions", "Order  cease order: 2 questions"] == told("en")
    assert ["会社  会社：質問6", "命令  措置命令：質問2"] == told("ja")
    assert "did you mean Order (措置命令 / cease order)" in told("en", "Cease Order")[-1]
    assert told("en", "Bank")[-1].endswith("no kind of entity is called `Bank`; list them with `kitei facts new`")


def test_a_template_carries_its_goal_and_check_counts_what_remains_for_it(tmp_path: Path) -> None:
    """Made for `small`, which rests on `money` alone: one answer is missing, then none; --all asks the other questions too."""
    law = tmp_path / "law"
    law.mkdir()
    (law / "t.kitei").write_text(LAW)
    run = CliRunner(env={"KITEI_LANG": "en"}).invoke
    made = run(kitei, ["facts", "new", "Firm", "--goal", "小規模", "--world", "bill", "--statutes", str(law)]).stdout
    file = tmp_path / "f.yaml"

    def checked(text: str, *more: str) -> str:
        file.write_text(text)
        return " ".join(run(kitei, ["facts", "check", str(file), *more, "--statutes", str(law)]).stdout.split())

    assert "made_for: {goals: [small], world: bill}" in made
    assert "What this template is for: small" in made
    assert "Asked about: small (world: bill)." in checked(made)
    assert "2 questions have no answer yet that can matter for this goal" in checked(made)
    told = made.replace("money: unknown", "money: 5").replace("colour: unknown", "colour: red")
    assert "every question that can matter for this goal has an answer" in checked(told)
    assert "Asked about" not in checked(told, "--all")
    assert "Is there a licence?" in checked(told, "--all")
    assert "Is there a licence?" not in checked(told)
    # whether there are orders; what it is worth is told
    assert "1 question has no answer yet that can matter for this goal" in checked(told, "--goal", "busy")
    # what an interview has saved is looked over for what it asked about
    assert "Asked about: busy" in checked("entities: {a: {kind: Firm}}\ninterview: {goals: [busy]}\n")


@pytest.mark.parametrize(
    ("made_for", "words"),
    [
        ("{goals: [{a: b}]}", "`goals` under `made_for` lists names of norms or terms"),
        ("{goal: [small]}", "`goal`"),
        ("{world: [bill]}", "made_for.world"),
    ],
)
def test_what_a_form_was_made_for_is_read_with_care(law: Program, made_for: str, words: str) -> None:
    _, problems = read_facts(f"made_for: {made_for}\nentities: {{a: {{kind: Firm}}}}".encode(), "t.yaml", law.core)

    assert [True] == [words in p.message for p in problems]


def test_what_a_form_was_made_for_changes_no_answer(law: Program) -> None:
    """It says nothing of the case: with a goal nobody knows the facts are read, and answered the same."""
    text = "entities: {a: {kind: Firm, money: 5}}"
    plain, _ = read_facts(text.encode(), "t.yaml", law.core)
    made, problems = read_facts(f"made_for: {{goals: [gone]}}\n{text}".encode(), "t.yaml", law.core)
    data = [
        answer(law, f, Ask("2024-05-31", None, None, "current", (), ("small",)))["data"]["terms"] for f in (plain, made)
    ]

    assert [] == problems
    assert data[0] == data[1]


@pytest.mark.parametrize(
    ("change", "blank"),
    [
        (("", ""), True),
        # a day, a name and a member listed answer no question
        (("as_of: unknown", "as_of: 2024-05-31"), True),
        (("免許: unknown", "免許: はい"), False),
        (("complete: false", "complete: true"), False),
    ],
)
def test_a_template_nobody_filled_in_is_said_to_be_one(law: Program, change: tuple[str, str], blank: bool) -> None:
    text = template(law, {"Firm": 1, "Order": 1}, "ja").replace(*change)
    facts, problems = read_facts(text.encode(), "t.yaml", law.core)
    found = untouched(facts, law.core)

    assert [] == problems
    assert blank == (found is not None)
    if found is not None:
        assert found.say("ja").startswith("t.yaml: 注意：まだ何も記入されていません。`unknown` を答えに置き換えて")


def test_facts_that_nobody_calls_a_form_are_not_said_to_be_one(law: Program) -> None:
    """An entity of which nothing is told, and nothing is said to be unknown, is what somebody meant to write."""
    facts, _ = read_facts(b"entities: {a: {kind: Firm}}", "t.yaml", law.core)

    assert untouched(facts, law.core) is None


@pytest.mark.parametrize(
    ("line", "slug", "ja", "en"),
    [
        ("{kind: Firm, money: 5,000}", "split-amount", "額を引用符で囲んでください", "put it in quotes"),
        (
            "{kind: Firm, money: {value: 5,000,000円, source: x}}",
            "split-amount",
            "額を引用符で囲んでください",
            "put it in quotes",
        ),
        (
            "{kind: Firm, order: [o1、o2]}",
            "wide-comma",
            "[o1, o2] と書いてください",
            "write [o1, o2] with plain commas",
        ),
        (
            "{kind: Firm, order: [o3]}",
            "no-entity",
            "という呼び名のものは entities にありません",
            "no entity is called `o3`",
        ),
        ("\n    kind： Firm", "wide-colon", "全角です", "a full-width"),
    ],
)
def test_commas_and_colons_of_another_keyboard_are_told(law: Program, line: str, slug: str, ja: str, en: str) -> None:
    """An amount cut by a comma inside braces is told once; a list parted by 、 is shown as it is written."""
    text = f"entities:\n  kou: {line}\n  o1: {{kind: Order}}\n  o2: {{kind: Order}}\n"
    _, problems = read_facts(text.encode(), "f.yaml", law.core)

    assert [slug] == [
        p.slug for p in problems if not (p.slug == slug and p is not problems[0] and str(p) == str(problems[0]))
    ]
    assert ja in problems[0].say("ja") and en in problems[0].say("en")

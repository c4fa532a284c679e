"""Prose keeps its promises: links and paths exist, consoles print what they show, every diagnostic and operator is shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from kitei import meanings
from kitei.cases import Case, read_cases, run_case
from kitei.citing import Citer
from kitei.resolution import kleene_and, kleene_not, kleene_or
from kitei.ruleset import load
from kitei.values import Result, Value, read, value
from kitei.world import BadAssumption, Program, Regime
from kitei_dsl import core, syntax
from kitei_dsl.citation_read import read_any
from kitei_dsl.codes import CODES
from kitei_dsl.elaborate import literal_of
from kitei_dsl.library import library
from kitei_dsl.parse import parse, parse_expression
from kitei_dsl.pipeline import check_all, compile_sources
from kitei_dsl.signatures import SIGNATURES
from kitei_dsl.source import Source
from kitei_dsl.timeline import Span
from typed import typed

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
DIAGNOSTICS = sorted((ROOT / "tests" / "diagnostics").glob("*.md"))
CHAPTERS = sorted((ROOT / "docs" / "language").glob("*.md"))

#: Diagnostics that cannot stand in a Markdown case, and why. Each is provoked below or with the marks.
OUTSIDE_CASES = {
    "too-large": "a file of four million characters",
    "too-deep": "a nesting no page could show",
    "control-character": "a character no reader could see",
    "unreadable-file": "a file, not a text",
    "closing": "a note of the full check, which cases do not run",
    "may-clash": "a warning of the full check, which cases do not run: many of them clash on purpose",
    "unmarked": "a note of the full check, which cases do not run",
    "unbound-status": "a note of the full check, which cases do not run; tested in tests/test_modes.py",
    "bad-coverage": "a label in coverage.toml, tested in tests/test_coverage.py",
    "mark-not-found": "it compares with official texts, which are not in the project",
    "mark-unchecked": "it compares with official texts, which are not in the project",
    "citation-missing": "it compares with official texts or their index, tested in tests/test_against.py",
    "citation-moved": "it compares with official texts or their index, tested in tests/test_against.py",
    "number-different": "it compares with official texts or their index, tested in tests/test_against.py",
    "number-moved": "it compares with official texts or their index, tested in tests/test_against.py",
    "date-different": "it compares with official texts or their index, tested in tests/test_against.py",
    "date-unseen": "it compares with official texts or their index, tested in tests/test_against.py",
    "start-earlier": "it compares with official texts or their index, tested in tests/test_against.py",
    "citation-unread": "it compares with official texts or their index, tested in tests/test_against.py",
    "text-unseen": "it compares with official texts or their index, tested in tests/test_against.py",
    "start-unfixed": "it compares with official texts or their index, tested in tests/test_against.py",
    "law-unread": "it compares with official texts or their index, tested in tests/test_against.py",
    "text-unreadable": "it compares with official texts or their index, tested in tests/test_against.py",
    "bad-index": "it compares with official texts or their index, tested in tests/test_against.py",
}
#: Diagnostics that nothing reports yet. When something does, its case belongs in `tests/diagnostics/`.
NOT_REPORTED: set[str] = set()


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def prose(path: Path) -> str:
    """Return the text of a page without its fenced blocks."""
    return re.sub(r"^(`{3,}).*?^\1\s*$", "", path.read_text(encoding="utf-8"), flags=re.M | re.S)


# --------------------------------------------------------------------------- links and paths


@pytest.mark.parametrize("page", [*PAGES, *DIAGNOSTICS], ids=name)
def test_relative_links_lead_somewhere(page: Path) -> None:
    """A link that is no web address names a file or folder, seen from its page."""
    links = re.findall(r"\]\(([^)\s]+)\)", prose(page))
    relative = [link.partition("#")[0] for link in links if not re.match(r"\w+:|#", link)]

    assert not [link for link in relative if not (page.parent / link).exists()]


#: A path in backticks: it has a known ending, or ends in a slash and begins with a folder of the project.
_PATH = re.compile(
    r"`((?:[\w.-]+/)*[\w.-]+\.(?:py|md|kitei|lark|toml|ya?ml|json|j2|csv|sh)|(?:dsl|engine|tests|docs|statutes)/(?:[\w.-]+/)*)`"
)


@cache
def paths() -> set[str]:
    """Return the path of every file and folder of the project, from the root."""
    folders = [ROOT / folder for folder in ("dsl", "engine", "tests", "docs", "statutes")]
    return {p.relative_to(ROOT).as_posix() for folder in folders for p in folder.rglob("*")}


@pytest.mark.parametrize("page", [*PAGES, *DIAGNOSTICS], ids=name)
def test_paths_in_backticks_exist(page: Path) -> None:
    """A path is written from the root, from its page, or as the end of one file's path."""

    def exists(path: str) -> bool:
        return (ROOT / path).exists() or (page.parent / path).exists() or any(p.endswith(f"/{path}") for p in paths())

    assert not [path for path in _PATH.findall(prose(page)) if not exists(path)]


def test_every_chapter_is_listed() -> None:
    """The index of the language names every chapter."""
    index = (ROOT / "docs" / "language" / "README.md").read_text(encoding="utf-8")

    assert not [p.name for p in CHAPTERS if p.name != "README.md" and f"]({p.name})" not in index]


CASES = read_cases(ROOT / "docs" / "writing-statutes.md")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_the_specimen_act_holds(case: Case) -> None:
    """The act that `docs/writing-statutes.md` encodes answers as its scenarios say."""
    assert not run_case(case, ROOT / "docs", None)


DRAFTING = ROOT / "docs" / "drafting"


@pytest.mark.parametrize("law", ["law", "law-ja"])
def test_the_bill_of_the_tutorial_answers_as_its_cases_say(law: str) -> None:
    """The same cases hold for the bill with English and with Japanese keywords, and neither has a finding."""
    sources, unreadable = library(DRAFTING / law)
    _, found = check_all(sources)
    program = load(DRAFTING / law)[0]

    assert [] == [d for d in (*found, *unreadable) if d.severity != "note"]
    assert [] == [f for case in read_cases(DRAFTING / "cases.md") for f in run_case(case, DRAFTING, program)]


@pytest.mark.parametrize(("page", "law"), [("tutorial-drafter.md", "law"), ("tutorial-drafter.ja.md", "law-ja")])
def test_the_tutorial_shows_the_bill_as_it_is(page: str, law: str) -> None:
    """Each piece of law on the page stands, word for word, in the files of the finished bill."""
    files = [p.read_text(encoding="utf-8") for p in sorted((DRAFTING / law).glob("*.kitei"))]
    pieces = re.findall(r"^```law\n(.*?)^```", (ROOT / "docs" / page).read_text(encoding="utf-8"), flags=re.M | re.S)

    assert len(pieces) == 11
    assert [] == [piece for piece in pieces if not any(piece in text for text in files)]


# --------------------------------------------------------------------------- consoles


def consoles(page: Path) -> Iterator[tuple[str, list[str]]]:
    """Give each `$ kitei …` line of the page's console blocks with the output shown under it."""
    for block in re.findall(r"^```console\n(.*?)^```", page.read_text(encoding="utf-8"), flags=re.M | re.S):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, shown = part.partition("\n")
            if command.startswith("kitei "):
                yield command, shown.rstrip("\n").split("\n") if shown.strip() else []


def matches(shown: list[str], printed: list[str]) -> bool:
    """Say whether the printed lines are those shown; a line of `…` stands for any number of lines."""
    pattern = "".join(".*" if line.strip() == "…" else re.escape(line.rstrip() + "\n") for line in shown)
    return re.fullmatch(pattern, "".join(f"{line.rstrip()}\n" for line in printed), flags=re.S) is not None


#: Pages whose commands build on each other and write files: they run in one folder, in order.
HOURS = [page for page in PAGES if page.name.startswith("tutorial-lawyer")]
CONSOLES = [(page, command, shown) for page in PAGES if page not in HOURS for command, shown in consoles(page)]


@pytest.mark.parametrize(("page", "command", "shown"), CONSOLES, ids=[f"{name(p)}: {c}" for p, c, _ in CONSOLES])
def test_consoles_print_what_they_show(page: Path, command: str, shown: list[str]) -> None:
    """The installed command prints the lines that the page shows."""
    run = typed(command, ROOT, "ja" if page.name.endswith(".ja.md") else "en")

    assert run.returncode in (0, 1), run.stderr
    assert not shown or matches(shown, run.stdout.splitlines()), run.stdout


@pytest.mark.parametrize("page", HOURS, ids=name)
def test_a_lawyers_hour_goes_as_it_says(page: Path, tmp_path: Path) -> None:
    """Every command of the page in order, in a folder with the law, with the files it writes and those it shows."""
    (tmp_path / "statutes").symlink_to(ROOT / "statutes")
    lang = "ja" if page.name.endswith(".ja.md") else "en"
    ran = 0
    for sort, content in re.findall(
        r"^```(console|yaml client\.yaml)\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S
    ):
        if sort != "console":
            assert (tmp_path / "client.yaml").exists(), "the template was written before"
            (tmp_path / "client.yaml").write_text(content, encoding="utf-8")
            continue
        for part in re.split(r"^\$ ", content, flags=re.M)[1:]:
            command, _, shown = part.partition("\n")
            if not command.startswith("kitei "):
                continue
            before, _, file = command.partition(" > ")
            run = typed(before, tmp_path, lang)
            assert 0 == run.returncode, run.stderr
            ran += 1
            if file:
                (tmp_path / file).write_text(run.stdout, encoding="utf-8")
            if shown.strip():
                assert matches(shown.rstrip("\n").split("\n"), run.stdout.splitlines()), run.stdout

    assert ran >= 10
    assert {"client.yaml", "page.html", "days.html", "days.ics"} <= {f.name for f in tmp_path.iterdir()}


def test_both_lawyers_hours_have_the_same_commands_and_client() -> None:
    """But for the words for a duty and a period, which each page writes in its own language."""
    pages = [(ROOT / "docs" / f).read_text(encoding="utf-8") for f in ("tutorial-lawyer.md", "tutorial-lawyer.ja.md")]
    typed = [re.findall(r"^\$ (.*)$", page, re.M) for page in pages]
    clients = [re.findall(r"^```yaml client\.yaml\n(.*?)^```", page, re.M | re.S) for page in pages]
    own = {"duty to file the annual report": "暗号資産交換業に関する報告書を提出する義務", "3 months": "3月以内"}

    for en, ja in own.items():
        typed[0] = [command.replace(en, ja) for command in typed[0]]
    assert typed[0] == typed[1] and len(typed[0]) >= 12
    assert clients[0] == clients[1] and 1 == len(clients[0])


def test_the_citation_table_holds() -> None:
    """Chapter 10 shows each address as it prints, and what prints reads back."""
    program = load(ROOT / "statutes" / "jp")[0]
    citer = Citer(program)
    text = (ROOT / "docs" / "language" / "10-citations.md").read_text(encoding="utf-8")
    table = text.partition("## How each prints")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `([^`]+)` \| (.+?) \| (.+?) \|$", table, flags=re.M)

    assert len(rows) >= 7
    assert rows == [(a, citer.ja(a), citer.en(a)) for a, _, _ in rows]
    assert [a for a, _, _ in rows] == [str(read_any(ja, citer.titles, None)) for _, ja, _ in rows]


# --------------------------------------------------------------------------- diagnostics


def provoked() -> dict[str, str]:
    """Return each slug marked in a law fence of a case, and one place where it is."""
    found: dict[str, str] = {}
    for page in [*CHAPTERS, *DIAGNOSTICS]:
        for case in read_cases(page):
            for fence in case.law:
                for marked in re.findall(r"#!\s*(.+)$", fence.text, flags=re.M):
                    found.update(dict.fromkeys(marked.replace(",", " ").split(), f"{name(page)}: {case.title}"))
    return found


def test_every_slug_in_a_case_exists() -> None:
    """A case marks only diagnostics that there are."""
    assert not {slug: place for slug, place in provoked().items() if slug not in CODES}


def test_every_diagnostic_is_provoked_by_a_case() -> None:
    """Each slug stands in a case, save those that cannot."""
    left = set(CODES) - set(provoked())

    assert {*OUTSIDE_CASES, *NOT_REPORTED} == left


def test_every_diagnostic_has_its_heading() -> None:
    """A reader who searches for a slug finds its page."""
    headings = {
        h for page in DIAGNOSTICS for h in re.findall(r"^## (\S+)$", page.read_text(encoding="utf-8"), flags=re.M)
    }

    assert set(CODES) == headings


def test_what_nothing_reports_is_reported_nowhere() -> None:
    """A slug leaves the list of the unreported with the code that reports it."""
    code = "".join(
        p.read_text(encoding="utf-8")
        for f in ("dsl", "engine")
        for p in (ROOT / f).rglob("*.py")
        if p.name != "codes.py"
    )

    assert set() == {slug for slug in NOT_REPORTED if f'"{slug}"' in code}


@pytest.mark.parametrize(
    ("slug", "text"),
    [
        ("too-large", "#" * 4_000_001),
        (
            "too-deep",
            f"provision t/1 in force from 2020-01-01 grade A define x of F is {'(' * 300}1{')' * 300} end end",
        ),
        ("control-character", 'instrument t title ja "a\u202eb" end'),
    ],
)
def test_what_no_page_can_show_is_found(slug: str, text: str) -> None:
    """Reading refuses what is too large, too deep or invisible."""
    _, found = parse(Source("t.kitei", text))

    assert slug in {d.slug for d in found}


def test_a_file_that_is_not_utf8_is_found(tmp_path: Path) -> None:
    """A file in another encoding is a finding, not a fault."""
    (tmp_path / "a.kitei").write_bytes("kind 事業者 end".encode("shift_jis"))

    _, found = library(tmp_path)

    assert {"unreadable-file"} == {d.slug for d in found}


def test_the_full_check_notes_closings_and_missing_marks() -> None:
    """A closing the author chose, and parts of enacted law without official words, each once and only where the words are known."""
    text = """
        instrument t type act status enacted title ja "試験法" end
        kind Firm end
        attribute a of Firm is truth end
        term yes of Firm is truth end
        norm n of Firm end
        provision t/1 in force from 2020-01-01 grade A define yes of Firm when a is true end otherwise yes of Firm is false end
        provision t/2 in force from 2020-01-01 grade A duty n of Firm when any of item i1: a @t/2/i1"甲" end keep a end end
        provision t/3 in force from 2020-01-01 grade B duty n of Firm keep a end end
    """
    _, found = check_all([Source("t.kitei", text)])

    assert [("closing", "t/1"), ("unmarked", "t/1")] == sorted((d.slug, d.law) for d in found)

    _, found = check_all(
        [Source("t.kitei", text.replace("when a is true end otherwise yes of Firm is false", "means a end"))]
    )
    assert [("unmarked", "t/1")] == [(d.slug, d.law) for d in found]


# --------------------------------------------------------------------------- what the chapters say is refused

REFUSALS = """
instrument t type act title ja "試験法" en "Test Act" end
kind Firm end
term fee of Firm is yen end
commencement t/main promulgated 2026-07-23 earliest 2026-07-23 latest 2027-07-22 end
provision t/1 in force from t/main grade B
  slot reserve_rate of Firm is rate required between 1% and 10% for cabinet_order end
  define fee of Firm is reserve_rate * 1,000 yen end
end
world current end
"""


@pytest.mark.parametrize(
    ("target", "assumed", "told"),
    [
        ("t/main", "2027-07-23", "2027-07-22"),
        ("t/main", "2026-07-22", "2026-07-23"),
        ("t/1#reserve_rate", "1/5", "1/10"),
        ("t/1#reserve_rat", "1/20", "did you mean"),
    ],
)
def test_assumptions_out_of_bounds_are_refused(target: str, assumed: str, told: str) -> None:
    """Chapters 2 and 7: what the law does not allow cannot be assumed, and the bound is named."""
    program = Program(compile_sources([Source("t.kitei", REFUSALS)])[0], "")

    with pytest.raises(BadAssumption, match=told):
        Regime(program, program.worlds["current"], [core.Assumption(target, assumed, "test")])


# --------------------------------------------------------------------------- operators

_LOGIC: dict[str, Callable[[list[Result]], Result]] = {
    "and": kleene_and,
    "or": kleene_or,
    "not": lambda operands: kleene_not(operands[0]),
}
#: Operators about absence, not about values: chapter 3 (`has`) and chapter 7 (`filled`) show them.
_ABOUT_ABSENCE = {"has", "filled", "proved", "reference_day"}
#: Rolls and forms whose row has no example; chapter 9 works each out.
_IN_CHAPTER_9 = {"after.custom", "counting.filing", "counting.custom", "elapsed_after"}


def spelled(text: str) -> Value:
    """Read a value spelled as in the language."""
    business = re.fullmatch(r"(\d+) business days of (\w+)", text)
    if business:
        return Span(int(business[1]), "business_days", business[2])
    node, found = parse_expression(Source("example", text))
    assert node is not None and not found, found
    if isinstance(node, syntax.Reference):
        return node.name.text
    if isinstance(node, syntax.Arithmetic):
        assert node.sign == "/" and isinstance(node.left, syntax.Literal) and isinstance(node.right, syntax.Literal)
        return Fraction(node.left.text) / Fraction(node.right.text)
    negative = isinstance(node, syntax.Negative)
    inner = node.operand if isinstance(node, syntax.Negative) else node
    assert isinstance(inner, (syntax.Literal, syntax.SpanLiteral))
    literal = literal_of(inner)
    assert isinstance(literal, tuple), literal
    plain = read(str(literal[1]), literal[0])
    if not negative:
        return plain
    assert isinstance(plain, Fraction)
    return -plain


EXAMPLES = [(s.op, arguments, result) for s in SIGNATURES.values() for arguments, result in s.examples]


@pytest.mark.parametrize(("op", "arguments", "result"), EXAMPLES, ids=[f"{o} {' '.join(a)}" for o, a, _ in EXAMPLES])
def test_examples_of_operators_hold(op: str, arguments: tuple[str, ...], result: str) -> None:
    """Each row of the table of operators does what its example says."""
    operands = [spelled(a) for a in arguments]
    found = _LOGIC[op]([value(o) for o in operands]).value if op in _LOGIC else meanings.apply(op, operands)[0]

    assert (None if result == "undefined" else spelled(result)) == found


def test_every_operator_has_an_example() -> None:
    """An operator without an example is shown in a chapter, and listed here."""
    assert {*_ABOUT_ABSENCE, *_IN_CHAPTER_9} == {s.op for s in SIGNATURES.values() if not s.examples}


def test_the_page_on_facts_is_current() -> None:
    """docs/facts.md lists what the vocabulary declares now."""
    from kitei.facts_page import facts_page
    from kitei.ruleset import load

    program, _ = load(ROOT / "statutes/jp")

    assert facts_page(program.core) == (ROOT / "docs/facts.md").read_text(encoding="utf-8")

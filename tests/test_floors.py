"""The structure that docs/architecture.md draws is the structure there is."""

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOTS = {"kitei_dsl": ROOT / "dsl/kitei_dsl", "kitei": ROOT / "engine/kitei"}
WAIST = {
    f"kitei_dsl.{m}"
    for m in [
        "core",
        "codec",
        "frozen",
        "cache",
        "typesystem",
        "timeline",
        "signatures",
        "holidays",
        "citation",
        "citation_print",
        "passage",
        "passage_print",
        "source",
        "diagnostics",
        "codes",
        "library",
        "codes_ja",
        "japanese",
        "coverage",
        "numerals",
    ]
}
BEYOND = {
    f"kitei_dsl.{m}"
    for m in [
        "pipeline",
        "checked",
        "parse",
        "format",
        "skin",
        "spelling",
        "vocabulary",
        "citation_read",
        "addresses",
        "against",
        "marks",
        "standing",
        "texts",
        "diagnostics_page",
        "period_read",
    ]
}
REACHING = {"kitei.ruleset", "kitei.cases", "kitei.assumptions", "kitei.periods", "kitei.facts_read"}


def modules() -> dict[str, Path]:
    found = {}
    for package, root in ROOTS.items():
        for path in root.rglob("*.py"):
            name = ".".join([package, *path.relative_to(root).with_suffix("").parts])
            found[name.removesuffix(".__init__")] = path
    return {n: p for n, p in found.items() if n not in ROOTS}


@cache
def imports(path: Path, *, top_only: bool = False) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if top_only else list(ast.walk(tree))
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            package = node.module.partition(".")[0]
            if package in ROOTS:
                found |= {f"{package}.{a.name}" for a in node.names} if node.module == package else {node.module}
    return found


def floors() -> dict[str, int]:
    table = re.findall(r"^\| (\d+) \| (.+) \|$", (ROOT / "docs/architecture.md").read_text(encoding="utf-8"), re.M)
    return {name: int(floor) for floor, names in table for name in re.findall(r"`([\w.]+)`", names)}


def test_every_module_stands_on_a_floor() -> None:
    """No module is missing from the table, and none in the table is gone."""
    top = {n for n in modules() if n.count(".") == 1} | {n.rpartition(".")[0] for n in modules() if n.count(".") == 2}

    assert sorted(top) == sorted(floors())


def test_imports_go_down() -> None:
    """A module imports only from lower floors (modules of one package folder may import each other)."""
    table = floors()
    wrong = []
    for name, path in modules().items():
        home = ".".join(name.split(".")[:2])
        for target in imports(path):
            other = ".".join(target.split(".")[:2])
            if other != home and table[other] >= table[home]:
                wrong.append(f"{name} (floor {table[home]}) imports {other} (floor {table[other]})")

    assert [] == wrong


def test_the_engine_reads_only_the_waist() -> None:
    """The engine knows the core, not the surface language; three modules reach the compiler inside functions."""
    wrong = []
    for name, path in modules().items():
        if name.startswith("kitei."):
            used = {t for t in imports(path) if t.startswith("kitei_dsl.")}
            reaching = name in REACHING or name.startswith("kitei.cli.")
            allowed = WAIST | (BEYOND if reaching else set())
            wrong += [f"{name} imports {t}" for t in used - allowed]
            if reaching:
                wrong += [f"{name} imports {t} at its top" for t in imports(path, top_only=True) & BEYOND]

    assert [] == wrong


def test_replay_trusts_nothing_of_the_evaluator() -> None:
    """The checker imports no module that computes for the evaluator."""
    computing = {
        f"kitei.{m}"
        for m in ["evaluate", "resolution", "meanings", "register", "settle", "world", "answer", "explain", "render"]
    }
    used = {t for n, p in modules().items() if n.startswith("kitei.replay") for t in imports(p)}

    assert used
    assert set() == used & (computing | {"kitei_dsl.timeline"})


def test_importing_the_core_loads_no_parser_and_help_loads_nothing_heavy() -> None:
    """Start-up stays cheap: what a command does not need it does not import."""
    code = "import sys; import kitei_dsl.core; print([m for m in ('lark', 'networkx', 'jinja2') if m in sys.modules])"
    core = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    code = (
        "import sys\nfrom click.testing import CliRunner\nfrom kitei.cli import kitei\n"
        "assert CliRunner().invoke(kitei, ['--help']).exit_code == 0\n"
        "print([m for m in ('lark', 'networkx', 'jinja2', 'yaml', 'numpy', 'z3') if m in sys.modules])"
    )
    help_page = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "[]" == core.stdout.strip()
    assert "[]" == help_page.stdout.strip()


def test_no_drawer_and_no_overgrown_file() -> None:
    """A file whose name says nothing, or that no reader can hold, is a fault of structure."""
    drawers = {"utils", "util", "helpers", "common", "misc", "base", "manager"}
    named = [n for n in modules() if n.rpartition(".")[2] in drawers]
    long = [
        f"{n}: {lines}" for n, p in modules().items() if (lines := p.read_text(encoding="utf-8").count("\n")) > 1000
    ]

    assert [] == named
    assert [] == long

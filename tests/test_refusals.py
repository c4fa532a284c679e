"""Why an answer is refused is said in Japanese too: every sentence the checker can say, and the places in words."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from kitei.cli import kitei
from kitei.cli.refusals import place, reason, twin
from test_misuse import sample

ROOT = Path(__file__).resolve().parent.parent
LAW = """instrument t type act title ja "試験法" en "Test Act" end
kind Firm (会社) label ja "会社" en "firm" end
attribute a of Firm is truth label ja "甲" en "a" question ja "甲か。" en "a?" end
norm n of Firm label ja "試験の義務" en "test duty" end
provision t/1 in force from 2020-01-01 grade A duty n of Firm keep a end end
world current end
"""
FACTS = "as_of: 2024-06-01\nentities:\n  kou: {kind: Firm, a: false}\n"


def sentences() -> Iterator[tuple[str, str]]:
    """Give where and what the checker refuses with, with samples for what is not fixed."""
    for file in sorted((ROOT / "engine/kitei/replay").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Refused" and len(node.args) == 2:
                text = sample(node.args[1])
                # a step's place in the law before a reason that stands elsewhere
                if text is not None and text != "x: x":
                    yield f"{file.name}:{node.lineno}", text


def test_every_sentence_of_the_checker_has_its_twin() -> None:
    found = {where: text.replace("another x;", "another facts;") for where, text in sentences()}

    assert len(found) > 70
    # A number in a message is a number: the sample `x` stands for one where a twin asks for digits.
    left = {w: t for w, t in found.items() if not re.search("[ぁ-ん]", twin(t) or twin(re.sub(r"\bx\b", "7", t)))}
    assert {} == left


@pytest.mark.parametrize(
    ("english", "japanese"),
    [
        ("psa/63_14/1#n|performed: result.value: `true` is stated, `false` is derived",
         "psa/63_14/1#n|performed：`true`と書かれていますが、導かれるのは`false`です"),
        ("this is another ruleset; expected sha256:00",
         "別の規則の版による答えです（この規則の版はsha256:00）。その版の規則を --statutes か --ruleset で与えてください"),
        ("3 entries are stated, 4 are derived", "3個と書かれていますが、導かれるのは4個です"),
        ("it is missing; a list is derived", "ありません。導かれるのは一覧です"),
        ("something nobody wrote", "something nobody wrote"),
    ],
)  # fmt: skip
def test_reasons(english: str, japanese: str) -> None:
    assert japanese == reason(english)


def test_places() -> None:
    """A path is told in words and kept, for whoever opens the file; what has no word stays as it is."""
    assert "規範2番目・件1番目・状態（data.norms[1].instances[0].status）" == place("data.norms[1].instances[0].status")
    assert "段階7" == place("step 7")
    assert "data.unheard_of" == place("data.unheard_of")


def run(tmp_path: Path, answer: str, lang: str) -> tuple[int, str]:
    for name, text in (("law.kitei", LAW), ("f.yaml", FACTS), ("a.json", answer)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    words = ["replay", "a.json", "--facts", "f.yaml", "--statutes", "law.kitei", "--lang", lang]
    result = CliRunner().invoke(kitei, [str(tmp_path / w) if (tmp_path / w).is_file() else w for w in words], standalone_mode=False)  # fmt: skip
    return int(result.return_value or 0), result.output


def test_a_forged_answer_is_refused_in_both_languages(tmp_path: Path) -> None:
    """The duty to keep a, which is not so, is not satisfied; the answer says it is."""
    (tmp_path / "law.kitei").write_text(LAW, encoding="utf-8")
    (tmp_path / "f.yaml").write_text(FACTS, encoding="utf-8")
    words = ["run", str(tmp_path / "f.yaml"), "--statutes", str(tmp_path / "law.kitei"), "--format", "json"]
    data = json.loads(CliRunner().invoke(kitei, words, standalone_mode=False).stdout)
    sound = json.dumps(data)
    data["data"]["norms"][0]["instances"][0]["status"] = "satisfied"
    forged = json.dumps(data)

    assert 0 == run(tmp_path, sound, "ja")[0]
    assert "段階を導き直しました" in run(tmp_path, sound, "ja")[1]
    code, said = run(tmp_path, forged, "ja")
    assert 1 == code
    assert (
        "規範1番目・件1番目・状態（data.norms[0].instances[0].status）：`satisfied`と書かれていますが、導かれるのは`not-satisfied`です"
        in said
    )
    assert "拒否：理由1件" in said
    assert "refused: 1 reason(s)" in run(tmp_path, forged, "en")[1]


def test_what_is_no_answer_is_said_in_both_languages(tmp_path: Path) -> None:
    assert "a.json：答えとして読めません：JSON として読めません（1行目：" in run(tmp_path, "{", "ja")[1]
    assert "a.json: cannot be read as an answer: it is no JSON" in run(tmp_path, "{", "en")[1]

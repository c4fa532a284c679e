"""What an answer says of the parts of a condition: whether a thing is there, and the item a requirement stands at."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from kitei.cli.run import run
from kitei.cli.why import why

LAW = """
instrument t type act title ja "試験法" en "Test Act" end
kind Firm (会社) end
attribute told_on of Firm is date if any label ja "届出の日" en "day of notice" end
attribute wrong of Firm is truth label ja "不正の手段" en "wrongful means" end
attribute barred of Firm is truth label ja "拒否事由" en "a ground for refusal" end
norm cancel of Firm label ja "取消し" en "cancellation" end
provision t/5 in force from 2024-04-01 grade A
  power cancel of Firm
    when has told_on
      and any of
        item i1: barred  @t/5/i1"拒否事由に"
        item i2: wrong  @t/5/i2"不正の手段"
      end  @t/5/lead"取り消す"
  end
end
"""


@pytest.fixture
def law(tmp_path: Path) -> Path:
    (tmp_path / "t.kitei").write_text(LAW, encoding="utf-8")
    return tmp_path


def said(law: Path, command: object, facts: str, lang: str) -> str:
    case = law / "case.yaml"
    case.write_text(f"entities:\n  kou: {{kind: Firm, {facts}}}\nsubject: kou\n", encoding="utf-8")
    goal = ["cancel"] if command is why else ["--goal", "cancel", "--depth", "3"]
    args = [str(case), *goal, "--statutes", str(law), "--on", "2024-06-01", "--lang", lang]
    result = CliRunner().invoke(command, args, catch_exceptions=False)  # type: ignore[arg-type]
    return " ".join(result.output.split())


@pytest.mark.parametrize(
    ("facts", "ja", "en"),
    [
        ("told_on: none", "「届出の日」（kou）：なし", '"day of notice" (kou): none'),
        ("told_on: 2024-05-01, wrong: true", "「届出の日」（kou）：あり", '"day of notice" (kou): there is one'),
        ("wrong: true", "「届出の日」（kou）があるか＝判断できない", 'Whether there is "day of notice" (kou) = cannot'),
    ],
)
def test_whether_a_thing_is_there_is_said_as_a_lawyer_says_it(law: Path, facts: str, ja: str, en: str) -> None:
    assert ja in said(law, run, facts, "ja").replace(" ", "")
    assert en in said(law, run, facts, "en")
    assert "値があること" not in said(law, run, facts, "ja")


def test_a_requirement_of_a_norm_names_the_item_it_stands_at(law: Path) -> None:
    """Wrongful means is item (ii): its words and place stand beside it, not those of the whole article."""
    facts = "told_on: 2024-05-01, barred: false, wrong: true"

    assert 'Requirement: "wrongful means" is so; words 「不正の手段」 (Test Act art. 5(ii))' in said(
        law, why, facts, "en"
    )
    assert "文言「不正の手段」（試験法第5条第2号）" in said(law, why, facts, "ja").replace(" ", "")

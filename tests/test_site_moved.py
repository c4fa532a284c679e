"""Pages of provisions that are collected no longer: they stay where they were, and say where their matter stands now."""

import re
from pathlib import Path

from kitei.cli.site import build, check
from test_html import Page
from test_site import law_folder, run


def renumbered(text: str) -> str:
    """The press claim is told under another number; t/6/1 is collected no more."""
    start, end = text.index("provision t/6/1"), text.index("provision p/claim1")
    return (text[:start] + text[end:]).replace("p/claim1", "p/claim2")


def without_insurance(text: str) -> str:
    """The questions without the command that asks for what t/6/1 imposes."""
    start, end = text.index("$ kitei run docs/questions/keeper.facts.yaml --on 2025"), text.index("$ kitei read t/90")
    return text[:start] + text[end:]


def built(out: Path, folder: Path, as_of: str = "2024-06-01") -> tuple[int, str, str]:
    guides, law = folder / "guides.toml", (folder / "law.kitei").read_text(encoding="utf-8")
    if "p/claim2" in law:
        guides.write_text(guides.read_text(encoding="utf-8").replace("p/claim1", "p/claim2"), encoding="utf-8")
    return run(build, "--out", str(out), "--as-of", as_of, "--statutes", str(folder), "--lang", "en")


def text_of(path: Path) -> str:
    return re.sub(r"\s+", " ", Page(path.read_text(encoding="utf-8")).text())


def files(out: Path) -> dict[str, bytes]:
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


def moved(tmp_path: Path) -> tuple[Path, Path]:
    out = tmp_path / "out"
    assert 0 == built(out, law_folder(tmp_path))[0]
    law_folder(tmp_path, without_insurance, "questions.md")
    changed = tmp_path / "law"
    (changed / "law.kitei").write_text(
        renumbered((changed / "law.kitei").read_text(encoding="utf-8")), encoding="utf-8"
    )
    assert 0 == built(out, changed)[0]
    return out, changed


def test_a_page_stays_and_leads_to_what_took_its_matter_over(tmp_path: Path) -> None:
    out, _ = moved(tmp_path)
    ja, en = text_of(out / "ja/provision/p-claim1.html"), text_of(out / "en/provision/p-claim1.html")

    assert "〔旧〕報道X主張1〔報道〕（名簿）" in ja and "[Former] Press X claim 1" in en
    assert "令和6年6月1日（2024-06-01）を基準日とする案内にあった" in ja and "in the guide as of 2024-06-01" in en
    assert 'href="p-claim2.html"' in (out / "ja/provision/p-claim1.html").read_text(encoding="utf-8")
    assert "報道X主張2" in ja and "この頁は行政の見解ではありません。" in ja


def test_where_nothing_took_over_one_is_told_whom_to_ask(tmp_path: Path) -> None:
    out, _ = moved(tmp_path)
    ja = text_of(out / "ja/provision/t-6-1.html")

    assert "所管の財務局又は弁護士に確認してください。" in ja and "同じ事項を定める" not in ja


def test_such_a_page_is_not_stale_and_stays_the_same_from_build_to_build(tmp_path: Path) -> None:
    out, folder = moved(tmp_path)
    before = files(out)

    assert 0 == run(check, str(out), "--statutes", str(folder), "--lang", "en")[0]
    assert 0 == built(out, folder)[0]
    assert before == files(out)
    assert '"provision/p-claim1.html"' not in before["ja/search-index.js"].decode()


def test_it_gives_way_when_its_provision_comes_back(tmp_path: Path) -> None:
    out, _ = moved(tmp_path)
    fresh = law_folder(tmp_path)
    assert 0 == built(out, fresh)[0]

    assert "案内にあった" not in text_of(out / "ja/provision/p-claim1.html")
    assert "案内にあった" in text_of(out / "ja/provision/p-claim2.html")


def test_a_site_of_an_earlier_day_tells_nothing_of_later_pages(tmp_path: Path) -> None:
    """t/6/1 was promulgated on 2024-05-01; a site as of April 2024 in the same folder has no page of it, nor a way from one."""
    out = tmp_path / "out"
    folder = law_folder(tmp_path)
    assert 0 == built(out, folder)[0] == built(out, folder, "2024-04-01")[0]

    assert not (out / "ja/provision/t-6-1.html").exists()

"""What a site was made from beside the rules and a folder of statutes lacks, said before anything is compared.

Comes in: the record of a site, the folder its pages are to be made from again. Goes out: one line in both languages naming
what is missing and what to pass, or None. Without it every page of a question, and every box, would seem to be out of date.
Deliberately not here: reading either file (`guides`, `questions`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kitei.site.guides import NAME as GUIDES
from kitei.site.questions import NAME as QUESTIONS
from kitei.site.questions import questions_page
from kitei.wording import Pair

_QUESTION = "guide:question-"


def wanting(record: Mapping[str, Any], folder: Path) -> Pair | None:
    """Return what the folder lacks of what the site was made from: guides.toml, questions.md, or both."""
    keys = {key for of in record["digests"].values() for key in of if key.startswith("guide:")}
    needed = []
    if any(not key.startswith(_QUESTION) for key in keys):
        needed.append(GUIDES)
    if any(key.startswith(_QUESTION) for key in keys):
        needed.append(QUESTIONS)
    missing = _missing(needed, folder)
    if not missing:
        return None
    ja, en = "・".join(missing), " and ".join(missing)
    name = folder.name or str(folder)
    below = next((path.parent for path in sorted(folder.glob(f"*/{GUIDES}"))), None)
    if below is not None and not _missing(needed, below):
        return (
            f"この案内は {ja} からも作られたが、`{name}` の直下にはない。法令のフォルダを示してください：--statutes {below}",
            f"this site was made from {en} too, and `{name}` does not hold {_it(missing)}; name the folder of the law: --statutes {below}",
        )
    if below is not None:
        folder, missing = below, _missing(needed, below)
        hint_ja, hint_en = f"法令のフォルダは {below}。", f"the folder of the law is {below}; "
    else:
        hint_ja = hint_en = ""
    ja, en, name = "・".join(missing), " and ".join(missing), folder.name or str(folder)
    where_ja = (
        "とquestions/をそのフォルダ（又は二つ上のフォルダの docs/）に" if QUESTIONS in missing else "をそのフォルダに"
    )
    where_en = " with its folder questions/ there (or in docs/ two folders above)" if QUESTIONS in missing else " there"
    return (
        f"{hint_ja}この案内は {ja} からも作られたが、`{name}` には見当たらない。作ったときの {ja} {where_ja}置くか、それらのある法令のフォルダを --statutes で示してください（意図して除いたのなら、案内を作り直してください）",
        f"{hint_en}this site was made from {en} too, and none is found for `{name}`: put {en}{where_en}, or name with --statutes the folder of the law that has {_it(missing)} (where it was taken away on purpose, build the site again)",
    )


def _missing(needed: list[str], folder: Path) -> list[str]:
    there = {GUIDES: (folder / GUIDES).is_file(), QUESTIONS: questions_page(folder) is not None}
    return [name for name in needed if not there[name]]


def _it(missing: list[str]) -> str:
    return "it" if len(missing) == 1 else "them"

"""A change to a facts file changes what it says there, and no other character."""

import json

import pytest
import yaml

from kitei.facts_text import (
    Misplaced,
    section,
    with_entity,
    with_fact,
    with_record,
    with_top,
    without_answers,
    without_entity,
)

FILE = """# the case
as_of: 2024-05-31   # day
entities:
  kou:   # the firm
    kind: Firm
    a: {value: true, to: 2025-03-08,
        source: register}
    b:
      value: 3   # three
      note: >-
        a long
        note

    # a remark
  fy: {kind: Year, start: 2024-01-01}   # flow
"""
RECORD = {"value": "5億円", "source": "interview"}


def entity(text: str, id: str) -> object:
    """Read the text by another way than ours."""
    return yaml.safe_load(text)["entities"][id]


@pytest.mark.parametrize(
    ("id", "name", "before", "after"),
    [
        ("kou", "c", None, {"value": "5億円", "source": "interview"}),
        ("fy", "c", None, {"value": "5億円", "source": "interview"}),
        ("kou", "a", "dict", [{"value": True, "to": "2025-03-08", "source": "register"}, RECORD]),
        ("kou", "b", "dict", [{"value": 3, "note": "a long note"}, RECORD]),
        ("fy", "start", "date", ["2024-01-01", RECORD]),
    ],
)
def test_a_record_goes_beside_what_is_there_and_comes_out_again(
    id: str, name: str, before: object, after: object
) -> None:
    put = with_record(FILE, id, (name,), RECORD)
    out = without_answers(put, id, (name,))
    found = json.loads(json.dumps(entity(put, id), default=str))
    other = "fy" if id == "kou" else "kou"

    assert after == found[name]
    assert entity(FILE, other) == entity(put, other)
    assert all(line in put for line in ("# the case", "# day", "# the firm", "# a remark", "# flow"))
    if before is None:
        assert FILE == out
    else:
        assert [after[0]] == json.loads(json.dumps(entity(out, id), default=str))[name]  # type: ignore[index]


def test_two_answers_of_one_attribute_come_out_together() -> None:
    twice = with_record(with_record(FILE, "kou", ("c",), RECORD), "kou", ("c",), {"value": "1", "source": "interview"})

    assert FILE == without_answers(twice, "kou", ("c",))


def test_an_entry_is_replaced_in_its_place_and_by_either_name() -> None:
    text = "entities:\n  kou:\n    kind: Firm\n    支店: [x]\n    b: 1\n"

    assert text.replace(
        "    支店: [x]\n", "    支店:\n      members:\n        - y\n      complete: true\n"
    ) == with_fact(text, "kou", ("branch", "支店"), {"members": ("y",), "complete": "true"})


def test_entities_come_and_go() -> None:
    more = with_entity(FILE, "otsu", "Firm", '乙 "B": # 1')

    assert {"kind": "Firm", "name": '乙 "B": # 1'} == entity(more, "otsu")
    assert more.startswith(FILE)
    assert yaml.safe_load(FILE) == yaml.safe_load(without_entity(more, "otsu"))


def test_json_stays_json() -> None:
    text = '{"entities": {"kou": {"kind": "Firm", "a": true}}}'
    put = with_top(
        with_record(with_record(text, "kou", ("a",), RECORD), "kou", ("b",), RECORD), "interview", {"asked": ("kou.a",)}
    )
    put = with_entity(put, "otsu", "Firm", "乙")

    assert {"kind": "Firm", "a": [True, RECORD], "b": RECORD} == json.loads(put)["entities"]["kou"]
    assert {"kind": "Firm", "name": "乙"} == json.loads(put)["entities"]["otsu"]
    assert {"kind": "Firm", "a": [True]} == json.loads(
        without_answers(without_answers(put, "kou", ("b",)), "kou", ("a",))
    )["entities"]["kou"]


@pytest.mark.parametrize("ending", ["", "\n", "\n\n", "   # no newline after this"])
def test_a_file_may_end_as_it_likes(ending: str) -> None:
    text = "entities:\n  kou:\n    kind: Firm\n    a: true" + ending
    put = with_top(
        with_entity(with_record(text, "kou", ("b",), RECORD), "z", "Firm", "Z"), "interview", {"unknown": ("kou.c",)}
    )

    assert {"kind": "Firm", "a": True, "b": RECORD} == entity(put, "kou")
    assert {"unknown": ("kou.c",)} == section(put, "interview")
    assert {} == section(with_top(put, "interview", None), "interview")


def test_what_is_said_to_be_unknown_gives_way_to_a_record() -> None:
    text = FILE.replace(
        "    b:\n      value: 3   # three\n      note: >-\n        a long\n        note\n", "    b: 不明\n"
    )

    assert RECORD == entity(with_record(text, "kou", ("b",), RECORD), "kou")["b"]  # type: ignore[index]


def test_absence_is_written_as_the_form_of_the_file_reads_it() -> None:
    """`none` in quotes is a word in YAML, and absence in JSON."""
    none = {"value": "none", "source": "interview"}

    assert "fy: {kind: Year, start: 2024-01-01, c: {value: none, source: interview}}" in with_record(
        FILE, "fy", ("c",), none
    )
    assert (
        none
        == json.loads(with_record('{"entities": {"kou": {"kind": "Firm"}}}', "kou", ("c",), none))["entities"]["kou"][
            "c"
        ]
    )


def test_a_part_of_the_interview_that_is_none_is_refused_with_its_line() -> None:
    for text in ("a: 1\ninterview: 3\n", "a: 1\ninterview: {asked: {x: y}}\n"):
        with pytest.raises(Misplaced, match="line 2"):
            section(text, "interview")

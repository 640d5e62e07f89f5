"""Questions come under one heading and out of it again, and none is lost on the way."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.domain import editing
from consult.domain.editing import SECTION
from consult.domain.errors import Rejected

KEYS = ["a", "b", "c", "d"]


def page_of(*keys: str) -> dict:
    made = editing.start(language="en", title={"en": "T"})
    made, page = editing.add_page(made, title="P")
    for key in keys:
        made, _key = editing.add_question(made, page=page, kind="long_text", text=key)
    return made


def shape(made: dict) -> list:
    return [
        [inner["key"] for inner in one["questions"]] if "section" in one else one["key"]
        for one in made["pages"][0]["questions"]
    ]


def test_a_section_stands_where_its_first_question_stood_and_goes_without_them():
    made, key = editing.add_section(page_of(*KEYS), page="p", title="Two", questions=["d", "b"])
    assert shape(made) == ["a", ["b", "d"], "c"] and not editing.problems(made)
    made = editing.choose_for_section(made, key, questions=["d", "a"])
    assert shape(made) == [["d", "a"], "b", "c"]
    assert shape(editing.dissolve(made, key)) == ["d", "a", "b", "c"]
    again, second = editing.add_section(made, page="p", title="Two", questions=["d", "a"])
    assert shape(again) == [["d", "a"], "b", "c"] and second != key, "a section left empty goes"
    for nothing in ([], ["elsewhere"]):
        with pytest.raises(Rejected):
            editing.choose_for_section(made, key, questions=nothing)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["add", "choose", "dissolve"]), st.sets(st.sampled_from(KEYS), min_size=1))))
def test_no_question_is_lost_or_doubled_and_no_section_is_empty(steps):
    made = page_of(*KEYS)
    for act, chosen in steps:
        sections = [one["section"] for one in made["pages"][0]["questions"] if "section" in one]
        if act == "add":
            made, _key = editing.add_section(made, page="p", title="S", questions=chosen)
        elif sections:
            key = sections[-1]
            made = (
                editing.dissolve(made, key)
                if act == "dissolve"
                else editing.choose_for_section(made, key, questions=chosen)
            )
            if act == "choose":
                inside = {one["key"] for one in editing.find(made, SECTION, key).data["questions"]}
                assert inside == chosen
    flat = [key for one in shape(made) for key in (one if isinstance(one, list) else [one])]
    assert sorted(flat) == KEYS and not editing.problems(made)

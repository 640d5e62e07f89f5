"""A questionnaire changed step by step: keys stay, nothing is left looking at what is gone."""

from __future__ import annotations

from contextlib import suppress
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.domain import editing
from consult.domain.editing import PAGE, QUESTION
from consult.domain.errors import Missing, Rejected
from consult.domain.questionnaire import as_json, read

LABELS = {"yes": "Yes", "no": "No"}


def built() -> dict:
    """Two pages: whether somebody called, and for those who did how it was."""
    made = editing.start(language="en", title={"en": "Calls"})
    made, first = editing.add_page(made, title="First")
    made, _called = editing.add_question(made, page=first, kind="yes_no", text="Did you call?")
    made, how = editing.add_question(made, page=first, kind="single_choice", text="How was it?")
    made = editing.change_options(made, how, kept=[], added=["Good", "Bad", "Bad "])
    made, second = editing.add_page(made, title="Second")
    made, _why = editing.add_question(made, page=second, kind="long_text", text="Why?")
    return editing.set_show(made, QUESTION, "why", {"when": "how_was_it", "is": "any_of", "of": ["bad"]})


def keys(made: dict) -> list[list[str]]:
    return [[one["key"] for one in page["questions"]] for page in made["pages"]]


def test_what_is_built_can_be_asked_and_reads_the_same_again():
    made = built()
    assert editing.problems(made) == [] and as_json(read(made)) == made
    assert keys(made) == [["did_you_call", "how_was_it"], ["why"]]
    assert [one["key"] for one in made["pages"][0]["questions"][1]["options"]] == ["good", "bad", "bad_2"]


def test_the_definition_given_is_never_changed():
    made = built()
    before = as_json(read(made))
    editing.remove(made, QUESTION, "why")
    editing.move(made, QUESTION, "did_you_call", by=1)
    editing.change(made, QUESTION, "why", words={"text": "Why not?"})
    assert made == before


def test_keys_stay_when_words_change_and_are_never_given_twice():
    made = editing.change(built(), QUESTION, "why", words={"text": "What went wrong?"})
    assert editing.find(made, QUESTION, "why").data["text"] == {"en": "What went wrong?"}
    made, again = editing.add_question(made, page="second", kind="long_text", text="Why?")
    assert again == "why_2"
    made, check = editing.add_page(made, title="Check")
    assert check != "check"


def test_translations_stay_beside_new_words_and_go_with_empty_ones():
    made = built()
    editing.find(made, QUESTION, "why").data["text"]["pl"] = "Dlaczego?"
    made = editing.change(made, QUESTION, "why", words={"text": "Why so?", "hint": "Briefly"})
    assert editing.find(made, QUESTION, "why").data["text"] == {"en": "Why so?", "pl": "Dlaczego?"}
    assert "hint" not in editing.find(editing.change(made, QUESTION, "why", words={"hint": " "}), QUESTION, "why").data


def test_what_something_looks_at_is_not_taken_away_and_the_sentence_says_what_looks():
    with pytest.raises(Rejected, match="question “Why\\?”"):
        editing.remove(built(), QUESTION, "how_was_it")
    with pytest.raises(Rejected, match="Why"):
        editing.remove(built(), PAGE, "first")
    kept = [{"key": "good", "label": "Good", "sort": ""}]
    with pytest.raises(Rejected, match="looks at an answer you took out"):
        editing.change_options(built(), "how_was_it", kept=kept, added=[])
    said = editing.change(built(), QUESTION, "why", words={"text": "You said [[did_you_call|yes]]. Why?"})
    with pytest.raises(Rejected):
        editing.remove(said, QUESTION, "did_you_call")
    assert keys(editing.remove(editing.remove(built(), QUESTION, "why"), QUESTION, "how_was_it"))[0] == ["did_you_call"]


def test_nothing_moves_to_where_its_condition_would_look_forward():
    with pytest.raises(Rejected, match="earlier page"):
        editing.move(built(), PAGE, "second", by=-1)
    with pytest.raises(Rejected, match="earlier page"):
        editing.move_to_page(built(), "how_was_it", page="second")
    with pytest.raises(Rejected, match="earlier page"):
        editing.set_show(built(), QUESTION, "how_was_it", {"when": "did_you_call", "is": "answered"})
    assert keys(editing.move(built(), QUESTION, "did_you_call", by=1)) == [["how_was_it", "did_you_call"], ["why"]]
    assert keys(editing.move_to_page(built(), "did_you_call", page="second")) == [
        ["how_was_it"],
        ["why", "did_you_call"],
    ]


def test_the_first_stays_first_and_the_last_last():
    made = built()
    assert editing.move(made, QUESTION, "did_you_call", by=-1) == made
    assert editing.move(made, PAGE, "second", by=1) == made


def test_a_copy_has_keys_of_its_own():
    made, key = editing.duplicate(built(), PAGE, "first")
    assert key == "first_2" and keys(made) == [
        ["did_you_call", "how_was_it"],
        ["did_you_call_2", "how_was_it_2"],
        ["why"],
    ]
    assert editing.problems(made) == []
    made, key = editing.duplicate(made, QUESTION, "how_was_it")
    assert key == "how_was_it_3" and len({one for page in keys(made) for one in page}) == 6


def test_answers_keep_their_keys_in_any_order_and_say_what_they_are():
    kept = [{"key": "bad", "label": "Not good", "sort": ""}, {"key": "good", "label": "Good", "sort": "unknown"}]
    made = editing.change_options(built(), "how_was_it", kept=kept, added=["Bad 2"])
    options = editing.find(made, QUESTION, "how_was_it").data["options"]
    assert [(one["key"], one["label"]["en"], one.get("unknown", False)) for one in options] == [
        ("bad", "Not good", False),
        ("good", "Good", True),
        ("bad_2_2", "Bad 2", False),
    ]
    with pytest.raises(Rejected, match="words for each answer"):
        editing.change_options(made, "how_was_it", kept=[{"key": "bad", "label": " ", "sort": ""}], added=[])


def test_a_pasted_list_has_no_bullets_numbers_or_repeats():
    assert editing.pasted("1. Bus\n2) Train\n\n • Car\n- Car\na) On foot\n3.5 miles\n") == [
        "Bus",
        "Train",
        "Car",
        "On foot",
        "3.5 miles",
    ]


def test_what_is_gone_is_said_to_be_gone():
    with pytest.raises(Missing):
        editing.find(built(), QUESTION, "nothing")


def stepped(made: dict, random: Random) -> dict:
    """One thing done at random."""
    pages = [page["key"] for page in made["pages"]]
    asked = [key for page in keys(made) for key in page]
    act = random.randrange(8)
    if act == 0:
        return editing.add_page(made, title=random.choice(["First", "", "Über uns", "第"]))[0]
    page = random.choice(pages)
    if act == 1:
        return editing.add_question(made, page=page, kind="long_text", text="Why?")[0]
    if act == 2:
        return editing.duplicate(made, PAGE, page)[0]
    if act == 3:
        return editing.remove(made, PAGE, page)
    if act == 4:
        return editing.move(made, PAGE, page, by=random.choice([-1, 1]))
    question = random.choice(asked)
    if act == 5:
        return editing.duplicate(made, QUESTION, question)[0]
    return editing.remove(made, QUESTION, question) if act == 6 else editing.move_to_page(made, question, page=page)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_whatever_is_done_keys_stay_apart_and_conditions_look_back(seed):
    random = Random(seed)
    made = built()
    for _step in range(12):
        with suppress(Rejected, IndexError):
            made = stepped(made, random)
        unfinished = {"a page needs a question", "a questionnaire needs a page"}
        assert {one.sentence for one in editing.problems(made)} <= unfinished

"""What changed between two states is told word by word, part by part, and nothing else is."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.domain.questionnaire import read
from consult.domain.questionnaire.differences import Piece, pieces, questionnaires, texts
from tests.consultations.factories import make_definition

WORDS = st.lists(st.sampled_from(["the", "bus", "does", "not", "run", "\n\n", "هنا"]), max_size=12).map(" ".join)


@given(WORDS, WORDS)
@settings(max_examples=60, deadline=None)
def test_the_pieces_give_both_texts_again(before, after):
    found = pieces(before, after)
    assert "".join(one.text for one in found if one.how != "added") == before
    assert "".join(one.text for one in found if one.how != "removed") == after
    assert (before == after) == all(one.how == "same" for one in found)


def test_words_are_told_one_by_one():
    assert pieces("The bus does not run", "The bus runs") == (
        Piece("same", "The bus "),
        Piece("removed", "does not run"),
        Piece("added", "runs"),
    )


def test_texts_that_have_little_in_common_are_told_as_wholes():
    assert pieces("How easy is it to phone us?", "ما مدى سهولة الاتصال") == (
        Piece("removed", "How easy is it to phone us?"),
        Piece("added", "ما مدى سهولة الاتصال"),
    )


def test_a_text_as_long_as_a_book_is_compared_as_a_whole():
    before, after = "a " * 3_000, "b " * 3_000
    assert [one.how for one in pieces(before, after)] == ["removed", "added"]


def compared(change):
    before, after = make_definition("en", "pl"), make_definition("en", "pl")
    change(after)
    return questionnaires(read(before), read(after))


def test_nothing_is_told_where_nothing_changed():
    assert compared(lambda _definition: None) == ()


def test_a_word_is_told_in_its_language_alone():
    def change(definition):
        definition["pages"][0]["questions"][0]["options"][1]["label"]["pl"] = "Trudno"

    (found,) = compared(change)
    assert (found.part, found.key, found.how, found.rules) == ("question", "how", "changed", ())
    assert [(one.place, one.language, one.how) for one in found.words] == [("option hard", "pl", "changed")]


def test_a_question_that_came_and_one_that_went_are_told_with_all_their_words():
    def change(definition):
        definition["pages"][0]["questions"].append({"key": "new", "kind": "yes_no", "text": {"en": "New?", "pl": "N?"}})
        del definition["pages"][1]

    found = compared(change)
    assert [(one.part, one.key, one.how) for one in found] == [
        ("question", "new", "added"),
        ("page", "reason", "removed"),
        ("question", "why", "removed"),
    ]
    assert [(one.language, one.how) for one in found[0].words] == [("en", "added"), ("pl", "added")]
    assert [one.how for one in found[2].words] == ["removed", "removed"]


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("has to be answered", lambda one: one["pages"][0]["questions"][0].update(required=True)),
        ("kind", lambda one: one["pages"][1]["questions"][0].update(kind="short_text")),
        ("order of the options", lambda one: one["pages"][0]["questions"][0]["options"].reverse()),
        ("option easy", lambda one: one["pages"][0]["questions"][0]["options"][0].update(score=2)),
        ("setting longest", lambda one: one["pages"][1]["questions"][0].update(settings={"longest": 9})),
        ("shown when", lambda one: one["pages"][1]["show"].update(of=["easy"])),
        ("order of the pages", lambda one: one["pages"].append(one["pages"].pop(0))),
    ],
)
def test_what_is_not_words_is_told_too(name, change):
    def kept(definition):
        if name == "order of the pages":
            del definition["pages"][1]["show"]
        return definition

    before = kept(make_definition())
    after = copy.deepcopy(before)
    change(after)
    (found,) = questionnaires(read(before), read(after))
    assert [rule.name for rule in found.rules] == [name] and found.words == ()


def test_a_question_that_moved_tells_its_page_and_nothing_of_those_it_left():
    def change(definition):
        definition["pages"][0]["questions"] += definition["pages"][1]["questions"]
        del definition["pages"][1]

    found = compared(change)
    assert [(one.part, one.key, [rule.name for rule in one.rules]) for one in found] == [
        ("question", "why", ["page"]),
        ("page", "reason", []),
    ]


def test_without_an_earlier_state_all_is_new():
    assert {one.how for one in questionnaires(None, read(make_definition()))} == {"added"}
    assert questionnaires(None, None) == ()


def test_texts_of_a_page_are_compared_by_name_and_language():
    found = texts({"why": {"en": "Old words"}, "title": {"en": "T"}}, {"why": {"en": "New words", "pl": "Nowe"}})
    assert [(one.key, one.how) for one in found] == [("why", "changed"), ("title", "removed")]
    assert [(one.language, one.how) for one in found[0].words] == [("en", "changed"), ("pl", "added")]

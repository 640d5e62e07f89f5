"""The bank of ready questions."""

from __future__ import annotations

import pytest

from consult.domain import bank
from consult.domain.questionnaire import as_json, read
from consult.questions import check, kinds

LANGUAGES = ("en", "pl", "ar", "ro", "cy", "ur")


def asked(*keys):
    """A questionnaire of these questions in every language."""
    questions = [bank.question(key) for key in keys]
    title = dict.fromkeys(LANGUAGES, "T")
    page = {"key": "p", "questions": questions}
    return read({"consult": 1, "title": title, "language": "en", "languages": list(LANGUAGES), "pages": [page]})


@pytest.mark.parametrize("key", bank.keys())
def test_each_question_can_be_asked_as_it_is_in_every_language(key):
    questionnaire = asked(key)
    assert check(questionnaire) == []
    assert questionnaire.complete_languages == LANGUAGES
    assert read(as_json(questionnaire)) == questionnaire


def test_all_of_them_go_together():
    assert check(asked(*bank.keys())) == []


@pytest.mark.parametrize("key", bank.keys())
def test_each_says_what_it_is_for_and_where_its_words_are_from(key):
    entry = bank.ENTRIES[key]
    assert entry.key == key
    assert entry.purpose.endswith(".")
    assert entry.source.endswith(".")
    assert f"{key}, version {entry.version}" in bank.question(key)["note"]["en"]


def test_only_the_english_words_of_the_nhs_count_as_checked():
    assert bank.ENTRIES["friends_and_family"].unchecked == LANGUAGES[1:]
    assert bank.ENTRIES["recommend"].unchecked == LANGUAGES
    assert bank.question("friends_and_family")["note"]["en"].endswith("Words not checked yet: pl, ar, ro, cy, ur.")


def test_whoever_changes_a_question_changes_their_own():
    bank.question("friends_and_family")["options"].clear()
    assert len(bank.question("friends_and_family")["options"]) == 6


def test_the_friends_and_family_test_has_its_words_and_order():
    question = asked("friends_and_family").question_by_key["friends_and_family"]
    assert question.text.to("en").text == "Overall, how was your experience of our service?"
    assert [option.label.to("en").text for option in question.options] == [
        "Very good",
        "Good",
        "Neither good nor poor",
        "Poor",
        "Very poor",
        "Don’t know",
    ]


def test_who_does_not_know_stands_outside_both_scales():
    for key in ("friends_and_family", "recommend"):
        question = asked(key).question_by_key[key]
        finding = kinds()["rating"].finding(question, {}, everyone=True)
        assert finding.apart == ("dont_know",)


def test_recommending_goes_from_0_to_10():
    question = asked("recommend").question_by_key["recommend"]
    assert kinds()["rating"].steps(question) == [str(step) for step in range(11)]


def test_there_is_no_other_question():
    with pytest.raises(KeyError):
        bank.question("net_promoter_score")

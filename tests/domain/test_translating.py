"""A translation is missing, stale, a draft or signed off, and only a second person signs it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as some

from consult.domain import translating
from consult.domain.translating import DRAFT, MISSING, SIGNED, STALE, Progress


@dataclass
class Row:
    source: str = "Phones"
    target_mark: str = translating.mark("Telefony")
    signed: bool = True
    written_by: int | None = 1


@pytest.mark.parametrize(
    ("source", "target", "row", "state"),
    [
        ("Phones", "", None, MISSING),
        ("Phones", "  ", Row(), MISSING),
        ("Phones", "Telefony", None, DRAFT),
        ("Phones", "Telefony", Row(), SIGNED),
        ("Phones", "Telefony", Row(signed=False), DRAFT),
        ("Telephones", "Telefony", Row(), STALE),
        ("Telephones", "Telefony", Row(signed=False), STALE),
        # other words than those that were signed off
        ("Phones", "Telefon", Row(), DRAFT),
        ("Telephones", "Telefon", Row(), DRAFT),
        # spaces and ends of lines that a program changed are no other words
        (" Phones\r\n", "Telefony\n", Row(), SIGNED),
    ],
)
def test_a_text_has_one_state(source, target, row, state):
    assert translating.state(source, target, row) == state


def test_only_another_person_than_the_writer_signs_words_that_are_there_and_up_to_date():
    sign = translating.why_not_sign
    assert sign("Phones", "Telefony", Row(signed=False), 2) is None
    assert sign("Phones", "Telefony", Row(signed=False), 1) == translating.BY_YOU
    assert sign("Phones", "Telefony", Row(written_by=None), 1) is None
    assert sign("Phones", "Telefony", None, 1) is None
    assert sign("Phones", "", None, 2) == translating.EMPTY
    assert sign("Telephones", "Telefony", Row(), 2) == translating.OLD
    # what somebody wrote before it was replaced by a file does not make them its writer
    assert sign("Phones", "Telefon", Row(), 1) is None


@given(some.lists(some.sampled_from(translating.STATES)))
def test_a_language_is_done_when_nothing_is_left_and_not_before(states):
    counted = translating.progress(states)
    assert counted.total == len(states)
    assert counted.done == (set(states) <= {SIGNED}) == (translating.sentence("Polish", counted) == "")
    assert (counted.percent == 100) == counted.done


def test_a_sentence_says_how_many_of_what():
    assert translating.sentence("Polish", Progress(3, 1, 2, 9)) == (
        "Polish: 3 texts are missing, 1 is out of date because the original has changed and 2 are not signed off by a "
        "second person. See the translation desk."
    )
    assert translating.sentence("Arabic", Progress(draft=1, signed=1)).startswith("Arabic: 1 text is not signed off")


def test_marks_tell_texts_and_their_order_apart():
    assert translating.mark("a", "b") != translating.mark("b", "a") != translating.mark("ab", "")
    assert translating.mark("a  b") == translating.mark("a\nb")


def test_a_role_without_languages_has_all_of_them():
    assert translating.restrained([["pl"], ["ar", "pl"]]) == {"pl", "ar"}
    assert translating.restrained([["pl"], None]) is None
    assert translating.restrained([]) == frozenset()

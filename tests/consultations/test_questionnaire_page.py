"""Staff read a whole questionnaire: sections, introductions, notes and conditions in words."""

from __future__ import annotations

import pytest

from consult.consultations import actions
from consult.consultations.actions.changing import bones
from consult.consultations.routes.in_words import condition
from consult.domain import conditions
from consult.domain.questionnaire import read
from consult.extensions import db
from tests.accounts.factories import sign_in
from tests.consultations.factories import NOW, make_draft

DEFINITION = {
    "title": "Buses",
    "pages": [
        {
            "key": "p1",
            "title": "Before",
            "text": "An **introduction** to read.",
            "questions": [
                {"key": "day", "kind": "date", "text": "Which day?", "note": "Ask the drivers first"},
                {
                    "section": "home",
                    "title": "At home",
                    "text": "About where you live.",
                    "questions": [
                        {
                            "key": "how",
                            "kind": "single_choice",
                            "text": "How?",
                            "options": [
                                {"key": "bus", "label": "Bus", "score": 2, "last": True},
                                {"key": "dk", "label": "Don’t know", "unknown": True},
                            ],
                        },
                        {
                            "key": "grid",
                            "kind": "matrix",
                            "text": "Each?",
                            "options": [{"key": "good", "label": "Good"}],
                            "rows": [{"key": "r1", "label": "Seats"}, {"key": "r2", "label": "Doors"}],
                        },
                    ],
                },
            ],
        },
        {
            "key": "p2",
            "questions": [
                {
                    "section": "later",
                    "title": "Later",
                    "show": {
                        "all": [
                            {"when": "day", "is": "at_least", "of": {"today": -28}},
                            {"when": "grid", "is": "at_least", "of": 2, "count": "rows"},
                            {"when": "grid", "is": "any_of", "of": ["good"], "row": "r2"},
                        ]
                    },
                    "questions": [{"key": "why", "kind": "yes_no", "text": "Was it [[how|so]]?"}],
                }
            ],
        },
    ],
}
PAGE = "/staff/consultations/phones/questionnaire"


def test_sections_introductions_notes_and_conditions_are_all_said(app, clock, database, editor):
    clock.set(NOW)
    actions.save_definition(make_draft("en", by=editor), definition=DEFINITION, by=editor, now=NOW)
    db.session.commit()
    client = sign_in(app, editor)
    page = client.page(PAGE)
    assert [one.text for one in page.all("h3")] == ["Section: At home", "Section: Later"]
    for said in (
        "Note for authors and translators: Ask the drivers first",
        "About where you live.",
        "Bus, always at the end, worth 2",
        "Don’t know, stands apart from the others",
        "the answer to “Which day?” is at least 28 days before today",
        "the number of rows answered in “Each?” is at least “2”",
        "the answer to “Doors” in “Each?” is “Good”",
    ):
        assert said in page.text, said


def test_a_preview_has_the_introduction_and_sections_and_what_is_said_without_an_answer(app, clock, database, editor):
    clock.set(NOW)
    actions.save_definition(make_draft("en", by=editor), definition=DEFINITION, by=editor, now=NOW)
    db.session.commit()
    client = sign_in(app, editor)
    first = client.page(f"{PAGE}/preview/p1")
    assert [one.text for one in first.all("strong") if one.inside("main")] == ["introduction"]
    assert "At home" in [one.text for one in first.all("h2")]
    assert "Ask the drivers first" not in first.text
    assert "Was it so?" in client.page(f"{PAGE}/preview/p2").text


def test_words_of_sections_pictures_and_maps_are_corrected_and_nothing_else():
    picture = {"file": "0" * 64, "alt": "A bus"}
    question = {
        "key": "where",
        "kind": "single_choice",
        "text": "Where?",
        "note": "n",
        "options": [{"key": "a", "label": "A", "picture": picture}, {"key": "b", "label": "B"}],
        "settings": {"map": {"areas": {"a": "M 0 0"}, "alt": {"en": "A map"}}},
    }
    section = {"section": "s", "title": "S", "text": "T", "questions": [question]}
    before = read({"title": "T", "pages": [{"key": "p", "text": "I", "questions": [section]}]})
    words = {**question, "note": "m", "settings": {"map": {"areas": {"a": "M 0 0"}, "alt": {"en": "The map"}}}}
    words["options"] = [{**question["options"][0], "picture": {**picture, "alt": "The bus"}}, question["options"][1]]
    changed = {**section, "title": "S2", "text": "T2", "questions": [words]}
    after = read({"title": "T", "pages": [{"key": "p", "text": "I2", "questions": [changed]}]})
    assert bones(before) == bones(after)
    moved = {**question, "settings": {"map": {"areas": {"a": "M 9 9"}, "alt": {"en": "A map"}}}}
    for other in (
        {"key": "p", "questions": [{**section, "questions": [moved]}]},
        {"key": "p", "questions": [question]},
        {"key": "p", "questions": [{**section, "section": "other"}]},
    ):
        assert bones(before) != bones(read({"title": "T", "pages": [other]}))


GIVEN = {key: {"when": key, "is": "answered"} for key in "ab"}


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ({"all": [GIVEN["a"]]}, "the answer to “A” is given"),
        (
            {"all": [GIVEN["a"], {"any": [GIVEN["b"], GIVEN["a"]]}]},
            "the answer to “A” is given and (the answer to “B” is given or the answer to “A” is given)",
        ),
        (
            {"not": {"all": [GIVEN["a"], GIVEN["b"]]}},
            "it is not so that (the answer to “A” is given and the answer to “B” is given)",
        ),
    ],
)
def test_a_condition_in_words_has_brackets_only_where_they_are_needed(shown, said):
    asked = [{"key": key, "kind": "yes_no", "text": {"en": key.upper()}} for key in "ab"]
    definition = {"title": {"en": "T"}, "language": "en", "pages": [{"key": "p", "questions": asked}]}
    assert condition(conditions.read(shown), read(definition)) == said

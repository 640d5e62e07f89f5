"""Answers to questions that were changed while people answered are told apart, and told of all."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta

import pytest

from consult.consultations import actions
from consult.domain.questionnaire import read, together
from consult.domain.questionnaire.versions import EARLIER, LATER, OTHERWISE
from consult.extensions import db
from consult.publications.pack.verifying import verify
from consult.results import queries
from consult.results.actions import publish
from tests.accounts.factories import make_person
from tests.answering.factories import CLOSES, options, say
from tests.consultations.factories import make_definition
from tests.results.factories import AFTER, RESULTS, answer, close, count, make_answered


def version(**keys):
    """The usual definition with other keys for its questions."""
    definition = make_definition()
    for page in definition["pages"]:
        for question in page["questions"]:
            question["key"] = keys.get(question["key"], question["key"])
    if "how" in keys:
        definition["pages"][1]["show"]["when"] = keys["how"]
    return definition


def test_what_only_earlier_versions_asked_stands_after_the_newest():
    first, second = read(version()), read(version(how="how_now"))
    both = together([first, second])
    assert [one.key for one in both.questions] == ["how_now", "why", "how"]
    assert both.sometimes == {"how": EARLIER, "how_now": LATER, "why": OTHERWISE}
    assert together([first]) is first and together([first, first]).sometimes == {}
    assert len({page.key for page in both.pages}) == 3


def test_a_question_gone_twice_is_told_of_once_in_its_newest_words():
    first, second, third = version(), version(), version(how="how_now")
    second["pages"][0]["questions"][0]["text"] = {"en": "Newer words"}
    both = together([read(one) for one in (first, second, third)])
    assert [one.key for one in both.questions] == ["how_now", "why", "how"]
    assert both.question_by_key["how"].text["en"] == "Newer words"


ONE = {
    "language": "en",
    "languages": ["en", "pl", "ar"],
    "title": say("Phones"),
    "pages": [
        {
            "key": "p1",
            "questions": [
                {"key": "how", "kind": "single_choice", "text": say("How?"), "options": options("easy", "hard")},
                {"key": "rate", "kind": "rating", "text": say("Rate us"), "settings": {"points": 3}, "required": True},
            ],
        }
    ],
}


@pytest.fixture
def revised(app, database, clock):
    """Thirty people answered the first version, twenty the second, in which an option was added under a new key."""
    clock.set(AFTER)
    first = [answer(how="easy" if at % 3 else "hard", rate="1") for at in range(30)]
    consultation = make_answered(app, first, definition=ONE, closed=False, equality=False)
    after = deepcopy(ONE)
    question = after["pages"][0]["questions"][0]
    question["key"] = "how_now"
    question["options"] = options("easy", "hard", "middling")
    actions.revise(
        consultation,
        definition=after,
        reason={"en": "An option was missing"},
        same_meaning=False,
        by=make_person("editor"),
        now=CLOSES - timedelta(days=1),
    )
    count(consultation, [answer(how_now="middling" if at % 2 else "hard", rate="2") for at in range(20)])
    close(consultation)
    db.session.commit()
    return consultation


def test_answers_to_different_questions_are_never_counted_together(revised):
    exact = queries.exact(revised)
    found = {finding.question: finding.table for finding in exact.findings}
    assert exact.responses == 50 and list(found) == ["how_now", "rate", "how"]
    assert {key: (one.base.count, one.asked, one.everyone, one.complete) for key, one in found.items()} == {
        "how_now": (20, 20, False, False),
        "rate": (50, 50, True, True),
        "how": (30, 30, False, False),
    }
    assert [cell.key for cell in found["how"].cells] == ["easy", "hard"]


def test_what_is_published_tells_of_both_and_the_pack_is_made_again_from_its_files(revised, client):
    publish(revised, by=None, now=AFTER)
    db.session.commit()
    shown = client.page(RESULTS).text
    assert "This was asked only until the questions were changed" in shown
    assert "This was asked only after the questions were changed" in shown
    for ending in (".csv", ".json", ".zip"):
        assert client.get(f"{RESULTS}{ending}").status_code == 200, ending
    assert "how_now" in client.get(f"{RESULTS}.csv").text and "\nhow," in client.get(f"{RESULTS}.csv").text
    verdict = verify(client.get(f"{RESULTS}.zip").data)
    assert verdict.holds, [point.sentence for point in verdict.points if not point.holds]

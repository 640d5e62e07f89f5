"""A questionnaire of a thousand questions is read, and answered, about as fast as one of twelve."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from time import process_time
from typing import Any

import pytest
from flask.testing import FlaskClient

from consult.answering import asked as asking
from consult.answering import drafts
from consult.answering.holder import cookie_name
from consult.domain.questionnaire import Questionnaire, read
from consult.extensions import db
from consult.questions import kind
from tests.answering.factories import NOW, make_open, options, say

PER_PAGE = 4
KINDS = ("single_choice", "multiple_choice", "number", "yes_no", "short_text")


def definition(questions: int, conditions: int) -> dict[str, Any]:
    """Pages of four questions; some pages, questions and options look back at earlier ones."""
    pages: list[dict[str, Any]] = []
    left = conditions
    for number in range(questions // PER_PAGE):
        asked = []
        for at in range(PER_PAGE):
            index = number * PER_PAGE + at
            question: dict[str, Any] = {"key": f"q{index}", "kind": KINDS[index % 5], "text": say(f"Question {index}?")}
            if index % 5 < 2:
                question["options"] = options("a", "b", "c", "d")
            if number > 4 and left and at:
                back = (index // 5 - 2) * 5
                question["show"] = {
                    "any": [
                        {"when": f"q{back}", "is": "any_of", "of": ["a", "b", "c", "d"]},
                        {"when": f"q{back + 2}", "is": "at_most", "of": 7},
                        {"when": f"q{back + 3}", "is": "none_of", "of": ["never"]},
                    ]
                }
                left -= 1
            asked.append(question)
        pages.append({"key": f"p{number}", "title": say(f"Page {number}"), "questions": asked})
    assert left == 0
    return {"language": "en", "languages": ["en", "pl", "ar"], "title": say("Large"), "pages": pages}


def invented(questionnaire: Questionnaire) -> dict[str, Any]:
    random = Random(1)
    return {one.key: values for one in questionnaire.questions if (values := kind(one.kind).invent(one, random))}


def opened(app, slug: str, made: dict[str, Any], *, filled: bool):
    """A browser with a draft of it."""
    with app.app_context():
        consultation = make_open(slug=slug, definition=made)
        revision = asking.current_revision(db.session, consultation.id)
        begun = drafts.begin(db.session, consultation_id=consultation.id, revision=revision.id, language="en", now=NOW)
        if filled:
            answers = invented(revision.questionnaire)
            seen = tuple(page.key for page in revision.questionnaire.pages)
            drafts.save(db.session, replace(begun, answers=answers, seen=seen), now=NOW)
        db.session.commit()
        name = cookie_name(consultation.id)
    client = app.test_client()
    client.set_cookie(name, drafts.cookie_value(begun.key))
    return client


def milliseconds(*pages: tuple[FlaskClient, str]) -> list[float]:
    """What each page costs the processor at best, once its questions were drawn before; taken in turns."""
    taken: list[list[float]] = [[] for _page in pages]
    for _turn in range(30):
        for times, (client, address) in zip(taken, pages, strict=True):
            before = process_time()
            response = client.get(address)
            times.append((process_time() - before) * 1000)
            assert response.status_code == 200
    return [min(times[5:]) for times in taken]


def test_a_thousand_questions_are_read_in_a_moment():
    made = definition(1000, 400)
    spent = []
    for _ in range(3):
        before = process_time()
        read(made)
        spent.append(process_time() - before)
    assert min(spent) < 2


@pytest.mark.parametrize("filled", [False, True])
def test_a_page_of_a_thousand_questions_costs_less_than_twice_one_of_twelve(app, clock, filled):
    clock.set(NOW)
    small = opened(app, "small", definition(12, 0), filled=filled)
    large = opened(app, "large", definition(1000, 400), filled=filled)
    one, other = milliseconds((small, "/consultations/small/answer/p2"), (large, "/consultations/large/answer/p200"))
    assert other < 2 * one, f"{one:.1f} ms and {other:.1f} ms"

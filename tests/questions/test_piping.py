"""Every kind says earlier answers wherever it has words, and a kept drawing is never good for another answer."""

from __future__ import annotations

import random
from typing import Any

from werkzeug.datastructures import MultiDict

from consult.domain.answers import Value
from consult.domain.journey import Stop
from consult.domain.markup import Pipe
from consult.domain.questionnaire import Page, Questionnaire, as_json, read
from consult.domain.wording import Wording
from consult.questions import kinds
from consult.questions.piping import earlier_answer, piping
from consult.web.locale import current_locale
from consult.web.questions import draw_page, page_form
from tests.questions.test_every_kind import kind_name, question_of, sent  # noqa: F401

FIRST = {
    "key": "first",
    "kind": "multiple_choice",
    "text": "First?",
    "options": [{"key": "one", "label": {"en": "Un & <b>deux</b>"}}, {"key": "two", "label": {"en": "Trois"}}],
}
ONE, TWO = {"first": (Value(choice="one"),)}, {"first": (Value(choice="one"), Value(choice="two"))}


def saying(data: Any) -> Any:
    """The same JSON with an earlier answer at the end of all its words."""
    if isinstance(data, dict):
        if data.keys() == {"en"} and isinstance(data["en"], str):
            return {"en": f"{data['en']} [[first|elsewise]]"}
        return {name: saying(one) for name, one in data.items()}
    return [saying(one) for one in data] if isinstance(data, list) else data


def asked_of(name: str) -> tuple[Questionnaire, Stop]:
    questionnaire = Questionnaire(Wording("T"), (Page("p2", (question_of(name),)),))
    pages = saying(as_json(questionnaire)["pages"])
    made = read({"title": "T", "pages": [{"key": "p1", "questions": [FIRST]}, *pages]})
    return made, Stop(made.pages[1], made.pages[1].questions)


def test_every_word_of_every_kind_says_the_earlier_answer(app, kind_name):  # noqa: F811
    questionnaire, stop = asked_of(kind_name)
    with app.test_request_context("/"):
        for answers, words in (({}, "elsewise"), (ONE, "Un &amp; &lt;b&gt;deux&lt;/b&gt;"), (TWO, "Trois")):
            form = page_form(stop, current_locale(), answers=answers, questionnaire=questionnaire)
            drawn = "".join(draw_page(stop, form))
            assert words in drawn
            assert "[[" not in drawn and "|elsewise" not in drawn
            assert answers == {} or "elsewise" not in drawn
            assert "<b>deux" not in drawn


def test_kept_and_direct_drawings_agree_for_every_earlier_answer(app, kind_name):  # noqa: F811
    questionnaire, stop = asked_of(kind_name)
    revision = ("piped", kind_name)
    with app.test_request_context("/"):
        for answers in (ONE, {}, TWO, ONE):
            for required in (None, MultiDict({"token": "x"})):
                form = page_form(
                    stop, current_locale(), answers=answers, questionnaire=questionnaire, formdata=required
                )
                form.validate()
                assert draw_page(stop, form, revision=revision) == draw_page(stop, form)


def test_answers_in_words_and_messages_say_it_as_plain_text(app, kind_name):  # noqa: F811
    questionnaire, stop = asked_of(kind_name)
    question, asked = stop.questions[0], kinds()[kind_name]
    with app.test_request_context("/"):
        locale = piping(current_locale(), questionnaire, TWO)
        for seed in range(30):
            values = asked.invent(question, random.Random(seed))
            for line in asked.words(question, values, locale):
                assert "[[" not in line and "elsewise" not in line and "<bdi" not in line
        nonsense = {suffix: ["nonsense"] for suffix in asked.inputs(question)}
        form = page_form(
            stop, current_locale(), answers=TWO, questionnaire=questionnaire, formdata=sent(question, nonsense)
        )
        form.validate()
        for field in form:
            for message in field.part_errors.values():
                assert "[[" not in message and "<bdi" not in message


def test_the_answer_of_every_kind_is_said_in_words_or_not_at_all(app, kind_name):  # noqa: F811
    question, asked = question_of(kind_name), kinds()[kind_name]
    questionnaire = Questionnaire(Wording("T"), (Page("p1", (question,)),))
    with app.test_request_context("/"):
        locale = current_locale()
        for seed in range(30):
            answers = {question.key: asked.invent(question, random.Random(seed))}
            said = [one.text for one in earlier_answer(Pipe(question.key, "", "x"), locale, questionnaire, answers)]
            if asked.free or asked.personal or not asked.asks:
                assert said == []
            else:
                assert bool(said) == bool(asked.closed(question, answers[question.key]))
            written = [value.text for value in answers[question.key] if value.choice is not None and value.text]
            assert not [one for one in said for text in written if text in one]
            for row in question.rows:
                part = Pipe(question.key, row.key, "x")
                given = [value for value in answers[question.key] if value.part == row.key]
                found = earlier_answer(part, locale, questionnaire, answers)
                assert bool(found) == bool(given and not asked.free)

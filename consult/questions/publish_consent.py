"""Whether what somebody wrote may be shown to others in their own words: asked, typed, and always theirs to refuse."""

from __future__ import annotations

from random import Random

from wtforms import Form, SelectMultipleField
from wtforms.validators import Optional

from consult.domain.answers import Value, Values
from consult.domain.possible import Choices, Possible
from consult.domain.questionnaire import Question, Questionnaire
from consult.questions.base import (
    MAIN,
    N_,
    Component,
    Data,
    Drawing,
    Locale,
    QuestionType,
    heading_words,
    hint_words,
    input_name,
)

#: The answers; anything but the first means that no words are quoted.
ANSWERS = {
    "in_words": N_("Yes, you can use my own words"),
    "counted_only": N_("Yes, but only count what I said. Do not show my words"),
    "no": N_("No, do not publish anything I wrote"),
}


class Settings(Form):
    """Which questions it is about; without any, all that are answered in words."""

    about = SelectMultipleField("Questions it is about", choices=[], validate_choice=False, validators=[Optional()])


class PublishConsent(QuestionType):
    """Consent to publish a comment."""

    name = "publish_consent"
    title = N_("May we publish what you wrote?")
    settings = Settings
    missing = N_("Select whether we may publish what you wrote")

    def problems_among(self, question: Question, questionnaire: Questionnaire) -> list[str]:
        about = question.settings.get("about") or []
        if not isinstance(about, list | tuple):
            return ["“about” is a list of questions"]
        return [
            f"it is about “{str(key)[:60]}”, and no question of that name is answered in people’s own words"
            for key in about
            if key not in questionnaire.question_by_key or not in_words(questionnaire.question_by_key[key])
        ]

    def texts(self, question: Question) -> list[str]:
        return []

    def component(self, question: Question, drawing: Drawing) -> Component:
        return Component(
            "radios",
            {
                "idPrefix": input_name(question),
                "name": input_name(question),
                "fieldset": {"legend": heading_words(question, drawing)},
                "hint": hint_words(
                    question, drawing, drawing.locale.say("We take out anything that could show who you are.")
                ),
                "errorMessage": drawing.error(),
                "items": [
                    {"value": key, "text": drawing.locale.say(words), "checked": key in drawing.chosen()}
                    for key, words in ANSWERS.items()
                ],
            },
        )

    def check(self, question: Question, data: Data, locale: Locale) -> dict[str, str]:
        given = [key for key in data.get(MAIN, ()) if key]
        if len(given) > 1 or any(key not in ANSWERS for key in given):
            return {MAIN: locale.say(N_("Choose from the answers shown"))}
        return {}

    def values(self, question: Question, data: Data) -> Values:
        given = [key for key in data.get(MAIN, ()) if key in ANSWERS]
        return (Value(choice=given[0]),) if given else ()

    def words(self, question: Question, values: Values, locale: Locale) -> list[str]:
        return [locale.say(ANSWERS[value.choice]) for value in values if value.choice in ANSWERS]

    def possible(self, question: Question) -> list[Possible]:
        return [Choices(tuple(ANSWERS))]

    def counted(self, question: Question) -> list[tuple[str, str]]:
        return [(MAIN, key) for key in ANSWERS]

    def atom_words(self, question: Question, part: str, atom: str, locale: Locale) -> str:
        return locale.say(ANSWERS[atom]) if atom in ANSWERS else atom

    def invent(self, question: Question, random: Random) -> Values:
        return (Value(choice=random.choices(list(ANSWERS), [6, 3, 1])[0]),)


def in_words(question: Question) -> bool:
    """Whether people answer it, or part of it, in words of their own that are not kept apart."""
    from consult.questions import kinds

    asked = kinds().get(question.kind)
    if asked is None or question.personal:
        return False
    return asked.free or any(option.other for option in question.options)

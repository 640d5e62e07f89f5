"""A place or practice from a list: the definition's own, or one that the organisation holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from wtforms import Form, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from consult.domain.questionnaire import Option, Question, Questionnaire
from consult.domain.wording import Wording
from consult.questions import order
from consult.questions.base import N_
from consult.questions.single_choice import SingleChoice

#: Lists that the organisation may hold; whoever asks for a questionnaire fills them in before it is shown or frozen.
LISTS = ("practices", "towns")


class Settings(Form):
    """Whose list it is, and how it looks."""

    list = SelectField(
        "Places",
        choices=[
            SelectChoice("", "The options of this question"),
            SelectChoice("practices", "The practices of the local group"),
            SelectChoice("towns", "The towns of its practices"),
        ],
        validators=[Optional()],
    )
    appearance = SelectField(
        "Appearance",
        choices=[
            SelectChoice("radios", "Radio buttons"),
            SelectChoice("select", "Drop-down list"),
            SelectChoice("type_ahead", "A box to type in that searches the list"),
        ],
        validators=[Optional()],
    )
    order = order.order_setting()


class Place(SingleChoice):
    """A place or practice from a list."""

    name = "place"
    title = N_("A place or practice from a list")
    settings = Settings
    missing = N_("Select a place")

    def problems(self, question: Question) -> list[str]:
        wanted = question.settings.get("list")
        if wanted and wanted not in LISTS:
            return [f"“{wanted}” is not a list we hold: choose one of {', '.join(LISTS)}"]
        return [] if wanted or question.settings.get("listed") else super().problems(question)


def with_lists(
    questionnaire: Questionnaire, lists: Mapping[str, Callable[[], Iterable[tuple[str, str]]]]
) -> Questionnaire:
    """The same with the organisation's lists as options, before those its author wrote (such as “somewhere else”).

    A list gives keys and names; names of places are the same in every language. What was filled in says which list it
    was, `listed`, and is never filled in again.
    """

    def filled(question: Question) -> Question:
        names = {key: name for key, name in lists[_wanted(question)]() if key not in question.option_by_key}
        options = tuple(
            Option(key, Wording(dict.fromkeys(questionnaire.languages, name), questionnaire.language))
            for key, name in names.items()
        )
        return _listing(question, options)

    return _each(questionnaire, lambda question: filled(question) if _wanted(question) in lists else question)


def with_lists_of(questionnaire: Questionnaire, asked: Questionnaire) -> Questionnaire:
    """The same with the options that were filled in when it was first asked, whatever has become of the lists."""

    def filled(question: Question) -> Question:
        before = asked.question_by_key.get(question.key)
        if before is None or not _wanted(question) or before.settings.get("listed") != _wanted(question):
            return question
        return _listing(question, tuple(one for one in before.options if one.key not in question.option_by_key))

    return _each(questionnaire, filled)


def _wanted(question: Question) -> str:
    return str(question.settings.get("list") or "") if question.kind == Place.name else ""


def _listing(question: Question, listed: tuple[Option, ...]) -> Question:
    settings = {name: value for name, value in question.settings.items() if name != "list"}
    return replace(question, options=(*listed, *question.options), settings={**settings, "listed": _wanted(question)})


def _each(questionnaire: Questionnaire, changed: Callable[[Question], Question]) -> Questionnaire:
    if not any(_wanted(question) for question in questionnaire.questions):
        return questionnaire
    pages = tuple(
        replace(page, questions=tuple(changed(question) for question in page.questions)) for page in questionnaire.pages
    )
    return replace(questionnaire, pages=pages)


def empty_lists(questionnaire: Questionnaire) -> list[str]:
    """Sentences about questions whose list, once filled in, gives nothing to choose from."""
    return [
        f"The question {question.key} takes its answers from our list of {question.settings['listed']}: it is empty."
        for question in questionnaire.questions
        if question.kind == Place.name and question.settings.get("listed") and not question.options
    ]

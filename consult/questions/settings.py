"""What a definition's settings hold, held to the form of their kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wtforms import Field, SelectMultipleField

from consult.domain.questionnaire import Question
from consult.questions.base import QuestionType


class Sent(dict[str, list[str]]):
    """What a form takes for sent: every name with its texts."""

    def getlist(self, name: str) -> list[str]:
        """The texts of one name."""
        return self.get(name, [])


def problems(asked: QuestionType, question: Question) -> Iterator[str]:
    """Sentences about settings that the form would refuse; it does not know words, maps and the settings of others."""
    form = asked.settings()
    given = {
        name: value
        for name, value in question.settings.items()
        if name in form and value is not None and not isinstance(value, Mapping)
    }
    form.process(Sent({name: sent(form[name], value) for name, value in given.items()}))
    form.validate()
    for name in given:
        for message in form[name].errors:
            yield f"its setting “{name}” cannot be “{str(given[name])[:60]}”: {message}"


def sent(field: Field, value: Any) -> list[str]:
    """A setting as it would be sent from the form."""
    several = value if isinstance(value, list | tuple) else [value]
    texts = ["y" if one is True else "" if one is False else str(one) for one in several]
    return texts if isinstance(field, SelectMultipleField) else [",".join(texts)]

"""A questionnaire as it is defined: pages of questions, whole in every language.

`read` turns the JSON definition kept in drafts and frozen revisions into objects and refuses what could not be asked:
see `docs/questionnaire.md` for the JSON form, `docs/questionnaire.schema.json` for its shape.
"""

from consult.domain.questionnaire.definition import (
    Option,
    Page,
    Picture,
    Question,
    Questionnaire,
    Row,
    Section,
    grouped,
)
from consult.domain.questionnaire.reading import (
    KEY,
    LANGUAGE,
    MOST_QUESTIONS,
    OPTION_KEY,
    PERSONAL_KINDS,
    RESERVED_PAGES,
    BadDefinition,
    Problem,
    read,
)
from consult.domain.questionnaire.rewording import reworded
from consult.domain.questionnaire.versions import clashes, reworded_questions, together
from consult.domain.questionnaire.writing import as_json

__all__ = [
    "KEY",
    "LANGUAGE",
    "MOST_QUESTIONS",
    "OPTION_KEY",
    "PERSONAL_KINDS",
    "RESERVED_PAGES",
    "BadDefinition",
    "Option",
    "Page",
    "Picture",
    "Problem",
    "Question",
    "Questionnaire",
    "Row",
    "Section",
    "as_json",
    "clashes",
    "grouped",
    "read",
    "reworded",
    "reworded_questions",
    "together",
]

"""A questionnaire changed step by step: each function takes a definition as plain JSON and gives the next one.

A definition may be unfinished between two steps: `problems` says what keeps it from being asked. Keys stay as they are
for ever, so that answers, translations and conditions go on meaning the same.
"""

from consult.domain.editing.answers import change_options, change_rows, pasted
from consult.domain.editing.bringing import Brought, put_page, put_question
from consult.domain.editing.moving import duplicate, move, move_to_page, remove
from consult.domain.editing.places import PAGE, QUESTION, SECTION, Thing, find, named_by, problems, questions_before
from consult.domain.editing.sections import add_section, choose_for_section, dissolve, questions_of
from consult.domain.editing.translations import bare, same_parts, with_translations
from consult.domain.editing.writing import add_page, add_question, change, set_show, start

__all__ = [
    "PAGE",
    "QUESTION",
    "SECTION",
    "Brought",
    "Thing",
    "add_page",
    "add_question",
    "add_section",
    "bare",
    "change",
    "change_options",
    "change_rows",
    "choose_for_section",
    "dissolve",
    "duplicate",
    "find",
    "move",
    "move_to_page",
    "named_by",
    "pasted",
    "problems",
    "put_page",
    "put_question",
    "questions_before",
    "questions_of",
    "remove",
    "same_parts",
    "set_show",
    "start",
    "with_translations",
]

"""What staff can do with a consultation, one function each."""

from consult.consultations.actions.changing import (
    correct_page,
    correct_questionnaire,
    extend,
    pause,
    reopen,
    report,
    second,
    withdraw,
)
from consult.consultations.actions.documents import add_file, add_link, remove_document
from consult.consultations.actions.reviewing import (
    add_lacking,
    approve,
    lacking,
    open_at_once,
    return_to_draft,
    stopping,
    submit_for_review,
    ways_through,
)
from consult.consultations.actions.writing import PageText, check_definition, create, edit_page, save_definition

__all__ = [
    "PageText",
    "add_file",
    "add_lacking",
    "add_link",
    "approve",
    "check_definition",
    "correct_page",
    "correct_questionnaire",
    "create",
    "edit_page",
    "extend",
    "lacking",
    "open_at_once",
    "pause",
    "remove_document",
    "reopen",
    "report",
    "return_to_draft",
    "save_definition",
    "second",
    "stopping",
    "submit_for_review",
    "ways_through",
    "withdraw",
]

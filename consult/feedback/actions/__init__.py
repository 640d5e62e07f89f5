"""What editors and commissioners do with You Said, We Did."""

from consult.feedback.actions.reviewing import flag, publish, return_to_authors, submit, take_back
from consult.feedback.actions.writing import (
    RowText,
    add_row,
    add_theme,
    edit_row,
    move_row,
    move_theme,
    remove_row,
    remove_theme,
    rename_theme,
    translate_row,
)

__all__ = [
    "RowText",
    "add_row",
    "add_theme",
    "edit_row",
    "flag",
    "move_row",
    "move_theme",
    "publish",
    "remove_row",
    "remove_theme",
    "rename_theme",
    "return_to_authors",
    "submit",
    "take_back",
    "translate_row",
]

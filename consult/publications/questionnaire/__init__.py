"""A questionnaire as a document to read or to print: every page, question and way through it, in plain words.

`tree` makes the document, `blanks` turns what stands on a page into room for an answer, `phrases` says conditions and
where to go on in words.
"""

from consult.publications.questionnaire.form import Sending, code_sheet, fillable
from consult.publications.questionnaire.tree import readable

__all__ = ["Sending", "code_sheet", "fillable", "readable"]

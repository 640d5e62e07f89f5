"""Questionnaires become XLSForm workbooks that pyxform accepts without a warning.

Read in this order: `sheets` (rows, headings, bytes), `names` (what things are called there), `expressions` (conditions
as XPath), `kinds` (how each kind is asked there, as data), `asked` (a question as rows), `form` (all of it).
"""

from consult.exchange.xlsform.writing.form import Written, write_xlsform

__all__ = ["Written", "write_xlsform"]

"""XLSForm workbooks become questionnaires.

Read in this order: `workbook` (sheets as text with places), `columns` and `words` (what headings and cells say),
`rows` (the survey as a tree), `survey` (from row to row), `questions`, `grids` and `choices` (what each becomes),
`expressions` and `conditions` (when it is shown), `checks` (what is accepted), `pages` (what is asked together),
`form` (all of it, from bytes to a definition).
"""

from consult.exchange.xlsform.form import read_xlsform

__all__ = ["read_xlsform"]

"""SurveyJS files become questionnaires.

Read in this order: `reading` (words by language, conditions), `expressions` and `conditions` (what a condition says and
means), `choices`, `questions`, `grids` and `checks` (what each element becomes), `survey` (from element to element),
`form` (all of it, from JSON to a definition).
"""

from consult.exchange.surveyjs.form import looks_like_surveyjs, read_surveyjs

__all__ = ["looks_like_surveyjs", "read_surveyjs"]

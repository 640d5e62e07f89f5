"""LimeSurvey's files become questionnaires: surveys, groups, questions, lists of labels, archives, tab-separated text.

Read in this order: `source` (a survey as LimeSurvey has it), `documents`, `archive` and `structure` (from XML), `tabs`
(from text), `expressions`, `patterns` and `conditions` (equations), `words` (HTML and answers piped in), `checks` and
`filters` (when something is asked and what is accepted), `questions` with `choices`, `arrays` and `boxes` (what each
kind becomes), `attributes` and `reports` (what is told), `pages` (what was asked so far), `form` (all of it).
"""

from consult.exchange.limesurvey.form import is_limesurvey, read_limesurvey

__all__ = ["is_limesurvey", "read_limesurvey"]

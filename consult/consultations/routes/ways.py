"""Staff look at the ways through a questionnaire: what nobody sees, what decides nothing, how long it takes."""

from __future__ import annotations

from flask import Response

from consult import clock
from consult.accounts.access import signed_in
from consult.consultations import actions
from consult.consultations.routes import blueprint
from consult.consultations.routes.writing import found
from consult.domain.errors import Missing
from consult.domain.questionnaire import Questionnaire
from consult.domain.reach import Finding
from consult.web.page import page

WHAT = {"page": "The page", "section": "The part", "question": "The question", "option": "The option", "row": "The row"}


@blueprint.get("/staff/consultations/<slug>/questionnaire/ways")
@signed_in
def ways_through(slug: str) -> Response:
    """What the route checker found, each with the place it is about, and the shortest, typical and longest way."""
    shown = found(slug, "see_consultation")
    questionnaire = shown.questionnaire()
    if questionnaire is None:
        raise Missing("There is no questionnaire yet.")
    report = actions.ways_through(questionnaire, now=clock.now())
    return page(
        consultation=shown,
        report=report,
        findings=[(finding, place(finding, questionnaire)) for finding in report.findings],
    )


def place(finding: Finding, questionnaire: Questionnaire) -> str:
    """Where a finding is, in the words of the questionnaire: The option “Bus” of “How did you travel?” (q3)."""
    words = ""
    key, _, part = finding.key.partition("/")
    question = questionnaire.question_by_key.get(key)
    if finding.what == "page":
        words = questionnaire.page_by_key[key].title.to(questionnaire.language).plain
    elif finding.what == "section":
        sections = (one.section for one in questionnaire.questions)
        words = next((one.title.to(questionnaire.language).plain for one in sections if one and one.key == key), "")
    elif question is not None:
        words = question.text.to(questionnaire.language).plain
        if part:
            one = question.option_by_key.get(part) or question.row_by_key.get(part)
            label = one.label.to(questionnaire.language).plain if one else part
            words = f"{label}” of “{words}"
    return f"{WHAT[finding.what]} “{' '.join(words.split())}” ({key})" if words else f"{WHAT[finding.what]} {key}"

"""A questionnaire as a file for other programs."""

from __future__ import annotations

from flask import Response

from consult.accounts.access import signed_in
from consult.consultations.models import Consultation
from consult.domain.errors import Missing
from consult.domain.questionnaire import Questionnaire
from consult.exchange.own import write_own
from consult.exchange.routes import attached, blueprint, folder, found
from consult.exchange.xlsform.writing import write_xlsform

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/staff/consultations/<slug>/questionnaire/as/<form>")
@signed_in
def questionnaire_file(slug: str, form: str) -> Response:
    """The questionnaire as a file for other programs."""
    consultation = found(slug, "see_consultation")
    questionnaire = _asked(consultation)
    if form == "json":
        return attached(write_own(questionnaire, folder()), "application/json", f"{slug}.json")
    if form == "xlsform":
        version = str(consultation.current.number) if consultation.current else "0"
        return attached(write_xlsform(questionnaire, version=version).content, XLSX, f"{slug}.xlsx")
    raise Missing("There is no such file.")


def _asked(consultation: Consultation) -> Questionnaire:
    questionnaire = consultation.questionnaire()
    if questionnaire is None:
        raise Missing("There is no questionnaire yet.")
    return questionnaire

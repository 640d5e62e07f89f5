"""A file of another program is chosen and read."""

from __future__ import annotations

from flask import Response

from consult import clock
from consult.accounts.access import account, signed_in
from consult.domain.errors import Rejected
from consult.exchange import actions, files
from consult.exchange.losses import Imported, Refused
from consult.exchange.routes import blueprint, folder, found
from consult.web.forms import Form, Upload, YesNo
from consult.web.locale import catalogues
from consult.web.page import page, see_other
from consult.web.saving import saves


class ImportForm(Form):
    """A file to bring in."""

    file = Upload(
        "A questionnaire file",
        hint="An XLSForm workbook (.xlsx or .xls), a LimeSurvey survey (.lss, .lsa, .lsg, .lsq or .txt), a Qualtrics "
        "survey (.qsf), SurveyJS, an ONS questionnaire or our own (.json), responses from Microsoft Forms (.xlsx), or "
        "a Word document (.docx).",
        missing="Choose a file",
    )
    replace = YesNo(
        "There is a questionnaire already. Do you want to replace it?",
        hint="What is there now is gone after that. You can save it first, as our own JSON.",
        optional=True,
    )


@blueprint.get("/staff/consultations/<slug>/import")
@signed_in
def import_questionnaire(slug: str) -> Response:
    """Choose a file."""
    consultation = found(slug)
    return page(consultation=consultation, form=ImportForm(formdata=None), there=bool(consultation.definition))


@blueprint.post("/staff/consultations/<slug>/import")
@signed_in
@saves
def save_import(slug: str) -> Response:
    """Read it, keep what can be kept, and report the rest; a file that cannot be read changes nothing."""
    consultation, form = found(slug), ImportForm()
    there = bool(consultation.definition)
    if form.validate_on_submit():
        try:
            if there and not form.replace.yes:
                raise Rejected("replace", "Choose Yes to replace the questionnaire that is there now")
            filename = (form.file.data.filename or "file")[:120]
            imported = _read(form.file.data.stream.read(files.LARGEST + 1), filename)
            at, by = clock.now(), account()
            actions.bring_in(consultation, imported=imported, filename=filename, folder=folder(), by=by, now=at)
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".import_report", slug=slug)
    return page("import_questionnaire", status=422, consultation=consultation, form=form, there=there)


def _read(content: bytes, filename: str) -> Imported:
    try:
        return files.read_file(content, filename, offered=catalogues())
    except Refused as refusal:
        raise Rejected("file", refusal.message) from None

"""The words of a consultation for translators: files out, and back."""

from __future__ import annotations

from flask import Response

from consult import clock
from consult.accounts.access import account, signed_in
from consult.accounts.permissions import languages_where, may
from consult.consultations.actions import called
from consult.consultations.actions.reviewing import EASY_READ
from consult.consultations.models import Consultation
from consult.domain.errors import Missing, NotNow, Rejected
from consult.exchange import translating
from consult.exchange.routes import attached, blueprint, found
from consult.exchange.translating import FORMATS
from consult.exchange.translating.bringing import bring_back
from consult.exchange.translating.files import LARGEST
from consult.web.forms import Form, Select, Upload
from consult.web.locale import catalogues
from consult.web.page import page
from consult.web.saving import saves


class ComeBackForm(Form):
    """A file that came back from a translator."""

    language = Select("Which language is it in?", missing="Choose the language of the file")
    file = Upload(
        "The file that came back",
        hint="Word, Excel, CSV, XLIFF or PO. It must be one that was made here, with translations filled in.",
        missing="Choose a file",
    )


@blueprint.get("/staff/consultations/<slug>/translations")
@signed_in
def translations(slug: str) -> Response:
    """How far each language is, files to take away, and where to bring them back."""
    shown = found(slug, "see_translations")
    return _page(shown, _form(shown, fresh=True))


@blueprint.get("/staff/consultations/<slug>/translations/<language>/as/<form>")
@signed_in
def translation_file(slug: str, language: str, form: str) -> Response:
    """The texts for one language as a file."""
    shown = found(slug, "see_translations")
    if form not in FORMATS or language not in languages_for(shown, "see_translations"):
        raise Missing("There is no such file.")
    kind = FORMATS[form]
    content = translating.write(translating.bundle(shown, language), form)
    return attached(content, kind.mimetype, f"{slug}-{language}.{kind.ending}")


@blueprint.post("/staff/consultations/<slug>/translations")
@signed_in
@saves
def bring_back_translations(slug: str) -> Response:
    """Take what can be taken, and say what was not and why."""
    shown = found(slug, "translate")
    if shown.state != "draft":
        raise NotNow("It is not a draft any more, so its words can only be corrected one by one.")
    form = _form(shown)
    if not form.validate_on_submit():
        return _page(shown, form, status=422)
    language, filename = form.language.data, (form.file.data.filename or "file")[:120]
    now = translating.bundle(shown, language)
    try:
        come_back = translating.read(form.file.data.stream.read(LARGEST + 1), filename)
        if why := translating.fits(come_back, now):
            raise Rejected("file", why)
    except translating.Unreadable as refused:
        form.reject(Rejected("file", str(refused)))
    except Rejected as rejected:
        form.reject(rejected)
    else:
        report = translating.take(come_back, now)
        bring_back(shown, language=language, taken=report.taken, by=account(), now=clock.now())
        return page(
            consultation=shown, language=language, called=called, filename=filename, report=report, total=len(now.units)
        )
    return _page(shown, form, status=422)


def languages_of(consultation: Consultation) -> list[str]:
    """The languages it may be translated into: ours, those that it has words in, and Easy Read of its own."""
    draft = consultation.draft()
    more = draft.languages if draft else ()
    listed = dict.fromkeys((*consultation.languages, *more, *catalogues(), consultation.language + EASY_READ))
    return [one for one in listed if one != consultation.language]


def languages_for(consultation: Consultation, verb: str) -> list[str]:
    """Those of them in which somebody who is signed in may do this."""
    allowed = languages_where(account(), verb, consultation)
    return [one for one in languages_of(consultation) if allowed is None or one in allowed]


def _form(consultation: Consultation, *, fresh: bool = False) -> ComeBackForm:
    form = ComeBackForm(formdata=None) if fresh else ComeBackForm()
    form.language.set_choices([(one, called(one)) for one in languages_for(consultation, "translate")])
    return form


def _page(consultation: Consultation, form: ComeBackForm, status: int = 200) -> Response:
    shown = languages_for(consultation, "see_translations")
    listed = [(one, translating.bundle(consultation, one)) for one in shown]
    return page(
        "translations",
        status=status,
        consultation=consultation,
        form=form,
        listed=listed,
        called=called,
        formats=FORMATS,
        may_see=may(account(), "see_consultation", consultation),
        may_bring=consultation.state == "draft" and may(account(), "translate", consultation),
    )

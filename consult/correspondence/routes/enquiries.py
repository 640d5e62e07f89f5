"""Staff answer questions: to one person, or to everybody in words that name nobody."""

from __future__ import annotations

from flask import Response, current_app, request

from consult import clock
from consult.accounts.access import account, authorise, groups_for, signed_in
from consult.consultations.models import Consultation
from consult.correspondence import actions, queries
from consult.correspondence.models import Enquiry
from consult.correspondence.routes import blueprint
from consult.domain.errors import Missing, Rejected
from consult.domain.lifecycle import day_of
from consult.jobs.post import post_of
from consult.web.forms import Form, LongText, Radios
from consult.web.locale import language_name
from consult.web.page import page, see_other
from consult.web.saving import saves

STATES = {
    "waiting": "Waiting",
    "private": "Answered to the person",
    "published": "Published",
    "set_aside": "Set aside",
}
DECISIONS = (
    ("published", "Publish the question and the answer"),
    ("private", "Reply to the person alone"),
    ("set_aside", "Set it aside: it is not a question to us"),
)


class AnswerForm(Form):
    """What becomes of a question."""

    decision = Radios("What should happen?", choices=DECISIONS, missing="Choose what should happen")
    reply = LongText(
        "Reply to the person",
        hint="In the language they asked in. Where you publish, leave it empty to send them the published answer.",
        longest=8_000,
        rows=5,
        optional=True,
    )


@blueprint.get("/staff/enquiries")
@signed_in
def enquiries() -> Response:
    """All of them, the most urgent first."""
    authorise("see_enquiries", None)
    state = request.args.get("state", "")
    state = state if state in STATES else ""
    return page(
        enquiries=queries.enquiries(groups_for("see_enquiries"), state=state),
        states=STATES,
        state=state,
        today=day_of(clock.now()),
    )


@blueprint.get("/staff/enquiries/<int:number>")
@signed_in
def enquiry(number: int) -> Response:
    """One of them, with what can be done."""
    asked = _found(number, "see_enquiries")
    data = {"decision": "published"} if asked.state == "published" else {}
    for name in ("question", "answer"):
        for language, text in getattr(asked, f"published_{name}").items():
            data[f"{name}_{language}"] = text
    return _enquiry_page(asked, _form(asked.consultation)(formdata=None, data=data))


@blueprint.post("/staff/enquiries/<int:number>")
@signed_in
@saves
def answer_enquiry(number: int) -> Response:
    """Keep what was decided."""
    asked = _found(number, "answer_enquiry")
    form = _form(asked.consultation)()
    if form.validate_on_submit():
        try:
            _decide(asked, form)
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".enquiries")
    return _enquiry_page(asked, form, status=422)


@blueprint.post("/staff/enquiries/<int:number>/told")
@signed_in
@saves
def told_enquirer(number: int) -> Response:
    """Somebody wrote to the person by themselves: forget the address."""
    asked = _found(number, "answer_enquiry")
    if asked.state == "waiting":
        raise Missing("There is no reply yet.")
    actions.told(asked)
    return see_other(".enquiry", number=number)


def _decide(asked: Enquiry, form: Form) -> None:
    by, now, words = account(), clock.now(), form.reply.data or ""
    if form.decision.data == "private":
        actions.reply(asked, words=words, by=by, now=now)
    elif form.decision.data == "set_aside":
        actions.set_aside(asked, by=by, now=now)
    else:
        texts = {
            name: {one: form[f"{name}_{one}"].data or "" for one in asked.consultation.languages}
            for name in ("question", "answer")
        }
        actions.publish(asked, question=texts["question"], answer=texts["answer"], words=words, by=by, now=now)


def _form(consultation: Consultation) -> type[AnswerForm]:
    """The form with question and answer in each of the consultation's languages."""
    fields = {}
    for language in consultation.languages:
        own = language == consultation.language
        where = "" if own else f" in {language_name(language)}"
        fields[f"question_{language}"] = LongText(
            f"The question for everybody{where}",
            hint="In your words, so that nobody can tell who asked." if own else "",
            longest=1_000,
            rows=3,
            optional=True,
            marked=not own,
        )
        fields[f"answer_{language}"] = LongText(
            f"The answer for everybody{where}", longest=8_000, rows=5, optional=True, marked=not own
        )
    return type("AnswerFormInLanguages", (AnswerForm,), fields)


def _found(number: int, verb: str) -> Enquiry:
    asked = queries.enquiry(number)
    authorise(verb, asked)
    return asked


def _enquiry_page(asked: Enquiry, form: AnswerForm, status: int = 200) -> Response:
    return page(
        "enquiry",
        status=status,
        form=form,
        asked=asked,
        states=STATES,
        language_name=language_name,
        sends=post_of(current_app.config["CONSULT"]) is not None,
    )

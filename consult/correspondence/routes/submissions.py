"""Staff look at formal submissions, record those that came on paper, and say whether they count."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Response, current_app, request, send_file, url_for

from consult import clock
from consult.accounts.access import account, authorise, groups_for, may_i, signed_in
from consult.consultations import queries as consultations
from consult.consultations.actions.documents import LARGEST, MEDIA_TYPES
from consult.consultations.models import Consultation
from consult.correspondence import actions, queries
from consult.correspondence.actions.submissions import Said
from consult.correspondence.models import Submission
from consult.correspondence.routes import blueprint
from consult.correspondence.routes.submitting import content, said
from consult.domain import lifecycle
from consult.domain.errors import Missing, Rejected
from consult.web.forms import DateInput, Form, LongText, PublicForm, Radios, Select, Text, Upload
from consult.web.locale import catalogues, language_name
from consult.web.page import page, see_other
from consult.web.saving import saves
from consult.web.sections import Card, Section

KINDS = {
    "organisation": "Organisation",
    "councillor": "Councillor",
    "mp": "Member of Parliament",
    "scrutiny": "Scrutiny committee",
    "petition": "Petition",
    "individual": "Person who wants to be named",
}
CAME_BY = {"post": "By post", "email": "By email", "in_person": "In person", "site": "By the form on this site"}
PERMISSIONS = {
    "named": "Publish the summary with the name",
    "unnamed": "Publish the summary without the name",
    "none": "Do not publish: count it only",
}
#: What a filter says where it lets everything through.
ANY = "any"
STATES = {"new": "Not looked at yet", "counted": "Counts", "set_aside": "Set aside: it is no submission"}


class RecordForm(Form):
    """A formal submission as staff keep it."""

    kind = Radios("Who sent it?", choices=KINDS.items(), missing="Choose who sent it")
    name = Text("From whom, or the title of the petition", longest=200, missing="Enter a name")
    capacity = Text("In which capacity", hint="For example: for 200 members.", longest=200, optional=True)
    signatures = Text("For a petition: how many people signed", longest=12, width=5, optional=True)
    signatures_counted = Text("For a petition: how that was counted", longest=300, optional=True)
    received_on = DateInput("When did it come?", missing="Enter the day it came")
    came_by = Radios("How did it come?", choices=CAME_BY.items(), missing="Choose how it came")
    language = Select("Which language is it in?", missing="Choose a language")
    words = LongText("What it says, if there is no document", longest=20_000, rows=6, optional=True)
    file = Upload("The document", hint="PDF, ODT or DOCX, at most 20 MB. It is not published.", optional=True)
    permission = Radios("What did they allow?", choices=PERMISSIONS.items(), missing="Choose what they allowed")
    acknowledged_on = DateInput("When did we tell them that we have it?", optional=True)


class ReviewForm(RecordForm):
    """The same, and whether it counts."""

    state = Radios("Does it count?", choices=STATES.items(), missing="Choose whether it counts")


class FilterForm(PublicForm):
    """Which of them to list."""

    about = Select("Consultation", optional=True, marked=False)
    kind = Select("From", choices=[(ANY, "Everybody"), *KINDS.items()], optional=True, marked=False)
    state = Select("State", choices=[(ANY, "Any state"), *STATES.items()], optional=True, marked=False)


@blueprint.get("/staff/submissions")
@signed_in
def submissions() -> Response:
    """All of them that fit the filters."""
    authorise("see_submissions")
    mine = groups_for("see_submissions")
    published = [one for one in consultations.for_staff(mine) if one.state in ("approved", "reported")]
    offered = {"about": {one.slug for one in published}, "kind": set(KINDS), "state": set(STATES)}
    given = {name: request.args.get(name, "") for name in offered}
    wanted = {name: value if value in offered[name] else "" for name, value in given.items()}
    form = FilterForm(formdata=None, data={name: value or ANY for name, value in wanted.items()})
    form.about.set_choices([(ANY, "All"), *((one.slug, one.wording("title").to("en").text) for one in published)])
    return page(
        form=form,
        submissions=queries.submissions(mine, slug=wanted["about"], kind=wanted["kind"], state=wanted["state"]),
        kinds=KINDS,
        states=STATES,
        may_record=[one for one in published if may_i("record_submission", one)],
    )


@blueprint.get("/staff/consultations/<slug>/submissions/new")
@signed_in
def new_submission(slug: str) -> Response:
    """The form to record one."""
    about = consultations.by_slug(slug)
    authorise("record_submission", about)
    return _new_page(about, _form(RecordForm, about)(formdata=None, data={"language": about.language}))


@blueprint.post("/staff/consultations/<slug>/submissions/new")
@signed_in
@saves
def add_submission(slug: str) -> Response:
    """Record it."""
    about = consultations.by_slug(slug)
    authorise("record_submission", about)
    form = _choices(_form(RecordForm, about)())
    if form.validate_on_submit():
        try:
            added = actions.record_submission(about, **_given(form, about))
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".submission", number=added.id)
    return _new_page(about, form, status=422)


@blueprint.get("/staff/submissions/<int:number>")
@signed_in
def submission(number: int) -> Response:
    """One of them, to look at and to correct."""
    sent = _found(number, "see_submissions")
    data: dict[str, Any] = {name: getattr(sent, name) for name in _KEPT}
    data["signatures"] = "" if sent.signatures is None else str(sent.signatures)
    for language, text in sent.summary.items():
        data[f"summary_{language}"] = text
    return _submission_page(sent, _form(ReviewForm, sent.consultation)(formdata=None, data=data))


@blueprint.post("/staff/submissions/<int:number>")
@signed_in
@saves
def save_review(number: int) -> Response:
    """Keep the corrections and whether it counts."""
    sent = _found(number, "record_submission")
    form = _choices(_form(ReviewForm, sent.consultation)())
    if form.validate_on_submit():
        try:
            actions.edit_submission(sent, state=form.state.data or "", **_given(form, sent.consultation))
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".submissions")
    return _submission_page(sent, form, status=422)


@blueprint.get("/staff/submissions/<int:number>/document")
@signed_in
def submission_document(number: int) -> Response:
    """Its document, to keep: never shown in the browser."""
    sent = _found(number, "see_submissions")
    path = current_app.config["CONSULT"].files / sent.sha256 if sent.sha256 else None
    if path is None or not path.exists():
        raise Missing("There is no document.")
    name = f"submission-{sent.id}.{sent.file_kind}"
    return send_file(path, mimetype=MEDIA_TYPES[sent.file_kind], as_attachment=True, download_name=name)


def recorded(consultation: Consultation, now: datetime) -> Section | None:
    """On a consultation's staff page: what came, and where to record more."""
    if lifecycle.phase(consultation, now) not in lifecycle.PUBLIC or not may_i("see_submissions", consultation):
        return None
    listed = queries.submissions(None, slug=consultation.slug)
    waiting = sum(one.state == "new" for one in listed)
    cards = [
        Card(
            href=url_for("correspondence.submissions", about=consultation.slug),
            title="Formal submissions",
            note=f"{len(listed)}, of which {waiting} to be looked at",
        )
    ]
    if may_i("record_submission", consultation):
        link = url_for("correspondence.new_submission", slug=consultation.slug)
        cards.append(Card(href=link, title="Record a formal submission"))
    return Section("Formal submissions", cards)


_KEPT = (
    "kind",
    "name",
    "capacity",
    "signatures_counted",
    "received_on",
    "came_by",
    "language",
    "words",
    "permission",
    "acknowledged_on",
    "state",
)


def _given(form: Form, about: Consultation) -> dict[str, Any]:
    summary = {one: form[f"summary_{one}"].data for one in about.languages if form[f"summary_{one}"].data}
    base = said(form)
    return {
        "said": Said(**{**{name: getattr(base, name) for name in base.__dataclass_fields__}, "summary": summary}),
        "came_by": form.came_by.data or "",
        "received_on": form.received_on.data,
        "acknowledged_on": form.acknowledged_on.data,
        "content": content(form, LARGEST),
        "folder": current_app.config["CONSULT"].files,
        "by": account(),
        "now": clock.now(),
    }


def _form(base: type[Form], about: Consultation) -> type[Form]:
    """The form with our summary in each of the consultation's languages."""
    fields = {}
    for language in about.languages:
        own = language == about.language
        fields[f"summary_{language}"] = LongText(
            "What it says, in our words" if own else f"The same in {language_name(language)}",
            hint="This is what is published, where they allowed it." if own else "",
            longest=4_000,
            rows=5,
            optional=True,
            marked=not own,
        )
    return type(f"{base.__name__}InLanguages", (base,), fields)


def _choices(form: Any) -> Any:
    form.language.set_choices([(one, language_name(one)) for one in catalogues()])
    return form


def _found(number: int, verb: str) -> Submission:
    sent = queries.submission(number)
    authorise(verb, sent)
    return sent


def _new_page(about: Consultation, form: Form, status: int = 200) -> Response:
    return page("new_submission", status=status, form=_choices(form), consultation=about)


def _submission_page(sent: Submission, form: Form, status: int = 200) -> Response:
    return page(
        "submission",
        status=status,
        form=_choices(form),
        sent=sent,
        contact=queries.contact(sent),
        may_edit=may_i("record_submission", sent),
        kinds=KINDS,
        states=STATES,
        came_by=CAME_BY,
        permissions=PERMISSIONS,
    )

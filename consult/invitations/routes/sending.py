"""Staff word invitations and reminders, look at them, send one to themselves, and send them to everybody."""

from __future__ import annotations

import hmac
from typing import Any

from flask import Response, abort, current_app, make_response, request

from consult import clock
from consult.accounts.access import account, authorise, may_i, signed_in
from consult.consultations import queries as consultations
from consult.consultations.models import Consultation
from consult.domain.errors import Missing, NotNow, Rejected
from consult.extensions import db
from consult.invitations import actions, queries
from consult.invitations.actions.wording import PLACES
from consult.invitations.models import KINDS
from consult.invitations.routes.blueprint import blueprint
from consult.invitations.routes.messages import knows_its_address, message, offered, ours
from consult.jobs.post import post_of
from consult.web.access import private
from consult.web.forms import Form, LongText, Text
from consult.web.locale import language_name
from consult.web.page import page, see_other
from consult.web.saving import saves

#: What stands in a preview where the link will be.
EXAMPLE = "0000-example-0000"


class WordsForm(Form):
    """What a message says."""

    subject = Text("Subject", longest=200, optional=True, marked=False)
    body = LongText("Message", longest=5_000, rows=18, optional=True, marked=False)


@blueprint.get("/staff/consultations/<slug>/invitations/words/<kind>/<language>")
@signed_in
def invitation_words(slug: str, kind: str, language: str) -> Response:
    """The words of one message in one language, and how it will look."""
    consultation = _found(slug, "see_invitations", kind, language)
    words = queries.words_for(consultation.id, kind, language) or ours(kind, language)
    return _words_page(consultation, kind, language, WordsForm(formdata=None, subject=words.subject, body=words.body))


@blueprint.post("/staff/consultations/<slug>/invitations/words/<kind>/<language>")
@signed_in
@saves
def save_invitation_words(slug: str, kind: str, language: str) -> Response:
    """Keep an author's words; ours again when both are emptied or are ours."""
    consultation, form = _found(slug, "invite", kind, language), WordsForm()
    if form.validate_on_submit():
        subject, body = form.subject.data or "", (form.body.data or "").replace("\r\n", "\n")
        if (subject, body) == (ours(kind, language).subject, ours(kind, language).body):
            subject = body = ""
        try:
            actions.word(
                consultation, kind=kind, language=language, subject=subject, body=body, by=account(), now=clock.now()
            )
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".invitation_words", slug=slug, kind=kind, language=language)
    return _words_page(consultation, kind, language, form, status=422)


@blueprint.post("/staff/consultations/<slug>/invitations/words/<kind>/<language>/example")
@signed_in
def send_example(slug: str, kind: str, language: str) -> Response:
    """Send a message to whoever asks, with a link that leads nowhere; keeps nothing, so no lock waits for the post."""
    consultation = _found(slug, "invite", kind, language)
    Form().validate_on_submit()
    post = post_of(current_app.config["CONSULT"])
    if post is None:
        raise NotNow("This site sends no email.")
    to, words = account().email, message(consultation, kind=kind, language=language, name="Jo", token=EXAMPLE)
    db.session.rollback()
    try:
        post.send(to=to, subject=words.subject, body=words.body)
    except OSError:
        raise NotNow("The email could not be sent. Try again later, or ask whoever runs this site.") from None
    return page(slug=slug, kind=kind, language=language, to=to)


@blueprint.post("/staff/consultations/<slug>/invitations/send/<kind>")
@signed_in
@saves
def send_invitations(slug: str, kind: str) -> Response:
    """Let the worker send them."""
    consultation = _found(slug, "invite", kind)
    if post_of(current_app.config["CONSULT"]) is None:
        raise NotNow("This site sends no email.")
    if not knows_its_address():
        raise NotNow("This site does not know its own address. Whoever runs it has to set CONSULT_SITE_URL.")
    actions.ask_to_send(consultation, kind=kind, by=account(), now=clock.now())
    return see_other(".staff_invitations", slug=slug)


@blueprint.post("/staff/consultations/<slug>/invitations/call-off")
@signed_in
@saves
def call_sending_off(slug: str) -> Response:
    """Send nothing more."""
    actions.call_off(_found(slug, "invite"), by=account(), now=clock.now())
    return see_other(".staff_invitations", slug=slug)


@blueprint.post("/notify/callback")
@private
@saves
def notify_callback() -> Any:
    """GOV.UK Notify says what became of a message; whoever lacks the token is told nothing."""
    token = current_app.config["CONSULT"].notify_callback
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not hmac.compare_digest(given.encode("utf-8", "replace"), token.encode()):
        raise Missing("")
    said = request.get_json(silent=True)
    if not isinstance(said, dict) or not all(isinstance(said.get(name), str) for name in ("id", "status")):
        abort(400)
    actions.heard(said["id"][:80], said["status"])
    return make_response("", 204)


def _found(slug: str, verb: str, kind: str = "invite", language: str | None = None) -> Consultation:
    consultation = consultations.by_slug(slug)
    authorise(verb, consultation)
    if kind not in KINDS or (language is not None and language not in offered(consultation)):
        raise Missing("There is no such message.")
    return consultation


def _words_page(consultation: Consultation, kind: str, language: str, form: WordsForm, status: int = 200) -> Response:
    return page(
        "invitation_words",
        status=status,
        form=form,
        consultation=consultation,
        kind=kind,
        language=language,
        name=language_name(language),
        others=[(one, language_name(one)) for one in offered(consultation)],
        places=PLACES,
        preview=message(consultation, kind=kind, language=language, name="Jo Bloggs", token=EXAMPLE),
        own=queries.words_for(consultation.id, kind, language) is not None,
        may_invite=may_i("invite", consultation),
        sends=post_of(current_app.config["CONSULT"]) is not None,
    )

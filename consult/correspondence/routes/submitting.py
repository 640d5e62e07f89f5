"""Organisations, representatives and petitions send a formal submission; all may read what came after closing."""

from __future__ import annotations

from datetime import datetime

from flask import Response, current_app, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from consult import clock, limits
from consult.consultations.models import Consultation
from consult.correspondence import actions, queries
from consult.correspondence.actions.submissions import LARGEST_SENT, Said
from consult.correspondence.routes import blueprint
from consult.correspondence.routes.asking import found
from consult.domain import lifecycle
from consult.domain.errors import Rejected
from consult.domain.lifecycle import Phase
from consult.extensions import limiter
from consult.web.access import cache_at_most, private, public
from consult.web.forms import Form, LongText, PublicForm, Radios, Text, Upload
from consult.web.locale import current_language, say_number
from consult.web.page import page, see_other
from consult.web.saving import saves
from consult.web.sections import Card, Section

#: Whom the form is for; letters of single people are recorded by staff.
SENDERS = (
    ("organisation", _l("An organisation")),
    ("councillor", _l("A councillor")),
    ("mp", _l("A Member of Parliament (MP)")),
    ("scrutiny", _l("A scrutiny committee")),
    ("petition", _l("A petition")),
)
PERMISSIONS = (
    ("named", _l("A summary with the name")),
    ("unnamed", _l("A summary without the name")),
    ("none", _l("Nothing: only count it")),
)
#: When what came is shown.
OVER = frozenset({Phase.CLOSED, Phase.REPORTED})


class SubmissionForm(PublicForm):
    """A formal submission."""

    kind = Radios(_l("Who sends this?"), choices=SENDERS, missing=_l("Choose who sends this"))
    name = Text(
        _l("Name of the organisation, committee or representative, or title of the petition"),
        longest=200,
        missing=_l("Enter a name"),
    )
    capacity = Text(
        _l("For whom do you speak?"), hint=_l("For example: for our 200 members."), longest=200, optional=True
    )
    signatures = Text(_l("For a petition: how many people signed?"), kind="text", longest=12, width=5, optional=True)
    signatures_counted = Text(
        _l("For a petition: how were the signatures counted?"),
        hint=_l("For example: by hand, each address once."),
        longest=300,
        optional=True,
    )
    words = LongText(_l("What you want to say"), longest=20_000, rows=8, optional=True)
    file = Upload(_l("Or a document"), hint=_l("PDF, ODT or DOCX, at most 10 MB."), optional=True)
    permission = Radios(
        _l("What may we publish after closing?"),
        hint=_l("We write the summary in our own words. The document itself is not published."),
        choices=PERMISSIONS,
        missing=_l("Choose what we may publish"),
    )
    email = Text(
        _l("Email address for questions about it"),
        hint=_l("We keep it apart and delete it some weeks after closing."),
        kind="email",
        autocomplete="email",
        longest=254,
        missing=_l("Enter your email address"),
    )


@blueprint.get("/consultations/<slug>/submission")
@public()
def send_submission(slug: str) -> Response:
    """The form, or that it is not the time."""
    consultation, now = found(slug), clock.now()
    cache_at_most(lifecycle.seconds_until_change([consultation], now))
    if lifecycle.phase(consultation, now) is not Phase.OPEN:
        return page("no_submission", consultation=consultation)
    return page(form=SubmissionForm(formdata=None), consultation=consultation)


@blueprint.post("/consultations/<slug>/submission")
@private
@limiter.limit(limits.WRITE_TO_US)
@saves
def save_submission(slug: str) -> Response:
    """Keep it until staff have looked at it."""
    consultation, form = found(slug), SubmissionForm()
    if form.validate_on_submit():
        try:
            actions.send_submission(
                consultation,
                said=said(form),
                email=form.email.data or "",
                content=content(form, LARGEST_SENT),
                folder=current_app.config["CONSULT"].files,
                now=clock.now(),
            )
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".sent_submission", slug=slug)
    return page("send_submission", status=422, form=form, consultation=consultation)


@blueprint.get("/consultations/<slug>/submission/thanks")
@public()
def sent_submission(slug: str) -> Response:
    """That we have it."""
    return page(consultation=found(slug))


@blueprint.get("/consultations/<slug>/submissions")
@public()
def formal_submissions(slug: str) -> Response:
    """What came, once it has closed: counted apart from the responses."""
    consultation, now = found(slug), clock.now()
    cache_at_most(lifecycle.seconds_until_change([consultation], now))
    over = lifecycle.phase(consultation, now) in OVER
    return page(
        consultation=consultation,
        over=over,
        told=told(consultation) if over else [],
        total=total(consultation) if over else "",
        shown=queries.shown_submissions(consultation) if over else [],
        who=dict(SENDERS) | {"individual": _("A person who wrote to us by name")},
    )


def said(form: Form) -> Said:
    """What a form says; a number of signatures that is none is None."""
    typed = "".join((form.signatures.data or "").split()).replace(",", "")
    return Said(
        kind=form.kind.data or "",
        name=form.name.data or "",
        permission=form.permission.data or "",
        capacity=form.capacity.data or "",
        words=form.words.data or "",
        language=form.language.data if "language" in form else current_language(),
        signatures=int(typed) if typed.isascii() and typed.isdigit() else None,
        signatures_counted=form.signatures_counted.data or "",
    )


def content(form: Form, largest: int) -> bytes | None:
    """The bytes of the document, one more than may be at most; None where none was chosen."""
    if form.file.empty():
        return None
    read: bytes = form.file.data.stream.read(largest + 1)
    return read


def total(consultation: Consultation) -> str:
    """“5 formal submissions”; empty where there are none."""
    number = queries.counts(consultation).total
    if not number:
        return ""
    return ngettext("%(count)s formal submission", "%(count)s formal submissions", number, count=say_number(number))


def told(consultation: Consultation) -> list[str]:
    """From whom, a line each: “3 organisations”, “1 petition with 1,204 signatures”."""
    counted = queries.counts(consultation)
    lines = []
    for kind, number in counted.by_kind:
        count = say_number(number)
        if kind == "organisation":
            lines.append(ngettext("%(count)s organisation", "%(count)s organisations", number, count=count))
        elif kind == "councillor":
            lines.append(ngettext("%(count)s councillor", "%(count)s councillors", number, count=count))
        elif kind == "mp":
            words = ngettext("%(count)s Member of Parliament", "%(count)s Members of Parliament", number, count=count)
            lines.append(words)
        elif kind == "scrutiny":
            lines.append(ngettext("%(count)s scrutiny committee", "%(count)s scrutiny committees", number, count=count))
        elif kind == "individual":
            lines.append(
                ngettext(
                    "%(count)s person who wrote to us by name",
                    "%(count)s people who wrote to us by name",
                    number,
                    count=count,
                )
            )
        else:
            petitions = ngettext("%(count)s petition", "%(count)s petitions", number, count=count)
            signatures = ngettext(
                "%(count)s signature", "%(count)s signatures", counted.signatures, count=say_number(counted.signatures)
            )
            lines.append(_("%(petitions)s with %(signatures)s", petitions=petitions, signatures=signatures))
    return lines


def formal(consultation: Consultation, now: datetime) -> Section | None:
    """On a consultation's page: where to send one while it is open, and what came once it has closed."""
    phase, language = lifecycle.phase(consultation, now), current_language()
    if phase is Phase.OPEN:
        card = Card(
            href=url_for("correspondence.send_submission", slug=consultation.slug),
            title={language: _("Send a formal submission")},
            note=_("For organisations, councillors, scrutiny committees and petitions"),
        )
        return Section(_("Formal submissions"), [card])
    words = total(consultation) if phase in OVER else ""
    if not words:
        return None
    card = Card(
        href=url_for("correspondence.formal_submissions", slug=consultation.slug),
        title={language: _("What organisations, representatives and petitions said")},
        note=words,
    )
    return Section(_("Formal submissions"), [card])

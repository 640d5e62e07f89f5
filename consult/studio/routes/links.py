"""Staff make private links to a draft, and end them."""

from __future__ import annotations

from datetime import datetime

from flask import Response, current_app, request, url_for

from consult import clock
from consult.accounts.access import account, authorise, signed_in
from consult.accounts.permissions import may
from consult.consultations import queries as consultations
from consult.consultations.models import Consultation
from consult.domain import lifecycle
from consult.domain.errors import Rejected
from consult.studio.actions import link as actions
from consult.studio.queries import links as queries
from consult.studio.routes import blueprint
from consult.web.forms import Form, Radios, Text
from consult.web.page import page, see_other
from consult.web.saving import saves
from consult.web.sections import Card, Section

PURPOSES = (
    ("look", "Comment: people see the draft questions and say what they think of them"),
    ("try", "Try out: people answer the questions as they would be asked; nothing is counted"),
)


class LinkForm(Form):
    """A new link."""

    purpose = Radios("What is the link for?", choices=PURPOSES, missing="Choose what the link is for")
    label = Text(
        "Who gets it?", hint="Such as “PPG of the Wareham surgery”. Only staff see this.", longest=120, optional=True
    )
    days = Text(
        "For how many days does it work?",
        hint=f"At most {actions.MOST_DAYS}. It stops when the consultation opens.",
        longest=3,
        width=3,
        missing="Enter a number of days",
    )


@blueprint.get("/staff/consultations/<slug>/links")
@signed_in
def review_links(slug: str) -> Response:
    """The links there are, and a form for another."""
    shown = _found(slug, "see_consultation")
    return _links_page(shown, LinkForm(formdata=None, data={"days": str(actions.USUAL_DAYS)}))


@blueprint.post("/staff/consultations/<slug>/links")
@signed_in
@saves
def make_review_link(slug: str) -> Response:
    """Make one; its address is shown on the next page and never again."""
    shown = _found(slug, "edit_consultation")
    form = LinkForm()
    if form.validate_on_submit():
        days = form.days.data
        try:
            made, code = actions.make_link(
                shown,
                purpose=form.purpose.data or "",
                label=form.label.data or "",
                days=int(days) if days.isascii() and days.isdigit() else 0,
                by=account(),
                now=clock.now(),
            )
        except Rejected as rejected:
            form.reject(rejected)
        else:
            path = url_for("studio.look" if made.purpose == "look" else "studio.try_out", code=code)
            site = current_app.config["CONSULT"].site_url.rstrip("/") or request.url_root.rstrip("/")
            return page("made_link", consultation=shown, made=made, address=f"{site}{path}")
    return _links_page(shown, form, status=422)


@blueprint.post("/staff/consultations/<slug>/links/<int:number>/end")
@signed_in
@saves
def end_review_link(slug: str, number: int) -> Response:
    """It shows nothing from now on."""
    shown = _found(slug, "edit_consultation")
    actions.end_link(queries.link(shown, number), by=account(), now=clock.now())
    return see_other(".review_links", slug=slug)


def to_links(consultation: Consultation, now: datetime) -> Section | None:
    """The way there, as long as there is a draft to look at."""
    if lifecycle.phase(consultation, now) not in actions.BEFORE_OPENING or consultation.definition is None:
        return None
    working = sum(actions.works(one, now) for one in queries.links(consultation))
    note = f"{working} {'works' if working == 1 else 'work'} now" if working else "None yet"
    address = url_for("studio.review_links", slug=consultation.slug)
    trials = url_for("studio.trials", slug=consultation.slug)
    return Section(
        "Before it opens",
        [
            Card(address, "Private links to comment on the draft or to try it out", note=note),
            Card(trials, "What people answered when they tried it out"),
        ],
    )


def _found(slug: str, verb: str) -> Consultation:
    shown = consultations.by_slug(slug)
    authorise(verb, shown)
    return shown


def _links_page(consultation: Consultation, form: LinkForm, status: int = 200) -> Response:
    now = clock.now()
    return page(
        "review_links",
        status=status,
        form=form,
        consultation=consultation,
        links=[
            (one, actions.works(one, now), queries.remarks_through(one), queries.trials_through(one))
            for one in queries.links(consultation)
        ],
        may_make=may(account(), "edit_consultation", consultation)
        and lifecycle.phase(consultation, now) in actions.BEFORE_OPENING,
    )

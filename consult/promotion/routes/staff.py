"""Sharing, for PPG members and staff: addresses for groups, practices and places, with their opens in bands."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Response, url_for

from consult import clock
from consult.accounts.access import account, authorise, groups_for, signed_in
from consult.accounts.permissions import may
from consult.consultations import queries as consultations
from consult.consultations.models import Consultation
from consult.domain import lifecycle
from consult.domain.errors import Missing, Rejected
from consult.promotion import actions, queries
from consult.promotion.actions.making import WORTH_TELLING
from consult.promotion.routes import blueprint
from consult.promotion.routes.addresses import offered, path, short_address, spoken
from consult.web.forms import Form, Radios, Text
from consult.web.locale import language_name
from consult.web.page import page, see_other
from consult.web.saving import saves
from consult.web.sections import Card, Section

#: How many days the page of an address tells of.
DAYS = 14
KINDS = (
    ("group", "A group, such as a PPG or a carers’ group"),
    ("practice", "A GP practice"),
    ("place", "A place, such as a library or a market stall"),
)
FOR = {"everyone": "Everyone", "group": "Group", "practice": "GP practice", "place": "Place"}


class LinkForm(Form):
    """A new short address."""

    kind = Radios("Whom is it for?", choices=KINDS, missing="Choose whom the address is for")
    label = Text(
        "Its name",
        hint="Staff and PPG members see this name. Do not name a person.",
        longest=120,
        missing="Enter a name",
    )


@blueprint.get("/staff/share")
@signed_in
def staff_share_list() -> Response:
    """Everything that people can still be told of."""
    authorise("see_share")
    now = clock.now()
    listed = [
        one for one in consultations.for_staff(groups_for("see_share")) if lifecycle.phase(one, now) in WORTH_TELLING
    ]
    return page(listed=sorted(listed, key=lambda one: one.closes_at or now))


@blueprint.get("/staff/consultations/<slug>/share")
@signed_in
def staff_share(slug: str) -> Response:
    """The addresses of one consultation."""
    return _share_page(LinkForm(formdata=None), _found(slug, "see_share"))


@blueprint.post("/staff/consultations/<slug>/share")
@signed_in
@saves
def save_link(slug: str) -> Response:
    """Keep one more."""
    consultation, form = _found(slug, "make_link"), LinkForm()
    if form.validate_on_submit():
        try:
            link = actions.make_link(
                consultation, kind=str(form.kind.data), label=form.label.data, by=account(), now=clock.now()
            )
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".staff_link", slug=slug, code=link.code)
    return _share_page(form, consultation, status=422)


@blueprint.get("/staff/consultations/<slug>/share/<code>")
@signed_in
def staff_link(slug: str, code: str) -> Response:
    """One address: its QR code, posters and messages in each language, and how often it was opened."""
    consultation = _found(slug, "see_share")
    link = queries.link_by_code(code)
    if link.consultation_id != consultation.id:
        raise Missing("There is no such address.")
    today = lifecycle.day_of(clock.now())
    opens = queries.opens_by_day([link], today=today, days=DAYS)
    days = [today - timedelta(days=back) for back in range(DAYS)]
    return page(
        consultation=consultation,
        link=link,
        kind=FOR[link.kind],
        can_share=lifecycle.phase(consultation, clock.now()) in WORTH_TELLING,
        kits=[
            {
                "name": language_name(language),
                "address": short_address(link, language),
                "spoken": spoken(short_address(link, language)),
                **{
                    name: path(f"promotion.{name}", language, code=link.code)
                    for name in ("poster", "message", "qr_svg", "qr_png")
                },
            }
            for language in offered(consultation)
        ],
        days=[(day, queries.band(opens.get((link.id, day), 0))) for day in days],
    )


def sharing(consultation: Consultation, now: datetime) -> Section | None:
    """The way here from a consultation's staff page, as long as telling others helps."""
    if lifecycle.phase(consultation, now) not in WORTH_TELLING or not may(account(), "see_share", consultation):
        return None
    href = url_for("promotion.staff_share", slug=consultation.slug)
    return Section("Share", [Card(href=href, title="Links, QR codes, posters and messages")])


def _found(slug: str, verb: str) -> Consultation:
    consultation = consultations.by_slug(slug)
    authorise(verb, consultation)
    if lifecycle.phase(consultation, clock.now()) not in lifecycle.PUBLIC:
        raise Missing("This is not published, so there is nothing to share yet.")
    return consultation


def open_to_all(consultation: Consultation, now: datetime) -> bool:
    """Whether anybody may answer it now."""
    return lifecycle.phase(consultation, now) is lifecycle.Phase.OPEN and not consultation.invited_only


def _share_page(form: LinkForm, consultation: Consultation, status: int = 200) -> Response:
    now = clock.now()
    today = lifecycle.day_of(now)
    links = queries.links(consultation)
    opens = queries.opens_by_day(links, today=today, days=DAYS)
    own = consultation.language if consultation.language in offered(consultation) else offered(consultation)[0]
    can_share = lifecycle.phase(consultation, now) in WORTH_TELLING
    return page(
        "staff_share",
        status=status,
        form=form,
        consultation=consultation,
        can_share=can_share,
        may_make=can_share and may(account(), "make_link", consultation),
        listed=[
            (
                link,
                FOR[link.kind],
                spoken(short_address(link, own)),
                queries.band(sum(count for (number, _day), count in opens.items() if number == link.id)),
            )
            for link in links
        ],
        days=DAYS,
        tablet=url_for("answering.tablet_mode", slug=consultation.slug) if open_to_all(consultation, now) else "",
    )

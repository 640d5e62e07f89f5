"""Sharing, for everybody: nothing here needs an account, and nothing here reaches an answer."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import segno
from flask import Response, make_response, request, url_for
from flask_babel import gettext as _

from consult import clock
from consult.accounts.queries import organisation
from consult.consultations import queries as consultations
from consult.consultations.models import Consultation
from consult.domain import lifecycle
from consult.domain.errors import Missing
from consult.domain.lifecycle import Phase
from consult.promotion import actions, queries
from consult.promotion.actions.making import WORTH_TELLING
from consult.promotion.models import PromotionLink
from consult.promotion.routes import blueprint
from consult.promotion.routes.addresses import offered, path, short_address, spoken, tablet_address
from consult.promotion.routes.opens import waiting
from consult.web.access import cache_at_most, private, public
from consult.web.locale import autonym, current_language, say_datetime
from consult.web.page import page, plain, see_other
from consult.web.sections import Card, Section

#: From how many opens on the share page says so, in words.
SOME, MANY = 10, 100
#: White round a QR code, in modules: less is not read by every telephone (ISO/IEC 18004).
QUIET = 4


@blueprint.get("/go/<code>")
@private
def go(code: str) -> Response:
    """Lead on to the consultation's page: no cookie, and nothing that says which address it was."""
    link = _link(code)
    if request.method == "GET":
        waiting().note(link.id, actions.hour_of(clock.now()))
    return see_other("consultations.show", slug=link.consultation.slug)


@blueprint.get("/consultations/<slug>/share")
@public()
def share(slug: str) -> Response:
    """The short address for everyone, with everything to pass it on."""
    now = clock.now()
    consultation = consultations.public_by_slug(slug, now)
    cache_at_most(lifecycle.seconds_until_change([consultation], now))
    link, languages = queries.link_for_everyone(consultation), offered(consultation)
    language = current_language()
    tablet = "" if consultation.invited_only else tablet_address(slug, language)
    return page(
        consultation=consultation,
        can_share=lifecycle.phase(consultation, now) in WORTH_TELLING,
        link=link,
        address=short_address(link, language),
        spoken=spoken(short_address(link, language)),
        message=message_text(link),
        reach=reach(queries.opens_in_all(consultation)),
        tablet_address=tablet if lifecycle.phase(consultation, now) is Phase.OPEN else "",
        tablet_spoken=spoken(tablet),
        posters=[(one, path("promotion.poster", one, code=link.code)) for one in languages],
        messages=[(one, path("promotion.message", one, code=link.code)) for one in languages],
        languages=tuple(dict.fromkeys((*languages, language))),
    )


@blueprint.get("/go/<code>/poster")
@public()
def poster(code: str) -> Response:
    """A4, to print or to save as PDF."""
    link = _to_share(code)
    consultation = link.consultation
    language = current_language()
    cache_at_most(lifecycle.seconds_until_change([consultation], clock.now()))
    return page(
        consultation=consultation,
        link=link,
        spoken=spoken(short_address(link, language)),
        telephone=telephone(consultation),
        email=consultation.contact_email or organisation().contact_email,
        languages=tuple(dict.fromkeys((*offered(consultation), language))),
        others=[autonym(one) for one in offered(consultation) if one != language],
    )


@blueprint.get("/go/<code>/message.txt")
@public()
def message(code: str) -> Response:
    """A message to copy, without any mark-up."""
    link = _to_share(code)
    cache_at_most(lifecycle.seconds_until_change([link.consultation], clock.now()))
    answer = make_response(message_text(link))
    answer.content_type = "text/plain; charset=utf-8"
    answer.headers["Content-Language"] = current_language()
    return answer


@blueprint.get("/go/<code>/qr.svg")
@public(max_age=3600)
def qr_svg(code: str) -> Response:
    """The address as a QR code that can be printed at any size."""
    return _picture(code, "svg", "image/svg+xml; charset=utf-8", scale=8, xmldecl=False)


@blueprint.get("/go/<code>/qr.png")
@public(max_age=3600)
def qr_png(code: str) -> Response:
    """The same for programs that know no SVG."""
    return _picture(code, "png", "image/png", scale=20)


@blueprint.get("/consultations/<slug>/tablet/qr.svg")
@public(max_age=3600)
def tablet_qr(slug: str) -> Response:
    """The address that makes a browser a shared tablet, as a QR code."""
    consultation = consultations.public_by_slug(slug, clock.now())
    return _drawn(tablet_address(consultation.slug, current_language()), "svg", "image/svg+xml", scale=8, xmldecl=False)


def share_this(consultation: Consultation, now: datetime) -> Section | None:
    """On a consultation's page, as long as telling others helps."""
    if lifecycle.phase(consultation, now) not in WORTH_TELLING:
        return None
    link = Card(
        href=url_for("promotion.share", slug=consultation.slug),
        title={current_language(): _("Share this with others")},
        note=_("A short address, a QR code, a poster and a message to copy."),
    )
    return Section(_("Tell others"), [link])


def message_text(link: PromotionLink) -> str:
    """What somebody can send to people they know, in the language of the page."""
    consultation = link.consultation
    closes = say_datetime(consultation.closes_at) if consultation.closes_at else ""
    parts = [plain(consultation.wording("title")), plain(consultation.wording("summary"))]
    if closes:
        parts.append(_("Have your say by %(moment)s:", moment=closes))
    parts.append(short_address(link, current_language()))
    number = telephone(consultation)
    if number:
        parts.append(_("For paper, another format or another language, call %(telephone)s.", telephone=number))
    return "\n\n".join(part for part in parts if part) + "\n"


def telephone(consultation: Consultation) -> str:
    """Whom to call: about this consultation, or else the organisation."""
    return consultation.contact_telephone or organisation().contact_telephone


def reach(opens: int) -> str:
    """How many have followed such addresses, in words only; nothing for few."""
    if opens >= MANY:
        return _("Many people have opened this from a poster or a message.")
    if opens >= SOME:
        return _("Some people have opened this from a poster or a message.")
    return ""


def _link(code: str) -> PromotionLink:
    link = queries.link_by_code(code)
    if lifecycle.phase(link.consultation, clock.now()) not in lifecycle.PUBLIC:
        raise Missing("There is no such address.")
    return link


def _to_share(code: str) -> PromotionLink:
    link = _link(code)
    if lifecycle.phase(link.consultation, clock.now()) in (Phase.CLOSED, Phase.REPORTED, Phase.WITHDRAWN):
        raise Missing(_("This has closed, so there is nothing to share any more."))
    return link


def _picture(code: str, kind: str, media_type: str, **look: object) -> Response:
    return _drawn(short_address(_link(code), current_language()), kind, media_type, **look)


def _drawn(address: str, kind: str, media_type: str, **look: object) -> Response:
    drawn = BytesIO()
    symbol = segno.make_qr(address, error="m")
    symbol.save(drawn, kind=kind, border=QUIET, light="#fff", **look)
    answer = make_response(drawn.getvalue())
    answer.content_type = media_type
    return answer

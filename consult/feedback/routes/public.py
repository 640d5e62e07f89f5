"""What everybody sees: what we heard, our answer, and where it is addressed."""

from __future__ import annotations

from flask import Response, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations import queries as consultations
from consult.consultations.models import Consultation
from consult.consultations.news import News, news_number
from consult.domain import lifecycle
from consult.domain.feedback import Feedback
from consult.domain.lifecycle import Phase
from consult.engagement.models import Group
from consult.feedback import queries
from consult.feedback.models import FeedbackPublication
from consult.feedback.routes import blueprint, in_words
from consult.web.access import cache_at_most, public
from consult.web.locale import catalogues, current_language, say_date
from consult.web.page import page
from consult.web.sections import Card, Section

#: How many the hub lists before the page of all.
ON_HUB = 3


@blueprint.get("/consultations/<slug>/you-said-we-did")
@public()
def you_said_we_did(slug: str) -> Response:
    """What we heard about one consultation, and what we did; or that nothing is published yet."""
    now = clock.now()
    consultation = consultations.public_by_slug(slug, now)
    publication = queries.latest(consultation)
    if publication is None:
        cache_at_most(lifecycle.seconds_until_change([consultation], now))
        closed = lifecycle.phase(consultation, now) in (Phase.CLOSED, Phase.REPORTED)
        return page("not_yet", consultation=consultation, closed=closed)
    return feedback_page(publication.feedback(), consultation, publication=publication)


@blueprint.get("/you-said-we-did")
@public()
def all_you_said_we_did() -> Response:
    """Everything that was answered back, by group, the newest first."""
    by_group: dict[Group, list[FeedbackPublication]] = {}
    for publication in queries.published():
        by_group.setdefault(publication.consultation.group, []).append(publication)
    return page(groups=[(group, [card(one) for one in listed]) for group, listed in by_group.items()])


def feedback_page(
    feedback: Feedback, consultation: Consultation, *, publication: FeedbackPublication | None
) -> Response:
    """The page in the current language; without a publication it is a preview for staff."""
    complete = [one for one in consultation.languages if publication and not feedback.untranslated(one)]
    return page(
        "you_said_we_did",
        feedback=feedback,
        consultation=consultation,
        publication=publication,
        in_short=list(in_words.in_short(feedback)),
        said=in_words,
        languages=tuple(one for one in catalogues() if one in complete or (publication and one == current_language())),
    )


def answered_lately(_subject: None, _now: object) -> Section | None:
    """The hub's list of what was done lately."""
    listed = queries.published(most=ON_HUB)
    if not listed:
        return None
    more = (_("All of what you said and we did"), url_for("feedback.all_you_said_we_did"))
    return Section(_("You said, we did"), [card(one) for one in listed], more=more)


def answered_by_group(group: Group, _now: object) -> Section:
    """What a group did with what people said."""
    listed = queries.published(group_id=group.id)
    return Section(
        _("What was said and what was done"), [card(one) for one in listed], empty=_("Nothing is published yet.")
    )


def answered(consultation: Consultation, _now: object) -> Section | None:
    """On a consultation's page, once there is something."""
    publication = queries.latest(consultation)
    if publication is None:
        return None
    short = " ".join(in_words.in_short(publication.feedback()))
    link = Card(
        href=url_for("feedback.you_said_we_did", slug=consultation.slug),
        title={current_language(): _("What you said and what we did")},
        note=short,
    )
    return Section(_("You said, we did"), [link])


def card(publication: FeedbackPublication) -> Card:
    """One publication in a list."""
    consultation = publication.consultation
    return Card(
        href=url_for("feedback.you_said_we_did", slug=consultation.slug),
        title=consultation.wording("title"),
        note=_("Published on %(date)s", date=say_date(publication.published_on)),
    )


def news(_session: Session) -> list[News]:
    """What people who asked are told of; numbered by the day, so that it comes after what was published before it."""
    return [
        News(
            one.consultation_id, news_number(one.day, after_results=True), f"/consultations/{one.slug}/you-said-we-did"
        )
        for one in queries.published_days()
    ]

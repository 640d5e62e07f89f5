"""Staff read what people answered on trial: simple counts, one by one, and what they said about it."""

from __future__ import annotations

from statistics import median

from flask import Response

from consult import clock
from consult.accounts.access import authorise, signed_in
from consult.consultations import queries as consultations
from consult.studio.queries import parts
from consult.studio.queries import trials as queries
from consult.studio.routes import blueprint
from consult.web.locale import locale_of
from consult.web.page import page


@blueprint.get("/staff/consultations/<slug>/trials")
@signed_in
def trials(slug: str) -> Response:
    """All of them; they are deleted when the consultation opens."""
    shown = consultations.by_slug(slug)
    authorise("see_consultation", shown)
    found, questionnaire, locale = queries.trials(shown, clock.now()), parts.questionnaire_of(shown), locale_of("en")
    minutes = [one.kept.minutes for one in found if one.kept.minutes is not None]
    return page(
        consultation=shown,
        trials=[(one, queries.words(one, questionnaire, locale)) for one in found] if questionnaire else [],
        counts=queries.counted(found, questionnaire, locale) if questionnaire and found else [],
        minutes=minutes,
        middle=median(minutes) if minutes else None,
    )

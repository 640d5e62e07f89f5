"""Waiting-room mode: one after another answers on a shared tablet, and nothing of the last person stays on it."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from consult import clock, limits
from consult.answering import drafts, tablet
from consult.answering.asked import Asked, RevisionAsked
from consult.answering.holder import day_here, give_cookie, held_key, load
from consult.answering.routes.begin import answer_language, first_step, revision_for, see_other_step
from consult.answering.routes.blueprint import blueprint
from consult.domain import lifecycle
from consult.domain.errors import NotNow
from consult.extensions import db, limiter
from consult.web.access import private
from consult.web.locale import autonym, catalogues
from consult.web.page import page, see_other
from consult.web.saving import saves

#: Steps of somebody's way, which only lead somewhere while this browser holds their key.
ON_THE_WAY = frozenset(
    f"answering.{view}"
    for view in ("question_page", "save_page", "check", "send", "equality_gate", "answer_equality", "done")
)
#: What a shared device does not offer: numbers to come back with, receipts, choices between two people's answers.
NOT_HERE = frozenset(
    f"answering.{view}"
    for view in ("save_for_later", "make_number", "resume", "come_back", "take_back", "begun_already")
)


def register(app: Flask) -> None:
    """Let every template ask whether this browser is a shared tablet."""
    app.jinja_env.globals["tablet"] = tablet.mode


@blueprint.before_request
def on_a_tablet() -> Any:
    """Where this browser is a shared tablet, lead everybody from the start to the thanks and to nothing else."""
    if tablet.mode() is None:
        return None
    if request.endpoint in NOT_HERE:
        return see_other(".tablet_start")
    if request.endpoint == "answering.start":
        return saves(begin_on)(str((request.view_args or {}).get("slug")))
    if request.endpoint not in ON_THE_WAY:
        return None
    slug = str((request.view_args or {}).get("slug"))
    key = held_key(load(slug).id)
    if key is None:
        return see_other(".tablet_start")
    if request.endpoint == "answering.done":
        return tablet.thank(tablet.clear(see_other(".tablet_thanks")))
    return None


@blueprint.get("/consultations/<slug>/tablet")
@private
def tablet_mode(slug: str) -> Any:
    """What becomes of this browser; only the button does it."""
    consultation = load(slug)
    return page(consultation=consultation, possible=possible(consultation), languages=languages_of(consultation))


@blueprint.post("/consultations/<slug>/tablet")
@private
@limiter.limit(limits.BEGIN)
@saves
def enter_tablet_mode(slug: str) -> Any:
    """Make this browser a shared tablet."""
    consultation = load(slug)
    if not possible(consultation):
        raise NotNow(_("This consultation cannot be answered on a shared tablet now."))
    forget_drafts()
    return tablet.give(tablet.clear(see_other(".tablet_start")), slug)


@blueprint.get("/tablet")
@private
def tablet_start() -> Any:
    """The start screen; whoever was here before is forgotten by showing it."""
    found = tablet.mode()
    if found is None:
        return page("no_tablet")
    consultation = load(found.slug)
    if not possible(consultation):
        phase = lifecycle.phase(consultation, clock.now())
        return tablet.afresh(page("tablet_closed", consultation=consultation, phase=phase))
    revision = revision_for(consultation)
    return tablet.afresh(
        page(
            consultation=consultation,
            minutes=revision.minutes,
            starts=[(one, start_in(one), address(one)) for one in offered(revision)],
            languages=offered(revision),
        )
    )


@blueprint.post("/tablet")
@private
@limiter.limit(limits.BEGIN)
@saves
def begin_on_tablet() -> Any:
    """Begin, for the next person."""
    found = tablet.mode()
    return see_other(".tablet_start") if found is None else begin_on(found.slug)


def begin_on(slug: str) -> Any:
    """A new draft with the tablet's channel; one that was left behind goes."""
    consultation, now = load(slug), clock.now()
    if not possible(consultation):
        return see_other(".tablet_start")
    forget_drafts()
    revision = revision_for(consultation)
    fresh = drafts.begin(
        db.session,
        consultation_id=consultation.id,
        revision=revision.id,
        language=answer_language(revision),
        channel=tablet.CHANNEL,
        now=now,
    )
    step = see_other_step(slug, first_step(revision, day_here(now)))
    return give_cookie(tablet.forget(step), consultation.id, fresh.key)


@blueprint.get("/tablet/thanks")
@private
def tablet_thanks() -> Any:
    """Thanks, with nothing of anybody on the page; it goes back to the start by itself, and can be kept longer."""
    found = tablet.mode()
    if found is None or not tablet.thanked():
        return see_other(".tablet_start")
    seconds = found.quiet if request.args.get("longer") else found.thanks
    return goes_on(page(consultation=load(found.slug), seconds=seconds), seconds)


@blueprint.get("/tablet/still")
@private
def tablet_still() -> Any:
    """ "Are you still there?": it goes back to the start by itself, where the key to what was begun is thrown away."""
    found = tablet.mode()
    if found is None or not any(key for _consultation, key in tablet.held()):
        return see_other(".tablet_start")
    slug, at = request.args.get("of", found.slug), request.args.get("at", "")
    return goes_on(page(consultation=load(slug), seconds=found.quiet, carry_on=step_address(slug, at)), found.quiet)


@blueprint.post("/tablet/wipe")
@private
@limiter.limit(limits.BEGIN)
@saves
def tablet_wipe() -> Any:
    """Delete what was begun here and show the start."""
    forget_drafts()
    return tablet.clear(see_other(".tablet_start"))


@blueprint.get("/tablet/leave")
@private
def tablet_leave() -> Any:
    """For whoever looks after the tablet: no page leads here."""
    return page(shared=tablet.mode() is not None)


@blueprint.post("/tablet/leave")
@private
@limiter.limit(limits.BEGIN)
@saves
def leave_tablet_mode() -> Any:
    """Make this a browser like any other."""
    forget_drafts()
    return tablet.take(tablet.clear(see_other("engagement.hub")))


def forget_drafts() -> None:
    """Delete every draft that this browser has the key to."""
    for consultation_id, key in tablet.held():
        if key is not None:
            drafts.delete(db.session, key, consultation_id)


def possible(consultation: Asked) -> bool:
    """Whether it can be answered on a shared tablet now: it is open, and not for the invited alone."""
    return lifecycle.accepts_beginning(consultation, clock.now()) and not consultation.invited_only


def offered(revision: RevisionAsked) -> tuple[str, ...]:
    """The languages somebody may start in: those of the questionnaire that we have words for."""
    return tuple(one for one in revision.languages if one in catalogues()) or catalogues()[:1]


def languages_of(consultation: Asked) -> tuple[str, ...]:
    """The languages of the page about becoming a tablet."""
    return offered(revision_for(consultation)) if possible(consultation) else catalogues()


def start_in(language: str) -> tuple[str, str]:
    """The word on the button in a language, and the name of the language in itself."""
    with force_locale(language.replace("-", "_")):
        return _("Start"), autonym(language)


def address(language: str) -> str:
    """Where the start screen's button for a language goes."""
    here = url_for("answering.begin_on_tablet").removeprefix(request.script_root)
    return here if language == current_app.config["BABEL_DEFAULT_LOCALE"] else f"/{language}{here}"


def step_address(slug: str, at: str) -> str:
    """A step of somebody's way by its name."""
    if at in ("check", ""):
        return url_for(".check", slug=slug)
    if at == "equality":
        return url_for(".equality_gate", slug=slug)
    return url_for(".question_page", slug=slug, key=at)


def goes_on(response: Any, seconds: int) -> Any:
    """The browser goes to the start after so many seconds, with or without JavaScript."""
    response.headers["Refresh"] = f"{seconds};url={url_for('.tablet_start')}"
    return response

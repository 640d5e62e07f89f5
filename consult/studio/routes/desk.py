"""The translation desk: how far each language is, and its texts side by side with their originals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import Response, request, url_for

from consult import clock
from consult.accounts.access import account, authorise, current_account, signed_in
from consult.accounts.models import Account
from consult.accounts.permissions import NOT_YOURS, groups_where, languages_where, may
from consult.accounts.work import Step
from consult.consultations import queries as consultations
from consult.consultations.actions import called
from consult.consultations.models import Consultation
from consult.domain.errors import Missing, NotAllowed
from consult.domain.questionnaire import BadDefinition
from consult.domain.questionnaire.differences import pieces
from consult.domain.translating import BY_YOU, DRAFT, MISSING, SIGNED, STALE, STATES, Progress
from consult.exchange.routes.translating import languages_for, languages_of
from consult.studio.actions import translate as actions
from consult.studio.queries import desk as queries
from consult.studio.queries.desk import Text
from consult.studio.routes import blueprint
from consult.studio.routes.desk_forms import (
    CONTEXT,
    NOTE,
    ORIGINAL,
    SEEN,
    STILL,
    WORDS,
    DeskForm,
    desk_form,
    key,
    named,
)
from consult.web.page import page, see_other
from consult.web.saving import saves
from consult.web.sections import Card, Section

#: How many texts stand on a page.
A_PAGE = 20
#: What each state is called, and the colour of its tag.
CALLED = {MISSING: "Missing", STALE: "Out of date", DRAFT: "Draft", SIGNED: "Signed off"}
COLOURS = {MISSING: "red", STALE: "orange", DRAFT: "yellow", SIGNED: "green"}
FIELDS = {"words": WORDS, "seen": SEEN, "original": ORIGINAL, "still": STILL, "note": NOTE, "context": CONTEXT}
UNSAVED = (
    "You have typed words that are not saved yet. Save them first: what is signed off is what everybody will read."
)


@blueprint.get("/staff/consultations/<slug>/desk")
@signed_in
def desk(slug: str) -> Response:
    """How far each language is, and the way to its texts."""
    shown = consultations.by_slug(slug)
    authorise("see_translations", shown)
    return page(
        consultation=shown,
        counted=queries.progress(shown, languages_for(shown, "see_translations")),
        called=called,
        back=_back(shown),
    )


@blueprint.get("/staff/consultations/<slug>/desk/<language>")
@signed_in
def desk_language(slug: str, language: str) -> Response:
    """The texts of one language beside their originals, a page at a time."""
    shown = _found(slug, language, "see_translations")
    texts = queries.texts(shown, [language])[language]
    state = request.args.get("state", "")
    chosen = [text for text in texts if text.state == state] if state in STATES else texts
    pages = max(1, -(-len(chosen) // A_PAGE))
    at = min(max(1, request.args.get("page", 1, type=int)), pages)
    here = chosen[(at - 1) * A_PAGE : at * A_PAGE]
    return _desk_page(shown, language, texts, here, None, state=state, at=at, pages=pages)


@blueprint.post("/staff/consultations/<slug>/desk/<language>")
@signed_in
@saves
def save_desk_language(slug: str, language: str) -> Response:
    """Keep what was typed as drafts, or sign off what was seen."""
    signing = "sign" in request.form or "sign_shown" in request.form
    shown = _found(slug, language, "sign_translation" if signing else "translate")
    texts = queries.texts(shown, [language])[language]
    there = {text.place: text for text in texts}
    places = list(dict.fromkeys(request.form.getlist("place")))[: 2 * A_PAGE]
    here = [there.get(place) or Text(place, "", "", None) for place in places]
    form = desk_form(here, language, called(language), with_context=_with_context(shown), fresh=False)
    if form.validate_on_submit():
        done = _sign(shown, language, here, form) if signing else _save(shown, language, here, form)
        if done:
            state, at = request.form.get("state", ""), request.form.get("page", 1, type=int)
            chosen = {"state": state} if state in STATES else {}
            return see_other(".desk_language", slug=slug, language=language, **chosen, page=at)
    return _desk_page(shown, language, texts, here, form, status=422)


def to_desk(consultation: Consultation, _now: datetime) -> Section | None:
    """The way to the desk from a consultation and its review."""
    if not may(current_account(), "see_translations", consultation):
        return None
    notes = [f"{called(one)}: {said(queries.count(texts))}" for one, texts in _texts(consultation).items()]
    address = url_for("studio.desk", slug=consultation.slug)
    return Section("Languages", [Card(address, "Translation desk", note=". ".join(notes))])


def next_steps(who: Account, _now: datetime) -> list[Step]:
    """Languages that somebody can translate or sign off: what only waits for somebody else is not theirs."""
    groups = groups_where(who, "translate")
    found = []
    for draft in consultations.for_staff(groups):
        if draft.state != "draft":
            continue
        allowed = languages_where(who, "translate", draft)
        for language, texts in _texts(draft).items():
            mine = queries.count(text for text in texts if text.state != DRAFT or not _by(text, who))
            if not mine.done and (allowed is None or language in allowed):
                title = draft.wording("title").to("en").text
                link = url_for("studio.desk_language", slug=draft.slug, language=language)
                words = f"Translate “{title}” into {called(language)}: {said(mine)}"
                found.append(Step(None, words, link, "You", "translate"))
    return found


def said(progress: Progress) -> str:
    """How far a language is, in a few words."""
    if progress.done:
        return "signed off"
    counts = ((progress.missing, "missing"), (progress.stale, "out of date"), (progress.draft, "not signed off"))
    return ", ".join(f"{number} {words}" for number, words in counts if number)


def _save(consultation: Consultation, language: str, here: Sequence[Text], form: DeskForm) -> bool:
    by, now = account(), clock.now()
    try:
        actions.save(consultation, language, typed=form.typed(here), by=by, now=now)
    except actions.Unsaved as refused:
        for text in here:
            if text.place in refused.problems:
                form.look_again(text, refused.problems[text.place])
        return False
    for place, words in form.context(here).items():
        actions.tell_translators(consultation, place, words=words, by=by, now=now)
    return True


def _sign(consultation: Consultation, language: str, here: Sequence[Text], form: DeskForm) -> bool:
    """Sign off one text, or all shown ones that are drafts; those that cannot be are said."""
    typed = form.typed(here)
    one = request.form.get("sign")
    chosen = [text for text in here if (text.place == one if one else text.state == DRAFT and not _by_me(text))]
    unsaved = [text for text in here if WORDS + key(text.place) in request.form and _typed_anew(text, typed)]
    for text in unsaved:
        form.look_again(text, UNSAVED)
    if unsaved:
        return False
    seen = {text.place: typed[text.place].seen for text in chosen}
    signed = actions.sign(consultation, language, seen=seen, by=account(), now=clock.now())
    for text in chosen:
        if text.place in signed.refused:
            form.look_again(text, signed.refused[text.place])
    return not signed.refused


def _typed_anew(text: Text, typed: dict[str, actions.Typed]) -> bool:
    """Whether somebody typed other words than they saw; those that a colleague saved meanwhile are not theirs."""
    left = typed[text.place]
    return left.words != text.target.strip() and left.seen == text.mark


def _by_me(text: Text) -> bool:
    return _by(text, account())


def _by(text: Text, who: Account) -> bool:
    return text.told is not None and text.told.written_by == who.id


def _found(slug: str, language: str, verb: str) -> Consultation:
    """The consultation, for somebody who may do this in this language."""
    shown = consultations.by_slug(slug)
    authorise(verb, shown)
    if language not in languages_of(shown):
        raise Missing("This consultation is not translated into that language.")
    if language not in languages_for(shown, verb):
        raise NotAllowed(NOT_YOURS)
    return shown


def _texts(consultation: Consultation) -> dict[str, list[Text]]:
    """The texts of the offered languages; none while the questionnaire cannot be read."""
    try:
        return queries.texts(consultation, [one for one in consultation.languages if one != consultation.language])
    except BadDefinition:
        return {}


def _with_context(consultation: Consultation) -> bool:
    return consultation.state == "draft" and may(account(), "edit_consultation", consultation)


def _back(consultation: Consultation) -> tuple[str, str]:
    """Where somebody came from: an address and its words."""
    if may(account(), "see_consultation", consultation):
        return url_for("consultations.staff_consultation", slug=consultation.slug), "Back to the consultation"
    return url_for("accounts.my_work"), "Back to my work"


def _desk_page(
    consultation: Consultation,
    language: str,
    texts: Sequence[Text],
    here: Sequence[Text],
    form: DeskForm | None,
    *,
    state: str = "",
    at: int = 1,
    pages: int = 1,
    status: int = 200,
) -> Response:
    form = form or desk_form(here, language, called(language), with_context=_with_context(consultation))
    may_sign = consultation.state in actions.SIGNED_IN and language in languages_for(consultation, "sign_translation")
    return page(
        "desk_language",
        status=status,
        form=form,
        consultation=consultation,
        language=language,
        called=called,
        here=here,
        progress=queries.count(texts),
        states=[(one, CALLED[one]) for one in STATES],
        colours=COLOURS,
        state=state or request.form.get("state", ""),
        at=request.form.get("page", at, type=int),
        pages=pages,
        field=lambda kind, text: form[FIELDS[kind] + key(text.place)],
        key=key,
        named=named,
        by_me=_by_me,
        pieces=pieces,
        by_you=BY_YOU,
        may_write=consultation.state == "draft" and language in languages_for(consultation, "translate"),
        may_sign=may_sign,
        signable=[text for text in here if may_sign and text.state == DRAFT and not _by_me(text)],
        with_context=_with_context(consultation),
    )

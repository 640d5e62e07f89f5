"""Staff write a consultation: list, begin, page settings, texts in each language, and how it looks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Response, g, request, url_for
from flask_babel import force_locale

from consult import clock
from consult.accounts.access import account, authorise, groups_for, signed_in
from consult.accounts.permissions import may
from consult.consultations import actions, queries
from consult.consultations.actions import PageText
from consult.consultations.models import WORDED, Consultation
from consult.consultations.routes import blueprint, forms
from consult.consultations.routes.public import consultation_page, when
from consult.domain import equality, lifecycle
from consult.domain.errors import Missing, Rejected
from consult.domain.lifecycle import Phase
from consult.engagement import queries as engagement
from consult.web.forms import Form
from consult.web.locale import catalogues, language_name
from consult.web.page import page, see_other
from consult.web.saving import saves
from consult.web.sections import sections

#: What may be done to a published one, by phase: (act, words).
ACTS = {
    Phase.COMING: [("extend", "Close later"), ("withdraw", "Withdraw")],
    Phase.OPEN: [("extend", "Close later"), ("pause", "Pause"), ("withdraw", "Withdraw")],
    Phase.PAUSED: [("reopen", "Open again"), ("extend", "Close later"), ("withdraw", "Withdraw")],
    Phase.CLOSED: [("reopen", "Open again after an outage"), ("withdraw", "Withdraw")],
}
#: What the overview offers to those who may.
VERBS = ("edit_consultation", "submit_consultation", "approve_consultation", "change_open_consultation")
CONTACT = ("contact_name", "contact_email", "contact_telephone", "contact_address")
CORRECTABLE = (Phase.COMING, Phase.OPEN, Phase.PAUSED, Phase.CLOSED)


@blueprint.get("/staff/consultations")
@signed_in
def staff_consultations() -> Response:
    """Every consultation of the groups somebody works for."""
    now = clock.now()
    authorise("see_consultation")
    listed = queries.for_staff(groups_for("see_consultation"))
    return page(listed=[(one, lifecycle.phase(one, now), when(one, now)) for one in listed], may_begin=bool(_groups()))


@blueprint.get("/staff/consultations/new")
@signed_in
def new_consultation() -> Response:
    """Begin one."""
    authorise("edit_consultation")
    return page(form=_new_form())


@blueprint.post("/staff/consultations/new")
@signed_in
@saves
def save_new_consultation() -> Response:
    """Keep the new draft."""
    form = _new_form()
    if form.validate_on_submit():
        group = engagement.group_by_slug(form.group.data)
        authorise("edit_consultation", group)
        try:
            made = actions.create(
                group=group,
                title={form.language.data: form.title.data},
                language=form.language.data,
                by=account(),
                now=clock.now(),
            )
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".staff_consultation", slug=made.slug)
    return page("new_consultation", status=422, form=form)


@blueprint.get("/staff/consultations/<slug>")
@signed_in
def staff_consultation(slug: str) -> Response:
    """Where it stands and what can be done next."""
    shown = found(slug, "see_consultation")
    now = clock.now()
    phase = lifecycle.phase(shown, now)
    return page(
        form=forms.PlainForm(),
        can={verb for verb in VERBS if may(account(), verb, shown)},
        may_second={change.id for change in shown.corrections if may(account(), "second_change", change)},
        consultation=shown,
        phase=phase.value,
        when=when(shown, now),
        lacking=actions.lacking(shown, now=now, catalogues=catalogues())
        if shown.state in ("draft", "in_review")
        else [],
        standing=actions.standing(shown) if shown.state == "draft" else [],
        checked={revision.number for revision in shown.revisions if actions.report_of(revision)},
        acts=ACTS.get(phase, []),
        correctable=phase in CORRECTABLE,
        sections=sections("staff_consultation", shown, now),
    )


@blueprint.get("/staff/consultations/<slug>/preview")
@signed_in
def preview_page(slug: str) -> Response:
    """The page as everybody will see it, in one of its languages."""
    shown = found(slug, "see_consultation")
    g.language = language_of(shown)
    with force_locale(g.language.replace("-", "_")):
        return consultation_page(shown, clock.now())


@blueprint.get("/staff/consultations/<slug>/settings")
@signed_in
def edit_settings(slug: str) -> Response:
    """Dates, kind of activity, contact and languages of a draft."""
    shown = found(slug, "edit_consultation")
    form = forms.SettingsForm(formdata=None, obj=None, **_settings_now(shown))
    return _settings_page(form, shown)


@blueprint.post("/staff/consultations/<slug>/settings")
@signed_in
@saves
def save_settings(slug: str) -> Response:
    """Keep them."""
    shown = found(slug, "edit_consultation")
    form = forms.SettingsForm()
    form.languages.set_choices(_languages(shown))
    if form.validate_on_submit():
        given: dict[str, Any] = {name: form[name].data for name in ("activity", "opens_at", "closes_at")}
        given |= {name: form[name].data or "" for name in CONTACT}
        languages = tuple(form.languages.data or ())
        given |= {"equality": form.equality.data == "yes", "equality_questions": form.equality_questions.data or None}
        given |= {"invited_only": form.who_answers.data == "invited" if form.who_answers.data else None}
        text = replace(text_now(shown), **given, languages=languages)
        try:
            actions.edit_page(shown, text=text, by=account(), now=clock.now())
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".staff_consultation", slug=slug)
    return _settings_page(form, shown, status=422)


@blueprint.get("/staff/consultations/<slug>/texts/<language>")
@signed_in
def edit_texts(slug: str, language: str) -> Response:
    """The page's words in one language, beside the language it was written in."""
    shown, published = _for_texts(slug, language)
    form = _texts_form(shown, published)(formdata=None, **forms.texts_in(shown, language))
    return _texts_page(form, shown, language)


@blueprint.post("/staff/consultations/<slug>/texts/<language>")
@signed_in
@saves
def save_texts(slug: str, language: str) -> Response:
    """Keep them: silently in a draft, with a public reason in a published one."""
    shown, published = _for_texts(slug, language)
    form = _texts_form(shown, published)()
    if form.validate_on_submit():
        texts: dict[str, Any] = forms.texts_with(shown, language, form)
        text = replace(text_now(shown), **texts)
        try:
            if published:
                reason = forms.reason_of(form, shown)
                actions.correct_page(shown, text=text, reason=reason, by=account(), now=clock.now())
            else:
                actions.edit_page(shown, text=text, by=account(), now=clock.now())
        except Rejected as rejected:
            refuse(form, rejected, shown)
        else:
            return see_other(".staff_consultation", slug=slug)
    return _texts_page(form, shown, language, status=422)


def found(slug: str, verb: str) -> Consultation:
    """Load and authorise in one step."""
    consultation = queries.by_slug(slug)
    authorise(verb, consultation)
    return consultation


def language_of(consultation: Consultation) -> str:
    """The language asked for in the address, if it is one of the consultation's; else its own."""
    asked = request.args.get("language", "")
    return asked if asked in consultation.languages else consultation.language


def refuse(form: Form, rejected: Rejected, consultation: Consultation) -> None:
    """Put a refusal beside its field; a missing reason stands beside the reason in its own language."""
    if rejected.field == "reason":
        rejected = Rejected(f"reason_{consultation.language}", rejected.message)
    form.reject(rejected)


def text_now(consultation: Consultation) -> PageText:
    """The page as it is kept."""
    names = (*WORDED, "equality_purpose", "activity", "opens_at", "closes_at", "equality", "equality_questions")
    kept: dict[str, Any] = {name: getattr(consultation, name) for name in (*names, *CONTACT)}
    return PageText(**kept, languages=tuple(consultation.languages))


def _new_form() -> forms.NewForm:
    form = forms.NewForm()
    form.group.set_choices([(group.slug, group.name.get("en") or group.slug) for group in _groups()])
    form.language.set_choices(forms.language_choices())
    return form


def _groups() -> list[Any]:
    mine = groups_for("edit_consultation")
    return [group for group in engagement.groups() if mine is None or group.id in mine]


def _languages(consultation: Consultation) -> list[tuple[str, str]]:
    questionnaire = consultation.questionnaire()
    more = questionnaire.languages if questionnaire else ()
    return forms.language_choices(consultation.language, *more, *consultation.languages)


def _settings_now(consultation: Consultation) -> dict[str, Any]:
    names = ("activity", "opens_at", "closes_at", *CONTACT)
    kept = {name: getattr(consultation, name) for name in names}
    return {
        **kept,
        "who_answers": "invited" if consultation.invited_only else "everybody",
        "languages": consultation.languages,
        "equality": "yes" if consultation.equality else "no",
        "equality_questions": [one.key for one in equality.asked(consultation.equality_questions)],
    }


def _settings_page(form: forms.SettingsForm, consultation: Consultation, status: int = 200) -> Response:
    form.languages.set_choices(_languages(consultation))
    closes: Any = form.closes_at.data
    remark = None
    if closes is not None:
        local = closes.astimezone(lifecycle.LONDON)
        remark = lifecycle.london_remark(local.date(), local.time())
    return page("edit_settings", status=status, form=form, consultation=consultation, remark=remark)


def _for_texts(slug: str, language: str) -> tuple[Consultation, bool]:
    shown = queries.by_slug(slug)
    published = lifecycle.phase(shown, clock.now()) in CORRECTABLE
    authorise("change_open_consultation" if published else "edit_consultation", shown)
    if language not in shown.languages:
        raise Missing("It is not offered in this language. Add the language to its settings first.")
    return shown, published


def _texts_form(consultation: Consultation, published: bool) -> type[Form]:
    return forms.with_reasons(forms.TextsForm, consultation) if published else forms.TextsForm


def _texts_page(form: Form, consultation: Consultation, language: str, status: int = 200) -> Response:
    return page(
        "edit_texts",
        status=status,
        form=form,
        consultation=consultation,
        language=language,
        worded=[name for name in (*WORDED, "equality_purpose") if name != "equality_purpose" or consultation.equality],
        tabs=[
            (one, language_name(one), url_for(".edit_texts", slug=consultation.slug, language=one))
            for one in consultation.languages
        ],
        reasons=[field for field in form if field.name.startswith("reason_")],
    )

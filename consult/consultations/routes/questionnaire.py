"""Staff look at a questionnaire, see it as people will, and put in a definition in our own form."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, g
from flask_babel import force_locale

from consult import clock
from consult.accounts.access import account, authorise, signed_in
from consult.consultations import actions, queries
from consult.consultations.models import Consultation
from consult.consultations.routes import blueprint, forms, in_words
from consult.consultations.routes.writing import CORRECTABLE, found, language_of, refuse
from consult.domain import lifecycle
from consult.domain.errors import Missing, Rejected
from consult.domain.journey import Stop
from consult.domain.questionnaire import BadDefinition, Questionnaire, grouped
from consult.questions import kinds
from consult.questions.base import said
from consult.web.forms import Form
from consult.web.locale import language_name, locale_of
from consult.web.page import page, see_other
from consult.web.questions import draw_groups, draw_page, drawn, page_form
from consult.web.saving import saves

#: A definition of 2 000 questions in ten languages is smaller than this.
LARGEST_DEFINITION = 8 * 1024 * 1024
#: Longer ones are changed in a file.
LONGEST_SHOWN = 400_000


@blueprint.get("/staff/consultations/<slug>/questionnaire")
@signed_in
def staff_questionnaire(slug: str) -> Response:
    """Every page, question and condition in words."""
    shown = found(slug, "see_consultation")
    return _questionnaire_page(shown, None)


@blueprint.get("/staff/consultations/<slug>/questionnaire/edit")
@signed_in
def edit_questionnaire(slug: str) -> Response:
    """Paste or upload a definition."""
    shown, published = _for_definition(slug)
    form = _form(shown, published)(formdata=None)
    form.definition.data = present(shown)
    return page(form=form, consultation=shown, published=published)


@blueprint.post("/staff/consultations/<slug>/questionnaire/edit")
@signed_in
@saves
def save_questionnaire(slug: str) -> Response:
    """Keep it in a draft; in a published one as a correction of words."""
    shown, published = _for_definition(slug)
    form = _form(shown, published)()
    if form.validate_on_submit():
        try:
            definition = read_definition(form)
            if published:
                reason = forms.reason_of(form, shown)
                actions.correct_questionnaire(
                    shown, definition=definition, reason=reason, by=account(), now=clock.now()
                )
            else:
                actions.save_definition(shown, definition=definition, by=account(), now=clock.now())
        except Rejected as rejected:
            refuse(form, rejected, shown)
        except BadDefinition as error:
            for problem in error.problems[:50]:
                form.form_errors.append(f"{problem.where}: {problem.sentence}")
        else:
            return see_other(".staff_questionnaire", slug=slug)
    return page("edit_questionnaire", status=422, form=form, consultation=shown, published=published)


@blueprint.get("/staff/consultations/<slug>/questionnaire/preview/<key>")
@signed_in
def preview_questions(slug: str, key: str) -> Response:
    """One page of questions as people will see it, in one of its languages; every part that may be hidden is shown."""
    shown = found(slug, "see_consultation")
    questionnaire = _asked(shown)
    asked = questionnaire.page_by_key.get(key)
    if asked is None:
        raise Missing("There is no such page.")
    keys = [one.key for one in questionnaire.pages]
    at = keys.index(key)
    language = g.language = language_of(shown)
    with force_locale(language.replace("-", "_")):
        stop, locale = Stop(asked, asked.questions), locale_of(language)
        form = page_form(stop, locale, answers={}, questionnaire=questionnaire)
        return page(
            consultation=shown,
            asked=asked,
            number=at + 1,
            count=len(keys),
            earlier=keys[at - 1] if at else None,
            later=keys[at + 1] if at + 1 < len(keys) else None,
            language=language,
            title=said(asked.title, locale),
            heading=drawn(asked.title, locale),
            text=drawn(asked.text, locale, block=True),
            groups=draw_groups(stop, draw_page(stop, form, mark_optional=True), locale),
            languages=(),
        )


def _asked(consultation: Consultation) -> Questionnaire:
    questionnaire = consultation.questionnaire()
    if questionnaire is None:
        raise Missing("There is no questionnaire yet.")
    return questionnaire


def _questionnaire_page(consultation: Consultation, form: Any) -> Response:
    questionnaire = consultation.questionnaire()
    lacking: list[tuple[str, list[str]]] = []
    if questionnaire is not None:
        lacking = [
            (language_name(language), questionnaire.lacking(language))
            for language in dict.fromkeys((*questionnaire.languages, *consultation.languages))
        ]
    return page(
        "staff_questionnaire",
        form=form,
        consultation=consultation,
        questionnaire=questionnaire,
        lacking=lacking,
        shown_when=lambda condition: in_words.condition(condition, questionnaire) if questionnaire else "",
        kind_name=_kind_name,
        grouped=grouped,
        draft=consultation.state == "draft",
    )


def _kind_name(name: str) -> str:
    kind = kinds().get(name)
    return str(kind.title) if kind else name


def _for_definition(slug: str) -> tuple[Consultation, bool]:
    shown = queries.by_slug(slug)
    published = lifecycle.phase(shown, clock.now()) in CORRECTABLE
    authorise("change_open_consultation" if published else "edit_consultation", shown)
    return shown, published


def _form(consultation: Consultation, published: bool) -> type[Form]:
    return forms.with_reasons(forms.DefinitionForm, consultation) if published else forms.DefinitionForm


def present(consultation: Consultation) -> str:
    """The definition as it is, to change a word in it; empty where there is none or it is too long for a box."""
    definition = consultation.revisions[-1].definition if consultation.revisions else consultation.definition
    written = json.dumps(definition, ensure_ascii=False, indent=1) if definition else ""
    return written if len(written) <= LONGEST_SHOWN else ""


def read_definition(form: Form) -> dict[str, Any]:
    """The definition that was uploaded or pasted; raises Rejected."""
    if not form.file.empty():
        raw = form.file.data.stream.read(LARGEST_DEFINITION + 1)
        if len(raw) > LARGEST_DEFINITION:
            raise Rejected("file", "Choose a file smaller than 8 MB")
        field = "file"
    else:
        raw, field = (form.definition.data or "").encode("utf-8", "replace"), "definition"
        if not raw:
            raise Rejected("file", "Choose a file or paste a definition")
    try:
        definition = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        place = f" (line {error.lineno}, column {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
        raise Rejected(field, f"This is not a JSON definition{place}") from None
    if not isinstance(definition, dict):
        raise Rejected(field, "This is not a definition: an object is needed")
    return definition

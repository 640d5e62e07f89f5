"""The equality questions: after sending, behind a yes or no, never linked to an answer."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from consult import limits
from consult.answering import queries
from consult.answering.actions import equality as actions
from consult.answering.asked import Asked, current_revision
from consult.answering.holder import held_key, load
from consult.answering.routes.blueprint import blueprint
from consult.answering.routes.pages import in_language
from consult.domain.crossing import Declared
from consult.domain.equality import PREFER_NOT, PREFER_NOT_WORDS, EqualityQuestion, accepted, asked
from consult.domain.wording import Wording
from consult.extensions import db, limiter
from consult.questions.base import Component
from consult.web.access import private
from consult.web.locale import autonym, catalogues, current_language
from consult.web.page import page, see_other
from consult.web.saving import saves


def waiting(slug: str) -> tuple[Asked, bytes | None]:
    """The consultation, and the key of answers that can still be joined by equality answers."""
    consultation = load(slug)
    key = held_key(consultation.id)
    if key is None or not consultation.equality or not queries.awaits_equality(db.session, key):
        return consultation, None
    return consultation, key


@blueprint.get("/consultations/<slug>/answer/equality")
@private
def equality_gate(slug: str) -> Any:
    """ "Your answers have been sent", and whether they would answer a few more about themselves."""
    consultation, key = waiting(slug)
    if key is None:
        return see_other(".done", slug=slug)
    if request.args.get("questions") == "yes":
        return show(consultation, {})
    return page(
        consultation=consultation,
        error="",
        crossed=crossed(consultation),
        answer_languages=[(one, autonym(one)) for one in catalogues() if one != current_language()],
    )


@blueprint.post("/consultations/<slug>/answer/equality")
@private
@limiter.limit(limits.EQUALITY)
@saves
def answer_equality(slug: str) -> Any:
    """The yes or no, then the answers: sealed, and kept only as counts."""
    consultation, key = waiting(slug)
    if key is None:
        return see_other(".done", slug=slug)
    step = request.form.get("step")
    language = request.form.get("language", "")
    if language in catalogues():
        shown = "yes" if step == "questions" else None
        return in_language(language, url_for(".equality_gate", slug=slug, questions=shown))
    if step == "questions":
        given = {
            question.key: ",".join(one for one in request.form.getlist(question.key) if one)
            for question in asked(consultation.equality_questions)
        }
        chosen = {name: option for name, option in given.items() if option}
        if not chosen.items() <= accepted(chosen).items():
            return show(consultation, chosen, status=422)
        actions.add(db.session, draft_key=key, answers=chosen)
        return see_other(".done", slug=slug)
    gate = request.form.get("gate")
    if gate == "yes":
        return see_other(".equality_gate", slug=slug, questions="yes")
    if gate == "no":
        actions.add(db.session, draft_key=key, answers=None)
        return see_other(".done", slug=slug)
    return page(
        "equality_gate",
        status=422,
        consultation=consultation,
        error=_("Select yes or no"),
        crossed=crossed(consultation),
        answer_languages=[(one, autonym(one)) for one in catalogues() if one != current_language()],
    )


def crossed(consultation: Asked) -> list[tuple[Wording, Wording]]:
    """The questions that are crossed with these, and what for: said before anybody answers them."""
    named = Declared.from_json(consultation.crossings).named
    revision = current_revision(db.session, consultation.id) if named else None
    by_key = revision.questionnaire.question_by_key if revision else {}
    return [
        (by_key[one.question].text, Wording(dict(one.purpose), consultation.language))
        for one in named
        if one.question in by_key
    ]


def show(consultation: Asked, chosen: dict[str, str], *, status: int = 200) -> Any:
    """Draw the equality questions."""
    good = accepted(chosen)
    drawn = []
    for question in asked(consultation.equality_questions):
        given = chosen.get(question.key, "").split(",")
        headings = dict(question.headings)
        items: list[dict[str, Any]] = []
        for option, words in question.options:
            if option in headings:
                items.append({"divider": _(headings[option])})
            items.append({"value": option, "text": _(words), "checked": option in given})
            if question.several and option in question.alone:
                items[-1]["exclusive"] = True
        last = {"value": PREFER_NOT, "text": _(PREFER_NOT_WORDS), "checked": PREFER_NOT in given}
        items += [{"divider": _("or")}, {**last, **({"exclusive": True} if question.several else {})}]
        wrong = question.key in chosen and question.key not in good
        drawn.append(
            Component(
                "checkboxes" if question.several else "radios",
                {
                    "idPrefix": question.key,
                    "name": question.key,
                    "fieldset": {"legend": {"text": _(question.text), "size": "m"}},
                    "hint": _hint(question),
                    "errorMessage": {"text": _("Choose from the answers shown")} if wrong else None,
                    "items": items,
                },
            )
        )
    return page(
        "equality_questions",
        status=status,
        consultation=consultation,
        drawn=drawn,
        problems=[{"text": _("Choose from the answers shown"), "href": f"#{key}"} for key in chosen if key not in good],
        answer_languages=[(one, autonym(one)) for one in catalogues() if one != current_language()],
    )


def _hint(question: EqualityQuestion) -> dict[str, str] | None:
    more = _("Select all that apply.") if question.several else ""
    words = " ".join(one for one in (_(question.hint) if question.hint else "", more) if one)
    return {"text": words} if words else None

"""Answers that were set aside: an analyst looks through them, and counts a whole batch or leaves it out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Response, url_for

from consult import clock
from consult.accounts.access import account, authorise, may_i, signed_in
from consult.accounts.models import Account
from consult.accounts.permissions import groups_where, may
from consult.accounts.work import Step
from consult.answering import queries as answering
from consult.consultations import queries as consultations
from consult.consultations.models import Consultation
from consult.domain.errors import Missing, Rejected
from consult.extensions import db
from consult.results import actions, drawn, queries
from consult.results.queries import SetAside
from consult.results.routes import blueprint
from consult.web.forms import Checkboxes, Form, LongText, Radios
from consult.web.locale import autonym, say_date
from consult.web.page import page, see_other
from consult.web.saving import saves

#: Why answers are set aside, as staff read it.
REASONS = {
    "trap": "Filled in a field that people cannot see",
    "fast": "Sent faster than a person can answer",
    "same": "The same answers in the same words, ten times or more",
}
CHANNELS = {"online": "online", "tablet": "on a shared tablet", "": "in several ways"}
STAGES = {
    "waiting": "Nobody has decided",
    "to_count": "Will be counted within minutes",
    "counted": "Counted",
    "left_out": "Left out",
}
#: The most frequent words of a batch that are listed.
MOST_WORDS = 100


class DecisionForm(Form):
    """What becomes of some batches, and why."""

    batches = Checkboxes("Which batches?", missing="Choose at least one batch")
    decision = Radios(
        "What is to become of them?",
        choices=[("to_count", "Count them"), ("left_out", "Leave them out")],
        missing="Choose what is to become of them",
    )
    grounds = LongText("Why?", longest=1000, rows=3, hint="Kept in the staff log.", missing="Say why")


@blueprint.get("/staff/consultations/<slug>/set-aside")
@signed_in
def set_aside(slug: str) -> Response:
    """Every batch with its reason and what became of it."""
    consultation = _found(slug)
    return _listed(consultation, _form(consultation, formdata=None))


@blueprint.post("/staff/consultations/<slug>/set-aside")
@signed_in
@saves
def decide_set_aside(slug: str) -> Response:
    """Count whole batches, or leave them out."""
    consultation = consultations.by_slug(slug)
    authorise("decide_set_aside", consultation)
    form = _form(consultation)
    if form.validate_on_submit():
        try:
            actions.decide_set_aside(
                consultation,
                batches=[
                    batch
                    for one in queries.set_aside(consultation)
                    if str(one.number) in (form.batches.data or ())
                    for batch in one.batches
                ],
                decision=form.decision.data or "",
                grounds=form.grounds.data,
                by=account(),
                now=clock.now(),
            )
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".set_aside", slug=slug)
    return _listed(consultation, form, status=422)


@blueprint.get("/staff/consultations/<slug>/set-aside/<int:number>")
@signed_in
def batch_set_aside(slug: str, number: int) -> Response:
    """What one batch says: its counts, and its words by how often they were written; never one set of answers alone."""
    consultation = _found(slug)
    batch = next((one for one in queries.set_aside(consultation) if one.number == number), None)
    if batch is None:
        raise Missing
    questionnaire, findings = queries.counts_set_aside(consultation, batch)
    words = answering.words_set_aside(db.session, batch.batches)
    texts = {key: question.text for key, question in questionnaire.question_by_key.items()}
    return page(
        consultation=consultation,
        batch=batch,
        described=_described(batch),
        reason=REASONS[batch.reason],
        stage=STAGES[batch.stage],
        shown=drawn.everything(questionnaire, findings),
        words_written=[(texts.get(question), text, count) for (question, text), count in words.most_common(MOST_WORDS)],
        more=max(0, len(words) - MOST_WORDS),
    )


def to_decide(account: Account, _now: datetime) -> list[Step]:
    """What waits for an analyst."""
    if not may(account, "decide_set_aside"):
        return []
    waiting = answering.undecided(db.session)
    return [
        Step(
            None,
            f"Look at answers that were set aside from “{one.wording('title').to('en').text}”",
            url_for("results.set_aside", slug=one.slug),
            "You",
            "set aside",
        )
        for one in (consultations.for_staff(groups_where(account, "decide_set_aside")) if waiting else [])
        if one.id in waiting
    ]


def _found(slug: str) -> Consultation:
    consultation = consultations.by_slug(slug)
    authorise("see_results", consultation)
    return consultation


def _described(batch: SetAside) -> str:
    language = autonym(batch.language) if batch.language else "several languages"
    return f"{batch.people} answers in {language}, {CHANNELS.get(batch.channel, batch.channel)}, {say_date(batch.day)}"


def _form(consultation: Consultation, **more: Any) -> DecisionForm:
    form = DecisionForm(**more)
    form.batches.set_choices(
        (str(batch.number), f"Batch {at}: {_described(batch)} – {REASONS[batch.reason].lower()}")
        for at, batch in enumerate(queries.set_aside(consultation), start=1)
        if batch.stage in ("waiting", "left_out")
    )
    return form


def _listed(consultation: Consultation, form: DecisionForm, *, status: int = 200) -> Response:
    batches = queries.set_aside(consultation)
    return page(
        "set_aside",
        status=status,
        consultation=consultation,
        form=form if form.batches.choices and may_i("decide_set_aside", consultation) else None,
        batches=[
            (at, one, _described(one), REASONS[one.reason], STAGES[one.stage]) for at, one in enumerate(batches, 1)
        ],
        any_same=any(one.reason == "same" for one in batches),
    )

"""What somebody asked to be read today: staff read it on the next working day, and say what becomes of it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from flask import Response, current_app, request, url_for
from markupsafe import Markup, escape

from consult import clock
from consult.accounts.access import account, authorise, current_account, groups_for, signed_in
from consult.accounts.models import Account
from consult.accounts.permissions import groups_where, may
from consult.accounts.work import Step
from consult.consultations.models import Consultation
from consult.domain.errors import Rejected
from consult.domain.lifecycle import day_of
from consult.domain.risk_words import Kind, find
from consult.results import actions, queries
from consult.results.queries import Waiting
from consult.results.routes import blueprint
from consult.web.forms import Form, LongText, Radios
from consult.web.page import page, see_other
from consult.web.saving import saves
from consult.web.sections import Card, Section

#: What staff call what the words may be about.
KINDS = {
    Kind.SUICIDE: "Suicide",
    Kind.SELF_HARM: "Self-harm",
    Kind.CHILD_AT_RISK: "A child at risk",
    Kind.DOMESTIC_ABUSE: "Domestic abuse",
    Kind.ABUSE: "Abuse",
    Kind.NEGLECT: "Neglect",
    Kind.THREAT: "A threat",
    Kind.UNSAFE_CARE: "Unsafe care",
}


class DecideForm(Form):
    """What becomes of a comment."""

    outcome = Radios("What becomes of it?", choices=actions.OUTCOMES.items(), missing="Choose what becomes of it")
    passed_on = LongText(
        "What was passed on, and to whom",
        hint="Only if you passed something on: the least that is needed, and no guess at who wrote it.",
        longest=actions.LONGEST_PASSED_ON,
        rows=4,
        optional=True,
    )


@blueprint.get("/staff/urgent")
@signed_in
def urgent_list() -> Response:
    """All of them by day; the words themselves are on pages of their own."""
    authorise("see_urgent")
    groups = groups_for("see_urgent")
    return page(
        waiting=[(one, kinds(one.comment.text)) for one in queries.urgent(groups, decided=False)],
        decided=[(one, kinds(one.comment.text)) for one in queries.urgent(groups, decided=True)],
        outcomes=actions.OUTCOMES,
        today=day_of(clock.now()),
        left=request.args.get("left") == "1",
        days=current_app.config["CONSULT"].urgent_days,
    )


@blueprint.get("/staff/urgent/<int:number>")
@signed_in
def urgent_comment(number: int) -> Response:
    """One of them, its words folded away until somebody is ready for them."""
    one = _found(number, "see_urgent")
    data = {"outcome": one.comment.outcome or None, "passed_on": one.comment.passed_on}
    return _comment_page(one, DecideForm(formdata=None, data=data))


@blueprint.post("/staff/urgent/<int:number>")
@signed_in
@saves
def decide_urgent(number: int) -> Response:
    """Keep what becomes of it, or leave it to a colleague."""
    one = _found(number, "decide_urgent")
    if "leave" in request.form:
        actions.leave_urgent(one, by=account(), now=clock.now())
        return see_other(".urgent_list", left="1")
    form = DecideForm()
    if form.validate_on_submit():
        try:
            actions.decide_urgent(
                one,
                outcome=form.outcome.data or "",
                passed_on=form.passed_on.data or "",
                before=request.form.get("before", ""),
                by=account(),
                now=clock.now(),
            )
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".urgent_list")
    return _comment_page(one, form, status=422)


def kinds(text: str) -> list[str]:
    """What the words may be about, each once, the most frequent first."""
    return [KINDS[kind] for kind, _count in Counter(one.kind for one in find(text)).most_common()]


def highlighted(text: str) -> Markup:
    """The words with what made the page ask about them marked."""
    pieces, last = [], 0
    for one in find(text):
        pieces += [escape(text[last : one.start]), Markup("<mark>{}</mark>").format(text[one.start : one.end])]
        last = one.end
    return Markup("").join([*pieces, escape(text[last:])])


def _found(number: int, verb: str) -> Waiting:
    one = queries.urgent_comment(number)
    authorise(verb, one)
    return one


def _comment_page(one: Waiting, form: DecideForm, status: int = 200) -> Response:
    return page(
        "urgent_comment",
        status=status,
        form=form,
        one=one,
        kinds=kinds(one.comment.text),
        words_marked=highlighted(one.comment.text),
        outcomes=actions.OUTCOMES,
        today=day_of(clock.now()),
    )


# What other pages show


def to_read(who: Account, _now: datetime) -> list[Step]:
    """What waits to be read, above everything else: one step for each consultation."""
    if not may(who, "decide_urgent"):
        return []
    listed = queries.urgent(groups_where(who, "decide_urgent"), decided=False)
    steps: dict[int, Step] = {}
    for one in listed:
        many = sum(other.consultation.id == one.consultation.id for other in listed)
        title = one.consultation.wording("title").to("en").text
        words = "a comment that somebody asked" if many == 1 else f"{many} comments that people asked"
        steps.setdefault(
            one.consultation.id,
            Step(
                one.due,
                f"Read {words} you to read at once: “{title}”",
                url_for("results.urgent_list"),
                "You, or anybody in the team",
                "urgent",
                first=True,
            ),
        )
    return list(steps.values())


def waiting(consultation: Consultation, _now: datetime) -> Section | None:
    """On a consultation's staff page, while something waits."""
    if not may(current_account(), "see_urgent", consultation):
        return None
    if not any(
        one.consultation.id == consultation.id for one in queries.urgent([consultation.group_id], decided=False)
    ):
        return None
    return Section(
        "To be read at once", [Card(url_for("results.urgent_list"), "Comments that people asked you to read")]
    )

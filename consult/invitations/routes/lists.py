"""Staff read lists of people on trial, keep them or throw them away, add to them and delete them."""

from __future__ import annotations

from flask import Response, current_app, url_for

from consult import clock
from consult.accounts.access import account, authorise, may_i, signed_in
from consult.consultations import queries as consultations
from consult.consultations.models import Consultation
from consult.domain.contacts.reading import LARGEST
from consult.domain.errors import Rejected
from consult.invitations import actions, queries
from consult.invitations.actions.letters import MOST_LETTERS
from consult.invitations.actions.sending import MOST_TRIES
from consult.invitations.models import ContactList
from consult.invitations.routes.blueprint import blueprint
from consult.invitations.routes.messages import names_of_languages, offered
from consult.jobs.post import post_of
from consult.web.forms import Form, Radios, Select, Text, Upload, _looks_like_email
from consult.web.page import page, see_other
from consult.web.saving import saves

NEW = "new"


class ListForm(Form):
    """A file of people."""

    file = Upload("The file", hint="CSV or Excel (.xlsx), up to 10 MB. We do not keep it.", missing="Choose a file")
    adds_to = Select("Add to a list, or make a new one", missing="Choose where these people go")
    name = Text("Name of a new list", hint="Staff see it. Do not name a person.", longest=120, optional=True)


class LettersForm(Form):
    """Which letters to make."""

    everybody = Radios(
        "Who gets a letter?",
        choices=(("no", "People without an email address"), ("yes", "Everybody with a postal address")),
        missing="Choose who gets a letter",
    )
    part = Select("Which letters?", missing="Choose which letters")


@blueprint.get("/staff/consultations/<slug>/invitations")
@signed_in
def staff_invitations(slug: str) -> Response:
    """Who is invited, in figures, and what can be done next."""
    return _invitations_page(_found(slug, "see_invitations"), ListForm(formdata=None, adds_to=NEW))


@blueprint.post("/staff/consultations/<slug>/invitations/lists")
@signed_in
@saves
def read_list(slug: str) -> Response:
    """Read a file on trial."""
    consultation = _found(slug, "invite")
    form = ListForm()
    _offer_lists(form, consultation)
    if form.validate_on_submit():
        settings = current_app.config["CONSULT"]
        try:
            if form.adds_to.data == NEW and not form.name.data:
                raise Rejected("name", "Enter a name for the list")
            listed = actions.check_list(
                consultation,
                name=form.name.data,
                content=form.file.data.stream.read(LARGEST + 1),
                adds_to=None if form.adds_to.data == NEW else actions.list_of(consultation, int(form.adds_to.data)),
                is_email=_looks_like_email,
                languages=names_of_languages(offered(consultation)),
                least=settings.min_group,
                secret=current_app.config["SECRET_KEY"],
                by=account(),
                now=clock.now(),
            )
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".staff_list", slug=slug, number=listed.id)
    return _invitations_page(consultation, form, status=422)


@blueprint.get("/staff/consultations/<slug>/invitations/lists/<int:number>")
@signed_in
def staff_list(slug: str, number: int) -> Response:
    """What was found in a file, or a list that was kept; no person is shown."""
    consultation = _found(slug, "see_invitations")
    return list_page(consultation, actions.list_of(consultation, number))


@blueprint.post("/staff/consultations/<slug>/invitations/lists/<int:number>/keep")
@signed_in
@saves
def keep_list(slug: str, number: int) -> Response:
    """Keep what was read."""
    consultation = _found(slug, "invite")
    form, settings = Form(), current_app.config["CONSULT"]
    listed = actions.list_of(consultation, number)
    form.validate_on_submit()
    try:
        kept = actions.keep(
            listed,
            least=settings.min_group,
            secret=current_app.config["SECRET_KEY"],
            by=account(),
            now=clock.now(),
        )
    except Rejected as rejected:
        form.reject(rejected)
        return list_page(consultation, listed, form=form, status=422)
    return see_other(".staff_list", slug=slug, number=kept.id)


@blueprint.post("/staff/consultations/<slug>/invitations/lists/<int:number>/throw-away")
@signed_in
@saves
def throw_list_away(slug: str, number: int) -> Response:
    """Forget what was read."""
    consultation = _found(slug, "invite")
    actions.throw_away(actions.list_of(consultation, number), by=account(), now=clock.now())
    return see_other(".staff_invitations", slug=slug)


@blueprint.get("/staff/consultations/<slug>/invitations/lists/<int:number>/delete")
@signed_in
def confirm_list_deletion(slug: str, number: int) -> Response:
    """Ask before a list is forgotten."""
    consultation = _found(slug, "invite")
    return page(consultation=consultation, listed=actions.list_of(consultation, number), form=Form(formdata=None))


@blueprint.post("/staff/consultations/<slug>/invitations/lists/<int:number>/delete")
@signed_in
@saves
def delete_list(slug: str, number: int) -> Response:
    """Forget a list and its people."""
    consultation = _found(slug, "invite")
    actions.delete_list(actions.list_of(consultation, number), by=account(), now=clock.now())
    return see_other(".staff_invitations", slug=slug)


def _found(slug: str, verb: str) -> Consultation:
    consultation = consultations.by_slug(slug)
    authorise(verb, consultation)
    return consultation


def _offer_lists(form: ListForm, consultation: Consultation) -> None:
    kept = [one for one in queries.lists(consultation) if one.state == "kept"]
    form.adds_to.set_choices([(NEW, "A new list"), *((one.id, one.name) for one in kept)])


def _invitations_page(consultation: Consultation, form: ListForm, status: int = 200) -> Response:
    settings = current_app.config["CONSULT"]
    _offer_lists(form, consultation)
    return page(
        "staff_invitations",
        status=status,
        form=form,
        consultation=consultation,
        figures=queries.figures(consultation, least=settings.min_group, most_tries=MOST_TRIES),
        lists=queries.lists(consultation),
        may_invite=may_i("invite", consultation),
        sends=post_of(settings) is not None,
        tries=MOST_TRIES,
        settings_page=url_for("consultations.edit_settings", slug=consultation.slug),
    )


def list_page(
    consultation: Consultation,
    listed: ContactList,
    *,
    form: Form | None = None,
    letters: LettersForm | None = None,
    status: int = 200,
) -> Response:
    """One list, whether kept or not."""
    alone, everybody = queries.with_addresses(listed)
    letters = letters or LettersForm(formdata=None, everybody="no")
    offer_parts(letters, everybody)
    return page(
        "staff_list",
        status=status,
        form=form or Form(formdata=None),
        letters=letters,
        consultation=consultation,
        listed=listed,
        report=listed.report,
        adds_to=queries.name_of_list(listed.report.get("adds_to")),
        by_letter=alone,
        with_addresses=everybody,
        may_invite=may_i("invite", consultation),
    )


def offer_parts(form: LettersForm, count: int) -> None:
    """A file has at most MOST_LETTERS letters."""
    parts = range(1, max(count, 1) // MOST_LETTERS + (1 if count % MOST_LETTERS or not count else 0) + 1)
    form.part.set_choices(
        [(one, f"{(one - 1) * MOST_LETTERS + 1:,} to {min(one * MOST_LETTERS, max(count, 1)):,}") for one in parts]
    )

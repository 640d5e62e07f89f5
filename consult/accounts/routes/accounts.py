"""Administrators give people accounts and roles."""

from __future__ import annotations

from flask import Response, current_app

from consult import clock
from consult.accounts import actions, queries, work
from consult.accounts.access import account, authorise, signed_in
from consult.accounts.models import Account
from consult.accounts.routes import blueprint
from consult.accounts.routes.forms import ALL_GROUPS, AccountForm, NameForm, PlainForm, RoleForm
from consult.domain.errors import Rejected
from consult.jobs.post import post_of
from consult.web.locale import catalogues, language_name
from consult.web.page import page, see_other
from consult.web.saving import saves


@blueprint.get("/staff/accounts")
@signed_in
def all_accounts() -> Response:
    """Everybody who may sign in, and who once might."""
    authorise("manage_accounts")
    return page(accounts=queries.accounts(), groups=work.group_names())


@blueprint.get("/staff/accounts/new")
@signed_in
def new_account() -> Response:
    """Ask who it is."""
    authorise("manage_accounts")
    return page(form=_with_groups(AccountForm(formdata=None)))


@blueprint.post("/staff/accounts/new")
@signed_in
@saves
def save_new_account() -> Response:
    """Make it; a password is lent on the next page."""
    authorise("manage_accounts")
    form = _with_groups(AccountForm())
    if form.validate_on_submit():
        try:
            made = actions.add_account(
                email=form.email.data,
                name=form.name.data,
                role=form.role.data,
                group_id=_group(form),
                languages=form.languages.data or (),
                by=account(),
                now=clock.now(),
            )
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".edit_account", number=made.id)
    return page("new_account", status=422, form=form)


@blueprint.get("/staff/accounts/<int:number>")
@signed_in
def edit_account(number: int) -> Response:
    """One account: name, roles, password, whether it works."""
    return _account_page(_found(number))


@blueprint.post("/staff/accounts/<int:number>/name")
@signed_in
@saves
def save_name(number: int) -> Response:
    """Another name."""
    found, form = _found(number), NameForm()
    if form.validate_on_submit():
        actions.rename_account(found, name=form.name.data, by=account(), now=clock.now())
        return see_other(".edit_account", number=number)
    return _account_page(found, naming=form, status=422)


@blueprint.post("/staff/accounts/<int:number>/roles")
@signed_in
@saves
def give_role(number: int) -> Response:
    """One more role."""
    found, form = _found(number), _with_groups(RoleForm())
    if form.validate_on_submit():
        try:
            actions.give_role(
                found,
                role=form.role.data,
                group_id=_group(form),
                languages=form.languages.data or (),
                by=account(),
                now=clock.now(),
            )
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".edit_account", number=number)
    return _account_page(found, giving=form, status=422)


@blueprint.post("/staff/accounts/<int:number>/roles/<int:membership>/remove")
@signed_in
@saves
def take_role(number: int, membership: int) -> Response:
    """One role less."""
    actions.take_role(_found(number), number=membership, by=account(), now=clock.now())
    return see_other(".edit_account", number=number)


@blueprint.post("/staff/accounts/<int:number>/password")
@signed_in
@saves
def lend_password(number: int) -> Response:
    """Show a new password once: this answer is the only place where it stands."""
    found = _found(number)
    return page(account=found, password=actions.lend_password(found, by=account(), now=clock.now()))


@blueprint.post("/staff/accounts/<int:number>/disable")
@signed_in
@saves
def disable_account(number: int) -> Response:
    """They can no longer sign in."""
    actions.disable_account(_found(number), by=account(), now=clock.now())
    return see_other(".edit_account", number=number)


@blueprint.post("/staff/accounts/<int:number>/enable")
@signed_in
@saves
def enable_account(number: int) -> Response:
    """They can again."""
    actions.enable_account(_found(number), by=account(), now=clock.now())
    return see_other(".edit_account", number=number)


def _found(number: int) -> Account:
    authorise("manage_accounts")
    return queries.account_by_number(number)


def _with_groups(form: RoleForm) -> RoleForm:
    groups = [(group.id, group.name) for group in work.group_names().values()]
    form.group.set_choices([(ALL_GROUPS, "In all groups"), *groups])
    form.languages.set_choices([(one, language_name(one)) for one in catalogues()])
    return form


def _group(form: RoleForm) -> int | None:
    return None if form.group.data == ALL_GROUPS else int(form.group.data)


def _account_page(
    found: Account, *, naming: NameForm | None = None, giving: RoleForm | None = None, status: int = 200
) -> Response:
    return page(
        "edit_account",
        status=status,
        form=naming or giving or PlainForm(formdata=None),
        naming=naming or NameForm(formdata=None, name=found.name),
        giving=giving or _with_groups(RoleForm(formdata=None)),
        account=found,
        groups=work.group_names(),
        language_name=language_name,
        invitation=queries.invitation_of(found),
        sends=post_of(current_app.config["CONSULT"]) is not None,
        now=clock.now(),
    )

"""Administrators invite, look after second factors, and hand over what somebody had."""

from __future__ import annotations

from flask import Response

from consult import clock
from consult.accounts import actions, queries, sessions
from consult.accounts.access import account, authorise, signed_in
from consult.accounts.actions import second_factor as acts
from consult.accounts.models import Account
from consult.accounts.routes import blueprint
from consult.accounts.routes.forms import HandOverForm, NeedForm, PlainForm
from consult.domain.errors import Rejected
from consult.web.page import page, see_other
from consult.web.saving import saves


@blueprint.post("/staff/accounts/<int:number>/invite")
@signed_in
@saves
def invite_account(number: int) -> Response:
    """A letter with a link waits to be sent."""
    PlainForm().validate()
    actions.invite(_found(number), by=account(), now=clock.now())
    return see_other(".edit_account", number=number, _anchor="invited")


@blueprint.post("/staff/accounts/<int:number>/invite/withdraw")
@signed_in
@saves
def withdraw_invitation(number: int) -> Response:
    """Its link no longer works."""
    PlainForm().validate()
    actions.withdraw(_found(number), by=account(), now=clock.now())
    return see_other(".edit_account", number=number, _anchor="invited")


@blueprint.post("/staff/accounts/<int:number>/second-factor")
@signed_in
@saves
def reset_second_factor(number: int) -> Response:
    """Take away what somebody lost."""
    PlainForm().validate()
    acts.reset(_found(number), by=account(), now=clock.now())
    return see_other(".edit_account", number=number)


@blueprint.post("/staff/accounts/<int:number>/sign-out")
@signed_in
@saves
def sign_out_account(number: int) -> Response:
    """End every session of somebody."""
    PlainForm().validate()
    found = _found(number)
    sessions.end(found)
    actions.record(account(), "manage_accounts", found, now=clock.now(), note="Signed out everywhere")
    return see_other(".edit_account", number=number)


@blueprint.get("/staff/second-factors")
@signed_in
def second_factors() -> Response:
    """Which roles need one, and who has one."""
    authorise("manage_accounts")
    form = NeedForm(formdata=None)
    form.roles.data = list(queries.organisation().second_factor_roles)
    return page(form=form, accounts=[one for one in queries.accounts() if one.active])


@blueprint.post("/staff/second-factors")
@signed_in
@saves
def save_second_factors() -> Response:
    """Keep which."""
    authorise("manage_accounts")
    form = NeedForm()
    if form.validate_on_submit():
        acts.need(form.roles.data or (), by=account(), now=clock.now())
        return see_other(".second_factors")
    return page("second_factors", status=422, form=form, accounts=[one for one in queries.accounts() if one.active])


@blueprint.get("/staff/accounts/<int:number>/hand-over")
@signed_in
def hand_over(number: int) -> Response:
    """Ask who goes on."""
    found = _found(number)
    return page(form=_with_successors(HandOverForm(formdata=None), found), account=found)


@blueprint.post("/staff/accounts/<int:number>/hand-over")
@signed_in
@saves
def save_hand_over(number: int) -> Response:
    """Move everything in one step, and say what was moved."""
    found = _found(number)
    form = _with_successors(HandOverForm(), found)
    if form.validate_on_submit():
        try:
            successor = queries.account_by_number(int(form.successor.data or 0))
            told = actions.hand_over(found, successor, by=account(), now=clock.now())
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return page("handed_over", account=found, successor=successor, told=told, today=clock.now())
    return page("hand_over", status=422, form=form, account=found)


def _found(number: int) -> Account:
    authorise("manage_accounts")
    return queries.account_by_number(number)


def _with_successors(form: HandOverForm, leaver: Account) -> HandOverForm:
    others = [one for one in queries.accounts() if one.active and one.id != leaver.id]
    form.successor.set_choices([(one.id, f"{one.name}, {one.email}") for one in others])
    return form

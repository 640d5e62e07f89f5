"""Staff keep groups, practices and leads right."""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for

from consult import clock
from consult.accounts.access import account, authorise, groups_for, signed_in
from consult.accounts.permissions import may
from consult.accounts.work import GroupName
from consult.domain.errors import Missing, Rejected
from consult.engagement import actions, queries
from consult.engagement.models import LEAD_ROLES, STATUSES, Group, GroupLead, Practice
from consult.engagement.routes import blueprint
from consult.web.forms import DateInput, Form, LongText, Select, Text
from consult.web.locale import SOURCE, catalogues, language_name
from consult.web.page import page, see_other
from consult.web.saving import saves


class GroupForm(Form):
    """What is said about a group, in one language."""

    name = Text("Name", longest=120, optional=True)
    description = LongText("What the group does", longest=4_000, optional=True)
    locality = Text("Part of the county", longest=120, optional=True)
    status = Select("What is it doing now?", choices=[(one, one.capitalize()) for one in STATUSES])
    as_at = DateInput("When were practices and leads last known to be right?", optional=True)


class PracticeForm(Form):
    """A practice."""

    code = Text("Practice code", longest=20, missing="Enter the practice code")
    name = Text("Name", longest=120, missing="Enter a name")
    town = Text("Town or village", longest=80, missing="Enter a town or village")


class LeadForm(Form):
    """Somebody who leads a group."""

    role = Select("Role", choices=[(one, one.capitalize()) for one in LEAD_ROLES], missing="Choose a role")
    name = Text("Name", hint="Everybody can see the name.", longest=120, missing="Enter a name")
    telephone = Text("Telephone number", hint="Only staff can see it.", longest=40, optional=True)
    email = Text("Email address", hint="Only staff can see it.", longest=254, kind="email", optional=True)


class PlainForm(Form):
    """Nothing but a button: the token of a staff form."""


@blueprint.get("/staff/groups")
@signed_in
def staff_groups() -> Response:
    """The groups somebody works for."""
    authorise("see_group")
    mine = groups_for("see_group")
    return page(groups=[group for group in queries.groups() if mine is None or group.id in mine])


@blueprint.get("/staff/groups/<slug>")
@signed_in
def staff_group(slug: str) -> Response:
    """A group with how to reach its leads."""
    shown = _found(slug, "see_group")
    return page(group=shown, may_edit=may(account(), "edit_group", shown))


@blueprint.get("/staff/groups/<slug>/edit")
@signed_in
def edit_group(slug: str) -> Response:
    """Its details, and its name and description in one language."""
    group, language = _found(slug, "edit_group"), _language()
    now = {name: getattr(group, name) for name in ("locality", "status", "as_at")}
    form = GroupForm(
        formdata=None, name=group.name.get(language, ""), description=group.description.get(language, ""), **now
    )
    return _group_page(form, group, language)


@blueprint.post("/staff/groups/<slug>/edit")
@signed_in
@saves
def save_group(slug: str) -> Response:
    """Keep them."""
    group, language, form = _found(slug, "edit_group"), _language(), GroupForm()
    if form.validate_on_submit():
        try:
            actions.edit_group(
                group,
                name={**group.name, language: form.name.data or ""},
                description={**group.description, language: form.description.data or ""},
                locality=form.locality.data or "",
                status=form.status.data,
                as_at=form.as_at.data,
                **_who(),
            )
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".staff_group", slug=slug)
    return _group_page(form, group, language, status=422)


@blueprint.get("/staff/groups/<slug>/practices/new")
@signed_in
def new_practice(slug: str) -> Response:
    """One more practice."""
    return page(form=PracticeForm(formdata=None), group=_found(slug, "edit_group"))


@blueprint.post("/staff/groups/<slug>/practices/new")
@signed_in
@saves
def save_new_practice(slug: str) -> Response:
    """Keep it."""
    group, form = _found(slug, "edit_group"), PracticeForm()
    if form.validate_on_submit():
        try:
            actions.add_practice(group, code=form.code.data, name=form.name.data, town=form.town.data, **_who())
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".staff_group", slug=slug)
    return page("new_practice", status=422, form=form, group=group)


@blueprint.get("/staff/groups/<slug>/practices/<int:number>")
@signed_in
def edit_practice(slug: str, number: int) -> Response:
    """Its code, name and town."""
    group = _found(slug, "edit_group")
    practice = _practice(group, number)
    form = PracticeForm(formdata=None, code=practice.code, name=practice.name, town=practice.town)
    return page(form=form, group=group, practice=practice)


@blueprint.post("/staff/groups/<slug>/practices/<int:number>")
@signed_in
@saves
def save_practice(slug: str, number: int) -> Response:
    """Keep them."""
    group, form = _found(slug, "edit_group"), PracticeForm()
    practice = _practice(group, number)
    if form.validate_on_submit():
        try:
            actions.edit_practice(
                practice, group=group, code=form.code.data, name=form.name.data, town=form.town.data, **_who()
            )
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".staff_group", slug=slug)
    return page("edit_practice", status=422, form=form, group=group, practice=practice)


@blueprint.post("/staff/groups/<slug>/practices/<int:number>/remove")
@signed_in
@saves
def remove_practice(slug: str, number: int) -> Response:
    """Take it out of the directory."""
    group = _found(slug, "edit_group")
    actions.remove_practice(_practice(group, number), **_who())
    return see_other(".staff_group", slug=slug)


@blueprint.get("/staff/groups/<slug>/leads/new")
@signed_in
def new_lead(slug: str) -> Response:
    """One more lead."""
    return page(form=LeadForm(formdata=None), group=_found(slug, "edit_group"))


@blueprint.post("/staff/groups/<slug>/leads/new")
@signed_in
@saves
def save_new_lead(slug: str) -> Response:
    """Keep it."""
    group, form = _found(slug, "edit_group"), LeadForm()
    if form.validate_on_submit():
        try:
            actions.add_lead(
                group,
                role=form.role.data,
                name=form.name.data,
                telephone=form.telephone.data or "",
                email=form.email.data or "",
                **_who(),
            )
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".staff_group", slug=slug)
    return page("new_lead", status=422, form=form, group=group)


@blueprint.get("/staff/groups/<slug>/leads/<int:number>/remove")
@signed_in
def remove_lead(slug: str, number: int) -> Response:
    """Ask before somebody is taken off."""
    group = _found(slug, "edit_group")
    return page(form=PlainForm(), group=group, lead=_lead(group, number))


@blueprint.post("/staff/groups/<slug>/leads/<int:number>/remove")
@signed_in
@saves
def save_lead_removal(slug: str, number: int) -> Response:
    """Somebody does not lead the group any more."""
    group = _found(slug, "edit_group")
    actions.remove_lead(_lead(group, number), **_who())
    return see_other(".staff_group", slug=slug)


def group_names() -> list[GroupName]:
    """Every group, for forms that give somebody a role in one."""
    return [GroupName(group.id, group.slug, group.name.get(SOURCE) or group.slug) for group in queries.groups()]


def _who() -> dict[str, Any]:
    return {"by": account(), "now": clock.now()}


def _found(slug: str, verb: str) -> Group:
    group = queries.group_by_slug(slug)
    authorise(verb, group)
    return group


def _language() -> str:
    asked = request.args.get("language", SOURCE)
    return asked if asked in catalogues() else SOURCE


def _practice(group: Group, number: int) -> Practice:
    for practice in group.practices:
        if practice.id == number:
            return practice
    raise Missing("There is no such practice in this group.")


def _lead(group: Group, number: int) -> GroupLead:
    for lead in group.leads:
        if lead.id == number:
            return lead
    raise Missing("There is no such lead in this group.")


def _group_page(form: GroupForm, group: Group, language: str, status: int = 200) -> Response:
    tabs = [(one, language_name(one), url_for(".edit_group", slug=group.slug, language=one)) for one in catalogues()]
    return page("edit_group", status=status, form=form, group=group, language=language, tabs=tabs)

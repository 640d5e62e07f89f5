"""Administrators say whose site this is, one language at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, after_this_request, request, url_for

from consult import clock
from consult.accounts import actions, queries
from consult.accounts.access import account, authorise, signed_in
from consult.accounts.actions import OrganisationText
from consult.accounts.queries import OrganisationDetails
from consult.accounts.routes import blueprint
from consult.accounts.routes.forms import FactsForm, OrganisationForm
from consult.domain.errors import Rejected
from consult.web.forms import Checkboxes
from consult.web.locale import SOURCE, catalogues, language_name
from consult.web.page import page, see_other
from consult.web.saving import saves

Texts = Mapping[str, str]
FACTS = ("logo_text", "contact_email", "contact_telephone", "contact_address")
TEXTS = ("name", "group_kind", "privacy_contact")
LINES = ("emergency_numbers", "support_lines", "safeguarding_lines", "complaint_lines")
#: Stands for a line that has no words in this language yet.
NOTHING = "-"


@blueprint.get("/staff/organisation")
@signed_in
def edit_organisation() -> Response:
    """What is said now, in one language."""
    authorise("edit_organisation")
    language, now = _language(), queries.organisation()
    return _organisation_page(_form(language)(formdata=None, data=_typed(now, language)), language)


@blueprint.post("/staff/organisation")
@signed_in
@saves
def save_organisation() -> Response:
    """Keep it."""
    authorise("edit_organisation")
    language, now = _language(), queries.organisation()
    form = _form(language)()
    if form.validate_on_submit():
        try:
            actions.edit_organisation(_text(form, now, language), by=account(), now=clock.now())
        except Rejected as rejected:
            form.reject(rejected)
        else:
            after_this_request(_forget)
            return see_other(".edit_organisation", language=language)
    return _organisation_page(form, language, status=422)


def _forget(response: Response) -> Response:
    queries.forget_organisation()
    return response


def _form(language: str) -> type[OrganisationForm]:
    if language != SOURCE:
        return OrganisationForm
    choices = [(one, language_name(one)) for one in catalogues() if one != SOURCE]
    if not choices:
        return FactsForm
    offered = Checkboxes(
        "Languages of public pages",
        hint="English is always there. Choose none to offer every language.",
        choices=choices,
        optional=True,
    )
    return type("FactsFormWithLanguages", (FactsForm,), {"offered": offered})


def _language() -> str:
    asked = request.args.get("language", SOURCE)
    return asked if asked in catalogues() else SOURCE


def _typed(now: OrganisationDetails, language: str) -> dict[str, Any]:
    """What the form says before anybody typed."""
    links = [one.text.get(language, NOTHING) for one in now.footer_links]
    if language == SOURCE:
        links = [f"{text} {one.href}" for text, one in zip(links, now.footer_links, strict=True)]
    return {
        **{name: getattr(now, name).get(language, "") for name in TEXTS},
        **{name: getattr(now, name) for name in FACTS},
        **{name: "\n".join(line.get(language, NOTHING) for line in getattr(now, name)) for name in LINES},
        "footer_links": "\n".join(links),
        "offered": [one for one in now.languages if one != SOURCE],
    }


def _text(form: OrganisationForm, now: OrganisationDetails, language: str) -> OrganisationText:
    """What the action is to keep: this language from the form, the others as they were."""
    same: dict[str, Any] = {name: form[name].data or "" if name in form else getattr(now, name) for name in FACTS}
    texts: dict[str, Any] = {name: {**getattr(now, name), language: form[name].data or ""} for name in TEXTS}
    lines: dict[str, Any] = {name: _lines(form, name, getattr(now, name), language) for name in LINES}
    offered = form["offered"].data if "offered" in form else [one for one in now.languages if one != SOURCE]
    return OrganisationText(
        **same,
        **texts,
        **lines,
        footer_links=_links(form, now, language),
        languages=[SOURCE, *offered] if offered else [],
    )


def _lines(form: OrganisationForm, name: str, now: Sequence[Texts], language: str) -> list[Texts]:
    """English lines make the list; another language's lines stand for them one by one."""
    if language != SOURCE:
        return [{**line, language: text} for line, text in zip(now, _one_for_each(form, name, len(now)), strict=True)]
    before = {line.get(SOURCE): line for line in now}
    return [before.get(line, {SOURCE: line}) for line in _typed_lines(form, name)]


def _links(form: OrganisationForm, now: OrganisationDetails, language: str) -> list[dict[str, Any]]:
    """English lines end in the address; another language's lines are words alone."""
    if language != SOURCE:
        texts = _one_for_each(form, "footer_links", len(now.footer_links))
        return [
            {"text": {**one.text, language: text}, "href": one.href}
            for one, text in zip(now.footer_links, texts, strict=True)
        ]
    before = {(one.text.get(SOURCE), one.href): one.text for one in now.footer_links}
    links = []
    for line in _typed_lines(form, "footer_links"):
        words, space, href = line.rpartition(" ")
        if not space:
            raise Rejected("footer_links", f"“{line}” needs words, a space and an address")
        links.append({"text": before.get((words.strip(), href), {SOURCE: words.strip()}), "href": href})
    return links


def _typed_lines(form: OrganisationForm, name: str) -> list[str]:
    return [line.strip() for line in (form[name].data or "").splitlines() if line.strip()]


def _one_for_each(form: OrganisationForm, name: str, count: int) -> list[str]:
    typed = ["" if line == NOTHING else line for line in _typed_lines(form, name)]
    if len(typed) > count:
        raise Rejected(name, f"There are {count} lines in English: write one for each, in the same order")
    return typed + [""] * (count - len(typed))


def _organisation_page(form: OrganisationForm, language: str, status: int = 200) -> Response:
    tabs = [(one, language_name(one), url_for(".edit_organisation", language=one)) for one in catalogues()]
    return page("edit_organisation", status=status, form=form, language=language, tabs=tabs, source=language == SOURCE)

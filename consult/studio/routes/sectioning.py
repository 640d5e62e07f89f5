"""Questions of a page are brought under one heading, and freed of it."""

from __future__ import annotations

from typing import Any

from flask import Response

from consult import clock
from consult.accounts.access import account, signed_in
from consult.domain import editing
from consult.domain.editing import PAGE, SECTION
from consult.domain.errors import Rejected
from consult.studio.actions import edit as acts
from consult.studio.actions.edit import ChangedMeanwhile
from consult.studio.routes import blueprint
from consult.studio.routes.writing import _theirs, drafted, label, seen
from consult.web.forms import Checkboxes, Form, Text
from consult.web.page import page, see_other
from consult.web.saving import saves


class SectionForm(Form):
    """Which questions stand together."""

    title = Text("Heading", longest=300, optional=True)
    questions = Checkboxes("Questions under it", missing="Choose at least one question")


class MembersForm(Form):
    """The same of a section that is there."""

    questions = Checkboxes("Questions under it", missing="Choose at least one question")


@blueprint.get("/staff/consultations/<slug>/write/page/<key>/section")
@signed_in
def new_section(slug: str, key: str) -> Response:
    """A heading over some questions of a page."""
    return _page("new_section", slug, PAGE, key, SectionForm(formdata=None))


@blueprint.post("/staff/consultations/<slug>/write/page/<key>/section")
@signed_in
@saves
def add_section(slug: str, key: str) -> Response:
    """Make it."""
    consultation = drafted(slug)
    form = _with_questions(SectionForm(), acts.state(consultation).definition, key)
    if not form.validate_on_submit():
        return _page("new_section", slug, PAGE, key, form, status=422)
    made: list[str] = []

    def change(now: dict[str, Any]) -> dict[str, Any]:
        after, section = editing.add_section(now, page=key, title=form.title.data or "", questions=form.questions.data)
        made.append(section)
        return after

    said = f"Made the section “{form.title.data or 'without a heading'}”"
    acts.edit(consultation, change, said=said, seen=seen(), by=account(), now=clock.now())
    return see_other(".write_questionnaire", slug=slug, _anchor=f"section-{made[-1]}")


@blueprint.get("/staff/consultations/<slug>/write/section/<key>/questions")
@signed_in
def section_questions(slug: str, key: str) -> Response:
    """Which questions stand in a section."""
    return _page("section_questions", slug, SECTION, key, MembersForm(formdata=None))


@blueprint.post("/staff/consultations/<slug>/write/section/<key>/questions")
@signed_in
@saves
def save_section_questions(slug: str, key: str) -> Response:
    """Keep it."""
    consultation = drafted(slug)
    now = acts.state(consultation).definition
    section = editing.find(now, SECTION, key)
    form = _with_questions(MembersForm(), now, str(section.page["key"]))
    if form.validate_on_submit():
        try:
            acts.edit(
                consultation,
                lambda there: editing.choose_for_section(there, key, questions=form.questions.data),
                said=f"Chose the questions of the section “{label(section.data, now['language'])}”",
                thing=(SECTION, key),
                seen=seen(),
                by=account(),
                now=clock.now(),
            )
        except Rejected as rejected:
            form.reject(rejected)
        except ChangedMeanwhile as meanwhile:
            form.form_errors.append(f"{_theirs(meanwhile)}. Look at it again.")
        else:
            return see_other(".write_questionnaire", slug=slug, _anchor=f"section-{key}")
    return _page("section_questions", slug, SECTION, key, form, status=422)


@blueprint.post("/staff/consultations/<slug>/write/section/<key>/dissolve")
@signed_in
@saves
def dissolve_section(slug: str, key: str) -> Response:
    """Its questions stay, without the heading."""
    consultation = drafted(slug)
    now = acts.state(consultation).definition
    section = editing.find(now, SECTION, key)
    acts.edit(
        consultation,
        lambda there: editing.dissolve(there, key),
        said=f"Took away the heading of the section “{label(section.data, now['language'])}”",
        seen=seen(),
        by=account(),
        now=clock.now(),
    )
    return see_other(".write_questionnaire", slug=slug, _anchor=f"page-{section.page['key']}")


def _with_questions(form: Any, definition: dict[str, Any], page_key: str) -> Any:
    language = definition["language"]
    form.questions.set_choices(
        [(one["key"], label(one, language)) for one, _section in editing.questions_of(definition, page_key)]
    )
    return form


def _page(view: str, slug: str, thing: str, key: str, form: Any, *, status: int = 200) -> Response:
    consultation = drafted(slug)
    now = acts.state(consultation)
    there = editing.find(now.definition, thing, key)
    _with_questions(form, now.definition, str(there.page["key"]))
    if thing == SECTION and status == 200:
        form.questions.data = [one["key"] for one in there.data["questions"]]
    return page(
        view,
        status=status,
        form=form,
        consultation=consultation,
        key=key,
        seen=now.number if status == 200 else seen(),
        called=label(there.data, now.definition["language"]),
        any_questions=bool(form.questions.choices),
    )

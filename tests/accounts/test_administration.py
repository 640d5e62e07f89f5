"""Administrators: accounts, the staff log, the organisation."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from consult.accounts import actions, queries, work
from consult.accounts.actions import OrganisationText
from consult.accounts.defaults import STARTING
from consult.accounts.models import Account, StaffEvent
from consult.accounts.work import Step
from consult.clock import now
from consult.domain.errors import NotNow, Rejected
from consult.extensions import db
from tests.accounts.factories import PASSWORD, make_person, sign_in
from tests.client import StrictClient, parse
from tests.engagement.factories import make_group


@pytest.fixture
def administrator(database):
    return make_person("administrator", email="ada@example.org", name="Ada")


@pytest.fixture
def inside(app, administrator):
    return sign_in(app, administrator)


PAGES = ("/staff/accounts", "/staff/accounts/new", "/staff/accounts/1", "/staff/organisation", "/staff/log")


@pytest.mark.parametrize("path", PAGES)
def test_these_pages_are_for_administrators_alone(app, inside, path):
    assert inside.get(path).status_code == 200
    for role in ("promoter", "editor", "analyst", "commissioner"):
        assert sign_in(app, make_person(role)).get(path).status_code == 403
    assert StrictClient(app).get(path).location.startswith("/staff/sign-in")


def test_an_account_is_added_lent_a_password_and_used(app, inside):
    group = make_group()
    db.session.commit()
    answer = inside.post(
        "/staff/accounts/new", {"email": "Ed@example.org", "name": "Ed", "role": "editor", "group": group.id}
    )
    assert answer.status_code == 303
    made = queries.account_by_email("ed@example.org")
    assert made is not None
    assert [(one.role, one.group_id) for one in made.memberships] == [("editor", group.id)]
    shown = inside.post(f"{answer.location}/password")
    password = next(one.text for one in parse(shown.text).all("p") if one.get("class") == "app-number")
    assert shown.headers["Cache-Control"] == "no-store"
    assert password not in inside.get(answer.location).text
    stranger = StrictClient(app)
    field = next(
        one.get("value") for one in stranger.page("/staff/sign-in").all("input") if one.get("name") == "csrf_token"
    )
    answer = stranger.post("/staff/sign-in", {"csrf_token": field, "email": "ed@example.org", "password": password})
    assert answer.status_code == 303


def test_the_same_address_cannot_have_two_accounts(inside):
    answer = inside.post(
        "/staff/accounts/new", {"email": "ADA@example.org", "name": "x", "role": "editor", "group": "all"}
    )
    assert answer.status_code == 422 and "already an account" in answer.text


@pytest.mark.parametrize(
    "bad",
    [
        {"role": "king"},
        {"role": ""},
        {"group": "71"},
        {"group": ""},
        {"email": "x"},
        {"name": ""},
        {"name": "x" * 121},
        {"role": "administrator", "group": "1"},
    ],
)
def test_bad_input_makes_no_account(inside, bad):
    db.session.commit()
    good = {"email": "ed@example.org", "name": "Ed", "role": "editor", "group": "all"}
    before = len(queries.accounts())
    assert inside.post("/staff/accounts/new", {**good, **bad}).status_code == 422
    assert len(queries.accounts()) == before


def test_roles_are_given_and_taken(inside, administrator):
    person = make_person("editor")
    group = make_group()
    db.session.commit()
    path = f"/staff/accounts/{person.id}"
    assert inside.post(f"{path}/roles", {"role": "analyst", "group": group.id}).status_code == 303
    db.session.refresh(person)
    assert person.role_names == ["editor", "analyst"]
    assert inside.post(f"{path}/roles", {"role": "analyst", "group": group.id}).status_code == 422
    assert inside.post(f"{path}/roles", {"role": "administrator", "group": group.id}).status_code == 422
    assert inside.post(f"{path}/roles/{person.memberships[0].id}/remove").status_code == 303
    assert inside.post(f"{path}/roles/{administrator.memberships[0].id}/remove").status_code == 404, (
        "a role of somebody else"
    )
    assert inside.post(f"{path}/name", {"name": ""}).status_code == 422
    assert inside.post(f"{path}/name", {"name": "<b>Bo</b>"}).status_code == 303
    db.session.refresh(person)
    assert (person.role_names, person.name) == (["analyst"], "<b>Bo</b>")
    assert "<b>Bo</b>" not in inside.get("/staff/accounts").text


def test_there_is_always_an_administrator(inside, administrator):
    path = f"/staff/accounts/{administrator.id}"
    assert inside.post(f"{path}/roles/{administrator.memberships[0].id}/remove").status_code == 409
    assert inside.post(f"{path}/disable").status_code == 409
    other = make_person("administrator")
    with pytest.raises(NotNow):
        actions.disable_account(other, by=other, now=now())
    actions.disable_account(administrator, by=other, now=now())
    with pytest.raises(NotNow):
        actions.disable_account(other, by=administrator, now=now())


def test_a_disabled_account_can_be_enabled_again(inside):
    person = make_person("editor")
    db.session.commit()
    for act, active in (("disable", False), ("enable", True)):
        assert inside.post(f"/staff/accounts/{person.id}/{act}").status_code == 303
        db.session.refresh(person)
        assert person.active is active
        assert inside.post(f"/staff/accounts/{person.id}/{act}").status_code == 409


def test_the_log_tells_who_did_what_to_what_and_is_filtered(app, inside, administrator):
    group = make_group()
    editor = make_person("editor", group, name="Eva")
    actions.record(editor, "edit_group", group, now=now(), note="a practice")
    db.session.commit()
    rows = inside.page("/staff/log?verb=edit_group").all("tbody")[0].all("tr")
    assert any("Eva" in row.text and "group purbeck" in row.text and "a practice" in row.text for row in rows)
    assert not any("manage accounts" in row.text for row in rows)
    assert "Eva" not in inside.page(f"/staff/log?person={administrator.id}").all("main")[0].text.split("Nothing")[-1]
    rows = inside.page(f"/staff/log?group={group.id}&person={editor.id}").all("tbody")[0].all("tr")
    assert len(rows) == 1
    for odd in ("?page=x", "?page=-1", "?page=99999999999999", "?person=²", "?verb=%00", "?group=1%20or%201"):
        assert inside.get(f"/staff/log{odd}").status_code == 200


def test_the_log_is_paged_newest_first(inside, administrator):
    for number in range(queries.EVENTS_ON_A_PAGE + 5):
        actions.record(administrator, "see_my_work", f"thing {number}", now=now())
    db.session.commit()
    first, second = (inside.page(f"/staff/log?verb=see_my_work&page={number}") for number in (1, 2))
    assert f"thing {queries.EVENTS_ON_A_PAGE + 4}" in first.text and "thing 0" in second.text
    assert len(second.all("tbody")[0].all("tr")) == 5


@pytest.mark.parametrize(("thing", "named"), [(None, ""), ("organisation", "organisation")])
def test_words_stay_as_they_are_in_the_log(thing, named):
    assert actions.name_of(thing) == named


def test_a_row_is_named_by_its_kind_and_address(database):
    assert actions.name_of(make_group()) == "group purbeck"
    assert actions.name_of(make_person("editor", email="e@example.org")) == "account e@example.org"
    assert actions.name_of(StaffEvent(id=7)) == "staff event 7"


def test_a_new_site_names_emergency_numbers_in_every_language_it_has_words_in(database):
    shown = queries.organisation()
    said = " ".join(line["en"] for line in (*shown.emergency_numbers, *shown.support_lines))
    for number in ("999", "111", "option 2", "116 123", "85258", "0800 1111"):
        assert number in said
    for line in (*shown.emergency_numbers, *shown.support_lines, shown.group_kind):
        assert set(line) == {"en", "cy", "pl", "ro", "ar", "ur"}


def test_the_organisation_costs_no_query_once_it_is_known(app, client):
    client.get("/groups")
    asked = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    client.get("/groups")
    assert asked and not any("organisation" in statement for statement in asked)


def test_what_another_process_wrote_is_read_after_half_a_minute(app, database, monkeypatch):
    assert queries.organisation().logo_text == ""
    actions.edit_organisation(_text(logo_text="ICB"), by=None, now=now())
    assert queries.organisation().logo_text == ""
    later = time.monotonic() + queries.KEPT
    monkeypatch.setattr("consult.accounts.queries.time.monotonic", lambda: later)
    assert queries.organisation().logo_text == "ICB"


def test_pages_still_have_a_name_when_the_database_is_away(app, monkeypatch):
    with app.app_context():
        monkeypatch.setattr(
            db.session, "get", lambda *_given: (_ for _ in ()).throw(OperationalError("", {}, Exception()))
        )
        assert queries.organisation().name["en"]


def _text(**more):
    return OrganisationText(**{**STARTING, **more})


def _form(inside, language="en"):
    page = inside.page(f"/staff/organisation?language={language}")
    form = next(one for one in page.all("form") if "organisation" in one.get("action"))
    data = {one.get("name"): one.get("value") for one in form.all("input") if one.get("type") != "checkbox"}
    return data | {one.get("name"): "".join(map(str, one.pieces)).strip() for one in form.all("textarea")}


def test_the_organisation_is_edited_and_pages_show_it_at_once(inside, client):
    form = _form(inside)
    form |= {
        "name": "Dorset Voices",
        "logo_text": "DV",
        "contact_email": "hello@example.org",
        "footer_links": "Freedom of information https://example.org/foi\nOur board /groups",
        "support_lines": form["support_lines"] + "\nA local line: call 01234 567890",
    }
    assert inside.post("/staff/organisation?language=en", form).status_code == 303
    shown = client.page("/groups")
    assert "Dorset Voices" in shown.all("title")[0].text
    links = {one.text: one.get("href") for one in shown.all("a")}
    assert links["Freedom of information"] == "https://example.org/foi" and links["Our board"] == "/groups"
    kept = queries.organisation()
    assert kept.support_lines[0]["pl"], "the translations of unchanged lines stay"
    assert kept.support_lines[-1] == {"en": "A local line: call 01234 567890"}


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//evil.example", "data:text/html,x", "https://", "example.org", "http://[x"]
)
def test_a_footer_link_leads_to_a_page_and_nowhere_else(inside, address):
    form = _form(inside) | {"footer_links": f"Look {address}"}
    answer = inside.post("/staff/organisation?language=en", form)
    assert answer.status_code == 422 and "is not an address" in answer.text
    assert queries.organisation().footer_links == ()


@pytest.mark.parametrize("field", ["name", "group_kind", "emergency_numbers"])
def test_what_every_page_needs_cannot_be_emptied(database, field):
    empty: Any = [] if field == "emergency_numbers" else {}
    with pytest.raises(Rejected) as refused:
        actions.edit_organisation(_text(**{field: empty}), by=None, now=now())
    assert refused.value.field == field


def test_another_language_is_written_line_by_line_beside_english(inside, monkeypatch):
    monkeypatch.setattr("consult.accounts.routes.organisation.catalogues", lambda: ("en", "pl", "de"))
    form = _form(inside, "de")
    assert form["support_lines"].split() == ["-"] * len(STARTING["support_lines"])
    lines = ["-"] * len(STARTING["support_lines"])
    lines[1] = "Shout: 85258"
    form |= {"name": "Beteiligung", "support_lines": "\n".join(lines)}
    assert inside.post("/staff/organisation?language=de", form).status_code == 303
    kept = queries.organisation()
    assert kept.name == {"en": "Consult", "de": "Beteiligung"}
    assert (
        "de" not in kept.support_lines[0]
        and kept.support_lines[1]["de"] == "Shout: 85258"
        and kept.support_lines[1]["pl"]
    )
    form["support_lines"] = "\n".join(["a"] * 9)
    assert inside.post("/staff/organisation?language=de", form).status_code == 422


def test_my_work_is_by_date_each_row_one_next_step(app, inside, monkeypatch):
    today = now().date()

    def waiting(account: Account, _now):
        assert account.email == "ada@example.org"
        return [
            Step(None, "Whenever", "/staff/w", "you", "share"),
            Step(today + timedelta(days=9), "Later", "/staff/l", "you", "consultation"),
            Step(today - timedelta(days=1), "Missed", "/staff/m", "an editor", "consultation"),
        ]

    monkeypatch.setattr(work, "_work", {})
    assert "Nothing waits for you." in inside.page("/staff/").text
    work.add_work(waiting)
    rows = inside.page("/staff/").all("tbody")[0].all("tr")
    assert [row.all("a")[0].text for row in rows] == ["Missed", "Later", "Whenever"]
    assert "Late:" in rows[0].text and "When you can" in rows[2].text
    assert "share" not in rows[2].text


def test_my_work_lets_editors_begin_a_consultation_and_nobody_else(app, inside):
    def offered(browser):
        return [one.get("href") for one in browser.page("/staff/").all("main")[0].all("a") if "Begin" in one.text]

    assert offered(sign_in(app, make_person("editor"))) == ["/staff/consultations/new"]
    assert not offered(inside) and not offered(sign_in(app, make_person("commissioner")))


def test_the_menu_offers_what_the_role_may_open(app, inside):
    def offered(browser):
        return {one.text for one in browser.page("/staff/").all("nav")[0].all("a")}

    assert {"My work", "Accounts", "Organisation", "Staff log"} <= offered(inside)
    assert not {"Accounts", "Organisation", "Staff log"} & offered(sign_in(app, make_person("editor")))


def test_staff_pages_are_english_and_offer_no_other_language(inside, monkeypatch):
    monkeypatch.setattr("consult.accounts.routes.catalogues", lambda: ("en", "pl"))
    page = inside.page("/staff/")
    assert page.all("html")[0].get("lang") == "en"
    assert not [one for one in page.all("a") if one.get("hreflang")]


def test_the_command_line_adds_an_account_from_standard_input(app, monkeypatch):
    from consult import commands

    monkeypatch.setattr(commands, "create_app", lambda: app)
    runner = app.test_cli_runner()
    line = commands.command_line()
    with app.app_context():
        make_group()
        db.session.commit()
    add = ["accounts", "add", "Eva@example.org", "--role", "editor", "--group", "purbeck"]
    made = runner.invoke(line, add, input=f"{PASSWORD}\n")
    assert made.exit_code == 0, made.output
    again = runner.invoke(line, add, input=f"{PASSWORD}\n")
    assert again.exit_code == 1 and "already an account" in again.output
    short = runner.invoke(line, ["accounts", "add", "x@example.org", "--role", "editor"], input="short\n")
    assert short.exit_code == 1 and "12 characters" in short.output
    lost = runner.invoke(
        line, ["accounts", "add", "x@example.org", "--role", "editor", "--group", "no"], input=f"{PASSWORD}\n"
    )
    assert lost.exit_code == 1 and "no such group" in lost.output
    with app.app_context():
        assert [one.role_names for one in queries.accounts() if one.email == "eva@example.org"] == [["editor"]]
        assert queries.account_by_email("x@example.org") is None

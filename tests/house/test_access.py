"""Every route says who may open it, and does what it says."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from consult.accounts.sign_in import is_staff
from tests.accounts.factories import StaffClient, make_person
from tests.client import StrictClient

#: Who may open a page: everybody (and caches keep it), one person without an account, somebody answering, staff.
KINDS = {"public", "private", "answering", "staff"}
#: The way in stands under /staff, where sessions are, and is open to everybody.
WAY_IN = {
    "accounts.sign_in",
    "accounts.save_sign_in",
    "accounts.second_step",
    "accounts.save_second_step",
    "accounts.forgotten",
    "accounts.write_letter",
    "accounts.letter_written",
    "accounts.choose_password",
    "accounts.save_chosen_password",
}
#: Posts that keep nothing in the database, each for a reason.
KEEPS_NOTHING = {
    "invitations.send_example": "a mail server takes its time, and no write lock may wait for it",
    "accounts.save_sign_in": "argon2 takes its time, and no write lock may wait for it: it saves by itself",
    "accounts.write_letter": "its answer waits, to tell nobody who has an account, and no lock may wait with it",
    "accounts.save_second_step": "a code is used up though the answer may be that it was wrong: it saves by itself",
    "results.look_at_population_table": "what a file holds is shown before anything is kept",
    "exchange.understand_text": "what was understood is shown before anything is kept",
}


def rules(app: Flask) -> list[Rule]:
    return list(app.url_map.iter_rules())


def methods(rule: Rule) -> set[str]:
    return rule.methods or set()


def path(app: Flask, rule: Rule) -> str:
    """An address of this route, with something in every slot."""
    values: dict[str, Any] = {
        name: 1 if type(converter).__name__ == "IntegerConverter" else min(getattr(converter, "items", ["something"]))
        for name, converter in rule._converters.items()
    }
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, values)


def test_every_route_has_a_declared_access(app):
    doors = {rule.endpoint: getattr(app.view_functions[rule.endpoint], "access", None) for rule in rules(app)}
    assert not {endpoint: door for endpoint, door in doors.items() if door not in KINDS}


def test_staff_pages_and_no_others_stand_under_staff(app):
    for rule in rules(app):
        if rule.endpoint not in WAY_IN:
            assert is_staff(rule.rule) == (app.view_functions[rule.endpoint].access == "staff"), rule.rule


def test_a_stranger_is_sent_from_every_staff_page_to_the_way_in(app):
    stranger = StrictClient(app)
    asked = 0
    for rule in rules(app):
        if is_staff(rule.rule) and rule.endpoint not in WAY_IN and "GET" in methods(rule):
            answer = stranger.get(path(app, rule))
            assert answer.status_code == 303 and answer.location.startswith("/staff/sign-in?next="), rule.rule
            asked += 1
    assert asked > 5


@pytest.mark.parametrize("given_token", [False, True])
def test_a_stranger_can_post_to_no_staff_page(app, database, given_token):
    person = make_person("editor")
    database.commit()
    stranger = StaffClient(app, person)
    with stranger.plain.session_transaction("/staff/") as session:
        del session["_user_id"]
    if not given_token:
        stranger.token = ""
    for rule in rules(app):
        if is_staff(rule.rule) and rule.endpoint not in WAY_IN and "POST" in methods(rule):
            answer = stranger.post(path(app, rule))
            assert answer.status_code == (303 if given_token else 400), rule.rule
            assert not given_token or answer.location == "/staff/sign-in"


def test_every_staff_post_without_our_token_is_refused(app, database):
    person = make_person("administrator")
    database.commit()
    inside = StaffClient(app, person)
    inside.token = "forged"
    for rule in rules(app):
        if is_staff(rule.rule) and "POST" in methods(rule):
            assert inside.post(path(app, rule)).status_code == 400, rule.rule


def test_a_post_from_another_site_is_refused_everywhere(app):
    for rule in rules(app):
        if "POST" in methods(rule):
            answer = StrictClient(app).post(path(app, rule), headers={"Sec-Fetch-Site": "cross-site"})
            assert answer.status_code in (400, 403), rule.rule


def test_a_get_never_saves(app):
    for rule in rules(app):
        if getattr(app.view_functions[rule.endpoint], "saves", False):
            assert not {"GET", "HEAD"} & methods(rule), rule.rule


def test_every_post_of_staff_saves_or_says_why_not(app):
    posts = {rule.endpoint for rule in rules(app) if is_staff(rule.rule) and "POST" in methods(rule)}
    silent = {endpoint for endpoint in posts if not getattr(app.view_functions[endpoint], "saves", False)}
    assert silent == set(KEEPS_NOTHING)

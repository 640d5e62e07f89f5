"""Signing in and out, and what public pages never have to do with it."""

from __future__ import annotations

import shutil

import pytest
from flask import session

from consult import create_app
from consult.accounts import actions
from consult.accounts import sign_in as signing
from consult.accounts.access import safe_next
from consult.accounts.passwords import DEMONSTRATION_PASSWORD
from consult.accounts.routes.entering import NO_MATCH
from consult.clock import now
from consult.extensions import db
from tests.accounts.factories import PASSWORD, make_person, sign_in
from tests.client import StrictClient, parse
from tests.conftest import settings_for


def token(client: StrictClient) -> str:
    page = client.page("/staff/sign-in")
    return next(one.get("value") for one in page.all("input") if one.get("name") == "csrf_token")


def try_to(client: StrictClient, email: str, password: str, path: str = "/staff/sign-in"):
    return client.post(path, {"csrf_token": token(client), "email": email, "password": password})


@pytest.fixture
def editor(database):
    person = make_person("editor", email="eva@example.org", name="Eva Editor")
    database.commit()
    return person


def test_somebody_signs_in_sees_their_work_and_signs_out(client, editor):
    answer = try_to(client, "Eva@Example.org ", PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/staff/")
    page = client.page("/staff/")
    assert page.all("h1")[0].text == "My work" and "Eva Editor" in page.text
    leaving = next(form for form in page.all("form") if form.get("action") == "/staff/sign-out")
    answer = client.post("/staff/sign-out", {"csrf_token": leaving.all("input")[0].get("value")})
    assert answer.status_code == 303
    assert client.get("/staff/").location.startswith("/staff/sign-in")


@pytest.mark.parametrize(
    ("email", "password"), [("eva@example.org", "wrong password"), ("nobody@example.org", PASSWORD)]
)
def test_a_wrong_password_and_an_unknown_address_get_the_same_sentence(client, editor, email, password):
    answer = try_to(client, email, password)
    assert answer.status_code == 422
    assert NO_MATCH in parse(answer.text).text
    assert client.get("/staff/").status_code == 303


def test_a_disabled_account_gets_the_same_sentence_and_loses_its_sessions(app, client, editor):
    inside = sign_in(app, editor)
    assert inside.get("/staff/").status_code == 200
    actions.disable_account(editor, by=make_person("administrator"), now=now())
    db.session.commit()
    assert inside.get("/staff/").status_code == 303
    assert NO_MATCH in parse(try_to(client, "eva@example.org", PASSWORD).text).text


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"email": "eva@example.org"},
        {"email": "not an address", "password": "x"},
        {"email": "a\x00b@example.org", "password": "\ud800".encode("utf-8", "surrogatepass")},
        {"email": "eva@example.org", "password": "\x00"},
        {"email": "x" * 5000 + "@example.org", "password": "y" * 100_000},
    ],
)
def test_bad_input_is_refused_with_a_sentence(client, editor, data):
    answer = client.post("/staff/sign-in", {"csrf_token": token(client), **data})
    assert answer.status_code == 422
    assert "There is a problem" in answer.text


def test_who_is_sent_to_sign_in_comes_back_to_where_they_wanted_to_go(client, editor):
    asked = client.get("/staff/password?x=1").location
    assert asked == "/staff/sign-in?next=/staff/password?x%3D1"
    page = client.page(asked)
    action = page.all("form")[0].get("action")
    answer = try_to(client, "eva@example.org", PASSWORD, action)
    assert answer.location == "/staff/password?x=1"


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example",
        "//evil.example/staff/",
        "/\\evil.example",
        "/staff/../consultations",
        "/staff//evil.example",
        "javascript:alert(1)",
        "/consultations",
        "/staffing",
        "staff/",
        "/staff/\nLocation: x",
        "",
        None,
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in(address):
    assert safe_next(address) is None


@pytest.mark.parametrize("address", ["/staff", "/staff/", "/staff/groups/purbeck?language=pl"])
def test_staff_pages_are_good_places_to_go_on_to(address):
    assert safe_next(address) == address


def test_a_post_without_the_token_of_our_page_is_refused(app, client, editor):
    assert client.post("/staff/sign-in", {"email": "eva@example.org", "password": PASSWORD}).status_code == 400
    inside = sign_in(app, editor)
    inside.token = "forged"
    assert inside.post("/staff/password", {"old": PASSWORD, "new": "three other words"}).status_code == 400
    assert inside.post("/staff/sign-out").status_code == 400
    assert inside.get("/staff/").status_code == 200


def test_public_pages_read_no_cookie_set_none_and_have_no_session(app, editor):
    inside = sign_in(app, editor)
    stranger = StrictClient(app)
    for path in ("/", "/groups", "/privacy", "/accessibility", "/no-such-page"):
        mine, theirs = inside.get(path), stranger.get(path)
        assert mine.data == theirs.data, path
        for answer in (mine, theirs):
            assert "Set-Cookie" not in answer.headers
            assert "Cookie" not in answer.headers.get("Vary", "")


def test_writing_to_the_session_of_a_public_page_is_a_fault(app):
    with app.test_request_context("/"), pytest.raises(RuntimeError):
        session["anything"] = 1


def test_public_pages_pay_nothing_for_sign_in(app, client, monkeypatch):
    def ask(*_arguments, **_named):
        raise AssertionError("a public page asked who is signed in")

    app.login_manager._user_callback = ask
    app.login_manager._load_user = ask
    monkeypatch.setattr(signing.SecureCookieSessionInterface, "open_session", ask)
    monkeypatch.setattr("flask_principal.Principal.set_identity", ask)
    assert client.get("/").status_code == 200
    with pytest.raises(AssertionError, match="who is signed in"):
        client.get("/staff/")


def test_the_cookie_holds_nothing_of_address_or_browser(app, editor):
    client = StrictClient(app)
    try_to(client, "eva@example.org", PASSWORD)
    with client.plain.session_transaction("/staff/") as kept:
        assert not kept.get("_id")
        assert set(kept) <= {"_fresh", "_id", "_user_id", "csrf_token", "fs_cc", "fs_paa", "sign_in"}


def test_a_password_is_changed_and_other_sessions_end(app, editor):
    here, there = sign_in(app, editor), sign_in(app, editor)
    wrong = here.post("/staff/password", {"old": "not it at all", "new": "three other words"})
    assert wrong.status_code == 422 and "This is not your password" in wrong.text
    short = here.post("/staff/password", {"old": PASSWORD, "new": "short"})
    assert short.status_code == 422 and "12 characters" in short.text
    assert here.post("/staff/password", {"old": PASSWORD, "new": "three other words"}).status_code == 303
    assert here.get("/staff/").status_code == 200
    assert there.get("/staff/").status_code == 303
    assert try_to(StrictClient(app), "eva@example.org", "three other words").status_code == 303
    assert try_to(StrictClient(app), "eva@example.org", PASSWORD).status_code == 422


def test_a_password_field_lets_itself_be_pasted_into_and_filled(client):
    page = client.page("/staff/sign-in")
    field = next(one for one in page.all("input") if one.get("name") == "password")
    assert field.get("autocomplete") == "current-password"
    assert not {"onpaste", "maxlength"} & set(field.attributes)


def test_demonstration_accounts_are_listed_with_their_password_in_development_alone(app, client, database):
    assert DEMONSTRATION_PASSWORD not in client.get("/staff/sign-in").text
    make_person("commissioner", email="cora@example.org", demonstration=True, password=DEMONSTRATION_PASSWORD)
    make_person("editor", email="real@example.org")
    database.commit()
    shown = client.get("/staff/sign-in").text
    assert "cora@example.org" in shown and DEMONSTRATION_PASSWORD in shown and "real@example.org" not in shown

    assert try_to(client, "cora@example.org", DEMONSTRATION_PASSWORD).status_code == 303
    here = app.config["CONSULT"]
    live_settings = {"CONSULT_ENV": "production", "CONSULT_RATE_LIMITS": "on"}
    settings = settings_for(here.instance, CONSULT_DATABASE_URL=here.database_url, **live_settings)
    live = StrictClient(create_app(settings))
    listed = live.get("/staff/sign-in", base_url="https://localhost").text
    assert "cora@example.org" not in listed and DEMONSTRATION_PASSWORD not in listed
    with live.app.test_request_context("/staff/sign-in"):
        assert signing.find("cora@example.org") is None
        assert signing.find("real@example.org") is not None
        db.engine.dispose()


def test_tries_are_slowed_down_and_a_good_one_is_not_counted(migrated, tmp_path):
    folder = tmp_path / "limited"
    shutil.copytree(migrated, folder)
    app = create_app(settings_for(folder, CONSULT_RATE_LIMITS="on"))
    with app.app_context():
        make_person("editor", email="eva@example.org")
        db.session.commit()
    client = StrictClient(app)
    for _good in range(12):
        assert try_to(StrictClient(app), "eva@example.org", PASSWORD).status_code == 303
    statuses = [try_to(client, "eva@example.org", "wrong password").status_code for _bad in range(12)]
    assert statuses[:10] == [422] * 10 and statuses[-1] == 429
    with app.app_context():
        db.engine.dispose()


def test_argon2_is_what_passwords_are_kept_as(editor):
    assert editor.password.startswith("$argon2id$")
    assert PASSWORD not in editor.password


def test_an_accent_is_the_same_from_every_keyboard(client, database):
    make_person("editor", email="rene@example.org", password="caf\u00e9 caf\u00e9 caf\u00e9")
    database.commit()
    assert try_to(client, "rene@example.org", "cafe\u0301 cafe\u0301 cafe\u0301").status_code == 303


def test_a_borrowed_password_has_to_be_changed_first(app, editor):
    lent = actions.lend_password(editor, by=make_person("administrator"), now=now())
    inside = StrictClient(app)
    db.session.commit()
    assert try_to(inside, "eva@example.org", lent).status_code == 303
    assert inside.get("/staff/").location == "/staff/password"
    page = inside.page("/staff/password")
    field = next(one.get("value") for one in page.all("input") if one.get("name") == "csrf_token")
    inside.post("/staff/password", {"csrf_token": field, "old": lent, "new": "three words of mine"})
    assert inside.get("/staff/").status_code == 200

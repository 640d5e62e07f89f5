"""Limits name nobody, are on every public form, and leave room for a full waiting room behind one address."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import pytest

from consult import create_app, limits
from consult.extensions import db, limiter
from tests.answering.factories import make_open
from tests.client import StrictClient
from tests.conftest import settings_for

ANSWER = "/consultations/phones/answer"
#: Posts without a limit, each for a reason.
NO_LIMIT = {
    "invitations.stopped": "whoever wants no more messages is let go at once",
    "invitations.notify_callback": "a service that knows a secret reports thousands of messages at once",
}


@pytest.fixture
def limited(app, database, clock):
    """The site as it runs: with limits."""
    ours = app.config["CONSULT"]
    site = create_app(
        settings_for(ours.instance, CONSULT_RATE_LIMITS="on", CONSULT_DATABASE_URL=str(ours.database_url))
    )
    site.testing = True
    make_open()
    db.session.commit()
    from tests.answering.factories import NOW

    clock.set(NOW)
    limiter.reset()
    yield site
    limiter.reset()
    limiter.enabled = False
    with site.app_context():
        db.session.remove()
        db.engine.dispose()


def name_of(app, address: str) -> str:
    """How the limiter calls this address."""
    with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        return limits.visitor()


def test_the_name_of_an_address_changes_with_the_hour_and_cannot_be_worked_out(app, monkeypatch):
    now = 10 * limits.HOUR + 5.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    first = name_of(app, "192.0.2.7")
    assert first == name_of(app, "192.0.2.7") != name_of(app, "192.0.2.8")
    assert "192" not in first and hashlib.sha256(b"192.0.2.7").hexdigest()[:16] != first
    now += limits.HOUR
    assert name_of(app, "192.0.2.7") != first


def test_the_key_is_random_and_replaced_within_an_hour(app, monkeypatch):
    keys = []
    for hour in (1, 1.99, 2, 2.5, 3):
        monkeypatch.setattr(time, "monotonic", lambda hour=hour: hour * limits.HOUR)
        name_of(app, "192.0.2.7")
        keys.append(limits._key[1])
    assert len(set(keys)) == 3 and all(len(key) == 32 for key in keys)


def test_a_network_of_the_newer_kind_is_one_visitor(app):
    one, same, other = "2001:db8:1:2::7", "2001:db8:1:2:ffff::1", "2001:db8:1:3::7"
    assert name_of(app, one) == name_of(app, same) != name_of(app, other)
    assert name_of(app, "::ffff:192.0.2.7") == name_of(app, "192.0.2.7")
    assert name_of(app, "not an address") != name_of(app, "")


def test_nothing_of_a_visitor_is_written_down(limited):
    browser = StrictClient(limited)
    for _ in range(3):
        browser.post(ANSWER, environ_overrides={"REMOTE_ADDR": "198.51.100.77"})
    name = name_of(limited, "198.51.100.77")
    assert any(name in key for key in limiter.storage.storage), "the limiter has counted them"
    with limited.app_context():
        db.engine.dispose()
    for file in Path(limited.config["CONSULT"].instance).rglob("*"):
        if file.is_file():
            written = file.read_bytes()
            assert b"198.51.100.77" not in written and name.encode() not in written, file


def test_every_form_for_everybody_has_a_limit(app):
    counted = {one.rpartition(".")[0] for one in limiter.limit_manager._decorated_limits}
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if "POST" in (rule.methods or ()) and view.access != "staff" and rule.endpoint not in NO_LIMIT:
            assert f"{view.__module__}.{view.__name__}" in counted, f"{rule.endpoint} has no limit"


def test_thirty_people_behind_one_address_all_answer_within_a_minute(limited):
    people = [StrictClient(limited) for _ in range(30)]
    for person in people:
        assert person.post(ANSWER).status_code == 303
    tokens = [
        next(one.get("value") for one in person.page(f"{ANSWER}/p1").all("input") if one.get("name") == "token")
        for person in people
    ]
    for page in ("p1", "p3"):
        for person, token in zip(people, tokens, strict=True):
            assert person.post(f"{ANSWER}/{page}", {"token": token}).status_code == 303
    for person, token in zip(people, tokens, strict=True):
        assert person.post(f"{ANSWER}/check", {"token": token, "day": "2026-11-23"}).status_code == 303


def test_more_than_a_waiting_room_is_asked_to_wait(limited):
    browser = StrictClient(limited)
    statuses = [browser.post(ANSWER).status_code for _ in range(61)]
    assert statuses == [303] * 60 + [429]


def test_only_wrong_come_back_numbers_are_slow(limited):
    browser = StrictClient(limited)
    wrong = [browser.post("/resume", {"number": "1234"}).status_code for _ in range(7)]
    assert wrong == [422] * 6 + [429]

"""Mail servers and GOV.UK Notify: what they refuse, what they say later, and what never leaves us."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import hmac
import json
import smtplib
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from sqlalchemy import select

from consult.config import BadSettings, Settings
from consult.extensions import db
from consult.invitations import actions, jobs
from consult.invitations.models import Invitation
from consult.jobs.failures import Busy, Refused
from consult.jobs.notify import Notify
from consult.jobs.post import Smtp, post_of
from tests.invitations.conftest import kept, people

PAGE = "/staff/consultations/phones/invitations"
SERVICE, SECRET = "11111111-2222-3333-4444-555555555555", "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
KEY = f"consult-{SERVICE}-{SECRET}"
CALLBACK = "a long enough bearer token"


class Office(BaseHTTPRequestHandler):
    """A GOV.UK Notify of our own."""

    def log_message(self, *_given):
        """Nothing."""

    def do_POST(self):
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.heard.append((self.path, dict(self.headers), said))
        address = said["email_address"]
        if address.startswith("wrong"):
            self.say(
                400, {"errors": [{"error": "ValidationError", "message": "email_address Not a valid email address"}]}
            )
        elif address.startswith("moved"):
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.end_headers()
        elif address.startswith("limit"):
            self.say(429, {"errors": [{"error": "RateLimitError", "message": "Exceeded rate limit"}]})
        elif address.startswith("odd"):
            self.say(201, None)
        else:
            self.say(201, {"id": f"number-{address}"})

    def do_GET(self):
        self.server.heard.append((self.path, dict(self.headers), None))
        self.say(200, {"status": self.server.status})

    def say(self, code, body):
        text = b"<html>" if body is None else json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


@pytest.fixture
def office():
    server = HTTPServer(("127.0.0.1", 0), Office)
    server.heard, server.status = [], "delivered"
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def notify(office):
    return Notify(f"http://127.0.0.1:{office.server_port}", KEY, "the-template")


def test_a_message_goes_out_as_its_documentation_says(notify, office):
    assert notify.send(to="jo@example.org", subject="Hi", body="Text") == "number-jo@example.org"
    ((path, headers, said),) = office.heard
    assert path == "/v2/notifications/email"
    assert said == {
        "email_address": "jo@example.org",
        "template_id": "the-template",
        "personalisation": {"subject": "Hi", "body": "Text"},
    }
    head, claims, signature = headers["Authorization"].removeprefix("Bearer ").split(".")
    made = hmac.new(SECRET.encode(), f"{head}.{claims}".encode(), hashlib.sha256).digest()
    assert base64.urlsafe_b64decode(signature + "=" * (-len(signature) % 4)) == made
    assert json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["iss"] == SERVICE


@pytest.mark.parametrize(
    ("address", "kind"), [("wrong@x", Refused), ("limit@x", OSError), ("odd@x", OSError), ("moved@x", OSError)]
)
def test_what_it_refuses_is_told_apart_and_names_no_address(notify, office, address, kind):
    with pytest.raises(OSError, match=r"GOV\.UK Notify") as caught:
        notify.send(to=address, subject="Hi", body="Text")
    assert type(caught.value) is kind and address not in str(caught.value)


def test_where_nobody_answers_it_is_the_way_that_fails(office):
    with pytest.raises(OSError, match=r"refused|urlopen") as caught:
        Notify("http://127.0.0.1:9", KEY, "t").send(to="jo@x", subject="Hi", body="Text")
    assert not isinstance(caught.value, Refused | Busy)


@pytest.fixture
def awaited(editor, asked, inbox):
    """Twelve people whose messages Notify has taken."""
    kept(editor, people(12))
    inbox.reference = "number"
    editor.post(f"{PAGE}/send/invite")
    assert jobs.send_invitations() == 12
    return inbox


def row(at):
    db.session.rollback()
    return next(one for one in db.session.scalars(select(Invitation)) if one.contact.email == f"p{at}@example.org")


def told(client, app, at, status, token=CALLBACK):
    app.config["CONSULT"] = dataclasses.replace(app.config["CONSULT"], notify_callback=CALLBACK)
    return client.plain.post(
        "/notify/callback",
        json={"id": f"number-p{at}@example.org", "status": status, "to": "x"},
        headers={"Authorization": f"Bearer {token}"},
    ).status_code


def test_what_it_tells_us_is_heard_once_and_only_with_the_token(app, client, awaited):
    assert told(client, app, 1, "permanent-failure", token="wrong") == 404
    assert row(1).state == "sent"
    assert told(client, app, 1, "permanent-failure") == 204 and row(1).state == "bounced"
    assert told(client, app, 2, "delivered") == 204 and (row(2).state, row(2).reference) == ("sent", None)
    assert told(client, app, 2, "permanent-failure") == 204 and row(2).state == "sent"
    assert (
        client.plain.post("/notify/callback", data="x", headers={"Authorization": f"Bearer {CALLBACK}"}).status_code
        == 400
    )


def test_without_a_token_set_nothing_is_heard(client, awaited):
    answer = client.plain.post("/notify/callback", json={}, headers={"Authorization": "Bearer "})
    assert answer.status_code == 404


def test_whoever_has_answered_stays_so_whatever_it_says(app, client, awaited):
    row(1).state = "answered"
    db.session.commit()
    told(client, app, 1, "permanent-failure")
    assert row(1).state == "answered"


def test_what_failed_for_now_is_sent_again_at_most_five_times(app, client, awaited):
    for again in range(1, 5):
        told(client, app, 3, "temporary-failure")
        assert (row(3).state, row(3).wanted, row(3).tries) == ("to_send", "invite", again)
        assert jobs.send_invitations() == 1
    told(client, app, 3, "temporary-failure")
    assert (row(3).wanted, row(3).tries) == ("", 5) and jobs.send_invitations() == 0


def test_it_is_asked_where_it_does_not_tell(app, awaited, notify, office, monkeypatch):
    office.status = "permanent-failure"
    monkeypatch.setattr(jobs, "post_of", lambda _settings: notify)
    assert (jobs.hear_of_invitations(), jobs.hear_of_invitations()) == (12, 0)
    assert row(5).state == "bounced" and actions.referenced(most=100) == []


class Server:
    """A mail server that refuses."""

    def __init__(self, error):
        self.error = error

    def __call__(self, *_given, **_named):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_given):
        return False

    def has_extn(self, _name):
        return False

    def send_message(self, _message):
        raise self.error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (smtplib.SMTPRecipientsRefused({"jo@x.org": (550, b"no such user")}), Refused),
        (smtplib.SMTPRecipientsRefused({"jo@x.org": (552, b"full")}), Busy),
        (smtplib.SMTPRecipientsRefused({"jo@x.org": (450, b"later")}), Busy),
        (smtplib.SMTPDataError(554, b"looks like spam"), Busy),
        (smtplib.SMTPSenderRefused(530, b"sign in", "us"), OSError),
        (smtplib.SMTPServerDisconnected("gone"), OSError),
    ],
)
def test_what_a_mail_server_refuses_is_told_apart(monkeypatch, error, kind):
    monkeypatch.setattr(smtplib, "SMTP", Server(error))
    with pytest.raises(OSError, match="mail server") as caught:
        Smtp("smtp://localhost", "us@x.org").send(to="jo@x.org", subject="Hi", body="Text")
    assert type(caught.value) is kind and "jo@" not in str(caught.value)


def test_an_address_with_a_line_break_never_reaches_a_header():
    with pytest.raises(Refused):
        Smtp("smtp://localhost", "us@x.org").send(to="jo@x.org\nBcc: a@x.org", subject="Hi", body="Text")


@pytest.mark.parametrize(
    "wrong",
    [
        {"CONSULT_NOTIFY_KEY": KEY},
        {"CONSULT_NOTIFY_KEY": "short", "CONSULT_NOTIFY_TEMPLATE": "t"},
        {"CONSULT_NOTIFY_CALLBACK": "short"},
    ],
)
def test_half_a_setting_of_notify_is_refused_at_the_start(tmp_path, wrong):
    with pytest.raises(BadSettings, match="CONSULT_NOTIFY"):
        Settings.from_environment({"CONSULT_INSTANCE": str(tmp_path), **wrong})


def test_notify_is_used_where_it_is_set(tmp_path):
    given = {"CONSULT_INSTANCE": str(tmp_path), "CONSULT_NOTIFY_KEY": KEY, "CONSULT_NOTIFY_TEMPLATE": "t"}
    post = post_of(Settings.from_environment({**given, "CONSULT_MAIL_URL": "smtp://localhost"}))
    assert isinstance(post, Notify) and (post.service, post.secret) == (SERVICE, SECRET)

"""A tablet in a waiting room: one after another answers on it, and nothing of anybody stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from consult.answering import drafts
from consult.answering.actions import drop
from consult.answering.models import Draft
from consult.consultations.models import Consultation
from consult.extensions import db
from tests.answering.factories import CLOSES, NOW, make_open
from tests.answering.test_answering import START, fill, hidden, rows, send
from tests.client import StrictClient, parse

TABLET = "/consultations/phones/tablet"


@pytest.fixture(autouse=True)
def noon(clock):
    clock.set(NOW)


@pytest.fixture
def asked(app):
    with app.app_context():
        make_open()


@pytest.fixture
def device(app, asked):
    """A browser that has become a shared tablet."""
    client = StrictClient(app)
    assert client.post(TABLET).status_code == 303
    return client


def cookies(client):
    return {cookie.key: cookie.value for cookie in client.plain._cookies.values()}


def key_of(client):
    return next(value for name, value in cookies(client).items() if name.startswith("answer-"))


def channel(app, client):
    with app.app_context():
        consultation = db.session.query(Consultation).filter_by(slug="phones").one()
        return drafts.open_draft(db.session, drafts.key_from_cookie(key_of(client)), consultation.id).channel


def begin(client):
    response = client.post("/tablet")
    assert response.status_code == 303
    return client.get(response.headers["Location"])


def to_thanks(client):
    fill(client, "p1", how="easy")
    assert send(client).status_code == 303
    return client.get(f"{START}/done")


def test_only_the_button_makes_a_browser_a_tablet(app, asked):
    client = StrictClient(app)
    assert client.get(TABLET).status_code == 200
    assert not cookies(client)
    response = client.post(TABLET)
    assert response.headers["Location"].endswith("/tablet")
    assert cookies(client) == {"tablet": "phones"}


def test_becoming_a_tablet_deletes_what_was_begun_here(app, asked):
    client = StrictClient(app)
    client.post(START)
    assert rows(app, "drafts") == 1
    client.post(TABLET)
    assert rows(app, "drafts") == 0
    assert cookies(client) == {"tablet": "phones"}


def test_the_start_has_a_button_for_each_language(device):
    tree = parse(device.get("/tablet").get_data(as_text=True))
    starts = [one for one in tree.all("form") if "tablet" in (one.get("action") or "")]
    assert [one.get("action") for one in starts] == ["/tablet", "/pl/tablet", "/ar/tablet"]
    response = device.post("/ar/tablet")
    assert response.headers["Location"].startswith("/ar/consultations/phones/answer/")


@pytest.mark.parametrize("way", ["/tablet", START])
def test_answers_begun_on_it_are_a_channel_of_their_own(app, device, way):
    assert device.post(way).status_code == 303
    assert channel(app, device) == "tablet"


def test_answers_begun_elsewhere_are_not(app, asked):
    client = StrictClient(app)
    client.post(START)
    assert channel(app, client) == "online"


def test_starting_again_deletes_what_the_last_person_left(app, device):
    begin(device)
    fill(device, "p1", how="easy")
    first = key_of(device)
    page = begin(device)
    assert key_of(device) != first and rows(app, "drafts") == 1
    assert "checked" not in page.get_data(as_text=True)


def test_finishing_leaves_nothing_but_the_mode(app, device):
    begin(device)
    response = to_thanks(device)
    assert response.headers["Location"].endswith("/tablet/thanks")
    assert response.headers["Clear-Site-Data"] == '"cache"'
    assert "no-store" in response.headers["Cache-Control"]
    assert not [name for name in cookies(device) if name.startswith("answer")]
    page = device.get("/tablet/thanks")
    assert page.headers["Refresh"] == "20;url=/tablet"
    words = page.get_data(as_text=True)
    for gone in ("Your receipt", "Answer for someone else", "Tell me what happened", "app-number"):
        assert gone not in words
    assert rows(app, "ballots") == 1
    device.get("/tablet")
    assert cookies(device) == {"tablet": "phones"}


def test_thanks_can_be_kept_longer_and_end_with_the_start(device):
    begin(device)
    to_thanks(device)
    for _again in range(3):
        assert device.get("/tablet/thanks?longer=1").headers["Refresh"] == "60;url=/tablet"
    device.get("/tablet")
    assert device.get("/tablet/thanks").headers["Location"].endswith("/tablet")


@pytest.mark.parametrize("step", ["p1", "check", "equality", "done", "save", "begun"])
def test_after_finishing_every_step_leads_to_the_start(device, step):
    begin(device)
    to_thanks(device)
    assert device.get(f"{START}/{step}").headers["Location"].endswith("/tablet")


@pytest.mark.parametrize("step", ["save", "begun"])
def test_coming_back_later_is_not_offered(device, step):
    page = begin(device).get_data(as_text=True)
    assert "Stop and come back later" not in page and "Stop and delete my answers" in page
    assert device.get(f"{START}/{step}").headers["Location"].endswith("/tablet")
    for post in (f"{START}/save", f"{START}/done", "/resume"):
        assert device.post(post).headers["Location"].endswith("/tablet")


def test_wiping_deletes_the_draft_and_takes_its_key(app, device):
    begin(device)
    fill(device, "p1", how="easy")
    response = device.post("/tablet/wipe")
    assert response.headers["Clear-Site-Data"] == '"cache"'
    assert rows(app, "drafts") == 0
    assert cookies(device) == {"tablet": "phones"}


def test_every_step_asks_whether_anybody_is_there_without_javascript_too(device):
    page = begin(device).get_data(as_text=True)
    tree = parse(page)
    refresh = [one.get("content") for one in tree.all("meta") if one.get("http-equiv") == "refresh"]
    assert refresh == ["300;url=/tablet/still?of=phones&at=p1"]
    assert [one.get("data-quiet") for one in tree.all("dialog")] == ["60"]
    still = device.get("/tablet/still?of=phones&at=p1")
    assert still.headers["Refresh"] == "60;url=/tablet"
    assert f'href="{START}/p1"' in still.get_data(as_text=True)


def test_whoever_does_not_answer_loses_the_only_key(app, device):
    begin(device)
    fill(device, "p1", how="easy")
    kept = key_of(device)
    device.get("/tablet/still?of=phones&at=p1")
    assert key_of(device) == kept
    device.get("/tablet")
    assert cookies(device) == {"tablet": "phones"}
    assert device.get(f"{START}/p1").headers["Location"].endswith("/tablet")


def test_the_warning_leads_nowhere_else(device):
    begin(device)
    page = device.get("/tablet/still?of=phones&at=https://example.org/").get_data(as_text=True)
    assert 'href="https://' not in page


def test_its_pages_lead_out_nowhere(device):
    for page in (device.get("/tablet"), begin(device), device.get(f"{START}/check")):
        tree = parse(page.get_data(as_text=True))
        for link in tree.all("a"):
            where = link.get("href") or ""
            assert where.startswith(("#", "tel:", "/tablet", f"{START}/", "/pl/tablet", "/ar/tablet")), where


def test_check_does_not_promise_that_answers_can_be_taken_back(device):
    begin(device)
    words = device.get(f"{START}/check").get_data(as_text=True)
    assert "cannot be taken back from here" in words
    assert "You can take your answers back" not in words


def test_leaving_takes_a_page_that_nothing_leads_to(app, device):
    begin(device)
    assert device.get("/tablet/leave").status_code == 200
    assert "tablet" in cookies(device)
    assert device.post("/tablet/leave").status_code == 303
    assert not cookies(device)
    assert rows(app, "drafts") == 0


def test_a_closed_consultation_makes_no_tablet_and_one_that_closes_starts_nobody(app, device, clock):
    clock.set(CLOSES + timedelta(days=2))
    assert not parse(device.get("/tablet").get_data(as_text=True)).all("form")
    assert device.post("/tablet").headers["Location"].endswith("/tablet")
    assert rows(app, "drafts") == 0
    assert StrictClient(app).post(TABLET).status_code == 409


def test_where_only_the_invited_answer_there_is_no_tablet(app, asked):
    with app.app_context():
        db.session.execute(text("update consultations set invited_only = true"))
        db.session.commit()
    assert StrictClient(app).post(TABLET).status_code == 409


def test_pages_for_everybody_are_the_same_on_a_tablet(app, device):
    for address in ("/", "/consultations/phones", START):
        here, elsewhere = device.get(address), StrictClient(app).get(address)
        assert here.get_data() == elsewhere.get_data()
        assert here.headers["Cache-Control"] == elsewhere.headers["Cache-Control"]


def test_a_form_drawn_for_the_last_person_saves_nothing(app, device):
    page = begin(device)
    left = {**hidden(page), "how": "hard"}
    device.post("/tablet/wipe")
    begin(device)
    assert device.post(f"{START}/p1", left).status_code == 403
    with app.app_context():
        assert db.session.query(Draft).count() == 1


def test_somebody_may_try_a_tablet_without_an_account_and_the_share_page_says_how(app, asked):
    words = StrictClient(app).get("/consultations/phones/share").get_data(as_text=True)
    assert TABLET in words
    drawn = StrictClient(app).get(f"{TABLET}/qr.svg")
    assert drawn.status_code == 200 and drawn.get_data().startswith(b"<svg")


def test_what_is_sent_carries_the_channel_in_its_label(device, monkeypatch):
    labels = []
    submit = drop.submit
    monkeypatch.setattr(
        drop, "submit", lambda *given, **named: (labels.append(named["label"]), submit(*given, **named))
    )
    begin(device)
    to_thanks(device)
    assert [label.channel for label in labels] == ["tablet"]

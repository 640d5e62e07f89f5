"""The page for taking responses away: who may, when, what is said and kept, and what is in the files."""

from __future__ import annotations

import csv
import json
from io import StringIO

import pytest
from sqlalchemy import select

from consult.accounts.models import StaffEvent
from consult.answering.models import Box
from consult.extensions import db
from consult.publications import downloading, downloads
from tests.accounts.factories import make_person, sign_in
from tests.answering.factories import NOW
from tests.engagement.factories import make_group
from tests.results.factories import AFTER, make_answered

#: What is read from the database is tried on both in tests/results; here it is only written down.
pytestmark = pytest.mark.sqlite

PAGE = "/staff/consultations/phones/responses"
WANTED = {"what": "responses", "form": "csv", "reason": "To look for patterns by practice"}


@pytest.fixture
def answered(app, database, clock):
    """Closed, with 73 responses."""
    clock.set(AFTER)
    return make_answered(app)


@pytest.fixture
def analyst(app, answered):
    """Somebody who may, signed in."""
    return sign_in(app, make_person("analyst", make_group("group-phones"), name="Ana Lyst"))


def events():
    return db.session.scalars(select(StaffEvent).where(StaffEvent.verb == "export_raw")).all()


def test_an_analyst_takes_the_rows_and_the_log_keeps_why(analyst):
    shown = analyst.page(PAGE)
    assert "confidential personal-level data" in shown.text and "73 responses and 36 comments" in shown.text
    taken = analyst.post(PAGE, WANTED)
    rows = list(csv.DictReader(StringIO(taken.get_data(as_text=True), newline="")))
    assert taken.headers["Content-Disposition"] == 'attachment; filename="phones-responses.csv"'
    assert taken.headers["Cache-Control"] == "no-store" and len(rows) == 73 and "comment" not in rows[0]
    (event,) = events()
    assert event.note == "responses as csv: To look for patterns by practice"
    assert event.thing == "consultation phones" and event.account_id is not None


def test_every_format_comes_as_a_file_and_nothing_stays_behind(app, analyst):
    for form, described in downloads.ROWS.items():
        taken = analyst.post(PAGE, {**WANTED, "form": form})
        assert taken.status_code == 200 and len(taken.data) > 500 and taken.mimetype == described.mimetype
    assert not list(app.config["CONSULT"].instance.glob("taking-*"))


def test_comments_are_a_file_of_their_own(analyst):
    taken = analyst.post(PAGE, {**WANTED, "what": "comments", "form": "jsonl"})
    rows = [json.loads(line) for line in taken.get_data(as_text=True).splitlines()]
    assert len(rows) == 36 and set(rows[0]) == {"question", "row", "comment"}


def test_without_a_reason_nothing_leaves(analyst):
    refused = analyst.post(PAGE, {**WANTED, "reason": " "})
    assert refused.status_code == 422 and "Say what it is for" in refused.text and not events()
    odd = analyst.post(PAGE, {**WANTED, "form": "exe"})
    assert odd.status_code == 422 and not events()


def test_others_may_neither_see_nor_take(app, answered):
    for role, group in (("editor", "group-phones"), ("commissioner", "group-phones"), ("analyst", "elsewhere")):
        client = sign_in(app, make_person(role, make_group(group)))
        assert client.get(PAGE).status_code == 403
        assert client.post(PAGE, WANTED).status_code == 403
        assert client.get(f"{PAGE}.csv-metadata.json").status_code == 403
        assert "Download the responses" not in client.get("/staff/consultations/phones").text
    assert not events()


def test_nothing_leaves_before_everything_is_counted(app, database, clock):
    clock.set(NOW)
    make_answered(app, closed=False)
    analyst = sign_in(app, make_person("analyst", make_group("group-phones")))
    assert "when the consultation has closed" in analyst.page(PAGE).text
    assert "Download the responses" not in analyst.page("/staff/consultations/phones").text
    assert analyst.post(PAGE, WANTED).status_code == 409
    clock.set(AFTER)
    assert "still waiting to be counted" in analyst.post(PAGE, WANTED).text and not events()
    db.session.execute(Box.__table__.update().values(stage="closed", generation_id=None))
    db.session.commit()
    assert "Download the responses" in analyst.page("/staff/consultations/phones").text


def test_more_rows_than_a_page_sends_are_for_the_command_line(analyst, monkeypatch):
    monkeypatch.setattr(downloading, "MOST_ROWS", 72)
    refused = analyst.post(PAGE, WANTED)
    assert refused.status_code == 422 and "consult export phones --raw" in refused.text and not events()


def test_while_a_file_is_sent_others_can_write(app, analyst):
    from consult.storage import writing

    taken = analyst.plain.post(PAGE, data={**WANTED, "csrf_token": analyst.token}, buffered=False)
    next(pieces := iter(taken.response))
    with app.app_context(), writing():
        db.session.add(StaffEvent(verb="see", thing="", happened_at=AFTER))
        db.session.commit()
    assert sum(len(piece) for piece in pieces) > 1000
    taken.close()


def test_the_columns_are_described_without_a_word_of_anybody(analyst):
    described = json.loads(analyst.get(f"{PAGE}.csv-metadata.json").text)
    columns = {one["titles"]["und"]: one for one in described["tableSchema"]["columns"]}
    assert columns["how"]["titles"]["en"] == "How easy is it?"
    assert columns["how"]["datatype"] == {"base": "string", "format": "easy|hard|other"}
    assert columns["which/web"]["datatype"]["maximum"] == 1 and columns["born"]["datatype"] == "date"
    assert described["url"] == "phones-responses.csv" and "Comment 0" not in json.dumps(described)

"""Whoever has a private link sees the draft and says what they think of it, until the link is over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from consult.consultations import actions as consultations
from consult.domain.errors import NotNow, Rejected
from consult.extensions import db
from consult.studio.actions import link as actions
from consult.studio.models import Remark, ReviewLink
from tests.accounts.factories import sign_in
from tests.consultations.factories import CATALOGUES, NOW, OPENS, make_definition, make_draft, send

LINKS = "/staff/consultations/phones/links"


@pytest.fixture
def draft(database, editor, clock):
    clock.set(NOW)
    return make_draft("en", "pl", by=editor)


@pytest.fixture
def code(draft, editor):
    _link, made = actions.make_link(draft, purpose="look", label="PPG", days=21, by=editor, now=NOW)
    db.session.commit()
    return made


def remarks():
    return list(db.session.scalars(db.select(Remark).order_by(Remark.id)))


def test_an_editor_makes_a_link_that_is_shown_once_and_ends_it(app, draft, editor, commissioner, client):
    writer = sign_in(app, editor)
    assert writer.post(LINKS, {"purpose": "look", "days": "91"}).status_code == 422
    made = writer.post(LINKS, {"purpose": "look", "days": "21", "label": "PPG of Wareham"})
    address = made.text.partition('id="made-link">')[2].partition("<")[0]
    path = "/look/" + address.rpartition("/look/")[2]
    link = db.session.scalars(db.select(ReviewLink)).one()
    assert path.removeprefix("/look/") not in str(vars(link)), "the code is not kept"
    assert client.get(path).status_code == 200
    assert path not in writer.get(LINKS).text and "PPG of Wareham" in writer.get(LINKS).text
    reader = sign_in(app, commissioner)
    assert reader.get(LINKS).status_code == 200
    assert reader.post(LINKS, {"purpose": "look", "days": "21"}).status_code == 403
    assert reader.post(f"{LINKS}/{link.id}/end").status_code == 403
    assert writer.post(f"{LINKS}/{link.id}/end").status_code == 303
    assert client.get(path).status_code == 410
    assert writer.post(f"{LINKS}/{link.id}/end").status_code == 409


def test_the_draft_is_seen_as_it_would_be_asked_and_by_nobody_without_the_link(draft, code, client):
    first = client.get(f"/look/{code}/1")
    assert "How easy is it to phone us?" in first.text and 'type="radio"' in first.text
    assert "some of it depends on earlier answers" in client.get(f"/look/{code}/2").text
    assert "(pl)" in client.get(f"/pl/look/{code}/1").text
    assert first.headers["Cache-Control"] == "no-store" and "noindex" in first.headers["X-Robots-Tag"]
    assert "Set-Cookie" not in first.headers
    for wrong in ("/look/x", f"/look/{code}/3", f"/look/{code}/0", f"/look/{code[:-1]}/1", f"/try/{code}"):
        assert client.get(wrong).status_code == 404


def test_remarks_land_beside_those_of_staff_with_or_without_a_name(app, draft, editor, code, client):
    done = client.post(
        f"/look/{code}/1", {"on-how": "Too\r\nlong <b>", "page-remark": "Fine", "your-name": "Ada", "how": "easy"}
    )
    assert done.status_code == 303 and done.location == f"/look/{code}/thanks?after=1"
    assert "page 2" in client.get(done.location).text
    assert client.post(f"/look/{code}", {"whole-remark": "Good"}).status_code == 303
    assert [(one.part, one.name, one.signed, one.quoted) for one in remarks()] == [
        ("question", "how", "Ada", "How easy is it to phone us?"),
        ("page", "phone", "Ada", ""),
        ("whole", "", "", "The title of phones"),
    ]
    shown = sign_in(app, editor).get("/staff/consultations/phones/remarks").text
    assert "Ada, by somebody with the link" in shown and "By somebody with the link" in shown and "&lt;b&gt;" in shown


def test_nothing_said_and_what_a_machine_fills_in_keep_nothing(draft, code, client):
    assert client.post(f"/look/{code}/1", {"on-how": "", "your-name": "Ada"}).status_code == 303
    assert client.post(f"/look/{code}/1", {"on-how": "Buy!", "web-site": "https://example.org"}).status_code == 303
    assert client.post(f"/look/{code}", {"whole-remark": "x" * 4_001}).status_code == 422
    assert remarks() == []


def test_words_about_a_question_that_has_gone_meanwhile_are_not_lost(draft, editor, code, client):
    definition = make_definition("en", "pl")
    definition["pages"] = [definition["pages"][0]]
    definition["pages"][0]["questions"][0]["key"] = "other"
    consultations.save_definition(draft, definition=definition, by=editor, now=NOW)
    db.session.commit()
    assert client.post(f"/look/{code}/1", {"on-how": "Too long"}).status_code == 303
    assert [(one.part, one.words) for one in remarks()] == [("whole", "Too long")]


def test_a_link_is_over_when_it_expires_or_the_consultation_opens(draft, editor, commissioner, code, client, clock):
    send(draft, by=editor)
    consultations.approve(draft, by=commissioner, now=NOW, catalogues=CATALOGUES)
    db.session.commit()
    assert client.get(f"/look/{code}").status_code == 200
    clock.set(OPENS)
    over = client.get(f"/look/{code}")
    assert over.status_code == 410 and "/consultations/phones" in over.text
    assert client.post(f"/look/{code}/1", {"on-how": "Late"}).status_code == 410
    with pytest.raises(NotNow):
        actions.make_link(draft, purpose="look", label="", days=1, by=editor, now=OPENS)
    draft.state = "draft"
    db.session.commit()
    clock.set(NOW + timedelta(days=21))
    over = client.get(f"/look/{code}/1")
    assert over.status_code == 410 and "ask whoever sent it" in over.text and "/consultations/phones" not in over.text
    assert remarks() == []


@pytest.mark.parametrize(("purpose", "days"), [("read", 1), ("look", 0), ("try", 91)])
def test_a_link_is_for_something_and_for_a_time(draft, editor, purpose, days):
    with pytest.raises(Rejected):
        actions.make_link(draft, purpose=purpose, label="", days=days, by=editor, now=NOW)

"""Staff keep their own groups right, and nobody else's."""

from __future__ import annotations

import pytest

from consult.engagement import actions
from consult.engagement.models import Practice
from consult.extensions import db
from tests.accounts.factories import make_person, sign_in
from tests.engagement.factories import NOW, make_group

PATH = "/staff/groups/purbeck"


@pytest.fixture
def purbeck(database):
    group = make_group()
    actions.add_practice(group, code="X001", name="Harbour Surgery", town="Swanage", by=None, now=NOW)
    actions.add_lead(group, role="clinical lead", name="Dr Vale", telephone="01929 000000", by=None, now=NOW)
    db.session.commit()
    return group


@pytest.fixture
def editor(purbeck):
    return make_person("editor", purbeck)


def test_an_editor_edits_the_group_in_each_language(app, purbeck, editor):
    client = sign_in(app, editor)
    good = {"name": "Purbeck i okolice", "description": "Planujemy.", "locality": "East", "status": "active"}
    assert client.post(f"{PATH}/edit?language=en", {**good, "name": "Purbeck"}).status_code == 303
    assert client.post(f"{PATH}/edit?language=en", {**good, "name": ""}).status_code == 422
    assert client.post(f"{PATH}/edit?language=en", {**good, "status": "asleep"}).status_code == 422
    assert (
        client.post(
            f"{PATH}/edit?language=en", {**good, "as_at-day": "31", "as_at-month": "4", "as_at-year": "2026"}
        ).status_code
        == 422
    )
    db.session.expire_all()
    assert (purbeck.name, purbeck.locality, purbeck.description) == ({"en": "Purbeck"}, "East", {"en": "Planujemy."})
    assert client.get(f"{PATH}/edit?language=zz").status_code == 200


def test_practices_come_change_and_go(app, purbeck, editor):
    client = sign_in(app, editor)
    new = {"code": "X002", "name": "Castle Practice", "town": "Corfe"}
    assert client.get(f"{PATH}/practices/new").status_code == 200
    assert client.post(f"{PATH}/practices/new", new).status_code == 303
    assert client.post(f"{PATH}/practices/new", new).status_code == 422
    assert client.post(f"{PATH}/practices/new", {**new, "town": ""}).status_code == 422
    number = db.session.scalar(db.select(Practice.id).where(Practice.code == "X002"))
    assert client.get(f"{PATH}/practices/{number}").status_code == 200
    assert client.post(f"{PATH}/practices/{number}", {**new, "town": "Wool"}).status_code == 303
    assert client.post(f"{PATH}/practices/{number}/remove").status_code == 303
    assert client.post(f"{PATH}/practices/{number}/remove").status_code == 404


def test_leads_come_and_go(app, purbeck, editor):
    client = sign_in(app, editor)
    assert client.get(f"{PATH}/leads/new").status_code == 200
    assert client.post(f"{PATH}/leads/new", {"role": "boss", "name": "X"}).status_code == 422
    assert client.post(f"{PATH}/leads/new", {"role": "principal programme lead", "name": "Ms Reed"}).status_code == 303
    assert "Ms Reed" in client.page(PATH).text
    number = purbeck.leads[0].id
    assert "Dr Vale" in client.page(f"{PATH}/leads/{number}/remove").text
    assert client.post(f"{PATH}/leads/{number}/remove").status_code == 303
    assert client.get(f"{PATH}/leads/{number}/remove").status_code == 404


def test_colleagues_see_and_strangers_do_not(app, purbeck, editor):
    stranger = make_person("editor", make_group("mid", "Mid Dorset"))
    promoter = make_person("promoter", purbeck)
    db.session.commit()
    remove = f"{PATH}/practices/{purbeck.practices[0].id}/remove"
    for person, see, edit, act in ((stranger, 403, 403, 403), (promoter, 200, 403, 403), (editor, 200, 200, 303)):
        client = sign_in(app, person)
        assert (client.get(PATH).status_code, client.get(f"{PATH}/edit").status_code) == (see, edit)
        assert client.post(remove).status_code == act
    client = sign_in(app, stranger)
    words = client.page("/staff/groups").text
    assert "Mid Dorset" in words and "Purbeck" not in words


def test_the_respondent_is_asked_to_sign_in(client, purbeck):
    assert client.get(PATH).status_code == 303

"""A translator has the languages that an administrator chose, and nobody else has any."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from consult.accounts.actions import add_account, give_role
from consult.accounts.permissions import languages_where
from consult.clock import now
from consult.domain.errors import Rejected
from consult.extensions import db
from tests.accounts.factories import make_person, sign_in
from tests.engagement.factories import make_group

HERE = SimpleNamespace(group_id=None)


def test_an_administrator_gives_the_role_with_languages_and_changes_them(app, database):
    person = make_person("promoter")
    inside = sign_in(app, make_person("administrator"))
    roles = f"/staff/accounts/{person.id}/roles"
    assert inside.post(roles, {"role": "translator", "group": "all", "languages": ["pl", "ar"]}).status_code == 303
    page = inside.get(f"/staff/accounts/{person.id}").get_data(as_text=True)
    assert "Translator into Arabic, Polish" in page
    assert "Translator (ar, pl)" in inside.get("/staff/accounts").get_data(as_text=True)
    assert inside.post(roles, {"role": "translator", "group": "all", "languages": ["ro"]}).status_code == 303
    db.session.expire_all()
    assert languages_where(person, "translate", HERE) == {"ro"}
    assert inside.post(roles, {"role": "editor", "group": "all", "languages": ["ro"]}).status_code == 422


def test_languages_are_those_of_the_roles_that_hold_here(database):
    here, elsewhere = SimpleNamespace(group_id=make_group().id), SimpleNamespace(group_id=0)
    person = add_account(
        email="t@example.org", name="", role="translator", group_id=here.group_id, languages=["pl"], by=None, now=now()
    )
    assert languages_where(person, "translate", here) == {"pl"}
    assert languages_where(person, "translate", elsewhere) == frozenset()
    assert languages_where(person, "edit_consultation", here) == frozenset()
    with pytest.raises(Rejected):
        give_role(person, role="translator", group_id=here.group_id, languages=["pl"], by=None, now=now())
    give_role(person, role="editor", group_id=here.group_id, by=None, now=now())
    assert languages_where(person, "translate", here) is None

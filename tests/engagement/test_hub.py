"""The hub finds what people look for, and a group's page says who, what and when."""

from __future__ import annotations

from typing import Any

import pytest

from consult.domain.errors import Rejected
from consult.engagement import actions
from consult.extensions import db
from tests.engagement.factories import NOW, make_group

WHO: dict[str, Any] = {"by": None, "now": NOW}


@pytest.fixture
def purbeck(database):
    group = make_group()
    actions.add_practice(group, code="x001", name="Harbour Surgery", town="Swanage", **WHO)
    actions.add_practice(group, code="X002", name="Castle Practice", town="Corfe", **WHO)
    actions.add_lead(
        group, role="clinical lead", name="Dr Vale", telephone="01929 000000", email="vale@example.org", **WHO
    )
    other = make_group("mid", "Mid Dorset")
    actions.add_practice(other, code="X003", name="100% Health", town="Bere_Regis", **WHO)
    db.session.commit()
    return group


def found(client, words):
    page = client.page(f"/?q={words}")
    return [one.text for one in page.all("h3")]


@pytest.mark.parametrize(
    "words", ["Swanage", "swanage", "SWAN", "harbour", "Harbour%20swanage", "x001", "purbeck", "%20%20corfe%20"]
)
def test_town_practice_group_or_code_leads_to_the_group(client, purbeck, words):
    assert found(client, words) == ["Purbeck"]


@pytest.mark.parametrize("words", ["Harbour%20Corfe", "zzz", "_", "%25%25", "%00", "%5C", "'%20or%201=1"])
def test_what_is_not_there_gets_a_sentence_and_no_accident(client, purbeck, words):
    page = client.page(f"/?q={words}")
    groups = [one.text for one in page.all("h3")]
    if words in ("_", "%25%25"):
        assert groups in (["Mid Dorset"], [])
    elif words == "%00":
        assert groups == []
    else:
        assert groups == [] and "We found no town or practice like that" in page.text


def test_signs_of_the_search_language_are_only_signs(client, purbeck):
    assert found(client, "100%25") == ["Mid Dorset"] and found(client, "e_R") == ["Mid Dorset"]


def test_a_search_without_end_is_cut(client, purbeck):
    assert client.get("/?q=" + "x" * 5_000).status_code == 200


def test_what_was_typed_comes_back_as_text(client, purbeck):
    page = client.page('/?q="><b>hm')
    assert next(one for one in page.all("input") if one.get("name") == "q").get("value") == '"><b>hm'


def test_a_group_says_who_it_is_and_keeps_how_to_reach_leads_to_staff(client, purbeck):
    words = client.page("/groups/purbeck").text
    assert "Dr Vale" in words and "Harbour Surgery" in words and "Swanage" in words
    assert "01929" not in words and "vale@example.org" not in words


def test_all_groups_are_listed_with_their_practices(client, purbeck):
    words = client.page("/groups").text
    assert "Purbeck" in words and "Mid Dorset" in words and "Castle Practice" in words


def test_an_unknown_group_is_not_found(client, purbeck):
    client.page("/groups/atlantis", status=404)


def test_a_practice_code_is_given_once_whatever_its_case(purbeck):
    with pytest.raises(Rejected) as refused:
        actions.add_practice(purbeck, code=" x003 ", name="Twin", town="Wool", **WHO)
    assert refused.value.field == "code" and "100% Health" in refused.value.message
    practice = purbeck.practices[0]
    actions.edit_practice(practice, group=purbeck, code=practice.code, name="New name", town="Wool", **WHO)
    with pytest.raises(Rejected):
        actions.edit_practice(practice, group=purbeck, code="X003", name="New name", town="Wool", **WHO)


def test_a_group_keeps_its_name_and_its_address_is_free(purbeck):
    with pytest.raises(Rejected):
        actions.add_group(slug="purbeck", name={"en": "Again"}, **WHO)
    with pytest.raises(Rejected):
        actions.edit_group(purbeck, name={}, locality="", description={}, as_at=None, status="active", **WHO)
    with pytest.raises(Rejected):
        actions.edit_group(purbeck, name={"en": "P"}, locality="", description={}, as_at=None, status="asleep", **WHO)

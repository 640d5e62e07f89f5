"""A keyer sees their own batches and nothing else; an editor watches over all; nobody else sees any."""

from __future__ import annotations

import pytest

from consult.extensions import db
from consult.keying.actions import batches
from tests.accounts.factories import make_person, sign_in
from tests.answering.factories import NOW
from tests.engagement.factories import make_group
from tests.keying.factories import FORM, type_form

#: Every page of the room, and who gets it: assigned keyer, second keyer without this batch, editor, commissioner.
PAGES = {
    "/staff/batches/{id}": (200, 403, 200, 200),
    "/staff/batches/{id}/key": (200, 403, 403, 403),
    "/staff/batches/{id}/differences": (200, 403, 200, 403),
    "/staff/consultations/{slug}/batches": (403, 403, 200, 200),
    "/staff/consultations/{slug}/batches/new": (403, 403, 200, 403),
}
POSTS = {
    "/staff/batches/{id}/key": (422, 403, 403, 403),
    "/staff/batches/{id}/unreadable": (422, 403, 422, 403),
    "/staff/batches/{id}/readable/1": (403, 403, 409, 403),
    "/staff/batches/{id}/differences/1": (404, 403, 404, 403),
    "/staff/batches/{id}/count": (403, 403, 422, 403),
    "/staff/batches/{id}/keyers": (403, 403, 303, 403),
    "/staff/batches/{id}/close": (403, 403, 409, 403),
    "/staff/batches/{id}/reopen": (403, 403, 409, 403),
    "/staff/batches/{id}/late": (403, 403, 403, 422),
}


def people(office):
    return (office.keyer, office.second, office.editor, office.commissioner)


@pytest.mark.parametrize("path", PAGES)
def test_who_opens_which_page(app, office, path):
    batch = office.count(3)
    address = path.format(id=batch.id, slug=office.consultation.slug)
    got = tuple(sign_in(app, who).get(address).status_code for who in people(office))
    assert got == PAGES[path]


@pytest.mark.parametrize("path", POSTS)
def test_who_does_what(app, office, path):
    batch = office.count(3)
    address = path.format(id=batch.id)
    got = tuple(sign_in(app, who).post(address, {"how": "9"}).status_code for who in people(office))
    assert got == POSTS[path]


@pytest.mark.parametrize("role", ["promoter", "analyst", "administrator"])
def test_others_see_no_batch(app, office, role):
    batch = office.count(3)
    stranger = sign_in(app, make_person(role, None if role == "administrator" else office.consultation.group))
    for path in PAGES:
        assert stranger.get(path.format(id=batch.id, slug=office.consultation.slug)).status_code == 403


@pytest.mark.parametrize("role", ["editor", "keyer"])
def test_people_of_another_group_see_no_batch_even_when_they_were_put_on_it(app, office, role):
    from consult.domain.errors import Rejected

    batch = office.count(3)
    stranger = make_person(role, make_group("elsewhere", "Elsewhere"))
    db.session.commit()
    with pytest.raises(Rejected):
        batches.choose_keyers(batch, first=[stranger.id], second=[], by=office.editor, now=NOW)
    db.session.rollback()
    browser = sign_in(app, stranger)
    for path in PAGES:
        assert browser.get(path.format(id=batch.id, slug=office.consultation.slug)).status_code == 403


def test_a_keyer_s_whole_site_is_their_work_their_batch_and_their_password(app, office):
    batch = office.count(3)
    browser = sign_in(app, office.keyer)
    slug, group = office.consultation.slug, office.consultation.group.slug
    known = {"slug": slug, "number": batch.id, "form": 1, "as": "json", "what": "responses"}
    opened = set()
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/staff") or "GET" not in rule.methods:
            continue
        for name in {slug, group}:
            arguments = {one: known.get(one, 1) if one != "slug" else name for one in rule.arguments}
            for one, converter in rule._converters.items():
                items = getattr(converter, "items", None)
                arguments[one] = arguments[one] if items is None or arguments[one] in items else min(items)
            with app.test_request_context():
                address = app.url_map.bind("localhost").build(rule.endpoint, arguments)
            if browser.get(address).status_code == 200:
                opened.add(rule.endpoint)
    assert opened == {
        "accounts.my_work",
        "accounts.change_password",
        "accounts.sign_ins",
        "accounts.second_factor",
        "accounts.forgotten",
        "accounts.letter_written",
        "keying.batch",
        "keying.key_form",
        "keying.differences_of_batch",
    }
    links = [one.get("href") for one in browser.page("/staff/").all("nav")[0].all("a")]
    assert links == ["/staff/"]


def test_my_work_names_the_batch_and_the_next_form(app, office):
    batch = office.count(3)
    keyer, editor = sign_in(app, office.keyer), sign_in(app, office.editor)
    assert "Key batch 1 of “Phones”: form 1 of 3" in keyer.page("/staff/").text
    assert "Key batch" not in sign_in(app, office.second).page("/staff/").text
    type_form(keyer, batch, **FORM)
    assert "form 2 of 3" in keyer.page("/staff/").text
    type_form(keyer, batch, **FORM)
    type_form(keyer, batch, **FORM)
    assert "Key batch" not in keyer.page("/staff/").text
    assert "Close batch 1" in editor.page("/staff/").text and "Close batch" not in keyer.page("/staff/").text


def test_my_work_says_what_is_to_be_decided(app, office):
    batch = office.count(1, twice=True)
    keyer, second = sign_in(app, office.keyer), sign_in(app, office.second)
    type_form(keyer, batch, **FORM)
    assert "form 1 of 1" in second.page("/staff/").text
    type_form(second, batch, **{**FORM, "days": "9"})
    for who in (keyer, second, sign_in(app, office.editor)):
        assert "Decide what 1 form says in batch 1" in who.page("/staff/").text


def test_somebody_taken_off_the_batch_sees_it_no_more(app, office):
    batch = office.count(2)
    batches.choose_keyers(batch, first=[office.second.id], second=[], by=office.editor, now=NOW)
    assert sign_in(app, office.keyer).get(f"/staff/batches/{batch.id}/key").status_code == 403
    assert sign_in(app, office.second).get(f"/staff/batches/{batch.id}/key").status_code == 200


def test_there_is_nothing_behind_a_batch_that_is_not(app, office):
    for number in ("999", "0", "99999999999999999999"):
        assert sign_in(app, office.editor).get(f"/staff/batches/{number}").status_code == 404

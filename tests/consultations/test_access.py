"""Owner, colleague, stranger and everybody else: who may open and do what on staff pages."""

from __future__ import annotations

import json
from io import BytesIO

import pytest

from consult.accounts.models import StaffEvent
from consult.accounts.work import steps
from consult.consultations import actions
from consult.consultations.models import Consultation
from consult.extensions import db
from tests.accounts.factories import make_person, sign_in
from tests.consultations.factories import (
    CLOSES,
    NOW,
    OPENS,
    answer_check,
    make_approved,
    make_definition,
    make_draft,
    send,
)
from tests.engagement.factories import make_group

STAFF = "/staff/consultations/phones"
WHY = {"reason_en": "There was snow."}


@pytest.fixture
def stranger(database):
    """An editor of another group."""
    return make_person("editor", make_group("mid", "Mid Dorset"))


@pytest.fixture
def draft(clock, editor):
    clock.set(NOW)
    made = make_draft(by=editor)
    db.session.commit()
    return made


def test_the_respondent_is_asked_to_sign_in_everywhere(app, client, draft):
    paths = ["", "/settings", "/texts/en", "/documents", "/questionnaire", "/questionnaire/edit", "/preview", "/review"]
    for path in ("/staff/consultations", "/staff/consultations/new", *(STAFF + one for one in paths)):
        response = client.get(path)
        assert response.status_code == 303 and "/staff/" in response.headers["Location"], path


@pytest.mark.parametrize(
    ("path", "editors", "commissioners"),
    [
        ("", 200, 200),
        ("/questionnaire", 200, 200),
        ("/questionnaire/preview/phone", 200, 200),
        ("/preview", 200, 200),
        ("/review", 200, 200),
        ("/settings", 200, 403),
        ("/texts/en", 200, 403),
        ("/documents", 200, 403),
        ("/questionnaire/edit", 200, 403),
        ("/change/pause", 200, 200),
    ],
)
def test_a_draft_is_read_by_its_group_written_by_editors_and_closed_to_strangers(
    app, draft, editor, commissioner, stranger, path, editors, commissioners
):
    for person, status in ((editor, editors), (commissioner, commissioners), (stranger, 403)):
        client = sign_in(app, person)
        assert client.get(STAFF + path).status_code == status, person.email


def test_a_stranger_changes_nothing(app, draft, stranger):
    client = sign_in(app, stranger)
    for path in (
        "/settings",
        "/texts/en",
        "/submit",
        "/approve",
        "/return",
        "/questionnaire/edit",
        "/documents",
        "/change/withdraw",
    ):
        assert client.post(STAFF + path, {"reasons": "x", "title": "Mine", **WHY}).status_code == 403, path
    assert (
        client.post("/staff/consultations/new", {"group": "purbeck", "title": "Mine", "language": "en"}).status_code
        == 422
    )
    db.session.expire_all()
    assert (draft.state, draft.title) == ("draft", {"en": "The title of phones"}) and db.session.query(
        Consultation
    ).count() == 1


def test_a_form_from_elsewhere_is_refused(app, draft, editor):
    client = sign_in(app, editor)
    for forged in ("", "forged"):
        assert client.post(f"{STAFF}/submit", {"csrf_token": forged}).status_code == 400
    db.session.expire_all()
    assert draft.state == "draft"


def test_two_people_publish_and_the_first_of_them_cannot_do_it_alone(app, draft, editor, commissioner):
    answer_check(draft, by=editor)
    db.session.commit()
    client = sign_in(app, editor)
    assert client.post(f"{STAFF}/submit").status_code == 303
    assert client.post(f"{STAFF}/approve").status_code == 403
    client = sign_in(app, commissioner)
    assert client.post(f"{STAFF}/return", {"reasons": ""}).status_code == 422
    seen = {"seen": actions.mark_of(draft)}
    assert client.post(f"{STAFF}/approve", seen).status_code == 303
    assert client.post(f"{STAFF}/approve", seen).status_code == 409
    db.session.expire_all()
    assert (draft.state, draft.submitted_by, draft.approved_by) == ("approved", editor.id, commissioner.id)
    said = [(event.verb, event.account_id) for event in db.session.query(StaffEvent).order_by(StaffEvent.id)]
    assert said[-2:] == [("submit_consultation", editor.id), ("approve_consultation", commissioner.id)]


def test_somebody_who_is_both_editor_and_commissioner_still_cannot_approve_their_own(app, clock, database):
    clock.set(NOW)
    both = make_person("editor", make_group())
    from consult.accounts.models import Membership

    both.memberships.append(Membership(group_id=make_group().id, role="commissioner"))
    answer_check(make_draft(by=both), by=both)
    db.session.commit()
    client = sign_in(app, both)
    assert client.post(f"{STAFF}/submit").status_code == 303
    assert client.post(f"{STAFF}/approve").status_code == 403
    assert "somebody else has to do it" in client.page(f"{STAFF}/review").text


def test_what_is_missing_is_said_before_and_refused_after_sending(app, draft, editor):
    client = sign_in(app, editor)
    assert client.post(f"{STAFF}/texts/en", {"title": "Phones", "summary": "Short"}).status_code == 303
    page = client.page(STAFF)
    assert "does not say why this is needed" in page.text and "Send it for review" not in page.text
    assert client.post(f"{STAFF}/submit").status_code == 409


SETTINGS = {
    "activity": "consult",
    "opens_at-day": "1", "opens_at-month": "3", "opens_at-year": "2027", "opens_at-time": "9.00",
    "closes_at-day": "28", "closes_at-month": "3", "closes_at-year": "2027", "closes_at-time": "",
    "contact_email": "team@example.org",
    "equality": "no",
}  # fmt: skip


def test_dates_are_typed_and_shown_in_london_time_even_on_the_day_the_clocks_change(app, draft, editor):
    client = sign_in(app, editor)
    assert client.post(f"{STAFF}/settings", SETTINGS).status_code == 303
    db.session.expire_all()
    assert draft.opens_at.isoformat() == "2027-03-01T09:00:00+00:00"
    assert draft.closes_at.isoformat() == "2027-03-28T22:59:00+00:00"
    boxes = {one.get("name"): one.get("value") for one in client.page(f"{STAFF}/settings").all("input")}
    assert (boxes["closes_at-day"], boxes["closes_at-time"], boxes["opens_at-time"]) == ("28", "23:59", "09:00")


def test_its_authors_say_whether_only_the_invited_may_answer(app, draft, editor):
    client = sign_in(app, editor)
    for chosen, kept in (("invited", True), ("", True), ("everybody", False)):
        assert client.post(f"{STAFF}/settings", {**SETTINGS, "who_answers": chosen}).status_code == 303
        db.session.expire_all()
        assert draft.invited_only is kept
        radios = [one for one in client.page(f"{STAFF}/settings").all("input") if one.get("name") == "who_answers"]
        ticked = [one.get("value") for one in radios if "checked" in one.attributes]
        assert ticked == ["invited" if kept else "everybody"]


@pytest.mark.parametrize(
    "change",
    [
        {"closes_at-day": "31", "closes_at-month": "2"},
        {"closes_at-year": "27"},
        {"closes_at-time": "25:00"},
        {"closes_at-time": "noon"},
        {"opens_at-day": "٣x"},
        {"closes_at-day": "1", "closes_at-time": "08:59"},
        {"activity": "party"},
        {"who_answers": "nobody"},
        {"languages": "xx"},
        {"contact_email": "nobody"},
        {"contact_address": "x" * 501},
        {"closes_at-year": "99999999999999999999"},
    ],
)
def test_settings_that_cannot_be_are_shown_again(app, draft, editor, change):
    client = sign_in(app, editor)
    response = client.post(f"{STAFF}/settings", {**SETTINGS, **change})
    assert response.status_code == 422 and "There is a problem" in response.get_data(as_text=True)
    db.session.expire_all()
    assert draft.opens_at == OPENS and draft.closes_at == CLOSES


@pytest.mark.parametrize(
    ("definition", "words"),
    [
        ("", "Choose a file or paste a definition"),
        ("{", "line 1, column 2"),
        ("[]", "an object is needed"),
        ("[" * 100_000, "This is not a JSON definition"),
        ('{"pages": []}', "a questionnaire needs a page"),
        (json.dumps({**make_definition(), "pages": make_definition()["pages"] * 2}), "the same key is used twice"),
        (json.dumps(make_definition()).replace("long_text", "telepathy"), "telepathy"),
        (json.dumps(make_definition()).replace('"when": "how"', '"when": "why"'), "not asked on an earlier page"),
    ],
    ids=["nothing", "broken", "list", "deep", "empty", "twice", "kind", "forward"],
)
def test_a_definition_that_cannot_be_asked_gets_sentences_and_changes_nothing(app, draft, editor, definition, words):
    before = draft.definition
    client = sign_in(app, editor)
    response = client.post(f"{STAFF}/questionnaire/edit", {"definition": definition})
    assert response.status_code == 422 and words in response.get_data(as_text=True)
    db.session.expire_all()
    assert draft.definition == before


def test_a_definition_comes_as_a_file_too_and_is_shown_in_words(app, draft, editor):
    changed = make_definition()
    changed["pages"][0]["questions"][0]["text"] = "How was it <b>really</b>?"
    client = sign_in(app, editor)
    upload = (BytesIO(b"\xef\xbb\xbf" + json.dumps(changed).encode()), "mine.json")
    assert (
        client.post(f"{STAFF}/questionnaire/edit", {"file": upload}, content_type="multipart/form-data").status_code
        == 303
    )
    words = client.page(f"{STAFF}/questionnaire").text
    assert "Shown when the answer to “How was it <b>really</b>?” is “Hard”." in words


@pytest.mark.parametrize("content", [b"", b"MZ", b"<svg onload=alert(1)>", b"PK\x03\x04"])
def test_an_upload_that_is_not_a_document_is_refused_beside_its_field(app, draft, editor, content):
    client = sign_in(app, editor)
    data = {"title": "Plan", "language": "en", "file": (BytesIO(content), "plan.pdf")}
    response = client.post(f"{STAFF}/documents", data, content_type="multipart/form-data")
    assert response.status_code == 422 and "file-error" in response.get_data(as_text=True)
    db.session.expire_all()
    assert draft.documents == []


def test_the_preview_shows_the_page_and_questions_in_each_language(app, clock, database, editor):
    clock.set(NOW)
    make_draft("en", "pl", by=editor)
    db.session.commit()
    client = sign_in(app, editor)
    assert "The why of phones (pl)" in client.page(f"{STAFF}/preview?language=pl").text
    page = client.page(f"{STAFF}/questionnaire/preview/phone?language=pl")
    assert "How easy is it to phone us? (pl)" in page.text and page.all("html")[0].get("lang") == "pl"
    assert client.page(f"{STAFF}/preview?language=xx").all("html")[0].get("lang") == "en"
    client.page(f"{STAFF}/questionnaire/preview/nothing", status=404)


def test_a_published_one_is_changed_by_one_and_looked_at_by_another(app, clock, database, editor, commissioner):
    made = make_approved(by=editor, approver=commissioner)
    db.session.commit()
    clock.set(OPENS)
    client = sign_in(app, editor)
    assert client.post(f"{STAFF}/change/pause").status_code == 422
    assert client.post(f"{STAFF}/change/pause", WHY).status_code == 303
    assert client.post(f"{STAFF}/change/pause", WHY).status_code == 409
    assert client.get(f"{STAFF}/change/explode").status_code == 404
    number = db.session.scalar(db.select(Consultation)).corrections[0].id
    assert client.post(f"{STAFF}/changes/{number}/second").status_code == 403
    with app.test_request_context("/staff/"):
        assert [step.kind for step in steps(commissioner, OPENS)] == ["change"] and steps(editor, OPENS) == []
    client = sign_in(app, commissioner)
    assert client.post(f"{STAFF}/changes/{number}/second").status_code == 303
    db.session.expire_all()
    assert made.corrections[0].seconded_by == commissioner.id and made.paused_at == OPENS
    client.page(STAFF)


def test_an_extension_before_the_announced_end_is_refused_beside_its_field(app, clock, database, editor, commissioner):
    made = make_approved(by=editor, approver=commissioner)
    db.session.commit()
    clock.set(OPENS)
    client = sign_in(app, editor)
    earlier = {"closes_at-day": "1", "closes_at-month": "12", "closes_at-year": "2026", **WHY}
    response = client.post(f"{STAFF}/change/extend", earlier)
    assert response.status_code == 422 and "must be later" in response.get_data(as_text=True)
    db.session.expire_all()
    assert made.closes_at == CLOSES and made.corrections == []


def test_texts_of_an_open_one_need_a_reason_and_a_stranger_none(app, clock, database, editor, commissioner, stranger):
    made = make_approved(by=editor, approver=commissioner)
    db.session.commit()
    clock.set(OPENS)
    texts = dict.fromkeys(("title", "summary", "why", "decided", "still_open", "what_next"), "Better")
    client = sign_in(app, stranger)
    assert client.post(f"{STAFF}/texts/en", {**texts, **WHY}).status_code == 403
    client = sign_in(app, editor)
    assert client.post(f"{STAFF}/texts/en", texts).status_code == 422
    assert client.post(f"{STAFF}/texts/en", {**texts, **WHY}).status_code == 303
    db.session.expire_all()
    assert made.summary == {"en": "Better"} and made.corrections[0].reason == {"en": "There was snow."}


def test_my_work_tells_each_what_is_theirs(app, clock, draft, editor, commissioner, stranger):
    with app.test_request_context("/staff/"):
        assert [step.kind for step in steps(editor, NOW)] == ["draft"]
        assert steps(commissioner, NOW) == steps(stranger, NOW) == []
        send(draft, by=editor, now=NOW)
        assert [step.kind for step in steps(commissioner, NOW)] == ["review"]
        assert [step.kind for step in steps(editor, NOW)] == ["waiting"] and steps(stranger, NOW) == []

"""What everybody sees of a consultation, at every time of its life."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from consult.consultations import actions
from consult.domain.lifecycle import closing_of, london
from consult.extensions import db
from tests.consultations.factories import CLOSES, NOW, OPENS, make_approved, make_draft, send

PAGE = "/consultations/phones"
WHY = {"en": "There was snow."}
BEGIN = f"{PAGE}/answer"


def max_age(response) -> int:
    return int(response.headers["Cache-Control"].removeprefix("public, max-age="))


def links(page) -> list[str]:
    return [one.get("href") for one in page.all("main")[0].all("a")]


@pytest.fixture
def published(database, editor, commissioner):
    consultation = make_approved("en", "pl", by=editor, approver=commissioner)
    db.session.commit()
    return consultation


@pytest.mark.parametrize("state", ["draft", "in_review"])
def test_nobody_outside_sees_what_is_not_published(database, client, clock, editor, state):
    clock.set(NOW)
    draft = make_draft(by=editor)
    draft.state = state
    db.session.commit()
    assert client.page(PAGE, status=404)
    assert "phones" not in client.get("/").get_data(as_text=True).lower()


@pytest.mark.parametrize(
    ("moment", "words", "can_begin"),
    [
        (OPENS - timedelta(seconds=1), "has not opened yet", False),
        (OPENS, "Open until", True),
        (CLOSES - timedelta(seconds=1), "Open until", True),
        (CLOSES, "This is closed", False),
    ],
)
def test_the_clock_alone_opens_and_closes_it(client, clock, published, moment, words, can_begin):
    clock.set(moment)
    page = client.page(PAGE)
    assert words in page.text
    assert (BEGIN in links(page)) == can_begin


def test_it_says_why_what_is_decided_what_is_open_what_kind_and_what_next(client, clock, published):
    clock.set(OPENS)
    words = client.page(PAGE).text
    for said in ("The why of phones", "The decided of phones", "The still_open of phones", "The what_next of phones"):
        assert said in words
    assert "No decision has been made" in words and "team@example.org" in words


def test_a_paused_one_says_why_and_takes_nobody(client, clock, published, editor):
    actions.pause(published, reason=WHY, by=editor, now=OPENS)
    db.session.commit()
    clock.set(OPENS + timedelta(minutes=5))
    page = client.page(PAGE)
    assert "There was snow." in page.text and "No answers are taken at the moment" in page.text
    assert BEGIN not in links(page)


@pytest.mark.parametrize(("answers", "words"), [("kept", "are kept"), ("destroyed", "will be destroyed")])
def test_a_withdrawn_one_stays_and_says_what_happens_to_the_answers(client, clock, published, editor, answers, words):
    actions.withdraw(published, reason=WHY, answers=answers, by=editor, now=OPENS)
    db.session.commit()
    clock.set(CLOSES + timedelta(days=400))
    page = client.page(PAGE)
    assert words in page.text and "There was snow." in page.text and BEGIN not in links(page)


def test_every_public_change_is_listed_with_its_reason(client, clock, published, editor):
    actions.extend(
        published, closes_at=CLOSES + timedelta(days=2), reason={"en": "Post was late."}, by=editor, now=OPENS
    )
    actions.pause(published, reason=WHY, by=editor, now=OPENS)
    db.session.commit()
    clock.set(OPENS)
    words = client.page(PAGE).text
    assert "What has changed" in words and "Post was late." in words and "There was snow." in words


@pytest.mark.parametrize("before", [0, 1, 30, 59, 60, 61, 3600])
@pytest.mark.parametrize("change", [OPENS, CLOSES])
@pytest.mark.parametrize("path", [PAGE, "/", "/groups/purbeck"])
def test_no_page_is_kept_past_the_next_opening_or_closing(client, clock, published, before, change, path):
    clock.set(change - timedelta(seconds=before))
    response = client.get(path)
    if before:
        assert max_age(response) <= before
    assert max_age(response) <= 60 and "Set-Cookie" not in response.headers


@pytest.mark.parametrize("day", [datetime(2027, 3, 28, tzinfo=UTC).date(), datetime(2027, 10, 31, tzinfo=UTC).date()])
def test_it_closes_at_23_59_on_the_wall_in_london_on_the_days_the_clocks_change(client, clock, published, editor, day):
    closes = closing_of(day)
    actions.extend(published, closes_at=closes, reason=WHY, by=editor, now=OPENS)
    db.session.commit()
    assert closes == datetime(day.year, day.month, day.day, 22 if day.month == 3 else 23, 59, tzinfo=UTC)
    clock.set(closes - timedelta(seconds=1))
    page = client.page(PAGE)
    assert BEGIN in links(page) and "23:59" in page.text
    clock.set(closes)
    assert BEGIN not in links(client.page(PAGE))


def test_a_closing_time_that_happens_twice_gives_people_the_second(client, clock, published, editor):
    closes = london(datetime(2027, 10, 31, tzinfo=UTC).date(), time(1, 30))
    actions.extend(published, closes_at=closes, reason=WHY, by=editor, now=OPENS)
    db.session.commit()
    clock.set(datetime(2027, 10, 31, 1, 29, tzinfo=UTC))
    assert BEGIN in links(client.page(PAGE))


def test_documents_say_type_size_and_language_and_are_only_ever_saved_to_disk(
    app, client, clock, database, editor, commissioner
):
    draft = make_draft(by=editor)
    folder = app.config["CONSULT"].files
    content = b"%PDF-1.7 " + b"x" * 120_000
    kept = actions.add_file(
        draft, title={"en": "The <plan>"}, language="pl", content=content, folder=folder, by=editor, now=NOW
    )
    send(draft, by=editor, now=NOW, catalogues=("en",))
    actions.approve(draft, by=commissioner, now=NOW, catalogues=("en",))
    db.session.commit()
    clock.set(OPENS)
    address = f"{PAGE}/documents/{kept.id}"
    page = client.page(PAGE)
    link = next(one for one in page.all("a") if one.get("href") == address)
    assert link.text == "The <plan> (PDF, 120 kB, in Polish)"
    response = client.get(address)
    assert response.get_data() == content and response.mimetype == "application/pdf"
    assert response.headers["Content-Disposition"] == "attachment; filename=the-plan.pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_documents_of_a_draft_and_removed_ones_are_not_served(app, client, clock, database, editor, commissioner):
    clock.set(NOW)
    draft = make_draft(by=editor)
    folder = app.config["CONSULT"].files
    kept = actions.add_file(
        draft, title={"en": "x"}, language="en", content=b"%PDF-1", folder=folder, by=editor, now=NOW
    )
    db.session.commit()
    address = f"{PAGE}/documents/{kept.id}"
    client.page(address, status=404)
    send(draft, by=editor, now=NOW, catalogues=("en",))
    actions.approve(draft, by=commissioner, now=NOW, catalogues=("en",))
    db.session.commit()
    assert client.get(address).status_code == 200
    actions.remove_document(kept, by=editor, now=NOW, reason=WHY)
    db.session.commit()
    client.page(address, status=404)
    client.page(f"{PAGE}/documents/{10**30}", status=404)


def test_hostile_words_stay_words(client, clock, database, editor, commissioner):
    hostile = {"en": "<script>alert(1)</script>{{ 7*7 }}\n\n- <b>x</b>"}
    names = ("title", "summary", "why", "decided", "still_open", "what_next")
    more: dict[str, Any] = {"contact_name": "<i>", **dict.fromkeys(names, hostile)}
    make_approved(by=editor, approver=commissioner, **more)
    db.session.commit()
    clock.set(OPENS)
    for path in (PAGE, "/", "/groups/purbeck"):
        page = client.page(path)
        assert not [one for one in page.all("script") if not one.get("src")] and "{{ 7*7 }}" in page.text


def test_page_names_itself_and_shares_its_title(client, clock, published):
    clock.set(OPENS)
    page = client.page(PAGE)
    assert page.all("main")[0].get("data-page") == "consultation"
    shared = {one.get("property"): one.get("content") for one in page.all("meta")}
    assert shared["og:image"].startswith("http://localhost/static/vendor/share.en.")
    assert shared["og:title"] == "The title of phones" and shared["og:description"] == "The summary of phones"


@pytest.mark.parametrize("path", ["/accessibility", "/privacy", "/cookies", "/contact", "/formats", "/groups", "/"])
def test_site_pages_can_be_kept_by_caches_and_set_no_cookie(client, path):
    response = client.get(path)
    assert response.status_code == 200 and "Set-Cookie" not in response.headers and max_age(response) > 0


def test_the_privacy_page_says_what_is_promised_and_what_remains(client):
    words = client.page("/privacy").text
    for said in (
        "at least 9 other people",
        "What we cannot rule out",
        "could read answers that still wait",
        "can give you away",
    ):
        assert said in words


def test_a_reader_gets_their_language_and_what_is_not_translated_is_marked(client, clock, published):
    clock.set(OPENS)
    polish = client.page(f"/pl{PAGE}")
    assert polish.all("html")[0].get("lang") == "pl" and polish.all("h1")[0].text == "The title of phones (pl)"
    assert f"/pl{BEGIN}" in links(polish)
    arabic = client.page(f"/ar{PAGE}")
    fallen_back = arabic.all("h1")[0].all("span")[0]
    assert arabic.all("html")[0].get("dir") == "rtl"
    assert (fallen_back.get("lang"), fallen_back.get("dir"), fallen_back.text) == ("en", "ltr", "The title of phones")


@pytest.mark.parametrize(
    "slug", ["%00", "PHONES", "phones%0a", "%ed%a0%80", "x" * 300, "'--", "..%2f..", "%F0%9F%98%80"]
)
def test_an_odd_address_is_simply_not_there(client, clock, published, slug):
    clock.set(OPENS)
    for path in (f"/consultations/{slug}", f"/groups/{slug}", f"/consultations/{slug}/documents/1"):
        client.page(path, status=404)


def test_what_is_not_there_says_so_in_the_readers_language(client):
    assert "check that it is right" not in client.page("/pl/consultations/nothing", status=404).text

"""What may tell who somebody is is pointed out before sending; it stops nobody and is kept nowhere."""

from __future__ import annotations

import pytest

from tests.answering.factories import NOW, make_open
from tests.answering.test_answering import START, begin, fill, hidden, page_of, rows
from tests.client import StrictClient, parse

WORDS = "Ring me on 07700 900123. Dr Patel knows. I live in BH15 2AB."


@pytest.fixture(autouse=True)
def noon(clock):
    clock.set(NOW)


@pytest.fixture
def asked(app):
    with app.app_context():
        make_open()


def check_after(client, words, **more):
    begin(client)
    fill(client, "p1", how="hard", **more)
    fill(client, "p2", why=words)
    return client.get(f"{START}/check")


def pieces(response):
    """What was pointed out, apart from the answers themselves."""
    tree = parse(response.get_data(as_text=True))
    boxes = [one for one in tree.all("div") if "nhsuk-inset-text" in one.get("class")]
    return [one.text for box in boxes for one in box.all("bdi")]


def test_each_piece_is_pointed_out_with_a_way_to_change_it(client, asked):
    response = check_after(client, WORDS)
    assert pieces(response) == ["07700 900123", "Dr Patel", "BH15 2AB"]
    links = [one for one in parse(response.get_data(as_text=True)).all("a") if "Change this answer" in one.text]
    assert [one.get("href").partition("/answer/")[2] for one in links] == ["p2?from=check#why"] * 3


def test_it_stops_nobody_and_what_was_written_is_sent_as_it_is(app, client, asked):
    response = check_after(client, WORDS)
    assert client.post(f"{START}/check", hidden(response)).headers["Location"].endswith("/equality")
    assert rows(app, "ballots") == 1


def test_ordinary_words_are_left_alone(client, asked):
    response = check_after(client, "The nurse was kind, but I waited 45 minutes for the doctor.")
    assert page_of(response) == "check" and pieces(response) == []


def test_words_after_other_are_looked_at_too(client, asked):
    begin(client)
    fill(client, "p1", how="other", how__other1="Mail jo@example.org")
    assert "jo@example.org" in pieces(client.get(f"{START}/check"))


@pytest.mark.parametrize(("language", "said"), [("pl", "wygląda na: numer telefonu"), ("ar", "يبدو أنه رقم هاتف")])
def test_it_is_said_in_the_language_of_the_page(app, asked, language, said):
    client = StrictClient(app)
    client.post(f"/{language}{START}")
    page = client.get(f"/{language}{START}/p1")
    client.post(f"/{language}{START}/p1", {**hidden(page), "how": "hard"})
    page = client.get(f"/{language}{START}/p2")
    client.post(f"/{language}{START}/p2", {**hidden(page), "why": WORDS})
    check = parse(client.get(f"/{language}{START}/check").get_data(as_text=True))
    assert any(said in one.text for one in check.all("li"))

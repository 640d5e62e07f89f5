"""Where the form is had: by everybody while it is open, and by staff before that, with the sheet of codes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from consult.extensions import db
from consult.publications.writers import available
from tests.accounts.factories import make_person, sign_in
from tests.answering.factories import CLOSES, NOW, make_open
from tests.client import StrictClient

PAPER = "/consultations/phones/paper"
STAFF = "/staff/consultations/phones/questionnaire/form/en"
TYPES = ["pdf", "html"] if available() else ["html"]


@pytest.fixture
def opened(database, clock):
    clock.set(NOW)
    made = make_open()
    db.session.commit()
    return made


def test_the_public_page_leads_to_every_language_and_size(app, opened):
    client = StrictClient(app)
    assert PAPER in [one.get("href") for one in client.page("/consultations/phones").all("a")]
    links = [one.get("href") for one in client.page(PAPER).all("a") if f"{PAPER}/" in str(one.get("href"))]
    sizes = [(form, size) for form in TYPES for size in ("ordinary", "large")]
    assert links == [f"{PAPER}/{language}/{size}.{form}" for language in ("en", "pl", "ar") for form, size in sizes]
    for link in (f"{PAPER}/ar/large.{TYPES[0]}", f"{PAPER}/en/ordinary.html"):
        given = client.plain.get(link)
        assert given.status_code == 200 and "public" in given.headers["Cache-Control"]
        assert not given.headers.getlist("Set-Cookie")
    assert "style-src 'sha256-" in given.headers["Content-Security-Policy"]
    assert "phones/1 en" in given.get_data(as_text=True)


@pytest.mark.parametrize("wrong", ["fr/ordinary.html", "en/huge.html", "en/ordinary.docx", "en/codes.html"])
def test_what_is_not_made_is_missing(app, opened, wrong):
    assert StrictClient(app).get(f"{PAPER}/{wrong}").status_code == 404


def test_after_closing_nobody_is_given_a_form(app, opened, clock):
    clock.set(CLOSES + timedelta(days=1))
    assert StrictClient(app).get(PAPER).status_code == 404
    assert StrictClient(app).get(f"{PAPER}/en/ordinary.html").status_code == 404


def test_where_only_the_invited_answer_everybody_gets_no_form_and_staff_do(app, opened):
    opened.invited_only = True
    db.session.commit()
    client = StrictClient(app)
    assert client.get(f"{PAPER}/en/ordinary.html").status_code == 404
    assert PAPER not in [one.get("href") for one in client.page("/consultations/phones").all("a")]
    browser = sign_in(app, make_person("editor", opened.group))
    assert browser.plain.get(f"{STAFF}/ordinary.html").status_code == 200


def test_staff_have_the_sheet_of_codes(app, opened):
    browser = sign_in(app, make_person("editor", opened.group))
    links = [one.get("href") for one in browser.page("/staff/consultations/phones/questionnaire/documents").all("a")]
    assert f"{STAFF}/codes.{TYPES[0]}" in links
    words = browser.plain.get(f"{STAFF}/codes.html").get_data(as_text=True)
    assert "phones/1 en" in words and "<strong>1  </strong>Easy" in words

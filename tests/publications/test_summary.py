"""The summary for a committee: what is public already, in plain words, on two pages, in every language."""

from __future__ import annotations

import io

import docx
import pytest
import weasyprint

from consult.extensions import db
from consult.publications.writers import available
from consult.results import actions
from tests.accounts.factories import make_person
from tests.feedback.factories import ANSWERS, make_feedback, make_row, publish
from tests.results.factories import AFTER, count, crowd, make_answered

SUMMARY = "/consultations/phones/summary"


@pytest.fixture
def published(app, database, clock):
    """Results, and an answer of each kind."""
    clock.set(AFTER)
    consultation = make_answered(app)
    actions.publish(consultation, by=None, now=AFTER)
    editor, commissioner = make_person("editor"), make_person("commissioner")
    publish(
        make_feedback(
            consultation, *(make_row("en", "pl", "ar", answer=one, **more) for one, more in ANSWERS.items()), by=editor
        ),
        by=editor,
        approver=commissioner,
    )
    db.session.commit()
    return consultation


def words(client, path):
    answer = client.get(path)
    assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
    return [one.text for one in docx.Document(io.BytesIO(answer.data)).paragraphs if one.text]


def test_it_says_what_was_asked_who_took_part_what_they_said_and_what_was_done(client, published):
    text = "\n".join(words(client, f"{SUMMARY}.docx"))
    assert "73 people took part. It was open from" in text and "so this is not a poll" in text
    assert "How easy is it? The most common answer was “Easy”, from about 5 in 10 people." in text
    assert "We changed 1 thing. 1 thing was already in our plan." in text
    assert "The phone is always busy" in text and "We cannot do this: There are not enough nurses" in text
    assert "/consultations/phones/results" in text and "/consultations/phones/you-said-we-did" in text


def test_a_hidden_figure_is_not_in_it(client, published):
    assert "Other" not in "\n".join(words(client, f"{SUMMARY}.docx"))


def test_its_figures_are_those_of_the_release_even_when_more_were_counted(client, published):
    before = words(client, f"{SUMMARY}.docx")
    count(published, crowd(0, 100, 0))
    db.session.commit()
    assert words(client, f"{SUMMARY}.docx") == before


def test_it_is_in_the_language_of_the_address_and_runs_that_way(client, published):
    page = client.plain.get(f"/ar{SUMMARY}.html").get_data(as_text=True)
    assert 'lang="ar" dir="rtl"' in page and "Given most" not in page and "Who took part" not in page


def test_without_results_there_is_none_and_no_page_leads_to_it(client, app, database, clock):
    clock.set(AFTER)
    make_answered(app)
    assert client.get(f"{SUMMARY}.docx").status_code == 404
    assert "summary.docx" not in client.get("/consultations/phones").get_data(as_text=True)


def test_only_the_formats_on_the_page_are_there(client, published):
    for form in ("exe", "doc", "md"):
        assert client.get(f"{SUMMARY}.{form}").status_code == 404
    links = [one.get("href") for one in client.page("/consultations/phones").all("a") if "summary" in one.get("href")]
    assert {link.rsplit(".", 1)[1] for link in links} >= {"docx", "html"}
    assert all(client.plain.get(link).status_code == 200 for link in links)


@pytest.mark.skipif(not available(), reason="PDF needs libraries of the machine")
def test_it_fits_on_two_pages_however_much_was_asked_and_answered(client, published):
    assert client.get(f"{SUMMARY}.pdf").data.startswith(b"%PDF")
    assert pages(client) <= 2
    published.summary = {"en": "\n\n".join(["A long paragraph about the matter. " * 12] * 6)}
    published.what_next = {"en": "\n\n".join(["What comes after that, and then. " * 12] * 6)}
    db.session.commit()
    assert pages(client) <= 2


def pages(client):
    """Sheets of A4 that the summary takes."""
    html = client.plain.get(f"{SUMMARY}.html").get_data(as_text=True)
    return len(weasyprint.HTML(string=html).render().pages)


def test_of_few_people_it_tells_no_figure(client, app, database, clock):
    clock.set(AFTER)
    consultation = make_answered(app, crowd(5, 2, 0))
    actions.publish(consultation, by=None, now=AFTER)
    db.session.commit()
    text = "\n".join(words(client, f"{SUMMARY}.docx"))
    assert "Fewer than ten people took part" in text and "most common" not in text and "7" not in text

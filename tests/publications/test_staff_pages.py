"""Staff save the questionnaire as a document, in each of its languages."""

from __future__ import annotations

import pytest

from consult.extensions import db
from consult.publications.writers import FORMATS
from tests.accounts.factories import make_person, sign_in
from tests.consultations.factories import NOW, make_draft
from tests.engagement.factories import make_group

DOCUMENTS = "/staff/consultations/phones/questionnaire/documents"


@pytest.fixture
def editor(database, clock):
    clock.set(NOW)
    return make_person("editor", make_group())


@pytest.fixture
def draft(editor):
    made = make_draft("en", "ar", by=editor)
    db.session.commit()
    return made


def test_every_language_and_format_is_linked_and_can_be_saved(app, editor, draft):
    browser = sign_in(app, editor)
    assert DOCUMENTS in [one.get("href") for one in browser.page("/staff/consultations/phones").all("a")]
    links = [one.get("href") for one in browser.page(DOCUMENTS).all("a") if f"{DOCUMENTS}/" in str(one.get("href"))]
    assert links == [f"{DOCUMENTS}/{language}.{form}" for language in ("en", "ar") for form in FORMATS]
    for link in links:
        saved = browser.plain.get(link)
        name = f"phones-{link.rpartition('/')[2]}"
        assert saved.status_code == 200 and saved.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        assert saved.headers["Content-Type"] == FORMATS[link.rpartition(".")[2]].mimetype


@pytest.mark.parametrize("name", ["cy.html", "en.exe", "en.xlsform"])
def test_there_is_no_other_document(app, editor, draft, name):
    sign_in(app, editor).page(f"{DOCUMENTS}/{name}", status=404)


def test_without_pango_the_page_says_so_and_the_others_are_there(app, editor, draft, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)
    browser = sign_in(app, editor)
    page = browser.page(DOCUMENTS)
    assert "PDF is not available on this machine" in page.text
    assert not [one for one in page.all("a") if str(one.get("href")).endswith(".pdf")]
    assert browser.page(f"{DOCUMENTS}/en.pdf", status=409)
    assert browser.plain.get(f"{DOCUMENTS}/en.docx").status_code == 200


def test_promoters_see_no_questionnaire(app, editor, draft):
    promoter = make_person("promoter", draft.group)
    db.session.commit()
    browser = sign_in(app, promoter)
    assert [browser.get(one).status_code for one in (DOCUMENTS, f"{DOCUMENTS}/en.html")] == [403, 403]

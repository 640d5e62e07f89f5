"""A questionnaire in a document or pasted: what was understood is shown, and kept only when somebody says so."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from consult.consultations.queries import by_slug
from consult.exchange import queries
from consult.extensions import db
from tests.accounts.factories import make_person, sign_in
from tests.consultations.factories import NOW, make_draft
from tests.engagement.factories import make_group

PASTE = "/staff/consultations/phones/import/text"
KEEP = f"{PASTE}/keep"
HOSTILE = "<script>alert('x')</script>"
TEXT = f"""Phone lines survey

About you

1. Are you a patient? (tick one)
☐ Yes
☐ No (go to question 3)

2. How do you contact us? (tick all that apply)
a) By phone
b) Another way (please specify) ______

3. {HOSTILE} Any other comments?
____________________
____________________
"""


@pytest.fixture
def editor(database, clock):
    clock.set(NOW)
    return make_person("editor", make_group())


@pytest.fixture
def draft(editor):
    made = make_draft(by=editor)
    db.session.commit()
    return made


def pages(browser, text=TEXT):
    done = browser.post(PASTE, data={"text": text})
    assert done.status_code == 200
    return done


def test_what_was_understood_stands_beside_its_lines_and_nothing_is_kept(app, editor, draft):
    browser = sign_in(app, editor)
    assert browser.page(PASTE).all("h1")[0].text == "Bring in a document or pasted text"
    told = pages(browser).get_data(as_text=True)
    assert "What was understood" in told and "3 questions were understood" in told
    assert "Are you a patient?" in told and "☐ No (go to question 3)" in told
    assert HOSTILE not in told
    assert list(by_slug("phones").questionnaire().question_by_key) == ["how", "why"]
    assert queries.latest(by_slug("phones")) is None


def test_keeping_it_makes_the_questionnaire_with_its_routes_and_its_report(app, editor, draft):
    browser = sign_in(app, editor)
    done = browser.post(KEEP, data={"text": TEXT, "filename": "survey.docx"})
    assert done.status_code == 303
    kept = by_slug("phones").questionnaire()
    assert [(one.key, one.kind) for one in kept.questions] == [
        ("q1", "yes_no"), ("q2", "multiple_choice"), ("q3", "long_text"),
    ]  # fmt: skip
    assert kept.question_by_key["q2"].show is not None
    assert [option.other for option in kept.question_by_key["q2"].options] == [False, True]
    report = queries.latest(by_slug("phones"))
    assert report.file == "survey.docx"
    assert any(loss["said"] == "go to question 3" for loss in report.losses)


def test_somebody_can_choose_another_kind_or_leave_a_question_out(app, editor, draft):
    browser = sign_in(app, editor)
    chosen = {"kind-9": "single_choice", "kind-13": "leave"}
    assert browser.post(KEEP, data={"text": TEXT, "filename": "t", **chosen}).status_code == 303
    kept = by_slug("phones").questionnaire()
    assert [(one.key, one.kind) for one in kept.questions] == [("q1", "yes_no"), ("q2", "single_choice")]
    losses = queries.latest(by_slug("phones")).losses
    assert any(loss["severity"] == "lost" and "leave this question out" in loss["done"] for loss in losses)


def test_a_kind_that_does_not_exist_changes_nothing(app, editor, draft):
    browser = sign_in(app, editor)
    browser.post(KEEP, data={"text": TEXT, "filename": "t", "kind-9": "nonsense"})
    assert by_slug("phones").questionnaire().question_by_key["q2"].kind == "multiple_choice"


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"%PDF-1.7 x", "a.pdf", "is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "a.doc", "older kind of document"),
        (b"PK\x03\x04broken", "a.docx", "is broken"),
        (b"\x00\x01\x02" * 20, "a.txt", "neither a document"),
        (b"   \n  ", "a.txt", "has no words"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(app, editor, draft, content, name, sentence):
    browser = sign_in(app, editor)
    done = browser.post(PASTE, data={"file": (io.BytesIO(content), name)}, content_type="multipart/form-data")
    assert done.status_code == 422 and sentence in done.get_data(as_text=True)


def test_nothing_at_all_is_refused(app, editor, draft):
    done = sign_in(app, editor).post(PASTE, data={"text": "  "})
    assert done.status_code == 422 and "Choose a document or paste the questions" in done.get_data(as_text=True)


def test_words_without_a_question_are_refused(app, editor, draft):
    done = sign_in(app, editor).post(PASTE, data={"text": "Only a sentence that says something."})
    assert done.status_code == 422 and "no question that can be asked" in done.get_data(as_text=True)


def document() -> bytes:
    made = docx.Document()
    made.add_heading("Clinic survey", 0)
    made.add_heading("Opening hours", 1)
    made.add_paragraph("Which hours suit you? (tick one)", style="List Number")
    for label in ("Mornings", "Evenings", "Other (please specify)"):
        made.add_paragraph(label, style="List Bullet")
    made.add_paragraph("How good are these?", style="List Number")
    table = made.add_table(rows=3, cols=3)
    for cell, text in zip(table.rows[0].cells, ["", "Good", "Poor"], strict=True):
        cell.text = text
    table.rows[1].cells[0].text, table.rows[2].cells[0].text = "Doors", "Seats"
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def test_a_word_document_is_read_with_its_lists_and_tables(app, editor, draft):
    browser = sign_in(app, editor)
    data = {"file": (io.BytesIO(document()), "clinic.docx")}
    told = browser.post(PASTE, data=data, content_type="multipart/form-data").get_data(as_text=True)
    for words in ("Clinic survey", "Opening hours", "Which hours suit you?", "Evenings", "Doors", "Seats", "Poor"):
        assert words in told
    assert "2 questions were understood" in told


def test_a_document_that_unpacks_to_far_more_than_it_is_is_refused(app, editor, draft):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<x>" + b" " * (25 * 1024 * 1024) + b"</x>")
    data = {"file": (io.BytesIO(held.getvalue()), "bomb.docx")}
    done = sign_in(app, editor).post(PASTE, data=data, content_type="multipart/form-data")
    assert done.status_code == 422 and "more text than a questionnaire can" in done.get_data(as_text=True)


def test_only_editors_of_the_group_can_bring_text_in(app, editor, draft):
    analyst = make_person("analyst", draft.group)
    db.session.commit()
    browser = sign_in(app, analyst)
    assert [browser.post(one, data={"text": TEXT}).status_code for one in (PASTE, KEEP)] == [403, 403]

"""Formal submissions come in, staff look at them, they are counted apart, and what is shown is what was allowed."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest

from consult.accounts.models import StaffEvent
from consult.accounts.work import steps
from consult.answering import jobs as settling
from consult.answering import queries as answers
from consult.consultations.models import Consultation
from consult.correspondence import actions, jobs, queries
from consult.correspondence.actions.submissions import Said
from consult.correspondence.models import Submission, SubmissionContact
from consult.domain.errors import Missing, NotNow, Rejected
from consult.extensions import db
from consult.results import actions as results
from tests.accounts.factories import make_person, sign_in
from tests.answering.crowd import make_crowd
from tests.answering.factories import CLOSES, NOW, make_open
from tests.client import StrictClient
from tests.engagement.factories import make_group

SEND = "/consultations/phones/submission"
SHOWN = "/consultations/phones/submissions"
GOOD = {
    "kind": "organisation",
    "name": "Friends of <Swanage> Hospital",
    "capacity": "For our 200 members",
    "words": "We are against it.",
    "permission": "named",
    "email": "chair@example.org",
}
PETITION = {**GOOD, "kind": "petition", "name": "Keep it", "signatures": "1 204", "signatures_counted": "By hand"}
AFTER = CLOSES + timedelta(hours=2)
PDF = b"%PDF-1.7\n%%EOF"


def packed(names: dict[str, bytes], **more: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in names.items():
            archive.writestr(name, content, **more)
    return out.getvalue()


WORD = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}
ODT = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<o/>"}


@pytest.fixture
def phones(database, clock):
    clock.set(NOW)
    return make_open(equality=False)


@pytest.fixture
def staff(phones):
    """An editor and a commissioner of the group, and an editor of another."""
    return (
        make_person("editor", phones.group),
        make_person("commissioner", phones.group),
        make_person("editor", make_group("mid", "Mid Dorset")),
    )


def post(client: StrictClient, data: dict[str, Any], path: str = SEND, content: bytes | None = None, **more: Any):
    """A form with a document."""
    if content is not None:
        data = {**data, "file": (io.BytesIO(content), "It is.pdf")}
    return client.post(path, data, content_type="multipart/form-data", **more)


def kept() -> list[Submission]:
    return list(queries.submissions(None))


def recorded(consultation: Consultation, folder, **more: Any) -> Submission:
    """One that came by post and counts."""
    given = {
        "kind": "organisation",
        "name": "The Trust",
        "permission": "named",
        "summary": {"en": "They agree."},
        **more,
    }
    return actions.record_submission(
        consultation,
        said=Said(**given),
        came_by="post",
        received_on=NOW.date(),
        acknowledged_on=None,
        content=None,
        folder=folder,
        by=None,
        now=NOW,
    )


# Sending


def test_an_organisation_sends_one_from_the_consultations_page_and_it_waits_to_be_looked_at(app, client, phones):
    assert SEND in [one.get("href") for one in client.page("/consultations/phones").all("a")]
    assert client.get(SEND).status_code == 200
    response = post(client, GOOD, content=PDF)
    assert (response.status_code, response.headers["Location"]) == (303, f"{SEND}/thanks")
    assert client.get(f"{SEND}/thanks").status_code == 200 and "Set-Cookie" not in response.headers
    (one,) = kept()
    assert (one.state, one.came_by, one.kind, one.file_kind, one.received_on) == (
        "new",
        "site",
        "organisation",
        "pdf",
        NOW.date(),
    )
    assert (app.config["CONSULT"].files / one.sha256).read_bytes() == PDF
    assert queries.contact(one).email == "chair@example.org" and queries.counts(phones).total == 0


def test_a_petition_says_how_many_signed_and_how_that_was_counted(client, phones):
    assert post(client, PETITION).status_code == 303
    assert (kept()[0].signatures, kept()[0].signatures_counted) == (1204, "By hand")


def test_what_cannot_be_used_is_shown_again_and_nothing_is_kept(client, phones):
    for change, words in (
        ({"kind": ""}, "Choose who sends this"),
        ({"kind": "individual"}, "Choose from the answers shown"),
        ({"name": " "}, "Enter a name"),
        ({"name": "x" * 201}, "Shorten this"),
        ({"words": " \x00"}, "Write what you want to say, or choose a document"),
        ({"words": "x" * 20_001}, "Shorten this"),
        ({"permission": ""}, "Choose what we may publish"),
        ({"email": ""}, "Enter your email address"),
        ({"email": "nobody"}, "Enter an email address"),
        ({"kind": "petition"}, "Enter how many people signed"),
        ({"kind": "petition", "signatures": "many"}, "Enter how many people signed"),
        ({"kind": "petition", "signatures": "-3"}, "Enter how many people signed"),
        ({"kind": "petition", "signatures": "²"}, "Enter how many people signed"),
        ({"kind": "petition", "signatures": "99999999999"}, "Enter how many people signed"),
        ({"kind": "petition", "signatures": "12"}, "Say how the signatures were counted"),
    ):
        response = post(client, {**GOOD, **change})
        assert response.status_code == 422 and words in response.get_data(as_text=True)
        assert kept() == [] and db.session.query(SubmissionContact).all() == []


def test_a_document_that_is_something_else_or_too_large_is_refused(app, client, phones):
    for content, words in (
        (b"", "Choose a PDF, ODT or DOCX"),
        (b"MZ\x90\x00 a program", "Choose a PDF, ODT or DOCX"),
        (b"<html><script>alert(1)</script>", "Choose a PDF, ODT or DOCX"),
        (b"PK\x03\x04 broken", "Choose a PDF, ODT or DOCX"),
        (packed({"anything.txt": b"x"}), "Choose a PDF, ODT or DOCX"),
        (packed({**WORD, "word/vbaProject.bin": b"x"}), "Choose a PDF, ODT or DOCX"),
        (packed({"mimetype": b"application/zip"}), "Choose a PDF, ODT or DOCX"),
        (PDF + b"x" * (10 * 1024 * 1024), "10 MB or less"),
    ):
        response = post(client, GOOD, content=content)
        assert response.status_code == 422 and words in response.get_data(as_text=True)
        folder = app.config["CONSULT"].files
        assert kept() == [] and (not folder.exists() or list(folder.iterdir()) == [])


def test_a_body_larger_than_any_form_is_refused(client, phones):
    assert post(client, GOOD, content=b"x" * (33 * 1024 * 1024)).status_code == 413


@pytest.mark.parametrize(("content", "kind"), [(packed(WORD), "docx"), (packed(ODT), "odt")])
def test_documents_are_known_by_what_is_inside(client, phones, content, kind):
    assert post(client, GOOD, content=content).status_code == 303
    assert kept()[0].file_kind == kind


def test_a_document_that_would_fill_the_memory_when_opened_is_never_opened(client, phones):
    bomb = packed({**WORD, "word/media/bomb": b"\0" * (400 * 1024 * 1024)})
    assert len(bomb) < 1024 * 1024
    tracemalloc.start()
    try:
        assert post(client, GOOD, content=bomb).status_code == 303
        assert tracemalloc.get_traced_memory()[1] < 60 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_it_can_be_sent_while_open_and_at_no_other_time(client, phones, clock):
    for moment in (CLOSES, AFTER):
        clock.set(moment)
        assert post(client, GOOD).status_code == 409
        assert "cannot be sent now" in client.page(SEND).text
    clock.set(NOW)
    phones.paused_at = NOW
    db.session.commit()
    assert post(client, GOOD).status_code == 409
    phones.state = "draft"
    db.session.commit()
    assert [client.get(path).status_code for path in (SEND, f"{SEND}/thanks", SHOWN)] == [404] * 3
    assert kept() == []


def test_another_website_cannot_send_it(client, phones):
    assert post(client, GOOD, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert kept() == []


# Looking at it, and counting


def test_it_counts_when_staff_say_so_and_is_shown_after_closing_as_was_allowed(app, client, phones, staff, clock):
    post(client, GOOD)
    (sent,) = kept()
    editor = sign_in(app, staff[0])
    path = f"/staff/submissions/{sent.id}"
    assert "We are against it." in editor.page(path).text
    day = {"received_on-day": "23", "received_on-month": "11", "received_on-year": "2026"}
    given = {**GOOD, **day, "language": "en", "came_by": "site", "state": "counted"}
    assert "in our words" in post(editor, given, path).get_data(as_text=True)
    assert post(editor, {**given, "summary_en": "They oppose the move."}, path).status_code == 303
    assert "They oppose" not in client.page(SHOWN).text and "1 formal" not in client.page("/consultations/phones").text
    clock.set(AFTER)
    page = client.page(SHOWN).text
    assert (
        "1 formal submission:" in page and "Friends of <Swanage> Hospital" in page and "They oppose the move." in page
    )
    assert "We are against it." not in page and "chair@" not in page
    assert "1 formal submission" in client.page("/consultations/phones").text


def test_what_may_not_be_shown_is_counted_and_what_may_be_shown_without_a_name_has_none(app, client, phones, clock):
    folder = app.config["CONSULT"].files
    recorded(phones, folder, permission="none", name="Secret", summary={})
    recorded(phones, folder, permission="unnamed", name="Shy", capacity="For Shy", summary={"en": "They worry."})
    recorded(phones, folder, name="Bold")
    aside = recorded(phones, folder, name="Spam")
    aside.state = "set_aside"
    db.session.commit()
    clock.set(AFTER)
    page = client.page(SHOWN).text
    assert "3 formal submissions:" in page and "3 organisations" in page and "They worry." in page and "Bold" in page
    assert not any(name in page for name in ("Secret", "Shy", "Spam"))


def test_each_kind_is_told_and_a_petition_counts_once(app, client, phones, clock):
    folder = app.config["CONSULT"].files
    for kind in ("councillor", "mp", "scrutiny", "individual"):
        recorded(phones, folder, kind=kind)
    recorded(phones, folder, kind="petition", signatures=1_204, signatures_counted="By hand")
    db.session.commit()
    clock.set(AFTER)
    page = client.page(SHOWN).text
    for words in ("5 formal submissions", "1 petition with 1,204 signatures", "1 scrutiny committee", "1 councillor"):
        assert words in page


def test_they_are_never_added_to_the_responses_and_stand_beside_the_results(app, database, client, clock):
    crowd = make_crowd()
    clock.set(NOW)
    settling.settle_what_is_due()
    crowd.send(30)
    consultation = db.session.get_one(Consultation, crowd.consultation_id)
    for _ in range(3):
        recorded(consultation, app.config["CONSULT"].files)
    db.session.commit()
    clock.set(AFTER)
    settling.settle_what_is_due()
    consultation = db.session.get_one(Consultation, crowd.consultation_id)
    release = results.publish(consultation, by=None, now=AFTER)
    assert answers.responses(db.session, consultation.id) == 30 == release.released().responses
    db.session.commit()
    page = client.page(f"/consultations/{consultation.slug}/results").text
    assert "3 formal submissions:" in page and "They are not among the responses" in page
    assert "The Trust" not in client.get(f"/consultations/{consultation.slug}/results.json").get_data(as_text=True)


def test_staff_record_what_came_on_paper(app, phones, staff):
    editor = sign_in(app, staff[0])
    path = "/staff/consultations/phones/submissions/new"
    given = {
        **GOOD,
        "kind": "individual",
        "name": "Jo Bloggs",
        "language": "en",
        "came_by": "post",
        "summary_en": "Jo is for it.",
        "summary_pl": "Jo jest za.",
        "received_on-day": "20",
        "received_on-month": "11",
        "received_on-year": "2026",
    }
    assert editor.get(path).status_code == 200
    late = post(editor, {**given, "received_on-year": "2027"}, path)
    assert late.status_code == 422 and "cannot be in the future" in late.get_data(as_text=True)
    assert post(editor, given, path, content=PDF).status_code == 303
    (one,) = kept()
    assert (one.name, one.state, one.received_on, one.summary["pl"]) == (
        "Jo Bloggs",
        "counted",
        date(2026, 11, 20),
        "Jo jest za.",
    )
    response = editor.get(f"/staff/submissions/{one.id}/document")
    assert response.data == PDF and response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    (event,) = db.session.query(StaffEvent).filter_by(verb="record_submission").all()
    assert event.note == "counted" and "Bloggs" not in event.thing


def test_a_draft_has_no_submissions(app, phones):
    phones.state = "draft"
    with pytest.raises(NotNow):
        recorded(phones, app.config["CONSULT"].files)


@pytest.mark.parametrize("change", [{"came_by": "owl"}, {"state": "gone"}, {"acknowledged_on": date(2020, 1, 1)}])
def test_what_a_form_cannot_say_is_refused(app, phones, change):
    folder = app.config["CONSULT"].files
    one = recorded(phones, folder)
    given = {"state": "counted", "came_by": "post", "received_on": NOW.date(), "acknowledged_on": None, **change}
    said = Said("organisation", "Trust", "none")
    with pytest.raises(Rejected):
        actions.edit_submission(one, said=said, content=None, folder=folder, by=None, now=NOW, **given)


def test_editors_record_others_of_the_group_look_and_strangers_do_neither(app, client, phones, staff):
    post(client, {**GOOD, "permission": "none"}, content=PDF)
    (sent,) = kept()
    path, new = f"/staff/submissions/{sent.id}", "/staff/consultations/phones/submissions/new"
    day = {"received_on-day": "23", "received_on-month": "11", "received_on-year": "2026"}
    given = {**GOOD, **day, "permission": "none", "language": "en", "came_by": "email", "state": "counted"}
    editor, commissioner, stranger = staff
    analyst = make_person("analyst", phones.group)
    for person, see, save in ((stranger, 403, 403), (commissioner, 200, 403), (analyst, 200, 403), (editor, 200, 303)):
        signed_in = sign_in(app, person)
        assert signed_in.get(path).status_code == signed_in.get(f"{path}/document").status_code == see
        assert post(signed_in, given, path).status_code == post(signed_in, given, new).status_code == save
        assert signed_in.get(new).status_code == (200 if person is editor else 403)
    assert "Swanage" not in sign_in(app, stranger).page("/staff/submissions").text
    for url in (path, new, f"{path}/document", "/staff/submissions"):
        assert client.get(url).status_code == 303


def test_the_list_can_be_filtered(app, phones, staff):
    folder = app.config["CONSULT"].files
    recorded(phones, folder, name="Alpha")
    recorded(phones, folder, name="Beta", kind="councillor")
    client = sign_in(app, staff[0])
    for query, there, gone in (
        ("kind=councillor", "Beta", "Alpha"),
        ("kind=organisation&state=counted", "Alpha", "Beta"),
        ("about=phones", "Beta", "Gamma"),
        ("state=new", "There are none", "Alpha"),
        ("kind=nonsense", "Alpha", "Gamma"),
        ("about=elsewhere", "Alpha", "Gamma"),
    ):
        page = client.page(f"/staff/submissions?{query}").text
        assert there in page and gone not in page, query


def to_do(person):
    """What is next for somebody, besides being told what is open."""
    return [one for one in steps(person, NOW) if one.kind != "open"]


def test_my_work_and_the_staff_page_say_what_waits(app, client, phones, staff):
    post(client, GOOD)
    with app.test_request_context("/staff/"):
        (step,) = to_do(staff[0])
        assert (step.title, step.due) == ("Look at 1 formal submission: Phones", date(2026, 11, 30))
        assert to_do(staff[1]) == to_do(staff[2]) == []
    assert "1, of which 1 to be looked at" in sign_in(app, staff[0]).page("/staff/consultations/phones").text


def test_numbers_that_do_not_exist_are_missing(database):
    for number in (0, 1, 2**63, 10**40):
        with pytest.raises(Missing):
            queries.submission(number)


# Telling, and forgetting


def test_whoever_sent_it_is_told_once_in_their_language_and_the_day_is_kept(app, client, phones, monkeypatch):
    sent: list[dict[str, str]] = []

    class Letterbox:
        def send(self, **letter: str) -> None:
            if letter["to"].endswith("broken"):
                raise OSError("no")
            sent.append(letter)

    monkeypatch.setattr(jobs, "post_of", lambda _settings: Letterbox())
    post(client, GOOD, f"/pl{SEND}")
    post(client, {**GOOD, "email": "x@example.org.broken"})
    for _ in range(2):
        with pytest.raises(OSError, match="no"):
            jobs.thank_for_submissions()
    (letter,) = sent
    assert letter["to"] == "chair@example.org" and "/pl/consultations/phones" in letter["body"]
    assert "We have your" not in letter["body"] and "Swanage" not in letter["body"]
    db.session.expire_all()
    assert sorted(str(one.acknowledged_on) for one in kept()) == ["2026-11-23", "None"]


def test_the_address_is_forgotten_and_the_submission_stays(client, phones, clock):
    post(client, GOOD)
    clock.set(CLOSES + timedelta(days=89))
    jobs.forget_contacts()
    assert len(db.session.query(SubmissionContact).all()) == 1
    clock.set(CLOSES + timedelta(days=91))
    jobs.forget_contacts()
    db.session.expire_all()
    assert db.session.query(SubmissionContact).all() == [] and len(kept()) == 1


@pytest.mark.parametrize("language", ["pl", "ar", "ro", "cy", "ur"])
def test_every_page_is_there_in_every_language(app, client, phones, clock, language):
    folder = app.config["CONSULT"].files
    recorded(phones, folder, kind="petition", signatures=1_204, signatures_counted="By hand")
    db.session.commit()
    for path, english in ((SEND, "Who sends this"), (f"{SEND}/thanks", "Thank you"), (SHOWN, "after closing")):
        assert english not in client.page(f"/{language}{path}").text
    assert "formal submission" not in client.page(f"/{language}/consultations/phones").text
    clock.set(AFTER)
    for path, english in ((SEND, "cannot be sent"), (SHOWN, "signature")):
        assert english not in client.page(f"/{language}{path}").text

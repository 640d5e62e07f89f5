"""Anybody asks, somebody answers in time, what is published names nobody, and addresses are forgotten."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from consult.accounts.models import StaffEvent
from consult.accounts.work import steps
from consult.correspondence import actions, jobs, queries
from consult.correspondence.models import Enquiry, FormatRequest
from consult.domain.errors import Missing, NotNow, Rejected
from consult.extensions import db
from tests.accounts.factories import make_person, sign_in
from tests.answering.factories import CLOSES, NOW, make_open
from tests.engagement.factories import make_group

ASK = "/consultations/phones/questions/ask"
QUESTIONS = "/consultations/phones/questions"
GOOD = {"question": "Will <b>my</b> surgery close? I am Jo Bloggs.", "email": "jo@example.org"}
WORDS = {"question_en": "Will surgeries close?", "answer_en": "No.\n\nNone of them."}


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


def asked(consultation, **more) -> Enquiry:
    given = {"question": GOOD["question"], "email": GOOD["email"], "language": "en", "now": NOW, **more}
    return actions.ask(consultation, **given)


class Letterbox:
    """Keeps what was sent; refuses addresses at `broken`."""

    def __init__(self) -> None:
        self.sent: list[dict[str, str]] = []

    def send(self, *, to: str, subject: str, body: str) -> None:
        if to.endswith("broken"):
            raise OSError("no")
        self.sent.append({"to": to, "subject": subject, "body": body})


@pytest.fixture
def letters(monkeypatch):
    box = Letterbox()
    monkeypatch.setattr(jobs, "post_of", lambda _settings: box)
    return box


# Asking


def test_anybody_asks_from_the_consultations_page_without_an_account(client, phones):
    assert QUESTIONS in [one.get("href") for one in client.page("/consultations/phones").all("a")]
    assert ASK in [one.get("href") for one in client.page(QUESTIONS).all("a")]
    assert client.get(ASK).status_code == 200
    response = client.post(ASK, GOOD)
    assert (response.status_code, response.headers["Location"]) == (303, f"{QUESTIONS}/thanks")
    assert client.get(f"{QUESTIONS}/thanks").status_code == 200 and "Set-Cookie" not in response.headers
    (kept,) = queries.enquiries(None)
    assert (kept.asks, kept.email, kept.state, kept.language) == (GOOD["question"], GOOD["email"], "waiting", "en")
    assert kept.due_on == date(2026, 12, 7)


def test_the_address_may_be_left_out(client, phones):
    assert client.post(ASK, {"question": "Why?"}).status_code == 303
    assert queries.enquiries(None)[0].email == ""


def test_what_cannot_be_used_is_shown_again(client, phones):
    for change, words in (
        ({"question": " \x00"}, "Enter your question"),
        ({"question": "x" * 2_001}, "Shorten this"),
        ({"email": "nobody"}, "Enter an email address"),
        ({"email": "a@example.org\nBcc: b@example.org"}, "Enter an email address"),
        ({"email": f"{'x' * 300}@example.org"}, "Shorten this"),
    ):
        response = client.post(ASK, {**GOOD, **change})
        assert response.status_code == 422 and words in response.get_data(as_text=True)
        assert queries.enquiries(None) == []


def test_questions_are_taken_until_it_is_reported_or_withdrawn(client, phones, clock):
    clock.set(CLOSES + timedelta(days=1))
    assert client.post(ASK, GOOD).status_code == 303
    phones.withdrawn_at, phones.withdrawn_answers = NOW, "kept"
    db.session.commit()
    assert client.post(ASK, GOOD).status_code == 409
    assert "not taken any more" in client.page(ASK).text


def test_a_draft_has_no_page_of_questions(client, phones):
    phones.state = "draft"
    db.session.commit()
    assert [client.get(path).status_code for path in (QUESTIONS, ASK, f"{QUESTIONS}/thanks")] == [404] * 3
    assert client.post(ASK, GOOD).status_code == 404


def test_another_website_cannot_send_it(client, phones):
    assert client.post(ASK, GOOD, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert queries.enquiries(None) == []


@pytest.mark.parametrize("language", ["pl", "ar", "ro", "cy", "ur"])
def test_every_page_is_there_in_every_language(client, phones, language):
    enquiry = asked(phones)
    actions.publish(enquiry, question={"en": "Q"}, answer={"en": "A"}, words="", by=None, now=NOW)
    db.session.commit()
    for path, english in ((ASK, "Ask a question"), (QUESTIONS, "Answered on"), (f"{QUESTIONS}/thanks", "Thank you")):
        assert english not in client.page(f"/{language}{path}").text
    client.post(f"/{language}{ASK}", GOOD)
    assert language in {one.language for one in queries.enquiries(None)}


# Answering


def test_what_is_published_is_in_our_words_and_names_nobody(app, client, phones, staff):
    enquiry = asked(phones)
    response = sign_in(app, staff[0]).post(f"/staff/enquiries/{enquiry.id}", {"decision": "published", **WORDS})
    assert response.status_code == 303
    page = client.page(QUESTIONS)
    assert "Will surgeries close?" in page.text and "None of them." in page.text and "23 November 2026" in page.text
    assert "Bloggs" not in page.text and "example.org" not in page.text.replace("team@example.org", "")
    assert "1 question answered" in client.page("/consultations/phones").text


@pytest.mark.parametrize(
    "question",
    ["Jo (jo@example.org) asks", "NHS number 943 476 5919?", "In DT11 7TF?", "Born 3 March 1950?", "01202 555 012?"],
)
def test_a_published_question_that_tells_who_asked_is_refused(phones, question):
    enquiry = asked(phones)
    with pytest.raises(Rejected) as refused:
        actions.publish(enquiry, question={"en": question}, answer={"en": "A"}, words="", by=None, now=NOW)
    assert refused.value.field == "question_en" and enquiry.state == "waiting"


def test_it_is_published_in_each_language_there_are_words_in(client, phones):
    enquiry = asked(phones)
    question = {"en": "Will they close?", "ar": "هل ستغلق؟", "pl": ""}
    actions.publish(enquiry, question=question, answer={"en": "No.", "ar": "لا."}, words="", by=None, now=NOW)
    db.session.commit()
    assert "هل ستغلق؟" in client.page(f"/ar{QUESTIONS}").text
    assert "Will they close?" in client.page(f"/pl{QUESTIONS}").text


def test_half_an_answer_is_refused(app, phones, staff):
    for given, words in (
        ({}, "Choose what should happen"),
        ({"decision": "published"}, "Enter the question in words that name nobody"),
        ({"decision": "published", "question_en": "Q"}, "Enter the answer"),
        ({"decision": "published", "question_pl": "Q", "answer_pl": "A"}, "Enter the question in words"),
        ({"decision": "private"}, "Enter the reply"),
        ({"decision": "burn"}, "Choose from the answers shown"),
    ):
        enquiry = asked(phones)
        response = sign_in(app, staff[0]).post(f"/staff/enquiries/{enquiry.id}", given)
        assert response.status_code == 422 and words in response.get_data(as_text=True)


def test_nobody_without_an_address_can_be_answered_alone(phones):
    enquiry = asked(phones, email="")
    with pytest.raises(Rejected):
        actions.reply(enquiry, words="No.", by=None, now=NOW)


def test_what_is_settled_stays_settled_and_what_is_published_can_be_corrected(phones):
    private, published = asked(phones), asked(phones)
    actions.reply(private, words="No.", by=None, now=NOW)
    actions.publish(published, question={"en": "Q"}, answer={"en": "A"}, words="", by=None, now=NOW)
    for act in (
        lambda: actions.reply(private, words="Yes.", by=None, now=NOW),
        lambda: actions.set_aside(published, by=None, now=NOW),
        lambda: actions.publish(private, question={"en": "Q"}, answer={"en": "A"}, words="", by=None, now=NOW),
    ):
        with pytest.raises(NotNow):
            act()
    later = NOW + timedelta(days=3)
    actions.publish(published, question={"en": "Q"}, answer={"en": "B"}, words="", by=None, now=later)
    assert (published.published_answer, published.answered_on) == ({"en": "B"}, NOW.date())


def test_set_aside_forgets_the_address_at_once(phones):
    enquiry = asked(phones)
    actions.set_aside(enquiry, by=None, now=NOW)
    assert enquiry.email == ""


def test_editors_answer_commissioners_look_and_strangers_do_neither(app, phones, staff):
    enquiry = asked(phones)
    db.session.commit()
    path = f"/staff/enquiries/{enquiry.id}"
    editor, commissioner, stranger = staff
    for person, see, save in ((stranger, 403, 403), (commissioner, 200, 403), (editor, 200, 303)):
        client = sign_in(app, person)
        assert client.get(path).status_code == see
        assert client.post(path, {"decision": "published", **WORDS}).status_code == save
        assert client.post(f"{path}/told").status_code == save
    assert "Bloggs" not in sign_in(app, stranger).page("/staff/enquiries").text
    assert "Bloggs" in sign_in(app, commissioner).page("/staff/enquiries?state=published").text
    assert "Bloggs" not in sign_in(app, commissioner).page("/staff/enquiries?state=waiting").text
    events = db.session.query(StaffEvent).filter_by(verb="answer_enquiry").all()
    assert [event.note for event in events] == ["published"] and "Bloggs" not in events[0].thing


def to_do(person):
    """What is next for somebody, besides being told what is open."""
    return [one for one in steps(person, NOW) if one.kind != "open"]


def test_my_work_counts_what_waits_and_says_when_the_first_is_due(app, phones, staff):
    first = asked(phones)
    asked(phones, now=NOW + timedelta(days=4))
    db.session.commit()
    with app.test_request_context("/staff/"):
        (step,) = to_do(staff[0])
        assert (step.due, step.title) == (first.due_on, "Answer 2 questions: Phones")
        assert to_do(staff[2]) == []


def test_numbers_that_do_not_exist_are_missing(database):
    for number in (0, 1, 2**63, 10**40):
        with pytest.raises(Missing):
            queries.enquiry(number)


# Telling, and forgetting


def test_a_reply_is_sent_once_in_the_language_of_the_question_and_the_address_forgotten(app, phones, letters):
    enquiry = asked(phones, language="pl")
    actions.reply(enquiry, words="Nie.", by=None, now=NOW)
    db.session.commit()
    assert (jobs.reply_to_questions(), jobs.reply_to_questions()) == (1, 0)
    (letter,) = letters.sent
    assert letter["to"] == "jo@example.org" and "Nie." in letter["body"] and "Our answer" not in letter["subject"]
    assert queries.enquiry(enquiry.id).email == ""


def test_whoever_left_an_address_gets_the_published_answer_and_its_address(app, phones, letters):
    enquiry = asked(phones, language="ar")
    question, answer = {"en": "Q", "ar": "س"}, {"en": "No.", "ar": "لا."}
    actions.publish(enquiry, question=question, answer=answer, words="", by=None, now=NOW)
    db.session.commit()
    jobs.reply_to_questions()
    assert "لا." in letters.sent[0]["body"] and f"/ar{QUESTIONS}" in letters.sent[0]["body"]


def test_one_that_cannot_be_sent_keeps_nobody_else_waiting_and_is_tried_again(app, phones, letters):
    for email in ("a@broken", "b@example.org"):
        actions.reply(asked(phones, email=email), words="No.", by=None, now=NOW)
    db.session.commit()
    for _ in range(2):
        with pytest.raises(OSError, match="no"):
            jobs.reply_to_questions()
    assert [one["to"] for one in letters.sent] == ["b@example.org"]
    assert [one.email for one in queries.enquiries(None) if one.email] == ["a@broken"]


def test_nothing_is_sent_before_it_is_answered(phones, letters):
    asked(phones)
    db.session.commit()
    assert jobs.reply_to_questions() == 0


def test_addresses_are_forgotten_so_many_days_after_closing_and_not_before(phones, clock):
    enquiry = asked(phones)
    sent = actions.ask_for_format(what="audio", details="", reach="me", consultation=phones, now=NOW)
    awaited = actions.ask_for_format(what="audio", details="", reach="me", consultation=phones, now=NOW)
    anywhere = actions.ask_for_format(what="audio", details="", reach="me", consultation=None, now=NOW)
    for one in (sent, anywhere):
        actions.settle_format_request(one, state="sent", notes="", by=None, now=NOW)
    keys = [enquiry.id, sent.id, awaited.id, anywhere.id]
    db.session.commit()

    def left() -> list[str]:
        db.session.expire_all()
        wishes = [db.session.get_one(FormatRequest, key).reach for key in keys[1:]]
        return [queries.enquiry(keys[0]).email, *wishes]

    clock.set(NOW + timedelta(days=89))
    jobs.forget_contacts()
    assert left() == ["jo@example.org", "me", "me", "me"]
    clock.set(CLOSES + timedelta(days=90) - timedelta(seconds=1))
    jobs.forget_contacts()
    assert left() == ["jo@example.org", "me", "me", ""]
    clock.set(CLOSES + timedelta(days=90, seconds=1))
    jobs.forget_contacts()
    assert left() == ["", "", "me", ""]

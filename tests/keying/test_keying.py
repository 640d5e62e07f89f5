"""A form is keyed from its codes, goes into the box, and leaves a number and a state behind."""

from __future__ import annotations

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event, select

from consult.answering import jobs
from consult.answering.models import Ballot, Comment, Response
from consult.answering.timetable import boxed
from consult.domain.answers import unpack
from consult.extensions import db
from consult.keying import queries
from consult.keying.models import KeyedForm, PaperCount
from tests.accounts.factories import sign_in
from tests.answering.factories import NOW
from tests.client import parse
from tests.keying.factories import FORM, type_form, values_of


def settle(office, **how):
    db.session.rollback()
    box = next(iter(list(boxed(db.session, slug=office.consultation.slug))))
    db.session.rollback()
    return jobs.sweep(box, now=NOW, **how)


def counted(office):
    """Everything in the box, settled now."""
    settle(office, whatever=True)
    return list(db.session.scalars(select(Response)))


def test_a_form_is_typed_in_codes_and_counted_like_an_answer_from_online(app, office):
    batch = office.count(2)
    browser = sign_in(app, office.keyer)
    done = type_form(browser, batch, **{**FORM, "grid--r1": "1"})
    assert (done.status_code, done.headers["Location"]) == (303, f"/staff/batches/{batch.id}/key?after=1&saved=1")
    following = browser.page(done.headers["Location"])
    assert "Form 1 is saved." in following.text and values_of(following)["number"] == "2"
    (response,) = counted(office)
    answers = unpack(response.answers)
    assert (response.channel, response.language) == ("paper", "en")
    assert [value.choice for value in answers["how"]] == ["hard"]
    assert [(value.part, value.choice) for value in answers["grid"]] == [("r1", "good"), ("r2", "bad")]
    assert [value.choice for value in answers["what"]] == ["a", "b"]
    assert answers["days"][0].number == 3
    assert [(one.question, one.text) for one in db.session.scalars(select(Comment))] == [("why", "Too long")]


def test_what_is_left_of_a_form_is_its_number_and_state(app, office):
    batch = office.count(2)
    type_form(sign_in(app, office.keyer), batch, **FORM)
    (form,) = db.session.scalars(select(KeyedForm))
    assert (form.number, form.stage, form.reason, form.first, form.second) == (1, "counted", "", None, None)
    assert len(db.session.scalars(select(Ballot)).all()) == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"how": "4"}, "Question 1: “4” is not a code of this question: they go from 1 to 3"),
        ({"how": "1 2"}, "Question 1: Choose one answer only"),
        ({"days": "31"}, "Question 2:"),
        ({"days": "three"}, "Question 2:"),
        ({"grid--r2": "1 2"}, "Question 3:"),
        ({"what": "1 3"}, "Question 5:"),
        ({"day--day": "31", "day--month": "2", "day--year": "2026"}, "Question 6:"),
        ({"number": "3"}, "This batch has the forms 1 to 2"),
        ({"number": "one"}, "Enter a whole number"),
        ({"number": ""}, "Enter a whole number"),
    ],
)
def test_a_mistake_names_its_question_and_keeps_everything_typed(app, office, typed, told):
    batch = office.count(2)
    browser = sign_in(app, office.keyer)
    address = f"/staff/batches/{batch.id}/key"
    sent = {**values_of(browser.page(address)), **FORM, **typed}
    answer = browser.post(address, sent)
    assert answer.status_code == 422
    page = parse(answer.get_data(as_text=True))
    assert told in page.text
    again = values_of(page)
    assert {name: again[name] for name in sent if name != "csrf_token"} == {
        name: text for name, text in sent.items() if name != "csrf_token"
    }
    assert not db.session.scalars(select(KeyedForm)).all()


def test_a_needed_answer_may_be_empty_on_paper_when_the_keyer_says_so(app, database, clock):
    from tests.keying.factories import make_office

    clock.set(NOW)
    definition = {
        "title": {"en": "Needed"},
        "languages": ["en"],
        "pages": [
            {
                "key": "p",
                "title": {"en": "P"},
                "questions": [
                    {"key": "q", "kind": "yes_no", "text": {"en": "Q?"}, "required": True},
                    {"key": "more", "kind": "yes_no", "text": {"en": "More?"}},
                ],
            }
        ],
    }
    office = make_office(definition=definition, slug="needed", equality=False)
    batch = office.count(3)
    browser = sign_in(app, office.keyer)
    nothing = type_form(browser, batch, q="")
    assert nothing.status_code == 422 and "Nothing is typed" in nothing.get_data(as_text=True)
    empty = type_form(browser, batch, q="", more="-")
    assert empty.status_code == 422 and "type -" in empty.get_data(as_text=True)
    assert type_form(browser, batch, q="-").status_code == 303
    assert type_form(browser, batch, q="?").status_code == 303
    assert type_form(browser, batch, q="1").status_code == 303
    assert Counter(len(unpack(one.answers)) for one in counted(office)) == {0: 2, 1: 1}
    assert [(one.question, one.what, one.count) for one in db.session.scalars(select(PaperCount))] == [
        ("q", "unclear", 1)
    ]


def test_answers_to_questions_that_were_not_asked_are_pointed_out_then_left_out_and_counted(app, office):
    batch = office.count(2)
    browser = sign_in(app, office.keyer)
    address = f"/staff/batches/{batch.id}/key"
    first = browser.post(address, {**values_of(browser.page(address)), **FORM, "how": "1"})
    assert first.status_code == 422
    body = first.get_data(as_text=True)
    assert "Answered though not asked: 4" in body and 'value="why"' in body
    shown = re.search(r'name="press" value="([^"]+)"', body).group(1)
    done = browser.post(
        address, {**FORM, "how": "1", "number": "1", "language": "en", "press": shown, "left_out": "why"}
    )
    assert done.status_code == 303
    assert not db.session.scalars(select(PaperCount)).all(), "nothing is counted before it is settled"
    counted(office)
    assert not db.session.scalars(select(Comment)).all()
    assert [(one.question, one.what, one.count) for one in db.session.scalars(select(PaperCount))] == [
        ("why", "not asked", 1)
    ]


def test_the_same_press_twice_is_one_form_and_the_same_number_on_another_page_is_refused(app, office):
    batch = office.count(5)
    browser = sign_in(app, office.keyer)
    address = f"/staff/batches/{batch.id}/key"
    sent = {**values_of(browser.page(address)), **FORM}
    answers = [browser.post(address, sent) for _twice in range(2)]
    assert [one.headers["Location"] for one in answers] == [f"/staff/batches/{batch.id}/key?after=1&saved=1"] * 2
    other = {**values_of(browser.page(address)), **FORM, "number": "1"}
    refused = browser.post(address, other)
    assert refused.status_code == 422 and "Form 1 is keyed already" in refused.get_data(as_text=True)
    assert len(db.session.scalars(select(Ballot)).all()) == 1
    # Back, and the same page for the next form: another number is another form.
    assert browser.post(address, {**sent, "number": "2"}).status_code == 303
    assert len(db.session.scalars(select(Ballot)).all()) == 2


@pytest.mark.parametrize("twice", [False, True])
def test_killed_before_any_statement_a_form_is_there_once_after_all(app, office, twice):
    batch = office.count(2, twice=twice)
    if twice:
        type_form(sign_in(app, office.second), batch, **FORM)
    browser = sign_in(app, office.keyer)
    address = f"/staff/batches/{batch.id}/key"
    sent = {**values_of(browser.page(address)), **FORM}
    before = 0 if not twice else 1
    for last in range(200):
        statements = iter(range(last + 1))

        def die(*_arguments, left=statements):
            if next(left, None) is None:
                raise KeyboardInterrupt

        event.listen(db.engine, "before_cursor_execute", die)
        try:
            answer = browser.post(address, sent)
        except KeyboardInterrupt:
            answer = None
        finally:
            event.remove(db.engine, "before_cursor_execute", die)
            db.session.rollback()
        if answer is not None:
            break
        assert len(db.session.scalars(select(Ballot)).all()) == 0
        assert len(db.session.scalars(select(KeyedForm)).all()) == before
        assert not db.session.scalars(select(KeyedForm).where(KeyedForm.stage == "counted")).all()
        db.session.rollback()
    assert answer.status_code == 303 and last > 8
    assert browser.post(address, sent).status_code == 303
    assert len(db.session.scalars(select(Ballot)).all()) == 1
    (form,) = db.session.scalars(select(KeyedForm))
    assert (form.stage, form.first, form.second) == ("counted", None, None)


def test_equality_answers_on_paper_become_counts_like_those_from_online(app, office):
    from consult.answering import queries as answering
    from consult.domain.equality import asked
    from consult.questions.codes import equality_codes

    batch = office.count(3)
    browser = sign_in(app, office.keyer)
    question = next(one for one in asked(None) if not one.several)
    option = next(iter(equality_codes(question)))
    assert type_form(browser, batch, **FORM, **{f"equality--{question.key}": "1"}).status_code == 303
    wrong = type_form(browser, batch, **FORM, **{f"equality--{question.key}": "1 2"})
    assert wrong.status_code == 422 and "Question E" in wrong.get_data(as_text=True)
    assert type_form(browser, batch, **FORM).status_code == 303
    assert all(one.equality is not None for one in db.session.scalars(select(Ballot))), "nobody can tell who gave some"
    counted(office)
    assert answering.equality_counts(db.session, office.consultation.id)[question.key] == {option: 1}


def test_letters_need_a_question_that_is_answered_in_words(app, database, clock):
    from consult.domain.errors import Rejected
    from tests.answering.factories import say
    from tests.keying.factories import make_office

    clock.set(NOW)
    asked = [{"key": "q", "kind": "yes_no", "text": say("Q?")}, {"key": "mail", "kind": "email", "text": say("Mail?")}]
    pages = [{"key": "p", "title": say("P"), "questions": asked}]
    definition = {"title": say("Short"), "languages": ["en", "pl", "ar"], "pages": pages}
    office = make_office(definition=definition, slug="short", equality=False)
    with pytest.raises(Rejected, match="answered in words"):
        office.count(1, channel="letter")


def test_letters_are_keyed_as_words_alone_whatever_the_route(app, office):
    batch = office.count(1, channel="letter")
    browser = sign_in(app, office.keyer)
    names = values_of(browser.page(f"/staff/batches/{batch.id}/key")).keys()
    assert names == {"csrf_token", "press", "left_out", "number", "language", "why"}
    assert type_form(browser, batch, why="Please keep\nthe surgery open").status_code == 303
    (response,) = counted(office)
    assert response.channel == "letter"
    assert [one.text for one in db.session.scalars(select(Comment))] == ["Please keep\nthe surgery open"]


def test_a_letter_may_be_longer_than_the_page_allows_and_a_form_may_not(app, office):
    long = "A long story. " * 200
    for channel, status in (("paper", 422), ("letter", 303)):
        batch = office.count(1, channel=channel)
        typed = {"why": long} if channel == "letter" else {"how": "2", "why": long}
        assert type_form(sign_in(app, office.keyer), batch, **typed).status_code == status
    counted(office)
    assert [one.text for one in db.session.scalars(select(Comment))] == [long.strip()]


def test_a_form_in_arabic_is_keyed_beside_its_printed_words_with_arabic_digits(app, office):
    batch = office.count(1, language="ar")
    browser = sign_in(app, office.keyer)
    page = browser.page(f"/staff/batches/{batch.id}/key")
    printed = [one.text for one in page.all("span") if one.get("lang") == "ar" and one.get("dir") == "rtl"]
    assert "How? (ar)" in printed
    done = type_form(browser, batch, how="٢", days="٣", why="انتظرت طويلا", what="١، ٢")
    assert done.status_code == 303
    (response,) = counted(office)
    answers = unpack(response.answers)
    assert response.language == "ar"
    assert [value.choice for value in answers["what"]] == ["a", "b"] and answers["days"][0].number == 3
    assert [(one.text, one.language) for one in db.session.scalars(select(Comment))] == [("انتظرت طويلا", "ar")]


def test_an_unreadable_form_is_counted_with_its_reason_and_can_be_taken_back(app, office):
    batch = office.count(2)
    browser = sign_in(app, office.keyer)
    address = f"/staff/batches/{batch.id}/unreadable"
    assert browser.post(address, {"unreadable": "9", "reason": "blank"}).status_code == 422
    assert browser.post(address, {"unreadable": "1", "reason": "boring"}).status_code == 422
    assert browser.post(address, {"unreadable": "1", "reason": "illegible"}).status_code == 303
    assert "Unreadable: It cannot be read" in browser.page(f"/staff/batches/{batch.id}").text
    refused = type_form(browser, batch, **FORM, number="1")
    assert refused.status_code == 422 and "counted as unreadable already" in refused.get_data(as_text=True)
    db.session.rollback()
    assert queries.summed(queries.batch(batch.id)).unreadable == 1
    back = f"/staff/batches/{batch.id}/readable/1"
    assert browser.post(back).status_code == 403
    assert sign_in(app, office.editor).post(back).status_code == 303
    db.session.rollback()
    assert queries.summed(queries.batch(batch.id)).unreadable == 0


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "9" * 5_000,
        "\x00\x1b[31m",
        "' OR 1=1 --",
        "\ud83d\ude00" * 400,
        "-1",
        "1e400",
        "٠",
        "\u202e1",
        "{{ 7*7 }}",
        "1,,,,2",
    ],
)
def test_hostile_typing_in_every_box_is_refused_or_kept_never_a_failure(app, office, hostile):
    batch = office.count(4)
    browser = sign_in(app, office.keyer)
    address = f"/staff/batches/{batch.id}/key"
    hostile = hostile.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    shown = values_of(browser.page(address))
    kept = {"csrf_token": shown["csrf_token"]}
    for sent in (
        dict.fromkeys(shown, hostile) | kept,
        {**shown, "why": hostile, "how": "2"},
        {**shown, "press": hostile, "left_out": hostile, "language": hostile, **FORM, "number": "2"},
        {**kept, "number": "3"},
    ):
        answer = browser.post(address, sent)
        assert answer.status_code in (303, 422), sent
        assert "<script>alert" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("same_page", [True, False])
def test_many_presses_at_once_are_one_form(app, office, same_page):
    batch = office.count(5)
    browsers = [sign_in(app, office.keyer) for _one in range(8)]
    address = f"/staff/batches/{batch.id}/key"
    pages = [{**values_of(browser.page(address)), **FORM} for browser in browsers]
    sent = [pages[0]] * 8 if same_page else pages
    db.session.remove()

    def press(at):
        headers = {"Sec-Fetch-Site": "same-origin"}
        data = {**sent[at], "csrf_token": browsers[at].token}
        return browsers[at].plain.post(address, data=data, headers=headers).status_code

    with ThreadPoolExecutor(8) as threads:
        got = Counter(threads.map(press, range(8)))
    assert got == (Counter({303: 8}) if same_page else Counter({303: 1, 422: 7}))
    assert len(db.session.scalars(select(Ballot)).all()) == 1
    assert [one.stage for one in db.session.scalars(select(KeyedForm))] == ["counted"]

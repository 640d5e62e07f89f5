"""Help is at hand where words are asked for; words that sound like danger bring it back, and may be read sooner."""

from __future__ import annotations

import copy
import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from consult.accounts.defaults import STARTING
from consult.answering.actions import tallies
from consult.answering.actions.drop import Label
from consult.answering.actions.grouping import Batch, Opened
from consult.answering.actions.tallies import prepare as rows_of
from consult.answering.actions.urgent import COPIED, Urgent, copied
from consult.answering.actions.urgent import copy as copy_words
from consult.answering.telling import worries
from consult.domain.answers import Value, pack
from consult.extensions import db
from tests.answering.crowd import make_crowd
from tests.answering.factories import CLOSES, DEFINITION, NOW, make_open
from tests.answering.test_answering import START, begin, fill, hidden, rows
from tests.client import StrictClient, parse

WORDS = "The line is busy and some days I want to kill myself."
CALM = "The line is busy."
OTHER_LANGUAGES = ("pl", "ar", "ro", "cy", "ur")


@pytest.fixture(autouse=True)
def noon(clock):
    clock.set(NOW)


@pytest.fixture
def asked(app):
    with app.app_context():
        make_open()


def check_after(client, words):
    begin(client)
    fill(client, "p1", how="hard")
    fill(client, "p2", why=words)
    return client.get(f"{START}/check")


def tree_of(response):
    return parse(response.get_data(as_text=True))


def panels(response):
    return [one for one in tree_of(response).all("section", "div") if "app-help" in one.get("class").split()]


def boxes(response):
    return [one for one in tree_of(response).all("input") if one.get("name") == "read_today"]


def urgent(app):
    with app.app_context():
        return db.session.execute(text("select * from urgent_comments order by id")).mappings().all()


def cookies_of(client):
    return "; ".join(f"{one.key}={one.value}" for one in client.plain._cookies.values())


def everything_kept(app):
    """Every value of every table, as text."""
    with app.app_context():
        tables = db.metadata.tables
        found = [str(row) for name in tables for row in db.session.execute(text(f'select * from "{name}"'))]
    return "\n".join(found)


# The panel


def test_the_start_page_says_where_to_get_help_and_every_number_can_be_pressed(client, asked):
    (panel,) = panels(client.get(START))
    links = {one.text: one.get("href") for one in panel.all("a")}
    assert links["999"] == "tel:999" and links["116 123"] == "tel:116123" and links["18001"] == "tel:18001"
    assert links["85258"] == "sms:85258" and links["0800 1111"] == "tel:08001111"
    assert not {"2", "19"} & links.keys(), "options and ages are no numbers to call"
    assert len(panel.all("bdi")) == len(panel.all("a")) and "cannot reply" in panel.text
    assert (
        "Ombudsman" in panel.text and "social care" in panel.text and "(PALS)" in panel.text and "999 BSL" in panel.text
    )


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_the_panel_is_in_the_language_of_the_page(app, asked, language):
    (panel,) = panels(StrictClient(app).get(f"/{language}{START}"))
    for name in ("emergency_numbers", "support_lines", "safeguarding_lines", "complaint_lines"):
        for line in STARTING[name]:
            assert line[language][:20] in panel.text and not panel.all("span")


def test_it_stands_before_the_first_question_for_words_and_on_no_other(client, asked):
    first = begin(client)
    assert panels(first) == []
    fill(client, "p1", how="hard")
    (panel,) = panels(client.get(f"{START}/p2"))
    assert "tel:999" in [one.get("href") for one in panel.all("a")]
    assert "open" not in panel.all("details")[0].attributes
    fill(client, "p2", why=CALM)
    assert panels(client.get(f"{START}/p3")) == []


def test_it_comes_back_on_the_next_page_after_words_that_sound_like_danger(client, asked):
    begin(client)
    fill(client, "p1", how="hard")
    answer = fill(client, "p2", why=WORDS)
    assert answer.headers["Location"].endswith("/p3"), "the address does not say what was seen"
    (panel,) = panels(client.get(f"{START}/p3"))
    assert "Your answer is kept" in panel.text and "open" in panel.all("details")[0].attributes


def test_the_pages_after_sending_have_it(client, asked):
    response = check_after(client, CALM)
    client.post(f"{START}/check", hidden(response))
    assert panels(client.get(f"{START}/equality"))
    client.post(f"{START}/equality", {"step": "gate", "gate": "no"})
    assert panels(client.get(f"{START}/done"))


def test_an_administrator_may_say_other_numbers(app, client, asked):
    from consult.accounts.models import Organisation
    from consult.accounts.queries import forget_organisation

    with app.app_context():
        lines = {**STARTING, "safeguarding_lines": [{"en": "Dorset Council: 01305 221016 (24/7)"}]}
        db.session.add(Organisation(id=1, **lines))
        db.session.commit()
        forget_organisation()
    (panel,) = panels(client.get(START))
    assert 'href="tel:01305221016"' in client.get(START).get_data(as_text=True) and "24/7" in panel.text


# Check your answers


def test_the_check_page_shows_it_with_the_answer_kept_and_sending_possible(app, client, asked):
    response = check_after(client, WORDS)
    assert panels(response) and WORDS in tree_of(response).text
    assert client.post(f"{START}/check", hidden(response)).headers["Location"].endswith("/equality")
    assert rows(app, "ballots") == 1 and urgent(app) == []


def test_ordinary_words_bring_neither_panel_nor_choice(client, asked):
    response = check_after(client, CALM)
    assert panels(response) == [] and boxes(response) == []


def test_the_choice_is_off_and_says_what_is_copied_and_what_it_costs(client, asked):
    response = check_after(client, WORDS)
    (box,) = boxes(response)
    assert "checked" not in box.attributes
    assert [one.all("p")[1].text for one in tree_of(response).all("blockquote")] == [WORDS]
    (choice,) = [one for one in tree_of(response).all("fieldset") if "app-today" in one.get("class")]
    for said in (
        "Only the words shown here and the day are copied",
        "working days",
        "Nobody can reply",
        "no longer among those of nine other people",
        "waits like the rest",
        "stay with the team",
    ):
        assert said in choice.text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("pl", "Czasem chcę umrzeć"),
        ("ar", "أريد أن أموت"),
        ("en", "I want to die"),
    ],
)
def test_a_choice_can_be_made_in_the_language_of_the_page(app, asked, language, words):
    client, start = StrictClient(app), f"/{language}{START}" if language != "en" else START
    client.post(start)
    for key, fields in (("p1", {"how": "hard"}), ("p2", {"why": words})):
        client.post(f"{start}/{key}", {**hidden(client.get(f"{start}/{key}")), **fields})
    response = client.get(f"{start}/check")
    assert panels(response) and len(boxes(response)) == 1
    client.post(f"{start}/check", {**hidden(response), "read_today": "why/"})
    assert [one["text"] for one in urgent(app)] == [words]


# Sending


def test_the_words_alone_are_copied_with_their_day(app, client, asked):
    response = check_after(client, WORDS)
    assert client.post(f"{START}/check", {**hidden(response), "read_today": "why/"}).status_code == 303
    (row,) = urgent(app)
    assert {**row, "id": 0, "consultation_id": 0, "day": str(row["day"])} == {
        "id": 0,
        "consultation_id": 0,
        "text": WORDS,
        "day": "2026-11-23",
        "lead_told": False,
        "outcome": "",
        "passed_on": "",
    }


def test_a_choice_that_was_not_offered_copies_nothing(app, client, asked):
    response = check_after(client, CALM)
    client.post(f"{START}/check", {**hidden(response), "read_today": ["why/", "how/", "nothing", "/"]})
    assert rows(app, "ballots") == 1 and urgent(app) == []


def test_a_choice_stays_made_when_the_page_comes_back(app, client):
    definition = copy.deepcopy(DEFINITION)
    definition["pages"][2]["questions"][0]["required"] = True
    with app.app_context():
        make_open(definition=definition)
    response = check_after(client, WORDS)
    again = client.post(f"{START}/check", {**hidden(response), "read_today": "why/"})
    assert again.status_code == 422 and "checked" in boxes(again)[0].attributes and urgent(app) == []


def test_a_choice_stays_made_in_another_language_until_the_words_are_changed(app, client):
    with app.app_context():
        make_open(definition={**copy.deepcopy(DEFINITION), "languages": ["en", "pl"]})
    response = check_after(client, WORDS)
    moved = client.post(f"{START}/check", {**hidden(response), "read_today": "why/", "language": "pl"})
    assert moved.headers["Location"] == f"/pl{START}/check", "the address does not say what was ticked"
    again = client.get(f"/pl{START}/check")
    assert "checked" in boxes(again)[0].attributes and urgent(app) == []
    client.post(f"/pl{START}/check", {**hidden(again), "language": "en"})
    assert "checked" not in boxes(client.get(f"{START}/check"))[0].attributes, "taken out again"
    client.post(f"{START}/check", {**hidden(again), "read_today": "why/", "language": "pl"})
    fill(client, "p2", why=WORDS + " Today too.")
    assert "checked" not in boxes(client.get(f"{START}/check"))[0].attributes, "nobody chose these words"


def test_pressed_many_times_at_once_it_is_there_once(app, client, asked):
    response = check_after(client, WORDS)
    fields = {**hidden(response), "read_today": "why/"}
    cookies = cookies_of(client)
    codes = []

    def press():
        answer = app.test_client(use_cookies=False).post(f"{START}/check", data=fields, headers={"Cookie": cookies})
        codes.append(answer.status_code)

    presses = [threading.Thread(target=press) for _ in range(8)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    assert set(codes) <= {303, 503} and 303 in codes
    assert rows(app, "ballots") == 1 and len(urgent(app)) == 1


def test_taken_back_answers_leave_the_words_with_the_team(app, client, asked):
    response = check_after(client, WORDS)
    client.post(f"{START}/check", {**hidden(response), "read_today": "why/"})
    client.post(f"{START}/equality", {"step": "gate", "gate": "no"})
    client.post(f"{START}/done", {})
    assert rows(app, "ballots") == 0 and len(urgent(app)) == 1


def test_nothing_is_kept_of_what_was_seen(app, client, asked, capfd, caplog):
    """Up to sending, and after it without the choice: neither words nor kinds in database, log or cookie."""
    response = check_after(client, WORDS)
    client.post(f"{START}/check", hidden(response))
    kept = everything_kept(app) + caplog.text + "".join(capfd.readouterr())
    kept += cookies_of(client)
    for told in ("kill", "myself", "suicide", "worried", "risk"):
        assert told not in kept


def test_the_words_stand_nowhere_but_among_the_urgent_ones(app, client, asked, capfd, caplog):
    response = check_after(client, WORDS)
    client.post(f"{START}/check", {**hidden(response), "read_today": "why/"})
    assert everything_kept(app).count("kill myself") == 1
    assert "kill" not in caplog.text + "".join(capfd.readouterr()) + cookies_of(client)


def test_if_the_words_cannot_be_kept_nothing_is_sent_and_the_draft_stays(app, client, asked, monkeypatch):
    def full(*_arguments, **_named):
        raise OperationalError("disk full", None, Exception())

    response = check_after(client, WORDS)
    monkeypatch.setattr("consult.answering.actions.drop.urgent.copy", full)
    again = client.post(f"{START}/check", {**hidden(response), "read_today": "why/"})
    assert again.status_code == 503
    assert (rows(app, "drafts"), rows(app, "ballots"), urgent(app)) == (1, 0, [])


# Counting


def opened(number, label, answers):
    return Opened(number, 1, bytes([number]) * 32, label, answers, True)


def test_counting_cuts_the_copied_words_off_with_those_of_everybody_they_are_counted_with(app):
    """The same words stand among the comments: were they linked, or alone in not being so, they would lead on."""
    with app.app_context():
        consultation = make_open()
        revision = consultation.current
        label = Label(revision.id, "en")
        copied_words = [Urgent("why", "One wrote this")]
        ballots = [
            opened(number, label, pack({"why": (Value(text=f"Words {number}"),), "how": (Value(choice="hard"),)}))
            for number in range(1, 10)
        ]
        mine = {"why": (Value(text="One wrote this"),), "how": (Value(choice="hard"),), **copied(copied_words)}
        other = [opened(30, label, pack({"why": (Value(text="Elsewhere"),), "how": (Value(choice="hard"),)}))]
        batches = [Batch(label, [*ballots, opened(20, label, pack(mine))]), Batch(label, other)]
        found = rows_of(
            batches,
            consultation_id=consultation.id,
            questionnaires={revision.id: revision.questionnaire()},
            day=NOW.date(),
            equality={},
        )
        links = {one["text"]: one["response_id"] is not None for one in found.comments}
        assert len(links) == 11 and [text for text, linked in links.items() if linked] == ["Elsewhere"]
        assert all(COPIED not in one["answers"] for one in found.responses)


def whose(words):
    """The responses that somebody who knows these words, and looks at everything settled, takes them to be part of."""
    db.session.rollback()
    link = text("select response_id from comments where text = :words")
    linked = db.session.execute(link, {"words": words}).scalar_one()
    every = set(db.session.execute(text("select id from responses")).scalars())
    with_words = set(db.session.execute(text("select response_id from comments where question = 'why'")).scalars())
    return {linked} if linked is not None else every - with_words


@pytest.mark.parametrize(("naive", "fewest"), [(False, 10), (True, 1)])
def test_an_intruder_who_knows_the_words_is_led_to_no_fewer_than_ten_responses(app, clock, monkeypatch, naive, fewest):
    """After every sweep and the last; were the words not cut off, they would lead to the one response."""
    if naive:
        monkeypatch.setattr(tallies, "COPIED", "?")
    with app.app_context():
        crowd = make_crowd()
        crowd.send(24)
        sealed = {"how": (Value(choice="hard"),), "why": (Value(text=WORDS),), **copied([Urgent("why", WORDS)])}
        crowd.send(answers=sealed)
        crowd.send(25)
        crowd.sweep()
        crowd.send(5)
        crowd.sweep(last=True, now=CLOSES + timedelta(hours=2))
        assert len(whose(WORDS)) >= fewest and (len(whose(WORDS)) == 1) is naive
        assert crowd.state(crowd.people[24]) == "counted"


def test_words_that_are_copied_are_kept_in_the_order_of_random_keys(app):
    with app.app_context():
        consultation = make_open()
        many = [Urgent("why", f"words {number}") for number in range(40)]
        copy_words(db.session, many, consultation_id=consultation.id, day=NOW.date())
        db.session.commit()
        kept = [row.text for row in db.session.execute(text("select text from urgent_comments order by id"))]
        assert sorted(kept) == sorted(one.text for one in many) and kept != [one.text for one in many]


def test_a_row_of_a_grid_is_copied_alone(app):
    answers = {"grid": (Value(part="r1", text="fine"), Value(part="r2", text="I want to die"))}
    with app.app_context():
        question = SimpleNamespace(key="grid", personal=False, kind="matrix_text")
        assert [(one.name, one.text) for one in worries([question], answers)] == [("grid/r2", "I want to die")]
        question.personal = True
        assert worries([question], answers) == []

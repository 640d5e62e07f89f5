"""A flood is set aside, nobody is refused, a few are never singled out, and no person is taken for a machine."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from consult import create_app
from consult.answering import drafts, queries
from consult.answering.actions import flood
from consult.answering.actions.drop import Label
from consult.answering.actions.grouping import Opened
from consult.answering.models import Ballot, Counted, Quarantine
from consult.domain.answers import Value, pack
from consult.domain.questionnaire import read
from consult.extensions import db
from consult.jobs import saving
from tests.answering.crowd import make_crowd
from tests.answering.factories import DEFINITION, NOW, make_open
from tests.answering.floods import send, sums
from tests.client import StrictClient
from tests.conftest import settings_for

ANSWER = "/consultations/phones/answer"
BEGUN = drafts.Begun(b"k" * 32, 1, 1, "en", begun_at=int(NOW.timestamp()))
LETTER = "Please keep our surgery open on Saturdays because many of us work all week."


# What gives a reason


def after(seconds: float, *, answered: int = 0, begun: drafts.Begun = BEGUN, trap: str = "", proof: str | None = None):
    """The reason of answers that are sent so long after they were begun."""
    return flood.reason(
        begun, answered=answered, trap=trap, proof=proof, token="token", now=NOW + timedelta(seconds=seconds)
    )


@pytest.mark.parametrize(
    ("seconds", "answered", "reason"),
    [
        (4.9, 0, "fast"),
        (5, 0, ""),
        (5, 5, ""),
        (5.9, 6, "fast"),
        (6, 6, ""),
        (59, 60, "fast"),
        (60, 60, ""),
        (9e6, 3, ""),
    ],
)
def test_faster_than_a_second_for_each_answer_or_five_in_all_is_too_fast(seconds, answered, reason):
    assert after(seconds, answered=answered) == reason


def test_what_fills_in_the_field_that_nobody_sees_is_flagged_however_slow():
    assert after(900, trap="https://example.org") == "trap"
    assert after(900, trap="  ") == ""


def test_whoever_was_invited_and_whoever_began_before_it_was_known_when_is_never_flagged():
    assert after(0, begun=replace(BEGUN, token_hash="a ticket"), trap="filled") == ""
    assert after(0, begun=replace(BEGUN, begun_at=None)) == ""


def found_proof(token: str) -> str:
    """What a browser finds for this token."""
    return next(str(number) for number in range(10**7) if flood.proves(token, str(number)))


def test_a_missing_proof_of_work_matters_only_together_with_speed():
    proof = found_proof("token")
    assert after(9, answered=4) == ""
    assert after(9, answered=4, proof="") == "fast"
    assert after(9, answered=4, proof=proof) == ""
    assert after(4, answered=4, proof=proof) == "fast"
    assert after(10, answered=4, proof="") == ""
    assert after(900, proof="wrong") == ""


def test_a_proof_is_for_one_draft_alone():
    proof = found_proof("token")
    assert flood.proves("token", proof) and not flood.proves("another", proof)
    assert not any(flood.proves("token", wrong) for wrong in ("", "-1", "٣", "1" * 13, f"{proof} "))


def test_when_it_was_begun_is_in_the_draft_and_never_in_the_ballot(database):
    crowd = make_crowd()
    with saving():
        begun = drafts.begin(
            db.session, consultation_id=crowd.consultation_id, revision=crowd.revision, language="en", now=NOW
        )
    assert drafts.open_draft(db.session, begun.key, crowd.consultation_id).begun_at == int(NOW.timestamp())
    label = Label(1, "en", held="fast")
    assert label.payload({}) == {"r": 1, "l": "en", "c": "online", "s": "", "a": {}, "h": "fast"}
    assert "h" not in Label(1, "en").payload({})


# The same words again and again


def copies(
    count: int, text: str = LETTER, how: str = "easy", channel: str = "online", segment: str = ""
) -> list[Opened]:
    """So many ballots with these words."""
    answers = pack({"how": (Value(choice=how),), "why": (Value(text=text),)})
    return [Opened(at, 1, b"", Label(1, "en", channel, segment), answers, True) for at in range(count)]


def same(opened: list[Opened]) -> int:
    """How many are marked as the same."""
    marked = flood.repeated(opened, least=10, questionnaires={1: read(DEFINITION)})
    assert [one.ballot for one in marked] == [one.ballot for one in opened]
    return sum(one.label.held == "same" for one in marked)


def test_ten_copies_are_marked_and_nine_are_not():
    assert same(copies(10)) == 10 and same(copies(9)) == 0


def test_capitals_spaces_and_punctuation_do_not_make_a_difference():
    assert same(copies(6) + copies(6, f"  {LETTER.upper()}!!! ")) == 12


def test_short_words_other_answers_paper_and_lists_are_not_taken_for_copies():
    assert same(copies(50, "No thank you")) == 0
    assert same(copies(9) + copies(9, how="hard")) == 0
    assert same(copies(50, channel="paper")) == 0
    assert same(copies(50, segment="north")) == 0


# A flood, from the first page to the count


@pytest.fixture
def watchful(app, monkeypatch, database):
    """A site that looks for floods: with limits, but none that a test would reach."""
    monkeypatch.setitem(app.config, "CONSULT", replace(app.config["CONSULT"], rate_limits=True))
    return app


def answer(app, clock, *, seconds: float, **sent: str) -> StrictClient:
    """Somebody answers from the start page to the done page, and needs so long."""
    browser = StrictClient(app)
    clock.set(NOW)
    browser.post(ANSWER)
    token = next(one.get("value") for one in browser.page(f"{ANSWER}/check").all("input") if one.get("name") == "token")
    browser.post(f"{ANSWER}/p1", data={"token": token, "how": "hard"})
    clock.set(NOW + timedelta(seconds=seconds))
    done = browser.post(f"{ANSWER}/check", data={"token": token, "day": "2026-11-23", **sent})
    assert done.status_code == 303 and "equality" in done.headers["Location"], "nobody is refused"
    browser.post(f"{ANSWER}/equality", data={"gate": "no"})
    return browser


def test_a_person_without_javascript_and_at_normal_speed_is_never_flagged(watchful, clock):
    crowd = make_crowd()
    for _person in range(12):
        answer(watchful, clock, seconds=45)
    crowd.sweep(last=True)
    assert sums(crowd) == (12, 12, 0)


@pytest.mark.parametrize(("how", "reason"), [({"seconds": 0.4}, "fast"), ({"seconds": 60, "remark": "buy"}, "trap")])
def test_a_script_is_set_aside_and_its_receipt_tells_it_nothing(watchful, clock, how, reason):
    crowd = make_crowd()
    for _time in range(11):
        answer(watchful, clock, **how)
    crowd.sweep(last=True)
    assert sums(crowd) == (0, 0, 11)
    assert db.session.scalar(select(Quarantine.reason)) == reason
    assert db.session.scalar(select(func.count()).select_from(Counted)) == 11


def test_a_script_sees_the_same_pages_as_a_person(watchful, clock):
    crowd = make_crowd()
    people = [answer(watchful, clock, seconds=60) for _ in range(10)]
    scripts = [answer(watchful, clock, seconds=0) for _ in range(10)]

    def told(browser: StrictClient) -> str:
        return re.sub(r"Receipt: \S+( \S+){4}", "", " ".join(browser.page(f"{ANSWER}/done").text.split()))

    assert told(people[0]) == told(scripts[0]) and "waiting to be counted" in told(people[0])
    crowd.sweep(last=True)
    assert sums(crowd) == (10, 10, 10)
    assert told(people[0]) == told(scripts[0]) and "does a person look at them first" in told(people[0])
    late = [browser.post(f"{ANSWER}/done") for browser in (people[1], scripts[1])]
    assert [one.status_code for one in late] == [409, 409] and late[0].text == late[1].text


def test_everybody_is_told_that_some_are_looked_at_first(client, database):
    make_open()
    assert "a person looks at them before they are counted" in client.page("/privacy").text


def test_load_tests_know_no_flood(app, database, clock):
    crowd = make_crowd()
    for _time in range(11):
        answer(app, clock, seconds=0, remark="filled")
    crowd.sweep(last=True)
    assert sums(crowd) == (11, 11, 0)


# Settling


def test_of_three_hundred_from_a_script_and_twenty_five_people_the_people_are_counted(database):
    crowd = make_crowd()
    people = send(crowd, 25)
    send(crowd, 300, held="fast")
    crowd.sweep()
    assert sums(crowd) == (15, 15, 290)
    crowd.sweep(last=True)
    assert sums(crowd) == (25, 25, 300)
    assert set(crowd.marks()) == {person.mark for person in people}
    assert queries.tally(db.session, crowd.consultation_id)["how", "", "hard"] == 25


def test_nine_fast_ones_are_counted_like_others(database):
    crowd = make_crowd()
    send(crowd, 25)
    send(crowd, 9, held="fast")
    crowd.sweep(last=True)
    assert sums(crowd) == (34, 34, 0)
    assert crowd.everybody_once()


def test_nine_fast_ones_alone_are_counted(database):
    crowd = make_crowd()
    send(crowd, 9, held="trap")
    crowd.sweep(last=True)
    assert sums(crowd) == (9, 9, 0)


def test_while_open_no_batch_under_ten_is_set_aside_and_ten_stay(database):
    crowd = make_crowd()
    send(crowd, 19, held="fast")
    crowd.sweep()
    assert sums(crowd) == (0, 0, 0)
    send(crowd, 6, held="fast")
    crowd.sweep()
    assert sums(crowd) == (0, 0, 15)
    assert db.session.scalar(select(func.count()).select_from(Ballot)) == 10


def test_the_flag_stays_inside_the_seal_when_it_is_sealed_again(database):
    crowd = make_crowd()
    send(crowd, 15, held="fast")
    crowd.sweep()
    send(crowd, 300)
    crowd.sweep(last=True)
    assert sums(crowd) == (300, 300, 15)


def test_a_letter_sent_by_many_is_held_for_a_look_and_everybody_else_is_counted(watchful):
    crowd = make_crowd()
    send(crowd, 30)
    send(crowd, 40, answers={"how": (Value(choice="hard"),), "why": (Value(text=LETTER),)})
    crowd.sweep(last=True)
    assert sums(crowd) == (30, 30, 40)
    assert db.session.scalars(select(Quarantine.reason)).all() == ["same"]


def test_proof_of_work_is_off_unless_wanted(tmp_path):
    assert not create_app(settings_for(tmp_path)).config["CONSULT"].proof_of_work
    assert settings_for(tmp_path, CONSULT_PROOF_OF_WORK="on").proof_of_work

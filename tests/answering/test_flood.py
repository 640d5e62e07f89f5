"""A flood is set aside, nobody is refused, a few are never singled out, and no person is taken for a machine."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from consult import create_app
from consult.answering import drafts, jobs, queries
from consult.answering.actions import flood, quarantine
from consult.answering.actions.drop import Label
from consult.answering.actions.grouping import Opened
from consult.answering.models import Ballot, Comment, Counted, PersonalAnswer, Quarantine, Quarantined, Response
from consult.answering.receipt import kept_of
from consult.domain.answers import Value, pack
from consult.domain.questionnaire import read
from consult.extensions import db
from consult.jobs import saving
from tests.answering.crowd import Crowd, make_crowd
from tests.answering.factories import DEFINITION, NOW, make_open
from tests.answering.test_settle_killed import die, in_a_killed_process
from tests.client import StrictClient
from tests.conftest import settings_for

ANSWER = "/consultations/phones/answer"
FAST = {"held": "fast"}
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


def answer(app, clock, *, seconds: float, **sent: str) -> None:
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


def sums(crowd: Crowd) -> tuple[int, int, int]:
    """Counted responses by rows and by tally, and what is set aside."""
    db.session.rollback()
    responses = db.session.scalar(select(func.count()).select_from(Response))
    aside = db.session.scalar(select(func.count()).select_from(Quarantined))
    return responses, queries.responses(db.session, crowd.consultation_id), aside


def crowd_of(consultation_slug: str = "phones") -> Crowd:
    """An open consultation whose answers come by browser."""
    with saving():
        consultation = make_open()
    crowd = Crowd(consultation.id, consultation_slug, consultation.current.id)
    db.session.rollback()
    return crowd


def test_a_person_without_javascript_and_at_normal_speed_is_never_flagged(watchful, clock):
    crowd = crowd_of()
    for _person in range(12):
        answer(watchful, clock, seconds=45)
    crowd.sweep(last=True)
    assert sums(crowd) == (12, 12, 0)


@pytest.mark.parametrize(("how", "reason"), [({"seconds": 0.4}, "fast"), ({"seconds": 60, "remark": "buy"}, "trap")])
def test_a_script_is_set_aside_and_its_receipt_tells_it_nothing(watchful, clock, how, reason):
    crowd = crowd_of()
    for _time in range(11):
        answer(watchful, clock, **how)
    crowd.sweep(last=True)
    assert sums(crowd) == (0, 0, 11)
    assert db.session.scalar(select(Quarantine.reason)) == reason
    assert db.session.scalar(select(func.count()).select_from(Counted)) == 11


def test_load_tests_know_no_flood(app, database, clock):
    crowd = crowd_of()
    for _time in range(11):
        answer(app, clock, seconds=0, remark="filled")
    crowd.sweep(last=True)
    assert sums(crowd) == (11, 11, 0)


# Settling


def send(crowd: Crowd, count: int, *, held: str = "", language: str = "en", **more) -> list:
    """So many send, flagged or not."""
    with saving():
        label = Label(crowd.revision, language, held=held)
        return [crowd.send_one(label, **more) for _ in range(count)]


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


# What is kept, and counting it after all


def decide(crowd: Crowd, decision: str) -> None:
    """Somebody decides about everything that waits."""
    with saving():
        ids = db.session.scalars(select(Quarantine.id).where(Quarantine.stage == "waiting")).all()
        quarantine.decide(
            db.session, ids, consultation_id=crowd.consultation_id, decision=decision, grounds="They are people"
        )


def everything(crowd: Crowd) -> tuple:
    """All that is kept of what was counted, without keys."""
    db.session.rollback()
    responses = Counter(
        (str(row.answers), row.language, row.channel, row.day) for row in db.session.scalars(select(Response))
    )
    comments = Counter((row.question, row.text, row.response_id is None) for row in db.session.scalars(select(Comment)))
    personal = Counter((row.question, str(row.answer)) for row in db.session.scalars(select(PersonalAnswer)))
    tally = queries.tally(db.session, crowd.consultation_id)
    return responses, comments, personal, tally, queries.equality_counts(db.session, crowd.consultation_id)


PERSONAL = {
    **DEFINITION,
    "pages": [
        *DEFINITION["pages"],
        {
            "key": "p4",
            "title": {"en": "You"},
            "questions": [{"key": "name", "kind": "short_text", "text": {"en": "Your name?"}, "personal": True}],
        },
    ],
}


@pytest.mark.parametrize("held", ["", "fast"])
def test_what_is_counted_after_all_is_what_settling_would_have_counted(database, held):
    crowd = make_crowd(definition=PERSONAL)
    for at in range(24):
        given = {
            "how": (Value(choice="hard"),),
            "why": (Value(text=f"Word {at}"),),
            "name": (Value(text=f"Name {at}"),),
        }
        send(crowd, 1, held=held, answers=given, about={"sex": "female" if at % 3 else "male"})
    crowd.sweep(last=True)
    if held:
        assert everything(crowd)[0] == Counter() and everything(crowd)[4] == {}
        decide(crowd, "to_count")
        jobs.count_decided(crowd.box(), now=NOW)
    responses, comments, personal, tally, equality = everything(crowd)
    assert sum(responses.values()) == 24 and {day for *_rest, day in responses} == {NOW.date()}
    assert comments == {("why", f"Word {at}", False): 1 for at in range(24)}
    assert sorted(question for question, _answer in personal) == ["name"] * 24
    assert tally["how", "", "hard"] == 24 and equality["sex"] == {"female": 16, "male": 8}


def test_names_are_never_kept_beside_answers_and_equality_is_counts_alone(database):
    crowd = make_crowd(definition=PERSONAL)
    for at in range(12):
        given = {"how": (Value(choice="hard"),), "name": (Value(text=f"Name {at}"),)}
        send(crowd, 1, held="fast", answers=given, about={"sex": "female"})
    crowd.sweep(last=True)
    rows = db.session.scalars(select(Quarantined)).all()
    assert len(rows) == 12 and not any("Name" in f"{row.answers}{row.comments}" for row in rows)
    batch = db.session.scalars(select(Quarantine)).one()
    assert len(batch.apart["personal"]) == 12 and ["sex", "female", 12] in batch.equality
    assert not db.session.scalars(select(PersonalAnswer)).all()


def test_counting_again_counts_nothing_and_leaves_nothing_behind(database):
    crowd = make_crowd()
    send(crowd, 20, held="fast")
    crowd.sweep(last=True)
    decide(crowd, "to_count")
    for _time in range(2):
        jobs.count_decided(crowd.box(), now=NOW)
    assert sums(crowd) == (20, 20, 0)
    batch = db.session.scalars(select(Quarantine)).one()
    assert (batch.stage, batch.people, batch.adds, batch.equality) == ("counted", 20, [], [])
    assert crowd.everybody_once()


def test_a_count_that_breaks_off_is_done_whole_the_next_time(database):
    crowd = make_crowd()
    send(crowd, 20, held="fast")
    crowd.sweep(last=True)
    decide(crowd, "to_count")

    def breaks(_step: str) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        jobs.count_decided(crowd.box(), now=NOW, step=breaks)
    assert sums(crowd) == (0, 0, 20)
    jobs.count_decided(crowd.box(), now=NOW)
    assert sums(crowd) == (20, 20, 0)


def test_after_closing_rows_that_came_later_are_written_anew_too(database):
    crowd = make_crowd()
    send(crowd, 20)
    send(crowd, 20, held="fast")
    crowd.sweep(last=True)
    assert crowd.box().stage == "closed"
    decide(crowd, "to_count")
    jobs.count_decided(crowd.box(), now=NOW)
    assert crowd.box().stage == "settled"
    jobs.close(crowd.box())
    assert crowd.box().stage == "closed" and sums(crowd) == (40, 40, 0)


def test_what_is_left_out_stays_apart_and_can_be_counted_later(database):
    crowd = make_crowd()
    send(crowd, 20, held="fast")
    crowd.sweep(last=True)
    decide(crowd, "left_out")
    jobs.count_decided(crowd.box(), now=NOW)
    assert sums(crowd) == (0, 0, 20)


def test_a_withdrawn_consultation_leaves_nothing_set_aside(database):
    crowd = make_crowd()
    send(crowd, 20, held="fast")
    crowd.sweep(last=True)
    jobs.destroy(crowd.box())
    assert sums(crowd) == (0, 0, 0) and not db.session.scalars(select(Quarantine)).all()


def test_a_sweep_that_was_killed_sets_nobody_aside_twice_and_loses_nobody(database, monkeypatch):
    monkeypatch.setattr(jobs, "MOST", 10)
    crowd = make_crowd()
    send(crowd, 24)
    send(crowd, 45, held="fast")
    for at in range(1, 12):

        def dies(_step: str, left: list[int] = [at]) -> None:  # noqa: B006
            left[0] -= 1
            if left[0] < 0:
                raise InterruptedError

        try:
            jobs.sweep(crowd.box(), now=NOW, last=True, step=dies)
        except InterruptedError:
            db.session.rollback()
        responses, counted, aside = sums(crowd)
        waiting = set(db.session.scalars(select(Ballot.receipt)))
        settled = set(db.session.scalars(select(Counted.receipt)))
        assert responses == counted and responses + aside == len(settled)
        assert not waiting & settled and waiting | settled == {kept_of(person.key) for person in crowd.people}
    crowd.sweep(last=True)
    assert sums(crowd) == (24, 24, 45)


def test_proof_of_work_is_off_unless_wanted(tmp_path):
    assert not create_app(settings_for(tmp_path)).config["CONSULT"].proof_of_work
    assert settings_for(tmp_path, CONSULT_PROOF_OF_WORK="on").proof_of_work


def test_rows_are_written_in_the_order_of_their_random_keys(database):
    crowd = make_crowd()
    send(crowd, 40, held="fast")
    written: list[tuple[str, list[int]]] = []

    def note(_connection, _cursor, statement, parameters, _context, many):
        table = statement.partition("INSERT INTO ")[2].partition(" ")[0]
        if many and table in ("quarantined", "responses", "comments"):
            keys = [row["id"] if isinstance(row, dict) else row[0] for row in parameters]
            written.append((table, keys))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        crowd.sweep()
        decide(crowd, "to_count")
        jobs.count_decided(crowd.box(), now=NOW)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert {table for table, _keys in written} == {"quarantined", "responses", "comments"}
    for table, keys in written:
        assert len(keys) == 30 and keys == sorted(keys), table
    assert len({tuple(keys) for _table, keys in written}) == 3, "each table has keys of its own"


def test_a_count_that_is_killed_before_any_statement_is_done_whole_the_next_time(database):
    crowd = make_crowd()
    send(crowd, 12, held="fast")
    crowd.sweep(last=True)
    decide(crowd, "to_count")
    number = 0
    while in_a_killed_process(lambda left=number: count_and_die(crowd, left)):
        assert sums(crowd) in ((0, 0, 12), (12, 12, 0)), f"after a kill before statement {number}"
        number += 1
    assert number > 8 and sums(crowd) == (12, 12, 0) and crowd.everybody_once()


def count_and_die(crowd: Crowd, left: int) -> None:
    """Count what is decided, and die before this statement."""
    remaining = [left]

    def count(*_arguments) -> None:
        remaining[0] -= 1
        if remaining[0] < 0:
            die()

    box = crowd.box()
    event.listen(db.engine, "before_cursor_execute", count)
    jobs.count_decided(box, now=NOW)

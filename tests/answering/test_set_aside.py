"""Answers that were set aside, counted after all: as settling would have counted them, and once."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import event, select

from consult.answering import jobs, queries
from consult.answering.models import Ballot, Comment, Counted, PersonalAnswer, Quarantine, Quarantined, Response
from consult.answering.receipt import kept_of
from consult.domain.answers import Value
from consult.extensions import db
from tests.answering.crowd import Crowd, make_crowd
from tests.answering.factories import DEFINITION, NOW
from tests.answering.floods import decide, send, sums
from tests.answering.test_settle_killed import die, in_a_killed_process


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
    # Parts of twelve and fifteen: as in life, what a killed sweep leaves is never under ten.
    monkeypatch.setattr(jobs, "MOST", 20)
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

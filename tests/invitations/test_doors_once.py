"""One response for each invitation, whatever is pressed, killed or run at once; and no way from one to the other."""

from __future__ import annotations

import threading
import time
from collections import Counter

import pytest
from sqlalchemy import event, select

from consult.answering import jobs, queries
from consult.answering.actions import receipts
from consult.answering.actions.drop import AlreadyAnswered
from consult.answering.models import Ballot, Comment, Draft, Response
from consult.domain.errors import NotNow
from consult.extensions import db
from consult.invitations.models import Invitation
from consult.jobs import saving
from tests.answering.crowd import Crowd, make_crowd
from tests.answering.factories import NOW
from tests.answering.test_settle_killed import die, in_a_killed_process, in_a_thread, reopen
from tests.invitations.guests import Guest, everything, invite, spent


@pytest.fixture
def crowd(database, monkeypatch) -> Crowd:
    """An open consultation whose sweeps take several transactions."""
    monkeypatch.setattr(jobs, "MOST", 10)
    return make_crowd()


def kept_of(begun) -> bool:
    """Whether this draft was sent and is in the box or counted."""
    db.session.rollback()
    return queries.ballot_state(db.session, begun.key) is not None


def ballots() -> int:
    db.session.rollback()
    return len(db.session.execute(select(Ballot.id)).all())


def responses() -> int:
    db.session.rollback()
    return len(db.session.execute(select(Response.id)).all())


def refused(guest: Guest) -> bool:
    """Whether one more answer with this invitation is refused, and leaves its draft and nothing else."""
    before = ballots()
    begun = guest.begin()
    with pytest.raises(AlreadyAnswered):
        guest.send(begun)
    return ballots() == before and not kept_of(begun)


def test_twenty_sendings_with_one_invitation_at_once_are_one_ballot_and_the_other_drafts_stay(crowd, app):
    (guest,) = invite(crowd.consultation_id)
    begun = [guest.begin() for _ in range(20)]
    outcome: list[str] = []
    ready = threading.Barrier(20)

    def send(one):
        ready.wait(20)
        try:
            guest.send(one)
            outcome.append("sent")
        except AlreadyAnswered:
            outcome.append("already")

    threads = [in_a_thread(app, lambda one=one: send(one)) for one in begun]
    for thread in threads:
        thread.join(30)
    assert Counter(outcome) == {"sent": 1, "already": 19}
    assert ballots() == 1 and spent() == [guest.ticket]
    assert len(db.session.execute(select(Draft.id)).all()) == 19


def test_a_sweep_marks_who_answered_and_empties_the_table(crowd):
    guests = invite(crowd.consultation_id, 30)
    for guest in guests[:25]:
        guest.answer()
    before = everything("invitations")
    assert set(spent()) == {guest.ticket for guest in guests[:25]}
    assert all(guest.state == "sent" for guest in guests), "staff could tell before the sweep"
    assert everything("invitations") == before
    crowd.sweep()
    assert spent() == []
    assert [guest.state for guest in guests] == ["answered"] * 25 + ["sent"] * 5
    assert refused(guests[0])
    guests[29].answer()
    assert spent() == [guests[29].ticket]


def test_invitations_are_marked_and_tickets_deleted_in_the_order_of_their_random_keys(crowd):
    for guest in invite(crowd.consultation_id, 25):
        guest.answer()
    marked, deleted = [], []

    def note(_connection, _cursor, statement, parameters, _context, executemany):
        for target, verb in ((marked, "UPDATE invitations"), (deleted, "DELETE FROM spent")):
            if statement.startswith(verb):
                rows = parameters if executemany else [parameters]
                target += [row[-1] if isinstance(row, tuple) else next(reversed(row.values())) for row in rows]

    event.listen(db.engine, "before_cursor_execute", note)
    crowd.sweep()
    event.remove(db.engine, "before_cursor_execute", note)
    assert len(marked) == len(deleted) == 25
    assert marked == sorted(marked) and deleted == sorted(deleted)


def test_a_sweep_leaves_the_tickets_of_other_consultations(crowd):
    other = make_crowd(slug="doors")
    (guest,) = invite(crowd.consultation_id)
    (stranger,) = invite(other.consultation_id)
    guest.answer()
    stranger.answer()
    crowd.sweep()
    assert (spent(), guest.state, stranger.state) == ([stranger.ticket], "answered", "sent")
    other.sweep()
    assert (spent(), stranger.state) == ([], "answered")


def test_a_ticket_whose_invitation_was_deleted_goes_too_and_is_no_good_any_more(crowd):
    guest, other = invite(crowd.consultation_id, 2)
    late = guest.begin()
    guest.answer()
    with saving():
        db.session.delete(db.session.get_one(Invitation, guest.invitation))
    crowd.sweep()
    assert spent() == []
    with pytest.raises(NotNow):
        guest.send(late)
    other.answer()


def test_people_may_send_at_every_step_of_a_sweep_and_each_invitation_counts_once(crowd, app):
    guests = invite(crowd.consultation_id, 60)
    drafts = {guest: [guest.begin(), guest.begin()] for guest in guests}
    for guest in guests[:30]:
        guest.send(drafts[guest][0])
    waiting = iter(guests[30:])
    threads, sent = [], list(guests[:30])

    def again(guest):
        with pytest.raises(AlreadyAnswered):
            guest.send(drafts[guest][1])

    def step(_name):
        fresh = next(waiting)
        sent.append(fresh)
        earlier = guests[len(threads) % 30]
        threads.append(in_a_thread(app, lambda: fresh.send(drafts[fresh][0])))
        threads.append(in_a_thread(app, lambda: again(earlier)))
        time.sleep(0.03)

    jobs.sweep(crowd.box(), now=NOW, step=step)
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()
    for guest in sent:
        assert [kept_of(one) for one in drafts[guest]] == [True, False]
    crowd.sweep(last=True)
    assert responses() == len(sent)
    assert spent() == []
    assert {guest.state for guest in sent} == {"answered"}


def test_a_sweep_waits_for_whoever_is_sending_and_marks_them(crowd, app):
    guest, late = invite(crowd.consultation_id, 2)
    late.answer()
    begun, second = guest.begin(), guest.begin()
    sent, may_commit = threading.Event(), threading.Event()

    def slowly():
        with saving():
            guest.drop(begun)
            sent.set()
            may_commit.wait(10)

    sender = in_a_thread(app, slowly)
    assert sent.wait(10)
    box = crowd.box()
    sweeping = in_a_thread(app, lambda: jobs.sweep(box, now=NOW))
    time.sleep(0.3)
    assert sweeping.is_alive(), "the sweep did not wait"
    may_commit.set()
    for thread in (sender, sweeping):
        thread.join(30)
    assert (guest.state, spent()) == ("answered", [])
    with pytest.raises(AlreadyAnswered):
        guest.send(second)


@pytest.mark.parametrize("last", [False, True])
def test_killed_between_any_two_steps_each_invitation_counts_once(crowd, last):
    rounds, done = 0, {}
    while True:
        reopen(crowd)
        for guest in invite(crowd.consultation_id, 22):
            done[guest] = guest.answer()
        box = crowd.box()

        def work(box=box, rounds=rounds):
            steps = []

            def step(name):
                steps.append(name)
                if len(steps) > rounds:
                    die()

            jobs.sweep(box, now=NOW, last=last, step=step)

        was_killed = in_a_killed_process(work)
        waiting = set(spent())
        for guest, begun in done.items():
            assert kept_of(begun), f"lost after a kill at step {rounds}"
            assert (guest.state == "answered") != (guest.ticket in waiting), f"after a kill at step {rounds}"
        assert last or refused(guest)
        crowd.sweep(last=last)
        assert spent() == [] and {one.state for one in done} == {"answered"}
        # Tickets are marked among the first steps; of the later ones every third will do.
        rounds += 1 if rounds < 4 else 3
        if not was_killed:
            break
    assert rounds > 8
    reopen(crowd)
    crowd.sweep(last=True)
    marks = Counter(db.session.execute(select(Comment.text)).scalars())
    assert marks == {f"mark-{begun.key.hex()}": 1 for begun in done.values()}


@pytest.mark.parametrize("swept", [False, True])
def test_answers_taken_back_give_the_invitation_back(crowd, swept):
    (guest,) = invite(crowd.consultation_id)
    begun = guest.answer()
    if swept:
        crowd.sweep()
        assert guest.state == "answered"
    with saving():
        done = receipts.take_back_invited(
            db.session,
            receipts.shown(begun.key),
            consultation_id=crowd.consultation_id,
            ticket=guest.ticket,
        )
    assert done == (True, True)
    assert (ballots(), spent(), guest.state) == (0, [], "sent")
    guest.answer()
    assert refused(guest)
    assert ballots() == 1


def test_answers_that_are_counted_give_nothing_back(crowd):
    guests = invite(crowd.consultation_id, 12)
    begun = [guest.answer() for guest in guests]
    crowd.sweep(last=True)
    with saving():
        done = receipts.take_back_invited(
            db.session,
            receipts.shown(begun[0].key),
            consultation_id=crowd.consultation_id,
            ticket=guests[0].ticket,
        )
    assert done == (False, False) and guests[0].state == "answered"


def test_taking_back_while_a_sweep_marks_leaves_no_invitation_used_without_an_answer(crowd, app):
    guests = invite(crowd.consultation_id, 40)
    begun = {guest: guest.answer() for guest in guests}
    waiting, threads, asked = iter(guests), [], []

    def take_back(guest):
        with saving():
            receipts.take_back_invited(
                db.session,
                receipts.shown(begun[guest].key),
                consultation_id=crowd.consultation_id,
                ticket=guest.ticket,
            )

    def step(_name):
        for guest in (next(waiting), next(waiting)):
            asked.append(guest)
            threads.append(in_a_thread(app, lambda guest=guest: take_back(guest)))
        time.sleep(0.03)

    jobs.sweep(crowd.box(), now=NOW, step=step)
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()
    crowd.sweep()
    assert spent() == []
    assert any(guest.state == "sent" for guest in asked)
    for guest in guests:
        assert (guest.state == "answered") == kept_of(begun[guest])


def test_a_sweep_waits_for_whoever_is_taking_back_and_does_not_mark_them(crowd, app):
    guest, other = invite(crowd.consultation_id, 2)
    other.answer()
    begun = guest.answer()
    taken, may_commit = threading.Event(), threading.Event()

    def slowly():
        with saving():
            receipts.take_back_invited(
                db.session,
                receipts.shown(begun.key),
                consultation_id=crowd.consultation_id,
                ticket=guest.ticket,
            )
            taken.set()
            may_commit.wait(10)

    person = in_a_thread(app, slowly)
    assert taken.wait(10)
    box = crowd.box()
    sweeping = in_a_thread(app, lambda: jobs.sweep(box, now=NOW))
    time.sleep(0.3)
    may_commit.set()
    for thread in (person, sweeping):
        thread.join(30)
        assert not thread.is_alive()
    assert (guest.state, other.state, spent()) == ("sent", "answered", [])


def test_parts_of_the_list_are_settled_as_labels_and_no_part_under_ten_is_shown(crowd):
    for guest in invite(crowd.consultation_id, 40, parts=("North", "South")):
        guest.answer()
    for guest in invite(crowd.consultation_id, 4, parts=("Tiny",)):
        guest.answer()
    crowd.sweep(last=True)
    shown = Counter(db.session.execute(select(Response.segment)).scalars())
    assert shown.keys() == {"North", "South", ""} and sum(shown.values()) == 44
    assert min(shown.values()) >= 10


def test_no_value_leads_from_an_invitation_to_an_answer(crowd):
    for guest in invite(crowd.consultation_id, 40, parts=("North", "South")):
        guest.answer()
    for last in (False, True):
        crowd.sweep(last=last)
        people = everything("contact_lists", "contacts", "invitations")
        answers = everything("drafts", "ballots", "responses", "comments", "personal_answers", "counted", "spent")
        known = {str(value) for rows in people.values() for row in rows for value in row if value not in (None, "")}
        said = {str(value) for rows in answers.values() for row in rows for value in row if value not in (None, "")}
        assert known & said <= {"North", "South", "en", str(crowd.consultation_id), str(NOW.date())}

"""Sweeps settle groups of ten or more, leave ten, and lose nobody."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from consult.answering import jobs, keys, queries
from consult.answering.actions import equality, receipts
from consult.answering.models import Ballot, Comment, Counted, Draft, Generation, PersonalAnswer, Response
from consult.answering.receipt import kept_of
from consult.consultations.models import Revision
from consult.domain.answers import Value, unpack
from consult.domain.statistics import ANSWERED, ASKED
from consult.extensions import db
from consult.jobs import saving
from consult.questions import kind
from tests.answering.crowd import key_files, make_crowd
from tests.answering.factories import CLOSES, DEFINITION, NOW


@pytest.fixture
def crowd(database):
    """An open consultation."""
    return make_crowd()


def test_a_sweep_settles_all_but_ten_and_the_last_one_settles_the_rest(crowd):
    crowd.send(25)
    first = crowd.sweep()
    assert (first.settled, first.staying) == (15, 10)
    assert crowd.everybody_once()
    assert len(key_files()) == 1
    last = crowd.sweep(last=True, now=CLOSES)
    assert (last.settled, last.staying) == (10, 0)
    assert crowd.everybody_once()
    assert {crowd.state(person) for person in crowd.people} == {"counted"}
    assert key_files() == []
    assert crowd.box().stage == "closed"


def test_fewer_than_twenty_wait(crowd):
    crowd.send(19)
    assert crowd.sweep().settled == 0
    assert {crowd.state(person) for person in crowd.people} == {"waiting"}
    assert crowd.everybody_once()


def test_what_stays_is_sealed_again_under_other_names_to_another_key(crowd):
    crowd.send(12)
    before = {
        (row.id, row.generation, row.sealed)
        for row in db.session.execute(select(Ballot.id, Ballot.generation, Ballot.sealed))
    }
    files = key_files()
    crowd.sweep()
    after = {
        (row.id, row.generation, row.sealed)
        for row in db.session.execute(select(Ballot.id, Ballot.generation, Ballot.sealed))
    }
    for at in range(3):
        assert not {row[at] for row in before} & {row[at] for row in after}
    assert len(key_files()) == 1 and not set(files) & set(key_files())
    assert len(db.session.execute(select(Generation.id)).all()) == 1


def test_who_has_not_passed_the_equality_page_waits_once(crowd):
    crowd.send(20)
    crowd.send(5, passes_equality=False)
    assert crowd.sweep().settled == 10
    assert {crowd.state(person) for person in crowd.people[20:]} == {"waiting"}
    assert crowd.sweep(last=True).settled == 15
    assert crowd.everybody_once()


def test_equality_answers_are_counted_and_can_be_given_after_a_sweep_too(crowd):
    crowd.send(30, about={"sex": "female"})
    late = crowd.send(1, passes_equality=False)[0]
    crowd.sweep()
    with saving():
        assert equality.add(
            db.session, draft_key=late.key, answers={"sex": "male", "age_band": "nonsense", "no": "such"}
        )
    crowd.sweep(last=True)
    assert queries.equality_counts(db.session, crowd.consultation_id) == {
        "": {ANSWERED: 31},
        "sex": {"female": 30, "male": 1},
    }
    with saving():
        assert not equality.add(db.session, draft_key=late.key, answers={"sex": "female"})


def test_languages_with_too_few_lose_their_label_and_not_their_answers(crowd):
    crowd.send(30)
    crowd.send(4, language="pl")
    crowd.sweep(last=True)
    assert Counter(db.session.execute(select(Response.language)).scalars()) == {"en": 24, "": 10}
    assert set(db.session.execute(select(Comment.language)).scalars()) == {"en", ""}
    assert crowd.everybody_once()


def test_everything_a_response_knows_is_the_day_of_its_settling(crowd):
    crowd.send(40)
    crowd.sweep(now=NOW + timedelta(days=3))
    assert set(db.session.execute(select(Response.day)).scalars()) == {date(2026, 11, 26)}


def test_fewer_than_ten_in_all_are_settled_at_closing(crowd):
    crowd.send(3)
    crowd.send(1, language="pl")
    assert crowd.sweep(last=True).settled == 4
    assert set(db.session.execute(select(Response.language)).scalars()) == {""}
    assert queries.responses(db.session, crowd.consultation_id) == 4


def test_a_handful_left_after_others_were_counted_is_held(crowd):
    crowd.send(25)
    crowd.sweep()
    left = [person for person in crowd.people if crowd.state(person) == "waiting"]
    with saving():
        assert receipts.take_back(db.session, left[0].receipt)
    outcome = crowd.sweep(last=True)
    assert (outcome.settled, outcome.staying) == (0, 9)
    assert crowd.box().stage == "held"
    assert len(key_files()) == 1
    assert crowd.everybody_once([person for person in crowd.people if person is not left[0]])
    assert crowd.sweep(last=True, whatever=True).settled == 9
    assert crowd.box().stage == "closed"


def test_taken_back_answers_are_gone_and_counted_ones_stay(crowd):
    crowd.send(30)
    crowd.sweep()
    waiting = [person for person in crowd.people if crowd.state(person) == "waiting"]
    counted = [person for person in crowd.people if crowd.state(person) == "counted"]
    with saving():
        assert receipts.take_back(db.session, waiting[0].receipt.lower())
        assert not receipts.take_back(db.session, waiting[0].receipt)
        assert not receipts.take_back(db.session, counted[0].receipt)
    assert crowd.state(waiting[0]) is None
    assert crowd.state(counted[0]) == "counted"


def test_a_batch_that_shrinks_below_ten_after_the_box_was_opened_stays(crowd):
    crowd.send(25)

    def take_most_back(name):
        if name == "opened":
            with saving():
                for person in crowd.people[:20]:
                    receipts.take_back(db.session, person.receipt)

    outcome = jobs.sweep(crowd.box(), now=NOW, step=take_most_back)
    assert outcome.settled == 0
    assert crowd.everybody_once(crowd.people[20:])


def test_equality_answers_given_after_the_box_was_opened_are_counted(crowd):
    crowd.send(30)

    def think_again(name):
        if name == "opened":
            with saving():
                for person in crowd.people:
                    assert equality.add(db.session, draft_key=person.key, answers={"carer": "no"})

    settled = jobs.sweep(crowd.box(), now=NOW, step=think_again).settled
    assert queries.equality_counts(db.session, crowd.consultation_id)["carer"] == {"no": settled}
    crowd.sweep(last=True)
    assert queries.equality_counts(db.session, crowd.consultation_id)["carer"] == {"no": 30}


def test_whatever_waits_can_be_counted_on_demand_and_the_box_stays_open(crowd):
    crowd.send(3)
    assert crowd.sweep(whatever=True).settled == 3
    assert crowd.everybody_once()
    crowd.send(2)
    assert crowd.sweep(whatever=True).settled == 2
    assert crowd.everybody_once()


def test_large_boxes_are_settled_in_several_transactions(crowd, monkeypatch):
    monkeypatch.setattr(jobs, "MOST", 20)
    crowd.send(95)
    steps = []
    outcome = jobs.sweep(crowd.box(), now=NOW, step=steps.append)
    assert (outcome.settled, steps.count("settled")) == (85, 5)
    assert crowd.everybody_once()


def test_a_key_that_is_not_here_loses_nothing_and_keeps_nothing_else_from_settling(crowd, app):
    crowd.send(22)
    generation = db.session.execute(select(Generation.id)).scalar()
    folder = app.config["CONSULT"].box_keys
    place = keys.place(folder, generation)
    place.rename(folder / "elsewhere")
    assert crowd.sweep().settled == 0
    crowd.send(22)
    assert crowd.sweep().settled == 12
    (folder / "elsewhere").rename(place)
    assert crowd.sweep().settled == 22
    assert crowd.everybody_once()


def test_a_damaged_ballot_stays_and_keeps_nobody_else_from_being_counted(crowd):
    crowd.send(30)
    with saving():
        broken = db.session.execute(select(Ballot)).scalars().first()
        broken.sealed = b"x" * len(broken.sealed)
    outcome = crowd.sweep(last=True)
    assert (outcome.settled, outcome.unopened) == (29, 1)
    assert len(key_files()) == 1


# What becomes of an answer


MIXED = {
    "language": "en",
    "languages": ["en"],
    "title": "Mixed",
    "pages": [
        {
            "key": "p1",
            "questions": [
                {
                    "key": "how",
                    "kind": "single_choice",
                    "text": "How?",
                    "options": [{"key": "hard", "label": "Hard"}, {"key": "other", "label": "Other", "other": True}],
                },
                {"key": "why", "kind": "long_text", "text": "Why?"},
                {"key": "name", "kind": "short_text", "text": "Your name?", "personal": True},
                {"key": "day", "kind": "date", "text": "Day?"},
            ],
        }
    ],
}


def test_written_words_leave_the_response_and_names_leave_it_without_a_link(database):
    crowd = make_crowd(slug="mixed", definition=MIXED)
    crowd.send(
        12,
        answers={
            "how": (Value(choice="other", text="by post"),),
            "why": (Value(text="so\0 \ud800 far"),),
            "name": (Value(text="Ada"),),
            "day": (Value(text="2026-01-02"),),
        },
    )
    crowd.sweep(last=True)
    for answers in db.session.execute(select(Response.answers)).scalars():
        assert unpack(answers) == {"how": (Value(choice="other"),), "day": (Value(text="2026-01-02"),)}
    comments = db.session.execute(select(Comment.question, Comment.text, Comment.response_id)).all()
    assert Counter((question, text) for question, text, _ in comments) == {
        ("how", "by post"): 12,
        ("why", "so ? far"): 12,
    }
    assert {link for *_, link in comments} == set(db.session.execute(select(Response.id)).scalars())
    names = db.session.execute(select(PersonalAnswer)).scalars().all()
    assert [name.answer for name in names] == [[["", None, None, "Ada"]]] * 12
    tally = queries.tally(db.session, crowd.consultation_id)
    assert tally["name", "", ASKED] == tally["name", "", ANSWERED] == tally["how", "", "other"] == 12


def test_answers_stand_in_the_order_of_the_questionnaire_whatever_order_they_came_in(crowd):
    crowd.send(10, answers={"days": (Value(number=3),), "how": (Value(choice="hard"),)})
    crowd.sweep(last=True)
    assert {tuple(answers) for answers in db.session.execute(select(Response.answers)).scalars()} == {("how", "days")}


def test_answers_to_an_earlier_version_too_few_to_tell_apart_are_kept_under_the_newer_one(crowd):
    newer = {**DEFINITION, "pages": [page for page in DEFINITION["pages"] if page["key"] != "p2"]}
    with saving():
        revision = Revision(
            consultation_id=crowd.consultation_id, number=2, definition=newer, languages=["en"], created_on=NOW.date()
        )
        db.session.add(revision)
        db.session.flush()
        second = revision.id
    early = crowd.send(3)
    crowd.revision = second
    crowd.send(15, answers={"how": (Value(choice="hard"),)})
    crowd.sweep(last=True)
    assert set(db.session.execute(select(Response.revision_id)).scalars()) == {second}
    comments = db.session.execute(select(Comment.text, Comment.response_id)).all()
    assert {text for text, _ in comments} == {person.mark for person in early}
    assert {link for _, link in comments} == {None}
    assert queries.tally(db.session, crowd.consultation_id, revision_id=second)["how", "", "hard"] == 18


def test_tallies_are_what_counting_one_by_one_gives(crowd):
    from random import Random

    from consult.answering.actions.invent import answers
    from consult.domain.questionnaire import read
    from consult.domain.statistics import tally

    questionnaire = read(DEFINITION)
    given = [answers(questionnaire, Random(seed)) for seed in range(60)]
    for one in given:
        crowd.send(answers=one)
    crowd.sweep()
    crowd.sweep(last=True)
    expected = tally(questionnaire, given, lambda question, values: kind(question.kind).atoms(question, values))
    assert queries.tally(db.session, crowd.consultation_id) == expected


def test_drafts_are_deleted_after_closing_and_expired_ones_before(crowd, clock):
    from consult.answering import drafts

    with saving():
        for _ in range(2):
            drafts.begin(
                db.session,
                consultation_id=crowd.consultation_id,
                revision=crowd.revision,
                language="en",
                now=NOW,
            )
        db.session.execute(Draft.__table__.update().values(expires_on=date(2026, 11, 25)))
    clock.set(NOW + timedelta(days=2))
    jobs.sweep_drafts()
    assert len(db.session.execute(select(Draft.id)).all()) == 2
    clock.set(NOW + timedelta(days=3))
    jobs.sweep_drafts()
    assert db.session.execute(select(Draft.id)).all() == []
    with saving():
        drafts.begin(
            db.session,
            consultation_id=crowd.consultation_id,
            revision=crowd.revision,
            language="en",
            now=NOW,
        )
    crowd.sweep(last=True)
    assert db.session.execute(select(Draft.id)).all() == []


def test_receipts_of_counted_answers_stand_alone(crowd):
    crowd.send(10)
    crowd.sweep(last=True)
    assert set(db.session.execute(select(Counted.receipt)).scalars()) == {
        kept_of(person.key) for person in crowd.people
    }
    assert [column.name for column in Counted.__table__.columns] == ["receipt"]

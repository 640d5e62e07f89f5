"""The columnar copy says what the tallies say, of everybody and of any part of them."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from consult.answering import queries as answering
from consult.domain.answers import Value
from consult.domain.statistics import tally
from consult.extensions import db
from consult.questions import kind
from consult.results import copying, jobs
from consult.results.columns import Cut, Picked, Reader
from tests.answering.factories import options, say
from tests.results.factories import answer, close, count, crowd, make_answered

CONDITIONAL = {
    "language": "en",
    "title": say("Ways"),
    "pages": [
        {
            "key": "p1",
            "questions": [
                {
                    "key": "how",
                    "kind": "single_choice",
                    "text": say("How?"),
                    "options": options("easy", "hard", "other"),
                },
                {"key": "why", "kind": "long_text", "text": say("Why?")},
            ],
        },
        {
            "key": "p2",
            "show": {"when": "how", "is": "any_of", "of": ["hard"]},
            "questions": [
                {"key": "which", "kind": "multiple_choice", "text": say("Which?"), "options": options("web", "walk")},
                {"key": "more", "kind": "short_text", "text": say("What else?")},
            ],
        },
    ],
}


def kept_tally(consultation):
    return Counter({place: n for place, n in answering.tally(db.session, consultation.id).items() if n})


def read(consultation):
    return Reader.of(copying.folder_of(consultation.id))


def test_the_copy_counts_what_the_tallies_count(answered):
    assert copying.copy(answered) == 73
    with read(answered) as reader:
        assert reader.responses(Cut()) == 73
        assert reader.tally(Cut()) == kept_tally(answered)


def test_it_does_so_where_questions_come_and_go(app, database, clock):
    chance = random.Random(4)
    people = []
    for _ in range(300):
        given = {"how": chance.choice(["easy", "hard", "other"])}
        if chance.random() < 0.5:
            given["why"] = "Words"
        if given["how"] == "hard":
            given["which"] = chance.sample(["web", "walk"], chance.randint(1, 2))
            if chance.random() < 0.5:
                given["more"] = (Value(text="More words"),)
        people.append(answer(**given))
    consultation = make_answered(app, people, definition=CONDITIONAL)
    copying.copy(consultation)
    with read(consultation) as reader:
        assert reader.tally(Cut()) == kept_tally(consultation)


def test_a_cut_counts_only_those_in_it(app, answered):
    people = crowd()
    copying.copy(answered)
    questionnaire = answered.current.questionnaire()
    cut = Cut(picked=(Picked("how", "", ("easy",)), Picked("grid", "desk", ("good",))))
    some = [
        one
        for one in people
        if one["how"][0].choice == "easy" and any(v.part == "desk" and v.choice == "good" for v in one.get("grid", ()))
    ]
    assert 0 < len(some) < 40
    with read(answered) as reader:
        assert reader.responses(cut) == len(some)
        expected = tally(questionnaire, some, lambda question, values: kind(question.kind).atoms(question, values))
        assert reader.tally(cut) == expected


def test_a_cross_table_is_what_a_plain_loop_counts(answered):
    copying.copy(answered)
    expected = Counter(
        (one["how"][0].choice, value.choice) for one in crowd() for value in one.get("which", ()) if value.choice
    )
    with read(answered) as reader:
        found = reader.crossed(("how", ""), ("which", ""), Cut())
    assert {pair: n for pair, n in found.items() if pair in expected} == expected
    assert not {
        pair
        for pair in found
        if pair not in expected and {"easy", "hard", "other"} & {pair[0]} and {"web", "walk", "none"} & {pair[1]}
    }


def test_labels_and_days_cut_too(answered):
    count(answered, crowd(10, 10, 0), language="pl")
    db.session.commit()
    copying.copy(answered)
    with read(answered) as reader:
        assert reader.labels()["language"] == {"en": 73, "pl": 20}
        assert reader.responses(Cut(labels=(("language", ("pl",)),))) == 20
        assert reader.responses(Cut(labels=(("language", ("pl", "en")), ("channel", ("online",))))) == 93
        assert reader.responses(Cut(labels=(("language", ("' OR 1=1 --",)),))) == 0
        with pytest.raises(KeyError):
            reader.responses(Cut(labels=(("1=1) OR (1", ("pl",)),)))


def test_the_worker_copies_once_all_is_counted_and_again_when_that_changed(app, database, clock):
    consultation = make_answered(app, closed=False)
    assert jobs.copy_what_is_due() == 0
    close(consultation)
    db.session.commit()
    assert jobs.copy_what_is_due() == 1 and jobs.copy_what_is_due() == 0
    count(consultation, crowd(5, 5, 0))
    db.session.commit()
    assert jobs.copy_what_is_due() == 1
    with read(consultation) as reader:
        assert reader.responses(Cut()) == 83


def test_a_failure_leaves_the_old_copy_and_nothing_else(answered, monkeypatch):
    copying.copy(answered)
    folder = copying.folder_of(answered.id)

    def broken(self):
        raise OSError("no space left")

    monkeypatch.setattr("consult.results.columns.writing.Writer._finish", broken)
    with pytest.raises(OSError, match="no space"):
        copying.copy(answered)
    assert [one.name for one in folder.parent.iterdir()] == [folder.name]
    with read(answered) as reader:
        assert reader.responses(Cut()) == 73


def test_the_copy_is_for_whoever_runs_the_site_alone_and_has_no_numbers_of_rows(answered):
    copying.copy(answered)
    folder = copying.folder_of(answered.id)
    assert folder.parent.stat().st_mode & 0o077 == 0
    assert all(one.stat().st_mode & 0o077 == 0 for one in folder.iterdir())
    with read(answered) as reader:
        names = [row[0] for row in reader.database.execute(f"DESCRIBE SELECT * FROM {reader.source}").fetchall()]
    assert names[:5] == ["revision", "language", "channel", "segment", "day"]
    assert all(name.startswith("c") for name in names[5:])


def test_answers_that_are_gone_are_gone_from_the_copy(answered):
    copying.copy(answered)
    copying.forget(answered.id)
    with read(answered) as reader:
        assert reader is None

"""Which equality questions are asked is chosen; several answers are counted one by one; finer groups have a parent."""

from __future__ import annotations

import pytest

from consult.answering import queries
from consult.answering.actions.tallies import equality_places
from consult.domain.equality import BANK, PREFER_NOT, USUAL, accepted, asked
from consult.domain.equality.ethnic import NHS_CODES, PARENTS
from consult.domain.statistics import ANSWERED
from consult.extensions import db
from consult.results import queries as results
from tests.answering.crowd import make_crowd
from tests.answering.factories import NOW, make_open
from tests.answering.test_answering import START, begin, send
from tests.client import parse


@pytest.fixture(autouse=True)
def noon(clock):
    clock.set(NOW)


def test_every_question_has_words_a_purpose_and_a_source_and_no_place_for_writing():
    for question in BANK:
        assert question.text and question.purpose and question.source and question.options
        assert len(dict(question.options)) == len(question.options)
    assert [question.key for question in asked(None)] == list(USUAL)
    assert [question.key for question in asked(["religion", "sex"])] == ["sex", "religion"]


def test_a_finer_ethnic_group_answers_the_first_question_too():
    assert set(PARENTS.values()) == {"white", "mixed", "asian", "black", "other"}
    assert len(PARENTS) == 19 and set("".join(NHS_CODES.values())) == set("ABCDEFGHJKLMNPRS")
    assert accepted({"ethnic_2": "r_chinese"}) == {"ethnic_2": "r_chinese", "ethnic_1": "asian"}
    assert accepted({"ethnic_1": "white", "ethnic_2": "c_roma"})["ethnic_1"] == "white"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("hearing,vision", {"impairment": "vision,hearing"}),
        ("vision,none", {}),
        ("vision," + PREFER_NOT, {}),
        ("vision,gone", {}),
        ("none", {"impairment": "none"}),
        (PREFER_NOT, {"impairment": PREFER_NOT}),
    ],
)
def test_several_answers_are_taken_unless_one_of_them_stands_alone(given, kept):
    assert accepted({"impairment": given}) == kept


def test_several_answers_are_counted_one_by_one_with_how_many_people_there_were():
    places = equality_places({"impairment": "vision,hearing", "sex": "female"}, {})
    expected = {("", ANSWERED), ("impairment", "vision"), ("impairment", "hearing"), ("impairment", ANSWERED)}
    assert set(places) == expected | {("sex", "female")}


def test_only_what_was_chosen_is_asked_and_kept(app, client):
    with app.app_context():
        make_open().equality_questions = ["impairment", "religion"]
        db.session.commit()
    begin(client)
    send(client)
    page = parse(client.get(f"{START}/equality?questions=yes").get_data(as_text=True))
    names = {one.get("name") for one in page.all("input") if one.get("type") in ("radio", "checkbox")}
    assert names == {"impairment", "religion"}
    answers = {"step": "questions", "impairment": ["vision", "memory"], "religion": "none", "sex": "female"}
    assert client.post(f"{START}/equality", answers).headers["Location"].endswith("/done")


def test_contradicting_answers_are_said_and_nothing_is_lost(app, client):
    with app.app_context():
        make_open().equality_questions = ["impairment"]
        db.session.commit()
    begin(client)
    send(client)
    answers = {"step": "questions", "impairment": ["vision", "none"]}
    response = client.post(f"{START}/equality", answers)
    assert response.status_code == 422
    boxes = parse(response.get_data(as_text=True)).all("input")
    checked = {one.get("value") for one in boxes if "checked" in one.attributes}
    assert {"vision", "none"} <= checked


def test_staff_see_each_answer_of_several_against_everybody_who_answered(database):
    crowd = make_crowd()
    crowd.send(12, about=accepted({"impairment": "vision,hearing"}))
    crowd.send(13, about=accepted({"impairment": "none"}))
    crowd.sweep(whatever=True)
    assert queries.equality_counts(database, crowd.consultation_id)["impairment"][ANSWERED] == 25
    from consult.consultations.models import Consultation

    (finding,) = results.equality(database.get_one(Consultation, crowd.consultation_id))
    table = finding.table
    assert (table.base.count, table.cell_by_key["vision"].count, table.unticked_by_key["vision"].count) == (25, 12, 13)

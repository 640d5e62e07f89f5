"""The journey agrees with a naive reading of every condition, over random questionnaires and answers."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult.domain.answers import Packed, Value, pack, unpack
from consult.domain.journey import walk
from consult.domain.questionnaire import BadDefinition, as_json, read
from tests.domain.definitions import answers_for, definitions
from tests.domain.naive import walked

TODAYS = st.sampled_from([None, date(2026, 3, 5), date(2026, 11, 23), date(2027, 1, 1)])


def seen(stop):
    return [
        (question.key, [option.key for option in question.options], [row.key for row in question.rows])
        for question in stop.questions
    ]


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(definitions(), st.data(), TODAYS)
def test_the_journey_agrees_with_a_naive_reading(made, data, today):
    definition, shapes = made
    questionnaire = read(definition)
    packed = data.draw(answers_for(shapes))
    answers = unpack(packed)
    pages, counted = walked(definition, packed, today)
    route = walk(questionnaire, answers, today=today)
    assert [(stop.page.key, seen(stop)) for stop in route.stops] == pages
    assert dict(route.answers) == unpack(counted)
    assert set(route.dropped) == {key for key, atoms in packed.items() if counted.get(key) != atoms}
    assert read(as_json(questionnaire)) == questionnaire


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(definitions(), st.data(), TODAYS)
def test_a_page_looked_at_alone_is_as_it_is_on_the_whole_way(made, data, today):
    definition, shapes = made
    packed = data.draw(answers_for(shapes))
    pages, counted = walked(definition, packed, today)
    keys = [page["key"] for page in definition["pages"]]
    way = [key for key, _seen in pages]
    for key in data.draw(st.permutations(keys)):
        route = walk(read(definition), Packed(packed), today=today)
        after, before = route.after(key), route.before(key)
        assert (after and after.page.key) == next((one for one in way if one > key), None)
        assert (before and before.page.key) == next((one for one in reversed(way) if one < key), None)
        stop = walk(read(definition), Packed(packed), today=today).stop(key)
        assert (stop and seen(stop)) == dict(pages).get(key)
    route = walk(read(definition), Packed(packed), today=today)
    for key in data.draw(st.permutations(sorted(shapes))):
        assert route.answers.get(key, ()) == unpack(counted).get(key, ())


def test_answers_are_kept_as_they_were_packed():
    answers = {"a": (Value(choice="x"), Value(part="r", number=2)), "b": (Value(text="hello"),)}
    assert unpack(pack(answers)) == answers == dict(Packed(pack(answers)))
    assert "c" not in Packed(pack(answers))


def refused(definition):
    try:
        read(definition)
    except BadDefinition as refusal:
        return " ".join(f"{problem.where}: {problem.sentence}" for problem in refusal.problems)
    return ""


def one_page(*questions, **page):
    return {"title": "T", "pages": [{"key": "p1", "questions": list(questions), **page}]}


def test_a_condition_may_only_look_back_to_an_earlier_page():
    first = {"key": "a", "kind": "yes_no", "text": "A"}
    second = {"key": "b", "kind": "yes_no", "text": "B", "show": {"when": "a", "is": "any_of", "of": ["yes"]}}
    assert "earlier page" in refused(one_page(first, second))
    assert not refused(
        {"title": "T", "pages": [{"key": "p1", "questions": [first]}, {"key": "p2", "questions": [second]}]}
    )


def test_definitions_that_cannot_be_asked_are_refused_with_the_place():
    good = {"key": "a", "kind": "yes_no", "text": "A"}
    assert "used twice" in refused(one_page(good, good))
    assert "needs a page" in refused({"title": "T", "pages": []})
    assert "needs a question" in refused(one_page())
    assert "needs words" in refused(one_page({"key": "a", "kind": "yes_no"}))
    assert "not a usable key" in refused(one_page({"key": "1 a", "kind": "yes_no", "text": "A"}))
    assert "address of another step" in refused({"title": "T", "pages": [{"key": "check", "questions": [good]}]})
    assert "an object" in refused([])
    assert "list of objects" in refused({"title": "T", "pages": "all of them"})


def test_a_language_is_complete_only_with_every_word():
    definition = one_page({"key": "a", "kind": "yes_no", "text": {"en": "A", "pl": "A"}, "hint": {"en": "why"}})
    definition["languages"] = ["en", "pl"]
    questionnaire = read({**definition, "title": {"en": "T", "pl": "T"}})
    assert questionnaire.lacking("pl") == ["question a: hint"]
    assert questionnaire.complete_languages == ("en",)

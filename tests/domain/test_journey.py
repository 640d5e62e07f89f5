"""The journey agrees with a naive reading of every condition, over random questionnaires and answers."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from consult.domain.answers import Value, pack, unpack
from consult.domain.journey import walk
from consult.domain.questionnaire import BadDefinition, as_json, read

OPTIONS = ["a", "b", "c"]


@st.composite
def conditions_on(draw, earlier):
    if not earlier or draw(st.booleans()):
        return None
    simple = st.builds(
        lambda when, operator, of: {"when": when, "is": operator, "of": of},
        st.sampled_from(earlier),
        st.sampled_from(["any_of", "none_of", "all_of"]),
        st.lists(st.sampled_from(OPTIONS), min_size=1, max_size=2),
    )
    return draw(
        st.recursive(
            simple,
            lambda inner: st.one_of(
                st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3)),
                st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3)),
                st.builds(lambda part: {"not": part}, inner),
            ),
            max_leaves=4,
        )
    )


@st.composite
def definitions(draw):
    pages, earlier = [], []
    for number in range(draw(st.integers(1, 5))):
        questions = []
        for at in range(draw(st.integers(1, 3))):
            key = f"q{number}_{at}"
            options = [{"key": one, "label": one.upper(), "show": draw(conditions_on(earlier))} for one in OPTIONS]
            questions.append(
                {
                    "key": key,
                    "kind": "multiple_choice",
                    "text": key,
                    "options": options,
                    "show": draw(conditions_on(earlier)),
                }
            )
        pages.append({"key": f"p{number}", "questions": questions, "show": draw(conditions_on(earlier))})
        earlier = earlier + [question["key"] for question in questions]
    return {"title": "T", "pages": pages}


def naive(condition, chosen):
    """The meaning of a condition, written a second time without looking at the first."""
    if condition is None:
        return True
    if "all" in condition:
        return all(naive(part, chosen) for part in condition["all"])
    if "any" in condition:
        return any(naive(part, chosen) for part in condition["any"])
    if "not" in condition:
        return not naive(condition["not"], chosen)
    have, of = chosen.get(condition["when"], set()), set(condition["of"])
    if not have:
        return condition["is"] == "none_of"
    return {"any_of": bool(have & of), "none_of": not have & of, "all_of": of <= have}[condition["is"]]


def naive_walk(definition, given_answers):
    chosen, pages = {}, []
    for page in definition["pages"]:
        here, seen = {}, []
        if naive(page["show"], chosen):
            for question in page["questions"]:
                options = [one["key"] for one in question["options"] if naive(one["show"], chosen)]
                if naive(question["show"], chosen) and options:
                    seen.append((question["key"], options))
                    here[question["key"]] = given_answers.get(question["key"], set()) & set(options)
        chosen.update({key: keys for key, keys in here.items() if keys})
        if seen:
            pages.append((page["key"], seen))
    return pages, chosen


@settings(max_examples=150, deadline=None)
@given(definitions(), st.data())
def test_the_journey_agrees_with_a_naive_reading(definition, data):
    questionnaire = read(definition)
    keys = [question.key for question in questionnaire.questions]
    given_answers = {key: data.draw(st.sets(st.sampled_from(OPTIONS))) for key in keys}
    answers = {
        key: tuple(Value(choice=one) for one in sorted(chosen)) for key, chosen in given_answers.items() if chosen
    }
    route = walk(questionnaire, answers)
    pages, chosen = naive_walk(definition, given_answers)
    assert [
        (stop.page.key, [(question.key, [option.key for option in question.options]) for question in stop.questions])
        for stop in route.stops
    ] == pages
    assert {key: {value.choice for value in values} for key, values in route.answers.items()} == chosen
    assert set(route.dropped) == {
        key for key, values in answers.items() if {one.choice for one in values} != chosen.get(key, set())
    }
    assert unpack(pack(answers)) == answers
    assert read(as_json(questionnaire)) == questionnaire


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

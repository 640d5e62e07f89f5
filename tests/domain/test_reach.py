"""The route checker finds what nobody sees and what decides nothing, and never cries wolf."""

from __future__ import annotations

import time
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.domain.answers import Value
from consult.domain.conditions import holds
from consult.domain.journey import walk
from consult.domain.possible import Amount, Choices, Day, Words
from consult.domain.questionnaire import read
from consult.domain.reach import check

TODAY = date(2026, 11, 23)


def possible(question):
    """What the plain kinds of these tests can answer."""
    if question.rows:
        return tuple(Choices(tuple(one.key for one in question.options), row.key) for row in question.rows)
    if question.kind == "multiple_choice":
        keys = tuple(option.key for option in question.options)
        least, most = question.settings.get("least", 1), question.settings.get("most", len(keys))
        exclusive = frozenset(option.key for option in question.options if option.exclusive)
        return (Choices(keys, "", least, most, exclusive),)
    if question.options:
        return (Choices(tuple(option.key for option in question.options)),)
    if question.kind == "number":
        return (Amount("", question.settings.get("minimum"), question.settings.get("maximum"), whole=True),)
    if question.kind == "date":
        return (Day(),)
    return () if question.kind == "statement" else (Words(),)


def asked(*pages, **more):
    """A questionnaire from pages of questions."""
    return read(
        {
            "language": "en",
            "title": "T",
            "pages": [
                {"key": f"p{at}", "questions": page} if isinstance(page, list) else page
                for at, page in enumerate(pages, 1)
            ],
            **more,
        }
    )


def one(key, *options, kind="single_choice", **more):
    return {
        "key": key,
        "kind": kind if options or kind != "single_choice" else "long_text",
        "text": key,
        "options": [option if isinstance(option, dict) else {"key": option, "label": option} for option in options],
        **more,
    }


def findings(questionnaire):
    report = check(questionnaire, possible=possible, seconds=lambda _question: 10, typical=60, today=TODAY)
    return {(finding.code.value, finding.key) for finding in report.findings}


def lengths(questionnaire):
    return check(questionnaire, possible=possible, seconds=lambda _question: 10, typical=60, today=TODAY).lengths


def test_nothing_is_found_where_nothing_is_wrong():
    assert not findings(asked([one("a", "x", "y")], [one("b", "x", show={"when": "a", "is": "any_of", "of": ["x"]})]))


def test_a_condition_on_an_option_that_does_not_exist_can_never_be_true():
    assert findings(
        asked([one("a", "x", "y")], [one("b", "z", show={"when": "a", "is": "any_of", "of": ["gone"]})])
    ) == {("never", "b")}


def test_two_answers_to_one_question_of_one_answer_can_never_be():
    both = {"all": [{"when": "a", "is": "any_of", "of": ["x"]}, {"when": "a", "is": "any_of", "of": ["y"]}]}
    assert findings(asked([one("a", "x", "y")], [one("b", "z", show=both)])) == {("never", "b")}
    assert not findings(asked([one("a", "x", "y", kind="multiple_choice")], [one("b", "z", show=both)]))


def test_an_exclusive_option_is_chosen_alone():
    both = {"when": "a", "is": "all_of", "of": ["x", "none"]}
    none = {"key": "none", "label": "None", "exclusive": True}
    assert findings(asked([one("a", "x", none, kind="multiple_choice")], [one("b", "z", show=both)])) == {
        ("never", "b")
    }


def test_what_hangs_on_a_hidden_question_is_hidden_too_and_the_cause_is_named_once():
    never = {"when": "a", "is": "any_of", "of": ["gone"]}
    found = findings(
        asked(
            [one("a", "x", "y")],
            {"key": "p2", "show": never, "questions": [one("b", "x"), one("c", "x")]},
            [one("d", "x", show={"when": "b", "is": "answered"})],
        )
    )
    assert found == {("never", "p2"), ("never", "d")}


def test_a_condition_on_a_needed_answer_is_always_true():
    later = one("b", "x", show={"when": "a", "is": "answered"})
    assert findings(asked([one("a", "x", "y", required=True)], [later])) == {("always", "b")}
    assert not findings(asked([one("a", "x", "y")], [later]))


def test_numbers_are_compared_within_their_bounds():
    age = {"key": "age", "kind": "number", "text": "Age", "settings": {"minimum": 18, "maximum": 120}}
    assert findings(asked([age], [one("b", "x", show={"when": "age", "is": "below", "of": 18})])) == {("never", "b")}
    assert not findings(asked([age], [one("b", "x", show={"when": "age", "is": "at_most", "of": 18})]))


def test_two_bands_without_a_number_between_them_are_seen_through():
    age = {"key": "age", "kind": "number", "text": "Age"}
    between = {"all": [{"when": "age", "is": "above", "of": 17}, {"when": "age", "is": "below", "of": 18}]}
    assert findings(asked([age], [one("b", "x", show=between)])) == {("never", "b")}


def test_a_date_before_today_and_after_it_can_never_be():
    born = {"key": "born", "kind": "date", "text": "Born"}
    show = {
        "all": [
            {"when": "born", "is": "below", "of": "2026-01-01"},
            {"when": "born", "is": "above", "of": "2026-02-01"},
        ]
    }
    assert findings(asked([born], [one("b", "x", show=show)])) == {("never", "b")}


def test_an_option_and_a_row_nobody_sees_are_named():
    never = {"when": "a", "is": "any_of", "of": ["gone"]}
    choice = one("b", "x", {"key": "y", "label": "y", "show": never})
    grid = {
        **one("c", "x", "y", kind="matrix"),
        "rows": [{"key": "r1", "label": "r1"}, {"key": "r2", "label": "r2", "show": never}],
    }
    assert findings(asked([one("a", "x")], [choice, grid])) == {("never", "b/y"), ("never", "c/r2")}


def test_a_question_whose_every_option_is_hidden_from_everybody_is_never_seen():
    show = {"when": "a", "is": "any_of", "of": ["x"]}
    page = {
        "key": "p2",
        "show": {"when": "a", "is": "any_of", "of": ["y"]},
        "questions": [one("b", {"key": "o", "label": "o", "show": show}), one("c", "x")],
    }
    assert findings(asked([one("a", "x", "y")], page)) == {("never", "b")}


def test_a_needed_question_that_no_answer_satisfies_is_found():
    number = {
        "key": "n",
        "kind": "number",
        "text": "N",
        "required": True,
        "settings": {"minimum": 0, "maximum": 10},
        "constraint": {"when": ".", "is": "above", "of": 10},
    }
    assert findings(asked([number])) == {("cannot_answer", "n")}


def test_more_answers_than_some_people_are_shown_are_found():
    show = {"when": "a", "is": "any_of", "of": ["x"]}
    options = ("1", "2", {"key": "3", "label": "3", "show": show})
    later = one("b", *options, kind="multiple_choice", settings={"least": 3}, required=True)
    assert findings(asked([one("a", "x", "y")], [later])) == {("sometimes_cannot_answer", "b")}


def test_what_a_text_says_is_taken_as_possible():
    later = one("b", "x", show={"when": "words", "is": "any_of", "of": ["abc"]})
    assert not findings(asked([one("words")], [later]))


def test_the_shortest_and_the_longest_way_are_found():
    found = lengths(
        asked(
            [one("a", "x", "y", required=True)],
            [one(f"x{at}", "1", show={"when": "a", "is": "any_of", "of": ["x"]}) for at in range(3)],
            [one(f"y{at}", "1", show={"when": "a", "is": "any_of", "of": ["y"]}) for at in range(5)],
        )
    )
    assert (found.shortest.questions, found.longest.questions) == (4, 6)
    assert found.shortest.exact and found.longest.exact


KEYS = ("x", "y", "z")


@st.composite
def conditions(draw, earlier):
    def test():
        when = draw(st.sampled_from(earlier))
        if when.startswith("n"):
            return {
                "when": when,
                "is": draw(st.sampled_from(["at_least", "at_most", "above", "below", "any_of", "none_of", "answered"])),
                "of": draw(st.integers(-1, 4)),
            }
        how = draw(st.sampled_from(["any_of", "none_of", "all_of", "answered", "count", "against"]))
        if how == "count":
            order = draw(st.sampled_from(["at_least", "at_most", "above", "below"]))
            return {"when": when, "count": True, "is": order, "of": draw(st.integers(0, 3))}
        others = [one for one in earlier if one != when and not one.startswith("n")]
        if how == "against" and others:
            other = draw(st.sampled_from(others))
            return {"when": when, "is": draw(st.sampled_from(["any_of", "none_of"])), "of": {"question": other}}
        of = draw(st.lists(st.sampled_from((*KEYS, "gone")), min_size=1, max_size=2))
        return {"when": when, "is": "any_of" if how == "against" else how, "of": of}

    parts = [test() for _ in range(draw(st.integers(1, 3)))]
    parts = [{"not": part} if draw(st.booleans()) and draw(st.booleans()) else part for part in parts]
    return parts[0] if len(parts) == 1 else {draw(st.sampled_from(["all", "any"])): parts}


@st.composite
def questionnaires(draw):
    pages, earlier = [], []
    for at in range(draw(st.integers(2, 4))):
        key = draw(st.sampled_from(["s", "m", "n"])) + str(at)
        keys = KEYS[: draw(st.integers(1, 3))]
        question = {"key": key, "text": key, "required": draw(st.booleans())}
        if key.startswith("n"):
            question |= {"kind": "number", "settings": {"minimum": 0, "maximum": 2}}
        else:
            question |= {
                "kind": "single_choice" if key.startswith("s") else "multiple_choice",
                "options": [
                    {"key": one, "label": one}
                    | ({"show": draw(conditions(earlier))} if earlier and draw(st.integers(0, 3)) == 0 else {})
                    for one in keys
                ],
            }
        if earlier and draw(st.booleans()):
            question["show"] = draw(conditions(earlier))
        page = {"key": f"p{at}", "questions": [question]}
        if earlier and draw(st.integers(0, 2)) == 0:
            page["show"] = draw(conditions(earlier))
        pages.append(page)
        earlier.append(key)
    return asked(*pages)


def every_answer(question):
    """Every answer to a question of these tests, and none."""
    if question.kind == "number":
        return [(), *((Value(number=number),) for number in (0, 1, 2))]
    keys = [option.key for option in question.options]
    if question.kind == "single_choice":
        return [(), *((Value(choice=key),) for key in keys)]
    return [
        tuple(Value(choice=key) for key, chosen in zip(keys, picked, strict=True) if chosen)
        for picked in product((False, True), repeat=len(keys))
    ]


@settings(max_examples=150, deadline=None)
@given(questionnaires())
def test_it_agrees_with_trying_every_answer(questionnaire):
    """Pages, questions and options: what no answers show, and which conditions no answers make false."""
    questions = list(questionnaire.questions)
    seen, false = set(), set()
    least = most = None
    for values in product(*(every_answer(question) for question in questions)):
        given_ = {question.key: value for question, value in zip(questions, values, strict=True) if value}
        route = walk(questionnaire, given_)
        if any(question.required and key not in route.answers for key, question in route.by_question.items()):
            continue
        length = len(route.by_question)
        least, most = min(length, least or length), max(length, most or length)
        for stop in route.stops:
            for question in stop.questions:
                seen |= {question.key, *(f"{question.key}/{option.key}" for option in question.options)}
        for page in questionnaire.pages:
            question = page.questions[0]
            before = {key: one for key, one in route.answers.items() if key < page.key or key[1:] < page.key[1:]}
            if page.show is not None and not holds(page.show, before):
                false.add(page.key)
                continue
            if question.show is not None and not holds(question.show, before):
                false.add(question.key)
                continue
            if question.key in route.by_question:
                false |= {
                    f"{question.key}/{option.key}"
                    for option in question.options
                    if option.show and not holds(option.show, before)
                }
    report = check(questionnaire, possible=possible, seconds=lambda _question: 10, typical=60, today=TODAY)
    never = {finding.key for finding in report.findings if finding.code.value == "never"}
    always = {finding.key for finding in report.findings if finding.code.value == "always"}
    assert not [finding for finding in report.findings if "cannot" in finding.code.value]
    for page in questionnaire.pages:
        question = page.questions[0]
        assert (question.key in seen) is not bool({page.key, question.key} & never)
        for option in question.options:
            if question.key in seen:
                assert (f"{question.key}/{option.key}" in seen) is not (f"{question.key}/{option.key}" in never)
        if page.show and page.key not in never:
            assert (page.key in always) is (page.key not in false)
        if page.key not in never and question.show and question.key not in never:
            assert (question.key in always) is (question.key not in false)
    if report.lengths.shortest.exact:
        assert (report.lengths.shortest.questions, report.lengths.longest.questions) == (least, most)


@pytest.mark.slow
def test_a_thousand_questions_with_four_hundred_conditions_are_checked_in_seconds():
    pages = []
    for at in range(100):
        page = [one(f"q{at}_{number}", "a", "b", "c") for number in range(10)]
        if at:
            for number in range(4):
                page[number]["show"] = {
                    "any": [
                        {"when": f"q{at - 1}_{number + 4}", "is": "any_of", "of": ["a"]},
                        {"when": f"q{at // 2}_{number}", "is": "none_of", "of": ["b"]},
                    ]
                }
        pages.append(page)
    questionnaire = asked(*pages)
    began = time.process_time()
    assert not findings(questionnaire)
    assert time.process_time() - began < 60


def test_today_is_any_day_on_which_it_may_be_open():
    born = {"key": "born", "kind": "date", "text": "Born"}
    grown = {"when": "born", "is": "at_most", "of": {"today": -6570}}
    assert not findings(asked([born], [one("b", "x", show=grown)]))
    never = {"all": [grown, {"when": "born", "is": "above", "of": {"today": 0}}]}
    assert findings(asked([born], [one("b", "x", show=never)])) == {("never", "b")}


def test_rows_are_counted_as_far_as_there_are_any():
    grid = {**one("g", "x", "y", kind="matrix"), "rows": [{"key": f"r{at}", "label": "r"} for at in (1, 2)]}
    some = {"when": "g", "count": "rows", "is": "at_least", "of": 2}
    many = {"when": "g", "count": "rows", "is": "above", "of": 2}
    assert findings(asked([grid], [one("b", "x", show=some), one("c", "x", show=many)])) == {("never", "c")}


def test_a_part_of_a_page_that_nobody_sees_is_named_once():
    page = {
        "key": "p2",
        "questions": [
            {
                "section": "s",
                "title": "Part",
                "show": {"when": "a", "is": "any_of", "of": ["gone"]},
                "questions": [one("b", "x"), one("c", "x")],
            },
            one("d", "x"),
        ],
    }
    assert findings(asked([one("a", "x", "y")], page)) == {("never", "s")}

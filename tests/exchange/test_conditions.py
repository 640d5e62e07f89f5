"""When a question is shown, and its choices: kept exactly, or shown to everyone and told."""

from __future__ import annotations

import pytest

from consult.domain.questionnaire import read
from tests.exchange.workbooks import YES_NO, form, pages, questions, said


@pytest.mark.parametrize(
    ("relevant", "condition"),
    [
        ("${a} = 'yes'", {"when": "a", "is": "any_of", "of": ["yes"]}),
        ("${a}=’yes’", {"when": "a", "is": "any_of", "of": ["yes"]}),
        ("'yes' = ${a}", {"when": "a", "is": "any_of", "of": ["yes"]}),
        ("${a} != 'yes'", {"when": "a", "is": "none_of", "of": ["yes"]}),
        ("${a} = ''", {"not": {"when": "a", "is": "answered"}}),
        ("selected(${m}, 'no')", {"when": "m", "is": "any_of", "of": ["no"]}),
        ("not(selected(${m}, 'no'))", {"not": {"when": "m", "is": "any_of", "of": ["no"]}}),
        ("count-selected(${m}) >= 2", {"when": "m", "count": True, "is": "at_least", "of": [2]}),
        (
            "${n} > 3 and ${n} < 9",
            {"all": [{"when": "n", "is": "above", "of": [3]}, {"when": "n", "is": "below", "of": [9]}]},
        ),
        (
            "(${n} <= 3 or ${a}='no') and true()",
            {"any": [{"when": "n", "is": "at_most", "of": [3]}, {"when": "a", "is": "any_of", "of": ["no"]}]},
        ),
        ("../n = 4", {"when": "n", "is": "any_of", "of": [4]}),
        ("${n} = ${n2}", {"when": "n", "is": "any_of", "of": {"question": "n2"}}),
        ("${d} > date('2021-01-01')", {"when": "d", "is": "above", "of": ["2021-01-01"]}),
    ],
)
def test_conditions_are_kept(relevant, condition):
    imported = form(
        ["select_one yn", "a", "A"],
        ["select_multiple yn", "m", "M"],
        ["integer", "n", "N"],
        ["integer", "n2", "N2"],
        ["date", "d", "D"],
        ["text", "t", "T", relevant],
    )
    assert questions(imported)["t"]["show"] == condition
    assert not [loss for loss in imported.losses if loss.severity != "note"]


@pytest.mark.parametrize(
    ("relevant", "told"),
    [
        ("${n} + 1 = 2", "reckoning"),
        ("today() > '2021-01-01'", "today()"),
        ("if(${a} = 'yes', 1, 0) = 1", "if()"),
        ("regex(${t0}, '[a-z]+')", "only check an answer"),
        ("${w} = 1", "worked out"),
        ("${nobody} = 1", "not in the form"),
        ("${later} = 1", "not asked before it"),
        ("current()/../n = 1", "the path"),
        ("-${n} = 1", "reckoning"),
    ],
)
def test_a_condition_that_goes_too_far_is_shown_to_everyone_and_told(relevant, told):
    imported = form(
        ["select_one yn", "a", "A"],
        ["integer", "n", "N"],
        ["text", "t0", "T0"],
        ["calculate", "w", "W"],
        ["text", "t", "T", relevant],
        ["integer", "later", "Later"],
    )
    assert "show" not in questions(imported)["t"] or questions(imported)["t"]["show"] is None
    loss = next(one for one in imported.losses if "shown to everyone" in one.done)
    assert told in loss.done and loss.row == 6 and loss.column == "relevant" and loss.said == relevant


def test_relevance_of_groups_is_inherited():
    imported = form(
        ["select_one yn", "a", "A"],
        ["begin group", "g", "Group", "${a} = 'yes'"],
        ["select_one yn", "b", "B"],
        ["begin group", "h", "Inner", "${b} = 'no'"],
        ["text", "c", "C", "${b} != 'x'"],
        ["end group"],
        ["end group"],
        ["text", "d", "D"],
    )
    shown = questions(imported)
    outer = {"when": "a", "is": "any_of", "of": ["yes"]}
    assert shown["b"]["show"] == outer
    assert shown["c"]["show"]["all"][-1] == {"when": "b", "is": "none_of", "of": ["x"]}
    assert outer in shown["c"]["show"]["all"]
    assert shown["d"].get("show") is None


def test_a_choice_filter_on_an_earlier_answer_becomes_conditions_of_options():
    choices = [
        ["list_name", "name", "label", "county"],
        ["c", "dorset", "Dorset", ""],
        ["c", "devon", "Devon", ""],
        ["t", "poole", "Poole", "dorset"],
        ["t", "exeter", "Exeter", "devon"],
    ]
    imported = form(
        ["select_one c", "county", "County"],
        ["select_one t", "town", "Town", "", "", "", "", "county = ${county}"],
        choices=choices,
    )
    town = questions(imported)["town"]
    assert town["options"][0]["show"] == {"when": "county", "is": "any_of", "of": ["dorset"]}
    assert pages(imported) == [["county"], ["town"]]
    assert "not kept" not in said(imported)


def test_a_filter_that_goes_too_far_shows_every_choice_and_is_told():
    imported = form(["text", "a", "A"], ["select_one yn", "b", "B", "", "", "", "", "contains(${a}, name)"])
    assert len(questions(imported)["b"]["options"]) == 2
    assert "all of them are shown" in said(imported)


CHOICES = [["list_name", "name", "label"], *[["l", name, name.title()] for name in ("1", "02", "not sure", "c")]]


@pytest.mark.parametrize(
    ("relevant", "condition"),
    [
        ("${s} = 1", {"when": "s", "is": "any_of", "of": ["1"]}),
        ("${s} = 2", {"when": "s", "is": "any_of", "of": ["02"]}),
        ("${s} = 'not sure'", {"when": "s", "is": "any_of", "of": ["not_sure"]}),
        ("selected(${m}, '1.0')", {"when": "m", "is": "any_of", "of": ["1"]}),
        (
            "${m} = 'c'",
            {
                "all": [
                    {"when": "m", "is": "any_of", "of": ["c"]},
                    {"when": "m", "count": True, "is": "at_most", "of": [1]},
                ]
            },
        ),
        ("string-length(${t}) > 0", {"when": "t", "is": "answered"}),
        ("${s}", {"when": "s", "is": "answered"}),
        ("selected(${m}, 'c') = false()", {"not": {"when": "m", "is": "any_of", "of": ["c"]}}),
        ("${s} != '' and ${s} != ''", {"when": "s", "is": "answered"}),
        ("coalesce(${s}, '') = 'c'", {"when": "s", "is": "any_of", "of": ["c"]}),
        ("/form/group/s = 'c'", {"when": "s", "is": "any_of", "of": ["c"]}),
        ("“c” = ${s}", {"when": "s", "is": "any_of", "of": ["c"]}),
        ("${w} >= '10:30'", {"when": "w", "is": "at_least", "of": ["10:30"]}),
    ],
)
def test_constants_are_the_keys_of_the_choices_they_name(relevant, condition):
    imported = form(
        ["select_one l", "s", "S"],
        ["select_multiple l", "m", "M"],
        ["text", "t", "T"],
        ["time", "w", "W"],
        ["text", "asked", "Asked", relevant],
        choices=CHOICES,
    )
    assert questions(imported)["asked"]["show"] == condition
    assert read(imported.definition)


def test_a_constant_that_is_no_choice_is_told():
    imported = form(["select_one yn", "a", "A"], ["text", "b", "B", "${a} = 'yess'"])
    loss = next(one for one in imported.losses if "not one of the choices" in one.done)
    assert (loss.row, loss.column, loss.severity) == (3, "relevant", "note") and "yess" in loss.done


@pytest.mark.parametrize("relevant", ["0", "FALSE", "false()", False, "1 = 2", "no"])
def test_what_is_never_shown_is_left_out_and_told(relevant):
    imported = form(["text", "a", "A"], ["text", "b", "B", relevant], ["text", "c", "C", "${b} = 'x'"])
    assert list(questions(imported)) == ["a", "c"]
    assert "never shown" in said(imported)


def test_what_is_shown_to_everyone_is_no_longer_required():
    imported = form(
        ["calculate", "w", "W"],
        ["text", "a", "A", "${w} = 1", "", "yes"],
        ["begin group", "g", "G", "${w} = 1"],
        ["text", "b", "B", "", "", "yes"],
        ["end group"],
        ["text", "c", "C", "", "", "yes"],
    )
    assert {key: one["required"] for key, one in questions(imported).items()} == {"a": False, "b": False, "c": True}
    assert said(imported).count("no longer required") == 2


def test_a_name_of_two_questions_is_no_condition():
    imported = form(
        *[["begin group", "g", ""], ["text", "a", "A"], ["end group"]],
        *[["begin group", "h", ""], ["text", "a", "A"], ["end group"]],
        ["text", "b", "B", "${a} = 'x'"],
    )
    assert "name of two questions" in said(imported)


def test_a_choice_that_stands_twice_is_shown_when_either_is():
    choices = [["list_name", "name", "label", "of"], *[["t", "other", "Other", of] for of in ("yes", "no")]]
    choices += [["t", "x", "X", "yes"], *YES_NO[1:]]
    imported = form(
        ["select_one yn", "a", "A"], ["select_one t", "b", "B", "", "", "", "", "of = ${a}"], choices=choices
    )
    other, x = questions(imported)["b"]["options"]
    assert other["show"]["any"] == [{"when": "a", "is": "any_of", "of": [answer]} for answer in ("yes", "no")]
    assert x["show"] == {"when": "a", "is": "any_of", "of": ["yes"]}

"""What a good answer is: required, bounds and other rules."""

from __future__ import annotations

import pytest

from consult.domain import conditions
from consult.domain.answers import Value
from consult.domain.questionnaire import read
from tests.exchange.workbooks import form, questions, said


@pytest.mark.parametrize(
    ("kind", "rule", "settings"),
    [
        ("integer", ". >= 0 and . <= 120", {"minimum": 0, "maximum": 120}),
        ("integer", ".>0 and .<10", {"minimum": 1, "maximum": 9}),
        ("integer", "(. >= 18)", {"minimum": 18}),
        ("decimal", ".>= 0.5", {"minimum": 0.5, "decimal": True}),
        ("text", "string-length(.) <= 10", {"longest": 10}),
        ("text", "string-length(.) < 4", {"longest": 3}),
    ],
)
def test_simple_rules_become_settings(kind, rule, settings):
    imported = form([kind, "a", "A", "", rule])
    assert questions(imported)["a"]["settings"] == settings
    assert "constraint" not in questions(imported)["a"]


@pytest.mark.parametrize(
    ("kind", "rule", "kept"),
    [
        ("integer", "(. >= 0 and . < 92) or . = 999", True),
        ("text", "regex(., '^[A-Z]{2}[0-9]{3}$')", True),
        ("select_multiple yn", "not(selected(., 'yes') and selected(., 'no'))", True),
        ("select_multiple yn", "count-selected(.) = 2", True),
        ("date", ". <= today()", True),
        ("text", "regex(., '(a+)+')", False),
        ("integer", ". mod 2 = 0", False),
    ],
)
def test_other_rules_are_kept_or_told(kind, rule, kept):
    imported = form([kind, "a", "A", "", rule])
    assert ("constraint" in questions(imported)["a"]) is kept
    assert ("not checked by this rule" in said(imported)) is not kept


def test_required_in_any_spelling_and_only_sometimes():
    for word in ("yes", "TRUE", "true()", "1", True):
        assert questions(form(["text", "a", "A", "", "", word]))["a"]["required"] is True
    sometimes = form(["text", "b", "B"], ["text", "a", "A", "", "", "${b} = 'x'"])
    assert not questions(sometimes)["a"].get("required")
    assert "needed only sometimes" in said(sometimes)


@pytest.mark.parametrize(
    ("kind", "rule", "settings", "kept"),
    [
        ("decimal", ". > 0.5 and . <= 2", {"minimum": 0.5, "maximum": 2, "decimal": True}, True),
        ("integer", "string-length(.) = 4", {"minimum": 1000, "maximum": 9999}, False),
        (
            "date",
            ". >= '2020-01-01' and . < date('2021-01-01')",
            {"earliest": "2020-01-01", "latest": "2020-12-31"},
            False,
        ),
        ("text", "string-length(.) >= 3 and string-length(.) <= 8", {"longest": 8}, True),
        ("percentage", ". >= 50", {"least": 50}, False),
    ],
)
def test_bounds_of_every_kind(kind, rule, settings, kept):
    asked = questions(form([kind, "a", "A", "", rule]))["a"]
    assert asked["settings"] == settings
    assert ("constraint" in asked) is kept


def test_parts_of_a_rule_are_kept_and_the_others_told():
    imported = form(["date", "a", "A", "", ". > '2020-01-01' and . <= now()"])
    assert questions(imported)["a"]["settings"] == {"earliest": "2020-01-02"}
    assert "a part of this rule" in said(imported) and "now()" in said(imported)


def test_bounds_without_anything_between_are_told_and_not_kept():
    imported = form(["integer", "a", "A", "", ". > 10 and . < 5"])
    assert questions(imported)["a"]["settings"] == {}
    assert "No answer is within" in said(imported)


@pytest.mark.parametrize(
    ("rule", "good", "bad"),
    [
        ("regex(., '^[A-Z]{2}$')", "AB", "ABC"),
        ("regex(., 'a|b')", "b", "ab"),
        (". = '' or string-length(.) = 3", "abc", "ab"),
        ("string-length(.) != 2", "abc", "ab"),
        ("not(. = 'no')", "yes", "no"),
        (". != ${earlier}", "other", "same"),
    ],
)
def test_kept_rules_mean_what_the_form_means(rule, good, bad):
    imported = form(["text", "earlier", "E"], ["text", "a", "A", "", rule])
    questionnaire = read(imported.definition)
    kept = questionnaire.question_by_key["a"].constraint
    earlier = {"earlier": (Value(text="same"),)}
    assert kept is not None
    assert conditions.holds(kept, earlier, (Value(text=good),))
    assert not conditions.holds(kept, earlier, (Value(text=bad),))


def test_a_pattern_for_a_number_is_told_because_it_cannot_be_checked():
    assert "not a text" in said(form(["integer", "a", "A", "", "regex(., '^[0-9]{4}$')"]))


@pytest.mark.parametrize(
    ("rule", "settings"),
    [
        ("regex(., '^[0-9]{10}$')", {"expects": "digits", "longest": 10}),
        (r"regex(., '\d{3,5}')", {"expects": "digits", "longest": 5}),
        ("regex(., '[0-9]+')", {"longest": 500}),
        ("regex(., '[1-9][0-9]')", {"longest": 500}),
        ("regex(., '[A-Z][0-9]')", {"longest": 500}),
    ],
)
def test_a_text_of_digits_only_is_asked_with_digits(rule, settings):
    asked = questions(form(["text", "a", "A", "", rule]))["a"]
    assert asked["settings"] == settings and "constraint" in asked

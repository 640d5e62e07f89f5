"""Equations and old conditions of LimeSurvey's become ours as far as they go; what does not is shown and told."""

from __future__ import annotations

import pytest

from consult.domain.answers import Value
from consult.domain.conditions import holds, read
from tests.exchange.surveys import asked, pages, q, report, survey
from tests.exchange.test_limesurvey import ROWS, YES_NO

FIRST = [
    q("L1", "L", answers=[("a", "A"), ("b", "B"), ("3", "C")], other="Y"),
    q("M1", "M", subs=[("s1", "One"), ("s2", "Two"), ("s3", "Three")], other="Y"),
    q("N1", "N"),
    q("T1", "S"),
    q("Y1", "Y"),
    q("F1", "F", subs=[("r1", "Row"), ("r2", "Row 2")], answers=YES_NO),
    q("D1", "D"),
    q("N2", "N"),
]


def show(equation, **more):
    imported = survey(*FIRST, q("Z", "S", relevance=equation, group=2, **more))
    return asked(imported).get("Z", {}).get("show"), imported


def chosen(key, *keys, **more):
    return {"when": key, **more, "is": "any_of", "of": list(keys)}


@pytest.mark.parametrize(
    ("equation", "condition"),
    [
        ("1", None),
        ("", None),
        ('L1.NAOK == "a"', chosen("L1", "a")),
        ("((L1.NAOK == 'a'))", chosen("L1", "a")),
        ('L1.NAOK != "a"', {"when": "L1", "is": "none_of", "of": ["a"]}),
        ('L1 eq "3"', chosen("L1", "3")),
        ("L1 == 3.0", chosen("L1", "3")),
        ('L1 == "-oth-"', chosen("L1", "other")),
        ('M1_s1.NAOK == "Y"', chosen("M1", "s1")),
        ('M1_s1.NAOK != "Y"', {"not": chosen("M1", "s1")}),
        ("!is_empty(M1_s2)", chosen("M1", "s2")),
        ("is_empty(M1_s2)", {"not": chosen("M1", "s2")}),
        ("M1_other != ''", chosen("M1", "other")),
        ("N1 > 5", {"when": "N1", "is": "above", "of": [5]}),
        ("5 <= N1", {"when": "N1", "is": "at_least", "of": [5]}),
        ("N1 lt 2.5", {"when": "N1", "is": "below", "of": [2.5]}),
        ("N1 == ''", {"not": {"when": "N1", "is": "answered"}}),
        ("N1 >= N2", {"when": "N1", "is": "at_least", "of": {"question": "N2"}}),
        ("T1 == 'x'", chosen("T1", "x")),
        ("strlen(T1) > 0", {"when": "T1", "is": "answered"}),
        ("Y1 == 'Y'", chosen("Y1", "yes")),
        ("F1_r1.NAOK == 'y'", chosen("F1", "y", row="r1")),
        ("D1 >= '2020-01-02'", {"when": "D1", "is": "at_least", "of": ["2020-01-02"]}),
        ("L1 == 'a' and Y1 == 'N'", {"all": [chosen("L1", "a"), chosen("Y1", "no")]}),
        ("L1 == 'a' or Y1 == 'N' && T1",
         {"any": [chosen("L1", "a"), {"all": [chosen("Y1", "no"), {"when": "T1", "is": "answered"}]}]}),
        ("N1", {"all": [{"when": "N1", "is": "answered"}, {"when": "N1", "is": "none_of", "of": [0]}]}),
        ("!(L1 == 'a')", {"not": chosen("L1", "a")}),
        ("count(M1_s1, M1_s2, M1_s3, M1_other) > 1", {"when": "M1", "count": True, "is": "above", "of": [1]}),
        ("count(that.M1.NAOK) >= 2", {"when": "M1", "count": True, "is": "at_least", "of": [2]}),
        ("count(M1_s1, M1_s2) >= 1", {"any": [chosen("M1", "s1"), chosen("M1", "s2")]}),
        ("count(M1_s1, M1_s2) == 2", {"all": [chosen("M1", "s1"), chosen("M1", "s2")]}),
        ("countif('y', that.F1) >= 2", {"all": [chosen("F1", "y", row="r1"), chosen("F1", "y", row="r2")]}),
        ("L1 in ('a', 'b')", {"any": [chosen("L1", "a"), chosen("L1", "b")]}),
        ("if(Y1 == 'Y', L1 == 'a', 0)", {"all": [chosen("Y1", "yes"), chosen("L1", "a")]}),
        ("11X1X1.NAOK == 'a'", chosen("L1", "a")),
        ("11X1X2s1.NAOK == 'Y'", chosen("M1", "s1")),
        ("11X1X6r2 == 'n'", chosen("F1", "n", row="r2")),
        ("“L1” == 'a'", False),
    ],
)  # fmt: skip
def test_equations(equation, condition):
    made, _imported = show(equation)
    if condition is False:
        assert made is None
    else:
        assert made == condition
    if made:
        read(made)


@pytest.mark.parametrize(
    ("equation", "reason"),
    [
        ("N1 + 1 > 5", "reckoning with “+”"),
        ("L1.shown == 'A'", "“.shown” of “L1”"),
        ("TOKEN:ATTRIBUTE_1 == 'x'", "the participant list"),
        ("LANG == 'en'", "the language of the page"),
        ("L1 = 'a'", "which sets a value"),
        ("Nowhere == 1", "“Nowhere”, which is not in the survey"),
        ("Z == 'x'", "“Z”, which is not asked before it"),
        ("sum(N1, N2) > 4", "sum()"),
        ("regexMatch('/x/', T1)", "regexMatch()"),
        ("M1_s1 == 'x'", "a box that is ticked never is"),
        ("L1 > 'a'", "which of two answers in words is larger"),
        ("N1 >= ' '", "which is no number"),
        ("L1 == ", "it ends too early"),
        ("unheard_of(L1)", "unheard_of()"),
    ],
)
def test_what_cannot_be_kept_is_shown_to_everyone_and_told(equation, reason):
    made, imported = show(equation, mandatory="Y")
    assert made is None and reason in report(imported) and equation in report(imported)
    assert "shown to everyone" in report(imported)
    assert not asked(imported)["Z"]["required"] and "no longer required" in report(imported)


def test_a_condition_that_never_holds_leaves_its_question_out():
    made, imported = show("0")
    assert made is None and "Z" not in asked(imported) and "never shown" in report(imported)


def test_an_equation_without_naok_is_false_where_its_question_was_not_asked():
    first = [q("A", "Y"), q("B", "L", answers=YES_NO, relevance="A == 'Y'", group=2)]
    bare = asked(survey(*first, q("C", "S", relevance="B != 'y'", group=3)))["C"]["show"]
    kept = asked(survey(*first, q("C", "S", relevance="B.NAOK != 'y'", group=3)))["C"]["show"]
    nobody = {"A": (Value(choice="no"),)}
    assert not holds(read(bare), nobody) and holds(read(kept), nobody)
    asked_and_left_out = {"A": (Value(choice="yes"),)}
    assert holds(read(bare), asked_and_left_out) and holds(read(kept), asked_and_left_out)


def test_a_page_ends_where_a_question_looks_at_it():
    imported = survey(q("A", "Y"), q("B", "S"), q("C", "S", relevance="A == 'Y'"), q("D", "S"))
    assert pages(imported) == [["A", "B"], ["C", "D"]]


def test_old_conditions_alone():
    first = [q("A", "L", answers=YES_NO), q("B", "M", subs=ROWS)]
    conditions = [
        {"cid": 1, "qid": 3, "cqid": 1, "cfieldname": "11X1X1", "value": "y"},
        {"cid": 2, "qid": 3, "cqid": 1, "cfieldname": "11X1X1", "value": "n"},
        {"cid": 3, "qid": 3, "cqid": 2, "cfieldname": "+11X1X2SQ1", "value": "Y"},
        {"cid": 4, "qid": 3, "cqid": 2, "cfieldname": "11X1X2", "value": "SQ2", "scenario": 2},
    ]
    made = asked(survey(*first, q("C", "S"), conditions=conditions))["C"]["show"]
    one = {"all": [{"any": [chosen("A", "y"), chosen("A", "n")]}, chosen("B", "SQ1")]}
    assert made == {"any": [one, chosen("B", "SQ2")]}


def test_old_conditions_that_cannot_be_kept():
    conditions = [{"cid": 1, "qid": 2, "cqid": 0, "cfieldname": "{TOKEN:ATTRIBUTE_1}", "value": "x"}]
    imported = survey(q("A", "S"), q("C", "S"), conditions=conditions)
    assert "show" not in asked(imported)["C"] and "participant list" in report(imported)


def test_an_equation_goes_before_old_conditions_that_say_otherwise():
    conditions = [{"cid": 1, "qid": 2, "cqid": 1, "cfieldname": "11X1X1", "value": "N"}]
    questions = [q("A", "Y"), q("C", "S", relevance="A.NAOK == 'Y'")]
    imported = survey(*questions, conditions=conditions)
    assert asked(imported)["C"]["show"] == chosen("A", "yes") and "old conditions besides" in report(imported)
    conditions[0]["value"] = "Y"
    assert "old conditions" not in report(survey(*questions, conditions=conditions))


def test_rows_and_answers_are_filtered_by_what_was_chosen():
    first = q("A", "M", subs=ROWS)
    kept = asked(survey(first, q("B", "F", subs=ROWS, answers=YES_NO, attributes={"array_filter": "A"})))["B"]
    assert [row["show"] for row in kept["rows"]] == [chosen("A", "SQ1"), chosen("A", "SQ2")]
    out = asked(survey(first, q("B", "M", subs=ROWS, attributes={"array_filter_exclude": "A"})))["B"]
    assert out["options"][0]["show"] == {"not": chosen("A", "SQ1")}
    lost = survey(q("B", "M", subs=ROWS, attributes={"array_filter": "Nowhere"}))
    assert "Nowhere" in report(lost) and "show" not in asked(lost)["B"]["options"][0]


def test_places_of_an_order():
    first = q("R", "R", answers=[*YES_NO, ("m", "Maybe")])

    def of(equation):
        return asked(survey(first, q("Z", "S", relevance=equation)))["Z"]["show"]

    assert of("R_2 == 'n'") == {"when": "R", "row": "n", "is": "any_of", "of": [2]}
    assert of("R_1 != 'n'") == {"not": {"when": "R", "row": "n", "is": "any_of", "of": [1]}}
    assert of("!is_empty(R_2)") == {"when": "R", "count": "rows", "is": "at_least", "of": [2]}
    kept = asked(survey(first, q("Z", "M", subs=[("n", "No")], attributes={"array_filter": "R"})))["Z"]
    assert kept["options"][0]["show"] == {"when": "R", "row": "n", "is": "answered"}


def test_a_row_has_a_condition_of_its_own():
    subs = [("SQ1", "One", 0, "A == 'Y'"), ("SQ2", "Two", 0, "1"), ("SQ3", "Three", 0, "0")]
    made = asked(survey(q("A", "Y"), q("B", "F", subs=subs, answers=YES_NO)))["B"]["rows"]
    assert [(row["key"], row.get("show")) for row in made] == [("SQ1", chosen("A", "yes")), ("SQ2", None)]


@pytest.mark.parametrize(
    ("question", "constraint"),
    [
        (q("Z", "S", preg="/^[a-c]+$/i"), {"when": ".", "is": "matches", "of": ["(?i)[a-c]+"]}),
        (q("Z", "S", preg="/ab/"), {"when": ".", "is": "matches", "of": [r"[\s\S]*ab[\s\S]*"]}),
        (q("Z", "S", attributes={"em_validation_q": "regexMatch('/^x$/', self.NAOK)"}),
         {"when": ".", "is": "matches", "of": ["x"]}),
        (q("Z", "S", attributes={"em_validation_q": "strlen(self) >= 5"}),
         {"when": ".", "is": "matches", "of": [r"[\s\S]{5,}"]}),
        (q("Z", "N", attributes={"em_validation_q": "self != 4"}), {"when": ".", "is": "none_of", "of": [4]}),
        (q("Z", "N", attributes={"em_validation_q": "this > N0"}),
         {"when": ".", "is": "above", "of": {"question": "N0"}}),
        (q("Z", "M", subs=ROWS, attributes={"em_validation_q": "count(self) == 1"}),
         {"when": ".", "count": True, "is": "any_of", "of": [1]}),
        (q("Z", "F", subs=ROWS, answers=YES_NO, attributes={"em_validation_q": "countif('y', self) > 0"}),
         {"any": [chosen(".", "y", row="SQ1"), chosen(".", "y", row="SQ2")]}),
    ],
)  # fmt: skip
def test_rules_for_good_answers(question, constraint):
    imported = survey(q("N0", "N"), {**question, "group": 2})
    assert asked(imported)["Z"]["constraint"] == constraint, report(imported)


def test_bounds_and_needed_answers_are_settings():
    made = asked(survey(q("Z", "N", attributes={"em_validation_q": "self >= 18 and self <= 120"})))["Z"]
    assert {18, 120} <= set(made["settings"].values()) and "constraint" not in made
    needed = asked(survey(q("Z", "S", attributes={"em_validation_q": "!is_empty(self)"})))["Z"]
    assert needed["required"]
    digits = asked(survey(q("Z", "N", preg="/^[0-9]{2}$/")))["Z"]["settings"]
    assert {10, 99} <= set(digits.values())


def test_a_rule_that_is_lost_is_told_and_its_tip_stays():
    tip = {"en": "Multiples of 5, please."}
    attributes = {"em_validation_q": "(this / 5) == floor(this / 5)", "em_validation_q_tip": tip}
    imported = survey(q("Z", "N", attributes=attributes))
    assert asked(imported)["Z"]["hint"] == tip and "not checked" in report(imported)


def test_addresses_identify_people():
    pattern = r"/^[^@\s]+@[^@\s]+\.[^@\s]+$/"
    made = asked(survey(q("Z", "S", preg=pattern)))["Z"]
    assert made["personal"] and made["settings"]["expects"] == "email"


def test_brackets_without_end_and_long_equations_are_told_quickly():
    for equation in ("(" * 5000 + "A" + ")" * 5000, "!" * 5000 + "A", "-" * 5000 + "1", "A == 1 and " * 5000 + "A"):
        imported = survey(q("A", "Y"), q("Z", "S", relevance=equation))
        assert "shown to everyone" in report(imported)


def test_the_shorter_of_two_codes_is_not_taken_for_the_longer():
    imported = survey(q("A", "M", subs=[("1", "One")]), q("A_1", "Y"), q("Z", "S", relevance="A_1 == 'Y'", group=2))
    assert asked(imported)["Z"]["show"] == chosen("A_1", "yes")

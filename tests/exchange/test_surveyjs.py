"""SurveyJS files become questionnaires: every element, its words in every language, and when it is shown."""

from __future__ import annotations

import pytest

from consult.domain import conditions
from consult.domain.answers import Value
from consult.exchange.losses import Refused
from tests.exchange.other_formats import imported, kinds, options, question, report, shown, whole

CHOICES = [{"value": "red", "text": {"default": "Red", "pl": "Czerwony"}}, "blue", 3]


def survey(*elements, **more):
    return imported({"title": "Colours", "pages": [{"name": "p", "elements": list(elements)}], **more})


def element(kind, name="q", **more):
    return {"type": kind, "name": name, "title": "What?", **more}


@pytest.mark.parametrize(
    ("made", "kind", "settings"),
    [
        (element("text"), "short_text", {"longest": 500}),
        (element("text", maxLength=40), "short_text", {"longest": 40}),
        (element("text", inputType="number", min=1, max=9, step=1), "number", {"least": 1, "most": 9}),
        (element("text", inputType="date", min="2024-01-01"), "date", {"earliest": "2024-01-01"}),
        (element("text", inputType="month"), "partial_date", {}),
        (element("text", inputType="time"), "time", {}),
        (element("text", inputType="email"), "email", {}),
        (element("text", inputType="tel"), "telephone", {}),
        (element("comment"), "long_text", {"longest": 4000}),
        (element("radiogroup", choices=CHOICES, choicesOrder="random"), "single_choice", {"order": "random"}),
        (element("dropdown", choices=CHOICES), "single_choice", {"appearance": "select"}),
        (element("checkbox", choices=CHOICES, maxSelectedChoices=2), "multiple_choice", {"most": 2}),
        (element("tagbox", choices=CHOICES), "multiple_choice", {}),
        (element("ranking", choices=CHOICES), "ranking", {}),
        (element("boolean"), "yes_no", {}),
        (element("slider", min=0, max=10), "number", {"least": 0, "most": 10}),
    ],
)
def test_each_element_becomes_the_kind_that_asks_the_same(made, kind, settings):
    came = survey(made)
    assert kinds(came) == {"q": kind}
    assert dict(question(came, "q").settings) == settings


def test_words_come_in_every_language_and_choices_with_the_values_of_the_file():
    came = survey(element("radiogroup", choices=CHOICES, isRequired=True, title={"default": "Which?", "pl": "Który?"}))
    assert came.languages == ("en", "pl")
    assert options(came, "q") == {"red": "Red", "blue": "blue", "3": "3"}
    assert options(came, "q", "pl") == {"red": "Czerwony", "blue": "blue", "3": "3"}
    assert question(came, "q").required
    assert question(came, "q").text.to("pl").text == "Który?"
    assert "pl" in report(came) and "no words in this language" in report(came)


def test_a_survey_s_own_language_is_its_locale():
    came = survey(element("text", title={"default": "Jak?", "en": "How?"}), locale="pl")
    assert came.languages == ("pl", "en")
    assert question(came, "q").text.to("en").text == "How?"


def test_other_none_and_do_not_know_are_what_they_are_here():
    came = survey(
        element(
            "checkbox", choices=["a"], showOtherItem=True, otherText="Else", hasNone=True, showRefuseItem=True,
            showDontKnowItem=True,
        )
    )  # fmt: skip
    found = question(came, "q").option_by_key
    assert found["other"].other and found["other"].last and found["other"].label.to("en").text == "Else"
    assert found["none"].exclusive and not found["none"].unknown
    assert found["refused"].exclusive and found["refused"].unknown
    assert found["dontknow"].unknown


def test_a_boolean_with_words_of_its_own_keeps_them():
    came = survey(element("boolean", labelTrue="I agree", labelFalse="I do not", valueTrue="agreed"))
    assert options(came, "q") == {"true": "I agree", "false": "I do not"}


def test_a_scale_keeps_its_first_and_last_point_and_the_words_at_its_ends():
    came = survey(element("rating", rateMin=1, rateMax=5, minRateDescription="Bad", maxRateDescription="Good"))
    made = question(came, "q").settings
    assert (made["points"], made["low"].to("en").text, made["high"].to("en").text) == (5, "Bad", "Good")
    came = survey(element("rating", rateValues=[{"value": 1, "text": "Never"}, {"value": 2, "text": "Always"}]))
    assert options(came, "q") == {"1": "Never", "2": "Always"}


def test_matrices_become_grids_and_tables_a_grid_for_each_column():
    rows = [{"value": "a", "text": "Apples"}, "b"]
    came = survey(
        element("matrix", "m", columns=["good", "bad"], rows=rows, isAllRowRequired=True),
        element("matrix", "s", cellType="checkbox", columns=["good", "bad"], rows=rows),
        element(
            "matrixdropdown", "d", rows=rows,
            columns=[
                {"name": "c1", "title": "How", "cellType": "dropdown", "choices": ["x", "y"]},
                {"name": "c2", "title": "Why", "cellType": "text"},
                {"name": "c3", "title": "Which", "cellType": "checkbox", "choices": ["x", "y"]},
                {"name": "c4", "title": "Count", "cellType": "text", "inputType": "number"},
                {"name": "c5", "title": "File", "cellType": "file"},
            ],
        ),
    )  # fmt: skip
    assert kinds(came) == {
        "m": "matrix", "s": "matrix_several", "d_c1": "matrix", "d_c2": "matrix_text", "d_c3": "matrix_several",
        "d_c4": "matrix_numbers",
    }  # fmt: skip
    assert all(row.required for row in question(came, "m").rows)
    assert [row.label.to("en").text for row in question(came, "d_c1").rows] == ["Apples", "b"]
    assert question(came, "d_c2").text.to("en").text == "What?: Why"
    assert "kind “file”" in report(came)


def test_panels_are_sections_and_a_panel_inside_one_is_another():
    inner = {"type": "panel", "name": "i", "title": "Inner", "elements": [element("text", "b")]}
    panel = {
        "type": "panel", "name": "o", "title": "Outer", "description": "Please read.",
        "elements": [element("text", "a"), inner, element("text", "c")],
    }  # fmt: skip
    came = survey(panel)
    assert [(one.key, one.section.title.to("en").text) for one in whole(came).questions] == [
        ("a", "Outer"), ("b", "Inner"), ("c", "Outer"),
    ]  # fmt: skip
    assert question(came, "a").section.text.to("en").text == "Please read."


def test_a_panel_without_words_gives_its_condition_to_what_is_in_it():
    panel = {"type": "panel", "visibleIf": "{first} = 'red'", "elements": [element("text", "a"), element("text", "b")]}
    came = survey(element("radiogroup", "first", choices=CHOICES), panel)
    for key in ("a", "b"):
        assert shown(came, key) == [{"when": "first", "is": "any_of", "of": ["red"]}]


ANSWERS = {
    "one": (Value(choice="red"),),
    "many": (Value(choice="red"), Value(choice="blue")),
    "yes": (Value(choice="yes"),),
    "age": (Value(number=30),),
    "grid": (Value(part="r", choice="bad"),),
}


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("{one} = 'red'", True),
        ("{one} == 'blue'", False),
        ("{one} <> 'red'", False),
        ("{one} != 'green' and {age} > 29", True),
        ("{many} contains 'blue'", True),
        ("{many} contains ['red', 'blue']", True),
        ("{many} notcontains 'blue'", False),
        ("{many} anyof ['green', 'red']", True),
        ("{many} allof ['red', 3]", False),
        ("{many} = ['red', 'blue']", True),
        ("{many} = ['red']", False),
        ("{yes} = true", True),
        ("{yes} = false", False),
        ("{yes}", True),
        ("!({yes} = true)", False),
        ("not {yes} or {age} <= 30", True),
        ("{gone} empty", True),
        ("{one} notempty && {age} notempty", True),
        ("({age} >= 18 and {age} < 30) or {one} = 'blue'", False),
        ("30 <= {age}", True),
        ("{grid.r} = 'bad'", True),
        ("{grid.r} anyof ['good']", False),
        ("length({many}) = 2", True),
        ("1 = 1", True),
    ],
)
def test_a_condition_holds_for_the_same_answers_as_there(condition, holds):
    came = survey(
        element("radiogroup", "one", choices=["red", "blue", "green"]),
        element("checkbox", "many", choices=["red", "blue", 3]),
        element("boolean", "yes"),
        element("text", "age", inputType="number"),
        element("text", "gone"),
        element("matrix", "grid", columns=["good", "bad"], rows=["r"]),
        element("comment", "asked", visibleIf=condition),
    )
    lost = [loss for loss in came.losses if loss.column == "visibleIf"]
    assert not lost
    made = [conditions.read(condition) for condition in shown(came, "asked")]
    assert all(conditions.holds(condition, ANSWERS) for condition in made) is holds


def test_a_date_of_birth_is_compared_with_today():
    came = survey(
        element("text", "born", inputType="date"),
        element("text", "adult", visibleIf="age({born}) >= 18"),
        element("text", "late", visibleIf="{born} < today()"),
    )
    assert shown(came, "adult") == [{"when": "born", "is": "at_most", "of": {"today": -6574}}]
    assert shown(came, "late") == [{"when": "born", "is": "below", "of": {"today": 0}}]


@pytest.mark.parametrize(
    "condition", ["{later} = 1", "{nowhere} = 1", "{sum} > 2", "iif({a} = 1, 2, 3) = 2", "{a} + 1 = 2", "{c} = 'x'"]
)
def test_a_condition_that_cannot_be_kept_shows_it_to_everyone_unrequired_and_says_so(condition):
    came = survey(
        element("text", "a"),
        {"type": "expression", "name": "c", "expression": "{a} + 1"},
        element("text", "q", visibleIf=condition, isRequired=True),
        element("text", "later"),
        calculatedValues=[{"name": "sum", "expression": "1 + 1"}],
    )
    assert shown(came, "q") == [] and not question(came, "q").required
    assert f"visibleIf {condition}" in report(came) and "no longer required" in report(came)


@pytest.mark.parametrize("condition", ["{a} =", "((({a}", "and {a}", "{a} = 'x", "}{"])
def test_a_condition_that_is_none_refuses_the_file_and_names_the_place(condition):
    with pytest.raises(Refused) as refusal:
        survey(element("text", "a"), element("text", "b", visibleIf=condition))
    assert "text “b”, visibleIf" in refusal.value.message


def test_what_opens_or_is_needed_by_an_earlier_answer():
    came = survey(
        element("boolean", "a"),
        element("text", "b", enableIf="{a} = true"),
        element("text", "c", visibleIf="{a} = true", requiredIf="{a} = true"),
        element("text", "d", requiredIf="{a} = true"),
    )
    condition = {"when": "a", "is": "any_of", "of": ["yes"]}
    assert shown(came, "b") == [condition] and "opens it" in report(came)
    assert question(came, "c").required and not question(came, "d").required
    assert "needed only sometimes" in report(came)


def test_questions_that_look_at_a_page_stand_on_a_later_one():
    came = survey(element("boolean", "a"), element("text", "b", visibleIf="{a} = true"), element("text", "c"))
    assert [[one.key for one in page.questions] for page in whole(came).pages] == [["a"], ["b", "c"]]


def test_a_page_for_each_question_is_kept_where_the_survey_wants_it():
    came = survey(element("text", "a"), element("text", "b"), questionsOnPageMode="questionPerPage")
    assert [len(page.questions) for page in whole(came).pages] == [1, 1]


def test_rules_for_good_answers():
    came = survey(
        element("text", "n", inputType="number", validators=[{"type": "numeric", "minValue": 2, "maxValue": 5}]),
        element("text", "t", validators=[{"type": "text", "minLength": 3, "maxLength": 9}]),
        element("checkbox", "c", choices=[1, 2, 3], validators=[{"type": "answercount", "minCount": 1, "maxCount": 2}]),
        element("text", "r", validators=[{"type": "regex", "regex": "^[A-Z]{3}$", "text": "Three capitals"}]),
        element("text", "e", validators=[{"type": "email"}]),
        element("text", "x", inputType="number", validators=[{"type": "expression", "expression": "{x} > {n}"}]),
        element("text", "w", validators=[{"type": "wisdom"}]),
    )
    assert dict(question(came, "n").settings) == {"decimal": True, "least": 2, "most": 5}
    assert question(came, "t").settings["longest"] == 9 and question(came, "t").constraint is not None
    assert dict(question(came, "c").settings) == {"least": 1, "most": 2}
    assert question(came, "r").constraint.of == ("[A-Z]{3}",)
    assert question(came, "r").constraint_message.to("en").text == "Three capitals"
    assert question(came, "e").kind == "email"
    assert (question(came, "x").constraint.operator, question(came, "x").constraint.against) == ("above", "n")
    assert "wisdom" in report(came)


def test_earlier_answers_stand_in_later_words_where_they_are_closed():
    came = survey(
        element("radiogroup", "colour", choices=CHOICES),
        element("text", "why"),
        element("text", "q", title="Why {colour} and {why}?"),
    )
    assert question(came, "q").text.to("en").text == "Why [[colour|…]] and …?"
    assert "written freely" in report(came)


def test_html_becomes_markup_and_what_could_do_harm_is_told():
    came = survey(
        {"type": "html", "name": "h", "html": "<p>Read <b>this</b>.</p><script>alert(1)</script><p>5 &lt; 6</p>"},
        element("text", "q", title="A * b_c_d [[x]] & <i>so</i>"),
    )
    assert question(came, "h").text.to("en").text == "Read **this**.\n\n5 < 6"
    assert "a script" in report(came)
    assert "alert" not in str(came.definition)


@pytest.mark.parametrize(
    "kind", ["file", "signaturepad", "expression", "image", "imagemap", "matrixdynamic", "paneldynamic", "xyzzy"]
)
def test_elements_that_cannot_be_asked_are_told_with_all_their_words(kind):
    left = {
        "type": kind, "name": "left", "title": "Title words", "columns": [{"name": "c", "title": "Column words"}],
        "templateElements": [{"type": "text", "name": "t", "title": "Inner words"}], "altText": "Alt words",
        "choices": ["Choice words"],
    }  # fmt: skip
    came = survey(element("text"), left)
    assert list(kinds(came)) == ["q"]
    for words in ("Title words", "Column words", "Inner words", "Alt words", "Choice words"):
        assert words in report(came)


def test_an_unknown_construct_anywhere_is_in_the_report():
    came = imported(
        {
            "xyzzy1": 1,
            "pages": [
                {
                    "name": "p", "xyzzy2": "two",
                    "elements": [
                        element("radiogroup", choices=[{"value": "a", "xyzzy3": 3}], xyzzy4={"a": [1]},
                                validators=[{"type": "xyzzy5"}], visibleIf="xyzzy6(1) = 1"),
                        {"type": "panel", "name": "x", "xyzzy7": True, "elements": [element("xyzzy8", "y")]},
                        element("matrix", "m", columns=["a"], rows=[{"value": "r", "xyzzy9": 9}], xyzzy10="ten"),
                        element(
                            "matrixdropdown", "d", rows=["r"], columns=[{"name": "c", "cellType": "text", "xyzzy11": 1}]
                        ),
                        element("multipletext", "t", items=[{"name": "i", "xyzzy12": 1}]),
                    ],
                }
            ],
            "triggers": [{"type": "xyzzy13", "expression": "{q} = 1"}],
        }
    )  # fmt: skip
    told = report(came)
    assert [number for number in range(1, 14) if f"xyzzy{number}" not in told] == []


def test_what_the_survey_as_a_whole_says_is_told():
    came = survey(
        element("text"),
        completedHtml="<p>Thank you all</p>",
        completedHtmlOnCondition=[{"expression": "{q} = 1", "html": {"default": "Well done", "fr": "Bravo"}}],
        triggers=[{"type": "setvalue", "expression": "{q} = 2", "setToName": "q", "setValue": 5}],
        logo="https://example.org/logo.png",
        navigateToUrl="https://example.org",
        calculatedValues=[{"name": "v", "expression": "1 + 1"}],
        completeText={"default": "Send it", "fr": "Envoyer"},
    )
    for words in ("Thank you all", "Well done", "Bravo", "setvalue", "logo.png", "1 + 1", "Send it"):
        assert words in report(came), words
    assert came.languages == ("en",)


def test_a_file_of_answers_is_refused_with_what_was_looked_for():
    with pytest.raises(Refused) as refusal:
        imported({"firstName": "Alice", "age": 30})
    for words in ("“firstName”", "SurveyJS", "Qualtrics", "“consult”: 1"):
        assert words in refusal.value.message


def test_hidden_and_read_only_elements_are_told():
    came = survey(
        element("text"),
        element("text", "h", visible=False, title="Hidden words"),
        element("text", "r", readOnly=True, title="Only read"),
    )
    assert kinds(came) == {"q": "short_text", "r": "statement"}
    assert "hidden from people" in report(came) and "Hidden words" in report(came)

"""Qualtrics files: questions by type and selector, blocks, logic, translations, and what cannot be asked."""

from __future__ import annotations

import pytest

from consult.exchange.losses import Refused
from tests.exchange.other_formats import imported, kinds, options, question, report, shown, whole


def numbered(*words, **more):
    """Choices by their numbers, from 1."""
    return {str(at): {"Display": word, **more.get(f"at{at}", {})} for at, word in enumerate(words, 1)}


def asked(number, kind="MC", selector="SAVR", text="What?", **more):
    """One question."""
    if kind == "MC":
        more.setdefault("Choices", numbered("Red", "Blue", "Green"))
    return {"QuestionID": f"QID{number}", "DataExportTag": f"Q{number}", "QuestionType": kind, "Selector": selector,
            "QuestionText": text, "Language": [], **more}  # fmt: skip


def survey(*questions, flow=None, blocks=None, skips=None, elements=(), **entry):
    """A survey of these questions, in one block unless told."""
    inside = [
        {
            "Type": "Question",
            "QuestionID": one["QuestionID"],
            **({"SkipLogic": skips[one["QuestionID"]]} if one["QuestionID"] in (skips or {}) else {}),
        }
        for one in questions
    ]
    blocks = blocks or [{"Type": "Default", "ID": "BL_1", "Description": "Block", "BlockElements": inside}]
    made = [
        {"Element": "BL", "Payload": blocks},
        {"Element": "FL", "Payload": {"Flow": flow or [{"Type": "Block", "ID": "BL_1"}]}},
    ]
    made += [{"Element": "SQ", "PrimaryAttribute": one["QuestionID"], "Payload": one} for one in questions]
    return imported(
        {"SurveyEntry": {"SurveyName": "Buses", "SurveyLanguage": "EN", **entry}, "SurveyElements": [*made, *elements]},
        "buses.qsf",
    )


def forced(**more):
    return {"Settings": {"ForceResponse": "ON", **more}}


def selected(locator, operator="Selected", **more):
    """A test of logic."""
    return {"LogicType": "Question", "LeftOperand": locator, "Operator": operator, "Type": "Expression",
            "Description": f"<b>If</b> {locator} {operator}", **more}  # fmt: skip


def logic(*tests):
    return {"0": {**{str(at): one for at, one in enumerate(tests)}, "Type": "If"}, "Type": "BooleanExpression"}


def content(kind):
    """A line that holds only such content."""
    return {"Settings": {"Type": "ContentType", "ContentType": kind}}


GRID = {"Choices": numbered("r"), "Answers": numbered("a")}
LIKERT = {"QuestionType": "Matrix", "Selector": "Likert", "SubSelector": "SingleAnswer"}


@pytest.mark.parametrize(
    ("made", "kind"),
    [
        (asked(1), "single_choice"),
        (asked(1, selector="DL"), "single_choice"),
        (asked(1, selector="MAVR"), "multiple_choice"),
        (asked(1, selector="NPS", Choices=[{"Display": str(n)} for n in range(11)]), "rating"),
        (asked(1, "TE", "SL"), "short_text"),
        (asked(1, "TE", "ESTB"), "long_text"),
        (asked(1, "TE", "FORM", Choices=numbered("Street", "Town")), "matrix_text"),
        (asked(1, "TE", "SL", Validation=content("ValidEmail")), "email"),
        (asked(1, "TE", "SL", Validation=content("ValidNumber")), "number"),
        (asked(1, "Slider", "HSLIDER", Choices=numbered("Speed")), "number"),
        (asked(1, "Slider", "HSLIDER", Choices=numbered("Speed", "Price")), "matrix_numbers"),
        (asked(1, "Slider", "STAR", Choices=numbered("It"), Configuration={"StarCount": 5}), "rating"),
        (asked(1, "RO", "DND", Choices=numbered("a", "b")), "ranking"),
        (asked(1, "CS", "VRTL", Choices=numbered("a", "b"),
               Validation={"Settings": {"Type": "ChoicesTotal", "ChoiceTotal": "100"}}), "points"),
        (asked(1, "Matrix", "Likert", **GRID, SubSelector="SingleAnswer"), "matrix"),
        (asked(1, "Matrix", "Likert", **GRID, SubSelector="MultipleAnswer"), "matrix_several"),
        (asked(1, "Matrix", "TE", **GRID, SubSelector="Short"), "matrix_text"),
        (asked(1, "Matrix", "CS", **GRID), "matrix_numbers"),
    ],
)  # fmt: skip
def test_each_question_becomes_the_kind_that_asks_the_same(made, kind):
    assert kinds(survey(made)) == {"Q1": kind}


def test_choices_keep_their_order_values_and_words():
    choices = numbered("Red", "<b>Blue</b> &amp; white", "Other", at3={"TextEntry": "true"})
    came = survey(
        asked(
            1,
            selector="MAVR",
            Choices=choices,
            ChoiceOrder=["3", 1, "2"],
            RecodeValues={"1": "10", "2": "-1", "3": "30"},
        )
    )
    assert options(came, "Q1") == {"30": "Other", "10": "Red", "-1": "**Blue** & white"}
    found = question(came, "Q1").option_by_key
    assert found["30"].other and found["-1"].unknown and not found["10"].unknown


def test_choices_that_stand_by_themselves_and_those_left_out_of_an_analysis():
    choices = numbered("a", "None", "No basis", at2={"ExclusiveAnswer": True})
    found = question(survey(asked(1, selector="MAVR", Choices=choices, AnalyzeChoices={"3": "No"})), "Q1").option_by_key
    assert found["2"].exclusive and not found["1"].exclusive and found["3"].unknown


def test_words_come_in_every_language():
    translated = {"PL": {"QuestionText": "Co?", "Choices": {"1": {"Display": "Czerwony"}}}}
    came = survey(asked(1, Language=translated))
    assert came.languages == ("en", "pl")
    assert question(came, "Q1").text.to("pl").text == "Co?"
    assert options(came, "Q1", "pl")["1"] == "Czerwony"
    assert "no words in this language" in report(came)


def test_the_ends_of_a_scale_from_0_to_10_keep_their_words():
    labels = [{"Display": "Not likely"}, {"Display": "Likely"}]
    came = survey(asked(1, selector="NPS", Choices=[{"Display": str(n)} for n in range(11)], ColumnLabels=labels))
    made = question(came, "Q1").settings
    assert (made["first"], made["low"].to("en").text, made["high"].to("en").text) == (0, "Not likely", "Likely")


def test_a_table_side_by_side_is_a_grid_for_each_column():
    columns = {
        "1": {"QuestionText": "How often?", **LIKERT, "Answers": numbered("Never", "Always")},
        "2": {"QuestionText": "Why?", "QuestionType": "Matrix", "Selector": "TE", "SubSelector": "Short"},
        "3": {"QuestionText": "Which?", **LIKERT, "Selector": "Maxdiff", "Answers": numbered("Lost words")},
    }  # fmt: skip
    translated = {"PL": {"QuestionText": "Autobusy", "AdditionalQuestions": {"1": {"QuestionText": "Jak często?"}}}}
    came = survey(
        asked(
            1,
            "SBS",
            "SBSMatrix",
            "Buses",
            Choices=numbered("Bus 1", "Bus 2"),
            AdditionalQuestions=columns,
            Language=translated,
        )
    )
    assert kinds(came) == {"Q1_1": "matrix", "Q1_2": "matrix_text"}
    assert question(came, "Q1_1").text.to("en").text == "Buses: How often?"
    assert question(came, "Q1_1").text.to("pl").text == "Autobusy: Jak często?"
    assert [row.label.to("en").text for row in question(came, "Q1_2").rows] == ["Bus 1", "Bus 2"]
    assert "Lost words" in report(came)


def test_a_table_of_boxes_is_a_question_for_each_column():
    came = survey(
        asked(1, "Matrix", "TE", SubSelector="Long", Choices=numbered("r1", "r2"), Answers=numbered("A", "B"))
    )
    assert {key: question(came, key).text.to("en").text for key in kinds(came)} == {
        "Q1_1": "What?: A",
        "Q1_2": "What?: B",
    }


def test_answers_that_are_needed():
    came = survey(asked(1, Validation=forced(ForceResponseType="ON")),
                  asked(2, Validation=forced(ForceResponseType="RequestResponse")),
                  asked(3, "Matrix", "Likert", SubSelector="SingleAnswer", Choices=numbered("r"), Answers=numbered("a"),
                        Validation=forced()))  # fmt: skip
    assert question(came, "Q1").required and not question(came, "Q2").required
    assert question(came, "Q3").rows[0].required


def test_blocks_and_breaks_are_pages_and_the_trash_is_told_not_brought_in():
    blocks = [
        {"Type": "Default", "ID": "BL_1", "BlockElements": [
            {"Type": "Question", "QuestionID": "QID1"}, {"Type": "Page Break"},
            {"Type": "Question", "QuestionID": "QID2"}]},
        {"Type": "Standard", "ID": "BL_2", "BlockElements": [{"Type": "Question", "QuestionID": "QID3"}]},
        {"Type": "Trash", "ID": "BL_3", "BlockElements": [{"Type": "Question", "QuestionID": "QID4"}]},
    ]  # fmt: skip
    flow = [{"Type": "Standard", "ID": "BL_2"}, {"Type": "Block", "ID": "BL_1"}]
    came = survey(
        asked(1), asked(2), asked(3), asked(4, text="Thrown away"), asked(5, text="Nowhere"), blocks=blocks, flow=flow
    )
    assert [[one.key for one in page.questions] for page in whole(came).pages] == [["Q3"], ["Q1"], ["Q2"]]
    assert "Thrown away" in report(came) and "trash" in report(came) and "Nowhere" in report(came)


Q1_RED, Q1_BLUE = "q://QID1/SelectableChoice/1", "q://QID1/SelectableChoice/2"


@pytest.mark.parametrize(
    ("tests", "condition"),
    [
        ((selected(Q1_RED),), {"when": "Q1", "is": "any_of", "of": ["1"]}),
        ((selected(Q1_RED, "NotSelected"),), {"when": "Q1", "is": "none_of", "of": ["1"]}),
        ((selected(Q1_RED), selected(Q1_BLUE, Conjuction="Or")), {"when": "Q1", "is": "any_of", "of": ["1", "2"]}),
        (
            (selected(Q1_RED), selected("q://QID2/ChoiceTextEntryValue", "NotEmpty", Conjuction="And")),
            {"all": [{"when": "Q2", "is": "answered"}, {"when": "Q1", "is": "any_of", "of": ["1"]}]},
        ),
        (
            (selected("q://QID3/SelectableChoice/1/2"),),
            {"when": "Q3", "is": "any_of", "row": "r1", "of": ["2"]},
        ),
        (
            (selected("q://QID4/SelectedChoicesCount", "GreaterThan", RightOperand="1"),),
            {"when": "Q4", "is": "above", "count": True, "of": [1]},
        ),
        (
            (selected("q://QID5/ChoiceTextEntryValue", "LessThan", RightOperand="18"),),
            {"when": "Q5", "is": "below", "of": [18]},
        ),
    ],
)
def test_display_logic_becomes_conditions(tests, condition):
    number = {"Settings": {"Type": "ContentType", "ContentType": "ValidNumber"}}
    came = survey(
        asked(1), asked(2, "TE", "SL"),
        asked(3, "Matrix", "Likert", SubSelector="SingleAnswer", Choices=numbered("r"), Answers=numbered("a", "b")),
        asked(4, selector="MAVR"), asked(5, "TE", "SL", Validation=number), asked(6, DisplayLogic=logic(*tests)),
    )  # fmt: skip
    assert shown(came, "Q6") == [condition]


@pytest.mark.parametrize(
    "test",
    [
        {"LogicType": "EmbeddedField", "LeftOperand": "source", "Operator": "EqualTo", "RightOperand": "x"},
        {"LogicType": "DeviceType", "LeftOperand": "mobile", "Operator": "Is"},
        selected("q://QID9/SelectableChoice/1"),
        selected("q://QID3/SelectableChoice/1"),
        selected("q://QID1/SelectableChoice/77"),
        selected("q://QID1/Xyzzy/1"),
    ],
)
def test_logic_that_cannot_be_kept_shows_it_to_everyone_unrequired_and_says_so(test):
    came = survey(asked(1), asked(2, DisplayLogic=logic(test), Validation=forced()), asked(3))
    assert shown(came, "Q2") == [] and not question(came, "Q2").required
    assert "shown to everyone: its condition needs" in report(came) and "no longer required" in report(came)


def test_what_does_not_matter_in_a_condition_is_not_missed():
    came = survey(
        asked(1),
        asked(
            2,
            DisplayLogic=logic(
                selected("q://QID1/ChoiceDisplayed/1", "Displayed"),
                {"LogicType": "DeviceType", "Operator": "Is", "Conjuction": "Or"},
            ),
        ),
    )
    assert shown(came, "Q2") == [] and "DisplayLogic" not in report(came)


def skip(locator, condition, target):
    return {
        "Locator": locator,
        "Condition": condition,
        "SkipToDestination": target,
        "Description": f"If {locator} go to {target}",
    }


def test_what_skip_logic_leads_past_is_shown_to_the_others():
    skips = {"QID1": [skip(Q1_RED, "Selected", "QID3"), skip(Q1_BLUE, "Selected", "ENDOFSURVEY")],
             "QID2": [skip("q://QID2/SelectableChoice/3", "Selected", "QID1")]}  # fmt: skip
    came = survey(asked(1), asked(2), asked(3), skips=skips)
    assert shown(came, "Q2") == [{"when": "Q1", "is": "none_of", "of": ["1", "2"]}]
    assert shown(came, "Q3") == [{"when": "Q1", "is": "none_of", "of": ["2"]}]
    assert "leads back" in report(came)


def test_branches_and_ends_in_the_flow():
    blocks = [
        {"Type": "Default", "ID": f"BL_{n}", "BlockElements": [{"Type": "Question", "QuestionID": f"QID{n}"}]}
        for n in (1, 2, 3)
    ]
    flow = [
        {"Type": "Block", "ID": "BL_1"},
        {
            "Type": "Branch",
            "FlowID": "FL_2",
            "BranchLogic": logic(selected(Q1_RED)),
            "Flow": [{"Type": "Block", "ID": "BL_2"}],
        },
        {"Type": "Branch", "FlowID": "FL_3", "BranchLogic": logic(selected(Q1_BLUE)), "Flow": [{"Type": "EndSurvey"}]},
        {"Type": "EmbeddedData", "EmbeddedData": [{"Field": "source", "Value": "web"}]},
        {"Type": "WebService", "URL": "https://example.org/x"},
        {"Type": "Block", "ID": "BL_3"},
        {"Type": "Block", "ID": "BL_1"},
    ]
    came = survey(asked(1), asked(2), asked(3), blocks=blocks, flow=flow)
    assert shown(came, "Q2") == [{"when": "Q1", "is": "any_of", "of": ["1"]}]
    assert shown(came, "Q3") == [{"when": "Q1", "is": "none_of", "of": ["2"]}]
    for words in ("source = web", "https://example.org/x", "asked more than once"):
        assert words in report(came)


def test_earlier_answers_stand_in_later_words_and_what_is_noted_down_does_not():
    came = survey(
        asked(1), asked(2, "TE", "SL", "Why ${q://QID1/ChoiceGroup/SelectedChoices}, ${e://Field/name}, $e{ 1 + 1 }?")
    )
    assert question(came, "Q2").text.to("en").text == "Why [[Q1|…]], …, …?"
    assert "what the survey notes down" in report(came) and "worked out" in report(came)


def test_notes_of_authors_are_for_authors():
    notes = {"Element": "NT", "Payload": {"ParentID": "QID1", "Notes": [
        {"Message": "Ask Ann", "Removed": False}, {"Message": "Gone", "Removed": True}]}}  # fmt: skip
    assert question(survey(asked(1), elements=[notes]), "Q1").note.to("en").text == "Ask Ann"


def test_html_becomes_markup_and_paragraphs_around_a_question_its_hint():
    long = "We are asking because a great many people told us that they had waited for months." * 2
    came = survey(
        asked(
            1, text=f"<div>{long}</div><div><br></div><div>How <b>long</b>&nbsp;did you wait?</div><script>x()</script>"
        )
    )
    assert question(came, "Q1").text.to("en").text == "How **long** did you wait?"
    assert question(came, "Q1").hint.to("en").text == long
    assert "a script" in report(came)


@pytest.mark.parametrize(
    ("kind", "selector"),
    [("FileUpload", "FileUpload"), ("Meta", "Browser"), ("HotSpot", "OnOff"), ("Timing", "PageTimer"), ("PGR", "DND"),
     ("Captcha", "V2"), ("TE", "PW"), ("DB", "GRB"), ("Matrix", "MaxDiff"), ("Xyzzy", "x")],
)  # fmt: skip
def test_questions_that_cannot_be_asked_are_told_with_their_words(kind, selector):
    left = asked(
        2,
        kind,
        selector,
        "<p>Title &amp; words</p>",
        Choices=numbered("Choice words"),
        Answers=numbered("Answer words"),
    )
    came = survey(asked(1), left)
    assert list(kinds(came)) == ["Q1"]
    for words in ("Title & words", "Choice words"):
        assert words in report(came)


def test_an_unknown_construct_anywhere_is_in_the_report():
    blocks = [
        {
            "Type": "Default",
            "ID": "BL_1",
            "xyzzy1": 1,
            "Options": {"xyzzy2": 2},
            "BlockElements": [{"Type": "xyzzy3"}, *({"Type": "Question", "QuestionID": f"QID{n}"} for n in (1, 2, 3))],
        }
    ]
    flow = [{"Type": "Block", "ID": "BL_1", "xyzzy4": 4}, {"Type": "xyzzy5"}]
    came = survey(
        asked(1, Choices=numbered("a", at1={"xyzzy6": 6}), xyzzy7="seven", QuestionJS="xyzzy8()"),
        asked(2, "xyzzy9", "x"),
        asked(3, "Matrix", "xyzzy10", Choices=numbered("r"), Answers=numbered("a")),
        blocks=blocks, flow=flow,
        elements=[{"Element": "xyzzy11", "Payload": {}}, {"Element": "SO", "Payload": {"xyzzy12": 1}}],
    )  # fmt: skip
    assert [number for number in range(1, 13) if f"xyzzy{number}" not in report(came)] == []


def test_a_survey_without_questions_is_refused_with_its_place():
    with pytest.raises(Refused) as refusal:
        survey()
    assert "“SQ”" in refusal.value.message

"""Small files of each format in JSON, with a little of everything, for tests that break them."""

from __future__ import annotations

from typing import Any

from tests.exchange.test_ons import WAYS, block, radio, schema, section
from tests.exchange.test_qualtrics import asked, logic, numbered, selected

SURVEYJS: dict[str, Any] = {
    "title": {"default": "Colours", "pl": "Kolory"},
    "description": "About <b>colours</b>",
    "locale": "en",
    "pages": [
        {
            "name": "p1",
            "title": "First",
            "elements": [
                {"type": "radiogroup", "name": "colour", "title": {"default": "Which?", "pl": "Który?"},
                 "choices": ["red", {"value": "blue", "text": {"default": "Blue", "pl": "Niebieski"}}],
                 "isRequired": True, "hasOther": True},
                {"type": "checkbox", "name": "many", "choices": [1, 2, 3], "showNoneItem": True,
                 "maxSelectedChoices": 2},
                {"type": "text", "name": "age", "inputType": "number", "min": 1, "max": 120, "validators": [
                    {"type": "numeric", "minValue": 2}, {"type": "expression", "expression": "{age} > 3"}]},
                {"type": "text", "name": "born", "inputType": "date", "maxValueExpression": "today()"},
            ],
        },
        {
            "name": "p2",
            "visibleIf": "{colour} = 'red' or {many} contains 2",
            "elements": [
                {"type": "panel", "name": "x", "title": "Inner", "visibleIf": "{age} > 17",
                 "elements": [{"type": "comment", "name": "why", "title": "Why {colour}?", "maxLength": 900}]},
                {"type": "matrix", "name": "grid", "columns": ["good", "bad"],
                 "rows": [{"value": "a", "text": "A"}, "b"]},
                {"type": "rating", "name": "rate", "rateMax": 5, "minRateDescription": "Bad"},
                {"type": "boolean", "name": "agree", "labelTrue": "I do"},
                {"type": "html", "name": "note", "html": "<p>Thank <i>you</i></p>"},
                {"type": "file", "name": "left", "title": "A file"},
            ],
        },
    ],
    "triggers": [{"type": "complete", "expression": "{agree} = false"}],
    "calculatedValues": [{"name": "sum", "expression": "{age} + 1"}],
    "completedHtml": "<p>Done</p>",
}  # fmt: skip

QUALTRICS: dict[str, Any] = {
    "SurveyEntry": {"SurveyName": "Buses", "SurveyLanguage": "EN", "SurveyDescription": "About buses"},
    "SurveyElements": [
        {
            "Element": "BL",
            "Payload": [
                {"Type": "Default", "ID": "BL_1", "Options": {"Looping": "None"}, "BlockElements": [
                    {"Type": "Question", "QuestionID": "QID1", "SkipLogic": [
                        {"Locator": "q://QID1/SelectableChoice/2", "Condition": "Selected",
                         "SkipToDestination": "QID3"}]},
                    {"Type": "Page Break"},
                    {"Type": "Question", "QuestionID": "QID2"},
                    {"Type": "Question", "QuestionID": "QID3"},
                ]},
                {"Type": "Standard", "ID": "BL_2", "BlockElements": [
                    {"Type": "Question", "QuestionID": "QID4"}, {"Type": "Question", "QuestionID": "QID5"}]},
                {"Type": "Trash", "ID": "BL_3"},
            ],
        },
        {
            "Element": "FL",
            "Payload": {"Flow": [
                {"Type": "Block", "ID": "BL_1", "FlowID": "FL_2"},
                {"Type": "Branch", "FlowID": "FL_3", "BranchLogic": logic(selected("q://QID1/SelectableChoice/1")),
                 "Flow": [{"Type": "Standard", "ID": "BL_2", "FlowID": "FL_4"}]},
                {"Type": "EmbeddedData", "EmbeddedData": [{"Field": "x", "Value": "1"}]},
            ]},
        },
        {"Element": "SO", "Payload": {"Header": "<b>Hello</b>", "AvailableLanguages": {"EN": [], "PL": []}}},
        {"Element": "NT", "Payload": {"ParentID": "QID1", "Notes": [{"Message": "Ask Ann", "Removed": False}]}},
        *(
            {"Element": "SQ", "PrimaryAttribute": one["QuestionID"], "Payload": one}
            for one in (
                asked(1, text="<p>Which &amp; why?</p>", Choices=numbered("Red", "Blue", at2={"TextEntry": "true"}),
                      ChoiceOrder=["2", "1"], RecodeValues={"1": "10", "2": "20"},
                      Language={"PL": {"QuestionText": "Który?", "Choices": {"1": {"Display": "Czerwony"}}}}),
                asked(2, "TE", "SL", "Why ${q://QID1/ChoiceGroup/SelectedChoices}?",
                      Validation={"Settings": {"ForceResponse": "ON", "Type": "TotalChar", "TotalChars": "90"}}),
                asked(3, "Matrix", "Likert", SubSelector="SingleAnswer", Choices=numbered("a", "b"),
                      Answers=numbered("good", "bad"), DisplayLogic=logic(selected("q://QID1/SelectableChoice/1"))),
                asked(4, "DB", "TB", "Read <b>this</b>."),
                asked(5, selector="MAVR", Randomization={"Type": "All"}),
            )
        ),
    ],
}  # fmt: skip

ONS: dict[str, Any] = schema(
    *WAYS["sections"],
    section(
        block("words", {"id": "w", "type": "TextField", "label": "Words", "max_length": 40}, title={
            "text": "Why {it}?",
            "placeholders": [{"placeholder": "it", "value": {"source": "answers", "identifier": "a1"}}]}),
        block("when", {"id": "d", "type": "Date", "minimum": {"value": "now", "offset_by": {"days": -9}}}),
        block("boxes", radio("b1", "x", type="Checkbox"), radio("b2", "none", type="Checkbox"),
              kind="MutuallyExclusive"),
        {"id": "i", "type": "Interstitial", "content": {"title": "Hello", "contents": [{"list": ["one", "two"]}]}},
        title="Three",
    ),
    answer_codes=[{"answer_id": "w", "code": "W1"}],
    metadata=[{"name": "ru_ref", "type": "string"}],
)  # fmt: skip

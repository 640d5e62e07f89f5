"""What a written questionnaire means: questions, answers, rooms to write, tables, ways on; no line is passed over."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.domain.questionnaire import read
from consult.exchange.losses import Refused
from consult.exchange.text import read_text, text_of
from consult.exchange.text.goto import way_on
from consult.exchange.text.lines import line_of
from consult.exchange.text.understanding import understand


def asked(text, **more):
    """The questions of a text as (key, kind, words, options)."""
    imported = read_text(text, "form.txt", **more).imported
    return [
        (one.key, one.kind, one.text.to("en").text, [option.label.to("en").text for option in one.options])
        for one in read(imported.definition).questions
    ]


@pytest.mark.parametrize(
    ("text", "kind", "options"),
    [
        ("1. Colour?\na) Red\nb) Blue", "single_choice", ["Red", "Blue"]),
        ("Q1 Colour? (tick all that apply)\n- Red\n- Blue", "multiple_choice", ["Red", "Blue"]),
        ("1) Colour? Please tick one.\n[ ] Red\n[ ] Blue", "single_choice", ["Red", "Blue"]),
        ("Which colour do you like?\nRed\nBlue\nGreen", "single_choice", ["Red", "Blue", "Green"]),
        ("1. Are you well?\nYes ☐   No ☐", "yes_no", []),
        ("1. Are you well?\nYes / No / Don't know", "single_choice", ["Yes", "No", "Don't know"]),
        ("1. Put these in order of importance\n1. Cost\n2. Time", "single_choice", ["Cost", "Time"]),
        ("1. Tell us more\n______\n______", "long_text", []),
        ("1. Name of your surgery: ________", "short_text", []),
        ("1. How many times?\n____", "number", []),
        ("1. On what date did you come?\n__/__/____", "date", []),
        ("1. How good is it?\nBad 1 2 3 4 5 Good", "rating", []),
        ("1. On a scale of 1 to 10, how good is it?", "rating", []),
        ("1. Is there anything else you would like to say?", "long_text", []),
    ],
)
def test_a_question_is_asked_as_it_is_written(text, kind, options):
    [(_key, found, _text, labels)] = asked(text)
    expected = {kind, "ranking"} if "order" in text else {kind}
    assert found in expected
    assert labels == options


def test_directions_for_paper_are_taken_out_of_the_words_and_told():
    reading = read_text("1. Which? (tick up to two)\n- A\n- B\n- C", "f")
    [question] = read(reading.imported.definition).questions
    assert question.text.to("en").text == "Which?"
    assert question.kind == "multiple_choice" and question.settings["most"] == 2
    assert any(loss.said == "tick up to two" for loss in reading.imported.losses)


def test_please_specify_opens_a_box_wherever_it_stands():
    for text in (
        "1. Which?\n- A\n- Other (please specify) ____",
        "1. Which?\n- A\n- Other\nIf other, please specify: ______",
        "1. Which?\n- A\n- Other, please say what",
    ):
        [question] = read(read_text(text, "f").imported.definition).questions
        assert [(one.label.to("en").text, one.other) for one in question.options] == [("A", False), ("Other", True)]


def test_none_and_do_not_know_go_with_no_other():
    text = "1. Which? (tick all that apply)\n- A\n- B\n- None of these"
    [question] = read(read_text(text, "f").imported.definition).questions
    assert [one.exclusive for one in question.options] == [False, False, True]


def test_a_table_is_a_grid():
    text = "1. How good?\n| | Good | Bad |\n| Doors | | |\n| Seats | ☐ | ☐ |"
    [question] = read(read_text(text, "f").imported.definition).questions
    assert question.kind == "matrix"
    assert [row.label.to("en").text for row in question.rows] == ["Doors", "Seats"]
    assert [one.label.to("en").text for one in question.options] == ["Good", "Bad"]


def test_headings_are_pages_and_the_first_is_the_title():
    imported = read_text("# Survey\n\n## One\n1. Why?\n## Two\n2. What?", "f").imported
    assert imported.definition["title"] == {"en": "Survey"}
    assert [page["title"]["en"] for page in imported.definition["pages"]] == ["One", "Two"]


def test_a_way_on_is_followed_where_it_is_clear():
    text = "1. Do you drive?\n- Yes\n- No (go to 4)\n2. Where?\n3. How far?\n4. Anything else?"
    reading = read_text(text, "f")
    questions = read(reading.imported.definition).question_by_key
    for key in ("q2", "q3"):
        show = questions[key].show
        assert (show.when, show.operator, show.of) == ("q1", "none_of", ("no",))
    assert questions["q4"].show is None
    assert any("2 questions are passed over" in loss.done for loss in reading.imported.losses)


def test_a_way_on_under_a_question_names_its_answer():
    text = "1. Do you drive?\n- Yes\n- No\nIf no, please go to question 3\n2. Where?\n3. Anything else?"
    assert read(read_text(text, "f").imported.definition).question_by_key["q2"].show.of == ("no",)


def test_a_way_on_that_is_not_clear_is_told_and_everybody_is_asked():
    reading = read_text("1. Do you drive?\n- Yes\n- No (go to section B)\n2. Where?", "f")
    assert read(reading.imported.definition).question_by_key["q2"].show is None
    [loss] = [loss for loss in reading.imported.losses if "cannot be followed" in loss.done]
    assert (loss.severity, loss.row) == ("changed", 3)


def test_if_yes_asks_only_those_who_said_so():
    text = "1. Do you drive?\n- Yes\n- No\n2. If yes, how far?\n____"
    question = read(read_text(text, "f").imported.definition).question_by_key["q2"]
    assert question.text.to("en").text == "How far?"
    assert (question.show.when, question.show.of) == ("q1", ("yes",))


@pytest.mark.parametrize(
    ("line", "target", "answer"),
    [
        ("If yes, go to 7", "7", "yes"),
        ("(Go to Q12)", "12", ""),
        ("If you answered “Not sure” please skip to question 9.", "9", "Not sure"),
        ("No → question 5", "5", ""),
        ("Please go to the end", "the end", ""),
    ],
)
def test_ways_on_are_read(line, target, answer):
    found = way_on(line)
    assert (found.target, found.answer) == (target, answer)


@pytest.mark.parametrize("line", ["We go to town", "If yes, tell us", "1. Do you go to the gym?", "Go to"])
def test_other_words_are_no_way_on(line):
    assert way_on(line) is None


LINES = st.sampled_from(
    [
        "", "1. Why?", "2. Who? (tick one)", "a) Yes", "- No (go to 2)", "☐ Other (please specify)", "____", "# A",
        "## B", "| | x | y |", "| z | | |", "1 2 3 4 5", "Plain words.", "SHOUTING", "If no, go to 9",
        "(tick all that apply)", "Yes / No", "dd/mm/yyyy", "Short", "<b>*_[x](y)", "[[q1|x]]",
        "\u202eabc", "3) x", "Name: ____",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES | st.text(st.characters(exclude_categories=("C",)), max_size=40), max_size=25))
def test_no_line_is_passed_over_and_no_text_breaks_it(lines):
    text = "\n".join(line.replace("\n", " ").replace("\r", " ") for line in lines)
    covered = {number for one in understand(text) for number in range(one.first, one.last + 1)}
    for number, raw in enumerate(text.split("\n"), 1):
        if line_of(number, raw).kind in ("text", "question", "heading", "row"):
            assert number in covered, (number, raw)
    if any(one.what == "question" for one in understand(text)):
        read_text(text, "f")
    else:
        with pytest.raises(Refused, match="no question"):
            read_text(text, "f")


def odt(*body: str) -> bytes:
    names = ("office", "text", "table", "style")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    content = (
        f'<office:document-content {spaces}><office:automatic-styles><text:list-style style:name="L1">'
        '<text:list-level-style-number text:level="1"/></text:list-style></office:automatic-styles>'
        f"<office:body><office:text>{''.join(body)}</office:text></office:body></office:document-content>"
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    return held.getvalue()


def test_an_open_document_is_read_with_its_lists_and_tables():
    text = text_of(
        odt(
            "<text:h text:outline-level='1'>Part one</text:h>",
            "<text:list text:style-name='L1'><text:list-item><text:p>Which?<office:annotation><text:p>a remark</text:p>"
            "</office:annotation></text:p></text:list-item></text:list>",
            "<text:list text:style-name='L2'><text:list-item><text:p>Red</text:p></text:list-item></text:list>",
            "<table:table><table:table-row><table:table-cell/><table:table-cell><text:p>Good</text:p></table:table-cell>"
            "</table:table-row></table:table>",
        ),
        "form.odt",
    )
    assert [line for line in text.split("\n") if line] == ["## Part one", "1. Which?", "- Red", "|  | Good |"]


def test_entities_of_a_document_are_not_followed():
    content = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", content)
    with pytest.raises(Refused, match="has no words"):
        text_of(held.getvalue(), "a.docx")


@pytest.mark.parametrize("said", ["Prefer not to say", "I'd prefer not to say", "Rather not to say"])
def test_whoever_prefers_not_to_say_is_not_asked_for_words(said):
    (question,) = understand(f"1. How old are you?\n- Under 40\n- 40 or over\n- {said}\n- Other, please say\n")
    assert [(option.label, option.other) for option in question.options[2:]] == [(said, False), ("Other", True)]


def test_otherwise_is_told_and_stands_in_no_question():
    text = "7. Are you a carer? If yes go to question 8, otherwise finish here.\n8. For how long?\n____\n"
    question = understand(text)[0]
    assert question.text == "Are you a carer?"
    assert question.unkept == [(1, "otherwise finish here")]


@pytest.mark.parametrize(
    ("line", "choices"),
    [
        ("1. Would you use the new clinic? Yes / No", ["Yes", "No"]),
        ("1. Would you use it? Yes | No | Don't know", ["Yes", "No", "Don't know"]),
        ("1. Would you use it? Yes or no", ["Yes", "no"]),
        ("1. Would you use it? Please say why.", []),
        ("1. Is it 9/10?", []),
    ],
)
def test_choices_behind_a_question_are_choices(line, choices):
    (question,) = understand(line)
    assert [option.label for option in question.options] == choices

"""What cannot be brought in is told with its place, never dropped in silence."""

from __future__ import annotations

import pytest

from tests.exchange.workbooks import form, questions, said


@pytest.mark.parametrize(
    "kind",
    ["start", "end", "today", "deviceid", "phonenumber", "username", "simserial", "imei", "audit", "start-geopoint"],
)
def test_what_would_identify_people_is_never_collected(kind):
    imported = form([kind, "x"], ["text", "a", "A"])
    assert list(questions(imported)) == ["a"]
    assert "identify people" in said(imported)


@pytest.mark.parametrize(
    "kind", ["geopoint", "image", "audio", "barcode", "calculate", "select_one_from_file x.csv", "nonsense"]
)
def test_what_cannot_be_asked_is_left_out_and_told_with_its_place(kind):
    imported = form(["text", "a", "A"], [kind, "x", "X"])
    assert list(questions(imported)) == ["a"]
    loss = next(one for one in imported.losses if one.severity == "lost")
    assert loss.row == 3 and "x" in loss.said


def test_a_repeat_is_left_out_whole_and_told():
    imported = form(
        ["text", "a", "A"],
        ["begin repeat", "r", "R"],
        ["text", "b", "B"],
        ["end repeat"],
        ["text", "c", "C", "${b} = 'x'"],
    )
    assert list(questions(imported)) == ["a", "c"]
    assert "rows 3 to 5" in said(imported)
    assert "asked again and again" in said(imported)


def test_a_group_that_is_never_shown_is_told_with_its_rows_and_questions():
    imported = form(
        ["text", "a", "A"], ["begin group", "g", "G", "false()"], ["text", "b", "B"], ["text", "c", "C"], ["end group"]
    )
    assert "never shown by this condition; rows 3 to 6 are left out (2 questions)" in said(imported)


def test_a_name_that_is_another_in_the_results_is_told():
    choices = [["list_name", "name", "label"], ["yn", "not sure", "Not sure"], ["yn", "yes", "Yes"]]
    imported = form(["select_one yn", "a-b", "A"], choices=choices)
    assert [(loss.sheet, loss.row, loss.said) for loss in imported.losses if "results" in loss.done.lower()] == [
        ("survey", 2, "a-b"),
        ("choices", 2, "not sure"),
    ]


def test_a_date_asked_in_part_is_told_once():
    imported = form(["date", "a", "A", "", "", "", "month-year"])
    told = [loss.done for loss in imported.losses if loss.column == "appearance"]
    assert told == ["People may leave out the day, and the month, of this date."]
    assert questions(imported)["a"]["kind"] == "partial_date"


def test_anything_in_an_unknown_column_is_told():
    imported = form(["text", "a", "A", "something"], head=["type", "name", "label", "body::xyzzy"])
    assert "xyzzy" in said(imported) and "something" in said(imported)


def test_an_unknown_construct_in_every_column_is_told():
    head = [
        "type",
        "name",
        "label",
        "relevant",
        "constraint",
        "required",
        "appearance",
        "choice_filter",
        "calculation",
        "parameters",
        "default",
        "read_only",
        "media::image",
        "odd",
    ]
    row = [
        "select_one yn",
        "a",
        "A",
        "xyzzy1(1)=1",
        "xyzzy2(.)=1",
        "xyzzy3(1)",
        "xyzzy4",
        "xyzzy5(1)=1",
        "xyzzy6",
        "xyzzy7=1",
        "xyzzy8",
        "xyzzy9(1)",
        "xyzzy10.png",
        "xyzzy11",
    ]
    imported = form(row, head=head, settings=[["style"], ["xyzzy12"]], xyzzy13=[["a"], ["b"]])
    told = said(imported)
    assert [number for number in range(1, 14) if f"xyzzy{number}" not in told] == []


def test_what_the_form_hides_from_people_is_left_out_and_told():
    imported = form(
        ["text", "a", "A", "", "", "", "hidden"],
        ["begin group", "g", "G", "", "", "", "hidden"],
        ["text", "b", "B"],
        ["end group"],
        ["text", "c", "C", "${b} = 'x'"],
    )
    assert list(questions(imported)) == ["c"]
    assert said(imported).count("hides this") == 2 and "hidden in the form" in said(imported)


def test_a_row_that_is_switched_off_is_told():
    imported = form(["text", "a", "A", ""], ["text", "b", "B", "yes"], head=["type", "name", "label", "disabled"])
    assert list(questions(imported)) == ["a"]
    assert "switched off" in said(imported)


def test_cells_that_stand_under_no_heading_are_told():
    imported = form(["text", "a", "A", "stray words"], head=["type", "name", "label"])
    loss = next(one for one in imported.losses if one.said == "stray words")
    assert (loss.row, loss.column) == (2, "column D")


def test_a_second_row_of_settings_is_told():
    imported = form(["text", "a", "A"], settings=[["form_title"], ["Title"], ["Another"]])
    assert "Another" in said(imported)


def test_losses_stand_in_the_order_of_the_file():
    imported = form(
        ["text", "a", "A"], ["geopoint", "x", "X"], ["select_one yn", "b", "B"], ["image", "y", "Y"],
        settings=[["style"], ["pages"]],
        choices=[["list_name", "name", "label"], ["yn", "yes", ""]],
    )  # fmt: skip
    places = [(one.sheet, one.row) for one in imported.losses if one.severity != "note"]
    assert places == [("survey", 3), ("survey", 5), ("choices", 2)]
    assert imported.losses[-1].sheet == "settings"


def test_no_cell_disappears_without_a_word():
    """Every row of the survey is either asked, or told about with its number."""
    rows = [["text", "t", "T"], ["note", "n", "N"], ["start", "s"], ["", "", "a remark"], ["nonsense", "x", "X"]]
    rows += [["begin repeat", "r", "R"], ["text", "inside", "I"], ["end repeat"], ["rank yn", "k", "K"]]
    imported = form(*rows)
    told = {one.row for one in imported.losses}
    for number, row in enumerate(rows, 2):
        assert number in told or 7 < number <= 9 or row[1] in questions(imported), row


def test_what_a_group_left_out_or_emptied_held_is_told_in_words():
    imported = form(
        ["text", "a", "A"],
        ["begin group", "hidden", "Hidden", "", "", "", "hidden"],
        ["calculate", "sum"],
        ["end group"],
        ["begin group", "outer", "Outer"],
        ["begin group", "empty", "Only sums"],
        ["calculate", "other"],
        ["end group"],
        ["end group"],
    )
    assert "rows 3 to 5 are left out (nothing in them is asked)" in said(imported)
    assert [loss.said for loss in imported.losses if "heading is left out" in loss.done] == ["Only sums"]


def test_a_rule_that_is_not_checked_says_what_it_would_need():
    imported = form(["note", "n", "N"], ["date", "a", "A", "", ". <= now() and . > ${n}"])
    assert [loss.done for loss in imported.losses if loss.column == "constraint"] == [
        "Answers are not checked by a part of this rule: it needs now().",
        "Answers are not checked by a part of this rule: it needs “n”, which is words to read, not a question.",
    ]

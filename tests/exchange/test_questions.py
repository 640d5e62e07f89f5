"""What each type of row becomes: questions, boxes after “other”, grids."""

from __future__ import annotations

from consult.domain.questionnaire import read
from tests.exchange.workbooks import form, questions, said


def test_every_plain_type_becomes_its_kind():
    imported = form(
        ["select_one yn", "a", "A"],
        ["select_multiple yn", "b", "B"],
        ["text", "c", "C"],
        ["text", "d", "D", "", "", "", "multiline"],
        ["integer", "e", "E"],
        ["decimal", "f", "F"],
        ["date", "g", "G"],
        ["time", "h", "H"],
        ["note", "i", "I"],
        ["range", "j", "J"],
        ["acknowledge", "k", "K"],
    )
    kinds = {key: one["kind"] for key, one in questions(imported).items()}
    assert kinds == {
        "a": "single_choice", "b": "multiple_choice", "c": "short_text", "d": "long_text", "e": "number", "f": "number",
        "g": "date", "h": "time", "i": "statement", "j": "rating", "k": "multiple_choice",
    }  # fmt: skip
    assert imported.questions == 10
    assert questions(imported)["f"]["settings"]["decimal"] is True
    assert questions(imported)["j"]["settings"] == {"points": 11, "first": 0}


def test_or_other_opens_a_box():
    for kind in ("select_one yn or_other", "select_multiple yn or_other", "select one from yn or specify other"):
        option = questions(form([kind, "a", "A"]))["a"]["options"][-1]
        assert (option["key"], option["other"]) == ("other", True)


def test_a_table_list_is_a_grid_and_its_rows_can_be_looked_at():
    imported = form(
        ["begin group", "g", "How good?", "", "", "", "table-list"],
        ["select_one yn", "phone", "Phone"],
        ["select_one yn", "door", "Door"],
        ["end group"],
        ["text", "why", "Why?", "${door} = 'no'"],
    )
    grid = questions(imported)["phone_grid"]
    assert (grid["kind"], grid["text"], [row["key"] for row in grid["rows"]]) == (
        "matrix",
        {"en": "How good?"},
        ["phone", "door"],
    )
    assert questions(imported)["why"]["show"] == {"when": "phone_grid", "row": "door", "is": "any_of", "of": ["no"]}


def test_a_label_row_and_its_list_nolabel_rows_are_a_grid():
    imported = form(
        ["begin group", "g", "", "", "", "", "field-list"],
        ["select_one yn", "head", "How good?", "", "", "", "label"],
        ["select_one yn", "phone", "Phone", "", "", "", "list-nolabel"],
        ["select_one yn", "door", "Door", "", "", "yes", "list-nolabel"],
        ["end group"],
    )
    (grid,) = questions(imported).values()
    assert [row["key"] for row in grid["rows"]] == ["phone", "door"]
    assert grid["rows"][1]["required"] is True


def test_what_comes_out_can_always_be_asked():
    imported = form(["integer", "1 odd näme", "A"], ["integer", "1 odd n me", "B"], ["select_one yn", "check", "C"])
    assert len(set(questions(imported))) == 3
    read(imported.definition)


def test_numbers_that_a_spreadsheet_made_of_names_are_the_same_again():
    choices = [["list_name", "name", "label"], ["n", 1, "One"], ["n", 2.0, "Two"]]
    imported = form(["select_one n", "a", "A"], ["text", "b", "B", "${a} = 1"], choices=choices)
    assert [one["key"] for one in questions(imported)["a"]["options"]] == ["1", "2"]
    assert questions(imported)["b"]["show"]["of"] == ["1"]


def test_a_range_has_its_bounds_and_takes_parts_where_they_have():
    head = ["type", "name", "label", "parameters"]
    whole = form(["range", "a", "A", "start=1 end=5 step=1"], head=head)
    assert (questions(whole)["a"]["kind"], questions(whole)["a"]["settings"]) == ("rating", {"points": 5})
    wide = form(["range", "a", "A", "start=1 end=50 step=1"], head=head)
    assert (questions(wide)["a"]["kind"], questions(wide)["a"]["settings"]) == ("number", {"minimum": 1, "maximum": 50})
    parts = form(["range", "a", "A", "start=0.5, end=5.0; step=0.5"], head=head)
    assert questions(parts)["a"]["settings"] == {"minimum": 0.5, "maximum": 5, "decimal": True}
    assert "step=0.5" in said(parts)


def test_a_list_in_a_table_of_tick_boxes_is_a_grid_of_several_answers():
    imported = form(
        ["begin group", "g", "Which?", "", "", "", "table-list"],
        ["select_multiple yn", "phone", "Phone"],
        ["select_multiple yn", "door", "Door"],
        ["end group"],
    )
    (grid,) = questions(imported).values()
    assert (grid["kind"], grid["text"]) == ("matrix_several", {"en": "Which?"})
    assert [row["key"] for row in grid["rows"]] == ["phone", "door"]


def test_what_rows_of_a_grid_cannot_have_is_told():
    head = ["type", "name", "label", "hint", "constraint", "appearance"]
    imported = form(
        ["begin group", "g", "G", "", "", "table-list"],
        ["select_one yn", "a", "A", "lost hint", ". = 'yes'"],
        ["select_one yn", "b", "B"],
        ["text", "c", "C"],
        ["end group"],
        head=head,
    )
    assert list(questions(imported)) == ["a_grid", "c"]
    assert "lost hint" in said(imported) and "rules of their own" in said(imported)


def test_rows_with_choices_of_their_own_stay_questions():
    imported = form(
        ["begin group", "g", "G", "", "", "", "table-list"],
        ["select_one yn", "a", "A"],
        ["select_one yn or_other", "b", "B"],
        ["end group"],
    )
    assert [one["kind"] for one in questions(imported).values()] == ["statement", "single_choice", "single_choice"]


def test_a_choice_that_goes_with_no_other_is_exclusive():
    choices = [["list_name", "name", "label"], *[["l", name, name.title()] for name in ("a", "b", "none")]]
    for rule in (
        "not(selected(., 'none') and count-selected(.) > 1)",
        "not(selected(., 'none')) or count-selected(.) = 1",
        "if(selected(., 'none'), count-selected(.) = 1, true())",
        "not(selected(., 'none') and (selected(., 'a') or selected(., 'b')))",
    ):
        asked = questions(form(["select_multiple l", "q", "Q", "", rule], choices=choices))["q"]
        assert [one.get("exclusive", False) for one in asked["options"]] == [False, False, True], rule
        assert "constraint" not in asked
    both = "not(selected(., 'none') and count-selected(.) > 1) and count-selected(.) < 2"
    assert questions(form(["select_multiple l", "q", "Q", "", both], choices=choices))["q"]["settings"] == {"most": 1}


def test_an_email_address_is_personal_and_has_its_own_keys():
    imported = form(["text", "mail", "Your email", "", r"regex(., '^[^@\s]+@[^@\s]+\.[a-z]+$')"], ["text", "t", "T"])
    mail = questions(imported)["mail"]
    assert mail["personal"] is True and mail["kind"] == "email"
    assert "personal" not in questions(imported)["t"]
    assert "kept apart" in said(imported)


def test_a_question_without_words_is_asked_by_its_hint_or_its_name():
    head = ["type", "name", "label", "hint"]
    imported = form(["text", "how_old", ""], ["text", "b", "NO_LABEL", "Tell us"], ["text", "c", "-"], head=head)
    assert [one["text"]["en"] for one in questions(imported).values()] == ["how old", "Tell us", "c"]
    assert said(imported).count("has no words") == 3


def test_what_the_form_does_not_let_people_answer_is_only_read():
    head = ["type", "name", "label", "read_only", "relevant"]
    imported = form(
        ["text", "a", "A", "yes"], ["text", "b", "B", "no"], ["text", "c", "C", "", "${a} = 'x'"], head=head
    )
    assert [one["kind"] for one in questions(imported).values()] == ["statement", "short_text", "short_text"]
    assert "does not let people answer" in said(imported) and "words to read" in said(imported)


def test_two_choices_of_one_name_and_other_words_are_both_kept():
    choices = [
        ["list_name", "name", "label"],
        ["l", "x", "First"],
        ["l", "x", "Second"],
        ["l", "y", "Y"],
        ["l", "y", "Y"],
    ]
    imported = form(["select_one l", "a", "A"], ["text", "b", "B", "${a} = 'x'"], choices=choices)
    asked = questions(imported)
    assert [(one["key"], one["label"]["en"]) for one in asked["a"]["options"]] == [
        ("x", "First"), ("x_2", "Second"), ("y", "Y"),
    ]  # fmt: skip
    assert asked["b"]["show"] == {"when": "a", "is": "any_of", "of": ["x", "x_2"]}
    assert "both are kept" in said(imported) and "kept once" in said(imported)


def test_names_become_keys_in_one_way_only():
    first = form(["text", "_id", "A"], ["text", "9 lives", "B"], ["text", "بيت", "C"], ["text", "a--b", "D"])
    assert list(questions(first)) == ["id", "q_9_lives", "question", "a_b"]

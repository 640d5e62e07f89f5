"""What is asked together."""

from __future__ import annotations

from tests.exchange.workbooks import form, pages, said


def test_a_page_begins_at_groups_field_lists_looking_back_and_after_ten():
    assert pages(
        form(["text", "a", "A"], ["begin group", "g", "G"], ["text", "b", "B"], ["end group"], ["text", "c", "C"])
    ) == [["a"], ["b"], ["c"]]
    inner = form(
        ["begin group", "g", "G"],
        ["text", "a", "A"],
        ["begin group", "f", "", "", "", "", "field-list"],
        ["text", "b", "B"],
        ["end group"],
        ["text", "c", "C"],
        ["end group"],
    )
    assert pages(inner) == [["a"], ["b"], ["c"]]
    assert pages(form(["select_one yn", "a", "A"], ["text", "b", "B"], ["text", "c", "C", "${a}='yes'"])) == [
        ["a", "b"],
        ["c"],
    ]
    assert [len(one) for one in pages(form(*[["text", f"q{at}", "Q"] for at in range(23)]))] == [10, 10, 3]


def test_a_page_has_the_words_of_its_group_and_a_group_inside_has_a_heading():
    imported = form(
        ["begin group", "g", "Outer"],
        ["text", "a", "A"],
        ["begin group", "h", "Inner"],
        ["text", "b", "B"],
        ["end group"],
        ["end group"],
        ["text", "c", "C"],
    )
    assert [page["title"] for page in imported.definition["pages"]] == [{"en": "Outer"}, {}]
    assert pages(imported) == [["a", "h", "b"], ["c"]]


def test_a_heading_goes_with_its_first_question_and_is_left_out_without_one():
    rows = [["text", f"q{at}", "Q"] for at in range(9)]
    imported = form(
        ["begin group", "g", ""], *rows, ["begin group", "h", "Inner"], ["text", "b", "B"], ["end group"], ["end group"]
    )
    assert pages(imported)[1] == ["h", "b"]
    empty = form(
        ["text", "a", "A"],
        ["begin group", "g", ""],
        ["begin group", "h", "Inner"],
        ["start", "s"],
        ["end group"],
        ["end group"],
    )
    assert pages(empty) == [["a"]]
    assert "heading is left out" in said(empty)


def test_a_rule_or_a_choice_that_looks_at_the_page_begins_a_new_one():
    rule = form(["integer", "a", "A"], ["integer", "b", "B", "", ". > ${a}"])
    assert pages(rule) == [["a"], ["b"]]
    row = form(
        ["select_one yn", "a", "A"],
        ["begin group", "g", "", "", "", "", "table-list"],
        ["select_one yn", "b", "B", "${a} = 'yes'"],
        ["select_one yn", "c", "C"],
        ["end group"],
    )
    assert pages(row) == [["a"], ["b_grid"]]


def test_pages_have_keys_of_their_own():
    imported = form(["text", "check", "A"], ["begin group", "done", "B"], ["text", "p1", "C"], ["end group"])
    assert [page["key"] for page in imported.definition["pages"]] == ["p1", "p2"]

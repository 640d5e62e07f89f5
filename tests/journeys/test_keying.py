"""A keyer with a pile of paper and a keyboard; a second person keys it again, and they decide: Given, When, Then."""

from __future__ import annotations

import pytest

from tests.journeys.test_staff import signed_in

#: What stands in the boxes of each form, in the order of the paper; the rest is left empty.
FORMS = (
    {"q1": "1", "q5": "2 3"},
    {"q1": "2"},
    {"q1": "1", "q2": "1"},
)


def keys_a_form(walker, typed):
    """Types into the boxes with Tab alone, and Enter at the end; nothing is clicked."""
    page = walker.page
    walker.is_on("key_form")
    number = page.locator("#number").input_value()
    boxes = page.evaluate(
        "[...document.querySelectorAll('.app-keying input, .app-keying textarea')].map(one => one.id)"
    )
    assert page.evaluate("document.activeElement.id") == boxes[0], "typing can begin at once"
    last = max(boxes.index(name) for name in typed)
    for at, name in enumerate(boxes[: last + 1]):
        assert page.evaluate("document.activeElement.id") == name
        page.keyboard.type(typed.get(name, ""))
        if at < last:
            page.keyboard.press("Tab")
    saves(page)
    return number


def saves(page):
    """Enter, and the next page is there."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_three_forms_are_keyed_by_keyboard_alone(someone, scripts):
    # Given a keyer, in whose work the batch stands first
    keyer = signed_in(someone, "keyer", scripts=scripts)
    keyer.finds_it_accessible()
    page = keyer.page
    page.get_by_role("link", name="Key batch 1").first.focus()
    saves(page)
    keyer.is_on("key_form")
    keyer.finds_it_accessible()

    # When they key three forms, one with a code that is not there
    wrong = page.locator(".app-keying input").first.get_attribute("id")
    page.keyboard.type("99")
    saves(page)
    keyer.sees("Question 1: “99” is not a code of this question")
    keyer.finds_it_accessible()
    assert page.locator(f"[id='{wrong}']").input_value() == "99", "what was typed is kept"
    page.locator(f"[id='{wrong}']").fill("")
    page.locator(f"[id='{wrong}']").focus()
    numbers = [keys_a_form(keyer, filled(page, typed)) for typed in FORMS]

    # Then each has its number, and the batch says what is still missing
    first = int(numbers[0])
    assert numbers == [str(first), str(first + 1), str(first + 2)]
    keyer.sees(f"Form {first + 2} is saved.")
    keyer.presses("Batch 1", role="link")
    keyer.sees("12 received = 0 keyed + 0 unreadable + 0 late + 12 missing")
    keyer.finds_it_accessible()


def filled(page, typed):
    """The boxes of questions by their place on the page: q1 is the first box of the first question."""
    first = page.evaluate(
        "[...document.querySelectorAll('.app-keying')].map(one => one.querySelector('input, textarea').id)"
    )
    return {first[int(name[1:]) - 1]: text for name, text in typed.items()}


@pytest.mark.browser
def test_what_two_people_key_differently_is_decided(someone):
    # Given a form that two people keyed, not alike
    for who, typed in (("keyer", {"q1": "1", "q5": "2"}), ("editor", {"q1": "2", "q5": "2 3"})):
        editor = signed_in(someone, who, width=320)
        editor.page.get_by_role("link", name="Key batch 1").first.click()
        editor.is_on("key_form")
        editor.page.locator("#number").fill("12")
        editor.page.locator(".app-keying input").first.focus()
        keys_a_form(editor, filled(editor.page, typed))

    # When one of them compares it with the paper
    editor.goes_to("/staff/")
    editor.page.get_by_role("link", name="Decide what").first.click()
    editor.is_on("differences_of_batch")
    editor.finds_it_accessible()
    editor.page.get_by_role("link", name="Form 12", exact=True).click()
    editor.is_on("decide")
    editor.finds_it_accessible()
    for group in editor.page.locator("fieldset:has(> .nhsuk-radios)").all():
        group.locator("input[type=radio]").first.check(force=True)
    editor.presses("Save what the form says")

    # Then it is keyed, and the batch keeps how often they differed
    editor.is_on("batch")
    editor.sees("1 keyed + 0 unreadable + 0 late + 11 missing")
    editor.sees("Question 5: 1 of 1")
    editor.finds_it_accessible()
    editor.presses("All batches", role="link")
    editor.is_on("batches")
    editor.finds_it_accessible()
    editor.presses("Count a batch")
    editor.is_on("make_batch")
    editor.finds_it_accessible()

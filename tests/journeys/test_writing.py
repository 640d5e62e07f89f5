"""An officer writes a questionnaire in the browser, from nothing: Given, When, Then."""

from __future__ import annotations

import re

import pytest

from tests.journeys.test_staff import signed_in


def adds_a_page(officer, title):
    officer.page.locator("#title").fill(title)
    officer.presses("Add the page")
    officer.is_on("write_questionnaire")


def adds_a_question(officer, on_page, text, kind, options=""):
    page = officer.page
    page.get_by_role("link", name=f"Add a question to page {on_page}").click()
    officer.is_on("new_question")
    page.locator("#text").fill(text)
    page.locator(f"input[name=kind][value={kind}]").check(force=True)
    page.locator("#options").fill(options)
    officer.finds_it_accessible()
    officer.presses("Add it")
    officer.is_on("edit_question")
    officer.finds_it_accessible()


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scripts"), [(320, False), (1100, True)])
def test_a_questionnaire_of_three_kinds_with_a_condition_is_written_from_nothing(someone, width, scripts):
    # Given an officer with a consultation that asks nothing yet
    officer = signed_in(someone, "editor", width=width, scripts=scripts)
    page = officer.page
    officer.goes_to("/staff/consultations/new")
    page.locator("#group").select_option(label="Purbeck")
    page.locator("#title").fill(f"Calling us {width}")
    page.locator("#language").select_option(label="English")
    officer.presses("Begin")
    page.get_by_role("link", name="Write the questionnaire").first.click()
    officer.is_on("write_questionnaire")
    officer.finds_it_accessible()

    # When they add a page, and a question that is not finished yet
    adds_a_page(officer, "Calling us")
    officer.sees("a page needs a question")
    adds_a_question(officer, 1, "How did you reach us?", "single_choice")
    page.locator("#added_options").fill("• By telephone\n• Online\n• Not at all")
    officer.presses("Save and go back")
    officer.is_on("write_questionnaire")
    adds_a_question(officer, 1, "How easy was it?", "rating", "Easy\nNeither\nHard")
    officer.presses("Save and go back")

    # And a second page, shown only to those who telephoned
    adds_a_page(officer, "More about it")
    adds_a_question(officer, 2, "What made it hard?", "long_text")
    officer.presses("Save and go back")
    page.get_by_role("link", name=re.compile("When it is shown ?: page 2")).click()
    officer.is_on("edit_show")
    officer.finds_it_accessible()
    page.locator("#looked").select_option(label="How easy was it?")
    officer.presses("Continue")
    page.locator("input[name=operator][value=any_of]").check(force=True)
    page.get_by_label("Hard", exact=True).check(force=True)
    officer.finds_it_accessible()
    officer.presses("Add this condition")
    officer.finds_it_accessible()
    officer.sees("the answer to “How easy was it?” is “Hard”")
    officer.presses("Questionnaire", role="link")

    # Then it is whole, and says in words what was made
    officer.is_on("write_questionnaire")
    officer.finds_it_accessible()
    officer.sees("Shown when the answer to “How easy was it?” is “Hard”.")
    assert "Still to mend" not in page.locator("main").inner_text()

    # And it is seen as people will see it, with answers in it
    page.get_by_role("link", name="Preview of page 1").click()
    officer.is_on("preview_page")
    officer.finds_it_accessible()
    officer.presses("Fill it with invented answers", role="link")
    officer.finds_it_accessible()
    assert page.locator("input[type=radio]:checked").count()
    officer.presses("Questionnaire", role="link")

    # And what a condition looks at cannot be removed by mistake, and what was can be had back
    page.get_by_role("button", name="Remove How easy was it?").click()
    officer.is_on("write_questionnaire")
    officer.sees("First change what looks at it")
    officer.finds_it_accessible()
    page.get_by_role("button", name="Remove How did you reach us?").click()
    officer.sees("Removed the question “How did you reach us?”")
    officer.presses("Undo it")
    assert page.locator("#question-how_did_you_reach_us").count() == 1
    officer.presses("Every change so far", role="link")
    officer.is_on("questionnaire_history")
    officer.finds_it_accessible()
    page.locator("main table a, main li a").first.click()
    officer.is_on("earlier_state")
    officer.finds_it_accessible()


@pytest.mark.browser
def test_with_scripts_a_question_is_dragged_and_saves_itself(someone):
    # Given a page with two questions
    officer = signed_in(someone, "editor")
    page = officer.page
    officer.goes_to("/staff/consultations/new")
    page.locator("#group").select_option(label="Purbeck")
    page.locator("#title").fill("Dragged")
    page.locator("#language").select_option(label="English")
    officer.presses("Begin")
    officer.goes_to("/staff/consultations/dragged/write")
    adds_a_page(officer, "Only one")
    for text in ("First?", "Second?"):
        adds_a_question(officer, 1, text, "long_text")
        officer.presses("Save and go back")

    # When the second is dragged before the first, it stands there
    officer.finds_it_accessible()
    page.evaluate("document.getElementById('page-only_one').scrollIntoView()")
    page.locator("#question-second .app-grip").hover()
    page.mouse.down()
    above = page.locator("#question-first").bounding_box()
    page.mouse.move(above["x"] + 40, above["y"] + 30, steps=5)
    page.locator("#question-first.app-drop").wait_for()
    page.mouse.up()
    page.get_by_text("Moved the question “Second?”").wait_for()
    order = page.locator(".app-written__list > li").evaluate_all("lines => lines.map(line => line.id)")
    assert order == ["question-second", "question-first"]

    # And what is written saves itself when its box is left, once
    page.get_by_role("link", name="Change Second? (second)").click()
    officer.is_on("edit_question")
    page.locator("#hint").fill("Take your time")
    page.locator("#text").focus()
    page.get_by_text("Saved at").wait_for()
    officer.finds_it_accessible()
    page.locator("#text").fill("Second thoughts?")
    officer.presses("Save and go back")
    officer.is_on("write_questionnaire")
    officer.sees("Second thoughts?")
    page.get_by_role("link", name="Preview of page 1").click()
    officer.sees("Take your time")

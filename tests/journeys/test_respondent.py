"""Somebody answers a consultation: Given, When, Then."""

from __future__ import annotations

import pytest

CONSULTATION = "/consultations/evening-and-weekend-appointments"
WORDS = {
    "en": {
        "prefix": "",
        "start": "Start now",
        "continue": "Continue",
        "send": "Send my answers",
        "finish": "Finish now",
    },
    "pl": {
        "prefix": "/pl",
        "start": "Zacznij teraz",
        "continue": "Dalej",
        "send": "Wyślij moje odpowiedzi",
        "finish": "Zakończ teraz",
    },
    "ar": {
        "prefix": "/ar",
        "start": "ابدأ الآن",
        "continue": "متابعة",
        "send": "إرسال إجاباتي",
        "finish": "إنهاء الآن",
    },
}


def submit(walker):
    """Press the page's first button, as Enter would."""
    walker.page.locator("main form button[type=submit]").first.click()
    walker.page.wait_for_load_state()


def walks_to_check(walker, *, accessible=True, seed=0):
    for _ in range(12):
        if walker.page_name == "check":
            return
        if accessible:
            walker.finds_it_accessible()
        walker.answers_the_page(seed=seed)
        submit(walker)
    raise AssertionError("never came to check-your-answers")


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "pl", "ar"])
@pytest.mark.parametrize("width", [1100, 320])
def test_somebody_answers_from_the_hub_to_the_done_page(someone, language, width):
    # Given somebody on the first page in their language
    walker = someone(width=width)
    said = WORDS[language]
    walker.goes_to(said["prefix"] + "/")
    walker.finds_it_accessible()
    assert walker.page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert not walker.context.cookies()
    # When they read the consultation, begin, and answer every page
    walker.goes_to(said["prefix"] + CONSULTATION)
    walker.finds_it_accessible()
    walker.goes_to(said["prefix"] + CONSULTATION + "/answer")
    walker.finds_it_accessible()
    assert not walker.context.cookies()
    walker.presses(said["start"])
    walks_to_check(walker)
    walker.finds_it_accessible()
    walker.presses(said["send"])
    # Then they are told so, asked about themselves, and thanked
    walker.is_on("equality_gate")
    walker.finds_it_accessible()
    walker.page.locator("#gate").check(force=True)
    submit(walker)
    walker.is_on("equality_questions")
    walker.finds_it_accessible()
    walker.answers_the_page(seed=1)
    submit(walker)
    walker.is_on("done")
    walker.finds_it_accessible()


@pytest.mark.browser
def test_somebody_answers_without_javascript(someone):
    walker = someone(width=320, javascript=False)
    walker.goes_to(CONSULTATION + "/answer")
    walker.presses("Start now")
    walks_to_check(walker, accessible=False, seed=3)
    walker.presses("Send my answers")
    walker.is_on("equality_gate")
    walker.page.locator("input[value=no]").check()
    submit(walker)
    walker.is_on("done")


@pytest.mark.browser
def test_pages_without_our_scripts_are_accessible_too(someone):
    walker = someone(width=320, scripts=False)
    walker.goes_to("/ar" + CONSULTATION + "/answer")
    walker.finds_it_accessible()
    submit(walker)
    walks_to_check(walker, seed=2)
    walker.finds_it_accessible()


@pytest.mark.browser
def test_enter_continues_rather_than_changing_the_language(someone):
    walker = someone()
    walker.goes_to(CONSULTATION + "/answer")
    walker.presses("Start now")
    walks_to_check(walker, accessible=False)
    walker.goes_to(CONSULTATION + "/answer/more")
    walker.page.locator("#one_thing").fill("Later opening")
    walker.page.keyboard.press("Enter")
    walker.is_on("check")
    assert "/pl/" not in walker.page.url
    walker.sees("Later opening")


@pytest.mark.browser
def test_changing_the_language_loses_nothing(someone):
    walker = someone()
    walker.goes_to(CONSULTATION + "/answer")
    walker.presses("Start now")
    walker.page.locator("input[value=carer]").check(force=True)
    walker.presses("Polski")
    assert "/pl/" in walker.page.url
    assert walker.page.locator("input[value=carer]").is_checked()
    walker.finds_it_accessible()
    walker.presses("العربية")
    assert "/ar/" in walker.page.url
    assert walker.page.locator("input[value=carer]").is_checked()


@pytest.mark.browser
def test_an_answer_that_cannot_be_accepted_is_named_and_focused(someone):
    walker = someone(width=320)
    walker.goes_to(CONSULTATION + "/answer")
    walker.presses("Start now")
    walker.page.locator("input[value=yes]").check(force=True)
    submit(walker)
    walker.page.locator("#waited").fill("a week")
    submit(walker)
    assert walker.page.title().startswith("Error: ")
    walker.page.wait_for_function("document.activeElement.classList.contains('nhsuk-error-summary')")
    walker.finds_it_accessible()
    walker.page.locator(".nhsuk-error-summary a").first.click()
    assert walker.page.evaluate("document.activeElement.id") == "waited"
    assert walker.page.locator("#waited").input_value() == "a week"


@pytest.mark.browser
def test_a_journey_begun_in_one_browser_is_finished_in_another(someone):
    # Given answers begun on one device, and the come-back number
    first = someone()
    first.goes_to(CONSULTATION + "/answer")
    first.presses("Start now")
    first.page.locator("input[value=staff]").check(force=True)
    first.presses("Stop and come back later")
    first.finds_it_accessible()
    first.presses("Get a come-back number")
    number = first.page.locator(".app-number").inner_text()
    first.finds_it_accessible()
    # When the number is typed on another
    second = someone(width=320)
    second.goes_to("/resume")
    second.finds_it_accessible()
    second.page.locator("#number").fill(number.replace(" ", "-").lower())
    submit(second)
    # Then the answers are there, and can be sent once
    second.presses("Back", role="link")
    assert second.page.locator("input[value=staff]").is_checked()
    second.presses("Finish now")
    second.presses("Send my answers")
    second.is_on("equality_gate")
    first.goes_to(CONSULTATION + "/answer/check")
    assert first.page_name in ("equality_gate", "done")


@pytest.mark.browser
def test_two_people_answer_one_after_another_on_one_device(someone):
    walker = someone()
    receipts = []
    for choice in ("patient", "organisation"):
        if receipts:
            walker.presses("Answer for someone else")
        else:
            walker.goes_to(CONSULTATION + "/answer")
            walker.presses("Start now")
        assert not walker.page.locator("main input:checked").count()
        walker.page.locator(f"input[value={choice}]").check(force=True)
        walker.presses("Finish now")
        walker.presses("Send my answers")
        walker.page.locator("input[name=gate][value=no]").check(force=True)
        submit(walker)
        walker.is_on("done")
        receipts.append(walker.page.locator("details bdi").text_content())
    assert receipts[0] != receipts[1]


@pytest.mark.browser
def test_the_whole_way_can_be_gone_by_keyboard(someone):
    walker = someone()
    walker.goes_to(CONSULTATION + "/answer")
    keyboard = walker.page.keyboard
    keyboard.press("Tab")
    assert walker.page.evaluate("document.activeElement.className") == "nhsuk-skip-link"
    walker.page.locator("main form button").focus()
    keyboard.press("Enter")
    walker.page.wait_for_load_state()
    walker.page.locator("input[type=radio]").first.focus()
    keyboard.press("ArrowDown")
    assert walker.page.locator("input[value=carer]").is_checked()
    outline = walker.page.evaluate(
        "getComputedStyle(document.activeElement).boxShadow + getComputedStyle(document.activeElement).outlineStyle"
    )
    assert outline not in ("nonenone", "")
    keyboard.press("Enter")
    walker.page.wait_for_url(lambda url: not url.endswith("/answer/you"))

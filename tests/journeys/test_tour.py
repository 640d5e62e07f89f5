"""docs/tour.md, walked: a consultation in two languages is made from nothing in the browser and approved."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.journeys.test_staff import signed_in

TITLE = "Same-day appointments in Purbeck"
HERE = "/staff/consultations/same-day-appointments-in-purbeck"


def fills_a_day(page, name: str, day: datetime) -> None:
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"[name={name}-{part}]").fill(str(value))


def signs_all(walker) -> None:
    """Signs off every Polish draft that somebody else wrote."""
    walker.goes_to(f"{HERE}/desk/pl?state=draft")
    for _page in range(6):
        button = walker.page.get_by_role("button", name=re.compile("^Sign off all"))
        if not button.count():
            return
        with walker.page.expect_navigation():
            button.click()
        walker.goes_to(f"{HERE}/desk/pl?state=draft")


@pytest.mark.browser
def test_the_tour_leads_from_nothing_to_a_consultation_in_two_languages(someone):
    # Given an engagement officer who has never seen the product
    editor = signed_in(someone, "editor")
    page = editor.page

    # 1. Begin
    editor.presses("Begin a consultation")
    page.locator("#group").select_option(label="Purbeck")
    page.locator("#title").fill(TITLE)
    page.locator("#language").select_option(label="English")
    editor.presses("Begin")
    page.get_by_role("link", name=re.compile("^Start from a template")).click()
    editor.finds_it_accessible()
    page.locator('input[value="template:engagement"]').check(force=True)
    editor.presses("Start from this")
    editor.sees("Words of the template are left in brackets")
    editor.finds_it_accessible()

    # 2. Say what it is about
    editor.goes_to(f"{HERE}/settings")
    opens = datetime.now(UTC) + timedelta(days=3)
    fills_a_day(page, "opens_at", opens)
    fills_a_day(page, "closes_at", opens + timedelta(weeks=12))
    page.locator("input[name=languages][value=pl]").check(force=True)
    page.locator("[name=contact_email]").fill("purbeck@example.org")
    page.locator("input[name=equality][value=no]").check(force=True)
    editor.presses("Save")
    editor.goes_to(f"{HERE}/texts/en")
    for name, text in (
        ("summary", "We look at how people get an appointment on the same day, and want to hear from you first."),
        ("why", "Many people call in the morning and few get an appointment on that day."),
        ("still_open", "What you say can change how appointments are given out, and when."),
    ):
        page.locator(f"[name={name}]").fill(text)
    editor.finds_it_accessible()
    editor.presses("Save")

    # 3. Write the questions
    editor.goes_to(f"{HERE}/write")
    editor.finds_it_accessible()
    page.get_by_role("link", name=re.compile("Take from the bank ?for page 2")).click()
    editor.finds_it_accessible()
    page.get_by_role("button", name=re.compile("Take it.*waited for your last appointment")).click()
    editor.is_on("write_questionnaire")
    editor.goes_to(f"{HERE}/write/question/wait_for_appointment/show?looked=contact_practice")
    page.get_by_label("is one of these").check(force=True)
    page.get_by_label("Hard", exact=True).check(force=True)
    page.get_by_label("Very hard", exact=True).check(force=True)
    editor.presses("Add this condition")
    editor.sees("“Hard” or “Very hard”")

    # 4. Bring the second language
    translator = signed_in(someone, "translator")
    translator.goes_to(f"{HERE}/desk/pl?state=missing")
    while boxes := translator.page.locator("textarea[name^=words-]").all():
        for box in boxes:
            box.fill("Polskie słowa")
        translator.presses("Save as drafts")
        translator.goes_to(f"{HERE}/desk/pl?state=missing")
    # The words that came with questions of the bank are the editor's, who took them; all others the translator's.
    signs_all(translator)
    signs_all(editor)
    editor.goes_to(HERE)
    assert "Polish" not in page.locator("main").inner_text().split("Page\n")[0], page.locator("main").inner_text()[:900]

    # 6. Check, and send it for review
    editor.goes_to(f"{HERE}/preparation")
    editor.finds_it_accessible()
    page.locator("[name=who_decides]").fill("The board of the group")
    fills_a_day(page, "decision_on", opens + timedelta(weeks=20))
    for name in ("significant", "alternatives", "impacts"):
        page.locator(f"input[name={name}][value={'no' if name == 'significant' else 'yes'}]").check(force=True)
    for name in ("equality_assessment", "privacy_assessment"):
        page.locator(f"[name={name}]").fill("Begun; kept with the plan.")
    page.locator("[name=audience]").fill("40000")
    for one in page.locator("input[name=formats]").all():
        one.check(force=True)
    editor.presses("Save")
    for _finding in range(30):
        editor.goes_to(f"{HERE}/check")
        reason = page.get_by_role("link", name=re.compile("^Give a reason")).first
        if not reason.count():
            break
        reason.click()
        page.locator("[name=reason]").fill("It is meant so.")
        with page.expect_navigation():
            page.locator("main form button").first.click()
    editor.finds_it_accessible()
    editor.goes_to(HERE)
    editor.presses("Send it for review")

    # 7. Approve
    commissioner = signed_in(someone, "commissioner")
    commissioner.page.get_by_role("link", name=re.compile(f"Review “{TITLE}”")).click()
    commissioner.finds_it_accessible()
    commissioner.presses("Approve and publish")
    reader = someone(width=320)
    for language in ("", "/pl"):
        reader.goes_to(f"{language}/consultations/same-day-appointments-in-purbeck")
        reader.finds_it_accessible()
    reader.sees("Polskie słowa")

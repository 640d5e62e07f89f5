"""An officer brings in questions from a document, sees what was understood, keeps it and accepts what was lost."""

from __future__ import annotations

import pytest

from tests.journeys.test_staff import signed_in

TEXT = """Clinic hours

1. Have you used the clinic? (tick one)
☐ Yes
☐ No (go to question 3)

2. How was it?
Very poor 1 2 3 4 5 Very good

3. What would help? (tick all that apply)
a) Later hours
b) Something else (please specify) ____

4. Which is nearest? (see map B)
5. Anything else? Go to section 2
"""


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scripts"), [(1100, True), (320, False)])
def test_questions_in_a_document_are_understood_kept_and_their_losses_accepted(someone, width, scripts):
    # Given an officer with a draft
    officer = signed_in(someone, "editor", width=width, scripts=scripts)
    officer.goes_to("/staff/consultations/new")
    officer.page.locator("#group").select_option(label="Purbeck")
    officer.page.locator("#title").fill(f"Clinic hours at {width}")
    officer.page.locator("#language").select_option(label="English")
    officer.presses("Begin")
    address = f"/staff/consultations/clinic-hours-at-{width}"
    assert officer.page.url.endswith(address)

    # When they paste the questions of a document
    officer.goes_to(f"{address}/import/text")
    officer.finds_it_accessible()
    officer.page.locator("#text").fill(TEXT)
    officer.presses("Read it")

    # Then what was understood stands beside its lines, and each kind can be changed
    officer.is_on("understood_text")
    officer.finds_it_accessible()
    officer.sees("5 questions were understood")
    officer.page.get_by_label("How it is answered (line 10)").select_option("single_choice")
    officer.presses("Keep this questionnaire")

    # And what was not clear is told, and accepted once
    officer.is_on("import_report")
    officer.finds_it_accessible()
    officer.sees("This way on cannot be followed by itself")
    officer.presses("Accept what could not be brought in")
    officer.is_on("import_report")
    officer.sees("Accepted by")

    # And the questionnaire can be had as a document
    officer.goes_to(f"{address}/questionnaire/documents")
    officer.finds_it_accessible()
    with officer.page.expect_download() as saved:
        officer.page.get_by_role("link", name="English: Word document").click()
    assert saved.value.suggested_filename == f"clinic-hours-at-{width}-en.docx"

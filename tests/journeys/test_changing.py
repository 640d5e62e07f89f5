"""A question turns out to be wrong while people answer: Given, When, Then."""

from __future__ import annotations

import json

import pytest

from tests.journeys.test_staff import signed_in

HERE = "/staff/consultations/wrong-question"
PUBLIC = "/consultations/wrong-question"
QUESTIONNAIRE = {
    "consult": 1,
    "language": "en",
    "title": {"en": "Parking at the surgery"},
    "pages": [{"key": "park", "questions": [{"key": "how", "kind": "yes_no", "text": {"en": "Did you park?"}}]}],
}


@pytest.mark.browser
def test_questions_are_changed_while_people_answer_and_everybody_is_told(someone, site, tmp_path):
    # Given a consultation that is open, and somebody who has begun to answer it
    file = tmp_path / "parking.json"
    file.write_text(json.dumps(QUESTIONNAIRE))
    site.consult("import", str(file), "--group", "purbeck", "--slug", "wrong-question", "--open")
    patient = someone(width=320, scripts=False)
    patient.goes_to(f"{PUBLIC}/answer")
    patient.presses("Start now")
    patient.sees("Did you park?")

    # When an officer changes what a question offers under the same key, it is refused with a sentence
    officer = signed_in(someone, "editor")
    officer.goes_to(f"{HERE}/questionnaire/revise")
    officer.finds_it_accessible()
    changed = json.loads(officer.page.locator("#definition").input_value())
    question = changed["pages"][0]["questions"][0]
    question |= {
        "kind": "single_choice",
        "options": [{"key": "free", "label": {"en": "Free"}}, {"key": "full", "label": {"en": "Full"}}],
    }
    officer.page.locator("#definition").fill(json.dumps(changed))
    officer.page.locator("#reason_en").fill("We asked whether you parked and meant whether there was room.")
    officer.presses("Ask the new version from now on")
    officer.finds_it_accessible()
    assert officer.page.title().startswith("Error:")

    # And when it has a key and words of its own, it is asked from now on
    question |= {"key": "room", "text": {"en": "Was there room to park?"}}
    officer.page.locator("#definition").fill(json.dumps(changed))
    officer.presses("Ask the new version from now on")
    officer.is_on("staff_consultation")
    officer.sees("We asked whether you parked")

    # Then whoever had begun goes on with what they were asked, and whoever begins now reads why it changed
    patient.goes_to(f"{PUBLIC}/answer/park")
    patient.sees("Did you park?")
    neighbour = someone(width=320, scripts=False)
    neighbour.goes_to(PUBLIC)
    neighbour.sees("We asked whether you parked and meant whether there was room.")
    neighbour.finds_it_accessible()
    neighbour.goes_to(f"{PUBLIC}/answer")
    neighbour.presses("Start now")
    neighbour.sees("Was there room to park?")
    # And a second person sees what changed from version to version
    chief = signed_in(someone, "commissioner")
    chief.goes_to(f"{HERE}/versions/2/changes")
    chief.sees("Was there room to park?")
    chief.finds_it_accessible()

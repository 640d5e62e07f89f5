"""An officer invites people: reads a list on trial, keeps it, words the message, makes letters: Given, When, Then."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.journeys.test_respondent import CONSULTATION
from tests.journeys.test_staff import signed_in

HERE = f"/staff{CONSULTATION}/invitations"
ROWS = [f"Person {at},{f'p{at}@example.org' if at % 2 else ''},{at} High Street; Poole,Arabic," for at in range(24)]
LIST = "\n".join(["name,email,address,language,part of the list", *ROWS, "Nobody,nowhere,,,", ROWS[0]])


def look(walker, name):
    """Keep a picture where somebody asked for pictures."""
    walker.finds_it_accessible()
    if folder := os.environ.get("CONSULT_PICTURES"):
        walker.page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1200])
def test_an_officer_invites_people_by_email_and_by_letter(someone, width):
    # Given an officer with a list
    officer = signed_in(someone, "editor", width=width)
    page = officer.page
    officer.goes_to(HERE)
    look(officer, f"empty-{width}")
    # When they read it on trial
    page.locator("#file").set_input_files({"name": "list.csv", "mimeType": "text/csv", "buffer": LIST.encode()})
    page.locator("#adds_to").select_option("new")
    page.locator("#name").fill(f"Patients {width}")
    officer.presses("Read on trial")
    officer.is_on("staff_list")
    look(officer, f"trial-{width}")
    if width == 1200:
        officer.sees("Nobody is invited until you keep it")
        officer.presses("Throw away")
        officer.is_on("staff_invitations")
    else:
        # Then they keep it, and get letters
        officer.presses("Keep")
        officer.sees("Everybody on this list is invited")
        look(officer, f"kept-{width}")
        page.locator("#part").select_option("1")
        with page.expect_download() as download:
            page.get_by_role("button", name="Make the links and download").click()
        assert download.value.suggested_filename.startswith("letters-")
    officer.goes_to(HERE)
    look(officer, f"figures-{width}")
    officer.goes_to(f"{HERE}/words/invite/ar")
    look(officer, f"words-{width}")
    page.locator("#body").fill("no link")
    officer.presses("Save and look at it")
    officer.sees("Put {link} where")
    look(officer, f"wrong-{width}")

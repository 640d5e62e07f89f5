"""Administrators let people in, and people look after their own way in: Given, When, Then."""

from __future__ import annotations

import re
import time
from base64 import b32decode

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from tests.journeys.test_staff import signed_in

NEW = "three words of mine"


def code_of(typed: str) -> str:
    return TOTP(b32decode(typed), 6, SHA1(), 30, enforce_key_length=False).generate(int(time.time())).decode()


def gives_password(walker, email: str, password: str) -> None:
    walker.goes_to("/staff/sign-in")
    walker.page.locator("#email").fill(email)
    walker.page.locator("#password").fill(password)
    walker.presses("Sign in")


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scripts"), [(320, False)])
def test_somebody_new_gets_in_takes_a_second_factor_and_leaves_again(someone, width, scripts):
    # Given an administrator who gives somebody an account and a password to begin with
    chief = signed_in(someone, "administrator")
    chief.goes_to("/staff/accounts/new")
    chief.page.locator("#email").fill("nia@example.org")
    chief.page.locator("#name").fill("Nia New")
    chief.page.locator("#role").select_option(label="Editor")
    chief.page.locator("#group").select_option(label="In all groups")
    chief.presses("Add")
    chief.is_on("edit_account")
    chief.finds_it_accessible()
    account = chief.page.url
    chief.presses("Make a new password")
    lent = re.search(r"\b[a-z2-9]{4}(-[a-z2-9]{4}){3}\b", chief.page.locator("main").inner_text())
    assert lent

    # When she signs in, chooses her own, and sets up a second factor without any script
    nia = someone(width=width, scripts=scripts)
    gives_password(nia, "nia@example.org", lent.group(0))
    nia.is_on("change_password")
    nia.page.locator("#old").fill(lent.group(0))
    nia.page.locator("#new").fill(NEW)
    nia.presses("Change password")
    nia.is_on("my_work")
    nia.goes_to("/staff/second-factor")
    nia.finds_it_accessible()
    typed = re.search(r"([A-Z2-7]{4}( [A-Z2-7]{4}){7})", nia.page.locator("main").inner_text())
    assert typed
    key = typed.group(1).replace(" ", "")
    nia.page.locator("#code").fill("000000")
    nia.presses("Set it up")
    nia.sees("This is not the code that the app shows now")
    nia.finds_it_accessible()
    nia.page.locator("#code").fill(code_of(key))
    nia.presses("Set it up")
    nia.is_on("written_codes")
    nia.finds_it_accessible()
    written = re.findall(r"\b[a-z2-9]{5}(?:-[a-z2-9]{5}){2}\b", nia.page.locator("main").inner_text())
    assert len(written) == 10

    # Then her password alone does not let anybody in, and a code that she wrote down does
    again = someone(width=width, scripts=scripts)
    gives_password(again, "nia@example.org", NEW)
    again.is_on("second_step")
    again.finds_it_accessible()
    again.page.locator("#code").fill(written[0])
    again.presses("Sign in")
    again.is_on("my_work")

    # And she sees both browsers, and ends the other one
    again.goes_to("/staff/sign-ins")
    again.finds_it_accessible()
    again.presses("Sign out everywhere else")
    nia.goes_to("/staff/")
    nia.is_on("sign_in")

    # When she leaves, what she had goes to somebody else in one step
    chief.page.goto(f"{account}/hand-over")
    chief.finds_it_accessible()
    chief.page.locator("#successor").select_option(index=1)
    chief.presses("Hand over")
    chief.sees("Roles: editor.")
    chief.finds_it_accessible()
    again.goes_to("/staff/")
    again.is_on("sign_in")
    gives_password(again, "nia@example.org", NEW)
    again.sees("We do not know this email address and password together")


@pytest.mark.browser
def test_every_role_finds_what_is_next_and_pages_around_it_are_accessible(someone):
    # Given the people of the demonstration, each on their own first page
    for who, paths in {
        "editor": (
            "/staff/calendar",
            "/staff/bank",
            "/staff/consultations/blood-tests-in-christchurch/formats",
        ),
        "commissioner": ("/staff/consultations/one-telephone-line/population",),
        "analyst": ("/staff/consultations/one-telephone-line/results",),
        "keyer": (),
        "administrator": ("/staff/populations", "/staff/second-factors", "/staff/log", "/staff/forgotten"),
    }.items():
        walker = signed_in(someone, who, width=320)
        walker.finds_it_accessible()
        # When they look around, then every page is accessible on a phone
        for path in paths:
            walker.goes_to(path)
            walker.finds_it_accessible()
    # And the officer reads what number may be given out
    officer = signed_in(someone, "editor")
    officer.sees("is open until then; there is no number to give out yet")

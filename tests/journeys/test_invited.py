"""Somebody who is invited follows the link in their message: Given, When, Then."""

from __future__ import annotations

import subprocess
import sys

import pytest

from consult.config import ROOT
from tests.journeys.test_respondent import CONSULTATION, WORDS, submit, walks_to_check

INVITE = """
from sqlalchemy import select
from consult import create_app
from consult.consultations.models import Consultation
from consult.extensions import db
from tests.invitations.guests import invite
with create_app().app_context():
    asked = db.session.scalar(select(Consultation.id).where(Consultation.slug == "{slug}"))
    print(*(guest.link for guest in invite(asked, {count}, parts=("North",))), sep="\\n")
"""


@pytest.fixture
def links(site):
    """The links of two people who were invited to the demonstration's open consultation."""
    made = subprocess.run(
        [sys.executable, "-c", INVITE.format(slug=CONSULTATION.rpartition("/")[2], count=2)],
        env=site.environ,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert made.returncode == 0, made.stderr
    return made.stdout.split()


@pytest.mark.browser
def test_somebody_invited_answers_once_and_again_after_taking_it_back(someone, links):
    # Given somebody who follows the link in their letter
    walker = someone()
    walker.goes_to(links[0])
    walker.is_on("invited")
    walker.finds_it_accessible()
    walker.sees("We know that you were invited")
    walker.sees("“North”")
    assert not walker.context.cookies()
    # When they begin, answer, and send
    walker.presses("Start now")
    walks_to_check(walker, accessible=False)
    walker.sees("Your invitation counts once")
    walker.finds_it_accessible()
    walker.presses("Send my answers")
    walker.page.locator("input[value=no]").check(force=True)
    submit(walker)
    walker.is_on("done")
    # Then the link says so, and leads to their receipt
    walker.goes_to(links[0])
    walker.is_on("already_answered")
    walker.finds_it_accessible()
    walker.presses("Look at your receipt, or take your answers back", "link")
    walker.is_on("done")
    # And with answers taken back they may answer again
    walker.page.locator("main summary").first.click()
    walker.presses("Take my answers back")
    walker.sees("You can answer again with your invitation.")
    walker.finds_it_accessible()
    walker.goes_to(links[0])
    walker.is_on("invited")


@pytest.mark.browser
def test_the_second_of_two_devices_is_told_and_keeps_its_answers(someone, links):
    # Given an invitation in Arabic, begun on two devices
    said = WORDS["ar"]
    walkers = [someone(width=320), someone(javascript=False)]
    for walker in walkers:
        walker.goes_to(said["prefix"] + links[1])
        assert walker.page.locator("html").get_attribute("dir") == "rtl"
    walkers[0].finds_it_accessible()
    for walker in walkers:
        walker.presses(said["start"])
        walks_to_check(walker, accessible=False)
    # When both send
    walkers[1].presses(said["send"])
    walkers[1].is_on("equality_gate")
    walkers[0].presses(said["send"])
    # Then the second is told that the invitation was used
    walkers[0].is_on("already_answered")
    walkers[0].finds_it_accessible()
    # And who wants no more of it may say so
    walkers[0].goes_to(f"{said['prefix']}{links[1]}/stop")
    walkers[0].is_on("stop_inviting")
    walkers[0].finds_it_accessible()
    submit(walkers[0])
    walkers[0].is_on("no_more_invitations")
    walkers[0].finds_it_accessible()
    walkers[0].goes_to(said["prefix"] + links[1])
    walkers[0].is_on("unknown")
    walkers[0].finds_it_accessible()

"""A draft is reviewed, returned, changed and approved; people with a link comment on it and try it out."""

from __future__ import annotations

import subprocess
import sys

import pytest

from consult.config import ROOT
from tests.journeys.test_staff import signed_in

MAKE = """
import sys
from datetime import UTC, datetime
from consult import clock, create_app
from consult.accounts.models import Account
from consult.engagement.models import Group
from consult.extensions import db
from tests.consultations.factories import answer_check, make_draft
with create_app().app_context():
    editor = db.session.scalars(db.select(Account).where(Account.email == "editor@example.org")).one()
    group = db.session.scalars(db.select(Group).where(Group.slug == "purbeck")).one()
    dates = {"opens_at": datetime(2099, 3, 1, tzinfo=UTC), "closes_at": datetime(2099, 6, 30, tzinfo=UTC)}
    draft = make_draft(*sys.argv[2:], by=editor, slug=sys.argv[1], now=clock.now(), group=group, **dates)
    answer_check(draft, by=editor, now=clock.now())
    db.session.commit()
"""


def drafted(site, slug, *languages):
    """A complete draft by the demonstration's editor, in these languages."""
    done = subprocess.run(
        [sys.executable, "-c", MAKE, slug, *languages],
        env=site.environ,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return f"/staff/consultations/{slug}"


def gives_reasons(walker, address):
    """Says why what the check finds is right as it is."""
    walker.goes_to(f"{address}/check")
    while (link := walker.page.get_by_role("link", name="Give a reason")).count():
        link.first.click()
        walker.page.wait_for_load_state()
        walker.page.locator("#reason").fill("People asked for it to be so.")
        walker.presses("Save")


@pytest.mark.browser
def test_a_draft_is_remarked_on_returned_changed_and_approved_by_two_people(someone, site):
    # Given a draft that its author sends for review
    draft = drafted(site, "reviewed-phones")
    author = signed_in(someone, "editor")
    author.goes_to(draft)
    author.presses("Send it for review")

    # When a commissioner says something about a question, and sends it back
    reviewer = signed_in(someone, "commissioner", width=320)
    page = reviewer.page
    reviewer.goes_to(f"{draft}/remarks")
    reviewer.finds_it_accessible()
    reviewer.presses("Write a remark on: Question 1", role="link")
    reviewer.finds_it_accessible()
    page.get_by_label("Your remark").fill("Say “reach”: many people write.")
    reviewer.presses("Save the remark")
    reviewer.is_on("remarks")
    reviewer.finds_it_accessible()
    reviewer.goes_to(f"{draft}/review")
    reviewer.sees("1 open")
    page.get_by_label("What should be changed?").fill("See my remark.")
    reviewer.presses("Send it back")

    # Then the author finds it in their work, answers, and changes the question
    author.goes_to("/staff")
    author.sees("Read the remarks on “The title of phones”: 1 open")
    author.goes_to(f"{draft}/remarks")
    author.page.get_by_role("link", name="Answer remark").first.click()
    author.page.get_by_label("Your remark").fill("Changed.")
    author.presses("Save the answer")
    author.page.get_by_role("button", name="Dealt with").first.click()
    author.is_on("remarks")
    author.sees("1 in all, 0 open")
    author.finds_it_accessible()
    author.goes_to(f"{draft}/questionnaire/edit")
    box = author.page.locator("#definition")
    box.fill(box.input_value().replace("easy is it to phone us?", "easy is it to reach us?"))
    author.presses("Save")
    gives_reasons(author, draft)
    author.goes_to(draft)
    author.presses("Send it for review")

    # And the reviewer sees what has changed, word by word, and approves it
    reviewer.goes_to(f"{draft}/review")
    reviewer.sees("1 part changed")
    page.get_by_role("link", name="What has changed in texts and questions").click()
    reviewer.is_on("changed_since")
    assert "phone" in page.locator("main del").all_inner_texts()[-1]
    assert "reach" in page.locator("main ins").all_inner_texts()[-1]
    reviewer.finds_it_accessible()
    reviewer.goes_to(f"{draft}/review")
    reviewer.finds_it_accessible()
    reviewer.presses("Approve and publish")
    reviewer.is_on("staff_consultation")
    reviewer.finds_it_accessible()


@pytest.mark.browser
def test_people_with_a_link_comment_on_a_draft_and_try_it_out(someone, site):
    # Given links that an editor made
    draft = drafted(site, "tried-phones")
    author = signed_in(someone, "editor")
    addresses = {}
    for purpose in ("look", "try"):
        author.goes_to(f"{draft}/links")
        author.finds_it_accessible()
        author.page.locator(f"input[name=purpose][value={purpose}]").check(force=True)
        author.presses("Make the link")
        author.finds_it_accessible()
        addresses[purpose] = "/" + author.page.locator("#made-link").inner_text().split("/", 3)[3]

    # When somebody without JavaScript says what they think of a question
    member = someone(width=320, scripts=False)
    member.goes_to(addresses["look"])
    member.finds_it_accessible()
    member.page.get_by_role("link", name="Page 1").click()
    member.finds_it_accessible()
    member.page.get_by_label("What do you think of this question?").first.fill("Many of us cannot hear well.")
    member.presses("Send what I think")
    member.is_on("looked")
    member.finds_it_accessible()

    # And somebody tries it out, page by page
    trier = someone(width=320, scripts=False)
    trier.goes_to(addresses["try"])
    trier.finds_it_accessible()
    trier.presses("Start now")
    trier.finds_it_accessible()
    trier.page.get_by_label("Hard").check(force=True)
    trier.presses("Continue")
    trier.sees("What makes it hard?")
    trier.page.locator("textarea").first.fill("The queue")
    trier.presses("Continue")
    trier.is_on("end_trial")
    trier.finds_it_accessible()
    trier.page.locator("#minutes").fill("many")
    trier.presses("Send and finish the trial")
    trier.finds_it_accessible()
    trier.page.locator("#minutes").fill("4")
    trier.page.locator("#remark").fill("Too short")
    trier.presses("Send and finish the trial")
    trier.is_on("tried")
    trier.finds_it_accessible()
    assert trier.context.cookies() == [] and member.context.cookies() == []

    # Then the author reads both, and ends the link, and what was answered is gone
    author.goes_to(f"{draft}/remarks")
    author.sees("By somebody with the link")
    author.goes_to(f"{draft}/trials")
    author.sees("The queue")
    author.sees("4 minutes")
    author.finds_it_accessible()
    author.goes_to(f"{draft}/links")
    author.page.get_by_role("button", name="End this link").first.click()
    author.page.wait_for_load_state()
    author.goes_to(f"{draft}/trials")
    author.sees("Nobody has tried it out")
    trier.goes_to(addresses["try"])
    trier.is_on("link_over")
    trier.finds_it_accessible()

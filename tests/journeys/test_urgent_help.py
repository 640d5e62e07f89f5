"""Somebody writes that they want to die: help is shown, nothing is lost, and the team may read the words today."""

from __future__ import annotations

import json

import pytest

from tests.journeys.test_staff import signed_in

ADDRESS = "/consultations/how-it-was"
WORDS = {"": "Nobody listened. I want to die.", "/ar": "لم يستمع إلي أحد. أريد أن أموت."}
NUMBERS = ["tel:999", "tel:111", "tel:111", "tel:18001", "tel:116123", "sms:85258", "tel:08001111"]
DEFINITION = {
    "consult": 1,
    "language": "en",
    "languages": ["en", "ar"],
    "title": {"en": "How it was", "ar": "كيف كان"},
    "pages": [
        {
            "key": "words",
            "title": {"en": "In your words", "ar": "بكلماتك"},
            "questions": [{"key": "why", "kind": "long_text", "text": {"en": "How was it?", "ar": "كيف كان؟"}}],
        },
        {
            "key": "last",
            "title": {"en": "Last", "ar": "أخيرًا"},
            "questions": [{"key": "days", "kind": "number", "text": {"en": "How many days?", "ar": "كم يومًا؟"}}],
        },
    ],
}


@pytest.fixture(scope="session")
def asked(site, tmp_path_factory):
    file = tmp_path_factory.mktemp("urgent") / "how-it-was.json"
    file.write_text(json.dumps(DEFINITION), encoding="utf-8")
    site.consult("import", str(file), "--group", "purbeck", "--slug", "how-it-was", "--open")


def begins(walker, prefix=""):
    walker.goes_to(f"{prefix}{ADDRESS}/answer")
    walker.finds_it_accessible()
    walker.page.locator("main form button").first.click()
    walker.is_on("question_page")


def goes_on(walker):
    walker.page.locator("main form button").first.click()
    walker.page.wait_for_load_state()


def numbers(walker):
    links = walker.page.locator("main .app-help a[href^='tel:'], main .app-help a[href^='sms:']")
    return [link.get_attribute("href") for link in links.all()]


@pytest.mark.browser
@pytest.mark.parametrize(("prefix", "width", "how"), [("", 1100, {}), ("/ar", 320, {"scripts": False})])
def test_help_is_shown_nothing_is_lost_and_the_words_can_be_read_today(asked, site, someone, prefix, width, how):
    walker = someone(width=width, **how)
    begins(walker, prefix)
    assert numbers(walker)[0] == "tel:999" and not walker.page.locator(".app-help details[open]").count()
    walker.finds_it_accessible()
    walker.page.locator("textarea").fill(WORDS[prefix])
    goes_on(walker)
    assert walker.page.locator(".app-help details[open]").count() == 1 and "?" not in walker.page.url
    walker.finds_it_accessible()
    goes_on(walker)
    walker.is_on("check")
    walker.sees(WORDS[prefix])
    assert numbers(walker)[: len(NUMBERS)][0] == "tel:999" and set(NUMBERS) <= set(numbers(walker))
    walker.finds_it_accessible()
    box = walker.page.locator("input[name=read_today]")
    assert not box.is_checked()
    box.check(force=True)
    walker.page.locator("main form button").first.click()
    walker.page.wait_for_load_state()
    assert walker.page_name in ("done", "equality_gate")
    walker.finds_it_accessible()
    assert numbers(walker)


@pytest.mark.browser
def test_staff_find_the_words_folded_away(asked, site, someone):
    walker = someone(width=320)
    begins(walker)
    walker.page.locator("textarea").fill(WORDS[""])
    goes_on(walker)
    goes_on(walker)
    walker.page.locator("input[name=read_today]").check(force=True)
    walker.page.locator("main form button").first.click()
    walker.page.wait_for_load_state()
    member = signed_in(someone, "commissioner", width=320)
    member.goes_to("/staff/urgent")
    member.finds_it_accessible()
    member.page.locator("main td a", has_text="comment 1").click()
    member.finds_it_accessible()
    words = member.page.locator("blockquote")
    assert not words.is_visible()
    member.page.locator("summary").first.click()
    assert words.is_visible() and words.locator("mark").inner_text() in ("want to die", "أريد أن أموت")
    member.finds_it_accessible()
    member.presses("Save")
    member.sees("Choose what becomes of it")
    member.finds_it_accessible()
    member.page.locator("input[value=signposted]").check(force=True)
    member.presses("Save")
    member.sees("We said in public where help is")

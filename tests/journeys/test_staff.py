"""An officer makes a consultation, a commissioner approves it, a PPG member shares it: Given, When, Then."""

from __future__ import annotations

import io

import openpyxl
import pytest

PASSWORD = "dorset demonstration"
SLUG = "trial-of-a-minor-injuries-clinic"
QUESTIONS = [
    ["type", "name", "label::English (en)", "label::Polish (pl)", "relevant"],
    ["select_one yn", "used", "Have you used it?", "Czy z tego korzystasz?", ""],
    ["text", "why", "Why is that?", "Dlaczego?", "${used} = 'no'"],
    ["geopoint", "where", "Where?", "Gdzie?", ""],
]
CHOICES = [
    ["list_name", "name", "label::English (en)", "label::Polish (pl)"],
    ["yn", "yes", "Yes", "Tak"],
    ["yn", "no", "No", "Nie"],
]
TEXTS = {
    "title": {"en": "Trial of a minor injuries clinic", "pl": "Próba poradni drobnych urazów"},
    "summary": {"en": "Tell us about the clinic.", "pl": "Powiedz nam o poradni."},
    "why": {"en": "Many people go to hospital for small things.", "pl": "Wiele osób jedzie do szpitala z drobiazgami."},
    "decided": {"en": "The trial ends in May.", "pl": "Próba kończy się w maju."},
    "still_open": {"en": "Whether it goes on.", "pl": "Czy będzie trwać dalej."},
    "what_next": {"en": "The group reads a report.", "pl": "Grupa czyta raport."},
}


def signed_in(someone, who, **more):
    walker = someone(**more)
    walker.goes_to("/staff/sign-in")
    walker.finds_it_accessible()
    walker.page.locator("#email").fill(f"{who}@example.org")
    walker.page.locator("#password").fill(PASSWORD)
    walker.presses("Sign in")
    walker.is_on("my_work")
    return walker


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "survey"
    for row in QUESTIONS:
        book.active.append(row)
    choices = book.create_sheet("choices")
    for row in CHOICES:
        choices.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.mark.browser
def test_a_consultation_goes_from_an_idea_to_its_public_page_through_two_people(someone):
    # Given an officer who begins a consultation
    officer = signed_in(someone, "editor")
    officer.finds_it_accessible()
    officer.goes_to("/staff/consultations/new")
    officer.finds_it_accessible()
    page = officer.page
    page.locator("#group").select_option(label="Purbeck")
    page.locator("#title").fill(TEXTS["title"]["en"])
    page.locator("#language").select_option(label="English")
    officer.presses("Begin")
    assert page.url.endswith(f"/staff/consultations/{SLUG}")
    officer.finds_it_accessible()

    # When they bring in a questionnaire, and read what could not be brought in
    officer.goes_to(f"/staff/consultations/{SLUG}/import")
    officer.finds_it_accessible()
    page.locator("input[type=file]").set_input_files(
        {"name": "clinic.xlsx", "mimeType": "application/octet-stream", "buffer": workbook()}
    )
    officer.presses("Bring in")
    officer.is_on("import_report")
    officer.finds_it_accessible()
    officer.sees("row 4")

    # And accept it, so that the consultation can be approved
    officer.presses("Accept what could not be brought in")
    officer.is_on("import_report")
    officer.finds_it_accessible()
    officer.sees("Accepted by")

    # And write the page in two languages, with its dates
    officer.goes_to(f"/staff/consultations/{SLUG}/settings")
    officer.finds_it_accessible()
    page.locator("input[name=activity][value=engage]").check(force=True)
    for part, value in {"day": "1", "month": "3", "year": "2099", "time": "09:00"}.items():
        page.locator(f"#opens_at-{part}").fill(value)
    for part, value in {"day": "30", "month": "4", "year": "2099", "time": "23:59"}.items():
        page.locator(f"#closes_at-{part}").fill(value)
    page.locator("input[name=languages][value=pl]").check(force=True)
    page.locator("#contact_email").fill("team@example.org")
    page.locator("input[name=equality][value=no]").check(force=True)
    officer.presses("Save")
    for language in ("en", "pl"):
        officer.goes_to(f"/staff/consultations/{SLUG}/texts/{language}")
        officer.finds_it_accessible()
        for name, texts in TEXTS.items():
            page.locator(f"#{name}").fill(texts[language])
        officer.presses("Save")
    officer.goes_to(f"/staff/consultations/{SLUG}/questionnaire")
    officer.finds_it_accessible()

    # And somebody who reads Polish signs off its words
    translator = signed_in(someone, "translator")
    translator.goes_to(f"/staff/consultations/{SLUG}/desk/pl")
    translator.page.get_by_role("button", name="Sign off all").click()
    translator.page.wait_for_load_state()

    # And answer what the check before publishing asks
    officer.goes_to(f"/staff/consultations/{SLUG}")
    officer.sees("The check before publishing found")
    assert not page.get_by_role("button", name="Send it for review").count()
    officer.goes_to(f"/staff/consultations/{SLUG}/check")
    officer.finds_it_accessible()
    officer.sees("Nobody has said who decides.")
    officer.goes_to(f"/staff/consultations/{SLUG}/preparation")
    officer.finds_it_accessible()
    page.locator("#who_decides").fill("The primary care committee")
    for part, value in {"day": "1", "month": "7", "year": "2099"}.items():
        page.locator(f"#decision_on-{part}").fill(value)
    page.locator("input[name=impacts][value=yes]").check(force=True)
    for name in ("paper", "large_print"):
        page.locator(f"input[name=formats][value={name}]").check(force=True)
    for name in ("equality_assessment", "privacy_assessment"):
        page.locator(f"#{name}").fill("Recorded on 1 February")
    officer.presses("Save")
    while (link := page.get_by_role("link", name="Give a reason")).count():
        link.first.click()
        page.wait_for_load_state()
        officer.finds_it_accessible()
        page.locator("#reason").fill("People asked for it to be so.")
        officer.presses("Save")
    officer.finds_it_accessible()
    officer.goes_to(f"/staff/consultations/{SLUG}")
    officer.presses("Send it for review")

    # Then they cannot approve it themselves, and nobody sees it yet
    officer.goes_to(f"/staff/consultations/{SLUG}/review")
    assert not page.get_by_role("button", name="Approve").count()
    stranger = someone()
    stranger.goes_to(f"/consultations/{SLUG}")
    assert stranger.page_name == "error"

    # When a commissioner finds it in their work and approves it
    commissioner = signed_in(someone, "commissioner", width=320)
    commissioner.finds_it_accessible()
    commissioner.page.get_by_role("link", name=TEXTS["title"]["en"]).first.click()
    commissioner.page.wait_for_load_state()
    commissioner.goes_to(f"/staff/consultations/{SLUG}/review")
    commissioner.finds_it_accessible()
    commissioner.page.get_by_role("button", name="Approve").first.click()
    commissioner.page.wait_for_load_state()

    # Then it is announced to everybody, in both languages
    for prefix, language in (("", "en"), ("/pl", "pl")):
        stranger.goes_to(f"{prefix}/consultations/{SLUG}")
        stranger.sees(TEXTS["title"][language])
        stranger.finds_it_accessible()


@pytest.mark.browser
@pytest.mark.parametrize("language", ["", "/pl", "/ar"])
@pytest.mark.parametrize("width", [1100, 320])
def test_what_everybody_can_read_is_accessible(someone, language, width):
    walker = someone(width=width)
    for path in (
        "/",
        "/groups",
        "/groups/purbeck",
        "/consultations/one-telephone-line",
        "/consultations/one-telephone-line/results",
        "/consultations/nursing-at-home/you-said-we-did",
        "/you-said-we-did",
        "/consultations/evening-and-weekend-appointments/share",
        "/consultations/evening-and-weekend-appointments/tell-me",
        "/formats",
        "/resume",
        "/accessibility",
        "/privacy",
        "/cookies",
        "/contact",
        "/nothing-here",
    ):
        walker.goes_to(language + path)
        walker.finds_it_accessible()


@pytest.mark.browser
def test_a_ppg_member_finds_what_to_share(someone):
    member = signed_in(someone, "ppg", width=320)
    member.finds_it_accessible()
    member.goes_to("/staff/share")
    member.finds_it_accessible()
    member.page.get_by_role("link", name="Evening and weekend").first.click()
    member.page.wait_for_load_state()
    member.finds_it_accessible()
    member.sees("Purbeck PPG")
    member.goes_to("/staff/results")
    assert member.page_name == "error"


@pytest.mark.browser
def test_an_analyst_takes_responses_away_and_says_what_for(someone):
    analyst = signed_in(someone, "analyst", width=320)
    analyst.goes_to("/staff/consultations/one-telephone-line/responses")
    analyst.finds_it_accessible()
    analyst.sees("It is not anonymous")
    analyst.presses("Download")
    analyst.sees("Say what it is for")
    analyst.finds_it_accessible()
    analyst.page.get_by_label("One row for each response").check(force=True)
    analyst.page.get_by_label("SPSS and PSPP (SAV)").check(force=True)
    analyst.page.get_by_label("What is it for?").fill("A report to the board")
    with analyst.page.expect_download() as taken:
        analyst.page.get_by_role("button", name="Download", exact=True).click()
    assert taken.value.suggested_filename == "one-telephone-line-responses.sav"
